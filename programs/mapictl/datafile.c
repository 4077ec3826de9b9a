/*
 * mapictl: the files that a profile's message stores and address books keep
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
 * Their providers have the file's place in their profile section. A file is deleted only if its
 * first bytes say that it is one of these, nobody has it open, and no other profile names it.
 */

#include <stdlib.h>
#include <string.h>

#include "mapictl.h"

#define PR_FILE_PATH_W PROP_TAG(PT_UNICODE, 0x6700)     /* of both providers */

/* A full path, so that two names of a file compare; with free. */
static WCHAR *full_name(const WCHAR *path)
{
    DWORD size = GetFullPathNameW(path, 0, NULL, NULL);
    WCHAR *ret;

    if (!size) return dup_text(path);
    if (!(ret = malloc(size * sizeof(*ret)))) exit(fail(L"out of memory"));
    if (GetFullPathNameW(path, size, ret, NULL) < size) return ret;
    free(ret);
    return dup_text(path);
}

static BOOL keeps_a_file(const SRow *row)
{
    WCHAR *dll = row_text(row, PR_PROVIDER_DLL_NAME_W);
    BOOL ret = !lstrcmpiW(dll, L"mapims.dll") || !lstrcmpiW(dll, L"mapiab.dll");

    free(dll);
    return ret;
}

static void add_file(struct datafiles *files, IProfSect *section)
{
    static const SizedSPropTagArray(2, tags) = {2, {PR_FILE_PATH_W, PR_RECORD_KEY}};
    struct datafile *file;
    SPropValue *props;
    ULONG count;

    if (FAILED(IProfSect_GetProps(section, (SPropTagArray *)&tags, 0, &count, &props))) return;
    if (props[0].ulPropTag == PR_FILE_PATH_W && *props[0].Value.lpszW)
    {
        file = realloc(files->list, (files->count + 1) * sizeof(*file));
        if (!file) exit(fail(L"out of memory"));
        files->list = file;
        file += files->count++;
        file->path = full_name(props[0].Value.lpszW);
        file->opened = props[1].ulPropTag == PR_RECORD_KEY;
    }
    MAPIFreeBuffer(props);
}

HRESULT datafiles_of_profile(const WCHAR *profile, struct datafiles *files)
{
    IMsgServiceAdmin *services;
    const SPropValue *uid;
    IProfSect *section;
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    memset(files, 0, sizeof(*files));
    if (FAILED(hr = services_open(profile, &services))) return hr;
    if (SUCCEEDED(hr = IMsgServiceAdmin_GetProviderTable(services, MAPI_UNICODE, &table)))
    {
        hr = HrQueryAllRows(table, NULL, NULL, NULL, 0, &rows);
        IMAPITable_Release(table);
    }
    if (SUCCEEDED(hr))
    {
        for (i = 0; i < rows->cRows && SUCCEEDED(hr); i++)
        {
            uid = find_prop(&rows->aRow[i], PR_PROVIDER_UID);
            if (!uid || uid->Value.bin.cb != sizeof(MAPIUID) || !keeps_a_file(&rows->aRow[i]))
                continue;
            hr = IMsgServiceAdmin_OpenProfileSection(services, (MAPIUID *)uid->Value.bin.lpb, NULL,
                                                     MAPI_FORCE_ACCESS, &section);
            if (FAILED(hr)) break;
            add_file(files, section);
            IProfSect_Release(section);
        }
        FreeProws(rows);
    }
    IMsgServiceAdmin_Release(services);
    if (FAILED(hr)) datafiles_free(files);
    return hr;
}

void datafiles_free(struct datafiles *files)
{
    int i;

    for (i = 0; i < files->count; i++) free(files->list[i].path);
    free(files->list);
    memset(files, 0, sizeof(*files));
}

/* ---- deleting ---- */

static void drop_file(struct datafiles *files, int index)
{
    free(files->list[index].path);
    files->list[index] = files->list[--files->count];
}

