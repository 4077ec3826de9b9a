/*
 * Maintenance of the message store's files
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
 * Exports of mapims32.dll, found with GetProcAddress by whoever looks after stores (mapictl store).
 * path names the store's file. Each returns S_OK or an error: MAPI_E_NOT_FOUND (no such file),
 * MAPI_E_CORRUPT_STORE (not a store, or too damaged), MAPI_E_VERSION (made by a newer version),
 * MAPI_E_BUSY (in use), MAPI_E_NO_ACCESS, MAPI_E_COLLISION (what would be written is there
 * already), MAPI_E_NOT_ENOUGH_DISK, MAPI_E_NOT_ENOUGH_MEMORY, MAPI_E_DISK_ERROR.
 */

#ifndef STOREMAINT_H
#define STOREMAINT_H

#include <mapidefs.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One line of a report: ASCII, without newline. */
typedef void(CALLBACK STOREREPORT)(void *context, const char *line);

typedef struct
{
    ULONGLONG ullFileSize; /* bytes; of the log, and of the file what is free inside it */
    ULONGLONG ullLogSize;
    ULONGLONG ullFreeSize;
    ULONGLONG ullObjects;
    ULONGLONG ullViews;                 /* orders that are kept, and their rows */
    ULONGLONG ullViewRows;
    ULONGLONG ullLongValues;
    ULONGLONG ullNames;
    ULONGLONG ullChanges;
} STORESTATS;

/* Reads all of it and says what does not agree, while others may work; *problems is how much. */
typedef HRESULT(WINAPI STORECHECK)(const WCHAR *path, STOREREPORT *report, void *context,
                                   ULONG *problems);
/* Takes what can be read into a new file in its place; the old one stays as PATH.damaged. Nobody
 * may have it open. */
typedef HRESULT(WINAPI STOREREPAIR)(const WCHAR *path, STOREREPORT *report, void *context);
/* One state of the store into a file that is not there yet, while others may work. */
typedef HRESULT(WINAPI STOREBACKUP)(const WCHAR *path, const WCHAR *target);
/* Gives back what is free inside it. */
typedef HRESULT(WINAPI STORECOMPACT)(const WCHAR *path);
typedef HRESULT(WINAPI STORESTATISTICS)(const WCHAR *path, STORESTATS *stats);

STORECHECK StoreCheck;
STOREREPAIR StoreRepair;
STOREBACKUP StoreBackup;
STORECOMPACT StoreCompact;
STORESTATISTICS StoreStatistics;

#ifdef __cplusplus
}
#endif

#endif /* STOREMAINT_H */
