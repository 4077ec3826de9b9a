/*
 * Benchmark: what fast shutdown costs
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
 * Three figures, each beside what it is measured against in the same run:
 *
 *  - what the subsystem adds to a provider's own time in one shutdown call, with 100 providers;
 *  - QueryFastShutdown over 100 providers without the shutdown interface;
 *  - fast shutdown beside the ordinary logoff of the same session, with providers whose flush costs
 *    0, 1 and 50 ms. Each of these runs in a process of its own, since fast shutdown ends MAPI
 *    there.
 *
 * 100 providers are 100 sessions with one transport each: a provider object belongs to one session.
 */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COBJMACROS
#include <initguid.h>
#include <windows.h>
#include <mapidefs.h>
#include <mapicode.h>
#include <mapitags.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>
#include <mapishutdown.h>

#include "sample.h"

#define PROVIDERS 100
#define ROUNDS 20

static double now_us(void)
{
    static LARGE_INTEGER frequency;
    LARGE_INTEGER counter;

    if (!frequency.QuadPart) QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&counter);
    return counter.QuadPart * 1e6 / frequency.QuadPart;
}

static void check(HRESULT hr, const char *what)
{
    if (SUCCEEDED(hr)) return;
    fprintf(stderr, "bench_shutdown: %s: 0x%08lx\n", what, (unsigned long)hr);
    exit(1);
}

/* The provider's own time: the same method called with nothing in between. */
static double direct_call_us(void)
{
    IMAPIProviderShutdown *shutdown;
    char path[MAX_PATH];
    LPXPPROVIDER provider;
    ULONG version;
    XPPROVIDERINIT *init;
    HMODULE module;
    double start, ret;
    int i;

    sprintf(path, "%s\\sample32.dll", sample_directory());
    if (!(module = LoadLibraryA(path))) check(E_FAIL, "load sample32.dll");
    init = (XPPROVIDERINIT *)(void *)GetProcAddress(module, "XPProviderInit");
    check(init(module, NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, 0,
               CURRENT_SPI_VERSION, &version, &provider),
          "XPProviderInit");
    check(IXPProvider_QueryInterface(provider, &IID_IMAPIProviderShutdown, (void **)&shutdown),
          "interface");
    start = now_us();
    for (i = 0; i < PROVIDERS * ROUNDS; i++) IMAPIProviderShutdown_QueryFastShutdown(shutdown);
    ret = (now_us() - start) / (PROVIDERS * ROUNDS);
    IMAPIProviderShutdown_Release(shutdown);
    IXPProvider_Release(provider);
    return ret;
}

static void open_sessions(IMAPISession **sessions)
{
    int i;

    for (i = 0; i < PROVIDERS; i++)
        check(MAPILogonEx(0, (LPTSTR)"Bench", NULL,
                          MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_EXPLICIT_PROFILE, &sessions[i]),
              "MAPILogonEx");
}

static void close_sessions(IMAPISession **sessions)
{
    int i;

    for (i = 0; i < PROVIDERS; i++)
    {
        IMAPISession_Logoff(sessions[i], 0, 0, 0);
        IMAPISession_Release(sessions[i]);
    }
}

/* The fastest of ROUNDS: what the machine does otherwise is not the subsystem's. */
static double query_us(IMAPISession *session)
{
    IMAPIClientShutdown *shutdown;
    double start, time, best = 1e12;
    int i;

    check(IMAPISession_QueryInterface(session, &IID_IMAPIClientShutdown, (void **)&shutdown),
          "interface");
    for (i = 0; i < ROUNDS; i++)
    {
        start = now_us();
        check(IMAPIClientShutdown_QueryFastShutdown(shutdown), "QueryFastShutdown");
        time = now_us() - start;
        if (time < best) best = time;
    }
    IMAPIClientShutdown_Release(shutdown);
    return best;
}

static void bench_calls(void)
{
    IMAPISession *sessions[PROVIDERS];
    double direct, all;

    direct = direct_call_us();
    open_sessions(sessions);
    all = query_us(sessions[0]);
    printf(
        "provider call: own time %.1f us, through the subsystem %.1f us, added %.1f us (aim: 50 at most)\n",
        direct, all / PROVIDERS, all / PROVIDERS - direct);
    close_sessions(sessions);

    sample_behave("xp=silent ab=silent ms=silent");
    open_sessions(sessions);
    printf("QueryFastShutdown over %d silent providers: %.2f ms (aim: under 5)\n", PROVIDERS,
           query_us(sessions[0]) / 1000);
    close_sessions(sessions);
    sample_behave(NULL);
}

