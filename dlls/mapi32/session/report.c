/*
 * Fast shutdown: the report
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
 * What happened in the last fast shutdown, provider by provider, goes to the trace channel and to
 * a file that mapictl shutdown-report prints: an administrator who wonders why a program would not
 * exit fast, or took so long, finds the DLL there. docs/shutdown.md describes the file.
 *
 * The text is made in memory by the client's thread; a worker writes it, to a file of its own that
 * then takes the report's place, so that a process that exits meanwhile leaves the old report or
 * the new one. When reports come faster than the disk takes them only the newest is written.
 */

#include "session/shutdown.h"

#include <winreg.h>

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static CRITICAL_SECTION report_cs;
static CRITICAL_SECTION_DEBUG report_cs_debug =
{
    0, 0, &report_cs,
    { &report_cs_debug.ProcessLocksList, &report_cs_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": report_cs") }
};
static CRITICAL_SECTION report_cs = { &report_cs_debug, -1, 0, 0, 0, 0 };
static CONDITION_VARIABLE written = CONDITION_VARIABLE_INIT;

static char *pending;           /* report_cs: the text to be written next */
static BOOL writing;            /* report_cs: a worker is at it */

/* ---- the text ---- */

struct text
{
    char *data;
    size_t length;
    size_t size;
    BOOL failed;
};

static void add_bytes(struct text *text, const char *data, size_t length)
{
    size_t size;
    char *grown;

    if (text->failed)
        return;
    if (length >= text->size - text->length)
    {
        size = (text->size + length) * 2;
        if (!(grown = platform_realloc(text->data, size)))
        {
            text->failed = TRUE;
            return;
        }
        text->data = grown;
        text->size = size;
    }
    memcpy(text->data + text->length, data, length);
    text->length += length;
    text->data[text->length] = 0;
}

static void add(struct text *text, const char *string)
{
    add_bytes(text, string, lstrlenA(string));
}

static void add_number(struct text *text, ULONG number)
{
    char buffer[12];

    wsprintfA(buffer, "%lu", number);
    add(text, buffer);
}

/* Milliseconds with three places after the point. */
static void add_ms(struct text *text, LONGLONG ticks)
{
    LARGE_INTEGER frequency;
    ULONGLONG us;
    char buffer[32];

    QueryPerformanceFrequency(&frequency);
    us = ticks <= 0 ? 0 : ticks * 1000000 / frequency.QuadPart;
    wsprintfA(buffer, "%lu.%03lu", (ULONG)(us / 1000), (ULONG)(us % 1000));
    add(text, buffer);
}

/* A JSON string in UTF-8; null for NULL. */
static void add_string(struct text *text, const WCHAR *string)
{
    char buffer[8];
    int length;

    if (!string)
    {
        add(text, "null");
        return;
    }
    add(text, "\"");
    for (; *string; string++)
    {
        if (*string == '"' || *string == '\\')
        {
            wsprintfA(buffer, "\\%c", *string);
            add(text, buffer);
        }
        else if (*string < 0x20 || IS_LOW_SURROGATE(*string)
                 || (IS_HIGH_SURROGATE(*string) && !IS_LOW_SURROGATE(string[1])))
        {
            wsprintfA(buffer, "\\u%04x", *string);
            add(text, buffer);
        }
        else
        {
            length = IS_HIGH_SURROGATE(*string) ? 2 : 1;
            add_bytes(text, buffer, WideCharToMultiByte(CP_UTF8, 0, string, length, buffer,
                                                        sizeof(buffer), NULL, NULL));
            string += length - 1;
        }
    }
    add(text, "\"");
}

