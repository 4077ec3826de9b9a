/*
 * Fields of a header, their values and parameters
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
 * A header is kept as it came and, beside that, unfolded: the fields point into the latter. A
 * field's value is read in one pass each; nothing here depends on the order of parameters or on
 * comments being where they belong.
 */

#include <stdlib.h>
#include <string.h>

#include "mime.h"

BOOL mime_is_header_line(const char *line, size_t size, BOOL first)
{
    size_t i;

    if (!size) return FALSE;
    if (!first && (line[0] == ' ' || line[0] == '\t')) return TRUE;
    for (i = 0; i < size && line[i] != ':'; i++)
        if ((unsigned char)line[i] <= ' ' || line[i] == 0x7f)
        {
            /* "Subject : x" is seen, "From x" of a mail folder is no field. */
            if (line[i] != ' ' && line[i] != '\t') return FALSE;
            while (i < size && (line[i] == ' ' || line[i] == '\t')) i++;
            return i < size && line[i] == ':';
        }
    return i && i < size;
}

static BOOL add_field(struct mime_header *header, size_t *room, size_t name, size_t end)
{
    const char *base = header->unfolded.data, *colon;
    struct mime_field *field;
    size_t count;

    if (header->count == MIME_MAX_FIELDS) return TRUE;
    if (header->count == *room)
    {
        count = *room ? *room * 2 : 32;
        if (!(field = realloc(header->fields, count * sizeof(*field)))) return FALSE;
        header->fields = field;
        *room = count;
    }
    if (!(colon = memchr(base + name, ':', end - name))) return TRUE;
    field = header->fields + header->count++;
    field->name = base + name;
    field->name_size = colon - field->name;
    while (field->name_size && mime_is_space(field->name[field->name_size - 1])) field->name_size--;
    field->value = colon + 1;
    field->value_size = base + end - field->value;
    while (field->value_size && mime_is_space(*field->value)) field->value++, field->value_size--;
    while (field->value_size && mime_is_space(field->value[field->value_size - 1]))
        field->value_size--;
    return TRUE;
}

BOOL mime_header_parse(struct mime_header *header)
{
    const char *line = header->raw.data, *end, *next;
    size_t begun = 0, room = 0, size;
    BOOL inside = FALSE;

    if (header->raw.failed) return FALSE;
    if (!line) return TRUE;
    end = line + header->raw.size;
    /* Room for all at once, so that pointers stay. */
    mime_put(&header->unfolded, line, header->raw.size);
    if (header->unfolded.failed) return FALSE;
    header->unfolded.size = 0;
    for (; line < end; line = next)
    {
        next = memchr(line, '\n', end - line);
        next = next ? next + 1 : end;
        size = next - line;
        while (size && (line[size - 1] == '\n' || line[size - 1] == '\r')) size--;
        if (!size) continue;
        if (line[0] != ' ' && line[0] != '\t')
        {
            if (inside && !add_field(header, &room, begun, header->unfolded.size)) return FALSE;
            inside = mime_is_header_line(line, size, TRUE);
            begun = header->unfolded.size;
        }
        if (inside) mime_put(&header->unfolded, line, size);
    }
    return !inside || add_field(header, &room, begun, header->unfolded.size);
}

void mime_header_free(struct mime_header *header)
{
    mime_bytes_free(&header->raw);
    mime_bytes_free(&header->unfolded);
    free(header->fields);
    memset(header, 0, sizeof(*header));
}

const struct mime_field *mime_header_field(const struct mime_header *header, const char *name)
{
    size_t i;

    for (i = 0; i < header->count; i++)
        if (mime_equal(header->fields[i].name, header->fields[i].name_size, name))
            return header->fields + i;
    return NULL;
}

/* Behind the comment that begins at i. */
static size_t skip_comment(const char *value, size_t size, size_t i)
{
    size_t depth = 0;

    for (; i < size; i++)
    {
        if (value[i] == '\\') i++;
        else if (value[i] == '(') depth++;
        else if (value[i] == ')' && !--depth) return i + 1;
    }
    return size;
}

void mime_value_token(const char *value, size_t value_size, char *token, size_t size)
{
    size_t i = 0, used = 0;

    while (i < value_size && value[i] != ';')
    {
        if (value[i] == '(') i = skip_comment(value, value_size, i);
        else
        {
            if (!mime_is_space(value[i]) && value[i] != '"' && used + 1 < size)
                token[used++] = mime_lower(value[i]);
            i++;
        }
    }
    token[used] = 0;
}

/* ----------------------------------------------------------------------------------- parameters */

struct segment
{
    unsigned number;            /* of RFC 2231, or WHOLE */
    BOOL encoded;               /* %XX */
    size_t start, size;         /* in the bytes collected */
};

