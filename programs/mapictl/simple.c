/*
 * mapictl: where a message of Simple MAPI goes
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
 * A program that calls MAPISendMail reaches the registered client, the default profile or the mail
 * program of the Unix side, in the order of SendMail (docs/simple-mapi.md). This looks at each as
 * the subsystem would. What the Unix side has is asked with the subsystem's own script, which
 * mapi32.dll carries, so that the answer is the one a message gets.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapictl.h"

#define PATIENCE 20000
#define INTERVAL 20

static const WCHAR own_key[] = L"Software\\wine-mapi";
static const WCHAR policy_key[] = L"Software\\Policies\\wine-mapi";
static const WCHAR default_order[] = L"client profile native";
static const WCHAR previous_order[] = L"profile client native"; /* where we are the default client */
static const WCHAR *const way_names[] = {L"client", L"profile", L"native"};

/* Who says so comes back in words. */
static BOOL read_setting(const WCHAR *name, WCHAR *text, DWORD count, const WCHAR **whose)
{
    static const struct
    {
        HKEY root;
        const WCHAR *path;
        REGSAM view;
        const WCHAR *whose;
    }
    places[] =
    {
        {HKEY_LOCAL_MACHINE, policy_key, KEY_WOW64_64KEY, L"the machine's policy"},
        {HKEY_CURRENT_USER, policy_key, 0, L"the user's policy"},
        {HKEY_CURRENT_USER, own_key, 0, L"the user's setting"}
    };
    size_t i;

    for (i = 0; i < ARRAYSIZE(places); i++)
    {
        if (!read_text(places[i].root, places[i].path, name, places[i].view, text, count) || !*text)
            continue;
        *whose = places[i].whose;
        return TRUE;
    }
    text[0] = 0;
    *whose = L"the default";
    return FALSE;
}

/* Indices into way_names; the count, 0 when the text is no such list. */
static int parse_order(const WCHAR *text, int order[ARRAYSIZE(way_names)])
{
    WCHAR words[256], *word, *next = NULL;
    int count = 0, i, way;

    lstrcpynW(words, text, ARRAYSIZE(words));
    for (word = wcstok(words, L" ,", &next); word; word = wcstok(NULL, L" ,", &next))
    {
        for (way = 0; way < (int)ARRAYSIZE(way_names) && lstrcmpiW(word, way_names[way]); way++) {}
        if (way == ARRAYSIZE(way_names)) return 0;
        for (i = 0; i < count; i++) if (order[i] == way) return 0;
        order[count++] = way;
    }
    return count;
}

/* 32 or 64 by the header of a DLL, 0: it cannot be read. */
static int width_of_dll(const WCHAR *path)
{
    IMAGE_DOS_HEADER dos;
    struct { DWORD signature; IMAGE_FILE_HEADER file; } header;
    HANDLE file;
    DWORD size;
    int bits = 0;

    file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL, OPEN_EXISTING,
                       0, NULL);
    if (file == INVALID_HANDLE_VALUE) return 0;
    if (ReadFile(file, &dos, sizeof(dos), &size, NULL) && size == sizeof(dos)
        && dos.e_magic == IMAGE_DOS_SIGNATURE
        && SetFilePointer(file, dos.e_lfanew, NULL, FILE_BEGIN) != INVALID_SET_FILE_POINTER
        && ReadFile(file, &header, sizeof(header), &size, NULL) && size == sizeof(header)
        && header.signature == IMAGE_NT_SIGNATURE)
    {
        if (header.file.Machine == IMAGE_FILE_MACHINE_I386) bits = 32;
        if (header.file.Machine == IMAGE_FILE_MACHINE_AMD64) bits = 64;
    }
    CloseHandle(file);
    return bits;
}

static const WCHAR *base_name(const WCHAR *path)
{
    const WCHAR *name = path, *p;

    for (p = path; *p; p++) if (*p == '\\' || *p == '/' || *p == ':') name = p + 1;
    return name;
}

/* A DLLPath as programs of one width find it. */
static void dll_path(const WCHAR *dll, int bits, WCHAR *path, DWORD count)
{
    static const WCHAR system32[] = L"\\system32\\";
    WCHAR expanded[MAX_PATH], directory[MAX_PATH];
    UINT windows;

    if (!ExpandEnvironmentStringsW(dll, expanded, ARRAYSIZE(expanded)))
        lstrcpynW(expanded, dll, MAX_PATH);
    lstrcpynW(path, expanded, count);
    if (!system_directory(bits, directory, ARRAYSIZE(directory))) return;
    windows = GetSystemWindowsDirectoryW(path, count);
    if (base_name(expanded) == expanded)
        _snwprintf(path, count, L"%s\\%s", directory, expanded);
    else if (windows && !_wcsnicmp(expanded, path, windows)
             && !_wcsnicmp(expanded + windows, system32, ARRAYSIZE(system32) - 1))
        _snwprintf(path, count, L"%s\\%s", directory, expanded + windows + ARRAYSIZE(system32) - 1);
    else lstrcpynW(path, expanded, count);
    path[count - 1] = 0;
}

