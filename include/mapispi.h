/*
 * MAPI for service providers: entry points, support object flags, message services
 *
 * Interfaces are in mapiprovider.idl. A provider that can end quickly offers
 * IMAPIProviderShutdown, mapishutdown.idl, on its provider object.
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

#ifndef MAPISPI_H
#define MAPISPI_H

#include <mapidefs.h>
#include <mapicode.h>
#include <mapiguid.h>
#include <mapitags.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Version that subsystem and provider tell each other in the provider's entry point */
#define CURRENT_SPI_VERSION 0x00010010
#define PDK1_SPI_VERSION    0x00010000
#define PDK2_SPI_VERSION    0x00010008
#define PDK3_SPI_VERSION    0x00010010

/*
 * IMAPISupport
 */

/* Subscribe and Notify: which object a notification is about, compared byte by byte */
typedef struct
{
    ULONG cb;
    BYTE  ab[MAPI_DIM];
} NOTIFKEY, *LPNOTIFKEY;

#define CbNewNOTIFKEY(cb) (offsetof(NOTIFKEY, ab) + (cb))
#define CbNOTIFKEY(key)   CbNewNOTIFKEY((key)->cb)
#define SizedNOTIFKEY(count, name) \
    struct _NOTIFKEY_ ## name { ULONG cb; BYTE ab[count]; } name

/* Subscribe; Notify, out; and what a callback returns to stop a synchronous notification */
#define NOTIFY_SYNC          ((ULONG)0x40000000)
#define NOTIFY_CANCELED      ((ULONG)0x80000000)
#define CALLBACK_DISCONTINUE ((ULONG)0x80000000)

/* SpoolerNotify */
#define NOTIFY_NEWMAIL          ((ULONG)0x00000001)
#define NOTIFY_READYTOSEND      ((ULONG)0x00000002)
#define NOTIFY_SENTDEFERRED     ((ULONG)0x00000004)
#define NOTIFY_CRITSEC          ((ULONG)0x00001000)
#define NOTIFY_NONCRIT          ((ULONG)0x00002000)
#define NOTIFY_CONFIG_CHANGE    ((ULONG)0x00004000)
#define NOTIFY_CRITICAL_ERROR   ((ULONG)0x10000000)
#define NOTIFY_NEWMAIL_RECEIVED ((ULONG)0x20000000)

/* ModifyStatusRow */
#define STATUSROW_UPDATE ((ULONG)0x10000000)

/* IStorageFromStream */
#define STGSTRM_RESET   ((ULONG)0x00000000)
#define STGSTRM_CURRENT ((ULONG)0x10000000)
#define STGSTRM_MODIFY  ((ULONG)0x00000002)
#define STGSTRM_CREATE  ((ULONG)0x00001000)

/* ReadReceipt */
#define MAPI_NON_READ ((ULONG)0x00000001)

/* OpenTemplateID */
#define FILL_ENTRY ((ULONG)0x00000001)

/* ExpandRecips */
#define NEEDS_PREPROCESSING ((ULONG)0x00000001)
#define NEEDS_SPOOLER       ((ULONG)0x00000002)

/* PrepareSubmit */
#define CHECK_SENDER ((ULONG)0x00000001)
#define NON_STANDARD ((ULONG)0x00010000)

/* DoProgressDialog and copying with a dialog */
#define DIALOG_FOLDER         ((ULONG)0x00000001)
#define DIALOG_MESSAGE        ((ULONG)0x00000002)
#define DIALOG_PROP           ((ULONG)0x00000004)
#define DIALOG_ATTACH         ((ULONG)0x00000008)
#define DIALOG_MOVE           ((ULONG)0x00000010)
#define DIALOG_COPY           ((ULONG)0x00000020)
#define DIALOG_DELETE         ((ULONG)0x00000040)
#define DIALOG_ALLOW_CANCEL   ((ULONG)0x00000080)
#define DIALOG_CONFIRM_CANCEL ((ULONG)0x00000100)

