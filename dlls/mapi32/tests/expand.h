/*
 * Tests of completing recipients: IMAPISupport::ExpandRecips and GetOneOffTable
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
 * Part of the support test. The store is in the test program, so that its support object can be
 * called; the address book is the sample's, with lists in lists.
 */

#ifndef MAPI32_TEST_EXPAND_H
#define MAPI32_TEST_EXPAND_H

#include "sample.h"
#include "inside.h"
#include "drive.h"

static IMAPISession *session;

/* ---- a message that has nothing but recipients ---- */

static ITableData *recipients;
static ULONG next_row;
static int reads, writes;
static HRESULT read_result, write_result;

static HRESULT WINAPI message_GetRecipientTable(IMessage *iface, ULONG flags, LPMAPITABLE *ret)
{
    reads++;
    *ret = NULL;
    return FAILED(read_result) ? read_result : ITableData_HrGetView(recipients, NULL, NULL, 0, ret);
}

static void new_table(void)
{
    static const SizedSPropTagArray(3, columns) = { 3, { PR_ROWID, PR_DISPLAY_NAME_W, PR_RECIPIENT_TYPE } };
    SCODE sc;

    if (recipients) ITableData_Release(recipients);
    sc = CreateTable(&IID_IMAPITableData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer,
                     NULL, TBLTYPE_DYNAMIC, PR_ROWID, (SPropTagArray *)&columns, &recipients);
    ok(sc == S_OK, "CreateTable returned %#lx\n", sc);
}

static void add_row(ULONG count, const SPropValue *props)
{
    SPropValue all[64];
    SRow row = { 0 };
    ULONG i;
    HRESULT hr;

    for (i = 0; i < count && i < 60; i++)
    {
        ok(PROP_TYPE(props[i].ulPropTag) != PT_ERROR && props[i].ulPropTag != PR_ROWID,
           "%#lx is written\n", props[i].ulPropTag);
        all[row.cValues++] = props[i];
    }
    all[row.cValues].ulPropTag = PR_ROWID;
    all[row.cValues++].Value.l = next_row++;
    row.lpProps = all;
    hr = ITableData_HrModifyRow(recipients, &row);
    ok(hr == S_OK, "got %#lx\n", hr);
}

static HRESULT WINAPI message_ModifyRecipients(IMessage *iface, ULONG flags, LPADRLIST list)
{
    ULONG i;

    writes++;
    ok(!flags, "flags %#lx\n", flags);
    if (FAILED(write_result)) return write_result;
    new_table();
    for (i = 0; i < list->cEntries; i++)
        add_row(list->aEntries[i].cValues, list->aEntries[i].rgPropVals);
    return S_OK;
}

static IMessageVtbl message_vtbl =
{
    .QueryInterface = (void *)any_QueryInterface,
    .AddRef = (void *)any_AddRef,
    .Release = (void *)any_Release,
    .GetRecipientTable = message_GetRecipientTable,
    .ModifyRecipients = message_ModifyRecipients
};
static IMessage message = { &message_vtbl };

static void start(void)
{
    new_table();
    next_row = 1;
    reads = writes = 0;
}

