/*
 * Tests of profile sections
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
 * IProfSect from the outside: what it shows of the registry and what it leaves there, who may open
 * it, and what two processes do to one profile at a time.
 */

#define COBJMACROS

#include "profiles.h"
#include "wine/test.h"

#define NAME "wm section"

static const MAPIUID uid_global = { { 0x92, 0x07, 0xf3, 0xe0, 0xa3, 0xb1, 0x10, 0x19, 0x90, 0x8b,
                                      0x08, 0x00, 0x2b, 0x2a, 0x56, 0xc2 } };
static const MAPIUID uid_instance = { { 0x85, 0x03, 0x02, 0x00, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0,
                                        0x46 } };
static MAPIUID uid_test = {{ 0xaa, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 }};
#define TEST_SECTION "aa0102030405060708090a0b0c0d0e0f"

static IProfAdmin *profiles;
static IMsgServiceAdmin *admin;

static HRESULT open_section(const MAPIUID *uid, ULONG flags, IProfSect **section)
{
    return IMsgServiceAdmin_OpenProfileSection(admin, (MAPIUID *)uid, NULL, flags, section);
}

static HRESULT get_one(IProfSect *section, ULONG tag, ULONG flags, SPropValue **prop)
{
    SPropTagArray tags = { 1, { tag } };
    ULONG count;

    return IProfSect_GetProps(section, &tags, flags, &count, prop);
}

static void test_open(void)
{
    IProfSect *section, *other, *third;
    MAPIUID unknown = {{ 0x55 }};
    IUnknown *object;
    HRESULT hr;

    hr = IMsgServiceAdmin_OpenProfileSection(admin, &uid_test, NULL, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    section = (IProfSect *)0xdeadbeef;
    hr = IMsgServiceAdmin_OpenProfileSection(admin, NULL, NULL, 0, &section);
    ok(hr == MAPI_E_INVALID_PARAMETER && !section, "got %#lx\n", hr);
    hr = open_section(&uid_test, 0x100, &section);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IMsgServiceAdmin_OpenProfileSection(admin, &uid_test, &IID_IMAPISession, 0, &section);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED, "got %#lx\n", hr);
    hr = open_section(&unknown, 0, &section);
    ok(hr == MAPI_E_NOT_FOUND && !section, "got %#lx\n", hr);
    ok(!section_key_exists(NAME, "55000000000000000000000000000000"), "made by reading\n");

    hr = open_section(&uid_test, MAPI_MODIFY, &section);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(section_key_exists(NAME, TEST_SECTION), "not made\n");
    hr = IProfSect_QueryInterface(section, &IID_IMAPIProp, (void **)&object);
    ok(hr == S_OK && object == (IUnknown *)section, "got %#lx\n", hr);
    IUnknown_Release(object);
    hr = IProfSect_QueryInterface(section, &IID_IMAPISession, (void **)&object);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED && !object, "got %#lx\n", hr);

    /* one writer or many readers */
    hr = open_section(&uid_test, MAPI_MODIFY, &other);
    ok(hr == MAPI_E_NO_ACCESS && !other, "got %#lx\n", hr);
    hr = open_section(&uid_test, 0, &other);
    ok(hr == MAPI_E_NO_ACCESS && !other, "got %#lx\n", hr);
    hr = open_section(&uid_global, MAPI_MODIFY, &other);
    ok(hr == S_OK, "got %#lx\n", hr);
    IProfSect_Release(other);
    IProfSect_Release(section);
    hr = IMsgServiceAdmin_OpenProfileSection(admin, &uid_test, &IID_IMAPIProp, MAPI_DEFERRED_ERRORS,
                                             &section);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = open_section(&uid_test, 0, &other);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = open_section(&uid_test, MAPI_MODIFY, &third);
    ok(hr == MAPI_E_NO_ACCESS && !third, "got %#lx\n", hr);
    IProfSect_Release(other);
    IProfSect_Release(section);
    hr = open_section(&uid_test, MAPI_MODIFY, &section);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK) IProfSect_Release(section);
}

static const WCHAR wide_text[] = L"\x0436uk";

