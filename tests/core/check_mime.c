/*
 * Units of the MIME layer of mapimime32
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
 * The layer is built into this file, since it belongs to a DLL of its own. What it needs of the
 * system is defined here: no charsets but those the layer decodes itself.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <check.h>

#include "../../dlls/mapimime32/mime/buffer.c"
#include "../../dlls/mapimime32/mime/charset.c"
#include "../../dlls/mapimime32/mime/coding.c"
#include "../../dlls/mapimime32/mime/header.c"
#include "../../dlls/mapimime32/mime/address.c"
#include "../../dlls/mapimime32/mime/date.c"
#include "../../dlls/mapimime32/mime/text.c"
#include "../../dlls/mapimime32/mime/write.c"
#include "../../dlls/mapimime32/mime/parser.c"

Suite *mime_suite(void);

BOOL mime_system_decode(UINT codepage, const char *data, size_t size, BOOL lenient,
                        struct mime_text *text)
{
    (void)codepage, (void)data, (void)size, (void)lenient, (void)text;
    return FALSE;
}

/* UTF-8 of a text, in one of a few buffers. */
static const char *utf8(const struct mime_text *text)
{
    static char buffers[4][4096];
    static unsigned next;
    struct mime_bytes bytes = {0};
    char *buffer = buffers[next++ % 4];

    ck_assert(!text->failed);
    mime_encode_utf8(text->data, text->length, &bytes);
    ck_assert(bytes.size < sizeof(buffers[0]));
    memcpy(buffer, bytes.data ? bytes.data : "", bytes.size + 1);
    mime_bytes_free(&bytes);
    return buffer;
}

START_TEST(test_charsets)
{
    static const struct { const char *name; UINT codepage; } tests[] =
    {
        {"UTF-8", 65001}, {"\"utf8\"", 65001}, {"ISO-8859-15", 28605}, {"iso8859-2", 28592},
        {"ISO_8859-5", 28595}, {"CP1251", 1251}, {"windows-1255", 1255}, {"ibm850", 850},
        {"Shift_JIS", 932}, {"iso-2022-jp", 50220}, {"GB2312", 936}, {"x-unknown", 0}, {"", 0},
        {"cp", 0}, {"iso8859-99", 0}, {"windows-99999999", 0}
    };
    unsigned i;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        UINT codepage = mime_codepage(tests[i].name, strlen(tests[i].name));
        ck_assert_msg(codepage == tests[i].codepage || (codepage && !tests[i].codepage && i == 15),
                      "%s is %u", tests[i].name, codepage);
    }
    ck_assert_str_eq(mime_charset(65001), "utf-8");
    ck_assert_str_eq(mime_charset(50222), "iso-2022-jp");
    ck_assert(!mime_charset(4711));
}
END_TEST

START_TEST(test_junk)
{
    static const struct { UINT codepage; const char *bytes, *text; } tests[] =
    {
        {65001, "gr\xc3\xbc\xc3\x9f", "grüß"}, {65001, "gr\xfc\xdf", "grüß"},
        {0, "\x80 5", "€ 5"}, {20127, "caf\xe9", "café"}, {1252, "\x93x\x94", "\xe2\x80\x9cx\xe2\x80\x9d"},
        {65001, "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80"}, {65001, "\xed\xa0\x80", "í\xc2\xa0€"},
        {65001, "\xef\xbb\xbfx", "x"}, {65001, "\xc3", "Ã"}, {28605, "\xe4", "ä"},
        {932, "\xc3\xa4", "ä"}
    };
    unsigned i;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        struct mime_text text = {0};
        mime_decode(tests[i].codepage, tests[i].bytes, strlen(tests[i].bytes), &text);
        ck_assert_str_eq(utf8(&text), tests[i].text);
        mime_text_free(&text);
    }
}
END_TEST

static void check_coding(enum mime_encoding encoding, const char *in, const char *expected)
{
    size_t size = strlen(in), step, at;

    /* In pieces of every size. */
    for (step = 1; step <= size + 1; step++)
    {
        struct mime_decoder decoder = {encoding};
        struct mime_bytes out = {0};

        for (at = 0; at < size; at += step)
            mime_decoder_put(&decoder, in + at, size - at < step ? size - at : step, &out);
        mime_decoder_end(&decoder, &out);
        ck_assert(!out.failed);
        ck_assert_msg(out.size == strlen(expected)
                          && !memcmp(out.data ? out.data : "", expected, out.size),
                      "'%s' in steps of %u: '%s'", in, (unsigned)step, out.data);
        mime_bytes_free(&out);
        mime_decoder_free(&decoder);
    }
}

