#!/bin/bash
#
# mail.sh: the mail commands of mapictl, on both architectures: files into a store and out again in every format, and
# mail sent to tests/servers/smtpd.py on the loopback.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

set -uo pipefail

passed=0
failed=0
skipped=0
export WINEPREFIX=$BUILD/check/mail WINEDEBUG=${WINEDEBUG--all}
work=$(mktemp -d /tmp/wine-mapi-mail.XXXXXX)
port=$((20000 + ($$ + 20) % 20000))
server=

cleanup()
{
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    timeout 60 wineserver -k || true
    rm -rf "$WINEPREFIX" "$work"
}
trap cleanup EXIT

command -v python3 >/dev/null || { echo "skipped: there is no python3"; exit 77; }

# check WORDS COMMAND...
check()
{
    local words=$1

    shift
    if "$@"
    then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'not ok: %s: %s\n' "$arch" "$words"
    fi
}

# run STATUS PATTERN ARGUMENT...: mapictl must end with that status and print such a line.
run()
{
    local wanted=$1 pattern=$2 output status=0

    shift 2
    output=$(timeout 120 "$WINE" "$BUILD/$arch/programs/mapictl/mapictl.exe" "$@" 2>&1 </dev/null | tr -d '\r'
        exit "${PIPESTATUS[0]}") || status=$?
    if [ $status = "$wanted" ] && grep -q -E -e "$pattern" <<<"$output"
    then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'not ok: %s: mapictl %s: status %s (wanted %s), no line like "%s" in\n%s\n' "$arch" "$*" $status \
            "$wanted" "$pattern" "$output"
    fi
}

make_mail()
{
    python3 - "$1" <<'END'
import email.message, mailbox, os, sys
os.makedirs(sys.argv[1])
os.chdir(sys.argv[1])

def message(subject, number):
    m = email.message.EmailMessage()
    m["From"] = "Ann Ünlü <ann@x.example>"
    m["To"] = "joe@x.example"
    m["Subject"] = subject
    m["Date"] = "Mon, 0%d Jun 2026 10:00:00 +0000" % (number + 1)
    m.set_content("hello\n>From quoted\nFrom here\nтекст\n")
    return m

box = mailbox.mbox("in.mbox")
for i in range(4):
    m = message("Grüße 日本 %d" % i, i)
    if i != 3:
        m["Message-ID"] = "<m%d@x.example>" % i
    if i == 2:
        m.add_attachment(b"\0\1\2bin", maintype="application", subtype="octet-stream", filename="../данные:1.bin")
    m = mailbox.mboxMessage(m)
    if i % 2:
        m.add_flag("R")
    if i == 1:
        m.add_flag("F")
    box.add(m)
box.close()
folder = mailbox.Maildir("maildir")
for i, flags in enumerate(("S", "FR", "")):
    m = message("dir %d" % i, 5 + i)
    m["Message-ID"] = "<d%d@x.example>" % i
    m = mailbox.MaildirMessage(m)
    m.set_subdir("cur")
    m.set_flags(flags)
    folder.add(m)
END
}

# The subjects, states and texts of an mbox file or a Maildir, sorted, as another reader finds them.
summary()
{
    python3 - "$1" <<'END'
import email.header, email.policy, mailbox, os, sys
if os.path.isdir(sys.argv[1]):
    box = mailbox.Maildir(sys.argv[1], create=False)
else:
    box = mailbox.mbox(sys.argv[1], create=False)
for line in sorted("%s|%s|%s|%s" % (
        email.header.make_header(email.header.decode_header(m["Subject"])), m["Message-ID"],
        "".join(sorted(set(m.get_flags()) & set("RAFS"))), m.as_string().count("\n>From ")) for m in box):
    print(line)
END
}

rm -rf "$WINEPREFIX"
cp -a --reflink=auto "$TEMPLATE" "$WINEPREFIX"
"$TOP/tools/prefix" install || exit 1
python3 "$TOP/tests/servers/smtpd.py" "$port" "$work/smtp" >"$work/smtp.log" 2>&1 &
server=$!

