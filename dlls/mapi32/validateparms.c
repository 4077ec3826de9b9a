/*
 * Parameters of interface methods
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

/*
 * Providers check what a client passes to their methods with the macros of mapival.h, which come here
 * with the method's number and the place of its parameters, and return what is returned. Each method has
 * a line of letters, one a parameter:
 *
 *   .  a number, a window, flags: anything                 8  a number of 64 bits
 *   o  pointer to a pointer to be set        (O: or NULL)  u  pointer to a ULONG to be set (U: or NULL)
 *   i  interface identifier                  (I: or NULL)  q  pointer to 64 bits to be set, or NULL
 *   t  SPropTagArray                         (T: or NULL)  h  pointer to an SPropTagArray pointer
 *   r  SRestriction                          (R: or NULL)  s  SSortOrderSet          (S: or NULL)
 *   l  ENTRYLIST                             (L: or NULL)  a  ADRLIST                (A: or NULL)
 *   x  object                                (X: or NULL)  z  text of either width, k a NOTIFICATION,
 *   m  GUID or NULL                                        d  STATSTG to be filled
 *   c  a count, and behind it  b bytes, e an entry ID, E the same or none, g interface identifiers,
 *      p property values, n names of properties, f notifications
 *   w  bytes to be filled, v bytes to be read, and the count of them follows as a parameter
 *
 * What is checked is that memory is there and structures make sense, not what a method does with it.
 * Parameters stand in stack slots, of which a ULONG fills the lower 32 bits. HrValidateParameters gets an
 * array of them that the caller made. The other two get the address of the first one and look for the
 * rest behind it, which is where they are in 32-bit code only; in 64-bit code they are in registers, and
 * all that can be said is that nothing is wrong.
 */

#include <stdarg.h>

#define COBJMACROS
#include "windef.h"
#include "winbase.h"
#include "objbase.h"
#include "mapiutil.h"
#include "core/core.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

BOOL WINAPI FBadRglpNameID(LPMAPINAMEID *names, ULONG count);
BOOL WINAPI FBadRowSet(LPSRowSet rows);
BOOL WINAPI FBadEntryList(LPENTRYLIST list);
ULONG WINAPI FBadProp(LPSPropValue prop);
ULONG WINAPI FBadRestriction(LPSRestriction restriction);
ULONG WINAPI FBadSortOrderSet(LPSSortOrderSet orders);