/* A recipient by the name it has in the sample's staff. */
static void add_recipient(const WCHAR *name, ULONG type)
{
    SizedSPropTagArray(4, columns) = { 4, { PR_ENTRYID, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W } };
    SizedSPropTagArray(2, tops) = { 2, { PR_ENTRYID, PR_DISPLAY_NAME_W } };
    IABContainer *root, *container;
    IMAPITable *table;
    SPropValue props[5];
    SRowSet *rows, *found;
    IAddrBook *book;
    ULONG i, j, object;
    HRESULT hr;

    hr = IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, &book);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAddrBook_OpenEntry(book, 0, NULL, NULL, 0, &object, (IUnknown **)&root);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IABContainer_GetHierarchyTable(root, CONVENIENT_DEPTH, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = HrQueryAllRows(table, (SPropTagArray *)&tops, NULL, NULL, 0, &rows);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPITable_Release(table);
    for (i = 0; i < rows->cRows; i++)
    {
        hr = IAddrBook_OpenEntry(book, rows->aRow[i].lpProps[0].Value.bin.cb,
                                 (ENTRYID *)rows->aRow[i].lpProps[0].Value.bin.lpb, NULL, 0,
                                 &object, (IUnknown **)&container);
        ok(hr == S_OK, "got %#lx\n", hr);
        hr = IABContainer_GetContentsTable(container, MAPI_UNICODE, &table);
        ok(hr == S_OK, "got %#lx\n", hr);
        hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &found);
        ok(hr == S_OK, "got %#lx\n", hr);
        for (j = 0; j < found->cRows; j++)
        {
            if (lstrcmpW(found->aRow[j].lpProps[1].Value.lpszW, name)) continue;
            memcpy(props, found->aRow[j].lpProps, 4 * sizeof(*props));
            props[4].ulPropTag = PR_RECIPIENT_TYPE;
            props[4].Value.l = type;
            if (PROP_TYPE(props[3].ulPropTag) == PT_ERROR) props[3] = props[4];     /* a list has no address */
            add_row(PROP_ID(props[3].ulPropTag) == PROP_ID(PR_RECIPIENT_TYPE) ? 4 : 5, props);
            name = L"";
        }
        FreeProws(found);
        IMAPITable_Release(table);
        IABContainer_Release(container);
    }
    ok(!*name, "%s was not found\n", debugstr_w(name));
    FreeProws(rows);
    IABContainer_Release(root);
    IAddrBook_Release(book);
}

static void add_one_off(const char *name, const char *address, ULONG type)
{
    SPropValue props[3];
    IAddrBook *book;
    ENTRYID *id;
    ULONG size;
    HRESULT hr;

    hr = IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, &book);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAddrBook_CreateOneOff(book, (LPTSTR)name, (LPTSTR)"SMTP", (LPTSTR)address, 0, &size, &id);
    ok(hr == S_OK, "got %#lx\n", hr);
    props[0].ulPropTag = PR_DISPLAY_NAME_A;
    props[0].Value.lpszA = (char *)name;
    props[1].ulPropTag = PR_RECIPIENT_TYPE;
    props[1].Value.l = type;
    props[2].ulPropTag = PR_ENTRYID;
    props[2].Value.bin.cb = size;
    props[2].Value.bin.lpb = (BYTE *)id;
    add_row(3, props);
    MAPIFreeBuffer(id);
    IAddrBook_Release(book);
}

