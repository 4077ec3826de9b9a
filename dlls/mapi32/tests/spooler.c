/*
 * Tests of the spooler: sending and receiving
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

/* Through the sample store and the sample transport, whose outgoing mail are files. */

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
static char fax[MAX_PATH], in[MAX_PATH];

static BOOL begin(const char *behavior)
{
    return spool_open(behavior, &session, &store);
}

static void end(void)
{
    spool_close(session, store);
}

/* ---- outbound ---- */

static void attach(IMessage *message, const char *name, const void *data, ULONG size)
{
    IAttach *attachment;
    SPropValue props[3];
    ULONG number;
    HRESULT hr;

    hr = IMessage_CreateAttach(message, NULL, 0, &number, &attachment);
    ok(hr == S_OK, "CreateAttach returned %#lx\n", hr);
    if (FAILED(hr)) return;
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_ATTACH_METHOD;
    props[0].Value.l = ATTACH_BY_VALUE;
    props[1].ulPropTag = PR_ATTACH_FILENAME_A;
    props[1].Value.lpszA = (char *)name;
    props[2].ulPropTag = PR_ATTACH_DATA_BIN;
    props[2].Value.bin.cb = size;
    props[2].Value.bin.lpb = (BYTE *)data;
    hr = IAttach_SetProps(attachment, 3, props, NULL);
    ok(hr == S_OK, "SetProps returned %#lx\n", hr);
    save_object(attachment);
    IAttach_Release(attachment);
}

static void test_send(void)
{
    static const char bytes[] = "\0\1\2 the attachment";
    IMAPIFolder *sent;
    IMessage *message;
    const char *text;
    size_t size = 0;
    char *found;

    if (!begin(NULL)) return;
    message = spool_message(store, "hello");
    spool_recipient(message, "SAMPLE", "joe");
    spool_recipient(message, "sample", "jane");
    attach(message, "a.bin", bytes, sizeof(bytes));
    spool_submit(message);
    spool_wait(spool_files(spool_out, "*.msg", NULL) == 1 && !spool_queued(store));
    text = spool_sent(spool_out, "Subject: hello\r\n", &size);
    ok(strstr(text, "To: joe\r\nTo: jane\r\n") != NULL, "sent: %s\n", text);
    ok(strstr(text, "\r\n\r\nthe text") != NULL, "sent: %s\n", text);
    ok((found = strstr(text, "--- a.bin\r\n")) && !memcmp(found + 11, bytes, sizeof(bytes)),
       "the attachment is not what it was\n");
    spool_wait(spool_count(store, PR_IPM_SENTMAIL_ENTRYID) == 1);
    ok(!spool_count(store, PR_IPM_OUTBOX_ENTRYID), "it is still in the outbox\n");
    sent = open_folder(store, PR_IPM_SENTMAIL_ENTRYID);
    if ((message = open_row_message(sent, 0, 0)))
    {
        ok(!(get_long(message, PR_MESSAGE_FLAGS) & (MSGFLAG_SUBMIT | MSGFLAG_UNSENT)),
           "flags %#lx\n", get_long(message, PR_MESSAGE_FLAGS));
        ok(get_long(message, PR_SAMPLE_HOOKED) == 1, "no hook has seen it\n");
        IMessage_Release(message);
    }
    IMAPIFolder_Release(sent);
    ok(sample_log_count("xp.Sent") == 1, "sent %d times\n", sample_log_count("xp.Sent"));
    end();
    ok(sample_log_count("hk.Release") == 1, "the hook provider was not released\n");
}

static void test_order(void)
{
    static const char *const subjects[] = { "one", "two", "three" };
    unsigned int i;

    if (!begin("xp.SubmitMessage=wait")) return;
    for (i = 0; i < ARRAY_SIZE(subjects); i++) spool_send(store, subjects[i]);
    spool_wait(sample_log_count("xp.SubmitMessage") >= 2);
    ok(!spool_files(spool_out, "*.msg", NULL), "something was sent\n");
    ok(spool_queued(store) == 3, "%lu in the queue\n", spool_queued(store));
    sample_behave(NULL);
    spool_wait(!spool_queued(store));
    ok(spool_files(spool_out, "*.msg", NULL) == 3, "%d sent\n",
       spool_files(spool_out, "*.msg", NULL));
    ok(sample_log_count("xp.Sent") == 3, "sent %d times\n", sample_log_count("xp.Sent"));
    end();
}

