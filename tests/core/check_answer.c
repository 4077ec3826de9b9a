/*
 * Units of dlls/mapixp32/answer: what mail servers say
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
#include <check.h>

#include "unit.h"
#include "../../dlls/mapixp32/answer/answer.h"

Suite *answer_suite(void);

/* A name that is made is read as the same again. */
START_TEST(test_imap_names)
{
    static const struct { const char *above; char separator; const WCHAR *level; const char *name; } rows[] =
    {
        { "", '/', L"Work", "Work" }, { "INBOX", '.', L"b & c", "INBOX.b &- c" }, { "a", '/', L"\x00e4", "a/&AOQ-" },
        { "a", '/', L"in \"quotes\" \\", "a/in \"quotes\" \\" }, { "a", '/', L"x/y", NULL }, { "a", 0, L"b", NULL },
        { "a", '/', L"", NULL }, { "a", '/', L"tab\there", NULL }, { "a", '/', L"\xd800", NULL },
    };
    char name[IMAP_NAME_MAX], above[IMAP_NAME_MAX];
    ULONG count = 7;
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
    {
        BOOL ok = imap_join_name(rows[i].above, rows[i].separator, rows[i].level, name);

        ck_assert_msg(ok == (rows[i].name != NULL), "row %zu", i);
        if (ok) ck_assert_str_eq(name, rows[i].name);
    }
    memset(above, 'a', sizeof(above));
    above[sizeof(above) - 2] = 0;
    ck_assert(!imap_join_name(above, '/', L"b", name));
    above[sizeof(above) - 4] = 0;
    ck_assert(imap_join_name(above, '/', L"b", name));
    ck_assert(!imap_join_name(above, '/', L"bb", name) || strlen(name) < IMAP_NAME_MAX);
    ck_assert(imap_is_below("a/b", "a", '/') && !imap_is_below("ab", "a", '/')
              && !imap_is_below("a", "a", '/'));
    ck_assert(!imap_is_below("a/b", "a", 0));
    ck_assert(imap_parse_status("* STATUS \"a (b\" (MESSAGES 3)", &count) && count == 3);
    ck_assert(imap_parse_status("* STATUS \"\" (MESSAGES 0)", &count) && !count);
    ck_assert(!imap_parse_status("* STATUS a (UIDNEXT 3)", &count)
              && !imap_parse_status("* STATUS a", &count));
    ck_assert(!imap_parse_status("* STATUS a (MESSAGES 3", &count)
              && !imap_parse_status("* LIST (MESSAGES 3)", &count));
}
END_TEST

START_TEST(test_smtp_line)
{
    static const struct { const char *line; int code; BOOL more; const char *text; } cases[] =
    {
        { "250 fine", 250, FALSE, "fine" }, { "250-SIZE 10", 250, TRUE, "SIZE 10" },
        { "354", 354, FALSE, "" }, { "550-", 550, TRUE, "" }, { "599 ", 599, FALSE, "" },
        { "", 0, 0, NULL }, { "2", 0, 0, NULL }, { "25", 0, 0, NULL }, { "25x fine", 0, 0, NULL },
        { "2500 fine", 0, 0, NULL }, { "250_fine", 0, 0, NULL }, { "199 low", 0, 0, NULL },
        { "600 high", 0, 0, NULL }, { " 250 fine", 0, 0, NULL }, { "-50 fine", 0, 0, NULL }
    };
    struct smtp_line line;
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        unit_assert_row(i, smtp_parse_line(cases[i].line, &line) == (cases[i].text != NULL));
        if (!cases[i].text) continue;
        unit_assert_row(i, line.code == cases[i].code && line.more == cases[i].more);
        unit_assert_row(i, !strcmp(line.text, cases[i].text));
    }
}
END_TEST

START_TEST(test_smtp_features)
{
    struct smtp_features features = { 0 };

    smtp_parse_feature("SIZEABLE.example", &features);
    smtp_parse_feature("DSNX", &features);
    smtp_parse_feature("8BITMIMES", &features);
    smtp_parse_feature("", &features);
    ck_assert(!features.size && !features.dsn && !features.eight_bit && !features.utf8);
    smtp_parse_feature("size", &features);
    ck_assert(features.size && !features.size_limit);
    smtp_parse_feature("SIZE  5000000000", &features);
    ck_assert(features.size_limit == 5000000000ull);
    smtp_parse_feature("SIZE 99999999999999999999999", &features);
    ck_assert(features.size_limit == 5000000000ull);
    smtp_parse_feature("dsn", &features);
    smtp_parse_feature("8BITMIME", &features);
    smtp_parse_feature("SMTPUTF8 ", &features);
    ck_assert(features.dsn && features.eight_bit && features.utf8);
}
END_TEST

