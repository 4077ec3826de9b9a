/*
 * mapictl: the transports of a session, and a round of mail
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

/* A round of mail is FlushQueues of the spooler, and then waiting: what is sent leaves the outgoing
 * queue, and a transport that fetches shows STATUS_INBOUND_ACTIVE in its row until it is
 * through. */

#include <stdlib.h>
#include <string.h>

#include "mapictl.h"

#define DEFAULT_WAIT 60 /* seconds */

int take_wait(struct arguments *args, ULONG *seconds)
{
    const WCHAR *text = take_value(args, L"--wait");
    WCHAR *end;

    if (!text) return EXIT_OK;
    *seconds = wcstoul(text, &end, 10);
    if (*text >= '0' && *text <= '9' && !*end && *seconds <= 86400) return EXIT_OK;
    fail(L"--wait takes seconds, up to a day");
    return EXIT_USAGE;
}

void wait_a_moment(void)
{
    MSG msg;

    MsgWaitForMultipleObjects(0, NULL, FALSE, 100, QS_ALLINPUT);
    while (PeekMessageW(&msg, NULL, 0, 0, PM_REMOVE)) DispatchMessageW(&msg);
}

BOOL has_transport(struct mailbox *box)
{
    static const SizedSPropTagArray(1, columns) = {1, {PR_RESOURCE_TYPE}};
    BOOL found = FALSE;
    IMAPITable *table;
    SRowSet *rows;
    ULONG i;

    if (FAILED(IMAPISession_GetStatusTable(box->session, 0, &table))) return FALSE;
    if (SUCCEEDED(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows)))
    {
        for (i = 0; i < rows->cRows; i++)
            found = found || rows->aRow[i].lpProps[0].Value.l == MAPI_TRANSPORT_PROVIDER;
        FreeProws(rows);
    }
    IMAPITable_Release(table);
    return found;
}

void say_why(struct mailbox *box)
{
    IMAPITable *table;
    SRowSet *rows;
    ULONG i;

    if (FAILED(IMAPISession_GetStatusTable(box->session, MAPI_UNICODE, &table))) return;
    if (SUCCEEDED(HrQueryAllRows(table, NULL, NULL, NULL, 0, &rows)))
    {
        for (i = 0; i < rows->cRows; i++)
        {
            const SPropValue *type = find_prop(&rows->aRow[i], PR_RESOURCE_TYPE);
            WCHAR *name, *words;

            if (!type || type->Value.l != MAPI_TRANSPORT_PROVIDER) continue;
            name = row_text(&rows->aRow[i], PR_DISPLAY_NAME_W);
            words = row_text(&rows->aRow[i], PR_STATUS_STRING_W);
            if (*words) fail(L"%s says: %s", name, words);
            free(name);
            free(words);
        }
        FreeProws(rows);
    }
    IMAPITable_Release(table);
}

/* The status codes of the transports, together. */
static HRESULT transports_status(struct mailbox *box, ULONG *code)
{
    static const SizedSPropTagArray(2, columns) = {2, {PR_RESOURCE_TYPE, PR_STATUS_CODE}};
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    *code = 0;
    if (FAILED(hr = IMAPISession_GetStatusTable(box->session, 0, &table))) return hr;
    if (SUCCEEDED(hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows)))
    {
        for (i = 0; i < rows->cRows; i++)
        {
            const SPropValue *props = rows->aRow[i].lpProps;

            if (props[0].ulPropTag != PR_RESOURCE_TYPE
                || props[0].Value.l != MAPI_TRANSPORT_PROVIDER)
                continue;
            if (props[1].ulPropTag == PR_STATUS_CODE) *code |= props[1].Value.l;
        }
        FreeProws(rows);
    }
    IMAPITable_Release(table);
    return hr;
}

static HRESULT count_queued(struct mailbox *box, ULONG *count)
{
    IMAPITable *table;
    HRESULT hr;

    *count = 0;
    hr = IMsgStore_GetOutgoingQueue(box->store, 0, &table);
    /* A store that submits nothing has nothing that waits. */
    if (hr == MAPI_E_NO_SUPPORT) return S_OK;
    if (FAILED(hr)) return hr;
    hr = IMAPITable_GetRowCount(table, 0, count);
    IMAPITable_Release(table);
    return hr;
}

static HRESULT flush_spooler(struct mailbox *box)
{
    static const SizedSPropTagArray(2, columns) = {2, {PR_RESOURCE_TYPE, PR_ENTRYID}};
    IMAPIStatus *status;
    IMAPITable *table;
    SRowSet *rows;
    ULONG i, type;
    HRESULT hr;

    if (FAILED(hr = IMAPISession_GetStatusTable(box->session, 0, &table))) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return hr;
    hr = MAPI_E_NOT_FOUND;
    for (i = 0; i < rows->cRows; i++)
    {
        const SPropValue *props = rows->aRow[i].lpProps;

        if (props[0].Value.l != MAPI_SPOOLER || props[1].ulPropTag != PR_ENTRYID) continue;
        hr = IMAPISession_OpenEntry(box->session, props[1].Value.bin.cb,
                                    (ENTRYID *)props[1].Value.bin.lpb, NULL, 0, &type,
                                    (IUnknown **)&status);
        if (FAILED(hr)) break;
        hr = IMAPIStatus_FlushQueues(status, 0, 0, NULL,
                                     FLUSH_UPLOAD | FLUSH_DOWNLOAD | FLUSH_NO_UI);
        IMAPIStatus_Release(status);
        break;
    }
    FreeProws(rows);
    return hr;
}

static int wait_round(struct mailbox *box, ULONG seconds)
{
    ULONGLONG end = GetTickCount64() + seconds * 1000ull;
    ULONG queued, code;
    HRESULT hr;

    for (;;)
    {
        if (FAILED(hr = transports_status(box, &code)) || FAILED(hr = count_queued(box, &queued)))
            return fail_hr(hr, L"it cannot be seen how far the mail is");
        if (!(code & STATUS_INBOUND_ACTIVE))
        {
            if (!queued && !(code & STATUS_FAILURE)) return EXIT_OK;
            /* A server that mail comes from is asked once, one that takes mail until the time is
             * over. */
            if (!queued) break;
        }
        if (GetTickCount64() >= end) break;
        wait_a_moment();
    }
    say_why(box);
    if (queued)
        return fail(L"not sent yet: %lu in the outbox; they go when a program is logged on",
                    queued);
    return fail(code & STATUS_FAILURE ? L"not all mail could be fetched"
                                      : L"mail is still coming in");
}

int sync_mail(struct arguments *args)
{
    ULONG seconds = DEFAULT_WAIT;
    struct mailbox box;
    HRESULT hr;
    int ret;

    if ((ret = take_wait(args, &seconds))) return ret;
    if ((ret = mailbox_open(args, FALSE, &box))) return ret;
    if (!has_transport(&box))
        ret = fail(
            L"the profile has nothing that sends or fetches mail; 'mapictl profile create --help' says how");
    else if (FAILED(hr = flush_spooler(&box)))
        ret = fail_hr(hr, L"mail can be neither sent nor fetched");
    else ret = wait_round(&box, seconds);
    mailbox_close(&box);
    return ret;
}
