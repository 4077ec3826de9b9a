#!/bin/bash
#
# nativemail.sh: Simple MAPI without a profile. Mail programs are stand-ins that record what they are handed, which
# nativemail/received.py reads back as the real one would. First the script that knows the mail programs, by itself and
# with the real xdg-email; then programs under Wine, of both architectures, which send through all of it.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

set -uo pipefail

# shellcheck source=tests/e2e/common.sh
. "$TOP/tests/e2e/common.sh"
here=$(dirname "$0")
scratch=$(mktemp -d)
received=$scratch/received
arch=script

cleanup()
{
    remove_prefix
    rm -rf "$scratch" "$said"
}
trap cleanup EXIT
trap 'exit 1' TERM INT

command -v python3 >/dev/null || { echo "skipped: there is no python3"; exit 77; }
xdg_email=$(command -v xdg-email) || { echo "skipped: there is no xdg-email (xdg-utils)"; exit 77; }

# same WORDS WANTED FOUND
same()
{
    if [ "$2" = "$3" ]; then good; else bad "$1: wanted
$2
but found
$3"; fi
}

# ---- stand-ins ----

# A folder with every tool of the machine but those for mail, and one with mail programs that record.
mkdir -p "$scratch/tools" "$scratch/mail" "$scratch/real"
for folder in /bin /usr/bin /usr/local/bin
do
    [ ! -d "$folder" ] || ln -sf -t "$scratch/tools" "$folder"/* 2>/dev/null
done
rm -f "$scratch/tools"/{xdg-*,thunderbird,evolution,geary,kmail,claws-mail,sylpheed,balsa,mutt,neomutt,x-terminal-emulator}
cat >"$scratch/recorder" <<EOF
#!/bin/sh
{ printf '%s\\0' "\$0" "\$@"; } >$received.new
mv $received.new $received
[ -z "\${STAY-}" ] || sleep 30
exit \${FAIL-0}
EOF
chmod +x "$scratch/recorder"
for program in thunderbird betterbird evolution geary kmail claws-mail sylpheed balsa mutt x-terminal-emulator xdg-email
do
    cp "$scratch/recorder" "$scratch/mail/$program"
done
cat >"$scratch/mail/xdg-mime" <<'EOF'
#!/bin/sh
[ "$*" = 'query default x-scheme-handler/mailto' ] && printf '%s\n' "${HANDLER-}"
EOF
chmod +x "$scratch/mail/xdg-mime"
tools=$scratch/tools
mail=$scratch/mail:$tools
unset MAILER
export XDG_DATA_HOME=$scratch/data XDG_CONFIG_HOME=$scratch/config XDG_DATA_DIRS=$scratch/share
mkdir -p "$XDG_DATA_HOME/applications" "$XDG_CONFIG_HOME" "$XDG_DATA_DIRS"

# What was received, and nothing afterwards.
take_received()
{
    [ -e "$received" ] || { echo nothing; return; }
    python3 "$here/nativemail/received.py" "$received" 2>&1
    rm -f "$received"
}

# ---- the script ----

subject=$'It\'s "quoted", 100% of $(touch here) `id` & \\back; =?x'
subject_json=$(python3 -c 'import json, sys; print(json.dumps(sys.argv[1], ensure_ascii=False))' "$subject")
body=$'--first\nC:\\new\\text, \'quoted\' "twice"\n\nЖ 日本 😀 & ? # % = +\n.\n'
body_json=$(python3 -c 'import json, sys; print(json.dumps(sys.argv[1].rstrip("\n"), ensure_ascii=False))' "$body")

# message [--body FILE] [NAME...]: a folder as mapi32 makes it, with attachments of those names.
message()
{
    local name number=0

    work=$scratch/out/mail-1-1
    rm -rf "$work"
    mkdir -p "$work"
    printf 'ann@example.org\n"O'\''Neil, Jo" <jo@example.org>\n' >"$work/to"
    printf 'bob+tag@example.org\n' >"$work/cc"
    printf -- '-carl@example.org\n' >"$work/bcc"
    printf %s "$subject" >"$work/subject"
    printf %s "$body" >"$work/body"
    if [ "${1-}" = --body ]
    then
        cp "$2" "$work/body"
        shift 2
    fi
    : >"$work/files"
    for name
    do
        number=$((number + 1))
        mkdir "$work/$number"
        printf 'file %s' $number >"$work/$number/$name"
        printf '%s/%s\n' $number "$name" >>"$work/files"
    done
    cp "$TOP/dlls/mapi32/simple/handover.sh" "$work/handover"
}

# hand_over HANDLER PATH [ask]: the answer
hand_over()
{
    (cd "$work" && HANDLER=$1 PATH=$2 sh ./handover "${3-}")
    cat "$work/answer"
}

# shellcheck disable=SC2016     # nothing in them is to be expanded, which is the point
names=(-rf "a,b'c.txt" '$(id) 100%.txt' 'Ж 日本.txt' 'twice' 'twice' ' #&?=+;.txt')
expected()      # PROGRAM, BODY in JSON
{
    local name number=0

    printf 'program %s\n' "$1"
    printf 'to ["ann@example.org", "\\"O'\''Neil", " Jo\\" <jo@example.org>"]\n'
    printf 'cc ["bob+tag@example.org"]\nbcc ["-carl@example.org"]\n'
    printf 'subject %s\nbody %s\n' "$subject_json" "$2"
    for name in "${names[@]}"
    do
        number=$((number + 1))
        printf 'attachment %s "file %s"\n' "$name" $number
    done
}

while read -r handler program
do
    message "${names[@]}"
    answer=$(hand_over "$handler" "$mail")
    case $answer in
        started*) good ;;
        *) bad "$handler: $answer" ;;
    esac
    same "$handler is handed the message" "$(expected "$program" "$body_json")" "$(take_received)"
    [ ! -e "$work/here" ] || bad "$handler: text was run as a command"
done <<'EOF'
thunderbird.desktop thunderbird
org.mozilla.Thunderbird.desktop thunderbird
eu.betterbird.Betterbird.desktop betterbird
org.gnome.Evolution.desktop evolution
org.gnome.Geary.desktop geary
org.kde.kmail2.desktop kmail
claws-mail.desktop claws-mail
sylpheed.desktop sylpheed
balsa.desktop balsa
mutt.desktop mutt
unheard-of.desktop xdg-email
EOF

# A megabyte of text: as a file where the program reads one, else as an attachment; never as an argument.
python3 -c 'print("Zeile mit Ü\n" * 80000, end="")' >"$scratch/long"
for handler in thunderbird kmail mutt
do
    message --body "$scratch/long"
    hand_over $handler.desktop "$mail" >/dev/null
    same "$handler has a megabyte of text" "$(python3 -c 'import json; print("body", json.dumps("Zeile mit Ü\n" * 79999 + "Zeile mit Ü", ensure_ascii=False))')" \
        "$(take_received | grep '^body')"
done
for handler in org.gnome.Evolution claws-mail balsa unheard-of
do
    message --body "$scratch/long" "${names[0]}"
    hand_over $handler.desktop "$mail" >/dev/null
    same "$handler has a megabyte of text attached" 'body ""
attachment message.txt "Zeile mit Ü\nZeile mit Ü\nZeile mit Ü\nZeile mit Ü\nZeile mit Ü\n"
attachment -rf "file 1"' "$(take_received | grep -e ^body -e ^attachment)"
    cmp -s "$scratch/long" "$work/0/message.txt" || bad "$handler: the attached text is not whole"
done

# Those that lose attachments get none, and the caller is told; a message without any passes.
for handler in firefox.desktop Mailspring.desktop org.chromium.Chromium.desktop
do
    message one.txt
    case $(hand_over $handler "$mail") in
        attachments*) good ;;
        *) bad "$handler: $(cat "$work/answer")" ;;
    esac
    same "$handler is not started with attachments" nothing "$(take_received)"
    message
    hand_over $handler "$mail" >/dev/null
    same "$handler is started without attachments" 'program xdg-email' "$(take_received | head -n 1)"
done

# The desktop file says what to start: its words before the arguments, and whether it runs in a sandbox.
mkdir -p "$scratch/opt"
cp "$scratch/recorder" "$scratch/opt/thunderbird"
printf '[Desktop Entry]\nExec=env A=b %s/opt/thunderbird --name x %%u\n[Desktop Action x]\nExec=false\n' "$scratch" \
    >"$XDG_DATA_HOME/applications/my-thunderbird.desktop"
message "${names[@]}"
case $(hand_over my-thunderbird.desktop "$tools:$scratch/mail") in
    started*) good ;;
    *) bad "Exec: $(cat "$work/answer")" ;;
esac
same "the desktop file's command is run" "$(printf '%s\n' "$scratch/opt/thunderbird" -compose)" \
    "$(tr '\0' '\n' <"$received" | head -n 2)"
rm -f "$received"
printf '[Desktop Entry]\nExec=/usr/bin/flatpak run --branch=stable org.mozilla.Thunderbird @@u %%u @@\n' \
    >"$XDG_DATA_HOME/applications/org.mozilla.Thunderbird.desktop"
cp "$scratch/recorder" "$scratch/mail/flatpak"
message one.txt
case $(hand_over org.mozilla.Thunderbird.desktop "$mail") in
    attachments*Flatpak*) good ;;
    *) bad "sandbox: $(cat "$work/answer")" ;;
esac
message one.txt
: >"$work/shared"
hand_over org.mozilla.Thunderbird.desktop "$mail" >/dev/null
same "a sandbox that sees the folder" "$(printf '%s\n' flatpak run org.mozilla.Thunderbird -compose)" \
    "$(tr '\0' '\n' <"$received" | sed 's,.*/,,' | head -n 4)"
