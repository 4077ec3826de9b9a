#!/usr/bin/env python3
#
# received.py FILE: what a mail program was handed, from its arguments (FILE: each ended by a zero byte, the
# program's name first), read as that program reads them. One line a field, in JSON; a line end at the end of
# the text counts for nothing.
#
# Copyright 2026 the wine-mapi authors. Licence: LGPL-2.1-or-later, see COPYING.LIB.

import json
import os
import sys
import urllib.parse

fields = {'to': [], 'cc': [], 'bcc': [], 'subject': '', 'body': '', 'attachment': []}


def decode(text):
    return urllib.parse.unquote(text, errors='strict')


def attach(path):
    if path.startswith('file://'):
        path = decode(path[len('file://'):])
    fields['attachment'].append(path)


def addresses(name, text):
    fields[name] += [a for a in text.split(',') if a]


def text_of(path):
    with open(path, encoding='utf-8', newline='') as file:
        return file.read()


def mailto(uri):
    if not uri.startswith('mailto:'):
        sys.exit(f'no mailto: {uri}')
    to, _, query = uri[len('mailto:'):].partition('?')
    addresses('to', decode(to))
    for pair in query.split('&') if query else []:
        name, _, value = pair.partition('=')
        value = decode(value)
        if name in ('to', 'cc', 'bcc'):
            addresses(name, value)
        elif name in ('attach', 'attachment'):
            attach(value)
        elif name == 'body':
            fields['body'] = value.replace('\r\n', '\n')
        else:
            fields[name] = value


# The Mozilla family: NAME=VALUE divided at commas outside quotes; a quote opens after "=" and closes before a
# comma or the end. Values are percent-decoded unless single quotes are around them, attachments divided at commas
# after that.
def compose(text):
    pairs, quote, pair = [], '', ''
    for i, char in enumerate(text):
        if char == quote and text[i + 1:i + 2] in (',', ''):
            quote = ''
        elif char in '\'"' and text[i - 1] == '=' and not quote:
            quote = char
        elif char == ',' and not quote:
            pairs.append(pair)
            pair = ''
            continue
        pair += char
    pairs.append(pair)
    for pair in pairs:
        name, _, value = pair.partition('=')
        if value[:1] == value[-1:] == "'":
            value = value[1:-1]
        else:
            value = decode(value[1:-1] if value[:1] == value[-1:] == '"' else value)
        if name in ('to', 'cc', 'bcc'):
            addresses(name, value)
        elif name == 'attachment':
            for url in value.split(','):
                attach(url)
        elif name == 'message':
            fields['body'] = text_of(value)
        elif name == 'body':
            fields['body'] = value.replace('\r\n', '\n')
        else:
            fields[name] = value


def options(arguments, names):
    rest = False
    while arguments:
        word = arguments.pop(0)
        if rest or not word.startswith('-'):
            if word.startswith('mailto:'):
                mailto(word)
            else:
                addresses('to', word)
        elif word == '--':
            rest = True
        else:
            word, has_value, value = word.partition('=')
            name = names[word]
            if name is None:
                continue
            if not has_value:
                value = arguments.pop(0)
            if name == 'attachment':
                attach(value)
            elif name == 'attachments':
                attach(value)
                while arguments and not arguments[0].startswith('-'):
                    attach(arguments.pop(0))
            elif name == 'file':
                fields['body'] = text_of(value)
            elif name == 'mailto':
                mailto(value)
            elif name in ('to', 'cc', 'bcc'):
                addresses(name, value)
            else:
                fields[name] = value


with open(sys.argv[1], 'rb') as file:
    words = [word.decode('utf-8') for word in file.read().split(b'\0')[:-1]]
program, arguments = os.path.basename(words[0]), words[1:]
if max(len(word.encode()) for word in words) >= 131072:
    sys.exit('an argument is longer than Linux takes')

if program == 'x-terminal-emulator':
    if arguments.pop(0) != '-e':
        sys.exit('no -e')
    program = arguments.pop(0)
if program in ('thunderbird', 'betterbird'):
    if arguments[0] != '-compose' or len(arguments) != 2:
        sys.exit('not one -compose')
    compose(arguments[1])
elif program in ('evolution', 'geary', 'handler'):
    if len(arguments) != 1:
        sys.exit('not one URI')
    mailto(arguments[0])
elif program in ('claws-mail', 'sylpheed'):
    options(arguments, {'--compose': 'mailto', '--attach': 'attachments'})
elif program == 'balsa':
    options(arguments, {'--compose': 'mailto', '--attach': 'attachment'})
elif program == 'kmail':
    options(arguments, {'--composer': None, '--subject': 'subject', '--cc': 'cc', '--bcc': 'bcc', '--body': 'body',
                        '--msg': 'file', '--attach': 'attachment'})
elif program == 'mutt':
    options(arguments, {'-s': 'subject', '-c': 'cc', '-b': 'bcc', '-i': 'file', '-a': 'attachments'})
elif program == 'xdg-email':
    options(arguments, {'--utf8': None, '--subject': 'subject', '--cc': 'cc', '--bcc': 'bcc', '--body': 'body',
                        '--attach': 'attachment'})
else:
    sys.exit(f'who is {program}?')

fields['body'] = fields['body'].rstrip('\n')
print('program', program)
for name in ('to', 'cc', 'bcc', 'subject', 'body'):
    print(name, json.dumps(fields[name], ensure_ascii=False))
for path in fields['attachment']:
    print('attachment', os.path.basename(path), json.dumps(text_of(path)[:60], ensure_ascii=False))
