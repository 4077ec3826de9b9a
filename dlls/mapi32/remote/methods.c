/*
 * What the parameters of methods are
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
 * A description has a letter for each parameter, in the order of the method. (validateparms.c has another table, of what
 * is to be checked of a provider's methods: there an object is an object and memory is memory. Here the type of what
 * comes back matters, and the interfaces are others.)
 *
 * What goes in                                         What comes out, through a pointer
 *   .  32 bits                                           U  32 bits
 *   F  the same, flags: MAPI_UNICODE says how wide       W  a number of pointer size, a connection or bookmark
 *      text is                                           G  CLSID
 *   w  a number of pointer size, a window                T  SPropTagArray
 *   i  GUID or NULL, an interface identifier             K  SPropProblemArray
 *   t  SPropTagArray or NULL                             S  SRowSet
 *   r  SRestriction or NULL                              E  MAPIERROR, as F says
 *   s  SSortOrderSet or NULL                             V  SSortOrderSet
 *   l  ENTRYLIST or NULL                                 D  SRestriction
 *   a  ADRLIST or NULL                                   L  ENTRYLIST
 *   z  text or NULL, as F says                           Z  text, as F says
 *   y  ANSI text or NULL                                 C  a count, and behind it B bytes, P property values,
 *   R  RECT or NULL                                         N names of properties
 *   q  pointer to 32 bits or NULL                        >x interface x
 *   c  a count, and behind it e bytes, g GUIDs,          }x the interface that i before it says, x if that is
 *      p property values, n names of properties,            NULL; * is the one of the object type in U before it
 *      f notifications
 *   <x interface x, or NULL                            Both ways
 *   {x the interface that i before it says, x if         +  32 bits
 *      that is NULL                                      H  SPropTagArray; NULL behind the pointer goes in as such
 *                                                        A  ADRLIST whose entries the method may replace
 *
 * A method that begins with ! is not taken to another process: MAPI_E_NO_SUPPORT.
 */

#define COBJMACROS

#include "remote/remote.h"
#include <mapiguid.h>

static const char *const advise_sink[] = { "cf", NULL };

static const char *const progress[] = { "...", "U", "U", "U", "qqq", NULL };

static const char *const prop[] =
{
    /* GetLastError, SaveChanges, GetProps, GetPropList, OpenProperty, SetProps, DeleteProps,
     * CopyTo, CopyProps, GetNamesFromIDs, GetIDsFromNames */
    ".FE", ".", "t.CP", ".T", ".i..}*", "cpK", "tK", "cgtw<gi{p.K", "tw<gi{p.K", "Hi.CN", "cn.T", NULL
};

static const char *const nothing_more[] = { NULL };

static const char *const table[] =
{
    /* GetLastError, Advise, Unadvise, GetStatus, SetColumns, QueryColumns, GetRowCount, SeekRow,
     * SeekRowApprox, QueryPosition, FindRow, Restrict, CreateBookmark, FreeBookmark, SortTable,
     * QuerySortOrder, QueryRows, Abort, ExpandRow, CollapseRow, WaitForCompletion,
     * GetCollapseState, SetCollapseState */
    ".FE", ".<nW", "w", "UU", "t.", ".T", ".U", "w.U", "..",
    "UUU", "rw.", "r.", "W", "w", "s.", "V", "..S", "",
    "ce..SU", "ce.U", "..U", ".ceCB", ".ceW", NULL
};

static const char *const container[] =
{
    /* GetContentsTable, GetHierarchyTable, OpenEntry, SetSearchCriteria, GetSearchCriteria */
    ".>t", ".>t", "cei.U}*", "rl.", ".DLU", NULL
};

static const char *const address_container[] =
{
    /* CreateEntry, CopyEntries, DeleteEntries, ResolveNames */
    "ce.>p", "lw<g.", "l.", "!....", NULL
};

static const char *const folder[] =
{
    /* CreateMessage, CopyMessages, DeleteMessages, CreateFolder, CopyFolder, DeleteFolder,
     * SetReadFlags, GetMessageStatus, SetMessageStatus, SaveContentsSort, EmptyFolder */
    "i.}m", "li{fw<g.", "lw<g.", ".zziF}f", "cei{fzw<gF", "cew<g.", "lw<g.",
    "ce.U", "ce..U", "s.", "w<g.", NULL
};

