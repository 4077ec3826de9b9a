/*
 * Sample providers: folders
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
 * A folder object looks at the store's content each time: what it changes is changed at once.
 * Whatever has to be copied is given to the support object; what only changes its place within this
 * store is moved here, since a change of place cannot lose anything.
 */

#include "store.h"

struct folder
{
    struct store_object object;         /* IMAPIFolder */
    ULONG number;
};

static const ULONG folder_computed[] = { PR_ENTRYID,
                                         PR_PARENT_ENTRYID,
                                         PR_STORE_ENTRYID,
                                         PR_STORE_RECORD_KEY,
                                         PR_MAPPING_SIGNATURE,
                                         PR_RECORD_KEY,
                                         PR_INSTANCE_KEY,
                                         PR_OBJECT_TYPE,
                                         PR_ACCESS_LEVEL,
                                         PR_FOLDER_TYPE,
                                         PR_CONTENT_COUNT,
                                         PR_CONTENT_UNREAD,
                                         PR_ASSOC_CONTENT_COUNT,
                                         PR_SUBFOLDERS,
                                         PR_CONTAINER_CONTENTS,
                                         PR_CONTAINER_HIERARCHY,
                                         PR_FOLDER_ASSOCIATED_CONTENTS,
                                         0 };

static struct folder *impl_from_IMAPIFolder(IMAPIFolder *iface)
{
    return (struct folder *)iface;
}

static struct content *content_of(IMAPIFolder *iface)
{
    return impl_from_IMAPIFolder(iface)->object.store->content;
}

static HRESULT WINAPI folder_QueryInterface(IMAPIProp *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPIProp)
        && !IsEqualGUID(iid, &IID_IMAPIContainer) && !IsEqualGUID(iid, &IID_IMAPIFolder))
        return E_NOINTERFACE;
    *ret = iface;
    object_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI folder_Release(IMAPIProp *iface)
{
    struct folder *folder = (struct folder *)iface;
    LONG ref = InterlockedDecrement(&folder->object.object.ref);

    if (!ref)
    {
        store_object_destroy(&folder->object);
        free(folder);
    }
    return ref;
}

/* ---- IMAPIProp ---- */

/* Counts change without the object: they are taken from the store each time. */
static HRESULT WINAPI folder_GetProps(IMAPIProp *iface, LPSPropTagArray tags, ULONG flags,
                                      ULONG *count, LPSPropValue *props)
{
    struct folder *folder = (struct folder *)iface;
    SPropValue *current;
    ULONG current_count;
    HRESULT hr;

    *count = 0;
    *props = NULL;
    hr = content_props(folder->object.store->content, folder->number, &current_count, &current);
    if (hr == MAPI_E_NOT_FOUND) return MAPI_E_OBJECT_DELETED;
    if (FAILED(hr)) return hr;
    prop_object_set(&folder->object.object, current_count, current);
    MAPIFreeBuffer(current);
    return store_object_GetProps(iface, tags, flags, count, props);
}

/* Another folder of that name is in the way; its own is not. */
static HRESULT check_name(struct content *content, ULONG number, ULONG parent, ULONG count,
                          const SPropValue *props)
{
    ULONG i, found;

    for (i = 0; i < count; i++)
    {
        if (props[i].ulPropTag != PR_DISPLAY_NAME_W) continue;
        found = content_find_folder(content, parent, props[i].Value.lpszW);
        return found && found != number ? MAPI_E_COLLISION : S_OK;
    }
    return S_OK;
}

/* Changes of a folder's properties act at once. */
static HRESULT folder_changed(struct store_object *object)
{
    struct folder *folder = (struct folder *)object;
    struct content *content = object->store->content;
    struct blob data = {0};
    SPropValue *props;
    struct item item;
    ULONG count;
    HRESULT hr;

    if (FAILED(hr = store_object_all(object, folder_computed, &count, &props))) return hr;
    blob_put_props(&data, count, props);
    content_enter(content);
    if (SUCCEEDED(hr = content_get(content, folder->number, &item, NULL)))
        hr = check_name(content, folder->number, item.parent, count, props);
    item.version = 0;
    if (SUCCEEDED(hr)) hr = content_put(content, &item, &data);
    else blob_free(&data);
    content_leave(content);
    MAPIFreeBuffer(props);
    if (SUCCEEDED(hr))
        store_notify(object->store, fnevObjectModified, OBJECT_FOLDER, folder->number, item.parent);
    return hr == MAPI_E_NOT_FOUND ? MAPI_E_OBJECT_DELETED : hr;
}