/* The table as "Name:type[!]", one after the other, in order; ! stands for PR_RESPONSIBILITY. */
static const char *written(void)
{
    SizedSPropTagArray(5, columns) =
        { 5, { PR_DISPLAY_NAME_W, PR_RECIPIENT_TYPE, PR_RESPONSIBILITY, PR_EMAIL_ADDRESS_W, PR_SEARCH_KEY } };
    static char text[1024];
    IMAPITable *table;
    SPropValue *props;
    SRowSet *rows;
    size_t used = 0;
    ULONG i;
    HRESULT hr;

    *text = 0;
    hr = ITableData_HrGetView(recipients, NULL, NULL, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    ok(hr == S_OK, "got %#lx\n", hr);
    for (i = 0; i < rows->cRows; i++)
    {
        props = rows->aRow[i].lpProps;
        used += sprintf(text + used, "%s%ls:%ld%s%s", i ? " " : "",
                        props[0].ulPropTag == PR_DISPLAY_NAME_W ? props[0].Value.lpszW : L"?",
                        props[1].Value.l, props[2].ulPropTag == PR_RESPONSIBILITY && props[2].Value.b ? "!" : "",
                        props[3].ulPropTag == PR_EMAIL_ADDRESS_W && props[4].ulPropTag == PR_SEARCH_KEY ? "" : "-");
    }
    FreeProws(rows);
    IMAPITable_Release(table);
    return text;
}

static HRESULT expand(ULONG *flags)
{
    *flags = 0xdead;
    return IMAPISupport_ExpandRecips(supports[MS], &message, flags);
}

static void test_expand(void)
{
    ULONG flags;
    HRESULT hr;

    /* A list in a list: Joan is in both, and a recipient besides. */
    start();
    add_recipient(L"Joan Smythe", MAPI_TO);
    add_recipient(L"Everyone", MAPI_CC);
    hr = expand(&flags);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(flags == NEEDS_SPOOLER, "flags %#lx\n", flags);
    ok(!strcmp(written(), "Joan Smythe:1 Zoe Jones:2 John Smith:2 John Smith:2"), "wrote %s\n",
       written());

    /* Whoever is named is left out of the list, wherever that stands. */
    start();
    add_recipient(L"Managers", MAPI_TO);
    add_recipient(L"Joan Smythe", MAPI_CC);
    hr = expand(&flags);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(!strcmp(written(), "Zoe Jones:1 Joan Smythe:2"), "wrote %s\n", written());

    /* Lists that contain each other come to an end, each member once. */
    start();
    add_recipient(L"Egg", MAPI_BCC);
    hr = expand(&flags);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(!strcmp(written(), "Victor Large:3 Zoe Jones:3"), "wrote %s\n", written());

    /* The same list twice adds nobody. */
    start();
    add_recipient(L"Managers", MAPI_TO);
    add_recipient(L"Managers", MAPI_CC);
    hr = expand(&flags);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(!strcmp(written(), "Joan Smythe:1 Zoe Jones:1"), "wrote %s\n", written());
}

static void test_complete(void)
{
    ULONG flags;
    HRESULT hr;

    /* A one-off gets its address, and whoever is there twice is marked. */
    start();
    add_one_off("Ada", "ada@example.org", MAPI_TO);
    add_one_off("A. L.", "ADA@example.org", MAPI_CC);
    hr = expand(&flags);
    ok(hr == S_OK && writes == 1, "got %#lx, %d writes\n", hr, writes);
    ok(!strcmp(written(), "Ada:1 A. L.:2!"), "wrote %s\n", written());

    /* Again there is nothing left to do. */
    hr = expand(&flags);
    ok(hr == S_OK && writes == 1 && reads == 2, "got %#lx, %d writes\n", hr, writes);

    start();
    hr = expand(&flags);
    ok(hr == S_OK && !writes && !flags, "without recipients: %#lx, %d writes, %#lx\n", hr, writes,
       flags);
}

/* A client may show a name as it likes; what is sent is the address book's. */
static void test_names(void)
{
    SPropValue props[5], *prop;
    ULONG flags, count;
    SRow *row;
    HRESULT hr;

    start();
    add_recipient(L"Zoe Jones", MAPI_TO);
    props[0].ulPropTag = PR_ROWID;
    props[0].Value.l = 1;
    hr = ITableData_HrQueryRow(recipients, props, &row, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    for (count = 0, prop = row->lpProps; prop < row->lpProps + row->cValues; prop++)
        if (prop->ulPropTag != PR_ROWID) props[count++] = *prop;
    prop = PpropFindProp(props, count, PR_DISPLAY_NAME_W);
    prop->Value.lpszW = (WCHAR *)L"Zoe (the boss) Jones";
    start();
    add_row(count, props);
    MAPIFreeBuffer(row);
    hr = expand(&flags);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(!strcmp(written(), "Zoe Jones:1"), "wrote %s\n", written());
}

static void test_failures(void)
{
    ULONG flags;
    HRESULT hr;

    hr = IMAPISupport_ExpandRecips(supports[MS], NULL, &flags);
    ok(hr == MAPI_E_INVALID_PARAMETER && !flags, "got %#lx\n", hr);
    hr = IMAPISupport_ExpandRecips(supports[MS], &message, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);

    start();
    add_recipient(L"Managers", MAPI_TO);
    read_result = MAPI_E_NO_SUPPORT;
    hr = expand(&flags);
    ok(hr == MAPI_E_NO_SUPPORT && !flags && !writes, "got %#lx\n", hr);
    read_result = S_OK;
    write_result = MAPI_E_NO_ACCESS;
    hr = expand(&flags);
    ok(hr == MAPI_E_NO_ACCESS && !flags, "got %#lx\n", hr);
    write_result = S_OK;

    /* A list that cannot be read stays, and is not sent to by us. */
    start();
    add_recipient(L"Managers", MAPI_TO);
    sample_behave("ab.GetContentsTable=fail");
    hr = expand(&flags);
    sample_behave(NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(!strcmp(written(), "Managers:1-"), "wrote %s\n", written());
}

/* Lists in one another, deeper than can be meant: the message stays as it is. */
static void test_depth(void)
{
    SizedSPropTagArray(1, tags) = { 1, { PR_DEF_CREATE_DL } }, id_tag = { 1, { PR_ENTRYID } };
    SPropValue *template, *ids[70], prop, props[4];
    SBinaryArray list;
    IABContainer *pab;
    IDistList *outer;
    IMAPIProp *entry;
    IAddrBook *book;
    ULONG i, size, count, type, flags;
    WCHAR name[16];
    ENTRYID *id;
    HRESULT hr;

    hr = IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, &book);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAddrBook_GetPAB(book, &size, &id);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAddrBook_OpenEntry(book, size, id, NULL, MAPI_MODIFY, &type, (IUnknown **)&pab);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IABContainer_GetProps(pab, (SPropTagArray *)&tags, 0, &count, &template);
    ok(hr == S_OK, "got %#lx\n", hr);
    for (i = 0; i < ARRAY_SIZE(ids); i++)
    {
        hr = IABContainer_CreateEntry(pab, template->Value.bin.cb,
                                      (ENTRYID *)template->Value.bin.lpb, 0, &entry);
        ok(hr == S_OK, "got %#lx\n", hr);
        wsprintfW(name, L"List %u", i);
        prop.ulPropTag = PR_DISPLAY_NAME_W;
        prop.Value.lpszW = name;
        IMAPIProp_SetProps(entry, 1, &prop, NULL);
        hr = IMAPIProp_SaveChanges(entry, KEEP_OPEN_READONLY);
        ok(hr == S_OK, "got %#lx\n", hr);
        hr = IMAPIProp_GetProps(entry, (SPropTagArray *)&id_tag, 0, &count, &ids[i]);
        ok(hr == S_OK, "got %#lx\n", hr);
        IMAPIProp_Release(entry);
        if (!i) continue;
        hr = IAddrBook_OpenEntry(book, ids[i - 1]->Value.bin.cb,
                                 (ENTRYID *)ids[i - 1]->Value.bin.lpb, NULL, MAPI_MODIFY, &type,
                                 (IUnknown **)&outer);
        ok(hr == S_OK && type == MAPI_DISTLIST, "got %#lx\n", hr);
        list.cValues = 1;
        list.lpbin = &ids[i]->Value.bin;
        hr = IDistList_CopyEntries(outer, &list, 0, NULL, AB_NO_DIALOG);
        ok(hr == S_OK, "got %#lx\n", hr);
        IDistList_Release(outer);
    }
    props[0] = *ids[0];
    props[1].ulPropTag = PR_DISPLAY_NAME_W;
    props[1].Value.lpszW = (WCHAR *)L"List 0";
    props[2].ulPropTag = PR_ADDRTYPE_W;
    props[2].Value.lpszW = (WCHAR *)L"MAPIPDL";
    props[3].ulPropTag = PR_RECIPIENT_TYPE;
    props[3].Value.l = MAPI_TO;
    start();
    add_row(4, props);
    hr = expand(&flags);
    ok(hr == MAPI_E_TOO_COMPLEX && !flags && !writes, "got %#lx, %d writes\n", hr, writes);
    /* From further in it can be done; nobody is in there. */
    props[0] = *ids[10];
    start();
    add_row(4, props);
    hr = expand(&flags);
    ok(hr == S_OK && writes == 1 && !*written(), "got %#lx, wrote %s\n", hr, written());
    for (i = 0; i < ARRAY_SIZE(ids); i++) MAPIFreeBuffer(ids[i]);
    MAPIFreeBuffer(template);
    IABContainer_Release(pab);
    MAPIFreeBuffer(id);
    IAddrBook_Release(book);
}

/* ---- the table of one-off templates, which stores cannot have ---- */

static LONG row_events;

static LONG CALLBACK count_rows(void *context, ULONG count, NOTIFICATION *notifications)
{
    ULONG i;

    for (i = 0; i < count; i++)
        if (notifications[i].info.tab.ulTableEvent == TABLE_ROW_ADDED)
            InterlockedIncrement(&row_events);
    return S_OK;
}

static void check_templates(IMAPITable *table, ULONG expected, const char *before_last)
{
    static const SizedSPropTagArray(5, columns) =
        { 5, { PR_DISPLAY_NAME_A, PR_ENTRYID, PR_DEPTH, PR_SELECTABLE, PR_ADDRTYPE_A } };
    SPropValue *props;
    SRowSet *rows;
    HRESULT hr;

    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    ok(hr == S_OK && rows->cRows == expected, "got %#lx, %lu rows\n", hr, rows->cRows);
    if (rows->cRows == expected)
    {
        props = rows->aRow[0].lpProps;
        ok(!strcmp(props[0].Value.lpszA, "Sample Address Book") && !props[3].Value.b, "%s\n",
           props[0].Value.lpszA);
        props = rows->aRow[expected - 2].lpProps;
        ok(!strcmp(props[0].Value.lpszA, before_last) && props[2].Value.l == 1, "%s\n",
           props[0].Value.lpszA);
        props = rows->aRow[expected - 1].lpProps;
        ok(!strcmp(props[0].Value.lpszA, "Other Address") && props[3].Value.b
               && !props[4].Value.lpszA[0],
           "%s of %s\n", props[0].Value.lpszA, props[4].Value.lpszA);
    }
    FreeProws(rows);
}

static void test_templates(void)
{
    DWORD begin = GetTickCount();
    IMAPITable *table, *again;
    ULONG_PTR connection;
    IMAPIAdviseSink *sink;
    IABContainer *pab;
    IAddrBook *book;
    SPropValue prop;
    ULONG size, type;
    ENTRYID *id;
    HRESULT hr;

    hr = IMAPISupport_GetOneOffTable(supports[AB], 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMAPISupport_GetOneOffTable(supports[AB], 1, &table);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !table, "got %#lx\n", hr);
    hr = IMAPISupport_GetOneOffTable(supports[AB], 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (FAILED(hr)) return;
    check_templates(table, 4, "Sample List");

    hr = HrAllocAdviseSink(count_rows, NULL, &sink);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_Advise(table, fnevTableModified, sink, &connection);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, &book);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAddrBook_GetPAB(book, &size, &id);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAddrBook_OpenEntry(book, size, id, NULL, MAPI_MODIFY, &type, (IUnknown **)&pab);
    ok(hr == S_OK, "got %#lx\n", hr);
    prop.ulPropTag = PROP_TAG(PT_UNICODE, 0x6610);      /* the sample's switch for a new address type */
    prop.Value.lpszW = (WCHAR *)L"PIGEON";
    hr = IABContainer_SetProps(pab, 1, &prop, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    while (!ReadNoFence(&row_events) && GetTickCount() - begin < 30000)
    {
        HrDispatchNotifications(0);
        Sleep(10);
    }
    ok(row_events == 1, "%ld rows were added\n", row_events);
    check_templates(table, 5, "PIGEON");
    hr = IMAPISupport_GetOneOffTable(supports[AB], MAPI_UNICODE, &again);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK)
    {
        check_templates(again, 5, "PIGEON");
        IMAPITable_Release(again);
    }
    IABContainer_Release(pab);
    MAPIFreeBuffer(id);
    IAddrBook_Release(book);
    IMAPITable_Unadvise(table, connection);
    IMAPIAdviseSink_Release(sink);
    IMAPITable_Release(table);
}

/* The subsystem's own template: opens as an entry to fill in, and binds the data of others. */
static void test_own_template(void)
{
    static const SizedSPropTagArray(1, columns) = { 1, { PR_ENTRYID } };
    SRestriction restriction;
    SPropValue name, *type_prop;
    IPropData *data;
    IMAPIProp *entry;
    IMAPITable *table;
    ULONG size, made_size, type, same;
    ENTRYID *made;
    IAddrBook *book;
    HANDLE thread;
    SRowSet *rows;
    ENTRYID *id;
    HRESULT hr;

    hr = IMAPISupport_GetOneOffTable(supports[AB], 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    name.ulPropTag = PR_DISPLAY_NAME_A;
    name.Value.lpszA = (char *)"Other Address";
    restriction.rt = RES_PROPERTY;
    restriction.res.resProperty.relop = RELOP_EQ;
    restriction.res.resProperty.ulPropTag = PR_DISPLAY_NAME_A;
    restriction.res.resProperty.lpProp = &name;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, &restriction, NULL, 0, &rows);
    ok(hr == S_OK && rows->cRows == 1, "got %#lx\n", hr);
    IMAPITable_Release(table);
    size = rows->aRow[0].lpProps[0].Value.bin.cb;
    id = (ENTRYID *)rows->aRow[0].lpProps[0].Value.bin.lpb;

    hr = IMAPISession_OpenEntry(session, size, id, &IID_IABContainer, 0, &type,
                                (IUnknown **)&entry);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED && !entry, "got %#lx\n", hr);
    hr = IMAPISession_OpenEntry(session, size, id, NULL, 0, &type, (IUnknown **)&entry);
    ok(hr == S_OK && type == MAPI_MAILUSER, "got %#lx\n", hr);
    if (hr == S_OK)
    {
        hr = HrGetOneProp(entry, PR_OBJECT_TYPE, &type_prop);
        ok(hr == S_OK && type_prop->Value.l == MAPI_MAILUSER, "got %#lx\n", hr);
        MAPIFreeBuffer(type_prop);
        ok(!IMAPIProp_Release(entry), "references are left\n");
    }
    hr = IMAPISession_CompareEntryIDs(session, size, id, size, id, 0, &same);
    ok(hr == S_OK && same, "got %#lx, %lu\n", hr, same);

    hr = IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, &book);
    ok(hr == S_OK, "got %#lx\n", hr);
    thread = drive_start(drive_cancel, (void *)L"New Entry Properties");
    hr = IAddrBook_NewEntry(book, 0, 0, 0, NULL, size, id, &made_size, &made);
    ok(hr == MAPI_E_USER_CANCEL && !made, "nobody filled it in: %#lx\n", hr);
    drive_join(thread);
    IAddrBook_Release(book);

    hr = CreateIProp(&IID_IMAPIPropData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL,
                     &data);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPISupport_OpenTemplateID(supports[AB], size, id, FILL_ENTRY, (IMAPIProp *)data, NULL,
                                     &entry, NULL);
    ok(hr == S_OK && entry, "got %#lx\n", hr);
    if (hr == S_OK)
    {
        hr = HrGetOneProp(entry, PR_OBJECT_TYPE, &type_prop);
        ok(hr == S_OK && type_prop->Value.l == MAPI_MAILUSER, "got %#lx\n", hr);
        MAPIFreeBuffer(type_prop);
        IMAPIProp_Release(entry);
    }
    IPropData_Release(data);
    FreeProws(rows);
}

