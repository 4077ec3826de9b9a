/*
 * TNEF: streams out of messages
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
 * Which properties are encoded is the sum of the requests: what one of them includes, or all that
 * one of them does not exclude. In all modes but TNEF_PURE what has an attribute of old is encoded
 * as that, too; only TNEF_COMPATIBILITY leaves it out of the lists of properties then. Contents of
 * attachments go from stream to stream.
 */

#define COBJMACROS
#include "core/tnefprops.h"
#include "message/tnef.h"
#include "object/copy.h"

#define PART        0x4000
#define NAMED       0x8000
#define SIZE_LIMIT  0x20000000
#define ROWS        50

struct encoder
{
    const struct tnef_source *source;
    IStream *stream;
    struct tnef_problems *problems;
};

static HRESULT problem(struct encoder *encoder, ULONG attribute, ULONG tag, SCODE code)
{
    if (code == MAPI_E_NOT_ENOUGH_MEMORY || code == MAPI_E_NOT_ENOUGH_DISK) return code;
    return tnef_problem(encoder->problems, attribute, tag, code);
}

/* ---- attributes ---- */

static ULONG sum(const BYTE *data, ULONG size)
{
    ULONG total = 0;

    while (size--) total += *data++;
    return total;
}

static HRESULT write_head(struct encoder *encoder, BYTE level, ULONG id, ULONG size)
{
    BYTE head[9];

    head[0] = level;
    memcpy(head + 1, &id, 4);
    memcpy(head + 5, &size, 4);
    return stream_write_all(encoder->stream, head, sizeof(head));
}

static HRESULT write_sum(struct encoder *encoder, ULONG total)
{
    const USHORT value = total;

    return stream_write_all(encoder->stream, &value, sizeof(value));
}

static HRESULT write_attribute(struct encoder *encoder, BYTE level, ULONG id, const void *data,
                               ULONG size)
{
    HRESULT hr = write_head(encoder, level, id, size);

    if (SUCCEEDED(hr)) hr = stream_write_all(encoder->stream, data, size);
    return SUCCEEDED(hr) ? write_sum(encoder, sum(data, size)) : hr;
}

static HRESULT write_text(struct encoder *encoder, BYTE level, ULONG id, const WCHAR *text)
{
    char *ansi = text_to_ansi(text);
    HRESULT hr;

    if (!ansi) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = write_attribute(encoder, level, id, ansi, text_length_ansi(ansi) + 1);
    platform_free(ansi);
    return hr;
}

static HRESULT write_date(struct encoder *encoder, BYTE level, ULONG id, const FILETIME *time)
{
    SYSTEMTIME parts;
    DTR date;

    if (!FileTimeToSystemTime(time, &parts)) return S_OK;
    date.wYear = parts.wYear;
    date.wMonth = parts.wMonth;
    date.wDay = parts.wDay;
    date.wHour = parts.wHour;
    date.wMinute = parts.wMinute;
    date.wSecond = parts.wSecond;
    date.wDayOfWeek = parts.wDayOfWeek;
    return write_attribute(encoder, level, id, &date, sizeof(date));
}

/* ---- which properties ---- */

static BOOL is_for(const struct tnef_request *request, BOOL attachment, ULONG number)
{
    if (request->flags & (TNEF_PROP_CONTAINED | TNEF_PROP_CONTAINED_TNEF))
        return attachment && request->element == number;
    if (request->flags & TNEF_PROP_MESSAGE_ONLY) return !attachment;
    if (request->flags & TNEF_PROP_ATTACHMENTS_ONLY) return attachment;
    return TRUE;
}

static BOOL is_wanted(const struct encoder *encoder, BOOL attachment, ULONG number, ULONG tag)
{
    const struct tnef_request *request;

    for (request = encoder->source->requests; request; request = request->next)
    {
        if (!request->tags || !is_for(request, attachment, number)) continue;
        if (request->flags & TNEF_PROP_EXCLUDE)
        {
            if (!copy_list_has_id(request->tags, tag)) return TRUE;
        }
        else if (copy_list_has_id(request->tags, tag))
            return TRUE;
    }
    return FALSE;
}

