/*
 * The profile wizard: its entry point and those of message services that have pages in it
 *
 * A message service names its entry point in the WIZARD_ENTRY_NAME of its section in MapiSvc.inf.
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

#ifndef _MAPIWZ_H
#define _MAPIWZ_H

#include <mapidefs.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Messages to a page: how many pages there are, and that the user goes on or back */
#define WIZ_QUERYNUMPAGES (WM_USER + 10)
#define WIZ_NEXT          (WM_USER + 11)
#define WIZ_PREV          (WM_USER + 12)

/* LAUNCHWIZARDENTRY */
#define MAPI_PW_FIRST_PROFILE      0x00000001
#define MAPI_PW_LAUNCHED_BY_CONFIG 0x00000002
#define MAPI_PW_ADD_SERVICE_ONLY   0x00000004
#define MAPI_PW_PROVIDER_UI_ONLY   0x00000008
#define MAPI_PW_HIDE_SERVICES_LIST 0x00000010
/* Of wine-mapi alone: lpszNewProfileName names, on entry, the profile to add to. */
#define MAPI_PW_ADD_TO_PROFILE     0x00010000

#define PR_WIZARD_NO_PST_PAGE PROP_TAG(PT_BOOLEAN, 0x6700)
#define PR_WIZARD_NO_PAB_PAGE PROP_TAG(PT_BOOLEAN, 0x6701)

#define LAUNCHWIZARDENTRYNAME "LAUNCHWIZARD"

typedef HRESULT (WINAPI LAUNCHWIZARDENTRY)(HWND hParentWnd, ULONG ulFlags,
                                           LPCTSTR *lppszServiceNameToAdd, ULONG cbBufferMax,
                                           LPTSTR lpszNewProfileName);
typedef LAUNCHWIZARDENTRY *LPLAUNCHWIZARDENTRY;

/* As this mapi32.dll exports it: text is ANSI, or UTF-16 with MAPI_UNICODE. */
LAUNCHWIZARDENTRY LaunchWizard;

/* Dialog procedure of a service's pages */
typedef BOOL (WINAPI SERVICEWIZARDDLGPROC)(HWND hDlg, UINT wMsgID, WPARAM wParam, LPARAM lParam);
typedef SERVICEWIZARDDLGPROC *LPSERVICEWIZARDDLGPROC;

/* Tells the wizard the dialog template and procedure of the service's pages */
typedef ULONG (WINAPI WIZARDENTRY)(HINSTANCE hProviderDLLInstance, LPTSTR *lppcsResourceName,
                                   DLGPROC *lppDlgProc, LPMAPIPROP lpMapiProp,
                                   LPVOID lpMapiSupportObject);
typedef WIZARDENTRY *LPWIZARDENTRY;

#ifdef __cplusplus
}
#endif

#endif /* _MAPIWZ_H */
