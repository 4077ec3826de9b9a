/*
 * Tests: fast shutdown
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
 * Fast shutdown ends the subsystem for a process, so each case runs in a child process: this
 * program, started again with a script of one letter a step (see run_script). The child writes what
 * each step returned and how long it took to a file; the sample providers write every call they get
 * to a log. A case is judged from outside, by both and by the report.
 */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define COBJMACROS
#include <windef.h>
#include <winbase.h>
#include <winreg.h>
#include <mapi.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapishutdown.h>

#include "wine/test.h"
#include "sample.h"

#define CALL_TIMEOUT    300             /* ms; what the cases with hanging providers set */
#define TOTAL_TIMEOUT   1200
#define PATIENCE        30000

static const char profile[] = "Shutdown";
static char result_path[MAX_PATH], report_path[MAX_PATH];

/* ---- the child ---- */

#define THREADS 4

static IMAPISession *sessions[8];       /* the newest last; NULL once released */
static IMAPIClientShutdown *shutdowns[8];
static int session_count;
static FILE *results;

static HRESULT step_logon(ULONG flags)
{
    IMAPISession *session = NULL;
    HRESULT hr;

    hr = MAPILogonEx(0, (LPTSTR)profile, NULL, MAPI_EXTENDED | MAPI_NEW_SESSION
                     | MAPI_EXPLICIT_PROFILE | flags, &session);
    if (FAILED(hr)) return session ? E_UNEXPECTED : hr;
    sessions[session_count++] = session;
    return IMAPISession_QueryInterface(session, &IID_IMAPIClientShutdown,
                                       (void **)&shutdowns[session_count - 1]);
}

static HRESULT step_open(IMAPISession *session)
{
    static const SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    IMAPITable *table;
    IAddrBook *book;
    IMsgStore *store;
    SRowSet *rows;
    HRESULT hr;

    /* both stay open */
    if (FAILED(hr = IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, &book))) return hr;
    if (FAILED(hr = IMAPISession_GetMsgStoresTable(session, 0, &table))) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return hr;
    if (!rows->cRows) return MAPI_E_NOT_FOUND;
    return IMAPISession_OpenMsgStore(session, 0, rows->aRow[0].lpProps[0].Value.bin.cb,
                                     (ENTRYID *)rows->aRow[0].lpProps[0].Value.bin.lpb, NULL,
                                     MDB_NO_DIALOG | MDB_WRITE, &store);
}

static HRESULT step_table(IMAPISession *session)
{
    IMAPITable *table = NULL;
    HRESULT hr;

    hr = IMAPISession_GetMsgStoresTable(session, 0, &table);
    if (FAILED(hr)) return table ? E_UNEXPECTED : hr;
    IMAPITable_Release(table);
    return hr;
}

static HRESULT step_admin(void)
{
    IProfAdmin *admin = NULL;
    HRESULT hr;

    hr = MAPIAdminProfiles(0, &admin);
    if (FAILED(hr)) return admin ? E_UNEXPECTED : hr;
    IProfAdmin_Release(admin);
    return hr;
}

static HRESULT step_memory(void)
{
    void *buffer;
    SCODE sc;

    sc = MAPIAllocateBuffer(16, &buffer);
    if (sc == S_OK) MAPIFreeBuffer(buffer);
    return sc;
}

/* One identity: the interface leads back to the session, and to one IUnknown. */
static HRESULT step_identity(IMAPISession *session, IMAPIClientShutdown *shutdown)
{
    IUnknown *unknown1, *unknown2;
    IMAPISession *back;
    HRESULT hr;

    hr = IMAPIClientShutdown_QueryInterface(shutdown, &IID_IMAPISession, (void **)&back);
    if (FAILED(hr)) return hr;
    hr = back == session ? S_OK : E_FAIL;
    IMAPISession_Release(back);
    if (FAILED(hr)) return hr;
    IMAPISession_QueryInterface(session, &IID_IUnknown, (void **)&unknown1);
    IMAPIClientShutdown_QueryInterface(shutdown, &IID_IUnknown, (void **)&unknown2);
    hr = unknown1 == unknown2 ? S_OK : E_FAIL;
    IUnknown_Release(unknown1);
    IUnknown_Release(unknown2);
    return hr;
}

static DWORD WINAPI ask_thread(void *shutdown)
{
    HRESULT hr = S_OK;
    int i;

    for (i = 0; i < 25 && hr == S_OK; i++)
    {
        hr = IMAPIClientShutdown_QueryFastShutdown((IMAPIClientShutdown *)shutdown);
        if (hr == S_OK)
            hr = IMAPIClientShutdown_NotifyProcessShutdown((IMAPIClientShutdown *)shutdown);
    }
    return hr;
}

