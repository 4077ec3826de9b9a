/*
 * Objects that both make: property data and the default allocator
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
 * A random sequence of calls on an IPropData of each side, with what each call returns compared.
 * The first difference ends the sequence, as the two objects may not be alike from there on.
 */

#define COBJMACROS
#include <initguid.h>
#include "differential.h"

#define STEPS 8

static IPropData *object[2];    /* ours, Wine's */
static ULONG object_access;
static BOOL read_only;          /* some property was made so, and Wine's sets it nevertheless */
static const struct side *const sides[2] = { &ours, &theirs };

static BOOL same_codes(const struct test *test, const char *method, const HRESULT *hr)
{
    char what[80];

    if (hr[0] == hr[1]) return TRUE;
    snprintf(what, sizeof(what), "%s, result", method);
    differ(test, what, "ours %lx, Wine's %lx", hr[0], hr[1]);
    return FALSE;
}

static BOOL same_problems(const struct test *test, const char *method, SPropProblemArray **problems)
{
    BOOL same = !problems[0] == !problems[1];
    char what[80];
    ULONG i;

    if (same && problems[0])
    {
        same = problems[0]->cProblem == problems[1]->cProblem;
        for (i = 0; same && i < problems[0]->cProblem; i++)
            same = problems[0]->aProblem[i].ulIndex == problems[1]->aProblem[i].ulIndex &&
                   problems[0]->aProblem[i].ulPropTag == problems[1]->aProblem[i].ulPropTag &&
                   problems[0]->aProblem[i].scode == problems[1]->aProblem[i].scode;
    }
    if (!same)
    {
        snprintf(what, sizeof(what), "%s, %s", method,
                 read_only ? "a read-only property" : "problems");
        differ(test, what, "ours %lu, Wine's %lu", problems[0] ? problems[0]->cProblem : 0,
               problems[1] ? problems[1]->cProblem : 0);
    }
    for (i = 0; i < 2; i++) sides[i]->free(problems[i]);
    return same;
}

/* Few tags, so that they meet. Each identifier has one type. */
static ULONG random_tag(void)
{
    static const ULONG types[] = { PT_LONG, PT_STRING8, PT_UNICODE, PT_BINARY, PT_MV_STRING8, PT_I8, PT_MV_LONG, PT_CLSID };
    const ULONG n = random_below(8);

    return PROP_TAG(types[n], 0x3001 + n);
}

static SPropTagArray *random_tags(BOOL unspecified)
{
    const ULONG count = 1 + random_below(4);
    SPropTagArray *tags = arena_alloc(CbNewSPropTagArray(count));
    ULONG i;

    tags->cValues = count;
    for (i = 0; i < count; i++)
    {
        tags->aulPropTag[i] = random_tag();
        if (unspecified && random_chance(10))
            tags->aulPropTag[i] = PROP_TAG(PT_UNSPECIFIED, PROP_ID(tags->aulPropTag[i]));
        note_input(" %08lx", tags->aulPropTag[i]);
    }
    return tags;
}

static BOOL set_props(const struct test *test)
{
    const ULONG count = 1 + random_below(3);
    SPropValue *props = arena_alloc(count * sizeof(*props));
    SPropProblemArray *problems[2] = { NULL };
    const BOOL with = random_chance(50);
    HRESULT hr[2];
    ULONG i;

    note_input(" SetProps(");
    for (i = 0; i < count; i++)
    {
        const ULONG tag = random_tag();

        do random_prop(&props[i], PROP_TYPE(tag), 0);
        while ((PROP_TYPE(tag) & MV_FLAG) && !props[i].Value.MVi.cValues);
        props[i].ulPropTag = tag;
        note_input(" %08lx", tag);
    }
    note_input(")");
    for (i = 0; i < 2; i++)
        hr[i] = IPropData_SetProps(object[i], count, props, with ? &problems[i] : NULL);
    if (hr[0] == MAPI_E_NO_ACCESS && hr[1] == S_OK && object_access == IPROP_READONLY)
    {
        differ(test, "SetProps, a read-only object", "ours %lx, Wine's %lx", hr[0], hr[1]);
        for (i = 0; i < 2; i++) sides[i]->free(problems[i]);
        return FALSE;
    }
    return same_codes(test, "SetProps", hr) && same_problems(test, "SetProps", problems);
}

