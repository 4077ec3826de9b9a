/*
 * IMAPIProp of the store's objects
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
 * An object is a property set of the database with rules around it: what the store works out
 * (class->compute) stands before what is stored and cannot be set; values too long for memory are
 * handed out as streams, and by GetProps as well when they are not that long. Names of properties
 * are the whole file's, and copying is the support object's work.
 *
 * The store and its folders are immediate: every call reads what the file has, and every change is
 * in the file when the call returns. Messages and attachments keep changes until SaveChanges.
 */

#include "store.h"
#include "object/object.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define GETPROPS_MAX 0x4000             /* bytes of one value; longer ones are for OpenProperty */

const struct mapi_allocators store_allocators = { MAPIAllocateBuffer, MAPIAllocateMore,
                                                  MAPIFreeBuffer };

/* ---- life ---- */

HRESULT object_init(struct object *object, const void *vtbl, const struct object_class *class,
                    struct store *store, BOOL modify, struct db_props *props)
{
    HRESULT hr;

    object->vtbl = vtbl;
    object->ref = 1;
    object->class = class;
    object->modify = modify;
    if (!props && FAILED(hr = db_props_create(&props))) return hr;
    object->props = props;
    InitializeCriticalSection(&object->cs);
    object->store = store;
    if (store != (struct store *)object) store_addref(store);
    return S_OK;
}

void object_destroy(struct object *object)
{
    struct store *store = object->store;

    db_props_destroy(object->props);
    DeleteCriticalSection(&object->cs);
    if (store != (struct store *)object) store_release(store);
}

BOOL object_has_interface(const struct object_class *class, const IID *iid)
{
    return IsEqualGUID(iid, &IID_IUnknown) || IsEqualGUID(iid, &IID_IMAPIProp)
           || IsEqualGUID(iid, class->iid)
           || (class->base_iid && IsEqualGUID(iid, class->base_iid));
}

HRESULT WINAPI object_QueryInterface(IMAPIProp *iface, REFIID iid, void **ret)
{
    if (!ret || !iid) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!object_has_interface(((struct object *)iface)->class, iid))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IMAPIProp_AddRef(iface);
    *ret = iface;
    return S_OK;
}

ULONG WINAPI object_AddRef(IMAPIProp *iface)
{
    return InterlockedIncrement(&((struct object *)iface)->ref);
}

ULONG WINAPI object_Release(IMAPIProp *iface)
{
    struct object *object = (struct object *)iface;
    ULONG ref = InterlockedDecrement(&object->ref);

    if (!ref) object->class->destroy(object);
    return ref;
}

/* There are words for what is wrong with the file; the rest has no more to say than its result. */
HRESULT WINAPI object_GetLastError(IMAPIProp *iface, HRESULT hr, ULONG flags, LPMAPIERROR *ret)
{
    const struct db *db = ((struct object *)iface)->store->db;

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    if (hr != MAPI_E_NOT_FOUND && (hr != MAPI_E_NO_ACCESS || db_is_read_only(db)))
        file_error(flags, hr, db_path(db), ret);
    return S_OK;
}

/* Of immediate objects. */
HRESULT WINAPI object_SaveChanges(IMAPIProp *iface, ULONG flags)
{
    return flags & ~SAVE_FLAGS ? MAPI_E_UNKNOWN_FLAGS : S_OK;
}

/* ---- properties inside ---- */

BOOL object_is_computed(const struct object *object, ULONG tag)
{
    const ULONG *tags;

    for (tags = object->class->computed; *tags; tags++)
        if (PROP_ID(*tags) == PROP_ID(tag)) return TRUE;
    return FALSE;
}

LONG object_get_long(struct object *object, ULONG tag, LONG other)
{
    const SPropValue *prop;

    EnterCriticalSection(&object->cs);
    if ((prop = db_props_find(object->props, tag)))
    {
        if (PROP_TYPE(prop->ulPropTag) == PT_LONG) other = prop->Value.l;
        if (PROP_TYPE(prop->ulPropTag) == PT_BOOLEAN) other = prop->Value.b != 0;
    }
    LeaveCriticalSection(&object->cs);
    return other;
}

HRESULT object_put(struct object *object, const SPropValue *value)
{
    HRESULT hr;

    EnterCriticalSection(&object->cs);
    hr = db_props_set(object->props, value);
    LeaveCriticalSection(&object->cs);
    return hr;
}

HRESULT object_put_long(struct object *object, ULONG tag, LONG value)
{
    HRESULT hr;

    EnterCriticalSection(&object->cs);
    hr = db_props_set_long(object->props, tag, value);
    LeaveCriticalSection(&object->cs);
    return hr;
}

