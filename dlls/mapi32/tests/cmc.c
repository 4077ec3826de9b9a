/*
 * Unit tests of Common Messaging Calls
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

#include <stdarg.h>
#include <stdio.h>

#define COBJMACROS
#include <windef.h>
#include <winbase.h>
#include <xcmc.h>
#include <xcmcext.h>
#include <xcmcmsxt.h>

#include "wine/test.h"
#include "smapi.h"

static char joe[] = "joe@sample.example", grace[] = "Grace Hopper";

static CMC_session_id log_on_(CMC_extension *extensions, int line)
{
    CMC_session_id session = 0;
    CMC_return_code ret;

    ret = cmc_logon(NULL, NULL, NULL, NULL, 0, CMC_VERSION, 0, &session, extensions);
    ok_(__FILE__, line)(ret == CMC_SUCCESS && session, "got %lu\n", ret);
    return session;
}
#define log_on(extensions) log_on_(extensions, __LINE__)

static void log_off_(CMC_session_id session, int line)
{
    CMC_return_code ret = cmc_logoff(session, 0, 0, NULL);

    ok_(__FILE__, line)(ret == CMC_SUCCESS, "got %lu\n", ret);
}
#define log_off(session) log_off_(session, __LINE__)

static void test_logon(void)
{
    CMC_extension unknown = { 999, 0, NULL, CMC_EXT_REQUIRED | CMC_EXT_LAST_ELEMENT };
    CMC_session_id session = 0xdead;
    CMC_return_code ret;
    char none[] = "No Such Profile", unicode[] = CMC_CHAR_UNICODE, any[] = CMC_CHAR_ISTRING;

    ret = cmc_logon(NULL, NULL, NULL, NULL, 0, CMC_VERSION, 0, NULL, NULL);
    ok(ret == CMC_E_INVALID_PARAMETER, "got %lu\n", ret);
    ret = cmc_logon(NULL, NULL, NULL, NULL, 0, 200, 0, &session, NULL);
    ok(ret == CMC_E_UNSUPPORTED_VERSION && !session, "got %lu\n", ret);
    ret = cmc_logon(NULL, NULL, NULL, unicode, 0, CMC_VERSION, 0, &session, NULL);
    ok(ret == CMC_E_UNSUPPORTED_CHARACTER_SET, "got %lu\n", ret);
    ret = cmc_logon(NULL, NULL, NULL, NULL, 0, CMC_VERSION, CMC_COUNTED_STRING_TYPE, &session,
                    NULL);
    ok(ret == CMC_E_COUNTED_STRING_UNSUPPORTED, "got %lu\n", ret);
    ret = cmc_logon(NULL, NULL, NULL, NULL, 0, CMC_VERSION, 0x100, &session, NULL);
    ok(ret == CMC_E_INVALID_FLAG, "got %lu\n", ret);
    ret = cmc_logon(NULL, NULL, NULL, NULL, 0, CMC_VERSION, 0, &session, &unknown);
    ok(ret == CMC_E_UNSUPPORTED_FUNCTION_EXT, "got %lu\n", ret);
    ret = cmc_logon(NULL, none, NULL, NULL, 0, CMC_VERSION, 0, &session, NULL);
    ok(ret == CMC_E_LOGON_FAILURE && !session, "got %lu\n", ret);
    unknown.extension_flags = CMC_EXT_LAST_ELEMENT;
    ret = cmc_logon(NULL, smapi_profile, NULL, any, 0, CMC_VERSION, 0, &session, &unknown);
    ok(ret == CMC_SUCCESS && session, "got %lu\n", ret);
    log_off(session);
    ret = cmc_logoff(session, 0, 0, NULL);
    ok(ret == CMC_E_INVALID_SESSION_ID, "got %lu\n", ret);
    ret = cmc_free(NULL);
    ok(ret == CMC_SUCCESS, "got %lu\n", ret);
}

static void test_configuration(void)
{
    CMC_X_COM_support support[] = { { CMC_XS_COM }, { CMC_X_COM_PRIORITY }, { 4711 },
                                    { CMC_X_COM_CONFIG_DATA, CMC_X_COM_SUP_EXCLUDE } };
    CMC_extension extensions[2] = { { CMC_X_COM_SUPPORT_EXT, ARRAY_SIZE(support), support },
                                    { CMC_X_COM_CONFIG_DATA, 0, NULL, CMC_EXT_LAST_ELEMENT } };
    CMC_X_COM_configuration *config;
    CMC_object_identifier *charsets;
    CMC_return_code ret;
    CMC_boolean flag;
    CMC_uint16 version;
    CMC_string text;
    CMC_enum number;

    ret = cmc_query_configuration(0, CMC_CONFIG_CHARACTER_SET, &charsets, NULL);
    ok(ret == CMC_SUCCESS && charsets[0] && !charsets[1], "got %lu\n", ret);
    ret = cmc_free(charsets);
    ok(ret == CMC_SUCCESS, "got %lu\n", ret);
    ret = cmc_query_configuration(0, CMC_CONFIG_LINE_TERM, &number, NULL);
    ok(ret == CMC_SUCCESS && number == CMC_LINE_TERM_CRLF, "got %lu, %ld\n", ret, number);
    ret = cmc_query_configuration(0, CMC_CONFIG_DEFAULT_SERVICE, &text, NULL);
    ok(ret == CMC_SUCCESS && !text, "got %lu\n", ret);
    ret = cmc_query_configuration(0, CMC_CONFIG_DEFAULT_USER, &text, NULL);
    ok(ret == CMC_SUCCESS && !strcmp(text, smapi_profile), "got %lu\n", ret);
    cmc_free(text);
    ret = cmc_query_configuration(0, CMC_CONFIG_REQ_PASSWORD, &number, NULL);
    ok(ret == CMC_SUCCESS && number == CMC_REQUIRED_NO, "got %lu, %ld\n", ret, number);
    ret = cmc_query_configuration(0, CMC_CONFIG_UI_AVAIL, &flag, NULL);
    ok(ret == CMC_SUCCESS && flag == CMC_TRUE, "got %lu\n", ret);
    ret = cmc_query_configuration(0, CMC_CONFIG_SUP_COUNTED_STR, &flag, NULL);
    ok(ret == CMC_SUCCESS && flag == CMC_FALSE, "got %lu\n", ret);
    ret = cmc_query_configuration(0, CMC_CONFIG_VER_SPEC, &version, NULL);
    ok(ret == CMC_SUCCESS && version == 100, "got %lu, %u\n", ret, version);
    ret = cmc_query_configuration(0, 13, &number, NULL);
    ok(ret == CMC_E_INVALID_ENUM, "got %lu\n", ret);
    ret = cmc_query_configuration(0, CMC_CONFIG_LINE_TERM, NULL, NULL);
    ok(ret == CMC_E_INVALID_PARAMETER, "got %lu\n", ret);
    ret = cmc_query_configuration(12345, CMC_CONFIG_LINE_TERM, &number, NULL);
    ok(ret == CMC_E_INVALID_SESSION_ID, "got %lu\n", ret);

    ret = cmc_query_configuration(0, CMC_CONFIG_UI_AVAIL, &flag, extensions);
    ok(ret == CMC_SUCCESS, "got %lu\n", ret);
    ok((support[0].flags & (CMC_X_COM_SUPPORTED | CMC_X_COM_NOT_SUPPORTED)) == CMC_X_COM_SUPPORTED,
       "got %#lx\n", support[0].flags);
    ok(support[1].flags == (CMC_X_COM_SUPPORTED | CMC_X_COM_DATA_EXT_SUPPORTED), "got %#lx\n",
       support[1].flags);
    ok(support[2].flags == CMC_X_COM_NOT_SUPPORTED, "got %#lx\n", support[2].flags);
    ok(support[3].flags == CMC_X_COM_SUP_EXCLUDE, "got %#lx\n", support[3].flags);
    config = extensions[1].item_reference;
    ok((extensions[1].extension_flags & CMC_EXT_OUTPUT) && config, "no configuration\n");
    ok(config->ver_spec == 100 && config->ui_avail && !config->sup_counted_str
       && !strcmp(config->default_user, smapi_profile), "wrong configuration\n");
    cmc_free(config);
}

static void test_send(CMC_session_id session)
{
    CMC_extension priority = { CMC_X_COM_PRIORITY, CMC_X_COM_URGENT, NULL, CMC_EXT_LAST_ELEMENT };
    CMC_extension sent = { CMC_X_COM_SENT_MESSAGE, 0, NULL, CMC_EXT_LAST_ELEMENT };
    CMC_recipient recipients[] = { { joe, CMC_TYPE_UNKNOWN, NULL, CMC_ROLE_TO },
                                   { grace, CMC_TYPE_INDIVIDUAL, NULL, CMC_ROLE_CC },
                                   { joe, CMC_TYPE_UNKNOWN, NULL, CMC_ROLE_BCC, CMC_RECIP_IGNORE | CMC_RECIP_LAST_ELEMENT } };
    CMC_attachment attachments[] = { { NULL }, { NULL, NULL, NULL, CMC_ATT_LAST_ELEMENT } };
    char subject[] = "by CMC", text[] = "first line\r\nsecond",
         address[] = "SAMPLE:joe@sample.example";
    char title[] = "named.txt", one[MAX_PATH], two[MAX_PATH], as_file[] = "the text is in a file";
    CMC_message message = { 0 }, *back;
    CMC_return_code ret;
    IMessage *found;
    SPropValue *prop;

    recipients[0].address = address;
    strcpy(one, smapi_path("one.txt"));
    strcpy(two, smapi_path("two.txt"));
    smapi_write(one, "content of one");
    smapi_write(two, "content of two");
    attachments[0].attach_filename = one;
    attachments[1].attach_filename = two;
    attachments[1].attach_title = title;
    message.subject = subject;
    message.text_note = text;
    message.recipients = recipients;
    message.attachments = attachments;
    message.message_extensions = &priority;

    ret = cmc_send(session, NULL, 0, 0, NULL);
    ok(ret == CMC_E_INVALID_PARAMETER, "got %lu\n", ret);
    ret = cmc_send(12345, &message, 0, 0, NULL);
    ok(ret == CMC_E_INVALID_SESSION_ID, "got %lu\n", ret);
    ret = cmc_send(session, &message, 0x400, 0, NULL);
    ok(ret == CMC_E_INVALID_FLAG, "got %lu\n", ret);
    recipients[1].role = 17;
    ret = cmc_send(session, &message, 0, 0, NULL);
    ok(ret == CMC_E_INVALID_ENUM, "got %lu\n", ret);
    recipients[1].role = CMC_ROLE_CC;
    attachments[0].attach_filename = (char *)"C:\\no\\such\\file";
    ret = cmc_send(session, &message, 0, 0, NULL);
    ok(ret == CMC_E_ATTACHMENT_NOT_FOUND || ret == CMC_E_ATTACHMENT_OPEN_FAILURE, "got %lu\n", ret);
    attachments[0].attach_filename = one;
    recipients[1].name = (char *)"Nobody Of That Name";
    ret = cmc_send(session, &message, 0, 0, NULL);
    ok(ret == CMC_E_RECIPIENT_NOT_FOUND, "got %lu\n", ret);
    recipients[1].name = grace;
    message.recipients = NULL;
    ret = cmc_send(session, &message, 0, 0, NULL);
    ok(ret == CMC_E_RECIPIENT_NOT_FOUND, "got %lu\n", ret);
    message.recipients = recipients;

    ret = cmc_send(session, &message, 0, 0, &sent);
    ok(ret == CMC_SUCCESS, "got %lu\n", ret);
    back = sent.item_reference;
    ok((sent.extension_flags & CMC_EXT_OUTPUT) && back && !strcmp(back->subject, subject),
       "not told what was sent\n");
    cmc_free(back);

    strcpy(subject, "as CMC");
    smapi_write(one, as_file);
    message.message_flags = CMC_MSG_TEXT_NOTE_AS_FILE;
    message.message_extensions = NULL;
    ret = cmc_send(session, &message, 0, 0, NULL);
    ok(ret == CMC_SUCCESS, "got %lu\n", ret);
    DeleteFileA(one);
    DeleteFileA(two);

    smapi_look();
    if ((found = smapi_sent(L"by CMC")))
    {
        check_recipient(found, 0, MAPI_TO, L"joe@sample.example", L"SAMPLE", L"joe@sample.example");
        check_recipient(found, 1, MAPI_CC, L"Grace Hopper", L"SAMPLE", L"grace@sample.example");
        ok(count_of(found, FALSE) == 2, "got %lu recipients\n", count_of(found, FALSE));
        check_wide(found, PR_BODY_W, L"first line\r\nsecond");
        check_attachment(found, 0, ATTACH_BY_VALUE, L"one.txt", "content of one", 14);
        check_attachment(found, 1, ATTACH_BY_VALUE, L"named.txt", "content of two", 14);
        ok(HrGetOneProp((IMAPIProp *)found, PR_PRIORITY, &prop) == S_OK
               && prop->Value.l == PRIO_URGENT,
           "not urgent\n");
        MAPIFreeBuffer(prop);
        IMessage_Release(found);
    }
    if ((found = smapi_sent(L"as CMC")))
    {
        check_wide(found, PR_BODY_W, L"the text is in a file");
        ok(count_of(found, TRUE) == 1, "got %lu attachments\n", count_of(found, TRUE));
        IMessage_Release(found);
    }
    smapi_look_end();
}

static void test_documents(void)
{
    char people[MAX_PATH], paths[2 * MAX_PATH], names[] = "a.txt", subject[] = "documents",
                                                text[] = "note";
    char first[MAX_PATH], second[MAX_PATH], sign[] = ",", nothing[] = "";
    CMC_return_code ret;
    IMessage *found;

    strcpy(people, "SAMPLE:joe@sample.example, cc:Grace Hopper,BCC: SAMPLE:ann@sample.example,");
    strcpy(first, smapi_path("first.txt"));
    strcpy(second, smapi_path("second.txt"));
    smapi_write(first, "one");
    smapi_write(second, "two");
    sprintf(paths, "%s,%s", first, second);
    ret = cmc_send_documents((char *)0xdead0000, subject, text, 0, paths, names, sign, 0);
    ok(ret == CMC_E_INVALID_PARAMETER, "got %lu\n", ret);
    ret = cmc_send_documents(people, subject, text, CMC_COUNTED_STRING_TYPE, paths, names, sign, 0);
    ok(ret == CMC_E_COUNTED_STRING_UNSUPPORTED, "got %lu\n", ret);
    ret = cmc_send_documents(people, subject, text, 0, paths, names, sign, 0);
    ok(ret == CMC_SUCCESS, "got %lu\n", ret);
    strcpy(subject, "textfirst");
    ret = cmc_send_documents(people, subject, text, CMC_FIRST_ATTACH_AS_TEXT_NOTE, paths, nothing,
                             sign, 0);
    ok(ret == CMC_SUCCESS, "got %lu\n", ret);
    DeleteFileA(first);
    DeleteFileA(second);

    smapi_look();
    if ((found = smapi_sent(L"documents")))
    {
        check_recipient(found, 0, MAPI_TO, L"joe@sample.example", L"SAMPLE", L"joe@sample.example");
        check_recipient(found, 1, MAPI_CC, L"Grace Hopper", L"SAMPLE", L"grace@sample.example");
        check_recipient(found, 2, MAPI_BCC, L"ann@sample.example", L"SAMPLE",
                        L"ann@sample.example");
        check_wide(found, PR_BODY_W, L"note");
        check_attachment(found, 0, ATTACH_BY_VALUE, L"a.txt", "one", 3);
        check_attachment(found, 1, ATTACH_BY_VALUE, L"second.txt", "two", 3);
        IMessage_Release(found);
    }
    if ((found = smapi_sent(L"textfirst")))
    {
        check_wide(found, PR_BODY_W, L"one");
        ok(count_of(found, TRUE) == 1, "got %lu attachments\n", count_of(found, TRUE));
        IMessage_Release(found);
    }
    smapi_look_end();
}

/* Messages come into the receive folder by CMC_X_COM_SAVE_MESSAGE; *reference is the caller's. */
static CMC_message_reference *save(CMC_session_id session, const char *subject)
{
    CMC_recipient recipient = { joe, CMC_TYPE_UNKNOWN, NULL, CMC_ROLE_TO, CMC_RECIP_LAST_ELEMENT };
    CMC_extension extension = { CMC_X_COM_SAVE_MESSAGE, 0, NULL, CMC_EXT_REQUIRED | CMC_EXT_LAST_ELEMENT };
    CMC_attachment attachment = { NULL, NULL, NULL, CMC_ATT_LAST_ELEMENT };
    char text[] = "saved text", address[] = "SAMPLE:joe@sample.example", path[MAX_PATH];
    CMC_message message = { 0 };
    CMC_return_code ret;

    strcpy(path, smapi_path("kept.txt"));
    smapi_write(path, "kept");
    recipient.address = address;
    attachment.attach_filename = path;
    message.subject = (char *)subject;
    message.text_note = text;
    message.recipients = &recipient;
    message.attachments = &attachment;
    message.message_flags = CMC_MSG_UNSENT;
    extension.item_reference = &message;
    ret = cmc_act_on(session, NULL, CMC_ACT_ON_EXTENDED, 0, 0, &extension);
    ok(ret == CMC_SUCCESS && (extension.extension_flags & CMC_EXT_OUTPUT), "got %lu\n", ret);
    DeleteFileA(path);
    return ret ? NULL : extension.item_reference;
}