static HRESULT WINAPI folder_OpenProperty(IMAPIProp *iface, ULONG tag, LPCIID iid, ULONG options,
                                          ULONG flags, LPUNKNOWN *ret)
{
    IMAPIFolder *folder = (IMAPIFolder *)iface;

    *ret = NULL;
    if (iid && IsEqualGUID(iid, &IID_IMAPITable))
    {
        options &= MAPI_UNICODE | CONVENIENT_DEPTH;
        if (PROP_ID(tag) == PROP_ID(PR_CONTAINER_CONTENTS))
            return IMAPIFolder_GetContentsTable(folder, options & MAPI_UNICODE, (IMAPITable **)ret);
        if (PROP_ID(tag) == PROP_ID(PR_FOLDER_ASSOCIATED_CONTENTS))
            return IMAPIFolder_GetContentsTable(folder, (options & MAPI_UNICODE) | MAPI_ASSOCIATED,
                                                (IMAPITable **)ret);
        if (PROP_ID(tag) == PROP_ID(PR_CONTAINER_HIERARCHY))
            return IMAPIFolder_GetHierarchyTable(folder, options, (IMAPITable **)ret);
    }
    return store_object_OpenProperty(iface, tag, iid, options, flags, ret);
}

static HRESULT WINAPI folder_CopyTo(IMAPIProp *iface, ULONG exclude_count, LPCIID exclude,
                                    LPSPropTagArray tags, ULONG_PTR ui, LPMAPIPROGRESS progress,
                                    LPCIID iid, void *dst, ULONG flags,
                                    LPSPropProblemArray *problems)
{
    return store_object_copy_to((struct store_object *)iface, &IID_IMAPIFolder, exclude_count,
                                exclude, tags, ui, progress, iid, dst, flags, problems);
}

static HRESULT WINAPI folder_CopyProps(IMAPIProp *iface, LPSPropTagArray tags, ULONG_PTR ui,
                                       LPMAPIPROGRESS progress, LPCIID iid, void *dst, ULONG flags,
                                       LPSPropProblemArray *problems)
{
    return store_object_copy_props((struct store_object *)iface, &IID_IMAPIFolder, tags, ui,
                                   progress, iid, dst, flags, problems);
}

/* ---- IMAPIContainer ---- */

static HRESULT WINAPI folder_GetContentsTable(IMAPIFolder *iface, ULONG flags, LPMAPITABLE *ret)
{
    struct folder *folder = impl_from_IMAPIFolder(iface);

    *ret = NULL;
    if (flags & ~(MAPI_ASSOCIATED | MAPI_DEFERRED_ERRORS | MAPI_UNICODE))
        return MAPI_E_UNKNOWN_FLAGS;
    if ((flags & MAPI_UNICODE) && store_is_ansi(FALSE)) return MAPI_E_BAD_CHARWIDTH;
    return content_table(content_of(iface), folder->number,
                         flags & MAPI_ASSOCIATED ? TABLE_ASSOCIATED : TABLE_CONTENTS, flags, ret);
}

/* All folders below, each with its depth: a picture of the moment. */
static HRESULT add_rows_below(struct content *content, ULONG folder, LONG depth, ITableData *table)
{
    ULONG i, count, value_count, *numbers;
    SPropValue *props, *grown;
    HRESULT hr;
    SRow row;

    if (FAILED(hr = content_list(content, folder, TABLE_HIERARCHY, &count, &numbers))) return hr;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (FAILED(content_props(content, numbers[i], &value_count, &props))) continue;
        if ((grown = malloc((value_count + 1) * sizeof(*grown))))
        {
            memcpy(grown, props, value_count * sizeof(*grown));
            memset(&grown[value_count], 0, sizeof(*grown));
            grown[value_count].ulPropTag = PR_DEPTH;
            grown[value_count].Value.l = depth;
            memset(&row, 0, sizeof(row));
            row.cValues = value_count + 1;
            row.lpProps = grown;
            hr = ITableData_HrModifyRow(table, &row);
            free(grown);
        }
        else hr = MAPI_E_NOT_ENOUGH_MEMORY;
        MAPIFreeBuffer(props);
        if (SUCCEEDED(hr) && depth < 64) hr = add_rows_below(content, numbers[i], depth + 1, table);
    }
    free(numbers);
    return hr;
}

