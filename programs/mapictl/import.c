/*
 * mapictl: files to messages
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

/* Takes in single messages (.eml, .msg), mbox files and Maildirs; other directories are searched
 * for all of these, and are folders too if asked for. A message is saved whole or not at all, and
 * one that the folder has already is passed over, so an import that was interrupted is simply
 * repeated. Two are the same if their Message-ID is; for those without one, a hash of the file is
 * kept in a named property. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapictl.h"
#include "mime/foldername.h"
#include <mapimime.h>

#define DEPTH_MAX 32

static const GUID import_guid = {
    0x6a1f2c0e, 0x3d57, 0x4b8a, {0x9c, 0x41, 0x7e, 0x60, 0x52, 0xd8, 0x1b, 0x93}};

struct place                    /* where messages go */
{
    IMAPIFolder *folder;
    ULONG key_tag;              /* of the named property */
    ULONGLONG *known;           /* a hash table of what the folder has; 0 is empty */
    size_t size, count;         /* size: a power of two */
};

struct import
{
    struct mailbox box;
    IConverterSession *converter;
    struct place place;
    BOOL tree;                  /* directories and files of many messages are folders */
    const WCHAR *path;          /* of the mbox file that is read */
    ULONG done, there, failed, incomplete;
};

static BOOL know(struct place *place, ULONGLONG key)
{
    ULONGLONG *old = place->known;
    size_t i, j, size = place->size;

    if (!key) key = 1;
    if (place->count * 2 >= size)
    {
        place->size = size ? size * 2 : 1024;
        if (!(place->known = calloc(place->size, sizeof(*old)))) exit(fail(L"out of memory"));
        place->count = 0;
        for (j = 0; j < size; j++)
            if (old[j]) know(place, old[j]);
        free(old);
    }
    for (i = key & (place->size - 1); place->known[i]; i = (i + 1) & (place->size - 1))
        if (place->known[i] == key) return FALSE;
    place->known[i] = key;
    place->count++;
    return TRUE;
}

static ULONGLONG key_of(const SPropValue *prop)
{
    return hash_bytes(0, prop->Value.lpszW, wcslen(prop->Value.lpszW) * sizeof(WCHAR));
}

static HRESULT read_known(struct place *place)
{
    SizedSPropTagArray(2, columns) = {2, {PR_INTERNET_MESSAGE_ID_W, PR_NULL}};
    MAPINAMEID name = {(GUID *)&import_guid, MNID_STRING, {0}}, *names = &name;
    SPropTagArray *tags;
    IMAPITable *table;
    SRowSet *rows;
    ULONG i, count;
    HRESULT hr;

    name.Kind.lpwstrName = (WCHAR *)L"ImportKey";
    hr = IMAPIFolder_GetIDsFromNames(place->folder, 1, &names, MAPI_CREATE, &tags);
    if (SUCCEEDED(hr))
    {
        place->key_tag = PROP_TAG(PT_UNICODE, PROP_ID(tags->aulPropTag[0]));
        columns.aulPropTag[1] = place->key_tag;
        MAPIFreeBuffer(tags);
    }
    if (FAILED(hr = IMAPIFolder_GetContentsTable(place->folder, MAPI_UNICODE, &table))) return hr;
    hr = IMAPITable_SetColumns(table, (SPropTagArray *)&columns, 0);
    for (count = 1; SUCCEEDED(hr) && count;)
    {
        if (FAILED(hr = IMAPITable_QueryRows(table, 512, 0, &rows))) break;
        for (i = 0; i < rows->cRows; i++)
        {
            SPropValue *props = rows->aRow[i].lpProps;

            if (PROP_TYPE(props[0].ulPropTag) == PT_UNICODE) know(place, key_of(&props[0]));
            if (PROP_TYPE(props[1].ulPropTag) == PT_UNICODE) know(place, key_of(&props[1]));
        }
        count = rows->cRows;
        FreeProws(rows);
    }
    IMAPITable_Release(table);
    return hr;
}

/* Saves a message that has been filled, unless it is there. hash: of what it was made from. */
static HRESULT save_message(struct import *import, IMessage *message, ULONG state, ULONGLONG hash)
{
    SPropValue *id, key;
    WCHAR text[20];
    BOOL is_new;
    HRESULT hr;

    if (SUCCEEDED(HrGetOneProp((IMAPIProp *)message, PR_INTERNET_MESSAGE_ID_W, &id)))
    {
        is_new = know(&import->place, key_of(id));
        MAPIFreeBuffer(id);
    }
    else
    {
        memset(&key, 0, sizeof(key));
        _snwprintf(text, ARRAYSIZE(text), L"%016I64x", hash);
        key.ulPropTag = import->place.key_tag;
        key.Value.lpszW = text;
        is_new = know(&import->place, key_of(&key));
        if (is_new && import->place.key_tag) IMessage_SetProps(message, 1, &key, NULL);
    }
    if (!is_new) return S_FALSE;
    hr = set_message_state(message, state);
    return SUCCEEDED(hr) ? IMessage_SaveChanges(message, 0) : hr;
}

