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

/*
 * Who the default mail client is and which DLLs it names: Software\Clients\Mail of the user, then
 * of the machine. Before that comes the list MSMapiApps, in which an administrator names a client
 * for one program (by the name of its EXE, or of a DLL it has loaded); an empty name there means
 * the system's own MAPI.
 *
 * Nothing is kept: forward.c reads this once a process.
 */

#include <stdarg.h>

#include "windef.h"
#include "winbase.h"
#include "winreg.h"
#include "core/core.h"
#include "clients.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define NAME_MAX_LENGTH 256

static const WCHAR clients_key[] = L"Software\\Clients\\Mail";
static const WCHAR own_key[] = L"Software\\wine-mapi";
static const WCHAR policy_key[] = L"Software\\Policies\\wine-mapi";
static const WCHAR programs_key[] = L"Software\\Microsoft\\Windows Messaging Subsystem\\MSMapiApps";

/* The value's bytes, followed by two zeros more, so that text in them always ends. What is of ours
 * is common to programs of both widths. */
static BYTE *read_value(HKEY root, const WCHAR *path, const WCHAR *value, DWORD *type, DWORD *size)
{
    BOOL common = path == policy_key;
    BYTE *data = NULL;
    HKEY key;

    *size = 0;
    if (RegOpenKeyExW(root, path, 0, KEY_READ | (common ? KEY_WOW64_64KEY : 0), &key)) return NULL;
    if (!RegQueryValueExW(key, value, NULL, type, NULL, size) && *size < 0x10000
        && (data = platform_alloc_zero(*size + 2 * sizeof(WCHAR)))
        && RegQueryValueExW(key, value, NULL, type, data, size))
    {
        platform_free(data);
        data = NULL;
    }
    RegCloseKey(key);
    return data;
}

/* A REG_SZ or an expanded REG_EXPAND_SZ; NULL when it is empty or of another type. */
static WCHAR *read_text(HKEY root, const WCHAR *path, const WCHAR *value)
{
    WCHAR *text, *expanded;
    DWORD type, size;

    if (!(text = (WCHAR *)read_value(root, path, value, &type, &size))) return NULL;
    if ((type != REG_SZ && type != REG_EXPAND_SZ) || !*text)
    {
        platform_free(text);
        return NULL;
    }
    if (type == REG_SZ) return text;

    size = ExpandEnvironmentStringsW(text, NULL, 0);
    expanded = size ? platform_alloc(size * sizeof(WCHAR)) : NULL;
    if (expanded && !ExpandEnvironmentStringsW(text, expanded, size))
    {
        platform_free(expanded);
        expanded = NULL;
    }
    platform_free(text);
    return expanded;
}

static BOOL client_path(const WCHAR *name, WCHAR path[MAX_PATH])
{
    if (lstrlenW(name) + ARRAY_SIZE(clients_key) + 1 > MAX_PATH) return FALSE;
    lstrcpyW(path, clients_key);
    lstrcatW(path, L"\\");
    lstrcatW(path, name);
    return TRUE;
}

BYTE *client_read_value(const WCHAR *name, const WCHAR *value, DWORD *type, DWORD *size)
{
    WCHAR path[MAX_PATH];
    BYTE *data;

    if (!client_path(name, path)) return NULL;
    if ((data = read_value(HKEY_CURRENT_USER, path, value, type, size))) return data;
    return read_value(HKEY_LOCAL_MACHINE, path, value, type, size);
}

static WCHAR *read_client_text(const WCHAR *path, const WCHAR *value)
{
    WCHAR *text = read_text(HKEY_CURRENT_USER, path, value);

    return text ? text : read_text(HKEY_LOCAL_MACHINE, path, value);
}

/* Takes over the name. */
static BOOL read_client(WCHAR *name, struct mail_client *client)
{
    WCHAR path[MAX_PATH];

    memset(client, 0, sizeof(*client));
    if (!name) return FALSE;
    client->name = name;
    if (!client_path(name, path)) return TRUE;
    client->component = read_client_text(path, L"MSIComponentID");
    client->extended = read_client_text(path, L"DLLPathEx");
    client->simple = read_client_text(path, L"DLLPath");
    TRACE("client %s: component %s, extended %s, simple %s\n", debugstr_w(name),
          debugstr_w(client->component), debugstr_w(client->extended), debugstr_w(client->simple));
    return TRUE;
}

void client_free(struct mail_client *client)
{
    platform_free(client->name);
    platform_free(client->component);
    platform_free(client->extended);
    platform_free(client->simple);
    memset(client, 0, sizeof(*client));
}

enum subsystem_choice client_subsystem_choice(void)
{
    enum subsystem_choice choice = SUBSYSTEM_DEFAULT;
    WCHAR *text = read_text(HKEY_CURRENT_USER, own_key, L"Subsystem");

    if (!text) return choice;
    if (!text_compare_nocase(text, L"own")) choice = SUBSYSTEM_OWN;
    else if (!text_compare_nocase(text, L"registered")) choice = SUBSYSTEM_REGISTERED;
    else WARN("Subsystem is %s, neither own nor registered\n", debugstr_w(text));
    platform_free(text);
    return choice;
}

WCHAR *client_setting(const WCHAR *name)
{
    WCHAR *text;

    if ((text = read_text(HKEY_LOCAL_MACHINE, policy_key, name))) return text;
    if ((text = read_text(HKEY_CURRENT_USER, policy_key, name))) return text;
    return read_text(HKEY_CURRENT_USER, own_key, name);
}

/* The client an administrator chose for this program, platform_alloc. *own: the system's own
 * MAPI. */
static WCHAR *program_client(BOOL *own)
{
    WCHAR module[MAX_PATH], name[NAME_MAX_LENGTH], data[NAME_MAX_LENGTH], *program, *p, *ret = NULL;
    DWORD i, length, type, size;
    HKEY key;

    *own = FALSE;
    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, programs_key, 0, KEY_READ, &key)) return NULL;
    if (!GetModuleFileNameW(NULL, module, ARRAY_SIZE(module))) module[0] = 0;
    module[MAX_PATH - 1] = 0;
    for (program = p = module; *p; p++) if (*p == '\\') program = p + 1;

    for (i = 0; !ret && !*own; i++)
    {
        LONG error;

        length = ARRAY_SIZE(name);
        size = sizeof(data) - sizeof(WCHAR);
        memset(data, 0, sizeof(data));
        error = RegEnumValueW(key, i, name, &length, NULL, &type, (BYTE *)data, &size);
        if (error == ERROR_MORE_DATA) continue;
        if (error) break;
        if (!length || (type != REG_SZ && type != REG_EXPAND_SZ)) continue;
        if (text_compare_nocase(name, program) && !GetModuleHandleW(name)) continue;
        TRACE("%s is to use %s\n", debugstr_w(name), debugstr_w(data));
        if (*data) ret = text_dup(data);
        else *own = TRUE;
    }
    RegCloseKey(key);
    return ret;
}

BOOL client_read_registered(struct mail_client *client)
{
    WCHAR *name;
    BOOL own;

    memset(client, 0, sizeof(*client));
    name = program_client(&own);
    if (own) return FALSE;
    if (!name) name = read_text(HKEY_CURRENT_USER, clients_key, NULL);
    if (!name) name = read_text(HKEY_LOCAL_MACHINE, clients_key, NULL);
    return read_client(name, client);
}

BOOL client_read_previous(struct mail_client *client)
{
    return read_client(read_text(HKEY_LOCAL_MACHINE, own_key, L"PreviousClient"), client);
}
