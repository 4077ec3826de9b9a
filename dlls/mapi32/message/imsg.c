/*
 * Messages on storages: sessions and messages
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
 * OpenIMsgSession, OpenIMsgOnIStg and the IMessage they lead to. SaveChanges of the topmost message
 * writes the names and commits the storage, that of an embedded one commits its storage into its
 * attachment's.
 */

#define COBJMACROS
#include <stdarg.h>

#include <windef.h>
#include <winbase.h>

#include "message/imsg.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

struct _MSGSESS
{
    CRITICAL_SECTION cs;
    struct imsg_message *messages;
};

static const IMessageVtbl message_vtbl;

static inline struct imsg_message *message_from(void *iface)
{
    return CONTAINING_RECORD(imsg_object_from(iface), struct imsg_message, object);
}

struct imsg_object *imsg_object_check(void *iface)
{
    const void *vtbl = iface ? ((IUnknown *)iface)->lpVtbl : NULL;

    if (vtbl != &message_vtbl && vtbl != &imsg_attachment_vtbl) return NULL;
    return imsg_object_from(iface);
}

/* ---- sessions ---- */

/*
 * flags: MAPI_UNICODE, which changes nothing here: OpenIMsgOnIStg has its own.
 * MAPI_E_INVALID_PARAMETER, MAPI_E_UNKNOWN_FLAGS, MAPI_E_NOT_ENOUGH_MEMORY.
 * Reference page: openimsgsession
 */
