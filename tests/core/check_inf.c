/*
 * Unit tests of core/inf.c, core/infprop.c and core/tagname.c
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

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"
#include "core/inf.h"

static struct
{
    unsigned int count;
    ULONG lines[16];
    const char *what;
} reports;

static void report(void *context, ULONG line, const char *what)
{
    ck_assert_ptr_eq(context, &reports);
    if (reports.count < ARRAY_SIZE(reports.lines)) reports.lines[reports.count] = line;
    reports.count++;
    reports.what = what;
}

static struct inf *parse(const char *text)
{
    struct inf *inf;

    memset(&reports, 0, sizeof(reports));
    unit_assert_hr(inf_parse(text, strlen(text), report, &reports, &inf), S_OK);
    return inf;
}

static BOOL equal(const WCHAR *text, const char *expected)
{
    if (!text) return FALSE;
    while (*expected && *text == (BYTE)*expected) text++, expected++;
    return *text == (BYTE)*expected;
}

START_TEST(sections)
{
    static const char text[] =
        "; a comment\n"
        "[Services]\n"
        "  MSPST MS = Personal Folders  \n"
        "EMABLT=LDAP = Directory\n"
        ";X=Y\n"
        "\n"
        "[ MSPST ms ]trailing\n"
        "Providers=MSPST MSP\n"
        "providers=second\n"
        "Quoted=\"  text  \"\n"
        "Single='it'\n"
        "Half=\"text\n"
        "Empty=\n"
        "\x1a";
    const struct inf_section *section;
    struct inf *inf = parse(text);

    ck_assert_uint_eq(reports.count, 0);
    ck_assert_uint_eq(inf->count, 2);
    section = inf_find(inf, L"SERVICES");
    ck_assert_ptr_nonnull(section);
    ck_assert_uint_eq(section->count, 2);
    ck_assert(equal(section->entries[0].key, "MSPST MS")
              && equal(section->entries[0].value, "Personal Folders"));
    ck_assert(equal(inf_value(section, L"emablt"), "LDAP = Directory"));
    ck_assert_uint_eq(section->entries[1].line, 4);
    section = inf_find(inf, L"MSPST MS");
    ck_assert_ptr_nonnull(section);
    ck_assert(equal(inf_value(section, L"Providers"), "MSPST MSP"));
    ck_assert(equal(inf_value(section, L"Quoted"), "  text  "));
    ck_assert(equal(inf_value(section, L"Single"), "it"));
    ck_assert(equal(inf_value(section, L"Half"), "\"text"));
    ck_assert(equal(inf_value(section, L"Empty"), ""));
    ck_assert_ptr_null(inf_value(section, L"Absent"));
    ck_assert_ptr_null(inf_find(inf, L"Absent"));
    inf_free(inf);
    inf_free(NULL);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

START_TEST(line_ends_and_encodings)
{
    static const char *ends[] = { "\n", "\r\n", "\r", "\n\r" };
    static const BYTE utf16[] = { 0xff, 0xfe, '[', 0, 'a', 0, ']',  0, '\r', 0,
                                  '\n', 0,    'k', 0, '=', 0, 0x36, 4, 'x' };
    static const BYTE big[] = {
        0xfe, 0xff, 0, '[', 0, 'a', 0, ']', 0, '\n', 0, 'k', 0, '=', 4, 0x36
    };
    static const char utf8[] =
        "\xef\xbb\xbf[a]\nk=\xd0\xb6\xe4\xb8\xad\xf0\x9f\x98\x80\xff\xc0\x80\xed\xa0\x80\xe4";
    static const WCHAR utf8_value[] = { 0x436,  0x4e2d, 0xd83d, 0xde00, 0xfffd,
                                        0xfffd, 0xfffd, 0xfffd, 0 };
    const struct inf_section *section;
    const WCHAR *value;
    struct inf *inf;
    unsigned int i;
    char text[64];

    for (i = 0; i < ARRAY_SIZE(ends); i++)
    {
        snprintf(text, sizeof(text), "[a]%sk=v%s%snonsense%s", ends[i], ends[i], ends[i], ends[i]);
        inf = parse(text);
        section = inf_find(inf, L"a");
        unit_assert_row(i, section && equal(inf_value(section, L"k"), "v"));
        unit_assert_row(i, reports.count == 1);
        unit_assert_row(i, reports.lines[0] == (i == 3 ? 6 : 4));
        inf_free(inf);
    }
    unit_assert_hr(inf_parse(utf16, sizeof(utf16), NULL, NULL, &inf), S_OK);
    value = inf_value(inf_find(inf, L"a"), L"k");
    ck_assert(value[0] == 0x436 && !value[1]);
    inf_free(inf);
    unit_assert_hr(inf_parse(big, sizeof(big), NULL, NULL, &inf), S_OK);
    value = inf_value(inf_find(inf, L"a"), L"k");
    ck_assert(value[0] == 0x436 && !value[1]);
    inf_free(inf);
    unit_assert_hr(inf_parse(utf8, sizeof(utf8) - 1, NULL, NULL, &inf), S_OK);
    value = inf_value(inf_find(inf, L"a"), L"k");
    for (i = 0; utf8_value[i]; i++) unit_assert_row(i, value[i] == utf8_value[i]);
    ck_assert_uint_eq(value[i], 0);
    inf_free(inf);
    unit_assert_hr(inf_parse(NULL, 0, NULL, NULL, &inf), S_OK);
    ck_assert_uint_eq(inf->count, 0);
    inf_free(inf);
    inf = (struct inf *)1;
    unit_assert_hr(inf_parse(utf8, INF_MAX_SIZE + 1, NULL, NULL, &inf), MAPI_E_TOO_BIG);
    ck_assert_ptr_null(inf);
}
END_TEST

START_TEST(damage)
{
    static const struct
    {
        const char *text;
        ULONG line;
        ULONG sections;
    } rows[] =
    {
        { "key=value\n[a]\n", 1, 1 },
        { "[a\nkey=value\n[b]\n", 1, 1 },
        { "[a]\nkey\n", 2, 1 },
        { "[a]\n=value\n", 2, 1 },
        { "[a]\n[b]\n[A]\n", 3, 2 },
    };
    const struct inf_section *section;
    struct inf *inf;
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(rows); i++)
    {
        inf = parse(rows[i].text);
        unit_assert_row(i, reports.count >= 1 && reports.lines[0] == rows[i].line);
        unit_assert_row(i, inf->count == rows[i].sections);
        inf_free(inf);
    }
    unit_assert_hr(inf_parse("[a]\nb\0c=1\nd=2\n", 14, report, &reports, &inf), S_OK);
    section = inf_find(inf, L"a");
    ck_assert_uint_eq(section->count, 1);
    inf_free(inf);

    /* two sections of one name are one */
    inf = parse("[a]\nk=1\n[b]\n[A]\nk=2\nl=3\n");
    section = inf_find(inf, L"a");
    ck_assert(equal(inf_value(section, L"k"), "1") && equal(inf_value(section, L"l"), "3"));
    inf_free(inf);
}
END_TEST

