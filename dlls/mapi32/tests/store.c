/*
 * Tests: message stores of a session
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

#define COBJMACROS
#include <stdarg.h>
#include <windef.h>
#include <winbase.h>
#include <winuser.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>

#include "wine/test.h"
#include "sample.h"

static char profile[] = "StoreTest";
static const BYTE wrap_uid[16] =
    { 0x38, 0xa1, 0xbb, 0x10, 0x05, 0xe5, 0x10, 0x1a, 0xa1, 0xbb, 0x08, 0x00, 0x2b, 0x2a, 0x56, 0xc2 };

static IMAPISession *log_on(ULONG flags)
{
    IMAPISession *session = NULL;
    HRESULT hr;

    hr = MAPILogonEx(0, (LPTSTR)profile, NULL,
                     MAPI_EXTENDED | MAPI_EXPLICIT_PROFILE | MAPI_NEW_SESSION | flags, &session);
    ok(hr == S_OK, "MAPILogonEx returned %#lx\n", hr);
    return session;
}

static void log_off(IMAPISession *session)
{
    HRESULT hr = IMAPISession_Logoff(session, 0, 0, 0);

    ok(hr == S_OK, "Logoff returned %#lx\n", hr);
    ok(!IMAPISession_Release(session), "references are left\n");
}

enum { COL_ENTRYID, COL_DEFAULT, COL_NAME, COL_FLAGS, COL_INSTANCE, COL_TYPE, COL_RESOURCE, COL_PROVIDER };

/* The rows of the store table; FreeProws them. */
static SRowSet *store_rows(IMAPISession *session)
{
    static const SizedSPropTagArray(8, columns) =
    {
        8,
        {
            PR_ENTRYID, PR_DEFAULT_STORE, PR_DISPLAY_NAME_A, PR_RESOURCE_FLAGS, PR_INSTANCE_KEY,
            PR_OBJECT_TYPE, PR_RESOURCE_TYPE, PR_MDB_PROVIDER
        }
    };
    IMAPITable *table;
    SRowSet *rows = NULL;
    HRESULT hr;

    hr = IMAPISession_GetMsgStoresTable(session, 0, &table);
    ok(hr == S_OK, "GetMsgStoresTable returned %#lx\n", hr);
    if (FAILED(hr)) return NULL;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    ok(hr == S_OK, "HrQueryAllRows returned %#lx\n", hr);
    IMAPITable_Release(table);
    return rows;
}

static HRESULT open_row(IMAPISession *session, const SRow *row, ULONG flags, IMsgStore **store)
{
    return IMAPISession_OpenMsgStore(session, 0, row->lpProps[COL_ENTRYID].Value.bin.cb,
                                     (ENTRYID *)row->lpProps[COL_ENTRYID].Value.bin.lpb, NULL,
                                     flags, store);
}

static const char *words_of(IMAPISession *session, HRESULT result)
{
    static char words[1024];
    MAPIERROR *error;

    words[0] = 0;
    if (IMAPISession_GetLastError(session, result, 0, &error) == S_OK && error && error->lpszError)
        lstrcpynA(words, (char *)error->lpszError, sizeof(words));
    MAPIFreeBuffer(error);
    return words;
}

