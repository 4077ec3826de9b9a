/*
 * Single properties of an object, references
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
 * The helpers around IMAPIProp get an object that answers at random, the same for both.
 */

#include "differential.h"

struct object
{
    IMAPIProp IMAPIProp_iface;
    LONG refs;
    const struct side *side;    /* whose memory it hands out */
    HRESULT hr;
    SPropValue prop;
    BOOL with_props;
    BOOL with_problems;
    SCODE problem;
    ULONG tag_count;
    const ULONG *tags;
    ULONG calls;
};

static struct object *object_from_iface(IMAPIProp *iface)
{
    return (struct object *)((BYTE *)iface - FIELD_OFFSET(struct object, IMAPIProp_iface));
}

static HRESULT WINAPI object_QueryInterface(IMAPIProp *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    return E_NOINTERFACE;
}

static ULONG WINAPI object_AddRef(IMAPIProp *iface)
{
    return ++object_from_iface(iface)->refs;
}

static ULONG WINAPI object_Release(IMAPIProp *iface)
{
    return --object_from_iface(iface)->refs;
}

static HRESULT WINAPI object_GetProps(IMAPIProp *iface, SPropTagArray *tags, ULONG flags,
                                      ULONG *count, SPropValue **props)
{
    struct object *object = object_from_iface(iface);

    object->calls++;
    *count = 0;
    *props = NULL;
    if (object->with_props)
    {
        object->side->allocate(sizeof(**props), (void **)props);
        **props = object->prop;
        *count = 1;
    }
    return object->hr;
}

static HRESULT WINAPI object_GetPropList(IMAPIProp *iface, ULONG flags, SPropTagArray **tags)
{
    struct object *object = object_from_iface(iface);

    object->calls++;
    *tags = NULL;
    if (FAILED(object->hr)) return object->hr;
    object->side->allocate(CbNewSPropTagArray(object->tag_count), (void **)tags);
    (*tags)->cValues = object->tag_count;
    memcpy((*tags)->aulPropTag, object->tags, object->tag_count * sizeof(ULONG));
    return S_OK;
}

static HRESULT WINAPI object_SetProps(IMAPIProp *iface, ULONG count, SPropValue *props,
                                      SPropProblemArray **problems)
{
    struct object *object = object_from_iface(iface);

    object->calls++;
    if (problems) *problems = NULL;
    if (problems && object->with_problems)
    {
        object->side->allocate(CbNewSPropProblemArray(1), (void **)problems);
        (*problems)->cProblem = 1;
        (*problems)->aProblem[0].ulIndex = 0;
        (*problems)->aProblem[0].ulPropTag = props->ulPropTag;
        (*problems)->aProblem[0].scode = object->problem;
    }
    return object->hr;
}

static const IMAPIPropVtbl object_vtbl =
{
    .QueryInterface = object_QueryInterface,
    .AddRef = object_AddRef,
    .Release = object_Release,
    .GetProps = object_GetProps,
    .GetPropList = object_GetPropList,
    .SetProps = object_SetProps
};

static void make_objects(struct object *a, struct object *b)
{
    static const HRESULT codes[] = { S_OK, S_OK, MAPI_W_ERRORS_RETURNED, MAPI_E_NO_ACCESS, MAPI_E_NOT_ENOUGH_MEMORY };
    ULONG i;
    ULONG *tags;

    memset(a, 0, sizeof(*a));
    a->IMAPIProp_iface.lpVtbl = (void *)&object_vtbl;
    a->refs = 1 + random_below(3);
    a->hr = codes[random_below(5)];
    random_prop(&a->prop, random_chance(60) ? PT_LONG : PT_ERROR, 0);
    if (PROP_TYPE(a->prop.ulPropTag) == PT_ERROR)
        a->prop.Value.err = random_chance(80) ? MAPI_E_NOT_FOUND : MAPI_E_NOT_ENOUGH_MEMORY;
    a->with_props = SUCCEEDED(a->hr);
    a->with_problems = random_chance(30);
    a->problem = MAPI_E_NO_ACCESS;
    a->tag_count = random_below(5);
    a->tags = tags = arena_alloc(5 * sizeof(ULONG));
    for (i = 0; i < 5; i++)
        tags[i] = PROP_TAG(random_chance(50) ? PT_LONG : PT_STRING8, 1 + random_below(3));
    *b = *a;
    a->side = &ours;
    b->side = &theirs;
    note_input(" object: %lx %08lx=%lx refs %ld problems %d tags", a->hr, a->prop.ulPropTag,
               a->prop.Value.l, a->refs, a->with_problems);
    for (i = 0; i < a->tag_count; i++) note_input(" %08lx", tags[i]);
}

