/*
 * Tests: streams on files
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


#include <stdarg.h>

#define COBJMACROS
#include "windef.h"
#include "winbase.h"
#include "winuser.h"
#include "objbase.h"
#include "mapix.h"
#include "mapiutil.h"
#include "mapispi.h"
#include "wine/test.h"

static char directory[MAX_PATH], file_name[MAX_PATH];

static HRESULT open_stream(ULONG flags, const char *name, const char *prefix, IStream **stream)
{
    *stream = (void *)0xdead;
    return OpenStreamOnFile(MAPIAllocateBuffer, MAPIFreeBuffer, flags, (void *)name, (void *)prefix,
                            stream);
}

static BOOL exists(const char *path)
{
    return GetFileAttributesA(path) != INVALID_FILE_ATTRIBUTES;
}

static void test_parameters(void)
{
    static const struct
    {
        ULONG flags;
        BOOL named;
        HRESULT hr;
    }
    tests[] =
    {
        { STGM_READ, TRUE, MAPI_E_NOT_FOUND },
        { STGM_READWRITE, TRUE, MAPI_E_NOT_FOUND },
        { STGM_CREATE, TRUE, MAPI_E_INVALID_PARAMETER },
        { STGM_CREATE | STGM_READ | STGM_DELETEONRELEASE, FALSE, MAPI_E_INVALID_PARAMETER },
        { STGM_READWRITE, FALSE, MAPI_E_INVALID_PARAMETER },
        { STGM_CREATE | STGM_READWRITE, FALSE, MAPI_E_INVALID_PARAMETER },
        { STGM_READWRITE | STGM_DELETEONRELEASE, FALSE, MAPI_E_INVALID_PARAMETER },
        { SOF_UNIQUEFILENAME, TRUE, MAPI_E_INVALID_PARAMETER },
        { STGM_TRANSACTED, TRUE, MAPI_E_UNKNOWN_FLAGS },
        { STGM_WRITE | STGM_READWRITE, TRUE, MAPI_E_UNKNOWN_FLAGS },
        { 0x50, TRUE, MAPI_E_UNKNOWN_FLAGS },
        { STGM_SIMPLE, TRUE, MAPI_E_UNKNOWN_FLAGS }
    };
    unsigned int i;
    IStream *stream;
    HRESULT hr;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        hr = open_stream(tests[i].flags, tests[i].named ? file_name : NULL, NULL, &stream);
        ok(hr == tests[i].hr, "%u: got %#lx\n", i, hr);
        ok(!stream, "%u: got %p\n", i, stream);
        ok(!exists(file_name), "%u: made a file\n", i);
    }
    hr = OpenStreamOnFile(MAPIAllocateBuffer, MAPIFreeBuffer, STGM_READ, (void *)file_name, NULL,
                          NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = open_stream(STGM_READ, "Z:\\no\\such\\folder\\file", NULL, &stream);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    hr = open_stream(STGM_READ, directory, NULL, &stream);
    ok(hr == MAPI_E_NO_ACCESS || hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
}

static void test_methods(void)
{
    static const char text[] = "the quick brown fox";
    ULARGE_INTEGER position, size, read, written;
    IStream *stream, *other, *memory;
    LARGE_INTEGER move;
    char buffer[64];
    IUnknown *unknown;
    STATSTG stat;
    HANDLE file;
    HRESULT hr;
    ULONG done;

    hr = open_stream(STGM_CREATE | STGM_READWRITE, file_name, NULL, &stream);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(exists(file_name), "no file\n");

    hr = IStream_QueryInterface(stream, &IID_ISequentialStream, (void **)&unknown);
    ok(hr == S_OK && unknown == (IUnknown *)stream, "got %#lx\n", hr);
    IUnknown_Release(unknown);
    hr = IStream_QueryInterface(stream, &IID_IStorage, (void **)&unknown);
    ok(hr == E_NOINTERFACE && !unknown, "got %#lx\n", hr);

    hr = IStream_Write(stream, text, sizeof(text), &done);
    ok(hr == S_OK && done == sizeof(text), "got %#lx, %lu\n", hr, done);
    hr = IStream_Read(stream, buffer, sizeof(buffer), &done);
    ok(SUCCEEDED(hr) && !done, "got %#lx, %lu\n", hr, done);

    move.QuadPart = 4;
    hr = IStream_Seek(stream, move, STREAM_SEEK_SET, &position);
    ok(hr == S_OK && position.QuadPart == 4, "got %#lx\n", hr);
    hr = IStream_Clone(stream, &other);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IStream_Read(stream, buffer, 5, &done);
    ok(hr == S_OK && done == 5 && !memcmp(buffer, "quick", 5), "got %#lx, %lu\n", hr, done);
    hr = IStream_Read(other, buffer, 5, &done);
    ok(hr == S_OK && done == 5 && !memcmp(buffer, "quick", 5), "got %#lx, %lu\n", hr, done);
    IStream_Release(other);

    move.QuadPart = -100;
    hr = IStream_Seek(stream, move, STREAM_SEEK_CUR, &position);
    ok(hr == STG_E_INVALIDFUNCTION && position.QuadPart == 9, "got %#lx\n", hr);
    move.QuadPart = -4;
    hr = IStream_Seek(stream, move, STREAM_SEEK_END, &position);
    ok(hr == S_OK && position.QuadPart == sizeof(text) - 4, "got %#lx\n", hr);
    hr = IStream_Seek(stream, move, 3, NULL);
    ok(hr == STG_E_INVALIDFUNCTION, "got %#lx\n", hr);

    hr = IStream_Stat(stream, &stat, STATFLAG_DEFAULT);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(stat.type == STGTY_STREAM && stat.cbSize.QuadPart == sizeof(text), "wrong size or type\n");
    ok(stat.mtime.dwHighDateTime != 0, "no time\n");
    ok(stat.pwcsName && wcsstr(stat.pwcsName, L"mapi stream.tmp"), "got %s\n",
       wine_dbgstr_w(stat.pwcsName));
    CoTaskMemFree(stat.pwcsName);
    hr = IStream_Stat(stream, &stat, STATFLAG_NONAME);
    ok(hr == S_OK && !stat.pwcsName, "got %#lx\n", hr);

    size.QuadPart = 9;
    hr = IStream_SetSize(stream, size);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IStream_Commit(stream, STGC_DEFAULT);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IStream_Revert(stream);
    ok(hr == S_OK, "got %#lx\n", hr);

    size.QuadPart = 4;
    position.QuadPart = 0;
    hr = IStream_LockRegion(stream, position, size, LOCK_EXCLUSIVE);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IStream_LockRegion(stream, position, size, 7);
    ok(hr == STG_E_INVALIDFUNCTION, "got %#lx\n", hr);
    hr = IStream_UnlockRegion(stream, position, size, LOCK_EXCLUSIVE);
    ok(hr == S_OK, "got %#lx\n", hr);

    hr = CreateStreamOnHGlobal(NULL, TRUE, &memory);
    ok(hr == S_OK, "got %#lx\n", hr);
    move.QuadPart = 0;
    IStream_Seek(stream, move, STREAM_SEEK_SET, NULL);
    size.QuadPart = ~(ULONGLONG)0;
    hr = IStream_CopyTo(stream, memory, size, &read, &written);
    ok(hr == S_OK && read.QuadPart == 9 && written.QuadPart == 9, "got %#lx\n", hr);
    IStream_Seek(memory, move, STREAM_SEEK_SET, NULL);
    hr = IStream_Read(memory, buffer, sizeof(buffer), &done);
    ok(SUCCEEDED(hr) && done == 9 && !memcmp(buffer, "the quick", 9), "got %#lx, %lu\n", hr, done);
    IStream_Release(memory);
    ok(!IStream_Release(stream), "stream is still referenced\n");

    /* what is there, read only */
    hr = open_stream(STGM_READ, file_name, NULL, &stream);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IStream_Write(stream, text, 1, &done);
    ok(hr == STG_E_ACCESSDENIED && !done, "got %#lx\n", hr);
    hr = IStream_SetSize(stream, size);
    ok(hr == STG_E_ACCESSDENIED, "got %#lx\n", hr);
    IStream_Release(stream);
    ok(exists(file_name), "the file went\n");

    /* a file that may not be written */
    SetFileAttributesA(file_name, FILE_ATTRIBUTE_READONLY);
    file = CreateFileA(file_name, GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE)
    {
        hr = open_stream(STGM_READWRITE, file_name, NULL, &stream);
        ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
        hr = open_stream(STGM_CREATE | STGM_READWRITE, file_name, NULL, &stream);
        ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    }
    else
    {
        skip("this user may write read-only files\n");
        CloseHandle(file);
    }
    SetFileAttributesA(file_name, FILE_ATTRIBUTE_NORMAL);

    /* a file that another has to itself */
    file = CreateFileA(file_name, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    ok(file != INVALID_HANDLE_VALUE, "error %lu\n", GetLastError());
    hr = open_stream(STGM_READ, file_name, NULL, &stream);
    ok(hr == MAPI_E_NO_ACCESS && !stream, "got %#lx\n", hr);
    CloseHandle(file);

    /* an empty file in its place, gone with the last stream on it */
    hr = open_stream(STGM_CREATE | STGM_READWRITE | STGM_DELETEONRELEASE, file_name, NULL, &stream);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IStream_Stat(stream, &stat, STATFLAG_NONAME);
    ok(hr == S_OK && !stat.cbSize.QuadPart, "got %#lx\n", hr);
    hr = IStream_Clone(stream, &other);
    ok(hr == S_OK, "got %#lx\n", hr);
    IStream_Release(stream);
    ok(exists(file_name), "the file went too soon\n");
    IStream_Release(other);
    ok(!exists(file_name), "the file stayed\n");
}

