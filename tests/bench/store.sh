#!/bin/bash
#
# store.sh: what the message store costs, on both architectures; see store/bench_store.c. MESSAGES and ROWS may name other
# numbers. The store of the tables is made once: both read the same file. The database by itself has at most 100,000.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

set -euo pipefail
rows=${ROWS:-1000000}
work=$BUILD/bench-store
dos=Z:${work//\//\\}

# bench ARCH ARGUMENT...
bench()
{
    local arch=$1

    shift
    timeout 800 "$WINE" "$BUILD/$arch/tests/bench/store/bench_store.exe" "$@" </dev/null | tr -d '\r' | sed 's/^/  /'
}

cleanup()
{
    timeout 60 "$WINE" "$BUILD/${ARCHES%% *}/programs/mapictl/mapictl.exe" profile delete 'bench store' >/dev/null 2>&1 \
        </dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT

rm -rf "$work"
mkdir -p "$work"
for arch in $ARCHES
do
    printf '%s\n' "$arch:"
    mkdir "$work/$arch"
    bench "$arch" --messages "$dos\\$arch" "${MESSAGES:-10000}"
done
printf '%s\n' "tables:"
bench "${ARCHES%% *}" --make "$dos" "$rows"
for arch in $ARCHES
do
    printf '%s\n' "$arch:"
    bench "$arch" --table "$dos" "$rows"
    bench "$arch" --search "$dos"
done
for arch in $ARCHES
do
    printf '%s\n' "$arch:"
    bench "$arch" $((rows < 100000 ? rows : 100000))
done
