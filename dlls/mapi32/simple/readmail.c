/*
 * Reading mail by Simple MAPI
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
 * MAPIReadMail: a message as one MapiMessage, with all it points to in one chain of memory. Text is
 * in the system's ANSI code page, which is all that Simple MAPI has for it. The message is marked
 * as read when everything else is done, so that one that could not be read stays unread.
 */

#define COBJMACROS
#include "simple/simple.h"
#include "core/rtf.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

enum
{
    PROP_CLASS,
    PROP_SUBJECT,
    PROP_DELIVERED,
    PROP_SUBMITTED,
    PROP_FLAGS,
    PROP_RECEIPT,
    PROP_INDEX,
    PROP_KEY,
    PROP_SENDER_NAME,
    PROP_SENDER_TYPE,
    PROP_SENDER_ADDRESS,
    PROP_SENDER_ID,
    PROP_FROM_NAME,
    PROP_FROM_TYPE,
    PROP_FROM_ADDRESS,
    PROP_FROM_ID,
    PROPS
};

static const SizedSPropTagArray(PROPS, tags) = {
    PROPS,
    { PR_MESSAGE_CLASS_W, PR_SUBJECT_W, PR_MESSAGE_DELIVERY_TIME, PR_CLIENT_SUBMIT_TIME,
      PR_MESSAGE_FLAGS, PR_READ_RECEIPT_REQUESTED, PR_CONVERSATION_INDEX, PR_CONVERSATION_KEY,
      PR_SENDER_NAME_W, PR_SENDER_ADDRTYPE_W, PR_SENDER_EMAIL_ADDRESS_W, PR_SENDER_ENTRYID,
      PR_SENT_REPRESENTING_NAME_W, PR_SENT_REPRESENTING_ADDRTYPE_W,
      PR_SENT_REPRESENTING_EMAIL_ADDRESS_W, PR_SENT_REPRESENTING_ENTRYID }
};

static const struct person_tags from_tags =
    { PR_SENT_REPRESENTING_NAME, PR_SENT_REPRESENTING_ADDRTYPE, PR_SENT_REPRESENTING_EMAIL_ADDRESS,
      PR_SENT_REPRESENTING_ENTRYID };
static const struct person_tags sender_tags =
    { PR_SENDER_NAME, PR_SENDER_ADDRTYPE, PR_SENDER_EMAIL_ADDRESS, PR_SENDER_ENTRYID };

static HRESULT put_text(void *chain, const SPropValue *prop, char **ret)
{
    void *copy = NULL;
    HRESULT hr = S_OK;

    if (PROP_TYPE(prop->ulPropTag) == PT_UNICODE)
        hr = text_to_tstr(memory_exported, chain, prop->Value.lpszW, 0, &copy);
    else if (PROP_TYPE(prop->ulPropTag) == PT_STRING8
             && SUCCEEDED(hr = memory_exported->more(strlen(prop->Value.lpszA) + 1, chain, &copy)))
        strcpy(copy, prop->Value.lpszA);
    *ret = SUCCEEDED(hr) ? copy : NULL;
    return hr;
}

/* All of a stream, with two zeros behind it (platform_alloc). */
static HRESULT read_stream(IStream *stream, BYTE **ret, size_t *used)
{
    size_t size = 0x1000;
    BYTE *bytes = NULL, *longer;
    HRESULT hr = S_OK;
    STATSTG stat;
    ULONG got;

    *ret = NULL;
    *used = 0;
    if (SUCCEEDED(IStream_Stat(stream, &stat, STATFLAG_NONAME))
        && stat.cbSize.QuadPart < SIMPLE_TEXT_MAX * sizeof(WCHAR))
        size = stat.cbSize.QuadPart + sizeof(WCHAR);
    for (;;)
    {
        if (!(longer = platform_realloc(bytes, size + sizeof(WCHAR))))
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else bytes = longer;
        got = 0;
        if (SUCCEEDED(hr)) hr = IStream_Read(stream, bytes + *used, size - *used, &got);
        if (FAILED(hr) || !got) break;
        if ((*used += got) < size) continue;
        if (size > SIMPLE_TEXT_MAX * sizeof(WCHAR)) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        size *= 2;
    }
    if (FAILED(hr))
    {
        platform_free(bytes);
        return hr;
    }
    memset(bytes + *used, 0, sizeof(WCHAR));
    *ret = bytes;
    return S_OK;
}