static void count_result(struct import *import, HRESULT hr, const WCHAR *path, ULONG number)
{
    if (hr == S_FALSE) import->there++;
    else if (SUCCEEDED(hr)) import->done++;
    else
    {
        import->failed++;
        if (number) fail_hr(hr, L"%s: message %lu is not taken in", path, (unsigned long)number);
        else fail_hr(hr, L"%s is not taken in", path);
    }
    if (!json_output && (import->done + import->there) % 500 == 0 && SUCCEEDED(hr))
        print(L"%lu messages ...\n", (unsigned long)(import->done + import->there));
}

static void import_mime(struct import *import, const BYTE *data, size_t size, ULONG state,
                        const WCHAR *path, ULONG number)
{
    IMessage *message = NULL;
    IStream *stream = NULL;
    HRESULT hr;

    hr = CreateStreamOnHGlobal(NULL, TRUE, &stream);
    if (SUCCEEDED(hr)) hr = IStream_Write(stream, data, size, NULL);
    if (SUCCEEDED(hr)) hr = IMAPIFolder_CreateMessage(import->place.folder, NULL, 0, &message);
    if (SUCCEEDED(hr)) hr = mime_to_message(import->converter, stream, message);
    if (SUCCEEDED(hr)) hr = save_message(import, message, state, hash_bytes(0, data, size));
    count_result(import, hr, path, number);
    if (message) IMessage_Release(message);
    if (stream) IStream_Release(stream);
}

static void import_msg(struct import *import, const WCHAR *path, ULONGLONG hash)
{
    IMessage *message = NULL, *source = NULL;
    HRESULT hr, copied = S_OK;
    IStorage *storage = NULL;

    hr = msg_file_open(path, FALSE, &storage, &source);
    if (SUCCEEDED(hr)) hr = IMAPIFolder_CreateMessage(import->place.folder, NULL, 0, &message);
    if (SUCCEEDED(hr)) hr = copied = copy_message(source, message);
    if (SUCCEEDED(hr)) hr = save_message(import, message, message_state(source), hash);
    count_result(import, hr, path, 0);
    if (hr == S_OK && copied == MAPI_W_ERRORS_RETURNED) import->incomplete++;
    if (message) IMessage_Release(message);
    if (source) IMessage_Release(source);
    if (storage) IStorage_Release(storage);
}

static void take_from_mbox(void *context, const BYTE *data, size_t size, ULONG state, ULONG number)
{
    struct import *import = context;

    if (data) import_mime(import, data, size, state, import->path, number);
    else count_result(import, MAPI_E_NOT_ENOUGH_MEMORY, import->path, number);
}

static ULONG maildir_state(const WCHAR *name)
{
    const WCHAR *p = wcsstr(name, L"2,");
    ULONG state = 0;

    if (!p || p == name || !wcschr(L":;!", p[-1])) return 0;
    for (p += 2; *p; p++)
    {
        if (*p == 'S') state |= MESSAGE_READ;
        if (*p == 'F') state |= MESSAGE_FLAGGED;
        if (*p == 'R') state |= MESSAGE_REPLIED;
        if (*p == 'P') state |= MESSAGE_FORWARDED;
        if (*p == 'D') state |= MESSAGE_DRAFT;
    }
    return state;
}

static BOOL has_extension(const WCHAR *name, const WCHAR *extension)
{
    const WCHAR *dot = wcsrchr(name, '.');

    return dot && !lstrcmpiW(dot, extension);
}

static void import_file(struct import *import, const WCHAR *path, ULONG state)
{
    static const BYTE compound[8] = {0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1};
    struct input *input = input_open(path);
    BOOL is_msg, is_mbox;
    BYTE *data = NULL;
    size_t size;
    DWORD error;

    if (!input)
    {
        count_result(import, HRESULT_FROM_WIN32(GetLastError()), path, 0);
        return;
    }
    is_msg = input_begins(input, compound, sizeof(compound));
    is_mbox = input_begins(input, "From ", 5);
    if (is_mbox)
    {
        import->path = path;
        mbox_read(input, take_from_mbox, import);
    }
    else data = input_rest(input, &size);
    error = input_close(input);
    if (error) count_result(import, HRESULT_FROM_WIN32(error), path, 0);
    else if (is_msg) import_msg(import, path, hash_bytes(0, data, size));
    else if (is_mbox) {}
    else if (size) import_mime(import, data, size, state, path, 0);
    /* An mbox file without messages is empty, as the export of an empty folder is. */
    else if (!has_extension(path, L".mbox")) count_result(import, MAPI_E_CORRUPT_DATA, path, 0);
    free(data);
}

