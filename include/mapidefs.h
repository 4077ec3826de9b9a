/*
 * MAPI for clients and providers: basic types and structures
 *
 * The names, values and layouts are those of the published MAPI headers. The rest of what these
 * have in mapidefs.h is in files that this one includes at its end: mapiflags.h (flags and values
 * of methods and properties), mapidisplay.h (address book dialogs, display tables), mapimethods.h
 * (macros for implementing interfaces), and the interfaces themselves, which widl makes from
 * mapibase.idl and mapishutdown.idl.
 *
 * A string typed LPTSTR holds 8-bit characters unless the flags of the same call or structure
 * have MAPI_UNICODE, whatever UNICODE was when the caller was compiled.
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

#ifndef MAPIDEFS_H
#define MAPIDEFS_H

#include <windows.h>
#include <winerror.h>
#include <objbase.h>
#include <stddef.h>

/* Elements of an array that ends a structure; the real number is in the structure. */
#ifndef MAPI_DIM
#define MAPI_DIM 1
#endif

/* Entry points of providers are cdecl, everything else is stdcall. */
#ifndef STDMAPIINITCALLTYPE
#define STDMAPIINITCALLTYPE     __cdecl
#define STDINITMETHODIMP        HRESULT STDMAPIINITCALLTYPE
#define STDINITMETHODIMP_(type) type STDMAPIINITCALLTYPE
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Wine's own sources are built without the character types that depend on UNICODE. */
#ifdef WINE_NO_UNICODE_MACROS
# ifdef UNICODE
typedef LPWSTR LPTSTR;
typedef LPCWSTR LPCTSTR;
# else
typedef LPSTR LPTSTR;
typedef LPCSTR LPCTSTR;
# endif
#endif

#ifndef __LHANDLE
#define __LHANDLE
typedef ULONG_PTR LHANDLE, *LPLHANDLE;
#endif

typedef const IID *LPCIID;
typedef ULONG *LPULONG;
typedef CY CURRENCY;

#define hrSuccess 0

/* Flags that many calls share */
#define MAPI_MODIFY          ((ULONG)0x00000001)
#define MAPI_CREATE          ((ULONG)0x00000002)
#define MAPI_UNICODE         ((ULONG)0x80000000)
#define MAPI_BEST_ACCESS     ((ULONG)0x00000010)
#define MAPI_DEFERRED_ERRORS ((ULONG)0x00000008)
#define MAPI_ASSOCIATED      ((ULONG)0x00000040)
#define MAPI_NT_SERVICE      ((ULONG)0x00010000)
#ifndef MAPI_DIALOG
#define MAPI_DIALOG          0x00000008
#endif
#ifndef MAPI_USE_DEFAULT
#define MAPI_USE_DEFAULT     0x00000040
#endif

#ifdef UNICODE
#define fMapiUnicode MAPI_UNICODE
#else
#define fMapiUnicode 0
#endif

/* PR_ACCESS */
#define MAPI_ACCESS_MODIFY            ((ULONG)0x00000001)
#define MAPI_ACCESS_READ              ((ULONG)0x00000002)
#define MAPI_ACCESS_DELETE            ((ULONG)0x00000004)
#define MAPI_ACCESS_CREATE_HIERARCHY  ((ULONG)0x00000008)
#define MAPI_ACCESS_CREATE_CONTENTS   ((ULONG)0x00000010)
#define MAPI_ACCESS_CREATE_ASSOCIATED ((ULONG)0x00000020)

/* PR_RECIPIENT_TYPE */
#ifndef MAPI_ORIG
#define MAPI_ORIG      0
#define MAPI_TO        1
#define MAPI_CC        2
#define MAPI_BCC       3
#endif
#ifndef MAPI_P1
#define MAPI_P1        0x10000000
#define MAPI_SUBMITTED 0x80000000
#endif

/* Longest profile name and password, without the terminator */
#ifndef cchProfileNameMax
#define cchProfileNameMax 64
#define cchProfilePassMax 64
#endif

/*
 * Entry identifiers
 */