static HRESULT WINAPI folder_GetHierarchyTable(IMAPIFolder *iface, ULONG flags, LPMAPITABLE *ret)
{
    static const SizedSPropTagArray(7, columns) = { 7,
                                                    { PR_ENTRYID, PR_INSTANCE_KEY,
                                                      PR_DISPLAY_NAME_W, PR_DEPTH, PR_FOLDER_TYPE,
                                                      PR_SUBFOLDERS, PR_CONTENT_COUNT } };
    struct folder *folder = impl_from_IMAPIFolder(iface);
    ITableData *table;
    HRESULT hr;

    *ret = NULL;
    if (flags & ~(CONVENIENT_DEPTH | MAPI_DEFERRED_ERRORS | MAPI_UNICODE))
        return MAPI_E_UNKNOWN_FLAGS;
    if ((flags & MAPI_UNICODE) && store_is_ansi(FALSE)) return MAPI_E_BAD_CHARWIDTH;
    if (!(flags & CONVENIENT_DEPTH))
        return content_table(content_of(iface), folder->number, TABLE_HIERARCHY, flags, ret);
    content_refresh(content_of(iface));
    hr = CreateTable(&IID_IMAPITableData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer,
                     NULL, TBLTYPE_SNAPSHOT, PR_INSTANCE_KEY, (SPropTagArray *)&columns, &table);
    if (FAILED(hr)) return hr;
    hr = add_rows_below(content_of(iface), folder->number, 1, table);
    if (SUCCEEDED(hr)) hr = view_of(table, flags, NULL, ret);
    ITableData_Release(table);
    return hr;
}

static HRESULT WINAPI folder_OpenEntry(IMAPIFolder *iface, ULONG size, LPENTRYID id, LPCIID iid,
                                       ULONG flags, ULONG *type, LPUNKNOWN *ret)
{
    return store_open_entry(impl_from_IMAPIFolder(iface)->object.store, size, id, iid, flags, type,
                            ret);
}