rm -f "$received" "$XDG_DATA_HOME/applications/org.mozilla.Thunderbird.desktop"

# No mail program; one that fails at once; one that runs on; a command of the user's; too much for a command line.
message
same "no mail program" none "$(hand_over '' "$tools" | cut -d ' ' -f 1)"
message
same "a mail program that fails" failed "$(FAIL=7 hand_over thunderbird.desktop "$mail" | cut -d ' ' -f 1)"
message
same "xdg-email finds none" none "$(FAIL=3 hand_over '' "$mail" | cut -d ' ' -f 1)"
message
same "a mail program that was not running" started "$(STAY=yes hand_over thunderbird.desktop "$mail" | cut -d ' ' -f 1)"
rm -f "$received"
message "${names[@]}"
printf "env X='a b' %s/mail/xdg-email" "$scratch" >"$work/command"
hand_over firefox.desktop "$mail" >/dev/null
same "MailCommand" "$(expected xdg-email "$body_json")" "$(take_received)"
message
for ((i = 0; i < 9000; i++)); do printf 'person%d@example.org\n' $i; done >"$work/to"
same "too many recipients" people "$(hand_over thunderbird.desktop "$mail" | cut -d ' ' -f 1)"
message
for ((i = 0; i < 2500; i++)); do printf '%d/a-file-with-a-long-name-that-takes-room.txt\n' $i; done >"$work/files"
same "too many files" files "$(hand_over org.gnome.Evolution.desktop "$mail" | cut -d ' ' -f 1)"
for handler in thunderbird firefox unheard-of ''
do
    message
    hand_over "$handler${handler:+.desktop}" "$mail" ask >/dev/null
    same "asking about '$handler' starts nothing" nothing "$(take_received)"
    grep -q -E '^(started|attachments) [a-z]' "$work/answer" || bad "asking: $(cat "$work/answer")"
