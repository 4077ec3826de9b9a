#!/bin/sh
#
# handover.sh [ask]: hands a message to the mail program of the Unix side.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.
#
# mapi32.dll carries this file as a resource, writes it into a folder of its own beside the message, and
# runs it there. Nothing of the message is on a command line of Windows or in this script's text, so no
# character of it can be taken for anything but itself, and no limit of CreateProcess holds. In the folder:
#
#   to, cc, bcc   addresses, one a line
#   subject       one line
#   body          the text, with lines ended by LF
#   files         attachments, one a line, relative to the folder: 1/report.pdf
#   command       (may be missing) what to call instead, with the arguments of xdg-email
#   shared        (may be missing) the administrator chose the folder: programs in a sandbox see it
#
# The answer is the file `answer`, one line: a word, and words for people.
#
#   started       the program has the message, or runs and has not failed so far
#   none          there is no mail program
#   attachments   the program would lose the attachments; nothing was started
#   files, people there are too many for a command line; nothing was started
#   failed        the program said so
#
# `ask` starts nothing, and answers with what would be done.
# What the programs print goes into the file `log`.

set -u
umask 077
exec </dev/null >log 2>&1
chmod 700 .
folder=$(pwd -P)
# What earlier messages left: mail programs read attachments late, but not after a day.
find .. -maxdepth 1 -type d -name 'mail-[0-9]*-[0-9]*' -user "$(id -u)" -mtime +0 -exec rm -rf {} +
ask=${1-}

LINE_LIMIT=120000       # of one argument: Linux takes 131071 bytes
BODY_LIMIT=90000        # of the text on a command line, as it is encoded there

answer()
{
    printf '%s\n' "$*" >answer.new
    mv answer.new answer
    exit 0
}

# Percent-encoding of standard input; "/" and "@" stay. $1, or CR LF, comes between lines.
encode()
{
    LC_ALL=C awk -v between="${1-%0D%0A}" '
        BEGIN { for (i = 1; i < 256; i++) code[sprintf("%c", i)] = sprintf("%%%02X", i) }
        NR > 1 { printf "%s", between }
        {
            for (i = 1; i <= length($0); i++)
            {
                c = substr($0, i, 1)
                printf "%s", c ~ /[A-Za-z0-9._~\/@-]/ ? c : code[c]
            }
        }'
}

encode_text()
{
    printf '%s\n' "$1" | encode
}

# Addresses, with a comma between.
encode_list()
{
    encode , <"$1"
}

joined()
{
    paste -s -d , "$1"
}

# ---- which program ----

# The command of a desktop file, or nothing.
desktop_command()
{
    [ -n "$1" ] || return 0
    (
        IFS=:
        set -f
        for data in "${XDG_DATA_HOME:-${HOME-}/.local/share}" ${XDG_DATA_DIRS:-/usr/local/share:/usr/share} \
            "${HOME-}/.local/share/flatpak/exports/share" /var/lib/flatpak/exports/share \
            /var/lib/snapd/desktop
        do
            [ -f "$data/applications/$1" ] || continue
            sed -n '/^\[Desktop Entry\]/,/^\[Desktop Action/s/^Exec=//p' "$data/applications/$1" | head -n 1
            break
        done
    )
}

# The words of a command before its arguments, one a line: "env A=b /usr/bin/mail %u" gives three.
command_words()
(
    set -f
    # shellcheck disable=SC2086     # into words is what is wanted
    set -- $1
    for word
    do
        case $word in
            -* | %* | @@*) break ;;
        esac
        printf '%s\n' "$word"
    done
)

