/*
 * Tests: compound entry IDs, conversation indexes, paths
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
#include "winuser.h"
#include "objbase.h"
#include "mapix.h"
#include "mapiutil.h"
#include "wine/test.h"

static BYTE key[] = { 1, 2, 3, 4, 5 }, object_id[] = { 0, 0, 0, 0, 'o', 'b', 'j', 'e', 'c', 't' };
static BYTE store_id[] = { 0, 0, 0, 0, 's', 't', 'o', 'r', 'e' };

/* A session that has nothing but a table of stores. */
static ITableData *stores;

static HRESULT WINAPI session_GetMsgStoresTable(IMAPISession *iface, ULONG flags,
                                                IMAPITable **table)
{
    return ITableData_HrGetView(stores, NULL, NULL, 0, table);
}

static IMAPISessionVtbl session_vtbl;
static IMAPISession session = { &session_vtbl };

static void make_stores(void)
{
    static SizedSPropTagArray(3, columns) = { 3, { PR_ENTRYID, PR_RECORD_KEY, PR_INSTANCE_KEY } };
    SPropValue props[3] = {{ 0 }};
    SRow row = { 0, 3, props };
    BYTE other[] = { 9 };
    HRESULT hr;

    session_vtbl.GetMsgStoresTable = session_GetMsgStoresTable;
    hr = CreateTable(NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL,
                     TBLTYPE_DYNAMIC, PR_INSTANCE_KEY, (SPropTagArray *)&columns, &stores);
    ok(hr == S_OK, "got %#lx\n", hr);
    props[0].ulPropTag = PR_ENTRYID;
    props[1].ulPropTag = PR_RECORD_KEY;
    props[2].ulPropTag = PR_INSTANCE_KEY;
    props[0].Value.bin.cb = sizeof(other);
    props[0].Value.bin.lpb = other;
    props[1].Value.bin = props[2].Value.bin = props[0].Value.bin;
    hr = ITableData_HrModifyRow(stores, &row);
    ok(hr == S_OK, "got %#lx\n", hr);
    props[0].Value.bin.cb = sizeof(store_id);
    props[0].Value.bin.lpb = store_id;
    props[1].Value.bin.cb = sizeof(key);
    props[1].Value.bin.lpb = key;
    props[2].Value.bin = props[1].Value.bin;
    hr = ITableData_HrModifyRow(stores, &row);
    ok(hr == S_OK, "got %#lx\n", hr);
}

static void test_compound(void)
{
    ULONG size, store_size, id_size;
    ENTRYID *id, *store, *object;
    BYTE copy[256];
    HRESULT hr;
    char *text;

    id = (void *)0xdead;
    size = 7;
    hr = HrComposeEID(&session, 0, NULL, 0, NULL, &size, &id);
    ok(hr == MAPI_E_INVALID_PARAMETER && !size && !id, "got %#lx, %lu, %p\n", hr, size, id);
    hr = HrComposeEID(&session, 3, NULL, sizeof(object_id), (ENTRYID *)object_id, &size, &id);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);

    /* without a store: a copy */
    hr = HrComposeEID(&session, 0, NULL, sizeof(object_id), (ENTRYID *)object_id, &size, &id);
    ok(hr == S_OK && size == sizeof(object_id) && !memcmp(id, object_id, size), "got %#lx, %lu\n",
       hr, size);
    hr = HrDecomposeEID(&session, size, id, &store_size, &store, &id_size, &object);
    ok(hr == S_OK && !store_size && !store, "got %#lx, %lu, %p\n", hr, store_size, store);
    ok(id_size == size && !memcmp(object, object_id, size), "got %lu\n", id_size);
    MAPIFreeBuffer(object);
    MAPIFreeBuffer(id);

    hr = HrComposeEID(&session, sizeof(key), key, sizeof(object_id), (ENTRYID *)object_id, &size,
                      &id);
    ok(hr == S_OK && size > sizeof(object_id) + sizeof(key), "got %#lx, %lu\n", hr, size);
    hr = HrDecomposeEID(&session, size, id, &store_size, &store, &id_size, &object);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(store_size == sizeof(store_id) && !memcmp(store, store_id, store_size), "got %lu\n",
       store_size);
    ok(id_size == sizeof(object_id) && !memcmp(object, object_id, id_size), "got %lu\n", id_size);
    MAPIFreeBuffer(store);
    MAPIFreeBuffer(object);

    /* one that lies about its record key */
    memcpy(copy, id, size);
    MAPIFreeBuffer(id);
    memset(copy + 20, 0xff, 4);
    store = object = (void *)0xdead;
    hr = HrDecomposeEID(&session, size, (ENTRYID *)copy, &store_size, &store, &id_size, &object);
    ok(hr == MAPI_E_INVALID_ENTRYID && !store && !object, "got %#lx, %p, %p\n", hr, store, object);
    hr = HrComposeEID(&session, 1, object_id + 5, sizeof(object_id), (ENTRYID *)object_id, &size,
                      &id);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = HrDecomposeEID(&session, size, id, &store_size, &store, &id_size, &object);
    ok(hr == MAPI_E_NOT_FOUND && !store && !object, "got %#lx, %p, %p\n", hr, store, object);
    MAPIFreeBuffer(id);

    hr = HrComposeMsgID(&session, sizeof(key), key, sizeof(object_id), (ENTRYID *)object_id,
                        (void *)&text);
    ok(hr == S_OK && text && *text, "got %#lx\n", hr);
    hr = HrDecomposeMsgID(&session, (void *)text, &store_size, &store, &id_size, &object);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(store_size == sizeof(store_id) && !memcmp(store, store_id, store_size), "got %lu\n",
       store_size);
    ok(id_size == sizeof(object_id) && !memcmp(object, object_id, id_size), "got %lu\n", id_size);
    MAPIFreeBuffer(store);
    MAPIFreeBuffer(object);
    MAPIFreeBuffer(text);
}

