/*
 * Tests of BuildDisplayTable
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

/* The dialog resources are those of the sample providers. */

#define COBJMACROS
#include <stdarg.h>
#include <windef.h>
#include <winbase.h>
#include <winuser.h>
#include <mapix.h>
#include <mapiutil.h>

#include "wine/test.h"
#include "sample.h"

#define NAME_TAG PROP_TAG(PT_STRING8, 0x6601)

static const BYTE name_id[] = "name";

static DTBLPAGE page = { 0, 0, 0, 77 };
static DTBLLABEL label = { 0xdead, MAPI_UNICODE };
static DTBLEDIT name = { 0xdead, 0, 60, NAME_TAG };
static DTBLCHECKBOX rich = { 0, 0, PROP_TAG(PT_BOOLEAN, 0x6602) };
static DTBLDDLBX language = { 0, NAME_TAG, PROP_TAG(PT_LONG, 0x6603), PROP_TAG(PT_OBJECT, 0x6604) };

static DTCTL controls[] = { { DTCT_PAGE, 0, NULL, 0, NULL, 0, { &page } },
                            { DTCT_LABEL, 0, NULL, 0, NULL, 102, { &label } },
                            { DTCT_EDIT,
                              DT_EDITABLE | DT_REQUIRED,
                              (BYTE *)name_id,
                              sizeof(name_id),
                              (LPTSTR)"[0-9]",
                              103,
                              { &name } },
                            { DTCT_CHECKBOX, DT_EDITABLE, NULL, 0, NULL, 110, { &rich } },
                            { DTCT_DDLBX, DT_EDITABLE, NULL, 0, NULL, 109, { &language } } };

static const SizedSPropTagArray(9, columns) = { 9,
                                                { PR_XPOS, PR_YPOS, PR_DELTAX, PR_DELTAY,
                                                  PR_CONTROL_TYPE, PR_CONTROL_FLAGS,
                                                  PR_CONTROL_STRUCTURE, PR_CONTROL_ID, PR_ROWID } };

static HRESULT build(HMODULE module, ULONG count, DTPAGE *pages, ULONG flags, IMAPITable **table,
                     ITableData **data)
{
    return BuildDisplayTable(MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL, module,
                             count, pages, flags, table, data);
}

static void test_arguments(HMODULE module)
{
    DTPAGE pages = { ARRAY_SIZE(controls), (LPTSTR)MAKEINTRESOURCEA(100), { NULL }, controls };
    DTCTL bad[] = {{ DTCT_EDIT, 0, NULL, 0, NULL, 103 }};
    IMAPITable *table;
    ITableData *data;
    HRESULT hr;

    table = (IMAPITable *)0xdeadbeef;
    data = (ITableData *)0xdeadbeef;
    hr = BuildDisplayTable(NULL, MAPIAllocateMore, MAPIFreeBuffer, NULL, module, 1, &pages, 0,
                           &table, &data);
    ok(hr == MAPI_E_INVALID_PARAMETER && !table && !data, "got %#lx, %p, %p\n", hr, table, data);
    hr = BuildDisplayTable(MAPIAllocateBuffer, NULL, MAPIFreeBuffer, NULL, module, 1, &pages, 0,
                           &table, &data);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = BuildDisplayTable(MAPIAllocateBuffer, MAPIAllocateMore, NULL, NULL, module, 1, &pages, 0,
                           &table, &data);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = build(module, 1, &pages, 0, NULL, &data);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = build(module, 0, &pages, 0, &table, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = build(module, 1, NULL, 0, &table, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = build(module, 1, &pages, 1, &table, NULL);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !table, "got %#lx\n", hr);

    pages.lpszResourceName = (LPTSTR)MAKEINTRESOURCEA(9999);
    hr = build(module, 1, &pages, 0, &table, &data);
    ok(hr == MAPI_E_NOT_FOUND && !table && !data, "got %#lx\n", hr);
    pages.lpszResourceName = (LPTSTR)"nosuch";
    hr = build(module, 1, &pages, 0, &table, &data);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    pages.lpszResourceName = NULL;
    hr = build(module, 1, &pages, 0, &table, &data);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);

    pages.lpszResourceName = (LPTSTR)MAKEINTRESOURCEA(100);
    pages.cctl = 1;
    pages.lpctl = NULL;
    hr = build(module, 1, &pages, 0, &table, &data);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    pages.lpctl = bad;
    hr = build(module, 1, &pages, 0, &table, &data);
    ok(hr == MAPI_E_INVALID_PARAMETER, "an edit control without a structure: %#lx\n", hr);
    bad[0].ulCtlType = 10;
    hr = build(module, 1, &pages, 0, &table, &data);
    ok(hr == MAPI_E_INVALID_PARAMETER, "type 10: %#lx\n", hr);
    bad[0].ulCtlType = DTCT_LABEL;
    bad[0].ulItemID = 12345;
    hr = build(module, 1, &pages, 0, &table, &data);
    ok(hr == MAPI_E_NOT_FOUND && !table && !data, "no such control: %#lx\n", hr);
}

