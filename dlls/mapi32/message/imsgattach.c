/*
 * Messages on storages: attachments
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
 * A storage for each attachment, numbered as its PR_ATTACH_NUM. Their table is read when the first
 * of them is asked for, before any is open, and follows what is saved. An attachment that is open
 * is not opened again: it is handed out once more. One that was created and not saved is gone with
 * its last reference.
 */

#define COBJMACROS
#include "message/imsg.h"
#include "object/copy.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define ATTACHMENT_LIMIT 0x10000

static const WCHAR prefix[] = L"__attach_version1.0_#";
static const WCHAR object_name[] = L"__substg1.0_3701000D";

static inline struct imsg_attachment *attachment_from(void *iface)
{
    return CONTAINING_RECORD(imsg_object_from(iface), struct imsg_attachment, object);
}

static IMAPIProp *attachment_iface(struct imsg_attachment *attachment)
{
    return &attachment->object.IMAPIProp_iface;
}

/* ---- the table ---- */

static HRESULT put_row(struct imsg_message *message, ULONG count, const SPropValue *props,
                       ULONG number)
{
    ULONG i, kept = 1;
    SPropValue *copy;
    HRESULT hr;
    SRow row;

    if (!(copy = platform_alloc((count + 1) * sizeof(*copy)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(copy, 0, sizeof(*copy));
    copy[0].ulPropTag = PR_ATTACH_NUM;
    copy[0].Value.l = number;
    for (i = 0; i < count; i++)
    {
        /* Contents are no column. */
        if (PROP_ID(props[i].ulPropTag) == PROP_ID(PR_ATTACH_NUM)
            || PROP_ID(props[i].ulPropTag) == PROP_ID(PR_ATTACH_DATA_BIN)
            || PROP_TYPE(props[i].ulPropTag) == PT_ERROR
            || PROP_TYPE(props[i].ulPropTag) == PT_OBJECT)
            continue;
        copy[kept++] = props[i];
    }
    memset(&row, 0, sizeof(row));
    row.cValues = kept;
    row.lpProps = copy;
    hr = ITableData_HrModifyRow(message->attachments, &row);
    platform_free(copy);
    return hr;
}

static HRESULT load_row(struct imsg_message *message, ULONG number)
{
    struct imsg_file *file = message->object.file;
    SPropValue *props = NULL;
    IStorage *storage;
    imsg_name name;
    ULONG count;
    HRESULT hr;

    imsg_numbered_name(prefix, number, name);
    hr = IStorage_OpenStorage(message->object.storage, name, NULL, STGM_READ | STGM_SHARE_EXCLUSIVE,
                              NULL, 0, &storage);
    if (FAILED(hr)) return MapStorageSCode(hr);
    hr = imsg_load_row(file, storage, &count, &props);
    if (SUCCEEDED(hr)) hr = put_row(message, count, props, number);
    if (props) file->allocators.free(props);
    IStorage_Release(storage);
    return hr;
}

HRESULT imsg_attachment_table(struct imsg_message *message)
{
    SizedSPropTagArray(6, columns) = {6, {PR_ATTACH_NUM, PR_ATTACH_FILENAME_W, PR_ATTACH_METHOD,
                                          PR_ATTACH_SIZE, PR_RENDERING_POSITION,
                                          PR_DISPLAY_NAME_W}};
    struct imsg_file *file = message->object.file;
    ULONG *numbers, count, i;
    HRESULT hr;

    if (message->attachments) return S_OK;
    if (FAILED(hr = imsg_list_numbered(message->object.storage, prefix, &numbers, &count)))
        return hr;
    if (count > ATTACHMENT_LIMIT) hr = MAPI_E_CORRUPT_DATA;
    if (SUCCEEDED(hr))
        hr = CreateTable(&IID_IMAPITableData, file->allocators.allocate, file->allocators.more,
                         file->allocators.free, NULL, TBLTYPE_DYNAMIC, PR_ATTACH_NUM,
                         (SPropTagArray *)&columns, &message->attachments);
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        hr = load_row(message, numbers[i]);
        message->next_attachment = numbers[i] + 1;
    }
    message->attachment_count = count;
    platform_free(numbers);
    if (FAILED(hr) && message->attachments)
    {
        ITableData_Release(message->attachments);
        message->attachments = NULL;
    }
    return hr;
}

static BOOL has_number(struct imsg_message *message, ULONG number)
{
    SPropValue prop;
    SRow *row = NULL;
    ULONG place;

    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = PR_ATTACH_NUM;
    prop.Value.l = number;
    if (FAILED(ITableData_HrQueryRow(message->attachments, &prop, &row, &place)) || !row)
        return FALSE;
    message->object.file->allocators.free(row);
    return TRUE;
}

/* ---- IAttach ---- */

static HRESULT WINAPI attachment_QueryInterface(IAttach *iface, REFIID iid, void **ret)
{
    TRACE("%p %s %p\n", iface, debugstr_guid(iid), ret);

    if (!ret || !iid) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IMAPIProp)
        && !IsEqualIID(iid, &IID_IAttachment))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IAttach_AddRef(iface);
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI attachment_AddRef(IAttach *iface)
{
    return imsg_add_ref(imsg_object_from(iface));
}

static ULONG WINAPI attachment_Release(IAttach *iface)
{
    struct imsg_attachment *attachment = attachment_from(iface), **link;
    struct imsg_message *message = attachment->message;
    ULONG ref = InterlockedDecrement(&attachment->object.ref);
    struct imsg_file *file = attachment->object.file;
    BOOL discard = !attachment->saved;
    imsg_name name;

    if (ref) return ref;
    TRACE("%p ends\n", iface);
    InterlockedIncrement(&file->ref);
    EnterCriticalSection(&file->cs);
    for (link = &message->open; *link; link = &(*link)->next)
    {
        if (*link != attachment) continue;
        *link = attachment->next;
        break;
    }
    imsg_numbered_name(prefix, attachment->number, name);
    imsg_object_destroy(&attachment->object);
    if (discard && message->object.storage && !file->closed)
        IStorage_DestroyElement(message->object.storage, name);
    LeaveCriticalSection(&file->cs);
    imsg_file_release(file);
    platform_free(attachment);
    IMAPIProp_Release(&message->object.IMAPIProp_iface);
    return 0;
}

/* What others see of it: its row, and that the message has attachments. */
static HRESULT show_saved(struct imsg_attachment *attachment)
{
    struct imsg_object *object = &attachment->object;
    SPropValue *props;
    ULONG count;
    HRESULT hr;

    hr = IPropData_GetProps(object->values, NULL, object->file->unicode ? MAPI_UNICODE : 0, &count,
                            &props);
    if (FAILED(hr)) return hr;
    hr = put_row(attachment->message, count, props, attachment->number);
    object->file->allocators.free(props);
    if (FAILED(hr) || attachment->saved) return hr;
    attachment->saved = TRUE;
    attachment->message->attachment_count++;
    return S_OK;
}

static HRESULT WINAPI attachment_SaveChanges(IAttach *iface, ULONG flags)
{
    struct imsg_attachment *attachment = attachment_from(iface);
    struct imsg_object *object = &attachment->object;
    HRESULT hr;

    TRACE("%p %#lx\n", iface, flags);

    if (flags & ~(KEEP_OPEN_READONLY | KEEP_OPEN_READWRITE | FORCE_SAVE | MAPI_DEFERRED_ERRORS))
        return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = imsg_enter(object))) return hr;
    hr = object->writable ? imsg_save(object) : MAPI_E_NO_ACCESS;
    if (SUCCEEDED(hr))
    {
        hr = IStorage_Commit(object->storage, STGC_DEFAULT);
        if (FAILED(hr)) hr = MapStorageSCode(hr);
    }
    if (SUCCEEDED(hr)) hr = show_saved(attachment);
    imsg_leave(object);
    return hr;
}

