/*
 * Charsets by name, and text of unsure origin
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
 * Mail names the same charset in many ways, names it wrongly, or not at all. The names lead to
 * Windows' code pages; where a name means less than what is really sent under it (us-ascii,
 * iso-8859-1, gb2312), the larger one is read. UTF-8, UTF-16 and windows-1252 are decoded here, for
 * they take what is broken as well; the rest is the system's.
 */

#include <string.h>

#include "mime.h"

static const struct { const char *name; UINT codepage; } names[] =
{
    /* The first name of a code page is the one to write. */
    {"utf-8", MIME_CP_UTF8}, {"utf8", MIME_CP_UTF8}, {"unicode-1-1-utf-8", MIME_CP_UTF8},
    {"us-ascii", MIME_CP_ASCII}, {"ascii", MIME_CP_ASCII}, {"ansi_x3.4-1968", MIME_CP_ASCII},
    {"ansi_x3.4-1986", MIME_CP_ASCII}, {"iso646-us", MIME_CP_ASCII}, {"us", MIME_CP_ASCII},
    {"iso-8859-1", 28591}, {"latin1", 28591}, {"l1", 28591}, {"iso-ir-100", 28591},
    {"windows-1252", 1252}, {"ansi", 1252}, {"x-ansi", 1252}, {"x-cp1252", 1252},
    {"windows-1250", 1250}, {"x-cp1250", 1250}, {"windows-1251", 1251}, {"x-cp1251", 1251},
    {"windows-1253", 1253}, {"windows-1254", 1254}, {"windows-1255", 1255},
    {"windows-1256", 1256}, {"windows-1257", 1257}, {"windows-1258", 1258},
    {"windows-874", 874}, {"tis-620", 874}, {"iso-8859-11", 874}, {"dos-874", 874},
    {"iso-8859-2", 28592}, {"latin2", 28592}, {"l2", 28592},
    {"iso-8859-3", 28593}, {"latin3", 28593}, {"iso-8859-4", 28594}, {"latin4", 28594},
    {"iso-8859-5", 28595}, {"cyrillic", 28595}, {"iso-8859-6", 28596}, {"arabic", 28596},
    {"iso-8859-7", 28597}, {"greek", 28597}, {"iso-8859-8", 28598}, {"hebrew", 28598},
    {"iso-8859-8-i", 28598}, {"logical", 28598}, {"visual", 28598},
    {"iso-8859-9", 28599}, {"latin5", 28599}, {"iso-8859-10", 28600}, {"latin6", 28600},
    {"iso-8859-13", 28603}, {"iso-8859-14", 28604}, {"iso-8859-15", 28605}, {"latin9", 28605},
    {"latin-9", 28605}, {"iso-8859-16", 28606},
    {"koi8-r", 20866}, {"koi8", 20866}, {"koi", 20866}, {"cskoi8r", 20866},
    {"koi8-u", 21866}, {"koi8-ru", 21866},
    {"shift_jis", 932}, {"shift-jis", 932}, {"sjis", 932}, {"x-sjis", 932}, {"ms_kanji", 932},
    {"windows-31j", 932}, {"cp932", 932}, {"cswindows31j", 932},
    {"iso-2022-jp", 50220}, {"csiso2022jp", 50220}, {"iso-2022-jp-1", 50220},
    {"iso-2022-jp-2", 50220}, {"iso-2022-jp-ms", 50220},
    {"euc-jp", 20932}, {"x-euc-jp", 20932}, {"x-euc", 20932}, {"ujis", 20932}, {"eucjp", 20932},
    {"gb2312", 936}, {"gbk", 936}, {"gb_2312-80", 936}, {"x-gbk", 936}, {"cn-gb", 936},
    {"euc-cn", 936}, {"cp936", 936}, {"chinese", 936}, {"ms936", 936},
    {"gb18030", 54936}, {"gb18030-2000", 54936},
    {"hz-gb-2312", 52936}, {"hz", 52936},
    {"big5", 950}, {"big5-hkscs", 950}, {"big-5", 950}, {"x-x-big5", 950}, {"cn-big5", 950},
    {"csbig5", 950},
    {"ks_c_5601-1987", 949}, {"euc-kr", 949}, {"ks_c_5601", 949}, {"ksc5601", 949},
    {"ksc_5601", 949}, {"ks_c_5601-1989", 949}, {"korean", 949}, {"windows-949", 949},
    {"uhc", 949}, {"cp949", 949},
    {"iso-2022-kr", 50225}, {"csiso2022kr", 50225}, {"johab", 1361},
    {"utf-7", 65000}, {"unicode-1-1-utf-7", 65000}, {"x-unicode-2-0-utf-7", 65000},
    {"utf-16", 1200}, {"utf-16le", 1200}, {"ucs-2", 1200}, {"iso-10646-ucs-2", 1200},
    {"unicode", 1200}, {"utf-16be", 1201}, {"unicodefffe", 1201},
    {"macintosh", 10000}, {"mac", 10000}, {"x-mac-roman", 10000},
    {"x-mac-japanese", 10001}, {"x-mac-greek", 10006}, {"x-mac-cyrillic", 10007},
    {"x-mac-ce", 10029}, {"x-mac-turkish", 10081},
};

