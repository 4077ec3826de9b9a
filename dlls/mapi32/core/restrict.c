/*
 * Restrictions: checked, copied and matched
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
 * A restriction comes from a client and is a tree of pointers and counts: restriction_check walks
 * it first, at most RESTRICTION_MAX_DEPTH deep and RESTRICTION_MAX_NODES wide, and everything else
 * here requires a tree that passed. restriction_copy puts a whole tree into one block.
 *
 * Matching: a property that is missing, or whose value is an error, fails every test, NE included.
 * Strings of either width match each other. Where the tag is multi-valued and the constant is not,
 * any one of the values will do, with or without MV_INSTANCE; two multi-valued properties are
 * compared value by value. Comments and annotations stand for what they annotate. Sub-objects are
 * the caller's.
 */

#include <assert.h>
#include <string.h>

#include "core/core.h"

#define RESTRICTION_MAX_NODES 65536
/* Values up to this size change width on the stack. */
#define CONVERT_ON_STACK 512

static BOOL is_string_type(ULONG type)
{
    return type == PT_STRING8 || type == PT_UNICODE;
}

static BOOL types_match(ULONG a, ULONG b)
{
    return prop_types_bridge(a & ~MV_INSTANCE, b & ~MV_INSTANCE);
}

/* Is a constant of this type comparable with a property of that tag? */
static BOOL constant_fits(ULONG tag, const SPropValue *constant)
{
    ULONG type = PROP_TYPE(tag) & ~MV_INSTANCE, constant_type = PROP_TYPE(constant->ulPropTag);

    if (type == PT_UNSPECIFIED) return TRUE;
    if (PROP_TYPE(tag) & MV_INSTANCE) return types_match(type & ~MV_FLAG, constant_type);
    if (types_match(type, constant_type)) return TRUE;
    return (type & MV_FLAG) && types_match(type & ~MV_FLAG, constant_type);
}

static HRESULT check_constant(const SPropValue *constant)
{
    HRESULT hr;

    if (!constant) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = prop_value_check(constant)))
        return hr == MAPI_E_INVALID_TYPE ? MAPI_E_TOO_COMPLEX : MAPI_E_INVALID_PARAMETER;
    return S_OK;
}

static HRESULT check_content(const SContentRestriction *content)
{
    ULONG type;
    HRESULT hr;

    if (FAILED(hr = check_constant(content->lpProp))) return hr;
    switch (content->ulFuzzyLevel & 0xffff)
    {
    case FL_FULLSTRING:
    case FL_SUBSTRING:
    case FL_PREFIX:
        break;
    default:
        return MAPI_E_TOO_COMPLEX;
    }
    type = PROP_TYPE(content->lpProp->ulPropTag);
    if (!is_string_type(type) && type != PT_BINARY) return MAPI_E_TOO_COMPLEX;
    return constant_fits(content->ulPropTag, content->lpProp) ? S_OK : MAPI_E_TOO_COMPLEX;
}

static HRESULT check_property(const SPropertyRestriction *property)
{
    HRESULT hr;

    if (FAILED(hr = check_constant(property->lpProp))) return hr;
    if (property->relop > RELOP_RE) return MAPI_E_TOO_COMPLEX;
    if (property->relop == RELOP_RE && !is_string_type(PROP_TYPE(property->lpProp->ulPropTag)))
        return MAPI_E_TOO_COMPLEX;
    return constant_fits(property->ulPropTag, property->lpProp) ? S_OK : MAPI_E_TOO_COMPLEX;
}

static HRESULT check_compare(const SComparePropsRestriction *compare)
{
    ULONG type = PROP_TYPE(compare->ulPropTag1);

    if (compare->relop > RELOP_RE || !types_match(type, PROP_TYPE(compare->ulPropTag2)))
        return MAPI_E_TOO_COMPLEX;
    if (compare->relop == RELOP_RE && !is_string_type(type)) return MAPI_E_TOO_COMPLEX;
    return S_OK;
}

