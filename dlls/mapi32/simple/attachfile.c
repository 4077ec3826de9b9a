/*
 * Attachments that become files
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
 * The attachments of a message that is read become temporary files, which are the caller's to
 * delete. Each has a name of its own; the name a sender gave is data from outside: only the last
 * part of a path is taken, and of that only the extension, when it is a plain one, goes into the
 * file's name.
 *
 * An embedded message becomes a .msg file, an OLE object the stream or the storage that it is. What
 * the sender only referred to is named, but never fetched, and has no path.
 */

#define COBJMACROS
#include "simple/simple.h"
#include "imessage.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define COPY_SIZE     0x10000
#define EXTENSION_MAX 16
#define TRIES         1000

enum
{
    ROW_NUM, ROW_METHOD, ROW_LONG_NAME, ROW_NAME, ROW_DISPLAY, ROW_POSITION, ROW_TAG, ROW_ENCODING,
    COLUMNS
};

static const SizedSPropTagArray(COLUMNS, columns) =
    { COLUMNS, { PR_ATTACH_NUM, PR_ATTACH_METHOD, PR_ATTACH_LONG_FILENAME_W, PR_ATTACH_FILENAME_W,
                 PR_DISPLAY_NAME_W, PR_RENDERING_POSITION, PR_ATTACH_TAG, PR_ATTACH_ENCODING } };

/* ---- temporary files ---- */

static ULONG file_error(DWORD error)
{
    return error == ERROR_DISK_FULL || error == ERROR_HANDLE_DISK_FULL
               ? MAPI_E_DISK_FULL
               : MAPI_E_ATTACHMENT_WRITE_FAILURE;
}

/* The extension of a name, with its period, when it is made of letters and digits. */
static void plain_extension(const WCHAR *name, WCHAR extension[EXTENSION_MAX + 2])
{
    const WCHAR *p, *from = NULL;
    int i;

    extension[0] = 0;
    for (p = name; *p; p++) if (*p == '.') from = p;
    if (!from) return;
    for (i = 1; from[i]; i++)
        if (i > EXTENSION_MAX
            || !((from[i] >= '0' && from[i] <= '9') || (from[i] >= 'a' && from[i] <= 'z')
                 || (from[i] >= 'A' && from[i] <= 'Z')))
            return;
    if (i > 1) lstrcpyW(extension, from);
}

ULONG attachment_temp_file(const WCHAR *name, WCHAR path[MAX_PATH], HANDLE *file)
{
    static LONG counter;
    WCHAR extension[EXTENSION_MAX + 2];
    DWORD length, error = 0;
    int i;

    plain_extension(name, extension);
    length = GetTempPathW(MAX_PATH, path);
    if (!length || length > MAX_PATH - 24 - EXTENSION_MAX) return MAPI_E_ATTACHMENT_WRITE_FAILURE;
    for (i = 0; i < TRIES; i++)
    {
        wsprintfW(path + length, L"mapi%04lX%04lX%s", GetCurrentProcessId() & 0xffff,
                  (InterlockedIncrement(&counter) + GetTickCount()) & 0xffff, extension);
        *file = CreateFileW(path, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ, NULL, CREATE_NEW,
                            FILE_ATTRIBUTE_NORMAL, NULL);
        if (*file != INVALID_HANDLE_VALUE) return SUCCESS_SUCCESS;
        error = GetLastError();
        if (error != ERROR_FILE_EXISTS && error != ERROR_ALREADY_EXISTS) break;
    }
    WARN("%s: error %lu\n", debugstr_w(path), error);
    path[0] = 0;
    return file_error(error);
}

/* A path in ANSI. One that its code page cannot say is told by its short name. */
HRESULT attachment_temp_path(void *chain, const WCHAR *path, char **ret)
{
    WCHAR back[MAX_PATH], shorter[MAX_PATH];
    char ansi[MAX_PATH * 2];
    void *copy = NULL;
    HRESULT hr;

    if (platform_wide_to_ansi(path, -1, ansi, sizeof(ansi))
        && (!platform_ansi_to_wide(ansi, -1, back, MAX_PATH) || lstrcmpW(back, path))
        && GetShortPathNameW(path, shorter, MAX_PATH))
        path = shorter;
    hr = text_to_tstr(memory_exported, chain, path, 0, &copy);
    *ret = SUCCEEDED(hr) ? copy : NULL;
    return hr;
}

void attachments_delete_files(ULONG count, const MapiFileDesc *files)
{
    ULONG i;

    for (i = 0; i < count; i++)
        if (files[i].lpszPathName && *files[i].lpszPathName) DeleteFileA(files[i].lpszPathName);
}

/* ---- contents ---- */

