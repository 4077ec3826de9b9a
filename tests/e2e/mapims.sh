#!/bin/bash
#
# mapims.sh: the message store as it is installed: mapictl makes a profile with it, both architectures open the one
# file, and use it at once.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

set -uo pipefail

passed=0
failed=0
export WINEPREFIX=$BUILD/check/mapims WINEDEBUG=${WINEDEBUG--all}

cleanup()
{
    timeout 60 wineserver -k || true
    rm -rf "$WINEPREFIX"
}
trap cleanup EXIT

# run PATTERN PROGRAM ARGUMENT...: it must succeed and print a line like that.
run()
{
    local wanted=$1 output status=0

    shift
    output=$(timeout 300 "$WINE" "$@" 2>&1 </dev/null | tr -d '\r'; exit "${PIPESTATUS[0]}") || status=$?
    if [ $status = 0 ] && grep -q -E -e "$wanted" <<<"$output"
    then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'not ok: %s: status %s, no line like "%s" in\n%s\n' "$*" $status "$wanted" "$output"
    fi
}

windows_path()
{
    printf 'Z:%s\n' "${1//\//\\}"
}

rm -rf "$WINEPREFIX"
cp -a --reflink=auto "$TEMPLATE" "$WINEPREFIX"
"$TOP/tools/prefix" install || exit 1

# Without a word about where: a place is found, and the file is made when the store is first opened.
read -r first second <<<"$ARCHES"
run '' "$BUILD/$first/programs/mapictl/mapictl.exe" profile create Work --default --service MAPIMS
for arch in $ARCHES
do
    run 'Personal Folders +mapims.dll +available +agrees' "$BUILD/$arch/programs/mapictl/mapictl.exe" providers Work
    run 'Personal Folders +mapims.dll +available' "$BUILD/$arch/programs/mapictl/mapictl.exe" logon Work --open-all
done
file=$(find "$WINEPREFIX/drive_c/users" -path '*/wine-mapi/stores/Work.db' -print -quit)
if [ -n "$file" ]
then
    passed=$((passed + 1))
    run 'no problems' "$BUILD/$first/programs/mapictl/mapictl.exe" store check "$(windows_path "$file")"
else
    failed=$((failed + 1))
    printf 'not ok: no file of the store\n'
fi

# Either architecture with children of the other.
tests=dlls/mapims32/tests/mapims32_test.exe
for test in shared changes
do
    run ' 0 failures' "$BUILD/$first/$tests" $test with "$(windows_path "$BUILD/$second/$tests")"
    run ' 0 failures' "$BUILD/$second/$tests" $test with "$(windows_path "$BUILD/$first/$tests")"
done

printf '%d passed, %d failed, 0 skipped\n' $passed $failed
[ $failed = 0 ]
