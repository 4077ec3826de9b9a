/*
 * Text and HTML out of rich text
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
 * A machine that takes one byte at a time. Groups are states on a stack: what a group changes ends
 * with it. Bytes of text wait until the code page changes or something else comes, so that
 * characters of two bytes are converted together.
 */

#include <stdlib.h>

#include "core/rtf.h"

#define DEPTH_LIMIT 1000
#define FONT_LIMIT  4096
#define TEXT_LIMIT  0x10000000          /* characters */
#define WORD_SIZE   32
#define WAIT_SIZE   0x1000

enum destination
{
    DESTINATION_TEXT,
    DESTINATION_SKIP,
    DESTINATION_FONTS,
    DESTINATION_TAG     /* \*\htmltag */
};

struct group
{
    enum destination destination;
    BOOL rtf_only;      /* \htmlrtf */
    ULONG fallback;     /* \uc */
    ULONG codepage;     /* of the font; 0: of the document */
};

struct font
{
    ULONG number;
    ULONG codepage;
};

enum state
{
    STATE_TEXT,
    STATE_BACKSLASH,
    STATE_WORD,
    STATE_PARAM,
    STATE_HEX1,
    STATE_HEX2,
    STATE_BINARY
};

struct rtf_reader
{
    BOOL native;
    enum rtf_kind kind;
    enum state state;
    BOOL begun;         /* \rtf was read */
    BOOL ended;         /* its group is closed */
    BOOL star;          /* \* was read, and nothing after it */
    ULONG depth;
    ULONG room;
    struct group *groups;
    struct group group; /* the innermost */
    char word[WORD_SIZE + 1];
    ULONG word_length;
    LONG param;
    BOOL has_param;
    BOOL negative;
    ULONG hex;
    ULONG binary;       /* bytes left of \bin */
    ULONG skip;         /* characters left that stand for one after \u */
    ULONG codepage;
    ULONG default_font;
    ULONG font;         /* of the table, being defined */
    struct font *fonts;
    ULONG font_count;
    ULONG font_room;
    BYTE waiting[WAIT_SIZE];
    ULONG waiting_size;
    ULONG waiting_codepage;
    WCHAR *text;
    size_t length;
    size_t text_room;
};

enum action
{
    ACTION_SKIP,        /* what the group has is not text */
    ACTION_CHARACTER,
    ACTION_NEW_LINE,
    ACTION_FONT_TABLE,
    ACTION_FONT,
    ACTION_DEFAULT_FONT,
    ACTION_CHARSET,
    ACTION_CODEPAGE,
    ACTION_MAC,
    ACTION_PC,
    ACTION_PCA,
    ACTION_PLAIN,
    ACTION_UNICODE,
    ACTION_FALLBACK,
    ACTION_BINARY,
    ACTION_RTF,
    ACTION_FROM_HTML,
    ACTION_FROM_TEXT,
    ACTION_HTML_RTF,
    ACTION_HTML_TAG
};

