/*
 * Sample providers: address book containers and distribution lists
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
 * IABContainer and IDistList have the same methods, so one object is both. It holds its logon; the
 * list behind it is the logon's. The root, opened with an entry ID of no length, has no list: it
 * only has the hierarchy, which MAPI merges with that of all other address books.
 */

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "addrbook.h"

struct container
{
    struct prop_object object;          /* IABContainer or IDistList */
    struct ab_logon *logon;             /* counted, as owner */
    struct ab_list *list;               /* NULL: the root */
};

static struct container *impl_from_IABContainer(IABContainer *iface)
{
    return (struct container *)iface;
}

/* The templates of what can be created in this container. */
static HRESULT WINAPI container_OpenProperty(IMAPIProp *iface, ULONG tag, LPCIID iid, ULONG options,
                                             ULONG flags, LPUNKNOWN *ret)
{
    struct container *container = (struct container *)iface;

    *ret = NULL;
    if (tag != PR_CREATE_TEMPLATES || !container->list || !(container->list->flags & AB_MODIFIABLE))
        return object_OpenProperty(iface, tag, iid, options, flags, ret);
    if (!iid || !IsEqualGUID(iid, &IID_IMAPITable)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
    return anr_table_of_rows(container->logon->book->templates, options, (IMAPITable **)ret);
}

static HRESULT WINAPI container_SetProps(IMAPIProp *iface, ULONG count, LPSPropValue props,
                                         LPSPropProblemArray *problems)
{
    struct container *container = (struct container *)iface;

    if (problems) *problems = NULL;
    if (count == 1 && props && props->ulPropTag == PR_SAMPLE_NEW_TYPE && container->list
        && container->list->flags & AB_MODIFIABLE)
        return book_add_template(container->logon->book, props->Value.lpszW, props->Value.lpszW,
                                 MAPI_MAILUSER, 1);
    return object_SetProps(iface, count, props, problems);
}

static HRESULT WINAPI container_GetContentsTable(IABContainer *iface, ULONG flags, IMAPITable **ret)
{
    struct container *container = impl_from_IABContainer(iface);
    HRESULT hr;

    *ret = NULL;
    if (!container->list) return MAPI_E_NO_SUPPORT;
    if (FAILED(hr = behave(KIND_ADDRESS_BOOK, "GetContentsTable", container->logon->support)))
        return hr;
    if (ab_wrong_width(flags)) return MAPI_E_BAD_CHARWIDTH;
    return anr_table_of_rows(container->list->rows, flags, ret);
}

/* The rows of everything below parent: at once below it, or (CONVENIENT_DEPTH) at any depth. */
static HRESULT below(struct ab_book *book, struct ab_list *parent, ULONG flags, IMAPITable **ret)
{
    struct ab_list *list, *above;
    struct ab_entryid id;
    SPropValue index;
    ITableData *rows = NULL;
    SRow *row;
    ULONG depth, i;
    HRESULT hr;
    static const SizedSPropTagArray(8, columns) =
    {
        8, {PR_DISPLAY_NAME_W, PR_ENTRYID, PR_OBJECT_TYPE, PR_DISPLAY_TYPE, PR_CONTAINER_FLAGS, PR_INSTANCE_KEY,
            PR_DEPTH, PR_AB_PROVIDER_ID}
    };

    hr = CreateTable(&IID_IMAPITableData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer,
                     NULL, TBLTYPE_SNAPSHOT, PR_INSTANCE_KEY, (SPropTagArray *)&columns, &rows);
    if (FAILED(hr)) return hr;
    EnterCriticalSection(&book->cs);
    list = book->lists;
    LeaveCriticalSection(&book->cs);
    for (; list && SUCCEEDED(hr); list = list->next)
    {
        if (list->type != MAPI_ABCONT) continue;
        for (depth = 0, above = list->parent; above && above != parent; above = above->parent)
            depth++;
        if (!above || (depth && !(flags & CONVENIENT_DEPTH))) continue;
        ab_entryid_init(&id, MAPI_ABCONT, list->number);
        index.ulPropTag = PR_INSTANCE_KEY;
        index.Value.bin.cb = sizeof(id);
        index.Value.bin.lpb = (BYTE *)&id;
        if (ITableData_HrQueryRow(book->all, &index, &row, NULL) != S_OK) continue;
        for (i = 0; i < row->cValues; i++)
            if (row->lpProps[i].ulPropTag == PR_DEPTH) row->lpProps[i].Value.l = depth;
        hr = ITableData_HrModifyRow(rows, row);
        MAPIFreeBuffer(row);
    }
    if (SUCCEEDED(hr)) hr = anr_table_of_rows(rows, flags, ret);
    ITableData_Release(rows);           /* the view holds it */
    return hr;
}

static HRESULT WINAPI container_GetHierarchyTable(IABContainer *iface, ULONG flags,
                                                  IMAPITable **ret)
{
    struct container *container = impl_from_IABContainer(iface);
    struct ab_book *book = container->logon->book;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = behave(KIND_ADDRESS_BOOK, "GetHierarchyTable", container->logon->support)))
        return hr;
    if (ab_wrong_width(flags)) return MAPI_E_BAD_CHARWIDTH;
    if (!container->list)
        return anr_table_of_rows(flags & CONVENIENT_DEPTH ? book->all : book->top, flags, ret);
    if (!(container->list->flags & AB_SUBCONTAINERS)) return MAPI_E_NO_SUPPORT;
    return below(book, container->list, flags, ret);
}