#define WHOLE ~0u

/* "name", "name*", "name*3", "name*3*": is it that parameter, and which piece of it? */
static BOOL match_name(const char *found, size_t size, const char *name, struct segment *segment)
{
    size_t length = strlen(name), i;

    segment->number = WHOLE;
    segment->encoded = FALSE;
    if (size < length || !mime_equal(found, length, name)) return FALSE;
    if (size == length) return TRUE;
    if (found[length] != '*') return FALSE;
    i = length + 1;
    if (i == size)
    {
        segment->number = 0;
        segment->encoded = TRUE;
        return TRUE;
    }
    segment->number = 0;
    for (; i < size && found[i] >= '0' && found[i] <= '9'; i++)
        if (segment->number < 100000) segment->number = segment->number * 10 + found[i] - '0';
    if (i < size && found[i] == '*')
    {
        segment->encoded = TRUE;
        i++;
    }
    return i == size;
}

/* The value that begins at i goes to bytes; returns where it ends. */
static size_t read_value(const char *value, size_t size, size_t i, struct mime_bytes *bytes)
{
    size_t blanks = 0;

    while (i < size && mime_is_space(value[i])) i++;
    if (i < size && value[i] == '"')
    {
        for (i++; i < size && value[i] != '"'; i++)
        {
            /* A path with its backslashes as they are: only what needs it is escaped. */
            if (value[i] == '\\' && i + 1 < size && (value[i + 1] == '"' || value[i + 1] == '\\'))
                i++;
            mime_put_byte(bytes, value[i]);
        }
        return i < size ? i + 1 : i;
    }
    for (; i < size && value[i] != ';'; i++)
    {
        if (value[i] == '(' && blanks)
        {
            i = skip_comment(value, size, i) - 1;
            continue;
        }
        blanks = mime_is_space(value[i]) ? blanks + 1 : 0;
        mime_put_byte(bytes, value[i]);
    }
    bytes->size -= blanks < bytes->size ? blanks : bytes->size;
    return i;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    c = mime_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void put_percent(const char *data, size_t size, struct mime_bytes *out)
{
    size_t i;

    for (i = 0; i < size; i++)
    {
        if (data[i] == '%' && i + 2 < size && hex_digit(data[i + 1]) >= 0
            && hex_digit(data[i + 2]) >= 0)
        {
            mime_put_byte(out, hex_digit(data[i + 1]) << 4 | hex_digit(data[i + 2]));
            i += 2;
        }
        else mime_put_byte(out, data[i]);
    }
}

/* Puts the pieces in order together: charset'language'text, where the text is encoded. */
static void join(const char *bytes, const struct segment *segments, unsigned count,
                 struct mime_text *text)
{
    const struct segment *at[MIME_MAX_SEGMENTS] = {NULL};
    struct mime_bytes joined = {0};
    UINT codepage = MIME_CP_UNKNOWN;
    unsigned i;

    for (i = 0; i < count; i++)
        if (segments[i].number < MIME_MAX_SEGMENTS && !at[segments[i].number])
            at[segments[i].number] = segments + i;
    for (i = 0; i < MIME_MAX_SEGMENTS && at[i]; i++)
    {
        const char *data = bytes + at[i]->start, *quote;
        size_t size = at[i]->size;

        if (!i && at[i]->encoded && (quote = memchr(data, '\'', size)))
        {
            codepage = mime_codepage(data, quote - data);
            size -= quote + 1 - data;
            data = quote + 1;
            if ((quote = memchr(data, '\'', size)))
            {
                size -= quote + 1 - data;
                data = quote + 1;
            }
        }
        if (at[i]->encoded) put_percent(data, size, &joined);
        else mime_put(&joined, data, size);
    }
    if (joined.failed) text->failed = TRUE;
    mime_decode(codepage, joined.data, joined.size, text);
    mime_bytes_free(&joined);
}

BOOL mime_value_parameter(const char *value, size_t size, const char *name, struct mime_text *text)
{
    struct segment segments[MIME_MAX_SEGMENTS], segment, whole = {0};
    struct mime_bytes bytes = {0};
    BOOL has_whole = FALSE, has_first = FALSE;
    unsigned count = 0;
    size_t i = 0, begun;

    while (i < size && value[i] != ';')
        i = value[i] == '(' ? skip_comment(value, size, i) : i + 1;
    while (i < size)
    {
        if (value[i] == ';' || mime_is_space(value[i]))
        {
            i++;
            continue;
        }
        if (value[i] == '(')
        {
            i = skip_comment(value, size, i);
            continue;
        }
        for (begun = i; i < size && value[i] != '=' && value[i] != ';' && !mime_is_space(value[i]);)
            i++;
        segment.size = i - begun;
        while (i < size && mime_is_space(value[i])) i++;
        if (i == size || value[i] != '=') continue;
        if (!match_name(value + begun, segment.size, name, &segment) || count == MIME_MAX_SEGMENTS)
        {
            begun = bytes.size;
            i = read_value(value, size, i + 1, &bytes);
            bytes.size = begun;
            continue;
        }
        segment.start = bytes.size;
        i = read_value(value, size, i + 1, &bytes);
        segment.size = bytes.size - segment.start;
        if (segment.number == WHOLE)
        {
            if (!has_whole) whole = segment;
            has_whole = TRUE;
        }
        else
        {
            segments[count++] = segment;
            if (!segment.number) has_first = TRUE;
        }
    }
    /* An empty value is one as well, and then there are no bytes. */
    if (bytes.failed) text->failed = TRUE;
    else if (has_first) join(bytes.data ? bytes.data : "", segments, count, text);
    else if (has_whole && bytes.data)
        mime_decode_words(bytes.data + whole.start, whole.size, MIME_CP_UNKNOWN, text);
    mime_bytes_free(&bytes);
    return has_first || has_whole;
}

/* -------------------------------------------------------------------------------- encoded words */

struct word
{
    const char *charset, *text, *end;
    size_t charset_size, text_size;
    char encoding;
};

/* clear: up to there was looked for the end of a word in vain, from before p on. */
static BOOL find_word(const char *p, const char *end, struct word *word, const char **clear)
{
    const char *mark, *star;

    if (end - p < 6 || p[0] != '=' || p[1] != '?') return FALSE;
    word->charset = p + 2;
    for (mark = p + 2; mark < end && *mark != '?'; mark++)
        if (mime_is_space(*mark) || mark - p > 80) return FALSE;
    if (end - mark < 4 || mark == p + 2) return FALSE;
    word->charset_size = mark - word->charset;
    if ((star = memchr(word->charset, '*', word->charset_size)))
        word->charset_size = star - word->charset;
    word->encoding = mime_lower(mark[1]);
    if ((word->encoding != 'b' && word->encoding != 'q') || mark[2] != '?') return FALSE;
    word->text = mark + 3;
    /* Blanks do not belong there, and are there all the same. */
    for (mark = *clear > word->text ? *clear : word->text; mark + 1 < end; mark++)
    {
        if (mark - word->text > 4096) break;
        if (mark[0] == '?' && mark[1] == '=')
        {
            word->text_size = mark - word->text;
            word->end = mark + 2;
            return TRUE;
        }
    }
    *clear = mark;
    return FALSE;
}

static void decode_word(const struct word *word, struct mime_bytes *bytes)
{
    struct mime_decoder decoder = {MIME_BASE64};
    size_t i;

    if (word->encoding == 'b')
    {
        mime_decoder_put(&decoder, word->text, word->text_size, bytes);
        mime_decoder_end(&decoder, bytes);
        return;
    }
    for (i = 0; i < word->text_size; i++)
    {
        const char *p = word->text + i;

        if (*p == '_') mime_put_byte(bytes, ' ');
        else if (*p == '=' && i + 2 < word->text_size && hex_digit(p[1]) >= 0
                 && hex_digit(p[2]) >= 0)
        {
            mime_put_byte(bytes, hex_digit(p[1]) << 4 | hex_digit(p[2]));
            i += 2;
        }
        else mime_put_byte(bytes, *p);
    }
}

void mime_decode_words(const char *value, size_t size, UINT codepage, struct mime_text *text)
{
    const char *p = value, *end, *begun = value, *blank, *clear = value;
    struct mime_bytes pending = {0};    /* of words of one charset: a character may span two */
    UINT pending_codepage = MIME_CP_UNKNOWN;
    BOOL after_word = FALSE;
    struct word word;

    if (!size) return;
    end = value + size;
    while (p < end)
    {
        if (*p != '=' || !find_word(p, end, &word, &clear))
        {
            p++;
            continue;
        }
        for (blank = begun; blank < p && mime_is_space(*blank);) blank++;
        if (blank < p || !after_word
            || pending_codepage != mime_codepage(word.charset, word.charset_size))
        {
            mime_decode(pending_codepage, pending.data, pending.size, text);
            /* Blanks between two words are not text. */
            if (blank < p || !after_word) mime_decode(codepage, begun, p - begun, text);
            pending.size = 0;
        }
        pending_codepage = mime_codepage(word.charset, word.charset_size);
        decode_word(&word, &pending);
        p = begun = word.end;
        after_word = TRUE;
    }
    mime_decode(pending_codepage, pending.data, pending.size, text);
    mime_decode(codepage, begun, end - begun, text);
    if (pending.failed) text->failed = TRUE;
    mime_bytes_free(&pending);
}
