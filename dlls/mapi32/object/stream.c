/*
 * Streams on files, and what storage errors mean in MAPI
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
 * OpenStreamOnFile and its Unicode form. A stream is a position in an open file; clones share the
 * file and have positions of their own, so every read and write names its offset. The file is
 * closed, and deleted when STGM_DELETEONRELEASE asks for it, with the last stream on it.
 *
 * There is nothing between a stream and the file: what is written is there, Commit brings it to the
 * disk, and Revert has nothing to take back.
 */

#include <stdarg.h>
#include <string.h>

#define COBJMACROS
#include "windef.h"
#include "winbase.h"
#include "objbase.h"
#include "object/object.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define COPY_SIZE 0x10000
#define ACCESS_MASK (STGM_READ | STGM_WRITE | STGM_READWRITE)
#define SHARE_MASK  (STGM_SHARE_DENY_NONE | STGM_SHARE_DENY_READ | STGM_SHARE_DENY_WRITE | \
                     STGM_SHARE_EXCLUSIVE)
#define OPEN_FLAGS  (SOF_UNIQUEFILENAME | STGM_CREATE | STGM_DELETEONRELEASE | ACCESS_MASK | SHARE_MASK)

struct file
{
    LONG ref;
    HANDLE handle;
    ULONG mode;
    WCHAR path[1];
};

struct file_stream
{
    IStream IStream_iface;
    LONG ref;
    struct file *file;          /* counted */
    CRITICAL_SECTION cs;        /* position */
    ULONG64 position;
};

static HRESULT stream_create(struct file *file, ULONG64 position, IStream **ret);

static inline struct file_stream *impl_from_IStream(IStream *iface)
{
    return CONTAINING_RECORD(iface, struct file_stream, IStream_iface);
}

static void file_release(struct file *file)
{
    if (InterlockedDecrement(&file->ref)) return;
    CloseHandle(file->handle);
    platform_free(file);
}

/* What a stream's method says of an error of the file system. */
static HRESULT storage_error(DWORD error)
{
    switch (error)
    {
    case ERROR_ACCESS_DENIED:
        return STG_E_ACCESSDENIED;
    case ERROR_LOCK_VIOLATION:
        return STG_E_LOCKVIOLATION;
    case ERROR_SHARING_VIOLATION:
        return STG_E_SHAREVIOLATION;
    case ERROR_DISK_FULL:
    case ERROR_HANDLE_DISK_FULL:
        return STG_E_MEDIUMFULL;
    case ERROR_WRITE_PROTECT:
        return STG_E_DISKISWRITEPROTECTED;
    case ERROR_NOT_ENOUGH_MEMORY:
    case ERROR_OUTOFMEMORY:
        return STG_E_INSUFFICIENTMEMORY;
    }
    return HRESULT_FROM_WIN32(error);
}

static HRESULT WINAPI stream_QueryInterface(IStream *iface, REFIID iid, void **ret)
{
    TRACE("(%p, %s, %p)\n", iface, debugstr_guid(iid), ret);

    if (!ret) return E_POINTER;
    *ret = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_ISequentialStream)
        && !IsEqualIID(iid, &IID_IStream)) return E_NOINTERFACE;
    IStream_AddRef(iface);
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI stream_AddRef(IStream *iface)
{
    return InterlockedIncrement(&impl_from_IStream(iface)->ref);
}

static ULONG WINAPI stream_Release(IStream *iface)
{
    struct file_stream *stream = impl_from_IStream(iface);
    ULONG ref = InterlockedDecrement(&stream->ref);

    TRACE("(%p) ref %lu\n", iface, ref);

    if (!ref)
    {
        file_release(stream->file);
        DeleteCriticalSection(&stream->cs);
        platform_free(stream);
    }
    return ref;
}

static void set_offset(OVERLAPPED *overlapped, ULONG64 position)
{
    memset(overlapped, 0, sizeof(*overlapped));
    overlapped->Offset = (DWORD)position;
    overlapped->OffsetHigh = position >> 32;
}