START_TEST(test_xtext)
{
    char to[16], tight[8];

    ck_assert(smtp_write_xtext("a+b=c d", to, sizeof(to)));
    ck_assert_str_eq(to, "a+2Bb+3Dc+20d");
    ck_assert(smtp_write_xtext("\xe4\n", to, sizeof(to)));
    ck_assert_str_eq(to, "+E4+0A");
    ck_assert(smtp_write_xtext("", to, 1));
    ck_assert(!to[0]);
    ck_assert(!smtp_write_xtext("", to, 0));
    ck_assert(!smtp_write_xtext("x", to, 3));
    ck_assert(smtp_write_xtext("abcde", tight, sizeof(tight)));
    ck_assert(!smtp_write_xtext("abcdef", tight, sizeof(tight)));
}
END_TEST

START_TEST(test_uidl)
{
    static const char *const wrong[] = { "", "1", "1 ", "x a", "0 a", "-1 a", "4294967296 a", "1\ta",
                                         "1  \x01", "1 a\x7f", "1 \xe4", "99999999999999999999999 a" };
    char id[POP3_ID_MAX], other[POP3_ID_MAX], line[256];
    ULONG number;
    size_t i;

    ck_assert(pop3_parse_uidl("7 abc", &number, id) && number == 7);
    ck_assert_str_eq(id, "abc");
    ck_assert(pop3_parse_uidl("4294967295   !~ more", &number, id) && number == 0xffffffff);
    ck_assert_str_eq(id, "!~");
    for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        unit_assert_row(i, !pop3_parse_uidl(wrong[i], &number, id));
    /* The longest that is allowed stays as it is; of two that are longer and differ late, no two
     * are alike. */
    snprintf(line, sizeof(line), "1 %070d", 1);
    ck_assert(pop3_parse_uidl(line, &number, id));
    ck_assert_str_eq(id, line + 2);
    snprintf(line, sizeof(line), "1 %0200d", 1);
    ck_assert(pop3_parse_uidl(line, &number, id) && strlen(id) == POP3_ID_MAX - 1);
    line[201]++;
    ck_assert(pop3_parse_uidl(line, &number, other) && strcmp(id, other));
    line[201]--;
    ck_assert(pop3_parse_uidl(line, &number, other) && !strcmp(id, other));
}
END_TEST

START_TEST(test_imap_literal)
{
    static const struct { const char *line; size_t length; ULONGLONG size; BOOL found, body; } cases[] =
    {
        { "* 1 FETCH (BODY[] {12}", 18, 12, TRUE, TRUE },
        { "* 1 FETCH (UID 3 body[] {12+}", 24, 12, TRUE, TRUE },
        { "* 1 FETCH (BODY[HEADER] {0}", 24, 0, TRUE, FALSE },
        { "* 1 FETCH (XBODY[] {1}", 19, 1, TRUE, FALSE },
        { "{1}", 0, 1, TRUE, FALSE },
        { "{4294967295}", 0, 0xffffffff, TRUE, FALSE },
        { "{4294967296}" }, { "{}" }, { "{-1}" }, { "{+}" }, { "{1 }" }, { "{1}x" }, { "1}" }, { "}" }, { "" },
        { "{1++}" }, { "{0x1}" }
    };
    ULONGLONG size;
    size_t length, i;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        unit_assert_row(i, imap_parse_literal(cases[i].line, &length, &size) == cases[i].found);
        if (!cases[i].found) continue;
        unit_assert_row(i, length == cases[i].length && size == cases[i].size);
        unit_assert_row(i, imap_announces_body(cases[i].line, length) == cases[i].body);
    }
}
END_TEST