# Sets id, words (one a line), sandbox and way: how the program is given a message.
find_program()
{
    local_name=
    sandbox=
    words=
    if [ -n "${MAILER-}" ]
    then
        id=$MAILER
        words=$(command_words "$MAILER")
    else
        id=$(xdg-mime query default x-scheme-handler/mailto 2>/dev/null)
        [ -n "$id" ] || id=$(xdg-settings get default-url-scheme-handler mailto 2>/dev/null)
        id=${id%%;*}
        # No path: it becomes part of one.
        case $id in
            */*) id= ;;
        esac
        command=$(desktop_command "$id")
        words=$(command_words "$command")
        case $command in
            *flatpak*)
                sandbox=Flatpak
                words=$(printf 'flatpak\nrun\n%s' "${id%.desktop}")
                ;;
            */snap/*) sandbox=Snap ;;
        esac
    fi
    case $(printf %s "$id" | tr '[:upper:]' '[:lower:]') in
        *thunderbird*) way=compose local_name=thunderbird ;;
        *betterbird*) way=compose local_name=betterbird ;;
        *icedove*) way=compose local_name=icedove ;;
        *seamonkey*) way=compose local_name=seamonkey ;;
        *evolution*) way=mailto local_name=evolution ;;
        *geary*) way=mailto local_name=geary ;;
        *kmail*) way=kmail local_name=kmail ;;
        *claws-mail* | *claws_mail*) way=claws local_name=claws-mail ;;
        *sylpheed*) way=claws local_name=sylpheed ;;
        *balsa*) way=balsa local_name=balsa ;;
        *neomutt*) way=mutt local_name=neomutt ;;
        *mutt*) way=mutt local_name=mutt ;;
        *trojita* | *mailspring* | *firefox* | *chrom* | *brave* | *vivaldi* | *opera* | *epiphany* \
            | *konqueror* | *falkon*)
            way=loses
            ;;
        *) way=email ;;
    esac
    [ -n "$local_name" ] || return 0
    # shellcheck disable=SC2086     # one word of the command must be a program
    if [ -z "$words" ] || ! command -v "$(printf '%s\n' "$words" | head -n 1)" >/dev/null
    then
        words=$local_name
        command -v "$local_name" >/dev/null || way=email
    fi
    if [ $way = mutt ] && ! command -v x-terminal-emulator >/dev/null
    then
        way=email
    fi
}

# ---- what it is given ----

has_files()
{
    [ -s files ]
}

# The text cannot be on a command line: as an attachment, then.
attach_body()
{
    mkdir -p 0
    cp body 0/message.txt
    { printf '0/message.txt\n'; cat files; } >files.new
    mv files.new files
    : >body
    body=
    big=
}

add_field()     # NAME VALUE: to a list of fields
{
    [ -z "$2" ] || fields=$fields${fields:+$separator}$1$2
}

# A mailto: URI, with attachments if asked for.
make_uri()
{
    separator='&' fields=''
    add_field cc= "$(encode_list cc)"
    add_field bcc= "$(encode_list bcc)"
    add_field subject= "$(encode <subject)"
    add_field body= "$body"
    if [ "${1-}" = attach ]
    then
        while read -r file
        do
            add_field attach= "$(encode_text "$folder/$file")"
        done <files
    fi
    uri=mailto:$(encode_list to)${fields:+?}$fields
}

# What -compose of the Mozilla family takes. It divides its value at commas and decodes what is percent-encoded
# and not in single quotes; attachments are URLs that are divided at commas after that, so they are encoded twice.
make_compose()
{
    separator=, fields=''
    add_field to= "$(encode %2C <to)"
    add_field cc= "$(encode %2C <cc)"
    add_field bcc= "$(encode %2C <bcc)"
    add_field subject= "$(encode <subject)"
    if [ -n "$big" ]
    then
        add_field message= "$(encode_text "$folder/body")"
    else
        add_field body= "$body"
    fi
    urls=
    while read -r file
    do
        urls=$urls${urls:+,}file://$(encode_text "$folder/$file")
    done <files
    add_field attachment= "$(encode_text "$urls")"
    add_field format= text
}

# xdg-email and what takes its arguments. Its options go through the shell's echo, which some shells let
# change backslashes and a leading hyphen, and it refuses an address without "@": such a message goes as a
# URI, which it passes on untouched.
plain()
{
    ! grep -q -e '[\]' -e '^-' subject body to cc bcc && ! cat to cc bcc | grep -q -v @
}

# ---- the work ----

: >>files
: >>to
: >>cc
: >>bcc
: >>subject
: >>body

if [ -s command ]
then
    way=command id=$(cat command) sandbox='' words=''
else
    find_program
fi

if { [ $way = email ] || [ $way = loses ]; } && ! command -v xdg-email >/dev/null
then
    answer "none neither xdg-email nor a mail program that is known is there"
fi

if [ "$ask" = ask ]
then
    case $way in
        command) answer "started the command '$id', with the arguments of xdg-email" ;;
        loses) answer "attachments $id through xdg-email; it takes no attachments: a message with any is refused" ;;
        email)
            if [ -n "$id" ]
            then
                answer "started $id through xdg-email; whether it takes attachments is not known"
            fi
            answer "started xdg-email, which finds the mail program; whether that takes attachments is not known"
            ;;
        *)
            if [ -n "$sandbox" ] && [ ! -e shared ]
            then
                answer "attachments $id in a $sandbox sandbox, which does not see the prefix: a message with" \
                    "attachments is refused unless MailFolder names a folder that it sees"
            fi
            answer "started $(printf '%s' "$words" | tr '\n' ' '), with its own options; attachments too"
            ;;
    esac
fi

body=$(encode <body)
big=
if [ ${#body} -gt $BODY_LIMIT ]
then
    big=yes body=
    case $way in
        compose | kmail | mutt) ;;
        *) attach_body ;;
    esac
fi

if has_files || [ -n "$big" ]
then
    [ $way != loses ] \
        || answer "attachments $id takes none; make another program the default for mailto:, or set MailCommand"
    [ -z "$sandbox" ] || [ -e shared ] \
        || answer "attachments $id runs in a $sandbox sandbox that does not see $folder; set MailFolder"
fi

IFS='
'
set -f
# shellcheck disable=SC2086     # a word a line
set -- $words
unset IFS
set +f

case $way in
    compose)
        make_compose
        set -- "$@" -compose "$fields"
        ;;
    mailto)
        make_uri attach
        set -- "$@" "$uri"
        ;;
    claws)
        make_uri
        set -- "$@" --compose "$uri"
        ! has_files || set -- "$@" --attach
        while read -r file; do set -- "$@" "$folder/$file"; done <files
        ;;
    balsa)
        make_uri
        set -- "$@" "--compose=$uri"
        while read -r file; do set -- "$@" "--attach=$folder/$file"; done <files
        ;;
    kmail)
        set -- "$@" --composer
        [ ! -s subject ] || set -- "$@" --subject "$(cat subject)"
        [ ! -s cc ] || set -- "$@" --cc "$(joined cc)"
        [ ! -s bcc ] || set -- "$@" --bcc "$(joined bcc)"
        if [ -n "$big" ]
        then
            set -- "$@" --msg "$folder/body"
        elif [ -s body ]
        then
            set -- "$@" --body "$(cat body)"
        fi
        while read -r file; do set -- "$@" --attach "file://$(encode_text "$folder/$file")"; done <files
        set -- "$@" --
        while read -r address; do set -- "$@" "$address"; done <to
        ;;
    mutt)
        set -- x-terminal-emulator -e "$@"
        [ ! -s subject ] || set -- "$@" -s "$(cat subject)"
        while read -r address; do set -- "$@" -c "$address"; done <cc
        while read -r address; do set -- "$@" -b "$address"; done <bcc
        [ ! -s body ] || set -- "$@" -i "$folder/body"
        ! has_files || set -- "$@" -a
        while read -r file; do set -- "$@" "$folder/$file"; done <files
        set -- "$@" --
        while read -r address; do set -- "$@" "$address"; done <to
        ;;
    command | email | loses)
        if [ $way = command ]
        then
            eval "set -- $id"
        else
            set -- xdg-email
        fi
        set -- "$@" --utf8
        if plain
        then
            while read -r address; do set -- "$@" --cc "$address"; done <cc
            while read -r address; do set -- "$@" --bcc "$address"; done <bcc
            [ ! -s subject ] || set -- "$@" --subject "$(cat subject)"
            [ ! -s body ] || set -- "$@" --body "$(cat body)"
            while read -r file; do set -- "$@" --attach "$folder/$file"; done <files
            while read -r address; do set -- "$@" "$address"; done <to
        else
            while read -r file; do set -- "$@" --attach "$folder/$file"; done <files
            make_uri
            set -- "$@" "$uri"
        fi
        # xdg-email makes one argument of them all.
        make_uri attach
        ;;
esac

for argument in "$@" "${uri-}"
do
    [ ${#argument} -gt $LINE_LIMIT ] || continue
    [ "$(wc -l <files)" -lt 100 ] || answer "files too many attachments for a command line"
    answer "people too many recipients for a command line"
done

# It may run until the user ends it; only what it says within a second counts.
(
    "$@"
    echo $? >status.new
    mv status.new status
) &
waited=0
while [ ! -e status ] && [ $waited -lt 10 ]
do
    sleep 0.1
    waited=$((waited + 1))
done
[ -e status ] || answer "started $1"
case $way-$(cat status) in
    *-0) answer "started $1" ;;
    email-3 | loses-3) answer "none xdg-email finds no mail program" ;;
    *-127) answer "none $1 is not there" ;;
    *) answer "failed $1 ended with status $(cat status): $(tail -n 1 log)" ;;
esac
