/*
 * The exports that a registered client may answer in our place
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
 * forward_X is what the DLL exports under the name X; X itself is ours. Each asks forward_begin who
 * answers, and nothing else is decided here but two rules that hold for our own answer: logon and
 * administration need MAPIInitialize, and the memory a client gets comes from one side only.
 */

#include <stdarg.h>

#define COBJMACROS
#include "windef.h"
#include "winbase.h"
#include "objbase.h"
#include "core/core.h"
#include "session/session.h"
#include "forward.h"

HRESULT WINAPI MAPIOpenFormMgr(void *session, void **manager);
HRESULT WINAPI MAPIOpenLocalFormContainer(void **container);

HRESULT WINAPI forward_MAPIInitialize(void *init)
{
    struct forward_frame frame;
    HRESULT (WINAPI *client)(void *) = forward_begin(FORWARD_MAPIInitialize, &frame);
    HRESULT ret;

    if (!client) return MAPIInitialize(init);
    ret = client(init);
    forward_end(&frame);
    return ret;
}

void WINAPI forward_MAPIUninitialize(void)
{
    struct forward_frame frame;
    void (WINAPI *client)(void) = forward_begin(FORWARD_MAPIUninitialize, &frame);

    if (!client)
    {
        MAPIUninitialize();
        return;
    }
    client();
    forward_end(&frame);
}

HRESULT WINAPI forward_MAPILogonEx(ULONG_PTR ui, LPTSTR profile, LPTSTR password, ULONG flags,
                                   LPMAPISESSION *session)
{
    struct forward_frame frame;
    HRESULT (WINAPI *client)(ULONG_PTR, LPTSTR, LPTSTR, ULONG, LPMAPISESSION *) =
        forward_begin(FORWARD_MAPILogonEx, &frame);
    HRESULT ret;

    if (!client)
    {
        if (session) *session = NULL;
        if (!mapi_initialized() || shutdown_done()) return MAPI_E_NOT_INITIALIZED;
        return MAPILogonEx(ui, profile, password, flags, session);
    }
    ret = client(ui, profile, password, flags, session);
    forward_end(&frame);
    return ret;
}

HRESULT WINAPI forward_MAPIAdminProfiles(ULONG flags, LPPROFADMIN *admin)
{
    struct forward_frame frame;
    HRESULT (WINAPI *client)(ULONG, LPPROFADMIN *) =
        forward_begin(FORWARD_MAPIAdminProfiles, &frame);
    HRESULT ret;

    if (!client)
    {
        if (admin) *admin = NULL;
        if (!mapi_initialized() || shutdown_done()) return MAPI_E_NOT_INITIALIZED;
        return MAPIAdminProfiles(flags, admin);
    }
    ret = client(flags, admin);
    forward_end(&frame);
    return ret;
}

SCODE WINAPI forward_MAPIAllocateBuffer(ULONG size, void **buffer)
{
    struct forward_frame frame;
    SCODE (WINAPI *client)(ULONG, void **) = forward_begin(FORWARD_MAPIAllocateBuffer, &frame);
    SCODE ret;

    if (!client) return memory_allocate_buffer(size, buffer);
    ret = client(size, buffer);
    forward_end(&frame);
    return ret;
}

SCODE WINAPI forward_MAPIAllocateMore(ULONG size, void *object, void **buffer)
{
    struct forward_frame frame;
    SCODE (WINAPI *client)(ULONG, void *, void **) =
        forward_begin(FORWARD_MAPIAllocateMore, &frame);
    SCODE ret;

    if (!client) return memory_allocate_more(size, object, buffer);
    ret = client(size, object, buffer);
    forward_end(&frame);
    return ret;
}

ULONG WINAPI forward_MAPIFreeBuffer(void *buffer)
{
    struct forward_frame frame;
    ULONG (WINAPI *client)(void *) = forward_begin(FORWARD_MAPIFreeBuffer, &frame);
    ULONG ret;

    if (!client) return memory_free_buffer(buffer);
    ret = client(buffer);
    forward_end(&frame);
    return ret;
}

