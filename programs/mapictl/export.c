/*
 * mapictl: messages to files
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

/* Writes a folder, or one message, as files. A file appears under its name only when it is whole, and
 * its name says which message it is, so an export that was interrupted is simply repeated. An mbox file
 * is made anew beside the old one and takes its place at the end. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapictl.h"
#include <mapimime.h>

enum format { FORMAT_EML, FORMAT_MBOX, FORMAT_MAILDIR, FORMAT_MSG };

struct export
{
    struct mailbox box;
    IConverterSession *converter;
    enum format format;
    const WCHAR *target;
    BOOL single;                /* target is the file itself */
    HANDLE mbox;
    ULONG done, there, failed, incomplete;
};

static WCHAR *format_path(const WCHAR *format, ...)
{
    WCHAR *ret = malloc(2048 * sizeof(*ret));
    va_list args;

    if (!ret) exit(fail(L"out of memory"));
    va_start(args, format);
    _vsnwprintf(ret, 2047, format, args);
    ret[2047] = 0;
    va_end(args);
    return ret;
}

static BOOL file_exists(const WCHAR *path)
{
    WIN32_FIND_DATAW entry;
    HANDLE find = FindFirstFileW(path, &entry);

    if (find == INVALID_HANDLE_VALUE) return FALSE;
    FindClose(find);
    return TRUE;
}

/* The same number for the same message at every export. */
static ULONGLONG message_key(IMessage *message)
{
    ULONGLONG hash = 0;
    SPropValue *prop;

    if (SUCCEEDED(HrGetOneProp((IMAPIProp *)message, PR_RECORD_KEY, &prop))
        || SUCCEEDED(HrGetOneProp((IMAPIProp *)message, PR_ENTRYID, &prop)))
    {
        hash = hash_bytes(0, prop->Value.bin.lpb, prop->Value.bin.cb);
        MAPIFreeBuffer(prop);
    }
    return hash;
}

static HRESULT write_bytes(HANDLE file, const void *data, size_t size)
{
    DWORD written;

    if (WriteFile(file, data, size, &written, NULL) && written == size) return S_OK;
    return HRESULT_FROM_WIN32(GetLastError());
}

static HRESULT finish(const WCHAR *part, const WCHAR *path, HRESULT hr)
{
    if (SUCCEEDED(hr) && !MoveFileExW(part, path, MOVEFILE_REPLACE_EXISTING)) hr = HRESULT_FROM_WIN32(GetLastError());
    if (FAILED(hr)) DeleteFileW(part);
    return hr;
}

static HRESULT export_mime(struct export *export, IMessage *message, const WCHAR *part, const WCHAR *path)
{
    IStream *stream;
    HRESULT hr;

    if (FAILED(hr = message_to_mime(export->converter, message, &stream))) return hr;
    DeleteFileW(part);
    hr = finish(part, path, copy_to_file(stream, part));
    IStream_Release(stream);
    return hr;
}

static HRESULT export_msg(struct export *export, IMessage *message, const WCHAR *part, const WCHAR *path)
{
    IStorage *storage;
    IMessage *target;
    HRESULT hr, copied;

    if (FAILED(hr = msg_file_open(part, TRUE, &storage, &target))) return hr;
    hr = copied = copy_message(message, target);
    if (SUCCEEDED(hr)) hr = set_message_state(target, message_state(message));
    if (SUCCEEDED(hr)) hr = IMessage_SaveChanges(target, KEEP_OPEN_READWRITE);
    if (SUCCEEDED(hr)) hr = IStorage_Commit(storage, STGC_DEFAULT);
    IMessage_Release(target);
    IStorage_Release(storage);
    hr = finish(part, path, hr);
    if (SUCCEEDED(hr) && copied == MAPI_W_ERRORS_RETURNED) export->incomplete++;
    return hr;
}

/* S_FALSE: it is there. */
static HRESULT export_file(struct export *export, IMessage *message)
{
    const WCHAR *extension = export->format == FORMAT_MSG ? L"msg" : L"eml";
    WCHAR *path, *part, *name = NULL;
    SPropValue *subject = NULL;
    HRESULT hr;

    if (export->single) path = dup_text(export->target);
    else
    {
        HrGetOneProp((IMAPIProp *)message, PR_SUBJECT_W, &subject);
        name = safe_file_name(subject && *subject->Value.lpszW ? subject->Value.lpszW : L"message");
        name[min(wcslen(name), 60)] = 0;
        path = format_path(L"%s\\%s.%016I64x.%s", export->target, name, message_key(message), extension);
        MAPIFreeBuffer(subject);
        free(name);
    }
    part = format_path(L"%s.part", path);
    if (file_exists(path)) hr = export->single ? MAPI_E_COLLISION : S_FALSE;
    else if (export->format == FORMAT_MSG) hr = export_msg(export, message, part, path);
    else hr = export_mime(export, message, part, path);
    free(path);
    free(part);
    return hr;
}