static SPropValue *make_values(ULONG *count)
{
    static GUID guid = { 0x01020304, 0x0506, 0x0708, { 9, 10, 11, 12, 13, 14, 15, 16 } };
    static char *strings[] = { (char *)"EMABLT.DLL", (char *)"BJABLR.DLL" };
    static WCHAR *wides[] = { (WCHAR *)L"one", (WCHAR *)L"" };
    static SBinary binaries[] = { { 3, (BYTE *)"abc" }, { 0, NULL } };
    static LONG longs[] = { 1, -2, 3 };
    static SPropValue values[13];
    SPropValue *value = values;

    (value++)->ulPropTag = PROP_TAG(PT_STRING8, 0x6600);
    values[0].Value.lpszA = (char *)"text";
    (value++)->ulPropTag = PROP_TAG(PT_UNICODE, 0x6601);
    values[1].Value.lpszW = (WCHAR *)wide_text;
    (value++)->ulPropTag = PROP_TAG(PT_LONG, 0x6602);
    values[2].Value.l = 0x12345678;
    (value++)->ulPropTag = PROP_TAG(PT_BOOLEAN, 0x6603);
    values[3].Value.b = 1;
    (value++)->ulPropTag = PROP_TAG(PT_BINARY, 0x6604);
    values[4].Value.bin.cb = 5;
    values[4].Value.bin.lpb = (BYTE *)"12345";
    (value++)->ulPropTag = PROP_TAG(PT_SYSTIME, 0x6605);
    values[5].Value.ft.dwLowDateTime = 1;
    values[5].Value.ft.dwHighDateTime = 2;
    (value++)->ulPropTag = PROP_TAG(PT_MV_STRING8, 0x6606);
    values[6].Value.MVszA.cValues = 2;
    values[6].Value.MVszA.lppszA = strings;
    (value++)->ulPropTag = PROP_TAG(PT_MV_UNICODE, 0x6607);
    values[7].Value.MVszW.cValues = 2;
    values[7].Value.MVszW.lppszW = wides;
    (value++)->ulPropTag = PROP_TAG(PT_MV_BINARY, 0x6608);
    values[8].Value.MVbin.cValues = 2;
    values[8].Value.MVbin.lpbin = binaries;
    (value++)->ulPropTag = PROP_TAG(PT_MV_LONG, 0x6609);
    values[9].Value.MVl.cValues = 3;
    values[9].Value.MVl.lpl = longs;
    (value++)->ulPropTag = PROP_TAG(PT_CLSID, 0x660a);
    values[10].Value.lpguid = &guid;
    (value++)->ulPropTag = PROP_TAG(PT_I8, 0x660b);
    values[11].Value.li.QuadPart = 0x1122334455667788LL;
    (value++)->ulPropTag = PROP_TAG(PT_DOUBLE, 0x660c);
    values[12].Value.dbl = 1.5;
    *count = value - values;
    return values;
}

