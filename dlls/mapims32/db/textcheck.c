/*
 * Check of the index of text
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
 * Each document has a sum over the trigrams of its message's text. Whatever the index has of it, in
 * one walk from its first trigram to its last, is taken away again: what is not zero then is not
 * indexed as it should be. Asking the index for each message takes thirty times as long. The time
 * that is kept with it counts as well.
 */

#include <stdlib.h>

#include "db/dbpriv.h"

struct document
{
    LONGLONG number, object;
    ULONGLONG sum;
};

/* Trigrams of one text, each once. */
struct trigrams
{
    ULONGLONG *slots;                   /* 0: free */
    size_t room;                        /* a power of two, twice as many as there can be */
};

static ULONGLONG spread(ULONGLONG number)
{
    number = (number ^ number >> 29) * 0x9e3779b97f4a7c15;
    number = (number ^ number >> 32) * 0xbf58476d1ce4e5b9;
    return number ^ number >> 31;
}

/* The next letter of what fulltext_put has written, as FTS5 takes it; 0: the end. */
static ULONG next_letter(const BYTE **at, const BYTE *end)
{
    const ULONG more = end - *at < 1 ? 0 : **at < 0xc0 ? 0 : **at < 0xe0 ? 1 : 2;
    ULONG letter, i;

    if ((size_t)(end - *at) <= more) return 0;
    letter = *(*at)++ & (more ? 0x3f >> more : 0x7f);
    for (i = 0; i < more; i++) letter = letter << 6 | (*(*at)++ & 0x3f);
    return letter >= 0xfffe ? 0xfffd : letter;
}

static HRESULT trigrams_clear(struct trigrams *trigrams, size_t count)
{
    size_t room = 1024;

    while (room < 2 * count) room *= 2;
    if (room > trigrams->room)
    {
        platform_free(trigrams->slots);
        trigrams->room = 0;
        if (!(trigrams->slots = platform_alloc(room * sizeof(*trigrams->slots))))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        trigrams->room = room;
    }
    memset(trigrams->slots, 0, trigrams->room * sizeof(*trigrams->slots));
    return S_OK;
}

/* FALSE: it is there already. */
static BOOL trigrams_add(struct trigrams *trigrams, ULONGLONG trigram, ULONGLONG hash)
{
    size_t at = (size_t)hash & (trigrams->room - 1);

    for (; trigrams->slots[at]; at = (at + 1) & (trigrams->room - 1))
        if (trigrams->slots[at] == trigram) return FALSE;
    trigrams->slots[at] = trigram;
    return TRUE;
}

static HRESULT sum_of_text(const BYTE *at, size_t size, struct trigrams *trigrams, ULONGLONG *sum)
{
    ULONGLONG trigram = 0, hash;
    const BYTE *end = at + size;
    ULONG letter, letters = 0;
    HRESULT hr;

    *sum = 0;
    if (FAILED(hr = trigrams_clear(trigrams, size))) return hr;
    while ((letter = next_letter(&at, end)))
    {
        trigram = (trigram << 16 | letter) & 0xffffffffffff;
        if (++letters < 3) continue;
        hash = spread(trigram);
        if (trigrams_add(trigrams, trigram, hash)) *sum += hash;
    }
    return S_OK;
}

/* What the document of a message should have. S_FALSE: its text cannot be read, or is too long, or
 * its time is another. */
static HRESULT sum_of_message(struct db_txn *txn, sqlite3_stmt *document, LONGLONG object,
                              struct trigrams *trigrams, struct bytes *text, ULONGLONG *sum)
{
    const BOOL timed = sqlite3_column_type(document, 2) == SQLITE_INTEGER;
    struct source source;
    LONGLONG time = 0;
    HRESULT hr;

    text->size = 0;
    *sum = 0;
    if (SUCCEEDED(hr = source_open(&source, txn, object)))
    {
        if (SUCCEEDED(hr = fulltext_time(&source, &time)))
            hr = (hr == S_OK) == timed && time == sqlite3_column_int64(document, 2) ? S_OK
                                                                                    : S_FALSE;
        if (hr == S_OK) hr = fulltext_text(&source, text);
        source_close(&source);
    }
    /* Without the zero at its end. */
    if (hr == S_OK) hr = sum_of_text(text->data, text->size - 1, trigrams, sum);
    return hr == MAPI_E_CORRUPT_STORE || hr == MAPI_E_OBJECT_DELETED ? S_FALSE : hr;
}

