/*
 * Tests: sending from the message store, and receiving into it
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

#define COBJMACROS

#include <stdarg.h>

#include <windef.h>
#include <winbase.h>
#include <winreg.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>

#include "wine/test.h"
#include "mapims.h"
#include "../../mapi32/tests/spool.h"

static const char profile[] = "mapitest mapims queue";

/* The sample's transport and our store, in two services. */
static const char mail_inf[] =
    "[Services]\r\n"
    "SAMPLE=Sample Message Service\r\n"
    "MAPIMS=Message Store\r\n"
    "[SAMPLE]\r\n"
    "PR_DISPLAY_NAME=Sample Message Service\r\n"
    "Providers=SAMPLE_XP\r\n"
    "PR_SERVICE_DLL_NAME=%s\r\n"
    "PR_SERVICE_ENTRY_NAME=ServiceEntry\r\n"
    "[SAMPLE_XP]\r\n"
    "PR_RESOURCE_TYPE=MAPI_TRANSPORT_PROVIDER\r\n"
    "PR_PROVIDER_DLL_NAME=%s\r\n"
    "PR_DISPLAY_NAME=Sample Transport\r\n"
    "PR_PROVIDER_DISPLAY=Sample Transport\r\n"
    "[MAPIMS]\r\n"
    "PR_DISPLAY_NAME=Message Store\r\n"
    "Providers=MAPIMS_MS\r\n"
    "PR_SERVICE_DLL_NAME=mapims.dll\r\n"
    "PR_SERVICE_ENTRY_NAME=ServiceEntry\r\n"
    "[MAPIMS_MS]\r\n"
    "PR_RESOURCE_TYPE=MAPI_STORE_PROVIDER\r\n"
    "PR_PROVIDER_DLL_NAME=mapims.dll\r\n"
    "PR_RESOURCE_FLAGS=STATUS_DEFAULT_STORE\r\n"
    "PR_DISPLAY_NAME=Personal Folders\r\n"
    "PR_PROVIDER_DISPLAY=Message Store\r\n";

static void check_queue_(IMsgStore *store, const char *expected, int line)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_SUBJECT_A, PR_SUBMIT_FLAGS } };
    char text[256] = "";
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    hr = IMsgStore_GetOutgoingQueue(store, 0, &table);
    ok_(__FILE__, line)(hr == S_OK, "GetOutgoingQueue returned %#lx\n", hr);
    if (FAILED(hr)) return;
    rows = table_rows_(table, (SPropTagArray *)&columns, line);
    for (i = 0; rows && i < rows->cRows; i++)
        sprintf(text + strlen(text), "%s%s:%ld", i ? " " : "", rows->aRow[i].lpProps[0].Value.lpszA,
                rows->aRow[i].lpProps[1].Value.l & SUBMITFLAG_LOCKED);
    ok_(__FILE__, line)(!strcmp(text, expected), "queue \"%s\", not \"%s\"\n", text, expected);
    FreeProws(rows);
}
#define check_queue(store, expected) check_queue_(store, expected, __LINE__)

static void submit_one(IMAPIFolder *outbox, const char *subject)
{
    IMessage *message = new_message(outbox, subject);
    HRESULT hr;

    hr = add_recipient(message, MODRECIP_ADD, -1, MAPI_TO, "Ada", "ada@x");
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMessage_SubmitMessage(message, 0x100);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IMessage_SubmitMessage(message, 0);
    ok(hr == S_OK, "SubmitMessage returned %#lx\n", hr);
    IMessage_Release(message);
}

