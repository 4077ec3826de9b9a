/*
 * mapictl: logging on, and what a profile loads
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
 * Both commands log on as a client would. What they show of the providers is what the session says
 * in its status table, which has words for a provider that could not be loaded or did not log on.
 */

#include <stdlib.h>
#include <string.h>

#include "mapictl.h"

int open_session(const WCHAR *profile, BOOL no_mail, IMAPISession **ret)
{
    ULONG flags = MAPI_UNICODE | MAPI_EXTENDED | MAPI_NEW_SESSION | (no_mail ? MAPI_NO_MAIL : 0);
    HRESULT hr;

    flags |= profile ? MAPI_EXPLICIT_PROFILE : MAPI_USE_DEFAULT;
    hr = MAPILogonEx(0, (LPTSTR)profile, NULL, flags, ret);
    if (SUCCEEDED(hr)) return EXIT_OK;
    if (profile) return fail_hr(hr, L"cannot log on to profile '%s'", profile);
    return fail_hr(hr, L"cannot log on to the default profile (see 'mapictl profile default')");
}

/* Opens every store and the address book. Stores are kept open in *stores, ended by NULL. */
static HRESULT open_all(IMAPISession *session, IMsgStore ***stores, IAddrBook **book)
{
    static const SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    HRESULT hr, result;
    IMAPITable *table;
    SRowSet *rows;
    ULONG i;

    *stores = NULL;
    *book = NULL;
    if (FAILED(hr = IMAPISession_GetMsgStoresTable(session, MAPI_UNICODE, &table))) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return hr;
    result = IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, book);
    if (!(*stores = calloc(rows->cRows + 1, sizeof(**stores)))) exit(fail(L"out of memory"));
    for (i = 0; i < rows->cRows; i++)
    {
        const SPropValue *id = find_prop(&rows->aRow[i], PR_ENTRYID);
        IMsgStore **slot = *stores;

        if (!id) continue;
        while (*slot) slot++;
        hr = IMAPISession_OpenMsgStore(session, 0, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb,
                                       NULL, MDB_NO_DIALOG | MAPI_BEST_ACCESS, slot);
        if (FAILED(hr)) result = hr;
    }
    FreeProws(rows);
    return result;
}

static void close_all(IMAPISession *session, IMsgStore **stores, IAddrBook *book)
{
    IMsgStore **store;

    if (book) IAddrBook_Release(book);
    for (store = stores; store && *store; store++) IMsgStore_Release(*store);
    free(stores);
    IMAPISession_Logoff(session, 0, 0, 0);
    IMAPISession_Release(session);
}

static const WCHAR *status_name(const SPropValue *code)
{
    if (!code) return L"";
    if (code->Value.l & STATUS_FAILURE) return L"failed";
    if (code->Value.l & STATUS_OFFLINE) return L"offline";
    return code->Value.l & STATUS_AVAILABLE ? L"available" : L"";
}

/* The kind of a provider as the shutdown report names it; empty for what is no provider. */
static const WCHAR *report_kind(const SPropValue *type)
{
    switch (type ? type->Value.l : 0)
    {
    case MAPI_TRANSPORT_PROVIDER:   return L"transport";
    case MAPI_AB_PROVIDER:          return L"address book";
    case MAPI_STORE_PROVIDER:       return L"store";
    default:                        return L"";
    }
}

/* Returns FALSE when a row says that something failed. answers may be NULL. */
static BOOL show_status(IMAPISession *session, const struct answers *answers)
{
    static const WCHAR *const columns[] = { L"kind",          L"name",  L"dll", L"state",
                                            L"fast shutdown", L"words", NULL };
    BOOL all_well = TRUE;
    struct list *list;
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = IMAPISession_GetStatusTable(session, MAPI_UNICODE, &table)))
        return !fail_hr(hr, L"the session has no status table");
    hr = HrQueryAllRows(table, NULL, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return !fail_hr(hr, L"cannot read the status table");
    list = list_begin(columns);
    for (i = 0; i < rows->cRows; i++)
    {
        const SPropValue *type = find_prop(&rows->aRow[i], PR_RESOURCE_TYPE);
        const SPropValue *code = find_prop(&rows->aRow[i], PR_STATUS_CODE);
        WCHAR *name = row_text(&rows->aRow[i], PR_DISPLAY_NAME_W);
        WCHAR *dll = row_text(&rows->aRow[i], PR_PROVIDER_DLL_NAME_W);
        WCHAR *words = row_text(&rows->aRow[i], PR_STATUS_STRING_W);
        const WCHAR *values[6];
        WCHAR answer[64];

        values[0] = resource_type_name(type ? type->Value.l : 0);
        values[1] = name;
        values[2] = dll;
        values[3] = status_name(code);
        report_answer(answers, report_kind(type), dll, answer);
        values[4] = answer;
        values[5] = words;
        list_add(list, values);
        if (code && code->Value.l & STATUS_FAILURE && type && type->Value.l != MAPI_SPOOLER)
            all_well = FALSE;
        free(name);
        free(dll);
        free(words);
    }
    FreeProws(rows);
    list_end(list);
    return all_well;
}

static BOOL query_shutdown(IMAPISession *session, HRESULT *answer)
{
    IMAPIClientShutdown *shutdown;

    if (FAILED(IMAPISession_QueryInterface(session, &IID_IMAPIClientShutdown, (void **)&shutdown)))
        return FALSE;
    *answer = IMAPIClientShutdown_QueryFastShutdown(shutdown);
    IMAPIClientShutdown_Release(shutdown);
    return TRUE;
}

int providers(struct arguments *args)
{
    struct answers *answers = NULL;
    BOOL all_well, offered;
    IMAPISession *session;
    IMsgStore **stores;
    IAddrBook *book;
    HRESULT answer;
    int ret;

    if ((ret = open_session(args->count ? args->values[0] : NULL, FALSE, &session))) return ret;
    open_all(session, &stores, &book);
    if ((offered = query_shutdown(session, &answer))) answers = report_answers();
    all_well = show_status(session, answers);
    free(answers);
    if (!json_output)
        print(L"\nFast shutdown: %s.\n", !offered ? L"not offered by this subsystem" :
                                          answer == S_OK ? L"would go ahead" : L"is refused");
    close_all(session, stores, book);
    return all_well ? EXIT_OK : EXIT_FAILED;
}

int logon(struct arguments *args)
{
    BOOL open = take_flag(args, L"--open-all"), no_mail = take_flag(args, L"--no-mail");
    IMsgStore **stores = NULL;
    IAddrBook *book = NULL;
    IMAPISession *session;
    HRESULT hr = S_OK;
    WCHAR *words;
    int ret;

    if ((ret = open_session(args->count ? args->values[0] : NULL, no_mail, &session))) return ret;
    if (open && (hr = open_all(session, &stores, &book)) != S_OK)
    {
        words = last_error_text(session, hr);
        fail_hr(hr, L"not everything could be opened%s%s", words ? L": " : L"",
                words ? words : L"");
        free(words);
    }
    if (!show_status(session, NULL) && SUCCEEDED(hr)) hr = MAPI_W_ERRORS_RETURNED;
    close_all(session, stores, book);
    return hr == S_OK ? EXIT_OK : EXIT_FAILED;
}
