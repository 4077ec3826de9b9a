#!/bin/bash
#
# mapims.sh: the message store as it is installed: mapictl makes a profile with it, both architectures open the one
# file, and use it at once.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

set -uo pipefail

# shellcheck source=tests/e2e/common.sh
. "$TOP/tests/e2e/common.sh"

cleanup()
{
    remove_prefix
    rm -f "$said"
}
trap cleanup EXIT

make_prefix mapims || exit 1

# Without a word about where: a place is found, and the file is made when the store is first opened.
read -r first second <<<"$ARCHES"
run 0 '' profile create Work --default --service MAPIMS
for arch in $ARCHES
do
    run 0 'Personal Folders +mapims.dll +available +agrees' providers Work
    run 0 'Personal Folders +mapims.dll +available' logon Work --open-all
done
file=$(find "$WINEPREFIX/drive_c/users" -path '*/wine-mapi/stores/Work.db' -print -quit)
check 'no file of the store' test -n "$file"
run 0 'no problems' store check "$(dos_path "$file")"

# Either architecture with children of the other.
tests=dlls/mapims32/tests/mapims32_test.exe
for test in shared changes
do
    arch=$first expect 0 ' 0 failures' program $tests $test with "$(dos_path "$BUILD/$second/$tests")"
    arch=$second expect 0 ' 0 failures' program $tests $test with "$(dos_path "$BUILD/$first/$tests")"
done
finish
