#!/bin/bash
#
# sendprofile.sh: programs of both widths that load mapi32 only to send, over a profile: what they sent is whole in the
# store, though they deleted their files at once.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

set -uo pipefail

# shellcheck source=tests/e2e/common.sh
. "$TOP/tests/e2e/common.sh"
work=$(mktemp -d /tmp/wine-mapi-sendprofile.XXXXXX)
dos=$(dos_path "$work")

cleanup()
{
    arch=x86_64
    mapictl profile delete SimpleClients >/dev/null
    rm -rf "$work" "$said" "$WINEPREFIX"/drive_c/users/*/AppData/Local/wine-mapi/stores/SimpleClients*
}
trap cleanup EXIT

command -v python3 >/dev/null || { echo "skipped: there is no python3"; exit 77; }

sender()
{
    program tests/clients/sender/sender.exe "$@" >>"$work/sender.log"
}

gone()
{
    local file

    for file
    do
        [ ! -e "$file" ] || return 1
    done
}

# Every message of the mbox file as a line: subject, to, text, and each attachment with its size and hash.
summary()
{
    python3 - "$1" <<'END'
import email, email.policy, hashlib, mailbox, sys

for key, raw in sorted((str(m["Subject"]), m) for m in (
        email.message_from_bytes(mailbox.mbox(sys.argv[1], create=False).get_bytes(k), policy=email.policy.default)
        for k in mailbox.mbox(sys.argv[1], create=False).keys())):
    body = raw.get_body(("plain",))
    files = ["%s:%s" % (a.get_filename(), hashlib.sha256(a.get_payload(decode=True)).hexdigest()[:16])
             for a in raw.iter_attachments()]
    print("|".join([key, ",".join(a.addr_spec for a in raw["To"].addresses),
                    body.get_content().strip() if body else "", " ".join(files)]))
END
}

hash()
{
    sha256sum "$1" | cut -c1-16
}

mapictl profile create SimpleClients --default --service MAPIMS >/dev/null
for arch in $ARCHES
do
    head -c 300000 /dev/urandom >"$work/data.bin"
    cp "$work/data.bin" "$work/日本 ж.bin"
    head -c 70000 /dev/urandom >"$work/other.bin"
    data=$(hash "$work/data.bin")
    other=$(hash "$work/other.bin")
    check 'ANSI' sender ansi "ansi $arch" joe@example.org 'first line' "$dos\\data.bin" "$dos\\other.bin"
    check 'its files are gone' gone "$work/data.bin" "$work/other.bin"
    check 'wide' sender wide "wide ж 😀 $arch" SMTP:joe@example.org '日本 text' "$dos\\日本 ж.bin"
    check 'its file is gone' gone "$work/日本 ж.bin"
    check 'UTF-8' sender utf8 "utf8 ж $arch" joe@example.org 'текст'
    check 'a file that is not there fails' test "$(sender ansi lost joe@example.org x "$dos\\none.bin"; echo $?)" = 11
    {
        printf 'ansi %s|joe@example.org|first line|data.bin:%s other.bin:%s\n' "$arch" "$data" "$other"
        printf 'utf8 ж %s|joe@example.org|текст|\n' "$arch"
        printf 'wide ж 😀 %s|joe@example.org|日本 text|日本 ж.bin:%s\n' "$arch" "$data"
    } >>"$work/wanted"
done
arch=x86_64
mapictl export 'Sent Items' "$dos\\sent.mbox" >"$work/export.log"
summary "$work/sent.mbox" | LC_ALL=C sort >"$work/found"
LC_ALL=C sort "$work/wanted" >"$work/sorted"
check 'every message is there, and whole' diff "$work/sorted" "$work/found"
[ $failed = 0 ] || cat "$work/sender.log" "$work/export.log"
finish
