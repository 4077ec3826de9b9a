/*
 * MAPI for hook providers, which see each message that arrives or leaves
 *
 * ISpoolerHook is in mapispooler.idl.
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

#ifndef MAPIHOOK_H
#define MAPIHOOK_H

#include <mapix.h>
#include <mapispooler.h>

#ifdef __cplusplus
extern "C" {
#endif

/* InboundMsgHook, OutboundMsgHook, out */
#define HOOK_DELETE ((ULONG)0x00000001)
#define HOOK_CANCEL ((ULONG)0x00000002)

/* PR_RESOURCE_FLAGS */
#define HOOK_INBOUND  ((ULONG)0x00000200)
#define HOOK_OUTBOUND ((ULONG)0x00000400)

/* The arguments are in another order than those of the other providers' entry points. */
typedef HRESULT (STDMAPIINITCALLTYPE HPPROVIDERINIT)(LPMAPISESSION lpSession,
                                                     HINSTANCE hInstance,
                                                     LPALLOCATEBUFFER lpAllocateBuffer,
                                                     LPALLOCATEMORE lpAllocateMore,
                                                     LPFREEBUFFER lpFreeBuffer,
                                                     LPMAPIUID lpSectionUID, ULONG ulFlags,
                                                     LPSPOOLERHOOK *lppSpoolerHook);
HPPROVIDERINIT HPProviderInit;

#ifdef __cplusplus
}
#endif

#endif /* MAPIHOOK_H */