/* A value of SetProps, which is encoded whatever is asked for. */
static const SPropValue *override_of(const struct encoder *encoder, BOOL attachment, ULONG number,
                                     ULONG tag)
{
    const struct tnef_request *request;
    const SPropValue *prop;

    for (request = encoder->source->requests; request; request = request->next)
    {
        if (!request->props) continue;
        if (((request->flags & TNEF_PROP_CONTAINED) != 0) != attachment
            || (attachment && request->element != number))
            continue;
        if ((prop = props_find_id(request->props, request->count, tag))) return prop;
    }
    return NULL;
}

static IStream *contents_of(const struct encoder *encoder, ULONG number, ULONG *flags)
{
    const struct tnef_request *request;

    for (request = encoder->source->requests; request; request = request->next)
    {
        if (!request->data || request->element != number) continue;
        *flags = request->flags;
        return request->data;
    }
    return NULL;
}

static BOOL encodes_children(const struct encoder *encoder, ULONG tag)
{
    const struct tnef_request *request;

    for (request = encoder->source->requests; request; request = request->next)
        if (request->tags && (request->flags & TNEF_PROP_INCLUDE)
            && !(request->flags & TNEF_PROP_MESSAGE_ONLY) && copy_list_has_id(request->tags, tag))
            return TRUE;
    return FALSE;
}

/* Attachments go with a list of what is not to be encoded, unless it has them, and by
 * themselves. */
static BOOL encodes_attachments(const struct encoder *encoder)
{
    const struct tnef_request *request;

    for (request = encoder->source->requests; request; request = request->next)
    {
        if (request->flags & TNEF_PROP_MESSAGE_ONLY) continue;
        if (request->flags & (TNEF_PROP_ATTACHMENTS_ONLY | TNEF_PROP_CONTAINED
                              | TNEF_PROP_CONTAINED_TNEF))
            return TRUE;
        if (!request->tags) continue;
        if (request->flags & TNEF_PROP_EXCLUDE)
        {
            if (!copy_list_has_id(request->tags, PR_MESSAGE_ATTACHMENTS)) return TRUE;
        }
        else if (copy_list_has_id(request->tags, PR_MESSAGE_ATTACHMENTS)
                 || copy_list_has_id(request->tags, PR_ATTACH_DATA_BIN)
                 || copy_list_has_id(request->tags, PR_ATTACH_DATA_OBJ))
            return TRUE;
    }
    return FALSE;
}

/* ---- lists of properties ---- */

static BOOL has_attribute(BOOL attachment, ULONG tag)
{
    switch (PROP_ID(tag))
    {
    case PROP_ID(PR_MESSAGE_CLASS):
    case PROP_ID(PR_SUBJECT):
    case PROP_ID(PR_CLIENT_SUBMIT_TIME):
    case PROP_ID(PR_MESSAGE_DELIVERY_TIME):
    case PROP_ID(PR_PRIORITY):
        return !attachment;
    case PROP_ID(PR_ATTACH_FILENAME):
    case PROP_ID(PR_RENDERING_POSITION):
    case PROP_ID(PR_CREATION_TIME):
        return attachment;
    case PROP_ID(PR_LAST_MODIFICATION_TIME):
        return TRUE;
    }
    return FALSE;
}

static HRESULT append_one(struct encoder *encoder, IMAPIProp *object, const SPropValue *prop,
                          struct tnef_buffer *buffer, ULONG *count)
{
    SizedSPropTagArray(1, one) = {1, {prop->ulPropTag}};
    SPropTagArray *tags = (SPropTagArray *)&one;
    const size_t before = buffer->size;
    MAPINAMEID **names = NULL;
    ULONG name_count = 0;
    HRESULT hr;

