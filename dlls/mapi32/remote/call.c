/*
 * The parameters of one call
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
 * Both sides walk along the description of the method (methods.c), first over what goes in and then
 * over what comes out. A slot is a parameter as it stands on the stack. A slot for what comes out
 * is a pointer to it: the caller's at a proxy, one into remote_call.out at a stub, which frees what
 * the method put there once it was written.
 *
 * A pointer that may be NULL has a byte before it that says whether it is. A null pointer for what
 * comes out is known to the proxy only, which reads the value and drops it.
 */

#define COBJMACROS

#include "remote/remote.h"
#include "object/object.h"
#include <shlwapi.h>
#include <mapiguid.h>
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

/* Where in the description a walk is, and what of the parameters before decides about those
 * behind. */
struct walk
{
    const char *rest;
    ULONG slot;
    char kind, letter;
    ULONG count;                        /* of the array that follows */
    ULONG flags;                        /* MAPI_UNICODE */
    ULONG type;                         /* the last 32 bits that came out: an object type */
    const IID *iid;
};

static void start(struct walk *walk, const struct remote_call *call)
{
    memset(walk, 0, sizeof(*walk));
    walk->rest = call->description;
}

/* FALSE behind the last parameter. */
static BOOL next(struct walk *walk)
{
    return (walk->kind = remote_parameter(&walk->rest, &walk->letter)) != 0;
}

static ULONG text_flags(const struct remote_call *call)
{
    struct walk walk;

    for (start(&walk, call); next(&walk); walk.slot++)
        if (walk.kind == 'F') return (ULONG)call->slots[walk.slot];
    return 0;
}

static BOOL comes_out(char kind)
{
    return strchr("UWGTKSEVDLZCBPN>}+H", kind) != NULL;
}

/* ---- interfaces ---- */

static const struct
{
    ULONG type;
    char letter;
} object_types[] =
{
    { MAPI_STORE, 's' },
    { MAPI_ADDRBOOK, 'A' },
    { MAPI_FOLDER, 'f' },
    { MAPI_ABCONT, 'b' },
    { MAPI_MESSAGE, 'm' },
    { MAPI_MAILUSER, 'u' },
    { MAPI_ATTACH, 'a' },
    { MAPI_DISTLIST, 'd' },
    { MAPI_PROFSECT, 'C' }
};

/* The identifier of what is in this slot. */
static const IID *interface_of(const struct walk *walk)
{
    char letter = walk->letter;
    ULONG i;

    if (strchr("{}", walk->kind) && walk->iid) return walk->iid;
    if (letter == '*')
    {
        letter = 'p';
        for (i = 0; i < ARRAY_SIZE(object_types); i++)
            if (object_types[i].type == walk->type) letter = object_types[i].letter;
    }
    return remote_interface_by_letter(letter)->iid;
}

static void put_interface(struct remote_call *call, struct wire *wire, const IID *iid,
                          IUnknown *object)
{
    LARGE_INTEGER zero = { { 0 } };
    ULARGE_INTEGER end;
    ULONG size = 0;
    IStream *stream;
    HGLOBAL memory;
    void *data;
    HRESULT hr;

    if (wire->hr != S_OK) return;
    if (!object)
    {
        wire_ulong(wire, &size);
        return;
    }
    if (FAILED(CreateStreamOnHGlobal(NULL, TRUE, &stream)))
    {
        wire_fail(wire, MAPI_E_NOT_ENOUGH_MEMORY);
        return;
    }
    hr = CoMarshalInterface(stream, iid, object, call->context, call->context_data,
                            MSHLFLAGS_NORMAL);
    if (FAILED(hr))
    {
        WARN("%s: %#lx\n", debugstr_guid(iid), hr);
        IStream_Release(stream);
        wire_fail(wire, hr == E_OUTOFMEMORY ? hr : MAPI_E_INTERFACE_NOT_SUPPORTED);
        return;
    }
    call->given.streams[call->given.count++] = stream;
    hr = IStream_Seek(stream, zero, STREAM_SEEK_CUR, &end);
    if (SUCCEEDED(hr)) hr = GetHGlobalFromStream(stream, &memory);
    if (FAILED(hr) || !(data = GlobalLock(memory)))
    {
        wire_fail(wire, MAPI_E_NOT_ENOUGH_MEMORY);
        return;
    }
    size = end.QuadPart;
    wire_ulong(wire, &size);
    wire_raw(wire, data, size);
    GlobalUnlock(memory);
}

