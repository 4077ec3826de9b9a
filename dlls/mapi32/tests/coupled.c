/*
 * Tests of a store and a transport that are tightly coupled
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

/* The sample store and transport send and receive without the spooler, which completes what they
 * did. */

#define COBJMACROS
#include <stdarg.h>
#include <windef.h>
#include <winbase.h>
#include <mapi.h>
#include <mapix.h>
#include <mapiutil.h>

#include "wine/test.h"
#include "spool.h"

static IMAPISession *session;
static IMsgStore *store;

/* One message in the sent mail folder, which the hook provider has seen, and none in the outbox. */
static void check_completed_(int line)
{
    IMAPIFolder *sent;
    IMessage *message;

    spool_wait(spool_count(store, PR_IPM_SENTMAIL_ENTRYID) == 1);
    ok_(__FILE__, line)(!spool_count(store, PR_IPM_OUTBOX_ENTRYID), "it is still in the outbox\n");
    ok_(__FILE__, line)(!spool_queued(store), "it is still in the queue\n");
    sent = open_folder(store, PR_IPM_SENTMAIL_ENTRYID);
    if ((message = open_row_message(sent, 0, 0)))
    {
        ok_(__FILE__,
            line)(!(get_long(message, PR_MESSAGE_FLAGS) & (MSGFLAG_SUBMIT | MSGFLAG_UNSENT)),
                  "flags %#lx\n", get_long(message, PR_MESSAGE_FLAGS));
        ok_(__FILE__, line)(get_long(message, PR_SAMPLE_HOOKED) == 1, "no hook has seen it\n");
        ok_(__FILE__, line)(!has_prop(message, PR_SAMPLE_PREPROCESSED),
                            "something is left of the preprocessing\n");
        IMessage_Release(message);
    }
    IMAPIFolder_Release(sent);
    ok_(__FILE__, line)(sample_log_count("ms.FinishedMsg") == 1, "finished %d times\n",
                        sample_log_count("ms.FinishedMsg"));
}
#define check_completed() check_completed_(__LINE__)

/* What the two can do, they have done when SubmitMessage returns; CompleteMsg does the rest. */
static void test_send(void)
{
    if (!spool_open("xp=coupled", &session, &store)) return;
    spool_send(store, "direct");
    ok(*spool_sent(spool_out, "Subject: direct\r\n", NULL), "it was not sent\n");
    ok(!spool_queued(store), "it is in the queue\n");
    check_completed();
    ok(sample_log_count("xp.Sent") == 1, "sent %d times\n", sample_log_count("xp.Sent"));
    ok(!sample_log_count("xp.SubmitMessage"), "the spooler sent it\n");
    spool_close(session, store);

    /* and at once at the end of the session */
    if (!spool_open("xp=coupled", &session, &store)) return;
    spool_send(store, "last");
    spool_close(session, store);
    if (!(session = spool_logon(MAPI_NO_MAIL))) return;
    if ((store = open_store(session, 0))) check_completed();
    spool_close(session, store);
}

/* A client whose session has no mail leaves the message to one that has. */
static void test_no_mail(void)
{
    spool_clear();
    sample_behave("xp=coupled");
    if (!(session = spool_logon(MAPI_NO_MAIL))) return;
    if ((store = open_store(session, 0))) spool_send(store, "kept");
    ok(!sample_log_count("xp.Sent"), "it was sent\n");
    ok(spool_queued(store) == 1, "%lu in the queue\n", spool_queued(store));
    spool_close(session, store);
    sample_behave("xp=coupled");
    if (!(session = spool_logon(0))) return;
    if ((store = open_store(session, 0))) check_completed();
    ok(sample_log_count("xp.Sent") == 1, "sent %d times\n", sample_log_count("xp.Sent"));
    spool_close(session, store);
}

static void test_preprocessed(void)
{
    if (!spool_open("xp=coupled xp.Preprocessor=yes", &session, &store)) return;
    spool_send(store, "prepared");
    check_completed();
    ok(sample_log_count("xp.Preprocess") == 1, "%d times\n", sample_log_count("xp.Preprocess"));
    ok(sample_log_count("xp.Direct") >= 1, "it was not sent directly\n");
    ok(sample_log_count("xp.Sent") == 1, "sent %d times\n", sample_log_count("xp.Sent"));
    ok(!sample_log_count("xp.SubmitMessage"), "the spooler sent it\n");
    spool_close(session, store);
}

/* What they cannot deliver to is the spooler's, and only that. */
static void test_rest(void)
{
    IMessage *message;
    SPropValue *text;

    if (!spool_open("xp=coupled", &session, &store)) return;
    message = spool_message(store, "rest");
    spool_recipient(message, "SAMPLE", "joe");
    spool_recipient(message, "NOWHERE", "nobody");
    spool_submit(message);
    ok(*spool_sent(spool_out, "To: joe\r\nSubject: rest\r\n", NULL), "it was not sent\n");
    spool_wait(inbox_count(store) == 1);
    check_completed();
    ok(sample_log_count("xp.Sent") == 1, "sent %d times\n", sample_log_count("xp.Sent"));
    if ((message = inbox_message(store, 0)))
    {
        text = get_prop(message, PR_BODY_A);
        ok(strstr(text->Value.lpszA, "nobody") && !strstr(text->Value.lpszA, "joe"),
           "reported: %s\n", text->Value.lpszA);
        MAPIFreeBuffer(text);
        IMessage_Release(message);
    }
    spool_close(session, store);

    /* a transport that cannot now is asked by the spooler until it can */
    if (!spool_open("xp=coupled xp.Direct=network", &session, &store)) return;
    spool_send(store, "later");
    check_completed();
    ok(sample_log_count("xp.SubmitMessage") == 1, "submitted %d times\n",
       sample_log_count("xp.SubmitMessage"));
    ok(sample_log_count("xp.Sent") == 1, "sent %d times\n", sample_log_count("xp.Sent"));
    spool_close(session, store);
}

