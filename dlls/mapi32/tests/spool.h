/*
 * Sending and receiving through the sample transport: what tests of the spooler share
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

#ifndef MAPI32_TEST_SPOOL_H
#define MAPI32_TEST_SPOOL_H

#include <mapispi.h>
#include <mapiaux.h>

#include "stores.h"

#define PR_SAMPLE_DIRECTORY   PROP_TAG(PT_STRING8, 0x6604)
#define PR_SAMPLE_TYPES       PROP_TAG(PT_STRING8, 0x6607)
#define PR_SAMPLE_HOOKED      PROP_TAG(PT_LONG, 0x6609)
#define PR_SAMPLE_HOOK_FOLDER PROP_TAG(PT_BINARY, 0x660A)
#define PR_SAMPLE_PREPROCESSED PROP_TAG(PT_LONG, 0x660B)

#define PATIENCE 120000         /* ms until what must happen counts as not happening */

static char spool_profile[32];
static char spool_root[MAX_PATH];       /* of all folders below */
static char spool_out[MAX_PATH];        /* what the first transport sends; "in" is in it */
static char spool_store[MAX_PATH];

static const char spool_inf[] =
    "[Services]\r\n"
    "SAMPLE=Sample Message Service\r\n"
    "[SAMPLE]\r\n"
    "PR_DISPLAY_NAME=Sample Message Service\r\n"
    "Providers=SAMPLE_XP, SAMPLE_FAX, SAMPLE_AB, SAMPLE_MS, SAMPLE_HOOK\r\n"
    "PR_SERVICE_DLL_NAME=%s\r\n"
    "PR_SERVICE_ENTRY_NAME=ServiceEntry\r\n"
    "[SAMPLE_XP]\r\n"
    "PR_RESOURCE_TYPE=MAPI_TRANSPORT_PROVIDER\r\n"
    "PR_PROVIDER_DLL_NAME=%s\r\n"
    "PR_DISPLAY_NAME=Sample Transport\r\n"
    "PR_PROVIDER_DISPLAY=Sample Transport\r\n"
    "[SAMPLE_FAX]\r\n"
    "PR_RESOURCE_TYPE=MAPI_TRANSPORT_PROVIDER\r\n"
    "PR_PROVIDER_DLL_NAME=%s\r\n"
    "PR_DISPLAY_NAME=Sample Fax\r\n"
    "PR_PROVIDER_DISPLAY=Sample Fax\r\n"
    "[SAMPLE_AB]\r\n"
    "PR_RESOURCE_TYPE=MAPI_AB_PROVIDER\r\n"
    "PR_PROVIDER_DLL_NAME=%s\r\n"
    "PR_DISPLAY_NAME=Sample Address Book\r\n"
    "PR_PROVIDER_DISPLAY=Sample Address Book\r\n"
    "[SAMPLE_MS]\r\n"
    "PR_RESOURCE_TYPE=MAPI_STORE_PROVIDER\r\n"
    "PR_RESOURCE_FLAGS=STATUS_DEFAULT_STORE\r\n"
    "PR_PROVIDER_DLL_NAME=%s\r\n"
    "PR_DISPLAY_NAME=Sample Store\r\n"
    "PR_PROVIDER_DISPLAY=Sample Store\r\n"
    "34140102=2d8a13f651774c0bb82f5e09c4617d92\r\n"
    "[SAMPLE_HOOK]\r\n"
    "PR_RESOURCE_TYPE=MAPI_HOOK_PROVIDER\r\n"
    "PR_RESOURCE_FLAGS=HOOK_INBOUND | HOOK_OUTBOUND\r\n"
    "PR_PROVIDER_DLL_NAME=%s\r\n"
    "PR_DISPLAY_NAME=Sample Hook\r\n"
    "PR_PROVIDER_DISPLAY=Sample Hook\r\n";

/* ---- files ---- */

/* The files of a folder that the pattern names: how many, and the path of one. */
static inline int spool_files(const char *folder, const char *pattern, char path[MAX_PATH])
{
    WIN32_FIND_DATAA data;
    char search[MAX_PATH];
    int count = 0;
    HANDLE find;

    sprintf(search, "%s\\%s", folder, pattern);
    if ((find = FindFirstFileA(search, &data)) == INVALID_HANDLE_VALUE) return 0;
    do
    {
        if (data.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) continue;
        if (path) sprintf(path, "%s\\%s", folder, data.cFileName);
        count++;
    }
    while (FindNextFileA(find, &data));
    FindClose(find);
    return count;
}