static ULONG write_stream(IStream *stream, HANDLE file, BYTE head[8])
{
    ULONG ret = SUCCESS_SUCCESS, got, done = 0;
    BYTE *buffer;
    DWORD put;

    if (!(buffer = platform_alloc(COPY_SIZE))) return MAPI_E_INSUFFICIENT_MEMORY;
    while (!ret)
    {
        got = 0;
        if (FAILED(IStream_Read(stream, buffer, COPY_SIZE, &got))) ret = MAPI_E_FAILURE;
        else if (!got) break;
        else if (!WriteFile(file, buffer, min(got, COPY_SIZE), &put, NULL))
            ret = file_error(GetLastError());
        if (done < 8) memcpy(head + done, buffer, min(got, 8 - done));
        done = min(8, done + got);
    }
    platform_free(buffer);
    return ret;
}

/* What kind an OLE 1 stream says it is: 3 and 5 are pictures alone. */
static BOOL is_static(const BYTE head[8])
{
    return (head[4] == 3 || head[4] == 5) && !head[5] && !head[6] && !head[7];
}

static ULONG write_storage(IStorage *storage, const WCHAR *path)
{
    IStorage *file;
    HRESULT hr;

    hr = StgCreateDocfile(path, STGM_CREATE | STGM_READWRITE | STGM_SHARE_EXCLUSIVE, 0, &file);
    if (SUCCEEDED(hr))
    {
        hr = IStorage_CopyTo(storage, 0, NULL, NULL, file);
        if (SUCCEEDED(hr)) hr = IStorage_Commit(file, STGC_DEFAULT);
        IStorage_Release(file);
    }
    if (hr == STG_E_MEDIUMFULL) return MAPI_E_DISK_FULL;
    return SUCCEEDED(hr) ? SUCCESS_SUCCESS : MAPI_E_ATTACHMENT_WRITE_FAILURE;
}

static ULONG write_message(IMessage *message, const WCHAR *path)
{
    IMessage *copy;
    IStorage *file;
    HRESULT hr;

    hr = StgCreateDocfile(path, STGM_CREATE | STGM_READWRITE | STGM_SHARE_EXCLUSIVE, 0, &file);
    if (SUCCEEDED(hr))
    {
        hr = OpenIMsgOnIStg(NULL, memory_exported->allocate, memory_exported->more,
                            memory_exported->free, MAPIGetDefaultMalloc(), NULL, file, NULL, 0, 0,
                            &copy);
        if (SUCCEEDED(hr))
        {
            hr = IMessage_CopyTo(message, 0, NULL, NULL, 0, NULL, &IID_IMessage, copy, 0, NULL);
            if (SUCCEEDED(hr)) hr = IMessage_SaveChanges(copy, 0);
            IMessage_Release(copy);
        }
        IStorage_Release(file);
    }
    if (FAILED(hr)) WARN("%s: %#lx\n", debugstr_w(path), hr);
    if (hr == MAPI_E_NOT_ENOUGH_MEMORY) return MAPI_E_INSUFFICIENT_MEMORY;
    return SUCCEEDED(hr) ? SUCCESS_SUCCESS : MAPI_E_ATTACHMENT_WRITE_FAILURE;
}

/* *flags: MAPI_OLE. The file is there already, and empty. */
static ULONG write_content(IAttach *attach, LONG method, const WCHAR *path, HANDLE file,
                           ULONG *flags)
{
    IUnknown *object = NULL;
    BYTE head[8] = { 0 };
    ULONG ret;

    if (method == ATTACH_EMBEDDED_MSG)
    {
        CloseHandle(file);
        if (FAILED(IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0, &object)))
            return MAPI_E_FAILURE;
        ret = write_message((IMessage *)object, path);
    }
    else if (SUCCEEDED(IAttach_OpenProperty(attach, PR_ATTACH_DATA_BIN, &IID_IStream, STGM_READ, 0,
                                            &object)))
    {
        ret = write_stream((IStream *)object, file, head);
        CloseHandle(file);
        if (method == ATTACH_OLE) *flags = MAPI_OLE | (is_static(head) ? MAPI_OLE_STATIC : 0);
    }
    else
    {
        CloseHandle(file);
        if (method != ATTACH_OLE) return SUCCESS_SUCCESS;       /* one without data */
        *flags = MAPI_OLE;
        if (FAILED(IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IStorage, STGM_READ, 0,
                                        &object)))
            return MAPI_E_FAILURE;
        ret = write_storage((IStorage *)object, path);
    }
    IUnknown_Release(object);
    return ret;
}

/* ---- names and types ---- */

/* The name a sender gave, without what could lead elsewhere (platform_alloc). */
static WCHAR *safe_name(const SPropValue *row, LONG method)
{
    static const int order[] = { ROW_LONG_NAME, ROW_NAME, ROW_DISPLAY };
    WCHAR *given = NULL, *name, *q;
    const WCHAR *text, *p;
    size_t length;
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(order) && (!given || !*given); i++)
    {
        platform_free(given);
        given = NULL;
        if (PROP_TYPE(row[order[i]].ulPropTag) == PT_UNICODE)
            given = text_dup(row[order[i]].Value.lpszW);
        else if (PROP_TYPE(row[order[i]].ulPropTag) == PT_STRING8)
            given = text_from_ansi(row[order[i]].Value.lpszA);
    }
    text = given ? given : L"";
    for (p = text; *p; p++) if (*p == '\\' || *p == '/' || *p == ':') text = p + 1;
    length = text_length(text);
    if ((name = platform_alloc((length + 16) * sizeof(WCHAR))))
    {
        for (q = name, p = text; *p; p++) *q++ = *p < ' ' || wcschr(L"*?\"<>|", *p) ? '_' : *p;
        *q = 0;
        if (!*name) lstrcpyW(name, L"attachment");
        if (method == ATTACH_EMBEDDED_MSG
            && (length < 4 || text_compare_nocase(name + text_length(name) - 4, L".msg")))
            lstrcatW(name, L".msg");
    }
    platform_free(given);
    return name;
}