static HRESULT check_node(const SRestriction *res, ULONG depth, ULONG *nodes)
{
    HRESULT hr;
    ULONG i;

    if (!res) return MAPI_E_INVALID_PARAMETER;
    if (depth >= RESTRICTION_MAX_DEPTH || ++*nodes > RESTRICTION_MAX_NODES)
        return MAPI_E_TOO_COMPLEX;
    switch (res->rt)
    {
    case RES_AND:
    case RES_OR:
        /* Both lists lie alike in the union. */
        if (res->res.resAnd.cRes > RESTRICTION_MAX_NODES) return MAPI_E_TOO_COMPLEX;
        if (res->res.resAnd.cRes && !res->res.resAnd.lpRes) return MAPI_E_INVALID_PARAMETER;
        for (i = 0; i < res->res.resAnd.cRes; i++)
            if (FAILED(hr = check_node(&res->res.resAnd.lpRes[i], depth + 1, nodes))) return hr;
        return S_OK;
    case RES_NOT:
        return check_node(res->res.resNot.lpRes, depth + 1, nodes);
    case RES_CONTENT:
        return check_content(&res->res.resContent);
    case RES_PROPERTY:
        return check_property(&res->res.resProperty);
    case RES_COMPAREPROPS:
        return check_compare(&res->res.resCompareProps);
    case RES_BITMASK:
        if (res->res.resBitMask.relBMR > BMR_NEZ) return MAPI_E_TOO_COMPLEX;
        return PROP_TYPE(res->res.resBitMask.ulPropTag) == PT_LONG ? S_OK : MAPI_E_TOO_COMPLEX;
    case RES_SIZE:
        return res->res.resSize.relop < RELOP_RE ? S_OK : MAPI_E_TOO_COMPLEX;
    case RES_EXIST:
        return S_OK;
    case RES_SUBRESTRICTION:
        if (res->res.resSub.ulSubObject != PR_MESSAGE_RECIPIENTS &&
            res->res.resSub.ulSubObject != PR_MESSAGE_ATTACHMENTS)
            return MAPI_E_TOO_COMPLEX;
        return check_node(res->res.resSub.lpRes, depth + 1, nodes);
    case RES_COMMENT:
    case RES_ANNOTATION:
        /* Alike as well. What is only said about a restriction may stand for none. */
        if (res->res.resComment.cValues > RESTRICTION_MAX_NODES) return MAPI_E_TOO_COMPLEX;
        if (res->res.resComment.cValues && !res->res.resComment.lpProp)
            return MAPI_E_INVALID_PARAMETER;
        for (i = 0; i < res->res.resComment.cValues; i++)
            if (FAILED(hr = check_constant(&res->res.resComment.lpProp[i]))) return hr;
        if (!res->res.resComment.lpRes) return S_OK;
        return check_node(res->res.resComment.lpRes, depth + 1, nodes);
    case RES_COUNT:
        return check_node(res->res.resCount.lpRes, depth + 1, nodes);
    default:
        return MAPI_E_TOO_COMPLEX;
    }
}

HRESULT restriction_check(const SRestriction *restriction)
{
    ULONG nodes = 0;

    return check_node(restriction, 0, &nodes);
}

/* The nodes right below one, whatever its kind. */
static ULONG children_of(const SRestriction *res, const SRestriction **children)
{
    switch (res->rt)
    {
    case RES_AND:
    case RES_OR:
        *children = res->res.resAnd.lpRes;
        return res->res.resAnd.cRes;
    case RES_NOT:
        *children = res->res.resNot.lpRes;
        return 1;
    case RES_SUBRESTRICTION:
        *children = res->res.resSub.lpRes;
        return 1;
    case RES_COMMENT:
    case RES_ANNOTATION:
        *children = res->res.resComment.lpRes;
        return *children ? 1 : 0;
    case RES_COUNT:
        *children = res->res.resCount.lpRes;
        return 1;
    default:
        *children = NULL;
        return 0;
    }
}

/* The values that belong to a node. */
static ULONG values_of(const SRestriction *res, const SPropValue **values)
{
    switch (res->rt)
    {
    case RES_CONTENT:
        *values = res->res.resContent.lpProp;
        return 1;
    case RES_PROPERTY:
        *values = res->res.resProperty.lpProp;
        return 1;
    case RES_COMMENT:
    case RES_ANNOTATION:
        *values = res->res.resComment.lpProp;
        return res->res.resComment.cValues;
    default:
        *values = NULL;
        return 0;
    }
}

static void set_children(SRestriction *res, SRestriction *children)
{
    switch (res->rt)
    {
    case RES_AND:
    case RES_OR:
        res->res.resAnd.lpRes = children;
        break;
    case RES_NOT:
        res->res.resNot.lpRes = children;
        break;
    case RES_SUBRESTRICTION:
        res->res.resSub.lpRes = children;
        break;
    case RES_COMMENT:
    case RES_ANNOTATION:
        res->res.resComment.lpRes = children;
        break;
    case RES_COUNT:
        res->res.resCount.lpRes = children;
        break;
    }
}