static inline void spool_delete(const char *folder)
{
    WIN32_FIND_DATAA data;
    char path[MAX_PATH];
    HANDLE find;

    sprintf(path, "%s\\*", folder);
    if ((find = FindFirstFileA(path, &data)) == INVALID_HANDLE_VALUE) return;
    do
    {
        if (data.cFileName[0] == '.') continue;
        sprintf(path, "%s\\%s", folder, data.cFileName);
        if (data.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) spool_delete(path);
        else DeleteFileA(path);
    }
    while (FindNextFileA(find, &data));
    FindClose(find);
    RemoveDirectoryA(folder);
}

/* The text of the file that has the words, static until the next call; empty: there is none. */
static inline const char *spool_sent(const char *folder, const char *words, size_t *size)
{
    static char text[65536];
    WIN32_FIND_DATAA data;
    char path[MAX_PATH];
    HANDLE find;
    size_t got;
    FILE *file;

    sprintf(path, "%s\\*.msg", folder);
    if ((find = FindFirstFileA(path, &data)) == INVALID_HANDLE_VALUE) return "";
    do
    {
        sprintf(path, "%s\\%s", folder, data.cFileName);
        if (!(file = fopen(path, "rb"))) continue;
        got = fread(text, 1, sizeof(text) - 1, file);
        text[got] = 0;
        fclose(file);
        if (!strstr(text, words)) continue;
        if (size) *size = got;
        FindClose(find);
        return text;
    }
    while (FindNextFileA(find, &data));
    FindClose(find);
    return "";
}

/* ---- the profile ---- */

/* Registry settings of the spooler: everything happens soon. */
static inline void spool_settings(BOOL fast)
{
    static const struct { const char *name; DWORD value;
    } settings[] = { { "RetryMs", 100 },
                     { "RetryMaxMs", 1000 },
                     { "PollMs", 100 },
                     { "IdleMs", 100 },
                     { "QueueMs", 500 } };
    unsigned int i;
    HKEY key;

    if (!fast)
    {
        RegDeleteKeyA(HKEY_CURRENT_USER, "Software\\wine-mapi\\Spooler");
        return;
    }
    if (RegCreateKeyA(HKEY_CURRENT_USER, "Software\\wine-mapi\\Spooler", &key)) return;
    for (i = 0; i < ARRAY_SIZE(settings); i++)
        RegSetValueExA(key, settings[i].name, 0, REG_DWORD, (BYTE *)&settings[i].value,
                       sizeof(DWORD));
    RegCloseKey(key);
}

static inline void spool_setting(const char *name, DWORD value)
{
    HKEY key;

    if (RegCreateKeyA(HKEY_CURRENT_USER, "Software\\wine-mapi\\Spooler", &key)) return;
    RegSetValueExA(key, name, 0, REG_DWORD, (BYTE *)&value, sizeof(value));
    RegCloseKey(key);
}

/* Sets a property of the n-th provider section (in the INF's order) of the profile's service. */
static inline void spool_configure(IProviderAdmin *providers, const char *display, ULONG tag,
                                   const char *text)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_PROVIDER_UID, PR_DISPLAY_NAME_A } };
    IMAPITable *table;
    IProfSect *section;
    SPropValue prop;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    hr = IProviderAdmin_GetProviderTable(providers, 0, &table);
    ok(hr == S_OK, "GetProviderTable returned %#lx\n", hr);
    rows = table_rows_(table, (SPropTagArray *)&columns, __LINE__);
    for (i = 0; rows && i < rows->cRows; i++)
    {
        if (strcmp(rows->aRow[i].lpProps[1].Value.lpszA, display)) continue;
        hr = IProviderAdmin_OpenProfileSection(providers,
                                               (MAPIUID *)rows->aRow[i].lpProps[0].Value.bin.lpb,
                                               NULL, MAPI_MODIFY | MAPI_FORCE_ACCESS, &section);
        ok(hr == S_OK, "OpenProfileSection returned %#lx\n", hr);
        if (FAILED(hr)) continue;
        memset(&prop, 0, sizeof(prop));
        prop.ulPropTag = tag;
        prop.Value.lpszA = (char *)text;
        hr = IProfSect_SetProps(section, 1, &prop, NULL);
        ok(hr == S_OK, "SetProps returned %#lx\n", hr);
        IProfSect_Release(section);
    }
    FreeProws(rows);
}

