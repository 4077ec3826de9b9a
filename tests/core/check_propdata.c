/*
 * Units of property objects: every allocation of theirs fails once
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
 * IPropData and what it copies with are compiled here as part of the test. Whatever fails, the
 * object has the values it had, or those it was given, and goes on.
 */

#define COBJMACROS
#include "system.h"
#include <mapiguid.h>
#include <mapiutil.h>
#include "wine/debug.h"

/* Formats are those of the DLL's LONG, which has another type here. */
#pragma GCC diagnostic ignored "-Wformat"

#include "object/propdata.c"
#undef WINE_DEFAULT_DEBUG_CHANNEL
#define WINE_DEFAULT_DEBUG_CHANNEL(channel)
#include "object/propnames.c"
#define is_string_type propset_is_string_type
#include "object/propset.c"
#include "object/copyprops.c"

#define T_TEXT   PROP_TAG(PT_UNICODE, 0x6600)
#define T_NUMBER PROP_TAG(PT_LONG, 0x6601)
#define T_MANY   PROP_TAG(PT_MV_STRING8, 0x6602)
#define T_BINARY PROP_TAG(PT_BINARY, 0x6603)
#define T_FIXED  PROP_TAG(PT_LONG, 0x6604)
#define T_OBJECT PROP_TAG(PT_OBJECT, 0x6605)

static SCODE WINAPI unit_allocate(ULONG size, void **ret)
{
    ck_assert_uint_eq(unit_lock_depth, 0);
    return memory_allocate_buffer(size, ret);
}

static SCODE WINAPI unit_more(ULONG size, void *object, void **ret)
{
    ck_assert_uint_eq(unit_lock_depth, 0);
    return memory_allocate_more(size, object, ret);
}

static ULONG WINAPI unit_free(void *block)
{
    ck_assert_uint_eq(unit_lock_depth, 0);
    return memory_free_buffer(block);
}

static HRESULT create_object(IPropData **ret)
{
    return CreateIProp(&IID_IMAPIPropData, unit_allocate, unit_more, unit_free, NULL, ret);
}

static HRESULT set_all(IPropData *object, LONG number, ULONG named, SPropProblemArray **problems)
{
    static char *many[] = { (char *)"one", (char *)"two", (char *)"three" };
    static WCHAR text[] = {'t','e','x','t',0};
    SPropValue props[6] =
    {
        { .ulPropTag = T_TEXT, .Value.lpszW = text },
        { .ulPropTag = T_NUMBER, .Value.l = number },
        { .ulPropTag = T_MANY, .Value.MVszA = { 3, many }},
        { .ulPropTag = T_BINARY, .Value.bin = { 8, (BYTE *)text }},
        { .ulPropTag = T_FIXED, .Value.l = number },
        { .ulPropTag = named, .Value.l = number }
    };

    return IPropData_SetProps(object, named ? 6 : 5, props, problems);
}

/* The number the object has; -1 when that cannot be told. */
static LONG number_of(IPropData *object)
{
    SizedSPropTagArray(1, tags) = { 1, { T_NUMBER }};
    SPropValue *props;
    ULONG count;
    LONG ret;

    if (IPropData_GetProps(object, (SPropTagArray *)&tags, 0, &count, &props) != S_OK)
    {
        ck_assert_ptr_null(props);
        ck_assert_uint_eq(count, 0);
        return -1;
    }
    ret = props->Value.l;
    memory_free_buffer(props);
    return ret;
}

static BOOL did_fail;   /* an allocation in whole_life was made to fail, and it said so */