START_TEST(test_imap_end)
{
    const char *text;

    ck_assert(imap_parse_end("M1 OK done", "M1", &text) == IMAP_OK);
    ck_assert_str_eq(text, "OK done");
    ck_assert(imap_parse_end("M1 ok", "M1", &text) == IMAP_OK);
    ck_assert(imap_parse_end("M1 NO such folder", "M1", &text) == IMAP_REFUSED);
    ck_assert_str_eq(text, "NO such folder");
    ck_assert(imap_parse_end("M1 OKAY", "M1", &text) == IMAP_REFUSED);
    ck_assert(imap_parse_end("M1 ", "M1", &text) == IMAP_REFUSED);
    ck_assert(imap_parse_end("M12 OK", "M1", &text) == IMAP_NOT_ENDED);
    ck_assert(imap_parse_end("M1", "M1", &text) == IMAP_NOT_ENDED);
    ck_assert(imap_parse_end("* OK", "M1", &text) == IMAP_NOT_ENDED);
    ck_assert(imap_parse_end("", "M1", &text) == IMAP_NOT_ENDED);
    ck_assert(imap_parse_bye("* BYE later", &text));
    ck_assert_str_eq(text, " later");
    ck_assert(imap_parse_bye("* bye", &text));
    ck_assert(!imap_parse_bye("* BYES", &text) && !imap_parse_bye("BYE", &text));
}
END_TEST

START_TEST(test_imap_numbers)
{
    ULONG number = 5;

    ck_assert(imap_parse_count("* 172 exists", "EXISTS", &number) && number == 172);
    ck_assert(!imap_parse_count("* 4294967296 EXISTS", "EXISTS", &number));
    ck_assert(!imap_parse_count("* 1 EXISTSX", "EXISTS", &number));
    ck_assert(!imap_parse_count("* 1", "EXISTS", &number));
    ck_assert(!imap_parse_count("* EXISTS", "EXISTS", &number));
    ck_assert(!imap_parse_count("*", "EXISTS", &number));
    ck_assert(imap_parse_validity("* OK [uidvalidity 3857529045] fine", &number)
              && number == 3857529045u);
    ck_assert(!imap_parse_validity("* OK [UIDVALIDITY x]", &number));
    ck_assert(!imap_parse_validity("* OK [UIDVALIDITY 1", &number));
    ck_assert(!imap_parse_validity("* NO it says [UIDVALIDITY 1]", &number));
    ck_assert(imap_has_capability("* CAPABILITY IMAP4rev1 Idle", "IDLE"));
    ck_assert(imap_has_capability("* OK [CAPABILITY IMAP4rev1 IDLE] hello", "IDLE"));
    ck_assert(!imap_has_capability("* OK [CAPABILITY IMAP4rev1] IDLE", "IDLE"));
    ck_assert(!imap_has_capability("* CAPABILITY IDLER XIDLE", "IDLE"));
    ck_assert(!imap_has_capability("* CAPABILITY", "IDLE"));
    ck_assert(!imap_has_capability("* IDLE", "IDLE"));
}
END_TEST

START_TEST(test_imap_fetch)
{
    static const struct { const char *line; BOOL fetch; struct imap_message message; } cases[] =
    {
        { "* 3 FETCH (UID 7 FLAGS (\\Seen))", TRUE, { 7, TRUE, TRUE, FALSE, TRUE } },
        { "* 3 fetch (flags (\\seen \\DELETED) uid 7)", TRUE, { 7, TRUE, TRUE, TRUE, TRUE } },
        { "* 3 FETCH (FLAGS ())", TRUE, { 0, TRUE, FALSE, FALSE, TRUE } },
        { "* 3 FETCH (FLAGS () MODSEQ (12) UID 4294967295 )", TRUE,
          { 4294967295u, TRUE, FALSE, FALSE, TRUE } },
        /* Keywords that only begin or end so. */
        { "* 3 FETCH (UID 7 FLAGS (\\SeenX x\\Seen $Deleted \\Deletedx))", TRUE,
          { 7, TRUE, FALSE, FALSE, TRUE } },
        /* Items inside other items are none. */
        { "* 3 FETCH (ENVELOPE (\"UID 9\" (\"FLAGS (\\\\Seen)\") NIL) XUID 8 UID 7)", TRUE,
          { 7, FALSE, FALSE, FALSE, TRUE } },
        { "* 3 FETCH (BODY[HEADER.FIELDS (UID)]<0> \"a \\\" UID 9\" UID 7)", TRUE,
          { 7, FALSE, FALSE, FALSE, TRUE } },
        { "* 3 FETCH (BODY[] \"\" UID 7)", TRUE, { 7, FALSE, FALSE, FALSE, TRUE } },
        { "* 3 FETCH ()", TRUE, { 0, FALSE, FALSE, FALSE, TRUE } },
        /* Cut or wrong. */
        { "* 3 FETCH", TRUE }, { "* 3 FETCH (", TRUE }, { "* 3 FETCH (UID", TRUE },
        { "* 3 FETCH (UID 7", TRUE, { 7 } }, { "* 3 FETCH (UID 4294967296)", TRUE },
        { "* 3 FETCH (UID x)", TRUE }, { "* 3 FETCH (UID )", TRUE }, { "* 3 FETCH (FLAGS \\Seen)", TRUE },
        { "* 3 FETCH (FLAGS (\\Seen", TRUE }, { "* 3 FETCH (X \"\\", TRUE }, { "* 3 FETCH (X[ 1)", TRUE },
        { "* 3 FETCH ((UID 7))", TRUE },
        { "* 3 FETCHED (UID 7)", FALSE }, { "* FETCH (UID 7)", FALSE }, { "3 FETCH (UID 7)", FALSE },
        { "", FALSE }
    };
    struct imap_message message;
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        const struct imap_message *wanted = &cases[i].message;

        unit_assert_row(i, imap_parse_fetch(cases[i].line, &message) == cases[i].fetch);
        unit_assert_row(i, message.whole == wanted->whole && message.uid == wanted->uid);
        unit_assert_row(i, message.has_flags == wanted->has_flags && message.seen == wanted->seen
                           && message.deleted == wanted->deleted);
    }
}
END_TEST

