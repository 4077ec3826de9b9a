/*
 * Entry IDs that name their store, and conversations
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
 * A compound entry ID holds the record key of a store and the entry ID of an object in it, so that
 * a program can keep one value for an object in any store. It is made and taken apart here only:
 * flags and an identifier of our own as in every entry ID, the size of the record key, the record
 * key, the object.
 *
 * A conversation index is a header of 22 bytes, the time of the first message and a GUID, and 5
 * bytes for each reply: how long after the first it came, in 31 bits whose unit depends on the
 * first bit, and a random number.
 */

#define COBJMACROS
#include "core/core.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define HEADER_SIZE 24          /* flags, identifier, size of the record key */

static const MAPIUID uid_compound = { { 0x7c, 0x1b, 0x94, 0x5e, 0x22, 0xd6, 0x4f, 0x0b, 0x9a, 0x33,
                                        0x61, 0xf0, 0x5d, 0xe8, 0x47, 0x10 } };

#define INDEX_HEADER 22
#define INDEX_CHILD   5

static HRESULT copy_bytes(ULONG size, const void *from, ULONG *ret_size, ENTRYID **ret)
{
    HRESULT hr = memory_exported->allocate(size, (void **)ret);

    if (hr != S_OK) return hr;
    memcpy(*ret, from, size);
    *ret_size = size;
    return S_OK;
}

HRESULT WINAPI HrComposeEID(LPMAPISESSION session, ULONG key_size, LPBYTE key, ULONG id_size,
                            LPENTRYID id, ULONG *ret_size, LPENTRYID *ret)
{
    ULONG size;
    BYTE *out;
    HRESULT hr;

    TRACE("(%p, %lu, %p, %lu, %p, %p, %p)\n", session, key_size, key, id_size, id, ret_size, ret);

    if (ret_size) *ret_size = 0;
    if (ret) *ret = NULL;
    if (!ret_size || !ret || !id || !id_size || (key_size && !key)) return MAPI_E_INVALID_PARAMETER;
    if (!key_size) return copy_bytes(id_size, id, ret_size, ret);
    if (key_size > MAXLONG / 2 || id_size > MAXLONG / 2 - HEADER_SIZE)
        return MAPI_E_INVALID_PARAMETER;

    size = HEADER_SIZE + key_size + id_size;
    if ((hr = memory_exported->allocate(size, (void **)&out)) != S_OK) return hr;
    memset(out, 0, 4);
    memcpy(out + 4, &uid_compound, sizeof(uid_compound));
    memcpy(out + 20, &key_size, sizeof(key_size));
    memcpy(out + HEADER_SIZE, key, key_size);
    memcpy(out + HEADER_SIZE + key_size, id, id_size);
    *ret = (ENTRYID *)out;
    *ret_size = size;
    return S_OK;
}

/* The entry ID of the store with a record key, from the session's table of stores. */
static HRESULT find_store(IMAPISession *session, ULONG key_size, const BYTE *key, ULONG *ret_size,
                          ENTRYID **ret)
{
    static SizedSPropTagArray(2, columns) = { 2, { PR_ENTRYID, PR_RECORD_KEY } };
    SRowSet *rows = NULL;
    IMAPITable *table;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = IMAPISession_GetMsgStoresTable(session, 0, &table))) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return hr;
    hr = MAPI_E_NOT_FOUND;
    for (i = 0; i < rows->cRows && hr == MAPI_E_NOT_FOUND; i++)
    {
        const SPropValue *props = rows->aRow[i].lpProps;

        if (rows->aRow[i].cValues < 2 || props[0].ulPropTag != PR_ENTRYID
            || props[1].ulPropTag != PR_RECORD_KEY || props[1].Value.bin.cb != key_size
            || memcmp(props[1].Value.bin.lpb, key, key_size)) continue;
        hr = copy_bytes(props[0].Value.bin.cb, props[0].Value.bin.lpb, ret_size, ret);
    }
    FreeProws(rows);
    return hr;
}

HRESULT WINAPI HrDecomposeEID(LPMAPISESSION session, ULONG size, LPENTRYID id, ULONG *store_size,
                              LPENTRYID *store_id, ULONG *ret_size, LPENTRYID *ret)
{
    const BYTE *bytes = (const BYTE *)id;
    ULONG key_size;
    HRESULT hr;

    TRACE("(%p, %lu, %p, %p, %p, %p, %p)\n", session, size, id, store_size, store_id, ret_size,
          ret);

    if (store_size) *store_size = 0;
    if (store_id) *store_id = NULL;
    if (ret_size) *ret_size = 0;
    if (ret) *ret = NULL;
    if (!id || !size || !store_size || !store_id || !ret_size || !ret)
        return MAPI_E_INVALID_PARAMETER;
    if (size < HEADER_SIZE || memcmp(bytes + 4, &uid_compound, sizeof(uid_compound)))
        return copy_bytes(size, id, ret_size, ret);

    if (!session) return MAPI_E_INVALID_PARAMETER;
    memcpy(&key_size, bytes + 20, sizeof(key_size));
    if (!key_size || key_size >= size - HEADER_SIZE) return MAPI_E_INVALID_ENTRYID;
    hr = find_store(session, key_size, bytes + HEADER_SIZE, store_size, store_id);
    if (FAILED(hr)) return hr;
    hr = copy_bytes(size - HEADER_SIZE - key_size, bytes + HEADER_SIZE + key_size, ret_size, ret);
    if (FAILED(hr))
    {
        memory_exported->free(*store_id);
        *store_id = NULL;
        *store_size = 0;
    }
    return hr;
}

