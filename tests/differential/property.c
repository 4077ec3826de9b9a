/*
 * Properties
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

#include "differential.h"

static size_t wide_size(const WCHAR *text)
{
    const WCHAR *end = text;

    while (*end) end++;
    return (end - text + 1) * sizeof(*text);
}

static size_t fixed_size(ULONG type)
{
    switch (type & ~MV_FLAG)
    {
    case PT_I2:
    case PT_BOOLEAN:
        return 2;
    case PT_LONG:
    case PT_R4:
    case PT_ERROR:
        return 4;
    case PT_DOUBLE:
    case PT_APPTIME:
    case PT_CURRENCY:
    case PT_SYSTIME:
    case PT_I8:
        return 8;
    case PT_CLSID:
        return sizeof(GUID);
    default:
        return 0;
    }
}

static BOOL same_bytes(const void *a, const void *b, size_t size)
{
    return !size || (a && b && !memcmp(a, b, size));
}

static BOOL same_binary(const SBinary *a, const SBinary *b)
{
    return a->cb == b->cb && same_bytes(a->lpb, b->lpb, a->cb);
}

BOOL same_prop(const SPropValue *a, const SPropValue *b)
{
    const ULONG type = PROP_TYPE(a->ulPropTag), count = a->Value.MVi.cValues;
    ULONG i;

    if (a->ulPropTag != b->ulPropTag) return FALSE;
    if ((type & MV_FLAG) && count != b->Value.MVi.cValues) return FALSE;

    switch (type)
    {
    case PT_STRING8:
        return !strcmp(a->Value.lpszA, b->Value.lpszA);
    case PT_UNICODE:
        return wide_size(a->Value.lpszW) == wide_size(b->Value.lpszW) &&
               same_bytes(a->Value.lpszW, b->Value.lpszW, wide_size(a->Value.lpszW));
    case PT_BINARY:
        return same_binary(&a->Value.bin, &b->Value.bin);
    case PT_CLSID:
        return same_bytes(a->Value.lpguid, b->Value.lpguid, sizeof(GUID));
    case PT_MV_STRING8:
        for (i = 0; i < count; i++)
            if (strcmp(a->Value.MVszA.lppszA[i], b->Value.MVszA.lppszA[i])) return FALSE;
        return TRUE;
    case PT_MV_UNICODE:
        for (i = 0; i < count; i++)
            if (wide_size(a->Value.MVszW.lppszW[i]) != wide_size(b->Value.MVszW.lppszW[i])
                || !same_bytes(a->Value.MVszW.lppszW[i], b->Value.MVszW.lppszW[i],
                               wide_size(a->Value.MVszW.lppszW[i])))
                return FALSE;
        return TRUE;
    case PT_MV_BINARY:
        for (i = 0; i < count; i++)
            if (!same_binary(&a->Value.MVbin.lpbin[i], &b->Value.MVbin.lpbin[i])) return FALSE;
        return TRUE;
    default:
        if (type & MV_FLAG)
            return same_bytes(a->Value.MVi.lpi, b->Value.MVi.lpi, count * fixed_size(type));
        return same_bytes(&a->Value, &b->Value, fixed_size(type));
    }
}

static BOOL known_type(ULONG type)
{
    switch (type & ~MV_FLAG)
    {
    case PT_STRING8:
    case PT_UNICODE:
    case PT_BINARY:
        return TRUE;
    case PT_ERROR:
    case PT_BOOLEAN:
    case PT_OBJECT:
        return !(type & MV_FLAG);
    default:
        return fixed_size(type) != 0;
    }
}

static BOOL any_null_string(ULONG count, const SPropValue *props)
{
    ULONG i, type;

    for (i = 0; i < count; i++)
    {
        type = PROP_TYPE(props[i].ulPropTag);
        if ((type == PT_STRING8 || type == PT_UNICODE || type == PT_CLSID) && !props[i].Value.lpszA)
            return TRUE;
        if (type == PT_BINARY && props[i].Value.bin.cb && !props[i].Value.bin.lpb) return TRUE;
    }
    return FALSE;
}

static BOOL any_prop(ULONG count, const SPropValue *props, BOOL (*is)(const SPropValue *))
{
    ULONG i;

    for (i = 0; i < count; i++) if (is(&props[i])) return TRUE;
    return FALSE;
}

static BOOL is_unknown(const SPropValue *prop)
{
    return !known_type(PROP_TYPE(prop->ulPropTag));
}

static BOOL is_without_value(const SPropValue *prop)
{
    const ULONG type = PROP_TYPE(prop->ulPropTag);

    return type == PT_NULL || type == PT_UNSPECIFIED;
}

static BOOL is_bad_boolean(const SPropValue *prop)
{
    return PROP_TYPE(prop->ulPropTag) == PT_BOOLEAN && prop->Value.b > 1;
}

static BOOL is_bad_id(const SPropValue *prop)
{
    return PROP_ID(prop->ulPropTag) == PROP_ID_NULL || PROP_ID(prop->ulPropTag) == PROP_ID_INVALID;
}

static BOOL is_empty_binary(const SPropValue *prop)
{
    const ULONG type = PROP_TYPE(prop->ulPropTag);
    ULONG i;

    if (type == PT_BINARY) return !prop->Value.bin.cb;
    if (type != PT_MV_BINARY || IsBadReadPtr(prop->Value.MVbin.lpbin, sizeof(SBinary)))
        return FALSE;
    for (i = 0; i < prop->Value.MVbin.cValues && i < 4; i++)
        if (!prop->Value.MVbin.lpbin[i].cb) return TRUE;
    return FALSE;
}

static BOOL is_mv_clsid(const SPropValue *prop)
{
    return PROP_TYPE(prop->ulPropTag) == PT_MV_CLSID;
}

static BOOL is_mv_of_pointers(const SPropValue *prop)
{
    const ULONG type = PROP_TYPE(prop->ulPropTag);

    return type == PT_MV_STRING8 || type == PT_MV_UNICODE || type == PT_MV_BINARY;
}

static BOOL is_empty_mv(const SPropValue *prop)
{
    return (PROP_TYPE(prop->ulPropTag) & MV_FLAG) && !prop->Value.MVi.cValues;
}

/* What is special about the input, for the name of a difference. */
static const char *reason(ULONG count, const SPropValue *props)
{
    if (any_prop(count, props, is_unknown)) return "an unknown type";
    if (any_prop(count, props, is_bad_id)) return "an identifier that names nothing";
    if (any_prop(count, props, is_empty_mv)) return "a multi-valued property without values";
    if (any_null_string(count, props)) return "a NULL pointer";
    if (any_prop(count, props, is_empty_binary)) return "an empty binary";
    if (any_prop(count, props, is_mv_clsid)) return "PT_MV_CLSID";
    return "result";
}

