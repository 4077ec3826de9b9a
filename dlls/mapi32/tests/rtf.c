/*
 * Tests: compressed rich text
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


#include <stdarg.h>

#define COBJMACROS
#include "windef.h"
#include "winbase.h"
#include "objbase.h"
#include "mapix.h"
#include "mapiutil.h"
#include "wine/test.h"

/* As MS-OXRTFCP shows it. */
static const BYTE hello[] =
{
    0x2d, 0x00, 0x00, 0x00, 0x2b, 0x00, 0x00, 0x00, 0x4c, 0x5a, 0x46, 0x75, 0xf1, 0xc5, 0xc7, 0xa7,
    0x03, 0x00, 0x0a, 0x00, 0x72, 0x63, 0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0a, 0xf3, 0x20,
    0x68, 0x65, 0x6c, 0x09, 0x00, 0x20, 0x62, 0x77, 0x05, 0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f,
    0xa0
};
static const char hello_text[] = "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n";

static IStream *memory(const void *data, ULONG size)
{
    LARGE_INTEGER zero = {{0}};
    IStream *stream;
    HRESULT hr;

    hr = CreateStreamOnHGlobal(NULL, TRUE, &stream);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (size) IStream_Write(stream, data, size, NULL);
    IStream_Seek(stream, zero, STREAM_SEEK_SET, NULL);
    return stream;
}

static void rewind_stream(IStream *stream)
{
    LARGE_INTEGER zero = {{0}};

    IStream_Seek(stream, zero, STREAM_SEEK_SET, NULL);
}

static ULONG size_of(IStream *stream)
{
    STATSTG stat;

    IStream_Stat(stream, &stat, STATFLAG_NONAME);
    return stat.cbSize.LowPart;
}

/* All of the text in pieces; the last result is handed back. */
static HRESULT read_text(IStream *stream, char *text, ULONG room, ULONG piece, ULONG *length)
{
    HRESULT hr;
    ULONG done;

    *length = 0;
    do
    {
        done = 0xdead;
        hr = IStream_Read(stream, text + *length, min(piece, room - *length), &done);
        ok(done <= piece, "got %lu\n", done);
        *length += done;
    }
    while (hr == S_OK && done && *length < room);
    return hr;
}

static void test_parameters(void)
{
    RTF_WCSRETINFO result = {sizeof(result)};
    RTF_WCSINFO info = {sizeof(info)};
    IStream *inner = memory(hello, sizeof(hello)), *stream;
    HRESULT hr;

    stream = (void *)0xdead;
    hr = WrapCompressedRTFStream(NULL, 0, &stream);
    ok(hr == MAPI_E_INVALID_PARAMETER && !stream, "got %#lx, %p\n", hr, stream);
    hr = WrapCompressedRTFStream(inner, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    stream = (void *)0xdead;
    hr = WrapCompressedRTFStream(inner, 0x4000, &stream);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !stream, "got %#lx, %p\n", hr, stream);
    stream = (void *)0xdead;
    hr = WrapCompressedRTFStreamEx(inner, NULL, &stream, &result);
    ok(hr == MAPI_E_INVALID_PARAMETER && !stream, "got %#lx, %p\n", hr, stream);
    info.ulFlags = MAPI_NATIVE_BODY | MAPI_MODIFY;
    hr = WrapCompressedRTFStreamEx(inner, &info, &stream, &result);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    info.size = 4;
    info.ulFlags = 0;
    hr = WrapCompressedRTFStreamEx(inner, &info, &stream, &result);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    IStream_Release(inner);
}