HRESULT WINAPI HrComposeMsgID(LPMAPISESSION session, ULONG key_size, LPBYTE key, ULONG id_size,
                              LPENTRYID id, LPTSTR *ret)
{
    ENTRYID *compound;
    HRESULT hr;
    ULONG size;

    TRACE("(%p, %lu, %p, %lu, %p, %p)\n", session, key_size, key, id_size, id, ret);

    if (ret) *ret = NULL;
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = HrComposeEID(session, key_size, key, id_size, id, &size, &compound))) return hr;
    hr = HrSzFromEntryID(size, compound, ret);
    memory_exported->free(compound);
    return hr;
}

HRESULT WINAPI HrDecomposeMsgID(LPMAPISESSION session, LPTSTR text, ULONG *store_size,
                                LPENTRYID *store_id, ULONG *ret_size, LPENTRYID *ret)
{
    ENTRYID *compound;
    HRESULT hr;
    ULONG size;

    TRACE("(%p, %s, %p, %p, %p, %p)\n", session, debugstr_a((char *)text), store_size, store_id,
          ret_size, ret);

    if (store_size) *store_size = 0;
    if (store_id) *store_id = NULL;
    if (ret_size) *ret_size = 0;
    if (ret) *ret = NULL;
    if (FAILED(hr = HrEntryIDFromSz(text, &size, &compound))) return hr;
    hr = HrDecomposeEID(session, size, compound, store_size, store_id, ret_size, ret);
    memory_exported->free(compound);
    return hr;
}

static void put_big(BYTE *out, ULONGLONG value, unsigned int bytes)
{
    while (bytes--)
    {
        out[bytes] = (BYTE)value;
        value >>= 8;
    }
}

static ULONGLONG get_big(const BYTE *in, unsigned int bytes)
{
    ULONGLONG value = 0;

    while (bytes--) value = value << 8 | *in++;
    return value;
}

SCODE WINAPI ScCreateConversationIndex(ULONG parent_size, LPBYTE parent, ULONG *ret_size,
                                       LPBYTE *ret)
{
    ULONGLONG now, passed;
    FILETIME time;
    ULONG size;
    SCODE sc;
    BYTE *out;

    TRACE("(%lu, %p, %p, %p)\n", parent_size, parent, ret_size, ret);

    if (ret_size) *ret_size = 0;
    if (ret) *ret = NULL;
    if (!ret_size || !ret || (parent_size && !parent)) return MAPI_E_INVALID_PARAMETER;
    if (parent_size > MAXLONG - INDEX_CHILD) return MAPI_E_INVALID_PARAMETER;

    GetSystemTimeAsFileTime(&time);
    now = (ULONGLONG)time.dwHighDateTime << 32 | time.dwLowDateTime;

    /* What is no index of a conversation has no replies: a new one begins. */
    if (parent_size < INDEX_HEADER || (parent_size - INDEX_HEADER) % INDEX_CHILD || parent[0] != 1)
    {
        if ((sc = memory_exported->allocate(INDEX_HEADER, (void **)&out)) != S_OK) return sc;
        out[0] = 1;
        put_big(out + 1, now >> 16, 5);
        if (!platform_new_uid(out + 6))
        {
            memory_exported->free(out);
            return MAPI_E_CALL_FAILED;
        }
        *ret = out;
        *ret_size = INDEX_HEADER;
        return S_OK;
    }

    size = parent_size + INDEX_CHILD;
    if ((sc = memory_exported->allocate(size, (void **)&out)) != S_OK) return sc;
    memcpy(out, parent, parent_size);
    /* The header's time lacks its highest byte, which is 1 for some centuries, and its lowest
     * two. */
    passed = get_big(parent, 6) << 16;
    passed = now > passed ? now - passed : 0;
    if (passed < (ULONGLONG)1 << 49) passed = passed >> 18 & 0x7fffffff;
    else passed = (passed >> 23 & 0x7fffffff) | 0x80000000;
    put_big(out + parent_size, passed, 4);
    out[parent_size + 4] = (BYTE)(GetTickCount() << 4);
    *ret = out;
    *ret_size = size;
    return S_OK;
}