static void check_table(IMAPISession *session)
{
    IMAPITable *table;
    SPropTagArray *tags;
    SRowSet *rows;
    SRow *row;
    ULONG i;
    HRESULT hr;

    if (!(rows = store_rows(session))) return;
    ok(rows->cRows == 1, "%lu stores\n", rows->cRows);
    row = rows->aRow;
    ok(row->lpProps[COL_ENTRYID].ulPropTag == PR_ENTRYID
           && row->lpProps[COL_ENTRYID].Value.bin.cb > 24
           && !memcmp(row->lpProps[COL_ENTRYID].Value.bin.lpb + 4, wrap_uid, 16),
       "not a wrapped entry ID\n");
    ok(row->lpProps[COL_DEFAULT].ulPropTag == PR_DEFAULT_STORE && row->lpProps[COL_DEFAULT].Value.b,
       "not the default\n");
    ok(!strcmp(row->lpProps[COL_NAME].Value.lpszA, "Sample Store"), "named %s\n",
       row->lpProps[COL_NAME].Value.lpszA);
    ok(row->lpProps[COL_FLAGS].Value.l == STATUS_DEFAULT_STORE, "flags %#lx\n",
       row->lpProps[COL_FLAGS].Value.l);
    ok(row->lpProps[COL_INSTANCE].Value.bin.cb == 16, "%lu bytes\n",
       row->lpProps[COL_INSTANCE].Value.bin.cb);
    ok(row->lpProps[COL_TYPE].Value.l == MAPI_STORE, "type %lu\n", row->lpProps[COL_TYPE].Value.l);
    ok(row->lpProps[COL_RESOURCE].Value.l == MAPI_STORE_PROVIDER, "type %lu\n",
       row->lpProps[COL_RESOURCE].Value.l);
    ok(row->lpProps[COL_PROVIDER].Value.bin.cb == 16, "%lu bytes\n",
       row->lpProps[COL_PROVIDER].Value.bin.cb);
    FreeProws(rows);

    /* The width of the strings is what was asked for. */
    hr = IMAPISession_GetMsgStoresTable(session, MAPI_UNICODE, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_QueryColumns(table, 0, &tags);
    ok(hr == S_OK, "got %#lx\n", hr);
    for (i = 0; i < tags->cValues; i++)
        ok(PROP_TYPE(tags->aulPropTag[i]) != PT_STRING8, "column %#lx\n", tags->aulPropTag[i]);
    MAPIFreeBuffer(tags);
    IMAPITable_Release(table);
}

static void test_open(void)
{
    IMAPISession *session, *second;
    IMsgStore *store, *again, *old;
    SRowSet *first, *rows;
    IUnknown *unknown;
    ULONG type, same;
    HRESULT hr;

    sample_log_start();
    if (!(session = log_on(0))) return;
    check_table(session);
    if (!(first = store_rows(session)) || !first->cRows) return;

    hr = open_row(session, first->aRow, MDB_NO_DIALOG | MDB_WRITE, &store);
    ok(hr == S_OK, "got %#lx: %s\n", hr, words_of(session, hr));
    if (FAILED(hr)) return;
    ok(sample_log_count("ms.Init") == 1, "%d providers\n", sample_log_count("ms.Init"));
    ok(sample_log_count("ms.SpoolerLogon") == 1, "%d spooler logons\n",
       sample_log_count("ms.SpoolerLogon"));
    check_table(session);

    /* By now the provider has stored an entry ID of its own, and the old one still means that
     * store. */
    rows = store_rows(session);
    hr = open_row(session, rows->aRow, MAPI_BEST_ACCESS, &again);
    ok(hr == S_OK && again == store, "got %#lx, %p for %p\n", hr, again, store);
    if (hr == S_OK) IMsgStore_Release(again);
    hr = open_row(session, first->aRow, MDB_NO_DIALOG, &old);
    ok(hr == S_OK && old == store, "got %#lx, %p for %p\n", hr, old, store);
    if (hr == S_OK) IMsgStore_Release(old);
    hr = IMAPISession_CompareEntryIDs(session, first->aRow->lpProps[COL_ENTRYID].Value.bin.cb,
                                      (ENTRYID *)first->aRow->lpProps[COL_ENTRYID].Value.bin.lpb,
                                      rows->aRow->lpProps[COL_ENTRYID].Value.bin.cb,
                                      (ENTRYID *)rows->aRow->lpProps[COL_ENTRYID].Value.bin.lpb, 0,
                                      &same);
    ok(hr == S_OK && same, "got %#lx, %lu\n", hr, same);

    /* The session's OpenEntry knows stores, too. */
    hr = IMAPISession_OpenEntry(session, rows->aRow->lpProps[COL_ENTRYID].Value.bin.cb,
                                (ENTRYID *)rows->aRow->lpProps[COL_ENTRYID].Value.bin.lpb, NULL,
                                MAPI_MODIFY, &type, &unknown);
    ok(hr == S_OK && type == MAPI_STORE && unknown == (IUnknown *)store, "got %#lx, %lu\n", hr,
       type);
    if (hr == S_OK) IUnknown_Release(unknown);

    /* A second session has tables and providers of its own. */
    if ((second = log_on(0)))
    {
        check_table(second);
        hr = open_row(second, rows->aRow, MDB_NO_DIALOG, &again);
        ok(hr == S_OK && again != store, "got %#lx\n", hr);
        if (hr == S_OK) IMsgStore_Release(again);
        ok(sample_log_count("ms.Init") == 2, "%d providers\n", sample_log_count("ms.Init"));
        log_off(second);
        ok(sample_log_count("ms.Shutdown") == 1, "%d shutdowns\n", sample_log_count("ms.Shutdown"));
    }
    IMsgStore_Release(store);

    /* And it can be opened again, through the same provider object. */
    hr = open_row(session, rows->aRow, MDB_NO_DIALOG, &store);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK) IMsgStore_Release(store);
    ok(sample_log_count("ms.Init") == 2, "%d providers\n", sample_log_count("ms.Init"));
    FreeProws(first);
    FreeProws(rows);
    log_off(session);
    ok(sample_log_count("ms.Shutdown") == 2, "%d shutdowns\n", sample_log_count("ms.Shutdown"));
    ok(sample_log_count("ms.Release") == 2, "%d releases\n", sample_log_count("ms.Release"));
}