/* The methods in the order of their numbers, which are the METHODS of mapival.h. */
static const char *const methods[] =
{
    /* IUnknown: QueryInterface, AddRef, Release */
    "io", "", "",
    /* IMAPIProp: GetLastError, SaveChanges, GetProps, GetPropList, OpenProperty, SetProps,
     * DeleteProps, CopyTo, CopyProps, GetNamesFromIDs, GetIDsFromNames */
    "..o", ".", "T.uo", ".o", ".i..o", "cpO", "tO",
    "cgT.XIx.O", "T.XIx.O", "hm.uo", "cn.o",
    /* IMAPITable: GetLastError, Advise, Unadvise, GetStatus, SetColumns, QueryColumns, GetRowCount,
     * SeekRow, SeekRowApprox, QueryPosition, FindRow, Restrict, CreateBookmark, FreeBookmark,
     * SortTable, QuerySortOrder, QueryRows, Abort, ExpandRow, CollapseRow, WaitForCompletion,
     * GetCollapseState, SetCollapseState */
    "..o", ".xo", ".", "uu", "t.", ".o", ".u",
    "..U", "..", "uuu", "r..", "R.", "u", ".", "S.",
    "o", "..o", "", "cb..ou", "cb.u", "..U", ".cbuo",
    ".cbu",
    /* IMAPIContainer: GetContentsTable, GetHierarchyTable, OpenEntry, SetSearchCriteria,
     * GetSearchCriteria */
    ".o", ".o", "cEI.uo", "RL.",
    ".OOU",
    /* IABContainer: CreateEntry, CopyEntries, DeleteEntries, ResolveNames; a list of flags is a
     * count and as many numbers, as an array of tags is */
    "ce.o", "l.X.", "l.", "T.at",
    /* IDistList: the same */
    "ce.o", "l.X.", "l.", "T.at",
    /* IMAPIFolder: CreateMessage, CopyMessages, DeleteMessages, CreateFolder, CopyFolder,
     * DeleteFolder, SetReadFlags, GetMessageStatus, SetMessageStatus, SaveContentsSort,
     * EmptyFolder */
    "I.o", "lIx.X.", "l.X.", ".z.I.o", "ceIx..X.", "ce.X.",
    "L.X.", "ce.u", "ce..U", "s.", ".X.",
    /* IMsgStore: Advise, Unadvise, CompareEntryIDs, OpenEntry, SetReceiveFolder, GetReceiveFolder,
     * GetReceiveFolderTable, StoreLogoff, AbortSubmit, GetOutgoingQueue, SetLockState, FinishedMsg,
     * NotifyNewMail */
    "cE.xo", ".", "cEcE.u", "cEI.uo", "..cE", "..uoO",
    ".o", "u", "ce.", ".o", "x.", ".ce",
    "k",
    /* IMessage: GetAttachmentTable, OpenAttach, CreateAttach, DeleteAttach, GetRecipientTable,
     * ModifyRecipients, SubmitMessage, SetReadFlag */
    ".o", ".I.o", "I.uo", "..X.", ".o",
    ".A", ".", ".",
    /* IABProvider: Shutdown, Logon */
    "u", "x...UOOo",
    /* IABLogon: GetLastError, Logoff, OpenEntry, CompareEntryIDs, Advise, Unadvise,
     * OpenStatusEntry, OpenTemplateID, GetOneOffTable, PrepareRecips */
    "..o", ".", "cEI.uo", "cEcE.u", "cE.xo", ".", "I.uo",
    "ce.xIoX", ".o", ".Ta",
    /* IXPProvider: Shutdown, TransportLogon */
    "u", "x..uOo",
    /* IXPLogon: AddressTypes, RegisterOptions, TransportNotify, Idle, TransportLogoff,
     * SubmitMessage, EndMessage, Poll, StartMessage, OpenStatusEntry, ValidateState, FlushQueues */
    "uuouo", "uuo", "uO", ".", ".", ".xoO",
    ".u", "u", ".xo", "I.uo", "..", ".cE.",
    /* IMSProvider: Shutdown, Logon, SpoolerLogon, CompareStoreIDs */
    "u", "x..cE.IUOOoo", "x..cE.IcbOoo", "cEcE.u",
    /* IMSLogon: GetLastError, Logoff, OpenEntry, CompareEntryIDs, Advise, Unadvise,
     * OpenStatusEntry */
    "..o", "u", "cEI.uo", "cEcE.u", "cE.xo", ".", "I.uo",
    /* IMAPIControl: GetLastError, Activate, GetState */
    "..o", "..", ".u",
    /* IMAPIStatus: ValidateState, SettingsDialog, ChangePassword, FlushQueues */
    "..", "..", "...", ".cE.",
    /* IStream: Read, Write, Seek, SetSize, CopyTo, Commit, Revert, LockRegion, UnlockRegion, Stat,
     * Clone */
    "w.U", "v.U", "8.q", "8", "x8qq", ".", "", "88.", "88.", "d.", "o",
    /* IMAPIAdviseSink: OnNotify */
    "cf",
};

C_ASSERT(ARRAY_SIZE(methods) == 138);

static BOOL readable(const void *data, ULONG count, size_t size)
{
    if (!count) return TRUE;
    return count <= ~(size_t)0 / size && !IsBadReadPtr(data, count * size);
}

static BOOL writable(void *data, size_t size)
{
    return !IsBadWritePtr(data, size);
}

static BOOL good_tags(const SPropTagArray *tags)
{
    return readable(&tags->cValues, 1, sizeof(ULONG))
           && readable(tags->aulPropTag, tags->cValues, sizeof(ULONG));
}

static BOOL good_object(const void *object)
{
    const void *const *vtbl = object;

    return readable(vtbl, 1, sizeof(*vtbl)) && readable(*vtbl, 3, sizeof(*vtbl));
}

static BOOL good_props(SPropValue *props, ULONG count)
{
    ULONG i;

    if (!readable(props, count, sizeof(*props))) return FALSE;
    for (i = 0; i < count; i++) if (FBadProp(&props[i])) return FALSE;
    return TRUE;
}

