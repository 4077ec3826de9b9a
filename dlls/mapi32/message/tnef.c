/*
 * TNEF: the object
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
 * ITnef. AddProps, SetProps and EncodeRecips note what is asked for; Finish and FinishComponent
 * encode it. ExtractProps decodes at once, from where the stream was when it was opened; recipients
 * and attachments come with the first call only. One call at a time.
 */

#define COBJMACROS
#include <stdarg.h>
#include <stdio.h>

#include "message/tnef.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

struct tnef
{
    ITnef ITnef_iface;
    LONG ref;
    CRITICAL_SECTION cs;        /* the requests */
    IUnknown *support;
    IStream *stream;
    ULONG64 start;
    struct tnef_source source;
    BOOL encode;
    BOOL finished;
    BOOL head_written;          /* by FinishComponent */
    BOOL children_done;
    char name[MAX_PATH];
};

static inline struct tnef *impl_from_ITnef(ITnef *iface)
{
    return CONTAINING_RECORD(iface, struct tnef, ITnef_iface);
}

HRESULT tnef_problem(struct tnef_problems *problems, ULONG attribute, ULONG tag, SCODE code)
{
    const ULONG count = problems->array ? problems->array->cProblem : 0;
    STnefProblemArray *grown;

    WARN("attribute %#lx, property %#lx: %#lx\n", attribute, tag, code);
    /* There is room up to the next power of two. */
    if (!(count & (count - 1)))
    {
        if (count >= 0x10000) return S_OK;
        if (FAILED(memory_exported->allocate(CbNewSTnefProblemArray(max(count * 2, 1)),
                                             (void **)&grown)))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        if (count) memcpy(grown, problems->array, CbNewSTnefProblemArray(count));
        if (problems->array) memory_exported->free(problems->array);
        grown->cProblem = count;
        problems->array = grown;
    }
    problems->array->aProblem[count].ulComponent = problems->component;
    problems->array->aProblem[count].ulAttribute = attribute;
    problems->array->aProblem[count].ulPropTag = tag;
    problems->array->aProblem[count].scode = code;
    problems->array->cProblem++;
    return S_OK;
}

/* Problems are handed out with success only. */
static void hand_out(struct tnef_problems *problems, HRESULT hr, STnefProblemArray **ret)
{
    if (ret && SUCCEEDED(hr)) *ret = problems->array;
    else if (problems->array) memory_exported->free(problems->array);
}

static HRESULT WINAPI tnef_QueryInterface(ITnef *iface, REFIID iid, void **ret)
{
    TRACE("%p %s %p\n", iface, debugstr_guid(iid), ret);

    if (!ret || !iid) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_ITNEF))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    ITnef_AddRef(iface);
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI tnef_AddRef(ITnef *iface)
{
    return InterlockedIncrement(&impl_from_ITnef(iface)->ref);
}

static ULONG WINAPI tnef_Release(ITnef *iface)
{
    struct tnef *tnef = impl_from_ITnef(iface);
    ULONG ref = InterlockedDecrement(&tnef->ref);
    struct tnef_request *request;

    if (ref) return ref;
    TRACE("%p ends\n", iface);
    while ((request = tnef->source.requests))
    {
        tnef->source.requests = request->next;
        if (request->data) IStream_Release(request->data);
        platform_free(request);
    }
    if (tnef->source.recipients) IMAPITable_Release(tnef->source.recipients);
    if (tnef->source.message) IMessage_Release(tnef->source.message);
    if (tnef->support) IUnknown_Release(tnef->support);
    IStream_Release(tnef->stream);
    DeleteCriticalSection(&tnef->cs);
    platform_free(tnef);
    return 0;
}

