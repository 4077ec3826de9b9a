/*
 * Configuration files of forms, taken apart
 *
 * Copyright 2026 the wine-mapi authors
 *
 * This library is free software; you can redistribute it and/or
 * modify it under the terms of the GNU Lesser General Public
 * License as published by the Free Software Foundation; either
 * version 2.1 of the License, or (at your option) any later version.
 *
 * This library is distributed in the hope that it will be useful,
 * but WITHOUT ANY WARRANTY; without even the implied warranty of
 * MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
 * Lesser General Public License for more details.
 *
 * You should have received a copy of the GNU Lesser General Public
 * License along with this library; if not, write to the Free Software
 * Foundation, Inc., 51 Franklin St, Fifth Floor, Boston, MA 02110-1301, USA
 */

/*
 * The file is INI text, which inf.c reads; what the sections mean is here. Lists are sections that
 * name other sections: [Verbs] has VerbN = NAME, and [Verb.NAME] has the verb. Numbers are decimal,
 * or hexadecimal with 0x.
 */

#include <string.h>

#include <mapiform.h>

#include "core/formcfg.h"

/* PS_MAPI and PS_PUBLIC_STRINGS, which this layer has no library for. */
static const GUID set_mapi = { 0x00020328, 0, 0, { 0xc0, 0, 0, 0, 0, 0, 0, 0x46 } };
static const GUID set_public = { 0x00020329, 0, 0, { 0xc0, 0, 0, 0, 0, 0, 0, 0x46 } };

struct reader
{
    struct form_config *config;
    inf_report report;
    void *context;
    BOOL *no_memory;                    /* set where a section could not be looked up */
};

static void say(const struct reader *reader, ULONG line, const char *what)
{
    if (reader->report) reader->report(reader->context, line, what);
}

static BOOL begins_with(const WCHAR *text, const WCHAR *start)
{
    for (; *start; text++, start++)
        if (inf_upper(*text) != inf_upper(*start)) return FALSE;
    return TRUE;
}

static BOOL parse_number(const WCHAR *text, LONG *ret)
{
    ULONGLONG value = 0;
    ULONG base = 10;
    BOOL negative;
    int digit;

    if ((negative = *text == '-')) text++;
    if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
    {
        base = 16;
        text += 2;
    }
    if (!*text) return FALSE;
    for (; *text; text++)
    {
        if ((digit = inf_hex_digit(*text)) < 0 || (ULONG)digit >= base) return FALSE;
        value = value * base + digit;
        if (value > (base == 16 || negative ? 0xffffffff : 0x7fffffff)) return FALSE;
    }
    if (negative && value > 0x80000000) return FALSE;
    *ret = negative ? -(LONGLONG)value : (LONG)(ULONG)value;
    return TRUE;
}

/* A number that may be missing. */
static LONG number_or(const struct reader *reader, const struct inf_section *section,
                      const WCHAR *key, LONG otherwise)
{
    const WCHAR *text = inf_value(section, key);
    LONG value;

    if (!text) return otherwise;
    if (parse_number(text, &value)) return value;
    say(reader, section->line, "a value is no number");
    return otherwise;
}

static BOOL parse_guid(const WCHAR *text, GUID *guid)
{
    MAPIUID uid;

    if (!text || !inf_parse_uid(text, &uid)) return FALSE;
    memcpy(guid, &uid, sizeof(*guid));
    return TRUE;
}

BOOL form_class_valid(const char *message_class)
{
    size_t i, length = message_class ? text_length_ansi(message_class) : 0;
    char before, after;

    if (!length || length > FORM_CLASS_MAX) return FALSE;
    for (i = 0; i < length; i++)
    {
        if (message_class[i] < ' ' || message_class[i] > '~') return FALSE;
        if (message_class[i] != '.' && message_class[i] != ' ') continue;
        before = i ? message_class[i - 1] : '.';
        after = i + 1 < length ? message_class[i + 1] : '.';
        if (message_class[i] == '.' && (!i || before == '.' || i + 1 == length)) return FALSE;
        if (message_class[i] == ' ' && (before == '.' || after == '.')) return FALSE;
    }
    return TRUE;
}