UINT mime_codepage(const char *name, size_t size)
{
    static const char *const numbered[] = {"windows-", "x-windows-", "cp", "cp-", "ibm", "ibm-"};
    static const char *const latin[] = {"iso8859-", "iso_8859-", "iso-8859_", "iso8859_"};
    unsigned number = 0;
    char known[32];
    size_t i, j, digits;

    while (size && (mime_is_space(*name) || *name == '"' || *name == '\'')) name++, size--;
    while (size
           && (mime_is_space(name[size - 1]) || name[size - 1] == '"' || name[size - 1] == '\''))
        size--;
    for (i = 0; i < ARRAY_SIZE(names); i++)
        if (mime_equal(name, size, names[i].name)) return names[i].codepage;
    for (digits = 0; digits < size && digits < 5; digits++)
    {
        char c = name[size - 1 - digits];
        static const unsigned tens[] = {1, 10, 100, 1000, 10000};

        if (c < '0' || c > '9') break;
        number += (c - '0') * tens[digits];
    }
    if (!digits) return MIME_CP_UNKNOWN;
    for (i = 0; i < ARRAY_SIZE(numbered); i++)
        if (mime_equal(name, size - digits, numbered[i])) return number;
    for (i = 0; i < ARRAY_SIZE(latin); i++)
    {
        if (!mime_equal(name, size - digits, latin[i]) || digits > 2) continue;
        strcpy(known, "iso-8859-");
        memcpy(known + 9, name + size - digits, digits);
        known[9 + digits] = 0;
        for (j = 0; j < ARRAY_SIZE(names); j++)
            if (!strcmp(known, names[j].name)) return names[j].codepage;
    }
    return MIME_CP_UNKNOWN;
}

const char *mime_charset(UINT codepage)
{
    size_t i;

    if (codepage == 51949) codepage = 949;
    if (codepage == 51932) codepage = 20932;
    if (codepage == 50221 || codepage == 50222) codepage = 50220;
    if (codepage == 38598) codepage = 28598;
    for (i = 0; i < ARRAY_SIZE(names); i++)
        if (names[i].codepage == codepage) return names[i].name;
    return NULL;
}

/* windows-1252, and the holes of it as the control characters of iso-8859-1. */
static WCHAR from_latin(unsigned char c)
{
    static const WCHAR high[32] =
    {
        0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039,
        0x152, 0x8d, 0x17d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
        0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178
    };

    return c >= 0x80 && c < 0xa0 ? high[c - 0x80] : c;
}

/* The bytes of the character that begins there, 0 if none does. */
static size_t utf8_next(const unsigned char *data, size_t size, ULONG *c)
{
    static const ULONG least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t count, i;

    if (data[0] < 0x80)
    {
        *c = data[0];
        return 1;
    }
    if (data[0] >= 0xc2 && data[0] < 0xe0) count = 2;
    else if (data[0] >= 0xe0 && data[0] < 0xf0) count = 3;
    else if (data[0] >= 0xf0 && data[0] < 0xf5) count = 4;
    else return 0;
    if (count > size) return 0;
    *c = data[0] & (0x7f >> count);
    for (i = 1; i < count; i++)
    {
        if ((data[i] & 0xc0) != 0x80) return 0;
        *c = *c << 6 | (data[i] & 0x3f);
    }
    if (*c < least[count] || *c > 0x10ffff || (*c >= 0xd800 && *c < 0xe000)) return 0;
    return count;
}

BOOL mime_is_utf8(const char *data, size_t size)
{
    const unsigned char *p = (const unsigned char *)data;
    size_t i, count;
    ULONG c;

    for (i = 0; i < size; i += count)
        if (!(count = utf8_next(p + i, size - i, &c))) return FALSE;
    return TRUE;
}

