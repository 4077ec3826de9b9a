/*
 * mapictl: what is wrong with this prefix's MAPI, and what mends it
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
 * Each check looks at one thing that has to be right before a client's MAPI call reaches the
 * subsystem and finds a profile, in the order a call meets them, and reports one line: ok, note or
 * WRONG, what was found, and the command that mends it.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapictl.h"

#define INSTALL L"./bootstrap install"

enum state { FINE, NOTE, WRONG };

struct findings
{
    struct list *list;
    int wrong;
};

static void report(struct findings *findings, const WCHAR *check, enum state state,
                   const WCHAR *remedy, const WCHAR *format, ...)
{
    static const WCHAR *const names[] = {L"ok", L"note", L"WRONG"};
    const WCHAR *values[4];
    WCHAR text[1024];
    va_list args;

    va_start(args, format);
    _vsnwprintf(text, ARRAYSIZE(text) - 1, format, args);
    text[ARRAYSIZE(text) - 1] = 0;
    va_end(args);
    values[0] = check;
    values[1] = names[state];
    values[2] = text;
    values[3] = remedy ? remedy : L"";
    list_add(findings->list, values);
    if (state == WRONG) findings->wrong++;
}

BOOL read_text(HKEY root, const WCHAR *path, const WCHAR *name, REGSAM view, WCHAR *text,
               DWORD count)
{
    DWORD type, size = (count - 1) * sizeof(*text);
    HKEY key;
    LONG ret;

    text[0] = 0;
    if (RegOpenKeyExW(root, path, 0, KEY_QUERY_VALUE | view, &key)) return FALSE;
    ret = RegQueryValueExW(key, name, NULL, &type, (BYTE *)text, &size);
    RegCloseKey(key);
    if (ret || (type != REG_SZ && type != REG_EXPAND_SZ))
    {
        text[0] = 0;
        return FALSE;
    }
    text[size / sizeof(*text)] = 0;
    return TRUE;
}

BOOL is_64bit_windows(void)
{
    BOOL wow64 = FALSE;

    if (sizeof(void *) == 8) return TRUE;
    IsWow64Process(GetCurrentProcess(), &wow64);
    return wow64;
}

/* The system directory for one width, as this process can reach it. */
BOOL system_directory(int bits, WCHAR *path, UINT count)
{
    UINT length = GetSystemWindowsDirectoryW(path, count);
    const WCHAR *folder = L"\\system32";

    if (!length || length + 12 > count) return FALSE;
    if (bits == 64 && !is_64bit_windows()) return FALSE;
    if (bits == 64 && sizeof(void *) == 4) folder = L"\\sysnative";
    if (bits == 32 && is_64bit_windows()) folder = L"\\syswow64";
    lstrcpyW(path + length, folder);
    return TRUE;
}

/* Whose mapi32.dll a file is, by the product's name in its version resource. The file is read as it
 * is: the version functions do not see the 64-bit system directory from a 32-bit process. */
static BOOL is_ours(const WCHAR *path)
{
    static const WCHAR product[] = L"wine-mapi";
    HANDLE file, mapping;
    const BYTE *data;
    BOOL ret = FALSE;
    DWORD i, size;

    file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL, OPEN_EXISTING,
                       0, NULL);
    if (file == INVALID_HANDLE_VALUE) return FALSE;
    size = GetFileSize(file, NULL);
    mapping = CreateFileMappingW(file, NULL, PAGE_READONLY, 0, 0, NULL);
    CloseHandle(file);
    if (!mapping) return FALSE;
    if ((data = MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0)))
    {
        for (i = 0; !ret && i + sizeof(product) <= size; i += sizeof(WCHAR))
            ret = data[i] == 'w' && !memcmp(data + i, product, sizeof(product));
        UnmapViewOfFile(data);
    }
    CloseHandle(mapping);
    return ret;
}

/* The same for a module in memory, since a path alone can mislead: Wine may have loaded its own. */
static BOOL is_our_module(HMODULE module)
{
    static const WCHAR product[] = L"wine-mapi";
    HRSRC resource = FindResourceW(module, MAKEINTRESOURCEW(1), (const WCHAR *)RT_VERSION);
    DWORD i, size = resource ? SizeofResource(module, resource) : 0;
    const char *data = resource ? LockResource(LoadResource(module, resource)) : NULL;

    for (i = 0; data && i + sizeof(product) <= size; i += sizeof(WCHAR))
        if (!memcmp(data + i, product, sizeof(product))) return TRUE;
    return FALSE;
}

