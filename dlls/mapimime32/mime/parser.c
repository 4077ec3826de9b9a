/*
 * Messages taken apart
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
 * The parser reads a message line by line and tells its entities to a sink as they come. It holds
 * one header, the boundaries that are open and the text aside; never a body. A boundary is looked
 * for only at the begin of a line, in all multiparts that are open, the innermost first: a part
 * whose end is missing ends with the part around it.
 *
 * What cannot be taken apart stays whole: an entity too deep is a leaf, and when there are too
 * many, all that follows in a multipart is one leaf more (rest).
 */

#include <stdlib.h>
#include <string.h>

#include "mime.h"

#define BUFFER 65536

struct open_entity
{
    enum mime_kind kind;
    char *boundary;             /* MULTIPART: "--" and the boundary */
    size_t boundary_size;
    BOOL digest, has_child, closed;     /* MULTIPART; closed: behind the last part */
};

struct parser
{
    mime_read read;
    void *read_context;
    const struct mime_sink *sink;
    void *context;
    unsigned outer_depth;
    unsigned *parts;
    char *buffer;
    size_t used, at;            /* of buffer */
    BOOL ended;
    struct open_entity stack[MIME_MAX_DEPTH + 1];
    unsigned depth;
    enum { HEADER, LEAF, ASIDE } state;
    BOOL first_line;            /* HEADER: nothing yet; LEAF, ASIDE: no newline is held */
    BOOL header_full;
    struct mime_header header;
    struct mime_decoder decoder;
    struct mime_bytes decoded, aside;
    char newline[2];            /* of the last line: it is the boundary's if one follows */
    size_t newline_size;
    BOOL line_begins;
};

/* A piece of a line, at most a buffer long. begins: it is the first piece; newline: how many bytes
 * of it are the line's end. FALSE: there is no more. */
static HRESULT next_piece(struct parser *parser, const char **data, size_t *size, BOOL *begins,
                          size_t *newline, BOOL *more)
{
    char *end = NULL;
    size_t got;
    HRESULT hr;

    *begins = parser->line_begins;
    for (;;)
    {
        size_t there = parser->used - parser->at;

        if (there && (end = memchr(parser->buffer + parser->at, '\n', there))) break;
        if (parser->ended || there == BUFFER) break;
        if (parser->at) memmove(parser->buffer, parser->buffer + parser->at, there);
        parser->at = 0;
        parser->used = there;
        got = 0;
        if (FAILED(hr = parser->read(parser->read_context, parser->buffer + there, BUFFER - there,
                                     &got))) return hr;
        if (!got) parser->ended = TRUE;
        parser->used += got < BUFFER - there ? got : BUFFER - there;
    }
    *more = parser->at < parser->used;
    *data = parser->buffer + parser->at;
    *size = end ? (size_t)(end + 1 - *data) : parser->used - parser->at;
    *newline = 0;
    /* A CR that ends the buffer may belong to the next piece's LF. */
    if (!end && *size > 1 && !parser->ended && (*data)[*size - 1] == '\r') --*size;
    if (end) *newline = *size > 1 && end[-1] == '\r' ? 2 : 1;
    parser->at += *size;
    parser->line_begins = end != NULL;
    return S_OK;
}

static HRESULT flush_decoded(struct parser *parser)
{
    HRESULT hr = S_OK;

    if (parser->decoded.failed) return E_OUTOFMEMORY;
    if (parser->decoded.size)
        hr = parser->sink->data(parser->context, parser->decoded.data, parser->decoded.size);
    parser->decoded.size = 0;
    return hr;
}

static HRESULT leaf_data(struct parser *parser, const char *data, size_t size)
{
    mime_decoder_put(&parser->decoder, data, size, &parser->decoded);
    return parser->decoded.size >= BUFFER || parser->decoded.failed ? flush_decoded(parser) : S_OK;
}

static void begin_leaf(struct parser *parser, enum mime_encoding encoding)
{
    mime_decoder_free(&parser->decoder);
    memset(&parser->decoder, 0, sizeof(parser->decoder));
    parser->decoder.encoding = encoding;
    parser->decoded.size = 0;
    parser->state = LEAF;
    parser->first_line = TRUE;
    parser->newline_size = 0;
}