typedef struct _OPTIONDATA *LPOPTIONDATA;

#ifdef __cplusplus
}
#endif

#include <mapiprovider.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Preprocessor that a transport registers with RegisterPreprocessor, and its counterpart */
typedef HRESULT (WINAPI PREPROCESSMESSAGE)(LPVOID lpvSession, LPMESSAGE lpMessage,
                                           LPADRBOOK lpAdrBook, LPMAPIFOLDER lpFolder,
                                           LPALLOCATEBUFFER AllocateBuffer,
                                           LPALLOCATEMORE AllocateMore, LPFREEBUFFER FreeBuffer,
                                           ULONG *lpcOutbound, LPMESSAGE **lpppMessage,
                                           LPADRLIST *lppRecipList);
typedef HRESULT (WINAPI REMOVEPREPROCESSINFO)(LPMESSAGE lpMessage);

/*
 * Address book providers
 */

typedef HRESULT (STDMAPIINITCALLTYPE ABPROVIDERINIT)(HINSTANCE hInstance, LPMALLOC lpMalloc,
                                                     LPALLOCATEBUFFER lpAllocateBuffer,
                                                     LPALLOCATEMORE lpAllocateMore,
                                                     LPFREEBUFFER lpFreeBuffer, ULONG ulFlags,
                                                     ULONG ulMAPIVer, ULONG *lpulProviderVer,
                                                     LPABPROVIDER *lppABProvider);
ABPROVIDERINIT ABProviderInit;

/*
 * Transport providers
 */

/* Shutdown */
#define DEINIT_NORMAL ((ULONG)0x00000001)
#define DEINIT_HURRY  ((ULONG)0x80000000)

/* TransportLogon: in, and out */
#define LOGON_NO_DIALOG   ((ULONG)0x00000001)
#define LOGON_NO_CONNECT  ((ULONG)0x00000004)
#define LOGON_NO_INBOUND  ((ULONG)0x00000008)
#define LOGON_NO_OUTBOUND ((ULONG)0x00000010)
#define LOGON_SP_IDLE    ((ULONG)0x00010000)
#define LOGON_SP_POLL    ((ULONG)0x00020000)
#define LOGON_SP_RESOLVE ((ULONG)0x00040000)

/* RegisterOptions */
#define OPTION_TYPE_RECIPIENT ((ULONG)0x00000001)
#define OPTION_TYPE_MESSAGE   ((ULONG)0x00000002)

typedef struct _OPTIONDATA
{
    ULONG        ulFlags;
    LPGUID       lpRecipGUID;
    LPTSTR       lpszAdrType;
    LPTSTR       lpszDLLName;
    ULONG        ulOrdinal;     /* of the OPTIONCALLBACK in that DLL */
    ULONG        cbOptionsData;
    LPBYTE       lpbOptionsData;
    ULONG        cOptionsProps;
    LPSPropValue lpOptionsProps;
} OPTIONDATA;

typedef SCODE (STDMAPIINITCALLTYPE OPTIONCALLBACK)(HINSTANCE hInst, LPMALLOC lpMalloc,
                                                   ULONG ulFlags, ULONG cbOptionData,
                                                   LPBYTE lpbOptionData, LPMAPISUP lpMAPISup,
                                                   LPMAPIPROP lpDataSource,
                                                   LPMAPIPROP *lppWrappedSource,
                                                   LPMAPIERROR *lppMAPIError);

/* TransportNotify */
#define NOTIFY_ABORT_DEFERRED       ((ULONG)0x40000000)
#define NOTIFY_CANCEL_MESSAGE       ((ULONG)0x80000000)
#define NOTIFY_BEGIN_INBOUND        ((ULONG)0x00000001)
#define NOTIFY_END_INBOUND          ((ULONG)0x00010000)
#define NOTIFY_BEGIN_OUTBOUND       ((ULONG)0x00000002)
#define NOTIFY_END_OUTBOUND         ((ULONG)0x00020000)
#define NOTIFY_BEGIN_INBOUND_FLUSH  ((ULONG)0x00000004)
#define NOTIFY_END_INBOUND_FLUSH    ((ULONG)0x00040000)
#define NOTIFY_BEGIN_OUTBOUND_FLUSH ((ULONG)0x00000008)
#define NOTIFY_END_OUTBOUND_FLUSH   ((ULONG)0x00080000)

