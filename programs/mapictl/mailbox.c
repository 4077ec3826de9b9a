/*
 * mapictl: a session, its folders and its messages
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

/* What the mail commands share: the way from a profile to a folder to a message, properties of any
 * size, and names of files. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapictl.h"

static BOOL is_default_store(const SRow *row)
{
    const SPropValue *prop = find_prop(row, PR_DEFAULT_STORE);

    return prop && prop->Value.b;
}

static HRESULT open_default_store(IMAPISession *session, IMsgStore **ret)
{
    static const SizedSPropTagArray(2, columns) = {2, {PR_ENTRYID, PR_DEFAULT_STORE}};
    const SPropValue *id;
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = IMAPISession_GetMsgStoresTable(session, 0, &table))) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return hr;
    for (i = 0; i < rows->cRows && !is_default_store(&rows->aRow[i]); i++) {}
    if (i == rows->cRows || !(id = find_prop(&rows->aRow[i], PR_ENTRYID))) hr = MAPI_E_NOT_FOUND;
    else
        hr = IMAPISession_OpenMsgStore(session, 0, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb,
                                       NULL, MDB_NO_DIALOG | MAPI_BEST_ACCESS, ret);
    FreeProws(rows);
    return hr;
}

int mailbox_open(struct arguments *args, BOOL no_mail, struct mailbox *box)
{
    const WCHAR *profile = take_value(args, L"--profile");
    HRESULT hr;
    int ret;

    memset(box, 0, sizeof(*box));
    if ((ret = open_session(profile, no_mail, &box->session))) return ret;
    if (SUCCEEDED(hr = open_default_store(box->session, &box->store))) return EXIT_OK;
    ret = hr == MAPI_E_NOT_FOUND
              ? fail(L"the profile has no message store; 'mapictl service add' adds one")
              : fail_hr(hr, L"the default message store cannot be opened");
    mailbox_close(box);
    return ret;
}

void mailbox_close(struct mailbox *box)
{
    if (box->store) IMsgStore_Release(box->store);
    if (box->session)
    {
        IMAPISession_Logoff(box->session, 0, 0, 0);
        IMAPISession_Release(box->session);
    }
    memset(box, 0, sizeof(*box));
}

HRESULT folder_open_id(struct mailbox *box, const SBinary *id, IMAPIFolder **ret)
{
    ULONG type;
    HRESULT hr;

    hr = IMsgStore_OpenEntry(box->store, id->cb, (ENTRYID *)id->lpb, &IID_IMAPIFolder,
                             MAPI_BEST_ACCESS, &type, (IUnknown **)ret);
    return SUCCEEDED(hr) && type != MAPI_FOLDER ? MAPI_E_INVALID_OBJECT : hr;
}

HRESULT store_folder(struct mailbox *box, ULONG tag, IMAPIFolder **ret)
{
    ENTRYID *inbox = NULL;
    SPropValue *prop;
    SBinary id;
    HRESULT hr;

    *ret = NULL;
    if (!tag)
    {
        hr = IMsgStore_GetReceiveFolder(box->store, NULL, 0, &id.cb, &inbox, NULL);
        if (FAILED(hr)) return hr;
        id.lpb = (BYTE *)inbox;
        hr = folder_open_id(box, &id, ret);
        MAPIFreeBuffer(inbox);
        return hr;
    }
    if (FAILED(hr = HrGetOneProp((IMAPIProp *)box->store, tag, &prop))) return hr;
    hr = folder_open_id(box, &prop->Value.bin, ret);
    MAPIFreeBuffer(prop);
    return hr;
}

static HRESULT create_child(IMAPIFolder *parent, const WCHAR *name, IMAPIFolder **ret)
{
    return IMAPIFolder_CreateFolder(parent, FOLDER_GENERIC, (LPTSTR)name, NULL, NULL, MAPI_UNICODE,
                                    ret);
}

/* Opens the folder of that name in parent, in any case. */
HRESULT folder_open_child(struct mailbox *box, IMAPIFolder *parent, const WCHAR *name, BOOL create,
                          IMAPIFolder **ret)
{
    static const SizedSPropTagArray(2, columns) = {2, {PR_ENTRYID, PR_DISPLAY_NAME_W}};
    const SPropValue *id = NULL, *prop;
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = IMAPIFolder_GetHierarchyTable(parent, MAPI_UNICODE, &table))) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return hr;
    for (i = 0; i < rows->cRows && !id; i++)
        if ((prop = find_prop(&rows->aRow[i], PR_DISPLAY_NAME_W))
            && !lstrcmpiW(prop->Value.lpszW, name))
            id = find_prop(&rows->aRow[i], PR_ENTRYID);
    hr = id ? folder_open_id(box, &id->Value.bin, ret) : MAPI_E_NOT_FOUND;
    FreeProws(rows);
    return hr == MAPI_E_NOT_FOUND && create ? create_child(parent, name, ret) : hr;
}