static void drop_named(struct datafiles *files, const struct datafiles *others,
                       const WCHAR *profile)
{
    int i, j;

    for (i = files->count - 1; i >= 0; i--)
    {
        for (j = 0; j < others->count && lstrcmpiW(files->list[i].path, others->list[j].path); j++)
            ;
        if (j == others->count) continue;
        print(L"kept, as profile '%s' has it, too: %s\n", profile, files->list[i].path);
        drop_file(files, i);
    }
}

/* Takes out what other profiles name. A profile that cannot be read may name any of them. */
static int drop_shared(struct datafiles *files, const WCHAR *profile)
{
    struct datafiles others;
    int ret = EXIT_OK;
    SRowSet *rows;
    WCHAR *name;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = profile_rows(&rows))) return fail_hr(hr, L"cannot list profiles");
    for (i = 0; i < rows->cRows && ret == EXIT_OK; i++)
    {
        name = row_text(&rows->aRow[i], PR_DISPLAY_NAME_W);
        if (lstrcmpiW(name, profile))
        {
            if (FAILED(hr = datafiles_of_profile(name, &others)))
                ret = fail_hr(hr, L"profile '%s' cannot be opened, and may have the same files",
                              name);
            else
            {
                drop_named(files, &others, name);
                datafiles_free(&others);
            }
        }
        free(name);
    }
    FreeProws(rows);
    return ret;
}

/* Its first page: SQLite's words, and at byte 68 whose database it is. */
static BOOL is_ours(HANDLE file)
{
    static const char words[] = "SQLite format 3";
    static const BYTE owner[] = {'M', 'A', 'P', 'I'};
    BYTE data[72];
    DWORD size;

    if (!ReadFile(file, data, sizeof(data), &size, NULL)) return FALSE;
    return size == sizeof(data) && !memcmp(data, words, sizeof(words))
           && !memcmp(data + 68, owner, sizeof(owner));
}

/* What is not there, or is something else, is left; a file in use stops it all. */
static int drop_others(struct datafiles *files)
{
    HANDLE file;
    DWORD error;
    int i;

    for (i = files->count - 1; i >= 0; i--)
    {
        file = CreateFileW(files->list[i].path, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
        if (file == INVALID_HANDLE_VALUE)
        {
            error = GetLastError();
            if (error != ERROR_FILE_NOT_FOUND && error != ERROR_PATH_NOT_FOUND)
                return fail(error == ERROR_SHARING_VIOLATION ? L"another program uses %s"
                                                             : L"cannot open %s",
                            files->list[i].path);
            drop_file(files, i);
        }
        else
        {
            if (is_ours(file)) CloseHandle(file);
            else
            {
                CloseHandle(file);
                print(L"kept, as it is no message store or address book: %s\n",
                      files->list[i].path);
                drop_file(files, i);
            }
        }
    }
    return EXIT_OK;
}

int datafiles_to_delete(const WCHAR *profile, struct datafiles *files)
{
    HRESULT hr;
    int ret;

    if (FAILED(hr = datafiles_of_profile(profile, files)))
        return fail_hr(hr, L"profile '%s' cannot be opened", profile);
    if (!(ret = drop_shared(files, profile))) ret = drop_others(files);
    if (ret) datafiles_free(files);
    return ret;
}

int datafiles_delete(const struct datafiles *files)
{
    static const WCHAR *const beside[] = {L"-wal", L"-shm"};
    int i, ret = EXIT_OK;
    WCHAR *path;
    size_t j, room;

    for (i = 0; i < files->count; i++)
    {
        if (!DeleteFileW(files->list[i].path))
        {
            /* A service may be there twice with one file. */
            if (GetLastError() == ERROR_FILE_NOT_FOUND) continue;
            ret = fail(L"the profile is deleted, but not %s", files->list[i].path);
            continue;
        }
        room = lstrlenW(files->list[i].path) + 8;
        if (!(path = malloc(room * sizeof(*path)))) exit(fail(L"out of memory"));
        for (j = 0; j < ARRAYSIZE(beside); j++)
        {
            lstrcpyW(path, files->list[i].path);
            lstrcatW(path, beside[j]);
            DeleteFileW(path);
        }
        free(path);
        print(L"deleted: %s\n", files->list[i].path);
    }
    return ret;
}
