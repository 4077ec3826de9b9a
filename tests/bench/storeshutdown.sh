#!/bin/bash
#
# storeshutdown.sh: what fast shutdown costs with the message store open, on both architectures; see
# storeshutdown/bench_storeshutdown.c.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

set -euo pipefail

mapictl()
{
    "$WINE" "$BUILD/x86_64/programs/mapictl/mapictl.exe" "$@" </dev/null >/dev/null
}

mapictl profile delete Shutdown 2>/dev/null || true
mapictl profile create Shutdown --service MAPIMS
mapictl service configure Shutdown MAPIMS '6700001f=C:\shutdown.db'
for arch in $ARCHES
do
    printf '%s\n' "$arch:"
    timeout 600 "$WINE" "$BUILD/$arch/tests/bench/storeshutdown/bench_storeshutdown.exe" Shutdown 'C:\shutdown.db' </dev/null |
        tr -d '\r' | sed 's/^/  /'
done
mapictl profile delete Shutdown
rm -f "$WINEPREFIX"/drive_c/shutdown.db*