static HRESULT open_well_known(struct mailbox *box, const WCHAR *name, IMAPIFolder **ret)
{
    static const struct
    {
        const WCHAR *name;
        ULONG tag;
    }
    folders[] =
    {
        {L"inbox", 0},
        {L"outbox", PR_IPM_OUTBOX_ENTRYID},
        {L"sent", PR_IPM_SENTMAIL_ENTRYID},
        {L"trash", PR_IPM_WASTEBASKET_ENTRYID}
    };
    size_t i;

    for (i = 0; i < ARRAYSIZE(folders); i++)
        if (!lstrcmpiW(name, folders[i].name)) return store_folder(box, folders[i].tag, ret);
    return MAPI_E_NOT_FOUND;
}

/* Takes the next name off a path, in place; NULL at its end. */
static WCHAR *next_name(WCHAR **path)
{
    WCHAR *name = *path, *from = *path, *to = *path;

    if (!*name) return NULL;
    while (*from && (*from != '/' || from[1] == '/'))
    {
        if (*from == '/') from++;
        *to++ = *from++;
    }
    if (*from) from++;
    *to = 0;
    *path = from;
    return name;
}

int folder_open(struct mailbox *box, const WCHAR *path, BOOL create, IMAPIFolder **ret)
{
    WCHAR *copy, *rest, *name;
    IMAPIFolder *folder, *child;
    BOOL top = TRUE;
    HRESULT hr;

    *ret = NULL;
    if (!path)
    {
        if (SUCCEEDED(hr = store_folder(box, 0, ret))) return EXIT_OK;
        return fail_hr(hr, L"the store has no inbox");
    }
    if (FAILED(hr = store_folder(box, PR_IPM_SUBTREE_ENTRYID, &folder)))
        return fail_hr(hr, L"the store has no folders for mail");
    rest = copy = dup_text(path);
    while (SUCCEEDED(hr) && (name = next_name(&rest)))
    {
        if (!*name) continue;
        hr = folder_open_child(box, folder, name, FALSE, &child);
        if (hr == MAPI_E_NOT_FOUND && top) hr = open_well_known(box, name, &child);
        if (hr == MAPI_E_NOT_FOUND && create) hr = create_child(folder, name, &child);
        if (FAILED(hr)) break;
        IMAPIFolder_Release(folder);
        folder = child;
        top = FALSE;
    }
    free(copy);
    if (SUCCEEDED(hr))
    {
        *ret = folder;
        return EXIT_OK;
    }
    IMAPIFolder_Release(folder);
    if (hr == MAPI_E_NOT_FOUND)
        return fail(L"there is no folder '%s'; 'mapictl folders' lists them", path);
    return fail_hr(hr, L"the folder '%s' cannot be opened", path);
}

BOOL same_folder(struct mailbox *box, IMAPIFolder *one, IMAPIFolder *other)
{
    SPropValue *a = NULL, *b = NULL;
    ULONG same = FALSE;

    if (SUCCEEDED(HrGetOneProp((IMAPIProp *)one, PR_ENTRYID, &a))
        && SUCCEEDED(HrGetOneProp((IMAPIProp *)other, PR_ENTRYID, &b)))
        IMsgStore_CompareEntryIDs(box->store, a->Value.bin.cb, (ENTRYID *)a->Value.bin.lpb,
                                  b->Value.bin.cb, (ENTRYID *)b->Value.bin.lpb, 0, &same);
    MAPIFreeBuffer(a);
    MAPIFreeBuffer(b);
    return same;
}

HRESULT contents_open(IMAPIFolder *folder, SPropTagArray *columns, IMAPITable **ret)
{
    static const SizedSSortOrderSet(1, order) = {
        1, 0, 0, {{PR_MESSAGE_DELIVERY_TIME, TABLE_SORT_DESCEND}}};
    HRESULT hr;

    if (FAILED(hr = IMAPIFolder_GetContentsTable(folder, MAPI_UNICODE, ret))) return hr;
    hr = IMAPITable_SetColumns(*ret, columns, 0);
    if (SUCCEEDED(hr)) hr = IMAPITable_SortTable(*ret, (SSortOrderSet *)&order, 0);
    if (SUCCEEDED(hr)) return hr;
    IMAPITable_Release(*ret);
    *ret = NULL;
    return hr;
}

