/*
 * TNEF: messages out of streams
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
 * Attributes one by one, each with its checksum. Those that a property stands for become it;
 * attMAPIProps, attAttachment and attRecipTable are lists of properties. Contents of attachments go
 * from stream to stream. An attribute that is damaged is a problem and no more, but the stream
 * itself must be one.
 */

#define COBJMACROS
#include "core/tnefprops.h"
#include "message/tnef.h"
#include "object/copy.h"

#define ATTRIBUTE_LIMIT 0x10000000
#define HEAD_SIZE       9
#define PART            0x4000
#define DEFAULT_CODEPAGE 437

struct decoder
{
    IStream *stream;
    IMessage *message;
    IAttach *attach;            /* being made */
    ULONG flags;
    const SPropTagArray *list;
    BOOL children;              /* recipients and attachments as well */
    ULONG depth;
    ULONG codepage;
    struct tnef_problems *problems;
};

struct attribute
{
    ULONG level;
    ULONG id;
    ULONG size;
};

static BOOL is_wanted(const struct decoder *decoder, ULONG tag)
{
    if (!decoder->list) return TRUE;
    if (decoder->flags & TNEF_PROP_INCLUDE) return copy_list_has_id(decoder->list, tag);
    return !copy_list_has_id(decoder->list, tag);
}

static HRESULT problem(struct decoder *decoder, ULONG attribute, ULONG tag, SCODE code)
{
    if (code == MAPI_E_NOT_ENOUGH_MEMORY) return code;
    return tnef_problem(decoder->problems, attribute, tag, code);
}

/* ---- properties ---- */

static HRESULT set_one(struct decoder *decoder, IMAPIProp *object, ULONG attribute,
                       SPropValue *prop)
{
    HRESULT hr;

    if (object == (IMAPIProp *)decoder->message && !is_wanted(decoder, prop->ulPropTag))
        return S_OK;
    switch (PROP_TYPE(prop->ulPropTag))
    {
    case PT_UNICODE:
        hr = prop_write_text(object, prop->ulPropTag, prop->Value.lpszW,
                             text_length(prop->Value.lpszW));
        break;
    case PT_BINARY:
        hr = prop_write_binary(object, prop->ulPropTag, prop->Value.bin.lpb, prop->Value.bin.cb);
        break;
    default:
        hr = HrSetOneProp(object, prop);
        break;
    }
    /* What the message has its own idea of is no problem. */
    if (hr == MAPI_E_COMPUTED) return S_OK;
    return FAILED(hr) ? problem(decoder, attribute, prop->ulPropTag, hr) : S_OK;
}

static HRESULT set_long(struct decoder *decoder, IMAPIProp *object, ULONG attribute, ULONG tag,
                        LONG value)
{
    SPropValue prop;

    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = tag;
    if (PROP_TYPE(tag) == PT_BOOLEAN) prop.Value.b = value != 0;
    else prop.Value.l = value;
    return set_one(decoder, object, attribute, &prop);
}

