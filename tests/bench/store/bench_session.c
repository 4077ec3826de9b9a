/*
 * What is measured through: a session on a profile with one store, and plain SQLite
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
#include <initguid.h>
#include "bench.h"

#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>

#define PR_MAPIMS_PATH_W PROP_TAG(PT_UNICODE, 0x6700)

static const WCHAR profile[] = L"bench store";

void make_profile(const WCHAR *path)
{
    static const SizedSPropTagArray(1, uid) = { 1, { PR_SERVICE_UID } };
    IMsgServiceAdmin *services;
    IProfAdmin *admin;
    IMAPITable *table;
    SPropValue prop;
    SRowSet *rows;

    must("MAPIAdminProfiles", MAPIAdminProfiles(0, &admin));
    IProfAdmin_DeleteProfile(admin, (LPTSTR)profile, MAPI_UNICODE);
    must("CreateProfile", IProfAdmin_CreateProfile(admin, (LPTSTR)profile, NULL, 0, MAPI_UNICODE));
    must("AdminServices", IProfAdmin_AdminServices(admin, (LPTSTR)profile, NULL, 0, MAPI_UNICODE,
                                                   &services));
    must("CreateMsgService", IMsgServiceAdmin_CreateMsgService(services, (LPTSTR)L"MAPIMS", NULL, 0,
                                                               MAPI_UNICODE));
    must("GetMsgServiceTable", IMsgServiceAdmin_GetMsgServiceTable(services, 0, &table));
    must("HrQueryAllRows", HrQueryAllRows(table, (SPropTagArray *)&uid, NULL, NULL, 0, &rows));
    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = PR_MAPIMS_PATH_W;
    prop.Value.lpszW = (WCHAR *)path;
    must("ConfigureMsgService",
         IMsgServiceAdmin_ConfigureMsgService(services,
                                              (MAPIUID *)rows->aRow[0].lpProps[0].Value.bin.lpb, 0,
                                              MAPI_UNICODE, 1, &prop));
    FreeProws(rows);
    IMAPITable_Release(table);
    IMsgServiceAdmin_Release(services);
    IProfAdmin_Release(admin);
}

IMsgStore *open_store(IMAPISession **session)
{
    static const SizedSPropTagArray(1, tags) = { 1, { PR_ENTRYID } };
    IMAPITable *table;
    IMsgStore *store;
    SRowSet *rows;

    must("MAPILogonEx", MAPILogonEx(0, (LPTSTR)profile, NULL, MAPI_NEW_SESSION | MAPI_EXTENDED
                                    | MAPI_NO_MAIL | MAPI_UNICODE, session));
    must("GetMsgStoresTable", IMAPISession_GetMsgStoresTable(*session, 0, &table));
    must("HrQueryAllRows", HrQueryAllRows(table, (SPropTagArray *)&tags, NULL, NULL, 0, &rows));
    must("OpenMsgStore",
         IMAPISession_OpenMsgStore(*session, 0, rows->aRow[0].lpProps[0].Value.bin.cb,
                                   (ENTRYID *)rows->aRow[0].lpProps[0].Value.bin.lpb, NULL,
                                   MDB_NO_DIALOG | MDB_WRITE, &store));
    FreeProws(rows);
    IMAPITable_Release(table);
    return store;
}

IMAPIFolder *open_subtree(IMsgStore *store)
{
    IMAPIFolder *folder;
    SPropValue *id;
    ULONG type;

    must("subtree", HrGetOneProp((IMAPIProp *)store, PR_IPM_SUBTREE_ENTRYID, &id));
    must("OpenEntry", IMsgStore_OpenEntry(store, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb,
                                          NULL, MAPI_MODIFY, &type, (IUnknown **)&folder));
    MAPIFreeBuffer(id);
    return folder;
}

void close_store(IMAPISession *session, IMsgStore *store)
{
    IMsgStore_Release(store);
    IMAPISession_Logoff(session, 0, 0, 0);
    IMAPISession_Release(session);
}

sqlite3 *open_plain(const WCHAR *folder)
{
    char name[MAX_PATH * 3];
    WCHAR path[MAX_PATH];
    sqlite3 *handle;

    _snwprintf(path, ARRAY_SIZE(path), L"%s\\plain.db", folder);
    WideCharToMultiByte(CP_UTF8, 0, path, -1, name, sizeof(name), NULL, NULL);
    if (sqlite3_open(name, &handle)) fail("sqlite3_open", MAPI_E_CALL_FAILED);
    sql(handle, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16384");
    return handle;
}

int copy_row(sqlite3_stmt *statement, int count, LONGLONG *numbers, WCHAR **texts)
{
    const int columns = sqlite3_column_count(statement);
    const void *text;
    int i, size;

    for (i = 0; i < count; i++) numbers[i] = sqlite3_column_int64(statement, i);
    for (i = count; i < columns; i++)
    {
        text = sqlite3_column_text16(statement, i);
        size = sqlite3_column_bytes16(statement, i) + sizeof(WCHAR);
        if (!text || !(texts[i - count] = malloc(size))) fail("text", i);
        memcpy(texts[i - count], text, size);
    }
    return columns - count;
}