static HRESULT sum_texts(struct db_txn *txn, struct bytes *documents)
{
    struct trigrams trigrams = { 0 };
    struct document document;
    sqlite3_stmt *statement;
    struct bytes text;
    HRESULT hr;

    if (FAILED(hr = sql_open(txn, SQL_TEXT_DOCS, &statement, ""))) return hr;
    bytes_init(&text);
    while ((hr = sql_step(txn, statement)) == S_OK)
    {
        document.number = sqlite3_column_int64(statement, 0);
        document.object = sqlite3_column_int64(statement, 1);
        hr = sum_of_message(txn, statement, document.object, &trigrams, &text, &document.sum);
        if (FAILED(hr)) break;
        /* It is in the index, and should not be. */
        if (hr == S_FALSE) document.sum = 1;
        bytes_put(documents, &document, sizeof(document));
        if (documents->failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        if (FAILED(hr)) break;
    }
    sql_close(statement);
    bytes_free(&text);
    platform_free(trigrams.slots);
    return FAILED(hr) ? hr : S_OK;
}

static int compare_documents(const void *a, const void *b)
{
    const LONGLONG x = *(const LONGLONG *)a, y = ((const struct document *)b)->number;

    return (x > y) - (x < y);
}

/* One that is nobody's has none. *at: where the one before was. */
static struct document *find_document(struct document *documents, size_t count, LONGLONG number,
                                      size_t *at)
{
    struct document *found;

    if (*at + 1 < count && documents[*at + 1].number == number) return &documents[++*at];
    if (!count) return NULL;
    found = bsearch(&number, documents, count, sizeof(*documents), compare_documents);
    if (found) *at = found - documents;
    return found;
}

/* Takes away what is there. Errors: the index cannot be read. */
static HRESULT walk_index(struct db_txn *txn, struct document *documents, size_t count)
{
    struct document *document;
    sqlite3_stmt *statement;
    const BYTE *term, *end;
    ULONGLONG trigram;
    size_t at = 0;
    HRESULT hr;
    ULONG i;

    if (sqlite3_prepare_v2(txn->connection->handle, "SELECT term,doc FROM temp.text_walk", -1,
                           &statement, NULL))
        return MAPI_E_CORRUPT_STORE;
    while ((hr = sql_step(txn, statement)) == S_OK)
    {
        document = find_document(documents, count, sqlite3_column_int64(statement, 1), &at);
        if (!document) continue;
        term = sqlite3_column_blob(statement, 0);
        end = term + sqlite3_column_bytes(statement, 0);
        for (i = 0, trigram = 0; i < 3; i++) trigram = trigram << 16 | next_letter(&term, end);
        document->sum -= spread(trigram);
    }
    sqlite3_finalize(statement);
    return FAILED(hr) ? hr : S_OK;
}

HRESULT fulltext_check(struct db_txn *txn, void (*missing)(void *context, LONGLONG object),
                       void *context, BOOL *damaged)
{
    struct bytes documents;
    struct document *document;
    size_t count, i;
    HRESULT hr;

    *damaged = FALSE;
    bytes_init(&documents);
    hr = sum_texts(txn, &documents);
    document = (struct document *)documents.data;
    count = documents.size / sizeof(*document);
    if (SUCCEEDED(hr))
    {
        hr = sql_exec(txn, "CREATE VIRTUAL TABLE temp.text_walk USING fts5vocab(main,fulltext,"
                           "instance)");
        if (SUCCEEDED(hr))
        {
            hr = walk_index(txn, document, count);
            sql_exec(txn, "DROP TABLE temp.text_walk");
        }
        if (FAILED(hr) && hr != MAPI_E_NOT_ENOUGH_MEMORY)
        {
            *damaged = TRUE;
            hr = S_OK;
        }
    }
    for (i = 0; i < count && SUCCEEDED(hr) && !*damaged; i++)
        if (document[i].sum) missing(context, document[i].object);
    bytes_free(&documents);
    return hr;
}
