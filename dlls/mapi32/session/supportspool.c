/*
 * Support objects: sending, receiving, and what the spooler does for providers
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
 * The methods by which stores and transports talk to the spooler, and those that prepare a message
 * for it or put it away afterwards. What needs the spooler's own thread is asked of it (spooler.c);
 * the rest is done here, on the caller's.
 */

#include "session/supportobject.h"
#include "session/spooler.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

/* ---- what transports and stores tell the spooler ---- */

HRESULT WINAPI support_RegisterPreprocessor(IMAPISupport *iface, MAPIUID *uid, LPTSTR type,
                                            LPTSTR dll, LPSTR preprocess, LPSTR remove, ULONG flags)
{
    WCHAR *type_name = NULL, *dll_name = NULL;
    struct support *support;
    HRESULT hr;

    TRACE("(%p, %s, %p, %p, %s, %s, %#lx)\n", iface, debugstr_guid((GUID *)uid), type, dll,
          debugstr_a(preprocess), debugstr_a(remove), flags);

    if (FAILED(hr = support_check(iface, FOR_TRANSPORTS, &support)))
        return hr;
    if (!dll || (!preprocess && !remove))
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    hr = text_from_tstr(type, flags, &type_name);
    if (SUCCEEDED(hr))
        hr = text_from_tstr(dll, flags, &dll_name);
    if (SUCCEEDED(hr))
        hr = spooler_register_preprocessor(support->logon, uid, type_name, dll_name, preprocess,
                                           remove);
    platform_free(type_name);
    platform_free(dll_name);
    return hr;
}

HRESULT WINAPI support_SpoolerYield(IMAPISupport *iface, ULONG flags)
{
    struct support *support;
    HRESULT hr;

    TRACE("(%p, %#lx)\n", iface, flags);

    if (FAILED(hr = support_check(iface, FOR_TRANSPORTS, &support)))
        return hr;
    if (flags)
        return MAPI_E_UNKNOWN_FLAGS;
    return spooler_yield(support->logon);
}

HRESULT WINAPI support_SpoolerNotify(IMAPISupport *iface, ULONG flags, void *data)
{
    ULONG known = NOTIFY_NEWMAIL_RECEIVED | NOTIFY_READYTOSEND;
    struct support *support;
    HRESULT hr;

    TRACE("(%p, %#lx, %p)\n", iface, flags, data);

    if (FAILED(hr = support_check(iface, FOR_STORES | FOR_TRANSPORTS, &support)))
        return hr;
    if (support->logon->kind == PROVIDER_TRANSPORT)
        known = NOTIFY_NEWMAIL | NOTIFY_READYTOSEND | NOTIFY_SENTDEFERRED | NOTIFY_CRITSEC
                | NOTIFY_NONCRIT | NOTIFY_CONFIG_CHANGE | NOTIFY_CRITICAL_ERROR;
    if (flags & ~known)
        return MAPI_E_UNKNOWN_FLAGS;
    /* both say what data is */
    if ((flags & NOTIFY_SENTDEFERRED) && (flags & NOTIFY_CRITICAL_ERROR))
        return MAPI_E_INVALID_PARAMETER;
    if ((flags & (NOTIFY_SENTDEFERRED | NOTIFY_NEWMAIL_RECEIVED)) && !data)
        return MAPI_E_INVALID_PARAMETER;
    if (host_frozen())
        return S_OK;
    return spooler_notify(support->logon, flags, data);
}

HRESULT WINAPI support_StoreLogoffTransports(IMAPISupport *iface, ULONG *flags)
{
    struct support *support;
    HRESULT hr;

    TRACE("(%p, %p)\n", iface, flags);

    if (FAILED(hr = support_check(iface, FOR_STORES, &support)))
        return hr;
    if (!flags)
        return MAPI_E_INVALID_PARAMETER;
    switch (*flags)
    {
        case LOGOFF_ABORT:
        case LOGOFF_NO_WAIT:
        case LOGOFF_ORDERLY:
        case LOGOFF_PURGE:
        case LOGOFF_QUIET:
            break;
        default:
            return MAPI_E_UNKNOWN_FLAGS;
    }
    if (host_frozen())
    {
        *flags = LOGOFF_COMPLETE;
        return S_OK;
    }
    return spooler_store_logoff(support->logon, flags);
}