static void child(void)
{
    HRESULT hr = MAPIInitialize(NULL);

    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    if (!(session = spool_logon(0))) return;
    if ((store = open_store(session, 0))) spool_send(store, "died");
    ok(0, "it lives\n");
}

/* A process that dies while it sends leaves the message in the queue, where it was sent from. */
static void test_death(void)
{
    char args[64];

    spool_clear();
    sprintf(args, "coupled child %s", spool_profile);
    ok(spool_run(args, "xp=coupled xp.Sent=kill") == 77, "it did not die as it should\n");
    ok(*spool_sent(spool_out, "Subject: died\r\n", NULL), "it was not sent\n");
    if (!(session = spool_logon(0))) return;
    if ((store = open_store(session, 0))) check_completed();
    ok(sample_log_count("xp.Known") == 1, "it was sent again\n");
    spool_close(session, store);
}

static LONG new_mails;

static LONG CALLBACK on_new_mail(void *context, ULONG count, NOTIFICATION *notifications)
{
    ULONG i;

    for (i = 0; i < count; i++)
        if (notifications[i].ulEventType == fnevNewMail) InterlockedIncrement(&new_mails);
    return S_OK;
}

/* The transport puts mail into the store; NOTIFY_NEWMAIL_RECEIVED brings hooks and
 * notifications. */
static void test_receive(void)
{
    IMAPIAdviseSink *sink;
    ULONG_PTR connection;
    IMessage *message;
    HRESULT hr;

    if (!spool_open("xp=coupled", &session, &store)) return;
    new_mails = 0;
    hr = HrAllocAdviseSink(on_new_mail, NULL, &sink);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMsgStore_Advise(store, 0, NULL, fnevNewMail, sink, &connection);
    ok(hr == S_OK, "Advise returned %#lx\n", hr);
    spool_drop("1", "Subject: news\r\nFrom: Jane\r\n\r\nwhat is new");
    spool_wait((HrDispatchNotifications(0), new_mails == 1));
    ok(inbox_count(store) == 1, "%lu messages\n", inbox_count(store));
    if ((message = inbox_message(store, 0)))
    {
        check_text(message, PR_SUBJECT_A, "news");
        ok(get_long(message, PR_SAMPLE_HOOKED) == 1, "no hook has seen it\n");
        ok(!(get_long(message, PR_MESSAGE_FLAGS) & (MSGFLAG_UNSENT | MSGFLAG_READ)), "flags %#lx\n",
           get_long(message, PR_MESSAGE_FLAGS));
        IMessage_Release(message);
    }
    ok(sample_log_count("xp.Received") == 1, "received %d times\n",
       sample_log_count("xp.Received"));
    ok(!sample_log_count("xp.StartMessage"), "the spooler received it\n");

    /* what a hook deletes is announced to nobody */
    sample_behave("xp=coupled hk.Inbound=delete");
    spool_drop("2", "Subject: junk\r\n\r\n");
    spool_wait(sample_log_count("hk.Inbound") == 2 && inbox_count(store) == 1);
    sample_behave("xp=coupled");
    spool_drop("3", "Subject: good\r\n\r\n");
    spool_wait((HrDispatchNotifications(0), new_mails == 2));
    ok(inbox_count(store) == 2, "%lu messages\n", inbox_count(store));
    IMsgStore_Unadvise(store, connection);
    IMAPIAdviseSink_Release(sink);
    spool_close(session, store);
}

/* The transport's row names the store. */
static void test_status(void)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_RESOURCE_TYPE, PR_OWN_STORE_ENTRYID } };
    ULONG i, same, count = 0;
    IMAPITable *table;
    SPropValue *id;
    SRowSet *rows;
    HRESULT hr;

    if (!spool_open("xp=coupled", &session, &store)) return;
    id = get_prop(store, PR_ENTRYID);
    hr = IMAPISession_GetStatusTable(session, 0, &table);
    ok(hr == S_OK, "GetStatusTable returned %#lx\n", hr);
    rows = table_rows_(table, (SPropTagArray *)&columns, __LINE__);
    for (i = 0; i < rows->cRows; i++)
    {
        const SPropValue *props = rows->aRow[i].lpProps;

        if (props[1].ulPropTag != PR_OWN_STORE_ENTRYID) continue;
        ok(props[0].Value.l == MAPI_TRANSPORT_PROVIDER, "type %#lx\n", props[0].Value.l);
        hr = IMAPISession_CompareEntryIDs(session, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb,
                                          props[1].Value.bin.cb,
                                          (ENTRYID *)props[1].Value.bin.lpb, 0, &same);
        ok(hr == S_OK && same, "CompareEntryIDs returned %#lx\n", hr);
        count++;
    }
    ok(count == 2, "%lu transports\n", count);
    FreeProws(rows);
    MAPIFreeBuffer(id);
    spool_close(session, store);
}

START_TEST(coupled)
{
    char **argv;
    HRESULT hr;

    if (winetest_get_mainargs(&argv) >= 4 && !strcmp(argv[2], "child"))
    {
        strcpy(spool_profile, argv[3]);
        child();
        return;
    }
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    if (!spool_begin("CoupledTest"))
    {
        skip("no sample providers\n");
        MAPIUninitialize();
        return;
    }
    test_send();
    test_no_mail();
    test_preprocessed();
    test_rest();
    test_death();
    test_receive();
    test_status();
    spool_end();
    MAPIUninitialize();
}
