/*
 * The values that MapiSvc.inf gives to properties
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
 * A key of a section is a PR_ name or a tag as 8 hex digits, id before type; its value is text,
 * bytes in hex as they lie in memory, or, where a number is wanted, also names joined by | and
 * plain numbers. So 06000000 is 6 and 10 is ten. Eight hex digits are always bytes. What cannot be
 * read is reported with its line and skipped; the other properties of the section count all the
 * same.
 */

#include <string.h>

#include "core/inf.h"

static const struct
{
    const char *name;
    ULONG value;
} numbers[] =
{
    { "MAPI_STORE_PROVIDER", 33 },
    { "MAPI_AB", 34 },
    { "MAPI_AB_PROVIDER", 35 },
    { "MAPI_TRANSPORT_PROVIDER", 36 },
    { "MAPI_SPOOLER", 37 },
    { "MAPI_PROFILE_PROVIDER", 38 },
    { "MAPI_SUBSYSTEM", 39 },
    { "MAPI_HOOK_PROVIDER", 40 },
    { "SERVICE_DEFAULT_STORE", 0x01 },
    { "SERVICE_SINGLE_COPY", 0x02 },
    { "SERVICE_CREATE_WITH_STORE", 0x04 },
    { "SERVICE_PRIMARY_IDENTITY", 0x08 },
    { "SERVICE_NO_PRIMARY_IDENTITY", 0x20 },
    { "STATUS_DEFAULT_OUTBOUND", 0x0001 },
    { "STATUS_DEFAULT_STORE", 0x0002 },
    { "STATUS_PRIMARY_IDENTITY", 0x0004 },
    { "STATUS_SIMPLE_STORE", 0x0008 },
    { "STATUS_XP_PREFER_LAST", 0x0010 },
    { "STATUS_NO_PRIMARY_IDENTITY", 0x0020 },
    { "STATUS_NO_DEFAULT_STORE", 0x0040 },
    { "STATUS_TEMP_SECTION", 0x0080 },
    { "STATUS_OWN_STORE", 0x0100 },
    { "HOOK_INBOUND", 0x0200 },
    { "HOOK_OUTBOUND", 0x0400 },
    { "STATUS_NEED_IPM_TREE", 0x0800 },
    { "STATUS_PRIMARY_STORE", 0x1000 },
    { "STATUS_SECONDARY_STORE", 0x2000 },
};

/* Keys with a meaning of their own, which set no property. */
static const char * const links[] = { "Providers", "Sections", "UID", "WIZARD_ENTRY_NAME" };

static BOOL equal(const WCHAR *text, size_t length, const char *name)
{
    size_t i;

    for (i = 0; i < length && name[i]; i++)
        if (inf_upper(text[i]) != inf_upper((BYTE)name[i])) return FALSE;
    return i == length && !name[i];
}

/* Pairs of hex digits, blanks between them allowed. *count: in, room at data (NULL: any); out,
 * bytes. */
static BOOL parse_bytes(const WCHAR *text, size_t length, BYTE *data, size_t *count)
{
    size_t i, done = 0;

    for (i = 0; i < length; i++)
    {
        int high, low;

        if (text[i] == ' ' || text[i] == '\t') continue;
        if (i + 1 == length) return FALSE;
        if ((high = inf_hex_digit(text[i])) < 0 || (low = inf_hex_digit(text[++i])) < 0)
            return FALSE;
        if (data)
        {
            if (done == *count) return FALSE;
            data[done] = high << 4 | low;
        }
        done++;
    }
    *count = done;
    return TRUE;
}

static BOOL exact_bytes(const WCHAR *text, size_t length, void *data, size_t size)
{
    BYTE bytes[16];
    size_t count = size;

    if (length != 2 * size || !parse_bytes(text, length, bytes, &count) || count != size)
        return FALSE;
    memcpy(data, bytes, size);
    return TRUE;
}

/* A plain number: decimal with or without sign, or 0x and hex. */
static BOOL parse_plain(const WCHAR *text, size_t length, LONGLONG *value)
{
    BOOL negative = FALSE;
    ULONGLONG number = 0;
    unsigned int base = 10;
    size_t i = 0;

    if (length && (text[0] == '-' || text[0] == '+'))
    {
        negative = text[0] == '-';
        i++;
    }
    if (length > i + 2 && text[i] == '0' && inf_upper(text[i + 1]) == 'X')
    {
        base = 16;
        i += 2;
    }
    if (i == length) return FALSE;
    for (; i < length; i++)
    {
        int digit = inf_hex_digit(text[i]);

        if (digit < 0 || (unsigned int)digit >= base) return FALSE;
        if (number > (~(ULONGLONG)0 - digit) / base) return FALSE;
        number = number * base + digit;
    }
    *value = (LONGLONG)(negative ? 0 - number : number);
    return TRUE;
}

