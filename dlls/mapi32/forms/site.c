/*
 * The viewer's side of a form that a session shows
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
 * One object with three faces: IMAPIMessageSite, by which the form acts on its message,
 * IMAPIViewContext, the view it was opened from, which has this one message, and
 * IMAPIViewAdviseSink, by which it tells that it is gone. A form may hold any of them longer than
 * the session shows it; the message and the form are let go of when the form shuts down or has
 * handed the message off. All calls come on the thread that shows the form. Reference pages:
 * imapimessagesiteiunknown, imapiviewcontextiunknown, imapiviewadvisesinkiunknown
 */

#define COBJMACROS

#include "forms/forms.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static struct form_site *impl_from_IMAPIMessageSite(IMAPIMessageSite *iface)
{
    return CONTAINING_RECORD(iface, struct form_site, IMAPIMessageSite_iface);
}

static struct form_site *impl_from_IMAPIViewContext(IMAPIViewContext *iface)
{
    return CONTAINING_RECORD(iface, struct form_site, IMAPIViewContext_iface);
}

static struct form_site *impl_from_IMAPIViewAdviseSink(IMAPIViewAdviseSink *iface)
{
    return CONTAINING_RECORD(iface, struct form_site, IMAPIViewAdviseSink_iface);
}

static void let_go(struct form_site *site)
{
    IPersistMessage *form = site->form;
    IMessage *message = site->message;

    site->form = NULL;
    site->message = NULL;
    if (form) IPersistMessage_Release(form);
    if (message) IMessage_Release(message);
}

static void end_view(struct form_site *site)
{
    IMAPIFormAdviseSink *sink = site->sink;

    site->sink = NULL;
    if (sink) IMAPIFormAdviseSink_Release(sink);
}

/* ---- IUnknown ---- */

static HRESULT site_query(struct form_site *site, REFIID iid, void **ret)
{
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (IsEqualGUID(iid, &IID_IUnknown) || IsEqualGUID(iid, &IID_IMAPIMessageSite))
        *ret = &site->IMAPIMessageSite_iface;
    else if (IsEqualGUID(iid, &IID_IMAPIViewContext)) *ret = &site->IMAPIViewContext_iface;
    else if (IsEqualGUID(iid, &IID_IMAPIViewAdviseSink)) *ret = &site->IMAPIViewAdviseSink_iface;
    else return MAPI_E_INTERFACE_NOT_SUPPORTED;
    InterlockedIncrement(&site->refs);
    return S_OK;
}

ULONG form_site_release(struct form_site *site)
{
    ULONG refs = InterlockedDecrement(&site->refs);

    if (refs) return refs;
    let_go(site);
    end_view(site);
    IMAPIFolder_Release(site->folder);
    IMsgStore_Release(site->store);
    IMAPIFormMgr_Release(site->manager);
    IMAPISession_Release(site->session);
    platform_free(site);
    return 0;
}

static HRESULT WINAPI site_QueryInterface(IMAPIMessageSite *iface, REFIID iid, void **ret)
{
    TRACE("(%p, %s, %p)\n", iface, debugstr_guid(iid), ret);
    return site_query(impl_from_IMAPIMessageSite(iface), iid, ret);
}

static ULONG WINAPI site_AddRef(IMAPIMessageSite *iface)
{
    return InterlockedIncrement(&impl_from_IMAPIMessageSite(iface)->refs);
}

static ULONG WINAPI site_Release(IMAPIMessageSite *iface)
{
    return form_site_release(impl_from_IMAPIMessageSite(iface));
}

/* ---- IMAPIMessageSite ---- */

static HRESULT WINAPI site_GetLastError(IMAPIMessageSite *iface, HRESULT hr, ULONG flags,
                                        MAPIERROR **ret)
{
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    return flags & ~MAPI_UNICODE ? MAPI_E_UNKNOWN_FLAGS : S_OK;
}

static HRESULT hand_out(void *object, void *ret)
{
    IUnknown **out = ret;

    if (!out) return MAPI_E_INVALID_PARAMETER;
    if (!(*out = object)) return S_FALSE;
    IUnknown_AddRef(*out);
    return S_OK;
}

static HRESULT WINAPI site_GetSession(IMAPIMessageSite *iface, IMAPISession **ret)
{
    return hand_out(impl_from_IMAPIMessageSite(iface)->session, ret);
}

static HRESULT WINAPI site_GetStore(IMAPIMessageSite *iface, IMsgStore **ret)
{
    return hand_out(impl_from_IMAPIMessageSite(iface)->store, ret);
}