START_TEST(test_decoders)
{
    check_coding(MIME_BASE64, "SGVsbG8=", "Hello");
    check_coding(MIME_BASE64, "SGVs\r\nbG8", "Hello");
    check_coding(MIME_BASE64, "SG!Vs*bG8===", "Hello");
    check_coding(MIME_BASE64, "SGk=SGk=", "HiHi");
    check_coding(MIME_BASE64, "", "");
    check_coding(MIME_BASE64, "S", "");
    check_coding(MIME_QP, "a=3Db", "a=b");
    check_coding(MIME_QP, "a=3d=\r\nb", "a=b");
    check_coding(MIME_QP, "a=  \r\nb", "ab");
    check_coding(MIME_QP, "a \t\r\nb", "a\r\nb");
    check_coding(MIME_QP, "a=zb=4", "a=zb=4");
    check_coding(MIME_QP, "a  b", "a  b");
    check_coding(MIME_QP, "==41", "=A");
    check_coding(MIME_UUENCODE, "begin 644 x\n#0V%T\n`\nend\nmore\n", "Cat");
    check_coding(MIME_UUENCODE, "begin 644 x\r\n%2&5L;&\\\r\nend", "Hello");
    check_coding(MIME_UUENCODE, "nothing of the kind\n", "");
    check_coding(MIME_IDENTITY, "a=3D", "a=3D");
    ck_assert_int_eq(mime_encoding_from_name("Base64 ", 7), MIME_BASE64);
    ck_assert_int_eq(mime_encoding_from_name("x-foo", 5), MIME_IDENTITY);
}
END_TEST

START_TEST(test_encoders)
{
    char data[300];
    struct mime_bytes out = {0}, back = {0};
    struct mime_decoder decoder = {MIME_BASE64};
    unsigned i, column = 0;

    for (i = 0; i < sizeof(data); i++) data[i] = (char)(i * 7);
    mime_put_base64(&out, data, sizeof(data), &column);
    mime_decoder_put(&decoder, out.data, out.size, &back);
    ck_assert(back.size == sizeof(data) && !memcmp(back.data, data, sizeof(data)));
    out.size = back.size = 0;
    mime_put_qp(&out, data, sizeof(data));
    memset(&decoder, 0, sizeof(decoder));
    decoder.encoding = MIME_QP;
    mime_decoder_put(&decoder, out.data, out.size, &back);
    mime_decoder_end(&decoder, &back);
    ck_assert(back.size == sizeof(data) && !memcmp(back.data, data, sizeof(data)));
    for (i = column = 0; i < out.size; i++)
    {
        column = out.data[i] == '\n' ? 0 : column + 1;
        ck_assert(column <= 77);        /* with CR */
    }
    mime_decoder_free(&decoder);
    out.size = back.size = 0;
    mime_put_qp(&out, ".x \r\nFrom y\r\n", 13);
    ck_assert_str_eq(out.data, "=2Ex=20\r\n=46rom y\r\n");
    out.size = 0;
    mime_put_string(&out, "begin 644 x\r\n");
    for (i = 0; i < sizeof(data); i += 45)
        mime_put_uu(&out, data + i, sizeof(data) - i < 45 ? sizeof(data) - i : 45);
    mime_put_uu(&out, data, 0);
    mime_put_string(&out, "end\r\n");
    memset(&decoder, 0, sizeof(decoder));
    decoder.encoding = MIME_UUENCODE;
    mime_decoder_put(&decoder, out.data, out.size, &back);
    ck_assert(back.size == sizeof(data) && !memcmp(back.data, data, sizeof(data)));
    mime_decoder_free(&decoder);
    mime_bytes_free(&out);
    mime_bytes_free(&back);
}
END_TEST

