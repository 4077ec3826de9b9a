/*
 * mapictl: vCards, reading
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
 * A card is found first: its lines from BEGIN to END, and its version, which decides how lines are
 * unfolded and what a backslash means. Then its lines become properties. A card without its END
 * ends where the next one begins; one inside another (AGENT, 2.1) is left out.
 */

#include <stdlib.h>
#include <string.h>

#include "vcard.h"

struct span
{
    const char *data;
    size_t size;
};

/* What the parameters of a property say. */
struct parameters
{
    BOOL qp, base64;
    UINT codepage;
};

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? c + 'A' - 'a' : c;
}

/* ---- lines ---- */

/* The next line, without what ends it; FALSE: there is none. */
static BOOL next_line(const char *data, size_t size, size_t *position, struct span *line)
{
    const char *start = data + *position, *end = data + size, *p = start;

    if (start == end) return FALSE;
    while (p < end && *p != '\r' && *p != '\n') p++;
    line->data = start;
    line->size = p - start;
    if (p < end) p += p[0] == '\r' && p + 1 < end && p[1] == '\n' ? 2 : 1;
    *position = p - data;
    return TRUE;
}

/* Is the line this, in any case, with blanks behind it and around its colon? lower: without
 * blanks. */
static BOOL line_is(const struct span *line, const char *lower)
{
    size_t i;

    for (i = 0; i < line->size; i++)
    {
        if (i && (line->data[i] == ' ' || line->data[i] == '\t')) continue;
        if (!*lower || mime_lower(line->data[i]) != *lower++) return FALSE;
    }
    return !*lower;
}

static BOOL starts(const struct span *line, const char *lower)
{
    return line->size >= strlen(lower) && mime_equal(line->data, strlen(lower), lower);
}

/* Does the property's head have that word? That is asked before it is taken apart, since lines of
 * quoted-printable and base64 are continued in ways of their own. */
static BOOL head_has(const struct span *line, const char *lower)
{
    size_t i, size = strlen(lower);

    for (i = 0; i + size <= line->size && line->data[i] != ':'; i++)
        if (mime_equal(line->data + i, size, lower)) return TRUE;
    return FALSE;
}

static BOOL is_base64_line(const struct span *line)
{
    size_t i;

    for (i = 0; i < line->size; i++)
    {
        char c = mime_lower(line->data[i]);

        if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '+' && c != '/' && c != '='
            && c != ' ' && c != '\t')
            return FALSE;
    }
    return line->size > 0;
}

/* ---- parameters ---- */

static const struct { const char *name; ULONG bit; } type_names[] =
{
    { "home", VCARD_HOME }, { "work", VCARD_WORK }, { "cell", VCARD_CELL }, { "mobile", VCARD_CELL },
    { "fax", VCARD_FAX }, { "pager", VCARD_PAGER }, { "voice", VCARD_VOICE }, { "car", VCARD_CAR },
    { "isdn", VCARD_ISDN }, { "textphone", VCARD_TEXTPHONE }, { "internet", VCARD_INTERNET },
    { "x400", VCARD_X400 }
};

static void take_type(struct vcard_property *property, const struct span *value)
{
    size_t i;

    if (mime_equal(value->data, value->size, "pref") && property->preference > 1)
        property->preference = 1;
    for (i = 0; i < ARRAY_SIZE(type_names); i++)
        if (mime_equal(value->data, value->size, type_names[i].name))
            property->types |= type_names[i].bit;
}

static void take_encoding(struct parameters *parameters, const struct span *value)
{
    if (mime_equal(value->data, value->size, "quoted-printable")) parameters->qp = TRUE;
    if (mime_equal(value->data, value->size, "base64") || mime_equal(value->data, value->size, "b"))
        parameters->base64 = TRUE;
}

static void take_value(struct vcard_property *property, struct parameters *parameters,
                       const struct span *name, const struct span *value)
{
    unsigned number = 0;
    size_t i;

    if (!name->size || mime_equal(name->data, name->size, "type"))
    {
        take_type(property, value);
        if (!name->size) take_encoding(parameters, value);
    }
    else if (mime_equal(name->data, name->size, "encoding")) take_encoding(parameters, value);
    else if (mime_equal(name->data, name->size, "charset"))
    {
        UINT codepage = mime_codepage(value->data, value->size);

        if (codepage != MIME_CP_UNKNOWN) parameters->codepage = codepage;
    }
    else if (mime_equal(name->data, name->size, "pref"))
    {
        for (i = 0; i < value->size && i < 4; i++)
            if (value->data[i] >= '0' && value->data[i] <= '9')
                number = number * 10 + value->data[i] - '0';
        if (number >= 1 && number <= 100) property->preference = number;
    }
}

