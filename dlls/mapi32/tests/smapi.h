/*
 * Tests: a profile for Simple MAPI
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
 * A default profile with the message store MAPIMS, the sample address book, and the sample
 * transport, which takes SMTP addresses and writes what it sends into a folder. What a test sent is
 * looked for with Extended MAPI, in a session of its own.
 */

#ifndef MAPI32_TEST_SMAPI_H
#define MAPI32_TEST_SMAPI_H

#include <stdio.h>
#include <mapi.h>
#include "spool.h"
#undef PATIENCE
#include "drive.h"

/* What Wine's mapi.h lacks. */
#define MAPI_UNREAD            0x00000001
#define MAPI_RECEIPT_REQUESTED 0x00000002
#define MAPI_SENT              0x00000004
#define MAPI_OLE               0x00000001
#define MAPI_OLE_STATIC        0x00000002
#define MAPI_UNREAD_ONLY       0x00000020
#define MAPI_ENVELOPE_ONLY     0x00000040
#define MAPI_PEEK              0x00000080
#define MAPI_GUARANTEE_FIFO    0x00000100
#define MAPI_BODY_AS_FILE      0x00000200
#define MAPI_AB_NOMODIFY       0x00000400
#define MAPI_SUPPRESS_ATTACH   0x00000800
#define MAPI_LONG_MSGID        0x00004000
#ifndef MAPI_DIALOG_MODELESS
#define MAPI_DIALOG_MODELESS   (0x00000004 | MAPI_DIALOG)
#endif

#define PR_MAPIMS_PATH_A PROP_TAG(PT_STRING8, 0x6700)

static const char smapi_inf[] =
    "[Services]\r\n"
    "SAMPLE=Sample Message Service\r\n"
    "SAMPLESTORE=Sample Store Service\r\n"
    "MAPIMS=Message Store\r\n"
    "[SAMPLE]\r\n"
    "PR_DISPLAY_NAME=Sample Message Service\r\n"
    "Providers=SAMPLE_XP, SAMPLE_AB\r\n"
    "PR_SERVICE_DLL_NAME=%s\r\n"
    "PR_SERVICE_ENTRY_NAME=ServiceEntry\r\n"
    "[SAMPLE_XP]\r\n"
    "PR_RESOURCE_TYPE=MAPI_TRANSPORT_PROVIDER\r\n"
    "PR_PROVIDER_DLL_NAME=%s\r\n"
    "PR_DISPLAY_NAME=Sample Transport\r\n"
    "PR_PROVIDER_DISPLAY=Sample Transport\r\n"
    "[SAMPLE_AB]\r\n"
    "PR_RESOURCE_TYPE=MAPI_AB_PROVIDER\r\n"
    "PR_PROVIDER_DLL_NAME=%s\r\n"
    "PR_DISPLAY_NAME=Sample Address Book\r\n"
    "PR_PROVIDER_DISPLAY=Sample Address Book\r\n"
    "[SAMPLESTORE]\r\n"
    "PR_DISPLAY_NAME=Sample Store Service\r\n"
    "Providers=SAMPLE_MS\r\n"
    "[SAMPLE_MS]\r\n"
    "PR_RESOURCE_TYPE=MAPI_STORE_PROVIDER\r\n"
    "PR_RESOURCE_FLAGS=STATUS_DEFAULT_STORE\r\n"
    "PR_PROVIDER_DLL_NAME=%s\r\n"
    "PR_DISPLAY_NAME=Sample Store\r\n"
    "PR_PROVIDER_DISPLAY=Sample Store\r\n"
    "34140102=2d8a13f651774c0bb82f5e09c4617d92\r\n"
    "[MAPIMS]\r\n"
    "PR_DISPLAY_NAME=Message Store\r\n"
    "Providers=MAPIMS_MS\r\n"
    "PR_SERVICE_DLL_NAME=mapims.dll\r\n"
    "PR_SERVICE_ENTRY_NAME=ServiceEntry\r\n"
    "[MAPIMS_MS]\r\n"
    "PR_RESOURCE_TYPE=MAPI_STORE_PROVIDER\r\n"
    "PR_PROVIDER_DLL_NAME=mapims.dll\r\n"
    "PR_RESOURCE_FLAGS=STATUS_DEFAULT_STORE\r\n"
    "PR_DISPLAY_NAME=Personal Folders\r\n"
    "PR_PROVIDER_DISPLAY=Message Store\r\n";