/* One integer of size bytes: as it lies in memory, or plain. */
static BOOL parse_integer(const WCHAR *text, size_t length, void *data, size_t size)
{
    LONGLONG value;

    if (exact_bytes(text, length, data, size)) return TRUE;
    if (!parse_plain(text, length, &value)) return FALSE;
    if (size == 2 && (value < -0x8000 || value > 0xffff)) return FALSE;
    if (size == 4 && (value < -0x7fffffffLL - 1 || value > 0xffffffffLL)) return FALSE;
    memcpy(data, &value, size);         /* every processor we run on keeps the low bytes first */
    return TRUE;
}

static const WCHAR *trimmed(const WCHAR *text, size_t *length)
{
    while (*length && (*text == ' ' || *text == '\t'))
    {
        text++;
        --*length;
    }
    while (*length && (text[*length - 1] == ' ' || text[*length - 1] == '\t')) --*length;
    return text;
}

/* Numbers and names joined by |. Names that nobody knows are reported and left out. */
static BOOL parse_long(const WCHAR *text, size_t length, LONG *value, const struct inf_entry *entry,
                       inf_report report, void *context)
{
    const WCHAR *end = text + length, *part, *p;
    BOOL any = FALSE;

    *value = 0;
    for (part = text; part <= end; part = p + 1)
    {
        size_t size, i;
        LONG bits;

        for (p = part; p < end && *p != '|'; p++) {}
        size = p - part;
        part = trimmed(part, &size);
        for (i = 0; i < ARRAY_SIZE(numbers) && !equal(part, size, numbers[i].name); i++) {}
        if (i < ARRAY_SIZE(numbers)) bits = numbers[i].value;
        else if (!parse_integer(part, size, &bits, sizeof(bits)))
        {
            if (size && report) report(context, entry->line, "a name or number that is not known");
            continue;
        }
        *value |= bits;
        any = TRUE;
    }
    return any;
}

static BOOL parse_boolean(const WCHAR *text, size_t length, unsigned short *value)
{
    if (equal(text, length, "TRUE") || equal(text, length, "YES")) *value = 1;
    else if (equal(text, length, "FALSE") || equal(text, length, "NO")) *value = 0;
    else if (!parse_integer(text, length, value, sizeof(*value))) return FALSE;
    *value = !!*value;
    return TRUE;
}

BOOL inf_parse_uid(const WCHAR *text, MAPIUID *uid)
{
    static const BYTE order[16] = { 3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15 };
    size_t length = text_length(text), i, done = 0;
    BYTE bytes[16];

    if (exact_bytes(text, length, uid, sizeof(*uid))) return TRUE;
    if (length && text[0] == '{')
    {
        if (text[length - 1] != '}') return FALSE;
        text++;
        length -= 2;
    }
    if (length != 36) return FALSE;
    for (i = 0; i < length; i++)
    {
        if (i == 8 || i == 13 || i == 18 || i == 23)
        {
            if (text[i] != '-') return FALSE;
        }
        else
        {
            int high = inf_hex_digit(text[i]), low = high < 0 ? -1 : inf_hex_digit(text[++i]);

            if (low < 0) return FALSE;
            bytes[done++] = high << 4 | low;
        }
    }
    for (i = 0; i < 16; i++) uid->ab[i] = bytes[order[i]];
    return TRUE;
}

static HRESULT new_text(const WCHAR *text, size_t length, ULONG type, void *base, void **ret)
{
    int size;

    if (type == PT_UNICODE)
    {
        WCHAR *copy;

        if (memory_allocate_more((ULONG)((length + 1) * sizeof(WCHAR)), base, ret))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        copy = *ret;
        memcpy(copy, text, length * sizeof(WCHAR));
        copy[length] = 0;
        return S_OK;
    }
    size = length ? platform_wide_to_ansi(text, (int)length, NULL, 0) : 0;
    if (size < 0) size = 0;
    if (memory_allocate_more(size + 1, base, ret)) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (size) platform_wide_to_ansi(text, (int)length, *ret, size);
    ((char *)*ret)[size] = 0;
    return S_OK;
}

static HRESULT new_binary(const WCHAR *text, size_t length, void *base, SBinary *bin)
{
    size_t count = 0;

    if (!parse_bytes(text, length, NULL, &count)) return MAPI_E_CORRUPT_DATA;
    if (memory_allocate_more((ULONG)(count ? count : 1), base, (void **)&bin->lpb))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    bin->cb = (ULONG)count;
    parse_bytes(text, length, bin->lpb, &count);
    return S_OK;
}

/* One value of a single-valued type, put at value as the union has it. MAPI_E_CORRUPT_DATA: not
 * readable. */