static void test_logoff_order(void)
{
    static const char *const expected[] =
    {
        "xp.Init", "xp.Logon", "xp.AddressTypes", "xp.TransportNotify", "ab.Init", "ab.Logon", "ms.Init",
        "ms.Logon", "ms.SpoolerLogon", "xp.TransportNotify", "xp.Logoff", "xp.Shutdown", "xp.Release", "ab.Logoff", "ab.Shutdown", "ab.Release",
        "ms.Logoff", "ms.Shutdown", "ms.Release"
    };
    IMAPISession *session;
    IMsgStore *store;
    IAddrBook *book;
    const char *log;
    SRowSet *rows;
    unsigned int i;
    size_t length;
    HRESULT hr;

    sample_log_start();
    if (!(session = log_on(0))) return;
    hr = IMAPISession_OpenAddressBook(session, 0, NULL, 0, &book);
    ok(hr == S_OK, "got %#lx\n", hr);
    rows = store_rows(session);
    hr = open_row(session, rows->aRow, 0, &store);
    ok(hr == S_OK, "got %#lx\n", hr);
    FreeProws(rows);
    IMsgStore_Release(store);
    IAddrBook_Release(book);
    log_off(session);

    log = sample_log_read(0);
    for (i = 0; i < ARRAY_SIZE(expected); i++)
    {
        length = strlen(expected[i]);
        ok(!strncmp(log, expected[i], length) && log[length] == '\n', "expected %s, got %.20s\n",
           expected[i], log);
        if (!(log = strchr(log, '\n'))) return;
        log++;
    }
    ok(!*log, "and then %s\n", log);
}

static void test_no_mail(void)
{
    IMAPISession *session;
    IMsgStore *store;
    SRowSet *rows;
    HRESULT hr;

    sample_log_start();
    if (!(session = log_on(MAPI_NO_MAIL))) return;
    rows = store_rows(session);
    hr = open_row(session, rows->aRow, 0, &store);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK) IMsgStore_Release(store);
    FreeProws(rows);
    ok(!sample_log_count("xp.Init"), "a transport was loaded\n");
    ok(sample_log_count("ms.Logon") == 1 && !sample_log_count("ms.SpoolerLogon"),
       "the spooler was told\n");
    log_off(session);

    sample_log_start();
    if (!(session = log_on(0))) return;
    rows = store_rows(session);
    hr = open_row(session, rows->aRow, MDB_NO_MAIL, &store);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK) IMsgStore_Release(store);
    FreeProws(rows);
    ok(sample_log_count("ms.Logon") == 1 && !sample_log_count("ms.SpoolerLogon"),
       "the spooler was told\n");
    log_off(session);
}

