/*
 * Tests: parameters of interface methods
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
 * The macros of mapival.h as a provider uses them: the parameters copied to an array, or, in 32-bit
 * code, left where the caller put them.
 */

#include <stdarg.h>
#include <stdlib.h>

#define COBJMACROS
#include "windef.h"
#include "winbase.h"
#include "objbase.h"
#include "mapix.h"
#include "mapiutil.h"
#include "wine/test.h"

/* their METHODS in mapival.h */
#define IUnknown_QueryInterface_METHOD    0
#define IUnknown_AddRef_METHOD            1
#define IMAPIProp_GetLastError_METHOD     3
#define IMAPIProp_GetProps_METHOD         5
#define IMAPIProp_SetProps_METHOD         8
#define IMAPIProp_DeleteProps_METHOD      9
#define IMAPIProp_CopyTo_METHOD           10
#define IMAPIProp_GetNamesFromIDs_METHOD  12
#define IMAPIProp_GetIDsFromNames_METHOD  13
#define IMAPITable_Advise_METHOD          15
#define IMAPITable_FindRow_METHOD         24
#define IMAPITable_SortTable_METHOD       28
#define IMAPITable_QueryRows_METHOD       30
#define IMAPITable_ExpandRow_METHOD       32
#define IMAPIContainer_OpenEntry_METHOD   39
#define IMAPIFolder_CopyMessages_METHOD   51
#define IMsgStore_CompareEntryIDs_METHOD  63
#define IMessage_ModifyRecipients_METHOD  79
#define IStream_Read_METHOD               126
#define IStream_Write_METHOD              127
#define IStream_Seek_METHOD               128
#define IStream_CopyTo_METHOD             130
#define IMAPIAdviseSink_OnNotify_METHOD   137
#define METHOD_COUNT                      138

#define BAD ((void *)0x10)
#define SLOTS 12

static HRESULT(WINAPI *pHrValidateParameters)(ULONG, void **);
static HRESULT(WINAPI *p__ValidateParameters)(ULONG, void *);
static HRESULT(WINAPI *p__CPPValidateParameters)(ULONG, void *);

/* What a parameter may be: a number, or what stands for a good pointer. */
enum kind { END, NUMBER, WIDE, SPACE, TEXT, OBJECT, TAGS, PROPS, NAMES, RESTRICTION, SORT, LIST, ROWS };

struct parameter
{
    enum kind kind;
    ULONG number;
    BOOL null;                  /* may be NULL */
};

static BYTE space[256];
static SPropValue props[2];
static MAPINAMEID name, *names[1] = { &name };
static SizedSPropTagArray(2, tags) = { 2, { PR_SUBJECT_W, PR_ENTRYID } };
static SizedSSortOrderSet(1, sort) = { 1, 0, 0, { { PR_SUBJECT_W, TABLE_SORT_ASCEND } } };
static SRestriction restriction;
static SBinary binary = { sizeof(space), space };
static ENTRYLIST list = { 1, &binary };
static SRowSet rows;

static void *good(enum kind kind, IUnknown *object)
{
    switch (kind)
    {
    case SPACE: return space;
    case TEXT: return (void *)"text";
    case OBJECT: return object;
    case TAGS: return &tags;
    case PROPS: return props;
    case NAMES: return names;
    case RESTRICTION: return &restriction;
    case SORT: return &sort;
    case LIST: return &list;
    case ROWS: return &rows;
    default: return NULL;
    }
}

