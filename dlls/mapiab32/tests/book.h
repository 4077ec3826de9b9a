/*
 * A personal address book of the tests' own, in a file and a profile that go with them
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

#ifndef MAPIAB32_TEST_BOOK_H
#define MAPIAB32_TEST_BOOK_H

#include "../../mapi32/tests/profiles.h"
#include "../../mapi32/tests/stores.h"

static const char profile[] = "mapitest contacts";
static char folder[MAX_PATH], path[MAX_PATH + 32];

static const char ab_inf[] =
    "[Services]\r\n"
    "MAPIAB=Personal Address Book\r\n"
    "[MAPIAB]\r\n"
    "PR_DISPLAY_NAME=Personal Address Book\r\n"
    "Providers=MAPIAB_AB\r\n"
    "PR_SERVICE_DLL_NAME=mapiab.dll\r\n"
    "PR_SERVICE_ENTRY_NAME=ServiceEntry\r\n"
    "[MAPIAB_AB]\r\n"
    "PR_RESOURCE_TYPE=MAPI_AB_PROVIDER\r\n"
    "PR_PROVIDER_DLL_NAME=mapiab.dll\r\n"
    "PR_DISPLAY_NAME=Contacts\r\n"
    "PR_PROVIDER_DISPLAY=Personal Address Book\r\n";

static HRESULT make_profile(void)
{
    static const SizedSPropTagArray(1, columns) = { 1, { PR_SERVICE_UID } };
    IMsgServiceAdmin *services;
    IProfAdmin *admin;
    IMAPITable *table;
    SPropValue prop;
    SRowSet *rows;
    HRESULT hr;

    if (FAILED(hr = MAPIAdminProfiles(0, &admin))) return hr;
    IProfAdmin_DeleteProfile(admin, (LPTSTR)profile, 0);
    hr = IProfAdmin_CreateProfile(admin, (LPTSTR)profile, NULL, 0, 0);
    if (SUCCEEDED(hr)) hr = IProfAdmin_AdminServices(admin, (LPTSTR)profile, NULL, 0, 0, &services);
    IProfAdmin_Release(admin);
    if (FAILED(hr)) return hr;
    hr = IMsgServiceAdmin_CreateMsgService(services, (LPTSTR)"MAPIAB", NULL, 0, 0);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = IMsgServiceAdmin_GetMsgServiceTable(services, 0, &table)))
    {
        rows = table_rows_(table, (SPropTagArray *)&columns, __LINE__);
        memset(&prop, 0, sizeof(prop));
        prop.ulPropTag = PROP_TAG(PT_STRING8, 0x6700);
        prop.Value.lpszA = path;
        hr = IMsgServiceAdmin_ConfigureMsgService(
            services, (MAPIUID *)rows->aRow[0].lpProps[0].Value.bin.lpb, 0, 0, 1, &prop);
        FreeProws(rows);
    }
    IMsgServiceAdmin_Release(services);
    return hr;
}

static IABContainer *open_pab(IAddrBook *book)
{
    IABContainer *pab = NULL;
    ENTRYID *id;
    ULONG size, type;
    HRESULT hr;

    hr = IAddrBook_GetPAB(book, &size, &id);
    ok(hr == S_OK, "GetPAB returned %#lx\n", hr);
    if (FAILED(hr)) return NULL;
    hr = IAddrBook_OpenEntry(book, size, id, NULL, MAPI_MODIFY, &type, (IUnknown **)&pab);
    ok(hr == S_OK && type == MAPI_ABCONT, "OpenEntry returned %#lx, %lu\n", hr, type);
    MAPIFreeBuffer(id);
    return pab;
}

static SPropValue *prop_of(void *object, ULONG tag)
{
    SPropValue *ret = NULL;
    HRESULT hr = HrGetOneProp(object, tag, &ret);

    ok(hr == S_OK, "property %#lx: %#lx\n", tag, hr);
    return ret;
}

/* The entry ID of what was made, or NULL; address NULL: a distribution list. */
static SPropValue *create(IABContainer *pab, const char *name, const char *address, ULONG flags,
                          HRESULT expected)
{
    SPropValue *template, props[2], *ret = NULL;
    IMAPIProp *entry;
    HRESULT hr;

    template = prop_of(pab, address ? PR_DEF_CREATE_MAILUSER : PR_DEF_CREATE_DL);
    if (!template) return NULL;
    hr = IABContainer_CreateEntry(pab, template->Value.bin.cb, (ENTRYID *)template->Value.bin.lpb,
                                  flags, &entry);
    MAPIFreeBuffer(template);
    ok(hr == S_OK, "CreateEntry returned %#lx\n", hr);
    if (FAILED(hr)) return NULL;
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_DISPLAY_NAME_A;
    props[0].Value.lpszA = (char *)name;
    props[1].ulPropTag = PR_EMAIL_ADDRESS_A;
    props[1].Value.lpszA = (char *)address;
    hr = IMAPIProp_SetProps(entry, address ? 2 : 1, props, NULL);
    ok(hr == S_OK, "SetProps returned %#lx\n", hr);
    hr = IMAPIProp_SaveChanges(entry, KEEP_OPEN_READONLY);
    ok(hr == expected, "SaveChanges of %s returned %#lx, not %#lx\n", name, hr, expected);
    if (SUCCEEDED(hr)) ret = prop_of(entry, PR_ENTRYID);
    IMAPIProp_Release(entry);
    return ret;
}

static ULONG count_rows(void *container)
{
    IMAPITable *table;
    ULONG count = ~0u;
    HRESULT hr;

    hr = IABContainer_GetContentsTable((IABContainer *)container, 0, &table);
    ok(hr == S_OK, "GetContentsTable returned %#lx\n", hr);
    if (FAILED(hr)) return count;
    IMAPITable_GetRowCount(table, 0, &count);
    IMAPITable_Release(table);
    return count;
}

static void make_folder(void)
{
    GetTempPathA(MAX_PATH - 40, folder);
    sprintf(folder + strlen(folder), "mapiab%u_%lu", (unsigned)sizeof(void *) * 8,
            GetCurrentProcessId());
    CreateDirectoryA(folder, NULL);
    sprintf(path, "%s\\contacts.db", folder);
}

static void remove_files(void)
{
    static const char *const ends[] = { "", "-wal", "-shm" };
    char name[MAX_PATH + 64];
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(ends); i++)
    {
        sprintf(name, "%s%s", path, ends[i]);
        DeleteFileA(name);
    }
    RemoveDirectoryA(folder);
}

#endif