    if (PROP_ID(prop->ulPropTag) >= NAMED)
        IMAPIProp_GetNamesFromIDs(object, &tags, NULL, 0, &name_count, &names);
    hr = tnef_append_prop(buffer, prop, names && name_count ? names[0] : NULL);
    if (names) memory_exported->free(names);
    if (SUCCEEDED(hr))
        (*count)++;
    else
    {
        buffer->size = before;
        hr = problem(encoder, attMAPIProps, prop->ulPropTag, hr);
    }
    return hr;
}

/* One property of an object; what GetProps has no room for is read from its stream. */
static HRESULT append_of(struct encoder *encoder, IMAPIProp *object, ULONG tag,
                         struct tnef_buffer *buffer, ULONG *count)
{
    SPropValue *prop = NULL, large;
    BYTE *data = NULL;
    size_t size = 0;
    HRESULT hr;

    memset(&large, 0, sizeof(large));
    large.ulPropTag = tag;
    switch (PROP_TYPE(tag))
    {
    case PT_BINARY:
        hr = prop_read_binary(object, tag, &data, &size);
        large.Value.bin.cb = size;
        large.Value.bin.lpb = data;
        break;
    case PT_UNICODE:
    case PT_STRING8:
        large.ulPropTag = CHANGE_PROP_TYPE(tag, PT_UNICODE);
        hr = prop_read_text(object, tag, (WCHAR **)&data, &size);
        large.Value.lpszW = (WCHAR *)data;
        break;
    default:
        hr = HrGetOneProp(object, tag, &prop);
        if (SUCCEEDED(hr)) large = *prop;
        break;
    }
    if (hr == MAPI_E_NOT_FOUND) return S_OK;
    hr = FAILED(hr) ? problem(encoder, attMAPIProps, tag, hr)
                    : append_one(encoder, object, &large, buffer, count);
    platform_free(data);
    if (prop) memory_exported->free(prop);
    return hr;
}

/* What is wanted of an object, behind a count. left_out: one property that is encoded elsewhere. */
static HRESULT append_list(struct encoder *encoder, IMAPIProp *object, BOOL attachment,
                           ULONG number, ULONG left_out, struct tnef_buffer *buffer, ULONG *count)
{
    const struct tnef_request *request;
    SPropTagArray *list;
    HRESULT hr;
    ULONG i;

    *count = 0;
    if (FAILED(hr = tnef_append_long(buffer, 0))) return hr;
    if (FAILED(hr = copy_list_of(object, &list))) return hr;
    for (i = 0; i < list->cValues && SUCCEEDED(hr); i++)
    {
        const ULONG tag = list->aulPropTag[i];

        if (PROP_TYPE(tag) == PT_OBJECT || PROP_TYPE(tag) == PT_NULL || PROP_ID(tag) == left_out
            || override_of(encoder, attachment, number, tag)
            || !is_wanted(encoder, attachment, number, tag))
            continue;
        if ((encoder->source->flags & TNEF_COMPATIBILITY) && has_attribute(attachment, tag))
            continue;
        hr = append_of(encoder, object, tag, buffer, count);
    }
    memory_exported->free(list);
    for (request = encoder->source->requests; request && SUCCEEDED(hr); request = request->next)
        for (i = 0; i < request->count && SUCCEEDED(hr); i++)
            if (override_of(encoder, attachment, number, request->props[i].ulPropTag)
                == &request->props[i])
                hr = append_one(encoder, object, &request->props[i], buffer, count);
    return hr;
}

static void set_count(struct tnef_buffer *buffer, ULONG count)
{
    memcpy(buffer->data, &count, sizeof(count));
}

/* ---- the message ---- */

/* A property that is encoded as an attribute: its value, NULL when it is not to be had. */
static HRESULT get_for_attribute(struct encoder *encoder, IMAPIProp *object, BOOL attachment,
                                 ULONG number, ULONG tag, SPropValue **ret)
{
    const SPropValue *prop = override_of(encoder, attachment, number, tag);

    *ret = NULL;
    if (prop && prop->ulPropTag == tag)
        return props_copy(memory_exported, 1, prop, ret);
    if (!is_wanted(encoder, attachment, number, tag)) return S_OK;
    HrGetOneProp(object, tag, ret);
    return S_OK;
}

