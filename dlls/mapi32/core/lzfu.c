/*
 * Compressed RTF: the dictionary method
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
 * Places of the encoder count from the start of the window's first contents, so that a place modulo
 * the window's size is the offset that a reference names. A stretch is found by chains of places
 * whose next three bytes hash alike; a chain is followed only so far, and never to 4096 bytes back:
 * that offset is the end mark.
 */

#include "core/lzfu.h"

#define SHORTEST     3          /* a reference to two bytes saves one bit, and costs a second chain */
#define LONGEST      17
#define CHAIN_LENGTH 128
#define TEXT_LIMIT   0x7fff0000

static const char prefix[] =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    "\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0"
    "\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
#define PREFIX_SIZE (sizeof(prefix) - 1)
C_ASSERT(PREFIX_SIZE == 207);

static const ULONG crc_table[256] =
{
    0x00000000, 0x77073096, 0xee0e612c, 0x990951ba, 0x076dc419, 0x706af48f, 0xe963a535, 0x9e6495a3,
    0x0edb8832, 0x79dcb8a4, 0xe0d5e91e, 0x97d2d988, 0x09b64c2b, 0x7eb17cbd, 0xe7b82d07, 0x90bf1d91,
    0x1db71064, 0x6ab020f2, 0xf3b97148, 0x84be41de, 0x1adad47d, 0x6ddde4eb, 0xf4d4b551, 0x83d385c7,
    0x136c9856, 0x646ba8c0, 0xfd62f97a, 0x8a65c9ec, 0x14015c4f, 0x63066cd9, 0xfa0f3d63, 0x8d080df5,
    0x3b6e20c8, 0x4c69105e, 0xd56041e4, 0xa2677172, 0x3c03e4d1, 0x4b04d447, 0xd20d85fd, 0xa50ab56b,
    0x35b5a8fa, 0x42b2986c, 0xdbbbc9d6, 0xacbcf940, 0x32d86ce3, 0x45df5c75, 0xdcd60dcf, 0xabd13d59,
    0x26d930ac, 0x51de003a, 0xc8d75180, 0xbfd06116, 0x21b4f4b5, 0x56b3c423, 0xcfba9599, 0xb8bda50f,
    0x2802b89e, 0x5f058808, 0xc60cd9b2, 0xb10be924, 0x2f6f7c87, 0x58684c11, 0xc1611dab, 0xb6662d3d,
    0x76dc4190, 0x01db7106, 0x98d220bc, 0xefd5102a, 0x71b18589, 0x06b6b51f, 0x9fbfe4a5, 0xe8b8d433,
    0x7807c9a2, 0x0f00f934, 0x9609a88e, 0xe10e9818, 0x7f6a0dbb, 0x086d3d2d, 0x91646c97, 0xe6635c01,
    0x6b6b51f4, 0x1c6c6162, 0x856530d8, 0xf262004e, 0x6c0695ed, 0x1b01a57b, 0x8208f4c1, 0xf50fc457,
    0x65b0d9c6, 0x12b7e950, 0x8bbeb8ea, 0xfcb9887c, 0x62dd1ddf, 0x15da2d49, 0x8cd37cf3, 0xfbd44c65,
    0x4db26158, 0x3ab551ce, 0xa3bc0074, 0xd4bb30e2, 0x4adfa541, 0x3dd895d7, 0xa4d1c46d, 0xd3d6f4fb,
    0x4369e96a, 0x346ed9fc, 0xad678846, 0xda60b8d0, 0x44042d73, 0x33031de5, 0xaa0a4c5f, 0xdd0d7cc9,
    0x5005713c, 0x270241aa, 0xbe0b1010, 0xc90c2086, 0x5768b525, 0x206f85b3, 0xb966d409, 0xce61e49f,
    0x5edef90e, 0x29d9c998, 0xb0d09822, 0xc7d7a8b4, 0x59b33d17, 0x2eb40d81, 0xb7bd5c3b, 0xc0ba6cad,
    0xedb88320, 0x9abfb3b6, 0x03b6e20c, 0x74b1d29a, 0xead54739, 0x9dd277af, 0x04db2615, 0x73dc1683,
    0xe3630b12, 0x94643b84, 0x0d6d6a3e, 0x7a6a5aa8, 0xe40ecf0b, 0x9309ff9d, 0x0a00ae27, 0x7d079eb1,
    0xf00f9344, 0x8708a3d2, 0x1e01f268, 0x6906c2fe, 0xf762575d, 0x806567cb, 0x196c3671, 0x6e6b06e7,
    0xfed41b76, 0x89d32be0, 0x10da7a5a, 0x67dd4acc, 0xf9b9df6f, 0x8ebeeff9, 0x17b7be43, 0x60b08ed5,
    0xd6d6a3e8, 0xa1d1937e, 0x38d8c2c4, 0x4fdff252, 0xd1bb67f1, 0xa6bc5767, 0x3fb506dd, 0x48b2364b,
    0xd80d2bda, 0xaf0a1b4c, 0x36034af6, 0x41047a60, 0xdf60efc3, 0xa867df55, 0x316e8eef, 0x4669be79,
    0xcb61b38c, 0xbc66831a, 0x256fd2a0, 0x5268e236, 0xcc0c7795, 0xbb0b4703, 0x220216b9, 0x5505262f,
    0xc5ba3bbe, 0xb2bd0b28, 0x2bb45a92, 0x5cb36a04, 0xc2d7ffa7, 0xb5d0cf31, 0x2cd99e8b, 0x5bdeae1d,
    0x9b64c2b0, 0xec63f226, 0x756aa39c, 0x026d930a, 0x9c0906a9, 0xeb0e363f, 0x72076785, 0x05005713,
    0x95bf4a82, 0xe2b87a14, 0x7bb12bae, 0x0cb61b38, 0x92d28e9b, 0xe5d5be0d, 0x7cdcefb7, 0x0bdbdf21,
    0x86d3d2d4, 0xf1d4e242, 0x68ddb3f8, 0x1fda836e, 0x81be16cd, 0xf6b9265b, 0x6fb077e1, 0x18b74777,
    0x88085ae6, 0xff0f6a70, 0x66063bca, 0x11010b5c, 0x8f659eff, 0xf862ae69, 0x616bffd3, 0x166ccf45,
    0xa00ae278, 0xd70dd2ee, 0x4e048354, 0x3903b3c2, 0xa7672661, 0xd06016f7, 0x4969474d, 0x3e6e77db,
    0xaed16a4a, 0xd9d65adc, 0x40df0b66, 0x37d83bf0, 0xa9bcae53, 0xdebb9ec5, 0x47b2cf7f, 0x30b5ffe9,
    0xbdbdf21c, 0xcabac28a, 0x53b39330, 0x24b4a3a6, 0xbad03605, 0xcdd70693, 0x54de5729, 0x23d967bf,
    0xb3667a2e, 0xc4614ab8, 0x5d681b02, 0x2a6f2b94, 0xb40bbe37, 0xc30c8ea1, 0x5a05df1b, 0x2d02ef8d,
};