HRESULT object_copy_props(struct object *object, struct db_props **ret)
{
    HRESULT hr;

    EnterCriticalSection(&object->cs);
    hr = db_props_copy(object->props, ret);
    LeaveCriticalSection(&object->cs);
    return hr;
}

void object_replace_props(struct object *object, struct db_props *props)
{
    struct db_props *old;

    EnterCriticalSection(&object->cs);
    old = object->props;
    object->props = props;
    LeaveCriticalSection(&object->cs);
    db_props_destroy(old);
}

HRESULT object_get_stream(struct object *object, ULONG tag, struct db_stream **ret)
{
    HRESULT hr;

    EnterCriticalSection(&object->cs);
    hr = db_props_stream(object->props, tag, ret);
    LeaveCriticalSection(&object->cs);
    return hr;
}

/* What an immediate object has now, and what is computed of it; values may be NULL. */
static HRESULT refresh(struct object *object, struct values *values)
{
    struct db_object info;
    struct db_props *props;
    struct db_txn *txn;
    HRESULT hr;

    if (!object->class->immediate)
        return values ? object->class->compute(object, NULL, NULL, values) : S_OK;
    if (FAILED(hr = db_begin(object->store->db, DB_READ, &txn))) return hr;
    if (SUCCEEDED(hr = db_object_load(txn, object->id, &info, &props)))
    {
        if (values) hr = object->class->compute(object, txn, &info, values);
        object_replace_props(object, props);
    }
    db_rollback(txn);
    return hr;
}

/* The file first, so that a failure changes nothing. */
static HRESULT write_immediate(struct object *object, ULONG count, const SPropValue *props,
                               const SPropTagArray *removed)
{
    struct db_txn *txn;
    HRESULT hr = S_OK;

    if (FAILED(hr = db_begin(object->store->db, DB_WRITE, &txn))) return hr;
    if (object->class->check) hr = object->class->check(object, txn, count, props);
    if (SUCCEEDED(hr)) hr = db_object_patch(txn, object->id, count, props, removed);
    if (FAILED(hr))
    {
        db_rollback(txn);
        return hr;
    }
    if (SUCCEEDED(hr = db_commit(txn))) changes_pump(object->store);
    return hr;
}

HRESULT object_put_stream(struct object *object, ULONG tag, struct db_stream *stream)
{
    struct db_props *props;
    struct db_txn *txn;
    HRESULT hr;

    if (!object->class->immediate)
    {
        EnterCriticalSection(&object->cs);
        hr = db_props_set_stream(object->props, tag, stream);
        if (SUCCEEDED(hr) && object->class->changed) object->class->changed(object, tag);
        LeaveCriticalSection(&object->cs);
        return hr;
    }
    if (FAILED(hr = db_begin(object->store->db, DB_WRITE, &txn))) return hr;
    if (SUCCEEDED(hr = db_object_load(txn, object->id, NULL, &props)))
    {
        hr = db_props_set_stream(props, tag, stream);
        if (SUCCEEDED(hr)) hr = db_object_save(txn, object->id, 0, props);
        db_props_destroy(props);
    }
    if (FAILED(hr))
    {
        db_rollback(txn);
        return hr;
    }
    if (SUCCEEDED(hr = db_commit(txn))) changes_pump(object->store);
    return hr;
}

/* ---- reading ---- */

/* Everything the object has, for the moment: what is computed, then what is stored and not among
 * that. */
struct picture
{
    struct values values;
    ULONG long_count;
    ULONG *long_tags;                   /* values that are not there, only placeholders */
};

static void picture_free(struct picture *picture)
{
    values_free(&picture->values);
    platform_free(picture->long_tags);
}

static BOOL is_wanted(const SPropTagArray *tags, ULONG tag)
{
    ULONG i;

    for (i = 0; tags && i < tags->cValues; i++)
        if (PROP_ID(tags->aulPropTag[i]) == PROP_ID(tag)) return TRUE;
    return !tags;
}

