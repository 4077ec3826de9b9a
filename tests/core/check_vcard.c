/*
 * Units of programs/mapictl/vcard: vCards read and written
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
 * What is read is compared as UTF-8. Buffers, charsets and codings of the MIME layer are those that
 * check_mime.c builds in, with its charsets: those the layer decodes itself.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <check.h>

#include "unit.h"
#include "../../programs/mapictl/vcard/vcard.h"

Suite *vcard_suite(void);

static char *utf8(const struct mime_text *text)
{
    static char buffers[4][8192];
    static unsigned next;
    struct mime_bytes bytes = { 0 };
    char *buffer = buffers[next++ % 4];

    ck_assert(!text->failed);
    mime_encode_utf8(text->data, text->length, &bytes);
    ck_assert(bytes.size < sizeof(buffers[0]));
    memcpy(buffer, bytes.data ? bytes.data : "", bytes.size + 1);
    mime_bytes_free(&bytes);
    return buffer;
}

/* A part as UTF-8; "-": there is none. */
static const char *part(const struct vcard *card, const struct vcard_property *property,
                        char divider, size_t index)
{
    struct mime_text text = { 0 };
    char *ret;

    if (!vcard_part(card, property, divider, index, &text)) return "-";
    ret = utf8(&text);
    mime_text_free(&text);
    return ret;
}

static void read_one(const char *data, size_t size, struct vcard *card)
{
    struct vcard_reader reader;

    ck_assert(vcard_reader_init(&reader, data, size));
    unit_assert_hr(vcard_next(&reader, card), S_OK);
    vcard_reader_free(&reader);
}

/* The card of these lines. */
static void read_lines(const char *version, const char *lines, struct vcard *card)
{
    char data[8192];

    snprintf(data, sizeof(data), "BEGIN:VCARD\r\nVERSION:%s\r\n%sEND:VCARD\r\n", version, lines);
    read_one(data, strlen(data), card);
}

START_TEST(test_values)
{
    static const struct
    {
        const char *version, *lines, *name;
        char divider;
        size_t index;
        const char *value;
    }
    tests[] =
    {
        { "3.0", "FN:J\xc3\xb6rg\r\n", "FN", 0, 0, "J\xc3\xb6rg" },
        { "3.0", "FN:J\xf6rg\r\n", "FN", 0, 0, "J\xc3\xb6rg" },
        { "3.0", "fn:low\r\n", "FN", 0, 0, "low" },
        { "3.0", "item1.EMAIL;TYPE=x:a@b\r\n", "EMAIL", 0, 0, "a@b" },
        { "3.0", "N:A\\;B;C\\,D\\\\;;\r\n", "N", ';', 0, "A;B" },
        { "3.0", "N:A\\;B;C\\,D\\\\;;\r\n", "N", ';', 1, "C,D\\" },
        { "3.0", "N:A\\;B;C\\,D\\\\;;\r\n", "N", ';', 3, "" },
        { "3.0", "N:A\\;B;C\\,D\\\\;;\r\n", "N", ';', 4, "-" },
        { "3.0", "NOTE:a\\nb\\Nc\r\n", "NOTE", 0, 0, "a\r\nb\r\nc" },
        { "3.0", "NOTE:ab\r\n cd\r\n\tef\r\n", "NOTE", 0, 0, "abcdef" },
        { "2.1", "NOTE:ab\r\n cd\r\n", "NOTE", 0, 0, "ab cd" },
        { "2.1", "NOTE:C:\\new\\;x\r\n", "NOTE", 0, 0, "C:\\new;x" },
        { "2.1", "N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Gr=C3=BC=\r\n=C3=9Fe;=41\r\n", "N", ';', 0,
          "Gr\xc3\xbc\xc3\x9f" "e" },
        { "2.1", "N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Gr=C3=BC=\r\n=C3=9Fe;=41\r\n", "N", ';', 1, "A" },
        { "2.1", "NOTE;QUOTED-PRINTABLE:one=0D=0Atwo=\r\n  three\r\n", "NOTE", 0, 0, "one\r\ntwo  three" },
        { "2.1", "FN;CHARSET=ISO-8859-1:caf\xe9\r\n", "FN", 0, 0, "caf\xc3\xa9" },
        { "2.1", "FN;CHARSET=nobody-knows:caf\xe9\r\n", "FN", 0, 0, "caf\xc3\xa9" },
        { "4.0", "CATEGORIES:a\\,b,c\r\n", "CATEGORIES", ',', 0, "a,b" },
        { "4.0", "CATEGORIES:a\\,b,c\r\n", "CATEGORIES", ',', 1, "c" },
        { "4.0", "NOTE;ALTID=1;X=\"a:b;c\":text\r\n", "NOTE", 0, 0, "text" },
        { "4.0", "NOTE;X=\"never closed:text\r\n", "NOTE", 0, 0, "text" },
        { "4.0", "NOTE:\\\r\n", "NOTE", 0, 0, "\\" },
        { "3.0", "NOTE:lone\rOTHER:x\r\n", "NOTE", 0, 0, "lone" },
    };
    struct vcard card;
    unsigned i;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        const struct vcard_property *property;

        read_lines(tests[i].version, tests[i].lines, &card);
        property = vcard_find(&card, tests[i].name);
        ck_assert_msg(property != NULL, "row %u: no %s", i, tests[i].name);
        if (strcmp(part(&card, property, tests[i].divider, tests[i].index), tests[i].value))
            ck_abort_msg("row %u: '%s', not '%s'", i,
                         part(&card, property, tests[i].divider, tests[i].index), tests[i].value);
        vcard_free(&card);
    }
}
END_TEST

