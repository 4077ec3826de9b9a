/*
 * Transport-neutral encapsulation of messages
 *
 * ITnef is in mapitnef.idl. The second half describes the format of the stream itself.
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

#ifndef TNEF_H
#define TNEF_H

#include <mapix.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What went wrong with some attributes */
typedef struct _STnefProblem
{
    ULONG ulComponent;
    ULONG ulAttribute;
    ULONG ulPropTag;
    SCODE scode;
} STnefProblem;

typedef struct _STnefProblemArray
{
    ULONG        cProblem;
    STnefProblem aProblem[MAPI_DIM];
} STnefProblemArray, *LPSTnefProblemArray;

#define CbNewSTnefProblemArray(count) \
    (offsetof(STnefProblemArray, aProblem) + (count) * sizeof(STnefProblem))
#define CbSTnefProblemArray(array) CbNewSTnefProblemArray((UINT)(array)->cProblem)

/* OpenTnefStream */
#define TNEF_DECODE             ((ULONG)0)
#define TNEF_ENCODE             ((ULONG)2)
#define TNEF_PURE               ((ULONG)0x00010000)
#define TNEF_COMPATIBILITY      ((ULONG)0x00020000)
#define TNEF_BEST_DATA          ((ULONG)0x00040000)
#define TNEF_COMPONENT_ENCODING ((ULONG)0x80000000)

/* AddProps, ExtractProps, SetProps */
#define TNEF_PROP_INCLUDE          ((ULONG)0x00000001)
#define TNEF_PROP_EXCLUDE          ((ULONG)0x00000002)
#define TNEF_PROP_CONTAINED        ((ULONG)0x00000004)
#define TNEF_PROP_MESSAGE_ONLY     ((ULONG)0x00000008)
#define TNEF_PROP_ATTACHMENTS_ONLY ((ULONG)0x00000010)
#define TNEF_PROP_CONTAINED_TNEF   ((ULONG)0x00000040)

/* FinishComponent */
#define TNEF_COMPONENT_MESSAGE    ((ULONG)0x00001000)
#define TNEF_COMPONENT_ATTACHMENT ((ULONG)0x00002000)

#ifdef __cplusplus
}
#endif

#include <mapitnef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The stream name is 8-bit whatever LPTSTR is. */
typedef HRESULT (WINAPI *LPOPENTNEFSTREAM)(LPVOID lpvSupport, LPSTREAM lpStream,
                                           LPTSTR lpszStreamName, ULONG ulFlags,
                                           LPMESSAGE lpMessage, WORD wKeyVal, LPITNEF *lppTNEF);
typedef HRESULT (WINAPI *LPOPENTNEFSTREAMEX)(LPVOID lpvSupport, LPSTREAM lpStream,
                                             LPTSTR lpszStreamName, ULONG ulFlags,
                                             LPMESSAGE lpMessage, WORD wKeyVal,
                                             LPADRBOOK lpAdressBook, LPITNEF *lppTNEF);
typedef HRESULT (WINAPI *LPGETTNEFSTREAMCODEPAGE)(LPSTREAM lpStream, ULONG *lpulCodepage,
                                                  ULONG *lpulSubCodepage);

HRESULT WINAPI OpenTnefStream(LPVOID lpvSupport, LPSTREAM lpStream, LPTSTR lpszStreamName,
                              ULONG ulFlags, LPMESSAGE lpMessage, WORD wKeyVal,
                              LPITNEF *lppTNEF);
HRESULT WINAPI OpenTnefStreamEx(LPVOID lpvSupport, LPSTREAM lpStream, LPTSTR lpszStreamName,
                                ULONG ulFlags, LPMESSAGE lpMessage, WORD wKeyVal,
                                LPADRBOOK lpAdressBook, LPITNEF *lppTNEF);
HRESULT WINAPI GetTnefStreamCodepage(LPSTREAM lpStream, ULONG *lpulCodepage,
                                     ULONG *lpulSubCodepage);

/* Names for GetProcAddress; the third is spelled so in the published header, unlike the export */
#define OPENTNEFSTREAM        "OpenTnefStream"
#define OPENTNEFSTREAMEX      "OpenTnefStreamEx"
#define GETTNEFSTREAMCODEPAGE "GetTnefStreamCodePage"

/*
 * The stream: signature, key, then attributes, each with level, identifier, length, data and
 * checksum
 */

#define TNEF_SIGNATURE ((ULONG)0x223E9F78)
#define MAKE_TNEF_VERSION(major, minor) \
    (((ULONG)(0x0000FFFF & (major)) << 16) | (ULONG)(0x0000FFFF & (minor)))
#define TNEF_VERSION ((ULONG)MAKE_TNEF_VERSION(1, 0))

/* Attachments: attAttachRenddata */
typedef WORD ATYP;

enum { atypNull, atypFile, atypOle, atypPicture, atypMax };

#define MAC_BINARY ((DWORD)0x00000001)

#pragma pack(push, 1)
typedef struct _renddata
{
    ATYP  atyp;
    ULONG ulPosition;
    WORD  dxWidth;
    WORD  dyHeight;
    DWORD dwFlags;
} RENDDATA, *PRENDDATA;

/* Dates */
typedef struct _dtr
{
    WORD wYear;
    WORD wMonth;
    WORD wDay;
    WORD wHour;
    WORD wMinute;
    WORD wSecond;
    WORD wDayOfWeek;
} DTR;
#pragma pack(pop)

