#!/bin/bash
#
# contacts.sh: contacts of mapictl on both architectures, vCards in and out in each version, compared with what another
# reader (python3-vobject) makes of them.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

set -uo pipefail

# shellcheck source=tests/e2e/common.sh
. "$TOP/tests/e2e/common.sh"
here=$TOP/tests/e2e
work=$(mktemp -d /tmp/wine-mapi-contacts.XXXXXX)
dos=$(dos_path "$work")

cleanup()
{
    remove_prefix
    rm -rf "$work" "$said"
}
trap cleanup EXIT

# Debian's own, which finds Debian's modules
python=/usr/bin/python3
"$python" -c "import vobject" 2>/dev/null || { echo "skipped: there is no python3-vobject"; exit 77; }

"$python" "$here/contacts.py" make "$work/in.vcf"
printf '%s\r\n' BEGIN:VCARD VERSION:2.1 'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Gr=C3=BC=' '=C3=9Fe;Hans' \
    'EMAIL;INTERNET:hans@x.example' 'X-UNHEARD:of' 'X-UNHEARD:again' END:VCARD \
    BEGIN:VCARD VERSION:4.0 KIND:group FN:Friends UID:urn:uuid:friends MEMBER:urn:uuid:one MEMBER:mailto:hans@x.example \
    MEMBER:mailto:stranger@x.example END:VCARD BEGIN:VCARD VERSION:3.0 'NOTE:nobody' END:VCARD >"$work/other.vcf"
{
    printf '%s\r\n' BEGIN:VCARD VERSION:4.0 KIND:group FN:Crowd
    for ((i = 0; i < 500; i++)); do printf 'MEMBER:mailto:m%d@x.example\r\n' "$i"; done
    printf 'END:VCARD\r\n'
} >"$work/crowd.vcf"
printf 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:%05000d\r\nEND:VCARD\r\n' 1 >"$work/long.vcf"
make_prefix contacts || exit 1

for arch in $ARCHES
do
    run 0 '' profile create "Book $arch" --default --service MAPIAB
    run 0 '' profile create "Again $arch" --service MAPIAB
    run 0 '^5 imported, 0 already there, 0 failed' import "$dos\\in.vcf"
    run 0 '^0 imported, 5 already there, 0 failed' contacts import "$dos\\in.vcf"
    for version in 3.0 4.0
    do
        run 0 '^5 exported, 0 failed' contacts export "$dos\\out$version.vcf" --version $version
        run 0 '^5 imported, 0 already' contacts import "$dos\\out$version.vcf" --profile "Again $arch"
        run 0 '^5 exported' contacts export "$dos\\again.vcf" --profile "Again $arch"
        check "the cards of $version say something else" "$python" "$here/contacts.py" compare "$work/in.vcf" "$work/again.vcf"
        run 0 '' contacts delete --profile "Again $arch" 'Jörg Müller' '山田 太郎' 'שלום عالم' 'without any' '😀'
        run 0 '^0 exported' contacts export "$dos\\none.vcf" --profile "Again $arch"
    done
    check "vobject does not read what 3.0 wrote" "$python" "$here/contacts.py" compare "$work/in.vcf" "$work/out3.0.vcf"

    run 1 '^2 imported, 0 already there, 1 failed' contacts import "$dos\\other.vcf"
    run 1 'card 3 has no name' contacts import "$dos\\other.vcf"
    run 0 'Grüße' contacts list --search 'hans grü'
    run 0 'stranger@x.example' contacts show Friends
    run 0 '^member +Jörg Müller <joerg@x.example>' contacts show Friends
    run 0 '^1 exported' contacts export "$dos\\groups.vcf" --search Friends
    check "the group has not its members" grep -q '^X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:one' "$work/groups.vcf"
    run 0 '' contacts add 'Ann Example' --address ann@x.example --company 'Example Ltd' --phone 12
    run 0 '^company +Example Ltd' contacts show 'ann ex'
    run 0 '' contacts add Team --list --member 'ann ex' --member new@x.example
    run 0 '^member +new@x.example' contacts show Team
    run 1 'nobody is called' contacts show 'who is this'
    run 1 '^1 imported, 0 already there, 0 failed' contacts import "$dos\\long.vcf"
    run 0 '^0 imported, 1 already there, 0 failed' contacts import "$dos\\long.vcf"
    run 0 '^1 imported' contacts import "$dos\\crowd.vcf" --profile "Again $arch"
    run 0 '^member +m499@x.example' contacts show Crowd --profile "Again $arch"
    run 2 'a list has members' contacts add Odd --list --address a@x.example
    run 2 '3\.0 or 4\.0' contacts export "$dos\\x.vcf" --version 2.1
    run 1 'cannot be read' contacts import "$dos\\missing.vcf"
    run 1 'has no vCards' contacts import 'Z:\etc\passwd'
done
finish