HRESULT WINAPI support_CompleteMsg(IMAPISupport *iface, ULONG flags, ULONG size, ENTRYID *id)
{
    struct support *support;
    HRESULT hr;

    TRACE("(%p, %#lx, %lu, %p)\n", iface, flags, size, id);

    if (FAILED(hr = support_check(iface, FOR_STORES, &support)))
        return hr;
    if (!size || !id)
        return MAPI_E_INVALID_PARAMETER;
    if (flags)
        return MAPI_E_UNKNOWN_FLAGS;
    return spooler_complete(support->logon, size, id);
}

HRESULT WINAPI support_StatusRecips(IMAPISupport *iface, IMessage *message, ADRLIST *recipients)
{
    struct support *support;
    SRowSet *copy;
    HRESULT hr;

    TRACE("(%p, %p, %p)\n", iface, message, recipients);

    if (FAILED(hr = support_check(iface, FOR_TRANSPORTS, &support)))
        return hr;
    if (!message || !recipients)
        return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = rows_copy(&memory_allocators, (SRowSet *)recipients, &copy)))
        return hr;
    hr = spooler_report(support->logon, message, copy);
    if (SUCCEEDED(hr))
        rows_free(&memory_allocators, (SRowSet *)recipients);
    return hr;
}

/* The subsystem's way of calling preprocessors is not a provider's. */
HRESULT WINAPI support_Preprocess(IMAPISupport *iface, ULONG flags, ULONG size, ENTRYID *id)
{
    TRACE("(%p)\n", iface);
    return MAPI_E_NO_SUPPORT;
}

/* ---- a message on its way ---- */

/* One recipient of a message that is sent again: those that have it are done with, the others only
 * belong to the envelope. */
static BOOL prepare_entry(const SRow *row, ADRENTRY *entry)
{
    const SPropValue *type = props_find(row->lpProps, row->cValues, PR_RECIPIENT_TYPE);
    BOOL has_it = type && type->Value.l & MAPI_SUBMITTED;
    ULONG i, count = 0;

    if (!(entry->rgPropVals = platform_alloc((row->cValues + 2) * sizeof(SPropValue))))
        return FALSE;
    for (i = 0; i < row->cValues; i++)
    {
        switch (PROP_TYPE(row->lpProps[i].ulPropTag))
        {
            case PT_ERROR:
            case PT_NULL:
            case PT_OBJECT:
                continue;
        }
        if (PROP_ID(row->lpProps[i].ulPropTag) == PROP_ID(PR_RECIPIENT_TYPE)
            || PROP_ID(row->lpProps[i].ulPropTag) == PROP_ID(PR_RESPONSIBILITY))
            continue;
        entry->rgPropVals[count++] = row->lpProps[i];
    }
    entry->rgPropVals[count].ulPropTag = PR_RECIPIENT_TYPE;
    entry->rgPropVals[count++].Value.l = has_it ? type->Value.l & ~MAPI_SUBMITTED : MAPI_P1;
    entry->rgPropVals[count].ulPropTag = PR_RESPONSIBILITY;
    entry->rgPropVals[count++].Value.b = has_it;
    entry->cValues = count;
    return TRUE;
}

