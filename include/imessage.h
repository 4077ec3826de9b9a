/*
 * MAPI messages on OLE structured storage
 *
 * A message is opened within a message session or by itself. IMessage and its attachments keep
 * the storage open; closing the session closes the messages opened within it.
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

#ifndef _IMESSAGE_H_
#define _IMESSAGE_H_

#include <mapidefs.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct _MSGSESS *LPMSGSESS;

/* Called when the message has been released for good */
typedef void (WINAPI MSGCALLRELEASE)(ULONG ulCallerData, LPMESSAGE lpMessage);

SCODE WINAPI OpenIMsgSession(LPMALLOC lpMalloc, ULONG ulFlags, LPMSGSESS *lppMsgSess);
void WINAPI CloseIMsgSession(LPMSGSESS lpMsgSess);

/* OpenIMsgOnIStg */
#define IMSG_NO_ISTG_COMMIT ((ULONG)0x00000001)

SCODE WINAPI OpenIMsgOnIStg(LPMSGSESS lpMsgSess, LPALLOCATEBUFFER lpAllocateBuffer,
                            LPALLOCATEMORE lpAllocateMore, LPFREEBUFFER lpFreeBuffer,
                            LPMALLOC lpMalloc, LPVOID lpMapiSup, LPSTORAGE lpStg,
                            MSGCALLRELEASE *lpfMsgCallRelease, ULONG ulCallerData,
                            ULONG ulFlags, LPMESSAGE *lppMsg);

/* Attributes of a property */
#define PROPATTR_MANDATORY   ((ULONG)0x00000001)
#define PROPATTR_READABLE    ((ULONG)0x00000002)
#define PROPATTR_WRITEABLE   ((ULONG)0x00000004)
#define PROPATTR_NOT_PRESENT ((ULONG)0x00000008)

typedef struct _SPropAttrArray
{
    ULONG cValues;
    ULONG aPropAttr[MAPI_DIM];
} SPropAttrArray, *LPSPropAttrArray;

#define CbNewSPropAttrArray(count) (offsetof(SPropAttrArray, aPropAttr) + (count) * sizeof(ULONG))
#define CbSPropAttrArray(array)    CbNewSPropAttrArray((UINT)(array)->cValues)
#define SizedSPropAttrArray(count, name) \
    struct _SPropAttrArray_ ## name { ULONG cValues; ULONG aPropAttr[count]; } name

HRESULT WINAPI GetAttribIMsgOnIStg(LPVOID lpObject, LPSPropTagArray lpPropTagArray,
                                   LPSPropAttrArray *lppPropAttrArray);
HRESULT WINAPI SetAttribIMsgOnIStg(LPVOID lpObject, LPSPropTagArray lpPropTags,
                                   LPSPropAttrArray lpPropAttrs,
                                   LPSPropProblemArray *lppPropProblems);

/* The MAPI error that a storage error becomes */
SCODE WINAPI MapStorageSCode(SCODE StgSCode);

#ifdef __cplusplus
}
#endif

#endif /* _IMESSAGE_H_ */