static HRESULT WINAPI site_GetFolder(IMAPIMessageSite *iface, IMAPIFolder **ret)
{
    return hand_out(impl_from_IMAPIMessageSite(iface)->folder, ret);
}

static HRESULT WINAPI site_GetMessage(IMAPIMessageSite *iface, IMessage **ret)
{
    return hand_out(impl_from_IMAPIMessageSite(iface)->message, ret);
}

static HRESULT WINAPI site_GetFormManager(IMAPIMessageSite *iface, IMAPIFormMgr **ret)
{
    return hand_out(impl_from_IMAPIMessageSite(iface)->manager, ret);
}

/* The outbox, for messages that may be composed anywhere; the form's folder where there is none. */
static IMAPIFolder *compose_folder(struct form_site *site)
{
    IMAPIFolder *folder = NULL;
    SPropValue *id;
    ULONG type;

    if (SUCCEEDED(HrGetOneProp((IMAPIProp *)site->store, PR_IPM_OUTBOX_ENTRYID, &id)))
    {
        if (FAILED(IMsgStore_OpenEntry(site->store, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb,
                                       &IID_IMAPIFolder, MAPI_BEST_ACCESS, &type,
                                       (IUnknown **)&folder)))
            folder = NULL;
        memory_free_buffer(id);
    }
    if (folder) return folder;
    IMAPIFolder_AddRef(site->folder);
    return site->folder;
}

static HRESULT WINAPI site_NewMessage(IMAPIMessageSite *iface, ULONG in_folder, IMAPIFolder *focus,
                                      IPersistMessage *form, IMessage **ret_message,
                                      IMAPIMessageSite **ret_site, IMAPIViewContext **ret_view)
{
    struct form_site *site = impl_from_IMAPIMessageSite(iface), *made;
    IMAPIFolder *folder;
    IMessage *message;
    HRESULT hr;

    TRACE("(%p, %lu, %p, %p, %p, %p, %p)\n", iface, in_folder, focus, form, ret_message, ret_site,
          ret_view);

    if (ret_message) *ret_message = NULL;
    if (ret_site) *ret_site = NULL;
    if (ret_view) *ret_view = NULL;
    if (!ret_message || !ret_site) return MAPI_E_INVALID_PARAMETER;
    if (!in_folder) folder = compose_folder(site);
    else IMAPIFolder_AddRef(folder = focus ? focus : site->folder);
    hr = IMAPIFolder_CreateMessage(folder, &IID_IMessage, 0, &message);
    if (SUCCEEDED(hr))
    {
        hr = form_site_create(site->session, site->manager, site->store, folder, message,
                              in_folder ? MAPI_NEW_MESSAGE | MAPI_POST_MESSAGE : MAPI_NEW_MESSAGE,
                              &made);
        if (SUCCEEDED(hr))
        {
            form_site_set_form(made, form);
            *ret_message = message;
            *ret_site = &made->IMAPIMessageSite_iface;
            if (ret_view)
            {
                *ret_view = &made->IMAPIViewContext_iface;
                IMAPIViewContext_AddRef(*ret_view);
            }
        }
        else IMessage_Release(message);
    }
    IMAPIFolder_Release(folder);
    return hr;
}

static HRESULT WINAPI site_CopyMessage(IMAPIMessageSite *iface, IMAPIFolder *folder)
{
    struct form_site *site = impl_from_IMAPIMessageSite(iface);
    IMessage *copy;
    HRESULT hr;

    TRACE("(%p, %p)\n", iface, folder);

    if (!folder) return MAPI_E_INVALID_PARAMETER;
    if (!site->message || !site->form) return MAPI_E_NO_SUPPORT;
    if (FAILED(hr = IMAPIFolder_CreateMessage(folder, &IID_IMessage, 0, &copy))) return hr;
    hr = IPersistMessage_Save(site->form, copy, FALSE);
    if (SUCCEEDED(hr)) hr = IPersistMessage_SaveCompleted(site->form, NULL);
    if (SUCCEEDED(hr)) hr = IMessage_SaveChanges(copy, 0);
    IMessage_Release(copy);
    return hr;
}

/* Runs from what the form changed to what the store has. */
static HRESULT save(struct form_site *site)
{
    HRESULT hr;

    if (site->form)
    {
        hr = IPersistMessage_Save(site->form, site->message, TRUE);
        if (FAILED(hr)) return hr;
    }
    hr = IMessage_SaveChanges(site->message, KEEP_OPEN_READWRITE);
    if (site->form) IPersistMessage_SaveCompleted(site->form, NULL);
    if (SUCCEEDED(hr)) site->saved = TRUE;
    return hr;
}

