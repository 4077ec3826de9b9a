/*
 * The Simple MAPI exports
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
 * Each call goes to the registered client when there is one that has it. What stays here is what
 * every mapi32.dll did without one: a logon that always succeeds, and a mail sent through extended
 * MAPI. The rest is not supported. A message box comes only where the caller asked for dialogs.
 *
 * Once fast shutdown is through there is no subsystem left to do any of it.
 */

#include "core/core.h"
#include "session/session.h"
#include "forward.h"
#include "simple/simple.h"
#include "winuser.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define DUMMY_SESSION 1

static ULONG not_supported(LONG *told, const char *function)
{
    if (shutdown_done()) return MAPI_E_NOT_INITIALIZED;
    if (!InterlockedExchange(told, 1)) FIXME("%s: no registered client has it\n", function);
    return MAPI_E_NOT_SUPPORTED;
}

ULONG WINAPI MAPILogon(ULONG_PTR ui, LPSTR profile, LPSTR password, FLAGS flags, ULONG reserved,
                       LPLHANDLE session)
{
    struct forward_frame frame;
    ULONG (WINAPI *client)(ULONG_PTR, LPSTR, LPSTR, FLAGS, ULONG, LPLHANDLE) =
        forward_begin(FORWARD_MAPILogon, &frame);
    ULONG ret;

    TRACE("(%#Ix, %s, %p, %#lx, %lu, %p)\n", ui, debugstr_a(profile), password, flags, reserved,
          session);

    if (!client)
    {
        if (shutdown_done())
        {
            if (session) *session = 0;
            return MAPI_E_NOT_INITIALIZED;
        }
        if (session) *session = DUMMY_SESSION;
        return SUCCESS_SUCCESS;
    }
    ret = client(ui, profile, password, flags, reserved, session);
    forward_end(&frame);
    return ret;
}

ULONG WINAPI MAPILogoff(LHANDLE session, ULONG_PTR ui, FLAGS flags, ULONG reserved)
{
    struct forward_frame frame;
    ULONG (WINAPI *client)(LHANDLE, ULONG_PTR, FLAGS, ULONG) =
        forward_begin(FORWARD_MAPILogoff, &frame);
    ULONG ret;

    TRACE("(%#Ix, %#Ix, %#lx, %lu)\n", session, ui, flags, reserved);

    if (!client)
    {
        return shutdown_done() ? MAPI_E_NOT_INITIALIZED : SUCCESS_SUCCESS;
    }
    ret = client(session, ui, flags, reserved);
    forward_end(&frame);
    return ret;
}

ULONG WINAPI MAPISendDocuments(ULONG_PTR ui, LPSTR delimiter, LPSTR paths, LPSTR file_names,
                               ULONG reserved)
{
    struct forward_frame frame;
    ULONG (WINAPI *client)(ULONG_PTR, LPSTR, LPSTR, LPSTR, ULONG) =
        forward_begin(FORWARD_MAPISendDocuments, &frame);
    static LONG told;
    ULONG ret;

    TRACE("(%#Ix, %s, %s, %s, %lu)\n", ui, debugstr_a(delimiter), debugstr_a(paths),
          debugstr_a(file_names), reserved);

    if (!client) return not_supported(&told, "MAPISendDocuments");
    ret = client(ui, delimiter, paths, file_names, reserved);
    forward_end(&frame);
    return ret;
}

ULONG WINAPI MAPISaveMail(LHANDLE session, ULONG_PTR ui, lpMapiMessage message, FLAGS flags,
                          ULONG reserved, LPSTR id)
{
    struct forward_frame frame;
    ULONG (WINAPI *client)(LHANDLE, ULONG_PTR, lpMapiMessage, FLAGS, ULONG, LPSTR) =
        forward_begin(FORWARD_MAPISaveMail, &frame);
    static LONG told;
    ULONG ret;

    TRACE("(%#Ix, %#Ix, %p, %#lx, %lu, %p)\n", session, ui, message, flags, reserved, id);

    if (!client) return not_supported(&told, "MAPISaveMail");
    ret = client(session, ui, message, flags, reserved, id);
    forward_end(&frame);
    return ret;
}