BOOL form_class_parent(char *message_class)
{
    char *dot = strrchr(message_class, '.');

    if (!dot) return FALSE;
    *dot = 0;
    return TRUE;
}

BOOL form_name_equal(const struct form_name *a, const struct form_name *b)
{
    size_t length;

    if (memcmp(&a->set, &b->set, sizeof(a->set)) || a->is_text != b->is_text) return FALSE;
    if (!a->is_text) return a->id == b->id;
    /* The names of properties are told apart by case. */
    length = text_length(a->text);
    return length == text_length(b->text) && !memcmp(a->text, b->text, length * sizeof(WCHAR));
}

/* ---- lists ---- */

static const struct inf_section *find_section(const struct reader *reader, const WCHAR *prefix,
                                              const WCHAR *name)
{
    size_t length = text_length(prefix), more = text_length(name);
    const struct inf_section *section;
    WCHAR *full;

    if (!(full = platform_alloc((length + more + 1) * sizeof(WCHAR))))
    {
        *reader->no_memory = TRUE;
        return NULL;
    }
    memcpy(full, prefix, length * sizeof(WCHAR));
    memcpy(full + length, name, (more + 1) * sizeof(WCHAR));
    section = inf_find(reader->config->inf, full);
    platform_free(full);
    return section;
}

typedef BOOL (*read_item)(const struct reader *reader, const struct inf_section *section,
                          const struct inf_entry *entry, void *item);

/* Reads what the entries of a list name; FALSE from read leaves one out. S_OK also where there is
 * no such list. */
static HRESULT read_list(const struct reader *reader, const WCHAR *list, const WCHAR *prefix,
                         size_t size, read_item read, ULONG *count, void **items)
{
    const struct inf_section *names = inf_find(reader->config->inf, list), *section;
    ULONG i;

    *count = 0;
    *items = NULL;
    if (!names || !names->count) return S_OK;
    if (names->count > FORM_LIST_MAX) return MAPI_E_TOO_BIG;
    if (!(*items = platform_alloc_zero(names->count * size))) return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < names->count; i++)
    {
        if (!(section = find_section(reader, prefix, names->entries[i].value)))
            say(reader, names->entries[i].line, "there is no section of that name");
        else if (read(reader, section, names->entries + i, (BYTE *)*items + *count * size))
            ++*count;
    }
    return S_OK;
}

/* NmidPropset with NmidString or NmidInteger. */
static BOOL read_name(const struct reader *reader, const struct inf_section *section,
                      struct form_name *name)
{
    const WCHAR *set = inf_value(section, L"NmidPropset"), *id = inf_value(section, L"NmidInteger");

    name->text = inf_value(section, L"NmidString");
    name->is_text = name->text != NULL;
    if (name->is_text ? id || !*name->text : !id || !parse_number(id, &name->id))
    {
        say(reader, section->line, "a property has no name");
        return FALSE;
    }
    if (!set)
        name->set = name->is_text || (ULONG)name->id >= 0x8000 ? set_public : set_mapi;
    else if (!parse_guid(set, &name->set))
    {
        say(reader, section->line, "a property set is no identifier");
        return FALSE;
    }
    return TRUE;
}

static BOOL read_verb(const struct reader *reader, const struct inf_section *section,
                      const struct inf_entry *entry, void *item)
{
    const WCHAR *code = inf_value(section, L"Code");
    struct form_verb *verb = item;

    if (!(verb->name = inf_value(section, L"DisplayName")) || !code
        || !parse_number(code, &verb->code))
    {
        say(reader, section->line, "a verb has no name or no code");
        return FALSE;
    }
    verb->flags = number_or(reader, section, L"Flags", 0);
    verb->attributes = number_or(reader, section, L"Attribs", 0);
    return TRUE;
}

static void sort_verbs(struct form_config *config)
{
    struct form_verb verb;
    ULONG i, j;

    for (i = 1; i < config->verb_count; i++)
    {
        verb = config->verbs[i];
        for (j = i; j && config->verbs[j - 1].code > verb.code; j--)
            config->verbs[j] = config->verbs[j - 1];
        config->verbs[j] = verb;
    }
}

