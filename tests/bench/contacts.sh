#!/bin/bash
#
# contacts.sh: what a personal address book of 1,000 and of 100,000 entries costs, on both architectures; the second is
# to cost what the first does. See contacts/bench_contacts.c.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

set -euo pipefail
work=$(mktemp -d /tmp/wine-mapi-bench.XXXXXX)
trap 'rm -rf "$work"' EXIT
for count in 1000 100000
do
    awk -v count=$count 'BEGIN { for (i = 0; i < count; i++) printf "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:First%d Last%d\r\n" \
        "EMAIL:f%d@x.example\r\nUID:%d\r\nEND:VCARD\r\n", i % 997, i, i, i }' >"$work/$count.vcf"
done
for arch in $ARCHES
do
    mapictl=$BUILD/$arch/programs/mapictl/mapictl.exe
    printf '%s, milliseconds:\n' "$arch"
    printf '   entries    logon  resolve: first    again  missing  table: open     page     sort      ANR\n'
    for count in 1000 100000
    do
        "$WINE" "$mapictl" profile create "Bench $arch $count" --service MAPIAB >/dev/null
        "$WINE" "$mapictl" contacts import "Z:${work//\//\\}\\$count.vcf" --profile "Bench $arch $count" >/dev/null
        timeout 600 "$WINE" "$BUILD/$arch/tests/bench/contacts/bench_contacts.exe" "Bench $arch $count" \
            "first$((count * 3 / 4 % 997)) last$((count * 3 / 4))" </dev/null | tr -d '\r' | sed 's|^|  |'
    done
done
