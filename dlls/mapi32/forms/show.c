/*
 * IMAPISession::PrepareForm and ShowForm
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
 * PrepareForm keeps the message under a token, a number that says nothing of where it is, until
 * ShowForm takes it or the client of the session is gone. ShowForm shows the form for its class,
 * modal to the window given: what the form does to the message goes through the site, and the call
 * returns when the form has shut down. Reference pages: imapisession-prepareform,
 * imapisession-showform
 */

#define COBJMACROS

#include "forms/forms.h"
#include "remote/remote.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define VERB_OPEN 0
#define FORM_PING_INTERVAL 1000         /* ms */

struct token
{
    struct token *next;
    ULONG_PTR number;
    const void *owner;
    IMessage *message;
};

static CRITICAL_SECTION tokens_lock;
static CRITICAL_SECTION_DEBUG tokens_debug =
{
    0, 0, &tokens_lock,
    { &tokens_debug.ProcessLocksList, &tokens_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": tokens_lock") }
};
static CRITICAL_SECTION tokens_lock = { &tokens_debug, -1, 0, 0, 0, 0 };
static struct token *tokens;
static ULONG_PTR last_number;

HRESULT form_token_create(const void *owner, IMessage *message, ULONG_PTR *ret)
{
    struct token *token;

    if (!(token = platform_alloc(sizeof(*token)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    token->owner = owner;
    token->message = message;
    IMessage_AddRef(message);
    EnterCriticalSection(&tokens_lock);
    *ret = token->number = ++last_number;
    token->next = tokens;
    tokens = token;
    LeaveCriticalSection(&tokens_lock);
    return S_OK;
}

HRESULT form_token_take(const void *owner, ULONG_PTR number, IMessage **ret)
{
    struct token *token, **link;

    *ret = NULL;
    EnterCriticalSection(&tokens_lock);
    for (link = &tokens; (token = *link); link = &token->next)
        if (token->owner == owner && token->number == number) break;
    if (token) *link = token->next;
    LeaveCriticalSection(&tokens_lock);
    if (!token) return MAPI_E_INVALID_PARAMETER;
    *ret = token->message;
    platform_free(token);
    return S_OK;
}

void form_tokens_drop(const void *owner)
{
    struct token *token, **link, *dropped = NULL;

    EnterCriticalSection(&tokens_lock);
    for (link = &tokens; (token = *link);)
    {
        if (token->owner == owner)
        {
            *link = token->next;
            token->next = dropped;
            dropped = token;
        }
        else link = &token->next;
    }
    LeaveCriticalSection(&tokens_lock);
    while ((token = dropped))
    {
        dropped = token->next;
        IMessage_Release(token->message);
        platform_free(token);
    }
}

/* ---- showing ---- */

static HRESULT make_form(const struct form_show *show, IMAPIFormMgr *manager,
                         struct form_site *site, IMAPIForm **ret)
{
    IPersistMessage *persist;
    IMAPIFormInfo *info;
    HRESULT hr;

    *ret = NULL;
    if (!(show->flags & MAPI_NEW_MESSAGE))
        hr = IMAPIFormMgr_LoadForm(manager, (ULONG_PTR)show->parent, MAPI_DIALOG,
                                   show->message_class, show->status, show->message_flags,
                                   show->folder, &site->IMAPIMessageSite_iface, show->message,
                                   &site->IMAPIViewContext_iface, &IID_IMAPIForm, (void **)ret);
    else
    {
        hr = IMAPIFormMgr_ResolveMessageClass(manager, show->message_class, 0, show->folder, &info);
        if (FAILED(hr)) return hr;
        hr = IMAPIFormMgr_CreateForm(manager, (ULONG_PTR)show->parent, MAPI_DIALOG, info,
                                     &IID_IMAPIForm, (void **)ret);
        IMAPIFormInfo_Release(info);
    }
    if (FAILED(hr)) return hr;
    hr = IMAPIForm_QueryInterface(*ret, &IID_IPersistMessage, (void **)&persist);
    if (SUCCEEDED(hr))
    {
        form_site_set_form(site, persist);
        if (show->flags & MAPI_NEW_MESSAGE)
            hr = IPersistMessage_InitNew(persist, &site->IMAPIMessageSite_iface, show->message);
        if (SUCCEEDED(hr) && (show->flags & MAPI_NEW_MESSAGE))
            hr = IMAPIForm_SetViewContext(*ret, &site->IMAPIViewContext_iface);
        IPersistMessage_Release(persist);
    }
    if (FAILED(hr))
    {
        IMAPIForm_Release(*ret);
        *ret = NULL;
    }
    return hr;
}

/* One that is too busy to answer is there all the same. */
static BOOL is_alive(IMAPIForm *form)
{
    HRESULT hr = remote_ping(form);

    if (SUCCEEDED(hr) || hr == RPC_E_CALL_REJECTED || hr == RPC_E_SERVERCALL_RETRYLATER)
        return TRUE;
    WARN("the form's process is gone: %#lx\n", hr);
    return FALSE;
}

/* A form that does not use the thread of DoVerb has its window still; its shutdown ends the wait,
 * and so does the end of its process, which nobody tells: it is looked after when nothing else is
 * to be done. */
static HRESULT wait_for_shutdown(struct form_site *site, IMAPIForm *form)
{
    MSG msg;

    while (!site->shut_down)
    {
        if (MsgWaitForMultipleObjectsEx(0, NULL, FORM_PING_INTERVAL, QS_ALLINPUT,
                                        MWMO_INPUTAVAILABLE)
                == WAIT_TIMEOUT
            && !is_alive(form))
            return MAPI_E_CALL_FAILED;
        while (!site->shut_down && PeekMessageW(&msg, NULL, 0, 0, PM_REMOVE))
        {
            if (msg.message == WM_QUIT)
            {
                /* The loop of the program that asked is to see it, too. */
                PostQuitMessage(msg.wParam);
                return S_OK;
            }
            TranslateMessage(&msg);
            DispatchMessageW(&msg);
        }
    }
    return S_OK;
}

/* A process that is gone never lets go of what it held; COM would keep that for the thread's
 * life. */
static void disconnect(const struct form_show *show, struct form_site *site)
{
    CoDisconnectObject((IUnknown *)&site->IMAPIMessageSite_iface, 0);
    CoDisconnectObject((IUnknown *)show->message, 0);
}

static HRESULT run_form(const struct form_show *show, IMAPIForm *form, struct form_site *site)
{
    BOOL enabled = show->parent && IsWindowEnabled(show->parent);
    ULONG_PTR connection = 0;
    RECT position = { 0 };
    HRESULT hr;

    hr = IMAPIForm_Advise(form, &site->IMAPIViewAdviseSink_iface, &connection);
    if (FAILED(hr)) return hr;
    if (show->parent) GetWindowRect(show->parent, &position);
    hr = IMAPIForm_DoVerb(form, VERB_OPEN, &site->IMAPIViewContext_iface, (ULONG_PTR)show->parent,
                          &position);
    if (SUCCEEDED(hr) && !site->shut_down)
    {
        if (enabled) EnableWindow(show->parent, FALSE);
        hr = wait_for_shutdown(site, form);
        if (enabled) EnableWindow(show->parent, TRUE);
    }
    if (!site->shut_down) IMAPIForm_ShutdownForm(form, SAVEOPTS_NOSAVE);
    IMAPIForm_Unadvise(form, connection);
    if (FAILED(hr) && !is_alive(form)) disconnect(show, site);
    return hr;
}

HRESULT form_show(const struct form_show *show)
{
    struct form_site *site = NULL;
    IMAPIFormMgr *manager;
    IMAPIForm *form;
    HRESULT hr;

    TRACE("%s, flags %#lx\n", debugstr_a(show->message_class), show->flags);

    if (FAILED(hr = form_manager_create(show->session, &manager))) return hr;
    hr = form_site_create(show->session, manager, show->store, show->folder, show->message,
                          show->flags, &site);
    if (SUCCEEDED(hr))
    {
        site->modal = TRUE;
        site->read_only = !(show->flags & MAPI_NEW_MESSAGE) && !(show->access & MAPI_ACCESS_MODIFY);
        hr = make_form(show, manager, site, &form);
    }
    if (SUCCEEDED(hr))
    {
        hr = run_form(show, form, site);
        IMAPIForm_Release(form);
        if (SUCCEEDED(hr) && (show->flags & MAPI_NEW_MESSAGE) && !site->saved && !site->submitted)
            hr = MAPI_E_USER_CANCEL;
    }
    if (site) form_site_release(site);
    IMAPIFormMgr_Release(manager);
    return hr;
}
