/*
 * Opening message stores
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
 * IMAPISession::OpenMsgStore: from a wrapped entry ID to the section it means, to the provider, to
 * a store. The provider's store goes to the client as it is; the logon object stays with us.
 *
 * A store that is open already is opened through the same provider object and comes without a logon
 * object; nothing of ours is kept for it then. Each other success leaves one logon, and, in a
 * session with mail, a second one for the spooler (SpoolerLogon with the security blob that Logon
 * returned).
 *
 * An entry ID that no section has, but of a provider DLL that the profile knows, is a new store: it
 * gets a temporary section (STATUS_TEMP_SECTION), which goes when the store cannot be opened or the
 * session ends, unless the provider made it permanent with ModifyProfile.
 */

#include <string.h>

#include "session/session.h"
#include "session/storeid.h"
#include "session/words.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define STORE_FLAGS (MAPI_BEST_ACCESS | MAPI_DEFERRED_ERRORS | MDB_NO_DIALOG | MDB_NO_MAIL \
                     | MDB_ONLINE \
                     | MDB_TEMPORARY | MDB_WRITE)
#define STATIC_FLAGS (STATUS_NO_PRIMARY_IDENTITY | STATUS_NO_DEFAULT_STORE | STATUS_OWN_STORE \
                      | STATUS_XP_PREFER_LAST)

/* What is asked of a store provider, the same for each attempt. */
struct store_request
{
    struct session *session;
    ULONG_PTR ui;
    MAPIUID section;
    ULONG order;
    BOOL temporary;             /* the section is one of ours, made for this call */
    ULONG size;                 /* the provider's own entry ID; 0: none yet */
    const ENTRYID *id;
    const IID *iid;
    ULONG flags;                /* as IMSProvider::Logon takes them */
};

