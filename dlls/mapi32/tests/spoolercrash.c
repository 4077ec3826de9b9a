/*
 * Tests of the spooler: two processes, kills, logoff and fast shutdown
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
 * A message ends sent once or still queued, whatever happens to the process that sends it, and
 * whoever else sends from the same store. The log that the providers write counts what really
 * left: xp.Sent stands in it once for each file that was made, xp.Known for each message that a
 * transport was given again and knew.
 */

#define COBJMACROS
#include <stdarg.h>
#include <windef.h>
#include <winbase.h>
#include <mapi.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapishutdown.h>

#include "wine/test.h"
#include "spool.h"

/* ---- children ---- */

/* Submits so many messages and waits until all that the store has are sent. */
static void child_send(int count)
{
    IMAPISession *session;
    IMsgStore *store;
    char subject[64];
    int i;

    if (!(session = spool_logon(0))) return;
    if ((store = open_store(session, 0)))
    {
        for (i = 0; i < count; i++)
        {
            sprintf(subject, "%lu %d", GetCurrentProcessId(), i);
            spool_send(store, subject);
        }
        spool_wait(!spool_queued(store));
        IMsgStore_Release(store);
    }
    IMAPISession_Logoff(session, 0, 0, 0);
    IMAPISession_Release(session);
}

/* Submits one message, and when the transport has it, ends the process in a hurry. */
static void child_shutdown(void)
{
    IMAPIClientShutdown *shutdown;
    IMAPISession *session;
    IMsgStore *store;
    DWORD start;
    HRESULT hr;

    if (!(session = spool_logon(0))) return;
    if ((store = open_store(session, 0)))
    {
        spool_send(store, "busy");
        spool_wait(sample_log_count("xp.Write") == 1);
        spool_send(store, "behind it");
        hr = IMAPISession_QueryInterface(session, &IID_IMAPIClientShutdown, (void **)&shutdown);
        ok(hr == S_OK, "QueryInterface returned %#lx\n", hr);
        start = GetTickCount();
        hr = IMAPIClientShutdown_QueryFastShutdown(shutdown);
        ok(hr == S_OK, "QueryFastShutdown returned %#lx\n", hr);
        hr = IMAPIClientShutdown_NotifyProcessShutdown(shutdown);
        ok(hr == S_OK, "NotifyProcessShutdown returned %#lx\n", hr);
        hr = IMAPIClientShutdown_DoFastShutdown(shutdown);
        ok(hr == S_OK, "DoFastShutdown returned %#lx\n", hr);
        ok(GetTickCount() - start < 45000, "it took %lu ms\n", GetTickCount() - start);
    }
}

static void child(char **argv, int argc)
{
    HRESULT hr;

    strcpy(spool_profile, argv[3]);
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    if (!strcmp(argv[2], "shutdown"))
    {
        GetEnvironmentVariableA("SAMPLE_LOG", sample_log_path, sizeof(sample_log_path));
        child_shutdown();
        ExitProcess(winetest_get_failures() != 0);
    }
    child_send(atoi(argv[4]));
    MAPIUninitialize();
}

/* ---- the parent ---- */

static int sent_files(void)
{
    return spool_files(spool_out, "*.msg", NULL);
}

static ULONG kept_count(IMsgStore *store)
{
    return spool_count(store, PR_IPM_OUTBOX_ENTRYID) + spool_count(store, PR_IPM_SENTMAIL_ENTRYID);
}

/* A session that sends what is left, and then whether everything was sent once. count -1: whatever
 * was sent by a client that was killed, and may leave one message that it had not submitted yet. */
static int finish_and_check(int count)
{
    IMAPISession *session;
    ULONG drafts = count < 0;
    IMsgStore *store;

    if (!(session = spool_logon(0))) return 0;
    if ((store = open_store(session, 0)))
    {
        spool_wait(!spool_queued(store));
        if (count < 0) count = sent_files();
        ok(sent_files() == count, "%d messages were sent, not %d\n", sent_files(), count);
        ok(sample_log_count("xp.Sent") == count, "sent %d times\n", sample_log_count("xp.Sent"));
        /* it leaves the queue before it is moved; and nothing is lost */
        spool_wait(kept_count(store) - count <= drafts);
        ok(!inbox_count(store), "%lu reports\n", inbox_count(store));
        IMsgStore_Release(store);
    }
    IMAPISession_Logoff(session, 0, 0, 0);
    IMAPISession_Release(session);
    return count;
}

static char args_send[64];

