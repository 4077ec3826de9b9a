#!/bin/bash
#
# run.sh: the main job shown to a newcomer, in a prefix of its own under build/demo.
#
# The DLLs are dropped into a new prefix, the sample message service (tests/providers/sample) is made known as a
# vendor's would be, a profile is made, and a 32-bit and a 64-bit client log on, use store and address book,
# receive a notification and leave through fast shutdown: once with willing providers, once with one that
# objects, once with one that hangs. Before that, a 32-bit client sends a message through store, spooler and transport.
# Exit status 0 when each client, the message and each report was as it should be.
#
# Called by ./bootstrap demo, which has built everything.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=tools/common.sh
. tools/common.sh

export WINEPREFIX=$build/demo WINEDEBUG=${WINEDEBUG--all}
find_wine
failures=0

title()
{
    say ""
    say "== $*"
}

windows()
{
    timeout 120 "$wine" "$@" </dev/null
}

# expect NAME PATTERN TEXT: a line that must be there.
expect()
{
    if ! grep -q -E "$2" <<<"$3"
    then
        say "  FAILED  $1: no line '$2'"
        failures=$((failures + 1))
    fi
}

client()
{
    local arch=$1

    windows "$build/$arch/tests/demo/client/democlient.exe" Demo || failures=$((failures + 1))
}

report()
{
    say ""
    report_text=$(windows mapictl shutdown-report) || failures=$((failures + 1))
    say "$report_text"
}

title "A new prefix, and the subsystem dropped into it"
rm -rf "$WINEPREFIX"
tools/prefix install

title "A vendor's message service: its DLL, and its sections in MapiSvc.inf"
for arch in "${architectures[@]}"
do
    case $arch in
        x86_64) folder=$WINEPREFIX/drive_c/windows/system32 ;;
        i386) folder=$WINEPREFIX/drive_c/windows/syswow64 ;;
    esac
    cp "$(built tests/providers/sample sample32.dll "$arch")" "$folder/"
    cp tests/providers/sample/mapisvc.inf "$folder/mapisvc.inf"
    say "  sample32.dll and mapisvc.inf -> ${folder#"$WINEPREFIX"/}"
done

title "A profile with that service"
windows mapictl profile create Demo --default --service SAMPLE
windows mapictl profile show Demo

title "A 32-bit client sends a message: the sample transport delivers it as a file"
outgoing=$WINEPREFIX/drive_c/outgoing
mkdir -p "$outgoing"
windows mapictl service configure Demo SAMPLE '6604001E=C:\outgoing'
windows "$build/i386/tests/demo/client/democlient.exe" Demo SAMPLE joe@example.org || failures=$((failures + 1))
say ""
sent=$(cat "$outgoing"/*.msg 2>/dev/null | tr -d '\r') || true
say "  what arrived in C:\\outgoing:"
# shellcheck disable=SC2001
say "$(sed 's/^/    /' <<<"$sent")"
for pattern in '^To: joe@example.org$' '^Subject: Greetings from the demo$' '^--- greetings.txt$' '^Good day to everybody!$'
do
    expect "message" "$pattern" "$sent"
done

title "A 64-bit client"
client x86_64
title "A 32-bit client"
client i386
title "Who was asked at its shutdown, what each said, how long it took"
report
expect "transport" 'transport.*sample' "$report_text"
expect "address book" 'address book.*sample' "$report_text"
expect "store" 'store.*sample' "$report_text"

title "The same with an address book that objects: the client logs off the ordinary way"
SAMPLE_BEHAVIOR="ab.Query=veto" client i386
report
expect "veto" 'address book.*MAPI_E_NO_SUPPORT' "$report_text"

title "The same with a transport that hangs: the others are told in time, and the client leaves"
windows reg add 'HKCU\Software\wine-mapi\Shutdown' /v ProviderTimeoutMs /t REG_DWORD /d 1000 /f >/dev/null
windows reg add 'HKCU\Software\wine-mapi\Shutdown' /v TotalTimeoutMs /t REG_DWORD /d 3000 /f >/dev/null
SAMPLE_BEHAVIOR="xp.Do=hang" client i386
report
expect "hang" 'transport.*timed out' "$report_text"

say ""
say "Look around: WINEPREFIX=$WINEPREFIX ./bootstrap wine mapictl doctor"
[ "$failures" = 0 ] || die "$failures steps of the demo failed"