static const struct
{
    ULONG method;
    struct parameter parameters[SLOTS];
}
tests[] =
{
    { IUnknown_QueryInterface_METHOD, { { SPACE }, { SPACE } } },
    { IUnknown_AddRef_METHOD },
    { IMAPIProp_GetLastError_METHOD, { { NUMBER, ~0u }, { NUMBER, 1 }, { SPACE } } },
    { IMAPIProp_GetProps_METHOD, { { TAGS, 0, TRUE }, { NUMBER, 7 }, { SPACE }, { SPACE } } },
    { IMAPIProp_SetProps_METHOD, { { NUMBER, 2 }, { PROPS }, { SPACE, 0, TRUE } } },
    { IMAPIProp_DeleteProps_METHOD, { { TAGS }, { SPACE, 0, TRUE } } },
    { IMAPIProp_CopyTo_METHOD, { { NUMBER, 3 }, { SPACE }, { TAGS, 0, TRUE }, { NUMBER, 5 },
                                 { OBJECT, 0, TRUE }, { SPACE, 0, TRUE }, { OBJECT }, { NUMBER },
                                 { SPACE, 0, TRUE } } },
    { IMAPIProp_GetNamesFromIDs_METHOD, { { SPACE }, { SPACE, 0, TRUE }, { NUMBER }, { SPACE },
                                          { SPACE } } },
    { IMAPIProp_GetIDsFromNames_METHOD, { { NUMBER, 1 }, { NAMES }, { NUMBER }, { SPACE } } },
    { IMAPITable_Advise_METHOD, { { NUMBER, 1 }, { OBJECT }, { SPACE } } },
    { IMAPITable_FindRow_METHOD, { { RESTRICTION }, { NUMBER, 1 }, { NUMBER } } },
    { IMAPITable_SortTable_METHOD, { { SORT, 0, TRUE }, { NUMBER } } },
    { IMAPITable_QueryRows_METHOD, { { NUMBER, ~0u }, { NUMBER }, { SPACE } } },
    { IMAPITable_ExpandRow_METHOD, { { NUMBER, 16 }, { SPACE }, { NUMBER, 9 }, { NUMBER }, { SPACE },
                                     { SPACE } } },
    { IMAPIContainer_OpenEntry_METHOD, { { NUMBER, 100 }, { SPACE }, { SPACE, 0, TRUE }, { NUMBER },
                                         { SPACE }, { SPACE } } },
    { IMAPIFolder_CopyMessages_METHOD, { { LIST }, { SPACE, 0, TRUE }, { OBJECT }, { NUMBER, 7 },
                                         { OBJECT, 0, TRUE }, { NUMBER } } },
    { IMsgStore_CompareEntryIDs_METHOD, { { NUMBER, 40 }, { SPACE }, { NUMBER, 50 }, { SPACE }, { NUMBER },
                                          { SPACE } } },
    { IMessage_ModifyRecipients_METHOD, { { NUMBER, 2 }, { ROWS, 0, TRUE } } },
    { IStream_Read_METHOD, { { SPACE }, { NUMBER, 200 }, { SPACE, 0, TRUE } } },
    { IStream_Write_METHOD, { { SPACE }, { NUMBER, 200 }, { SPACE, 0, TRUE } } },
    { IStream_Seek_METHOD, { { WIDE, 100 }, { NUMBER, 1 }, { SPACE, 0, TRUE } } },
    { IStream_CopyTo_METHOD, { { OBJECT }, { WIDE, 100 }, { SPACE, 0, TRUE }, { SPACE, 0, TRUE } } },
    { IMAPIAdviseSink_OnNotify_METHOD, { { NUMBER, 1 }, { SPACE } } },
};

/* Parameter k of test i takes the value of a pointer instead; k none: all are good. */
static void check(unsigned int i, unsigned int k, void *value, HRESULT expected, IUnknown *object)
{
    void *slots[SLOTS * 2 + 1], **slot = slots + 1;
    unsigned int j;
    HRESULT hr;

    slots[0] = object;
    for (j = 0; j < SLOTS && tests[i].parameters[j].kind; j++)
    {
        const struct parameter *parameter = &tests[i].parameters[j];

        if (parameter->kind == WIDE)
        {
            memset(slot, 0x7f, sizeof(ULONGLONG));
            slot += sizeof(ULONGLONG) / sizeof(*slot);
        }
        else if (parameter->kind == NUMBER)
        {
            /* a ULONG's slot has anything above it */
            *(ULONGLONG *)space = 0x1234567800000000 | parameter->number;
            memcpy(slot++, space, sizeof(*slot));
            memset(space, 0, sizeof(space));
        }
        else *slot++ = j == k ? value : good(parameter->kind, object);
    }
    hr = pHrValidateParameters(tests[i].method, slots + 1);
    ok(hr == expected, "method %lu, parameter %u %p: got %#lx\n", tests[i].method, k, value, hr);
#ifdef __i386__
    hr = p__CPPValidateParameters(tests[i].method, slots + 1);
    ok(hr == expected, "method %lu, parameter %u %p: got %#lx\n", tests[i].method, k, value, hr);
    hr = p__ValidateParameters(tests[i].method, slots);
    ok(hr == expected, "method %lu, parameter %u %p: got %#lx\n", tests[i].method, k, value, hr);
#else
    hr = p__CPPValidateParameters(tests[i].method, slots + 1);
    ok(hr == S_OK, "method %lu: got %#lx\n", tests[i].method, hr);
    hr = p__ValidateParameters(tests[i].method, slots);
    ok(hr == S_OK, "method %lu: got %#lx\n", tests[i].method, hr);
#endif
}

static void test_methods(IUnknown *object)
{
    unsigned int i, j;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        check(i, SLOTS, NULL, S_OK, object);
        for (j = 0; j < SLOTS && tests[i].parameters[j].kind; j++)
        {
            const struct parameter *parameter = &tests[i].parameters[j];

            if (parameter->kind == NUMBER || parameter->kind == WIDE) continue;
            check(i, j, BAD, MAPI_E_CALL_FAILED, object);
            check(i, j, NULL, parameter->null ? S_OK : MAPI_E_CALL_FAILED, object);
        }
    }
}

