#!/usr/bin/python3
#
# mail.py make DIR | compare DIR: messages as they come, and whether they are the same after a round through MAPI.
#
# make writes NAME.eml for each shape of mail that is to keep what it says, and junk-N.eml, which are those with bytes
# changed, cut and doubled at random (always the same). compare reads NAME.eml and what became of it, NAME.out, with
# Python's email package, a reader that is not ours, and prints one line for each. Of junk only a message has to come.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

import email
import email.policy
import hashlib
import os
import random
import re
import sys
from email.message import EmailMessage

JUNK = 60


def note(subject='note', text='Hello\r\n', charset='utf-8'):
    mail = EmailMessage(policy=email.policy.SMTP)
    mail['From'] = 'Jörg Ä <joerg@example.org>'
    mail['To'] = 'Ann <ann@example.com>, "Bee, B." <bee@example.com>'
    mail['Date'] = 'Wed, 25 Nov 2026 22:30:00 +0100'
    mail['Message-ID'] = '<%s@example.org>' % hashlib.sha1(subject.encode()).hexdigest()
    mail['Subject'] = subject
    mail.set_content(text, charset=charset)
    return mail


def shapes():
    yield 'plain', note()
    yield 'subject', note('Grüße, 日本語 und ein langer Betreff, der über mehrere Zeilen geht, weil er nicht aufhört')
    for charset in ('iso-8859-1', 'iso-8859-15', 'windows-1252', 'utf-8'):
        yield 'charset-' + charset, note(charset, 'Grüße aus Köln\r\n', charset)
    for charset, text in (('koi8-r', 'Привет'), ('windows-1251', 'Привет'), ('iso-8859-7', 'Γειά'), ('shift_jis', 'こんにちは'),
                          ('iso-2022-jp', 'こんにちは'), ('euc-jp', 'こんにちは'), ('gb2312', '你好'), ('gb18030', '你好'),
                          ('big5', '你好'), ('euc-kr', '안녕'), ('iso-8859-2', 'žluť'), ('windows-1255', 'שלום'),
                          ('windows-1256', 'سلام'), ('tis-620', 'สวัสดี')):
        yield 'charset-' + charset, (b'From: a@example.org\r\nTo: b@example.org\r\nDate: Wed, 25 Nov 2026 22:30:00 +0100\r\n'
                                     b'Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=' + charset.encode()
                                     + b'\r\nContent-Transfer-Encoding: 8bit\r\n\r\n' + text.encode(charset) + b'\r\n')
    mail = note('alternative', 'Grüße\r\n')
    mail.add_alternative('<html><body><p>Grüße</p></body></html>\r\n', subtype='html')
    yield 'alternative', mail
    mail = note('related', 'see picture\r\n')
    mail.add_alternative('<p>See <img src="cid:one@example"> and <img src="cid:two@example"></p>\r\n', subtype='html')
    mail.get_payload()[1].add_related(b'\x89PNG one', 'image', 'png', cid='<one@example>', filename='one.png')
    mail.get_payload()[1].add_related(b'GIF two', 'image', 'gif', cid='<two@example>', filename='two.gif')
    yield 'related', mail
    for number, name in enumerate(('plain.txt', 'with blank.doc', 'Grüße.pdf', '日本語のとても長いファイル名がここにあります.zip',
                                   'Ελληνικά.bin', 'Файл с именем.xls', 'long ' * 20 + 'name.dat', "quote'$%.txt")):
        mail = note('attachment %d' % number)
        mail.add_attachment(bytes(range(256)) * (number + 1), 'application', 'octet-stream', filename=name)
        yield 'attachment-%d' % number, mail
    mail = note('many')
    for number in range(20):
        mail.add_attachment(b'%d' % number * 100, 'image', 'jpeg', filename='%d.jpg' % number)
    yield 'many', mail
    inner = note('Äußeres und Inneres', 'inside\r\n')
    inner.add_attachment(b'deep', 'application', 'pdf', filename='deep.pdf')
    mail = note('forwarded')
    mail.add_attachment(inner)
    outer = note('forwarded twice')
    outer.add_attachment(mail)
    yield 'forwarded', outer
    mail = note('large')
    mail.add_attachment(random.Random(1).randbytes(700001), 'application', 'x-large', filename='large.bin')
    yield 'large', mail
    mail = note('priority')
    mail['Importance'] = 'high'
    mail['Sensitivity'] = 'Private'
    mail['In-Reply-To'] = '<one@example.org>'
    mail['References'] = '<zero@example.org> <one@example.org>'
    mail['Reply-To'] = 'answers@example.org'
    mail['Cc'] = 'Čen <c@example.org>, Dee <d@example.org>'
    mail['X-Custom-Thing'] = 'keeps its value, täglich'
    mail['List-Unsubscribe'] = '<mailto:leave@example.org>'
    yield 'fields', mail
    yield 'long-lines', note('long lines', 'x' * 5000 + '\r\n' + 'word ' * 1000 + '\r\n')
    yield 'dots', note('dots', '.\r\n..\r\nFrom here\r\n  indented  \r\n')


