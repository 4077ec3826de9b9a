/*
 * Tests of what the spooler makes of a message's properties, and of a transport's status
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

/* Times before and after which a message is not sent, who gets the reports, and flushing that a
 * transport asks for in its status row. */

#define COBJMACROS
#include <stdarg.h>
#include <windef.h>
#include <winbase.h>
#include <mapi.h>
#include <mapix.h>
#include <mapiutil.h>

#include "wine/test.h"
#include "spool.h"

#define SECOND ((ULONGLONG)10000000)

static IMAPISession *session;
static IMsgStore *store;

static ULONGLONG now(void)
{
    FILETIME time;

    GetSystemTimeAsFileTime(&time);
    return (ULONGLONG)time.dwHighDateTime << 32 | time.dwLowDateTime;
}

static void set_time(IMessage *message, ULONG tag, ULONGLONG time)
{
    SPropValue prop;
    HRESULT hr;

    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = tag;
    prop.Value.ft.dwLowDateTime = (DWORD)time;
    prop.Value.ft.dwHighDateTime = (DWORD)(time >> 32);
    hr = IMessage_SetProps(message, 1, &prop, NULL);
    ok(hr == S_OK, "SetProps returned %#lx\n", hr);
}

static IMessage *message_to_joe(const char *subject)
{
    IMessage *message = spool_message(store, subject);

    spool_recipient(message, "SAMPLE", "joe");
    return message;
}

/* ---- not before ---- */

/* One that is kept does not hold up the next. */
static void test_deferred_until(ULONG tag)
{
    IMessage *message;
    ULONGLONG time;

    if (!spool_open(NULL, &session, &store)) return;
    message = message_to_joe("not before");
    time = now() + 2 * SECOND;
    set_time(message, tag, time);
    spool_submit(message);
    spool_send(store, "at once");
    spool_wait(*spool_sent(spool_out, "at once", NULL));
    spool_wait(!spool_queued(store));
    ok(now() >= time, "it was sent before its time\n");
    ok(*spool_sent(spool_out, "not before", NULL), "it was not sent\n");
    spool_close(session, store);
}

static void test_deferred_units(void)
{
    static const struct { LONG number, units; BOOL kept;
    } cases[] = { { 1, 0, TRUE }, { 999, 3, TRUE }, { 0, 1, FALSE }, { 1000, 0, FALSE },
                  { -1, 0, FALSE }, { 1, 4, FALSE }, { 1, -1, FALSE } };
    unsigned int i, kept = 0;
    IMessage *message;
    char subject[32];

    if (!spool_open(NULL, &session, &store)) return;
    for (i = 0; i < ARRAY_SIZE(cases); i++)
    {
        sprintf(subject, "case %u", i);
        message = message_to_joe(subject);
        set_long(message, PR_DEFERRED_SEND_NUMBER, cases[i].number);
        set_long(message, PR_DEFERRED_SEND_UNITS, cases[i].units);
        /* not looked at when the two are there */
        set_time(message, PR_DEFERRED_SEND_TIME, cases[i].kept ? 1 : now() + 3600 * SECOND);
        spool_submit(message);
        kept += cases[i].kept;
    }
    /* it comes last, and so the others have had their turn */
    spool_send(store, "at once");
    spool_wait(*spool_sent(spool_out, "at once", NULL));
    spool_wait(spool_queued(store) == kept);
    for (i = 0; i < ARRAY_SIZE(cases); i++)
    {
        sprintf(subject, "Subject: case %u\r\n", i);
        ok((*spool_sent(spool_out, subject, NULL) == 0) == cases[i].kept, "case %u: %s\n", i,
           cases[i].kept ? "it was sent" : "it was not sent");
    }
    spool_close(session, store);
}

/* ---- not after ---- */