static BOOL is_resend(struct provider *provider, IMessage *message)
{
    static const SizedSPropTagArray(1, tags) = { 1, { PR_MESSAGE_FLAGS } };
    SPropValue *props;
    ULONG count;
    BOOL ret;

    if (FAILED(object_GetProps(&provider->party, message, (const SPropTagArray *)&tags, 0,
                             &count, &props)))
        return FALSE;
    ret = props->ulPropTag == PR_MESSAGE_FLAGS && props->Value.l & MSGFLAG_RESEND;
    memory_free_buffer(props);
    return ret;
}

HRESULT WINAPI support_PrepareSubmit(IMAPISupport *iface, IMessage *message, ULONG *flags)
{
    struct provider *provider;
    struct support *support;
    ADRLIST *list;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    TRACE("(%p, %p, %p)\n", iface, message, flags);

    if (FAILED(hr = support_check(iface, FOR_STORES, &support)))
        return hr;
    if (!message)
        return MAPI_E_INVALID_PARAMETER;
    if (flags && *flags)
        return MAPI_E_UNKNOWN_FLAGS;
    if (!(provider = logon_get_provider(support->logon)))
        return MAPI_E_INVALID_OBJECT;
    if (!is_resend(provider, message))
        hr = S_OK;
    else if (SUCCEEDED(hr = message_ReadRecipients(provider, message, &rows)))
    {
        if (!(list = platform_alloc_zero(CbNewADRLIST(rows->cRows))))
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        for (i = 0; i < rows->cRows && SUCCEEDED(hr); i++)
        {
            if (prepare_entry(&rows->aRow[i], &list->aEntries[i]))
                list->cEntries++;
            else
                hr = MAPI_E_NOT_ENOUGH_MEMORY;
        }
        if (SUCCEEDED(hr) && list->cEntries)
            hr = message_ModifyRecipients(provider, message, MODRECIP_MODIFY, list);
        for (i = 0; list && i < list->cEntries; i++)
            platform_free(list->aEntries[i].rgPropVals);
        platform_free(list);
        rows_free(&memory_allocators, rows);
    }
    provider_release(provider);
    return hr;
}

HRESULT WINAPI support_ReadReceipt(IMAPISupport *iface, ULONG flags, IMessage *message,
                                   IMessage **ret)
{
    struct provider *provider;
    struct support *support;
    HRESULT hr;

    TRACE("(%p, %#lx, %p, %p)\n", iface, flags, message, ret);

    if (FAILED(hr = support_check(iface, FOR_STORES, &support)))
        return hr;
    if (!message || !ret || !*ret)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MAPI_NON_READ)
        return MAPI_E_UNKNOWN_FLAGS;
    if (!(provider = logon_get_provider(support->logon)))
        return MAPI_E_INVALID_OBJECT;
    hr = report_read(support->logon->session, provider, message, !(flags & MAPI_NON_READ), *ret);
    provider_release(provider);
    return hr;
}

/* ---- a message that was sent ---- */

enum { DELETE_AFTER, SENT_FOLDER, MESSAGE_ID, PARENT_ID, SENT_PROPS };

/* A folder by its entry ID: of the store itself, or of another one. */
static HRESULT open_folder(struct logon *logon, struct provider *provider, IUnknown *object,
                           ULONG size, const void *id, IMAPIFolder **ret)
{
    ULONG type = 0;
    HRESULT hr;

    *ret = NULL;
    hr = host_OpenEntry(provider, object, size, id, NULL, MAPI_MODIFY, &type,
                         (IUnknown **)ret);
    if (FAILED(hr))
        hr = session_open_entry(logon->session, NULL, size, id, NULL, MAPI_MODIFY, &type,
                                (IUnknown **)ret);
    if (SUCCEEDED(hr) && type != MAPI_FOLDER)
    {
        host_object_release(provider, (IUnknown *)*ret);
        *ret = NULL;
        hr = MAPI_E_INVALID_ENTRYID;
    }
    return hr;
}

