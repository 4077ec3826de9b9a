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
 * The Simple MAPI exports. A registered client that has a call answers it. Else we do, over a
 * session of our own (or of the registered client's Extended MAPI). A client that was registered
 * before us is asked where we cannot answer: when there is no profile to log on to.
 *
 * Without either a logon succeeds all the same, as it did with every mapi32.dll: programs log on
 * before they send, and sending may have a way that needs no profile. Such a session is
 * DUMMY_SESSION, and can do nothing else.
 *
 * Each function returns the codes of its reference page; codes_ masks say which, and anything else
 * is MAPI_E_FAILURE. Flags of the family that mean nothing for a function are ignored, as programs
 * pass one set of them everywhere; bits that nobody defines are an error. A message box comes only
 * where the caller asked for dialogs.
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
#define KNOWN_FLAGS   0x0017ffff

#define CODE(code) (1u << (code))
#define CODES_ALL  (CODE(MAPI_E_FAILURE) | CODE(MAPI_E_INSUFFICIENT_MEMORY) | CODE(MAPI_E_INVALID_SESSION))
#define CODES_UI   (CODES_ALL | CODE(MAPI_E_LOGON_FAILURE) | CODE(MAPI_E_NOT_SUPPORTED) \
                    | CODE(MAPI_E_USER_ABORT))

static const ULONG codes_logon = CODES_ALL | CODE(MAPI_E_LOGON_FAILURE)
                                 | CODE(MAPI_E_TOO_MANY_SESSIONS) | CODE(MAPI_E_USER_ABORT);
static const ULONG codes_send =
    CODES_UI | CODE(MAPI_E_AMBIGUOUS_RECIPIENT) | CODE(MAPI_E_ATTACHMENT_NOT_FOUND)
    | CODE(MAPI_E_ATTACHMENT_OPEN_FAILURE) | CODE(MAPI_E_ATTACHMENT_TOO_LARGE)
    | CODE(MAPI_E_BAD_RECIPTYPE) | CODE(MAPI_E_INVALID_RECIPS) | CODE(MAPI_E_TEXT_TOO_LARGE)
    | CODE(MAPI_E_TOO_MANY_FILES) | CODE(MAPI_E_TOO_MANY_RECIPIENTS)
    | CODE(MAPI_E_UNICODE_NOT_SUPPORTED) | CODE(MAPI_E_UNKNOWN_RECIPIENT)
    | CODE(MAPI_E_ATTACHMENT_WRITE_FAILURE) | CODE(MAPI_E_DISK_FULL) | CODE(MAPI_E_ACCESS_DENIED)
    | CODE(MAPI_E_NETWORK_FAILURE) | CODE(MAPI_E_INVALID_MESSAGE);
static const ULONG codes_documents = CODES_UI | CODE(MAPI_E_ATTACHMENT_OPEN_FAILURE)
                                     | CODE(MAPI_E_ATTACHMENT_WRITE_FAILURE);
static const ULONG codes_save = CODES_UI | CODE(MAPI_E_ATTACHMENT_NOT_FOUND)
                                | CODE(MAPI_E_BAD_RECIPTYPE) | CODE(MAPI_E_INVALID_MESSAGE)
                                | CODE(MAPI_E_INVALID_RECIPS);
static const ULONG codes_read = CODES_ALL | CODE(MAPI_E_ATTACHMENT_WRITE_FAILURE)
                                | CODE(MAPI_E_DISK_FULL) | CODE(MAPI_E_INVALID_MESSAGE)
                                | CODE(MAPI_E_TOO_MANY_FILES) | CODE(MAPI_E_TOO_MANY_RECIPIENTS)
                                | CODE(MAPI_E_NOT_SUPPORTED);
static const ULONG codes_find = CODES_ALL | CODE(MAPI_E_INVALID_MESSAGE) | CODE(MAPI_E_NO_MESSAGES)
                                | CODE(MAPI_E_NOT_SUPPORTED);