/* The storage that is the attachment's contents. A new one is noted as a property. */
static HRESULT open_inside(struct imsg_attachment *attachment, ULONG flags, IStorage **ret)
{
    struct imsg_object *object = &attachment->object;
    const BOOL write = (flags & (MAPI_CREATE | MAPI_MODIFY)) != 0;
    SizedSPropTagArray(1, tags) = {1, {PR_ATTACH_DATA_OBJ}};
    HRESULT hr;

    *ret = NULL;
    if (write && !object->writable) return MAPI_E_NO_ACCESS;
    if (!(flags & MAPI_CREATE))
    {
        hr = IStorage_OpenStorage(object->storage, object_name, NULL, imsg_mode(object->writable),
                                  NULL, 0, ret);
        return FAILED(hr) ? MapStorageSCode(hr) : S_OK;
    }
    hr = IStorage_CreateStorage(object->storage, object_name, imsg_mode(TRUE) | STGM_CREATE, 0, 0,
                                ret);
    if (FAILED(hr)) return MapStorageSCode(hr);
    imsg_forget_streamed(object, PR_ATTACH_DATA_BIN);
    hr = IPropData_HrAddObjProps(object->values, (SPropTagArray *)&tags, NULL);
    if (FAILED(hr))
    {
        IStorage_Release(*ret);
        *ret = NULL;
    }
    return hr;
}

