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

/* Writes a folder, with those in it if asked to, or one message, as files. A file appears under its
 * name only when it is whole, and its name says which message it is, so an export that was
 * interrupted is simply repeated. An mbox file is made anew beside the old one and takes its place
 * at the end. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapictl.h"
#include <mapimime.h>

#define DEPTH_MAX 64

enum format { FORMAT_EML, FORMAT_MBOX, FORMAT_MAILDIR, FORMAT_MSG };

struct export
{
    struct mailbox box;
    IConverterSession *converter;
    enum format format;
    const WCHAR *target;        /* a file or a directory, by the format */
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

static HRESULT finish(const WCHAR *part, const WCHAR *path, HRESULT hr)
{
    if (SUCCEEDED(hr) && !MoveFileExW(part, path, MOVEFILE_REPLACE_EXISTING))
        hr = HRESULT_FROM_WIN32(GetLastError());
    if (FAILED(hr)) DeleteFileW(part);
    return hr;
}

static HRESULT export_mime(struct export *export, IMessage *message, const WCHAR *part,
                           const WCHAR *path)
{
    IStream *stream;
    HRESULT hr;

    if (FAILED(hr = message_to_mime(export->converter, message, &stream))) return hr;
    DeleteFileW(part);
    hr = finish(part, path, copy_to_file(stream, part));
    IStream_Release(stream);
    return hr;
}

static HRESULT export_msg(struct export *export, IMessage *message, const WCHAR *part,
                          const WCHAR *path)
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

