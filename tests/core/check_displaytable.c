/*
 * Unit tests of core/displaytable.c and core/dialogtemplate.c
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

#include "unit.h"
#include "core/dialogtemplate.h"
#include "core/displaytable.h"

#define TEXT_TAG PROP_TAG(PT_UNICODE, 0x6601)

/* A row of a display table; the structure follows it in the same block. */
struct row
{
    SPropValue props[9];
    BYTE id[4];
};

static SRowSet *rows_of(ULONG count)
{
    SRowSet *rows = platform_alloc_zero(CbNewSRowSet(count));

    rows->cRows = count;
    return rows;
}

static SPropValue *set_row(SRowSet *rows, ULONG index, ULONG type, ULONG flags,
                           const void *structure, size_t size)
{
    struct row *row = platform_alloc_zero(sizeof(*row) + size);
    static const ULONG tags[] =
    {
        PR_XPOS, PR_YPOS, PR_DELTAX, PR_DELTAY, PR_CONTROL_TYPE, PR_CONTROL_FLAGS,
        PR_CONTROL_STRUCTURE, PR_CONTROL_ID, PR_ROWID
    };
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(tags); i++)
    {
        row->props[i].ulPropTag = tags[i];
        row->props[i].Value.l = 10 + i;
    }
    row->props[4].Value.l = type;
    row->props[5].Value.l = flags;
    row->props[6].Value.bin.cb = size;
    row->props[6].Value.bin.lpb = (BYTE *)(row + 1);
    memcpy(row + 1, structure, size);
    row->id[0] = index;
    row->props[7].Value.bin.cb = sizeof(row->id);
    row->props[7].Value.bin.lpb = row->id;
    row->props[8].Value.l = index;
    rows->aRow[index].cValues = ARRAY_SIZE(tags);
    rows->aRow[index].lpProps = row->props;
    return row->props;
}

static void free_rows(SRowSet *rows)
{
    ULONG i;

    for (i = 0; i < rows->cRows; i++) platform_free(rows->aRow[i].lpProps);
    platform_free(rows);
}

static const struct { DTBLPAGE page; WCHAR label[4]; char help[6];
} page_w = { { sizeof(DTBLPAGE), MAPI_UNICODE, sizeof(DTBLPAGE) + 8, 7 },
             { 'O', 'n', 'e', 0 },
             "h\0e\0\0" };
static const struct { DTBLEDIT edit; char filter[8]; } edit_a =
    { { sizeof(DTBLEDIT), 0, 20, TEXT_TAG }, "[0-9]" };
static const struct
{
    DTBLLABEL label;
    char text[8];
} label_a = { { sizeof(DTBLLABEL), 0 }, "&Name:" };

static SRowSet *sample_table(void)
{
    SRowSet *rows = rows_of(3);

    set_row(rows, 0, DTCT_PAGE, 0, &page_w, sizeof(page_w));
    set_row(rows, 1, DTCT_LABEL, DT_EDITABLE, &label_a, sizeof(label_a));
    set_row(rows, 2, DTCT_EDIT, DT_EDITABLE | DT_REQUIRED | DT_SET_SELECTION, &edit_a,
            sizeof(edit_a));
    return rows;
}