static HRESULT WINAPI folder_SetSearchCriteria(IMAPIFolder *iface, LPSRestriction restriction,
                                               LPENTRYLIST list, ULONG flags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI folder_GetSearchCriteria(IMAPIFolder *iface, ULONG flags,
                                               LPSRestriction *restriction, LPENTRYLIST *list,
                                               ULONG *state)
{
    return MAPI_E_NO_SUPPORT;
}

/* ---- messages ---- */

static HRESULT WINAPI folder_CreateMessage(IMAPIFolder *iface, LPCIID iid, ULONG flags,
                                           LPMESSAGE *ret)
{
    struct folder *folder = impl_from_IMAPIFolder(iface);
    HRESULT hr;

    *ret = NULL;
    if ((hr = store_behave(folder->object.store, "CreateMessage")) != S_OK) return hr;
    if (iid && !IsEqualGUID(iid, &IID_IMessage) && !IsEqualGUID(iid, &IID_IMAPIProp))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (flags & ~(MAPI_ASSOCIATED | MAPI_DEFERRED_ERRORS)) return MAPI_E_UNKNOWN_FLAGS;
    return message_create(folder->object.store, folder->number, (flags & MAPI_ASSOCIATED) != 0,
                          ret);
}

static const IMAPIFolderVtbl folder_vtbl;

/* The folder behind an interface if it is one of this store's, else NULL. */
static struct folder *own_folder(struct store *store, void *object)
{
    struct folder *folder = object;

    if (folder->object.object.vtbl != &folder_vtbl
        || folder->object.store->content != store->content)
        return NULL;
    return folder;
}

/* One message of the folder; S_OK or why it could not be. */
typedef HRESULT (*message_proc)(struct folder *folder, struct item *item, void *context);

static HRESULT for_message(struct folder *folder, const SBinary *id, message_proc proc,
                           void *context)
{
    const struct store_entryid *entryid;
    struct store *store = folder->object.store;
    struct item item;
    HRESULT hr;

    if (!(entryid = store_entryid_check(&store->uid, id->cb, (ENTRYID *)id->lpb)))
        return MAPI_E_INVALID_ENTRYID;
    hr = content_get(store->content, entryid->number, &item, NULL);
    if (FAILED(hr) || item.kind != OBJECT_MESSAGE || item.parent != folder->number)
        return MAPI_E_NOT_FOUND;
    return proc(folder, &item, context);
}

/* Those that fail are left, the others done. */
static HRESULT for_messages(struct folder *folder, const ENTRYLIST *list, IMAPIProgress *progress,
                            message_proc proc, void *context)
{
    ULONG i, failed = 0;
    LONG low = 0, high = 1000;

    if (!list) return MAPI_E_INVALID_PARAMETER;
    content_refresh(folder->object.store->content);
    if (progress && (FAILED(IMAPIProgress_GetMin(progress, (ULONG *)&low)) ||
                     FAILED(IMAPIProgress_GetMax(progress, (ULONG *)&high)))) progress = NULL;
    for (i = 0; i < list->cValues; i++)
    {
        if (FAILED(for_message(folder, &list->lpbin[i], proc, context))) failed++;
        if (progress
            && IMAPIProgress_Progress(progress,
                                      low + (LONGLONG)(high - low) * (i + 1) / list->cValues, i + 1,
                                      list->cValues)
                   == MAPI_E_USER_CANCEL)
            return MAPI_E_USER_CANCEL;
    }
    return failed ? MAPI_W_PARTIAL_COMPLETION : S_OK;
}

static HRESULT move_item(struct folder *folder, struct item *item, void *context)
{
    struct folder *dst = context;
    struct store *store = folder->object.store;
    ULONG old = item->parent;
    HRESULT hr;

    if (item->flags & MSGFLAG_SUBMIT) return MAPI_E_SUBMITTED;
    item->parent = dst->number;
    if (FAILED(hr = content_put(store->content, item, NULL))) return hr;
    store_notify_moved(store, fnevObjectMoved, item->kind, item->number, item->parent, old);
    return S_OK;
}

static HRESULT WINAPI folder_CopyMessages(IMAPIFolder *iface, LPENTRYLIST list, LPCIID iid,
                                          void *dst, ULONG_PTR ui, LPMAPIPROGRESS progress,
                                          ULONG flags)
{
    struct folder *folder = impl_from_IMAPIFolder(iface), *own;
    IMAPISupport *support;
    HRESULT hr;

    if ((hr = store_behave(folder->object.store, "CopyMessages")) != S_OK) return hr;
    if (!list || !dst) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MESSAGE_MOVE | MESSAGE_DIALOG | MAPI_DECLINE_OK)) return MAPI_E_UNKNOWN_FLAGS;
    if ((flags & MESSAGE_MOVE) && (own = own_folder(folder->object.store, dst)))
        return for_messages(folder, list, flags & MESSAGE_DIALOG ? progress : NULL, move_item, own);
    if (!(support = store_support(folder->object.store))) return MAPI_E_CALL_FAILED;
    hr = IMAPISupport_CopyMessages(support, &IID_IMAPIFolder, iface, list, iid, dst, ui, progress,
                                   flags);
    IMAPISupport_Release(support);
    return hr;
}

static HRESULT delete_message(struct folder *folder, struct item *item, void *context)
{
    struct store *store = folder->object.store;
    HRESULT hr;

    if (item->flags & MSGFLAG_SUBMIT) return MAPI_E_SUBMITTED;
    if (FAILED(hr = content_delete(store->content, item->number))) return hr;
    store_notify(store, fnevObjectDeleted, OBJECT_MESSAGE, item->number, item->parent);
    return S_OK;
}

