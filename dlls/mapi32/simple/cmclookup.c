/*
 * Common Messaging Calls: recipients
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

#define COBJMACROS
#include "simple/cmc.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define MATCHES_MAX 0x1000

/* What a lookup gives out: one block, the array first. */
static CMC_return_code put_array(struct simple_session *session, ULONG count,
                                 const MapiRecipDesc *from, BOOL truncated, CMC_uint32 *ret_count,
                                 CMC_recipient **ret)
{
    const BOOL id = (session->extensions & CMC_WANTED(CMC_X_COM_RECIP_ID)) != 0;
    CMC_recipient *array;
    HRESULT hr = S_OK;
    ULONG i;

    if (!count) return CMC_SUCCESS;
    if (memory_exported->allocate(count * sizeof(*array), (void **)&array))
        return CMC_E_INSUFFICIENT_MEMORY;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
        hr = cmc_put_recipient(array, from + i, id, array + i);
    if (FAILED(hr))
    {
        memory_exported->free(array);
        return cmc_error_hr(hr);
    }
    array[count - 1].recip_flags |= CMC_RECIP_LAST_ELEMENT;
    if (truncated) array[count - 1].recip_flags |= CMC_RECIP_LIST_TRUNCATED;
    *ret = array;
    *ret_count = count;
    return CMC_SUCCESS;
}

/* Who the session's user is. */
static CMC_return_code look_up_identity(struct simple_session *session, ULONG_PTR ui,
                                        CMC_uint32 *count, CMC_recipient **ret)
{
    static const SizedSPropTagArray(5, tags) =
        { 5, { PR_RECIPIENT_TYPE, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_ENTRYID } };
    SPropValue *props = NULL;
    MapiRecipDesc *person = NULL;
    CMC_return_code code;
    IMAPIProp *entry;
    IAddrBook *book;
    ENTRYID *id;
    ULONG size, type, prop_count;
    HRESULT hr;

    if (FAILED(hr = IMAPISession_QueryIdentity(session->session, &size, &id)))
        return CMC_E_RECIPIENT_NOT_FOUND;
    hr = simple_open_book(session, ui, FALSE, &book);
    if (SUCCEEDED(hr))
    {
        hr = IAddrBook_OpenEntry(book, size, id, NULL, 0, &type, (IUnknown **)&entry);
        if (SUCCEEDED(hr))
        {
            hr = IMAPIProp_GetProps(entry, (SPropTagArray *)&tags, MAPI_UNICODE, &prop_count,
                                    &props);
            IMAPIProp_Release(entry);
        }
        IAddrBook_Release(book);
    }
    memory_exported->free(id);
    if (SUCCEEDED(hr) && memory_exported->allocate(sizeof(*person), (void **)&person))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr))
    {
        memset(person, 0, sizeof(*person));
        hr = recipient_to_simple(person, prop_count, props, person);
        person->ulRecipClass = MAPI_TO;
    }
    code = FAILED(hr) ? CMC_E_RECIPIENT_NOT_FOUND
                      : put_array(session, 1, person, FALSE, count, ret);
    memory_exported->free(person);
    memory_exported->free(props);
    return code;
}

/* ---- all whose name begins so ---- */

struct matches
{
    MapiRecipDesc *list;        /* a block of memory_exported: the array, its texts in the chain */
    ULONG count, room;
};

static HRESULT add_match(struct matches *matches, const SRow *row)
{
    HRESULT hr;

    memset(matches->list + matches->count, 0, sizeof(*matches->list));
    hr = recipient_to_simple(matches->list, row->cValues, row->lpProps,
                             matches->list + matches->count);
    matches->list[matches->count++].ulRecipClass = MAPI_TO;
    return hr;
}

/* Those of one container; what cannot be searched has none. */
static HRESULT match_container(IAddrBook *book, const SBinary *id, WCHAR *name,
                               struct matches *matches)
{
    static const SizedSPropTagArray(4, columns) =
        { 4, { PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_ENTRYID } };
    SRestriction restriction = { RES_PROPERTY };
    SPropValue wanted = { PR_ANR_W };
    IABContainer *container;
    SRowSet *rows = NULL;
    IMAPITable *table;
    HRESULT hr;
    ULONG type, i;