/* abFlags[0] */
#define MAPI_SHORTTERM   0x80
#define MAPI_NOTRECIP    0x40
#define MAPI_THISSESSION 0x20
#define MAPI_NOW         0x10
#define MAPI_NOTRESERVED 0x08
/* abFlags[1] */
#define MAPI_COMPOUND    0x80

typedef struct _ENTRYID
{
    BYTE abFlags[4];
    BYTE ab[MAPI_DIM];
} ENTRYID, *LPENTRYID;

#define CbNewENTRYID(cb) (offsetof(ENTRYID, ab) + (cb))
#define CbENTRYID(cb)    (offsetof(ENTRYID, ab) + (cb))
#define SizedENTRYID(cb, name) \
    struct _ENTRYID_ ## name { BYTE abFlags[4]; BYTE ab[cb]; } name

typedef struct _MAPIUID
{
    BYTE ab[16];
} MAPIUID, *LPMAPIUID;

#define IsEqualMAPIUID(uid1, uid2) (!memcmp(uid1, uid2, sizeof(MAPIUID)))

/* One-off recipients */
#define MAPI_ONE_OFF_UID { 0x81, 0x2b, 0x1f, 0xa4, 0xbe, 0xa3, 0x10, 0x19, \
                           0x9d, 0x6e, 0x00, 0xdd, 0x01, 0x0f, 0x54, 0x02 }
#define MAPI_ONE_OFF_UNICODE      0x8000
#define MAPI_ONE_OFF_NO_RICH_INFO 0x0001

/* Kinds of objects, PR_OBJECT_TYPE */
#define MAPI_STORE    ((ULONG)0x00000001)
#define MAPI_ADDRBOOK ((ULONG)0x00000002)
#define MAPI_FOLDER   ((ULONG)0x00000003)
#define MAPI_ABCONT   ((ULONG)0x00000004)
#define MAPI_MESSAGE  ((ULONG)0x00000005)
#define MAPI_MAILUSER ((ULONG)0x00000006)
#define MAPI_ATTACH   ((ULONG)0x00000007)
#define MAPI_DISTLIST ((ULONG)0x00000008)
#define MAPI_PROFSECT ((ULONG)0x00000009)
#define MAPI_STATUS   ((ULONG)0x0000000A)
#define MAPI_SESSION  ((ULONG)0x0000000B)
#define MAPI_FORMINFO ((ULONG)0x0000000C)

/*
 * Properties
 */

#define MV_FLAG                        0x1000
#define MV_INSTANCE                    0x2000
#define MVI_FLAG                       (MV_FLAG|MV_INSTANCE)
#define MVI_PROP(tag) ((tag) | MVI_FLAG)

#define PT_UNSPECIFIED ((ULONG)0)
#define PT_NULL        ((ULONG)1)
#define PT_I2          ((ULONG)2)
#define PT_LONG        ((ULONG)3)
#define PT_R4          ((ULONG)4)
#define PT_DOUBLE      ((ULONG)5)
#define PT_CURRENCY    ((ULONG)6)
#define PT_APPTIME     ((ULONG)7)
#define PT_ERROR       ((ULONG)10)
#define PT_BOOLEAN     ((ULONG)11)
#define PT_OBJECT      ((ULONG)13)
#define PT_I8          ((ULONG)20)
#define PT_STRING8     ((ULONG)30)
#define PT_UNICODE     ((ULONG)31)
#define PT_SYSTIME     ((ULONG)64)
#define PT_CLSID       ((ULONG)72)
#define PT_BINARY      ((ULONG)258)
#define PT_PTR         ((ULONG)259)
#define PT_SHORT       PT_I2
#define PT_I4          PT_LONG
#define PT_FLOAT       PT_R4
#define PT_R8          PT_DOUBLE
#define PT_LONGLONG    PT_I8