static HRESULT WINAPI folder_DeleteMessages(IMAPIFolder *iface, LPENTRYLIST list, ULONG_PTR ui,
                                            LPMAPIPROGRESS progress, ULONG flags)
{
    struct folder *folder = impl_from_IMAPIFolder(iface);
    HRESULT hr;

    if ((hr = store_behave(folder->object.store, "DeleteMessages")) != S_OK) return hr;
    if (flags & ~(MESSAGE_DIALOG | DELETE_HARD_DELETE)) return MAPI_E_UNKNOWN_FLAGS;
    return for_messages(folder, list, flags & MESSAGE_DIALOG ? progress : NULL, delete_message,
                        NULL);
}

static HRESULT read_message(struct folder *folder, struct item *item, void *context)
{
    return set_read_flag(folder->object.store, item->number, *(ULONG *)context);
}

static HRESULT WINAPI folder_SetReadFlags(IMAPIFolder *iface, LPENTRYLIST list, ULONG_PTR ui,
                                          LPMAPIPROGRESS progress, ULONG flags)
{
    struct folder *folder = impl_from_IMAPIFolder(iface);
    ULONG i, count, *numbers, message_flags = flags & ~MESSAGE_DIALOG;
    HRESULT hr, one;

    if (flags
        & ~(MESSAGE_DIALOG | SUPPRESS_RECEIPT | CLEAR_READ_FLAG | MAPI_DEFERRED_ERRORS
            | GENERATE_RECEIPT_ONLY | CLEAR_RN_PENDING | CLEAR_NRN_PENDING))
        return MAPI_E_UNKNOWN_FLAGS;
    if (!(flags & MESSAGE_DIALOG)) progress = NULL;
    if (list) return for_messages(folder, list, progress, read_message, &message_flags);
    content_refresh(folder->object.store->content);
    hr = content_list(folder->object.store->content, folder->number, TABLE_CONTENTS, &count,
                      &numbers);
    if (FAILED(hr)) return hr;
    for (i = 0; i < count; i++)
    {
        one = set_read_flag(folder->object.store, numbers[i], message_flags);
        if (FAILED(one)) hr = MAPI_W_PARTIAL_COMPLETION;
    }
    free(numbers);
    return hr;
}

static HRESULT message_item(struct folder *folder, ULONG size, const ENTRYID *id, struct item *item)
{
    const struct store_entryid *entryid = store_entryid_check(&folder->object.store->uid, size, id);

    if (!entryid) return MAPI_E_INVALID_ENTRYID;
    if (FAILED(content_get(folder->object.store->content, entryid->number, item, NULL)) ||
        item->kind != OBJECT_MESSAGE) return MAPI_E_NOT_FOUND;
    return S_OK;
}

static HRESULT WINAPI folder_GetMessageStatus(IMAPIFolder *iface, ULONG size, LPENTRYID id,
                                              ULONG flags, ULONG *status)
{
    struct item item;
    HRESULT hr;

    *status = 0;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    content_refresh(content_of(iface));
    if (SUCCEEDED(hr = message_item(impl_from_IMAPIFolder(iface), size, id, &item)))
        *status = item.status;
    return hr;
}

static HRESULT WINAPI folder_SetMessageStatus(IMAPIFolder *iface, ULONG size, LPENTRYID id,
                                              ULONG status, ULONG mask, ULONG *old)
{
    struct folder *folder = impl_from_IMAPIFolder(iface);
    struct item item;
    HRESULT hr;

    if (old) *old = 0;
    content_enter(content_of(iface));
    if (SUCCEEDED(hr = message_item(folder, size, id, &item)))
    {
        if (old) *old = item.status;
        item.status = (item.status & ~mask) | (status & mask);
        hr = content_put(content_of(iface), &item, NULL);
    }
    content_leave(content_of(iface));
    return hr;
}

static HRESULT WINAPI folder_SaveContentsSort(IMAPIFolder *iface, LPSSortOrderSet sort, ULONG flags)
{
    return MAPI_E_NO_SUPPORT;
}

/* ---- folders ---- */

static WCHAR *to_unicode(LPTSTR text, ULONG flags)
{
    const char *ansi = (const char *)text;
    WCHAR *ret;
    int size;

    size = flags & MAPI_UNICODE ? lstrlenW((WCHAR *)text) + 1
                                : MultiByteToWideChar(CP_ACP, 0, ansi, -1, NULL, 0);
    if (!(ret = malloc(size * sizeof(WCHAR)))) return NULL;
    if (flags & MAPI_UNICODE) memcpy(ret, text, size * sizeof(WCHAR));
    else MultiByteToWideChar(CP_ACP, 0, ansi, -1, ret, size);
    return ret;
}

