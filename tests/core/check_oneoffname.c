/*
 * Tests of one-off addresses as users type them
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

#include <string.h>

#include "unit.h"

static const struct
{
    const WCHAR *text;
    const WCHAR *name;                  /* NULL: no one-off */
    const WCHAR *type;
    const WCHAR *address;
} cases[] =
{
    { L"Bill Lee[MSPEER:\\\\\\\\billl\\in]", L"Bill Lee", L"MSPEER", L"\\\\billl\\in" },
    { L"Fax[fax:a\\x0db\\x0Dc\\x0d]", L"Fax", L"fax", L"a\rb\rc\r" },
    { L"  Ada [ SMTP : ada@example.org ]  ", L"Ada", L"SMTP", L"ada@example.org" },
    { L"[FAX:+44 1]", L"+44 1", L"FAX", L"+44 1" },
    { L"A \\[b\\][X:c\\]d\\:e]", L"A [b]", L"X", L"c]d:e" },
    { L"[X:a:b]", L"a:b", L"X", L"a:b" },
    { L"[X:\\x00]", L"\\x00", L"X", L"\\x00" },
    { L"[X:\\xg1\\x1]", L"\\xg1\\x1", L"X", L"\\xg1\\x1" },
    { L"[X:\\,\\;]", L",;", L"X", L",;" },
    { L"[X:a[b]", L"a[b", L"X", L"a[b" },
    { L"Ada [X:y] more" },
    { L"Ada [X:y" },
    { L"Ada [X]" },
    { L"Ada [X]:y]" },
    { L"Ada [:y]" },
    { L"Ada [X:]" },
    { L"Ada [ : ]" },
    { L"Ada ]X:y[" },
    { L"[X:y\\]" },
    { L"[" }, { L"]" }, { L"[]" }, { L"[:]" }, { L"\\" }, { L"" }, { L"  " },
    { L"ada@example.org", L"ada@example.org", L"SMTP", L"ada@example.org" },
    { L" ada@a.b.c\t", L"ada@a.b.c", L"SMTP", L"ada@a.b.c" },
    { L"a.b+c@d.e", L"a.b+c@d.e", L"SMTP", L"a.b+c@d.e" },
    { L"smtp:ada@example.org", L"ada@example.org", L"SMTP", L"ada@example.org" },
    { L"SMTP:ada@example.org", L"ada@example.org", L"SMTP", L"ada@example.org" },
    { L"FAX:ada@example.org" },
    { L"smtp:" },
    { L"<ada@example.org>", L"ada@example.org", L"SMTP", L"ada@example.org" },
    { L"Ada Lovelace <ada@example.org>", L"Ada Lovelace", L"SMTP", L"ada@example.org" },
    { L"\"Lovelace, Ada\" <ada@example.org>", L"Lovelace, Ada", L"SMTP", L"ada@example.org" },
    { L"\" <a@b.c>", L"\"", L"SMTP", L"a@b.c" },
    { L"ada@example" },
    { L"ada@.org" },
    { L"ada@org." },
    { L"ada@@example.org" },
    { L"ada@b@example.org" },
    { L"@example.org" },
    { L"ada lovelace@example.org" },
    { L"ada" }, { L"ada.b" }, { L"@" }, { L">" }, { L"<>" }, { L"<" }, { L"Ada ada@example.org>" },
    { L"Ada <ada>" },
    { L"a,b@c.d" },
};

START_TEST(parsed)
{
    struct one_off_name name;
    unsigned int i;
    HRESULT hr;

    for (i = 0; i < ARRAY_SIZE(cases); i++)
    {
        hr = one_off_name_parse(cases[i].text, &name);
        unit_assert_row(i, hr == (cases[i].name ? S_OK : MAPI_E_NOT_FOUND));
        if (hr == S_OK)
        {
            unit_assert_row(i, !text_compare_nocase(name.name, cases[i].name));
            unit_assert_row(i, !text_compare_nocase(name.type, cases[i].type));
            unit_assert_row(i, !text_compare_nocase(name.address, cases[i].address));
        }
        else unit_assert_row(i, !name.name && !name.type && !name.address);
        one_off_name_free(&name);
    }
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

static HRESULT parse_all(void *context)
{
    static const WCHAR *const texts[] = { L"Ada[X:y]", L"[X:y]", L"ada@example.org",
                                          L"Ada <ada@example.org>" };
    struct one_off_name name;
    unsigned int i;
    HRESULT hr;

    (void)context;
    for (i = 0; i < ARRAY_SIZE(texts); i++)
    {
        hr = one_off_name_parse(texts[i], &name);
        one_off_name_free(&name);
        if (hr != S_OK) return hr;
    }
    return S_OK;
}

START_TEST(memory)
{
    unit_fail_each(parse_all, NULL);
}
END_TEST

Suite *oneoffname_suite(void);

Suite *oneoffname_suite(void)
{
    Suite *suite = suite_create("oneoffname");
    TCase *tcase = tcase_create("oneoffname");

    tcase_add_test(tcase, parsed);
    tcase_add_test(tcase, memory);
    suite_add_tcase(suite, tcase);
    return suite;
}
