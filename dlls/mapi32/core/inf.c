/*
 * The sections of MapiSvc.inf
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
 * INI text taken apart in place: the file becomes one buffer of UTF-16, every line end a
 * terminator, and sections hold pointers into it. Whatever is not a comment, a [section] or a
 * key=value in a section is reported and skipped. Names fold ASCII case, as INI names do. A section
 * that comes twice is joined, since installers append; of two keys alike the first counts, as the
 * INI functions have it.
 */

#include <string.h>

#include "core/inf.h"

static BOOL is_blank(WCHAR c)
{
    return c == ' ' || c == '\t' || c == 0xfeff;
}

static WCHAR fold(WCHAR c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static ULONG hash_name(const WCHAR *name)
{
    ULONG hash = 2166136261u;

    for (; *name; name++) hash = (hash ^ fold(*name)) * 16777619u;
    return hash;
}

static void say(inf_report report, void *context, ULONG line, const char *what)
{
    if (report) report(context, line, what);
}

static WCHAR *decode_utf16(const BYTE *data, size_t size, BOOL big_endian, size_t *length)
{
    WCHAR *text;
    size_t i;

    *length = size / 2;
    if (!(text = platform_alloc((*length + 1) * sizeof(WCHAR)))) return NULL;
    for (i = 0; i < *length; i++)
        text[i] =
            big_endian ? data[2 * i] << 8 | data[2 * i + 1] : data[2 * i] | data[2 * i + 1] << 8;
    text[*length] = 0;
    return text;
}

/* Bytes that are no UTF-8 become U+FFFD. */
static WCHAR *decode_utf8(const BYTE *data, size_t size, size_t *length)
{
    WCHAR *text, *out;
    size_t i = 0;

    if (!(text = platform_alloc((size + 1) * sizeof(WCHAR)))) return NULL;
    out = text;
    while (i < size)
    {
        ULONG c = data[i++], least = 0, more = 0;

        if (c >= 0x80)
        {
            if (c >= 0xc0 && c < 0xe0) more = 1, least = 0x80, c &= 0x1f;
            else if (c >= 0xe0 && c < 0xf0) more = 2, least = 0x800, c &= 0x0f;
            else if (c >= 0xf0 && c < 0xf8) more = 3, least = 0x10000, c &= 0x07;
            else c = 0xfffd;
            for (; more && i < size && (data[i] & 0xc0) == 0x80; more--)
                c = c << 6 | (data[i++] & 0x3f);
            if (more || c < least || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) c = 0xfffd;
        }
        if (c >= 0x10000)       /* came from four bytes, so there is room for two units */
        {
            *out++ = 0xd800 + ((c - 0x10000) >> 10);
            c = 0xdc00 + ((c - 0x10000) & 0x3ff);
        }
        *out++ = c;
    }
    *out = 0;
    *length = out - text;
    return text;
}

static HRESULT decode(const BYTE *data, size_t size, WCHAR **ret, size_t *length)
{
    int wide;

    if (size >= 2 && data[0] == 0xff && data[1] == 0xfe)
        *ret = decode_utf16(data + 2, size - 2, FALSE, length);
    else if (size >= 2 && data[0] == 0xfe && data[1] == 0xff)
        *ret = decode_utf16(data + 2, size - 2, TRUE, length);
    else if (size >= 3 && data[0] == 0xef && data[1] == 0xbb && data[2] == 0xbf)
        *ret = decode_utf8(data + 3, size - 3, length);
    else
    {
        wide = size ? platform_ansi_to_wide((const char *)data, (int)size, NULL, 0) : 0;
        if (wide < 0) wide = 0;
        if (!(*ret = platform_alloc(((size_t)wide + 1) * sizeof(WCHAR))))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        if (wide) wide = platform_ansi_to_wide((const char *)data, (int)size, *ret, wide);
        *length = wide > 0 ? wide : 0;
        (*ret)[*length] = 0;
    }
    return *ret ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

/* Room for one more element behind count, doubling. */
static BOOL grow(void **array, ULONG count, ULONG *allocated, size_t size)
{
    ULONG wanted = *allocated ? *allocated * 2 : 8;
    void *bigger;

    if (count < *allocated) return TRUE;
    if (!(bigger = platform_realloc(*array, wanted * size))) return FALSE;
    *array = bigger;
    *allocated = wanted;
    return TRUE;
}

static struct inf_section *find_hashed(const struct inf *inf, const WCHAR *name, ULONG hash)
{
    ULONG i;

    for (i = 0; i < inf->count; i++)
    {
        struct inf_section *section = inf->sections + i;

        if (section->hash == hash && !text_compare_nocase(section->name, name)) return section;
    }
    return NULL;
}

static WCHAR *trim(WCHAR *start, WCHAR *end)
{
    while (end > start && is_blank(end[-1])) end--;
    *end = 0;
    while (is_blank(*start)) start++;
    return start;
}

/* The value without the one pair of quotes that may enclose it. */
static WCHAR *unquote(WCHAR *value, WCHAR *end)
{
    value = trim(value, end);
    for (end = value; *end; end++) {}
    if (end - value < 2 || (*value != '"' && *value != '\'') || end[-1] != *value) return value;
    end[-1] = 0;
    return value + 1;
}

/* One line without its end; *current is the section it stands in, ~0 when that is none. */
static HRESULT parse_line(struct inf *inf, WCHAR *start, WCHAR *end, ULONG line, ULONG *current,
                          inf_report report, void *context)
{
    struct inf_section *section;
    struct inf_entry *entry;
    WCHAR *equals, *p;
    ULONG hash;

    for (p = start; p < end && *p; p++) {}
    if (p < end)
    {
        say(report, context, line, "a zero character");
        return S_OK;
    }
    start = trim(start, end);
    if (!*start || *start == ';') return S_OK;
    if (*start == 0x1a && !start[1]) return S_OK;       /* the end mark of old editors */
    for (end = start; *end; end++) {}
    if (*start == '[')
    {
        for (p = start; *p && *p != ']'; p++) {}
        if (!*p)
        {
            say(report, context, line, "a section name without its ]");
            *current = ~0u;
            return S_OK;
        }
        start = trim(start + 1, p);
        hash = hash_name(start);
        if ((section = find_hashed(inf, start, hash)))
        {
            say(report, context, line, "a section that was there before: joined");
            *current = section - inf->sections;
            return S_OK;
        }
        if (inf->count == INF_MAX_SECTIONS)
        {
            say(report, context, line, "too many sections");
            *current = ~0u;
            return S_OK;
        }
        if (!grow((void **)&inf->sections, inf->count, &inf->allocated, sizeof(*inf->sections)))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        *current = inf->count++;
        section = inf->sections + *current;
        memset(section, 0, sizeof(*section));
        section->name = start;
        section->hash = hash;
        section->line = line;
        return S_OK;
    }
    if (*current == ~0u)
    {
        say(report, context, line, "an entry outside any section");
        return S_OK;
    }
    for (equals = start; *equals && *equals != '='; equals++) {}
    if (!*equals || equals == start)
    {
        say(report, context, line, "neither a section, a comment nor an entry with =");
        return S_OK;
    }
    section = inf->sections + *current;
    if (!grow((void **)&section->entries, section->count, &section->allocated,
              sizeof(*section->entries)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    entry = section->entries + section->count++;
    entry->value = unquote(equals + 1, end);
    entry->key = trim(start, equals);
    entry->line = line;
    return S_OK;
}

HRESULT inf_parse(const void *data, size_t size, inf_report report, void *context, struct inf **ret)
{
    ULONG current = ~0u, line = 1;
    WCHAR *start, *p, *end;
    struct inf *inf;
    HRESULT hr = S_OK;
    size_t length;

    *ret = NULL;
    if (size > INF_MAX_SIZE) return MAPI_E_TOO_BIG;
    if (!(inf = platform_alloc_zero(sizeof(*inf)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr = decode(data, size, &inf->text, &length)))
    {
        inf_free(inf);
        return hr;
    }
    for (start = inf->text, end = start + length; start < end && SUCCEEDED(hr); start = p)
    {
        WCHAR *line_end;

        for (p = start; p < end && *p != '\r' && *p != '\n'; p++) {}
        line_end = p;
        if (p < end && *p++ == '\r' && p < end && *p == '\n') p++;
        hr = parse_line(inf, start, line_end, line++, &current, report, context);
    }
    if (FAILED(hr))
    {
        inf_free(inf);
        return hr;
    }
    *ret = inf;
    return S_OK;
}

void inf_free(struct inf *inf)
{
    ULONG i;

    if (!inf) return;
    for (i = 0; i < inf->count; i++) platform_free(inf->sections[i].entries);
    platform_free(inf->sections);
    platform_free(inf->text);
    platform_free(inf);
}

const struct inf_section *inf_find(const struct inf *inf, const WCHAR *name)
{
    return find_hashed(inf, name, hash_name(name));
}

const WCHAR *inf_value(const struct inf_section *section, const WCHAR *key)
{
    ULONG i;

    for (i = 0; i < section->count; i++)
        if (!text_compare_nocase(section->entries[i].key, key)) return section->entries[i].value;
    return NULL;
}

HRESULT inf_split(const WCHAR *text, ULONG *count, WCHAR ***ret)
{
    size_t length = 0, parts = 1;
    WCHAR *copy, *start, *p;
    WCHAR **array;

    *ret = NULL;
    *count = 0;
    for (; text[length]; length++)
        if (text[length] == ',') parts++;
    if (!(array = platform_alloc(parts * sizeof(*array) + (length + 1) * sizeof(WCHAR))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    copy = (WCHAR *)(array + parts);
    memcpy(copy, text, (length + 1) * sizeof(WCHAR));
    for (start = copy; start <= copy + length; start = p + 1)
    {
        for (p = start; *p && *p != ','; p++) {}
        start = trim(start, p);
        if (*start) array[(*count)++] = start;
    }
    *ret = array;
    return S_OK;
}
