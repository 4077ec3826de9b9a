/*
 * What the tests of tables share: a table of numbered rows, and allocators that count
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


#ifndef MAPI32_TEST_TABLES_H
#define MAPI32_TEST_TABLES_H

#define TAG_NUMBER PROP_TAG(PT_LONG, 0x6601)
#define TAG_OTHER  PROP_TAG(PT_LONG, 0x6602)
#define TAG_MV     PROP_TAG(PT_MV_LONG, 0x6603)

/* --- allocators that count what is out --------------------------------------------------------------- */

static LONG blocks_out;
static LONG fail_at;    /* the how many-eth allocation from now fails; 0: none */

static SCODE WINAPI test_allocate(ULONG size, void **ret)
{
    if (fail_at && !InterlockedDecrement(&fail_at)) return MAPI_E_NOT_ENOUGH_MEMORY;
    InterlockedIncrement(&blocks_out);
    return MAPIAllocateBuffer(size, ret);
}

static SCODE WINAPI test_more(ULONG size, void *object, void **ret)
{
    return MAPIAllocateMore(size, object, ret);
}

static ULONG WINAPI test_free(void *block)
{
    if (block) InterlockedDecrement(&blocks_out);
    return MAPIFreeBuffer(block);
}

static inline void free_rows(SRowSet *rows)
{
    ULONG i;

    for (i = 0; i < rows->cRows; i++) test_free(rows->aRow[i].lpProps);
    test_free(rows);
}

/* --- a table of numbered rows -------------------------------------------------------------------------- */

/* The columns of the tables below: index, a string, a number. */
static SizedSPropTagArray(3, default_columns) = { 3, { PR_ROWID, PR_DISPLAY_NAME_A, TAG_NUMBER } };

static inline ITableData *create_table(void)
{
    ITableData *data = NULL;
    SCODE sc;

    sc = CreateTable(&IID_IMAPITableData, test_allocate, test_more, test_free, NULL,
                     TBLTYPE_DYNAMIC, PR_ROWID, (SPropTagArray *)&default_columns, &data);
    ok(sc == S_OK, "CreateTable: %#lx\n", sc);
    ok(data != NULL, "no table\n");
    return data;
}

static inline HRESULT set_row(ITableData *data, LONG id, const char *name, LONG number)
{
    SPropValue props[3];
    SRow row = { 0, 3, props };

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_ROWID;
    props[0].Value.l = id;
    props[1].ulPropTag = PR_DISPLAY_NAME_A;
    props[1].Value.lpszA = (char *)name;
    props[2].ulPropTag = TAG_NUMBER;
    props[2].Value.l = number;
    return ITableData_HrModifyRow(data, &row);
}

static inline HRESULT delete_row(ITableData *data, LONG id)
{
    SPropValue prop;

    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = PR_ROWID;
    prop.Value.l = id;
    return ITableData_HrDeleteRow(data, &prop);
}

static inline IMAPITable *get_view(ITableData *data)
{
    IMAPITable *view = NULL;
    HRESULT hr;

    hr = ITableData_HrGetView(data, NULL, NULL, 0, &view);
    ok(hr == S_OK, "HrGetView: %#lx\n", hr);
    return view;
}

/* The ids of the rows a view shows from its cursor on, as text. */
#define check_rows(view, expected) check_rows_(__LINE__, view, expected)
static inline void check_rows_(int line, IMAPITable *view, const char *expected)
{
    char text[1024] = "";
    SRowSet *rows;
    HRESULT hr;
    ULONG i, n;

    hr = IMAPITable_QueryRows(view, 1000, 0, &rows);
    ok_(__FILE__, line)(hr == S_OK, "QueryRows: %#lx\n", hr);
    if (FAILED(hr)) return;
    for (i = 0; i < rows->cRows; i++)
    {
        for (n = 0; n < rows->aRow[i].cValues && rows->aRow[i].lpProps[n].ulPropTag != PR_ROWID;
             n++)
        {
        }
        if (n < rows->aRow[i].cValues)
            sprintf(text + strlen(text), "%s%ld", i ? " " : "", rows->aRow[i].lpProps[n].Value.l);
        else
            sprintf(text + strlen(text), "%s-", i ? " " : "");
    }
    free_rows(rows);
    ok_(__FILE__, line)(!strcmp(text, expected), "got rows \"%s\", not \"%s\"\n", text, expected);
}

#define check_all_rows(view, expected) check_all_rows_(__LINE__, view, expected)
static inline void check_all_rows_(int line, IMAPITable *view, const char *expected)
{
    HRESULT hr = IMAPITable_SeekRow(view, BOOKMARK_BEGINNING, 0, NULL);

    ok_(__FILE__, line)(hr == S_OK, "SeekRow: %#lx\n", hr);
    check_rows_(line, view, expected);
}

#define check_position(view, row) check_position_(__LINE__, view, row)
static inline void check_position_(int line, IMAPITable *view, ULONG row)
{
    ULONG current = 0xdead, numerator, denominator;
    HRESULT hr;

    hr = IMAPITable_QueryPosition(view, &current, &numerator, &denominator);
    ok_(__FILE__, line)(hr == S_OK, "QueryPosition: %#lx\n", hr);
    ok_(__FILE__, line)(current == row, "got position %lu, not %lu\n", current, row);
}

static inline SRestriction property(ULONG relop, SPropValue *prop)
{
    SRestriction res;

    res.rt = RES_PROPERTY;
    res.res.resProperty.relop = relop;
    res.res.resProperty.ulPropTag = prop->ulPropTag;
    res.res.resProperty.lpProp = prop;
    return res;
}

static inline void end_table(ITableData *data, IMAPITable *view)
{
    ok(!IMAPITable_Release(view), "view is left\n");
    ok(!ITableData_Release(data), "table is left\n");
    ok(!blocks_out, "%ld blocks left\n", blocks_out);
}

#endif /* MAPI32_TEST_TABLES_H */
