/*
 * mapictl: the report of the last fast shutdown
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
 * The subsystem leaves a report in JSON (docs/shutdown.md); this shows it as a table, or with
 * --json as it is. Whatever the file holds, it is read as text of a limited size and depth: anybody
 * may have written it.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapictl.h"

#define SIZE_MAX_REPORT (4 * 1024 * 1024)
#define DEPTH_MAX 8

/* A reader that calls back for each value with the path that leads to it:
 * "providers.query.outcome". */
struct reader
{
    const WCHAR *next;
    WCHAR path[128];
    void (*value)(void *context, const WCHAR *path, const WCHAR *text);
    void (*element)(void *context, const WCHAR *path);  /* an array's element begins */
    void *context;
};

static void skip_blanks(struct reader *reader)
{
    while (*reader->next && *reader->next <= ' ') reader->next++;
}

static BOOL skip(struct reader *reader, WCHAR c)
{
    skip_blanks(reader);
    if (*reader->next != c) return FALSE;
    reader->next++;
    return TRUE;
}

/* Cuts what does not fit. */
static BOOL read_string(struct reader *reader, WCHAR *text, size_t room)
{
    unsigned int code;

    if (!skip(reader, '"')) return FALSE;
    while (*reader->next && *reader->next != '"')
    {
        code = *reader->next++;
        if (code == '\\')
        {
            if (!(code = *reader->next)) return FALSE;
            reader->next++;
            if (code == 'u')
            {
                if (swscanf(reader->next, L"%4x", &code) != 1 || wcsnlen(reader->next, 4) < 4)
                    return FALSE;
                reader->next += 4;
            }
        }
        if (room > 1)
        {
            *text++ = code;
            room--;
        }
    }
    *text = 0;
    return skip(reader, '"');
}

static BOOL read_value(struct reader *reader, int depth);

static BOOL read_members(struct reader *reader, int depth)
{
    size_t length = wcslen(reader->path);
    WCHAR name[32];

    if (skip(reader, '}')) return TRUE;
    do
    {
        if (!read_string(reader, name, ARRAYSIZE(name)) || !skip(reader, ':')) return FALSE;
        if (length + wcslen(name) + 2 > ARRAYSIZE(reader->path)) return FALSE;
        _snwprintf(reader->path + length, ARRAYSIZE(reader->path) - length, length ? L".%s" : L"%s",
                   name);
        if (!read_value(reader, depth)) return FALSE;
        reader->path[length] = 0;
    } while (skip(reader, ','));
    return skip(reader, '}');
}

static BOOL read_elements(struct reader *reader, int depth)
{
    if (skip(reader, ']')) return TRUE;
    do
    {
        reader->element(reader->context, reader->path);
        if (!read_value(reader, depth)) return FALSE;
    } while (skip(reader, ','));
    return skip(reader, ']');
}

static BOOL read_value(struct reader *reader, int depth)
{
    WCHAR text[512];
    size_t length;

    if (depth > DEPTH_MAX) return FALSE;
    if (skip(reader, '{')) return read_members(reader, depth + 1);
    if (skip(reader, '[')) return read_elements(reader, depth + 1);
    if (*reader->next == '"')
    {
        if (!read_string(reader, text, ARRAYSIZE(text))) return FALSE;
    }
    else
    {
        length = wcscspn(reader->next, L",}] \t\r\n");
        if (!length || length >= ARRAYSIZE(text)) return FALSE;
        memcpy(text, reader->next, length * sizeof(*text));
        text[length] = 0;
        reader->next += length;
        if (!lstrcmpW(text, L"null")) return TRUE;
    }
    reader->value(reader->context, reader->path, text);
    return TRUE;
}

enum column { SESSION, KIND, DLL, INTERFACE, QUERY, NOTIFY, PERFORM, COLUMN_COUNT };

struct answer
{
    WCHAR outcome[32], result[48], ms[24];
};

struct report
{
    WCHAR time[32], program[512], policy[8], source[48];
    struct list *list;
    BOOL in_row;
    WCHAR cells[COLUMN_COUNT][128];
    struct answer answers[3];
    struct answer call;         /* of the client */
    WCHAR call_name[48];
};

static void set(WCHAR *text, size_t room, const WCHAR *value)
{
    lstrcpynW(text, value, room);
}

/* What a provider, or the subsystem, said: in one cell. */
static void describe(const struct answer *answer, WCHAR text[128])
{
    const WCHAR *outcome = answer->outcome;

    if (!lstrcmpW(outcome, L"timeout")) outcome = L"timed out";
    if (!*outcome) lstrcpyW(text, L"-");
    else if (*answer->result)
        _snwprintf(text, 128, L"%s%s %s ms", answer->result,
                   lstrcmpW(outcome, L"late") ? L"" : L" (late)", answer->ms);
    else if (*answer->ms) _snwprintf(text, 128, L"%s after %s ms", outcome, answer->ms);
    else set(text, 128, outcome);
}