/* TransportLogoff */
#define LOGOFF_NORMAL ((ULONG)0x00000001)
#define LOGOFF_HURRY  ((ULONG)0x80000000)

/* SubmitMessage */
#define BEGIN_DEFERRED ((ULONG)0x00000001)

/* EndMessage, out */
#define END_RESEND_NOW   ((ULONG)0x00010000)
#define END_RESEND_LATER ((ULONG)0x00020000)
#define END_DONT_RESEND  ((ULONG)0x00040000)

typedef HRESULT (STDMAPIINITCALLTYPE XPPROVIDERINIT)(HINSTANCE hInstance, LPMALLOC lpMalloc,
                                                     LPALLOCATEBUFFER lpAllocateBuffer,
                                                     LPALLOCATEMORE lpAllocateMore,
                                                     LPFREEBUFFER lpFreeBuffer, ULONG ulFlags,
                                                     ULONG ulMAPIVer, ULONG *lpulProviderVer,
                                                     LPXPPROVIDER *lppXPProvider);
XPPROVIDERINIT XPProviderInit;

/*
 * Message store providers
 */

#define LOGON_SP_TRANSPORT ((ULONG)0x00000001)
#define LOGON_SP_PROMPT    ((ULONG)0x00000002)
#define LOGON_SP_NEWPW     ((ULONG)0x00000004)
#define LOGON_CHANGED      ((ULONG)0x00000008)

typedef HRESULT (STDMAPIINITCALLTYPE MSPROVIDERINIT)(HINSTANCE hInstance, LPMALLOC lpMalloc,
                                                     LPALLOCATEBUFFER lpAllocateBuffer,
                                                     LPALLOCATEMORE lpAllocateMore,
                                                     LPFREEBUFFER lpFreeBuffer, ULONG ulFlags,
                                                     ULONG ulMAPIVer, ULONG *lpulProviderVer,
                                                     LPMSPROVIDER *lppMSProvider);
MSPROVIDERINIT MSProviderInit;

/*
 * Message services. The service entry is stdcall, unlike the providers' entry points; its name
 * is in PR_SERVICE_ENTRY_NAME.
 */

/* ulFlags, besides SERVICE_UI_ALWAYS and its neighbours in mapidefs.h */
#define MSG_SERVICE_UI_READ_ONLY 0x00000008
#define SERVICE_LOGON_FAILED     0x00000020

/* ulContext */
#define MSG_SERVICE_INSTALL         0x00000001
#define MSG_SERVICE_CREATE          0x00000002
#define MSG_SERVICE_CONFIGURE       0x00000003
#define MSG_SERVICE_DELETE          0x00000004
#define MSG_SERVICE_UNINSTALL       0x00000005
#define MSG_SERVICE_PROVIDER_CREATE 0x00000006
#define MSG_SERVICE_PROVIDER_DELETE 0x00000007

typedef HRESULT (WINAPI MSGSERVICEENTRY)(HINSTANCE hInstance, LPMALLOC lpMalloc,
                                         LPMAPISUP lpMAPISup, ULONG_PTR ulUIParam,
                                         ULONG ulFlags, ULONG ulContext, ULONG cValues,
                                         LPSPropValue lpProps, LPPROVIDERADMIN lpProviderAdmin,
                                         LPMAPIERROR *lppMapiError);
typedef MSGSERVICEENTRY *LPMSGSERVICEENTRY;

#ifdef __cplusplus
}
#endif

#endif /* MAPISPI_H */
