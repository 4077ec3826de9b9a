#!/bin/bash
#
# transport.sh: the mail transport, on both architectures, against Postfix and Dovecot with TLS and an authority of their
# own, and against tests/servers/smtpd.py for the failures that those do not make on demand. All servers run on the
# loopback in a folder of the test's; Postfix and Dovecot want root.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

set -uo pipefail

# shellcheck source=tests/e2e/common.sh
. "$TOP/tests/e2e/common.sh"
# shellcheck source=tests/servers/mailservers.sh
. "$TOP/tests/servers/mailservers.sh"

cleanup()
{
    servers_end
    remove_prefix
    rm -f "$said"
}
trap cleanup EXIT
trap 'exit 1' TERM INT

missing=$(servers_missing)
[ -z "$missing" ] || { echo "skipped: $missing"; exit 77; }
command -v python3 >/dev/null || { echo "skipped: there is no python3"; exit 77; }
[ -e "$BUILD/${ARCHES%% *}/dlls/mapimime32/mapimime32.dll" ] || { echo "skipped: there is no mapimime32.dll"; exit 77; }

mailer()
{
    program tests/clients/mailer/mailer.exe "$@"
}

start_scripted()
{
    python3 "$TOP/tests/servers/smtpd.py" $plain "$servers/plain" >"$servers/plain.log" 2>&1 &
    pids+=($!)
    python3 "$TOP/tests/servers/smtpd.py" $expired "$servers/expired" "$servers/old.pem" "$servers/old.key" \
        >"$servers/expired.log" 2>&1 &
    pids+=($!)
    python3 "$TOP/tests/servers/smtpd.py" $stranger "$servers/stranger" "$servers/unknown.pem" "$servers/unknown.key" now \
        >"$servers/stranger.log" 2>&1 &
    pids+=($!)
    soon listens $plain && soon listens $expired && soon listens $stranger
}

make_wine_prefix()
{
    local setting

    make_prefix transport || return
    mkdir -p "$WINEPREFIX/drive_c/stores"
    for setting in RetryMs:300 RetryMaxMs:1000 PollMs:200 IdleMs:300 QueueMs:500 LogoffMs:5000
    do
        spooler_setting $setting
    done
}

spooler_setting()
{
    timeout 60 "$WINE" reg add 'HKCU\Software\wine-mapi\Spooler' /v "${1%:*}" /t REG_DWORD /d "${1#*:}" /f \
        >/dev/null 2>&1 </dev/null
}

# profile NAME OPTION...: a profile with an empty store.
profile()
{
    local name=$1

    shift
    mapictl profile delete "$name" >/dev/null
    expect 0 '' mapictl profile create "$name" "$@"
    expect 0 '' mapictl service configure "$name" MAPIMS "6700001f=C:\\stores\\$name-$arch"
}

# Settings of the transport: TAG=VALUE...
configure()
{
    local name=$1

    shift
    expect 0 '' mapictl service configure "$name" MAPIXP "$@"
}

