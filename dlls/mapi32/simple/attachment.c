/*
 * Files that become attachments
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
 * A file of a caller's becomes an attachment: it is read here and now, for callers delete their
 * files as soon as the call is over. Names are the callers' business; two attachments may have the
 * same.
 *
 * OLE objects (MAPI_OLE) are files that hold an OLE 1 stream. They keep it as PR_ATTACH_DATA_BIN
 * under ATTACH_OLE, with the tag that says so unless the caller has a tag of its own. Whether one
 * is static stands in the stream itself, as its kind of object.
 */

#define COBJMACROS
#include "simple/simple.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define PROPS_MAX 10
#define COPY_SIZE 0x10000

static const BYTE tag_ole1[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x14, 0x03, 0x0a, 0x03, 0x01 };

const WCHAR *attachment_name(const MapiFileDescW *from)
{
    const WCHAR *name = from->lpszPathName, *p;

    if (from->lpszFileName && *from->lpszFileName) name = from->lpszFileName;
    for (p = name; p && *p; p++) if (*p == '\\' || *p == '/') name = p + 1;
    return name ? name : L"";
}

static ULONG open_file(const WCHAR *path, HANDLE *file)
{
    LARGE_INTEGER size;
    DWORD error;

    if (!path || !*path) return MAPI_E_ATTACHMENT_NOT_FOUND;
    *file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                        OPEN_EXISTING, FILE_FLAG_SEQUENTIAL_SCAN, NULL);
    if (*file == INVALID_HANDLE_VALUE)
    {
        error = GetLastError();
        WARN("%s: error %lu\n", debugstr_w(path), error);
        switch (error)
        {
        case ERROR_FILE_NOT_FOUND:
        case ERROR_PATH_NOT_FOUND:
        case ERROR_INVALID_NAME:
        case ERROR_INVALID_DRIVE:
        case ERROR_BAD_PATHNAME:
        case ERROR_BAD_NETPATH:
            return MAPI_E_ATTACHMENT_NOT_FOUND;
        }
        return MAPI_E_ATTACHMENT_OPEN_FAILURE;
    }
    if (GetFileSizeEx(*file, &size) && size.QuadPart > 0x7fffffff)
    {
        CloseHandle(*file);
        return MAPI_E_ATTACHMENT_TOO_LARGE;
    }
    return SUCCESS_SUCCESS;
}

static ULONG copy_file(HANDLE file, IStream *stream)
{
    ULONG ret = SUCCESS_SUCCESS;
    ULONGLONG total = 0;
    BYTE *buffer;
    HRESULT hr;
    DWORD size;

    if (!(buffer = platform_alloc(COPY_SIZE))) return MAPI_E_INSUFFICIENT_MEMORY;
    while (!ret)
    {
        if (!ReadFile(file, buffer, COPY_SIZE, &size, NULL)) ret = MAPI_E_ATTACHMENT_OPEN_FAILURE;
        else if (!size) break;
        else if ((total += size) > 0x7fffffff) ret = MAPI_E_ATTACHMENT_TOO_LARGE;
        else if (FAILED(hr = IStream_Write(stream, buffer, size, NULL)))
            ret = hr == MAPI_E_NOT_ENOUGH_DISK || hr == STG_E_MEDIUMFULL
                      ? MAPI_E_DISK_FULL
                      : MAPI_E_ATTACHMENT_WRITE_FAILURE;
    }
    if (!ret && FAILED(IStream_Commit(stream, STGC_DEFAULT))) ret = MAPI_E_ATTACHMENT_WRITE_FAILURE;
    platform_free(buffer);
    return ret;
}

/* A string property of the store's width; chain owns the converted text. */
static HRESULT set_text(const struct simple_session *session, void *chain, SPropValue *prop,
                        ULONG tag, const WCHAR *text)
{
    void *copy;
    HRESULT hr;

    hr = text_to_tstr(memory_exported, chain, text, session->unicode ? MAPI_UNICODE : 0, &copy);
    if (FAILED(hr)) return hr;
    prop->ulPropTag = CHANGE_PROP_TYPE(tag, session->unicode ? PT_UNICODE : PT_STRING8);
    prop->Value.lpszA = copy;
    return S_OK;
}

