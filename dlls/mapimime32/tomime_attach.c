/*
 * The attachments of a message that is written
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
 * An attachment is read and encoded a chunk at a time. One that is a path and no bytes is written
 * as message/external-body: what a path leads to here is not sent to anybody by itself.
 */

#include <stdio.h>

#include "private.h"

#define CHUNK (57 * 1024)       /* of whole lines of base64 */

static void take_text(IAttach *attach, ULONG tag, struct mime_text *text)
{
    SPropValue *value;

    if (text->length) return;
    if ((value = get_prop(attach, tag)) && value->Value.lpszW[0])
        mime_text_put(text, value->Value.lpszW, lstrlenW(value->Value.lpszW));
    MAPIFreeBuffer(value);
}

static void read_attachment(IAttach *attach, struct attachment *ret)
{
    SPropValue *value = get_prop(attach, PR_ATTACH_METHOD);

    ret->method = value ? value->Value.ul : ATTACH_BY_VALUE;
    MAPIFreeBuffer(value);
    take_text(attach, PR_ATTACH_LONG_FILENAME_W, &ret->name);
    take_text(attach, PR_ATTACH_FILENAME_W, &ret->name);
    if (ret->method != ATTACH_EMBEDDED_MSG) take_text(attach, PR_DISPLAY_NAME_W, &ret->name);
    take_text(attach, PR_ATTACH_MIME_TAG_W, &ret->type);
    take_text(attach, PR_ATTACH_CONTENT_ID_W, &ret->id);
    take_text(attach, PR_ATTACH_CONTENT_LOCATION_W, &ret->location);
}

HRESULT read_attachments(IMessage *message, struct attachment **ret, ULONG *count)
{
    static const SizedSPropTagArray(1, columns) = {1, {PR_ATTACH_NUM}};
    struct attachment *attachments;
    IMAPITable *table;
    IAttach *attach;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    *ret = NULL;
    *count = 0;
    if (FAILED(hr = IMessage_GetAttachmentTable(message, 0, &table))) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return hr;
    attachments = calloc(rows->cRows ? rows->cRows : 1, sizeof(*attachments));
    if (!attachments) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < rows->cRows && SUCCEEDED(hr); i++)
    {
        if (rows->aRow[i].cValues < 1
            || rows->aRow[i].lpProps[0].ulPropTag != PR_ATTACH_NUM) continue;
        attachments[*count].number = rows->aRow[i].lpProps[0].Value.ul;
        hr = IMessage_OpenAttach(message, attachments[*count].number, NULL, 0, &attach);
        if (FAILED(hr)) break;
        read_attachment(attach, attachments + *count);
        IAttach_Release(attach);
        ++*count;
    }
    FreeProws(rows);
    if (SUCCEEDED(hr))
    {
        *ret = attachments;
        return S_OK;
    }
    free_attachments(attachments, *count);
    *count = 0;
    return hr;
}

void free_attachments(struct attachment *attachments, ULONG count)
{
    ULONG i;

    for (i = 0; attachments && i < count; i++)
    {
        mime_text_free(&attachments[i].name);
        mime_text_free(&attachments[i].type);
        mime_text_free(&attachments[i].id);
        mime_text_free(&attachments[i].location);
    }
    free(attachments);
}

/* A type that is one: two words and a slash, and none that would be taken apart. */
static void media_type(const struct attachment *attachment, char *type, size_t size)
{
    static const struct { const WCHAR *extension; const char *type; } types[] =
    {
        {L".txt", "text/plain"}, {L".htm", "text/html"}, {L".html", "text/html"},
        {L".csv", "text/csv"}, {L".ics", "text/calendar"}, {L".vcf", "text/vcard"},
        {L".xml", "text/xml"}, {L".rtf", "application/rtf"}, {L".pdf", "application/pdf"},
        {L".zip", "application/zip"}, {L".doc", "application/msword"},
        {L".jpg", "image/jpeg"}, {L".jpeg", "image/jpeg"}, {L".png", "image/png"},
        {L".gif", "image/gif"}, {L".bmp", "image/bmp"}, {L".tif", "image/tiff"},
        {L".mp3", "audio/mpeg"}, {L".wav", "audio/x-wav"}, {L".eml", "message/rfc822"}
    };
    const WCHAR *dot;
    size_t i, slashes = 0;

    for (i = 0; i < attachment->type.length && i + 1 < size; i++)
    {
        WCHAR c = attachment->type.data[i];

        if (c <= ' ' || c >= 0x7f || wcschr(L"()<>@,;:\\\"[]?=", c)) break;
        slashes += c == '/';
        type[i] = mime_lower((char)c);
    }
    type[i] = 0;
    if (i && i == attachment->type.length && slashes == 1 && type[0] != '/' && type[i - 1] != '/'
        && strncmp(type, "multipart/", 10) && strncmp(type, "message/", 8)) return;
    strcpy(type, "application/octet-stream");
    if (!attachment->name.length || !(dot = wcsrchr(attachment->name.data, '.'))) return;
    for (i = 0; i < ARRAY_SIZE(types); i++)
        if (!lstrcmpiW(dot, types[i].extension)) strcpy(type, types[i].type);
    /* An encoded message is read by few. */
    if (!strcmp(type, "message/rfc822")) strcpy(type, "application/octet-stream");
}