/* begin of a leaf that has no header. */
static HRESULT begin_bare(struct parser *parser, BOOL rest)
{
    static const struct mime_header none;
    struct mime_entity entity;

    memset(&entity, 0, sizeof(entity));
    entity.header = &none;
    entity.aside = !rest;
    entity.rest = rest;
    strcpy(entity.type, rest ? "application/octet-stream" : "text/plain");
    begin_leaf(parser, MIME_IDENTITY);
    ++*parser->parts;
    return parser->sink->begin(parser->context, &entity);
}

static HRESULT end_leaf(struct parser *parser)
{
    HRESULT hr;

    mime_decoder_end(&parser->decoder, &parser->decoded);
    if (FAILED(hr = flush_decoded(parser))) return hr;
    return parser->sink->end(parser->context);
}

static BOOL has_text(const struct mime_bytes *bytes)
{
    size_t i;

    for (i = 0; i < bytes->size; i++) if (!mime_is_space(bytes->data[i])) return TRUE;
    return FALSE;
}

/* What stood outside all parts becomes one if it is text that would be lost. */
static HRESULT flush_aside(struct parser *parser)
{
    HRESULT hr;

    if (parser->aside.failed) return E_OUTOFMEMORY;
    if (!has_text(&parser->aside))
    {
        parser->aside.size = 0;
        return S_OK;
    }
    if (FAILED(hr = begin_bare(parser, FALSE))) return hr;
    hr = parser->sink->data(parser->context, parser->aside.data, parser->aside.size);
    parser->aside.size = 0;
    return FAILED(hr) ? hr : parser->sink->end(parser->context);
}

/* Ends what is open above depth, but not what the current state stands for. */
static HRESULT close_to(struct parser *parser, unsigned depth)
{
    HRESULT hr = S_OK;

    while (parser->depth > depth && SUCCEEDED(hr))
    {
        struct open_entity *top = parser->stack + --parser->depth;

        free(top->boundary);
        top->boundary = NULL;
        hr = parser->sink->end(parser->context);
    }
    return hr;
}

static void begin_header(struct parser *parser)
{
    mime_header_free(&parser->header);
    parser->state = HEADER;
    parser->first_line = TRUE;
    parser->header_full = FALSE;
}

static void begin_aside(struct parser *parser)
{
    parser->state = ASIDE;
    parser->first_line = TRUE;
    parser->newline_size = 0;
    parser->aside.size = 0;
}

static BOOL is_message(const char *type)
{
    return !strcmp(type, "message/rfc822") || !strcmp(type, "message/global")
           || !strcmp(type, "message/news");
}

/* "--" and the boundary of a Content-Type, NULL if it has none that could be found. */
static char *read_boundary(const struct mime_entity *entity, size_t *size)
{
    struct mime_text text = {0};
    struct mime_bytes bytes = {0};

    if (mime_value_parameter(entity->content_type, entity->content_type_size, "boundary", &text))
    {
        while (text.length && text.data[text.length - 1] == ' ') text.length--;
        if (text.length && text.length <= 1000)
        {
            mime_put(&bytes, "--", 2);
            mime_encode_utf8(text.data, text.length, &bytes);
        }
    }
    mime_text_free(&text);
    if (bytes.failed) mime_bytes_free(&bytes);
    *size = bytes.size;
    return bytes.data;
}

static void read_entity(const struct parser *parser, BOOL digest, struct mime_entity *entity)
{
    const struct mime_header *header = &parser->header;
    const struct mime_field *field;
    const char *slash;

    memset(entity, 0, sizeof(*entity));
    entity->header = header;
    strcpy(entity->type, digest ? "message/rfc822" : "text/plain");
    if ((field = mime_header_field(header, "content-type")))
    {
        char type[sizeof(entity->type)];

        entity->content_type = field->value;
        entity->content_type_size = field->value_size;
        mime_value_token(field->value, field->value_size, type, sizeof(type));
        if ((slash = strchr(type, '/')) && slash > type && slash[1]) strcpy(entity->type, type);
        else if (!strcmp(type, "html")) strcpy(entity->type, "text/html");
        else if (*type && strcmp(type, "text")) strcpy(entity->type, "application/octet-stream");
    }
    if ((field = mime_header_field(header, "content-disposition")))
    {
        entity->disposition = field->value;
        entity->disposition_size = field->value_size;
    }
    if ((field = mime_header_field(header, "content-transfer-encoding")))
        entity->encoding = mime_encoding_from_name(field->value, field->value_size);
}

