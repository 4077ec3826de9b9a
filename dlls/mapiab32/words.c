/*
 * The address book: the words that names are found by
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
 * Each entry keeps the words that a typed name is looked for by, in a property that nobody sees,
 * and the file keeps a view in their order. A word of a restriction (PR_ANR, anrtable.c) is then a
 * stretch of that view: those whose words begin with it, perhaps some more, whom the restriction
 * itself is asked about.
 *
 * What begins a word here must begin one in anrtable.c: the name, what follows a blank or hyphen in
 * it, the first and the last name, the address. A word ends where a typed one has to.
 */

#include "ab.h"

#define WORD_LENGTH 64                  /* characters that are kept, and looked for */
#define WORDS_MAX 64
#define CANDIDATES_MAX 16384            /* more are looked for as fast without */
#define AT_ONCE 256
#define SPACE_SETTINGS 1
#define WORDS_VERSION 1

static const WCHAR word_ends[] = L" \t,;";
static const struct db_sort by_word[] = { { PR_AB_WORDS | MV_INSTANCE } };

/* ---- the words of an entry ---- */

struct word_list
{
    BOOL more;                          /* than are kept: an empty word stands for them */
    ULONG count;
    SBinary words[WORDS_MAX];
    WCHAR text[WORDS_MAX][WORD_LENGTH];
};

/* How many characters it is folded, 0: there is none. */
static size_t fold_word(const WCHAR *text, WCHAR ret[WORD_LENGTH])
{
    size_t length = wcscspn(text, word_ends);
    int folded;

    if (length > WORD_LENGTH) length = WORD_LENGTH;
    if (!length) return 0;
    folded = platform_fold(NORM_IGNORECASE, text, length, ret, WORD_LENGTH);
    return folded > 0 ? folded : 0;
}

static void add_word(struct word_list *list, const WCHAR *text)
{
    SBinary *word = &list->words[list->count];
    size_t length;
    ULONG i;

    if (list->count == WORDS_MAX - 1)
    {
        list->more = TRUE;
        return;
    }
    if (!(length = fold_word(text, list->text[list->count]))) return;
    word->cb = length * sizeof(WCHAR);
    word->lpb = (BYTE *)list->text[list->count];
    for (i = 0; i < list->count; i++)
        if (list->words[i].cb == word->cb && !memcmp(list->words[i].lpb, word->lpb, word->cb))
            return;
    list->count++;
}

static void collect(const struct db_props *props, struct word_list *list)
{
    static const ULONG tags[] = { PR_GIVEN_NAME_W, PR_SURNAME_W, PR_EMAIL_ADDRESS_W,
                                  PR_DISPLAY_NAME_W };
    const WCHAR *text;
    ULONG i;

    list->count = 0;
    list->more = FALSE;
    for (i = 0; i < ARRAY_SIZE(tags); i++)
    {
        if ((text = ab_text_of(props, tags[i]))) add_word(list, text);
        /* One that is too long for memory. */
        else if (db_props_type(props, tags[i]) == PT_UNICODE) list->more = TRUE;
    }
    for (; text && *text; text++) if (*text == ' ' || *text == '-') add_word(list, text + 1);
    if (!list->more) return;
    list->words[list->count].cb = 0;
    list->words[list->count].lpb = (BYTE *)list->text;
    list->count++;
}

HRESULT words_set(struct db_props *props)
{
    struct word_list *list = platform_alloc(sizeof(*list));
    SPropValue value;
    HRESULT hr = S_OK;

    if (!list) return MAPI_E_NOT_ENOUGH_MEMORY;
    collect(props, list);
    memset(&value, 0, sizeof(value));
    value.ulPropTag = PR_AB_WORDS;
    value.Value.MVbin.cValues = list->count;
    value.Value.MVbin.lpbin = list->words;
    if (list->count) hr = db_props_set(props, &value);
    else db_props_remove(props, PR_AB_WORDS);
    platform_free(list);
    return hr;
}

/* ---- files ---- */

