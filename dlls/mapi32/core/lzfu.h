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
 * What PR_RTF_COMPRESSED holds (MS-OXRTFCP): a header of 16 bytes, then groups of a control byte
 * and eight tokens, each a byte or two bytes that name a stretch of the last 4096 bytes. Both ways
 * go in pieces of any size, so nobody needs the whole text in memory; the header and the checksum
 * are the caller's.
 */

#ifndef MAPI32_LZFU_H
#define MAPI32_LZFU_H

#include "core/core.h"

#define LZFU_WINDOW         4096
#define LZFU_HEADER         16
#define LZFU_COMPRESSED     0x75465a4c  /* LZFu */
#define LZFU_UNCOMPRESSED   0x414c454d  /* MELA */

struct lzfu_header
{
    ULONG size;         /* of what follows these four bytes */
    ULONG raw_size;
    ULONG type;
    ULONG crc;          /* of what follows the header; 0 when it is not compressed */
};
void lzfu_header_read(const BYTE *bytes, struct lzfu_header *header);
void lzfu_header_write(BYTE *bytes, const struct lzfu_header *header);
/* Starts at 0; no inversion at either end. */
ULONG lzfu_crc(ULONG crc, const BYTE *data, size_t size);

struct lzfu_decoder
{
    BYTE window[LZFU_WINDOW];
    ULONG position;     /* where the next byte goes */
    ULONG filled;       /* so much of the window has been written */
    ULONG tokens;       /* left in the group */
    BYTE control;
    BOOL half;          /* the first byte of a reference is in first */
    BYTE first;
    ULONG copy_from;
    ULONG copy_left;
    BOOL ended;
};
void lzfu_decoder_init(struct lzfu_decoder *decoder);
/* Stops when the input is used up, the output is full or the end mark was read.
 * MAPI_E_CORRUPT_DATA. */
HRESULT lzfu_decode(struct lzfu_decoder *decoder, const BYTE *in, size_t in_size, size_t *used,
                    BYTE *out, size_t out_size, size_t *made);

#define LZFU_BLOCK 0x4000
#define LZFU_HASH  0x1000
struct lzfu_encoder
{
    byte_sink sink;
    void *context;
    ULONG crc;                          /* of all that went to the sink */
    ULONG made;                         /* bytes that went there */
    BYTE data[LZFU_WINDOW + LZFU_BLOCK];
    ULONG start;                        /* the place in the text of data[0] */
    ULONG end;                          /* ... and of the first byte that is not known yet */
    ULONG next;                         /* ... and of the first that is not written yet */
    ULONG head[LZFU_HASH];              /* 1 + the last place of each hash, 0: none */
    ULONG previous[LZFU_WINDOW];        /* 1 + the place before with the same hash */
    BYTE group[1 + 8 * 2];
    ULONG group_size;
    ULONG group_tokens;
    BYTE out[0x1000];
    ULONG out_size;
};
void lzfu_encoder_init(struct lzfu_encoder *encoder, byte_sink sink, void *context);
HRESULT lzfu_encode(struct lzfu_encoder *encoder, const BYTE *data, size_t size);
/* Everything that is held back, and the end mark. A copy of the encoder made before can go on. */
HRESULT lzfu_encode_end(struct lzfu_encoder *encoder);
/* What needs no text after it goes to the sink. */
HRESULT lzfu_encode_flush(struct lzfu_encoder *encoder);

#endif /* MAPI32_LZFU_H */