static WCHAR *join(const WCHAR *folder, const WCHAR *name)
{
    size_t room = wcslen(folder) + wcslen(name) + 2;
    WCHAR *ret = malloc(room * sizeof(*ret));

    if (!ret) exit(fail(L"out of memory"));
    _snwprintf(ret, room, L"%s\\%s", folder, name);
    return ret;
}

static BOOL is_directory(const WCHAR *path)
{
    DWORD attributes = GetFileAttributesW(path);

    return attributes != INVALID_FILE_ATTRIBUTES && attributes & FILE_ATTRIBUTE_DIRECTORY;
}

static BOOL is_maildir(const WCHAR *path)
{
    WCHAR *current = join(path, L"cur"), *fresh = join(path, L"new");
    BOOL ret = is_directory(current) && is_directory(fresh);

    free(current);
    free(fresh);
    return ret;
}

static BOOL is_mail_file(const WCHAR *name)
{
    return has_extension(name, L".eml") || has_extension(name, L".msg")
           || has_extension(name, L".mbox");
}

/* As Thunderbird and others keep them: without an extension. */
static BOOL is_bare_mbox(const WCHAR *path, const WCHAR *name)
{
    struct input *input;
    BOOL ret;

    if (wcschr(name, '.') || !(input = input_open(path))) return FALSE;
    ret = input_begins(input, "From ", 5);
    input_close(input);
    return ret;
}

/* From now on messages go to a folder in the one they went to; *old has that one. name: several are
 * divided by IMAP_LEVEL_END. */
static HRESULT enter(struct import *import, const WCHAR *name, struct place *old)
{
    WCHAR *levels = dup_text(name), *level = levels, *end;
    IMAPIFolder *folder = import->place.folder, *child;
    HRESULT hr = S_OK;

    IMAPIFolder_AddRef(folder);
    do
    {
        if ((end = wcschr(level, IMAP_LEVEL_END))) *end++ = 0;
        hr = folder_open_child(&import->box, folder, level, TRUE, &child);
        IMAPIFolder_Release(folder);
        folder = child;
    } while (SUCCEEDED(hr) && (level = end));
    free(levels);
    if (FAILED(hr)) return hr;
    *old = import->place;
    memset(&import->place, 0, sizeof(import->place));
    import->place.folder = folder;
    return read_known(&import->place);
}

static void leave(struct import *import, const struct place *old)
{
    IMAPIFolder_Release(import->place.folder);
    free(import->place.known);
    import->place = *old;
}

static void import_directory(struct import *import, const WCHAR *path, int depth);

static WCHAR *without_extension(const WCHAR *name)
{
    WCHAR *ret = dup_text(name);

    if (has_extension(ret, L".mbox") || has_extension(ret, L".sbd")) *wcsrchr(ret, '.') = 0;
    return ret;
}

/* The levels of a Maildir++ folder. Servers that are set to it write UTF-8 in place of UTF-7. */
static BOOL maildir_levels(const WCHAR *name, WCHAR levels[IMAP_PATH_MAX])
{
    char bytes[MAX_PATH];
    size_t i;

    for (i = 0; name[i] && name[i] < 0x7f && i + 1 < ARRAYSIZE(bytes); i++)
        bytes[i] = (char)name[i];
    bytes[i] = 0;
    if (!name[i]) return imap_read_levels(bytes, '.', levels);
    lstrcpynW(levels, name, IMAP_PATH_MAX);
    for (i = 0; levels[i]; i++)
        if (levels[i] == '.') levels[i] = IMAP_LEVEL_END;
    return TRUE;
}

/* A file of many messages, or a directory: a folder if there are to be some. maildir: it is beside
 * the parts of one, and a name with a dot before it has all levels in it. */
static void import_as_folder(struct import *import, const WCHAR *path, const WCHAR *name,
                             BOOL maildir, int depth)
{
    WCHAR *plain = without_extension(name), levels[IMAP_PATH_MAX];
    struct place old = {NULL};
    HRESULT hr = S_OK;

    if (!import->tree) lstrcpynW(levels, L"", IMAP_PATH_MAX);
    else if (maildir && *name == '.')
    {
        if (!maildir_levels(name + 1, levels)) hr = MAPI_E_BAD_CHARWIDTH;
    }
    else lstrcpynW(levels, plain, IMAP_PATH_MAX);
    if (SUCCEEDED(hr) && *levels) hr = enter(import, levels, &old);
    if (FAILED(hr)) count_result(import, hr, path, 0);
    else if (is_directory(path)) import_directory(import, path, depth);
    else import_file(import, path, MESSAGE_READ);
    if (old.folder) leave(import, &old);
    free(plain);
}

