/*
 * Unit tests of core/formcfg.c
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

#include <stdlib.h>
#include <string.h>

#include "unit.h"
#include "core/formcfg.h"

#define HEAD "[Description]\nMessageClass=IPM.Note.X\nClsid={00020D31-0000-0000-C000-000000000046}\nDisplayName=A form\n"

static unsigned int reports;

static void report(void *context, ULONG line, const char *what)
{
    ck_assert_uint_ge(line, 1);
    reports++;
}

static struct form_config *parse(const char *text)
{
    struct form_config *config;

    reports = 0;
    unit_assert_hr(form_config_parse(text, strlen(text), report, NULL, &config), S_OK);
    return config;
}

static BOOL equal(const WCHAR *text, const char *expected)
{
    if (!text) return FALSE;
    while (*expected && *text == (BYTE)*expected) text++, expected++;
    return *text == (BYTE)*expected;
}

START_TEST(description)
{
    static const char *const invalid[] =
    {
        "",
        "[Other]\nMessageClass=IPM.X\n",
        "[Description]\nMessageClass=IPM.X\nClsid={00020D31-0000-0000-C000-000000000046}\n",
        "[Description]\nMessageClass=IPM.X\nDisplayName=x\n",
        "[Description]\nMessageClass=IPM.X\nDisplayName=x\nClsid=none\n",
        "[Description]\nMessageClass=\nDisplayName=x\nClsid={00020D31-0000-0000-C000-000000000046}\n",
        "[Description]\nMessageClass=A..B\nDisplayName=x\nClsid={00020D31-0000-0000-C000-000000000046}\n",
        "[Description]\nMessageClass=A. B\nDisplayName=x\nClsid={00020D31-0000-0000-C000-000000000046}\n",
        "[Description]\nMessageClass=\xc4.B\nDisplayName=x\nClsid={00020D31-0000-0000-C000-000000000046}\n",
    };
    struct form_config *config;
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(invalid); i++)
        unit_assert_hr(form_config_parse(invalid[i], strlen(invalid[i]), NULL, NULL, &config),
                       MAPI_E_CORRUPT_DATA);
    config = parse(HEAD "Comment=a\nComment2=c\nHidden=1\nComposeInFolder=0\nVersion=\" 1 \"\n");
    ck_assert_str_eq(config->message_class, "IPM.Note.X");
    ck_assert_uint_eq(config->clsid.Data1, 0x20d31);
    ck_assert(equal(config->display_name, "A form") && equal(config->comment, "a\r\nc"));
    ck_assert(equal(config->version, " 1 "));
    ck_assert(config->hidden && !config->compose_in_folder && !config->has_designer_guid);
    ck_assert_uint_eq(config->verb_count + config->prop_count + config->platform_count, 0);
    ck_assert_uint_eq(reports, 0);
    form_config_free(config);
    form_config_free(NULL);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

START_TEST(classes)
{
    char text[] = "IPM.Note.X", longest[FORM_CLASS_MAX + 2];

    ck_assert(form_class_valid("A") && form_class_valid("IPM.Note.My Form"));
    ck_assert(!form_class_valid("") && !form_class_valid(NULL) && !form_class_valid(".A")
              && !form_class_valid("A."));
    ck_assert(!form_class_valid("A .B") && !form_class_valid(" A") && !form_class_valid("A\n"));
    memset(longest, 'a', sizeof(longest) - 1);
    longest[sizeof(longest) - 1] = 0;
    ck_assert(!form_class_valid(longest));
    longest[sizeof(longest) - 2] = 0;
    ck_assert(form_class_valid(longest));
    ck_assert(form_class_parent(text));
    ck_assert_str_eq(text, "IPM.Note");
    ck_assert(form_class_parent(text) && !form_class_parent(text));
}
END_TEST

START_TEST(lists)
{
    struct form_config *config = parse(HEAD
        "[Verbs]\nVerb1=b\nVerb2=a\nVerb3=none\nVerb4=bad\n"
        "[Verb.a]\nDisplayName=A\nCode=-1\n[Verb.b]\nDisplayName=B\nCode=0x10\nAttribs=2\n[Verb.bad]\nDisplayName=C\nCode=x\n"
        "[Properties]\nProperty.1=P\nProperty.2=Q\nProperty.3=R\nProperty.4=S\n"
        "[Property.P]\nType=3\nNmidInteger=0x8000\n"
        "[Property.Q]\nType=30\nNmidInteger=7\nDisplayName=Seven\n"
        "[Property.R]\nType=30\nNmidInteger=7\nNmidString=both\n"
        "[Property.S]\nType=9999\nNmidInteger=7\n"
        "[Extensions]\nExtension.A=1\nExtension.B=2\nExtension.C=3\n"
        "[Extension.1]\nType=3\nNmidInteger=1\nValue=-5\n[Extension.2]\nType=30\nNmidInteger=2\nValue=text\n"
        "[Extension.3]\nType=30\nNmidString=s\nValue=text\n");

    ck_assert_uint_eq(config->verb_count, 2);
    ck_assert_int_eq(config->verbs[0].code, -1);
    ck_assert_int_eq(config->verbs[1].code, 16);
    ck_assert_uint_eq(config->verbs[1].attributes, 2);
    ck_assert_uint_eq(config->prop_count, 2);
    ck_assert(equal(config->props[0].display_name, "P")
              && equal(config->props[1].display_name, "Seven"));
    ck_assert_uint_eq(config->props[0].name.set.Data1, 0x20329);
    ck_assert_uint_eq(config->props[1].name.set.Data1, 0x20328);
    ck_assert(!form_name_equal(&config->props[0].name, &config->props[1].name));
    ck_assert(form_name_equal(&config->props[0].name, &config->props[0].name));
    ck_assert_uint_eq(config->extension_count, 2);
    ck_assert_int_eq(config->extensions[0].number, -5);
    ck_assert(equal(config->extensions[1].text, "text"));
    ck_assert_uint_ge(reports, 5);
    form_config_free(config);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

START_TEST(platforms)
{
    struct form_config *config = parse(HEAD
        "[Platforms]\nPlatform.1=A\nPlatform.2=B\nPlatform.3=C\nPlatform.4=D\nPlatform.5=Loop\n"
        "[Platform.A]\nCPU=ix86\nOSVersion=Win95\nLinkTo=B\n"
        "[Platform.B]\nCPU=ix86\nOSVersion=WinNT4.0\nFile=one.exe\nFile2=two.dll\nRegistry=LocalServer32=%d\\one.exe\n"
        "[Platform.C]\nCPU=AMD64\nOSVersion=WinNT3.5\nFile=c.exe\n"
        "[Platform.D]\nCPU=MIPS\nOSVersion=WinNT4.0\nFile=d.exe\n"
        "[Platform.Loop]\nCPU=ix86\nOSVersion=WinNT6.0\nLinkTo=Loop\n");
    const struct form_platform *platform;
    ULONG at = 0;

    ck_assert_uint_eq(config->platform_count, 4);
    platform = form_config_platform(config, FALSE);
    ck_assert(platform && equal(platform->name, "B"));
    ck_assert(equal(form_platform_next(platform, L"File", &at), "one.exe"));
    ck_assert(equal(form_platform_next(platform, L"File", &at), "two.dll"));
    ck_assert_ptr_null(form_platform_next(platform, L"File", &at));
    platform = form_config_platform(config, TRUE);
    ck_assert(platform && equal(platform->name, "C"));
    at = 0;
    ck_assert(equal(form_platform_next(config->platforms, L"Registry", &at),
                    "LocalServer32=%d\\one.exe"));
    form_config_free(config);
    config = parse(HEAD);
    ck_assert_ptr_null(form_config_platform(config, TRUE));
    form_config_free(config);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

START_TEST(paths)
{
    WCHAR path[20];

    ck_assert(form_relative_path(L"\\a\\b/c.exe", path, ARRAY_SIZE(path))
              && equal(path, "a\\b\\c.exe"));
    ck_assert(form_relative_path(L"%d\\x", path, ARRAY_SIZE(path)) && equal(path, "x"));
    ck_assert(form_relative_path(L"..x", path, ARRAY_SIZE(path)));
    ck_assert(!form_relative_path(L"..", path, ARRAY_SIZE(path)));
    ck_assert(!form_relative_path(L"a\\..\\b", path, ARRAY_SIZE(path)));
    ck_assert(!form_relative_path(L"a\\.\\b", path, ARRAY_SIZE(path)));
    ck_assert(!form_relative_path(L"a.", path, ARRAY_SIZE(path)));
    ck_assert(!form_relative_path(L"c:\\a", path, ARRAY_SIZE(path)));
    ck_assert(!form_relative_path(L"a:stream", path, ARRAY_SIZE(path)));
    ck_assert(!form_relative_path(L"\\\\", path, ARRAY_SIZE(path)));
    ck_assert(!form_relative_path(L"a\tb", path, ARRAY_SIZE(path)));
    ck_assert(!form_relative_path(L"01234567890123456789", path, ARRAY_SIZE(path)));
}
END_TEST

START_TEST(written)
{
    struct form_config *config, *more, *again;
    size_t size;
    BYTE *data;

    config = parse(HEAD "SmallIcon=c:\\x.ico\nVersion=\" 1 \"\n[Platforms]\nPlatform.1=A\n[Platform.A]\nCPU=ix86\nOSVersion=Win95\nFile=a\n");
    more = parse(HEAD "[Platforms]\nPlatform.1=A\nPlatform.2=B\nPlatform.3=C\n[Platform.A]\nCPU=ix86\nOSVersion=Win95\nFile=other\n"
                 "[Platform.B]\nCPU=x64\nOSVersion=WinNT6.0\nLinkTo=C\n[Platform.C]\nCPU=ix86\nOSVersion=WinNT6.0\nFile=c\nRegistry=R=v\n");
    unit_assert_hr(form_config_write(config, more, L"small.ico", NULL, &data, &size), S_OK);
    unit_assert_hr(form_config_parse(data, size, NULL, NULL, &again), S_OK);
    platform_free(data);
    ck_assert(equal(again->small_icon, "small.ico") && !again->large_icon
              && equal(again->version, " 1 "));
    ck_assert_uint_eq(again->platform_count, 3);
    ck_assert(equal(inf_value(again->platforms[0].section, L"File"), "a"));
    ck_assert_uint_eq(again->platforms[1].cpu, 6);
    ck_assert(equal(inf_value(again->platforms[1].section, L"File"), "c"));
    ck_assert(equal(inf_value(again->platforms[2].section, L"Registry"), "R=v"));
    form_config_free(again);
    form_config_free(more);
    form_config_free(config);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

static HRESULT everything(void *context)
{
    static const char text[] = HEAD "Comment=x\n[Verbs]\nVerb1=a\n[Verb.a]\nDisplayName=A\nCode=1\n"
        "[Properties]\nP=p\n[Property.p]\nType=30\nNmidString=n\nSpecialType=1\nEnum1=e\n"
        "[Enum1.e]\nNmidInteger=1\nEnumCount=1\nVal.1.Display=d\nVal.1.Index=2\n";
    struct form_config *config;
    size_t size;
    HRESULT hr;
    BYTE *data;

    if (FAILED(hr = form_config_parse(text, sizeof(text) - 1, NULL, NULL, &config))) return hr;
    hr = form_config_write(config, NULL, NULL, NULL, &data, &size);
    platform_free(data);
    form_config_free(config);
    return hr;
}

START_TEST(low_memory)
{
    unit_fail_each(everything, NULL);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

Suite *formcfg_suite(void)
{
    Suite *suite = suite_create("formcfg");
    TCase *tests = tcase_create("formcfg");

    tcase_add_test(tests, description);
    tcase_add_test(tests, classes);
    tcase_add_test(tests, lists);
    tcase_add_test(tests, platforms);
    tcase_add_test(tests, paths);
    tcase_add_test(tests, written);
    tcase_add_test(tests, low_memory);
    suite_add_tcase(suite, tests);
    return suite;
}