static HRESULT WINAPI container_OpenEntry(IABContainer *iface, ULONG size, LPENTRYID id, LPCIID iid,
                                          ULONG flags, ULONG *type, LPUNKNOWN *ret)
{
    return ab_open_entry(impl_from_IABContainer(iface)->logon, size, id, flags, type, ret);
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
    return MAPI_E_NO_SUPPORT;
}

/* Whether entries may be put in or taken out. */
static HRESULT check_modifiable(const struct container *container, const char *method)
{
    HRESULT hr = behave(KIND_ADDRESS_BOOK, method, container->logon->support);

    if (FAILED(hr)) return hr;
    if (!container->logon->support) return MAPI_E_INVALID_OBJECT;
    if (!container->list) return MAPI_E_NO_SUPPORT;
    return container->list->flags & AB_MODIFIABLE ? S_OK : MAPI_E_NO_ACCESS;
}

static HRESULT WINAPI container_CreateEntry(IABContainer *iface, ULONG size, LPENTRYID id,
                                            ULONG flags, LPMAPIPROP *ret)
{
    struct container *container = impl_from_IABContainer(iface);
    const struct ab_entryid *template;
    HRESULT hr;

    *ret = NULL;
    if (flags & ~(CREATE_CHECK_DUP_LOOSE | CREATE_CHECK_DUP_STRICT | CREATE_REPLACE))
        return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = check_modifiable(container, "CreateEntry"))) return hr;
    if (!(template = ab_entryid_from(size, id)) || !(template->type & AB_TEMPLATE))
        return MAPI_E_INVALID_ENTRYID;
    return ab_entry_create(container->logon, container->list, template, flags, ret);
}

/* The object that our new entry is set up through: that of the address book whose template it was
 * made from, which then keeps its code before our data; ours where nobody has such a template any
 * more. */
static HRESULT bind_template(IMAPISupport *support, const SPropValue *template, IMAPIProp *ours,
                             IMAPIProp **ret)
{
    HRESULT hr = MAPI_E_UNKNOWN_ENTRYID;

    if (template->ulPropTag == PR_TEMPLATEID)
        hr = IMAPISupport_OpenTemplateID(support, template->Value.bin.cb,
                                         (ENTRYID *)template->Value.bin.lpb, FILL_ENTRY, ours, NULL,
                                         ret, NULL);
    if (hr != MAPI_E_UNKNOWN_ENTRYID) return hr;
    IMAPIProp_AddRef(ours);
    *ret = ours;
    return S_OK;
}