static const ULONG codes_delete = CODES_ALL | CODE(MAPI_E_INVALID_MESSAGE)
                                  | CODE(MAPI_E_NOT_SUPPORTED);
static const ULONG codes_address = CODES_UI | CODE(MAPI_E_INVALID_EDITFIELDS)
                                   | CODE(MAPI_E_INVALID_RECIPS);
static const ULONG codes_details = CODES_UI | CODE(MAPI_E_AMBIGUOUS_RECIPIENT)
                                   | CODE(MAPI_E_INVALID_RECIPS);
static const ULONG codes_resolve = CODES_UI | CODE(MAPI_E_AMBIGUOUS_RECIPIENT)
                                   | CODE(MAPI_E_UNKNOWN_RECIPIENT);

/* The codes above are all that Simple MAPI has; what is beyond (after fast shutdown) passes. */
static ULONG listed(ULONG ret, ULONG codes)
{
    if (ret == SUCCESS_SUCCESS || ret >= 32 || (codes & CODE(ret))) return ret;
    WARN("%lu is no code of this function\n", ret);
    return MAPI_E_FAILURE;
}

/* ---- who answers ---- */

/* Whether the client before us gave out handles: one that is not ours may be its. */
static LONG previous_has_sessions;

/* The client that answers, and forward_end is due; NULL: we do. */
static void *begin(enum forward_function function, struct forward_frame *frame, LHANDLE session,
                   FLAGS flags)
{
    void *client = forward_begin(function, frame);

    if (!client || !forward_to_previous()) return client;
    if (!session || session == DUMMY_SESSION)
    {
        if (!simple_has_profile(NULL, flags)) return client;
    }
    else if (previous_has_sessions && !simple_is_ours(session)) return client;
    forward_end(frame);
    return NULL;
}

/* A client logs programs on: a handle that is not ours is its. */
static BOOL handles_are_forwarded(void)
{
    struct forward_frame frame;

    if (!forward_begin(FORWARD_MAPILogon, &frame)) return FALSE;
    forward_end(&frame);
    return !forward_to_previous() || previous_has_sessions;
}

/* simple_begin for one of ours; needed: a session has to be given. */
static ULONG own_begin(struct simple_call *call, LHANDLE session, ULONG_PTR ui, FLAGS flags,
                       BOOL needed)
{
    ULONG ret;

    if (shutdown_done()) return MAPI_E_NOT_INITIALIZED;
    if (session == DUMMY_SESSION) return MAPI_E_NOT_SUPPORTED;
    if (!session && needed) return MAPI_E_INVALID_SESSION;
    if (flags & ~KNOWN_FLAGS) return MAPI_E_FAILURE;
    if (!session && !simple_has_profile(NULL, flags)) return MAPI_E_LOGON_FAILURE;
    ret = simple_begin(call, session, ui, flags);
    if (ret == MAPI_E_INVALID_SESSION && handles_are_forwarded()) return MAPI_E_NOT_SUPPORTED;
    return ret;
}

/* ---- sessions ---- */

static ULONG own_logon(ULONG_PTR ui, const char *profile, const char *password, FLAGS flags,
                       LHANDLE *session)
{
    ULONG ret;

    if (shutdown_done()) return MAPI_E_NOT_INITIALIZED;
    if (!session || IsBadWritePtr(session, sizeof(*session)) || (flags & ~KNOWN_FLAGS))
        return MAPI_E_FAILURE;
    if (!string_check(profile) || !string_check(password)) return MAPI_E_FAILURE;
    if (simple_has_profile(profile, flags))
    {
        ret = simple_logon(ui, profile, password, flags, session);
        /* Whether a client of Extended MAPI has a profile is known only afterwards. */
        if (ret != MAPI_E_LOGON_FAILURE || !forward_is_extended()) return listed(ret, codes_logon);
    }
    WARN("there is no profile to log on to\n");
    *session = DUMMY_SESSION;
    return SUCCESS_SUCCESS;
}