static HRESULT write_old_text(struct encoder *encoder, IMAPIProp *object, BOOL attachment,
                              ULONG number, ULONG tag, ULONG id)
{
    SPropValue *prop;
    HRESULT hr;

    hr = get_for_attribute(encoder, object, attachment, number, CHANGE_PROP_TYPE(tag, PT_UNICODE),
                           &prop);
    if (FAILED(hr) || !prop) return hr;
    hr = write_text(encoder, attachment ? LVL_ATTACHMENT : LVL_MESSAGE, id, prop->Value.lpszW);
    memory_exported->free(prop);
    return hr;
}

static HRESULT write_old_class(struct encoder *encoder, IMAPIProp *object)
{
    const char *old;
    SPropValue *prop;
    HRESULT hr;

    hr = get_for_attribute(encoder, object, FALSE, 0, PR_MESSAGE_CLASS_W, &prop);
    if (FAILED(hr) || !prop) return hr;
    if ((old = tnef_down_level_class(prop->Value.lpszW)))
        hr = write_attribute(encoder, LVL_MESSAGE, attMessageClass, old, strlen(old) + 1);
    else
        hr = write_text(encoder, LVL_MESSAGE, attMessageClass, prop->Value.lpszW);
    memory_exported->free(prop);
    return hr;
}

static HRESULT write_old_date(struct encoder *encoder, IMAPIProp *object, BOOL attachment,
                              ULONG number, ULONG tag, ULONG id)
{
    SPropValue *prop;
    HRESULT hr;

    hr = get_for_attribute(encoder, object, attachment, number, tag, &prop);
    if (FAILED(hr) || !prop) return hr;
    hr = write_date(encoder, attachment ? LVL_ATTACHMENT : LVL_MESSAGE, id, &prop->Value.ft);
    memory_exported->free(prop);
    return hr;
}

static HRESULT write_old_priority(struct encoder *encoder, IMAPIProp *object)
{
    SPropValue *prop;
    USHORT priority;
    HRESULT hr;

    hr = get_for_attribute(encoder, object, FALSE, 0, PR_PRIORITY, &prop);
    if (FAILED(hr) || !prop) return hr;
    priority = prop->Value.l > 0 ? prioHigh : prop->Value.l < 0 ? prioLow : prioNorm;
    memory_exported->free(prop);
    return write_attribute(encoder, LVL_MESSAGE, attPriority, &priority, sizeof(priority));
}

static HRESULT write_old_attributes(struct encoder *encoder)
{
    IMAPIProp *object = (IMAPIProp *)encoder->source->message;
    HRESULT hr;

    hr = write_old_class(encoder, object);
    if (SUCCEEDED(hr)) hr = write_old_text(encoder, object, FALSE, 0, PR_SUBJECT, attSubject);
    if (SUCCEEDED(hr))
        hr = write_old_date(encoder, object, FALSE, 0, PR_CLIENT_SUBMIT_TIME, attDateSent);
    if (SUCCEEDED(hr))
        hr = write_old_date(encoder, object, FALSE, 0, PR_MESSAGE_DELIVERY_TIME, attDateRecd);
    if (SUCCEEDED(hr))
        hr = write_old_date(encoder, object, FALSE, 0, PR_LAST_MODIFICATION_TIME, attDateModified);
    return SUCCEEDED(hr) ? write_old_priority(encoder, object) : hr;
}