static void test_delete_after(void)
{
    IMessage *message;
    SPropValue prop;

    if (!begin(NULL)) return;
    message = spool_message(store, "gone");
    spool_recipient(message, "SAMPLE", "joe");
    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = PR_DELETE_AFTER_SUBMIT;
    prop.Value.b = TRUE;
    IMessage_SetProps(message, 1, &prop, NULL);
    spool_submit(message);
    spool_wait(spool_files(spool_out, "*.msg", NULL) == 1
               && !spool_count(store, PR_IPM_OUTBOX_ENTRYID));
    ok(!spool_count(store, PR_IPM_SENTMAIL_ENTRYID), "it was kept\n");
    end();
}

/* A transport that says "not now" in each of its ways, and then takes the message. */
static void test_retry(void)
{
    static const char *const behaviors[] = { "xp.SubmitMessage=busy", "xp.SubmitMessage=wait",
                                             "xp.SubmitMessage=network", "xp.SubmitMessage=fail",
                                             "xp.End=later" };
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(behaviors); i++)
    {
        winetest_push_context("%s", behaviors[i]);
        if (begin(behaviors[i]))
        {
            spool_send(store, "later");
            spool_wait(sample_log_count("xp.SubmitMessage") >= 3);
            ok(!spool_files(spool_out, "*.msg", NULL), "it was sent\n");
            ok(spool_queued(store) == 1, "%lu in the queue\n", spool_queued(store));
            sample_behave(NULL);
            spool_wait(!spool_queued(store));
            ok(sample_log_count("xp.Sent") == 1, "sent %d times\n", sample_log_count("xp.Sent"));
            end();
        }
        winetest_pop_context();
    }
    if (!begin("xp.End=now")) return;
    spool_send(store, "now");
    spool_wait(!spool_queued(store));
    ok(sample_log_count("xp.SubmitMessage") == 2, "submitted %d times\n",
       sample_log_count("xp.SubmitMessage"));
    ok(sample_log_count("xp.Sent") == 1, "sent %d times\n", sample_log_count("xp.Sent"));
    end();
}

/* The transport keeps the message in mind and calls for it when it idles. */
static void test_deferred(void)
{
    SPropValue *id = NULL;
    IMessage *message;
    HRESULT hr = S_OK;
    DWORD start;

    if (begin("xp.End=defer"))
    {
        spool_send(store, "deferred");
        spool_wait(!spool_queued(store));
        ok(sample_log_count("xp.SubmitMessage") >= 2, "submitted %d times\n",
           sample_log_count("xp.SubmitMessage"));
        ok(sample_log_count("xp.Sent") == 1, "sent %d times\n", sample_log_count("xp.Sent"));
        ok(!sample_log_count("xp.Abort"), "it was aborted\n");
        end();
    }

    /* One that is deferred can be aborted, and the transport hears of it. */
    spool_setting("IdleMs", 3600000);
    if (begin("xp.End=defer"))
    {
        message = spool_message(store, "aborted");
        spool_recipient(message, "SAMPLE", "joe");
        save_object(message);
        id = get_prop(message, PR_ENTRYID);
        spool_submit(message);
        spool_wait(sample_log_count("xp.EndMessage") == 1);
        for (start = GetTickCount(); GetTickCount() - start < PATIENCE; Sleep(20))
        {
            hr = IMsgStore_AbortSubmit(store, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, 0);
            if (hr != MAPI_E_UNABLE_TO_ABORT) break;
        }
        ok(hr == S_OK, "AbortSubmit returned %#lx\n", hr);
        spool_wait(sample_log_count("xp.Abort") == 1);
        ok(!spool_queued(store), "%lu in the queue\n", spool_queued(store));
        MAPIFreeBuffer(id);
        end();
        ok(!sample_log_count("xp.Sent"), "it was sent\n");
    }

    /* And one that is left when the session ends. */
    if (begin("xp.End=defer"))
    {
        spool_send(store, "left");
        spool_wait(sample_log_count("xp.EndMessage") == 1);
        end();
        ok(sample_log_count("xp.Abort") == 1, "the transport did not hear of it\n");
        ok(!sample_log_count("xp.Sent"), "it was sent\n");
    }
    spool_settings(TRUE);
}

/* ---- several transports, and none ---- */

