/*
 * Copying: recipients and attachments
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
 * The destination's recipients and attachments are replaced by the source's. An attachment is saved
 * into its message when all of it is there; one that could not be copied whole is not.
 */

#define COBJMACROS

#include <objbase.h>

#include "object/copy.h"

static void free_rows(SRowSet *rows)
{
    rows_free(&memory_allocators, rows);
}

/* One column of a table of the message, all rows; the table is released. */
static HRESULT column_of(HRESULT hr, IMAPITable *table, ULONG tag, SRowSet **ret)
{
    SizedSPropTagArray(1, tags) = {1, {tag}};

    *ret = NULL;
    if (FAILED(hr)) return hr;
    if (!table) return MAPI_E_CALL_FAILED;
    hr = HrQueryAllRows(table, (SPropTagArray *)&tags, NULL, NULL, 0, ret);
    IMAPITable_Release(table);
    return hr;
}

/* ---- recipients ---- */

static HRESULT recipient_ids(IMessage *message, SRowSet **ret)
{
    IMAPITable *table = NULL;
    HRESULT hr = IMessage_GetRecipientTable(message, 0, &table);

    return column_of(hr, table, PR_ROWID, ret);
}

/* A new message of some providers has no recipient table yet. */
BOOL copy_has_recipients(IMessage *message)
{
    SRowSet *rows;
    BOOL has;

    if (FAILED(recipient_ids(message, &rows))) return FALSE;
    has = rows->cRows != 0;
    free_rows(rows);
    return has;
}

/* Every column of every recipient. ansi: text as the system's code page has it. */
static HRESULT recipient_rows(IMessage *message, BOOL ansi, SPropTagArray **columns, SRowSet **ret)
{
    IMAPITable *table = NULL;
    ULONG i, type;
    HRESULT hr;

    *columns = NULL;
    *ret = NULL;
    hr = IMessage_GetRecipientTable(message, ansi ? 0 : MAPI_UNICODE, &table);
    if (hr == MAPI_E_BAD_CHARWIDTH) hr = IMessage_GetRecipientTable(message, 0, &table);
    if (FAILED(hr)) return hr;
    if (!table) return MAPI_E_CALL_FAILED;
    hr = IMAPITable_QueryColumns(table, TBL_ALL_COLUMNS, columns);
    if (SUCCEEDED(hr) && !*columns) hr = MAPI_E_CALL_FAILED;
    for (i = 0; SUCCEEDED(hr) && ansi && i < (*columns)->cValues; i++)
    {
        type = PROP_TYPE((*columns)->aulPropTag[i]);
        if ((type & ~MV_FLAG) == PT_UNICODE)
            (*columns)->aulPropTag[i] = CHANGE_PROP_TYPE((*columns)->aulPropTag[i],
                                                         (type & MV_FLAG) | PT_STRING8);
    }
    if (SUCCEEDED(hr)) hr = HrQueryAllRows(table, *columns, NULL, NULL, 0, ret);
    IMAPITable_Release(table);
    if (FAILED(hr))
    {
        memory_free_buffer(*columns);
        *columns = NULL;
    }
    return hr;
}

/* The columns with their tags in the destination, which differ for named ones. */
static HRESULT map_columns(struct copy_job *job, IMessage *src, IMessage *dst,
                           const SPropTagArray *columns, struct copied **ret)
{
    struct copying copying;
    HRESULT hr;
    ULONG i;

    memset(&copying, 0, sizeof(copying));
    copying.allocators = job->allocators;
    copying.src = (IMAPIProp *)src;
    copying.dst = (IMAPIProp *)dst;
    copying.count = columns->cValues;
    if (!(*ret = copying.items = platform_alloc_zero((columns->cValues + (size_t)1)
                                                     * sizeof(**ret))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < columns->cValues; i++)
        copying.items[i].src_tag = copying.items[i].dst_tag = columns->aulPropTag[i];
    if (FAILED(hr = copy_map_names(&copying)))
    {
        platform_free(*ret);
        *ret = NULL;
    }
    return hr;
}

/* Leaves in the row what a recipient of the other message is to have. */
static void clean_row(SRow *row, const struct copied *columns, ULONG count)
{
    ULONG i, j, kept = 0, tag;

    for (i = 0; i < row->cValues; i++)
    {
        tag = row->lpProps[i].ulPropTag;
        if (PROP_TYPE(tag) == PT_ERROR || PROP_TYPE(tag) == PT_NULL || PROP_TYPE(tag) == PT_OBJECT)
            continue;
        if (PROP_ID(tag) == PROP_ID(PR_ROWID) || PROP_ID(tag) == PROP_ID(PR_INSTANCE_KEY)) continue;
        for (j = 0; j < count && PROP_ID(columns[j].src_tag) != PROP_ID(tag); j++) ;
        if (j < count && columns[j].problem) continue;
        if (j < count)
            row->lpProps[i].ulPropTag = PROP_TAG(PROP_TYPE(tag), PROP_ID(columns[j].dst_tag));
        row->lpProps[kept++] = row->lpProps[i];
    }
    row->cValues = kept;
}

static HRESULT set_recipients(struct copy_job *job, IMessage *src, IMessage *dst, BOOL ansi)
{
    SPropTagArray *columns;
    struct copied *mapped = NULL;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = recipient_rows(src, ansi, &columns, &rows))) return hr;
    hr = map_columns(job, src, dst, columns, &mapped);
    for (i = 0; SUCCEEDED(hr) && i < rows->cRows; i++)
        clean_row(&rows->aRow[i], mapped, columns->cValues);
    /* A set of rows and a list of addresses are laid out alike, so that one may be used as the
     * other. */
    if (SUCCEEDED(hr)) hr = copy_done(IMessage_ModifyRecipients(dst, 0, (ADRLIST *)rows));
    platform_free(mapped);
    memory_free_buffer(columns);
    free_rows(rows);
    return hr;
}