/* The client's registration for programs of one width: who, and a DLLPath that is not ours.
 * *previous: the one that was the default before us. */
static BOOL find_client(int bits, WCHAR *name, DWORD name_count, WCHAR *dll, DWORD dll_count,
                        BOOL *previous)
{
    REGSAM view = bits == 64 ? KEY_WOW64_64KEY : KEY_WOW64_32KEY;
    WCHAR path[512];
    int i;

    for (i = 0; i < 2; i++)
    {
        if (i)
        {
            if (!read_text(HKEY_LOCAL_MACHINE, own_key, L"PreviousClient", view, name, name_count))
                break;
        }
        else if (!read_text(HKEY_CURRENT_USER, L"Software\\Clients\\Mail", NULL, 0, name,
                            name_count)
                 || !*name)
            read_text(HKEY_LOCAL_MACHINE, L"Software\\Clients\\Mail", NULL, view, name, name_count);
        if (!*name) break;
        _snwprintf(path, ARRAYSIZE(path), L"Software\\Clients\\Mail\\%s", name);
        path[ARRAYSIZE(path) - 1] = 0;
        if (!read_text(HKEY_CURRENT_USER, path, L"DLLPath", 0, dll, dll_count) || !*dll)
            read_text(HKEY_LOCAL_MACHINE, path, L"DLLPath", view, dll, dll_count);
        *previous = i > 0;
        if (lstrcmpiW(base_name(dll), L"mapi32.dll")) return TRUE;
    }
    *previous = FALSE;
    name[0] = dll[0] = 0;
    return FALSE;
}

static BOOL look_at_client(int bits, WCHAR *words, size_t count)
{
    WCHAR name[256], dll[512], path[MAX_PATH * 2];
    BOOL previous;
    int found;

    if (!find_client(bits, name, ARRAYSIZE(name), dll, ARRAYSIZE(dll), &previous))
        _snwprintf(words, count, L"no other client is registered");
    else if (!*dll) _snwprintf(words, count, L"'%s' has no DLLPath", name);
    else if (!lstrcmpiW(base_name(dll), L"winemapi.dll"))
        _snwprintf(words, count,
                   L"only Wine's winemapi.dll, which would drop attachments: it is passed by");
    else
    {
        dll_path(dll, bits, path, ARRAYSIZE(path));
        if ((found = width_of_dll(path)) == bits)
        {
            _snwprintf(words, count, L"'%s' through %s", name, path);
            return TRUE;
        }
        if (found)
            _snwprintf(
                words, count,
                L"the DLLPath of '%s' is for %d-bit programs, and %d-bit ones cannot load it: %s",
                name, found, bits, path);
        else
            _snwprintf(words, count, L"the DLLPath of '%s' is no DLL that can be read: %s", name,
                       path);
    }
    return FALSE;
}

static BOOL look_at_profile(WCHAR *words, size_t count)
{
    WCHAR *name = default_profile();

    if (name) _snwprintf(words, count, L"the default profile, '%s'", name);
    else _snwprintf(words, count, L"there is no default profile");
    free(name);
    return name != NULL;
}

static BOOL write_file(const WCHAR *folder, const WCHAR *name, const void *data, DWORD size)
{
    WCHAR path[MAX_PATH * 2];
    HANDLE file;
    DWORD done;
    BOOL ret;

    _snwprintf(path, ARRAYSIZE(path), L"%s\\%s", folder, name);
    file = CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return FALSE;
    ret = WriteFile(file, data, size, &done, NULL) && done == size;
    CloseHandle(file);
    return ret;
}