# How many messages the scripted server took that have this in them.
taken()
{
    grep -l -s -e "$1" "$servers"/plain/*.eml | wc -l
}

took()
{
    [ "$(taken "$1")" = "$2" ]
}

# ---- what is tested ----

test_trust()
{
    profile Trust --smtp "localhost:$smtp" --user joe@test.example --password-file "$password"
    expect 0 'authority that this system does not know' mailer Trust send trusted joe@test.example , words 'does not know'
    expect 0 '' mailer trust "$servers/ours.pem"
    # What waited goes.
    expect 0 '' mailer Trust queue 0
    check 'the message arrived' soon has_mail joe 1
    configure Trust "66430003=$expired" 66450003=0 6645000b=0
    expect 0 'has expired' mailer Trust send expired joe@test.example , words 'has expired'
    configure Trust "66430003=$stranger" 66440003=3
    expect 0 'does not know' mailer Trust words 'does not know'
    configure Trust "66430003=$smtp" 66440003=2 6642001f=127.0.0.1
    expect 0 'server of another name' mailer Trust words 'another name'
    configure Trust "66430003=$plain" 6642001f=localhost
    expect 0 'does not offer STARTTLS' mailer Trust words 'does not offer STARTTLS'
    check 'nothing went out unencrypted' took expired 0
    # TLS from the start or by STARTTLS: the words name the other way.
    configure Trust "66430003=$smtps" 66440003=2 66510003=2
    expect 0 'may want TLS from the start' mailer Trust words 'may want TLS from the start'
    configure Trust "66430003=$smtp" 66440003=3
    expect 0 'may want STARTTLS' mailer Trust words 'may want STARTTLS'
    configure Trust 66440003=2 66510003=20 6642001f=localhost 6645000b=1 67f1001f=wrong
    expect 0 'does not accept the user name and password' mailer Trust words 'does not accept the user'
    # What waited goes as soon as the password is right, within the session.
    expect 0 '' mailer Trust words 'does not accept the user' , password wrong secret , queue 0
    check 'sent with the new password' soon has_mail joe 2
    check 'no password is in the registry' test -z "$(grep -r -l -e secret "$WINEPREFIX"/*.reg)"
    empty joe
}

# IMAP and SMTP as most have them, with every way of logging on.
test_round()
{
    local way

    expect 0 "" mailer trust "$servers/ours.pem"
    profile Round --smtp "localhost:$smtp" --imap "localhost:$imaps" --user joe@test.example --password-file "$password"
    configure Round 664e0003=1 66490003=3
    for way in 1 2 3
    do
        configure Round 664b0003=$way
        expect 0 "inbox: unread way $way" mailer Round send "way $way" joe@test.example , queue 0 , inbox $way
    done
    check 'the body is whole' sh -c 'grep -q "^\.a line that begins with a dot" '"'$servers'"'/mail/joe/Maildir/*/*'
    expect 0 '^last line' mailer Round body 'way 1'
    configure Round 664b0003=4 67f1001f=token
    expect 0 'inbox: unread by token' mailer Round send 'by token' joe@test.example , queue 0 , inbox 4
    configure Round "66430003=$smtps" 66440003=3 "66490003=2" "66480003=$imap" 664b0003=0 6645000b=1 67f1001f=secret
    expect 0 'inbox: unread other ports' mailer Round send 'other ports' joe@test.example,jill@test.example , queue 0 , inbox 5
    check 'jill has hers' soon has_mail jill 1
    expect 0 'inbox: unread Undeliverable' mailer Round send nobody nobody@test.example,jill@test.example , queue 0 , inbox 6
    check 'jill has the other' soon has_mail jill 2
    empty jill
}

# Neither as it is nor as logons encode it.
without_password()
{
    ! grep -q -i -e secret -e c2VjcmV0 "$1"
}

# receipt USER MESSAGE-ID: as the reader's program sends one.
receipt()
{
    printf '%s\r\n' 'From: jill@test.example' "To: $1@test.example" 'Subject: it was read' 'MIME-Version: 1.0' \
        'Content-Type: multipart/report; report-type=disposition-notification; boundary=b' '' '--b' '' 'read' '--b' \
        'Content-Type: message/disposition-notification' '' 'Final-Recipient: rfc822; jill@test.example' \
        "Original-Message-ID: $2" 'Disposition: manual-action/MDN-sent-manually; displayed' '--b--' |
        doveadm -c "$servers/dovecot.conf" save -u "$1@test.example"
}

# Reports of Postfix and a receipt find the messages that they are about.
test_reports()
{
    local id

    expect 0 '' mailer trust "$servers/ours.pem"
    empty joe
    empty jill
    profile Reports --smtp "localhost:$smtp" --imap "localhost:$imaps" --user joe@test.example --password-file "$password"
    configure Reports 664e0003=1 66490003=3
    expect 0 '' mailer Reports send decoy jill@test.example , send 'goes nowhere' bounces@test.example , \
        sendreport arrives jill@test.example , queue 0 , inbox 2
    expect 0 "^about: goes nowhere, 'goes nowhere' to bounces@test.example" mailer Reports \
        about 'Undelivered Mail Returned to Sender'
    expect 0 "^about: arrives, 'arrives' to jill@test.example" mailer Reports about 'Successful Mail Delivery Report'
    id=$(doveadm -c "$servers/dovecot.conf" fetch -u jill@test.example hdr.message-id mailbox INBOX subject decoy)
    receipt joe "${id#*: }"
    expect 0 "^about: decoy, 'decoy' to jill@test.example" mailer Reports inbox 3 , about 'it was read'
    empty joe
    empty jill
}

# in_folder FOLDER COUNT [FLAG]: joe's mail on the server.
in_folder()
{
    [ "$(doveadm -c "$servers/dovecot.conf" fetch -u joe@test.example flags mailbox "$1" all 2>/dev/null |
        grep -c "^flags:.*${3-}")" = "$2" ]
}