static void test_read(void)
{
    IStream *inner, *stream, *other;
    ULARGE_INTEGER all, count;
    LARGE_INTEGER zero = {{0}};
    char text[100];
    STATSTG stat;
    ULONG piece, length;
    HRESULT hr;

    for (piece = 1; piece <= 64; piece *= 4)
    {
        inner = memory(hello, sizeof(hello));
        hr = WrapCompressedRTFStream(inner, 0, &stream);
        ok(hr == S_OK, "got %#lx\n", hr);
        hr = read_text(stream, text, sizeof(text), piece, &length);
        ok(hr == S_OK, "%lu: got %#lx\n", piece, hr);
        ok(length == sizeof(hello_text) - 1 && !memcmp(text, hello_text, length), "%lu: got %lu\n",
           piece, length);
        hr = IStream_Read(stream, text, 1, &length);
        ok(hr == S_OK && !length, "got %#lx, %lu\n", hr, length);
        hr = IStream_Write(stream, text, 1, NULL);
        ok(hr == STG_E_ACCESSDENIED, "got %#lx\n", hr);
        IStream_Release(stream);
        IStream_Release(inner);
    }

    inner = memory(hello, sizeof(hello));
    hr = WrapCompressedRTFStream(inner, 0, &stream);
    ok(hr == S_OK, "got %#lx\n", hr);
    IStream_Release(inner);     /* held by the other */
    hr = IStream_Seek(stream, zero, STREAM_SEEK_SET, NULL);
    ok(hr == MAPI_E_NO_SUPPORT, "got %#lx\n", hr);
    hr = IStream_Stat(stream, &stat, 0);
    ok(hr == MAPI_E_NO_SUPPORT, "got %#lx\n", hr);
    hr = IStream_Clone(stream, &other);
    ok(hr == MAPI_E_NO_SUPPORT && !other, "got %#lx\n", hr);
    hr = IStream_Revert(stream);
    ok(hr == MAPI_E_NO_SUPPORT, "got %#lx\n", hr);
    other = memory(NULL, 0);
    all.QuadPart = ~(ULONG64)0;
    hr = IStream_CopyTo(stream, other, all, &count, NULL);
    ok(hr == S_OK && count.QuadPart == sizeof(hello_text) - 1, "got %#lx\n", hr);
    ok(size_of(other) == sizeof(hello_text) - 1, "got %lu\n", size_of(other));
    IStream_Release(other);
    IStream_Release(stream);
}

/* One byte that is not as it was, and every length that is too short. */
static void test_damage(void)
{
    IStream *inner, *stream;
    BYTE data[sizeof(hello)];
    ULONG i, length;
    char text[100];
    HRESULT hr;

    for (i = 0; i < sizeof(hello) * 2; i++)
    {
        memcpy(data, hello, sizeof(hello));
        if (i < sizeof(hello)) data[i] ^= 0x11;
        inner = memory(data, i < sizeof(hello) ? sizeof(hello) : i - sizeof(hello));
        hr = WrapCompressedRTFStream(inner, 0, &stream);
        if (hr == S_OK)
        {
            hr = read_text(stream, text, sizeof(text), 16, &length);
            ok(hr == MAPI_E_CORRUPT_DATA, "%lu: got %#lx\n", i, hr);
            hr = IStream_Read(stream, text, 1, &length);
            ok(hr == MAPI_E_CORRUPT_DATA && !length, "%lu: got %#lx, %lu\n", i, hr, length);
            IStream_Release(stream);
        }
        else
            ok(hr == MAPI_E_CORRUPT_DATA && !stream, "%lu: got %#lx\n", i, hr);
        IStream_Release(inner);
    }
}