/* name=value,"value,value";name: everything between the semicolons. Commas divide inside of quotes,
 * too: TYPE="home,voice" is written so. */
static void take_parameter(struct vcard_property *property, struct parameters *parameters,
                           const char *p, const char *end)
{
    struct span name = { p, 0 }, value;
    const char *equals = memchr(p, '=', end - p);

    if (equals)
    {
        name.size = equals - p;
        p = equals + 1;
    }
    while (name.size && mime_is_space(name.data[name.size - 1])) name.size--;
    while (name.size && mime_is_space(*name.data)) name.data++, name.size--;
    while (p < end)
    {
        while (p < end && (*p == '"' || *p == ',' || mime_is_space(*p))) p++;
        value.data = p;
        while (p < end && *p != ',' && *p != '"') p++;
        value.size = p - value.data;
        while (value.size && mime_is_space(value.data[value.size - 1])) value.size--;
        if (value.size) take_value(property, parameters, &name, &value);
    }
}

/* Everything before the colon; where the value begins, or NULL: it is no property. */
static const char *take_head(struct vcard_property *property, struct parameters *parameters,
                             const char *p, const char *end)
{
    const char *name = p, *start;
    BOOL quoted;
    size_t i;

    while (p < end && *p != ':' && *p != ';') p++;
    if (p == end) return NULL;
    /* item1.EMAIL is EMAIL. */
    for (start = p; start > name && start[-1] != '.'; start--) ;
    while (start < p && mime_is_space(*start)) start++;
    for (i = 0; start + i < p && !mime_is_space(start[i]); i++)
    {
        if (i == VCARD_MAX_NAME - 1 || start[i] < ' ' || start[i] > '~') return NULL;
        property->name[i] = upper(start[i]);
    }
    property->name[i] = 0;
    if (!i) return NULL;
    while (p < end && *p == ';')
    {
        start = ++p;
        for (quoted = FALSE; p < end && (quoted || (*p != ':' && *p != ';')); p++)
            if (*p == '"') quoted = !quoted;
        /* A quote that is never closed means nothing. */
        if (p == end) for (p = start; p < end && *p != ':' && *p != ';'; p++) ;
        take_parameter(property, parameters, start, p);
    }
    return p < end ? p + 1 : NULL;
}

/* ---- values ---- */

static void decode(enum mime_encoding encoding, const char *data, size_t size,
                   struct mime_bytes *out)
{
    struct mime_decoder decoder = { encoding };

    mime_decoder_put(&decoder, data, size, out);
    mime_decoder_end(&decoder, out);
    if (decoder.line.failed) out->failed = TRUE;
    mime_decoder_free(&decoder);
}

/* "data:image/jpeg;base64,..." with its commas escaped or not, in what is no text; NULL: it is
 * none. */
static const char *data_address(const char *name, const char *p, const char *end)
{
    static const char word[] = "base64";

    if (strcmp(name, "PHOTO") && strcmp(name, "LOGO") && strcmp(name, "SOUND")
        && strcmp(name, "KEY"))
        return NULL;
    if (end - p < 5 || !mime_equal(p, 5, "data:")) return NULL;
    for (p += 5; end - p > 6 && *p != ','; p++)
        if (mime_equal(p, sizeof(word) - 1, word))
        {
            p += sizeof(word) - 1;
            if (p < end && *p == '\\') p++;
            return p < end && *p == ',' ? p + 1 : NULL;
        }
    return NULL;
}

static BOOL decode_value(struct vcard_property *property, const struct parameters *parameters,
                         const char *p, const char *end)
{
    struct mime_bytes bytes = { 0 };
    const char *data;

    while (p < end && !parameters->qp && mime_is_space(*p)) p++;
    if (parameters->base64) decode(MIME_BASE64, p, end - p, &property->data);
    else if ((data = data_address(property->name, p, end)))
        decode(MIME_BASE64, data, end - data, &property->data);
    else if (parameters->qp)
    {
        decode(MIME_QP, p, end - p, &bytes);
        if (!bytes.failed)
            mime_decode(parameters->codepage, bytes.data ? bytes.data : "", bytes.size,
                        &property->text);
    }
    else mime_decode(parameters->codepage, p, end - p, &property->text);
    if (bytes.failed) property->text.failed = TRUE;
    mime_bytes_free(&bytes);
    return !property->text.failed && !property->data.failed;
}

/* ---- a card ---- */

static BOOL add_property(struct vcard *card, size_t *room, const struct vcard_property *property)
{
    struct vcard_property *grown;

    if (card->count == *room)
    {
        *room = *room ? *room * 2 : 16;
        if (!(grown = realloc(card->properties, *room * sizeof(*grown)))) return FALSE;
        card->properties = grown;
    }
    card->properties[card->count++] = *property;
    return TRUE;
}