# All folders of an account: what is new in each, read and deleted on both sides, a store that is made anew.
test_folders()
{
    local folder dovecot=(doveadm -c "$servers/dovecot.conf")

    expect 0 '' mailer trust "$servers/ours.pem"
    empty joe
    # Eight quotation marks: the server sends such a name as a literal.
    "${dovecot[@]}" mailbox create -u joe@test.example 'Odd""""""""'
    printf 'From: ann@elsewhere.example\r\nSubject: odd\r\n\r\nhello\r\n' |
        "${dovecot[@]}" save -u joe@test.example -m 'Odd""""""""'
    for folder in Lists.Wine INBOX.Old Sent Trash
    do
        "${dovecot[@]}" mailbox create -u joe@test.example "$folder" 2>/dev/null
        printf 'From: ann@elsewhere.example\r\nSubject: in %s\r\nMessage-ID: <%s@folders>\r\n\r\nhello\r\n' \
            "$folder" "$folder" | "${dovecot[@]}" save -u joe@test.example -m "$folder"
    done
    profile Folders --smtp "localhost:$smtp" --imap "localhost:$imaps" --user joe@test.example --password-file "$password" \
        --folders all
    configure Folders 664e0003=1 66490003=3
    expect 0 '^sent: unread in Sent' mailer Folders sent 1 , deleted 1 , folder Inbox/Old 1 , folder Lists/Wine 1
    expect 0 '^Odd"*: unread odd' mailer Folders folder 'Odd""""""""' 1
    expect 0 '' mailer Folders folder Lists/Wine 1 , read 'in Lists.Wine' , sleep 2500
    check 'read here is seen there' soon in_folder Lists.Wine 1 Seen
    expect 0 '' mailer Folders folder Inbox/Old 1 , delete 'in INBOX.Old' , sleep 2500
    check 'deleted here is deleted there' soon in_folder INBOX.Old 0
    check 'and only that' in_folder Lists.Wine 1
    # The store is a cache: all of it comes back, nothing twice and nothing is deleted.
    timeout 60 wineserver -w
    rm -rf "$WINEPREFIX/drive_c/stores/Folders-$arch"*
    expect 0 '' mapictl service configure Folders MAPIMS "6700001f=C:\\stores\\Folders-$arch"
    expect 0 '^Lists/Wine: read in Lists.Wine' mailer Folders sent 1 , deleted 1 , folder Lists/Wine 1
    expect 0 '' mailer Folders sleep 1500 , sent 1 , deleted 1 , folder Lists/Wine 1
    check 'nothing is deleted there' in_folder Lists.Wine 1
    for folder in Lists.Wine INBOX.Old Sent Trash 'Odd""""""""'
    do
        "${dovecot[@]}" mailbox delete -u joe@test.example "$folder" 2>/dev/null
    done
}

# What of joe's a folder has on the server, by subject.
subjects_in()
{
    doveadm -c "$servers/dovecot.conf" fetch -u joe@test.example hdr.subject mailbox "$1" all 2>/dev/null |
        sed -n 's/^hdr.subject: //p' | sort | paste -s -d ,
}

# has_subjects FOLDER SUBJECT,SUBJECT...
has_subjects()
{
    [ "$(subjects_in "$1")" = "$2" ]
}

# The folders of joe's but the inbox, on the server.
folders_there()
{
    doveadm -c "$servers/dovecot.conf" mailbox list -u joe@test.example 2>/dev/null | grep -v '^INBOX$' | sort |
        paste -s -d ,
}

delete_folders()
{
    local folder

    folders_there | tr , '\n' | while read -r folder
    do
        doveadm -c "$servers/dovecot.conf" mailbox delete -u joe@test.example "$folder" 2>/dev/null
    done
}

has_folders()
{
    [ "$(folders_there)" = "$1" ]
}

tree()
{
    expect 0 "$1" mapictl "${@:2}" --profile Tree
}

# has_here 'PATH +MESSAGES +UNREAD', a regular expression
has_here()
{
    mapictl folders --profile Tree | tr -d '\r' | grep -q -x -E "$1"
}

not()
{
    ! "$@"
}

# once_here PATH SUBJECT
once_here()
{
    [ "$(mapictl inbox --folder "$1" --profile Tree | grep -c -F "$2")" = 1 ]
}

# put_into FOLDER SUBJECT: on the server
put_into()
{
    printf 'From: ann@elsewhere.example\r\nSubject: %s\r\nMessage-ID: <%s@tree>\r\n\r\nhello\r\n' "$2" "${2// /.}" |
        doveadm -c "$servers/dovecot.conf" save -u joe@test.example -m "$1"
}

