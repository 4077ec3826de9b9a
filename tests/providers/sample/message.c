/*
 * Sample providers: messages
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
 * A message object is a working copy: properties, recipients and attachments change in it, and
 * SaveChanges puts them into the store as one blob. A message inside an attachment saves into that
 * instead. Each attachment is a blob of its own in the message's, which its object saves into the
 * working copy.
 */

#include "store.h"

struct message
{
    struct store_object object;         /* IMessage */
    CRITICAL_SECTION cs;
    struct item item;                   /* number 0 until saved */
    struct attachment *owner;           /* counted; of a message in an attachment */
    ITableData *recipients;
    ULONG next_recipient;
    ITableData *attachments;            /* rows of their properties */
    struct saved_attachment *saved;     /* cs */
    ULONG saved_count;
    ULONG next_attachment;
};

struct saved_attachment
{
    ULONG number;
    struct blob data;
};

#define MESSAGE_COMPUTED \
    PR_ENTRYID, PR_PARENT_ENTRYID, PR_STORE_ENTRYID, PR_STORE_RECORD_KEY, PR_MAPPING_SIGNATURE, PR_RECORD_KEY, \
    PR_INSTANCE_KEY, PR_OBJECT_TYPE, PR_ACCESS_LEVEL, PR_MESSAGE_SIZE, PR_MSG_STATUS, PR_HASATTACH, \
    PR_DISPLAY_TO, PR_DISPLAY_CC, PR_DISPLAY_BCC, PR_SUBMIT_FLAGS, PR_MESSAGE_RECIPIENTS, PR_MESSAGE_ATTACHMENTS

static const ULONG new_computed[] = {MESSAGE_COMPUTED, 0};
static const ULONG saved_computed[] = {MESSAGE_COMPUTED, PR_MESSAGE_FLAGS, 0};
/* What the store knows of the message without its data. */
static const ULONG not_kept[] =
{
    PR_ENTRYID, PR_PARENT_ENTRYID, PR_STORE_ENTRYID, PR_STORE_RECORD_KEY, PR_MAPPING_SIGNATURE, PR_RECORD_KEY,
    PR_INSTANCE_KEY, PR_OBJECT_TYPE, PR_ACCESS_LEVEL, PR_MESSAGE_SIZE, PR_MSG_STATUS, PR_SUBMIT_FLAGS,
    PR_CLIENT_SUBMIT_TIME, PR_MESSAGE_FLAGS, PR_MESSAGE_RECIPIENTS, PR_MESSAGE_ATTACHMENTS, 0
};
static const ULONG embedded_computed[] =
{
    PR_ENTRYID, PR_PARENT_ENTRYID, PR_STORE_RECORD_KEY, PR_MAPPING_SIGNATURE, PR_RECORD_KEY, PR_INSTANCE_KEY,
    PR_OBJECT_TYPE, PR_ACCESS_LEVEL, PR_MSG_STATUS, PR_SUBMIT_FLAGS, PR_MESSAGE_RECIPIENTS,
    PR_MESSAGE_ATTACHMENTS, 0
};

static struct message *impl_from_IMessage(IMessage *iface)
{
    return (struct message *)iface;
}

static HRESULT WINAPI message_QueryInterface(IMAPIProp *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPIProp) &&
        !IsEqualGUID(iid, &IID_IMessage)) return E_NOINTERFACE;
    *ret = iface;
    object_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI message_Release(IMAPIProp *iface)
{
    struct message *message = (struct message *)iface;
    LONG ref = InterlockedDecrement(&message->object.object.ref);
    ULONG i;

    if (!ref)
    {
        if (message->recipients) ITableData_Release(message->recipients);
        if (message->attachments) ITableData_Release(message->attachments);
        for (i = 0; i < message->saved_count; i++) blob_free(&message->saved[i].data);
        free(message->saved);
        if (message->owner) attachment_release(message->owner);
        DeleteCriticalSection(&message->cs);
        store_object_destroy(&message->object);
        free(message);
    }
    return ref;
}

void message_addref(struct message *message)
{
    object_AddRef((IMAPIProp *)message);
}

void message_release(struct message *message)
{
    message_Release((IMAPIProp *)message);
}

struct store *message_store(struct message *message)
{
    return message->object.store;
}

ULONG message_number(struct message *message)
{
    return message->item.number;
}

