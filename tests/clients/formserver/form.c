/*
 * The form of a form server
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

#include "formserver.h"

static struct form *impl_from_IMAPIForm(IMAPIForm *iface)
{
    return CONTAINING_RECORD(iface, struct form, IMAPIForm_iface);
}

static struct form *impl_from_IPersistMessage(IPersistMessage *iface)
{
    return CONTAINING_RECORD(iface, struct form, IPersistMessage_iface);
}

static struct form *timed;              /* waits for its timer */

static void let_go(struct form *form)
{
    if (form->message) IMessage_Release(form->message);
    form->message = NULL;
}

static HRESULT query(struct form *form, REFIID iid, void **ret)
{
    *ret = NULL;
    if (IsEqualGUID(iid, &IID_IUnknown) || IsEqualGUID(iid, &IID_IMAPIForm))
        *ret = &form->IMAPIForm_iface;
    else if (IsEqualGUID(iid, &IID_IPersistMessage)) *ret = &form->IPersistMessage_iface;
    else return E_NOINTERFACE;
    form->refs++;
    return S_OK;
}

static ULONG release(struct form *form)
{
    ULONG refs = --form->refs;

    if (refs) return refs;
    let_go(form);
    if (form->site) IMAPIMessageSite_Release(form->site);
    if (form->view) IMAPIViewContext_Release(form->view);
    if (form->sink) IMAPIViewAdviseSink_Release(form->sink);
    free(form);
    server_end();
    return 0;
}

/* The window is closed. */
static void end(struct form *form)
{
    IMAPIViewAdviseSink *sink = form->sink;

    form->refs++;
    let_go(form);
    if (form->view)
    {
        IMAPIViewContext_SetAdviseSink(form->view, NULL);
        IMAPIViewContext_Release(form->view);
    }
    if (form->site) IMAPIMessageSite_Release(form->site);
    form->view = NULL;
    form->site = NULL;
    if (sink) IMAPIViewAdviseSink_OnShutdown(sink);
    release(form);
}

static void CALLBACK on_timer(HWND window, UINT message, UINT_PTR id, DWORD time)
{
    struct form *form = timed;

    if (form && strstr(form->command, "watch"))
    {
        if (!work_watched()) return;
        work_watch_end();
    }
    KillTimer(NULL, id);
    timed = NULL;
    if (!form) return;
    if (strstr(form->command, "leave")) TerminateProcess(GetCurrentProcess(), 1);
    end(form);
}

static void read_command(struct form *form)
{
    SizedSPropTagArray(2, tags) = { 2, { PR_TEST_COMMAND, PR_SUBJECT_A } };
    SPropValue *props;
    ULONG count;

    form->command[0] = form->subject[0] = 0;
    if (FAILED(IMessage_GetProps(form->message, (SPropTagArray *)&tags, 0, &count, &props))) return;
    if (props[0].ulPropTag == PR_TEST_COMMAND)
        lstrcpynA(form->command, props[0].Value.lpszA, sizeof(form->command));
    if (props[1].ulPropTag == PR_SUBJECT_A)
        lstrcpynA(form->subject, props[1].Value.lpszA, sizeof(form->subject));
    MAPIFreeBuffer(props);
}

static void write_report(struct form *form)
{
    static char report[4000];
    SPropValue prop = { PR_TEST_REPORT };

    *report = 0;
    work_inspect(form, report, sizeof(report));
    prop.Value.lpszA = report;
    IMessage_SetProps(form->message, 1, &prop, NULL);
}

/* ---- IMAPIForm ---- */

static HRESULT WINAPI form_QueryInterface(IMAPIForm *iface, REFIID iid, void **ret)
{
    return query(impl_from_IMAPIForm(iface), iid, ret);
}

static ULONG WINAPI form_AddRef(IMAPIForm *iface)
{
    return ++impl_from_IMAPIForm(iface)->refs;
}

static ULONG WINAPI form_Release(IMAPIForm *iface)
{
    return release(impl_from_IMAPIForm(iface));
}