/* attMessageStatus */
#define fmsNull      ((BYTE)0x00)
#define fmsModified  ((BYTE)0x01)
#define fmsLocal     ((BYTE)0x02)
#define fmsSubmitted ((BYTE)0x04)
#define fmsRead      ((BYTE)0x20)
#define fmsHasAttach ((BYTE)0x80)

/* attFrom and others: a recipient, name and address following the structure */
#define trpidNull                 ((WORD)0x0000)
#define trpidUnresolved           ((WORD)0x0001)
#define trpidResolvedNSID         ((WORD)0x0002)
#define trpidResolvedAddress      ((WORD)0x0003)
#define trpidOneOff               ((WORD)0x0004)
#define trpidGroupNSID            ((WORD)0x0005)
#define trpidOffline              ((WORD)0x0006)
#define trpidIgnore               ((WORD)0x0007)
#define trpidClassEntry           ((WORD)0x0008)
#define trpidResolvedGroupAddress ((WORD)0x0009)

typedef struct _trp
{
    WORD trpid;
    WORD cbgrtrp;
    WORD cch;
    WORD cbRgb;
} TRP, *PTRP, *PGRTRP, *LPTRP;

#define CbOfTrp(p)   (sizeof(TRP) + (p)->cch + (p)->cbRgb)
#define LpszOfTrp(p) ((LPSTR)(((LPTRP)(p)) + 1))
#define LpbOfTrp(p)  (((LPBYTE)(((LPTRP)(p)) + 1)) + (p)->cch)
#define LptrpNext(p) ((LPTRP)((LPBYTE)(p) + CbOfTrp(p)))

/* Addresses of Microsoft Mail */
typedef DWORD XTYPE;

#define xtypeUnknown  ((XTYPE)0)
#define xtypeInternet ((XTYPE)6)

#define cbDisplayName 41
#define cbEmailName   11
#define cbSeverName   12

typedef struct _ADDR_ALIAS
{
    char  rgchName[cbDisplayName];
    char  rgchEName[cbEmailName];
    char  rgchSrvr[cbSeverName];
    ULONG dibDetail;
    WORD  type;
} ADDRALIAS, *LPADDRALIAS;

#define cbALIAS sizeof(ALIAS)

#define cbTYPE      16
#define cbMaxIdData 200

typedef struct _NSID
{
    DWORD         dwSize;
    unsigned char uchType[cbTYPE];
    XTYPE         xtype;
    LONG          lTime;
    union
    {
        ADDRALIAS alias;
        char      rgchInterNet[1];
    } address;
} NSID, *LPNSID;

#define cbNSID sizeof(NSID)

/* attPriority */
#define prioLow  3
#define prioNorm 2
#define prioHigh 1

/* Types of attributes */
#define atpTriples ((WORD)0x0000)
#define atpString  ((WORD)0x0001)
#define atpText    ((WORD)0x0002)
#define atpDate    ((WORD)0x0003)
#define atpShort   ((WORD)0x0004)
#define atpLong    ((WORD)0x0005)
#define atpByte    ((WORD)0x0006)
#define atpWord    ((WORD)0x0007)
#define atpDword   ((WORD)0x0008)
#define atpMax     ((WORD)0x0009)

/* Levels of attributes */
#define LVL_MESSAGE    ((BYTE)0x01)
#define LVL_ATTACHMENT ((BYTE)0x02)

#define ATT_ID(att)   ((WORD)((att) & 0x0000FFFF))
#define ATT_TYPE(att) ((WORD)(((att) >> 16) & 0x0000FFFF))
#define ATT(atp, id)  ((((DWORD)(atp)) << 16) | ((WORD)(id)))

#define attNull                    ATT(0,0x0000)
#define attFrom                    ATT(atpTriples,0x8000)
#define attSubject                 ATT(atpString,0x8004)
#define attDateSent                ATT(atpDate,0x8005)
#define attDateRecd                ATT(atpDate,0x8006)
#define attMessageStatus           ATT(atpByte,0x8007)
#define attMessageClass            ATT(atpWord,0x8008)
#define attMessageID               ATT(atpString,0x8009)
#define attParentID                ATT(atpString,0x800A)
#define attConversationID          ATT(atpString,0x800B)
#define attBody                    ATT(atpText,0x800C)
#define attPriority                ATT(atpShort,0x800D)
#define attAttachData              ATT(atpByte,0x800F)
#define attAttachTitle             ATT(atpString,0x8010)
#define attAttachMetaFile          ATT(atpByte,0x8011)
#define attAttachCreateDate        ATT(atpDate,0x8012)
#define attAttachModifyDate        ATT(atpDate,0x8013)
#define attDateModified            ATT(atpDate,0x8020)
#define attAttachTransportFilename ATT(atpByte,0x9001)
#define attAttachRenddata          ATT(atpByte,0x9002)
#define attMAPIProps               ATT(atpByte,0x9003)
#define attRecipTable              ATT(atpByte,0x9004)
#define attAttachment              ATT(atpByte,0x9005)
#define attTnefVersion             ATT(atpDword,0x9006)
#define attOemCodepage             ATT(atpByte,0x9007)
#define attOriginalMessageClass    ATT(atpWord,0x0006)

/* Of meetings and schedules */
#define attOwner      ATT(atpByte,0x0000)
#define attSentFor    ATT(atpByte,0x0001)
#define attDelegate   ATT(atpByte,0x0002)
#define attDateStart  ATT(atpDate,0x0006)
#define attDateEnd    ATT(atpDate,0x0007)
#define attAidOwner   ATT(atpLong,0x0008)
#define attRequestRes ATT(atpShort,0x0009)

#ifdef __cplusplus
}
#endif

#endif /* TNEF_H */