static DWORD WINAPI do_thread(void *shutdown)
{
    return IMAPIClientShutdown_DoFastShutdown((IMAPIClientShutdown *)shutdown);
}

/* The first failure of several threads at once. */
static HRESULT step_threads(LPTHREAD_START_ROUTINE proc, void *arg)
{
    HANDLE threads[THREADS];
    HRESULT ret = S_OK;
    DWORD status;
    int i;

    for (i = 0; i < THREADS; i++) threads[i] = CreateThread(NULL, 0, proc, arg, 0, NULL);
    if (WaitForMultipleObjects(THREADS, threads, TRUE, 20000) != WAIT_OBJECT_0) return E_PENDING;
    for (i = 0; i < THREADS; i++)
    {
        GetExitCodeThread(threads[i], &status);
        if (FAILED(status)) ret = status;
        CloseHandle(threads[i]);
    }
    return ret;
}

static HRESULT run_step(char step)
{
    IMAPIClientShutdown *shutdown = session_count ? shutdowns[session_count - 1] : NULL;
    IMAPISession *session = session_count ? sessions[session_count - 1] : NULL;

    switch (step)
    {
        case 'L': return step_logon(0);
        case 'n': return step_logon(MAPI_NO_MAIL);
        case 'o': return step_open(session);
        case 'Q': return IMAPIClientShutdown_QueryFastShutdown(shutdown);
        case 'N': return IMAPIClientShutdown_NotifyProcessShutdown(shutdown);
        case 'D': return IMAPIClientShutdown_DoFastShutdown(shutdown);
        case 'q': return IMAPIClientShutdown_QueryFastShutdown(shutdowns[0]);
        case 'i': return step_identity(session, shutdown);
        case 't': return step_table(session);
        case 'p': return step_admin();
        case 'm': return step_memory();
        case 'f': return IMAPISession_Logoff(session, 0, 0, 0);
        case 'r': IMAPISession_Release(session); return S_OK;
        case 'u': MAPIUninitialize(); return S_OK;
        case 'S':
        {
            LHANDLE handle = 0;
            return MAPILogon(0, (char *)profile, NULL, 0, 0, &handle);
        }
        case 'c': return step_threads(ask_thread, shutdown);
        case 'd': return step_threads(do_thread, shutdown);
        case 'w': Sleep(2 * CALL_TIMEOUT); return S_OK;
        /* a provider that behaves from now on */
        case 'b': return SetEnvironmentVariableA("SAMPLE_BEHAVIOR", NULL) ? S_OK : E_FAIL;
    }
    return E_INVALIDARG;
}

static void run_script(const char *script, const char *path)
{
    DWORD start;
    HRESULT hr;

    if (!(results = fopen(path, "w"))) ExitProcess(3);
    hr = MAPIInitialize(NULL);
    if (FAILED(hr)) ExitProcess(4);
    for (; *script; script++)
    {
        start = GetTickCount();
        hr = run_step(*script);
        fprintf(results, "%c %08lx %lu\n", *script, hr, GetTickCount() - start);
        fflush(results);
    }
    fclose(results);
    ExitProcess(0);
}

/* ---- the parent ---- */

struct outcome
{
    DWORD status;               /* of the process */
    char steps[64];
    HRESULT hr[64];
    DWORD ms[64];
    int count;
    char calls[16384];          /* what providers heard of shutdown and logoff, blanks between */
    char report[65536];
};

static struct outcome outcome;

static void read_results(void)
{
    unsigned long hr, ms;
    FILE *file;
    char step;

    if (!(file = fopen(result_path, "r"))) return;
    while (outcome.count < ARRAY_SIZE(outcome.hr)
           && fscanf(file, " %c %lx %lu", &step, &hr, &ms) == 3)
    {
        outcome.steps[outcome.count] = step;
        outcome.hr[outcome.count] = hr;
        outcome.ms[outcome.count++] = ms;
    }
    fclose(file);
}

static void read_calls(void)
{
    static const char *const methods[] = { "Query", "Notify", "Do", "Logoff", "Shutdown", "woke",
                                           "callback-ok", "callback-failed" };
    const char *line = sample_log_read(0), *end, *method;
    size_t length, i;

    for (; *line; line = end + 1)
    {
        end = strchr(line, '\n');
        method = strchr(line, '.') + 1;
        length = end - method;
        for (i = 0; i < ARRAY_SIZE(methods); i++)
            if (length == strlen(methods[i]) && !memcmp(method, methods[i], length)) break;
        if (i == ARRAY_SIZE(methods)) continue;
        if (outcome.calls[0]) strcat(outcome.calls, " ");
        strncat(outcome.calls, line, end - line);
    }
}

