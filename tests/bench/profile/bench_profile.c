/*
 * What profiles cost
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
 * Microseconds of the calls that logons and administration are made of, beside the one registry
 * call that none of them can do without on Wine: RegQueryValueEx of one value. Each figure is the
 * mean of a run, with a profile of five services and one of a hundred.
 */

#define COBJMACROS
#include <initguid.h>
#include <windows.h>
#include <mapix.h>
#include <mapiutil.h>
#include <stdio.h>
#include <stdlib.h>

#define NAME "wm bench"

static IProfAdmin *profiles;
static IMsgServiceAdmin *admin;
static IProfSect *section;
static HKEY registry_key;

static double now_us(void)
{
    static LARGE_INTEGER frequency;
    LARGE_INTEGER counter;

    if (!frequency.QuadPart) QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&counter);
    return counter.QuadPart * 1e6 / frequency.QuadPart;
}

static void check(HRESULT hr, const char *what)
{
    if (SUCCEEDED(hr)) return;
    fprintf(stderr, "bench_profile: %s: 0x%08lx\n", what, (unsigned long)hr);
    exit(1);
}

static void query_value(void)
{
    BYTE data[64];
    DWORD size = sizeof(data);

    RegQueryValueExA(registry_key, "00036600", NULL, NULL, data, &size);
}

static void get_props(void)
{
    SPropValue *props;
    ULONG count;

    check(IProfSect_GetProps(section, NULL, 0, &count, &props), "GetProps");
    MAPIFreeBuffer(props);
}

static void set_prop(void)
{
    static LONG value;
    SPropValue prop;

    prop.ulPropTag = PROP_TAG(PT_LONG, 0x6600);
    prop.Value.l = value++;
    check(IProfSect_SetProps(section, 1, &prop, NULL), "SetProps");
}

static void set_same(void)
{
    SPropValue prop;

    prop.ulPropTag = PROP_TAG(PT_LONG, 0x6601);
    prop.Value.l = 1;
    check(IProfSect_SetProps(section, 1, &prop, NULL), "SetProps");
}

static void open_section(void)
{
    MAPIUID uid = {{ 2 }};
    IProfSect *other;

    check(IMsgServiceAdmin_OpenProfileSection(admin, &uid, NULL, MAPI_MODIFY, &other),
          "OpenProfileSection");
    IProfSect_Release(other);
}

static void open_profile(void)
{
    IMsgServiceAdmin *other;

    check(IProfAdmin_AdminServices(profiles, (LPTSTR)NAME, NULL, 0, 0, &other), "AdminServices");
    IMsgServiceAdmin_Release(other);
}

static void provider_table(void)
{
    IMAPITable *table;

    check(IMsgServiceAdmin_GetProviderTable(admin, 0, &table), "GetProviderTable");
    IMAPITable_Release(table);
}

static void create_and_delete(void)
{
    check(IProfAdmin_CreateProfile(profiles, (LPTSTR)NAME " 2", NULL, 0, 0), "CreateProfile");
    check(IProfAdmin_DeleteProfile(profiles, (LPTSTR)NAME " 2", 0), "DeleteProfile");
}

static double measure(void (*function)(void), int rounds)
{
    double start;
    int i;

    function();
    start = now_us();
    for (i = 0; i < rounds; i++) function();
    return (now_us() - start) / rounds;
}

static void run(int services)
{
    static const struct
    {
        const char *name;
        void (*function)(void);
        int rounds;
    } rows[] =
    {
        { "RegQueryValueEx, for comparison", query_value, 5000 },
        { "IProfSect::GetProps, all of 20", get_props, 5000 },
        { "IProfSect::SetProps, one", set_prop, 1000 },
        { "the same value again", set_same, 1000 },
        { "OpenProfileSection for writing", open_section, 1000 },
        { "IProfAdmin::AdminServices", open_profile, 1000 },
        { "GetProviderTable", provider_table, 200 },
        { "CreateProfile and DeleteProfile", create_and_delete, 100 },
    };
    unsigned int i;

    for (i = 0; i < (unsigned int)services; i++)
        check(IMsgServiceAdmin_CreateMsgService(admin, (LPTSTR) "BARE", NULL, 0, 0),
              "CreateMsgService");
    printf("%d more services in the profile\n", services);
    for (i = 0; i < ARRAYSIZE(rows); i++)
        printf("  %-36s %9.1f us\n", rows[i].name, measure(rows[i].function, rows[i].rounds));
}

static void write_inf(char path[MAX_PATH])
{
    static const char inf[] =
        "[Services]\nBARE=Bare\n[BARE]\nProviders=P\n[P]\nPR_RESOURCE_TYPE=MAPI_AB_PROVIDER\n"
        "PR_PROVIDER_DLL_NAME=nosuch.dll\nPR_DISPLAY_NAME=Bare\n";
    FILE *file;
    HKEY key;

    GetTempPathA(MAX_PATH - 32, path);
    strcat(path, "bench_profile.inf");
    if (!(file = fopen(path, "wb"))) check(E_FAIL, path);
    fwrite(inf, 1, sizeof(inf) - 1, file);
    fclose(file);
    RegCreateKeyA(HKEY_CURRENT_USER, "Software\\wine-mapi", &key);
    RegSetValueExA(key, "MapiSvcInf", 0, REG_SZ, (BYTE *)path, strlen(path) + 1);
    RegCloseKey(key);
}

int main(void)
{
    MAPIUID uid = {{ 1 }};
    char path[MAX_PATH];
    SPropValue props[20];
    unsigned int i;
    HKEY key;

    check(MAPIInitialize(NULL), "MAPIInitialize");
    check(MAPIAdminProfiles(0, &profiles), "MAPIAdminProfiles");
    write_inf(path);
    IProfAdmin_DeleteProfile(profiles, (LPTSTR)NAME, 0);
    check(IProfAdmin_CreateProfile(profiles, (LPTSTR)NAME, NULL, 0, 0), "CreateProfile");
    check(IProfAdmin_AdminServices(profiles, (LPTSTR)NAME, NULL, 0, 0, &admin), "AdminServices");
    check(IMsgServiceAdmin_OpenProfileSection(admin, &uid, NULL, MAPI_MODIFY, &section),
          "OpenProfileSection");
    for (i = 0; i < 20; i++)
    {
        props[i].ulPropTag = PROP_TAG(PT_LONG, 0x6600 + i);
        props[i].Value.l = i;
    }
    check(IProfSect_SetProps(section, 20, props, NULL), "SetProps");
    RegOpenKeyA(
        HKEY_CURRENT_USER,
        "Software\\Microsoft\\Windows NT\\CurrentVersion\\Windows Messaging Subsystem\\Profiles\\" NAME
        "\\01000000000000000000000000000000",
        &registry_key);
    run(5);
    run(95);
    RegCloseKey(registry_key);
    IProfSect_Release(section);
    IMsgServiceAdmin_Release(admin);
    IProfAdmin_DeleteProfile(profiles, (LPTSTR)NAME, 0);
    IProfAdmin_Release(profiles);
    if (!RegOpenKeyA(HKEY_CURRENT_USER, "Software\\wine-mapi", &key))
    {
        RegDeleteValueA(key, "MapiSvcInf");
        RegCloseKey(key);
    }
    DeleteFileA(path);
    MAPIUninitialize();
    return 0;
}
