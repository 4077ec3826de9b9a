/*
 * Properties and streams of MAPI objects
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

#include "private.h"

#define CHUNK 65536

static SPropValue *next_value(struct props *props, ULONG tag)
{
    SPropValue *values;
    ULONG room;

    if (props->failed) return NULL;
    if (!props->block && MAPIAllocateBuffer(sizeof(ULONG), &props->block)) goto failed;
    if (props->count == props->room)
    {
        room = props->room ? props->room * 2 : 16;
        if (!(values = realloc(props->values, room * sizeof(*values)))) goto failed;
        props->values = values;
        props->room = room;
    }
    memset(props->values + props->count, 0, sizeof(*props->values));
    props->values[props->count].ulPropTag = tag;
    return props->values + props->count++;

failed:
    props->failed = TRUE;
    return NULL;
}

static void *props_bytes(struct props *props, const void *data, size_t size, size_t closing)
{
    void *copy;

    if (size > 0x7fffffff || MAPIAllocateMore((ULONG)(size + closing), props->block, &copy))
    {
        props->failed = TRUE;
        props->count--;
        return NULL;
    }
    if (size) memcpy(copy, data, size);
    memset((char *)copy + size, 0, closing);
    return copy;
}

void props_text(struct props *props, ULONG tag, const WCHAR *text, size_t length)
{
    SPropValue *value = next_value(props, CHANGE_PROP_TYPE(tag, PT_UNICODE));
    WCHAR *copy;
    size_t i;

    if (!value || !(copy = props_bytes(props, text, length * sizeof(WCHAR), sizeof(WCHAR)))) return;
    for (i = 0; i < length; i++) if (!copy[i]) copy[i] = ' ';
    value->Value.lpszW = copy;
}

void props_binary(struct props *props, ULONG tag, const void *data, size_t size)
{
    SPropValue *value = next_value(props, tag);

    if (!value) return;
    value->Value.bin.cb = (ULONG)size;
    value->Value.bin.lpb = props_bytes(props, data, size, 1);
}

void props_long(struct props *props, ULONG tag, LONG number)
{
    SPropValue *value = next_value(props, tag);

    if (value) value->Value.l = number;
}

void props_bool(struct props *props, ULONG tag, BOOL flag)
{
    SPropValue *value = next_value(props, tag);

    if (value) value->Value.b = flag;
}

void props_time(struct props *props, ULONG tag, ULONGLONG time)
{
    SPropValue *value = next_value(props, tag);

    if (!value) return;
    value->Value.ft.dwLowDateTime = (DWORD)time;
    value->Value.ft.dwHighDateTime = (DWORD)(time >> 32);
}

HRESULT make_ansi(SPropValue *values, ULONG count, void *block)
{
    ULONG i;

    for (i = 0; i < count; i++)
    {
        char *text;
        int size;

        if (PROP_TYPE(values[i].ulPropTag) != PT_UNICODE) continue;
        size = WideCharToMultiByte(CP_ACP, 0, values[i].Value.lpszW, -1, NULL, 0, NULL, NULL);
        if (size <= 0 || MAPIAllocateMore(size, block, (void **)&text))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        WideCharToMultiByte(CP_ACP, 0, values[i].Value.lpszW, -1, text, size, NULL, NULL);
        values[i].ulPropTag = CHANGE_PROP_TYPE(values[i].ulPropTag, PT_STRING8);
        values[i].Value.lpszA = text;
    }
    return S_OK;
}

static HRESULT make_wide(SPropValue *values, ULONG count, void *block)
{
    ULONG i;

    for (i = 0; i < count; i++)
    {
        WCHAR *text;
        int length;

        if (PROP_TYPE(values[i].ulPropTag) != PT_STRING8) continue;
        length = MultiByteToWideChar(CP_ACP, 0, values[i].Value.lpszA, -1, NULL, 0);
        if (length <= 0 || MAPIAllocateMore(length * sizeof(WCHAR), block, (void **)&text))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        MultiByteToWideChar(CP_ACP, 0, values[i].Value.lpszA, -1, text, length);
        values[i].ulPropTag = CHANGE_PROP_TYPE(values[i].ulPropTag, PT_UNICODE);
        values[i].Value.lpszW = text;
    }
    return S_OK;
}

HRESULT props_set(struct props *props, void *object)
{
    HRESULT hr;

    if (props->failed) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (!props->count) return S_OK;
    /* What an object computes by itself it does not take; that is no error. */
    hr = IMAPIProp_SetProps((IMAPIProp *)object, props->count, props->values, NULL);
    if (hr == MAPI_E_BAD_CHARWIDTH)
    {
        hr = make_ansi(props->values, props->count, props->block);
        if (FAILED(hr)) return hr;
        hr = IMAPIProp_SetProps((IMAPIProp *)object, props->count, props->values, NULL);
    }
    return FAILED(hr) ? hr : S_OK;
}