SCODE WINAPI OpenIMsgSession(LPMALLOC allocator, ULONG flags, LPMSGSESS *ret)
{
    struct _MSGSESS *session;

    TRACE("%p %#lx %p\n", allocator, flags, ret);

    if (ret) *ret = NULL;
    if (!allocator || !ret) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    if (!(session = platform_alloc_zero(sizeof(*session)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    InitializeCriticalSection(&session->cs);
    *ret = session;
    return S_OK;
}

static void session_add(struct _MSGSESS *session, struct imsg_message *message)
{
    if (!(message->session = session)) return;
    EnterCriticalSection(&session->cs);
    if ((message->session_next = session->messages)) session->messages->session_prev = message;
    session->messages = message;
    LeaveCriticalSection(&session->cs);
}

static void session_remove(struct imsg_message *message)
{
    struct _MSGSESS *session = message->session;

    if (!session) return;
    EnterCriticalSection(&session->cs);
    if (message->session_next) message->session_next->session_prev = message->session_prev;
    if (message->session_prev) message->session_prev->session_next = message->session_next;
    else session->messages = message->session_next;
    message->session = NULL;
    LeaveCriticalSection(&session->cs);
}

/* What is left of a closed message is its references: its methods know that it is closed. */
static void close_message(struct imsg_message *message)
{
    struct imsg_file *file = message->object.file;
    IStorage *storage;

    EnterCriticalSection(&file->cs);
    file->closed = TRUE;
    storage = message->object.storage;
    message->object.storage = NULL;
    LeaveCriticalSection(&file->cs);
    if (storage) IStorage_Release(storage);
}

/* Reference page: closeimsgsession. Messages that are still open are closed without being saved. */
void WINAPI CloseIMsgSession(LPMSGSESS session)
{
    struct imsg_message *message;

    TRACE("%p\n", session);

    if (!session) return;
    while ((message = session->messages))
    {
        imsg_add_ref(&message->object);
        session_remove(message);
        close_message(message);
        IMAPIProp_Release(&message->object.IMAPIProp_iface);
    }
    DeleteCriticalSection(&session->cs);
    platform_free(session);
}

/* ---- IMessage ---- */

static HRESULT WINAPI message_QueryInterface(IMessage *iface, REFIID iid, void **ret)
{
    TRACE("%p %s %p\n", iface, debugstr_guid(iid), ret);

    if (!ret || !iid) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IMAPIProp)
        && !IsEqualIID(iid, &IID_IMessage))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IMessage_AddRef(iface);
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI message_AddRef(IMessage *iface)
{
    return imsg_add_ref(imsg_object_from(iface));
}

static void message_destroy(struct imsg_message *message)
{
    if (message->recipients) ITableData_Release(message->recipients);
    if (message->attachments) ITableData_Release(message->attachments);
    imsg_object_destroy(&message->object);
    platform_free(message);
}

static ULONG WINAPI message_Release(IMessage *iface)
{
    struct imsg_message *message = message_from(iface);
    ULONG ref = InterlockedDecrement(&message->object.ref), data = message->released_data;
    MSGCALLRELEASE *released = message->released;
    struct imsg_attachment *owner = message->owner;
    struct imsg_file *file = message->object.file;

    if (ref) return ref;
    TRACE("%p ends\n", iface);
    session_remove(message);
    InterlockedIncrement(&file->ref);
    EnterCriticalSection(&file->cs);
    if (owner && owner->embedded == message) owner->embedded = NULL;
    LeaveCriticalSection(&file->cs);
    message_destroy(message);
    imsg_file_release(file);
    if (owner) IMAPIProp_Release(&owner->object.IMAPIProp_iface);
    if (released) released(data, iface);
    return 0;
}

static HRESULT load_recipients(struct imsg_message *message)
{
    if (message->recipients) return S_OK;
    return imsg_load_recipients(&message->object, &message->recipients, &message->next_recipient);
}

static HRESULT save(struct imsg_message *message)
{
    struct imsg_object *object = &message->object;
    HRESULT hr;

    if (!object->writable) return MAPI_E_NO_ACCESS;
    if (FAILED(hr = load_recipients(message))) return hr;
    if (FAILED(hr = imsg_attachment_table(message))) return hr;
    if (FAILED(hr = imsg_save_recipients(object, message->recipients, message->next_recipient)))
        return hr;
    ((ULONG *)object->header)[3] = message->next_attachment;
    ((ULONG *)object->header)[5] = message->attachment_count;
    hr = imsg_set_long(object, PR_HASATTACH, message->attachment_count != 0);
    if (SUCCEEDED(hr)) hr = imsg_save(object);
    if (SUCCEEDED(hr) && !message->owner) hr = imsg_save_names(object->file, object->storage);
    if (SUCCEEDED(hr) && !message->no_commit)
    {
        hr = IStorage_Commit(object->storage, STGC_DEFAULT);
        if (FAILED(hr)) hr = MapStorageSCode(hr);
    }
    return hr;
}

static HRESULT WINAPI message_SaveChanges(IMessage *iface, ULONG flags)
{
    struct imsg_message *message = message_from(iface);
    HRESULT hr;

    TRACE("%p %#lx\n", iface, flags);

    if (flags & ~(KEEP_OPEN_READONLY | KEEP_OPEN_READWRITE | FORCE_SAVE | MAPI_DEFERRED_ERRORS))
        return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = imsg_enter(&message->object))) return hr;
    hr = save(message);
    imsg_leave(&message->object);
    return hr;
}

static HRESULT WINAPI message_GetAttachmentTable(IMessage *iface, ULONG flags, IMAPITable **ret)
{
    struct imsg_message *message = message_from(iface);
    HRESULT hr;

    TRACE("%p %#lx %p\n", iface, flags, ret);

    if (ret) *ret = NULL;
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_UNICODE | MAPI_DEFERRED_ERRORS)) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = imsg_enter(&message->object))) return hr;
    hr = imsg_attachment_table(message);
    if (SUCCEEDED(hr)) hr = table_view(message->attachments, flags & MAPI_UNICODE, NULL, ret);
    imsg_leave(&message->object);
    return hr;
}

static HRESULT WINAPI message_GetRecipientTable(IMessage *iface, ULONG flags, IMAPITable **ret)
{
    struct imsg_message *message = message_from(iface);
    HRESULT hr;

    TRACE("%p %#lx %p\n", iface, flags, ret);

    if (ret) *ret = NULL;
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_UNICODE | MAPI_DEFERRED_ERRORS)) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = imsg_enter(&message->object))) return hr;
    hr = load_recipients(message);
    if (SUCCEEDED(hr)) hr = table_view(message->recipients, flags & MAPI_UNICODE, NULL, ret);
    imsg_leave(&message->object);
    return hr;
}

