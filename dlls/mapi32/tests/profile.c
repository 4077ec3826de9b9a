/*
 * Tests of profile administration
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

#define COBJMACROS

#include "profiles.h"
#include "wine/test.h"

static IProfAdmin *admin;

static HRESULT create_profile(const char *name, ULONG flags)
{
    return IProfAdmin_CreateProfile(admin, (LPTSTR)name, NULL, 0, flags);
}

static HRESULT delete_profile(const char *name, ULONG flags)
{
    return IProfAdmin_DeleteProfile(admin, (LPTSTR)name, flags);
}

/* 1: listed, 2: and the default; -1: the table is wrong */
static int find_in_table(const char *name, ULONG flags)
{
    IMAPITable *table;
    int found = 0;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    hr = IProfAdmin_GetProfileTable(admin, flags, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr != S_OK) return -1;
    hr = HrQueryAllRows(table, NULL, NULL, NULL, 0, &rows);
    ok(hr == S_OK, "got %#lx\n", hr);
    for (i = 0; hr == S_OK && i < rows->cRows; i++)
    {
        SPropValue *text =
            PpropFindProp(rows->aRow[i].lpProps, rows->aRow[i].cValues, PR_DISPLAY_NAME_A);
        SPropValue *standard =
            PpropFindProp(rows->aRow[i].lpProps, rows->aRow[i].cValues, PR_DEFAULT_PROFILE);

        ok(rows->aRow[i].cValues == 2, "got %lu columns\n", rows->aRow[i].cValues);
        ok(!!text && !!standard, "a row lacks a column\n");
        if (text && standard && !strcmp(text->Value.lpszA, name)) found = standard->Value.b ? 2 : 1;
    }
    if (hr == S_OK) FreeProws(rows);
    IMAPITable_Release(table);
    return found;
}

static void test_MAPIAdminProfiles(void)
{
    IUnknown *unknown;
    IProfAdmin *other;
    HRESULT hr;

    hr = MAPIAdminProfiles(0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    other = (IProfAdmin *)0xdeadbeef;
    hr = MAPIAdminProfiles(0x100, &other);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    ok(!other, "got %p\n", other);
    hr = MAPIAdminProfiles(0, &admin);
    ok(hr == S_OK, "got %#lx\n", hr);

    hr = IProfAdmin_QueryInterface(admin, &IID_IUnknown, (void **)&unknown);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(unknown == (IUnknown *)admin, "another identity\n");
    IUnknown_Release(unknown);
    hr = IProfAdmin_QueryInterface(admin, &IID_IMAPISession, (void **)&unknown);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED, "got %#lx\n", hr);
    ok(!unknown, "got %p\n", unknown);
}