SCODE copy_remove_recipients(IMessage *message)
{
    SRowSet *rows;
    HRESULT hr;

    if (FAILED(hr = recipient_ids(message, &rows))) return hr;
    if (rows->cRows) hr = IMessage_ModifyRecipients(message, MODRECIP_REMOVE, (ADRLIST *)rows);
    free_rows(rows);
    return FAILED(hr) ? hr : S_OK;
}

SCODE copy_recipients(struct copy_job *job, IMessage *src, IMessage *dst)
{
    SRowSet *rows;
    HRESULT hr;
    BOOL none;

    if (FAILED(hr = recipient_ids(src, &rows))) return hr;
    none = !rows->cRows;
    free_rows(rows);
    if (none) hr = copy_has_recipients(dst) ? copy_remove_recipients(dst) : S_OK;
    else
    {
        hr = set_recipients(job, src, dst, FALSE);
        if (hr == MAPI_E_BAD_CHARWIDTH) hr = set_recipients(job, src, dst, TRUE);
    }
    return FAILED(hr) ? hr : S_OK;
}

/* ---- attachments ---- */

static HRESULT attachment_numbers(IMessage *message, SRowSet **ret)
{
    IMAPITable *table = NULL;
    HRESULT hr = IMessage_GetAttachmentTable(message, 0, &table);

    return column_of(hr, table, PR_ATTACH_NUM, ret);
}

BOOL copy_has_attachments(IMessage *message)
{
    SRowSet *rows;
    BOOL has;

    if (FAILED(attachment_numbers(message, &rows))) return FALSE;
    has = rows->cRows != 0;
    free_rows(rows);
    return has;
}

static SCODE copy_embedded(struct copy_job *job, IMAPIProp *src, IMAPIProp *dst)
{
    IMessage *from = NULL, *to = NULL;
    SCODE lost = S_OK;
    HRESULT hr;

    hr = IMAPIProp_OpenProperty(src, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0, (IUnknown **)&from);
    if (FAILED(hr)) return hr;
    if (!from) return MAPI_E_CALL_FAILED;
    hr = IMAPIProp_OpenProperty(dst, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0,
                                MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&to);
    if (SUCCEEDED(hr) && !to) hr = MAPI_E_CALL_FAILED;
    if (SUCCEEDED(hr))
    {
        hr = copy_object(job, (IMAPIProp *)from, (IMAPIProp *)to, NULL, NULL, NULL, &lost);
        if (SUCCEEDED(hr)) hr = lost;
        if (SUCCEEDED(hr)) hr = copy_done(IMessage_SaveChanges(to, 0));
        IMessage_Release(to);
    }
    IMessage_Release(from);
    return FAILED(hr) ? hr : S_OK;
}

static HRESULT copy_storage(IMAPIProp *src, IMAPIProp *dst)
{
    IStorage *from = NULL, *to = NULL;
    HRESULT hr;

    hr = IMAPIProp_OpenProperty(src, PR_ATTACH_DATA_OBJ, &IID_IStorage, STGM_READ, 0,
                                (IUnknown **)&from);
    if (FAILED(hr)) return hr;
    if (!from) return MAPI_E_CALL_FAILED;
    hr = IMAPIProp_OpenProperty(dst, PR_ATTACH_DATA_OBJ, &IID_IStorage, STGM_READWRITE,
                                MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&to);
    if (SUCCEEDED(hr) && !to) hr = MAPI_E_CALL_FAILED;
    if (SUCCEEDED(hr))
    {
        hr = IStorage_CopyTo(from, 0, NULL, NULL, to);
        if (SUCCEEDED(hr)) hr = IStorage_Commit(to, STGC_DEFAULT);
        IStorage_Release(to);
    }
    IStorage_Release(from);
    return hr;
}