/* Hooks, then to where it is kept, or away with it. The message is released. */
static HRESULT put_away(struct logon *logon, struct provider *provider, IUnknown *object,
                        IMessage *message, const SPropValue *props)
{
    ULONG size = 0, hook_flags = 0, hook_size = 0;
    struct spooler *spooler = logon->session->spooler;
    BOOL deleted = props[DELETE_AFTER].ulPropTag == PR_DELETE_AFTER_SUBMIT
                   && props[DELETE_AFTER].Value.b;
    IMAPIFolder *parent = NULL, *dest = NULL;
    ENTRYID *hook_id = NULL;
    const void *id = NULL;
    HRESULT hr;

    if (props[SENT_FOLDER].ulPropTag == PR_SENTMAIL_ENTRYID && props[SENT_FOLDER].Value.bin.cb)
    {
        size = props[SENT_FOLDER].Value.bin.cb;
        id = props[SENT_FOLDER].Value.bin.lpb;
    }
    hr = open_folder(logon, provider, object, props[PARENT_ID].Value.bin.cb,
                     props[PARENT_ID].Value.bin.lpb, &parent);
    if (SUCCEEDED(hr) && spooler && GetCurrentThreadId() == spooler->thread_id)
    {
        hooks_run(spooler, FALSE, message, parent, (IMsgStore *)logon->store, &hook_flags,
                  &hook_size, &hook_id);
        if (hook_flags & HOOK_DELETE)
            deleted = TRUE;
        else if (hook_id)
        {
            size = hook_size;
            id = hook_id;
            deleted = FALSE;
        }
    }
    host_object_release(provider, (IUnknown *)message);
    if (SUCCEEDED(hr) && deleted)
        hr = folder_DeleteMessage(provider, parent, props[MESSAGE_ID].Value.bin.cb,
                                  props[MESSAGE_ID].Value.bin.lpb);
    else if (SUCCEEDED(hr) && id
             && (size != props[PARENT_ID].Value.bin.cb
                 || memcmp(id, props[PARENT_ID].Value.bin.lpb, size))
             && SUCCEEDED(hr = open_folder(logon, provider, object, size, id, &dest)))
        hr = folder_MoveMessage(provider, parent, props[MESSAGE_ID].Value.bin.cb,
                                props[MESSAGE_ID].Value.bin.lpb, dest);
    platform_free(hook_id);
    host_object_release(provider, (IUnknown *)dest);
    host_object_release(provider, (IUnknown *)parent);
    return hr;
}

HRESULT WINAPI support_DoSentMail(IMAPISupport *iface, ULONG flags, IMessage *message)
{
    static const SizedSPropTagArray(SENT_PROPS, tags) = { SENT_PROPS,
        { PR_DELETE_AFTER_SUBMIT, PR_SENTMAIL_ENTRYID, PR_ENTRYID, PR_PARENT_ENTRYID } };
    struct provider *provider;
    struct support *support;
    SPropValue *props;
    IUnknown *object;
    ULONG count;
    HRESULT hr;

    TRACE("(%p, %#lx, %p)\n", iface, flags, message);

    if (FAILED(hr = support_check(iface, FOR_STORES, &support)))
        return hr;
    if (!message)
        return MAPI_E_INVALID_PARAMETER;
    if (flags)
        return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = logon_enter(support->logon, &provider, &object)))
        return hr;
    hr = object_GetProps(&provider->party, message, (const SPropTagArray *)&tags, 0, &count,
                       &props);
    if (SUCCEEDED(hr) && (count != SENT_PROPS || props[MESSAGE_ID].ulPropTag != PR_ENTRYID
                          || props[PARENT_ID].ulPropTag != PR_PARENT_ENTRYID))
    {
        memory_free_buffer(props);
        hr = MAPI_E_NOT_FOUND;
    }
    if (SUCCEEDED(hr))
    {
        hr = put_away(support->logon, provider, object, message, props);
        memory_free_buffer(props);
    }
    else
        host_object_release(provider, (IUnknown *)message);
    logon_leave(support->logon, provider);
    return hr;
}
