/*
 * Tests: MIME and messages
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
 * Messages of the sample store are filled from MIME and written again. What is written is also read
 * by a reader that is not ours: "mime_test convert IN OUT" does one round for tests/mime/run.
 */

#include <stdarg.h>
#include <stdio.h>

#define COBJMACROS
#include <windef.h>
#include <winbase.h>
#include <initguid.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>
#include <mapiguid.h>
#include <mapimime.h>

#include "wine/test.h"
#include "stores.h"

static const char profile[] = "mapitest mime";

#define PR_CPID             PROP_TAG(PT_LONG, 0x3FDE)
#define PR_CONTENT_ID_A     PROP_TAG(PT_STRING8, 0x3712)
#define PR_ORIG_ID_A        PROP_TAG(PT_STRING8, 0x1046)

static IMAPIFolder *folder;

static IConverterSession *new_converter(void)
{
    IConverterSession *converter = NULL;
    HRESULT hr;

    hr = CoCreateInstance(&CLSID_IConverterSession, NULL, CLSCTX_INPROC_SERVER,
                          &IID_IConverterSession, (void **)&converter);
    ok(hr == S_OK && converter, "CoCreateInstance returned %#lx\n", hr);
    return converter;
}

static IStream *stream_of(const void *data, size_t size)
{
    LARGE_INTEGER zero = {{0}};
    IStream *stream = NULL;
    HRESULT hr;

    hr = CreateStreamOnHGlobal(NULL, TRUE, &stream);
    ok(hr == S_OK, "CreateStreamOnHGlobal returned %#lx\n", hr);
    IStream_Write(stream, data, size, NULL);
    IStream_Seek(stream, zero, STREAM_SEEK_SET, NULL);
    return stream;
}

/* The text of a stream; free it. */
static char *text_of(IStream *stream)
{
    LARGE_INTEGER zero = {{0}};
    ULONG size = 0, got;
    STATSTG stat;
    char *text;

    IStream_Stat(stream, &stat, STATFLAG_NONAME);
    IStream_Seek(stream, zero, STREAM_SEEK_SET, NULL);
    text = malloc(stat.cbSize.u.LowPart + 1);
    while (size < stat.cbSize.u.LowPart
           && SUCCEEDED(IStream_Read(stream, text + size, stat.cbSize.u.LowPart - size, &got))
           && got)
        size += got;
    text[size] = 0;
    return text;
}

static IMessage *read_mime_(const void *data, size_t size, ULONG flags, int line)
{
    IConverterSession *converter = new_converter();
    IMessage *message = new_message(folder, NULL);
    IStream *stream = stream_of(data, size);
    HRESULT hr;

    hr = IConverterSession_MIMEToMAPI(converter, stream, message, NULL, flags);
    ok_(__FILE__, line)(hr == S_OK, "MIMEToMAPI returned %#lx\n", hr);
    IStream_Release(stream);
    IConverterSession_Release(converter);
    return message;
}
#define read_mime(text) read_mime_(text, strlen(text), CCSF_SMTP, __LINE__)
#define read_mime_flags(text, flags) read_mime_(text, strlen(text), flags, __LINE__)

static char *write_with_(IConverterSession *converter, IMessage *message, ULONG flags, int line)
{
    IStream *stream = stream_of("", 0);
    char *text;
    HRESULT hr;

    hr = IConverterSession_MAPIToMIMEStm(converter, message, stream, flags);
    ok_(__FILE__, line)(hr == S_OK, "MAPIToMIMEStm returned %#lx\n", hr);
    text = text_of(stream);
    IStream_Release(stream);
    return text;
}

static char *write_mime_(IMessage *message, ULONG flags, int line)
{
    IConverterSession *converter = new_converter();
    char *text = write_with_(converter, message, flags, line);

    IConverterSession_Release(converter);
    return text;
}
#define write_mime(message) write_mime_(message, CCSF_SMTP, __LINE__)

/* Messages go without being saved: nothing stays in the store. */
static void check_wide_(void *object, ULONG tag, const WCHAR *expected, int line)
{
    SPropValue *prop = get_prop(object, tag);

    ok_(__FILE__, line)(prop && prop->ulPropTag == tag && !lstrcmpW(prop->Value.lpszW, expected),
                        "property %#lx: %s, not %s\n", prop ? prop->ulPropTag : 0,
                        prop && prop->ulPropTag == tag ? debugstr_w(prop->Value.lpszW) : "-",
                        debugstr_w(expected));
    MAPIFreeBuffer(prop);
}
#define check_wide(object, tag, expected) check_wide_(object, tag, expected, __LINE__)

/* The bytes of a binary property of any size. */
static void check_bytes_(void *object, ULONG tag, const void *expected, ULONG size, int line)
{
    IStream *stream = NULL;
    BYTE buffer[1024];
    ULONG got = 0;
    HRESULT hr;

    hr = IMAPIProp_OpenProperty((IMAPIProp *)object, tag, (IID *)&IID_IStream, 0, 0,
                                (IUnknown **)&stream);
    ok_(__FILE__, line)(hr == S_OK, "OpenProperty of %#lx returned %#lx\n", tag, hr);
    if (FAILED(hr)) return;
    IStream_Read(stream, buffer, sizeof(buffer), &got);
    ok_(__FILE__, line)(got == size && !memcmp(buffer, expected, size), "%lu bytes, %.*s\n", got,
                        (int)got, buffer);
    IStream_Release(stream);
}
#define check_bytes(object, tag, text) check_bytes_(object, tag, text, strlen(text), __LINE__)