# Renamed here, there, on both sides, and whoever follows is killed at any time: all mail once, and nothing deleted.
killed_renames()
{
    local round deleted name=Round0 previous folders

    tree '' folder create Round0/Sub
    tree '' sync
    for round in 1 2 3 4 5 6 7 8 9 10
    do
        put_into Round0 "above $round"
        put_into Round0.Sub "below $round"
    done
    tree '' sync
    deleted=$(mapictl folders --profile Tree | grep '^Deleted Items ')
    for round in 1 2 3 4 5
    do
        previous=$name
        name=Round$((round % 2))
        [ $((round % 3)) = 1 ] || doveadm -c "$servers/dovecot.conf" mailbox rename -u joe@test.example $previous $name
        [ $((round % 3)) = 2 ] || tree '' folder rename $previous $name
        # The number tells it from those of other scripts.
        program programs/mapictl/mapictl.exe sync --profile Tree --wait $base >/dev/null 2>&1 &
        sleep 0.$((RANDOM % 10))$((RANDOM % 10))
        pkill -9 -f "sync --profile Tree --wait $base"
        wait $!
        tree '' sync
        tree '' sync
        tree '' sync
        folders=$(mapictl folders --profile Tree | tr -d '\r' | tr '\n' '|')
        check "killed while $previous becomes $name: $folders" \
            grep -q -E "\|$name +10 +10\|$name/Sub +10 +10\|" <<<"$folders"
        check 'nothing of it is deleted' [ "$(mapictl folders --profile Tree | grep '^Deleted Items ')" = "$deleted" ]
        check 'and all is there' [ "$(subjects_in $name.Sub | tr , '\n' | sort -u | wc -l)" = 10 ]
    done
    tree '' folder delete $name --hard
    tree '' sync
    tree '' sync
}

# Made, renamed, moved and deleted on one side, and so on the other.
test_tree()
{
    local folder dovecot=(doveadm -c "$servers/dovecot.conf")

    expect 0 '' mailer trust "$servers/ours.pem"
    empty joe
    delete_folders
    for folder in Work Work.Old Sent Trash
    do
        "${dovecot[@]}" mailbox create -u joe@test.example "$folder" 2>/dev/null
        put_into "$folder" "in $folder"
    done
    profile Tree --smtp "localhost:$smtp" --imap "localhost:$imaps" --user joe@test.example --password-file "$password" \
        --folders all
    configure Tree 66490003=3
    tree '' sync
    tree 'in Work.Old' inbox --folder Work/Old
    # Made here, below another and at the top.
    tree '' folder create Made
    tree '' folder create 'Made/b & c'
    tree '' sync
    check 'what was made here is there' has_folders 'Made,Made.b & c,Sent,Trash,Work,Work.Old'
    # Renamed here, with one below it.
    tree '' folder rename Work Shop
    tree '' sync
    check 'what was renamed here is there' has_folders 'Made,Made.b & c,Sent,Shop,Shop.Old,Trash'
    check 'with its mail' has_subjects Shop 'in Work'
    check 'and that below it' has_subjects Shop.Old 'in Work.Old'
    "${dovecot[@]}" flags add -u joe@test.example '\Seen' mailbox Shop all
    tree '' sync
    check 'once here, and still followed' once_here Shop 'in Work'
    check 'read there is read here' has_here 'Shop +1 +0'
    # Moved here: to the top, and into the deleted items.
    tree '' folder move Shop/Old --target /
    tree '' folder delete Shop
    tree '' sync
    check 'what was moved here is there' has_folders 'Made,Made.b & c,Old,Sent,Trash,Trash.Shop'
    check 'with its mail, too' has_subjects Trash.Shop 'in Work'
    tree '' sync
    check 'where it was moved' once_here 'Deleted Items/Shop' 'in Work'
    # New mail goes to it under its new name.
    put_into Old 'later'
    tree '' sync
    check 'new mail in what was moved' once_here Old 'later'
    # Deleted here: mail and folders.
    tree '' folder delete 'Deleted Items/Shop' --hard
    tree '' folder delete Made --hard
    tree '' sync
    check 'what was deleted here is there' soon has_folders 'Old,Sent,Trash'
    tree '' sync
    check 'and does not come back' not has_here 'Made.*'
    # Made there, renamed there, deleted there.
    "${dovecot[@]}" mailbox create -u joe@test.example Lists.Wine
    put_into Lists.Wine 'on wine'
    "${dovecot[@]}" mailbox rename -u joe@test.example Old Older
    tree '' sync
    tree '' sync
    check 'made there' once_here Lists/Wine 'on wine'
    check 'renamed there' once_here Older 'in Work.Old'
    check 'with what came later' once_here Older 'later'
    check 'which is not deleted here' not once_here 'Deleted Items' 'later'
    tree '' sync
    check 'the old one is gone' not has_here 'Old +.*'
    # What is only a level there.
    tree '' folder rename Lists News
    tree '' sync
    check 'a level renamed here' has_folders 'News.Wine,Older,Sent,Trash'
    "${dovecot[@]}" mailbox delete -u joe@test.example News.Wine
    tree '' sync
    tree '' sync
    tree '' sync
    check 'deleted there' not has_here 'News/Wine.*'
    check 'its mail is in the deleted items' once_here 'Deleted Items' 'on wine'
    tree '' sync
    check 'the level goes with it' not has_here 'News.*'
    check 'nothing else is deleted there' has_folders 'Older,Sent,Trash'
    # New mail in what is deleted here is not lost.
    "${dovecot[@]}" mailbox create -u joe@test.example Busy
    put_into Busy 'known'
    tree '' sync
    tree '' sync
    tree '' folder delete Busy --hard
    put_into Busy 'news'
    tree '' sync
    tree '' sync
    check 'new mail brings the folder back' once_here Busy 'news'
    check 'and what was deleted stays so' has_subjects Busy news
    # A copy of a folder is one more; renamed on both sides, as a crash in between leaves it.
    "${dovecot[@]}" mailbox rename -u joe@test.example Older Elder
    tree '' folder rename Older Elder
    tree '' sync
    tree '' sync
    check 'renamed on both sides' once_here Elder 'in Work.Old'
    check 'and still followed' has_subjects Elder 'in Work.Old,later'
    "${dovecot[@]}" mailbox rename -u joe@test.example Elder Older
    tree '' folder rename Elder Older
    tree '' sync
    tree '' sync
    check 'and back' once_here Older 'in Work.Old'
    check 'with all mail there' has_subjects Older 'in Work.Old,later'
    # Renamed here, and back there; and the other way round.
    tree '' folder rename Older Elder
    tree '' sync
    "${dovecot[@]}" mailbox rename -u joe@test.example Elder Older
    tree '' sync
    tree '' sync
    tree '' sync
    check 'renamed here, back there' once_here Older 'later'
    "${dovecot[@]}" mailbox rename -u joe@test.example Older Elder
    tree '' sync
    tree '' sync
    tree '' sync
    tree '' folder rename Elder Older
    tree '' sync
    tree '' sync
    check 'renamed there, back here' once_here Older 'later'
    check 'with all mail, too' has_subjects Older 'in Work.Old,later'
    check 'and none of it in the deleted items' not once_here 'Deleted Items' 'later'
    # What is not subscribed to has not gone.
    configure Tree 66550003=1
    tree '' sync
    tree '' sync
    tree '' sync
    check 'what is not listed stays here' once_here Older 'later'
    configure Tree 66550003=2
    killed_renames
    # The store is a cache: all of it comes back.
    timeout 60 wineserver -w
    rm -rf "$WINEPREFIX/drive_c/stores/Tree-$arch"*
    expect 0 '' mapictl service configure Tree MAPIMS "6700001f=C:\\stores\\Tree-$arch"
    tree '' sync
    tree '' sync
    check 'all comes back' once_here Older 'in Work.Old'
    check 'and nothing is deleted there' has_folders 'Busy,Older,Sent,Trash'
    delete_folders
}

