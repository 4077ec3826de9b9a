/*
 * Which way a message of Simple MAPI goes
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
 * There are three: the registered client, the default profile, and the mail program of the Unix
 * side. The order is a setting, SendMail; what is not in it is not tried. A way answers
 * MAPI_E_LOGON_FAILURE when it is not there at all, and only then is the next one tried: a message
 * is never sent twice.
 *
 * With the client first, as on Windows, forward.c hands over before anything of ours is asked, and
 * the client's answer is final. Unless somebody chose so, a client that was the default before us
 * is asked only when there is no profile (simple.c).
 */

#include "core/core.h"
#include "clients.h"
#include "forward.h"
#include "simple/simple.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static const struct
{
    const WCHAR *name;
    enum send_way way;
}
ways[] =
{
    { L"client", SEND_BY_CLIENT },
    { L"profile", SEND_BY_PROFILE },
    { L"native", SEND_BY_NATIVE }
};

static const enum send_way default_order[SEND_WAYS + 1] =
    { SEND_BY_CLIENT, SEND_BY_PROFILE, SEND_BY_NATIVE, SEND_END };

/* "client, native": FALSE when a word is unknown or comes twice, or there is none. */
static BOOL parse_order(const WCHAR *text, enum send_way order[SEND_WAYS + 1])
{
    const WCHAR *end;
    WCHAR word[16];
    unsigned int count = 0, i, k;

    for (;;)
    {
        while (*text == ' ' || *text == ',') text++;
        if (!*text) break;
        for (end = text; *end && *end != ' ' && *end != ','; end++) {}
        if (end - text >= (ptrdiff_t)ARRAY_SIZE(word)) return FALSE;
        memcpy(word, text, (end - text) * sizeof(WCHAR));
        word[end - text] = 0;
        text = end;
        for (i = 0; i < ARRAY_SIZE(ways) && text_compare_nocase(word, ways[i].name); i++) {}
        if (i == ARRAY_SIZE(ways)) return FALSE;
        for (k = 0; k < count; k++) if (order[k] == ways[i].way) return FALSE;
        order[count++] = ways[i].way;
    }
    order[count] = SEND_END;
    return count > 0;
}

BOOL send_order(enum send_way order[SEND_WAYS + 1])
{
    WCHAR *text = client_setting(L"SendMail");
    BOOL chosen;

    if (!(chosen = text && parse_order(text, order)))
    {
        if (text) WARN("SendMail is %s, no list of client, profile, native\n", debugstr_w(text));
        memcpy(order, default_order, sizeof(default_order));
    }
    platform_free(text);
    return chosen;
}

static ULONG send_by_client(ULONG_PTR ui, const MapiMessageW *message, FLAGS flags)
{
    ULONG (WINAPI *client_wide)(LHANDLE, ULONG_PTR, const MapiMessageW *, FLAGS, ULONG);
    ULONG (WINAPI *client)(LHANDLE, ULONG_PTR, const MapiMessage *, FLAGS, ULONG);
    struct forward_frame frame;
    MapiMessage *ansi;
    ULONG ret;

    if ((client_wide = forward_begin_late(FORWARD_MAPISendMailW, &frame)))
    {
        ret = client_wide(0, ui, message, flags, 0);
        forward_end(&frame);
        return ret;
    }
    if (!(client = forward_begin_late(FORWARD_MAPISendMail, &frame))) return MAPI_E_LOGON_FAILURE;
    if (!(ret = message_to_ansi(message, &ansi)))
    {
        ret = client(0, ui, ansi, flags, 0);
        platform_free(ansi);
    }
    forward_end(&frame);
    return ret;
}

static ULONG send_along(const enum send_way *order, ULONG_PTR ui, const MapiMessageW *message,
                        FLAGS flags)
{
    ULONG ret = MAPI_E_LOGON_FAILURE;

    for (; ret == MAPI_E_LOGON_FAILURE && *order != SEND_END && *order != SEND_BY_PROFILE; order++)
        ret = *order == SEND_BY_CLIENT ? send_by_client(ui, message, flags) : send_native(message);
    return ret;
}

ULONG send_before_profile(ULONG_PTR ui, const MapiMessageW *message, FLAGS flags, BOOL *profile)
{
    enum send_way order[SEND_WAYS + 1], *way;

    send_order(order);
    for (way = order; *way != SEND_END && *way != SEND_BY_PROFILE; way++) {}
    *profile = *way == SEND_BY_PROFILE;
    return send_along(order, ui, message, flags);
}

ULONG send_after_profile(ULONG_PTR ui, const MapiMessageW *message, FLAGS flags)
{
    enum send_way order[SEND_WAYS + 1], *way;

    send_order(order);
    for (way = order; *way != SEND_END && *way != SEND_BY_PROFILE; way++) {}
    return *way == SEND_END ? MAPI_E_LOGON_FAILURE : send_along(way + 1, ui, message, flags);
}
