#!/bin/bash
#
# mail.sh: the mail commands of mapictl, on both architectures: files into a store and out again in every format, and
# mail sent to tests/servers/smtpd.py on the loopback.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

set -uo pipefail

# shellcheck source=tests/e2e/common.sh
. "$TOP/tests/e2e/common.sh"
work=$(mktemp -d /tmp/wine-mapi-mail.XXXXXX)
port=$((20000 + ($$ + 20) % 20000))
server=
watcher=

cleanup()
{
    [ -z "$watcher" ] || kill "$watcher" 2>/dev/null || true
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    remove_prefix
    rm -rf "$work" "$said"
}
trap cleanup EXIT

command -v python3 >/dev/null || { echo "skipped: there is no python3"; exit 77; }

make_mail()
{
    python3 - "$1" <<'END'
import email.message, mailbox, os, sys
os.makedirs(sys.argv[1])
os.chdir(sys.argv[1])

def message(subject, number):
    m = email.message.EmailMessage()
    m["From"] = "Ann Ünlü <ann@x.example>"
    m["To"] = "Joe Ö <joe@x.example>, jill@x.example"
    m["Cc"] = "cc@x.example"
    m["Subject"] = subject
    m["Date"] = "Mon, 0%d Jun 2026 10:00:00 +0000" % (number + 1)
    m["X-Extra"] = "extra %d" % number
    m["Keywords"] = "red, %s" % number
    m.set_content("hello\n>From quoted\nFrom here\nтекст\n")
    if number % 2:
        m.add_alternative("<p>hällo <b>%d</b></p>\n" % number, subtype="html")
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
for i, flags in enumerate(("S", "FR", "DP")):
    m = message("dir %d" % i, 5 + i)
    m["Message-ID"] = "<d%d@x.example>" % i
    m = mailbox.MaildirMessage(m)
    m.set_subdir("cur")
    m.set_flags(flags)
    folder.add(m)
END
}

# What another reader finds in mbox files and Maildirs: a line for each message, sorted. Subject, identifier and state (as
# mbox files have it), then who, when, fields that become named properties, texts, and attachments with what is in them.
summary()
{
    python3 - "$@" <<'END'
import email, email.policy, hashlib, mailbox, os, re, sys

def text(part):
    return repr(part.get_content().replace("\r\n", "\n").rstrip("\n")) if part else "none"

def line(flags, data):
    state = "".join(sorted(set(flags) & set("RAFT")))
    m = email.message_from_bytes(data, policy=email.policy.default)
    files = ["%s:%s" % (a.get_filename(), hashlib.sha256(a.get_payload(decode=True)).hexdigest())
             for a in m.iter_attachments()]
    who = ["%s=%s" % (field, ",".join("%s<%s>" % (a.display_name, a.addr_spec) for a in m[field].addresses))
           for field in ("From", "To", "Cc") if m[field]]
    return "|".join([str(m["Subject"]), str(m["Message-ID"]), state,
                     " ".join(who), str(m["Date"].datetime.timestamp()), str(m["X-Extra"]), str(m["Keywords"]),
                     text(m.get_body(("plain",))), text(m.get_body(("html",))), " ".join(files)])

lines = []
for path in sys.argv[1:]:
    if os.path.isdir(path):
        box = mailbox.Maildir(path, create=False)
        # Seen, replied, draft
        lines += [line(box[key].get_flags().translate(str.maketrans("SRDTP", "RAT  ")), box.get_bytes(key))
                  for key in box.keys()]
    else:
        box = mailbox.mbox(path, create=False)
        lines += [line(box[key].get_flags(), re.sub(rb"(?m)^>(>*From )", rb"\1", box.get_bytes(key))) for key in box.keys()]
print("\n".join(sorted(lines)))
END
}

# same FIELDS WANTED FOUND: those fields of two summaries are the same, and there are all seven messages.
same()
{
    [ "$(grep -c '|' "$2")" = 7 ] && diff <(cut -d'|' -f"$1" "$2") <(cut -d'|' -f"$1" "$3")
}