static HRESULT append_row(struct encoder *encoder, const SRow *row, struct tnef_buffer *buffer)
{
    ULONG count = 0, i;
    const size_t at = buffer->size;
    HRESULT hr = tnef_append_long(buffer, 0);

    for (i = 0; i < row->cValues && SUCCEEDED(hr); i++)
    {
        const SPropValue *prop = &row->lpProps[i];

        if (PROP_TYPE(prop->ulPropTag) == PT_ERROR || PROP_TYPE(prop->ulPropTag) == PT_OBJECT
            || PROP_ID(prop->ulPropTag) == PROP_ID(PR_ROWID))
            continue;
        hr = append_one(encoder, (IMAPIProp *)encoder->source->message, prop, buffer, &count);
    }
    if (SUCCEEDED(hr)) memcpy(buffer->data + at, &count, sizeof(count));
    return hr;
}

/* From the table's position on, with its columns. */
static HRESULT write_recipients(struct encoder *encoder)
{
    IMAPITable *table = encoder->source->recipients;
    struct tnef_buffer buffer = {NULL};
    SPropTagArray *columns = NULL;
    SRowSet *rows = NULL;
    ULONG count = 0, i;
    HRESULT hr;

    if (table) IMAPITable_AddRef(table);
    else
    {
        hr = IMessage_GetRecipientTable(encoder->source->message, MAPI_UNICODE, &table);
        if (hr == MAPI_E_BAD_CHARWIDTH)
            hr = IMessage_GetRecipientTable(encoder->source->message, 0, &table);
        if (FAILED(hr)) return problem(encoder, attRecipTable, PR_MESSAGE_RECIPIENTS, hr);
        hr = IMAPITable_QueryColumns(table, TBL_ALL_COLUMNS, &columns);
        if (SUCCEEDED(hr) && columns && columns->cValues)
            IMAPITable_SetColumns(table, columns, 0);
        if (columns) memory_exported->free(columns);
    }
    hr = tnef_append_long(&buffer, 0);
    while (SUCCEEDED(hr))
    {
        hr = IMAPITable_QueryRows(table, ROWS, 0, &rows);
        if (FAILED(hr) || !rows || !rows->cRows) break;
        for (i = 0; i < rows->cRows && SUCCEEDED(hr); i++, count++)
            hr = append_row(encoder, &rows->aRow[i], &buffer);
        FreeProws(rows);
        rows = NULL;
    }
    if (rows) FreeProws(rows);
    if (SUCCEEDED(hr))
    {
        set_count(&buffer, count);
        hr = write_attribute(encoder, LVL_MESSAGE, attRecipTable, buffer.data, buffer.size);
    }
    platform_free(buffer.data);
    IMAPITable_Release(table);
    return hr;
}

static HRESULT encode_message(struct encoder *encoder)
{
    const struct tnef_source *source = encoder->source;
    const ULONG signature = TNEF_SIGNATURE, version = TNEF_VERSION;
    ULONG codepage[2] = {platform_ansi_codepage(), 0}, count;
    struct tnef_buffer buffer = {NULL};
    HRESULT hr;

    hr = stream_write_all(encoder->stream, &signature, sizeof(signature));
    if (SUCCEEDED(hr)) hr = stream_write_all(encoder->stream, &source->key, sizeof(source->key));
    if (SUCCEEDED(hr))
        hr = write_attribute(encoder, LVL_MESSAGE, attTnefVersion, &version, sizeof(version));
    if (SUCCEEDED(hr))
        hr = write_attribute(encoder, LVL_MESSAGE, attOemCodepage, codepage, sizeof(codepage));
    if (SUCCEEDED(hr) && !(source->flags & TNEF_PURE)) hr = write_old_attributes(encoder);
    if (SUCCEEDED(hr) && (source->encode_recipients
                          || encodes_children(encoder, PR_MESSAGE_RECIPIENTS)))
        hr = write_recipients(encoder);
    if (SUCCEEDED(hr))
        hr = append_list(encoder, (IMAPIProp *)source->message, FALSE, 0, 0, &buffer, &count);
    if (SUCCEEDED(hr) && count)
    {
        set_count(&buffer, count);
        hr = write_attribute(encoder, LVL_MESSAGE, attMAPIProps, buffer.data, buffer.size);
    }
    platform_free(buffer.data);
    return hr;
}