START_TEST(whole)
{
    SRowSet *rows = sample_table();
    struct display_table *table;
    struct display_control *edit;

    unit_assert_hr(display_table_parse(rows, &table), S_OK);
    ck_assert_uint_eq(table->page_count, 1);
    ck_assert_uint_eq(table->control_count, 2);
    ck_assert_uint_eq(table->skipped, 0);
    ck_assert(table->pages[0].page.text[0] == 'O' && !table->pages[0].page.text[3]);
    ck_assert_uint_eq(table->pages[0].page.context, 7);
    ck_assert(table->pages[0].page.component[1] == 'e');
    ck_assert_uint_eq(table->pages[0].count, 2);
    ck_assert_uint_eq(table->controls[0].flags, 0);
    ck_assert(table->controls[0].text[0] == '&' && !table->controls[0].text[6]);
    edit = &table->controls[1];
    ck_assert_uint_eq(edit->flags, DT_EDITABLE | DT_REQUIRED);
    ck_assert_int_eq(edit->x, 10);
    ck_assert_int_eq(edit->height, 13);
    ck_assert_uint_eq(edit->tag, TEXT_TAG);
    ck_assert_uint_eq(edit->max_chars, 20);
    ck_assert(edit->filter[0] == '[' && edit->id_size == 4 && edit->id[0] == 2 && edit->row == 2);
    display_table_free(table);
    free_rows(rows);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

/* Each way in which a row can be wrong leaves out that row only. */
START_TEST(damage)
{
    struct display_table *table;
    DTBLEDIT edit = { 0xffffffff, MAPI_UNICODE, 0, PROP_TAG(PT_BINARY, 0x6601) };
    SPropValue *props;
    SRowSet *rows;
    ULONG i;

    for (i = 0; i < 9; i++)
    {
        rows = sample_table();
        props = rows->aRow[2].lpProps;
        switch (i)
        {
        case 0: props[0].Value.l = -1; break;
        case 1: props[3].Value.l = DISPLAY_MAX_UNITS + 1; break;
        case 2: props[4].Value.l = 10; break;               /* DTCT_ between two others */
        case 3: props[4].Value.l = 0x7fffffff; break;
        case 4: props[4].Value.l = -1; break;
        case 5: props[6].Value.bin.cb = sizeof(DTBLEDIT) - 1; break;
        case 6: props[6].ulPropTag = PROP_TAG(PT_ERROR, PROP_ID(PR_CONTROL_STRUCTURE)); break;
        case 7: props[4].ulPropTag = PROP_TAG(PT_ERROR, PROP_ID(PR_CONTROL_TYPE)); break;
        case 8: props[1].ulPropTag = PROP_TAG(PT_I8, PROP_ID(PR_YPOS)); break;
        }
        unit_assert_hr(display_table_parse(rows, &table), S_OK);
        unit_assert_row(i, table->control_count == 1 && table->skipped == 1);
        display_table_free(table);
        free_rows(rows);
    }

    /* offsets and tags that lead nowhere */
    rows = rows_of(1);
    set_row(rows, 0, DTCT_EDIT, 0, &edit, sizeof(edit));
    unit_assert_hr(display_table_parse(rows, &table), S_OK);
    ck_assert_uint_eq(table->page_count, 1);
    ck_assert(!table->pages[0].page.text[0] && !table->controls[0].filter);
    ck_assert_uint_eq(table->controls[0].tag, PR_NULL);
    display_table_free(table);
    free_rows(rows);

    /* text that does not end, at an odd offset */
    edit.ulbLpszCharsAllowed = sizeof(edit) - 3;
    edit.ulPropTag = PROP_TAG(PT_UNSPECIFIED, 0x6601);
    rows = rows_of(1);
    set_row(rows, 0, DTCT_EDIT, 0, &edit, sizeof(edit));
    unit_assert_hr(display_table_parse(rows, &table), S_OK);
    ck_assert_uint_eq(table->controls[0].tag, TEXT_TAG);
    display_table_free(table);
    free_rows(rows);

    /* nothing to show */
    rows = rows_of(1);
    set_row(rows, 0, DTCT_PAGE, 0, &page_w, sizeof(page_w));
    unit_assert_hr(display_table_parse(rows, &table), MAPI_E_CORRUPT_DATA);
    ck_assert(!table);
    free_rows(rows);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

START_TEST(too_many)
{
    SRowSet *rows = rows_of(DISPLAY_MAX_CONTROLS + 10);
    struct display_table *table;
    ULONG i;

    for (i = 0; i < rows->cRows; i++)
        set_row(rows, i, i < DISPLAY_MAX_CONTROLS + 5 ? DTCT_LABEL : DTCT_PAGE, 0, &page_w,
                sizeof(page_w));
    unit_assert_hr(display_table_parse(rows, &table), S_OK);
    ck_assert_uint_eq(table->control_count, DISPLAY_MAX_CONTROLS);
    ck_assert_uint_eq(table->page_count, 6);
    ck_assert_uint_eq(table->skipped, 5);
    display_table_free(table);
    free_rows(rows);

    rows = rows_of(3 * DISPLAY_MAX_PAGES);
    for (i = 0; i < rows->cRows; i++)
        set_row(rows, i, i & 1 ? DTCT_LABEL : DTCT_PAGE, 0, &page_w, sizeof(page_w));
    unit_assert_hr(display_table_parse(rows, &table), S_OK);
    ck_assert_uint_eq(table->page_count, DISPLAY_MAX_PAGES);
    ck_assert_uint_eq(table->control_count, DISPLAY_MAX_PAGES);
    display_table_free(table);
    free_rows(rows);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

START_TEST(radio_groups)
{
    static const struct { ULONG type, tag, buttons; BOOL starts; } cases[] =
    {
        { DTCT_RADIOBUTTON, PROP_TAG(PT_LONG, 1), 2, TRUE },
        { DTCT_RADIOBUTTON, PROP_TAG(PT_LONG, 1), 2, FALSE },
        { DTCT_RADIOBUTTON, PROP_TAG(PT_LONG, 1), 2, TRUE },    /* the first group is full */
        { DTCT_RADIOBUTTON, PROP_TAG(PT_LONG, 2), 9, TRUE },    /* another property */
        { DTCT_RADIOBUTTON, PROP_TAG(PT_LONG, 2), 9, FALSE },
        { DTCT_LABEL, 0, 0, FALSE },
        { DTCT_RADIOBUTTON, PROP_TAG(PT_LONG, 2), 9, TRUE },    /* not behind one another */
        { DTCT_RADIOBUTTON, PROP_TAG(PT_LONG, 3), 0, TRUE },
        { DTCT_RADIOBUTTON, PROP_TAG(PT_LONG, 3), 0, TRUE },
    };
    SRowSet *rows = rows_of(ARRAY_SIZE(cases));
    struct display_table *table;
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(cases); i++)
    {
        DTBLRADIOBUTTON button = { 0, 0, cases[i].buttons, cases[i].tag, i };

        set_row(rows, i, cases[i].type, 0, &button, sizeof(button));
    }
    unit_assert_hr(display_table_parse(rows, &table), S_OK);
    for (i = 0; i < ARRAY_SIZE(cases); i++)
        unit_assert_row(i, table->controls[i].starts_group == cases[i].starts);
    display_table_free(table);
    free_rows(rows);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

static HRESULT parse_sample(void *context)
{
    struct display_table *table;
    HRESULT hr = display_table_parse(context, &table);

    display_table_free(table);
    return hr;
}

START_TEST(no_memory)
{
    SRowSet *rows = sample_table();
    SRow *row;

    /* the rows are not the function's */
    row = &rows->aRow[0];
    ck_assert_uint_eq(row->cValues, 9);
    ck_assert_uint_eq(unit_live_blocks(), 4);
    for (;;)
    {
        static ULONG n = 1;
        HRESULT hr;

        unit_fail_allocation(n, n & 1);
        n++;
        hr = parse_sample(rows);
        if (!unit_failed()) break;
        unit_fail_allocation(0, FALSE);
        unit_assert_hr(hr, MAPI_E_NOT_ENOUGH_MEMORY);
        ck_assert_uint_eq(unit_live_blocks(), 4);
    }
    unit_fail_allocation(0, FALSE);
    free_rows(rows);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

START_TEST(filters)
{
    static const struct { const WCHAR *filter, *yes, *no; } cases[] =
    {
        { NULL, L"a0-]", L"" },
        { L"", L"a0", L"" },
        { L"*", L"a0*", L"" },
        { L"[0123456789]", L"059", L"a-[]" },
        { L"[a-z]", L"amz", L"A0-" },
        { L"[~0-9]", L"az-~", L"059" },
        { L"[\\-\\\\\\[\\]]", L"-\\[]", L"a~" },
        { L"[a-]", L"a-", L"b" },
        { L"[-a]", L"-a", L"b" },
        { L"[~]", L"a~", L"" },
        { L"[]", L"", L"a]" },
        { L"[0-9", L"5", L"a" },
        { L"[0-9][a-f]", L"5c", L"g" },
        { L"abc", L"abc", L"d" },
        { L"\\*", L"*", L"a" },
        { L"[z-a]", L"", L"amz" },
        { L"\\", L"\\", L"a" },
    };
    const WCHAR *c;
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(cases); i++)
    {
        for (c = cases[i].yes; *c; c++)
            unit_assert_row(i, display_filter_allows(cases[i].filter, *c));
        for (c = cases[i].no; *c; c++)
            unit_assert_row(i, !display_filter_allows(cases[i].filter, *c));
    }
}
END_TEST

static const WORD plain_template[] =
{
    0x40, 0, 0, 0, 3, 1, 2, 200, 100, 0, 0, 'T', 'i', 0, 8, 'F', 0, 0,
    0, 0, 0, 0, 5, 6, 50, 8, 101, 0xffff, 0x82, 'L', 0, 0,
    0, 0, 0, 0, 7, 8, 60, 9, 102, 'E', 0, 0xffff, 9, 0,
    0, 0, 0, 0, (WORD)-7, 8, 60, 9, 0xffff, 0xffff, 0x82, 0, 0
};

static const WORD extended_template[] =
{
    1, 0xffff, 0, 0, 0, 0, 0x40, 0, 2, 0, 0, 300, 150, 0xffff, 5, 0, 'X', 0, 8, 400, 0, 'F', 0, 0,
    0, 0, 0, 0, 0, 0, 5, 6, 50, 8, 101, 0, 0xffff, 0x82, 'L', 'a', 0, 4, 1, 2,
    0, 0, 0, 0, 0, 0, 7, 8, 60, 9, 0x5678, 0x1234, 'E', 0, 0, 0
};

START_TEST(templates)
{
    struct template_item item;
    size_t size;

    unit_assert_hr(dialog_template_frame(plain_template, sizeof(plain_template), &item), S_OK);
    ck_assert(item.x == 1 && item.y == 2 && item.width == 200 && item.height == 100);
    ck_assert(item.length == 2 && item.text[0] == 'T');
    unit_assert_hr(dialog_template_item(plain_template, sizeof(plain_template), 101, &item), S_OK);
    ck_assert(item.x == 5 && item.height == 8 && item.length == 1 && item.text[0] == 'L');
    unit_assert_hr(dialog_template_item(plain_template, sizeof(plain_template), 102, &item), S_OK);
    ck_assert(item.x == 7 && !item.text && !item.length);
    unit_assert_hr(dialog_template_item(plain_template, sizeof(plain_template), (ULONG)-1, &item),
                   S_OK);
    ck_assert(item.x == -7 && !item.length);
    unit_assert_hr(dialog_template_item(plain_template, sizeof(plain_template), 103, &item),
                   MAPI_E_NOT_FOUND);

    unit_assert_hr(dialog_template_frame(extended_template, sizeof(extended_template), &item),
                   S_OK);
    ck_assert(item.width == 300 && item.length == 1 && item.text[0] == 'X');
    unit_assert_hr(dialog_template_item(extended_template, sizeof(extended_template), 101, &item),
                   S_OK);
    ck_assert(item.x == 5 && item.length == 2 && item.text[1] == 'a');
    unit_assert_hr(dialog_template_item(extended_template, sizeof(extended_template), 0x12345678,
                                        &item),
                   S_OK);
    ck_assert(item.x == 7 && !item.length);

    /* cut anywhere: an error, and no byte too many is read */
    for (size = 0; size < sizeof(extended_template); size++)
    {
        void *copy = platform_alloc(size ? size : 1);

        memcpy(copy, extended_template, size);
        unit_assert_hr(dialog_template_item(copy, size, 0x12345678, &item), MAPI_E_CORRUPT_DATA);
        platform_free(copy);
    }
    for (size = 0; size < sizeof(plain_template); size++)
    {
        void *copy = platform_alloc(size ? size : 1);

        memcpy(copy, plain_template, size);
        unit_assert_hr(dialog_template_item(copy, size, (ULONG)-1, &item), MAPI_E_CORRUPT_DATA);
        platform_free(copy);
    }
}
END_TEST

Suite *displaytable_suite(void);

Suite *displaytable_suite(void)
{
    Suite *suite = suite_create("displaytable");
    TCase *tcase = tcase_create("displaytable");

    tcase_add_test(tcase, whole);
    tcase_add_test(tcase, damage);
    tcase_add_test(tcase, too_many);
    tcase_add_test(tcase, radio_groups);
    tcase_add_test(tcase, no_memory);
    tcase_add_test(tcase, filters);
    tcase_add_test(tcase, templates);
    suite_add_tcase(suite, tcase);
    return suite;
}