static HRESULT WINAPI message_OpenProperty(IMessage *iface, ULONG tag, const IID *iid,
                                           ULONG options, ULONG flags, IUnknown **ret)
{
    struct imsg_message *message = message_from(iface);
    HRESULT hr;

    TRACE("%p %#lx %s %#lx %#lx %p\n", iface, tag, debugstr_guid(iid), options, flags, ret);

    if (ret) *ret = NULL;
    if (!iid || !ret || !PROP_ID(tag)) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_CREATE | MAPI_MODIFY | MAPI_DEFERRED_ERRORS)) return MAPI_E_UNKNOWN_FLAGS;
    if (IsEqualIID(iid, &IID_IMAPITable))
    {
        if (options & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
        if (tag == PR_MESSAGE_RECIPIENTS)
            return message_GetRecipientTable(iface, options, (IMAPITable **)ret);
        if (tag == PR_MESSAGE_ATTACHMENTS)
            return message_GetAttachmentTable(iface, options, (IMAPITable **)ret);
    }
    if (!IsEqualIID(iid, &IID_IStream)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (FAILED(hr = imsg_enter(&message->object))) return hr;
    hr = imsg_open_stream(&message->object, tag, flags, (IStream **)ret);
    imsg_leave(&message->object);
    return hr;
}

static HRESULT WINAPI message_OpenAttach(IMessage *iface, ULONG number, const IID *iid, ULONG flags,
                                         IAttach **ret)
{
    struct imsg_message *message = message_from(iface);
    BOOL writable = message->object.writable;
    HRESULT hr;

    TRACE("%p %lu %s %#lx %p\n", iface, number, debugstr_guid(iid), flags, ret);

    if (ret) *ret = NULL;
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_BEST_ACCESS | MAPI_DEFERRED_ERRORS | MAPI_MODIFY))
        return MAPI_E_UNKNOWN_FLAGS;
    if (iid && !IsEqualIID(iid, &IID_IAttachment) && !IsEqualIID(iid, &IID_IMAPIProp)
        && !IsEqualIID(iid, &IID_IUnknown))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if ((flags & MAPI_MODIFY) && !writable) return MAPI_E_NO_ACCESS;
    if (FAILED(hr = imsg_enter(&message->object))) return hr;
    hr = imsg_attachment_table(message);
    if (SUCCEEDED(hr))
        hr = imsg_attachment_open(message, number, FALSE,
                                  writable && (flags & (MAPI_MODIFY | MAPI_BEST_ACCESS)), ret);
    imsg_leave(&message->object);
    return hr;
}

static HRESULT WINAPI message_CreateAttach(IMessage *iface, const IID *iid, ULONG flags,
                                           ULONG *number, IAttach **ret)
{
    struct imsg_message *message = message_from(iface);
    HRESULT hr;

    TRACE("%p %s %#lx %p %p\n", iface, debugstr_guid(iid), flags, number, ret);

    if (ret) *ret = NULL;
    if (number) *number = 0;
    if (!ret || !number) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MAPI_DEFERRED_ERRORS) return MAPI_E_UNKNOWN_FLAGS;
    if (iid && !IsEqualIID(iid, &IID_IAttachment) && !IsEqualIID(iid, &IID_IMAPIProp)
        && !IsEqualIID(iid, &IID_IUnknown))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (!message->object.writable) return MAPI_E_NO_ACCESS;
    if (FAILED(hr = imsg_enter(&message->object))) return hr;
    hr = imsg_attachment_table(message);
    if (SUCCEEDED(hr))
    {
        hr = imsg_attachment_open(message, message->next_attachment, TRUE, TRUE, ret);
        if (SUCCEEDED(hr)) *number = message->next_attachment++;
    }
    imsg_leave(&message->object);
    return hr;
}

