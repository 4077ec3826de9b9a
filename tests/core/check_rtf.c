/*
 * Units: text and HTML in rich text
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
#include "core/rtf.h"

/* The text that comes out, as ASCII: anything else is {hex}. */
static HRESULT read_rtf(const char *rtf, size_t size, size_t piece, BOOL native, char *text,
                        enum rtf_kind *kind)
{
    struct rtf_reader *reader;
    const WCHAR *wide;
    size_t length, i, at;
    ULONG codepage;
    HRESULT hr;

    *text = 0;
    if (FAILED(hr = rtf_reader_create(native, &reader))) return hr;
    for (at = 0; at < size && SUCCEEDED(hr); at += piece)
        hr = rtf_reader_add(reader, (const BYTE *)rtf + at, size - at < piece ? size - at : piece);
    if (SUCCEEDED(hr)) hr = rtf_reader_end(reader, &wide, &length, kind, &codepage);
    for (i = 0; SUCCEEDED(hr) && i < length && i < 1000; i++)
        text += sprintf(text, wide[i] < 0x7f ? "%c" : "{%x}", wide[i]);
    rtf_reader_free(reader);
    return hr;
}

static const struct
{
    const char *rtf;
    BOOL native;
    HRESULT hr;
    enum rtf_kind kind;
    const char *text;
}
reads[] =
{
    {"{\\rtf1 hello\\par world}", FALSE, S_OK, RTF_KIND_RTF, "hello\r\nworld"},
    {"{\\rtf1 a\r\nb\\line c\\tab d}trailing", FALSE, S_OK, RTF_KIND_RTF, "ab\r\nc\td"},
    {"{\\rtf1{\\fonttbl{\\f0\\fnil Arial;}}{\\colortbl;}{\\*\\generator x}{\\info{\\author me}}t}",
     FALSE, S_OK, RTF_KIND_RTF, "t"},
    {"{\\rtf1 \\{\\}\\\\\\~\\_\\-x}", FALSE, S_OK, RTF_KIND_RTF, "{}\\{a0}{2011}{ad}x"},
    {"{\\rtf1\\ansicpg1251 \\'e0\\'e1}", FALSE, S_OK, RTF_KIND_RTF, "{430}{431}"},
    {"{\\rtf1\\ansi{\\fonttbl{\\f3\\fcharset204 X;}}\\'e0\\f3\\'e0\\plain\\'e0}", FALSE, S_OK,
     RTF_KIND_RTF, "{e0}{430}{e0}"},
    {"{\\rtf1\\ansicpg932 \\'82\\'a0\\'82\\'a2}", FALSE, S_OK, RTF_KIND_RTF, "{3042}{3044}"},
    {"{\\rtf1\\u8364?x\\u-10179\\'3f\\u-8694?}", FALSE, S_OK, RTF_KIND_RTF,
     "{20ac}x{d83d}{de0a}"},
    {"{\\rtf1\\uc2\\u8364 ??x{\\uc0\\u65}B}", FALSE, S_OK, RTF_KIND_RTF, "{20ac}xAB"},
    {"{\\rtf1 a{\\pict\\bin3 }}}b}c}", FALSE, S_OK, RTF_KIND_RTF, "ac"},
    {"{\\rtf1 {\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt link}}}", FALSE, S_OK, RTF_KIND_RTF,
     "link"},
    {"{\\rtf1\\lquote\\rquote\\emdash\\bullet}", FALSE, S_OK, RTF_KIND_RTF,
     "{2018}{2019}{2014}{2022}"},
    /* HTML: markup for the one, what stands in its place for the other */
    {"{\\rtf1\\ansi\\fromhtml1 {\\*\\htmltag64 <p>}\\htmlrtf \\par\\htmlrtf0 x{\\*\\htmltag72 </p>}}",
     TRUE, S_OK, RTF_KIND_HTML, "<p>x</p>"},
    {"{\\rtf1\\ansi\\fromhtml1 {\\*\\htmltag64 <p>}\\htmlrtf \\par\\htmlrtf0 x{\\*\\htmltag72 </p>}}",
     FALSE, S_OK, RTF_KIND_HTML, "\r\nx"},
    {"{\\rtf1\\fromhtml1 {\\*\\mhtmltag64 no}\\lquote{\\*\\htmltag84 &amp;}\\htmlrtf &\\htmlrtf0 {\\b b}}",
     TRUE, S_OK, RTF_KIND_HTML, "&lsquo;&amp;b"},
    {"{\\rtf1\\fromhtml1{\\htmlrtf {a}}b\\par}", TRUE, S_OK, RTF_KIND_HTML, "b\r\n"},
    {"{\\rtf1\\fromhtml1 {\\*\\htmltag \\'e4\\{\\par }}", TRUE, S_OK, RTF_KIND_HTML, "{e4}{\r\n"},
    {"{\\rtf1\\fromtext a\\htmlrtf b\\htmlrtf0 c}", TRUE, S_OK, RTF_KIND_TEXT, "ac"},
    {"{\\rtf1 x{\\fromhtml1}}", TRUE, S_OK, RTF_KIND_HTML, "x"},
    /* damaged */
    {"", FALSE, MAPI_E_CORRUPT_DATA, RTF_KIND_RTF, ""},
    {"plain text", FALSE, MAPI_E_CORRUPT_DATA, RTF_KIND_RTF, ""},
    {"{\\html x}", FALSE, MAPI_E_CORRUPT_DATA, RTF_KIND_RTF, ""},
    {"}", FALSE, MAPI_E_CORRUPT_DATA, RTF_KIND_RTF, ""},
    {"\\rtf1 x", FALSE, MAPI_E_CORRUPT_DATA, RTF_KIND_RTF, ""},
    {"{\\rtf1 cut {\\b sho", FALSE, S_OK, RTF_KIND_RTF, "cut sho"},
    {"{\\rtf1\\u99999999999999\\bin-5 \\ansicpg0 x\\'zz}", FALSE, S_OK, RTF_KIND_RTF, NULL},
};

