/*
 * Sending mail by Simple MAPI
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
 * MAPISendMail, MAPISendMailW and MAPISendDocuments over a session. The message is made in the
 * store before anybody is asked anything, so that what cannot be (an attachment that is not there)
 * is told at once, and nothing of the caller's is needed later. Without a dialog it is sent; with
 * one the user finishes it (compose.c), in this call or, modeless, on a thread of its own after it
 * has returned.
 *
 * Ways that need no session come before the profile or after it, as they are set (choice.c). A code
 * other than MAPI_E_LOGON_FAILURE from there is the answer. A caller with a session has chosen.
 */

#define COBJMACROS
#include "simple/simple.h"
#include "forward.h"
#include "session/session.h"
#include "winuser.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

/* A modeless dialog: what its thread takes over. */
struct modeless
{
    struct simple_call call;
    struct draft draft;
    MapiMessageW *message;
    HMODULE module;
};

static DWORD WINAPI modeless_thread(void *arg)
{
    struct modeless *modeless = arg;
    HMODULE module = modeless->module;
    ULONG ret;

    simple_take_over(&modeless->call);
    /* A window of this thread's own: one of the caller's would share its input with it. */
    ret = compose_dialog(&modeless->draft, 0, modeless->message->lpszSubject,
                         modeless->message->lpszNoteText);
    TRACE("the modeless dialog ended with %lu\n", ret);
    draft_free(&modeless->draft);
    simple_end(&modeless->call);
    platform_free(modeless->message);
    platform_free(modeless);
    FreeLibraryAndExitThread(module, ret);
}

/* Takes call and draft over when it succeeds. */
static ULONG start_modeless(struct simple_call *call, struct draft *draft,
                            const MapiMessageW *message)
{
    struct modeless *modeless;
    HANDLE thread;

    if (!(modeless = platform_alloc_zero(sizeof(*modeless)))) return MAPI_E_INSUFFICIENT_MEMORY;
    if (!GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (const WCHAR *)start_modeless,
                            &modeless->module)
        || message_copy(message, &modeless->message))
    {
        if (modeless->module) FreeLibrary(modeless->module);
        platform_free(modeless);
        return MAPI_E_INSUFFICIENT_MEMORY;
    }
    modeless->call = *call;
    modeless->call.com = FALSE;
    modeless->draft = *draft;
    if (!(thread = CreateThread(NULL, 0, modeless_thread, modeless, 0, NULL)))
    {
        FreeLibrary(modeless->module);
        platform_free(modeless->message);
        platform_free(modeless);
        return MAPI_E_INSUFFICIENT_MEMORY;
    }
    CloseHandle(thread);
    simple_hand_over(call);
    return SUCCESS_SUCCESS;
}

/* *gone: call and draft belong to another thread. */
static ULONG send_in_session(struct simple_call *call, ULONG_PTR ui, const MapiMessageW *message,
                             FLAGS flags, BOOL *gone)
{
    struct draft draft;
    ULONG ret;
    HRESULT hr;

    if (FAILED(hr = simple_open_store(call->session))) return simple_error(hr);
    if (flags & MAPI_FORCE_UNICODE && !call->session->unicode) return MAPI_E_UNICODE_NOT_SUPPORTED;
    if (!(flags & MAPI_DIALOG) && !message->nRecipCount) return MAPI_E_INVALID_RECIPS;
    if ((ret = draft_create(&draft, call->session, message))) return ret;

    if ((flags & MAPI_DIALOG_MODELESS) == MAPI_DIALOG_MODELESS)
    {
        if (!(ret = start_modeless(call, &draft, message)))
        {
            *gone = TRUE;
            return SUCCESS_SUCCESS;
        }
    }
    else if (flags & MAPI_DIALOG)
        ret = compose_dialog(&draft, ui, message->lpszSubject, message->lpszNoteText);
    else
    {
        ret = simple_recipients_resolve(call->session, ui, FALSE, draft.recipients);
        if (!ret) ret = draft_send(&draft);
    }
    draft_free(&draft);
    return ret;
}