# What is only here, moved or copied here, or moved there: once on both sides.
test_upload()
{
    local folder journal dovecot=(doveadm -c "$servers/dovecot.conf")

    expect 0 '' mailer trust "$servers/ours.pem"
    empty joe
    for folder in Work Archive Sent Trash
    do
        "${dovecot[@]}" mailbox create -u joe@test.example "$folder" 2>/dev/null
    done
    profile Upload --smtp "localhost:$smtp" --imap "localhost:$imaps" --user joe@test.example --password-file "$password" \
        --folders all
    configure Upload 664e0003=1 66490003=3
    # What was sent, once; what is put into a folder, with its state; a copy.
    expect 0 '^sent: ' mailer Upload send 'to jill' jill@test.example , queue 0 , sent 1 , \
        folder Work 0 , make 'made here' , copy 'made here' Archive , sleep 3000
    check 'sent mail is there' soon has_subjects Sent 'to jill'
    check 'what was made is there' soon has_subjects Work 'made here'
    check 'and seen' in_folder Work 1 Seen
    check 'its copy is there' soon has_subjects Archive 'made here'
    # Moved and copied between folders, and to the trash; nothing comes twice.
    put joe 'to be moved'
    put joe 'to be copied'
    put joe 'to go'
    expect 0 '' mailer Upload inbox 3 , mark 'to be moved' , move 'to be moved' Work , copy 'to be copied' Archive , \
        move 'to go' 'Deleted Items' , sleep 3000 , folder Work 2 , marked 'to be moved' , folder Archive 2 , inbox 1 , deleted 1
    check 'moved there' soon has_subjects Work 'made here,to be moved'
    check 'copied there' soon has_subjects Archive 'made here,to be copied'
    check 'in the trash' soon has_subjects Trash 'to go'
    check 'out of the inbox' has_subjects INBOX 'to be copied'
    # Moved there: the same message here, with what it has of its own.
    "${dovecot[@]}" move -u joe@test.example Archive mailbox Work subject 'to be moved'
    "${dovecot[@]}" move -u joe@test.example Trash mailbox INBOX subject 'to be copied'
    expect 0 '' mailer Upload folder Archive 3 , marked 'to be moved' , folder Work 1 , deleted 2 , inbox 0 , sleep 2500 , \
        deleted 2 , folder Archive 3
    check 'nothing is done there' has_subjects Archive 'made here,to be copied,to be moved'
    # Emptied there: believed when it is so twice.
    "${dovecot[@]}" expunge -u joe@test.example mailbox Archive all
    expect 0 '' mailer Upload folder Archive 0 , deleted 5
    # Filed by the server itself, before we could.
    configure Upload 664f0003=7
    expect 0 '' mailer Upload send 'filed there' jill@test.example , queue 0 , sent 2
    soon has_mail jill 2
    "${dovecot[@]}" copy -u joe@test.example Sent user jill@test.example mailbox INBOX subject 'filed there'
    configure Upload 664f0003=15
    expect 0 '' mailer Upload sleep 2500 , sent 2
    check 'once in the sent mail' has_subjects Sent 'filed there,to jill'
    # The server does not take it: it stays, and goes when that is mended.
    chmod 500 "$servers/mail/joe/Maildir/.Work/tmp"
    expect 0 'words: Not all is on the server' mailer Upload at Work , make 'not yet' , words 'Not all is on the server' , \
        folder Work 2
    chmod 700 "$servers/mail/joe/Maildir/.Work/tmp"
    expect 0 '' mailer Upload sleep 2500 , folder Work 2
    check 'taken after all' soon has_subjects Work 'made here,not yet'
    # A server without MOVE and UIDPLUS.
    echo 'imap_capability = IMAP4rev1 LITERAL+ IDLE SPECIAL-USE' >>"$servers/dovecot.conf"
    "${dovecot[@]}" reload
    expect 0 '' mailer Upload at Work , mark 'not yet' , move 'not yet' Inbox , sleep 2500 , inbox 1 , folder Work 1 , \
        at Inbox , marked 'not yet'
    check 'copied and deleted' soon has_subjects INBOX 'not yet'
    check 'no longer there' soon has_subjects Work 'made here'
    # As a crash before it was noted leaves it: it comes as new, and is known by its Message-ID.
    for journal in "$WINEPREFIX"/drive_c/users/*/AppData/Local/wine-mapi/mapixp/*/received
    do
        ! grep -q ' upload\.' "$journal" || sed -i '/^0 .* upload\./d; / imap\./d' "$journal"
    done
    expect 0 '' mailer Upload sleep 2000 , inbox 1 , at Inbox , marked 'not yet'
    check 'nothing is deleted there' has_subjects INBOX 'not yet'
    expect 0 '' mailer Upload at Inbox , delete 'not yet' , sleep 2500
    check 'it is known there, too' soon has_mail joe 0
    # The process dies before it notes what it has put there.
    expect 3 '' mailer Upload at Work , make 'half way' , make 'half way too' , sleep 1200 , die
    expect 0 '' mailer Upload folder Work 3 , sleep 2500 , folder Work 3
    check 'once after all' soon has_subjects Work 'half way,half way too,made here'
    # A round and what goes up with it end long before the spooler, left to itself, asks again.
    spooler_setting PollMs:60000
    expect 0 '' mapictl send --profile Upload --to jill@test.example --subject 'by sync' --body x
    expect 0 '' mapictl sync --profile Upload --wait 30
    check 'what was sent is there' has_subjects Sent 'by sync,filed there,to jill'
    spooler_setting PollMs:200
    sed -i '/^imap_capability/d' "$servers/dovecot.conf"
    "${dovecot[@]}" reload
    for folder in Work Archive Sent Trash
    do
        "${dovecot[@]}" mailbox delete -u joe@test.example "$folder" 2>/dev/null
    done
    empty joe
    empty jill
}