/* A profile whose store keeps its files in spool_store, whose transport sends to spool_out, and
 * whose second transport, for addresses of type FAX, sends to the folder "fax". */
static inline BOOL spool_begin(const char *name)
{
    static const SizedSPropTagArray(1, columns) = { 1, { PR_SERVICE_UID } };
    IProviderAdmin *providers;
    IMsgServiceAdmin *services;
    char path[MAX_PATH];
    IProfAdmin *admin;
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;

    strcpy(spool_profile, name);
    if (!sample_install_inf(spool_inf)) return FALSE;
    spool_settings(TRUE);
    sprintf(spool_root, "%s\\%s", sample_directory(), name);
    sprintf(spool_out, "%s\\out", spool_root);
    sprintf(spool_store, "%s\\store", spool_root);
    spool_delete(spool_root);
    CreateDirectoryA(spool_root, NULL);
    CreateDirectoryA(spool_out, NULL);
    CreateDirectoryA(spool_store, NULL);
    sprintf(path, "%s\\in", spool_out);
    CreateDirectoryA(path, NULL);

    hr = sample_create_profile(name);
    ok(hr == S_OK, "creating the profile returned %#lx\n", hr);
    if (FAILED(hr)) return FALSE;
    MAPIAdminProfiles(0, &admin);
    hr = IProfAdmin_AdminServices(admin, (LPTSTR)name, NULL, 0, 0, &services);
    ok(hr == S_OK, "got %#lx\n", hr);
    IProfAdmin_Release(admin);
    IMsgServiceAdmin_GetMsgServiceTable(services, 0, &table);
    rows = table_rows_(table, (SPropTagArray *)&columns, __LINE__);
    hr = IMsgServiceAdmin_AdminProviders(services,
                                         (MAPIUID *)rows->aRow[0].lpProps[0].Value.bin.lpb, 0,
                                         &providers);
    ok(hr == S_OK, "AdminProviders returned %#lx\n", hr);
    FreeProws(rows);
    IMsgServiceAdmin_Release(services);
    spool_configure(providers, "Sample Transport", PR_SAMPLE_DIRECTORY, spool_out);
    sprintf(path, "%s\\fax", spool_root);
    CreateDirectoryA(path, NULL);
    spool_configure(providers, "Sample Fax", PR_SAMPLE_DIRECTORY, path);
    spool_configure(providers, "Sample Fax", PR_SAMPLE_TYPES, "FAX");
    spool_configure(providers, "Sample Store", PR_SAMPLE_STORE_DIRECTORY, spool_store);
    IProviderAdmin_Release(providers);
    return TRUE;
}

static inline void spool_end(void)
{
    sample_delete_profile(spool_profile);
    spool_settings(FALSE);
    spool_delete(spool_root);
    sample_remove();
}

/* Nothing was ever sent, nothing is in the store. */
static inline void spool_clear(void)
{
    char path[MAX_PATH];

    spool_delete(spool_out);
    spool_delete(spool_store);
    CreateDirectoryA(spool_out, NULL);
    CreateDirectoryA(spool_store, NULL);
    sprintf(path, "%s\\in", spool_out);
    CreateDirectoryA(path, NULL);
    sprintf(path, "%s\\fax", spool_root);
    spool_delete(path);
    CreateDirectoryA(path, NULL);
    sample_log_start();
}

/* ---- sessions ---- */

static inline IMAPISession *spool_logon(ULONG flags)
{
    IMAPISession *session = NULL;
    HRESULT hr;

    hr = MAPILogonEx(0, (LPTSTR)spool_profile, NULL,
                     MAPI_NEW_SESSION | MAPI_EXTENDED | MAPI_EXPLICIT_PROFILE | flags, &session);
    ok(hr == S_OK, "MAPILogonEx returned %#lx\n", hr);
    return SUCCEEDED(hr) ? session : NULL;
}