START_TEST(test_imap_deep)
{
    size_t size = 1 << 20;
    char *line = malloc(size + 64);
    struct imap_message message;

    /* A list in a list in a list: only the stack could be in danger. */
    strcpy(line, "* 1 FETCH (X ");
    memset(line + 13, '(', size);
    line[13 + size] = 0;
    ck_assert(imap_parse_fetch(line, &message) && !message.whole);
    memset(line + 13 + size / 2, ')', size / 2);
    strcpy(line + 13 + size, " UID 7)");
    line[12] = ' ';
    ck_assert(imap_parse_fetch(line, &message));
    free(line);
}
END_TEST

START_TEST(test_imap_folder)
{
    static const WCHAR german[] = { 'E', 'n', 't', 'w', 0xfc, 'r', 'f', 'e', 0 };
    static const WCHAR mixed[] = { '~', '/', 0x53f0, 0x5317, '/', 0x65e5, 0x672c, 0x8a9e, 0 };
    static const WCHAR odd[] = { 'a', '&', 'b', '"', '\\', '\r', '\n', 'c', 0 };
    WCHAR text[1000];
    char quoted[900];
    size_t i;

    ck_assert(imap_quote_folder(german, quoted, sizeof(quoted)));
    ck_assert_str_eq(quoted, "\"Entw&APw-rfe\"");
    ck_assert(imap_quote_folder(mixed, quoted, sizeof(quoted)));
    ck_assert_str_eq(quoted, "\"~/&U,BTFw-/&ZeVnLIqe-\"");
    ck_assert(imap_quote_folder(odd, quoted, sizeof(quoted)));
    ck_assert_str_eq(quoted, "\"a&-b\\\"\\\\c\"");
    /* Whatever the size, nothing is written beyond it. */
    for (i = 0; i < 999; i++) text[i] = i & 1 ? 0x4e00 : '&';
    text[i] = 0;
    for (i = 0; i < sizeof(quoted); i++)
    {
        char *exact = malloc(i);

        ck_assert(!imap_quote_folder(text, exact, i));
        free(exact);
    }
}
END_TEST