# What is read or deleted on one side is on the other.
test_follow()
{
    expect 0 '' mailer Round read 'way 1' , sleep 4000
    check 'read here is seen there' soon has_flag Seen
    doveadm -c "$servers/dovecot.conf" flags add -u joe@test.example '\Seen' mailbox INBOX subject 'way 2'
    expect 0 '' mailer Round isread 'way 2'
    doveadm -c "$servers/dovecot.conf" flags remove -u joe@test.example '\Seen' mailbox INBOX subject 'way 1'
    expect 0 '' mailer Round isunread 'way 1'
    check 'five there' has_mail joe 5
    expect 0 '' mailer Round delete 'way 3' , sleep 4000
    check 'deleted here is deleted there' soon has_mail joe 4
    doveadm -c "$servers/dovecot.conf" expunge -u joe@test.example mailbox INBOX subject 'way 2'
    expect 0 'deleted: .* way 2' mailer Round deleted 1
}

# A journal that is lost, a store that is emptied, a mailbox that is numbered anew: no mail twice, none deleted there.
test_lost()
{
    find "$WINEPREFIX/drive_c/users" -path '*mapixp*' -name received -delete
    expect 0 '' mailer Round sleep 4000 , inbox 4
    put joe 'after the loss'
    expect 0 'inbox: unread after the loss' mailer Round inbox 5
    find "$servers/mail/joe/Maildir" -name 'dovecot*' -delete
    expect 0 '' mailer Round sleep 4000 , inbox 5
    put joe 'after the numbers'
    expect 0 'inbox: unread after the numbers' mailer Round inbox 6
    expect 0 '' mapictl service configure Round MAPIMS "6700001f=C:\\stores\\other-$arch"
    expect 0 '' mailer Round sleep 3000
    check 'an emptied store empties no mailbox' has_mail joe 5
    # What the old file has is not fetched again while that is there.
    put joe 'into the new store'
    expect 0 'inbox: unread into the new store' mailer Round inbox 1
    expect 0 '' mailer Round sleep 3000
    check 'nor does new mail in it' has_mail joe 6
    empty joe
}

