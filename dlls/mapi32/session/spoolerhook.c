/*
 * The spooler: hook providers and preprocessors
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
 * Hook providers are loaded when the first message passes, in the order of the profile, and called
 * for each that arrives or was sent, as their section's PR_RESOURCE_FLAGS say. One that says
 * HOOK_CANCEL is the last to be asked. What they and preprocessors get as session is a client of
 * its own, which does not keep the session alive.
 *
 * A preprocessor belongs to the transport that registered it, and is called for a message that has
 * a recipient of its address type or UID and that its transport would get.
 */

#include "session/spooler.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static IMAPISession *own_client(struct spooler *spooler)
{
    if (!spooler->client
        && FAILED(client_session_create(spooler->session, 0, &spooler->client)))
        return NULL;
    return &spooler->client->IMAPISession_iface;
}

/* ---- hook providers ---- */

static void load_hook(struct spooler *spooler, const MAPIUID *section)
{
    const SPropValue *dll, *flags;
    struct hook *hook, **link;
    struct provider *provider;
    SPropValue *props;
    WCHAR *why = NULL;
    ULONG count;

    if (FAILED(section_read(spooler->session->profile, section, NULL, MAPI_UNICODE, &count,
                            &props)))
        return;
    dll = props_find(props, count, PR_PROVIDER_DLL_NAME_W);
    flags = props_find(props, count, PR_RESOURCE_FLAGS);
    if (dll && flags && own_client(spooler)
        && SUCCEEDED(hook_create(dll->Value.lpszW, own_client(spooler), section,
                                 flags->Value.l & (HOOK_INBOUND | HOOK_OUTBOUND), &provider, &why)))
    {
        if (!(hook = platform_alloc_zero(sizeof(*hook)))) provider_release(provider);
        else
        {
            hook->provider = provider;
            hook->flags = flags->Value.l;
            for (link = &spooler->hooks; *link; link = &(*link)->next)
                ;
            *link = hook;
        }
    }
    if (why) WARN("%s\n", debugstr_w(why));
    platform_free(why);
    memory_free_buffer(props);
}

static void hooks_load(struct spooler *spooler)
{
    MAPIUID *sections;
    ULONG i, count;

    if (spooler->hooks_loaded) return;
    spooler->hooks_loaded = TRUE;
    if (FAILED(profile_providers(spooler->session->profile, PROVIDER_HOOK, &count, &sections)))
        return;
    for (i = 0; i < count; i++) load_hook(spooler, &sections[i]);
    platform_free(sections);
}

void hooks_release(struct spooler *spooler)
{
    struct hook *hook;

    while ((hook = spooler->hooks))
    {
        spooler->hooks = hook->next;
        provider_release(hook->provider);
        platform_free(hook);
    }
}

void hooks_run(struct spooler *spooler, BOOL inbound, IMessage *message, IMAPIFolder *folder,
               IMsgStore *store, ULONG *flags, ULONG *size, ENTRYID **id)
{
    ULONG wanted = inbound ? HOOK_INBOUND : HOOK_OUTBOUND, said, folder_size;
    struct hook *hook;
    ENTRYID *folder_id;

    *flags = *size = 0;
    *id = NULL;
    hooks_load(spooler);
    for (hook = spooler->hooks; hook; hook = hook->next)
    {
        if (!(hook->flags & wanted)) continue;
        if (FAILED(hook_call(hook->provider, inbound, message, folder, store, &said, &folder_size,
                             &folder_id)))
            continue;
        *flags |= said & HOOK_DELETE;
        if (folder_id)
        {
            platform_free(*id);
            *id = folder_id;
            *size = folder_size;
        }
        if (said & HOOK_CANCEL) break;
    }
}

/* ---- preprocessors ---- */

static void preprocessor_free(struct preprocessor *preprocessor)
{
    provider_release(preprocessor->party);
    logon_release(preprocessor->logon);
    platform_free(preprocessor->type);
    platform_free(preprocessor);
}

void preprocessors_release(struct spooler *spooler)
{
    struct preprocessor *preprocessor;

    for (;;)
    {
        EnterCriticalSection(&spooler->session->cs);
        if ((preprocessor = spooler->session->preprocessors))
            spooler->session->preprocessors = preprocessor->next;
        LeaveCriticalSection(&spooler->session->cs);
        if (!preprocessor) return;
        preprocessor_free(preprocessor);
    }
}