static void set_values(SRestriction *res, SPropValue *values)
{
    switch (res->rt)
    {
    case RES_CONTENT:
        res->res.resContent.lpProp = values;
        break;
    case RES_PROPERTY:
        res->res.resProperty.lpProp = values;
        break;
    case RES_COMMENT:
    case RES_ANNOTATION:
        res->res.resComment.lpProp = values;
        break;
    }
}

BOOL restriction_uses(const SRestriction *restriction, ULONG kind)
{
    const SRestriction *children;
    ULONG count, i;

    if (restriction->rt == kind) return TRUE;
    count = children_of(restriction, &children);
    for (i = 0; i < count; i++)
        if (restriction_uses(&children[i], kind)) return TRUE;
    return FALSE;
}

/* Arrays of structures start at multiples of 8. */
static size_t array_size(size_t count, size_t size)
{
    return (count * size + 7) & ~(size_t)7;
}

/* What a node needs besides its own SRestriction. */
static size_t copy_size(const SRestriction *res)
{
    const SRestriction *children;
    const SPropValue *values;
    ULONG count, i;
    size_t size = 0;

    count = values_of(res, &values);
    size = pack_add(size, array_size(count, sizeof(*values)));
    for (i = 0; i < count; i++)
        size = pack_add(size, prop_pack_size(&values[i], PROP_TYPE(values[i].ulPropTag)));
    count = children_of(res, &children);
    size = pack_add(size, array_size(count, sizeof(*children)));
    for (i = 0; i < count; i++) size = pack_add(size, copy_size(&children[i]));
    return size;
}

static BYTE *copy_node(SRestriction *dst, const SRestriction *src, BYTE *mem)
{
    const SRestriction *children;
    const SPropValue *values;
    SPropValue *new_values;
    SRestriction *new_children;
    ULONG count, i;

    *dst = *src;
    if ((count = values_of(src, &values)))
    {
        new_values = (SPropValue *)mem;
        mem += array_size(count, sizeof(*values));
        for (i = 0; i < count; i++)
            mem = prop_pack(&new_values[i], values[i].ulPropTag, &values[i], mem);
        set_values(dst, new_values);
    }
    if ((count = children_of(src, &children)))
    {
        new_children = (SRestriction *)mem;
        mem += array_size(count, sizeof(*children));
        for (i = 0; i < count; i++) mem = copy_node(&new_children[i], &children[i], mem);
        set_children(dst, new_children);
    }
    return mem;
}

HRESULT restriction_copy(const struct mapi_allocators *allocators, const SRestriction *src,
                         SRestriction **ret)
{
    SRestriction *copy;
    size_t size;
    HRESULT hr;
    BYTE *end;

    *ret = NULL;
    if (FAILED(hr = restriction_check(src))) return hr;
    size = pack_add(array_size(1, sizeof(*copy)), copy_size(src));
    if (size > 0x7fffffff) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(allocators->allocate(size, (void **)&copy))) return MAPI_E_NOT_ENOUGH_MEMORY;
    end = copy_node(copy, src, (BYTE *)copy + array_size(1, sizeof(*copy)));
    assert(end == (BYTE *)copy + size);
    *ret = copy;
    return S_OK;
}

/* What a match looks at. */
struct matching
{
    ULONG count;
    const SPropValue *props;
    restriction_sub_match sub;
    void *context;
    BOOL *no_memory;    /* set when it is short: the answer means nothing then; NULL is fine */
};

/* The property a tag of a restriction means, NULL when the row has none of a type that fits. */
static const SPropValue *find_value(const struct matching *match, ULONG tag)
{
    ULONG type = PROP_TYPE(tag) & ~MV_INSTANCE, i, found;

    for (i = 0; i < match->count; i++)
    {
        if (PROP_ID(match->props[i].ulPropTag) != PROP_ID(tag)) continue;
        found = PROP_TYPE(match->props[i].ulPropTag);
        if (found == PT_ERROR || found == PT_NULL) return NULL;
        if (type == PT_UNSPECIFIED || prop_types_bridge(found, type)) return &match->props[i];
        /* A view that shows one value a row has a single value where the tag says many. */
        if ((PROP_TYPE(tag) & MV_INSTANCE) && prop_types_bridge(found, type & ~MV_FLAG))
            return &match->props[i];
        return NULL;
    }
    return NULL;
}