done

# What is a day old goes; what is younger, and what is not ours, stays.
message
mkdir -p "$scratch/out/mail-0-1/1" "$scratch/out/mail-0-2" "$scratch/out/mail-old"
touch -d '25 hours ago' "$scratch/out/mail-0-1" "$scratch/out/mail-old"
hand_over thunderbird.desktop "$mail" >/dev/null
rm -f "$received"
same "what is left of old messages" 'mail-0-2 mail-1-1 mail-old' "$(cd "$scratch/out" && echo *)"

# The real xdg-email, with handlers as the desktop has them.
ln -sf "$xdg_email" "$(command -v xdg-mime)" "$(command -v xdg-open)" "$(command -v xdg-settings)" "$scratch/real/"
for program in handler evolution
do
    cp "$scratch/recorder" "$scratch/real/$program"
    printf '[Desktop Entry]\nType=Application\nName=x\nExec=%s/real/%s %%u\nMimeType=x-scheme-handler/mailto;\n' \
        "$scratch" $program >"$XDG_DATA_HOME/applications/$program.desktop"
    printf '[Default Applications]\nx-scheme-handler/mailto=%s.desktop\n' $program >"$XDG_CONFIG_HOME/mimeapps.list"
    message "${names[@]}"
    case $(unset XDG_CURRENT_DESKTOP DESKTOP_SESSION; DISPLAY=:99 hand_over '' "$scratch/real:$tools") in
        started*) good ;;
        *) bad "the real xdg-email with $program: $(cat "$work/answer" "$work/log")" ;;
    esac
    same "the real xdg-email's $program is handed the message" "$(expected $program "$body_json")" "$(take_received)"