/* The test program's address book keeps an entry that was made from a template of the sample's. */
static void test_foreign_template(void)
{
    static const SizedSPropTagArray(1, columns) = { 1, { PR_ENTRYID } };
    SRestriction restriction;
    IMAPIProp *bound;
    SPropValue name, *prop;
    IMAPITable *table;
    IPropData *data;
    SRowSet *rows;
    ENTRYID *id;
    ULONG size;
    HRESULT hr;

    hr = IMAPISupport_GetOneOffTable(supports[AB], 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    name.ulPropTag = PR_DISPLAY_NAME_A;
    name.Value.lpszA = (char *)"Sample User";
    restriction.rt = RES_PROPERTY;
    restriction.res.resProperty.relop = RELOP_EQ;
    restriction.res.resProperty.ulPropTag = PR_DISPLAY_NAME_A;
    restriction.res.resProperty.lpProp = &name;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, &restriction, NULL, 0, &rows);
    ok(hr == S_OK && rows->cRows == 1, "got %#lx\n", hr);
    IMAPITable_Release(table);
    size = rows->aRow[0].lpProps[0].Value.bin.cb;
    id = (ENTRYID *)rows->aRow[0].lpProps[0].Value.bin.lpb;
    hr = CreateIProp(&IID_IMAPIPropData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL,
                     &data);
    ok(hr == S_OK, "got %#lx\n", hr);

    hr = IMAPISupport_OpenTemplateID(supports[AB], size, id, 2, (IMAPIProp *)data, NULL, &bound,
                                     NULL);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !bound, "got %#lx\n", hr);
    hr = IMAPISupport_OpenTemplateID(supports[AB], size, id, 0, NULL, NULL, &bound, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER && !bound, "got %#lx\n", hr);
    hr = IMAPISupport_OpenTemplateID(supports[AB], 16, id, 0, (IMAPIProp *)data, NULL, &bound,
                                     NULL);
    ok(hr == MAPI_E_UNKNOWN_ENTRYID && !bound, "got %#lx\n", hr);
    sample_behave("ab.OpenTemplateID=veto");
    hr = IMAPISupport_OpenTemplateID(supports[AB], size, id, FILL_ENTRY, (IMAPIProp *)data, NULL,
                                     &bound, NULL);
    sample_behave(NULL);
    ok(hr == MAPI_E_NO_SUPPORT && !bound, "got %#lx\n", hr);
    hr = IMAPISupport_OpenTemplateID(supports[AB], size, id, 0, (IMAPIProp *)data, NULL, &bound,
                                     NULL);
    ok(hr == S_OK && bound, "got %#lx\n", hr);
    if (hr == S_OK) IMAPIProp_Release(bound);
    hr = HrGetOneProp((IMAPIProp *)data, PR_ADDRTYPE_A, &prop);
    ok(hr == MAPI_E_NOT_FOUND, "filled in without being asked: %#lx\n", hr);
    hr = IMAPISupport_OpenTemplateID(supports[AB], size, id, FILL_ENTRY, (IMAPIProp *)data, NULL,
                                     &bound, NULL);
    ok(hr == S_OK && bound, "got %#lx\n", hr);
    if (hr == S_OK)
    {
        hr = HrGetOneProp(bound, PR_ADDRTYPE_A, &prop);
        ok(hr == S_OK && !strcmp(prop->Value.lpszA, "SAMPLE"), "got %#lx\n", hr);
        if (hr == S_OK) MAPIFreeBuffer(prop);
        IMAPIProp_Release(bound);
    }
    IPropData_Release(data);
    FreeProws(rows);
}