static HRESULT put_bytes(void *chain, const SPropValue *prop, ULONG *size, BYTE **bytes)
{
    HRESULT hr;

    if (PROP_TYPE(prop->ulPropTag) != PT_BINARY || !prop->Value.bin.cb) return S_OK;
    hr = memory_exported->more(prop->Value.bin.cb, chain, (void **)bytes);
    if (FAILED(hr)) return hr;
    memcpy(*bytes, prop->Value.bin.lpb, prop->Value.bin.cb);
    *size = prop->Value.bin.cb;
    return S_OK;
}

static HRESULT put_tag(void *chain, const SPropValue *row, MapiFileDesc *ret)
{
    struct file_tag *tag;
    HRESULT hr;

    if (PROP_TYPE(row[ROW_TAG].ulPropTag) != PT_BINARY
        && PROP_TYPE(row[ROW_ENCODING].ulPropTag) != PT_BINARY)
        return S_OK;
    if (FAILED(hr = memory_exported->more(sizeof(*tag), chain, (void **)&tag))) return hr;
    memset(tag, 0, sizeof(*tag));
    ret->lpFileType = tag;
    if (FAILED(hr = put_bytes(chain, row + ROW_TAG, &tag->cbTag, &tag->lpTag))) return hr;
    return put_bytes(chain, row + ROW_ENCODING, &tag->cbEncoding, &tag->lpEncoding);
}

static ULONG to_file(IMessage *message, void *chain, const SPropValue *row, BOOL names_only,
                     MapiFileDesc *ret)
{
    LONG method = row[ROW_METHOD].ulPropTag == PR_ATTACH_METHOD ? row[ROW_METHOD].Value.l
                                                                : ATTACH_BY_VALUE;
    ULONG flags = method == ATTACH_OLE ? MAPI_OLE : 0;
    WCHAR *name, path[MAX_PATH];
    void *copy = NULL;
    ULONG code = SUCCESS_SUCCESS;
    IAttach *attach;
    HANDLE file;
    HRESULT hr;

    if (!(name = safe_name(row, method))) return MAPI_E_INSUFFICIENT_MEMORY;
    ret->nPosition = row[ROW_POSITION].ulPropTag == PR_RENDERING_POSITION
                         ? row[ROW_POSITION].Value.l
                         : ~0u;
    hr = text_to_tstr(memory_exported, chain, name, 0, &copy);
    ret->lpszFileName = copy;
    if (SUCCEEDED(hr)) hr = put_tag(chain, row, ret);
    if (FAILED(hr)) code = simple_error(hr);

    if (!code && !names_only && method != ATTACH_BY_REFERENCE && method != ATTACH_BY_REF_RESOLVE
        && method != ATTACH_BY_REF_ONLY && method != NO_ATTACHMENT
        && !(code = attachment_temp_file(name, path, &file)))
    {
        if (FAILED(hr = attachment_temp_path(chain, path, &ret->lpszPathName)))
            code = simple_error(hr);
        else if (FAILED(hr = IMessage_OpenAttach(message, row[ROW_NUM].Value.l, NULL, 0, &attach)))
            code = simple_error(hr);
        if (code)
        {
            CloseHandle(file);
            DeleteFileW(path);
            ret->lpszPathName = NULL;
        }
        else
        {
            code = write_content(attach, method, path, file, &flags);
            IAttach_Release(attach);
        }
    }
    ret->flFlags = flags;
    platform_free(name);
    return code;
}

ULONG attachments_to_files(struct simple_session *session, IMessage *message, void *chain,
                           BOOL names_only, ULONG room, MapiFileDesc *files)
{
    struct simple_tags tags;
    ULONG i, code = SUCCESS_SUCCESS;
    SRowSet *rows = NULL;
    IMAPITable *table;
    HRESULT hr;

    hr = IMessage_GetAttachmentTable(message, simple_width(session), &table);
    if (FAILED(hr)) return simple_error(hr);
    hr = HrQueryAllRows(table, simple_tags(session, &columns, &tags), NULL, NULL, room, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return simple_error(hr);
    for (i = 0; i < rows->cRows && i < room && !code; i++)
        code = to_file(message, chain, rows->aRow[i].lpProps, names_only, files + i);
    if (code) attachments_delete_files(i, files);
    FreeProws(rows);
    return code;
}