BOOL prop_element(const SPropValue *prop, ULONG index, SPropValue *element)
{
    ULONG type = PROP_TYPE(prop->ulPropTag);

    if (!(type & MV_FLAG) || index >= prop->Value.MVl.cValues) return FALSE;
    memset(element, 0, sizeof(*element));
    element->ulPropTag = CHANGE_PROP_TYPE(prop->ulPropTag, type & ~MV_FLAG);
    switch (type)
    {
    case PT_MV_I2:
        element->Value.i = prop->Value.MVi.lpi[index];
        return TRUE;
    case PT_MV_LONG:
        element->Value.l = prop->Value.MVl.lpl[index];
        return TRUE;
    case PT_MV_R4:
        element->Value.flt = prop->Value.MVflt.lpflt[index];
        return TRUE;
    case PT_MV_DOUBLE:
    case PT_MV_APPTIME:
        element->Value.dbl = prop->Value.MVdbl.lpdbl[index];
        return TRUE;
    case PT_MV_CURRENCY:
    case PT_MV_I8:
    case PT_MV_SYSTIME:
        element->Value.li = prop->Value.MVli.lpli[index];
        return TRUE;
    case PT_MV_STRING8:
    case PT_MV_UNICODE:
        element->Value.lpszA = prop->Value.MVszA.lppszA[index];
        return TRUE;
    case PT_MV_BINARY:
        element->Value.bin = prop->Value.MVbin.lpbin[index];
        return TRUE;
    case PT_MV_CLSID:
        element->Value.lpguid = &prop->Value.MVguid.lpguid[index];
        return TRUE;
    default:
        return FALSE;
    }
}

/* How two values of one type, or strings of two widths, are tested against each other. */
struct value_test
{
    ULONG operation;    /* a RELOP_, or fuzzy level of a content restriction */
    BOOL content;
    BOOL *no_memory;
};

static BOOL test_same_type(const struct value_test *test, const SPropValue *value,
                           const SPropValue *constant)
{
    if (test->content) return prop_contains(value, constant, test->operation, test->no_memory);
    return prop_relop(value, test->operation, constant, test->no_memory);
}

/* Memory for a value that changes width: the room on the stack, or what it needs. */
static BOOL make_room(const struct value_test *test, size_t size, void *room, BYTE **mem)
{
    *mem = room;
    if (size == PACK_FAILED) return FALSE;
    if (size <= CONVERT_ON_STACK || (*mem = platform_alloc(size))) return TRUE;
    if (test->no_memory) *test->no_memory = TRUE;
    return FALSE;
}

static BOOL test_values(const struct value_test *test, const SPropValue *value,
                        const SPropValue *constant)
{
    ULONG type = PROP_TYPE(value->ulPropTag), constant_type = PROP_TYPE(constant->ulPropTag);
    LONGLONG room[CONVERT_ON_STACK / sizeof(LONGLONG)];
    SPropValue converted, element;
    BYTE *mem;
    size_t size;
    BOOL ret;
    ULONG i;

    if ((type & MV_FLAG) && !(constant_type & MV_FLAG))
    {
        for (i = 0; prop_element(value, i, &element); i++)
            if (test_values(test, &element, constant)) return TRUE;
        return FALSE;
    }
    if (type == constant_type) return test_same_type(test, value, constant);
    if (!prop_types_bridge(constant_type, type)) return FALSE;

    /* Comparing happens in Unicode, which loses nothing. */
    if ((type & ~MV_FLAG) == PT_UNICODE)
    {
        size = prop_pack_size(constant, type);
        if (!make_room(test, size, room, &mem)) return FALSE;
        prop_pack(&converted, CHANGE_PROP_TYPE(constant->ulPropTag, type), constant, mem);
        ret = test_same_type(test, value, &converted);
    }
    else
    {
        size = prop_pack_size(value, constant_type);
        if (!make_room(test, size, room, &mem)) return FALSE;
        prop_pack(&converted, CHANGE_PROP_TYPE(value->ulPropTag, constant_type), value, mem);
        ret = test_same_type(test, &converted, constant);
    }
    if (mem != (BYTE *)room) platform_free(mem);
    return ret;
}