ULONG WINAPI MAPILogon(ULONG_PTR ui, LPSTR profile, LPSTR password, FLAGS flags, ULONG reserved,
                       LPLHANDLE session)
{
    ULONG (WINAPI *client)(ULONG_PTR, LPSTR, LPSTR, FLAGS, ULONG, LPLHANDLE);
    struct forward_frame frame;
    ULONG ret;

    TRACE("(%#Ix, %s, %p, %#lx, %lu, %p)\n", ui, debugstr_a(profile), password, flags, reserved,
          session);

    if ((client = forward_begin(FORWARD_MAPILogon, &frame)))
    {
        if (!forward_to_previous() || !simple_has_profile(profile, flags))
        {
            ret = client(ui, profile, password, flags, reserved, session);
            if (ret == SUCCESS_SUCCESS) InterlockedExchange(&previous_has_sessions, TRUE);
            forward_end(&frame);
            return ret;
        }
        forward_end(&frame);
    }
    if (session && !IsBadWritePtr(session, sizeof(*session))) *session = 0;
    return own_logon(ui, profile, password, flags, session);
}

ULONG WINAPI MAPILogoff(LHANDLE session, ULONG_PTR ui, FLAGS flags, ULONG reserved)
{
    ULONG (WINAPI *client)(LHANDLE, ULONG_PTR, FLAGS, ULONG);
    struct forward_frame frame;
    ULONG ret;

    TRACE("(%#Ix, %#Ix, %#lx, %lu)\n", session, ui, flags, reserved);

    if ((client = begin(FORWARD_MAPILogoff, &frame, session, 0)))
    {
        ret = client(session, ui, flags, reserved);
        forward_end(&frame);
        return ret;
    }
    if (shutdown_done()) return MAPI_E_NOT_INITIALIZED;
    if (session == DUMMY_SESSION) return SUCCESS_SUCCESS;
    if (flags) return MAPI_E_FAILURE;
    return simple_logoff(session);
}

/* ---- sending ---- */