START_TEST(test_words)
{
    static const struct { const char *in, *out; } tests[] =
    {
        {"plain text", "plain text"},
        {"=?utf-8?B?R3LDvMOfZQ==?= there", "Grüße there"},
        {"=?iso-8859-1?q?a=E4_b?= =?ISO-8859-1?Q?c?=", "aä bc"},
        /* A character over two words, and over two charsets. */
        {"=?utf-8?B?w?= =?utf-8?Q?=C3?= =?utf-8?Q?=BC?=", "ü"},
        {"=?utf-8*de?q?x?=", "x"},
        {"=?utf-8?q?with blank?=", "with blank"},
        {"=?unknown-8bit?q?=C3=BC?=", "ü"},
        {"=?utf-8?q?open", "=?utf-8?q?open"}, {"=?utf-8?x?a?=", "=?utf-8?x?a?="},
        {"=?" "?q?a?=", "=?" "?q?a?="}, {"a =?utf-8?q?" "?= b", "a  b"},
        {"x=?utf-8?q?y?=z", "xyz"}, {"gr\xfc\xdf", "grüß"},
        {"=?utf-8?q?a?=\t =?iso-8859-1?q?=FC?=", "aü"}
    };
    unsigned i;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        struct mime_text text = {0};
        mime_decode_words(tests[i].in, strlen(tests[i].in), 0, &text);
        ck_assert_str_eq(utf8(&text), tests[i].out);
        mime_text_free(&text);
    }
}
END_TEST

START_TEST(test_parameters)
{
    static const struct { const char *value, *name, *out; } tests[] =
    {
        {"text/plain; charset=utf-8", "charset", "utf-8"},
        {"text/plain; CHARSET = \"utf-8\" ; x=y", "charset", "utf-8"},
        {"text/plain; charset=us-ascii (Plain; text)", "charset", "us-ascii"},
        {"a/b (c;name=x); name=\"a;b\"", "name", "a;b"},
        {"a; filename=C:\\dir\\a b.txt", "filename", "C:\\dir\\a b.txt"},
        {"a; filename=\"a \\\"b\\\\ c\"", "filename", "a \"b\\ c"},
        {"a; filename*=utf-8'de'na%C3%AFve%20x", "filename", "naïve x"},
        {"a; filename*0=\"one \"; filename*1=two", "filename", "one two"},
        {"a; filename*1*=%C3%BC; filename*0*=iso-8859-1''x; filename*2=z%20", "filename", "xÃ¼z%20"},
        {"a; filename*1*=%C3%BC; filename*0*=utf-8''x; filename*2=z%20", "filename", "xüz%20"},
        {"a; filename=plain; filename*=utf-8''b%65st", "filename", "best"},
        {"a; filename=\"=?utf-8?B?R3LDvMOfZS50eHQ=?=\"", "filename", "Grüße.txt"},
        {"a; filename=gr\xfc\xdf.txt", "filename", "grüß.txt"},
        {"a; xfilename=no; filename", "filename", NULL}, {"a; name=\"open", "name", "open"},
        {"a;;; ;name=x", "name", "x"}, {"a; name=", "name", ""}, {"a; name*5=x", "name", NULL},
        {"", "name", NULL}, {"a; name*=x%2", "name", "x%2"}
    };
    unsigned i;
    char token[16];

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        struct mime_text text = {0};
        BOOL found = mime_value_parameter(tests[i].value, strlen(tests[i].value), tests[i].name,
                                          &text);
        ck_assert_msg(found == (tests[i].out != NULL), "'%s'", tests[i].value);
        if (found) ck_assert_str_eq(utf8(&text), tests[i].out);
        mime_text_free(&text);
    }
    mime_value_token("Text/ (x) HTML ; a=b", 20, token, sizeof(token));
    ck_assert_str_eq(token, "text/html");
    mime_value_token("aaaaaaaaaaaaaaaaaaaaaaaaaaaa", 28, token, sizeof(token));
    ck_assert_str_eq(token, "aaaaaaaaaaaaaaa");
}
END_TEST

static BOOL list_mailbox(void *context, const struct mime_mailbox *mailbox)
{
    struct mime_bytes *list = context;

    if (list->size) mime_put_byte(list, '|');
    mime_encode_utf8(mailbox->name, mailbox->name_length, list);
    mime_put_byte(list, '~');
    mime_encode_utf8(mailbox->address, mailbox->address_length, list);
    return TRUE;
}