static void read_report(void)
{
    FILE *file = fopen(report_path, "rb");

    if (!file) return;
    outcome.report[fread(outcome.report, 1, sizeof(outcome.report) - 1, file)] = 0;
    fclose(file);
}

static void run_child(const char *behavior, const char *script)
{
    STARTUPINFOA startup = {sizeof(startup)};
    char command[3 * MAX_PATH];
    PROCESS_INFORMATION process;
    char **argv;

    memset(&outcome, 0, sizeof(outcome));
    DeleteFileA(result_path);
    DeleteFileA(report_path);
    sample_log_start();
    sample_behave(behavior);
    winetest_get_mainargs(&argv);
    sprintf(command, "\"%s\" shutdown %s \"%s\"", argv[0], script, result_path);
    if (!CreateProcessA(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process))
    {
        outcome.status = ~1u;
        return;
    }
    if (WaitForSingleObject(process.hProcess, PATIENCE) == WAIT_OBJECT_0)
        GetExitCodeProcess(process.hProcess, &outcome.status);
    else
    {
        outcome.status = ~0u;
        TerminateProcess(process.hProcess, 1);
    }
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    sample_behave(NULL);
    read_results();
    read_calls();
    read_report();
}

/* What the n-th step with this letter returned (0 the first). */
static HRESULT result_of(char step, int n)
{
    int i;

    for (i = 0; i < outcome.count; i++)
        if (outcome.steps[i] == step && !n--) return outcome.hr[i];
    return E_UNEXPECTED;
}

static DWORD time_of(char step)
{
    int i;

    for (i = 0; i < outcome.count; i++)
        if (outcome.steps[i] == step) return outcome.ms[i];
    return ~0u;
}

/* expected: "Q=0 N=0 D=80040102", for steps in their order, others left out. */
static void check_results(const char *name, const char *expected)
{
    const char *pos = expected;
    unsigned long hr;
    int i = 0;

    ok(!outcome.status, "%s: the process ended with %ld\n", name, (long)outcome.status);
    while (*pos)
    {
        hr = strtoul(pos + 2, NULL, 16);
        while (i < outcome.count && outcome.steps[i] != *pos) i++;
        ok(i < outcome.count, "%s: no step %c\n", name, *pos);
        if (i == outcome.count) return;
        ok(outcome.hr[i] == (HRESULT)hr, "%s: step %c returned %#lx, expected %#lx\n", name, *pos,
           outcome.hr[i], hr);
        i++;
        pos += strcspn(pos, " ");
        pos += strspn(pos, " ");
    }
}

static void check_calls(const char *name, const char *expected)
{
    ok(!strcmp(outcome.calls, expected), "%s: providers heard '%s', expected '%s'\n", name,
       outcome.calls, expected);
}

static int count_calls(const char *call)
{
    const char *pos = outcome.calls;
    size_t length = strlen(call);
    int count = 0;

    while ((pos = strstr(pos, call)))
    {
        if ((pos == outcome.calls || pos[-1] == ' ') && (!pos[length] || pos[length] == ' '))
            count++;
        pos += length;
    }
    return count;
}

/* The report's word for what a kind of provider did in a method. */
static const char *report_says(const char *kind, const char *method)
{
    static char word[32];
    char key[64], *pos;

    sprintf(key, "\"kind\": \"%s\"", kind);
    if (!(pos = strstr(outcome.report, key))) return "no such kind";
    sprintf(key, "\"%s\": ", method);
    if (!(pos = strstr(pos, key))) return "no such method";
    pos += strlen(key);
    if (!memcmp(pos, "null", 4)) return "null";
    if (sscanf(pos, "{ \"outcome\": \"%31[^\"]\"", word) != 1) return "damage";
    return word;
}

/* Which interface the report gives a kind of provider; "null" for none. */
static const char *report_interface(const char *kind)
{
    static char word[32];
    char key[64], *pos;

    sprintf(key, "\"kind\": \"%s\"", kind);
    if (!(pos = strstr(outcome.report, key)) || !(pos = strstr(pos, "\"interface\": ")))
        return "nothing";
    if (sscanf(pos, "\"interface\": \"%31[^\"]\"", word) == 1) return word;
    return "null";
}