/* The store sections of a session: those the profile lists, then temporary ones that are in use. */
static HRESULT store_sections(struct session *session, ULONG *ret_count, MAPIUID **ret)
{
    MAPIUID *sections, *grown;
    struct logon *logon;
    ULONG i, count, extra = 0;
    HRESULT hr;

    *ret_count = 0;
    *ret = NULL;
    hr = profile_providers(session->profile, PROVIDER_STORE, &count, &sections);
    if (hr == MAPI_E_NOT_FOUND)
    {
        count = 0;
        sections = NULL;
    }
    else if (FAILED(hr)) return hr;

    EnterCriticalSection(&session->cs);
    for (logon = session->logons; logon; logon = logon->next)
        extra += logon->kind == PROVIDER_STORE;
    grown = platform_realloc(sections, max(count + extra, 1) * sizeof(*grown));
    if (grown)
    {
        for (logon = session->logons; logon; logon = logon->next)
        {
            if (logon->kind != PROVIDER_STORE) continue;
            for (i = 0; i < count; i++)
                if (!memcmp(&grown[i], &logon->section, sizeof(MAPIUID))) break;
            if (i == count) grown[count++] = logon->section;
        }
    }
    LeaveCriticalSection(&session->cs);
    if (!grown)
    {
        platform_free(sections);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    *ret_count = count;
    *ret = grown;
    return S_OK;
}

/* What a section has, if its provider is of that DLL. */
static BOOL section_of_dll(struct session *session, const MAPIUID *section, const WCHAR *dll_name,
                           ULONG *count, SPropValue **props)
{
    const SPropValue *name;

    if (FAILED(section_read(session->profile, section, NULL, MAPI_UNICODE, count, props)))
        return FALSE;
    name = props_find(*props, *count, PR_PROVIDER_DLL_NAME_W);
    if (name && !text_compare_nocase(name->Value.lpszW, dll_name)) return TRUE;
    memory_free_buffer(*props);
    return FALSE;
}

/* index: of the section among the stores; *known: some section is of that DLL. MAPI_E_NOT_FOUND. */
static HRESULT find_section(struct session *session, const WCHAR *dll_name, ULONG size,
                            const ENTRYID *id, MAPIUID *section, ULONG *index, MAPIUID *known)
{
    ULONG i, count, prop_count, stored_size, same;
    struct provider *provider = NULL;
    const SPropValue *stored;
    const ENTRYID *stored_id;
    BOOL found = FALSE, named, any = FALSE;
    SPropValue *props;
    MAPIUID *sections, wanted;
    WCHAR *why;
    ULONG pass;
    HRESULT hr;

    if (FAILED(hr = store_sections(session, &count, &sections))) return hr;
    named = storeid_names_section(size, id, &wanted);

    /* Equal bytes first: that needs no provider. */
    for (pass = 0; pass < 2 && !found; pass++)
    {
        if (pass && (named || !any)) break;
        if (pass && FAILED(session_get_provider(session, PROVIDER_STORE, dll_name, &provider,
                                                &why)))
        {
            platform_free(why);
            break;
        }
        for (i = 0; i < count && !found; i++)
        {
            if (!section_of_dll(session, &sections[i], dll_name, &prop_count, &props)) continue;
            if (!any) *known = sections[i];
            any = TRUE;
            stored = props_find(props, prop_count, PR_ENTRYID);
            if (named) found = !memcmp(&wanted, &sections[i], sizeof(wanted));
            else if (stored)
            {
                storeid_unwrap_stored(stored, &stored_size, &stored_id);
                if (!pass) found = stored_size == size && !memcmp(stored_id, id, size);
                else found = SUCCEEDED(store_CompareStoreIDs(provider, size, id, stored_size,
                                                             stored_id, 0, &same)) && same;
            }
            memory_free_buffer(props);
            if (found)
            {
                *section = sections[i];
                *index = i;
            }
        }
    }
    provider_release(provider);
    platform_free(sections);
    if (found) return S_OK;
    return any ? MAPI_E_NOT_FOUND : MAPI_E_UNKNOWN_ENTRYID;
}

HRESULT store_find_section(struct session *session, ULONG size, const ENTRYID *id, MAPIUID *section)
{
    const ENTRYID *inner;
    ULONG inner_size, index;
    const char *dll;
    WCHAR *dll_name;
    MAPIUID known;
    HRESULT hr;

    if (FAILED(entryid_unwrap_store(size, id, &dll, &inner_size, &inner))) return MAPI_E_NOT_FOUND;
    if (!(dll_name = text_from_ansi(dll))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = find_section(session, dll_name, inner_size, inner, section, &index, &known);
    platform_free(dll_name);
    return hr == MAPI_E_UNKNOWN_ENTRYID ? MAPI_E_NOT_FOUND : hr;
}

/* The provider's own entry ID as its section has it now, in a platform_alloc block; FALSE: none
 * yet. */
static BOOL stored_entryid(struct session *session, const MAPIUID *section, ULONG *size,
                           ENTRYID **ret)
{
    static const SizedSPropTagArray(1, tag) = { 1, { PR_ENTRYID } };
    const SPropValue *stored;
    const ENTRYID *inner;
    SPropValue *props;
    ULONG count;

    *size = 0;
    *ret = NULL;
    if (FAILED(section_read(session->profile, section, (const SPropTagArray *)&tag, MAPI_UNICODE,
                            &count, &props)))
        return FALSE;
    if ((stored = props_find(props, count, PR_ENTRYID)) && stored->Value.bin.cb)
    {
        storeid_unwrap_stored(stored, size, &inner);
        if ((*ret = platform_alloc(*size))) memcpy(*ret, inner, *size);
    }
    memory_free_buffer(props);
    return *ret != NULL;
}

/* A section for a store the profile does not know yet, after the model of another of the same
 * DLL. */
static HRESULT make_temporary_section(struct session *session, const MAPIUID *model,
                                      MAPIUID *section)
{
    static const ULONG kept[] =
    {
        PR_PROVIDER_DLL_NAME_W, PR_RESOURCE_TYPE, PR_SERVICE_UID, PR_SERVICE_NAME_W,
        PR_PROVIDER_DISPLAY_W, PR_DISPLAY_NAME_W, PR_MDB_PROVIDER
    };
    SPropValue *props, copy[sizeof(kept) / sizeof(kept[0]) + 1];
    const SPropValue *prop;
    ULONG i, count, filled = 0;
    HRESULT hr;

    if (!platform_new_uid(section)) return MAPI_E_CALL_FAILED;
    if (FAILED(hr = section_read(session->profile, model, NULL, MAPI_UNICODE, &count, &props)))
        return hr;
    for (i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
        if ((prop = props_find(props, count, kept[i]))) copy[filled++] = *prop;
    prop = props_find(props, count, PR_RESOURCE_FLAGS);
    copy[filled].ulPropTag = PR_RESOURCE_FLAGS;
    copy[filled++].Value.l = (prop ? prop->Value.l & STATIC_FLAGS : 0) | STATUS_TEMP_SECTION;
    hr = section_write(session->profile, section, filled, copy);
    memory_free_buffer(props);
    return hr;
}

/* The spooler's logon to a store that a client has just opened. What fails here is nobody's loss
 * yet. */
static void spooler_logon(const struct store_request *request, struct provider *provider,
                          IUnknown *client_object, ULONG security_size, BYTE *security)
{
    struct session *session = request->session;
    struct logon *logon, *other;
    IMAPISupport *support;
    IMSLogon *object;
    BOOL there = FALSE;
    IMsgStore *store;
    ENTRYID *id;
    ULONG size;
    HRESULT hr;

    EnterCriticalSection(&session->cs);
    for (other = session->logons; other && !there; other = other->next)
        there = other->spooler && !other->ended
                && !memcmp(&other->section, &request->section, sizeof(MAPIUID));
    LeaveCriticalSection(&session->cs);
    if (there) return;

    if (FAILED(logon_create(session, PROVIDER_STORE, &request->section, request->order, &logon)))
        return;
    logon->spooler = TRUE;
    provider_addref(logon->provider = provider);
    if (FAILED(support_create(logon, &support)))
    {
        logon_release(logon);
        return;
    }
    if (FAILED(logon_link(logon)))
    {
        IMAPISupport_Release(support);
        logon_release(logon);
        return;
    }
    stored_entryid(session, &request->section, &size, &id);
    hr = store_SpoolerLogon(provider, support, request->ui, profile_name(session->profile),
                            id ? size : request->size, id ? id : request->id,
                            (request->flags & MAPI_DEFERRED_ERRORS) | MDB_NO_DIALOG | MDB_WRITE,
                            NULL, security_size, security, NULL, &object, &store);
    platform_free(id);
    if (SUCCEEDED(hr))
    {
        logon->shares_object = (IUnknown *)object == client_object;
        /* Often the client's store comes back, which has a support object already: ours is kept
         * here. */
        logon_set_object(logon, provider, (IUnknown *)object, (IUnknown *)store, support);
        spooler_look(session);
    }
    else
    {
        TRACE("%s: the spooler got no store of its own (%#lx)\n", debugstr_w(logon->dll_name),
              (unsigned long)hr);
        logon_end(logon);
        logon_unlink(logon);
        IMAPISupport_Release(support);
    }
    logon_release(logon);
}

void store_end_spooler(struct logon *logon)
{
    struct session *session = logon->session;
    struct logon *other;

    EnterCriticalSection(&session->cs);
    for (other = session->logons; other; other = other->next)
        if (other->spooler && !other->ended
            && !memcmp(&other->section, &logon->section, sizeof(MAPIUID)))
            break;
    if (other) logon_addref(other);
    LeaveCriticalSection(&session->cs);
    if (!other) return;
    logon_end(other);
    logon_release(other);
}

/* Whether another logon of the section is live: what fails then is the call, not the provider. */
static BOOL section_live(struct logon *logon)
{
    struct logon *other;
    BOOL ret = FALSE;

    EnterCriticalSection(&logon->session->cs);
    for (other = logon->session->logons; other && !ret; other = other->next)
        ret = other != logon && other->kind == PROVIDER_STORE && !other->ended && other->object
              && !memcmp(&other->section, &logon->section, sizeof(MAPIUID));
    LeaveCriticalSection(&logon->session->cs);
    return ret;
}

/* Results that answer this request and say nothing of the next one: they do not disable a
 * service. */
static BOOL is_request_error(HRESULT hr)
{
    switch (hr)
    {
    case MAPI_E_NO_ACCESS:
    case MAPI_E_NOT_FOUND:
    case MAPI_E_LOGON_FAILED:
    case MAPI_E_USER_CANCEL:
    case MAPI_E_INTERFACE_NOT_SUPPORTED:
    case MAPI_E_INVALID_PARAMETER:
    case MAPI_E_INVALID_ENTRYID:
    case MAPI_E_UNKNOWN_FLAGS:
    case MAPI_E_BAD_CHARWIDTH:
    case MAPI_E_NOT_ENOUGH_MEMORY:
        return TRUE;
    }
    return FALSE;
}

/* Whether anybody but the caller holds the support object. Its last Release logs a store off, so a
 * provider that took none, against the rules, would lose its logon under the client's hands. */
static BOOL support_taken(IMAPISupport *support)
{
    IMAPISupport_AddRef(support);
    return IMAPISupport_Release(support) > 1;
}

/* The provider logged on: the session takes the logon object, and the spooler gets its own. When
 * the session ended meanwhile, the store was logged off with it: MAPI_E_INVALID_OBJECT. */
static HRESULT store_keep_logon(const struct store_request *request, struct logon *logon,
                                struct provider *provider, IMAPISupport *support, IMSLogon *object,
                                ULONG security_size, BYTE *security, IMsgStore **store)
{
    struct session *session = request->session;
    IMAPISupport *kept = NULL;
    BOOL mail;
    HRESULT hr;

    if (!support_taken(support))
    {
        WARN("%s took no reference to its support object\n", debugstr_w(logon->dll_name));
        IMAPISupport_AddRef(kept = support);
    }
    if (FAILED(hr = logon_set_object(logon, provider, (IUnknown *)object, NULL, kept)))
    {
        host_object_release(provider, (IUnknown *)*store);
        *store = NULL;
        return hr;
    }
    EnterCriticalSection(&session->cs);
    mail = !logon->ended && session->transports_started
           && !(request->flags & (MDB_NO_MAIL | MDB_TEMPORARY));
    LeaveCriticalSection(&session->cs);
    if (mail) spooler_logon(request, provider, (IUnknown *)object, security_size, security);
    store_table_update(session, &request->section);
    return hr;
}

/* One attempt: a logon of its own, which stays in the session's list as what it became. */
static HRESULT store_attempt(const struct store_request *request, WCHAR **words, IMsgStore **ret)
{
    struct session *session = request->session;
    struct provider *provider;
    IMAPISupport *support = NULL;
    struct last_error error;
    ULONG security_size = 0;
    BYTE *security = NULL;
    struct logon *logon;
    IMSLogon *object = NULL;
    WCHAR *why, *said;
    HRESULT hr;

    *words = NULL;
    if (FAILED(hr = logon_create(session, PROVIDER_STORE, &request->section, request->order,
                                 &logon)))
        return hr;
    if (logon_service_disabled(logon))
    {
        *words = words_failure(logon, MAPI_E_LOGON_FAILED, words_service_disabled);
        logon_release(logon);
        return MAPI_E_LOGON_FAILED;
    }
    hr = session_get_provider(session, PROVIDER_STORE, logon->dll_name, &provider, &why);
    if (FAILED(hr))
    {
        *words = words_failure(logon, hr, why);
        platform_free(why);
        if (!request->temporary)
        {
            logon_link(logon);
            logon_end(logon);
            logon_set_failure(logon, hr, text_dup(*words));
        }
        logon_release(logon);
        return hr;
    }
    provider_addref(logon->provider = provider);
    if (FAILED(hr = support_create(logon, &support)))
    {
        provider_release(provider);
        logon_release(logon);
        return hr;
    }
    if (FAILED(hr = logon_link(logon)))
    {
        IMAPISupport_Release(support);
        provider_release(provider);
        logon_release(logon);
        return hr;
    }

    last_error_init(&error);
    hr = store_Logon(provider, support, request->ui, profile_name(session->profile), request->size,
                     request->id, request->flags, request->iid, &security_size, &security, &error,
                     &object, ret);
    said = words_of_error(&error, hr);
    last_error_destroy(&error);
    if (SUCCEEDED(hr) && object)
    {
        hr = store_keep_logon(request, logon, provider, support, object, security_size, security,
                              ret);
        *words = said;
    }
    else if (SUCCEEDED(hr))
    {
        /* Open already, in this session: the store is all there is. */
        logon_end(logon);
        logon_unlink(logon);
        if (request->temporary) store_forget_temporary(logon);
        *words = said;
    }
    else
    {
        *words = words_failure(logon, hr, said);
        platform_free(said);
        logon_end(logon);
        if (request->temporary || section_live(logon)) logon_unlink(logon);
        else
        {
            if (!is_request_error(hr) && !provider->party.broken) logon_disable_service(logon, hr);
            logon_set_failure(logon, hr, text_dup(*words));
        }
    }
    host_free_buffer(provider, security);
    IMAPISupport_Release(support);
    provider_release(provider);
    logon_release(logon);
    return hr;
}

static HRESULT store_request(struct store_request *request, BOOL best_access, WCHAR **words,
                             IMsgStore **ret)
{
    BOOL configured = FALSE;
    struct logon *logon;
    HRESULT hr;

    for (;;)
    {
        hr = store_attempt(request, words, ret);
        if (hr == MAPI_E_UNCONFIGURED && !configured)
        {
            configured = TRUE;
            if (FAILED(logon_create(request->session, PROVIDER_STORE, &request->section,
                                    request->order, &logon)))
                return hr;
            hr = logon_configure_service(logon, request->ui,
                                         request->flags & MDB_NO_DIALOG ? 0 : SERVICE_UI_ALLOWED);
            logon_release(logon);
            if (FAILED(hr)) return hr == MAPI_E_USER_CANCEL ? hr : MAPI_E_UNCONFIGURED;
        }
        else if (hr == MAPI_E_NO_ACCESS && best_access && request->flags & MDB_WRITE)
            request->flags &= ~MDB_WRITE;
        else return hr;
        platform_free(*words);
        *words = NULL;
    }
}

HRESULT store_open(struct session *session, struct last_error *error, ULONG_PTR ui, ULONG size,
                   const ENTRYID *id, const IID *iid, ULONG flags, IMsgStore **ret)
{
    struct store_request request = { session, ui };
    WCHAR *dll_name, *words = NULL;
    ENTRYID *stored = NULL;
    const char *dll;
    MAPIUID known;
    HRESULT hr;

    *ret = NULL;
    if (!size || !id) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~STORE_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    if (!session_alive(session)) return MAPI_E_INVALID_OBJECT;
    if (FAILED(hr = entryid_unwrap_store(size, id, &dll, &request.size, &request.id)))
    {
        words_tell(error, MAPI_E_NOT_FOUND,
                   L"The entry identifier is not one of a message store that MAPI wrapped.");
        return MAPI_E_NOT_FOUND;
    }
    if (!(dll_name = text_from_ansi(dll))) return MAPI_E_NOT_ENOUGH_MEMORY;

    hr = find_section(session, dll_name, request.size, request.id, &request.section, &request.order,
                      &known);
    if (hr == MAPI_E_NOT_FOUND
        && !storeid_names_section(request.size, request.id, &request.section))
    {
        request.temporary = TRUE;
        request.order = ~0u;
        hr = make_temporary_section(session, &known, &request.section);
    }
    if (FAILED(hr))
    {
        if (hr == MAPI_E_UNKNOWN_ENTRYID) hr = MAPI_E_NOT_FOUND;
        if (hr == MAPI_E_NOT_FOUND)
        {
            words = words_join(L"No message store of the profile \"",
                               profile_name(session->profile), L"\" belongs to the provider ",
                               dll_name, L".", NULL);
            words_tell(error, hr, words);
            platform_free(words);
        }
        platform_free(dll_name);
        return hr;
    }
    platform_free(dll_name);

    if (storeid_names_section(request.size, request.id, &known))
    {
        /* By now the provider may have stored one of its own. */
        stored_entryid(session, &request.section, &request.size, &stored);
        request.id = stored;
    }
    request.iid = iid;
    request.flags = flags & ~MAPI_BEST_ACCESS;
    if (flags & MAPI_BEST_ACCESS) request.flags |= MDB_WRITE;
    hr = store_request(&request, (flags & MAPI_BEST_ACCESS) && !(flags & MDB_WRITE), &words, ret);

    if (FAILED(hr) && request.temporary)
    {
        section_delete(session->profile, &request.section);
        if (hr != MAPI_E_NO_ACCESS && hr != MAPI_E_USER_CANCEL && hr != MAPI_E_NOT_ENOUGH_MEMORY
            && hr != MAPI_E_INTERFACE_NOT_SUPPORTED)
            hr = MAPI_E_NOT_FOUND;
    }
    if (hr == MAPI_E_UNCONFIGURED && flags & MDB_NO_DIALOG) hr = MAPI_E_LOGON_FAILED;
    if (FAILED(hr) && !session_alive(session)) hr = MAPI_E_INVALID_OBJECT;
    words_tell(error, hr, words);
    platform_free(words);
    platform_free(stored);
    return hr;
}

HRESULT store_compare(struct session *session, ULONG size1, const ENTRYID *id1, ULONG size2,
                      const ENTRYID *id2, ULONG *result)
{
    MAPIUID section1, section2;

    *result = FALSE;
    if (size1 == size2 && !memcmp(id1, id2, size1))
    {
        *result = TRUE;
        return S_OK;
    }
    /* Equal when both mean one section; the providers are asked on the way there. */
    if (FAILED(store_find_section(session, size1, id1, &section1))
        || FAILED(store_find_section(session, size2, id2, &section2)))
        return MAPI_E_UNKNOWN_ENTRYID;
    *result = !memcmp(&section1, &section2, sizeof(section1));
    return S_OK;
}

void store_forget_temporary(struct logon *logon)
{
    static const SizedSPropTagArray(1, tag) = { 1, { PR_RESOURCE_FLAGS } };
    struct profile *profile = logon->session->profile;
    const SPropValue *flags;
    SPropValue *props;
    ULONG count;
    BOOL temporary;

    if (FAILED(section_read(profile, &logon->section, (const SPropTagArray *)&tag, MAPI_UNICODE,
                            &count, &props)))
        return;
    flags = props_find(props, count, PR_RESOURCE_FLAGS);
    temporary = flags && flags->Value.l & STATUS_TEMP_SECTION;
    memory_free_buffer(props);
    if (temporary) section_delete(profile, &logon->section);
}

HRESULT store_open_default(IMAPISession *session, ULONG flags, IMsgStore **ret)
{
    static const SizedSPropTagArray(1, columns) = { 1, { PR_ENTRYID } };
    SPropValue is_default = { PR_DEFAULT_STORE };
    SRestriction restriction = { RES_PROPERTY };
    const SPropValue *id;
    SRowSet *rows = NULL;
    IMAPITable *table;
    HRESULT hr;

    *ret = NULL;
    is_default.Value.b = TRUE;
    restriction.res.resProperty.relop = RELOP_EQ;
    restriction.res.resProperty.ulPropTag = PR_DEFAULT_STORE;
    restriction.res.resProperty.lpProp = &is_default;
    if (FAILED(hr = IMAPISession_GetMsgStoresTable(session, 0, &table))) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, &restriction, NULL, 1, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return hr;
    id = rows->cRows ? rows->aRow[0].lpProps : NULL;
    if (!id || id->ulPropTag != PR_ENTRYID) hr = MAPI_E_NOT_FOUND;
    else hr = IMAPISession_OpenMsgStore(session, 0, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb,
                                        NULL, flags, ret);
    FreeProws(rows);
    return hr;
}
