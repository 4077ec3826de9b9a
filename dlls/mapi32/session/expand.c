/*
 * Completing the recipients of a message
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
 * What IMAPISupport::ExpandRecips does to a message that is to be sent, and the spooler may do as
 * well: personal distribution lists (MAPIPDL) give way to their members, members of members
 * included; addresses are completed; names that a client changed are the address book's again; and
 * whoever is there twice is marked, so that nobody gets the message twice.
 *
 *   gather    the rows of the recipient table, and whom a list leads to, into one list
 *   complete  by PrepareRecips
 *   mark      PR_RESPONSIBILITY TRUE: somebody else takes care of this one
 *   write     all at once, when something has changed
 *
 * Each list is expanded once, so one that contains itself comes to an end, and one that is there
 * twice adds nobody. What is read of lists is bounded, whatever an address book says.
 */

#include <string.h>

#include "session/recips.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define RECIPIENTS_MAX  50000           /* of one message, with all members of lists */
#define LISTS_MAX       2000            /* expanded for one message */
#define DEPTH_MAX       64              /* of lists in lists */

struct recipient
{
    ADRENTRY entry;
    BOOL member;                        /* came from a list */
    BOOL duplicate;
    ULONG hash;                         /* of key */
    BYTE *key;                          /* who it is: the same for two rows that are one person */
    size_t key_size;
};

struct expansion
{
    struct session *session;
    ULONG count;
    ULONG room;
    struct recipient *recipients;
    ULONG list_count;
    SBinary *lists;                     /* entry IDs of those expanded; platform_alloc, each */
    BOOL changed;
};

static void expansion_free(struct expansion *expansion)
{
    ULONG i;

    for (i = 0; i < expansion->count; i++)
    {
        memory_free_buffer(expansion->recipients[i].entry.rgPropVals);
        platform_free(expansion->recipients[i].key);
    }
    for (i = 0; i < expansion->list_count; i++) platform_free(expansion->lists[i].lpb);
    platform_free(expansion->recipients);
    platform_free(expansion->lists);
}