static void set_binary(SPropValue *prop, ULONG tag, ULONG size, const BYTE *bytes)
{
    prop->ulPropTag = tag;
    prop->Value.bin.cb = size;
    prop->Value.bin.lpb = (BYTE *)bytes;
}

static HRESULT set_props(const struct simple_session *session, IAttach *attach,
                         const MapiFileDescW *from)
{
    const struct file_tag *tag = from->lpFileType;
    const WCHAR *name = attachment_name(from), *p, *extension = NULL;
    BOOL ole = (from->flFlags & MAPI_OLE) != 0;
    SPropValue *props;
    HRESULT hr;
    ULONG n = 0;

    if (FAILED(hr = memory_exported->allocate(PROPS_MAX * sizeof(*props), (void **)&props)))
        return hr;
    memset(props, 0, PROPS_MAX * sizeof(*props));
    for (p = name; *p; p++) if (*p == '.') extension = p;
    props[n].ulPropTag = PR_ATTACH_METHOD;
    props[n++].Value.l = ole ? ATTACH_OLE : ATTACH_BY_VALUE;
    props[n].ulPropTag = PR_RENDERING_POSITION;
    props[n++].Value.l = from->nPosition;
    hr = set_text(session, props, props + n++, PR_ATTACH_FILENAME_W, name);
    if (SUCCEEDED(hr)) hr = set_text(session, props, props + n++, PR_ATTACH_LONG_FILENAME_W, name);
    if (SUCCEEDED(hr)) hr = set_text(session, props, props + n++, PR_DISPLAY_NAME_W, name);
    if (SUCCEEDED(hr) && extension)
        hr = set_text(session, props, props + n++, PR_ATTACH_EXTENSION_W, extension);
    if (tag && tag->cbTag) set_binary(props + n++, PR_ATTACH_TAG, tag->cbTag, tag->lpTag);
    else if (ole) set_binary(props + n++, PR_ATTACH_TAG, sizeof(tag_ole1), tag_ole1);
    if (tag && tag->cbEncoding)
        set_binary(props + n++, PR_ATTACH_ENCODING, tag->cbEncoding, tag->lpEncoding);
    if (SUCCEEDED(hr)) hr = IAttach_SetProps(attach, n, props, NULL);
    memory_exported->free(props);
    return hr;
}

ULONG attachment_from_file(struct simple_session *session, IMessage *message,
                           const MapiFileDescW *from)
{
    IStream *stream = NULL;
    ULONG number, ret;
    IAttach *attach;
    HANDLE file;
    HRESULT hr;

    if ((ret = open_file(from->lpszPathName, &file))) return ret;
    if (FAILED(hr = IMessage_CreateAttach(message, NULL, 0, &number, &attach)))
    {
        CloseHandle(file);
        return simple_error(hr);
    }
    hr = set_props(session, attach, from);
    if (SUCCEEDED(hr))
        hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_BIN, &IID_IStream,
                                  STGM_WRITE | STGM_TRANSACTED, MAPI_CREATE | MAPI_MODIFY,
                                  (IUnknown **)&stream);
    if (SUCCEEDED(hr))
    {
        ret = copy_file(file, stream);
        IStream_Release(stream);
    }
    else
        ret = hr == MAPI_E_NOT_ENOUGH_MEMORY ? MAPI_E_INSUFFICIENT_MEMORY
                                             : MAPI_E_ATTACHMENT_WRITE_FAILURE;
    if (!ret && FAILED(IAttach_SaveChanges(attach, 0))) ret = MAPI_E_ATTACHMENT_WRITE_FAILURE;
    IAttach_Release(attach);
    CloseHandle(file);
    return ret;
}
