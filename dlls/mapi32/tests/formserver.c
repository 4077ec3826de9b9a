/*
 * Unit tests of forms whose server is a process of its own
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

/* tests/clients/formserver, installed through a form's configuration file from a folder. What its
 * form found is compared with what the test put there; the form is shown, saves, submits, deletes,
 * and dies. */

#include <stdarg.h>
#include <stdio.h>

#define COBJMACROS
#include <windef.h>
#include <winbase.h>
#include <winreg.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapiform.h>
#include <mapiguid.h>

#include "wine/test.h"
#include "stores.h"
#include "formfiles.h"

#define PR_TEST_COMMAND PROP_TAG(PT_STRING8, 0x6700)
#define PR_TEST_REPORT  PROP_TAG(PT_STRING8, 0x6701)

#define CLSID_FAR "{6F1D7A80-3C52-4B1E-9D0A-F00DFEED0003}"

static const char profile[] = "mapitest formserver";
static const char class_key[] = "CLSID\\" CLSID_FAR;

static const char cfg_far[] =
    "[Description]\r\n"
    "MessageClass = IPM.Far\r\n"
    "Clsid = " CLSID_FAR "\r\n"
    "DisplayName = Far\r\n"
    "[Platforms]\r\n"
    "Platform.1 = Here\r\n"
    "[Platform.Here]\r\n"
    "CPU = %s\r\n"
    "OSVersion = WinNT4.0\r\n"
    "File = formserver.exe\r\n"
    "Registry = LocalServer32 = %%d\\formserver.exe\r\n";

/* The server for this or the other architecture, beside the sample providers. */
static BOOL find_server(char path[MAX_PATH], BOOL other)
{
    static const char name[] = "\\..\\..\\clients\\formserver\\formserver.exe";
    const char *from = sizeof(void *) == 8 ? "x86_64" : "i386",
               *to = sizeof(void *) == 8 ? "i386" : "x86_64";
    char folder[MAX_PATH], *at;

    if (!GetEnvironmentVariableA("SAMPLE_PROVIDERS", folder, MAX_PATH - 64)) return FALSE;
    if (!other) snprintf(path, MAX_PATH, "%s%s", folder, name);
    else
    {
        if (!(at = strstr(folder, from))) return FALSE;
        *at = 0;
        snprintf(path, MAX_PATH, "%s%s%s%s", folder, to, at + strlen(from), name);
    }
    return GetFileAttributesA(path) != INVALID_FILE_ATTRIBUTES;
}

static void unregister(void)
{
    RegDeleteTreeA(HKEY_CURRENT_USER, "Software\\Classes\\CLSID\\" CLSID_FAR);
    RegDeleteTreeA(HKEY_CLASSES_ROOT, class_key);
}

static void set_policy(DWORD policy)
{
    HKEY key;

    RegCreateKeyA(HKEY_CURRENT_USER, "Software\\wine-mapi", &key);
    if (policy == ~0u) RegDeleteValueA(key, "FormPrograms");
    else RegSetValueExA(key, "FormPrograms", 0, REG_DWORD, (BYTE *)&policy, sizeof(policy));
    RegCloseKey(key);
}

