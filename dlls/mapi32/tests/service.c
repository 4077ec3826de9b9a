/*
 * Tests of message service and provider administration
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
 * The test program is the message service's DLL as well: MapiSvc.inf names it by its full path, and
 * the entry function below, which it exports, records what it is called with.
 */

#define COBJMACROS

#include "profiles.h"
#include "wine/test.h"

#define NAME "wm service"

static const char inf[] =
    "[Services]\r\n"
    "ONE=Service One\r\n"
    "TWO=Service Two\r\n"
    "SINGLE=Single Copy\r\n"
    "BARE=No Entry\r\n"
    "LOST=DLL that is not there\r\n"
    "NOSECTION=Nothing\r\n"
    "HOSTILE=Claims what is not its own\r\n"
    "[Default Services]\r\n"
    "ONE=Default One\r\n"
    "GHOST=Not installed\r\n"
    "BARE=Default Bare\r\n"
    "[ONE]\r\n"
    "Providers=ONE_MS, ONE_XP, ONE_AB\r\n"
    "Sections=ONE_EXTRA\r\n"
    "PR_DISPLAY_NAME=First\r\n"
    "PR_SERVICE_DLL_NAME=%s\r\n"
    "PR_SERVICE_ENTRY_NAME=test_service_entry\r\n"
    "PR_SERVICE_SUPPORT_FILES=one.dll, two.dll\r\n"
    "66010003=06000000\r\n"
    "[ONE_EXTRA]\r\n"
    "UID=0102030405060708090a0b0c0d0e0f10\r\n"
    "66020003=2a000000\r\n"
    "[ONE_MS]\r\n"
    "PR_RESOURCE_TYPE=MAPI_STORE_PROVIDER\r\n"
    "PR_RESOURCE_FLAGS=STATUS_DEFAULT_STORE\r\n"
    "PR_PROVIDER_DLL_NAME=onestore.dll\r\n"
    "PR_DISPLAY_NAME=One Store\r\n"
    "PR_PROVIDER_DISPLAY=One Store Provider\r\n"
    "34140102=4e495441f9bfb80100aa0037d96e0000\r\n"
    "[ONE_XP]\r\n"
    "PR_RESOURCE_TYPE=MAPI_TRANSPORT_PROVIDER\r\n"
    "PR_RESOURCE_FLAGS=STATUS_XP_PREFER_LAST|STATUS_NO_PRIMARY_IDENTITY\r\n"
    "PR_PROVIDER_DLL_NAME=onexp.dll\r\n"
    "PR_DISPLAY_NAME=One Transport\r\n"
    "PR_PROVIDER_DISPLAY=One Transport Provider\r\n"
    "[ONE_AB]\r\n"
    "PR_RESOURCE_TYPE=MAPI_AB_PROVIDER\r\n"
    "PR_PROVIDER_DLL_NAME=oneab.dll\r\n"
    "PR_DISPLAY_NAME=One AB\r\n"
    "PR_PROVIDER_DISPLAY=One AB Provider\r\n"
    "[TWO]\r\n"
    "Providers=TWO_XP,TWO_MISSING\r\n"
    "PR_SERVICE_DLL_NAME=%s\r\n"
    "PR_SERVICE_ENTRY_NAME=test_service_entry\r\n"
    "PR_RESOURCE_FLAGS=SERVICE_NO_PRIMARY_IDENTITY\r\n"
    "[TWO_XP]\r\n"
    "PR_RESOURCE_TYPE=MAPI_TRANSPORT_PROVIDER\r\n"
    "PR_PROVIDER_DLL_NAME=twoxp.dll\r\n"
    "PR_DISPLAY_NAME=Two Transport\r\n"
    "PR_PROVIDER_DISPLAY=Two Transport Provider\r\n"
    "[SINGLE]\r\n"
    "Providers=ONE_MS\r\n"
    "PR_RESOURCE_FLAGS=SERVICE_SINGLE_COPY\r\n"
    "[BARE]\r\n"
    "Providers=ONE_AB\r\n"
    "[HOSTILE]\r\n"
    "Providers=ONE_AB\r\n"
    "Sections=HOSTILE_GLOBAL,HOSTILE_INSTANCE\r\n"
    "3d000102=9207f3e0a3b11019908b08002b2a56c2\r\n"
    "3d0d0102=9207f3e0a3b11019908b08002b2a56c2\r\n"
    "[HOSTILE_GLOBAL]\r\n"
    "UID=9207f3e0a3b11019908b08002b2a56c2\r\n"
    "3d0e0102=00\r\n"
    "[HOSTILE_INSTANCE]\r\n"
    "UID=8503020000000000c000000000000046\r\n"
    "300b0102=00\r\n"
    "[LOST]\r\n"
    "Providers=ONE_AB\r\n"
    "PR_SERVICE_DLL_NAME=wmnosuch.dll\r\n"
    "PR_SERVICE_ENTRY_NAME=ServiceEntry\r\n";

/* What the entry is to do, and what it was called with last. */
static struct
{
    HRESULT hr;                 /* to answer for context */
    ULONG context;
    BOOL ansi_only;
    BOOL crash;
    void (*look)(IMAPISupport *support, IProviderAdmin *admin);
} todo;

static struct
{
    unsigned int calls;
    ULONG context;
    ULONG flags;
    ULONG_PTR ui;
    ULONG count;
    ULONG first_tag;
    char first_text[64];
    BOOL objects;
} seen;

