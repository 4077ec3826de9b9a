/*
 * Benchmark: compressed rich text
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
 * WrapCompressedRTFStream both ways, beside the method as its publication (MS-OXRTFCP) tells it: a
 * ring of 4096 bytes, written and read a byte at a time; at each place the longest stretch of the
 * ring that comes next, looked for at every place of it. That is as good as the method compresses.
 * Each must read what the other wrote. The best of some rounds.
 */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COBJMACROS
#include <windef.h>
#include <winbase.h>
#include <objbase.h>
#include <mapix.h>
#include <mapiutil.h>

#define TEXT_SIZE 0x40000
#define RING      4096
#define PRESET    207           /* bytes that the ring has at first */
#define ROUNDS    5

static BYTE text[TEXT_SIZE], back[TEXT_SIZE + 16], packed[2][TEXT_SIZE * 2];
static BYTE preset[PRESET];
static ULONG crc_table[256];

static double now_ms(void)
{
    LARGE_INTEGER frequency, counter;

    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&counter);
    return counter.QuadPart * 1e3 / frequency.QuadPart;
}

/* Of what follows the header. */
static ULONG checksum(const BYTE *data, ULONG size)
{
    ULONG crc = 0, i;

    for (i = 16; i < size; i++) crc = crc_table[(crc ^ data[i]) & 0xff] ^ crc >> 8;
    return crc;
}

static void write_header(BYTE *out, ULONG size, ULONG raw)
{
    ULONG header[4] = { size - 4, raw, 0x75465a4c, checksum(out, size) };

    memcpy(out, header, sizeof(header));
}

/* ---- the published method ---- */

static ULONG plain_pack(const BYTE *in, ULONG size, BYTE *out)
{
    ULONG at = 0, made = 16, control = 0, tokens = 8, write = PRESET, filled = PRESET, i, j, start,
          best, where;
    static BYTE ring[RING];
    BOOL ended = FALSE;

    memcpy(ring, preset, PRESET);
    while (!ended)
    {
        if (tokens == 8)
        {
            control = made++;
            out[control] = 0;
            tokens = 0;
        }
        best = where = 0;
        for (i = 0; i < filled && at < size; i++)
        {
            start = filled < RING ? i : (write + i) % RING;
            for (j = 0; j < 17 && at + j < size; j++)
            {
                /* what is not written yet is no part of it */
                if ((start + j) % RING == write || ring[(start + j) % RING] != in[at + j]) break;
            }
            if (j > best)
            {
                best = j;
                where = start;
            }
        }
        if (at == size || best > 1)
        {
            if ((ended = at == size))
            {
                where = write;
                best = 2;
            }
            out[control] |= 1 << tokens;
            out[made++] = where >> 4;
            out[made++] = (where & 15) << 4 | (best - 2);
            if (ended) break;
        }
        else
        {
            out[made++] = in[at];
            best = 1;
        }
        while (best--)
        {
            ring[write] = in[at++];
            write = (write + 1) % RING;
            if (filled < RING) filled++;
        }
        tokens++;
    }
    write_header(out, made, size);
    return made;
}

static ULONG plain_unpack(const BYTE *in, ULONG size, BYTE *out)
{
    ULONG at = 16, made = 0, write = PRESET, control, token, offset, length, raw, crc;
    static BYTE ring[RING];

    memcpy(&raw, in + 4, sizeof(raw));
    memcpy(&crc, in + 12, sizeof(crc));
    if (crc != checksum(in, size)) return 0;
    memcpy(ring, preset, PRESET);
    while (at < size)
    {
        control = in[at++];
        for (token = 0; token < 8; token++)
        {
            if (control & 1 << token)
            {
                offset = in[at] << 4 | in[at + 1] >> 4;
                length = (in[at + 1] & 15) + 2;
                at += 2;
                if (offset == write) return made;
                while (length-- && made < raw)
                {
                    out[made++] = ring[write] = ring[offset];
                    write = (write + 1) % RING;
                    offset = (offset + 1) % RING;
                }
            }
            else
            {
                out[made++] = ring[write] = in[at++];
                write = (write + 1) % RING;
            }
        }
    }
    return made;
}

/* ---- ours ---- */

static ULONG our_pack(const BYTE *in, ULONG size, BYTE *out)
{
    IStream *memory, *rtf;
    LARGE_INTEGER zero = {{ 0 }};
    ULONG made = 0;

    CreateStreamOnHGlobal(NULL, TRUE, &memory);
    if (WrapCompressedRTFStream(memory, MAPI_MODIFY, &rtf) != S_OK) exit(2);
    IStream_Write(rtf, in, size, NULL);
    IStream_Commit(rtf, 0);
    IStream_Release(rtf);
    IStream_Seek(memory, zero, STREAM_SEEK_SET, NULL);
    IStream_Read(memory, out, TEXT_SIZE * 2, &made);
    IStream_Release(memory);
    return made;
}