static void test_conversation(void)
{
    SCODE (WINAPI *create)(ULONG, BYTE *, ULONG *, BYTE **) =
        (void *)GetProcAddress(GetModuleHandleA("mapi32.dll"), "ScCreateConversationIndex");
    BYTE *first, *second, *reply, *again, old[22];
    ULONG size, first_size, passed;
    SCODE ret;

    first = (void *)0xdead;
    size = 7;
    ret = create(5, NULL, &size, &first);
    ok(ret == MAPI_E_INVALID_PARAMETER && !size && !first, "got %#lx, %lu, %p\n", ret, size, first);

    ret = create(0, NULL, &first_size, &first);
    ok(ret == S_OK && first_size == 22 && first[0] == 1, "got %#lx, %lu\n", ret, first_size);
    ret = create(0, NULL, &size, &second);
    ok(ret == S_OK && size == 22 && memcmp(first + 6, second + 6, 16), "the same GUID twice\n");

    ret = create(first_size, first, &size, &reply);
    ok(ret == S_OK && size == 27 && !memcmp(reply, first, 22), "got %#lx, %lu\n", ret, size);
    ok(!(reply[22] & 0x80), "got %#x\n", reply[22]);
    ret = create(size, reply, &size, &again);
    ok(ret == S_OK && size == 32 && !memcmp(again, reply, 27), "got %#lx, %lu\n", ret, size);
    MAPIFreeBuffer(again);

    /* ten days ago: in units of 2^18 times 100 ns */
    memcpy(old, first, sizeof(old));
    {
        ULONGLONG time = 0, ten_days = (ULONGLONG)10 * 24 * 3600 * 10000000;
        unsigned int i;

        for (i = 0; i < 6; i++) time = time << 8 | old[i];
        time -= ten_days >> 16;
        for (i = 6; i--; time >>= 8) old[i] = (BYTE)time;
        ret = create(sizeof(old), old, &size, &again);
        ok(ret == S_OK && size == 27, "got %#lx, %lu\n", ret, size);
        passed = again[22] << 24 | again[23] << 16 | again[24] << 8 | again[25];
        ok(passed >= ten_days >> 18 && passed < (ten_days >> 18) + 10000, "got %#lx\n", passed);
        MAPIFreeBuffer(again);
    }
    /* five years ago: the coarser unit */
    old[1] -= 5 * 365 * 24 * 36000000000 >> 48;
    ret = create(sizeof(old), old, &size, &again);
    ok(ret == S_OK && (again[22] & 0x80), "got %#lx, %#x\n", ret, again[22]);
    MAPIFreeBuffer(again);

    /* no index at all: a new conversation */
    ret = create(21, first, &size, &again);
    ok(ret == S_OK && size == 22 && memcmp(again + 6, first + 6, 16), "got %#lx, %lu\n", ret, size);
    MAPIFreeBuffer(again);
    MAPIFreeBuffer(first);
    MAPIFreeBuffer(second);
    MAPIFreeBuffer(reply);
}

static void test_paths(void)
{
    char path[MAX_PATH], server[] = "\\\\no server\\share\\file", local[] = "q:\\file",
                         odd[] = "file";
    SCODE ret;

    ret = ScUNCFromLocalPath(server, path, sizeof(path));
    ok(ret == S_FALSE, "got %#lx\n", ret);
    ret = ScUNCFromLocalPath(local, path, sizeof(path));
    ok(ret == MAPI_E_INVALID_PARAMETER, "got %#lx\n", ret);
    ret = ScUNCFromLocalPath(NULL, path, sizeof(path));
    ok(ret == MAPI_E_INVALID_PARAMETER, "got %#lx\n", ret);
    ret = ScLocalPathFromUNC(local, path, sizeof(path));
    ok(ret == S_FALSE, "got %#lx\n", ret);
    ret = ScLocalPathFromUNC(server, path, sizeof(path));
    ok(ret == MAPI_E_NOT_FOUND, "got %#lx\n", ret);
    ret = ScLocalPathFromUNC(odd, path, sizeof(path));
    ok(ret == MAPI_E_NOT_FOUND, "got %#lx\n", ret);
}

START_TEST(compound)
{
    make_stores();
    test_compound();
    test_conversation();
    test_paths();
    ITableData_Release(stores);
}