/* The sender is killed at each step of sending a message. */
static void test_kill(void)
{
    static const struct
    {
        const char *behavior;
        BOOL sent;              /* by then it has left */
    }
    steps[] =
    {
        { "ms.SetLockState=kill", FALSE },
        { "xp.SubmitMessage=kill", FALSE },
        { "xp.Write=kill", FALSE },
        { "xp.Sent=kill", TRUE },
        { "ms.ModifyRecipients=kill@2", TRUE },
        { "xp.Marked=kill", TRUE },
        { "xp.EndMessage=kill", TRUE },
        { "ms.FinishedMsg=kill", TRUE },
        { "hk.Outbound=kill", TRUE },
        { "ms.CopyMessages=kill", TRUE },
    };
    unsigned int i;
    DWORD ret;

    sprintf(args_send, "spoolercrash send %s 1", spool_profile);
    for (i = 0; i < ARRAY_SIZE(steps); i++)
    {
        winetest_push_context("%s", steps[i].behavior);
        spool_clear();
        ret = spool_run(args_send, steps[i].behavior);
        ok(ret == 77, "the process ended with %lu\n", ret);
        ok(sent_files() == steps[i].sent, "%d messages were sent\n", sent_files());
        finish_and_check(1);
        winetest_pop_context();
    }
}

/* And at each time that it saves the message. */
static void test_kill_saving(void)
{
    char behavior[64];
    DWORD ret = 77;
    int i;

    for (i = 1; i < 20 && ret == 77; i++)
    {
        winetest_push_context("save %d", i);
        spool_clear();
        sprintf(behavior, "ms.SaveChanges=kill@%d", i);
        ret = spool_run(args_send, behavior);
        ok(ret == 77 || !ret, "the process ended with %lu\n", ret);
        /* The first is the client's, and what is not in the queue need not be sent. */
        if (i > 1) finish_and_check(1);
        winetest_pop_context();
    }
    ok(i > 3 && i < 20, "it saves %d times\n", i);
}

static void test_many(void)
{
    HANDLE processes[3];
    unsigned int i;
    char args[64];
    DWORD ret;

    spool_clear();
    sprintf(args, "spoolercrash send %s 6", spool_profile);
    for (i = 0; i < ARRAY_SIZE(processes); i++) processes[i] = spool_start(args, NULL);
    for (i = 0; i < ARRAY_SIZE(processes); i++)
    {
        ret = spool_join(processes[i]);
        ok(!ret, "a process ended with %lu\n", ret);
    }
    finish_and_check(18);
    ok(!sample_log_count("xp.Known"), "a transport got %d messages again\n",
       sample_log_count("xp.Known"));

    /* The one that sends is killed in the middle; another one goes on with its messages. */
    spool_clear();
    processes[0] = spool_start(args, "xp.Sent=kill@3");
    processes[1] = spool_start(args, NULL);
    ret = spool_join(processes[0]);
    ok(ret == 77 || !ret, "the process ended with %lu\n", ret);
    ret = spool_join(processes[1]);
    ok(!ret, "a process ended with %lu\n", ret);
    ok(finish_and_check(-1) >= 6, "%d messages were sent\n", sent_files());
    ok(sample_log_count("xp.Known") <= 1, "a transport got %d messages again\n",
       sample_log_count("xp.Known"));
}

static void set_shutdown(const char *name, DWORD value)
{
    HKEY key;

    if (RegCreateKeyA(HKEY_CURRENT_USER, "Software\\wine-mapi\\Shutdown", &key)) return;
    if (value) RegSetValueExA(key, name, 0, REG_DWORD, (BYTE *)&value, sizeof(value));
    else RegDeleteValueA(key, name);
    RegCloseKey(key);
}

/* Fast shutdown waits for the message under way, and begins no other; what outlasts it is sent in
 * the next session. */
static void test_shutdown(void)
{
    char args[64];
    DWORD ret;

    sprintf(args, "spoolercrash shutdown %s", spool_profile);
    spool_clear();
    ret = spool_run(args, "xp.Write=hang:2000");
    ok(!ret, "the process ended with %lu\n", ret);
    ok(sent_files() == 1, "%d messages were sent\n", sent_files());
    finish_and_check(2);
    ok(!sample_log_count("xp.Known"), "a transport got %d messages again\n",
       sample_log_count("xp.Known"));

    spool_clear();
    set_shutdown("ProviderTimeoutMs", 500);
    ret = spool_run(args, "xp.Write=hang:600000");
    set_shutdown("ProviderTimeoutMs", 0);
    ok(!ret, "the process ended with %lu\n", ret);
    ok(!sent_files(), "%d messages were sent\n", sent_files());
    finish_and_check(2);
}

/* ---- logoff ---- */