BOOL message_all_taken(struct message *message)
{
    return recipients_all_taken(message->recipients);
}

/* ---- the working copy as bytes ---- */

static void set_row(struct message *message, ULONG number, ULONG count, SPropValue *props)
{
    SPropValue *values;
    SRow row;

    if (!(values = malloc((count + 1) * sizeof(*values)))) return;
    memset(&row, 0, sizeof(row));
    row.lpProps = values;
    for (row.cValues = 0; row.cValues < count; row.cValues++)
        values[row.cValues] = props[row.cValues];
    memset(&values[row.cValues], 0, sizeof(*values));
    values[row.cValues].ulPropTag = PR_ATTACH_NUM;
    values[row.cValues++].Value.l = number;
    ITableData_HrModifyRow(message->attachments, &row);
    free(values);
}

static struct saved_attachment *find_saved(struct message *message, ULONG number)
{
    ULONG i;

    for (i = 0; i < message->saved_count; i++)
        if (message->saved[i].number == number) return &message->saved[i];
    return NULL;
}

static HRESULT add_saved(struct message *message, ULONG number, struct blob *data)
{
    struct saved_attachment *grown;

    if (!(grown = realloc(message->saved, (message->saved_count + 1) * sizeof(*grown))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    message->saved = grown;
    grown[message->saved_count].number = number;
    grown[message->saved_count++].data = *data;
    memset(data, 0, sizeof(*data));
    message->next_attachment = max(message->next_attachment, number + 1);
    return S_OK;
}

HRESULT message_put_attachment(struct message *message, ULONG number, ULONG count,
                               SPropValue *props, struct blob *data)
{
    struct saved_attachment *saved;
    HRESULT hr = S_OK;

    EnterCriticalSection(&message->cs);
    if ((saved = find_saved(message, number)))
    {
        blob_free(&saved->data);
        saved->data = *data;
        memset(data, 0, sizeof(*data));
    }
    else hr = add_saved(message, number, data);
    LeaveCriticalSection(&message->cs);
    blob_free(data);
    if (SUCCEEDED(hr)) set_row(message, number, count, props);
    return hr;
}

static HRESULT load_attachments(struct message *message, struct reader *reader)
{
    ULONG i, count = read_long(reader), number, prop_count;
    SPropValue *props;
    struct blob data;
    HRESULT hr = S_OK;

    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        number = read_long(reader);
        if (FAILED(hr = read_blob(reader, &data))) break;
        if (SUCCEEDED(hr = attachment_props(&data, &prop_count, &props)))
        {
            set_row(message, number, prop_count, props);
            MAPIFreeBuffer(props);
        }
        if (SUCCEEDED(hr)) hr = add_saved(message, number, &data);
        blob_free(&data);
    }
    return hr;
}

/* Recipients and attachments; the properties before them are skipped. */
static HRESULT load(struct message *message, const struct blob *data)
{
    struct reader reader = {data->data, data->size, FALSE};
    SPropValue *props;
    ULONG count;
    HRESULT hr;

    if (!data->size) return S_OK;
    if (FAILED(hr = read_props(&reader, 0, &count, &props))) return hr;
    MAPIFreeBuffer(props);
    hr = recipients_load(message->recipients, &reader, &message->next_recipient);
    if (SUCCEEDED(hr)) hr = load_attachments(message, &reader);
    return hr;
}

static HRESULT set_display(struct message *message)
{
    static const ULONG tags[] = {PR_DISPLAY_TO_W, PR_DISPLAY_CC_W, PR_DISPLAY_BCC_W};
    SPropValue props[4];
    WCHAR *names[3];
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = recipients_display(message->recipients, names))) return hr;
    memset(props, 0, sizeof(props));
    for (i = 0; i < 3; i++)
    {
        props[i].ulPropTag = tags[i];
        props[i].Value.lpszW = names[i] ? names[i] : (WCHAR *)L"";
    }
    props[3].ulPropTag = PR_HASATTACH;
    props[3].Value.b = message->saved_count != 0;
    prop_object_set(&message->object.object, 4, props);
    for (i = 0; i < 3; i++) free(names[i]);
    return S_OK;
}