START_TEST(test_imap_placed)
{
    static const struct { const char *text; ULONG validity, from, uid; } cases[] =
    {
        { "OK [APPENDUID 38505 3955] done", 38505, 0, 3955 },
        { "* OK [COPYUID 7 3 12] moved", 7, 3, 12 },
        { "ok [copyuid 4294967295 4294967295 4294967295]", 0xffffffff, 0xffffffff, 0xffffffff },
        { "OK [APPENDUID 38505 3955", 0, 0, 0 }, { "OK [APPENDUID 38505 3955:3956] x", 0, 0, 0 },
        { "OK [APPENDUID 38505 4294967296] x", 0, 0, 0 }, { "OK [APPENDUID 1 0] x", 0, 0, 0 },
        { "OK [APPENDUID 0 1] x", 0, 0, 0 }, { "NO [APPENDUID 1 1] x", 0, 0, 0 },
        { "OK [COPYUID 7 3,4 12,13] x", 0, 0, 0 }, { "OK [COPYUID 7 3] x", 0, 0, 0 },
        { "OK [COPYUID 7 3  12] x", 0, 0, 0 }, { "OK done [APPENDUID 1 1]", 0, 0, 0 }, { "", 0, 0, 0 },
        { "*", 0, 0, 0 }
    };
    struct imap_placed placed;
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        unit_assert_row(i, imap_parse_placed(cases[i].text, &placed) == (cases[i].uid != 0));
        if (!cases[i].uid) continue;
        unit_assert_row(i, placed.validity == cases[i].validity && placed.from == cases[i].from);
        unit_assert_row(i, placed.uid == cases[i].uid);
    }
}
END_TEST

START_TEST(test_imap_search)
{
    static const struct { const char *line; BOOL ok; ULONG highest; } cases[] =
    {
        { "* SEARCH", TRUE, 0 }, { "* SEARCH ", TRUE, 0 }, { "* SEARCH 7", TRUE, 7 },
        { "* search 3 12 5", TRUE, 12 }, { "* SEARCH 3 ", TRUE, 3 }, { "* SEARCH 3,4", FALSE, 0 },
        { "* SEARCH 3 x", FALSE, 0 }, { "* SEARCHED 3", FALSE, 0 }, { "* 3 SEARCH", FALSE, 0 },
        { "SEARCH 3", FALSE, 0 }, { "* SEARCH 4294967296", FALSE, 0 }
    };
    ULONG number;
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        unit_assert_row(i, imap_parse_search(cases[i].line, &number) == cases[i].ok);
        if (cases[i].ok) unit_assert_row(i, number == cases[i].highest);
    }
    ck_assert(imap_parse_next("* OK [UIDNEXT 17] next", &number) && number == 17);
    ck_assert(!imap_parse_next("* OK [UIDNEXT 17", &number));
    ck_assert(!imap_parse_next("* OK [UIDNEXT 0] x", &number));
    ck_assert(imap_announces_name("* LIST (\\HasNoChildren) \"/\" {5}")
              && imap_announces_name("* lsub () NIL {5}"));
    ck_assert(!imap_announces_name("* 1 FETCH (BODY[] {5}") && !imap_announces_name("* LIST"));
    ck_assert(imap_wants_more("+ go on") && imap_wants_more("+") && imap_wants_more("+ "));
    ck_assert(!imap_wants_more("+OK") && !imap_wants_more("* + x") && !imap_wants_more(""));
}
END_TEST

START_TEST(test_imap_put)
{
    struct imap_date date = { 2026, 2, 3, 4, 5, 6 };
    char text[IMAP_DATE_MAX], quoted[16];

    ck_assert(imap_write_date(&date, text));
    ck_assert_str_eq(text, "\" 3-Feb-2026 04:05:06 +0000\"");
    date.month = 13;
    ck_assert(!imap_write_date(&date, text));
    date.month = 12;
    date.day = 0;
    ck_assert(!imap_write_date(&date, text));
    date.day = 31;
    date.year = 30828;
    ck_assert(!imap_write_date(&date, text));
    date.year = 9999;
    ck_assert(imap_write_date(&date, text));
    ck_assert_str_eq(text, "\"31-Dec-9999 04:05:06 +0000\"");
    ck_assert(imap_quote_text("<a\"b\\c>", quoted, sizeof(quoted)));
    ck_assert_str_eq(quoted, "\"<a\\\"b\\\\c>\"");
    ck_assert(!imap_quote_text("<0123456789abcd>", quoted, sizeof(quoted)));
    ck_assert(!imap_quote_text("", quoted, sizeof(quoted)));
    ck_assert(!imap_quote_text("<a\r\nb>", quoted, sizeof(quoted)));
    ck_assert(!imap_quote_text("<\xc3\xa4>", quoted, sizeof(quoted)));
}
END_TEST