#define PT_MV_I2       (MV_FLAG|PT_I2)
#define PT_MV_LONG     (MV_FLAG|PT_LONG)
#define PT_MV_R4       (MV_FLAG|PT_R4)
#define PT_MV_DOUBLE   (MV_FLAG|PT_DOUBLE)
#define PT_MV_CURRENCY (MV_FLAG|PT_CURRENCY)
#define PT_MV_APPTIME  (MV_FLAG|PT_APPTIME)
#define PT_MV_SYSTIME  (MV_FLAG|PT_SYSTIME)
#define PT_MV_STRING8  (MV_FLAG|PT_STRING8)
#define PT_MV_BINARY   (MV_FLAG|PT_BINARY)
#define PT_MV_UNICODE  (MV_FLAG|PT_UNICODE)
#define PT_MV_CLSID    (MV_FLAG|PT_CLSID)
#define PT_MV_I8       (MV_FLAG|PT_I8)
#define PT_MV_SHORT    PT_MV_I2
#define PT_MV_I4       PT_MV_LONG
#define PT_MV_FLOAT    PT_MV_R4
#define PT_MV_R8       PT_MV_DOUBLE
#define PT_MV_LONGLONG PT_MV_I8

#ifdef UNICODE
#define PT_TSTRING    PT_UNICODE
#define PT_MV_TSTRING (MV_FLAG|PT_UNICODE)
#define LPSZ          lpszW
#define LPPSZ         lppszW
#define MVSZ          MVszW
#else
#define PT_TSTRING    PT_STRING8
#define PT_MV_TSTRING (MV_FLAG|PT_STRING8)
#define LPSZ          lpszA
#define LPPSZ         lppszA
#define MVSZ          MVszA
#endif

/* A property tag is the property's identifier in the high word, its type in the low one. */
#define PROP_TYPE_MASK              ((ULONG)0x0000FFFF)
#define PROP_TYPE(tag)              (((ULONG)(tag)) & PROP_TYPE_MASK)
#define PROP_ID(tag)                (((ULONG)(tag)) >> 16)
#define PROP_TAG(type, id)          ((((ULONG)(id)) << 16) | ((ULONG)(type)))
#define CHANGE_PROP_TYPE(tag, type) (((ULONG)0xFFFF0000 & (tag)) | (type))
#define PROP_ID_NULL                0
#define PROP_ID_INVALID             0xFFFF
#define PR_NULL                     PROP_TAG(PT_NULL, PROP_ID_NULL)

typedef struct _SPropTagArray
{
    ULONG cValues;
    ULONG aulPropTag[MAPI_DIM];
} SPropTagArray, *LPSPropTagArray;

#define CbNewSPropTagArray(count) (offsetof(SPropTagArray, aulPropTag) + (count) * sizeof(ULONG))
#define CbSPropTagArray(array)    CbNewSPropTagArray((UINT)(array)->cValues)
#define SizedSPropTagArray(count, name) \
    struct _SPropTagArray_ ## name { ULONG cValues; ULONG aulPropTag[count]; } name

typedef struct _SBinary
{
    ULONG  cb;
    LPBYTE lpb;
} SBinary, *LPSBinary;

typedef struct _SShortArray
{
    ULONG  cValues;
    short *lpi;
} SShortArray;

typedef struct _SGuidArray
{
    ULONG cValues;
    GUID *lpguid;
} SGuidArray;

typedef struct _SRealArray
{
    ULONG  cValues;
    float *lpflt;
} SRealArray;

typedef struct _SLongArray
{
    ULONG cValues;
    LONG *lpl;
} SLongArray;

typedef struct _SLargeIntegerArray
{
    ULONG          cValues;
    LARGE_INTEGER *lpli;
} SLargeIntegerArray;

typedef struct _SDateTimeArray
{
    ULONG     cValues;
    FILETIME *lpft;
} SDateTimeArray;

typedef struct _SAppTimeArray
{
    ULONG   cValues;
    double *lpat;
} SAppTimeArray;

typedef struct _SCurrencyArray
{
    ULONG     cValues;
    CURRENCY *lpcur;
} SCurrencyArray;

typedef struct _SBinaryArray
{
    ULONG    cValues;
    SBinary *lpbin;
} SBinaryArray;