static HRESULT WINAPI site_SaveMessage(IMAPIMessageSite *iface)
{
    struct form_site *site = impl_from_IMAPIMessageSite(iface);

    TRACE("(%p)\n", iface);
    return site->message ? save(site) : MAPI_E_CALL_FAILED;
}

/* The message's place in its folder; NULL when it was never saved. */
static SPropValue *entry_of(IMessage *message)
{
    SPropValue *id;

    return SUCCEEDED(HrGetOneProp((IMAPIProp *)message, PR_ENTRYID, &id)) ? id : NULL;
}

/* The form lets go of its message, and so does the site; the entry is what is left of it. */
static SPropValue *hand_off(struct form_site *site)
{
    SPropValue *id = entry_of(site->message);

    if (site->form) IPersistMessage_HandsOffMessage(site->form);
    let_go(site);
    return id;
}

static HRESULT move_away(struct form_site *site, IMAPIFolder *target, SPropValue *id)
{
    ENTRYLIST list = { 1, NULL };

    if (!id) return S_OK;
    list.lpbin = &id->Value.bin;
    if (!target) return IMAPIFolder_DeleteMessages(site->folder, &list, 0, NULL, 0);
    return IMAPIFolder_CopyMessages(site->folder, &list, &IID_IMAPIFolder, target, 0, NULL,
                                    MESSAGE_MOVE);
}

/* S_OK with the message still there when the view does not let it go. */
static HRESULT leave(struct form_site *site, IMAPIViewContext *view, ULONG direction,
                     LPCRECT position, IMAPIFolder *target)
{
    SPropValue *id;
    HRESULT hr;

    if (!site->message) return MAPI_E_NO_SUPPORT;
    if (target && FAILED(hr = save(site))) return hr;
    if (view && view != &site->IMAPIViewContext_iface
        && FAILED(hr = IMAPIViewContext_ActivateNext(view, direction, position)))
        return hr;
    id = hand_off(site);
    hr = move_away(site, target, id);
    memory_free_buffer(id);
    return hr;
}

static HRESULT WINAPI site_MoveMessage(IMAPIMessageSite *iface, IMAPIFolder *folder,
                                       IMAPIViewContext *view, LPCRECT position)
{
    TRACE("(%p, %p, %p, %p)\n", iface, folder, view, position);

    if (!folder) return MAPI_E_INVALID_PARAMETER;
    return leave(impl_from_IMAPIMessageSite(iface), view, VCDIR_MOVE, position, folder);
}

/* Where deleted messages go, unless they are there already. */
static IMAPIFolder *wastebasket(struct form_site *site)
{
    IMAPIFolder *folder = NULL;
    SPropValue *id, *own = NULL;
    ULONG type, same = FALSE;

    if (FAILED(HrGetOneProp((IMAPIProp *)site->store, PR_IPM_WASTEBASKET_ENTRYID, &id)))
        return NULL;
    if (SUCCEEDED(HrGetOneProp((IMAPIProp *)site->folder, PR_ENTRYID, &own)))
        IMsgStore_CompareEntryIDs(site->store, own->Value.bin.cb, (ENTRYID *)own->Value.bin.lpb,
                                  id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, 0, &same);
    if (same
        || FAILED(IMsgStore_OpenEntry(site->store, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb,
                                      &IID_IMAPIFolder, MAPI_BEST_ACCESS, &type,
                                      (IUnknown **)&folder)))
        folder = NULL;
    memory_free_buffer(own);
    memory_free_buffer(id);
    return folder;
}

static HRESULT WINAPI site_DeleteMessage(IMAPIMessageSite *iface, IMAPIViewContext *view,
                                         LPCRECT position)
{
    struct form_site *site = impl_from_IMAPIMessageSite(iface);
    IMAPIFolder *target = NULL;
    HRESULT hr;

    TRACE("(%p, %p, %p)\n", iface, view, position);

    /* What was never saved is nowhere that it could be moved from. */
    if (!(site->flags & MAPI_NEW_MESSAGE) || site->saved) target = wastebasket(site);
    hr = leave(site, view, VCDIR_DELETE, position, target);
    if (target) IMAPIFolder_Release(target);
    return hr;
}

