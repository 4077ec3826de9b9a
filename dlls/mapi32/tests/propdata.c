/*
 * Tests of IPropData
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
#include <stdio.h>
#include <string.h>

#include <windef.h>
#include <winbase.h>
#include <winnls.h>
#include <mapix.h>
#include <mapiutil.h>

#include "wine/test.h"

static LONG blocks_out;
static LONG fail_at;

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

static IPropData *create_prop_data(void)
{
    IPropData *data = NULL;
    SCODE sc = CreateIProp(&IID_IMAPIPropData, test_allocate, test_more, test_free, NULL, &data);

    ok(sc == S_OK && data, "CreateIProp: %#lx\n", sc);
    return data;
}

static HRESULT set_long(IPropData *data, ULONG tag, LONG value)
{
    SPropValue prop;

    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = tag;
    prop.Value.l = value;
    return IPropData_SetProps(data, 1, &prop, NULL);
}

static HRESULT set_string(IPropData *data, ULONG tag, const char *value)
{
    SPropValue prop;

    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = tag;
    prop.Value.lpszA = (char *)value;
    return IPropData_SetProps(data, 1, &prop, NULL);
}

#define check_long(data, tag, expected) check_long_(__LINE__, data, tag, expected)
static void check_long_(int line, IPropData *data, ULONG tag, LONG expected)
{
    SizedSPropTagArray(1, tags) = { 1, { tag } };
    SPropValue *prop;
    ULONG count;
    HRESULT hr;

    hr = IPropData_GetProps(data, (SPropTagArray *)&tags, 0, &count, &prop);
    ok_(__FILE__,
        line)(hr == S_OK && count == 1 && prop->ulPropTag == tag && prop->Value.l == expected,
              "GetProps: %#lx, %#lx %ld\n", hr, prop ? prop->ulPropTag : 0,
              prop ? prop->Value.l : 0);
    test_free(prop);
}

#define check_missing(data, tag) check_missing_(__LINE__, data, tag)
static void check_missing_(int line, IPropData *data, ULONG tag)
{
    SizedSPropTagArray(1, tags) = { 1, { tag } };
    SPropValue *prop;
    ULONG count;
    HRESULT hr;

    hr = IPropData_GetProps(data, (SPropTagArray *)&tags, 0, &count, &prop);
    ok_(__FILE__, line)(hr == MAPI_W_ERRORS_RETURNED && count == 1 &&
                        prop->ulPropTag == CHANGE_PROP_TYPE(tag, PT_ERROR) &&
                        prop->Value.err == MAPI_E_NOT_FOUND, "GetProps: %#lx\n", hr);
    test_free(prop);
}

static void test_CreateIProp(void)
{
    IPropData *data = (IPropData *)0xdeadbeef;
    IUnknown *unknown;
    MAPIERROR *error;
    HRESULT hr;
    SCODE sc;

    sc = CreateIProp(&IID_IMAPIProp, test_allocate, test_more, test_free, NULL, &data);
    ok(sc == MAPI_E_INTERFACE_NOT_SUPPORTED && !data, "other interface: %#lx %p\n", sc, data);
    sc = CreateIProp(NULL, NULL, test_more, test_free, NULL, &data);
    ok(sc == MAPI_E_INVALID_PARAMETER, "no allocator: %#lx\n", sc);
    sc = CreateIProp(NULL, test_allocate, NULL, test_free, NULL, &data);
    ok(sc == MAPI_E_INVALID_PARAMETER, "no second allocator: %#lx\n", sc);
    sc = CreateIProp(NULL, test_allocate, test_more, NULL, NULL, &data);
    ok(sc == MAPI_E_INVALID_PARAMETER, "no free routine: %#lx\n", sc);
    sc = CreateIProp(NULL, test_allocate, test_more, test_free, NULL, NULL);
    ok(sc == MAPI_E_INVALID_PARAMETER, "no result: %#lx\n", sc);
    sc = CreateIProp(NULL, test_allocate, test_more, test_free, NULL, &data);
    ok(sc == S_OK && data, "default interface: %#lx\n", sc);

    hr = IPropData_QueryInterface(data, &IID_IMAPIProp, (void **)&unknown);
    ok(hr == S_OK && unknown == (IUnknown *)data, "IMAPIProp: %#lx\n", hr);
    IUnknown_Release(unknown);
    hr = IPropData_QueryInterface(data, &IID_IMAPITable, (void **)&unknown);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED && !unknown, "IMAPITable: %#lx\n", hr);
    hr = IPropData_GetLastError(data, E_FAIL, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no result: %#lx\n", hr);
    error = (MAPIERROR *)0xdeadbeef;
    hr = IPropData_GetLastError(data, E_FAIL, MAPI_UNICODE, &error);
    ok(hr == S_OK && !error, "GetLastError: %#lx %p\n", hr, error);
    hr = IPropData_SaveChanges(data, 0x10000000);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "flags: %#lx\n", hr);
    hr = IPropData_SaveChanges(data, KEEP_OPEN_READWRITE);
    ok(hr == S_OK, "SaveChanges: %#lx\n", hr);
    hr = IPropData_OpenProperty(data, PR_BODY_A, NULL, 0, 0, &unknown);
    ok(hr == MAPI_E_INVALID_PARAMETER && !unknown, "no interface: %#lx\n", hr);
    hr = IPropData_OpenProperty(data, PR_BODY_A, &IID_IStream, 0, 0, &unknown);
    ok(hr == MAPI_E_NO_SUPPORT && !unknown, "OpenProperty: %#lx\n", hr);
    ok(!IPropData_Release(data), "object is left\n");
}

static void test_props(void)
{
    static const LONG longs[] = { 3, 2, 1 };
    SizedSPropTagArray(4, tags);
    IPropData *data = create_prop_data();
    SPropProblemArray *problems;
    SPropTagArray *list;
    SPropValue props[3], *got;
    ULONG count, i;
    HRESULT hr;

    /* nothing yet */
    got = (SPropValue *)0xdeadbeef;
    count = 7;
    hr = IPropData_GetProps(data, NULL, 0, &count, &got);
    ok(hr == S_OK && !count && !got, "GetProps: %#lx %lu %p\n", hr, count, got);
    hr = IPropData_GetProps(data, NULL, 0, NULL, &got);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no count: %#lx\n", hr);
    hr = IPropData_GetProps(data, NULL, 0, &count, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no result: %#lx\n", hr);
    hr = IPropData_GetProps(data, NULL, 1, &count, &got);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "flags: %#lx\n", hr);
    tags.cValues = 0;
    hr = IPropData_GetProps(data, (SPropTagArray *)&tags, 0, &count, &got);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no tags: %#lx\n", hr);
    hr = IPropData_GetPropList(data, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no result: %#lx\n", hr);
    hr = IPropData_GetPropList(data, 1, &list);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !list, "flags: %#lx\n", hr);
    hr = IPropData_GetPropList(data, 0, &list);
    ok(hr == S_OK && !list->cValues, "GetPropList: %#lx\n", hr);
    test_free(list);

    /* what cannot be set */
    memset(props, 0, sizeof(props));
    problems = (SPropProblemArray *)0xdeadbeef;
    props[0].ulPropTag = PR_IMPORTANCE;
    hr = IPropData_SetProps(data, 0, props, &problems);
    ok(hr == MAPI_E_INVALID_PARAMETER && !problems, "no values: %#lx\n", hr);
    hr = IPropData_SetProps(data, 1, NULL, &problems);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no values: %#lx\n", hr);
    props[1].ulPropTag = PROP_TAG(PT_OBJECT, 0x6600);
    hr = IPropData_SetProps(data, 2, props, &problems);
    ok(hr == MAPI_E_INVALID_PARAMETER, "an object: %#lx\n", hr);
    check_missing(data, PR_IMPORTANCE);
    props[1].ulPropTag = PROP_TAG(PT_MV_LONG, 0x6600);
    hr = IPropData_SetProps(data, 2, props, &problems);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no values in a multi-valued property: %#lx\n", hr);
    props[1].ulPropTag = PR_SUBJECT_W;
    hr = IPropData_SetProps(data, 2, props, &problems);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no string: %#lx\n", hr);
    props[1].ulPropTag = PROP_TAG(0x999, 0x6600);
    hr = IPropData_SetProps(data, 2, props, &problems);
    ok(hr == MAPI_E_INVALID_PARAMETER, "unknown type: %#lx\n", hr);

    /* what is passed over */
    props[1].ulPropTag = PR_NULL;
    props[2].ulPropTag = PROP_TAG(PT_ERROR, 0x6601);
    props[0].Value.l = IMPORTANCE_HIGH;
    hr = IPropData_SetProps(data, 3, props, &problems);
    ok(hr == S_OK && !problems, "SetProps: %#lx\n", hr);
    check_long(data, PR_IMPORTANCE, IMPORTANCE_HIGH);
    props[1].ulPropTag = PROP_TAG(PT_MV_LONG, 0x6600);
    props[1].Value.MVl.cValues = 3;
    props[1].Value.MVl.lpl = (LONG *)longs;
    props[2].ulPropTag = PR_SUBJECT_W;
    props[2].Value.lpszW = (WCHAR *)L"text";
    hr = IPropData_SetProps(data, 3, props, NULL);
    ok(hr == S_OK, "SetProps: %#lx\n", hr);

    /* strings in the width that is asked for */
    hr = IPropData_GetPropList(data, 0, &list);
    ok(hr == S_OK && list->cValues == 3 && list->aulPropTag[2] == PR_SUBJECT_A,
       "GetPropList: %#lx\n", hr);
    test_free(list);
    hr = IPropData_GetPropList(data, MAPI_UNICODE, &list);
    ok(hr == S_OK && list->cValues == 3 && list->aulPropTag[2] == PR_SUBJECT_W,
       "GetPropList: %#lx\n", hr);
    test_free(list);
    hr = IPropData_GetProps(data, NULL, 0, &count, &got);
    ok(hr == S_OK && count == 3 && got[2].ulPropTag == PR_SUBJECT_A
           && !strcmp(got[2].Value.lpszA, "text"),
       "GetProps: %#lx\n", hr);
    ok(got[1].Value.MVl.cValues == 3 && got[1].Value.MVl.lpl[2] == 1, "wrong values\n");
    test_free(got);
    tags.cValues = 4;
    tags.aulPropTag[0] = PROP_TAG(PT_UNSPECIFIED, PROP_ID(PR_SUBJECT_A));
    tags.aulPropTag[1] = PR_SUBJECT_A;
    tags.aulPropTag[2] = PROP_TAG(PT_LONG, PROP_ID(PR_SUBJECT_A));
    tags.aulPropTag[3] = PROP_TAG(PT_UNSPECIFIED, 0x6600);
    hr = IPropData_GetProps(data, (SPropTagArray *)&tags, MAPI_UNICODE, &count, &got);
    ok(hr == MAPI_W_ERRORS_RETURNED && count == 4, "GetProps: %#lx\n", hr);
    ok(got[0].ulPropTag == PR_SUBJECT_W && !lstrcmpW(got[0].Value.lpszW, L"text"), "got %#lx\n",
       got[0].ulPropTag);
    ok(got[1].ulPropTag == PR_SUBJECT_A && !strcmp(got[1].Value.lpszA, "text"), "got %#lx\n",
       got[1].ulPropTag);
    ok(PROP_TYPE(got[2].ulPropTag) == PT_ERROR, "got %#lx\n", got[2].ulPropTag);
    ok(got[3].ulPropTag == PROP_TAG(PT_MV_LONG, 0x6600), "got %#lx\n", got[3].ulPropTag);
    test_free(got);

    /* another type takes the place of the first */
    hr = set_long(data, PROP_TAG(PT_LONG, PROP_ID(PR_SUBJECT_A)), 5);
    ok(hr == S_OK, "SetProps: %#lx\n", hr);
    hr = IPropData_GetPropList(data, 0, &list);
    ok(hr == S_OK && list->cValues == 3, "GetPropList: %#lx\n", hr);
    test_free(list);
    check_long(data, PROP_TAG(PT_LONG, PROP_ID(PR_SUBJECT_A)), 5);

    /* secure properties show only when asked for */
    hr = set_long(data, PROP_TAG(PT_LONG, 0x67f0), 9);
    ok(hr == S_OK, "SetProps: %#lx\n", hr);
    check_long(data, PROP_TAG(PT_LONG, 0x67f0), 9);
    hr = IPropData_GetProps(data, NULL, 0, &count, &got);
    ok(hr == S_OK && count == 3, "GetProps: %#lx %lu\n", hr, count);
    test_free(got);
    hr = IPropData_GetPropList(data, 0, &list);
    ok(hr == S_OK && list->cValues == 3, "GetPropList: %#lx\n", hr);
    test_free(list);

    /* deletion goes by the id */
    hr = IPropData_DeleteProps(data, NULL, &problems);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no tags: %#lx\n", hr);
    tags.cValues = 0;
    hr = IPropData_DeleteProps(data, (SPropTagArray *)&tags, &problems);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no tags: %#lx\n", hr);
    tags.cValues = 2;
    tags.aulPropTag[0] = PROP_TAG(PT_UNSPECIFIED, 0x6600);
    tags.aulPropTag[1] = PR_ENTRYID;
    hr = IPropData_DeleteProps(data, (SPropTagArray *)&tags, &problems);
    ok(hr == S_OK && !problems, "DeleteProps: %#lx\n", hr);
    check_missing(data, PROP_TAG(PT_MV_LONG, 0x6600));

    /* no memory for the caller: an error, and nothing kept */
    for (i = 1; i < 3; i++)
    {
        fail_at = i;
        hr = IPropData_GetProps(data, NULL, 0, &count, &got);
        if (hr != MAPI_E_NOT_ENOUGH_MEMORY) break;
        ok(!got && !count, "got %p %lu\n", got, count);
    }
    ok(i == 2 && hr == S_OK, "GetProps: %lu %#lx\n", i, hr);
    fail_at = 0;
    test_free(got);
    ok(!IPropData_Release(data), "object is left\n");
    ok(!blocks_out, "%ld blocks left\n", blocks_out);
}

