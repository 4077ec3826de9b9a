/*
 * Sample providers: a directory too large to hold
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
 * 100,000 people that stand in no memory: their table makes rows as they are asked for, which is
 * what a provider of a company's directory does with a server behind it. It is in the order of
 * names, cannot be sorted otherwise, and understands what browsing needs: RELOP_GE on the display
 * name, an instance key, and PR_ANR as a restriction. The second container over the same people has
 * AB_FIND_ON_OPEN.
 *
 * Only there with the switch ab=crowd. Each QueryRows is logged.
 */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "addrbook.h"

#define CROWD  100000
#define SEARCH 1

/* Longer than a struct ab_entryid, by which it is told apart. */
struct crowd_entryid
{
    struct ab_entryid id;               /* number: of the container or the person */
    ULONG crowd;
};

struct crowd_container
{
    struct prop_object object;          /* IABContainer */
    struct ab_logon *logon;             /* counted */
};

struct crowd_table
{
    IMAPITable IMAPITable_iface;
    LONG ref;
    ULONG first;                        /* the people it shows */
    ULONG count;
    ULONG position;
    SPropTagArray *columns;
};

static const SizedSPropTagArray(7, default_columns) =
{
    7, {PR_DISPLAY_NAME_W, PR_EMAIL_ADDRESS_W, PR_ADDRTYPE_W, PR_ENTRYID, PR_OBJECT_TYPE, PR_DISPLAY_TYPE,
        PR_INSTANCE_KEY}
};

static void crowd_entryid_init(struct crowd_entryid *id, ULONG type, ULONG number)
{
    memset(id, 0, sizeof(*id));
    ab_entryid_init(&id->id, type, number);
    id->crowd = CROWD;
}

static const struct crowd_entryid *crowd_entryid_from(ULONG size, const ENTRYID *entryid)
{
    const struct crowd_entryid *id = (const struct crowd_entryid *)entryid;

    if (size != sizeof(*id) || memcmp(&id->id.uid, &ab_uid, sizeof(ab_uid)) || id->crowd != CROWD)
        return NULL;
    if (id->id.type == MAPI_ABCONT) return id->id.number <= SEARCH ? id : NULL;
    return id->id.type == MAPI_MAILUSER && id->id.number < CROWD ? id : NULL;
}

static void person_name(ULONG number, WCHAR name[20])
{
    swprintf(name, 20, L"Person %06u", (unsigned int)number);
}

/* One property of a person, in a block of its own chain; FALSE: there is none. */
static BOOL person_prop(ULONG number, ULONG tag, void *chain, SPropValue *prop)
{
    struct crowd_entryid *id;
    WCHAR *text;

    prop->ulPropTag = tag;
    prop->dwAlignPad = 0;
    switch (tag)
    {
        case PR_DISPLAY_NAME_W:
        case PR_EMAIL_ADDRESS_W:
            if (FAILED(MAPIAllocateMore(40 * sizeof(WCHAR), chain, (void **)&text))) return FALSE;
            if (tag == PR_DISPLAY_NAME_W) person_name(number, text);
            else swprintf(text, 40, L"p%u@crowd.example", (unsigned int)number);
            prop->Value.lpszW = text;
            return TRUE;
        case PR_ADDRTYPE_W:
            prop->Value.lpszW = (WCHAR *)L"SAMPLE";
            return TRUE;
        case PR_ENTRYID:
        case PR_INSTANCE_KEY:
        case PR_RECORD_KEY:
            if (FAILED(MAPIAllocateMore(sizeof(*id), chain, (void **)&id))) return FALSE;
            crowd_entryid_init(id, MAPI_MAILUSER, number);
            prop->Value.bin.cb = sizeof(*id);
            prop->Value.bin.lpb = (BYTE *)id;
            return TRUE;
        case PR_OBJECT_TYPE:
            prop->Value.l = MAPI_MAILUSER;
            return TRUE;
        case PR_DISPLAY_TYPE:
            prop->Value.l = DT_MAILUSER;
            return TRUE;
    }
    return FALSE;
}