static BOOL is_embedded(IMAPIProp *attachment)
{
    SizedSPropTagArray(1, tags) = {1, {PR_ATTACH_METHOD}};
    SPropValue *prop = NULL;
    BOOL embedded = FALSE;
    ULONG count;

    if (FAILED(IMAPIProp_GetProps(attachment, (SPropTagArray *)&tags, 0, &count, &prop)))
        return FALSE;
    if (prop && count && prop->ulPropTag == PR_ATTACH_METHOD)
        embedded = prop->Value.l == ATTACH_EMBEDDED_MSG;
    memory_free_buffer(prop);
    return embedded;
}

SCODE copy_attachment_object(struct copy_job *job, IMAPIProp *src, IMAPIProp *dst)
{
    struct copy_job inside = *job;
    HRESULT hr;

    inside.flags = 0;
    inside.depth++;
    if (is_embedded(src)) return copy_embedded(&inside, src, dst);
    /* As a storage, as the file that a storage is, or as whatever bytes there are. */
    hr = copy_storage(src, dst);
    if (FAILED(hr) && !copy_is_fatal(hr))
        hr = copy_stream_property(src, PR_ATTACH_DATA_OBJ, dst, PR_ATTACH_DATA_OBJ,
                                  &IID_IStreamDocfile);
    if (FAILED(hr) && !copy_is_fatal(hr))
        hr = copy_stream_property(src, PR_ATTACH_DATA_OBJ, dst, PR_ATTACH_DATA_OBJ, &IID_IStream);
    return FAILED(hr) ? hr : S_OK;
}

/* A row without its number is no attachment's. */
static ULONG number_of(const SRow *row)
{
    return row->cValues == 1 && row->lpProps->ulPropTag == PR_ATTACH_NUM ? row->lpProps->Value.ul
                                                                         : ~0u;
}

static SCODE copy_attachment(struct copy_job *job, IMessage *src, ULONG number, IMessage *dst)
{
    IAttach *from = NULL, *to = NULL;
    SCODE lost = S_OK;
    ULONG new_number;
    HRESULT hr;

    if (FAILED(hr = IMessage_OpenAttach(src, number, NULL, 0, &from))) return hr;
    if (!from) return MAPI_E_CALL_FAILED;
    hr = IMessage_CreateAttach(dst, NULL, 0, &new_number, &to);
    if (SUCCEEDED(hr) && !to) hr = MAPI_E_CALL_FAILED;
    if (SUCCEEDED(hr))
    {
        hr = copy_object(job, (IMAPIProp *)from, (IMAPIProp *)to, NULL, NULL, NULL, &lost);
        if (SUCCEEDED(hr)) hr = lost;
        if (SUCCEEDED(hr)) hr = copy_done(IAttach_SaveChanges(to, 0));
        IAttach_Release(to);
    }
    IAttach_Release(from);
    return FAILED(hr) ? hr : S_OK;
}

static SCODE delete_attachments(IMessage *message, const SRowSet *numbers)
{
    SCODE first = S_OK;
    HRESULT hr;
    ULONG i;

    for (i = 0; i < numbers->cRows; i++)
    {
        hr = IMessage_DeleteAttach(message, number_of(&numbers->aRow[i]), 0, NULL, 0);
        if (FAILED(hr) && !first) first = hr;
    }
    return first;
}

SCODE copy_attachments(struct copy_job *job, IMessage *src, IMessage *dst)
{
    SRowSet *numbers, *old = NULL;
    struct copy_job inside;
    SCODE code = S_OK, one;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = attachment_numbers(src, &numbers))) return hr;
    if (FAILED(attachment_numbers(dst, &old))) old = NULL;
    for (i = 0; i < numbers->cRows && !copy_is_fatal(code); i++)
    {
        inside = copy_progress_inside(job, i, numbers->cRows);
        inside.flags = 0;
        one = copy_attachment(&inside, src, number_of(&numbers->aRow[i]), dst);
        if (!one) one = copy_progress_step(job, i + 1, numbers->cRows);
        if (one && (!code || copy_is_fatal(one))) code = one;
    }
    if (!code && old) code = delete_attachments(dst, old);
    free_rows(numbers);
    free_rows(old);
    return code;
}

SCODE copy_remove_attachments(IMessage *message)
{
    SRowSet *numbers;
    SCODE code;
    HRESULT hr;

    if (FAILED(hr = attachment_numbers(message, &numbers))) return hr;
    code = delete_attachments(message, numbers);
    free_rows(numbers);
    return code;
}