/* A letter in its strict form, of a parameter that is not NULL. */
static BOOL good_pointer(char letter, void *pointer, ULONG count)
{
    switch (letter)
    {
    case 'o': return writable(pointer, sizeof(void *));
    case 'u': return writable(pointer, sizeof(ULONG));
    case 'q': return writable(pointer, sizeof(ULONGLONG));
    case 'd': return writable(pointer, sizeof(STATSTG));
    case 'w': return !count || writable(pointer, count);
    case 'v':
    case 'b':
    case 'e': return readable(pointer, count, 1);
    case 'i':
    case 'm': return readable(pointer, 1, sizeof(GUID));
    case 'g': return readable(pointer, count, sizeof(GUID));
    case 't': return good_tags(pointer);
    case 'h': return readable(pointer, 1, sizeof(void *))
                     && (!*(void **)pointer || good_tags(*(void **)pointer));
    case 'r': return !FBadRestriction(pointer);
    case 's': return !FBadSortOrderSet(pointer);
    case 'l': return !FBadEntryList(pointer);
    case 'a': return !FBadRowSet(pointer);
    case 'x': return good_object(pointer);
    case 'z': return readable(pointer, 1, 1);
    case 'k': return readable(pointer, 1, sizeof(NOTIFICATION));
    case 'f': return readable(pointer, count, sizeof(NOTIFICATION));
    case 'p': return good_props(pointer, count);
    case 'n': return !FBadRglpNameID(pointer, count);
    }
    return FALSE;
}

/* Whether a pointer of this letter may be NULL. */
static BOOL may_be_null(char letter, ULONG count)
{
    if (strchr("OUITRSLAXmq", letter)) return TRUE;
    return strchr("bEgpnfwv", letter) && !count;
}

static BOOL good_parameters(const char *letters, const void *const *slots)
{
    ULONG count = 0;
    char strict;

    for (; *letters; letters++, slots++)
    {
        switch (*letters)
        {
        case '.':
            continue;
        case '8':
            slots += sizeof(ULONGLONG) / sizeof(*slots) - 1;
            continue;
        case 'c':
            count = (ULONG)(ULONG_PTR)*slots;
            continue;
        case 'w':
        case 'v':
            count = (ULONG)(ULONG_PTR)slots[1];
            break;
        case 'e':
            if (!count) return FALSE;
            break;
        }
        if (!*slots && may_be_null(*letters, count)) continue;
        strict = *letters >= 'A' && *letters <= 'Z' ? *letters + 'a' - 'A' : *letters;
        if (!*slots || !good_pointer(strict, (void *)*slots, count)) return FALSE;
    }
    return TRUE;
}

static HRESULT validate(ULONG method, const void *const *slots)
{
    if (method < ARRAY_SIZE(methods) && (!*methods[method] || slots)
        && good_parameters(methods[method], slots))
        return S_OK;
    WARN("method %lu: a parameter is bad\n", method);
    return MAPI_E_CALL_FAILED;
}

/*
 * Parameters: slots are the method's parameters, one a slot of a pointer's size, without the
 * object. Returns S_OK, or MAPI_E_CALL_FAILED when one of them cannot be used. Reference:
 * validateparms
 */
HRESULT WINAPI HrValidateParameters(ULONG method, void **slots)
{
    TRACE("(%lu, %p)\n", method, slots);

    return validate(method, (const void *const *)slots);
}

/*
 * For C: the place of the object pointer, behind which the parameters stand.
 *
 * Reference: validateparameters
 */
HRESULT WINAPI __ValidateParameters(ULONG method, void *object)
{
    TRACE("(%lu, %p)\n", method, object);

#ifdef __i386__
    if (object) return validate(method, (const void *const *)object + 1);
#endif
    return method < ARRAY_SIZE(methods) && object ? S_OK : MAPI_E_CALL_FAILED;
}

/*
 * For C++: the place of the first parameter.
 *
 * Reference: validateparameters
 */
HRESULT WINAPI __CPPValidateParameters(ULONG method, void *first)
{
    TRACE("(%lu, %p)\n", method, first);

#ifdef __i386__
    return validate(method, first);
#else
    return method < ARRAY_SIZE(methods) && first ? S_OK : MAPI_E_CALL_FAILED;
#endif
}