typedef struct _SDoubleArray
{
    ULONG   cValues;
    double *lpdbl;
} SDoubleArray;

typedef struct _SWStringArray
{
    ULONG   cValues;
    LPWSTR *lppszW;
} SWStringArray;

typedef struct _SLPSTRArray
{
    ULONG  cValues;
    LPSTR *lppszA;
} SLPSTRArray;

/* The member in use follows from the type in the property tag. */
typedef union _PV
{
    short              i;       /* PT_I2 */
    LONG               l;       /* PT_LONG */
    ULONG              ul;      /* PT_LONG, unsigned */
    LPVOID             lpv;     /* PT_PTR */
    float              flt;     /* PT_R4 */
    double             dbl;     /* PT_DOUBLE */
    unsigned short     b;       /* PT_BOOLEAN */
    CURRENCY           cur;     /* PT_CURRENCY */
    double             at;      /* PT_APPTIME */
    FILETIME           ft;      /* PT_SYSTIME */
    LPSTR              lpszA;   /* PT_STRING8 */
    SBinary            bin;     /* PT_BINARY */
    LPWSTR             lpszW;   /* PT_UNICODE */
    LPGUID             lpguid;  /* PT_CLSID */
    LARGE_INTEGER      li;      /* PT_I8 */
    SShortArray        MVi;
    SLongArray         MVl;
    SRealArray         MVflt;
    SDoubleArray       MVdbl;
    SCurrencyArray     MVcur;
    SAppTimeArray      MVat;
    SDateTimeArray     MVft;
    SBinaryArray       MVbin;
    SLPSTRArray        MVszA;
    SWStringArray      MVszW;
    SGuidArray         MVguid;
    SLargeIntegerArray MVli;
    SCODE              err;     /* PT_ERROR */
    LONG               x;       /* PT_NULL, PT_OBJECT: no value */
} __UPV;

typedef struct _SPropValue
{
    ULONG     ulPropTag;
    ULONG     dwAlignPad;
    union _PV Value;
} SPropValue, *LPSPropValue;

/* What went wrong with some of the properties of a call that succeeded as a whole */
typedef struct _SPropProblem
{
    ULONG ulIndex;              /* in the array of tags or values of the call */
    ULONG ulPropTag;
    SCODE scode;
} SPropProblem, *LPSPropProblem;

typedef struct _SPropProblemArray
{
    ULONG        cProblem;
    SPropProblem aProblem[MAPI_DIM];
} SPropProblemArray, *LPSPropProblemArray;

#define CbNewSPropProblemArray(count) \
    (offsetof(SPropProblemArray, aProblem) + (count) * sizeof(SPropProblem))
#define CbSPropProblemArray(array) CbNewSPropProblemArray((UINT)(array)->cProblem)
#define SizedSPropProblemArray(count, name) \
    struct _SPropProblemArray_ ## name { ULONG cProblem; SPropProblem aProblem[count]; } name

/* Property names */
#define MNID_ID     0
#define MNID_STRING 1

typedef struct _MAPINAMEID
{
    LPGUID lpguid;
    ULONG  ulKind;
    union
    {
        LONG     lID;
        LONG_PTR lID_Reserved;
        LPWSTR   lpwstrName;
    } Kind;
} MAPINAMEID, *LPMAPINAMEID;

/*
 * Lists of entries, recipients and rows
 */

typedef SBinaryArray ENTRYLIST, *LPENTRYLIST;

typedef struct
{
    ULONG cb;
    BYTE  abEntry[MAPI_DIM];
} FLATENTRY, *LPFLATENTRY;

typedef struct
{
    ULONG cEntries;
    ULONG cbEntries;
    BYTE  abEntries[MAPI_DIM];
} FLATENTRYLIST, *LPFLATENTRYLIST;

typedef struct
{
    ULONG cb;
    BYTE  ab[MAPI_DIM];
} MTSID, *LPMTSID;

typedef struct
{
    ULONG cMTSIDs;
    ULONG cbMTSIDs;
    BYTE  abMTSIDs[MAPI_DIM];
} FLATMTSIDLIST, *LPFLATMTSIDLIST;