static void test_unknown(void)
{
    ULONG size, inner_size, i;
    IMAPISession *session;
    IMsgStore *store;
    ENTRYID *id;
    SRowSet *rows;
    BYTE inner[44], *copy;
    char dll[MAX_PATH];
    HRESULT hr;

    if (!(session = log_on(0))) return;
    memset(inner, 0x33, sizeof(inner));
    hr = WrapStoreEntryID(0, (LPTSTR)"stranger.dll", sizeof(inner), (ENTRYID *)inner, &size, &id);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPISession_OpenMsgStore(session, 0, size, id, NULL, MDB_NO_DIALOG, &store);
    ok(hr == MAPI_E_NOT_FOUND && !store, "got %#lx\n", hr);
    ok(strstr(words_of(session, hr), "stranger.dll") != NULL, "said %s\n", words_of(session, hr));
    MAPIFreeBuffer(id);

    sprintf(dll, "%s\\sample.dll", sample_directory());
    hr = WrapStoreEntryID(0, (LPTSTR)dll, sizeof(inner), (ENTRYID *)inner, &size, &id);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPISession_OpenMsgStore(session, 0, size, id, NULL, MDB_NO_DIALOG, &store);
    ok(hr == MAPI_E_NOT_FOUND && !store, "got %#lx\n", hr);
    MAPIFreeBuffer(id);

    /* Another store of the sample: open for this session only, and in no table. */
    rows = store_rows(session);
    hr = open_row(session, rows->aRow, 0, &store);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMsgStore_Release(store);
    FreeProws(rows);
    rows = store_rows(session);
    size = rows->aRow->lpProps[COL_ENTRYID].Value.bin.cb;
    MAPIAllocateBuffer(size, (void **)&copy);
    memcpy(copy, rows->aRow->lpProps[COL_ENTRYID].Value.bin.lpb, size);
    inner_size = 16;
    for (i = 0; i < inner_size; i++) copy[size - 1 - i] ^= 0x5a;
    FreeProws(rows);
    hr = IMAPISession_OpenMsgStore(session, 0, size, (ENTRYID *)copy, NULL, MDB_TEMPORARY, &store);
    ok(hr == S_OK, "got %#lx: %s\n", hr, words_of(session, hr));
    if (hr == S_OK)
    {
        IMsgStore_Release(store);
        hr = IMAPISession_OpenMsgStore(session, 0, size, (ENTRYID *)copy, NULL, 0, &store);
        ok(hr == S_OK, "got %#lx\n", hr);
        if (hr == S_OK) IMsgStore_Release(store);
        check_table(session);
    }
    MAPIFreeBuffer(copy);
    log_off(session);
}

/* The status row of the store provider: its code, and the words in it. */
static ULONG store_status(IMAPISession *session, char words[1024])
{
    static const SizedSPropTagArray(3, columns) = { 3, { PR_RESOURCE_TYPE, PR_STATUS_CODE, PR_STATUS_STRING_A } };
    IMAPITable *table;
    ULONG i, ret = 0;
    SRowSet *rows;

    words[0] = 0;
    if (FAILED(IMAPISession_GetStatusTable(session, 0, &table))) return 0;
    if (SUCCEEDED(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows)))
    {
        for (i = 0; i < rows->cRows; i++)
        {
            if (rows->aRow[i].lpProps[0].Value.l != MAPI_STORE_PROVIDER) continue;
            ret = rows->aRow[i].lpProps[1].Value.l;
            if (rows->aRow[i].lpProps[2].ulPropTag == PR_STATUS_STRING_A)
                lstrcpynA(words, rows->aRow[i].lpProps[2].Value.lpszA, 1024);
        }
        FreeProws(rows);
    }
    IMAPITable_Release(table);
    return ret;
}

static void test_failures(void)
{
    static const struct
    {
        const char *words;
        ULONG flags;
        HRESULT expected;
        HRESULT second;         /* of a second attempt without the switch */
        const char *configured; /* how often the service was asked to configure */
    }
    tests[] =
    {
        { "ms.Logon=failone", 0, MAPI_E_FAILONEPROVIDER, S_OK, NULL },
        { "ms.Logon=fail", 0, MAPI_E_CALL_FAILED, MAPI_E_LOGON_FAILED, NULL },
        { "ms.Logon=unconfigured", 0, MAPI_E_UNCONFIGURED, S_OK, "sv.Service3" },
        { "ms.Logon=unconfigured", MDB_NO_DIALOG, MAPI_E_LOGON_FAILED, S_OK, "sv.Service3" },
        { "ms.Logon=crash", 0, MAPI_E_CALL_FAILED, MAPI_E_CALL_FAILED, NULL },
        { "ms.Init=version", 0, MAPI_E_VERSION, S_OK, NULL },
        { "ms.SpoolerLogon=fail", 0, S_OK, S_OK, NULL },
        { "ms.Logoff=fail", 0, S_OK, S_OK, NULL },
    };
    char words[1024], service[32];
    IMAPISession *session;
    IMsgStore *store;
    SRowSet *rows;
    unsigned int i;
    ULONG code;
    HRESULT hr;

    sprintf(service, "sv.Service%d", MSG_SERVICE_CONFIGURE);
    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        winetest_push_context("%s", tests[i].words);
        sample_log_start();
        if (!(session = log_on(0))) return;
        rows = store_rows(session);
        sample_behave(tests[i].words);
        hr = open_row(session, rows->aRow, tests[i].flags, &store);
        ok(hr == tests[i].expected, "got %#lx\n", hr);
        if (FAILED(hr))
        {
            ok(!store, "a failure with a store\n");
            ok(strstr(words_of(session, hr), "Sample Store") != NULL, "said %s\n",
               words_of(session, hr));
            code = store_status(session, words);
            ok(code == STATUS_FAILURE, "code %#lx\n", code);
            ok(strstr(words, "Sample Store") != NULL, "the status row says %s\n", words);
        }
        else IMsgStore_Release(store);
        if (tests[i].configured)
            ok(sample_log_count(service) == 1 && sample_log_count("ms.Logon") == 2,
               "configured %d, logged on %d times\n", sample_log_count(service), sample_log_count("ms.Logon"));
        sample_behave(NULL);

        hr = open_row(session, rows->aRow, MDB_NO_DIALOG, &store);
        ok(hr == tests[i].second, "the second time: %#lx, %s\n", hr, words_of(session, hr));
        if (hr == S_OK)
        {
            code = store_status(session, words);
            ok(code == STATUS_AVAILABLE, "code %#lx, %s\n", code, words);
            IMsgStore_Release(store);
        }
        FreeProws(rows);
        log_off(session);
        winetest_pop_context();
    }
}

