/*
 * What looking for a text costs
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
 * The folder of the tables (bench_table.c), whose messages have bodies of some hundred words with
 * the frequencies that words have in a language (Zipf's law). Measured through IMAPITable: a
 * restriction set and its first 50 rows shown, newest first, and the same with all rows. Subjects
 * are looked for in plain SQLite as well: FTS5 with the same trigrams over the same table, the same
 * columns of the same messages, in the same order, copied out. Words in bodies have nothing beside
 * them. Two letters are too few for an index: messages are read one after another, as SQLite does
 * with LIKE.
 */

#define COBJMACROS
#include <math.h>
#include "bench.h"

#include <mapix.h>
#include <mapiutil.h>

#define WORDS 200000
#define RANKS 0x10000
#define SHOWN 50
#define MOST 20000                      /* rows that are all shown */
#define ROUNDS 9

/* --- bodies --- */

/* Six letters, no two words alike. */
void vocabulary_word(unsigned int rank, WCHAR *word)
{
    static const WCHAR consonants[] = L"bcdfghjklmnprstvwxyz", vowels[] = L"aeiou";
    unsigned int i;

    /* Neighbours in rank have nothing in common. */
    rank = (unsigned int)((rank * 387420489ull) % 1000000);
    for (i = 0; i < 3; i++, rank /= 100)
    {
        *word++ = consonants[rank % 100 / 5];
        *word++ = vowels[rank % 5];
    }
    *word = 0;
}

/* 100 to 180 words; the same number has the same ones. text: BODY_TEXT characters. */
void message_body(unsigned int number, WCHAR *text)
{
    static unsigned int ranks[RANKS];
    unsigned int seed = number * 2654435761u + 12345, count, i;

    if (!ranks[0])
        for (i = 0; i < RANKS; i++) ranks[i] = (unsigned int)pow(WORDS, (i + 0.5) / RANKS);
    seed = seed * 1664525 + 1013904223;
    count = 100 + (seed >> 8) % 81;
    for (i = 0; i < count; i++)
    {
        seed = seed * 1664525 + 1013904223;
        vocabulary_word(ranks[seed >> 16], text);
        text += 6;
        *text++ = i % 12 == 11 ? '\n' : ' ';
    }
    text[-1] = 0;
}

/* --- through IMAPITable --- */

enum { FIRST, ALL, FIGURES };

struct look
{
    const WCHAR *what, *text;
    ULONG tag;
    BOOL like;                          /* beside LIKE, not FTS5 */
};

static double median(double *times, int count)
{
    double swap;
    int i, j;

    for (i = 1; i < count; i++)
        for (j = i; j > 0 && times[j] < times[j - 1]; j--)
        {
            swap = times[j];
            times[j] = times[j - 1];
            times[j - 1] = swap;
        }
    return times[count / 2];
}

/* How many were read, at most as many. */
static unsigned int read_rows(IMAPITable *table, unsigned int most)
{
    unsigned int got = 0, last;
    SRowSet *rows;

    do
    {
        must("QueryRows", IMAPITable_QueryRows(table, min(most - got, 1000), 0, &rows));
        got += last = rows->cRows;
        FreeProws(rows);
    }
    while (last && got < most);
    return got;
}

static void restrict_to(IMAPITable *table, const struct look *look)
{
    SRestriction restriction;
    SPropValue value;

    memset(&restriction, 0, sizeof(restriction));
    memset(&value, 0, sizeof(value));
    value.ulPropTag = look->tag;
    value.Value.lpszW = (WCHAR *)look->text;
    restriction.rt = RES_CONTENT;
    restriction.res.resContent.ulFuzzyLevel = FL_SUBSTRING | FL_IGNORECASE;
    restriction.res.resContent.ulPropTag = look->tag;
    restriction.res.resContent.lpProp = &value;
    must("Restrict", IMAPITable_Restrict(table, &restriction, TBL_BATCH));
}

static void measure(IMAPITable *table, const struct look *look, double figures[FIGURES],
                    ULONG *matches, double *memory)
{
    double times[ROUNDS], start;
    ULONGLONG before;
    int i;

    restrict_to(table, look);
    read_rows(table, SHOWN);
    before = heap_bytes();
    for (i = 0; i < ROUNDS; i++)
    {
        start = now_ms();
        restrict_to(table, look);
        read_rows(table, SHOWN);
        times[i] = now_ms() - start;
    }
    *memory = (double)(LONGLONG)(heap_bytes() - before) / 1024;
    figures[FIRST] = median(times, ROUNDS);
    figures[ALL] = 0;
    must("GetRowCount", IMAPITable_GetRowCount(table, 0, matches));
    if (*matches > MOST) return;
    for (i = 0; i < ROUNDS; i++)
    {
        start = now_ms();
        restrict_to(table, look);
        if (read_rows(table, ~0u) != *matches) fail("rows", *matches);
        times[i] = now_ms() - start;
    }
    figures[ALL] = median(times, ROUNDS);
}

