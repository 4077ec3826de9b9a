/*
 * Tests: plain text, rich text and HTML of a message in step
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
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>
#include <mapiaux.h>

#include "wine/test.h"
#include "mapims.h"

static const char profile[] = "mapitest mapims bodies";

static const char html_page[] =
    "<html><body><p>Caf\xc3\xa9 <b>now</b> &amp; later</p></body></html>";

static void set_stream(IMessage *message, ULONG tag, const void *data, ULONG size)
{
    IStream *stream = NULL;
    HRESULT hr;

    hr = IMessage_OpenProperty(message, tag, &IID_IStream, 0, MAPI_CREATE | MAPI_MODIFY,
                               (IUnknown **)&stream);
    ok(hr == S_OK, "%#lx: got %#lx\n", tag, hr);
    if (FAILED(hr)) return;
    hr = IStream_Write(stream, data, size, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IStream_Commit(stream, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    IStream_Release(stream);
}

static void set_rtf(IMessage *message, const char *rtf)
{
    IStream *stream = NULL, *wrapped = NULL;
    HRESULT hr;

    hr = IMessage_OpenProperty(message, PR_RTF_COMPRESSED, &IID_IStream, 0,
                               MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&stream);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = WrapCompressedRTFStream(stream, MAPI_MODIFY, &wrapped);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IStream_Write(wrapped, rtf, lstrlenA(rtf), NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    IStream_Commit(wrapped, 0);
    IStream_Release(wrapped);
    IStream_Commit(stream, 0);
    IStream_Release(stream);
}

/* What a stream holds; empty: it cannot be opened. */
static ULONG read_stream(IMessage *message, ULONG tag, BOOL unwrap, void *data, ULONG size)
{
    IStream *stream = NULL, *wrapped = NULL;
    ULONG got = 0;
    HRESULT hr;

    memset(data, 0, size);
    hr = IMessage_OpenProperty(message, tag, &IID_IStream, 0, 0, (IUnknown **)&stream);
    ok(hr == S_OK || hr == MAPI_E_NOT_FOUND, "%#lx: got %#lx\n", tag, hr);
    if (FAILED(hr)) return 0;
    hr = unwrap ? WrapCompressedRTFStream(stream, 0, &wrapped) : S_OK;
    ok(hr == S_OK, "got %#lx\n", hr);
    if (SUCCEEDED(hr))
    {
        hr = IStream_Read(unwrap ? wrapped : stream, data, size - sizeof(WCHAR), &got);
        ok(SUCCEEDED(hr), "got %#lx\n", hr);
    }
    if (wrapped) IStream_Release(wrapped);
    IStream_Release(stream);
    return got;
}

#define check_body(message, text) check_body_(message, text, __LINE__)
static void check_body_(IMessage *message, const WCHAR *expected, int line)
{
    WCHAR text[1024];
    ULONG length;

    length = read_stream(message, PR_BODY_W, FALSE, text, sizeof(text)) / sizeof(WCHAR);
    while (length && (text[length - 1] == '\r' || text[length - 1] == '\n')) text[--length] = 0;
    ok_(__FILE__, line)(!lstrcmpW(text, expected), "got %s\n", wine_dbgstr_w(text));
}

static BOOL has_listed(IMessage *message, ULONG tag)
{
    SPropTagArray *tags = NULL;
    BOOL ret = FALSE;
    HRESULT hr;
    ULONG i;

    hr = IMessage_GetPropList(message, MAPI_UNICODE, &tags);
    ok(hr == S_OK, "got %#lx\n", hr);
    for (i = 0; SUCCEEDED(hr) && i < tags->cValues; i++)
        if (PROP_ID(tags->aulPropTag[i]) == PROP_ID(tag)) ret = TRUE;
    MAPIFreeBuffer(tags);
    return ret;
}

static BOOL rtf_has(IMessage *message, const char *words)
{
    char rtf[8192];

    read_stream(message, PR_RTF_COMPRESSED, TRUE, rtf, sizeof(rtf));
    return strstr(rtf, words) != NULL;
}