# What another process puts into the inbox is shown once if it is unread, and not at all if it is not.
test_watch()
{
    local i=0

    timeout 120 "$WINE" "$BUILD/$arch/programs/mapictl/mapictl.exe" watch >"$files/watched" 2>&1 </dev/null &
    watcher=$!
    mkdir -p "$files/arrive/cur" "$files/arrive/new"
    while [ $i -lt 20 ] && ! grep -q 'new ' "$files/watched"
    do
        i=$((i + 1))
        printf 'From: ann@x.example\nSubject: read %s\nMessage-ID: <r%s@x.example>\n\nx\n' $i $i >"$files/arrive/cur/$i:2,S"
        printf 'From: ann@x.example\nSubject: new %s\nMessage-ID: <n%s@x.example>\n\nx\n' $i $i >"$files/arrive/new/$i.n"
        run 0 '^2 imported' import "$dos\\arrive" --folder inbox
        sleep 0.5
    done
    # One more, so that what was to be told twice has been.
    printf 'From: ann@x.example\nSubject: last\nMessage-ID: <last@x.example>\n\nx\n' >"$files/arrive/new/last.n"
    run 0 '^1 imported' import "$dos\\arrive" --folder inbox
    for ((i = 0; i < 100; i++))
    do
        ! grep -q 'last' "$files/watched" || break
        sleep 0.1
    done
    kill $watcher 2>/dev/null
    wait $watcher 2>/dev/null
    watcher=
    tr -d '\r' <"$files/watched" >"$files/seen"
    check 'watch shows what another process brings' grep -q -E '^[0-9a-f]{40,}.ann@x.example.new [0-9]+$' "$files/seen"
    check 'and the next' grep -q -E '^[0-9a-f]{40,}.ann@x.example.last$' "$files/seen"
    check 'each once' test -z "$(sort "$files/seen" | uniq -d)"
    check 'not what is read' test -z "$(grep 'read ' "$files/seen")"
}

test_folders()
{
    run 0 '' folder create 'Own/Ünder'
    run 0 '^Own/Ünder +0 ' folders
    run 0 '' folder rename own/ünder Below
    run 0 '' folder move Own/Below --target /
    run 0 '^Below +0 ' folders
    run 0 '' folder move Below --target Own
    run 1 'COLLISION' folder rename Own Archive
    run 1 'MAPI_E' folder move Own --target Own/Below
    run 2 'where to' folder move Own
    run 1 'cannot be deleted' folder delete inbox
    run 0 '' folder delete Own/Below
    run 0 '' folder create Own/Below
    run 0 '' folder delete Own/Below
    run 0 '^Deleted Items/Below [(]2[)] +0 ' folders
    run 0 '' folder delete 'Deleted Items/Below (2)'
    run 0 '' folder delete Own --hard
    check 'what was deleted is gone' test -z "$(mapictl folders | grep -E '^Own|Below [(]2')"
    run 1 "no folder 'Own'" folder delete Own
}