/* What the script says, and FALSE when there is no mail program. */
static BOOL ask_script(const WCHAR *folder, const void *script, DWORD size, WCHAR *words,
                       size_t count)
{
    WCHAR command[] = L"sh ./handover ask", path[MAX_PATH * 2], text[1024];
    STARTUPINFOW startup = {sizeof(startup)};
    PROCESS_INFORMATION process = {0};
    const WCHAR *whose;
    char utf8[3072];
    size_t length;
    DWORD waited;
    BYTE *answer = NULL;
    WCHAR *wide, *rest;
    BOOL ret;

    if (!write_file(folder, L"handover", script, size)) return FALSE;
    if (read_setting(L"MailCommand", text, ARRAYSIZE(text), &whose))
    {
        int bytes = WideCharToMultiByte(CP_UTF8, 0, text, -1, utf8, sizeof(utf8), NULL, NULL);

        if (bytes > 1) write_file(folder, L"command", utf8, bytes - 1);
    }
    if (read_setting(L"MailFolder", text, ARRAYSIZE(text), &whose))
        write_file(folder, L"shared", "", 0);
    if (!CreateProcessW(L"\\\\?\\unix\\bin\\sh", command, NULL, NULL, FALSE, CREATE_NO_WINDOW, NULL,
                        folder, &startup, &process))
    {
        _snwprintf(words, count, L"/bin/sh of the Unix side cannot be started (error %lu)",
                   GetLastError());
        return FALSE;
    }
    if (process.hThread) CloseHandle(process.hThread);
    if (process.hProcess) CloseHandle(process.hProcess);
    _snwprintf(path, ARRAYSIZE(path), L"%s\\answer", folder);
    for (waited = 0; waited < PATIENCE && !(answer = read_whole_file(path, &length));
         waited += INTERVAL)
        Sleep(INTERVAL);
    if (!answer || !(wide = dup_utf8((char *)answer, length)))
    {
        free(answer);
        _snwprintf(words, count, L"the Unix side does not answer");
        return FALSE;
    }
    wide[wcscspn(wide, L"\r\n")] = 0;
    ret = wcsncmp(wide, L"none", 4) != 0;
    rest = wcschr(wide, ' ');
    _snwprintf(words, count, L"%s", rest ? rest + 1 : wide);
    free(wide);
    free(answer);
    return ret;
}

static BOOL look_at_native(WCHAR *words, size_t count)
{
    static const WCHAR *const files[] = {L"handover", L"command", L"shared", L"answer",
                                         L"log",      L"to",      L"cc",     L"bcc",
                                         L"subject",  L"body",    L"files"};
    HMODULE module = GetModuleHandleW(L"mapi32.dll");
    HRSRC resource = module ? FindResourceW(module, L"HANDOVER", (const WCHAR *)RT_RCDATA) : NULL;
    WCHAR folder[MAX_PATH * 2], path[MAX_PATH * 2], temp[MAX_PATH + 1];
    BOOL ret = FALSE;
    size_t i;

    if (!resource || !GetTempPathW(ARRAYSIZE(temp), temp))
    {
        _snwprintf(words, count, L"mapi32.dll is not this subsystem");
        return FALSE;
    }
    _snwprintf(folder, ARRAYSIZE(folder), L"%swine-mapi", temp);
    CreateDirectoryW(folder, NULL);
    _snwprintf(folder, ARRAYSIZE(folder), L"%swine-mapi\\ask-%lu", temp, GetCurrentProcessId());
    if (CreateDirectoryW(folder, NULL))
    {
        ret = ask_script(folder, LockResource(LoadResource(module, resource)),
                         SizeofResource(module, resource), words, count);
        for (i = 0; i < ARRAYSIZE(files); i++)
        {
            _snwprintf(path, ARRAYSIZE(path), L"%s\\%s", folder, files[i]);
            DeleteFileW(path);
        }
        RemoveDirectoryW(folder);
    }
    else _snwprintf(words, count, L"%s cannot be made (error %lu)", folder, GetLastError());
    return ret;
}

static BOOL look_at(int way, int bits, WCHAR *words, size_t count)
{
    BOOL ret;

    words[0] = 0;
    switch (way)
    {
    case 0: ret = look_at_client(bits, words, count - 1); break;
    case 1: ret = look_at_profile(words, count - 1); break;
    default: ret = look_at_native(words, count - 1); break;
    }
    words[count - 1] = 0;
    return ret;
}

static int read_order(int bits, int order[ARRAYSIZE(way_names)], const WCHAR **whose, BOOL *wrong)
{
    WCHAR text[256], name[256], dll[512];
    BOOL previous;
    int count = 0;

    *wrong = FALSE;
    if (read_setting(L"SendMail", text, ARRAYSIZE(text), whose))
        *wrong = !(count = parse_order(text, order));
    if (count) return count;
    find_client(bits, name, ARRAYSIZE(name), dll, ARRAYSIZE(dll), &previous);
    return parse_order(previous ? previous_order : default_order, order);
}

