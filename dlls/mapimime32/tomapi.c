/*
 * From MIME to a message
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
 * The sink of the parser: for each entity it is decided here whether it is a body, an attachment or
 * something that is read for itself. Attachments are written as they come; bodies are kept until
 * the message is whole, up to MAX_BODY, beyond which a text is an attachment as well.
 *
 * The first text of a multipart/mixed is the body, with all its alternatives; every text after it
 * is an attachment (ATT00001.txt), so that what a mailing list adds, say, does not get lost.
 */

#include "private.h"

static HRESULT stream_read(void *context, void *buffer, size_t size, size_t *got)
{
    ULONG read = 0;
    HRESULT hr;

    hr = IStream_Read((IStream *)context, buffer, (ULONG)size, &read);
    *got = read;
    return FAILED(hr) ? hr : S_OK;
}

static void free_level(struct level *level)
{
    ULONG i;

    props_free(&level->props);
    mime_header_free(&level->header);
    mime_bytes_free(&level->plain.bytes);
    mime_bytes_free(&level->html.bytes);
    mime_bytes_free(&level->rtf.bytes);
    for (i = 0; i < level->recipient_count; i++) MAPIFreeBuffer(level->recipients[i].values);
    free(level->recipients);
    if (level->message) IMessage_Release(level->message);
    if (level->attach) IAttach_Release(level->attach);
    free(level);
}