static void copy_more(const struct test *test)
{
    SPropValue *src = random_props(1, 10), *a = arena_alloc(sizeof(*a)),
               *b = arena_alloc(sizeof(*b));
    void *a_base, *b_base;
    struct outcome x, y;

    ours.allocate(8, &a_base);
    theirs.allocate(8, &b_base);
    memset(a, 0xcc, sizeof(*a));
    memset(b, 0xcc, sizeof(*b));
    note_prop("prop", src);
    {
        ULONG_PTR a_args[] = { (ULONG_PTR)a, (ULONG_PTR)src, (ULONG_PTR)ours.more, (ULONG_PTR)a_base };
        ULONG_PTR b_args[] = { (ULONG_PTR)b, (ULONG_PTR)src, (ULONG_PTR)theirs.more, (ULONG_PTR)b_base };

        if (call_both(test, a_args, b_args, &x, &y))
        {
            if ((SCODE)x.value != (SCODE)y.value)
                differ(test, is_bad_boolean(src) ? "a boolean that is neither" : reason(1, src),
                       "ours %lx, Wine's %lx", (ULONG)x.value, (ULONG)y.value);
            else if (!(SCODE)x.value && !same_prop(a, b)) differ(test, "copy", "another copy");
            else if (!(SCODE)x.value && !same_prop(a, src))
                differ(test, "copy of ours", "is not the property");
        }
    }
    ours.free(a_base);
    theirs.free(b_base);
}

static void size_of_prop(const struct test *test)
{
    SPropValue *prop = random_props(1, 0);
    const ULONG_PTR args[] = { (ULONG_PTR)prop };

    note_prop("prop", prop);
    call_and_compare(test, args, 32);
}