/* An entry of any address book, ours or another's, as a row of its own here. */
static HRESULT copy_entry(struct container *container, const SBinary *entryid, ULONG flags)
{
    SizedSPropTagArray(6, tags) =
    {
        6, {PR_TEMPLATEID, PR_DISPLAY_NAME_W, PR_EMAIL_ADDRESS_W, PR_ADDRTYPE_W, PR_DISPLAY_TYPE, PR_SEARCH_KEY}
    };
    IMAPISupport *support = container->logon->support;
    IMAPIProp *entry, *ours, *bound;
    struct ab_entryid template;
    SPropValue *props;
    ULONG type, count;
    HRESULT hr;

    hr = IMAPISupport_OpenEntry(support, entryid->cb, (ENTRYID *)entryid->lpb, NULL, 0, &type,
                                (IUnknown **)&entry);
    if (FAILED(hr)) return hr;
    hr = MAPI_E_NO_SUPPORT;
    if (type == MAPI_MAILUSER || type == MAPI_DISTLIST)
        hr = IMAPIProp_GetProps(entry, (SPropTagArray *)&tags, MAPI_UNICODE, &count, &props);
    IMAPIProp_Release(entry);
    if (FAILED(hr)) return hr;
    ab_entryid_init(&template, type | AB_TEMPLATE, 0);
    if (SUCCEEDED(hr = ab_entry_create(container->logon, container->list, &template, flags, &ours)))
    {
        if (SUCCEEDED(hr = bind_template(support, props, ours, &bound)))
        {
            if (SUCCEEDED(hr = IMAPIProp_SetProps(bound, count, props, NULL)))
                hr = IMAPIProp_SaveChanges(bound, 0);
            IMAPIProp_Release(bound);
        }
        IMAPIProp_Release(ours);
    }
    MAPIFreeBuffer(props);
    return hr;
}

/* Into a distribution list an entry of ours goes as it is: the member is that entry, not a copy. */
static HRESULT copy_member(struct container *container, const struct ab_entryid *id)
{
    struct ab_list *from;
    SRow *row;
    HRESULT hr;

    if (FAILED(hr = book_find_entry(container->logon->book, id, &row, &from))) return hr;
    hr = ITableData_HrModifyRow(container->list->rows, row);
    MAPIFreeBuffer(row);
    return hr;
}

static HRESULT WINAPI container_CopyEntries(IABContainer *iface, LPENTRYLIST list, ULONG_PTR ui,
                                            LPMAPIPROGRESS progress, ULONG flags)
{
    struct container *container = impl_from_IABContainer(iface);
    const struct ab_entryid *id;
    ULONG i, done = 0;
    HRESULT hr;

    if (!list) return MAPI_E_INVALID_PARAMETER;
    /* AB_NO_DIALOG and CREATE_CHECK_DUP_STRICT are the same bit; here it means the dialog */
    if (flags & ~(AB_NO_DIALOG | CREATE_CHECK_DUP_LOOSE | CREATE_REPLACE))
        return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = check_modifiable(container, "CopyEntries"))) return hr;
    for (i = 0; i < list->cValues; i++)
    {
        id = ab_entryid_from(list->lpbin[i].cb, (ENTRYID *)list->lpbin[i].lpb);
        if (id && container->list->type == MAPI_DISTLIST) hr = copy_member(container, id);
        else hr = copy_entry(container, &list->lpbin[i], flags & ~AB_NO_DIALOG);
        if (SUCCEEDED(hr)) done++;
    }
    if (done == list->cValues) return S_OK;
    return done ? MAPI_W_PARTIAL_COMPLETION : hr;
}