static void set_dword(const char *key_name, const char *name, DWORD type, DWORD value)
{
    HKEY key;

    if (RegCreateKeyA(HKEY_CURRENT_USER, key_name, &key)) return;
    RegSetValueExA(key, name, 0, type, (BYTE *)&value, sizeof(value));
    RegCloseKey(key);
}

static void set_policy(const char *version, DWORD type, DWORD value)
{
    char key[128];

    sprintf(key, "Software\\Policies\\Microsoft\\Office\\%s\\Outlook\\Options\\Shutdown", version);
    set_dword(key, "FastShutdownBehavior", type, value);
}

static void clear_policies(void)
{
    static const char *const versions[] = { "16.0", "15.0", "14.0" };
    char key_name[128];
    HKEY key;
    int i;

    for (i = 0; i < ARRAY_SIZE(versions); i++)
    {
        sprintf(key_name, "Software\\Policies\\Microsoft\\Office\\%s\\Outlook\\Options\\Shutdown",
                versions[i]);
        if (RegOpenKeyA(HKEY_CURRENT_USER, key_name, &key)) continue;
        RegDeleteValueA(key, "FastShutdownBehavior");
        RegCloseKey(key);
    }
}

static void set_timeouts(DWORD call, DWORD total)
{
    set_dword("Software\\wine-mapi\\Shutdown", "ProviderTimeoutMs", REG_DWORD, call);
    set_dword("Software\\wine-mapi\\Shutdown", "TotalTimeoutMs", REG_DWORD, total);
}

static void clear_settings(void)
{
    RegDeleteKeyA(HKEY_CURRENT_USER, "Software\\wine-mapi\\Shutdown");
    clear_policies();
}

static void set_report_path(void)
{
    HKEY key;

    if (RegCreateKeyA(HKEY_CURRENT_USER, "Software\\wine-mapi\\Shutdown", &key)) return;
    RegSetValueExA(key, "ReportFile", 0, REG_SZ, (BYTE *)report_path, strlen(report_path) + 1);
    RegCloseKey(key);
}

/* ---- cases in which every provider answers in time: policies and sequences ---- */

#define QUERIES  "xp.Query ab.Query ms.Query"
#define NOTIFIES "xp.Notify ab.Notify ms.Notify"
#define DOES     "xp.Do ab.Do ms.Do"

