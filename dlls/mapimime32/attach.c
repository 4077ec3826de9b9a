/*
 * Attachments of a message that is filled
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

#include <wchar.h>

#include "private.h"

#define MAX_NAME 200

/* A name that is one on every file system, and no path. */
void clean_name(struct mime_text *name)
{
    static const WCHAR bad[] = L"\\/:*?\"<>|";
    size_t i, begun = 0, kept = 0;

    for (i = 0; i < name->length; i++)
        if (name->data[i] == '/' || name->data[i] == '\\') begun = i + 1;
    for (i = begun; i < name->length && kept < MAX_NAME; i++)
    {
        WCHAR c = name->data[i];

        /* Marks that write what follows from right to left hide an ending. */
        if (c < ' ' || c == 0x7f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
            continue;
        if (!kept && (c == ' ' || c == '.')) continue;
        name->data[kept++] = wcschr(bad, c) ? '_' : c;
    }
    while (kept && (name->data[kept - 1] == ' ' || name->data[kept - 1] == '.')) kept--;
    name->length = kept;
    if (name->data) name->data[kept] = 0;
}

static void read_field(const struct mime_header *header, const char *name, BOOL angles,
                       struct mime_text *text)
{
    const struct mime_field *field = mime_header_field(header, name);
    const char *value;
    size_t size;

    if (!field) return;
    value = field->value;
    size = field->value_size < 1000 ? field->value_size : 1000;
    if (angles && size && *value == '<') value++, size--;
    if (angles && size && value[size - 1] == '>') size--;
    mime_decode_words(value, size, MIME_CP_UNKNOWN, text);
}

HRESULT read_attachment_info(const struct mime_entity *entity, BOOL related,
                             struct attachment_info **ret)
{
    struct attachment_info *info;

    *ret = NULL;
    if (!(info = calloc(1, sizeof(*info)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    strcpy(info->type, entity->type);
    info->related = related;
    if (entity->disposition)
        mime_value_parameter(entity->disposition, entity->disposition_size, "filename",
                             &info->name);
    if (!info->name.length && entity->content_type)
        mime_value_parameter(entity->content_type, entity->content_type_size, "name", &info->name);
    clean_name(&info->name);
    read_field(entity->header, "content-id", TRUE, &info->id);
    read_field(entity->header, "content-location", FALSE, &info->location);
    if (info->name.failed || info->id.failed || info->location.failed)
    {
        free_attachment_info(info);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    *ret = info;
    return S_OK;
}

void free_attachment_info(struct attachment_info *info)
{
    if (!info) return;
    mime_text_free(&info->name);
    mime_text_free(&info->id);
    mime_text_free(&info->location);
    free(info);
}

static const WCHAR *extension(const char *type)
{
    static const struct { const char *type; const WCHAR *extension; } types[] =
    {
        {"text/plain", L".txt"}, {"text/html", L".htm"}, {"text/calendar", L".ics"},
        {"text/rtf", L".rtf"}, {"application/rtf", L".rtf"}, {"text/vcard", L".vcf"},
        {"text/xml", L".xml"}, {"text/csv", L".csv"}, {"text/rfc822-headers", L".txt"},
        {"message/delivery-status", L".txt"}, {"message/disposition-notification", L".txt"},
        {"message/rfc822", L".eml"}, {"image/jpeg", L".jpg"}, {"image/png", L".png"},
        {"image/gif", L".gif"}, {"image/bmp", L".bmp"}, {"image/svg+xml", L".svg"},
        {"image/tiff", L".tif"}, {"application/pdf", L".pdf"}, {"application/zip", L".zip"},
        {"application/ms-tnef", L".dat"}, {"application/pgp-signature", L".asc"},
        {"application/pkcs7-signature", L".p7s"}, {"application/x-pkcs7-signature", L".p7s"},
        {"application/pkcs7-mime", L".p7m"}, {"application/x-pkcs7-mime", L".p7m"},
        {"application/msword", L".doc"}, {"audio/mpeg", L".mp3"}, {"audio/x-wav", L".wav"}
    };
    unsigned i;

    for (i = 0; i < ARRAY_SIZE(types); i++)
        if (!strcmp(type, types[i].type)) return types[i].extension;
    return strncmp(type, "text/", 5) ? L".dat" : L".txt";
}

/* Eight characters and three, for those who know no other. */
static void short_name(const WCHAR *name, WCHAR *ret)
{
    const WCHAR *dot = wcsrchr(name, '.');
    size_t used = 0, i;

    for (i = 0; name[i] && name + i != dot && used < 8; i++)
        if (name[i] > ' ' && name[i] < 0x7f && name[i] != '.') ret[used++] = name[i];
    if (!used) ret[used++] = '_';
    if (dot && dot[1])
    {
        size_t end = used + 4;

        ret[used++] = '.';
        for (i = 1; dot[i] && used < end; i++)
            if (dot[i] > ' ' && dot[i] < 0x7f) ret[used++] = dot[i];
    }
    ret[used] = 0;
}

HRESULT create_attachment(struct level *level, const struct attachment_info *info, ULONG method,
                          IAttach **ret)
{
    WCHAR made[32], short_form[16], type[128];
    const WCHAR *name = info->name.data, *dot;
    struct props props = {0};
    size_t i;
    ULONG number;
    HRESULT hr;

    *ret = NULL;
    hr = IMessage_CreateAttach(level->message, NULL, 0, &number, ret);
    if (FAILED(hr)) return hr;
    level->attachments++;
    props_long(&props, PR_ATTACH_METHOD, method);
    props_long(&props, PR_RENDERING_POSITION, -1);
    if (!info->name.length && method == ATTACH_BY_VALUE)
    {
        swprintf(made, ARRAY_SIZE(made), L"ATT%05lu%ls", level->attachments, extension(info->type));
        name = made;
    }
    else if (!info->name.length) name = NULL;
    for (i = 0; info->type[i]; i++) type[i] = (unsigned char)info->type[i];
    if (type[0] && i) props_text(&props, PR_ATTACH_MIME_TAG_W, type, i);
    if (name)
    {
        props_text(&props, PR_ATTACH_LONG_FILENAME_W, name, lstrlenW(name));
        props_text(&props, PR_DISPLAY_NAME_W, name, lstrlenW(name));
        short_name(name, short_form);
        props_text(&props, PR_ATTACH_FILENAME_W, short_form, lstrlenW(short_form));
        if ((dot = wcsrchr(name, '.')))
            props_text(&props, PR_ATTACH_EXTENSION_W, dot, lstrlenW(dot));
    }
    if (info->id.length) props_text(&props, PR_ATTACH_CONTENT_ID_W, info->id.data, info->id.length);
    if (info->location.length)
        props_text(&props, PR_ATTACH_CONTENT_LOCATION_W, info->location.data,
                   info->location.length);
    if (info->related && (info->id.length || info->location.length))
    {
        props_long(&props, PR_ATTACH_FLAGS_LONG, ATT_IN_HTML);
        props_bool(&props, PR_ATTACHMENT_HIDDEN_, TRUE);
    }
    hr = props_set(&props, *ret);
    props_free(&props);
    if (FAILED(hr))
    {
        IAttach_Release(*ret);
        *ret = NULL;
    }
    return hr;
}

HRESULT open_attachment_stream(IAttach *attach, IStream **ret)
{
    *ret = NULL;
    return IAttach_OpenProperty(attach, PR_ATTACH_DATA_BIN, (IID *)&IID_IStream,
                                STGM_READWRITE | STGM_TRANSACTED, MAPI_CREATE | MAPI_MODIFY,
                                (IUnknown **)ret);
}

HRESULT save_attachment(IAttach *attach)
{
    return IAttach_SaveChanges(attach, 0);
}

HRESULT attach_bytes(struct level *level, const struct attachment_info *info, const void *data,
                     size_t size)
{
    IAttach *attach;
    HRESULT hr;

    if (FAILED(hr = create_attachment(level, info, ATTACH_BY_VALUE, &attach))) return hr;
    hr = put_large(attach, PR_ATTACH_DATA_BIN, data, size);
    if (SUCCEEDED(hr)) hr = save_attachment(attach);
    IAttach_Release(attach);
    return hr;
}
