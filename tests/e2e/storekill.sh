#!/bin/bash
#
# storekill.sh: a MAPI client that writes messages with recipients and attachments into a store is killed at any moment,
# alone or with the wineserver; after each time the store is whole, no message is half there, and nothing is missing that
# SaveChanges returned S_OK for. As often as it can be done in 40 seconds; STORE_KILLS asks for another number.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

set -uo pipefail

passed=0
failed=0
rounds=0
export WINEPREFIX=$BUILD/check/storekill WINEDEBUG=${WINEDEBUG--all}
log=$BUILD/check/storekill.log
output=$BUILD/check/storekill.output
seed=${STORE_SEED:-$RANDOM}
RANDOM=$seed
first=1
victim=

# A client whose server was killed while it started can wait for that one for ever.
end_strays()
{
    local stray program=${BUILD//\//\\\\}

    for stray in $(pgrep -f "$program.*storekill.exe Killed write")
    do
        kill -9 "$stray" 2>/dev/null
    done
}

cleanup()
{
    [ -z "$victim" ] || kill -9 "$victim" 2>/dev/null
    end_strays
    timeout 60 wineserver -k || true
    rm -rf "$WINEPREFIX" "$log" "$output" "$output.check"
}
trap cleanup EXIT

result()
{
    if [ "$1" = 0 ]
    then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'not ok: %s, seed %s, round %s\n' "$2" "$seed" "$rounds"
        tail -n 20 "$output.check"
    fi
}

check()
{
    local what=$1

    shift
    timeout 120 "$WINE" "$@" </dev/null >"$output.check" 2>&1
    result $? "$what"
}

# One client until it has said so much, and a little longer.
round()
{
    local arch=$1 lines=$((RANDOM % 25)) server=$((RANDOM % 8))

    : >"$output"
    "$WINE" "$BUILD/$arch/tests/e2e/storekill/storekill.exe" Killed write "$RANDOM" "$first" </dev/null >"$output" 2>/dev/null &
    victim=$!
    while [ "$(wc -l <"$output")" -lt $lines ] && kill -0 $victim 2>/dev/null; do sleep 0.005; done
    sleep 0.0$((RANDOM % 10))
    if [ $server = 0 ]
    then
        wineserver -k9
        what='the wineserver was killed'
        # It ends when it notices.
        for ((i = 0; i < 100; i++)); do kill -0 $victim 2>/dev/null || break; sleep 0.05; done
    else
        what='it was killed'
    fi
    kill -9 $victim 2>/dev/null
    wait $victim 2>/dev/null
    victim=
    end_strays
    ! grep -a -E '^(failed|wrong)' "$output" >"$output.check"
    result $? "$arch: nothing failed before"
    tr -d '\r' <"$output" >>"$log"
}

rm -rf "$WINEPREFIX"
: >"$log"
cp -a --reflink=auto "$TEMPLATE" "$WINEPREFIX"
"$TOP/tools/prefix" install || exit 1
check 'a profile' "$BUILD/x86_64/programs/mapictl/mapictl.exe" profile create Killed --default --service MAPIMS
check 'its file' "$BUILD/x86_64/programs/mapictl/mapictl.exe" service configure Killed MAPIMS '6700001f=C:\killed.db'
# A killed server loses what it has not written of the registry.
timeout 60 wineserver -k
timeout 60 wineserver -w
SECONDS=0
while if [ -n "${STORE_KILLS:-}" ]; then [ $rounds -lt "$STORE_KILLS" ]; else [ $SECONDS -lt 40 ]; fi && [ $failed -lt 3 ]
do
    for arch in $ARCHES
    do
        rounds=$((rounds + 1))
        round "$arch"
        check "$arch: whole after $what" "$BUILD/$arch/programs/mapictl/mapictl.exe" store check 'C:\killed.db'
        check "$arch: all there after $what" "$BUILD/$arch/tests/e2e/storekill/storekill.exe" Killed check "Z:${log//\//\\}"
        first=$(tr -d '\r' <"$output.check" | sed -n 's/.*highest \([0-9]*\)$/\1/p')
        first=$((${first:-0} + 1))
    done
done
echo "killed $rounds times; $(grep -c '^saved\|^changed' "$log") saves were promised"
echo "$passed passed, $failed failed, 0 skipped"
[ $failed = 0 ]