/* One property from its unfolded line. FALSE: no memory. */
static BOOL parse_line(struct vcard *card, size_t *room, const char *line, size_t size)
{
    struct parameters parameters = { FALSE, FALSE, MIME_CP_UTF8 };
    struct vcard_property property;
    const char *value;

    memset(&property, 0, sizeof(property));
    property.preference = VCARD_UNPREFERRED;
    if (!(value = take_head(&property, &parameters, line, line + size))) return TRUE;
    if (card->count == VCARD_MAX_PROPERTIES)
    {
        card->cut = TRUE;
        return TRUE;
    }
    if (decode_value(&property, &parameters, value, line + size)
        && add_property(card, room, &property))
        return TRUE;
    mime_text_free(&property.text);
    mime_bytes_free(&property.data);
    return FALSE;
}

/* The line at the position and all that continues it. */
static void unfold(const struct vcard *card, const char *data, size_t size, size_t *position,
                   const struct span *first, struct mime_bytes *out)
{
    struct span line;
    size_t next;

    out->size = 0;
    mime_put(out, first->data, first->size);
    if (head_has(first, "quoted-printable"))
    {
        while (out->size && !out->failed && out->data[out->size - 1] == '='
               && next_line(data, size, position, &line))
        {
            out->size--;
            mime_put(out, line.data, line.size);
        }
        return;
    }
    for (next = *position; next_line(data, size, &next, &line); *position = next)
    {
        if (!line.size || (line.data[0] != ' ' && line.data[0] != '\t')) break;
        /* 2.1 breaks lines before a blank, the others put one in. */
        if (card->version == 21) mime_put(out, line.data, line.size);
        else mime_put(out, line.data + 1, line.size - 1);
    }
    /* Base64 of some old telephones goes on without a blank. */
    if (card->version != 21 || !head_has(first, "base64")) return;
    for (next = *position; next_line(data, size, &next, &line); *position = next)
    {
        if (!is_base64_line(&line)) break;
        mime_put(out, line.data, line.size);
    }
}

static HRESULT parse_card(struct vcard *card, const char *data, size_t size)
{
    struct mime_bytes line = { 0 };
    size_t position = 0, room = 0;
    struct span first;
    BOOL good = TRUE;
    unsigned depth = 0;

    while (good && next_line(data, size, &position, &first))
    {
        if (line_is(&first, "begin:vcard")) depth++;
        else if (line_is(&first, "end:vcard") && depth) depth--;
        else if (!depth)
        {
            unfold(card, data, size, &position, &first, &line);
            good = !line.failed && (!line.size || parse_line(card, &room, line.data, line.size));
        }
    }
    mime_bytes_free(&line);
    return good ? S_OK : E_OUTOFMEMORY;
}

static unsigned version_of(const struct span *line)
{
    if (line_is(line, "version:2.1")) return 21;
    if (line_is(line, "version:4.0")) return 40;
    return 30;
}

HRESULT vcard_next(struct vcard_reader *reader, struct vcard *card)
{
    size_t start, end, before = reader->position;
    BOOL agent = FALSE;
    unsigned depth = 0;
    struct span line;
    HRESULT hr;

    memset(card, 0, sizeof(*card));
    card->version = 30;
    do
    {
        if (!next_line(reader->data, reader->size, &reader->position, &line)) return S_FALSE;
    }
    while (!line_is(&line, "begin:vcard"));
    start = end = reader->position;
    for (;;)
    {
        before = reader->position;
        if (!next_line(reader->data, reader->size, &reader->position, &line)) break;
        if (line_is(&line, "begin:vcard"))
        {
            if (!agent)
            {
                /* The END of this one is missing. */
                reader->position = before;
                break;
            }
            depth++;
        }
        else if (line_is(&line, "end:vcard"))
        {
            if (!depth) break;
            depth--;
        }
        else if (!depth && starts(&line, "version")) card->version = version_of(&line);
        if (line.size) agent = starts(&line, "agent");
    }
    end = before;
    if (end - start > VCARD_MAX_SIZE)
    {
        end = start + VCARD_MAX_SIZE;
        card->cut = TRUE;
    }
    if (FAILED(hr = parse_card(card, reader->data + start, end - start))) vcard_free(card);
    return hr;
}

void vcard_free(struct vcard *card)
{
    size_t i;

    for (i = 0; i < card->count; i++)
    {
        mime_text_free(&card->properties[i].text);
        mime_bytes_free(&card->properties[i].data);
    }
    free(card->properties);
    memset(card, 0, sizeof(*card));
}

/* ---- files ---- */