static HRESULT open_embedded(struct imsg_attachment *attachment, ULONG flags, IUnknown **ret)
{
    struct imsg_message *message;
    IStorage *storage;
    HRESULT hr;

    if (attachment->embedded && !(flags & MAPI_CREATE) && imsg_hold(&attachment->embedded->object))
    {
        *ret = (IUnknown *)&attachment->embedded->object.IMAPIProp_iface;
        return S_OK;
    }
    if (FAILED(hr = open_inside(attachment, flags, &storage))) return hr;
    hr = imsg_message_create(attachment->object.file, storage, attachment->object.writable,
                             attachment, &message);
    if (FAILED(hr)) return hr;
    attachment->embedded = message;
    *ret = (IUnknown *)&message->object.IMAPIProp_iface;
    return S_OK;
}

static HRESULT WINAPI attachment_OpenProperty(IAttach *iface, ULONG tag, const IID *iid,
                                              ULONG options, ULONG flags, IUnknown **ret)
{
    struct imsg_attachment *attachment = attachment_from(iface);
    HRESULT hr;

    TRACE("%p %#lx %s %#lx %#lx %p\n", iface, tag, debugstr_guid(iid), options, flags, ret);

    if (ret) *ret = NULL;
    if (!iid || !ret || !PROP_ID(tag)) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_CREATE | MAPI_MODIFY | MAPI_DEFERRED_ERRORS)) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = imsg_enter(&attachment->object))) return hr;
    if (IsEqualIID(iid, &IID_IStream))
        hr = imsg_open_stream(&attachment->object, tag, flags, (IStream **)ret);
    else if (tag != PR_ATTACH_DATA_OBJ)
        hr = MAPI_E_INTERFACE_NOT_SUPPORTED;
    else if (IsEqualIID(iid, &IID_IMessage))
        hr = open_embedded(attachment, flags, ret);
    else if (IsEqualIID(iid, &IID_IStorage))
        hr = open_inside(attachment, flags, (IStorage **)ret);
    else
        hr = MAPI_E_INTERFACE_NOT_SUPPORTED;
    imsg_leave(&attachment->object);
    return hr;
}

static HRESULT WINAPI attachment_DeleteProps(IAttach *iface, SPropTagArray *tags,
                                             SPropProblemArray **problems)
{
    struct imsg_attachment *attachment = attachment_from(iface);
    HRESULT hr = imsg_object_DeleteProps(attachment_iface(attachment), tags, problems);
    ULONG i;

    if (FAILED(hr) || FAILED(imsg_enter(&attachment->object))) return hr;
    for (i = 0; i < tags->cValues; i++)
        if (tags->aulPropTag[i] == PR_ATTACH_DATA_OBJ)
            IStorage_DestroyElement(attachment->object.storage, object_name);
    imsg_leave(&attachment->object);
    return hr;
}