static IMAPISession *open_everything(void)
{
    static const SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    IMAPISession *session;
    IMAPITable *table;
    IAddrBook *book;
    IMsgStore *store;
    SRowSet *rows;

    check(MAPILogonEx(0, (LPTSTR)"Bench", NULL,
                      MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_EXPLICIT_PROFILE, &session),
          "MAPILogonEx");
    check(IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, &book), "OpenAddressBook");
    check(IMAPISession_GetMsgStoresTable(session, 0, &table), "GetMsgStoresTable");
    check(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows), "HrQueryAllRows");
    check(rows->cRows ? S_OK : MAPI_E_NOT_FOUND, "a store");
    check(IMAPISession_OpenMsgStore(session, 0, rows->aRow[0].lpProps[0].Value.bin.cb,
                                    (ENTRYID *)rows->aRow[0].lpProps[0].Value.bin.lpb, NULL,
                                    MDB_NO_DIALOG | MDB_WRITE, &store), "OpenMsgStore");
    FreeProws(rows);
    IMAPITable_Release(table);
    return session;
}

/* Runs in a process of its own; the exit status is the time in units of 10 us. */
static int leave(BOOL fast)
{
    IMAPIClientShutdown *shutdown;
    IMAPISession *session;
    double start;

    check(MAPIInitialize(NULL), "MAPIInitialize");
    session = open_everything();
    start = now_us();
    if (fast)
    {
        check(IMAPISession_QueryInterface(session, &IID_IMAPIClientShutdown, (void **)&shutdown),
              "interface");
        check(IMAPIClientShutdown_QueryFastShutdown(shutdown), "QueryFastShutdown");
        check(IMAPIClientShutdown_NotifyProcessShutdown(shutdown), "NotifyProcessShutdown");
        check(IMAPIClientShutdown_DoFastShutdown(shutdown), "DoFastShutdown");
        ExitProcess((int)((now_us() - start) / 10));
    }
    check(IMAPISession_Logoff(session, 0, 0, 0), "Logoff");
    IMAPISession_Release(session);
    MAPIUninitialize();
    return (int)((now_us() - start) / 10);
}

static double leave_ms(const char *how)
{
    PROCESS_INFORMATION process;
    STARTUPINFOA startup = {sizeof(startup)};
    char command[MAX_PATH + 16];
    DWORD status, best = ~0u;
    int i;

    for (i = 0; i < 5; i++)
    {
        command[0] = '"';
        GetModuleFileNameA(NULL, command + 1, MAX_PATH);
        sprintf(command + strlen(command), "\" %s", how);
        if (!CreateProcessA(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process))
            check(E_FAIL, "CreateProcess");
        WaitForSingleObject(process.hProcess, 60000);
        GetExitCodeProcess(process.hProcess, &status);
        CloseHandle(process.hThread);
        CloseHandle(process.hProcess);
        if (status < best) best = status;
    }
    return best / 100.0;
}

static void bench_leaving(void)
{
    static const int costs[] = {0, 1, 50};
    double fast, ordinary;
    char words[256];
    size_t i;

    for (i = 0; i < ARRAYSIZE(costs); i++)
    {
        sprintf(words,
                "xp.Do=hang:%d ab.Do=hang:%d ms.Do=hang:%d xp.Logoff=hang:%d ab.Logoff=hang:%d "
                "ms.Logoff=hang:%d",
                costs[i], costs[i], costs[i], costs[i], costs[i], costs[i]);
        sample_behave(costs[i] ? words : NULL);
        fast = leave_ms("fast");
        ordinary = leave_ms("ordinary");
        printf(
            "leaving, 3 providers that flush for %d ms: fast %.1f ms, ordinary logoff %.1f ms, ratio %.2f\n",
            costs[i], fast, ordinary, fast / ordinary);
    }
    sample_behave(NULL);
}

int main(int argc, char **argv)
{
    if (argc == 2) return leave(!strcmp(argv[1], "fast"));
    if (!sample_install())
        check(E_FAIL, "find sample32.dll beside this program or in %SAMPLE_PROVIDERS%");
    check(MAPIInitialize(NULL), "MAPIInitialize");
    check(sample_create_profile("Bench"), "create a profile");
    bench_calls();
    bench_leaving();
    sample_delete_profile("Bench");
    MAPIUninitialize();
    sample_remove();
    return 0;
}