static HRESULT person_props(ULONG number, const SPropTagArray *tags, ULONG *count, SPropValue **ret)
{
    SPropValue *props;
    ULONG i;

    if (FAILED(MAPIAllocateBuffer(tags->cValues * sizeof(*props), (void **)&props)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < tags->cValues; i++)
    {
        if (person_prop(number, tags->aulPropTag[i], props, &props[i])) continue;
        props[i].ulPropTag = CHANGE_PROP_TYPE(tags->aulPropTag[i], PT_ERROR);
        props[i].Value.err = MAPI_E_NOT_FOUND;
    }
    *count = tags->cValues;
    *ret = props;
    return S_OK;
}

/* The first person not before the text, from 0 to CROWD. */
static ULONG first_not_before(const WCHAR *text)
{
    ULONG low = 0, high = CROWD, middle;
    WCHAR name[20];

    while (low < high)
    {
        middle = (low + high) / 2;
        person_name(middle, name);
        if (lstrcmpiW(name, text) < 0) low = middle + 1;
        else high = middle;
    }
    return low;
}

static BOOL begins(ULONG number, const WCHAR *text)
{
    WCHAR name[20];

    person_name(number, name);
    return !_wcsnicmp(name, text, lstrlenW(text));
}

static struct crowd_table *impl_from_IMAPITable(IMAPITable *iface)
{
    return CONTAINING_RECORD(iface, struct crowd_table, IMAPITable_iface);
}

static HRESULT WINAPI crowd_QueryInterface(IMAPITable *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPITable))
        return E_NOINTERFACE;
    *ret = iface;
    IMAPITable_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI crowd_AddRef(IMAPITable *iface)
{
    return InterlockedIncrement(&impl_from_IMAPITable(iface)->ref);
}

static ULONG WINAPI crowd_Release(IMAPITable *iface)
{
    struct crowd_table *table = impl_from_IMAPITable(iface);
    LONG ref = InterlockedDecrement(&table->ref);

    if (!ref)
    {
        free(table->columns);
        free(table);
    }
    return ref;
}

static HRESULT WINAPI crowd_GetLastError(IMAPITable *iface, HRESULT hr, ULONG flags,
                                         LPMAPIERROR *error)
{
    *error = NULL;
    return S_OK;
}

static HRESULT WINAPI crowd_Advise(IMAPITable *iface, ULONG mask, LPMAPIADVISESINK sink,
                                   ULONG_PTR *connection)
{
    *connection = 0;
    return MAPI_E_NO_SUPPORT;           /* nobody joins, nobody leaves */
}

static HRESULT WINAPI crowd_Unadvise(IMAPITable *iface, ULONG_PTR connection)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI crowd_GetStatus(IMAPITable *iface, ULONG *status, ULONG *type)
{
    *status = TBLSTAT_COMPLETE;
    *type = TBLTYPE_SNAPSHOT;
    return S_OK;
}

