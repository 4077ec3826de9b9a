/*
 * Sample providers: the folder and the messages of the store
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
 * The store's one folder, and messages. A message lives in the store's contents table: saving one puts
 * a row there, opening one reads it. Both objects hold the store.
 */

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"

struct child                            /* a folder or a message */
{
    struct prop_object object;
    struct store *store;                /* counted */
    ULONG number;                       /* message: 0 until saved */
};

static HRESULT WINAPI child_QueryInterface(IMAPIProp *iface, REFIID iid, void **ret);

static ULONG WINAPI child_Release(IMAPIProp *iface)
{
    struct child *child = (struct child *)iface;
    LONG ref = InterlockedDecrement(&child->object.ref);

    if (!ref)
    {
        IPropData_Release(child->object.props);
        store_release(child->store);
        free(child);
    }
    return ref;
}

static HRESULT child_create(struct store *store, const void *vtbl, ULONG count, SPropValue *props,
                            struct child **ret)
{
    struct child *child;
    HRESULT hr;

    *ret = NULL;
    if (!(child = calloc(1, sizeof(*child)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr = prop_object_init(&child->object, vtbl, count, props)))
    {
        free(child);
        return hr;
    }
    child->store = store;
    store_addref(store);
    *ret = child;
    return S_OK;
}

static void instance_key(ULONG number, SPropValue *prop, ULONG *buffer)
{
    *buffer = number;
    memset(prop, 0, sizeof(*prop));
    prop->ulPropTag = PR_INSTANCE_KEY;
    prop->Value.bin.cb = sizeof(*buffer);
    prop->Value.bin.lpb = (BYTE *)buffer;
}

/* Saving gives a new message its number and entry ID, its row in the table, and tells who listens. */
static HRESULT WINAPI message_SaveChanges(IMAPIProp *iface, ULONG flags)
{
    struct child *message = (struct child *)iface;
    BOOL created = !message->number;
    struct store_entryid id;
    ULONG key, count;
    SPropValue props[2], *all;
    HRESULT hr;
    SRow row;

    if (FAILED(hr = behave(KIND_STORE, "SaveChanges", message->store->support))) return hr;
    if (created) message->number = InterlockedIncrement(&message->store->next_message);
    store_entryid_init(message->store, OBJECT_MESSAGE, message->number, &id);
    instance_key(message->number, &props[0], &key);
    memset(&props[1], 0, sizeof(props[1]));
    props[1].ulPropTag = PR_ENTRYID;
    props[1].Value.bin.cb = sizeof(id);
    props[1].Value.bin.lpb = (BYTE *)&id;
    prop_object_set(&message->object, 2, props);

    if (FAILED(hr = IPropData_GetProps(message->object.props, NULL, MAPI_UNICODE, &count, &all))) return hr;
    row.ulAdrEntryPad = 0;
    row.cValues = count;
    row.lpProps = all;
    hr = ITableData_HrModifyRow(message->store->contents, &row);
    MAPIFreeBuffer(all);
    if (SUCCEEDED(hr) && created) store_notify_created(message->store, message->number);
    return hr;
}

static HRESULT WINAPI message_GetAttachmentTable(IMessage *iface, ULONG flags, LPMAPITABLE *ret)
{
    *ret = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI message_OpenAttach(IMessage *iface, ULONG number, LPCIID iid, ULONG flags, LPATTACH *ret)
{
    *ret = NULL;
    return MAPI_E_NOT_FOUND;
}

static HRESULT WINAPI message_CreateAttach(IMessage *iface, LPCIID iid, ULONG flags, ULONG *number, LPATTACH *ret)
{
    *ret = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI message_DeleteAttach(IMessage *iface, ULONG number, ULONG_PTR ui, LPMAPIPROGRESS progress,
                                           ULONG flags)
{
    return MAPI_E_NOT_FOUND;
}

static HRESULT WINAPI message_GetRecipientTable(IMessage *iface, ULONG flags, LPMAPITABLE *ret)
{
    *ret = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI message_ModifyRecipients(IMessage *iface, ULONG flags, LPADRLIST list)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI message_SubmitMessage(IMessage *iface, ULONG flags)
{
    return MAPI_E_NO_RECIPIENTS;
}

static HRESULT WINAPI message_SetReadFlag(IMessage *iface, ULONG flags)
{
    return S_OK;
}

static const IMessageVtbl message_vtbl =
{
    (void *)child_QueryInterface,
    (void *)object_AddRef,
    (void *)child_Release,
    (void *)object_GetLastError,
    (void *)message_SaveChanges,
    (void *)object_GetProps,
    (void *)object_GetPropList,
    (void *)object_OpenProperty,
    (void *)object_SetProps,
    (void *)object_DeleteProps,
    (void *)object_CopyTo,
    (void *)object_CopyProps,
    (void *)object_GetNamesFromIDs,
    (void *)object_GetIDsFromNames,
    message_GetAttachmentTable,
    message_OpenAttach,
    message_CreateAttach,
    message_DeleteAttach,
    message_GetRecipientTable,
    message_ModifyRecipients,
    message_SubmitMessage,
    message_SetReadFlag
};

static HRESULT WINAPI child_QueryInterface(IMAPIProp *iface, REFIID iid, void **ret)
{
    BOOL message = ((struct prop_object *)iface)->vtbl == &message_vtbl;
    BOOL known = IsEqualGUID(iid, &IID_IUnknown) || IsEqualGUID(iid, &IID_IMAPIProp);

    if (message) known = known || IsEqualGUID(iid, &IID_IMessage);
    else known = known || IsEqualGUID(iid, &IID_IMAPIContainer) || IsEqualGUID(iid, &IID_IMAPIFolder);
    *ret = NULL;
    if (!known) return E_NOINTERFACE;
    *ret = iface;
    object_AddRef(iface);
    return S_OK;
}

HRESULT store_open_message(struct store *store, ULONG number, IMessage **ret)
{
    struct child *message;
    SPropValue key;
    ULONG key_buffer, position;
    HRESULT hr;
    SRow *row;

    *ret = NULL;
    instance_key(number, &key, &key_buffer);
    if (FAILED(hr = ITableData_HrQueryRow(store->contents, &key, &row, &position))) return MAPI_E_NOT_FOUND;
    hr = child_create(store, &message_vtbl, row->cValues, row->lpProps, &message);
    MAPIFreeBuffer(row);
    if (FAILED(hr)) return hr;
    message->number = number;
    *ret = (IMessage *)message;
    return S_OK;
}

static HRESULT WINAPI folder_GetContentsTable(IMAPIFolder *iface, ULONG flags, LPMAPITABLE *ret)
{
    *ret = NULL;
    return ITableData_HrGetView(((struct child *)iface)->store->contents, NULL, NULL, 0, ret);
}

static HRESULT WINAPI folder_GetHierarchyTable(IMAPIFolder *iface, ULONG flags, LPMAPITABLE *ret)
{
    *ret = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI folder_OpenEntry(IMAPIFolder *iface, ULONG size, LPENTRYID id, LPCIID iid, ULONG flags,
                                       ULONG *type, LPUNKNOWN *ret)
{
    struct store *store = ((struct child *)iface)->store;

    return IMSLogon_OpenEntry(&store->IMSLogon_iface, size, id, iid, flags, type, ret);
}

static HRESULT WINAPI folder_SetSearchCriteria(IMAPIFolder *iface, LPSRestriction restriction,
                                               LPENTRYLIST list, ULONG flags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI folder_GetSearchCriteria(IMAPIFolder *iface, ULONG flags, LPSRestriction *restriction,
                                               LPENTRYLIST *list, ULONG *state)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI folder_CreateMessage(IMAPIFolder *iface, LPCIID iid, ULONG flags, LPMESSAGE *ret)
{
    SPropValue props[2];
    struct child *message;
    HRESULT hr;

    *ret = NULL;
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_OBJECT_TYPE;
    props[0].Value.l = MAPI_MESSAGE;
    props[1].ulPropTag = PR_MESSAGE_CLASS_W;
    props[1].Value.lpszW = (WCHAR *)L"IPM.Note";
    hr = child_create(((struct child *)iface)->store, &message_vtbl, 2, props, &message);
    *ret = (IMessage *)message;
    return hr;
}

static HRESULT WINAPI folder_CopyMessages(IMAPIFolder *iface, LPENTRYLIST list, LPCIID iid, void *dst,
                                          ULONG_PTR ui, LPMAPIPROGRESS progress, ULONG flags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI folder_DeleteMessages(IMAPIFolder *iface, LPENTRYLIST list, ULONG_PTR ui,
                                            LPMAPIPROGRESS progress, ULONG flags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI folder_CreateFolder(IMAPIFolder *iface, ULONG type, LPTSTR name, LPTSTR comment, LPCIID iid,
                                          ULONG flags, LPMAPIFOLDER *ret)
{
    *ret = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI folder_CopyFolder(IMAPIFolder *iface, ULONG size, LPENTRYID id, LPCIID iid, void *dst,
                                        LPTSTR name, ULONG_PTR ui, LPMAPIPROGRESS progress, ULONG flags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI folder_DeleteFolder(IMAPIFolder *iface, ULONG size, LPENTRYID id, ULONG_PTR ui,
                                          LPMAPIPROGRESS progress, ULONG flags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI folder_SetReadFlags(IMAPIFolder *iface, LPENTRYLIST list, ULONG_PTR ui,
                                          LPMAPIPROGRESS progress, ULONG flags)
{
    return S_OK;
}

static HRESULT WINAPI folder_GetMessageStatus(IMAPIFolder *iface, ULONG size, LPENTRYID id, ULONG flags,
                                              ULONG *status)
{
    *status = 0;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI folder_SetMessageStatus(IMAPIFolder *iface, ULONG size, LPENTRYID id, ULONG status,
                                              ULONG mask, ULONG *old)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI folder_SaveContentsSort(IMAPIFolder *iface, LPSSortOrderSet sort, ULONG flags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI folder_EmptyFolder(IMAPIFolder *iface, ULONG_PTR ui, LPMAPIPROGRESS progress, ULONG flags)
{
    return MAPI_E_NO_SUPPORT;
}

static const IMAPIFolderVtbl folder_vtbl =
{
    (void *)child_QueryInterface,
    (void *)object_AddRef,
    (void *)child_Release,
    (void *)object_GetLastError,
    (void *)object_SaveChanges,
    (void *)object_GetProps,
    (void *)object_GetPropList,
    (void *)object_OpenProperty,
    (void *)object_SetProps,
    (void *)object_DeleteProps,
    (void *)object_CopyTo,
    (void *)object_CopyProps,
    (void *)object_GetNamesFromIDs,
    (void *)object_GetIDsFromNames,
    folder_GetContentsTable,
    folder_GetHierarchyTable,
    folder_OpenEntry,
    folder_SetSearchCriteria,
    folder_GetSearchCriteria,
    folder_CreateMessage,
    folder_CopyMessages,
    folder_DeleteMessages,
    folder_CreateFolder,
    folder_CopyFolder,
    folder_DeleteFolder,
    folder_SetReadFlags,
    folder_GetMessageStatus,
    folder_SetMessageStatus,
    folder_SaveContentsSort,
    folder_EmptyFolder
};

HRESULT folder_create(struct store *store, IMAPIFolder **ret)
{
    struct store_entryid id;
    SPropValue props[4];
    struct child *folder;
    HRESULT hr;

    store_entryid_init(store, OBJECT_FOLDER, 0, &id);
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_OBJECT_TYPE;
    props[0].Value.l = MAPI_FOLDER;
    props[1].ulPropTag = PR_DISPLAY_NAME_W;
    props[1].Value.lpszW = (WCHAR *)L"Sample Folder";
    props[2].ulPropTag = PR_ENTRYID;
    props[2].Value.bin.cb = sizeof(id);
    props[2].Value.bin.lpb = (BYTE *)&id;
    props[3].ulPropTag = PR_FOLDER_TYPE;
    props[3].Value.l = FOLDER_ROOT;
    hr = child_create(store, &folder_vtbl, 4, props, &folder);
    *ret = (IMAPIFolder *)folder;
    return hr;
}