static void get_interface(struct wire *wire, const IID *iid, IUnknown **ret)
{
    IStream *stream;
    ULONG size;
    HRESULT hr;

    *ret = NULL;
    wire_ulong(wire, &size);
    if (wire->hr != S_OK || !size) return;
    if (size > wire->size - wire->at)
    {
        wire_fail(wire, MAPI_E_INVALID_PARAMETER);
        return;
    }
    if (!(stream = SHCreateMemStream(wire->data + wire->at, size)))
    {
        wire_fail(wire, MAPI_E_NOT_ENOUGH_MEMORY);
        return;
    }
    wire->at += size;
    hr = CoUnmarshalInterface(stream, iid, (void **)ret);
    IStream_Release(stream);
    if (SUCCEEDED(hr)) return;
    WARN("%s: %#lx\n", debugstr_guid(iid), hr);
    *ret = NULL;
    wire_fail(wire, MAPI_E_CALL_FAILED);
}

/* A sink is called on any thread. */
static void get_sink(struct wire *wire, IUnknown **ret)
{
    IMAPIAdviseSink *proxy;
    HRESULT hr;

    get_interface(wire, &IID_IMAPIAdviseSink, (IUnknown **)&proxy);
    *ret = NULL;
    if (!proxy) return;
    if (FAILED(hr = remote_sink_create(proxy, (IMAPIAdviseSink **)ret))) wire_fail(wire, hr);
    IMAPIAdviseSink_Release(proxy);
}

static void pass_interface(struct remote_call *call, struct wire *wire, const struct walk *walk,
                           IUnknown **object)
{
    if (wire->allocators && walk->letter == 'n') get_sink(wire, object);
    else if (wire->allocators) get_interface(wire, interface_of(walk), object);
    else put_interface(call, wire, interface_of(walk), *object);
}

void remote_given_end(struct remote_given *given, BOOL sent)
{
    LARGE_INTEGER zero = { { 0 } };
    ULONG i;

    for (i = 0; i < given->count; i++)
    {
        if (!sent && SUCCEEDED(IStream_Seek(given->streams[i], zero, STREAM_SEEK_SET, NULL)))
            CoReleaseMarshalData(given->streams[i]);
        IStream_Release(given->streams[i]);
    }
    given->count = 0;
}

/* ---- what is behind a pointer ---- */

/* FALSE for NULL, which is passed by that. */
static BOOL pass_pointer(struct wire *wire, void **value)
{
    BYTE there = !wire->allocators && *value;

    wire_raw(wire, &there, sizeof(there));
    if (wire->allocators) *value = NULL;
    return there && wire->hr == S_OK;
}

/* The value of this kind at *value, either way. */
static void pass_value(struct wire *wire, const struct walk *walk, void **value)
{
    BOOL unicode;

    if (!pass_pointer(wire, value))
    {
        /* a count of what is not there */
        if (walk->count && strchr("egpnfBPN", walk->kind))
            wire_fail(wire, MAPI_E_INVALID_PARAMETER);
        return;
    }
    switch (walk->kind)
    {
    case 'i':
        wire_array(wire, 1, sizeof(GUID), value);
        break;
    case 't':
    case 'T':
    case 'H':
        wire_tags(wire, (SPropTagArray **)value);
        break;
    case 'r':
    case 'D':
        wire_restriction(wire, (SRestriction **)value);
        break;
    case 's':
    case 'V':
        wire_sort(wire, (SSortOrderSet **)value);
        break;
    case 'l':
    case 'L':
        wire_entries(wire, (ENTRYLIST **)value);
        break;
    case 'a':
    case 'A':
    case 'S':
        wire_rows(wire, (SRowSet **)value);
        break;
    case 'y':
    case 'z':
    case 'Z':
        unicode = walk->kind != 'y' && (walk->flags & MAPI_UNICODE);
        wire_text(wire, &unicode, value);
        if (wire->allocators
            && (!*value || unicode != (walk->kind != 'y' && (walk->flags & MAPI_UNICODE) != 0)))
            wire_fail(wire, MAPI_E_INVALID_PARAMETER);
        break;
    case 'R':
        wire_array(wire, 1, sizeof(RECT), value);
        break;
    case 'q':
        wire_array(wire, 1, sizeof(ULONG), value);
        break;
    case 'e':
    case 'B':
        wire_array(wire, walk->count, 1, value);
        break;
    case 'g':
        wire_array(wire, walk->count, sizeof(GUID), value);
        break;
    case 'p':
    case 'P':
        wire_props(wire, walk->count, (SPropValue **)value);
        break;
    case 'n':
    case 'N':
        wire_names(wire, walk->count, (MAPINAMEID ***)value);
        break;
    case 'f':
        wire_notifications(wire, walk->count, (NOTIFICATION **)value);
        break;
    case 'K':
        wire_problems(wire, (SPropProblemArray **)value);
        break;
    case 'E':
        wire_error(wire, walk->flags, (MAPIERROR **)value);
        break;
    }
}

