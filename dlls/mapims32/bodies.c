/*
 * The text of a message: plain, rich and HTML
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
 * PR_BODY, PR_RTF_COMPRESSED and PR_HTML are forms of one text. What a client sets makes the forms
 * it does not set out of date; those are gone with the next look at one, or with SaveChanges.
 * What was set together (both copied from elsewhere, say) is believed. A form that is missing is
 * made of another when it is asked for, by its tag: it is in no list, nor in the file, but for
 * plain text, which SaveChanges puts there for tables and searches. Plain text that differs from
 * the rich text in white space only leaves the others as they are.
 *
 * HTML is made of rich text that carries it (\fromhtml) only. The making is RTFSync's, over a
 * message of our own that has nothing else; cs of the object is held then, since nobody else's
 * code is called.
 */

#include "store.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define BODY_TEXT 1
#define BODY_RTF  2
#define BODY_HTML 4

#define HTML_MAX 0x10000000             /* bytes that are taken out of rich text */

/* By bit. */
static const ULONG body_tags[] = { PR_BODY_W, PR_RTF_COMPRESSED, PR_HTML };

/* What RTFSync keeps about a plain text that is in step. */
static const ULONG sync_tags[] =
{
    PR_RTF_IN_SYNC, PR_RTF_SYNC_BODY_CRC, PR_RTF_SYNC_BODY_COUNT, PR_RTF_SYNC_PREFIX_COUNT,
    PR_RTF_SYNC_TRAILING_COUNT, PR_RTF_SYNC_BODY_TAG_W
};

static ULONG body_of(ULONG tag)
{
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(body_tags); i++)
        if (PROP_ID(tag) == PROP_ID(body_tags[i])) return 1u << i;
    return 0;
}

/* Those of the forms that are there. */
static ULONG present(const struct db_props *props)
{
    ULONG i, ret = 0;

    for (i = 0; i < ARRAY_SIZE(body_tags); i++)
        if (db_props_type(props, body_tags[i]) == PROP_TYPE(body_tags[i])) ret |= 1u << i;
    return ret;
}

static void remove_bodies(struct message *message, ULONG bodies)
{
    struct db_props *props = message->object.props;
    ULONG i;

    bodies &= present(props);
    for (i = 0; i < ARRAY_SIZE(body_tags); i++)
        if (bodies & 1u << i) db_props_remove(props, body_tags[i]);
    message->bodies_set &= ~bodies;
    message->bodies_made &= ~bodies;
}

/* One property of a set into another, if it is there. */
static HRESULT take(const struct db_props *src, ULONG tag, struct db_props *dst)
{
    const SPropValue *value = db_props_find(src, tag);
    struct db_stream *stream;
    HRESULT hr;

    if (!value || db_props_type(src, tag) != PROP_TYPE(tag)) return S_OK;
    if (PROP_TYPE(value->ulPropTag) != PT_ERROR) return db_props_set(dst, value);
    if (FAILED(hr = db_props_stream(src, tag, &stream))) return hr;
    hr = db_props_set_stream(dst, tag, stream);
    db_stream_release(stream);
    return hr;
}

static HRESULT take_sync(const struct db_props *src, struct db_props *dst)
{
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(sync_tags) && SUCCEEDED(hr); i++) hr = take(src, sync_tags[i], dst);
    return hr;
}

static void remove_sync(struct db_props *props)
{
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(sync_tags); i++) db_props_remove(props, sync_tags[i]);
}

/* A message with these forms alone, brought in step. */
static HRESULT sync(struct message *message, ULONG bodies, ULONG flags, struct message **ret)
{
    const struct db_props *src = message->object.props;
    struct db_props *props;
    ULONG i;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = db_props_create(&props))) return hr;
    for (i = 0; i < ARRAY_SIZE(body_tags) && SUCCEEDED(hr); i++)
        if (bodies & 1u << i) hr = take(src, body_tags[i], props);
    if (SUCCEEDED(hr)) hr = take(src, PR_INTERNET_CPID, props);
    if (SUCCEEDED(hr) && (bodies & BODY_TEXT) && (bodies & BODY_RTF)) hr = take_sync(src, props);
    if (SUCCEEDED(hr)) hr = message_make_scratch(message->object.store, props, ret);
    if (FAILED(hr))
    {
        db_props_destroy(props);
        return hr;
    }
    if (FAILED(hr = RTFSync((IMessage *)*ret, flags, NULL)))
    {
        TRACE("%#lx\n", hr);
        IMessage_Release((IMessage *)*ret);
        *ret = NULL;
    }
    return hr;
}