__declspec(dllexport) HRESULT STDAPICALLTYPE
    test_service_entry(HINSTANCE instance, LPMALLOC allocator, LPMAPISUP support, ULONG_PTR ui,
                       ULONG flags, ULONG context, ULONG count, LPSPropValue props,
                       LPPROVIDERADMIN admin, LPMAPIERROR *error)
{
    MAPIERROR *words;

    seen.calls++;
    if (todo.ansi_only && (flags & MAPI_UNICODE)) return MAPI_E_BAD_CHARWIDTH;
    seen.context = context;
    seen.flags = flags;
    seen.ui = ui;
    seen.count = count;
    seen.objects = instance && allocator && support && admin && error;
    seen.first_tag = count ? props[0].ulPropTag : 0;
    if (seen.first_tag && PROP_TYPE(seen.first_tag) == PT_STRING8)
        lstrcpynA(seen.first_text, props[0].Value.lpszA, 64);
    if (todo.look && context == todo.context) todo.look(support, admin);
    if (todo.crash) RaiseException(EXCEPTION_ACCESS_VIOLATION, 0, 0, NULL);
    if (context != todo.context || SUCCEEDED(todo.hr)) return S_OK;
    if (!MAPIAllocateBuffer(sizeof(*words), (void **)&words))
    {
        memset(words, 0, sizeof(*words));
        words->lpszError = flags & MAPI_UNICODE ? (LPTSTR)L"the service's own words"
                                                : (LPTSTR) "the service's own words";
        *error = words;
    }
    return todo.hr;
}

static IProfAdmin *profiles;
static IMsgServiceAdmin *admin;

static void start_looking(void)
{
    memset(&seen, 0, sizeof(seen));
}

static HRESULT create_service(const char *name)
{
    return IMsgServiceAdmin_CreateMsgService(admin, (LPTSTR)name, NULL, 0, 0);
}

static ULONG row_count(IMAPITable *table)
{
    ULONG count = ~0u;

    IMAPITable_GetRowCount(table, 0, &count);
    return count;
}

