/*
 * Mail control panel: testing the settings of a profile
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
 * A thread logs on to the profile and lets the status object of each transport validate its state;
 * then the row of that transport says what came of it. The window looks ten times a second at what
 * the thread says. Cancelled, the window goes at once and the thread when what it waits for has
 * ended; it holds this DLL until then.
 */

#include "mlcfg32.h"

#define LOOK_TIMER 1
#define LOOK_MS    100
#define RESULTS_MAX 4096                /* characters of all results */

struct trial
{
    LONG ref;                           /* window and thread */
    WCHAR profile[PROFILE_NAME_MAX + 1];
    CRITICAL_SECTION cs;
    /* below it: */
    WCHAR state[WORDS_MAX], results[RESULTS_MAX];
    BOOL cancelled, done;
    ULONG good, bad;
};

static const struct layout_rule rules[] =
{
    { IDC_TEST_STATE, GROW_X },
    { IDC_TEST_RESULTS, GROW_X | GROW_Y },
    { IDCANCEL, MOVE_X | MOVE_Y }
};

static void trial_release(struct trial *trial)
{
    if (InterlockedDecrement(&trial->ref)) return;
    DeleteCriticalSection(&trial->cs);
    free(trial);
}

static BOOL is_cancelled(struct trial *trial)
{
    BOOL ret;

    EnterCriticalSection(&trial->cs);
    ret = trial->cancelled;
    LeaveCriticalSection(&trial->cs);
    return ret;
}

static void say_state(struct trial *trial, UINT id, const WCHAR *name)
{
    WCHAR words[WORDS_MAX];

    words_format(words, id, name, NULL);
    EnterCriticalSection(&trial->cs);
    lstrcpyW(trial->state, words);
    LeaveCriticalSection(&trial->cs);
}

static void say_result(struct trial *trial, UINT id, const WCHAR *first, const WCHAR *second,
                       BOOL good)
{
    WCHAR words[WORDS_MAX];
    size_t used;

    words_format(words, id, first, second);
    EnterCriticalSection(&trial->cs);
    used = lstrlenW(trial->results);
    if (used && used + 2 < RESULTS_MAX)
    {
        lstrcpyW(trial->results + used, L"\n");
        used++;
    }
    lstrcpynW(trial->results + used, words, RESULTS_MAX - used);
    if (good) trial->good++;
    else trial->bad++;
    LeaveCriticalSection(&trial->cs);
}

/* ---- on the thread ---- */

enum { ENTRY, TYPE, NAME, DISPLAY, METHODS, CODE, STRING, COLUMNS };

static const SizedSPropTagArray(COLUMNS, columns) =
{
    COLUMNS,
    {
        PR_ENTRYID, PR_RESOURCE_TYPE, PR_DISPLAY_NAME_W, PR_PROVIDER_DISPLAY_W, PR_RESOURCE_METHODS,
        PR_STATUS_CODE, PR_STATUS_STRING_W
    }
};

static BOOL has(const SPropValue *props, ULONG column)
{
    return props[column].ulPropTag == columns.aulPropTag[column];
}

static HRESULT query_status(IMAPISession *session, SRowSet **rows)
{
    IMAPITable *table;
    HRESULT hr;

    *rows = NULL;
    if (FAILED(hr = IMAPISession_GetStatusTable(session, MAPI_UNICODE, &table))) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, rows);
    IMAPITable_Release(table);
    return hr;
}

static HRESULT validate(IMAPISession *session, const SPropValue *props)
{
    IMAPIStatus *status;
    ULONG type;
    HRESULT hr;

    hr = IMAPISession_OpenEntry(session, props[ENTRY].Value.bin.cb,
                                (ENTRYID *)props[ENTRY].Value.bin.lpb, NULL, 0, &type,
                                (IUnknown **)&status);
    if (FAILED(hr)) return hr;
    hr = type == MAPI_STATUS ? IMAPIStatus_ValidateState(status, 0, SUPPRESS_UI)
                             : MAPI_E_NO_SUPPORT;
    IMAPIStatus_Release(status);
    return hr;
}

