/*
 * Containers, and the methods of distribution lists
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
 * The root (the book itself, number 0) has only the hierarchy, which MAPI merges with that of all
 * other address books. The container below it has the entries; its own properties are in the file
 * at once. IDistList has the methods of IABContainer, which are here for both, over the properties
 * of an entry.
 */

#include "ab.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static const ULONG container_computed[] =
{
    PR_OBJECT_TYPE, PR_DISPLAY_TYPE, PR_ENTRYID, PR_INSTANCE_KEY, PR_RECORD_KEY, PR_CONTAINER_FLAGS,
    PR_DEF_CREATE_MAILUSER, PR_DEF_CREATE_DL, PR_AB_PROVIDER_ID, PR_DEPTH, 0
};

static BOOL is_root(const struct object *object)
{
    return object->id == DB_ROOT;
}

static BOOL is_list(const struct object *object)
{
    return !object->class->immediate;
}

static struct book *book_from(IABContainer *iface)
{
    return book_of(((struct object *)iface)->store);
}

static void container_destroy(struct object *object)
{
    object_destroy(object);
    platform_free(object);
}

static void add_template(struct book *book, ULONG tag, ULONG type, struct values *values)
{
    struct ab_entryid *id = values_alloc(values, sizeof(*id));

    if (!id) return;
    ab_entryid_init(book, type, 0, id);
    id->is_template = 1;
    values_add_binary(values, tag, id, sizeof(*id));
}

static HRESULT container_compute(struct object *object, struct db_txn *txn,
                                 const struct db_object *info, struct values *values)
{
    struct book *book = book_of(object->store);
    BOOL modify = store_is_writable(object->store);
    SPropValue *value;

    if (is_root(object))
    {
        values_add_long(values, PR_OBJECT_TYPE, MAPI_ABCONT);
        values_add_long(values, PR_DISPLAY_TYPE, DT_LOCAL);
        values_add_long(values, PR_CONTAINER_FLAGS, AB_SUBCONTAINERS | AB_UNMODIFIABLE);
        if ((value = values_add(values, PR_DISPLAY_NAME_W)))
            value->Value.lpszW = (WCHAR *)L"Personal Address Book";
        return values->hr;
    }
    ab_entry_values(book, MAPI_ABCONT, object->id, NULL, values);
    values_add_long(values, PR_CONTAINER_FLAGS,
                    AB_RECIPIENTS | (modify ? AB_MODIFIABLE : AB_UNMODIFIABLE));
    values_add_binary(values, PR_AB_PROVIDER_ID, &book->store.uid, sizeof(MAPIUID));
    if (!modify) return values->hr;
    add_template(book, PR_DEF_CREATE_MAILUSER, MAPI_MAILUSER, values);
    add_template(book, PR_DEF_CREATE_DL, MAPI_DISTLIST, values);
    return values->hr;
}

static const struct object_class container_class =
{
    &IID_IABContainer, &IID_IMAPIContainer, TRUE, container_computed, container_destroy,
    container_compute
};

