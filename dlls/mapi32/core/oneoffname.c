/*
 * One-off addresses as users type them
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
 * What a user may type in place of a name that is in an address book:
 *
 *   Name[TYPE:address]     the name may be left out; nothing but white space behind the bracket
 *   local@host.domain      an Internet address, also as SMTP:address
 *   Name <local@host.domain>, or the address in angle brackets alone
 *
 * In the first form a backslash makes the character behind it lose its meaning, be it a bracket, a
 * colon or a backslash, and \x with two digits is that character; before a letter or digit it
 * stands for itself.
 */

#include "core/core.h"

static BOOL is_blank(WCHAR ch)
{
    return ch == ' ' || (ch >= '\t' && ch <= '\r');
}

static BOOL is_word(WCHAR ch)
{
    return (ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z')
           || ch > 0x7f;
}

static int hex_digit(WCHAR ch)
{
    if (ch >= '0' && ch <= '9') return ch - '0';
    if (ch >= 'a' && ch <= 'f') return ch - 'a' + 10;
    if (ch >= 'A' && ch <= 'F') return ch - 'A' + 10;
    return -1;
}

/* How many characters of the text are the next one, *ch; *quoted: it has lost its meaning. */
static size_t next_char(const WCHAR *text, size_t length, WCHAR *ch, BOOL *quoted)
{
    int value;

    *ch = text[0];
    *quoted = FALSE;
    if (text[0] != '\\' || length < 2) return 1;
    if (length >= 4 && text[1] == 'x' && hex_digit(text[2]) >= 0 && hex_digit(text[3]) >= 0
        && (value = hex_digit(text[2]) * 16 + hex_digit(text[3])))
    {
        *ch = value;
        *quoted = TRUE;
        return 4;
    }
    if (is_word(text[1])) return 1;
    *ch = text[1];
    *quoted = TRUE;
    return 2;
}

/* Where the first of the characters in set stands that means something; length when none does. */
static size_t find_char(const WCHAR *text, size_t start, size_t length, const char *set)
{
    const char *p;
    BOOL quoted;
    size_t used;
    WCHAR ch;

    for (; start < length; start += used)
    {
        used = next_char(text + start, length - start, &ch, &quoted);
        for (p = set; *p && !quoted; p++) if (ch == (unsigned char)*p) return start;
    }
    return length;
}

/* A part of the text without blanks around it and, when asked for, without its quoting. */
static WCHAR *take(const WCHAR *text, size_t start, size_t end, BOOL unquote)
{
    size_t length = 0;
    BOOL quoted;
    WCHAR *ret;

    while (start < end && is_blank(text[start])) start++;
    while (end > start && is_blank(text[end - 1])) end--;
    if (!(ret = platform_alloc((end - start + 1) * sizeof(WCHAR)))) return NULL;
    while (start < end)
    {
        if (unquote) start += next_char(text + start, end - start, &ret[length++], &quoted);
        else ret[length++] = text[start++];
    }
    ret[length] = 0;
    return ret;
}

void one_off_name_free(struct one_off_name *name)
{
    platform_free(name->name);
    platform_free(name->type);
    platform_free(name->address);
    memset(name, 0, sizeof(*name));
}

/* Text that lacks a part which has to be there is a name like any other. */
static HRESULT check(struct one_off_name *ret)
{
    HRESULT hr = S_OK;

    if (!ret->name || !ret->type || !ret->address) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else if (!ret->type[0] || !ret->address[0]) hr = MAPI_E_NOT_FOUND;
    if (hr == S_OK && !ret->name[0])
    {
        platform_free(ret->name);
        if (!(ret->name = text_dup(ret->address))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (hr != S_OK) one_off_name_free(ret);
    return hr;
}

static HRESULT parse_bracketed(const WCHAR *text, size_t length, struct one_off_name *ret)
{
    size_t open, colon, close;

    open = find_char(text, 0, length, "[");
    if (open == length) return MAPI_E_NOT_FOUND;
    colon = find_char(text, open + 1, length, ":[]");
    if (colon == length || text[colon] != ':') return MAPI_E_NOT_FOUND;
    close = find_char(text, colon + 1, length, "]");
    if (close != length - 1) return MAPI_E_NOT_FOUND;
    ret->name = take(text, 0, open, TRUE);
    ret->type = take(text, open + 1, colon, TRUE);
    ret->address = take(text, colon + 1, close, TRUE);
    return check(ret);
}

static BOOL in_address(WCHAR ch)
{
    const char *p;

    if (ch <= ' ' || ch == 0x7f) return FALSE;
    for (p = "<>[](),;:\"\\@"; *p; p++) if (ch == (unsigned char)*p) return FALSE;
    return TRUE;
}

/* One sign that divides, and a period behind it with something on either side. */
static BOOL is_internet_address(const WCHAR *text, size_t start, size_t end)
{
    size_t i, at = end, dot = end;

    for (i = start; i < end; i++)
    {
        if (text[i] == '@')
        {
            if (at != end) return FALSE;
            at = i;
        }
        else if (!in_address(text[i])) return FALSE;
        else if (text[i] == '.' && at != end && dot == end) dot = i;
    }
    return at != end && at > start && dot != end && dot > at + 1 && dot + 1 < end;
}

static BOOL has_prefix(const WCHAR *text, size_t start, size_t end)
{
    static const WCHAR smtp[] = { 's', 'm', 't', 'p', ':' };
    size_t i;

    if (end - start <= ARRAY_SIZE(smtp)) return FALSE;
    for (i = 0; i < ARRAY_SIZE(smtp); i++)
        if ((text[start + i] | 0x20) != (smtp[i] | 0x20)) return FALSE;
    return TRUE;
}

static HRESULT parse_internet(const WCHAR *text, size_t length, struct one_off_name *ret)
{
    static const WCHAR smtp[] = { 'S', 'M', 'T', 'P', 0 };
    size_t start = 0, end = length, name_end = 0;

    if (end && text[end - 1] == '>')
    {
        for (start = end - 1; start && text[start] != '<'; start--) {}
        if (text[start] != '<') return MAPI_E_NOT_FOUND;
        name_end = start++;
        end--;
    }
    else if (has_prefix(text, start, end)) start += 5;
    if (!is_internet_address(text, start, end)) return MAPI_E_NOT_FOUND;
    while (name_end && is_blank(text[name_end - 1])) name_end--;
    if (name_end > 1 && text[0] == '"' && text[name_end - 1] == '"')
        ret->name = take(text, 1, name_end - 1, FALSE);
    else
        ret->name = take(text, 0, name_end, FALSE);
    ret->type = text_dup(smtp);
    ret->address = take(text, start, end, FALSE);
    return check(ret);
}

HRESULT one_off_name_parse(const WCHAR *text, struct one_off_name *ret)
{
    size_t length = text_length(text);
    HRESULT hr;

    memset(ret, 0, sizeof(*ret));
    while (length && is_blank(text[length - 1])) length--;
    while (length && is_blank(*text))
    {
        text++;
        length--;
    }
    if (!length) return MAPI_E_NOT_FOUND;
    hr = parse_bracketed(text, length, ret);
    return hr == MAPI_E_NOT_FOUND ? parse_internet(text, length, ret) : hr;
}