HRESULT spooler_register_preprocessor(struct logon *transport, const MAPIUID *uid,
                                      const WCHAR *type, const WCHAR *dll, const char *preprocess,
                                      const char *remove)
{
    struct session *session = transport->session;
    struct preprocessor *preprocessor, **link;
    FARPROC proc;
    WCHAR *why;
    HRESULT hr;

    if (!(preprocessor = platform_alloc_zero(sizeof(*preprocessor))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    preprocessor->logon = logon_addref(transport);
    if ((preprocessor->has_uid = uid != NULL)) preprocessor->uid = *uid;
    if (type && !(preprocessor->type = text_dup(type))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else
    {
        hr = provider_open(PROVIDER_HOOK, dll, preprocess ? preprocess : remove,
                           &preprocessor->party, &proc, &why);
        if (FAILED(hr)) platform_free(why);
    }
    if (SUCCEEDED(hr) && preprocess) preprocessor->preprocess = (PREPROCESSMESSAGE *)proc;
    if (SUCCEEDED(hr) && remove
        && !(preprocessor->remove = (REMOVEPREPROCESSINFO *)(void *)
             GetProcAddress(host_dll_module(preprocessor->party->dll), remove)))
        hr = MAPI_E_NOT_FOUND;
    if (FAILED(hr))
    {
        preprocessor_free(preprocessor);
        return hr;
    }
    EnterCriticalSection(&session->cs);
    for (link = &session->preprocessors; *link; link = &(*link)->next)
        ;
    *link = preprocessor;
    LeaveCriticalSection(&session->cs);
    return S_OK;
}

/* session->cs is held. Whether it is meant for a recipient. */
static BOOL is_meant(const struct preprocessor *preprocessor, const SPropValue *props, ULONG count)
{
    const SPropValue *type = props_find_id(props, count, PR_ADDRTYPE_W);
    const SPropValue *id = props_find(props, count, PR_ENTRYID);
    const MAPIUID *uid;
    WCHAR *text;
    BOOL ret;

    if (!preprocessor->has_uid && !preprocessor->type) return TRUE;
    if (preprocessor->has_uid && id
        && (uid = entryid_uid(id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb))
        && same_section(uid, &preprocessor->uid))
        return TRUE;
    if (!preprocessor->type || !type) return FALSE;
    if (PROP_TYPE(type->ulPropTag) == PT_UNICODE)
        return !text_compare_nocase(type->Value.lpszW, preprocessor->type);
    if (PROP_TYPE(type->ulPropTag) != PT_STRING8) return FALSE;
    text = text_from_ansi(type->Value.lpszA);
    ret = text && !text_compare_nocase(text, preprocessor->type);
    platform_free(text);
    return ret;
}

/* The transport that would get the recipient is the first that takes it. */
static BOOL is_first(struct session *session, struct logon *transport, const SPropValue *props,
                     ULONG count)
{
    struct logon *logon;

    for (logon = session->logons; logon; logon = logon->next)
    {
        if (logon->kind != PROVIDER_TRANSPORT || logon->ended) continue;
        if (transport_takes_recipient(logon, props, count)) return logon == transport;
    }
    return FALSE;
}

static BOOL is_needed(struct session *session, const struct preprocessor *preprocessor,
                      const ADRLIST *recipients)
{
    const ADRENTRY *entry;
    ULONG i;

    for (i = 0; i < recipients->cEntries; i++)
    {
        entry = &recipients->aEntries[i];
        if (is_meant(preprocessor, entry->rgPropVals, entry->cValues)
            && is_first(session, preprocessor->logon, entry->rgPropVals, entry->cValues))
            return TRUE;
    }
    return FALSE;
}

BOOL spooler_needs_preprocessing(struct session *session, const ADRLIST *recipients)
{
    struct preprocessor *preprocessor;
    BOOL ret = FALSE;

    EnterCriticalSection(&session->cs);
    for (preprocessor = session->preprocessors; preprocessor && !ret;
         preprocessor = preprocessor->next)
        ret = preprocessor->preprocess && is_needed(session, preprocessor, recipients);
    LeaveCriticalSection(&session->cs);
    return ret;
}

/* The registered one after that, or the first; it stays while the session lives. */
static struct preprocessor *next_preprocessor(struct session *session, struct preprocessor *last)
{
    struct preprocessor *ret;

    EnterCriticalSection(&session->cs);
    ret = last ? last->next : session->preprocessors;
    LeaveCriticalSection(&session->cs);
    return ret;
}

/* What a preprocessor made and what it found undeliverable. */
static void take_result(struct spooler *spooler, struct provider *provider, IMessage *message,
                        struct preprocessor_result *result)
{
    ULONG i;

    for (i = 0; i < result->count; i++)
    {
        message_SubmitMessage(provider, result->messages[i]);
        host_object_release(provider, (IUnknown *)result->messages[i]);
    }
    platform_free(result->messages);
    if (result->undelivered)
    {
        report_recipients(spooler, provider, message, result->undelivered);
        rows_free(&memory_allocators, (SRowSet *)result->undelivered);
    }
}

static IMAPIFolder *parent_folder(struct provider *provider, IMsgStore *store, IMessage *message)
{
    static const SizedSPropTagArray(1, tags) = { 1, { PR_PARENT_ENTRYID } };
    IMAPIFolder *ret = NULL;
    SPropValue *props;
    ULONG count;

    if (FAILED(object_GetProps(&provider->party, message, (const SPropTagArray *)&tags, 0,
                             &count, &props)))
        return NULL;
    if (props->ulPropTag == PR_PARENT_ENTRYID)
        store_OpenFolder(provider, store, props->Value.bin.cb, props->Value.bin.lpb, MAPI_MODIFY,
                         &ret);
    memory_free_buffer(props);
    return ret;
}

/* All that are meant for the message, in the order of registration; then the store gets it back. */
HRESULT preprocess_message(struct spooler *spooler, struct provider *provider, IMsgStore *store,
                           IMessage *message)
{
    struct session *session = spooler->session;
    struct preprocessor *preprocessor = NULL;
    struct preprocessor_result result;
    IAddrBook *book = NULL;
    IMAPIFolder *folder;
    SPropValue done;
    SRowSet *rows;
    HRESULT hr;
    BOOL needed;

    if (FAILED(hr = message_ReadRecipients(provider, message, &rows))) return hr;
    addrbook_open(session, NULL, 0, NULL, AB_NO_DIALOG, &book);
    folder = parent_folder(provider, store, message);
    while (SUCCEEDED(hr) && (preprocessor = next_preprocessor(session, preprocessor)))
    {
        EnterCriticalSection(&session->cs);
        needed = preprocessor->preprocess && is_needed(session, preprocessor, (ADRLIST *)rows);
        LeaveCriticalSection(&session->cs);
        if (!needed) continue;
        hr = preprocess_call(preprocessor->party, preprocessor->preprocess, own_client(spooler),
                             message, book, folder, &result);
        take_result(spooler, provider, message, &result);
    }
    if (book) IAddrBook_Release(book);
    host_object_release(provider, (IUnknown *)folder);
    rows_free(&memory_allocators, rows);
    if (FAILED(hr)) return hr;
    memset(&done, 0, sizeof(done));
    done.ulPropTag = PR_PREPROCESS;
    done.Value.b = TRUE;
    object_SetProps(&provider->party, message, 1, &done, NULL);
    return message_SubmitMessage(provider, message);
}

/* By us: PR_PREPROCESS is MAPI's own. */
BOOL is_preprocessed(struct provider *provider, IMessage *message)
{
    static const SizedSPropTagArray(1, tags) = { 1, { PR_PREPROCESS } };
    SPropValue *props;
    ULONG count;
    BOOL ret;

    if (FAILED(object_GetProps(&provider->party, message, (const SPropTagArray *)&tags, 0,
                             &count, &props)))
        return FALSE;
    ret = props->ulPropTag == PR_PREPROCESS && props->Value.b;
    memory_free_buffer(props);
    return ret;
}

void preprocess_clean(struct spooler *spooler, struct provider *provider, IMessage *message)
{
    struct preprocessor *preprocessor = NULL;
    SPropValue prop;

    if (!is_preprocessed(provider, message)) return;
    while ((preprocessor = next_preprocessor(spooler->session, preprocessor)))
        if (preprocessor->remove)
            preprocess_remove(preprocessor->party, preprocessor->remove, message);
    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = PR_PREPROCESS;
    object_SetProps(&provider->party, message, 1, &prop, NULL);
    object_SaveChanges(&provider->party, message, KEEP_OPEN_READWRITE);
}