    hr = IAddrBook_OpenEntry(book, id->cb, (ENTRYID *)id->lpb, NULL, 0, &type,
                             (IUnknown **)&container);
    if (FAILED(hr)) return S_OK;
    hr = IABContainer_GetContentsTable(container, MAPI_UNICODE, &table);
    IABContainer_Release(container);
    if (FAILED(hr)) return S_OK;
    wanted.Value.lpszW = name;
    restriction.res.resProperty.relop = RELOP_EQ;
    restriction.res.resProperty.ulPropTag = PR_ANR_W;
    restriction.res.resProperty.lpProp = &wanted;
    hr = IMAPITable_SetColumns(table, (SPropTagArray *)&columns, TBL_BATCH);
    if (SUCCEEDED(hr)) hr = IMAPITable_Restrict(table, &restriction, TBL_BATCH);
    if (SUCCEEDED(hr)) hr = IMAPITable_QueryRows(table, matches->room - matches->count, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return hr == MAPI_E_NOT_ENOUGH_MEMORY ? hr : S_OK;
    for (i = 0; i < rows->cRows && matches->count < matches->room && SUCCEEDED(hr); i++)
        hr = add_match(matches, rows->aRow + i);
    FreeProws(rows);
    return hr;
}

static HRESULT match_all(struct simple_session *session, ULONG_PTR ui, const char *name,
                         struct matches *matches)
{
    SRowSet *path = NULL;
    IAddrBook *book;
    WCHAR *wide;
    HRESULT hr;
    ULONG i, j;

