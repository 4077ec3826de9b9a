/*
 * Utility functions for MAPI clients and providers
 *
 * Interfaces are in mapidata.idl. What is returned through a pointer to a pointer is freed with
 * MAPIFreeBuffer unless the function takes allocation functions of its own. Strings typed LPTSTR
 * are 8-bit for every function here that has no flag argument.
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

#ifndef MAPIUTIL_H_
#define MAPIUTIL_H_
#define _MAPIUTIL_H_

#include <mapix.h>
#include <mapidata.h>

#ifdef __cplusplus
extern "C" {
#endif

SCODE WINAPI ScInitMapiUtil(ULONG ulFlags);
void WINAPI DeinitMapiUtil(void);

/* Memory and references */

LPMALLOC WINAPI MAPIGetDefaultMalloc(void);
void WINAPI FreePadrlist(LPADRLIST lpAdrlist);
void WINAPI FreeProws(LPSRowSet lpRows);
ULONG WINAPI UlAddRef(LPVOID lpunk);
ULONG WINAPI UlRelease(LPVOID lpunk);

/* Tables */

SCODE WINAPI CreateTable(LPCIID lpInterface, ALLOCATEBUFFER *lpAllocateBuffer,
                         ALLOCATEMORE *lpAllocateMore, FREEBUFFER *lpFreeBuffer,
                         LPVOID lpvReserved, ULONG ulTableType, ULONG ulPropTagIndexColumn,
                         LPSPropTagArray lpSPropTagArrayColumns, LPTABLEDATA *lppTableData);

/* ITableData::HrDeleteRows */
#define TAD_ALL_ROWS 1

HRESULT WINAPI HrAddColumns(LPMAPITABLE lptbl, LPSPropTagArray lpproptagColumnsNew,
                            LPALLOCATEBUFFER lpAllocateBuffer, LPFREEBUFFER lpFreeBuffer);
HRESULT WINAPI HrAddColumnsEx(LPMAPITABLE lptbl, LPSPropTagArray lpproptagColumnsNew,
                              LPALLOCATEBUFFER lpAllocateBuffer, LPFREEBUFFER lpFreeBuffer,
                              void (*lpfnFilterColumns)(LPSPropTagArray ptaga));
HRESULT WINAPI HrQueryAllRows(LPMAPITABLE lpTable, LPSPropTagArray lpPropTags,
                              LPSRestriction lpRestriction, LPSSortOrderSet lpSortOrderSet,
                              LONG crowsMax, LPSRowSet *lppRows);

/* Properties */

SCODE WINAPI CreateIProp(LPCIID lpInterface, ALLOCATEBUFFER *lpAllocateBuffer,
                         ALLOCATEMORE *lpAllocateMore, FREEBUFFER *lpFreeBuffer,
                         LPVOID lpvReserved, LPPROPDATA *lppPropData);

/* IPropData: access of the object and of its properties */
#define IPROP_READONLY  ((ULONG)0x00000001)
#define IPROP_READWRITE ((ULONG)0x00000002)
#define IPROP_CLEAN     ((ULONG)0x00010000)
#define IPROP_DIRTY     ((ULONG)0x00020000)

SCODE WINAPI PropCopyMore(LPSPropValue lpSPropValueDest, LPSPropValue lpSPropValueSrc,
                          ALLOCATEMORE *lpfAllocMore, LPVOID lpvObject);
ULONG WINAPI UlPropSize(LPSPropValue lpSPropValue);
BOOL WINAPI FEqualNames(LPMAPINAMEID lpName1, LPMAPINAMEID lpName2);
void WINAPI GetInstance(LPSPropValue lpPropMv, LPSPropValue lpPropSv, ULONG uliInst);
BOOL WINAPI FPropContainsProp(LPSPropValue lpSPropValueDst, LPSPropValue lpSPropValueSrc,
                              ULONG ulFuzzyLevel);
BOOL WINAPI FPropCompareProp(LPSPropValue lpSPropValue1, ULONG ulRelOp,
                             LPSPropValue lpSPropValue2);
LONG WINAPI LPropCompareProp(LPSPropValue lpSPropValueA, LPSPropValue lpSPropValueB);
LPSPropValue WINAPI PpropFindProp(LPSPropValue lpPropArray, ULONG cValues, ULONG ulPropTag);
LPSPropValue WINAPI LpValFindProp(ULONG ulPropTag, ULONG cValues, LPSPropValue lpPropArray);
HRESULT WINAPI HrGetOneProp(LPMAPIPROP lpMapiProp, ULONG ulPropTag, LPSPropValue *lppProp);
HRESULT WINAPI HrSetOneProp(LPMAPIPROP lpMapiProp, LPSPropValue lpProp);
BOOL WINAPI FPropExists(LPMAPIPROP lpMapiProp, ULONG ulPropTag);

