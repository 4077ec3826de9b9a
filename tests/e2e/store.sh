#!/bin/bash
#
# store.sh: processes of both architectures write into one store file at once, and are killed in the middle of it; what
# each said was saved is there, and the file stays whole. STORE_CRASHES may ask for more than a few rounds.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

set -uo pipefail

# shellcheck source=tests/e2e/common.sh
. "$TOP/tests/e2e/common.sh"
work=$BUILD/check/store
file=$work/mail.db
dos=$(dos_path "$file")
trap 'rm -rf "$work" "$said"' EXIT

# writer ARCH COUNT
writer()
{
    "$WINE" "$BUILD/$1/tests/e2e/storework/storework.exe" "$dos" "$2" >"$work/log.$1" 2>&1 </dev/null ||
        echo "ended with status $?" >>"$work/log.$1"
    sed -i 's/\r$//' "$work/log.$1"
}

# saved COUNT
saved()
{
    [ "$(grep -c '^[0-9]' "$work/log.$arch")" = "$1" ] || { tail -n 3 "$work/log.$arch"; return 1; }
}

# heard COUNT: at least so many
heard()
{
    local count

    count=$(sed -n 's/^heard //p' "$work/log.$arch")
    [ "${count:-0}" -ge "$1" ] || { tail -n 3 "$work/log.$arch"; return 1; }
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
    writer "$arch" 150 &
done
wait
for arch in $ARCHES
do
    check "150 saved" saved 150
    check "its own and others' changes were heard" heard 150
done
check "no id was given twice" different_ids
run 0 'no problems' store check "$dos"
run 0 '^[0-9]+ bytes, [0-9]+ before$' store compact "$dos"
run 0 'no problems' store check "$dos"
run 0 '^objects *202$' store stats "$dos"

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
        run 0 'no problems' store check "$dos"
    done
done
finish