/* Takes props over, on failure too. */
static HRESULT add_recipient(struct expansion *expansion, ULONG count, SPropValue *props,
                             BOOL member)
{
    struct recipient *grown, *recipient;
    ULONG room = expansion->room;
    HRESULT hr = S_OK;

    if (expansion->count == room)
    {
        room = room ? 2 * room : 16;
        if (expansion->count >= RECIPIENTS_MAX) hr = MAPI_E_TABLE_TOO_BIG;
        else if (!(grown = platform_alloc(room * sizeof(*grown)))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else
        {
            if (expansion->count)
                memcpy(grown, expansion->recipients, expansion->count * sizeof(*grown));
            platform_free(expansion->recipients);
            expansion->recipients = grown;
            expansion->room = room;
        }
        if (FAILED(hr))
        {
            memory_free_buffer(props);
            return hr;
        }
    }
    recipient = &expansion->recipients[expansion->count++];
    memset(recipient, 0, sizeof(*recipient));
    recipient->entry.cValues = count;
    recipient->entry.rgPropVals = props;
    recipient->member = member;
    return S_OK;
}

/* ---- distribution lists ---- */

static BOOL is_type(const ADRENTRY *entry, const WCHAR *type)
{
    WCHAR *found = adr_text(entry->cValues, entry->rgPropVals, PR_ADDRTYPE);
    BOOL ret = found && !text_compare_nocase(found, type);

    platform_free(found);
    return ret;
}

static BOOL wants_expansion(const ADRENTRY *entry)
{
    return adr_entryid(entry) && is_type(entry, L"MAPIPDL");
}

static BOOL same_entry(struct session *session, const SBinary *a, const SBinary *b)
{
    ULONG same;

    if (a->cb == b->cb && !memcmp(a->lpb, b->lpb, a->cb)) return TRUE;
    return SUCCEEDED(session_compare_entryids(session, a->cb, (ENTRYID *)a->lpb, b->cb,
                                              (ENTRYID *)b->lpb, 0, &same)) && same;
}

/* S_OK once for each list, then S_FALSE. */
static HRESULT begin_list(struct expansion *expansion, const SBinary *id)
{
    SBinary *grown;
    ULONG i;

    for (i = 0; i < expansion->list_count; i++)
        if (same_entry(expansion->session, &expansion->lists[i], id)) return S_FALSE;
    if (expansion->list_count == LISTS_MAX) return MAPI_E_TABLE_TOO_BIG;
    if (!(grown = platform_alloc((expansion->list_count + 1) * sizeof(*grown))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (expansion->list_count)
        memcpy(grown, expansion->lists, expansion->list_count * sizeof(*grown));
    platform_free(expansion->lists);
    expansion->lists = grown;
    grown += expansion->list_count;
    if (!(grown->lpb = platform_alloc(id->cb))) return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(grown->lpb, id->lpb, id->cb);
    grown->cb = id->cb;
    expansion->list_count++;
    return S_OK;
}

static HRESULT read_members(struct session *session, const SBinary *id, SRowSet **ret)
{
    static const SizedSPropTagArray(9, columns) =
    {
        9,
        {
            PR_ENTRYID, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_OBJECT_TYPE,
            PR_DISPLAY_TYPE, PR_SEARCH_KEY, PR_TRANSMITABLE_DISPLAY_NAME_W, PR_SEND_RICH_INFO
        }
    };
    struct provider *provider;
    struct logon *logon;
    IUnknown *object, *list;
    ULONG type;
    HRESULT hr;

    *ret = NULL;
    hr = session_enter_owner(session, id->cb, (ENTRYID *)id->lpb, &logon, &provider, &object);
    if (FAILED(hr)) return hr;
    if (logon->kind != PROVIDER_ADDRESS_BOOK) hr = MAPI_E_UNKNOWN_ENTRYID;
    else hr = host_OpenEntry(provider, object, id->cb, (ENTRYID *)id->lpb, NULL, 0, &type,
                             &list);
    if (SUCCEEDED(hr))
    {
        if (type != MAPI_DISTLIST) hr = MAPI_E_INVALID_TYPE;
        else hr = container_ReadContents(provider, (IABContainer *)list,
                                         (const SPropTagArray *)&columns, RECIPIENTS_MAX, ret);
        host_object_release(provider, list);
    }
    logon_leave(logon, provider);
    logon_release(logon);
    return hr;
}

/* A member as a recipient of the list's kind (To, Cc, Bcc). */
static HRESULT add_member(struct expansion *expansion, const SRow *row, ULONG type)
{
    SPropValue *props, kind = { PR_RECIPIENT_TYPE };
    ADRENTRY entry = { 0 };
    HRESULT hr;

    kind.Value.l = type;
    if (SUCCEEDED(hr = adr_merge(&entry, 1, &kind, PT_UNICODE))
        && FAILED(hr = adr_merge(&entry, row->cValues, row->lpProps, PT_UNICODE)))
        memory_free_buffer(entry.rgPropVals);
    if (FAILED(hr)) return hr;
    props = entry.rgPropVals;
    return add_recipient(expansion, entry.cValues, props, TRUE);
}

static HRESULT expand_list(struct expansion *expansion, const SBinary *id, ULONG type, ULONG depth)
{
    ADRENTRY member;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    if (depth == DEPTH_MAX) return MAPI_E_TOO_COMPLEX;
    if ((hr = begin_list(expansion, id)) != S_OK) return FAILED(hr) ? hr : S_OK;
    if (FAILED(hr = read_members(expansion->session, id, &rows))) return hr;
    for (i = 0; rows && i < rows->cRows && SUCCEEDED(hr); i++)
    {
        member.ulReserved1 = 0;
        member.cValues = rows->aRow[i].cValues;
        member.rgPropVals = rows->aRow[i].lpProps;
        if (wants_expansion(&member))
            hr = expand_list(expansion, adr_entryid(&member), type, depth + 1);
        else if (adr_entryid(&member)) hr = add_member(expansion, &rows->aRow[i], type);
    }
    rows_free(&memory_allocators, rows);
    return hr;
}

/* Takes the rows' properties over. A list that is not there any more stays what it is: the spooler
 * reports that it cannot be sent to. */
static HRESULT gather(struct expansion *expansion, SRowSet *rows)
{
    const SPropValue *kind;
    ADRENTRY entry;
    HRESULT hr = S_OK;
    ULONG i, before, lists;

    for (i = 0; i < rows->cRows && SUCCEEDED(hr); i++)
    {
        entry.ulReserved1 = 0;
        entry.cValues = rows->aRow[i].cValues;
        entry.rgPropVals = rows->aRow[i].lpProps;
        if (wants_expansion(&entry))
        {
            before = expansion->count;
            lists = expansion->list_count;
            kind = props_find(entry.rgPropVals, entry.cValues, PR_RECIPIENT_TYPE);
            hr = expand_list(expansion, adr_entryid(&entry), kind ? kind->Value.l : MAPI_TO, 0);
            if (SUCCEEDED(hr))
            {
                expansion->changed = TRUE;
                continue;
            }
            if (hr == MAPI_E_NOT_ENOUGH_MEMORY || hr == MAPI_E_TABLE_TOO_BIG
                || hr == MAPI_E_TOO_COMPLEX)
                return hr;
            WARN("a distribution list cannot be expanded: %#lx\n", (unsigned long)hr);
            while (expansion->count > before)
                memory_free_buffer(expansion->recipients[--expansion->count].entry.rgPropVals);
            while (expansion->list_count > lists)
                platform_free(expansion->lists[--expansion->list_count].lpb);
        }
        rows->aRow[i].lpProps = NULL;
        hr = add_recipient(expansion, entry.cValues, entry.rgPropVals, FALSE);
    }
    return hr;
}

/* ---- addresses and names ---- */

static BOOL is_complete(const ADRENTRY *entry)
{
    ULONG count = entry->cValues;
    const SBinary *id = adr_entryid(entry);

    return !id || (!(id->lpb[0] & MAPI_SHORTTERM) && adr_find(count, entry->rgPropVals, PR_ADDRTYPE)
                   && adr_find(count, entry->rgPropVals, PR_EMAIL_ADDRESS)
                   && adr_find(count, entry->rgPropVals, PR_SEARCH_KEY)
                   && adr_find(count, entry->rgPropVals, PR_DISPLAY_NAME));
}

/* Those that lack something, by PrepareRecips; what nobody knows stays away. */
static HRESULT complete(struct expansion *expansion)
{
    static const SizedSPropTagArray(7, tags) =
    {
        7,
        {
            PR_ENTRYID, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_OBJECT_TYPE,
            PR_SEARCH_KEY, PR_TRANSMITABLE_DISPLAY_NAME_W
        }
    };
    ADRENTRY *entry;
    ULONG i, count = 0, *places;
    ADRLIST *list = NULL;
    HRESULT hr;

    if (!(places = platform_alloc((expansion->count + 1) * sizeof(*places))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < expansion->count; i++)
        if (!is_complete(&expansion->recipients[i].entry)) places[count++] = i;
    hr = adrlist_alloc(count, &list);
    for (i = 0; i < count && SUCCEEDED(hr); i++)
        hr = row_copy(&memory_allocators, (SRow *)&expansion->recipients[places[i]].entry,
                      (SRow *)&list->aEntries[i]);
    if (SUCCEEDED(hr) && count)
        hr = recips_prepare(expansion->session, 0, (const SPropTagArray *)&tags, list);
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        entry = &expansion->recipients[places[i]].entry;
        hr = adr_merge(entry, list->aEntries[i].cValues, list->aEntries[i].rgPropVals, PT_UNICODE);
        expansion->changed = TRUE;
    }
    rows_free(&memory_allocators, (SRowSet *)list);
    platform_free(places);
    return hr;
}

static BOOL same_text(const WCHAR *a, const WCHAR *b)
{
    size_t length = text_length(a);

    return length == text_length(b) && !memcmp(a, b, length * sizeof(*a));
}

/* The name that is sent is the one the address book gave, whatever a client made of it. */
static HRESULT restore_names(struct expansion *expansion)
{
    SPropValue name = { PR_DISPLAY_NAME_W };
    WCHAR *shown, *original;
    ADRENTRY *entry;
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; i < expansion->count && SUCCEEDED(hr); i++)
    {
        entry = &expansion->recipients[i].entry;
        shown = adr_text(entry->cValues, entry->rgPropVals, PR_DISPLAY_NAME);
        original = adr_text(entry->cValues, entry->rgPropVals, PR_TRANSMITABLE_DISPLAY_NAME);
        if (original && *original && (!shown || !same_text(shown, original)))
        {
            name.Value.lpszW = original;
            hr = adr_merge(entry, 1, &name, PT_UNICODE);
            expansion->changed = TRUE;
        }
        platform_free(shown);
        platform_free(original);
    }
    return hr;
}

/* ---- duplicates ---- */

static ULONG hash_bytes(const BYTE *bytes, size_t size)
{
    ULONG hash = 2166136261u;
    size_t i;

    for (i = 0; i < size; i++) hash = (hash ^ bytes[i]) * 16777619u;
    return hash;
}

/* The search key, which is the same for all entries that lead to one mailbox; else the entry ID. */
static HRESULT make_key(struct recipient *recipient)
{
    const ADRENTRY *entry = &recipient->entry;
    const SPropValue *prop = props_find(entry->rgPropVals, entry->cValues, PR_SEARCH_KEY);
    const SBinary *key = prop && prop->Value.bin.cb ? &prop->Value.bin : adr_entryid(entry);

    if (!key) return S_OK;
    if (!(recipient->key = platform_alloc(key->cb))) return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(recipient->key, key->lpb, key->cb);
    recipient->key_size = key->cb;
    recipient->hash = hash_bytes(recipient->key, recipient->key_size);
    return S_OK;
}

static BOOL same_key(const struct recipient *a, const struct recipient *b)
{
    return a->hash == b->hash && a->key_size == b->key_size && !memcmp(a->key, b->key, a->key_size);
}

/* In a message that is sent again stands who has it already beside who is to get it: that is no
 * duplicate. */
static BOOL is_taken(const struct recipient *recipient)
{
    const ADRENTRY *entry = &recipient->entry;
    const SPropValue *taken = props_find(entry->rgPropVals, entry->cValues, PR_RESPONSIBILITY);

    return taken && taken->Value.b;
}

/* Whom the sender named counts before whom a list leads to. */
static HRESULT find_duplicates(struct expansion *expansion)
{
    ULONG i, at, mask, size = 16, *table;
    struct recipient *recipient;
    BOOL members;
    HRESULT hr = S_OK;

    while (size < 2 * expansion->count) size *= 2;
    mask = size - 1;
    if (!(table = platform_alloc_zero(size * sizeof(*table)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    for (members = FALSE; members <= TRUE && SUCCEEDED(hr); members++)
    {
        for (i = 0; i < expansion->count && SUCCEEDED(hr); i++)
        {
            recipient = &expansion->recipients[i];
            if (recipient->member != members || is_taken(recipient)) continue;
            if (FAILED(hr = make_key(recipient)) || !recipient->key) continue;
            for (at = recipient->hash & mask; table[at]; at = (at + 1) & mask)
                if (same_key(&expansion->recipients[table[at] - 1], recipient)) break;
            if (table[at]) recipient->duplicate = TRUE;
            else table[at] = i + 1;
        }
    }
    platform_free(table);
    return hr;
}

/* A member that is a recipient already is left out; a recipient that a client named twice stays,
 * for all to see, but nobody is to send to it. */
static HRESULT mark_duplicates(struct expansion *expansion)
{
    SPropValue taken = { PR_RESPONSIBILITY };
    struct recipient *recipient;
    HRESULT hr = S_OK;
    ULONG i;

    taken.Value.b = TRUE;
    for (i = 0; i < expansion->count && SUCCEEDED(hr); i++)
    {
        recipient = &expansion->recipients[i];
        if (!recipient->duplicate || recipient->member) continue;
        hr = adr_merge(&recipient->entry, 1, &taken, PT_UNICODE);
        expansion->changed = TRUE;
    }
    return hr;
}

/* ---- the whole ---- */

static void drop_unwritable(ADRENTRY *entry)
{
    ULONG i, count = 0;

    for (i = 0; i < entry->cValues; i++)
    {
        if (PROP_ID(entry->rgPropVals[i].ulPropTag) == PROP_ID(PR_ROWID)
            || PROP_TYPE(entry->rgPropVals[i].ulPropTag) == PT_ERROR
            || PROP_TYPE(entry->rgPropVals[i].ulPropTag) == PT_NULL)
            continue;
        entry->rgPropVals[count++] = entry->rgPropVals[i];
    }
    entry->cValues = count;
}

/* What ModifyRecipients takes: the properties stay the expansion's. */
static HRESULT make_list(struct expansion *expansion, ADRLIST **ret)
{
    ADRLIST *list;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = adrlist_alloc(expansion->count, &list))) return hr;
    list->cEntries = 0;
    for (i = 0; i < expansion->count; i++)
    {
        if (expansion->recipients[i].duplicate && expansion->recipients[i].member) continue;
        drop_unwritable(&expansion->recipients[i].entry);
        list->aEntries[list->cEntries++] = expansion->recipients[i].entry;
    }
    *ret = list;
    return S_OK;
}

static BOOL takes_type(const struct logon *transport, const WCHAR *type)
{
    ULONG i;

    if (!transport->types) return TRUE;
    for (i = 0; i < transport->type_count; i++)
        if (!text_compare_nocase(transport->types[i], type)) return TRUE;
    return FALSE;
}

/* Whether the transport's status row names the store as its own. */
static BOOL owns_store(struct logon *transport, struct logon *store)
{
    const SPropValue *own;
    MAPIUID section;
    ENTRYID *id = NULL;
    ULONG size = 0;
    BOOL ret;

    EnterCriticalSection(&store->session->cs);
    own = props_find(transport->status_props, transport->status_count, PR_OWN_STORE_ENTRYID);
    if (own && (size = own->Value.bin.cb) && (id = platform_alloc(size)))
        memcpy(id, own->Value.bin.lpb, size);
    LeaveCriticalSection(&store->session->cs);
    if (!id) return FALSE;
    ret = SUCCEEDED(store_find_section(store->session, size, id, &section))
          && !memcmp(&section, &store->section, sizeof(section));
    platform_free(id);
    return ret;
}

/* Whether a transport that belongs to the store, by its message service or because it says so,
 * delivers to addresses of the type. */
static BOOL is_sent_by_own(struct logon *store, ULONG count, struct logon *const *transports,
                           const WCHAR *type)
{
    static const MAPIUID none;
    struct session *session = store->session;
    struct logon *transport;
    BOOL ret = FALSE, takes;
    ULONG i;

    for (i = 0; i < count && !ret; i++)
    {
        transport = transports[i];
        EnterCriticalSection(&session->cs);
        takes = transport->object && !transport->ended && takes_type(transport, type);
        LeaveCriticalSection(&session->cs);
        if (!takes) continue;
        ret = (!memcmp(&transport->service, &store->service, sizeof(none))
               && memcmp(&store->service, &none, sizeof(none)))
              || owns_store(transport, store);
    }
    return ret;
}

static BOOL needs_spooler(struct logon *store, const ADRLIST *list)
{
    struct logon **transports;
    BOOL ret = FALSE;
    ULONG i, count;
    WCHAR *type;

    if (FAILED(logons_snapshot(store->session, PROVIDER_TRANSPORT, &count, &transports)))
        return TRUE;
    for (i = 0; i < list->cEntries && !ret; i++)
    {
        type = adr_text(list->aEntries[i].cValues, list->aEntries[i].rgPropVals, PR_ADDRTYPE);
        ret = !type || !is_sent_by_own(store, count, transports, type);
        platform_free(type);
    }
    for (i = 0; i < count; i++) logon_release(transports[i]);
    platform_free(transports);
    return ret;
}

HRESULT recips_expand(struct logon *store, struct provider *provider, IMessage *message,
                      ULONG *flags)
{
    struct expansion expansion = { store->session };
    ADRLIST *list;
    SRowSet *rows;
    HRESULT hr;

    *flags = 0;
    if (FAILED(hr = message_ReadRecipients(provider, message, &rows))) return hr;
    hr = rows->cRows > RECIPIENTS_MAX ? MAPI_E_TABLE_TOO_BIG : gather(&expansion, rows);
    if (SUCCEEDED(hr)) hr = complete(&expansion);
    if (SUCCEEDED(hr)) hr = restore_names(&expansion);
    if (SUCCEEDED(hr)) hr = find_duplicates(&expansion);
    if (SUCCEEDED(hr)) hr = mark_duplicates(&expansion);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = make_list(&expansion, &list)))
    {
        if (expansion.changed) hr = message_ModifyRecipients(provider, message, 0, list);
        if (SUCCEEDED(hr) && needs_spooler(store, list)) *flags |= NEEDS_SPOOLER;
        if (SUCCEEDED(hr) && spooler_needs_preprocessing(store->session, list))
            *flags |= NEEDS_PREPROCESSING;
        memory_free_buffer(list);       /* not the properties */
    }
    rows_free(&memory_allocators, rows);
    expansion_free(&expansion);
    return hr;
}
