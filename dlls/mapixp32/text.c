/*
 * Mail transport: text, bytes, hashes
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

/* Small things that know nothing of mail. Everything given back is malloc'ed. */

#include "transport.h"
#include <bcrypt.h>

char *utf8_from_wide(const WCHAR *text)
{
    char *ret;
    int size;

    if (!text) return NULL;
    size = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
    if (size <= 0 || !(ret = malloc(size))) return NULL;
    WideCharToMultiByte(CP_UTF8, 0, text, -1, ret, size, NULL, NULL);
    return ret;
}

WCHAR *wide_from_utf8(const char *text)
{
    UINT page = CP_UTF8;
    DWORD flags = MB_ERR_INVALID_CHARS;
    WCHAR *ret;
    int count;

    if (!text) return NULL;
    if ((count = MultiByteToWideChar(page, flags, text, -1, NULL, 0)) <= 0)
    {
        page = 1252;
        flags = 0;
        count = MultiByteToWideChar(page, flags, text, -1, NULL, 0);
    }
    if (count <= 0 || !(ret = malloc(count * sizeof(WCHAR)))) return NULL;
    MultiByteToWideChar(page, flags, text, -1, ret, count);
    return ret;
}

BOOL binary_same(const SBinary *a, const SBinary *b)
{
    return a->cb == b->cb && !memcmp(a->lpb, b->lpb, a->cb);
}

BOOL binary_copy(const SBinary *from, SBinary *to)
{
    to->cb = 0;
    if (!(to->lpb = malloc(max(from->cb, 1)))) return FALSE;
    to->cb = from->cb;
    memcpy(to->lpb, from->lpb, from->cb);
    return TRUE;
}

void words_set(WCHAR words[WORDS_MAX], const char *format, ...)
{
    char text[WORDS_MAX];
    WCHAR *wide;
    va_list args;
    char *p;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    text[sizeof(text) - 1] = 0;
    /* What a server says goes to a window or a terminal: no control characters. */
    for (p = text; *p; p++)
        if ((unsigned char)*p < ' ' || *p == 0x7f) *p = ' ';
    words[0] = 0;
    if (!(wide = wide_from_utf8(text))) return;
    lstrcpynW(words, wide, WORDS_MAX);
    free(wide);
}

BOOL hash_text(const void *const *parts, const size_t *sizes, size_t count, char digest[65])
{
    BCRYPT_ALG_HANDLE algorithm;
    BCRYPT_HASH_HANDLE hash;
    BYTE value[32];
    BOOL ret;
    size_t i;

    digest[0] = 0;
    if (BCryptOpenAlgorithmProvider(&algorithm, BCRYPT_SHA256_ALGORITHM, NULL, 0)) return FALSE;
    if (BCryptCreateHash(algorithm, &hash, NULL, 0, NULL, 0, 0))
    {
        BCryptCloseAlgorithmProvider(algorithm, 0);
        return FALSE;
    }
    ret = TRUE;
    for (i = 0; i < count && ret; i++)
    {
        /* The size as well, so that no two lists of parts are alike. */
        ULONGLONG size = sizes[i];

        ret = !BCryptHashData(hash, (BYTE *)&size, sizeof(size), 0)
              && (!sizes[i] || !BCryptHashData(hash, (BYTE *)parts[i], sizes[i], 0));
    }
    ret = ret && !BCryptFinishHash(hash, value, sizeof(value), 0);
    BCryptDestroyHash(hash);
    BCryptCloseAlgorithmProvider(algorithm, 0);
    for (i = 0; i < sizeof(value) && ret; i++) snprintf(digest + 2 * i, 3, "%02x", value[i]);
    return ret;
}

BOOL hash_short(const void *data, size_t size, char hash[17])
{
    char digest[65];

    if (!hash_text(&data, &size, 1, digest)) return FALSE;
    lstrcpynA(hash, digest, 17);
    return TRUE;
}

void *list_grow(void *list, size_t count, size_t *room, size_t size)
{
    const size_t wanted = *room * 2 + 16;

    if (count < *room) return list;
    if ((list = realloc(list, wanted * size))) *room = wanted;
    return list;
}

BOOL bytes_add(struct bytes *bytes, const void *data, size_t size)
{
    size_t room;
    char *grown;

    if (bytes->room - bytes->size < size)
    {
        if (size > MESSAGE_MAX * 2 || bytes->room > MESSAGE_MAX * 2) return FALSE;
        room = bytes->room * 2 + size + 1024;
        if (!(grown = realloc(bytes->data, room))) return FALSE;
        bytes->data = grown;
        bytes->room = room;
    }
    if (size) memcpy(bytes->data + bytes->size, data, size);
    bytes->size += size;
    return TRUE;
}

void bytes_free(struct bytes *bytes)
{
    free(bytes->data);
    memset(bytes, 0, sizeof(*bytes));
}