static const struct
{
    const char *name;
    int policy;                 /* -1: none is set */
    const char *behavior;
    const char *script;
    const char *results;
    const char *calls;
}
cases[] =
{
    { "typical", -1, NULL, "LoQND", "L=0 o=0 Q=0 N=0 D=0", QUERIES " " NOTIFIES " " DOES },
    { "policy 0", 0, NULL, "LoQND", "Q=0 N=0 D=0", QUERIES " " NOTIFIES " " DOES },
    { "policy 1", 1, NULL, "LoQND", "Q=0 N=0 D=0", QUERIES " " NOTIFIES " " DOES },
    { "policy 2", 2, NULL, "LoQND", "Q=80040102 N=0 D=80040102", NOTIFIES },
    { "policy 2, Do alone", 2, NULL, "LoD", "D=80040102", "" },
    { "policy 3 is 0", 3, "xp=silent", "LoQ", "Q=0", "ab.Query ms.Query" },

    /* who does not take part */
    { "transport silent", 0, "xp=silent", "LoQND", "Q=0 N=0 D=0",
      "ab.Query ms.Query ab.Notify ms.Notify ab.Do ms.Do" },
    { "address book silent", 0, "ab=silent", "LoQND", "Q=0 N=0 D=0",
      "xp.Query ms.Query xp.Notify ms.Notify xp.Do ms.Do" },
    { "store silent", 0, "ms=silent", "LoQND", "Q=0 N=0 D=0",
      "xp.Query ab.Query xp.Notify ab.Notify xp.Do ab.Do" },
    { "all silent", 0, "xp=silent ab=silent ms=silent", "LoQND", "Q=0 N=0 D=0", "" },
    { "transport silent, policy 1", 1, "xp=silent", "LoQND", "Q=80040102 N=0 D=80040102",
      "ab.Query ms.Query ab.Notify ms.Notify" },
    { "address book silent, policy 1", 1, "ab=silent", "LoQ", "Q=80040102", "xp.Query ms.Query" },
    { "store silent, policy 1", 1, "ms=silent", "LoQ", "Q=80040102", "xp.Query ab.Query" },
    { "null interface", 0, "ab=null", "LoQND", "Q=0 N=0 D=0",
      "xp.Query ms.Query xp.Notify ms.Notify xp.Do ms.Do" },
    { "null interface, policy 1", 1, "ab=null", "LoQ", "Q=80040102", "xp.Query ms.Query" },
    { "providers of 2007", 1, "xp=2007 ab=2007 ms=2007", "LoQND", "Q=0 N=0 D=0",
      QUERIES " " NOTIFIES " " DOES },
    { "a veto of 2007", 0, "ms=2007 ms.Query=veto", "LoQ", "Q=80040102", QUERIES },
    { "veto, policy 1", 1, "ab.Query=veto", "LoQD", "Q=80040102 D=80040102", QUERIES },
    { "nothing loaded", 1, NULL, "nQND", "Q=0 N=0 D=0", "" },
    { "no mail", 1, NULL, "noQND", "Q=0 N=0 D=0",
      "ab.Query ms.Query ab.Notify ms.Notify ab.Do ms.Do" },
    { "only what is loaded", 1, NULL, "LQND", "Q=0 N=0 D=0", "xp.Query xp.Notify xp.Do" },

    /* orders the documentation does not have */
    { "Do alone", 0, NULL, "LoD", "D=0", QUERIES " " DOES },
    { "Do alone, veto", 0, "ms.Query=veto", "LoD", "D=80040102", QUERIES },
    { "Do alone, twice, veto", 0, "ms.Query=veto", "LoDD", "D=80040102 D=80040102", QUERIES },
    { "Do without Notify", 0, NULL, "LoQD", "Q=0 D=0", QUERIES " " DOES },
    { "Notify without Query", 0, NULL, "LoND", "N=0 D=0", NOTIFIES " " QUERIES " " DOES },
    { "Notify without Query, veto", 0, "xp.Query=veto", "LoND", "N=0 D=80040102",
      NOTIFIES " " QUERIES },
    { "Notify after a veto", 0, "ab.Query=veto", "LoQND", "Q=80040102 N=0 D=80040102",
      QUERIES " " NOTIFIES },
    { "Query twice", 0, NULL, "LoQQ", "Q=0 Q=0", QUERIES " " QUERIES },
    { "Query again after a veto", 0, "ab.Query=veto", "LoQbQD", "Q=80040102 b=0 Q=0 D=0",
      QUERIES " " QUERIES " " DOES },
    { "Notify twice", 0, NULL, "LoQNND", "Q=0 N=0 N=0 D=0", QUERIES " " NOTIFIES " " DOES },
    { "Notify again after a Query", 0, NULL, "LoNQN", "N=0 Q=0 N=0",
      NOTIFIES " " QUERIES " " NOTIFIES },

    /* several sessions */
    { "two sessions", 1, NULL, "LoLoQND", "Q=0 N=0 D=0", QUERIES " " QUERIES " " NOTIFIES " "
      NOTIFIES " " DOES " " DOES },
    { "the other session speaks", 0, NULL, "LonqD", "q=0 D=0", QUERIES " " DOES },
    { "a session that came after Query", 0, NULL, "LoQLoD", "Q=0 D=0",
      QUERIES " " QUERIES " " DOES " " DOES },
    { "a session that came after Notify", 0, NULL, "LoQNLoND", "Q=0 N=0 N=0 D=0",
      QUERIES " " NOTIFIES " " NOTIFIES " " QUERIES " " DOES " " DOES },

    /* the session goes on, and the ordinary way still is whole */
    { "on after a veto", 0, "ab.Query=veto", "LoQtq", "Q=80040102 t=0 q=80040102",
      QUERIES " " QUERIES },
    { "identity", 0, NULL, "Li", "L=0 i=0", "" },
    { "session released first", 0, NULL, "LorQND", "Q=0 N=0 D=0", QUERIES " " NOTIFIES " " DOES },

    /* threads at once: one call after the other, and one Do */
    { "Do on several threads", 0, NULL, "LoQNdD", "Q=0 N=0 d=0 D=0", QUERIES " " NOTIFIES " " DOES },
    { "Do on several threads, veto", 0, "ab.Query=veto", "Lod", "d=80040102", QUERIES },

    /* after the end */
    { "calls after Do", 0, NULL, "LoQNDDNQLptSmrfuuu",
      "D=0 D=0 N=0 Q=0 L=80040605 p=80040605 t=80040200 m=0 r=0 u=0 u=0 u=0",
      QUERIES " " NOTIFIES " " DOES },
    { "second logon after Do", 0, NULL, "LoQDn", "D=0 n=80040605", QUERIES " " DOES },
    { "one MAPIUninitialize too many", 0, NULL, "LoQNDuu", "D=0 u=0 u=0",
      QUERIES " " NOTIFIES " " DOES },
    { "success codes", 1, "xp.Query=false ab.Notify=false ms.Do=false", "LoQND", "Q=0 N=0 D=0",
      QUERIES " " NOTIFIES " " DOES },
};