static HRESULT find_number(IMAPIFolder *folder, ULONG number, SPropValue **id)
{
    static const SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    IMAPITable *table;
    SRowSet *rows = NULL;
    LONG sought;
    HRESULT hr;

    if (FAILED(hr = contents_open(folder, (SPropTagArray *)&columns, &table))) return hr;
    hr = IMAPITable_SeekRow(table, BOOKMARK_BEGINNING, number - 1, &sought);
    if (SUCCEEDED(hr)) hr = IMAPITable_QueryRows(table, 1, 0, &rows);
    if (SUCCEEDED(hr))
    {
        if (sought != (LONG)(number - 1) || rows->cRows != 1
            || rows->aRow[0].lpProps[0].ulPropTag != PR_ENTRYID)
            hr = MAPI_E_NOT_FOUND;
        else hr = ScDupPropset(1, rows->aRow[0].lpProps, MAPIAllocateBuffer, id);
        FreeProws(rows);
    }
    IMAPITable_Release(table);
    return hr;
}

int message_find(struct mailbox *box, IMAPIFolder *folder, const WCHAR *message, SPropValue **id)
{
    SPropValue prop;
    unsigned long number;
    WCHAR *end;
    HRESULT hr;

    *id = NULL;
    number = wcstoul(message, &end, 10);
    /* No entry ID is as short as the longest number. */
    if (!*end && wcslen(message) < 10)
    {
        hr = number && number <= 0x7fffffff ? find_number(folder, number, id) : MAPI_E_NOT_FOUND;
        if (SUCCEEDED(hr)) return EXIT_OK;
        if (hr == MAPI_E_NOT_FOUND) return fail(L"there is no message %s in the folder", message);
        return fail_hr(hr, L"the folder cannot be read");
    }
    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = PR_ENTRYID;
    if (!parse_hex_bytes(message, &prop.Value.bin))
        return fail(L"'%s' is neither a number of the list nor an entry ID", message);
    hr = ScDupPropset(1, &prop, MAPIAllocateBuffer, id);
    free(prop.Value.bin.lpb);
    return SUCCEEDED(hr) ? EXIT_OK : fail_hr(hr, L"'%s' is too long", message);
}

int message_open(struct mailbox *box, const SBinary *id, IMessage **ret)
{
    ULONG type;
    HRESULT hr;

    *ret = NULL;
    hr = IMsgStore_OpenEntry(box->store, id->cb, (ENTRYID *)id->lpb, &IID_IMessage,
                             MAPI_BEST_ACCESS, &type, (IUnknown **)ret);
    return SUCCEEDED(hr) ? EXIT_OK : fail_hr(hr, L"the message cannot be opened");
}

WCHAR *dup_utf8(const char *text, size_t size)
{
    UINT page = CP_UTF8;
    int length;
    WCHAR *ret;

    if (size > INT_MAX / 4) exit(fail(L"a text is too long"));
    length = MultiByteToWideChar(page, MB_ERR_INVALID_CHARS, text, size, NULL, 0);
    if (size && !length) length = MultiByteToWideChar(page = CP_ACP, 0, text, size, NULL, 0);
    if (!(ret = malloc((length + 1) * sizeof(*ret)))) exit(fail(L"out of memory"));
    MultiByteToWideChar(page, 0, text, size, ret, length);
    ret[length] = 0;
    return ret;
}

WCHAR *time_text(const FILETIME *time)
{
    SYSTEMTIME utc, local;
    WCHAR text[32];

    if (!FileTimeToSystemTime(time, &utc) || !SystemTimeToTzSpecificLocalTime(NULL, &utc, &local))
        return dup_text(L"");
    _snwprintf(text, ARRAYSIZE(text), L"%04d-%02d-%02d %02d:%02d", local.wYear, local.wMonth,
               local.wDay, local.wHour, local.wMinute);
    return dup_text(text);
}

static BYTE *read_stream(IStream *stream, size_t *size)
{
    size_t room = 65536;
    BYTE *data = malloc(room + 2), *larger;
    ULONG got;

    *size = 0;
    while (data)
    {
        if (FAILED(IStream_Read(stream, data + *size, room - *size, &got))) break;
        if (!got)
        {
            data[*size] = data[*size + 1] = 0;
            return data;
        }
        *size += got;
        if (*size < room) continue;
        if (room > 0x20000000 || !(larger = realloc(data, room * 2 + 2))) break;
        data = larger;
        room *= 2;
    }
    free(data);
    return NULL;
}

