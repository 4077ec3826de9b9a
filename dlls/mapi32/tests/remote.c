/*
 * Unit tests of proxies and stubs
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

/* A proxy and a stub of a table, joined by a channel of the test's own in one process: what goes
 * over it can be changed on the way, as a hostile or broken process would send it. */

#include <stdarg.h>

#define COBJMACROS
#include <windef.h>
#include <winbase.h>
#include <objidl.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapiguid.h>

#include "wine/test.h"

static const CLSID clsid_stubs =
    { 0xb1f4f5c2, 0x6d0e, 0x4a57, { 0x9c, 0x0b, 0x3f, 0x6f, 0x2d, 0x8a, 0x7e, 0x31 } };

#define PR_ROW PROP_TAG(PT_LONG, 0x6700)

/* ---- the channel ---- */

enum damage
{
    DAMAGE_NONE,
    DAMAGE_CUT_REQUEST,
    DAMAGE_CUT_REPLY,
    DAMAGE_REQUEST,
    DAMAGE_REPLY,
    DAMAGE_FAIL
};

static struct channel
{
    IRpcChannelBuffer IRpcChannelBuffer_iface;
    LONG refs, buffers;
    IRpcStubBuffer *stub;
    enum damage damage;
    ULONG at;                           /* byte to be changed, or size to cut to */
    BYTE value;
    BOOL reached;                       /* there was such a byte */
} channel;

static HRESULT WINAPI channel_QueryInterface(IRpcChannelBuffer *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    return E_NOINTERFACE;
}

static ULONG WINAPI channel_AddRef(IRpcChannelBuffer *iface)
{
    return ++channel.refs;
}

static ULONG WINAPI channel_Release(IRpcChannelBuffer *iface)
{
    return --channel.refs;
}

static HRESULT WINAPI channel_GetBuffer(IRpcChannelBuffer *iface, RPCOLEMESSAGE *message,
                                        REFIID iid)
{
    ok(IsEqualGUID(iid, &IID_IMAPITable), "got %s\n", wine_dbgstr_guid(iid));
    message->Buffer = HeapAlloc(GetProcessHeap(), 0, message->cbBuffer);
    channel.buffers++;
    return S_OK;
}

static HRESULT WINAPI channel_FreeBuffer(IRpcChannelBuffer *iface, RPCOLEMESSAGE *message)
{
    HeapFree(GetProcessHeap(), 0, message->Buffer);
    message->Buffer = NULL;
    channel.buffers--;
    return S_OK;
}

/* The bytes in a block of exactly their size. */
static void damage(RPCOLEMESSAGE *message, enum damage cut, enum damage change)
{
    if (channel.at >= message->cbBuffer) return;
    if (channel.damage == cut)
    {
        message->cbBuffer = channel.at;
        message->Buffer = HeapReAlloc(GetProcessHeap(), 0, message->Buffer, message->cbBuffer);
        channel.reached = TRUE;
    }
    if (channel.damage == change)
    {
        ((BYTE *)message->Buffer)[channel.at] = channel.value;
        channel.reached = TRUE;
    }
}

static HRESULT WINAPI channel_SendReceive(IRpcChannelBuffer *iface, RPCOLEMESSAGE *message,
                                          ULONG *status)
{
    RPCOLEMESSAGE request = *message;
    HRESULT hr;

    *status = 0;
    if (channel.damage == DAMAGE_FAIL)
    {
        channel_FreeBuffer(iface, message);
        return HRESULT_FROM_WIN32(RPC_S_SERVER_UNAVAILABLE);
    }
    damage(message, DAMAGE_CUT_REQUEST, DAMAGE_REQUEST);
    request = *message;
    hr = IRpcStubBuffer_Invoke(channel.stub, message, iface);
    channel_FreeBuffer(iface, &request);
    if (FAILED(hr)) return hr;
    damage(message, DAMAGE_CUT_REPLY, DAMAGE_REPLY);
    return S_OK;
}

static HRESULT WINAPI channel_GetDestCtx(IRpcChannelBuffer *iface, DWORD *context, void **data)
{
    *context = MSHCTX_LOCAL;
    *data = NULL;
    return S_OK;
}

static HRESULT WINAPI channel_IsConnected(IRpcChannelBuffer *iface)
{
    return S_OK;
}

static const IRpcChannelBufferVtbl channel_vtbl =
{
    channel_QueryInterface,
    channel_AddRef,
    channel_Release,
    channel_GetBuffer,
    channel_SendReceive,
    channel_FreeBuffer,
    channel_GetDestCtx,
    channel_IsConnected
};

/* What COM has around a proxy. */
static LONG outer_refs;