# Folders in folders, as each format has them, and as Thunderbird and Dovecot do.
test_trees()
{
    local format box

    run 0 '^1 imported' import "$dos\\one.eml" --folder 'Tree/Sub-ü/a//b'
    run 0 '^7 imported' import "$dos\\eml" --folder Tree/cur --subfolders
    for format in eml msg maildir mbox
    do
        run 0 '^[0-9]+ exported, 0 already there, 0 failed' export Tree "$dos\\tree-$format" --format $format --subfolders
        run 0 ' imported, 0 already there, 0 failed' import "$dos\\tree-$format" --folder "Back-$format" --subfolders
    done
    check 'an mbox and its folders' test -s "$files/tree-mbox/Tree/Sub-ü/a_b.mbox"
    check 'a Maildir in a Maildir' test -d "$files/tree-maildir/Sub-ü/a_b/cur"
    for format in eml msg maildir mbox/Tree
    do
        run 0 "^Back-$format/Sub-ü/a_b +1 " folders
    done
    run 0 '^[0-9]+ exported, 0 already there, 0 failed' export / "$dos\\all" --format mbox --subfolders
    check 'all mail' test -s "$files/all/Archive/2026.mbox" -a -e "$files/all/Inbox.mbox"
    # Those without an identifier are not known by it.
    run 0 '^[0-9]+ imported, [1-9][0-9]+ already there, 0 failed' import "$dos\\all" --folder / --subfolders
    run 0 ' imported, 0 already there, 0 failed' import "$dos\\all\\Tree.mbox" --folder Alone --subfolders
    run 0 '^Alone/Sub-ü/a_b +1 ' folders
    run 2 'no folders in it' export 1 "$dos\\one" --folder Tree/cur --subfolders

    mkdir -p "$files/bird/Lists.sbd" "$files/plus/cur" "$files/plus/new" "$files/plus/.Sent.2025/cur" \
        "$files/plus/.Sent.2025/new" "$files/plus/.Entw&APw-rfe/cur" "$files/plus/.Entw&APw-rfe/new" \
        "$files/plus/.Größe.b/cur" "$files/plus/.Größe.b/new" "$files/plus/.bad&&/cur" "$files/plus/.bad&&/new"
    cp "$files/in.mbox" "$files/bird/Lists"
    cp "$files/in.mbox" "$files/bird/Lists.sbd/wine"
    touch "$files/bird/Trash" "$files/bird/Lists.msf"
    run 0 '^8 imported, 0 already there, 0 failed' import "$dos\\bird" --folder Bird --subfolders
    run 0 '^Bird/Lists/wine +4 ' folders
    cp "$files/one.eml" "$files/plus/cur/1.x.y:2,S"
    cp "$files/one.eml" "$files/plus/.Sent.2025/new/1.x.y"
    cp "$files/one.eml" "$files/plus/.Entw&APw-rfe/cur/1.x.y:2,"
    run 1 '^3 imported, 0 already there, 1 failed' import "$dos\\plus" --folder Plus --subfolders
    run 0 '^Plus/Sent/2025 +1 +1' folders
    run 0 '^Plus/Entwürfe +1 +1' folders
    run 0 '^Plus/Größe/b +0 ' folders

    # Lines and messages longer than what is read at once
    box=$files/long.mbox
    {
        printf 'From x\nSubject: long\nDate: Mon, 02 Nov 2026 10:00:00 +0000\nStatus: RO\n\n'
        head -c 300000 /dev/zero | tr '\0' x
        printf '\n\n>From here\n\nFrom y\nSubject: next\nDate: Mon, 09 Nov 2026 10:00:00 +0000\n\nbody\n'
    } >"$box"
    run 0 '^2 imported, 0 already there, 0 failed' import "$dos\\long.mbox" --folder Long
    run 0 '^Long +2 +1$' folders
    run 0 '^From here' read 2 --folder Long
}

# The three libraries of forms; the files of a platform are in those of folders only.
test_forms()
{
    local library form=$files/form.cfg

    printf '[Description]\nMessageClass=IPM.Note.Ticket\nClsid={6F1D7A80-3C52-4B1E-9D0A-F00DFEED0001}\nDisplayName=Ticket\n' >"$form"
    printf '[Platforms]\nPlatform.1=A\n[Platform.A]\nCPU=ix86\nOSVersion=WinNT4.0\nFile=ticket.exe\n' >>"$form"
    rm -f "$files/ticket.exe"
    run 1 'ticket.exe' forms install "$dos\form.cfg" --personal
    echo program >"$files/ticket.exe"
    for library in "" --personal "--folder Archive/2026"
    do
        # shellcheck disable=SC2086
        run 0 '' forms install "$dos\form.cfg" $library
        # shellcheck disable=SC2086
        run 0 '^IPM.Note.Ticket +Ticket ' forms list $library
        # shellcheck disable=SC2086
        run 0 '' forms remove IPM.Note.Ticket $library
        # shellcheck disable=SC2086
        run 1 'no form for IPM.Note.Ticket' forms remove IPM.Note.Ticket $library
    done
    run 1 'nowhere.cfg' forms install "$dos\nowhere.cfg"
}

make_prefix mail || exit 1
python3 "$TOP/tests/servers/smtpd.py" "$port" "$work/smtp" >"$work/smtp.log" 2>&1 &
server=$!

