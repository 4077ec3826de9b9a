#!/bin/bash
#
# store.sh: processes of both architectures write into one store file at once, and are killed in the middle of it; what
# each said was saved is there, and the file stays whole. STORE_CRASHES may ask for more than a few rounds.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

set -uo pipefail

passed=0
failed=0
work=$BUILD/check/store
file=$work/mail.db
dos="Z:${file//\//\\}"
export WINEDEBUG=${WINEDEBUG--all}

check()
{
    local what=$1

    shift
    if "$@" >"$work/output" 2>&1
    then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'not ok: %s\n' "$what"
        cat "$work/output"
    fi
}

# What it says of an error comes last.
writer()
{
    local status

    "$WINE" "$BUILD/$1/tests/e2e/storework/storework.exe" "$dos" "$2" 2>&1 </dev/null | tr -d '\r'
    status=${PIPESTATUS[0]}
    [ "$status" = 0 ] || echo "ended with status $status"
}

# saved ARCH COUNT
saved()
{
    tail -n 3 "$work/log.$1"
    [ "$(grep -c '^[0-9]' "$work/log.$1")" = "$2" ]
}

# heard ARCH COUNT: at least so many
heard()
{
    local count

    tail -n 3 "$work/log.$1"
    count=$(sed -n 's/^heard //p' "$work/log.$1")
    [ "${count:-0}" -ge "$2" ]
}

store()
{
    timeout 120 "$WINE" "$BUILD/x86_64/programs/mapictl/mapictl.exe" store "$@" </dev/null
}

# The ids of a log are each there once, though two wrote.
different_ids()
{
    [ -z "$(cut -d' ' -f1 "$work"/log.* | grep '^[0-9]' | sort | uniq -d)" ]
}

rm -rf "$work"
mkdir -p "$work"
for arch in $ARCHES
do
    writer "$arch" 150 >"$work/log.$arch" &
done
wait
for arch in $ARCHES
do
    check "$arch: 150 saved" saved "$arch" 150
    check "$arch: its own and others' changes were heard" heard "$arch" 150
done
check "no id was given twice" different_ids
check "whole after two writers" store check "$dos"
check "all is there" grep -q '^objects *202$' <(store stats "$dos" | tr -d '\r')

round=0
while [ $round -lt "${STORE_CRASHES:-4}" ]
do
    for arch in $ARCHES
    do
        : >"$work/log"
        "$WINE" "$BUILD/$arch/tests/e2e/storework/storework.exe" "$dos" 0 </dev/null >"$work/log" &
        victim=$!
        while [ "$(wc -l <"$work/log")" -lt $((round % 5 * 7 + 3)) ] && kill -0 $victim 2>/dev/null; do sleep 0.02; done
        kill -9 $victim
        wait $victim 2>/dev/null
        round=$((round + 1))
        check "$arch: whole after a crash" store check "$dos"
    done
done
rm -rf "$work"
echo "$passed passed, $failed failed, 0 skipped"
[ $failed = 0 ]