done

# ---- programs under Wine ----

make_prefix nativemail || exit 1
drive=$WINEPREFIX/drive_c
printf 'first' >"$drive/one.txt"
mkdir -p "$drive/other"
printf 'second' >"$drive/other/one.txt"

# mapisend STATUS ARGUMENT...: a program under Wine sends, with the mail programs of $mail_path in its PATH.
mail_path=$mail
program=mapisend
mapisend()
{
    local wanted=$1 output

    shift
    PATH=$mail_path timeout 120 "$WINE" "$BUILD/$arch/tests/clients/mapisend/$program.exe" "$@" >"$said" 2>/dev/null </dev/null
    output=$(tr -d '\r' <"$said")
    same "mapisend $*" "$wanted" "${output##*: }"
}

setting()       # ADD|DELETE KEY VALUE [DATA]
{
    if [ $# = 4 ]
    then
        timeout 60 "$WINE" reg "$1" "$2" /v "$3" /d "$4" /f >/dev/null 2>&1 </dev/null
    else
        timeout 60 "$WINE" reg "$1" "$2" /v "$3" /f >/dev/null 2>&1 </dev/null
    fi
}
# tells WORDS PATTERN ARGUMENT...: mapictl prints a line like that.
tells()
{
    local output

    output=$(PATH=$mail_path mapictl "${@:3}" | grep -v '^[0-9a-f]*:err:')
    if grep -q -E -e "$2" <<<"$output"; then good; else bad "$1: no line like '$2' in
$output"; fi
}

own='HKCU\Software\wine-mapi'
policy='HKLM\Software\Policies\wine-mapi'

export HANDLER=thunderbird.desktop
for arch in $ARCHES
do
    # Attachments are kept though the caller deletes its file at once, two of one name do not overwrite each other.
    printf 'gone soon' >"$drive/gone.txt"
    mapisend 0 --to 'Ann|SMTP:ann@example.org' --cc 'smtp:bob@example.org' --bcc carl@example.org --subject 'Hello, all' \
        --body $'one\ntwo' --attach 'C:\gone.txt' --delete
    [ ! -e "$drive/gone.txt" ] || bad "the file is still there"
    same "the attachment of a caller that deletes its file" 'program thunderbird
to ["ann@example.org"]
cc ["bob@example.org"]
bcc ["carl@example.org"]
subject "Hello, all"
body "one\ntwo"
attachment gone.txt "gone soon"' "$(take_received)"

    mapisend 0 --wide --attach 'C:\one.txt' --attach 'C:\other\one.txt' --attach 'C:\one.txt|Ж -"日本'\''.<x>'
    same "two attachments of one name, and one of an unusual name" 'attachment one.txt "first"
attachment one.txt "second"
attachment Ж -_日本'\''._x_ "first"' "$(take_received | grep ^attachment)"

    # "Send to mail recipient" of the oldest kind: attachments alone, the first one's name as the subject.
    mapisend 0 --documents --attach 'C:\one.txt' --attach 'C:\other\one.txt|second.txt'
    same "MAPISendDocuments" 'subject "one.txt"
attachment one.txt "first"
attachment second.txt "second"' "$(take_received | grep -e ^subject -e ^attachment)"

    # An attachment that is not there is an error, and nothing is started.
    mapisend 11 --to ann@example.org --attach 'C:\nonesuch.txt'
    same "nothing is started" nothing "$(take_received)"
    mapisend 25 --to "ann@example.org" --to $'x@example.org\nBcc: y@example.org' 
    same "a line end in an address" nothing "$(take_received)"

    # Text of any script: the wide entry point, and the ANSI one of a program whose code page is UTF-8.
    mapisend 0 --wide --to ann@example.org --subject 'Ж 日本 😀' --body 'ü Ж'
    same "the wide entry point" 'subject "Ж 日本 😀"
body "ü Ж"' "$(take_received | grep -e ^subject -e ^body)"
    ln -sf mapisend.exe "$BUILD/$arch/tests/clients/mapisend/utf8send.exe"
    cp "$TOP/tests/clients/mapisend/utf8.manifest" "$BUILD/$arch/tests/clients/mapisend/utf8send.exe.manifest"
    program=utf8send
    mapisend 0 --to ann@example.org --subject 'Ж 日本 😀' --attach 'C:\one.txt|Ж.txt'
    same "the ANSI entry point in UTF-8" 'subject "Ж 日本 😀"
attachment Ж.txt "first"' "$(take_received | grep -e ^subject -e ^attachment)"
    program=mapisend
    rm -f "$BUILD/$arch/tests/clients/mapisend"/utf8send.exe*

    # A megabyte of text, fifty attachments.
    mapisend 0 --wide --to ann@example.org --body-file "$scratch/long" --many 50 'C:\one.txt'
    take_received >"$scratch/last"
    same "fifty attachments" 50 "$(grep -c '^attachment one.txt "first"$' "$scratch/last")"
    same "a megabyte of text" "$(python3 -c 'import json; print("body", json.dumps("Zeile mit Ü\n" * 79999 + "Zeile mit Ü", ensure_ascii=False))')" \
        "$(grep ^body "$scratch/last")"

    # With some programs attachments are lost: an error. A program that was not running. One that fails at once.
    HANDLER=firefox.desktop mapisend 12 --to ann@example.org --attach 'C:\one.txt'
    same "a program that loses attachments" nothing "$(take_received)"
    STAY=yes mapisend 0 --to ann@example.org --attach 'C:\one.txt'
    same "a program that was not running" 'attachment one.txt "first"' "$(take_received | grep ^attachment)"
    FAIL=1 mapisend 2 --to ann@example.org
    rm -f "$received"

    # No mail program: an error, and no box that waits for somebody.
    mail_path=$tools
    mapisend 3 --to ann@example.org
    tells "no mail program in words" '^..-bit MAPISendMail +note +nowhere: .*neither xdg-email nor' doctor
    mail_path=$mail

    # The order: the user's, and the policy's over it. Nothing but the profile: there is none.
    setting add "$own" SendMail 'profile'
    mapisend 3 --to ann@example.org
    setting add "$policy" SendMail 'native'
    mapisend 0 --to ann@example.org
    same "the policy's order" 'program thunderbird' "$(take_received | head -n 1)"
    setting delete "$policy" SendMail
    setting delete "$own" SendMail

    # A registered client: first, last, and with a DLL of the other width. In words, too.
    for other in $ARCHES; do [ "$other" = "$arch" ] || break; done
    bits=64
    [ "$arch" != i386 ] || bits=32
    clients='HKCU\Software\Clients\Mail'
    cp "$BUILD/$arch/tests/clients/fake/fakeclient.dll" "$drive/fakeclient.dll"
    timeout 60 "$WINE" reg add "$clients" /ve /d Fake /f >/dev/null 2>&1 </dev/null
    setting add "$clients\\Fake" DLLPath 'C:\fakeclient.dll'
    mapisend 0 --to ann@example.org
    same "a registered client comes first" nothing "$(take_received)"
    tells "the client in words" "^$bits-bit MAPISendMail +ok +client: 'Fake' through C:.fakeclient.dll" doctor
    tells "another order" '^$' simple set --order 'native, client'
    mapisend 0 --to ann@example.org
    same "the mail program before the client" 'program thunderbird' "$(take_received | head -n 1)"
    mail_path=$tools
    mapisend 0 --to ann@example.org
    mail_path=$mail
    tells "the order in words" "^SendMail 1 +native +the user's setting +thunderbird" simple show
    tells "no such order" 'is no list of client, profile and native' simple set --order 'client, client'
    tells "the order is taken back" '^$' simple set --order ''
    # One that was registered before us: still before the mail program, unless the user says otherwise.
    timeout 60 "$WINE" reg add "$clients" /ve /d Self /f >/dev/null 2>&1 </dev/null
    setting add "$clients\\Self" DLLPath 'mapi32.dll'
    for view in 32 64
    do
        timeout 60 "$WINE" reg add 'HKLM\Software\wine-mapi' /v PreviousClient /d Fake /f /reg:$view >/dev/null 2>&1 </dev/null
    done
    mapisend 0 --to ann@example.org
    same "the client that was registered before us" nothing "$(take_received)"
    tells "the client before us in words" "^SendMail 2 +client +the default +$bits-bit programs: 'Fake' through" simple show
    setting add "$own" SendMail native
    mapisend 0 --to ann@example.org
    same "the mail program alone" 'program thunderbird' "$(take_received | head -n 1)"
    setting delete "$own" SendMail
    timeout 60 "$WINE" reg add "$clients" /ve /d Fake /f >/dev/null 2>&1 </dev/null

    cp "$BUILD/$other/tests/clients/fake/fakeclient.dll" "$drive/fakeclient.dll"
    mapisend 0 --to ann@example.org
    same "a client of the other width is passed by" 'program thunderbird' "$(take_received | head -n 1)"
    tells "the other width in words" \
        "^$bits-bit MAPISendMail .*DLLPath of 'Fake' is for ..-bit programs, and $bits-bit ones cannot load it" doctor
    timeout 60 "$WINE" reg delete "$clients" /f >/dev/null 2>&1 </dev/null

    # A command and a folder of the user's.
    setting add "$own" MailCommand "$scratch/mail/xdg-email"
    mkdir -p "$drive/outbox"
    setting add "$own" MailFolder 'C:\outbox'
    mapisend 0 --to ann@example.org --attach 'C:\one.txt'
    same "MailCommand" 'program xdg-email' "$(tr '\0' '\n' <"$received" | grep -c "^$drive/outbox/wine-mapi/mail-.*/1/one.txt" |
        sed 's/^1$/program xdg-email/')"
    setting delete "$own" MailCommand
    setting delete "$own" MailFolder
    rm -f "$received"
done

finish
