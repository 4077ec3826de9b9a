#!/bin/bash
#
# Memory, properties and rows: ours beside Wine's own mapi32, for both architectures.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

set -u
# shellcheck source=tests/differential/builtin.sh disable=SC1091
. "$TOP/tests/differential/builtin.sh"
for arch in $ARCHES
do
    file=$(builtin "$arch")
    if [ -z "$file" ]
    then
        echo "-- $arch: this Wine has no mapi32.dll of its own"
        continue
    fi
    echo "-- $arch"
    timeout 300 "$WINE" "$BUILD/$arch/tests/bench/util/bench_util.exe" "$(dos_path "$file")" </dev/null || exit 1
done