static void test_access(void)
{
    SizedSPropTagArray(2, tags) = { 2, { PR_IMPORTANCE, PR_PRIORITY } };
    SPropTagArray *wanted, *list;
    IPropData *data = create_prop_data();
    SPropProblemArray *problems;
    ULONG access[2], *got;
    SPropValue props[2];
    HRESULT hr;

    hr = IPropData_HrSetObjAccess(data, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no access: %#lx\n", hr);
    hr = IPropData_HrSetObjAccess(data, IPROP_READONLY | IPROP_READWRITE);
    ok(hr == MAPI_E_INVALID_PARAMETER, "both: %#lx\n", hr);
    set_long(data, PR_IMPORTANCE, 1);
    set_long(data, PR_PRIORITY, 2);

    /* an object that is read only */
    hr = IPropData_HrSetObjAccess(data, IPROP_READONLY);
    ok(hr == S_OK, "HrSetObjAccess: %#lx\n", hr);
    hr = set_long(data, PR_IMPORTANCE, 5);
    ok(hr == MAPI_E_NO_ACCESS, "SetProps: %#lx\n", hr);
    hr = IPropData_DeleteProps(data, (SPropTagArray *)&tags, NULL);
    ok(hr == MAPI_E_NO_ACCESS, "DeleteProps: %#lx\n", hr);
    hr = IPropData_SaveChanges(data, KEEP_OPEN_READWRITE);
    ok(hr == MAPI_E_NO_ACCESS, "SaveChanges: %#lx\n", hr);
    tags.aulPropTag[0] = tags.aulPropTag[1] = PROP_TAG(PT_OBJECT, 0x6600);
    hr = IPropData_HrAddObjProps(data, (SPropTagArray *)&tags, &problems);
    ok(hr == MAPI_E_NO_ACCESS && !problems, "HrAddObjProps: %#lx\n", hr);
    hr = IPropData_HrSetObjAccess(data, IPROP_READWRITE);
    ok(hr == S_OK, "HrSetObjAccess: %#lx\n", hr);
    tags.aulPropTag[0] = PR_IMPORTANCE;
    tags.aulPropTag[1] = PR_PRIORITY;

    /* a property that is */
    access[0] = access[1] = IPROP_READONLY;
    hr = IPropData_HrSetPropAccess(data, (SPropTagArray *)&tags, access);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no state: %#lx\n", hr);
    access[0] = IPROP_READONLY | IPROP_CLEAN;
    access[1] = IPROP_READONLY | IPROP_READWRITE | IPROP_CLEAN;
    hr = IPropData_HrSetPropAccess(data, (SPropTagArray *)&tags, access);
    ok(hr == MAPI_E_INVALID_PARAMETER, "both levels: %#lx\n", hr);
    hr = IPropData_HrSetPropAccess(data, NULL, access);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no tags: %#lx\n", hr);
    hr = IPropData_HrSetPropAccess(data, (SPropTagArray *)&tags, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no flags: %#lx\n", hr);
    access[1] = IPROP_READWRITE | IPROP_CLEAN;
    hr = IPropData_HrSetPropAccess(data, (SPropTagArray *)&tags, access);
    ok(hr == S_OK, "HrSetPropAccess: %#lx\n", hr);
    wanted = (SPropTagArray *)&tags;
    hr = IPropData_HrGetPropAccess(data, &wanted, &got);
    ok(hr == S_OK && got[0] == IPROP_READONLY && got[1] == IPROP_READWRITE,
       "HrGetPropAccess: %#lx\n", hr);
    test_free(got);
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_PRIORITY;
    props[0].Value.l = 22;
    props[1].ulPropTag = PR_IMPORTANCE;
    props[1].Value.l = 11;
    hr = IPropData_SetProps(data, 2, props, &problems);
    ok(hr == S_OK && problems && problems->cProblem == 1 && problems->aProblem[0].ulIndex == 1
           && problems->aProblem[0].ulPropTag == PR_IMPORTANCE
           && problems->aProblem[0].scode == MAPI_E_NO_ACCESS,
       "SetProps: %#lx %p\n", hr, problems);
    test_free(problems);
    check_long(data, PR_PRIORITY, 22);
    check_long(data, PR_IMPORTANCE, 1);
    hr = IPropData_DeleteProps(data, (SPropTagArray *)&tags, &problems);
    ok(hr == S_OK && problems && problems->cProblem == 1 && !problems->aProblem[0].ulIndex,
       "DeleteProps: %#lx\n", hr);
    test_free(problems);
    check_missing(data, PR_PRIORITY);

    /* what was changed and what was deleted can be told */
    wanted = (SPropTagArray *)&tags;
    hr = IPropData_HrGetPropAccess(data, &wanted, &got);
    ok(hr == S_OK && got[0] == IPROP_READONLY && got[1] == IPROP_DIRTY, "HrGetPropAccess: %#lx\n",
       hr);
    ok(tags.aulPropTag[0] == PR_IMPORTANCE && !tags.aulPropTag[1], "got %#lx\n",
       tags.aulPropTag[1]);
    test_free(got);
    list = NULL;
    hr = IPropData_HrGetPropAccess(data, &list, &got);
    ok(hr == S_OK && list && list->cValues == 2 && list->aulPropTag[1] == PR_PRIORITY
           && got[1] == IPROP_DIRTY,
       "HrGetPropAccess: %#lx\n", hr);
    test_free(got);
    test_free(list);
    tags.aulPropTag[1] = PR_PRIORITY;
    access[1] = IPROP_READWRITE | IPROP_CLEAN;
    hr = IPropData_HrSetPropAccess(data, (SPropTagArray *)&tags, access);
    ok(hr == S_OK, "HrSetPropAccess: %#lx\n", hr);
    list = NULL;
    hr = IPropData_HrGetPropAccess(data, &list, &got);
    ok(hr == S_OK && list->cValues == 1, "HrGetPropAccess: %#lx\n", hr);
    test_free(got);
    test_free(list);

    /* object properties */
    tags.aulPropTag[0] = PROP_TAG(PT_OBJECT, 0x6600);
    hr = IPropData_HrAddObjProps(data, (SPropTagArray *)&tags, &problems);
    ok(hr == MAPI_E_INVALID_TYPE && !problems, "other type: %#lx\n", hr);
    tags.cValues = 1;
    hr = IPropData_HrAddObjProps(data, (SPropTagArray *)&tags, &problems);
    ok(hr == S_OK && !problems, "HrAddObjProps: %#lx\n", hr);
    hr = IPropData_GetPropList(data, 0, &list);
    ok(hr == S_OK && list->cValues == 2 && list->aulPropTag[1] == tags.aulPropTag[0],
       "GetPropList: %#lx\n", hr);
    test_free(list);
    ok(!IPropData_Release(data), "object is left\n");
    ok(!blocks_out, "%ld blocks left\n", blocks_out);
}

static void test_names(void)
{
    static const GUID set_a = { 0x11111111, 0, 0, { 1 } }, set_b = { 0x22222222, 0, 0, { 2 } };
    MAPINAMEID a, b, c, *names[3] = { &a, &b, &c }, **got;
    SizedSPropTagArray(2, two);
    SPropTagArray *tags, *again;
    IPropData *data = create_prop_data();
    ULONG count;
    HRESULT hr;

    a.lpguid = (GUID *)&set_a;
    a.ulKind = MNID_ID;
    a.Kind.lID = 0x8005;
    b.lpguid = (GUID *)&set_a;
    b.ulKind = MNID_STRING;
    b.Kind.lpwstrName = (WCHAR *)L"Colour";
    c.lpguid = (GUID *)&set_b;
    c.ulKind = MNID_STRING;
    c.Kind.lpwstrName = (WCHAR *)L"Colour";

    hr = IPropData_GetIDsFromNames(data, 3, names, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no result: %#lx\n", hr);
    hr = IPropData_GetIDsFromNames(data, 0, NULL, MAPI_CREATE, &tags);
    ok(hr == MAPI_E_INVALID_PARAMETER && !tags, "no names to create: %#lx\n", hr);
    hr = IPropData_GetIDsFromNames(data, 3, names, 1, &tags);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !tags, "flags: %#lx\n", hr);
    hr = IPropData_GetIDsFromNames(data, 3, names, 0, &tags);
    ok(hr == MAPI_W_ERRORS_RETURNED && tags->cValues == 3
           && tags->aulPropTag[0] == PROP_TAG(PT_ERROR, 0),
       "unknown names: %#lx\n", hr);
    test_free(tags);
    hr = IPropData_GetIDsFromNames(data, 3, names, MAPI_CREATE, &tags);
    ok(hr == S_OK && tags->cValues == 3, "GetIDsFromNames: %#lx\n", hr);
    ok(PROP_ID(tags->aulPropTag[0]) >= 0x8000 && PROP_TYPE(tags->aulPropTag[0]) == PT_UNSPECIFIED,
       "got %#lx\n", tags->aulPropTag[0]);
    ok(tags->aulPropTag[1] != tags->aulPropTag[2] && tags->aulPropTag[0] != tags->aulPropTag[1],
       "ids meet\n");
    hr = IPropData_GetIDsFromNames(data, 3, names, 0, &again);
    ok(hr == S_OK && !memcmp(tags->aulPropTag, again->aulPropTag, 3 * sizeof(ULONG)),
       "other ids: %#lx\n", hr);
    test_free(again);

    hr = IPropData_GetNamesFromIDs(data, NULL, NULL, 0, &count, &got);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no tags: %#lx\n", hr);
    hr = IPropData_GetNamesFromIDs(data, &tags, NULL, 4, &count, &got);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "flags: %#lx\n", hr);
    hr = IPropData_GetNamesFromIDs(data, &tags, NULL, 0, &count, &got);
    ok(hr == S_OK && count == 3, "GetNamesFromIDs: %#lx\n", hr);
    ok(got[0]->ulKind == MNID_ID && got[0]->Kind.lID == 0x8005
           && IsEqualGUID(got[0]->lpguid, &set_a),
       "wrong name\n");
    ok(got[2]->ulKind == MNID_STRING && !lstrcmpW(got[2]->Kind.lpwstrName, L"Colour") &&
       IsEqualGUID(got[2]->lpguid, &set_b), "wrong name\n");
    test_free(got);
    two.cValues = 2;
    two.aulPropTag[0] = tags->aulPropTag[1];
    two.aulPropTag[1] = PROP_TAG(PT_LONG, 0x9000);
    test_free(tags);
    tags = (SPropTagArray *)&two;
    hr = IPropData_GetNamesFromIDs(data, &tags, NULL, 0, &count, &got);
    ok(hr == MAPI_W_ERRORS_RETURNED && count == 2 && got[0] && !got[1], "GetNamesFromIDs: %#lx\n",
       hr);
    test_free(got);
    tags = NULL;
    hr = IPropData_GetNamesFromIDs(data, &tags, NULL, 0, &count, &got);
    ok(hr == S_OK && count == 3 && tags && tags->cValues == 3, "all names: %#lx\n", hr);
    test_free(got);
    test_free(tags);
    tags = NULL;
    hr = IPropData_GetNamesFromIDs(data, &tags, (GUID *)&set_a, MAPI_NO_IDS, &count, &got);
    ok(hr == S_OK && count == 1 && got[0]->ulKind == MNID_STRING, "strings of a set: %#lx %lu\n",
       hr, count);
    test_free(got);
    test_free(tags);
    tags = NULL;
    hr = IPropData_GetNamesFromIDs(data, &tags, NULL, MAPI_NO_IDS | MAPI_NO_STRINGS, &count, &got);
    ok(hr == S_OK && !count && !got && tags && !tags->cValues, "no kind of name: %#lx\n", hr);
    test_free(tags);

    /* all ids there are, in the range of named properties */
    hr = IPropData_GetIDsFromNames(data, 1, NULL, 0, &tags);
    ok(hr == MAPI_E_INVALID_PARAMETER && !tags, "a count of nothing: %#lx\n", hr);
    hr = IPropData_GetIDsFromNames(data, 0, NULL, 0, &tags);
    ok(hr == S_OK && tags->cValues == 3, "all ids: %#lx\n", hr);
    for (count = 0; count < tags->cValues; count++)
        ok(PROP_ID(tags->aulPropTag[count]) >= 0x8000 && PROP_ID(tags->aulPropTag[count]) <= 0xfffe,
           "got %#lx\n", tags->aulPropTag[count]);
    test_free(tags);

    /* names that are none */
    a.ulKind = 2;
    hr = IPropData_GetIDsFromNames(data, 1, names, MAPI_CREATE, &tags);
    ok(hr == MAPI_E_INVALID_PARAMETER && !tags, "unknown kind: %#lx\n", hr);
    a.ulKind = MNID_ID;
    a.lpguid = NULL;
    hr = IPropData_GetIDsFromNames(data, 1, names, MAPI_CREATE, &tags);
    ok(hr == MAPI_E_INVALID_PARAMETER && !tags, "no set: %#lx\n", hr);
    names[0] = NULL;
    hr = IPropData_GetIDsFromNames(data, 1, names, MAPI_CREATE, &tags);
    ok(hr == MAPI_E_INVALID_PARAMETER && !tags, "no name: %#lx\n", hr);

    /* the properties that MAPI defines have their own numbers for names */
    names[0] = &a;
    a.lpguid = (GUID *)&PS_MAPI;
    a.Kind.lID = PROP_ID(PR_SUBJECT);
    hr = IPropData_GetIDsFromNames(data, 1, names, MAPI_CREATE, &tags);
    ok(hr == S_OK && PROP_ID(tags->aulPropTag[0]) == PROP_ID(PR_SUBJECT), "PS_MAPI: %#lx\n", hr);
    test_free(tags);
    a.Kind.lID = 0x8000;
    hr = IPropData_GetIDsFromNames(data, 1, names, MAPI_CREATE, &tags);
    ok(hr == MAPI_W_ERRORS_RETURNED && tags->aulPropTag[0] == PROP_TAG(PT_ERROR, 0),
       "beyond its range: %#lx\n", hr);
    test_free(tags);
    hr = IPropData_GetIDsFromNames(data, 0, NULL, 0, &tags);
    ok(hr == S_OK && tags->cValues == 3, "PS_MAPI took an id: %#lx\n", hr);
    test_free(tags);
    ok(!IPropData_Release(data), "object is left\n");
    ok(!blocks_out, "%ld blocks left\n", blocks_out);
}

static void test_copy(void)
{
    static const GUID set = { 0x33333333, 0, 0, { 3 } };
    SizedSPropTagArray(2, tags) = { 2, { PR_IMPORTANCE, PR_ENTRYID } };
    SPropTagArray *two = (SPropTagArray *)&tags, *ids, *list;
    IPropData *src = create_prop_data(), *dst = create_prop_data();
    MAPINAMEID name, other, *names = &name, *others = &other;
    SPropProblemArray *problems;
    SPropValue *got;
    ULONG tag, count;
    HRESULT hr;

    set_long(src, PR_IMPORTANCE, 1);
    set_long(src, PR_PRIORITY, 2);
    set_string(src, PR_SUBJECT_A, "subject");
    set_long(dst, PR_PRIORITY, 20);

    /* bad arguments */
    hr = IPropData_CopyTo(src, 0, NULL, NULL, 0, NULL, NULL, dst, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no interface: %#lx\n", hr);
    hr = IPropData_CopyTo(src, 0, NULL, NULL, 0, NULL, &IID_IMAPIProp, NULL, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no destination: %#lx\n", hr);
    hr = IPropData_CopyTo(src, 0, NULL, NULL, 0, NULL, &IID_IMAPITable, dst, 0, NULL);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED, "other interface: %#lx\n", hr);
    hr = IPropData_CopyTo(src, 0, NULL, NULL, 0, NULL, &IID_IMAPIProp, src, 0, NULL);
    ok(hr == MAPI_E_NO_ACCESS, "on itself: %#lx\n", hr);
    hr = IPropData_CopyTo(src, 1, &IID_IMAPIProp, NULL, 0, NULL, &IID_IMAPIProp, dst, 0, NULL);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED, "nothing left: %#lx\n", hr);
    hr = IPropData_CopyTo(src, 0, NULL, NULL, 0, NULL, &IID_IMAPIProp, dst, 0x100, NULL);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "flags: %#lx\n", hr);
    tags.cValues = 0;
    hr = IPropData_CopyTo(src, 0, NULL, two, 0, NULL, &IID_IMAPIProp, dst, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "empty list: %#lx\n", hr);
    hr = IPropData_CopyProps(src, two, 0, NULL, &IID_IMAPIProp, dst, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "empty list: %#lx\n", hr);
    hr = IPropData_CopyProps(src, NULL, 0, NULL, &IID_IMAPIProp, dst, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no list: %#lx\n", hr);
    tags.cValues = 2;

    /* everything but what is excluded, by id */
    tags.aulPropTag[0] = PROP_TAG(PT_UNSPECIFIED, PROP_ID(PR_IMPORTANCE));
    hr = IPropData_CopyTo(src, 0, NULL, two, 0, NULL, &IID_IMAPIPropData, dst, 0, &problems);
    ok(hr == S_OK && !problems, "CopyTo: %#lx\n", hr);
    check_missing(dst, PR_IMPORTANCE);
    check_long(dst, PR_PRIORITY, 2);
    hr = IPropData_GetProps(dst, NULL, 0, &count, &got);
    ok(hr == S_OK && count == 2, "GetProps: %#lx %lu\n", hr, count);
    test_free(got);

    /* what is there already may stay */
    set_long(dst, PR_PRIORITY, 20);
    hr = IPropData_CopyTo(src, 0, NULL, NULL, 0, NULL, &IID_IMAPIProp, dst, MAPI_NOREPLACE,
                          &problems);
    ok(hr == S_OK && !problems, "CopyTo: %#lx\n", hr);
    check_long(dst, PR_PRIORITY, 20);
    check_long(dst, PR_IMPORTANCE, 1);

    /* some of them, one of which is not there */
    tags.aulPropTag[0] = PR_IMPORTANCE;
    set_long(src, PR_IMPORTANCE, 7);
    hr = IPropData_CopyProps(src, two, 0, NULL, &IID_IMAPIProp, dst, MAPI_MOVE, &problems);
    ok(hr == S_OK && problems && problems->cProblem == 1 && problems->aProblem[0].ulIndex == 1
           && problems->aProblem[0].ulPropTag == PR_ENTRYID
           && problems->aProblem[0].scode == MAPI_E_NOT_FOUND,
       "CopyProps: %#lx\n", hr);
    test_free(problems);
    check_long(dst, PR_IMPORTANCE, 7);
    check_missing(src, PR_IMPORTANCE);

    /* names are kept where the ids differ */
    name.lpguid = other.lpguid = (GUID *)&set;
    name.ulKind = other.ulKind = MNID_STRING;
    name.Kind.lpwstrName = (WCHAR *)L"wanted";
    other.Kind.lpwstrName = (WCHAR *)L"other";
    hr = IPropData_GetIDsFromNames(dst, 1, &others, MAPI_CREATE, &ids);
    ok(hr == S_OK, "GetIDsFromNames: %#lx\n", hr);
    test_free(ids);
    hr = IPropData_GetIDsFromNames(src, 1, &names, MAPI_CREATE, &ids);
    ok(hr == S_OK, "GetIDsFromNames: %#lx\n", hr);
    tag = PROP_TAG(PT_LONG, PROP_ID(ids->aulPropTag[0]));
    test_free(ids);
    set_long(src, tag, 77);
    hr = IPropData_CopyTo(src, 0, NULL, NULL, 0, NULL, &IID_IMAPIProp, dst, 0, &problems);
    ok(hr == S_OK && !problems, "CopyTo: %#lx\n", hr);
    hr = IPropData_GetIDsFromNames(dst, 1, &names, 0, &ids);
    ok(hr == S_OK && PROP_ID(ids->aulPropTag[0]) != PROP_ID(tag), "GetIDsFromNames: %#lx\n", hr);
    check_long(dst, PROP_TAG(PT_LONG, PROP_ID(ids->aulPropTag[0])), 77);
    check_missing(dst, tag);
    test_free(ids);

    /* what the destination refuses is a problem, not an error */
    tags.cValues = 1;
    tags.aulPropTag[0] = PR_PRIORITY;
    {
        ULONG access = IPROP_READONLY | IPROP_CLEAN;

        IPropData_HrSetPropAccess(dst, two, &access);
    }
    hr = IPropData_CopyTo(src, 0, NULL, NULL, 0, NULL, &IID_IMAPIProp, dst, MAPI_MOVE, &problems);
    ok(hr == S_OK && problems && problems->cProblem == 1
           && problems->aProblem[0].ulPropTag == PR_PRIORITY
           && problems->aProblem[0].scode == MAPI_E_NO_ACCESS,
       "CopyTo: %#lx\n", hr);
    test_free(problems);
    hr = IPropData_GetPropList(src, 0, &list);
    ok(hr == S_OK && list->cValues == 1 && list->aulPropTag[0] == PR_PRIORITY,
       "GetPropList: %#lx\n", hr);
    test_free(list);

    ok(!IPropData_Release(src), "object is left\n");
    ok(!IPropData_Release(dst), "object is left\n");
    ok(!blocks_out, "%ld blocks left\n", blocks_out);
}

START_TEST(propdata)
{
    test_CreateIProp();
    test_props();
    test_access();
    test_names();
    test_copy();
}