static void add_result(struct text *text, HRESULT hr)
{
    static const struct
    {
        HRESULT hr;
        const char *name;
    }
    names[] =
    {
        { S_OK, "S_OK" },
        { S_FALSE, "S_FALSE" },
        { MAPI_E_NO_SUPPORT, "MAPI_E_NO_SUPPORT" },
        { MAPI_E_CALL_FAILED, "MAPI_E_CALL_FAILED" },
        { MAPI_E_NOT_ENOUGH_MEMORY, "MAPI_E_NOT_ENOUGH_MEMORY" },
        { MAPI_E_BUSY, "MAPI_E_BUSY" },
        { MAPI_E_NETWORK_ERROR, "MAPI_E_NETWORK_ERROR" },
        { E_NOTIMPL, "E_NOTIMPL" },
    };
    char buffer[16];
    UINT i;

    wsprintfA(buffer, "0x%08lx", hr);
    for (i = 0; i < ARRAY_SIZE(names); i++)
    {
        if (names[i].hr == hr)
            break;
    }
    add(text, "\"result\": \"");
    add(text, i < ARRAY_SIZE(names) ? names[i].name : buffer);
    add(text, "\", \"hresult\": \"");
    add(text, buffer);
    add(text, "\"");
}

static const char *const method_names[PHASE_COUNT] =
{
    "QueryFastShutdown", "NotifyProcessShutdown", "DoFastShutdown"
};

static const char *const answer_names[PHASE_COUNT] = { "query", "notify", "do" };

static const char *const kind_names[] = { "transport", "address book", "store", "hook" };

static const char *outcome_name(enum shutdown_outcome outcome)
{
    switch (outcome)
    {
        case OUTCOME_RUNNING: return "timeout";
        case OUTCOME_ANSWERED: return "answered";
        case OUTCOME_LATE: return "late";
        case OUTCOME_CRASHED: return "crashed";
        case OUTCOME_BROKEN: return "broken";
        case OUTCOME_NO_INTERFACE: return "no interface";
        case OUTCOME_DUPLICATE: return "duplicate";
        default: return "not called";
    }
}

static BOOL has_result(enum shutdown_outcome outcome)
{
    return outcome == OUTCOME_ANSWERED || outcome == OUTCOME_LATE;
}

static BOOL was_called(enum shutdown_outcome outcome)
{
    return has_result(outcome) || outcome == OUTCOME_CRASHED || outcome == OUTCOME_RUNNING;
}

static void add_answer(struct text *text, const struct shutdown_answer *answer)
{
    if (answer->outcome == OUTCOME_NONE)
    {
        add(text, "null");
        return;
    }
    add(text, "{ \"outcome\": \"");
    add(text, outcome_name(answer->outcome));
    add(text, "\"");
    if (has_result(answer->outcome))
    {
        add(text, ", ");
        add_result(text, answer->hr);
    }
    if (was_called(answer->outcome))
    {
        add(text, ", \"ms\": ");
        add_ms(text, answer->ticks);
    }
    add(text, " }");
}

static void add_row(struct text *text, const struct shutdown_row *row)
{
    UINT phase;

    add(text, "    { \"session\": ");
    add_number(text, row->session);
    add(text, ", \"profile\": ");
    add_string(text, row->profile);
    add(text, ", \"kind\": \"");
    add(text, kind_names[row->kind]);
    add(text, "\", \"dll\": ");
    add_string(text, row->dll);
    add(text, ", \"interface\": ");
    if (!row->has_interface)
        add(text, "null");
    else
        add(text, row->old ? "\"IMAPIClientShutdown\"" : "\"IMAPIProviderShutdown\"");
    for (phase = 0; phase < PHASE_COUNT; phase++)
    {
        add(text, ",\n      \"");
        add(text, answer_names[phase]);
        add(text, "\": ");
        add_answer(text, &row->answers[phase]);
    }
    add(text, " }");
}