static void test_cases(void)
{
    int i;

    for (i = 0; i < ARRAY_SIZE(cases); i++)
    {
        if (cases[i].policy >= 0) set_policy("16.0", REG_DWORD, cases[i].policy);
        run_child(cases[i].behavior, cases[i].script);
        clear_policies();
        check_results(cases[i].name, cases[i].results);
        check_calls(cases[i].name, cases[i].calls);
    }
}

static void test_after_veto(void)
{
    run_child("ab.Query=veto", "LoQfr");
    check_results("logoff after a veto", "Q=80040102 f=0 r=0");
    ok(!strncmp(outcome.calls, QUERIES " ", sizeof(QUERIES)), "providers heard '%s'\n",
       outcome.calls);
    ok(count_calls("xp.Logoff") == 1 && count_calls("ab.Logoff") == 1
           && count_calls("ms.Logoff") == 1,
       "not all were logged off: '%s'\n", outcome.calls);
    ok(count_calls("xp.Shutdown") == 1 && count_calls("ab.Shutdown") == 1
       && count_calls("ms.Shutdown") == 1, "not all were shut down: '%s'\n", outcome.calls);
    ok(!count_calls("xp.Do") && !count_calls("ab.Do") && !count_calls("ms.Do"), "'%s'\n",
       outcome.calls);
}

static void test_threads(void)
{
    int i;

    run_child(NULL, "LoLocD");
    check_results("several threads", "c=0 D=0");
    for (i = 0; i < 3; i++)
    {
        static const char *const queries[] = { "xp.Query", "ab.Query", "ms.Query" };
        static const char *const notifies[] = { "xp.Notify", "ab.Notify", "ms.Notify" };

        ok(count_calls(queries[i]) == 2 * THREADS * 25, "%d %s\n", count_calls(queries[i]),
           queries[i]);
        /* once an attempt; threads begin new ones between Query and Notify of others */
        ok(count_calls(notifies[i]) >= 2 && count_calls(notifies[i]) <= 2 * THREADS * 25, "%d %s\n",
           count_calls(notifies[i]), notifies[i]);
    }
}

static void test_logged_off(void)
{
    run_child(NULL, "LofQNDi");
    check_results("logged off", "f=0 Q=80040108 N=80040108 D=80040108 i=0");
    ok(!count_calls("xp.Query") && !count_calls("xp.Notify") && !count_calls("xp.Do"),
       "providers heard '%s'\n", outcome.calls);

    /* another session lives on and speaks for what is left */
    run_child(NULL, "LoLofqN");
    check_results("logged off, first lives", "f=0 q=0 N=80040108");
    ok(count_calls("xp.Query") == 1, "providers heard '%s'\n", outcome.calls);
}

static void test_simple_mapi_after_do(void)
{
    run_child(NULL, "LQDS");
    check_results("Simple MAPI", "D=0");
    /* Simple MAPI has codes of its own; what it must not do is to log on */
    ok(result_of('S', 0) != SUCCESS_SUCCESS, "MAPILogon succeeded\n");
}

static void test_policy_places(void)
{
    static const struct
    {
        const char *name;
        DWORD type16, value16, type15, value15, type14, value14;        /* type ~0: not there */
        HRESULT hr;
    }
    places[] =
    {
        { "14.0 alone", ~0u, 0, ~0u, 0, REG_DWORD, 2, MAPI_E_NO_SUPPORT },
        { "15.0 alone", ~0u, 0, REG_DWORD, 2, ~0u, 0, MAPI_E_NO_SUPPORT },
        { "16.0 wins", REG_DWORD, 0, REG_DWORD, 2, REG_DWORD, 2, S_OK },
        { "15.0 wins over 14.0", ~0u, 0, REG_DWORD, 0, REG_DWORD, 2, S_OK },
        { "another type is 0", REG_BINARY, 2, ~0u, 0, ~0u, 0, S_OK },
        { "another type is found all the same", REG_BINARY, 2, REG_DWORD, 2, ~0u, 0, S_OK },
        { "too large is 0", REG_DWORD, 7, REG_DWORD, 2, ~0u, 0, S_OK },
        { "1", REG_DWORD, 1, ~0u, 0, ~0u, 0, MAPI_E_NO_SUPPORT },
    };
    int i;

    for (i = 0; i < ARRAY_SIZE(places); i++)
    {
        if (places[i].type16 != ~0u) set_policy("16.0", places[i].type16, places[i].value16);
        if (places[i].type15 != ~0u) set_policy("15.0", places[i].type15, places[i].value15);
        if (places[i].type14 != ~0u) set_policy("14.0", places[i].type14, places[i].value14);
        run_child("ab=silent", "LoQ");
        clear_policies();
        ok(result_of('Q', 0) == places[i].hr, "%s: Query returned %#lx\n", places[i].name,
           result_of('Q', 0));
    }
}