static void check_loaded(struct findings *findings)
{
    WCHAR path[MAX_PATH];
    HMODULE module;

    if (!(module = GetModuleHandleW(L"mapi32.dll"))
        || !GetModuleFileNameW(module, path, ARRAYSIZE(path)))
        report(findings, L"loaded DLL", WRONG, INSTALL, L"mapi32.dll is not loaded");
    else if (!is_our_module(module))
        report(findings, L"loaded DLL", WRONG, INSTALL,
               L"%d-bit programs get another mapi32.dll, not this subsystem",
               (int)sizeof(void *) * 8);
    else report(findings, L"loaded DLL", FINE, NULL, L"%d-bit programs load this subsystem from %s",
                (int)sizeof(void *) * 8, path);
}

static void check_file(struct findings *findings, int bits)
{
    const WCHAR *check = bits == 64 ? L"64-bit file" : L"32-bit file";
    WCHAR path[MAX_PATH + 16];

    if (!system_directory(bits, path, MAX_PATH))
    {
        if (bits == 64)
            report(findings, check, NOTE, NULL, L"a 32-bit prefix has no 64-bit programs");
        return;
    }
    lstrcatW(path, L"\\mapi32.dll");
    if (GetFileAttributesW(path) == INVALID_FILE_ATTRIBUTES)
        report(findings, check, WRONG, INSTALL, L"%s is missing", path);
    else if (!is_ours(path))
        report(findings, check, WRONG, INSTALL, L"%s is not this subsystem's", path);
    else report(findings, check, FINE, NULL, L"%s", path);
}

static void check_override(struct findings *findings)
{
    WCHAR text[256];

    if (GetEnvironmentVariableW(L"WINEDLLOVERRIDES", text, ARRAYSIZE(text))
        && wcsstr(text, L"mapi32"))
        report(findings, L"override", NOTE, NULL,
               L"WINEDLLOVERRIDES=%s decides for programs started like this one", text);
    if (!read_text(HKEY_CURRENT_USER, L"Software\\Wine\\DllOverrides", L"mapi32", 0, text,
                   ARRAYSIZE(text))
        && !read_text(HKEY_CURRENT_USER, L"Software\\Wine\\DllOverrides", L"*mapi32", 0, text,
                      ARRAYSIZE(text)))
        report(findings, L"override", WRONG, INSTALL, L"none: Wine prefers its own mapi32");
    else if (towlower(text[0]) != 'n')      /* "native" or "n", as Wine reads it */
        report(findings, L"override", WRONG, INSTALL, L"mapi32=%s: Wine prefers its own", text);
    else report(findings, L"override", FINE, NULL, L"mapi32=%s", text);
}

/* A value of a client's registration: the user's, or else the machine's. */
static void read_client(const WCHAR *path, const WCHAR *name, REGSAM view, WCHAR *text, DWORD count)
{
    if (!read_text(HKEY_CURRENT_USER, path, name, 0, text, count))
        read_text(HKEY_LOCAL_MACHINE, path, name, view, text, count);
}