START_TEST(test_read)
{
    enum rtf_kind kind;
    char text[10000];
    size_t i, piece;
    HRESULT hr;

    for (i = 0; i < ARRAYSIZE(reads); i++)
    for (piece = 1; piece < 40; piece += 13)
    {
        kind = RTF_KIND_RTF;
        hr = read_rtf(reads[i].rtf, strlen(reads[i].rtf), piece, reads[i].native, text, &kind);

        ck_assert_msg(hr == reads[i].hr, "%u: %08x", (unsigned)i, (unsigned)hr);
        if (FAILED(hr)) continue;
        if (i != 18) ck_assert_msg(kind == reads[i].kind, "%u: kind %u", (unsigned)i, kind);
        if (reads[i].text)
            ck_assert_msg(!strcmp(text, reads[i].text), "%u: %s", (unsigned)i, text);
    }
}
END_TEST

START_TEST(test_deep)
{
    char *rtf = malloc(100000), text[10000];
    enum rtf_kind kind;

    memset(rtf, '{', 100000);
    memcpy(rtf, "{\\rtf1 ", 7);
    unit_assert_hr(read_rtf(rtf, 100000, 100000, FALSE, text, &kind), MAPI_E_CORRUPT_DATA);
    free(rtf);
}
END_TEST

struct rtf
{
    char data[0x20000];
    size_t size;
};

static HRESULT append(void *context, const BYTE *data, size_t size)
{
    struct rtf *rtf = context;

    ck_assert(rtf->size + size < sizeof(rtf->data));
    memcpy(rtf->data + rtf->size, data, size);
    rtf->size += size;
    return S_OK;
}

static const struct
{
    const WCHAR *text;
    const WCHAR *shown;         /* of HTML; NULL: the same */
}
rounds[] =
{
    {u"", NULL},
    {u"one\r\ntwo\r\n", NULL},
    {u"\ttab {braces} back\\slash \u00e4\u20ac\U0001f600\x7f", NULL},
    {u"<html><body><p>Hi <b>there</b></p></body></html>", u"Hi there\r\n\r\n"},
    {u"<P CLASS=\"a>b\">1 &lt; 2 &amp; 3 &#8364;&#x1f600;</P>\r\nx", u"1 < 2 & 3 \u20ac\U0001f600\r\n\r\n x"},
    {u"<head><style>p { color: red }\r\n</style></head>a<!-- > b -->c&unknown;d&", u"ac&unknown;d&"},
    {u"<script>if (a < b) {}</script>x<br/>y<unfinished", u"x\r\ny"},
    {u"<pre>a\r\nb</pre>", u"a\r\nb\r\n"},
    {u"<", u""},
    {u"<p>\u00fc\\{}</p>", u"\u00fc\\{}\r\n\r\n"},
};

/* What was put into rich text comes out of it, and readers of rich text see what there is to
 * see. */
START_TEST(test_round)
{
    struct rtf *rtf = malloc(sizeof(*rtf));
    struct rtf_reader *reader;
    enum rtf_kind kind;
    const WCHAR *text, *expected;
    size_t i, length;
    ULONG codepage;
    int html, native;

    for (i = 0; i < ARRAYSIZE(rounds); i++)
    for (html = 0; html < 2; html++)
    for (native = 0; native < 2; native++)
    {
        rtf->size = 0;
        length = text_length(rounds[i].text);
        unit_assert_hr((html ? rtf_from_html : rtf_from_text)(rounds[i].text, length, append, rtf),
                       S_OK);
        unit_assert_hr(rtf_reader_create(native, &reader), S_OK);
        unit_assert_hr(rtf_reader_add(reader, (BYTE *)rtf->data, rtf->size), S_OK);
        unit_assert_hr(rtf_reader_end(reader, &text, &length, &kind, &codepage), S_OK);
        unit_assert_row(i, kind == (html ? RTF_KIND_HTML : RTF_KIND_TEXT));
        expected = html && !native && rounds[i].shown ? rounds[i].shown : rounds[i].text;
        if (!html || native || rounds[i].shown)
        {
            unit_assert_row(i, length == text_length(expected));
            unit_assert_row(i, !memcmp(text, expected, length * sizeof(WCHAR)));
        }
        rtf_reader_free(reader);
    }
    free(rtf);
}
END_TEST

static HRESULT allocate(void *context)
{
    static const char rtf[] = "{\\rtf1{\\fonttbl{\\f0\\fcharset204 a;}}{{{{{{{{{{{{{{{{{{text}}}";
    enum rtf_kind kind;
    char text[1000];

    (void)context;
    return read_rtf(rtf, sizeof(rtf) - 1, 7, FALSE, text, &kind);
}

START_TEST(test_memory)
{
    unit_fail_each(allocate, NULL);
}
END_TEST

Suite *rtf_suite(void)
{
    Suite *suite = suite_create("rtf");
    TCase *tcase = tcase_create("rtf");

    tcase_add_test(tcase, test_read);
    tcase_add_test(tcase, test_deep);
    tcase_add_test(tcase, test_round);
    tcase_add_test(tcase, test_memory);
    suite_add_tcase(suite, tcase);
    return suite;
}
