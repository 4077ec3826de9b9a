/*
 * Calls that go on to a registered MAPI client
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
 * Which client is registered, and the functions of its DLLs. Nothing is read or loaded before the
 * first call that needs it. A function is looked up once; one that leads back into this module does
 * not count. While a thread is inside a forwarded call of a function, the same function on the same
 * thread is answered by ourselves: a client that calls back does not go round in a circle.
 */

#ifndef MAPI32_FORWARD_H
#define MAPI32_FORWARD_H

#include <stdarg.h>
#include "windef.h"
#include "winbase.h"

enum forward_function
{
    /* Extended MAPI: a client with DLLPathEx, or one that the Windows Installer knows */
    FORWARD_MAPIInitialize,
    FORWARD_MAPIUninitialize,
    FORWARD_MAPILogonEx,
    FORWARD_MAPIAdminProfiles,
    FORWARD_MAPIAllocateBuffer,
    FORWARD_MAPIAllocateMore,
    FORWARD_MAPIFreeBuffer,
    FORWARD_MAPIReallocateBuffer,
    FORWARD_MAPIGetDefaultMalloc,
    FORWARD_ScInitMapiUtil,
    FORWARD_DeinitMapiUtil,
    FORWARD_HrThisThreadAdviseSink,
    FORWARD_HrDispatchNotifications,
    FORWARD_HrQueryAllRows,
    FORWARD_OpenStreamOnFile,
    FORWARD_WrapCompressedRTFStream,
    FORWARD_MAPIOpenFormMgr,
    FORWARD_MAPIOpenLocalFormContainer,
    FORWARD_FGetComponentPath,
    FORWARD_DllGetClassObject,
    FORWARD_DllCanUnloadNow,
    /* Simple MAPI: a client with DLLPath, else the extended one */
    FORWARD_MAPILogon,
    FORWARD_MAPILogoff,
    FORWARD_MAPISendMail,
    FORWARD_MAPISendMailW,
    FORWARD_MAPISendDocuments,
    FORWARD_MAPISaveMail,
    FORWARD_MAPIReadMail,
    FORWARD_MAPIFindNext,
    FORWARD_MAPIDeleteMail,
    FORWARD_MAPIAddress,
    FORWARD_MAPIDetails,
    FORWARD_MAPIResolveName,
    FORWARD_COUNT
};

#define FORWARD_FIRST_SIMPLE FORWARD_MAPILogon

/* One forwarded call under way, on the stack of the thread that makes it. */
struct forward_frame
{
    struct forward_frame *outer;
    enum forward_function function;
};

/* The client's function when it is to answer, forward_end is due then; NULL: answer ourselves. */
void *forward_begin(enum forward_function function, struct forward_frame *frame);
/* The same for a client that is not the first way a message goes (simple/choice.c); forward_begin
 * passes such a client by in Simple MAPI. */
void *forward_begin_late(enum forward_function function, struct forward_frame *frame);
void forward_end(const struct forward_frame *frame);
/* Whether a registered client answers the extended calls. */
BOOL forward_is_extended(void);
/* Whether the simple calls only go to the client that was registered before us: it is for those
 * that we cannot answer. */
BOOL forward_to_previous(void);
BOOL forward_has_memory(void);          /* and gives the memory, too */

BOOL forward_process_attach(HINSTANCE instance);
void forward_process_detach(void);

/* exports.c: the memory functions as they are exported */
struct mapi_allocators;
extern const struct mapi_allocators forward_allocators;

/* initialize.c */
BOOL mapi_initialized(void);

#endif /* MAPI32_FORWARD_H */