/* What the helpers of core/ allocate and free for a caller goes the way of the caller's own
 * calls. */
const struct mapi_allocators forward_allocators =
{
    forward_MAPIAllocateBuffer,
    forward_MAPIAllocateMore,
    forward_MAPIFreeBuffer
};

SCODE WINAPI forward_MAPIReallocateBuffer(void *buffer, ULONG size, void **ret_buffer)
{
    struct forward_frame frame;
    SCODE (WINAPI *client)(void *, ULONG, void **) =
        forward_begin(FORWARD_MAPIReallocateBuffer, &frame);
    SCODE ret;

    if (!client)
    {
        /* The client's memory is none that we could grow. */
        if (forward_has_memory())
        {
            if (ret_buffer) *ret_buffer = NULL;
            return MAPI_E_NO_SUPPORT;
        }
        return MAPIReallocateBuffer(buffer, size, ret_buffer);
    }
    ret = client(buffer, size, ret_buffer);
    forward_end(&frame);
    return ret;
}

LPMALLOC WINAPI forward_MAPIGetDefaultMalloc(void)
{
    struct forward_frame frame;
    LPMALLOC (WINAPI *client)(void) = forward_begin(FORWARD_MAPIGetDefaultMalloc, &frame);
    LPMALLOC ret;

    if (!client) return MAPIGetDefaultMalloc();
    ret = client();
    forward_end(&frame);
    return ret;
}

SCODE WINAPI forward_ScInitMapiUtil(ULONG flags)
{
    struct forward_frame frame;
    SCODE (WINAPI *client)(ULONG) = forward_begin(FORWARD_ScInitMapiUtil, &frame);
    SCODE ret;

    if (!client) return ScInitMapiUtil(flags);
    ret = client(flags);
    forward_end(&frame);
    return ret;
}

void WINAPI forward_DeinitMapiUtil(void)
{
    struct forward_frame frame;
    void (WINAPI *client)(void) = forward_begin(FORWARD_DeinitMapiUtil, &frame);

    if (!client)
    {
        DeinitMapiUtil();
        return;
    }
    client();
    forward_end(&frame);
}

HRESULT WINAPI forward_HrThisThreadAdviseSink(LPMAPIADVISESINK sink, LPMAPIADVISESINK *ret_sink)
{
    struct forward_frame frame;
    HRESULT (WINAPI *client)(LPMAPIADVISESINK, LPMAPIADVISESINK *) =
        forward_begin(FORWARD_HrThisThreadAdviseSink, &frame);
    HRESULT ret;

    if (!client) return HrThisThreadAdviseSink(sink, ret_sink);
    ret = client(sink, ret_sink);
    forward_end(&frame);
    return ret;
}

HRESULT WINAPI forward_HrDispatchNotifications(ULONG flags)
{
    struct forward_frame frame;
    HRESULT (WINAPI *client)(ULONG) = forward_begin(FORWARD_HrDispatchNotifications, &frame);
    HRESULT ret;

    if (!client)
    {
        /* The client dispatches by itself, and our own engine was never asked for. */
        if (forward_is_extended()) return flags ? MAPI_E_UNKNOWN_FLAGS : S_OK;
        return HrDispatchNotifications(flags);
    }
    ret = client(flags);
    forward_end(&frame);
    return ret;
}

HRESULT WINAPI forward_HrQueryAllRows(LPMAPITABLE table, LPSPropTagArray tags,
                                      LPSRestriction restriction, LPSSortOrderSet sort,
                                      LONG max, LPSRowSet *rows)
{
    struct forward_frame frame;
    HRESULT (WINAPI *client)(LPMAPITABLE, LPSPropTagArray, LPSRestriction, LPSSortOrderSet,
                             LONG, LPSRowSet *) =
        forward_begin(FORWARD_HrQueryAllRows, &frame);
    HRESULT ret;

    if (!client) return HrQueryAllRows(table, tags, restriction, sort, max, rows);
    ret = client(table, tags, restriction, sort, max, rows);
    forward_end(&frame);
    return ret;
}

