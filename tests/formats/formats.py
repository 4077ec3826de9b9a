#!/usr/bin/python3
#
# formats.py make DIR | compare DIR: files of messages, in and out.
#
# make writes what formats.exe is to read: a TNEF stream and compressed rich text, made from [MS-OXTNEF] and
# [MS-OXRTFCP]. compare reads what formats.exe made: .msg files as [MS-OXMSG] has them, with olefile below, and as
# msgconvert read them; TNEF as ytnef and tnef did; rich text as unrtf did. It prints a line for each comparison.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

import datetime
import email
import email.policy
import html
import os
import random
import re
import struct
import sys
import uuid
import zlib

import olefile

SET = uuid.UUID('{12345678-0001-0002-0304-05060708090a}')
PUBLIC = uuid.UUID('{00020329-0000-0000-c000-000000000046}')
IID_MESSAGE = uuid.UUID('{00020307-0000-0000-c000-000000000046}')
SENT = datetime.datetime(2026, 11, 25, 21, 30)
RTF = (b'{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0\\fswiss Arial;}}\\pard\\plain\\f0\\fs20 '
       + b''.join(b'Line %d of the text\\par\r\n' % i for i in range(400)) + b'}')
CONTENTS = random.Random(1).randbytes(200000)


# ---- compressed rich text ----

DICTIONARY = (b'{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript '
              b'\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par '
              b'\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx')


def crc(data):
    return zlib.crc32(data, 0xffffffff) ^ 0xffffffff


def unpack_rtf(data):
    size, raw, kind, total = struct.unpack_from('<I I 4s I', data)
    if size != len(data) - 4:
        raise ValueError('size %d of %d' % (size, len(data)))
    if kind == b'MELA':
        if total or raw != len(data) - 16:
            raise ValueError('header of stored text')
        return data[16:]
    if kind != b'LZFu' or total != crc(data[16:]):
        raise ValueError('kind or checksum')
    window = bytearray(DICTIONARY.ljust(4096, b'\0'))
    write, at, out = len(DICTIONARY), 16, bytearray()
    while True:
        control = data[at]
        at += 1
        for bit in range(8):
            if not control >> bit & 1:
                run = data[at:at + 1]
                at += 1
                start = None
            else:
                word = data[at] << 8 | data[at + 1]
                at += 2
                start, count = word >> 4, (word & 15) + 2
                if start == write:
                    if len(out) != raw or at != len(data):
                        raise ValueError('%d bytes of %d, at %d of %d' % (len(out), raw, at, len(data)))
                    return bytes(out)
            if start is None:
                window[write] = run[0]
                out += run
                write = (write + 1) % 4096
                continue
            for i in range(count):
                byte = window[(start + i) % 4096]
                window[write] = byte
                out.append(byte)
                write = (write + 1) % 4096


def pack_rtf(text):
    """Longest match of those that lie whole in the window behind what was written, found by brute force."""
    history = DICTIONARY + text
    at, tokens = len(DICTIONARY), []
    while at < len(history):
        low, best, where = max(0, at - 4000), 0, 0
        for count in range(2, 18):
            found = history.rfind(history[at:at + count], low, at)
            if found < 0 or at + count > len(history):
                break
            best, where = count, found
        if best:
            tokens.append((True, struct.pack('>H', (where % 4096) << 4 | best - 2)))
            at += best
        else:
            tokens.append((False, history[at:at + 1]))
            at += 1
    tokens.append((True, struct.pack('>H', (at % 4096) << 4)))
    data = b''
    for first in range(0, len(tokens), 8):
        part = tokens[first:first + 8]
        data += bytes([sum(1 << i for i, token in enumerate(part) if token[0])]) + b''.join(token[1] for token in part)
    return struct.pack('<I I 4s I', len(data) + 12, len(text), b'LZFu', crc(data)) + data


def store_rtf(text):
    return struct.pack('<I I 4s I', len(text) + 12, len(text), b'MELA', 0) + text


# ---- TNEF ----

def attribute(level, name, data):
    return struct.pack('<B I I', level, name, len(data)) + data + struct.pack('<H', sum(data) & 0xffff)