/* What a structure holds counts, too. */
static void test_inside(void)
{
    void *slots[SLOTS] = { 0 };
    SizedSPropTagArray(1, long_tags) = { ~0u };
    SPropTagArray *pointer = (SPropTagArray *)&long_tags;

    slots[0] = (void *)(ULONG_PTR)2;
    slots[1] = props;
    ok(pHrValidateParameters(IMAPIProp_SetProps_METHOD, slots) == S_OK, "refused\n");
    props[1].ulPropTag = PR_SUBJECT_W;
    props[1].Value.lpszW = BAD;
    ok(pHrValidateParameters(IMAPIProp_SetProps_METHOD, slots) == MAPI_E_CALL_FAILED,
       "let through\n");
    props[1].ulPropTag = PROP_TAG(PT_LONG, 0x6802);
    slots[0] = (void *)(ULONG_PTR)~0u;
    ok(pHrValidateParameters(IMAPIProp_SetProps_METHOD, slots) == MAPI_E_CALL_FAILED,
       "let through\n");
    slots[0] = NULL;
    slots[1] = NULL;
    ok(pHrValidateParameters(IMAPIProp_SetProps_METHOD, slots) == S_OK, "refused\n");

    slots[0] = pointer;
    ok(pHrValidateParameters(IMAPIProp_DeleteProps_METHOD, slots) == MAPI_E_CALL_FAILED,
       "let through\n");
    slots[0] = &pointer;
    slots[3] = slots[4] = space;
    ok(pHrValidateParameters(IMAPIProp_GetNamesFromIDs_METHOD, slots) == MAPI_E_CALL_FAILED,
       "let through\n");
    pointer = NULL;
    ok(pHrValidateParameters(IMAPIProp_GetNamesFromIDs_METHOD, slots) == S_OK, "refused\n");

    restriction.rt = 0x99;
    slots[0] = &restriction;
    ok(pHrValidateParameters(IMAPITable_FindRow_METHOD, slots) == MAPI_E_CALL_FAILED,
       "let through\n");
    restriction.rt = RES_EXIST;
    ok(pHrValidateParameters(METHOD_COUNT, slots) == MAPI_E_CALL_FAILED, "no such method\n");
    ok(pHrValidateParameters(~0u, slots) == MAPI_E_CALL_FAILED, "no such method\n");
    ok(pHrValidateParameters(IMAPITable_FindRow_METHOD, NULL) == MAPI_E_CALL_FAILED,
       "no parameters\n");
    ok(pHrValidateParameters(IUnknown_AddRef_METHOD, NULL) == S_OK, "refused\n");
    ok(p__ValidateParameters(METHOD_COUNT, slots) == MAPI_E_CALL_FAILED, "no such method\n");
    ok(p__CPPValidateParameters(METHOD_COUNT, slots) == MAPI_E_CALL_FAILED, "no such method\n");
    ok(p__ValidateParameters(IMAPITable_FindRow_METHOD, NULL) == MAPI_E_CALL_FAILED,
       "no parameters\n");
}

/* Methods of a provider, in C and as C++ does it. */
static HRESULT WINAPI c_SetProps(IUnknown *iface, ULONG count, SPropValue *values,
                                 SPropProblemArray **problems)
{
    HRESULT hr = p__ValidateParameters(IMAPIProp_SetProps_METHOD, &iface);

    return FAILED(hr) ? hr : count + (values == props) + !problems;
}

static HRESULT WINAPI cpp_SetProps(IUnknown *iface, ULONG count, SPropValue *values,
                                   SPropProblemArray **problems)
{
    HRESULT hr = p__CPPValidateParameters(IMAPIProp_SetProps_METHOD, &count);

    return FAILED(hr) ? hr : count + (values == props) + !problems;
}

static void test_frames(IUnknown *object)
{
    HRESULT(WINAPI *volatile c)(IUnknown *, ULONG, SPropValue *, SPropProblemArray **) = c_SetProps;
    HRESULT(WINAPI *volatile cpp)
    (IUnknown *, ULONG, SPropValue *, SPropProblemArray **) = cpp_SetProps;

    ok(c(object, 2, props, NULL) == 4, "refused\n");
    ok(cpp(object, 2, props, NULL) == 4, "refused\n");
#ifdef __i386__
    ok(c(object, 2, NULL, NULL) == MAPI_E_CALL_FAILED, "let through\n");
    ok(cpp(object, 2, BAD, NULL) == MAPI_E_CALL_FAILED, "let through\n");
    ok(cpp(object, 2, props, BAD) == MAPI_E_CALL_FAILED, "let through\n");
#endif
}

START_TEST(validateparms)
{
    HMODULE mapi32 = GetModuleHandleA("mapi32.dll");
    IUnknown *object;

    pHrValidateParameters = (void *)GetProcAddress(mapi32, "HrValidateParameters@8");
    p__ValidateParameters = (void *)GetProcAddress(mapi32, "__ValidateParameters@8");
    p__CPPValidateParameters = (void *)GetProcAddress(mapi32, "__CPPValidateParameters@8");
    ok(pHrValidateParameters && p__ValidateParameters && p__CPPValidateParameters, "missing\n");
    props[0].ulPropTag = PROP_TAG(PT_LONG, 0x6801);
    props[1].ulPropTag = PROP_TAG(PT_LONG, 0x6802);
    name.lpguid = (GUID *)&IID_IUnknown;
    name.ulKind = MNID_ID;
    restriction.rt = RES_EXIST;
    restriction.res.resExist.ulPropTag = PR_SUBJECT_W;
    object = (IUnknown *)MAPIGetDefaultMalloc();
    test_methods(object);
    test_inside();
    test_frames(object);
}