static void get_path(IStream *stream, char *path)
{
    STATSTG stat;

    path[0] = 0;
    if (FAILED(IStream_Stat(stream, &stat, STATFLAG_DEFAULT))) return;
    WideCharToMultiByte(CP_ACP, 0, stat.pwcsName, -1, path, MAX_PATH, NULL, NULL);
    CoTaskMemFree(stat.pwcsName);
}

static void test_unique(void)
{
    char path[MAX_PATH], temp[MAX_PATH], *name;
    IStream *stream, *second;
    HRESULT hr;
    ULONG done;

    hr = open_stream(SOF_UNIQUEFILENAME | STGM_CREATE | STGM_READWRITE | STGM_DELETEONRELEASE,
                     directory, "abc", &stream);
    ok(hr == S_OK, "got %#lx\n", hr);
    get_path(stream, path);
    name = strrchr(path, '\\');
    ok(name && !strncmp(name + 1, "abc", 3), "got %s\n", path);
    ok(!_strnicmp(path, directory, strlen(directory)), "got %s\n", path);
    ok(exists(path), "no file\n");
    hr = open_stream(SOF_UNIQUEFILENAME | STGM_CREATE | STGM_READWRITE | STGM_DELETEONRELEASE,
                     directory, "abc", &second);
    ok(hr == S_OK, "got %#lx\n", hr);
    get_path(second, temp);
    ok(strcmp(path, temp), "the same twice\n");
    IStream_Release(second);
    ok(!exists(temp), "%s stayed\n", temp);
    hr = IStream_Write(stream, "x", 1, &done);
    ok(hr == S_OK && done == 1, "got %#lx\n", hr);
    IStream_Release(stream);
    ok(!exists(path), "%s stayed\n", path);

    /* no name at all, and the default prefix */
    hr = open_stream(STGM_CREATE | STGM_READWRITE | STGM_DELETEONRELEASE, NULL, NULL, &stream);
    ok(hr == S_OK, "got %#lx\n", hr);
    get_path(stream, path);
    name = strrchr(path, '\\');
    ok(name && !_strnicmp(name + 1, "SOF", 3), "got %s\n", path);
    IStream_Release(stream);
    ok(!exists(path), "%s stayed\n", path);

    /* one that stays */
    hr = open_stream(SOF_UNIQUEFILENAME | STGM_CREATE | STGM_READWRITE, NULL, "st", &stream);
    ok(hr == S_OK, "got %#lx\n", hr);
    get_path(stream, path);
    IStream_Release(stream);
    ok(exists(path), "%s went\n", path);
    DeleteFileA(path);

    hr = open_stream(SOF_UNIQUEFILENAME | STGM_CREATE | STGM_READWRITE, "Z:\\no\\such\\folder",
                     NULL, &stream);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
}