static void decode_utf8(const char *data, size_t size, struct mime_text *text)
{
    const unsigned char *p = (const unsigned char *)data;
    WCHAR chunk[256];
    size_t i = 0, count, used = 0;
    ULONG c;

    if (size >= 3 && !memcmp(data, "\xef\xbb\xbf", 3)) i = 3;
    for (; i < size; i += count)
    {
        if (used > ARRAY_SIZE(chunk) - 2)
        {
            mime_text_put(text, chunk, used);
            used = 0;
        }
        if (!(count = utf8_next(p + i, size - i, &c)))
        {
            count = 1;
            c = from_latin(p[i]);
        }
        if (c >= 0x10000)
        {
            chunk[used++] = 0xd800 + ((c - 0x10000) >> 10);
            c = 0xdc00 + ((c - 0x10000) & 0x3ff);
        }
        chunk[used++] = c;
    }
    mime_text_put(text, chunk, used);
}

static void decode_latin(const char *data, size_t size, struct mime_text *text)
{
    WCHAR chunk[256];
    size_t i, used = 0;

    for (i = 0; i < size; i++)
    {
        if (used == ARRAY_SIZE(chunk))
        {
            mime_text_put(text, chunk, used);
            used = 0;
        }
        chunk[used++] = from_latin(data[i]);
    }
    mime_text_put(text, chunk, used);
}

static void decode_utf16(const char *data, size_t size, BOOL big, struct mime_text *text)
{
    const unsigned char *p = (const unsigned char *)data;
    size_t i = 0;

    if (size >= 2 && p[0] == 0xfe && p[1] == 0xff) big = TRUE, i = 2;
    else if (size >= 2 && p[0] == 0xff && p[1] == 0xfe) big = FALSE, i = 2;
    for (; i + 1 < size; i += 2)
        mime_text_put_char(text, big ? p[i] << 8 | p[i + 1] : p[i + 1] << 8 | p[i]);
    if (i < size) mime_text_put_char(text, from_latin(p[i]));
}

void mime_decode(UINT codepage, const char *data, size_t size, struct mime_text *text)
{
    switch (codepage)
    {
    case MIME_CP_UNKNOWN:
    case MIME_CP_ASCII:
    case MIME_CP_UTF8:
        decode_utf8(data, size, text);
        break;
    case MIME_CP_LATIN:
    case 28591:
        /* Many a program says so whatever it sends. */
        decode_latin(data, size, text);
        break;
    case 1200:
    case 1201:
        decode_utf16(data, size, codepage == 1201, text);
        break;
    default:
        if (!size || mime_system_decode(codepage, data, size, FALSE, text)) break;
        if (mime_is_utf8(data, size)) decode_utf8(data, size, text);
        else if (!mime_system_decode(codepage, data, size, TRUE, text))
            decode_latin(data, size, text);
        break;
    }
}

void mime_encode_utf8(const WCHAR *data, size_t length, struct mime_bytes *bytes)
{
    char chunk[256];
    size_t i, used = 0;
    ULONG c;

    for (i = 0; i < length; i++)
    {
        if (used > sizeof(chunk) - 4)
        {
            mime_put(bytes, chunk, used);
            used = 0;
        }
        c = data[i];
        if (c >= 0xd800 && c < 0xdc00 && i + 1 < length && data[i + 1] >= 0xdc00
            && data[i + 1] < 0xe000)
            c = 0x10000 + ((c - 0xd800) << 10) + (data[++i] - 0xdc00);
        else if (c >= 0xd800 && c < 0xe000) c = 0xfffd;
        if (c < 0x80) chunk[used++] = c;
        else if (c < 0x800)
        {
            chunk[used++] = 0xc0 | c >> 6;
            chunk[used++] = 0x80 | (c & 0x3f);
        }
        else if (c < 0x10000)
        {
            chunk[used++] = 0xe0 | c >> 12;
            chunk[used++] = 0x80 | (c >> 6 & 0x3f);
            chunk[used++] = 0x80 | (c & 0x3f);
        }
        else
        {
            chunk[used++] = 0xf0 | c >> 18;
            chunk[used++] = 0x80 | (c >> 12 & 0x3f);
            chunk[used++] = 0x80 | (c >> 6 & 0x3f);
            chunk[used++] = 0x80 | (c & 0x3f);
        }
    }
    mime_put(bytes, chunk, used);
}