/* A value that is a stream, as a value. cs is held. */
static HRESULT fetch_long(struct object *object, ULONG tag, struct values *values,
                          SPropValue *value)
{
    struct db_stream *stream;
    ULONG size, got = 0;
    HRESULT hr;
    BYTE *data;

    if (FAILED(hr = db_props_stream(object->props, tag, &stream))) return hr;
    if (db_stream_size(stream) > GETPROPS_MAX || PROP_TYPE(tag) == PT_OBJECT)
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else
    {
        size = db_stream_size(stream);
        if (!(data = values_alloc(values, size + sizeof(WCHAR)))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else hr = db_stream_read(stream, 0, data, size, &got);
        if (SUCCEEDED(hr) && PROP_TYPE(tag) == PT_UNICODE)
        {
            memset(data + (got & ~1), 0, sizeof(WCHAR));
            value->Value.lpszW = (WCHAR *)data;
        }
        else if (SUCCEEDED(hr))
        {
            value->Value.bin.cb = got;
            value->Value.bin.lpb = data;
        }
    }
    db_stream_release(stream);
    return hr;
}

/* A property that is there, without its value. */
static void set_placeholder(SPropValue *value)
{
    if (PROP_TYPE(value->ulPropTag) == PT_UNICODE) value->Value.lpszW = (WCHAR *)L"";
    else if (PROP_TYPE(value->ulPropTag) == PT_BINARY) value->Value.bin.lpb = (BYTE *)L"";
}

static BOOL is_long(const SPropValue *value)
{
    if (PROP_TYPE(value->ulPropTag) == PT_UNICODE)
        return wcsnlen(value->Value.lpszW, GETPROPS_MAX / sizeof(WCHAR) + 1)
               > GETPROPS_MAX / sizeof(WCHAR);
    return PROP_TYPE(value->ulPropTag) == PT_BINARY && value->Value.bin.cb > GETPROPS_MAX;
}

/* cs is held until the picture is no longer needed, since its values are the object's. list:
 * tags are all that matters. */
static HRESULT picture_make(struct object *object, const SPropTagArray *wanted, BOOL list,
                            struct picture *picture)
{
    ULONG i, count = db_props_count(object->props), computed = picture->values.count;
    HRESULT one;

    if (!(picture->long_tags = platform_alloc((count + 1) * sizeof(ULONG))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < count; i++)
    {
        ULONG tag = db_props_tag(object->props, i);
        const SPropValue *stored = db_props_value(object->props, i);
        SPropValue *value;

        if (!is_wanted(wanted, tag)
            || props_find_id(picture->values.props, computed, tag))
            continue;
        if (!(value = values_add(&picture->values, tag))) break;
        if (PROP_TYPE(stored->ulPropTag) != PT_ERROR && !is_long(stored))
        {
            *value = *stored;
            continue;
        }
        one = list ? MAPI_E_NOT_ENOUGH_MEMORY
                   : fetch_long(object, tag, &picture->values, value);
        if (SUCCEEDED(one)) continue;
        set_placeholder(value);
        picture->long_tags[picture->long_count++] = tag;
    }
    return picture->values.hr;
}

/* Computed values first; the object's lock is taken if it succeeds. */
static HRESULT picture_take(struct object *object, const SPropTagArray *wanted, BOOL list,
                            struct picture *picture)
{
    HRESULT hr;

    memset(picture, 0, sizeof(*picture));
    values_init(&picture->values);
    if (SUCCEEDED(hr = refresh(object, &picture->values)))
    {
        EnterCriticalSection(&object->cs);
        if (SUCCEEDED(hr = picture_make(object, wanted, list, picture))) return hr;
        LeaveCriticalSection(&object->cs);
    }
    picture_free(picture);
    return hr;
}

static void picture_done(struct object *object, struct picture *picture)
{
    LeaveCriticalSection(&object->cs);
    picture_free(picture);
}

/* Placeholders become errors. */
static BOOL mark_long(const struct picture *picture, ULONG count, SPropValue *props)
{
    BOOL ret = FALSE;
    ULONG i, j;

    for (i = 0; i < count; i++)
        for (j = 0; j < picture->long_count; j++)
        {
            if (PROP_ID(picture->long_tags[j]) != PROP_ID(props[i].ulPropTag)
                || PROP_TYPE(props[i].ulPropTag) == PT_ERROR
                || PROP_TYPE(props[i].ulPropTag) == PT_OBJECT)
                continue;
            props[i].ulPropTag = CHANGE_PROP_TYPE(props[i].ulPropTag, PT_ERROR);
            props[i].Value.err = MAPI_E_NOT_ENOUGH_MEMORY;
            ret = TRUE;
        }
    return ret;
}

HRESULT WINAPI object_GetProps(IMAPIProp *iface, LPSPropTagArray tags, ULONG flags, ULONG *count,
                               LPSPropValue *props)
{
    struct object *object = (struct object *)iface;
    struct picture picture;
    HRESULT hr;

    TRACE("%p, %p, %#lx\n", iface, tags, flags);

    if (count) *count = 0;
    if (props) *props = NULL;
    if (!count || !props || (tags && !tags->cValues)) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = picture_take(object, tags, FALSE, &picture))) return hr;
    hr = propset_get_props(&store_allocators, picture.values.count, picture.values.props, tags,
                           flags, count, props);
    if (SUCCEEDED(hr) && mark_long(&picture, *count, *props)) hr = MAPI_W_ERRORS_RETURNED;
    picture_done(object, &picture);
    return hr;
}

