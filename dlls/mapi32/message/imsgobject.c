/*
 * Messages on storages: what messages and attachments have in common
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
 * IMAPIProp over an IPropData and the streams of large values. A large value that is asked for is
 * put among the others for as long as the call takes. An object that was closed with its session
 * answers MAPI_E_INVALID_OBJECT.
 */

#define COBJMACROS
#include "message/imsg.h"
#include "object/copy.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

DWORD imsg_mode(BOOL writable)
{
    return writable ? STGM_READWRITE | STGM_TRANSACTED | STGM_SHARE_EXCLUSIVE
                    : STGM_READ | STGM_SHARE_EXCLUSIVE;
}

void imsg_file_release(struct imsg_file *file)
{
    if (InterlockedDecrement(&file->ref)) return;
    if (file->names) IPropData_Release(file->names);
    DeleteCriticalSection(&file->cs);
    platform_free(file);
}

HRESULT imsg_enter(struct imsg_object *object)
{
    EnterCriticalSection(&object->file->cs);
    if (!object->file->closed) return S_OK;
    LeaveCriticalSection(&object->file->cs);
    return MAPI_E_INVALID_OBJECT;
}

void imsg_leave(struct imsg_object *object)
{
    LeaveCriticalSection(&object->file->cs);
}

BOOL imsg_hold(struct imsg_object *object)
{
    LONG ref = object->ref;

    while (ref)
    {
        LONG seen = InterlockedCompareExchange(&object->ref, ref + 1, ref);

        if (seen == ref) return TRUE;
        ref = seen;
    }
    return FALSE;
}

ULONG imsg_add_ref(struct imsg_object *object)
{
    return InterlockedIncrement(&object->ref);
}

HRESULT imsg_set_long(struct imsg_object *object, ULONG tag, LONG value)
{
    SPropValue prop;

    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = tag;
    if (PROP_TYPE(tag) == PT_BOOLEAN) prop.Value.b = value != 0;
    else prop.Value.l = value;
    return IPropData_SetProps(object->values, 1, &prop, NULL);
}

HRESULT imsg_object_init(struct imsg_object *object, struct imsg_file *file, IStorage *storage,
                         ULONG header_size, BOOL writable)
{
    HRESULT hr;

    object->ref = 1;
    object->file = file;
    InterlockedIncrement(&file->ref);
    object->storage = storage;
    object->header_size = header_size;
    object->writable = writable;
    hr = CreateIProp(&IID_IMAPIPropData, file->allocators.allocate, file->allocators.more,
                     file->allocators.free, NULL, &object->values);
    if (SUCCEEDED(hr)) hr = imsg_load(object);
    return hr;
}

static void drop_streams(struct imsg_object *object)
{
    ULONG i;

    for (i = 0; i < object->streamed_count; i++) IStream_Release(object->streamed[i].stream);
    object->streamed_count = 0;
}

void imsg_object_destroy(struct imsg_object *object)
{
    drop_streams(object);
    if (object->storage) IStorage_Release(object->storage);
    if (object->values) IPropData_Release(object->values);
    platform_free(object->streamed);
    platform_free(object->attributes);
    imsg_file_release(object->file);
}

/* ---- large values among the others ---- */

static BOOL is_asked_for(const SPropTagArray *tags, ULONG tag)
{
    return !tags || copy_list_has_id(tags, tag);
}

static void hide_streamed(struct imsg_object *object, const SPropTagArray *tags)
{
    SizedSPropTagArray(1, one) = {1};
    ULONG i, clean = IPROP_READWRITE | IPROP_CLEAN;

    IPropData_HrSetObjAccess(object->values, IPROP_READWRITE);
    for (i = 0; i < object->streamed_count; i++)
    {
        if (!is_asked_for(tags, object->streamed[i].tag)) continue;
        one.aulPropTag[0] = object->streamed[i].tag;
        IPropData_DeleteProps(object->values, (SPropTagArray *)&one, NULL);
        IPropData_HrSetPropAccess(object->values, (SPropTagArray *)&one, &clean);
    }
    if (!object->writable) IPropData_HrSetObjAccess(object->values, IPROP_READONLY);
}

static HRESULT show_streamed(struct imsg_object *object, const SPropTagArray *tags)
{
    HRESULT hr = S_OK;
    ULONG i;

    IPropData_HrSetObjAccess(object->values, IPROP_READWRITE);
    for (i = 0; i < object->streamed_count && SUCCEEDED(hr); i++)
        if (is_asked_for(tags, object->streamed[i].tag))
            hr = imsg_read_streamed(object, &object->streamed[i]);
    if (FAILED(hr)) hide_streamed(object, tags);
    return hr;
}

