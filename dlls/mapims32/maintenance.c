/*
 * Maintenance of the store's files, as mapictl calls it
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


#include "storemaint.h"

#include "db/db.h"

struct reporting
{
    STOREREPORT *report;
    void *context;
};

static void line(void *context, const char *text)
{
    const struct reporting *reporting = context;

    if (reporting->report) reporting->report(reporting->context, text);
}

HRESULT WINAPI StoreCheck(const WCHAR *path, STOREREPORT *report, void *context, ULONG *problems)
{
    struct reporting reporting = { report, context };
    struct db_report lines = { line, &reporting };

    if (!path || !problems) return MAPI_E_INVALID_PARAMETER;
    return db_check(path, &lines, problems);
}

HRESULT WINAPI StoreRepair(const WCHAR *path, STOREREPORT *report, void *context)
{
    struct reporting reporting = { report, context };
    struct db_report lines = { line, &reporting };

    return path ? db_repair(path, &lines) : MAPI_E_INVALID_PARAMETER;
}

HRESULT WINAPI StoreBackup(const WCHAR *path, const WCHAR *target)
{
    return path && target ? db_backup(path, target) : MAPI_E_INVALID_PARAMETER;
}

HRESULT WINAPI StoreCompact(const WCHAR *path)
{
    return path ? db_compact(path) : MAPI_E_INVALID_PARAMETER;
}

HRESULT WINAPI StoreStatistics(const WCHAR *path, STORESTATS *stats)
{
    struct db_stats numbers;
    HRESULT hr;

    if (!path || !stats) return MAPI_E_INVALID_PARAMETER;
    memset(stats, 0, sizeof(*stats));
    if (FAILED(hr = db_get_stats(path, &numbers))) return hr;
    stats->ullFileSize = numbers.file_size;
    stats->ullLogSize = numbers.log_size;
    stats->ullFreeSize = numbers.free_size;
    stats->ullObjects = numbers.objects;
    stats->ullViews = numbers.views;
    stats->ullViewRows = numbers.view_rows;
    stats->ullLongValues = numbers.long_values;
    stats->ullNames = numbers.names;
    stats->ullChanges = numbers.changes;
    return S_OK;
}