/* The message in an attachment of the n-th message of the inbox. */
static IMessage *embedded(IMessage *report)
{
    IMessage *message = NULL;
    IAttach *attachment;
    HRESULT hr;

    hr = IMessage_OpenAttach(report, 0, NULL, 0, &attachment);
    ok(hr == S_OK, "OpenAttach returned %#lx\n", hr);
    if (FAILED(hr)) return NULL;
    hr = IAttach_OpenProperty(attachment, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0,
                              (IUnknown **)&message);
    ok(hr == S_OK, "OpenProperty returned %#lx\n", hr);
    IAttach_Release(attachment);
    return message;
}

static ULONG recipient_types(IMessage *message, LONG types[4])
{
    static const SizedSPropTagArray(1, columns) = { 1, { PR_RECIPIENT_TYPE } };
    IMAPITable *table;
    SRowSet *rows;
    ULONG i, count;
    HRESULT hr;

    hr = IMessage_GetRecipientTable(message, 0, &table);
    ok(hr == S_OK, "GetRecipientTable returned %#lx\n", hr);
    if (FAILED(hr)) return 0;
    rows = table_rows_(table, (SPropTagArray *)&columns, __LINE__);
    count = rows->cRows;
    for (i = 0; i < count && i < 4; i++) types[i] = rows->aRow[i].lpProps[0].Value.l;
    FreeProws(rows);
    return count;
}

static void check_report(const char *class, const char *subject, const char *words,
                         ULONG recipients)
{
    IMessage *report, *inner;
    SPropValue *text;
    ULONG i, count, again;
    LONG types[4];

    if (!(report = inbox_message(store, 0))) return;
    check_text(report, PR_MESSAGE_CLASS_A, class);
    check_text(report, PR_SUBJECT_A, subject);
    ok(!(get_long(report, PR_MESSAGE_FLAGS) & MSGFLAG_UNSENT), "the report is not sent\n");
    text = get_prop(report, PR_BODY_A);
    ok(text->ulPropTag == PR_BODY_A && strstr(text->Value.lpszA, words), "it says: %s\n",
       text->ulPropTag == PR_BODY_A ? text->Value.lpszA : "nothing");
    MAPIFreeBuffer(text);
    ok(has_prop(report, PR_REPORT_TIME), "no time\n");
    if (strstr(class, ".NDR") && (inner = embedded(report)))
    {
        check_text(inner, PR_SUBJECT_A, strchr(subject, ':') + 2);
        /* all of them as they were, and the one that failed once more */
        count = recipient_types(inner, types);
        ok(count == recipients + 1, "%lu recipients\n", count);
        for (i = 0, again = 0; i < count && i < 4; i++)
        {
            if (types[i] == MAPI_P1) again++;
            else ok(types[i] == (LONG)(MAPI_TO | MAPI_SUBMITTED), "type %#lx\n", types[i]);
        }
        ok(again == 1, "%lu to be sent to again\n", again);
        IMessage_Release(inner);
    }
    IMessage_Release(report);
}

static void test_split(void)
{
    IMessage *message;
    const char *text;

    if (!begin(NULL)) return;
    message = spool_message(store, "split");
    spool_recipient(message, "NOWHERE", "nobody");
    spool_recipient(message, "SAMPLE", "joe");
    spool_recipient(message, "FAX", "555");
    spool_submit(message);
    spool_wait(!spool_queued(store));
    text = spool_sent(spool_out, "split", NULL);
    ok(strstr(text, "To: joe") && !strstr(text, "555"), "sent: %s\n", text);
    text = spool_sent(fax, "split", NULL);
    ok(strstr(text, "To: 555") && !strstr(text, "joe"), "faxed: %s\n", text);
    spool_wait(spool_count(store, PR_IPM_SENTMAIL_ENTRYID) == 1);
    check_report("REPORT.IPM.Note.NDR", "Undeliverable: split", "nobody", 3);
    end();
}