static HRESULT WINAPI stream_Read(IStream *iface, void *buffer, ULONG size, ULONG *ret_size)
{
    struct file_stream *stream = impl_from_IStream(iface);
    OVERLAPPED overlapped;
    HRESULT hr = S_OK;
    DWORD done = 0;

    TRACE("(%p, %p, %lu, %p)\n", iface, buffer, size, ret_size);

    if (ret_size) *ret_size = 0;
    if (!buffer) return STG_E_INVALIDPOINTER;
    if (!size) return S_OK;

    EnterCriticalSection(&stream->cs);
    set_offset(&overlapped, stream->position);
    if (!ReadFile(stream->file->handle, buffer, size, &done, &overlapped))
    {
        done = 0;
        if (GetLastError() != ERROR_HANDLE_EOF) hr = storage_error(GetLastError());
    }
    stream->position += done;
    LeaveCriticalSection(&stream->cs);
    if (ret_size) *ret_size = done;
    return hr;
}

static HRESULT WINAPI stream_Write(IStream *iface, const void *buffer, ULONG size, ULONG *ret_size)
{
    struct file_stream *stream = impl_from_IStream(iface);
    OVERLAPPED overlapped;
    HRESULT hr = S_OK;
    DWORD done = 0;

    TRACE("(%p, %p, %lu, %p)\n", iface, buffer, size, ret_size);

    if (ret_size) *ret_size = 0;
    if (!buffer) return STG_E_INVALIDPOINTER;
    if ((stream->file->mode & ACCESS_MASK) == STGM_READ) return STG_E_ACCESSDENIED;
    if (!size) return S_OK;

    EnterCriticalSection(&stream->cs);
    set_offset(&overlapped, stream->position);
    if (!WriteFile(stream->file->handle, buffer, size, &done, &overlapped))
    {
        done = 0;
        hr = storage_error(GetLastError());
    }
    else if (done < size) hr = STG_E_MEDIUMFULL;
    stream->position += done;
    LeaveCriticalSection(&stream->cs);
    if (ret_size) *ret_size = done;
    return hr;
}

static HRESULT WINAPI stream_Seek(IStream *iface, LARGE_INTEGER move, DWORD origin,
                                  ULARGE_INTEGER *ret_position)
{
    struct file_stream *stream = impl_from_IStream(iface);
    LARGE_INTEGER size = {{ 0 }};
    HRESULT hr = S_OK;
    LONG64 base = 0;

    TRACE("(%p, %I64d, %lu, %p)\n", iface, move.QuadPart, origin, ret_position);

    if (origin > STREAM_SEEK_END) return STG_E_INVALIDFUNCTION;
    if (origin == STREAM_SEEK_END && !GetFileSizeEx(stream->file->handle, &size))
        return storage_error(GetLastError());

    EnterCriticalSection(&stream->cs);
    if (origin == STREAM_SEEK_CUR) base = stream->position;
    else if (origin == STREAM_SEEK_END) base = size.QuadPart;
    if (move.QuadPart < 0 ? move.QuadPart < -base : move.QuadPart > MAXLONGLONG - base)
        hr = STG_E_INVALIDFUNCTION;
    else stream->position = base + move.QuadPart;
    if (ret_position) ret_position->QuadPart = stream->position;
    LeaveCriticalSection(&stream->cs);
    return hr;
}

static HRESULT WINAPI stream_SetSize(IStream *iface, ULARGE_INTEGER size)
{
    struct file_stream *stream = impl_from_IStream(iface);
    LARGE_INTEGER end;
    HRESULT hr = S_OK;

    TRACE("(%p, %I64u)\n", iface, size.QuadPart);

    if ((stream->file->mode & ACCESS_MASK) == STGM_READ) return STG_E_ACCESSDENIED;
    if (size.QuadPart > MAXLONGLONG) return STG_E_INVALIDFUNCTION;
    end.QuadPart = size.QuadPart;

    /* The handle's own position is used for nothing else, but two threads must not meet here. */
    EnterCriticalSection(&stream->cs);
    if (!SetFilePointerEx(stream->file->handle, end, NULL, FILE_BEGIN)
        || !SetEndOfFile(stream->file->handle)) hr = storage_error(GetLastError());
    LeaveCriticalSection(&stream->cs);
    return hr;
}