static void check_recipients_(IMessage *message, const char *expected, int line)
{
    static const SizedSPropTagArray(4, columns) =
        {4, {PR_DISPLAY_NAME_A, PR_EMAIL_ADDRESS_A, PR_RECIPIENT_TYPE, PR_ADDRTYPE_A}};
    char text[1024] = "";
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    hr = IMessage_GetRecipientTable(message, 0, &table);
    ok_(__FILE__, line)(hr == S_OK, "GetRecipientTable returned %#lx\n", hr);
    rows = table_rows_(table, (SPropTagArray *)&columns, line);
    for (i = 0; rows && i < rows->cRows && strlen(text) < 900; i++)
        sprintf(text + strlen(text), "%s%ld:%s<%s>", i ? " " : "", rows->aRow[i].lpProps[2].Value.l,
                rows->aRow[i].lpProps[0].Value.lpszA, rows->aRow[i].lpProps[1].Value.lpszA);
    ok_(__FILE__, line)(!strcmp(text, expected), "recipients \"%s\", not \"%s\"\n", text, expected);
    FreeProws(rows);
}
#define check_recipients(message, expected) check_recipients_(message, expected, __LINE__)

static ULONG attachment_count(IMessage *message)
{
    static const SizedSPropTagArray(1, columns) = {1, {PR_ATTACH_NUM}};
    IMAPITable *table;
    SRowSet *rows;
    ULONG count = ~0u;

    if (FAILED(IMessage_GetAttachmentTable(message, 0, &table))) return count;
    rows = table_rows_(table, (SPropTagArray *)&columns, __LINE__);
    if (rows) count = rows->cRows;
    FreeProws(rows);
    return count;
}

static IAttach *attachment_(IMessage *message, ULONG n, int line)
{
    IAttach *attach = NULL;
    HRESULT hr = IMessage_OpenAttach(message, n, NULL, 0, &attach);

    ok_(__FILE__, line)(hr == S_OK && attach, "OpenAttach of %lu returned %#lx\n", n, hr);
    return attach;
}
#define attachment(message, n) attachment_(message, n, __LINE__)

static IMessage *embedded_(IMessage *message, ULONG n, int line)
{
    IAttach *attach = attachment_(message, n, line);
    IMessage *inner = NULL;
    HRESULT hr;

    if (!attach) return NULL;
    ok_(__FILE__, line)(get_long(attach, PR_ATTACH_METHOD) == ATTACH_EMBEDDED_MSG,
                        "not embedded\n");
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, (IID *)&IID_IMessage, 0, 0,
                              (IUnknown **)&inner);
    ok_(__FILE__, line)(hr == S_OK && inner, "OpenProperty returned %#lx\n", hr);
    IAttach_Release(attach);
    return inner;
}
#define embedded(message, n) embedded_(message, n, __LINE__)

static void has_(const char *text, const char *part, BOOL there, int line)
{
    ok_(__FILE__, line)((strstr(text, part) != NULL) == there, "%s \"%s\" in:\n%s\n",
                        there ? "no" : "a", part, text);
}
#define has(text, part) has_(text, part, TRUE, __LINE__)
#define has_not(text, part) has_(text, part, FALSE, __LINE__)