/* What one transport puts off does not hold up another. */
static void test_split_retry(void)
{
    IMessage *message;

    if (!begin("xp.End=later")) return;
    message = spool_message(store, "both");
    spool_recipient(message, "SAMPLE", "joe");
    spool_recipient(message, "FAX", "555");
    spool_submit(message);
    spool_wait(sample_log_count("xp.SubmitMessage") >= 4);
    sample_behave(NULL);
    spool_wait(!spool_queued(store));
    ok(spool_files(spool_out, "*.msg", NULL) == 1, "%d sent\n",
       spool_files(spool_out, "*.msg", NULL));
    ok(spool_files(fax, "*.msg", NULL) == 1, "%d faxed\n", spool_files(fax, "*.msg", NULL));
    ok(sample_log_count("xp.Sent") == 2, "sent %d times\n", sample_log_count("xp.Sent"));
    end();
}

/* A transport that marks no recipient is taken to have all that it was meant to. */
static void test_unmarked(void)
{
    if (!begin("xp.Unmarked=yes")) return;
    spool_send(store, "unmarked");
    spool_wait(!spool_queued(store));
    ok(sample_log_count("xp.Sent") == 1, "sent %d times\n", sample_log_count("xp.Sent"));
    ok(!inbox_count(store), "%lu reports\n", inbox_count(store));
    end();
}

static void test_reports(void)
{
    IMessage *message;
    SPropValue prop;

    if (begin(NULL))
    {
        message = spool_message(store, "back");
        spool_recipient(message, "SAMPLE", "bounce1");
        spool_submit(message);
        spool_wait(!spool_queued(store));
        spool_wait(inbox_count(store) == 1);
        check_report("REPORT.IPM.Note.NDR", "Undeliverable: back", "bounce1", 1);
        ok(!sample_log_count("xp.Sent"), "it was sent\n");
        end();
    }
    if (begin(NULL))
    {
        message = spool_message(store, "arrived");
        spool_recipient(message, "SAMPLE", "joe");
        memset(&prop, 0, sizeof(prop));
        prop.ulPropTag = PR_ORIGINATOR_DELIVERY_REPORT_REQUESTED;
        prop.Value.b = TRUE;
        IMessage_SetProps(message, 1, &prop, NULL);
        spool_submit(message);
        spool_wait(!spool_queued(store));
        spool_wait(inbox_count(store) == 1);
        check_report("REPORT.IPM.Note.DR", "Delivered: arrived", "joe", 1);
        end();
    }
    /* Who does not want to hear of it hears nothing. */
    if (begin(NULL))
    {
        message = spool_message(store, "quiet");
        spool_recipient(message, "SAMPLE", "bounce2");
        spool_recipient(message, "NOWHERE", "nobody");
        memset(&prop, 0, sizeof(prop));
        prop.ulPropTag = PR_ORIGINATOR_NON_DELIVERY_REPORT_REQUESTED;
        IMessage_SetProps(message, 1, &prop, NULL);
        spool_submit(message);
        spool_wait(!spool_queued(store));
        ok(!inbox_count(store), "%lu reports\n", inbox_count(store));
        end();
    }
}

/* Who has the message already gets it no more: the others stand there once more, in the
 * envelope. */
static void test_resend(void)
{
    static const struct { LONG type; const char *address;
    } rows[] = { { MAPI_TO | MAPI_SUBMITTED, "joe" },
                 { MAPI_CC | MAPI_SUBMITTED, "jane" },
                 { MAPI_P1, "jane" } };
    IMessage *message;
    const char *text;
    unsigned int i;
    HRESULT hr;

    if (!begin(NULL)) return;
    message = spool_message(store, "again");
    set_long(message, PR_MESSAGE_FLAGS, MSGFLAG_UNSENT | MSGFLAG_RESEND);
    for (i = 0; i < ARRAY_SIZE(rows); i++)
    {
        hr = add_recipient(message, MODRECIP_ADD, -1, rows[i].type, rows[i].address,
                           rows[i].address);
        ok(hr == S_OK, "ModifyRecipients returned %#lx\n", hr);
    }
    spool_submit(message);
    spool_wait(!spool_queued(store));
    text = spool_sent(spool_out, "again", NULL);
    ok(strstr(text, "To: jane\r\nSubject") && !strstr(text, "joe"), "sent: %s\n", text);
    ok(!inbox_count(store), "%lu reports\n", inbox_count(store));
    end();
}