void props_free(struct props *props)
{
    MAPIFreeBuffer(props->block);
    free(props->values);
    memset(props, 0, sizeof(*props));
}

SPropValue *props_take(struct props *props, ULONG *count)
{
    SPropValue *values = NULL;

    *count = 0;
    if (!props->failed && props->count
        && !ScDupPropset(props->count, props->values, MAPIAllocateBuffer, &values))
        *count = props->count;
    props_free(props);
    return values;
}

/* ---------------------------------------------------------------------------- one-off entry IDs */

static const BYTE one_off_uid[16] =
{
    0x81, 0x2b, 0x1f, 0xa4, 0xbe, 0xa3, 0x10, 0x19, 0x9d, 0x6e, 0x00, 0xdd, 0x01, 0x0f, 0x54, 0x02
};

static void put_wide(struct mime_bytes *bytes, const WCHAR *text)
{
    mime_put(bytes, text, (lstrlenW(text) + 1) * sizeof(WCHAR));
}

void put_one_off(struct mime_bytes *bytes, const WCHAR *name, const WCHAR *address)
{
    /* Version 0; MAPI_ONE_OFF_UNICODE and MAPI_ONE_OFF_NO_RICH_INFO */
    static const BYTE version[] = {0, 0, 0x01, 0x80}, flags[4];

    mime_put(bytes, flags, sizeof(flags));
    mime_put(bytes, one_off_uid, sizeof(one_off_uid));
    mime_put(bytes, version, sizeof(version));
    put_wide(bytes, name);
    put_wide(bytes, L"SMTP");
    put_wide(bytes, address);
}

void props_one_off(struct props *props, ULONG entryid, ULONG key, const WCHAR *name,
                   const WCHAR *address)
{
    struct mime_bytes bytes = {0};
    size_t i;

    if (entryid)
    {
        put_one_off(&bytes, name, address);
        props_binary(props, entryid, bytes.data, bytes.size);
        bytes.size = 0;
    }
    if (key)
    {
        mime_put_string(&bytes, "SMTP:");
        mime_encode_utf8(address, lstrlenW(address), &bytes);
        mime_put_byte(&bytes, 0);
        for (i = 0; i < bytes.size; i++)
            if (bytes.data[i] >= 'a' && bytes.data[i] <= 'z') bytes.data[i] -= 'a' - 'A';
        props_binary(props, key, bytes.data, bytes.size);
    }
    if (bytes.failed) props->failed = TRUE;
    mime_bytes_free(&bytes);
}

static size_t one_off_text(const BYTE *data, size_t size, BOOL unicode, struct mime_text *text)
{
    size_t i;

    if (!unicode)
    {
        for (i = 0; i < size && data[i];) i++;
        if (i == size) return 0;
        mime_decode(GetACP(), (const char *)data, i, text);
        return i + 1;
    }
    for (i = 0; i + 1 < size && (data[i] || data[i + 1]); i += 2)
        mime_text_put_char(text, data[i] | data[i + 1] << 8);
    return i + 1 < size ? i + 2 : 0;
}