static HRESULT set_text(struct decoder *decoder, IMAPIProp *object, ULONG attribute, ULONG tag,
                        const BYTE *data, ULONG size)
{
    ULONG length = 0, i;
    SPropValue prop;
    int count = 0;
    WCHAR *text;
    HRESULT hr;

    while (length < size && data[length]) length++;
    if (length)
        count = platform_codepage_to_wide(decoder->codepage, (const char *)data, length, NULL, 0);
    if (!(text = platform_alloc((max((ULONG)count, length) + 1) * sizeof(WCHAR))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (count > 0)
        platform_codepage_to_wide(decoder->codepage, (const char *)data, length, text, count);
    else
        for (i = 0; i < length; i++) text[i] = data[i];
    text[count > 0 ? (ULONG)count : length] = 0;
    prop.ulPropTag = CHANGE_PROP_TYPE(tag, PT_UNICODE);
    prop.Value.lpszW = text;
    hr = set_one(decoder, object, attribute, &prop);
    platform_free(text);
    return hr;
}

static HRESULT set_date(struct decoder *decoder, IMAPIProp *object, ULONG attribute, ULONG tag,
                        const BYTE *data, ULONG size)
{
    SYSTEMTIME time;
    SPropValue prop;

    if (size < 12) return MAPI_E_CORRUPT_DATA;
    memset(&time, 0, sizeof(time));
    time.wYear = tnef_read_short(data);
    time.wMonth = tnef_read_short(data + 2);
    time.wDay = tnef_read_short(data + 4);
    time.wHour = tnef_read_short(data + 6);
    time.wMinute = tnef_read_short(data + 8);
    time.wSecond = tnef_read_short(data + 10);
    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = tag;
    if (!SystemTimeToFileTime(&time, &prop.Value.ft)) return MAPI_E_CORRUPT_DATA;
    return set_one(decoder, object, attribute, &prop);
}

/* Two hexadecimal digits a byte. */
static HRESULT set_hex(struct decoder *decoder, IMAPIProp *object, ULONG attribute, ULONG tag,
                       const BYTE *data, ULONG size)
{
    SPropValue prop;
    size_t count;
    BYTE *bytes;
    HRESULT hr;

    if (!(bytes = platform_alloc(size / 2 + 1))) return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = tag;
    prop.Value.bin.lpb = bytes;
    hr = hex_decode((const char *)data, bytes, size / 2, &count) ? S_OK : MAPI_E_CORRUPT_DATA;
    prop.Value.bin.cb = count;
    if (SUCCEEDED(hr)) hr = set_one(decoder, object, attribute, &prop);
    platform_free(bytes);
    return hr;
}

static const struct
{
    const char *down_level;
    const char *name;
}
classes[] =
{
    {"IPM.Microsoft Mail.Note", "IPM.Note"},
    {"IPM.Microsoft Mail.Non-Delivery", "Report.IPM.Note.NDR"},
    {"IPM.Microsoft Mail.Read Receipt", "Report.IPM.Note.IPNRN"},
    {"IPM.Microsoft Schedule.MtgReq", "IPM.Schedule.Meeting.Request"},
    {"IPM.Microsoft Schedule.MtgRespP", "IPM.Schedule.Meeting.Resp.Pos"},
    {"IPM.Microsoft Schedule.MtgRespN", "IPM.Schedule.Meeting.Resp.Neg"},
    {"IPM.Microsoft Schedule.MtgRespA", "IPM.Schedule.Meeting.Resp.Tent"},
    {"IPM.Microsoft Schedule.MtgCncl", "IPM.Schedule.Meeting.Canceled"}
};

static BOOL equals(const WCHAR *text, const char *ascii)
{
    while (*text && *text == (unsigned char)*ascii) text++, ascii++;
    return *text == (unsigned char)*ascii;
}

const char *tnef_down_level_class(const WCHAR *name)
{
    ULONG i;

    for (i = 0; i < ARRAYSIZE(classes); i++)
        if (equals(name, classes[i].name)) return classes[i].down_level;
    return NULL;
}

static HRESULT set_class(struct decoder *decoder, ULONG attribute, ULONG tag, const BYTE *data,
                         ULONG size)
{
    static const char prefix[] = "Microsoft Mail v3.0 ";
    const char *name = (const char *)data;      /* there is a terminator behind what was read */
    ULONG i;

    if (!strncmp(name, prefix, sizeof(prefix) - 1)) name += sizeof(prefix) - 1;
    for (i = 0; i < ARRAYSIZE(classes); i++)
        if (!strcmp(name, classes[i].down_level))
            return set_text(decoder, (IMAPIProp *)decoder->message, attribute, tag,
                            (const BYTE *)classes[i].name, strlen(classes[i].name));
    return set_text(decoder, (IMAPIProp *)decoder->message, attribute, tag, data, size);
}

/* A name and TYPE:address as properties of the message. */
static HRESULT set_person(struct decoder *decoder, ULONG attribute, const ULONG *tags,
                          const BYTE *name, ULONG name_size, const BYTE *address, ULONG size)
{
    IMAPIProp *object = (IMAPIProp *)decoder->message;
    ULONG colon = 0;
    HRESULT hr;

    while (colon < size && address[colon] != ':') colon++;
    hr = set_text(decoder, object, attribute, tags[0], name, name_size);
    if (SUCCEEDED(hr) && colon < size)
        hr = set_text(decoder, object, attribute, tags[1], address, colon);
    if (SUCCEEDED(hr) && colon < size)
        hr = set_text(decoder, object, attribute, tags[2], address + colon + 1, size - colon - 1);
    return hr;
}

static const ULONG sender[] = {PR_SENDER_NAME, PR_SENDER_ADDRTYPE, PR_SENDER_EMAIL_ADDRESS};
static const ULONG represented[] = {PR_SENT_REPRESENTING_NAME, PR_SENT_REPRESENTING_ADDRTYPE,
                                    PR_SENT_REPRESENTING_EMAIL_ADDRESS};

static HRESULT set_from(struct decoder *decoder, const BYTE *data, ULONG size)
{
    ULONG name, address;

    if (size < 8) return MAPI_E_CORRUPT_DATA;
    name = tnef_read_short(data + 4);
    address = tnef_read_short(data + 6);
    if (name > size - 8 || address > size - 8 - name) return MAPI_E_CORRUPT_DATA;
    return set_person(decoder, attFrom, sender, data + 8, name, data + 8 + name, address);
}

/* Sizes of two bytes before either. */
static HRESULT set_owner(struct decoder *decoder, ULONG attribute, const BYTE *data, ULONG size)
{
    ULONG name, address;

    if (size < 2 || (name = tnef_read_short(data)) > size - 2 || size - 2 - name < 2)
        return MAPI_E_CORRUPT_DATA;
    address = tnef_read_short(data + 2 + name);
    if (address > size - 4 - name) return MAPI_E_CORRUPT_DATA;
    return set_person(decoder, attribute, represented, data + 2, name, data + 4 + name, address);
}

static HRESULT set_priority(struct decoder *decoder, const BYTE *data, ULONG size)
{
    IMAPIProp *object = (IMAPIProp *)decoder->message;
    ULONG priority;
    HRESULT hr;

    if (size < 2) return MAPI_E_CORRUPT_DATA;
    priority = tnef_read_short(data);
    if (priority < prioHigh || priority > prioLow) return MAPI_E_CORRUPT_DATA;
    hr = set_long(decoder, object, attPriority, PR_PRIORITY, 2 - (LONG)priority);
    if (FAILED(hr)) return hr;
    return set_long(decoder, object, attPriority, PR_IMPORTANCE, 3 - (LONG)priority);
}

static HRESULT set_status(struct decoder *decoder, const BYTE *data, ULONG size)
{
    LONG flags = 0;

    if (!size) return MAPI_E_CORRUPT_DATA;
    if (data[0] & fmsRead) flags |= MSGFLAG_READ;
    if (!(data[0] & fmsModified)) flags |= MSGFLAG_UNMODIFIED;
    if (data[0] & fmsSubmitted) flags |= MSGFLAG_SUBMIT;
    if (data[0] & fmsHasAttach) flags |= MSGFLAG_HASATTACH;
    if (data[0] & fmsLocal) flags |= MSGFLAG_UNSENT;
    return set_long(decoder, (IMAPIProp *)decoder->message, attMessageStatus, PR_MESSAGE_FLAGS,
                    flags);
}

/* The property's tag in the object, by its name if it has one. */
static HRESULT map_name(IMAPIProp *object, MAPINAMEID *name, ULONG *tag)
{
    SPropTagArray *tags = NULL;
    HRESULT hr;

    if (!name) return S_OK;
    hr = IMAPIProp_GetIDsFromNames(object, 1, &name, MAPI_CREATE, &tags);
    if (FAILED(hr)) return hr;
    if (!tags) return MAPI_E_CALL_FAILED;
    *tag = PROP_TAG(PROP_TYPE(*tag), PROP_ID(tags->aulPropTag[0]));
    hr = PROP_ID(*tag) ? S_OK : MAPI_E_NOT_FOUND;
    memory_exported->free(tags);
    return hr;
}

/* ---- what is in an attachment ---- */

static HRESULT decode_message(struct decoder *decoder, const BYTE *data, ULONG size)
{
    IMessage *message = NULL;
    IStream *stream;
    HRESULT hr;

    if (decoder->depth == TNEF_DEPTH) return MAPI_E_TOO_COMPLEX;
    hr = IAttach_OpenProperty(decoder->attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0,
                              MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&message);
    if (FAILED(hr)) return hr;
    if (FAILED(hr = stream_on_memory(data, size, &stream)))
    {
        IMessage_Release(message);
        return hr;
    }
    hr = tnef_decode(stream, message, 0, NULL, TRUE, decoder->depth + 1, decoder->problems);
    IStream_Release(stream);
    if (SUCCEEDED(hr)) hr = IMessage_SaveChanges(message, 0);
    IMessage_Release(message);
    return hr;
}

/* A compound file becomes the attachment's storage. */
static HRESULT decode_storage(struct decoder *decoder, const BYTE *data, ULONG size)
{
    IStorage *from = NULL, *to = NULL;
    IStream *stream;
    HRESULT hr;

    if (FAILED(hr = stream_on_memory(data, size, &stream))) return hr;
    hr = HrIStorageFromStream((IUnknown *)stream, NULL, STGSTRM_RESET, &from);
    if (SUCCEEDED(hr))
        hr = IAttach_OpenProperty(decoder->attach, PR_ATTACH_DATA_OBJ, &IID_IStorage, 0,
                                  MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&to);
    if (SUCCEEDED(hr)) hr = IStorage_CopyTo(from, 0, NULL, NULL, to);
    if (SUCCEEDED(hr)) hr = IStorage_Commit(to, STGC_DEFAULT);
    if (to) IStorage_Release(to);
    if (from) IStorage_Release(from);
    IStream_Release(stream);
    return hr;
}

static HRESULT decode_object(struct decoder *decoder, const SBinary *value)
{
    IID iid;

    if (value->cb < sizeof(iid)) return MAPI_E_CORRUPT_DATA;
    memcpy(&iid, value->lpb, sizeof(iid));
    if (IsEqualIID(&iid, &IID_IMessage))
        return decode_message(decoder, value->lpb + sizeof(iid), value->cb - sizeof(iid));
    if (IsEqualIID(&iid, &IID_IStorage))
        return decode_storage(decoder, value->lpb + sizeof(iid), value->cb - sizeof(iid));
    return MAPI_E_INTERFACE_NOT_SUPPORTED;
}

static HRESULT decode_list(struct decoder *decoder, IMAPIProp *object, ULONG attribute,
                           const BYTE *data, ULONG size)
{
    struct tnef_list *list;
    size_t at = 0;
    HRESULT hr, read;
    ULONG i;

    read = tnef_read_list(data, size, &at, decoder->codepage, &list);
    if (!list) return read == MAPI_E_NOT_ENOUGH_MEMORY ? read
                                                       : problem(decoder, attribute, 0,
                                                                 MAPI_E_UNABLE_TO_COMPLETE);
    for (i = 0, hr = S_OK; i < list->count && SUCCEEDED(hr); i++)
    {
        SPropValue *prop = &list->props[i];
        HRESULT one = map_name(object, list->names[i], &prop->ulPropTag);

        if (FAILED(one)) hr = problem(decoder, attribute, prop->ulPropTag, one);
        else if (PROP_TYPE(prop->ulPropTag) == PT_OBJECT)
        {
            one = MAPI_E_NO_SUPPORT;
            if (prop->ulPropTag == PR_ATTACH_DATA_OBJ && object == (IMAPIProp *)decoder->attach)
                one = decode_object(decoder, &prop->Value.bin);
            if (FAILED(one)) hr = problem(decoder, attribute, prop->ulPropTag, one);
        }
        else if (PROP_ID(prop->ulPropTag) == PROP_ID(PR_ATTACH_NUM)
                 && object == (IMAPIProp *)decoder->attach)
            continue;
        else
            hr = set_one(decoder, object, attribute, prop);
    }
    memory_free_buffer(list);
    if (SUCCEEDED(hr) && FAILED(read))
        hr = problem(decoder, attribute, 0, MAPI_E_UNABLE_TO_COMPLETE);
    return hr;
}

static HRESULT decode_recipients(struct decoder *decoder, const BYTE *data, ULONG size)
{
    SizedADRLIST(1, one) = {1};
    struct tnef_list *list;
    size_t at = 4;
    HRESULT hr = S_OK;
    ULONG count, i;

    if (!decoder->children || !is_wanted(decoder, PR_MESSAGE_RECIPIENTS)) return S_OK;
    if (size < 4) return MAPI_E_CORRUPT_DATA;
    count = tnef_read_long(data);
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        HRESULT read = tnef_read_list(data, size, &at, decoder->codepage, &list);

        if (FAILED(read))
        {
            memory_free_buffer(list);
            return read;
        }
        one.aEntries[0].ulReserved1 = 0;
        one.aEntries[0].cValues = list->count;
        one.aEntries[0].rgPropVals = list->props;
        hr = IMessage_ModifyRecipients(decoder->message, MODRECIP_ADD, (ADRLIST *)&one);
        memory_free_buffer(list);
        if (FAILED(hr)) hr = problem(decoder, attRecipTable, PR_MESSAGE_RECIPIENTS, hr);
    }
    return hr;
}

/* ---- attachments ---- */

static HRESULT end_attachment(struct decoder *decoder)
{
    HRESULT hr;

    if (!decoder->attach) return S_OK;
    hr = IAttach_SaveChanges(decoder->attach, 0);
    IAttach_Release(decoder->attach);
    decoder->attach = NULL;
    return FAILED(hr) ? problem(decoder, attAttachment, 0, hr) : S_OK;
}

static HRESULT begin_attachment(struct decoder *decoder, const BYTE *data, ULONG size)
{
    ULONG number;
    HRESULT hr;

    if (FAILED(hr = end_attachment(decoder))) return hr;
    if (!decoder->children || !is_wanted(decoder, PR_MESSAGE_ATTACHMENTS)) return S_OK;
    if (FAILED(hr = IMessage_CreateAttach(decoder->message, NULL, 0, &number, &decoder->attach)))
    {
        decoder->attach = NULL;
        return hr;
    }
    decoder->problems->component = number;
    if (size < sizeof(RENDDATA)) return MAPI_E_CORRUPT_DATA;
    hr = set_long(decoder, (IMAPIProp *)decoder->attach, attAttachRenddata, PR_ATTACH_METHOD,
                  tnef_read_short(data) == atypOle ? ATTACH_OLE : ATTACH_BY_VALUE);
    if (FAILED(hr)) return hr;
    return set_long(decoder, (IMAPIProp *)decoder->attach, attAttachRenddata, PR_RENDERING_POSITION,
                    tnef_read_long(data + 2));
}

static HRESULT decode_in_attachment(struct decoder *decoder, ULONG id, const BYTE *data, ULONG size)
{
    IMAPIProp *object = (IMAPIProp *)decoder->attach;

    if (id == attAttachRenddata) return begin_attachment(decoder, data, size);
    if (!object) return S_OK;
    switch (id)
    {
    case attAttachTitle:
        return set_text(decoder, object, id, PR_ATTACH_FILENAME, data, size);
    case attAttachTransportFilename:
        return set_text(decoder, object, id, PR_ATTACH_TRANSPORT_NAME, data, size);
    case attAttachCreateDate:
        return set_date(decoder, object, id, PR_CREATION_TIME, data, size);
    case attAttachModifyDate:
        return set_date(decoder, object, id, PR_LAST_MODIFICATION_TIME, data, size);
    case attAttachMetaFile:
    {
        SPropValue prop = {PR_ATTACH_RENDERING};

        prop.Value.bin.cb = size;
        prop.Value.bin.lpb = (BYTE *)data;
        return set_one(decoder, object, id, &prop);
    }
    case attAttachment:
        return decode_list(decoder, object, id, data, size);
    }
    return S_OK;
}

static HRESULT decode_in_message(struct decoder *decoder, ULONG id, const BYTE *data, ULONG size)
{
    IMAPIProp *object = (IMAPIProp *)decoder->message;

    switch (id)
    {
    case attOemCodepage:
        if (size < 4) return MAPI_E_CORRUPT_DATA;
        decoder->codepage = tnef_read_long(data);
        return S_OK;
    case attFrom:
        return set_from(decoder, data, size);
    case attOwner:
    case attSentFor:
        return set_owner(decoder, id, data, size);
    case attSubject:
        return set_text(decoder, object, id, PR_SUBJECT, data, size);
    case attBody:
        return set_text(decoder, object, id, PR_BODY, data, size);
    case attMessageClass:
        return set_class(decoder, id, PR_MESSAGE_CLASS, data, size);
    case attOriginalMessageClass:
        return set_class(decoder, id, PR_ORIG_MESSAGE_CLASS, data, size);
    case attDateSent:
        return set_date(decoder, object, id, PR_CLIENT_SUBMIT_TIME, data, size);
    case attDateRecd:
        return set_date(decoder, object, id, PR_MESSAGE_DELIVERY_TIME, data, size);
    case attDateModified:
        return set_date(decoder, object, id, PR_LAST_MODIFICATION_TIME, data, size);
    case attDateStart:
        return set_date(decoder, object, id, PR_START_DATE, data, size);
    case attDateEnd:
        return set_date(decoder, object, id, PR_END_DATE, data, size);
    case attAidOwner:
        if (size < 4) return MAPI_E_CORRUPT_DATA;
        return set_long(decoder, object, id, PR_OWNER_APPT_ID, tnef_read_long(data));
    case attRequestRes:
        if (size < 2) return MAPI_E_CORRUPT_DATA;
        return set_long(decoder, object, id, PR_RESPONSE_REQUESTED, tnef_read_short(data));
    case attPriority:
        return set_priority(decoder, data, size);
    case attMessageStatus:
        return set_status(decoder, data, size);
    case attMessageID:
        return set_hex(decoder, object, id, PR_SEARCH_KEY, data, size);
    case attConversationID:
        return set_hex(decoder, object, id, PR_CONVERSATION_KEY, data, size);
    case attParentID:
        return set_hex(decoder, object, id, PR_PARENT_KEY, data, size);
    case attMAPIProps:
        return decode_list(decoder, object, id, data, size);
    case attRecipTable:
        return decode_recipients(decoder, data, size);
    }
    return S_OK;
}

/* ---- the stream ---- */

static ULONG sum(const BYTE *data, ULONG size)
{
    ULONG total = 0;

    while (size--) total += *data++;
    return total;
}

static HRESULT check_sum(IStream *stream, ULONG total)
{
    BYTE bytes[2];
    HRESULT hr;

    if (FAILED(hr = stream_read_all(stream, bytes, sizeof(bytes)))) return hr;
    return tnef_read_short(bytes) == (total & 0xffff) ? S_OK : MAPI_E_CORRUPT_DATA;
}

/* Some writers have no sound checksum for a message class. */
static HRESULT pass_sum(IStream *stream)
{
    BYTE bytes[2];

    return stream_read_all(stream, bytes, sizeof(bytes));
}

static HRESULT read_head(IStream *stream)
{
    BYTE head[6];
    HRESULT hr;

    if (FAILED(hr = stream_read_all(stream, head, sizeof(head)))) return hr;
    return tnef_read_long(head) == TNEF_SIGNATURE ? S_OK : MAPI_E_CORRUPT_DATA;
}

/* S_FALSE: there is no more. */
static HRESULT read_attribute(IStream *stream, struct attribute *attribute)
{
    BYTE head[HEAD_SIZE];
    ULONG done = 0;
    HRESULT hr;

    if (FAILED(hr = IStream_Read(stream, head, 1, &done))) return hr;
    if (!done) return S_FALSE;
    if (FAILED(hr = stream_read_all(stream, head + 1, sizeof(head) - 1))) return hr;
    attribute->level = head[0];
    attribute->id = tnef_read_long(head + 1);
    attribute->size = tnef_read_long(head + 5);
    if (attribute->level != LVL_MESSAGE && attribute->level != LVL_ATTACHMENT)
        return MAPI_E_CORRUPT_DATA;
    return S_OK;
}

/* From stream to stream. */
static HRESULT copy_contents_of(struct decoder *decoder, ULONG size, IStream *to)
{
    ULONG total = 0, part;
    HRESULT hr = S_OK;
    BYTE *data;

    if (!(data = platform_alloc(PART))) return MAPI_E_NOT_ENOUGH_MEMORY;
    while (size && SUCCEEDED(hr))
    {
        part = min(size, PART);
        hr = stream_read_all(decoder->stream, data, part);
        if (SUCCEEDED(hr)) total += sum(data, part);
        if (SUCCEEDED(hr) && to) hr = stream_write_all(to, data, part);
        size -= part;
    }
    platform_free(data);
    return SUCCEEDED(hr) ? check_sum(decoder->stream, total) : hr;
}

static HRESULT decode_contents(struct decoder *decoder, ULONG size)
{
    IStream *to = NULL;
    HRESULT hr, opened = S_OK;

    if (decoder->attach)
        opened = IAttach_OpenProperty(decoder->attach, PR_ATTACH_DATA_BIN, &IID_IStream,
                                      STGM_READWRITE, MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&to);
    if (FAILED(opened)) to = NULL;
    hr = copy_contents_of(decoder, size, to);
    if (to)
    {
        if (SUCCEEDED(hr)) hr = IStream_Commit(to, STGC_DEFAULT);
        IStream_Release(to);
    }
    if (SUCCEEDED(hr) && FAILED(opened))
        hr = problem(decoder, attAttachData, PR_ATTACH_DATA_BIN, opened);
    return hr;
}

static HRESULT decode_attribute(struct decoder *decoder, const struct attribute *attribute)
{
    BYTE *data = NULL, *grown;
    ULONG room = 0, at = 0, part;
    HRESULT hr = S_OK;

    if (attribute->id == attAttachData && attribute->level == LVL_ATTACHMENT)
        return decode_contents(decoder, attribute->size);
    if (attribute->size > ATTRIBUTE_LIMIT) return MAPI_E_CORRUPT_DATA;
    /* Room is made as bytes come, not as a size claims. */
    do
    {
        part = min(attribute->size - at, max(at, PART));
        if (at + part + 1 > room)
        {
            room = at + part + 1;
            if (!(grown = platform_realloc(data, room)))
            {
                hr = MAPI_E_NOT_ENOUGH_MEMORY;
                break;
            }
            data = grown;
        }
        hr = stream_read_all(decoder->stream, data + at, part);
        at += part;
    }
    while (SUCCEEDED(hr) && at < attribute->size);
    if (SUCCEEDED(hr))
        hr = attribute->id == attMessageClass || attribute->id == attOriginalMessageClass
                 ? pass_sum(decoder->stream)
                 : check_sum(decoder->stream, sum(data, attribute->size));
    if (SUCCEEDED(hr))
    {
        data[attribute->size] = 0;
        hr = attribute->level == LVL_MESSAGE
                 ? decode_in_message(decoder, attribute->id, data, attribute->size)
                 : decode_in_attachment(decoder, attribute->id, data, attribute->size);
        if (FAILED(hr)) hr = problem(decoder, attribute->id, 0, hr);
    }
    platform_free(data);
    return hr;
}

HRESULT tnef_decode(IStream *stream, IMessage *message, ULONG flags, const SPropTagArray *list,
                    BOOL children, ULONG depth, struct tnef_problems *problems)
{
    struct decoder decoder = {stream, message, NULL, flags, list, children, depth,
                              DEFAULT_CODEPAGE, problems};
    struct attribute attribute;
    HRESULT hr, end;

    hr = read_head(stream);
    while (SUCCEEDED(hr) && (hr = read_attribute(stream, &attribute)) == S_OK)
    {
        decoder.problems->component = 0;
        hr = decode_attribute(&decoder, &attribute);
    }
    if (SUCCEEDED(hr)) end = end_attachment(&decoder);
    else
    {
        if (decoder.attach) IAttach_Release(decoder.attach);
        end = hr;
    }
    return FAILED(hr) ? hr : FAILED(end) ? end : S_OK;
}

HRESULT tnef_codepage(IStream *stream, ULONG *codepage, ULONG *sub_codepage)
{
    struct attribute attribute;
    LARGE_INTEGER move;
    BYTE data[8];
    HRESULT hr;

    *codepage = DEFAULT_CODEPAGE;
    *sub_codepage = 0;
    if (FAILED(hr = read_head(stream))) return hr;
    while ((hr = read_attribute(stream, &attribute)) == S_OK)
    {
        if (attribute.id == attOemCodepage)
        {
            if (attribute.size != sizeof(data)) return MAPI_E_CORRUPT_DATA;
            if (FAILED(hr = stream_read_all(stream, data, sizeof(data)))) return hr;
            if (FAILED(hr = check_sum(stream, sum(data, sizeof(data))))) return hr;
            *codepage = tnef_read_long(data);
            *sub_codepage = tnef_read_long(data + 4);
            return S_OK;
        }
        move.QuadPart = (ULONG64)attribute.size + 2;
        if (FAILED(hr = IStream_Seek(stream, move, STREAM_SEEK_CUR, NULL))) return hr;
    }
    return FAILED(hr) ? hr : S_OK;
}