static void names(const struct test *test)
{
    MAPINAMEID *name[2];
    ULONG_PTR args[2];
    BOOL odd = FALSE;
    struct outcome x, y;
    unsigned int i;

    for (i = 0; i < 2; i++)
    {
        name[i] = arena_alloc(sizeof(*name[i]));
        name[i]->lpguid = random_guid();
        name[i]->ulKind = random_chance(97) ? random_below(2) : 2;
        if (name[i]->ulKind == MNID_STRING) name[i]->Kind.lpwstrName = random_wide(3);
        else name[i]->Kind.lID = random_below(3);
        args[i] = (ULONG_PTR)(random_chance(3) ? NULL : name[i]);
        if (name[i]->ulKind > 1) odd = TRUE;
        note_input(" {%lx %x kind %lu", name[i]->lpguid->Data1, name[i]->lpguid->Data4[7],
                   name[i]->ulKind);
        if (name[i]->ulKind == MNID_STRING)
            note_bytes("name", name[i]->Kind.lpwstrName, wide_size(name[i]->Kind.lpwstrName) - 2);
        else note_input(" %lx", name[i]->Kind.lID);
        note_input("}%s", args[i] ? "" : " (NULL)");
    }
    if (!call_both(test, args, args, &x, &y) || (BOOL)x.value == (BOOL)y.value) return;
    differ(test,
           odd                              ? "an unknown kind"
           : name[0]->ulKind == MNID_STRING ? "strings that only sort alike"
                                            : "result",
           "ours %d, Wine's %d", (BOOL)x.value, (BOOL)y.value);
}

static void note_value(const char *name, const SPropValue *prop)
{
    note_prop(name, prop);
    switch (PROP_TYPE(prop->ulPropTag))
    {
    case PT_STRING8:
        note_bytes("", prop->Value.lpszA, strlen(prop->Value.lpszA));
        break;
    case PT_UNICODE:
        note_bytes("", prop->Value.lpszW, wide_size(prop->Value.lpszW) - 2);
        break;
    case PT_BINARY:
        note_bytes("", prop->Value.bin.lpb, prop->Value.bin.cb);
        break;
    }
}

static BOOL high_byte(const SPropValue *prop)
{
    const char *p = prop->Value.lpszA;

    while (PROP_TYPE(prop->ulPropTag) == PT_STRING8 && *p > 0) p++;
    return PROP_TYPE(prop->ulPropTag) == PT_STRING8 && *p;
}

/* Does the first byte of the part stand in the value before the part does? */
static BOOL starts_early(const SPropValue *value, const SPropValue *part)
{
    const BOOL text = PROP_TYPE(value->ulPropTag) == PT_STRING8;
    const BYTE *at = text ? (BYTE *)value->Value.lpszA : value->Value.bin.lpb;
    const BYTE *key = text ? (BYTE *)part->Value.lpszA : part->Value.bin.lpb;
    const size_t size = text ? strlen(value->Value.lpszA) : value->Value.bin.cb;
    const size_t key_size = text ? strlen(part->Value.lpszA) : part->Value.bin.cb;
    size_t i;

    for (i = 0; i + key_size <= size && memcmp(at + i, key, key_size); i++)
        if ((at[i] | 0x20) == (key[0] | 0x20)) return TRUE;
    return FALSE;
}

