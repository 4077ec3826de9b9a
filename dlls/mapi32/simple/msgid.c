/*
 * Message identifiers of Simple MAPI
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
 * A message identifier is a message's entry ID in hexadecimal digits, when the caller has room for
 * them: such identifiers need no memory, and mean the same in every session. Programs of the first
 * days of MAPI pass 64 characters. For them a session numbers the entry IDs it gave out, and the
 * identifier is "#" and that number; the same entry ID gets the same number, so that a program that
 * looks through a folder again and again does not fill the memory.
 */

#define COBJMACROS
#include "simple/simple.h"

#define BUCKETS  256
#define IDS_MAX  0x400000               /* that one session remembers */

struct msgid
{
    struct msgid *next;
    ULONG number;
    ULONG size;
    BYTE bytes[1];
};

/* Numbers count from 1; blocks of BLOCK pointers are never moved. */
struct msgid_list
{
    ULONG count;
    ULONG room;
    struct msgid **items;               /* by number - 1 */
    struct msgid *buckets[BUCKETS];     /* by what they hold */
};

static SRWLOCK ids_lock = SRWLOCK_INIT; /* all lists: what is done under it is short */

static ULONG bucket_of(ULONG size, const BYTE *bytes)
{
    ULONG i, hash = 2166136261u;

    for (i = 0; i < size; i++) hash = (hash ^ bytes[i]) * 16777619u;
    return (hash ^ hash >> 16) % BUCKETS;
}

static HRESULT remember(struct msgid_list *list, ULONG size, const BYTE *bytes, ULONG *number)
{
    ULONG room, bucket = bucket_of(size, bytes);
    struct msgid *id, **items;

    for (id = list->buckets[bucket]; id; id = id->next)
    {
        if (id->size != size || memcmp(id->bytes, bytes, size)) continue;
        *number = id->number;
        return S_OK;
    }
    if (list->count == IDS_MAX) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (list->count == list->room)
    {
        room = list->room ? list->room * 2 : 64;
        if (!(items = platform_realloc(list->items, room * sizeof(*items))))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        list->items = items;
        list->room = room;
    }
    if (!(id = platform_alloc(offsetof(struct msgid, bytes) + size)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    id->size = size;
    memcpy(id->bytes, bytes, size);
    list->items[list->count++] = id;
    *number = id->number = list->count;
    id->next = list->buckets[bucket];
    list->buckets[bucket] = id;
    return S_OK;
}

void msgids_free(struct msgid_list *list)
{
    ULONG i;

    if (!list) return;
    for (i = 0; i < list->count; i++) platform_free(list->items[i]);
    platform_free(list->items);
    platform_free(list);
}

HRESULT msgid_write(struct simple_session *session, ULONG size, const ENTRYID *id, size_t room,
                    char *text)
{
    ULONG number = 0, digit;
    HRESULT hr = S_OK;

    text[0] = 0;
    if (!size || !id) return MAPI_E_INVALID_ENTRYID;
    if (size <= (room - 1) / 2)
    {
        hex_encode((const BYTE *)id, size, text);
        return S_OK;
    }
    AcquireSRWLockExclusive(&ids_lock);
    if (!session->ids && !(session->ids = platform_alloc_zero(sizeof(*session->ids))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (hr == S_OK) hr = remember(session->ids, size, (const BYTE *)id, &number);
    ReleaseSRWLockExclusive(&ids_lock);
    if (hr != S_OK) return hr;
    *text++ = '#';
    for (digit = 0; digit < 8; digit++)
        *text++ = "0123456789ABCDEF"[number >> (28 - 4 * digit) & 15];
    *text = 0;
    return S_OK;
}

/* Of a short identifier; 0: it is none. */
static ULONG read_number(const char *text)
{
    BYTE bytes[4];
    size_t count;

    if (strlen(text) != 8 || !hex_decode(text, bytes, sizeof(bytes), &count) || count != 4)
        return 0;
    return (ULONG)bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
}

HRESULT msgid_read(struct simple_session *session, const char *text, ULONG *size, ENTRYID **ret)
{
    HRESULT hr = MAPI_E_INVALID_ENTRYID;
    size_t length, count;
    ULONG number;
    BYTE *bytes;

    *ret = NULL;
    *size = 0;
    if (text[0] == '#')
    {
        number = read_number(text + 1);
        AcquireSRWLockShared(&ids_lock);
        if (session->ids && number && number <= session->ids->count)
        {
            const struct msgid *id = session->ids->items[number - 1];

            hr = MAPI_E_NOT_ENOUGH_MEMORY;
            if ((*ret = platform_alloc(id->size)))
            {
                memcpy(*ret, id->bytes, id->size);
                *size = id->size;
                hr = S_OK;
            }
        }
        ReleaseSRWLockShared(&ids_lock);
        return hr;
    }
    length = strlen(text);
    if (!length || length >= MSGID_LONG_SIZE || length % 2) return MAPI_E_INVALID_ENTRYID;
    if (!(bytes = platform_alloc(length / 2))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (!hex_decode(text, bytes, length / 2, &count) || count != length / 2
        || FAILED(entryid_check(count, (ENTRYID *)bytes)))
    {
        platform_free(bytes);
        return MAPI_E_INVALID_ENTRYID;
    }
    *ret = (ENTRYID *)bytes;
    *size = count;
    return S_OK;
}

HRESULT msgid_open(struct simple_session *session, const char *text, ULONG flags, IMessage **ret)
{
    IUnknown *object = NULL;
    ULONG size, type = 0;
    ENTRYID *id;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = msgid_read(session, text, &size, &id))) return hr;
    hr = IMsgStore_OpenEntry(session->store, size, id, NULL, flags, &type, &object);
    platform_free(id);
    if (SUCCEEDED(hr) && type != MAPI_MESSAGE)
    {
        IUnknown_Release(object);
        hr = MAPI_E_INVALID_ENTRYID;
    }
    if (FAILED(hr))
        return hr == MAPI_E_NOT_FOUND || hr == MAPI_E_INVALID_PARAMETER ? MAPI_E_INVALID_ENTRYID
                                                                        : hr;
    *ret = (IMessage *)object;
    return S_OK;
}
