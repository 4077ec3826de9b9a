/*
 * The allocator that MAPIGetDefaultMalloc hands out
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
 * An IMalloc over the process's local heap, where MAPI's clients expect it: a block of it may be
 * freed with LocalFree. There is one, without state; it is not counted and never goes.
 */

#include <stdarg.h>

#define COBJMACROS
#include "windef.h"
#include "winbase.h"
#include "objbase.h"
#include "object/object.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static HRESULT WINAPI malloc_QueryInterface(IMalloc *iface, REFIID iid, void **ret)
{
    TRACE("(%p, %s, %p)\n", iface, debugstr_guid(iid), ret);

    if (!ret) return E_POINTER;
    *ret = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IMalloc)) return E_NOINTERFACE;
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI malloc_AddRef(IMalloc *iface)
{
    return 1;
}

static ULONG WINAPI malloc_Release(IMalloc *iface)
{
    return 1;
}

static void * WINAPI malloc_Alloc(IMalloc *iface, SIZE_T size)
{
    return LocalAlloc(LMEM_FIXED, size);
}

/* LMEM_MOVEABLE says here that the block may change its address; it stays a fixed one. */
static void * WINAPI malloc_Realloc(IMalloc *iface, void *block, SIZE_T size)
{
    if (!block) return LocalAlloc(LMEM_FIXED, size);
    if (!size)
    {
        LocalFree(block);
        return NULL;
    }
    return LocalReAlloc(block, size, LMEM_MOVEABLE);
}

static void WINAPI malloc_Free(IMalloc *iface, void *block)
{
    LocalFree(block);
}

static SIZE_T WINAPI malloc_GetSize(IMalloc *iface, void *block)
{
    return block ? LocalSize(block) : (SIZE_T)-1;
}

static int WINAPI malloc_DidAlloc(IMalloc *iface, void *block)
{
    return -1;                          /* cannot be told */
}

static void WINAPI malloc_HeapMinimize(IMalloc *iface)
{
}

static const IMallocVtbl malloc_vtbl =
{
    malloc_QueryInterface,
    malloc_AddRef,
    malloc_Release,
    malloc_Alloc,
    malloc_Realloc,
    malloc_Free,
    malloc_GetSize,
    malloc_DidAlloc,
    malloc_HeapMinimize
};

static IMalloc default_malloc = { &malloc_vtbl };

LPMALLOC WINAPI MAPIGetDefaultMalloc(void)
{
    TRACE("()\n");

    return &default_malloc;
}
