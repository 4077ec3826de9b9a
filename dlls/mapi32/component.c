/*
 * MAPI DLLs that the Windows Installer knows
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
 * FGetComponentPath, and the same for a client whose registration names a component instead of a
 * DLL.
 *
 * A component is published under qualifiers, of which a mail client has one a language. Callers
 * hand in the client's MSIApplicationLCID or MSIOfficeLCID as it stands in the registry: several
 * strings, the first a key below Software, the others names of values there that hold language
 * numbers. Some hand in a qualifier instead: only a string that names no key is one, since nothing
 * may be read behind it.
 *
 * msi.dll is loaded for the call.
 */

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "windef.h"
#include "winbase.h"
#include "winnls.h"
#include "winreg.h"
#include "msi.h"
#include "core/core.h"
#include "clients.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define LANGUAGE_MAX 16         /* values looked at of one list */
#define PATH_MAX_LENGTH 1024

struct installer
{
    HMODULE module;
    UINT(WINAPI *provide)(LPCSTR component, LPCSTR qualifier, DWORD mode, LPSTR path, LPDWORD size);
    UINT (WINAPI *enumerate)(LPSTR component, DWORD index, LPSTR qualifier, LPDWORD qualifier_size,
                             LPSTR data, LPDWORD data_size);
};

static BOOL installer_open(struct installer *installer)
{
    installer->module = LoadLibraryW(L"msi.dll");
    if (!installer->module) return FALSE;
    installer->provide = (void *)GetProcAddress(installer->module, "MsiProvideQualifiedComponentA");
    installer->enumerate = (void *)GetProcAddress(installer->module, "MsiEnumComponentQualifiersA");
    if (installer->provide) return TRUE;
    FreeLibrary(installer->module);
    return FALSE;
}

static BOOL provide(const struct installer *installer, const char *component, const char *qualifier,
                    DWORD mode, char *path, DWORD size)
{
    UINT error = installer->provide(component, qualifier, mode, path, &size);

    TRACE("%s, %s: error %u\n", debugstr_a(component), debugstr_a(qualifier), error);
    if (!error && *path) return TRUE;
    *path = 0;
    return FALSE;
}

static BOOL provide_language(const struct installer *installer, const char *component,
                             ULONG language, DWORD mode, char *path, DWORD size)
{
    static const char *const forms[] = { "%lu\\NT", "%lu\\95", "%lu" };
    char qualifier[32];
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(forms); i++)
    {
        snprintf(qualifier, sizeof(qualifier), forms[i], language);
        if (provide(installer, component, qualifier, mode, path, size)) return TRUE;
    }
    return FALSE;
}

/* The key that the first string of a list names below Software. */
static BOOL open_list_key(const char *list, HKEY *key)
{
    static const HKEY roots[] = { HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE };
    char path[MAX_PATH];
    unsigned int i;

    if (!*list || strlen(list) > MAX_PATH - 16) return FALSE;
    strcpy(path, "Software\\");
    strcat(path, list);
    for (i = 0; i < ARRAY_SIZE(roots); i++)
        if (!RegOpenKeyExA(roots[i], path, 0, KEY_READ, key)) return TRUE;
    return FALSE;
}

static BOOL provide_list(const struct installer *installer, const char *component, HKEY key,
                         const char *list, DWORD mode, char *path, DWORD size)
{
    const char *value = list;
    unsigned int i;

    for (i = 0; i < LANGUAGE_MAX; i++)
    {
        BYTE data[32] = { 0 };
        DWORD type, data_size = sizeof(data) - 1;
        ULONG language = 0;

        value += strlen(value) + 1;
        if (!*value) break;
        if (RegQueryValueExA(key, value, NULL, &type, data, &data_size)) continue;
        if (type == REG_DWORD && data_size == sizeof(DWORD)) language = *(DWORD *)data;
        else if (type == REG_SZ) language = strtoul((char *)data, NULL, 10);
        if (language && provide_language(installer, component, language, mode, path, size))
            return TRUE;
    }
    return FALSE;
}

/* Without a qualifier: this user's language, the system's, English, and at last whatever there
 * is. */
static BOOL provide_any(const struct installer *installer, const char *component, DWORD mode,
                        char *path, DWORD size)
{
    const ULONG languages[] = { GetUserDefaultLangID(), GetSystemDefaultLangID(),
                                MAKELANGID(LANG_ENGLISH, SUBLANG_ENGLISH_US) };
    char name[64], qualifier[256];
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(languages); i++)
        if (provide_language(installer, component, languages[i], mode, path, size)) return TRUE;
    if (!installer->enumerate || strlen(component) >= sizeof(name)) return FALSE;
    strcpy(name, component);
    for (i = 0; i < LANGUAGE_MAX; i++)
    {
        DWORD qualifier_size = sizeof(qualifier);

        if (installer->enumerate(name, i, qualifier, &qualifier_size, NULL, NULL)) break;
        if (provide(installer, component, qualifier, mode, path, size)) return TRUE;
    }
    return FALSE;
}

BOOL WINAPI FGetComponentPath(LPSTR component, LPSTR qualifier, LPSTR path, DWORD size,
                              BOOL install)
{
    DWORD mode = install ? INSTALLMODE_DEFAULT : INSTALLMODE_EXISTING;
    struct installer installer;
    BOOL found = FALSE;
    HKEY key;

    TRACE("(%s, %s, %p, %lu, %d)\n", debugstr_a(component), debugstr_a(qualifier), path, size,
          install);

    if (!path || !size) return FALSE;
    *path = 0;
    if (!component || !*component || !installer_open(&installer)) return FALSE;
    if (!qualifier || !*qualifier) found = provide_any(&installer, component, mode, path, size);
    else if (open_list_key(qualifier, &key))
    {
        found = provide_list(&installer, component, key, qualifier, mode, path, size);
        RegCloseKey(key);
    }
    else found = provide(&installer, component, qualifier, mode, path, size);
    FreeLibrary(installer.module);
    return found;
}

/* A REG_MULTI_SZ in ANSI, with the zero that ends the last string and the list. */
static char *list_to_ansi(const WCHAR *list, DWORD size)
{
    int length = size / sizeof(WCHAR) + 2, ansi_size;   /* the reader put two zeros behind it */
    char *ansi;

    ansi_size = platform_wide_to_ansi(list, length, NULL, 0);
    if (ansi_size <= 0 || !(ansi = platform_alloc_zero(ansi_size + 2))) return NULL;
    platform_wide_to_ansi(list, length, ansi, ansi_size);
    return ansi;
}

WCHAR *component_path(const struct mail_client *client)
{
    static const WCHAR *const values[] = { L"MSIApplicationLCID", L"MSIOfficeLCID" };
    char path[PATH_MAX_LENGTH], *component, *list;
    BOOL found = FALSE;
    unsigned int i;
    WCHAR *ret = NULL;

    if (!client->component || !(component = text_to_ansi(client->component))) return NULL;
    for (i = 0; i < ARRAY_SIZE(values) && !found; i++)
    {
        DWORD type, size;
        BYTE *data = client_read_value(client->name, values[i], &type, &size);

        if (data && type == REG_MULTI_SZ && (list = list_to_ansi((WCHAR *)data, size)))
        {
            found = FGetComponentPath(component, list, path, sizeof(path), FALSE);
            platform_free(list);
        }
        platform_free(data);
    }
    if (!found) found = FGetComponentPath(component, NULL, path, sizeof(path), FALSE);
    if (found) ret = text_from_ansi(path);
    platform_free(component);
    return ret;
}