#define CbNewFLATENTRY(cb)     (offsetof(FLATENTRY, abEntry) + (cb))
#define CbFLATENTRY(entry)     CbNewFLATENTRY((entry)->cb)
#define CbNewFLATENTRYLIST(cb) (offsetof(FLATENTRYLIST, abEntries) + (cb))
#define CbFLATENTRYLIST(list)  CbNewFLATENTRYLIST((list)->cbEntries)
#define CbNewMTSID(cb)         (offsetof(MTSID, ab) + (cb))
#define CbMTSID(id)            CbNewMTSID((id)->cb)
#define CbNewFLATMTSIDLIST(cb) (offsetof(FLATMTSIDLIST, abMTSIDs) + (cb))
#define CbFLATMTSIDLIST(list)  CbNewFLATMTSIDLIST((list)->cbMTSIDs)

/* An ADRLIST and an SRowSet have the same layout, but the properties of each recipient are an
 * allocation of their own, so that one can be replaced; FreePadrlist and FreeProws free both. */
typedef struct _ADRENTRY
{
    ULONG        ulReserved1;
    ULONG        cValues;
    LPSPropValue rgPropVals;
} ADRENTRY, *LPADRENTRY;

typedef struct _ADRLIST
{
    ULONG    cEntries;
    ADRENTRY aEntries[MAPI_DIM];
} ADRLIST, *LPADRLIST;

#define CbNewADRLIST(count) (offsetof(ADRLIST, aEntries) + (count) * sizeof(ADRENTRY))
#define CbADRLIST(list)     CbNewADRLIST((UINT)(list)->cEntries)
#define SizedADRLIST(count, name) \
    struct _ADRLIST_ ## name { ULONG cEntries; ADRENTRY aEntries[count]; } name

typedef struct _SRow
{
    ULONG        ulAdrEntryPad;
    ULONG        cValues;
    LPSPropValue lpProps;
} SRow, *LPSRow;

typedef struct _SRowSet
{
    ULONG cRows;
    SRow  aRow[MAPI_DIM];
} SRowSet, *LPSRowSet;

#define CbNewSRowSet(count) (offsetof(SRowSet, aRow) + (count) * sizeof(SRow))
#define CbSRowSet(set)      CbNewSRowSet((UINT)(set)->cRows)
#define SizedSRowSet(count, name) \
    struct _SRowSet_ ## name { ULONG cRows; SRow aRow[count]; } name

/* One flag for each entry of the ADRLIST that goes with it, IABContainer::ResolveNames */
typedef struct _flaglist
{
    ULONG cFlags;
    ULONG ulFlag[MAPI_DIM];
} FlagList, *LPFlagList;

#define MAPI_UNRESOLVED ((ULONG)0x00000000)
#define MAPI_AMBIGUOUS  ((ULONG)0x00000001)
#define MAPI_RESOLVED   ((ULONG)0x00000002)

/*
 * Memory: MAPIAllocateBuffer and the functions handed to providers
 */

typedef SCODE (WINAPI ALLOCATEBUFFER)(ULONG cbSize, LPVOID *lppBuffer);
typedef SCODE (WINAPI ALLOCATEMORE)(ULONG cbSize, LPVOID lpObject, LPVOID *lppBuffer);
typedef ULONG (WINAPI FREEBUFFER)(LPVOID lpBuffer);
typedef ALLOCATEBUFFER *LPALLOCATEBUFFER;
typedef ALLOCATEMORE *LPALLOCATEMORE;
typedef FREEBUFFER *LPFREEBUFFER;

/*
 * Errors and notifications
 */

#define MAPI_ERROR_VERSION 0x00000000

/* From GetLastError; one allocation, freed with MAPIFreeBuffer */
typedef struct _MAPIERROR
{
    ULONG  ulVersion;
    LPTSTR lpszError;
    LPTSTR lpszComponent;
    ULONG  ulLowLevelError;
    ULONG  ulContext;
} MAPIERROR, *LPMAPIERROR;