static char smapi_profile[] = "SimpleTest";
static char smapi_folder[MAX_PATH];     /* for files, and with the store and what was sent in it */

static inline const char *smapi_path(const char *name)
{
    static char path[4][MAX_PATH];
    static int next;

    next = (next + 1) % 4;
    sprintf(path[next], "%s\\%s", smapi_folder, name);
    return path[next];
}

static inline void smapi_write(const char *path, const char *text)
{
    DWORD put;
    HANDLE file = CreateFileA(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);

    ok(file != INVALID_HANDLE_VALUE, "%s: error %lu\n", path, GetLastError());
    WriteFile(file, text, strlen(text), &put, NULL);
    CloseHandle(file);
}

static inline const char *smapi_read(const char *path)
{
    static char text[4][4096];
    static int next;
    DWORD got = 0;
    HANDLE file;

    next = (next + 1) % 4;
    file = CreateFileA(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    if (file != INVALID_HANDLE_VALUE)
    {
        ReadFile(file, text[next], sizeof(text[next]) - 1, &got, NULL);
        CloseHandle(file);
    }
    text[next][got] = 0;
    return text[next];
}

static inline HRESULT smapi_add_store(IMsgServiceAdmin *services)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_SERVICE_UID, PR_SERVICE_NAME_A } };
    IMAPITable *table;
    SPropValue prop;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    hr = IMsgServiceAdmin_CreateMsgService(services, (LPTSTR)"MAPIMS", NULL, 0, 0);
    if (FAILED(hr) || FAILED(hr = IMsgServiceAdmin_GetMsgServiceTable(services, 0, &table)))
        return hr;
    rows = table_rows_(table, (SPropTagArray *)&columns, __LINE__);
    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = PR_MAPIMS_PATH_A;
    prop.Value.lpszA = (char *)smapi_path("store.db");
    for (i = 0; i < rows->cRows && SUCCEEDED(hr); i++)
        if (!strcmp(rows->aRow[i].lpProps[1].Value.lpszA, "MAPIMS"))
            hr = IMsgServiceAdmin_ConfigureMsgService(
                services, (MAPIUID *)rows->aRow[i].lpProps[0].Value.bin.lpb, 0, 0, 1, &prop);
    FreeProws(rows);
    return hr;
}

static inline void smapi_configure_transport(IMsgServiceAdmin *services)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_SERVICE_UID, PR_SERVICE_NAME_A } };
    IProviderAdmin *providers;
    IMAPITable *table;
    SRowSet *rows;
    ULONG i;

    IMsgServiceAdmin_GetMsgServiceTable(services, 0, &table);
    rows = table_rows_(table, (SPropTagArray *)&columns, __LINE__);
    for (i = 0; i < rows->cRows; i++)
    {
        if (strcmp(rows->aRow[i].lpProps[1].Value.lpszA, "SAMPLE")) continue;
        if (FAILED(IMsgServiceAdmin_AdminProviders(
                services, (MAPIUID *)rows->aRow[i].lpProps[0].Value.bin.lpb, 0, &providers)))
            continue;
        spool_configure(providers, "Sample Transport", PR_SAMPLE_DIRECTORY, smapi_path("out"));
        spool_configure(providers, "Sample Transport", PR_SAMPLE_TYPES, "SMTP SAMPLE");
        IProviderAdmin_Release(providers);
    }
    FreeProws(rows);
}