/* The header is whole. */
static HRESULT begin_entity(struct parser *parser)
{
    struct open_entity *parent = parser->depth ? parser->stack + parser->depth - 1 : NULL, *top;
    struct mime_entity entity;
    size_t boundary_size = 0;
    char *boundary = NULL;
    BOOL deep;
    HRESULT hr;

    if (!mime_header_parse(&parser->header)) return E_OUTOFMEMORY;
    read_entity(parser, parent && parent->kind == MIME_MULTIPART && parent->digest, &entity);
    deep = parser->outer_depth + parser->depth >= MIME_MAX_DEPTH
           || *parser->parts >= MIME_MAX_PARTS;
    if (!strncmp(entity.type, "multipart/", 10) && !deep)
    {
        if ((boundary = read_boundary(&entity, &boundary_size))) entity.kind = MIME_MULTIPART;
        else strcpy(entity.type, "text/plain");
    }
    else if (is_message(entity.type) && !deep && entity.encoding == MIME_IDENTITY)
        entity.kind = MIME_MESSAGE;
    ++*parser->parts;
    if (FAILED(hr = parser->sink->begin(parser->context, &entity)))
    {
        free(boundary);
        return hr;
    }
    if (entity.kind == MIME_LEAF)
    {
        begin_leaf(parser, entity.encoding);
        return S_OK;
    }
    top = parser->stack + parser->depth++;
    memset(top, 0, sizeof(*top));
    top->kind = entity.kind;
    top->boundary = boundary;
    top->boundary_size = boundary_size;
    top->digest = !strcmp(entity.type, "multipart/digest");
    if (entity.kind == MIME_MESSAGE) begin_header(parser);
    else begin_aside(parser);
    return S_OK;
}

/* Ends what the state stands for. */
static HRESULT end_state(struct parser *parser)
{
    HRESULT hr;

    switch (parser->state)
    {
    case HEADER:
        /* No body, perhaps of several messages in one another. */
        do { if (FAILED(hr = begin_entity(parser))) return hr; } while (parser->state == HEADER);
        return parser->state == LEAF ? end_leaf(parser) : S_OK;
    case LEAF:
        return end_leaf(parser);
    case ASIDE:
        return flush_aside(parser);
    }
    return S_OK;
}

/* The multipart a line is a boundary of, -1 if it is none. */
static int find_boundary(const struct parser *parser, const char *data, size_t size, BOOL *last)
{
    unsigned i;

    if (size < 3 || data[0] != '-' || data[1] != '-') return -1;
    for (i = parser->depth; i--;)
    {
        const struct open_entity *open = parser->stack + i;
        size_t at = open->boundary_size;

        if (!open->boundary || open->closed || size < at || memcmp(data, open->boundary, at))
            continue;
        *last = size - at >= 2 && data[at] == '-' && data[at + 1] == '-';
        if (*last) at += 2;
        while (at < size && mime_is_space(data[at])) at++;
        if (at == size) return i;
    }
    return -1;
}

static HRESULT at_boundary(struct parser *parser, unsigned at, BOOL last)
{
    struct open_entity *open = parser->stack + at;
    HRESULT hr;

    /* What stood before the first part is only for readers without MIME. */
    if (parser->state == ASIDE && parser->depth == at + 1 && !open->has_child && !last)
        parser->aside.size = 0;
    else if (FAILED(hr = end_state(parser))) return hr;
    if (FAILED(hr = close_to(parser, at + 1))) return hr;
    open->has_child = TRUE;
    if (last)
    {
        open->closed = TRUE;
        begin_aside(parser);
        return S_OK;
    }
    if (*parser->parts >= MIME_MAX_PARTS)
    {
        open->closed = TRUE;
        return begin_bare(parser, TRUE);
    }
    begin_header(parser);
    return S_OK;
}

static HRESULT held_newline(struct parser *parser)
{
    HRESULT hr = S_OK;

    if (parser->newline_size)
    {
        if (parser->state == LEAF) hr = leaf_data(parser, parser->newline, parser->newline_size);
        else mime_put(&parser->aside, parser->newline, parser->newline_size);
    }
    parser->newline_size = 0;
    return hr;
}

