/*
 * The recipients chosen in the address dialog
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
 * The caller's list is only read until recipients_give: what he gave stays his, in his order, and
 * is pointed at; what was chosen is ours. recipients_give allocates all it needs before it changes
 * anything.
 */

#include "dialog/address.h"

#define RECIPIENT_TYPE_MASK 0xff        /* the rest of PR_RECIPIENT_TYPE are flags */

static void find_id(struct recipient *recipient)
{
    const SPropValue *id = props_find(recipient->props, recipient->count, PR_ENTRYID);

    recipient->id = id && id->Value.bin.cb ? &id->Value.bin : NULL;
}

static void recipient_free(struct recipient *recipient)
{
    if (!recipient) return;
    if (recipient->own) memory_free_buffer(recipient->props);
    platform_free(recipient->name);
    platform_free(recipient);
}

static HRESULT append(struct recipients *list, struct recipient *recipient)
{
    struct recipient **grown;
    ULONG room;

    if (list->count == list->room)
    {
        room = list->room ? list->room * 2 : 16;
        if (!(grown = platform_realloc(list->items, room * sizeof(*grown))))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        list->items = grown;
        list->room = room;
    }
    list->items[list->count++] = recipient;
    return S_OK;
}

HRESULT recipients_take(struct recipients *list, const ADRLIST *from)
{
    struct recipient *recipient;
    const ADRENTRY *entry;
    const SPropValue *type;
    ULONG i;

    for (i = 0; from && i < from->cEntries; i++)
    {
        entry = &from->aEntries[i];
        if (!entry->cValues || !entry->rgPropVals) continue;
        if (!(recipient = platform_alloc_zero(sizeof(*recipient)))) return MAPI_E_NOT_ENOUGH_MEMORY;
        recipient->source = i;
        recipient->count = entry->cValues;
        recipient->props = entry->rgPropVals;
        type = props_find(recipient->props, recipient->count, PR_RECIPIENT_TYPE);
        recipient->type = type ? type->Value.l & RECIPIENT_TYPE_MASK : MAPI_TO;
        recipient->name = dialog_row_text(recipient->count, recipient->props, PR_DISPLAY_NAME_W);
        if (!recipient->name)
            recipient->name = dialog_row_text(recipient->count, recipient->props,
                                              PR_EMAIL_ADDRESS_W);
        if (!recipient->name) recipient->name = text_dup(L"");
        find_id(recipient);
        if (!recipient->name || FAILED(append(list, recipient)))
        {
            recipient_free(recipient);
            return MAPI_E_NOT_ENOUGH_MEMORY;
        }
    }
    return S_OK;
}

void recipients_free(struct recipients *list)
{
    ULONG i;

    for (i = 0; i < list->count; i++) recipient_free(list->items[i]);
    platform_free(list->items);
    list->items = NULL;
    list->count = list->room = 0;
}

void recipient_set_props(struct recipient *recipient, ULONG count, SPropValue *props)
{
    WCHAR *name = dialog_row_text(count, props, PR_DISPLAY_NAME_W);

    if (recipient->own) memory_free_buffer(recipient->props);
    recipient->props = props;
    recipient->count = count;
    recipient->own = TRUE;
    find_id(recipient);
    if (!name) return;
    platform_free(recipient->name);
    recipient->name = name;
}

static BOOL same_person(IAddrBook *book, const SBinary *a, const SBinary *b)
{
    const MAPIUID *uid_a, *uid_b;
    ULONG same;

    if (a->cb == b->cb && !memcmp(a->lpb, b->lpb, a->cb)) return TRUE;
    uid_a = entryid_uid(a->cb, (ENTRYID *)a->lpb);
    uid_b = entryid_uid(b->cb, (ENTRYID *)b->lpb);
    if (!uid_a || !uid_b || memcmp(uid_a, uid_b, sizeof(*uid_a))) return FALSE;
    return SUCCEEDED(IAddrBook_CompareEntryIDs(book, a->cb, (ENTRYID *)a->lpb, b->cb,
                                               (ENTRYID *)b->lpb, 0, &same)) && same;
}