static LONG row_events[2];

static LONG STDAPICALLTYPE on_row(void *context, ULONG count, LPNOTIFICATION notifications)
{
    ULONG i;

    for (i = 0; i < count; i++)
        if (notifications[i].ulEventType == fnevTableModified
            && notifications[i].info.tab.ulTableEvent == TABLE_ROW_MODIFIED)
            InterlockedIncrement(&row_events[(ULONG_PTR)context]);
    return S_OK;
}

static void flags_are(IMAPISession *session, ULONG first, ULONG second, int line)
{
    SRowSet *rows = store_rows(session);

    ok_(__FILE__, line)(rows && rows->cRows == 2, "not two stores\n");
    if (rows && rows->cRows == 2)
    {
        ok_(__FILE__, line)(rows->aRow[0].lpProps[COL_FLAGS].Value.l == first, "first %#lx\n",
                            rows->aRow[0].lpProps[COL_FLAGS].Value.l);
        ok_(__FILE__, line)(rows->aRow[1].lpProps[COL_FLAGS].Value.l == second, "second %#lx\n",
                            rows->aRow[1].lpProps[COL_FLAGS].Value.l);
        ok_(__FILE__,
            line)(rows->aRow[0].lpProps[COL_DEFAULT].Value.b == !!(first & STATUS_DEFAULT_STORE)
                      && rows->aRow[1].lpProps[COL_DEFAULT].Value.b
                             == !!(second & STATUS_DEFAULT_STORE),
                  "PR_DEFAULT_STORE differs\n");
    }
    FreeProws(rows);
}

static void events_are(LONG expected, int line)
{
    Sleep(100);
    ok_(__FILE__, line)(row_events[0] == expected, "%ld rows of the store table changed\n",
                        row_events[0]);
    row_events[0] = 0;
}

static HRESULT set_default(IMAPISession *session, ULONG flags, const SRow *row)
{
    if (!row) return IMAPISession_SetDefaultStore(session, flags, 0, NULL);
    return IMAPISession_SetDefaultStore(session, flags, row->lpProps[COL_ENTRYID].Value.bin.cb,
                                        (ENTRYID *)row->lpProps[COL_ENTRYID].Value.bin.lpb);
}

