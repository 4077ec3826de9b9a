/*
 * From a message to MIME
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
 * The structure: multipart/mixed holds the text and the attachments, multipart/related in it the
 * text and what its HTML shows, multipart/alternative in that the text as plain text and as HTML;
 * each only where it has more than one part. What is written is held in memory a chunk at a time.
 */

#include <stdio.h>

#include "private.h"

#define CHUNK 65536

void flush_out(struct tomime *tomime, BOOL always)
{
    if (!always && tomime->out.size < CHUNK) return;
    if (tomime->out.failed && SUCCEEDED(tomime->hr)) tomime->hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(tomime->hr))
        tomime->hr = write_all(tomime->stream, tomime->out.data, tomime->out.size);
    tomime->out.size = 0;
}

/* No base64 and no quoted-printable has "=_", and nobody else the identifier. */
void new_boundary(struct tomime *tomime, char *boundary)
{
    sprintf(boundary, "----=_Part_%u_%s", ++tomime->boundaries, tomime->unique);
}

static void put_delimiter(struct tomime *tomime, const char *boundary, BOOL last)
{
    mime_put_string(&tomime->out, "\r\n--");
    mime_put_string(&tomime->out, boundary);
    mime_put_string(&tomime->out, last ? "--\r\n" : "\r\n");
    flush_out(tomime, FALSE);
}

static void begin_multipart(struct tomime *tomime, const char *type, char *boundary)
{
    new_boundary(tomime, boundary);
    mime_put_string(&tomime->out, "Content-Type: multipart/");
    mime_put_string(&tomime->out, type);
    mime_put_string(&tomime->out, ";\r\n\tboundary=\"");
    mime_put_string(&tomime->out, boundary);
    mime_put_string(&tomime->out, "\"\r\n");
}

/* ---------------------------------------------------------------------------------- addresses */

static const WCHAR *text_value(const SPropValue *values, ULONG count, ULONG tag)
{
    ULONG i;

    for (i = 0; values && i < count; i++)
        if (values[i].ulPropTag == tag && values[i].Value.lpszW && values[i].Value.lpszW[0])
            return values[i].Value.lpszW;
    return NULL;
}

static void set_text(struct mime_text *text, const WCHAR *value)
{
    text->length = 0;
    mime_text_put(text, value, lstrlenW(value));
}

/* What the address book says of an entry of another type. */
static BOOL ask_book(struct tomime *tomime, const SBinary *id, struct mime_text *address)
{
    IMAPIProp *entry = NULL;
    SPropValue *value;
    ULONG type;

    if (!tomime->options->book
        || FAILED(IAddrBook_OpenEntry(tomime->options->book, id->cb, (ENTRYID *)id->lpb, NULL, 0,
                                      &type, (IUnknown **)&entry)) || !entry) return FALSE;
    if ((value = get_prop(entry, PR_SMTP_ADDRESS_W)) && value->Value.lpszW[0])
        set_text(address, value->Value.lpszW);
    MAPIFreeBuffer(value);
    IMAPIProp_Release(entry);
    return address->length != 0;
}