ULONG WINAPI MAPIReadMail(LHANDLE session, ULONG_PTR ui, LPSTR id, FLAGS flags, ULONG reserved,
                          lpMapiMessage message)
{
    struct forward_frame frame;
    ULONG (WINAPI *client)(LHANDLE, ULONG_PTR, LPSTR, FLAGS, ULONG, lpMapiMessage) =
        forward_begin(FORWARD_MAPIReadMail, &frame);
    static LONG told;
    ULONG ret;

    TRACE("(%#Ix, %#Ix, %p, %#lx, %lu, %p)\n", session, ui, id, flags, reserved, message);

    if (!client)
    {
        if (message) *(lpMapiMessage *)message = NULL; /* a pointer to it, whatever mapi.h says */
        return not_supported(&told, "MAPIReadMail");
    }
    ret = client(session, ui, id, flags, reserved, message);
    forward_end(&frame);
    return ret;
}

ULONG WINAPI MAPIFindNext(LHANDLE session, ULONG_PTR ui, LPSTR type, LPSTR seed, FLAGS flags,
                          ULONG reserved, LPSTR id)
{
    struct forward_frame frame;
    ULONG (WINAPI *client)(LHANDLE, ULONG_PTR, LPSTR, LPSTR, FLAGS, ULONG, LPSTR) =
        forward_begin(FORWARD_MAPIFindNext, &frame);
    static LONG told;
    ULONG ret;

    TRACE("(%#Ix, %#Ix, %s, %s, %#lx, %lu, %p)\n", session, ui, debugstr_a(type),
          debugstr_a(seed), flags, reserved, id);

    if (!client)
    {
        if (id) *id = 0;
        return not_supported(&told, "MAPIFindNext");
    }
    ret = client(session, ui, type, seed, flags, reserved, id);
    forward_end(&frame);
    return ret;
}

ULONG WINAPI MAPIDeleteMail(LHANDLE session, ULONG_PTR ui, LPSTR id, FLAGS flags, ULONG reserved)
{
    struct forward_frame frame;
    ULONG (WINAPI *client)(LHANDLE, ULONG_PTR, LPSTR, FLAGS, ULONG) =
        forward_begin(FORWARD_MAPIDeleteMail, &frame);
    static LONG told;
    ULONG ret;

    TRACE("(%#Ix, %#Ix, %p, %#lx, %lu)\n", session, ui, id, flags, reserved);

    if (!client) return not_supported(&told, "MAPIDeleteMail");
    ret = client(session, ui, id, flags, reserved);
    forward_end(&frame);
    return ret;
}

ULONG WINAPI MAPIAddress(LHANDLE session, ULONG_PTR ui, LPSTR caption, ULONG fields, LPSTR labels,
                         ULONG count, lpMapiRecipDesc recipients, FLAGS flags, ULONG reserved,
                         LPULONG ret_count, lpMapiRecipDesc *ret_recipients)
{
    struct forward_frame frame;
    ULONG (WINAPI *client)(LHANDLE, ULONG_PTR, LPSTR, ULONG, LPSTR, ULONG, lpMapiRecipDesc,
                           FLAGS, ULONG, LPULONG, lpMapiRecipDesc *) =
        forward_begin(FORWARD_MAPIAddress, &frame);
    static LONG told;
    ULONG ret;

    TRACE("(%#Ix, %#Ix, %s, %lu, %s, %lu, %p, %#lx, %lu, %p, %p)\n",
          session, ui, debugstr_a(caption), fields, debugstr_a(labels), count, recipients, flags,
          reserved, ret_count, ret_recipients);

    if (!client)
    {
        if (ret_count) *ret_count = 0;
        if (ret_recipients) *ret_recipients = NULL;
        return not_supported(&told, "MAPIAddress");
    }
    ret = client(session, ui, caption, fields, labels, count, recipients, flags, reserved,
                 ret_count, ret_recipients);
    forward_end(&frame);
    return ret;
}

ULONG WINAPI MAPIDetails(LHANDLE session, ULONG_PTR ui, lpMapiRecipDesc recipient, FLAGS flags,
                         ULONG reserved)
{
    struct forward_frame frame;
    ULONG (WINAPI *client)(LHANDLE, ULONG_PTR, lpMapiRecipDesc, FLAGS, ULONG) =
        forward_begin(FORWARD_MAPIDetails, &frame);
    static LONG told;
    ULONG ret;

    TRACE("(%#Ix, %#Ix, %p, %#lx, %lu)\n", session, ui, recipient, flags, reserved);

    if (!client) return not_supported(&told, "MAPIDetails");
    ret = client(session, ui, recipient, flags, reserved);
    forward_end(&frame);
    return ret;
}

