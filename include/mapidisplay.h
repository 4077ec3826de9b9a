/*
 * MAPI's address book dialogs and display tables
 *
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

#ifndef MAPIDISPLAY_H
#define MAPIDISPLAY_H

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Address book dialogs
 */

/* IAddrBook::Address; the structure's version is in the top four bits of the flags. */
#define GET_ADRPARM_VERSION(flags)          (((ULONG)(flags)) & 0xF0000000)
#define SET_ADRPARM_VERSION(flags, version) (((ULONG)(version)) | (((ULONG)(flags)) & 0x0FFFFFFF))
#define ADRPARM_HELP_CTX ((ULONG)0x00000000)

#define DIALOG_MODAL   ((ULONG)0x00000001)
#define DIALOG_SDI     ((ULONG)0x00000002)
#define DIALOG_OPTIONS ((ULONG)0x00000004)
#define ADDRESS_ONE    ((ULONG)0x00000008)
#define AB_SELECTONLY  ((ULONG)0x00000010)
#define AB_RESOLVE     ((ULONG)0x00000020)

typedef BOOL (WINAPI ACCELERATEABSDI)(ULONG_PTR ulUIParam, LPVOID lpvmsg);
typedef ACCELERATEABSDI *LPFNABSDI;
typedef void (WINAPI DISMISSMODELESS)(ULONG_PTR ulUIParam, LPVOID lpvContext);
typedef DISMISSMODELESS *LPFNDISMISS;
typedef SCODE (WINAPI *LPFNBUTTON)(ULONG_PTR ulUIParam, LPVOID lpvContext, ULONG cbEntryID,
                                   LPENTRYID lpSelection, ULONG ulFlags);

typedef struct _ADRPARM
{
    ULONG          cbABContEntryID;
    LPENTRYID      lpABContEntryID;
    ULONG          ulFlags;
    LPVOID         lpReserved;
    ULONG          ulHelpContext;
    LPTSTR         lpszHelpFileName;
    LPFNABSDI      lpfnABSDI;
    LPFNDISMISS    lpfnDismiss;
    LPVOID         lpvDismissContext;
    LPTSTR         lpszCaption;
    LPTSTR         lpszNewEntryTitle;
    LPTSTR         lpszDestWellsTitle;
    ULONG          cDestFields;
    ULONG          nDestFieldFocus;
    LPTSTR        *lppszDestTitles;
    ULONG         *lpulDestComps;
    LPSRestriction lpContRestriction;
    LPSRestriction lpHierRestriction;
} ADRPARM, *LPADRPARM;

/*
 * Display tables. A control's text follows the structure, at the byte offset that the ulb...
 * member says.
 */

/* IMAPIControl::GetState */
#define MAPI_ENABLED  ((ULONG)0x00000000)
#define MAPI_DISABLED ((ULONG)0x00000001)

/* PR_CONTROL_FLAGS */
#define DT_MULTILINE     ((ULONG)0x00000001)
#define DT_EDITABLE      ((ULONG)0x00000002)
#define DT_REQUIRED      ((ULONG)0x00000004)
#define DT_SET_IMMEDIATE ((ULONG)0x00000008)
#define DT_PASSWORD_EDIT ((ULONG)0x00000010)
#define DT_ACCEPT_DBCS   ((ULONG)0x00000020)
#define DT_SET_SELECTION ((ULONG)0x00000040)

/* PR_CONTROL_TYPE */
#define DTCT_LABEL       ((ULONG)0x00000000)
#define DTCT_EDIT        ((ULONG)0x00000001)
#define DTCT_LBX         ((ULONG)0x00000002)
#define DTCT_COMBOBOX    ((ULONG)0x00000003)
#define DTCT_DDLBX       ((ULONG)0x00000004)
#define DTCT_CHECKBOX    ((ULONG)0x00000005)
#define DTCT_GROUPBOX    ((ULONG)0x00000006)
#define DTCT_BUTTON      ((ULONG)0x00000007)
#define DTCT_PAGE        ((ULONG)0x00000008)
#define DTCT_RADIOBUTTON ((ULONG)0x00000009)
#define DTCT_MVLISTBOX   ((ULONG)0x0000000B)
#define DTCT_MVDDLBX     ((ULONG)0x0000000C)

/* ulFlags of a list box */
#define MAPI_NO_HBAR ((ULONG)0x00000001)
#define MAPI_NO_VBAR ((ULONG)0x00000002)