/* ---- faults: each for each kind and each method ---- */

static const char *const kinds[] = { "xp", "ab", "ms" };
static const char *const kind_names[] = { "transport", "address book", "store" };
static const char *const methods[] = { "Query", "Notify", "Do" };
static const char *const report_methods[] = { "query", "notify", "do" };

static const struct
{
    const char *word;
    BOOL refuses;               /* when Query does it */
    BOOL breaks;                /* it is not called again */
    const char *report;
}
faults[] =
{
    { "veto", TRUE, FALSE, "answered" },
    { "fail", TRUE, FALSE, "answered" },
    { "false", FALSE, FALSE, "answered" },
    { "crash", TRUE, TRUE, "crashed" },
    { "raise", TRUE, TRUE, "crashed" },
    { "callback", FALSE, FALSE, "answered" },
    { "hang", TRUE, FALSE, "timeout" },
};

static void check_fault(int kind, int method, int fault)
{
    BOOL refused = !method && faults[fault].refuses, hangs = !strcmp(faults[fault].word, "hang");
    char behavior[64], name[80], call[32];
    int i, j, expected;
    const char *says;

    sprintf(behavior, "%s.%s=%s", kinds[kind], methods[method], faults[fault].word);
    sprintf(name, "%s", behavior);
    run_child(behavior, "LoQND");
    check_results(name, refused ? "Q=80040102 N=0 D=80040102" : "Q=0 N=0 D=0");

    /* everybody hears everything, but for the broken one afterwards, and Do after a refusal */
    for (i = 0; i < ARRAY_SIZE(kinds); i++)
    {
        for (j = 0; j < ARRAY_SIZE(methods); j++)
        {
            expected = !(refused && j == 2) && !(i == kind && j > method && faults[fault].breaks);
            sprintf(call, "%s.%s", kinds[i], methods[j]);
            ok(count_calls(call) == expected, "%s: %s was heard %d times in '%s'\n", name, call,
               count_calls(call), outcome.calls);
        }
    }
    ok(!count_calls("xp.Logoff") && !count_calls("ab.Logoff") && !count_calls("ms.Logoff"),
       "%s: somebody was logged off: '%s'\n", name, outcome.calls);
    if (!strcmp(faults[fault].word, "callback"))
    {
        sprintf(call, "%s.callback-ok", kinds[kind]);
        ok(count_calls(call) == 1, "%s: '%s'\n", name, outcome.calls);
    }
    says = report_says(kind_names[kind], report_methods[method]);
    ok(!strcmp(says, faults[fault].report), "%s: the report says '%s'\n", name, says);
    says = report_interface(kind_names[kind]);
    ok(!strcmp(says, "IMAPIProviderShutdown"), "%s: the report's interface is %s\n", name, says);
    says = report_says(kind_names[(kind + 1) % 3], report_methods[method]);
    ok(!strcmp(says, "answered"), "%s: the report says '%s' of another one\n", name, says);
    ok(time_of(methods[method][0]) < TOTAL_TIMEOUT + 1500, "%s: it took %lu ms\n", name,
       time_of(methods[method][0]));
    if (hangs)
        ok(time_of(methods[method][0]) >= CALL_TIMEOUT - 50, "%s: it took only %lu ms\n", name,
           time_of(methods[method][0]));
}

static void test_faults(void)
{
    int kind, method, fault;

    set_timeouts(CALL_TIMEOUT, TOTAL_TIMEOUT);
    for (kind = 0; kind < ARRAY_SIZE(kinds); kind++)
        for (method = 0; method < ARRAY_SIZE(methods); method++)
            for (fault = 0; fault < ARRAY_SIZE(faults); fault++)
                check_fault(kind, method, fault);
}