    if (!(wide = text_from_ansi(name))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = simple_open_book(session, ui, FALSE, &book);
    if (SUCCEEDED(hr))
    {
        hr = IAddrBook_GetSearchPath(book, 0, &path);
        for (i = 0; SUCCEEDED(hr) && i < path->cRows && matches->count < matches->room; i++)
            for (j = 0; j < path->aRow[i].cValues; j++)
                if (path->aRow[i].lpProps[j].ulPropTag == PR_ENTRYID)
                    hr = match_container(book, &path->aRow[i].lpProps[j].Value.bin, wide, matches);
        FreeProws(path);
        IAddrBook_Release(book);
    }
    platform_free(wide);
    return hr;
}

/* limit: how many the caller takes; there is one place more, to see whether there are more. */
static CMC_return_code look_up_prefix(struct simple_session *session, ULONG_PTR ui,
                                      const char *name, ULONG limit, CMC_uint32 *count,
                                      CMC_recipient **ret)
{
    struct matches matches = { 0 };
    CMC_return_code code;
    HRESULT hr;

    if (!limit || limit > MATCHES_MAX) limit = MATCHES_MAX;
    matches.room = limit + 1;
    if (memory_exported->allocate(matches.room * sizeof(*matches.list), (void **)&matches.list))
        return CMC_E_INSUFFICIENT_MEMORY;
    hr = match_all(session, ui, name, &matches);
    if (FAILED(hr)) code = cmc_error_hr(hr);
    else if (!matches.count) code = CMC_E_RECIPIENT_NOT_FOUND;
    else code = put_array(session, matches.count > limit ? limit : matches.count, matches.list,
                          matches.count > limit, count, ret);
    memory_exported->free(matches.list);
    return code;
}

/* ---- one, by name or chosen by the user ---- */

static CMC_return_code look_up_one(struct simple_session *session, ULONG_PTR ui, const char *name,
                                   BOOL dialogs, CMC_uint32 *count, CMC_recipient **ret)
{
    MapiRecipDesc *found;
    CMC_return_code code;
    ULONG simple;

    if ((simple = simple_resolve(session, ui, name, dialogs ? MAPI_DIALOG : 0, &found)))
        return cmc_error(simple);
    code = put_array(session, 1, found, FALSE, count, ret);
    memory_exported->free(found);
    return code;
}

static CMC_return_code show_details(struct simple_session *session, ULONG_PTR ui,
                                    const CMC_recipient *from)
{
    MapiRecipDesc recipient, *found = NULL;
    CMC_return_code ret;
    ULONG code;

    if ((ret = cmc_recipient_to_simple(from, &recipient))) return ret;
    if (!recipient.ulEIDSize)
    {
        if ((code = simple_resolve(session, ui, recipient.lpszName ? recipient.lpszName : "", 0,
                                   &found)))
            return cmc_error(code);
        recipient = *found;
    }
    code = simple_details(session, ui, &recipient);
    memory_exported->free(found);
    return cmc_error(code);
}

/* The list that the user makes of the recipients given. */
static CMC_return_code edit_list(struct simple_session *session, ULONG_PTR ui,
                                 const CMC_recipient *from, CMC_extension *extension,
                                 CMC_uint32 *count, CMC_recipient **ret)
{
    ULONG code, n = 0, given, fields = 3;
    MapiRecipDesc *list, *chosen = NULL;
    const char *label = NULL;
    CMC_return_code result = CMC_SUCCESS;

    given = cmc_count(from, sizeof(*from), offsetof(CMC_recipient, recip_flags),
                      CMC_RECIP_LAST_ELEMENT);
    if (given == ~0u) return CMC_E_INVALID_PARAMETER;
    if (extension)
    {
        if (extension->item_data <= 4) fields = extension->item_data;
        if (!string_check(extension->item_reference)) return CMC_E_INVALID_PARAMETER;
        label = extension->item_reference;
    }
    if (!(list = platform_alloc((given + 1) * sizeof(*list)))) return CMC_E_INSUFFICIENT_MEMORY;
    for (code = 0; code < given && !result; code++)
        if (!(from[code].recip_flags & CMC_RECIP_IGNORE))
            result = cmc_recipient_to_simple(from + code, list + n++);
    if (!result)
        result = cmc_error(simple_address(session, ui, NULL, fields, label, n, list, &n, &chosen));
    if (!result) result = put_array(session, n, chosen, FALSE, count, ret);
    memory_exported->free(chosen);
    platform_free(list);
    return result;
}

CMC_return_code WINAPI cmc_look_up(CMC_session_id session, CMC_recipient *recipient_in,
                                   CMC_flags look_up_flags, CMC_ui_id ui_id, CMC_uint32 *count,
                                   CMC_recipient **recipient_out, CMC_extension *look_up_extensions)
{
    static const ULONG known[] = { CMC_X_COM_CAN_SEND_RECIP, CMC_X_MS_FUNCTION_FLAGS,
                                   CMC_X_MS_ADDRESS_UI, 0 };
    const CMC_flags named = CMC_LOOKUP_RESOLVE_PREFIX_SEARCH | CMC_LOOKUP_RESOLVE_UI
                            | CMC_LOOKUP_DETAILS_UI;
    const CMC_flags given = look_up_flags
                            & (named | CMC_LOOKUP_RESOLVE_IDENTITY | CMC_LOOKUP_ADDRESSING_UI);
    const ULONG_PTR ui = cmc_window(ui_id);
    struct simple_session *simple;
    CMC_extension *extension;
    struct simple_call call;
    CMC_return_code ret;
    ULONG code, limit;

    TRACE("(%#lx, %p, %#lx, %#lx, %p, %p, %p)\n", session, recipient_in, look_up_flags, ui_id,
          count, recipient_out, look_up_extensions);

    limit = count ? *count : 0;
    if (count) *count = 0;
    if (recipient_out) *recipient_out = NULL;
    if ((ret = cmc_flags_check(look_up_flags,
                               named | CMC_LOOKUP_RESOLVE_IDENTITY | CMC_LOOKUP_ADDRESSING_UI)))
        return ret;
    if ((ret = cmc_extensions_check(look_up_extensions, known))) return ret;
    if ((!count || !recipient_out) && !(look_up_flags & CMC_LOOKUP_DETAILS_UI))
        return CMC_E_INVALID_PARAMETER;
    if ((look_up_flags & named || !given)
        && (!recipient_in || IsBadReadPtr(recipient_in, sizeof(*recipient_in))
            || !string_check(recipient_in->name)
            || (!recipient_in->name && !(look_up_flags & CMC_LOOKUP_DETAILS_UI))))
        return CMC_E_INVALID_PARAMETER;
    if (!session && !(look_up_flags & CMC_LOGON_UI_ALLOWED)) return CMC_E_INVALID_SESSION_ID;
    if ((code = simple_begin(&call, session, ui, MAPI_LOGON_UI))) return cmc_error(code);
    simple = call.session;

    if (look_up_flags & CMC_LOOKUP_ADDRESSING_UI)
        ret = edit_list(simple, ui, recipient_in,
                        cmc_extension(look_up_extensions, CMC_X_MS_ADDRESS_UI), count,
                        recipient_out);
    else if (look_up_flags & CMC_LOOKUP_DETAILS_UI) ret = show_details(simple, ui, recipient_in);
    else if (look_up_flags & CMC_LOOKUP_RESOLVE_IDENTITY)
        ret = look_up_identity(simple, ui, count, recipient_out);
    else if (look_up_flags & CMC_LOOKUP_RESOLVE_PREFIX_SEARCH)
        ret = look_up_prefix(simple, ui, recipient_in->name, limit, count, recipient_out);
    else
        ret = look_up_one(simple, ui, recipient_in->name,
                          (look_up_flags & CMC_LOOKUP_RESOLVE_UI) != 0, count, recipient_out);
    /* Whoever can be resolved can be sent to: the spooler keeps what no transport is ready for. */
    if (!ret && (extension = cmc_extension(look_up_extensions, CMC_X_COM_CAN_SEND_RECIP)))
        extension->item_data = CMC_X_COM_DEFER;
    simple_end(&call);
    return ret;
}