HRESULT WINAPI forward_OpenStreamOnFile(LPALLOCATEBUFFER allocate, LPFREEBUFFER free, ULONG flags,
                                        LPCTSTR name, LPCTSTR prefix, LPSTREAM *stream)
{
    struct forward_frame frame;
    HRESULT (WINAPI *client)(LPALLOCATEBUFFER, LPFREEBUFFER, ULONG, LPCTSTR, LPCTSTR, LPSTREAM *) =
        forward_begin(FORWARD_OpenStreamOnFile, &frame);
    HRESULT ret;

    if (!client) return OpenStreamOnFile(allocate, free, flags, name, prefix, stream);
    ret = client(allocate, free, flags, name, prefix, stream);
    forward_end(&frame);
    return ret;
}

HRESULT WINAPI forward_WrapCompressedRTFStream(LPSTREAM compressed, ULONG flags, LPSTREAM *stream)
{
    struct forward_frame frame;
    HRESULT (WINAPI *client)(LPSTREAM, ULONG, LPSTREAM *) =
        forward_begin(FORWARD_WrapCompressedRTFStream, &frame);
    HRESULT ret;

    if (!client) return WrapCompressedRTFStream(compressed, flags, stream);
    ret = client(compressed, flags, stream);
    forward_end(&frame);
    return ret;
}

HRESULT WINAPI forward_MAPIOpenFormMgr(void *session, void **manager)
{
    struct forward_frame frame;
    HRESULT (WINAPI *client)(void *, void **) = forward_begin(FORWARD_MAPIOpenFormMgr, &frame);
    HRESULT ret;

    if (!client) return MAPIOpenFormMgr(session, manager);
    ret = client(session, manager);
    forward_end(&frame);
    return ret;
}

HRESULT WINAPI forward_MAPIOpenLocalFormContainer(void **container)
{
    struct forward_frame frame;
    HRESULT (WINAPI *client)(void **) = forward_begin(FORWARD_MAPIOpenLocalFormContainer, &frame);
    HRESULT ret;

    if (!client) return MAPIOpenLocalFormContainer(container);
    ret = client(container);
    forward_end(&frame);
    return ret;
}

BOOL WINAPI forward_FGetComponentPath(LPSTR component, LPSTR qualifier, LPSTR path,
                                      DWORD size, BOOL install)
{
    struct forward_frame frame;
    BOOL (WINAPI *client)(LPSTR, LPSTR, LPSTR, DWORD, BOOL) =
        forward_begin(FORWARD_FGetComponentPath, &frame);
    BOOL ret;

    if (!client) return FGetComponentPath(component, qualifier, path, size, install);
    ret = client(component, qualifier, path, size, install);
    forward_end(&frame);
    return ret;
}

HRESULT WINAPI forward_DllGetClassObject(REFCLSID clsid, REFIID iid, void **ret_object)
{
    struct forward_frame frame;
    HRESULT (WINAPI *client)(REFCLSID, REFIID, void **);
    HRESULT ret;

    /* What the registry names us for is ours, whoever answers otherwise. */
    ret = DllGetClassObject(clsid, iid, ret_object);
    if (ret != CLASS_E_CLASSNOTAVAILABLE) return ret;
    if (!(client = forward_begin(FORWARD_DllGetClassObject, &frame))) return ret;
    ret = client(clsid, iid, ret_object);
    forward_end(&frame);
    return ret;
}

HRESULT WINAPI forward_DllCanUnloadNow(void)
{
    struct forward_frame frame;
    HRESULT (WINAPI *client)(void) = forward_begin(FORWARD_DllCanUnloadNow, &frame);
    HRESULT ret;

    if (!client) return DllCanUnloadNow();
    ret = client();
    forward_end(&frame);
    return ret;
}
