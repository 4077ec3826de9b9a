/*
 * Tests: the sample store as a client uses it
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

/* Short hands for what tests of stores do over and over; each checks its own calls. Where the
 * caller's line matters, a macro of the same name gives it. */

#ifndef MAPI32_TEST_STORES_H
#define MAPI32_TEST_STORES_H

#include <mapiutil.h>

#include "sample.h"

#define PR_SAMPLE_STORE_DIRECTORY PROP_TAG(PT_STRING8, 0x6606)

static inline IMAPISession *store_session(const char *profile)
{
    IMAPISession *session = NULL;
    HRESULT hr;

    hr = MAPILogonEx(0, (LPTSTR)profile, NULL, MAPI_NEW_SESSION | MAPI_EXTENDED | MAPI_NO_MAIL,
                     &session);
    ok(hr == S_OK, "MAPILogonEx returned %#lx\n", hr);
    return SUCCEEDED(hr) ? session : NULL;
}

static inline void store_session_end(IMAPISession *session)
{
    HRESULT hr = IMAPISession_Logoff(session, 0, 0, 0);

    ok(hr == S_OK, "Logoff returned %#lx\n", hr);
    IMAPISession_Release(session);
}

/* The n-th store of the session's profile. */
static inline IMsgStore *open_store(IMAPISession *session, ULONG n)
{
    static const SizedSPropTagArray(1, columns) = { 1, { PR_ENTRYID } };
    IMsgStore *store = NULL;
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;

    hr = IMAPISession_GetMsgStoresTable(session, 0, &table);
    ok(hr == S_OK, "GetMsgStoresTable returned %#lx\n", hr);
    if (FAILED(hr)) return NULL;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    ok(hr == S_OK, "HrQueryAllRows returned %#lx\n", hr);
    IMAPITable_Release(table);
    if (FAILED(hr)) return NULL;
    ok(rows->cRows > n, "only %lu stores\n", rows->cRows);
    if (rows->cRows > n)
    {
        hr = IMAPISession_OpenMsgStore(session, 0, rows->aRow[n].lpProps[0].Value.bin.cb,
                                       (ENTRYID *)rows->aRow[n].lpProps[0].Value.bin.lpb, NULL,
                                       MDB_NO_DIALOG | MDB_WRITE, &store);
        ok(hr == S_OK, "OpenMsgStore returned %#lx\n", hr);
    }
    FreeProws(rows);
    return store;
}

/* One property; its tag may come back as an error. MAPIFreeBuffer. */
static inline SPropValue *get_prop(void *object, ULONG tag)
{
    SizedSPropTagArray(1, tags) = { 1, { tag } };
    SPropValue *prop = NULL;
    ULONG count;
    HRESULT hr;

    hr = IMAPIProp_GetProps((IMAPIProp *)object, (SPropTagArray *)&tags, 0, &count, &prop);
    ok(SUCCEEDED(hr) && prop, "GetProps of %#lx returned %#lx\n", tag, hr);
    return prop;
}

static inline ULONG get_long_(void *object, ULONG tag, int line)
{
    SPropValue *prop = get_prop(object, tag);
    ULONG value = 0xdeadbeef;

    ok_(__FILE__, line)(prop && prop->ulPropTag == tag, "no property %#lx: %#lx\n", tag,
                        prop ? prop->ulPropTag : 0);
    if (prop && prop->ulPropTag == tag) value = prop->Value.ul;
    MAPIFreeBuffer(prop);
    return value;
}
#define get_long(object, tag) get_long_(object, tag, __LINE__)

static inline BOOL has_prop(void *object, ULONG tag)
{
    SPropValue *prop = get_prop(object, tag);
    BOOL has = prop && PROP_TYPE(prop->ulPropTag) != PT_ERROR;

    MAPIFreeBuffer(prop);
    return has;
}

/* Whether the object has it by itself: a store may make some that are asked for. */
static inline BOOL lists_prop(void *object, ULONG tag)
{
    SPropTagArray *tags;
    BOOL has = FALSE;
    HRESULT hr;
    ULONG i;

    hr = IMAPIProp_GetPropList((IMAPIProp *)object, MAPI_UNICODE, &tags);
    ok(hr == S_OK, "GetPropList returned %#lx\n", hr);
    if (FAILED(hr)) return FALSE;
    for (i = 0; i < tags->cValues; i++) has |= PROP_ID(tags->aulPropTag[i]) == PROP_ID(tag);
    MAPIFreeBuffer(tags);
    return has;
}