static HRESULT WINAPI message_DeleteAttach(IMessage *iface, ULONG number, ULONG_PTR ui_param,
                                           IMAPIProgress *progress, ULONG flags)
{
    struct imsg_message *message = message_from(iface);
    HRESULT hr;

    TRACE("%p %lu %Ix %p %#lx\n", iface, number, ui_param, progress, flags);

    if (flags & ~ATTACH_DIALOG) return MAPI_E_UNKNOWN_FLAGS;
    if (!message->object.writable) return MAPI_E_NO_ACCESS;
    if (FAILED(hr = imsg_enter(&message->object))) return hr;
    hr = imsg_attachment_table(message);
    if (SUCCEEDED(hr)) hr = imsg_attachment_delete(message, number);
    imsg_leave(&message->object);
    return hr;
}

static HRESULT WINAPI message_ModifyRecipients(IMessage *iface, ULONG flags, ADRLIST *list)
{
    struct imsg_message *message = message_from(iface);
    HRESULT hr;

    TRACE("%p %#lx %p\n", iface, flags, list);

    if (flags & ~(MODRECIP_ADD | MODRECIP_MODIFY | MODRECIP_REMOVE)) return MAPI_E_UNKNOWN_FLAGS;
    if (!list || (flags & (flags - 1))) return MAPI_E_INVALID_PARAMETER;
    if (!message->object.writable) return MAPI_E_NO_ACCESS;
    if (FAILED(hr = imsg_enter(&message->object))) return hr;
    hr = load_recipients(message);
    if (SUCCEEDED(hr))
        hr = imsg_modify_recipients(&message->object, message->recipients, &message->next_recipient,
                                    flags, list);
    imsg_leave(&message->object);
    return hr;
}