static void put_part_header(struct tomime *tomime, const struct attachment *attachment,
                            const char *type, const char *encoding)
{
    struct mime_bytes *out = &tomime->out;
    struct mime_text id = {0};

    mime_put_string(out, "Content-Type: ");
    mime_put_string(out, type);
    if (attachment->name.length) mime_put_parameter(out, "name", attachment->name.data);
    mime_put_string(out, "\r\nContent-Disposition: ");
    mime_put_string(out, attachment->is_inline ? "inline" : "attachment");
    if (attachment->name.length) mime_put_parameter(out, "filename", attachment->name.data);
    mime_put_string(out, "\r\n");
    if (attachment->id.length)
    {
        mime_text_put_char(&id, '<');
        mime_text_put(&id, attachment->id.data, attachment->id.length);
        mime_text_put_char(&id, '>');
        if (!id.failed) mime_put_words_field(out, "Content-ID", id.data);
        mime_text_free(&id);
    }
    if (attachment->location.length)
        mime_put_words_field(out, "Content-Location", attachment->location.data);
    if (encoding)
    {
        mime_put_string(out, "Content-Transfer-Encoding: ");
        mime_put_string(out, encoding);
        mime_put_string(out, "\r\n");
    }
    mime_put_string(out, "\r\n");
}

/* Fills the buffer but at the end. */
static HRESULT read_chunk(IStream *stream, BYTE *buffer, ULONG size, ULONG *used)
{
    ULONG got;
    HRESULT hr;

    for (*used = 0; *used < size; *used += got)
    {
        got = 0;
        hr = IStream_Read(stream, buffer + *used, size - *used, &got);
        if (FAILED(hr)) return hr;
        if (got > size - *used) return MAPI_E_CALL_FAILED;
        if (!got) break;
    }
    return S_OK;
}

static HRESULT write_base64(struct tomime *tomime, IStream *stream)
{
    unsigned column = 0;
    BYTE *buffer;
    ULONG used;
    HRESULT hr;

    if (!(buffer = malloc(CHUNK))) return MAPI_E_NOT_ENOUGH_MEMORY;
    do
    {
        if (FAILED(hr = read_chunk(stream, buffer, CHUNK, &used))) break;
        mime_put_base64(&tomime->out, buffer, used, &column);
        flush_out(tomime, FALSE);
    } while (used == CHUNK && SUCCEEDED(tomime->hr));
    free(buffer);
    return hr;
}

/* The bytes of an OLE object: the file of its storage. */
static HRESULT ole_stream(IAttach *attach, IStream **ret)
{
    IStorage *storage = NULL, *copy = NULL;
    ILockBytes *bytes = NULL;
    HGLOBAL memory = NULL;
    HRESULT hr;

    *ret = NULL;
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, (IID *)&IID_IStreamDocfile, 0, 0,
                              (IUnknown **)ret);
    if (SUCCEEDED(hr)) return hr;
    if (SUCCEEDED(get_stream(attach, PR_ATTACH_DATA_BIN, ret))) return S_OK;
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, (IID *)&IID_IStorage, 0, 0,
                              (IUnknown **)&storage);
    if (FAILED(hr)) return hr;
    hr = CreateILockBytesOnHGlobal(NULL, FALSE, &bytes);
    if (SUCCEEDED(hr))
        hr = StgCreateDocfileOnILockBytes(bytes,
                                          STGM_CREATE | STGM_READWRITE | STGM_SHARE_EXCLUSIVE, 0,
                                          &copy);
    if (SUCCEEDED(hr)) hr = IStorage_CopyTo(storage, 0, NULL, NULL, copy);
    if (SUCCEEDED(hr)) hr = IStorage_Commit(copy, STGC_DEFAULT);
    if (copy) IStorage_Release(copy);
    if (SUCCEEDED(hr)) hr = GetHGlobalFromILockBytes(bytes, &memory);
    if (bytes) IUnknown_Release((IUnknown *)bytes);
    if (SUCCEEDED(hr)) hr = CreateStreamOnHGlobal(memory, TRUE, ret);
    if (FAILED(hr) && memory) GlobalFree(memory);
    IStorage_Release(storage);
    return hr;
}