START_TEST(test_parameters)
{
    static const struct { const char *line; ULONG types; unsigned preference; } tests[] =
    {
        { "TEL;TYPE=HOME,VOICE:1\r\n", VCARD_HOME | VCARD_VOICE, VCARD_UNPREFERRED },
        { "TEL;TYPE=home;TYPE=fax;TYPE=pref:1\r\n", VCARD_HOME | VCARD_FAX, 1 },
        { "TEL;HOME;CELL;PREF:1\r\n", VCARD_HOME | VCARD_CELL, 1 },
        { "TEL;TYPE=\"work,voice\";PREF=7:1\r\n", VCARD_WORK | VCARD_VOICE, 7 },
        { "TEL; TYPE = Work ;PREF=0:1\r\n", VCARD_WORK, VCARD_UNPREFERRED },
        { "TEL;PREF=101;TYPE=x-other:1\r\n", 0, VCARD_UNPREFERRED },
        { "TEL;:1\r\n", 0, VCARD_UNPREFERRED },
        { "TEL;TYPE=:1\r\n", 0, VCARD_UNPREFERRED },
    };
    struct vcard card;
    unsigned i;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        read_lines("3.0", tests[i].line, &card);
        unit_assert_row(i, card.count == 2 && !strcmp(card.properties[1].name, "TEL"));
        unit_assert_row(i, card.properties[1].types == tests[i].types);
        unit_assert_row(i, card.properties[1].preference == tests[i].preference);
        vcard_free(&card);
    }
}
END_TEST

START_TEST(test_binary)
{
    static const struct { const char *version, *line; } tests[] =
    {
        { "3.0", "PHOTO;ENCODING=b;TYPE=JPEG:/9j/\r\n 4AAQ\r\n" },
        { "2.1", "PHOTO;ENCODING=BASE64;JPEG:\r\n /9j/\r\n 4AAQ\r\n\r\n" },
        { "2.1", "PHOTO;BASE64:/9j/\r\n4AAQ\r\n\r\n" },
        { "4.0", "PHOTO:data:image/jpeg;base64,/9j/4AAQ\r\n" },
        { "4.0", "PHOTO:data:image/jpeg\\;base64\\,/9j/4AAQ\r\n" },
    };
    struct vcard card;
    unsigned i;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        const struct vcard_property *photo;

        read_lines(tests[i].version, tests[i].line, &card);
        photo = vcard_find(&card, "PHOTO");
        unit_assert_row(i, photo && !photo->text.length && photo->data.size == 6);
        unit_assert_row(i, !memcmp(photo->data.data, "\xff\xd8\xff\xe0\x00\x10", 6));
        vcard_free(&card);
    }
    read_lines("4.0", "PHOTO:http://x.example/a,b.jpg\r\n", &card);
    ck_assert_str_eq(part(&card, vcard_find(&card, "PHOTO"), 0, 0), "http://x.example/a,b.jpg");
    vcard_free(&card);
}
END_TEST