static HRESULT push_level(struct tomapi *tomapi, IMessage *message, IAttach *attach)
{
    struct level *level;

    if (!(level = calloc(1, sizeof(*level)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    IMessage_AddRef(level->message = message);
    if ((level->attach = attach)) IAttach_AddRef(attach);
    level->outer = tomapi->level;
    tomapi->level = level;
    return S_OK;
}

/* What was kept of the message goes to it. */
static HRESULT finish_level(struct tomapi *tomapi)
{
    struct level *level = tomapi->level;
    struct props props = {0};
    SPropValue *subject;
    HRESULT hr;

    hr = set_bodies(tomapi, level);
    if (SUCCEEDED(hr)) hr = props_set(&level->props, level->message);
    if (SUCCEEDED(hr)) hr = set_recipients(level);
    if (SUCCEEDED(hr)) hr = set_named_fields(level);
    if (SUCCEEDED(hr) && level->attach)
    {
        hr = IMessage_SaveChanges(level->message, 0);
        if (SUCCEEDED(hr))
        {
            if ((subject = PpropFindProp(level->props.values, level->props.count,
                                         CHANGE_PROP_TYPE(PR_SUBJECT, PT_UNSPECIFIED)))
                && PROP_TYPE(subject->ulPropTag) == PT_UNICODE)
                props_text(&props, PR_DISPLAY_NAME_W, subject->Value.lpszW,
                           lstrlenW(subject->Value.lpszW));
            props_set(&props, level->attach);
            props_free(&props);
            hr = save_attachment(level->attach);
        }
    }
    tomapi->level = level->outer;
    free_level(level);
    return hr;
}

static HRESULT begin_embedded(struct tomapi *tomapi, const struct attachment_info *info)
{
    IMessage *message = NULL;
    IAttach *attach;
    HRESULT hr;

    hr = create_attachment(tomapi->level, info, ATTACH_EMBEDDED_MSG, &attach);
    if (FAILED(hr)) return hr;
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, (IID *)&IID_IMessage, 0,
                              MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&message);
    if (SUCCEEDED(hr))
    {
        hr = push_level(tomapi, message, attach);
        IMessage_Release(message);
    }
    IAttach_Release(attach);
    return hr;
}

static enum subtype subtype_of(const char *type)
{
    if (!strcmp(type, "multipart/alternative")) return ALTERNATIVE;
    if (!strcmp(type, "multipart/related")) return RELATED;
    if (!strcmp(type, "multipart/report")) return REPORT;
    return MIXED;
}

/* Whether the entity may be the body, or hold it. */
static BOOL may_be_body(struct tomapi *tomapi, const struct mime_entity *entity, BOOL root)
{
    struct frame *parent = tomapi->depth ? tomapi->frames + tomapi->depth - 1 : NULL;
    char disposition[32] = "";

    if (entity->rest) return FALSE;
    if (root) return TRUE;
    if (!parent->body) return FALSE;
    if (entity->disposition)
        mime_value_token(entity->disposition, entity->disposition_size, disposition,
                         sizeof(disposition));
    if (!strcmp(disposition, "attachment")) return FALSE;
    switch (parent->subtype)
    {
    case ALTERNATIVE:
        return TRUE;
    case RELATED:
    case REPORT:
        return parent->children == 1;
    case MIXED:
        return !tomapi->level->body_taken;
    }
    return FALSE;
}

static BOOL flag_parameter(const struct mime_entity *entity, const char *name, const char *wanted)
{
    struct mime_text text = {0};
    struct mime_bytes bytes = {0};
    BOOL is = FALSE;

    if (entity->content_type
        && mime_value_parameter(entity->content_type, entity->content_type_size, name, &text))
    {
        mime_encode_utf8(text.data, text.length, &bytes);
        is = bytes.data && mime_equal(bytes.data, bytes.size, wanted);
    }
    mime_text_free(&text);
    mime_bytes_free(&bytes);
    return is;
}

static struct body *begin_body(struct tomapi *tomapi, const struct mime_entity *entity,
                               enum target target)
{
    struct level *level = tomapi->level;
    struct body *body = target == TO_PLAIN ? &level->plain : target == TO_HTML ? &level->html
                        : &level->rtf;

    body->there = TRUE;
    body->codepage = entity_codepage(entity);
    body->flowed = flag_parameter(entity, "format", "flowed");
    body->delsp = flag_parameter(entity, "delsp", "yes");
    tomapi->target = target;
    return body;
}

static struct body *target_body(struct tomapi *tomapi)
{
    switch (tomapi->target)
    {
    case TO_PLAIN: return &tomapi->level->plain;
    case TO_HTML: return &tomapi->level->html;
    case TO_RTF: return &tomapi->level->rtf;
    default: return NULL;
    }
}

static HRESULT begin_attachment(struct tomapi *tomapi)
{
    HRESULT hr;

    tomapi->target = TO_ATTACH;
    hr = create_attachment(tomapi->level, tomapi->info, ATTACH_BY_VALUE, &tomapi->attach);
    return SUCCEEDED(hr) ? open_attachment_stream(tomapi->attach, &tomapi->stream) : hr;
}

static HRESULT begin_leaf(struct tomapi *tomapi, const struct mime_entity *entity, BOOL root,
                          BOOL body)
{
    struct frame *parent = tomapi->depth ? tomapi->frames + tomapi->depth - 1 : NULL;
    struct level *level = tomapi->level;
    BOOL in_report = parent && parent->kind == MIME_MULTIPART && parent->subtype == REPORT;
    BOOL related = parent && parent->kind == MIME_MULTIPART && parent->subtype == RELATED;
    const char *type = entity->type;
    HRESULT hr;

    if (FAILED(hr = read_attachment_info(entity, related, &tomapi->info))) return hr;
    /* A text with a name is a file, unless it is all there is. */
    if (body && (root || !tomapi->info->name.length))
    {
        if ((!strcmp(type, "text/plain") || (root && !strncmp(type, "text/", 5)
             && strcmp(type, "text/html") && strcmp(type, "text/calendar")))
            && !level->plain.there)
        {
            begin_body(tomapi, entity, TO_PLAIN);
            return S_OK;
        }
        if (!strcmp(type, "text/html") && !level->html.there)
        {
            begin_body(tomapi, entity, TO_HTML);
            return S_OK;
        }
        if ((!strcmp(type, "text/rtf") || !strcmp(type, "application/rtf")) && parent
            && parent->subtype == ALTERNATIVE && !level->rtf.there)
        {
            begin_body(tomapi, entity, TO_RTF);
            return S_OK;
        }
    }
    if (!strcmp(type, "application/ms-tnef") || !strcmp(type, "application/vnd.ms-tnef"))
    {
        tomapi->target = TO_TNEF;
        return temporary_stream(&tomapi->stream);
    }
    if (!strcmp(type, "message/rfc822") && !entity->rest && entity->encoding != MIME_IDENTITY)
    {
        tomapi->target = TO_MESSAGE;
        return temporary_stream(&tomapi->stream);
    }
    if ((in_report || root) && (!strcmp(type, "message/delivery-status")
                                || !strcmp(type, "message/disposition-notification")
                                || !strcmp(type, "message/global-delivery-status")
                                || !strcmp(type, "text/rfc822-headers")))
    {
        tomapi->target = TO_STATUS;
        tomapi->status.size = 0;
        return S_OK;
    }
    return begin_attachment(tomapi);
}

static HRESULT sink_begin(void *context, const struct mime_entity *entity)
{
    struct tomapi *tomapi = context;
    struct frame *parent = tomapi->depth ? tomapi->frames + tomapi->depth - 1 : NULL, *frame;
    BOOL root = !parent || parent->kind == MIME_MESSAGE, body;
    struct attachment_info *info;
    HRESULT hr;

    tomapi->target = TO_NOTHING;
    if (parent) parent->children++;
    if (root && FAILED(hr = read_header(tomapi, tomapi->level, entity->header,
                                        entity_codepage(entity)))) return hr;
    body = may_be_body(tomapi, entity, root);
    if (entity->kind == MIME_LEAF) return begin_leaf(tomapi, entity, root, body);
    if (tomapi->depth == ARRAY_SIZE(tomapi->frames)) return MAPI_E_CALL_FAILED;
    if (entity->kind == MIME_MESSAGE)
    {
        if (FAILED(hr = read_attachment_info(entity, FALSE, &info))) return hr;
        hr = begin_embedded(tomapi, info);
        free_attachment_info(info);
        if (FAILED(hr)) return hr;
    }
    frame = tomapi->frames + tomapi->depth++;
    memset(frame, 0, sizeof(*frame));
    frame->kind = entity->kind;
    frame->subtype = subtype_of(entity->type);
    frame->body = body && entity->kind == MIME_MULTIPART;
    return S_OK;
}

/* Too long for a body: from now on it is an attachment. */
static HRESULT move_to_attachment(struct tomapi *tomapi, struct body *body)
{
    HRESULT hr;

    hr = begin_attachment(tomapi);
    if (SUCCEEDED(hr)) hr = write_all(tomapi->stream, body->bytes.data, body->bytes.size);
    mime_bytes_free(&body->bytes);
    memset(body, 0, sizeof(*body));
    return hr;
}

static HRESULT sink_data(void *context, const void *data, size_t size)
{
    struct tomapi *tomapi = context;
    struct body *body = target_body(tomapi);
    HRESULT hr;

    if (body)
    {
        mime_put(&body->bytes, data, size);
        if (body->bytes.failed) return MAPI_E_NOT_ENOUGH_MEMORY;
        return body->bytes.size > MAX_BODY ? move_to_attachment(tomapi, body) : S_OK;
    }
    if (tomapi->target == TO_STATUS)
    {
        mime_put(&tomapi->status, data, size);
        if (tomapi->status.failed) return MAPI_E_NOT_ENOUGH_MEMORY;
        if (tomapi->status.size <= MIME_MAX_HEADER) return S_OK;
        if (FAILED(hr = begin_attachment(tomapi))) return hr;
        return write_all(tomapi->stream, tomapi->status.data, tomapi->status.size);
    }
    return tomapi->stream ? write_all(tomapi->stream, data, size) : S_OK;
}

static HRESULT rewind_stream(IStream *stream)
{
    static const LARGE_INTEGER zero;

    return IStream_Seek(stream, zero, STREAM_SEEK_SET, NULL);
}

/* Takes the properties and attachments of a TNEF stream over into the message. */
static HRESULT read_tnef(struct tomapi *tomapi)
{
    static const SizedSPropTagArray(8, none) =
    {
        8, {PR_MESSAGE_RECIPIENTS, PR_MESSAGE_FLAGS, PR_TRANSPORT_MESSAGE_HEADERS_W, PR_ENTRYID,
            PR_PARENT_ENTRYID, PR_STORE_ENTRYID, PR_STORE_RECORD_KEY, PR_MESSAGE_SIZE}
    };
    STnefProblemArray *problems = NULL;
    ITnef *tnef = NULL;
    HRESULT hr;

    if (FAILED(hr = rewind_stream(tomapi->stream))) return hr;
    hr = OpenTnefStreamEx(NULL, tomapi->stream, (LPTSTR)"winmail.dat", TNEF_DECODE,
                          tomapi->level->message, 1, tomapi->options->book, &tnef);
    if (FAILED(hr)) return hr;
    hr = ITnef_ExtractProps(tnef, TNEF_PROP_EXCLUDE, (SPropTagArray *)&none, &problems);
    MAPIFreeBuffer(problems);
    ITnef_Release(tnef);
    return hr;
}

/* Stream and attachment of the leaf, which is a copy of what was spooled. */
static HRESULT attach_spooled(struct tomapi *tomapi)
{
    ULARGE_INTEGER all;
    IStream *spooled = tomapi->stream;
    HRESULT hr;

    tomapi->stream = NULL;
    hr = rewind_stream(spooled);
    if (SUCCEEDED(hr)) hr = begin_attachment(tomapi);
    all.QuadPart = ~(ULONGLONG)0 >> 1;
    if (SUCCEEDED(hr)) hr = IStream_CopyTo(spooled, tomapi->stream, all, NULL, NULL);
    IStream_Release(spooled);
    return hr;
}

static HRESULT end_attachment(struct tomapi *tomapi)
{
    HRESULT hr = IStream_Commit(tomapi->stream, STGC_DEFAULT);

    IStream_Release(tomapi->stream);
    tomapi->stream = NULL;
    if (SUCCEEDED(hr)) hr = save_attachment(tomapi->attach);
    IAttach_Release(tomapi->attach);
    tomapi->attach = NULL;
    return hr;
}

static const struct mime_sink sink;

/* A message that was encoded as a whole, parsed by itself. */
static HRESULT read_spooled_message(struct tomapi *tomapi)
{
    struct frame *saved;
    unsigned depth = tomapi->depth, base = tomapi->base_depth;
    IStream *stream = tomapi->stream;
    HRESULT hr;

    if (base + depth + 1 >= MIME_MAX_DEPTH || base / 8 >= 2
        || tomapi->parts >= MIME_MAX_PARTS)
    {
        if (FAILED(hr = attach_spooled(tomapi))) return hr;
        return end_attachment(tomapi);
    }
    tomapi->stream = NULL;
    hr = rewind_stream(stream);
    if (SUCCEEDED(hr)) hr = begin_embedded(tomapi, tomapi->info);
    free_attachment_info(tomapi->info);
    tomapi->info = NULL;
    if (SUCCEEDED(hr) && !(saved = malloc(sizeof(tomapi->frames)))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr))
    {
        memcpy(saved, tomapi->frames, sizeof(tomapi->frames));
        tomapi->depth = 0;
        tomapi->base_depth = base + depth + 8;
        hr = mime_parse(stream_read, stream, &sink, tomapi, tomapi->base_depth, &tomapi->parts);
        tomapi->depth = depth;
        tomapi->base_depth = base;
        memcpy(tomapi->frames, saved, sizeof(tomapi->frames));
        free(saved);
        if (SUCCEEDED(hr)) hr = finish_level(tomapi);
    }
    IStream_Release(stream);
    return hr;
}

static HRESULT end_leaf(struct tomapi *tomapi)
{
    HRESULT hr = S_OK;

    switch (tomapi->target)
    {
    case TO_ATTACH:
        hr = end_attachment(tomapi);
        break;
    case TO_TNEF:
        if (SUCCEEDED(read_tnef(tomapi)))
        {
            tomapi->level->from_tnef = TRUE;
            IStream_Release(tomapi->stream);
            tomapi->stream = NULL;
            break;
        }
        /* One that cannot be read is a file like any other. */
        if (SUCCEEDED(hr = attach_spooled(tomapi))) hr = end_attachment(tomapi);
        break;
    case TO_MESSAGE:
        hr = read_spooled_message(tomapi);
        break;
    case TO_STATUS:
        hr = read_report(tomapi->level, tomapi->info->type, tomapi->status.data,
                         tomapi->status.size);
        if (SUCCEEDED(hr))
            hr = attach_bytes(tomapi->level, tomapi->info, tomapi->status.data,
                              tomapi->status.size);
        break;
    default:
        break;
    }
    free_attachment_info(tomapi->info);
    tomapi->info = NULL;
    tomapi->target = TO_NOTHING;
    return hr;
}

static HRESULT sink_end(void *context)
{
    struct tomapi *tomapi = context;
    struct frame *parent;
    HRESULT hr = S_OK;

    /* A leaf has its attachment_info for as long as it is open. */
    if (tomapi->info) hr = end_leaf(tomapi);
    else if (tomapi->depth && tomapi->frames[--tomapi->depth].kind == MIME_MESSAGE)
        hr = finish_level(tomapi);
    if (tomapi->depth)
    {
        struct level *level = tomapi->level;

        parent = tomapi->frames + tomapi->depth - 1;
        if (parent->kind == MIME_MULTIPART && parent->subtype == MIXED && level
            && (level->plain.there || level->html.there || level->rtf.there))
            level->body_taken = TRUE;
    }
    return hr;
}

static const struct mime_sink sink = {sink_begin, sink_data, sink_end};

HRESULT mime_to_mapi(IStream *stream, IMessage *message, const struct options *options, ULONG flags)
{
    struct tomapi *tomapi;
    struct level *level;
    HRESULT hr;

    if (!(tomapi = calloc(1, sizeof(*tomapi)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    tomapi->options = options;
    tomapi->flags = flags;
    hr = push_level(tomapi, message, NULL);
    if (SUCCEEDED(hr))
        hr = mime_parse(stream_read, stream, &sink, tomapi, 0, &tomapi->parts);
    if (SUCCEEDED(hr)) hr = finish_level(tomapi);
    while ((level = tomapi->level))
    {
        tomapi->level = level->outer;
        free_level(level);
    }
    if (tomapi->stream) IStream_Release(tomapi->stream);
    if (tomapi->attach) IAttach_Release(tomapi->attach);
    free_attachment_info(tomapi->info);
    mime_bytes_free(&tomapi->status);
    free(tomapi);
    return hr;
}