static struct recipient *find_same(struct recipients *list, const SBinary *id, const WCHAR *name,
                                   ULONG type)
{
    struct recipient *item;
    ULONG i;

    for (i = 0; i < list->count; i++)
    {
        item = list->items[i];
        if (item->type != type) continue;
        if (id ? item->id && same_person(list->book, id, item->id)
               : !item->id && !text_compare_nocase(item->name, name))
            return item;
    }
    return NULL;
}

/* The columns that a recipient has, in the width wanted, with its type: one chain. */
static HRESULT recipient_props(BOOL unicode, ULONG count, const SPropValue *from, ULONG type,
                               ULONG *ret_count, SPropValue **ret)
{
    static const ULONG wanted[] =
    {
        PR_ENTRYID, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_DISPLAY_TYPE,
        PR_OBJECT_TYPE, PR_SEARCH_KEY, PR_SEND_RICH_INFO
    };
    const SPropValue *found;
    SPropValue *props;
    HRESULT hr;
    ULONG i, used = 0;

    hr = memory_allocators.allocate((ARRAY_SIZE(wanted) + 1) * sizeof(*props), (void **)&props);
    if (FAILED(hr)) return hr;
    for (i = 0; i < ARRAY_SIZE(wanted) && SUCCEEDED(hr); i++)
    {
        if (!(found = props_find(from, count, wanted[i]))) continue;
        hr = prop_convert_width(&props[used++], found, unicode ? PT_UNICODE : PT_STRING8,
                                memory_allocators.more, props);
    }
    if (FAILED(hr))
    {
        memory_free_buffer(props);
        return hr;
    }
    props[used].ulPropTag = PR_RECIPIENT_TYPE;
    props[used].dwAlignPad = 0;
    props[used++].Value.l = type;
    *ret_count = used;
    *ret = props;
    return S_OK;
}

static HRESULT add(struct recipients *list, ULONG count, const SPropValue *props, ULONG type,
                   struct recipient **ret)
{
    struct recipient *recipient;
    SPropValue *own;
    HRESULT hr;

    if (!(recipient = platform_alloc_zero(sizeof(*recipient)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    recipient->source = NOT_FROM_LIST;
    recipient->type = type;
    hr = recipient_props(list->unicode, count, props, type, &count, &own);
    if (SUCCEEDED(hr)) recipient_set_props(recipient, count, own);
    if (SUCCEEDED(hr) && !recipient->name && !(recipient->name = text_dup(L"")))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr)) hr = append(list, recipient);
    if (FAILED(hr)) recipient_free(recipient);
    else *ret = recipient;
    return hr;
}

HRESULT recipients_add_row(struct recipients *list, ULONG count, const SPropValue *props,
                           ULONG type, struct recipient **ret)
{
    const SPropValue *id = props_find(props, count, PR_ENTRYID);

    *ret = NULL;
    if (!id || !id->Value.bin.cb) return MAPI_E_INVALID_ENTRYID;
    if ((*ret = find_same(list, &id->Value.bin, NULL, type))) return S_FALSE;
    return add(list, count, props, type, ret);
}

HRESULT recipients_add_name(struct recipients *list, const WCHAR *name, ULONG type,
                            struct recipient **ret)
{
    SPropValue value = { PR_DISPLAY_NAME_W };