static void add_calls(struct text *text, const struct shutdown_report *report)
{
    const char *separator = "\n";
    UINT phase;

    add(text, "  \"calls\": [");
    for (phase = 0; phase < PHASE_COUNT; phase++)
    {
        if (!report->called[phase])
            continue;
        add(text, separator);
        add(text, "    { \"method\": \"");
        add(text, method_names[phase]);
        add(text, "\", ");
        add_result(text, report->result[phase]);
        add(text, ", \"ms\": ");
        add_ms(text, report->ticks[phase]);
        add(text, " }");
        separator = ",\n";
    }
    add(text, " ],\n");
}

/* NULL on no memory. */
static char *make_text(const struct shutdown_report *report)
{
    WCHAR program[MAX_PATH];
    struct text text = { NULL };
    SYSTEMTIME time;
    char buffer[32];
    ULONG i;

    text.size = 1024 + report->count * 512;
    if (!(text.data = platform_alloc(text.size)))
        return NULL;
    GetSystemTime(&time);
    wsprintfA(buffer, "%04u-%02u-%02uT%02u:%02u:%02uZ", time.wYear, time.wMonth, time.wDay,
              time.wHour, time.wMinute, time.wSecond);
    add(&text, "{\n  \"version\": 1,\n  \"time\": \"");
    add(&text, buffer);
    add(&text, "\",\n  \"process\": ");
    add_number(&text, GetCurrentProcessId());
    add(&text, ",\n  \"program\": ");
    i = GetModuleFileNameW(NULL, program, ARRAY_SIZE(program));
    program[i < ARRAY_SIZE(program) ? i : ARRAY_SIZE(program) - 1] = 0;
    add_string(&text, program);
    add(&text, ",\n  \"policy\": ");
    add_number(&text, report->policy);
    add(&text, ",\n  \"policy_source\": \"");
    add(&text, report->policy_from);
    add(&text, "\",\n  \"last_call\": \"");
    add(&text, method_names[report->phase]);
    add(&text, "\",\n");
    add_calls(&text, report);
    add(&text, "  \"providers\": [");
    for (i = 0; i < report->count; i++)
    {
        add(&text, i ? ",\n" : "\n");
        add_row(&text, &report->rows[i]);
    }
    add(&text, " ]\n}\n");
    if (!text.failed)
        return text.data;
    platform_free(text.data);
    return NULL;
}

static void trace_report(const struct shutdown_report *report)
{
    const struct shutdown_answer *answer;
    const struct shutdown_row *row;
    ULONG i;

    TRACE("%s: %#lx in %lu ms, policy %lu (%s), %lu providers\n", method_names[report->phase],
          report->result[report->phase], ticks_to_ms(report->ticks[report->phase]), report->policy,
          report->policy_from, report->count);
    for (i = 0; i < report->count; i++)
    {
        row = &report->rows[i];
        answer = &row->answers[report->phase];
        if (was_called(answer->outcome)
            && (answer->outcome != OUTCOME_ANSWERED || FAILED(answer->hr)))
            WARN("session %lu: %s %s: %s, %#lx, %lu ms\n", row->session, kind_names[row->kind],
                 debugstr_w(row->dll), outcome_name(answer->outcome), answer->hr,
                 ticks_to_ms(answer->ticks));
        else
            TRACE("session %lu: %s %s: %s, %lu ms\n", row->session, kind_names[row->kind],
                  debugstr_w(row->dll), outcome_name(answer->outcome), ticks_to_ms(answer->ticks));
    }
}

/* ---- the file ---- */

#define LOCK_PLACE 0x7fffffff   /* where the lock lies */