static inline HRESULT smapi_set_default(const char *name)
{
    IProfAdmin *admin;
    HRESULT hr;

    if (FAILED(hr = MAPIAdminProfiles(0, &admin))) return hr;
    hr = IProfAdmin_SetDefaultProfile(admin, (LPTSTR)name, 0);
    IProfAdmin_Release(admin);
    return hr;
}

/* NULL: without it. What was there is kept in old (may be NULL), empty for nothing. */
static inline void smapi_set_text(HKEY root, const char *path, const char *name, const char *text,
                                  char old[MAX_PATH])
{
    DWORD size = MAX_PATH;
    HKEY key;

    if (old && RegGetValueA(root, path, name, RRF_RT_REG_SZ, NULL, old, &size)) old[0] = 0;
    if (RegCreateKeyA(root, path, &key)) return;
    if (text && *text) RegSetValueExA(key, name, 0, REG_SZ, (BYTE *)text, strlen(text) + 1);
    else RegDeleteValueA(key, name);
    RegCloseKey(key);
}

/* We are the mail client and nobody was before; mail goes the way of the profile alone, never to
 * the mail program of whoever runs the test. It is decided once a process, hence before anything
 * else. */
static inline void smapi_register(BOOL on)
{
    static const char mail[] = "Software\\Clients\\Mail",
                      self[] = "Software\\Clients\\Mail\\Simple Test";
    static const char own[] = "Software\\wine-mapi", dll[] = "C:\\windows\\system32\\mapi32.dll";
    static char client[MAX_PATH], previous[MAX_PATH], ways[MAX_PATH];

    smapi_set_text(HKEY_CURRENT_USER, mail, NULL, on ? "Simple Test" : client, on ? client : NULL);
    smapi_set_text(HKEY_LOCAL_MACHINE, own, "PreviousClient", on ? NULL : previous,
                   on ? previous : NULL);
    smapi_set_text(HKEY_CURRENT_USER, own, "SendMail", on ? "profile" : ways, on ? ways : NULL);
    if (on)
    {
        smapi_set_text(HKEY_CURRENT_USER, self, "DLLPath", dll, NULL);
        smapi_set_text(HKEY_CURRENT_USER, self, "DLLPathEx", dll, NULL);
    }
    else RegDeleteKeyA(HKEY_CURRENT_USER, self);
}

/* MAPI is initialised until smapi_end. FALSE: there are no sample providers. */
static inline BOOL smapi_begin(void)
{
    IMsgServiceAdmin *services;
    IProfAdmin *admin;
    HRESULT hr;

    if (!sample_install_inf(smapi_inf)) return FALSE;
    smapi_register(TRUE);
    spool_settings(TRUE);
    sprintf(smapi_folder, "%s\\simple", sample_directory());
    spool_delete(smapi_folder);
    CreateDirectoryA(smapi_folder, NULL);
    CreateDirectoryA(smapi_path("out"), NULL);
    CreateDirectoryA(smapi_path("out\\in"), NULL);
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    hr = sample_create_profile(smapi_profile);
    ok(hr == S_OK, "creating the profile returned %#lx\n", hr);
    hr = MAPIAdminProfiles(0, &admin);
    ok(hr == S_OK, "MAPIAdminProfiles returned %#lx\n", hr);
    hr = IProfAdmin_AdminServices(admin, (LPTSTR)smapi_profile, NULL, 0, 0, &services);
    ok(hr == S_OK, "AdminServices returned %#lx\n", hr);
    IProfAdmin_Release(admin);
    hr = smapi_add_store(services);
    ok(hr == S_OK, "the store's service is not there: %#lx\n", hr);
    smapi_configure_transport(services);
    IMsgServiceAdmin_Release(services);
    hr = smapi_set_default(smapi_profile);
    ok(hr == S_OK, "SetDefaultProfile returned %#lx\n", hr);
    return TRUE;
}

static inline void smapi_end(void)
{
    smapi_set_default(NULL);
    sample_delete_profile(smapi_profile);
    spool_settings(FALSE);
    smapi_register(FALSE);
    MAPIUninitialize();
    spool_delete(smapi_folder);
    sample_remove();
}