static void get_one(const struct test *test)
{
    struct object a, b;
    SPropValue *a_prop = (void *)8, *b_prop = a_prop;
    struct outcome x, y;
    ULONG_PTR a_args[3] = { (ULONG_PTR)&a.IMAPIProp_iface, 0, (ULONG_PTR)&a_prop };
    ULONG_PTR b_args[3] = { (ULONG_PTR)&b.IMAPIProp_iface, 0, (ULONG_PTR)&b_prop };

    make_objects(&a, &b);
    a_args[1] = b_args[1] = a.prop.ulPropTag;
    if (!call_both(test, a_args, b_args, &x, &y)) return;
    if ((HRESULT)x.value != (HRESULT)y.value)
        differ(test, PROP_TYPE(a.prop.ulPropTag) == PT_ERROR ? "an error in place of the property" :
               a.hr == MAPI_W_ERRORS_RETURNED ? "a warning of the object" : "result",
               "ours %lx, Wine's %lx", (ULONG)x.value, (ULONG)y.value);
    if (SUCCEEDED((HRESULT)x.value) && !same_prop(a_prop, &a.prop))
        differ(test, "property of ours", "another");
    if (SUCCEEDED((HRESULT)x.value)) ours.free(a_prop);
    if (SUCCEEDED((HRESULT)y.value)) theirs.free(b_prop);
    if (a.refs != b.refs) differ(test, "references", "ours %ld, Wine's %ld", a.refs, b.refs);
}

static void set_one(const struct test *test)
{
    struct object a, b;
    struct outcome x, y;
    ULONG_PTR a_args[2] = { (ULONG_PTR)&a.IMAPIProp_iface, (ULONG_PTR)&a.prop };
    ULONG_PTR b_args[2] = { (ULONG_PTR)&b.IMAPIProp_iface, (ULONG_PTR)&b.prop };

    make_objects(&a, &b);
    if (!call_both(test, a_args, b_args, &x, &y)) return;
    if ((HRESULT)x.value == (HRESULT)y.value) return;
    differ(test,
           a.hr == MAPI_W_ERRORS_RETURNED ? "a warning of the object"
           : a.with_problems              ? "a problem with the property"
                                          : "result",
           "ours %lx, Wine's %lx", (ULONG)x.value, (ULONG)y.value);
}

static void exists(const struct test *test)
{
    struct object a, b;
    struct outcome x, y;
    ULONG_PTR a_args[2] = { (ULONG_PTR)&a.IMAPIProp_iface }, b_args[2] = { (ULONG_PTR)&b.IMAPIProp_iface };

    make_objects(&a, &b);
    a_args[1] = random_chance(60)
                    ? a.tags[random_below(5)]
                    : PROP_TAG(random_chance(50) ? PT_UNSPECIFIED : PT_UNICODE, random_below(4));
    b_args[1] = a_args[1];
    note_input(" tag=%08lx", (ULONG)a_args[1]);
    if (!call_both(test, a_args, b_args, &x, &y)) return;
    if (!(BOOL)x.value != !(BOOL)y.value)
        differ(test, PROP_TYPE(a_args[1]) == PT_UNSPECIFIED ? "PT_UNSPECIFIED" : "result",
               "ours %d, Wine's %d", (BOOL)x.value, (BOOL)y.value);
}

static void reference(const struct test *test)
{
    struct object a, b;
    struct outcome x, y;
    ULONG_PTR a_args[1] = { 0 }, b_args[1] = { 0 };

    make_objects(&a, &b);
    if (random_chance(95))
    {
        a_args[0] = (ULONG_PTR)&a.IMAPIProp_iface;
        b_args[0] = (ULONG_PTR)&b.IMAPIProp_iface;
    }
    if (!call_both(test, a_args, b_args, &x, &y)) return;
    if ((ULONG)x.value != (ULONG)y.value || a.refs != b.refs)
        differ(test, "result", "ours %lu, Wine's %lu", (ULONG)x.value, (ULONG)y.value);
}

const struct test object_tests[] =
{
    { "HrGetOneProp", 3, get_one },
    { "HrSetOneProp", 2, set_one },
    { "FPropExists", 2, exists },
    { "UlAddRef", 1, reference },
    { "UlRelease", 1, reference },
    { NULL }
};