/* Without what would be a path. */
static WCHAR *name_of(const WCHAR *text)
{
    WCHAR *copy = dup_text(text), *p, *ret;

    for (p = copy; *p; p++)
        if (*p == '/' || *p == '\\') *p = '_';
    ret = safe_file_name(copy);
    free(copy);
    return ret;
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
        name = name_of(subject && *subject->Value.lpszW ? subject->Value.lpszW : L"message");
        name[min(wcslen(name), 60)] = 0;
        path = format_path(L"%s\\%s.%016I64x.%s", export->target, name, message_key(message),
                           extension);
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

static HRESULT export_mbox(struct export *export, IMessage *message)
{
    SPropValue *time = NULL;
    BYTE *data = NULL;
    IStream *stream;
    STATSTG stat;
    ULONG got;
    HRESULT hr;

    if (FAILED(hr = message_to_mime(export->converter, message, &stream))) return hr;
    hr = IStream_Stat(stream, &stat, STATFLAG_NONAME);
    if (SUCCEEDED(hr)
        && (stat.cbSize.QuadPart > 0x40000000 || !(data = malloc(stat.cbSize.u.LowPart + 1))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr)) hr = IStream_Read(stream, data, stat.cbSize.u.LowPart, &got);
    if (SUCCEEDED(hr))
    {
        HrGetOneProp((IMAPIProp *)message, PR_MESSAGE_DELIVERY_TIME, &time);
        hr = mbox_write(export->mbox, data, got, message_state(message),
                        time ? &time->Value.ft : NULL);
        MAPIFreeBuffer(time);
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

static HRESULT export_contents(struct export *export, IMAPIFolder *folder)
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

static HRESULT make_directory(const WCHAR *path)
{
    if (CreateDirectoryW(path, NULL) || GetLastError() == ERROR_ALREADY_EXISTS) return S_OK;
    return HRESULT_FROM_WIN32(GetLastError());
}

static HRESULT make_maildir(const WCHAR *target)
{
    static const WCHAR *const names[] = {L"cur", L"new", L"tmp"};
    HRESULT hr = S_OK;
    WCHAR *path;
    size_t i;

    for (i = 0; SUCCEEDED(hr) && i < ARRAYSIZE(names); i++)
    {
        path = format_path(L"%s\\%s", target, names[i]);
        hr = make_directory(path);
        free(path);
    }
    return hr;
}

/* The messages of a folder, or one of them, go to the target. */
static HRESULT export_to_target(struct export *export, IMAPIFolder *folder, const SBinary *id)
{
    ULONG failed = export->failed;
    HRESULT hr = S_OK;
    WCHAR *part;

    if (export->format == FORMAT_MBOX)
    {
        part = format_path(L"%s.part", export->target);
        export->mbox = CreateFileW(part, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
        if (export->mbox == INVALID_HANDLE_VALUE) hr = HRESULT_FROM_WIN32(GetLastError());
        else
        {
            if (id) export_message(export, id);
            else hr = export_contents(export, folder);
            CloseHandle(export->mbox);
            if (SUCCEEDED(hr) && export->failed != failed) hr = MAPI_E_CALL_FAILED;
            hr = finish(part, export->target, hr);
        }
        free(part);
        return hr;
    }
    if (!id || export->format == FORMAT_MAILDIR) hr = make_directory(export->target);
    if (SUCCEEDED(hr) && export->format == FORMAT_MAILDIR) hr = make_maildir(export->target);
    if (FAILED(hr)) return hr;
    if (!id) return export_contents(export, folder);
    export_message(export, id);
    return S_OK;
}

/* What a folder is called among files: not as those before it, nor as what a Maildir consists
 * of. */
static WCHAR *folder_file_name(const WCHAR *folder, WCHAR *const *taken, ULONG count)
{
    static const WCHAR *const parts[] = {L"cur", L"new", L"tmp"};
    WCHAR *safe = name_of(folder), *name = dup_text(safe);
    unsigned int number = 1;
    ULONG i;

    for (;;)
    {
        for (i = 0; i < ARRAYSIZE(parts) && lstrcmpiW(name, parts[i]); i++) {}
        if (i == ARRAYSIZE(parts))
        {
            for (i = 0; i < count && (!taken[i] || lstrcmpiW(name, taken[i])); i++) {}
            if (i == count) break;
        }
        free(name);
        name = format_path(L"%s (%u)", safe, ++number);
    }
    free(safe);
    return name;
}

static HRESULT export_folders(struct export *export, IMAPIFolder *folder, const WCHAR *directory,
                              int depth);

/* A folder and those in it, under a name in a directory: a directory of that name, or for mbox an
 * NAME.mbox and a directory for the folders. */
static HRESULT export_named(struct export *export, IMAPIFolder *folder, const WCHAR *directory,
                            const WCHAR *name, int depth)
{
    WCHAR *below = format_path(L"%s\\%s", directory, name), *file = format_path(L"%s.mbox", below);
    const WCHAR *target = export->target;
    HRESULT hr;

    export->target = export->format == FORMAT_MBOX ? file : below;
    hr = make_directory(directory);
    if (SUCCEEDED(hr)) hr = export_to_target(export, folder, NULL);
    if (SUCCEEDED(hr)) hr = export_folders(export, folder, below, depth);
    export->target = target;
    free(below);
    free(file);
    return hr;
}

static HRESULT export_folders(struct export *export, IMAPIFolder *folder, const WCHAR *directory,
                              int depth)
{
    static const SizedSPropTagArray(3, columns) = {3,
                                                   {PR_ENTRYID, PR_DISPLAY_NAME_W, PR_FOLDER_TYPE}};
    IMAPIFolder *child;
    IMAPITable *table;
    WCHAR **taken, *name;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    if (depth > DEPTH_MAX) return MAPI_E_TOO_COMPLEX;
    if (FAILED(hr = IMAPIFolder_GetHierarchyTable(folder, MAPI_UNICODE, &table))) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return hr;
    if (!(taken = calloc(rows->cRows + 1, sizeof(*taken)))) exit(fail(L"out of memory"));
    for (i = 0; i < rows->cRows && SUCCEEDED(hr); i++)
    {
        const SPropValue *id = find_prop(&rows->aRow[i], PR_ENTRYID),
                         *type = find_prop(&rows->aRow[i], PR_FOLDER_TYPE);

        if (!id || (type && type->Value.l == FOLDER_SEARCH)) continue;
        if (FAILED(hr = folder_open_id(&export->box, &id->Value.bin, &child))) break;
        name = row_text(&rows->aRow[i], PR_DISPLAY_NAME_W);
        taken[i] = folder_file_name(name, taken, i);
        free(name);
        hr = export_named(export, child, directory, taken[i], depth + 1);
        IMAPIFolder_Release(child);
    }
    for (i = 0; i < rows->cRows; i++) free(taken[i]);
    free(taken);
    FreeProws(rows);
    return hr;
}

/* The target is a directory, which is the folder's own; mbox files have their names in it. What is
 * above all folders has mail only if somebody put it there. */
static HRESULT export_tree(struct export *export, IMAPIFolder *folder, BOOL top)
{
    SPropValue *name = NULL, *count = NULL;
    HRESULT hr = make_directory(export->target);
    BOOL empty;
    WCHAR *file;

    if (FAILED(hr)) return hr;
    HrGetOneProp((IMAPIProp *)folder, PR_CONTENT_COUNT, &count);
    empty = top && count && !count->Value.l;
    MAPIFreeBuffer(count);
    if (export->format != FORMAT_MBOX || empty)
    {
        if (!empty) hr = export_to_target(export, folder, NULL);
        return SUCCEEDED(hr) ? export_folders(export, folder, export->target, 0) : hr;
    }
    if (FAILED(hr = HrGetOneProp((IMAPIProp *)folder, PR_DISPLAY_NAME_W, &name))) return hr;
    file = folder_file_name(name->Value.lpszW, NULL, 0);
    hr = export_named(export, folder, export->target, file, 0);
    free(file);
    MAPIFreeBuffer(name);
    return hr;
}

static BOOL choose_format(struct export *export, const WCHAR *name, BOOL tree)
{
    static const WCHAR *const names[] = {L"eml", L"mbox", L"maildir", L"msg"};
    const WCHAR *dot = tree ? NULL : wcsrchr(export->target, '.');
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

static int export_all(struct export *export, const WCHAR *what, const WCHAR *path, BOOL tree)
{
    IMAPIFolder *folder;
    SPropValue *id;
    HRESULT hr = S_OK;
    int ret;

    if ((ret = folder_open(&export->box, export->single ? path : what, FALSE, &folder))) return ret;
    if (tree) hr = export_tree(export, folder, !what[wcsspn(what, L"/")]);
    else if (!export->single) hr = export_to_target(export, folder, NULL);
    else if (!(ret = message_find(&export->box, folder, what, &id)))
    {
        hr = export_to_target(export, folder, &id->Value.bin);
        MAPIFreeBuffer(id);
    }
    IMAPIFolder_Release(folder);
    return FAILED(hr) ? fail_hr(hr, L"'%s' is not written whole", export->target) : ret;
}

int export_messages(struct arguments *args)
{
    const WCHAR *format = take_value(args, L"--format"), *path = take_value(args, L"--folder");
    const BOOL tree = take_flag(args, L"--subfolders");
    struct export export = {{0}};
    int ret;

    export.target = args->values[1];
    export.single = is_message(args->values[0]);
    if (!choose_format(&export, format, tree))
    {
        fail(L"--format is eml, mbox, maildir or msg");
        return EXIT_USAGE;
    }
    if (tree && export.single)
    {
        fail(L"a message has no folders in it: --subfolders goes with the PATH of a folder");
        return EXIT_USAGE;
    }
    if ((ret = mailbox_open(args, TRUE, &export.box))) return ret;
    if (!(ret = converter_open(&export.box, &export.converter)))
    {
        ret = export_all(&export, args->values[0], path, tree);
        print(L"%lu exported, %lu already there, %lu failed\n", (unsigned long)export.done,
              (unsigned long)export.there, (unsigned long)export.failed);
        if (export.incomplete)
            fail(L"%lu of them without all of their properties", (unsigned long)export.incomplete);
        if (export.failed || export.incomplete) ret = EXIT_FAILED;
        converter_close(export.converter);
    }
    mailbox_close(&export.box);
    return ret;
}