static BOOL get_props(const struct test *test)
{
    SPropTagArray *tags;
    SPropValue *props[2] = { NULL };
    ULONG counts[2] = { 0 }, i;
    HRESULT hr[2];
    BOOL same;

    note_input(" GetProps(");
    tags = random_tags(FALSE);
    note_input(")");
    for (i = 0; i < 2; i++) hr[i] = IPropData_GetProps(object[i], tags, 0, &counts[i], &props[i]);
    same = same_codes(test, "GetProps", hr);
    if (same && SUCCEEDED(hr[0]))
    {
        same = counts[0] == counts[1];
        for (i = 0; same && i < counts[0]; i++)
        {
            const SPropValue *a = &props[0][i], *b = &props[1][i];

            if (same_prop(a, b)) continue;
            same = PROP_TYPE(a->ulPropTag) == PT_ERROR && a->ulPropTag == b->ulPropTag
                   && a->Value.err == MAPI_E_NOT_FOUND;
            differ(test,
                   same        ? "GetProps, an error without its code"
                   : read_only ? "GetProps, a read-only property"
                               : "GetProps, properties",
                   "ours %08lx=%lx, Wine's %08lx=%lx", a->ulPropTag, a->Value.l, b->ulPropTag,
                   b->Value.l);
        }
        if (counts[0] != counts[1])
            differ(test, "GetProps, count", "ours %lu, Wine's %lu", counts[0], counts[1]);
    }
    for (i = 0; i < 2; i++) sides[i]->free(props[i]);
    return same;
}

static int by_value(const void *a, const void *b)
{
    const ULONG x = *(const ULONG *)a, y = *(const ULONG *)b;

    return (x > y) - (x < y);
}

/* Are all of the one in the other, strings of either width being the same if loose? */
static BOOL includes(const SPropTagArray *all, const SPropTagArray *some, BOOL loose)
{
    ULONG i, k, a, b;

    for (i = 0; all && some && i < some->cValues; i++)
    {
        for (k = 0; k < all->cValues; k++)
        {
            a = all->aulPropTag[k];
            b = some->aulPropTag[i];
            if (loose && PROP_TYPE(a) == PT_UNICODE) a = CHANGE_PROP_TYPE(a, PT_STRING8);
            if (loose && PROP_TYPE(b) == PT_UNICODE) b = CHANGE_PROP_TYPE(b, PT_STRING8);
            if (a == b) break;
        }
        if (k == all->cValues) return FALSE;
    }
    return all && some;
}

/* The order of the list is nobody's promise. */
static BOOL same_tags(const struct test *test, const char *method, SPropTagArray **tags)
{
    BOOL same = !tags[0] == !tags[1] && (!tags[0] || tags[0]->cValues == tags[1]->cValues);
    const char *what_differs = read_only ? "a read-only property" : "tags";
    char what[80];
    ULONG i;

    for (i = 0; same && tags[0] && i < 2; i++)
        qsort(tags[i]->aulPropTag, tags[i]->cValues, sizeof(ULONG), by_value);
    if (same && tags[0])
        same = !memcmp(tags[0]->aulPropTag, tags[1]->aulPropTag, tags[0]->cValues * sizeof(ULONG));
    if (same) return TRUE;
    if (includes(tags[0], tags[1], TRUE) && includes(tags[1], tags[0], TRUE))
        what_differs = "width of strings";
    else if (includes(tags[0], tags[1], FALSE)) what_differs = "deleted properties";
    snprintf(what, sizeof(what), "%s, %s", method, what_differs);
    differ(test, what, "ours %lu, Wine's %lu", tags[0] ? tags[0]->cValues : 0,
           tags[1] ? tags[1]->cValues : 0);
    return FALSE;
}

static BOOL get_list(const struct test *test)
{
    SPropTagArray *tags[2] = { NULL };
    HRESULT hr[2];
    BOOL same;
    ULONG i;

    note_input(" GetPropList");
    for (i = 0; i < 2; i++) hr[i] = IPropData_GetPropList(object[i], 0, &tags[i]);
    same = same_codes(test, "GetPropList", hr)
           && (FAILED(hr[0]) || same_tags(test, "GetPropList", tags));
    for (i = 0; i < 2; i++) sides[i]->free(tags[i]);
    return same;
}

static BOOL delete_props(const struct test *test)
{
    SPropProblemArray *problems[2] = { NULL };
    const BOOL with = random_chance(50);
    SPropTagArray *tags;
    HRESULT hr[2];
    ULONG i;

    note_input(" DeleteProps(");
    tags = random_tags(FALSE);
    note_input(")");
    for (i = 0; i < 2; i++)
        hr[i] = IPropData_DeleteProps(object[i], tags, with ? &problems[i] : NULL);
    return same_codes(test, "DeleteProps", hr) && same_problems(test, "DeleteProps", problems);
}

static BOOL set_object_access(const struct test *test)
{
    const ULONG access = random_below(4);
    HRESULT hr[2];
    ULONG i;

    note_input(" HrSetObjAccess(%lx)", access);
    for (i = 0; i < 2; i++) hr[i] = IPropData_HrSetObjAccess(object[i], access);
    if (hr[0] == S_OK) object_access = access;
    return same_codes(test, "HrSetObjAccess", hr);
}