/* ---- attachments ---- */

/* With optional, an empty stream is not written: ytnef takes an empty attribute for damage and
 * reads no further. */
static HRESULT write_contents(struct encoder *encoder, IStream *from, BOOL optional, BOOL *written)
{
    ULONG left, total = 0, part;
    HRESULT hr, read;
    STATSTG stat;
    BYTE *data;

    if (FAILED(hr = IStream_Stat(from, &stat, STATFLAG_NONAME))) return hr;
    if (stat.cbSize.QuadPart > 0x7fffffff) return MAPI_E_TOO_BIG;
    left = stat.cbSize.LowPart;
    if (!left && optional) return S_OK;
    *written = TRUE;
    if (!(data = platform_alloc_zero(PART))) return MAPI_E_NOT_ENOUGH_MEMORY;
    read = S_OK;
    hr = write_head(encoder, LVL_ATTACHMENT, attAttachData, left);
    while (left && SUCCEEDED(hr))
    {
        part = min(left, PART);
        /* What was announced is written whatever happens, or the rest of the stream is lost. */
        if (SUCCEEDED(read)) read = stream_read_all(from, data, part);
        if (FAILED(read)) memset(data, 0, part);
        total += sum(data, part);
        hr = stream_write_all(encoder->stream, data, part);
        left -= part;
    }
    platform_free(data);
    if (SUCCEEDED(hr)) hr = write_sum(encoder, total);
    return SUCCEEDED(hr) && FAILED(read) ? problem(encoder, attAttachData, PR_ATTACH_DATA_BIN, read)
                                         : hr;
}

/* An object is an IID and a stream: for a message TNEF of its own, for a storage a compound
 * file. */
static HRESULT append_object(struct encoder *encoder, const IID *iid, IStream *from,
                             struct tnef_buffer *buffer, ULONG *count)
{
    LARGE_INTEGER zero;
    SPropValue prop;
    size_t size;
    BYTE *data, *whole;
    HRESULT hr;

    zero.QuadPart = 0;
    if (FAILED(hr = IStream_Seek(from, zero, STREAM_SEEK_SET, NULL))) return hr;
    if (FAILED(hr = stream_read_rest(from, SIZE_LIMIT, &data, &size))) return hr;
    if ((whole = platform_alloc(sizeof(*iid) + size)))
    {
        memcpy(whole, iid, sizeof(*iid));
        memcpy(whole + sizeof(*iid), data, size);
        memset(&prop, 0, sizeof(prop));
        prop.ulPropTag = PR_ATTACH_DATA_OBJ;
        prop.Value.bin.cb = sizeof(*iid) + size;
        prop.Value.bin.lpb = whole;
        hr = tnef_append_prop(buffer, &prop, NULL);
        if (SUCCEEDED(hr)) (*count)++;
    }
    else
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    platform_free(whole);
    platform_free(data);
    return hr;
}

static HRESULT append_message(struct encoder *encoder, IAttach *attach, struct tnef_buffer *buffer,
                              ULONG *count)
{
    SizedSPropTagArray(1, none) = {1, {PR_ATTACH_NUM}};
    SizedSPropTagArray(1, recipients) = {1, {PR_MESSAGE_RECIPIENTS}};
    struct tnef_request all = {NULL}, more = {NULL};
    struct tnef_source source;
    IMessage *message = NULL;
    IStream *memory;
    HRESULT hr;

    if (encoder->source->depth == TNEF_DEPTH) return MAPI_E_TOO_COMPLEX;
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0,
                              (IUnknown **)&message);
    if (FAILED(hr)) return hr;
    hr = stream_on_memory(NULL, 0, &memory);
    if (SUCCEEDED(hr))
    {
        all.flags = TNEF_PROP_EXCLUDE;
        all.tags = (SPropTagArray *)&none;
        all.next = &more;
        more.flags = TNEF_PROP_INCLUDE;
        more.tags = (SPropTagArray *)&recipients;
        memset(&source, 0, sizeof(source));
        source.message = message;
        source.flags = encoder->source->flags;
        source.key = encoder->source->key;
        source.requests = &all;
        source.depth = encoder->source->depth + 1;
        hr = tnef_encode(&source, memory, encoder->problems);
        if (SUCCEEDED(hr)) hr = append_object(encoder, &IID_IMessage, memory, buffer, count);
        IStream_Release(memory);
    }
    IMessage_Release(message);
    return hr;
}