static HRESULT add_words(struct db_txn *txn, LONGLONG object)
{
    struct db_props *props;
    HRESULT hr;

    if (FAILED(hr = db_object_load(txn, object, NULL, &props))) return hr;
    if (SUCCEEDED(hr = words_set(props))) hr = db_object_save(txn, object, 0, props);
    db_props_destroy(props);
    return hr;
}

static HRESULT add_words_to_all(struct db_txn *txn, LONGLONG container)
{
    ULONG i, count, version = WORDS_VERSION;
    LONGLONG *ids, last = 0;
    HRESULT hr;

    do
    {
        hr = db_object_children(txn, container, DB_LIST_CONTENTS, last, AT_ONCE, &ids, &count);
        if (FAILED(hr)) return hr;
        for (i = 0; i < count && SUCCEEDED(hr); i++)
        {
            last = ids[i];
            hr = add_words(txn, ids[i]);
        }
        platform_free(ids);
    }
    while (SUCCEEDED(hr) && count == AT_ONCE);
    if (SUCCEEDED(hr)) hr = db_map_set(txn, SPACE_SETTINGS, L"Words", &version, sizeof(version));
    return hr;
}

static HRESULT has_words(struct db_txn *txn)
{
    ULONG size, version = 0;
    BYTE *value;
    HRESULT hr;

    if (FAILED(hr = db_map_get(txn, SPACE_SETTINGS, L"Words", &value, &size))) return hr;
    if (size == sizeof(version)) memcpy(&version, value, sizeof(version));
    platform_free(value);
    return version == WORDS_VERSION ? S_OK : MAPI_E_NOT_FOUND;
}

/* Of a file that cannot be written nothing is made: its names are looked for one by one. */
HRESULT words_prepare(struct db *db, LONGLONG container)
{
    static const struct db_sort by_name[] = { { PR_DISPLAY_NAME_W } };
    struct db_txn *txn;
    HRESULT hr;
    BOOL made;

    if (db_is_read_only(db)) return S_OK;
    if (FAILED(hr = db_begin(db, DB_READ, &txn))) return hr;
    hr = has_words(txn);
    db_rollback(txn);
    if (hr == MAPI_E_NOT_FOUND && SUCCEEDED(hr = db_begin(db, DB_WRITE, &txn)))
    {
        /* Another process may have been faster. */
        if ((hr = has_words(txn)) == MAPI_E_NOT_FOUND) hr = add_words_to_all(txn, container);
        if (SUCCEEDED(hr)) hr = db_commit(txn);
        else db_rollback(txn);
    }
    if (SUCCEEDED(hr)) hr = db_view_ensure(db, container, DB_LIST_CONTENTS, 1, by_word, &made);
    if (SUCCEEDED(hr)) hr = db_view_ensure(db, container, DB_LIST_CONTENTS, 1, by_name, &made);
    return hr;
}

/* ---- who may be meant ---- */

struct stretch
{
    ULONGLONG from, count;
};

/* All that begin so; no bytes: those who have more words than are kept. */
static HRESULT find_stretch(struct db_txn *txn, LONGLONG view, const WCHAR *word, size_t length,
                            struct stretch *ret)
{
    SPropValue value;
    const SPropValue *values[1] = { &value };
    ULONGLONG end;
    ULONG size;
    HRESULT hr;
    BYTE *key;

    memset(&value, 0, sizeof(value));
    value.ulPropTag = PROP_TAG(PT_BINARY, PROP_ID(PR_AB_WORDS));
    value.Value.bin.cb = length * sizeof(*word);
    value.Value.bin.lpb = (BYTE *)word;
    if (FAILED(hr = db_key_make(1, by_word, values, &key, &size))) return hr;
    if (length) size -= 2;              /* without its end */
    hr = db_view_key_position(txn, view, key, size, FALSE, &ret->from);
    if (SUCCEEDED(hr)) hr = db_view_key_position(txn, view, key, size, TRUE, &end);
    if (SUCCEEDED(hr)) ret->count = end > ret->from ? end - ret->from : 0;
    platform_free(key);
    return hr;
}