static const char *const store[] =
{
    /* Advise, Unadvise, CompareEntryIDs, OpenEntry, SetReceiveFolder, GetReceiveFolder,
     * GetReceiveFolderTable, StoreLogoff, AbortSubmit, GetOutgoingQueue, SetLockState, FinishedMsg,
     * NotifyNewMail */
    "ce.<nW", "w", "cece.U", "cei.U}*", "zFce", "zFCBZ", ".>t",
    "+", "ce.", ".>t", "!..", "!...", "!.", NULL
};

static const char *const message[] =
{
    /* GetAttachmentTable, OpenAttach, CreateAttach, DeleteAttach, GetRecipientTable,
     * ModifyRecipients, SubmitMessage, SetReadFlag */
    ".>t", ".i.}a", "i.U}a", ".w<g.", ".>t", ".a", ".", ".", NULL
};

static const char *const address_book[] =
{
    /* OpenEntry, CompareEntryIDs, Advise, Unadvise, CreateOneOff, NewEntry, ResolveName, Address,
     * Details, RecipOptions, QueryDefaultRecipOpt, GetPAB, SetPAB, GetDefaultDir, SetDefaultDir,
     * GetSearchPath, SetSearchPath, PrepareRecips */
    "cei.U}*", "cece.U", "ce.<nW", "w", "zzzFCB", "w.ceceCB", "wFzA", "!...", "!.........",
    "!...", "zFCP", "CB", "ce", "CB", "ce", ".S",
    ".a", ".tA", NULL
};

static const char *const session[] =
{
    /* GetLastError, GetMsgStoresTable, OpenMsgStore, OpenAddressBook, OpenProfileSection,
     * GetStatusTable, OpenEntry, CompareEntryIDs, Advise, Unadvise, MessageOptions,
     * QueryDefaultMessageOpt, EnumAdrTypes, QueryIdentity, Logoff, SetDefaultStore, AdminServices,
     * ShowForm, PrepareForm */
    ".FE", ".>t", "wcei.}s", "wi.}A", "ii.}C", ".>t", "cei.U}*",
    "cece.U", "ce.<nW", "w", "wFz<m", "zFCP", "!...", "CB", "w..",
    ".ce", "!..", "w<s<fiw<m....y", "i<mW", NULL
};

static const char *const persist_message[] =
{
    /* GetLastError, GetClassID, IsDirty, InitNew, Load, Save, SaveCompleted, HandsOffMessage */
    ".FE", "G", "", "<M<m", "<M<m..", "<m.", "<m", "", NULL
};

static const char *const message_site[] =
{
    /* GetLastError, GetSession, GetStore, GetFolder, GetMessage, GetFormManager, NewMessage,
     * CopyMessage, MoveMessage, DeleteMessage, SaveMessage, SubmitMessage, GetSiteStatus */
    ".FE", ">S", ">s", ">f", ">m", ">R", ".<f<P>m>M>v", "<f", "<f<vR",
    "<vR", "", ".", "U", NULL
};

static const char *const form[] =
{
    /* GetLastError, SetViewContext, GetViewContext, ShutdownForm, DoVerb, Advise, Unadvise */
    ".FE", "<v", ">v", ".", ".<vwR", "<VW", "w", NULL
};

static const char *const view_context[] =
{
    /* GetLastError, SetAdviseSink, ActivateNext, GetPrintSetup, GetSaveStream, GetViewStatus */
    ".FE", "<k", ".R", "!..", "UU>i", "U", NULL
};

static const char *const form_advise_sink[] = { ".", "y..>P", NULL };

static const char *const view_advise_sink[] = { "", "", "..", "", "", NULL };

static const char *const form_factory[] = { ".FE", "i.>c", "..", NULL };