ULONG lzfu_crc(ULONG crc, const BYTE *data, size_t size)
{
    while (size--) crc = crc_table[(crc ^ *data++) & 0xff] ^ crc >> 8;
    return crc;
}

static ULONG read_long(const BYTE *bytes)
{
    return bytes[0] | bytes[1] << 8 | bytes[2] << 16 | (ULONG)bytes[3] << 24;
}

static void write_long(BYTE *bytes, ULONG value)
{
    bytes[0] = value;
    bytes[1] = value >> 8;
    bytes[2] = value >> 16;
    bytes[3] = value >> 24;
}

void lzfu_header_read(const BYTE *bytes, struct lzfu_header *header)
{
    header->size = read_long(bytes);
    header->raw_size = read_long(bytes + 4);
    header->type = read_long(bytes + 8);
    header->crc = read_long(bytes + 12);
}

void lzfu_header_write(BYTE *bytes, const struct lzfu_header *header)
{
    write_long(bytes, header->size);
    write_long(bytes + 4, header->raw_size);
    write_long(bytes + 8, header->type);
    write_long(bytes + 12, header->crc);
}

/* ---- decoding ---- */

void lzfu_decoder_init(struct lzfu_decoder *decoder)
{
    memset(decoder, 0, sizeof(*decoder));
    memcpy(decoder->window, prefix, PREFIX_SIZE);
    decoder->position = decoder->filled = PREFIX_SIZE;
}

static BYTE put_byte(struct lzfu_decoder *decoder, BYTE byte)
{
    decoder->window[decoder->position++] = byte;
    if (decoder->filled < decoder->position) decoder->filled = decoder->position;
    decoder->position %= LZFU_WINDOW;
    return byte;
}

/* The second byte of a reference. */
static HRESULT start_copy(struct lzfu_decoder *decoder, BYTE second)
{
    const ULONG offset = decoder->first << 4 | second >> 4;

    decoder->half = FALSE;
    decoder->control >>= 1;
    decoder->tokens--;
    if (offset == decoder->position)
    {
        decoder->ended = TRUE;
        return S_OK;
    }
    if (offset >= decoder->filled) return MAPI_E_CORRUPT_DATA;
    decoder->copy_from = offset;
    decoder->copy_left = (second & 0xf) + 2;
    return S_OK;
}