static HRESULT find_word(struct db_txn *txn, LONGLONG view, const WCHAR *text, struct stretch *ret)
{
    WCHAR word[WORD_LENGTH];
    size_t length = fold_word(text, word);

    return length ? find_stretch(txn, view, word, length, ret) : S_FALSE;
}

/* Takes the stretch of a word if it is shorter; *found: best is one. */
static HRESULT try_word(struct db_txn *txn, LONGLONG view, const WCHAR *word, struct stretch *best,
                        BOOL *found)
{
    struct stretch stretch;
    HRESULT hr = find_word(txn, view, word, &stretch);

    if (hr != S_OK) return hr;
    if (!*found || stretch.count < best->count) *best = stretch;
    *found = TRUE;
    return S_OK;
}

/* The shortest stretch that has everybody who matches; S_FALSE: there is none. */
static HRESULT choose(struct db_txn *txn, LONGLONG view, const SRestriction *restriction,
                      struct stretch *best)
{
    const WCHAR *word = anr_word_of(restriction), *name = anr_name_of(restriction);
    BOOL found = FALSE, begins = TRUE;
    HRESULT hr = S_OK;
    ULONG i, tried = 0;

    if (word) hr = try_word(txn, view, word, best, &found);
    for (; name && *name && tried < 8 && SUCCEEDED(hr); name++)
    {
        if (begins && (hr = try_word(txn, view, name, best, &found)) == S_OK) tried++;
        begins = *name == ' ' || *name == '-';
    }
    for (i = 0; restriction->rt == RES_AND && i < restriction->res.resAnd.cRes && SUCCEEDED(hr);
         i++)
        if ((word = anr_word_of(&restriction->res.resAnd.lpRes[i])))
            hr = try_word(txn, view, word, best, &found);
    if (FAILED(hr)) return hr;
    return found ? S_OK : S_FALSE;
}

static int compare_ids(const void *a, const void *b)
{
    LONGLONG first = *(const LONGLONG *)a, second = *(const LONGLONG *)b;

    return (first > second) - (first < second);
}

/* Adds the objects of a stretch to list, which has room. */
static HRESULT add_objects(struct db_txn *txn, LONGLONG view, const struct stretch *stretch,
                           LONGLONG *list, ULONG *count)
{
    struct db_row *rows;
    ULONG i, got;
    HRESULT hr;

    if (!stretch->count) return S_OK;
    hr = db_view_rows_at(txn, view, stretch->from, FALSE, stretch->count, &rows, &got);
    if (FAILED(hr)) return hr;
    for (i = 0; i < got && i < stretch->count; i++) list[(*count)++] = rows[i].object;
    platform_free(rows);
    return S_OK;
}

HRESULT words_candidates(struct db_txn *txn, LONGLONG container, const SRestriction *restriction,
                         LONGLONG **ids, ULONG *count)
{
    struct stretch stretch = { 0 }, more;
    LONGLONG view, *list;
    ULONG i, n = 0;
    HRESULT hr;

    *ids = NULL;
    *count = 0;
    if (has_words(txn) != S_OK
        || FAILED(db_view_find(txn, container, DB_LIST_CONTENTS, 1, by_word, &view)))
        return S_FALSE;
    if ((hr = choose(txn, view, restriction, &stretch)) != S_OK) return hr;
    if (FAILED(hr = find_stretch(txn, view, NULL, 0, &more))) return hr;
    if (stretch.count + more.count > CANDIDATES_MAX) return S_FALSE;
    if (!(list = platform_alloc((stretch.count + more.count + 1) * sizeof(*list))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = add_objects(txn, view, &stretch, list, &n);
    if (SUCCEEDED(hr)) hr = add_objects(txn, view, &more, list, &n);
    if (FAILED(hr))
    {
        platform_free(list);
        return hr;
    }
    /* Whoever has two such words stands there twice. */
    qsort(list, n, sizeof(*list), compare_ids);
    for (i = 0; i < n; i++) if (!i || list[i] != list[i - 1]) list[(*count)++] = list[i];
    *ids = list;
    return S_OK;
}