static void test_object(void)
{
    IConverterSession *converter = new_converter();
    IMessage *message = new_message(folder, "object");
    IStream *stream = stream_of("", 0);
    IClassFactory *factory;
    IUnknown *unknown;
    HRESULT hr;

    hr = IConverterSession_MIMEToMAPI(converter, NULL, message, NULL, 0);
    ok(hr == E_INVALIDARG, "got %#lx\n", hr);
    hr = IConverterSession_MIMEToMAPI(converter, stream, NULL, NULL, 0);
    ok(hr == E_INVALIDARG, "got %#lx\n", hr);
    hr = IConverterSession_MIMEToMAPI(converter, stream, message, "server", 0);
    ok(hr == E_INVALIDARG, "got %#lx\n", hr);
    hr = IConverterSession_MIMEToMAPI(converter, stream, message, NULL, CCSF_USE_TNEF);
    ok(hr == E_INVALIDARG, "got %#lx\n", hr);
    hr = IConverterSession_MAPIToMIMEStm(converter, NULL, stream, CCSF_SMTP);
    ok(hr == E_INVALIDARG, "got %#lx\n", hr);
    hr = IConverterSession_MAPIToMIMEStm(converter, message, NULL, CCSF_SMTP);
    ok(hr == E_INVALIDARG, "got %#lx\n", hr);
    hr = IConverterSession_MAPIToMIMEStm(converter, message, stream, 0x80000000);
    ok(hr == E_INVALIDARG, "got %#lx\n", hr);
    hr = IConverterSession_SetEncoding(converter, IET_BINARY);
    ok(hr == E_INVALIDARG, "got %#lx\n", hr);
    hr = IConverterSession_SetEncoding(converter, IET_QP);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IConverterSession_SetSaveFormat(converter, 17);
    ok(hr == E_INVALIDARG, "got %#lx\n", hr);
    hr = IConverterSession_SetSaveFormat(converter, SAVE_RFC1521);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IConverterSession_SetAdrBook(converter, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IConverterSession_SetCharset(converter, FALSE, NULL, CSET_APPLY_ALL);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IConverterSession_PlaceHolder1(converter);
    ok(hr == E_NOTIMPL, "got %#lx\n", hr);
    hr = IConverterSession_QueryInterface(converter, &IID_IStream, (void **)&unknown);
    ok(hr == E_NOINTERFACE && !unknown, "got %#lx\n", hr);
    hr = CoGetClassObject(&CLSID_IConverterSession, CLSCTX_INPROC_SERVER, NULL, &IID_IClassFactory,
                          (void **)&factory);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IClassFactory_CreateInstance(factory, (IUnknown *)converter, &IID_IUnknown,
                                      (void **)&unknown);
    ok(hr == CLASS_E_NOAGGREGATION && !unknown, "got %#lx\n", hr);
    IClassFactory_Release(factory);
    IStream_Release(stream);
    IMessage_Release(message);
    ok(!IConverterSession_Release(converter), "still there\n");
}

static const char header_mail[] =
    "Received: from a by b; Wed, 25 Nov 2026 21:30:05 +0000\r\n"
    "From: =?utf-8?q?J=C3=B6rg?= <joerg@example.org>\r\n"
    "Sender: Office <office@example.org>\r\n"
    "Reply-To: list@example.org, \"A, B\" <ab@example.org>\r\n"
    "To: Ann <ann@example.com>, Team: bob@example.com, Carl <carl@example.com>;\r\n"
    "Cc: \"Dee, D.\" <dee@example.com>\r\n"
    "Bcc: secret@example.com\r\n"
    "Subject: Re: =?iso-8859-1?Q?Gr=FC=DFe?=\r\n"
    "Date: Wed, 25 Nov 2026 22:30:00 +0100\r\n"
    "Message-ID: <1@example.org>\r\n"
    "In-Reply-To: <0@example.org>\r\n"
    "References: <a@example.org> <0@example.org>\r\n"
    "Thread-Index: AQHa1234567890ABCDEFGHIJKLMNOA==\r\n"
    "X-Priority: 1 (Highest)\r\n"
    "Sensitivity: Company-Confidential\r\n"
    "List-Unsubscribe: <mailto:off@example.org>\r\n"
    "Disposition-Notification-To: joerg@example.org\r\n"
    "Keywords: one, two\r\n"
    "X-Odd-Header: something =?utf-8?q?=E2=82=AC?=\r\n"
    "\r\n"
    "Hello\r\n";

static void check_header(IMessage *message)
{
    static WCHAR odd[] = L"x-odd-header";
    MAPINAMEID name = {(GUID *)&PS_INTERNET_HEADERS, MNID_STRING}, *names = &name;
    SPropTagArray *tags = NULL;
    SPropValue *prop;
    HRESULT hr;

    check_wide(message, PR_SUBJECT_W, L"Re: Gr\x00fc\x00df" L"e");
    check_wide(message, PR_CONVERSATION_TOPIC_W, L"Gr\x00fc\x00df" L"e");
    check_wide(message, PR_SENT_REPRESENTING_NAME_W, L"J\x00f6rg");
    check_text(message, PR_SENT_REPRESENTING_EMAIL_ADDRESS_A, "joerg@example.org");
    check_text(message, PR_SENDER_EMAIL_ADDRESS_A, "office@example.org");
    check_text(message, PR_SENDER_ADDRTYPE_A, "SMTP");
    check_text(message, PR_REPLY_RECIPIENT_NAMES_A, "list@example.org; A, B");
    check_text(message, PR_INTERNET_MESSAGE_ID_A, "<1@example.org>");
    check_text(message, PROP_TAG(PT_STRING8, 0x1042), "<0@example.org>");
    check_text(message, PR_INTERNET_REFERENCES_A, "<a@example.org> <0@example.org>");
    ok(get_long(message, PR_IMPORTANCE) == IMPORTANCE_HIGH, "importance\n");
    ok(get_long(message, PR_PRIORITY) == PRIO_URGENT, "priority\n");
    ok(get_long(message, PR_SENSITIVITY) == SENSITIVITY_COMPANY_CONFIDENTIAL, "sensitivity\n");
    ok(has_prop(message, PR_READ_RECEIPT_ENTRYID), "no receipt\n");
    prop = get_prop(message, PR_CLIENT_SUBMIT_TIME);
    /* 2026-11-25 21:30 UTC */
    ok(prop && prop->ulPropTag == PR_CLIENT_SUBMIT_TIME
           && ((ULONGLONG)prop->Value.ft.dwHighDateTime << 32 | prop->Value.ft.dwLowDateTime)
              == (11644473600ull + 1795642200ull) * 10000000, "another time\n");
    MAPIFreeBuffer(prop);
    name.Kind.lpwstrName = odd;
    hr = IMessage_GetIDsFromNames(message, 1, &names, 0, &tags);
    ok(hr == S_OK, "GetIDsFromNames returned %#lx\n", hr);
    if (hr == S_OK)
        check_wide(message, CHANGE_PROP_TYPE(tags->aulPropTag[0], PT_UNICODE), L"something \x20ac");
    MAPIFreeBuffer(tags);
}

static void test_header(void)
{
    IMessage *message = read_mime(header_mail), *again;
    char *text;

    check_header(message);
    check_text(message, PR_MESSAGE_CLASS_A, "IPM.Note");
    check_text(message, PR_BODY_A, "Hello\r\n");
    check_recipients(message, "1:Ann<ann@example.com> 1:bob@example.com<bob@example.com> "
                     "1:Carl<carl@example.com> 2:Dee, D.<dee@example.com>");
    ok(has_prop(message, PR_TRANSPORT_MESSAGE_HEADERS_A), "no headers\n");
    ok(!(get_long(message, PR_MESSAGE_FLAGS) & MSGFLAG_UNSENT), "unsent\n");
    text = write_mime(message);
    has(text, "\r\nFrom: ");
    has(text, "\r\nSender: Office <office@example.org>\r\n");
    has(text, "\r\nReply-To: list@example.org, \"A, B\" <ab@example.org>\r\n");
    has(text, "\r\nMessage-ID: <1@example.org>\r\n");
    has(text, "\r\nKeywords: one, two\r\n");
    has(text, "\r\nX-Odd-Header: ");
    has(text, "\r\nDisposition-Notification-To: ");
    has(text, "\r\nThread-Index: AQHa1234567890ABCDEFGHIJKLMNOA==\r\n");
    has_not(text, "Received:");
    has_not(text, "secret");
    again = read_mime(text);
    check_header(again);
    check_text(again, PR_BODY_A, "Hello\r\n");
    IMessage_Release(again);
    IMessage_Release(message);
    free(text);

    message = read_mime_flags(header_mail, CCSF_SMTP | CCSF_INCLUDE_BCC);
    text = write_mime(message);
    has_not(text, "secret");
    free(text);
    text = write_mime_(message, CCSF_SMTP | CCSF_INCLUDE_BCC | CCSF_NO_MSGID, __LINE__);
    has(text, "\r\nBcc: secret@example.com\r\n");
    has_not(text, "Message-ID");
    free(text);
    text = write_mime_(message, CCSF_SMTP | CCSF_NOHEADERS, __LINE__);
    has_not(text, "Subject");
    has(text, "Content-Type: text/plain");
    free(text);
    text = write_mime_(message, CCSF_SMTP | CCSF_8BITHEADERS, __LINE__);
    has(text, "Subject: Re: Gr\xc3\xbc\xc3\x9f" "e\r\n");
    free(text);
    IMessage_Release(message);

    message = read_mime_flags("X-Unsent: 1\r\nSubject: draft\r\n\r\nx", CCSF_EMBEDDED_MESSAGE);
    ok(get_long(message, PR_MESSAGE_FLAGS) & MSGFLAG_UNSENT, "not unsent\n");
    text = write_mime_(message, CCSF_SMTP | CCSF_EMBEDDED_MESSAGE, __LINE__);
    has(text, "\r\nX-Unsent: 1\r\n");
    free(text);
    IMessage_Release(message);
}

static const char rich_mail[] =
    "From: a@example.org\r\nSubject: rich\r\nMIME-Version: 1.0\r\n"
    "Content-Type: multipart/mixed; boundary=\"m\"\r\n\r\n"
    "This is a multi-part message.\r\n"
    "--m\r\nContent-Type: multipart/related; boundary=r\r\n\r\n"
    "--r\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n"
    "--a\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n"
    "Gr\xc3\xbc\xc3\x9f" "e and \r\nmore\r\n"
    "--a\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    "<p>Gr=FC=DFe</p><img src=3D\"cid:pic@x\">\r\n"
    "--a--\r\n"
    "--r\r\nContent-Type: image/png\r\nContent-ID: <pic@x>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    "iVBORw0KGgo=\r\n"
    "--r--\r\n"
    "--m\r\nContent-Type: application/octet-stream;\r\n name*0*=utf-8''%E6%97%A5%E6%9C%AC;\r\n name*1=\".txt\"\r\n"
    "Content-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    "AAECAwQ=\r\n"
    "--m\r\nContent-Type: message/rfc822\r\n\r\n"
    "From: b@example.org\r\nSubject: inner\r\n\r\nInside\r\n"
    "--m\r\nContent-Type: text/plain\r\n\r\nfooter\r\n"
    "--m--\r\n";

static void check_rich(IMessage *message)
{
    IMessage *inner;
    IAttach *attach;

    check_wide(message, PR_BODY_W, L"Gr\x00fc\x00df" L"e and more");
    check_bytes(message, PR_HTML, "<p>Gr\xfc\xdf" "e</p><img src=\"cid:pic@x\">");
    ok(get_long(message, PR_CPID) == 28591, "code page %lu\n", get_long(message, PR_CPID));
    ok(attachment_count(message) == 4, "%lu attachments\n", attachment_count(message));
    attach = attachment(message, 0);
    check_text(attach, PR_CONTENT_ID_A, "pic@x");
    check_text(attach, PR_ATTACH_MIME_TAG_A, "image/png");
    check_bytes_(attach, PR_ATTACH_DATA_BIN, "\x89PNG\r\n\x1a\n", 8, __LINE__);
    IAttach_Release(attach);
    attach = attachment(message, 1);
    check_wide(attach, PR_ATTACH_LONG_FILENAME_W, L"\x65e5\x672c.txt");
    check_bytes_(attach, PR_ATTACH_DATA_BIN, "\0\1\2\3\4", 5, __LINE__);
    IAttach_Release(attach);
    if ((inner = embedded(message, 2)))
    {
        check_text(inner, PR_SUBJECT_A, "inner");
        /* The line end before a boundary belongs to that. */
        check_text(inner, PR_BODY_A, "Inside");
        check_text(inner, PR_SENDER_EMAIL_ADDRESS_A, "b@example.org");
        IMessage_Release(inner);
    }
    attach = attachment(message, 3);
    check_bytes(attach, PR_ATTACH_DATA_BIN, "footer");
    check_text(attach, PR_ATTACH_LONG_FILENAME_A, "ATT00004.txt");
    IAttach_Release(attach);
}

static void test_rich(void)
{
    IMessage *message = read_mime(rich_mail), *again;
    char *text;

    check_rich(message);
    text = write_mime(message);
    has(text, "multipart/mixed");
    has(text, "multipart/related");
    has(text, "multipart/alternative");
    has(text, "filename*=utf-8''%E6%97%A5%E6%9C%AC.txt");
    has(text, "Content-ID: <pic@x>");
    has(text, "message/rfc822");
    again = read_mime(text);
    check_rich(again);
    free(text);
    IMessage_Release(again);
    text = write_mime_(message, CCSF_SMTP | CCSF_PLAIN_TEXT_ONLY, __LINE__);
    has_not(text, "text/html");
    free(text);
    IMessage_Release(message);
}

/* Wrong and missing charsets, junk, what is broken: no text is lost. */
static void test_bodies(void)
{
    static const struct { const char *mail; const WCHAR *body; } tests[] =
    {
        {"Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n\x1b$B$3$s\x1b(B!", L"\x3053\x3093!"},
        {"Content-Type: text/plain; charset=shift_jis\r\n\r\n\x82\xb1\x82\xf1", L"\x3053\x3093"},
        {"Content-Type: text/plain; charset=koi8-r\r\n\r\n\xf0\xf2\xe9", L"\x041f\x0420\x0418"},
        {"Content-Type: text/plain; charset=windows-1250\r\n\r\n\xe8", L"\x010d"},
        {"Content-Type: text/plain; charset=big5\r\n\r\n\xa4\xa4", L"\x4e2d"},
        {"Content-Type: text/plain; charset=gb2312\r\n\r\n\xd6\xd0", L"\x4e2d"},
        {"Content-Type: text/plain; charset=euc-kr\r\n\r\n\xc7\xd1", L"\xd55c"},
        {"Content-Type: text/plain; charset=euc-jp\r\n\r\n\xa4\xb3", L"\x3053"},
        {"Content-Type: text/plain; charset=utf-16le\r\nContent-Transfer-Encoding: base64\r\n\r\nSABpAA==", L"Hi"},
        {"Content-Type: text/plain; charset=x-nobody-knows\r\n\r\n\xc3\xbc", L"\x00fc"},
        {"Content-Type: text/plain; charset=utf-8\r\n\r\ngr\xfcn", L"gr\x00fcn"},
        {"Content-Type: text/plain; charset=us-ascii\r\n\r\n\x93x\x94", L"\x201cx\x201d"},
        {"Content-Type: text/plain; charset=shift_jis\r\n\r\n\xc3\xbc" "a\xff", L"\xff83\xff7c" L"a\x00ff"},
        {"\r\nno header at all", L"no header at all"},
        {"Content-Type: multipart/mixed; boundary=b\r\n\r\nnever any part", L"never any part"},
        {"Content-Type: multipart/mixed\r\n\r\nno boundary", L"no boundary"},
        {"Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\nnot closed", L"not closed"},
        {"Content-Transfer-Encoding: base64\r\n\r\nSGVsbG8", L"Hello"},
        {"Content-Transfer-Encoding: nonsense\r\n\r\nx", L"x"},
        {"Content-Type: text/html\r\n\r\n<p>One</p>two &eacute;", L"One\r\n\r\ntwo \x00e9"},
        {"Content-Type: text/enriched\r\n\r\nodd", L"odd"},
        {"Content-Type: text/plain\r\n\r\na\nb\n", L"a\r\nb\r\n"},
    };
    IMessage *message;
    IAttach *attach;
    unsigned i;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        winetest_push_context("%u", i);
        message = read_mime(tests[i].mail);
        check_wide(message, PR_BODY_W, tests[i].body);
        ok(!attachment_count(message), "%lu attachments\n", attachment_count(message));
        IMessage_Release(message);
        winetest_pop_context();
    }

    /* A file with a path for a name, one without a name, winmail.dat that is none. */
    message = read_mime("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n"
                        "--b\r\nContent-Disposition: attachment; filename=\"..\\\\..\\\\a:b?.exe\"\r\n\r\nx\r\n"
                        "--b\r\nContent-Type: image/gif\r\n\r\nGIF\r\n"
                        "--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n\r\nnot TNEF\r\n"
                        "--b--\r\nafter it all\r\n");
    check_text(message, PR_BODY_A, "text");
    ok(attachment_count(message) == 4, "%lu attachments\n", attachment_count(message));
    attach = attachment(message, 0);
    check_text(attach, PR_ATTACH_LONG_FILENAME_A, "a_b_.exe");
    IAttach_Release(attach);
    attach = attachment(message, 1);
    check_text(attach, PR_ATTACH_LONG_FILENAME_A, "ATT00002.gif");
    IAttach_Release(attach);
    attach = attachment(message, 2);
    check_text(attach, PR_ATTACH_LONG_FILENAME_A, "winmail.dat");
    check_bytes(attach, PR_ATTACH_DATA_BIN, "not TNEF");
    IAttach_Release(attach);
    attach = attachment(message, 3);
    check_bytes(attach, PR_ATTACH_DATA_BIN, "after it all\r\n");
    IAttach_Release(attach);
    IMessage_Release(message);

    /* A message that is encoded as a whole. */
    message = read_mime("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n"
                        "--b\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                        "U3ViamVjdDogaGlkZGVuDQoNCmJvZHk=\r\n--b--\r\n");
    {
        IMessage *inner = embedded(message, 0);
        if (inner)
        {
            check_text(inner, PR_SUBJECT_A, "hidden");
            check_text(inner, PR_BODY_A, "body");
            IMessage_Release(inner);
        }
    }
    IMessage_Release(message);
}

static void test_reports(void)
{
    static const char ndr[] =
        "From: MAILER-DAEMON@example.org\r\nTo: me@example.org\r\nSubject: Undelivered\r\n"
        "Date: Wed, 25 Nov 2026 22:30:00 +0100\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        "--b\r\n\r\nIt failed.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example.org\r\nOriginal-Envelope-Id: QQ314159 \r\n\r\n"
        "Original-Recipient: rfc822; you@example.com\r\nFinal-Recipient: rfc822; you2@example.com\r\n"
        "Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 no such user\r\n\r\n"
        "Final-Recipient: rfc822;other@example.com\r\nAction: delayed\r\nStatus: 4.4.7\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: the original\r\nMessage-ID: <o@x>\r\n\r\nhi\r\n--b--\r\n";
    static const char mdn[] =
        "From: you@example.com\r\nTo: me@example.org\r\nSubject: Read: x\r\n"
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\r\n\r\n"
        "--b\r\n\r\nIt was read.\r\n--b\r\nContent-Type: message/disposition-notification\r\n\r\n"
        "Final-Recipient: rfc822;you@example.com\r\nOriginal-Message-ID: <o@x>\r\n"
        "Disposition: manual-action/MDN-sent-manually; displayed\r\n--b--\r\n";
    IMessage *message, *again;
    SPropValue *tag;
    char *text;
    HRESULT hr;

    message = read_mime(ndr);
    check_text(message, PR_MESSAGE_CLASS_A, "REPORT.IPM.Note.NDR");
    check_text(message, PR_BODY_A, "It failed.");
    check_text(message, PR_ORIGINAL_SUBJECT_A, "the original");
    check_text(message, PR_ORIG_ID_A, "<o@x>");
    tag = NULL;
    hr = HrGetOneProp((IMAPIProp *)message, PR_REPORT_TAG, &tag);
    ok(hr == S_OK && tag->Value.bin.cb == 8 && !memcmp(tag->Value.bin.lpb, "QQ314159", 8),
       "no envelope's identifier: %#lx\n", hr);
    MAPIFreeBuffer(tag);
    check_recipients(message,
                     "1:you@example.com<you@example.com> 1:other@example.com<other@example.com>");
    text = write_mime(message);
    has(text, "report-type=delivery-status");
    has(text, "Final-Recipient: rfc822; you@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n"
              "Diagnostic-Code: smtp; 550 no such user\r\n");
    again = read_mime(text);
    check_text(again, PR_MESSAGE_CLASS_A, "REPORT.IPM.Note.NDR");
    check_text(again, PR_BODY_A, "It failed.");
    IMessage_Release(again);
    IMessage_Release(message);
    free(text);

    message = read_mime(mdn);
    check_text(message, PR_MESSAGE_CLASS_A, "REPORT.IPM.Note.IPNRN");
    check_text(message, PR_ORIG_ID_A, "<o@x>");
    text = write_mime(message);
    has(text, "report-type=disposition-notification");
    has(text, "Original-Message-ID: <o@x>\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n");
    again = read_mime(text);
    check_text(again, PR_MESSAGE_CLASS_A, "REPORT.IPM.Note.IPNRN");
    IMessage_Release(again);
    IMessage_Release(message);
    free(text);
}

static void test_writing(void)
{
    IConverterSession *converter = new_converter();
    IMessage *message = new_message(folder, NULL), *again;
    SPropValue prop;
    IAttach *attach;
    char *text;
    HRESULT hr;

    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = PR_SUBJECT_W;
    prop.Value.lpszW = (WCHAR *)L"one\r\nBcc: evil@example.org";
    IMessage_SetProps(message, 1, &prop, NULL);
    prop.ulPropTag = PR_BODY_W;
    prop.Value.lpszW = (WCHAR *)L".dot\r\n\x00e4\x20ac one two three\r\n";
    IMessage_SetProps(message, 1, &prop, NULL);
    text = write_with_(converter, message, CCSF_SMTP, __LINE__);
    has_not(text, "\nBcc:");
    has(text, "\r\nTo: undisclosed-recipients:;\r\n");
    has(text, "charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=2Edot\r\n=C3=A4=E2=82=AC one two three\r\n");
    free(text);
    hr = IConverterSession_SetEncoding(converter, IET_BASE64);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IConverterSession_SetTextWrapping(converter, TRUE, 8);
    ok(hr == S_OK, "got %#lx\n", hr);
    text = write_with_(converter, message, CCSF_SMTP, __LINE__);
    has(text, "Content-Transfer-Encoding: base64");
    again = read_mime(text);
    check_wide(again, PR_BODY_W, L".dot\r\n\x00e4\x20ac one\r\ntwo\r\nthree\r\n");
    IMessage_Release(again);
    free(text);
    hr = IConverterSession_SetEncoding(converter, IET_7BIT);
    text = write_with_(converter, message, CCSF_SMTP, __LINE__);
    has(text, "quoted-printable");
    free(text);
    hr = IConverterSession_SetEncoding(converter, IET_8BIT);
    text = write_with_(converter, message, CCSF_SMTP, __LINE__);
    has(text, "8bit\r\n\r\n.dot\r\n\xc3\xa4");
    free(text);
    hr = IConverterSession_SetSaveFormat(converter, SAVE_RFC822);
    ok(hr == S_OK, "got %#lx\n", hr);
    text = write_with_(converter, message, CCSF_SMTP, __LINE__);
    has_not(text, "MIME-Version");
    free(text);
    IMessage_Release(message);

    /* uuencode of files */
    message = read_mime("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n"
                        "--b\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nCat\r\n--b--\r\n");
    text = write_with_(converter, message, CCSF_SMTP, __LINE__);
    has(text, "\r\nbegin 644 a.txt\r\n#0V%T\r\n`\r\nend\r\n");
    again = read_mime(text);
    check_text(again, PR_BODY_A, "text\r\n\r\n");
    ok(attachment_count(again) == 1, "%lu attachments\n", attachment_count(again));
    attach = attachment(again, 0);
    check_text(attach, PR_ATTACH_LONG_FILENAME_A, "a.txt");
    check_bytes(attach, PR_ATTACH_DATA_BIN, "Cat");
    IAttach_Release(attach);
    IMessage_Release(again);
    free(text);
    IMessage_Release(message);
    /* What only looks like it is text. */
    message = read_mime("Subject: x\r\n\r\nbegin 644 a.txt\r\n#0V%T\r\nno\r\nend\r\n");
    check_text(message, PR_BODY_A, "begin 644 a.txt\r\n#0V%T\r\nno\r\nend\r\n");
    ok(!attachment_count(message), "%lu attachments\n", attachment_count(message));
    IMessage_Release(message);
    IConverterSession_Release(converter);
}

static void put_rtf(IMessage *message, const char *rtf)
{
    IStream *compressed = NULL, *stream = NULL;
    HRESULT hr;

    hr = IMessage_OpenProperty(message, PR_RTF_COMPRESSED, (IID *)&IID_IStream, STGM_READWRITE,
                               MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&compressed);
    ok(hr == S_OK, "OpenProperty returned %#lx\n", hr);
    hr = WrapCompressedRTFStream(compressed, MAPI_MODIFY, &stream);
    ok(hr == S_OK, "WrapCompressedRTFStream returned %#lx\n", hr);
    if (hr == S_OK)
    {
        IStream_Write(stream, rtf, strlen(rtf), NULL);
        IStream_Commit(stream, 0);
        IStream_Release(stream);
    }
    IStream_Commit(compressed, 0);
    IStream_Release(compressed);
}

static void test_rtf(void)
{
    IMessage *message;
    char *text;

    message = read_mime_flags("Content-Type: text/html; charset=utf-8\r\n\r\n"
                              "<p class=\"x\">One &amp; <b>two {\xc3\xbc}</b></p>",
                              CCSF_SMTP | CCSF_USE_RTF);
    ok(has_prop(message, PR_RTF_COMPRESSED), "no RTF\n");
    ok(!has_prop(message, PR_HTML), "HTML beside it\n");
    check_wide(message, PR_BODY_W, L"One & two {\x00fc}\r\n");
    text = write_mime(message);
    has(text, "text/html");
    has(text, "<p class=3D\"x\">One &amp; <b>two {=C3=BC}</b></p>");
    free(text);
    IMessage_Release(message);

    message = new_message(folder, "rtf");
    put_rtf(message,
            "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}{\\*\\generator x;}\\uc1 Hello "
            "{\\b bold}\\par \\'fc\\u8364?\\{\\}}");
    text = write_mime(message);
    has(text, "Content-Type: text/plain; charset=utf-8");
    has(text, "Hello bold\r\n=C3=BC=E2=82=AC{}");
    has_not(text, "Arial");
    has_not(text, "winmail");
    free(text);
    IMessage_Release(message);
}

/* TNEF on request, and what it carries back. */
static void test_tnef(void)
{
    IConverterSession *converter = new_converter();
    IStream *stream = stream_of("", 0);
    IMessage *message, *again;
    char *text;
    HRESULT hr;

    message = read_mime("From: a@example.org\r\nTo: b@example.org\r\nSubject: tnef\r\n"
                        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n"
                        "--b\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nCat\r\n--b--\r\n");
    set_text(message, PR_MESSAGE_CLASS_A, "IPM.Test");
    set_long(message, PROP_TAG(PT_LONG, 0x6800), 4711);
    hr = IConverterSession_MAPIToMIMEStm(converter, message, stream, CCSF_SMTP | CCSF_USE_TNEF);
    if (hr == MAPI_E_NO_SUPPORT) skip("no TNEF\n");
    else
    {
        ok(hr == S_OK, "MAPIToMIMEStm returned %#lx\n", hr);
        text = text_of(stream);
        has(text, "application/ms-tnef");
        has(text, "\r\n\r\ntext");
        again = read_mime(text);
        check_text(again, PR_MESSAGE_CLASS_A, "IPM.Test");
        check_text(again, PR_SUBJECT_A, "tnef");
        check_text(again, PR_BODY_A, "text");
        ok(get_long(again, PROP_TAG(PT_LONG, 0x6800)) == 4711, "another value\n");
        ok(attachment_count(again) == 1, "%lu attachments\n", attachment_count(again));
        check_recipients(again, "1:b@example.org<b@example.org>");
        IMessage_Release(again);
        free(text);
    }
    IStream_Release(stream);
    IMessage_Release(message);
    IConverterSession_Release(converter);
}

/* Deep, many, long: nothing crashes, nothing is lost, and it ends. */
static void test_hostile(void)
{
    IMessage *message;
    char *mail = malloc(4000000), *p = mail;
    ULONG i;

    for (i = 0; i < 2000; i++) p += sprintf(p, "Content-Type: message/rfc822\r\n\r\n");
    sprintf(p, "Subject: deep\r\n\r\nbottom\r\n");
    message = read_mime(mail);
    IMessage_Release(message);
    p = mail + sprintf(mail, "Content-Type: multipart/mixed; boundary=b\r\n\r\n");
    for (i = 0; i < 300; i++) p += sprintf(p, "--b\r\nContent-Type: image/gif\r\n\r\n%lu\r\n", i);
    message = read_mime(mail);
    ok(attachment_count(message) == 300, "%lu attachments\n", attachment_count(message));
    IMessage_Release(message);
    p = mail + sprintf(mail, "Subject: ");
    memset(p, 'x', 1000000);
    p += 1000000;
    p += sprintf(p, "\r\nTo: ");
    for (i = 0; i < 2000; i++) p += sprintf(p, "Name %lu <a%lu@example.org>,\r\n ", i, i);
    sprintf(p, "z@example.org\r\n\r\nbody");
    message = read_mime(mail);
    check_text(message, PR_BODY_A, "body");
    IMessage_Release(message);
    free(mail);
}

/* IN to OUT through a message, for those who look at it with other eyes. */
static void convert(const char *in, const char *out)
{
    FILE *file = fopen(in, "rb");
    IMessage *message;
    char *data, *text;
    size_t size;

    ok(file != NULL, "cannot open %s\n", in);
    if (!file) return;
    data = malloc(16 << 20);
    size = fread(data, 1, 16 << 20, file);
    fclose(file);
    message = read_mime_(data, size, CCSF_SMTP, __LINE__);
    text = write_mime(message);
    file = fopen(out, "wb");
    ok(file != NULL, "cannot write %s\n", out);
    if (file)
    {
        fwrite(text, 1, strlen(text), file);
        fclose(file);
    }
    IMessage_Release(message);
    free(text);
    free(data);
}

/* A store without Unicode gets what its code page has. */
static void test_ansi(void)
{
    static const char mail
        [] = "From: Anna <a@example.org>\r\nTo: Bob <b@example.org>\r\nSubject: ansi\r\n"
             "X-Some: thing\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n"
             "--b\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nCat\r\n--b--\r\n";
    IMAPISession *session;
    IMsgStore *store;
    IMAPIFolder *top, *unicode = folder;
    IMessage *message;
    char *text;

    SetEnvironmentVariableA("SAMPLE_BEHAVIOR", "ms=ansi");
    if ((session = store_session(profile)))
    {
        if ((store = open_store(session, 0)))
        {
            top = open_folder(store, PR_IPM_SUBTREE_ENTRYID);
            folder = create_folder(top, "MIME");
            message = read_mime(mail);
            check_text(message, PR_SUBJECT_A, "ansi");
            check_text(message, PR_BODY_A, "text");
            check_text(message, PR_SENDER_EMAIL_ADDRESS_A, "a@example.org");
            check_recipients(message, "1:Bob<b@example.org>");
            ok(attachment_count(message) == 1, "%lu attachments\n", attachment_count(message));
            text = write_mime(message);
            has(text, "From: Anna <a@example.org>\r\nTo: Bob <b@example.org>\r\nSubject: ansi\r\n");
            has(text, "filename=\"a.txt\"");
            has(text, "X-Some: thing");
            has(text, "\r\n\r\ntext");
            free(text);
            IMessage_Release(message);
            IMAPIFolder_Release(folder);
            IMAPIFolder_Release(top);
            IMsgStore_Release(store);
        }
        store_session_end(session);
    }
    SetEnvironmentVariableA("SAMPLE_BEHAVIOR", NULL);
    folder = unicode;
}

START_TEST(mime)
{
    IMAPISession *session;
    IMAPIFolder *top;
    IMsgStore *store;
    char **argv;
    int argc = winetest_get_mainargs(&argv), i;
    HRESULT hr;

    if (!sample_install())
    {
        skip("no sample providers\n");
        return;
    }
    CoInitialize(NULL);
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    hr = sample_create_profile(profile);
    ok(hr == S_OK, "creating the profile returned %#lx\n", hr);
    if (hr == S_OK && (session = store_session(profile)))
    {
        if ((store = open_store(session, 0)))
        {
            top = open_folder(store, PR_IPM_SUBTREE_ENTRYID);
            folder = create_folder(top, "MIME");
            if (argc >= 4)
                for (i = 2; i + 1 < argc; i += 2) convert(argv[i], argv[i + 1]);
            else
            {
                test_object();
                test_header();
                test_rich();
                test_bodies();
                test_reports();
                test_writing();
                test_rtf();
                test_tnef();
                test_hostile();
            }
            IMAPIFolder_Release(folder);
            IMAPIFolder_Release(top);
            IMsgStore_Release(store);
        }
        store_session_end(session);
        if (argc < 4) test_ansi();
        sample_delete_profile(profile);
    }
    MAPIUninitialize();
    CoUninitialize();
    sample_remove();
}