static HRESULT WINAPI site_SubmitMessage(IMAPIMessageSite *iface, ULONG flags)
{
    struct form_site *site = impl_from_IMAPIMessageSite(iface);
    IMessage *message;
    HRESULT hr;

    TRACE("(%p, %#lx)\n", iface, flags);

    if (flags & ~FORCE_SUBMIT) return MAPI_E_UNKNOWN_FLAGS;
    if (!site->message) return MAPI_E_CALL_FAILED;
    if (FAILED(hr = save(site))) return hr;
    site->submitted = TRUE;
    if (site->flags & MAPI_POST_MESSAGE)
    {
        memory_free_buffer(hand_off(site));
        return S_OK;
    }
    IMessage_AddRef(message = site->message);
    memory_free_buffer(hand_off(site));
    hr = IMessage_SubmitMessage(message, flags);
    IMessage_Release(message);
    if (FAILED(hr)) site->submitted = FALSE;
    return hr;
}

static HRESULT WINAPI site_GetSiteStatus(IMAPIMessageSite *iface, ULONG *ret)
{
    struct form_site *site = impl_from_IMAPIMessageSite(iface);
    SPropValue *id;

    TRACE("(%p, %p)\n", iface, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = VCSTATUS_NEW_MESSAGE;
    if (!site->message) return S_OK;
    *ret |= VCSTATUS_COPY;
    if (site->read_only) return S_OK;
    *ret |= VCSTATUS_DELETE | VCSTATUS_MOVE | VCSTATUS_SAVE | VCSTATUS_SUBMIT;
    if (SUCCEEDED(HrGetOneProp((IMAPIProp *)site->store, PR_IPM_WASTEBASKET_ENTRYID, &id)))
    {
        *ret |= VCSTATUS_DELETE_IS_MOVE;
        memory_free_buffer(id);
    }
    return S_OK;
}

static const IMAPIMessageSiteVtbl site_vtbl =
{
    site_QueryInterface,
    site_AddRef,
    site_Release,
    site_GetLastError,
    site_GetSession,
    site_GetStore,
    site_GetFolder,
    site_GetMessage,
    site_GetFormManager,
    site_NewMessage,
    site_CopyMessage,
    site_MoveMessage,
    site_DeleteMessage,
    site_SaveMessage,
    site_SubmitMessage,
    site_GetSiteStatus
};

/* ---- IMAPIViewContext: there is no other message to go to ---- */

static HRESULT WINAPI view_QueryInterface(IMAPIViewContext *iface, REFIID iid, void **ret)
{
    return site_query(impl_from_IMAPIViewContext(iface), iid, ret);
}

static ULONG WINAPI view_AddRef(IMAPIViewContext *iface)
{
    return InterlockedIncrement(&impl_from_IMAPIViewContext(iface)->refs);
}

static ULONG WINAPI view_Release(IMAPIViewContext *iface)
{
    return form_site_release(impl_from_IMAPIViewContext(iface));
}

static HRESULT WINAPI view_GetLastError(IMAPIViewContext *iface, HRESULT hr, ULONG flags,
                                        MAPIERROR **ret)
{
    return site_GetLastError(&impl_from_IMAPIViewContext(iface)->IMAPIMessageSite_iface, hr, flags,
                             ret);
}

static HRESULT WINAPI view_SetAdviseSink(IMAPIViewContext *iface, IMAPIFormAdviseSink *sink)
{
    struct form_site *site = impl_from_IMAPIViewContext(iface);

    TRACE("(%p, %p)\n", iface, sink);

    if (sink) IMAPIFormAdviseSink_AddRef(sink);
    end_view(site);
    site->sink = sink;
    return S_OK;
}

static HRESULT WINAPI view_ActivateNext(IMAPIViewContext *iface, ULONG direction, LPCRECT position)
{
    TRACE("(%p, %#lx, %p)\n", iface, direction, position);
    /* No next one: the form is to shut down. */
    return S_FALSE;
}

static HRESULT WINAPI view_GetPrintSetup(IMAPIViewContext *iface, ULONG flags, FORMPRINTSETUP **ret)
{
    TRACE("(%p, %#lx, %p)\n", iface, flags, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    if (memory_allocators.allocate(sizeof(**ret), (void **)ret)) return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(*ret, 0, sizeof(**ret));
    (*ret)->ulFlags = flags;
    (*ret)->ulFirstPageNumber = 1;
    return S_OK;
}

static HRESULT WINAPI view_GetSaveStream(IMAPIViewContext *iface, ULONG *flags, ULONG *format,
                                         IStream **ret)
{
    TRACE("(%p, %p, %p, %p)\n", iface, flags, format, ret);

    if (!flags || !format || !ret) return MAPI_E_INVALID_PARAMETER;
    *flags = *format = 0;
    *ret = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI view_GetViewStatus(IMAPIViewContext *iface, ULONG *ret)
{
    struct form_site *site = impl_from_IMAPIViewContext(iface);

    TRACE("(%p, %p)\n", iface, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = VCSTATUS_INTERACTIVE;
    if (site->modal) *ret |= VCSTATUS_MODAL;
    *ret |= site->read_only ? VCSTATUS_READONLY : VCSTATUS_DELETE;
    return S_OK;
}

static const IMAPIViewContextVtbl view_vtbl =
{
    view_QueryInterface,
    view_AddRef,
    view_Release,
    view_GetLastError,
    view_SetAdviseSink,
    view_ActivateNext,
    view_GetPrintSetup,
    view_GetSaveStream,
    view_GetViewStatus
};

/* ---- IMAPIViewAdviseSink ---- */

static HRESULT WINAPI sink_QueryInterface(IMAPIViewAdviseSink *iface, REFIID iid, void **ret)
{
    return site_query(impl_from_IMAPIViewAdviseSink(iface), iid, ret);
}

static ULONG WINAPI sink_AddRef(IMAPIViewAdviseSink *iface)
{
    return InterlockedIncrement(&impl_from_IMAPIViewAdviseSink(iface)->refs);
}

static ULONG WINAPI sink_Release(IMAPIViewAdviseSink *iface)
{
    return form_site_release(impl_from_IMAPIViewAdviseSink(iface));
}

static HRESULT WINAPI sink_OnShutdown(IMAPIViewAdviseSink *iface)
{
    struct form_site *site = impl_from_IMAPIViewAdviseSink(iface);

    TRACE("(%p)\n", iface);

    site->shut_down = TRUE;
    let_go(site);
    end_view(site);
    return S_OK;
}

static HRESULT WINAPI sink_OnNewMessage(IMAPIViewAdviseSink *iface)
{
    TRACE("(%p)\n", iface);
    return S_OK;
}

static HRESULT WINAPI sink_OnPrint(IMAPIViewAdviseSink *iface, ULONG page, HRESULT hr)
{
    TRACE("(%p, %lu, %#lx)\n", iface, page, hr);
    return S_OK;
}

static HRESULT WINAPI sink_OnSubmitted(IMAPIViewAdviseSink *iface)
{
    TRACE("(%p)\n", iface);
    impl_from_IMAPIViewAdviseSink(iface)->submitted = TRUE;
    return S_OK;
}

static HRESULT WINAPI sink_OnSaved(IMAPIViewAdviseSink *iface)
{
    TRACE("(%p)\n", iface);
    impl_from_IMAPIViewAdviseSink(iface)->saved = TRUE;
    return S_OK;
}

static const IMAPIViewAdviseSinkVtbl sink_vtbl =
{
    sink_QueryInterface,
    sink_AddRef,
    sink_Release,
    sink_OnShutdown,
    sink_OnNewMessage,
    sink_OnPrint,
    sink_OnSubmitted,
    sink_OnSaved
};

void form_site_set_form(struct form_site *site, IPersistMessage *form)
{
    if (form) IPersistMessage_AddRef(form);
    if (site->form) IPersistMessage_Release(site->form);
    site->form = form;
}

HRESULT form_site_create(IMAPISession *session, IMAPIFormMgr *manager, IMsgStore *store,
                         IMAPIFolder *folder, IMessage *message, ULONG flags,
                         struct form_site **ret)
{
    struct form_site *site;

    *ret = NULL;
    if (!(site = platform_alloc_zero(sizeof(*site)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    site->IMAPIMessageSite_iface.lpVtbl = (IMAPIMessageSiteVtbl *)&site_vtbl;
    site->IMAPIViewContext_iface.lpVtbl = (IMAPIViewContextVtbl *)&view_vtbl;
    site->IMAPIViewAdviseSink_iface.lpVtbl = (IMAPIViewAdviseSinkVtbl *)&sink_vtbl;
    site->refs = 1;
    site->flags = flags;
    IMAPISession_AddRef(site->session = session);
    IMAPIFormMgr_AddRef(site->manager = manager);
    IMsgStore_AddRef(site->store = store);
    IMAPIFolder_AddRef(site->folder = folder);
    IMessage_AddRef(site->message = message);
    *ret = site;
    return S_OK;
}