static void test_preprocess(void)
{
    IMAPIFolder *sent;
    IMessage *message;

    if (begin("xp.Preprocessor=yes"))
    {
        spool_send(store, "prepared");
        spool_wait(!spool_queued(store));
        ok(sample_log_count("xp.Preprocess") == 1, "%d times\n", sample_log_count("xp.Preprocess"));
        ok(sample_log_count("xp.Sent") == 1, "sent %d times\n", sample_log_count("xp.Sent"));
        ok(sample_log_count("xp.RemovePreprocess") >= 1, "it was not cleaned up\n");
        spool_wait(spool_count(store, PR_IPM_SENTMAIL_ENTRYID) == 1);
        sent = open_folder(store, PR_IPM_SENTMAIL_ENTRYID);
        if ((message = open_row_message(sent, 0, 0)))
        {
            ok(!has_prop(message, PR_SAMPLE_PREPROCESSED), "something is left of it\n");
            IMessage_Release(message);
        }
        IMAPIFolder_Release(sent);
        end();
    }
    /* one that fails is tried again */
    if (begin("xp.Preprocessor=yes xp.Preprocess=fail@1"))
    {
        spool_send(store, "failed first");
        spool_wait(!spool_queued(store));
        ok(sample_log_count("xp.Preprocess") == 2, "%d times\n", sample_log_count("xp.Preprocess"));
        ok(sample_log_count("xp.Sent") == 1, "sent %d times\n", sample_log_count("xp.Sent"));
        end();
    }
}

/* A transport that met a critical error is let go of; its mail stays. */
static void test_critical(void)
{
    if (!begin("xp.SubmitMessage=critical")) return;
    spool_send(store, "critical");
    spool_wait(sample_log_count("xp.Logoff") == 1);
    sample_behave(NULL);
    ok(sample_log_count("xp.SubmitMessage") == 1, "submitted %d times\n",
       sample_log_count("xp.SubmitMessage"));
    ok(spool_queued(store) == 1, "%lu in the queue\n", spool_queued(store));
    ok(!inbox_count(store), "%lu reports\n", inbox_count(store));
    end();
}

/* A transport that crashes is not called again, and its mail stays for the next session. */
static void test_crash(void)
{
    if (begin("xp.SubmitMessage=crash"))
    {
        spool_send(store, "survivor");
        spool_wait(sample_log_count("xp.SubmitMessage") == 1);
        sample_behave(NULL);
        Sleep(1000);
        ok(spool_queued(store) == 1, "%lu in the queue\n", spool_queued(store));
        ok(sample_log_count("xp.SubmitMessage") == 1, "it was called %d times\n",
           sample_log_count("xp.SubmitMessage"));
        ok(!inbox_count(store), "%lu reports\n", inbox_count(store));
        end();
    }
    if (!(session = spool_logon(0))) return;
    if ((store = open_store(session, 0)))
    {
        spool_wait(!spool_queued(store));
        ok(sample_log_count("xp.Sent") == 1, "sent %d times\n", sample_log_count("xp.Sent"));
    }
    end();
}

/* ---- inbound ---- */

static LONG new_mails;
static char new_mail_class[64];

static LONG CALLBACK on_new_mail(void *context, ULONG count, NOTIFICATION *notifications)
{
    ULONG i;

    for (i = 0; i < count; i++)
    {
        if (notifications[i].ulEventType != fnevNewMail) continue;
        if (notifications[i].info.newmail.ulFlags & MAPI_UNICODE)
            WideCharToMultiByte(CP_ACP, 0, (WCHAR *)notifications[i].info.newmail.lpszMessageClass,
                                -1, new_mail_class, sizeof(new_mail_class), NULL, NULL);
        InterlockedIncrement(&new_mails);
    }
    return S_OK;
}