typedef struct _DTBLLABEL
{
    ULONG ulbLpszLabelName;
    ULONG ulFlags;
} DTBLLABEL, *LPDTBLLABEL;

typedef struct _DTBLEDIT
{
    ULONG ulbLpszCharsAllowed;
    ULONG ulFlags;
    ULONG ulNumCharsAllowed;
    ULONG ulPropTag;
} DTBLEDIT, *LPDTBLEDIT;

typedef struct _DTBLLBX
{
    ULONG ulFlags;
    ULONG ulPRSetProperty;
    ULONG ulPRTableName;
} DTBLLBX, *LPDTBLLBX;

typedef struct _DTBLCOMBOBOX
{
    ULONG ulbLpszCharsAllowed;
    ULONG ulFlags;
    ULONG ulNumCharsAllowed;
    ULONG ulPRPropertyName;
    ULONG ulPRTableName;
} DTBLCOMBOBOX, *LPDTBLCOMBOBOX;

typedef struct _DTBLDDLBX
{
    ULONG ulFlags;
    ULONG ulPRDisplayProperty;
    ULONG ulPRSetProperty;
    ULONG ulPRTableName;
} DTBLDDLBX, *LPDTBLDDLBX;

typedef struct _DTBLCHECKBOX
{
    ULONG ulbLpszLabel;
    ULONG ulFlags;
    ULONG ulPRPropertyName;
} DTBLCHECKBOX, *LPDTBLCHECKBOX;

typedef struct _DTBLGROUPBOX
{
    ULONG ulbLpszLabel;
    ULONG ulFlags;
} DTBLGROUPBOX, *LPDTBLGROUPBOX;

typedef struct _DTBLBUTTON
{
    ULONG ulbLpszLabel;
    ULONG ulFlags;
    ULONG ulPRControl;
} DTBLBUTTON, *LPDTBLBUTTON;

typedef struct _DTBLPAGE
{
    ULONG ulbLpszLabel;
    ULONG ulFlags;
    ULONG ulbLpszComponent;
    ULONG ulContext;
} DTBLPAGE, *LPDTBLPAGE;

typedef struct _DTBLRADIOBUTTON
{
    ULONG ulbLpszLabel;
    ULONG ulFlags;
    ULONG ulcButtons;
    ULONG ulPropTag;
    LONG  lReturnValue;
} DTBLRADIOBUTTON, *LPDTBLRADIOBUTTON;

typedef struct _DTBLMVLISTBOX
{
    ULONG ulFlags;
    ULONG ulMVPropTag;
} DTBLMVLISTBOX, *LPDTBLMVLISTBOX;

typedef struct _DTBLMVDDLBX
{
    ULONG ulFlags;
    ULONG ulMVPropTag;
} DTBLMVDDLBX, *LPDTBLMVDDLBX;

#define SizedDtblLabel(n, name) \
    struct _DTBLLABEL_ ## name { DTBLLABEL dtbllabel; TCHAR lpszLabelName[n]; } name
#define SizedDtblEdit(n, name) \
    struct _DTBLEDIT_ ## name { DTBLEDIT dtbledit; TCHAR lpszCharsAllowed[n]; } name
#define SizedDtblComboBox(n, name) \
    struct _DTBLCOMBOBOX_ ## name { DTBLCOMBOBOX dtblcombobox; TCHAR lpszCharsAllowed[n]; } name
#define SizedDtblCheckBox(n, name) \
    struct _DTBLCHECKBOX_ ## name { DTBLCHECKBOX dtblcheckbox; TCHAR lpszLabel[n]; } name
#define SizedDtblGroupBox(n, name) \
    struct _DTBLGROUPBOX_ ## name { DTBLGROUPBOX dtblgroupbox; TCHAR lpszLabel[n]; } name
#define SizedDtblButton(n, name) \
    struct _DTBLBUTTON_ ## name { DTBLBUTTON dtblbutton; TCHAR lpszLabel[n]; } name
#define SizedDtblPage(n, n1, name) \
    struct _DTBLPAGE_ ## name \
    { DTBLPAGE dtblpage; TCHAR lpszLabel[n]; TCHAR lpszComponent[n1]; } name
#define SizedDtblRadioButton(n, name) \
    struct _DTBLRADIOBUTTON_ ## name { DTBLRADIOBUTTON dtblradiobutton; TCHAR lpszLabel[n]; } name

#ifdef __cplusplus
}
#endif

#endif /* MAPIDISPLAY_H */