ULONG WINAPI MAPIResolveName(LHANDLE session, ULONG_PTR ui, LPSTR name, FLAGS flags,
                             ULONG reserved, lpMapiRecipDesc *recipient)
{
    struct forward_frame frame;
    ULONG (WINAPI *client)(LHANDLE, ULONG_PTR, LPSTR, FLAGS, ULONG, lpMapiRecipDesc *) =
        forward_begin(FORWARD_MAPIResolveName, &frame);
    static LONG told;
    ULONG ret;

    TRACE("(%#Ix, %#Ix, %s, %#lx, %lu, %p)\n", session, ui, debugstr_a(name), flags, reserved,
          recipient);

    if (!client)
    {
        if (recipient) *recipient = NULL;
        return not_supported(&told, "MAPIResolveName");
    }
    ret = client(session, ui, name, flags, reserved, recipient);
    forward_end(&frame);
    return ret;
}

/* Sends by ourselves, and tells a caller who asked for dialogs why not. */
static ULONG send_own(ULONG_PTR ui, const MapiMessageW *message, FLAGS flags)
{
    ULONG ret;

    if (shutdown_done()) return MAPI_E_NOT_INITIALIZED;
    ret = send_extended(ui, message, flags);
    if (ret == SUCCESS_SUCCESS || !(flags & (MAPI_DIALOG | MAPI_LOGON_UI))) return ret;
    MessageBoxW((HWND)ui,
                ret == MAPI_E_LOGON_FAILURE
                    ? L"The message was not sent: there is no mail program, "
                      L"and no default MAPI profile to send it with."
                    : L"The message was not sent: no mail program is registered, "
                      L"and sending it with the default MAPI profile failed.",
                L"MAPI", MB_OK | MB_ICONEXCLAMATION);
    return ret;
}

ULONG WINAPI MAPISendMail(LHANDLE session, ULONG_PTR ui, lpMapiMessage message, FLAGS flags,
                          ULONG reserved)
{
    ULONG (WINAPI *client)(LHANDLE, ULONG_PTR, lpMapiMessage, FLAGS, ULONG);
    ULONG (WINAPI *client_wide)(LHANDLE, ULONG_PTR, lpMapiMessageW, FLAGS, ULONG) = NULL;
    struct forward_frame frame;
    MapiMessageW *wide;
    ULONG ret;

    TRACE("(%#Ix, %#Ix, %p, %#lx, %lu)\n", session, ui, message, flags, reserved);

    if ((client = forward_begin(FORWARD_MAPISendMail, &frame)))
    {
        ret = client(session, ui, message, flags, reserved);
        forward_end(&frame);
        return ret;
    }

    if ((ret = message_check(message)) || (ret = message_to_wide(message, &wide))) return ret;
    if ((client_wide = forward_begin(FORWARD_MAPISendMailW, &frame)))
    {
        ret = client_wide(session, ui, wide, flags, reserved);
        forward_end(&frame);
    }
    else ret = send_own(ui, wide, flags);
    platform_free(wide);
    return ret;
}

ULONG WINAPI MAPISendMailW(LHANDLE session, ULONG_PTR ui, lpMapiMessageW message, FLAGS flags,
                           ULONG reserved)
{
    ULONG (WINAPI *client_wide)(LHANDLE, ULONG_PTR, lpMapiMessageW, FLAGS, ULONG);
    ULONG (WINAPI *client)(LHANDLE, ULONG_PTR, lpMapiMessage, FLAGS, ULONG);
    struct forward_frame frame;
    MapiMessage *ansi;
    ULONG ret;

    TRACE("(%#Ix, %#Ix, %p, %#lx, %lu)\n", session, ui, message, flags, reserved);

    if ((client_wide = forward_begin(FORWARD_MAPISendMailW, &frame)))
    {
        ret = client_wide(session, ui, message, flags, reserved);
        forward_end(&frame);
        return ret;
    }

    if ((ret = message_checkW(message))) return ret;
    if (!(client = forward_begin(FORWARD_MAPISendMail, &frame)))
        return send_own(ui, message, flags & ~MAPI_FORCE_UNICODE);

    /* A client of the ANSI age: better what its code page can say than nothing, unless that was
     * refused. */
    if (flags & MAPI_FORCE_UNICODE) ret = MAPI_E_UNICODE_NOT_SUPPORTED;
    else if (!(ret = message_to_ansi(message, &ansi)))
    {
        ret = client(session, ui, ansi, flags, reserved);
        platform_free(ansi);
    }
    forward_end(&frame);
    return ret;
}