static BOOL same_reference(const CMC_message_reference *a, const CMC_message_reference *b)
{
    return a && b && a->length == b->length && !memcmp(a->string, b->string, a->length);
}

static void test_list(CMC_session_id session)
{
    CMC_message_reference *references[3], *bad;
    char type[] = "CMC:IPM", unknown[] = "CMC:XYZ", other[] = "IPM.Other", buffer[64] = { 0 };
    CMC_message_summary *list = (CMC_message_summary *)0xdead, *behind = NULL;
    CMC_return_code ret;
    CMC_uint32 count;
    ULONG i;

    count = 0;
    ret = cmc_list(session, NULL, 0, NULL, &count, 0, &list, NULL);
    ok(ret == CMC_SUCCESS && !count && !list, "got %lu, %lu\n", ret, count);
    references[0] = save(session, "first");
    references[1] = save(session, "second");
    references[2] = save(session, "third");

    ret = cmc_list(session, NULL, 0, NULL, NULL, 0, &list, NULL);
    ok(ret == CMC_E_INVALID_PARAMETER, "got %lu\n", ret);
    ret = cmc_list(0, NULL, 0, NULL, &count, 0, &list, NULL);
    ok(ret == CMC_E_INVALID_SESSION_ID, "got %lu\n", ret);
    ret = cmc_list(session, unknown, 0, NULL, &count, 0, &list, NULL);
    ok(ret == CMC_E_UNRECOGNIZED_MESSAGE_TYPE, "got %lu\n", ret);
    bad = (CMC_message_reference *)buffer;
    bad->length = 5;
    strcpy(bad->string, "xyzzy");
    ret = cmc_list(session, NULL, 0, bad, &count, 0, &list, NULL);
    ok(ret == CMC_E_INVALID_MESSAGE_REFERENCE, "got %lu\n", ret);

    count = 0;
    ret = cmc_list(session, type, 0, NULL, &count, 0, &list, NULL);
    ok(ret == CMC_SUCCESS && count == 3, "got %lu, %lu\n", ret, count);
    for (i = 0; !ret && i < count; i++)
    {
        ok(!strcmp(list[i].message_type, "CMC:IPM"), "got %s\n", list[i].message_type);
        ok((list[i].summary_flags & CMC_SUM_LAST_ELEMENT) == (i == 2 ? CMC_SUM_LAST_ELEMENT : 0),
           "%lu: got %#lx\n", i, list[i].summary_flags);
        ok(list[i].summary_flags & CMC_SUM_UNSENT, "%lu: got %#lx\n", i, list[i].summary_flags);
        ok(list[i].byte_length && list[i].byte_length < 100000, "got %lu\n", list[i].byte_length);
    }
    for (i = 0; !ret && i < 3; i++)
        ok(same_reference(references[i], list[0].message_reference)
               || same_reference(references[i], list[1].message_reference)
               || same_reference(references[i], list[2].message_reference),
           "%lu is not in the list\n", i);
    /* behind the first in the order of the list */
    count = 1;
    if (!ret)
        ret = cmc_list(session, type, CMC_LIST_MSG_REFS_ONLY, list[0].message_reference, &count, 0,
                       &behind, NULL);
    ok(ret == CMC_SUCCESS && count == 1, "got %lu, %lu\n", ret, count);
    if (!ret && count == 1)
        ok(!behind[0].subject
               && same_reference(behind[0].message_reference, list[1].message_reference),
           "wrong second\n");
    cmc_free(behind);
    cmc_free(list);
    count = 0;
    ret = cmc_list(session, NULL, CMC_LIST_COUNT_ONLY | CMC_LIST_UNREAD_ONLY, NULL, &count, 0, NULL,
                   NULL);
    ok(ret == CMC_SUCCESS && count <= 3, "got %lu, %lu\n", ret, count);
    ret = cmc_list(session, other, 0, NULL, &count, 0, &list, NULL);
    ok(ret == CMC_SUCCESS && !count && !list, "got %lu, %lu\n", ret, count);

    ret = cmc_act_on(session, references[1], CMC_ACT_ON_DELETE, 0, 0, NULL);
    ok(ret == CMC_SUCCESS, "got %lu\n", ret);
    ret = cmc_act_on(session, references[1], CMC_ACT_ON_DELETE, 0, 0, NULL);
    ok(ret == CMC_E_INVALID_MESSAGE_REFERENCE, "got %lu\n", ret);
    ret = cmc_act_on(session, NULL, CMC_ACT_ON_DELETE, 0, 0, NULL);
    ok(ret == CMC_E_INVALID_MESSAGE_REFERENCE, "got %lu\n", ret);
    ret = cmc_act_on(session, references[0], 5, 0, 0, NULL);
    ok(ret == CMC_E_UNSUPPORTED_ACTION, "got %lu\n", ret);
    ret = cmc_act_on(session, references[0], CMC_ACT_ON_EXTENDED, 0, 0, NULL);
    ok(ret == CMC_E_UNSUPPORTED_ACTION, "got %lu\n", ret);
    count = 0;
    ret = cmc_list(session, NULL, CMC_LIST_COUNT_ONLY, NULL, &count, 0, NULL, NULL);
    ok(ret == CMC_SUCCESS && count == 2, "got %lu, %lu\n", ret, count);
    for (i = 0; i < 3; i++) cmc_free(references[i]);
}