static const char *const form_manager[] =
{
    /* GetLastError, LoadForm, ResolveMessageClass, ResolveMultipleMessageClasses, CalcFormPropSet,
     * CreateForm, SelectForm, SelectMultipleForms, SelectFormContainer, OpenFormContainer,
     * PrepareForm, IsInConflict */
    ".FE", "w.y..<f<M<m<vi}*", "y.<f>I", "!....", "!...", "w.<Ii}*",
    "wFz<f>I", "!......", "!...", "!...", "w.<I", "..y<f", NULL
};

static const char *const form_info[] =
{
    /* CalcFormPropSet, CalcVerbSet, MakeIconFromBinary, SaveForm, OpenFormContainer */
    "!..", "!..", "!..", "!.", "!.", NULL
};

static const struct remote_interface interfaces[] =
{
    { 'a', 'p', &IID_IAttachment, nothing_more },
    { 'A', 'p', &IID_IAddrBook, address_book },
    { 'b', 'o', &IID_IABContainer, address_container },
    { 'C', 'p', &IID_IProfSect, nothing_more },
    { 'd', 'o', &IID_IDistList, address_container },
    { 'f', 'o', &IID_IMAPIFolder, folder },
    { 'F', 0, &IID_IMAPIForm, form },
    { 'g', 0, &IID_IMAPIProgress, progress },
    { 'I', 'p', &IID_IMAPIFormInfo, form_info },
    { 'k', 0, &IID_IMAPIFormAdviseSink, form_advise_sink },
    { 'm', 'p', &IID_IMessage, message },
    { 'M', 0, &IID_IMAPIMessageSite, message_site },
    { 'n', 0, &IID_IMAPIAdviseSink, advise_sink },
    { 'o', 'p', &IID_IMAPIContainer, container },
    { 'p', 0, &IID_IMAPIProp, prop },
    { 'P', 0, &IID_IPersistMessage, persist_message },
    { 'R', 0, &IID_IMAPIFormMgr, form_manager },
    { 's', 'p', &IID_IMsgStore, store },
    { 'S', 0, &IID_IMAPISession, session },
    { 't', 0, &IID_IMAPITable, table },
    { 'u', 'p', &IID_IMailUser, nothing_more },
    { 'v', 0, &IID_IMAPIViewContext, view_context },
    { 'V', 0, &IID_IMAPIViewAdviseSink, view_advise_sink },
    { 'y', 0, &IID_IMAPIFormFactory, form_factory },
    /* The system's: it takes them to other processes itself. */
    { 'c', 0, &IID_IClassFactory, NULL },
    { 'i', 0, &IID_IStream, NULL },
};

const struct remote_interface *remote_interface_of(REFIID iid)
{
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(interfaces); i++)
        if (interfaces[i].methods && IsEqualGUID(interfaces[i].iid, iid))
            return &interfaces[i];
    return NULL;
}

const struct remote_interface *remote_interface_by_letter(char letter)
{
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(interfaces); i++)
        if (interfaces[i].letter == letter) return &interfaces[i];
    return NULL;
}

/* How many methods there are, and the one at *index behind IUnknown's, if it is one of them. */
static ULONG walk(const struct remote_interface *type, ULONG index, const char **method)
{
    ULONG before, count = 0;

    before = type->base ? walk(remote_interface_by_letter(type->base), index, method) : 0;
    while (type->methods[count])
    {
        if (before + count == index) *method = type->methods[count];
        count++;
    }
    return before + count;
}

const char *remote_method(const struct remote_interface *type, ULONG index)
{
    const char *method = NULL;

    if (index >= REMOTE_FIRST) walk(type, index - REMOTE_FIRST, &method);
    return method;
}

ULONG remote_method_count(const struct remote_interface *type)
{
    const char *method;

    return REMOTE_FIRST + walk(type, REMOTE_METHODS, &method);
}

char remote_parameter(const char **description, char *letter)
{
    char kind = **description;

    *letter = 0;
    if (!kind) return 0;
    ++*description;
    if (strchr("<>{}", kind)) *letter = *(*description)++;
    return kind;
}

BOOL remote_is_remoted(const char *description)
{
    return *description != '!';
}

ULONG remote_slot_count(const char *description)
{
    ULONG count = 0;
    char letter;

    if (!remote_is_remoted(description)) description++;
    while (remote_parameter(&description, &letter)) count++;
    return count;
}