/* A provider that is only slow is waited for to the end, while the others are told in time. */
static void test_slow(void)
{
    const char *says;

    set_timeouts(CALL_TIMEOUT, 5000);
    run_child("xp.Do=hang:900", "LoQND");
    check_results("slow transport", "Q=0 N=0 D=0");
    check_calls("slow transport", QUERIES " " NOTIFIES " " DOES " xp.woke");
    ok(time_of('D') >= 850 && time_of('D') < 3000, "Do took %lu ms\n", time_of('D'));
    says = report_says("transport", "do");
    ok(!strcmp(says, "late"), "the report says '%s'\n", says);

    /* all of them at once: the waits overlap */
    run_child("xp.Do=hang:1500 ab.Do=hang:1500 ms.Do=hang:1500", "LoQD");
    check_results("all slow", "Q=0 D=0");
    ok(count_calls("xp.woke") == 1 && count_calls("ab.woke") == 1 && count_calls("ms.woke") == 1,
       "not all were waited for: '%s'\n", outcome.calls);
    ok(time_of('D') < 4000, "Do took %lu ms\n", time_of('D'));

    /* Do comes after Notify for one that is still at it */
    set_timeouts(600, 5000);
    run_child("ab.Notify=hang:700", "LoQND");
    check_results("slow in Notify", "Q=0 N=0 D=0");
    ok(strstr(outcome.calls, "ab.woke") && strstr(outcome.calls, "ab.Do")
           && strstr(outcome.calls, "ab.woke") < strstr(outcome.calls, "ab.Do"),
       "'%s'\n", outcome.calls);

    /* the total is for all waiting together */
    set_timeouts(CALL_TIMEOUT, 800);
    run_child("xp.Do=hang ab.Do=hang ms.Do=hang", "LoQD");
    check_results("all hang", "Q=0 D=0");
    check_calls("all hang", QUERIES " " DOES);
    ok(time_of('D') >= 750 && time_of('D') < 2500, "Do took %lu ms\n", time_of('D'));

    /* a Query that had to be refused is answered by the next one */
    set_timeouts(CALL_TIMEOUT, TOTAL_TIMEOUT);
    run_child("ms.Query=hang:450", "LoQbwQND");
    check_results("slow in Query", "Q=80040102 Q=0 N=0 D=0");
    set_report_path();
}

static void test_report(void)
{
    static const char *const pieces[] =
    {
        "\"version\": 1", "\"policy\": 0", "\"policy_source\": \"default\"",
        "\"last_call\": \"DoFastShutdown\"", "\"method\": \"QueryFastShutdown\", \"result\": \"S_OK\"",
        "\"method\": \"NotifyProcessShutdown\"", "\"profile\": \"Shutdown\"", "sample.dll",
        "\"interface\": \"IMAPIProviderShutdown\"", "\"interface\": \"IMAPIClientShutdown\"",
        "\"interface\": null", "mapi32_test",
    };
    const char *says;
    int i;

    run_child("ab=2007 ms=silent", "LoQND");
    check_results("report", "Q=0 N=0 D=0");
    for (i = 0; i < ARRAY_SIZE(pieces); i++)
        ok(strstr(outcome.report, pieces[i]) != NULL, "no %s in the report:\n%s\n", pieces[i],
           outcome.report);
    says = report_says("store", "query");
    ok(!strcmp(says, "no interface"), "the report says '%s'\n", says);

    /* who vetoed stands in it although the client went no further */
    run_child("xp.Query=veto", "LoQw");
    ok(strstr(outcome.report, "\"result\": \"MAPI_E_NO_SUPPORT\"") != NULL, "%s\n", outcome.report);
    ok(!strcmp(report_says("transport", "do"), "null"), "%s\n", outcome.report);
}

START_TEST(shutdown)
{
    char **argv;
    HRESULT hr;

    if (winetest_get_mainargs(&argv) >= 4)
    {
        run_script(argv[2], argv[3]);
        return;
    }
    if (!sample_install())
    {
        skip("no sample providers\n");
        return;
    }
    sprintf(result_path, "%s\\results.txt", sample_directory());
    sprintf(report_path, "%s\\report.json", sample_directory());
    clear_settings();
    set_report_path();
    MAPIInitialize(NULL);
    hr = sample_create_profile(profile);
    MAPIUninitialize();
    ok(hr == S_OK, "creating the profile returned %#lx\n", hr);
    if (SUCCEEDED(hr))
    {
        test_cases();
        test_after_veto();
        test_logged_off();
        test_threads();
        test_simple_mapi_after_do();
        test_policy_places();
        test_report();
        test_faults();
        test_slow();
        MAPIInitialize(NULL);
        sample_delete_profile(profile);
        MAPIUninitialize();
    }
    clear_settings();
    DeleteFileA(result_path);
    DeleteFileA(report_path);
    sample_remove();
}