/* A session and its store, both empty, with the switches on; FALSE: there is no store. */
static inline BOOL spool_open(const char *behavior, IMAPISession **session, IMsgStore **store)
{
    spool_clear();
    sample_behave(behavior);
    *store = NULL;
    if (!(*session = spool_logon(0))) return FALSE;
    *store = open_store(*session, 0);
    return *store != NULL;
}

static inline void spool_close_(IMAPISession *session, IMsgStore *store, int line)
{
    HRESULT hr;

    if (store) IMsgStore_Release(store);
    hr = IMAPISession_Logoff(session, 0, 0, 0);
    ok_(__FILE__, line)(hr == S_OK, "Logoff returned %#lx\n", hr);
    ok_(__FILE__, line)(!IMAPISession_Release(session), "references are left\n");
    sample_behave(NULL);
}
#define spool_close(session, store) spool_close_(session, store, __LINE__)

/* A message for the first transport to receive: lines as the sample's incoming.c says. */
static inline void spool_drop(const char *name, const char *text)
{
    char path[MAX_PATH], temporary[MAX_PATH];
    FILE *file;

    sprintf(path, "%s\\in\\%s.msg", spool_out, name);
    sprintf(temporary, "%s\\in\\%s.tmp", spool_out, name);
    file = fopen(temporary, "wb");
    fputs(text, file);
    fclose(file);
    ok(MoveFileA(temporary, path), "error %lu\n", GetLastError());
}

/* With another type than add_recipient's. */
static inline HRESULT spool_recipient(IMessage *message, const char *type, const char *address)
{
    SizedADRLIST(1, list);
    SPropValue props[4];

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_RECIPIENT_TYPE;
    props[0].Value.l = MAPI_TO;
    props[1].ulPropTag = PR_DISPLAY_NAME_A;
    props[1].Value.lpszA = (char *)address;
    props[2].ulPropTag = PR_ADDRTYPE_A;
    props[2].Value.lpszA = (char *)type;
    props[3].ulPropTag = PR_EMAIL_ADDRESS_A;
    props[3].Value.lpszA = (char *)address;
    list.cEntries = 1;
    list.aEntries[0].ulReserved1 = 0;
    list.aEntries[0].cValues = 4;
    list.aEntries[0].rgPropVals = props;
    return IMessage_ModifyRecipients(message, MODRECIP_ADD, (ADRLIST *)&list);
}

/* A message in the outbox that goes to the sent mail folder afterwards, not submitted yet. */
static inline IMessage *spool_message_(IMsgStore *store, const char *subject, int line)
{
    SPropValue *sent = get_prop(store, PR_IPM_SENTMAIL_ENTRYID), prop;
    IMAPIFolder *outbox = open_folder_(store, PR_IPM_OUTBOX_ENTRYID, line);
    IMessage *message = outbox ? new_message_(outbox, subject, line) : NULL;

    if (message)
    {
        set_text_(message, PR_MESSAGE_CLASS_A, "IPM.Note", line);
        set_text_(message, PR_BODY_A, "the text", line);
        prop = *sent;
        prop.ulPropTag = PR_SENTMAIL_ENTRYID;
        IMessage_SetProps(message, 1, &prop, NULL);
    }
    if (outbox) IMAPIFolder_Release(outbox);
    MAPIFreeBuffer(sent);
    return message;
}
#define spool_message(store, subject) spool_message_(store, subject, __LINE__)

/* Released in any case. */
static inline void spool_submit_(IMessage *message, int line)
{
    HRESULT hr = IMessage_SubmitMessage(message, 0);

    ok_(__FILE__, line)(hr == S_OK, "SubmitMessage returned %#lx\n", hr);
    IMessage_Release(message);
}
#define spool_submit(message) spool_submit_(message, __LINE__)

static inline void spool_send_(IMsgStore *store, const char *subject, int line)
{
    IMessage *message = spool_message_(store, subject, line);

    if (!message) return;
    spool_recipient(message, "SAMPLE", "joe");
    spool_submit_(message, line);
}
#define spool_send(store, subject) spool_send_(store, subject, __LINE__)

