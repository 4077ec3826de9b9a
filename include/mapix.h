/*
 * Extended MAPI for clients: initialisation, logon, sessions, profile administration
 *
 * Interfaces are in mapiclient.idl.
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

#ifndef MAPIX_H
#define MAPIX_H

#include <mapidefs.h>
#include <mapicode.h>
#include <mapiguid.h>
#include <mapitags.h>
#include <mapiclient.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Shared with Simple MAPI, mapi.h */
#ifndef WINE_FLAGS_DEFINED
#define WINE_FLAGS_DEFINED
typedef ULONG FLAGS;
#endif

/* MAPILogonEx; some are flags of MAPILogon as well */
#ifndef MAPI_LOGON_UI
#define MAPI_LOGON_UI          0x00000001
#endif
#ifndef MAPI_NEW_SESSION
#define MAPI_NEW_SESSION       0x00000002
#endif
#define MAPI_APP_PROFILE            0x00000004
#define MAPI_ALLOW_OTHERS           0x00000008
#define MAPI_EXPLICIT_PROFILE       0x00000010
#ifndef MAPI_EXTENDED
#define MAPI_EXTENDED          0x00000020
#endif
#ifndef MAPI_FORCE_DOWNLOAD
#define MAPI_FORCE_DOWNLOAD    0x00001000
#endif
#define MAPI_SERVICE_UI_ALWAYS 0x00002000
#define MAPI_NO_MAIL           0x00008000
#ifndef MAPI_PASSWORD_UI
#define MAPI_PASSWORD_UI       0x00020000
#endif
#define MAPI_TIMEOUT_SHORT 0x00100000

#define MAPI_SIMPLE_DEFAULT  (MAPI_LOGON_UI | MAPI_FORCE_DOWNLOAD | MAPI_ALLOW_OTHERS)
#define MAPI_SIMPLE_EXPLICIT (MAPI_NEW_SESSION | MAPI_FORCE_DOWNLOAD | MAPI_EXPLICIT_PROFILE)

/* Argument of MAPIInitialize, which may be NULL instead */
typedef struct
{
    ULONG ulVersion;
    ULONG ulFlags;
} MAPIINIT_0, *LPMAPIINIT_0;

typedef MAPIINIT_0 MAPIINIT, *LPMAPIINIT;

#define MAPI_INIT_VERSION 0
#define MAPI_MULTITHREAD_NOTIFICATIONS 0x00000001
#define MAPI_NO_COINIT                 0x00000008

/* Each successful MAPIInitialize is undone by one MAPIUninitialize. */
typedef HRESULT (WINAPI MAPIINITIALIZE)(LPVOID lpMapiInit);
typedef MAPIINITIALIZE *LPMAPIINITIALIZE;
MAPIINITIALIZE MAPIInitialize;

typedef void (WINAPI MAPIUNINITIALIZE)(void);
typedef MAPIUNINITIALIZE *LPMAPIUNINITIALIZE;
MAPIUNINITIALIZE MAPIUninitialize;

/* The session is the caller's to log off and release. */
typedef HRESULT (WINAPI MAPILOGONEX)(ULONG_PTR ulUIParam, LPTSTR lpszProfileName,
                                     LPTSTR lpszPassword, ULONG ulFlags,
                                     LPMAPISESSION *lppSession);
typedef MAPILOGONEX *LPMAPILOGONEX;
MAPILOGONEX MAPILogonEx;

/* MAPIAllocateMore ties its block to lpObject, which MAPIAllocateBuffer made: freeing that one
 * frees all of them, and nothing else may. */
typedef SCODE (WINAPI MAPIALLOCATEBUFFER)(ULONG cbSize, LPVOID *lppBuffer);
typedef MAPIALLOCATEBUFFER *LPMAPIALLOCATEBUFFER;
MAPIALLOCATEBUFFER MAPIAllocateBuffer;

typedef SCODE (WINAPI MAPIALLOCATEMORE)(ULONG cbSize, LPVOID lpObject, LPVOID *lppBuffer);
typedef MAPIALLOCATEMORE *LPMAPIALLOCATEMORE;
MAPIALLOCATEMORE MAPIAllocateMore;

#ifndef MAPIFREEBUFFER_DEFINED
#define MAPIFREEBUFFER_DEFINED
typedef ULONG (WINAPI MAPIFREEBUFFER)(LPVOID lpBuffer);
typedef MAPIFREEBUFFER *LPMAPIFREEBUFFER;
MAPIFREEBUFFER MAPIFreeBuffer;
#endif

/* Not in every mapi32.dll: look it up. */
SCODE WINAPI MAPIReallocateBuffer(LPVOID lpv, ULONG ulSize, LPVOID *lppv);

typedef HRESULT (WINAPI MAPIADMINPROFILES)(ULONG ulFlags, LPPROFADMIN *lppProfAdmin);
typedef MAPIADMINPROFILES *LPMAPIADMINPROFILES;
MAPIADMINPROFILES MAPIAdminProfiles;

/* The session behind a handle of MAPILogon, mapi.h */
SCODE WINAPI ScMAPIXFromSMAPI(LHANDLE lhSimpleSession, ULONG ulFlags, LPCIID lpInterface,
                              LPMAPISESSION *lppMAPISession);

/* IMAPISession::Logoff */
#define MAPI_LOGOFF_SHARED 0x00000001
#define MAPI_LOGOFF_UI     0x00000002

/* IMAPISession::SetDefaultStore: one of them, not bits */
#define MAPI_DEFAULT_STORE          0x00000001
#define MAPI_SIMPLE_STORE_TEMPORARY 0x00000002
#define MAPI_SIMPLE_STORE_PERMANENT 0x00000003
#define MAPI_PRIMARY_STORE          0x00000004
#define MAPI_SECONDARY_STORE        0x00000005

/* IMAPISession::ShowForm */
#define MAPI_POST_MESSAGE 0x00000001
#define MAPI_NEW_MESSAGE  0x00000002

/* IMAPISession::OpenProfileSection and others: open a section that belongs to a provider */
#define MAPI_FORCE_ACCESS 0x00080000

/* IProfAdmin::CreateProfile */
#define MAPI_DEFAULT_SERVICES 0x00000001

/* PR_RESOURCE_FLAGS of a message service */
#define SERVICE_DEFAULT_STORE       0x00000001
#define SERVICE_SINGLE_COPY         0x00000002
#define SERVICE_CREATE_WITH_STORE   0x00000004
#define SERVICE_PRIMARY_IDENTITY    0x00000008
#define SERVICE_NO_PRIMARY_IDENTITY 0x00000020

/* IMsgServiceAdmin::CreateMsgService */
#define SERVICE_NO_RESTART_WARNING  0x00000080

#ifdef __cplusplus
}
#endif

#endif /* MAPIX_H */