static HRESULT body_piece(struct parser *parser, const char *data, size_t size, size_t newline)
{
    HRESULT hr;

    if (FAILED(hr = held_newline(parser))) return hr;
    if (parser->state == LEAF)
    {
        if (FAILED(hr = leaf_data(parser, data, size - newline))) return hr;
    }
    else mime_put(&parser->aside, data, size - newline);
    memcpy(parser->newline, data + size - newline, newline);
    parser->newline_size = newline;
    if (parser->state == ASIDE && parser->aside.size > MIME_MAX_ASIDE)
    {
        struct mime_bytes aside = parser->aside;

        if (aside.failed) return E_OUTOFMEMORY;
        memset(&parser->aside, 0, sizeof(parser->aside));
        parser->stack[parser->depth - 1].has_child = TRUE;
        hr = begin_bare(parser, FALSE);
        if (SUCCEEDED(hr)) hr = leaf_data(parser, aside.data, aside.size);
        memcpy(parser->newline, data + size - newline, newline);
        parser->newline_size = newline;
        mime_bytes_free(&aside);
    }
    return hr;
}

static HRESULT header_piece(struct parser *parser, const char *data, size_t size, BOOL begins,
                            size_t newline)
{
    HRESULT hr;

    if (begins)
    {
        if (size == newline) return begin_entity(parser);
        /* The separator of a mail folder. */
        if (parser->first_line && ((size > 5 && !memcmp(data, "From ", 5))
                                   || (size > 6 && !memcmp(data, ">From ", 6))))
            return S_OK;
        if (!mime_is_header_line(data, size - newline, parser->first_line))
        {
            /* The blank line is missing: this is the body. */
            if (FAILED(hr = begin_entity(parser))) return hr;
            if (parser->state != HEADER) return body_piece(parser, data, size, newline);
            return header_piece(parser, data, size, TRUE, newline);
        }
    }
    parser->first_line = FALSE;
    if (parser->header.raw.size + size > MIME_MAX_HEADER) parser->header_full = TRUE;
    if (!parser->header_full) mime_put(&parser->header.raw, data, size);
    return S_OK;
}

static HRESULT run(struct parser *parser)
{
    size_t size, newline;
    const char *data;
    BOOL begins, more, last;
    HRESULT hr;
    int at;

    parser->line_begins = TRUE;
    begin_header(parser);
    for (;;)
    {
        if (FAILED(hr = next_piece(parser, &data, &size, &begins, &newline, &more))) return hr;
        if (!more) break;
        if (begins && (at = find_boundary(parser, data, size, &last)) >= 0)
            hr = at_boundary(parser, at, last);
        else if (parser->state == HEADER) hr = header_piece(parser, data, size, begins, newline);
        else hr = body_piece(parser, data, size, newline);
        if (FAILED(hr)) return hr;
    }
    if (parser->state != HEADER && FAILED(hr = held_newline(parser))) return hr;
    for (;;)
    {
        if (FAILED(hr = end_state(parser))) return hr;
        if (!parser->depth) return S_OK;
        if (FAILED(hr = close_to(parser, parser->depth - 1))) return hr;
        begin_aside(parser);
    }
}

HRESULT mime_parse(mime_read read, void *read_context, const struct mime_sink *sink, void *context,
                   unsigned depth, unsigned *parts)
{
    struct parser *parser;
    HRESULT hr;

    if (!(parser = calloc(1, sizeof(*parser)))) return E_OUTOFMEMORY;
    parser->read = read;
    parser->read_context = read_context;
    parser->sink = sink;
    parser->context = context;
    parser->outer_depth = depth;
    parser->parts = parts;
    if ((parser->buffer = malloc(BUFFER))) hr = run(parser);
    else hr = E_OUTOFMEMORY;
    while (parser->depth) free(parser->stack[--parser->depth].boundary);
    mime_header_free(&parser->header);
    mime_decoder_free(&parser->decoder);
    mime_bytes_free(&parser->decoded);
    mime_bytes_free(&parser->aside);
    free(parser->buffer);
    free(parser);
    return hr;
}