static HRESULT WINAPI stream_CopyTo(IStream *iface, IStream *target, ULARGE_INTEGER size,
                                    ULARGE_INTEGER *ret_read, ULARGE_INTEGER *ret_written)
{
    ULONG64 read = 0, written = 0;
    HRESULT hr = S_OK;
    void *buffer;

    TRACE("(%p, %p, %I64u, %p, %p)\n", iface, target, size.QuadPart, ret_read, ret_written);

    if (ret_read) ret_read->QuadPart = 0;
    if (ret_written) ret_written->QuadPart = 0;
    if (!target) return STG_E_INVALIDPOINTER;
    if (!(buffer = platform_alloc(COPY_SIZE))) return STG_E_INSUFFICIENTMEMORY;

    while (read < size.QuadPart)
    {
        ULONG part = min(size.QuadPart - read, COPY_SIZE), got, put = 0;

        if (FAILED(hr = IStream_Read(iface, buffer, part, &got)) || !got) break;
        read += got;
        hr = IStream_Write(target, buffer, got, &put);
        written += put;
        if (FAILED(hr)) break;
        if (put < got)
        {
            hr = STG_E_MEDIUMFULL;
            break;
        }
    }
    platform_free(buffer);
    if (ret_read) ret_read->QuadPart = read;
    if (ret_written) ret_written->QuadPart = written;
    return SUCCEEDED(hr) ? S_OK : hr;
}

static HRESULT WINAPI stream_Commit(IStream *iface, DWORD flags)
{
    struct file_stream *stream = impl_from_IStream(iface);

    TRACE("(%p, %#lx)\n", iface, flags);

    if ((stream->file->mode & ACCESS_MASK) == STGM_READ) return S_OK;
    /* A file that goes with its stream need not reach the disk. */
    if (stream->file->mode & STGM_DELETEONRELEASE) return S_OK;
    return FlushFileBuffers(stream->file->handle) ? S_OK : storage_error(GetLastError());
}

static HRESULT WINAPI stream_Revert(IStream *iface)
{
    TRACE("(%p)\n", iface);

    return S_OK;
}

static HRESULT WINAPI stream_LockRegion(IStream *iface, ULARGE_INTEGER offset, ULARGE_INTEGER size,
                                        DWORD type)
{
    struct file_stream *stream = impl_from_IStream(iface);
    OVERLAPPED overlapped;
    DWORD flags = LOCKFILE_FAIL_IMMEDIATELY;

    TRACE("(%p, %I64u, %I64u, %lu)\n", iface, offset.QuadPart, size.QuadPart, type);

    /* A byte range of a file is either shared or exclusive: LOCK_ONLYONCE is the latter. */
    if (type != LOCK_WRITE && type != LOCK_EXCLUSIVE && type != LOCK_ONLYONCE)
        return STG_E_INVALIDFUNCTION;
    if (type != LOCK_WRITE) flags |= LOCKFILE_EXCLUSIVE_LOCK;
    set_offset(&overlapped, offset.QuadPart);
    if (!LockFileEx(stream->file->handle, flags, 0, size.u.LowPart, size.u.HighPart, &overlapped))
        return storage_error(GetLastError());
    return S_OK;
}

static HRESULT WINAPI stream_UnlockRegion(IStream *iface, ULARGE_INTEGER offset,
                                          ULARGE_INTEGER size, DWORD type)
{
    struct file_stream *stream = impl_from_IStream(iface);
    OVERLAPPED overlapped;

    TRACE("(%p, %I64u, %I64u, %lu)\n", iface, offset.QuadPart, size.QuadPart, type);

    set_offset(&overlapped, offset.QuadPart);
    if (!UnlockFileEx(stream->file->handle, 0, size.u.LowPart, size.u.HighPart, &overlapped))
        return STG_E_LOCKVIOLATION;
    return S_OK;
}