static inline void check_text_(void *object, ULONG tag, const char *expected, int line)
{
    SPropValue *prop = get_prop(object, tag);

    if (!expected)
        ok_(__FILE__, line)(prop && PROP_TYPE(prop->ulPropTag) == PT_ERROR,
                            "property %#lx is there\n", tag);
    else
        ok_(__FILE__, line)(prop && prop->ulPropTag == tag && !strcmp(prop->Value.lpszA, expected),
                            "property %#lx: %s, not %s\n", prop ? prop->ulPropTag : 0,
                            prop && prop->ulPropTag == tag ? prop->Value.lpszA : "-", expected);
    MAPIFreeBuffer(prop);
}
#define check_text(object, tag, expected) check_text_(object, tag, expected, __LINE__)

static inline void set_text_(void *object, ULONG tag, const char *text, int line)
{
    SPropValue prop;
    HRESULT hr;

    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = tag;
    prop.Value.lpszA = (char *)text;
    hr = IMAPIProp_SetProps((IMAPIProp *)object, 1, &prop, NULL);
    ok_(__FILE__, line)(hr == S_OK, "SetProps of %#lx returned %#lx\n", tag, hr);
}
#define set_text(object, tag, text) set_text_(object, tag, text, __LINE__)

static inline void set_long_(void *object, ULONG tag, LONG value, int line)
{
    SPropValue prop;
    HRESULT hr;

    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = tag;
    prop.Value.l = value;
    hr = IMAPIProp_SetProps((IMAPIProp *)object, 1, &prop, NULL);
    ok_(__FILE__, line)(hr == S_OK, "SetProps of %#lx returned %#lx\n", tag, hr);
}
#define set_long(object, tag, value) set_long_(object, tag, value, __LINE__)

/* What the entry ID in a property of the store names; tag 0 is the top. */
static inline IMAPIFolder *open_folder_(IMsgStore *store, ULONG tag, int line)
{
    SPropValue *prop = tag ? get_prop(store, tag) : NULL;
    IMAPIFolder *folder = NULL;
    ULONG type = 0;
    HRESULT hr;

    hr = IMsgStore_OpenEntry(store, prop ? prop->Value.bin.cb : 0,
                             prop ? (ENTRYID *)prop->Value.bin.lpb : NULL, NULL, MAPI_MODIFY, &type,
                             (IUnknown **)&folder);
    ok_(__FILE__, line)(hr == S_OK && type == MAPI_FOLDER, "OpenEntry returned %#lx, type %lu\n",
                        hr, type);
    MAPIFreeBuffer(prop);
    return SUCCEEDED(hr) ? folder : NULL;
}
#define open_folder(store, tag) open_folder_(store, tag, __LINE__)

static inline IMAPIFolder *create_folder_(IMAPIFolder *parent, const char *name, int line)
{
    IMAPIFolder *folder = NULL;
    HRESULT hr;

    hr = IMAPIFolder_CreateFolder(parent, FOLDER_GENERIC, (LPTSTR)name, NULL, NULL, 0, &folder);
    ok_(__FILE__, line)(hr == S_OK && folder, "CreateFolder of %s returned %#lx\n", name, hr);
    return folder;
}
#define create_folder(parent, name) create_folder_(parent, name, __LINE__)

/* A message that is not saved yet. */
static inline IMessage *new_message_(IMAPIFolder *folder, const char *subject, int line)
{
    IMessage *message = NULL;
    HRESULT hr;

    hr = IMAPIFolder_CreateMessage(folder, NULL, 0, &message);
    ok_(__FILE__, line)(hr == S_OK && message, "CreateMessage returned %#lx\n", hr);
    if (message && subject) set_text_(message, PR_SUBJECT_A, subject, line);
    return message;
}
#define new_message(folder, subject) new_message_(folder, subject, __LINE__)

static inline void save_object_(void *object, int line)
{
    HRESULT hr = IMAPIProp_SaveChanges((IMAPIProp *)object, KEEP_OPEN_READWRITE);

    ok_(__FILE__, line)(hr == S_OK, "SaveChanges returned %#lx\n", hr);
}
#define save_object(object) save_object_(object, __LINE__)

static inline HRESULT add_recipient(IMessage *message, ULONG flags, LONG row, LONG type,
                                    const char *name, const char *address)
{
    SizedADRLIST(1, list);
    SPropValue props[5];

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_RECIPIENT_TYPE;
    props[0].Value.l = type;
    props[1].ulPropTag = PR_DISPLAY_NAME_A;
    props[1].Value.lpszA = (char *)name;
    props[2].ulPropTag = PR_ADDRTYPE_A;
    props[2].Value.lpszA = (char *)"SAMPLE";
    props[3].ulPropTag = PR_EMAIL_ADDRESS_A;
    props[3].Value.lpszA = (char *)address;
    props[4].ulPropTag = PR_ROWID;
    props[4].Value.l = row;
    list.cEntries = 1;
    list.aEntries[0].ulReserved1 = 0;
    list.aEntries[0].cValues = row < 0 ? 4 : 5;
    list.aEntries[0].rgPropVals = props;
    return IMessage_ModifyRecipients(message, flags, (ADRLIST *)&list);
}

