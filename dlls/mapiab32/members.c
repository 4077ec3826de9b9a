/*
 * Members of distribution lists
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
 * A member is an entry ID with what is known of whoever it is, from when it was added: of any
 * address book, or a one-off. What is of this book is shown as it is now. A member who is deleted
 * stays in the list, as who it was: opening it fails, and so does sending to it, until it is taken
 * out.
 */

#include "ab.h"

static const SizedSPropTagArray(8, member_tags) =
{
    8, { PR_DISPLAY_NAME_W, PR_EMAIL_ADDRESS_W, PR_ADDRTYPE_W, PR_OBJECT_TYPE, PR_DISPLAY_TYPE,
         PR_SEARCH_KEY, PR_SEND_RICH_INFO, PR_TRANSMITABLE_DISPLAY_NAME_W }
};

/* What is kept of a member. MAPI_E_INVALID_ENTRYID: nobody can open it. */
static HRESULT make_member(struct book *book, const SBinary *id, struct db_props **ret)
{
    IMAPISupport *support;
    SPropValue *props, value;
    IMAPIProp *object;
    ULONG type, count, i;
    HRESULT hr;

    if (!(support = store_support(&book->store))) return MAPI_E_CALL_FAILED;
    hr = IMAPISupport_OpenEntry(support, id->cb, (ENTRYID *)id->lpb, NULL, 0, &type,
                                (IUnknown **)&object);
    IMAPISupport_Release(support);
    if (FAILED(hr)) return hr;
    hr = type != MAPI_MAILUSER && type != MAPI_DISTLIST
             ? MAPI_E_NO_SUPPORT
             : IMAPIProp_GetProps(object, (SPropTagArray *)&member_tags, MAPI_UNICODE, &count,
                                  &props);
    IMAPIProp_Release(object);
    if (FAILED(hr)) return hr;
    if (SUCCEEDED(hr = db_props_create(ret)))
    {
        memset(&value, 0, sizeof(value));
        value.ulPropTag = PR_ENTRYID;
        value.Value.bin = *id;
        hr = db_props_set(*ret, &value);
        for (i = 0; i < count && SUCCEEDED(hr); i++)
            if (PROP_TYPE(props[i].ulPropTag) != PT_ERROR) hr = db_props_set(*ret, &props[i]);
        if (SUCCEEDED(hr)) hr = db_props_set_long(*ret, PR_OBJECT_TYPE, type);
        if (FAILED(hr)) db_props_destroy(*ret);
    }
    MAPIFreeBuffer(props);
    return hr;
}

/* The place of a member; count: none. */
static ULONG find_member(struct db_props *const *rows, ULONG count, const SBinary *id)
{
    const SPropValue *other;
    ULONG i;

    for (i = 0; i < count; i++)
    {
        other = db_props_find(rows[i], PR_ENTRYID);
        if (other && other->ulPropTag == PR_ENTRYID && other->Value.bin.cb == id->cb
            && !memcmp(other->Value.bin.lpb, id->lpb, id->cb))
            break;
    }
    return i;
}

static HRESULT save(struct db_txn *txn, LONGLONG list, struct db_props *const *rows, ULONG count)
{
    HRESULT hr = db_recipients_save(txn, list, rows, count);

    if (SUCCEEDED(hr)) return db_commit(txn);
    db_rollback(txn);
    return hr;
}

/* Those of made that are no members yet, behind those who are: at most AB_MAX_MEMBERS. */
static HRESULT append(struct book *book, LONGLONG list, struct db_props *const *made,
                      ULONG made_count, HRESULT *results)
{
    struct db_props **rows = NULL, **grown;
    struct db_txn *txn;
    ULONG i, count = 0, total;
    HRESULT hr;

    if (FAILED(hr = db_begin(book->store.db, DB_WRITE, &txn))) return hr;
    if (FAILED(hr = db_recipients_load(txn, list, &rows, &count))
        || !(grown = platform_alloc((count + (size_t)made_count + 1) * sizeof(*grown))))
    {
        db_rollback(txn);
        db_recipients_free(rows, count);
        return FAILED(hr) ? hr : MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (count) memcpy(grown, rows, count * sizeof(*grown));
    for (i = 0, total = count; i < made_count; i++)
    {
        if (!made[i]
            || find_member(grown, total, &db_props_find(made[i], PR_ENTRYID)->Value.bin) < total)
            continue;
        if (total >= AB_MAX_MEMBERS) results[i] = MAPI_E_NOT_ENOUGH_MEMORY;
        else grown[total++] = made[i];
    }
    if (total == count) db_rollback(txn);
    else hr = save(txn, list, grown, total);
    platform_free(grown);
    db_recipients_free(rows, count);
    return hr;
}

HRESULT members_add(struct book *book, LONGLONG list, const ENTRYLIST *entries, ULONG *done)
{
    struct db_props **made;
    HRESULT *results, hr, first = S_OK;
    ULONG i, count = entries->cValues;

    *done = 0;
    if (count > 0x100000) return MAPI_E_TOO_COMPLEX;
    if (!(made = platform_alloc_zero((count + 1) * (sizeof(*made) + sizeof(*results)))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    results = (HRESULT *)(made + count + 1);
    for (i = 0; i < count; i++)
        if (FAILED(results[i] = make_member(book, &entries->lpbin[i], &made[i]))) made[i] = NULL;
    hr = append(book, list, made, count, results);
    for (i = 0; i < count; i++)
    {
        db_props_destroy(made[i]);
        if (FAILED(hr) || SUCCEEDED(results[i])) continue;
        if (first == S_OK) first = results[i];
    }
    for (i = 0; i < count && SUCCEEDED(hr); i++) if (SUCCEEDED(results[i])) ++*done;
    platform_free(made);
    if (FAILED(hr)) return hr;
    if (*done) changes_pump(&book->store);
    return first;
}

HRESULT members_remove(struct book *book, LONGLONG list, const SBinary *id)
{
    struct db_props **rows, *gone;
    struct db_txn *txn;
    ULONG count, place;
    HRESULT hr;

    if (FAILED(hr = db_begin(book->store.db, DB_WRITE, &txn))) return hr;
    if (FAILED(hr = db_recipients_load(txn, list, &rows, &count)))
    {
        db_rollback(txn);
        return hr;
    }
    place = find_member(rows, count, id);
    if (place == count)
    {
        db_rollback(txn);
        hr = MAPI_E_NOT_FOUND;
    }
    else
    {
        gone = rows[place];
        memmove(rows + place, rows + place + 1, (count - place - 1) * sizeof(*rows));
        rows[count - 1] = gone;         /* freed with the others */
        hr = save(txn, list, rows, count - 1);
    }
    db_recipients_free(rows, count);
    return hr;
}
