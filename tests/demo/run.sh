#!/bin/bash
#
# run.sh: the main job shown to a newcomer, in a prefix of its own under build/demo.
#
# The DLLs are dropped into a new prefix, the sample message service (tests/providers/sample) is made known as a
# vendor's would be, a profile is made, and a 32-bit and a 64-bit client log on, use store and address book,
# receive a notification and leave through fast shutdown: once with willing providers, once with one that
# objects, once with one that hangs. Before that, a 32-bit client sends a message through store, spooler and transport.
# At the end, a 32-bit client's message goes through Postfix and comes back over IMAP and over POP3 (tests/servers).
# Exit status 0 when each client, the message and each report was as it should be.
#
# Called by ./bootstrap demo, which has built everything.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=tools/common.sh
. tools/common.sh
# shellcheck source=tests/servers/mailservers.sh
. tests/servers/mailservers.sh

# Nothing is left running.
cleanup()
{
    servers_end
    timeout 60 wineserver -k || true
}
trap cleanup EXIT
trap 'exit 1' TERM INT

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

# mail_profile NAME USER OPTION...: an account on the servers below, with a store of its own.
mail_profile()
{
    local name=$1 user=$2

    shift 2
    windows mapictl profile create "$name" --service MAPIMS --smtp "localhost:$smtp" --user "$user@test.example" \
        --password-file "$(dos_path "$servers/password")" "$@"
    windows mapictl service configure "$name" MAPIMS "6700001f=C:\\stores\\$name"
    # TLS from the first byte for what is fetched, STARTTLS for what is sent.
    windows mapictl service configure "$name" MAPIXP 66490003=3
}

# fetch PROFILE WORDS: what came from the servers, read through MAPI.
fetch()
{
    local text headers

    title "Profile $1 fetches it $2, and MAPI reads it"
    windows mapictl sync --profile "$1" || failures=$((failures + 1))
    text=$(windows mapictl read 1 --profile "$1" | tr -d '\r') || failures=$((failures + 1))
    headers=$(windows mapictl read 1 --profile "$1" --headers | tr -d '\r') || failures=$((failures + 1))
    # shellcheck disable=SC2001
    say "$(sed 's/^/    /' <<<"$text")"
    expect "$1" '^Subject: Greetings from the demo$' "$text"
    expect "$1" 'went through a store, the spooler and a transport' "$text"
    expect "$1" 'greetings.txt' "$text"
    expect "$1" 'by localhost \(Postfix\) with ESMTPSA' "$headers"
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
    tools/mapisvc add "$folder/mapisvc.inf" tests/providers/sample/mapisvc.inf
    say "  sample32.dll, and its sections in mapisvc.inf -> ${folder#"$WINEPREFIX"/}"
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

title "Real mail: Postfix and Dovecot on the loopback, with TLS"
missing=$(servers_missing)
[ -z "$missing" ] || die "the demo's mail servers: $missing"
# Below the ports that the system gives to clients.
servers_begin $((20000 + $$ % 12000))
make_certificates
start_dovecot || die "Dovecot does not start: $(tail -n 3 "$servers/dovecot.log")"
start_postfix || die "Postfix does not start: $(tail -n 3 "$servers/postfix.log")"
windows "$build/x86_64/tests/clients/mailer/mailer.exe" trust "$servers/ours.pem"
say "  SMTP localhost:$smtp, IMAP localhost:$imaps, POP3 localhost:$pop3s; their authority is trusted"
echo secret >"$servers/password"
mail_profile Joe joe --imap "localhost:$imaps"
mail_profile Jill jill --pop3 "localhost:$pop3s"

title "A 32-bit client sends to both; where it has no network, a 64-bit mapictl sends what waits in its outbox"
windows "$build/i386/tests/demo/client/democlient.exe" Joe SMTP joe@test.example jill@test.example ||
    failures=$((failures + 1))
windows mapictl sync --profile Joe || failures=$((failures + 1))
if soon has_mail joe 1 && soon has_mail jill 1
then
    say "  ok      Postfix has delivered it to both"
else
    say "  FAILED  Postfix has not delivered it"
    failures=$((failures + 1))
fi
fetch Joe "over IMAP"
fetch Jill "over POP3"

say ""
say "Look around: WINEPREFIX=$WINEPREFIX ./bootstrap wine mapictl doctor"
[ "$failures" = 0 ] || die "$failures steps of the demo failed"