/* The lock is held. */
static HRESULT get_props(struct imsg_object *object, SPropTagArray *tags, ULONG flags, ULONG *count,
                         SPropValue **ret)
{
    HRESULT hr;

    if (!object->streamed_count)
        return IPropData_GetProps(object->values, tags, flags, count, ret);
    if (FAILED(hr = show_streamed(object, tags))) return hr;
    hr = IPropData_GetProps(object->values, tags, flags, count, ret);
    hide_streamed(object, tags);
    return hr;
}

/* ---- IMAPIProp ---- */

HRESULT WINAPI imsg_object_GetLastError(IMAPIProp *iface, HRESULT hr, ULONG flags, MAPIERROR **ret)
{
    TRACE("%p %#lx %#lx %p\n", iface, hr, flags, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    return flags & ~MAPI_UNICODE ? MAPI_E_UNKNOWN_FLAGS : S_OK;
}

HRESULT WINAPI imsg_object_GetProps(IMAPIProp *iface, SPropTagArray *tags, ULONG flags,
                                    ULONG *count, SPropValue **ret)
{
    struct imsg_object *object = imsg_object_from(iface);
    HRESULT hr;

    TRACE("%p %p %#lx %p %p\n", iface, tags, flags, count, ret);

    if (count) *count = 0;
    if (ret) *ret = NULL;
    if (!count || !ret || (tags && !tags->cValues)) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = imsg_enter(object))) return hr;
    hr = get_props(object, tags, flags, count, ret);
    imsg_leave(object);
    return hr;
}

HRESULT WINAPI imsg_object_GetPropList(IMAPIProp *iface, ULONG flags, SPropTagArray **ret)
{
    struct imsg_object *object = imsg_object_from(iface);
    SPropTagArray *list, *longer;
    ULONG i, tag;
    HRESULT hr;

    TRACE("%p %#lx %p\n", iface, flags, ret);

    if (ret) *ret = NULL;
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = imsg_enter(object))) return hr;
    hr = IPropData_GetPropList(object->values, flags, &list);
    if (SUCCEEDED(hr) && object->streamed_count)
    {
        if (SUCCEEDED(object->file->allocators.allocate(
                CbNewSPropTagArray(list->cValues + object->streamed_count), (void **)&longer)))
        {
            memcpy(longer, list, CbNewSPropTagArray(list->cValues));
            for (i = 0; i < object->streamed_count; i++)
            {
                tag = object->streamed[i].tag;
                if (PROP_TYPE(tag) != PT_BINARY)
                    tag = CHANGE_PROP_TYPE(tag, flags & MAPI_UNICODE ? PT_UNICODE : PT_STRING8);
                longer->aulPropTag[longer->cValues++] = tag;
            }
        }
        else
        {
            longer = NULL;
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        }
        object->file->allocators.free(list);
        list = longer;
    }
    imsg_leave(object);
    if (SUCCEEDED(hr)) *ret = list;
    return hr;
}

/* Large values that are replaced or deleted; none that must not be. */
static HRESULT forget_streamed(struct imsg_object *object, ULONG count, const ULONG *tags,
                               size_t step)
{
    ULONG i, pass;

    for (pass = 0; pass < 2; pass++)
    {
        for (i = 0; i < count; i++)
        {
            const ULONG tag = *(const ULONG *)((const BYTE *)tags + i * step);

            if (!imsg_find_streamed(object, tag) || PROP_TYPE(tag) == PT_ERROR) continue;
            if (pass) imsg_forget_streamed(object, tag);
            else if (!(imsg_get_attribute(object, tag) & PROPATTR_WRITEABLE))
                return MAPI_E_NO_ACCESS;
        }
    }
    return S_OK;
}

HRESULT WINAPI imsg_object_SetProps(IMAPIProp *iface, ULONG count, SPropValue *props,
                                    SPropProblemArray **problems)
{
    struct imsg_object *object = imsg_object_from(iface);
    HRESULT hr;

    TRACE("%p %lu %p %p\n", iface, count, props, problems);

    if (problems) *problems = NULL;
    if (FAILED(hr = propset_check_values(count, props))) return hr;
    if (FAILED(hr = imsg_enter(object))) return hr;
    hr = object->writable ? S_OK : MAPI_E_NO_ACCESS;
    if (SUCCEEDED(hr)) hr = forget_streamed(object, count, &props->ulPropTag, sizeof(*props));
    if (SUCCEEDED(hr)) hr = IPropData_SetProps(object->values, count, props, problems);
    imsg_leave(object);
    return hr;
}