static void test_read(CMC_session_id session)
{
    CMC_extension flags = { CMC_X_MS_FUNCTION_FLAGS, CMC_X_MS_READ_BODY_AS_FILE, NULL, CMC_EXT_LAST_ELEMENT };
    CMC_message *message = (CMC_message *)0xdead;
    CMC_extension *extension;
    CMC_return_code ret;
    char path[MAX_PATH];

    ret = cmc_read(session, NULL, 0, NULL, 0, NULL);
    ok(ret == CMC_E_INVALID_PARAMETER, "got %lu\n", ret);
    ret = cmc_read(0, NULL, 0, &message, 0, NULL);
    ok(ret == CMC_E_INVALID_SESSION_ID && !message, "got %lu\n", ret);
    ret = cmc_read(session, NULL, 0x80, &message, 0, NULL);
    ok(ret == CMC_E_INVALID_FLAG, "got %lu\n", ret);

    /* The first one there is, with what was asked for at logon. */
    ret = cmc_read(session, NULL, CMC_DO_NOT_MARK_AS_READ, &message, 0, NULL);
    ok(ret == CMC_SUCCESS, "got %lu\n", ret);
    if (ret) return;
    ok((!strcmp(message->subject, "first") || !strcmp(message->subject, "third"))
           && !strcmp(message->text_note, "saved text"),
       "got %s, %s\n", message->subject, message->text_note);
    ok(message->message_flags & CMC_MSG_UNSENT, "got %#lx\n", message->message_flags);
    ok(message->recipients && (message->recipients->recip_flags & CMC_RECIP_LAST_ELEMENT)
           && message->recipients->role == CMC_ROLE_TO && !strcmp(message->recipients->name, joe),
       "wrong recipient\n");
    extension = message->recipients->recip_extensions;
    ok(extension && extension->item_code == CMC_X_COM_RECIP_ID && extension->item_reference,
       "no identifier\n");
    ok(message->attachments && !strcmp(message->attachments->attach_title, "kept.txt")
           && message->attachments->attach_flags == (CMC_ATT_APP_OWNS_FILE | CMC_ATT_LAST_ELEMENT),
       "wrong attachment\n");
    strcpy(path, message->attachments->attach_filename);
    ok(!strcmp(smapi_read(path), "kept"), "got %s\n", smapi_read(path));
    DeleteFileA(path);
    extension = message->message_extensions;
    ok(extension && extension[0].item_code == CMC_X_COM_TIME_RECEIVED
           && extension[1].item_code == CMC_X_COM_PRIORITY
           && (extension[1].extension_flags & CMC_EXT_LAST_ELEMENT),
       "no extensions\n");
    ret = cmc_free(message);
    ok(ret == CMC_SUCCESS, "got %lu\n", ret);

    ret = cmc_read(session, NULL, CMC_MSG_AND_ATT_HDRS_ONLY, &message, 0, &flags);
    ok(ret == CMC_SUCCESS && (message->message_flags & CMC_MSG_TEXT_NOTE_AS_FILE), "got %lu\n",
       ret);
    if (ret) return;
    ok(message->attachments && message->attachments[0].attach_filename, "no file for the text\n");
    ok(!strcmp(smapi_read(message->attachments[0].attach_filename), "saved text"), "wrong text\n");
    DeleteFileA(message->attachments[0].attach_filename);
    ok(!message->attachments[1].attach_filename
           && !strcmp(message->attachments[1].attach_title, "kept.txt"),
       "a file all the same\n");
    cmc_free(message);
}