START_TEST(test_imap_list)
{
    static const struct
    {
        const char *line, *name;
        char separator;
        BOOL no_select;
        enum imap_use use;
    }
    rows[] =
    {
        { "* LIST (\\HasNoChildren) \"/\" INBOX", "INBOX", '/', FALSE, IMAP_USE_NONE },
        { "* list (\\NOSELECT) \".\" \"a b.c\"", "a b.c", '.', TRUE, IMAP_USE_NONE },
        { "* LIST (\\HasNoChildren \\Sent) \"\\\\\" \"x\\\"\\\\y\"", "x\"\\y", '\\', FALSE, IMAP_USE_SENT },
        { "* LIST (\\SentMail \\Trash) NIL x", "x", 0, FALSE, IMAP_USE_TRASH },
        { "* LIST () \"/\" ../..", "../..", '/', FALSE, IMAP_USE_NONE },
        { "* LIST (\\All) \"/\" all", "all", '/', FALSE, IMAP_USE_VIEW },
        { "* LIST () \"/\" \"\"", NULL, 0, 0, 0 },
        { "* LIST () \"/\" \"open", NULL, 0, 0, 0 },
        { "* LIST () \"/\" a b", NULL, 0, 0, 0 },
        { "* LIST () \"/\" \"a\" b", NULL, 0, 0, 0 },
        { "* LIST () \"/ a", NULL, 0, 0, 0 },
        { "* LIST (\\Noselect", NULL, 0, 0, 0 },
        { "* LIST \"/\" a", NULL, 0, 0, 0 },
        { "* LISTX () \"/\" a", NULL, 0, 0, 0 },
        { "* LIST () \"/\" \"a\tb\"", NULL, 0, 0, 0 },
        { "* LIST () \"/\" gr\303\274n", NULL, 0, 0, 0 },
        { "LIST () \"/\" a", NULL, 0, 0, 0 },
    };
    struct imap_folder folder;
    char line[2200], quoted[32];
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
    {
        BOOL ok = imap_parse_list(rows[i].line, "LIST", &folder);

        unit_assert_row(i, ok == (rows[i].name != NULL));
        if (!ok) continue;
        unit_assert_row(i, !strcmp(folder.name, rows[i].name)
                               && folder.separator == rows[i].separator);
        unit_assert_row(i, folder.no_select == rows[i].no_select && folder.use == rows[i].use);
    }
    ck_assert(!imap_parse_list("* LIST () \"/\" a", "LSUB", &folder));
    /* As long as a name may be, and longer. */
    strcpy(line, "* LIST () \"/\" ");
    i = strlen(line);
    memset(line + i, 'x', 2000);
    line[i + IMAP_NAME_MAX - 1] = 0;
    ck_assert(imap_parse_list(line, "LIST", &folder));
    line[i + IMAP_NAME_MAX - 1] = 'x';
    line[i + IMAP_NAME_MAX] = 0;
    ck_assert(!imap_parse_list(line, "LIST", &folder));
    ck_assert(imap_quote_name("a\"\\b", quoted, sizeof(quoted)));
    ck_assert_str_eq(quoted, "\"a\\\"\\\\b\"");
    for (i = 0; i < 9; i++)
    {
        char *exact = malloc(i);

        ck_assert(!imap_quote_name("a\"\\bcd", exact, i));
        free(exact);
    }
}
END_TEST

START_TEST(test_imap_path)
{
    static const struct
    {
        const char *name;
        const WCHAR path[16];           /* none: refused */
    }
    rows[] =
    {
        { "a", { 'a' } },
        { "a/b", { 'a', 1, 'b' } },
        { "a/b/", { 'a', 1, 'b' } },
        { "Entw&APw-rfe", { 'E', 'n', 't', 'w', 0xfc, 'r', 'f', 'e' } },
        { "&U,BTFw-/&ZeVnLIqe-", { 0x53f0, 0x5317, 1, 0x65e5, 0x672c, 0x8a9e } },
        { "&2D3eAA-", { 0xd83d, 0xde00 } },
        { "a&-b", { 'a', '&', 'b' } },
        { "../..", { '.', '.', 1, '.', '.' } },
        { "a\\b", { 'a', '\\', 'b' } },
        { "/a", { 0 } }, { "a//b", { 0 } }, { "/", { 0 } }, { "&", { 0 } }, { "&AP", { 0 } },
        { "&AAA-", { 0 } },             /* NUL */
        { "&AAE-", { 0 } },             /* what parts levels */
        { "&AGE-", { 0 } },             /* ASCII the long way */
        { "&AC8-", { 0 } },             /* a separator the long way */
        { "&APx-", { 0 } },             /* bits that are left */
        { "&APwA-", { 0 } }, { "&2D0-", { 0 } }, { "&3gA-", { 0 } }, { "&2D0-a", { 0 } }, { "&*-", { 0 } },
    };
    struct imap_folder folder;
    WCHAR path[IMAP_PATH_MAX];
    size_t i, j;
    BOOL ok;

    for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
    {
        memset(&folder, 0, sizeof(folder));
        folder.separator = '/';
        strcpy(folder.name, rows[i].name);
        ok = imap_read_path(&folder, path);
        unit_assert_row(i, ok == (rows[i].path[0] != 0));
        for (j = 0; ok && (j == 0 || path[j - 1]); j++)
            unit_assert_row(i, path[j] == rows[i].path[j]);
    }
    /* Too deep, a level too long, and the longest that is not. */
    for (i = 0; i < 2 * (IMAP_LEVELS_MAX + 1); i++) folder.name[i] = i & 1 ? '/' : 'a';
    folder.name[i] = 0;
    ck_assert(!imap_read_path(&folder, path));
    folder.name[2 * IMAP_LEVELS_MAX] = 0;
    ck_assert(imap_read_path(&folder, path));
    memset(folder.name, 'a', 256);
    folder.name[256] = 0;
    ck_assert(!imap_read_path(&folder, path));
    folder.name[255] = 0;
    ck_assert(imap_read_path(&folder, path));
}
END_TEST