HRESULT WINAPI object_GetPropList(IMAPIProp *iface, ULONG flags, LPSPropTagArray *tags)
{
    struct object *object = (struct object *)iface;
    struct picture picture;
    HRESULT hr;

    if (!tags) return MAPI_E_INVALID_PARAMETER;
    *tags = NULL;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = picture_take(object, NULL, TRUE, &picture))) return hr;
    hr = propset_get_list(&store_allocators, picture.values.count, picture.values.props, flags,
                          tags);
    picture_done(object, &picture);
    return hr;
}

HRESULT WINAPI object_OpenProperty(IMAPIProp *iface, ULONG tag, LPCIID iid, ULONG options,
                                   ULONG flags, LPUNKNOWN *ret)
{
    struct object *object = (struct object *)iface;
    HRESULT hr;

    TRACE("%p, %#lx, %s, %#lx, %#lx\n", iface, tag, debugstr_guid(iid), options, flags);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!iid || !PROP_ID(tag) || PROP_TYPE(tag) == PT_UNSPECIFIED) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_CREATE | MAPI_MODIFY | STREAM_APPEND | MAPI_DEFERRED_ERRORS))
        return MAPI_E_UNKNOWN_FLAGS;
    if (!IsEqualGUID(iid, &IID_IStream)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if ((flags & (MAPI_CREATE | MAPI_MODIFY))
        && (!object->modify || object_is_computed(object, tag)))
        return MAPI_E_NO_ACCESS;
    if (FAILED(hr = refresh(object, NULL))) return hr;
    return prop_stream_create(object, tag, flags, (IStream **)ret);
}

/* ---- changing ---- */

/* The values that may be set, which count tells; the others are problems. */
static HRESULT sort_out(struct object *object, ULONG *count, const SPropValue *props,
                        SPropValue *kept, SPropProblemArray **problems)
{
    ULONG i, n = 0;
    HRESULT hr;

    for (i = 0; i < *count; i++)
    {
        if (propset_skip_value(&props[i])) continue;
        if (!object_is_computed(object, props[i].ulPropTag)) kept[n++] = props[i];
        else if (FAILED(hr = problems_add(&store_allocators, problems, i, props[i].ulPropTag,
                                          MAPI_E_COMPUTED)))
            return hr;
    }
    *count = n;
    return S_OK;
}

/* All or, when memory is short, none. */
static HRESULT set_values(struct object *object, ULONG count, const SPropValue *props)
{
    struct db_props *changed, *old;
    HRESULT hr;
    ULONG i;

    EnterCriticalSection(&object->cs);
    if (SUCCEEDED(hr = db_props_copy(object->props, &changed)))
    {
        old = object->props;
        object->props = changed;
        for (i = 0; i < count && SUCCEEDED(hr); i++) hr = db_props_set(changed, &props[i]);
        if (SUCCEEDED(hr) && object->class->follow)
            hr = object->class->follow(object, count, props);
        for (i = 0; i < count && SUCCEEDED(hr) && object->class->changed; i++)
            object->class->changed(object, props[i].ulPropTag);
        if (FAILED(hr)) object->props = old;
        db_props_destroy(FAILED(hr) ? changed : old);
    }
    LeaveCriticalSection(&object->cs);
    return hr;
}