/* "Val.", a number from 1, and ".Display" or ".Index" */
static const WCHAR *enum_value(const struct inf_section *section, ULONG number, const WCHAR *end)
{
    WCHAR key[32] = L"Val.", digits[10];
    ULONG length = 4, count = 0;

    do digits[count++] = '0' + number % 10;
    while (number /= 10);
    while (count) key[length++] = digits[--count];
    while (*end) key[length++] = *end++;
    key[length] = 0;
    return inf_value(section, key);
}

static BOOL read_enum(const struct reader *reader, const struct inf_section *section,
                      struct form_prop *prop)
{
    LONG count = number_or(reader, section, L"EnumCount", 0), index;
    const WCHAR *name, *text;
    ULONG i;

    if (!read_name(reader, section, &prop->index_name)) return FALSE;
    if (count < 0 || count > FORM_LIST_MAX)
    {
        say(reader, section->line, "an enumeration is too long");
        return FALSE;
    }
    if (!(prop->values = platform_alloc_zero((count + 1) * sizeof(*prop->values))))
    {
        *reader->no_memory = TRUE;
        return FALSE;
    }
    for (i = 1; i <= (ULONG)count; i++)
    {
        name = enum_value(section, i, L".Display");
        text = enum_value(section, i, L".Index");
        if (!name || !text || !parse_number(text, &index))
        {
            say(reader, section->line, "a value of an enumeration is missing");
            continue;
        }
        prop->values[prop->value_count].name = name;
        prop->values[prop->value_count++].index = index;
    }
    return TRUE;
}

static BOOL read_prop(const struct reader *reader, const struct inf_section *section,
                      const struct inf_entry *entry, void *item)
{
    const struct inf_section *values;
    struct form_prop *prop = item;
    const WCHAR *name;

    prop->type = number_or(reader, section, L"Type", 0);
    if (prop->type > 0xffff || !prop_type_known(prop->type))
    {
        say(reader, section->line, "a property has no type");
        return FALSE;
    }
    if (!read_name(reader, section, &prop->name)) return FALSE;
    if (!(prop->display_name = inf_value(section, L"DisplayName")))
        prop->display_name = entry->value;
    if (number_or(reader, section, L"SpecialType", 0) != FPST_ENUM_PROP) return TRUE;
    if (!(name = inf_value(section, L"Enum1"))
        || !(values = find_section(reader, L"Enum1.", name)))
        say(reader, section->line, "a property has no enumeration");
    else prop->enumerated = read_enum(reader, values, prop);
    return TRUE;
}

static BOOL read_extension(const struct reader *reader, const struct inf_section *section,
                           const struct inf_entry *entry, void *item)
{
    struct form_extension *extension = item;
    LONG type = number_or(reader, section, L"Type", 0);

    extension->is_text = type == PT_STRING8;
    extension->text = inf_value(section, L"Value");
    if ((type != PT_STRING8 && type != PT_LONG) || !extension->text
        || (type == PT_LONG && !parse_number(extension->text, &extension->number)))
    {
        say(reader, section->line, "an extension is neither a number nor a text");
        return FALSE;
    }
    if (!read_name(reader, section, &extension->name)) return FALSE;
    if (!extension->name.is_text) return TRUE;
    say(reader, section->line, "extensions are named by numbers only");
    return FALSE;
}

/* ---- platforms ---- */

static ULONG number_of(const WCHAR *text, const WCHAR *const *names, const ULONG *numbers)
{
    ULONG i;

    for (i = 0; text && names[i]; i++)
        if (!text_compare_nocase(text, names[i])) return numbers[i];
    return 0;
}