for arch in $ARCHES
do
    files=$work/$arch
    make_mail "$files"
    dos="Z:${files//\//\\}"
    # The transport needs crypt32.dll, which does not start in 32-bit programs of a Wine 8 without 32-bit Unix libraries.
    account=(--smtp "localhost:$port" --security none --address joe@test.example)
    status=0
    timeout 60 "$WINE" "$BUILD/$arch/tests/clients/mailer/mailer.exe" >/dev/null 2>&1 </dev/null || status=$?
    [ "$arch" != i386 ] || [ $status = 1 ] || account=()
    run 0 '' profile create "Mail-$arch" --default --service MAPIMS "${account[@]}"

    run 0 '^7 imported, 0 already there, 0 failed' import "$dos\\in.mbox" "$dos\\maildir" --folder Archive/2026
    run 0 '^0 imported, 7 already there, 0 failed' import "$dos\\in.mbox" "$dos\\maildir" --folder archive/2026
    run 1 '^0 imported, 0 already there, 1 failed' import "$dos\\nothing" --folder Archive/2026
    run 0 '^Archive/2026 +7 +4$' folders
    run 0 '^5 +unread +2026-06-03 .* +Ann Ünlü +Grüße 日本 2$' inbox --folder Archive/2026 --unread
    run 0 '"subject": "dir 2".*"entry": "[0-9a-f]+"' --json inbox --folder Archive/2026 --limit 1
    run 0 '^From quoted$|^>From quoted$' read 7 --folder Archive/2026
    run 0 '^Subject: Grüße 日本 2$' read 5 --folder Archive/2026 --save-attachments "$dos\\saved"
    check 'the attachment is whole, and no path' test "$(od -An -c "$files/saved/данные_1.bin" | tr -d ' ')" = '\0001002bin'
    run 0 '^Message-ID: <m2@x.example>' read 5 --folder Archive/2026 --raw
    run 0 '^Archive/2026 +7 +2$' folders

    run 0 '^7 exported, 0 already' export Archive/2026 "$dos\\out.mbox"
    run 0 '^7 exported, 0 already' export Archive/2026 "$dos\\outdir" --format maildir
    run 0 '^0 exported, 7 already' export Archive/2026 "$dos\\outdir" --format maildir
    run 0 '^7 exported, 0 already' export Archive/2026 "$dos\\msg" --format msg
    run 0 '^7 exported, 0 already' export Archive/2026 "$dos\\eml" --format eml
    run 0 '^1 exported, 0 already' export 1 "$dos\\one.eml" --folder Archive/2026
    check 'an mbox for others to read' grep -q '^Grüße 日本 1|<m1@x.example>|FR|' <(summary "$files/out.mbox")
    check 'a Maildir for others to read' grep -q '^dir 1|<d1@x.example>|FR|' <(summary "$files/outdir")
    run 0 '^7 imported' import "$dos\\msg" --folder FromMsg
    run 0 '^7 imported' import "$dos\\eml" --folder FromEml
    run 0 '^7 imported' import "$dos\\outdir" --folder FromMaildir
    run 0 '^7 imported' import "$dos\\out.mbox" --folder FromMbox
    for folder in FromMsg FromEml FromMaildir FromMbox
    do
        rm -rf "$files/back"
        run 0 '^7 exported' export $folder "$dos\\back" --format mbox
        if [ $folder = FromEml ]
        then
            check "$folder has the same" diff <(summary "$files/out.mbox" | cut -d'|' -f1,2,4) \
                <(summary "$files/back" | cut -d'|' -f1,2,4)
        else
            check "$folder has the same" diff <(summary "$files/out.mbox") <(summary "$files/back")
        fi
    done

    run 0 '' move 1 2 --folder FromMsg --target inbox
    run 0 '^Inbox +2 ' folders
    run 0 '' delete 1
    run 0 '^Deleted Items +1 ' folders
    run 0 '' delete 1 --hard
    run 0 '^Inbox +0 ' folders
    run 1 'no message 99' delete 99
    run 1 "no folder 'Nowhere'" inbox --folder Nowhere
    run 2 'usage: mapictl move|where to' move 1

    if [ ${#account[@]} = 0 ]
    then
        echo "skipped: crypt32.dll of this Wine does not start in 32-bit programs: nothing is sent"
        skipped=$((skipped + 1))
        run 0 '' profile delete "Mail-$arch"
        continue
    fi
    printf 'body öäü\nFrom x\n' >"$files/body.txt"
    echo '<p>Hällo</p>' >"$files/body.html"
    echo data >"$files/файл.txt"
    run 0 '' send --to 'Ann Ä <ann@x.example>' --cc bob@x.example --bcc secret@x.example --subject "to-$arch 日本" \
        --body-file "$dos\\body.txt" --html "$dos\\body.html" --attach "$dos\\файл.txt"
    sent=$(grep -l "Message-ID" "$work"/smtp/*.eml | tail -1)
    check 'everybody gets it' grep -q '^TO ann@x.example bob@x.example secret@x.example' "$sent"
    check 'nobody sees the secret one' test -z "$(grep -i '^bcc' "$sent")"
    check 'the attachment has its name' grep -q "filename\*=utf-8''%D1%84" "$sent"
    run 0 "to-$arch 日本" inbox --folder sent
    run 1 'no mail address' send --to nonsense
    run 2 'nobody to send to' send --subject nobody
    touch "$work/smtp/down"
    run 1 'not sent yet' send --to ann@x.example --subject later --body x --wait 1
    run 1 'not sent yet: 1 in the outbox' sync --wait 1
    run 2 'takes seconds' sync --wait soon
    rm "$work/smtp/down"
    run 0 '' sync
    check 'it has gone' grep -q -s '^Subject: later' "$work"/smtp/*.eml
    rm -f "$work"/smtp/*.eml
    run 0 '' profile create "Alone-$arch" --service MAPIMS
    run 1 'nothing that sends or fetches' sync --profile "Alone-$arch"
    run 0 '' profile delete "Alone-$arch"
    run 0 '' profile delete "Mail-$arch"
done
printf '%s passed, %s failed, %s skipped\n' $passed $failed $skipped
[ $failed = 0 ]