/* Every beginning of every line, at the very end of memory. */
START_TEST(test_cut)
{
    static const char *const lines[] =
    {
        "250-SIZE 12345", "12 abcdef", "* 12 FETCH (UID 7 FLAGS (\\Seen \\Deleted) BODY[HEADER (X)] \"\\\"\" X (A (B)))",
        "* OK [UIDVALIDITY 12] x", "* CAPABILITY IMAP4rev1 IDLE", "* 3 EXISTS", "M1 OK done", "* BYE x",
        "* 1 FETCH (BODY[] {123+}", "* LIST (\\Sent) \"/\" \"a\\\"/b&U,BTFw-\""
    };
    char id[POP3_ID_MAX];
    struct smtp_features features;
    struct imap_message message;
    struct imap_folder folder;
    WCHAR path[IMAP_PATH_MAX];
    struct smtp_line line;
    const char *text;
    ULONGLONG size;
    size_t i, cut, length;
    ULONG number;

    for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
        for (cut = 0; cut <= strlen(lines[i]); cut++)
        {
            char *copy = malloc(cut + 1);

            memcpy(copy, lines[i], cut);
            copy[cut] = 0;
            if (smtp_parse_line(copy, &line)) smtp_parse_feature(line.text, &features);
            pop3_parse_uidl(copy, &number, id);
            if (imap_parse_literal(copy, &length, &size)) imap_announces_body(copy, length);
            imap_parse_end(copy, "M1", &text);
            imap_parse_count(copy, "EXISTS", &number);
            imap_parse_validity(copy, &number);
            imap_parse_bye(copy, &text);
            imap_parse_fetch(copy, &message);
            unit_assert_row(i, !message.whole || cut == strlen(lines[i]));
            imap_has_capability(copy, "IDLE");
            if (imap_parse_list(copy, "LIST", &folder)) imap_read_path(&folder, path);
            free(copy);
        }
}
END_TEST

Suite *answer_suite(void)
{
    Suite *suite = suite_create("answer");
    TCase *tcase = tcase_create("answer");

    tcase_add_test(tcase, test_smtp_line);
    tcase_add_test(tcase, test_smtp_features);
    tcase_add_test(tcase, test_xtext);
    tcase_add_test(tcase, test_uidl);
    tcase_add_test(tcase, test_imap_literal);
    tcase_add_test(tcase, test_imap_end);
    tcase_add_test(tcase, test_imap_numbers);
    tcase_add_test(tcase, test_imap_fetch);
    tcase_add_test(tcase, test_imap_deep);
    tcase_add_test(tcase, test_imap_folder);
    tcase_add_test(tcase, test_imap_placed);
    tcase_add_test(tcase, test_imap_search);
    tcase_add_test(tcase, test_imap_put);
    tcase_add_test(tcase, test_imap_list);
    tcase_add_test(tcase, test_imap_path);
    tcase_add_test(tcase, test_imap_names);
    tcase_add_test(tcase, test_cut);
    suite_add_tcase(suite, tcase);
    return suite;
}