static void contains(const struct test *test)
{
    static const ULONG levels[] = { FL_FULLSTRING, FL_SUBSTRING, FL_PREFIX };
    const ULONG type = random_chance(45)   ? PT_STRING8
                       : random_chance(80) ? PT_BINARY
                                           : random_type();
    SPropValue *value = random_props(1, 0), *part = random_props(1, 0);
    ULONG fuzzy = random_chance(95) ? levels[random_below(3)] : random_below(8);
    struct outcome x, y;
    const char *what = "result";

    random_prop(value, type, 0);
    random_prop(part, random_chance(95) ? type : random_type(), 0);
    /* A piece of the value, so that it is often contained. */
    if (type == PT_STRING8 && PROP_TYPE(part->ulPropTag) == type && random_chance(60))
    {
        ULONG length = strlen(value->Value.lpszA),
              start = random_chance(50) ? 0 : random_below(length + 1);
        char *copy = arena_alloc(length + 1);

        memcpy(copy, value->Value.lpszA, length + 1);
        part->Value.lpszA = copy + start;
        if (random_chance(70)) copy[start + random_below(length - start + 1)] = 0;
        if (*part->Value.lpszA && random_chance(20)) *part->Value.lpszA ^= 0x20;
    }
    if (type == PT_BINARY && PROP_TYPE(part->ulPropTag) == type && random_chance(60))
    {
        const ULONG start = random_chance(50) ? 0 : random_below(value->Value.bin.cb + 1);

        part->Value.bin.lpb = value->Value.bin.lpb + start;
        part->Value.bin.cb = random_below(value->Value.bin.cb - start + 1);
    }
    if (random_chance(30)) fuzzy |= FL_IGNORECASE;
    if (random_chance(10)) fuzzy |= FL_IGNORENONSPACE;
    if (random_chance(10)) fuzzy |= FL_LOOSE;
    note_value("value", value);
    note_value("part", part);
    note_input(" fuzzy=%lx", fuzzy);
    {
        const ULONG_PTR args[] = { (ULONG_PTR)value, (ULONG_PTR)part, fuzzy };

        if (!call_both(test, args, args, &x, &y) || !(BOOL)x.value == !(BOOL)y.value) return;
    }
    if ((fuzzy & 0xffff) > FL_PREFIX) what = "settings that are not valid";
    else if (PROP_TYPE(part->ulPropTag) == PT_STRING8 && !*part->Value.lpszA)
        what = "an empty string";
    else if (PROP_TYPE(part->ulPropTag) == PT_BINARY && !part->Value.bin.cb) what = "no bytes";
    else if ((fuzzy & 0xffff) == FL_SUBSTRING && (BOOL)x.value && starts_early(value, part))
        what = "a substring whose first letter occurs before it";
    else if (fuzzy & FL_LOOSE) what = "FL_LOOSE";
    else if (fuzzy & FL_IGNORENONSPACE) what = "FL_IGNORENONSPACE";
    else if (high_byte(value) || high_byte(part)) what = "a string that is not ASCII";
    differ(test, what, "ours %d, Wine's %d", (BOOL)x.value, (BOOL)y.value);
}

/* Two properties, of the same type mostly, equal now and then. */
static void two_props(SPropValue **a, SPropValue **b)
{
    const ULONG type = random_type();

    *a = random_props(1, 0);
    *b = random_props(1, 0);
    random_prop(*a, type, 0);
    random_prop(*b, random_chance(93) ? type : random_type(), 0);
    if (random_chance(10)) **b = **a;
    note_value("a", *a);
    note_value("b", *b);
}

/* What is special about a pair, for the name of a difference. */
static const char *pair_reason(const SPropValue *a, const SPropValue *b)
{
    const ULONG type = PROP_TYPE(a->ulPropTag);

    if (type != PROP_TYPE(b->ulPropTag)) return "properties of different types";
    if (is_without_value(a) || !known_type(type)) return "a type that has no value";
    if (type == PT_OBJECT) return "PT_OBJECT";
    if (type & MV_FLAG) return "multi-valued properties";
    if (type == PT_BINARY && a->Value.bin.cb != b->Value.bin.cb)
        return "binaries of different size";
    if (type == PT_CLSID) return "PT_CLSID";
    if (type == PT_ERROR) return "PT_ERROR";
    if (type == PT_CURRENCY || type == PT_I8) return "64-bit numbers";
    if (type == PT_LONG
        && (a->Value.l < b->Value.l) != ((LONG)((ULONG)a->Value.l - (ULONG)b->Value.l) < 0))
        return "PT_LONG values more than 31 bits apart";
    return "result";
}

static void compare_props(const struct test *test)
{
    SPropValue *a, *b;
    ULONG_PTR args[2];
    struct outcome x, y;
    LONG ours_order, theirs_order;

    two_props(&a, &b);
    args[0] = (ULONG_PTR)a;
    args[1] = (ULONG_PTR)b;
    if (!call_both(test, args, args, &x, &y)) return;
    ours_order = (LONG)x.value;
    theirs_order = (LONG)y.value;
    if ((ours_order > 0) - (ours_order < 0) != (theirs_order > 0) - (theirs_order < 0))
        differ(test, pair_reason(a, b), "ours %ld, Wine's %ld", ours_order, theirs_order);
}

static void relation(const struct test *test)
{
    SPropValue *a, *b;
    ULONG_PTR args[3];
    struct outcome x, y;
    const char *what;

    two_props(&a, &b);
    args[0] = (ULONG_PTR)a;
    args[1] = random_chance(97) ? random_below(7) : random_bits();
    args[2] = (ULONG_PTR)b;
    note_input(" relop=%lx", (ULONG)args[1]);
    if (!call_both(test, args, args, &x, &y) || !(BOOL)x.value == !(BOOL)y.value) return;
    what = pair_reason(a, b);
    if (args[1] == RELOP_RE) what = "RELOP_RE";
    else if (args[1] > RELOP_RE) what = "an unknown operator";
    differ(test, what, "ours %d, Wine's %d", (BOOL)x.value, (BOOL)y.value);
}