#define GROUP_IN  (1 + 8 * 2)
#define GROUP_OUT (8 * 17)

/* Groups that are there whole, while the output has room for whatever they make and the window's
 * end is not near. Nothing of a group has been read. */
static HRESULT decode_groups(struct lzfu_decoder *decoder, const BYTE *in, size_t in_size,
                             size_t *read, BYTE *out, size_t out_size, size_t *written)
{
    BYTE *window = decoder->window, *made = out + *written;
    const BYTE *next = in + *read;
    ULONG position = decoder->position, offset, length, i, control;
    HRESULT hr = S_OK;

    while (!decoder->ended && hr == S_OK && in + in_size - next >= GROUP_IN
           && out + out_size - made >= GROUP_OUT && position + GROUP_OUT <= LZFU_WINDOW)
    {
        for (control = *next++ | 0x100; control != 1; control >>= 1)
        {
            if (!(control & 1))
            {
                *made++ = window[position++] = *next++;
                continue;
            }
            offset = next[0] << 4 | next[1] >> 4;
            length = (next[1] & 0xf) + 2;
            next += 2;
            if ((decoder->ended = offset == position)) break;
            if (offset >= max(decoder->filled, position))
            {
                hr = MAPI_E_CORRUPT_DATA;
                break;
            }
            /* a byte at a time, since a stretch may reach into itself */
            if (offset + length <= LZFU_WINDOW)
                for (i = 0; i < length; i++) made[i] = window[position + i] = window[offset + i];
            else
                for (i = 0; i < length; i++)
                    made[i] = window[position + i] = window[(offset + i) % LZFU_WINDOW];
            made += length;
            position += length;
        }
    }
    decoder->filled = max(decoder->filled, position);
    decoder->position = position % LZFU_WINDOW;
    *read = next - in;
    *written = made - out;
    return hr;
}

HRESULT lzfu_decode(struct lzfu_decoder *decoder, const BYTE *in, size_t in_size, size_t *used,
                    BYTE *out, size_t out_size, size_t *made)
{
    size_t read = 0, written = 0;
    HRESULT hr = S_OK;

    while (!decoder->ended)
    {
        while (decoder->copy_left && written < out_size)
        {
            out[written++] = put_byte(decoder, decoder->window[decoder->copy_from++]);
            decoder->copy_from %= LZFU_WINDOW;
            decoder->copy_left--;
        }
        if (decoder->copy_left || read == in_size) break;
        if (!decoder->tokens)
        {
            if (FAILED(hr = decode_groups(decoder, in, in_size, &read, out, out_size, &written))
                || decoder->ended || read == in_size)
                break;
            decoder->control = in[read++];
            decoder->tokens = 8;
        }
        else if (decoder->half)
        {
            if (FAILED(hr = start_copy(decoder, in[read++]))) break;
        }
        else if (decoder->control & 1)
        {
            decoder->first = in[read++];
            decoder->half = TRUE;
        }
        else
        {
            if (written == out_size) break;
            out[written++] = put_byte(decoder, in[read++]);
            decoder->control >>= 1;
            decoder->tokens--;
        }
    }
    *used = read;
    *made = written;
    return hr;
}

/* ---- encoding ---- */

static BYTE *at(struct lzfu_encoder *encoder, ULONG place)
{
    return encoder->data + (place - encoder->start);
}

static ULONG hash(const BYTE *data)
{
    return ((data[0] << 16 | data[1] << 8 | data[2]) * 0x9e3779b1u) >> 20;
}

/* The three bytes from place on are known. */
static void remember(struct lzfu_encoder *encoder, ULONG place)
{
    ULONG *head = &encoder->head[hash(at(encoder, place))];

    encoder->previous[place % LZFU_WINDOW] = *head;
    *head = place + 1;
}

void lzfu_encoder_init(struct lzfu_encoder *encoder, byte_sink sink, void *context)
{
    ULONG place;

    memset(encoder, 0, sizeof(*encoder));
    encoder->sink = sink;
    encoder->context = context;
    memcpy(encoder->data, prefix, PREFIX_SIZE);
    encoder->end = encoder->next = PREFIX_SIZE;
    for (place = 0; place + SHORTEST <= PREFIX_SIZE; place++) remember(encoder, place);
}

HRESULT lzfu_encode_flush(struct lzfu_encoder *encoder)
{
    HRESULT hr = S_OK;

    if (encoder->out_size) hr = encoder->sink(encoder->context, encoder->out, encoder->out_size);
    encoder->out_size = 0;
    return hr;
}