static HRESULT write_embedded(struct tomime *tomime, IAttach *attach,
                              const struct attachment *attachment)
{
    IMessage *message;
    HRESULT hr;

    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, (IID *)&IID_IMessage, 0, 0,
                              (IUnknown **)&message);
    if (FAILED(hr)) return hr;
    put_part_header(tomime, attachment, tomime->flags & CCSF_GLOBAL_MESSAGE ? "message/global"
                    : "message/rfc822", NULL);
    hr = write_message(tomime, message, FALSE);
    IMessage_Release(message);
    return hr;
}

static HRESULT write_reference(struct tomime *tomime, IAttach *attach)
{
    struct mime_text path = {0};

    take_text(attach, PR_ATTACH_LONG_PATHNAME_W, &path);
    take_text(attach, PR_ATTACH_PATHNAME_W, &path);
    mime_put_string(&tomime->out,
                    "Content-Type: message/external-body;\r\n\taccess-type=local-file");
    mime_put_parameter(&tomime->out, "name", path.data ? path.data : L"");
    mime_put_string(&tomime->out, "\r\n\r\nContent-Type: application/octet-stream\r\n\r\n");
    mime_text_free(&path);
    return S_OK;
}

/* Bytes of an attachment that is none of the special ones. */
static HRESULT attachment_stream(IAttach *attach, const struct attachment *attachment,
                                 IStream **ret)
{
    SPropValue *value;
    HRESULT hr;

    if (attachment->method == ATTACH_OLE) return ole_stream(attach, ret);
    if (SUCCEEDED(hr = get_stream(attach, PR_ATTACH_DATA_BIN, ret))) return hr;
    /* No stream: the value itself, or nothing at all. */
    if (FAILED(hr = CreateStreamOnHGlobal(NULL, TRUE, ret))) return hr;
    if ((value = get_prop(attach, PR_ATTACH_DATA_BIN)))
    {
        static const LARGE_INTEGER zero;

        hr = write_all(*ret, value->Value.bin.lpb, value->Value.bin.cb);
        IStream_Seek(*ret, zero, STREAM_SEEK_SET, NULL);
        MAPIFreeBuffer(value);
    }
    return hr;
}

static BOOL is_reference(ULONG method)
{
    return method == ATTACH_BY_REFERENCE || method == ATTACH_BY_REF_RESOLVE
           || method == ATTACH_BY_REF_ONLY || method == ATTACH_BY_WEBREFERENCE;
}

HRESULT write_attachment(struct tomime *tomime, IMessage *message,
                         const struct attachment *attachment)
{
    IStream *stream;
    IAttach *attach;
    char type[128];
    HRESULT hr;

    hr = IMessage_OpenAttach(message, attachment->number, NULL, 0, &attach);
    if (FAILED(hr)) return hr;
    if (attachment->method == ATTACH_EMBEDDED_MSG) hr = write_embedded(tomime, attach, attachment);
    else if (is_reference(attachment->method)) hr = write_reference(tomime, attach);
    else if (SUCCEEDED(hr = attachment_stream(attach, attachment, &stream)))
    {
        media_type(attachment, type, sizeof(type));
        put_part_header(tomime, attachment,
                        attachment->method == ATTACH_OLE ? "application/ole" : type, "base64");
        hr = write_base64(tomime, stream);
        IStream_Release(stream);
    }
    IAttach_Release(attach);
    return hr;
}

