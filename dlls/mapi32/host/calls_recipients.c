/*
 * Guarded calls on the recipients of a message
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
 * The recipient table of a message is read whole, with all its columns, and written whole. The
 * message is the provider's, a store's, and so is every row on the way.
 */

#include "host/calls.h"

struct recipients_args
{
    IMessage *message;
    ULONG limit;
    SRowSet *rows;
    ADRLIST *list;
};

static HRESULT call_read_recipients(void *data)
{
    struct recipients_args *args = data;
    SPropTagArray *columns = NULL;
    IMAPITable *table = NULL;
    HRESULT hr;

    hr = IMessage_GetRecipientTable(args->message, MAPI_UNICODE, &table);
    if (hr == MAPI_E_BAD_CHARWIDTH) hr = IMessage_GetRecipientTable(args->message, 0, &table);
    if (FAILED(hr)) return hr;
    if (!table) return MAPI_E_CALL_FAILED;
    /* A table that cannot say what it has shows what it shows. */
    if (SUCCEEDED(IMAPITable_QueryColumns(table, TBL_ALL_COLUMNS, &columns)) && columns)
    {
        hr = IMAPITable_SetColumns(table, columns, 0);
        memory_free_buffer(columns);
    }
    if (SUCCEEDED(hr)) hr = table_read_all(table, args->limit, &args->rows);
    IMAPITable_Release(table);
    return hr;
}

HRESULT host_ReadRecipients(struct provider *provider, IMessage *message, ULONG limit,
                            SRowSet **ret)
{
    struct recipients_args args = { message, limit };
    HRESULT hr;

    *ret = NULL;
    hr = host_call(&provider->party, "IMessage::GetRecipientTable", call_read_recipients, &args);
    if (SUCCEEDED(hr)) *ret = args.rows;
    else if (!provider->party.broken) rows_free(&memory_allocators, args.rows);
    return hr;
}

static HRESULT call_replace_recipients(void *data)
{
    struct recipients_args *args = data;

    return IMessage_ModifyRecipients(args->message, 0, args->list);
}

HRESULT host_ReplaceRecipients(struct provider *provider, IMessage *message, ADRLIST *list)
{
    struct recipients_args args = { message, 0, NULL, list };

    return host_call(&provider->party, "IMessage::ModifyRecipients", call_replace_recipients,
                     &args);
}