/* Every file is a message, with its state in its name. */
static void import_maildir_part(struct import *import, const WCHAR *maildir, const WCHAR *part)
{
    WCHAR *path = join(maildir, part), *pattern = join(path, L"*"), *file;
    WIN32_FIND_DATAW entry;
    HANDLE find;

    find = FindFirstFileW(pattern, &entry);
    if (find == INVALID_HANDLE_VALUE) count_result(import, MAPI_E_NO_ACCESS, path, 0);
    else
    {
        do
        {
            if (entry.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) continue;
            file = join(path, entry.cFileName);
            import_file(import, file, maildir_state(entry.cFileName));
            free(file);
        } while (FindNextFileW(find, &entry));
        FindClose(find);
    }
    free(pattern);
    free(path);
}

static BOOL is_maildir_part(const WCHAR *name)
{
    return !lstrcmpW(name, L"cur") || !lstrcmpW(name, L"new") || !lstrcmpW(name, L"tmp");
}

static void import_directory(struct import *import, const WCHAR *path, int depth)
{
    WCHAR *pattern = join(path, L"*"), *below;
    const BOOL maildir = is_maildir(path);
    WIN32_FIND_DATAW entry;
    HANDLE find;

    find = FindFirstFileW(pattern, &entry);
    free(pattern);
    if (find == INVALID_HANDLE_VALUE || depth > DEPTH_MAX)
    {
        count_result(import, MAPI_E_NO_ACCESS, path, 0);
        if (find != INVALID_HANDLE_VALUE) FindClose(find);
        return;
    }
    if (maildir)
    {
        import_maildir_part(import, path, L"cur");
        import_maildir_part(import, path, L"new");
    }
    do
    {
        const WCHAR *name = entry.cFileName;
        const BOOL directory = (entry.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0;

        if (!lstrcmpW(name, L".") || !lstrcmpW(name, L"..")) continue;
        if (maildir && (is_maildir_part(name) || !directory || !import->tree)) continue;
        below = join(path, name);
        if (directory || has_extension(name, L".mbox")
            || (import->tree && is_bare_mbox(below, name)))
            import_as_folder(import, below, name, maildir, depth + 1);
        else if (is_mail_file(name)) import_file(import, below, MESSAGE_READ);
        free(below);
    } while (FindNextFileW(find, &entry));
    FindClose(find);
}

/* What an argument names goes to the folder itself, and with it the folders of an mbox file that
 * are beside it. */
static void import_path(struct import *import, const WCHAR *path)
{
    WCHAR *beside;

    if (is_directory(path))
    {
        import_directory(import, path, 0);
        return;
    }
    import_file(import, path, MESSAGE_READ);
    if (!import->tree) return;
    beside = without_extension(path);
    if (!lstrcmpW(beside, path))
    {
        free(beside);
        beside = malloc((wcslen(path) + 5) * sizeof(*beside));
        if (!beside) exit(fail(L"out of memory"));
        lstrcpyW(beside, path);
        lstrcatW(beside, L".sbd");
    }
    if (is_directory(beside)) import_directory(import, beside, 0);
    free(beside);
}

/* vCards go to the contacts. */
static BOOL are_cards(const struct arguments *args)
{
    int i;

    for (i = 0; i < args->count; i++)
    {
        const WCHAR *dot = wcsrchr(args->values[i], '.');

        if (!lstrcmpW(args->values[i], L"--profile")) i++;
        else if (!dot || lstrcmpiW(dot, L".vcf")) return FALSE;
    }
    return TRUE;
}

int import_messages(struct arguments *args)
{
    const WCHAR *path = take_value(args, L"--folder");
    struct import import = {{0}};
    HRESULT hr;
    int i, ret;

    import.tree = take_flag(args, L"--subfolders");
    if (!path && are_cards(args)) return contacts_import(args);
    if ((ret = mailbox_open(args, TRUE, &import.box))) return ret;
    if (!(ret = folder_open(&import.box, path, TRUE, &import.place.folder)))
    {
        if (!(ret = converter_open(&import.box, &import.converter)))
        {
            if (FAILED(hr = read_known(&import.place)))
                ret = fail_hr(hr, L"the folder cannot be read");
            for (i = 0; i < args->count && !ret; i++) import_path(&import, args->values[i]);
            converter_close(import.converter);
            print(L"%lu imported, %lu already there, %lu failed\n", (unsigned long)import.done,
                  (unsigned long)import.there, (unsigned long)import.failed);
            if (import.incomplete)
                fail(L"%lu of them without all of their properties",
                     (unsigned long)import.incomplete);
            if (import.failed || import.incomplete) ret = EXIT_FAILED;
        }
        IMAPIFolder_Release(import.place.folder);
    }
    free(import.place.known);
    mailbox_close(&import.box);
    return ret;
}