/* A message that only has rich text: what its reader would show. */
static HRESULT read_rich_text(IMessage *message, WCHAR **ret)
{
    IStream *packed, *plain;
    struct rtf_reader *reader = NULL;
    const WCHAR *text;
    enum rtf_kind kind;
    size_t size, length;
    ULONG codepage;
    BYTE *bytes = NULL;
    HRESULT hr;

    if (FAILED(IMessage_OpenProperty(message, PR_RTF_COMPRESSED, &IID_IStream, STGM_READ, 0,
                                     (IUnknown **)&packed)))
        return MAPI_E_NOT_FOUND;
    hr = WrapCompressedRTFStream(packed, 0, &plain);
    IStream_Release(packed);
    if (FAILED(hr)) return hr;
    hr = read_stream(plain, &bytes, &size);
    IStream_Release(plain);
    if (SUCCEEDED(hr)) hr = rtf_reader_create(FALSE, &reader);
    if (SUCCEEDED(hr)) hr = rtf_reader_add(reader, bytes, size);
    if (SUCCEEDED(hr)) hr = rtf_reader_end(reader, &text, &length, &kind, &codepage);
    if (SUCCEEDED(hr) && !(*ret = text_dup(text))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (reader) rtf_reader_free(reader);
    platform_free(bytes);
    return hr;
}

/* The text, which may be longer than a property can be got (platform_alloc); NULL: there is
 * none. */
static ULONG read_text(IMessage *message, WCHAR **ret)
{
    static const ULONG widths[] = { PR_BODY_W, PR_BODY_A };
    IStream *stream = NULL;
    BYTE *bytes;
    size_t size;
    HRESULT hr;
    ULONG i;

    *ret = NULL;
    for (i = 0; i < ARRAY_SIZE(widths) && !stream; i++)
        if (FAILED(hr = IMessage_OpenProperty(message, widths[i], &IID_IStream, STGM_READ, 0,
                                              (IUnknown **)&stream)))
            stream = NULL;
    if (!stream)
    {
        if (hr != MAPI_E_NOT_ENOUGH_MEMORY) hr = read_rich_text(message, ret);
        return hr == MAPI_E_NOT_ENOUGH_MEMORY ? MAPI_E_INSUFFICIENT_MEMORY : SUCCESS_SUCCESS;
    }
    hr = read_stream(stream, &bytes, &size);
    IStream_Release(stream);
    if (FAILED(hr)) return simple_error(hr);
    if (i == 1)                         /* UTF-16; half a character at the end counts for nothing */
    {
        if (size & 1) bytes[size - 1] = 0;
        *ret = (WCHAR *)bytes;
    }
    else
    {
        *ret = text_from_ansi((char *)bytes);
        platform_free(bytes);
    }
    return *ret ? SUCCESS_SUCCESS : MAPI_E_INSUFFICIENT_MEMORY;
}

static HRESULT put_date(void *chain, const SPropValue *props, char **ret)
{
    const SPropValue *time = props + PROP_DELIVERED;
    SYSTEMTIME utc, local;
    HRESULT hr;

    if (time->ulPropTag != PR_MESSAGE_DELIVERY_TIME) time = props + PROP_SUBMITTED;
    if (PROP_TYPE(time->ulPropTag) != PT_SYSTIME || !FileTimeToSystemTime(&time->Value.ft, &utc)
        || !SystemTimeToTzSpecificLocalTime(NULL, &utc, &local))
        return S_OK;
    if (FAILED(hr = memory_exported->more(32, chain, (void **)ret))) return hr;
    wsprintfA(*ret, "%04u/%02u/%02u %02u:%02u", local.wYear, local.wMonth, local.wDay, local.wHour,
              local.wMinute);
    return S_OK;
}

static HRESULT put_conversation(void *chain, const SPropValue *props, char **ret)
{
    const SPropValue *prop = props + PROP_INDEX;
    BOOL index = prop->ulPropTag == PR_CONVERSATION_INDEX && prop->Value.bin.cb;
    size_t size;
    HRESULT hr;

    if (!index) prop = props + PROP_KEY;
    if (PROP_TYPE(prop->ulPropTag) != PT_BINARY || !prop->Value.bin.cb) return S_OK;
    size = prop->Value.bin.cb;
    if (size > SIMPLE_BLOB_MAX) return S_OK;
    if (FAILED(hr = memory_exported->more(index ? 2 * size + 1 : size + 1, chain, (void **)ret)))
        return hr;
    if (index) hex_encode(prop->Value.bin.lpb, size, *ret);
    else
    {
        memcpy(*ret, prop->Value.bin.lpb, size);
        (*ret)[size] = 0;
    }
    return S_OK;
}

static HRESULT put_sender(MapiMessage *out, const SPropValue *props)
{
    const struct person_tags *which = &from_tags;
    HRESULT hr;

    if (PROP_TYPE(props[PROP_FROM_NAME].ulPropTag) == PT_ERROR
        && PROP_TYPE(props[PROP_FROM_ADDRESS].ulPropTag) == PT_ERROR)
        which = &sender_tags;
    if (which == &sender_tags && PROP_TYPE(props[PROP_SENDER_NAME].ulPropTag) == PT_ERROR
        && PROP_TYPE(props[PROP_SENDER_ADDRESS].ulPropTag) == PT_ERROR)
        return S_OK;
    hr = memory_exported->more(sizeof(*out->lpOriginator), out, (void **)&out->lpOriginator);
    if (FAILED(hr)) return hr;
    memset(out->lpOriginator, 0, sizeof(*out->lpOriginator));
    out->lpOriginator->ulRecipClass = MAPI_ORIG;
    return person_to_simple(out, PROPS, props, which, out->lpOriginator);
}

static ULONG put_recipients(struct simple_session *session, IMessage *message, MapiMessage *out)
{
    static const SizedSPropTagArray(5, columns) =
        { 5, { PR_RECIPIENT_TYPE, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_ENTRYID } };
    struct simple_tags room;
    SRowSet *rows = NULL;
    IMAPITable *table;
    HRESULT hr;
    ULONG i;

    hr = IMessage_GetRecipientTable(message, simple_width(session), &table);
    if (FAILED(hr)) return simple_error(hr);
    hr = HrQueryAllRows(table, simple_tags(session, &columns, &room), NULL, NULL, SIMPLE_COUNT_MAX,
                        &rows);
    IMAPITable_Release(table);
    if (hr == MAPI_E_TABLE_TOO_BIG) return MAPI_E_TOO_MANY_RECIPIENTS;
    if (FAILED(hr)) return simple_error(hr);
    if (rows->cRows)
        hr = memory_exported->more(rows->cRows * sizeof(*out->lpRecips), out,
                                   (void **)&out->lpRecips);
    for (i = 0; i < rows->cRows && SUCCEEDED(hr); i++)
    {
        memset(out->lpRecips + i, 0, sizeof(*out->lpRecips));
        hr = recipient_to_simple(out, rows->aRow[i].cValues, rows->aRow[i].lpProps,
                                 out->lpRecips + i);
        out->nRecipCount = i + 1;
    }
    FreeProws(rows);
    return simple_error(hr);
}

static ULONG count_attachments(IMessage *message, ULONG *ret)
{
    IMAPITable *table;
    HRESULT hr;

    *ret = 0;
    if (FAILED(hr = IMessage_GetAttachmentTable(message, 0, &table))) return simple_error(hr);
    hr = IMAPITable_GetRowCount(table, 0, ret);
    IMAPITable_Release(table);
    if (FAILED(hr)) return simple_error(hr);
    return *ret > SIMPLE_COUNT_MAX ? MAPI_E_TOO_MANY_FILES : SUCCESS_SUCCESS;
}

/* The text as the first attachment. */
static ULONG text_to_file(MapiMessage *out, const WCHAR *text, MapiFileDesc *to)
{
    WCHAR path[MAX_PATH];
    ULONG ret = SUCCESS_SUCCESS;
    char *ansi;
    HANDLE file;
    DWORD put, length;
    HRESULT hr;

    if (!(ansi = text_to_ansi(text))) return MAPI_E_INSUFFICIENT_MEMORY;
    if (!(ret = attachment_temp_file(L"body.txt", path, &file)))
    {
        length = text_length_ansi(ansi);
        if (!WriteFile(file, ansi, length, &put, NULL) || put != length)
            ret = GetLastError() == ERROR_DISK_FULL ? MAPI_E_DISK_FULL
                                                    : MAPI_E_ATTACHMENT_WRITE_FAILURE;
        CloseHandle(file);
        hr = attachment_temp_path(out, path, &to->lpszPathName);
        if (SUCCEEDED(hr)) hr = memory_exported->more(16, out, (void **)&to->lpszFileName);
        if (SUCCEEDED(hr)) strcpy(to->lpszFileName, "body.txt");
        else if (!ret) ret = simple_error(hr);
        if (ret)
        {
            DeleteFileW(path);
            to->lpszPathName = NULL;
        }
    }
    platform_free(ansi);
    to->nPosition = ~0u;
    return ret;
}

/* Text and attachments: neither with MAPI_ENVELOPE_ONLY. */
static ULONG put_content(struct simple_session *session, IMessage *message, FLAGS flags,
                         MapiMessage *out)
{
    BOOL envelope = (flags & MAPI_ENVELOPE_ONLY) != 0;
    BOOL as_file = !envelope && (flags & MAPI_BODY_AS_FILE);
    WCHAR *text = NULL;
    void *copy = NULL;
    ULONG ret, count;
    HRESULT hr;

    if ((ret = count_attachments(message, &count))) return ret;
    if (count + as_file)
    {
        hr = memory_exported->more((count + as_file) * sizeof(*out->lpFiles), out,
                                   (void **)&out->lpFiles);
        if (FAILED(hr)) return simple_error(hr);
        memset(out->lpFiles, 0, (count + as_file) * sizeof(*out->lpFiles));
    }
    if (!envelope && (ret = read_text(message, &text))) return ret;
    if (as_file)
    {
        if ((ret = text_to_file(out, text ? text : L"", out->lpFiles))) goto done;
        out->nFileCount = 1;
    }
    else if (!envelope)
    {
        hr = text_to_tstr(memory_exported, out, text ? text : L"", 0, &copy);
        out->lpszNoteText = copy;
        if (FAILED(hr)) ret = simple_error(hr);
    }
    if (!ret && count)
        ret = attachments_to_files(session, message, out,
                                   envelope || (flags & MAPI_SUPPRESS_ATTACH), count,
                                   out->lpFiles + out->nFileCount);
    if (!ret) out->nFileCount += count;
done:
    platform_free(text);
    return ret;
}

static ULONG fill(struct simple_session *session, IMessage *message, FLAGS flags, MapiMessage *out)
{
    struct simple_tags room;
    SPropValue *props;
    HRESULT hr;
    ULONG count, ret;

    hr = IMessage_GetProps(message, simple_tags(session, &tags, &room), simple_width(session),
                           &count, &props);
    if (FAILED(hr)) return simple_error(hr);
    hr = put_text(out, props + PROP_CLASS, &out->lpszMessageType);
    if (SUCCEEDED(hr)) hr = put_text(out, props + PROP_SUBJECT, &out->lpszSubject);
    if (SUCCEEDED(hr)) hr = put_date(out, props, &out->lpszDateReceived);
    if (SUCCEEDED(hr)) hr = put_conversation(out, props, &out->lpszConversationID);
    if (SUCCEEDED(hr)) hr = put_sender(out, props);
    if (props[PROP_RECEIPT].ulPropTag == PR_READ_RECEIPT_REQUESTED && props[PROP_RECEIPT].Value.b)
        out->flFlags |= MAPI_RECEIPT_REQUESTED;
    if (props[PROP_FLAGS].ulPropTag == PR_MESSAGE_FLAGS)
    {
        if (!(props[PROP_FLAGS].Value.l & MSGFLAG_READ)) out->flFlags |= MAPI_UNREAD;
        if (!(props[PROP_FLAGS].Value.l & MSGFLAG_UNSENT)) out->flFlags |= MAPI_SENT;
    }
    memory_exported->free(props);
    if (FAILED(hr)) return simple_error(hr);
    if ((ret = put_recipients(session, message, out))) return ret;
    return put_content(session, message, flags, out);
}

ULONG simple_read(struct simple_session *session, const char *id, FLAGS flags, MapiMessage **ret)
{
    MapiMessage *out = NULL;
    IMessage *message;
    HRESULT hr;
    ULONG code;

    if (FAILED(hr = simple_open_store(session))
        || FAILED(hr = msgid_open(session, id, flags & MAPI_PEEK ? 0 : MAPI_BEST_ACCESS, &message)))
        return simple_error(hr);
    if (FAILED(hr = memory_exported->allocate(sizeof(*out), (void **)&out)))
        code = simple_error(hr);
    else
    {
        memset(out, 0, sizeof(*out));
        code = fill(session, message, flags, out);
        if (!code && !(flags & MAPI_PEEK) && FAILED(hr = IMessage_SetReadFlag(message, 0)))
            WARN("not marked as read: %#lx\n", hr);
    }
    IMessage_Release(message);
    if (code)
    {
        if (out) attachments_delete_files(out->nFileCount, out->lpFiles);
        memory_exported->free(out);
    }
    else *ret = out;
    return code;
}