HRESULT WINAPI imsg_object_DeleteProps(IMAPIProp *iface, SPropTagArray *tags,
                                       SPropProblemArray **problems)
{
    struct imsg_object *object = imsg_object_from(iface);
    HRESULT hr;

    TRACE("%p %p %p\n", iface, tags, problems);

    if (problems) *problems = NULL;
    if (!tags || !tags->cValues) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = imsg_enter(object))) return hr;
    hr = object->writable ? S_OK : MAPI_E_NO_ACCESS;
    if (SUCCEEDED(hr))
        hr = forget_streamed(object, tags->cValues, tags->aulPropTag, sizeof(ULONG));
    if (SUCCEEDED(hr)) hr = IPropData_DeleteProps(object->values, tags, problems);
    imsg_leave(object);
    return hr;
}

static void start_copy(struct imsg_object *object, IMAPIProgress *progress, ULONG flags,
                       struct copy_job *job)
{
    memset(job, 0, sizeof(*job));
    job->allocators = &object->file->allocators;
    job->flags = flags & (MAPI_MOVE | MAPI_NOREPLACE);
    job->progress = progress;
    job->top = TRUE;
}

HRESULT WINAPI imsg_object_CopyTo(IMAPIProp *iface, ULONG iid_count, const IID *iids,
                                  SPropTagArray *exclude, ULONG_PTR ui_param,
                                  IMAPIProgress *progress, const IID *iid, void *dest, ULONG flags,
                                  SPropProblemArray **problems)
{
    struct imsg_object *object = imsg_object_from(iface);
    struct copy_job job;

    TRACE("%p %lu %p %p %Ix %p %s %p %#lx %p\n", iface, iid_count, iids, exclude, ui_param,
          progress, debugstr_guid(iid), dest, flags, problems);

    if (problems) *problems = NULL;
    if (!dest || !iid) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_DECLINE_OK | MAPI_DIALOG | MAPI_MOVE | MAPI_NOREPLACE))
        return MAPI_E_UNKNOWN_FLAGS;
    if ((flags & MAPI_MOVE) && !object->writable) return MAPI_E_NO_ACCESS;
    start_copy(object, progress, flags, &job);
    return copy_to(&job, iface, iid_count, iids, exclude, iid, dest, problems);
}

HRESULT WINAPI imsg_object_CopyProps(IMAPIProp *iface, SPropTagArray *include, ULONG_PTR ui_param,
                                     IMAPIProgress *progress, const IID *iid, void *dest,
                                     ULONG flags, SPropProblemArray **problems)
{
    struct imsg_object *object = imsg_object_from(iface);
    struct copy_job job;

    TRACE("%p %p %Ix %p %s %p %#lx %p\n", iface, include, ui_param, progress, debugstr_guid(iid),
          dest, flags, problems);

    if (problems) *problems = NULL;
    if (!dest || !iid) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_DECLINE_OK | MAPI_DIALOG | MAPI_MOVE | MAPI_NOREPLACE))
        return MAPI_E_UNKNOWN_FLAGS;
    if ((flags & MAPI_MOVE) && !object->writable) return MAPI_E_NO_ACCESS;
    start_copy(object, progress, flags, &job);
    return copy_props(&job, iface, include, iid, dest, problems);
}

HRESULT WINAPI imsg_object_GetNamesFromIDs(IMAPIProp *iface, SPropTagArray **tags, GUID *set,
                                           ULONG flags, ULONG *count, MAPINAMEID ***ret)
{
    return IPropData_GetNamesFromIDs(imsg_object_from(iface)->file->names, tags, set, flags, count,
                                     ret);
}

HRESULT WINAPI imsg_object_GetIDsFromNames(IMAPIProp *iface, ULONG count, MAPINAMEID **names,
                                           ULONG flags, SPropTagArray **ret)
{
    return IPropData_GetIDsFromNames(imsg_object_from(iface)->file->names, count, names, flags,
                                     ret);
}

/* ---- streams ---- */

static HRESULT clone(IStream *stream, BOOL empty, IStream **ret)
{
    ULARGE_INTEGER nothing;
    LARGE_INTEGER zero;
    HRESULT hr;

    zero.QuadPart = 0;
    nothing.QuadPart = 0;
    if (FAILED(hr = IStream_Clone(stream, ret))) return MapStorageSCode(hr);
    if (empty) hr = IStream_SetSize(*ret, nothing);
    if (SUCCEEDED(hr)) hr = IStream_Seek(*ret, zero, STREAM_SEEK_SET, NULL);
    if (FAILED(hr))
    {
        IStream_Release(*ret);
        *ret = NULL;
    }
    return hr;
}