static HRESULT add_request(struct tnef *tnef, const struct tnef_request *request)
{
    struct tnef_request *copy;

    if (!(copy = platform_alloc(sizeof(*copy)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    *copy = *request;
    EnterCriticalSection(&tnef->cs);
    copy->next = tnef->source.requests;
    tnef->source.requests = copy;
    LeaveCriticalSection(&tnef->cs);
    if (copy->data) IStream_AddRef(copy->data);
    return S_OK;
}

static BOOL has_both(ULONG flags, ULONG a, ULONG b)
{
    return (flags & a) && (flags & b);
}

static HRESULT WINAPI tnef_AddProps(ITnef *iface, ULONG flags, ULONG element, void *data,
                                    SPropTagArray *list)
{
    const ULONG contained = TNEF_PROP_CONTAINED | TNEF_PROP_CONTAINED_TNEF;
    struct tnef *tnef = impl_from_ITnef(iface);
    struct tnef_request request = {NULL};

    TRACE("%p %#lx %lu %p %p\n", iface, flags, element, data, list);

    if (!tnef->encode) return MAPI_E_NO_SUPPORT;
    if (flags & ~(TNEF_PROP_INCLUDE | TNEF_PROP_EXCLUDE | contained | TNEF_PROP_MESSAGE_ONLY
                  | TNEF_PROP_ATTACHMENTS_ONLY))
        return MAPI_E_UNKNOWN_FLAGS;
    if (has_both(flags, TNEF_PROP_INCLUDE, TNEF_PROP_EXCLUDE)
        || has_both(flags, TNEF_PROP_MESSAGE_ONLY, TNEF_PROP_ATTACHMENTS_ONLY)
        || (!(flags & contained) && (element || data || !list))
        || ((flags & TNEF_PROP_CONTAINED_TNEF) && !data))
        return MAPI_E_INVALID_PARAMETER;
    request.flags = flags;
    request.element = element;
    request.data = data;
    request.tags = list;
    return add_request(tnef, &request);
}

static HRESULT WINAPI tnef_ExtractProps(ITnef *iface, ULONG flags, SPropTagArray *list,
                                        STnefProblemArray **ret)
{
    struct tnef *tnef = impl_from_ITnef(iface);
    struct tnef_problems problems = {NULL};
    LARGE_INTEGER start;
    HRESULT hr;

    TRACE("%p %#lx %p %p\n", iface, flags, list, ret);

    if (ret) *ret = NULL;
    if (tnef->encode) return MAPI_E_NO_SUPPORT;
    if (flags & ~(TNEF_PROP_INCLUDE | TNEF_PROP_EXCLUDE)) return MAPI_E_UNKNOWN_FLAGS;
    if (has_both(flags, TNEF_PROP_INCLUDE, TNEF_PROP_EXCLUDE) || (flags && !list))
        return MAPI_E_INVALID_PARAMETER;
    start.QuadPart = tnef->start;
    hr = IStream_Seek(tnef->stream, start, STREAM_SEEK_SET, NULL);
    if (SUCCEEDED(hr))
        hr = tnef_decode(tnef->stream, tnef->source.message, flags, flags ? list : NULL,
                         !tnef->children_done, 0, &problems);
    tnef->children_done = TRUE;
    hand_out(&problems, hr, ret);
    return hr;
}

static HRESULT WINAPI tnef_Finish(ITnef *iface, ULONG flags, WORD *key, STnefProblemArray **ret)
{
    struct tnef *tnef = impl_from_ITnef(iface);
    struct tnef_problems problems = {NULL};
    HRESULT hr = S_OK;

    TRACE("%p %#lx %p %p\n", iface, flags, key, ret);

    if (ret) *ret = NULL;
    if (key) *key = 0;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if (key) *key = tnef->source.key;
    /* What components were encoded of is whole already. */
    if (tnef->encode && !tnef->head_written && !tnef->finished)
        hr = tnef_encode(&tnef->source, tnef->stream, &problems);
    if (SUCCEEDED(hr) && tnef->encode) hr = IStream_Commit(tnef->stream, STGC_DEFAULT);
    tnef->finished = TRUE;
    hand_out(&problems, hr, ret);
    return hr;
}

/* ---- text with tags ---- */

/* Where attachments are in the text, in order. */
static HRESULT list_places(IMessage *message, SRowSet **ret)
{
    SizedSPropTagArray(4, columns) = {4, {PR_RENDERING_POSITION, PR_ATTACH_NUM,
                                          PR_ATTACH_LONG_FILENAME_W, PR_ATTACH_FILENAME_W}};
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{PR_RENDERING_POSITION, TABLE_SORT_ASCEND}}};
    IMAPITable *table = NULL;
    HRESULT hr;

    *ret = NULL;
    hr = IMessage_GetAttachmentTable(message, MAPI_UNICODE, &table);
    if (FAILED(hr)) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, (SSortOrderSet *)&order, 0, ret);
    IMAPITable_Release(table);
    return hr;
}