static void end_row(struct report *report)
{
    const WCHAR *values[COLUMN_COUNT];
    int i;

    if (!report->in_row) return;
    for (i = 0; i < 3; i++) describe(&report->answers[i], report->cells[QUERY + i]);
    for (i = 0; i < COLUMN_COUNT; i++) values[i] = report->cells[i];
    list_add(report->list, values);
    report->in_row = FALSE;
}

static void end_call(struct report *report)
{
    WCHAR text[128];

    if (!*report->call_name) return;
    lstrcpyW(report->call.outcome, L"answered");
    describe(&report->call, text);
    print(L"%s: %s\n", report->call_name, text);
    report->call_name[0] = 0;
}

static void on_element(void *context, const WCHAR *path)
{
    struct report *report = context;

    end_call(report);
    end_row(report);
    memset(&report->call, 0, sizeof(report->call));
    if (lstrcmpW(path, L"providers")) return;
    memset(report->cells, 0, sizeof(report->cells));
    memset(report->answers, 0, sizeof(report->answers));
    lstrcpyW(report->cells[INTERFACE], L"none");
    report->in_row = TRUE;
}

static BOOL set_answer(struct answer *answer, const WCHAR *name, const WCHAR *text)
{
    if (!lstrcmpW(name, L"outcome")) set(answer->outcome, ARRAYSIZE(answer->outcome), text);
    else if (!lstrcmpW(name, L"result")) set(answer->result, ARRAYSIZE(answer->result), text);
    else if (!lstrcmpW(name, L"ms")) set(answer->ms, ARRAYSIZE(answer->ms), text);
    else return FALSE;
    return TRUE;
}

static void on_value(void *context, const WCHAR *path, const WCHAR *text)
{
    static const WCHAR *const cells[] = {L"session", L"kind", L"dll", L"interface"};
    static const WCHAR *const answers[] = {L"query.", L"notify.", L"do."};
    struct report *report = context;
    size_t i;

    if (!lstrcmpW(path, L"time")) set(report->time, ARRAYSIZE(report->time), text);
    else if (!lstrcmpW(path, L"program")) set(report->program, ARRAYSIZE(report->program), text);
    else if (!lstrcmpW(path, L"policy")) set(report->policy, ARRAYSIZE(report->policy), text);
    else if (!lstrcmpW(path, L"policy_source"))
    {
        set(report->source, ARRAYSIZE(report->source), text);
        print(L"Program: %s\nTime: %s\nPolicy: %s (%s)\n", report->program, report->time,
              report->policy, report->source);
    }
    else if (!lstrcmpW(path, L"calls.method"))
        set(report->call_name, ARRAYSIZE(report->call_name), text);
    else if (!wcsncmp(path, L"calls.", 6)) set_answer(&report->call, path + 6, text);
    else if (!wcsncmp(path, L"providers.", 10))
    {
        for (i = 0; i < ARRAYSIZE(cells); i++)
            if (!lstrcmpW(path + 10, cells[i]))
                set(report->cells[i], ARRAYSIZE(report->cells[i]), text);
        for (i = 0; i < ARRAYSIZE(answers); i++)
            if (!wcsncmp(path + 10, answers[i], wcslen(answers[i])))
                set_answer(&report->answers[i], path + 10 + wcslen(answers[i]), text);
    }
}

/* Where the subsystem puts it: ReportFile of HKCU\Software\wine-mapi\Shutdown, or the usual
 * place. */
static BOOL report_path(WCHAR *path, DWORD count)
{
    DWORD type, length, size = (count - 1) * sizeof(*path);
    HKEY key;
    LONG ret;

    path[0] = 0;
    if (!RegOpenKeyExW(HKEY_CURRENT_USER, L"Software\\wine-mapi\\Shutdown", 0, KEY_QUERY_VALUE,
                       &key))
    {
        ret = RegQueryValueExW(key, L"ReportFile", NULL, &type, (BYTE *)path, &size);
        RegCloseKey(key);
        if (!ret && type == REG_SZ)
        {
            path[size / sizeof(*path)] = 0;
            return TRUE;
        }
    }
    length = GetEnvironmentVariableW(L"LOCALAPPDATA", path, count);
    if (!length || length + 40 > count) return FALSE;
    lstrcatW(path, L"\\wine-mapi\\shutdown-report.json");
    return TRUE;
}

