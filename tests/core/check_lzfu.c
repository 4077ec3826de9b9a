/*
 * Units: compressed rich text
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


#include <stdlib.h>
#include <string.h>

#include "unit.h"
#include "core/lzfu.h"

struct buffer
{
    BYTE *data;
    size_t size;
};

static HRESULT append(void *context, const BYTE *data, size_t size)
{
    struct buffer *buffer = context;

    if (!size) return S_OK;
    buffer->data = realloc(buffer->data, buffer->size + size);
    memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
    return S_OK;
}

static HRESULT no_room(void *context, const BYTE *data, size_t size)
{
    (void)context;
    (void)data;
    (void)size;
    return MAPI_E_NOT_ENOUGH_DISK;
}

/* In pieces of piece bytes, both in and out. */
static HRESULT decode(const BYTE *data, size_t size, size_t piece, struct buffer *out, BOOL *ended)
{
    struct lzfu_decoder *decoder = malloc(sizeof(*decoder));
    size_t at = 0, used, made, part;
    BYTE bytes[0x100];
    HRESULT hr;

    lzfu_decoder_init(decoder);
    do
    {
        part = size - at < piece ? size - at : piece;
        hr = lzfu_decode(decoder, data + at, part, &used, bytes,
                         piece < sizeof(bytes) ? piece : sizeof(bytes), &made);
        ck_assert(used <= part && made <= sizeof(bytes));
        append(out, bytes, made);
        at += used;
    }
    while (hr == S_OK && (used || made));
    *ended = decoder->ended;
    free(decoder);
    return hr;
}

/* Streams that the format's specification shows. */
static const struct
{
    const char *text;
    BYTE data[64];
    size_t size;
}
examples[] =
{
    {
        "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n",
        {0x2d, 0x00, 0x00, 0x00, 0x2b, 0x00, 0x00, 0x00, 0x4c, 0x5a, 0x46, 0x75, 0xf1, 0xc5, 0xc7, 0xa7, 0x03,
         0x00, 0x0a, 0x00, 0x72, 0x63, 0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0a, 0xf3, 0x20, 0x68, 0x65,
         0x6c, 0x09, 0x00, 0x20, 0x62, 0x77, 0x05, 0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f, 0xa0},
        49
    },
    {
        "{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}",
        {0x1a, 0x00, 0x00, 0x00, 0x1c, 0x00, 0x00, 0x00, 0x4c, 0x5a, 0x46, 0x75, 0xe2, 0xd4, 0x4b,
         0x51, 0x41, 0x00, 0x04, 0x20, 0x57, 0x58, 0x59, 0x5a, 0x0d, 0x6e, 0x7d, 0x01, 0x0e, 0xb0},
        30
    }
};

START_TEST(test_examples)
{
    struct lzfu_header header;
    struct buffer out;
    BOOL ended;
    size_t i, piece;

    for (i = 0; i < ARRAYSIZE(examples); i++)
    {
        lzfu_header_read(examples[i].data, &header);
        ck_assert_uint_eq(header.type, LZFU_COMPRESSED);
        ck_assert_uint_eq(header.size, examples[i].size - 4);
        ck_assert_uint_eq(header.raw_size, strlen(examples[i].text));
        ck_assert_uint_eq(header.crc, lzfu_crc(0, examples[i].data + LZFU_HEADER,
                                               examples[i].size - LZFU_HEADER));
        for (piece = 1; piece < 64; piece++)
        {
            memset(&out, 0, sizeof(out));
            unit_assert_hr(decode(examples[i].data + LZFU_HEADER, examples[i].size - LZFU_HEADER,
                                  piece, &out, &ended), S_OK);
            ck_assert(ended);
            ck_assert_uint_eq(out.size, strlen(examples[i].text));
            ck_assert_mem_eq(out.data, examples[i].text, out.size);
            free(out.data);
        }
    }
}
END_TEST

START_TEST(test_header)
{
    struct lzfu_header header = {0x12345678, 0x9abcdef0, LZFU_COMPRESSED, 0xfedcba98}, again;
    BYTE bytes[LZFU_HEADER];

    lzfu_header_write(bytes, &header);
    ck_assert_mem_eq(bytes + 8, "LZFu", 4);
    lzfu_header_read(bytes, &again);
    ck_assert_mem_eq(&again, &header, sizeof(header));
}
END_TEST

static void fill(BYTE *data, size_t size, unsigned int kind)
{
    static const char sample[] = "\\par \\pard\\plain\\f0\\fs20 some words, some more words {\\b bold} ";
    unsigned int seed = 12345 + kind;
    size_t i;

    for (i = 0; i < size; i++)
    {
        seed = seed * 1103515245 + 12345;
        switch (kind)
        {
        case 0: data[i] = 'a'; break;                           /* one long run */
        case 1: data[i] = seed >> 16; break;                    /* nothing repeats */
        case 2: data[i] = sample[i % (sizeof(sample) - 1)]; break;
        case 3: data[i] = sample[(seed >> 20) % (sizeof(sample) - 1)]; break;
        /* What repeats does so just where the window ends. */
        default: data[i] = i < 4096 + kind - 8 ? seed >> 16 : data[i - 4096 - kind + 8]; break;
        }
    }
}