static BOOL set_access(const struct test *test)
{
    static const ULONG valid[] = { IPROP_READONLY | IPROP_CLEAN, IPROP_READONLY | IPROP_DIRTY,
                                   IPROP_READWRITE | IPROP_CLEAN, IPROP_READWRITE | IPROP_DIRTY };
    ULONG access[4], i;
    SPropTagArray *tags;
    HRESULT hr[2];

    note_input(" HrSetPropAccess(");
    tags = random_tags(FALSE);
    for (i = 0; i < 4; i++)
        access[i] = random_chance(95) ? valid[random_below(4)] : random_below(4);
    note_input(" %lx)", access[0]);
    for (i = 0; i < 2; i++) hr[i] = IPropData_HrSetPropAccess(object[i], tags, access);
    for (i = 0; i < tags->cValues; i++) if (access[i] & IPROP_READONLY) read_only = TRUE;
    return same_codes(test, "HrSetPropAccess", hr);
}

static BOOL get_access(const struct test *test)
{
    SPropTagArray *tags[2] = { NULL };
    ULONG *access[2] = { NULL }, i, sum[2] = { 0 }, k;
    HRESULT hr[2];
    BOOL same;

    note_input(" HrGetPropAccess");
    for (i = 0; i < 2; i++) hr[i] = IPropData_HrGetPropAccess(object[i], &tags[i], &access[i]);
    same = same_codes(test, "HrGetPropAccess", hr);
    if (same && SUCCEEDED(hr[0]))
    {
        /* Independent of the order: each access weighed by its tag. */
        for (i = 0; i < 2; i++)
            for (k = 0; tags[i] && k < tags[i]->cValues; k++)
                sum[i] += access[i][k] * (tags[i]->aulPropTag[k] | 1);
        same = same_tags(test, "HrGetPropAccess", tags);
        if (same && sum[0] != sum[1])
        {
            differ(test, "HrGetPropAccess, access", "ours %08lx=%lx, Wine's %08lx=%lx",
                   tags[0]->aulPropTag[0], access[0][0], tags[1]->aulPropTag[0], access[1][0]);
            same = FALSE;
        }
    }
    for (i = 0; i < 2; i++)
    {
        sides[i]->free(tags[i]);
        sides[i]->free(access[i]);
    }
    return same;
}

static void sequence(const struct test *test)
{
    static BOOL (*const methods[])(const struct test *) = { set_props, set_props, set_props, get_props, get_props, get_list,
                                                          delete_props, set_object_access, set_access, get_access };
    const ULONG steps = 1 + random_below(STEPS);
    ULONG i, references[2];
    SCODE code[2];

    object_access = IPROP_READWRITE;
    read_only = FALSE;
    for (i = 0; i < 2; i++)
    {
        SCODE(WINAPI * create)
        (const IID *, LPALLOCATEBUFFER, LPALLOCATEMORE, LPFREEBUFFER, void *,
         IPropData **) = i ? test->theirs : test->ours;

        code[i] = create(&IID_IMAPIPropData, sides[i]->allocate, sides[i]->more, sides[i]->free,
                         NULL, &object[i]);
    }
    if (code[0] || code[1])
    {
        differ(test, "result", "ours %lx, Wine's %lx", code[0], code[1]);
        return;
    }
    for (i = 0; i < steps && methods[random_below(sizeof(methods) / sizeof(methods[0]))](test); i++) { }
    for (i = 0; i < 2; i++) references[i] = IPropData_Release(object[i]);
    if (references[0] != references[1])
        differ(test, "references", "ours %lu, Wine's %lu", references[0], references[1]);
}

/* The allocator of each side does the same to a block of its own. */
static void allocator(const struct test *test)
{
    IMalloc *(WINAPI *get[2])(void) = { test->ours, test->theirs };
    const SIZE_T first = random_below(300), second = random_below(300);
    IMalloc *malloc;
    SIZE_T size[2][2];
    BYTE *block;
    int did[2];
    ULONG i, k, kept[2] = { 0 };

    note_input(" Alloc(%lu) Realloc(%lu)", (ULONG)first, (ULONG)second);
    for (i = 0; i < 2; i++)
    {
        malloc = get[i]();
        block = IMalloc_Alloc(malloc, first);
        size[i][0] = IMalloc_GetSize(malloc, block);
        did[i] = IMalloc_DidAlloc(malloc, block);
        memset(block, 0x5a, first);
        block = IMalloc_Realloc(malloc, block, second);
        size[i][1] = block ? IMalloc_GetSize(malloc, block) : 0;
        for (k = 0; k < min(first, second); k++) kept[i] += block[k] == 0x5a;
        IMalloc_HeapMinimize(malloc);
        IMalloc_Free(malloc, block);
        IMalloc_Release(malloc);
    }
    if (size[0][0] != size[1][0] || size[0][1] != size[1][1])
        differ(test, "size", "ours %lu %lu, Wine's %lu %lu", (ULONG)size[0][0], (ULONG)size[0][1],
               (ULONG)size[1][0], (ULONG)size[1][1]);
    if (did[0] != did[1]) differ(test, "DidAlloc", "ours %d, Wine's %d", did[0], did[1]);
    if (kept[0] != kept[1]) differ(test, "contents", "ours %lu, Wine's %lu", kept[0], kept[1]);
}

const struct test propdata_tests[] =
{
    { "CreateIProp", 6, sequence },
    { "MAPIGetDefaultMalloc", 0, allocator },
    { NULL }
};
