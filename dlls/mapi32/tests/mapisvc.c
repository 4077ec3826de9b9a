/*
 * Tests of MapiSvc.inf as services come from it
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
 * The forms a MapiSvc.inf may have, seen in what CreateMsgService puts into the registry; and where
 * the file is looked for. The parser alone is tested natively, with everything that can be wrong in
 * it.
 */

#define COBJMACROS

#include "profiles.h"
#include "wine/test.h"

#define NAME "wm mapisvc"

static IProfAdmin *profiles;
static IMsgServiceAdmin *admin;

/* The section of service name; FALSE when it could not be made. */
static HRESULT make_service(const WCHAR *name, char section[33])
{
    MAPIUID uid;
    HRESULT hr;

    hr = IMsgServiceAdmin2_CreateMsgServiceEx((IMsgServiceAdmin2 *)admin, (LPTSTR)name, NULL, 0,
                                              MAPI_UNICODE, &uid);
    uid_text(&uid, section);
    return hr;
}

static void remove_services(void)
{
    BYTE list[16 * 32];
    MAPIUID uid;
    DWORD type;
    int i, size;

    size = read_value(NAME, GLOBAL_SECTION, "01023d0e", &type, list, sizeof(list));
    for (i = 0; i < size / 16; i++)
    {
        memcpy(&uid, list + 16 * i, 16);
        IMsgServiceAdmin_DeleteMsgService(admin, &uid);
    }
    ok(count_sections(NAME) == 2, "%lu sections stay\n", count_sections(NAME));
}

static void check_value(const char *section, const char *name, DWORD type, const void *expected,
                        int size)
{
    BYTE data[256];
    DWORD got_type = 0;
    int got;

    memset(data, 0xcc, sizeof(data));
    got = read_value(NAME, section, name, &got_type, data, sizeof(data));
    ok(got == size && got_type == type && !memcmp(data, expected, size),
       "%s: got %d bytes, type %lu\n", name, got, got_type);
}

/* The section of the n-th provider of a kind. */
static BOOL provider_section(const char *list_name, unsigned int n, char section[33])
{
    MAPIUID uids[8];
    DWORD type;
    int size;

    size = read_value(NAME, GLOBAL_SECTION, list_name, &type, uids, sizeof(uids));
    if (size < (int)(16 * (n + 1))) return FALSE;
    uid_text(uids + n, section);
    return TRUE;
}