static HRESULT export_maildir(struct export *export, IMessage *message)
{
    ULONG state = message_state(message);
    ULONGLONG key = message_key(message);
    WCHAR flags[8], *f = flags, *path, *part, *pattern;
    HRESULT hr = S_FALSE;
    BOOL there;

    pattern = format_path(L"%s\\cur\\*.%016I64x.*", export->target, key);
    there = file_exists(pattern);
    free(pattern);
    if (there) return S_FALSE;
    if (state & MESSAGE_DRAFT) *f++ = 'D';
    if (state & MESSAGE_FLAGGED) *f++ = 'F';
    if (state & MESSAGE_FORWARDED) *f++ = 'P';
    if (state & MESSAGE_REPLIED) *f++ = 'R';
    if (state & MESSAGE_READ) *f++ = 'S';
    *f = 0;
    part = format_path(L"%s\\tmp\\0.%016I64x.mapi", export->target, key);
    path = format_path(L"%s\\cur\\0.%016I64x.mapi:2,%s", export->target, key, flags);
    hr = export_mime(export, message, part, path);
    free(path);
    if (FAILED(hr))
    {
        /* A file system without colons in names */
        path = format_path(L"%s\\cur\\0.%016I64x.mapi;2,%s", export->target, key, flags);
        hr = export_mime(export, message, part, path);
        free(path);
    }
    free(part);
    return hr;
}

/* mboxrd: lines end with LF, and every ">...From " gets one more ">". */
static HRESULT write_quoted(HANDLE file, BYTE *data, size_t size)
{
    BYTE *p = data, *end = data + size, *next, *q;
    HRESULT hr = S_OK;
    size_t length;

    for (; p < end && SUCCEEDED(hr); p = next)
    {
        next = memchr(p, '\n', end - p);
        next = next ? next + 1 : end;
        length = next - p;
        for (q = p; q < next && *q == '>'; q++) {}
        if (next - q >= 5 && !memcmp(q, "From ", 5)) hr = write_bytes(file, ">", 1);
        if (length >= 2 && next[-1] == '\n' && next[-2] == '\r')
        {
            next[-2] = '\n';
            length--;
        }
        if (SUCCEEDED(hr)) hr = write_bytes(file, p, length);
    }
    if (SUCCEEDED(hr) && size && end[-1] != '\n') hr = write_bytes(file, "\n", 1);
    return SUCCEEDED(hr) ? write_bytes(file, "\n", 1) : hr;
}

static HRESULT export_mbox(struct export *export, IMessage *message)
{
    static const char days[] = "SunMonTueWedThuFriSat", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    ULONG state = message_state(message), got;
    SYSTEMTIME time = {1970, 1, 4, 1};
    SPropValue *prop;
    STATSTG stat;
    BYTE *data = NULL;
    IStream *stream;
    char head[256];
    HRESULT hr;

    if (SUCCEEDED(HrGetOneProp((IMAPIProp *)message, PR_MESSAGE_DELIVERY_TIME, &prop)))
    {
        FileTimeToSystemTime(&prop->Value.ft, &time);
        MAPIFreeBuffer(prop);
    }
    if (FAILED(hr = message_to_mime(export->converter, message, &stream))) return hr;
    hr = IStream_Stat(stream, &stat, STATFLAG_NONAME);
    if (SUCCEEDED(hr) && (stat.cbSize.QuadPart > 0x40000000 || !(data = malloc(stat.cbSize.u.LowPart + 1))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr)) hr = IStream_Read(stream, data, stat.cbSize.u.LowPart, &got);
    if (SUCCEEDED(hr))
    {
        snprintf(head, sizeof(head), "From MAILER-DAEMON %.3s %.3s %2d %02d:%02d:%02d %04d\nStatus: %sO\n%s%s%s%s%s",
                 days + 3 * time.wDayOfWeek, months + 3 * (time.wMonth - 1), time.wDay, time.wHour, time.wMinute,
                 time.wSecond, time.wYear, state & MESSAGE_READ ? "R" : "",
                 state & ~(ULONG)(MESSAGE_READ | MESSAGE_FORWARDED) ? "X-Status: " : "",
                 state & MESSAGE_REPLIED ? "A" : "", state & MESSAGE_FLAGGED ? "F" : "",
                 state & MESSAGE_DRAFT ? "T" : "", state & ~(ULONG)(MESSAGE_READ | MESSAGE_FORWARDED) ? "\n" : "");
        hr = write_bytes(export->mbox, head, strlen(head));
        if (SUCCEEDED(hr)) hr = write_quoted(export->mbox, data, got);
    }
    free(data);
    IStream_Release(stream);
    return hr;
}

static void export_message(struct export *export, const SBinary *id)
{
    IMessage *message;
    WCHAR *entry;
    HRESULT hr;

    if (message_open(&export->box, id, &message))
    {
        export->failed++;
        return;
    }
    if (export->format == FORMAT_MBOX) hr = export_mbox(export, message);
    else if (export->format == FORMAT_MAILDIR) hr = export_maildir(export, message);
    else hr = export_file(export, message);
    IMessage_Release(message);
    if (hr == S_FALSE) export->there++;
    else if (SUCCEEDED(hr)) export->done++;
    else
    {
        entry = hex_text(id->lpb, id->cb);
        fail_hr(hr, L"message %s is not written", entry);
        free(entry);
        export->failed++;
    }
    if (!json_output && (export->done + export->there) % 500 == 0 && SUCCEEDED(hr))
        print(L"%lu messages ...\n", (unsigned long)(export->done + export->there));
}