START_TEST(test_addresses)
{
    static const struct { const char *in, *out; } tests[] =
    {
        {"a@b.org", "~a@b.org"}, {"A B <a@b>, c@d", "A B~a@b|~c@d"},
        {"\"B, A\" <a@b>", "B, A~a@b"}, {"\"A \\\"q\\\" B\" <a@b>", "A \"q\" B~a@b"},
        {"a@b (Ann (the) Bee)", "Ann (the) Bee~a@b"}, {"Team: a@b, C <c@d>;, e@f", "~a@b|C~c@d|~e@f"},
        {"undisclosed-recipients:;", ""}, {"Inner: A: a@b;;", "~a@b"},
        {"=?utf-8?q?M=C3=BCller=2C_J?= <j@m>", "Müller, J~j@m"},
        {"\"=?utf-8?q?M=C3=BC?=\" <j@m>", "Mü~j@m"}, {"M\xfcller <j@m>", "Müller~j@m"},
        {"a@b; c@d", "~a@b|~c@d"}, {"Foo <a@b, c@d", "Foo~a@b|~c@d"}, {"<@x,@y:a@b>", "~a@b"},
        {"<>", ""}, {"Foo <>", "Foo~"}, {", ,a@b,,", "~a@b"}, {"root", "~root"},
        {"John Smith j@x.org", "John Smith~j@x.org"}, {"Only A Name", "Only A Name~"},
        {"\"john smith\"@x.org (J)", "john smith@x.org~"}, {"<\"john smith\"@x.org>", "~\"johnsmith\"@x.org"},
        {"Joe [work] <j@x>", "Joe [work]~j@x"}, {"a b: c@d", "~c@d"}, {"x@y:25", "~x@y:25"},
        {"((((", ""}, {"\"open <a@b>, c@d", "open <a@b>, c@d~"}, {"Foo\r\n\t Bar <a@b>", "Foo Bar~a@b"}
    };
    unsigned i;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        struct mime_bytes list = {0};
        mime_parse_addresses(tests[i].in, strlen(tests[i].in), 0, list_mailbox, &list);
        if (strcmp(list.data ? list.data : "", tests[i].out))
            printf("%s -> %s\n", tests[i].in, list.data);
        ck_assert_str_eq(list.data ? list.data : "", tests[i].out);
        mime_bytes_free(&list);
    }
}
END_TEST

START_TEST(test_dates)
{
    static const struct { const char *in, *out; } tests[] =
    {
        {"Wed, 25 Nov 2026 21:30:05 +0000", "Wed, 25 Nov 2026 21:30:05 +0000"},
        {"25 Nov 2026 21:30 +0100 (CET)", "Wed, 25 Nov 2026 20:30:00 +0000"},
        {"Thu, 1 Jan 70 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 +0000"},
        {"Sat, 29 Feb 2020 23:59:60 -0530", "Sun, 01 Mar 2020 05:29:59 +0000"},
        {"Wed Nov 25 21:30:05 2026", "Wed, 25 Nov 2026 21:30:05 +0000"},
        {"Monday, 03-Feb-97 10:00:00 PST", "Mon, 03 Feb 1997 18:00:00 +0000"},
        {"25 November 2026 1:02:03 EDT", "Wed, 25 Nov 2026 05:02:03 +0000"},
        {"Wed, 25 Nov 2026", "Wed, 25 Nov 2026 00:00:00 +0000"},
        {"", NULL}, {"yesterday", NULL}, {"32 Jan 2000 00:00:00 +0000", NULL},
        {"1 Jan 99999 00:00:00", NULL}, {"1 Jan 1601 00:00:00 +1200", NULL}
    };
    ULONGLONG time;
    char buffer[40];
    unsigned i;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        BOOL found = mime_parse_date(tests[i].in, strlen(tests[i].in), &time);
        ck_assert_msg(found == (tests[i].out != NULL), "'%s'", tests[i].in);
        if (!found) continue;
        mime_format_date(time, 0, buffer);
        ck_assert_str_eq(buffer, tests[i].out);
    }
    ck_assert(mime_parse_date("25 Nov 2026 21:30:00 GMT", 24, &time));
    mime_format_date(time, -330, buffer);
    ck_assert_str_eq(buffer, "Wed, 25 Nov 2026 16:00:00 -0530");
    mime_format_date(~0ull, 0, buffer);
    ck_assert(strlen(buffer) < 40);
}
END_TEST

static void set_text(struct mime_text *text, const char *string)
{
    mime_decode(MIME_CP_UTF8, string, strlen(string), text);
}