# New mail and changes are told by the server, long before the next round. Nor does any trace have a password.
test_idle()
{
    local trace=$servers/trace

    empty joe
    expect 0 '' mailer trust "$servers/ours.pem"
    profile Idle --smtp "localhost:$smtp" --imap "localhost:$imaps" --user joe@test.example --password-file "$password"
    configure Idle 664e0003=3600 66490003=3
    put joe 'before'
    { soon grep -q -s 'IDLE' "$trace" && put joe 'told at once'; } &
    WINEDEBUG=+mapi,+mapixp timeout 150 "$WINE" "$BUILD/$arch/tests/clients/mailer/mailer.exe" Idle inbox 2 \
        >"$servers/idle.out" 2>"$trace" </dev/null
    check 'new mail is told at once' grep -q 'told at once' "$servers/idle.out"
    wait $!
    check 'the conversation is in the trace' grep -q 'UID FETCH' "$trace"
    check 'no password is in the trace' without_password "$trace"
    rm -f "$trace"
    # Mail that is left and a store that is new: all of it comes back, nothing twice and nothing is sent.
    timeout 60 wineserver -w
    rm -rf "$WINEPREFIX/drive_c/stores/Idle-$arch"*
    expect 0 '' mapictl service configure Idle MAPIMS "6700001f=C:\\stores\\Idle-$arch"
    expect 0 'inbox: unread before' mailer Idle inbox 2
    check 'nothing is deleted there' has_mail joe 2
    empty joe
}

test_pop3()
{
    local i

    local way

    for i in 1 2 3; do put jill "pop $i"; done
    profile Pop --pop3 "localhost:$pop3s" --user jill@test.example --password-file "$password"
    configure Pop 664e0003=1 66490003=3
    expect 0 'inbox: unread pop 2' mailer Pop inbox 3
    put jill 'pop 4'
    expect 0 'inbox: unread pop 4' mailer Pop inbox 4
    i=4
    for way in 1 2 3 4
    do
        i=$((i + 1))
        configure Pop 664b0003=$way
        put jill "pop way $way"
        expect 0 "inbox: unread pop way $way" mailer Pop inbox $i
    done
    configure Pop 664b0003=0
    check 'left on the server' has_mail jill 8
    # As a crash between saving and noting it down leaves it.
    for i in "$WINEPREFIX"/drive_c/users/*/AppData/Local/wine-mapi/mapixp/*/received
    do
        sed -i 's/^2 \(. [0-9]* pop3\)/1 \1/' "$i"
    done
    expect 0 '' mailer Pop sleep 3000 , inbox 8
    configure Pop 664d0003=0
    expect 0 '' mailer Pop sleep 3000 , inbox 8
    check 'deleted from the server' soon has_mail jill 0
    # A round ends without the spooler's asking.
    put jill 'pop sync'
    spooler_setting PollMs:60000
    expect 0 '' mapictl sync --profile Pop --wait 30
    spooler_setting PollMs:200
    expect 0 'inbox: unread pop sync' mailer Pop inbox 9
}