START_TEST(many)
{
    size_t size = 0, i;
    struct inf *inf;
    char *text;

    text = malloc(8 * 5000 + 8 * 100000);
    for (i = 0; i < 5000; i++) size += sprintf(text + size, "[%x]\n", (unsigned)i);
    memset(&reports, 0, sizeof(reports));
    unit_assert_hr(inf_parse(text, size, report, &reports, &inf), S_OK);
    ck_assert_uint_eq(inf->count, INF_MAX_SECTIONS);
    ck_assert_uint_eq(reports.count, 5000 - INF_MAX_SECTIONS);
    inf_free(inf);
    size = sprintf(text, "[a]\n");
    for (i = 0; i < 100000; i++) size += sprintf(text + size, "%x=1\n", (unsigned)i);
    unit_assert_hr(inf_parse(text, size, NULL, NULL, &inf), S_OK);
    ck_assert_uint_eq(inf->sections[0].count, 100000);
    inf_free(inf);
    free(text);
}
END_TEST

START_TEST(split)
{
    static const struct
    {
        const WCHAR *text;
        ULONG count;
        const char *first, *last;
    } rows[] =
    {
        { L"", 0 },
        { L" , ,", 0 },
        { L"one", 1, "one", "one" },
        { L"one, two words ,three", 3, "one", "three" },
        { L",a,,b,", 2, "a", "b" },
    };
    unsigned int i;
    WCHAR **parts;
    ULONG count;

    for (i = 0; i < ARRAY_SIZE(rows); i++)
    {
        unit_assert_hr(inf_split(rows[i].text, &count, &parts), S_OK);
        unit_assert_row(i, count == rows[i].count);
        if (count)
            unit_assert_row(i, equal(parts[0], rows[i].first)
                                   && equal(parts[count - 1], rows[i].last));
        platform_free(parts);
    }
}
END_TEST