static HRESULT WINAPI container_OpenProperty(IMAPIProp *iface, ULONG tag, LPCIID iid, ULONG options,
                                             ULONG flags, LPUNKNOWN *ret)
{
    struct object *object = (struct object *)iface;

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (is_root(object)
        || (tag != PR_CREATE_TEMPLATES && tag != PR_CONTAINER_CONTENTS
            && tag != PR_CONTAINER_HIERARCHY))
        return object_OpenProperty(iface, tag, iid, options, flags, ret);
    if (!iid || !IsEqualGUID(iid, &IID_IMAPITable)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (tag == PR_CONTAINER_HIERARCHY) return MAPI_E_NO_SUPPORT;
    if (tag == PR_CONTAINER_CONTENTS)
        return IABContainer_GetContentsTable((IABContainer *)iface, options & MAPI_UNICODE,
                                             (IMAPITable **)ret);
    return anr_table_of_rows(book_of(object->store)->templates, options, (IMAPITable **)ret);
}

/* ---- tables ---- */

HRESULT book_contents(struct book *book, LONGLONG parent, ULONG flags, IMAPITable **ret)
{
    ITableData *rows;
    IMAPITable *view;
    HRESULT hr;

    *ret = NULL;
    if (parent == book->container)
    {
        if (FAILED(hr = contents_view(book, flags, &view))) return hr;
        return anr_table_create(view, ret);
    }
    if (FAILED(hr = book_rows(book, parent, &rows))) return hr;
    hr = anr_table_of_rows(rows, flags, ret);
    ITableData_Release(rows);
    return hr;
}

static HRESULT WINAPI container_GetContentsTable(IABContainer *iface, ULONG flags, IMAPITable **ret)
{
    struct object *object = (struct object *)iface;

    TRACE("%p, %#lx\n", iface, flags);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~(MAPI_UNICODE | MAPI_DEFERRED_ERRORS | MAPI_ASSOCIATED))
        return MAPI_E_UNKNOWN_FLAGS;
    if (is_root(object) || (flags & MAPI_ASSOCIATED)) return MAPI_E_NO_SUPPORT;
    if (!object->id) return MAPI_E_CALL_FAILED;         /* a list that was not saved yet */
    return book_contents(book_from(iface), object->id, flags, ret);
}

/* One row, which says more of the container than its own entry does. */
static HRESULT hierarchy(struct book *book, ULONG flags, IMAPITable **ret)
{
    static const SizedSPropTagArray(8, columns) =
    {
        8, { PR_DISPLAY_NAME_W, PR_ENTRYID, PR_OBJECT_TYPE, PR_DISPLAY_TYPE, PR_CONTAINER_FLAGS,
             PR_INSTANCE_KEY, PR_DEPTH, PR_AB_PROVIDER_ID }
    };
    SPropValue *props = NULL;
    IUnknown *container;
    ITableData *rows;
    SRow row = { 0 };
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = container_open(book, book->container, 0, &container))) return hr;
    hr = IMAPIProp_GetProps((IMAPIProp *)container, (SPropTagArray *)&columns, MAPI_UNICODE,
                            &row.cValues, &props);
    IUnknown_Release(container);
    if (FAILED(hr)) return hr;
    row.lpProps = props;
    for (i = 0; i < row.cValues; i++)
        if (PROP_ID(props[i].ulPropTag) == PROP_ID(PR_DEPTH))
        {
            props[i].ulPropTag = PR_DEPTH;
            props[i].Value.l = 0;
        }
    hr = CreateTable(&IID_IMAPITableData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer,
                     NULL, TBLTYPE_DYNAMIC, PR_INSTANCE_KEY, (SPropTagArray *)&columns, &rows);
    if (SUCCEEDED(hr))
    {
        hr = ITableData_HrModifyRow(rows, &row);
        if (SUCCEEDED(hr)) hr = anr_table_of_rows(rows, flags, ret);
        ITableData_Release(rows);
    }
    MAPIFreeBuffer(props);
    return hr;
}

static HRESULT WINAPI container_GetHierarchyTable(IABContainer *iface, ULONG flags,
                                                  IMAPITable **ret)
{
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~(MAPI_UNICODE | CONVENIENT_DEPTH | MAPI_DEFERRED_ERRORS))
        return MAPI_E_UNKNOWN_FLAGS;
    if (!is_root((struct object *)iface)) return MAPI_E_NO_SUPPORT;
    return hierarchy(book_from(iface), flags, ret);
}

static HRESULT WINAPI container_OpenEntry(IABContainer *iface, ULONG size, LPENTRYID id, LPCIID iid,
                                          ULONG flags, ULONG *type, LPUNKNOWN *ret)
{
    return book_open_entry(book_from(iface), size, id, iid, flags, type, ret);
}