static BOOL match_property(const struct matching *match, const SPropertyRestriction *property)
{
    const SPropValue *value = find_value(match, property->ulPropTag);
    struct value_test test;

    test.operation = property->relop;
    test.content = FALSE;
    test.no_memory = match->no_memory;
    return value && test_values(&test, value, property->lpProp);
}

static BOOL match_content(const struct matching *match, const SContentRestriction *content)
{
    const SPropValue *value = find_value(match, content->ulPropTag);
    struct value_test test;

    test.operation = content->ulFuzzyLevel;
    test.content = TRUE;
    test.no_memory = match->no_memory;
    return value && test_values(&test, value, content->lpProp);
}

static BOOL match_compare(const struct matching *match, const SComparePropsRestriction *compare)
{
    const SPropValue *a = find_value(match, compare->ulPropTag1),
                     *b = find_value(match, compare->ulPropTag2);
    struct value_test test;

    test.operation = compare->relop;
    test.content = FALSE;
    test.no_memory = match->no_memory;
    return a && b && test_values(&test, a, b);
}

static BOOL match_bitmask(const struct matching *match, const SBitMaskRestriction *mask)
{
    const SPropValue *value = find_value(match, mask->ulPropTag);

    if (!value) return FALSE;
    return !(value->Value.ul & mask->ulMask) == (mask->relBMR == BMR_EQZ);
}

static BOOL match_size(const struct matching *match, const SSizeRestriction *size)
{
    const SPropValue *value = find_value(match, size->ulPropTag);
    ULONG bytes;

    if (!value) return FALSE;
    bytes = UlPropSize((SPropValue *)value);
    switch (size->relop)
    {
    case RELOP_LT:
        return bytes < size->cb;
    case RELOP_LE:
        return bytes <= size->cb;
    case RELOP_GT:
        return bytes > size->cb;
    case RELOP_GE:
        return bytes >= size->cb;
    case RELOP_EQ:
        return bytes == size->cb;
    default:
        return bytes != size->cb;
    }
}

static BOOL match_node(const struct matching *match, const SRestriction *res)
{
    ULONG i;

    switch (res->rt)
    {
    case RES_AND:
        for (i = 0; i < res->res.resAnd.cRes; i++)
            if (!match_node(match, &res->res.resAnd.lpRes[i])) return FALSE;
        return TRUE;
    case RES_OR:
        for (i = 0; i < res->res.resOr.cRes; i++)
            if (match_node(match, &res->res.resOr.lpRes[i])) return TRUE;
        return FALSE;
    case RES_NOT:
        return !match_node(match, res->res.resNot.lpRes);
    case RES_CONTENT:
        return match_content(match, &res->res.resContent);
    case RES_PROPERTY:
        return match_property(match, &res->res.resProperty);
    case RES_COMPAREPROPS:
        return match_compare(match, &res->res.resCompareProps);
    case RES_BITMASK:
        return match_bitmask(match, &res->res.resBitMask);
    case RES_SIZE:
        return match_size(match, &res->res.resSize);
    case RES_EXIST:
        return find_value(match, res->res.resExist.ulPropTag) != NULL;
    case RES_SUBRESTRICTION:
        return match->sub
               && match->sub(match->context, res->res.resSub.ulSubObject, res->res.resSub.lpRes);
    case RES_COMMENT:
    case RES_ANNOTATION:
        return !res->res.resComment.lpRes || match_node(match, res->res.resComment.lpRes);
    case RES_COUNT:
        return res->res.resCount.ulCount && match_node(match, res->res.resCount.lpRes);
    default:
        return FALSE;
    }
}

BOOL restriction_match_object(const SRestriction *restriction, ULONG count, const SPropValue *props,
                              restriction_sub_match sub, void *context)
{
    struct matching match;

    match.count = count;
    match.props = props;
    match.sub = sub;
    match.context = context;
    match.no_memory = NULL;
    return match_node(&match, restriction);
}

HRESULT restriction_test(const SRestriction *restriction, ULONG count, const SPropValue *props,
                         BOOL *matches)
{
    BOOL no_memory = FALSE;
    struct matching match;

    match.count = count;
    match.props = props;
    match.sub = NULL;
    match.context = NULL;
    match.no_memory = &no_memory;
    *matches = match_node(&match, restriction);
    return no_memory ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

BOOL restriction_match(const SRestriction *restriction, ULONG count, const SPropValue *props)
{
    return restriction_match_object(restriction, count, props, NULL, NULL);
}
