/*
 * Validation
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

/* Answers are only true or false. */
static void compare_truth(const struct test *test, const ULONG_PTR *args, const char *what)
{
    struct outcome a, b;

    if (!call_both(test, args, args, &a, &b)) return;
    if (!(ULONG)a.value != !(ULONG)b.value)
        differ(test, what, "ours %lx, Wine's %lx", (ULONG)a.value, (ULONG)b.value);
}

static void string_array(const struct test *test)
{
    const BOOL wide = test->name[strlen(test->name) - 1] == 'W';
    const ULONG count = random_below(5);
    void **texts = arena_alloc(count * sizeof(*texts));
    ULONG_PTR args[] = { (ULONG_PTR)texts, count };
    ULONG i;

    for (i = 0; i < count; i++)
    {
        texts[i] = random_chance(10) ? bad_pointer()
                   : wide            ? (void *)random_wide(9)
                                     : random_text(9);
        note_input(" %p", texts[i]);
    }
    if (random_chance(5)) args[0] = (ULONG_PTR)bad_pointer();
    note_input(" at %p, count=%lu", (void *)args[0], count);
    compare_truth(test, args, "result");
}

static ULONG random_tag(void)
{
    return random_chance(90) ? PROP_TAG(random_type(), random_below(3)) : random_bits();
}

static void tag(const struct test *test)
{
    const ULONG_PTR args[] = { random_tag() };

    note_input(" %08lx", (ULONG)args[0]);
    compare_truth(test, args, "result");
}

/* What ours looks at and Wine's does not, so that the difference has a name. */
static const char *prop_reason(const SPropValue *prop)
{
    if (PROP_TYPE(prop->ulPropTag) == PT_BOOLEAN && prop->Value.b > 1)
        return "a boolean that is neither";
    return NULL;
}

static const char *props_reason(ULONG count, const SPropValue *props)
{
    const char *reason = NULL;
    ULONG i;

    for (i = 0; i < count && !reason; i++) reason = prop_reason(&props[i]);
    return reason;
}

static void prop(const struct test *test)
{
    SPropValue *value = random_props(1, 20);
    ULONG_PTR args[] = { (ULONG_PTR)value };
    const char *reason = prop_reason(value);

    note_prop("prop", value);
    if (random_chance(3)) args[0] = (ULONG_PTR)bad_pointer();
    compare_truth(test, args, reason ? reason : "result");
}

static void fill_row(SRow *row)
{
    row->ulAdrEntryPad = random_bits();
    row->cValues = random_below(4);
    row->lpProps = random_chance(5) ? bad_pointer() : random_props(row->cValues, 5);
    note_input(" row of %lu at %p:", row->cValues, row->lpProps);
}

static BOOL readable(const SRow *row)
{
    return !row->cValues
           || ((ULONG_PTR)row->lpProps > 0x10000
               && !IsBadReadPtr(row->lpProps, row->cValues * sizeof(SPropValue)));
}

static const char *row_reason(const SRow *row)
{
    if (!row->cValues && !row->lpProps) return "an empty row";
    return readable(row) ? props_reason(row->cValues, row->lpProps) : NULL;
}

static void row(const struct test *test)
{
    SRow *row = arena_alloc(sizeof(*row));
    ULONG_PTR args[] = { (ULONG_PTR)row };
    const char *reason;
    ULONG i;

    fill_row(row);
    for (i = 0; readable(row) && i < row->cValues; i++) note_prop("prop", &row->lpProps[i]);
    reason = row_reason(row);
    if (random_chance(3)) args[0] = (ULONG_PTR)bad_pointer();
    compare_truth(test, args, reason ? reason : "result");
}

static void row_set(const struct test *test)
{
    const ULONG count = random_below(4);
    SRowSet *set = arena_alloc(CbNewSRowSet(count));
    ULONG_PTR args[] = { (ULONG_PTR)set };
    const char *reason = NULL;
    ULONG i, j;

    set->cRows = count;
    for (i = 0; i < count; i++)
    {
        fill_row(&set->aRow[i]);
        for (j = 0; readable(&set->aRow[i]) && j < set->aRow[i].cValues; j++)
            note_prop("prop", &set->aRow[i].lpProps[j]);
        if (!reason) reason = row_reason(&set->aRow[i]);
    }
    if (random_chance(3)) args[0] = (ULONG_PTR)bad_pointer();
    compare_truth(test, args, reason ? reason : "result");
}

static void columns(const struct test *test)
{
    const ULONG count = random_below(5);
    SPropTagArray *tags = arena_alloc(CbNewSPropTagArray(count));
    ULONG_PTR args[] = { (ULONG_PTR)tags };
    ULONG i;

    tags->cValues = count;
    for (i = 0; i < count; i++) note_input(" %08lx", tags->aulPropTag[i] = random_tag());
    if (random_chance(3)) args[0] = (ULONG_PTR)bad_pointer();
    compare_truth(test, args, "result");
}

static void entry_list(const struct test *test)
{
    const ULONG count = random_below(4);
    ENTRYLIST *list = arena_alloc(sizeof(*list));
    ULONG_PTR args[] = { (ULONG_PTR)list };
    BOOL too_small = FALSE;
    ULONG i;

    list->cValues = count;
    list->lpbin = arena_alloc(count * sizeof(*list->lpbin));
    for (i = 0; i < count; i++)
    {
        list->lpbin[i].cb = random_below(30);
        list->lpbin[i].lpb = random_chance(10) ? bad_pointer() : random_bytes(30);
        if (list->lpbin[i].cb < CbNewENTRYID(1)) too_small = TRUE;
        note_input(" %lu at %p", list->lpbin[i].cb, list->lpbin[i].lpb);
    }
    if (random_chance(5)) list->lpbin = bad_pointer();
    if (random_chance(3)) args[0] = (ULONG_PTR)bad_pointer();
    note_input(" list %p array %p", (void *)args[0],
               args[0] == (ULONG_PTR)list ? (void *)list->lpbin : NULL);
    compare_truth(test, args, too_small ? "an entry ID of less than five bytes" : "result");
}

const struct test validate_tests[] =
{
    { "FBadRglpszA", 2, string_array },
    { "FBadRglpszW", 2, string_array },
    { "FBadPropTag", 1, tag },
    { "FBadProp", 1, prop },
    { "FBadRow", 1, row },
    { "FBadRowSet", 1, row_set },
    { "FBadColumnSet", 1, columns },
    { "FBadEntryList", 1, entry_list },
    { NULL }
};
