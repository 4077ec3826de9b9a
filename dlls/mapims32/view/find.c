/*
 * Tables over the property database: finding a row
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
 * FindRow. A row that is named by its instance key or entry ID is looked up. Where the restriction
 * is one on the column that the rows are ordered by, those that come before are skipped by a
 * search. Else they are looked at one after another.
 */

#include "view/viewpriv.h"

#define AT_ONCE 1024                    /* rows looked at */

HRESULT look_number(struct view *view, struct look *look, LONGLONG row, struct place *place)
{
    struct db_row *found;
    HRESULT hr;

    if (row <= 0) return MAPI_E_NOT_FOUND;
    if (FAILED(hr = look_row(view, look, row, &found))) return hr;
    if (hr == S_FALSE) return MAPI_E_NOT_FOUND;
    hr = place_set(place, PLACE_ROW, row_number(view, found), found->key, found->key_size);
    platform_free(found);
    return hr;
}

HRESULT look_named(struct view *view, struct look *look, const SPropValue *value,
                   struct place *place)
{
    const SBinary *key = &value->Value.bin;
    const struct heading *heading;
    LONGLONG row;
    ULONG index;

    if (view->levels && value->ulPropTag == PR_INSTANCE_KEY
        && heading_named(view, key->cb, key->lpb, &index))
    {
        heading = view->headings.list[index];
        return place_set(place, PLACE_HEADING, 0, heading->key, heading->key_size);
    }
    if (view->multi)
    {
        if (value->ulPropTag != PR_INSTANCE_KEY) return S_FALSE;
        if (!value_named(view, key->cb, key->lpb, &row)) return MAPI_E_NOT_FOUND;
    }
    else if (!view->owner->find(view->context, value, &row)) return S_FALSE;
    return look_number(view, look, row, place);
}

/* The row that the restriction names, if it names one. */
static BOOL find_named(struct view *view, struct look *look, const SRestriction *restriction,
                       ULONG position, BOOL backward, ULONG *found, HRESULT *hr)
{
    const SPropertyRestriction *property = &restriction->res.resProperty;
    struct place place = { PLACE_ROW, 0, 0, NULL };
    BOOL gone, hidden;

    if (restriction->rt != RES_PROPERTY || property->relop != RELOP_EQ
        || property->ulPropTag != property->lpProp->ulPropTag
        || (*hr = look_named(view, look, property->lpProp, &place)) == S_FALSE)
        return FALSE;
    if (SUCCEEDED(*hr)) *hr = shown_position(view, look, &place, found, &gone, &hidden);
    if (SUCCEEDED(*hr)
        && (gone || hidden || (backward ? *found >= position : *found < position)))
        *hr = MAPI_E_NOT_FOUND;
    place_clear(&place);
    return TRUE;
}

/* What a list box does as its user types: the first row that is not less, in an ascending order. */
static BOOL skip_lesser(struct view *view, struct look *look, const SRestriction *restriction,
                        ULONG *position, HRESULT *hr)
{
    const SPropertyRestriction *property = &restriction->res.resProperty;
    const SPropValue *value = property->lpProp;
    ULONGLONG before = 0;
    BYTE *key;
    ULONG size;

    if (view->restriction || view->levels || restriction->rt != RES_PROPERTY
        || property->relop != RELOP_GE || !view->order_count || view->order[0].descending)
        return FALSE;
    if (PROP_ID(view->order[0].tag) != PROP_ID(property->ulPropTag)
        || !prop_types_bridge(PROP_TYPE(view->order[0].tag), PROP_TYPE(property->ulPropTag))
        || !prop_types_bridge(PROP_TYPE(view->order[0].tag), PROP_TYPE(value->ulPropTag)))
        return FALSE;
    switch (PROP_TYPE(value->ulPropTag))
    {
    case PT_I2:
    case PT_LONG:
    case PT_I8:
    case PT_CURRENCY:
    case PT_SYSTIME:
    case PT_UNICODE:
    case PT_STRING8:
        break;
    default:
        return FALSE;
    }
    *hr = db_key_make(1, view->order, &value, &key, &size);
    /* Text ends with two bytes of zero, which a prefix of the key must not have. */
    if (SUCCEEDED(*hr)
        && (PROP_TYPE(value->ulPropTag) == PT_UNICODE || PROP_TYPE(value->ulPropTag) == PT_STRING8))
        size = size > 2 ? size - 2 : size;
    if (SUCCEEDED(*hr))
        *hr = db_view_key_position(look->txn, look->view, key, size, FALSE, &before);
    platform_free(key);
    if (before > *position) *position = (ULONG)min(before, 0x7fffffff);
    return TRUE;
}