static HRESULT export_folder(struct export *export, IMAPIFolder *folder)
{
    static const SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    IMAPITable *table;
    ULONG i, count = 1;
    SRowSet *rows;
    HRESULT hr;

    if (FAILED(hr = contents_open(folder, (SPropTagArray *)&columns, &table))) return hr;
    while (count && SUCCEEDED(hr = IMAPITable_QueryRows(table, 256, 0, &rows)))
    {
        for (i = 0; i < rows->cRows; i++)
            if (rows->aRow[i].lpProps[0].ulPropTag == PR_ENTRYID)
                export_message(export, &rows->aRow[i].lpProps[0].Value.bin);
        count = rows->cRows;
        FreeProws(rows);
    }
    IMAPITable_Release(table);
    return hr;
}

static BOOL make_directories(struct export *export)
{
    static const WCHAR *const names[] = {L"cur", L"new", L"tmp"};
    WCHAR *path;
    size_t i;

    if (!CreateDirectoryW(export->target, NULL) && GetLastError() != ERROR_ALREADY_EXISTS) return FALSE;
    for (i = 0; export->format == FORMAT_MAILDIR && i < ARRAYSIZE(names); i++)
    {
        path = format_path(L"%s\\%s", export->target, names[i]);
        CreateDirectoryW(path, NULL);
        free(path);
    }
    return TRUE;
}

static BOOL choose_format(struct export *export, const WCHAR *name)
{
    static const WCHAR *const names[] = {L"eml", L"mbox", L"maildir", L"msg"};
    const WCHAR *dot = wcsrchr(export->target, '.');
    size_t i;

    if (!name) name = dot ? dot + 1 : export->single ? L"eml" : L"maildir";
    for (i = 0; i < ARRAYSIZE(names); i++)
        if (!lstrcmpiW(name, names[i]))
        {
            export->format = i;
            return TRUE;
        }
    return FALSE;
}

static BOOL is_message(const WCHAR *text)
{
    size_t length = wcsspn(text, L"0123456789abcdefABCDEF");

    return !text[length] && (length < 10 ? !text[wcsspn(text, L"0123456789")] : length > 40);
}

static int export_all(struct export *export, const WCHAR *what, const WCHAR *path)
{
    IMAPIFolder *folder;
    SPropValue *id;
    HRESULT hr;
    int ret;

    if ((ret = folder_open(&export->box, export->single ? path : what, FALSE, &folder))) return ret;
    if (!export->single)
    {
        if (FAILED(hr = export_folder(export, folder))) ret = fail_hr(hr, L"the folder cannot be read");
    }
    else if (!(ret = message_find(&export->box, folder, what, &id)))
    {
        export_message(export, &id->Value.bin);
        MAPIFreeBuffer(id);
    }
    IMAPIFolder_Release(folder);
    return ret;
}

int export_messages(struct arguments *args)
{
    const WCHAR *format = take_value(args, L"--format"), *path = take_value(args, L"--folder");
    struct export export = {{0}};
    WCHAR *part = NULL;
    HRESULT hr;
    int ret;

    export.target = args->values[1];
    export.single = is_message(args->values[0]);
    if (!choose_format(&export, format))
    {
        fail(L"--format is eml, mbox, maildir or msg");
        return EXIT_USAGE;
    }
    if ((ret = mailbox_open(args, TRUE, &export.box))) return ret;
    if ((ret = converter_open(&export.box, &export.converter)))
    {
        mailbox_close(&export.box);
        return ret;
    }
    if (export.format == FORMAT_MBOX)
    {
        part = format_path(L"%s.part", export.target);
        export.mbox = CreateFileW(part, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
        if (export.mbox == INVALID_HANDLE_VALUE) ret = fail(L"'%s' cannot be written", part);
    }
    else if (!(export.single && export.format != FORMAT_MAILDIR) && !make_directories(&export))
        ret = fail(L"'%s' cannot be made", export.target);
    if (!ret)
    {
        ret = export_all(&export, args->values[0], path);
        if (part)
        {
            CloseHandle(export.mbox);
            hr = finish(part, export.target, ret || export.failed ? MAPI_E_CALL_FAILED : S_OK);
            if (FAILED(hr) && !ret) ret = fail_hr(hr, L"'%s' is not written", export.target);
        }
        print(L"%lu exported, %lu already there, %lu failed\n", (unsigned long)export.done,
              (unsigned long)export.there, (unsigned long)export.failed);
        if (export.incomplete) fail(L"%lu of them without all of their properties", (unsigned long)export.incomplete);
        if (export.failed || export.incomplete) ret = EXIT_FAILED;
    }
    free(part);
    converter_close(export.converter);
    mailbox_close(&export.box);
    return ret;
}