/* The value as a stream has it. MAPI_E_NOT_FOUND. */
static HRESULT get_value(struct imsg_object *object, ULONG tag, SPropValue **prop,
                         const void **data, ULONG *size)
{
    SizedSPropTagArray(1, tags) = {1, {tag}};
    ULONG count;
    HRESULT hr;

    *data = NULL;
    *size = 0;
    if (FAILED(hr = get_props(object, (SPropTagArray *)&tags, 0, &count, prop))) return hr;
    switch (PROP_TYPE((*prop)->ulPropTag))
    {
    case PT_BINARY:
        *data = (*prop)->Value.bin.lpb;
        *size = (*prop)->Value.bin.cb;
        return S_OK;
    case PT_STRING8:
        *data = (*prop)->Value.lpszA;
        *size = text_length_ansi(*data);
        return S_OK;
    case PT_UNICODE:
        *data = (*prop)->Value.lpszW;
        *size = text_length(*data) * sizeof(WCHAR);
        return S_OK;
    case PT_ERROR:
        hr = (*prop)->Value.err;
        break;
    default:
        hr = MAPI_E_NO_SUPPORT;
        break;
    }
    object->file->allocators.free(*prop);
    *prop = NULL;
    return hr;
}

static HRESULT open_to_read(struct imsg_object *object, ULONG tag, IStream **ret)
{
    const struct imsg_streamed *streamed = imsg_find_streamed(object, tag);
    const void *data;
    SPropValue *prop;
    ULONG size;
    HRESULT hr;

    if (streamed && streamed->tag == tag) return clone(streamed->stream, FALSE, ret);
    if (FAILED(hr = get_value(object, tag, &prop, &data, &size))) return hr;
    hr = stream_on_memory(data, size, ret);
    object->file->allocators.free(prop);
    return hr;
}

/* The value moves from memory into a stream of the storage. */
static HRESULT move_to_stream(struct imsg_object *object, ULONG tag, ULONG flags)
{
    SizedSPropTagArray(1, tags) = {1, {tag}};
    ULONG clean = IPROP_READWRITE | IPROP_CLEAN, size = 0;
    const void *data = NULL;
    SPropValue *prop = NULL;
    IStream *stream;
    imsg_name name;
    HRESULT hr;

    hr = get_value(object, tag, &prop, &data, &size);
    if (hr == MAPI_E_NOT_FOUND && (flags & MAPI_CREATE)) hr = S_OK;
    if (FAILED(hr)) return hr;
    imsg_value_name(tag, name);
    hr = IStorage_CreateStream(object->storage, name,
                               STGM_CREATE | STGM_READWRITE | STGM_SHARE_EXCLUSIVE, 0, 0, &stream);
    if (FAILED(hr)) hr = MapStorageSCode(hr);
    else
    {
        if (!(flags & MAPI_CREATE)) hr = stream_write_all(stream, data, size);
        if (SUCCEEDED(hr)) hr = imsg_add_streamed(object, tag, stream);
        if (FAILED(hr)) IStream_Release(stream);
    }
    if (SUCCEEDED(hr))
    {
        IPropData_DeleteProps(object->values, (SPropTagArray *)&tags, NULL);
        IPropData_HrSetPropAccess(object->values, (SPropTagArray *)&tags, &clean);
    }
    if (prop) object->file->allocators.free(prop);
    return hr;
}

static HRESULT open_to_write(struct imsg_object *object, ULONG tag, ULONG flags, IStream **ret)
{
    const ULONG text = object->file->unicode ? PT_UNICODE : PT_STRING8;
    struct imsg_streamed *streamed;
    HRESULT hr;

    if (!object->writable || !(imsg_get_attribute(object, tag) & PROPATTR_WRITEABLE))
        return MAPI_E_NO_ACCESS;
    /* A stream of the file has the file's width. */
    if (PROP_TYPE(tag) != PT_BINARY && PROP_TYPE(tag) != text) return MAPI_E_NO_SUPPORT;
    if ((streamed = imsg_find_streamed(object, tag)) && streamed->tag != tag)
    {
        if (!(flags & MAPI_CREATE)) return MAPI_E_NO_SUPPORT;
        imsg_forget_streamed(object, tag);
        streamed = NULL;
    }
    if (!streamed)
    {
        if (FAILED(hr = move_to_stream(object, tag, flags))) return hr;
        streamed = imsg_find_streamed(object, tag);
    }
    return clone(streamed->stream, (flags & MAPI_CREATE) != 0, ret);
}

