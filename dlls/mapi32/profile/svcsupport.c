/*
 * The support object of message service configuration
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
 * IMAPISupport as a service entry gets it: memory, sections of the profile, UIDs and no session. It
 * is bound to the section the call is about, which OpenProfileSection opens for NULL. What the
 * reference does not list for this kind of support object answers MAPI_E_NO_SUPPORT. It goes on
 * working after a fast shutdown, since a service may still be saving.
 */

#define COBJMACROS

#include <stdarg.h>

#include <windef.h>
#include <winbase.h>
#include <winreg.h>

#include <objidl.h>

#include "dialog/display.h"
#include "profile/private.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

struct support
{
    IMAPISupport IMAPISupport_iface;
    LONG ref;
    struct profile *profile;    /* counted; NULL: there is none yet */
    MAPIUID section;
    struct last_error error;
};

static struct support *impl_from_IMAPISupport(IMAPISupport *iface)
{
    return CONTAINING_RECORD(iface, struct support, IMAPISupport_iface);
}

static HRESULT WINAPI support_QueryInterface(IMAPISupport *iface, REFIID iid, void **ret)
{
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPISup))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IMAPISupport_AddRef(iface);
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI support_AddRef(IMAPISupport *iface)
{
    return InterlockedIncrement(&impl_from_IMAPISupport(iface)->ref);
}

static ULONG WINAPI support_Release(IMAPISupport *iface)
{
    struct support *support = impl_from_IMAPISupport(iface);
    ULONG ref = InterlockedDecrement(&support->ref);

    if (ref) return ref;
    profile_release(support->profile);
    last_error_destroy(&support->error);
    platform_free(support);
    return 0;
}

static HRESULT WINAPI support_GetLastError(IMAPISupport *iface, HRESULT hr, ULONG flags,
                                           MAPIERROR **ret)
{
    return last_error_get(&impl_from_IMAPISupport(iface)->error, hr, flags, ret);
}

static HRESULT WINAPI support_GetMemAllocRoutines(IMAPISupport *iface, LPALLOCATEBUFFER *allocate,
                                                  LPALLOCATEMORE *more, LPFREEBUFFER *free_buffer)
{
    if (!allocate || !more || !free_buffer) return MAPI_E_INVALID_PARAMETER;
    *allocate = memory_allocators.allocate;
    *more = memory_allocators.more;
    *free_buffer = memory_allocators.free;
    return S_OK;
}

static HRESULT WINAPI support_OpenProfileSection(IMAPISupport *iface, MAPIUID *uid, ULONG flags,
                                                 IProfSect **ret)
{
    struct support *support = impl_from_IMAPISupport(iface);
    HRESULT hr;

    TRACE("%p, %s, %#lx, %p\n", iface, debugstr_guid((const GUID *)uid), flags, ret);
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!support->profile)
        return admin_error(&support->error, MAPI_E_NOT_FOUND, L"The profile is still to be made.",
                           NULL);
    hr = profsect_open(support->profile, uid ? uid : &support->section, NULL, flags, SECTION_ADMIN,
                       ret);
    if (hr == MAPI_E_NOT_FOUND)
        admin_error(&support->error, hr, L"There is no such profile section.", NULL);
    return hr;
}

static HRESULT WINAPI support_NewUID(IMAPISupport *iface, MAPIUID *uid)
{
    if (!uid) return MAPI_E_INVALID_PARAMETER;
    return platform_new_uid(uid) ? S_OK : MAPI_E_CALL_FAILED;
}

static HRESULT WINAPI support_MakeInvalid(IMAPISupport *iface, ULONG flags, void *object, ULONG ref,
                                          ULONG methods)
{
    TRACE("%p, %#lx, %p, %lu, %lu\n", iface, flags, object, ref, methods);
    if (!object) return MAPI_E_INVALID_PARAMETER;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    return object_make_invalid(object, ref, methods);
}

static HRESULT WINAPI support_DoConfigPropsheet(IMAPISupport *iface, ULONG_PTR ui, ULONG flags,
                                                LPTSTR title, IMAPITable *table, IMAPIProp *data,
                                                ULONG top_page)
{
    WCHAR *text;
    HRESULT hr;

    TRACE("%p, %p, %#lx, %p, %p, %p, %lu\n", iface, (void *)ui, flags, title, table, data,
          top_page);
    if (!table || !data) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = text_from_tstr(title, flags, &text))) return hr;
    hr = display_table_show(ui, text, table, data, 0, top_page);
    platform_free(text);
    return hr;
}

static HRESULT WINAPI support_GetSvcConfigSupportObj(IMAPISupport *iface, ULONG flags,
                                                     IMAPISupport **ret)
{
    struct support *support = impl_from_IMAPISupport(iface);

    TRACE("%p, %#lx, %p\n", iface, flags, ret);
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    return svcsupport_create(support->profile, &support->section, ret);
}

/* ---- not for service configuration ---- */