/* Where cards begin and end. */
START_TEST(test_cards)
{
    static const char data[] =
        "junk\nbegin : vcard\nversion:2.1\nFN:one\nAGENT:\nBEGIN:VCARD\nFN:inside\nEND:VCARD\nTITLE:t\n"
        "END:VCARD\n\nBEGIN:VCARD\nFN:two\nno property\n:empty\nBEGIN:VCARD\nVERSION:4.0\nFN:three";
    struct vcard_reader reader;
    struct vcard card;

    ck_assert(vcard_reader_init(&reader, data, sizeof(data) - 1));
    unit_assert_hr(vcard_next(&reader, &card), S_OK);
    ck_assert_uint_eq(card.version, 21);
    ck_assert_uint_eq(card.count, 4);
    ck_assert_str_eq(part(&card, vcard_find(&card, "FN"), 0, 0), "one");
    ck_assert(vcard_find(&card, "TITLE") && vcard_find(&card, "AGENT"));
    vcard_free(&card);
    unit_assert_hr(vcard_next(&reader, &card), S_OK);
    ck_assert_uint_eq(card.count, 1);
    ck_assert_str_eq(part(&card, vcard_find(&card, "FN"), 0, 0), "two");
    vcard_free(&card);
    unit_assert_hr(vcard_next(&reader, &card), S_OK);
    ck_assert_uint_eq(card.version, 40);
    vcard_free(&card);
    unit_assert_hr(vcard_next(&reader, &card), S_FALSE);
    vcard_reader_free(&reader);
}
END_TEST

START_TEST(test_wide)
{
    static const char text[] = "BEGIN:VCARD\nFN:J\xf6rg\nEND:VCARD\n";
    char data[2 * sizeof(text) + 2];
    struct vcard card;
    unsigned big, mark, i;

    for (big = 0; big < 2; big++)
        for (mark = 0; mark < 2; mark++)
        {
            size_t size = 0;

            if (mark) data[size++] = big ? 0xfe : 0xff;
            if (mark) data[size++] = big ? 0xff : 0xfe;
            for (i = 0; text[i]; i++)
            {
                data[size++] = big ? 0 : text[i];
                data[size++] = big ? text[i] : 0;
            }
            read_one(data, size, &card);
            ck_assert_str_eq(part(&card, vcard_find(&card, "FN"), 0, 0), "J\xc3\xb6rg");
            vcard_free(&card);
        }
}
END_TEST

START_TEST(test_dates)
{
    static const struct { const char *text; unsigned date; } tests[] =
    {
        { "1970-01-31", 19700131 }, { "19700131", 19700131 }, { "1996-02-29T10:00:00Z", 19960229 },
        { "19000229", 0 }, { "20000229", 20000229 }, { "--0131", 0 }, { "1970-13-01", 0 },
        { "1970-04-31", 0 }, { "19700131x", 0 }, { "1970", 0 }, { "", 0 }, { "1970-0131", 0 },
        { "abcdefgh", 0 }
    };
    unsigned i, year, month, day;
    struct vcard card;
    char line[64];

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        BOOL is_date;

        snprintf(line, sizeof(line), "BDAY:%s\r\n", tests[i].text);
        read_lines("3.0", line, &card);
        is_date = vcard_date(&card, vcard_find(&card, "BDAY"), &year, &month, &day);
        unit_assert_row(i, is_date == !!tests[i].date);
        if (is_date) unit_assert_row(i, year * 10000 + month * 100 + day == tests[i].date);
        vcard_free(&card);
    }
}
END_TEST

static void check_lines(const struct mime_bytes *out)
{
    const char *p = out->data, *end;

    for (; *p; p = end + 2)
    {
        end = strstr(p, "\r\n");
        ck_assert(end && end - p <= 75);
        ck_assert(mime_is_utf8(p, end - p));
    }
}