for arch in $ARCHES
do
    files=$work/$arch
    make_mail "$files"
    dos=$(dos_path "$files")
    # The transport needs crypt32.dll, which does not start in 32-bit programs of a Wine 8 without 32-bit Unix libraries.
    account=(--smtp "localhost:$port" --security none --address joe@test.example)
    status=0
    program tests/clients/mailer/mailer.exe >/dev/null || status=$?
    [ "$arch" != i386 ] || [ $status = 1 ] || account=()
    run 0 '' profile create "Mail-$arch" --default --service MAPIMS "${account[@]}"

    run 0 '^7 imported, 0 already there, 0 failed' import "$dos\\in.mbox" "$dos\\maildir" --folder Archive/2026
    run 0 '^0 imported, 7 already there, 0 failed' import "$dos\\in.mbox" "$dos\\maildir" --folder archive/2026
    run 1 '^0 imported, 0 already there, 1 failed' import "$dos\\nothing" --folder Archive/2026
    run 0 '^Archive/2026 +7 +4$' folders
    run 0 '^5 +unread +2026-06-03 .* +Ann Ünlü +Grüße 日本 2$' inbox --folder Archive/2026 --unread
    run 0 '"subject": "dir 2".*"entry": "[0-9a-f]+"' --json inbox --folder Archive/2026 --limit 1
    run 0 '^5 .* +Grüße 日本 2 +Archive/2026$' search grüße ÜNLÜ
    run 0 '^5 .* +Grüße 日本 2 +archive/2026$' search данные --folder archive
    run 0 '"subject": "dir 2".*"folder": "Archive/2026"' --json search 'dir 2'
    run 0 '' search 'no such words'
    run 2 'usage: mapictl search' search
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
    # Two were read above; names of attachments lose what no file may be called.
    summary "$files/in.mbox" "$files/maildir" | sed 's|[.][.]/данные:1[.]bin|данные_1.bin|' |
        awk -F'|' -v OFS='|' '/<m[02]@/ { $3 = "R" } 1' >"$files/wanted"
    summary "$files/out.mbox" >"$files/found"
    check 'an mbox for others to read' same 1- "$files/wanted" "$files/found"
    summary "$files/outdir" >"$files/found"
    check 'a Maildir for others to read' same 1- "$files/wanted" "$files/found"
    check 'a draft and forwarded' test -n "$(find "$files/outdir/cur" -name '*:2,DP')"
    run 0 '^7 imported' import "$dos\\msg" --folder FromMsg
    run 0 '^7 imported' import "$dos\\eml" --folder FromEml
    run 0 '^7 imported' import "$dos\\outdir" --folder FromMaildir
    run 0 '^7 imported' import "$dos\\out.mbox" --folder FromMbox
    for folder in FromMsg FromEml FromMaildir FromMbox
    do
        rm -rf "$files/back"
        run 0 '^7 exported' export $folder "$dos\\back" --format mbox
        # Files of single messages have no state.
        fields=1-
        [ $folder != FromEml ] || fields=1,2,4-
        summary "$files/back" >"$files/found"
        check "$folder has the same" same $fields "$files/wanted" "$files/found"
    done
    run 0 '^0 exported, 0 already' export Outbox "$dos\\empty.mbox"
    run 0 '^0 imported, 0 already there, 0 failed' import "$dos\\empty.mbox" --folder Empty
    : >"$files/empty.eml"
    run 1 '^0 imported, 0 already there, 1 failed' import "$dos\\empty.eml" --folder Empty

    test_trees
    test_folders
    run 0 '' move 1 2 --folder FromMsg --target inbox
    run 0 '^Inbox +2 ' folders
    run 0 '' delete 1
    run 0 '^Deleted Items +1 ' folders
    run 0 '' delete 1 --hard
    run 0 '^Inbox +0 ' folders
    run 1 'no message 99' delete 99
    run 1 "no folder 'Nowhere'" inbox --folder Nowhere
    run 2 'usage: mapictl move|where to' move 1

    test_forms
    test_watch
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
finish