/* Words for any error, to see that they arrive. */
static HRESULT WINAPI form_GetLastError(IMAPIForm *iface, HRESULT hr, ULONG flags, MAPIERROR **ret)
{
    MAPIERROR *error;

    *ret = NULL;
    if (FAILED(MAPIAllocateBuffer(sizeof(*error), (void **)&error)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(error, 0, sizeof(*error));
    error->lpszError = (LPTSTR)(flags & MAPI_UNICODE ? (char *)L"far away" : "far away");
    error->ulLowLevelError = hr;
    *ret = error;
    return S_OK;
}

static HRESULT WINAPI form_SetViewContext(IMAPIForm *iface, IMAPIViewContext *view)
{
    struct form *form = impl_from_IMAPIForm(iface);

    if (view) IMAPIViewContext_AddRef(view);
    if (form->view) IMAPIViewContext_Release(form->view);
    form->view = view;
    return S_OK;
}

static HRESULT WINAPI form_GetViewContext(IMAPIForm *iface, IMAPIViewContext **ret)
{
    struct form *form = impl_from_IMAPIForm(iface);

    if (!(*ret = form->view)) return S_FALSE;
    IMAPIViewContext_AddRef(*ret);
    return S_OK;
}

static HRESULT WINAPI form_ShutdownForm(IMAPIForm *iface, ULONG options)
{
    end(impl_from_IMAPIForm(iface));
    return S_OK;
}

static HRESULT WINAPI form_DoVerb(IMAPIForm *iface, LONG verb, IMAPIViewContext *view,
                                  ULONG_PTR parent, LPCRECT position)
{
    struct form *form = impl_from_IMAPIForm(iface);
    HRESULT hr = S_OK;

    if (verb || !form->message) return MAPI_E_INVALID_PARAMETER;
    read_command(form);
    if (strstr(form->command, "inspect")) write_report(form);
    if (strstr(form->command, "die")) TerminateProcess(GetCurrentProcess(), 1);
    if (strstr(form->command, "save")) hr = IMAPIMessageSite_SaveMessage(form->site);
    if (strstr(form->command, "submit"))
    {
        hr = work_add_recipient(form->message);
        if (SUCCEEDED(hr)) hr = IMAPIMessageSite_SubmitMessage(form->site, 0);
    }
    if (strstr(form->command, "delete"))
        hr = IMAPIMessageSite_DeleteMessage(form->site, form->view, NULL);
    if (strstr(form->command, "watch")) hr = work_watch(form);
    if (strstr(form->command, "watch") || strstr(form->command, "later")
        || strstr(form->command, "leave"))
    {
        timed = form;
        SetTimer(NULL, 0, 50, on_timer);
    }
    else end(form);
    return hr;
}

static HRESULT WINAPI form_Advise(IMAPIForm *iface, IMAPIViewAdviseSink *sink,
                                  ULONG_PTR *connection)
{
    struct form *form = impl_from_IMAPIForm(iface);

    IMAPIViewAdviseSink_AddRef(sink);
    if (form->sink) IMAPIViewAdviseSink_Release(form->sink);
    form->sink = sink;
    *connection = 5;
    return S_OK;
}

static HRESULT WINAPI form_Unadvise(IMAPIForm *iface, ULONG_PTR connection)
{
    struct form *form = impl_from_IMAPIForm(iface);

    if (connection != 5) return MAPI_E_INVALID_PARAMETER;
    if (form->sink) IMAPIViewAdviseSink_Release(form->sink);
    form->sink = NULL;
    return S_OK;
}

static const IMAPIFormVtbl form_vtbl =
{
    form_QueryInterface,
    form_AddRef,
    form_Release,
    form_GetLastError,
    form_SetViewContext,
    form_GetViewContext,
    form_ShutdownForm,
    form_DoVerb,
    form_Advise,
    form_Unadvise
};

/* ---- IPersistMessage ---- */

static HRESULT WINAPI persist_QueryInterface(IPersistMessage *iface, REFIID iid, void **ret)
{
    return query(impl_from_IPersistMessage(iface), iid, ret);
}

static ULONG WINAPI persist_AddRef(IPersistMessage *iface)
{
    return ++impl_from_IPersistMessage(iface)->refs;
}

static ULONG WINAPI persist_Release(IPersistMessage *iface)
{
    return release(impl_from_IPersistMessage(iface));
}

static HRESULT WINAPI persist_GetLastError(IPersistMessage *iface, HRESULT hr, ULONG flags,
                                           MAPIERROR **ret)
{
    *ret = NULL;
    return S_OK;
}

static HRESULT WINAPI persist_GetClassID(IPersistMessage *iface, CLSID *clsid)
{
    memset(clsid, 0x42, sizeof(*clsid));
    return S_OK;
}

static HRESULT WINAPI persist_IsDirty(IPersistMessage *iface)
{
    return S_FALSE;
}

static HRESULT take(struct form *form, IMAPIMessageSite *site, IMessage *message)
{
    IMAPIMessageSite_AddRef(site);
    IMessage_AddRef(message);
    let_go(form);
    if (form->site) IMAPIMessageSite_Release(form->site);
    form->site = site;
    form->message = message;
    return S_OK;
}

static HRESULT WINAPI persist_InitNew(IPersistMessage *iface, IMAPIMessageSite *site,
                                      IMessage *message)
{
    return take(impl_from_IPersistMessage(iface), site, message);
}

static HRESULT WINAPI persist_Load(IPersistMessage *iface, IMAPIMessageSite *site,
                                   IMessage *message, ULONG status, ULONG flags)
{
    return take(impl_from_IPersistMessage(iface), site, message);
}

static HRESULT WINAPI persist_Save(IPersistMessage *iface, IMessage *message, ULONG same)
{
    struct form *form = impl_from_IPersistMessage(iface);
    SPropValue prop = { PR_SUBJECT_A };
    char subject[220];

    if (!message) message = form->message;
    if (!message) return MAPI_E_INVALID_PARAMETER;
    snprintf(subject, sizeof(subject), "%s, %s by the form", form->subject,
             same ? "saved" : "copied");
    prop.Value.lpszA = subject;
    return IMessage_SetProps(message, 1, &prop, NULL);
}

static HRESULT WINAPI persist_SaveCompleted(IPersistMessage *iface, IMessage *message)
{
    return S_OK;
}

static HRESULT WINAPI persist_HandsOffMessage(IPersistMessage *iface)
{
    let_go(impl_from_IPersistMessage(iface));
    return S_OK;
}

static const IPersistMessageVtbl persist_vtbl =
{
    persist_QueryInterface,
    persist_AddRef,
    persist_Release,
    persist_GetLastError,
    persist_GetClassID,
    persist_IsDirty,
    persist_InitNew,
    persist_Load,
    persist_Save,
    persist_SaveCompleted,
    persist_HandsOffMessage
};

HRESULT form_create(REFIID iid, void **ret)
{
    struct form *form;
    HRESULT hr;

    if (!(form = calloc(1, sizeof(*form)))) return E_OUTOFMEMORY;
    form->IMAPIForm_iface.lpVtbl = (IMAPIFormVtbl *)&form_vtbl;
    form->IPersistMessage_iface.lpVtbl = (IPersistMessageVtbl *)&persist_vtbl;
    form->refs = 1;
    hr = query(form, iid, ret);
    if (FAILED(hr)) free(form);
    else form->refs--;
    return hr;
}