def padded(data):
    return data + bytes(-len(data) % 4)


def counted(data):
    return struct.pack('<I', len(data)) + padded(data)


def text_value(text):
    return counted(text.encode('utf-16le') + b'\0\0')


def tnef_property(tag, value, name=None):
    out = struct.pack('<H H', tag & 0xffff, tag >> 16)
    if name:
        out += name[0].bytes_le
        if isinstance(name[1], int):
            out += struct.pack('<I I', 0, name[1])
        else:
            out += struct.pack('<I', 1) + text_value(name[1])
    kind, many = tag & 0xfff, tag & 0x1000
    if kind not in (0x1e, 0x1f, 0x102, 0xd) and not many:
        value, count = [value], None
    else:
        value = value if many else [value]
        count = len(value)
    if count is not None:
        out += struct.pack('<I', count)
    for one in value:
        out += {0x2: lambda: struct.pack('<h 2x', one), 0x3: lambda: struct.pack('<i', one),
                0x5: lambda: struct.pack('<d', one), 0xb: lambda: struct.pack('<H 2x', one),
                0x14: lambda: struct.pack('<q', one), 0x40: lambda: struct.pack('<Q', one),
                0x48: lambda: one.bytes_le, 0x1e: lambda: counted(one.encode('cp1252') + b'\0'),
                0x1f: lambda: text_value(one), 0x102: lambda: counted(one),
                0xd: lambda: counted(one)}[kind]()
    return out


def tnef_list(*properties):
    return struct.pack('<I', len(properties)) + b''.join(tnef_property(*one) for one in properties)


def tnef_stream(key, *attributes):
    return (struct.pack('<I H', 0x223e9f78, key) + attribute(1, 0x00089006, struct.pack('<I', 0x00010000))
            + attribute(1, 0x00069007, struct.pack('<I I', 1252, 0)) + b''.join(attributes))


def person(name, address):
    name, address = name.encode('cp1252') + b'\0', address.encode('cp1252') + b'\0'
    return struct.pack('<H H H H', 4, 16 + len(name) + len(address), len(name), len(address)) + name + address + bytes(8)


def theirs():
    inner = tnef_stream(2, attribute(1, 0x00078008, b'IPM.Microsoft Mail.Note\0'), attribute(1, 0x00018004, b'inner\0'),
                        attribute(1, 0x00069003, tnef_list((0x1000001f, 'within'))))
    day = struct.pack('<7H', 2026, 11, 25, 21, 30, 0, 3)
    # Some writers put this before the class and have no sound checksum for it, which readers are to bear with.
    message_class = attribute(1, 0x00078008, b'Microsoft Mail v3.0 IPM.Microsoft Mail.Note\0')[:-2] + b'\0\0'
    return tnef_stream(
        1, message_class, attribute(1, 0x00018004, 'Grüße\0'.encode('cp1252')),
        attribute(1, 0x00008000, person('Jörg', 'SMTP:joerg@example.org')), attribute(1, 0x00038005, day),
        attribute(1, 0x0004800d, struct.pack('<H', 1)), attribute(1, 0x0002800c, 'Körper\r\n\0'.encode('cp1252')),
        attribute(1, 0x00069003, tnef_list(
            (0x6600101f, ['red', '', 'blue €']), (0x66011003, [1, -2, 3]), (0x66021102, [b'abc', b'', b'12345']),
            (0x66030048, SET), (0x66040014, 0x123456789abcdef), (0x6605000b, 1), (0x66060005, -0.5), (0x66070002, -2),
            (0x6608101e, ['ä', 'odd']), (0x66091002, [1, -1, 7]), (0x10090102, pack_rtf(RTF)), (0x660a0102, CONTENTS),
            (0x80000003, 42, (SET, 0x8005)), (0x8001001f, 'by name', (SET, 'x-mailer')),
            (0x8002001e, 'public', (PUBLIC, 'Keywords €')))),
        attribute(1, 0x00069004, struct.pack('<I', 2) + tnef_list(
            (0x3001001f, 'First'), (0x3002001e, 'SMTP'), (0x3003001f, 'one@example.com'), (0x0c150003, 1)) + tnef_list(
            (0x3001001f, 'Zweiter ü'), (0x3002001e, 'SMTP'), (0x3003001f, 'two@example.com'), (0x0c150003, 2))),
        attribute(2, 0x00069002, struct.pack('<H i H H I', 1, -1, 32, 32, 0)),
        attribute(2, 0x00018010, b'ALONGN~1.BIN\0'),
        attribute(2, 0x0006800f, CONTENTS),
        attribute(2, 0x00069005, tnef_list((0x37050003, 1), (0x3707001f, 'a long name.bin'))),
        attribute(2, 0x00069002, struct.pack('<H i H H I', 1, -1, 32, 32, 0)),
        attribute(2, 0x00069005, tnef_list((0x37050003, 5), (0x3001001f, 'inner'),
                                           (0x3701000d, IID_MESSAGE.bytes_le + inner))))