/* Where the store receives. */
static inline IMAPIFolder *spool_inbox(IMsgStore *store)
{
    IMAPIFolder *folder = NULL;
    ENTRYID *id = NULL;
    ULONG size, type;
    HRESULT hr;

    hr = IMsgStore_GetReceiveFolder(store, NULL, 0, &size, &id, NULL);
    ok(hr == S_OK, "GetReceiveFolder returned %#lx\n", hr);
    if (FAILED(hr)) return NULL;
    hr = IMsgStore_OpenEntry(store, size, id, NULL, MAPI_MODIFY, &type, (IUnknown **)&folder);
    ok(hr == S_OK, "OpenEntry returned %#lx\n", hr);
    MAPIFreeBuffer(id);
    return folder;
}

static inline ULONG inbox_count(IMsgStore *store)
{
    IMAPIFolder *folder = spool_inbox(store);
    SRowSet *rows = folder ? contents(folder) : NULL;
    ULONG count = rows ? rows->cRows : 0;

    FreeProws(rows);
    if (folder) IMAPIFolder_Release(folder);
    return count;
}

/* The n-th message there. */
static inline IMessage *inbox_message(IMsgStore *store, ULONG n)
{
    IMAPIFolder *folder = spool_inbox(store);
    IMessage *message = folder ? open_row_message(folder, n, 0) : NULL;

    if (folder) IMAPIFolder_Release(folder);
    return message;
}

/* How many messages a folder has. */
static inline ULONG spool_count(IMsgStore *store, ULONG tag)
{
    IMAPIFolder *folder = open_folder(store, tag);
    SRowSet *rows = folder ? contents(folder) : NULL;
    ULONG count = rows ? rows->cRows : 0;

    FreeProws(rows);
    if (folder) IMAPIFolder_Release(folder);
    return count;
}

static inline ULONG spool_queued(IMsgStore *store)
{
    static const SizedSPropTagArray(1, columns) = { 1, { PR_ENTRYID } };
    IMAPITable *table = NULL;
    SRowSet *rows;
    ULONG count;
    HRESULT hr;

    hr = IMsgStore_GetOutgoingQueue(store, 0, &table);
    ok(hr == S_OK && table, "GetOutgoingQueue returned %#lx\n", hr);
    if (!table) return ~0u;
    rows = table_rows_(table, (SPropTagArray *)&columns, __LINE__);
    count = rows ? rows->cRows : ~0u;
    FreeProws(rows);
    return count;
}

/* ---- processes ---- */

/* This program with arguments and switches of its own; the environment goes to it as it is now. */
static inline HANDLE spool_start(const char *args, const char *behavior)
{
    STARTUPINFOA startup = { sizeof(startup) };
    char command[3 * MAX_PATH];
    PROCESS_INFORMATION info;
    char **argv;

    winetest_get_mainargs(&argv);
    sprintf(command, "\"%s\" %s", argv[0], args);
    sample_behave(behavior);
    if (!CreateProcessA(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &info))
    {
        ok(0, "no process: error %lu\n", GetLastError());
        info.hProcess = NULL;
    }
    else CloseHandle(info.hThread);
    sample_behave(NULL);
    return info.hProcess;
}

/* What it ended with. */
static inline DWORD spool_join(HANDLE process)
{
    DWORD ret = ~0u;

    if (!process) return ret;
    if (WaitForSingleObject(process, PATIENCE) != WAIT_OBJECT_0)
    {
        ok(0, "a process does not end\n");
        TerminateProcess(process, 1);
    }
    else GetExitCodeProcess(process, &ret);
    CloseHandle(process);
    return ret;
}

static inline DWORD spool_run(const char *args, const char *behavior)
{
    return spool_join(spool_start(args, behavior));
}

/* Waits for what is bound to happen. */
#define spool_wait(condition) \
    do \
    { \
        DWORD start_ = GetTickCount(); \
        BOOL done_; \
        while (!(done_ = !!(condition)) && GetTickCount() - start_ < PATIENCE) Sleep(20); \
        ok(done_, "it did not happen: %s\n", #condition); \
    } while (0)

#endif /* MAPI32_TEST_SPOOL_H */