static HRESULT WINAPI message_SubmitMessage(IMessage *iface, ULONG flags)
{
    TRACE("%p %#lx\n", iface, flags);

    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI message_SetReadFlag(IMessage *iface, ULONG flags)
{
    TRACE("%p %#lx\n", iface, flags);

    return MAPI_E_NO_SUPPORT;
}

static const IMessageVtbl message_vtbl =
{
    message_QueryInterface,
    message_AddRef,
    message_Release,
    (void *)imsg_object_GetLastError,
    message_SaveChanges,
    (void *)imsg_object_GetProps,
    (void *)imsg_object_GetPropList,
    message_OpenProperty,
    (void *)imsg_object_SetProps,
    (void *)imsg_object_DeleteProps,
    (void *)imsg_object_CopyTo,
    (void *)imsg_object_CopyProps,
    (void *)imsg_object_GetNamesFromIDs,
    (void *)imsg_object_GetIDsFromNames,
    message_GetAttachmentTable,
    message_OpenAttach,
    message_CreateAttach,
    message_DeleteAttach,
    message_GetRecipientTable,
    message_ModifyRecipients,
    message_SubmitMessage,
    message_SetReadFlag
};

/* ---- opening ---- */

static LONG support_mask(const struct imsg_file *file)
{
    return STORE_ATTACH_OK | STORE_OLE_OK | STORE_MV_PROPS_OK | STORE_MODIFY_OK | STORE_CREATE_OK
           | (file->unicode ? STORE_UNICODE_OK : 0);
}

HRESULT imsg_message_create(struct imsg_file *file, IStorage *storage, BOOL writable,
                            struct imsg_attachment *owner, struct imsg_message **ret)
{
    struct imsg_message *message;
    LONG mask = 0;
    HRESULT hr;

    *ret = NULL;
    if (!(message = platform_alloc_zero(sizeof(*message))))
    {
        IStorage_Release(storage);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    message->object.IMAPIProp_iface.lpVtbl = (const IMAPIPropVtbl *)&message_vtbl;
    hr = imsg_object_init(&message->object, file, storage,
                          owner ? IMSG_HEADER_EMBEDDED : IMSG_HEADER_TOP, writable);
    /* What a file is, it says itself; a new one is what its opener wants. */
    if (SUCCEEDED(hr) && !owner
        && prop_read_long((IMAPIProp *)message->object.values, PR_STORE_SUPPORT_MASK, &mask))
        file->unicode = (mask & STORE_UNICODE_OK) != 0;
    if (SUCCEEDED(hr))
        hr = imsg_set_long(&message->object, PR_STORE_SUPPORT_MASK, support_mask(file));
    if (SUCCEEDED(hr)) hr = imsg_set_long(&message->object, PR_OBJECT_TYPE, MAPI_MESSAGE);
    if (FAILED(hr))
    {
        message_destroy(message);
        return hr;
    }
    if (!writable) IPropData_HrSetObjAccess(message->object.values, IPROP_READONLY);
    if ((message->owner = owner)) imsg_add_ref(&owner->object);
    *ret = message;
    return S_OK;
}

static HRESULT file_create(IMAPISupport *support, const struct mapi_allocators *allocators,
                           BOOL unicode, BOOL writable, struct imsg_file **ret)
{
    struct imsg_file *file;
    HRESULT hr = S_OK;

    *ret = NULL;
    if (!(file = platform_alloc_zero(sizeof(*file)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    InitializeCriticalSection(&file->cs);
    file->ref = 1;
    file->unicode = unicode;
    file->writable = writable;
    file->allocators = *allocators;
    if (!allocators->allocate)
        hr = IMAPISupport_GetMemAllocRoutines(support, &file->allocators.allocate,
                                              &file->allocators.more, &file->allocators.free);
    if (SUCCEEDED(hr))
        hr = CreateIProp(&IID_IMAPIPropData, file->allocators.allocate, file->allocators.more,
                         file->allocators.free, NULL, &file->names);
    if (SUCCEEDED(hr))
        *ret = file;
    else
        imsg_file_release(file);
    return hr;
}

/*
 * The message holds references to session's list and to storage, not to the support object beyond
 * this call. Allocators may be missing when there is a support object. flags: IMSG_NO_ISTG_COMMIT;
 * MAPI_UNICODE, for a new file. MAPI_E_INVALID_PARAMETER, MAPI_E_UNKNOWN_FLAGS, MAPI_E_NO_ACCESS
 * for a storage that is only for writing, MAPI_E_CORRUPT_DATA, MAPI_E_NOT_ENOUGH_MEMORY, and what
 * MapStorageSCode makes of the storage's errors. Reference page: openimsgonistg
 */
SCODE WINAPI OpenIMsgOnIStg(LPMSGSESS session, LPALLOCATEBUFFER allocate, LPALLOCATEMORE more,
                            LPFREEBUFFER free, LPMALLOC allocator, LPVOID support,
                            LPSTORAGE storage, MSGCALLRELEASE *released, ULONG data, ULONG flags,
                            LPMESSAGE *ret)
{
    const struct mapi_allocators allocators = {allocate, more, free};
    struct imsg_message *message;
    struct imsg_file *file;
    STATSTG stat;
    HRESULT hr;

    TRACE("%p %p %p %p %p %p %p %p %#lx %#lx %p\n", session, allocate, more, free, allocator,
          support, storage, released, data, flags, ret);

    if (ret) *ret = NULL;
    if (!ret || !storage || (!support && (!allocate || !more || !free))
        || (allocate && (!more || !free)))
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(IMSG_NO_ISTG_COMMIT | MAPI_UNICODE)) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = IStorage_Stat(storage, &stat, STATFLAG_NONAME))) return MapStorageSCode(hr);
    if ((stat.grfMode & 3) == STGM_WRITE) return MAPI_E_NO_ACCESS;

    hr = file_create(support, &allocators, (flags & MAPI_UNICODE) != 0,
                     (stat.grfMode & 3) == STGM_READWRITE, &file);
    if (FAILED(hr)) return hr;
    hr = imsg_load_names(file, storage);
    if (SUCCEEDED(hr))
    {
        IStorage_AddRef(storage);
        hr = imsg_message_create(file, storage, file->writable, NULL, &message);
    }
    imsg_file_release(file);
    if (FAILED(hr)) return hr;
    message->released = released;
    message->released_data = data;
    message->no_commit = (flags & IMSG_NO_ISTG_COMMIT) != 0;
    session_add(session, message);
    *ret = (IMessage *)&message->object.IMAPIProp_iface;
    return S_OK;
}