/* The n-th report says of the message that its time had run out, and has it inside. */
static void check_expired_(const char *subject, const char *name, int line)
{
    IMessage *report;
    SPropValue *text;

    if (!(report = inbox_message(store, 0))) return;
    check_text(report, PR_MESSAGE_CLASS_A, "REPORT.IPM.Note.NDR");
    text = get_prop(report, PR_ORIGINAL_SUBJECT_A);
    ok_(__FILE__, line)(text->ulPropTag == PR_ORIGINAL_SUBJECT_A
                            && !strcmp(text->Value.lpszA, subject), "another subject\n");
    MAPIFreeBuffer(text);
    text = get_prop(report, PR_BODY_A);
    ok_(__FILE__, line)(text->ulPropTag == PR_BODY_A && strstr(text->Value.lpszA, name)
                            && strstr(text->Value.lpszA, "latest time"),
                        "it says: %s\n", text->Value.lpszA);
    MAPIFreeBuffer(text);
    IMessage_Release(report);
}
#define check_expired(subject, name) check_expired_(subject, name, __LINE__)

static void test_latest(void)
{
    IMessage *message;

    /* too late from the beginning: no transport sees it */
    if (spool_open(NULL, &session, &store))
    {
        message = message_to_joe("too late");
        set_time(message, PR_LATEST_DELIVERY_TIME, now() - SECOND);
        spool_submit(message);
        spool_wait(!spool_queued(store));
        spool_wait(inbox_count(store) == 1);
        check_expired("too late", "joe");
        ok(!sample_log_count("xp.SubmitMessage"), "it was submitted\n");
        spool_wait(spool_count(store, PR_IPM_SENTMAIL_ENTRYID) == 1);
        spool_close(session, store);
    }
    /* in time */
    if (spool_open(NULL, &session, &store))
    {
        message = message_to_joe("in time");
        set_time(message, PR_LATEST_DELIVERY_TIME, now() + 3600 * SECOND);
        spool_submit(message);
        spool_wait(!spool_queued(store));
        ok(sample_log_count("xp.Sent") == 1, "sent %d times\n", sample_log_count("xp.Sent"));
        ok(!inbox_count(store), "%lu reports\n", inbox_count(store));
        spool_close(session, store);
    }
    /* A pause of an hour does not keep it past its time; who has it already is not reported. */
    spool_setting("RetryMs", 3600000);
    if (spool_open("xp.End=later", &session, &store))
    {
        message = message_to_joe("waited");
        set_time(message, PR_LATEST_DELIVERY_TIME, now() + 2 * SECOND);
        spool_submit(message);
        spool_wait(!spool_queued(store));
        spool_wait(inbox_count(store) == 1);
        check_expired("waited", "joe");
        ok(sample_log_count("xp.SubmitMessage") == 1, "submitted %d times\n",
           sample_log_count("xp.SubmitMessage"));
        ok(!sample_log_count("xp.Sent"), "it was sent\n");
        spool_close(session, store);
    }
    spool_settings(TRUE);
    /* A transport that has deferred it hears that it is gone. */
    spool_setting("IdleMs", 3600000);
    if (spool_open("xp.End=defer", &session, &store))
    {
        message = message_to_joe("deferred");
        set_time(message, PR_LATEST_DELIVERY_TIME, now() + 2 * SECOND);
        spool_submit(message);
        spool_wait(sample_log_count("xp.Abort") == 1);
        spool_wait(inbox_count(store) == 1);
        check_expired("deferred", "joe");
        ok(!spool_queued(store), "%lu in the queue\n", spool_queued(store));
        ok(!sample_log_count("xp.Sent"), "it was sent\n");
        spool_close(session, store);
    }
    spool_settings(TRUE);
    /* Nor is one that is not to be sent before it is too late. */
    if (spool_open(NULL, &session, &store))
    {
        message = message_to_joe("never");
        set_time(message, PR_DEFERRED_SEND_TIME, now() + 3600 * SECOND);
        set_time(message, PR_LATEST_DELIVERY_TIME, now() + SECOND);
        spool_submit(message);
        spool_wait(!spool_queued(store));
        spool_wait(inbox_count(store) == 1);
        check_expired("never", "joe");
        ok(!sample_log_count("xp.SubmitMessage"), "it was submitted\n");
        spool_close(session, store);
    }
}