#define fnevCriticalError        ((ULONG)0x00000001)
#define fnevNewMail              ((ULONG)0x00000002)
#define fnevObjectCreated        ((ULONG)0x00000004)
#define fnevObjectDeleted        ((ULONG)0x00000008)
#define fnevObjectModified       ((ULONG)0x00000010)
#define fnevObjectMoved          ((ULONG)0x00000020)
#define fnevObjectCopied         ((ULONG)0x00000040)
#define fnevSearchComplete       ((ULONG)0x00000080)
#define fnevTableModified        ((ULONG)0x00000100)
#define fnevStatusObjectModified ((ULONG)0x00000200)
#define fnevReservedForMapi      ((ULONG)0x40000000)
#define fnevExtended             ((ULONG)0x80000000)

/* ulTableEvent */
#define TABLE_CHANGED       1
#define TABLE_ERROR         2
#define TABLE_ROW_ADDED     3
#define TABLE_ROW_DELETED   4
#define TABLE_ROW_MODIFIED  5
#define TABLE_SORT_DONE     6
#define TABLE_RESTRICT_DONE 7
#define TABLE_SETCOL_DONE   8
#define TABLE_RELOAD        9

typedef struct _ERROR_NOTIFICATION
{
    ULONG       cbEntryID;
    LPENTRYID   lpEntryID;
    SCODE       scode;
    ULONG       ulFlags;
    LPMAPIERROR lpMAPIError;
} ERROR_NOTIFICATION;

typedef struct _NEWMAIL_NOTIFICATION
{
    ULONG     cbEntryID;
    LPENTRYID lpEntryID;
    ULONG     cbParentID;
    LPENTRYID lpParentID;
    ULONG     ulFlags;          /* 0 or MAPI_UNICODE */
    LPTSTR    lpszMessageClass;
    ULONG     ulMessageFlags;
} NEWMAIL_NOTIFICATION;

typedef struct _OBJECT_NOTIFICATION
{
    ULONG           cbEntryID;
    LPENTRYID       lpEntryID;
    ULONG           ulObjType;
    ULONG           cbParentID;
    LPENTRYID       lpParentID;
    ULONG           cbOldID;
    LPENTRYID       lpOldID;
    ULONG           cbOldParentID;
    LPENTRYID       lpOldParentID;
    LPSPropTagArray lpPropTagArray;
} OBJECT_NOTIFICATION;

typedef struct _TABLE_NOTIFICATION
{
    ULONG      ulTableEvent;
    HRESULT    hResult;
    SPropValue propIndex;       /* PR_INSTANCE_KEY of the row */
    SPropValue propPrior;       /* PR_INSTANCE_KEY of the row before it, PR_NULL for none */
    SRow       row;
    ULONG      ulPad;
} TABLE_NOTIFICATION;

typedef struct _EXTENDED_NOTIFICATION
{
    ULONG  ulEvent;
    ULONG  cb;
    LPBYTE pbEventParameters;
} EXTENDED_NOTIFICATION;

typedef struct
{
    ULONG        cbEntryID;
    LPENTRYID    lpEntryID;
    ULONG        cValues;
    LPSPropValue lpPropVals;
} STATUS_OBJECT_NOTIFICATION;

typedef struct _NOTIFICATION
{
    ULONG ulEventType;          /* one of fnev... */
    ULONG ulAlignPad;
    union
    {
        ERROR_NOTIFICATION         err;
        NEWMAIL_NOTIFICATION       newmail;
        OBJECT_NOTIFICATION        obj;
        TABLE_NOTIFICATION         tab;
        EXTENDED_NOTIFICATION      ext;
        STATUS_OBJECT_NOTIFICATION statobj;
    } info;
} NOTIFICATION, *LPNOTIFICATION;

/* The function behind a sink of HrAllocAdviseSink */
typedef LONG (WINAPI NOTIFCALLBACK)(LPVOID lpvContext, ULONG cNotification,
                                    LPNOTIFICATION lpNotifications);
typedef NOTIFCALLBACK *LPNOTIFCALLBACK;