static HRESULT WINAPI container_DeleteEntries(IABContainer *iface, LPENTRYLIST list, ULONG flags)
{
    struct container *container = impl_from_IABContainer(iface);
    const struct ab_entryid *id;
    struct ab_entryid key;
    SPropValue index;
    ULONG i, done = 0;
    HRESULT hr;

    if (!list) return MAPI_E_INVALID_PARAMETER;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = check_modifiable(container, "DeleteEntries"))) return hr;
    for (i = 0; i < list->cValues; i++)
    {
        if (!(id = ab_entryid_from(list->lpbin[i].cb, (ENTRYID *)list->lpbin[i].lpb))) continue;
        ab_entryid_init(&key, id->type, id->number);
        index.ulPropTag = PR_INSTANCE_KEY;
        index.Value.bin.cb = sizeof(key);
        index.Value.bin.lpb = (BYTE *)&key;
        if (ITableData_HrDeleteRow(container->list->rows, &index) != S_OK) continue;
        ab_notify(container->logon, fnevObjectDeleted, &key, container->list);
        done++;
    }
    if (done == list->cValues) return S_OK;
    return done ? MAPI_W_PARTIAL_COMPLETION : MAPI_E_NOT_FOUND;
}

/* For tests: whom it says it resolved has no entry ID, and what it was given comes back in
 * pieces. */
static HRESULT lie(ADRLIST *names, FlagList *marks)
{
    ULONG i;

    for (i = 0; i < marks->cFlags; i++) marks->ulFlag[i] = i % 2 ? MAPI_RESOLVED : 0x77;
    MAPIFreeBuffer(names->aEntries[0].rgPropVals);
    names->aEntries[0].rgPropVals = NULL;
    names->aEntries[0].cValues = 0;
    names->cEntries = 1;
    marks->cFlags = 0;
    return S_OK;
}

/* Where this is not supported, MAPI searches the contents table by PR_ANR instead. */
static HRESULT WINAPI container_ResolveNames(IABContainer *iface, LPSPropTagArray tags, ULONG flags,
                                             LPADRLIST names, LPFlagList marks)
{
    struct container *container = impl_from_IABContainer(iface);
    HRESULT hr;

    if (!names || !marks || marks->cFlags < names->cEntries) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = behave(KIND_ADDRESS_BOOK, "ResolveNames", container->logon->support)))
        return hr;
    if (!container->list) return MAPI_E_NO_SUPPORT;
    if (ab_wrong_width(flags)) return MAPI_E_BAD_CHARWIDTH;
    if (behavior_is(KIND_ADDRESS_BOOK, "liar")) return lie(names, marks);
    return list_resolve_names(container->list, tags, flags, names, marks);
}

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
    (void *)container_SetProps,
    (void *)object_DeleteProps,
    (void *)object_CopyTo,
    (void *)object_CopyProps,
    (void *)object_GetNamesFromIDs,
    (void *)object_GetIDsFromNames,
    container_GetContentsTable,
    container_GetHierarchyTable,
    container_OpenEntry,
    container_SetSearchCriteria,
    container_GetSearchCriteria,
    container_CreateEntry,
    container_CopyEntries,
    container_DeleteEntries,
    container_ResolveNames
};

/* The properties of a container are those of its row, and the IDs of the templates used by
 * default. */
static HRESULT set_list_props(struct container *container)
{
    static const struct {ULONG type, tag;} defaults[] =
    {
        {MAPI_MAILUSER, PR_DEF_CREATE_MAILUSER},
        {MAPI_DISTLIST, PR_DEF_CREATE_DL}
    };
    struct ab_book *book = container->logon->book;
    struct ab_list *list = container->list;
    struct ab_entryid id;
    SPropValue index, prop;
    ITableData *rows;
    ULONG i;
    HRESULT hr;
    SRow *row;

    ab_entryid_init(&id, list->type, list->number);
    index.ulPropTag = PR_INSTANCE_KEY;
    index.Value.bin.cb = sizeof(id);
    index.Value.bin.lpb = (BYTE *)&id;
    rows = list->type == MAPI_ABCONT ? book->all : list->parent->rows;
    if ((hr = ITableData_HrQueryRow(rows, &index, &row, NULL)) != S_OK) return MAPI_E_NOT_FOUND;
    prop_object_set(&container->object, row->cValues, row->lpProps);
    MAPIFreeBuffer(row);
    for (i = 0; list->flags & AB_MODIFIABLE && i < ARRAYSIZE(defaults); i++)
    {
        ab_entryid_init(&id, defaults[i].type | AB_TEMPLATE, 0);
        prop.ulPropTag = defaults[i].tag;
        prop.dwAlignPad = 0;
        prop.Value.bin.cb = sizeof(id);
        prop.Value.bin.lpb = (BYTE *)&id;
        prop_object_set(&container->object, 1, &prop);
    }
    return S_OK;
}