static HRESULT WINAPI container_SetSearchCriteria(IABContainer *iface, LPSRestriction restriction,
                                                  LPENTRYLIST list, ULONG flags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI container_GetSearchCriteria(IABContainer *iface, ULONG flags,
                                                  LPSRestriction *restriction, LPENTRYLIST *list,
                                                  ULONG *state)
{
    if (restriction) *restriction = NULL;
    if (list) *list = NULL;
    if (state) *state = 0;
    return MAPI_E_NO_SUPPORT;
}

/* ---- entries ---- */

/* Whether entries may be put in or taken out. */
static HRESULT check_modifiable(IABContainer *iface)
{
    struct object *object = (struct object *)iface;

    if (is_root(object)) return MAPI_E_NO_SUPPORT;
    return store_is_writable(object->store) && object->id ? S_OK : MAPI_E_NO_ACCESS;
}

static HRESULT WINAPI container_CreateEntry(IABContainer *iface, ULONG size, LPENTRYID id,
                                            ULONG flags, LPMAPIPROP *ret)
{
    struct object *object = (struct object *)iface;
    struct ab_entryid template;
    LONGLONG number;
    HRESULT hr;

    TRACE("%p, %lu, %p, %#lx\n", iface, size, id, flags);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~(CREATE_CHECK_DUP_LOOSE | CREATE_CHECK_DUP_STRICT | CREATE_REPLACE))
        return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = check_modifiable(iface))) return hr;
    if (!ab_entryid_parse(book_from(iface), size, id, &template, &number) || !template.is_template)
        return MAPI_E_INVALID_ENTRYID;
    return entry_create(book_from(iface), object->id, &template, flags, ret);
}

/* What the entry is made through: the address book whose template the source was made from may
 * keep its code before our data; ours where nobody has such a template any more. */
static HRESULT bind_template(IMAPISupport *support, const SPropValue *template, IMAPIProp *ours,
                             IMAPIProp **ret)
{
    HRESULT hr = MAPI_E_UNKNOWN_ENTRYID;

    if (template->ulPropTag == PR_TEMPLATEID)
        hr = IMAPISupport_OpenTemplateID(support, template->Value.bin.cb,
                                         (ENTRYID *)template->Value.bin.lpb, FILL_ENTRY, ours, NULL,
                                         ret, NULL);
    if (SUCCEEDED(hr)) return hr;
    IMAPIProp_AddRef(ours);
    *ret = ours;
    return S_OK;
}

/* An entry of any address book as one of its own here. */
static HRESULT copy_entry(struct book *book, const SBinary *id, ULONG flags)
{
    static const SizedSPropTagArray(13, tags) =
    {
        13, { PR_TEMPLATEID, PR_DISPLAY_NAME_W, PR_EMAIL_ADDRESS_W, PR_ADDRTYPE_W, PR_GIVEN_NAME_W,
              PR_SURNAME_W, PR_COMPANY_NAME_W, PR_TITLE_W, PR_BUSINESS_TELEPHONE_NUMBER_W,
              PR_HOME_TELEPHONE_NUMBER_W, PR_MOBILE_TELEPHONE_NUMBER_W, PR_COMMENT_W,
              PR_SEND_RICH_INFO }
    };
    struct ab_entryid template;
    IMAPIProp *entry, *ours, *bound;
    IMAPISupport *support;
    SPropValue *props;
    ULONG type, count;
    HRESULT hr;

    if (!(support = store_support(&book->store))) return MAPI_E_CALL_FAILED;
    hr = IMAPISupport_OpenEntry(support, id->cb, (ENTRYID *)id->lpb, NULL, 0, &type,
                                (IUnknown **)&entry);
    if (SUCCEEDED(hr))
    {
        hr = MAPI_E_NO_SUPPORT;
        if (type == MAPI_MAILUSER || type == MAPI_DISTLIST)
            hr = IMAPIProp_GetProps(entry, (SPropTagArray *)&tags, MAPI_UNICODE, &count, &props);
        IMAPIProp_Release(entry);
    }
    if (SUCCEEDED(hr))
    {
        ab_entryid_init(book, type, 0, &template);
        template.is_template = 1;
        if (SUCCEEDED(hr = entry_create(book, book->container, &template, flags, &ours)))
        {
            hr = bind_template(support, props, ours, &bound);
            if (SUCCEEDED(hr) && SUCCEEDED(hr = IMAPIProp_SetProps(bound, count, props, NULL)))
                hr = IMAPIProp_SaveChanges(bound, 0);
            IMAPIProp_Release(bound);
            IMAPIProp_Release(ours);
        }
        MAPIFreeBuffer(props);
    }
    IMAPISupport_Release(support);
    return hr;
}

