#!/bin/bash
#
# addrbook.sh: what resolving names costs, on both architectures; see addrbook/bench_addrbook.c.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

set -euo pipefail
for arch in $ARCHES
do
    folder=$BUILD/$arch/tests/providers/sample
    printf '%s\n' "$arch:"
    SAMPLE_PROVIDERS=Z:${folder//\//\\} timeout 600 "$WINE" \
        "$BUILD/$arch/tests/bench/addrbook/bench_addrbook.exe" </dev/null | tr -d '\r' | sed 's/^/  /'
done