static void find(const struct test *test)
{
    const ULONG count = random_below(8);
    SPropValue *props = random_props(count, 10);
    const BOOL tag_first = test->name[0] == 'L';
    ULONG tag = random_chance(70) && count ? props[random_below(count)].ulPropTag
                                           : PROP_TAG(random_type(), random_below(9));
    struct outcome x, y;
    ULONG_PTR args[3];
    ULONG i;

    if (random_chance(30)) tag = PROP_TAG(PT_UNSPECIFIED, PROP_ID(tag));
    args[tag_first ? 0 : 2] = tag;
    args[1] = count;
    args[tag_first ? 2 : 0] = (ULONG_PTR)(random_chance(3) ? NULL : props);
    for (i = 0; i < count; i++) note_input(" %08lx", props[i].ulPropTag);
    note_input(" tag=%08lx%s", tag, args[tag_first ? 2 : 0] ? "" : " (no array)");
    if (!call_both(test, args, args, &x, &y)
        || (void *)(ULONG_PTR)x.value == (void *)(ULONG_PTR)y.value)
        return;
    differ(test, any_prop(count, props, is_unknown) ? "an unknown type" : "result",
           "ours %p, Wine's %p", (void *)(ULONG_PTR)x.value, (void *)(ULONG_PTR)y.value);
}

static void note_props(ULONG count, const SPropValue *props)
{
    ULONG i;

    for (i = 0; i < count; i++) note_prop("prop", &props[i]);
}

static void count_props(const struct test *test)
{
    const int count = random_chance(95) ? random_below(6) : -1;
    SPropValue *props = random_props(count < 0 ? 0 : count, random_chance(50) ? 8 : 0);
    ULONG a = 0xcccccccc, b = a;
    ULONG_PTR a_args[] = { count, (ULONG_PTR)props, (ULONG_PTR)&a }, b_args[] = { count, (ULONG_PTR)props, (ULONG_PTR)&b };
    struct outcome x, y;

    if (random_chance(3)) a_args[1] = b_args[1] = 0;
    if (random_chance(5)) a_args[2] = b_args[2] = 0;
    note_input(" count=%d at %p size to %p", count, (void *)a_args[1], (void *)a_args[2]);
    note_props(count < 0 ? 0 : count, props);
    if (!call_both(test, a_args, b_args, &x, &y)) return;
    if ((SCODE)x.value != (SCODE)y.value || a != b)
        differ(test,
               !a_args[1]  ? "no array"
               : count < 0 ? "a negative count"
                           : reason(count, props),
               "ours %lx (%lu), Wine's %lx (%lu)", (ULONG)x.value, a, (ULONG)y.value, b);
}

#define FLAT_SIZE 0x2000

static BOOL same_props(ULONG count, const SPropValue *a, const SPropValue *b)
{
    ULONG i;

    for (i = 0; i < count; i++) if (!same_prop(&a[i], &b[i])) return FALSE;
    return TRUE;
}

static void copy_props(const struct test *test)
{
    const ULONG count = random_below(6);
    SPropValue *props = random_props(count, random_chance(30) ? 5 : 0);
    BYTE *a = arena_alloc(FLAT_SIZE), *b = arena_alloc(FLAT_SIZE);
    ULONG a_size = 0xcccccccc, b_size = a_size;
    ULONG_PTR a_args[] = { count, (ULONG_PTR)props, (ULONG_PTR)a, (ULONG_PTR)&a_size };
    ULONG_PTR b_args[] = { count, (ULONG_PTR)props, (ULONG_PTR)b, (ULONG_PTR)&b_size };
    struct outcome x, y;
    ULONG i;

    memset(a, 0xcc, FLAT_SIZE);
    memset(b, 0xcc, FLAT_SIZE);
    note_props(count, props);
    if (!call_both(test, a_args, b_args, &x, &y)) return;
    if ((SCODE)x.value != (SCODE)y.value || ((SCODE)x.value == S_OK && a_size != b_size))
    {
        differ(test, count ? reason(count, props) : "no properties",
               "ours %lx (%lu), Wine's %lx (%lu)", (ULONG)x.value, a_size, (ULONG)y.value, b_size);
        return;
    }
    if ((SCODE)x.value != S_OK) return;
    if (!same_props(count, (SPropValue *)a, (SPropValue *)b))
        differ(test, reason(count, props), "another copy");
    else if (!same_props(count, (SPropValue *)a, props))
        differ(test, "copy of ours", "is not the properties");
    for (i = a_size; i < a_size + 64; i++) if (a[i] != 0xcc) break;
    if (i < a_size + 64) differ(test, "ours writes beyond its end", "at %lu of %lu", i, a_size);
}