static BOOL read_platform(const struct reader *reader, const struct inf_section *section,
                          const struct inf_entry *entry, void *item)
{
    static const WCHAR *const cpus[] =
        { L"ix86", L"x86", L"MIPS", L"AXP", L"PPC", L"M68", L"x64", L"AMD64", NULL };
    static const ULONG cpu_numbers[] = { MAPIFORM_CPU_X86, MAPIFORM_CPU_X86, MAPIFORM_CPU_MIP,
                                         MAPIFORM_CPU_AXP, MAPIFORM_CPU_PPC, MAPIFORM_CPU_M68,
                                         MAPIFORM_CPU_X64, MAPIFORM_CPU_X64 };
    static const WCHAR *const systems[] = { L"Win3.1",   L"WinNT3.5", L"Win95",    L"Mac7",
                                            L"WinNT4.0", L"WinNT5.0", L"WinNT6.0", NULL };
    static const ULONG system_numbers[] = { MAPIFORM_OS_WIN_31,   MAPIFORM_OS_WINNT_35,
                                            MAPIFORM_OS_WIN_95,   MAPIFORM_OS_MAC_7x,
                                            MAPIFORM_OS_WINNT_40, MAPIFORM_OS_WINNT_50,
                                            MAPIFORM_OS_WINNT_60 };
    struct form_platform *platform = item;
    const WCHAR *link;
    ULONG hops;

    platform->name = entry->value;
    platform->cpu = number_of(inf_value(section, L"CPU"), cpus, cpu_numbers);
    platform->os = number_of(inf_value(section, L"OSVersion"), systems, system_numbers);
    /* A link may lead to a link, but not round in a circle. */
    for (hops = 0; section && (link = inf_value(section, L"LinkTo")) && hops < 8; hops++)
        section = find_section(reader, L"Platform.", link);
    if (!section || hops == 8)
    {
        say(reader, entry->line, "a platform leads nowhere");
        return FALSE;
    }
    platform->section = section;
    return TRUE;
}

const struct form_platform *form_config_platform(const struct form_config *config, BOOL is_64bit)
{
    const struct form_platform *best = NULL;
    ULONG i, rank, best_rank = 0;

    for (i = 0; i < config->platform_count; i++)
    {
        const struct form_platform *platform = config->platforms + i;

        if (platform->cpu == MAPIFORM_CPU_X64 && is_64bit) rank = 20;
        else if (platform->cpu == MAPIFORM_CPU_X86) rank = 10;
        else continue;
        switch (platform->os)
        {
        case MAPIFORM_OS_WINNT_60: rank += 5; break;
        case MAPIFORM_OS_WINNT_50: rank += 4; break;
        case MAPIFORM_OS_WINNT_40: rank += 3; break;
        case MAPIFORM_OS_WINNT_35: rank += 2; break;
        case MAPIFORM_OS_WIN_95: rank += 1; break;
        default: continue;
        }
        if (rank <= best_rank) continue;
        best = platform;
        best_rank = rank;
    }
    return best;
}

const WCHAR *form_platform_next(const struct form_platform *platform, const WCHAR *kind, ULONG *at)
{
    const struct inf_section *section = platform->section;

    while (*at < section->count)
    {
        const struct inf_entry *entry = section->entries + (*at)++;

        if (begins_with(entry->key, kind)) return entry->value;
    }
    return NULL;
}

BOOL form_relative_path(const WCHAR *path, WCHAR *relative, size_t size)
{
    size_t length, i;

    if (begins_with(path, L"%d")) path += 2;
    while (*path == '\\' || *path == '/') path++;
    length = text_length(path);
    if (!length || length >= size) return FALSE;
    for (i = 0; i < length; i++)
    {
        WCHAR c = path[i];

        if (c < ' ' || c == ':' || c == '*' || c == '?' || c == '"' || c == '<' || c == '>'
            || c == '|')
            return FALSE;
        /* no part that is "." or "..", or that ends with what file names lose at their end */
        if ((c == '.' || c == ' ')
            && (i + 1 == length || path[i + 1] == '\\' || path[i + 1] == '/'))
            return FALSE;
        relative[i] = c == '/' ? '\\' : c;
    }
    relative[length] = 0;
    return TRUE;
}

/* ---- the file ---- */