static HRESULT pack(struct message *message, struct blob *blob)
{
    SPropValue *props;
    ULONG count, i;
    HRESULT hr;

    memset(blob, 0, sizeof(*blob));
    if (FAILED(hr = set_display(message))) return hr;
    hr = store_object_all(&message->object, message->owner ? embedded_computed : not_kept, &count,
                          &props);
    if (FAILED(hr)) return hr;
    blob_put_props(blob, count, props);
    MAPIFreeBuffer(props);
    recipients_pack(message->recipients, blob);
    EnterCriticalSection(&message->cs);
    blob_put_long(blob, message->saved_count);
    for (i = 0; i < message->saved_count; i++)
    {
        blob_put_long(blob, message->saved[i].number);
        blob_put_blob(blob, &message->saved[i].data);
    }
    LeaveCriticalSection(&message->cs);
    return S_OK;
}

/* ---- saving ---- */

static void set_times(struct message *message)
{
    SizedSPropTagArray(2, tags) = {2, {PR_CREATION_TIME, PR_SEARCH_KEY}};
    SPropValue props[3], *old;
    FILETIME now;
    MAPIUID key;
    ULONG count, set = 1;

    GetSystemTimeAsFileTime(&now);
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_LAST_MODIFICATION_TIME;
    props[0].Value.ft = now;
    if (FAILED(IPropData_GetProps(message->object.object.props, (SPropTagArray *)&tags, 0, &count,
                                  &old)))
        return;
    if (old[0].ulPropTag != PR_CREATION_TIME)
    {
        props[set].ulPropTag = PR_CREATION_TIME;
        props[set++].Value.ft = now;
    }
    /* A copy has the search key of its original; it is asked for here and so is made once. */
    if (old[1].ulPropTag != PR_SEARCH_KEY && SUCCEEDED(CoCreateGuid((GUID *)&key)))
    {
        props[set].ulPropTag = PR_SEARCH_KEY;
        props[set].Value.bin.cb = sizeof(key);
        props[set++].Value.bin.lpb = key.ab;
    }
    MAPIFreeBuffer(old);
    prop_object_set(&message->object.object, set, props);
}

/* PR_MESSAGE_FLAGS as set on the message before its first save. */
static ULONG flags_set(struct message *message)
{
    SizedSPropTagArray(1, tags) = {1, {PR_MESSAGE_FLAGS}};
    ULONG count, flags = MSGFLAG_UNSENT | MSGFLAG_READ;
    SPropValue *prop;

    if (FAILED(IPropData_GetProps(message->object.object.props, (SPropTagArray *)&tags, 0, &count,
                                  &prop)))
        return flags;
    if (prop->ulPropTag == PR_MESSAGE_FLAGS) flags = prop->Value.l;
    MAPIFreeBuffer(prop);
    return flags & ~(MSGFLAG_SUBMIT | MSGFLAG_HASATTACH | MSGFLAG_ASSOCIATED);
}

/* The properties that the store made of the message. */
static HRESULT take_props(struct message *message)
{
    SPropValue *props;
    ULONG count;
    HRESULT hr;

    hr = content_props(message->object.store->content, message->item.number, &count, &props);
    if (FAILED(hr)) return hr;
    prop_object_set(&message->object.object, count, props);
    MAPIFreeBuffer(props);
    return S_OK;
}

static HRESULT save(struct message *message, ULONG flags)
{
    struct content *content = message->object.store->content;
    BOOL created = !message->item.number;
    struct item item = message->item, now;
    struct blob data;
    HRESULT hr;

    set_times(message);
    if (FAILED(hr = pack(message, &data))) return hr;
    if (created) item.flags |= flags_set(message);
    /* Flags are changed in the store directly: what is there counts, not what they were at
     * opening. */
    content_enter(content);
    if (!created && SUCCEEDED(hr = content_get(content, item.number, &now, NULL)))
    {
        now.version = flags & FORCE_SAVE ? 0 : item.version;
        item = now;
    }
    item.flags &= ~MSGFLAG_HASATTACH;
    if (message->saved_count) item.flags |= MSGFLAG_HASATTACH;
    if (SUCCEEDED(hr)) hr = content_put(content, &item, &data);
    else blob_free(&data);
    content_leave(content);
    if (hr == MAPI_E_NOT_FOUND) hr = MAPI_E_OBJECT_DELETED;
    if (FAILED(hr)) return hr;
    message->item = item;
    message->object.computed = saved_computed;
    take_props(message);
    store_notify(message->object.store, created ? fnevObjectCreated : fnevObjectModified,
                 OBJECT_MESSAGE, item.number, item.parent);
    return S_OK;
}