BOOL read_one_off(const BYTE *id, size_t size, struct mime_text *name, struct mime_text *type,
                  struct mime_text *address)
{
    struct mime_text *const texts[] = {name, type, address};
    size_t at = 24, used;
    unsigned i;

    if (size < 24 || memcmp(id + 4, one_off_uid, sizeof(one_off_uid))) return FALSE;
    for (i = 0; i < 3; i++)
    {
        used = one_off_text(id + at, size - at, (id[23] & 0x80) != 0, texts[i]);
        if (!used) return FALSE;
        at += used;
    }
    return TRUE;
}

/* -------------------------------------------------------------------------- reading and writing */

SPropValue *get_prop(void *object, ULONG tag)
{
    SizedSPropTagArray(1, tags) = {1, {tag}};
    SPropValue *value = NULL;
    ULONG count = 0;
    HRESULT hr;

    hr = IMAPIProp_GetProps((IMAPIProp *)object, (SPropTagArray *)&tags,
                            PROP_TYPE(tag) == PT_UNICODE ? MAPI_UNICODE : 0, &count, &value);
    if (hr == MAPI_E_BAD_CHARWIDTH || (hr == MAPI_W_ERRORS_RETURNED && PROP_TYPE(tag) == PT_UNICODE
                                       && value && value->Value.err == MAPI_E_BAD_CHARWIDTH))
    {
        MAPIFreeBuffer(value);
        value = NULL;
        tags.aulPropTag[0] = CHANGE_PROP_TYPE(tag, PT_STRING8);
        hr = IMAPIProp_GetProps((IMAPIProp *)object, (SPropTagArray *)&tags, 0, &count, &value);
        if (hr == S_OK && value) hr = make_wide(value, count, value);
    }
    if (FAILED(hr) || !value || !count || value->ulPropTag != tag)
    {
        MAPIFreeBuffer(value);
        return NULL;
    }
    return value;
}

