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

/* Takes in single messages (.eml, .msg), mbox files and Maildirs; other folders are searched for all of
 * these. A message is saved whole or not at all, and one that the folder has already is passed over, so
 * an import that was interrupted is simply repeated. Two are the same if their Message-ID is; for those
 * without one, a hash of the file is kept in a named property. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapictl.h"
#include <mapimime.h>

#define DEPTH_MAX 32

static const GUID import_guid = {0x6a1f2c0e, 0x3d57, 0x4b8a, {0x9c, 0x41, 0x7e, 0x60, 0x52, 0xd8, 0x1b, 0x93}};

struct import
{
    struct mailbox box;
    IMAPIFolder *folder;
    IConverterSession *converter;
    ULONG key_tag;              /* of the named property */
    ULONGLONG *known;           /* a hash table of what the folder has; 0 is empty */
    size_t size, count;         /* size: a power of two */
    ULONG done, there, failed, incomplete;
};

static BOOL know(struct import *import, ULONGLONG key)
{
    ULONGLONG *old = import->known;
    size_t i, j, size = import->size;

    if (!key) key = 1;
    if (import->count * 2 >= size)
    {
        import->size = size ? size * 2 : 1024;
        if (!(import->known = calloc(import->size, sizeof(*old)))) exit(fail(L"out of memory"));
        import->count = 0;
        for (j = 0; j < size; j++)
            if (old[j]) know(import, old[j]);
        free(old);
    }
    for (i = key & (import->size - 1); import->known[i]; i = (i + 1) & (import->size - 1))
        if (import->known[i] == key) return FALSE;
    import->known[i] = key;
    import->count++;
    return TRUE;
}

static ULONGLONG key_of(const SPropValue *prop)
{
    return hash_bytes(0, prop->Value.lpszW, wcslen(prop->Value.lpszW) * sizeof(WCHAR));
}