/* What the row says now, after hr. */
static void judge(struct trial *trial, IMAPISession *session, const SPropValue *before,
                  const WCHAR *name, HRESULT hr)
{
    const SPropValue *props = NULL;
    WCHAR words[WORDS_MAX];
    SRowSet *rows;
    ULONG i;

    words[0] = 0;
    if (FAILED(query_status(session, &rows))) rows = NULL;
    for (i = 0; rows && i < rows->cRows && !props; i++)
    {
        props = rows->aRow[i].lpProps;
        if (!has(props, ENTRY) || props[ENTRY].Value.bin.cb != before[ENTRY].Value.bin.cb
            || memcmp(props[ENTRY].Value.bin.lpb, before[ENTRY].Value.bin.lpb,
                      props[ENTRY].Value.bin.cb))
            props = NULL;
    }
    if (props && has(props, CODE) && props[CODE].Value.l & (STATUS_FAILURE | STATUS_OFFLINE))
    {
        if (SUCCEEDED(hr)) hr = MAPI_E_CALL_FAILED;
        if (has(props, STRING)) lstrcpynW(words, props[STRING].Value.lpszW, WORDS_MAX / 2);
        if (!words[0]) words_format(words, IDS_TEST_NO_WORDS, NULL, NULL);
    }
    else if (!props && SUCCEEDED(hr)) hr = MAPI_E_CALL_FAILED;
    if (SUCCEEDED(hr)) words_format(words, IDS_TEST_WORKS, NULL, NULL);
    else if (!words[0]) words_error(words, hr);
    say_result(trial, IDS_TEST_RESULT, name, words, SUCCEEDED(hr));
    if (rows) FreeProws(rows);
}

static void test_row(struct trial *trial, IMAPISession *session, const SPropValue *props)
{
    const WCHAR *name = L"?";
    WCHAR shown[256];
    HRESULT hr = S_OK;

    if (has(props, DISPLAY)) name = props[DISPLAY].Value.lpszW;
    if (has(props, NAME) && *props[NAME].Value.lpszW) name = props[NAME].Value.lpszW;
    lstrcpynW(shown, name, ARRAYSIZE(shown));
    say_state(trial, IDS_TEST_ONE, shown);
    if (has(props, METHODS) && props[METHODS].Value.l & STATUS_VALIDATE_STATE)
        hr = validate(session, props);
    if (!is_cancelled(trial)) judge(trial, session, props, shown, hr);
}

static void test_session(struct trial *trial, IMAPISession *session)
{
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = query_status(session, &rows)))
    {
        WCHAR words[WORDS_MAX];

        words_error(words, hr);
        say_result(trial, IDS_TEST_NO_LOGON, words, NULL, FALSE);
        return;
    }
    for (i = 0; i < rows->cRows && !is_cancelled(trial); i++)
    {
        const SPropValue *props = rows->aRow[i].lpProps;

        if (has(props, ENTRY) && has(props, TYPE) && props[TYPE].Value.l == MAPI_TRANSPORT_PROVIDER)
            test_row(trial, session, props);
    }
    FreeProws(rows);
}

static void test(struct trial *trial)
{
    IMAPISession *session;
    WCHAR words[WORDS_MAX];
    HRESULT hr;

    say_state(trial, IDS_TEST_LOGON, NULL);
    hr = MAPILogonEx(0, (LPTSTR)trial->profile, NULL,
                     MAPI_UNICODE | MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_EXPLICIT_PROFILE,
                     &session);
    if (FAILED(hr))
    {
        words_error(words, hr);
        say_result(trial, IDS_TEST_NO_LOGON, words, NULL, FALSE);
        return;
    }
    if (!is_cancelled(trial)) test_session(trial, session);
    say_state(trial, IDS_TEST_LOGOFF, NULL);
    IMAPISession_Logoff(session, 0, 0, 0);
    IMAPISession_Release(session);
}