test_failures()
{
    rm -f "$servers"/plain/*.eml
    touch "$servers/plain/down"
    profile Fail --smtp "localhost:$plain" --security none --address joe@test.example
    configure Fail 66510003=5
    expect 0 '421' mailer Fail send later ann@x.example , words 'response: 421' , queue 1
    check 'nothing while it is down' took later 0
    rm "$servers/plain/down"
    expect 0 '' mailer Fail queue 0
    check 'sent when it is back' took later 1

    expect 0 'inbox: unread Undeliverable: mixed' mailer Fail send mixed ann@x.example,gone@x.example,bob@x.example , queue 0 , inbox 1
    expect 0 'body: .*550 5.1.1 nobody of that name|550 5.1.1' mailer Fail body 'Undeliverable: mixed'
    check 'the others have it' took 'TO ann@x.example bob@x.example' 1
    expect 0 '' mailer Fail send greylisted ann@x.example,grey@x.example , queue 0 , inbox 1
    check 'once to ann' took 'TO ann@x.example$' 2
    check 'later to grey' took 'TO grey@x.example' 1
    expect 0 '' mailer Fail sendbig drop-data ann@x.example , queue 0
    check 'sent once after a drop in mid-message' took drop-data 1
    expect 0 '' mailer Fail send at-rcpt drop-rcpt@x.example , queue 0
    check 'sent once after a drop at RCPT' took at-rcpt 1
    expect 0 '' mailer Fail send temp-data ann@x.example , queue 0
    check 'sent once after 451' took temp-data 1
    expect 0 'inbox: unread Undeliverable: bad-data' mailer Fail send bad-data ann@x.example , queue 0 , inbox 2
    check 'not sent after 554' took bad-data 0
    # Reports that are asked for, or not wanted; else the server does as it always does.
    expect 0 '' mailer Fail sendreport asked ann@x.example , sendsilent silent ann@x.example , queue 0
    check 'a report is asked for' took 'RET=HDRS ENVID=[0-9a-f]* NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;ann@x.example' 1
    check 'no report is wanted' took 'ENVID=[0-9a-f]* NOTIFY=NEVER' 1
    check 'others say nothing of it' took 'NOTIFY=' 2
    # All handed over, no answer: not again, and the sender hears of it.
    expect 0 'inbox: unread Undeliverable: drop-dot' mailer Fail send drop-dot ann@x.example , queue 0 , inbox 3
    check 'handed over once' took drop-dot 1
    expect 0 'may have arrived or not' mailer Fail body 'Undeliverable: drop-dot'
    # Slower than a submission waits: deferred, and settled when the answer comes.
    expect 0 '' mailer Fail send slow1 ann@x.example , queue 0 , inbox 3
    check 'sent once by a slow server' took slow1 1
    # The process dies between the end of the data and the answer.
    expect 3 '' mailer Fail send slow2 ann@x.example , sleep 3000 , die
    expect 0 'inbox: unread Undeliverable: slow2' mailer Fail queue 0 , inbox 4
    check 'not sent again by the next process' soon took slow2 1
    # Who may not send hears of it at once.
    configure Fail 6640001f=banned@test.example
    expect 0 'inbox: unread Undeliverable: banned' mailer Fail send banned ann@x.example , queue 0 , inbox 5
    expect 0 'body: .*550 5.7.1 not you|550 5.7.1' mailer Fail body 'Undeliverable: banned'
    configure Fail 6640001f=joe@test.example
    # The process ends while a server that is slow makes up its mind.
    configure Fail 66500003=0
    expect 0 'inbox: unread Undeliverable: too late' mailer Fail send 'too late' toomany@x.example , queue 0 , inbox 6
}

# Below the ports that the system gives to clients.
base=$((20000 + $$ % 12000))
servers_begin $base
plain=$((base + 5))
expired=$((base + 6))
stranger=$((base + 7))
make_certificates
start_dovecot || { bad 'Dovecot does not start'; cat "$servers/dovecot.log"; }
start_postfix || { bad 'Postfix does not start'; cat "$servers/postfix.log"; }
start_scripted || bad 'the scripted servers do not start'
make_wine_prefix || exit 1
password=$servers/password
echo secret >"$password"
password=$(dos_path "$password")
for arch in $ARCHES
do
    # TLS is crypt32.dll's, which does not start in 32-bit programs of a Wine 8 without 32-bit Unix libraries.
    status=0
    program tests/clients/mailer/mailer.exe >/dev/null || status=$?
    if [ "$arch" = i386 ] && [ $status != 1 ]
    then
        echo "skipped: crypt32.dll of this Wine does not start in 32-bit programs"
        skipped=$((skipped + 1))
        continue
    fi
    for part in ${TRANSPORT_PARTS-trust round follow lost reports folders tree upload idle pop3 failures}
    do
        before=$SECONDS
        "test_$part"
        echo "$arch: $part: $((SECONDS - before)) s"
    done
    # The second architecture is to meet an unknown authority, too.
    timeout 60 "$WINE" reg delete 'HKCU\Software\Microsoft\SystemCertificates\Root' /f >/dev/null 2>&1 </dev/null
    rm -f "$servers"/*/*.eml
done
finish