/* ---- what is in the store ---- */

static IMAPISession *smapi_session;
static IMsgStore *smapi_store;

/* Without mail, and once nothing waits to be sent: a session that the test still has sends
 * meanwhile. */
static inline void smapi_look(void)
{
    unsigned int i;

    if (!(smapi_session = store_session(smapi_profile))) return;
    smapi_store = open_store(smapi_session, 0);
    for (i = 0; i < 100 && smapi_store && spool_queued(smapi_store); i++) Sleep(50);
}

static inline void smapi_look_end(void)
{
    if (smapi_store) IMsgStore_Release(smapi_store);
    if (smapi_session) store_session_end(smapi_session);
    smapi_store = NULL;
    smapi_session = NULL;
}

/* The message of that subject in a folder of the store; tag 0: where mail arrives. */
static inline IMessage *smapi_message(ULONG tag, const WCHAR *subject)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_SUBJECT_W, PR_ENTRYID } };
    IMAPIFolder *folder = tag ? open_folder(smapi_store, tag) : spool_inbox(smapi_store);
    IMessage *message = NULL;
    IMAPITable *table;
    SRowSet *rows;
    ULONG i, type;
    HRESULT hr;

    if (!folder) return NULL;
    hr = IMAPIFolder_GetContentsTable(folder, MAPI_UNICODE, &table);
    ok(hr == S_OK, "GetContentsTable returned %#lx\n", hr);
    IMAPIFolder_Release(folder);
    if (FAILED(hr)) return NULL;
    rows = table_rows_(table, (SPropTagArray *)&columns, __LINE__);
    for (i = 0; rows && i < rows->cRows && !message; i++)
    {
        const SPropValue *props = rows->aRow[i].lpProps;

        if (props[0].ulPropTag != PR_SUBJECT_W || lstrcmpW(props[0].Value.lpszW, subject)) continue;
        hr = IMsgStore_OpenEntry(smapi_store, props[1].Value.bin.cb,
                                 (ENTRYID *)props[1].Value.bin.lpb, NULL, MAPI_MODIFY, &type,
                                 (IUnknown **)&message);
        ok(hr == S_OK || (hr == MAPI_E_NOT_FOUND && tag == PR_IPM_OUTBOX_ENTRYID),
           "OpenEntry returned %#lx\n", hr);
    }
    FreeProws(rows);
    return message;
}

/* One that was sent: it waits to leave, or has, and is looked for in this order, since it may leave
 * just now. */
static inline IMessage *smapi_find_sent(const WCHAR *subject)
{
    IMessage *message = smapi_message(PR_IPM_OUTBOX_ENTRYID, subject);

    return message ? message : smapi_message(PR_IPM_SENTMAIL_ENTRYID, subject);
}

static inline IMessage *smapi_sent_(const WCHAR *subject, int line)
{
    IMessage *message = smapi_find_sent(subject);

    ok_(__FILE__, line)(message != NULL, "%s was not sent\n", wine_dbgstr_w(subject));
    return message;
}
#define smapi_sent(subject) smapi_sent_(subject, __LINE__)

static inline BOOL smapi_has_sent(const WCHAR *subject)
{
    IMessage *message = smapi_find_sent(subject);

    if (!message) return FALSE;
    IMessage_Release(message);
    return TRUE;
}

static inline void check_wide_(void *object, ULONG tag, const WCHAR *expected, int line)
{
    SPropValue *prop = get_prop(object, tag);

    ok_(__FILE__, line)(prop && prop->ulPropTag == tag && !lstrcmpW(prop->Value.lpszW, expected),
                        "property %#lx: %s, not %s\n", prop ? prop->ulPropTag : 0,
                        prop && prop->ulPropTag == tag ? wine_dbgstr_w(prop->Value.lpszW) : "-",
                        wine_dbgstr_w(expected));
    MAPIFreeBuffer(prop);
}
#define check_wide(object, tag, expected) check_wide_(object, tag, expected, __LINE__)

