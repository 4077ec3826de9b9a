#!/bin/bash
#
# profilefiles.sh: what becomes of a profile's files: missing, shared by two profiles, in use, deleted with the profile.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

set -uo pipefail

# shellcheck source=tests/e2e/common.sh
. "$TOP/tests/e2e/common.sh"
work=$BUILD/check/profilefiles
dos=$(dos_path "$work")
trap 'rm -rf "$work" "$said"' EXIT

there()
{
    local name

    for name; do [ -e "$work/$name" ] || return 1; done
}

says_nothing_is_missing()
{
    ! grep -q 'is missing' "$said"
}

is_gone()
{
    ! there "$1"
}

rm -rf "$work"
for arch in $ARCHES
do
    mkdir -p "$work/mail"
    one="Files $arch" two="Files too $arch"
    run 0 '' profile create "$one" --default
    run 0 '' service add "$one" MAPIMS "6700001f=$dos\\mail\\mail.db"
    run 0 '' service add "$one" MAPIAB "6700001f=$dos\\mail\\book.db"
    run 0 'store .*available' logon "$one" --open-all
    check 'both files are made' there mail/mail.db mail/book.db
    run 0 'mail.db' doctor
    check 'nothing is missing' says_nothing_is_missing

    mv "$work/mail" "$work/away"
    run 1 'WRONG .*mail.db is missing with its folder' doctor
    run 1 'store .*failed' logon "$one" --open-all
    check 'nothing is made in a folder that is gone' is_gone mail
    mv "$work/away" "$work/mail"
    run 0 'store .*available' logon "$one" --open-all
    rm "$work/mail"/mail.db*
    run 0 'note .*mail.db is missing: the next logon makes it anew' doctor
    run 0 'store .*available' logon "$one" --open-all
    check 'it is made anew' there mail/mail.db
    run 0 '^Inbox +0 ' folders --profile "$one"

    run 0 '' profile copy "$one" "$two"
    run 0 "kept, as profile '$two' has it, too: .*mail.db" profile delete "$one" --with-files
    check 'what the other has is kept' there mail/mail.db mail/book.db
    run 0 '' profile copy "$two" "$one"
    run 0 '' profile delete "$one"
    check 'without the option all is kept' there mail/mail.db mail/book.db

    "$WINE" "$BUILD/$arch/programs/mapictl/mapictl.exe" watch --profile "$two" >"$work/watch" 2>&1 </dev/null &
    watcher=$!
    for _ in $(seq 100); do there mail/mail.db-shm && break; sleep 0.1; done
    run 1 'another program uses' profile delete "$two" --with-files
    kill $watcher
    wait $watcher 2>/dev/null
    run 0 "^Files too $arch" profile list
    check 'nor is a file in use deleted' there mail/mail.db mail/book.db

    # What the profile names, and is something else, stays.
    echo mine >"$work/mail/mine.db"
    mv "$work/mail/book.db" "$work/mail/hidden"
    mv "$work/mail/mine.db" "$work/mail/book.db"
    run 0 'kept, as it is no message store or address book: .*book.db' profile delete "$two" --with-files
    check 'the store is deleted' is_gone mail/mail.db
    check 'the other file is not' there mail/book.db mail/hidden
    run 1 'cannot be opened' profile delete "$two" --with-files
    rm -rf "$work"
done
finish