static void test_receive(void)
{
    IMAPIAdviseSink *sink;
    ULONG_PTR connection;
    IMessage *message;
    HRESULT hr;

    if (!begin(NULL)) return;
    new_mails = 0;
    hr = HrAllocAdviseSink(on_new_mail, NULL, &sink);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMsgStore_Advise(store, 0, NULL, fnevNewMail, sink, &connection);
    ok(hr == S_OK, "Advise returned %#lx\n", hr);
    spool_drop("1", "Subject: news\r\nFrom: Jane\r\n\r\nwhat is new");
    spool_wait(inbox_count(store) == 1);
    spool_wait((HrDispatchNotifications(0), new_mails == 1));
    ok(!strcmp(new_mail_class, "IPM.Note"), "class %s\n", new_mail_class);
    spool_wait(!spool_files(in, "*.msg", NULL));
    if ((message = inbox_message(store, 0)))
    {
        check_text(message, PR_SUBJECT_A, "news");
        check_text(message, PR_SENDER_NAME_A, "Jane");
        check_text(message, PR_BODY_A, "what is new");
        ok(!(get_long(message, PR_MESSAGE_FLAGS) & (MSGFLAG_UNSENT | MSGFLAG_READ)), "flags %#lx\n",
           get_long(message, PR_MESSAGE_FLAGS));
        ok(has_prop(message, PR_MESSAGE_DELIVERY_TIME), "it has no delivery time\n");
        ok(get_long(message, PR_SAMPLE_HOOKED) == 1, "no hook has seen it\n");
        IMessage_Release(message);
    }
    spool_drop("2", "Subject: more\r\n\r\n");
    spool_drop("3", "Subject: and more\r\n\r\n");
    spool_wait(inbox_count(store) == 3);
    spool_wait((HrDispatchNotifications(0), new_mails == 3));
    IMsgStore_Unadvise(store, connection);
    IMAPIAdviseSink_Release(sink);
    end();
    ok(sample_log_count("xp.Received") == 3, "received %d times\n",
       sample_log_count("xp.Received"));
}

/* The hook provider has saved what it does to the message that came first. */
static BOOL is_hooked(void)
{
    IMessage *message = inbox_message(store, 0);
    BOOL ret = message && has_prop(message, PR_SAMPLE_HOOKED);

    if (message) IMessage_Release(message);
    return ret;
}

/* A sender who asked for it hears that the message was read, once. */
static void test_read_report(void)
{
    IMessage *message;
    const char *text;
    HRESULT hr;

    if (!begin(NULL)) return;
    spool_drop("1", "Subject: read me\r\nFrom: Jane\r\nReceipt: jane\r\n\r\n");
    spool_wait(inbox_count(store) == 1 && is_hooked());
    spool_wait(!spool_files(in, "*.msg", NULL));
    if ((message = inbox_message(store, 0)))
    {
        hr = IMessage_SetReadFlag(message, 0);
        ok(hr == S_OK, "SetReadFlag returned %#lx\n", hr);
        spool_wait(spool_files(spool_out, "*.msg", NULL) == 1 && !spool_queued(store));
        text = spool_sent(spool_out, "Subject: Read: read me\r\n", NULL);
        ok(strstr(text, "To: jane\r\n") != NULL, "sent: %s\n", text);
        hr = IMessage_SetReadFlag(message, CLEAR_READ_FLAG);
        ok(hr == S_OK, "SetReadFlag returned %#lx\n", hr);
        hr = IMessage_SetReadFlag(message, 0);
        ok(hr == S_OK, "SetReadFlag returned %#lx\n", hr);
        IMessage_Release(message);
    }
    ok(!spool_queued(store), "it is reported again\n");
    spool_wait(!spool_count(store, PR_IPM_OUTBOX_ENTRYID));
    ok(!spool_count(store, PR_IPM_SENTMAIL_ENTRYID), "the report was kept\n");
    end();
    ok(sample_log_count("xp.Sent") == 1, "sent %d times\n", sample_log_count("xp.Sent"));
}

static void test_receive_hooked(void)
{
    if (!begin("hk.Inbound=delete")) return;
    spool_drop("1", "Subject: junk\r\n\r\n");
    spool_wait(sample_log_count("hk.Inbound") == 1 && !spool_files(in, "*.msg", NULL));
    spool_wait(!inbox_count(store));
    sample_behave(NULL);
    spool_drop("2", "Subject: good\r\n\r\n");
    spool_wait(inbox_count(store) == 1);
    end();
}

/* Nobody has opened the store: the spooler does, since mail has come. */
static void test_receive_alone(void)
{
    spool_clear();
    if (!(session = spool_logon(0))) return;
    store = NULL;
    spool_drop("1", "Subject: alone\r\n\r\n");
    spool_wait(sample_log_count("xp.Received") == 1);
    store = open_store(session, 0);
    if (store) ok(inbox_count(store) == 1, "%lu messages\n", inbox_count(store));
    end();

    /* and a client that wants it at logon has it then */
    spool_clear();
    spool_setting("PollMs", 3600000);
    spool_drop("1", "Subject: first\r\n\r\n");
    if (!(session = spool_logon(MAPI_FORCE_DOWNLOAD))) return;
    ok(!spool_files(in, "*.msg", NULL), "it was not downloaded\n");
    store = NULL;
    end();
    spool_settings(TRUE);
}

