/*
 * Guarded calls: message stores and what is in them
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
 * What the spooler does to stores, folders and messages of a store provider. The provider is
 * the party that answers for a crash; every pointer that comes out of it is copied under the guard,
 * so that results are the subsystem's own memory and have no tie to the provider: free them with
 * memory_free_buffer, row sets with rows_free.
 *
 * Objects that come out are the provider's: host_object_release.
 */

#define COBJMACROS

#include "host/calls.h"

#define ROWS_MAX     100000     /* more is no recipient list but damage */

/* The arguments of all methods here, each uses its own. */
struct call
{
    void *object;
    void *other;
    ULONG flags;
    ULONG count;
    ULONG size;
    const void *data;
    const void *more;
    const IID *iid;
    void *ret;
    ULONG ret_size;
    void *ret_more;
};

/* The object that a success promises. */
static HRESULT object_of(struct provider *provider, const char *method, HRESULT hr,
                         const struct call *call, void *ret)
{
    *(void **)ret = NULL;
    if (FAILED(hr)) return hr;
    if (!call->ret) return host_bad_result(&provider->party, method);
    *(void **)ret = call->ret;
    return S_OK;
}

static HRESULT call_copy_to(void *data)
{
    struct call *call = data;
    HRESULT hr;

    hr = IMAPIProp_CopyTo((IMAPIProp *)call->object, 0, NULL, (SPropTagArray *)call->data, 0, NULL,
                          &IID_IMessage, call->other, 0, NULL);
    if (hr != MAPI_E_NO_SUPPORT) return hr;
    return propset_copy_to(&memory_allocators, call->object, 0, NULL, call->data, &IID_IMessage,
                           call->other, 0, NULL);
}

HRESULT message_CopyTo(struct provider *provider, IMessage *message, const SPropTagArray *exclude,
                       IMessage *dest)
{
    struct call call = { message };

    call.data = exclude;
    call.other = dest;
    return host_call(&provider->party, "IMessage::CopyTo", call_copy_to, &call);
}

static void set_all_columns(IMAPITable *table)
{
    SPropTagArray *columns = NULL;

    if (FAILED(IMAPITable_QueryColumns(table, TBL_ALL_COLUMNS, &columns)) || !columns) return;
    IMAPITable_SetColumns(table, columns, 0);
    memory_free_buffer(columns);
}

/* ---- IMsgStore, the spooler's ---- */

static HRESULT call_outgoing_queue(void *data)
{
    static const SizedSSortOrderSet(1, order) =
        { 1, 0, 0, { { PR_CLIENT_SUBMIT_TIME, TABLE_SORT_ASCEND } } };
    struct call *call = data;
    IMAPITable *table = NULL;
    HRESULT hr;

    hr = IMsgStore_GetOutgoingQueue((IMsgStore *)call->object, 0, &table);
    if (FAILED(hr)) return hr;
    /* A queue that cannot be sorted is in that order already. Both are done before anybody advises,
     * who would hear of them. */
    if (table)
    {
        set_all_columns(table);
        IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0);
    }
    call->ret = table;
    return S_OK;
}

HRESULT store_GetOutgoingQueue(struct provider *provider, IMsgStore *store, IMAPITable **ret)
{
    struct call call = { store };
    const char *method = "IMsgStore::GetOutgoingQueue";

    return object_of(provider, method,
                     host_call(&provider->party, method, call_outgoing_queue, &call), &call, ret);
}

static HRESULT call_set_lock_state(void *data)
{
    struct call *call = data;

    return IMsgStore_SetLockState((IMsgStore *)call->object, call->other, call->flags);
}

HRESULT store_SetLockState(struct provider *provider, IMsgStore *store, IMessage *message,
                           ULONG state)
{
    struct call call = { store };

    call.other = message;
    call.flags = state;
    return host_call(&provider->party, "IMsgStore::SetLockState", call_set_lock_state, &call);
}

static HRESULT call_finished_msg(void *data)
{
    struct call *call = data;

    return IMsgStore_FinishedMsg((IMsgStore *)call->object, 0, call->size, (ENTRYID *)call->data);
}

HRESULT store_FinishedMsg(struct provider *provider, IMsgStore *store, ULONG size,
                          const ENTRYID *id)
{
    struct call call = { store };

    call.size = size;
    call.data = id;
    return host_call(&provider->party, "IMsgStore::FinishedMsg", call_finished_msg, &call);
}