static void test_wide(void)
{
    static const WCHAR greek[] = { 0x3b1, 0x3b2, 0x3b3, '.', 't', 'x', 't', 0 };
    WCHAR path[MAX_PATH];
    IStream *stream;
    HRESULT hr;

    MultiByteToWideChar(CP_ACP, 0, directory, -1, path, MAX_PATH);
    wcscat(path, greek);
    hr = OpenStreamOnFileW(MAPIAllocateBuffer, MAPIFreeBuffer, STGM_READ, path, NULL, &stream);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    hr = OpenStreamOnFileW(MAPIAllocateBuffer, MAPIFreeBuffer,
                           STGM_CREATE | STGM_READWRITE | STGM_DELETEONRELEASE, path, NULL,
                           &stream);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES, "no file\n");
    IStream_Release(stream);
    ok(GetFileAttributesW(path) == INVALID_FILE_ATTRIBUTES, "the file stayed\n");
}

static HRESULT put_inside(IStorage *storage, const WCHAR *name, const void *data, ULONG size)
{
    IStream *inside;
    HRESULT hr;

    hr = IStorage_CreateStream(storage, name, STGM_CREATE | STGM_READWRITE | STGM_SHARE_EXCLUSIVE,
                               0, 0, &inside);
    if (FAILED(hr)) return hr;
    hr = IStream_Write(inside, data, size, NULL);
    IStream_Release(inside);
    return hr;
}