/* An address of another type, wrapped so that it is one of the Internet and can be told again. */
static void encapsulate(const WCHAR *type, const WCHAR *address, struct mime_text *ret)
{
    static const WCHAR head[] = L"IMCEA", tail[] = L"@mapi.invalid", hex[] = L"0123456789ABCDEF";

    ret->length = 0;
    mime_text_put(ret, head, lstrlenW(head));
    for (; *type; type++)
        if ((*type | 0x20) >= 'a' && (*type | 0x20) <= 'z') mime_text_put(ret, type, 1);
    mime_text_put_char(ret, '-');
    for (; *address; address++)
    {
        WCHAR c = *address;

        if ((c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c >= 0x80)
            mime_text_put(ret, &c, 1);
        else if (c == '/') mime_text_put_char(ret, '_');
        else
        {
            mime_text_put_char(ret, '+');
            mime_text_put_char(ret, hex[c >> 4]);
            mime_text_put_char(ret, hex[c & 15]);
        }
    }
    mime_text_put(ret, tail, lstrlenW(tail));
}

/* FALSE: there is none. */
BOOL read_address(struct tomime *tomime, const SPropValue *values, ULONG count, ULONG name_tag,
                  ULONG type_tag, ULONG address_tag, ULONG smtp_tag, ULONG entryid_tag,
                  struct address *ret)
{
    const WCHAR *name = text_value(values, count, name_tag);
    const WCHAR *type = text_value(values, count, type_tag);
    const WCHAR *address = text_value(values, count, address_tag);
    const WCHAR *smtp = text_value(values, count, smtp_tag);
    struct mime_text one_name = {0}, one_type = {0}, one_address = {0};
    const SBinary *id = NULL;
    ULONG i;

    memset(ret, 0, sizeof(*ret));
    for (i = 0; values && i < count; i++)
        if (values[i].ulPropTag == entryid_tag) id = &values[i].Value.bin;
    if (type && !lstrcmpiW(type, L"SMTP") && address) smtp = address;
    if (!smtp && id && id->cb
        && read_one_off(id->lpb, id->cb, &one_name, &one_type, &one_address) && one_address.length)
    {
        if (one_type.length && !lstrcmpiW(one_type.data, L"SMTP")) smtp = one_address.data;
        if (!address) address = one_address.data;
        if (!type && one_type.length) type = one_type.data;
        if (!name && one_name.length) name = one_name.data;
    }
    if (smtp) set_text(&ret->address, smtp);
    else if (id && id->cb && ask_book(tomime, id, &ret->address)) ;
    else if (address && wcschr(address, '@') && !wcschr(address, ' '))
        set_text(&ret->address, address);
    else if (address) encapsulate(type ? type : L"MAPI", address, &ret->address);
    else if (name) encapsulate(L"NAME", name, &ret->address);
    set_text(&ret->name, name ? name : L"");
    mime_text_free(&one_name);
    mime_text_free(&one_type);
    mime_text_free(&one_address);
    if ((ret->name.failed || ret->address.failed) && SUCCEEDED(tomime->hr))
        tomime->hr = MAPI_E_NOT_ENOUGH_MEMORY;
    return ret->address.length && !ret->address.failed && !ret->name.failed;
}

void free_address(struct address *address)
{
    mime_text_free(&address->name);
    mime_text_free(&address->address);
}

/* -------------------------------------------------------------------------------- the structure */

/* The text, with what its HTML shows. */
static HRESULT write_text(struct tomime *tomime, IMessage *message, const struct bodies *bodies,
                          const struct attachment *attachments, ULONG count, BOOL outermost)
{
    char related[80], alternative[80];
    ULONG inlines = 0, i;
    HRESULT hr = S_OK;

    for (i = 0; i < count; i++) inlines += attachments[i].is_inline;
    if (inlines)
    {
        begin_multipart(tomime, "related", related);
        /* Over the line's end: the parameter belongs to the field. */
        tomime->out.size -= 2;
        mime_put_string(&tomime->out, bodies->has_plain
                                          ? ";\r\n\ttype=\"multipart/alternative\"\r\n"
                                          : ";\r\n\ttype=\"text/html\"\r\n");
        put_delimiter(tomime, related, FALSE);
    }
    if (bodies->has_plain && bodies->has_html)
    {
        begin_multipart(tomime, "alternative", alternative);
        put_delimiter(tomime, alternative, FALSE);
        write_plain(tomime, &bodies->plain, outermost);
        put_delimiter(tomime, alternative, FALSE);
        write_html(tomime, bodies, outermost);
        put_delimiter(tomime, alternative, TRUE);
    }
    else if (bodies->has_html) write_html(tomime, bodies, outermost);
    else write_plain(tomime, &bodies->plain, outermost);
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (!attachments[i].is_inline) continue;
        put_delimiter(tomime, related, FALSE);
        hr = write_attachment(tomime, message, attachments + i);
    }
    if (inlines) put_delimiter(tomime, related, TRUE);
    return hr;
}

static HRESULT write_mime_body(struct tomime *tomime, IMessage *message,
                               const struct bodies *bodies, const struct attachment *attachments,
                               ULONG count, BOOL outermost)
{
    ULONG files = 0, i;
    char mixed[80];
    HRESULT hr;

    for (i = 0; i < count; i++) files += !attachments[i].is_inline;
    if (!files) return write_text(tomime, message, bodies, attachments, count, outermost);
    begin_multipart(tomime, "mixed", mixed);
    put_delimiter(tomime, mixed, FALSE);
    hr = write_text(tomime, message, bodies, attachments, count, outermost);
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (attachments[i].is_inline) continue;
        put_delimiter(tomime, mixed, FALSE);
        hr = write_attachment(tomime, message, attachments + i);
    }
    put_delimiter(tomime, mixed, TRUE);
    return hr;
}