static HRESULT WINAPI container_CopyEntries(IABContainer *iface, LPENTRYLIST list, ULONG_PTR ui,
                                            LPMAPIPROGRESS progress, ULONG flags)
{
    struct object *object = (struct object *)iface;
    HRESULT hr, first = S_OK;
    ULONG i, done = 0;

    TRACE("%p, %p, %#lx\n", iface, list, flags);

    if (!list || (list->cValues && !list->lpbin)) return MAPI_E_INVALID_PARAMETER;
    /* AB_NO_DIALOG and CREATE_CHECK_DUP_STRICT are the same bit; here it means the dialog. */
    if (flags & ~(AB_NO_DIALOG | CREATE_CHECK_DUP_LOOSE | CREATE_REPLACE))
        return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = check_modifiable(iface))) return hr;
    if (is_list(object)) first = members_add(book_from(iface), object->id, list, &done);
    for (i = 0; i < list->cValues && !is_list(object); i++)
    {
        hr = copy_entry(book_from(iface), &list->lpbin[i], flags & ~AB_NO_DIALOG);
        if (SUCCEEDED(hr)) done++;
        else if (first == S_OK) first = hr;
    }
    if (done == list->cValues) return S_OK;
    return done ? MAPI_W_PARTIAL_COMPLETION : first;
}

static HRESULT delete_entry(struct book *book, const SBinary *id)
{
    struct ab_entryid entryid;
    struct db_object object;
    struct db_txn *txn;
    LONGLONG number;
    HRESULT hr;

    if (!ab_entryid_parse(book, id->cb, id->lpb, &entryid, &number) || entryid.is_template
        || entryid.type == MAPI_ABCONT)
        return MAPI_E_INVALID_ENTRYID;
    if (FAILED(hr = db_begin(book->store.db, DB_WRITE, &txn))) return hr;
    hr = db_object_load(txn, number, &object, NULL);
    if (SUCCEEDED(hr) && object.parent != book->container) hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr)) hr = db_object_delete(txn, number);
    if (SUCCEEDED(hr)) hr = db_commit(txn);
    else db_rollback(txn);
    return hr == MAPI_E_OBJECT_DELETED ? MAPI_E_NOT_FOUND : hr;
}

static HRESULT WINAPI container_DeleteEntries(IABContainer *iface, LPENTRYLIST list, ULONG flags)
{
    struct object *object = (struct object *)iface;
    HRESULT hr, first = S_OK;
    ULONG i, done = 0;

    TRACE("%p, %p, %#lx\n", iface, list, flags);

    if (!list || (list->cValues && !list->lpbin)) return MAPI_E_INVALID_PARAMETER;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = check_modifiable(iface))) return hr;
    for (i = 0; i < list->cValues; i++)
    {
        if (is_list(object)) hr = members_remove(book_from(iface), object->id, &list->lpbin[i]);
        else hr = delete_entry(book_from(iface), &list->lpbin[i]);
        if (SUCCEEDED(hr)) done++;
        else if (first == S_OK) first = hr;
    }
    if (done) changes_pump(object->store);
    if (done == list->cValues) return S_OK;
    return done ? MAPI_W_PARTIAL_COMPLETION : first;
}

static HRESULT WINAPI container_ResolveNames(IABContainer *iface, LPSPropTagArray tags, ULONG flags,
                                             LPADRLIST names, LPFlagList marks)
{
    struct object *object = (struct object *)iface;

    TRACE("%p, %p, %#lx, %p, %p\n", iface, tags, flags, names, marks);

    if (!names || !marks || marks->cFlags < names->cEntries) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    if (is_root(object) || !object->id) return MAPI_E_NO_SUPPORT;
    return book_resolve_names(book_from(iface), object->id, tags, flags, names, marks);
}