static HRESULT append_storage(struct encoder *encoder, IAttach *attach, struct tnef_buffer *buffer,
                              ULONG *count)
{
    IStorage *from = NULL, *to = NULL;
    ILockBytes *bytes = NULL;
    IStream *memory = NULL;
    HGLOBAL block;
    HRESULT hr;

    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IStorage, 0, 0, (IUnknown **)&from);
    if (FAILED(hr)) return hr;
    hr = CreateILockBytesOnHGlobal(NULL, TRUE, &bytes);
    if (SUCCEEDED(hr))
        hr = StgCreateDocfileOnILockBytes(bytes,
                                          STGM_CREATE | STGM_READWRITE | STGM_SHARE_EXCLUSIVE, 0,
                                          &to);
    if (SUCCEEDED(hr)) hr = IStorage_CopyTo(from, 0, NULL, NULL, to);
    if (SUCCEEDED(hr)) hr = IStorage_Commit(to, STGC_DEFAULT);
    if (to) IStorage_Release(to);
    if (SUCCEEDED(hr)) hr = GetHGlobalFromILockBytes(bytes, &block);
    if (SUCCEEDED(hr)) hr = CreateStreamOnHGlobal(block, FALSE, &memory);
    if (SUCCEEDED(hr)) hr = append_object(encoder, &IID_IStorage, memory, buffer, count);
    if (memory) IStream_Release(memory);
    if (bytes) ILockBytes_Release(bytes);
    IStorage_Release(from);
    return hr;
}

static HRESULT write_renddata(struct encoder *encoder, IAttach *attach, LONG method)
{
    LONG position = -1;
    RENDDATA data;

    prop_read_long((IMAPIProp *)attach, PR_RENDERING_POSITION, &position);
    memset(&data, 0, sizeof(data));
    data.atyp = method == ATTACH_OLE ? atypOle : atypFile;
    data.ulPosition = position;
    return write_attribute(encoder, LVL_ATTACHMENT, attAttachRenddata, &data, sizeof(data));
}

/* What is not written here is left to the list of properties. */
static HRESULT write_old_contents(struct encoder *encoder, IAttach *attach, IStream *given,
                                  BOOL *written)
{
    IStream *from = given;
    HRESULT hr = S_OK;

    if (!given)
        hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_BIN, &IID_IStream, STGM_READ, 0,
                                  (IUnknown **)&from);
    if (hr == MAPI_E_NOT_FOUND) return S_OK;
    if (FAILED(hr) || !from) return problem(encoder, attAttachData, PR_ATTACH_DATA_BIN, hr);
    hr = write_contents(encoder, from, !given, written);
    if (!given) IStream_Release(from);
    return hr;
}

