/*
 * Common Messaging Calls
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
 * None of the ten calls is served: each answers CMC_E_NOT_SUPPORTED and clears what it would have
 * given out. The return codes are CMC's own, not MAPI's.
 */

#include <stdarg.h>

#include "windef.h"
#include "winbase.h"
#include "wtypes.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define CMC_E_NOT_SUPPORTED 21

static ULONG not_supported(LONG *told, const char *function)
{
    if (!InterlockedExchange(told, 1)) FIXME("%s is not supported\n", function);
    return CMC_E_NOT_SUPPORTED;
}

ULONG WINAPI cmc_act_on(ULONG session, void *reference, LONG operation, ULONG flags, void *ui,
                        void *extensions)
{
    static LONG told;

    return not_supported(&told, "cmc_act_on");
}

ULONG WINAPI cmc_free(void *buffer)
{
    static LONG told;

    return not_supported(&told, "cmc_free");
}

ULONG WINAPI cmc_list(ULONG session, const char *type, ULONG flags, void *seed, ULONG *count,
                      void *ui, void **summaries, void *extensions)
{
    static LONG told;

    if (count) *count = 0;
    if (summaries) *summaries = NULL;
    return not_supported(&told, "cmc_list");
}

ULONG WINAPI cmc_logoff(ULONG session, void *ui, ULONG flags, void *extensions)
{
    static LONG told;

    return not_supported(&told, "cmc_logoff");
}

ULONG WINAPI cmc_logon(const char *service, const char *user, const char *password,
                       const void *charset,
                       void *ui, USHORT version, ULONG flags, ULONG *session, void *extensions)
{
    static LONG told;

    if (session) *session = 0;
    return not_supported(&told, "cmc_logon");
}

ULONG WINAPI cmc_look_up(ULONG session, void *recipient, ULONG flags, void *ui, ULONG *count,
                         void **recipients, void *extensions)
{
    static LONG told;

    if (count) *count = 0;
    if (recipients) *recipients = NULL;
    return not_supported(&told, "cmc_look_up");
}

ULONG WINAPI cmc_query_configuration(ULONG session, LONG item, void *reference, void *extensions)
{
    static LONG told;

    return not_supported(&told, "cmc_query_configuration");
}

ULONG WINAPI cmc_read(ULONG session, void *reference, ULONG flags, void **message, void *ui,
                      void *extensions)
{
    static LONG told;

    if (message) *message = NULL;
    return not_supported(&told, "cmc_read");
}

ULONG WINAPI cmc_send(ULONG session, void *message, ULONG flags, void *ui, void *extensions)
{
    static LONG told;

    return not_supported(&told, "cmc_send");
}

ULONG WINAPI cmc_send_documents(const char *recipients, const char *subject, const char *text,
                                ULONG flags,
                                const char *paths, const char *names, const char *delimiter,
void *ui)
{
    static LONG told;

    return not_supported(&told, "cmc_send_documents");
}