/* Arrays of properties and notifications in one block that can be moved */

SCODE WINAPI ScCountProps(int cValues, LPSPropValue lpPropArray, ULONG *lpcb);
SCODE WINAPI ScCopyProps(int cValues, LPSPropValue lpPropArray, LPVOID lpvDst, ULONG *lpcb);
SCODE WINAPI ScRelocProps(int cValues, LPSPropValue lpPropArray, LPVOID lpvBaseOld,
                          LPVOID lpvBaseNew, ULONG *lpcb);
SCODE WINAPI ScDupPropset(int cValues, LPSPropValue lpPropArray,
                          LPALLOCATEBUFFER lpAllocateBuffer, LPSPropValue *lppPropArray);
SCODE WINAPI ScCountNotifications(int cNotifications, LPNOTIFICATION lpNotifications,
                                  ULONG *lpcb);
SCODE WINAPI ScCopyNotifications(int cNotification, LPNOTIFICATION lpNotifications,
                                 LPVOID lpvDst, ULONG *lpcb);
SCODE WINAPI ScRelocNotifications(int cNotification, LPNOTIFICATION lpNotifications,
                                  LPVOID lpvBaseOld, LPVOID lpvBaseNew, ULONG *lpcb);

/* Notification */

HRESULT WINAPI HrAllocAdviseSink(LPNOTIFCALLBACK lpfnCallback, LPVOID lpvContext,
                                 LPMAPIADVISESINK *lppAdviseSink);
HRESULT WINAPI HrThisThreadAdviseSink(LPMAPIADVISESINK lpAdviseSink,
                                      LPMAPIADVISESINK *lppAdviseSink);
HRESULT WINAPI HrDispatchNotifications(ULONG ulFlags);

/* Names for GetProcAddress */
#ifdef _WIN64
#define szHrDispatchNotifications   "HrDispatchNotifications"
#define szScCreateConversationIndex "ScCreateConversationIndex"
#else
#define szHrDispatchNotifications   "_HrDispatchNotifications@4"
#define szScCreateConversationIndex "_ScCreateConversationIndex@16"
#endif

typedef HRESULT (WINAPI DISPATCHNOTIFICATIONS)(ULONG ulFlags);
typedef DISPATCHNOTIFICATIONS *LPDISPATCHNOTIFICATIONS;
typedef SCODE (WINAPI CREATECONVERSATIONINDEX)(ULONG cbParent, LPBYTE lpbParent,
                                               ULONG *lpcbConvIndex, LPBYTE *lppbConvIndex);
typedef CREATECONVERSATIONINDEX *LPCREATECONVERSATIONINDEX;

/* Display tables from dialog resources */

typedef struct
{
    ULONG  ulCtlType;           /* one of DTCT_... */
    ULONG  ulCtlFlags;
    LPBYTE lpbNotif;
    ULONG  cbNotif;
    LPTSTR lpszFilter;
    ULONG  ulItemID;
    union
    {
        LPVOID          lpv;
        LPDTBLLABEL     lplabel;
        LPDTBLEDIT      lpedit;
        LPDTBLLBX       lplbx;
        LPDTBLCOMBOBOX  lpcombobox;
        LPDTBLDDLBX     lpddlbx;
        LPDTBLCHECKBOX  lpcheckbox;
        LPDTBLGROUPBOX  lpgroupbox;
        LPDTBLBUTTON    lpbutton;
        LPDTBLRADIOBUTTON lpradiobutton;
        LPDTBLMVLISTBOX lpmvlbx;
        LPDTBLMVDDLBX   lpmvddlbx;
        LPDTBLPAGE      lppage;
    } ctl;
} DTCTL, *LPDTCTL;

typedef struct
{
    ULONG  cctl;
    LPTSTR lpszResourceName;
    union
    {
        LPTSTR lpszComponent;
        ULONG  ulItemID;
    } DUMMYUNIONNAME;
    LPDTCTL lpctl;
} DTPAGE, *LPDTPAGE;

HRESULT WINAPI BuildDisplayTable(LPALLOCATEBUFFER lpAllocateBuffer,
                                 LPALLOCATEMORE lpAllocateMore, LPFREEBUFFER lpFreeBuffer,
                                 LPMALLOC lpMalloc, HINSTANCE hInstance, UINT cPages,
                                 LPDTPAGE lpPage, ULONG ulFlags, LPMAPITABLE *lppTable,
                                 LPTABLEDATA *lppTblData);