START_TEST(test_text)
{
    static const struct { const char *in, *out; } flowed[] =
    {
        {"a \nb\nc", "a b\r\nc"}, {"> a \n> b\nc", "> a b\r\nc"}, {"> a \n>> b", "> a \r\n>> b"},
        {"x\n-- \ny", "x\r\n-- \r\ny"}, {" From x", "From x"}, {"a ", "a "}, {"", ""}
    }, html[] =
    {
        {"<p>One</p><p>Two &amp; <b>three</b></p>", "One\r\n\r\nTwo & three\r\n"},
        {"a<br>b\n  c", "a\r\nb c"}, {"<style>x</style>y<script>if (a<b)</script>z", "yz"},
        {"<!-- c -->&lt;&#65;&#x42;&bogus; 1 < 2", "<AB&bogus; 1 < 2"},
        {"<pre>a\n  b</pre>", "a\r\n  b\r\n"}, {"<a href='x>y'>link</a>", "link"},
        {"<a href='x>lost", "lost"}, {"<ul><li>a<li>b</ul>", "* a\r\n* b\r\n"},
        {"<title>t</title>x", "x"}, {"&#128512;", "\xf0\x9f\x98\x80"}, {"<", "<"}, {"&", "&"},
        {"a&nbsp;b", "a b"}
    };
    struct mime_text in = {0}, out = {0};
    unsigned i;

    for (i = 0; i < ARRAY_SIZE(flowed); i++)
    {
        in.length = out.length = 0;
        set_text(&in, flowed[i].in);
        mime_unflow(in.data, in.length, TRUE, FALSE, &out);
        ck_assert_str_eq(utf8(&out), flowed[i].out);
    }
    in.length = out.length = 0;
    set_text(&in, "abc \ndef");
    mime_unflow(in.data, in.length, TRUE, TRUE, &out);
    ck_assert_str_eq(utf8(&out), "abcdef");
    in.length = out.length = 0;
    set_text(&in, "a\rb\nc\r\nd\r\r\ne");
    mime_text_put_char(&in, 0);
    set_text(&in, "f");
    mime_unflow(in.data, in.length, FALSE, FALSE, &out);
    ck_assert_str_eq(utf8(&out), "a\r\nb\r\nc\r\nd\r\nef");
    for (i = 0; i < ARRAY_SIZE(html); i++)
    {
        in.length = out.length = 0;
        set_text(&in, html[i].in);
        mime_html_to_text(in.data, in.length, &out);
        ck_assert_str_eq(utf8(&out), html[i].out);
    }
    in.length = out.length = 0;
    set_text(&in, "one two three\r\nfour-and-more x\r\n");
    mime_wrap(in.data, in.length, 8, &out);
    ck_assert_str_eq(utf8(&out), "one two\r\nthree\r\nfour-and-more\r\nx\r\n");
    mime_text_free(&in);
    mime_text_free(&out);
}
END_TEST

/* Every line fits, and what is unfolded and decoded is the text again. */
static void check_field(const char *text, BOOL ascii)
{
    struct mime_text in = {0}, back = {0};
    struct mime_header header = {{0}};
    const struct mime_field *field;
    size_t i, column = 0;

    set_text(&in, text);
    mime_put_text_field(&header.raw, "Subject", in.data, FALSE);
    for (i = 0; i < header.raw.size; i++)
    {
        column = header.raw.data[i] == '\n' ? 0 : column + 1;
        ck_assert_msg(column <= 77, "%s", header.raw.data);
        ck_assert(!(header.raw.data[i] & 0x80));
    }
    if (!ascii) ck_assert(strstr(header.raw.data, "=?utf-8?"));
    ck_assert(mime_header_parse(&header));
    ck_assert_uint_eq(header.count, 1);
    ck_assert((field = mime_header_field(&header, "subject")));
    mime_decode_words(field->value, field->value_size, 0, &back);
    ck_assert_str_eq(utf8(&back), text);
    mime_header_free(&header);
    mime_text_free(&in);
    mime_text_free(&back);
}