static void test_values(void)
{
    static const struct
    {
        const char *name;
        DWORD type;
        int size;
        const char *data;
    } stored[] =
    {
        { "001e6600", REG_SZ, 5, "text" },
        { "001f6601", REG_BINARY, 8, "\x36\x04u\0k\0\0\0" },
        { "00036602", REG_BINARY, 4, "\x78\x56\x34\x12" },
        { "000b6603", REG_BINARY, 2, "\1\0" },
        { "01026604", REG_BINARY, 5, "12345" },
        { "00406605", REG_BINARY, 8, "\1\0\0\0\2\0\0\0" },
        /* the one list that was seen in stored profiles */
        { "101e6606", REG_BINARY, 34, "\2\0\0\0\x0c\0\0\0\x17\0\0\0EMABLT.DLL\0BJABLR.DLL" },
        { "101f6607", REG_BINARY, 22, "\2\0\0\0\x0c\0\0\0\x14\0\0\0o\0n\0e\0\0\0\0\0" },
        { "11026608", REG_BINARY, 23, "\2\0\0\0\3\0\0\0\x14\0\0\0\0\0\0\0\x17\0\0\0abc" },
        { "10036609", REG_BINARY, 12, "\1\0\0\0\xfe\xff\xff\xff\3\0\0\0" },
        { "0048660a", REG_BINARY, 16, "\4\3\2\1\6\5\x08\7\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10" },
        { "0014660b", REG_BINARY, 8, "\x88\x77\x66\x55\x44\x33\x22\x11" },
        { "0005660c", REG_BINARY, 8, "\0\0\0\0\0\0\xf8\x3f" },
    };
    SPropProblemArray *problems;
    SPropTagArray *list;
    SPropValue *values, *props, *prop;
    IProfSect *section;
    ULONG count, got;
    unsigned int i;
    BYTE data[64];
    DWORD type;
    HRESULT hr;
    int size;

    values = make_values(&count);
    hr = open_section(&uid_test, MAPI_MODIFY, &section);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IProfSect_SetProps(section, 0, values, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IProfSect_SetProps(section, 1, NULL, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    problems = (SPropProblemArray *)0xdeadbeef;
    hr = IProfSect_SetProps(section, count, values, &problems);
    ok(hr == S_OK && !problems, "got %#lx, %p\n", hr, problems);
    for (i = 0; i < ARRAY_SIZE(stored); i++)
    {
        memset(data, 0xcc, sizeof(data));
        size = read_value(NAME, TEST_SECTION, stored[i].name, &type, data, sizeof(data));
        ok(size == stored[i].size && type == stored[i].type
               && !memcmp(data, stored[i].data, size > 0 ? size : 0),
           "%s: got %d bytes, type %lu\n", stored[i].name, size, type);
    }
    hr = IProfSect_SaveChanges(section, KEEP_OPEN_READWRITE);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IProfSect_SaveChanges(section, 0x10000000);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);

    hr = IProfSect_GetProps(section, NULL, 0, NULL, &props);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IProfSect_GetProps(section, (SPropTagArray *)16, 0, &got, &props);
    ok(hr == MAPI_E_INVALID_PARAMETER, "GetProps returned %#lx\n", hr);
    ok(!got && !props, "got %lu, %p\n", got, props);
    hr = IProfSect_GetProps(section, NULL, 0x100, &got, &props);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IProfSect_GetProps(section, NULL, MAPI_UNICODE, &got, &props);
    ok(hr == S_OK && got == count + 2, "got %#lx, %lu\n", hr, got);
    for (i = 0; i < count; i++)
    {
        ULONG tag = values[i].ulPropTag;

        if (PROP_TYPE(tag) == PT_STRING8 || PROP_TYPE(tag) == PT_MV_STRING8) tag++;
        prop = PpropFindProp(props, got, tag);
        ok(!!prop, "no %#lx\n", tag);
        if (prop && tag == values[i].ulPropTag)
            ok(!LPropCompareProp(prop, values + i), "%#lx differs\n", tag);
    }
    prop = PpropFindProp(props, got, PR_OBJECT_TYPE);
    ok(prop && prop->Value.l == MAPI_PROFSECT, "no object type\n");
    prop = PpropFindProp(props, got, PR_PROFILE_NAME_W);
    ok(prop && !wcscmp(prop->Value.lpszW, L"" NAME), "no profile name\n");
    MAPIFreeBuffer(props);

    hr = IProfSect_GetPropList(section, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IProfSect_GetPropList(section, 0, &list);
    ok(hr == S_OK && list->cValues == count + 2, "got %#lx\n", hr);
    MAPIFreeBuffer(list);

    hr = get_one(section, PROP_TAG(PT_STRING8, 0x6601), 0, &props);
    ok(hr == S_OK && props->ulPropTag == PROP_TAG(PT_STRING8, 0x6601), "got %#lx\n", hr);
    MAPIFreeBuffer(props);
    hr = get_one(section, PROP_TAG(PT_UNSPECIFIED, 0x6600), 0, &props);
    ok(hr == S_OK && props->ulPropTag == PROP_TAG(PT_STRING8, 0x6600), "got %#lx\n", hr);
    MAPIFreeBuffer(props);
    hr = get_one(section, PROP_TAG(PT_LONG, 0x66f0), 0, &props);
    ok(hr == MAPI_W_ERRORS_RETURNED && props->ulPropTag == PROP_TAG(PT_ERROR, 0x66f0)
       && props->Value.err == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    MAPIFreeBuffer(props);

    /* another type of the same id takes its place */
    values[0].ulPropTag = PROP_TAG(PT_UNICODE, 0x6600);
    values[0].Value.lpszW = (WCHAR *)L"wide";
    hr = IProfSect_SetProps(section, 1, values, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(read_value(NAME, TEST_SECTION, "001e6600", &type, data, sizeof(data)) == -1,
       "still there\n");
    ok(read_value(NAME, TEST_SECTION, "001f6600", &type, data, sizeof(data)) == 10, "not there\n");
    IProfSect_Release(section);
}

static void test_problems(void)
{
    SizedSPropTagArray(4, tags) = { 4,
                                    { PROP_TAG(PT_LONG, 0x6602), PR_OBJECT_TYPE,
                                      PROP_TAG(PT_LONG, 0x66f1), PROP_TAG(PT_NULL, 0x660b) } };
    SPropProblemArray *problems;
    SPropValue values[6];
    SPropTagArray *tag_list;
    MAPINAMEID **names;
    IProfSect *section;
    MAPIERROR *error;
    IUnknown *object;
    ULONG count;
    BYTE data[16];
    DWORD type;
    HRESULT hr;

    hr = open_section(&uid_test, MAPI_MODIFY, &section);
    ok(hr == S_OK, "got %#lx\n", hr);
    memset(values, 0, sizeof(values));
    values[0].ulPropTag = PR_OBJECT_TYPE;
    values[1].ulPropTag = PROP_TAG(PT_LONG, 0x8001);
    values[2].ulPropTag = PROP_TAG(PT_BOOLEAN, 0xfff0);
    values[3].ulPropTag = PR_NULL;
    values[4].ulPropTag = PROP_TAG(PT_ERROR, 0x6602);
    values[5].ulPropTag = PROP_TAG(PT_LONG, 0x6621);
    hr = IProfSect_SetProps(section, 6, values, &problems);
    ok(hr == S_OK && problems && problems->cProblem == 3, "got %#lx, %lu\n", hr,
       problems ? problems->cProblem : 0);
    if (problems && problems->cProblem == 3)
    {
        ok(problems->aProblem[0].ulIndex == 0 && problems->aProblem[0].scode == MAPI_E_COMPUTED,
           "got %#lx\n", problems->aProblem[0].scode);
        ok(problems->aProblem[1].ulIndex == 1
               && problems->aProblem[1].ulPropTag == values[1].ulPropTag
               && problems->aProblem[1].scode == MAPI_E_NO_SUPPORT,
           "got %#lx\n", problems->aProblem[1].scode);
        ok(problems->aProblem[2].ulIndex == 2 && problems->aProblem[2].scode == MAPI_E_NO_SUPPORT,
           "got %#lx\n", problems->aProblem[2].scode);
    }
    MAPIFreeBuffer(problems);
    ok(read_value(NAME, TEST_SECTION, "00036621", &type, data, sizeof(data)) == 4, "not set\n");
    ok(read_value(NAME, TEST_SECTION, "00036602", &type, data, sizeof(data)) == 4, "gone\n");
    hr = IProfSect_SetProps(section, 6, values, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    values[2].ulPropTag = PROP_TAG(PT_OBJECT, 0x6620);
    hr = IProfSect_SetProps(section, 6, values, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);

    hr = IProfSect_DeleteProps(section, (SPropTagArray *)16, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "DeleteProps returned %#lx\n", hr);
    hr = IProfSect_DeleteProps(section, NULL, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IProfSect_DeleteProps(section, (SPropTagArray *)&tags, &problems);
    ok(hr == S_OK && problems && problems->cProblem == 2, "got %#lx\n", hr);
    if (problems && problems->cProblem == 2)
    {
        ok(problems->aProblem[0].ulIndex == 1 && problems->aProblem[0].scode == MAPI_E_COMPUTED,
           "got %#lx\n", problems->aProblem[0].scode);
        ok(problems->aProblem[1].ulIndex == 2 && problems->aProblem[1].scode == MAPI_E_NOT_FOUND,
           "got %#lx\n", problems->aProblem[1].scode);
    }
    MAPIFreeBuffer(problems);
    ok(read_value(NAME, TEST_SECTION, "00036602", &type, data, sizeof(data)) == -1,
       "still there\n");
    ok(read_value(NAME, TEST_SECTION, "0014660b", &type, data, sizeof(data)) == -1,
       "still there\n");

    hr = IProfSect_GetNamesFromIDs(section, NULL, NULL, 0, &count, &names);
    ok(hr == MAPI_E_NO_SUPPORT, "got %#lx\n", hr);
    hr = IProfSect_GetIDsFromNames(section, 0, NULL, 0, &tag_list);
    ok(hr == MAPI_E_NO_SUPPORT, "got %#lx\n", hr);
    hr = IProfSect_OpenProperty(section, PROP_TAG(PT_BINARY, 0x6604), &IID_IStream, 0, 0, &object);
    ok(hr == MAPI_E_NO_SUPPORT && !object, "got %#lx\n", hr);
    hr = IProfSect_OpenProperty(section, PROP_TAG(PT_BINARY, 0x6604), &IID_IStream, 0, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    IProfSect_Release(section);

    hr = open_section(&uid_test, 0, &section);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IProfSect_SetProps(section, 1, values + 5, NULL);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    hr = IProfSect_DeleteProps(section, (SPropTagArray *)&tags, NULL);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    hr = IProfSect_GetLastError(section, MAPI_E_NO_ACCESS, 0, &error);
    ok(hr == S_OK && error && error->lpszError, "no words\n");
    MAPIFreeBuffer(error);
    IProfSect_Release(section);

    hr = open_section(&uid_instance, MAPI_MODIFY, &section);
    ok(hr == S_OK, "got %#lx\n", hr);
    values[0].ulPropTag = PR_SEARCH_KEY;
    values[0].Value.bin.cb = 1;
    values[0].Value.bin.lpb = data;
    hr = IProfSect_SetProps(section, 1, values, &problems);
    ok(hr == S_OK && problems && problems->aProblem[0].scode == MAPI_E_COMPUTED, "got %#lx\n", hr);
    MAPIFreeBuffer(problems);
    IProfSect_Release(section);
}

static void test_copy(void)
{
    SizedSPropTagArray(2, tags) = { 2,
                                    { PROP_TAG(PT_UNICODE, 0x6601), PROP_TAG(PT_BINARY, 0x6604) } };
    MAPIUID other_uid = {{ 0xbb }};
    IProfSect *section, *other;
    SPropValue *prop;
    HRESULT hr;

    hr = open_section(&uid_test, 0, &section);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = open_section(&other_uid, MAPI_MODIFY, &other);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IProfSect_CopyProps(section, (SPropTagArray *)&tags, 0, NULL, &IID_IProfSect, other, 0,
                             NULL);
    ok(SUCCEEDED(hr), "got %#lx\n", hr);
    hr = get_one(other, PROP_TAG(PT_UNICODE, 0x6601), 0, &prop);
    ok(hr == S_OK && !wcscmp(prop->Value.lpszW, wide_text), "got %#lx\n", hr);
    MAPIFreeBuffer(prop);
    hr = IProfSect_CopyTo(section, 0, NULL, NULL, 0, NULL, &IID_IMAPIProp, other, 0, NULL);
    ok(SUCCEEDED(hr), "got %#lx\n", hr);
    hr = get_one(other, PROP_TAG(PT_CLSID, 0x660a), 0, &prop);
    ok(hr == S_OK, "got %#lx\n", hr);
    MAPIFreeBuffer(prop);
    IProfSect_Release(other);
    IProfSect_Release(section);
}

static void test_secure(void)
{
    static const ULONG tag = PROP_TAG(PT_STRING8, 0x67f0), wide_tag = PROP_TAG(PT_UNICODE, 0x67f0);
    IMsgServiceAdmin *copy;
    SPropTagArray *list;
    IProfSect *section;
    SPropValue prop, *props;
    BYTE data[1024];
    ULONG count, i;
    DWORD type;
    HRESULT hr;
    int size;

    hr = open_section(&uid_test, MAPI_MODIFY, &section);
    ok(hr == S_OK, "got %#lx\n", hr);
    prop.ulPropTag = tag;
    prop.Value.lpszA = (char *)"open sesame";
    hr = IProfSect_SetProps(section, 1, &prop, NULL);
    if (hr == MAPI_E_NO_SUPPORT && !LoadLibraryA("crypt32.dll"))
    {
        skip("crypt32.dll cannot be loaded here\n");
        IProfSect_Release(section);
        return;
    }
    ok(hr == S_OK, "got %#lx\n", hr);
    size = read_value(NAME, TEST_SECTION, "001e67f0", &type, data, sizeof(data));
    ok(size > 24 && type == REG_BINARY, "got %d, %lu\n", size, type);
    for (i = 0; size > 8 && i < size - 8; i++)
        if (!memcmp(data + i, "sesame", 6) || !memcmp(data + i, L"sesa", 8)) break;
    ok(i == size - 8, "stands there in clear\n");

    hr = get_one(section, tag, 0, &props);
    ok(hr == S_OK && props->ulPropTag == tag && !strcmp(props->Value.lpszA, "open sesame"),
       "got %#lx\n", hr);
    MAPIFreeBuffer(props);
    hr = get_one(section, wide_tag, 0, &props);
    ok(hr == S_OK && props->ulPropTag == wide_tag && !wcscmp(props->Value.lpszW, L"open sesame"),
       "got %#lx\n", hr);
    MAPIFreeBuffer(props);
    hr = get_one(section, PROP_TAG(PT_UNSPECIFIED, 0x67f0), MAPI_UNICODE, &props);
    ok(hr == S_OK && props->ulPropTag == wide_tag, "got %#lx\n", hr);
    MAPIFreeBuffer(props);
    hr = get_one(section, PROP_TAG(PT_UNSPECIFIED, 0x67f1), 0, &props);
    ok(hr == MAPI_W_ERRORS_RETURNED && props->Value.err == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    MAPIFreeBuffer(props);
    hr = IProfSect_GetProps(section, NULL, 0, &count, &props);
    ok(hr == S_OK, "got %#lx\n", hr);
    for (i = 0; i < count; i++)
        ok(PROP_ID(props[i].ulPropTag) < 0x67f0, "%#lx is shown\n", props[i].ulPropTag);
    MAPIFreeBuffer(props);
    hr = IProfSect_GetPropList(section, 0, &list);
    ok(hr == S_OK, "got %#lx\n", hr);
    for (i = 0; i < list->cValues; i++)
        ok(PROP_ID(list->aulPropTag[i]) < 0x67f0, "%#lx is shown\n", list->aulPropTag[i]);
    MAPIFreeBuffer(list);
    IProfSect_Release(section);

    /* it goes along when the profile is copied */
    hr = IProfAdmin_CopyProfile(profiles, (LPTSTR)NAME, NULL, (LPTSTR)"wm section 2", 0, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    IProfAdmin_AdminServices(profiles, (LPTSTR)"wm section 2", NULL, 0, 0, &copy);
    hr = IMsgServiceAdmin_OpenProfileSection(copy, &uid_test, NULL, 0, &section);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = get_one(section, tag, 0, &props);
    ok(hr == S_OK && !strcmp(props->Value.lpszA, "open sesame"), "got %#lx\n", hr);
    MAPIFreeBuffer(props);
    IProfSect_Release(section);
    IMsgServiceAdmin_Release(copy);
    IProfAdmin_DeleteProfile(profiles, (LPTSTR)"wm section 2", 0);

    /* one that another program left is not there for us, nor does it hurt */
    write_value(NAME, TEST_SECTION, "010267f2", REG_BINARY, "garbage", 7);
    open_section(&uid_test, MAPI_MODIFY, &section);
    hr = get_one(section, PROP_TAG(PT_BINARY, 0x67f2), 0, &props);
    ok(hr == MAPI_W_ERRORS_RETURNED, "got %#lx\n", hr);
    MAPIFreeBuffer(props);
    IProfSect_Release(section);
}

/* What others write is seen at once; what is damaged is skipped. */
static void test_foreign_values(void)
{
    static const struct
    {
        const char *name;
        DWORD type;
        const char *data;
        DWORD size;
    } damaged[] =
    {
        { "00036630", REG_BINARY, "\1\2", 2 },
        { "00036631", REG_SZ, "1", 2 },
        { "101e6632", REG_BINARY, "\xff\xff\xff\xff\0\0\0\0", 8 },
        { "101e6633", REG_BINARY, "\1\0\0\0\x99\0\0\0", 8 },
        { "11026634", REG_BINARY, "\1\0\0\0\xff\xff\xff\x7f\x0c\0\0\0", 12 },
        { "10036635", REG_BINARY, "\1\2\3", 3 },
        { "00486636", REG_BINARY, "\1", 1 },
        { "zzzz6637", REG_BINARY, "\1\2\3\4", 4 },
        { "0003663", REG_BINARY, "\1\2\3\4", 4 },
        { "000366388", REG_BINARY, "\1\2\3\4", 4 },
        { "a much longer name than that of any property", REG_BINARY, "\1\2\3\4", 4 },
        { "", REG_SZ, "default", 8 },
    };
    IProfSect *section;
    SPropValue *props;
    unsigned int i;
    ULONG before, count;
    HRESULT hr;
    LONG value;

    open_section(&uid_test, 0, &section);
    hr = IProfSect_GetProps(section, NULL, 0, &before, &props);
    ok(hr == S_OK, "got %#lx\n", hr);
    MAPIFreeBuffer(props);
    for (i = 0; i < ARRAY_SIZE(damaged); i++)
        write_value(NAME, TEST_SECTION, damaged[i].name, damaged[i].type, damaged[i].data,
                    damaged[i].size);
    hr = IProfSect_GetProps(section, NULL, 0, &count, &props);
    ok(hr == S_OK && count == before, "got %#lx, %lu, before %lu\n", hr, count, before);
    MAPIFreeBuffer(props);
    for (value = 0; value < 20; value++)
    {
        write_value(NAME, TEST_SECTION, "00036640", REG_BINARY, &value, sizeof(value));
        hr = get_one(section, PROP_TAG(PT_LONG, 0x6640), 0, &props);
        ok(hr == S_OK && props->Value.l == value, "got %#lx\n", hr);
        MAPIFreeBuffer(props);
    }
    /* a string that some writers keep the other way */
    write_value(NAME, TEST_SECTION, "001f6641", REG_SZ, "abc", 4);
    hr = get_one(section, PROP_TAG(PT_UNICODE, 0x6641), 0, &props);
    ok(hr == S_OK && !wcscmp(props->Value.lpszW, L"abc"), "got %#lx\n", hr);
    MAPIFreeBuffer(props);
    write_value(NAME, TEST_SECTION, "001e6642", REG_BINARY, "abc", 3);
    hr = get_one(section, PROP_TAG(PT_STRING8, 0x6642), 0, &props);
    ok(hr == S_OK && !strcmp(props->Value.lpszA, "abc"), "got %#lx\n", hr);
    MAPIFreeBuffer(props);
    write_value(NAME, TEST_SECTION, "00036643", REG_DWORD, "\7\0\0\0", 4);
    hr = get_one(section, PROP_TAG(PT_LONG, 0x6643), 0, &props);
    ok(hr == S_OK && props->Value.l == 7, "got %#lx\n", hr);
    MAPIFreeBuffer(props);
    IProfSect_Release(section);
}

/* A section that goes while it is open. */
static void test_deleted(void)
{
    MAPIUID uid = {{ 0xdd }};
    SPropValue prop = { PROP_TAG(PT_LONG, 0x6600) }, *props;
    IProfSect *section;
    MAPIERROR *error;
    ULONG count;
    HRESULT hr;

    open_section(&uid, MAPI_MODIFY, &section);
    delete_profile_key(NAME "\\dd000000000000000000000000000000");
    hr = IProfSect_GetProps(section, NULL, 0, &count, &props);
    ok(hr == MAPI_E_OBJECT_DELETED && !props, "got %#lx\n", hr);
    hr = IProfSect_SetProps(section, 1, &prop, NULL);
    ok(hr == MAPI_E_OBJECT_DELETED, "got %#lx\n", hr);
    IProfSect_GetLastError(section, MAPI_E_OBJECT_DELETED, 0, &error);
    ok(!!error, "no words\n");
    MAPIFreeBuffer(error);
    IProfSect_Release(section);
}

/* A profile in the layout that real profiles have, written by hand. */
static void test_real_layout(void)
{
    static const char foreign[] = "wm foreign", service[] = "c0ffee00000000000000000000000001",
                      provider[] = "c0ffee00000000000000000000000002";
    static const BYTE service_uid[16] = { 0xc0, 0xff, 0xee, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 },
                      provider_uid[16] = {
                          0xc0, 0xff, 0xee, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2
                      };
    static const BYTE dangling[32] = {
        0xc0, 0xff, 0xee, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0x11
    };
    IMsgServiceAdmin *services;
    IProviderAdmin *providers;
    IProfSect *section;
    IMAPITable *table;
    SPropValue *prop;
    SRowSet *rows;
    HRESULT hr;

    delete_profile_key(foreign);
    write_value(foreign, GLOBAL_SECTION, "01023d0e", REG_BINARY, service_uid, 16);
    write_value(foreign, GLOBAL_SECTION, "01023d00", REG_BINARY, dangling, 32);
    write_value(foreign, service, "00033009", REG_BINARY, "\1\0\0\0", 4);
    write_value(foreign, service, "001e3001", REG_SZ, "Personal Folders", 17);
    write_value(foreign, service, "001f3001", REG_BINARY, L"Personal Folders", 34);
    write_value(foreign, service, "001e3d09", REG_SZ, "MSPST MS", 9);
    write_value(foreign, service, "001e3d0a", REG_SZ, "mspst.dll", 10);
    write_value(foreign, service, "001e3d0b", REG_SZ, "PSTServiceEntry", 16);
    write_value(foreign, service, "101e3d0f", REG_BINARY,
                "\2\0\0\0\x0c\0\0\0\x17\0\0\0EMABLT.DLL\0BJABLR.DLL", 34);
    write_value(foreign, service, "01023d00", REG_BINARY, provider_uid, 16);
    write_value(foreign, provider, "00033009", REG_BINARY, "\2\0\0\0", 4);
    write_value(foreign, provider, "00033e03", REG_BINARY, "\x21\0\0\0", 4);
    write_value(foreign, provider, "001f3001", REG_BINARY, L"Store", 12);
    write_value(foreign, provider, "001f3006", REG_BINARY, L"Provider", 18);
    write_value(foreign, provider, "001e300a", REG_SZ, "mspst.dll", 10);
    write_value(foreign, provider, "01023d0c", REG_BINARY, service_uid, 16);
    write_value(foreign, provider, "Account ID", REG_SZ, "kept", 5);

    hr = IProfAdmin_AdminServices(profiles, (LPTSTR)foreign, NULL, 0, 0, &services);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMsgServiceAdmin_GetMsgServiceTable(services, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_QueryRows(table, 10, 0, &rows);
    ok(hr == S_OK && rows->cRows == 1, "got %#lx\n", hr);
    prop = PpropFindProp(rows->aRow[0].lpProps, rows->aRow[0].cValues, PR_SERVICE_NAME_A);
    ok(prop && !strcmp(prop->Value.lpszA, "MSPST MS"), "wrong name\n");
    prop = PpropFindProp(rows->aRow[0].lpProps, rows->aRow[0].cValues, PR_SERVICE_SUPPORT_FILES_A);
    ok(prop && prop->Value.MVszA.cValues == 2 && !strcmp(prop->Value.MVszA.lppszA[0], "EMABLT.DLL"),
       "wrong files\n");
    FreeProws(rows);
    IMAPITable_Release(table);
    hr = IMsgServiceAdmin_GetProviderTable(services, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_QueryRows(table, 10, 0, &rows);
    ok(hr == S_OK && rows->cRows == 1, "got %#lx, %lu\n", hr, rows->cRows);
    prop = PpropFindProp(rows->aRow[0].lpProps, rows->aRow[0].cValues, PR_PROVIDER_DISPLAY_A);
    ok(prop && !strcmp(prop->Value.lpszA, "Provider"), "wrong name\n");
    prop = PpropFindProp(rows->aRow[0].lpProps, rows->aRow[0].cValues, PR_SERVICE_NAME_A);
    ok(prop && !strcmp(prop->Value.lpszA, "MSPST MS"), "wrong service\n");
    FreeProws(rows);
    IMAPITable_Release(table);
    hr = IMsgServiceAdmin_AdminProviders(services, (MAPIUID *)service_uid, 0, &providers);
    ok(hr == S_OK, "got %#lx\n", hr);
    IProviderAdmin_Release(providers);
    /* a search key that nobody gave it */
    hr = IMsgServiceAdmin_OpenProfileSection(services, (MAPIUID *)&uid_instance, NULL, 0, &section);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = get_one(section, PR_SEARCH_KEY, 0, &prop);
    ok(hr == S_OK && prop->Value.bin.cb == 16, "got %#lx\n", hr);
    MAPIFreeBuffer(prop);
    IProfSect_Release(section);
    IMsgServiceAdmin_Release(services);
    delete_profile_key(foreign);
}

/* ---- two processes ---- */

#define HAMMER_ROUNDS 40

static const char hammer_inf[] =
    "[Services]\r\nBARE=Bare\r\n[BARE]\r\nProviders=BARE_XP, BARE_AB\r\n"
    "[BARE_XP]\r\nPR_RESOURCE_TYPE=MAPI_TRANSPORT_PROVIDER\r\nPR_PROVIDER_DLL_NAME=x.dll\r\n"
    "[BARE_AB]\r\nPR_RESOURCE_TYPE=MAPI_AB_PROVIDER\r\nPR_PROVIDER_DLL_NAME=x.dll\r\n";

/* Adds services and takes every other one away again; HAMMER_ROUNDS / 2 stay. */
static void hammer(void)
{
    IMsgServiceAdmin2 *services;
    MAPIUID uid;
    HRESULT hr;
    int i;

    hr = IProfAdmin_AdminServices(profiles, (LPTSTR)NAME, NULL, 0, 0,
                                  (IMsgServiceAdmin **)&services);
    ok(hr == S_OK, "got %#lx\n", hr);
    for (i = 0; i < HAMMER_ROUNDS; i++)
    {
        hr = IMsgServiceAdmin2_CreateMsgServiceEx(services, (LPTSTR)"BARE", NULL, 0, 0, &uid);
        ok(hr == S_OK, "%d: got %#lx\n", i, hr);
        if (!(i & 1)) continue;
        hr = IMsgServiceAdmin2_DeleteMsgService(services, &uid);
        ok(hr == S_OK, "%d: got %#lx\n", i, hr);
    }
    IMsgServiceAdmin2_Release(services);
}

static void test_two_processes(char **argv)
{
    PROCESS_INFORMATION process;
    STARTUPINFOA startup = { sizeof(startup) };
    char command[MAX_PATH + 32];
    BYTE list[16 * 3 * HAMMER_ROUNDS];
    DWORD type, sections;
    MAPIUID uid;
    IMAPITable *table;
    ULONG count;
    HRESULT hr;
    int i, size;

    write_inf(hammer_inf);
    sections = count_sections(NAME);
    sprintf(command, "\"%s\" profsect hammer", argv[0]);
    ok(CreateProcessA(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process),
       "no second process\n");
    hammer();
    wait_child_process(process.hProcess);
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    size = read_value(NAME, GLOBAL_SECTION, "01023d0e", &type, list, sizeof(list));
    ok(size == 16 * HAMMER_ROUNDS, "got %d services\n", size / 16);
    size = read_value(NAME, GLOBAL_SECTION, "01023d02", &type, list, sizeof(list));
    ok(size == 16 * HAMMER_ROUNDS, "got %d transports\n", size / 16);
    ok(count_sections(NAME) == sections + 3 * HAMMER_ROUNDS, "got %lu sections, before %lu\n",
       count_sections(NAME), sections);
    hr = IMsgServiceAdmin_GetMsgServiceTable(admin, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPITable_GetRowCount(table, 0, &count);
    ok(count == HAMMER_ROUNDS, "got %lu\n", count);
    IMAPITable_Release(table);
    size = read_value(NAME, GLOBAL_SECTION, "01023d0e", &type, list, sizeof(list));
    for (i = 0; i < size / 16; i++)
    {
        memcpy(&uid, list + 16 * i, 16);
        hr = IMsgServiceAdmin_DeleteMsgService(admin, &uid);
        ok(hr == S_OK, "%d: got %#lx\n", i, hr);
    }
    ok(count_sections(NAME) == sections, "got %lu sections, before %lu\n", count_sections(NAME),
       sections);
    remove_inf();
}

/* ---- eight threads ---- */

static DWORD WINAPI thread_main(void *arg)
{
    IMsgServiceAdmin2 *services;
    MAPIUID uid = {{ 0xee }}, service;
    IProfSect *section;
    SPropValue prop, *props;
    IMAPITable *table;
    HRESULT hr;
    int i;

    uid.ab[1] = (BYTE)(ULONG_PTR)arg;
    hr = IProfAdmin_AdminServices(profiles, (LPTSTR)NAME, NULL, 0, 0,
                                  (IMsgServiceAdmin **)&services);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr != S_OK) return 0;
    for (i = 0; i < 10; i++)
    {
        hr = IMsgServiceAdmin2_OpenProfileSection(services, &uid, NULL, MAPI_MODIFY, &section);
        ok(hr == S_OK, "got %#lx\n", hr);
        if (hr != S_OK) break;
        prop.ulPropTag = PROP_TAG(PT_LONG, 0x6600);
        prop.Value.l = i;
        hr = IProfSect_SetProps(section, 1, &prop, NULL);
        ok(hr == S_OK, "got %#lx\n", hr);
        hr = get_one(section, PROP_TAG(PT_LONG, 0x6600), 0, &props);
        ok(hr == S_OK && props->Value.l == i, "got %#lx\n", hr);
        MAPIFreeBuffer(props);
        IProfSect_Release(section);
        hr = IMsgServiceAdmin2_CreateMsgServiceEx(services, (LPTSTR)"BARE", NULL, 0, 0, &service);
        ok(hr == S_OK, "got %#lx\n", hr);
        hr = IMsgServiceAdmin2_GetProviderTable(services, 0, &table);
        ok(hr == S_OK, "got %#lx\n", hr);
        IMAPITable_Release(table);
        hr = IMsgServiceAdmin2_DeleteMsgService(services, &service);
        ok(hr == S_OK, "got %#lx\n", hr);
    }
    IMsgServiceAdmin2_Release(services);
    return 0;
}

static void test_threads(void)
{
    HANDLE threads[8];
    DWORD sections;
    unsigned int i;

    write_inf(hammer_inf);
    sections = count_sections(NAME);
    for (i = 0; i < ARRAY_SIZE(threads); i++)
        threads[i] = CreateThread(NULL, 0, thread_main, (void *)(ULONG_PTR)i, 0, NULL);
    ok(WaitForMultipleObjects(ARRAY_SIZE(threads), threads, TRUE, 60000) != WAIT_TIMEOUT,
       "they hang\n");
    for (i = 0; i < ARRAY_SIZE(threads); i++) CloseHandle(threads[i]);
    ok(count_sections(NAME) == sections + ARRAY_SIZE(threads), "got %lu sections, before %lu\n",
       count_sections(NAME), sections);
    remove_inf();
}

START_TEST(profsect)
{
    char **argv;
    HRESULT hr;
    int argc = winetest_get_mainargs(&argv);

    if ((hr = MAPIInitialize(NULL)) != S_OK)
    {
        skip("MAPIInitialize failed: %#lx\n", hr);
        return;
    }
    hr = MAPIAdminProfiles(0, &profiles);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (argc > 2 && !strcmp(argv[2], "hammer"))
    {
        hammer();
        IProfAdmin_Release(profiles);
        MAPIUninitialize();
        return;
    }
    delete_profile_key(NAME);
    hr = IProfAdmin_CreateProfile(profiles, (LPTSTR)NAME, NULL, 0, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IProfAdmin_AdminServices(profiles, (LPTSTR)NAME, NULL, 0, 0, &admin);
    ok(hr == S_OK, "got %#lx\n", hr);
    test_open();
    test_values();
    test_problems();
    test_copy();
    test_secure();
    test_foreign_values();
    test_deleted();
    test_real_layout();
    test_two_processes(argv);
    test_threads();
    IMsgServiceAdmin_Release(admin);
    IProfAdmin_DeleteProfile(profiles, (LPTSTR)NAME, 0);
    IProfAdmin_Release(profiles);
    MAPIUninitialize();
}