#define szMAPINotificationMsg "MAPI Notify window message"

/*
 * Tables
 */

#define TBLSTAT_COMPLETE       ((ULONG)0)
#define TBLSTAT_QCHANGED       ((ULONG)7)
#define TBLSTAT_SORTING        ((ULONG)9)
#define TBLSTAT_SORT_ERROR     ((ULONG)10)
#define TBLSTAT_SETTING_COLS   ((ULONG)11)
#define TBLSTAT_SETCOL_ERROR   ((ULONG)13)
#define TBLSTAT_RESTRICTING    ((ULONG)14)
#define TBLSTAT_RESTRICT_ERROR ((ULONG)15)

#define TBLTYPE_SNAPSHOT ((ULONG)0)
#define TBLTYPE_KEYSET   ((ULONG)1)
#define TBLTYPE_DYNAMIC  ((ULONG)2)

#define TABLE_SORT_ASCEND    ((ULONG)0x00000000)
#define TABLE_SORT_DESCEND   ((ULONG)0x00000001)
#define TABLE_SORT_COMBINE   ((ULONG)0x00000002)
#define TABLE_SORT_CATEG_MAX ((ULONG)0x00000004)
#define TABLE_SORT_CATEG_MIN ((ULONG)0x00000008)

typedef struct _SSortOrder
{
    ULONG ulPropTag;
    ULONG ulOrder;
} SSortOrder, *LPSSortOrder;

typedef struct _SSortOrderSet
{
    ULONG      cSorts;
    ULONG      cCategories;     /* the first so many of aSort group the rows */
    ULONG      cExpanded;       /* the first so many groups start expanded */
    SSortOrder aSort[MAPI_DIM];
} SSortOrderSet, *LPSSortOrderSet;

#define CbNewSSortOrderSet(count) (offsetof(SSortOrderSet, aSort) + (count) * sizeof(SSortOrder))
#define CbSSortOrderSet(set)      CbNewSSortOrderSet((UINT)(set)->cSorts)
#define SizedSSortOrderSet(count, name) \
    struct _SSortOrderSet_ ## name \
    { ULONG cSorts; ULONG cCategories; ULONG cExpanded; SSortOrder aSort[count]; } name

typedef ULONG_PTR BOOKMARK;

#define BOOKMARK_BEGINNING ((BOOKMARK)0)
#define BOOKMARK_CURRENT   ((BOOKMARK)1)
#define BOOKMARK_END       ((BOOKMARK)2)

/* Fuzzy levels of SContentRestriction, FPropContainsProp */
#define FL_FULLSTRING     ((ULONG)0x00000000)
#define FL_SUBSTRING      ((ULONG)0x00000001)
#define FL_PREFIX         ((ULONG)0x00000002)
#define FL_IGNORECASE     ((ULONG)0x00010000)
#define FL_IGNORENONSPACE ((ULONG)0x00020000)
#define FL_LOOSE          ((ULONG)0x00040000)

#define RES_AND            ((ULONG)0x00000000)
#define RES_OR             ((ULONG)0x00000001)
#define RES_NOT            ((ULONG)0x00000002)
#define RES_CONTENT        ((ULONG)0x00000003)
#define RES_PROPERTY       ((ULONG)0x00000004)
#define RES_COMPAREPROPS   ((ULONG)0x00000005)
#define RES_BITMASK        ((ULONG)0x00000006)
#define RES_SIZE           ((ULONG)0x00000007)
#define RES_EXIST          ((ULONG)0x00000008)
#define RES_SUBRESTRICTION ((ULONG)0x00000009)
#define RES_COMMENT        ((ULONG)0x0000000A)
#define RES_COUNT          ((ULONG)0x0000000B)
#define RES_ANNOTATION     ((ULONG)0x0000000C)

#define RELOP_LT ((ULONG)0)
#define RELOP_LE ((ULONG)1)
#define RELOP_GT ((ULONG)2)
#define RELOP_GE ((ULONG)3)
#define RELOP_EQ ((ULONG)4)
#define RELOP_NE ((ULONG)5)
#define RELOP_RE ((ULONG)6)