/* In the order of their names. */
static const struct word
{
    const char *name;
    enum action action;
    WCHAR character;
    const char *entity; /* what stands for the character in HTML */
}
words[] =
{
    {"ansicpg", ACTION_CODEPAGE, 0, NULL},
    {"bin", ACTION_BINARY, 0, NULL},
    {"bullet", ACTION_CHARACTER, 0x2022, "&bull;"},
    {"cell", ACTION_CHARACTER, '\t', NULL},
    {"colorschememapping", ACTION_SKIP, 0, NULL},
    {"colortbl", ACTION_SKIP, 0, NULL},
    {"datastore", ACTION_SKIP, 0, NULL},
    {"deff", ACTION_DEFAULT_FONT, 0, NULL},
    {"emdash", ACTION_CHARACTER, 0x2014, "&mdash;"},
    {"emspace", ACTION_CHARACTER, 0x2003, "&emsp;"},
    {"endash", ACTION_CHARACTER, 0x2013, "&ndash;"},
    {"enspace", ACTION_CHARACTER, 0x2002, "&ensp;"},
    {"f", ACTION_FONT, 0, NULL},
    {"fcharset", ACTION_CHARSET, 0, NULL},
    {"fldinst", ACTION_SKIP, 0, NULL},
    {"fonttbl", ACTION_FONT_TABLE, 0, NULL},
    {"footer", ACTION_SKIP, 0, NULL},
    {"footerf", ACTION_SKIP, 0, NULL},
    {"footerl", ACTION_SKIP, 0, NULL},
    {"footerr", ACTION_SKIP, 0, NULL},
    {"fromhtml", ACTION_FROM_HTML, 0, NULL},
    {"fromtext", ACTION_FROM_TEXT, 0, NULL},
    {"header", ACTION_SKIP, 0, NULL},
    {"headerf", ACTION_SKIP, 0, NULL},
    {"headerl", ACTION_SKIP, 0, NULL},
    {"headerr", ACTION_SKIP, 0, NULL},
    {"htmlrtf", ACTION_HTML_RTF, 0, NULL},
    {"htmltag", ACTION_HTML_TAG, 0, NULL},
    {"info", ACTION_SKIP, 0, NULL},
    {"latentstyles", ACTION_SKIP, 0, NULL},
    {"ldblquote", ACTION_CHARACTER, 0x201c, "&ldquo;"},
    {"line", ACTION_NEW_LINE, 0, NULL},
    {"listoverridetable", ACTION_SKIP, 0, NULL},
    {"listtable", ACTION_SKIP, 0, NULL},
    {"lquote", ACTION_CHARACTER, 0x2018, "&lsquo;"},
    {"ltrmark", ACTION_CHARACTER, 0x200e, "&lrm;"},
    {"mac", ACTION_MAC, 0, NULL},
    {"mhtmltag", ACTION_SKIP, 0, NULL},
    {"nestcell", ACTION_CHARACTER, '\t', NULL},
    {"nestrow", ACTION_NEW_LINE, 0, NULL},
    {"nonshppict", ACTION_SKIP, 0, NULL},
    {"objdata", ACTION_SKIP, 0, NULL},
    {"page", ACTION_NEW_LINE, 0, NULL},
    {"par", ACTION_NEW_LINE, 0, NULL},
    {"pc", ACTION_PC, 0, NULL},
    {"pca", ACTION_PCA, 0, NULL},
    {"pict", ACTION_SKIP, 0, NULL},
    {"plain", ACTION_PLAIN, 0, NULL},
    {"rdblquote", ACTION_CHARACTER, 0x201d, "&rdquo;"},
    {"revtbl", ACTION_SKIP, 0, NULL},
    {"row", ACTION_NEW_LINE, 0, NULL},
    {"rquote", ACTION_CHARACTER, 0x2019, "&rsquo;"},
    {"rtf", ACTION_RTF, 0, NULL},
    {"rtlmark", ACTION_CHARACTER, 0x200f, "&rlm;"},
    {"sect", ACTION_NEW_LINE, 0, NULL},
    {"softline", ACTION_NEW_LINE, 0, NULL},
    {"stylesheet", ACTION_SKIP, 0, NULL},
    {"tab", ACTION_CHARACTER, '\t', NULL},
    {"themedata", ACTION_SKIP, 0, NULL},
    {"u", ACTION_UNICODE, 0, NULL},
    {"uc", ACTION_FALLBACK, 0, NULL},
    {"xe", ACTION_SKIP, 0, NULL},
    {"zwj", ACTION_CHARACTER, 0x200d, "&zwj;"},
    {"zwnj", ACTION_CHARACTER, 0x200c, "&zwnj;"}
};

static int compare_words(const void *name, const void *word)
{
    return strcmp(name, ((const struct word *)word)->name);
}

/* The code page of \fcharset; 0: that of the document. */
static ULONG codepage_of_charset(LONG charset)
{
    static const struct { LONG charset; ULONG codepage; } charsets[] =
    {
        {0, 1252}, {77, 10000}, {128, 932}, {129, 949}, {130, 1361}, {134, 936}, {136, 950},
        {161, 1253}, {162, 1254}, {163, 1258}, {177, 1255}, {178, 1256}, {186, 1257},
        {204, 1251}, {222, 874}, {238, 1250}, {254, 437}
    };
    ULONG i;

    for (i = 0; i < ARRAYSIZE(charsets); i++)
        if (charsets[i].charset == charset) return charsets[i].codepage;
    return 0;
}

/* ---- what comes out ---- */

static BOOL is_shown(const struct rtf_reader *reader)
{
    const struct group *group = &reader->group;

    if (group->destination == DESTINATION_TAG)
        return reader->native && reader->kind == RTF_KIND_HTML;
    if (group->destination != DESTINATION_TEXT) return FALSE;
    return !group->rtf_only || !reader->native || reader->kind == RTF_KIND_RTF;
}

