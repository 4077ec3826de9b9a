/*
 * Units: rows.c, propconvert.c and mapierror.c
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

#include "samples.h"

START_TEST(sets)
{
    SRowSet *set, *copy;
    ULONG i, j;

    unit_assert_hr(rows_alloc(&memory_allocators, 3, &set), S_OK);
    ck_assert_uint_eq(set->cRows, 3);
    for (i = 0; i < 3; i++) unit_assert_row(i, !set->aRow[i].cValues && !set->aRow[i].lpProps);
    for (i = 0; i < 2; i++)
    {
        const SRow row = { 0, sample_count - i, (SPropValue *)sample_props };

        unit_assert_hr(row_copy(&memory_allocators, &row, &set->aRow[i]), S_OK);
    }
    unit_assert_hr(rows_copy(&memory_allocators, set, &copy), S_OK);
    FreeProws(set);
    ck_assert_uint_eq(copy->cRows, 3);
    for (i = 0; i < 2; i++)
    {
        unit_assert_row(i, copy->aRow[i].cValues == sample_count - i);
        for (j = 0; j < sample_count - i; j++)
            unit_assert_row(j, same_prop(&copy->aRow[i].lpProps[j], &sample_props[j]));
    }
    FreePadrlist((ADRLIST *)copy);
    ck_assert_uint_eq(unit_live_blocks(), 0);
    FreeProws(NULL);
    FreePadrlist(NULL);
    unit_assert_hr(rows_alloc(&memory_allocators, 0xffffffff, &set), MAPI_E_NOT_ENOUGH_MEMORY);
    ck_assert_ptr_null(set);
    unit_assert_hr(rows_alloc(&memory_allocators, 0, &set), S_OK);
    FreeProws(set);
}
END_TEST

static char *texts8[] = { (char *)"", (char *)"\xe4\xf6", (char *)"plain" };
static WCHAR *texts16[] = { (WCHAR *)u"", (WCHAR *)u"\xe4\xf6", (WCHAR *)u"plain" };
static const SPropValue narrow[] =
{
    { .ulPropTag = PROP_TAG(PT_STRING8, 5), .Value.lpszA = (char *)"d\xe9j\xe0" },
    { .ulPropTag = PROP_TAG(PT_STRING8, 6), .Value.lpszA = (char *)"" },
    { .ulPropTag = PROP_TAG(PT_MV_STRING8, 7), .Value.MVszA = { 3, texts8 }}
};
static const SPropValue wide[] =
{
    { .ulPropTag = PROP_TAG(PT_UNICODE, 5), .Value.lpszW = (WCHAR *)u"d\xe9j\xe0" },
    { .ulPropTag = PROP_TAG(PT_UNICODE, 6), .Value.lpszW = (WCHAR *)u"" },
    { .ulPropTag = PROP_TAG(PT_MV_UNICODE, 7), .Value.MVszW = { 3, texts16 }}
};

static void check_conversion(const SPropValue *from, ULONG type, const SPropValue *expected)
{
    SPropValue to;
    void *buffer;

    unit_assert_hr(memory_allocate_buffer(0, &buffer), S_OK);
    memset(&to, 0xff, sizeof(to));
    unit_assert_hr(prop_convert_width(&to, from, type, memory_allocate_more, buffer), S_OK);
    ck_assert(same_prop(&to, expected));
    memory_free_buffer(buffer);
}

START_TEST(converted)
{
    SPropValue bad, to;
    void *buffer;
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(narrow); i++)
    {
        check_conversion(&narrow[i], PT_UNICODE, &wide[i]);
        check_conversion(&narrow[i], PT_MV_UNICODE, &wide[i]);
        check_conversion(&wide[i], PT_STRING8, &narrow[i]);
        check_conversion(&wide[i], PT_UNICODE, &wide[i]);
        check_conversion(&narrow[i], PT_STRING8, &narrow[i]);
    }
    for (i = 0; i < sample_count; i++)
        if (PROP_TYPE(sample_props[i].ulPropTag) != PT_STRING8
            && PROP_TYPE(sample_props[i].ulPropTag) != PT_MV_STRING8)
            check_conversion(&sample_props[i], PT_UNICODE, &sample_props[i]);

    unit_assert_hr(memory_allocate_buffer(0, &buffer), S_OK);
    bad = narrow[0];
    bad.Value.lpszA = NULL;
    unit_assert_hr(prop_convert_width(&to, &bad, PT_UNICODE, memory_allocate_more, buffer),
                   MAPI_E_INVALID_PARAMETER);
    bad = wide[2];
    bad.Value.MVszW.lppszW = NULL;
    unit_assert_hr(prop_convert_width(&to, &bad, PT_STRING8, memory_allocate_more, buffer),
                   MAPI_E_INVALID_PARAMETER);
    bad.Value.MVszW.cValues = 0;
    unit_assert_hr(prop_convert_width(&to, &bad, PT_STRING8, memory_allocate_more, buffer), S_OK);
    memory_free_buffer(buffer);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

START_TEST(errors)
{
    MAPIERROR *error;

    unit_assert_hr(mapierror_create(0, (WCHAR *)u"text", (WCHAR *)u"who", 7, &error), S_OK);
    ck_assert_uint_eq(error->ulVersion, 0);
    ck_assert_uint_eq(error->ulLowLevelError, 7);
    ck_assert_uint_eq(error->ulContext, 0);
    ck_assert_str_eq(error->lpszError, "text");
    ck_assert_str_eq(error->lpszComponent, "who");
    memory_free_buffer(error);
    unit_assert_hr(mapierror_create(MAPI_UNICODE, (WCHAR *)u"text", NULL, 7, &error), S_OK);
    ck_assert(!memcmp(error->lpszError, u"text", 10) && !error->lpszComponent);
    memory_free_buffer(error);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

static HRESULT make_all(void *context)
{
    const SRow row = { 0, sample_count, (SPropValue *)sample_props };
    SRowSet *set, *copy;
    MAPIERROR *error;
    SPropValue to;
    void *buffer;
    HRESULT hr;
    ULONG i;

    if ((hr = rows_alloc(&memory_allocators, 2, &set)) != S_OK) return hr;
    for (i = 0; i < 2 && hr == S_OK; i++) hr = row_copy(&memory_allocators, &row, &set->aRow[i]);
    if (hr == S_OK)
    {
        hr = rows_copy(&memory_allocators, set, &copy);
        ck_assert(hr == S_OK || !copy);
        FreeProws(copy);
    }
    FreeProws(set);
    if (hr != S_OK
        || (hr = mapierror_create(0, (WCHAR *)u"text", (WCHAR *)u"who", 7, &error)) != S_OK)
        return hr;
    memory_free_buffer(error);

    for (i = 0; i < ARRAY_SIZE(narrow) && hr == S_OK; i++)
    {
        if ((hr = memory_allocate_buffer(0, &buffer)) != S_OK) break;
        hr = prop_convert_width(&to, &narrow[i], PT_UNICODE, memory_allocate_more, buffer);
        memory_free_buffer(buffer);
    }
    return hr;
}

START_TEST(failures)
{
    unit_fail_each(make_all, NULL);
}
END_TEST

Suite *rows_suite(void)
{
    Suite *suite = suite_create("rows");
    TCase *tcase = tcase_create("rows");

    tcase_add_test(tcase, sets);
    tcase_add_test(tcase, converted);
    tcase_add_test(tcase, errors);
    tcase_add_test(tcase, failures);
    suite_add_tcase(suite, tcase);
    return suite;
}