static HRESULT end_group(struct lzfu_encoder *encoder)
{
    HRESULT hr = S_OK;

    if (!encoder->group_tokens) return S_OK;
    if (sizeof(encoder->out) - encoder->out_size < encoder->group_size)
        hr = lzfu_encode_flush(encoder);
    memcpy(encoder->out + encoder->out_size, encoder->group, encoder->group_size);
    encoder->out_size += encoder->group_size;
    encoder->made += encoder->group_size;
    encoder->crc = lzfu_crc(encoder->crc, encoder->group, encoder->group_size);
    encoder->group_tokens = 0;
    return hr;
}

/* length 0: the byte itself; 1: the end mark. */
static HRESULT put_token(struct lzfu_encoder *encoder, ULONG offset, ULONG length)
{
    if (!encoder->group_tokens)
    {
        encoder->group[0] = 0;
        encoder->group_size = 1;
    }
    if (length)
    {
        encoder->group[0] |= 1 << encoder->group_tokens;
        encoder->group[encoder->group_size++] = offset >> 4;
        encoder->group[encoder->group_size++] = offset << 4 | (length > 1 ? length - 2 : 0);
    }
    else
        encoder->group[encoder->group_size++] = offset;
    return ++encoder->group_tokens == 8 ? end_group(encoder) : S_OK;
}

/* The longest stretch that what comes next repeats: its length, 0 when it is too short to name. */
static ULONG find_stretch(struct lzfu_encoder *encoder, ULONG limit, ULONG *place)
{
    const BYTE *next = at(encoder, encoder->next), *other;
    ULONG best = SHORTEST - 1, length, tries = CHAIN_LENGTH, candidate;

    if (limit > LONGEST) limit = LONGEST;
    if (limit < SHORTEST) return 0;
    candidate = encoder->head[hash(next)];
    while (candidate && encoder->next - (candidate - 1) < LZFU_WINDOW && tries--)
    {
        other = at(encoder, candidate - 1);
        if (other[best] == next[best])
        {
            for (length = 0; length < limit && other[length] == next[length]; length++) {}
            if (length > best)
            {
                best = length;
                *place = candidate - 1;
                if (best == limit) break;
            }
        }
        candidate = encoder->previous[(candidate - 1) % LZFU_WINDOW];
    }
    return best < SHORTEST ? 0 : best;
}

/* Writes tokens while more than keep bytes wait. */
static HRESULT encode_waiting(struct lzfu_encoder *encoder, ULONG keep)
{
    ULONG length, place = 0, waiting, end;
    HRESULT hr;

    while ((waiting = encoder->end - encoder->next) > keep)
    {
        if ((length = find_stretch(encoder, waiting, &place)))
            hr = put_token(encoder, place % LZFU_WINDOW, length);
        else
            hr = put_token(encoder, *at(encoder, encoder->next), 0);
        if (FAILED(hr)) return hr;
        for (end = encoder->next + max(length, 1); encoder->next < end; encoder->next++)
            if (encoder->end - encoder->next >= SHORTEST) remember(encoder, encoder->next);
    }
    return S_OK;
}

/* Leaves the window before what is not written yet. */
static void make_room(struct lzfu_encoder *encoder)
{
    ULONG start = encoder->next - LZFU_WINDOW;

    if (encoder->next - encoder->start <= LZFU_WINDOW) return;
    memmove(encoder->data, at(encoder, start), encoder->end - start);
    encoder->start = start;
}

HRESULT lzfu_encode(struct lzfu_encoder *encoder, const BYTE *data, size_t size)
{
    size_t part;
    HRESULT hr;

    if (size > TEXT_LIMIT - encoder->end) return MAPI_E_TOO_BIG;
    while (size)
    {
        part = sizeof(encoder->data) - (encoder->end - encoder->start);
        if (part > size) part = size;
        memcpy(at(encoder, encoder->end), data, part);
        encoder->end += part;
        data += part;
        size -= part;
        /* What comes last may be remembered only with the bytes after it. */
        if (FAILED(hr = encode_waiting(encoder, LONGEST + SHORTEST))) return hr;
        if (encoder->end - encoder->start == sizeof(encoder->data)) make_room(encoder);
    }
    return S_OK;
}

HRESULT lzfu_encode_end(struct lzfu_encoder *encoder)
{
    HRESULT hr;

    if (FAILED(hr = encode_waiting(encoder, 0))) return hr;
    if (FAILED(hr = put_token(encoder, encoder->next % LZFU_WINDOW, 1))) return hr;
    if (FAILED(hr = end_group(encoder))) return hr;
    return lzfu_encode_flush(encoder);
}