static void test_logoff(void)
{
    IMAPISession *session;
    IMsgStore *store;
    ULONG flags, i;
    DWORD start;
    HRESULT hr;

    /* What can be sent is sent before the session ends, however the client lets go of its store. */
    spool_clear();
    if (!(session = spool_logon(0))) return;
    store = open_store(session, 0);
    for (i = 0; i < 5; i++) spool_send(store, "leaving");
    IMsgStore_Release(store);
    IMAPISession_Logoff(session, 0, 0, 0);
    IMAPISession_Release(session);
    ok(sample_log_count("xp.Sent") == 5, "sent %d times\n", sample_log_count("xp.Sent"));

    /* StoreLogoff: quiet leaves a store with mail alone, purge sends it, then the store is let go
     * of. */
    spool_clear();
    sample_behave("xp.SubmitMessage=busy");
    spool_setting("RetryMs", 3600000);
    if (!(session = spool_logon(0))) return;
    store = open_store(session, 0);
    spool_send(store, "waiting");
    spool_wait(sample_log_count("xp.SubmitMessage") == 1);
    flags = 0x20 | LOGOFF_QUIET;
    hr = IMsgStore_StoreLogoff(store, &flags);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "StoreLogoff returned %#lx\n", hr);
    spool_wait((flags = LOGOFF_QUIET, hr = IMsgStore_StoreLogoff(store, &flags),
                flags == LOGOFF_OUTBOUND_QUEUE));
    ok(hr == S_OK, "StoreLogoff returned %#lx\n", hr);
    sample_behave(NULL);
    spool_setting("RetryMs", 300);
    flags = LOGOFF_PURGE;
    hr = IMsgStore_StoreLogoff(store, &flags);
    ok(hr == S_OK && flags & LOGOFF_COMPLETE, "StoreLogoff returned %#lx, flags %#lx\n", hr, flags);
    ok(sample_log_count("xp.Sent") == 1, "sent %d times\n", sample_log_count("xp.Sent"));
    /* now nobody is there who would send */
    spool_send(store, "late");
    Sleep(1000);
    ok(spool_queued(store) == 1, "%lu in the queue\n", spool_queued(store));
    IMsgStore_Release(store);
    IMAPISession_Logoff(session, 0, 0, 0);
    IMAPISession_Release(session);
    finish_and_check(2);

    /* Orderly: the rest stays for the next session. */
    spool_clear();
    sample_behave("xp.SubmitMessage=busy");
    if (!(session = spool_logon(0))) return;
    store = open_store(session, 0);
    spool_send(store, "stays");
    spool_wait(sample_log_count("xp.SubmitMessage") >= 1);
    flags = LOGOFF_ORDERLY;
    hr = IMsgStore_StoreLogoff(store, &flags);
    ok(hr == S_OK && flags == (LOGOFF_COMPLETE | LOGOFF_OUTBOUND_QUEUE),
       "StoreLogoff returned %#lx, flags %#lx\n", hr, flags);
    sample_behave(NULL);
    IMsgStore_Release(store);
    IMAPISession_Logoff(session, 0, 0, 0);
    IMAPISession_Release(session);
    ok(!sent_files(), "%d messages were sent\n", sent_files());
    finish_and_check(1);

    /* A transport that does not come to an end is told to give up, and holds up nobody for ever. */
    spool_clear();
    spool_setting("LogoffMs", 1000);
    sample_behave("xp.SubmitMessage=yield");
    if (!(session = spool_logon(0))) return;
    store = open_store(session, 0);
    spool_send(store, "given up");
    spool_wait(sample_log_count("xp.SubmitMessage") >= 1);
    IMsgStore_Release(store);
    start = GetTickCount();
    hr = IMAPISession_Logoff(session, 0, 0, 0);
    ok(hr == S_OK, "Logoff returned %#lx\n", hr);
    ok(GetTickCount() - start < 50000, "it took %lu ms\n", GetTickCount() - start);
    IMAPISession_Release(session);
    ok(sample_log_count("xp.Cancel") == 1, "cancelled %d times\n", sample_log_count("xp.Cancel"));
    ok(sample_log_count("xp.GivenUp") == 1, "given up %d times\n", sample_log_count("xp.GivenUp"));
    sample_behave(NULL);
    spool_settings(FALSE);
    spool_settings(TRUE);
    finish_and_check(1);
}

START_TEST(spoolercrash)
{
    char **argv;
    HRESULT hr;
    int argc;

    if ((argc = winetest_get_mainargs(&argv)) >= 4)
    {
        child(argv, argc);
        return;
    }
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    if (!spool_begin("SpoolerCrashTest"))
    {
        skip("no sample providers\n");
        MAPIUninitialize();
        return;
    }
    test_kill();
    test_kill_saving();
    test_many();
    test_shutdown();
    test_logoff();
    spool_end();
    MAPIUninitialize();
}