/* ---- status ---- */

static IMAPIStatus *open_status(ULONG resource, SPropValue *code)
{
    static const SizedSPropTagArray(3,
                                    columns) = { 3,
                                                 { PR_RESOURCE_TYPE, PR_ENTRYID, PR_STATUS_CODE } };
    IMAPIStatus *status = NULL;
    IMAPITable *table;
    SRowSet *rows;
    ULONG i, type;
    HRESULT hr;

    hr = IMAPISession_GetStatusTable(session, 0, &table);
    ok(hr == S_OK, "GetStatusTable returned %#lx\n", hr);
    if (FAILED(hr)) return NULL;
    rows = table_rows_(table, (SPropTagArray *)&columns, __LINE__);
    for (i = 0; i < rows->cRows && !status; i++)
    {
        if (rows->aRow[i].lpProps[0].Value.ul != resource) continue;
        if (code) *code = rows->aRow[i].lpProps[2];
        hr = IMAPISession_OpenEntry(session, rows->aRow[i].lpProps[1].Value.bin.cb,
                                    (ENTRYID *)rows->aRow[i].lpProps[1].Value.bin.lpb, NULL,
                                    MAPI_MODIFY, &type, (IUnknown **)&status);
        ok(hr == S_OK && type == MAPI_STATUS, "OpenEntry returned %#lx\n", hr);
    }
    FreeProws(rows);
    return status;
}

static void test_status(void)
{
    IMAPIStatus *status;
    SPropValue code;
    HRESULT hr;

    spool_setting("RetryMs", 3600000);
    spool_setting("PollMs", 3600000);
    if (!begin("xp.SubmitMessage=busy")) return;
    if ((status = open_status(MAPI_SPOOLER, &code)))
    {
        ok((code.Value.l & (STATUS_AVAILABLE | STATUS_INBOUND_ENABLED | STATUS_OUTBOUND_ENABLED))
               == (STATUS_AVAILABLE | STATUS_INBOUND_ENABLED | STATUS_OUTBOUND_ENABLED),
           "code %#lx\n", code.Value.l);
        hr = IMAPIStatus_ValidateState(status, 0, SUPPRESS_UI);
        ok(hr == S_OK, "ValidateState returned %#lx\n", hr);
        ok(sample_log_count("xp.ValidateState") == 2, "%d transports\n",
           sample_log_count("xp.ValidateState"));
        spool_send(store, "flushed");
        spool_wait(sample_log_count("xp.SubmitMessage") == 1);
        spool_drop("1", "Subject: flushed\r\n\r\n");
        sample_behave(NULL);
        hr = IMAPIStatus_FlushQueues(status, 0, 0, NULL,
                                     FLUSH_UPLOAD | FLUSH_DOWNLOAD | FLUSH_NO_UI);
        ok(hr == S_OK, "FlushQueues returned %#lx\n", hr);
        ok(sample_log_count("xp.Sent") == 1, "sent %d times\n", sample_log_count("xp.Sent"));
        ok(inbox_count(store) == 1, "%lu received\n", inbox_count(store));
        ok(sample_log_count("xp.FlushQueues") == 2, "%d flushed\n",
           sample_log_count("xp.FlushQueues"));
        IMAPIStatus_Release(status);
    }
    if ((status = open_status(MAPI_TRANSPORT_PROVIDER, &code)))
    {
        ok(code.Value.l == (STATUS_AVAILABLE | STATUS_INBOUND_ENABLED | STATUS_OUTBOUND_ENABLED),
           "code %#lx\n", code.Value.l);
        hr = IMAPIStatus_ChangePassword(status, (LPTSTR)"", (LPTSTR)"secret", 0);
        ok(hr == S_OK, "ChangePassword returned %#lx\n", hr);
        hr = IMAPIStatus_ChangePassword(status, (LPTSTR)"wrong", (LPTSTR)"other", 0);
        ok(hr == MAPI_E_NO_ACCESS, "ChangePassword returned %#lx\n", hr);
        hr = IMAPIStatus_SettingsDialog(status, 0, 0);
        ok(hr == S_OK, "SettingsDialog returned %#lx\n", hr);
        /* of one transport, which the spooler then attends to */
        spool_drop("2", "Subject: again\r\n\r\n");
        hr = IMAPIStatus_FlushQueues(status, 0, 0, NULL, FLUSH_DOWNLOAD);
        ok(hr == S_OK, "FlushQueues returned %#lx\n", hr);
        spool_wait(inbox_count(store) == 2);
        IMAPIStatus_Release(status);
    }
    end();
    spool_settings(TRUE);
}