def written(mail):
    return mail if isinstance(mail, bytes) else mail.as_bytes()


def make(folder):
    seeds = []
    for name, mail in shapes():
        seeds.append(written(mail))
        with open(os.path.join(folder, name + '.eml'), 'wb') as out:
            out.write(seeds[-1])
    chance = random.Random(20261125)
    seeds = [seed for seed in seeds if len(seed) < 20000]
    for number in range(JUNK):
        data = bytearray(chance.choice(seeds))
        for _ in range(chance.randrange(1, 20)):
            at, size = chance.randrange(len(data) + 1), chance.randrange(1, 60)
            what = chance.randrange(5)
            if what == 0:
                del data[at:at + size]
            elif what == 1:
                data[at:at] = chance.randbytes(size)
            elif what == 2:
                data[at:at] = data[at:at + size * 10]
            elif what == 3:
                data[at:at + 1] = chance.choice((b'\0', b'"', b'(', b'=?', b'\r', b'\n', b'--', b';', b'\xff'))
            elif chance.random() < 0.2:
                del data[at:]
            data = data or bytearray(b'x')
        with open(os.path.join(folder, 'junk-%d.eml' % number), 'wb') as out:
            out.write(data)


def lines(text):
    return '\n'.join(line.rstrip() for line in text.replace('\r\n', '\n').rstrip('\n').split('\n'))


def people(mail, field):
    value = mail[field]
    return sorted((a.display_name if a.display_name != a.addr_spec else '', a.addr_spec) for a in value.addresses) if value else []


# Everything of a message that is to be the same.
def facts(mail):
    result = {field: people(mail, field) for field in ('From', 'To', 'Cc', 'Reply-To')}
    for field in ('Subject', 'Importance', 'Sensitivity', 'In-Reply-To', 'References', 'X-Custom-Thing', 'List-Unsubscribe'):
        result[field] = re.sub(r'\s+', ' ', str(mail[field])).strip().lower() if mail[field] else None
    if mail['Message-ID'] and not mail['Message-ID'].endswith('mapi.invalid>'):
        result['Message-ID'] = str(mail['Message-ID'])
    result['Date'] = mail['Date'].datetime.timestamp() if mail['Date'] else None
    for kind in ('plain', 'html'):
        body = mail.get_body((kind,))
        result[kind] = lines(body.get_content()) if body else None
    if result['html'] is None and result['plain'] is None:
        raise ValueError('no body')
    parts = []
    for part in mail.walk_here():
        if part.get_content_type() == 'message/rfc822':
            parts.append(('message', facts(part.get_payload(0))))
        elif part.get_filename():
            parts.append((part.get_filename(), part.get_content_type(), part['Content-ID'],
                          hashlib.sha1(part.get_payload(decode=True)).hexdigest()))
    result['parts'] = parts
    return result


# The parts of a message but not those of messages in it, in order.
def walk_here(self):
    if self.get_content_maintype() == 'multipart':
        for part in self.get_payload():
            yield from part.walk_here()
    else:
        yield self


EmailMessage.walk_here = walk_here


def compare(folder):
    failed = 0
    names = sorted(name[:-4] for name in os.listdir(folder) if name.endswith('.eml'))
    for name in names:
        try:
            with open(os.path.join(folder, name + '.out'), 'rb') as stream:
                out = stream.read()
            if any(len(line) > 998 for line in out.split(b'\r\n')) or b'\n' in out.replace(b'\r\n', b''):
                raise ValueError('lines that SMTP does not take')
            after = email.message_from_bytes(out, policy=email.policy.default)
            if name.startswith('junk-'):
                for part in after.walk():
                    if part.defects:
                        raise ValueError('%s' % part.defects)
                print('ok', name)
                continue
            with open(os.path.join(folder, name + '.eml'), 'rb') as stream:
                before = facts(email.message_from_binary_file(stream, policy=email.policy.default))
            after = facts(after)
            different = [key for key in before if before[key] != after.get(key)]
            if different:
                raise ValueError('; '.join('%s: %r became %r' % (key, before[key], after.get(key)) for key in different)[:1000])
            print('ok', name)
        except (OSError, ValueError, KeyError, AttributeError, LookupError) as error:
            failed += 1
            print('FAIL %s: %r' % (name, error))
    print('%d passed, %d failed, 0 skipped' % (len(names) - failed, failed))
    return 1 if failed or not names else 0


if __name__ == '__main__':
    if sys.argv[1] == 'make':
        make(sys.argv[2])
    else:
        sys.exit(compare(sys.argv[2]))
