/*
 * Charsets by the system's tables
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
 * MultiByteToWideChar has the tables; where it has none (the Japanese and Chinese charsets with escape
 * sequences), mlang.dll is asked, which is loaded for that.
 */

#include <stdlib.h>
#include <string.h>

#include "mime.h"
#include <winnls.h>

typedef HRESULT (WINAPI *convert_to_unicode)(DWORD *mode, DWORD codepage, const char *in,
                                             INT *in_size, WCHAR *out, INT *out_size);
typedef HRESULT (WINAPI *convert_from_unicode)(DWORD *mode, DWORD codepage, const WCHAR *in,
                                               INT *in_size, char *out, INT *out_size);

static void *mlang(const char *name)
{
    HMODULE module = LoadLibraryW(L"mlang.dll");

    /* It stays loaded: unloading and loading it for each text would be slow. */
    return module ? (void *)GetProcAddress(module, name) : NULL;
}

static BOOL decode_by_mlang(UINT codepage, const char *data, size_t size, struct mime_text *text)
{
    convert_to_unicode convert = (convert_to_unicode)mlang("ConvertINetMultiByteToUnicode");
    INT in_size = (INT)size, out_size = (INT)size * 2 + 16;
    DWORD mode = 0;
    WCHAR *out;
    BOOL done;

    if (!convert || !(out = calloc(out_size, sizeof(WCHAR)))) return FALSE;
    done = convert(&mode, codepage, data, &in_size, out, &out_size) == S_OK && out_size > 0;
    if (done) mime_text_put(text, out, out_size);
    free(out);
    return done;
}

/* Character by character; a byte that is part of none stands for itself. */
static void decode_each(UINT codepage, const char *data, size_t size, struct mime_text *text)
{
    size_t i = 0, count;
    WCHAR wide[4];
    int length;

    while (i < size)
    {
        length = 0;
        for (count = 1; count <= 4 && i + count <= size && length <= 0; count++)
            length = MultiByteToWideChar(codepage, MB_ERR_INVALID_CHARS, data + i, (int)count, wide,
                                         ARRAY_SIZE(wide));
        if (length > 0)
        {
            mime_text_put(text, wide, length);
            i += count - 1;
        }
        else mime_decode(MIME_CP_LATIN, data + i++, 1, text);
    }
}

BOOL mime_system_decode(UINT codepage, const char *data, size_t size, BOOL lenient,
                        struct mime_text *text)
{
    WCHAR *out;
    int length;

    if (size > 0x7000000) return FALSE;
    if (!IsValidCodePage(codepage))
    {
        if (codepage == 20932) codepage = 51932;
        else if (codepage == 54936) codepage = 936;
        if (!IsValidCodePage(codepage)) return decode_by_mlang(codepage, data, size, text);
    }
    length = MultiByteToWideChar(codepage, MB_ERR_INVALID_CHARS, data, (int)size, NULL, 0);
    if (!length && GetLastError() == ERROR_INVALID_FLAGS)
        length = MultiByteToWideChar(codepage, 0, data, (int)size, NULL, 0);
    if (length <= 0)
    {
        if (!lenient) return FALSE;
        decode_each(codepage, data, size, text);
        return TRUE;
    }
    if (!(out = malloc(length * sizeof(WCHAR)))) text->failed = TRUE;
    else
    {
        length = MultiByteToWideChar(codepage, 0, data, (int)size, out, length);
        mime_text_put(text, out, length);
        free(out);
    }
    return TRUE;
}

BOOL mime_system_encode(UINT codepage, const WCHAR *data, size_t length, struct mime_bytes *bytes)
{
    BOOL lossy = FALSE;
    char *out;
    int size;

    if (!length) return TRUE;
    if (length > 0x7000000) return FALSE;
    if (!IsValidCodePage(codepage))
    {
        convert_from_unicode convert = (convert_from_unicode)mlang("ConvertINetUnicodeToMultiByte");
        INT in_size = (INT)length, out_size = (INT)length * 8 + 16;
        struct mime_text back = {0};
        DWORD mode = 0;
        BOOL done;

        if (!convert || !(out = malloc(out_size))) return FALSE;
        /* It does not tell what it could not convert. */
        done = convert(&mode, codepage, data, &in_size, out, &out_size) == S_OK
               && decode_by_mlang(codepage, out, out_size, &back) && back.length == length
               && !memcmp(back.data, data, length * sizeof(WCHAR));
        if (done) mime_put(bytes, out, out_size);
        mime_text_free(&back);
        free(out);
        return done;
    }
    size = WideCharToMultiByte(codepage, WC_NO_BEST_FIT_CHARS, data, (int)length, NULL, 0, NULL,
                               &lossy);
    if (size <= 0 || lossy || !(out = malloc(size))) return FALSE;
    WideCharToMultiByte(codepage, WC_NO_BEST_FIT_CHARS, data, (int)length, out, size, NULL, NULL);
    mime_put(bytes, out, size);
    free(out);
    return TRUE;
}