static HRESULT create_folder(struct folder *parent, const WCHAR *name, const WCHAR *comment,
                             BOOL open_existing, ULONG *number)
{
    struct store *store = parent->object.store;
    struct blob data = {0};
    SPropValue props[3];
    struct item item;
    HRESULT hr = S_OK;

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_DISPLAY_NAME_W;
    props[0].Value.lpszW = (WCHAR *)name;
    props[1].ulPropTag = PR_CREATION_TIME;
    GetSystemTimeAsFileTime(&props[1].Value.ft);
    props[2].ulPropTag = PR_COMMENT_W;
    props[2].Value.lpszW = (WCHAR *)comment;
    blob_put_props(&data, comment ? 3 : 2, props);
    memset(&item, 0, sizeof(item));
    item.kind = OBJECT_FOLDER;
    item.parent = parent->number;
    content_enter(store->content);
    if ((*number = content_find_folder(store->content, parent->number, name)))
    {
        blob_free(&data);
        if (!open_existing) hr = MAPI_E_COLLISION;
    }
    else
    {
        hr = content_put(store->content, &item, &data);
        *number = item.number;
    }
    content_leave(store->content);
    if (SUCCEEDED(hr) && item.number)
        store_notify(store, fnevObjectCreated, OBJECT_FOLDER, item.number, item.parent);
    return hr;
}

static HRESULT WINAPI folder_CreateFolder(IMAPIFolder *iface, ULONG type, LPTSTR name,
                                          LPTSTR comment, LPCIID iid, ULONG flags,
                                          LPMAPIFOLDER *ret)
{
    struct folder *folder = impl_from_IMAPIFolder(iface);
    WCHAR *wide, *wide_comment = NULL;
    ULONG number;
    HRESULT hr;

    *ret = NULL;
    if ((hr = store_behave(folder->object.store, "CreateFolder")) != S_OK) return hr;
    if (!name) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_UNICODE | MAPI_DEFERRED_ERRORS | OPEN_IF_EXISTS))
        return MAPI_E_UNKNOWN_FLAGS;
    if ((flags & MAPI_UNICODE) && store_is_ansi(TRUE)) return MAPI_E_BAD_CHARWIDTH;
    if (type == FOLDER_SEARCH) return MAPI_E_NO_SUPPORT;
    if (type != FOLDER_GENERIC) return MAPI_E_INVALID_PARAMETER;
    content_refresh(content_of(iface));
    wide = to_unicode(name, flags);
    if (comment) wide_comment = to_unicode(comment, flags);
    if (!wide || (comment && !wide_comment)) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else if (!*wide) hr = MAPI_E_INVALID_PARAMETER;
    else hr = create_folder(folder, wide, wide_comment, (flags & OPEN_IF_EXISTS) != 0, &number);
    free(wide);
    free(wide_comment);
    return FAILED(hr) ? hr : folder_open(folder->object.store, number, TRUE, ret);
}

/* A folder of this store changes its place, and its name if there is a new one. */
static HRESULT move_folder(struct folder *folder, ULONG number, struct folder *dst,
                           const WCHAR *name)
{
    struct content *content = folder->object.store->content;
    ULONG old_parent, count, i, kept = 0;
    struct blob data = {0};
    SPropValue *props;
    struct item item;
    HRESULT hr;

    if (number < FOLDER_COUNT) return MAPI_E_NO_ACCESS;
    content_enter(content);
    if (content_is_below(content, dst->number, number)) hr = MAPI_E_FOLDER_CYCLE;
    else if (FAILED(content_get(content, number, &item, NULL))) hr = MAPI_E_NOT_FOUND;
    else if (SUCCEEDED(hr = content_props(content, number, &count, &props)))
    {
        old_parent = item.parent;
        item.parent = dst->number;
        item.version = 0;
        for (i = 0; i < count; i++)
        {
            if (props[i].ulPropTag == PR_DISPLAY_NAME_W && name)
                props[i].Value.lpszW = (WCHAR *)name;
        }
        hr = check_name(content, number, dst->number, count, props);
        for (i = 0; i < count; i++)
        {
            const ULONG *computed;

            for (computed = folder_computed; *computed && *computed != props[i].ulPropTag;
                 computed++)
                ;
            if (!*computed) props[kept++] = props[i];
        }
        blob_put_props(&data, kept, props);
        if (SUCCEEDED(hr)) hr = content_put(content, &item, &data);
        else blob_free(&data);
        MAPIFreeBuffer(props);
    }
    content_leave(content);
    if (SUCCEEDED(hr))
        store_notify_moved(folder->object.store, fnevObjectMoved, OBJECT_FOLDER, number,
                           item.parent, old_parent);
    return hr;
}