static HRESULT write_uu(struct tomime *tomime, IStream *stream, const struct mime_text *name)
{
    BYTE buffer[45];
    size_t begun, i;
    ULONG used;
    HRESULT hr;

    mime_put_string(&tomime->out, "\r\nbegin 644 ");
    begun = tomime->out.size;
    if (name->length) mime_encode_utf8(name->data, name->length, &tomime->out);
    else mime_put_string(&tomime->out, "attachment");
    for (i = begun; i < tomime->out.size; i++)
        if ((unsigned char)tomime->out.data[i] < ' ') tomime->out.data[i] = ' ';
    mime_put_string(&tomime->out, "\r\n");
    do
    {
        if (FAILED(hr = read_chunk(stream, buffer, sizeof(buffer), &used))) return hr;
        mime_put_uu(&tomime->out, buffer, used);
        flush_out(tomime, FALSE);
    } while (used && SUCCEEDED(tomime->hr));
    mime_put_string(&tomime->out, "end\r\n");
    return S_OK;
}

HRESULT write_uu_attachment(struct tomime *tomime, IMessage *message,
                            const struct attachment *attachment)
{
    static const LARGE_INTEGER zero;
    IStream *stream = NULL;
    IMessage *embedded;
    IAttach *attach;
    HRESULT hr;

    hr = IMessage_OpenAttach(message, attachment->number, NULL, 0, &attach);
    if (FAILED(hr)) return hr;
    if (attachment->method == ATTACH_EMBEDDED_MSG)
    {
        hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, (IID *)&IID_IMessage, 0, 0,
                                  (IUnknown **)&embedded);
        if (SUCCEEDED(hr))
        {
            /* Depth counts in a conversion of its own, too. */
            struct tomime inner = *tomime;

            memset(&inner.out, 0, sizeof(inner.out));
            hr = temporary_stream(&stream);
            inner.stream = stream;
            if (SUCCEEDED(hr)) hr = write_message(&inner, embedded, FALSE);
            if (SUCCEEDED(hr))
            {
                flush_out(&inner, TRUE);
                hr = inner.hr;
            }
            if (SUCCEEDED(hr)) hr = IStream_Seek(stream, zero, STREAM_SEEK_SET, NULL);
            mime_bytes_free(&inner.out);
            IMessage_Release(embedded);
        }
    }
    else if (is_reference(attachment->method))
    {
        /* Without bytes there is nothing to encode. */
        mime_put_string(&tomime->out, "\r\n[");
        mime_encode_utf8(attachment->name.data, attachment->name.length, &tomime->out);
        mime_put_string(&tomime->out, "]\r\n");
    }
    else hr = attachment_stream(attach, attachment, &stream);
    if (SUCCEEDED(hr) && stream) hr = write_uu(tomime, stream, &attachment->name);
    if (stream) IStream_Release(stream);
    IAttach_Release(attach);
    return hr;
}

HRESULT write_tnef(struct tomime *tomime, IMessage *message)
{
    static const SizedSPropTagArray(6, none) = { 6,
                                                 { PR_MESSAGE_RECIPIENTS, PR_DISPLAY_BCC_W,
                                                   PR_DISPLAY_BCC_A, PR_TRANSPORT_MESSAGE_HEADERS_W,
                                                   PR_TRANSPORT_MESSAGE_HEADERS_A, PR_BODY_W } };
    static const LARGE_INTEGER zero;
    STnefProblemArray *problems = NULL;
    IStream *stream;
    ITnef *tnef = NULL;
    WORD key;
    HRESULT hr;

    if (FAILED(hr = temporary_stream(&stream))) return hr;
    /* Not 0, and another one for each message. */
    key = (WORD)(GetTickCount() | 1);
    hr = OpenTnefStreamEx(NULL, stream, (LPTSTR)"winmail.dat", TNEF_ENCODE, message, key,
                          tomime->options->book, &tnef);
    if (SUCCEEDED(hr))
        hr = ITnef_AddProps(tnef, TNEF_PROP_EXCLUDE, 0, NULL, (SPropTagArray *)&none);
    if (SUCCEEDED(hr)) hr = ITnef_Finish(tnef, 0, &key, &problems);
    MAPIFreeBuffer(problems);
    if (tnef) ITnef_Release(tnef);
    if (SUCCEEDED(hr)) hr = IStream_Seek(stream, zero, STREAM_SEEK_SET, NULL);
    if (SUCCEEDED(hr))
    {
        mime_put_string(&tomime->out,
                        "Content-Type: application/ms-tnef;\r\n\tname=\"winmail.dat\"\r\n"
                        "Content-Disposition: attachment;\r\n\tfilename=\"winmail.dat\"\r\n"
                        "Content-Transfer-Encoding: base64\r\n\r\n");
        hr = write_base64(tomime, stream);
    }
    IStream_Release(stream);
    return hr;
}