/* The first members of both tables are IMAPIProp's. */
const IAttachVtbl imsg_attachment_vtbl =
{
    attachment_QueryInterface,
    attachment_AddRef,
    attachment_Release,
    (void *)imsg_object_GetLastError,
    attachment_SaveChanges,
    (void *)imsg_object_GetProps,
    (void *)imsg_object_GetPropList,
    attachment_OpenProperty,
    (void *)imsg_object_SetProps,
    attachment_DeleteProps,
    (void *)imsg_object_CopyTo,
    (void *)imsg_object_CopyProps,
    (void *)imsg_object_GetNamesFromIDs,
    (void *)imsg_object_GetIDsFromNames
};

/* ---- opening ---- */

/* Whether the contents are a storage is not told by a value. */
static void note_inside(struct imsg_attachment *attachment)
{
    SizedSPropTagArray(1, tags) = {1, {PR_ATTACH_DATA_OBJ}};
    IStorage *inside;

    if (FAILED(IStorage_OpenStorage(attachment->object.storage, object_name, NULL,
                                    STGM_READ | STGM_SHARE_EXCLUSIVE, NULL, 0, &inside)))
        return;
    IStorage_Release(inside);
    IPropData_HrAddObjProps(attachment->object.values, (SPropTagArray *)&tags, NULL);
}

HRESULT imsg_attachment_open(struct imsg_message *message, ULONG number, BOOL create, BOOL writable,
                             IAttach **ret)
{
    struct imsg_attachment *attachment;
    IStorage *storage;
    imsg_name name;
    HRESULT hr;

    *ret = NULL;
    for (attachment = message->open; attachment; attachment = attachment->next)
    {
        if (attachment->number != number || !imsg_hold(&attachment->object)) continue;
        *ret = (IAttach *)attachment_iface(attachment);
        return S_OK;
    }
    if (!create && !has_number(message, number)) return MAPI_E_NOT_FOUND;
    if (!(attachment = platform_alloc_zero(sizeof(*attachment)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    imsg_numbered_name(prefix, number, name);
    if (create)
        hr = IStorage_CreateStorage(message->object.storage, name, imsg_mode(TRUE) | STGM_CREATE, 0,
                                    0, &storage);
    else
        hr = IStorage_OpenStorage(message->object.storage, name, NULL, imsg_mode(writable), NULL, 0,
                                  &storage);
    if (FAILED(hr))
    {
        platform_free(attachment);
        return MapStorageSCode(hr);
    }
    attachment->object.IMAPIProp_iface.lpVtbl = (const IMAPIPropVtbl *)&imsg_attachment_vtbl;
    attachment->number = number;
    attachment->saved = !create;
    hr = imsg_object_init(&attachment->object, message->object.file, storage, IMSG_HEADER_OTHER,
                          writable);
    if (SUCCEEDED(hr)) hr = imsg_set_long(&attachment->object, PR_ATTACH_NUM, number);
    if (SUCCEEDED(hr)) hr = imsg_set_long(&attachment->object, PR_OBJECT_TYPE, MAPI_ATTACH);
    if (FAILED(hr))
    {
        imsg_object_destroy(&attachment->object);
        platform_free(attachment);
        return hr;
    }
    if (!create) note_inside(attachment);
    if (!writable) IPropData_HrSetObjAccess(attachment->object.values, IPROP_READONLY);
    attachment->message = message;
    imsg_add_ref(&message->object);
    attachment->next = message->open;
    message->open = attachment;
    *ret = (IAttach *)attachment_iface(attachment);
    return S_OK;
}

HRESULT imsg_attachment_delete(struct imsg_message *message, ULONG number)
{
    struct imsg_attachment *attachment;
    SPropValue prop;
    imsg_name name;
    HRESULT hr;

    if (!has_number(message, number)) return MAPI_E_NOT_FOUND;
    for (attachment = message->open; attachment; attachment = attachment->next)
        if (attachment->number == number) return MAPI_E_NO_ACCESS;
    imsg_numbered_name(prefix, number, name);
    hr = IStorage_DestroyElement(message->object.storage, name);
    if (FAILED(hr)) return MapStorageSCode(hr);
    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = PR_ATTACH_NUM;
    prop.Value.l = number;
    hr = ITableData_HrDeleteRow(message->attachments, &prop);
    message->attachment_count--;
    return hr;
}