static HRESULT parse_value(ULONG type, const WCHAR *text, size_t length, union _PV *value,
                           void *base, const struct inf_entry *entry, inf_report report,
                           void *context)
{
    BOOL ok = FALSE;

    switch (type)
    {
    case PT_STRING8:
    case PT_UNICODE:
        return new_text(text, length, type, base, (void **)&value->lpszA);
    case PT_BINARY:
        return new_binary(text, length, base, &value->bin);
    case PT_CLSID:
    {
        WCHAR copy[40];

        if (length >= ARRAY_SIZE(copy)) return MAPI_E_CORRUPT_DATA;
        memcpy(copy, text, length * sizeof(WCHAR));
        copy[length] = 0;
        if (memory_allocate_more(sizeof(GUID), base, (void **)&value->lpguid))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        ok = inf_parse_uid(copy, (MAPIUID *)value->lpguid);
        break;
    }
    case PT_BOOLEAN:
        ok = parse_boolean(text, length, &value->b);
        break;
    case PT_LONG:
    case PT_ERROR:
        ok = parse_long(text, length, &value->l, entry, report, context);
        break;
    case PT_I2:
        ok = parse_integer(text, length, &value->i, sizeof(value->i));
        break;
    case PT_I8:
    case PT_CURRENCY:
    case PT_SYSTIME:
        ok = parse_integer(text, length, &value->li, sizeof(value->li));
        break;
    case PT_R4:
        ok = exact_bytes(text, length, &value->flt, sizeof(value->flt));
        break;
    case PT_DOUBLE:
    case PT_APPTIME:
        ok = exact_bytes(text, length, &value->dbl, sizeof(value->dbl));
        break;
    }
    return ok ? S_OK : MAPI_E_CORRUPT_DATA;
}

static size_t element_size(ULONG type)
{
    switch (type)
    {
    case PT_I2:
        return 2;
    case PT_LONG:
    case PT_R4:
        return 4;
    case PT_I8:
    case PT_CURRENCY:
    case PT_SYSTIME:
    case PT_DOUBLE:
    case PT_APPTIME:
        return 8;
    case PT_CLSID:
        return sizeof(GUID);
    case PT_STRING8:
    case PT_UNICODE:
        return sizeof(void *);
    case PT_BINARY:
        return sizeof(SBinary);
    default:
        return 0;
    }
}

/* A list with commas. Elements lie in the array as the union keeps one, but for a GUID itself. */
static HRESULT parse_list(ULONG type, const struct inf_entry *entry, SPropValue *prop, void *base,
                          inf_report report, void *context)
{
    size_t size = element_size(type), length;
    ULONG count, i;
    WCHAR **parts;
    HRESULT hr;
    BYTE *array;

    if (!size) return MAPI_E_CORRUPT_DATA;
    if (FAILED(hr = inf_split(entry->value, &count, &parts))) return hr;
    if (memory_allocate_more((ULONG)(count ? count * size : 1), base, (void **)&array))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; SUCCEEDED(hr) && i < count; i++)
    {
        union _PV value;

        length = text_length(parts[i]);
        hr = parse_value(type, parts[i], length, &value, base, entry, report, context);
        if (SUCCEEDED(hr))
            memcpy(array + i * size, type == PT_CLSID ? (void *)value.lpguid : &value, size);
    }
    platform_free(parts);
    prop->Value.MVl.cValues = count;    /* all lists lie alike in the union */
    prop->Value.MVl.lpl = (LONG *)array;
    return hr;
}

static BOOL is_link(const WCHAR *key)
{
    size_t length = text_length(key), i;

    for (i = 0; i < ARRAY_SIZE(links); i++)
        if (equal(key, length, links[i])) return TRUE;
    return FALSE;
}

static HRESULT parse_entry(const struct inf_entry *entry, SPropValue *prop, void *base,
                           inf_report report, void *context)
{
    ULONG type = PROP_TYPE(prop->ulPropTag);

    memset(&prop->Value, 0, sizeof(prop->Value));
    if (type & MV_FLAG) return parse_list(type & ~MV_FLAG, entry, prop, base, report, context);
    return parse_value(type, entry->value, text_length(entry->value), &prop->Value, base, entry,
                       report, context);
}

HRESULT inf_props(const struct inf_section *section, inf_report report, void *context, ULONG *count,
                  SPropValue **ret)
{
    ULONG room = section->count < INF_MAX_PROPS ? section->count : INF_MAX_PROPS, i;
    SPropValue *props;
    HRESULT hr;

    *count = 0;
    *ret = NULL;
    if (memory_allocate_buffer((room ? room : 1) * sizeof(*props), (void **)&props))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < section->count; i++)
    {
        const struct inf_entry *entry = section->entries + i;
        SPropValue *prop = props + *count;

        if (is_link(entry->key)) continue;
        if (*count == room)
        {
            if (report) report(context, entry->line, "too many properties in one section");
            break;
        }
        memset(prop, 0, sizeof(*prop));
        if (!(prop->ulPropTag = tag_from_name(entry->key)))
        {
            if (report) report(context, entry->line, "a key that is neither a property nor a list");
            continue;
        }
        if (props_find_id(props, *count, prop->ulPropTag))
        {
            if (report) report(context, entry->line, "a property that was there before");
            continue;
        }
        hr = parse_entry(entry, prop, props, report, context);
        if (hr == MAPI_E_NOT_ENOUGH_MEMORY)
        {
            *count = 0;
            memory_free_buffer(props);
            return hr;
        }
        if (FAILED(hr))
        {
            if (report) report(context, entry->line, "a value that does not fit its property");
            continue;
        }
        ++*count;
    }
    *ret = props;
    return S_OK;
}
