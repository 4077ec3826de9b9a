/*
 * MAPI forms: form manager, form registries, viewers and form servers
 *
 * Interfaces are in mapiforms.idl. Message classes are 8-bit strings always.
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

#ifndef MAPIFORM_H
#define MAPIFORM_H

#include <mapix.h>

typedef const RECT *LPCRECT;
typedef const char **LPPCSTR;

/* Form registries; values below 0x4000 are reserved */
typedef ULONG HFRMREG;

#define HFRMREG_DEFAULT  0
#define HFRMREG_LOCAL    1
#define HFRMREG_PERSONAL 2
#define HFRMREG_FOLDER   3

/* IMAPIForm::ShutdownForm */
typedef enum tagSAVEOPTS
{
    SAVEOPTS_SAVEIFDIRTY = 0,
    SAVEOPTS_NOSAVE      = 1,
    SAVEOPTS_PROMPTSAVE  = 2
} SAVEOPTS;

/* IMAPIViewContext::GetPrintSetup */
typedef struct
{
    ULONG   ulFlags;            /* 0 or MAPI_UNICODE */
    HGLOBAL hDevMode;
    HGLOBAL hDevNames;
    ULONG   ulFirstPageNumber;
    ULONG   fPrintAttachments;
} FORMPRINTSETUP, *LPFORMPRINTSETUP;

/* IMAPIViewContext::GetSaveStream */
#define SAVE_FORMAT_TEXT     1
#define SAVE_FORMAT_RICHTEXT 2

/* GetViewStatus, GetSiteStatus, OnChange, ActivateNext */
#define VCSTATUS_NEXT           0x00000001
#define VCSTATUS_PREV           0x00000002
#define VCSTATUS_MODAL          0x00000004
#define VCSTATUS_INTERACTIVE    0x00000008
#define VCSTATUS_READONLY       0x00000010
#define VCSTATUS_DELETE         0x00010000
#define VCSTATUS_COPY           0x00020000
#define VCSTATUS_MOVE           0x00040000
#define VCSTATUS_SUBMIT         0x00080000
#define VCSTATUS_DELETE_IS_MOVE 0x00100000
#define VCSTATUS_SAVE           0x00200000
#define VCSTATUS_NEW_MESSAGE    0x00400000

#define VCDIR_NEXT   VCSTATUS_NEXT
#define VCDIR_PREV   VCSTATUS_PREV
#define VCDIR_DELETE VCSTATUS_DELETE
#define VCDIR_MOVE   VCSTATUS_MOVE

/* The properties a form uses, CalcFormPropSet */
typedef struct
{
    LPTSTR pszDisplayName;
    ULONG  nVal;
} SMAPIFormPropEnumVal, *LPMAPIFORMPROPENUMVAL;

typedef ULONG FORMPROPSPECIALTYPE;

#define FPST_VANILLA   0
#define FPST_ENUM_PROP 1

typedef struct
{
    ULONG               ulFlags;    /* 0 or MAPI_UNICODE */
    ULONG               nPropType;
    MAPINAMEID          nmid;
    LPTSTR              pszDisplayName;
    FORMPROPSPECIALTYPE nSpecialType;
    union
    {
        struct                      /* FPST_ENUM_PROP */
        {
            MAPINAMEID            nmidIdx;
            ULONG                 cfpevAvailable;
            LPMAPIFORMPROPENUMVAL pfpevAvailable;
        } s1;
    } u;
} SMAPIFormProp, *LPMAPIFORMPROP;

typedef struct
{
    ULONG         cProps;
    ULONG         ulPad;
    SMAPIFormProp aFormProp[MAPI_DIM];
} SMAPIFormPropArray, *LPMAPIFORMPROPARRAY;

#define CbMAPIFormPropArray(count) \
    (offsetof(SMAPIFormPropArray, aFormProp) + (count) * sizeof(SMAPIFormProp))

/* CalcFormPropSet of several forms */
#define FORMPROPSET_UNION        0
#define FORMPROPSET_INTERSECTION 1

/* The verbs of a form, CalcVerbSet */
typedef struct
{
    LONG   lVerb;
    LPTSTR szVerbname;
    DWORD  fuFlags;
    DWORD  grfAttribs;
    ULONG  ulFlags;                 /* 0 or MAPI_UNICODE */
} SMAPIVerb, *LPMAPIVERB;

typedef struct
{
    ULONG     cMAPIVerb;
    SMAPIVerb aMAPIVerb[MAPI_DIM];
} SMAPIVerbArray, *LPMAPIVERBARRAY;

#define CbMAPIVerbArray(count) \
    (offsetof(SMAPIVerbArray, aMAPIVerb) + (count) * sizeof(SMAPIVerb))

/* Lists of message classes and of forms */
typedef struct
{
    ULONG  cValues;
    LPCSTR aMessageClass[MAPI_DIM];
} SMessageClassArray, *LPSMESSAGECLASSARRAY;

#define CbMessageClassArray(count) \
    (offsetof(SMessageClassArray, aMessageClass) + (count) * sizeof(LPCSTR))

typedef struct
{
    ULONG                 cForms;
    struct IMAPIFormInfo *aFormInfo[MAPI_DIM];
} SMAPIFormInfoArray, *LPSMAPIFORMINFOARRAY;

#define CbMAPIFormInfoArray(count) \
    (offsetof(SMAPIFormInfoArray, aFormInfo) + (count) * sizeof(struct IMAPIFormInfo *))

/* PR_FORM_MESSAGE_BEHAVIOR */
#define MAPI_MESSAGE_BEHAVIOR_IPM    0
#define MAPI_MESSAGE_BEHAVIOR_FOLDER 1

/* SelectFormContainer */
#define MAPIFORM_SELECT_ALL_REGISTRIES           0
#define MAPIFORM_SELECT_FOLDER_REGISTRY_ONLY     1
#define MAPIFORM_SELECT_NON_FOLDER_REGISTRY_ONLY 2

/* LoadForm, ResolveMessageClass and others */
#define MAPIFORM_EXACTMATCH 0x0020

/* InstallForm */
#define MAPIFORM_INSTALL_DIALOG              MAPI_DIALOG
#define MAPIFORM_INSTALL_OVERWRITEONCONFLICT 0x0010

/* Platforms in a form's configuration file */
#define MAPIFORM_CPU_X86   1
#define MAPIFORM_CPU_MIP   2
#define MAPIFORM_CPU_AXP   3
#define MAPIFORM_CPU_PPC   4
#define MAPIFORM_CPU_M68   5
#define MAPIFORM_CPU_X64   6
#define MAPIFORM_OS_WIN_31     1
#define MAPIFORM_OS_WINNT_35   2
#define MAPIFORM_OS_WIN_95     3
#define MAPIFORM_OS_MAC_7x     4
#define MAPIFORM_OS_WINNT_40   5
#define MAPIFORM_OS_WINNT_50   6
#define MAPIFORM_OS_WINNT_60   7

#define MAPIFORM_PLATFORM(cpu, os) ((ULONG)((((ULONG)(cpu)) << 16) | (os)))

#include <mapiforms.h>

typedef LPMAPIFORMINFO *LPPMAPIFORMINFO;

#ifdef __cplusplus
extern "C" {
#endif

HRESULT WINAPI MAPIOpenFormMgr(LPMAPISESSION pSession, LPMAPIFORMMGR *ppmgr);
HRESULT WINAPI MAPIOpenLocalFormContainer(LPMAPIFORMCONTAINER *ppfcnt);

#ifdef __cplusplus
}
#endif

#endif /* MAPIFORM_H */