/* ---- reports to somebody else ---- */

static void set_report_to(IMessage *message, const char *type, const char *address)
{
    IAddrBook *book;
    SPropValue prop;
    ENTRYID *id;
    HRESULT hr;

    hr = IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, &book);
    ok(hr == S_OK, "OpenAddressBook returned %#lx\n", hr);
    if (FAILED(hr)) return;
    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = PR_REPORT_ENTRYID;
    hr = IAddrBook_CreateOneOff(book, (LPTSTR)address, (LPTSTR)type, (LPTSTR)address, 0,
                                &prop.Value.bin.cb, &id);
    ok(hr == S_OK, "CreateOneOff returned %#lx\n", hr);
    prop.Value.bin.lpb = (BYTE *)id;
    hr = IMessage_SetProps(message, 1, &prop, NULL);
    ok(hr == S_OK, "SetProps returned %#lx\n", hr);
    MAPIFreeBuffer(id);
    IAddrBook_Release(book);
}

static void test_report_entryid(void)
{
    IMessage *message;
    const char *text;
    SPropValue prop;

    if (spool_open(NULL, &session, &store))
    {
        message = spool_message(store, "back");
        spool_recipient(message, "SAMPLE", "bounce1");
        set_report_to(message, "SAMPLE", "boss");
        spool_submit(message);
        spool_wait(spool_files(spool_out, "*.msg", NULL) == 1 && !spool_queued(store));
        text = spool_sent(spool_out, "Subject: Undeliverable: back\r\n", NULL);
        ok(strstr(text, "To: boss\r\nSubject") && strstr(text, "bounce1"), "sent: %s\n", text);
        ok(!inbox_count(store), "%lu reports\n", inbox_count(store));
        spool_wait(!spool_count(store, PR_IPM_OUTBOX_ENTRYID));
        ok(spool_count(store, PR_IPM_SENTMAIL_ENTRYID) == 1, "the report was kept\n");
        spool_close(session, store);
    }
    /* one that was delivered */
    if (spool_open(NULL, &session, &store))
    {
        message = message_to_joe("there");
        memset(&prop, 0, sizeof(prop));
        prop.ulPropTag = PR_ORIGINATOR_DELIVERY_REPORT_REQUESTED;
        prop.Value.b = TRUE;
        IMessage_SetProps(message, 1, &prop, NULL);
        set_report_to(message, "SAMPLE", "boss");
        spool_submit(message);
        spool_wait(spool_files(spool_out, "*.msg", NULL) == 2 && !spool_queued(store));
        text = spool_sent(spool_out, "Subject: Delivered: there\r\n", NULL);
        ok(strstr(text, "To: boss\r\nSubject") && strstr(text, "joe"), "sent: %s\n", text);
        spool_close(session, store);
    }
    /* A report that does not arrive is reported to the sender, and that is the end of it. */
    if (spool_open(NULL, &session, &store))
    {
        message = spool_message(store, "nobody");
        spool_recipient(message, "SAMPLE", "bounce1");
        set_report_to(message, "SAMPLE", "bounce2");
        spool_submit(message);
        spool_wait(inbox_count(store) == 1 && !spool_queued(store));
        if ((message = inbox_message(store, 0)))
        {
            check_text(message, PR_SUBJECT_A, "Undeliverable: Undeliverable: nobody");
            IMessage_Release(message);
        }
        ok(!sample_log_count("xp.Sent"), "something was sent\n");
        spool_close(session, store);
    }
    /* An entry ID that means nobody: to the sender. */
    if (spool_open(NULL, &session, &store))
    {
        message = spool_message(store, "back");
        spool_recipient(message, "SAMPLE", "bounce1");
        memset(&prop, 0, sizeof(prop));
        prop.ulPropTag = PR_REPORT_ENTRYID;
        prop.Value.bin.cb = 7;
        prop.Value.bin.lpb = (BYTE *)"garbage";
        IMessage_SetProps(message, 1, &prop, NULL);
        spool_submit(message);
        spool_wait(inbox_count(store) == 1 && !spool_queued(store));
        ok(!sample_log_count("xp.Sent"), "something was sent\n");
        spool_close(session, store);
    }
}