static HRESULT WINAPI crowd_SetColumns(IMAPITable *iface, LPSPropTagArray tags, ULONG flags)
{
    struct crowd_table *table = impl_from_IMAPITable(iface);
    SPropTagArray *columns;

    if (!tags || tags->cValues > 100) return MAPI_E_INVALID_PARAMETER;
    if (!(columns = malloc(CbNewSPropTagArray(tags->cValues)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(columns, tags, CbSPropTagArray(tags));
    free(table->columns);
    table->columns = columns;
    return S_OK;
}

static HRESULT WINAPI crowd_QueryColumns(IMAPITable *iface, ULONG flags, LPSPropTagArray *ret)
{
    const SPropTagArray *tags = flags & TBL_ALL_COLUMNS ? (const SPropTagArray *)&default_columns
                                                        : impl_from_IMAPITable(iface)->columns;

    if (FAILED(MAPIAllocateBuffer(CbNewSPropTagArray(tags->cValues), (void **)ret)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(*ret, tags, CbSPropTagArray(tags));
    return S_OK;
}

static HRESULT WINAPI crowd_GetRowCount(IMAPITable *iface, ULONG flags, ULONG *count)
{
    *count = impl_from_IMAPITable(iface)->count;
    return S_OK;
}

static HRESULT WINAPI crowd_SeekRow(IMAPITable *iface, BOOKMARK origin, LONG rows, LONG *sought)
{
    struct crowd_table *table = impl_from_IMAPITable(iface);
    LONGLONG from = origin == BOOKMARK_BEGINNING ? 0
                    : origin == BOOKMARK_END     ? table->count
                                                 : table->position;
    LONGLONG to = from + rows;

    if (origin > BOOKMARK_END) return MAPI_E_INVALID_BOOKMARK;
    if (to < 0) to = 0;
    if (to > table->count) to = table->count;
    table->position = to;
    if (sought) *sought = to - from;
    return S_OK;
}

static HRESULT WINAPI crowd_SeekRowApprox(IMAPITable *iface, ULONG numerator, ULONG denominator)
{
    struct crowd_table *table = impl_from_IMAPITable(iface);

    if (!denominator) return MAPI_E_INVALID_PARAMETER;
    table->position = numerator >= denominator ? table->count
                                               : (ULONGLONG)table->count * numerator / denominator;
    return S_OK;
}

static HRESULT WINAPI crowd_QueryPosition(IMAPITable *iface, ULONG *row, ULONG *numerator,
                                          ULONG *denominator)
{
    struct crowd_table *table = impl_from_IMAPITable(iface);

    *row = *numerator = table->position;
    *denominator = table->count ? table->count : 1;
    return S_OK;
}

static HRESULT WINAPI crowd_FindRow(IMAPITable *iface, LPSRestriction restriction, BOOKMARK origin,
                                    ULONG flags)
{
    struct crowd_table *table = impl_from_IMAPITable(iface);
    const SPropertyRestriction *property = &restriction->res.resProperty;
    const struct crowd_entryid *id;
    ULONG number = CROWD;

    if (restriction->rt != RES_PROPERTY || flags || origin != BOOKMARK_BEGINNING)
        return MAPI_E_TOO_COMPLEX;
    if (property->ulPropTag == PR_DISPLAY_NAME_W && property->relop == RELOP_GE)
        number = first_not_before(property->lpProp->Value.lpszW);
    else if (property->ulPropTag == PR_INSTANCE_KEY && property->relop == RELOP_EQ)
    {
        id = crowd_entryid_from(property->lpProp->Value.bin.cb,
                                (ENTRYID *)property->lpProp->Value.bin.lpb);
        if (id) number = id->id.number;
    }
    else return MAPI_E_TOO_COMPLEX;
    if (number < table->first) number = table->first;
    if (number >= table->first + table->count) return MAPI_E_NOT_FOUND;
    table->position = number - table->first;
    return S_OK;
}

/* PR_ANR here means: the names that begin so. */
static HRESULT WINAPI crowd_Restrict(IMAPITable *iface, LPSRestriction restriction, ULONG flags)
{
    struct crowd_table *table = impl_from_IMAPITable(iface);
    const WCHAR *text;
    ULONG end;

    table->first = table->position = 0;
    table->count = CROWD;
    if (!restriction) return S_OK;
    if (restriction->rt != RES_PROPERTY || restriction->res.resProperty.ulPropTag != PR_ANR_W)
        return MAPI_E_TOO_COMPLEX;
    text = restriction->res.resProperty.lpProp->Value.lpszW;
    table->first = end = first_not_before(text);
    while (end < CROWD && begins(end, text)) end++;
    table->count = end - table->first;
    return S_OK;
}

static HRESULT WINAPI crowd_CreateBookmark(IMAPITable *iface, BOOKMARK *bookmark)
{
    return MAPI_E_UNABLE_TO_COMPLETE;
}

static HRESULT WINAPI crowd_FreeBookmark(IMAPITable *iface, BOOKMARK bookmark)
{
    return S_OK;
}

static HRESULT WINAPI crowd_SortTable(IMAPITable *iface, LPSSortOrderSet sort, ULONG flags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI crowd_QuerySortOrder(IMAPITable *iface, LPSSortOrderSet *ret)
{
    SSortOrderSet *sort;

    if (FAILED(MAPIAllocateBuffer(CbNewSSortOrderSet(1), (void **)&sort)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    sort->cSorts = 1;
    sort->cCategories = sort->cExpanded = 0;
    sort->aSort[0].ulPropTag = PR_DISPLAY_NAME_W;
    sort->aSort[0].ulOrder = TABLE_SORT_ASCEND;
    *ret = sort;
    return S_OK;
}

static HRESULT WINAPI crowd_QueryRows(IMAPITable *iface, LONG count, ULONG flags, LPSRowSet *ret)
{
    struct crowd_table *table = impl_from_IMAPITable(iface);
    SRowSet *rows;
    HRESULT hr = S_OK;
    ULONG left = table->count - table->position, i;

    *ret = NULL;
    sample_log(KIND_ADDRESS_BOOK, "QueryRows");
    if (count < 0 || flags) return MAPI_E_NO_SUPPORT;
    if ((ULONG)count < left) left = count;
    if (FAILED(MAPIAllocateBuffer(CbNewSRowSet(left), (void **)&rows)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    rows->cRows = 0;
    for (i = 0; i < left && SUCCEEDED(hr); i++)
    {
        hr = person_props(table->first + table->position + i, table->columns,
                          &rows->aRow[i].cValues, &rows->aRow[i].lpProps);
        if (SUCCEEDED(hr)) rows->cRows++;
    }
    if (FAILED(hr))
    {
        FreeProws(rows);
        return hr;
    }
    table->position += left;
    *ret = rows;
    return S_OK;
}

static HRESULT WINAPI crowd_Abort(IMAPITable *iface)
{
    return S_OK;
}

static HRESULT WINAPI crowd_ExpandRow(IMAPITable *iface, ULONG size, BYTE *key, ULONG count,
                                      ULONG flags, LPSRowSet *rows, ULONG *more)
{
    return MAPI_E_NOT_FOUND;
}

static HRESULT WINAPI crowd_CollapseRow(IMAPITable *iface, ULONG size, BYTE *key, ULONG flags,
                                        ULONG *count)
{
    return MAPI_E_NOT_FOUND;
}

static HRESULT WINAPI crowd_WaitForCompletion(IMAPITable *iface, ULONG flags, ULONG timeout,
                                              ULONG *status)
{
    if (status) *status = TBLSTAT_COMPLETE;
    return S_OK;
}

static HRESULT WINAPI crowd_GetCollapseState(IMAPITable *iface, ULONG flags, ULONG size, BYTE *key,
                                             ULONG *ret_size, BYTE **ret)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI crowd_SetCollapseState(IMAPITable *iface, ULONG flags, ULONG size,
                                             BYTE *state, BOOKMARK *bookmark)
{
    return MAPI_E_NO_SUPPORT;
}

static const IMAPITableVtbl crowd_table_vtbl =
{
    crowd_QueryInterface,
    crowd_AddRef,
    crowd_Release,
    crowd_GetLastError,
    crowd_Advise,
    crowd_Unadvise,
    crowd_GetStatus,
    crowd_SetColumns,
    crowd_QueryColumns,
    crowd_GetRowCount,
    crowd_SeekRow,
    crowd_SeekRowApprox,
    crowd_QueryPosition,
    crowd_FindRow,
    crowd_Restrict,
    crowd_CreateBookmark,
    crowd_FreeBookmark,
    crowd_SortTable,
    crowd_QuerySortOrder,
    crowd_QueryRows,
    crowd_Abort,
    crowd_ExpandRow,
    crowd_CollapseRow,
    crowd_WaitForCompletion,
    crowd_GetCollapseState,
    crowd_SetCollapseState
};

/* ---- the containers ---- */

static HRESULT WINAPI container_GetContentsTable(IABContainer *iface, ULONG flags, IMAPITable **ret)
{
    struct crowd_table *table;
    HRESULT hr;

    *ret = NULL;
    if (!(table = calloc(1, sizeof(*table)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    table->IMAPITable_iface.lpVtbl = (IMAPITableVtbl *)&crowd_table_vtbl;
    table->ref = 1;
    table->count = CROWD;
    hr = crowd_SetColumns(&table->IMAPITable_iface, (SPropTagArray *)&default_columns, 0);
    if (SUCCEEDED(hr)) *ret = &table->IMAPITable_iface;
    else free(table);
    return hr;
}

static HRESULT WINAPI container_GetHierarchyTable(IABContainer *iface, ULONG flags,
                                                  IMAPITable **ret)
{
    *ret = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI container_OpenEntry(IABContainer *iface, ULONG size, LPENTRYID id, LPCIID iid,
                                          ULONG flags, ULONG *type, LPUNKNOWN *ret)
{
    return ab_open_entry(((struct crowd_container *)iface)->logon, size, id, flags, type, ret);
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

static HRESULT WINAPI container_CreateEntry(IABContainer *iface, ULONG size, LPENTRYID id,
                                            ULONG flags, LPMAPIPROP *ret)
{
    *ret = NULL;
    return MAPI_E_NO_ACCESS;
}

static HRESULT WINAPI container_CopyEntries(IABContainer *iface, LPENTRYLIST list, ULONG_PTR ui,
                                            LPMAPIPROGRESS progress, ULONG flags)
{
    return MAPI_E_NO_ACCESS;
}

static HRESULT WINAPI container_DeleteEntries(IABContainer *iface, LPENTRYLIST list, ULONG flags)
{
    return MAPI_E_NO_ACCESS;
}

static HRESULT WINAPI container_ResolveNames(IABContainer *iface, LPSPropTagArray tags, ULONG flags,
                                             LPADRLIST list, LPFlagList marks)
{
    return MAPI_E_NO_SUPPORT;
}

static const IABContainerVtbl crowd_container_vtbl =
{
    PROP_OBJECT_METHODS,
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

static ULONG container_props(ULONG number, struct crowd_entryid *id, SPropValue props[8])
{
    crowd_entryid_init(id, MAPI_ABCONT, number);
    memset(props, 0, 8 * sizeof(*props));
    props[0].ulPropTag = PR_DISPLAY_NAME_W;
    props[0].Value.lpszW = (WCHAR *)(number == SEARCH ? L"Sample Search" : L"Sample Crowd");
    props[1].ulPropTag = PR_ENTRYID;
    props[1].Value.bin.cb = sizeof(*id);
    props[1].Value.bin.lpb = (BYTE *)id;
    props[2].ulPropTag = PR_OBJECT_TYPE;
    props[2].Value.l = MAPI_ABCONT;
    props[3].ulPropTag = PR_DISPLAY_TYPE;
    props[3].Value.l = DT_GLOBAL;
    props[4].ulPropTag = PR_CONTAINER_FLAGS;
    props[4].Value.l = AB_RECIPIENTS | AB_UNMODIFIABLE | (number == SEARCH ? AB_FIND_ON_OPEN : 0);
    props[5].ulPropTag = PR_INSTANCE_KEY;
    props[5].Value.bin = props[1].Value.bin;
    props[6].ulPropTag = PR_DEPTH;
    props[7].ulPropTag = PR_AB_PROVIDER_ID;
    props[7].Value.bin.cb = sizeof(ab_uid);
    props[7].Value.bin.lpb = (BYTE *)&ab_uid;
    return 8;
}

HRESULT crowd_add(struct ab_book *book)
{
    struct crowd_entryid id;
    SPropValue props[8];
    SRow row = {0};
    ULONG i;
    HRESULT hr = S_OK;

    for (i = 0; i <= SEARCH && SUCCEEDED(hr); i++)
    {
        row.cValues = container_props(i, &id, props);
        row.lpProps = props;
        if (SUCCEEDED(hr = ITableData_HrModifyRow(book->top, &row)))
            hr = ITableData_HrModifyRow(book->all, &row);
    }
    return hr;
}

static HRESULT open_container(struct ab_logon *logon, ULONG number, IUnknown **ret)
{
    static const IID *const iids[] = { &IID_IMAPIContainer, &IID_IABContainer, NULL };
    struct crowd_container *container;
    struct crowd_entryid id;
    SPropValue props[8];
    ULONG count;
    HRESULT hr;

    count = container_props(number, &id, props);
    hr = prop_object_create(sizeof(*container), &crowd_container_vtbl, iids, &logon->IABLogon_iface,
                            count, props, (void **)&container);
    if (FAILED(hr)) return hr;
    IPropData_HrSetObjAccess(container->object.props, IPROP_READONLY);
    container->logon = logon;
    *ret = (IUnknown *)container;
    return S_OK;
}

/* IMailUser has no methods beyond IMAPIProp's, so the property data is the object. */
static HRESULT open_person(ULONG number, IUnknown **ret)
{
    SPropValue *props;
    IPropData *data;
    ULONG count;
    HRESULT hr;

    hr = CreateIProp(&IID_IMAPIPropData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL,
                     &data);
    if (FAILED(hr)) return hr;
    hr = person_props(number, (const SPropTagArray *)&default_columns, &count, &props);
    if (SUCCEEDED(hr))
    {
        hr = IPropData_SetProps(data, count, props, NULL);
        MAPIFreeBuffer(props);
    }
    if (FAILED(hr))
    {
        IPropData_Release(data);
        return hr;
    }
    IPropData_HrSetObjAccess(data, IPROP_READONLY);
    *ret = (IUnknown *)data;
    return S_OK;
}

BOOL crowd_owns(ULONG size, const ENTRYID *entryid)
{
    return crowd_entryid_from(size, entryid) != NULL;
}

HRESULT crowd_open(struct ab_logon *logon, ULONG size, const ENTRYID *entryid, ULONG *type,
                   IUnknown **ret)
{
    const struct crowd_entryid *id = crowd_entryid_from(size, entryid);
    HRESULT hr;

    hr = id->id.type == MAPI_MAILUSER ? open_person(id->id.number, ret)
                                      : open_container(logon, id->id.number, ret);
    if (SUCCEEDED(hr)) *type = id->id.type;
    return hr;
}