/* Much of what a property object can do, in one go; the first error ends it. */
static HRESULT whole_life(void *context)
{
    static WCHAR name_text[] = {'n','a','m','e',0};
    SizedSPropTagArray(3, tags) = { 3, { CHANGE_PROP_TYPE(T_TEXT, PT_STRING8), T_MANY, T_BINARY }};
    SizedSPropTagArray(1, fixed) = { 1, { T_FIXED }};
    SizedSPropTagArray(1, object_tag) = { 1, { T_OBJECT }};
    SizedSPropTagArray(2, some) = { 2, { T_NUMBER, T_FIXED }};
    MAPINAMEID names[2] = {{ (GUID *)&PS_PUBLIC_STRINGS, MNID_ID, { 77 }}, { (GUID *)&PS_PUBLIC_STRINGS, MNID_STRING }};
    MAPINAMEID *list[2] = { &names[0], &names[1] }, **got_names;
    IPropData *object = NULL, *other = NULL;
    ULONG access = IPROP_READONLY | IPROP_CLEAN, *got, count, named, lost;
    SPropProblemArray *problems;
    SPropTagArray *ids, *all;
    SPropValue *props;
    HRESULT hr;

    names[1].Kind.lpwstrName = name_text;
    if (FAILED(hr = create_object(&object))) goto done;
    if (FAILED(hr = create_object(&other))) goto done;
    if (FAILED(hr = set_all(object, 1, 0, NULL))) goto done;
    if (FAILED(hr = IPropData_GetIDsFromNames(object, 2, list, MAPI_CREATE, &ids)))
    {
        ck_assert_ptr_null(ids);
        goto done;
    }
    named = CHANGE_PROP_TYPE(ids->aulPropTag[1], PT_LONG);
    memory_free_buffer(ids);

    /* nothing of it is set, or all of it; what must not be is told */
    if (FAILED(hr = IPropData_HrSetPropAccess(object, (SPropTagArray *)&fixed, &access))) goto done;
    problems = (SPropProblemArray *)1;
    hr = set_all(object, 2, named, &problems);
    if (FAILED(hr))
    {
        ck_assert_ptr_null(problems);
        did_fail = unit_failed();
        unit_fail_allocation(0, FALSE);
        ck_assert_int_eq(number_of(object), 1);
        goto done;
    }
    ck_assert_uint_eq(problems->cProblem, 1);
    ck_assert_uint_eq(problems->aProblem[0].ulIndex, 4);
    memory_free_buffer(problems);
    if ((hr = number_of(object) == 2 ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY) != S_OK) goto done;

    if (FAILED(hr = IPropData_GetProps(object, (SPropTagArray *)&tags, MAPI_UNICODE, &count,
                                       &props)))
        goto done;
    ck_assert_uint_eq(count, 3);
    ck_assert_str_eq(props[0].Value.lpszA, "text");
    memory_free_buffer(props);
    if (FAILED(hr = IPropData_GetProps(object, NULL, 0, &count, &props))) goto done;
    ck_assert_uint_eq(count, 6);
    memory_free_buffer(props);
    if (FAILED(hr = IPropData_GetPropList(object, MAPI_UNICODE, &all))) goto done;
    ck_assert_uint_eq(all->cValues, 6);
    memory_free_buffer(all);
    ids = NULL;
    if (FAILED(hr = IPropData_GetNamesFromIDs(object, &ids, NULL, 0, &count, &got_names)))
    {
        ck_assert_ptr_null(ids);
        ck_assert_ptr_null(got_names);
        goto done;
    }
    ck_assert_uint_eq(count, 2);
    memory_free_buffer(got_names);
    hr = IPropData_GetNamesFromIDs(object, &ids, NULL, 0, &count, &got_names);
    memory_free_buffer(ids);
    if (FAILED(hr)) goto done;
    memory_free_buffer(got_names);

    all = NULL;
    if (FAILED(hr = IPropData_HrGetPropAccess(object, &all, &got)))
    {
        ck_assert_ptr_null(all);
        ck_assert_ptr_null(got);
        goto done;
    }
    ck_assert_uint_eq(all->cValues, 6);
    memory_free_buffer(all);
    memory_free_buffer(got);
    if (FAILED(hr = IPropData_DeleteProps(object, (SPropTagArray *)&some, &problems))) goto done;
    ck_assert_uint_eq(problems->cProblem, 1);
    memory_free_buffer(problems);
    hr = IPropData_HrAddObjProps(object, (SPropTagArray *)&object_tag, &problems);
    if (hr == MAPI_W_PARTIAL_COMPLETION)
    {
        unit_assert_hr(problems->aProblem[0].scode, MAPI_E_NOT_ENOUGH_MEMORY);
        memory_free_buffer(problems);
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (FAILED(hr)) goto done;

    /* named properties get ids of the other object */
    if (FAILED(hr = IPropData_CopyTo(object, 0, NULL, (SPropTagArray *)&tags, 0, NULL,
                                     &IID_IMAPIProp, other, 0, &problems)))
    {
        ck_assert_ptr_null(problems);
        goto done;
    }
    lost = problems ? problems->cProblem : 0;
    memory_free_buffer(problems);
    if (FAILED(hr = IPropData_CopyProps(object, (SPropTagArray *)&tags, 0, NULL, &IID_IMAPIProp,
                                        other, MAPI_MOVE, &problems)))
        goto done;
    memory_free_buffer(problems);
    if (FAILED(hr = IPropData_GetPropList(other, 0, &all))) goto done;
    ck_assert_uint_ge(all->cValues + lost, 5);
    memory_free_buffer(all);

done:
    if (object && FAILED(hr))
    {
        /* it is still of use */
        did_fail |= unit_failed();
        unit_fail_allocation(0, FALSE);
        access = IPROP_READWRITE | IPROP_CLEAN;
        unit_assert_hr(IPropData_HrSetPropAccess(object, (SPropTagArray *)&fixed, &access), S_OK);
        unit_assert_hr(set_all(object, 9, 0, NULL), S_OK);
        ck_assert_int_eq(number_of(object), 9);
    }
    if (object) ck_assert_uint_eq(IPropData_Release(object), 0);
    if (other) ck_assert_uint_eq(IPropData_Release(other), 0);
    ck_assert_uint_eq(unit_lock_depth, 0);
    return FAILED(hr) ? hr : S_OK;
}

START_TEST(life)
{
    unit_assert_hr(whole_life(NULL), S_OK);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

START_TEST(no_memory)
{
    BOOL and_after;
    HRESULT hr;
    ULONG n;

    for (and_after = FALSE; and_after <= TRUE; and_after++)
    {
        for (n = 1;; n++)
        {
            did_fail = FALSE;
            unit_fail_allocation(n, and_after);
            hr = whole_life(NULL);
            if (!did_fail && !unit_failed()) break;
            unit_fail_allocation(0, FALSE);
            /* Where copying cannot ask whether both have the same names, it maps them. */
            ck_assert_msg(hr == S_OK || hr == MAPI_E_NOT_ENOUGH_MEMORY,
                          "%08x with allocation %u failing", (unsigned)hr, (unsigned)n);
            ck_assert_msg(!unit_live_blocks(), "%u blocks left with allocation %u failing",
                          (unsigned)unit_live_blocks(), (unsigned)n);
        }
        unit_fail_allocation(0, FALSE);
        unit_assert_hr(hr, S_OK);
        ck_assert(n > 50);
    }
}
END_TEST

Suite *propdata_suite(void)
{
    Suite *suite = suite_create("propdata");
    TCase *test = tcase_create("propdata");

    tcase_set_timeout(test, 60);
    tcase_add_test(test, life);
    tcase_add_test(test, no_memory);
    suite_add_tcase(suite, test);
    return suite;
}
