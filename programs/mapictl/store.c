/*
 * mapictl store: maintenance of the message store's files
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


/* The store's own DLL does it (storemaint.h); this finds it, calls it, and prints what it says. */

#include <stdio.h>

#include "mapictl.h"
#include "storemaint.h"

static FARPROC entry(const char *name)
{
    static HMODULE module;
    FARPROC ret;

    if (!module && !(module = LoadLibraryW(L"mapims32.dll")))
    {
        fail(L"mapims32.dll, the message store, is not installed");
        return NULL;
    }
    if (!(ret = GetProcAddress(module, name))) fail(L"mapims32.dll has no %hs", name);
    return ret;
}

static void CALLBACK report_line(void *context, const char *line)
{
    print(L"%hs\n", line);
}

int store_check(struct arguments *args)
{
    STORECHECK *check = (STORECHECK *)entry("StoreCheck");
    ULONG problems;
    HRESULT hr;

    if (!check) return EXIT_FAILED;
    if (FAILED(hr = check(args->values[0], report_line, NULL, &problems)))
        return fail_hr(hr, L"cannot check %s", args->values[0]);
    if (problems)
        return fail(L"%u problems; 'mapictl store repair' takes over what can be read", problems);
    print(L"no problems\n");
    return EXIT_OK;
}

int store_repair(struct arguments *args)
{
    STOREREPAIR *repair = (STOREREPAIR *)entry("StoreRepair");
    HRESULT hr;

    if (!repair) return EXIT_FAILED;
    if (FAILED(hr = repair(args->values[0], report_line, NULL)))
        return fail_hr(hr, L"cannot repair %s", args->values[0]);
    print(L"the damaged file is now %s.damaged\n", args->values[0]);
    return EXIT_OK;
}

int store_backup(struct arguments *args)
{
    STOREBACKUP *backup = (STOREBACKUP *)entry("StoreBackup");
    HRESULT hr;

    if (!backup) return EXIT_FAILED;
    if (FAILED(hr = backup(args->values[0], args->values[1])))
        return fail_hr(hr, L"cannot copy %s to %s", args->values[0], args->values[1]);
    return EXIT_OK;
}

/* The file with its log. */
static BOOL size_of(STORESTATISTICS *statistics, const WCHAR *path, ULONGLONG *size)
{
    STORESTATS stats;

    *size = 0;
    if (FAILED(statistics(path, &stats))) return FALSE;
    *size = stats.ullFileSize + stats.ullLogSize;
    return TRUE;
}

int store_compact(struct arguments *args)
{
    STORESTATISTICS *statistics = (STORESTATISTICS *)entry("StoreStatistics");
    STORECOMPACT *compact = (STORECOMPACT *)entry("StoreCompact");
    ULONGLONG before, after;
    BOOL known;
    HRESULT hr;

    if (!compact || !statistics) return EXIT_FAILED;
    known = size_of(statistics, args->values[0], &before);
    if (FAILED(hr = compact(args->values[0])))
        return fail_hr(hr, L"cannot compact %s", args->values[0]);
    if (known && size_of(statistics, args->values[0], &after))
        print(L"%I64u bytes, %I64u before\n", after, before);
    return EXIT_OK;
}

int store_stats(struct arguments *args)
{
    static const WCHAR *const columns[] = { L"what", L"number", NULL };
    STORESTATISTICS *statistics = (STORESTATISTICS *)entry("StoreStatistics");
    const WCHAR *values[2];
    struct list *list;
    STORESTATS stats;
    WCHAR text[32];
    HRESULT hr;
    size_t i;
    const struct
    {
        const WCHAR *name;
        const ULONGLONG *number;
    } rows[] =
    {
        { L"bytes in the file", &stats.ullFileSize },
        { L"bytes in its log", &stats.ullLogSize },
        { L"bytes free inside it", &stats.ullFreeSize },
        { L"objects", &stats.ullObjects },
        { L"views", &stats.ullViews },
        { L"rows in views", &stats.ullViewRows },
        { L"long values", &stats.ullLongValues },
        { L"named properties", &stats.ullNames },
        { L"changes kept", &stats.ullChanges },
    };

    if (!statistics) return EXIT_FAILED;
    if (FAILED(hr = statistics(args->values[0], &stats)))
        return fail_hr(hr, L"cannot read %s", args->values[0]);
    list = list_begin(columns);
    for (i = 0; i < ARRAYSIZE(rows); i++)
    {
        _snwprintf(text, ARRAYSIZE(text), L"%I64u", *rows[i].number);
        values[0] = rows[i].name;
        values[1] = text;
        list_add(list, values);
    }
    list_end(list);
    return EXIT_OK;
}