static HRESULT WINAPI outer_QueryInterface(IUnknown *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    return E_NOINTERFACE;
}

static ULONG WINAPI outer_AddRef(IUnknown *iface)
{
    return ++outer_refs;
}

static ULONG WINAPI outer_Release(IUnknown *iface)
{
    return --outer_refs;
}

static const IUnknownVtbl outer_vtbl =
{
    outer_QueryInterface,
    outer_AddRef,
    outer_Release
};

static IUnknown outer = { (IUnknownVtbl *)&outer_vtbl };

/* ---- calls ---- */

static IMAPITable *make_table(ITableData **data)
{
    static const SizedSPropTagArray(3, columns) = { 3, { PR_ROW, PR_DISPLAY_NAME_A, PR_ENTRYID } };
    SPropValue props[3];
    IMAPITable *table = NULL;
    SRow row = { 0, 3, props };
    char name[20];
    HRESULT hr;
    LONG i;

    hr = CreateTable((IID *)&IID_IMAPITableData, MAPIAllocateBuffer, MAPIAllocateMore,
                     MAPIFreeBuffer, NULL, TBLTYPE_DYNAMIC, PR_ROW, (SPropTagArray *)&columns,
                     data);
    ok(hr == S_OK, "got %#lx\n", hr);
    memset(props, 0, sizeof(props));
    for (i = 0; i < 5; i++)
    {
        sprintf(name, "row %ld", i);
        props[0].ulPropTag = PR_ROW;
        props[0].Value.l = i;
        props[1].ulPropTag = PR_DISPLAY_NAME_A;
        props[1].Value.lpszA = name;
        props[2].ulPropTag = PR_ENTRYID;
        props[2].Value.bin.cb = 4;
        props[2].Value.bin.lpb = (BYTE *)"abcd";
        hr = ITableData_HrModifyRow(*data, &row);
        ok(hr == S_OK, "got %#lx\n", hr);
    }
    hr = ITableData_HrGetView(*data, NULL, NULL, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    return table;
}

/* Each has one method called, and drops what it gives. */
static HRESULT call_query_rows(IMAPITable *table)
{
    SRowSet *rows = (SRowSet *)0xdeadbeef;
    HRESULT hr;

    hr = IMAPITable_QueryRows(table, 3, TBL_NOADVANCE, &rows);
    ok(SUCCEEDED(hr) || !rows, "got %#lx, %p\n", hr, rows);
    if (SUCCEEDED(hr)) FreeProws(rows);
    return hr;
}

static HRESULT call_query_columns(IMAPITable *table)
{
    SPropTagArray *tags = (SPropTagArray *)0xdeadbeef;
    HRESULT hr = IMAPITable_QueryColumns(table, 0, &tags);

    ok(SUCCEEDED(hr) || !tags, "got %#lx, %p\n", hr, tags);
    if (SUCCEEDED(hr)) MAPIFreeBuffer(tags);
    return hr;
}

static HRESULT call_restrict(IMAPITable *table)
{
    SPropValue value = { PR_DISPLAY_NAME_A }, number = { PR_ROW };
    SRestriction parts[2], both = { RES_AND };

    value.Value.lpszA = (char *)"row";
    number.Value.l = 1;
    parts[0].rt = RES_CONTENT;
    parts[0].res.resContent.ulFuzzyLevel = FL_PREFIX;
    parts[0].res.resContent.ulPropTag = PR_DISPLAY_NAME_A;
    parts[0].res.resContent.lpProp = &value;
    parts[1].rt = RES_PROPERTY;
    parts[1].res.resProperty.relop = RELOP_GE;
    parts[1].res.resProperty.ulPropTag = PR_ROW;
    parts[1].res.resProperty.lpProp = &number;
    both.res.resAnd.cRes = 2;
    both.res.resAnd.lpRes = parts;
    return IMAPITable_Restrict(table, &both, 0);
}

static HRESULT call_unrestrict(IMAPITable *table)
{
    return IMAPITable_Restrict(table, NULL, 0);
}

static HRESULT call_sort(IMAPITable *table)
{
    SizedSSortOrderSet(1, order) = { 1, 0, 0, { { PR_ROW, TABLE_SORT_DESCEND } } };

    return IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0);
}

static HRESULT call_query_sort(IMAPITable *table)
{
    SSortOrderSet *order = (SSortOrderSet *)0xdeadbeef;
    HRESULT hr = IMAPITable_QuerySortOrder(table, &order);

    ok(SUCCEEDED(hr) || !order, "got %#lx, %p\n", hr, order);
    if (SUCCEEDED(hr)) MAPIFreeBuffer(order);
    return hr;
}

