/*
 * The folder in which a message waits for the mail program
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
 * Each message gets a folder of its own, mail-PROCESS-NUMBER, in the folder wine-mapi below the
 * temporary files or below the folder that MailFolder names. What the caller attaches is copied
 * there before anything is started, each file into a folder of its own, so that names are kept and
 * may repeat, and the caller may delete its files at once. The mail program reads late, so the
 * folder stays; handover.sh, which also says what is in it, removes those that are older than a
 * day.
 *
 * Paths are built with the prefix that keeps Windows from changing the end of a name.
 */

#include "core/core.h"
#include "clients.h"
#include "simple/simple.h"
#include "simple/native.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define NAME_BYTES 200          /* of a file, in UTF-8; Unix file systems take 255 */
#define DELETE_DEPTH 2

static const WCHAR verbatim[] = L"\\\\?\\";

static WCHAR *join_path(const WCHAR *folder, const WCHAR *name)
{
    size_t size = lstrlenW(folder) + lstrlenW(name) + 2;
    WCHAR *path = platform_alloc(size * sizeof(WCHAR));

    if (!path) return NULL;
    lstrcpyW(path, folder);
    if (*path && path[lstrlenW(path) - 1] != '\\') lstrcatW(path, L"\\");
    lstrcatW(path, name);
    return path;
}

/* Where the folders are made (platform_alloc), with a drive. *shared: the administrator chose
 * it. */
static WCHAR *base_folder(BOOL *shared)
{
    WCHAR temp[MAX_PATH + 1], *base, *folder = client_setting(L"MailFolder");
    DWORD length;

    *shared = FALSE;
    if (folder)
    {
        if (folder[0] && folder[1] == ':' && folder[2] == '\\' && lstrlenW(folder) < MAX_PATH / 2)
        {
            *shared = TRUE;
            base = join_path(folder, L"wine-mapi");
            platform_free(folder);
            return base;
        }
        WARN("MailFolder is %s, no full path\n", debugstr_w(folder));
        platform_free(folder);
    }
    length = GetTempPathW(ARRAY_SIZE(temp), temp);
    if (!length || length >= ARRAY_SIZE(temp)) return NULL;
    return join_path(temp, L"wine-mapi");
}

static void delete_tree(const WCHAR *folder, unsigned int depth)
{
    WCHAR *pattern = join_path(folder, L"*"), *path;
    WIN32_FIND_DATAW data;
    HANDLE find;

    find = pattern ? FindFirstFileW(pattern, &data) : INVALID_HANDLE_VALUE;
    if (find != INVALID_HANDLE_VALUE)
    {
        do
        {
            if (!lstrcmpW(data.cFileName, L".") || !lstrcmpW(data.cFileName, L"..")) continue;
            if (!(path = join_path(folder, data.cFileName))) continue;
            if (!(data.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY)) DeleteFileW(path);
            else if (depth) delete_tree(path, depth - 1);
            platform_free(path);
        }
        while (FindNextFileW(find, &data));
        FindClose(find);
    }
    platform_free(pattern);
    RemoveDirectoryW(folder);
}

ULONG outgoing_create(struct outgoing_folder *out)
{
    static LONG number;
    WCHAR *base, name[64];
    BOOL shared, made = FALSE;
    unsigned int tries;

    memset(out, 0, sizeof(*out));
    if (!(base = base_folder(&shared))) return MAPI_E_INSUFFICIENT_MEMORY;
    CreateDirectoryW(base, NULL);
    for (tries = 0; !made && tries < 1000; tries++)
    {
        wsprintfW(name, L"mail-%lu-%lu", GetCurrentProcessId(), InterlockedIncrement(&number));
        platform_free(out->start);
        if (!(out->start = join_path(base, name))) break;
        if (!(made = CreateDirectoryW(out->start, NULL)) && GetLastError() != ERROR_ALREADY_EXISTS)
            break;
    }
    platform_free(base);
    if (made
        && (out->path = platform_alloc((lstrlenW(out->start) + ARRAY_SIZE(verbatim))
                                       * sizeof(WCHAR))))
    {
        lstrcpyW(out->path, verbatim);
        lstrcatW(out->path, out->start);
        if (!shared || !outgoing_write(out, L"shared", "", 0)) return SUCCESS_SUCCESS;
    }
    WARN("no folder for the message at %s: error %lu\n", debugstr_w(out->start), GetLastError());
    outgoing_delete(out);
    return MAPI_E_FAILURE;
}