/* Idle routines */

#ifndef NOIDLEENGINE

#define PRILOWEST  -32768
#define PRIHIGHEST 32767
#define PRIUSER    0

#define IRONULL      ((USHORT)0x0000)
#define FIROWAIT     ((USHORT)0x0001)
#define FIROINTERVAL ((USHORT)0x0002)
#define FIROPERBLOCK ((USHORT)0x0004)
#define FIRODISABLED ((USHORT)0x0020)
#define FIROONCEONLY ((USHORT)0x0040)

#define IRCNULL  ((USHORT)0x0000)
#define FIRCPFN  ((USHORT)0x0001)
#define FIRCPV   ((USHORT)0x0002)
#define FIRCPRI  ((USHORT)0x0004)
#define FIRCCSEC ((USHORT)0x0008)
#define FIRCIRO  ((USHORT)0x0010)

typedef BOOL (WINAPI FNIDLE)(LPVOID);
typedef FNIDLE *PFNIDLE;
typedef void *FTG;
typedef FTG *PFTG;

#define FTGNULL ((FTG)NULL)

LONG WINAPI MAPIInitIdle(LPVOID lpvReserved);
void WINAPI MAPIDeinitIdle(void);
FTG WINAPI FtgRegisterIdleRoutine(PFNIDLE lpfnIdle, LPVOID lpvIdleParam, short priIdle,
                                  ULONG csecIdle, USHORT iroIdle);
void WINAPI DeregisterIdleRoutine(FTG ftg);
void WINAPI EnableIdleRoutine(FTG ftg, BOOL fEnable);
void WINAPI ChangeIdleRoutine(FTG ftg, PFNIDLE lpfnIdle, LPVOID lpvIdleParam, short priIdle,
                              ULONG csecIdle, USHORT iroIdle, USHORT ircIdle);

#endif /* NOIDLEENGINE */

/* Streams and storages */

/* OpenStreamOnFile: the name is a prefix or NULL, the file temporary */
#define SOF_UNIQUEFILENAME ((ULONG)0x80000000)

typedef HRESULT (WINAPI *LPOPENSTREAMONFILE)(LPALLOCATEBUFFER lpAllocateBuffer,
                                             LPFREEBUFFER lpFreeBuffer, ULONG ulFlags,
                                             LPCTSTR lpszFileName, LPCTSTR lpszPrefix,
                                             LPSTREAM *lppStream);

HRESULT WINAPI OpenStreamOnFile(LPALLOCATEBUFFER lpAllocateBuffer, LPFREEBUFFER lpFreeBuffer,
                                ULONG ulFlags, LPCTSTR lpszFileName, LPCTSTR lpszPrefix,
                                LPSTREAM *lppStream);

#define OPENSTREAMONFILE "OpenStreamOnFile"

HRESULT WINAPI OpenStreamOnFileW(LPALLOCATEBUFFER lpAllocateBuffer, LPFREEBUFFER lpFreeBuffer,
                                 ULONG ulFlags, LPCWSTR lpszFileName, LPCWSTR lpszPrefix,
                                 LPSTREAM *lppStream);
HRESULT WINAPI HrIStorageFromStream(LPUNKNOWN lpUnkIn, LPCIID lpInterface, ULONG ulFlags,
                                    LPSTORAGE *lppStorageOut);

/* Rich text */

#define RTF_SYNC_RTF_CHANGED  ((ULONG)0x00000001)
#define RTF_SYNC_BODY_CHANGED ((ULONG)0x00000002)

HRESULT WINAPI RTFSync(LPMESSAGE lpMessage, ULONG ulFlags, BOOL *lpfMessageUpdated);
HRESULT WINAPI WrapCompressedRTFStream(LPSTREAM lpCompressedRTFStream, ULONG ulFlags,
                                       LPSTREAM *lpUncompressedRTFStream);

typedef struct RTF_WCSINFO
{
    ULONG size;
    ULONG ulFlags;
    ULONG ulInCodePage;
    ULONG ulOutCodePage;
} RTF_WCSINFO;

typedef struct RTF_WCSRETINFO
{
    ULONG size;
    ULONG ulStreamFlags;        /* one of MAPI_NATIVE_BODY_TYPE_... */
} RTF_WCSRETINFO;

HRESULT WINAPI WrapCompressedRTFStreamEx(LPSTREAM pCompressedRTFStream,
                                         const RTF_WCSINFO *pWCSInfo,
                                         LPSTREAM *ppUncompressedRTFStream,
                                         RTF_WCSRETINFO *pRetInfo);