static const SPropValue *column(const SRow *row, ULONG tag)
{
    ULONG i;

    for (i = 0; i < row->cValues; i++)
        if (row->lpProps[i].ulPropTag == tag) return &row->lpProps[i];
    ok(0, "there is no column %#lx\n", tag);
    return row->lpProps;
}

static void check_place(const SRow *row, LONG x, LONG y, LONG width, LONG height)
{
    ok(column(row, PR_XPOS)->Value.l == x && column(row, PR_YPOS)->Value.l == y
       && column(row, PR_DELTAX)->Value.l == width && column(row, PR_DELTAY)->Value.l == height,
       "at %ld, %ld, size %ld, %ld\n", column(row, PR_XPOS)->Value.l, column(row, PR_YPOS)->Value.l,
       column(row, PR_DELTAX)->Value.l, column(row, PR_DELTAY)->Value.l);
}

/* The text at an offset of the structure is this one and ends inside. */
static void check_text(const SRow *row, ULONG offset, ULONG flags, const char *expected)
{
    const SBinary *structure = &column(row, PR_CONTROL_STRUCTURE)->Value.bin;
    ULONG size = flags & MAPI_UNICODE ? 2 : 1, length = strlen(expected), i;

    ok(offset && offset + (length + 1) * size <= structure->cb, "offset %lu of %lu\n", offset,
       structure->cb);
    if (!offset || offset + (length + 1) * size > structure->cb) return;
    for (i = 0; i <= length; i++)
        if (size == 1 ? structure->lpb[offset + i] != (BYTE)expected[i]
            : *(WCHAR *)(structure->lpb + offset + 2 * i) != (BYTE)expected[i]) break;
    ok(i > length, "not %s from character %lu on\n", expected, i);
}