/* The n-th recipient: class, name and address. */
static inline void check_recipient_(IMessage *message, ULONG n, LONG class, const WCHAR *name,
                                    const WCHAR *type, const WCHAR *address, int line)
{
    static const SizedSPropTagArray(4, columns) =
        { 4, { PR_RECIPIENT_TYPE, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W } };
    const SPropValue *props;
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;

    hr = IMessage_GetRecipientTable(message, MAPI_UNICODE, &table);
    ok_(__FILE__, line)(hr == S_OK, "GetRecipientTable returned %#lx\n", hr);
    if (FAILED(hr)) return;
    rows = table_rows_(table, (SPropTagArray *)&columns, line);
    ok_(__FILE__, line)(rows->cRows > n, "only %lu recipients\n", rows->cRows);
    if (rows->cRows > n)
    {
        props = rows->aRow[n].lpProps;
        ok_(__FILE__, line)(props[0].Value.l == class, "recipient %lu: class %ld\n", n,
                            props[0].Value.l);
        ok_(__FILE__,
            line)(props[1].ulPropTag == PR_DISPLAY_NAME_W && !lstrcmpW(props[1].Value.lpszW, name),
                  "recipient %lu: %s\n", n, wine_dbgstr_w(props[1].Value.lpszW));
        ok_(__FILE__,
            line)(props[2].ulPropTag == PR_ADDRTYPE_W && !lstrcmpW(props[2].Value.lpszW, type),
                  "recipient %lu: type %#lx\n", n, props[2].ulPropTag);
        ok_(__FILE__, line)(props[3].ulPropTag == PR_EMAIL_ADDRESS_W
                            && !lstrcmpW(props[3].Value.lpszW, address), "recipient %lu: %s\n", n,
                            wine_dbgstr_w(props[3].Value.lpszW));
    }
    FreeProws(rows);
}
#define check_recipient(message, n, class, name, type, address) \
    check_recipient_(message, n, class, name, type, address, __LINE__)

static inline ULONG count_of(void *message, BOOL attachments)
{
    IMAPITable *table;
    ULONG count = ~0u;
    HRESULT hr;

    if (attachments) hr = IMessage_GetAttachmentTable((IMessage *)message, 0, &table);
    else hr = IMessage_GetRecipientTable((IMessage *)message, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (FAILED(hr)) return count;
    IMAPITable_GetRowCount(table, 0, &count);
    IMAPITable_Release(table);
    return count;
}

/* The n-th attachment: method, name and content. */
static inline void check_attachment_(IMessage *message, ULONG n, LONG method, const WCHAR *name,
                                     const char *content, size_t size, int line)
{
    char data[4096];
    IStream *stream;
    IAttach *attach;
    ULONG got = 0;
    HRESULT hr;

    hr = IMessage_OpenAttach(message, n, NULL, 0, &attach);
    ok_(__FILE__, line)(hr == S_OK, "OpenAttach returned %#lx\n", hr);
    if (FAILED(hr)) return;
    ok_(__FILE__, line)(get_long_(attach, PR_ATTACH_METHOD, line) == method, "another method\n");
    check_wide_(attach, PR_ATTACH_LONG_FILENAME_W, name, line);
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_BIN, &IID_IStream, STGM_READ, 0,
                              (IUnknown **)&stream);
    ok_(__FILE__, line)(hr == S_OK, "OpenProperty returned %#lx\n", hr);
    if (SUCCEEDED(hr))
    {
        hr = IStream_Read(stream, data, sizeof(data), &got);
        ok_(__FILE__, line)(SUCCEEDED(hr), "Read returned %#lx\n", hr);
        ok_(__FILE__, line)(got == size && !memcmp(data, content, size), "%lu bytes, or others\n",
                            got);
        IStream_Release(stream);
    }
    IAttach_Release(attach);
}
#define check_attachment(message, n, method, name, content, size) \
    check_attachment_(message, n, method, name, content, size, __LINE__)

#endif /* MAPI32_TEST_SMAPI_H */