/* Some programs write UTF-16, with a byte order mark or without. */
static BOOL convert_wide(struct vcard_reader *reader, const BYTE *data, size_t size, BOOL big)
{
    struct mime_text text = { 0 };
    size_t i;

    for (i = 0; i + 1 < size; i += 2)
        mime_text_put_char(&text, big ? data[i] << 8 | data[i + 1] : data[i + 1] << 8 | data[i]);
    if (!text.failed && text.length) mime_encode_utf8(text.data, text.length, &reader->converted);
    reader->data = reader->converted.data ? reader->converted.data : "";
    reader->size = reader->converted.size;
    if (text.failed || reader->converted.failed)
    {
        mime_text_free(&text);
        vcard_reader_free(reader);
        return FALSE;
    }
    mime_text_free(&text);
    return TRUE;
}

BOOL vcard_reader_init(struct vcard_reader *reader, const void *data, size_t size)
{
    const BYTE *bytes = data;

    memset(reader, 0, sizeof(*reader));
    reader->data = data;
    reader->size = size;
    if (size >= 3 && bytes[0] == 0xef && bytes[1] == 0xbb && bytes[2] == 0xbf) reader->position = 3;
    else if (size >= 2 && bytes[0] == 0xff && bytes[1] == 0xfe)
        return convert_wide(reader, bytes + 2, size - 2, FALSE);
    else if (size >= 2 && bytes[0] == 0xfe && bytes[1] == 0xff)
        return convert_wide(reader, bytes + 2, size - 2, TRUE);
    else if (size >= 2 && mime_lower(bytes[0]) == 'b' && !bytes[1])
        return convert_wide(reader, bytes, size, FALSE);
    else if (size >= 2 && !bytes[0] && mime_lower(bytes[1]) == 'b')
        return convert_wide(reader, bytes, size, TRUE);
    return TRUE;
}

void vcard_reader_free(struct vcard_reader *reader)
{
    mime_bytes_free(&reader->converted);
    memset(reader, 0, sizeof(*reader));
}

/* ---- what is in a property ---- */

const struct vcard_property *vcard_find(const struct vcard *card, const char *name)
{
    size_t i;

    for (i = 0; i < card->count; i++)
        if (!strcmp(card->properties[i].name, name)) return &card->properties[i];
    return NULL;
}

/* What follows a backslash: 2.1 has it before what would divide only. */
static BOOL is_escape(const struct vcard *card, WCHAR c)
{
    return card->version == 21 ? c == ';' || c == ',' : c != 0;
}

BOOL vcard_part(const struct vcard *card, const struct vcard_property *property, char divider,
                size_t index, struct mime_text *out)
{
    const struct mime_text *text = &property->text;
    WCHAR c, next;
    size_t i;

    if (!divider && index) return FALSE;
    for (i = 0; index && i < text->length; i++)
    {
        next = i + 1 < text->length ? text->data[i + 1] : 0;
        if (text->data[i] == '\\' && is_escape(card, next)) i++;
        else if (text->data[i] == (WCHAR)divider) index--;
    }
    if (index) return FALSE;
    for (; i < text->length; i++)
    {
        c = text->data[i];
        next = i + 1 < text->length ? text->data[i + 1] : 0;
        if (divider && c == (WCHAR)divider) break;
        if (c == '\\' && is_escape(card, next))
        {
            i++;
            c = card->version != 21 && (next == 'n' || next == 'N') ? '\n' : next;
        }
        else if (c == '\r')
        {
            if (next == '\n') i++;
            c = '\n';
        }
        if (c == '\n') mime_text_put(out, L"\r\n", 2);
        else if (c) mime_text_put_char(out, c);
    }
    mime_text_put(out, NULL, 0);
    return TRUE;
}

static BOOL digits(const WCHAR *text, size_t count, unsigned *number)
{
    *number = 0;
    for (; count; count--, text++)
    {
        if (*text < '0' || *text > '9') return FALSE;
        *number = *number * 10 + *text - '0';
    }
    return TRUE;
}

BOOL vcard_date(const struct vcard *card, const struct vcard_property *property, unsigned *year,
                unsigned *month, unsigned *day)
{
    static const BYTE lengths[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    const WCHAR *p = property->text.data;
    size_t length = property->text.length, dash;

    if (length < 8) return FALSE;
    dash = p[4] == '-';
    if (dash && (length < 10 || p[7] != '-')) return FALSE;
    if (!digits(p, 4, year) || !digits(p + 4 + dash, 2, month) || !digits(p + 6 + 2 * dash, 2, day))
        return FALSE;
    length -= 8 + 2 * dash;
    p += 8 + 2 * dash;
    if (length && *p != 'T' && *p != 't' && *p != ' ' && *p != 'Z') return FALSE;
    if (*month < 1 || *month > 12 || *day < 1 || *day > lengths[*month - 1]) return FALSE;
    return *month != 2 || *day < 29 || (!(*year % 4) && (*year % 100 || !(*year % 400)));
}