/* ---- Simple MAPI ---- */

/* In a process of its own: who answers is decided once a process. */
static void child_simple(const char *path)
{
    MapiRecipDesc recipient = { 0 };
    MapiMessage message = { 0 };
    MapiFileDesc file = { 0 };
    ULONG ret;

    recipient.ulRecipClass = MAPI_TO;
    recipient.lpszName = (char *)"Joe";
    recipient.lpszAddress = (char *)"SAMPLE:joe";
    file.nPosition = ~0u;
    file.lpszPathName = (char *)path;
    message.lpszSubject = (char *)"simple";
    message.lpszNoteText = (char *)"simple text";
    message.nRecipCount = 1;
    message.lpRecips = &recipient;
    message.nFileCount = 1;
    message.lpFiles = &file;
    ret = MAPISendMail(0, 0, &message, 0, 0);
    ok(ret == SUCCESS_SUCCESS, "MAPISendMail returned %lu\n", ret);
}

/* No mail client but us: HKCU comes first, and names one that is not there. */
static void test_simple(void)
{
    static const char mail_key[] = "Software\\Clients\\Mail";
    char path[MAX_PATH], saved[MAX_PATH], args[MAX_PATH + 16];
    DWORD size = sizeof(saved);
    IProfAdmin *admin;
    const char *text;
    FILE *out;
    HRESULT hr;
    HKEY key;
    BOOL had;

    spool_clear();
    hr = MAPIAdminProfiles(0, &admin);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IProfAdmin_SetDefaultProfile(admin, (LPTSTR)spool_profile, 0);
    ok(hr == S_OK, "SetDefaultProfile returned %#lx\n", hr);
    sprintf(path, "%s\\file.txt", spool_root);
    out = fopen(path, "wb");
    fputs("from a file", out);
    fclose(out);

    RegCreateKeyA(HKEY_CURRENT_USER, mail_key, &key);
    had = !RegGetValueA(HKEY_CURRENT_USER, mail_key, NULL, RRF_RT_REG_SZ, NULL, saved, &size);
    RegSetValueExA(key, NULL, 0, REG_SZ, (const BYTE *)"Nobody at all", 14);
    sprintf(args, "spooler simple \"%s\"", path);
    ok(!spool_run(args, NULL), "the process failed\n");
    if (had) RegSetValueExA(key, NULL, 0, REG_SZ, (BYTE *)saved, size);
    else RegDeleteValueA(key, NULL);
    RegCloseKey(key);

    /* the session has ended: what could be sent has been */
    text = spool_sent(spool_out, "Subject: simple\r\n", NULL);
    ok(strstr(text, "To: joe") && strstr(text, "simple text")
           && strstr(text, "--- file.txt\r\nfrom a file"),
       "sent: %s\n", text);
    ok(sample_log_count("xp.Sent") == 1, "sent %d times\n", sample_log_count("xp.Sent"));
    IProfAdmin_SetDefaultProfile(admin, NULL, 0);
    IProfAdmin_Release(admin);
}

START_TEST(spooler)
{
    char **argv;
    HRESULT hr;

    if (winetest_get_mainargs(&argv) >= 4 && !strcmp(argv[2], "simple"))
    {
        child_simple(argv[3]);
        return;
    }
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    if (!spool_begin("SpoolerTest"))
    {
        skip("no sample providers\n");
        MAPIUninitialize();
        return;
    }
    sprintf(fax, "%s\\fax", spool_root);
    sprintf(in, "%s\\in", spool_out);
    test_send();
    test_order();
    test_delete_after();
    test_retry();
    test_deferred();
    test_split();
    test_split_retry();
    test_unmarked();
    test_reports();
    test_resend();
    test_preprocess();
    test_critical();
    test_receive();
    test_read_report();
    test_receive_hooked();
    test_receive_alone();
    test_status();
    test_simple();
    test_crash();
    spool_end();
    MAPIUninitialize();
}