struct leaf_match
{
    const struct db_match *match;
    const struct view *view;
    const SPropValue *value;            /* of the column of which each makes a row */
};

/* What rows have that their objects have not. */
static BOOL leaf_computed(void *context, struct db_txn *txn, const struct db_object *object,
                          ULONG tag, SPropValue *value)
{
    const struct leaf_match *leaf = context;

    if (leaf->value && PROP_ID(tag) == PROP_ID(leaf->view->multi))
    {
        *value = *leaf->value;
        return TRUE;
    }
    if (!leaf->view->levels
        || (PROP_ID(tag) != PROP_ID(PR_DEPTH) && PROP_ID(tag) != PROP_ID(PR_ROW_TYPE)))
        return leaf->match->computed
               && leaf->match->computed(leaf->match->context, txn, object, tag, value);
    memset(value, 0, sizeof(*value));
    value->ulPropTag = PROP_ID(tag) == PROP_ID(PR_DEPTH) ? PR_DEPTH : PR_ROW_TYPE;
    value->Value.l = PROP_ID(tag) == PROP_ID(PR_DEPTH) ? (LONG)leaf->view->levels : TBL_LEAF_ROW;
    return TRUE;
}

static HRESULT row_matches(struct view *view, struct look *look, const struct db_match *match,
                           LONGLONG row, BOOL *matches)
{
    struct leaf_match leaf = { match, view, NULL };
    struct db_match outer = { match->restriction, leaf_computed, &leaf };
    SPropValue *value = NULL;
    HRESULT hr = S_OK;

    *matches = FALSE;
    if (row < 0)
        return heading_matches(view, look, (ULONG)(-1 - row), match->restriction, matches);
    if (view->multi && restriction_names(match->restriction, view->multi))
    {
        if (FAILED(MAPIAllocateBuffer(sizeof(*value), (void **)&value)))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        hr = shown_values(view, look, row, 1, &view->multi, value, value);
        if (SUCCEEDED(hr) && PROP_TYPE(value->ulPropTag) != PT_ERROR) leaf.value = value;
    }
    if (SUCCEEDED(hr))
        hr = db_match_object(look->txn, view->levels || view->multi ? &outer : match,
                             row_object(view, row), matches);
    MAPIFreeBuffer(value);
    return hr == MAPI_E_OBJECT_DELETED ? S_OK : hr;
}

HRESULT look_find(struct view *view, struct look *look, SRestriction *restriction,
                  ULONG position, BOOL backward, ULONG *found)
{
    struct db_match match = { restriction, NULL, NULL };
    ULONG count, i, step, from;
    BOOL good = FALSE;
    HRESULT hr = S_OK;
    LONGLONG *rows;

    *found = 0;
    if (find_named(view, look, restriction, position, backward, found, &hr)) return hr;
    if (!backward && skip_lesser(view, look, restriction, &position, &hr) && FAILED(hr)) return hr;
    view->owner->match_begin(view->context, &match);
    for (step = 16; SUCCEEDED(hr) && !good; step = min(step * 2, AT_ONCE))
    {
        from = backward ? position - min(step, position) : position;
        hr = shown_rows(view, look, from, backward ? position - from : step, &rows, &count);
        if (FAILED(hr)) break;
        if (!count) hr = MAPI_E_NOT_FOUND;
        for (i = 0; i < count && SUCCEEDED(hr) && !good; i++)
        {
            *found = backward ? from + count - 1 - i : from + i;
            hr = row_matches(view, look, &match, rows[*found - from], &good);
        }
        platform_free(rows);
        position = backward ? from : from + count;
    }
    view->owner->match_end(view->context, &match);
    return hr;
}