static ULONG our_unpack(const BYTE *in, ULONG size, BYTE *out)
{
    IStream *memory, *rtf;
    LARGE_INTEGER zero = {{ 0 }};
    ULONG made = 0;

    CreateStreamOnHGlobal(NULL, TRUE, &memory);
    IStream_Write(memory, in, size, NULL);
    IStream_Seek(memory, zero, STREAM_SEEK_SET, NULL);
    if (WrapCompressedRTFStream(memory, 0, &rtf) != S_OK) exit(2);
    IStream_Read(rtf, out, TEXT_SIZE + 16, &made);
    IStream_Release(rtf);
    IStream_Release(memory);
    return made;
}

/* The preset text comes out of a stream that names all of it. */
static void find_preset(void)
{
    BYTE in[64], *p = in + 16;
    ULONG i, n = 0, control = 0;

    for (i = 0; i <= PRESET; i += 17)
    {
        if (!(n++ % 8)) *(in + 16 + (control = p++ - in - 16)) = 0xff;
        *p++ = i >> 4;
        *p++ = (i & 15) << 4 | (i + 17 <= PRESET ? 15 : PRESET - i - 2);
    }
    *p++ = (2 * PRESET) >> 4;
    *p++ = (2 * PRESET & 15) << 4;
    write_header(in, p - in, PRESET);
    if (our_unpack(in, p - in, back) != PRESET) exit(2);
    memcpy(preset, back, PRESET);
}

/* Words of different frequency, formatted here and there. */
static void make_text(void)
{
    static const char *const words[] = { "the ", "mail ", "of ", "a ", "message ", "store ", "and ", "profile ",
                                         "to ", "provider ", "\\par ", "\\b bold\\b0 ", "\\f1\\fs20 ",
                                         "2026 ", "table ", "{\\i row} " };
    ULONG at = 0, seed = 1, length;

    memcpy(text, "{\\rtf1\\ansi ", 12);
    for (at = 12; at < TEXT_SIZE - 1; at += length)
    {
        seed = seed * 1103515245 + 12345;
        length = min(strlen(words[seed >> 16 & 15]), TEXT_SIZE - 1 - at);
        memcpy(text + at, words[seed >> 16 & 15], length);
        if (seed >> 8 & 64) text[at] = 'a' + (seed >> 20) % 26;
    }
    text[TEXT_SIZE - 1] = '}';
}

static double best(ULONG (*run)(const BYTE *, ULONG, BYTE *), unsigned int rounds, const BYTE *in,
                   ULONG size, BYTE *out, ULONG *made)
{
    double ret = 1e18, start, took;
    unsigned int i;

    for (i = 0; i < rounds; i++)
    {
        start = now_ms();
        *made = run(in, size, out);
        took = now_ms() - start;
        if (took < ret) ret = took;
    }
    return ret;
}

static void print(const char *name, double ours, double plain)
{
    printf("%-48s %9.2f %9.2f %9.2f\n", name, ours, plain, plain / ours);
}

int main(void)
{
    ULONG i, j, crc, made[2], out;
    double ours, plain;

    for (i = 0; i < 256; i++)
    {
        for (crc = i, j = 0; j < 8; j++) crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
        crc_table[i] = crc;
    }
    CoInitialize(NULL);
    find_preset();
    make_text();
    printf("%-48s %9s %9s %9s\n", "256 KB of rich text, milliseconds", "ours", "plain", "times");
    ours = best(our_pack, ROUNDS, text, TEXT_SIZE, packed[0], &made[0]);
    plain = best(plain_pack, 1, text, TEXT_SIZE, packed[1], &made[1]);
    print("compressed", ours, plain);
    for (i = 0; i < 2; i++)
    {
        memset(back, 0, sizeof(back));
        ours = best(our_unpack, ROUNDS, packed[i], made[i], back, &out);
        if (out != TEXT_SIZE || memcmp(back, text, TEXT_SIZE))
            return printf("ours does not read it\n"), 1;
        memset(back, 0, sizeof(back));
        plain = best(plain_unpack, ROUNDS, packed[i], made[i], back, &out);
        if (out != TEXT_SIZE || memcmp(back, text, TEXT_SIZE))
            return printf("plain does not read it\n"), 1;
        print(i ? "decompressed, what plain wrote" : "decompressed, what ours wrote", ours, plain);
    }
    print("size, in KB", made[0] / 1024.0, made[1] / 1024.0);
    CoUninitialize();
    return 0;
}