static char *read_file(const WCHAR *path)
{
    DWORD size, done = 0;
    HANDLE file;
    char *ret;

    file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                       NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return NULL;
    size = GetFileSize(file, NULL);
    if (size > SIZE_MAX_REPORT || !(ret = malloc(size + 1)))
    {
        CloseHandle(file);
        return NULL;
    }
    ReadFile(file, ret, size, &done, NULL);
    ret[done] = 0;
    CloseHandle(file);
    return ret;
}

/* ---- for 'providers': who answered what to the query of this process ---- */

struct answers
{
    DWORD process;
    size_t count;
    struct
    {
        WCHAR kind[32], dll[MAX_PATH];
        struct answer query;
    } rows[256];                /* what comes after is left out */
};

static void answers_element(void *context, const WCHAR *path)
{
    struct answers *answers = context;

    if (!lstrcmpW(path, L"providers") && answers->count < ARRAYSIZE(answers->rows))
        answers->count++;
}

static void answers_value(void *context, const WCHAR *path, const WCHAR *text)
{
    struct answers *answers = context;

    if (!lstrcmpW(path, L"process")) answers->process = wcstoul(text, NULL, 10);
    if (wcsncmp(path, L"providers.", 10) || !answers->count) return;
    path += 10;
    if (!lstrcmpW(path, L"kind"))
        set(answers->rows[answers->count - 1].kind, ARRAYSIZE(answers->rows->kind), text);
    else if (!lstrcmpW(path, L"dll"))
        set(answers->rows[answers->count - 1].dll, ARRAYSIZE(answers->rows->dll), text);
    else if (!wcsncmp(path, L"query.", 6))
        set_answer(&answers->rows[answers->count - 1].query, path + 6, text);
}

void report_answer(const struct answers *answers, const WCHAR *kind, const WCHAR *dll,
                   WCHAR text[64])
{
    const struct answer *answer;
    size_t i;

    text[0] = 0;
    for (i = 0; answers && i < answers->count; i++)
    {
        if (lstrcmpW(answers->rows[i].kind, kind) || lstrcmpiW(answers->rows[i].dll, dll)) continue;
        answer = &answers->rows[i].query;
        if (!*answer->result)
            _snwprintf(text, 64, L"%s",
                       lstrcmpW(answer->outcome, L"timeout") ? answer->outcome : L"timed out");
        else if (!lstrcmpW(answer->result, L"S_OK")) lstrcpyW(text, L"agrees");
        else _snwprintf(text, 64, L"refuses: %s", answer->result);
        text[63] = 0;
        return;
    }
}

static int show(const WCHAR *text)
{
    static const WCHAR *const columns[] =
        {L"session", L"kind", L"dll", L"interface", L"query", L"notify", L"do", NULL};
    struct reader reader = {text, {0}, on_value, on_element, NULL};
    struct report *report;
    BOOL whole;

    if (!(report = calloc(1, sizeof(*report)))) return fail(L"out of memory");
    report->list = list_begin(columns);
    reader.context = report;
    whole = read_value(&reader, 0);
    end_call(report);
    end_row(report);
    print(L"\n");
    list_end(report->list);
    free(report);
    return whole ? EXIT_OK : fail(L"the report is damaged after what is shown");
}

/* The report as text, to be freed; NULL when there is none. */
static WCHAR *load_report(WCHAR *path, DWORD count)
{
    WCHAR *text;
    char *file;
    int length;

    path[0] = 0;
    if (!report_path(path, count) || !(file = read_file(path))) return NULL;
    length = MultiByteToWideChar(CP_UTF8, 0, file, -1, NULL, 0);
    if ((text = malloc(length * sizeof(*text))))
        MultiByteToWideChar(CP_UTF8, 0, file, -1, text, length);
    free(file);
    return text;
}

struct answers *report_answers(void)
{
    struct reader reader = {NULL, {0}, answers_value, answers_element, NULL};
    WCHAR path[MAX_PATH + 48], *text;
    struct answers *answers;
    int tries;

    /* The subsystem writes the report behind the caller's back. */
    for (tries = 0; tries < 40; tries++)
    {
        if (!(answers = calloc(1, sizeof(*answers)))) exit(fail(L"out of memory"));
        if ((text = load_report(path, ARRAYSIZE(path))))
        {
            reader.next = text;
            reader.path[0] = 0;
            reader.context = answers;
            read_value(&reader, 0);
            free(text);
            if (answers->process == GetCurrentProcessId()) return answers;
        }
        free(answers);
        Sleep(50);
    }
    return NULL;
}

int shutdown_report(struct arguments *args)
{
    WCHAR path[MAX_PATH + 48], *text;
    int ret = EXIT_OK;

    if (!(text = load_report(path, ARRAYSIZE(path))))
        return fail(L"no program has left a report yet (or it cannot be read): %s", path);
    if (json_output) print_text(text);
    else ret = show(text);
    free(text);
    return ret;
}
