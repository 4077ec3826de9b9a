/*
 * Tests: providers inside the test program
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
 * The test program is a provider DLL as well: its profile names the program itself, which exports
 * the three entry points. Providers and logons are static objects that live as long as the process
 * and count what happens to them; each logon keeps its support object where the test finds it.
 */

#ifndef MAPI32_TEST_INSIDE_H
#define MAPI32_TEST_INSIDE_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <windef.h>
#include <winbase.h>
#include <winreg.h>
#include <objbase.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>

#include "wine/test.h"

#define XP 0
#define AB 1
#define MS 2

static const char profile[] = "Support";
static const MAPIUID ab_uid = {{ 0xab, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 }};
static const MAPIUID ms_uid = {{ 0x35, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 }};
static const MAPIUID no_uid = {{ 0x77, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 }};
static const BYTE store_id[] = "\0\0\0\0the only store";

static IMAPISupport *supports[3];       /* of the newest logons, counted */
static int logoffs[3], shutdowns[3], opens, compares;

/* ---- providers ---- */

static const IID *shutdown_iid;         /* the providers have that interface; NULL: none */
static IMAPIProviderShutdown provider_shutdown;
static BOOL one_identity;
static IUnknown first_of_all;

/* Everything here lives as long as the process. */
static HRESULT WINAPI any_QueryInterface(IUnknown *iface, REFIID iid, void **ret)
{
    if (shutdown_iid && IsEqualGUID(iid, shutdown_iid))
    {
        *ret = &provider_shutdown;
        return S_OK;
    }
    if (one_identity && IsEqualGUID(iid, &IID_IUnknown))
    {
        *ret = &first_of_all;
        return S_OK;
    }
    if (IsEqualGUID(iid, &IID_IMAPIProviderShutdown) || IsEqualGUID(iid, &IID_IMAPIClientShutdown))
    {
        *ret = NULL;
        return E_NOINTERFACE;
    }
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI any_AddRef(IUnknown *iface)
{
    return 2;
}

static ULONG WINAPI any_Release(IUnknown *iface)
{
    return 1;
}

static IUnknownVtbl any_vtbl = { any_QueryInterface, any_AddRef, any_Release };
static IUnknown first_of_all = { &any_vtbl };

static void keep_support(int kind, IMAPISupport *support)
{
    IMAPISupport_AddRef(support);
    if (supports[kind]) IMAPISupport_Release(supports[kind]);
    supports[kind] = support;
}

static HRESULT WINAPI xplogon_AddressTypes(IXPLogon *iface, ULONG *flags, ULONG *count,
                                           LPTSTR **types, ULONG *uid_count, LPMAPIUID **uids)
{
    static char *list[] = { (char *)"TEST" };

    *flags = 0;
    *count = 1;
    *types = (LPTSTR *)list;
    *uid_count = 0;
    *uids = NULL;
    return S_OK;
}

static HRESULT WINAPI xplogon_TransportNotify(IXPLogon *iface, ULONG *flags, void **data)
{
    return S_OK;
}

static HRESULT WINAPI xplogon_Idle(IXPLogon *iface, ULONG flags)
{
    return S_OK;
}

static HRESULT WINAPI xplogon_TransportLogoff(IXPLogon *iface, ULONG flags)
{
    logoffs[XP]++;
    return S_OK;
}

static HRESULT WINAPI xplogon_Poll(IXPLogon *iface, ULONG *incoming)
{
    *incoming = 0;
    return S_OK;
}

static IXPLogonVtbl xplogon_vtbl =
{
    .QueryInterface = (void *)any_QueryInterface,
    .AddRef = (void *)any_AddRef,
    .Release = (void *)any_Release,
    .AddressTypes = xplogon_AddressTypes,
    .TransportNotify = xplogon_TransportNotify,
    .Idle = xplogon_Idle,
    .TransportLogoff = xplogon_TransportLogoff,
    .Poll = xplogon_Poll,
};
static IXPLogon xplogon = { &xplogon_vtbl };

static HRESULT WINAPI xpprovider_Shutdown(IXPProvider *iface, ULONG *flags)
{
    shutdowns[XP]++;
    return S_OK;
}

static HRESULT WINAPI xpprovider_TransportLogon(IXPProvider *iface, IMAPISupport *support,
                                                ULONG_PTR ui, LPTSTR name, ULONG *flags,
                                                MAPIERROR **error, IXPLogon **ret)
{
    keep_support(XP, support);
    *flags = 0;
    *ret = &xplogon;
    return S_OK;
}

static IXPProviderVtbl xpprovider_vtbl =
{
    (void *)any_QueryInterface, (void *)any_AddRef, (void *)any_Release,
    xpprovider_Shutdown, xpprovider_TransportLogon
};
static IXPProvider xpprovider = { &xpprovider_vtbl };

/* 'n', 'u' and 'p' behind the UID: give the subsystem a key, a UID or a text that is nowhere. */
static void use_bad_pointer(char what)
{
    NOTIFICATION notification = { fnevExtended };
    SPropValue prop = { PR_COMMENT_A };
    IProfSect *section;
    ULONG flags = 0;

    if (what == 'n') IMAPISupport_Notify(supports[AB], (NOTIFKEY *)0x10, 1, &notification, &flags);
    if (what == 'u') IMAPISupport_SetProviderUID(supports[MS], (MAPIUID *)0x10, 0);
    if (what == 'p'
        && IMAPISupport_OpenProfileSection(supports[MS], NULL, MAPI_MODIFY, &section) == S_OK)
    {
        prop.Value.lpszA = (char *)0x10;
        IProfSect_SetProps(section, 1, &prop, NULL);
        IProfSect_Release(section);
    }
}

static HRESULT open_entry(ULONG size, const ENTRYID *id, ULONG *type, IUnknown **ret, ULONG my_type)
{
    static IUnknownVtbl vtbl = { any_QueryInterface, any_AddRef, any_Release };
    static IUnknown object = { &vtbl };

    opens++;
    if (size > sizeof(MAPIUID) + 4) use_bad_pointer(((const char *)id)[20]);
    if (size > sizeof(ENTRYID) + sizeof(MAPIUID) && ((const BYTE *)id)[20] == 'x')
        return MAPI_E_NOT_FOUND;
    *type = my_type;
    *ret = &object;
    return S_OK;
}

static HRESULT compare_ids(ULONG size1, const ENTRYID *id1, ULONG size2, const ENTRYID *id2,
                           ULONG *result)
{
    compares++;
    *result = size1 == size2 && !memcmp(id1, id2, size1);
    return S_OK;
}

static HRESULT WINAPI ablogon_GetLastError(IABLogon *iface, HRESULT hr, ULONG flags,
                                           MAPIERROR **ret)
{
    *ret = NULL;
    return S_OK;
}

static HRESULT WINAPI ablogon_Logoff(IABLogon *iface, ULONG flags)
{
    logoffs[AB]++;
    return S_OK;
}

static HRESULT WINAPI ablogon_OpenEntry(IABLogon *iface, ULONG size, ENTRYID *id, const IID *iid,
                                        ULONG flags, ULONG *type, IUnknown **ret)
{
    if (!size) return MAPI_E_NOT_FOUND;
    return open_entry(size, id, type, ret, MAPI_MAILUSER);
}

static HRESULT WINAPI ablogon_CompareEntryIDs(IABLogon *iface, ULONG size1, ENTRYID *id1,
                                              ULONG size2, ENTRYID *id2, ULONG flags, ULONG *result)
{
    return compare_ids(size1, id1, size2, id2, result);
}

static HRESULT WINAPI ablogon_OpenTemplateID(IABLogon *iface, ULONG size, ENTRYID *id, ULONG flags,
                                             IMAPIProp *data, const IID *iid, IMAPIProp **ret,
                                             IMAPIProp *sibling)
{
    *ret = data;
    return S_OK;
}

static IABLogonVtbl ablogon_vtbl =
{
    .QueryInterface = (void *)any_QueryInterface,
    .AddRef = (void *)any_AddRef,
    .Release = (void *)any_Release,
    .GetLastError = ablogon_GetLastError,
    .Logoff = ablogon_Logoff,
    .OpenEntry = ablogon_OpenEntry,
    .CompareEntryIDs = ablogon_CompareEntryIDs,
    .OpenTemplateID = ablogon_OpenTemplateID,
};
static IABLogon ablogon = { &ablogon_vtbl };

static HRESULT WINAPI abprovider_Shutdown(IABProvider *iface, ULONG *flags)
{
    shutdowns[AB]++;
    return S_OK;
}

static HRESULT WINAPI abprovider_Logon(IABProvider *iface, IMAPISupport *support, ULONG_PTR ui,
                                       LPTSTR name, ULONG flags, ULONG *size, BYTE **security,
                                       MAPIERROR **error, IABLogon **ret)
{
    keep_support(AB, support);
    IMAPISupport_SetProviderUID(support, (MAPIUID *)&ab_uid, 0);
    *ret = &ablogon;
    return S_OK;
}

static IABProviderVtbl abprovider_vtbl = { (void *)any_QueryInterface, (void *)any_AddRef,
                                           (void *)any_Release, abprovider_Shutdown,
                                           abprovider_Logon };
static IABProvider abprovider = { &abprovider_vtbl };

static HRESULT WINAPI mslogon_GetLastError(IMSLogon *iface, HRESULT hr, ULONG flags,
                                           MAPIERROR **ret)
{
    *ret = NULL;
    return S_OK;
}

static HRESULT WINAPI mslogon_Logoff(IMSLogon *iface, ULONG *flags)
{
    logoffs[MS]++;
    return S_OK;
}

static HRESULT WINAPI mslogon_OpenEntry(IMSLogon *iface, ULONG size, ENTRYID *id, const IID *iid,
                                        ULONG flags, ULONG *type, IUnknown **ret)
{
    return open_entry(size, id, type, ret, MAPI_FOLDER);
}

static HRESULT WINAPI mslogon_CompareEntryIDs(IMSLogon *iface, ULONG size1, ENTRYID *id1,
                                              ULONG size2, ENTRYID *id2, ULONG flags, ULONG *result)
{
    return compare_ids(size1, id1, size2, id2, result);
}

static IMSLogonVtbl mslogon_vtbl =
{
    .QueryInterface = (void *)any_QueryInterface,
    .AddRef = (void *)any_AddRef,
    .Release = (void *)any_Release,
    .GetLastError = mslogon_GetLastError,
    .Logoff = mslogon_Logoff,
    .OpenEntry = mslogon_OpenEntry,
    .CompareEntryIDs = mslogon_CompareEntryIDs,
};
static IMSLogon mslogon = { &mslogon_vtbl };

static IMsgStoreVtbl store_vtbl =
{
    .QueryInterface = (void *)any_QueryInterface,
    .AddRef = (void *)any_AddRef,
    .Release = (void *)any_Release,
};
static IMsgStore store = { &store_vtbl };

static HRESULT WINAPI msprovider_Shutdown(IMSProvider *iface, ULONG *flags)
{
    shutdowns[MS]++;
    return S_OK;
}

/* Bad manners of the store. */
static BOOL store_takes_no_support, store_gives_no_logon;
static BYTE *store_security;

static HRESULT WINAPI msprovider_Logon(IMSProvider *iface, IMAPISupport *support, ULONG_PTR ui,
                                       LPTSTR name, ULONG size, ENTRYID *id, ULONG flags,
                                       const IID *iid, ULONG *security_size, BYTE **security,
                                       MAPIERROR **error, IMSLogon **logon, IMsgStore **ret)
{
    *ret = &store;
    if (store_gives_no_logon) return S_OK;
    if (store_security)
    {
        *security = store_security;
        *security_size = ~0u;
    }
    if (!store_takes_no_support) keep_support(MS, support);
    IMAPISupport_SetProviderUID(support, (MAPIUID *)&ms_uid, 0);
    *logon = &mslogon;
    return S_OK;
}

static HRESULT WINAPI msprovider_SpoolerLogon(IMSProvider *iface, IMAPISupport *support,
                                              ULONG_PTR ui, LPTSTR name, ULONG size, ENTRYID *id,
                                              ULONG flags, const IID *iid, ULONG security_size,
                                              BYTE *security, MAPIERROR **error, IMSLogon **logon,
                                              IMsgStore **ret)
{
    return MAPI_E_UNCONFIGURED;
}

static HRESULT WINAPI msprovider_CompareStoreIDs(IMSProvider *iface, ULONG size1, ENTRYID *id1,
                                                 ULONG size2, ENTRYID *id2, ULONG flags,
                                                 ULONG *result)
{
    *result = size1 == size2 && !memcmp(id1, id2, size1);
    return S_OK;
}

static IMSProviderVtbl msprovider_vtbl =
{
    (void *)any_QueryInterface, (void *)any_AddRef, (void *)any_Release,
    msprovider_Shutdown, msprovider_Logon, msprovider_SpoolerLogon, msprovider_CompareStoreIDs
};
static IMSProvider msprovider = { &msprovider_vtbl };

static ULONG init_versions[3];
static ALLOCATEBUFFER *init_allocate;

__declspec(dllexport) HRESULT
    __cdecl XPProviderInit(HINSTANCE instance, IMalloc *malloc, ALLOCATEBUFFER *allocate,
                           ALLOCATEMORE *more, FREEBUFFER *free, ULONG flags, ULONG version,
                           ULONG *provider_version, IXPProvider **ret)
{
    init_versions[XP] = version;
    *provider_version = CURRENT_SPI_VERSION;
    *ret = &xpprovider;
    return S_OK;
}

__declspec(dllexport) HRESULT
    __cdecl ABProviderInit(HINSTANCE instance, IMalloc *malloc, ALLOCATEBUFFER *allocate,
                           ALLOCATEMORE *more, FREEBUFFER *free, ULONG flags, ULONG version,
                           ULONG *provider_version, IABProvider **ret)
{
    init_versions[AB] = version;
    *provider_version = CURRENT_SPI_VERSION;
    *ret = &abprovider;
    return S_OK;
}

__declspec(dllexport) HRESULT
    __cdecl MSProviderInit(HINSTANCE instance, IMalloc *malloc, ALLOCATEBUFFER *allocate,
                           ALLOCATEMORE *more, FREEBUFFER *free, ULONG flags, ULONG version,
                           ULONG *provider_version, IMSProvider **ret)
{
    init_versions[MS] = version;
    init_allocate = allocate;
    *provider_version = CURRENT_SPI_VERSION;
    *ret = &msprovider;
    return S_OK;
}

/* ---- the profile ---- */

static char inf_path[MAX_PATH];

static BOOL install(void)
{
    static const char inf[] =
        "[Services]\r\nSUPPORT=Support\r\n"
        "[SUPPORT]\r\nPR_DISPLAY_NAME=Support\r\nProviders=P_XP, P_AB, P_MS\r\n"
        "[P_XP]\r\nPR_RESOURCE_TYPE=MAPI_TRANSPORT_PROVIDER\r\nPR_PROVIDER_DLL_NAME=%s\r\n"
        "PR_DISPLAY_NAME=Transport\r\nPR_PROVIDER_DISPLAY=Transport\r\n"
        "[P_AB]\r\nPR_RESOURCE_TYPE=MAPI_AB_PROVIDER\r\nPR_PROVIDER_DLL_NAME=%s\r\n"
        "PR_DISPLAY_NAME=Book\r\nPR_PROVIDER_DISPLAY=Book\r\n"
        "[P_MS]\r\nPR_RESOURCE_TYPE=MAPI_STORE_PROVIDER\r\nPR_PROVIDER_DLL_NAME=%s\r\n"
        "PR_RESOURCE_FLAGS=STATUS_DEFAULT_STORE\r\nPR_DISPLAY_NAME=Store\r\nPR_PROVIDER_DISPLAY=Store\r\n"
        "34140102=2d8a13f651774c0bb82f5e09c4617d93\r\n"
        "0fff0102=0000000074686520"
        "6f6e6c792073746f726500\r\n";
    char program[MAX_PATH];
    FILE *file;
    HKEY key;

    GetModuleFileNameA(NULL, program, sizeof(program));
    GetTempPathA(sizeof(inf_path) - 32, inf_path);
    sprintf(inf_path + strlen(inf_path), "support%lu.inf", GetCurrentProcessId());
    if (!(file = fopen(inf_path, "wb"))) return FALSE;
    fprintf(file, inf, program, program, program);
    fclose(file);
    if (RegCreateKeyA(HKEY_CURRENT_USER, "Software\\wine-mapi", &key)) return FALSE;
    RegSetValueExA(key, "MapiSvcInf", 0, REG_SZ, (BYTE *)inf_path, strlen(inf_path) + 1);
    RegCloseKey(key);
    return TRUE;
}

static void uninstall(void)
{
    HKEY key;

    if (!RegOpenKeyA(HKEY_CURRENT_USER, "Software\\wine-mapi", &key))
    {
        RegDeleteValueA(key, "MapiSvcInf");
        RegCloseKey(key);
    }
    DeleteFileA(inf_path);
}

static HRESULT create_profile(void)
{
    IMsgServiceAdmin *services;
    IProfAdmin *admin;
    HRESULT hr;

    if (FAILED(hr = MAPIAdminProfiles(0, &admin))) return hr;
    IProfAdmin_DeleteProfile(admin, (LPTSTR)profile, 0);
    hr = IProfAdmin_CreateProfile(admin, (LPTSTR)profile, NULL, 0, 0);
    if (SUCCEEDED(hr)) hr = IProfAdmin_AdminServices(admin, (LPTSTR)profile, NULL, 0, 0, &services);
    IProfAdmin_Release(admin);
    if (FAILED(hr)) return hr;
    hr = IMsgServiceAdmin_CreateMsgService(services, (LPTSTR)"SUPPORT", NULL, 0, 0);
    IMsgServiceAdmin_Release(services);
    return hr;
}

static void delete_profile(void)
{
    IProfAdmin *admin;

    if (FAILED(MAPIAdminProfiles(0, &admin))) return;
    IProfAdmin_DeleteProfile(admin, (LPTSTR)profile, 0);
    IProfAdmin_Release(admin);
}

static IMAPISession *log_on(void)
{
    static const SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    IMAPISession *session = NULL;
    IMAPITable *table;
    IAddrBook *book;
    IMsgStore *opened;
    SRowSet *rows;
    HRESULT hr;

    hr = MAPILogonEx(0, (LPTSTR)profile, NULL,
                     MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_EXPLICIT_PROFILE, &session);
    ok(hr == S_OK, "MAPILogonEx returned %#lx\n", hr);
    if (hr != S_OK) return NULL;
    hr = IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, &book);
    ok(hr == S_OK, "OpenAddressBook returned %#lx\n", hr);
    if (SUCCEEDED(hr)) IAddrBook_Release(book);
    hr = IMAPISession_GetMsgStoresTable(session, 0, &table);
    ok(hr == S_OK, "GetMsgStoresTable returned %#lx\n", hr);
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    ok(hr == S_OK && rows->cRows == 1, "HrQueryAllRows returned %#lx\n", hr);
    IMAPITable_Release(table);
    hr = IMAPISession_OpenMsgStore(session, 0, rows->aRow[0].lpProps[0].Value.bin.cb,
                                   (ENTRYID *)rows->aRow[0].lpProps[0].Value.bin.lpb, NULL,
                                   MDB_NO_DIALOG | MDB_WRITE, &opened);
    ok(hr == S_OK, "OpenMsgStore returned %#lx\n", hr);
    FreeProws(rows);
    return session;
}

#endif /* MAPI32_TEST_INSIDE_H */