/* Whether plain text that was set has the words of the rich text that is there. */
static HRESULT same_words(struct message *message, BOOL *ret)
{
    struct message *scratch;
    HRESULT hr;

    *ret = FALSE;
    hr = sync(message, BODY_TEXT | BODY_RTF, RTF_SYNC_BODY_CHANGED, &scratch);
    if (FAILED(hr)) return hr == MAPI_E_NOT_ENOUGH_MEMORY ? hr : S_OK;
    *ret = !(scratch->bodies_set & BODY_RTF);
    IMessage_Release((IMessage *)scratch);
    return S_OK;
}

/* What is out of date goes. */
static HRESULT settle(struct message *message)
{
    const ULONG set = message->bodies_set;
    ULONG stale;
    BOOL same = FALSE;
    HRESULT hr;

    if (!set) return S_OK;
    stale = present(message->object.props) & ~set;
    if (set == BODY_TEXT && (stale & ~message->bodies_made & BODY_RTF)
        && FAILED(hr = same_words(message, &same)))
        return hr;
    if (!same)
    {
        if (stale & BODY_RTF || ((set & BODY_RTF) && (stale & BODY_TEXT)))
            remove_sync(message->object.props);
        remove_bodies(message, stale);
    }
    message->bodies_set = 0;
    return S_OK;
}

static HRESULT html_of_stream(struct db *db, IStream *html, struct db_stream **ret)
{
    struct db_stream *stream;
    ULONGLONG place = 0;
    BYTE buffer[4096];
    HRESULT hr;
    ULONG got;

    *ret = NULL;
    if (FAILED(hr = db_stream_create(db, &stream))) return hr;
    do
    {
        got = 0;
        hr = IStream_Read(html, buffer, sizeof(buffer), &got);
        if (SUCCEEDED(hr) && got) hr = db_stream_write(stream, place, buffer, got);
        place += got;
        if (place > HTML_MAX) hr = MAPI_E_TOO_BIG;
    }
    while (SUCCEEDED(hr) && got);
    if (SUCCEEDED(hr)) *ret = stream;
    else db_stream_release(stream);
    return hr;
}

/* Out of rich text, in UTF-8 if the message says nothing else. */
static HRESULT make_html(struct message *message)
{
    RTF_WCSINFO info = { sizeof(info), MAPI_NATIVE_BODY, 0, CP_UTF8 };
    RTF_WCSRETINFO kind = { sizeof(kind), 0 };
    struct db_props *props = message->object.props, *scratch_props;
    const SPropValue *codepage = db_props_find(props, PR_INTERNET_CPID);
    struct message *scratch;
    IStream *rtf, *html;
    struct db_stream *stream;
    HRESULT hr;

    if (codepage && codepage->ulPropTag == PR_INTERNET_CPID && codepage->Value.l)
        info.ulOutCodePage = codepage->Value.l;
    if (FAILED(hr = db_props_create(&scratch_props))) return hr;
    hr = take(props, PR_RTF_COMPRESSED, scratch_props);
    if (SUCCEEDED(hr))
        hr = message_make_scratch(message->object.store, scratch_props, &scratch);
    if (FAILED(hr))
    {
        db_props_destroy(scratch_props);
        return hr;
    }
    hr = IMessage_OpenProperty((IMessage *)scratch, PR_RTF_COMPRESSED, &IID_IStream, 0, 0,
                               (IUnknown **)&rtf);
    IMessage_Release((IMessage *)scratch);
    if (FAILED(hr)) return hr;
    hr = WrapCompressedRTFStreamEx(rtf, &info, &html, &kind);
    IStream_Release(rtf);
    if (FAILED(hr)) return hr;
    if (kind.ulStreamFlags == MAPI_NATIVE_BODY_TYPE_HTML)
        hr = html_of_stream(message->object.store->db, html, &stream);
    else hr = MAPI_E_NOT_FOUND;
    IStream_Release(html);
    if (FAILED(hr)) return hr;
    hr = db_props_set_stream(props, PR_HTML, stream);
    db_stream_release(stream);
    if (SUCCEEDED(hr) && !codepage)
        hr = db_props_set_long(props, PR_INTERNET_CPID, CP_UTF8);
    if (SUCCEEDED(hr)) message->bodies_made |= BODY_HTML;
    return hr;
}