/* Services as vendors have them. */
static void test_real_services(void)
{
    static const char inf[] =
        "[Services]\r\n"
        "MSPST MS=Personal Folders\r\n"
        "MSPST AB=Personal Address Book\r\n"
        "CONTAB=Outlook Address Book\r\n"
        "MSEMS=Microsoft Exchange Server\r\n"
        "\r\n"
        "[MSPST MS]\r\n"
        "Providers=MSPST MSP\r\n"
        "66090003=06000000\r\n"
        "[MSPST MSP]\r\n"
        "PR_PROVIDER_DLL_NAME=mspst.dll\r\n"
        "PR_RESOURCE_TYPE=MAPI_STORE_PROVIDER\r\n"
        "PR_RESOURCE_FLAGS=STATUS_DEFAULT_STORE\r\n"
        "PR_DISPLAY_NAME=Personal Folders\r\n"
        "PR_PROVIDER_DISPLAY=Personal Folders\r\n"
        "34140102=4e495441f9bfb80100aa0037d96e0000\r\n"
        "[MSPST AB]\r\n"
        "Providers=MSPST ABP\r\n"
        "[MSPST ABP]\r\n"
        "PR_PROVIDER_DLL_NAME=MSPST.DLL\r\n"
        "PR_RESOURCE_TYPE=MAPI_AB_PROVIDER\r\n"
        "[CONTAB]\r\n"
        "Providers=Outlook AB\r\n"
        "PR_RESOURCE_FLAGS=SERVICE_SINGLE_COPY|SERVICE_NO_PRIMARY_IDENTITY\r\n"
        "[Outlook AB]\r\n"
        "PR_PROVIDER_DLL_NAME=CONTAB.DLL\r\n"
        "PR_RESOURCE_TYPE=MAPI_AB_PROVIDER\r\n"
        "[MSEMS]\r\n"
        "Providers=EMS_DSA, EMS_MDB_public, EMS_MDB_private, EMS_RXP, EMS_MSX, EMS_Hook\r\n"
        "Sections=MSEMS_MSMail_Section\r\n"
        "PR_SERVICE_INSTALL_ID={6485D26A-C2AC-11D1-AD3E-10A0C911C9C0}\r\n"
        "[MSEMS_MSMail_Section]\r\n"
        "UID=13DBB0C8AA05101A9BB000AA002FC45A\r\n"
        "66000003=01050000\r\n"
        "[EMS_DSA]\r\n"
        "PR_RESOURCE_TYPE=MAPI_AB_PROVIDER\r\n"
        "[EMS_MDB_public]\r\n"
        "PR_RESOURCE_TYPE=MAPI_STORE_PROVIDER\r\n"
        "PR_RESOURCE_FLAGS=STATUS_NO_DEFAULT_STORE\r\n"
        "[EMS_MDB_private]\r\n"
        "PR_RESOURCE_TYPE=MAPI_STORE_PROVIDER\r\n"
        "PR_RESOURCE_FLAGS=STATUS_PRIMARY_IDENTITY|STATUS_DEFAULT_STORE|STATUS_PRIMARY_STORE\r\n"
        "[EMS_RXP]\r\n"
        "PR_RESOURCE_TYPE=MAPI_TRANSPORT_PROVIDER\r\n"
        "[EMS_MSX]\r\n"
        "PR_RESOURCE_TYPE=MAPI_TRANSPORT_PROVIDER\r\n"
        "[EMS_Hook]\r\n"
        "PR_RESOURCE_TYPE=MAPI_HOOK_PROVIDER\r\n"
        "PR_RESOURCE_FLAGS=HOOK_INBOUND\r\n";
    char service[33], provider[33];
    MAPIUID uid;
    HRESULT hr;
    int i;

    write_inf(inf);
    hr = make_service(L"mspst ms", service);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_value(service, "001f3d09", REG_BINARY, L"MSPST MS", sizeof(L"MSPST MS"));
    check_value(service, "001f3001", REG_BINARY, L"Personal Folders", sizeof(L"Personal Folders"));
    check_value(service, "00036609", REG_BINARY, "\6\0\0\0", 4);
    check_value(service, "00033009", REG_BINARY, "\1\0\0\0", 4);      /* SERVICE_DEFAULT_STORE */
    ok(provider_section("01023d00", 0, provider), "no store\n");
    check_value(provider, "01023414", REG_BINARY, "NITA\xf9\xbf\xb8\1\0\xaa\0\x37\xd9n\0\0", 16);
    check_value(provider, "00033e03", REG_BINARY, "\x21\0\0\0", 4);
    check_value(provider, "001f300a", REG_BINARY, L"mspst.dll", sizeof(L"mspst.dll"));
    for (i = 0; i < 16; i++)
    {
        unsigned int byte;

        sscanf(service + 2 * i, "%2x", &byte);
        uid.ab[i] = byte;
    }
    check_value(provider, "01023d0c", REG_BINARY, &uid, 16);
    hr = make_service(L"MSPST AB", service);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = make_service(L"CONTAB", service);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_value(service, "00033009", REG_BINARY, "\x22\0\0\0", 4);
    hr = make_service(L"MSEMS", service);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_value(service, "001e3d13", REG_SZ, "{6485D26A-C2AC-11D1-AD3E-10A0C911C9C0}", 39);
    check_value(service, "01023d0d", REG_BINARY,
                "\x13\xdb\xb0\xc8\xaa\5\x10\x1a\x9b\xb0\0\xaa\0\x2f\xc4\x5a", 16);
    check_value("13dbb0c8aa05101a9bb000aa002fc45a", "00036600", REG_BINARY, "\1\5\0\0", 4);
    ok(provider_section("01023d08", 0, provider), "no hook\n");
    ok(provider_section("01023d02", 1, provider), "not both transports\n");
    ok(provider_section("01023d01", 2, provider), "not all address books\n");
    ok(provider_section("01023d00", 2, provider), "not all stores\n");
    /* the private store comes second as a default */
    check_value(provider, "00033009", REG_BINARY, "\4\x10\0\0", 4);
    remove_services();
}