HRESULT imsg_open_stream(struct imsg_object *object, ULONG tag, ULONG flags, IStream **ret)
{
    switch (PROP_TYPE(tag))
    {
    case PT_BINARY:
    case PT_STRING8:
    case PT_UNICODE:
        break;
    default:
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    }
    return flags & (MAPI_CREATE | MAPI_MODIFY) ? open_to_write(object, tag, flags, ret)
                                               : open_to_read(object, tag, ret);
}

/* ---- attributes ---- */

/*
 * object is a message that OpenIMsgOnIStg opened, or one of its attachments.
 * Reference page: setattribimsgonistg
 */
HRESULT WINAPI SetAttribIMsgOnIStg(void *iface, SPropTagArray *tags, SPropAttrArray *attributes,
                                   SPropProblemArray **problems)
{
    const ULONG known = PROPATTR_MANDATORY | PROPATTR_READABLE | PROPATTR_WRITEABLE;
    struct imsg_object *object;
    HRESULT hr, one;
    ULONG i, access, bad = 0;
    SizedSPropTagArray(1, single) = {1};

    TRACE("%p %p %p %p\n", iface, tags, attributes, problems);

    if (problems) *problems = NULL;
    if (!(object = imsg_object_check(iface)) || !tags || !attributes || !tags->cValues
        || tags->cValues != attributes->cValues)
        return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = imsg_enter(object))) return hr;
    if (!object->writable) hr = MAPI_E_NO_ACCESS;
    for (i = 0; i < tags->cValues && SUCCEEDED(hr); i++)
    {
        single.aulPropTag[0] = tags->aulPropTag[i];
        one = S_OK;
        if (attributes->aPropAttr[i] & ~known) one = MAPI_E_INVALID_PARAMETER;
        else if (!imsg_find_streamed(object, tags->aulPropTag[i])
                 && !copy_has_property((IMAPIProp *)object->values, tags->aulPropTag[i]))
            one = MAPI_E_NOT_FOUND;
        else
        {
            one = imsg_set_attribute(object, tags->aulPropTag[i], attributes->aPropAttr[i]);
            access = IPROP_CLEAN | (attributes->aPropAttr[i] & PROPATTR_WRITEABLE ? IPROP_READWRITE
                                                                                  : IPROP_READONLY);
            if (SUCCEEDED(one))
                IPropData_HrSetPropAccess(object->values, (SPropTagArray *)&single, &access);
        }
        if (SUCCEEDED(one)) continue;
        bad++;
        hr = problems_add(&object->file->allocators, problems, i, tags->aulPropTag[i], one);
    }
    imsg_leave(object);
    return FAILED(hr) ? hr : bad ? MAPI_W_ERRORS_RETURNED : S_OK;
}

/*
 * A property that is not there has PROPATTR_NOT_PRESENT and makes it MAPI_W_ERRORS_RETURNED.
 * Reference page: getattribimsgonistg
 */
HRESULT WINAPI GetAttribIMsgOnIStg(void *iface, SPropTagArray *tags, SPropAttrArray **ret)
{
    struct imsg_object *object;
    SPropAttrArray *array;
    BOOL missing = FALSE;
    HRESULT hr;
    ULONG i;

    TRACE("%p %p %p\n", iface, tags, ret);

    if (ret) *ret = NULL;
    if (!(object = imsg_object_check(iface)) || !tags || !tags->cValues || !ret)
        return MAPI_E_INVALID_PARAMETER;
    if (tags->cValues > 0x1000000) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr = imsg_enter(object))) return hr;
    if (FAILED(object->file->allocators.allocate(CbNewSPropAttrArray(tags->cValues),
                                                 (void **)&array)))
    {
        imsg_leave(object);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    array->cValues = tags->cValues;
    for (i = 0; i < tags->cValues; i++)
    {
        if (imsg_find_streamed(object, tags->aulPropTag[i])
            || copy_has_property((IMAPIProp *)object->values, tags->aulPropTag[i]))
            array->aPropAttr[i] = imsg_get_attribute(object, tags->aulPropTag[i]);
        else
        {
            array->aPropAttr[i] = PROPATTR_NOT_PRESENT;
            missing = TRUE;
        }
    }
    imsg_leave(object);
    *ret = array;
    return missing ? MAPI_W_ERRORS_RETURNED : S_OK;
}