/* The message that a form is to be shown for; saved, unless it is to be a new one. */
static IMessage *make_message(IMAPIFolder *folder, const char *command, BOOL save)
{
    static BYTE data[70000];
    IMessage *message = new_message(folder, "Far");
    SPropValue prop = { PR_ATTACH_DATA_BIN };
    IAttach *attach;
    ULONG number, i;
    HRESULT hr;

    for (i = 0; i < sizeof(data); i++) data[i] = i * 7 + i / 256;
    set_text(message, PR_MESSAGE_CLASS_A, "IPM.Far");
    set_text(message, PR_TEST_COMMAND, command);
    hr = add_recipient(message, MODRECIP_ADD, -1, MAPI_TO, "Ann", "ann");
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = add_recipient(message, MODRECIP_ADD, -1, MAPI_CC, "Bob", "bob");
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = add_recipient(message, MODRECIP_ADD, -1, MAPI_TO, "Cleo", "cleo");
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMessage_CreateAttach(message, NULL, 0, &number, &attach);
    ok(hr == S_OK && !number, "got %#lx, %lu\n", hr, number);
    set_long(attach, PR_ATTACH_METHOD, ATTACH_BY_VALUE);
    prop.Value.bin.cb = sizeof(data);
    prop.Value.bin.lpb = data;
    hr = IAttach_SetProps(attach, 1, &prop, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    save_object(attach);
    IAttach_Release(attach);
    if (save) save_object(message);
    return message;
}

static HRESULT show(IMAPISession *session, IMsgStore *store, IMAPIFolder *folder, IMessage *message,
                    ULONG flags)
{
    ULONG_PTR token = 0;
    HRESULT hr;

    hr = IMAPISession_PrepareForm(session, NULL, message, &token);
    ok(hr == S_OK && token, "got %#lx\n", hr);
    return IMAPISession_ShowForm(session, 0, store, folder, NULL, token, NULL, flags, 0, 0,
                                 MAPI_ACCESS_MODIFY, (LPSTR) "IPM.Far");
}

static ULONG data_sum(void)
{
    ULONG sum = 0, i;

    for (i = 0; i < 70000; i++) sum = sum * 31 + (BYTE)(i * 7 + i / 256);
    return sum;
}

static void check_report(IMessage *message)
{
    SPropValue *prop = get_prop(message, PR_TEST_REPORT);
    char expected[2000], *line, *want;
    const char *rest;

    snprintf(expected, sizeof(expected),
             "subject Far\n"
             "list 0 1\n"
             "values 0 0 0: 8 of 8; deleted 0, then 0x40380 1\n"
             "names 0 0: 0x8123 1\n"
             "recipients 0: Cleo <cleo> Ann <ann>\n"
             "attachment 0: 70000 bytes, sum %#lx; none 0x8004010f 0\n"
             "copy 0 0 Far\n"
             "view 0 %#x site 0 %#x print 0x80040102 next 0x1 manager 0x8004010f\n"
             "folder 0: 0 made 0 rows +1 deleted 0\n"
             "store 0 0: top 0 type 3 no message 1\n"
             "session 0 stores 0 1 book 0 one-off 0 1\n",
             data_sum(), VCSTATUS_INTERACTIVE | VCSTATUS_MODAL | VCSTATUS_DELETE,
             VCSTATUS_DELETE | VCSTATUS_COPY | VCSTATUS_MOVE | VCSTATUS_SUBMIT
                 | VCSTATUS_DELETE_IS_MOVE | VCSTATUS_SAVE | VCSTATUS_NEW_MESSAGE);
    ok(prop->ulPropTag == PR_TEST_REPORT, "no report: %#lx\n", prop->ulPropTag);
    if (prop->ulPropTag == PR_TEST_REPORT)
    {
        rest = prop->Value.lpszA;
        for (want = expected; *want; want = line + 1)
        {
            line = strchr(want, '\n');
            *line = 0;
            ok(!strncmp(rest, want, line - want) && rest[line - want] == '\n', "got %.*s, not %s\n",
               (int)strcspn(rest, "\n"), rest, want);
            rest += strcspn(rest, "\n");
            if (*rest) rest++;
        }
        ok(!*rest, "more: %s\n", rest);
    }
    MAPIFreeBuffer(prop);
}

static void empty_folder(IMAPIFolder *folder)
{
    HRESULT hr = IMAPIFolder_EmptyFolder(folder, 0, NULL, 0);

    ok(hr == S_OK, "got %#lx\n", hr);
    check_contents(folder, "");
}

static IMAPIFolder *watched_folder;

static void CALLBACK make_another(HWND window, UINT msg, UINT_PTR id, DWORD time)
{
    IMAPIFolder *folder = watched_folder;
    IMessage *message;

    KillTimer(NULL, id);
    if (!folder) return;
    watched_folder = NULL;
    message = new_message(folder, "another");
    save_object(message);
    IMessage_Release(message);
}

/* All that a form looks at; what it changes is kept, and its window outlives DoVerb. */
static void test_inspect(IMAPISession *session, IMsgStore *store, IMAPIFolder *folder)
{
    IMessage *message = make_message(folder, "inspect save later", TRUE);
    HRESULT hr;

    hr = show(session, store, folder, message, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_report(message);
    ok(!IMessage_Release(message), "the message is still held\n");
    check_contents(folder, "Far, saved by the form");
    empty_folder(folder);
}

static ULONG count_rows(IMAPITable *table)
{
    SRowSet *rows = table_rows_(table, NULL, __LINE__);
    ULONG count = rows ? rows->cRows : 0;

    FreeProws(rows);
    return count;
}

/* The form waits for a message that this process makes: only when it was told does it end. */
static void test_watch(IMAPISession *session, IMsgStore *store, IMAPIFolder *folder)
{
    IMessage *message = make_message(folder, "watch", TRUE);
    UINT_PTR timer;
    HRESULT hr;

    watched_folder = folder;
    timer = SetTimer(NULL, 0, 100, make_another);
    hr = show(session, store, folder, message, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    KillTimer(NULL, timer);
    ok(!watched_folder, "no message was made\n");
    ok(!IMessage_Release(message), "the message is still held\n");
    check_contents(folder, "Far another");
}

static void test_show(IMAPISession *session, IMsgStore *store, IMAPIFolder *folder)
{
    IMessage *message;
    IMAPITable *table;
    HRESULT hr;

    message = open_row_message(folder, 0, MAPI_MODIFY);
    set_text(message, PR_TEST_COMMAND, "delete");
    hr = show(session, store, folder, message, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMessage_Release(message);
    check_contents(folder, "another");
    empty_folder(folder);

    /* a new one, with a recipient and an attachment of the form's */
    message = make_message(folder, "submit", FALSE);
    hr = show(session, store, folder, message, MAPI_NEW_MESSAGE | MAPI_POST_MESSAGE);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMessage_Release(message);
    check_contents(folder, "Far, saved by the form");
    message = open_row_message(folder, 0, 0);
    hr = IMessage_GetRecipientTable(message, 0, &table);
    ok(hr == S_OK && count_rows(table) == 4, "got %#lx\n", hr);
    hr = IMessage_GetAttachmentTable(message, 0, &table);
    ok(hr == S_OK && count_rows(table) == 2, "got %#lx\n", hr);
    IMessage_Release(message);
    empty_folder(folder);
}

/* The server's process ends in the middle: an error, and nothing held. */
static void test_death(IMAPISession *session, IMsgStore *store, IMAPIFolder *folder,
                       const char *how)
{
    IMessage *message = make_message(folder, how, FALSE);
    HRESULT hr;

    hr = show(session, store, folder, message, 0);
    ok(hr == MAPI_E_CALL_FAILED, "%s: got %#lx\n", how, hr);
    ok(!IMessage_Release(message), "%s: the message is still held\n", how);
}

/* The form as a viewer of its own has it. */
static void test_load(IMAPISession *session, IMAPIFolder *folder)
{
    IPersistMessage *persist;
    IMAPIViewContext *view;
    IMAPIFormInfo *info;
    IMAPIFormMgr *manager;
    MAPIERROR *error;
    IMAPIForm *form;
    IUnknown *one, *two;
    ULONG_PTR connection;
    IMessage *message;
    CLSID clsid;
    HRESULT hr;

    hr = MAPIOpenFormMgr(session, &manager);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIFormMgr_ResolveMessageClass(manager, "IPM.Far", 0, folder, &info);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIFormMgr_CreateForm(manager, 0, 0, info, &IID_IMAPIForm, (void **)&form);
    ok(hr == S_OK && form, "got %#lx\n", hr);
    if (SUCCEEDED(hr))
    {
        hr = IMAPIForm_QueryInterface(form, &IID_IPersistMessage, (void **)&persist);
        ok(hr == S_OK, "got %#lx\n", hr);
        IMAPIForm_QueryInterface(form, &IID_IUnknown, (void **)&one);
        IPersistMessage_QueryInterface(persist, &IID_IUnknown, (void **)&two);
        ok(one == two, "two objects: %p %p\n", one, two);
        IUnknown_Release(one);
        IUnknown_Release(two);
        hr = IMAPIForm_QueryInterface(form, &IID_IMessage, (void **)&one);
        ok(hr == E_NOINTERFACE && !one, "got %#lx\n", hr);
        hr = IPersistMessage_IsDirty(persist);
        ok(hr == S_FALSE, "got %#lx\n", hr);
        hr = IPersistMessage_GetClassID(persist, &clsid);
        ok(hr == S_OK && clsid.Data1 == 0x42424242 && clsid.Data4[7] == 0x42, "got %#lx\n", hr);
        view = (IMAPIViewContext *)0xdeadbeef;
        hr = IMAPIForm_GetViewContext(form, &view);
        ok(hr == S_FALSE && !view, "got %#lx, %p\n", hr, view);
        hr = IMAPIForm_GetLastError(form, E_FAIL, MAPI_UNICODE, &error);
        ok(hr == S_OK && error && !lstrcmpW((WCHAR *)error->lpszError, L"far away")
               && !error->lpszComponent && error->ulLowLevelError == E_FAIL,
           "got %#lx\n", hr);
        MAPIFreeBuffer(error);
        connection = 77;
        hr = IMAPIForm_Unadvise(form, connection);
        ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
        hr = IMAPIForm_DoVerb(form, 0, NULL, 0, NULL);
        ok(hr == MAPI_E_INVALID_PARAMETER, "no message, got %#lx\n", hr);
        /* what the viewer hands over is its own again when it comes back */
        message = new_message(folder, "loaded");
        hr = IPersistMessage_Save(persist, message, FALSE);
        ok(hr == S_OK, "got %#lx\n", hr);
        check_text(message, PR_SUBJECT_A, ", copied by the form");
        ok(!IMessage_Release(message), "the message is still held\n");
        IPersistMessage_Release(persist);
        IMAPIForm_Release(form);
    }
    IMAPIFormInfo_Release(info);
    IMAPIFormMgr_Release(manager);
}

/* A server of the other width, registered by hand. */
static void run_other(IMAPISession *session, IMsgStore *store, IMAPIFolder *folder)
{
    char path[MAX_PATH], key[200];
    BOOL wow64 = FALSE;

    unregister();
    if (sizeof(void *) == 4 && (!IsWow64Process(GetCurrentProcess(), &wow64) || !wow64))
    {
        skip("programs of 64 bits do not run here\n");
        return;
    }
    if (!find_server(path, TRUE))
    {
        skip("no server of the other width\n");
        return;
    }
    snprintf(key, sizeof(key), "%s\\LocalServer32", class_key);
    ok(!RegSetValueA(HKEY_CLASSES_ROOT, key, REG_SZ, path, 0), "cannot register\n");
    winetest_push_context("other width");
    test_inspect(session, store, folder);
    test_death(session, store, folder, "leave");
    winetest_pop_context();
    unregister();
}

static void run_all(IMAPISession *session, IMsgStore *store, IMAPIFolder *folder)
{
    test_load(session, folder);
    test_inspect(session, store, folder);
    test_watch(session, store, folder);
    test_show(session, store, folder);
    test_death(session, store, folder, "inspect die");
    run_other(session, store, folder);
}

/* A session, and a folder with the form in its library. */
static void run(MAPIINIT_0 *init, void (*tests)(IMAPISession *, IMsgStore *, IMAPIFolder *))
{
    IMAPIFormContainer *container;
    IMAPIFolder *top, *folder;
    IMAPIFormMgr *manager;
    IMAPISession *session;
    IMsgStore *store;
    HRESULT hr;

    hr = MAPIInitialize(init);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    hr = sample_create_profile(profile);
    ok(hr == S_OK, "creating the profile returned %#lx\n", hr);
    if (SUCCEEDED(hr) && (session = store_session(profile)))
    {
        store = open_store(session, 0);
        top = open_folder(store, 0);
        folder = create_folder(top, "far forms");
        hr = MAPIOpenFormMgr(session, &manager);
        ok(hr == S_OK, "got %#lx\n", hr);
        hr = IMAPIFormMgr_OpenFormContainer(manager, HFRMREG_FOLDER, (IUnknown *)folder,
                                            &container);
        ok(hr == S_OK, "got %#lx\n", hr);
        hr = IMAPIFormContainer_InstallForm(container, 0, 0, (LPCTSTR)path_of("far.cfg"));
        ok(hr == S_OK, "got %#lx\n", hr);
        IMAPIFormContainer_Release(container);
        IMAPIFormMgr_Release(manager);
        tests(session, store, folder);
        IMAPIFolder_Release(folder);
        IMAPIFolder_Release(top);
        IMsgStore_Release(store);
        store_session_end(session);
    }
    sample_delete_profile(profile);
    MAPIUninitialize();
}

START_TEST(formserver)
{
    MAPIINIT_0 threads = { MAPI_INIT_VERSION, MAPI_MULTITHREAD_NOTIFICATIONS };
    char server[MAX_PATH], cfg[1000];

    if (!find_server(server, FALSE) || !sample_install())
    {
        skip("no form server, no sample providers\n");
        return;
    }
    make_base();
    snprintf(cfg, sizeof(cfg), cfg_far, sizeof(void *) == 8 ? "x64" : "ix86");
    write_text("far.cfg", cfg);
    ok(CopyFileA(server, path_of("formserver.exe"), FALSE), "cannot copy %s\n", server);
    unregister();
    set_policy(2);
    OleInitialize(NULL);
    run(NULL, run_all);
    /* sinks are called on a thread of MAPI's own */
    winetest_push_context("threads");
    run(&threads, test_watch);
    winetest_pop_context();
    OleUninitialize();
    set_policy(~0u);
    unregister();
    remove_tree(base);
    sample_remove();
}