/* Stores and entry identifiers */

/* HrValidateIPMSubtree */
#define MAPI_FORCE_CREATE  1
#define MAPI_FULL_IPM_TREE 2

HRESULT WINAPI HrValidateIPMSubtree(LPMDB lpMDB, ULONG ulFlags, ULONG *lpcValues,
                                    LPSPropValue *lppValues, LPMAPIERROR *lpperr);
HRESULT WINAPI WrapStoreEntryID(ULONG ulFlags, LPTSTR lpszDLLName, ULONG cbOrigEntry,
                                LPENTRYID lpOrigEntry, ULONG *lpcbWrappedEntry,
                                LPENTRYID *lppWrappedEntry);
HRESULT WINAPI HrEntryIDFromSz(LPTSTR lpsz, ULONG *lpcb, LPENTRYID *lppEntryID);
HRESULT WINAPI HrSzFromEntryID(ULONG cb, LPENTRYID lpEntryID, LPTSTR *lpsz);
HRESULT WINAPI HrComposeEID(LPMAPISESSION lpSession, ULONG cbStoreRecordKey,
                            LPBYTE lpStoreRecordKey, ULONG cbMsgEntryID,
                            LPENTRYID lpMsgEntryID, ULONG *lpcbEID, LPENTRYID *lppEntryID);
HRESULT WINAPI HrDecomposeEID(LPMAPISESSION lpSession, ULONG cbEntryID, LPENTRYID lpEntryID,
                              ULONG *lpcbStoreEntryID, LPENTRYID *lppStoreEntryID,
                              ULONG *lpcbMsgEntryID, LPENTRYID *lppMsgEntryID);
HRESULT WINAPI HrComposeMsgID(LPMAPISESSION lpSession, ULONG cbStoreSearchKey,
                              LPBYTE pStoreSearchKey, ULONG cbMsgEntryID,
                              LPENTRYID lpMsgEntryID, LPTSTR *lpszMsgID);
HRESULT WINAPI HrDecomposeMsgID(LPMAPISESSION lpSession, LPTSTR lpszMsgID,
                                ULONG *lpcbStoreEntryID, LPENTRYID *lppStoreEntryID,
                                ULONG *lppcbMsgEntryID, LPENTRYID *lppMsgEntryID);
SCODE WINAPI ScCreateConversationIndex(ULONG cbParent, LPBYTE lpbParent,
                                       ULONG *lpcbConvIndex, LPBYTE *lppbConvIndex);

/* Strings and paths */

BOOL WINAPI FBinFromHex(LPTSTR lpsz, LPBYTE lpb);
SCODE WINAPI ScBinFromHexBounded(LPTSTR lpsz, LPBYTE lpb, ULONG cb);
void WINAPI HexFromBin(LPBYTE lpb, int cb, LPTSTR lpsz);
ULONG WINAPI UlFromSzHex(LPCTSTR lpsz);
UINT WINAPI UFromSz(LPCTSTR lpsz);
LPTSTR WINAPI SzFindCh(LPCTSTR lpsz, USHORT ch);
LPTSTR WINAPI SzFindLastCh(LPCTSTR lpsz, USHORT ch);
LPTSTR WINAPI SzFindSz(LPCTSTR lpsz, LPCTSTR lpszKey);
SCODE WINAPI ScUNCFromLocalPath(LPSTR lpszLocal, LPSTR lpszUNC, UINT cchUNC);
SCODE WINAPI ScLocalPathFromUNC(LPSTR lpszUNC, LPSTR lpszLocal, UINT cchLocal);

typedef BOOL (WINAPI FGETCOMPONENTPATH)(LPTSTR szComponent, LPTSTR szQualifier,
                                        LPTSTR szDllPath, DWORD cchBufferSize, BOOL fInstall);
typedef FGETCOMPONENTPATH *LPFGETCOMPONENTPATH;
FGETCOMPONENTPATH FGetComponentPath;

/* Arithmetic on FILETIME as a 64-bit number; FtMulDwDw takes two 32-bit numbers */

FILETIME WINAPI FtAddFt(FILETIME ftAddend1, FILETIME ftAddend2);
FILETIME WINAPI FtSubFt(FILETIME ftMinuend, FILETIME ftSubtrahend);
FILETIME WINAPI FtNegFt(FILETIME ft);
FILETIME WINAPI FtMulDw(DWORD ftMultiplier, FILETIME ftMultiplicand);
FILETIME WINAPI FtMulDwDw(DWORD ftMultiplicand, DWORD ftMultiplier);

#ifdef __cplusplus
}
#endif

#endif /* MAPIUTIL_H_ */