static void test_CreateProfile(void)
{
    static const struct
    {
        const char *name;
        HRESULT hr;
    } names[] =
    {
        { "", MAPI_E_INVALID_PARAMETER },
        { " wm leading", MAPI_E_INVALID_PARAMETER },
        { "wm trailing ", MAPI_E_INVALID_PARAMETER },
        { "wm\\slash", MAPI_E_INVALID_PARAMETER },
        { "wm/slash", MAPI_E_INVALID_PARAMETER },
        { "wm:colon", MAPI_E_INVALID_PARAMETER },
        { "wm*", MAPI_E_INVALID_PARAMETER },
        { "wm\ttab", MAPI_E_INVALID_PARAMETER },
        { "wm5678901234567890123456789012345678901234567890123456789012345X", S_OK },
        { "wm5678901234567890123456789012345678901234567890123456789012345XY", MAPI_E_INVALID_PARAMETER },
        { "wm under_score 9", S_OK },
        { "wm-\xe9\xdf", S_OK },
        { "wm jo.doe@example", S_OK },
    };
    MAPIERROR *error;
    unsigned int i;
    HRESULT hr;

    for (i = 0; i < ARRAY_SIZE(names); i++)
    {
        winetest_push_context("%u", i);
        hr = create_profile(names[i].name, 0);
        ok(hr == names[i].hr, "got %#lx\n", hr);
        ok(profile_key_exists(names[i].name) == (names[i].hr == S_OK) || !*names[i].name,
           "wrong key\n");
        if (hr == S_OK)
        {
            ok(find_in_table(names[i].name, 0) == 1, "not in the table\n");
            hr = delete_profile(names[i].name, 0);
            ok(hr == S_OK, "got %#lx\n", hr);
            ok(!profile_key_exists(names[i].name), "still there\n");
        }
        winetest_pop_context();
    }

    hr = IProfAdmin_CreateProfile(admin, NULL, NULL, 0, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = create_profile("wm test", 0x100);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IProfAdmin_CreateProfile(admin, (LPTSTR)"wm test", (LPTSTR)"secret", 0, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    ok(!profile_key_exists("wm test"), "is there\n");
    hr = IProfAdmin_CreateProfile(admin, (LPTSTR)"wm test", (LPTSTR)"", 0, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = create_profile("wm test", 0);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    error = NULL;
    hr = IProfAdmin_GetLastError(admin, MAPI_E_NO_ACCESS, 0, &error);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(error && error->lpszError && strstr((char *)error->lpszError, "wm test"), "no words\n");
    MAPIFreeBuffer(error);
    error = (MAPIERROR *)0xdeadbeef;
    hr = IProfAdmin_GetLastError(admin, MAPI_E_NOT_FOUND, 0, &error);
    ok(hr == S_OK && !error, "got %#lx, %p\n", hr, error);
    hr = IProfAdmin_GetLastError(admin, MAPI_E_NO_ACCESS, 0x100, &error);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = create_profile("WM Test", 0);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);

    hr = IProfAdmin_CreateProfile(admin, (LPTSTR)L"wm \x0436\x4e2d", NULL, 0, MAPI_UNICODE);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IProfAdmin_DeleteProfile(admin, (LPTSTR)L"wm \x0436\x4e2d", MAPI_UNICODE);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IProfAdmin_DeleteProfile(admin, (LPTSTR)L"wm \x0436\x4e2d", MAPI_UNICODE);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);

    hr = delete_profile("wm test", 0x100);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = delete_profile(NULL, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = delete_profile("wm test", 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = delete_profile("wm test", 0);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
}

static void test_layout(void)
{
    static const WCHAR name[] = L"wm layout";
    BYTE data[64], other[16];
    DWORD type;
    HRESULT hr;
    int size;

    hr = create_profile("wm layout", 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    size = read_value("wm layout", GLOBAL_SECTION, "001f3d12", &type, data, sizeof(data));
    ok(size == sizeof(name) && type == REG_BINARY && !memcmp(data, name, sizeof(name)),
       "got %d, %lu\n", size, type);
    size = read_value("wm layout", INSTANCE_SECTION, "0102300b", &type, data, sizeof(data));
    ok(size == 16 && type == REG_BINARY, "got %d, %lu\n", size, type);
    ok(count_sections("wm layout") == 2, "got %lu sections\n", count_sections("wm layout"));

    hr = IProfAdmin_CopyProfile(admin, (LPTSTR)"wm layout", NULL, (LPTSTR)"wm layout 2", 0, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    size = read_value("wm layout 2", INSTANCE_SECTION, "0102300b", &type, other, sizeof(other));
    ok(size == 16, "got %d\n", size);
    ok(memcmp(data, other, 16), "the copy has the same search key\n");
    size = read_value("wm layout 2", GLOBAL_SECTION, "001f3d12", &type, data, sizeof(data));
    ok(size == sizeof(L"wm layout 2") && !memcmp(data, L"wm layout 2", size), "got %d\n", size);
    delete_profile("wm layout", 0);
    delete_profile("wm layout 2", 0);
}

static void test_copy_and_rename(void)
{
    BYTE key[16], key2[16];
    IMsgServiceAdmin *services;
    DWORD type;
    HRESULT hr;

    create_profile("wm one", 0);
    create_profile("wm two", 0);

    hr = IProfAdmin_CopyProfile(admin, NULL, NULL, (LPTSTR)"wm three", 0, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IProfAdmin_CopyProfile(admin, (LPTSTR)"wm one", NULL, NULL, 0, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IProfAdmin_CopyProfile(admin, (LPTSTR)"wm one", NULL, (LPTSTR)"wm\\three", 0, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IProfAdmin_CopyProfile(admin, (LPTSTR)"wm one", NULL, (LPTSTR)"wm three", 0, 0x100);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IProfAdmin_CopyProfile(admin, (LPTSTR)"wm none", NULL, (LPTSTR)"wm three", 0, 0);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    hr = IProfAdmin_CopyProfile(admin, (LPTSTR) "wm one", (LPTSTR) "secret", (LPTSTR) "wm three", 0,
                                0);
    ok(hr == MAPI_E_LOGON_FAILED, "got %#lx\n", hr);
    hr = IProfAdmin_CopyProfile(admin, (LPTSTR)"wm one", (LPTSTR)"", (LPTSTR)"wm two", 0, 0);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    hr = IProfAdmin_CopyProfile(admin, (LPTSTR)L"wm one", (LPTSTR)L"", (LPTSTR)L"wm three", 0,
                                MAPI_UNICODE);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(find_in_table("wm one", 0) == 1 && find_in_table("wm three", 0) == 1, "not both there\n");
    delete_profile("wm three", 0);

    hr = IProfAdmin_RenameProfile(admin, (LPTSTR)"wm none", NULL, (LPTSTR)"wm three", 0, 0);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    hr = IProfAdmin_RenameProfile(admin, (LPTSTR)"wm one", NULL, (LPTSTR)"wm two", 0, 0);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    hr = IProfAdmin_RenameProfile(admin, (LPTSTR) "wm one", (LPTSTR) "secret", (LPTSTR) "wm three",
                                  0, 0);
    ok(hr == MAPI_E_LOGON_FAILED, "got %#lx\n", hr);
    IProfAdmin_SetDefaultProfile(admin, (LPTSTR)"wm one", 0);
    read_value("wm one", INSTANCE_SECTION, "0102300b", &type, key, sizeof(key));
    hr = IProfAdmin_RenameProfile(admin, (LPTSTR)"wm one", NULL, (LPTSTR)"wm three", 0, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(!find_in_table("wm one", 0) && find_in_table("wm three", 0) == 2,
       "not renamed, or not the default\n");
    ok(read_value("wm three", INSTANCE_SECTION, "0102300b", &type, key2, sizeof(key2)) == 16
       && !memcmp(key, key2, sizeof(key)), "another search key\n");

    hr = IProfAdmin_AdminServices(admin, (LPTSTR)"wm three", NULL, 0, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    services = (IMsgServiceAdmin *)0xdeadbeef;
    hr = IProfAdmin_AdminServices(admin, NULL, NULL, 0, 0, &services);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    ok(!services, "got %p\n", services);
    hr = IProfAdmin_AdminServices(admin, (LPTSTR)"wm three", NULL, 0, 0x100, &services);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IProfAdmin_AdminServices(admin, (LPTSTR)"wm none", NULL, 0, 0, &services);
    ok(hr == MAPI_E_LOGON_FAILED, "got %#lx\n", hr);
    hr = IProfAdmin_AdminServices(admin, (LPTSTR)"wm three", (LPTSTR)"secret", 0, 0, &services);
    ok(hr == MAPI_E_LOGON_FAILED, "got %#lx\n", hr);
    hr = IProfAdmin_AdminServices(admin, (LPTSTR)L"wm three", NULL, 0, MAPI_UNICODE, &services);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK) IMsgServiceAdmin_Release(services);

    hr = IProfAdmin_ChangeProfilePassword(admin, (LPTSTR)"wm three", (LPTSTR)"a", (LPTSTR)"b", 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IProfAdmin_ChangeProfilePassword(admin, (LPTSTR) "wm three", (LPTSTR) "a", (LPTSTR) "b",
                                          0x100);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    delete_profile("wm two", 0);
    delete_profile("wm three", 0);
}

static void test_default(void)
{
    char text[64] = { 0 };
    DWORD type, size;
    LSTATUS status;
    HRESULT hr;
    HKEY key;

    create_profile("wm one", 0);
    create_profile("wm two", 0);
    hr = IProfAdmin_SetDefaultProfile(admin, (LPTSTR)"wm none", 0);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    hr = IProfAdmin_SetDefaultProfile(admin, (LPTSTR)"wm one", 0x100);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IProfAdmin_SetDefaultProfile(admin, (LPTSTR)"WM One", 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(find_in_table("wm one", 0) == 2 && find_in_table("wm two", 0) == 1, "wrong default\n");
    RegOpenKeyExA(HKEY_CURRENT_USER, PROFILES_KEY, 0, KEY_READ, &key);
    size = sizeof(text);
    status = RegQueryValueExA(key, "DefaultProfile", NULL, &type, (BYTE *)text, &size);
    ok(!status && type == REG_SZ && !strcmp(text, "wm one"), "got %ld, %s\n", status, text);
    hr = IProfAdmin_SetDefaultProfile(admin, (LPTSTR)L"wm two", MAPI_UNICODE);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(find_in_table("wm one", 0) == 1 && find_in_table("wm two", 0) == 2, "wrong default\n");
    hr = IProfAdmin_SetDefaultProfile(admin, NULL, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IProfAdmin_SetDefaultProfile(admin, NULL, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(find_in_table("wm two", 0) == 1, "still a default\n");

    IProfAdmin_SetDefaultProfile(admin, (LPTSTR)"wm two", 0);
    delete_profile("wm two", 0);
    size = sizeof(text);
    status = RegQueryValueExA(key, "DefaultProfile", NULL, &type, (BYTE *)text, &size);
    ok(status == ERROR_FILE_NOT_FOUND, "got %ld, %s\n", status, text);
    RegCloseKey(key);
    delete_profile("wm one", 0);
}

static void test_app_profile(void)
{
    HRESULT hr;

    hr = create_profile("wm app", MAPI_APP_PROFILE);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(!find_in_table("wm app", 0), "is in the table\n");
    ok(find_in_table("wm app", MAPI_APP_PROFILE) == 1, "is not in the table\n");
    hr = IProfAdmin_SetDefaultProfile(admin, (LPTSTR)"wm app", 0);
    ok(hr == E_FAIL, "got %#lx\n", hr);
    hr = IProfAdmin_CopyProfile(admin, (LPTSTR)"wm app", NULL, (LPTSTR)"wm app 2", 0, 0);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    hr = IProfAdmin_CopyProfile(admin, (LPTSTR) "wm app", NULL, (LPTSTR) "wm app 2", 0,
                                MAPI_APP_PROFILE);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(!find_in_table("wm app 2", 0), "is in the table\n");
    hr = IProfAdmin_RenameProfile(admin, (LPTSTR)"wm app", NULL, (LPTSTR)"wm app 3", 0, 0);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    hr = IProfAdmin_RenameProfile(admin, (LPTSTR) "wm app", NULL, (LPTSTR) "wm app 3", 0,
                                  MAPI_APP_PROFILE);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = delete_profile("wm app 2", 0);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    hr = delete_profile("wm app 2", MAPI_APP_PROFILE);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = delete_profile("wm app 3", MAPI_APP_PROFILE);
    ok(hr == S_OK, "got %#lx\n", hr);
}

static void test_table(void)
{
    IMAPITable *table, *later;
    SPropTagArray *columns;
    ULONG count, more;
    HRESULT hr;

    hr = IProfAdmin_GetProfileTable(admin, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IProfAdmin_GetProfileTable(admin, 0x100, &table);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IProfAdmin_GetProfileTable(admin, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_GetRowCount(table, 0, &count);
    ok(hr == S_OK, "got %#lx\n", hr);
    create_profile("wm new", 0);
    IMAPITable_GetRowCount(table, 0, &more);
    ok(more == count, "the table is not static\n");
    IProfAdmin_GetProfileTable(admin, MAPI_UNICODE, &later);
    IMAPITable_GetRowCount(later, 0, &more);
    ok(more == count + 1, "got %lu, before %lu\n", more, count);
    hr = IMAPITable_QueryColumns(later, 0, &columns);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(columns->cValues == 2 && columns->aulPropTag[0] == PR_DISPLAY_NAME_W
       && columns->aulPropTag[1] == PR_DEFAULT_PROFILE, "wrong columns\n");
    MAPIFreeBuffer(columns);
    hr = IMAPITable_QueryColumns(table, 0, &columns);
    ok(hr == S_OK && columns->aulPropTag[0] == PR_DISPLAY_NAME_A, "wrong columns\n");
    MAPIFreeBuffer(columns);
    IMAPITable_Release(later);
    IMAPITable_Release(table);
    delete_profile("wm new", 0);
}

/* A profile as Outlook leaves it in another place is seen, and opened where it is. */
static void test_outlook_roots(void)
{
    static const char path[] = "Software\\Microsoft\\Office\\16.0\\Outlook";
    BOOL was_there;
    HRESULT hr;
    HKEY key;

    was_there = !RegOpenKeyExA(HKEY_CURRENT_USER, path, 0, KEY_READ, &key);
    if (was_there) RegCloseKey(key);
    if (was_there)
    {
        skip("there is an Outlook in this prefix\n");
        return;
    }
    RegCreateKeyA(
        HKEY_CURRENT_USER,
        "Software\\Microsoft\\Office\\16.0\\Outlook\\Profiles\\wm outlook\\" GLOBAL_SECTION, &key);
    RegCloseKey(key);
    RegOpenKeyExA(HKEY_CURRENT_USER, path, 0, KEY_WRITE, &key);
    RegSetValueExA(key, "DefaultProfile", 0, REG_SZ, (const BYTE *)"wm outlook", 11);
    RegCloseKey(key);
    ok(find_in_table("wm outlook", 0) == 2, "not seen, or not the default\n");
    hr = create_profile("wm outlook", 0);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);

    create_profile("wm own", 0);
    IProfAdmin_SetDefaultProfile(admin, (LPTSTR)"wm own", 0);
    ok(find_in_table("wm own", 0) == 2 && find_in_table("wm outlook", 0) == 1, "wrong default\n");
    /* no default is no default, whatever Outlook has */
    IProfAdmin_SetDefaultProfile(admin, NULL, 0);
    ok(find_in_table("wm own", 0) == 1 && find_in_table("wm outlook", 0) == 1, "still a default\n");
    delete_profile("wm own", 0);
    hr = delete_profile("wm outlook", 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(!find_in_table("wm outlook", 0), "still seen\n");
    IProfAdmin_SetDefaultProfile(admin, NULL, 0);
    RegOpenKeyExA(HKEY_CURRENT_USER, "Software\\Microsoft\\Office", 0,
                  KEY_READ | KEY_WRITE | DELETE, &key);
    RegDeleteTreeA(key, "16.0");
    RegCloseKey(key);
}

static HRESULT log_on(const char *name, IMAPISession **session)
{
    *session = NULL;
    return MAPILogonEx(0, (LPTSTR)name, NULL,
                       MAPI_NEW_SESSION | MAPI_EXPLICIT_PROFILE | MAPI_NO_MAIL | MAPI_EXTENDED,
                       session);
}

/* A profile with a session goes when the session does, whoever deleted it. */
static void test_in_use(void)
{
    IMAPISession *session, *other;
    IMsgServiceAdmin *services;
    IProfSect *section;
    MAPIUID uid = {{ 1 }};
    SPropValue prop = { PROP_TAG(PT_LONG, 0x6600) };
    HRESULT hr;

    create_profile("wm use", 0);
    hr = log_on("wm use", &session);
    if (hr != S_OK)
    {
        skip("no session: %#lx\n", hr);
        delete_profile("wm use", 0);
        return;
    }
    IProfAdmin_SetDefaultProfile(admin, (LPTSTR)"wm use", 0);
    hr = delete_profile("wm use", 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(profile_key_exists("wm use"), "gone under its session\n");
    ok(!find_in_table("wm use", 0), "still in the table\n");
    hr = delete_profile("wm use", 0);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    hr = create_profile("wm use", 0);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    hr = IProfAdmin_AdminServices(admin, (LPTSTR)"wm use", NULL, 0, 0, &services);
    ok(hr == MAPI_E_LOGON_FAILED, "got %#lx\n", hr);
    hr = log_on("wm use", &other);
    ok(FAILED(hr) && !other, "got %#lx\n", hr);
    /* the session goes on */
    hr = IMAPISession_OpenProfileSection(session, &uid, NULL, MAPI_MODIFY, &section);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK)
    {
        hr = IProfSect_SetProps(section, 1, &prop, NULL);
        ok(hr == S_OK, "got %#lx\n", hr);
        IProfSect_Release(section);
    }
    IMAPISession_Logoff(session, 0, 0, 0);
    IMAPISession_Release(session);
    ok(!profile_key_exists("wm use"), "still there\n");

    create_profile("wm use", 0);
    hr = log_on("wm use", &session);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IProfAdmin_RenameProfile(admin, (LPTSTR)"wm use", NULL, (LPTSTR)"wm used", 0, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(profile_key_exists("wm use") && !profile_key_exists("wm used"),
       "renamed under its session\n");
    IMAPISession_Logoff(session, 0, 0, 0);
    IMAPISession_Release(session);
    ok(!profile_key_exists("wm use") && profile_key_exists("wm used"), "not renamed\n");
    hr = delete_profile("wm used", 0);
    ok(hr == S_OK, "got %#lx\n", hr);
}

/* A service that is deleted while a session has it keeps its sections until the session ends. */
static void test_service_in_use(void)
{
    IMsgServiceAdmin2 *services;
    IMAPISession *session;
    IMAPITable *table;
    ULONG count = 1;
    char text[33];
    MAPIUID uid;
    HRESULT hr;

    write_inf("[Services]\r\nBARE=Bare\r\n[BARE]\r\nProviders=BARE_AB\r\n"
              "[BARE_AB]\r\nPR_RESOURCE_TYPE=MAPI_AB_PROVIDER\r\nPR_PROVIDER_DLL_NAME=nosuch.dll\r\n");
    create_profile("wm use", 0);
    IProfAdmin_AdminServices(admin, (LPTSTR)"wm use", NULL, 0, 0, (IMsgServiceAdmin **)&services);
    hr = IMsgServiceAdmin2_CreateMsgServiceEx(services, (LPTSTR)"BARE", NULL, 0, 0, &uid);
    ok(hr == S_OK, "got %#lx\n", hr);
    if ((hr = log_on("wm use", &session)) == S_OK)
    {
        uid_text(&uid, text);
        hr = IMsgServiceAdmin2_DeleteMsgService(services, &uid);
        ok(hr == S_OK, "got %#lx\n", hr);
        ok(section_key_exists("wm use", text), "gone under its session\n");
        hr = IMsgServiceAdmin2_GetMsgServiceTable(services, 0, &table);
        ok(hr == S_OK, "got %#lx\n", hr);
        IMAPITable_GetRowCount(table, 0, &count);
        ok(!count, "got %lu\n", count);
        IMAPITable_Release(table);
        hr = IMsgServiceAdmin2_DeleteMsgService(services, &uid);
        ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
        IMAPISession_Logoff(session, 0, 0, 0);
        IMAPISession_Release(session);
        ok(!section_key_exists("wm use", text), "still there\n");
        ok(count_sections("wm use") == 2, "got %lu\n", count_sections("wm use"));
    }
    else skip("no session: %#lx\n", hr);
    IMsgServiceAdmin2_Release(services);
    delete_profile("wm use", 0);
    remove_inf();
}

/* The other process: uses the profile until it is killed. */
static void hold(const char *name)
{
    HANDLE event = OpenEventA(EVENT_MODIFY_STATE, FALSE, "wm profile held");
    IMAPISession *session;
    HRESULT hr;

    hr = log_on(name, &session);
    ok(hr == S_OK, "got %#lx\n", hr);
    SetEvent(event);
    Sleep(hr == S_OK ? 60000 : 0);
}

static void test_crashed_user(char **argv)
{
    HANDLE event = CreateEventA(NULL, FALSE, FALSE, "wm profile held");
    PROCESS_INFORMATION process;
    STARTUPINFOA startup = { sizeof(startup) };
    char command[MAX_PATH + 32];
    HRESULT hr;

    create_profile("wm crash", 0);
    sprintf(command, "\"%s\" profile hold", argv[0]);
    ok(CreateProcessA(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process),
       "no second process\n");
    ok(!WaitForSingleObject(event, 30000), "the other process does not come\n");
    hr = delete_profile("wm crash", 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(profile_key_exists("wm crash"), "gone under a session of another process\n");
    ok(!find_in_table("wm crash", 0), "still in the table\n");
    ok(profile_key_exists("wm crash"), "gone under a session of another process\n");
    TerminateProcess(process.hProcess, 1);
    WaitForSingleObject(process.hProcess, 30000);
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    ok(!find_in_table("wm crash", 0), "in the table again\n");
    ok(!profile_key_exists("wm crash"), "nobody has cleaned up\n");
    CloseHandle(event);
}

/* The lowest handle that is free. */
static ULONG_PTR next_handle(void)
{
    HANDLE event = CreateEventA(NULL, FALSE, FALSE, NULL);

    CloseHandle(event);
    return (ULONG_PTR)event;
}

static unsigned int heap_blocks(void)
{
    PROCESS_HEAP_ENTRY entry = { NULL };
    unsigned int count = 0;

    HeapLock(GetProcessHeap());
    while (HeapWalk(GetProcessHeap(), &entry))
        if (entry.wFlags & PROCESS_HEAP_ENTRY_BUSY) count++;
    HeapUnlock(GetProcessHeap());
    return count;
}

static void test_leaks(void)
{
    unsigned int blocks = 0, blocks_after;
    ULONG_PTR before = 0, after;
    SPropValue prop = { PR_COMMENT_A };
    ULONG count;
    SPropValue *props;
    IMsgServiceAdmin *services;
    IProfSect *section;
    IMAPITable *table;
    MAPIUID uid = {{ 1 }};
    unsigned int i;

    create_profile("wm leak", 0);
    for (i = 0; i < 210; i++)
    {
        if (i == 10)
        {
            before = next_handle();
            blocks = heap_blocks();
        }
        IProfAdmin_GetProfileTable(admin, 0, &table);
        IMAPITable_Release(table);
        IProfAdmin_AdminServices(admin, (LPTSTR)"wm leak", NULL, 0, 0, &services);
        IMsgServiceAdmin_OpenProfileSection(services, &uid, NULL, MAPI_MODIFY, &section);
        prop.Value.lpszA = i & 1 ? (char *)"odd" : (char *)"even, and longer";
        IProfSect_SetProps(section, 1, &prop, NULL);
        IProfSect_GetProps(section, NULL, 0, &count, &props);
        MAPIFreeBuffer(props);
        IProfSect_Release(section);
        IMsgServiceAdmin_GetProviderTable(services, 0, &table);
        IMAPITable_Release(table);
        IMsgServiceAdmin_Release(services);
    }
    blocks_after = heap_blocks();
    ok(blocks_after < blocks + 20, "%u heap blocks, %u before\n", blocks_after, blocks);
    after = next_handle();
    ok(after <= before + 16, "handle %#Ix, %#Ix before\n", after, before);
    delete_profile("wm leak", 0);
}

START_TEST(profile)
{
    char **argv;
    int argc = winetest_get_mainargs(&argv);
    HRESULT hr = MAPIInitialize(NULL);

    if (argc > 2 && !strcmp(argv[2], "hold"))
    {
        hold("wm crash");
        return;
    }
    if (hr != S_OK)
    {
        skip("MAPIInitialize failed: %#lx\n", hr);
        return;
    }
    test_MAPIAdminProfiles();
    test_CreateProfile();
    test_layout();
    test_copy_and_rename();
    test_default();
    test_app_profile();
    test_table();
    test_outlook_roots();
    test_in_use();
    test_service_in_use();
    test_crashed_user(argv);
    test_leaks();
    IProfAdmin_Release(admin);
    MAPIUninitialize();
}