/* What is written is read again as it was, in either version, and is folded between characters. */
START_TEST(test_round)
{
    static const WCHAR odd[] =
        L"a,b;c\\d\r\n\x540d\x524d\xd83d\xde00 \"x\":\x00e9\x00e9\x00e9\x00e9\x00e9"
        L"\x00e9\x00e9\x00e9\x00e9\x00e9\x00e9\x00e9\x00e9\x00e9\x00e9\x00e9\x00e9\x00e9\x00e9\x00e9\x00e9"
        L"\x00e9\x00e9\x00e9\x00e9\x00e9\x00e9\x00e9\x00e9\x00e9\x00e9\x00e9\x00e9\x00e9\x00e9\x00e9\x00e9 end";
    static const unsigned versions[] = { 30, 40 };
    unsigned i, j, year, month, day;
    BYTE picture[300] = { 0x89, 'P', 'N', 'G' };

    for (i = 4; i < sizeof(picture); i++) picture[i] = i * 7;
    for (i = 0; i < ARRAY_SIZE(versions); i++)
    {
        struct vcard_writer writer = { versions[i] };
        struct mime_text text = { 0 };
        struct vcard card;

        vcard_begin(&writer);
        vcard_put_property(&writer, "FN", 0, FALSE, odd);
        vcard_property_begin(&writer, "N", 0, FALSE);
        for (j = 0; j < 3; j++)
        {
            if (j) vcard_put_divider(&writer, ';');
            vcard_put_text(&writer, j == 1 ? NULL : odd);
        }
        vcard_property_end(&writer);
        vcard_put_property(&writer, "TEL", VCARD_HOME | VCARD_FAX, TRUE, L"+1 2");
        vcard_put_date(&writer, "BDAY", 1970, 1, 31);
        vcard_put_binary(&writer, "PHOTO", picture, sizeof(picture));
        vcard_end(&writer);
        ck_assert(!writer.out.failed);
        check_lines(&writer.out);
        read_one(writer.out.data, writer.out.size, &card);
        ck_assert_uint_eq(card.version, versions[i]);
        ck_assert_uint_eq(card.count, 6);
        vcard_part(&card, vcard_find(&card, "FN"), 0, 0, &text);
        ck_assert(text.length == ARRAY_SIZE(odd) - 1 && !memcmp(text.data, odd, sizeof(odd)));
        text.length = 0;
        vcard_part(&card, vcard_find(&card, "N"), ';', 2, &text);
        ck_assert(text.length == ARRAY_SIZE(odd) - 1 && !memcmp(text.data, odd, sizeof(odd)));
        ck_assert_str_eq(part(&card, vcard_find(&card, "N"), ';', 1), "");
        ck_assert(vcard_find(&card, "TEL")->types == (VCARD_HOME | VCARD_FAX));
        ck_assert(vcard_find(&card, "TEL")->preference == 1);
        ck_assert(vcard_date(&card, vcard_find(&card, "BDAY"), &year, &month, &day));
        ck_assert(year == 1970 && month == 1 && day == 31);
        ck_assert(vcard_find(&card, "PHOTO")->data.size == sizeof(picture));
        ck_assert(!memcmp(vcard_find(&card, "PHOTO")->data.data, picture, sizeof(picture)));
        mime_text_free(&text);
        vcard_free(&card);
        vcard_writer_free(&writer);
    }
}
END_TEST

/* More than the limits allow is said to be so. */
START_TEST(test_limits)
{
    struct mime_bytes data = { 0 };
    struct vcard card;
    unsigned i;

    mime_put_string(&data, "BEGIN:VCARD\n");
    for (i = 0; i < VCARD_MAX_PROPERTIES + 10; i++) mime_put_string(&data, "TEL:1\n");
    mime_put_string(&data, "END:VCARD\n");
    read_one(data.data, data.size, &card);
    ck_assert(card.cut && card.count == VCARD_MAX_PROPERTIES);
    vcard_free(&card);
    data.size = 0;
    mime_put_string(&data, "BEGIN:VCARD\nNOTE:");
    for (i = 0; i < VCARD_MAX_SIZE / 16 + 1; i++) mime_put_string(&data, "0123456789abcdef");
    mime_put_string(&data, "\nTEL:1\nEND:VCARD\n");
    read_one(data.data, data.size, &card);
    ck_assert(card.cut && card.count == 1 && card.properties[0].text.length <= VCARD_MAX_SIZE);
    vcard_free(&card);
    data.size = 0;
    mime_put_string(&data, "BEGIN:VCARD\n");
    for (i = 0; i < VCARD_MAX_NAME; i++) mime_put_byte(&data, 'N');
    mime_put_string(&data, ":too long\nEND:VCARD\n");
    read_one(data.data, data.size, &card);
    ck_assert(!card.count);
    vcard_free(&card);
    mime_bytes_free(&data);
}
END_TEST

Suite *vcard_suite(void)
{
    Suite *suite = suite_create("vcard");
    TCase *cases = tcase_create("vcard");

    tcase_add_test(cases, test_values);
    tcase_add_test(cases, test_parameters);
    tcase_add_test(cases, test_binary);
    tcase_add_test(cases, test_cards);
    tcase_add_test(cases, test_wide);
    tcase_add_test(cases, test_dates);
    tcase_add_test(cases, test_round);
    tcase_add_test(cases, test_limits);
    suite_add_tcase(suite, cases);
    return suite;
}