/* --- plain SQLite --- */

/* What stands in a row, as a program has it. */
struct plain_row
{
    LONGLONG numbers[5];
    WCHAR *texts[3];
};

static unsigned int plain_rows(sqlite3_stmt *statement)
{
    unsigned int count = 0, room = SHOWN, i;
    struct plain_row *rows;
    int j, rc;

    if (!(rows = malloc(room * sizeof(*rows)))) fail("memory", 0);
    while ((rc = sqlite3_step(statement)) == SQLITE_ROW)
    {
        if (count == room && !(rows = realloc(rows, (room *= 2) * sizeof(*rows))))
            fail("memory", 0);
        copy_row(statement, 5, rows[count].numbers, rows[count].texts);
        count++;
    }
    if (rc != SQLITE_DONE) fail("step", rc);
    sqlite3_reset(statement);
    for (i = 0; i < count; i++)
        for (j = 0; j < 3; j++) free(rows[i].texts[j]);
    free(rows);
    return count;
}

#define COLUMNS "SELECT m.id,m.time,m.flags,m.size,m.importance,m.subject,m.sender,m.class FROM "
#define ORDER   " ORDER BY m.time DESC LIMIT ?3"

static void measure_plain(sqlite3 *handle, int folder, const struct look *look, ULONG matches,
                          double figures[FIGURES])
{
    double times[ROUNDS], start;
    sqlite3_stmt *statement;
    char text[64];
    int i, j;

    sprintf(text, look->like ? "%%%ls%%" : "\"%ls\"", look->text);
    for (j = FIRST; j < FIGURES; j++)
    {
        figures[j] = 0;
        if (j == ALL && matches > MOST) continue;
        if (sqlite3_prepare_v2(handle, look->like
                               ? COLUMNS "message m WHERE m.subject LIKE ?1 AND m.folder=?2" ORDER
                               : COLUMNS "words f CROSS JOIN message m ON m.id=f.rowid WHERE "
                               "f.words MATCH ?1 AND m.folder=?2" ORDER, -1, &statement, NULL))
            fail(sqlite3_errmsg(handle), 0);
        sqlite3_bind_text(statement, 1, text, -1, SQLITE_STATIC);
        sqlite3_bind_int(statement, 2, folder);
        sqlite3_bind_int(statement, 3, j == FIRST ? SHOWN : -1);
        plain_rows(statement);
        for (i = 0; i < ROUNDS; i++)
        {
            start = now_ms();
            if (plain_rows(statement) != (j == FIRST ? min(matches, SHOWN) : matches))
                fail("matches of SQLite", matches);
            times[i] = now_ms() - start;
        }
        figures[j] = median(times, ROUNDS);
        sqlite3_finalize(statement);
    }
}

static void say(const struct look *look, ULONG matches, const double figures[FIGURES],
                const double *plain, double memory)
{
    const char *other = look->like ? "LIKE" : "FTS5";

    printf("%-30ls %8u found: first %u rows %9.2f ms", look->what, (unsigned int)matches, SHOWN,
           figures[FIRST]);
    if (plain) printf(" (%s %9.2f ms, %.2f)", other, plain[FIRST], figures[FIRST] / plain[FIRST]);
    if (figures[ALL]) printf(", all %9.2f ms", figures[ALL]);
    if (figures[ALL] && plain)
        printf(" (%s %9.2f ms, %.2f)", other, plain[ALL], figures[ALL] / plain[ALL]);
    printf(", %.0f KiB\n", memory);
}

void search_measure(IMAPITable *table, sqlite3 *handle, int folder)
{
    static const unsigned int ranks[] = { 150000, 2000, 60, 1 };
    static const struct look subjects[] =
    {
        { L"subject: rare", L"54321", PR_SUBJECT_W }, { L"subject: middling", L"777", PR_SUBJECT_W },
        { L"subject: frequent", L"holiday", PR_SUBJECT_W },
        { L"subject: two letters", L"ho", PR_SUBJECT_W, TRUE },
        { L"subject: two letters, nowhere", L"qz", PR_SUBJECT_W, TRUE }
    };
    static const WCHAR *const names[] = { L"body: rare word", L"body: middling word",
                                          L"body: frequent word", L"body: most frequent word" };
    double figures[FIGURES], plain[FIGURES], memory;
    struct look look = { NULL };
    WCHAR word[16];
    ULONG matches;
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(subjects); i++)
    {
        measure(table, &subjects[i], figures, &matches, &memory);
        measure_plain(handle, folder, &subjects[i], matches, plain);
        say(&subjects[i], matches, figures, plain, memory);
    }
    for (i = 0; i < ARRAY_SIZE(ranks); i++)
    {
        vocabulary_word(ranks[i], word);
        look.what = names[i];
        look.text = word;
        look.tag = PR_BODY_W;
        measure(table, &look, figures, &matches, &memory);
        say(&look, matches, figures, NULL, memory);
    }
}