static void test_encodings(void)
{
    static const WCHAR wide[] =
        L"\xfeff[Services]\rW\x0436=Wide \x4e2d\r[W\x0436]\rProviders=P\r[P]\rPR_RESOURCE_TYPE=33\r"
        L"PR_DISPLAY_NAME=\x4e2d\r";
    static const char utf8[] =
        "\xef\xbb\xbf[Services]\nW\xd0\xb6=Wide \xe4\xb8\xad\n[W\xd0\xb6]\nProviders=P\n[P]\nPR_RESOURCE_TYPE=0x21\n";
    static const char ansi[] =
        "[Services]\rAnsi \xe9=\xe9t\xe9\r[Ansi \xe9]\rProviders=P\r[P]\rPR_RESOURCE_TYPE=21000000\r";
    char section[33];
    HRESULT hr;

    write_inf_bytes(wide, sizeof(wide) - sizeof(WCHAR));
    hr = make_service(L"W\x0436", section);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_value(section, "001f3001", REG_BINARY, L"Wide \x4e2d", 7 * sizeof(WCHAR));
    write_inf(utf8);
    hr = make_service(L"W\x0436", section);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_value(section, "001f3001", REG_BINARY, L"Wide \x4e2d", 7 * sizeof(WCHAR));
    write_inf(ansi);
    hr = IMsgServiceAdmin_CreateMsgService(admin, (LPTSTR)"Ansi \xe9", NULL, 0, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    remove_services();
}

/* Whatever is damaged, the rest is used. */
static void test_damage(void)
{
    static const char inf[] =
        "nothing\n[broken\nA=B\n[Services]\nno equals sign\nX=The Service\n=value\n[X]\nProviders=,P , , GHOST\nSections=GHOST\n"
        "PR_NOT_KNOWN=1\n66010003=zz\n6602001e=kept\n[P]\nPR_RESOURCE_TYPE=MAPI_STORE_PROVIDER|MAPI_NOT_KNOWN\n"
        "PR_PROVIDER_DLL_NAME='quoted.dll'\n[X]\n6603001e=joined\n\x1a";
    char section[33], provider[33];
    BYTE data[16];
    DWORD type;
    HRESULT hr;

    write_inf(inf);
    hr = make_service(L"X", section);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_value(section, "001e6602", REG_SZ, "kept", 5);
    check_value(section, "001e6603", REG_SZ, "joined", 7);
    ok(read_value(NAME, section, "00036601", &type, data, sizeof(data)) == -1, "is there\n");
    ok(provider_section("01023d00", 0, provider) && !provider_section("01023d00", 1, provider),
       "wrong providers\n");
    check_value(provider, "001f300a", REG_BINARY, L"quoted.dll", sizeof(L"quoted.dll"));
    remove_services();
}

static void test_locations(void)
{
    static const char inf[] =
        "[Services]\nHERE=Here\n[HERE]\nProviders=P\n[P]\nPR_RESOURCE_TYPE=MAPI_STORE_PROVIDER\n";
    char section[33], path[MAX_PATH];
    HANDLE file;
    DWORD written;
    HRESULT hr;
    HKEY key;

    /* the user's value, then the machine's, then beside mapi32.dll */
    write_inf(inf);
    hr = make_service(L"HERE", section);
    ok(hr == S_OK, "got %#lx\n", hr);
    set_inf_value(NULL);
    hr = make_service(L"HERE", section);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    if (!RegCreateKeyA(HKEY_LOCAL_MACHINE, "Software\\wine-mapi", &key))
    {
        if (RegQueryValueExA(key, "MapiSvcInf", NULL, NULL, NULL, NULL))
        {
            RegSetValueExA(key, "MapiSvcInf", 0, REG_SZ, (BYTE *)inf_path, strlen(inf_path) + 1);
            hr = make_service(L"HERE", section);
            ok(hr == S_OK, "got %#lx\n", hr);
            RegDeleteValueA(key, "MapiSvcInf");
        }
        else skip("this prefix names a MapiSvc.inf\n");
        RegCloseKey(key);
    }
    GetSystemDirectoryA(path, MAX_PATH - 16);
    strcat(path, "\\mapisvc.inf");
    file = CreateFileA(path, GENERIC_WRITE, 0, NULL, CREATE_NEW, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) skip("there is a MapiSvc.inf, or none can be made\n");
    else
    {
        WriteFile(file, inf, sizeof(inf) - 1, &written, NULL);
        CloseHandle(file);
        hr = make_service(L"HERE", section);
        ok(hr == S_OK, "got %#lx\n", hr);
        DeleteFileA(path);
    }
    remove_services();
    DeleteFileA(inf_path);
}

START_TEST(mapisvc)
{
    HRESULT hr;

    if ((hr = MAPIInitialize(NULL)) != S_OK)
    {
        skip("MAPIInitialize failed: %#lx\n", hr);
        return;
    }
    hr = MAPIAdminProfiles(0, &profiles);
    ok(hr == S_OK, "got %#lx\n", hr);
    delete_profile_key(NAME);
    hr = IProfAdmin_CreateProfile(profiles, (LPTSTR)NAME, NULL, 0, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IProfAdmin_AdminServices(profiles, (LPTSTR)NAME, NULL, 0, 0, &admin);
    ok(hr == S_OK, "got %#lx\n", hr);
    test_real_services();
    test_encodings();
    test_damage();
    test_locations();
    IMsgServiceAdmin_Release(admin);
    IProfAdmin_DeleteProfile(profiles, (LPTSTR)NAME, 0);
    IProfAdmin_Release(profiles);
    MAPIUninitialize();
}