static void test_queue(IMsgStore *store)
{
    IMAPIFolder *outbox = open_folder(store, PR_IPM_OUTBOX_ENTRYID);
    IMAPIFolder *subtree = open_folder(store, PR_IPM_SUBTREE_ENTRYID);
    SPropValue *id, *second_id, *outbox_id;
    IMessage *message, *second;
    SRowSet *rows;
    SBinary ids[2];
    HRESULT hr;

    message = new_message(outbox, "none");
    hr = IMessage_SubmitMessage(message, 0);
    ok(hr == MAPI_E_NO_RECIPIENTS, "got %#lx\n", hr);
    IMessage_Release(message);
    submit_one(outbox, "one");
    submit_one(outbox, "two");
    check_queue(store, "one:0 two:0");

    message = open_row_message(outbox, 0, MAPI_MODIFY);
    second = open_row_message(outbox, 1, MAPI_MODIFY);
    id = get_prop(message, PR_ENTRYID);
    second_id = get_prop(second, PR_ENTRYID);
    ok(get_long(message, PR_MESSAGE_FLAGS) & MSGFLAG_SUBMIT, "not submitted\n");
    hr = IMsgStore_SetLockState(store, NULL, MSG_LOCKED);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMsgStore_SetLockState(store, message, MSG_LOCKED);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMsgStore_SetLockState(store, message, MSG_LOCKED);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    check_queue(store, "one:1 two:0");
    hr = IMsgStore_AbortSubmit(store, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, 0);
    ok(hr == MAPI_E_UNABLE_TO_ABORT, "got %#lx\n", hr);

    /* What is on its way stays. */
    rows = contents(outbox);
    hr = IMAPIFolder_DeleteMessages(outbox, entry_list(rows, ids, 0, 2), 0, NULL, 0);
    ok(hr == MAPI_W_PARTIAL_COMPLETION, "got %#lx\n", hr);
    hr = IMAPIFolder_CopyMessages(outbox, entry_list(rows, ids, 0, 2), NULL, subtree, 0, NULL,
                                  MESSAGE_MOVE);
    ok(hr == MAPI_W_PARTIAL_COMPLETION, "got %#lx\n", hr);
    FreeProws(rows);
    hr = IMAPIFolder_EmptyFolder(outbox, 0, NULL, 0);
    ok(hr == MAPI_W_PARTIAL_COMPLETION, "got %#lx\n", hr);
    outbox_id = get_prop(outbox, PR_ENTRYID);
    hr = IMAPIFolder_CopyFolder(subtree, outbox_id->Value.bin.cb,
                                (ENTRYID *)outbox_id->Value.bin.lpb, NULL, subtree, (LPTSTR) "Copy",
                                0, NULL, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    MAPIFreeBuffer(outbox_id);
    {
        IMAPIFolder *copy = NULL;
        IMessage *copied;

        hr = IMAPIFolder_CreateFolder(subtree, FOLDER_GENERIC, (LPTSTR)"Copy", NULL, NULL,
                                      OPEN_IF_EXISTS, &copy);
        ok(hr == S_OK, "got %#lx\n", hr);
        copied = open_row_message(copy, 0, 0);
        ok(!(get_long(copied, PR_MESSAGE_FLAGS) & MSGFLAG_SUBMIT), "the copy is submitted\n");
        IMessage_Release(copied);
        IMAPIFolder_Release(copy);
    }

    hr = IMsgStore_SetLockState(store, message, MSG_UNLOCKED);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_queue(store, "one:0 two:0");
    hr = IMsgStore_SetLockState(store, message, MSG_LOCKED);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMsgStore_FinishedMsg(store, 0, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_queue(store, "two:0");
    hr = IMsgStore_SetLockState(store, message, MSG_LOCKED);
    ok(hr == MAPI_E_NOT_IN_QUEUE, "got %#lx\n", hr);
    hr = IMsgStore_AbortSubmit(store, second_id->Value.bin.cb, (ENTRYID *)second_id->Value.bin.lpb,
                               0);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMsgStore_AbortSubmit(store, second_id->Value.bin.cb, (ENTRYID *)second_id->Value.bin.lpb,
                               0);
    ok(hr == MAPI_E_NOT_IN_QUEUE, "got %#lx\n", hr);
    check_queue(store, "");
    IMessage_Release(message);
    IMessage_Release(second);
    MAPIFreeBuffer(id);
    MAPIFreeBuffer(second_id);
    hr = IMAPIFolder_EmptyFolder(outbox, 0, NULL, DELETE_HARD_DELETE);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPIFolder_Release(subtree);
    IMAPIFolder_Release(outbox);
}

/* Who asked to hear that it was read hears it once. */
static void test_receipt(IMsgStore *store)
{
    IMAPIFolder *folder = ms_new_folder(store, "Receipts");
    IMessage *message = new_message(folder, "please tell");
    SPropValue prop;
    HRESULT hr;

    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = PR_READ_RECEIPT_REQUESTED;
    prop.Value.b = TRUE;
    hr = IMessage_SetProps(message, 1, &prop, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    set_text(message, PR_SENDER_NAME_A, "Ada");
    set_text(message, PR_SENDER_ADDRTYPE_A, "SAMPLE");
    set_text(message, PR_SENDER_EMAIL_ADDRESS_A, "ada");
    set_long(message, PR_MESSAGE_FLAGS, 0);
    save_object(message);
    hr = IMessage_SetReadFlag(message, SUPPRESS_RECEIPT);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_queue(store, "");
    hr = IMessage_SetReadFlag(message, CLEAR_READ_FLAG);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMessage_SetReadFlag(message, 0);
    ok(hr == S_OK && (get_long(message, PR_MESSAGE_FLAGS) & MSGFLAG_READ), "got %#lx\n", hr);
    check_queue(store, "");             /* it was suppressed for good */
    IMessage_Release(message);
    IMAPIFolder_Release(folder);
}

/* ---- with a transport ---- */

static BOOL begin_mail(void)
{
    static const SizedSPropTagArray(1, columns) = { 1, { PR_SERVICE_UID } };
    IProviderAdmin *providers;
    IMsgServiceAdmin *services;
    char path[MAX_PATH];
    IProfAdmin *admin;
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;

    if (!sample_install_inf(mail_inf)) return FALSE;
    strcpy(spool_profile, profile);
    spool_settings(TRUE);
    sprintf(spool_root, "%s\\%s", sample_directory(), profile);
    sprintf(spool_out, "%s\\out", spool_root);
    spool_delete(spool_root);
    CreateDirectoryA(spool_root, NULL);
    CreateDirectoryA(spool_out, NULL);
    sprintf(path, "%s\\in", spool_out);
    CreateDirectoryA(path, NULL);
    hr = sample_create_profile(profile);
    ok(hr == S_OK, "creating the profile returned %#lx\n", hr);
    if (FAILED(hr)) return FALSE;
    MAPIAdminProfiles(0, &admin);
    hr = IProfAdmin_AdminServices(admin, (LPTSTR)profile, NULL, 0, 0, &services);
    ok(hr == S_OK, "got %#lx\n", hr);
    IProfAdmin_Release(admin);
    IMsgServiceAdmin_GetMsgServiceTable(services, 0, &table);
    rows = table_rows_(table, (SPropTagArray *)&columns, __LINE__);
    hr = IMsgServiceAdmin_AdminProviders(
        services, (MAPIUID *)rows->aRow[0].lpProps[0].Value.bin.lpb, 0, &providers);
    ok(hr == S_OK, "got %#lx\n", hr);
    FreeProws(rows);
    IMsgServiceAdmin_Release(services);
    spool_configure(providers, "Sample Transport", PR_SAMPLE_DIRECTORY, spool_out);
    IProviderAdmin_Release(providers);
    sprintf(path, "%s\\mail.db", spool_root);
    hr = ms_add_service(profile, path);
    ok(hr == S_OK, "the store is not there: %#lx\n", hr);
    sample_log_start();
    return SUCCEEDED(hr);
}

/* One that came from Ada, who wants to hear when it is read. */
static IMessage *requested(IMAPIFolder *folder, const char *subject)
{
    IMessage *message = new_message(folder, subject);
    SPropValue props[2];
    BYTE key[] = "SAMPLE:ADA";
    HRESULT hr;

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_READ_RECEIPT_REQUESTED;
    props[0].Value.b = TRUE;
    props[1].ulPropTag = PR_SENDER_SEARCH_KEY;
    props[1].Value.bin.cb = sizeof(key);
    props[1].Value.bin.lpb = key;
    hr = IMessage_SetProps(message, 2, props, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    set_text(message, PR_SENDER_NAME_A, "ada");
    set_text(message, PR_SENDER_ADDRTYPE_A, "SAMPLE");
    set_text(message, PR_SENDER_EMAIL_ADDRESS_A, "ada");
    set_long(message, PR_MESSAGE_FLAGS, 0);
    save_object(message);
    return message;
}

static BOOL get_bool(IMessage *message, ULONG tag)
{
    SPropValue *prop = get_prop(message, tag);
    BOOL ret = prop->ulPropTag == tag && prop->Value.b;

    MAPIFreeBuffer(prop);
    return ret;
}

static BOOL is_read(IMessage *message)
{
    return (get_long(message, PR_MESSAGE_FLAGS) & MSGFLAG_READ) != 0;
}

/* The receipt is made by MAPI, submitted by the store and sent by the transport, once. */
static void test_receipts(IMsgStore *store)
{
    IMAPIFolder *folder = ms_new_folder(store, "Requested");
    int files = spool_files(spool_out, "*.msg", NULL);
    IMessage *message;
    const char *text;
    size_t size;
    HRESULT hr;

    message = requested(folder, "please tell");
    hr = IMessage_SetReadFlag(message, 0);
    ok(hr == S_OK && is_read(message), "SetReadFlag returned %#lx\n", hr);
    spool_wait(spool_files(spool_out, "*.msg", NULL) == files + 1 && !spool_queued(store));
    text = spool_sent(spool_out, "please tell", &size);
    ok(strstr(text, "To: ada\r\n") != NULL, "sent: %s\n", text);
    ok(!get_bool(message, PR_READ_RECEIPT_REQUESTED), "it is still asked for\n");
    hr = IMessage_SetReadFlag(message, CLEAR_READ_FLAG);
    ok(hr == S_OK && !is_read(message), "SetReadFlag returned %#lx\n", hr);
    hr = IMessage_SetReadFlag(message, 0);
    ok(hr == S_OK, "SetReadFlag returned %#lx\n", hr);
    ok(!spool_queued(store), "a second receipt\n");
    IMessage_Release(message);

    message = requested(folder, "told unread");
    hr = IMessage_SetReadFlag(message, GENERATE_RECEIPT_ONLY);
    ok(hr == S_OK && !is_read(message), "SetReadFlag returned %#lx\n", hr);
    spool_wait(spool_files(spool_out, "*.msg", NULL) == files + 2 && !spool_queued(store));
    text = spool_sent(spool_out, "told unread", &size);
    ok(strstr(text, "To: ada\r\n") != NULL, "sent: %s\n", text);
    hr = IMessage_SetReadFlag(message, 0);
    ok(hr == S_OK && is_read(message), "SetReadFlag returned %#lx\n", hr);
    ok(!spool_queued(store), "a second receipt\n");
    IMessage_Release(message);

    message = requested(folder, "untold");
    hr = IMessage_SetReadFlag(message, SUPPRESS_RECEIPT);
    ok(hr == S_OK && is_read(message), "SetReadFlag returned %#lx\n", hr);
    ok(!spool_queued(store), "a receipt that was suppressed\n");
    IMessage_Release(message);
    /* What is deleted unread tells nobody that it was read. */
    message = requested(folder, "unread");
    IMessage_Release(message);
    hr = IMAPIFolder_EmptyFolder(folder, 0, NULL, DELETE_HARD_DELETE);
    ok(hr == S_OK, "EmptyFolder returned %#lx\n", hr);
    ok(!spool_queued(store) && spool_files(spool_out, "*.msg", NULL) == files + 2,
       "a receipt too many\n");
    IMAPIFolder_Release(folder);
}

static void test_mail(void)
{
    IMAPISession *session;
    IMAPIFolder *folder;
    IMsgStore *store;
    IMessage *message;
    const char *text;
    size_t size;

    if (!(session = spool_logon(0))) return;
    if ((store = open_store(session, 0)))
    {
        message = spool_message(store, "hello");
        spool_recipient(message, "SAMPLE", "joe");
        spool_submit(message);
        spool_wait(spool_files(spool_out, "*.msg", NULL) == 1 && !spool_queued(store));
        text = spool_sent(spool_out, "Subject: hello\r\n", &size);
        ok(strstr(text, "To: joe\r\n") != NULL, "sent: %s\n", text);
        ok(strstr(text, "\r\n\r\nthe text") != NULL, "sent: %s\n", text);
        spool_wait(spool_count(store, PR_IPM_SENTMAIL_ENTRYID) == 1);
        ok(!spool_count(store, PR_IPM_OUTBOX_ENTRYID), "it is still in the outbox\n");
        folder = open_folder(store, PR_IPM_SENTMAIL_ENTRYID);
        if ((message = open_row_message(folder, 0, 0)))
        {
            ok(!(get_long(message, PR_MESSAGE_FLAGS) & (MSGFLAG_SUBMIT | MSGFLAG_UNSENT)),
               "flags %#lx\n", get_long(message, PR_MESSAGE_FLAGS));
            IMessage_Release(message);
        }
        IMAPIFolder_Release(folder);
        ok(sample_log_count("xp.Sent") == 1, "sent %d times\n", sample_log_count("xp.Sent"));

        test_receipts(store);

        spool_drop("first", "Subject: incoming\r\nFrom: jane\r\nTo: joe\r\n\r\nthe text");
        folder = spool_inbox(store);
        spool_wait(get_long(folder, PR_CONTENT_COUNT) == 1);
        ok(get_long(folder, PR_CONTENT_UNREAD) == 1, "it was read\n");
        check_contents(folder, "incoming");
        IMAPIFolder_Release(folder);
    }
    spool_close(session, store);
}

START_TEST(queue)
{
    IMAPISession *session;
    IMsgStore *store;
    HRESULT hr;

    if ((store = ms_begin(profile, &session)))
    {
        test_queue(store);
        test_receipt(store);
    }
    ms_end(profile, session, store);
    *ms_folder = 0;

    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (begin_mail())
    {
        test_mail();
        sample_delete_profile(profile);
    }
    else skip("the sample transport is not there\n");
    spool_settings(FALSE);
    MAPIUninitialize();
    if (*spool_root) spool_delete(spool_root);
    sample_remove();
}