START_TEST(test_write)
{
    static const char *const names[] =
        {"Ann Bee", "Bee, Ann", "Müller, Jörg \"Q\" \\ x", "=?utf-8?q?x?=", "日本語の名前がここにある長い",
         "a@b", ""};
    static const char *const files[] =
        {"a.txt", "a b \"q\" \\.txt", "Grüße.txt",
         "a very long name of a file that goes on and on and on and on until it is longer than a line.txt",
         "日本語のとても長いファイル名がここにありますので一行には収まりません.txt", "100%'.txt", ""};
    struct mime_text name = {0}, address = {0};
    struct mime_bytes out = {0}, list = {0};
    char expected[256];
    unsigned i;

    check_field("short", TRUE);
    check_field("a subject that is long enough to be folded, since it has many words, more than one line takes", TRUE);
    check_field("Grüße aus Köln, wo die Wörter lang sind und die Zeilen kürzer als der Betreff, Sätze ähnlich", FALSE);
    check_field("日本語の件名はとても長いので一行には収まりません。そこで何行にも分けて書かれます。", FALSE);
    check_field("looks like =?utf-8?q?x?=", FALSE);
    check_field("\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80"
                "\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80",
                FALSE);
    set_text(&name, "x\r\nBcc: evil@x");
    mime_put_text_field(&out, "Subject", name.data, FALSE);
    ck_assert_str_eq(out.data, "Subject: x  Bcc: evil@x\r\n");

    for (i = 0; i < ARRAY_SIZE(names); i++)
    {
        name.length = address.length = list.size = out.size = 0;
        set_text(&name, names[i]);
        set_text(&address, "a@b");
        mime_put_mailbox(&out, name.data, address.data, TRUE, FALSE);
        mime_put_mailbox(&out, name.data, address.data, FALSE, FALSE);
        mime_parse_addresses(out.data, out.size, 0, list_mailbox, &list);
        if (!strcmp(names[i], "a@b")) name.length = 0;
        sprintf(expected, "%s~a@b|%s~a@b", name.length ? names[i] : "",
                name.length ? names[i] : "");
        ck_assert_str_eq(list.data, expected);
    }
    for (i = 0; i < ARRAY_SIZE(files); i++)
    {
        name.length = address.length = out.size = 0;
        set_text(&name, files[i]);
        if (!name.data) mime_text_put(&name, NULL, 0);
        mime_put_string(&out, "a/b");
        mime_put_parameter(&out, "name", name.data);
        ck_assert(mime_value_parameter(out.data, out.size, "name", &address));
        ck_assert_str_eq(utf8(&address), files[i]);
    }
    mime_text_free(&name);
    mime_text_free(&address);
    mime_bytes_free(&out);
    mime_bytes_free(&list);
}
END_TEST

/* ---------------------------------------------------------------------------------- the parser */

struct source
{
    const char *data;
    size_t size, at, step;
};

static HRESULT source_read(void *context, void *buffer, size_t size, size_t *got)
{
    struct source *source = context;
    size_t count = source->size - source->at;

    if (count > size) count = size;
    if (count > source->step) count = source->step;
    memcpy(buffer, source->data + source->at, count);
    source->at += count;
    *got = count;
    return S_OK;
}

static HRESULT tree_begin(void *context, const struct mime_entity *entity)
{
    mime_put_string(context, entity->kind == MIME_MULTIPART ? "{" : entity->kind == MIME_MESSAGE ? "(" : "[");
    mime_put_string(context, entity->aside ? "aside" : entity->rest ? "rest" : entity->type);
    mime_put_byte(context, ':');
    return S_OK;
}

static HRESULT tree_data(void *context, const void *data, size_t size)
{
    mime_put(context, data, size);
    return S_OK;
}

static HRESULT tree_end(void *context)
{
    mime_put_byte(context, ']');
    return S_OK;
}

static const struct mime_sink tree_sink = {tree_begin, tree_data, tree_end};

static void check_tree(const char *message, const char *expected)
{
    size_t step;

    for (step = 1; step < 70; step += step < 5 ? 1 : 32)
    {
        struct source source = {message, strlen(message), 0, step};
        struct mime_bytes tree = {0};
        unsigned parts = 0;

        ck_assert(mime_parse(source_read, &source, &tree_sink, &tree, 0, &parts) == S_OK);
        ck_assert_str_eq(tree.data, expected);
        mime_bytes_free(&tree);
    }
}

#define MIXED "Content-Type: multipart/mixed; boundary=b\r\n\r\n"