static HRESULT write_tag(IStream *stream, const SRow *row, ULONG number, const char *container)
{
    const SPropValue *name = &row->lpProps[2];
    char *ansi = NULL, tag[MAX_PATH * 2 + 64];
    HRESULT hr;
    int length;

    if (PROP_TYPE(name->ulPropTag) != PT_UNICODE) name = &row->lpProps[3];
    if (PROP_TYPE(name->ulPropTag) == PT_UNICODE && !(ansi = text_to_ansi(name->Value.lpszW)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    length = snprintf(tag, sizeof(tag), "[[ %.*s : %u in %s ]]", MAX_PATH, ansi ? ansi : "",
                      (unsigned)number, container);
    hr = length > 0 && length < (int)sizeof(tag) ? stream_write_all(stream, tag, length)
                                                 : MAPI_E_TOO_BIG;
    platform_free(ansi);
    return hr;
}

static HRESULT write_part(IStream *stream, const WCHAR *text, size_t length)
{
    int size = length ? platform_wide_to_ansi(text, length, NULL, 0) : 0;
    char *ansi;
    HRESULT hr;

    if (!size) return S_OK;
    if (!(ansi = platform_alloc(size))) return MAPI_E_NOT_ENOUGH_MEMORY;
    platform_wide_to_ansi(text, length, ansi, size);
    hr = stream_write_all(stream, ansi, size);
    platform_free(ansi);
    return hr;
}

static HRESULT WINAPI tnef_OpenTaggedBody(ITnef *iface, IMessage *message, ULONG flags,
                                          IStream **ret)
{
    struct tnef *tnef = impl_from_ITnef(iface);
    ULONG i, number = tnef->source.key;
    SRowSet *rows = NULL;
    LARGE_INTEGER zero;
    size_t length, done = 0, place;
    IStream *stream;
    WCHAR *text;
    HRESULT hr;

    TRACE("%p %p %#lx %p\n", iface, message, flags, ret);

    if (ret) *ret = NULL;
    if (!message || !ret) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_CREATE | MAPI_MODIFY)) return MAPI_E_UNKNOWN_FLAGS;
    if (flags) return MAPI_E_NO_SUPPORT;
    if (FAILED(hr = prop_read_text((IMAPIProp *)message, PR_BODY_W, &text, &length))) return hr;
    hr = list_places(message, &rows);
    if (SUCCEEDED(hr)) hr = stream_on_memory(NULL, 0, &stream);
    if (SUCCEEDED(hr))
    {
        for (i = 0; i < rows->cRows && SUCCEEDED(hr); i++)
        {
            if (rows->aRow[i].lpProps[0].ulPropTag != PR_RENDERING_POSITION) continue;
            place = (ULONG)rows->aRow[i].lpProps[0].Value.l;
            if (place > length || place < done) continue;
            hr = write_part(stream, text + done, place - done);
            if (SUCCEEDED(hr)) hr = write_tag(stream, &rows->aRow[i], number++, tnef->name);
            done = place;
        }
        if (SUCCEEDED(hr)) hr = write_part(stream, text + done, length - done);
        zero.QuadPart = 0;
        if (SUCCEEDED(hr)) hr = IStream_Seek(stream, zero, STREAM_SEEK_SET, NULL);
        if (SUCCEEDED(hr)) *ret = stream;
        else IStream_Release(stream);
    }
    if (rows) FreeProws(rows);
    platform_free(text);
    return hr;
}

static HRESULT WINAPI tnef_SetProps(ITnef *iface, ULONG flags, ULONG element, ULONG count,
                                    SPropValue *props)
{
    struct tnef *tnef = impl_from_ITnef(iface);
    struct tnef_request request = {NULL};
    ULONG i;

    TRACE("%p %#lx %lu %lu %p\n", iface, flags, element, count, props);

    if (!tnef->encode) return MAPI_E_NO_SUPPORT;
    if (flags & ~TNEF_PROP_CONTAINED) return MAPI_E_UNKNOWN_FLAGS;
    if (!count || !props || (!flags && element)) return MAPI_E_INVALID_PARAMETER;
    for (i = 0; i < count; i++)
        if (FAILED(prop_value_check(&props[i]))) return MAPI_E_INVALID_PARAMETER;
    request.flags = flags;
    request.element = element;
    request.count = count;
    request.props = props;
    return add_request(tnef, &request);
}