START_TEST(uids)
{
    static const MAPIUID expected = { { 0x13, 0xdb, 0xb0, 0xc8, 0xaa, 5, 0x10, 0x1a, 0x9b, 0xb0, 0,
                                        0xaa, 0, 0x2f, 0xc4, 0x5a } };
    static const WCHAR *const good[] = { L"13DBB0C8AA05101A9BB000AA002FC45A",
                                         L"13dbb0c8aa05101a9bb000aa002fc45a",
                                         L"{c8b0db13-05aa-1a10-9bb0-00aa002fc45a}",
                                         L"C8B0DB13-05AA-1A10-9BB0-00AA002FC45A" };
    /* the second is the reference page's own example, which lost a digit */
    static const WCHAR *const bad[] = { L"",
                                        L"13DB0C8AA05101A9BB000AA002FC45A",
                                        L"{",
                                        L"{}",
                                        L"13DBB0C8AA05101A9BB000AA002FC45X",
                                        L"{c8b0db13-05aa-1a10-9bb0-00aa002fc45a",
                                        L"c8b0db13x05aa-1a10-9bb0-00aa002fc45a",
                                        L"c8b0db13-05aa-1a10-9bb0-00aa002fc4-a" };
    unsigned int i;
    MAPIUID uid;

    for (i = 0; i < ARRAY_SIZE(good); i++)
    {
        unit_assert_row(i, inf_parse_uid(good[i], &uid));
        unit_assert_row(i, !memcmp(&uid, &expected, sizeof(uid)));
    }
    for (i = 0; i < ARRAY_SIZE(bad); i++) unit_assert_row(i, !inf_parse_uid(bad[i], &uid));
}
END_TEST

START_TEST(tag_names)
{
    static const struct
    {
        const WCHAR *name;
        ULONG tag;
    } rows[] =
    {
        { L"PR_DISPLAY_NAME", 0x3001001f },
        { L"pr_display_name", 0x3001001f },
        { L"PR_DISPLAY_NAME_A", 0x3001001e },
        { L"PR_DISPLAY_NAME_W", 0x3001001f },
        { L"PR_RESOURCE_FLAGS", 0x30090003 },
        { L"PR_RESOURCE_FLAGS_A", 0 },
        { L"PR_SERVICE_ENTRY_NAME", 0x3d0b001e },
        { L"PR_SERVICE_ENTRY_NAME_W", 0x3d0b001f },
        { L"PR_SERVICE_SUPPORT_FILES", 0x3d0f101e },
        { L"PR_SERVICE_INSTALL_ID", 0x3d13001e },
        { L"PR_MDB_PROVIDER", 0x34140102 },
        { L"PR_PROFILE_HOME_SERVER", 0x6602001e },
        { L"PR_7BIT_DISPLAY_NAME", 0x39ff001e },
        { L"66040003", 0x66040003 },
        { L"660A001e", 0x660a001e },
        { L"6604000", 0 },
        { L"6604000g", 0 },
        { L"660400031", 0 },
        { L"PR_", 0 },
        { L"PR_DISPLAY", 0 },
        { L"DISPLAY_NAME", 0 },
        { L"", 0 },
    };
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(rows); i++)
        unit_assert_row(i, tag_from_name(rows[i].name) == rows[i].tag);
    ck_assert_str_eq(tag_name(0x3001001f), "DISPLAY_NAME");
    ck_assert_str_eq(tag_name(0x3001001e), "DISPLAY_NAME");
    ck_assert_str_eq(tag_name(0x3d0f101f), "SERVICE_SUPPORT_FILES");
    ck_assert_ptr_null(tag_name(0x30010003));
    ck_assert_ptr_null(tag_name(0x66f00003));
}
END_TEST