static ULONG service_count(void)
{
    IMAPITable *table;
    ULONG count;
    HRESULT hr;

    hr = IMsgServiceAdmin_GetMsgServiceTable(admin, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    count = row_count(table);
    IMAPITable_Release(table);
    return count;
}

static ULONG provider_count(void)
{
    IMAPITable *table;
    ULONG count;
    HRESULT hr;

    hr = IMsgServiceAdmin_GetProviderTable(admin, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    count = row_count(table);
    IMAPITable_Release(table);
    return count;
}

/* The UID of the n-th row of a table whose text column says name; NULL: of any. */
static BOOL find_in_table(IMAPITable *table, ULONG text_tag, const char *name, ULONG n,
                          ULONG uid_tag, MAPIUID *uid)
{
    SizedSPropTagArray(2, columns) = { 2, { text_tag, uid_tag } };
    BOOL found = FALSE;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    ok(hr == S_OK, "got %#lx\n", hr);
    for (i = 0; hr == S_OK && i < rows->cRows && !found; i++)
    {
        const SPropValue *props = rows->aRow[i].lpProps;

        if (name && (props[0].ulPropTag != text_tag || strcmp(props[0].Value.lpszA, name)))
            continue;
        if (n--) continue;
        ok(props[1].ulPropTag == uid_tag && props[1].Value.bin.cb == sizeof(*uid),
           "row %lu has no UID\n", i);
        if (props[1].ulPropTag == uid_tag) memcpy(uid, props[1].Value.bin.lpb, sizeof(*uid));
        found = TRUE;
    }
    if (hr == S_OK) FreeProws(rows);
    IMAPITable_Release(table);
    return found;
}

static BOOL find_service(const char *name, ULONG n, MAPIUID *uid)
{
    IMAPITable *table;

    if (IMsgServiceAdmin_GetMsgServiceTable(admin, 0, &table) != S_OK) return FALSE;
    return find_in_table(table, PR_SERVICE_NAME_A, name, n, PR_SERVICE_UID, uid);
}

static BOOL find_provider(const char *name, ULONG n, MAPIUID *uid)
{
    IMAPITable *table;

    if (IMsgServiceAdmin_GetProviderTable(admin, 0, &table) != S_OK) return FALSE;
    return find_in_table(table, PR_DISPLAY_NAME_A, name, n, PR_PROVIDER_UID, uid);
}

static void delete_service(const char *name)
{
    MAPIUID uid;
    HRESULT hr;
    BOOL found;

    found = find_service(name, 0, &uid);
    ok(found, "no service %s\n", name);
    hr = IMsgServiceAdmin_DeleteMsgService(admin, &uid);
    ok(hr == S_OK, "got %#lx\n", hr);
}

static LONG flags_of(const MAPIUID *uid)
{
    char section[33];
    LONG flags = -1;
    DWORD type;

    uid_text(uid, section);
    read_value(NAME, section, "00033009", &type, &flags, sizeof(flags));
    return flags;
}

static void test_objects(void)
{
    IMsgServiceAdmin2 *admin2;
    IUnknown *unknown;
    IMAPITable *table;
    HRESULT hr;

    hr = IMsgServiceAdmin_QueryInterface(admin, &IID_IMsgServiceAdmin2, (void **)&admin2);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok((void *)admin2 == admin, "another object\n");
    IMsgServiceAdmin2_Release(admin2);
    hr = IMsgServiceAdmin_QueryInterface(admin, &IID_IProfAdmin, (void **)&unknown);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED && !unknown, "got %#lx\n", hr);

    hr = IMsgServiceAdmin_GetMsgServiceTable(admin, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMsgServiceAdmin_GetMsgServiceTable(admin, 1, &table);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !table, "got %#lx\n", hr);
    hr = IMsgServiceAdmin_GetProviderTable(admin, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMsgServiceAdmin_GetProviderTable(admin, 1, &table);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !table, "got %#lx\n", hr);
    ok(!service_count() && !provider_count(), "not empty\n");
}

/* What a service entry can do with its objects. */
static unsigned int looked;

static void look_inside(IMAPISupport *support, IProviderAdmin *providers)
{
    static const ULONG tags[] = { 1, PR_SERVICE_NAME_A };
    LPALLOCATEBUFFER allocate = NULL;
    LPALLOCATEMORE more = NULL;
    LPFREEBUFFER release = NULL;
    IMAPISupport *other;
    IProfSect *section;
    SPropValue *props;
    IMAPITable *table;
    ULONG_PTR connection = 1;
    MAPIUID uid, extra = {{ 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 }};
    MAPIERROR *error;
    ULONG count;
    HRESULT hr;

    looked++;
    hr = IMAPISupport_GetMemAllocRoutines(support, &allocate, &more, &release);
    ok(hr == S_OK && allocate && more && release, "got %#lx\n", hr);
    hr = IMAPISupport_GetMemAllocRoutines(support, NULL, &more, &release);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    memset(&uid, 0, sizeof(uid));
    hr = IMAPISupport_NewUID(support, &uid);
    ok(hr == S_OK && (uid.ab[0] || uid.ab[5] || uid.ab[15]), "got %#lx\n", hr);
    hr = IMAPISupport_NewUID(support, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMAPISupport_Subscribe(support, NULL, 0, 0, NULL, &connection);
    ok(hr == MAPI_E_NO_SUPPORT && !connection, "got %#lx\n", hr);
    hr = IMAPISupport_OpenAddressBook(support, NULL, 0, NULL);
    ok(hr == MAPI_E_NO_SUPPORT, "got %#lx\n", hr);
    hr = IMAPISupport_SetProviderUID(support, &uid, 0);
    ok(hr == MAPI_E_NO_SUPPORT, "got %#lx\n", hr);
    hr = IMAPISupport_GetSvcConfigSupportObj(support, 1, &other);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !other, "got %#lx\n", hr);
    hr = IMAPISupport_GetSvcConfigSupportObj(support, 0, &other);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPISupport_Release(other);
    hr = IMAPISupport_GetLastError(support, MAPI_E_NOT_FOUND, 0, &error);
    ok(hr == S_OK && !error, "got %#lx\n", hr);

    /* its own section, by NULL, through either object */
    hr = IMAPISupport_OpenProfileSection(support, NULL, MAPI_MODIFY, &section);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IProfSect_GetProps(section, (SPropTagArray *)tags, 0, &count, &props);
    ok(hr == S_OK && !strcmp(props->Value.lpszA, "ONE"), "got %#lx\n", hr);
    MAPIFreeBuffer(props);
    IProfSect_Release(section);
    hr = IProviderAdmin_OpenProfileSection(providers, NULL, NULL, 0, &section);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IProfSect_GetProps(section, (SPropTagArray *)tags, 0, &count, &props);
    ok(hr == S_OK && !strcmp(props->Value.lpszA, "ONE"), "got %#lx\n", hr);
    MAPIFreeBuffer(props);
    IProfSect_Release(section);
    hr = IProviderAdmin_OpenProfileSection(providers, &extra, NULL, 0, &section);
    ok(hr == S_OK, "got %#lx\n", hr);
    IProfSect_Release(section);
    hr = IProviderAdmin_OpenProfileSection(providers, &uid, NULL, 0, &section);
    ok(hr == MAPI_E_NOT_FOUND && !section, "got %#lx\n", hr);

    /* three providers and the extra section */
    hr = IProviderAdmin_GetProviderTable(providers, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(row_count(table) == 4, "got %lu\n", row_count(table));
    IMAPITable_Release(table);
    IProviderAdmin_GetProviderTable(providers, 0, &table);
    if (find_in_table(table, PR_DISPLAY_NAME_A, "One Store", 0, PR_PROVIDER_UID, &uid))
    {
        hr = IProviderAdmin_OpenProfileSection(providers, &uid, &IID_IProfSect, MAPI_MODIFY,
                                               &section);
        ok(hr == S_OK, "got %#lx\n", hr);
        IProfSect_Release(section);
    }
    else ok(0, "no store in the table\n");
}

static void test_CreateMsgService(void)
{
    IMsgServiceAdmin2 *admin2 = (IMsgServiceAdmin2 *)admin;
    MAPIUID uid, zero = {{ 0 }};
    MAPIERROR *error;
    DWORD sections;
    HRESULT hr;

    sections = count_sections(NAME);
    start_looking();
    hr = IMsgServiceAdmin_CreateMsgService(admin, NULL, NULL, 0, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMsgServiceAdmin_CreateMsgService(admin, (LPTSTR)"ONE", NULL, 0, 0x100);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = create_service("GHOST");
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    hr = IMsgServiceAdmin_GetLastError(admin, MAPI_E_NOT_FOUND, MAPI_UNICODE, &error);
    ok(hr == S_OK && error && error->lpszError && wcsstr((WCHAR *)error->lpszError, L"GHOST"),
       "no words\n");
    MAPIFreeBuffer(error);
    hr = create_service("NOSECTION");
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    hr = create_service("LOST");
    ok(FAILED(hr), "got %#lx\n", hr);
    IMsgServiceAdmin_GetLastError(admin, hr, 0, &error);
    ok(error && error->lpszError && strstr((char *)error->lpszError, "wmnosuch"), "no words\n");
    MAPIFreeBuffer(error);
    ok(!seen.calls, "%u calls\n", seen.calls);
    ok(!service_count() && count_sections(NAME) == sections, "something stayed\n");

    /* an entry that fails, one that crashes */
    todo.context = MSG_SERVICE_CREATE;
    todo.hr = MAPI_E_UNCONFIGURED;
    hr = create_service("ONE");
    ok(hr == MAPI_E_UNCONFIGURED, "got %#lx\n", hr);
    ok(seen.calls == 1 && seen.context == MSG_SERVICE_CREATE, "%u calls, context %lu\n", seen.calls,
       seen.context);
    hr = IMsgServiceAdmin_GetLastError(admin, MAPI_E_UNCONFIGURED, 0, &error);
    ok(hr == S_OK && error && !strcmp((char *)error->lpszError, "the service's own words"),
       "no words\n");
    MAPIFreeBuffer(error);
    ok(!service_count() && !provider_count() && count_sections(NAME) == sections,
       "something stayed\n");
    todo.hr = S_OK;
    todo.crash = TRUE;
    hr = create_service("ONE");
    ok(hr == MAPI_E_CALL_FAILED, "got %#lx\n", hr);
    ok(!service_count() && count_sections(NAME) == sections, "something stayed\n");
    todo.crash = FALSE;

    start_looking();
    looked = 0;
    todo.look = look_inside;
    hr = IMsgServiceAdmin_CreateMsgService(admin, (LPTSTR)"one", (LPTSTR)"ignored", 0x1234, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(looked == 1, "looked %u times\n", looked);
    todo.look = NULL;
    ok(seen.calls == 1 && seen.context == MSG_SERVICE_CREATE && !seen.flags && !seen.ui
           && !seen.count && seen.objects,
       "%u calls, context %lu, flags %#lx, ui %#Ix\n", seen.calls, seen.context, seen.flags,
       seen.ui);
    ok(service_count() == 1 && provider_count() == 3, "got %lu and %lu\n", service_count(),
       provider_count());
    ok(count_sections(NAME) == sections + 5, "got %lu, before %lu\n", count_sections(NAME),
       sections);
    ok(find_service("ONE", 0, &uid), "the name is not the file's\n");

    memset(&uid, 0xcc, sizeof(uid));
    hr = IMsgServiceAdmin2_CreateMsgServiceEx(admin2, (LPTSTR)"GHOST", NULL, 0, 0, &uid);
    ok(hr == MAPI_E_NOT_FOUND && !memcmp(&uid, &zero, sizeof(uid)), "got %#lx\n", hr);
    start_looking();
    hr = IMsgServiceAdmin2_CreateMsgServiceEx(
        admin2, (LPTSTR)L"TWO", (LPTSTR)L"My \x0436", 0x1234,
        MAPI_UNICODE | SERVICE_UI_ALLOWED | SERVICE_NO_RESTART_WARNING, &uid);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(seen.flags == (MAPI_UNICODE | SERVICE_UI_ALLOWED) && seen.ui == 0x1234, "flags %#lx\n",
       seen.flags);
    ok(memcmp(&uid, &zero, sizeof(uid)), "no UID\n");
    hr = IMsgServiceAdmin2_CreateMsgServiceEx(admin2, (LPTSTR)"BARE", NULL, 0, 0, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(service_count() == 3, "got %lu\n", service_count());

    hr = create_service("SINGLE");
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = create_service("SINGLE");
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    ok(service_count() == 4, "got %lu\n", service_count());
    delete_service("SINGLE");
    delete_service("BARE");
}

/* ONE and TWO are there. */
static void test_tables(void)
{
    static const struct
    {
        ULONG tag;
        const char *text;
    } service_columns[] =
    {
        { PR_DISPLAY_NAME_A, "First" },
        { PR_INSTANCE_KEY },
        { PR_RESOURCE_FLAGS },
        { PR_SERVICE_DLL_NAME_A },
        { PR_SERVICE_ENTRY_NAME, "test_service_entry" },
        { PR_SERVICE_NAME_A, "ONE" },
        { PR_SERVICE_SUPPORT_FILES_A },
        { PR_SERVICE_UID },
    }, provider_columns[] =
    {
        { PR_INSTANCE_KEY },
        { PR_DISPLAY_NAME_A, "One Store" },
        { PR_PROVIDER_DISPLAY_A, "One Store Provider" },
        { PR_PROVIDER_DLL_NAME_A, "onestore.dll" },
        { PR_PROVIDER_ORDINAL },
        { PR_PROVIDER_UID },
        { PR_RESOURCE_FLAGS },
        { PR_RESOURCE_TYPE },
        { PR_SERVICE_NAME_A, "ONE" },
        { PR_SERVICE_UID },
    };
    SPropTagArray *columns;
    IMAPITable *table;
    SPropValue *prop;
    unsigned int i;
    SRowSet *rows;
    HRESULT hr;

    IMsgServiceAdmin_GetMsgServiceTable(admin, 0, &table);
    hr = IMAPITable_QueryColumns(table, 0, &columns);
    ok(hr == S_OK && columns->cValues == ARRAY_SIZE(service_columns), "got %lu columns\n",
       columns->cValues);
    MAPIFreeBuffer(columns);
    hr = IMAPITable_QueryRows(table, 10, 0, &rows);
    ok(hr == S_OK && rows->cRows == 2, "got %#lx\n", hr);
    for (i = 0; i < ARRAY_SIZE(service_columns); i++)
    {
        prop = PpropFindProp(rows->aRow[0].lpProps, rows->aRow[0].cValues, service_columns[i].tag);
        ok(!!prop, "no column %#lx\n", service_columns[i].tag);
        if (prop && service_columns[i].text)
            ok(!strcmp(prop->Value.lpszA, service_columns[i].text), "%u: got %s\n", i,
               prop->Value.lpszA);
    }
    prop = PpropFindProp(rows->aRow[0].lpProps, rows->aRow[0].cValues, PR_SERVICE_SUPPORT_FILES_A);
    ok(prop && prop->Value.MVszA.cValues == 2 && !strcmp(prop->Value.MVszA.lppszA[1], "two.dll"),
       "wrong files\n");
    FreeProws(rows);
    IMAPITable_Release(table);

    IMsgServiceAdmin_GetMsgServiceTable(admin, MAPI_UNICODE, &table);
    IMAPITable_QueryRows(table, 10, 0, &rows);
    prop = PpropFindProp(rows->aRow[1].lpProps, rows->aRow[1].cValues, PR_DISPLAY_NAME_W);
    ok(prop && !wcscmp(prop->Value.lpszW, L"My \x0436"), "wrong name\n");
    FreeProws(rows);
    IMAPITable_Release(table);

    IMsgServiceAdmin_GetProviderTable(admin, 0, &table);
    hr = IMAPITable_QueryColumns(table, 0, &columns);
    ok(hr == S_OK && columns->cValues == ARRAY_SIZE(provider_columns), "got %lu columns\n",
       columns->cValues);
    MAPIFreeBuffer(columns);
    hr = IMAPITable_QueryRows(table, 10, 0, &rows);
    ok(hr == S_OK && rows->cRows == 4, "got %#lx, %lu\n", hr, rows->cRows);
    for (i = 0; i < ARRAY_SIZE(provider_columns); i++)
    {
        prop = PpropFindProp(rows->aRow[0].lpProps, rows->aRow[0].cValues, provider_columns[i].tag);
        ok(!!prop, "no column %#lx\n", provider_columns[i].tag);
        if (prop && provider_columns[i].text)
            ok(!strcmp(prop->Value.lpszA, provider_columns[i].text), "%u: got %s\n", i,
               prop->Value.lpszA);
    }
    for (i = 0; i < rows->cRows; i++)
    {
        prop = PpropFindProp(rows->aRow[i].lpProps, rows->aRow[i].cValues, PR_PROVIDER_ORDINAL);
        ok(prop && prop->Value.l == (LONG)i, "row %u: wrong ordinal\n", i);
    }
    FreeProws(rows);
    IMAPITable_Release(table);
}

static void test_flags_and_order(void)
{
    MAPIUID one, two, order[3], uid;
    BYTE list[64];
    DWORD type;
    HRESULT hr;
    int size;

    ok(find_provider("One Transport", 0, &one) && find_provider("Two Transport", 0, &two),
       "no transports\n");
    size = read_value(NAME, GLOBAL_SECTION, "01023d02", &type, list, sizeof(list));
    ok(size == 32 && type == REG_BINARY && !memcmp(list, &two, 16) && !memcmp(list + 16, &one, 16),
       "the one that prefers to be last is not\n");

    hr = IMsgServiceAdmin_MsgServiceTransportOrder(admin, 2, NULL, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    order[0] = one;
    order[1] = two;
    order[2] = two;
    hr = IMsgServiceAdmin_MsgServiceTransportOrder(admin, 2, order, 1);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IMsgServiceAdmin_MsgServiceTransportOrder(admin, 1, order, 0);
    ok(hr == MAPI_E_BUSY, "got %#lx\n", hr);
    hr = IMsgServiceAdmin_MsgServiceTransportOrder(admin, 3, order, 0);
    ok(hr == MAPI_E_BUSY, "got %#lx\n", hr);
    hr = IMsgServiceAdmin_MsgServiceTransportOrder(admin, 2, order + 1, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    find_service("ONE", 0, &order[1]);
    hr = IMsgServiceAdmin_MsgServiceTransportOrder(admin, 2, order, 0);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    order[1] = two;
    hr = IMsgServiceAdmin_MsgServiceTransportOrder(admin, 2, order, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    size = read_value(NAME, GLOBAL_SECTION, "01023d02", &type, list, sizeof(list));
    ok(size == 32 && !memcmp(list, &one, 16) && !memcmp(list + 16, &two, 16), "another order\n");

    /* the first default store stays the default */
    ok(find_service("ONE", 0, &uid) && (flags_of(&uid) & SERVICE_DEFAULT_STORE), "not marked\n");
    ok(find_provider("One Store", 0, &one) && (flags_of(&one) & STATUS_DEFAULT_STORE),
       "not the default\n");
    hr = create_service("SINGLE");
    ok(hr == S_OK, "got %#lx\n", hr);
    ok((flags_of(&one) & STATUS_DEFAULT_STORE), "no longer the default\n");
    ok(find_provider("One Store", 1, &two) && !(flags_of(&two) & STATUS_DEFAULT_STORE),
       "two defaults\n");
    ok(find_service("SINGLE", 0, &uid) && flags_of(&uid) == SERVICE_SINGLE_COPY, "got %#lx\n",
       flags_of(&uid));
    delete_service("SINGLE");

    hr = IMsgServiceAdmin_SetPrimaryIdentity(admin, NULL, 1);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    memset(&uid, 0x77, sizeof(uid));
    hr = IMsgServiceAdmin_SetPrimaryIdentity(admin, &uid, 0);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    find_service("TWO", 0, &uid);
    hr = IMsgServiceAdmin_SetPrimaryIdentity(admin, &uid, 0);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    find_service("ONE", 0, &uid);
    hr = IMsgServiceAdmin_SetPrimaryIdentity(admin, &uid, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(flags_of(&uid) & SERVICE_PRIMARY_IDENTITY, "got %#lx\n", flags_of(&uid));
    ok(flags_of(&one) & STATUS_PRIMARY_IDENTITY, "got %#lx\n", flags_of(&one));
    find_provider("One Transport", 0, &two);
    ok(!(flags_of(&two) & STATUS_PRIMARY_IDENTITY), "got %#lx\n", flags_of(&two));
    hr = IMsgServiceAdmin_SetPrimaryIdentity(admin, NULL, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(!(flags_of(&uid) & SERVICE_PRIMARY_IDENTITY) && !(flags_of(&one) & STATUS_PRIMARY_IDENTITY),
       "not cleared\n");
}

static void test_ConfigureMsgService(void)
{
    SPropValue props[2], bad;
    MAPIUID uid, bare;
    MAPIERROR *error;
    HRESULT hr;

    find_service("ONE", 0, &uid);
    props[0].ulPropTag = PROP_TAG(PT_UNICODE, 0x6610);
    props[0].Value.lpszW = (WCHAR *)L"a path";
    props[1].ulPropTag = PROP_TAG(PT_LONG, 0x6611);
    props[1].Value.l = 7;
    bad.ulPropTag = PROP_TAG(PT_UNICODE, 0x6610);
    bad.Value.lpszW = NULL;

    hr = IMsgServiceAdmin_ConfigureMsgService(admin, NULL, 0, 0, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMsgServiceAdmin_ConfigureMsgService(admin, &uid, 0, 0, 1, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMsgServiceAdmin_ConfigureMsgService(admin, &uid, 0, 0, 1, &bad);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMsgServiceAdmin_ConfigureMsgService(admin, &uid, 0, 0x100, 0, NULL);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    memset(&bare, 0x77, sizeof(bare));
    hr = IMsgServiceAdmin_ConfigureMsgService(admin, &bare, 0, 0, 0, NULL);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    create_service("BARE");
    find_service("BARE", 0, &bare);
    hr = IMsgServiceAdmin_ConfigureMsgService(admin, &bare, 0, 0, 0, NULL);
    ok(hr == MAPI_E_NOT_INITIALIZED, "got %#lx\n", hr);
    delete_service("BARE");

    start_looking();
    hr = IMsgServiceAdmin_ConfigureMsgService(admin, &uid, 0x55, MAPI_UNICODE, 2, props);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(seen.calls == 1 && seen.context == MSG_SERVICE_CONFIGURE && seen.flags == MAPI_UNICODE
           && seen.ui == 0x55 && seen.count == 2 && seen.first_tag == props[0].ulPropTag,
       "flags %#lx, %lu values\n", seen.flags, seen.count);

    start_looking();
    todo.ansi_only = TRUE;
    hr = IMsgServiceAdmin_ConfigureMsgService(admin, &uid, 0, MAPI_UNICODE | SERVICE_UI_ALWAYS, 2,
                                              props);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(seen.calls == 2 && seen.flags == SERVICE_UI_ALWAYS && seen.count == 2
       && seen.first_tag == PROP_TAG(PT_STRING8, 0x6610) && !strcmp(seen.first_text, "a path"),
       "%u calls, flags %#lx, tag %#lx\n", seen.calls, seen.flags, seen.first_tag);
    todo.ansi_only = FALSE;

    todo.context = MSG_SERVICE_CONFIGURE;
    todo.hr = MAPI_E_EXTENDED_ERROR;
    hr = IMsgServiceAdmin_ConfigureMsgService(admin, &uid, 0, MAPI_UNICODE, 0, NULL);
    ok(hr == MAPI_E_EXTENDED_ERROR, "got %#lx\n", hr);
    hr = IMsgServiceAdmin_GetLastError(admin, MAPI_E_EXTENDED_ERROR, 0, &error);
    ok(hr == S_OK && error && !strcmp((char *)error->lpszError, "the service's own words"),
       "no words\n");
    MAPIFreeBuffer(error);
    todo.hr = MAPI_E_USER_CANCEL;
    hr = IMsgServiceAdmin_ConfigureMsgService(admin, &uid, 0, 0, 0, NULL);
    ok(hr == MAPI_E_USER_CANCEL, "got %#lx\n", hr);
    todo.hr = S_OK;

    hr = IMsgServiceAdmin_RenameMsgService(admin, &uid, 0, (LPTSTR)"name");
    ok(hr == MAPI_E_NO_SUPPORT, "got %#lx\n", hr);
}

static void create_inside(IMAPISupport *support, IProviderAdmin *providers)
{
    unsigned int calls = seen.calls;
    MAPIUID uid;
    HRESULT hr;

    hr = IProviderAdmin_CreateProvider(providers, (LPTSTR)"ONE_AB", 0, NULL, 0, 0, &uid);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(seen.calls == calls, "the entry was called again\n");
    hr = IProviderAdmin_DeleteProvider(providers, &uid);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(seen.calls == calls, "the entry was called again\n");
    looked++;
}

static void test_AdminProviders(void)
{
    IProviderAdmin *providers = (IProviderAdmin *)0xdeadbeef, *others;
    MAPIUID one, two, uid, zero = {{ 0 }};
    SPropValue prop;
    IProfSect *section;
    IMAPITable *table;
    char text[33];
    WCHAR name[64];
    ULONG before;
    HRESULT hr;
    DWORD type;

    find_service("ONE", 0, &one);
    find_service("TWO", 0, &two);
    hr = IMsgServiceAdmin_AdminProviders(admin, &one, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMsgServiceAdmin_AdminProviders(admin, NULL, 0, &providers);
    ok(hr == MAPI_E_INVALID_PARAMETER && !providers, "got %#lx\n", hr);
    hr = IMsgServiceAdmin_AdminProviders(admin, &one, 1, &providers);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    memset(&uid, 0x77, sizeof(uid));
    hr = IMsgServiceAdmin_AdminProviders(admin, &uid, 0, &providers);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    hr = IMsgServiceAdmin_AdminProviders(admin, &one, 0, &providers);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMsgServiceAdmin_AdminProviders(admin, &two, 0, &others);
    ok(hr == S_OK, "got %#lx\n", hr);

    hr = IProviderAdmin_GetProviderTable(providers, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IProviderAdmin_GetProviderTable(providers, 1, &table);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IProviderAdmin_GetProviderTable(providers, MAPI_UNICODE, &table);
    ok(hr == S_OK && row_count(table) == 4, "got %#lx\n", hr);
    IMAPITable_Release(table);
    hr = IProviderAdmin_GetProviderTable(others, 0, &table);
    ok(hr == S_OK && row_count(table) == 1, "got %#lx\n", hr);
    IMAPITable_Release(table);

    before = provider_count();
    start_looking();
    hr = IProviderAdmin_CreateProvider(providers, NULL, 0, NULL, 0, 0, &uid);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IProviderAdmin_CreateProvider(providers, (LPTSTR)"ONE_MS", 0, NULL, 0, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IProviderAdmin_CreateProvider(providers, (LPTSTR)"ONE_MS", 1, NULL, 0, 0, &uid);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IProviderAdmin_CreateProvider(providers, (LPTSTR)"ONE_MS", 0, NULL, 0, 0x100, &uid);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IProviderAdmin_CreateProvider(providers, (LPTSTR)"GHOST", 0, NULL, 0, 0, &uid);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    ok(!memcmp(&uid, &zero, sizeof(uid)), "a UID\n");
    ok(!seen.calls && provider_count() == before, "%u calls\n", seen.calls);

    todo.context = MSG_SERVICE_PROVIDER_CREATE;
    todo.hr = MAPI_E_NO_SUPPORT;
    hr = IProviderAdmin_CreateProvider(providers, (LPTSTR)"ONE_MS", 0, NULL, 0, 0, &uid);
    ok(hr == MAPI_E_NO_SUPPORT, "got %#lx\n", hr);
    ok(seen.calls == 1 && provider_count() == before, "%u calls\n", seen.calls);
    todo.hr = S_OK;
    looked = 0;
    todo.look = create_inside;
    prop.ulPropTag = PR_DISPLAY_NAME_A;
    prop.Value.lpszA = (char *)"Another Store";
    start_looking();
    hr = IProviderAdmin_CreateProvider(providers, (LPTSTR)L"one_ms", 1, &prop, 0x99,
                                       MAPI_UNICODE | MAPI_DIALOG, &uid);
    ok(hr == S_OK, "got %#lx\n", hr);
    todo.look = NULL;
    ok(looked == 1 && seen.calls == 1 && seen.context == MSG_SERVICE_PROVIDER_CREATE
           && seen.ui == 0x99 && seen.flags == (MAPI_UNICODE | SERVICE_UI_ALLOWED) && !seen.count,
       "flags %#lx\n", seen.flags);
    ok(provider_count() == before + 1, "got %lu\n", provider_count());
    uid_text(&uid, text);
    ok(read_value(NAME, text, "01023d0c", &type, name, sizeof(name)) == 16
           && !memcmp(name, &one, 16),
       "no link\n");
    ok(read_value(NAME, text, "001e3001", &type, name, sizeof(name)) == 14 && type == REG_SZ,
       "no name\n");
    ok(read_value(NAME, text, "001f3001", &type, name, sizeof(name)) == -1, "two names\n");

    /* a client needs MAPI_FORCE_ACCESS for a provider's section, and cannot say NULL */
    section = (IProfSect *)0xdeadbeef;
    hr = IProviderAdmin_OpenProfileSection(providers, NULL, NULL, 0, &section);
    ok(hr == MAPI_E_INVALID_PARAMETER && !section, "got %#lx\n", hr);
    hr = IProviderAdmin_OpenProfileSection(providers, &uid, NULL, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IProviderAdmin_OpenProfileSection(providers, &uid, NULL, 0, &section);
    ok(hr == MAPI_E_NO_ACCESS && !section, "got %#lx\n", hr);
    hr = IMsgServiceAdmin_OpenProfileSection(admin, &uid, NULL, 0, &section);
    ok(hr == MAPI_E_NO_ACCESS && !section, "got %#lx\n", hr);
    hr = IProviderAdmin_OpenProfileSection(providers, &uid, NULL, MAPI_FORCE_ACCESS | MAPI_MODIFY,
                                           &section);
    ok(hr == S_OK, "got %#lx\n", hr);
    IProfSect_Release(section);

    start_looking();
    hr = IProviderAdmin_DeleteProvider(providers, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IProviderAdmin_DeleteProvider(others, &uid);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    todo.context = MSG_SERVICE_PROVIDER_DELETE;
    todo.hr = MAPI_E_USER_CANCEL;
    hr = IProviderAdmin_DeleteProvider(providers, &uid);
    ok(hr == MAPI_E_USER_CANCEL, "got %#lx\n", hr);
    ok(seen.calls == 1 && provider_count() == before + 1, "%u calls\n", seen.calls);
    todo.hr = S_OK;
    hr = IProviderAdmin_DeleteProvider(providers, &uid);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(seen.calls == 2 && seen.context == MSG_SERVICE_PROVIDER_DELETE, "context %lu\n",
       seen.context);
    ok(provider_count() == before && !section_key_exists(NAME, text), "still there\n");
    hr = IProviderAdmin_DeleteProvider(providers, &uid);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    IProviderAdmin_Release(others);
    IProviderAdmin_Release(providers);
}

static void test_CopyMsgService(void)
{
    IMsgServiceAdmin *dest, *own = admin;
    MAPIUID uid, copy, extra = {{ 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 }};
    ULONG services, providers;
    char text[33];
    HRESULT hr;

    IProfAdmin_CreateProfile(profiles, (LPTSTR)"wm service 2", NULL, 0, 0);
    IProfAdmin_AdminServices(profiles, (LPTSTR)"wm service 2", NULL, 0, 0, &dest);
    services = service_count();
    providers = provider_count();
    find_service("ONE", 0, &uid);
    start_looking();
    hr =
        IMsgServiceAdmin_CopyMsgService(admin, NULL, NULL, NULL, &IID_IMsgServiceAdmin, dest, 0, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr =
        IMsgServiceAdmin_CopyMsgService(admin, &uid, NULL, NULL, &IID_IMsgServiceAdmin, NULL, 0, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMsgServiceAdmin_CopyMsgService(admin, &uid, NULL, NULL, &IID_IProfAdmin, dest, 0, 0);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED, "got %#lx\n", hr);
    hr = IMsgServiceAdmin_CopyMsgService(admin, &uid, NULL, NULL, &IID_IMsgServiceAdmin, dest, 0,
                                         0x100);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    memset(&copy, 0x77, sizeof(copy));
    hr = IMsgServiceAdmin_CopyMsgService(admin, &copy, NULL, NULL, &IID_IMsgServiceAdmin, dest, 0,
                                         0);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);

    hr = IMsgServiceAdmin_CopyMsgService(admin, &uid, NULL, NULL, &IID_IMsgServiceAdmin, admin, 0,
                                         SERVICE_UI_ALWAYS);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(service_count() == services + 1 && provider_count() == providers + 3, "got %lu and %lu\n",
       service_count(), provider_count());
    ok(find_provider("One Store", 1, &copy) && !(flags_of(&copy) & STATUS_DEFAULT_STORE),
       "two default stores\n");
    ok(find_service("ONE", 1, &copy), "no copy\n");
    hr = IMsgServiceAdmin_CopyMsgService(admin, &uid, NULL, &IID_IProfSect, &IID_IMsgServiceAdmin,
                                         dest, 0, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(!seen.calls, "the entry was called\n");
    uid_text(&extra, text);
    ok(section_key_exists("wm service 2", text), "no extra section\n");
    admin = dest;
    ok(service_count() == 1 && provider_count() == 3, "got %lu and %lu\n", service_count(),
       provider_count());
    hr = create_service("SINGLE");
    ok(hr == S_OK, "got %#lx\n", hr);
    admin = own;
    create_service("SINGLE");
    find_service("SINGLE", 0, &copy);
    hr = IMsgServiceAdmin_CopyMsgService(admin, &copy, NULL, NULL, &IID_IMsgServiceAdmin, dest, 0,
                                         0);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    hr = IMsgServiceAdmin_CopyMsgService(admin, &copy, NULL, NULL, &IID_IMsgServiceAdmin, admin, 0,
                                         0);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    delete_service("SINGLE");

    /* deleting one of two leaves the other whole */
    delete_service("ONE");
    ok(service_count() == services && provider_count() == providers, "got %lu and %lu\n",
       service_count(), provider_count());
    IMsgServiceAdmin_Release(dest);
    IProfAdmin_DeleteProfile(profiles, (LPTSTR)"wm service 2", 0);
}

static void test_DeleteMsgService(void)
{
    DWORD sections;
    MAPIUID uid;
    HRESULT hr;

    hr = IMsgServiceAdmin_DeleteMsgService(admin, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    memset(&uid, 0x77, sizeof(uid));
    hr = IMsgServiceAdmin_DeleteMsgService(admin, &uid);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    find_service("TWO", 0, &uid);
    todo.context = MSG_SERVICE_DELETE;
    todo.hr = MAPI_E_USER_CANCEL;
    start_looking();
    hr = IMsgServiceAdmin_DeleteMsgService(admin, &uid);
    ok(hr == MAPI_E_USER_CANCEL && seen.calls == 1, "got %#lx\n", hr);
    /* no other answer keeps a service, or a broken one could never be removed */
    todo.hr = MAPI_E_CALL_FAILED;
    hr = IMsgServiceAdmin_DeleteMsgService(admin, &uid);
    ok(hr == S_OK && seen.calls == 2 && seen.context == MSG_SERVICE_DELETE, "got %#lx\n", hr);
    todo.hr = S_OK;
    hr = IMsgServiceAdmin_DeleteMsgService(admin, &uid);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    while (service_count())
    {
        find_service(NULL, 0, &uid);
        hr = IMsgServiceAdmin_DeleteMsgService(admin, &uid);
        ok(hr == S_OK, "got %#lx\n", hr);
        if (hr != S_OK) break;
    }
    ok(!provider_count(), "got %lu\n", provider_count());
    sections = count_sections(NAME);
    ok(sections == 2, "got %lu\n", sections);
}

/* A service that names the profile's own sections for its own, and goes again. */
static void test_claims(void)
{
    ULONG services = service_count(), providers = provider_count();
    MAPIUID uid;
    HRESULT hr;

    ok(services && providers, "nothing to lose\n");
    hr = create_service("HOSTILE");
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(service_count() == services + 1 && provider_count() == providers + 1, "got %lu and %lu\n",
       service_count(), provider_count());
    ok(find_service("HOSTILE", 0, &uid), "no service\n");
    hr = IMsgServiceAdmin_DeleteMsgService(admin, &uid);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(service_count() == services && provider_count() == providers, "got %lu and %lu\n",
       service_count(), provider_count());
    ok(section_key_exists(NAME, "9207f3e0a3b11019908b08002b2a56c2"), "no global section\n");
    ok(section_key_exists(NAME, "8503020000000000c000000000000046"), "no instance section\n");
}

static void test_default_services(void)
{
    IMsgServiceAdmin *services, *own = admin;
    HRESULT hr;

    start_looking();
    hr = IProfAdmin_CreateProfile(profiles, (LPTSTR) "wm default", NULL, 0x42,
                                  MAPI_DEFAULT_SERVICES | MAPI_DIALOG);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(seen.calls == 1 && seen.context == MSG_SERVICE_CREATE && seen.flags == SERVICE_UI_ALLOWED
           && seen.ui == 0x42,
       "%u calls, flags %#lx\n", seen.calls, seen.flags);
    IProfAdmin_AdminServices(profiles, (LPTSTR)"wm default", NULL, 0, 0, &services);
    admin = services;
    ok(service_count() == 2 && provider_count() == 4, "got %lu and %lu\n", service_count(),
       provider_count());
    admin = own;
    IMsgServiceAdmin_Release(services);
    start_looking();
    hr = IProfAdmin_DeleteProfile(profiles, (LPTSTR)"wm default", 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(seen.calls == 1 && seen.context == MSG_SERVICE_DELETE, "%u calls, context %lu\n", seen.calls,
       seen.context);

    todo.context = MSG_SERVICE_CREATE;
    todo.hr = MAPI_E_UNCONFIGURED;
    hr = IProfAdmin_CreateProfile(profiles, (LPTSTR)"wm default", NULL, 0, MAPI_DEFAULT_SERVICES);
    ok(hr == MAPI_E_UNCONFIGURED, "got %#lx\n", hr);
    ok(!profile_key_exists("wm default"), "a profile stayed\n");
    todo.hr = S_OK;

    remove_inf();
    set_inf_value("c:\\nosuch\\mapisvc.inf");
    hr = IProfAdmin_CreateProfile(profiles, (LPTSTR)"wm default", NULL, 0, MAPI_DEFAULT_SERVICES);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = create_service("ONE");
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    IProfAdmin_DeleteProfile(profiles, (LPTSTR)"wm default", 0);
    set_inf_value(NULL);
}

START_TEST(service)
{
    static char text[sizeof(inf) + 2 * MAX_PATH];
    char path[MAX_PATH];
    HRESULT hr;

    if ((hr = MAPIInitialize(NULL)) != S_OK)
    {
        skip("MAPIInitialize failed: %#lx\n", hr);
        return;
    }
    GetModuleFileNameA(NULL, path, MAX_PATH);
    sprintf(text, inf, path, path);
    write_inf(text);
    hr = MAPIAdminProfiles(0, &profiles);
    ok(hr == S_OK, "got %#lx\n", hr);
    delete_profile_key(NAME);
    hr = IProfAdmin_CreateProfile(profiles, (LPTSTR)NAME, NULL, 0, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IProfAdmin_AdminServices(profiles, (LPTSTR)NAME, NULL, 0, 0, &admin);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK)
    {
        test_objects();
        test_CreateMsgService();
        test_tables();
        test_flags_and_order();
        test_ConfigureMsgService();
        test_AdminProviders();
        test_CopyMsgService();
        test_claims();
        test_DeleteMsgService();
        test_default_services();
        IMsgServiceAdmin_Release(admin);
    }
    hr = IProfAdmin_DeleteProfile(profiles, (LPTSTR)NAME, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    IProfAdmin_Release(profiles);
    remove_inf();
    MAPIUninitialize();
}