    if ((*ret = find_same(list, NULL, name, type))) return S_FALSE;
    value.Value.lpszW = (WCHAR *)name;
    return add(list, 1, &value, type, ret);
}

void recipients_remove(struct recipients *list, struct recipient *recipient)
{
    ULONG i;

    for (i = 0; i < list->count && list->items[i] != recipient; i++) /* nothing */;
    if (i == list->count) return;
    memmove(&list->items[i], &list->items[i + 1], (list->count - i - 1) * sizeof(*list->items));
    list->count--;
    recipient_free(recipient);
}

/* Those without an entry ID as a list of their own, each a copy. */
static HRESULT unresolved_list(struct recipients *list, ADRLIST **ret)
{
    ULONG i, count = 0;
    ADRLIST *names;
    SRowSet *rows;
    HRESULT hr;

    for (i = 0; i < list->count; i++) if (!list->items[i]->id) count++;
    if (FAILED(hr = rows_alloc(&memory_allocators, count, &rows))) return hr;
    names = (ADRLIST *)rows;
    count = 0;
    for (i = 0; i < list->count && SUCCEEDED(hr); i++)
    {
        if (list->items[i]->id) continue;
        hr = props_copy(&memory_allocators, list->items[i]->count, list->items[i]->props,
                        &names->aEntries[count].rgPropVals);
        if (SUCCEEDED(hr)) names->aEntries[count++].cValues = list->items[i]->count;
    }
    if (FAILED(hr)) rows_free(&memory_allocators, rows);
    else *ret = names;
    return hr;
}

HRESULT recipients_resolve(struct recipients *list, HWND parent)
{
    ADRLIST *names;
    ADRENTRY *entry;
    HRESULT hr;
    ULONG i, at = 0;

    if (FAILED(hr = unresolved_list(list, &names))) return hr;
    if (names->cEntries)
    {
        hr = IAddrBook_ResolveName(list->book, (ULONG_PTR)parent,
                                   MAPI_DIALOG | (list->unicode ? MAPI_UNICODE : 0), NULL, names);
        for (i = 0; i < list->count && SUCCEEDED(hr) && at < names->cEntries; i++)
        {
            if (list->items[i]->id) continue;
            entry = &names->aEntries[at++];
            if (!props_find(entry->rgPropVals, entry->cValues, PR_ENTRYID)) hr = MAPI_E_NOT_FOUND;
            else
            {
                recipient_set_props(list->items[i], entry->cValues, entry->rgPropVals);
                entry->rgPropVals = NULL;
                entry->cValues = 0;
            }
        }
    }
    rows_free(&memory_allocators, (SRowSet *)names);
    return hr;
}

HRESULT recipients_give(struct recipients *list, ADRLIST **ret)
{
    ULONG i, old_count = *ret ? (*ret)->cEntries : 0, count = old_count;
    ADRLIST *from = *ret;
    SPropValue **kept;
    ADRENTRY *entry;
    SRowSet *rows;
    HRESULT hr;

    for (i = 0; i < list->count; i++) if (list->items[i]->source == NOT_FROM_LIST) count++;
    if (FAILED(hr = rows_alloc(&memory_allocators, count, &rows))) return hr;
    if (!(kept = platform_alloc_zero((old_count + 1) * sizeof(*kept))))
    {
        rows_free(&memory_allocators, rows);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }

    /* nothing can fail from here on */
    count = old_count;
    for (i = 0; i < list->count; i++)
    {
        struct recipient *item = list->items[i];

        entry = (ADRENTRY *)&rows->aRow[item->source == NOT_FROM_LIST ? count++ : item->source];
        entry->cValues = item->count;
        entry->rgPropVals = item->props;
        if (item->source != NOT_FROM_LIST) kept[item->source] = item->props;
        item->own = FALSE;
    }
    for (i = 0; i < old_count; i++)
    {
        if (from->aEntries[i].rgPropVals != kept[i])
            memory_free_buffer(from->aEntries[i].rgPropVals);
    }
    platform_free(kept);
    memory_free_buffer(from);
    *ret = (ADRLIST *)rows;
    return S_OK;
}

HRESULT recipients_give_one(BOOL unicode, ULONG count, const SPropValue *props, ADRLIST **ret)
{
    SPropValue *own;
    SRowSet *rows;
    HRESULT hr;

    if (FAILED(hr = recipient_props(unicode, count, props, MAPI_TO, &count, &own))) return hr;
    if (FAILED(hr = rows_alloc(&memory_allocators, 1, &rows)))
    {
        memory_free_buffer(own);
        return hr;
    }
    rows->aRow[0].cValues = count;
    rows->aRow[0].lpProps = own;
    rows_free(&memory_allocators, (SRowSet *)*ret);
    *ret = (ADRLIST *)rows;
    return S_OK;
}