static void test_storage(void)
{
    static const char before[] = "before", junk[1024] = "no storage at all";
    char buffer[16] = "";
    IStream *stream, *inside;
    ILockBytes *bytes;
    IStorage *storage;
    LARGE_INTEGER zero;
    ULONG count;
    HRESULT hr;

    zero.QuadPart = 0;
    hr = CreateStreamOnHGlobal(NULL, TRUE, &stream);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = HrIStorageFromStream((IUnknown *)stream, NULL, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    storage = (void *)0xdead;
    hr = HrIStorageFromStream(NULL, NULL, 0, &storage);
    ok(hr == MAPI_E_INVALID_PARAMETER && !storage, "got %#lx, %p\n", hr, storage);
    storage = (void *)0xdead;
    hr = HrIStorageFromStream((IUnknown *)stream, NULL, 0x4, &storage);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !storage, "got %#lx, %p\n", hr, storage);
    hr = HrIStorageFromStream((IUnknown *)stream, (IID *)&IID_IMAPIProp, 0, &storage);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED, "got %#lx\n", hr);
    hr = HrIStorageFromStream((IUnknown *)stream, (IID *)&IID_ILockBytes, 0, &storage);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED, "got %#lx\n", hr);
    hr = HrIStorageFromStream((IUnknown *)stream, NULL, STGSTRM_RESET, &storage);
    ok(FAILED(hr) && !storage, "a storage in no bytes: %#lx\n", hr);
    IStream_Write(stream, junk, sizeof(junk), NULL);
    hr = HrIStorageFromStream((IUnknown *)stream, NULL, STGSTRM_RESET, &storage);
    ok(hr == MAPI_E_CORRUPT_DATA && !storage, "a storage in other bytes: %#lx\n", hr);
    count = IStream_Release(stream);
    ok(!count, "%lu references are left\n", count);

    /* It may begin behind something else, and stays as long as the storage. */
    CreateStreamOnHGlobal(NULL, TRUE, &stream);
    IStream_Write(stream, before, sizeof(before), NULL);
    hr = HrIStorageFromStream((IUnknown *)stream, (IID *)&IID_IStream,
                              STGSTRM_CREATE | STGSTRM_MODIFY | STGSTRM_CURRENT, &storage);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (FAILED(hr)) return;
    hr = put_inside(storage, L"inside", "inside", 7);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IStorage_Commit(storage, STGC_DEFAULT);
    ok(hr == S_OK, "got %#lx\n", hr);
    IStorage_Release(storage);
    IStream_Seek(stream, zero, STREAM_SEEK_SET, NULL);
    IStream_Read(stream, buffer, sizeof(before), &count);
    ok(!strcmp(buffer, before), "what stood before became '%s'\n", buffer);

    hr = HrIStorageFromStream((IUnknown *)stream, NULL, STGSTRM_CURRENT, &storage);
    ok(hr == S_OK, "got %#lx\n", hr);
    IStream_Release(stream);
    hr = put_inside(storage, L"more", "more", 5);
    ok(FAILED(hr), "written without STGSTRM_MODIFY\n");
    hr = IStorage_OpenStream(storage, L"inside", NULL, STGM_READ | STGM_SHARE_EXCLUSIVE, 0,
                             &inside);
    ok(hr == S_OK, "got %#lx\n", hr);
    IStream_Read(inside, buffer, 7, &count);
    ok(!strcmp(buffer, "inside"), "read '%s'\n", buffer);
    IStream_Release(inside);
    IStorage_Release(storage);

    CreateILockBytesOnHGlobal(NULL, TRUE, &bytes);
    hr = HrIStorageFromStream((IUnknown *)bytes, (IID *)&IID_ILockBytes,
                              STGSTRM_CREATE | STGSTRM_MODIFY, &storage);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK) IStorage_Release(storage);
    hr = HrIStorageFromStream((IUnknown *)bytes, (IID *)&IID_ILockBytes, STGSTRM_MODIFY, &storage);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK)
    {
        hr = put_inside(storage, L"more", "more", 5);
        ok(hr == S_OK, "got %#lx\n", hr);
        IStorage_Release(storage);
    }
    count = ILockBytes_Release(bytes);
    ok(!count, "%lu references are left\n", count);
}

START_TEST(stream)
{
    GetTempPathA(sizeof(directory), directory);
    sprintf(file_name, "%smapi stream.tmp", directory);
    DeleteFileA(file_name);

    test_parameters();
    test_methods();
    test_unique();
    test_wide();
    test_storage();
}