static void test_rows(HMODULE module, ULONG flags)
{
    DTPAGE pages[2] = { { ARRAY_SIZE(controls),
                          (LPTSTR)MAKEINTRESOURCEA(100),
                          { (LPTSTR)MAKEINTRESOURCEA(160) },
                          controls },
                        { 1, (LPTSTR)MAKEINTRESOURCEA(120), { NULL }, &controls[1] } };
    static DTCTL comment = { DTCT_LABEL, 0, NULL, 0, NULL, 121 };
    const DTBLPAGE *made_page;
    const DTBLEDIT *edit;
    const DTBLLABEL *made_label;
    const DTBLDDLBX *list;
    IMAPITable *table;
    ITableData *data;
    SRowSet *rows;
    HRESULT hr;

    winetest_push_context("flags %#lx", flags);
    pages[1].lpctl = &comment;
    if (flags & MAPI_UNICODE) controls[2].lpszFilter = (LPTSTR)L"[0-9]";
    hr = build(module, 2, pages, flags, &table, &data);
    controls[2].lpszFilter = (LPTSTR)"[0-9]";
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    ok(hr == S_OK && rows->cRows == 7, "got %#lx, %lu rows\n", hr, rows->cRows);

    made_page = (DTBLPAGE *)column(&rows->aRow[0], PR_CONTROL_STRUCTURE)->Value.bin.lpb;
    ok(column(&rows->aRow[0], PR_CONTROL_TYPE)->Value.l == DTCT_PAGE, "not a page\n");
    check_place(&rows->aRow[0], 0, 0, 227, 170);
    ok(made_page->ulFlags == flags && made_page->ulContext == 77, "%#lx, %lu\n", made_page->ulFlags,
       made_page->ulContext);
    check_text(&rows->aRow[0], made_page->ulbLpszLabel, flags, "General");
    check_text(&rows->aRow[0], made_page->ulbLpszComponent, flags, "SampleHelp");

    made_label = (DTBLLABEL *)column(&rows->aRow[1], PR_CONTROL_STRUCTURE)->Value.bin.lpb;
    check_place(&rows->aRow[1], 14, 20, 60, 8);
    ok(made_label->ulFlags == flags, "flags %#lx\n", made_label->ulFlags);
    ok(made_label->ulbLpszLabelName == sizeof(*made_label), "offset %lu\n",
       made_label->ulbLpszLabelName);
    check_text(&rows->aRow[1], made_label->ulbLpszLabelName, flags, "&Display name:");
    ok(!column(&rows->aRow[1], PR_CONTROL_ID)->Value.bin.cb, "a label has an ID\n");

    edit = (DTBLEDIT *)column(&rows->aRow[2], PR_CONTROL_STRUCTURE)->Value.bin.lpb;
    check_place(&rows->aRow[2], 78, 18, 134, 13);
    ok(column(&rows->aRow[2], PR_CONTROL_FLAGS)->Value.l == (DT_EDITABLE | DT_REQUIRED), "flags\n");
    ok(edit->ulNumCharsAllowed == 60 && edit->ulPropTag == NAME_TAG, "%lu, %#lx\n",
       edit->ulNumCharsAllowed, edit->ulPropTag);
    check_text(&rows->aRow[2], edit->ulbLpszCharsAllowed, flags, "[0-9]");
    ok(column(&rows->aRow[2], PR_CONTROL_ID)->Value.bin.cb == sizeof(name_id)
           && !memcmp(column(&rows->aRow[2], PR_CONTROL_ID)->Value.bin.lpb, name_id,
                      sizeof(name_id)),
       "wrong ID\n");
    check_text(&rows->aRow[3], sizeof(DTBLCHECKBOX), flags, "Send with &rich text");

    list = (DTBLDDLBX *)column(&rows->aRow[4], PR_CONTROL_STRUCTURE)->Value.bin.lpb;
    ok(column(&rows->aRow[4], PR_CONTROL_STRUCTURE)->Value.bin.cb == sizeof(*list) && !list->ulFlags
           && list->ulPRTableName == language.ulPRTableName
           && list->ulPRSetProperty == language.ulPRSetProperty,
       "not the list's structure\n");

    /* a page that was not listed, and a label without a structure */
    ok(column(&rows->aRow[5], PR_CONTROL_TYPE)->Value.l == DTCT_PAGE, "not a page\n");
    check_text(&rows->aRow[5], sizeof(DTBLPAGE), flags, "More");
    ok(!((DTBLPAGE *)column(&rows->aRow[5], PR_CONTROL_STRUCTURE)->Value.bin.lpb)->ulbLpszComponent,
       "help\n");
    check_text(&rows->aRow[6], sizeof(DTBLLABEL), flags, "&Comment:");
    FreeProws(rows);

    /* what the caller gave is as it was */
    ok(label.ulbLpszLabelName == 0xdead && label.ulFlags == MAPI_UNICODE,
       "the caller's structure changed\n");
    IMAPITable_Release(table);
    ok(!ITableData_Release(data), "references are left\n");

    hr = build(module, 1, pages, 0, &table, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(!IMAPITable_Release(table), "references are left\n");
    winetest_pop_context();
}

static LONG heard;
static BYTE heard_id[sizeof(name_id)];

static LONG CALLBACK on_notify(void *context, ULONG count, NOTIFICATION *notifications)
{
    const TABLE_NOTIFICATION *change = &notifications[0].info.tab;
    ULONG i;

    for (i = 0; i < change->row.cValues; i++)
        if (change->row.lpProps[i].ulPropTag == PR_CONTROL_ID
            && change->row.lpProps[i].Value.bin.cb == sizeof(heard_id))
            memcpy(heard_id, change->row.lpProps[i].Value.bin.lpb, sizeof(heard_id));
    if (notifications[0].ulEventType == fnevTableModified
        && change->ulTableEvent == TABLE_ROW_MODIFIED)
        heard++;
    return 0;
}

/* A provider tells of a control by nothing but its ID. */
static void test_notification(HMODULE module)
{
    DTPAGE pages = { ARRAY_SIZE(controls), (LPTSTR)MAKEINTRESOURCEA(100), { NULL }, controls };
    IMAPIAdviseSink *sink;
    ULONG_PTR connection;
    IMAPITable *table;
    ITableData *data;
    SPropValue id;
    DWORD start;
    HRESULT hr;
    MSG msg;

    hr = build(module, 1, &pages, 0, &table, &data);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = HrAllocAdviseSink(on_notify, NULL, &sink);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_Advise(table, fnevTableModified, sink, &connection);
    ok(hr == S_OK, "got %#lx\n", hr);
    id.ulPropTag = PR_CONTROL_ID;
    id.Value.bin.cb = sizeof(name_id);
    id.Value.bin.lpb = (BYTE *)name_id;
    hr = ITableData_HrNotify(data, 0, 1, &id);
    ok(hr == S_OK, "got %#lx\n", hr);
    start = GetTickCount();
    while (!heard && GetTickCount() - start < 60000)
    {
        while (PeekMessageW(&msg, NULL, 0, 0, PM_REMOVE)) DispatchMessageW(&msg);
        Sleep(5);
    }
    ok(heard == 1, "heard of it %ld times\n", heard);
    ok(!memcmp(heard_id, name_id, sizeof(name_id)), "of another control\n");
    IMAPITable_Unadvise(table, connection);
    IMAPIAdviseSink_Release(sink);
    IMAPITable_Release(table);
    ITableData_Release(data);
}

START_TEST(display)
{
    char path[MAX_PATH];
    HMODULE module;

    if (!sample_find_dll(path))
    {
        skip("no sample providers\n");
        return;
    }
    MAPIInitialize(NULL);
    module = LoadLibraryExA(path, NULL, LOAD_LIBRARY_AS_DATAFILE);
    ok(module != NULL, "%s does not load: %lu\n", path, GetLastError());
    if (module)
    {
        test_arguments(module);
        test_rows(module, 0);
        test_rows(module, MAPI_UNICODE);
        test_notification(module);
        FreeLibrary(module);
    }
    MAPIUninitialize();
}