#define BMR_EQZ ((ULONG)0)
#define BMR_NEZ ((ULONG)1)

typedef struct _SRestriction *LPSRestriction;

typedef struct _SAndRestriction
{
    ULONG          cRes;
    LPSRestriction lpRes;
} SAndRestriction;

typedef struct _SOrRestriction
{
    ULONG          cRes;
    LPSRestriction lpRes;
} SOrRestriction;

typedef struct _SNotRestriction
{
    ULONG          ulReserved;
    LPSRestriction lpRes;
} SNotRestriction;

typedef struct _SContentRestriction
{
    ULONG        ulFuzzyLevel;
    ULONG        ulPropTag;
    LPSPropValue lpProp;
} SContentRestriction;

typedef struct _SBitMaskRestriction
{
    ULONG relBMR;
    ULONG ulPropTag;
    ULONG ulMask;
} SBitMaskRestriction;

typedef struct _SPropertyRestriction
{
    ULONG        relop;
    ULONG        ulPropTag;
    LPSPropValue lpProp;
} SPropertyRestriction;

typedef struct _SComparePropsRestriction
{
    ULONG relop;
    ULONG ulPropTag1;
    ULONG ulPropTag2;
} SComparePropsRestriction;

typedef struct _SSizeRestriction
{
    ULONG relop;
    ULONG ulPropTag;
    ULONG cb;
} SSizeRestriction;

typedef struct _SExistRestriction
{
    ULONG ulReserved1;
    ULONG ulPropTag;
    ULONG ulReserved2;
} SExistRestriction;

typedef struct _SSubRestriction
{
    ULONG          ulSubObject; /* PR_MESSAGE_RECIPIENTS or PR_MESSAGE_ATTACHMENTS */
    LPSRestriction lpRes;
} SSubRestriction;

typedef struct _SCommentRestriction
{
    ULONG          cValues;
    LPSRestriction lpRes;
    LPSPropValue   lpProp;
} SCommentRestriction;

typedef struct _SAnnotationRestriction
{
    ULONG          cValues;
    LPSRestriction lpRes;
    LPSPropValue   lpProp;
} SAnnotationRestriction;

typedef struct _SCountRestriction
{
    ULONG          ulCount;
    LPSRestriction lpRes;
} SCountRestriction;

typedef struct _SRestriction
{
    ULONG rt;                   /* one of RES_... */
    union
    {
        SComparePropsRestriction resCompareProps;
        SAndRestriction          resAnd;
        SOrRestriction           resOr;
        SNotRestriction          resNot;
        SContentRestriction      resContent;
        SPropertyRestriction     resProperty;
        SBitMaskRestriction      resBitMask;
        SSizeRestriction         resSize;
        SExistRestriction        resExist;
        SSubRestriction          resSub;
        SCommentRestriction      resComment;
        SAnnotationRestriction   resAnnotation;
        SCountRestriction        resCount;
    } res;
} SRestriction;

/* QueryColumns */
#define TBL_ALL_COLUMNS ((ULONG)0x00000001)
/* SetColumns, Restrict, SortTable */
#define TBL_NOWAIT ((ULONG)0x00000001)
#define TBL_ASYNC  ((ULONG)0x00000001)
#define TBL_BATCH  ((ULONG)0x00000002)
/* FindRow */
#define DIR_BACKWARD ((ULONG)0x00000001)
/* QueryRows */
#define TBL_NOADVANCE ((ULONG)0x00000001)
/* PR_ROW_TYPE */
#define TBL_LEAF_ROW           ((ULONG)1)
#define TBL_EMPTY_CATEGORY     ((ULONG)2)
#define TBL_EXPANDED_CATEGORY  ((ULONG)3)
#define TBL_COLLAPSED_CATEGORY ((ULONG)4)

#ifdef __cplusplus
}
#endif

#include <mapiflags.h>
#include <mapidisplay.h>
#include <mapimethods.h>
#include <mapibase.h>
#include <mapishutdown.h>

#endif /* MAPIDEFS_H */