/* Every name of the table is found, so it is in order. */
START_TEST(tag_table)
{
    unsigned int found = 0;
    WCHAR name[64] = L"PR_";
    const char *text;
    ULONG id, type;
    size_t i;

    static const ULONG types[] = { 0x1f, 0x3,  0x102, 0xb,  0x40, 0x101f, 0x1102,
                                   0xd,  0x14, 0x5,   0x48, 0x2,  0x1e,   0x101e };

    for (id = 1; id < 0x8000; id++)
        for (type = 0; type < ARRAY_SIZE(types); type++)
        {
            if (!(text = tag_name(id << 16 | types[type]))) continue;
            for (i = 0; text[i]; i++) name[3 + i] = text[i];
            name[3 + i] = 0;
            ck_assert_msg(tag_from_name(name) >> 16 == id, "%s is not found", text);
            found++;
        }
    ck_assert_uint_gt(found, 400);
}
END_TEST

static const char values_text[] =
    "[s]\n"
    "PR_DISPLAY_NAME=My Own Service\n"
    "Providers=A, B\n"
    "sections=C\n"
    "UID=13DBB0C8AA05101A9BB000AA002FC45A\n"
    "WIZARD_ENTRY_NAME=Wizard\n"
    "PR_SERVICE_DLL_NAME=MYSERV.DLL\n"
    "PR_SERVICE_SUPPORT_FILES=MYSERV.DLL, MYXXX.DLL, MYZZZ.DLL\n"
    "PR_SERVICE_ENTRY_NAME=MyServiceEntry\n"
    "PR_RESOURCE_FLAGS=SERVICE_SINGLE_COPY | service_no_primary_identity\n"
    "66040003=00000000\n"
    "66090003=06000000\n"
    "660A0003=-3\n"
    "660b0003=0x20\n"
    "660c0003=MAPI_AB_PROVIDER\n"
    "34140102=78b2fa70aff711cd9bc800aa002fc45a\n"
    "6600001e=C:\\WINNT35\\System32\\DEFAB.TXT\n"
    "6601001f=\"wide text\"\n"
    "6602000b=0100\n"
    "6603000b=true\n"
    "66050014=0102030405060708\n"
    "66060040=0000000000000001\n"
    "66070002=ff7f\n"
    "66080048={c8b0db13-05aa-1a10-9bb0-00aa002fc45a}\n"
    "66101003=1, 02000000, MAPI_AB\n"
    "66111102=0102, , 03\n"
    "66121048=13DBB0C8AA05101A9BB000AA002FC45A\n"
    "66130005=000000000000f83f\n"
    "66140004=0000c03f\n"
    "66150102=\n"
    "66161002=1,2\n"
    "66170006=10000\n";

