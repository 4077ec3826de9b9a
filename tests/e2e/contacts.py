#!/usr/bin/python3
#
# contacts.py make FILE | compare FILE OUT: vCards as they come, and whether they say the same after a round through the
# personal address book, as vobject reads them, which is not ours. compare prints one line for each that differs.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

import sys
import vobject

CARDS = [
    'VERSION:3.0\nFN:Jörg Müller\nN:Müller;Jörg;Quirin;Dr.;Jr.\nNICKNAME:Jo\nEMAIL;TYPE=INTERNET:second@x.example\n'
    'EMAIL;TYPE=INTERNET,PREF:joerg@x.example\nEMAIL:third@x.example\nTEL;TYPE=HOME,VOICE:+49 1\nTEL;TYPE=HOME,VOICE:+49 2\n'
    'TEL;TYPE=WORK,VOICE:+49 3\nTEL;TYPE=CELL:+49 4\nTEL;TYPE=HOME,FAX:+49 5\nTEL;TYPE=WORK,FAX:+49 6\nTEL;TYPE=PAGER:+49 7\n'
    'TEL;TYPE=VOICE:+49 8\nADR;TYPE=HOME:Box 1;;Hauptstr. 1\\, links;Köln;NRW;50667;Deutschland\n'
    'ADR;TYPE=WORK:;;Work St. 2;London;;SW1;UK\nADR:;;Third 3;Paris;;75000;France\nORG:Beispiel\\, AG;Forschung\n'
    'TITLE:Chef\nROLE:Ingenieur\nBDAY:1970-01-31\nNOTE:eins\\nzwei\\; drei\\, vier \\\\ fünf\nURL:http://x.example/a\n'
    'URL;TYPE=WORK:http://work.example/\nCATEGORIES:rot,gr\\,ün\nUID:one\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRg==\n',
    'VERSION:3.0\nFN:山田 太郎\nN:山田;太郎;;;\nEMAIL:taro@x.example\nUID:two\nNOTE:' + 'とても長い' * 60 + '\n',
    'VERSION:3.0\nFN:שלום عالم Привет\nN:;;;;\nEMAIL:mix@x.example\nUID:urn:uuid:3\n',
    'VERSION:3.0\nFN:Without Anything\nN:;;;;\nUID:four\n',
    'VERSION:3.0\nFN:😀 Astral\nN:;;;;\nEMAIL:astral@x.example\nUID:five\nTEL;TYPE=CAR:1\nTEL;TYPE=ISDN:2\n',
]


def key(card):
    """What a card says, with nothing of how it is said."""
    says = []
    for child in card.getChildren():
        name = child.name.upper()
        if name in ('VERSION', 'PRODID', 'REV'):
            continue
        value = child.value
        if name == 'N':
            value = (value.family, value.given, value.additional, value.prefix, value.suffix)
        elif name == 'ADR':
            value = (value.box, value.extended, value.street, value.city, value.region, value.code, value.country)
        elif isinstance(value, list):
            value = tuple(value)
        types = sorted(t.lower() for t in child.params.get('TYPE', []))
        types = [t for t in types if t not in ('internet', 'pref', 'voice', 'jpeg')]
        says.append((name, repr(value), tuple(types)))
    return sorted(says)


def read(path):
    with open(path, encoding='utf-8', newline='') as file:
        return {card.uid.value: key(card) for card in vobject.readComponents(file.read())}


def main():
    if sys.argv[1] == 'make':
        with open(sys.argv[2], 'w', encoding='utf-8', newline='\r\n') as file:
            for card in CARDS:
                file.write('BEGIN:VCARD\n' + card + 'END:VCARD\n')
        return 0
    before, after = read(sys.argv[2]), read(sys.argv[3])
    different = 0
    for uid in sorted(set(before) | set(after)):
        for line in sorted(set(before.get(uid, [])) ^ set(after.get(uid, []))):
            print(uid, '-' if line in before.get(uid, []) else '+', *line)
            different += 1
    print('%d cards, %d differences' % (len(after), different))
    return different != 0 or len(after) != len(CARDS)


sys.exit(main())
