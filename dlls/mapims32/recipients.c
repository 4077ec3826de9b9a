/*
 * The recipients of a message
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
 * Rows with PR_ROWID as their index. The table that GetRecipientTable shows is made when it is
 * first asked for and follows each change. The caller holds the message's lock.
 */

#include "store.h"

#define RECIPIENTS_MAX 0x100000

static const SizedSPropTagArray(10, columns) =
{
    10, { PR_ROWID, PR_RECIPIENT_TYPE, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W,
          PR_ENTRYID, PR_SEARCH_KEY, PR_RESPONSIBILITY, PR_OBJECT_TYPE, PR_DISPLAY_TYPE }
};

static LONG row_id(const struct db_props *row)
{
    const SPropValue *prop = db_props_find(row, PR_ROWID);

    return prop && prop->ulPropTag == PR_ROWID ? prop->Value.l : -1;
}

static HRESULT append(struct recipients *recipients, struct db_props *row)
{
    struct db_props **grown;
    LONG id = row_id(row);

    if (recipients->count >= RECIPIENTS_MAX) return MAPI_E_TABLE_TOO_BIG;
    if (!(recipients->count & (recipients->count - 1)))
    {
        grown = platform_realloc(recipients->rows,
                                 (recipients->count ? recipients->count * 2 : 1) * sizeof(*grown));
        if (!grown) return MAPI_E_NOT_ENOUGH_MEMORY;
        recipients->rows = grown;
    }
    recipients->rows[recipients->count++] = row;
    if (id >= 0 && (ULONG)id >= recipients->next) recipients->next = id + 1;
    return S_OK;
}

/* Takes over the rows. */
static HRESULT take(struct recipients *recipients, struct db_props **rows, ULONG count)
{
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; i < count && SUCCEEDED(hr); i++)
        if (SUCCEEDED(hr = append(recipients, rows[i]))) rows[i] = NULL;
    db_recipients_free(rows, count);
    if (FAILED(hr)) recipients_free(recipients);
    return hr;
}

HRESULT recipients_load(struct recipients *recipients, struct db_txn *txn, LONGLONG message)
{
    struct db_props **rows;
    ULONG count;
    HRESULT hr = db_recipients_load(txn, message, &rows, &count);

    return SUCCEEDED(hr) ? take(recipients, rows, count) : hr;
}

HRESULT recipients_unpack(struct recipients *recipients, const void *data, ULONG size)
{
    struct db_props **rows;
    ULONG count;
    HRESULT hr = db_recipients_unpack(data, size, &rows, &count);

    return SUCCEEDED(hr) ? take(recipients, rows, count) : hr;
}

HRESULT recipients_copy(struct recipients *recipients, struct db_props *const *rows, ULONG count)
{
    struct db_props *copy;
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (FAILED(hr = db_props_copy(rows[i], &copy))) break;
        if (FAILED(hr = append(recipients, copy))) db_props_destroy(copy);
    }
    if (FAILED(hr)) recipients_free(recipients);
    return hr;
}

void recipients_free(struct recipients *recipients)
{
    ULONG i;

    for (i = 0; i < recipients->count; i++) db_props_destroy(recipients->rows[i]);
    platform_free(recipients->rows);
    if (recipients->table) ITableData_Release(recipients->table);
    memset(recipients, 0, sizeof(*recipients));
}

/* ---- the table ---- */