START_TEST(values)
{
    const SPropValue *prop;
    SPropValue *props;
    struct inf *inf = parse(values_text);
    ULONG count;

    unit_assert_hr(inf_props(inf_find(inf, L"s"), report, &reports, &count, &props), S_OK);
    ck_assert_uint_eq(reports.count, 0);
    ck_assert_uint_eq(count, 27);
    prop = props_find(props, count, 0x3001001f);
    ck_assert(equal(prop->Value.lpszW, "My Own Service"));
    prop = props_find(props, count, 0x3d0f101e);
    ck_assert(prop->Value.MVszA.cValues == 3 && !strcmp(prop->Value.MVszA.lppszA[1], "MYXXX.DLL"));
    prop = props_find(props, count, 0x3d0b001e);
    ck_assert_str_eq(prop->Value.lpszA, "MyServiceEntry");
    ck_assert_int_eq(props_find(props, count, 0x30090003)->Value.l, 0x22);
    ck_assert_int_eq(props_find(props, count, 0x66040003)->Value.l, 0);
    ck_assert_int_eq(props_find(props, count, 0x66090003)->Value.l, 6);
    ck_assert_int_eq(props_find(props, count, 0x660a0003)->Value.l, -3);
    ck_assert_int_eq(props_find(props, count, 0x660b0003)->Value.l, 32);
    ck_assert_int_eq(props_find(props, count, 0x660c0003)->Value.l, 35);
    prop = props_find(props, count, 0x34140102);
    ck_assert(prop->Value.bin.cb == 16 && prop->Value.bin.lpb[0] == 0x78
              && prop->Value.bin.lpb[15] == 0x5a);
    ck_assert_str_eq(props_find(props, count, 0x6600001e)->Value.lpszA,
                     "C:\\WINNT35\\System32\\DEFAB.TXT");
    ck_assert(equal(props_find(props, count, 0x6601001f)->Value.lpszW, "wide text"));
    ck_assert_uint_eq(props_find(props, count, 0x6602000b)->Value.b, 1);
    ck_assert_uint_eq(props_find(props, count, 0x6603000b)->Value.b, 1);
    ck_assert(props_find(props, count, 0x66050014)->Value.li.QuadPart == 0x0807060504030201LL);
    ck_assert_uint_eq(props_find(props, count, 0x66060040)->Value.ft.dwHighDateTime, 0x01000000);
    ck_assert_int_eq(props_find(props, count, 0x66070002)->Value.i, 0x7fff);
    ck_assert_uint_eq(props_find(props, count, 0x66080048)->Value.lpguid->Data1, 0xc8b0db13);
    prop = props_find(props, count, 0x66101003);
    ck_assert(prop->Value.MVl.cValues == 3 && prop->Value.MVl.lpl[1] == 2
              && prop->Value.MVl.lpl[2] == 34);
    prop = props_find(props, count, 0x66111102);
    ck_assert(prop->Value.MVbin.cValues == 2 && prop->Value.MVbin.lpbin[1].cb == 1
              && *prop->Value.MVbin.lpbin[1].lpb == 3);
    prop = props_find(props, count, 0x66121048);
    ck_assert(prop->Value.MVguid.cValues == 1 && prop->Value.MVguid.lpguid[0].Data1 == 0xc8b0db13);
    ck_assert(props_find(props, count, 0x66130005)->Value.dbl == 1.5);
    ck_assert(props_find(props, count, 0x66140004)->Value.flt == 1.5f);
    ck_assert_uint_eq(props_find(props, count, 0x66150102)->Value.bin.cb, 0);
    prop = props_find(props, count, 0x66161002);
    ck_assert(prop->Value.MVi.cValues == 2 && prop->Value.MVi.lpi[1] == 2);
    ck_assert(props_find(props, count, 0x66170006)->Value.cur.int64 == 10000);
    memory_free_buffer(props);
    inf_free(inf);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

START_TEST(bad_values)
{
    static const char * const rows[] =
    {
        "[s]\nPR_NO_SUCH_THING=1\n", "[s]\n66040003=\n", "[s]\n66040003=0600000x\n", "[s]\n66040003=4294967296\n",
        "[s]\n66040003=-2147483649\n", "[s]\n66040003=0x\n", "[s]\n66040003=NO_SUCH_FLAG\n", "[s]\n34140102=abc\n",
        "[s]\n34140102=zz\n", "[s]\n6602000b=perhaps\n", "[s]\n66080048={1}\n", "[s]\n660d000d=00\n",
        "[s]\n660d0001=00\n", "[s]\n660d1001=00\n", "[s]\n660d100b=0100\n", "[s]\n66130005=1.5\n", "[s]\n66070002=65536\n",
        "[s]\n66101003=1,x\n", "[s]\n66050014=99999999999999999999999\n",
    };
    SPropValue *props;
    struct inf *inf;
    unsigned int i;
    ULONG count;

    for (i = 0; i < ARRAY_SIZE(rows); i++)
    {
        inf = parse(rows[i]);
        unit_assert_hr(inf_props(inf_find(inf, L"s"), report, &reports, &count, &props), S_OK);
        ck_assert_msg(reports.count >= 1 && reports.lines[0] == 2, "row %u: %u reports", i,
                      reports.count);
        unit_assert_row(i, !count);
        memory_free_buffer(props);
        inf_free(inf);
    }
    /* a name that nobody knows is left out, the others count; of two alike the first does */
    inf = parse(
        "[s]\nPR_RESOURCE_FLAGS=STATUS_OWN_STORE|STATUS_NEW|0x10\nPR_RESOURCE_FLAGS=1\n3009001e=x\n");
    unit_assert_hr(inf_props(inf_find(inf, L"s"), report, &reports, &count, &props), S_OK);
    ck_assert(count == 1 && props[0].Value.l == 0x110 && reports.count == 3);
    memory_free_buffer(props);
    inf_free(inf);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

START_TEST(too_many_values)
{
    static char text[INF_MAX_PROPS * 20 + 100];
    SPropValue *props;
    struct inf *inf;
    size_t size;
    ULONG count, i;

    size = sprintf(text, "[s]\n");
    for (i = 0; i < INF_MAX_PROPS + 5; i++)
        size += sprintf(text + size, "%04x0003=1\n", (unsigned)(0x1000 + i));
    inf = parse(text);
    unit_assert_hr(inf_props(inf_find(inf, L"s"), report, &reports, &count, &props), S_OK);
    ck_assert(count == INF_MAX_PROPS && reports.count == 1);
    memory_free_buffer(props);
    inf_free(inf);
}
END_TEST

static HRESULT everything(void *context)
{
    SPropValue *props;
    struct inf *inf;
    WCHAR **parts;
    ULONG count;
    HRESULT hr;

    if (FAILED(hr = inf_parse(values_text, strlen(values_text), NULL, NULL, &inf))) return hr;
    if (SUCCEEDED(hr = inf_split(L"a, b", &count, &parts)))
    {
        platform_free(parts);
        hr = inf_props(inf_find(inf, L"s"), NULL, NULL, &count, &props);
        if (SUCCEEDED(hr)) memory_free_buffer(props);
        else ck_assert_ptr_null(props);
    }
    inf_free(inf);
    return hr;
}

START_TEST(out_of_memory)
{
    unit_fail_each(everything, NULL);
}
END_TEST

Suite *inf_suite(void)
{
    Suite *suite = suite_create("inf");
    TCase *tcase = tcase_create("inf");

    tcase_add_test(tcase, sections);
    tcase_add_test(tcase, line_ends_and_encodings);
    tcase_add_test(tcase, damage);
    tcase_add_test(tcase, many);
    tcase_add_test(tcase, split);
    tcase_add_test(tcase, uids);
    tcase_add_test(tcase, tag_names);
    tcase_add_test(tcase, tag_table);
    tcase_add_test(tcase, values);
    tcase_add_test(tcase, bad_values);
    tcase_add_test(tcase, too_many_values);
    tcase_add_test(tcase, out_of_memory);
    suite_add_tcase(suite, tcase);
    return suite;
}