static BOOL is_rows(char kind)
{
    return strchr("aAS", kind) != NULL;
}

/* ---- in ---- */

static void pass_number(struct wire *wire, ULONG_PTR *slot)
{
    ULONG number = *slot;

    wire_ulong(wire, &number);
    *slot = number;
}

static void pass_in(struct remote_call *call, struct wire *wire, struct walk *walk)
{
    ULONG_PTR *slot = &call->slots[walk->slot];
    void **out = (void **)*slot;        /* where a kind that comes out, too, is */

    switch (walk->kind)
    {
    case '.':
    case 'F':
        pass_number(wire, slot);
        break;
    case 'c':
        pass_number(wire, slot);
        walk->count = *slot;
        break;
    case 'w':
        wire_number(wire, slot);
        break;
    case '<':
    case '{':
        pass_interface(call, wire, walk, (IUnknown **)slot);
        break;
    case '+':
        wire_ulong(wire, (ULONG *)out);
        break;
    case 'H':
        pass_value(wire, walk, out);
        call->out[walk->slot].given = *out != NULL;
        break;
    default:
        if (comes_out(walk->kind)) break;
        pass_value(wire, walk, (void **)slot);
        if (walk->kind == 'i') walk->iid = (const IID *)*slot;
        break;
    }
}

/* Flags may stand behind the text they are about, so they go first. */
static void pass_all_in(struct remote_call *call, struct wire *wire, ULONG flags)
{
    struct walk walk;

    start(&walk, call);
    walk.flags = flags;
    for (; wire->hr == S_OK && next(&walk); walk.slot++) pass_in(call, wire, &walk);
}

void remote_put_in(struct remote_call *call, struct wire *wire)
{
    ULONG flags = text_flags(call);

    wire_ulong(wire, &flags);
    pass_all_in(call, wire, flags);
}

void remote_get_in(struct remote_call *call, struct wire *wire)
{
    struct walk walk;
    ULONG flags;

    for (start(&walk, call); next(&walk); walk.slot++)
        if (comes_out(walk.kind)) call->slots[walk.slot] = (ULONG_PTR)&call->out[walk.slot].value;
    wire_ulong(wire, &flags);
    pass_all_in(call, wire, flags);
    if (text_flags(call) != flags) wire_fail(wire, MAPI_E_INVALID_PARAMETER);
    call->memory = wire->root;
}

/* ---- out ---- */

/* A proxy's: what was read has a chain of its own, which is gone if reading failed. */
static void get_value(struct wire *wire, const struct walk *walk, void **value)
{
    void *read = NULL;

    wire->root = NULL;
    pass_value(wire, walk, &read);
    if (wire->hr != S_OK)
    {
        if (is_rows(walk->kind)) rows_free(wire->allocators, read);
        else if (wire->root) wire->allocators->free(wire->root);
        read = NULL;
    }
    wire->root = NULL;
    *value = read;
}