static HRESULT read_known(struct import *import)
{
    SizedSPropTagArray(2, columns) = {2, {PR_INTERNET_MESSAGE_ID_W, PR_NULL}};
    MAPINAMEID name = {(GUID *)&import_guid, MNID_STRING, {0}}, *names = &name;
    SPropTagArray *tags;
    IMAPITable *table;
    SRowSet *rows;
    ULONG i, count;
    HRESULT hr;

    name.Kind.lpwstrName = (WCHAR *)L"ImportKey";
    hr = IMAPIFolder_GetIDsFromNames(import->folder, 1, &names, MAPI_CREATE, &tags);
    if (SUCCEEDED(hr))
    {
        import->key_tag = PROP_TAG(PT_UNICODE, PROP_ID(tags->aulPropTag[0]));
        columns.aulPropTag[1] = import->key_tag;
        MAPIFreeBuffer(tags);
    }
    if (FAILED(hr = IMAPIFolder_GetContentsTable(import->folder, MAPI_UNICODE, &table))) return hr;
    hr = IMAPITable_SetColumns(table, (SPropTagArray *)&columns, 0);
    for (count = 1; SUCCEEDED(hr) && count;)
    {
        if (FAILED(hr = IMAPITable_QueryRows(table, 512, 0, &rows))) break;
        for (i = 0; i < rows->cRows; i++)
        {
            SPropValue *props = rows->aRow[i].lpProps;

            if (PROP_TYPE(props[0].ulPropTag) == PT_UNICODE) know(import, key_of(&props[0]));
            if (PROP_TYPE(props[1].ulPropTag) == PT_UNICODE) know(import, key_of(&props[1]));
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
        is_new = know(import, key_of(id));
        MAPIFreeBuffer(id);
    }
    else
    {
        memset(&key, 0, sizeof(key));
        _snwprintf(text, ARRAYSIZE(text), L"%016I64x", hash);
        key.ulPropTag = import->key_tag;
        key.Value.lpszW = text;
        is_new = know(import, key_of(&key));
        if (is_new && import->key_tag) IMessage_SetProps(message, 1, &key, NULL);
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

static void import_mime(struct import *import, const BYTE *data, size_t size, ULONG state, const WCHAR *path,
                        ULONG number)
{
    IMessage *message = NULL;
    IStream *stream = NULL;
    HRESULT hr;

    hr = CreateStreamOnHGlobal(NULL, TRUE, &stream);
    if (SUCCEEDED(hr)) hr = IStream_Write(stream, data, size, NULL);
    if (SUCCEEDED(hr)) hr = IMAPIFolder_CreateMessage(import->folder, NULL, 0, &message);
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
    if (SUCCEEDED(hr)) hr = IMAPIFolder_CreateMessage(import->folder, NULL, 0, &message);
    if (SUCCEEDED(hr)) hr = copied = copy_message(source, message);
    if (SUCCEEDED(hr)) hr = save_message(import, message, message_state(source), hash);
    count_result(import, hr, path, 0);
    if (hr == S_OK && copied == MAPI_W_ERRORS_RETURNED) import->incomplete++;
    if (message) IMessage_Release(message);
    if (source) IMessage_Release(source);
    if (storage) IStorage_Release(storage);
}

static size_t line_length(const BYTE *data, const BYTE *end)
{
    const BYTE *p = memchr(data, '\n', end - data);

    return p ? p + 1 - data : end - data;
}

static BOOL begins(const BYTE *data, const BYTE *end, const char *text)
{
    size_t length = strlen(text);

    return (size_t)(end - data) >= length && !memcmp(data, text, length);
}

/* A header of mbox files alone: the state, in letters. TRUE if this line is one. */
static BOOL take_state(const BYTE *line, size_t length, ULONG *state)
{
    size_t i, at;

    if (length > 7 && !_strnicmp((const char *)line, "Status:", 7)) at = 7;
    else if (length > 9 && !_strnicmp((const char *)line, "X-Status:", 9)) at = 9;
    else return FALSE;
    for (i = at; i < length; i++)
    {
        if (line[i] == 'R') *state |= MESSAGE_READ;
        if (line[i] == 'F') *state |= MESSAGE_FLAGGED;
        if (line[i] == 'A') *state |= MESSAGE_REPLIED;
        if (line[i] == 'T') *state |= MESSAGE_DRAFT;
    }
    return TRUE;
}

/* Messages begin at a line "From " that follows an empty line; one ">" is taken off lines like ">From ". */
static void import_mbox(struct import *import, const BYTE *data, size_t size, const WCHAR *path)
{
    const BYTE *p = data, *end = data + size, *q;
    BYTE *message = malloc(size + 1);
    ULONG number = 0, state;
    BOOL header, empty;
    size_t used, length;

    if (!message) exit(fail(L"out of memory"));
    while (p < end)
    {
        p += line_length(p, end);
        used = 0;
        state = 0;
        header = TRUE;
        empty = FALSE;
        while (p < end && !(empty && begins(p, end, "From ")))
        {
            length = line_length(p, end);
            empty = *p == '\n' || (*p == '\r' && length == 2);
            if (empty) header = FALSE;
            for (q = p; !header && q < end && *q == '>'; q++) {}
            if (!header || !take_state(p, length, &state))
            {
                if (q > p && !header && begins(q, end, "From ")) p++, length--;
                memcpy(message + used, p, length);
                used += length;
            }
            p += length;
        }
        /* The empty line before the next "From " is not the message's. */
        if (empty && used > 1 && message[used - 1] == '\n')
        {
            used--;
            if (used && message[used - 1] == '\r') used--;
        }
        import_mime(import, message, used, state, path, ++number);
    }
    free(message);
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
    size_t size;
    BYTE *data;

    if (!(data = read_whole_file(path, &size)))
    {
        count_result(import, HRESULT_FROM_WIN32(GetLastError()), path, 0);
        return;
    }
    if (size >= sizeof(compound) && !memcmp(data, compound, sizeof(compound)))
        import_msg(import, path, hash_bytes(0, data, size));
    else if (begins(data, data + size, "From ")) import_mbox(import, data, size, path);
    else if (!size)
    {
        /* An mbox file without messages is empty, as the export of an empty folder is. */
        if (!has_extension(path, L".mbox")) count_result(import, MAPI_E_CORRUPT_DATA, path, 0);
    }
    else import_mime(import, data, size, state, path, 0);
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
    return has_extension(name, L".eml") || has_extension(name, L".msg") || has_extension(name, L".mbox");
}

/* all: every file is a message, with its state in its name, as in a Maildir. */
static void import_directory(struct import *import, const WCHAR *path, BOOL all, int depth)
{
    WCHAR *pattern = join(path, L"*"), *below;
    WIN32_FIND_DATAW entry;
    BOOL maildir = !all && is_maildir(path);
    HANDLE find;

    find = FindFirstFileW(pattern, &entry);
    free(pattern);
    if (find == INVALID_HANDLE_VALUE || depth > DEPTH_MAX)
    {
        count_result(import, MAPI_E_NO_ACCESS, path, 0);
        if (find != INVALID_HANDLE_VALUE) FindClose(find);
        return;
    }
    do
    {
        if (!lstrcmpW(entry.cFileName, L".") || !lstrcmpW(entry.cFileName, L"..")) continue;
        below = join(path, entry.cFileName);
        if (entry.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY)
        {
            if (maildir && (!lstrcmpW(entry.cFileName, L"cur") || !lstrcmpW(entry.cFileName, L"new")))
                import_directory(import, below, TRUE, depth + 1);
            else if (!all && !maildir) import_directory(import, below, FALSE, depth + 1);
        }
        else if (all) import_file(import, below, maildir_state(entry.cFileName));
        else if (!maildir && is_mail_file(entry.cFileName)) import_file(import, below, MESSAGE_READ);
        free(below);
    } while (FindNextFileW(find, &entry));
    FindClose(find);
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

    if (!path && are_cards(args)) return contacts_import(args);
    if ((ret = mailbox_open(args, TRUE, &import.box))) return ret;
    if (!(ret = folder_open(&import.box, path, TRUE, &import.folder)))
    {
        if (!(ret = converter_open(&import.box, &import.converter)))
        {
            if (FAILED(hr = read_known(&import))) ret = fail_hr(hr, L"the folder cannot be read");
            for (i = 0; i < args->count && !ret; i++)
            {
                if (is_directory(args->values[i])) import_directory(&import, args->values[i], FALSE, 0);
                else import_file(&import, args->values[i], MESSAGE_READ);
            }
            converter_close(import.converter);
            print(L"%lu imported, %lu already there, %lu failed\n", (unsigned long)import.done,
                  (unsigned long)import.there, (unsigned long)import.failed);
            if (import.incomplete)
                fail(L"%lu of them without all of their properties", (unsigned long)import.incomplete);
            if (import.failed || import.incomplete) ret = EXIT_FAILED;
        }
        IMAPIFolder_Release(import.folder);
    }
    free(import.known);
    mailbox_close(&import.box);
    return ret;
}