static HRESULT call_notify_new_mail(void *data)
{
    struct call *call = data;

    return IMsgStore_NotifyNewMail((IMsgStore *)call->object, (NOTIFICATION *)call->data);
}

HRESULT store_NotifyNewMail(struct provider *provider, IMsgStore *store,
                            const NOTIFICATION *notification)
{
    struct call call = { store };

    call.data = notification;
    return host_call(&provider->party, "IMsgStore::NotifyNewMail", call_notify_new_mail, &call);
}

static HRESULT call_open_entry(void *data)
{
    struct call *call = data;
    ULONG type = 0;
    HRESULT hr;

    hr = IMsgStore_OpenEntry((IMsgStore *)call->object, call->size, (ENTRYID *)call->data, NULL,
                             call->flags, &type, (IUnknown **)&call->ret);
    if (FAILED(hr) || !call->ret || type == call->count) return hr;
    IUnknown_Release((IUnknown *)call->ret);
    call->ret = NULL;
    return MAPI_E_INVALID_ENTRYID;
}

static HRESULT open_object(struct provider *provider, IMsgStore *store, ULONG wanted, ULONG size,
                           const void *id, ULONG flags, void *ret)
{
    struct call call = { store };
    const char *method = "IMsgStore::OpenEntry";

    call.count = wanted;
    call.size = size;
    call.data = id;
    call.flags = flags;
    return object_of(provider, method, host_call(&provider->party, method, call_open_entry, &call),
                     &call, ret);
}

HRESULT store_OpenMessage(struct provider *provider, IMsgStore *store, ULONG size, const void *id,
                          ULONG flags, IMessage **ret)
{
    return open_object(provider, store, MAPI_MESSAGE, size, id, flags, ret);
}

HRESULT store_OpenFolder(struct provider *provider, IMsgStore *store, ULONG size, const void *id,
                         ULONG flags, IMAPIFolder **ret)
{
    return open_object(provider, store, MAPI_FOLDER, size, id, flags, ret);
}

static HRESULT call_receive_folder(void *data)
{
    struct call *call = data;
    ENTRYID *id = NULL;
    ULONG size = 0;
    HRESULT hr;

    hr = IMsgStore_GetReceiveFolder((IMsgStore *)call->object, (LPTSTR)call->data, call->flags,
                                    &size, &id, NULL);
    if (FAILED(hr)) return hr;
    if (!size || !id) return MAPI_E_CALL_FAILED;
    if (SUCCEEDED(hr = memory_allocate_buffer(size, &call->ret))) memcpy(call->ret, id, size);
    call->ret_size = size;
    memory_free_buffer(id);
    return hr;
}

HRESULT store_GetReceiveFolder(struct provider *provider, IMsgStore *store, const WCHAR *class,
                               ULONG *size, ENTRYID **ret)
{
    struct call call = { store };
    const char *method = "IMsgStore::GetReceiveFolder";
    char *ansi = NULL;
    HRESULT hr;

    *size = 0;
    call.data = class;
    call.flags = class ? MAPI_UNICODE : 0;
    hr = host_call(&provider->party, method, call_receive_folder, &call);
    if (hr == MAPI_E_BAD_CHARWIDTH && class && (ansi = text_to_ansi(class)))
    {
        call.data = ansi;
        call.flags = 0;
        hr = host_call(&provider->party, method, call_receive_folder, &call);
    }
    platform_free(ansi);
    hr = object_of(provider, method, hr, &call, ret);
    if (SUCCEEDED(hr)) *size = call.ret_size;
    return hr;
}

/* ---- IMAPIFolder ---- */

static HRESULT call_create_message(void *data)
{
    struct call *call = data;

    return IMAPIFolder_CreateMessage((IMAPIFolder *)call->object, NULL, 0,
                                     (IMessage **)&call->ret);
}

HRESULT folder_CreateMessage(struct provider *provider, IMAPIFolder *folder, IMessage **ret)
{
    struct call call = { folder };
    const char *method = "IMAPIFolder::CreateMessage";

    return object_of(provider, method,
                     host_call(&provider->party, method, call_create_message, &call), &call, ret);
}

static HRESULT call_move_message(void *data)
{
    struct call *call = data;
    ENTRYLIST list;
    SBinary id;

    id.cb = call->size;
    id.lpb = (BYTE *)call->data;
    list.cValues = 1;
    list.lpbin = &id;
    return IMAPIFolder_CopyMessages((IMAPIFolder *)call->object, &list, NULL, call->other, 0, NULL,
                                    MESSAGE_MOVE);
}