static DWORD WINAPI test_thread(void *data)
{
    struct trial *trial = data;
    WCHAR words[WORDS_MAX];
    HRESULT hr;

    if (SUCCEEDED(hr = MAPIInitialize(NULL)))
    {
        test(trial);
        MAPIUninitialize();
    }
    else
    {
        words_error(words, hr);
        say_result(trial, IDS_TEST_NO_LOGON, words, NULL, FALSE);
    }
    EnterCriticalSection(&trial->cs);
    trial->done = TRUE;
    LeaveCriticalSection(&trial->cs);
    trial_release(trial);
    FreeLibraryAndExitThread(mlcfg32_instance, 0);
}

static BOOL start(struct trial *trial)
{
    HMODULE module;
    HANDLE thread;

    if (!GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (const WCHAR *)test_thread,
                            &module))
        return FALSE;
    InterlockedIncrement(&trial->ref);
    if (!(thread = CreateThread(NULL, 0, test_thread, trial, 0, NULL)))
    {
        trial_release(trial);
        FreeLibrary(module);
        return FALSE;
    }
    CloseHandle(thread);
    return TRUE;
}

/* ---- the window ---- */

struct window
{
    struct trial *trial;
    struct layout layout;
};

static void set_text(HWND dialog, int id, const WCHAR *text)
{
    WCHAR now[RESULTS_MAX];

    GetDlgItemTextW(dialog, id, now, ARRAYSIZE(now));
    if (lstrcmpW(now, text)) SetDlgItemTextW(dialog, id, text);
}

static void look(HWND dialog, struct trial *trial)
{
    WCHAR state[WORDS_MAX], results[RESULTS_MAX];
    ULONG good, bad;
    BOOL done;

    EnterCriticalSection(&trial->cs);
    lstrcpyW(state, trial->state);
    lstrcpyW(results, trial->results);
    done = trial->done;
    good = trial->good;
    bad = trial->bad;
    LeaveCriticalSection(&trial->cs);
    if (done)
    {
        KillTimer(dialog, LOOK_TIMER);
        words_format(state, bad ? IDS_TEST_BAD : good ? IDS_TEST_GOOD : IDS_TEST_NOTHING, NULL, NULL);
    }
    set_text(dialog, IDC_TEST_STATE, state);
    set_text(dialog, IDC_TEST_RESULTS, results);
    if (!done) return;
    words_format(state, IDS_CLOSE, NULL, NULL);
    set_text(dialog, IDCANCEL, state);
}

static INT_PTR CALLBACK test_proc(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct window *window = (struct window *)GetWindowLongPtrW(dialog, DWLP_USER);

    if (message == WM_INITDIALOG)
    {
        window = (struct window *)lparam;
        layout_init(&window->layout, dialog, rules, ARRAYSIZE(rules));
        SetWindowLongPtrW(dialog, DWLP_USER, lparam);
        if (!start(window->trial))
        {
            EndDialog(dialog, IDCANCEL);
            return TRUE;
        }
        SetTimer(dialog, LOOK_TIMER, LOOK_MS, NULL);
        look(dialog, window->trial);
        return TRUE;
    }
    if (!window) return FALSE;
    switch (message)
    {
    case WM_TIMER:
        look(dialog, window->trial);
        return TRUE;
    case WM_COMMAND:
        if (LOWORD(wparam) == IDOK || LOWORD(wparam) == IDCANCEL) EndDialog(dialog, IDCANCEL);
        return TRUE;
    case WM_SIZE:
        layout_size(&window->layout, dialog);
        return TRUE;
    case WM_GETMINMAXINFO:
        layout_limits(&window->layout, (MINMAXINFO *)lparam);
        return TRUE;
    default:
        return FALSE;
    }
}

void testsettings_show(HWND parent, const WCHAR *profile)
{
    struct window window = { 0 };
    struct trial *trial;

    if (!(trial = calloc(1, sizeof(*trial)))) return;
    trial->ref = 1;
    lstrcpynW(trial->profile, profile, ARRAYSIZE(trial->profile));
    InitializeCriticalSection(&trial->cs);
    window.trial = trial;
    DialogBoxParamW(mlcfg32_instance, MAKEINTRESOURCEW(IDD_TEST), parent, test_proc,
                    (LPARAM)&window);
    EnterCriticalSection(&trial->cs);
    trial->cancelled = TRUE;
    LeaveCriticalSection(&trial->cs);
    trial_release(trial);
}