static HRESULT WINAPI tnef_EncodeRecips(ITnef *iface, ULONG flags, IMAPITable *table)
{
    struct tnef *tnef = impl_from_ITnef(iface);

    TRACE("%p %#lx %p\n", iface, flags, table);

    if (!tnef->encode) return MAPI_E_NO_SUPPORT;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if (table) IMAPITable_AddRef(table);
    if (tnef->source.recipients) IMAPITable_Release(tnef->source.recipients);
    tnef->source.recipients = table;
    tnef->source.encode_recipients = TRUE;
    return S_OK;
}

static HRESULT WINAPI tnef_FinishComponent(ITnef *iface, ULONG flags, ULONG component,
                                           SPropTagArray *custom_list, SPropValue *custom,
                                           SPropTagArray *list, STnefProblemArray **ret)
{
    struct tnef *tnef = impl_from_ITnef(iface);
    struct tnef_problems problems = {NULL};
    struct tnef_request request = {NULL};
    HRESULT hr = S_OK;

    TRACE("%p %#lx %lu %p %p %p %p\n", iface, flags, component, custom_list, custom, list, ret);

    if (ret) *ret = NULL;
    if (!tnef->encode || !(tnef->source.flags & TNEF_COMPONENT_ENCODING)) return MAPI_E_NO_SUPPORT;
    if (flags & ~(TNEF_COMPONENT_MESSAGE | TNEF_COMPONENT_ATTACHMENT)) return MAPI_E_UNKNOWN_FLAGS;
    if (flags != TNEF_COMPONENT_MESSAGE && flags != TNEF_COMPONENT_ATTACHMENT)
        return MAPI_E_INVALID_PARAMETER;
    if ((flags == TNEF_COMPONENT_MESSAGE && component) || !custom_list != !custom)
        return MAPI_E_INVALID_PARAMETER;
    request.element = component;
    if (custom)
    {
        request.flags = flags == TNEF_COMPONENT_ATTACHMENT ? TNEF_PROP_CONTAINED : 0;
        request.count = custom_list->cValues;
        request.props = custom;
        hr = add_request(tnef, &request);
        request.count = 0;
        request.props = NULL;
    }
    if (list && SUCCEEDED(hr))
    {
        request.flags = TNEF_PROP_INCLUDE | (flags == TNEF_COMPONENT_ATTACHMENT
                                                 ? TNEF_PROP_CONTAINED : TNEF_PROP_MESSAGE_ONLY);
        request.tags = list;
        hr = add_request(tnef, &request);
    }
    /* The message comes first in a stream, and once. */
    if (SUCCEEDED(hr) && !tnef->head_written)
    {
        hr = tnef_encode_message(&tnef->source, tnef->stream, &problems);
        tnef->head_written = TRUE;
    }
    if (SUCCEEDED(hr) && flags == TNEF_COMPONENT_ATTACHMENT)
        hr = tnef_encode_attachment(&tnef->source, tnef->stream, component, &problems);
    hand_out(&problems, hr, ret);
    return hr;
}

static const ITnefVtbl tnef_vtbl =
{
    tnef_QueryInterface,
    tnef_AddRef,
    tnef_Release,
    tnef_AddProps,
    tnef_ExtractProps,
    tnef_Finish,
    tnef_OpenTaggedBody,
    tnef_SetProps,
    tnef_EncodeRecips,
    tnef_FinishComponent
};

/* ---- opening ---- */

static BOOL name_valid(const char *name)
{
    size_t length;

    if (!name || !*name) return FALSE;
    for (length = 0; name[length]; length++)
        if (length == MAX_PATH - 1 || name[length] == '[' || name[length] == ']'
            || name[length] == ':')
            return FALSE;
    return TRUE;
}