# ---- .msg ----

class Msg:
    """A message, recipient or attachment in a .msg file."""

    def __init__(self, file, path=(), header=32):
        self.file, self.path, self.values = file, list(path), {}
        data = self.stream('__properties_version1.0')
        self.header = data[:header]
        if (len(data) - header) % 16:
            raise ValueError('%d bytes of properties' % len(data))
        for at in range(header, len(data), 16):
            tag, _flags = struct.unpack_from('<I I', data, at)
            if tag in self.values:
                raise ValueError('%#x twice' % tag)
            self.values[tag] = self.value(tag, data[at + 8:at + 16])
        for name in self.names(olefile.STGTY_STREAM, '__substg1.0_'):
            if int(name[12:20], 16) not in self.values:
                raise ValueError('%s has no entry' % name)

    def names(self, kind, prefix):
        size = len(self.path)
        return sorted(entry[size] for entry in self.file.listdir(streams=kind == olefile.STGTY_STREAM,
                                                                 storages=kind == olefile.STGTY_STORAGE)
                      if len(entry) == size + 1 and entry[:size] == self.path and entry[size].startswith(prefix))

    def stream(self, name):
        return self.file.openstream(self.path + [name]).read()

    def fixed(self, kind, data):
        if kind == 0x48:
            return uuid.UUID(bytes_le=data)
        form = {0x2: '<h', 0x3: '<i', 0x5: '<d', 0xb: '<H', 0x14: '<q', 0x40: '<Q'}[kind]
        return struct.unpack_from(form, data)[0]

    def variable(self, kind, data):
        return {0x1e: lambda: data.decode('cp1252'), 0x1f: lambda: data.decode('utf-16le'), 0x102: lambda: data}[kind]()

    def value(self, tag, data):
        kind, name = tag & 0xfff, '__substg1.0_%08X' % tag
        size = struct.unpack_from('<I', data)[0]
        if kind == 0xd:
            return None
        if not tag & 0x1000 and kind not in (0x1e, 0x1f, 0x102, 0x48):
            return self.fixed(kind, data)
        stream = self.stream(name)
        if size != len(stream) + (0 if tag & 0x1000 else {0x1e: 1, 0x1f: 2}.get(kind, 0)):
            raise ValueError('%#x: size %d, stream %d' % (tag, size, len(stream)))
        if not tag & 0x1000:
            return self.fixed(kind, stream) if kind == 0x48 else self.variable(kind, stream)
        if kind not in (0x1e, 0x1f, 0x102):
            width = {0x2: 2, 0x3: 4, 0x48: 16}.get(kind, 8)
            return [self.fixed(kind, stream[at:at + width]) for at in range(0, len(stream), width)]
        width, values = 8 if kind == 0x102 else 4, []
        for at in range(0, len(stream), width):
            one = self.stream('%s-%08X' % (name, at // width))
            if len(one) != struct.unpack_from('<I', stream, at)[0]:
                raise ValueError('%#x: length of value %d' % (tag, at // width))
            one = self.variable(kind, one)
            if kind != 0x102 and one[-1:] != '\0':
                raise ValueError('%#x: value %d has no end' % (tag, at // width))
            values.append(one if kind == 0x102 else one[:-1])
        return values

    def children(self, prefix):
        return [Msg(self.file, self.path + [name], 8) for name in self.names(olefile.STGTY_STORAGE, prefix)]

    def recipients(self):
        return self.children('__recip_version1.0_#')

    def attachments(self):
        return self.children('__attach_version1.0_#')

    def embedded(self):
        return Msg(self.file, self.path + ['__substg1.0_3701000D'], 24)

    def text(self, number):
        return self.values.get(number << 16 | 0x1f, self.values.get(number << 16 | 0x1e))

    def named(self):
        """{(set, name): tag}, and the numbers of the streams that have each by its hash."""
        map_of = lambda number: self.file.openstream(['__nameid_version1.0', '__substg1.0_%04X0102' % number]).read()
        guids, entries, texts = map_of(2), map_of(3), map_of(4)
        names, hashes = {}, {}
        for at in range(0, len(entries), 8):
            name, kind, index = struct.unpack_from('<I H H', entries, at)
            which, number = kind >> 1, name
            if which == 2:
                guid = PUBLIC
            else:
                guid = uuid.UUID(bytes_le=guids[(which - 3) * 16:(which - 2) * 16])
            if kind & 1:
                length = struct.unpack_from('<I', texts, name)[0]
                raw = texts[name + 4:name + 4 + length]
                name, number = raw.decode('utf-16le'), crc(raw)
            stream = 0x1000 + (number ^ kind) % 0x1f
            if struct.pack('<I H H', number, kind, index) not in [
                    map_of(stream)[i:i + 8] for i in range(0, len(map_of(stream)), 8)]:
                raise ValueError('%s is not in its stream %#x' % (name, stream))
            hashes[guid, name] = stream
            tags = [tag for tag in self.values if tag >> 16 == 0x8000 + index]
            names[guid, name] = tags[0] if tags else None
        return names, hashes


# ---- comparisons ----

class Report:
    def __init__(self, folder):
        self.folder, self.passed, self.failed = folder, 0, 0

    def read(self, *name):
        with open(os.path.join(self.folder, *name), 'rb') as file:
            return file.read()

    def same(self, what, got, wanted):
        if got == wanted:
            self.passed += 1
            print('%s: ok ' % what)
        else:
            self.failed += 1
            print('FAIL %s: got %.300r, not %.300r' % (what, got, wanted))

    def run(self, check, *arguments):
        try:
            check(self, *arguments)
        except Exception as error:      # a file that cannot be read is one of the failures looked for
            self.failed += 1
            print('FAIL %s%s: %s: %s' % (check.__name__, arguments, type(error).__name__, error))


def filetime(moment):
    return (moment - datetime.datetime(1601, 1, 1)) // datetime.timedelta(microseconds=1) * 10


def as_ansi(text, ansi):
    return text.encode('cp1252', 'replace').decode('cp1252') if ansi else text


def check_common(report, name, msg, ansi):
    """What message.msg, ansi.msg and theirs.msg have in common."""
    many = 0x6600001e if ansi else 0x6600001f
    binaries = [b'abc', b''] + ([b'12345'] if name == 'theirs' else [])
    report.same(name + ' class', msg.text(0x1a), 'IPM.Note')
    report.same(name + ' sender', [msg.text(0xc1a), msg.text(0xc1e), msg.text(0xc1f)],
                ['Jörg', 'SMTP', 'joerg@example.org'])
    report.same(name + ' sent', msg.values.get(0x390040), filetime(SENT))
    report.same(name + ' importance', [msg.values.get(0x170003), msg.values.get(0x260003)], [2, 1])
    report.same(name + ' texts', msg.values.get(many | 0x1000), ['red', '', as_ansi('blue €', ansi)])
    for tag, value in ((0x66011003, [1, -2, 3]), (0x66021102, binaries), (0x66030048, SET),
                       (0x66040014, 0x123456789abcdef), (0x6605000b, 1), (0x66060005, -0.5), (0x66070002, -2)):
        report.same('%s %#x' % (name, tag), msg.values.get(tag), value)
    names, hashes = msg.named()
    wanted = {(SET, 0x8005): 42, (SET, 'x-mailer'): 'by name', (PUBLIC, 'Keywords €'): 'public'}
    report.same(name + ' named', {key: msg.values.get(tag) for key, tag in names.items()}, wanted)
    # What a file of Outlook's has for this name in this set's place.
    report.same(name + ' hash', hashes.get((SET, 'x-mailer')), 0x100f)
    report.same(name + ' rich text', unpack_rtf(msg.values[0x10090102]), RTF)
    report.same(name + ' recipients',
                [(one.text(0x3001), one.text(0x3002), one.text(0x3003), one.values.get(0xc150003))
                 for one in msg.recipients()],
                [('First', 'SMTP', 'one@example.com', 1), ('Zweiter ü', 'SMTP', 'two@example.com', 2)])
    files = msg.attachments()
    report.same(name + ' counts', struct.unpack_from('<I I', msg.header, 16), (2, len(files)))
    report.same(name + ' next', [a >= b for a, b in zip(struct.unpack_from('<I I', msg.header, 8), (2, len(files)))],
                [True, True])
    report.same(name + ' file', [files[0].text(0x3707), files[0].text(0x3704), files[0].values.get(0x37050003),
                                 files[0].values.get(0x37010102) == CONTENTS],
                ['a long name.bin', 'ALONGN~1.BIN', 1, True])
    return files


def check_msg(report, name, ansi):
    file = olefile.OleFileIO(os.path.join(report.folder, name + '.msg'), raise_defects=olefile.DEFECT_INCORRECT)
    msg = Msg(file)
    report.same(name + ' width', bool(msg.values.get(0x340d0003, 0) & 0x40000), not ansi)
    report.same(name + ' kinds of text', {tag & 0xfff for tag in msg.values} & {0x1e, 0x1f}, {0x1e if ansi else 0x1f})
    report.same(name + ' subject', msg.text(0x37), 'Grüße €')
    report.same(name + ' body', msg.text(0x1000), 'Hello €\r\nsecond line\r\n')
    report.same(name + ' message id', msg.text(0x1035), '<one@example.org>')
    files = check_common(report, name, msg, ansi)
    report.same(name + ' methods', [one.values.get(0x37050003) for one in files], [1, 1, 5, 6])
    report.same(name + ' empty file', files[1].values.get(0x37010102), b'')
    inner = files[2].embedded()
    report.same(name + ' inner', [inner.text(0x37), inner.text(0x1000)], ['inner', 'within'])
    report.same(name + ' inner recipients', [one.text(0x3003) for one in inner.recipients()], ['three@example.com'])
    report.same(name + ' inner file', [one.values.get(0x37010102) for one in inner.attachments()], [b'inside'])
    report.same(name + ' object', file.openstream(files[3].path + ['__substg1.0_3701000D', 'contents']).read(), b'object')


def check_theirs(report):
    msg = Msg(olefile.OleFileIO(os.path.join(report.folder, 'theirs.msg')))
    report.same('theirs subject', msg.text(0x37), 'Grüße')
    report.same('theirs body', msg.text(0x1000), 'Körper\r\n')
    files = check_common(report, 'theirs', msg, False)
    report.same('theirs of 8 bits', msg.values.get(0x6608101f), ['ä', 'odd'])
    report.same('theirs shorts', msg.values.get(0x66091002), [1, -1, 7])
    report.same('theirs large', msg.values.get(0x660a0102) == CONTENTS, True)
    report.same('theirs methods', [one.values.get(0x37050003) for one in files], [1, 5])
    inner = files[1].embedded()
    report.same('theirs inner', [inner.text(0x1a), inner.text(0x37), inner.text(0x1000)], ['IPM.Note', 'inner', 'within'])


def check_mail(report, name, ansi):
    """What msgconvert, which reads .msg, made of it."""
    # It encodes no header, and with characters beyond Latin-1 in one Perl encodes the whole, parts in UTF-8 once more.
    head, middle, body = report.read(name + '.eml').replace(b'\r\n', b'\n').decode(
        'latin-1' if ansi else 'utf-8').partition('\n\n')
    if ansi:
        head = head.encode('latin-1').decode('cp1252')
    body = body.encode('latin-1').decode('ascii', 'surrogateescape')
    mail = email.message_from_string(head + middle + body, policy=email.policy.default)
    report.same(name + ' mail subject', str(mail['Subject']), 'Grüße €')
    report.same(name + ' mail from', [one.addr_spec for one in mail['From'].addresses], ['joerg@example.org'])
    report.same(name + ' mail to', [(one.display_name, one.addr_spec) for one in mail['To'].addresses],
                [('First', 'one@example.com')])
    report.same(name + ' mail cc', [(one.display_name, one.addr_spec) for one in mail['Cc'].addresses],
                [('Zweiter ü', 'two@example.com')])
    report.same(name + ' mail id', str(mail['Message-ID']), '<one@example.org>')
    report.same(name + ' mail date', mail['Date'].datetime.astimezone(datetime.timezone.utc).replace(tzinfo=None), SENT)
    text = mail.get_body(('plain',)).get_content().replace('\r\n', '\n')
    report.same(name + ' mail body', text.rstrip('\n'), 'Hello €\nsecond line')
    files = {part.get_filename(): part for part in mail.iter_attachments()}
    report.same(name + ' mail file', 'a long name.bin' in files and files['a long name.bin'].get_content() == CONTENTS,
                True)
    inner = [part for part in mail.walk() if part.get_content_type() == 'message/rfc822']
    report.same(name + ' mail inner', [str(one.get_content()['Subject']) for one in inner], ['inner'])


def check_tools(report):
    # ytnef reads no names in Unicode: the one it has is attAttachTitle.
    for tool, wanted in (('ytnef', 'ALONGN~1.BIN'), ('tnef', 'a long name.bin'), ('old', 'a long name.bin')):
        names = os.listdir(os.path.join(report.folder, tool))
        report.same(tool + ' file', [name for name in names if report.read(tool, name) == CONTENTS], [wanted])
    for tool in ('tnef', 'old'):
        report.same(tool + ' empty file', report.read(tool, 'empty.txt'), b'')
        names = os.listdir(os.path.join(report.folder, tool))
        report.same(tool + ' rich text', [report.read(tool, name) for name in names if name.endswith('.rtf')], [RTF])
    names = os.listdir(os.path.join(report.folder, 'ytnef'))
    report.same('ytnef rich text', [report.read('ytnef', name) for name in names if name.endswith('.rtf')], [RTF])


def check_rtf(report):
    packed = report.read('text.lzfu')
    report.same('packed', unpack_rtf(packed), RTF)
    report.same('packed is smaller', len(packed) < len(RTF) // 2, True)
    report.same('stored', report.read('plain.lzfu'), store_rtf(RTF))
    report.same('unpacked', report.read('packed.rtf'), RTF)
    report.same('unstored', report.read('stored.rtf'), RTF)
    # unrtf loses what is in a word behind a character by its number: those of the text are words of their own.
    text = re.sub('<head>.*</head>|<[^>]*>', '', report.read('synced.html').decode(), flags=re.DOTALL)
    report.same('synced', html.unescape(text).strip().split('\n'), ['ü ß {braces} and \\ €', 'second line'])


def make(folder):
    for name, data in (('contents.bin', CONTENTS), ('text.rtf', RTF), ('theirs.dat', theirs()),
                       ('packed.lzfu', pack_rtf(RTF)), ('stored.lzfu', store_rtf(RTF))):
        with open(os.path.join(folder, name), 'wb') as file:
            file.write(data)


def compare(folder):
    report = Report(folder)
    report.run(check_msg, 'message', False)
    report.run(check_msg, 'ansi', True)
    report.run(check_theirs)
    report.run(check_mail, 'message', False)
    report.run(check_mail, 'ansi', True)
    report.run(check_tools)
    report.run(check_rtf)
    print('%d passed, %d failed, 0 skipped' % (report.passed, report.failed))


{'make': make, 'compare': compare}[sys.argv[1]](sys.argv[2])