/* A store without Unicode has tables without it. */
HRESULT get_recipients(IMessage *message, const SPropTagArray *columns, SRowSet **ret)
{
    SPropTagArray *ansi = NULL;
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    *ret = NULL;
    if (FAILED(hr = IMessage_GetRecipientTable(message, MAPI_UNICODE, &table)))
    {
        if (hr != MAPI_E_BAD_CHARWIDTH) return hr;
        if (MAPIAllocateBuffer(CbNewSPropTagArray(columns->cValues), (void **)&ansi))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        ansi->cValues = columns->cValues;
        for (i = 0; i < columns->cValues; i++)
            ansi->aulPropTag[i] = PROP_TYPE(columns->aulPropTag[i]) == PT_UNICODE
                ? CHANGE_PROP_TYPE(columns->aulPropTag[i], PT_STRING8) : columns->aulPropTag[i];
        if (FAILED(hr = IMessage_GetRecipientTable(message, 0, &table)))
        {
            MAPIFreeBuffer(ansi);
            return hr;
        }
    }
    hr = HrQueryAllRows(table, ansi ? ansi : (SPropTagArray *)columns, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    for (i = 0; SUCCEEDED(hr) && ansi && i < rows->cRows; i++)
        if (FAILED(make_wide(rows->aRow[i].lpProps, rows->aRow[i].cValues, rows->aRow[i].lpProps)))
        {
            FreeProws(rows);
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        }
    MAPIFreeBuffer(ansi);
    if (SUCCEEDED(hr)) *ret = rows;
    return hr;
}

HRESULT get_stream(void *object, ULONG tag, IStream **stream)
{
    *stream = NULL;
    return IMAPIProp_OpenProperty((IMAPIProp *)object, tag, (IID *)&IID_IStream, 0, 0,
                                  (IUnknown **)stream);
}

/* Up to the limit of a body. */
static HRESULT read_stream(IStream *stream, struct mime_bytes *bytes)
{
    char *chunk;
    ULONG got;
    HRESULT hr;

    if (!(chunk = malloc(CHUNK))) return MAPI_E_NOT_ENOUGH_MEMORY;
    do
    {
        got = 0;
        hr = IStream_Read(stream, chunk, CHUNK, &got);
        if (FAILED(hr) || got > CHUNK) break;
        mime_put(bytes, chunk, got);
    } while (got && bytes->size < 0x10000000 && !bytes->failed);
    free(chunk);
    return bytes->failed ? MAPI_E_NOT_ENOUGH_MEMORY : FAILED(hr) ? hr : S_OK;
}

BOOL get_text(void *object, ULONG tag, struct mime_text *text)
{
    struct mime_bytes bytes = {0};
    SPropValue *value;
    IStream *stream;
    BOOL ansi = FALSE;
    HRESULT hr;

    if ((value = get_prop(object, tag)))
    {
        mime_text_put(text, value->Value.lpszW, lstrlenW(value->Value.lpszW));
        MAPIFreeBuffer(value);
        return TRUE;
    }
    hr = get_stream(object, tag, &stream);
    if (FAILED(hr))
    {
        ansi = TRUE;
        if (FAILED(get_stream(object, CHANGE_PROP_TYPE(tag, PT_STRING8), &stream))) return FALSE;
    }
    hr = read_stream(stream, &bytes);
    IStream_Release(stream);
    if (SUCCEEDED(hr) && ansi) mime_decode(GetACP(), bytes.data, bytes.size, text);
    else if (SUCCEEDED(hr)) mime_text_put(text, (WCHAR *)bytes.data, bytes.size / sizeof(WCHAR));
    while (text->length && !text->data[text->length - 1]) text->length--;
    mime_bytes_free(&bytes);
    return SUCCEEDED(hr);
}

HRESULT temporary_stream(IStream **stream)
{
    *stream = NULL;
    return OpenStreamOnFile(MAPIAllocateBuffer, MAPIFreeBuffer,
                            SOF_UNIQUEFILENAME | STGM_CREATE | STGM_READWRITE
                                | STGM_DELETEONRELEASE, NULL, (LPTSTR)"mim", stream);
}

HRESULT write_all(IStream *stream, const void *data, size_t size)
{
    const char *p = data;
    ULONG written;
    HRESULT hr;

    while (size)
    {
        written = 0;
        hr = IStream_Write(stream, p, size > 0x1000000 ? 0x1000000 : (ULONG)size, &written);
        if (FAILED(hr)) return hr;
        if (!written || written > size) return MAPI_E_CALL_FAILED;
        p += written;
        size -= written;
    }
    return S_OK;
}

HRESULT put_large(void *object, ULONG tag, const void *data, size_t size)
{
    struct props props = {0};
    IStream *stream = NULL;
    HRESULT hr;

    hr = IMAPIProp_OpenProperty((IMAPIProp *)object, tag, (IID *)&IID_IStream,
                                STGM_READWRITE | STGM_TRANSACTED, MAPI_CREATE | MAPI_MODIFY,
                                (IUnknown **)&stream);
    if (SUCCEEDED(hr))
    {
        ULARGE_INTEGER none = {{0}};

        IStream_SetSize(stream, none);
        hr = write_all(stream, data, size);
        if (SUCCEEDED(hr)) hr = IStream_Commit(stream, STGC_DEFAULT);
        IStream_Release(stream);
        if (SUCCEEDED(hr)) return S_OK;
    }
    if (PROP_TYPE(tag) == PT_UNICODE) props_text(&props, tag, data, size / sizeof(WCHAR));
    else props_binary(&props, tag, data, size);
    hr = props_set(&props, object);
    props_free(&props);
    return hr;
}
