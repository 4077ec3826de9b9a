/*
 * Messages on storages: recipients
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
 * A storage for each recipient, numbered as its PR_ROWID. They are in memory as rows of a table
 * from the first use on, and written all when the message is saved.
 */

#define COBJMACROS
#include "message/imsg.h"

#define RECIPIENT_LIMIT 0x10000

static const WCHAR prefix[] = L"__recip_version1.0_#";

static HRESULT put_row(struct imsg_file *file, ITableData *rows, ULONG count,
                       const SPropValue *props, ULONG id)
{
    ULONG i, kept = 1;
    SPropValue *copy;
    HRESULT hr;
    SRow row;

    if (count > 0x100000) return MAPI_E_TOO_BIG;
    if (!(copy = platform_alloc((count + 1) * sizeof(*copy)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(copy, 0, sizeof(*copy));
    copy[0].ulPropTag = PR_ROWID;
    copy[0].Value.l = id;
    for (i = 0; i < count; i++)
    {
        if (PROP_ID(props[i].ulPropTag) == PROP_ID(PR_ROWID)
            || PROP_TYPE(props[i].ulPropTag) == PT_ERROR
            || PROP_TYPE(props[i].ulPropTag) == PT_NULL)
            continue;
        copy[kept++] = props[i];
    }
    memset(&row, 0, sizeof(row));
    row.cValues = kept;
    row.lpProps = copy;
    hr = ITableData_HrModifyRow(rows, &row);
    platform_free(copy);
    return hr;
}

HRESULT imsg_load_recipients(struct imsg_object *object, ITableData **ret, ULONG *next)
{
    SizedSPropTagArray(6, columns) = {6, {PR_ROWID, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W,
                                          PR_EMAIL_ADDRESS_W, PR_RECIPIENT_TYPE, PR_ENTRYID}};
    struct imsg_file *file = object->file;
    ULONG *numbers, count, i, prop_count;
    SPropValue *props;
    IStorage *storage;
    imsg_name name;
    HRESULT hr;

    *ret = NULL;
    *next = 0;
    if (FAILED(hr = imsg_list_numbered(object->storage, prefix, &numbers, &count))) return hr;
    if (count > RECIPIENT_LIMIT) hr = MAPI_E_CORRUPT_DATA;
    if (SUCCEEDED(hr))
        hr = CreateTable(&IID_IMAPITableData, file->allocators.allocate, file->allocators.more,
                         file->allocators.free, NULL, TBLTYPE_DYNAMIC, PR_ROWID,
                         (SPropTagArray *)&columns, ret);
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        imsg_numbered_name(prefix, numbers[i], name);
        hr = IStorage_OpenStorage(object->storage, name, NULL, STGM_READ | STGM_SHARE_EXCLUSIVE,
                                  NULL, 0, &storage);
        if (FAILED(hr))
        {
            hr = MapStorageSCode(hr);
            break;
        }
        hr = imsg_load_row(file, storage, &prop_count, &props);
        if (SUCCEEDED(hr)) hr = put_row(file, *ret, prop_count, props, numbers[i]);
        if (props) file->allocators.free(props);
        IStorage_Release(storage);
        *next = numbers[i] + 1;
    }
    platform_free(numbers);
    if (FAILED(hr) && *ret)
    {
        ITableData_Release(*ret);
        *ret = NULL;
    }
    return hr;
}

static HRESULT remove_storages(struct imsg_object *object)
{
    ULONG *numbers, count, i;
    imsg_name name;
    HRESULT hr;

    if (FAILED(hr = imsg_list_numbered(object->storage, prefix, &numbers, &count))) return hr;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        imsg_numbered_name(prefix, numbers[i], name);
        hr = IStorage_DestroyElement(object->storage, name);
    }
    platform_free(numbers);
    return FAILED(hr) ? MapStorageSCode(hr) : S_OK;
}

static HRESULT save_row(struct imsg_object *object, const SRow *row)
{
    const SPropValue *id = props_find(row->lpProps, row->cValues, PR_ROWID);
    IStorage *storage;
    imsg_name name;
    HRESULT hr;

    if (!id) return MAPI_E_CALL_FAILED;
    imsg_numbered_name(prefix, id->Value.l, name);
    hr = IStorage_CreateStorage(object->storage, name,
                                STGM_CREATE | STGM_READWRITE | STGM_SHARE_EXCLUSIVE, 0, 0,
                                &storage);
    if (FAILED(hr)) return MapStorageSCode(hr);
    hr = imsg_save_row(object->file, storage, row->cValues, row->lpProps);
    IStorage_Release(storage);
    return hr;
}

/* PR_DISPLAY_TO and its like: names, parted by semicolons. */
struct names
{
    WCHAR *text;
    size_t length;
};

static HRESULT add_name(struct names *names, const SRow *row)
{
    const SPropValue *prop = props_find_id(row->lpProps, row->cValues, PR_DISPLAY_NAME);
    WCHAR *name = NULL, *grown;
    HRESULT hr = S_OK;
    size_t length;

    if (prop && PROP_TYPE(prop->ulPropTag) == PT_UNICODE) name = text_dup(prop->Value.lpszW);
    else if (prop && PROP_TYPE(prop->ulPropTag) == PT_STRING8)
        name = text_from_ansi(prop->Value.lpszA);
    if (!name) return S_OK;
    length = text_length(name);
    if ((grown = platform_realloc(names->text, (names->length + length + 3) * sizeof(WCHAR))))
    {
        if (names->length)
        {
            grown[names->length++] = ';';
            grown[names->length++] = ' ';
        }
        memcpy(grown + names->length, name, (length + 1) * sizeof(WCHAR));
        names->length += length;
        names->text = grown;
    }
    else
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    platform_free(name);
    return hr;
}

static HRESULT set_names(struct imsg_object *object, const struct names *names)
{
    static const ULONG tags[] = {PR_DISPLAY_TO_W, PR_DISPLAY_CC_W, PR_DISPLAY_BCC_W};
    SPropValue props[3];
    ULONG i;

    for (i = 0; i < 3; i++)
    {
        props[i].ulPropTag = tags[i];
        props[i].Value.lpszW = names[i].text ? names[i].text : (WCHAR *)L"";
    }
    return IPropData_SetProps(object->values, 3, props, NULL);
}

HRESULT imsg_save_recipients(struct imsg_object *object, ITableData *rows, ULONG next)
{
    struct names names[3] = {{NULL}};
    const SPropValue *type;
    ULONG count = 0, i;
    SRow *row;
    HRESULT hr;

    if (FAILED(hr = remove_storages(object))) return hr;
    for (;;)
    {
        row = NULL;
        if (FAILED(hr = ITableData_HrEnumRow(rows, count, &row)) || !row) break;
        hr = save_row(object, row);
        type = props_find(row->lpProps, row->cValues, PR_RECIPIENT_TYPE);
        if (SUCCEEDED(hr) && type && (type->Value.l & 0xf) >= MAPI_TO
            && (type->Value.l & 0xf) <= MAPI_BCC)
            hr = add_name(&names[(type->Value.l & 0xf) - MAPI_TO], row);
        object->file->allocators.free(row);
        if (FAILED(hr)) break;
        count++;
    }
    if (SUCCEEDED(hr)) hr = set_names(object, names);
    for (i = 0; i < 3; i++) platform_free(names[i].text);
    ((ULONG *)object->header)[2] = next;
    ((ULONG *)object->header)[4] = count;
    return hr;
}

static HRESULT remove_row(ITableData *rows, ULONG id)
{
    SPropValue prop;
    HRESULT hr;

    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = PR_ROWID;
    prop.Value.l = id;
    hr = ITableData_HrDeleteRow(rows, &prop);
    return hr == MAPI_E_NOT_FOUND ? S_OK : hr;
}

/* As IMessage::ModifyRecipients. */
HRESULT imsg_modify_recipients(struct imsg_object *object, ITableData *rows, ULONG *next,
                               ULONG flags, const ADRLIST *list)
{
    const SPropValue *id;
    HRESULT hr = S_OK;
    ULONG i, j;

    for (i = 0; i < list->cEntries; i++)
    {
        const ADRENTRY *entry = &list->aEntries[i];

        if (entry->cValues && !entry->rgPropVals) return MAPI_E_INVALID_PARAMETER;
        for (j = 0; j < entry->cValues; j++)
            if (FAILED(prop_value_check(&entry->rgPropVals[j]))) return MAPI_E_INVALID_PARAMETER;
        if ((flags & (MODRECIP_MODIFY | MODRECIP_REMOVE))
            && !props_find(entry->rgPropVals, entry->cValues, PR_ROWID))
            return MAPI_E_INVALID_PARAMETER;
    }
    if (!flags) hr = ITableData_HrDeleteRows(rows, TAD_ALL_ROWS, NULL, NULL);
    for (i = 0; i < list->cEntries && SUCCEEDED(hr); i++)
    {
        const ADRENTRY *entry = &list->aEntries[i];

        id = props_find(entry->rgPropVals, entry->cValues, PR_ROWID);
        if (flags & MODRECIP_REMOVE)
            hr = remove_row(rows, id->Value.l);
        else if (!entry->cValues)
            continue;
        else if (flags & MODRECIP_MODIFY)
            hr = put_row(object->file, rows, entry->cValues, entry->rgPropVals, id->Value.l);
        else
            hr = put_row(object->file, rows, entry->cValues, entry->rgPropVals, (*next)++);
    }
    return hr;
}