/* In place of what is there. Forms that were made themselves are made of nothing further. */
static HRESULT make_body(struct message *message, ULONG body)
{
    struct db_props *props = message->object.props;
    const ULONG have = present(props) & ~message->bodies_made & ~body;
    struct message *scratch;
    ULONG tag;
    HRESULT hr;

    if (!have) return MAPI_E_NOT_FOUND;
    if (body == BODY_HTML) return have & BODY_RTF ? make_html(message) : MAPI_E_NOT_FOUND;
    if (body == BODY_TEXT && (have & BODY_RTF))
        hr = sync(message, BODY_RTF, RTF_SYNC_RTF_CHANGED, &scratch);
    else
        hr = sync(message, have & BODY_HTML ? BODY_HTML : BODY_TEXT, RTF_SYNC_BODY_CHANGED,
                  &scratch);
    if (FAILED(hr)) return hr;
    tag = body == BODY_TEXT ? PR_BODY_W : PR_RTF_COMPRESSED;
    if (db_props_type(scratch->object.props, tag) != PROP_TYPE(tag)) hr = MAPI_E_NOT_FOUND;
    else hr = take(scratch->object.props, tag, props);
    if (SUCCEEDED(hr) && body == BODY_TEXT && (have & BODY_RTF))
        hr = take_sync(scratch->object.props, props);
    IMessage_Release((IMessage *)scratch);
    if (SUCCEEDED(hr)) message->bodies_made |= body;
    return hr;
}

void bodies_note(struct message *message, ULONG tag)
{
    const ULONG body = body_of(tag);

    if (!body) return;
    message->bodies_made &= ~body;
    if (present(message->object.props) & body) message->bodies_set |= body;
    else message->bodies_set &= ~body;
}

/* What cannot be made is not there; memory that is short may be there the next time. */
static HRESULT if_made(HRESULT hr)
{
    return hr == MAPI_E_NOT_ENOUGH_MEMORY ? hr : S_OK;
}

HRESULT bodies_need(struct message *message, ULONG tag)
{
    const ULONG body = body_of(tag);
    HRESULT hr = S_OK;

    if (!body || message->scratch) return S_OK;
    EnterCriticalSection(&message->object.cs);
    if (!(message->bodies_set & body))
    {
        hr = settle(message);
        if (SUCCEEDED(hr) && !db_props_find(message->object.props, tag))
            hr = if_made(make_body(message, body));
    }
    LeaveCriticalSection(&message->object.cs);
    return hr;
}

HRESULT bodies_strip(struct message *message)
{
    HRESULT hr;

    if (message->scratch) return S_OK;
    EnterCriticalSection(&message->object.cs);
    if (SUCCEEDED(hr = settle(message))) remove_bodies(message, message->bodies_made);
    LeaveCriticalSection(&message->object.cs);
    return hr;
}

HRESULT bodies_finish(struct message *message)
{
    struct db_props *props;
    const SPropValue *in_sync;
    ULONG set;
    HRESULT hr;

    if (message->scratch) return S_OK;
    EnterCriticalSection(&message->object.cs);
    set = message->bodies_set;
    if (SUCCEEDED(hr = settle(message)))
    {
        props = message->object.props;
        remove_bodies(message, message->bodies_made & ~BODY_TEXT);
        /* Who writes FALSE has changed the rich text, whatever else he set. */
        in_sync = db_props_find(props, PR_RTF_IN_SYNC);
        if (!(present(props) & BODY_TEXT)
            || ((set & present(props) & BODY_RTF) && in_sync
                && in_sync->ulPropTag == PR_RTF_IN_SYNC && !in_sync->Value.b))
            hr = if_made(make_body(message, BODY_TEXT));
        message->bodies_made = 0;
    }
    LeaveCriticalSection(&message->object.cs);
    return hr;
}