static void set_root_props(struct container *container)
{
    SPropValue props[4];

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_DISPLAY_NAME_W;
    props[0].Value.lpszW = (WCHAR *)L"Sample Address Book";
    props[1].ulPropTag = PR_OBJECT_TYPE;
    props[1].Value.l = MAPI_ABCONT;
    props[2].ulPropTag = PR_DISPLAY_TYPE;
    props[2].Value.l = DT_LOCAL;
    props[3].ulPropTag = PR_CONTAINER_FLAGS;
    props[3].Value.l = AB_SUBCONTAINERS | AB_UNMODIFIABLE;
    prop_object_set(&container->object, 4, props);
}

HRESULT ab_container_open(struct ab_logon *logon, struct ab_list *list, ULONG flags, IUnknown **ret)
{
    static const IID *const of_container[] = { &IID_IMAPIContainer, &IID_IABContainer, NULL };
    static const IID *const of_list[] = { &IID_IMAPIContainer, &IID_IDistList, NULL };
    struct container *container;
    HRESULT hr;

    if (flags & MAPI_MODIFY && !(flags & MAPI_BEST_ACCESS)
        && !(list && list->flags & AB_MODIFIABLE))
        return MAPI_E_NO_ACCESS;
    hr = prop_object_create(sizeof(*container), &container_vtbl,
                            list && list->type == MAPI_DISTLIST ? of_list : of_container,
                            &logon->IABLogon_iface, 0, NULL, (void **)&container);
    if (FAILED(hr)) return hr;
    container->list = list;
    container->logon = logon;
    if (!list) set_root_props(container);
    else if (FAILED(hr = set_list_props(container)))
    {
        object_Release((IMAPIProp *)container);
        return hr;
    }
    IPropData_HrSetObjAccess(container->object.props, IPROP_READONLY);
    *ret = (IUnknown *)container;
    return S_OK;
}

HRESULT ab_open_entry(struct ab_logon *logon, ULONG size, const ENTRYID *entryid, ULONG flags,
                      ULONG *type, IUnknown **ret)
{
    const struct ab_entryid *id;
    struct ab_list *list;
    HRESULT hr;

    *type = 0;
    *ret = NULL;
    if (!size)
    {
        if (SUCCEEDED(hr = ab_container_open(logon, NULL, flags, ret))) *type = MAPI_ABCONT;
        return hr;
    }
    if (crowd_owns(size, entryid)) return crowd_open(logon, size, entryid, type, ret);
    if (!(id = ab_entryid_from(size, entryid))) return MAPI_E_NOT_FOUND;
    if (id->type & AB_TEMPLATE)
    {
        hr = ab_entry_create(logon, NULL, id, 0, (IMAPIProp **)ret);
        if (SUCCEEDED(hr)) *type = id->type & ~AB_TEMPLATE;
        return hr;
    }
    if (id->type == MAPI_MAILUSER) hr = ab_user_open(logon, id, flags, ret);
    else if (!(list = book_find_list(logon->book, id->type, id->number))) hr = MAPI_E_NOT_FOUND;
    else hr = ab_container_open(logon, list, flags, ret);
    if (SUCCEEDED(hr)) *type = id->type;
    return hr;
}