static HRESULT WINAPI folder_CopyFolder(IMAPIFolder *iface, ULONG size, LPENTRYID id, LPCIID iid,
                                        void *dst, LPTSTR name, ULONG_PTR ui,
                                        LPMAPIPROGRESS progress, ULONG flags)
{
    struct folder *folder = impl_from_IMAPIFolder(iface), *own;
    const struct store_entryid *entryid;
    IMAPISupport *support;
    WCHAR *wide = NULL;
    HRESULT hr;

    if ((hr = store_behave(folder->object.store, "CopyFolder")) != S_OK) return hr;
    if (!dst) return MAPI_E_INVALID_PARAMETER;
    if (!(entryid = store_entryid_check(&folder->object.store->uid, size, id)))
        return MAPI_E_INVALID_ENTRYID;
    if ((flags & FOLDER_MOVE) && (own = own_folder(folder->object.store, dst)))
    {
        if (name && !(wide = to_unicode(name, flags))) return MAPI_E_NOT_ENOUGH_MEMORY;
        hr = move_folder(folder, entryid->number, own, wide);
        free(wide);
        return hr;
    }
    if (!(support = store_support(folder->object.store))) return MAPI_E_CALL_FAILED;
    hr = IMAPISupport_CopyFolder(support, &IID_IMAPIFolder, iface, size, id, iid, dst, name, ui,
                                 progress, flags);
    IMAPISupport_Release(support);
    return hr;
}

static HRESULT delete_items(struct store *store, ULONG folder, enum content_table which)
{
    ULONG i, count, *numbers;
    struct item item;
    HRESULT hr;

    if (FAILED(hr = content_list(store->content, folder, which, &count, &numbers))) return hr;
    for (i = 0; i < count; i++)
    {
        if (FAILED(content_get(store->content, numbers[i], &item, NULL))) continue;
        if (item.kind == OBJECT_FOLDER)
        {
            if (delete_folder(store, numbers[i], DEL_MESSAGES | DEL_FOLDERS) != S_OK)
                hr = MAPI_W_PARTIAL_COMPLETION;
        }
        else if ((item.flags & MSGFLAG_SUBMIT)
                 || FAILED(content_delete(store->content, numbers[i])))
            hr = MAPI_W_PARTIAL_COMPLETION;
        else store_notify(store, fnevObjectDeleted, OBJECT_MESSAGE, numbers[i], folder);
    }
    free(numbers);
    return hr;
}

static BOOL has_items(struct store *store, ULONG folder, enum content_table which)
{
    ULONG count, *numbers;

    if (FAILED(content_list(store->content, folder, which, &count, &numbers))) return TRUE;
    free(numbers);
    return count != 0;
}

HRESULT delete_folder(struct store *store, ULONG number, ULONG flags)
{
    struct item item;
    HRESULT hr;

    if (number < FOLDER_COUNT) return MAPI_E_NO_ACCESS;
    if (FAILED(content_get(store->content, number, &item, NULL)) || item.kind != OBJECT_FOLDER)
        return MAPI_E_NOT_FOUND;
    if (!(flags & DEL_FOLDERS) && has_items(store, number, TABLE_HIERARCHY))
        return MAPI_E_HAS_FOLDERS;
    if (!(flags & DEL_MESSAGES) && has_items(store, number, TABLE_CONTENTS))
        return MAPI_E_HAS_MESSAGES;
    if ((hr = delete_items(store, number, TABLE_HIERARCHY)) != S_OK) return hr;
    if ((hr = delete_items(store, number, TABLE_CONTENTS)) != S_OK) return hr;
    if ((hr = delete_items(store, number, TABLE_ASSOCIATED)) != S_OK) return hr;
    if (FAILED(hr = content_delete(store->content, number))) return hr;
    store_notify(store, fnevObjectDeleted, OBJECT_FOLDER, number, item.parent);
    return S_OK;
}

