/*
 * The MAPI clients of this user, as the registry has them
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

#ifndef MAPI32_CLIENTS_H
#define MAPI32_CLIENTS_H

#include <stdarg.h>
#include "windef.h"
#include "winbase.h"

/* What HKCU\Software\wine-mapi says of who answers. */
enum subsystem_choice { SUBSYSTEM_DEFAULT, SUBSYSTEM_OWN, SUBSYSTEM_REGISTERED };

/* A client and its DLLs, expanded; NULL for what it has not. */
struct mail_client
{
    WCHAR *name;
    WCHAR *component;           /* MSIComponentID: where it leads comes before the other two */
    WCHAR *extended;            /* DLLPathEx */
    WCHAR *simple;              /* DLLPath */
};

enum subsystem_choice client_subsystem_choice(void);
/* A text of Software\wine-mapi: the machine's policy, the user's policy, the user's setting.
 * platform_alloc; NULL. */
WCHAR *client_setting(const WCHAR *name);
/* The client for this program. FALSE: there is none, or the program is to have the subsystem
 * itself. */
BOOL client_read_registered(struct mail_client *client);
/* The client that was the default before this subsystem became it. */
BOOL client_read_previous(struct mail_client *client);
void client_free(struct mail_client *client);

/* component.c: the DLL behind a Windows Installer component; platform_alloc, NULL when there is
 * none. MSIApplicationLCID and MSIOfficeLCID of the client's key are looked up by name. */
WCHAR *component_path(const struct mail_client *client);

/* A value of a client's key as it stands there: HKCU first, then HKLM. platform_alloc; NULL. */
BYTE *client_read_value(const WCHAR *name, const WCHAR *value, DWORD *type, DWORD *size);

#endif /* MAPI32_CLIENTS_H */