static void test_write(ULONG flags)
{
    static char text[100000], back[100001];
    static const BYTE old[200000] = {1};
    ULONG i, length, size;
    IStream *inner, *stream;
    HRESULT hr;

    for (i = 0; i < sizeof(text); i++) text[i] = "{\\rtf1 some words or others}\r\n"[(i * i / 700) % 30];
    inner = memory(old, sizeof(old));
    hr = WrapCompressedRTFStream(inner, MAPI_MODIFY | flags, &stream);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IStream_Write(stream, text, 50000, &length);
    ok(hr == S_OK && length == 50000, "got %#lx, %lu\n", hr, length);
    hr = IStream_Read(stream, back, 1, &length);
    ok(hr == STG_E_ACCESSDENIED && !length, "got %#lx, %lu\n", hr, length);
    hr = IStream_Commit(stream, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    size = size_of(inner);
    if (flags)
        ok(size == 50016, "got %lu\n", size);
    else
        ok(size < 40000, "got %lu\n", size);
    hr = IStream_Write(stream, text + 50000, 50000, &length);
    ok(hr == S_OK, "got %#lx\n", hr);
    IStream_Release(stream);    /* without a Commit */

    rewind_stream(inner);
    hr = WrapCompressedRTFStream(inner, 0, &stream);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = read_text(stream, back, sizeof(back), 777, &length);
    ok(hr == S_OK && length == sizeof(text), "got %#lx, %lu\n", hr, length);
    ok(!memcmp(text, back, sizeof(text)), "text differs\n");
    IStream_Release(stream);

    /* Nothing written: nothing changed. */
    size = size_of(inner);
    rewind_stream(inner);
    hr = WrapCompressedRTFStream(inner, MAPI_MODIFY | flags, &stream);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IStream_Commit(stream, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IStream_Read(stream, back, 10, &length);
    ok(hr == S_OK && length == 10 && !memcmp(back, text, 10), "got %#lx, %lu\n", hr, length);
    IStream_Release(stream);
    ok(size_of(inner) == size, "got %lu\n", size_of(inner));
    IStream_Release(inner);
}

static void test_native(void)
{
    static const struct
    {
        const char *rtf;
        ULONG out;
        ULONG type;
        const char *text;
    }
    tests[] =
    {
        {"{\\rtf1\\ansi\\fromtext a\\'e4\\par b}", 0, MAPI_NATIVE_BODY_TYPE_PLAINTEXT, "a\xe4\r\nb"},
        {"{\\rtf1\\ansi\\fromtext a\\'e4}", CP_UTF8, MAPI_NATIVE_BODY_TYPE_PLAINTEXT, "a\xc3\xa4"},
        {"{\\rtf1\\ansi\\fromhtml1{\\*\\htmltag64 <b>}\\htmlrtf \\b\\htmlrtf0 x}", 0,
         MAPI_NATIVE_BODY_TYPE_HTML, "<b>x"},
        {"{\\rtf1\\ansi\\b x}", 0, MAPI_NATIVE_BODY_TYPE_RTF, "{\\rtf1\\ansi\\b x}"},
        {"{\\rtf1\\ansi\\fromtext}", 0, MAPI_NATIVE_BODY_TYPE_PLAINTEXT, ""},
    };
    IStream *inner, *stream;
    RTF_WCSRETINFO result;
    RTF_WCSINFO info;
    ULONG i, length;
    char text[100];
    HRESULT hr;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        inner = memory(NULL, 0);
        hr = WrapCompressedRTFStream(inner, MAPI_MODIFY, &stream);
        ok(hr == S_OK, "%lu: got %#lx\n", i, hr);
        IStream_Write(stream, tests[i].rtf, strlen(tests[i].rtf), NULL);
        IStream_Commit(stream, 0);
        IStream_Release(stream);
        rewind_stream(inner);
        info.size = sizeof(info);
        info.ulFlags = MAPI_NATIVE_BODY;
        info.ulInCodePage = 0;
        info.ulOutCodePage = tests[i].out;
        result.size = sizeof(result);
        result.ulStreamFlags = 0xdead;
        hr = WrapCompressedRTFStreamEx(inner, &info, &stream, &result);
        ok(hr == S_OK, "%lu: got %#lx\n", i, hr);
        ok(result.ulStreamFlags == tests[i].type, "%lu: got %#lx\n", i, result.ulStreamFlags);
        hr = read_text(stream, text, sizeof(text), 50, &length);
        ok(SUCCEEDED(hr) && length == strlen(tests[i].text) && !memcmp(text, tests[i].text, length),
           "%lu: got %#lx, %lu\n", i, hr, length);
        IStream_Release(stream);
        IStream_Release(inner);
    }
}

START_TEST(rtf)
{
    test_parameters();
    test_read();
    test_damage();
    test_write(0);
    test_write(STORE_UNCOMPRESSED_RTF);
    test_native();
}
