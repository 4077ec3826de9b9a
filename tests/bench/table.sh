#!/bin/bash
#
# table.sh: what tables cost, on both architectures; see table/bench_table.c. ROWS may name other numbers of rows.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

set -euo pipefail
for arch in $ARCHES
do
    printf '%s\n' "$arch:"
    # shellcheck disable=SC2086 # numbers, one argument each
    timeout 800 "$WINE" "$BUILD/$arch/tests/bench/table/bench_table.exe" ${ROWS:-10000 100000 1000000} </dev/null |
        tr -d '\r' | sed 's/^/  /'
done