static HRESULT WINAPI stream_Stat(IStream *iface, STATSTG *stat, DWORD flags)
{
    struct file_stream *stream = impl_from_IStream(iface);
    BY_HANDLE_FILE_INFORMATION info;
    size_t size;

    TRACE("(%p, %p, %#lx)\n", iface, stat, flags);

    if (!stat) return STG_E_INVALIDPOINTER;
    memset(stat, 0, sizeof(*stat));
    if (flags & ~STATFLAG_NONAME) return STG_E_INVALIDFLAG;
    if (!GetFileInformationByHandle(stream->file->handle, &info))
        return storage_error(GetLastError());
    if (!(flags & STATFLAG_NONAME))
    {
        size = (lstrlenW(stream->file->path) + 1) * sizeof(WCHAR);
        if (!(stat->pwcsName = CoTaskMemAlloc(size))) return STG_E_INSUFFICIENTMEMORY;
        memcpy(stat->pwcsName, stream->file->path, size);
    }
    stat->type = STGTY_STREAM;
    stat->cbSize.u.LowPart = info.nFileSizeLow;
    stat->cbSize.u.HighPart = info.nFileSizeHigh;
    stat->mtime = info.ftLastWriteTime;
    stat->ctime = info.ftCreationTime;
    stat->atime = info.ftLastAccessTime;
    stat->grfMode = stream->file->mode;
    stat->grfLocksSupported = LOCK_WRITE | LOCK_EXCLUSIVE | LOCK_ONLYONCE;
    return S_OK;
}

static HRESULT WINAPI stream_Clone(IStream *iface, IStream **ret)
{
    struct file_stream *stream = impl_from_IStream(iface);
    ULONG64 position;
    HRESULT hr;

    TRACE("(%p, %p)\n", iface, ret);

    if (!ret) return STG_E_INVALIDPOINTER;
    EnterCriticalSection(&stream->cs);
    position = stream->position;
    LeaveCriticalSection(&stream->cs);
    InterlockedIncrement(&stream->file->ref);
    if (FAILED(hr = stream_create(stream->file, position, ret))) file_release(stream->file);
    return hr;
}

static const IStreamVtbl stream_vtbl =
{
    stream_QueryInterface,
    stream_AddRef,
    stream_Release,
    stream_Read,
    stream_Write,
    stream_Seek,
    stream_SetSize,
    stream_CopyTo,
    stream_Commit,
    stream_Revert,
    stream_LockRegion,
    stream_UnlockRegion,
    stream_Stat,
    stream_Clone
};

/* Takes over the reference to the file when it succeeds. */
static HRESULT stream_create(struct file *file, ULONG64 position, IStream **ret)
{
    struct file_stream *stream;

    *ret = NULL;
    if (!(stream = platform_alloc(sizeof(*stream)))) return E_OUTOFMEMORY;
    stream->IStream_iface.lpVtbl = &stream_vtbl;
    stream->ref = 1;
    stream->file = file;
    stream->position = position;
    InitializeCriticalSection(&stream->cs);
    *ret = &stream->IStream_iface;
    return S_OK;
}