HRESULT WINAPI object_SetProps(IMAPIProp *iface, ULONG count, LPSPropValue props,
                               LPSPropProblemArray *ret)
{
    struct object *object = (struct object *)iface;
    SPropProblemArray *problems = NULL;
    SPropValue *kept;
    HRESULT hr;

    TRACE("%p, %lu, %p, %p\n", iface, count, props, ret);

    if (ret) *ret = NULL;
    if (FAILED(hr = propset_check_values(count, props))) return hr;
    if (!object->modify) return MAPI_E_NO_ACCESS;
    if (count > 0x100000 || !(kept = platform_alloc(count * sizeof(*kept))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = sort_out(object, &count, props, kept, ret ? &problems : NULL);
    if (SUCCEEDED(hr) && count)
        hr = object->class->immediate ? write_immediate(object, count, kept, NULL)
                                      : set_values(object, count, kept);
    platform_free(kept);
    if (SUCCEEDED(hr) && ret) *ret = problems;
    else MAPIFreeBuffer(problems);
    return hr;
}

HRESULT WINAPI object_DeleteProps(IMAPIProp *iface, LPSPropTagArray tags, LPSPropProblemArray *ret)
{
    struct object *object = (struct object *)iface;
    SPropProblemArray *problems = NULL;
    SPropTagArray *removed;
    HRESULT hr = S_OK;
    ULONG i;

    TRACE("%p, %p, %p\n", iface, tags, ret);

    if (ret) *ret = NULL;
    if (!tags || !tags->cValues || tags->cValues > 0x100000) return MAPI_E_INVALID_PARAMETER;
    if (!object->modify) return MAPI_E_NO_ACCESS;
    if (!(removed = platform_alloc(CbNewSPropTagArray(tags->cValues))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    removed->cValues = 0;
    for (i = 0; i < tags->cValues && SUCCEEDED(hr); i++)
    {
        if (!object_is_computed(object, tags->aulPropTag[i]))
            removed->aulPropTag[removed->cValues++] = tags->aulPropTag[i];
        else hr = problems_add(&store_allocators, ret ? &problems : NULL, i, tags->aulPropTag[i],
                               MAPI_E_COMPUTED);
    }
    if (SUCCEEDED(hr) && object->class->immediate)
    {
        if (removed->cValues) hr = write_immediate(object, 0, NULL, removed);
    }
    else if (SUCCEEDED(hr))
    {
        EnterCriticalSection(&object->cs);
        for (i = 0; i < removed->cValues; i++)
        {
            db_props_remove(object->props, removed->aulPropTag[i]);
            if (object->class->changed) object->class->changed(object, removed->aulPropTag[i]);
        }
        LeaveCriticalSection(&object->cs);
    }
    platform_free(removed);
    if (SUCCEEDED(hr) && ret) *ret = problems;
    else MAPIFreeBuffer(problems);
    return hr;
}

/* ---- copying and names ---- */

/* MAPI_DECLINE_OK: the caller rather does itself what the support object would do. */
HRESULT WINAPI object_CopyTo(IMAPIProp *iface, ULONG exclude_count, LPCIID exclude,
                             LPSPropTagArray tags, ULONG_PTR ui, LPMAPIPROGRESS progress,
                             LPCIID iid, void *dst, ULONG flags, LPSPropProblemArray *problems)
{
    struct object *object = (struct object *)iface;
    IMAPISupport *support;
    HRESULT hr;

    if (problems) *problems = NULL;
    if (!iid || !dst) return MAPI_E_INVALID_PARAMETER;
    if (dst == iface) return MAPI_E_NO_ACCESS;
    if (flags & MAPI_DECLINE_OK) return MAPI_E_DECLINE_COPY;
    if (!(support = store_support(object->store))) return MAPI_E_CALL_FAILED;
    hr = IMAPISupport_DoCopyTo(support, object->class->iid, iface, exclude_count, exclude, tags, ui,
                               progress, iid, dst, flags, problems);
    IMAPISupport_Release(support);
    return hr;
}

HRESULT WINAPI object_CopyProps(IMAPIProp *iface, LPSPropTagArray tags, ULONG_PTR ui,
                                LPMAPIPROGRESS progress, LPCIID iid, void *dst, ULONG flags,
                                LPSPropProblemArray *problems)
{
    struct object *object = (struct object *)iface;
    IMAPISupport *support;
    HRESULT hr;

    if (problems) *problems = NULL;
    if (!iid || !dst || !tags) return MAPI_E_INVALID_PARAMETER;
    if (flags & MAPI_DECLINE_OK) return MAPI_E_DECLINE_COPY;
    if (!(support = store_support(object->store))) return MAPI_E_CALL_FAILED;
    hr = IMAPISupport_DoCopyProps(support, object->class->iid, iface, tags, ui, progress, iid, dst,
                                  flags, problems);
    IMAPISupport_Release(support);
    return hr;
}

HRESULT WINAPI object_GetNamesFromIDs(IMAPIProp *iface, LPSPropTagArray *tags, LPGUID set,
                                      ULONG flags, ULONG *count, LPMAPINAMEID **names)
{
    return names_of_ids((struct object *)iface, tags, set, flags, count, names);
}

HRESULT WINAPI object_GetIDsFromNames(IMAPIProp *iface, ULONG count, LPMAPINAMEID *names,
                                      ULONG flags, LPSPropTagArray *tags)
{
    return ids_of_names((struct object *)iface, count, names, flags, tags);
}