/* Sends by ourselves, and tells a caller who asked for dialogs why not. */
static ULONG send_own(LHANDLE session, ULONG_PTR ui, const MapiMessageW *message, FLAGS flags)
{
    ULONG ret;

    if (shutdown_done()) return MAPI_E_NOT_INITIALIZED;
    if (flags & ~KNOWN_FLAGS) return MAPI_E_FAILURE;
    ret = simple_send(session == DUMMY_SESSION ? 0 : session, ui, message, flags);
    if (ret == MAPI_E_LOGON_FAILURE && (flags & (MAPI_DIALOG | MAPI_LOGON_UI)))
        MessageBoxW((HWND)ui, L"The message was not sent: there is no mail program, "
                              L"and no default MAPI profile to send it with.",
                    L"MAPI", MB_OK | MB_ICONEXCLAMATION);
    return listed(ret, codes_send);
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

    if ((client = begin(FORWARD_MAPISendMail, &frame, session, flags)))
    {
        ret = client(session, ui, message, flags, reserved);
        forward_end(&frame);
        return ret;
    }

    if ((ret = message_check(message)) || (ret = message_to_wide(message, &wide)))
        return listed(ret, codes_send);
    if ((client_wide = begin(FORWARD_MAPISendMailW, &frame, session, flags)))
    {
        ret = client_wide(session, ui, wide, flags, reserved);
        forward_end(&frame);
    }
    else ret = send_own(session, ui, wide, flags & ~MAPI_FORCE_UNICODE);
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

    if ((client_wide = begin(FORWARD_MAPISendMailW, &frame, session, flags)))
    {
        ret = client_wide(session, ui, message, flags, reserved);
        forward_end(&frame);
        return ret;
    }

    if ((ret = message_checkW(message))) return listed(ret, codes_send);
    if (!(client = begin(FORWARD_MAPISendMail, &frame, session, flags)))
        return send_own(session, ui, message, flags);

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

ULONG WINAPI MAPISendDocuments(ULONG_PTR ui, LPSTR delimiter, LPSTR paths, LPSTR file_names,
                               ULONG reserved)
{
    ULONG (WINAPI *client)(ULONG_PTR, LPSTR, LPSTR, LPSTR, ULONG);
    struct forward_frame frame;
    MapiMessageW *message;
    ULONG ret;

    TRACE("(%#Ix, %s, %s, %s, %lu)\n", ui, debugstr_a(delimiter), debugstr_a(paths),
          debugstr_a(file_names), reserved);

    if ((client = begin(FORWARD_MAPISendDocuments, &frame, 0, MAPI_LOGON_UI)))
    {
        ret = client(ui, delimiter, paths, file_names, reserved);
        forward_end(&frame);
        return ret;
    }
    if (shutdown_done()) return MAPI_E_NOT_INITIALIZED;
    if (!(ret = documents_to_message(delimiter, paths, file_names, &message)))
    {
        ret = simple_send(0, ui, message, MAPI_DIALOG | MAPI_LOGON_UI);
        platform_free(message);
    }
    if (ret == MAPI_E_ATTACHMENT_NOT_FOUND || ret == MAPI_E_ATTACHMENT_TOO_LARGE)
        ret = MAPI_E_ATTACHMENT_OPEN_FAILURE;
    return listed(ret, codes_documents);
}

/* ---- messages in the store ---- */

ULONG WINAPI MAPISaveMail(LHANDLE session, ULONG_PTR ui, lpMapiMessage message, FLAGS flags,
                          ULONG reserved, LPSTR id)
{
    ULONG (WINAPI *client)(LHANDLE, ULONG_PTR, lpMapiMessage, FLAGS, ULONG, LPSTR);
    struct forward_frame frame;
    struct simple_call call;
    MapiMessageW *wide;
    ULONG ret;

    TRACE("(%#Ix, %#Ix, %p, %#lx, %lu, %p)\n", session, ui, message, flags, reserved, id);

    if ((client = begin(FORWARD_MAPISaveMail, &frame, session, flags)))
    {
        ret = client(session, ui, message, flags, reserved, id);
        forward_end(&frame);
        return ret;
    }
    if ((ret = message_check(message))) return listed(ret, codes_save);
    if (id && (!string_check(id)
               || IsBadWritePtr(id, flags & MAPI_LONG_MSGID ? MSGID_LONG_SIZE : MSGID_SHORT_SIZE)))
        return MAPI_E_INVALID_MESSAGE;
    if ((ret = own_begin(&call, session, ui, flags, id && *id))) return listed(ret, codes_save);
    if (!(ret = message_to_wide(message, &wide)))
    {
        ret = simple_save(call.session, ui, wide, flags, id);
        platform_free(wide);
    }
    simple_end(&call);
    return listed(ret, codes_save);
}

ULONG WINAPI MAPIReadMail(LHANDLE session, ULONG_PTR ui, LPSTR id, FLAGS flags, ULONG reserved,
                          lpMapiMessage message)
{
    lpMapiMessage *out = (lpMapiMessage *)message;      /* a pointer to it, whatever mapi.h says */
    ULONG (WINAPI *client)(LHANDLE, ULONG_PTR, LPSTR, FLAGS, ULONG, lpMapiMessage);
    struct forward_frame frame;
    struct simple_call call;
    ULONG ret;

    TRACE("(%#Ix, %#Ix, %p, %#lx, %lu, %p)\n", session, ui, id, flags, reserved, message);

    if ((client = begin(FORWARD_MAPIReadMail, &frame, session, flags)))
    {
        ret = client(session, ui, id, flags, reserved, message);
        forward_end(&frame);
        return ret;
    }
    if (!out || IsBadWritePtr(out, sizeof(*out))) return MAPI_E_FAILURE;
    *out = NULL;
    if ((ret = own_begin(&call, session, ui, flags, TRUE))) return listed(ret, codes_read);
    if (!id || !string_check(id)) ret = MAPI_E_INVALID_MESSAGE;
    else ret = simple_read(call.session, id, flags, out);
    simple_end(&call);
    return listed(ret, codes_read);
}

ULONG WINAPI MAPIFindNext(LHANDLE session, ULONG_PTR ui, LPSTR type, LPSTR seed, FLAGS flags,
                          ULONG reserved, LPSTR id)
{
    ULONG (WINAPI *client)(LHANDLE, ULONG_PTR, LPSTR, LPSTR, FLAGS, ULONG, LPSTR);
    char found[MSGID_LONG_SIZE] = "";
    struct forward_frame frame;
    struct simple_call call;
    ULONG ret;

    TRACE("(%#Ix, %#Ix, %s, %s, %#lx, %lu, %p)\n", session, ui, debugstr_a(type),
          debugstr_a(seed), flags, reserved, id);

    if ((client = begin(FORWARD_MAPIFindNext, &frame, session, flags)))
    {
        ret = client(session, ui, type, seed, flags, reserved, id);
        forward_end(&frame);
        return ret;
    }
    if (!id || IsBadWritePtr(id, flags & MAPI_LONG_MSGID ? MSGID_LONG_SIZE : MSGID_SHORT_SIZE))
        return MAPI_E_FAILURE;
    ret = own_begin(&call, session, ui, flags, TRUE);
    if (!ret)
    {
        if (!string_check(type)) ret = MAPI_E_FAILURE;
        else if (!string_check(seed)) ret = MAPI_E_INVALID_MESSAGE;
        else ret = simple_find(call.session, type, seed, flags, found);
        simple_end(&call);
    }
    /* Only now: many programs use one buffer for both. */
    lstrcpyA(id, ret ? "" : found);
    return listed(ret, codes_find);
}

ULONG WINAPI MAPIDeleteMail(LHANDLE session, ULONG_PTR ui, LPSTR id, FLAGS flags, ULONG reserved)
{
    ULONG (WINAPI *client)(LHANDLE, ULONG_PTR, LPSTR, FLAGS, ULONG);
    struct forward_frame frame;
    struct simple_call call;
    ULONG ret;

    TRACE("(%#Ix, %#Ix, %p, %#lx, %lu)\n", session, ui, id, flags, reserved);

    if ((client = begin(FORWARD_MAPIDeleteMail, &frame, session, flags)))
    {
        ret = client(session, ui, id, flags, reserved);
        forward_end(&frame);
        return ret;
    }
    if ((ret = own_begin(&call, session, ui, 0, TRUE))) return listed(ret, codes_delete);
    if (flags) ret = MAPI_E_FAILURE;
    else if (!id || !string_check(id)) ret = MAPI_E_INVALID_MESSAGE;
    else ret = simple_delete(call.session, id);
    simple_end(&call);
    return listed(ret, codes_delete);
}

/* ---- the address book ---- */

ULONG WINAPI MAPIAddress(LHANDLE session, ULONG_PTR ui, LPSTR caption, ULONG fields, LPSTR labels,
                         ULONG count, lpMapiRecipDesc recipients, FLAGS flags, ULONG reserved,
                         LPULONG ret_count, lpMapiRecipDesc *ret_recipients)
{
    ULONG (WINAPI *client)(LHANDLE, ULONG_PTR, LPSTR, ULONG, LPSTR, ULONG, lpMapiRecipDesc,
                           FLAGS, ULONG, LPULONG, lpMapiRecipDesc *);
    MapiRecipDesc *chosen = NULL;
    struct forward_frame frame;
    struct simple_call call;
    ULONG ret, found = 0;

    TRACE("(%#Ix, %#Ix, %s, %lu, %s, %lu, %p, %#lx, %lu, %p, %p)\n",
          session, ui, debugstr_a(caption), fields, debugstr_a(labels), count, recipients, flags,
          reserved, ret_count, ret_recipients);

    if ((client = begin(FORWARD_MAPIAddress, &frame, session, flags)))
    {
        ret = client(session, ui, caption, fields, labels, count, recipients, flags, reserved,
                     ret_count, ret_recipients);
        forward_end(&frame);
        return ret;
    }
    if ((ret_count && IsBadWritePtr(ret_count, sizeof(*ret_count)))
        || (ret_recipients && IsBadWritePtr(ret_recipients, sizeof(*ret_recipients))))
        return MAPI_E_FAILURE;
    if (ret_count) *ret_count = 0;
    if (ret_recipients) *ret_recipients = NULL;
    if ((ret = own_begin(&call, session, ui, flags, FALSE))) return listed(ret, codes_address);
    if (fields > 4) ret = MAPI_E_INVALID_EDITFIELDS;
    else if (!string_check(caption) || !string_check(labels)) ret = MAPI_E_FAILURE;
    else if (!(ret = recipients_check(count, recipients)))
        ret = simple_address(call.session, ui, caption, fields, labels, count, recipients, &found,
                             &chosen);
    if (!ret && ret_count && ret_recipients)
    {
        *ret_count = found;
        *ret_recipients = chosen;
    }
    else memory_exported->free(chosen);
    simple_end(&call);
    return listed(ret, codes_address);
}

ULONG WINAPI MAPIDetails(LHANDLE session, ULONG_PTR ui, lpMapiRecipDesc recipient, FLAGS flags,
                         ULONG reserved)
{
    ULONG (WINAPI *client)(LHANDLE, ULONG_PTR, lpMapiRecipDesc, FLAGS, ULONG);
    struct forward_frame frame;
    struct simple_call call;
    ULONG ret;

    TRACE("(%#Ix, %#Ix, %p, %#lx, %lu)\n", session, ui, recipient, flags, reserved);

    if ((client = begin(FORWARD_MAPIDetails, &frame, session, flags)))
    {
        ret = client(session, ui, recipient, flags, reserved);
        forward_end(&frame);
        return ret;
    }
    if ((ret = own_begin(&call, session, ui, flags, FALSE))) return listed(ret, codes_details);
    if (!(ret = recipients_check(1, recipient))) ret = simple_details(call.session, ui, recipient);
    simple_end(&call);
    return listed(ret, codes_details);
}

ULONG WINAPI MAPIResolveName(LHANDLE session, ULONG_PTR ui, LPSTR name, FLAGS flags,
                             ULONG reserved, lpMapiRecipDesc *recipient)
{
    ULONG (WINAPI *client)(LHANDLE, ULONG_PTR, LPSTR, FLAGS, ULONG, lpMapiRecipDesc *);
    struct forward_frame frame;
    struct simple_call call;
    ULONG ret;

    TRACE("(%#Ix, %#Ix, %s, %#lx, %lu, %p)\n", session, ui, debugstr_a(name), flags, reserved,
          recipient);

    if ((client = begin(FORWARD_MAPIResolveName, &frame, session, flags)))
    {
        ret = client(session, ui, name, flags, reserved, recipient);
        forward_end(&frame);
        return ret;
    }
    if (!recipient || IsBadWritePtr(recipient, sizeof(*recipient))) return MAPI_E_FAILURE;
    *recipient = NULL;
    if ((ret = own_begin(&call, session, ui, flags, FALSE))) return listed(ret, codes_resolve);
    if (!string_check(name)) ret = MAPI_E_FAILURE;
    else if (!name || !*name) ret = MAPI_E_UNKNOWN_RECIPIENT;
    else ret = simple_resolve(call.session, ui, name, flags, recipient);
    simple_end(&call);
    return listed(ret, codes_resolve);
}