/*
 * The object holds references to support, stream and message. flags: TNEF_ENCODE or TNEF_DECODE;
 * TNEF_PURE, TNEF_COMPATIBILITY or TNEF_BEST_DATA, which it is without any;
 * TNEF_COMPONENT_ENCODING. name: 8-bit, without [ ] and :, less than MAX_PATH; needed to encode.
 * MAPI_E_INVALID_PARAMETER, MAPI_E_UNKNOWN_FLAGS, MAPI_E_CORRUPT_DATA, MAPI_E_NOT_ENOUGH_MEMORY.
 * Reference page: opentnefstreamex
 */
HRESULT WINAPI OpenTnefStreamEx(LPVOID support, LPSTREAM stream, LPTSTR stream_name, ULONG flags,
                                LPMESSAGE message, WORD key, LPADRBOOK address_book, LPITNEF *ret)
{
    const ULONG modes = TNEF_PURE | TNEF_COMPATIBILITY | TNEF_BEST_DATA;
    const char *name = (const char *)stream_name;
    ULARGE_INTEGER position;
    LARGE_INTEGER zero;
    struct tnef *tnef;
    HRESULT hr;

    TRACE("%p %p %s %#lx %p %u %p %p\n", support, stream, debugstr_a(name), flags, message, key,
          address_book, ret);

    if (ret) *ret = NULL;
    if (!stream || !message || !ret) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(TNEF_ENCODE | modes | TNEF_COMPONENT_ENCODING)) return MAPI_E_UNKNOWN_FLAGS;
    if ((flags & modes) & ((flags & modes) - 1)) return MAPI_E_INVALID_PARAMETER;
    if ((flags & TNEF_ENCODE) && (!name_valid(name) || !key)) return MAPI_E_INVALID_PARAMETER;
    zero.QuadPart = 0;
    position.QuadPart = 0;
    if (FAILED(hr = IStream_Seek(stream, zero, STREAM_SEEK_CUR, &position))) return hr;
    if (!(tnef = platform_alloc_zero(sizeof(*tnef)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    tnef->ITnef_iface.lpVtbl = &tnef_vtbl;
    tnef->ref = 1;
    InitializeCriticalSection(&tnef->cs);
    tnef->stream = stream;
    IStream_AddRef(stream);
    tnef->start = position.QuadPart;
    if ((tnef->support = support)) IUnknown_AddRef(tnef->support);
    tnef->source.message = message;
    IMessage_AddRef(message);
    tnef->source.flags = flags;
    tnef->source.key = key;
    tnef->encode = (flags & TNEF_ENCODE) != 0;
    if (name_valid(name)) strcpy(tnef->name, name);
    *ret = &tnef->ITnef_iface;
    return S_OK;
}

/* Reference page: opentnefstream */
HRESULT WINAPI OpenTnefStream(LPVOID support, LPSTREAM stream, LPTSTR name, ULONG flags,
                              LPMESSAGE message, WORD key, LPITNEF *ret)
{
    return OpenTnefStreamEx(support, stream, name, flags, message, key, NULL, ret);
}

/*
 * The stream's position is the start of TNEF, and stays.
 * MAPI_E_INVALID_PARAMETER, MAPI_E_CORRUPT_DATA.
 * Reference page: gettnefstreamcodepage
 */
HRESULT WINAPI GetTnefStreamCodepage(LPSTREAM stream, ULONG *codepage, ULONG *sub_codepage)
{
    ULARGE_INTEGER position;
    LARGE_INTEGER move;
    HRESULT hr;

    TRACE("%p %p %p\n", stream, codepage, sub_codepage);

    if (codepage) *codepage = 0;
    if (sub_codepage) *sub_codepage = 0;
    if (!stream || !codepage || !sub_codepage) return MAPI_E_INVALID_PARAMETER;
    move.QuadPart = 0;
    if (FAILED(hr = IStream_Seek(stream, move, STREAM_SEEK_CUR, &position))) return hr;
    hr = tnef_codepage(stream, codepage, sub_codepage);
    move.QuadPart = position.QuadPart;
    IStream_Seek(stream, move, STREAM_SEEK_SET, NULL);
    if (FAILED(hr)) *codepage = *sub_codepage = 0;
    return hr;
}