/* ---- flushing ---- */

/* IMAPIStatus::FlushQueues of the sample transport does no more than set the bits of its row. */
static void test_flush_bits(void)
{
    static const SizedSPropTagArray(3, columns) = { 3, { PR_RESOURCE_TYPE, PR_ENTRYID, PR_STATUS_CODE } };
    IMAPIStatus *status = NULL;
    IMAPITable *table;
    SRowSet *rows;
    ULONG i, type;
    HRESULT hr;

    spool_setting("RetryMs", 3600000);
    spool_setting("PollMs", 3600000);
    if (!spool_open("xp.SubmitMessage=busy", &session, &store)) return;
    hr = IMAPISession_GetStatusTable(session, 0, &table);
    ok(hr == S_OK, "GetStatusTable returned %#lx\n", hr);
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    ok(hr == S_OK, "HrQueryAllRows returned %#lx\n", hr);
    for (i = 0; i < rows->cRows && !status; i++)
    {
        if (rows->aRow[i].lpProps[0].Value.ul != MAPI_TRANSPORT_PROVIDER) continue;
        hr = IMAPISession_OpenEntry(session, rows->aRow[i].lpProps[1].Value.bin.cb,
                                    (ENTRYID *)rows->aRow[i].lpProps[1].Value.bin.lpb, NULL,
                                    MAPI_MODIFY, &type, (IUnknown **)&status);
        ok(hr == S_OK, "OpenEntry returned %#lx\n", hr);
    }
    FreeProws(rows);
    if (status)
    {
        spool_send(store, "flushed");
        spool_wait(sample_log_count("xp.SubmitMessage") == 1);
        sample_behave(NULL);
        Sleep(1000);                    /* the first poll, which nothing tells of, comes behind that */
        spool_drop("1", "Subject: flushed\r\n\r\n");
        hr = IMAPIStatus_FlushQueues(status, 0, 0, NULL, FLUSH_UPLOAD);
        ok(hr == S_OK, "FlushQueues returned %#lx\n", hr);
        spool_wait(!spool_queued(store));
        ok(sample_log_count("xp.Sent") == 1, "sent %d times\n", sample_log_count("xp.Sent"));
        ok(sample_log_count("xp.FlushQueues") == 1, "%d flushed\n",
           sample_log_count("xp.FlushQueues"));
        ok(!inbox_count(store), "%lu received\n", inbox_count(store));
        hr = IMAPIStatus_FlushQueues(status, 0, 0, NULL, FLUSH_DOWNLOAD);
        ok(hr == S_OK, "FlushQueues returned %#lx\n", hr);
        spool_wait(inbox_count(store) == 1);
        IMAPIStatus_Release(status);
    }
    IMAPITable_Release(table);
    spool_close(session, store);
    ok(sample_log_count("xp.FlushQueues") == 2, "%d flushed\n", sample_log_count("xp.FlushQueues"));
    spool_settings(TRUE);
}

START_TEST(spoolerprops)
{
    HRESULT hr = MAPIInitialize(NULL);

    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    if (!spool_begin("SpoolerPropsTest"))
    {
        skip("no sample providers\n");
        MAPIUninitialize();
        return;
    }
    test_deferred_until(PR_DEFERRED_DELIVERY_TIME);
    test_deferred_until(PR_DEFERRED_SEND_TIME);
    test_deferred_units();
    test_latest();
    test_report_entryid();
    test_flush_bits();
    spool_end();
    MAPIUninitialize();
}
