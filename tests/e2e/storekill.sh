#!/bin/bash
#
# storekill.sh: a MAPI client that writes messages with recipients and attachments into a store is killed at any moment,
# alone or with the wineserver; after each time the store is whole, no message is half there, and nothing is missing that
# SaveChanges returned S_OK for. As often as it can be done in 40 seconds; STORE_KILLS asks for another number.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

set -uo pipefail

# shellcheck source=tests/e2e/common.sh
. "$TOP/tests/e2e/common.sh"
rounds=0
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
    remove_prefix
    rm -f "$log" "$output" "$said"
}
trap cleanup EXIT

# clean WORDS: the client has not said that anything went wrong.
clean()
{
    local wrong

    if wrong=$(grep -a -E '^(failed|wrong)' "$output"); then bad "$1: $wrong"; else good; fi
}

# One client until it has said so much, and a little longer.
round()
{
    local lines=$((RANDOM % 25)) server=$((RANDOM % 8))

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
    clean "before $what, seed $seed, round $rounds"
    tr -d '\r' <"$output" >>"$log"
}

: >"$log"
make_prefix storekill || exit 1
run 0 '' profile create Killed --default --service MAPIMS
run 0 '' service configure Killed MAPIMS '6700001f=C:\killed.db'
# A killed server loses what it has not written of the registry.
timeout 60 wineserver -k
timeout 60 wineserver -w
SECONDS=0
while if [ -n "${STORE_KILLS:-}" ]; then [ $rounds -lt "$STORE_KILLS" ]; else [ $SECONDS -lt 40 ]; fi && [ $failed -lt 3 ]
do
    for arch in $ARCHES
    do
        rounds=$((rounds + 1))
        round
        run 0 'no problems' store check 'C:\killed.db'
        expect 0 'highest' program tests/e2e/storekill/storekill.exe Killed check "$(dos_path "$log")"
        first=$(tr -d '\r' <"$said" | sed -n 's/.*highest \([0-9]*\)$/\1/p')
        first=$((${first:-0} + 1))
    done
done
echo "killed $rounds times; $(grep -c '^saved\|^changed' "$log") saves were promised"
finish