static IMessage *saved_again(IMsgStore *store, IMessage *message)
{
    IMessage *again = NULL;
    SPropValue *id;
    ULONG type;
    HRESULT hr;

    hr = IMessage_SaveChanges(message, KEEP_OPEN_READWRITE);
    ok(hr == S_OK, "got %#lx\n", hr);
    id = get_prop(message, PR_ENTRYID);
    hr = IMsgStore_OpenEntry(store, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL,
                             MAPI_MODIFY, &type, (IUnknown **)&again);
    ok(hr == S_OK, "got %#lx\n", hr);
    MAPIFreeBuffer(id);
    IMessage_Release(message);
    return again;
}

static void test_plain(IMsgStore *store, IMAPIFolder *folder)
{
    IMessage *message = new_message(folder, "plain");
    char html[1024];

    ok(!read_stream(message, PR_BODY_W, FALSE, html, sizeof(html)), "a text of nothing\n");
    ok(!read_stream(message, PR_RTF_COMPRESSED, FALSE, html, sizeof(html)), "RTF of nothing\n");
    set_text(message, PR_BODY_A, "Some words");
    ok(rtf_has(message, "Some words"), "no RTF\n");
    ok(!has_listed(message, PR_RTF_COMPRESSED), "RTF is listed\n");
    message = saved_again(store, message);
    check_body(message, L"Some words");
    ok(rtf_has(message, "Some words"), "no RTF\n");
    ok(!read_stream(message, PR_HTML, FALSE, html, sizeof(html)), "HTML of plain text\n");
    ok(!has_listed(message, PR_RTF_COMPRESSED), "RTF is listed\n");

    /* What was made goes with what it was made of. */
    set_text(message, PR_BODY_A, "Other ones");
    ok(rtf_has(message, "Other ones") && !rtf_has(message, "Some words"), "old RTF\n");
    IMessage_Release(message);
}

static void test_rich(IMsgStore *store, IMAPIFolder *folder)
{
    IMessage *message = new_message(folder, "rich");

    set_rtf(message, "{\\rtf1\\ansi Some {\\b bold} words\\par}");
    check_body(message, L"Some bold words");
    message = saved_again(store, message);
    ok(has_listed(message, PR_BODY), "no plain text is kept\n");
    check_body(message, L"Some bold words");
    ok(get_long(message, PR_RTF_IN_SYNC) == 1, "not in sync\n");

    /* White space alone changes nothing of the rich text, words do. */
    set_text(message, PR_BODY_A, "Some  bold\r\nwords");
    ok(rtf_has(message, "\\b bold"), "formatting is lost\n");
    message = saved_again(store, message);
    ok(rtf_has(message, "\\b bold"), "formatting is lost\n");
    set_text(message, PR_BODY_A, "No words");
    ok(!rtf_has(message, "\\b bold") && rtf_has(message, "No words"), "old RTF\n");
    message = saved_again(store, message);
    check_body(message, L"No words");
    ok(!has_listed(message, PR_RTF_COMPRESSED), "old RTF\n");

    set_rtf(message, "{\\rtf1\\ansi Third text\\par}");
    message = saved_again(store, message);
    check_body(message, L"Third text");

    /* Both that are set are believed, unless FALSE says which one is newer. */
    set_rtf(message, "{\\rtf1\\ansi Fourth text\\par}");
    set_text(message, PR_BODY_A, "Fifth text");
    message = saved_again(store, message);
    check_body(message, L"Fifth text");
    ok(rtf_has(message, "Fourth text"), "RTF is lost\n");
    {
        SPropValue prop;
        HRESULT hr;

        set_rtf(message, "{\\rtf1\\ansi Sixth text\\par}");
        set_text(message, PR_BODY_A, "Fifth text");
        prop.ulPropTag = PR_RTF_IN_SYNC;
        prop.Value.b = FALSE;
        hr = IMessage_SetProps(message, 1, &prop, NULL);
        ok(hr == S_OK, "got %#lx\n", hr);
    }
    message = saved_again(store, message);
    check_body(message, L"Sixth text");
    ok(get_long(message, PR_RTF_IN_SYNC) == 1, "not in sync\n");

    /* What is no rich text keeps nobody from saving. */
    set_stream(message, PR_RTF_COMPRESSED, "rubbish", 7);
    message = saved_again(store, message);
    ok(has_listed(message, PR_RTF_COMPRESSED), "not as it was set\n");
    check_body(message, L"");
    IMessage_Release(message);
}