ULONG simple_send(LHANDLE handle, ULONG_PTR ui, const MapiMessageW *message, FLAGS flags)
{
    struct simple_call call;
    BOOL gone = FALSE, profile;
    ULONG ret;

    if (shutdown_done()) return MAPI_E_NOT_INITIALIZED;
    if (!handle)
    {
        ret = send_before_profile(ui, message, flags, &profile);
        if (ret != MAPI_E_LOGON_FAILURE || !profile) return ret;
    }
    if ((flags & MAPI_DIALOG_MODELESS) == MAPI_DIALOG_MODELESS) flags &= ~MAPI_NEW_SESSION;
    if (!handle && !simple_has_profile(NULL, flags)) ret = MAPI_E_LOGON_FAILURE;
    else ret = simple_begin(&call, handle, ui, flags);
    if (ret == MAPI_E_LOGON_FAILURE && !handle) return send_after_profile(ui, message, flags);
    if (ret) return ret;
    ret = send_in_session(&call, ui, message, flags, &gone);
    if (!gone) simple_end(&call);
    return ret;
}

/* ---- MAPISendDocuments ---- */

/* The next of a list's parts (platform_alloc), without blanks around it; NULL: no memory. */
static WCHAR *next_part(const WCHAR **list, WCHAR delimiter)
{
    const WCHAR *start = *list, *end;
    WCHAR *part;

    while (*start == ' ') start++;
    for (end = start; *end && *end != delimiter; end++) {}
    *list = *end ? end + 1 : end;
    while (end > start && end[-1] == ' ') end--;
    if (!(part = platform_alloc((end - start + 1) * sizeof(WCHAR)))) return NULL;
    memcpy(part, start, (end - start) * sizeof(WCHAR));
    part[end - start] = 0;
    return part;
}

/* As many files as there are paths; the names may be fewer. */
static ULONG split_documents(const WCHAR *paths, const WCHAR *names, WCHAR delimiter, ULONG room,
                             MapiFileDescW *files, ULONG *count)
{
    WCHAR *path, *name;

    *count = 0;
    while (*paths && *count < room)
    {
        if (!(path = next_part(&paths, delimiter))) return MAPI_E_INSUFFICIENT_MEMORY;
        name = *names ? next_part(&names, delimiter) : NULL;
        if (!*path)
        {
            platform_free(path);
            platform_free(name);
            continue;
        }
        memset(files + *count, 0, sizeof(*files));
        files[*count].nPosition = ~0u;
        files[*count].lpszPathName = path;
        files[(*count)++].lpszFileName = name;
    }
    return SUCCESS_SUCCESS;
}

ULONG documents_to_message(const char *delimiter, const char *paths, const char *names,
                           MapiMessageW **ret)
{
    WCHAR *wide_paths, *wide_names, *wide_delimiter, *p, sign = ';';
    MapiMessageW message = { 0 };
    MapiFileDescW *files = NULL;
    ULONG i, room = 1, code = MAPI_E_INSUFFICIENT_MEMORY;

    *ret = NULL;
    if (!string_check(delimiter) || !string_check(paths) || !string_check(names))
        return MAPI_E_FAILURE;
    wide_paths = text_from_ansi(paths ? paths : "");
    wide_names = text_from_ansi(names ? names : "");
    wide_delimiter = text_from_ansi(delimiter ? delimiter : "");
    if (wide_paths && wide_names && wide_delimiter)
    {
        if (*wide_delimiter) sign = *wide_delimiter;
        for (p = wide_paths; *p; p++) if (*p == sign) room++;
        if ((files = platform_alloc(room * sizeof(*files))))
            code = split_documents(wide_paths, wide_names, sign, room, files, &message.nFileCount);
    }
    message.lpFiles = files;
    message.lpszSubject = message.nFileCount ? (WCHAR *)attachment_name(files) : NULL;
    if (!code) code = message_copy(&message, ret);
    for (i = 0; i < message.nFileCount; i++)
    {
        platform_free(files[i].lpszPathName);
        platform_free(files[i].lpszFileName);
    }
    platform_free(files);
    platform_free(wide_paths);
    platform_free(wide_names);
    platform_free(wide_delimiter);
    return code;
}