static void test_look_up(CMC_session_id session)
{
    char gr[] = "Gr", nobody[] = "Nobody Of That Name";
    CMC_recipient recipient = { grace }, *found = (CMC_recipient *)0xdead;
    CMC_return_code ret;
    CMC_uint32 count;

    count = 5;
    ret = cmc_look_up(session, NULL, CMC_LOOKUP_RESOLVE_PREFIX_SEARCH, 0, &count, &found, NULL);
    ok(ret == CMC_E_INVALID_PARAMETER && !count && !found, "got %lu\n", ret);
    ret = cmc_look_up(session, &recipient, 0x40, 0, &count, &found, NULL);
    ok(ret == CMC_E_INVALID_FLAG, "got %lu\n", ret);
    ret = cmc_look_up(0, &recipient, 0, 0, &count, &found, NULL);
    ok(ret == CMC_E_INVALID_SESSION_ID, "got %lu\n", ret);
    ret = cmc_look_up(session, &recipient, 0, 0, &count, &found, NULL);
    ok(ret == CMC_SUCCESS && count == 1 && !strcmp(found->name, grace)
           && (found->recip_flags & CMC_RECIP_LAST_ELEMENT),
       "got %lu, %lu\n", ret, count);
    ok(!ret && found->address && strstr(found->address, "grace@sample.example"), "wrong address\n");
    ok(!ret && found->recip_extensions && found->recip_extensions->item_code == CMC_X_COM_RECIP_ID,
       "no identifier\n");
    cmc_free(found);
    recipient.name = gr;
    count = 0;
    ret = cmc_look_up(session, &recipient, CMC_LOOKUP_RESOLVE_PREFIX_SEARCH, 0, &count, &found,
                      NULL);
    ok(ret == CMC_SUCCESS && count >= 1 && !strcmp(found->name, grace), "got %lu, %lu\n", ret,
       count);
    cmc_free(found);
    recipient.name = nobody;
    ret = cmc_look_up(session, &recipient, CMC_LOOKUP_RESOLVE_PREFIX_SEARCH, 0, &count, &found,
                      NULL);
    ok(ret == CMC_E_RECIPIENT_NOT_FOUND && !found, "got %lu\n", ret);
    ret = cmc_look_up(session, &recipient, 0, 0, &count, &found, NULL);
    ok(ret == CMC_E_RECIPIENT_NOT_FOUND && !found, "got %lu\n", ret);
    ret = cmc_look_up(session, NULL, CMC_LOOKUP_RESOLVE_IDENTITY, 0, &count, &found, NULL);
    ok((ret == CMC_SUCCESS && count == 1) || (ret == CMC_E_RECIPIENT_NOT_FOUND && !found),
       "got %lu\n", ret);
    cmc_free(found);
}

