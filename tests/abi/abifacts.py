"""What the compiler makes of a set of MAPI headers.

facts() compiles small sources that include the headers and reads the results back from the
object files, so that every number is the compiler's own: layouts of structures and vtables and
the types of arguments from the debugging information, calling conventions and argument bytes from
the decoration of i386 symbols, values of constants and identifiers from data sections.
Nothing is run, no header is parsed by hand except for the names in it.

Copyright 2026 the wine-mapi authors

This library is free software; you can redistribute it and/or
modify it under the terms of the GNU Lesser General Public
License as published by the Free Software Foundation; either
version 2.1 of the License, or (at your option) any later version.

This library is distributed in the hope that it will be useful,
but WITHOUT ANY WARRANTY; without even the implied warranty of
MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
Lesser General Public License for more details.

You should have received a copy of the GNU Lesser General Public
License along with this library; if not, write to the Free Software
Foundation, Inc., 51 Franklin St, Fifth Floor, Boston, MA 02110-1301, USA
"""

import os
import re
import struct
import subprocess

TRIPLETS = {'x86_64': 'x86_64-w64-mingw32', 'i386': 'i686-w64-mingw32'}


class ToolError(Exception):
    """A compiler or binutils run that failed, with what it said."""


def run(*command, **options):
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            universal_newlines=True, env=dict(os.environ, LC_ALL='C'), **options)
    return result.returncode, result.stdout, result.stderr


def check(*command):
    code, out, err = run(*command)
    if code:
        raise ToolError('%s\n%s' % (' '.join(command), err))
    return out


class HeaderSet:
    """A set of headers: where they are, and which of their names are the ones to look at."""

    def __init__(self, name, flags, headers, files):
        self.name = name
        self.flags = flags          # for the compiler
        self.headers = headers      # to include, in this order
        self.files = files          # base names of the headers whose declarations count

    def prologue(self, first=()):
        lines = ['#include <windows.h>'] + list(first)
        return '\n'.join(lines + ['#include <%s>' % header for header in self.headers]) + '\n'