START_TEST(test_parser)
{
    check_tree("", "[text/plain:]");
    check_tree("Subject: x\r\n\r\nbody\r\n", "[text/plain:body\r\n]");
    check_tree("Subject: x\nbody without a blank line\n\nmore",
               "[text/plain:body without a blank line\n\nmore]");
    check_tree("From me Mon\r\nSubject: x\r\n\r\nbody", "[text/plain:body]");
    check_tree("just text", "[text/plain:just text]");
    check_tree(MIXED
               "pre\r\n--b\r\n\r\none\r\n--b\r\nContent-Type: text/html\r\n\r\ntwo\r\n--b--\r\n",
               "{multipart/mixed:[text/plain:one][text/html:two]]");
    check_tree(MIXED "--b\r\n\r\none\r\n\r\n--bx\r\n--b \r\n\r\ntwo\r\n--b--\r\nafter\r\n",
               "{multipart/mixed:[text/plain:one\r\n\r\n--bx][text/plain:two][aside:after\r\n]]");
    /* No boundary at all, none given, none at the end. */
    check_tree(MIXED "text", "{multipart/mixed:[aside:text]]");
    check_tree("Content-Type: multipart/mixed\r\n\r\ntext", "[text/plain:text]");
    check_tree(MIXED "--b\r\n\r\none", "{multipart/mixed:[text/plain:one]]");
    check_tree(MIXED "--b\r\n--b\r\nX: y", "{multipart/mixed:[text/plain:][text/plain:]]");
    check_tree(MIXED "--b--\r\n", "{multipart/mixed:]");
    /* The inner one is not closed. */
    check_tree(MIXED "--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\n\r\none\r\n--b\r\n\r\ntwo\r\n--b--",
               "{multipart/mixed:{multipart/alternative:[text/plain:one]][text/plain:two]]");
    check_tree(MIXED
               "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: in\r\n\r\ninner\r\n--b--\r\n",
               "{multipart/mixed:(message/rfc822:[text/plain:inner]]]");
    check_tree(MIXED "--b\r\nContent-Type: message/rfc822\r\n--b\r\n\r\nx\r\n",
               "{multipart/mixed:(message/rfc822:[text/plain:]][text/plain:x\r\n]]");
    check_tree("Content-Type: message/rfc822\r\n", "(message/rfc822:[text/plain:]]");
    check_tree("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nSGk=",
               "[message/rfc822:Hi]");
    check_tree(
        "Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\nSubject: x\r\n\r\ny\r\n--b--",
        "{multipart/digest:(message/rfc822:[text/plain:y]]]");
    check_tree("Content-Type: text\r\n\r\nx", "[text/plain:x]");
    check_tree("Content-Type: /;\r\n\r\nx", "[application/octet-stream:x]");
    check_tree("Content-Transfer-Encoding: quoted-printable\r\n\r\na=\r\nb=20\r\n",
               "[text/plain:ab \r\n]");
    check_tree(MIXED "--b\r\nContent-Transfer-Encoding: base64\r\n\r\nSGVs\r\nbG8=\r\n--b--",
               "{multipart/mixed:[text/plain:Hello]]");
}
END_TEST

struct counts { unsigned begun, ended, depth, deepest; size_t bytes; };

static HRESULT count_begin(void *context, const struct mime_entity *entity)
{
    struct counts *counts = context;

    (void)entity;
    counts->begun++;
    if (++counts->depth > counts->deepest) counts->deepest = counts->depth;
    return S_OK;
}

static HRESULT count_data(void *context, const void *data, size_t size)
{
    (void)data;
    ((struct counts *)context)->bytes += size;
    return S_OK;
}

static HRESULT count_end(void *context)
{
    struct counts *counts = context;

    counts->ended++;
    counts->depth--;
    return S_OK;
}

static void count(const struct mime_bytes *message, struct counts *counts)
{
    static const struct mime_sink sink = {count_begin, count_data, count_end};
    struct source source = {message->data, message->size, 0, ~(size_t)0};
    unsigned parts = 0;

    memset(counts, 0, sizeof(*counts));
    ck_assert(!message->failed);
    ck_assert(mime_parse(source_read, &source, &sink, counts, 0, &parts) == S_OK);
    ck_assert_uint_eq(counts->begun, counts->ended);
    ck_assert_uint_eq(parts, counts->begun);
}