/* Plain text, and everything else in winmail.dat. */
static HRESULT write_tnef_body(struct tomime *tomime, IMessage *message,
                               const struct bodies *bodies, BOOL outermost)
{
    char mixed[80];
    HRESULT hr;

    begin_multipart(tomime, "mixed", mixed);
    put_delimiter(tomime, mixed, FALSE);
    write_plain(tomime, &bodies->plain, outermost);
    put_delimiter(tomime, mixed, FALSE);
    hr = write_tnef(tomime, message);
    put_delimiter(tomime, mixed, TRUE);
    return hr;
}

/* SAVE_RFC822: text, and files in it. */
static HRESULT write_uu_body(struct tomime *tomime, IMessage *message, const struct bodies *bodies,
                             const struct attachment *attachments, ULONG count)
{
    struct mime_bytes *out = &tomime->out;
    HRESULT hr = S_OK;
    ULONG i;

    mime_put_string(out, "\r\n");
    if (!tomime->options->codepage
        || !mime_system_encode(tomime->options->codepage, bodies->plain.data,
                               bodies->plain.length, out))
        mime_encode_utf8(bodies->plain.data, bodies->plain.length, out);
    mime_put_string(out, "\r\n");
    for (i = 0; i < count && SUCCEEDED(hr); i++)
        hr = write_uu_attachment(tomime, message, attachments + i);
    return hr;
}

HRESULT write_message(struct tomime *tomime, IMessage *message, BOOL outermost)
{
    struct attachment *attachments = NULL;
    struct bodies bodies = {{0}};
    SPropValue *message_class = NULL;
    ULONG count = 0, i;
    HRESULT hr;

    if (tomime->depth >= MAX_EMBEDDED) return MAPI_E_CALL_FAILED;
    tomime->depth++;
    hr = write_header(tomime, message, outermost);
    message_class = get_prop(message, PR_MESSAGE_CLASS_W);
    if (SUCCEEDED(hr) && message_class && is_report_class(message_class->Value.lpszW))
    {
        hr = write_report(tomime, message, message_class->Value.lpszW);
        goto done;
    }
    if (SUCCEEDED(hr)) hr = read_bodies(tomime, message, &bodies);
    if (FAILED(hr)) goto done;
    if (outermost && tomime->flags & CCSF_USE_TNEF && tomime->options->format == SAVE_RFC1521)
    {
        hr = write_tnef_body(tomime, message, &bodies, outermost);
        goto done;
    }
    if (FAILED(hr = read_attachments(message, &attachments, &count))) goto done;
    for (i = 0; i < count; i++)
        attachments[i].is_inline = bodies.has_html && attachments[i].method == ATTACH_BY_VALUE
            && html_refers(&bodies, attachments[i].id.data, attachments[i].location.data);
    if (tomime->options->format == SAVE_RFC822)
        hr = write_uu_body(tomime, message, &bodies, attachments, count);
    else hr = write_mime_body(tomime, message, &bodies, attachments, count, outermost);

done:
    tomime->depth--;
    MAPIFreeBuffer(message_class);
    free_attachments(attachments, count);
    free_bodies(&bodies);
    return FAILED(hr) ? hr : tomime->hr;
}

HRESULT mapi_to_mime(IMessage *message, IStream *stream, const struct options *options, ULONG flags)
{
    struct tomime tomime;
    GUID guid;
    HRESULT hr;

    memset(&tomime, 0, sizeof(tomime));
    tomime.options = options;
    tomime.flags = flags;
    tomime.stream = stream;
    if (FAILED(hr = CoCreateGuid(&guid))) return hr;
    sprintf(tomime.unique, "%08lx%04x%04x%02x%02x%02x%02x%02x%02x", guid.Data1, guid.Data2,
            guid.Data3, guid.Data4[2], guid.Data4[3], guid.Data4[4], guid.Data4[5], guid.Data4[6],
            guid.Data4[7]);
    hr = write_message(&tomime, message, TRUE);
    if (SUCCEEDED(hr)) flush_out(&tomime, TRUE);
    mime_bytes_free(&tomime.out);
    return FAILED(hr) ? hr : tomime.hr;
}