static HRESULT reserve(struct rtf_reader *reader, size_t more)
{
    size_t room;
    WCHAR *text;

    if (reader->text_room - reader->length > more) return S_OK;
    if (more > TEXT_LIMIT - reader->length) return MAPI_E_TOO_BIG;
    room = max(reader->text_room * 2, reader->length + more + 256);
    if (!(text = platform_realloc(reader->text, room * sizeof(*text))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    reader->text = text;
    reader->text_room = room;
    return S_OK;
}

/* Bytes that the code page does not have are taken as they are. */
static HRESULT flush_waiting(struct rtf_reader *reader)
{
    const ULONG size = reader->waiting_size;
    int length;
    HRESULT hr;
    ULONG i;

    if (!size) return S_OK;
    reader->waiting_size = 0;
    if (FAILED(hr = reserve(reader, size * 2))) return hr;
    length = platform_codepage_to_wide(reader->waiting_codepage, (const char *)reader->waiting,
                                       size, reader->text + reader->length, size * 2);
    if (length <= 0)
    {
        for (i = 0; i < size; i++) reader->text[reader->length + i] = reader->waiting[i];
        length = size;
    }
    reader->length += length;
    return S_OK;
}

static HRESULT put_wide(struct rtf_reader *reader, WCHAR c)
{
    HRESULT hr;

    if (FAILED(hr = flush_waiting(reader)) || FAILED(hr = reserve(reader, 1))) return hr;
    reader->text[reader->length++] = c;
    return S_OK;
}

static HRESULT put_ascii(struct rtf_reader *reader, const char *text)
{
    HRESULT hr = S_OK;

    while (*text && SUCCEEDED(hr)) hr = put_wide(reader, *text++);
    return hr;
}

/* One of the characters that stand for one after \u. */
static BOOL is_skipped(struct rtf_reader *reader)
{
    if (!reader->skip) return FALSE;
    reader->skip--;
    return TRUE;
}

static HRESULT put_byte(struct rtf_reader *reader, BYTE byte)
{
    ULONG codepage = reader->group.codepage;
    HRESULT hr = S_OK;

    if (is_skipped(reader) || !is_shown(reader)) return S_OK;
    if (!codepage || reader->group.destination == DESTINATION_TAG) codepage = reader->codepage;
    if (reader->waiting_size)
    {
        /* Between two characters of ASCII no character is torn apart. */
        if (codepage != reader->waiting_codepage || reader->waiting_size == WAIT_SIZE
            || (reader->waiting_size > WAIT_SIZE / 2 && byte < 0x40
                && reader->waiting[reader->waiting_size - 1] < 0x40))
            hr = flush_waiting(reader);
    }
    reader->waiting_codepage = codepage;
    reader->waiting[reader->waiting_size++] = byte;
    return hr;
}

static HRESULT put_character(struct rtf_reader *reader, WCHAR c, const char *entity)
{
    if (is_skipped(reader) || !is_shown(reader)) return S_OK;
    if (entity && reader->native && reader->kind == RTF_KIND_HTML)
        return put_ascii(reader, entity);
    return put_wide(reader, c);
}

static HRESULT put_new_line(struct rtf_reader *reader)
{
    return is_skipped(reader) || !is_shown(reader) ? S_OK : put_ascii(reader, "\r\n");
}

/* ---- groups and words ---- */

static HRESULT open_group(struct rtf_reader *reader)
{
    struct group *groups;
    ULONG room;

    reader->skip = 0;
    reader->star = FALSE;
    if (reader->depth == DEPTH_LIMIT) return MAPI_E_CORRUPT_DATA;
    if (reader->depth == reader->room)
    {
        room = max(reader->room * 2, 16);
        if (!(groups = platform_realloc(reader->groups, room * sizeof(*groups))))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        reader->groups = groups;
        reader->room = room;
    }
    reader->groups[reader->depth++] = reader->group;
    return S_OK;
}

static void close_group(struct rtf_reader *reader)
{
    reader->skip = 0;
    reader->star = FALSE;
    reader->group = reader->groups[--reader->depth];
    if (!reader->depth) reader->ended = TRUE;
}

static struct font *find_font(struct rtf_reader *reader, ULONG number)
{
    ULONG i;

    for (i = 0; i < reader->font_count; i++)
        if (reader->fonts[i].number == number) return &reader->fonts[i];
    return NULL;
}

static HRESULT define_font(struct rtf_reader *reader, LONG charset)
{
    struct font *font = find_font(reader, reader->font), *fonts;
    ULONG room;

    if (!font)
    {
        if (reader->font_count == FONT_LIMIT) return S_OK;
        if (reader->font_count == reader->font_room)
        {
            room = max(reader->font_room * 2, 16);
            if (!(fonts = platform_realloc(reader->fonts, room * sizeof(*fonts))))
                return MAPI_E_NOT_ENOUGH_MEMORY;
            reader->fonts = fonts;
            reader->font_room = room;
        }
        font = &reader->fonts[reader->font_count++];
        font->number = reader->font;
    }
    font->codepage = codepage_of_charset(charset);
    return S_OK;
}

static void select_font(struct rtf_reader *reader, ULONG number)
{
    const struct font *font = find_font(reader, number);

    reader->group.codepage = font ? font->codepage : 0;
}

static BOOL in_skipped(const struct rtf_reader *reader)
{
    return reader->group.destination == DESTINATION_SKIP;
}

static HRESULT do_action(struct rtf_reader *reader, const struct word *word)
{
    const LONG param = reader->has_param ? reader->param : 1;

    switch (word->action)
    {
    case ACTION_SKIP:
        reader->group.destination = DESTINATION_SKIP;
        break;
    case ACTION_CHARACTER:
        return put_character(reader, word->character, word->entity);
    case ACTION_NEW_LINE:
        return put_new_line(reader);
    case ACTION_FONT_TABLE:
        if (!in_skipped(reader)) reader->group.destination = DESTINATION_FONTS;
        break;
    case ACTION_FONT:
        if (reader->group.destination == DESTINATION_FONTS)
            reader->font = reader->has_param ? param : 0;
        else
            select_font(reader, reader->has_param ? param : 0);
        break;
    case ACTION_DEFAULT_FONT:
        reader->default_font = reader->has_param ? param : 0;
        break;
    case ACTION_CHARSET:
        if (reader->group.destination == DESTINATION_FONTS) return define_font(reader, param);
        break;
    case ACTION_CODEPAGE:
        if (param > 0 && param <= 65535) reader->codepage = param;
        break;
    case ACTION_MAC:
        reader->codepage = 10000;
        break;
    case ACTION_PC:
        reader->codepage = 437;
        break;
    case ACTION_PCA:
        reader->codepage = 850;
        break;
    case ACTION_PLAIN:
        select_font(reader, reader->default_font);
        break;
    case ACTION_UNICODE:
        if (in_skipped(reader)) break;
        reader->skip = 0;
        if (reader->has_param)
        {
            HRESULT hr = put_character(reader, param, NULL);

            reader->skip = reader->group.fallback;
            return hr;
        }
        break;
    case ACTION_FALLBACK:
        reader->group.fallback = param < 0 ? 0 : min(param, 255);
        break;
    case ACTION_BINARY:
        if (reader->has_param && param > 0)
        {
            reader->binary = param;
            reader->state = STATE_BINARY;
        }
        break;
    case ACTION_FROM_HTML:
        if (param == 1 && !reader->length) reader->kind = RTF_KIND_HTML;
        break;
    case ACTION_FROM_TEXT:
        if (!reader->length) reader->kind = RTF_KIND_TEXT;
        break;
    case ACTION_HTML_RTF:
        reader->group.rtf_only = param != 0;
        break;
    case ACTION_HTML_TAG:
        if (!in_skipped(reader))
        {
            reader->group.destination = DESTINATION_TAG;
            reader->group.rtf_only = FALSE;
        }
        break;
    case ACTION_RTF:
        break;
    }
    return S_OK;
}

static HRESULT end_word(struct rtf_reader *reader)
{
    const struct word *word;
    BOOL star = reader->star;

    reader->star = FALSE;
    reader->state = STATE_TEXT;
    reader->word[reader->word_length] = 0;
    if (reader->negative) reader->param = -reader->param;
    word = bsearch(reader->word, words, ARRAYSIZE(words), sizeof(*words), compare_words);
    if (!reader->begun)
    {
        if (!word || word->action != ACTION_RTF) return MAPI_E_CORRUPT_DATA;
        reader->begun = TRUE;
        return S_OK;
    }
    /* A destination that is to be ignored where it is not known. */
    if (star && (!word || word->action != ACTION_HTML_TAG))
    {
        reader->group.destination = DESTINATION_SKIP;
        return S_OK;
    }
    if (!word)
    {
        if (reader->skip) reader->skip--;
        return S_OK;
    }
    return do_action(reader, word);
}

static HRESULT add_symbol(struct rtf_reader *reader, BYTE byte)
{
    reader->state = STATE_TEXT;
    if (!reader->begun) return MAPI_E_CORRUPT_DATA;
    switch (byte)
    {
    case '\'':
        reader->state = STATE_HEX1;
        return S_OK;
    case '*':
        reader->star = TRUE;
        return S_OK;
    case '~':
        return put_character(reader, 0xa0, "&nbsp;");
    case '_':
        return put_character(reader, 0x2011, "&shy;");
    case '-':
        return put_character(reader, 0xad, "&shy;");
    case '\r':
    case '\n':
        return put_new_line(reader);
    case '\t':
        return put_character(reader, '\t', NULL);
    case '\\':
    case '{':
    case '}':
        return put_byte(reader, byte);
    }
    return S_OK;
}

static HRESULT add_text(struct rtf_reader *reader, BYTE byte)
{
    switch (byte)
    {
    case '{':
        return open_group(reader);
    case '}':
        if (!reader->depth) return MAPI_E_CORRUPT_DATA;
        close_group(reader);
        return S_OK;
    case '\\':
        reader->state = STATE_BACKSLASH;
        return S_OK;
    case '\r':
    case '\n':
    case 0:
        return S_OK;
    }
    if (!reader->begun) return MAPI_E_CORRUPT_DATA;
    reader->star = FALSE;
    return put_byte(reader, byte);
}

static BOOL is_letter(BYTE byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static BOOL is_digit(BYTE byte)
{
    return byte >= '0' && byte <= '9';
}

static int hex_digit(BYTE byte)
{
    if (is_digit(byte)) return byte - '0';
    if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
    if (byte >= 'A' && byte <= 'F') return byte - 'A' + 10;
    return -1;
}

static HRESULT add_byte(struct rtf_reader *reader, BYTE byte)
{
    enum state before;
    HRESULT hr;

    switch (reader->state)
    {
    case STATE_TEXT:
        return add_text(reader, byte);
    case STATE_BACKSLASH:
        if (!is_letter(byte)) return add_symbol(reader, byte);
        if (!reader->depth) return MAPI_E_CORRUPT_DATA;
        reader->state = STATE_WORD;
        reader->word[0] = byte;
        reader->word_length = 1;
        reader->param = 0;
        reader->has_param = reader->negative = FALSE;
        return S_OK;
    case STATE_WORD:
        if (is_letter(byte))
        {
            if (reader->word_length < WORD_SIZE) reader->word[reader->word_length++] = byte;
            return S_OK;
        }
        if (byte == '-' || is_digit(byte))
        {
            reader->state = STATE_PARAM;
            reader->negative = byte == '-';
            if (is_digit(byte))
            {
                reader->param = byte - '0';
                reader->has_param = TRUE;
            }
            return S_OK;
        }
        break;
    case STATE_PARAM:
        if (is_digit(byte))
        {
            reader->has_param = TRUE;
            if (reader->param < 100000000) reader->param = reader->param * 10 + byte - '0';
            return S_OK;
        }
        break;
    case STATE_HEX1:
        reader->state = hex_digit(byte) < 0 ? STATE_TEXT : STATE_HEX2;
        reader->hex = hex_digit(byte);
        return S_OK;
    case STATE_HEX2:
        reader->state = STATE_TEXT;
        return hex_digit(byte) < 0 ? S_OK : put_byte(reader, reader->hex << 4 | hex_digit(byte));
    case STATE_BINARY:
        if (!--reader->binary) reader->state = STATE_TEXT;
        return S_OK;
    }
    /* The byte after a word; a blank belongs to the word. */
    if (FAILED(hr = end_word(reader))) return hr;
    before = reader->state;
    if (byte == ' ') return S_OK;
    if (before == STATE_BINARY) return add_byte(reader, byte);
    return add_text(reader, byte);
}

HRESULT rtf_reader_create(BOOL native, struct rtf_reader **ret)
{
    struct rtf_reader *reader;

    *ret = NULL;
    if (!(reader = platform_alloc_zero(sizeof(*reader)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    reader->native = native;
    reader->codepage = 1252;
    reader->group.fallback = 1;
    *ret = reader;
    return S_OK;
}

void rtf_reader_free(struct rtf_reader *reader)
{
    if (!reader) return;
    platform_free(reader->groups);
    platform_free(reader->fonts);
    platform_free(reader->text);
    platform_free(reader);
}

HRESULT rtf_reader_add(struct rtf_reader *reader, const BYTE *data, size_t size)
{
    HRESULT hr = S_OK;

    while (size-- && !reader->ended && SUCCEEDED(hr)) hr = add_byte(reader, *data++);
    return hr;
}

HRESULT rtf_reader_end(struct rtf_reader *reader, const WCHAR **text, size_t *length,
                       enum rtf_kind *kind, ULONG *codepage)
{
    HRESULT hr;

    *text = NULL;
    *length = 0;
    if (!reader->begun) return MAPI_E_CORRUPT_DATA;
    if (FAILED(hr = flush_waiting(reader)) || FAILED(hr = reserve(reader, 1))) return hr;
    reader->text[reader->length] = 0;
    *text = reader->text;
    *length = reader->length;
    *kind = reader->kind;
    *codepage = reader->codepage;
    return S_OK;
}