static void test_set_default(void)
{
    IMsgServiceAdmin *services;
    IMAPISession *session;
    IMAPIAdviseSink *sink;
    ULONG_PTR connection;
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;

    if (!(session = log_on(MAPI_NO_MAIL))) return;
    hr = IMAPISession_AdminServices(session, 0, &services);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMsgServiceAdmin_CreateMsgService(services, (LPTSTR)"SAMPLE", NULL, 0, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMsgServiceAdmin_Release(services);
    check_table(session);       /* it is for the next session */
    log_off(session);

    if (!(session = log_on(MAPI_NO_MAIL))) return;
    rows = store_rows(session);
    ok(rows->cRows == 2, "%lu stores\n", rows->cRows);
    if (rows->cRows != 2) return;
    hr = IMAPISession_GetMsgStoresTable(session, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = HrAllocAdviseSink(on_row, NULL, &sink);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_Advise(table, fnevTableModified, sink, &connection);
    ok(hr == S_OK, "got %#lx\n", hr);

    flags_are(session, STATUS_DEFAULT_STORE, 0, __LINE__);
    hr = set_default(session, MAPI_DEFAULT_STORE, &rows->aRow[0]);
    ok(hr == S_OK, "got %#lx\n", hr);
    flags_are(session, STATUS_DEFAULT_STORE, 0, __LINE__);
    events_are(0, __LINE__);
    hr = set_default(session, MAPI_DEFAULT_STORE, &rows->aRow[1]);
    ok(hr == S_OK, "got %#lx\n", hr);
    flags_are(session, 0, STATUS_DEFAULT_STORE, __LINE__);
    events_are(2, __LINE__);
    hr = set_default(session, MAPI_PRIMARY_STORE, &rows->aRow[0]);
    ok(hr == S_OK, "got %#lx\n", hr);
    flags_are(session, STATUS_PRIMARY_STORE, STATUS_DEFAULT_STORE, __LINE__);
    events_are(1, __LINE__);
    hr = set_default(session, MAPI_SECONDARY_STORE, &rows->aRow[1]);
    ok(hr == S_OK, "got %#lx\n", hr);
    flags_are(session, STATUS_PRIMARY_STORE, STATUS_DEFAULT_STORE | STATUS_SECONDARY_STORE,
              __LINE__);
    events_are(1, __LINE__);
    hr = set_default(session, MAPI_SIMPLE_STORE_PERMANENT, &rows->aRow[0]);
    ok(hr == S_OK, "got %#lx\n", hr);
    flags_are(session, STATUS_PRIMARY_STORE | STATUS_SIMPLE_STORE,
              STATUS_DEFAULT_STORE | STATUS_SECONDARY_STORE, __LINE__);
    events_are(1, __LINE__);
    hr = set_default(session, MAPI_SIMPLE_STORE_TEMPORARY, &rows->aRow[1]);
    ok(hr == S_OK, "got %#lx\n", hr);
    flags_are(session, STATUS_PRIMARY_STORE,
              STATUS_DEFAULT_STORE | STATUS_SECONDARY_STORE | STATUS_SIMPLE_STORE, __LINE__);
    events_are(2, __LINE__);
    hr = set_default(session, MAPI_SECONDARY_STORE, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    flags_are(session, STATUS_PRIMARY_STORE, STATUS_DEFAULT_STORE | STATUS_SIMPLE_STORE, __LINE__);
    events_are(1, __LINE__);
    IMAPITable_Unadvise(table, connection);
    IMAPITable_Release(table);
    IMAPIAdviseSink_Release(sink);
    FreeProws(rows);
    log_off(session);

    /* What is left in the profile: all but the temporary one. */
    if (!(session = log_on(MAPI_NO_MAIL))) return;
    flags_are(session, STATUS_PRIMARY_STORE | STATUS_SIMPLE_STORE, STATUS_DEFAULT_STORE, __LINE__);
    log_off(session);
}

/* One session in many hands: whatever the others do to it, a call works or says that the session
 * ended. */
struct shared
{
    IMAPISession *session;
    SRow *row;
    LONG go;
    LONG failures;
    HRESULT failure;
};

static void note(struct shared *shared, HRESULT hr)
{
    if (SUCCEEDED(hr) || hr == MAPI_E_INVALID_OBJECT) return;
    shared->failure = hr;
    InterlockedIncrement(&shared->failures);
}

static DWORD WINAPI share_thread(void *arg)
{
    struct shared *shared = arg;
    HRESULT hr, last;
    IMAPITable *table;
    IMsgStore *store;
    IUnknown *unknown;
    IAddrBook *book;
    ULONG type;
    int i;

    while (!shared->go) Sleep(0);
    for (i = 0; i < 200; i++)
    {
        hr = IMAPISession_OpenAddressBook(shared->session, 0, NULL, 0, &book);
        if (SUCCEEDED(hr))
        {
            last = IAddrBook_OpenEntry(book, 0, NULL, NULL, 0, &type, &unknown);
            if (SUCCEEDED(last)) IUnknown_Release(unknown);
            note(shared, last);
            IAddrBook_Release(book);
        }
        note(shared, hr);
        hr = open_row(shared->session, shared->row, MDB_NO_DIALOG, &store);
        if (SUCCEEDED(hr)) IMsgStore_Release(store);
        note(shared, hr);
        hr = IMAPISession_GetStatusTable(shared->session, 0, &table);
        if (SUCCEEDED(hr)) IMAPITable_Release(table);
        note(shared, hr);
        if (hr == MAPI_E_INVALID_OBJECT) break;
    }
    return 0;
}

static void test_threads(void)
{
    static const DWORD delays[] = { 0, 1, 5, 20, 100 };
    struct shared shared;
    HANDLE threads[8];
    unsigned int i, j;
    SRowSet *rows;
    DWORD waited;
    HRESULT hr;

    for (i = 0; i < ARRAY_SIZE(delays); i++)
    {
        winetest_push_context("Logoff after %lu ms", delays[i]);
        sample_log_start();
        memset(&shared, 0, sizeof(shared));
        if (!(shared.session = log_on(0))) return;
        rows = store_rows(shared.session);
        shared.row = rows->aRow;
        for (j = 0; j < ARRAY_SIZE(threads); j++)
        {
            IMAPISession_AddRef(shared.session);
            threads[j] = CreateThread(NULL, 0, share_thread, &shared, 0, NULL);
        }
        shared.go = TRUE;
        Sleep(delays[i]);
        hr = IMAPISession_Logoff(shared.session, 0, 0, 0);
        ok(hr == S_OK, "Logoff returned %#lx\n", hr);
        waited = WaitForMultipleObjects(ARRAY_SIZE(threads), threads, TRUE, 30000);
        ok(waited == WAIT_OBJECT_0, "threads hang\n");
        for (j = 0; j < ARRAY_SIZE(threads); j++)
        {
            CloseHandle(threads[j]);
            IMAPISession_Release(shared.session);
        }
        ok(!shared.failures, "%ld calls failed, one with %#lx\n", shared.failures, shared.failure);
        ok(!IMAPISession_Release(shared.session), "references are left\n");
        ok(sample_log_count("ms.Init") <= 1 && sample_log_count("ab.Init") <= 1,
           "initialised more than once\n");
        ok(sample_log_count("ms.Init") == sample_log_count("ms.Release"),
           "%d stores, %d released\n", sample_log_count("ms.Init"), sample_log_count("ms.Release"));
        ok(sample_log_count("ab.Init") == sample_log_count("ab.Release"),
           "%d address books, %d released\n", sample_log_count("ab.Init"),
           sample_log_count("ab.Release"));
        ok(sample_log_count("xp.Init") == sample_log_count("xp.Release"),
           "%d transports, %d released\n", sample_log_count("xp.Init"),
           sample_log_count("xp.Release"));
        FreeProws(rows);
        winetest_pop_context();
    }
}

static DWORD WINAPI open_thread(void *arg)
{
    struct shared *shared = arg;
    IMsgStore *store = (IMsgStore *)0xdeadbeef;
    HRESULT hr;

    hr = open_row(shared->session, shared->row, MDB_NO_DIALOG, &store);
    if (FAILED(hr)) ok(!store, "got a store with %#lx\n", hr);
    else IMsgStore_Release(store);
    return hr;
}

static BOOL wait_for_call(const char *call)
{
    int i;

    for (i = 0; i < 3000 && !sample_log_count(call); i++) Sleep(10);
    return i < 3000;
}

/* A second thread that needs a provider while the first one makes it waits for that one. */
static void test_slow_init(void)
{
    struct shared shared = { 0 };
    HANDLE threads[2];
    SRowSet *rows;
    DWORD status;
    int i;

    sample_log_start();
    if (!(shared.session = log_on(0))) return;
    if (!(rows = store_rows(shared.session))) return;
    shared.row = rows->aRow;
    sample_behave("ms.Init=hang:500");
    threads[0] = CreateThread(NULL, 0, open_thread, &shared, 0, NULL);
    ok(wait_for_call("ms.Init"), "the provider is not initialised\n");
    threads[1] = CreateThread(NULL, 0, open_thread, &shared, 0, NULL);
    for (i = 0; i < 2; i++)
    {
        ok(!WaitForSingleObject(threads[i], 30000), "thread %d hangs\n", i);
        GetExitCodeThread(threads[i], &status);
        ok(status == S_OK, "thread %d got %#lx\n", i, status);
        CloseHandle(threads[i]);
    }
    sample_behave(NULL);
    ok(sample_log_count("ms.Init") == 1, "initialised %d times\n", sample_log_count("ms.Init"));
    FreeProws(rows);
    log_off(shared.session);
}

/* A store that is still logging on when the session ends does not come back as if it were open. */
static void test_logoff_meanwhile(void)
{
    struct shared shared = { 0 };
    SRowSet *rows;
    HANDLE thread;
    DWORD status;
    HRESULT hr;

    sample_log_start();
    if (!(shared.session = log_on(0))) return;
    if (!(rows = store_rows(shared.session))) return;
    shared.row = rows->aRow;
    sample_behave("ms.Logon=hang:1000");
    thread = CreateThread(NULL, 0, open_thread, &shared, 0, NULL);
    ok(wait_for_call("ms.Logon"), "the provider is not logged on\n");
    hr = IMAPISession_Logoff(shared.session, 0, 0, 0);
    ok(hr == S_OK, "Logoff returned %#lx\n", hr);
    ok(!WaitForSingleObject(thread, 30000), "the thread hangs\n");
    GetExitCodeThread(thread, &status);
    ok(status == MAPI_E_INVALID_OBJECT, "the thread got %#lx\n", status);
    CloseHandle(thread);
    sample_behave(NULL);
    ok(sample_log_count("ms.Init") == sample_log_count("ms.Release"), "%d stores, %d released\n",
       sample_log_count("ms.Init"), sample_log_count("ms.Release"));
    ok(!IMAPISession_Release(shared.session), "references are left\n");
    FreeProws(rows);
}

static LRESULT WINAPI answer_proc(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    /* Whether the call that this thread waits for still goes on. */
    if (message == WM_USER) return 1 + !sample_log_count("ms.woke");
    return DefWindowProcA(window, message, wparam, lparam);
}

static DWORD WINAPI send_thread(void *window)
{
    return SendMessageA(window, WM_USER, 0, 0);
}

/* A thread that waits for another one's provider answers what is sent to its windows. */
static void test_messages_meanwhile(void)
{
    struct shared shared = { 0 };
    WNDCLASSA class = { 0 };
    HANDLE opener, sender;
    IMsgStore *store;
    SRowSet *rows;
    DWORD status;
    HWND window;
    HRESULT hr;

    class.lpfnWndProc = answer_proc;
    class.lpszClassName = "StoreTestWindow";
    RegisterClassA(&class);
    window = CreateWindowExA(0, class.lpszClassName, NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL,
                             NULL);
    if (!window)
    {
        skip("no windows here\n");
        return;
    }
    sample_log_start();
    if (!(shared.session = log_on(0))) return;
    if (!(rows = store_rows(shared.session))) return;
    shared.row = rows->aRow;
    sample_behave("ms.Init=hang:3000");
    opener = CreateThread(NULL, 0, open_thread, &shared, 0, NULL);
    ok(wait_for_call("ms.Init"), "the provider is not initialised\n");
    sender = CreateThread(NULL, 0, send_thread, window, 0, NULL);
    hr = open_row(shared.session, rows->aRow, MDB_NO_DIALOG, &store);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (SUCCEEDED(hr)) IMsgStore_Release(store);
    ok(!WaitForSingleObject(sender, 30000), "the message was not answered\n");
    GetExitCodeThread(sender, &status);
    ok(status == 2, "answered %s\n", status == 1 ? "when all was over" : "by nobody");
    ok(!WaitForSingleObject(opener, 30000), "the thread hangs\n");
    CloseHandle(sender);
    CloseHandle(opener);
    sample_behave(NULL);
    DestroyWindow(window);
    UnregisterClassA(class.lpszClassName, NULL);
    FreeProws(rows);
    log_off(shared.session);
}

START_TEST(store)
{
    MAPIINIT_0 init = { 0, MAPI_MULTITHREAD_NOTIFICATIONS };
    HRESULT hr;

    if (!sample_install())
    {
        skip("no sample providers\n");
        return;
    }
    hr = MAPIInitialize(&init);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    hr = sample_create_profile(profile);
    ok(hr == S_OK, "creating the profile returned %#lx\n", hr);
    if (hr == S_OK)
    {
        test_open();
        test_logoff_order();
        test_no_mail();
        test_unknown();
        test_failures();
        test_threads();
        test_slow_init();
        test_messages_meanwhile();
        test_logoff_meanwhile();
        test_set_default();
        sample_delete_profile(profile);
    }
    MAPIUninitialize();
    sample_remove();
}
