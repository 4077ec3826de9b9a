#!/bin/bash
#
# profile.sh: what reading and changing profiles costs, on both architectures; see profile/bench_profile.c.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

set -euo pipefail
for arch in $ARCHES
do
    printf '%s\n' "$arch:"
    timeout 300 "$WINE" "$BUILD/$arch/tests/bench/profile/bench_profile.exe" </dev/null | tr -d '\r' | sed 's/^/  /'
done