/* The entries of a list, replaced by what the method made of them. */
static void get_entries(struct wire *wire, const struct walk *walk, ADRLIST *list)
{
    ADRLIST *read;
    ULONG i;

    get_value(wire, walk, (void **)&read);
    if (!read) return;
    if (!list || read->cEntries != list->cEntries) wire_fail(wire, MAPI_E_INVALID_PARAMETER);
    for (i = 0; i < read->cEntries && wire->hr == S_OK; i++)
    {
        SPropValue *old = list->aEntries[i].rgPropVals;

        list->aEntries[i] = read->aEntries[i];
        read->aEntries[i].rgPropVals = NULL;
        if (old) wire->allocators->free(old);
    }
    rows_free(wire->allocators, (SRowSet *)read);
}

static void pass_out(struct remote_call *call, struct wire *wire, struct walk *walk)
{
    void **out = (void **)call->slots[walk->slot];

    switch (walk->kind)
    {
    case 'i':
        walk->iid = (const IID *)out;
        break;
    case 'U':
        wire_ulong(wire, (ULONG *)out);
        walk->type = *(ULONG *)out;
        break;
    case 'C':
        wire_ulong(wire, (ULONG *)out);
        walk->count = *(ULONG *)out;
        break;
    case '+':
        wire_ulong(wire, (ULONG *)out);
        break;
    case 'W':
        wire_number(wire, (ULONG_PTR *)out);
        break;
    case 'G':
        wire_raw(wire, out, sizeof(GUID));
        break;
    case '>':
    case '}':
        pass_interface(call, wire, walk, (IUnknown **)out);
        break;
    case 'A':
        if (wire->allocators) get_entries(wire, walk, (ADRLIST *)out);
        else pass_value(wire, walk, (void **)&call->slots[walk->slot]);
        break;
    case 'H':
        if (call->out[walk->slot].given) break;
        /* fall through */
    default:
        if (!comes_out(walk->kind)) break;
        if (wire->allocators) get_value(wire, walk, out);
        else pass_value(wire, walk, out);
        break;
    }
}

void remote_pass_out(struct remote_call *call, struct wire *wire)
{
    struct walk walk;

    start(&walk, call);
    walk.flags = text_flags(call);
    for (; wire->hr == S_OK && next(&walk); walk.slot++) pass_out(call, wire, &walk);
}

/* ---- cleaning up ---- */

/* What came out of this kind, at *out. */
static void drop(char kind, void **out)
{
    void *value;

    switch (kind)
    {
    case 'U':
    case 'C':
        *(ULONG *)out = 0;
        return;
    case 'W':
        *(ULONG_PTR *)out = 0;
        return;
    case 'G':
        memset(out, 0, sizeof(GUID));
        return;
    case '+':
        return;
    }
    value = *out;
    *out = NULL;
    if (!value) return;
    if (kind == '>' || kind == '}') IUnknown_Release((IUnknown *)value);
    else if (is_rows(kind)) rows_free(memory_exported, value);
    else memory_exported->free(value);
}

void remote_clear_out(struct remote_call *call, BOOL release)
{
    struct walk walk;
    void **out;

    for (start(&walk, call); next(&walk); walk.slot++)
    {
        if (!comes_out(walk.kind)) continue;
        if (!call->slots[walk.slot])
            call->slots[walk.slot] = (ULONG_PTR)&call->out[walk.slot].value;
        out = (void **)call->slots[walk.slot];
        if (walk.kind == 'H' && (!release || call->out[walk.slot].given)) continue;
        if (!release && !strchr("UCWG+", walk.kind)) *out = NULL;
        drop(walk.kind, out);
    }
}

void remote_drop_out(struct remote_call *call)
{
    struct remote_out *out;
    struct walk walk;

    for (start(&walk, call); next(&walk); walk.slot++)
    {
        out = &call->out[walk.slot];
        if (!comes_out(walk.kind) || out->given) continue;
        if (call->slots[walk.slot] == (ULONG_PTR)&out->value) drop(walk.kind, &out->value.pointer);
    }
}

void remote_free(struct remote_call *call)
{
    struct walk walk;
    void *value;

    remote_drop_out(call);
    for (start(&walk, call); next(&walk); walk.slot++)
    {
        value = (void *)call->slots[walk.slot];
        if (comes_out(walk.kind) || !value) continue;
        if (walk.kind == '<' || walk.kind == '{') IUnknown_Release((IUnknown *)value);
        else if (is_rows(walk.kind)) rows_free(memory_exported, value);
    }
    if (call->memory) memory_exported->free(call->memory);
    call->memory = NULL;
}