/* One flat copy, brought to two new places, where each of the two moves its pointers. */
static void move_props(const struct test *test)
{
    const ULONG count = 1 + random_below(5);
    SPropValue *props = arena_alloc(count * sizeof(*props));
    BYTE *flat = arena_alloc(FLAT_SIZE), *a = arena_alloc(FLAT_SIZE), *b = arena_alloc(FLAT_SIZE);
    ULONG a_size = 0xcccccccc, b_size = a_size, size, i;
    ULONG_PTR a_args[] = { count, (ULONG_PTR)a, (ULONG_PTR)flat, (ULONG_PTR)a, (ULONG_PTR)&a_size };
    ULONG_PTR b_args[] = { count, (ULONG_PTR)b, (ULONG_PTR)flat, (ULONG_PTR)b, (ULONG_PTR)&b_size };
    SCODE (WINAPI *copy)(int, SPropValue *, void *, ULONG *);
    struct outcome x, y;

    for (i = 0; i < count; i++)
    {
        ULONG type;

        do type = random_type(); while (!known_type(type));
        do random_prop(&props[i], type, 0); while (is_empty_mv(&props[i]));
    }
    copy = (void *)GetProcAddress(random_chance(50) ? ours.module : theirs.module,
                                  "ScCopyProps@16");
    note_props(count, props);
    if (copy(count, props, flat, &size)) return;
    memcpy(a, flat, size);
    memcpy(b, flat, size);
    memset(flat, 0, size);
    if (!call_both(test, a_args, b_args, &x, &y)) return;
    if ((SCODE)x.value != (SCODE)y.value || a_size != b_size)
        differ(test,
               any_prop(count, props, is_mv_of_pointers) ? "multi-valued strings or binaries"
                                                         : "result",
               "ours %lx (%lu), Wine's %lx (%lu)", (ULONG)x.value, a_size, (ULONG)y.value, b_size);
    else if ((SCODE)x.value == S_OK && !same_props(count, (SPropValue *)a, (SPropValue *)b))
        differ(test,
               any_prop(count, props, is_mv_of_pointers) ? "multi-valued strings or binaries"
                                                         : "properties",
               "others");
    else if ((SCODE)x.value == S_OK && !same_props(count, (SPropValue *)a, props))
        differ(test, "ours", "is not the properties");
}

static void duplicate(const struct test *test)
{
    const ULONG count = random_below(6);
    SPropValue *props = random_props(count, random_chance(30) ? 5 : 0), *a = (void *)8, *b = a;
    ULONG_PTR a_args[] = { count, (ULONG_PTR)props, (ULONG_PTR)ours.allocate, (ULONG_PTR)&a };
    ULONG_PTR b_args[] = { count, (ULONG_PTR)props, (ULONG_PTR)theirs.allocate, (ULONG_PTR)&b };
    struct outcome x, y;

    note_props(count, props);
    if (call_both(test, a_args, b_args, &x, &y))
    {
        if ((SCODE)x.value != (SCODE)y.value)
            differ(test, count ? reason(count, props) : "no properties", "ours %lx, Wine's %lx",
                   (ULONG)x.value, (ULONG)y.value);
        else if ((SCODE)x.value == S_OK && !same_props(count, a, b))
            differ(test, reason(count, props), "another copy");
    }
    if (!x.crashed && (SCODE)x.value == S_OK) ours.free(a);
    if (!y.crashed && (SCODE)y.value == S_OK) theirs.free(b);
}

const struct test property_tests[] =
{
    { "PropCopyMore", 4, copy_more },
    { "UlPropSize", 1, size_of_prop },
    { "FEqualNames", 2, names },
    { "FPropContainsProp", 3, contains },
    { "FPropCompareProp", 3, relation },
    { "LPropCompareProp", 2, compare_props },
    { "PpropFindProp", 3, find },
    { "LpValFindProp", 3, find },
    { "ScCountProps", 3, count_props },
    { "ScCopyProps", 4, copy_props },
    { "ScRelocProps", 5, move_props },
    { "ScDupPropset", 4, duplicate },
    { NULL }
};