static HRESULT show_row(ITableData *table, const struct db_props *row)
{
    ULONG i, count = db_props_count(row);
    SPropValue *props;
    HRESULT hr;
    SRow shown;

    if (!(props = platform_alloc((count + 1) * sizeof(*props)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(&shown, 0, sizeof(shown));
    shown.lpProps = props;
    for (i = 0; i < count; i++)
        if (PROP_TYPE(db_props_value(row, i)->ulPropTag) != PT_ERROR)
            props[shown.cValues++] = *db_props_value(row, i);
    hr = ITableData_HrModifyRow(table, &shown);
    platform_free(props);
    return hr;
}

HRESULT recipients_table(struct recipients *recipients, ULONG flags, IMAPITable **ret)
{
    HRESULT hr = S_OK;
    ULONG i;

    *ret = NULL;
    if (!recipients->table)
    {
        hr = CreateTable(&IID_IMAPITableData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer,
                         NULL, TBLTYPE_DYNAMIC, PR_ROWID, (SPropTagArray *)&columns,
                         &recipients->table);
        for (i = 0; i < recipients->count && SUCCEEDED(hr); i++)
            hr = show_row(recipients->table, recipients->rows[i]);
        if (FAILED(hr) && recipients->table)
        {
            ITableData_Release(recipients->table);
            recipients->table = NULL;
        }
    }
    return SUCCEEDED(hr) ? table_view_of(recipients->table, flags, NULL, ret) : hr;
}

static void hide_row(struct recipients *recipients, LONG id)
{
    SPropValue key;

    if (!recipients->table) return;
    memset(&key, 0, sizeof(key));
    key.ulPropTag = PR_ROWID;
    key.Value.l = id;
    ITableData_HrDeleteRow(recipients->table, &key);
}

/* ---- changes ---- */

static LONG entry_row_id(const ADRENTRY *entry)
{
    const SPropValue *prop = PpropFindProp(entry->rgPropVals, entry->cValues, PR_ROWID);

    return prop ? prop->Value.l : -1;
}

static HRESULT check_entry(const ADRENTRY *entry, BOOL needs_id)
{
    ULONG i;

    if (entry->cValues && !entry->rgPropVals) return MAPI_E_INVALID_PARAMETER;
    for (i = 0; i < entry->cValues; i++)
        if (PROP_TYPE(entry->rgPropVals[i].ulPropTag) != PT_ERROR
            && (FAILED(prop_value_check(&entry->rgPropVals[i]))
                || PROP_TYPE(entry->rgPropVals[i].ulPropTag) == PT_NULL))
            return MAPI_E_INVALID_PARAMETER;
    return needs_id && entry_row_id(entry) < 0 ? MAPI_E_INVALID_PARAMETER : S_OK;
}

static HRESULT make_row(const ADRENTRY *entry, LONG id, struct db_props **ret)
{
    struct db_props *row;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = db_props_create(&row))) return hr;
    for (i = 0; i < entry->cValues && SUCCEEDED(hr); i++)
    {
        ULONG type = PROP_TYPE(entry->rgPropVals[i].ulPropTag);

        if (type == PT_ERROR || type == PT_OBJECT || type == PT_UNSPECIFIED) continue;
        hr = db_props_set(row, &entry->rgPropVals[i]);
    }
    if (SUCCEEDED(hr)) hr = db_props_set_long(row, PR_ROWID, id);
    if (SUCCEEDED(hr)) *ret = row;
    else db_props_destroy(row);
    return hr;
}

static ULONG find(const struct recipients *recipients, LONG id)
{
    ULONG i;

    for (i = 0; i < recipients->count && row_id(recipients->rows[i]) != id; i++) ;
    return i;
}

static HRESULT put_entry(struct recipients *recipients, const ADRENTRY *entry, BOOL modify)
{
    LONG id = modify ? entry_row_id(entry) : (LONG)recipients->next;
    struct db_props *row;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = make_row(entry, id, &row))) return hr;
    if ((i = find(recipients, id)) < recipients->count)
    {
        db_props_destroy(recipients->rows[i]);
        recipients->rows[i] = row;
    }
    else if (FAILED(hr = append(recipients, row)))
    {
        db_props_destroy(row);
        return hr;
    }
    return recipients->table ? show_row(recipients->table, row) : S_OK;
}