class Compiler:
    """One header set for one architecture; sources and objects live in a folder of its own."""

    def __init__(self, headers, arch, folder):
        self.headers = headers
        self.arch = arch
        self.tool = TRIPLETS[arch] + '-'
        self.folder = folder
        self.prefix = '_' if arch == 'i386' else ''
        os.makedirs(folder, exist_ok=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def command(self, *flags):
        return [self.tool + 'gcc', '-w', '-std=gnu11'] + list(flags) + self.headers.flags

    def write(self, name, text):
        with open(self.path(name), 'w') as f:
            f.write(text)
        return self.path(name)

    def preprocess(self, *flags):
        source = self.write('names.c', self.headers.prologue())
        return check(*self.command('-E', *flags), source)

    def compile(self, name, text, *flags):
        source = self.write(name + '.c', text)
        check(*self.command('-c', *flags), source, '-o', self.path(name + '.o'))
        return self.path(name + '.o')

    def bad_lines(self, name, text):
        """The lines of a source that do not compile."""
        source = self.write(name + '.c', text)
        code, out, err = run(*self.command('-fsyntax-only', '-fmax-errors=0',
                                           '-ftrack-macro-expansion=0'), source)
        return {int(line) for line in re.findall(r'names_\w+\.c:(\d+):\d+: error', err)}

    def section(self, obj, section):
        dump = self.path('section.bin')
        check(self.tool + 'objcopy', '--dump-section', '%s=%s' % (section, dump), obj,
              self.path('discard.o'))
        with open(dump, 'rb') as f:
            return f.read()


# --- names ----------------------------------------------------------------------------------------

def macro_names(compiler):
    """Macros of the headers that count: {name: number of parameters, or None}."""
    macros = {}
    current = None
    for line in compiler.preprocess('-dD').splitlines():
        marker = re.match(r'# \d+ "([^"]*)"', line)
        if marker:
            current = os.path.basename(marker.group(1))
            continue
        if current not in compiler.headers.files:
            continue
        macro = re.match(r'#define (\w+)(\(([^)]*)\))?(.*)', line)
        if macro and macro.group(4).strip():
            parameters = macro.group(3)
            macros[macro.group(1)] = None if macro.group(2) is None else \
                len(parameters.split(',')) if parameters.strip() else 0
    return macros


def declared_names(compiler):
    """Functions and GUIDs that the headers that count declare."""
    functions, guids = set(), set()
    text, current = [], None
    for line in compiler.preprocess().splitlines():
        marker = re.match(r'# \d+ "([^"]*)"', line)
        if marker:
            current = os.path.basename(marker.group(1))
        elif current in compiler.headers.files and not line.startswith('#'):
            text.append(line)
    text = '\n'.join(text)
    guids.update(re.findall(r'\bconst\s+(?:GUID|IID|CLSID)\s+(\w+)\b', text))
    # Bodies of structures and functions cannot hold a declaration that is meant here.
    while True:
        shorter = re.sub(r'\{[^{}]*\}', ' ', text)
        if shorter == text:
            break
        text = shorter
    text = re.sub(r'__attribute__\s*\(\((?:[^()]|\([^()]*\))*\)\)', ' ', text)
    function_types = set(re.findall(r'typedef\s+[\w\s*]+\(\s*(?:__stdcall|__cdecl)?\s*(\w+)\s*\)\s*\(',
                                    text))
    for statement in text.split(';'):
        if re.search(r'\btypedef\b|\bextern\s+"C"\s*\{', statement):
            continue
        plain = re.search(r'^\s*(?:extern\s+)?(?:const\s+)?\w[\w\s*]*?[\s*](\w+)\s*\(.*\)\s*$',
                          statement, re.S)
        typed = re.match(r'\s*(\w+)\s+(\w+)\s*$', statement)
        if typed and typed.group(1) in function_types:
            functions.add(typed.group(2))
        elif plain:
            functions.add(plain.group(1))
    return functions, guids


# --- debugging information ------------------------------------------------------------------------

class Dwarf:
    """Types and functions of one object file, from objdump's text."""

    def __init__(self, compiler, obj):
        self.entries = {}
        self.read(check(compiler.tool + 'objdump', '--dwarf=info', obj))
        self.files = self.read_files(check(compiler.tool + 'objdump', '--dwarf=rawline', obj))
        self.names = {}
        for entry in self.entries.values():
            if entry['tag'] == 'typedef' and 'type' in entry and 'name' in entry:
                target = self.entries.get(entry['type'])
                if target and target['tag'] in ('structure_type', 'union_type', 'enumeration_type'):
                    self.names.setdefault(target['at'], entry['name'])

    def read(self, text):
        stack = []
        entry = None
        for line in text.splitlines():
            start = re.match(r' <(\w+)><(\w+)>: Abbrev Number: \w+(?: \(DW_TAG_(\w+)\))?', line)
            if start:
                entry = None
                if not start.group(3):
                    continue
                depth = int(start.group(1), 16)
                entry = {'tag': start.group(3), 'at': int(start.group(2), 16), 'children': []}
                self.entries[entry['at']] = entry
                del stack[depth:]
                if stack:
                    stack[-1]['children'].append(entry)
                stack.append(entry)
                continue
            if entry is None:
                continue
            value = re.match(r' +<\w+> +DW_AT_(\w+) *: (.*)$', line)
            if not value:
                continue
            key, text_value = value.groups()
            text_value = text_value.strip()
            if key == 'name':
                entry['name'] = text_value.split('): ')[-1] if text_value.startswith('(') \
                    else text_value
            elif key in ('type', 'specification', 'abstract_origin'):
                entry[key] = int(text_value.strip('<>').replace('0x', ''), 16)
            elif key in ('byte_size', 'data_member_location', 'decl_file', 'encoding',
                         'upper_bound', 'count', 'const_value', 'bit_size'):
                number = re.match(r'-?(0x)?[0-9a-f]+', text_value)
                if number:
                    entry[key] = int(number.group(0), 0)

    @staticmethod
    def read_files(text):
        files = {}
        for line in text.splitlines():
            match = re.match(r'\s+(\d+)\t\d+\t\d+\t\d+\t(?:\([^)]*\): )?(.*)$', line)
            if match:
                files[int(match.group(1))] = os.path.basename(match.group(2).strip())
        return files

    def origin(self, entry):
        return self.files.get(entry.get('decl_file'))

    def strip(self, at):
        """The entry that a type comes down to, without typedefs and qualifiers."""
        while at is not None:
            entry = self.entries[at]
            if entry['tag'] not in ('typedef', 'const_type', 'volatile_type'):
                return entry
            at = entry.get('type')
        return None

    def size(self, at):
        entry = self.strip(at)
        if entry is None:
            return 0
        if entry['tag'] == 'array_type':
            count = 1
            for child in entry['children']:
                count *= child['upper_bound'] + 1 if 'upper_bound' in child else \
                    child.get('count', 0)
            return count * self.size(entry['type'])
        return entry.get('byte_size', 0)

    def describe(self, at):
        """A type in words that are the same for two header sets if the ABI is."""
        entry = self.strip(at)
        if entry is None:
            return 'void'
        tag = entry['tag']
        if tag == 'pointer_type':
            return self.describe(entry.get('type')) + '*'
        if tag == 'base_type':
            encoding = entry.get('encoding', 0)
            if encoding == 4:
                return 'float%d' % (8 * entry['byte_size'])
            if entry['byte_size'] == 1:
                return 'byte'
            return '%sint%d' % ('' if encoding == 5 else 'u', 8 * entry['byte_size'])
        if tag in ('structure_type', 'union_type'):
            return self.names.get(entry['at']) or entry.get('name') or 'unnamed'
        if tag == 'enumeration_type':
            return 'uint32'
        if tag == 'array_type':
            return '%s[%d]' % (self.describe(entry['type']),
                               self.size(entry['at']) // max(1, self.size(entry['type'])))
        if tag == 'subroutine_type':
            return self.signature(entry)
        return tag

    def signature(self, entry):
        arguments = [self.describe(child['type']) for child in entry['children']
                     if child['tag'] == 'formal_parameter']
        return '%s(%s)' % (self.describe(entry.get('type')), ', '.join(arguments))

    def layout(self, entry, base=0, path=''):
        """Members of a structure, those of unnamed members in place: [(name, offset, type)]."""
        members = []
        for child in entry['children']:
            if child['tag'] != 'member':
                continue
            offset = base + child.get('data_member_location', 0)
            inner = self.strip(child['type'])
            unnamed = inner['tag'] in ('structure_type', 'union_type') and \
                inner['at'] not in self.names and 'name' not in inner
            if unnamed:
                name = child.get('name')
                members += self.layout(inner, offset, path + name + '.' if name else path)
            else:
                members.append((path + child['name'], offset, child['type']))
        return members


def strip_suffix(name, suffix):
    return name[:-len(suffix)] if name.endswith(suffix) else None


# --- the facts ------------------------------------------------------------------------------------

def types_and_functions(compiler, functions):
    """{fact name: fact} of the vtables, structures, function types and functions."""
    uses = ''.join('    (const void *)%s,\n' % name for name in sorted(functions))
    source = compiler.headers.prologue() + 'const void *abi_uses[] =\n{\n%s    0\n};\n' % uses
    obj = compiler.compile('types', source, '-g', '-gdwarf-4', '-O0',
                           '-fno-eliminate-unused-debug-types')
    dwarf = Dwarf(compiler, obj)
    facts = {}
    callables = {}          # name in facts: C expression whose type is the function's

    for entry in dwarf.entries.values():
        if entry['tag'] == 'subprogram' and entry.get('name') in functions:
            facts['function ' + entry['name']] = dwarf.signature(entry)
            callables['function ' + entry['name']] = entry['name']
            continue
        if dwarf.origin(entry) not in compiler.headers.files:
            continue
        if entry['tag'] in ('structure_type', 'union_type') and entry['children']:
            name = dwarf.names.get(entry['at']) or entry.get('name')
            if not name:
                continue
            interface = strip_suffix(name, 'Vtbl')
            if interface:
                slot = 4 if compiler.arch == 'i386' else 8
                facts['interface ' + interface] = '%d slots' % (entry['byte_size'] // slot)
                for member, offset, at in dwarf.layout(entry):
                    method = dwarf.strip(dwarf.strip(at)['type'])
                    key = 'method %s::%s' % (interface, member)
                    facts[key] = 'slot %d, %s' % (offset // slot, dwarf.signature(method))
                    callables[key] = '*((struct %sVtbl *)0)->%s' % (interface, member)
                continue
            members = dwarf.layout(entry)
            if [member for member, offset, at in members] == ['lpVtbl']:
                continue        # the object of an interface: one pointer
            facts['structure ' + name] = '%d bytes' % entry['byte_size']
            for member, offset, at in members:
                facts['member %s.%s' % (name, member)] = 'at %d, %s' % (offset, dwarf.describe(at))
        elif entry['tag'] == 'typedef' and 'type' in entry:
            target = dwarf.strip(entry['type'])
            if target is None:
                continue
            expression = entry['name']
            if target['tag'] == 'pointer_type' and 'type' in target:
                inner = dwarf.strip(target['type'])
                if inner is None or inner['tag'] != 'subroutine_type':
                    facts['type ' + entry['name']] = dwarf.describe(entry['type'])
                    continue
                target, expression = inner, '*(%s)0' % entry['name']
            if target['tag'] == 'subroutine_type':
                facts['type ' + entry['name']] = dwarf.signature(target)
                callables['type ' + entry['name']] = expression
            elif dwarf.describe(entry['type']) != entry['name']:
                facts['type ' + entry['name']] = dwarf.describe(entry['type'])

    if compiler.arch == 'i386':
        for key, decoration in decorations(compiler, callables).items():
            facts['convention of ' + key] = decoration
    return facts


def decorations(compiler, callables):
    """How i386 decorates a function of each type: the convention and the bytes of arguments."""
    keys = sorted(callables)
    source = compiler.headers.prologue()
    for number, key in enumerate(keys):
        source += 'extern __typeof__(%s) abi_%d;\n' % (callables[key], number)
    source += 'const void *abi_uses[] =\n{\n'
    source += ''.join('    (const void *)abi_%d,\n' % number for number in range(len(keys)))
    obj = compiler.compile('decorations', source + '    0\n};\n')
    found = {}
    for symbol in re.findall(r'\bU (\S+)', check(compiler.tool + 'nm', '-u', obj)):
        match = re.match(r'_abi_(\d+)(?:@(\d+))?$', symbol)
        if match:
            number, size = match.groups()
            found[keys[int(number)]] = 'cdecl' if size is None else 'stdcall, %s bytes' % size
    return found


def constants(compiler, macros):
    """{'constant NAME': value} of the macros that are numbers, strings or lists of bytes.

    A macro with parameters counts with the values 5, 6, 7 for them."""
    def expression(name):
        count = macros[name]
        return name if count is None else '%s(%s)' % (name, ', '.join('567'[:count]))

    prologue = compiler.headers.prologue()
    first = prologue.count('\n') + 1

    def usable(kind, names, form):
        text = prologue + ''.join((form % (number, expression(name))) + '\n'
                                  for number, name in enumerate(names))
        bad = compiler.bad_lines('names_' + kind, text)
        return [name for number, name in enumerate(names) if first + number not in bad]

    facts = {}
    names = sorted(name for name, count in macros.items() if count is None or 0 < count <= 3)
    numbers = usable('numbers', names, 'enum { abi_%d = (int)(%s) };')
    source = prologue + '__attribute__((section("abi"))) const long long abi_values[] =\n{\n'
    source += ''.join('    (long long)(%s),\n' % expression(name) for name in numbers) + '    0\n};\n'
    data = compiler.section(compiler.compile('numbers', source), 'abi')
    for number, name in enumerate(numbers):
        value, = struct.unpack_from('<q', data, 8 * number)
        facts['constant ' + expression(name)] = '%d' % value

    others = [name for name in names if name not in set(numbers)]
    arrays = usable('arrays', others, 'const unsigned char abi_%d[64] = %s;')
    source = prologue
    for number, name in enumerate(arrays):
        source += '__attribute__((section("abi"))) const unsigned char abi_%d[64] = %s;\n' % \
            (number, expression(name))
    if arrays:
        obj = compiler.compile('arrays', source)
        data = compiler.section(obj, 'abi')
        for address, symbol in re.findall(r'^(\w+) \w (\w+)$', check(compiler.tool + 'nm', obj), re.M):
            match = re.match(compiler.prefix + r'abi_(\d+)$', symbol)
            if match:
                at = int(address, 16)
                facts['constant ' + expression(arrays[int(match.group(1))])] = data[at:at + 64].hex()

    sized = [name for name, count in macros.items() if name.startswith('Sized') and count in (2, 3)]
    if sized:
        source = prologue
        for name in sorted(sized):
            sizes = '5, 6'[:4 * macros[name] - 7]
            source += 'static %s(%s, abi_%s);\n' % (name, sizes, name)
        source += '__attribute__((section("abi"))) const unsigned int abi_values[] =\n{\n'
        source += ''.join('    sizeof(abi_%s),\n' % name for name in sorted(sized)) + '    0\n};\n'
        data = compiler.section(compiler.compile('sized', source), 'abi')
        for number, name in enumerate(sorted(sized)):
            facts['size of ' + name] = '%d' % struct.unpack_from('<I', data, 4 * number)[0]
    return facts


def identifiers(compiler, guids):
    """{'identifier NAME': its 16 bytes}"""
    # Some headers define only those that USES_... asks for.
    first = ['#include <initguid.h>', '#undef DEFINE_GUID',
             '#define DEFINE_GUID(n, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) '
             '__attribute__((section("abi"))) const GUID n = '
             '{ l, w1, w2, { b1, b2, b3, b4, b5, b6, b7, b8 } }']
    first += ['#define USES_' + name for name in sorted(guids)]
    obj = compiler.compile('guids', compiler.headers.prologue(first))
    data = compiler.section(obj, 'abi')
    facts = {}
    for address, symbol in re.findall(r'^(\w+) \w (\w+)$', check(compiler.tool + 'nm', obj), re.M):
        name = symbol[len(compiler.prefix):]
        if name in guids:
            at = int(address, 16)
            facts['identifier ' + name] = data[at:at + 16].hex()
    return facts


# --- MAPI_I..._METHODS ----------------------------------------------------------------------------

# Interfaces whose macros are not one named after the interface
MACROS = {
    'IMAPISupport': ['MAPI_IMAPISUPPORT_METHODS1', 'MAPI_IMAPISUPPORT_METHODS2',
                     'MAPI_IMAPISUPPORT_METHODS3'],
    'IMsgServiceAdmin2': ['MAPI_IMSGSERVICEADMIN_METHODS', 'MAPI_IMSGSERVICEADMIN_METHODS2'],
}
WITH_LAST_ERROR = ['IPersistMessage', 'IMAPIMessageSite', 'IMAPIForm', 'IMAPIViewContext',
                   'IMAPIFormMgr', 'IMAPIFormContainer', 'IMAPIFormFactory']


def interface_methods(found):
    """{interface: its methods in the order of the vtable}"""
    interfaces = {}
    for name, fact in found.items():
        match = re.match(r'method (\w+)::(\w+)$', name)
        if match:
            slot = int(re.match(r'slot (\d+)', fact).group(1))
            interfaces.setdefault(match.group(1), []).append((slot, match.group(2)))
    return {name: [method for slot, method in sorted(methods)]
            for name, methods in interfaces.items()}


def macros_of(interface, interfaces):
    """The macros that together declare an interface."""
    own = 'MAPI_%s_METHODS'
    macros = [own % 'IUNKNOWN']
    for base in ('IMAPIProp', 'IMAPIContainer'):
        methods = interfaces[base]
        if interface != base and interfaces[interface][:len(methods)] == methods:
            macros.append(own % base.upper())
    if interface in WITH_LAST_ERROR:
        macros.append('MAPI_GETLASTERROR_METHOD')
    return macros + MACROS.get(interface, [own % interface.upper()])


def method_macros(headers, arch, folder, found):
    """{'macro for X::Y': whether the macros declare the method as the vtable has it}"""
    compiler = Compiler(headers, arch, folder)
    interfaces = interface_methods(found)
    source = headers.prologue()
    for interface in sorted(interfaces):
        source += '#undef INTERFACE\n#define INTERFACE %s\nstruct abi_%s { %s };\n' % (
            interface, interface,
            ' '.join(macro + '(PURE)' for macro in macros_of(interface, interfaces)))
    lines = {}
    for interface in sorted(interfaces):
        for method in interfaces[interface]:
            source += ('_Static_assert(offsetof(struct abi_%s, %s) == offsetof(struct %sVtbl, %s) && '
                       '__builtin_types_compatible_p(__typeof__(((struct abi_%s *)0)->%s), '
                       '__typeof__(((struct %sVtbl *)0)->%s)), "");\n'
                       % ((interface, method) * 4))
            lines[source.count('\n')] = 'macro for %s::%s' % (interface, method)
    bad = compiler.bad_lines('names_macros', source)
    other = sorted(bad - set(lines))
    if other:
        raise ToolError('names_macros.c:%d does not compile' % other[0])
    return {name: line not in bad for line, name in lines.items()}


def implementation(interfaces):
    """C++ that implements each interface with the macros and makes an object of it."""
    source = ''
    for interface in sorted(interfaces):
        source += 'class abi_%s : public %s\n{\npublic:\n%s};\nvoid *abi_new_%s() ' % (
            interface, interface, ''.join('    %s(IMPL)\n' % macro
                                          for macro in macros_of(interface, interfaces)), interface)
        source += '{ return new abi_%s; }\n' % interface
    return source


# --- all of it ------------------------------------------------------------------------------------

def facts(headers, arch, folder):
    """Everything about a header set on an architecture: {name: value}."""
    compiler = Compiler(headers, arch, folder)
    functions, guids = declared_names(compiler)
    found = types_and_functions(compiler, functions)
    found.update(constants(compiler, macro_names(compiler)))
    found.update(identifiers(compiler, guids))
    return found