BOOL simple_finding(int bits, WCHAR *words, size_t count, BOOL *wrong)
{
    int order[ARRAYSIZE(way_names)], ways, i;
    WCHAR found[1024], reasons[1024];
    const WCHAR *whose;

    reasons[0] = 0;
    ways = read_order(bits, order, &whose, wrong);
    for (i = 0; i < ways; i++)
    {
        if (look_at(order[i], bits, found, ARRAYSIZE(found)))
        {
            _snwprintf(words, count - 1, L"%s: %s%s%s%s", way_names[order[i]], found,
                       *reasons ? L" (" : L"", reasons, *reasons ? L")" : L"");
            words[count - 1] = 0;
            return TRUE;
        }
        _snwprintf(reasons + wcslen(reasons), ARRAYSIZE(reasons) - 1 - wcslen(reasons), L"%s%s",
                   *reasons ? L"; " : L"", found);
        reasons[ARRAYSIZE(reasons) - 1] = 0;
    }
    _snwprintf(words, count - 1, L"nowhere: %s", reasons);
    words[count - 1] = 0;
    return FALSE;
}

int simple_show(struct arguments *args)
{
    static const WCHAR *const columns[] = {L"setting", L"value", L"from", L"finding", NULL};
    static const WCHAR *const names[] = {L"MailCommand", L"MailFolder"};
    int order[ARRAYSIZE(way_names)], count, i, bits;
    WCHAR found[1024], words[1040], number[16], text[1024];
    const WCHAR *values[4], *whose;
    struct list *list = list_begin(columns);
    BOOL wrong, there;
    size_t k;

    count = read_order((int)sizeof(void *) * 8, order, &whose, &wrong);
    for (i = 0; i < count; i++)
    {
        /* The client is of one width, the other ways are the same for both. */
        for (bits = order[i] ? 32 : 64; bits >= 32; bits -= 32)
        {
            if (bits == 64 && !is_64bit_windows()) continue;
            there = look_at(order[i], bits, found, ARRAYSIZE(found));
            if (order[i])
                _snwprintf(words, ARRAYSIZE(words), L"%s%s", there ? L"" : L"not there: ", found);
            else
                _snwprintf(words, ARRAYSIZE(words), L"%d-bit programs: %s%s", bits,
                           there ? L"" : L"not there: ", found);
            words[ARRAYSIZE(words) - 1] = 0;
            _snwprintf(number, ARRAYSIZE(number), L"SendMail %d", i + 1);
            values[0] = number;
            values[1] = way_names[order[i]];
            values[2] = wrong ? L"the default, for the value set is no list of ways" : whose;
            values[3] = words;
            list_add(list, values);
        }
    }
    for (k = 0; k < ARRAYSIZE(names); k++)
    {
        read_setting(names[k], text, ARRAYSIZE(text), &whose);
        values[0] = names[k];
        values[1] = text;
        values[2] = whose;
        values[3] = L"";
        list_add(list, values);
    }
    list_end(list);
    return EXIT_OK;
}

static int write_setting(const WCHAR *name, const WCHAR *text)
{
    HKEY key;
    LONG error;

    if ((error = RegCreateKeyExW(HKEY_CURRENT_USER, own_key, 0, NULL, 0, KEY_SET_VALUE, NULL, &key,
                                 NULL)))
        return fail(L"the registry cannot be written (error %ld)", error);
    if (*text)
        error = RegSetValueExW(key, name, 0, REG_SZ, (const BYTE *)text,
                               (wcslen(text) + 1) * sizeof(*text));
    else if ((error = RegDeleteValueW(key, name)) == ERROR_FILE_NOT_FOUND) error = 0;
    RegCloseKey(key);
    return error ? fail(L"%s cannot be set (error %ld)", name, error) : EXIT_OK;
}

int simple_set(struct arguments *args)
{
    const WCHAR *order = take_value(args, L"--order"), *command = take_value(args, L"--command"),
                *folder = take_value(args, L"--folder"), *whose;
    int ways[ARRAYSIZE(way_names)], ret = EXIT_OK;
    WCHAR text[1024];

    if (!order && !command && !folder)
        return fail(L"say --order, --command or --folder; '' takes one back");
    if (order && *order && !parse_order(order, ways))
        return fail(L"'%s' is no list of client, profile and native", order);
    if (folder && *folder && (folder[1] != ':' || folder[2] != '\\'
                              || !(GetFileAttributesW(folder) & FILE_ATTRIBUTE_DIRECTORY)
                              || GetFileAttributesW(folder) == INVALID_FILE_ATTRIBUTES))
        return fail(L"'%s' is no folder with a drive in front, such as Z:\\home\\joe\\Mail",
                    folder);
    if (order) ret = write_setting(L"SendMail", order);
    if (command && !ret) ret = write_setting(L"MailCommand", command);
    if (folder && !ret) ret = write_setting(L"MailFolder", folder);
    if (!ret && order && read_setting(L"SendMail", text, ARRAYSIZE(text), &whose)
        && wcsstr(whose, L"policy"))
        print(L"Set, but %s stands above it.\n", whose);
    return ret;
}
