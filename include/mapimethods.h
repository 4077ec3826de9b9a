/*
 * Declaring and implementing MAPI interfaces as sources for the published headers do
 *
 * MAPI_I..._METHODS(IPURE) declares the methods that an interface adds to those it inherits, in the
 * order of the vtable: with PURE in a declaration of the interface, with IMPL in a class that
 * implements it. tests/abi compares each with the interface itself, from the .idl files.
 * Part of mapidefs.h, which includes this file: include that one.
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

#ifndef MAPIMETHODS_H
#define MAPIMETHODS_H

#ifndef BEGIN_INTERFACE
#define BEGIN_INTERFACE
#endif

#define DECLARE_MAPI_INTERFACE(iface)        DECLARE_INTERFACE(iface)
#define DECLARE_MAPI_INTERFACE_(iface, base) DECLARE_INTERFACE_(iface, base)
#ifdef __cplusplus
#define DECLARE_MAPI_INTERFACE_PTR(iface, piface) struct iface; typedef iface *piface
#else
#define DECLARE_MAPI_INTERFACE_PTR(iface, piface) typedef struct iface iface, *piface
#endif

#define MAPIMETHOD(method)                       MAPIMETHOD_(HRESULT, method)
#define MAPIMETHOD_(type, method)                STDMETHOD_(type, method)
#define MAPIMETHOD_DECLARE(type, method, prefix) STDMETHODIMP_(type) prefix ## method
#define MAPIMETHOD_TYPEDEF(type, method, prefix) \
    typedef type (STDMETHODCALLTYPE prefix ## method ## _METHOD)

#undef IMPL
#define IMPL

#define MAPI_IUNKNOWN_METHODS(IPURE) \
    MAPIMETHOD(QueryInterface)(THIS_ REFIID riid, LPVOID *ppvObj) IPURE; \
    MAPIMETHOD_(ULONG, AddRef)(THIS) IPURE; \
    MAPIMETHOD_(ULONG, Release)(THIS) IPURE;

#define MAPI_IMAPIADVISESINK_METHODS(IPURE) \
    MAPIMETHOD_(ULONG, OnNotify)(THIS_ ULONG cNotif, LPNOTIFICATION lpNotifications) IPURE;

#define MAPI_IMAPIPROGRESS_METHODS(IPURE) \
    MAPIMETHOD(Progress)(THIS_ ULONG ulValue, ULONG ulCount, ULONG ulTotal) IPURE; \
    MAPIMETHOD(GetFlags)(THIS_ ULONG *lpulFlags) IPURE; \
    MAPIMETHOD(GetMax)(THIS_ ULONG *lpulMax) IPURE; \
    MAPIMETHOD(GetMin)(THIS_ ULONG *lpulMin) IPURE; \
    MAPIMETHOD(SetLimits)(THIS_ LPULONG lpulMin, LPULONG lpulMax, LPULONG lpulFlags) IPURE;

#define MAPI_IMAPIPROP_METHODS(IPURE) \
    MAPIMETHOD(GetLastError)(THIS_ HRESULT hResult, ULONG ulFlags, \
                             LPMAPIERROR *lppMAPIError) IPURE; \
    MAPIMETHOD(SaveChanges)(THIS_ ULONG ulFlags) IPURE; \
    MAPIMETHOD(GetProps)(THIS_ LPSPropTagArray lpPropTagArray, ULONG ulFlags, ULONG *lpcValues, \
                         LPSPropValue *lppPropArray) IPURE; \
    MAPIMETHOD(GetPropList)(THIS_ ULONG ulFlags, LPSPropTagArray *lppPropTagArray) IPURE; \
    MAPIMETHOD(OpenProperty)(THIS_ ULONG ulPropTag, LPCIID lpiid, ULONG ulInterfaceOptions, \
                             ULONG ulFlags, LPUNKNOWN *lppUnk) IPURE; \
    MAPIMETHOD(SetProps)(THIS_ ULONG cValues, LPSPropValue lpPropArray, \
                         LPSPropProblemArray *lppProblems) IPURE; \
    MAPIMETHOD(DeleteProps)(THIS_ LPSPropTagArray lpPropTagArray, \
                            LPSPropProblemArray *lppProblems) IPURE; \
    MAPIMETHOD(CopyTo)(THIS_ ULONG ciidExclude, LPCIID rgiidExclude, \
                       LPSPropTagArray lpExcludeProps, ULONG_PTR ulUIParam, \
                       LPMAPIPROGRESS lpProgress, LPCIID lpInterface, LPVOID lpDestObj, \
                       ULONG ulFlags, LPSPropProblemArray *lppProblems) IPURE; \
    MAPIMETHOD(CopyProps)(THIS_ LPSPropTagArray lpIncludeProps, ULONG_PTR ulUIParam, \
                          LPMAPIPROGRESS lpProgress, LPCIID lpInterface, LPVOID lpDestObj, \
                          ULONG ulFlags, LPSPropProblemArray *lppProblems) IPURE; \
    MAPIMETHOD(GetNamesFromIDs)(THIS_ LPSPropTagArray *lppPropTags, LPGUID lpPropSetGuid, \
                                ULONG ulFlags, ULONG *lpcPropNames, \
                                LPMAPINAMEID **lpppPropNames) IPURE; \
    MAPIMETHOD(GetIDsFromNames)(THIS_ ULONG cPropNames, LPMAPINAMEID *lppPropNames, \
                                ULONG ulFlags, LPSPropTagArray *lppPropTags) IPURE;

#define MAPI_IMAPITABLE_METHODS(IPURE) \
    MAPIMETHOD(GetLastError)(THIS_ HRESULT hResult, ULONG ulFlags, \
                             LPMAPIERROR *lppMAPIError) IPURE; \
    MAPIMETHOD(Advise)(THIS_ ULONG ulEventMask, LPMAPIADVISESINK lpAdviseSink, \
                       ULONG_PTR *lpulConnection) IPURE; \
    MAPIMETHOD(Unadvise)(THIS_ ULONG_PTR ulConnection) IPURE; \
    MAPIMETHOD(GetStatus)(THIS_ ULONG *lpulTableStatus, ULONG *lpulTableType) IPURE; \
    MAPIMETHOD(SetColumns)(THIS_ LPSPropTagArray lpPropTagArray, ULONG ulFlags) IPURE; \
    MAPIMETHOD(QueryColumns)(THIS_ ULONG ulFlags, LPSPropTagArray *lpPropTagArray) IPURE; \
    MAPIMETHOD(GetRowCount)(THIS_ ULONG ulFlags, ULONG *lpulCount) IPURE; \
    MAPIMETHOD(SeekRow)(THIS_ BOOKMARK bkOrigin, LONG lRowCount, LONG *lplRowsSought) IPURE; \
    MAPIMETHOD(SeekRowApprox)(THIS_ ULONG ulNumerator, ULONG ulDenominator) IPURE; \
    MAPIMETHOD(QueryPosition)(THIS_ ULONG *lpulRow, ULONG *lpulNumerator, \
                              ULONG *lpulDenominator) IPURE; \
    MAPIMETHOD(FindRow)(THIS_ LPSRestriction lpRestriction, BOOKMARK bkOrigin, \
                        ULONG ulFlags) IPURE; \
    MAPIMETHOD(Restrict)(THIS_ LPSRestriction lpRestriction, ULONG ulFlags) IPURE; \
    MAPIMETHOD(CreateBookmark)(THIS_ BOOKMARK *lpbkPosition) IPURE; \
    MAPIMETHOD(FreeBookmark)(THIS_ BOOKMARK bkPosition) IPURE; \
    MAPIMETHOD(SortTable)(THIS_ LPSSortOrderSet lpSortCriteria, ULONG ulFlags) IPURE; \
    MAPIMETHOD(QuerySortOrder)(THIS_ LPSSortOrderSet *lppSortCriteria) IPURE; \
    MAPIMETHOD(QueryRows)(THIS_ LONG lRowCount, ULONG ulFlags, LPSRowSet *lppRows) IPURE; \
    MAPIMETHOD(Abort)(THIS) IPURE; \
    MAPIMETHOD(ExpandRow)(THIS_ ULONG cbInstanceKey, LPBYTE pbInstanceKey, ULONG ulRowCount, \
                          ULONG ulFlags, LPSRowSet *lppRows, ULONG *lpulMoreRows) IPURE; \
    MAPIMETHOD(CollapseRow)(THIS_ ULONG cbInstanceKey, LPBYTE pbInstanceKey, ULONG ulFlags, \
                            ULONG *lpulRowCount) IPURE; \
    MAPIMETHOD(WaitForCompletion)(THIS_ ULONG ulFlags, ULONG ulTimeout, \
                                  ULONG *lpulTableStatus) IPURE; \
    MAPIMETHOD(GetCollapseState)(THIS_ ULONG ulFlags, ULONG cbInstanceKey, LPBYTE lpbInstanceKey, \
                                 ULONG *lpcbCollapseState, LPBYTE *lppbCollapseState) IPURE; \
    MAPIMETHOD(SetCollapseState)(THIS_ ULONG ulFlags, ULONG cbCollapseState, \
                                 LPBYTE pbCollapseState, BOOKMARK *lpbkLocation) IPURE;

#define MAPI_IPROFSECT_METHODS(IPURE)

#define MAPI_IMAPISTATUS_METHODS(IPURE) \
    MAPIMETHOD(ValidateState)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags) IPURE; \
    MAPIMETHOD(SettingsDialog)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags) IPURE; \
    MAPIMETHOD(ChangePassword)(THIS_ LPTSTR lpOldPass, LPTSTR lpNewPass, ULONG ulFlags) IPURE; \
    MAPIMETHOD(FlushQueues)(THIS_ ULONG_PTR ulUIParam, ULONG cbTargetTransport, \
                            LPENTRYID lpTargetTransport, ULONG ulFlags) IPURE;

#define MAPI_IMAPICONTAINER_METHODS(IPURE) \
    MAPIMETHOD(GetContentsTable)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE; \
    MAPIMETHOD(GetHierarchyTable)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE; \
    MAPIMETHOD(OpenEntry)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, LPCIID lpInterface, \
                          ULONG ulFlags, ULONG *lpulObjType, LPUNKNOWN *lppUnk) IPURE; \
    MAPIMETHOD(SetSearchCriteria)(THIS_ LPSRestriction lpRestriction, \
                                  LPENTRYLIST lpContainerList, ULONG ulSearchFlags) IPURE; \
    MAPIMETHOD(GetSearchCriteria)(THIS_ ULONG ulFlags, LPSRestriction *lppRestriction, \
                                  LPENTRYLIST *lppContainerList, ULONG *lpulSearchState) IPURE;

#define MAPI_IABCONTAINER_METHODS(IPURE) \
    MAPIMETHOD(CreateEntry)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, ULONG ulCreateFlags, \
                            LPMAPIPROP *lppMAPIPropEntry) IPURE; \
    MAPIMETHOD(CopyEntries)(THIS_ LPENTRYLIST lpEntries, ULONG_PTR ulUIParam, \
                            LPMAPIPROGRESS lpProgress, ULONG ulFlags) IPURE; \
    MAPIMETHOD(DeleteEntries)(THIS_ LPENTRYLIST lpEntries, ULONG ulFlags) IPURE; \
    MAPIMETHOD(ResolveNames)(THIS_ LPSPropTagArray lpPropTagArray, ULONG ulFlags, \
                             LPADRLIST lpAdrList, LPFlagList lpFlagList) IPURE;

#define MAPI_IMAILUSER_METHODS(IPURE)

#define MAPI_IDISTLIST_METHODS(IPURE) \
    MAPIMETHOD(CreateEntry)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, ULONG ulCreateFlags, \
                            LPMAPIPROP *lppMAPIPropEntry) IPURE; \
    MAPIMETHOD(CopyEntries)(THIS_ LPENTRYLIST lpEntries, ULONG_PTR ulUIParam, \
                            LPMAPIPROGRESS lpProgress, ULONG ulFlags) IPURE; \
    MAPIMETHOD(DeleteEntries)(THIS_ LPENTRYLIST lpEntries, ULONG ulFlags) IPURE; \
    MAPIMETHOD(ResolveNames)(THIS_ LPSPropTagArray lpPropTagArray, ULONG ulFlags, \
                             LPADRLIST lpAdrList, LPFlagList lpFlagList) IPURE;

#define MAPI_IMAPIFOLDER_METHODS(IPURE) \
    MAPIMETHOD(CreateMessage)(THIS_ LPCIID lpInterface, ULONG ulFlags, \
                              LPMESSAGE *lppMessage) IPURE; \
    MAPIMETHOD(CopyMessages)(THIS_ LPENTRYLIST lpMsgList, LPCIID lpInterface, \
                             LPVOID lpDestFolder, ULONG_PTR ulUIParam, LPMAPIPROGRESS lpProgress, \
                             ULONG ulFlags) IPURE; \
    MAPIMETHOD(DeleteMessages)(THIS_ LPENTRYLIST lpMsgList, ULONG_PTR ulUIParam, \
                               LPMAPIPROGRESS lpProgress, ULONG ulFlags) IPURE; \
    MAPIMETHOD(CreateFolder)(THIS_ ULONG ulFolderType, LPTSTR lpszFolderName, \
                             LPTSTR lpszFolderComment, LPCIID lpInterface, ULONG ulFlags, \
                             LPMAPIFOLDER *lppFolder) IPURE; \
    MAPIMETHOD(CopyFolder)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, LPCIID lpInterface, \
                           LPVOID lpDestFolder, LPTSTR lpszNewFolderName, ULONG_PTR ulUIParam, \
                           LPMAPIPROGRESS lpProgress, ULONG ulFlags) IPURE; \
    MAPIMETHOD(DeleteFolder)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, ULONG_PTR ulUIParam, \
                             LPMAPIPROGRESS lpProgress, ULONG ulFlags) IPURE; \
    MAPIMETHOD(SetReadFlags)(THIS_ LPENTRYLIST lpMsgList, ULONG_PTR ulUIParam, \
                             LPMAPIPROGRESS lpProgress, ULONG ulFlags) IPURE; \
    MAPIMETHOD(GetMessageStatus)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, ULONG ulFlags, \
                                 ULONG *lpulMessageStatus) IPURE; \
    MAPIMETHOD(SetMessageStatus)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, ULONG ulNewStatus, \
                                 ULONG ulNewStatusMask, ULONG *lpulOldStatus) IPURE; \
    MAPIMETHOD(SaveContentsSort)(THIS_ LPSSortOrderSet lpSortCriteria, ULONG ulFlags) IPURE; \
    MAPIMETHOD(EmptyFolder)(THIS_ ULONG_PTR ulUIParam, LPMAPIPROGRESS lpProgress, \
                            ULONG ulFlags) IPURE;

#define MAPI_IMSGSTORE_METHODS(IPURE) \
    MAPIMETHOD(Advise)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, ULONG ulEventMask, \
                       LPMAPIADVISESINK lpAdviseSink, ULONG_PTR *lpulConnection) IPURE; \
    MAPIMETHOD(Unadvise)(THIS_ ULONG_PTR ulConnection) IPURE; \
    MAPIMETHOD(CompareEntryIDs)(THIS_ ULONG cbEntryID1, LPENTRYID lpEntryID1, ULONG cbEntryID2, \
                                LPENTRYID lpEntryID2, ULONG ulFlags, ULONG *lpulResult) IPURE; \
    MAPIMETHOD(OpenEntry)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, LPCIID lpInterface, \
                          ULONG ulFlags, ULONG *lpulObjType, LPUNKNOWN *lppUnk) IPURE; \
    MAPIMETHOD(SetReceiveFolder)(THIS_ LPTSTR lpszMessageClass, ULONG ulFlags, ULONG cbEntryID, \
                                 LPENTRYID lpEntryID) IPURE; \
    MAPIMETHOD(GetReceiveFolder)(THIS_ LPTSTR lpszMessageClass, ULONG ulFlags, \
                                 ULONG *lpcbEntryID, LPENTRYID *lppEntryID, \
                                 LPTSTR *lppszExplicitClass) IPURE; \
    MAPIMETHOD(GetReceiveFolderTable)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE; \
    MAPIMETHOD(StoreLogoff)(THIS_ ULONG *lpulFlags) IPURE; \
    MAPIMETHOD(AbortSubmit)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, ULONG ulFlags) IPURE; \
    MAPIMETHOD(GetOutgoingQueue)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE; \
    MAPIMETHOD(SetLockState)(THIS_ LPMESSAGE lpMessage, ULONG ulLockState) IPURE; \
    MAPIMETHOD(FinishedMsg)(THIS_ ULONG ulFlags, ULONG cbEntryID, LPENTRYID lpEntryID) IPURE; \
    MAPIMETHOD(NotifyNewMail)(THIS_ LPNOTIFICATION lpNotification) IPURE;

#define MAPI_IMESSAGE_METHODS(IPURE) \
    MAPIMETHOD(GetAttachmentTable)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE; \
    MAPIMETHOD(OpenAttach)(THIS_ ULONG ulAttachmentNum, LPCIID lpInterface, ULONG ulFlags, \
                           LPATTACH *lppAttach) IPURE; \
    MAPIMETHOD(CreateAttach)(THIS_ LPCIID lpInterface, ULONG ulFlags, ULONG *lpulAttachmentNum, \
                             LPATTACH *lppAttach) IPURE; \
    MAPIMETHOD(DeleteAttach)(THIS_ ULONG ulAttachmentNum, ULONG_PTR ulUIParam, \
                             LPMAPIPROGRESS lpProgress, ULONG ulFlags) IPURE; \
    MAPIMETHOD(GetRecipientTable)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE; \
    MAPIMETHOD(ModifyRecipients)(THIS_ ULONG ulFlags, LPADRLIST lpMods) IPURE; \
    MAPIMETHOD(SubmitMessage)(THIS_ ULONG ulFlags) IPURE; \
    MAPIMETHOD(SetReadFlag)(THIS_ ULONG ulFlags) IPURE;

#define MAPI_IATTACH_METHODS(IPURE)

#define MAPI_IMAPICONTROL_METHODS(IPURE) \
    MAPIMETHOD(GetLastError)(THIS_ HRESULT hResult, ULONG ulFlags, \
                             LPMAPIERROR *lppMAPIError) IPURE; \
    MAPIMETHOD(Activate)(THIS_ ULONG ulFlags, ULONG_PTR ulUIParam) IPURE; \
    MAPIMETHOD(GetState)(THIS_ ULONG ulFlags, ULONG *lpulState) IPURE;

#define MAPI_IPROVIDERADMIN_METHODS(IPURE) \
    MAPIMETHOD(GetLastError)(THIS_ HRESULT hResult, ULONG ulFlags, \
                             LPMAPIERROR *lppMAPIError) IPURE; \
    MAPIMETHOD(GetProviderTable)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE; \
    MAPIMETHOD(CreateProvider)(THIS_ LPTSTR lpszProvider, ULONG cValues, LPSPropValue lpProps, \
                               ULONG_PTR ulUIParam, ULONG ulFlags, MAPIUID *lpUID) IPURE; \
    MAPIMETHOD(DeleteProvider)(THIS_ LPMAPIUID lpUID) IPURE; \
    MAPIMETHOD(OpenProfileSection)(THIS_ LPMAPIUID lpUID, LPCIID lpInterface, ULONG ulFlags, \
                                   LPPROFSECT *lppProfSect) IPURE;

#define MAPI_IMAPICLIENTSHUTDOWN_METHODS(IPURE) \
    MAPIMETHOD(QueryFastShutdown)(THIS) IPURE; \
    MAPIMETHOD(NotifyProcessShutdown)(THIS) IPURE; \
    MAPIMETHOD(DoFastShutdown)(THIS) IPURE;

#define MAPI_IMAPIPROVIDERSHUTDOWN_METHODS(IPURE) \
    MAPIMETHOD(QueryFastShutdown)(THIS) IPURE; \
    MAPIMETHOD(NotifyProcessShutdown)(THIS) IPURE; \
    MAPIMETHOD(DoFastShutdown)(THIS) IPURE;

#define MAPI_IMAPISESSION_METHODS(IPURE) \
    MAPIMETHOD(GetLastError)(THIS_ HRESULT hResult, ULONG ulFlags, \
                             LPMAPIERROR *lppMAPIError) IPURE; \
    MAPIMETHOD(GetMsgStoresTable)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE; \
    MAPIMETHOD(OpenMsgStore)(THIS_ ULONG_PTR ulUIParam, ULONG cbEntryID, LPENTRYID lpEntryID, \
                             LPCIID lpInterface, ULONG ulFlags, LPMDB *lppMDB) IPURE; \
    MAPIMETHOD(OpenAddressBook)(THIS_ ULONG_PTR ulUIParam, LPCIID lpInterface, ULONG ulFlags, \
                                LPADRBOOK *lppAdrBook) IPURE; \
    MAPIMETHOD(OpenProfileSection)(THIS_ LPMAPIUID lpUID, LPCIID lpInterface, ULONG ulFlags, \
                                   LPPROFSECT *lppProfSect) IPURE; \
    MAPIMETHOD(GetStatusTable)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE; \
    MAPIMETHOD(OpenEntry)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, LPCIID lpInterface, \
                          ULONG ulFlags, ULONG *lpulObjType, LPUNKNOWN *lppUnk) IPURE; \
    MAPIMETHOD(CompareEntryIDs)(THIS_ ULONG cbEntryID1, LPENTRYID lpEntryID1, ULONG cbEntryID2, \
                                LPENTRYID lpEntryID2, ULONG ulFlags, ULONG *lpulResult) IPURE; \
    MAPIMETHOD(Advise)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, ULONG ulEventMask, \
                       LPMAPIADVISESINK lpAdviseSink, ULONG_PTR *lpulConnection) IPURE; \
    MAPIMETHOD(Unadvise)(THIS_ ULONG_PTR ulConnection) IPURE; \
    MAPIMETHOD(MessageOptions)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags, LPTSTR lpszAdrType, \
                               LPMESSAGE lpMessage) IPURE; \
    MAPIMETHOD(QueryDefaultMessageOpt)(THIS_ LPTSTR lpszAdrType, ULONG ulFlags, ULONG *lpcValues, \
                                       LPSPropValue *lppOptions) IPURE; \
    MAPIMETHOD(EnumAdrTypes)(THIS_ ULONG ulFlags, ULONG *lpcAdrTypes, \
                             LPTSTR **lpppszAdrTypes) IPURE; \
    MAPIMETHOD(QueryIdentity)(THIS_ ULONG *lpcbEntryID, LPENTRYID *lppEntryID) IPURE; \
    MAPIMETHOD(Logoff)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags, ULONG ulReserved) IPURE; \
    MAPIMETHOD(SetDefaultStore)(THIS_ ULONG ulFlags, ULONG cbEntryID, LPENTRYID lpEntryID) IPURE; \
    MAPIMETHOD(AdminServices)(THIS_ ULONG ulFlags, LPSERVICEADMIN *lppServiceAdmin) IPURE; \
    MAPIMETHOD(ShowForm)(THIS_ ULONG_PTR ulUIParam, LPMDB lpMsgStore, \
                         LPMAPIFOLDER lpParentFolder, LPCIID lpInterface, \
                         ULONG_PTR ulMessageToken, LPMESSAGE lpMessageSent, ULONG ulFlags, \
                         ULONG ulMessageStatus, ULONG ulMessageFlags, ULONG ulAccess, \
                         LPSTR lpszMessageClass) IPURE; \
    MAPIMETHOD(PrepareForm)(THIS_ LPCIID lpInterface, LPMESSAGE lpMessage, \
                            ULONG_PTR *lpulMessageToken) IPURE;

#define MAPI_IADDRBOOK_METHODS(IPURE) \
    MAPIMETHOD(OpenEntry)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, LPCIID lpInterface, \
                          ULONG ulFlags, ULONG *lpulObjType, LPUNKNOWN *lppUnk) IPURE; \
    MAPIMETHOD(CompareEntryIDs)(THIS_ ULONG cbEntryID1, LPENTRYID lpEntryID1, ULONG cbEntryID2, \
                                LPENTRYID lpEntryID2, ULONG ulFlags, ULONG *lpulResult) IPURE; \
    MAPIMETHOD(Advise)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, ULONG ulEventMask, \
                       LPMAPIADVISESINK lpAdviseSink, ULONG_PTR *lpulConnection) IPURE; \
    MAPIMETHOD(Unadvise)(THIS_ ULONG_PTR ulConnection) IPURE; \
    MAPIMETHOD(CreateOneOff)(THIS_ LPTSTR lpszName, LPTSTR lpszAdrType, LPTSTR lpszAddress, \
                             ULONG ulFlags, ULONG *lpcbEntryID, LPENTRYID *lppEntryID) IPURE; \
    MAPIMETHOD(NewEntry)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags, ULONG cbEIDContainer, \
                         LPENTRYID lpEIDContainer, ULONG cbEIDNewEntryTpl, \
                         LPENTRYID lpEIDNewEntryTpl, ULONG *lpcbEIDNewEntry, \
                         LPENTRYID *lppEIDNewEntry) IPURE; \
    MAPIMETHOD(ResolveName)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags, LPTSTR lpszNewEntryTitle, \
                            LPADRLIST lpAdrList) IPURE; \
    MAPIMETHOD(Address)(THIS_ ULONG_PTR *lpulUIParam, LPADRPARM lpAdrParms, \
                        LPADRLIST *lppAdrList) IPURE; \
    MAPIMETHOD(Details)(THIS_ ULONG_PTR *lpulUIParam, LPFNDISMISS lpfnDismiss, \
                        LPVOID lpvDismissContext, ULONG cbEntryID, LPENTRYID lpEntryID, \
                        LPFNBUTTON lpfButtonCallback, LPVOID lpvButtonContext, \
                        LPTSTR lpszButtonText, ULONG ulFlags) IPURE; \
    MAPIMETHOD(RecipOptions)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags, LPADRENTRY lpRecip) IPURE; \
    MAPIMETHOD(QueryDefaultRecipOpt)(THIS_ LPTSTR lpszAdrType, ULONG ulFlags, ULONG *lpcValues, \
                                     LPSPropValue *lppOptions) IPURE; \
    MAPIMETHOD(GetPAB)(THIS_ ULONG *lpcbEntryID, LPENTRYID *lppEntryID) IPURE; \
    MAPIMETHOD(SetPAB)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID) IPURE; \
    MAPIMETHOD(GetDefaultDir)(THIS_ ULONG *lpcbEntryID, LPENTRYID *lppEntryID) IPURE; \
    MAPIMETHOD(SetDefaultDir)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID) IPURE; \
    MAPIMETHOD(GetSearchPath)(THIS_ ULONG ulFlags, LPSRowSet *lppSearchPath) IPURE; \
    MAPIMETHOD(SetSearchPath)(THIS_ ULONG ulFlags, LPSRowSet lpSearchPath) IPURE; \
    MAPIMETHOD(PrepareRecips)(THIS_ ULONG ulFlags, LPSPropTagArray lpPropTagArray, \
                              LPADRLIST lpRecipList) IPURE;

#define MAPI_IPROFADMIN_METHODS(IPURE) \
    MAPIMETHOD(GetLastError)(THIS_ HRESULT hResult, ULONG ulFlags, \
                             LPMAPIERROR *lppMAPIError) IPURE; \
    MAPIMETHOD(GetProfileTable)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE; \
    MAPIMETHOD(CreateProfile)(THIS_ LPTSTR lpszProfileName, LPTSTR lpszPassword, \
                              ULONG_PTR ulUIParam, ULONG ulFlags) IPURE; \
    MAPIMETHOD(DeleteProfile)(THIS_ LPTSTR lpszProfileName, ULONG ulFlags) IPURE; \
    MAPIMETHOD(ChangeProfilePassword)(THIS_ LPTSTR lpszProfileName, LPTSTR lpszOldPassword, \
                                      LPTSTR lpszNewPassword, ULONG ulFlags) IPURE; \
    MAPIMETHOD(CopyProfile)(THIS_ LPTSTR lpszOldProfileName, LPTSTR lpszOldPassword, \
                            LPTSTR lpszNewProfileName, ULONG_PTR ulUIParam, ULONG ulFlags) IPURE; \
    MAPIMETHOD(RenameProfile)(THIS_ LPTSTR lpszOldProfileName, LPTSTR lpszOldPassword, \
                              LPTSTR lpszNewProfileName, ULONG_PTR ulUIParam, \
                              ULONG ulFlags) IPURE; \
    MAPIMETHOD(SetDefaultProfile)(THIS_ LPTSTR lpszProfileName, ULONG ulFlags) IPURE; \
    MAPIMETHOD(AdminServices)(THIS_ LPTSTR lpszProfileName, LPTSTR lpszPassword, \
                              ULONG_PTR ulUIParam, ULONG ulFlags, \
                              LPSERVICEADMIN *lppServiceAdmin) IPURE;

#define MAPI_IMSGSERVICEADMIN_METHODS(IPURE) \
    MAPIMETHOD(GetLastError)(THIS_ HRESULT hResult, ULONG ulFlags, \
                             LPMAPIERROR *lppMAPIError) IPURE; \
    MAPIMETHOD(GetMsgServiceTable)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE; \
    MAPIMETHOD(CreateMsgService)(THIS_ LPTSTR lpszService, LPTSTR lpszDisplayName, \
                                 ULONG_PTR ulUIParam, ULONG ulFlags) IPURE; \
    MAPIMETHOD(DeleteMsgService)(THIS_ LPMAPIUID lpUID) IPURE; \
    MAPIMETHOD(CopyMsgService)(THIS_ LPMAPIUID lpUID, LPTSTR lpszDisplayName, \
                               LPCIID lpInterfaceToCopy, LPCIID lpInterfaceDst, \
                               LPVOID lpObjectDst, ULONG_PTR ulUIParam, ULONG ulFlags) IPURE; \
    MAPIMETHOD(RenameMsgService)(THIS_ LPMAPIUID lpUID, ULONG ulFlags, \
                                 LPTSTR lpszDisplayName) IPURE; \
    MAPIMETHOD(ConfigureMsgService)(THIS_ LPMAPIUID lpUID, ULONG_PTR ulUIParam, ULONG ulFlags, \
                                    ULONG cValues, LPSPropValue lpProps) IPURE; \
    MAPIMETHOD(OpenProfileSection)(THIS_ LPMAPIUID lpUID, LPCIID lpInterface, ULONG ulFlags, \
                                   LPPROFSECT *lppProfSect) IPURE; \
    MAPIMETHOD(MsgServiceTransportOrder)(THIS_ ULONG cUID, LPMAPIUID lpUIDList, \
                                         ULONG ulFlags) IPURE; \
    MAPIMETHOD(AdminProviders)(THIS_ LPMAPIUID lpUID, ULONG ulFlags, \
                               LPPROVIDERADMIN *lppProviderAdmin) IPURE; \
    MAPIMETHOD(SetPrimaryIdentity)(THIS_ LPMAPIUID lpUID, ULONG ulFlags) IPURE; \
    MAPIMETHOD(GetProviderTable)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE;

#define MAPI_IMSGSERVICEADMIN_METHODS2(IPURE) \
    MAPIMETHOD(CreateMsgServiceEx)(THIS_ LPTSTR lpszService, LPTSTR lpszDisplayName, \
                                   ULONG_PTR ulUIParam, ULONG ulFlags, \
                                   LPMAPIUID lpuidService) IPURE;

#define MAPI_ITABLEDATA_METHODS(IPURE) \
    MAPIMETHOD(HrGetView)(THIS_ LPSSortOrderSet lpSSortOrderSet, CALLERRELEASE *lpfCallerRelease, \
                          ULONG_PTR ulCallerData, LPMAPITABLE *lppMAPITable) IPURE; \
    MAPIMETHOD(HrModifyRow)(THIS_ LPSRow lpSRow) IPURE; \
    MAPIMETHOD(HrDeleteRow)(THIS_ LPSPropValue lpSPropValue) IPURE; \
    MAPIMETHOD(HrQueryRow)(THIS_ LPSPropValue lpsPropValue, LPSRow *lppSRow, \
                           ULONG *lpuliRow) IPURE; \
    MAPIMETHOD(HrEnumRow)(THIS_ ULONG ulRowNumber, LPSRow *lppSRow) IPURE; \
    MAPIMETHOD(HrNotify)(THIS_ ULONG ulFlags, ULONG cValues, LPSPropValue lpSPropValue) IPURE; \
    MAPIMETHOD(HrInsertRow)(THIS_ ULONG uliRow, LPSRow lpSRow) IPURE; \
    MAPIMETHOD(HrModifyRows)(THIS_ ULONG ulFlags, LPSRowSet lpSRowSet) IPURE; \
    MAPIMETHOD(HrDeleteRows)(THIS_ ULONG ulFlags, LPSRowSet lprowsetToDelete, \
                             ULONG *cRowsDeleted) IPURE;

#define MAPI_IPROPDATA_METHODS(IPURE) \
    MAPIMETHOD(HrSetObjAccess)(THIS_ ULONG ulAccess) IPURE; \
    MAPIMETHOD(HrSetPropAccess)(THIS_ LPSPropTagArray lpPropTagArray, ULONG *rgulAccess) IPURE; \
    MAPIMETHOD(HrGetPropAccess)(THIS_ LPSPropTagArray *lppPropTagArray, \
                                ULONG **lprgulAccess) IPURE; \
    MAPIMETHOD(HrAddObjProps)(THIS_ LPSPropTagArray lppPropTagArray, \
                              LPSPropProblemArray *lprgulAccess) IPURE;

#define MAPI_IMAPISUPPORT_METHODS1(IPURE) \
    MAPIMETHOD(GetLastError)(THIS_ HRESULT hResult, ULONG ulFlags, \
                             LPMAPIERROR *lppMAPIError) IPURE; \
    MAPIMETHOD(GetMemAllocRoutines)(THIS_ LPALLOCATEBUFFER *lpAllocateBuffer, \
                                    LPALLOCATEMORE *lpAllocateMore, \
                                    LPFREEBUFFER *lpFreeBuffer) IPURE; \
    MAPIMETHOD(Subscribe)(THIS_ LPNOTIFKEY lpKey, ULONG ulEventMask, ULONG ulFlags, \
                          LPMAPIADVISESINK lpAdviseSink, ULONG_PTR *lpulConnection) IPURE; \
    MAPIMETHOD(Unsubscribe)(THIS_ ULONG_PTR ulConnection) IPURE; \
    MAPIMETHOD(Notify)(THIS_ LPNOTIFKEY lpKey, ULONG cNotification, \
                       LPNOTIFICATION lpNotifications, ULONG *lpulFlags) IPURE; \
    MAPIMETHOD(ModifyStatusRow)(THIS_ ULONG cValues, LPSPropValue lpColumnVals, \
                                ULONG ulFlags) IPURE; \
    MAPIMETHOD(OpenProfileSection)(THIS_ LPMAPIUID lpUid, ULONG ulFlags, \
                                   LPPROFSECT *lppProfileObj) IPURE; \
    MAPIMETHOD(RegisterPreprocessor)(THIS_ LPMAPIUID lpMuid, LPTSTR lpszAdrType, \
                                     LPTSTR lpszDLLName, LPSTR lpszPreprocess, \
                                     LPSTR lpszRemovePreprocessInfo, ULONG ulFlags) IPURE; \
    MAPIMETHOD(NewUID)(THIS_ LPMAPIUID lpMuid) IPURE; \
    MAPIMETHOD(MakeInvalid)(THIS_ ULONG ulFlags, LPVOID lpObject, ULONG ulRefCount, \
                            ULONG cMethods) IPURE;

#define MAPI_IMAPISUPPORT_METHODS2(IPURE) \
    MAPIMETHOD(SpoolerYield)(THIS_ ULONG ulFlags) IPURE; \
    MAPIMETHOD(SpoolerNotify)(THIS_ ULONG ulFlags, LPVOID lpvData) IPURE; \
    MAPIMETHOD(CreateOneOff)(THIS_ LPTSTR lpszName, LPTSTR lpszAdrType, LPTSTR lpszAddress, \
                             ULONG ulFlags, ULONG *lpcbEntryID, LPENTRYID *lppEntryID) IPURE; \
    MAPIMETHOD(SetProviderUID)(THIS_ LPMAPIUID lpProviderID, ULONG ulFlags) IPURE; \
    MAPIMETHOD(CompareEntryIDs)(THIS_ ULONG cbEntry1, LPENTRYID lpEntry1, ULONG cbEntry2, \
                                LPENTRYID lpEntry2, ULONG ulCompareFlags, \
                                ULONG *lpulResult) IPURE; \
    MAPIMETHOD(OpenTemplateID)(THIS_ ULONG cbTemplateID, LPENTRYID lpTemplateID, \
                               ULONG ulTemplateFlags, LPMAPIPROP lpMAPIPropData, \
                               LPCIID lpInterface, LPMAPIPROP *lppMAPIPropNew, \
                               LPMAPIPROP lpMAPIPropSibling) IPURE; \
    MAPIMETHOD(OpenEntry)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, LPCIID lpInterface, \
                          ULONG ulOpenFlags, ULONG *lpulObjType, LPUNKNOWN *lppUnk) IPURE; \
    MAPIMETHOD(GetOneOffTable)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE; \
    MAPIMETHOD(Address)(THIS_ ULONG_PTR *lpulUIParam, LPADRPARM lpAdrParms, \
                        LPADRLIST *lppAdrList) IPURE; \
    MAPIMETHOD(Details)(THIS_ ULONG_PTR *lpulUIParam, LPFNDISMISS lpfnDismiss, \
                        LPVOID lpvDismissContext, ULONG cbEntryID, LPENTRYID lpEntryID, \
                        LPFNBUTTON lpfButtonCallback, LPVOID lpvButtonContext, \
                        LPTSTR lpszButtonText, ULONG ulFlags) IPURE; \
    MAPIMETHOD(NewEntry)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags, ULONG cbEIDContainer, \
                         LPENTRYID lpEIDContainer, ULONG cbEIDNewEntryTpl, \
                         LPENTRYID lpEIDNewEntryTpl, ULONG *lpcbEIDNewEntry, \
                         LPENTRYID *lppEIDNewEntry) IPURE; \
    MAPIMETHOD(DoConfigPropsheet)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags, LPTSTR lpszTitle, \
                                  LPMAPITABLE lpDisplayTable, LPMAPIPROP lpConfigData, \
                                  ULONG ulTopPage) IPURE; \
    MAPIMETHOD(CopyMessages)(THIS_ LPCIID lpSrcInterface, LPVOID lpSrcFolder, \
                             LPENTRYLIST lpMsgList, LPCIID lpDestInterface, LPVOID lpDestFolder, \
                             ULONG_PTR ulUIParam, LPMAPIPROGRESS lpProgress, \
                             ULONG ulFlags) IPURE; \
    MAPIMETHOD(CopyFolder)(THIS_ LPCIID lpSrcInterface, LPVOID lpSrcFolder, ULONG cbEntryID, \
                           LPENTRYID lpEntryID, LPCIID lpDestInterface, LPVOID lpDestFolder, \
                           LPTSTR lszNewFolderName, ULONG_PTR ulUIParam, \
                           LPMAPIPROGRESS lpProgress, ULONG ulFlags) IPURE;

#define MAPI_IMAPISUPPORT_METHODS3(IPURE) \
    MAPIMETHOD(DoCopyTo)(THIS_ LPCIID lpSrcInterface, LPVOID lpSrcObj, ULONG ciidExclude, \
                         LPCIID rgiidExclude, LPSPropTagArray lpExcludeProps, \
                         ULONG_PTR ulUIParam, LPMAPIPROGRESS lpProgress, LPCIID lpDestInterface, \
                         LPVOID lpDestObj, ULONG ulFlags, \
                         LPSPropProblemArray *lppProblems) IPURE; \
    MAPIMETHOD(DoCopyProps)(THIS_ LPCIID lpSrcInterface, LPVOID lpSrcObj, \
                            LPSPropTagArray lpIncludeProps, ULONG_PTR ulUIParam, \
                            LPMAPIPROGRESS lpProgress, LPCIID lpDestInterface, LPVOID lpDestObj, \
                            ULONG ulFlags, LPSPropProblemArray *lppProblems) IPURE; \
    MAPIMETHOD(DoProgressDialog)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags, \
                                 LPMAPIPROGRESS *lppProgress) IPURE; \
    MAPIMETHOD(ReadReceipt)(THIS_ ULONG ulFlags, LPMESSAGE lpReadMessage, \
                            LPMESSAGE *lppEmptyMessage) IPURE; \
    MAPIMETHOD(PrepareSubmit)(THIS_ LPMESSAGE lpMessage, ULONG *lpulFlags) IPURE; \
    MAPIMETHOD(ExpandRecips)(THIS_ LPMESSAGE lpMessage, ULONG *lpulFlags) IPURE; \
    MAPIMETHOD(UpdatePAB)(THIS_ ULONG ulFlags, LPMESSAGE lpMessage) IPURE; \
    MAPIMETHOD(DoSentMail)(THIS_ ULONG ulFlags, LPMESSAGE lpMessage) IPURE; \
    MAPIMETHOD(OpenAddressBook)(THIS_ LPCIID lpInterface, ULONG ulFlags, \
                                LPADRBOOK *lppAdrBook) IPURE; \
    MAPIMETHOD(Preprocess)(THIS_ ULONG ulFlags, ULONG cbEntryID, LPENTRYID lpEntryID) IPURE; \
    MAPIMETHOD(CompleteMsg)(THIS_ ULONG ulFlags, ULONG cbEntryID, LPENTRYID lpEntryID) IPURE; \
    MAPIMETHOD(StoreLogoffTransports)(THIS_ ULONG *lpulFlags) IPURE; \
    MAPIMETHOD(StatusRecips)(THIS_ LPMESSAGE lpMessage, LPADRLIST lpRecipList) IPURE; \
    MAPIMETHOD(WrapStoreEntryID)(THIS_ ULONG cbOrigEntry, LPENTRYID lpOrigEntry, \
                                 ULONG *lpcbWrappedEntry, LPENTRYID *lppWrappedEntry) IPURE; \
    MAPIMETHOD(ModifyProfile)(THIS_ ULONG ulFlags) IPURE; \
    MAPIMETHOD(IStorageFromStream)(THIS_ LPUNKNOWN lpUnkIn, LPCIID lpInterface, ULONG ulFlags, \
                                   LPSTORAGE *lppStorageOut) IPURE; \
    MAPIMETHOD(GetSvcConfigSupportObj)(THIS_ ULONG ulFlags, LPMAPISUP *lppSvcSupport) IPURE;

#define MAPI_IABPROVIDER_METHODS(IPURE) \
    MAPIMETHOD(Shutdown)(THIS_ ULONG *lpulFlags) IPURE; \
    MAPIMETHOD(Logon)(THIS_ LPMAPISUP lpMAPISup, ULONG_PTR ulUIParam, LPTSTR lpszProfileName, \
                      ULONG ulFlags, ULONG *lpulpcbSecurity, LPBYTE *lppbSecurity, \
                      LPMAPIERROR *lppMAPIError, LPABLOGON *lppABLogon) IPURE;

#define MAPI_IABLOGON_METHODS(IPURE) \
    MAPIMETHOD(GetLastError)(THIS_ HRESULT hResult, ULONG ulFlags, \
                             LPMAPIERROR *lppMAPIError) IPURE; \
    MAPIMETHOD(Logoff)(THIS_ ULONG ulFlags) IPURE; \
    MAPIMETHOD(OpenEntry)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, LPCIID lpInterface, \
                          ULONG ulFlags, ULONG *lpulObjType, LPUNKNOWN *lppUnk) IPURE; \
    MAPIMETHOD(CompareEntryIDs)(THIS_ ULONG cbEntryID1, LPENTRYID lpEntryID1, ULONG cbEntryID2, \
                                LPENTRYID lpEntryID2, ULONG ulFlags, ULONG *lpulResult) IPURE; \
    MAPIMETHOD(Advise)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, ULONG ulEventMask, \
                       LPMAPIADVISESINK lpAdviseSink, ULONG_PTR *lpulConnection) IPURE; \
    MAPIMETHOD(Unadvise)(THIS_ ULONG_PTR ulConnection) IPURE; \
    MAPIMETHOD(OpenStatusEntry)(THIS_ LPCIID lpInterface, ULONG ulFlags, ULONG *lpulObjType, \
                                LPMAPISTATUS *lppEntry) IPURE; \
    MAPIMETHOD(OpenTemplateID)(THIS_ ULONG cbTemplateID, LPENTRYID lpTemplateID, \
                               ULONG ulTemplateFlags, LPMAPIPROP lpMAPIPropData, \
                               LPCIID lpInterface, LPMAPIPROP *lppMAPIPropNew, \
                               LPMAPIPROP lpMAPIPropSibling) IPURE; \
    MAPIMETHOD(GetOneOffTable)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE; \
    MAPIMETHOD(PrepareRecips)(THIS_ ULONG ulFlags, LPSPropTagArray lpPropTagArray, \
                              LPADRLIST lpRecipList) IPURE;

#define MAPI_IXPPROVIDER_METHODS(IPURE) \
    MAPIMETHOD(Shutdown)(THIS_ ULONG *lpulFlags) IPURE; \
    MAPIMETHOD(TransportLogon)(THIS_ LPMAPISUP lpMAPISup, ULONG_PTR ulUIParam, \
                               LPTSTR lpszProfileName, ULONG *lpulFlags, \
                               LPMAPIERROR *lppMAPIError, LPXPLOGON *lppXPLogon) IPURE;

#define MAPI_IXPLOGON_METHODS(IPURE) \
    MAPIMETHOD(AddressTypes)(THIS_ ULONG *lpulFlags, ULONG *lpcAdrType, \
                             LPTSTR **lpppAdrTypeArray, ULONG *lpcMAPIUID, \
                             LPMAPIUID **lpppUIDArray) IPURE; \
    MAPIMETHOD(RegisterOptions)(THIS_ ULONG *lpulFlags, ULONG *lpcOptions, \
                                LPOPTIONDATA *lppOptions) IPURE; \
    MAPIMETHOD(TransportNotify)(THIS_ ULONG *lpulFlags, LPVOID *lppvData) IPURE; \
    MAPIMETHOD(Idle)(THIS_ ULONG ulFlags) IPURE; \
    MAPIMETHOD(TransportLogoff)(THIS_ ULONG ulFlags) IPURE; \
    MAPIMETHOD(SubmitMessage)(THIS_ ULONG ulFlags, LPMESSAGE lpMessage, ULONG_PTR *lpulMsgRef, \
                              ULONG_PTR *lpulReturnParm) IPURE; \
    MAPIMETHOD(EndMessage)(THIS_ ULONG_PTR ulMsgRef, ULONG *lpulFlags) IPURE; \
    MAPIMETHOD(Poll)(THIS_ ULONG *lpulIncoming) IPURE; \
    MAPIMETHOD(StartMessage)(THIS_ ULONG ulFlags, LPMESSAGE lpMessage, \
                             ULONG_PTR *lpulMsgRef) IPURE; \
    MAPIMETHOD(OpenStatusEntry)(THIS_ LPCIID lpInterface, ULONG ulFlags, ULONG *lpulObjType, \
                                LPMAPISTATUS *lppEntry) IPURE; \
    MAPIMETHOD(ValidateState)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags) IPURE; \
    MAPIMETHOD(FlushQueues)(THIS_ ULONG_PTR ulUIParam, ULONG cbTargetTransport, \
                            LPENTRYID lpTargetTransport, ULONG ulFlags) IPURE;

#define MAPI_IMSPROVIDER_METHODS(IPURE) \
    MAPIMETHOD(Shutdown)(THIS_ ULONG *lpulFlags) IPURE; \
    MAPIMETHOD(Logon)(THIS_ LPMAPISUP lpMAPISup, ULONG_PTR ulUIParam, LPTSTR lpszProfileName, \
                      ULONG cbEntryID, LPENTRYID lpEntryID, ULONG ulFlags, LPCIID lpInterface, \
                      ULONG *lpcbSpoolSecurity, LPBYTE *lppbSpoolSecurity, \
                      LPMAPIERROR *lppMAPIError, LPMSLOGON *lppMSLogon, LPMDB *lppMDB) IPURE; \
    MAPIMETHOD(SpoolerLogon)(THIS_ LPMAPISUP lpMAPISup, ULONG_PTR ulUIParam, \
                             LPTSTR lpszProfileName, ULONG cbEntryID, LPENTRYID lpEntryID, \
                             ULONG ulFlags, LPCIID lpInterface, ULONG cbSpoolSecurity, \
                             LPBYTE lpbSpoolSecurity, LPMAPIERROR *lppMAPIError, \
                             LPMSLOGON *lppMSLogon, LPMDB *lppMDB) IPURE; \
    MAPIMETHOD(CompareStoreIDs)(THIS_ ULONG cbEntryID1, LPENTRYID lpEntryID1, ULONG cbEntryID2, \
                                LPENTRYID lpEntryID2, ULONG ulFlags, ULONG *lpulResult) IPURE;

#define MAPI_IMSLOGON_METHODS(IPURE) \
    MAPIMETHOD(GetLastError)(THIS_ HRESULT hResult, ULONG ulFlags, \
                             LPMAPIERROR *lppMAPIError) IPURE; \
    MAPIMETHOD(Logoff)(THIS_ ULONG *lpulFlags) IPURE; \
    MAPIMETHOD(OpenEntry)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, LPCIID lpInterface, \
                          ULONG ulFlags, ULONG *lpulObjType, LPUNKNOWN *lppUnk) IPURE; \
    MAPIMETHOD(CompareEntryIDs)(THIS_ ULONG cbEntryID1, LPENTRYID lpEntryID1, ULONG cbEntryID2, \
                                LPENTRYID lpEntryID2, ULONG ulFlags, ULONG *lpulResult) IPURE; \
    MAPIMETHOD(Advise)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, ULONG ulEventMask, \
                       LPMAPIADVISESINK lpAdviseSink, ULONG_PTR *lpulConnection) IPURE; \
    MAPIMETHOD(Unadvise)(THIS_ ULONG_PTR ulConnection) IPURE; \
    MAPIMETHOD(OpenStatusEntry)(THIS_ LPCIID lpInterface, ULONG ulFlags, ULONG *lpulObjType, \
                                LPVOID *lppEntry) IPURE;

#define MAPI_ISPOOLERHOOK_METHODS(IPURE) \
    MAPIMETHOD(InboundMsgHook)(THIS_ LPMESSAGE lpMessage, LPMAPIFOLDER lpFolder, LPMDB lpMDB, \
                               ULONG *lpulFlags, ULONG *lpcbEntryID, LPBYTE *lppEntryID) IPURE; \
    MAPIMETHOD(OutboundMsgHook)(THIS_ LPMESSAGE lpMessage, LPMAPIFOLDER lpFolder, LPMDB lpMDB, \
                                ULONG *lpulFlags, ULONG *lpcbEntryID, LPBYTE *lppEntryID) IPURE;

#define MAPI_ITNEF_METHODS(IPURE) \
    MAPIMETHOD(AddProps)(THIS_ ULONG ulFlags, ULONG ulElemID, LPVOID lpvData, \
                         LPSPropTagArray lpPropList) IPURE; \
    MAPIMETHOD(ExtractProps)(THIS_ ULONG ulFlags, LPSPropTagArray lpPropList, \
                             LPSTnefProblemArray *lppProblems) IPURE; \
    MAPIMETHOD(Finish)(THIS_ ULONG ulFlags, WORD *lpKey, LPSTnefProblemArray *lppProblems) IPURE; \
    MAPIMETHOD(OpenTaggedBody)(THIS_ LPMESSAGE lpMessage, ULONG ulFlags, \
                               LPSTREAM *lppStream) IPURE; \
    MAPIMETHOD(SetProps)(THIS_ ULONG ulFlags, ULONG ulElemID, ULONG cValues, \
                         LPSPropValue lpProps) IPURE; \
    MAPIMETHOD(EncodeRecips)(THIS_ ULONG ulFlags, LPMAPITABLE lpRecipientTable) IPURE; \
    MAPIMETHOD(FinishComponent)(THIS_ ULONG ulFlags, ULONG ulComponentID, \
                                LPSPropTagArray lpCustomPropList, LPSPropValue lpCustomProps, \
                                LPSPropTagArray lpPropList, \
                                LPSTnefProblemArray *lppProblems) IPURE;

#define MAPI_GETLASTERROR_METHOD(IPURE) \
    MAPIMETHOD(GetLastError)(THIS_ HRESULT hResult, ULONG ulFlags, \
                             LPMAPIERROR *lppMAPIError) IPURE;

#define MAPI_IPERSISTMESSAGE_METHODS(IPURE) \
    MAPIMETHOD(GetClassID)(THIS_ LPCLSID lpClassID) IPURE; \
    MAPIMETHOD(IsDirty)(THIS) IPURE; \
    MAPIMETHOD(InitNew)(THIS_ LPMAPIMESSAGESITE pMessageSite, LPMESSAGE pMessage) IPURE; \
    MAPIMETHOD(Load)(THIS_ LPMAPIMESSAGESITE pMessageSite, LPMESSAGE pMessage, \
                     ULONG ulMessageStatus, ULONG ulMessageFlags) IPURE; \
    MAPIMETHOD(Save)(THIS_ LPMESSAGE pMessage, ULONG fSameAsLoad) IPURE; \
    MAPIMETHOD(SaveCompleted)(THIS_ LPMESSAGE pMessage) IPURE; \
    MAPIMETHOD(HandsOffMessage)(THIS) IPURE;

#define MAPI_IMAPIMESSAGESITE_METHODS(IPURE) \
    MAPIMETHOD(GetSession)(THIS_ LPMAPISESSION *ppSession) IPURE; \
    MAPIMETHOD(GetStore)(THIS_ LPMDB *ppStore) IPURE; \
    MAPIMETHOD(GetFolder)(THIS_ LPMAPIFOLDER *ppFolder) IPURE; \
    MAPIMETHOD(GetMessage)(THIS_ LPMESSAGE *ppmsg) IPURE; \
    MAPIMETHOD(GetFormManager)(THIS_ LPMAPIFORMMGR *ppFormMgr) IPURE; \
    MAPIMETHOD(NewMessage)(THIS_ ULONG fComposeInFolder, LPMAPIFOLDER pFolderFocus, \
                           LPPERSISTMESSAGE pPersistMessage, LPMESSAGE *ppMessage, \
                           LPMAPIMESSAGESITE *ppMessageSite, \
                           LPMAPIVIEWCONTEXT *ppViewContext) IPURE; \
    MAPIMETHOD(CopyMessage)(THIS_ LPMAPIFOLDER pFolderDestination) IPURE; \
    MAPIMETHOD(MoveMessage)(THIS_ LPMAPIFOLDER pFolderDestination, \
                            LPMAPIVIEWCONTEXT pViewContext, LPCRECT prcPosRect) IPURE; \
    MAPIMETHOD(DeleteMessage)(THIS_ LPMAPIVIEWCONTEXT pViewContext, LPCRECT prcPosRect) IPURE; \
    MAPIMETHOD(SaveMessage)(THIS) IPURE; \
    MAPIMETHOD(SubmitMessage)(THIS_ ULONG ulFlags) IPURE; \
    MAPIMETHOD(GetSiteStatus)(THIS_ LPULONG lpulStatus) IPURE;

#define MAPI_IMAPIFORM_METHODS(IPURE) \
    MAPIMETHOD(SetViewContext)(THIS_ LPMAPIVIEWCONTEXT pViewContext) IPURE; \
    MAPIMETHOD(GetViewContext)(THIS_ LPMAPIVIEWCONTEXT *ppViewContext) IPURE; \
    MAPIMETHOD(ShutdownForm)(THIS_ ULONG ulSaveOptions) IPURE; \
    MAPIMETHOD(DoVerb)(THIS_ LONG iVerb, LPMAPIVIEWCONTEXT lpViewContext, ULONG_PTR hwndParent, \
                       LPCRECT lprcPosRect) IPURE; \
    MAPIMETHOD(Advise)(THIS_ LPMAPIVIEWADVISESINK pAdvise, ULONG_PTR *pdwStatus) IPURE; \
    MAPIMETHOD(Unadvise)(THIS_ ULONG_PTR ulConnection) IPURE;

#define MAPI_IMAPIVIEWCONTEXT_METHODS(IPURE) \
    MAPIMETHOD(SetAdviseSink)(THIS_ LPMAPIFORMADVISESINK pmvns) IPURE; \
    MAPIMETHOD(ActivateNext)(THIS_ ULONG ulDir, LPCRECT prcPosRect) IPURE; \
    MAPIMETHOD(GetPrintSetup)(THIS_ ULONG ulFlags, LPFORMPRINTSETUP *lppFormPrintSetup) IPURE; \
    MAPIMETHOD(GetSaveStream)(THIS_ ULONG *pulFlags, ULONG *pulFormat, LPSTREAM *ppstm) IPURE; \
    MAPIMETHOD(GetViewStatus)(THIS_ LPULONG lpulStatus) IPURE;

#define MAPI_IMAPIFORMADVISESINK_METHODS(IPURE) \
    MAPIMETHOD(OnChange)(THIS_ ULONG ulDir) IPURE; \
    MAPIMETHOD(OnActivateNext)(THIS_ LPCSTR lpszMessageClass, ULONG ulMessageStatus, \
                               ULONG ulMessageFlags, LPPERSISTMESSAGE *ppPersistMessage) IPURE;

#define MAPI_IMAPIVIEWADVISESINK_METHODS(IPURE) \
    MAPIMETHOD(OnShutdown)(THIS) IPURE; \
    MAPIMETHOD(OnNewMessage)(THIS) IPURE; \
    MAPIMETHOD(OnPrint)(THIS_ ULONG dwPageNumber, HRESULT hrStatus) IPURE; \
    MAPIMETHOD(OnSubmitted)(THIS) IPURE; \
    MAPIMETHOD(OnSaved)(THIS) IPURE;

#define MAPI_IMAPIFORMINFO_METHODS(IPURE) \
    MAPIMETHOD(CalcFormPropSet)(THIS_ ULONG ulFlags, LPMAPIFORMPROPARRAY *ppFormPropArray) IPURE; \
    MAPIMETHOD(CalcVerbSet)(THIS_ ULONG ulFlags, LPMAPIVERBARRAY *ppMAPIVerbArray) IPURE; \
    MAPIMETHOD(MakeIconFromBinary)(THIS_ ULONG nPropID, HICON *phicon) IPURE; \
    MAPIMETHOD(SaveForm)(THIS_ LPCTSTR szFileName) IPURE; \
    MAPIMETHOD(OpenFormContainer)(THIS_ LPMAPIFORMCONTAINER *ppformcontainer) IPURE;

#define MAPI_IMAPIFORMMGR_METHODS(IPURE) \
    MAPIMETHOD(LoadForm)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags, LPCSTR lpszMessageClass, \
                         ULONG ulMessageStatus, ULONG ulMessageFlags, LPMAPIFOLDER pFolderFocus, \
                         LPMAPIMESSAGESITE pMessageSite, LPMESSAGE pmsg, \
                         LPMAPIVIEWCONTEXT pViewContext, REFIID riid, LPVOID *ppvObj) IPURE; \
    MAPIMETHOD(ResolveMessageClass)(THIS_ LPCSTR szMsgClass, ULONG ulFlags, \
                                    LPMAPIFOLDER pFolderFocus, LPMAPIFORMINFO *ppResult) IPURE; \
    MAPIMETHOD(ResolveMultipleMessageClasses)(THIS_ LPSMESSAGECLASSARRAY pMsgClasses, \
                                              ULONG ulFlags, LPMAPIFOLDER pFolderFocus, \
                                              LPSMAPIFORMINFOARRAY *pfrminfoarray) IPURE; \
    MAPIMETHOD(CalcFormPropSet)(THIS_ LPSMAPIFORMINFOARRAY pfrminfoarray, ULONG ulFlags, \
                                LPMAPIFORMPROPARRAY *ppResults) IPURE; \
    MAPIMETHOD(CreateForm)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags, \
                           LPMAPIFORMINFO pfrminfoToActivate, REFIID refiidToAsk, \
                           LPVOID *ppvObj) IPURE; \
    MAPIMETHOD(SelectForm)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags, LPCTSTR pszTitle, \
                           LPMAPIFOLDER pfld, LPMAPIFORMINFO *ppfrminfoReturned) IPURE; \
    MAPIMETHOD(SelectMultipleForms)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags, LPCTSTR pszTitle, \
                                    LPMAPIFOLDER pfld, LPSMAPIFORMINFOARRAY pfrminfoarray, \
                                    LPSMAPIFORMINFOARRAY *ppfrminfoarray) IPURE; \
    MAPIMETHOD(SelectFormContainer)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags, \
                                    LPMAPIFORMCONTAINER *lppfcnt) IPURE; \
    MAPIMETHOD(OpenFormContainer)(THIS_ HFRMREG hfrmreg, LPUNKNOWN lpunk, \
                                  LPMAPIFORMCONTAINER *lppfcnt) IPURE; \
    MAPIMETHOD(PrepareForm)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags, \
                            LPMAPIFORMINFO pfrminfo) IPURE; \
    MAPIMETHOD(IsInConflict)(THIS_ ULONG ulMessageFlags, ULONG ulMessageStatus, \
                             LPCSTR szMessageClass, LPMAPIFOLDER pFolderFocus) IPURE;

#define MAPI_IMAPIFORMCONTAINER_METHODS(IPURE) \
    MAPIMETHOD(InstallForm)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags, \
                            LPCTSTR szCfgPathName) IPURE; \
    MAPIMETHOD(RemoveForm)(THIS_ LPCSTR szMessageClass) IPURE; \
    MAPIMETHOD(ResolveMessageClass)(THIS_ LPCSTR szMessageClass, ULONG ulFlags, \
                                    LPMAPIFORMINFO *pforminfo) IPURE; \
    MAPIMETHOD(ResolveMultipleMessageClasses)(THIS_ LPSMESSAGECLASSARRAY pMsgClassArray, \
                                              ULONG ulFlags, \
                                              LPSMAPIFORMINFOARRAY *ppfrminfoarray) IPURE; \
    MAPIMETHOD(CalcFormPropSet)(THIS_ ULONG ulFlags, LPMAPIFORMPROPARRAY *ppResults) IPURE; \
    MAPIMETHOD(GetDisplay)(THIS_ ULONG ulFlags, LPTSTR *pszDisplayName) IPURE;

#define MAPI_IMAPIFORMFACTORY_METHODS(IPURE) \
    MAPIMETHOD(CreateClassFactory)(THIS_ REFCLSID clsidForm, ULONG ulFlags, \
                                   LPCLASSFACTORY *lppClassFactory) IPURE; \
    MAPIMETHOD(LockServer)(THIS_ ULONG ulFlags, ULONG fLockServer) IPURE;

#endif /* MAPIMETHODS_H */