START_TEST(test_limits)
{
    struct mime_bytes message = {0};
    struct counts counts;
    char line[128];
    unsigned i;

    /* Messages in messages, and multiparts in multiparts. */
    for (i = 0; i < 100000; i++) mime_put_string(&message, "Content-Type: message/rfc822\r\n\r\n");
    count(&message, &counts);
    ck_assert_uint_eq(counts.deepest, MIME_MAX_DEPTH + 1);
    message.size = 0;
    for (i = 0; i < 20000; i++)
    {
        sprintf(line, "Content-Type: multipart/mixed; boundary=b%u\r\n\r\n--b%u\r\n", i, i);
        mime_put_string(&message, line);
    }
    count(&message, &counts);
    ck_assert_uint_eq(counts.deepest, MIME_MAX_DEPTH + 1);
    ck_assert(counts.bytes > 19000 * 50);

    /* Many parts: the rest is one more, with every byte. */
    message.size = 0;
    mime_put_string(&message, MIXED);
    for (i = 0; i < 100000; i++) mime_put_string(&message, "--b\r\n\r\nx\r\n");
    mime_put_string(&message, "--b--\r\n");
    count(&message, &counts);
    ck_assert(counts.begun <= MIME_MAX_PARTS + 2);
    ck_assert(counts.bytes > 90000 * 10);

    /* A header without an end, a line without one, comments and quotes that stay open. */
    message.size = 0;
    mime_put_string(&message, "To: ");
    for (i = 0; i < 3000000; i++) mime_put_byte(&message, "(\"<=?,"[i % 2 ? 0 : i / 600000]);
    count(&message, &counts);
    message.size = 0;
    mime_put_string(&message, "\r\n");
    for (i = 0; i < 3000000; i++) mime_put_byte(&message, '-');
    count(&message, &counts);
    ck_assert_uint_eq(counts.bytes, 3000000);
    message.size = 0;
    for (i = 0; i < 600000; i++) mime_put_string(&message, "X: y\r\n");
    mime_put_string(&message, "\r\nz");
    count(&message, &counts);
    ck_assert_uint_eq(counts.bytes, 1);
    /* Text before the first part that is more than is held back. */
    message.size = 0;
    mime_put_string(&message, MIXED);
    for (i = 0; i < 100000; i++) mime_put_string(&message, "preamble\r\n");
    mime_put_string(&message, "--b\r\n\r\nx\r\n--b--\r\n");
    count(&message, &counts);
    ck_assert_uint_eq(counts.begun, 3);
    ck_assert_uint_eq(counts.bytes, 100000 * 10 - 2 + 1);
    mime_bytes_free(&message);
}
END_TEST

START_TEST(test_linear)
{
    static const char *const seeds[] =
        {"(", "\"", "<", "=?a?q?", "=?utf-8?q?x?=", ",", ":", "a@b,", ";x*0=", "\\", "x@:", ";x=\"", "(\\", "&#", "<a='", "<!--", "<style>"};
    struct mime_bytes value = {0}, list = {0};
    struct mime_text text = {0}, wide = {0};
    unsigned i, j;
    char token[32];

    /* Quadratic work on these would outlast the suite's time. */
    for (i = 0; i < ARRAY_SIZE(seeds); i++)
    {
        value.size = text.length = list.size = wide.length = 0;
        mime_put_string(&value, "x;");
        for (j = 0; j < 300000; j++) mime_put_string(&value, seeds[i]);
        mime_parse_addresses(value.data, value.size, 0, list_mailbox, &list);
        mime_decode_words(value.data, value.size, 0, &text);
        text.length = 0;
        mime_value_parameter(value.data, value.size, "x", &text);
        mime_value_token(value.data, value.size, token, sizeof(token));
        mime_decode(0, value.data, value.size, &wide);
        text.length = 0;
        mime_html_to_text(wide.data, wide.length, &text);
        text.length = 0;
        mime_unflow(wide.data, wide.length, TRUE, TRUE, &text);
        mime_wrap(wide.data, wide.length, 70, &text);
    }
    ck_assert(!text.failed && !list.failed);
    mime_bytes_free(&value);
    mime_bytes_free(&list);
    mime_text_free(&text);
    mime_text_free(&wide);
}
END_TEST

Suite *mime_suite(void)
{
    Suite *suite = suite_create("mime");
    TCase *tc = tcase_create("mime");

    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, test_charsets);
    tcase_add_test(tc, test_junk);
    tcase_add_test(tc, test_decoders);
    tcase_add_test(tc, test_encoders);
    tcase_add_test(tc, test_words);
    tcase_add_test(tc, test_parameters);
    tcase_add_test(tc, test_addresses);
    tcase_add_test(tc, test_dates);
    tcase_add_test(tc, test_text);
    tcase_add_test(tc, test_write);
    tcase_add_test(tc, test_parser);
    tcase_add_test(tc, test_limits);
    tcase_add_test(tc, test_linear);
    suite_add_tcase(suite, tc);
    return suite;
}