/* ReportFile of the shutdown key, else the usual place. 0 when there is to be no file. */
static DWORD report_path(WCHAR *path, DWORD size)
{
    static const WCHAR folder[] = L"\\wine-mapi", name[] = L"\\shutdown-report.json";
    DWORD length, type, bytes = size * sizeof(WCHAR);
    LSTATUS status;
    HKEY key;

    if (!RegOpenKeyExW(HKEY_CURRENT_USER, L"Software\\wine-mapi\\Shutdown", 0, KEY_QUERY_VALUE,
                       &key))
    {
        status = RegQueryValueExW(key, L"ReportFile", NULL, &type, (BYTE *)path, &bytes);
        RegCloseKey(key);
        if (!status && type == REG_SZ)
        {
            length = bytes / sizeof(WCHAR);
            while (length && !path[length - 1])
                length--;
            if (length == size)
                return 0;
            path[length] = 0;
            return length;
        }
    }
    length = GetEnvironmentVariableW(L"LOCALAPPDATA", path, size);
    if (!length || length + ARRAY_SIZE(folder) + ARRAY_SIZE(name) > size)
        return 0;
    lstrcpyW(path + length, folder);
    CreateDirectoryW(path, NULL);
    length += ARRAY_SIZE(folder) - 1;
    lstrcpyW(path + length, name);
    return length + ARRAY_SIZE(name) - 1;
}

/* Another process may be writing its own; nobody takes long. LockFile, since Wine grumbles about
 * LockFileEx on every program's standard error. */
static BOOL lock_report(HANDLE file)
{
    int tries;

    for (tries = 0; !LockFile(file, LOCK_PLACE, 0, 1, 0); tries++)
    {
        if (tries == 20)
            return FALSE;
        Sleep(2);
    }
    return TRUE;
}

/* One write replaces the whole text, filled up with blanks to the length of the older one, so that
 * nobody ever finds half a report. Other processes' writers are kept out by a lock that lies where
 * no
 * text is and no reader is held up. */
static void write_text(const char *text)
{
    DWORD length = lstrlenA(text), size, done;
    WCHAR path[MAX_PATH];
    char *filled;
    HANDLE file;

    if (!report_path(path, ARRAY_SIZE(path)))
        return;
    file = CreateFileW(path, GENERIC_READ | GENERIC_WRITE,
                       FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_ALWAYS, 0,
                       NULL);
    if (file == INVALID_HANDLE_VALUE)
    {
        WARN("%s cannot be written (error %lu)\n", debugstr_w(path), GetLastError());
        return;
    }
    if (lock_report(file))
    {
        size = GetFileSize(file, NULL);
        if (size == INVALID_FILE_SIZE || size < length)
            size = length;
        if ((filled = platform_alloc(size)))
        {
            memcpy(filled, text, length);
            memset(filled + length, '\n', size - length);
            if (!WriteFile(file, filled, size, &done, NULL) || done != size)
                WARN("%s cannot be written (error %lu)\n", debugstr_w(path), GetLastError());
            platform_free(filled);
        }
        UnlockFile(file, LOCK_PLACE, 0, 1, 0);
    }
    CloseHandle(file);
}

/* On a worker. */
static void write_pending(void)
{
    char *text;

    EnterCriticalSection(&report_cs);
    writing = TRUE;
    while ((text = pending))
    {
        pending = NULL;
        LeaveCriticalSection(&report_cs);
        write_text(text);
        platform_free(text);
        EnterCriticalSection(&report_cs);
    }
    writing = FALSE;
    WakeAllConditionVariable(&written);
    LeaveCriticalSection(&report_cs);
}

void report_publish(const struct shutdown_report *report, ULONG delay, ULONG timeout)
{
    DWORD end = GetTickCount() + timeout;
    char *text, *older;
    LONG left;
    BOOL ask;

    trace_report(report);
    if (!(text = make_text(report)))
        return;
    EnterCriticalSection(&report_cs);
    older = pending;
    pending = text;
    ask = !writing;
    LeaveCriticalSection(&report_cs);
    platform_free(older);

    if (ask && !run_background(write_pending, delay))
        return;
    EnterCriticalSection(&report_cs);
    while (pending || writing)
    {
        if ((left = end - GetTickCount()) <= 0)
            break;
        SleepConditionVariableCS(&written, &report_cs, left);
    }
    LeaveCriticalSection(&report_cs);
}