/* The test program's own providers, and the sample's address book beside them. */
static BOOL write_profile_source(void)
{
    static const char inf[] =
        "[Services]\r\nSUPPORT=Support\r\n"
        "[SUPPORT]\r\nPR_DISPLAY_NAME=Support\r\nProviders=P_XP, S_AB, P_AB, P_MS\r\n"
        "[P_XP]\r\nPR_RESOURCE_TYPE=MAPI_TRANSPORT_PROVIDER\r\nPR_PROVIDER_DLL_NAME=%s\r\n"
        "PR_DISPLAY_NAME=Transport\r\nPR_PROVIDER_DISPLAY=Transport\r\n"
        "[S_AB]\r\nPR_RESOURCE_TYPE=MAPI_AB_PROVIDER\r\nPR_PROVIDER_DLL_NAME=%s\\sample.dll\r\n"
        "PR_DISPLAY_NAME=Sample\r\nPR_PROVIDER_DISPLAY=Sample\r\n"
        "[P_AB]\r\nPR_RESOURCE_TYPE=MAPI_AB_PROVIDER\r\nPR_PROVIDER_DLL_NAME=%s\r\n"
        "PR_DISPLAY_NAME=Book\r\nPR_PROVIDER_DISPLAY=Book\r\n"
        "[P_MS]\r\nPR_RESOURCE_TYPE=MAPI_STORE_PROVIDER\r\nPR_PROVIDER_DLL_NAME=%s\r\n"
        "PR_RESOURCE_FLAGS=STATUS_DEFAULT_STORE\r\nPR_DISPLAY_NAME=Store\r\nPR_PROVIDER_DISPLAY=Store\r\n"
        "34140102=2d8a13f651774c0bb82f5e09c4617d93\r\n"
        "0fff0102=0000000074686520" "6f6e6c792073746f726500\r\n";
    char program[MAX_PATH];
    FILE *file;

    if (!sample_install() || !install()) return FALSE;
    GetModuleFileNameA(NULL, program, sizeof(program));
    if (!(file = fopen(inf_path, "wb"))) return FALSE;
    fprintf(file, inf, program, sample_directory(), program, program);
    return !fclose(file);
}

static void test_recipients(void)
{
    HRESULT hr;
    int kind;

    if (!write_profile_source())
    {
        skip("no sample providers\n");
        sample_remove();
        return;
    }
    hr = create_profile();
    ok(hr == S_OK, "creating the profile returned %#lx\n", hr);
    if (hr == S_OK && (session = log_on()))
    {
        test_expand();
        test_complete();
        test_names();
        test_failures();
        test_depth();
        test_templates();
        test_own_template();
        test_foreign_template();
        if (recipients) ITableData_Release(recipients);
        IMAPISession_Logoff(session, 0, 0, 0);
        IMAPISession_Release(session);
        for (kind = XP; kind <= MS; kind++)
        {
            ok(!IMAPISupport_Release(supports[kind]), "provider %d: references are left\n", kind);
            supports[kind] = NULL;
        }
    }
    delete_profile();
    uninstall();
    sample_remove();
}

#endif /* MAPI32_TEST_EXPAND_H */