static HRESULT WINAPI folder_DeleteFolder(IMAPIFolder *iface, ULONG size, LPENTRYID id,
                                          ULONG_PTR ui, LPMAPIPROGRESS progress, ULONG flags)
{
    struct folder *folder = impl_from_IMAPIFolder(iface);
    const struct store_entryid *entryid;
    struct item item;
    HRESULT hr;

    if ((hr = store_behave(folder->object.store, "DeleteFolder")) != S_OK) return hr;
    if (flags & ~(DEL_MESSAGES | DEL_FOLDERS | FOLDER_DIALOG | DELETE_HARD_DELETE))
        return MAPI_E_UNKNOWN_FLAGS;
    if (!(entryid = store_entryid_check(&folder->object.store->uid, size, id)))
        return MAPI_E_INVALID_ENTRYID;
    content_refresh(content_of(iface));
    if (FAILED(content_get(content_of(iface), entryid->number, &item, NULL))
        || item.parent != folder->number)
        return MAPI_E_NOT_FOUND;
    return delete_folder(folder->object.store, entryid->number, flags);
}

static HRESULT WINAPI folder_EmptyFolder(IMAPIFolder *iface, ULONG_PTR ui, LPMAPIPROGRESS progress,
                                         ULONG flags)
{
    struct folder *folder = impl_from_IMAPIFolder(iface);
    struct store *store = folder->object.store;
    HRESULT hr, rest = S_OK;

    if (flags & ~(DEL_ASSOCIATED | FOLDER_DIALOG | DELETE_HARD_DELETE)) return MAPI_E_UNKNOWN_FLAGS;
    content_refresh(store->content);
    if (FAILED(hr = delete_items(store, folder->number, TABLE_HIERARCHY))) return hr;
    if (FAILED(rest = delete_items(store, folder->number, TABLE_CONTENTS))) return rest;
    if (hr == S_OK) hr = rest;
    if (!(flags & DEL_ASSOCIATED)) return hr;
    rest = delete_items(store, folder->number, TABLE_ASSOCIATED);
    return hr == S_OK ? rest : hr;
}

static const IMAPIFolderVtbl folder_vtbl =
{
    (void *)folder_QueryInterface,
    (void *)object_AddRef,
    (void *)folder_Release,
    (void *)object_GetLastError,
    (void *)object_SaveChanges,
    (void *)folder_GetProps,
    (void *)store_object_GetPropList,
    (void *)folder_OpenProperty,
    (void *)store_object_SetProps,
    (void *)store_object_DeleteProps,
    (void *)folder_CopyTo,
    (void *)folder_CopyProps,
    (void *)store_object_GetNamesFromIDs,
    (void *)store_object_GetIDsFromNames,
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

HRESULT folder_open(struct store *store, ULONG number, BOOL modify, IMAPIFolder **ret)
{
    SizedSPropTagArray(3, objects) =
        {3, {PR_CONTAINER_CONTENTS, PR_CONTAINER_HIERARCHY, PR_FOLDER_ASSOCIATED_CONTENTS}};
    struct folder *folder;
    SPropValue *props;
    ULONG count;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = content_props(store->content, number, &count, &props))) return hr;
    if (!(folder = calloc(1, sizeof(*folder)))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else if (FAILED(hr = store_object_init(&folder->object, store, &folder_vtbl, folder_computed,
                                           count, props)))
        free(folder);
    MAPIFreeBuffer(props);
    if (FAILED(hr)) return hr;
    IPropData_HrAddObjProps(folder->object.object.props, (SPropTagArray *)&objects, NULL);
    folder->object.modify = modify;
    folder->object.changed = folder_changed;
    folder->number = number;
    *ret = (IMAPIFolder *)folder;
    return S_OK;
}