static HRESULT encode_attachment(struct encoder *encoder, ULONG number)
{
    const BOOL pure = (encoder->source->flags & TNEF_PURE) != 0;
    struct tnef_buffer buffer = {NULL};
    LONG method = ATTACH_BY_VALUE;
    IAttach *attach = NULL;
    IStream *given;
    IMAPIProp *object;
    ULONG count, flags = 0;
    BOOL written = FALSE;
    HRESULT hr, inside = S_OK;

    encoder->problems->component = number;
    hr = IMessage_OpenAttach(encoder->source->message, number, NULL, 0, &attach);
    if (FAILED(hr)) return problem(encoder, attAttachment, 0, hr);
    object = (IMAPIProp *)attach;
    prop_read_long(object, PR_ATTACH_METHOD, &method);
    given = contents_of(encoder, number, &flags);
    hr = write_renddata(encoder, attach, method);
    if (SUCCEEDED(hr) && !pure)
    {
        hr = write_old_text(encoder, object, TRUE, number, PR_ATTACH_FILENAME, attAttachTitle);
        if (SUCCEEDED(hr))
            hr = write_old_date(encoder, object, TRUE, number, PR_CREATION_TIME,
                                attAttachCreateDate);
        if (SUCCEEDED(hr))
            hr = write_old_date(encoder, object, TRUE, number, PR_LAST_MODIFICATION_TIME,
                                attAttachModifyDate);
    }
    if (SUCCEEDED(hr) && method != ATTACH_EMBEDDED_MSG
        && (given ? !(flags & TNEF_PROP_CONTAINED_TNEF) : !pure))
        hr = write_old_contents(encoder, attach, given, &written);
    if (SUCCEEDED(hr))
        hr = append_list(encoder, object, TRUE, number,
                         written || given ? PROP_ID(PR_ATTACH_DATA_BIN) : 0, &buffer, &count);
    if (SUCCEEDED(hr) && given && (flags & TNEF_PROP_CONTAINED_TNEF))
        inside = append_object(encoder, &IID_IMessage, given, &buffer, &count);
    else if (SUCCEEDED(hr) && method == ATTACH_EMBEDDED_MSG)
        inside = append_message(encoder, attach, &buffer, &count);
    else if (SUCCEEDED(hr) && method == ATTACH_OLE
             && !FPropExists(object, PR_ATTACH_DATA_BIN))
        inside = append_storage(encoder, attach, &buffer, &count);
    encoder->problems->component = number;
    if (FAILED(inside)) hr = problem(encoder, attAttachment, PR_ATTACH_DATA_OBJ, inside);
    if (SUCCEEDED(hr) && count)
    {
        set_count(&buffer, count);
        hr = write_attribute(encoder, LVL_ATTACHMENT, attAttachment, buffer.data, buffer.size);
    }
    encoder->problems->component = 0;
    platform_free(buffer.data);
    IAttach_Release(attach);
    return hr;
}

static HRESULT encode_attachments(struct encoder *encoder)
{
    SizedSPropTagArray(1, columns) = {1, {PR_ATTACH_NUM}};
    IMAPITable *table = NULL;
    SRowSet *rows = NULL;
    HRESULT hr;
    ULONG i;

    if (!encodes_attachments(encoder)) return S_OK;
    hr = IMessage_GetAttachmentTable(encoder->source->message, 0, &table);
    if (FAILED(hr)) return problem(encoder, attAttachment, PR_MESSAGE_ATTACHMENTS, hr);
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return problem(encoder, attAttachment, PR_MESSAGE_ATTACHMENTS, hr);
    for (i = 0; i < rows->cRows && SUCCEEDED(hr); i++)
        if (rows->aRow[i].cValues && rows->aRow[i].lpProps->ulPropTag == PR_ATTACH_NUM)
            hr = encode_attachment(encoder, rows->aRow[i].lpProps->Value.l);
    FreeProws(rows);
    return hr;
}

HRESULT tnef_encode_message(const struct tnef_source *source, IStream *stream,
                            struct tnef_problems *problems)
{
    struct encoder encoder = {source, stream, problems};

    return encode_message(&encoder);
}

HRESULT tnef_encode_attachment(const struct tnef_source *source, IStream *stream, ULONG number,
                               struct tnef_problems *problems)
{
    struct encoder encoder = {source, stream, problems};

    return encode_attachment(&encoder, number);
}

HRESULT tnef_encode(const struct tnef_source *source, IStream *stream,
                    struct tnef_problems *problems)
{
    struct encoder encoder = {source, stream, problems};
    HRESULT hr = encode_message(&encoder);

    return SUCCEEDED(hr) ? encode_attachments(&encoder) : hr;
}