/* Comment, and Comment1 to Comment9, a line each. */
static HRESULT read_comment(const struct inf_section *section, WCHAR **ret)
{
    WCHAR key[] = L"Comment0", *text;
    const WCHAR *lines[10];
    size_t length = 1, part;
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(lines); i++)
    {
        key[7] = i ? '0' + i : 0;
        if ((lines[i] = inf_value(section, key))) length += text_length(lines[i]) + 2;
    }
    if (!(text = *ret = platform_alloc(length * sizeof(WCHAR)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < ARRAY_SIZE(lines); i++)
    {
        if (!lines[i]) continue;
        if (text != *ret)
        {
            *text++ = '\r';
            *text++ = '\n';
        }
        part = text_length(lines[i]);
        memcpy(text, lines[i], part * sizeof(WCHAR));
        text += part;
    }
    *text = 0;
    return S_OK;
}

static BOOL read_class(const struct inf_section *section, struct form_config *config)
{
    const WCHAR *text = inf_value(section, L"MessageClass");
    size_t i;

    for (i = 0; text && text[i] && i < FORM_CLASS_MAX; i++)
    {
        if (text[i] > '~') return FALSE;
        config->message_class[i] = text[i];
    }
    return text && !text[i] && form_class_valid(config->message_class);
}

static HRESULT read_description(const struct reader *reader)
{
    struct form_config *config = reader->config;
    const struct inf_section *section = inf_find(config->inf, L"Description");

    if (!section)
    {
        say(reader, 1, "there is no section [Description]");
        return MAPI_E_CORRUPT_DATA;
    }
    config->display_name = inf_value(section, L"DisplayName");
    if (!read_class(section, config) || !parse_guid(inf_value(section, L"Clsid"), &config->clsid)
        || !config->display_name || !*config->display_name)
    {
        say(reader, section->line, "MessageClass, Clsid or DisplayName is missing or invalid");
        return MAPI_E_CORRUPT_DATA;
    }
    config->small_icon = inf_value(section, L"SmallIcon");
    config->large_icon = inf_value(section, L"LargeIcon");
    config->category = inf_value(section, L"Category");
    config->subcategory = inf_value(section, L"Subcategory");
    config->owner = inf_value(section, L"Owner");
    config->number = inf_value(section, L"Number");
    config->version = inf_value(section, L"Version");
    config->locale = inf_value(section, L"Locale");
    config->designer = inf_value(section, L"DesignerToolName");
    config->compose_command = inf_value(section, L"ComposeCommand");
    config->has_designer_guid =
        parse_guid(inf_value(section, L"DesignerToolGuid"), &config->designer_guid);
    config->hidden = number_or(reader, section, L"Hidden", 0) != 0;
    config->compose_in_folder = number_or(reader, section, L"ComposeInFolder", 0) != 0;
    return read_comment(section, &config->comment);
}

HRESULT form_config_parse(const void *data, size_t size, inf_report report, void *context,
                          struct form_config **ret)
{
    BOOL no_memory = FALSE;
    struct reader reader = { NULL, report, context, &no_memory };
    struct form_config *config;
    HRESULT hr;

    *ret = NULL;
    if (!(reader.config = config = platform_alloc_zero(sizeof(*config))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = inf_parse(data, size, report, context, &config->inf);
    if (SUCCEEDED(hr)) hr = read_description(&reader);
    if (SUCCEEDED(hr))
        hr = read_list(&reader, L"Verbs", L"Verb.", sizeof(*config->verbs), read_verb,
                       &config->verb_count, (void **)&config->verbs);
    if (SUCCEEDED(hr))
        hr = read_list(&reader, L"Properties", L"Property.", sizeof(*config->props), read_prop,
                       &config->prop_count, (void **)&config->props);
    if (SUCCEEDED(hr))
        hr = read_list(&reader, L"Extensions", L"Extension.", sizeof(*config->extensions),
                       read_extension, &config->extension_count, (void **)&config->extensions);
    if (SUCCEEDED(hr))
        hr = read_list(&reader, L"Platforms", L"Platform.", sizeof(*config->platforms),
                       read_platform, &config->platform_count, (void **)&config->platforms);
    if (SUCCEEDED(hr) && no_memory) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr))
    {
        form_config_free(config);
        return hr;
    }
    sort_verbs(config);
    *ret = config;
    return S_OK;
}

void form_config_free(struct form_config *config)
{
    ULONG i;

    if (!config) return;
    for (i = 0; i < config->prop_count; i++) platform_free(config->props[i].values);
    platform_free(config->verbs);
    platform_free(config->props);
    platform_free(config->extensions);
    platform_free(config->platforms);
    platform_free(config->comment);
    inf_free(config->inf);
    platform_free(config);
}

/* ---- and written again ---- */

struct writer
{
    WCHAR *text;
    size_t length, room;
    BOOL failed;
};

static void put_text(struct writer *writer, const WCHAR *text)
{
    size_t length = text_length(text), wanted;
    WCHAR *bigger;

    if (writer->failed) return;
    if (writer->length + length > writer->room)
    {
        wanted = (writer->length + length) * 2 + 256;
        if (!(bigger = platform_realloc(writer->text, wanted * sizeof(WCHAR))))
        {
            writer->failed = TRUE;
            return;
        }
        writer->text = bigger;
        writer->room = wanted;
    }
    memcpy(writer->text + writer->length, text, length * sizeof(WCHAR));
    writer->length += length;
}

static BOOL needs_quotes(const WCHAR *value)
{
    size_t length = text_length(value);

    return length && (value[0] == ' ' || value[0] == '\t' || value[0] == '"' || value[0] == '\''
                      || value[length - 1] == ' ' || value[length - 1] == '\t');
}

static void put_entry(struct writer *writer, const WCHAR *key, const WCHAR *value)
{
    const WCHAR *quote;

    if (!value) return;
    quote = needs_quotes(value) ? L"\"" : L"";
    put_text(writer, key);
    put_text(writer, L" = ");
    put_text(writer, quote);
    put_text(writer, value);
    put_text(writer, quote);
    put_text(writer, L"\r\n");
}

static void put_section(struct writer *writer, const WCHAR *prefix, const WCHAR *name)
{
    put_text(writer, L"[");
    put_text(writer, prefix);
    put_text(writer, name);
    put_text(writer, L"]\r\n");
}

/* without_icons: the description gets others. */
static void put_entries(struct writer *writer, const struct inf_section *section,
                        BOOL without_icons)
{
    ULONG i;

    for (i = 0; i < section->count; i++)
    {
        if (without_icons
            && (!text_compare_nocase(section->entries[i].key, L"SmallIcon")
                || !text_compare_nocase(section->entries[i].key, L"LargeIcon")))
            continue;
        put_entry(writer, section->entries[i].key, section->entries[i].value);
    }
}

static BOOL has_platform(const struct form_config *config, const WCHAR *name)
{
    ULONG i;

    for (i = 0; i < config->platform_count; i++)
        if (!text_compare_nocase(config->platforms[i].name, name)) return TRUE;
    return FALSE;
}

/* A platform of another file, whatever it links to there written out. */
static void put_platform(struct writer *writer, const struct form_platform *platform,
                         const struct reader *reader)
{
    const struct inf_section *own = find_section(reader, L"Platform.", platform->name);
    ULONG i;

    put_section(writer, L"", L"Platforms");
    put_entry(writer, L"Platform.added", platform->name);
    put_section(writer, L"Platform.", platform->name);
    if (own)
    {
        put_entry(writer, L"CPU", inf_value(own, L"CPU"));
        put_entry(writer, L"OSVersion", inf_value(own, L"OSVersion"));
    }
    for (i = 0; i < platform->section->count; i++)
        if (begins_with(platform->section->entries[i].key, L"File")
            || begins_with(platform->section->entries[i].key, L"Registry"))
            put_entry(writer, platform->section->entries[i].key,
                      platform->section->entries[i].value);
}

HRESULT form_config_write(const struct form_config *config, const struct form_config *more,
                          const WCHAR *small_icon, const WCHAR *large_icon, BYTE **data,
                          size_t *size)
{
    struct writer writer = { 0 };
    struct reader reader = { (struct form_config *)more, NULL, NULL, &writer.failed };
    ULONG i;

    *data = NULL;
    *size = 0;
    put_text(&writer, L"\xfeff");
    for (i = 0; i < config->inf->count; i++)
    {
        const struct inf_section *section = config->inf->sections + i;
        BOOL description = !text_compare_nocase(section->name, L"Description");

        put_section(&writer, L"", section->name);
        put_entries(&writer, section, description);
        if (!description) continue;
        put_entry(&writer, L"SmallIcon", small_icon);
        put_entry(&writer, L"LargeIcon", large_icon);
    }
    for (i = 0; more && i < more->platform_count; i++)
        if (!has_platform(config, more->platforms[i].name))
            put_platform(&writer, more->platforms + i, &reader);
    if (writer.failed)
    {
        platform_free(writer.text);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    *data = (BYTE *)writer.text;
    *size = writer.length * sizeof(WCHAR);
    return S_OK;
}