HRESULT folder_MoveMessage(struct provider *provider, IMAPIFolder *folder, ULONG size,
                           const void *id, IMAPIFolder *dest)
{
    struct call call = { folder };

    call.size = size;
    call.data = id;
    call.other = dest;
    return host_call(&provider->party, "IMAPIFolder::CopyMessages", call_move_message, &call);
}

static HRESULT call_delete_message(void *data)
{
    struct call *call = data;
    ENTRYLIST list;
    SBinary id;

    id.cb = call->size;
    id.lpb = (BYTE *)call->data;
    list.cValues = 1;
    list.lpbin = &id;
    return IMAPIFolder_DeleteMessages((IMAPIFolder *)call->object, &list, 0, NULL, 0);
}

HRESULT folder_DeleteMessage(struct provider *provider, IMAPIFolder *folder, ULONG size,
                             const void *id)
{
    struct call call = { folder };

    call.size = size;
    call.data = id;
    return host_call(&provider->party, "IMAPIFolder::DeleteMessages", call_delete_message, &call);
}

/* The message of a folder that has the search key. */
static HRESULT call_find_message(void *data)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_ENTRYID, PR_SEARCH_KEY } };
    struct call *call = data;
    SRestriction restriction;
    IMAPITable *table = NULL;
    SRowSet *rows = NULL;
    const SPropValue *id;
    SPropValue key;
    HRESULT hr;

    hr = IMAPIFolder_GetContentsTable((IMAPIFolder *)call->object, 0, &table);
    if (FAILED(hr) || !table) return FAILED(hr) ? hr : MAPI_E_CALL_FAILED;
    memset(&key, 0, sizeof(key));
    key.ulPropTag = PR_SEARCH_KEY;
    key.Value.bin.cb = call->size;
    key.Value.bin.lpb = (BYTE *)call->data;
    restriction.rt = RES_PROPERTY;
    restriction.res.resProperty.relop = RELOP_EQ;
    restriction.res.resProperty.ulPropTag = PR_SEARCH_KEY;
    restriction.res.resProperty.lpProp = &key;
    hr = IMAPITable_SetColumns(table, (SPropTagArray *)&columns, 0);
    if (SUCCEEDED(hr)) hr = IMAPITable_FindRow(table, &restriction, BOOKMARK_BEGINNING, 0);
    if (SUCCEEDED(hr)) hr = IMAPITable_QueryRows(table, 1, 0, &rows);
    if (SUCCEEDED(hr) && (!rows || !rows->cRows
        || !(id = props_find(rows->aRow[0].lpProps, rows->aRow[0].cValues, PR_ENTRYID))))
        hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr) && SUCCEEDED(hr = memory_allocate_buffer(id->Value.bin.cb, &call->ret)))
    {
        memcpy(call->ret, id->Value.bin.lpb, id->Value.bin.cb);
        call->ret_size = id->Value.bin.cb;
    }
    rows_free(&memory_allocators, rows);
    IMAPITable_Release(table);
    return hr;
}

HRESULT folder_FindMessage(struct provider *provider, IMAPIFolder *folder, ULONG key_size,
                           const void *key, ULONG *size, ENTRYID **ret)
{
    struct call call = { folder };
    const char *method = "IMAPIFolder::GetContentsTable";
    HRESULT hr;

    call.size = key_size;
    call.data = key;
    *size = 0;
    hr = object_of(provider, method, host_call(&provider->party, method, call_find_message, &call),
                   &call, ret);
    if (SUCCEEDED(hr)) *size = call.ret_size;
    return hr;
}

/* ---- IMessage ---- */

static HRESULT call_recipients(void *data)
{
    struct call *call = data;
    IMAPITable *table = NULL;
    HRESULT hr;

    hr = IMessage_GetRecipientTable((IMessage *)call->object, MAPI_UNICODE, &table);
    if (hr == MAPI_E_BAD_CHARWIDTH)
        hr = IMessage_GetRecipientTable((IMessage *)call->object, 0, &table);
    if (FAILED(hr) || !table) return FAILED(hr) ? hr : MAPI_E_CALL_FAILED;
    set_all_columns(table);
    hr = table_read_all(table, ROWS_MAX, (SRowSet **)&call->ret);
    IMAPITable_Release(table);
    return hr;
}