void outgoing_free(struct outgoing_folder *out)
{
    platform_free(out->start);
    platform_free(out->path);
    platform_free(out->list);
    memset(out, 0, sizeof(*out));
}

void outgoing_delete(struct outgoing_folder *out)
{
    if (out->path) delete_tree(out->path, DELETE_DEPTH);
    outgoing_free(out);
}

static ULONG file_error(DWORD error)
{
    return error == ERROR_DISK_FULL || error == ERROR_HANDLE_DISK_FULL
               ? MAPI_E_DISK_FULL
               : MAPI_E_ATTACHMENT_WRITE_FAILURE;
}

ULONG outgoing_write(const struct outgoing_folder *out, const WCHAR *name, const void *data,
                     size_t size)
{
    WCHAR *path = join_path(out->path, name);
    ULONG ret = SUCCESS_SUCCESS;
    HANDLE file;
    DWORD done;

    if (!path) return MAPI_E_INSUFFICIENT_MEMORY;
    file = CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    platform_free(path);
    if (file == INVALID_HANDLE_VALUE) return file_error(GetLastError());
    if (size > ~0u || (size && (!WriteFile(file, data, size, &done, NULL) || done != size)))
        ret = file_error(GetLastError());
    CloseHandle(file);
    return ret;
}

/* UTF-8, platform_alloc, with a terminator that is not in *size. */
static char *to_utf8(const WCHAR *text, size_t *size)
{
    int length = lstrlenW(text), room = platform_wide_to_codepage(CP_UTF8, text, length, NULL, 0);
    char *ret;

    if (length && room <= 0) return NULL;
    if (!(ret = platform_alloc((size_t)room + 1))) return NULL;
    if (length) platform_wide_to_codepage(CP_UTF8, text, length, ret, room);
    ret[room] = 0;
    *size = room;
    return ret;
}

ULONG outgoing_write_text(const struct outgoing_folder *out, const WCHAR *name, const WCHAR *text)
{
    size_t size;
    char *data = to_utf8(text, &size);
    ULONG ret;

    if (!data) return MAPI_E_INSUFFICIENT_MEMORY;
    ret = outgoing_write(out, name, data, size);
    platform_free(data);
    return ret;
}

/* The name for the recipient as a name that a file can have (platform_alloc): what neither side
 * allows, and line ends, become "_". A name that is too long keeps its extension. ascii: nothing
 * else either. */
static WCHAR *file_name(const MapiFileDescW *from, BOOL ascii)
{
    const WCHAR *name, *p;
    WCHAR *ret, *extension, *cut;
    size_t size;
    char *utf8;

    for (name = p = from->lpszPathName; *p; p++) if (*p == '\\' || *p == '/') name = p + 1;
    if (from->lpszFileName && *from->lpszFileName) name = from->lpszFileName;
    if (!lstrcmpW(name, L"") || !lstrcmpW(name, L".") || !lstrcmpW(name, L".."))
        name = L"attachment";
    if (!(ret = text_dup(name))) return NULL;
    for (cut = ret; *cut; cut++)
    {
        for (p = L"<>:\"/\\|?*\x7f"; *p && *p != *cut; p++) {}
        if (*cut < ' ' || *p || (ascii && *cut > '~')) *cut = '_';
    }
    extension = NULL;
    for (cut = ret; *cut; cut++) if (*cut == '.') extension = cut;
    if (!extension || lstrlenW(extension) > 16 || extension == ret) extension = ret + lstrlenW(ret);
    while ((utf8 = to_utf8(ret, &size)))
    {
        platform_free(utf8);
        if (size <= NAME_BYTES) return ret;
        if (extension == ret) extension++;
        if (extension - ret > 1 && IS_LOW_SURROGATE(extension[-1])
            && IS_HIGH_SURROGATE(extension[-2]))
        {
            memmove(extension - 2, extension, (lstrlenW(extension) + 1) * sizeof(WCHAR));
            extension -= 2;
        }
        else
        {
            memmove(extension - 1, extension, (lstrlenW(extension) + 1) * sizeof(WCHAR));
            extension--;
        }
    }
    platform_free(ret);
    return NULL;
}

