#!/bin/bash
#
# store.sh: what the message store's database costs, on both architectures; see store/bench_store.c. MESSAGES and ROWS may
# name other numbers.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

set -euo pipefail
for arch in $ARCHES
do
    printf '%s\n' "$arch:"
    timeout 800 "$WINE" "$BUILD/$arch/tests/bench/store/bench_store.exe" "${MESSAGES:-10000}" "${ROWS:-1000000}" </dev/null |
        tr -d '\r' | sed 's/^/  /'
done