/* The chain that a client's own stub library walks: default client, DLLPathEx, DLLPath. */
static void check_client(struct findings *findings, int bits)
{
    const WCHAR *check = bits == 64 ? L"64-bit clients" : L"32-bit clients";
    REGSAM view = bits == 64 ? KEY_WOW64_64KEY : KEY_WOW64_32KEY;
    WCHAR name[256], path[512], simple[512], extended[512];
    BOOL user;

    if (bits == 64 && !is_64bit_windows()) return;
    user = read_text(HKEY_CURRENT_USER, L"Software\\Clients\\Mail", NULL, 0, name, ARRAYSIZE(name))
           && *name;
    if (!user
        && (!read_text(HKEY_LOCAL_MACHINE, L"Software\\Clients\\Mail", NULL, view, name,
                       ARRAYSIZE(name))
            || !*name))
    {
        report(findings, check, WRONG, INSTALL, L"no default mail client is registered");
        return;
    }
    _snwprintf(path, ARRAYSIZE(path), L"Software\\Clients\\Mail\\%s", name);
    read_client(path, L"DLLPath", view, simple, ARRAYSIZE(simple));
    read_client(path, L"DLLPathEx", view, extended, ARRAYSIZE(extended));
    if (!*extended)
        /* Another program's client is replaced only by force. */
        report(findings, check, WRONG, !*simple || wcsstr(_wcslwr(simple), L"mapi32.dll")
               || wcsstr(simple, L"winemapi.dll") ? INSTALL : INSTALL L" --force",
               L"'%s' (%s) has no DLLPathEx: programs with a MAPI stub of their own use %s", name,
               user ? L"the user's choice" : L"the machine's", *simple ? simple : L"nothing");
    else if (!wcsstr(_wcslwr(extended), L"mapi32.dll"))
        report(findings, check, NOTE, L"install with --force, or set Subsystem to 'own'",
               L"'%s' answers Extended MAPI through %s", name, extended);
    else
        report(findings, check, FINE, NULL, L"'%s': DLLPathEx %s, DLLPath %s", name, extended,
               simple);
}

static void check_subsystem(struct findings *findings)
{
    WCHAR text[64];

    if (!read_text(HKEY_CURRENT_USER, L"Software\\wine-mapi", L"Subsystem", 0, text,
                   ARRAYSIZE(text)))
        report(findings, L"who answers", FINE, NULL,
               L"this subsystem, unless another client with a DLLPathEx is the default");
    else if (!lstrcmpiW(text, L"own"))
        report(findings, L"who answers", FINE, NULL, L"this subsystem, by setting");
    else if (!lstrcmpiW(text, L"registered"))
        report(findings, L"who answers", NOTE, L"reg delete HKCU\\Software\\wine-mapi /v Subsystem",
               L"the registered client, by setting");
    else
        report(findings, L"who answers", WRONG,
               L"reg delete HKCU\\Software\\wine-mapi /v Subsystem",
               L"Subsystem is '%s', which is neither 'own' nor 'registered'", text);
}

static void check_mapisvc(struct findings *findings)
{
    WCHAR path[MAX_PATH + 16];

    if (!read_text(HKEY_CURRENT_USER, L"Software\\wine-mapi", L"MapiSvcInf", 0, path, MAX_PATH) &&
        !read_text(HKEY_LOCAL_MACHINE, L"Software\\wine-mapi", L"MapiSvcInf", 0, path, MAX_PATH))
    {
        GetSystemDirectoryW(path, MAX_PATH);
        lstrcatW(path, L"\\mapisvc.inf");
    }
    if (GetFileAttributesW(path) == INVALID_FILE_ATTRIBUTES)
        report(findings, L"MapiSvc.inf", WRONG, INSTALL, L"%s is missing: no service can be added",
               path);
    else report(findings, L"MapiSvc.inf", FINE, NULL, L"%s", path);
}

static void check_profile(struct findings *findings)
{
    IMsgServiceAdmin *services;
    WCHAR *name;
    HRESULT hr;

    if (!(name = default_profile()))
    {
        report(findings, L"default profile", WRONG, L"mapictl profile create NAME --default",
               L"none: programs that log on without naming one fail");
        return;
    }
    if (FAILED(hr = services_open(name, &services)))
        report(findings, L"default profile", WRONG, L"mapictl profile default OTHER",
               L"'%s' cannot be opened (0x%08lx)", name, (unsigned long)hr);
    else
    {
        IMsgServiceAdmin_Release(services);
        report(findings, L"default profile", FINE, NULL,
               L"'%s'; 'mapictl providers' tries what it loads", name);
    }
    free(name);
}