static ULONG copy_file(const WCHAR *from, const WCHAR *folder, const WCHAR *name)
{
    WCHAR *path = join_path(folder, name);
    DWORD error = 0;

    if (!path) return MAPI_E_INSUFFICIENT_MEMORY;
    if (!CopyFileW(from, path, TRUE)) error = GetLastError();
    else SetFileAttributesW(path, FILE_ATTRIBUTE_NORMAL);
    platform_free(path);
    if (error) WARN("%s as %s: error %lu\n", debugstr_w(from), debugstr_w(name), error);
    return error ? file_error(error) : SUCCESS_SUCCESS;
}

/* A caller's file that can be read. */
static ULONG check_file(const WCHAR *path)
{
    HANDLE file;
    DWORD error;

    if (!path || !*path) return MAPI_E_ATTACHMENT_NOT_FOUND;
    file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                       NULL, OPEN_EXISTING, 0, NULL);
    if (file != INVALID_HANDLE_VALUE)
    {
        CloseHandle(file);
        return SUCCESS_SUCCESS;
    }
    error = GetLastError();
    WARN("%s: error %lu\n", debugstr_w(path), error);
    return error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND
                   || error == ERROR_INVALID_NAME
               ? MAPI_E_ATTACHMENT_NOT_FOUND
               : MAPI_E_ATTACHMENT_OPEN_FAILURE;
}

/* Adds "NUMBER/NAME" to the list of files. */
static ULONG add_to_list(struct outgoing_folder *out, const WCHAR *number, const WCHAR *name)
{
    size_t old = out->list ? lstrlenW(out->list) : 0;
    size_t size = old + lstrlenW(number) + lstrlenW(name) + 3;
    WCHAR *list = platform_realloc(out->list, size * sizeof(WCHAR));

    if (!list) return MAPI_E_INSUFFICIENT_MEMORY;
    out->list = list;
    list += old;
    lstrcpyW(list, number);
    lstrcatW(list, L"/");
    lstrcatW(list, name);
    lstrcatW(list, L"\n");
    return SUCCESS_SUCCESS;
}

ULONG outgoing_attach(struct outgoing_folder *out, ULONG index, const MapiFileDescW *from)
{
    WCHAR number[16], *folder, *name = NULL;
    BOOL ascii;
    ULONG ret;

    if ((ret = check_file(from->lpszPathName))) return ret;
    wsprintfW(number, L"%lu", index + 1);
    if (!(folder = join_path(out->path, number))) return MAPI_E_INSUFFICIENT_MEMORY;
    ret = MAPI_E_ATTACHMENT_WRITE_FAILURE;
    if (CreateDirectoryW(folder, NULL))
    {
        /* Where Unix has no UTF-8, Wine cannot make every name. */
        for (ascii = FALSE; ret == MAPI_E_ATTACHMENT_WRITE_FAILURE && ascii <= TRUE; ascii++)
        {
            platform_free(name);
            if (!(name = file_name(from, ascii))) ret = MAPI_E_INSUFFICIENT_MEMORY;
            else ret = copy_file(from->lpszPathName, folder, name);
        }
        if (!ret) ret = add_to_list(out, number, name);
    }
    platform_free(name);
    platform_free(folder);
    return ret;
}
