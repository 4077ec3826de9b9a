/*
 * Fuzzer of the MIME layer of mapimime32
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
 * Any bytes as a message, as each kind of field and as HTML. Every entity that is begun has to end, the limits have
 * to hold, and what is written of a text has to be read as that text again.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../dlls/mapimime32/mime/buffer.c"
#include "../../dlls/mapimime32/mime/charset.c"
#include "../../dlls/mapimime32/mime/coding.c"
#include "../../dlls/mapimime32/mime/header.c"
#include "../../dlls/mapimime32/mime/address.c"
#include "../../dlls/mapimime32/mime/date.c"
#include "../../dlls/mapimime32/mime/text.c"
#include "../../dlls/mapimime32/mime/write.c"
#include "../../dlls/mapimime32/mime/parser.c"

int LLVMFuzzerTestOneInput(const BYTE *data, size_t size);

BOOL mime_system_decode(UINT codepage, const char *data, size_t size, BOOL lenient,
                        struct mime_text *text)
{
    return FALSE;
}

struct input
{
    const BYTE *data;
    size_t size, step;
};

static HRESULT input_read(void *context, void *buffer, size_t size, size_t *got)
{
    struct input *input = context;

    *got = input->size < size ? input->size : size;
    if (*got > input->step) *got = input->step;
    memcpy(buffer, input->data, *got);
    input->data += *got;
    input->size -= *got;
    return S_OK;
}

struct state
{
    unsigned depth, begun;
    struct mime_bytes out;
};

static BOOL take_mailbox(void *context, const struct mime_mailbox *mailbox)
{
    struct mime_text name = {0}, address = {0};
    struct mime_bytes *out = context;

    mime_text_put(&name, mailbox->name, mailbox->name_length);
    mime_text_put(&address, mailbox->address, mailbox->address_length);
    mime_put_mailbox(out, name.data, address.data, !out->size, FALSE);
    mime_text_free(&name);
    mime_text_free(&address);
    return TRUE;
}

/* What is written of a text is one field, and that text again but for its blanks. */
static void check_field(const struct mime_text *text)
{
    struct mime_text back = {0}, plain = {0};
    struct mime_header header = {{0}};
    size_t i;

    for (i = 0; i < text->length; i++)
        if (text->data[i] > ' ' && text->data[i] != 0x7f
            && (text->data[i] < 0xd800 || text->data[i] >= 0xe000))
            mime_text_put_char(&plain, text->data[i]);
    mime_text_put(&plain, NULL, 0);
    mime_put_text_field(&header.raw, "Subject", plain.data, FALSE);
    if (!mime_header_parse(&header) || header.count != 1) abort();
    mime_decode_words(header.fields->value, header.fields->value_size, 0, &back);
    mime_text_put(&back, NULL, 0);
    if (back.length != plain.length || memcmp(back.data, plain.data, back.length * sizeof(WCHAR)))
        abort();
    mime_header_free(&header);
    mime_text_free(&back);
    mime_text_free(&plain);
}

static HRESULT take_begin(void *context, const struct mime_entity *entity)
{
    struct state *state = context;
    struct mime_text text = {0};
    char token[32];
    ULONGLONG time;
    size_t i;

    state->begun++;
    if (++state->depth > MIME_MAX_DEPTH + 1) abort();
    if (strlen(entity->type) >= sizeof(entity->type)) abort();
    for (i = 0; i < entity->header->count && i < 50; i++)
    {
        const struct mime_field *field = entity->header->fields + i;

        text.length = 0;
        mime_decode_words(field->value, field->value_size, MIME_CP_LATIN, &text);
        mime_text_put(&text, NULL, 0);
        check_field(&text);
        mime_parse_addresses(field->value, field->value_size, 0, take_mailbox, &state->out);
        mime_parse_date(field->value, field->value_size, &time);
        mime_value_token(field->value, field->value_size, token, sizeof(token));
        text.length = 0;
        if (mime_value_parameter(field->value, field->value_size, "name", &text))
        {
            mime_text_put(&text, NULL, 0);
            mime_put_parameter(&state->out, "name", text.data);
        }
    }
    mime_text_free(&text);
    return S_OK;
}

static HRESULT take_data(void *context, const void *data, size_t size)
{
    struct mime_text text = {0}, out = {0};

    mime_decode(MIME_CP_UTF8, data, size, &text);
    mime_html_to_text(text.data, text.length, &out);
    out.length = 0;
    mime_unflow(text.data, text.length, TRUE, TRUE, &out);
    mime_wrap(text.data, text.length, 20, &out);
    mime_text_free(&text);
    mime_text_free(&out);
    return S_OK;
}

static HRESULT take_end(void *context)
{
    struct state *state = context;

    if (!state->depth--) abort();
    return S_OK;
}

int LLVMFuzzerTestOneInput(const BYTE *data, size_t size)
{
    static const struct mime_sink sink = {take_begin, take_data, take_end};
    struct input input = {data, size, size % 3 ? size + 1 : 7};
    struct state state = {0};
    unsigned parts = 0;

    if (mime_parse(input_read, &input, &sink, &state, 0, &parts) != S_OK) abort();
    if (state.depth || !state.begun || parts != state.begun) abort();
    mime_bytes_free(&state.out);
    return 0;
}
