/*
 * Later additions to MAPI: constants and property tags that came with Outlook
 *
 * IMsgServiceAdmin2 is in mapiclient.idl, its identifier and IID_IMessageRaw in mapiguid.h.
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

#ifndef MAPIAUX_H
#define MAPIAUX_H

#include <mapix.h>

/* MAPILogonEx */
#define MAPI_BG_SESSION 0x00200000

/* SaveChanges, CreateMessage */
#define SPAMFILTER_ONSAVE                     ((ULONG)0x00000080)
#define ITEMPROC_FORCE                        ((ULONG)0x00000800)
#define NON_EMS_XP_SAVE                       ((ULONG)0x00001000)

/* OpenMsgStore */
#define MDB_ONLINE        ((ULONG)0x00000100)

/* PR_STORE_SUPPORT_MASK */
#define STORE_HTML_OK                        ((ULONG)0x00010000)
#define STORE_UNICODE_OK                     ((ULONG)0x00040000)
#define STORE_ITEMPROC                       ((ULONG)0x00200000)

/* OpenEntry, ResolveNames and others: which copy a provider with a cache uses */
#define MAPI_NO_CACHE                       ((ULONG)0x00000200)
#define MAPI_CACHE_ONLY                     ((ULONG)0x00004000)
/* IAddrBook::OpenEntry */
#define MAPI_GAL_ONLY     ((ULONG)0x00000080)

/* PR_AGING_GRANULARITY */
#define AG_MONTHS    0
#define AG_WEEKS     1
#define AG_DAYS      2
#define NUM_AG_TYPES 3

/* PR_DISPLAY_TYPE_EX: the type in the local forest in the low byte, the remote one above it */
#define DTE_FLAG_REMOTE_VALID 0x80000000
#define DTE_FLAG_ACL_CAPABLE  0x40000000
#define DTE_MASK_REMOTE       0x0000ff00
#define DTE_MASK_LOCAL        0x000000ff

#define DTE_IS_REMOTE_VALID(v) (!!((v) & DTE_FLAG_REMOTE_VALID))
#define DTE_IS_ACL_CAPABLE(v)  (!!((v) & DTE_FLAG_ACL_CAPABLE))
#define DTE_REMOTE(v)          (((v) & DTE_MASK_REMOTE) >> 8)
#define DTE_LOCAL(v)           ((v) & DTE_MASK_LOCAL)

#define DT_ROOM                             ((ULONG)0x00000007)
#define DT_EQUIPMENT                        ((ULONG)0x00000008)
#define DT_SEC_DISTLIST                     ((ULONG)0x00000009)

/* PR_MSG_EDITOR_FORMAT */
#define EDITOR_FORMAT_DONTKNOW             ((ULONG)0)
#define EDITOR_FORMAT_PLAINTEXT            ((ULONG)1)
#define EDITOR_FORMAT_HTML                 ((ULONG)2)
#define EDITOR_FORMAT_RTF                  ((ULONG)3)

/* PR_ROH_FLAGS, PR_ROH_PROXY_AUTH_SCHEME */
#define ROHFLAGS_USE_ROH            0x1
#define ROHFLAGS_SSL_ONLY           0x2
#define ROHFLAGS_MUTUAL_AUTH        0x4
#define ROHFLAGS_HTTP_FIRST_ON_FAST 0x8
#define ROHFLAGS_HTTP_FIRST_ON_SLOW 0x20
#define ROHAUTH_BASIC 0x1
#define ROHAUTH_NTLM  0x2

#define PR_ATTACH_CONTENT_ID     PROP_TAG(PT_TSTRING, 0x3712)
#define PR_ATTACH_CONTENT_ID_W   PROP_TAG(PT_UNICODE, 0x3712)
#define PR_ATTACH_CONTENT_ID_A   PROP_TAG(PT_STRING8, 0x3712)
#define PR_DISPLAY_TYPE_EX       PROP_TAG(PT_LONG, 0x3905)
#define PR_MSG_EDITOR_FORMAT     PROP_TAG(PT_LONG, 0x5909)
#define PR_ROH_FLAGS             PROP_TAG(PT_LONG, 0x6623)
#define PR_ROH_PROXY_AUTH_SCHEME PROP_TAG(PT_LONG, 0x6627)

/* Of a message service, documented as PidTagServiceInstallId */
#define PR_SERVICE_INSTALL_ID    PROP_TAG(PT_TSTRING, 0x3D13)
#define PR_SERVICE_INSTALL_ID_W  PROP_TAG(PT_UNICODE, 0x3D13)
#define PR_SERVICE_INSTALL_ID_A  PROP_TAG(PT_STRING8, 0x3D13)

#endif /* MAPIAUX_H */