static HRESULT WINAPI support_Subscribe(IMAPISupport *iface, LPNOTIFKEY lpKey, ULONG ulEventMask,
                                        ULONG ulFlags, LPMAPIADVISESINK lpAdviseSink,
                                        ULONG_PTR *lpulConnection)
{
    if (lpulConnection) *lpulConnection = 0;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_Unsubscribe(IMAPISupport *iface, ULONG_PTR ulConnection)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_Notify(IMAPISupport *iface, LPNOTIFKEY lpKey, ULONG cNotification,
                                     LPNOTIFICATION lpNotifications, ULONG *lpulFlags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_ModifyStatusRow(IMAPISupport *iface, ULONG cValues,
                                              LPSPropValue lpColumnVals, ULONG ulFlags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_RegisterPreprocessor(IMAPISupport *iface, LPMAPIUID lpMuid,
                                                   LPTSTR lpszAdrType, LPTSTR lpszDLLName,
                                                   LPSTR lpszPreprocess,
                                                   LPSTR lpszRemovePreprocessInfo, ULONG ulFlags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_SpoolerYield(IMAPISupport *iface, ULONG ulFlags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_SpoolerNotify(IMAPISupport *iface, ULONG ulFlags, LPVOID lpvData)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_CreateOneOff(IMAPISupport *iface, LPTSTR lpszName, LPTSTR lpszAdrType,
                                           LPTSTR lpszAddress, ULONG ulFlags, ULONG *lpcbEntryID,
                                           LPENTRYID *lppEntryID)
{
    if (lpcbEntryID) *lpcbEntryID = 0;
    if (lppEntryID) *lppEntryID = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_SetProviderUID(IMAPISupport *iface, LPMAPIUID lpProviderID,
                                             ULONG ulFlags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_CompareEntryIDs(IMAPISupport *iface, ULONG cbEntry1,
                                              LPENTRYID lpEntry1, ULONG cbEntry2,
                                              LPENTRYID lpEntry2, ULONG ulCompareFlags,
                                              ULONG *lpulResult)
{
    if (lpulResult) *lpulResult = 0;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_OpenTemplateID(IMAPISupport *iface, ULONG cbTemplateID,
                                             LPENTRYID lpTemplateID, ULONG ulTemplateFlags,
                                             LPMAPIPROP lpMAPIPropData, LPCIID lpInterface,
                                             LPMAPIPROP *lppMAPIPropNew,
                                             LPMAPIPROP lpMAPIPropSibling)
{
    if (lppMAPIPropNew) *lppMAPIPropNew = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_OpenEntry(IMAPISupport *iface, ULONG cbEntryID, LPENTRYID lpEntryID,
                                        LPCIID lpInterface, ULONG ulOpenFlags, ULONG *lpulObjType,
                                        LPUNKNOWN *lppUnk)
{
    if (lpulObjType) *lpulObjType = 0;
    if (lppUnk) *lppUnk = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_GetOneOffTable(IMAPISupport *iface, ULONG ulFlags,
                                             LPMAPITABLE *lppTable)
{
    if (lppTable) *lppTable = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_Address(IMAPISupport *iface, ULONG_PTR *lpulUIParam,
                                      LPADRPARM lpAdrParms, LPADRLIST *lppAdrList)
{
    if (lppAdrList) *lppAdrList = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_Details(IMAPISupport *iface, ULONG_PTR *lpulUIParam,
                                      LPFNDISMISS lpfnDismiss, LPVOID lpvDismissContext,
                                      ULONG cbEntryID, LPENTRYID lpEntryID,
                                      LPFNBUTTON lpfButtonCallback, LPVOID lpvButtonContext,
                                      LPTSTR lpszButtonText, ULONG ulFlags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_NewEntry(IMAPISupport *iface, ULONG_PTR ulUIParam, ULONG ulFlags,
                                       ULONG cbEIDContainer, LPENTRYID lpEIDContainer,
                                       ULONG cbEIDNewEntryTpl, LPENTRYID lpEIDNewEntryTpl,
                                       ULONG *lpcbEIDNewEntry, LPENTRYID *lppEIDNewEntry)
{
    if (lpcbEIDNewEntry) *lpcbEIDNewEntry = 0;
    if (lppEIDNewEntry) *lppEIDNewEntry = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_CopyMessages(IMAPISupport *iface, LPCIID lpSrcInterface,
                                           LPVOID lpSrcFolder, LPENTRYLIST lpMsgList,
                                           LPCIID lpDestInterface, LPVOID lpDestFolder,
                                           ULONG_PTR ulUIParam, LPMAPIPROGRESS lpProgress,
                                           ULONG ulFlags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_CopyFolder(IMAPISupport *iface, LPCIID lpSrcInterface,
                                         LPVOID lpSrcFolder, ULONG cbEntryID, LPENTRYID lpEntryID,
                                         LPCIID lpDestInterface, LPVOID lpDestFolder,
                                         LPTSTR lszNewFolderName, ULONG_PTR ulUIParam,
                                         LPMAPIPROGRESS lpProgress, ULONG ulFlags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_DoCopyTo(IMAPISupport *iface, LPCIID lpSrcInterface, LPVOID lpSrcObj,
                                       ULONG ciidExclude, LPCIID rgiidExclude,
                                       LPSPropTagArray lpExcludeProps, ULONG_PTR ulUIParam,
                                       LPMAPIPROGRESS lpProgress, LPCIID lpDestInterface,
                                       LPVOID lpDestObj, ULONG ulFlags,
                                       LPSPropProblemArray *lppProblems)
{
    if (lppProblems) *lppProblems = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_DoCopyProps(IMAPISupport *iface, LPCIID lpSrcInterface,
                                          LPVOID lpSrcObj, LPSPropTagArray lpIncludeProps,
                                          ULONG_PTR ulUIParam, LPMAPIPROGRESS lpProgress,
                                          LPCIID lpDestInterface, LPVOID lpDestObj, ULONG ulFlags,
                                          LPSPropProblemArray *lppProblems)
{
    if (lppProblems) *lppProblems = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_DoProgressDialog(IMAPISupport *iface, ULONG_PTR ulUIParam,
                                               ULONG ulFlags, LPMAPIPROGRESS *lppProgress)
{
    if (lppProgress) *lppProgress = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_ReadReceipt(IMAPISupport *iface, ULONG ulFlags,
                                          LPMESSAGE lpReadMessage, LPMESSAGE *lppEmptyMessage)
{
    if (lppEmptyMessage) *lppEmptyMessage = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_PrepareSubmit(IMAPISupport *iface, LPMESSAGE lpMessage,
                                            ULONG *lpulFlags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_ExpandRecips(IMAPISupport *iface, LPMESSAGE lpMessage,
                                           ULONG *lpulFlags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_UpdatePAB(IMAPISupport *iface, ULONG ulFlags, LPMESSAGE lpMessage)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_DoSentMail(IMAPISupport *iface, ULONG ulFlags, LPMESSAGE lpMessage)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_OpenAddressBook(IMAPISupport *iface, LPCIID lpInterface,
                                              ULONG ulFlags, LPADRBOOK *lppAdrBook)
{
    if (lppAdrBook) *lppAdrBook = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_Preprocess(IMAPISupport *iface, ULONG ulFlags, ULONG cbEntryID,
                                         LPENTRYID lpEntryID)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_CompleteMsg(IMAPISupport *iface, ULONG ulFlags, ULONG cbEntryID,
                                          LPENTRYID lpEntryID)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_StoreLogoffTransports(IMAPISupport *iface, ULONG *lpulFlags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_StatusRecips(IMAPISupport *iface, LPMESSAGE lpMessage,
                                           LPADRLIST lpRecipList)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_WrapStoreEntryID(IMAPISupport *iface, ULONG cbOrigEntry,
                                               LPENTRYID lpOrigEntry, ULONG *lpcbWrappedEntry,
                                               LPENTRYID *lppWrappedEntry)
{
    if (lpcbWrappedEntry) *lpcbWrappedEntry = 0;
    if (lppWrappedEntry) *lppWrappedEntry = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_ModifyProfile(IMAPISupport *iface, ULONG ulFlags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI support_IStorageFromStream(IMAPISupport *iface, LPUNKNOWN lpUnkIn,
                                                 LPCIID lpInterface, ULONG ulFlags,
                                                 LPSTORAGE *lppStorageOut)
{
    if (lppStorageOut) *lppStorageOut = NULL;
    return MAPI_E_NO_SUPPORT;
}

static const IMAPISupportVtbl support_vtbl =
{
    support_QueryInterface,
    support_AddRef,
    support_Release,
    support_GetLastError,
    support_GetMemAllocRoutines,
    support_Subscribe,
    support_Unsubscribe,
    support_Notify,
    support_ModifyStatusRow,
    support_OpenProfileSection,
    support_RegisterPreprocessor,
    support_NewUID,
    support_MakeInvalid,
    support_SpoolerYield,
    support_SpoolerNotify,
    support_CreateOneOff,
    support_SetProviderUID,
    support_CompareEntryIDs,
    support_OpenTemplateID,
    support_OpenEntry,
    support_GetOneOffTable,
    support_Address,
    support_Details,
    support_NewEntry,
    support_DoConfigPropsheet,
    support_CopyMessages,
    support_CopyFolder,
    support_DoCopyTo,
    support_DoCopyProps,
    support_DoProgressDialog,
    support_ReadReceipt,
    support_PrepareSubmit,
    support_ExpandRecips,
    support_UpdatePAB,
    support_DoSentMail,
    support_OpenAddressBook,
    support_Preprocess,
    support_CompleteMsg,
    support_StoreLogoffTransports,
    support_StatusRecips,
    support_WrapStoreEntryID,
    support_ModifyProfile,
    support_IStorageFromStream,
    support_GetSvcConfigSupportObj
};

HRESULT svcsupport_create(struct profile *profile, const MAPIUID *section, IMAPISupport **ret)
{
    struct support *support;

    *ret = NULL;
    if (!(support = platform_alloc_zero(sizeof(*support)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    support->IMAPISupport_iface.lpVtbl = &support_vtbl;
    support->ref = 1;
    support->profile = profile ? profile_addref(profile) : NULL;
    support->section = *section;
    last_error_init(&support->error);
    *ret = &support->IMAPISupport_iface;
    return S_OK;
}
