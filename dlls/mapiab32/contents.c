/*
 * The address book: contents tables of the container
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
 * Who owns the contents tables of the container (../mapims32/view): what their columns are, and
 * which entries a typed name may mean. Each open table holds the book, and follows its changes.
 */

#include "ab.h"

/* ---- values ---- */

static BOOL is_computed(ULONG tag)
{
    static const ULONG tags[] =
    {
        PR_OBJECT_TYPE, PR_DISPLAY_TYPE, PR_ENTRYID, PR_INSTANCE_KEY, PR_RECORD_KEY, PR_SEARCH_KEY,
        PR_PARENT_ENTRYID, PR_ADDRTYPE_W, PR_TRANSMITABLE_DISPLAY_NAME_W, PR_AB_WORDS
    };
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(tags); i++) if (PROP_ID(tags[i]) == PROP_ID(tag)) return TRUE;
    return FALSE;
}

/* Everything that is computed of an entry, until entry_end. */
struct computed
{
    struct db_props *props;
    struct values values;
};

static HRESULT entry_begin(struct book *book, struct db_txn *txn, LONGLONG object,
                           struct computed *computed)
{
    struct db_object info;
    HRESULT hr;

    memset(computed, 0, sizeof(*computed));
    values_init(&computed->values);
    if (FAILED(hr = db_object_load(txn, object, &info, &computed->props))) return hr;
    ab_entry_values(book, ab_type_of_kind(info.kind), object, computed->props, &computed->values);
    return computed->values.hr;
}

static void entry_end(struct computed *computed)
{
    values_free(&computed->values);
    db_props_destroy(computed->props);
    computed->props = NULL;
}

/* As stored where nothing stands before it; NULL: there is none. */
static const SPropValue *entry_value(const struct computed *computed, ULONG tag)
{
    ULONG i;

    if (PROP_ID(tag) == PROP_ID(PR_AB_WORDS)) return NULL;
    for (i = 0; i < computed->values.count; i++)
        if (PROP_ID(computed->values.props[i].ulPropTag) == PROP_ID(tag))
            return &computed->values.props[i];
    return db_props_find(computed->props, tag);
}

static HRESULT owner_columns(void *context, struct db_txn *txn, LONGLONG object, ULONG list,
                             ULONG count, const ULONG *tags, void *base, SPropValue *values)
{
    struct computed computed;
    HRESULT hr;
    ULONG i;

    hr = db_object_columns(txn, object, count, tags, MAPIAllocateMore, base, NULL, values);
    for (i = 0; i < count && !is_computed(tags[i]); i++) ;
    if (FAILED(hr) || i == count) return hr;
    hr = entry_begin(context, txn, object, &computed);
    for (; i < count && SUCCEEDED(hr); i++)
        if (is_computed(tags[i]))
            hr = recips_copy_prop(&values[i], tags[i], entry_value(&computed, tags[i]), base);
    entry_end(&computed);
    return hr;
}

/* ---- restrictions ---- */

struct matching
{
    struct book *book;
    LONGLONG object;
    struct computed computed;           /* of the entry that is looked at */
};

static BOOL computed_value(void *context, struct db_txn *txn, const struct db_object *object,
                           ULONG tag, SPropValue *value)
{
    struct matching *matching = context;
    const SPropValue *found;

    if (!is_computed(tag)) return FALSE;
    if (object->id != matching->object)
    {
        entry_end(&matching->computed);
        matching->object = 0;
        if (FAILED(entry_begin(matching->book, txn, object->id, &matching->computed))) return FALSE;
        matching->object = object->id;
    }
    if (!(found = entry_value(&matching->computed, tag))) return FALSE;
    *value = *found;
    return TRUE;
}

static void owner_match_begin(void *context, struct db_match *match)
{
    struct matching *matching = platform_alloc_zero(sizeof(*matching));

    match->computed = NULL;
    if (!(match->context = matching)) return;
    matching->book = context;
    match->computed = computed_value;
}

static void owner_match_end(void *context, struct db_match *match)
{
    struct matching *matching = match->context;

    if (!matching) return;
    entry_end(&matching->computed);
    platform_free(matching);
}

static BOOL owner_is_stored(void *context, ULONG tag)
{
    return !is_computed(tag);
}

static BOOL owner_find(void *context, const SPropValue *value, LONGLONG *object)
{
    struct ab_entryid id;

    *object = 0;
    if (value->ulPropTag != PR_ENTRYID && value->ulPropTag != PR_INSTANCE_KEY
        && value->ulPropTag != PR_RECORD_KEY)
        return FALSE;
    if (!ab_entryid_parse(context, value->Value.bin.cb, value->Value.bin.lpb, &id, object)
        || id.is_template || id.type == MAPI_ABCONT)
        *object = 0;
    return TRUE;
}

static HRESULT owner_candidates(void *context, struct db_txn *txn, LONGLONG parent, ULONG list,
                                const SRestriction *restriction, LONGLONG **ids, ULONG *count)
{
    return words_candidates(txn, parent, restriction, ids, count);
}

/* ---- the rest of what a table asks ---- */

static void owner_addref(void *context)
{
    store_addref(context);
}

static void owner_gone(void *context, struct view *view)
{
    struct book *book = context;

    open_views_remove(&book->views, view);
    store_release(&book->store);
}

static HRESULT owner_whole(void *context, LONGLONG parent, ULONG list, ULONG flags,
                           IMAPITable **ret)
{
    ITableData *rows;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = book_rows(context, parent, &rows))) return hr;
    hr = anr_rows_view(rows, flags, ret);
    ITableData_Release(rows);
    return hr;
}

/* The book listens from its beginning on. */
static HRESULT owner_listen(void *context)
{
    return S_OK;
}

static IMAPISupport *owner_support(void *context)
{
    return store_support(context);
}

static const struct view_owner contents_owner =
{
    owner_addref,
    owner_gone,
    owner_columns,
    owner_match_begin,
    owner_match_end,
    owner_is_stored,
    owner_find,
    owner_whole,
    owner_listen,
    owner_support,
    owner_candidates,
    FALSE
};

HRESULT contents_view(struct book *book, ULONG flags, IMAPITable **ret)
{
    struct view_init init;
    struct view *view;
    HRESULT hr;

    *ret = NULL;
    changes_pump(&book->store);         /* what was before is not told */
    memset(&init, 0, sizeof(init));
    init.owner = &contents_owner;
    init.context = book;
    init.db = book->store.db;
    init.parent = book->container;
    init.list = DB_LIST_CONTENTS;
    init.flags = flags;
    init.columns = ab_row_columns();
    if (FAILED(hr = view_create(&init, &view))) return hr;
    if (FAILED(hr = open_views_add(&book->views, view)))
    {
        IMAPITable_Release(view_table(view));
        return hr;
    }
    *ret = view_table(view);
    return S_OK;
}