HRESULT message_ReadRecipients(struct provider *provider, IMessage *message, SRowSet **ret)
{
    struct call call = { message };
    const char *method = "IMessage::GetRecipientTable";
    HRESULT hr = host_call(&provider->party, method, call_recipients, &call);

    if (FAILED(hr) && !provider->party.broken) rows_free(&memory_allocators, call.ret);
    return object_of(provider, method, hr, &call, ret);
}

static HRESULT call_modify_recipients(void *data)
{
    struct call *call = data;

    return IMessage_ModifyRecipients((IMessage *)call->object, call->flags, (ADRLIST *)call->data);
}

/* The list with its text as ANSI, in memory of its own. */
static HRESULT recipients_to_ansi(const ADRLIST *list, SRowSet **ret)
{
    HRESULT hr = rows_copy(&memory_allocators, (const SRowSet *)list, ret);
    ULONG i, j, type;

    for (i = 0; SUCCEEDED(hr) && i < (*ret)->cRows; i++)
    {
        SRow *row = &(*ret)->aRow[i];

        for (j = 0; j < row->cValues && SUCCEEDED(hr); j++)
        {
            type = PROP_TYPE(row->lpProps[j].ulPropTag);
            if (type != PT_UNICODE && type != PT_MV_UNICODE) continue;
            hr = prop_convert_width(&row->lpProps[j], &row->lpProps[j],
                                    type == PT_UNICODE ? PT_STRING8 : PT_MV_STRING8,
                                    memory_allocators.more, row->lpProps);
        }
        if (FAILED(hr)) rows_free(&memory_allocators, *ret);
    }
    return hr;
}

HRESULT message_ModifyRecipients(struct provider *provider, IMessage *message, ULONG flags,
                                 const ADRLIST *recipients)
{
    static const char method[] = "IMessage::ModifyRecipients";
    struct call call = { message };
    SRowSet *ansi;
    HRESULT hr;

    call.flags = flags;
    call.data = recipients;
    hr = host_call(&provider->party, method, call_modify_recipients, &call);
    if (hr != MAPI_E_BAD_CHARWIDTH) return hr;
    if (FAILED(hr = recipients_to_ansi(recipients, &ansi))) return hr;
    call.data = ansi;
    hr = host_call(&provider->party, method, call_modify_recipients, &call);
    rows_free(&memory_allocators, ansi);
    return hr;
}

static HRESULT call_submit(void *data)
{
    struct call *call = data;

    return IMessage_SubmitMessage((IMessage *)call->object, 0);
}

HRESULT message_SubmitMessage(struct provider *provider, IMessage *message)
{
    struct call call = { message };

    return host_call(&provider->party, "IMessage::SubmitMessage", call_submit, &call);
}

/* A message inside the message, both objects of it. */
static HRESULT call_embed(void *data)
{
    struct call *call = data;
    SPropValue props[3];
    IMessage *inner = NULL;
    IAttach *attach = NULL;
    ULONG number;
    HRESULT hr;

    hr = IMessage_CreateAttach((IMessage *)call->object, NULL, 0, &number, &attach);
    if (FAILED(hr) || !attach) return FAILED(hr) ? hr : MAPI_E_CALL_FAILED;
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_ATTACH_METHOD;
    props[0].Value.l = ATTACH_EMBEDDED_MSG;
    props[1].ulPropTag = PR_RENDERING_POSITION;
    props[1].Value.l = -1;
    props[2].ulPropTag = PR_DISPLAY_NAME_W;
    props[2].Value.lpszW = (WCHAR *)call->data;
    hr = IAttach_SetProps(attach, call->data ? 3 : 2, props, NULL);
    if (SUCCEEDED(hr))
        hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0,
                                  MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&inner);
    if (FAILED(hr) || !inner)
    {
        IAttach_Release(attach);
        return FAILED(hr) ? hr : MAPI_E_CALL_FAILED;
    }
    call->ret = inner;
    call->ret_more = attach;
    return S_OK;
}

HRESULT message_Embed(struct provider *provider, IMessage *message, const WCHAR *name,
                      IAttach **attach, IMessage **inner)
{
    struct call call = { message };
    const char *method = "IMessage::CreateAttach";
    HRESULT hr;

    call.data = name;
    *attach = NULL;
    hr = object_of(provider, method, host_call(&provider->party, method, call_embed, &call), &call,
                   inner);
    if (SUCCEEDED(hr)) *attach = call.ret_more;
    return hr;
}