static void remove_entry(struct recipients *recipients, LONG id)
{
    ULONG i = find(recipients, id);

    if (i == recipients->count) return;
    db_props_destroy(recipients->rows[i]);
    memmove(&recipients->rows[i], &recipients->rows[i + 1],
            (--recipients->count - i) * sizeof(*recipients->rows));
    hide_row(recipients, id);
}

HRESULT recipients_modify(struct recipients *recipients, ULONG flags, const ADRLIST *list)
{
    ULONG i, deleted;
    HRESULT hr = S_OK;

    if (flags & ~(MODRECIP_ADD | MODRECIP_MODIFY | MODRECIP_REMOVE)) return MAPI_E_UNKNOWN_FLAGS;
    if ((flags && !list) || (flags & (flags - 1))) return MAPI_E_INVALID_PARAMETER;
    for (i = 0; list && i < list->cEntries; i++)
        if (FAILED(hr = check_entry(&list->aEntries[i],
                                    (flags & (MODRECIP_MODIFY | MODRECIP_REMOVE)) != 0)))
            return hr;
    if (!flags)
    {
        if (recipients->table)
            ITableData_HrDeleteRows(recipients->table, TAD_ALL_ROWS, NULL, &deleted);
        while (recipients->count) db_props_destroy(recipients->rows[--recipients->count]);
        platform_free(recipients->rows);
        recipients->rows = NULL;
    }
    for (i = 0; list && i < list->cEntries && SUCCEEDED(hr); i++)
    {
        const ADRENTRY *entry = &list->aEntries[i];

        if (flags & MODRECIP_REMOVE) remove_entry(recipients, entry_row_id(entry));
        else if (entry->cValues) hr = put_entry(recipients, entry, (flags & MODRECIP_MODIFY) != 0);
    }
    return hr;
}

/* ---- who it goes to, in words ---- */

static const WCHAR *row_name(const struct db_props *row)
{
    const SPropValue *name = db_props_find(row, PR_DISPLAY_NAME_W);

    return name && name->ulPropTag == PR_DISPLAY_NAME_W ? name->Value.lpszW : NULL;
}

static BOOL is_of_type(const struct db_props *row, LONG type)
{
    const SPropValue *prop = db_props_find(row, PR_RECIPIENT_TYPE);

    return prop && prop->ulPropTag == PR_RECIPIENT_TYPE && (prop->Value.l & 0xff) == type;
}

static HRESULT display_of(const struct recipients *recipients, LONG type, WCHAR **ret)
{
    const WCHAR *name;
    size_t length = 1;
    WCHAR *pos;
    ULONG i;

    for (i = 0; i < recipients->count; i++)
        if (is_of_type(recipients->rows[i], type) && (name = row_name(recipients->rows[i])))
            length += lstrlenW(name) + 2;
    if (!(pos = *ret = platform_alloc(length * sizeof(WCHAR)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    *pos = 0;
    for (i = 0; i < recipients->count; i++)
    {
        if (!is_of_type(recipients->rows[i], type) || !(name = row_name(recipients->rows[i])))
            continue;
        if (pos != *ret)
        {
            *pos++ = ';';
            *pos++ = ' ';
        }
        length = lstrlenW(name);
        memcpy(pos, name, (length + 1) * sizeof(WCHAR));
        pos += length;
    }
    return S_OK;
}

HRESULT recipients_display(const struct recipients *recipients, struct db_props *props)
{
    static const struct { LONG type; ULONG tag; } kinds[] =
    {
        { MAPI_TO, PR_DISPLAY_TO_W }, { MAPI_CC, PR_DISPLAY_CC_W }, { MAPI_BCC, PR_DISPLAY_BCC_W }
    };
    HRESULT hr = S_OK;
    WCHAR *text;
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(kinds) && SUCCEEDED(hr); i++)
    {
        if (FAILED(hr = display_of(recipients, kinds[i].type, &text))) break;
        hr = db_props_set_text(props, kinds[i].tag, text);
        platform_free(text);
    }
    return hr;
}