static inline SRowSet *table_rows_(IMAPITable *table, const SPropTagArray *columns, int line)
{
    SRowSet *rows = NULL;
    HRESULT hr;

    hr = HrQueryAllRows(table, (SPropTagArray *)columns, NULL, NULL, 0, &rows);
    ok_(__FILE__, line)(hr == S_OK && rows, "HrQueryAllRows returned %#lx\n", hr);
    IMAPITable_Release(table);
    return rows;
}

/* Entry ID and subject of what is in the folder, in the order it was put there. */
static inline SRowSet *contents_(IMAPIFolder *folder, ULONG flags, int line)
{
    static const SizedSPropTagArray(5, columns) =
        { 5, { PR_ENTRYID, PR_SUBJECT_A, PR_MESSAGE_FLAGS, PR_MSG_STATUS, PR_HASATTACH } };
    IMAPITable *table = NULL;
    HRESULT hr;

    hr = IMAPIFolder_GetContentsTable(folder, flags, &table);
    ok_(__FILE__, line)(hr == S_OK && table, "GetContentsTable returned %#lx\n", hr);
    return table ? table_rows_(table, (SPropTagArray *)&columns, line) : NULL;
}
#define contents(folder) contents_(folder, 0, __LINE__)

static inline SRowSet *subfolders_(IMAPIFolder *folder, ULONG flags, int line)
{
    static const SizedSPropTagArray(3, columns) = { 3,
                                                    { PR_ENTRYID, PR_DISPLAY_NAME_A, PR_DEPTH } };
    IMAPITable *table = NULL;
    HRESULT hr;

    hr = IMAPIFolder_GetHierarchyTable(folder, flags, &table);
    ok_(__FILE__, line)(hr == S_OK && table, "GetHierarchyTable returned %#lx\n", hr);
    return table ? table_rows_(table, (SPropTagArray *)&columns, line) : NULL;
}
#define subfolders(folder) subfolders_(folder, 0, __LINE__)

/* What is in the folder, subjects in order with blanks between. */
static inline void check_contents_(IMAPIFolder *folder, ULONG flags, const char *expected, int line)
{
    SRowSet *rows = contents_(folder, flags, line);
    char text[1024] = "";
    ULONG i;

    for (i = 0; rows && i < rows->cRows; i++)
        snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%s", i ? " " : "",
                 rows->aRow[i].lpProps[1].ulPropTag == PR_SUBJECT_A
                     ? rows->aRow[i].lpProps[1].Value.lpszA
                     : "-");
    ok_(__FILE__, line)(!strcmp(text, expected), "in the folder: \"%s\", not \"%s\"\n", text,
                        expected);
    FreeProws(rows);
}
#define check_contents(folder, expected) check_contents_(folder, 0, expected, __LINE__)

static inline IMessage *open_row_message_(IMAPIFolder *folder, ULONG n, ULONG flags, int line)
{
    SRowSet *rows = contents_(folder, 0, line);
    IMessage *message = NULL;
    ULONG type = 0;
    HRESULT hr;

    ok_(__FILE__, line)(rows && rows->cRows > n, "no message %lu\n", n);
    if (rows && rows->cRows > n)
    {
        hr = IMAPIFolder_OpenEntry(folder, rows->aRow[n].lpProps[0].Value.bin.cb,
                                   (ENTRYID *)rows->aRow[n].lpProps[0].Value.bin.lpb, NULL, flags,
                                   &type, (IUnknown **)&message);
        ok_(__FILE__, line)(hr == S_OK && type == MAPI_MESSAGE, "OpenEntry returned %#lx\n", hr);
    }
    FreeProws(rows);
    return message;
}
#define open_row_message(folder, n, flags) open_row_message_(folder, n, flags, __LINE__)

/* Entry IDs as a list, which is good until the next call. */
static inline ENTRYLIST *entry_list_of(SBinary *ids, ULONG count)
{
    static ENTRYLIST list;

    list.cValues = count;
    list.lpbin = ids;
    return &list;
}

/* Some rows of contents(); ids has room for them. */
static inline ENTRYLIST *entry_list(const SRowSet *rows, SBinary *ids, ULONG first, ULONG count)
{
    ULONG i;

    for (i = 0; i < count; i++) ids[i] = rows->aRow[first + i].lpProps[0].Value.bin;
    return entry_list_of(ids, count);
}

#endif /* MAPI32_TEST_STORES_H */