/* Whatever goes in, in pieces of any size, comes out. */
START_TEST(test_round)
{
    static const size_t sizes[] = {0, 1, 2, 3, 16, 17, 18, 255, 4095, 4096, 4097, 20479, 20480,
                                   20481, 70000};
    static const size_t pieces[] = {1, 7, 4096, 100000};
    struct lzfu_encoder *encoder = malloc(sizeof(*encoder));
    BYTE *data = malloc(70000);
    struct buffer packed, out;
    size_t i, j, at, part;
    unsigned int kind;
    BOOL ended;

    for (kind = 0; kind < 12; kind++)
    for (i = 0; i < ARRAYSIZE(sizes); i++)
    for (j = 0; j < ARRAYSIZE(pieces); j++)
    {
        fill(data, sizes[i], kind);
        memset(&packed, 0, sizeof(packed));
        memset(&out, 0, sizeof(out));
        lzfu_encoder_init(encoder, append, &packed);
        for (at = 0; at < sizes[i]; at += part)
        {
            part = sizes[i] - at < pieces[j] ? sizes[i] - at : pieces[j];
            unit_assert_hr(lzfu_encode(encoder, data + at, part), S_OK);
        }
        unit_assert_hr(lzfu_encode_end(encoder), S_OK);
        ck_assert_uint_eq(encoder->made, packed.size);
        ck_assert_uint_eq(encoder->crc, lzfu_crc(0, packed.data, packed.size));
        unit_assert_hr(decode(packed.data, packed.size, 256, &out, &ended), S_OK);
        ck_assert(ended);
        ck_assert_uint_eq(out.size, sizes[i]);
        if (out.size) ck_assert_mem_eq(out.data, data, out.size);
        if (kind == 0 && sizes[i] == 70000) ck_assert_uint_lt(packed.size, 70000 / 7);
        if (kind == 2 && sizes[i] == 70000) ck_assert_uint_lt(packed.size, 70000 / 7);
        free(packed.data);
        free(out.data);
    }
    free(data);
    free(encoder);
}
END_TEST

/* A copy is ended, the encoder goes on: what stands is whole both times. */
START_TEST(test_go_on)
{
    struct lzfu_encoder *encoder = malloc(sizeof(*encoder)), *tail = malloc(sizeof(*tail));
    struct buffer packed = {0}, out = {0};
    BYTE data[3000];
    size_t kept;
    BOOL ended;

    fill(data, sizeof(data), 3);
    lzfu_encoder_init(encoder, append, &packed);
    unit_assert_hr(lzfu_encode(encoder, data, 1000), S_OK);
    unit_assert_hr(lzfu_encode_flush(encoder), S_OK);
    kept = packed.size;
    *tail = *encoder;
    unit_assert_hr(lzfu_encode_end(tail), S_OK);
    unit_assert_hr(decode(packed.data, packed.size, 100, &out, &ended), S_OK);
    ck_assert(ended);
    ck_assert_uint_eq(out.size, 1000);
    ck_assert_mem_eq(out.data, data, out.size);
    packed.size = kept;
    out.size = 0;
    unit_assert_hr(lzfu_encode(encoder, data + 1000, 2000), S_OK);
    unit_assert_hr(lzfu_encode_end(encoder), S_OK);
    unit_assert_hr(decode(packed.data, packed.size, 100, &out, &ended), S_OK);
    ck_assert_uint_eq(out.size, 3000);
    ck_assert_mem_eq(out.data, data, out.size);
    free(packed.data);
    free(out.data);
    free(tail);
    free(encoder);
}
END_TEST

START_TEST(test_damaged)
{
    static const BYTE ahead[] = {0x01, 0xff, 0x0f};     /* what nobody has written yet */
    static const BYTE cut[] = {0x01, 0x00};
    struct lzfu_encoder *encoder = malloc(sizeof(*encoder));
    struct buffer out = {0};
    BYTE data[0x2000];
    BOOL ended;

    unit_assert_hr(decode(ahead, sizeof(ahead), 16, &out, &ended), MAPI_E_CORRUPT_DATA);
    unit_assert_hr(decode(cut, sizeof(cut), 16, &out, &ended), S_OK);
    ck_assert(!ended && !out.size);
    fill(data, sizeof(data), 1);
    lzfu_encoder_init(encoder, no_room, NULL);
    unit_assert_hr(lzfu_encode(encoder, data, sizeof(data)), MAPI_E_NOT_ENOUGH_DISK);
    free(encoder);
    free(out.data);
}
END_TEST

Suite *lzfu_suite(void)
{
    Suite *suite = suite_create("lzfu");
    TCase *tcase = tcase_create("lzfu");

    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, test_examples);
    tcase_add_test(tcase, test_header);
    tcase_add_test(tcase, test_round);
    tcase_add_test(tcase, test_go_on);
    tcase_add_test(tcase, test_damaged);
    suite_add_tcase(suite, tcase);
    return suite;
}