/* Where the default profile keeps mail and contacts. */
static void check_datafiles(struct findings *findings)
{
    WCHAR *name = default_profile(), *end;
    struct datafiles files;
    int i;

    if (name && SUCCEEDED(datafiles_of_profile(name, &files)))
    {
        for (i = 0; i < files.count; i++)
        {
            WCHAR *path = files.list[i].path, *folder = dup_text(path);

            if ((end = wcsrchr(folder, '\\'))) end[end > folder && end[-1] == ':'] = 0;
            if (GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES)
                report(findings, L"file", FINE, NULL, L"%s", path);
            else if (!files.list[i].opened)
                report(findings, L"file", NOTE, NULL,
                       L"%s is not there yet: it is made when it is first opened", path);
            else if (GetFileAttributesW(folder) == INVALID_FILE_ATTRIBUTES)
                report(findings, L"file", WRONG, L"make its disk or folder reachable",
                       L"%s is missing with its folder: what is in it cannot be opened", path);
            else
                report(findings, L"file", NOTE, L"put the file, or a backup of it, back first",
                       L"%s is missing: the next logon makes it anew, empty", path);
            free(folder);
        }
        datafiles_free(&files);
    }
    free(name);
}

static void check_sending(struct findings *findings, int bits)
{
    const WCHAR *check = bits == 64 ? L"64-bit MAPISendMail" : L"32-bit MAPISendMail";
    WCHAR words[960];
    BOOL wrong;

    if (bits == 64 && !is_64bit_windows()) return;
    if (!simple_finding(bits, words, ARRAYSIZE(words), &wrong))
        report(findings, check, NOTE, L"mapictl simple show", L"%s", words);
    else if (wrong)
        report(findings, check, WRONG, L"mapictl simple set --order ''",
               L"SendMail is no list of ways; %s", words);
    else report(findings, check, FINE, NULL, L"%s", words);
}

static void check_policy(struct findings *findings)
{
    static const WCHAR *const versions[] = {L"16.0", L"15.0", L"14.0"};
    static const WCHAR *const meanings[] = { L"0: fast unless a provider objects",
                                             L"1: fast only if every provider agrees",
                                             L"2: never fast" };
    DWORD value, type, size;
    WCHAR path[160];
    size_t i;
    HKEY key;
    LONG ret;

    for (i = 0; i < ARRAYSIZE(versions); i++)
    {
        _snwprintf(path, ARRAYSIZE(path),
                   L"Software\\Policies\\Microsoft\\Office\\%s\\Outlook\\Options\\Shutdown",
                   versions[i]);
        if (RegOpenKeyExW(HKEY_CURRENT_USER, path, 0, KEY_QUERY_VALUE, &key)) continue;
        size = sizeof(value);
        ret = RegQueryValueExW(key, L"FastShutdownBehavior", NULL, &type, (BYTE *)&value, &size);
        RegCloseKey(key);
        if (ret == ERROR_FILE_NOT_FOUND) continue;
        if (ret || type != REG_DWORD || value > 2)
            report(findings, L"shutdown policy", WRONG, L"set a REG_DWORD of 0, 1 or 2",
                   L"FastShutdownBehavior under %s is not 0, 1 or 2: taken as 0", versions[i]);
        else
            report(findings, L"shutdown policy", FINE, NULL, L"%s (Office %s)", meanings[value],
                   versions[i]);
        return;
    }
    report(findings, L"shutdown policy", FINE, NULL, L"%s (no policy set)", meanings[0]);
}

int doctor(struct arguments *args)
{
    static const WCHAR *const columns[] = {L"check", L"state", L"finding", L"remedy", NULL};
    struct findings findings = {list_begin(columns), 0};
    HRESULT hr;

    check_loaded(&findings);
    check_file(&findings, 64);
    check_file(&findings, 32);
    check_override(&findings);
    check_client(&findings, 64);
    check_client(&findings, 32);
    check_subsystem(&findings);
    check_mapisvc(&findings);
    if (FAILED(hr = MAPIInitialize(NULL)))
        report(&findings, L"start", WRONG, INSTALL, L"MAPIInitialize fails (0x%08lx)",
               (unsigned long)hr);
    else
    {
        report(&findings, L"start", FINE, NULL, L"MAPIInitialize works");
        check_profile(&findings);
        check_datafiles(&findings);
        check_sending(&findings, 64);
        check_sending(&findings, 32);
        MAPIUninitialize();
    }
    check_policy(&findings);
    list_end(findings.list);
    return findings.wrong ? EXIT_FAILED : EXIT_OK;
}