/* What opening a stream says of an error of the file system. */
static HRESULT open_error(DWORD error)
{
    switch (error)
    {
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
    case ERROR_INVALID_NAME:
    case ERROR_BAD_PATHNAME:
    case ERROR_BAD_NETPATH:
    case ERROR_BAD_NET_NAME:
    case ERROR_DIRECTORY:
    case ERROR_FILENAME_EXCED_RANGE:
        return MAPI_E_NOT_FOUND;
    case ERROR_ACCESS_DENIED:
    case ERROR_SHARING_VIOLATION:
    case ERROR_LOCK_VIOLATION:
    case ERROR_WRITE_PROTECT:
        return MAPI_E_NO_ACCESS;
    case ERROR_DISK_FULL:
    case ERROR_HANDLE_DISK_FULL:
        return MAPI_E_NOT_ENOUGH_DISK;
    case ERROR_NOT_ENOUGH_MEMORY:
    case ERROR_OUTOFMEMORY:
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    return MAPI_E_CALL_FAILED;
}

static HRESULT open_file(const WCHAR *path, ULONG flags, struct file **ret)
{
    size_t size = (lstrlenW(path) + 1) * sizeof(WCHAR);
    DWORD access = GENERIC_READ, share = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
    DWORD attributes = FILE_ATTRIBUTE_NORMAL;
    struct file *file;

    *ret = NULL;
    if ((flags & ACCESS_MASK) != STGM_READ) access |= GENERIC_WRITE;
    switch (flags & SHARE_MASK)
    {
    case STGM_SHARE_EXCLUSIVE:
        share = 0;
        break;
    case STGM_SHARE_DENY_WRITE:
        share = FILE_SHARE_READ;
        break;
    case STGM_SHARE_DENY_READ:
        share = FILE_SHARE_WRITE;
        break;
    }
    if (flags & STGM_DELETEONRELEASE)
    {
        access |= DELETE;
        share |= FILE_SHARE_DELETE;
        attributes = FILE_ATTRIBUTE_TEMPORARY | FILE_FLAG_DELETE_ON_CLOSE;
    }

    if (!(file = platform_alloc(FIELD_OFFSET(struct file, path) + size)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(file->path, path, size);
    file->ref = 1;
    file->mode = flags & ~SOF_UNIQUEFILENAME;
    file->handle = CreateFileW(path, access, share, NULL,
                               flags & STGM_CREATE ? CREATE_ALWAYS : OPEN_EXISTING, attributes,
                               NULL);
    if (file->handle == INVALID_HANDLE_VALUE)
    {
        HRESULT hr = open_error(GetLastError());

        WARN("%s: error %lu\n", debugstr_w(path), GetLastError());
        platform_free(file);
        return hr;
    }
    *ret = file;
    return S_OK;
}

static HRESULT open_stream(ULONG flags, const WCHAR *name, const WCHAR *prefix, IStream **ret)
{
    WCHAR directory[MAX_PATH], path[MAX_PATH];
    struct file *file;
    HRESULT hr;

    /* A file without a name is of use only while its stream lives. */
    if (!name && !(flags & SOF_UNIQUEFILENAME)
        && (~flags & (STGM_CREATE | STGM_DELETEONRELEASE))) return MAPI_E_INVALID_PARAMETER;
    if ((flags & STGM_CREATE) && (flags & ACCESS_MASK) == STGM_READ)
        return MAPI_E_INVALID_PARAMETER;
    if ((flags & SOF_UNIQUEFILENAME) && (flags & ACCESS_MASK) == STGM_READ)
        return MAPI_E_INVALID_PARAMETER;

    if (!name || (flags & SOF_UNIQUEFILENAME))
    {
        if (name) lstrcpynW(directory, name, MAX_PATH);
        else if (!GetTempPathW(MAX_PATH, directory)) lstrcpyW(directory, L".");
        if (!GetTempFileNameW(directory, prefix ? prefix : L"SOF", 0, path))
        {
            WARN("%s: error %lu\n", debugstr_w(directory), GetLastError());
            return open_error(GetLastError());
        }
        name = path;
        flags |= STGM_CREATE;
    }

    hr = open_file(name, flags, &file);
    if (SUCCEEDED(hr) && FAILED(hr = stream_create(file, 0, ret)))
    {
        file_release(file);
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (FAILED(hr) && name == path) DeleteFileW(path);
    return hr;
}

static HRESULT check_parameters(ULONG flags, IStream **stream)
{
    if (stream) *stream = NULL;
    if (!stream) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~OPEN_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    if ((flags & ACCESS_MASK) == (STGM_WRITE | STGM_READWRITE)) return MAPI_E_UNKNOWN_FLAGS;
    if ((flags & SHARE_MASK) > STGM_SHARE_DENY_NONE) return MAPI_E_UNKNOWN_FLAGS;
    return S_OK;
}

HRESULT WINAPI OpenStreamOnFileW(LPALLOCATEBUFFER allocate, LPFREEBUFFER free, ULONG flags,
                                 LPCWSTR name, LPCWSTR prefix, LPSTREAM *stream)
{
    HRESULT hr;

    TRACE("(%p, %p, %#lx, %s, %s, %p)\n", allocate, free, flags, debugstr_w(name),
          debugstr_w(prefix), stream);

    if (FAILED(hr = check_parameters(flags, stream))) return hr;
    return open_stream(flags, name, prefix, stream);
}

/* The names are ANSI whatever the caller was compiled for: MAPI_UNICODE is SOF_UNIQUEFILENAME
 * here. */
HRESULT WINAPI OpenStreamOnFile(LPALLOCATEBUFFER allocate, LPFREEBUFFER free, ULONG flags,
                                LPCTSTR name, LPCTSTR prefix, LPSTREAM *stream)
{
    const char *nameA = (const char *)name, *prefixA = (const char *)prefix;
    WCHAR *nameW = NULL, *prefixW = NULL;
    HRESULT hr;

    TRACE("(%p, %p, %#lx, %s, %s, %p)\n", allocate, free, flags, debugstr_a(nameA),
          debugstr_a(prefixA), stream);

    if (FAILED(hr = check_parameters(flags, stream))) return hr;
    if ((nameA && !(nameW = text_from_ansi(nameA)))
        || (prefixA && !(prefixW = text_from_ansi(prefixA))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else hr = open_stream(flags, nameW, prefixW, stream);
    platform_free(nameW);
    platform_free(prefixW);
    return hr;
}

SCODE WINAPI MapStorageSCode(SCODE code)
{
    static const struct
    {
        SCODE storage;
        SCODE mapi;
    }
    map[] =
    {
        { STG_E_INVALIDFUNCTION, MAPI_E_INVALID_PARAMETER },
        { STG_E_FILENOTFOUND, MAPI_E_NOT_FOUND },
        { STG_E_PATHNOTFOUND, MAPI_E_NOT_FOUND },
        { STG_E_TOOMANYOPENFILES, MAPI_E_NOT_ENOUGH_RESOURCES },
        { STG_E_ACCESSDENIED, MAPI_E_NO_ACCESS },
        { STG_E_INVALIDHANDLE, MAPI_E_INVALID_OBJECT },
        { STG_E_INSUFFICIENTMEMORY, MAPI_E_NOT_ENOUGH_MEMORY },
        { STG_E_INVALIDPOINTER, MAPI_E_INVALID_PARAMETER },
        { STG_E_NOMOREFILES, MAPI_E_NOT_FOUND },
        { STG_E_DISKISWRITEPROTECTED, MAPI_E_NO_ACCESS },
        { STG_E_SEEKERROR, MAPI_E_DISK_ERROR },
        { STG_E_WRITEFAULT, MAPI_E_DISK_ERROR },
        { STG_E_READFAULT, MAPI_E_DISK_ERROR },
        { STG_E_SHAREVIOLATION, MAPI_E_NO_ACCESS },
        { STG_E_LOCKVIOLATION, MAPI_E_NO_ACCESS },
        { STG_E_FILEALREADYEXISTS, MAPI_E_COLLISION },
        { STG_E_INVALIDPARAMETER, MAPI_E_INVALID_PARAMETER },
        { STG_E_MEDIUMFULL, MAPI_E_NOT_ENOUGH_DISK },
        { STG_E_ABNORMALAPIEXIT, MAPI_E_CALL_FAILED },
        { STG_E_INVALIDHEADER, MAPI_E_CORRUPT_DATA },
        { STG_E_INVALIDNAME, MAPI_E_NOT_FOUND },
        { STG_E_UNIMPLEMENTEDFUNCTION, MAPI_E_NO_SUPPORT },
        { STG_E_INVALIDFLAG, MAPI_E_UNKNOWN_FLAGS },
        { STG_E_INUSE, MAPI_E_BUSY },
        { STG_E_NOTCURRENT, MAPI_E_OBJECT_CHANGED },
        { STG_E_REVERTED, MAPI_E_OBJECT_DELETED },
        { STG_E_CANTSAVE, MAPI_E_NO_ACCESS },
        { STG_E_OLDFORMAT, MAPI_E_VERSION },
        { STG_E_OLDDLL, MAPI_E_VERSION },
        { STG_E_NOTFILEBASEDSTORAGE, MAPI_E_NO_SUPPORT },
        { STG_E_EXTANTMARSHALLINGS, MAPI_E_BUSY },
        { STG_E_DOCFILECORRUPT, MAPI_E_CORRUPT_DATA },
        { E_OUTOFMEMORY, MAPI_E_NOT_ENOUGH_MEMORY },
        { E_INVALIDARG, MAPI_E_INVALID_PARAMETER },
        { E_NOINTERFACE, MAPI_E_INTERFACE_NOT_SUPPORTED },
        { E_NOTIMPL, MAPI_E_NO_SUPPORT }
    };
    unsigned int i;

    TRACE("(%#lx)\n", code);

    if (SUCCEEDED(code)) return S_OK;
    for (i = 0; i < ARRAY_SIZE(map); i++)
        if (map[i].storage == code) return map[i].mapi;
    return MAPI_E_CALL_FAILED;
}