static HRESULT WINAPI message_SaveChanges(IMAPIProp *iface, ULONG flags)
{
    struct message *message = (struct message *)iface;
    struct blob data;
    HRESULT hr;

    if ((hr = store_behave(message->object.store, "SaveChanges")) != S_OK) return hr;
    if (flags & ~(KEEP_OPEN_READONLY | KEEP_OPEN_READWRITE | FORCE_SAVE | MAPI_DEFERRED_ERRORS))
        return MAPI_E_UNKNOWN_FLAGS;
    if (!message->object.modify) return MAPI_E_NO_ACCESS;
    if (!message->owner) hr = save(message, flags);
    else
    {
        set_times(message);
        if (SUCCEEDED(hr = pack(message, &data)) && data.failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        if (SUCCEEDED(hr)) attachment_put_message(message->owner, &data);
        blob_free(&data);
    }
    if (SUCCEEDED(hr) && !(flags & KEEP_OPEN_READWRITE)) message->object.modify = FALSE;
    return hr;
}

/* ---- IMAPIProp ---- */

static HRESULT WINAPI message_OpenProperty(IMAPIProp *iface, ULONG tag, LPCIID iid, ULONG options,
                                           ULONG flags, LPUNKNOWN *ret)
{
    *ret = NULL;
    if (iid && IsEqualGUID(iid, &IID_IMAPITable))
    {
        if (PROP_ID(tag) == PROP_ID(PR_MESSAGE_RECIPIENTS))
            return IMessage_GetRecipientTable((IMessage *)iface, options & MAPI_UNICODE,
                                              (IMAPITable **)ret);
        if (PROP_ID(tag) == PROP_ID(PR_MESSAGE_ATTACHMENTS))
            return IMessage_GetAttachmentTable((IMessage *)iface, options & MAPI_UNICODE,
                                               (IMAPITable **)ret);
    }
    return store_object_OpenProperty(iface, tag, iid, options, flags, ret);
}

static HRESULT WINAPI message_CopyTo(IMAPIProp *iface, ULONG exclude_count, LPCIID exclude,
                                     LPSPropTagArray tags, ULONG_PTR ui, LPMAPIPROGRESS progress,
                                     LPCIID iid, void *dst, ULONG flags,
                                     LPSPropProblemArray *problems)
{
    return store_object_copy_to((struct store_object *)iface, &IID_IMessage, exclude_count, exclude,
                                tags, ui, progress, iid, dst, flags, problems);
}

static HRESULT WINAPI message_CopyProps(IMAPIProp *iface, LPSPropTagArray tags, ULONG_PTR ui,
                                        LPMAPIPROGRESS progress, LPCIID iid, void *dst, ULONG flags,
                                        LPSPropProblemArray *problems)
{
    return store_object_copy_props((struct store_object *)iface, &IID_IMessage, tags, ui, progress,
                                   iid, dst, flags, problems);
}

/* ---- IMessage ---- */

static HRESULT WINAPI message_GetAttachmentTable(IMessage *iface, ULONG flags, LPMAPITABLE *ret)
{
    *ret = NULL;
    if (flags & ~(MAPI_UNICODE | MAPI_DEFERRED_ERRORS)) return MAPI_E_UNKNOWN_FLAGS;
    if ((flags & MAPI_UNICODE) && store_is_ansi(FALSE)) return MAPI_E_BAD_CHARWIDTH;
    return view_of(impl_from_IMessage(iface)->attachments, flags, NULL, ret);
}

static HRESULT WINAPI message_OpenAttach(IMessage *iface, ULONG number, LPCIID iid, ULONG flags,
                                         LPATTACH *ret)
{
    struct message *message = impl_from_IMessage(iface);
    struct saved_attachment *saved;
    struct blob data = {0};
    BOOL modify = (flags & (MAPI_MODIFY | MAPI_BEST_ACCESS)) && message->object.modify;
    HRESULT hr;

    *ret = NULL;
    if ((hr = store_behave(message->object.store, "OpenAttach")) != S_OK) return hr;
    if (iid && !IsEqualGUID(iid, &IID_IAttachment) && !IsEqualGUID(iid, &IID_IMAPIProp))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (flags & ~(MAPI_MODIFY | MAPI_BEST_ACCESS | MAPI_DEFERRED_ERRORS))
        return MAPI_E_UNKNOWN_FLAGS;
    if ((flags & MAPI_MODIFY) && !message->object.modify) return MAPI_E_NO_ACCESS;
    hr = MAPI_E_NOT_FOUND;
    EnterCriticalSection(&message->cs);
    if ((saved = find_saved(message, number)))
    {
        blob_put_bytes(&data, saved->data.data, saved->data.size);
        hr = data.failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
    }
    LeaveCriticalSection(&message->cs);
    if (SUCCEEDED(hr)) hr = attachment_create(message, number, &data, modify, ret);
    blob_free(&data);
    return hr;
}

static HRESULT WINAPI message_CreateAttach(IMessage *iface, LPCIID iid, ULONG flags, ULONG *number,
                                           LPATTACH *ret)
{
    struct message *message = impl_from_IMessage(iface);
    HRESULT hr;

    *number = 0;
    *ret = NULL;
    if ((hr = store_behave(message->object.store, "CreateAttach")) != S_OK) return hr;
    if (iid && !IsEqualGUID(iid, &IID_IAttachment) && !IsEqualGUID(iid, &IID_IMAPIProp))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (flags & ~MAPI_DEFERRED_ERRORS) return MAPI_E_UNKNOWN_FLAGS;
    if (!message->object.modify) return MAPI_E_NO_ACCESS;
    EnterCriticalSection(&message->cs);
    *number = message->next_attachment++;
    LeaveCriticalSection(&message->cs);
    return attachment_create(message, *number, NULL, TRUE, ret);
}

static HRESULT WINAPI message_DeleteAttach(IMessage *iface, ULONG number, ULONG_PTR ui,
                                           LPMAPIPROGRESS progress, ULONG flags)
{
    struct message *message = impl_from_IMessage(iface);
    struct saved_attachment *saved;
    SPropValue key;
    BOOL found;

    if (flags & ~ATTACH_DIALOG) return MAPI_E_UNKNOWN_FLAGS;
    if (!message->object.modify) return MAPI_E_NO_ACCESS;
    EnterCriticalSection(&message->cs);
    if ((found = (saved = find_saved(message, number)) != NULL))
    {
        blob_free(&saved->data);
        *saved = message->saved[--message->saved_count];
    }
    LeaveCriticalSection(&message->cs);
    if (!found) return MAPI_E_NOT_FOUND;
    memset(&key, 0, sizeof(key));
    key.ulPropTag = PR_ATTACH_NUM;
    key.Value.l = number;
    ITableData_HrDeleteRow(message->attachments, &key);
    return S_OK;
}

static HRESULT WINAPI message_GetRecipientTable(IMessage *iface, ULONG flags, LPMAPITABLE *ret)
{
    *ret = NULL;
    if (flags & ~(MAPI_UNICODE | MAPI_DEFERRED_ERRORS)) return MAPI_E_UNKNOWN_FLAGS;
    if ((flags & MAPI_UNICODE) && store_is_ansi(FALSE)) return MAPI_E_BAD_CHARWIDTH;
    return view_of(impl_from_IMessage(iface)->recipients, flags, NULL, ret);
}

static HRESULT WINAPI message_ModifyRecipients(IMessage *iface, ULONG flags, LPADRLIST list)
{
    struct message *message = impl_from_IMessage(iface);
    HRESULT hr;
    ULONG i;

    if ((hr = store_behave(message->object.store, "ModifyRecipients")) != S_OK) return hr;
    if (!message->object.modify) return MAPI_E_NO_ACCESS;
    for (i = 0; list && i < list->cEntries; i++)
        if (has_unicode(list->aEntries[i].cValues, list->aEntries[i].rgPropVals)
            && store_is_ansi(TRUE))
            return MAPI_E_BAD_CHARWIDTH;
    EnterCriticalSection(&message->cs);
    hr = recipients_modify(message->recipients, &message->next_recipient, flags, list);
    LeaveCriticalSection(&message->cs);
    return hr;
}

static HRESULT WINAPI message_SubmitMessage(IMessage *iface, ULONG flags)
{
    struct message *message = impl_from_IMessage(iface);
    HRESULT hr;

    if ((hr = store_behave(message->object.store, "SubmitMessage")) != S_OK) return hr;
    if (flags & ~FORCE_SUBMIT) return MAPI_E_UNKNOWN_FLAGS;
    if (message->owner) return MAPI_E_NO_SUPPORT;
    if (!message->object.modify) return MAPI_E_NO_ACCESS;
    if (!recipients_count(message->recipients)) return MAPI_E_NO_RECIPIENTS;
    if (FAILED(hr = save(message, 0))) return hr;
    if (FAILED(hr = queue_submit(message->object.store, iface, message->item.number))) return hr;
    message->object.modify = FALSE;
    return S_OK;
}

HRESULT set_read_flag(struct store *store, ULONG number, ULONG flags)
{
    struct item item;
    ULONG old;
    HRESULT hr;

    if (flags
        & ~(SUPPRESS_RECEIPT | CLEAR_READ_FLAG | MAPI_DEFERRED_ERRORS | GENERATE_RECEIPT_ONLY
            | CLEAR_RN_PENDING | CLEAR_NRN_PENDING))
        return MAPI_E_UNKNOWN_FLAGS;
    if ((flags & SUPPRESS_RECEIPT) && (flags & (CLEAR_READ_FLAG | GENERATE_RECEIPT_ONLY)))
        return MAPI_E_INVALID_PARAMETER;
    content_enter(store->content);
    if (SUCCEEDED(hr = content_get(store->content, number, &item, NULL)))
    {
        old = item.flags;
        if (flags & CLEAR_READ_FLAG) item.flags &= ~MSGFLAG_READ;
        else if (!(flags & GENERATE_RECEIPT_ONLY)) item.flags |= MSGFLAG_READ;
        if (flags & CLEAR_RN_PENDING) item.flags &= ~MSGFLAG_RN_PENDING;
        if (flags & CLEAR_NRN_PENDING) item.flags &= ~MSGFLAG_NRN_PENDING;
        if (item.flags != old) hr = content_put(store->content, &item, NULL);
    }
    content_leave(store->content);
    if (SUCCEEDED(hr) && item.flags != old)
        store_notify(store, fnevObjectModified, OBJECT_MESSAGE, number, item.parent);
    if (SUCCEEDED(hr) && item.flags & MSGFLAG_READ && !(old & MSGFLAG_READ)
        && !(flags & SUPPRESS_RECEIPT))
        receipt_send(store, number);
    return hr;
}

static HRESULT WINAPI message_SetReadFlag(IMessage *iface, ULONG flags)
{
    struct message *message = impl_from_IMessage(iface);
    HRESULT hr;

    if (message->owner || !message->item.number) return S_OK;
    hr = set_read_flag(message->object.store, message->item.number, flags);
    if (SUCCEEDED(hr)) take_props(message);
    return hr;
}

static const IMessageVtbl message_vtbl =
{
    (void *)message_QueryInterface,
    (void *)object_AddRef,
    (void *)message_Release,
    (void *)object_GetLastError,
    (void *)message_SaveChanges,
    (void *)store_object_GetProps,
    (void *)store_object_GetPropList,
    (void *)message_OpenProperty,
    (void *)store_object_SetProps,
    (void *)store_object_DeleteProps,
    (void *)message_CopyTo,
    (void *)message_CopyProps,
    (void *)store_object_GetNamesFromIDs,
    (void *)store_object_GetIDsFromNames,
    message_GetAttachmentTable,
    message_OpenAttach,
    message_CreateAttach,
    message_DeleteAttach,
    message_GetRecipientTable,
    message_ModifyRecipients,
    message_SubmitMessage,
    message_SetReadFlag
};

struct message *message_from(IMessage *iface)
{
    return iface && iface->lpVtbl == &message_vtbl ? impl_from_IMessage(iface) : NULL;
}

/* ---- making one ---- */

static HRESULT create(struct store *store, const ULONG *computed, ULONG count, SPropValue *props,
                      const struct blob *data, BOOL modify, struct message **ret)
{
    static const SizedSPropTagArray(9, columns) =
        {9, {PR_ATTACH_NUM, PR_INSTANCE_KEY, PR_RECORD_KEY, PR_RENDERING_POSITION, PR_ATTACH_METHOD,
             PR_ATTACH_FILENAME_W, PR_DISPLAY_NAME_W, PR_ATTACH_SIZE, PR_OBJECT_TYPE}};
    SizedSPropTagArray(2, objects) = {2, {PR_MESSAGE_RECIPIENTS, PR_MESSAGE_ATTACHMENTS}};
    struct message *message;
    HRESULT hr;

    *ret = NULL;
    if (!(message = calloc(1, sizeof(*message)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr = store_object_init(&message->object, store, &message_vtbl, computed, count,
                                      props)))
    {
        free(message);
        return hr;
    }
    InitializeCriticalSection(&message->cs);
    message->object.modify = modify;
    hr = IPropData_HrAddObjProps(message->object.object.props, (SPropTagArray *)&objects, NULL);
    if (SUCCEEDED(hr)) hr = recipients_create(&message->recipients);
    if (SUCCEEDED(hr))
        hr = CreateTable(&IID_IMAPITableData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer,
                         NULL, TBLTYPE_DYNAMIC, PR_ATTACH_NUM, (SPropTagArray *)&columns,
                         &message->attachments);
    if (SUCCEEDED(hr) && data) hr = load(message, data);
    if (FAILED(hr))
    {
        message_release(message);
        return hr;
    }
    *ret = message;
    return S_OK;
}

static ULONG new_props(SPropValue props[4], ULONG flags)
{
    memset(props, 0, 4 * sizeof(*props));
    props[0].ulPropTag = PR_OBJECT_TYPE;
    props[0].Value.l = MAPI_MESSAGE;
    props[1].ulPropTag = PR_MESSAGE_CLASS_W;
    props[1].Value.lpszW = (WCHAR *)L"IPM.Note";
    props[2].ulPropTag = PR_MESSAGE_FLAGS;
    props[2].Value.l = flags;
    props[3].ulPropTag = PR_ACCESS_LEVEL;
    props[3].Value.l = MAPI_MODIFY;
    return 4;
}

HRESULT message_create(struct store *store, ULONG folder, BOOL associated, IMessage **ret)
{
    ULONG flags = MSGFLAG_UNSENT | MSGFLAG_READ;
    struct message *message;
    SPropValue props[5];
    ULONG count;
    HRESULT hr;

    *ret = NULL;
    count = new_props(props, associated ? flags | MSGFLAG_ASSOCIATED : flags);
    memset(&props[count], 0, sizeof(*props));
    props[count].ulPropTag = PR_MAPPING_SIGNATURE;
    props[count].Value.bin.cb = sizeof(store->uid);
    props[count++].Value.bin.lpb = store->uid.ab;
    if (FAILED(hr = create(store, new_computed, count, props, NULL, TRUE, &message))) return hr;
    message->item.kind = OBJECT_MESSAGE;
    message->item.parent = folder;
    message->item.flags = associated ? MSGFLAG_ASSOCIATED : 0;
    *ret = (IMessage *)message;
    return S_OK;
}

HRESULT message_open(struct store *store, ULONG number, BOOL modify, IMessage **ret)
{
    struct message *message;
    SPropValue *props;
    struct item item;
    struct blob data;
    ULONG count;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = content_get(store->content, number, &item, &data))) return hr;
    if (item.kind != OBJECT_MESSAGE) hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr)) hr = content_props(store->content, number, &count, &props);
    if (SUCCEEDED(hr))
    {
        hr = create(store, saved_computed, count, props, &data, modify, &message);
        MAPIFreeBuffer(props);
    }
    blob_free(&data);
    if (FAILED(hr)) return hr;
    message->item = item;
    *ret = (IMessage *)message;
    return S_OK;
}

HRESULT message_open_embedded(struct attachment *owner, const struct blob *data, BOOL modify,
                              IMessage **ret)
{
    struct store *store = attachment_store(owner);
    struct reader reader = {data->data, data->size, FALSE};
    SPropValue *props = NULL, fresh[4];
    struct message *message;
    ULONG count = 0;
    HRESULT hr = S_OK;

    *ret = NULL;
    if (data->size) hr = read_props(&reader, 0, &count, &props);
    if (FAILED(hr)) return hr;
    if (!data->size) count = new_props(fresh, MSGFLAG_UNSENT | MSGFLAG_READ);
    hr = create(store, embedded_computed, count, props ? props : fresh, data, modify, &message);
    MAPIFreeBuffer(props);
    if (FAILED(hr)) return hr;
    attachment_addref(owner);
    message->owner = owner;
    *ret = (IMessage *)message;
    return S_OK;
}