static HRESULT call_columns(IMAPITable *table)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_ROW, PR_ENTRYID } };

    return IMAPITable_SetColumns(table, (SPropTagArray *)&columns, 0);
}

static HRESULT call_collapse_state(IMAPITable *table)
{
    BYTE *state = (BYTE *)0xdeadbeef;
    ULONG size = 7;
    HRESULT hr = IMAPITable_GetCollapseState(table, 0, 4, (BYTE *)"abcd", &size, &state);

    ok(SUCCEEDED(hr) || (!state && !size), "got %#lx, %p\n", hr, state);
    if (SUCCEEDED(hr)) MAPIFreeBuffer(state);
    return hr;
}

static const struct
{
    const char *name;
    HRESULT (*call)(IMAPITable *table);
} calls[] =
{
    { "Restrict", call_restrict },
    { "SortTable", call_sort },
    { "SetColumns", call_columns },
    { "QueryRows", call_query_rows },
    { "QueryColumns", call_query_columns },
    { "QuerySortOrder", call_query_sort },
    { "GetCollapseState", call_collapse_state },
    { "Restrict to nothing", call_unrestrict }
};

static void test_calls(IMAPITable *proxy, IMAPITable *table)
{
    ULONG count = 0, status = 77, type = 77, i;
    BOOKMARK bookmark = 0;
    MAPIERROR *error;
    HRESULT hr, direct;

    for (i = 0; i < ARRAY_SIZE(calls); i++)
    {
        direct = calls[i].call(table);
        hr = calls[i].call(proxy);
        ok(hr == direct, "%s: got %#lx, not %#lx\n", calls[i].name, hr, direct);
    }
    hr = IMAPITable_GetRowCount(proxy, 0, &count);
    ok(hr == S_OK && count == 5, "got %#lx, %lu\n", hr, count);
    hr = IMAPITable_GetStatus(proxy, &status, &type);
    ok(hr == S_OK && status == TBLSTAT_COMPLETE && type == TBLTYPE_DYNAMIC, "got %#lx, %lu, %lu\n",
       hr, status, type);
    hr = IMAPITable_CreateBookmark(proxy, &bookmark);
    ok(hr == S_OK && bookmark > BOOKMARK_END, "got %#lx, %Iu\n", hr, bookmark);
    hr = IMAPITable_SeekRow(proxy, bookmark, 1, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_FreeBookmark(proxy, bookmark);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_Unadvise(proxy, 1234);
    ok(hr == IMAPITable_Unadvise(table, 1234), "got %#lx\n", hr);
    hr = IMAPITable_GetLastError(proxy, E_FAIL, 0, &error);
    ok(SUCCEEDED(hr), "got %#lx\n", hr);
    MAPIFreeBuffer(error);

    channel.damage = DAMAGE_FAIL;
    count = 77;
    hr = IMAPITable_GetRowCount(proxy, 0, &count);
    ok(hr == MAPI_E_CALL_FAILED && !count, "got %#lx, %lu\n", hr, count);
    channel.damage = DAMAGE_NONE;
}

/* Every byte changed, and every length cut to: an answer, no crash, and the table is as good as
 * before. */
static void test_damage(IMAPITable *proxy, enum damage how, const char *name)
{
    static const BYTE values[] = { 0, 1, 0x7f, 0xff };
    ULONG i, j, count = 0;
    BOOL cut = how == DAMAGE_CUT_REQUEST || how == DAMAGE_CUT_REPLY;
    HRESULT hr;

    for (i = 0; i < ARRAY_SIZE(calls); i++)
    {
        for (channel.at = 0; channel.at < 1000; channel.at++)
        {
            channel.reached = FALSE;
            for (j = 0; j < (cut ? 1 : ARRAY_SIZE(values)); j++)
            {
                channel.damage = how;
                channel.value = values[j];
                hr = calls[i].call(proxy);
                channel.damage = DAMAGE_NONE;
                if (cut && channel.reached)
                    ok(FAILED(hr), "%s, %s cut to %lu: %#lx\n", calls[i].name, name, channel.at,
                       hr);
            }
            if (!channel.reached) break;
        }
        ok(channel.at > 3, "%s: %s was not damaged\n", calls[i].name, name);
        ok(!channel.buffers, "%s, %s: %ld buffers left\n", calls[i].name, name, channel.buffers);
    }
    /* Flags that were changed may have made something asynchronous. */
    hr = IMAPITable_WaitForCompletion(proxy, 0, 60000, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    for (i = 0; i < ARRAY_SIZE(calls); i++) calls[i].call(proxy);
    hr = IMAPITable_GetRowCount(proxy, 0, &count);
    ok(hr == S_OK && count == 5, "got %#lx, %lu\n", hr, count);
}

static void test_methods(void)
{
    RPCOLEMESSAGE message = { 0 };
    BYTE nothing[4] = { 0 };
    HRESULT hr;
    ULONG i;

    for (i = 1; i < 200; i++)
    {
        if (i >= 3 && i < 26) continue;
        message.iMethod = i;
        message.Buffer = nothing;
        message.cbBuffer = sizeof(nothing);
        hr = IRpcStubBuffer_Invoke(channel.stub, &message, &channel.IRpcChannelBuffer_iface);
        ok(FAILED(hr), "method %lu: %#lx\n", i, hr);
    }
    ok(!channel.buffers, "%ld buffers left\n", channel.buffers);
}

START_TEST(remote)
{
    HRESULT (WINAPI *get_class)(REFCLSID, REFIID, void **);
    IRpcProxyBuffer *proxy_buffer;
    IPSFactoryBuffer *factory;
    IMAPITable *proxy, *table;
    ITableData *data;
    IUnknown *object;
    HRESULT hr;

    CoInitialize(NULL);
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    get_class = (void *)GetProcAddress(GetModuleHandleA("mapi32"), "DllGetClassObject");
    ok(get_class != NULL, "no DllGetClassObject\n");
    hr = get_class(&clsid_stubs, &IID_IClassFactory, (void **)&object);
    ok(hr == E_NOINTERFACE && !object, "got %#lx\n", hr);
    hr = get_class(&clsid_stubs, &IID_IPSFactoryBuffer, (void **)&factory);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (FAILED(hr)) return;

    table = make_table(&data);
    channel.IRpcChannelBuffer_iface.lpVtbl = (IRpcChannelBufferVtbl *)&channel_vtbl;
    hr = IPSFactoryBuffer_CreateStub(factory, &IID_IMAPIStatus, (IUnknown *)table, &channel.stub);
    ok(hr == E_NOINTERFACE && !channel.stub, "got %#lx\n", hr);
    hr = IPSFactoryBuffer_CreateStub(factory, &IID_IMessage, (IUnknown *)table, &channel.stub);
    ok(hr == E_NOINTERFACE && !channel.stub, "got %#lx\n", hr);
    hr = IPSFactoryBuffer_CreateStub(factory, &IID_IMAPITable, (IUnknown *)table, &channel.stub);
    ok(hr == S_OK && channel.stub, "got %#lx\n", hr);
    hr = IPSFactoryBuffer_CreateProxy(factory, &outer, &IID_IStream, &proxy_buffer,
                                      (void **)&proxy);
    ok(hr == E_NOINTERFACE && !proxy && !proxy_buffer, "got %#lx\n", hr);
    hr = IPSFactoryBuffer_CreateProxy(factory, &outer, &IID_IMAPITable, &proxy_buffer,
                                      (void **)&proxy);
    ok(hr == S_OK && outer_refs == 1, "got %#lx\n", hr);
    hr = IMAPITable_SeekRow(proxy, BOOKMARK_BEGINNING, 0, NULL);
    ok(hr == MAPI_E_CALL_FAILED, "not connected: %#lx\n", hr);
    hr = IRpcProxyBuffer_Connect(proxy_buffer, &channel.IRpcChannelBuffer_iface);
    ok(hr == S_OK && channel.refs == 1, "got %#lx\n", hr);

    test_calls(proxy, table);
    test_damage(proxy, DAMAGE_CUT_REQUEST, "the request");
    test_damage(proxy, DAMAGE_CUT_REPLY, "the reply");
    test_damage(proxy, DAMAGE_REQUEST, "the request");
    test_damage(proxy, DAMAGE_REPLY, "the reply");
    test_methods();

    IRpcStubBuffer_Disconnect(channel.stub);
    hr = IMAPITable_SeekRow(proxy, BOOKMARK_BEGINNING, 0, NULL);
    ok(hr == MAPI_E_CALL_FAILED, "no object: %#lx\n", hr);
    ok(!IMAPITable_Release(proxy), "the proxy is still held\n");
    IRpcProxyBuffer_Disconnect(proxy_buffer);
    ok(!channel.refs, "the channel is still held: %ld\n", channel.refs);
    ok(!IRpcProxyBuffer_Release(proxy_buffer), "the proxy is still held\n");
    ok(!IRpcStubBuffer_Release(channel.stub), "the stub is still held\n");
    ok(!IMAPITable_Release(table), "the table is still held\n");
    ITableData_Release(data);
    IPSFactoryBuffer_Release(factory);
    MAPIUninitialize();
    CoUninitialize();
}