static void test_extended(CMC_session_id session)
{
    SCODE (WINAPI *from_cmc)(CMC_session_id, ULONG, const IID *, IMAPISession **) =
        (void *)GetProcAddress(GetModuleHandleA("mapi32.dll"), "ScMAPIXFromCMC");
    IMAPISession *extended;
    IMAPITable *table;
    SCODE scode;

    scode = from_cmc(12345, 0, NULL, &extended);
    ok(scode == MAPI_E_INVALID_PARAMETER && !extended, "got %#lx\n", scode);
    scode = from_cmc(session, 0, NULL, &extended);
    ok(scode == S_OK && extended, "got %#lx\n", scode);
    if (scode) return;
    scode = IMAPISession_GetMsgStoresTable(extended, 0, &table);
    ok(scode == S_OK, "got %#lx\n", scode);
    IMAPITable_Release(table);
    IMAPISession_Release(extended);
}

START_TEST(cmc)
{
    CMC_X_COM_support support = { CMC_XS_COM };
    CMC_extension extension = { CMC_X_COM_SUPPORT_EXT, 1, &support, CMC_EXT_REQUIRED | CMC_EXT_LAST_ELEMENT };
    CMC_session_id session;

    if (!smapi_begin())
    {
        skip("no sample providers\n");
        return;
    }
    test_logon();
    test_configuration();
    session = log_on(&extension);
    test_send(session);
    test_documents();
    test_list(session);
    test_read(session);
    test_look_up(session);
    test_extended(session);
    log_off(session);
    smapi_end();
}