BYTE *read_prop(IMAPIProp *object, ULONG tag, size_t *size)
{
    IStream *stream;
    BYTE *data;

    *size = 0;
    if (FAILED(IMAPIProp_OpenProperty(object, tag, &IID_IStream, 0, 0, (IUnknown **)&stream)))
        return NULL;
    data = read_stream(stream, size);
    IStream_Release(stream);
    return data;
}

HRESULT write_prop(IMAPIProp *object, ULONG tag, const void *data, size_t size)
{
    const BYTE *bytes = data;
    IStream *stream;
    ULONG part;
    HRESULT hr;

    hr = IMAPIProp_OpenProperty(object, tag, &IID_IStream, STGM_READWRITE,
                                MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&stream);
    if (FAILED(hr)) return hr;
    for (; size && SUCCEEDED(hr); bytes += part, size -= part)
    {
        part = min(size, 65536);
        hr = IStream_Write(stream, bytes, part, NULL);
    }
    if (SUCCEEDED(hr)) hr = IStream_Commit(stream, STGC_DEFAULT);
    IStream_Release(stream);
    return hr;
}

HRESULT copy_to_file(IStream *from, const WCHAR *path)
{
    DWORD written = 0;
    HRESULT hr = S_OK;
    BYTE data[32768];
    HANDLE file;
    ULONG got;

    file = CreateFileW(path, GENERIC_WRITE, FILE_SHARE_READ, NULL, CREATE_NEW,
                       FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE) return HRESULT_FROM_WIN32(GetLastError());
    while (SUCCEEDED(hr = IStream_Read(from, data, sizeof(data), &got)) && got)
    {
        if (WriteFile(file, data, got, &written, NULL) && written == got) continue;
        hr = HRESULT_FROM_WIN32(GetLastError());
        break;
    }
    CloseHandle(file);
    if (FAILED(hr)) DeleteFileW(path);
    return FAILED(hr) ? hr : S_OK;
}

WCHAR *safe_file_name(const WCHAR *name)
{
    static const WCHAR *const devices[] = {L"con", L"prn", L"aux", L"nul", L"com", L"lpt"};
    WCHAR *ret, *p;
    size_t i, length;

    for (p = (WCHAR *)name; *p; p++)
        if (*p == '/' || *p == '\\') name = p + 1;
    if (!(ret = malloc((wcslen(name) + 16) * sizeof(*ret)))) exit(fail(L"out of memory"));
    lstrcpyW(ret, name);
    for (p = ret; *p; p++)
        if (*p < 0x20 || wcschr(L"<>:\"|?*", *p)) *p = '_';
    while (p > ret && (p[-1] == '.' || p[-1] == ' ')) *--p = 0;
    if (p - ret > 120)
    {
        /* The extension stays. */
        WCHAR *dot = wcsrchr(ret, '.');

        if (dot && p - dot < 20) memmove(ret + 100, dot, (p - dot + 1) * sizeof(*p));
        else ret[120] = 0;
    }
    if (!*ret) lstrcpyW(ret, L"attachment");
    for (i = 0; i < ARRAYSIZE(devices); i++)
    {
        length = i < 4 ? 3 : 4;
        if (_wcsnicmp(ret, devices[i], 3) || (i >= 4 && (ret[3] < '0' || ret[3] > '9'))) continue;
        if (ret[length] && ret[length] != '.') continue;
        memmove(ret + 1, ret, (wcslen(ret) + 1) * sizeof(*ret));
        ret[0] = '_';
        break;
    }
    return ret;
}

WCHAR *free_path(const WCHAR *folder, const WCHAR *name)
{
    const WCHAR *dot = wcsrchr(name, '.');
    size_t room = wcslen(folder) + wcslen(name) + 16;
    WCHAR *ret = malloc(room * sizeof(*ret));
    unsigned int i;

    if (!ret) exit(fail(L"out of memory"));
    if (!dot || dot == name) dot = name + wcslen(name);
    _snwprintf(ret, room, L"%s\\%s", folder, name);
    for (i = 2; GetFileAttributesW(ret) != INVALID_FILE_ATTRIBUTES && i < 100000; i++)
        _snwprintf(ret, room, L"%s\\%.*s (%u)%s", folder, (int)(dot - name), name, i, dot);
    return ret;
}