static void test_html(IMsgStore *store, IMAPIFolder *folder)
{
    IMessage *message = new_message(folder, "html");
    SPropValue prop;
    char html[2048];
    HRESULT hr;

    prop.ulPropTag = PR_INTERNET_CPID;
    prop.Value.l = CP_UTF8;
    hr = IMessage_SetProps(message, 1, &prop, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    set_stream(message, PR_HTML, html_page, sizeof(html_page) - 1);
    check_body(message, L"Caf\x00e9 now & later");
    ok(rtf_has(message, "\\fromhtml"), "no RTF\n");
    message = saved_again(store, message);
    ok(has_listed(message, PR_BODY), "no plain text is kept\n");
    ok(!has_listed(message, PR_RTF_COMPRESSED), "RTF is kept\n");
    check_body(message, L"Caf\x00e9 now & later");
    ok(rtf_has(message, "\\fromhtml"), "no RTF\n");
    ok(read_stream(message, PR_HTML, FALSE, html, sizeof(html)) == sizeof(html_page) - 1
       && !strcmp(html, html_page), "got %s\n", html);

    /* Rich text that carries HTML gives it back. */
    set_rtf(message, "{\\rtf1\\ansi\\fromhtml1 {\\*\\htmltag64 <p>}Second{\\*\\htmltag72 </p>}}");
    ok(read_stream(message, PR_HTML, FALSE, html, sizeof(html)) && strstr(html, "Second")
       && !strstr(html, "now"), "got %s\n", html);
    check_body(message, L"Second");
    message = saved_again(store, message);
    ok(!has_listed(message, PR_HTML), "HTML is kept\n");
    ok(read_stream(message, PR_HTML, FALSE, html, sizeof(html)) && strstr(html, "<p>Second"),
       "got %s\n", html);

    /* Plain text in its place ends it. */
    set_text(message, PR_BODY_A, "Plain");
    message = saved_again(store, message);
    ok(!read_stream(message, PR_HTML, FALSE, html, sizeof(html)), "got %s\n", html);
    check_body(message, L"Plain");
    IMessage_Release(message);
}

/* What stands behind one another in a message arrives as it was. */
static void test_copy(IMAPIFolder *folder)
{
    IMessage *message = new_message(folder, "copied"), *copy = new_message(folder, "copy");
    char html[2048];
    HRESULT hr;

    set_stream(message, PR_HTML, "<p>one</p>", 10);
    set_text(message, PR_BODY_A, "two");
    hr = IMessage_CopyTo(message, 0, NULL, NULL, 0, NULL, &IID_IMessage, copy, 0, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMessage_SaveChanges(copy, KEEP_OPEN_READWRITE);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_body(copy, L"two");
    read_stream(copy, PR_HTML, FALSE, html, sizeof(html));
    ok(!strcmp(html, "<p>one</p>"), "got %s\n", html);
    IMessage_Release(copy);
    IMessage_Release(message);
}

START_TEST(bodies)
{
    IMAPISession *session;
    IMAPIFolder *folder;
    IMsgStore *store;

    if ((store = ms_begin(profile, &session)))
    {
        ok((get_long(store, PR_STORE_SUPPORT_MASK) & (STORE_RTF_OK | STORE_HTML_OK))
           == (STORE_RTF_OK | STORE_HTML_OK), "the store does not say so\n");
        folder = ms_new_folder(store, "Bodies");
        test_plain(store, folder);
        test_rich(store, folder);
        test_html(store, folder);
        test_copy(folder);
        IMAPIFolder_Release(folder);
    }
    ms_end(profile, session, store);
}