#define CONTAINER_METHODS \
    container_GetContentsTable, \
    container_GetHierarchyTable, \
    container_OpenEntry, \
    container_SetSearchCriteria, \
    container_GetSearchCriteria, \
    container_CreateEntry, \
    container_CopyEntries, \
    container_DeleteEntries, \
    container_ResolveNames

static const IABContainerVtbl container_vtbl =
{
    (void *)object_QueryInterface,
    (void *)object_AddRef,
    (void *)object_Release,
    (void *)object_GetLastError,
    (void *)object_SaveChanges,
    (void *)object_GetProps,
    (void *)object_GetPropList,
    (void *)container_OpenProperty,
    (void *)object_SetProps,
    (void *)object_DeleteProps,
    (void *)object_CopyTo,
    (void *)object_CopyProps,
    (void *)object_GetNamesFromIDs,
    (void *)object_GetIDsFromNames,
    CONTAINER_METHODS
};

const IABContainerVtbl list_vtbl =
{
    (void *)object_QueryInterface,
    (void *)object_AddRef,
    (void *)object_Release,
    (void *)object_GetLastError,
    (void *)entry_SaveChanges,
    (void *)object_GetProps,
    (void *)object_GetPropList,
    (void *)entry_OpenProperty,
    (void *)object_SetProps,
    (void *)object_DeleteProps,
    (void *)object_CopyTo,
    (void *)object_CopyProps,
    (void *)object_GetNamesFromIDs,
    (void *)object_GetIDsFromNames,
    CONTAINER_METHODS
};

/* ---- opening ---- */

HRESULT container_open(struct book *book, LONGLONG number, ULONG flags, IUnknown **ret)
{
    BOOL modify = number && store_is_writable(&book->store);
    struct object *object;
    HRESULT hr;

    *ret = NULL;
    if (number && number != book->container) return MAPI_E_NOT_FOUND;
    if ((flags & MAPI_MODIFY) && !(flags & MAPI_BEST_ACCESS) && !modify) return MAPI_E_NO_ACCESS;
    if (!(flags & (MAPI_MODIFY | MAPI_BEST_ACCESS))) modify = FALSE;
    if (!(object = platform_alloc_zero(sizeof(*object)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = object_init(object, &container_vtbl, &container_class, &book->store, modify, NULL);
    if (FAILED(hr))
    {
        platform_free(object);
        return hr;
    }
    object->id = number ? number : DB_ROOT;
    *ret = (IUnknown *)object;
    return S_OK;
}

HRESULT book_open_entry(struct book *book, ULONG size, const void *id, const IID *iid, ULONG flags,
                        ULONG *type, IUnknown **ret)
{
    struct ab_entryid entryid;
    LONGLONG number;
    IUnknown *object;
    HRESULT hr;

    TRACE("%p, %lu, %p, %s, %#lx\n", book, size, id, debugstr_guid(iid), flags);

    if (!type || !ret) return MAPI_E_INVALID_PARAMETER;
    *type = 0;
    *ret = NULL;
    if (flags & ~(MAPI_MODIFY | MAPI_BEST_ACCESS | MAPI_DEFERRED_ERRORS | MAPI_NO_CACHE
                  | MAPI_CACHE_ONLY))
        return MAPI_E_UNKNOWN_FLAGS;
    memset(&entryid, 0, sizeof(entryid));
    entryid.type = MAPI_ABCONT;
    if (!size) hr = container_open(book, 0, flags, &object);
    else if (!ab_entryid_parse(book, size, id, &entryid, &number)) return MAPI_E_UNKNOWN_ENTRYID;
    else if (entryid.type == MAPI_ABCONT) hr = container_open(book, number, flags, &object);
    else if (entryid.is_template) hr = entry_create(book, 0, &entryid, 0, (IMAPIProp **)&object);
    else hr = entry_open(book, &entryid, number, flags, &object);
    if (FAILED(hr)) return hr;
    hr = iid ? IUnknown_QueryInterface(object, iid, (void **)ret) : S_OK;
    if (iid) IUnknown_Release(object);
    else *ret = object;
    if (SUCCEEDED(hr)) *type = entryid.type;
    return hr;
}
