/*
 * mapictl search: messages that have words
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
 * Each word stands somewhere in the message: subject, sender, text, recipients, names of
 * attachments. The store compares, folder by folder; what it found is sorted by time here. Messages
 * are numbered as 'inbox --folder' numbers them, so that 'read' takes what was found.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapictl.h"

#define BATCH 256
#define DEPTH_MAX 64
#define HITS_MAX 100000

/* --- what is searched for --- */

static const ULONG text_tags[] =
    {PR_SUBJECT_W, PR_SENT_REPRESENTING_NAME_W, PR_SENT_REPRESENTING_EMAIL_ADDRESS_W, PR_SENDER_NAME_W,
     PR_SENDER_EMAIL_ADDRESS_W, PR_DISPLAY_TO_W, PR_DISPLAY_CC_W, PR_BODY_W};
/* Rows inside a message, and two of their texts. */
static const ULONG inner_tags[][3] =
{
    {PR_MESSAGE_RECIPIENTS, PR_DISPLAY_NAME_W, PR_EMAIL_ADDRESS_W},
    {PR_MESSAGE_ATTACHMENTS, PR_ATTACH_LONG_FILENAME_W, PR_ATTACH_FILENAME_W}
};

#define TEXTS ARRAYSIZE(text_tags)
#define INNER ARRAYSIZE(inner_tags)

struct word
{
    SRestriction parts[TEXTS + INNER];      /* one of them holds */
    SRestriction either[INNER];
    SRestriction inner[INNER][2];
    SPropValue values[TEXTS + 2 * INNER];
};

static void contains(SRestriction *res, SPropValue *value, ULONG tag, const WCHAR *text)
{
    value->ulPropTag = tag;
    value->Value.lpszW = (WCHAR *)text;
    res->rt = RES_CONTENT;
    res->res.resContent.ulFuzzyLevel = FL_SUBSTRING | FL_IGNORECASE;
    res->res.resContent.ulPropTag = tag;
    res->res.resContent.lpProp = value;
}

/* inner: also what stands in rows of the message, which not every store can look at. */
static void any_of(struct word *word, const WCHAR *text, BOOL inner, SRestriction *res)
{
    size_t i, j;

    for (i = 0; i < TEXTS; i++) contains(&word->parts[i], &word->values[i], text_tags[i], text);
    for (i = 0; i < INNER; i++)
    {
        for (j = 0; j < 2; j++)
            contains(&word->inner[i][j], &word->values[TEXTS + 2 * i + j], inner_tags[i][j + 1],
                     text);
        word->either[i].rt = RES_OR;
        word->either[i].res.resOr.cRes = 2;
        word->either[i].res.resOr.lpRes = word->inner[i];
        word->parts[TEXTS + i].rt = RES_SUBRESTRICTION;
        word->parts[TEXTS + i].res.resSub.ulSubObject = inner_tags[i][0];
        word->parts[TEXTS + i].res.resSub.lpRes = &word->either[i];
    }
    res->rt = RES_OR;
    res->res.resOr.cRes = inner ? TEXTS + INNER : TEXTS;
    res->res.resOr.lpRes = word->parts;
}

/* --- what is found --- */

struct hit
{
    const SRow *row;
    const WCHAR *folder;
    ULONG number;                           /* 0: it was not there any more */
};

struct search
{
    struct mailbox *box;
    struct word *words;
    SRestriction *all, whole;               /* one for each word, and all of them */
    const struct arguments *args;
    struct hit *hits;
    ULONG count, room;
    SRowSet **rows;                         /* what the hits point to */
    WCHAR **paths;
    ULONG row_count, path_count;
};

static void *grow(void *array, size_t count, size_t size)
{
    if (!(array = realloc(array, count * size))) exit(fail(L"out of memory"));
    return array;
}

static HRESULT restrict_table(struct search *search, IMAPITable *table)
{
    HRESULT hr = S_OK;
    int inner, i;

    for (inner = TRUE; inner >= FALSE; inner--)
    {
        for (i = 0; i < search->args->count; i++)
            any_of(&search->words[i], search->args->values[i], inner, &search->all[i]);
        hr = IMAPITable_Restrict(table, &search->whole, 0);
        if (hr != MAPI_E_TOO_COMPLEX) break;
    }
    return hr;
}

static HRESULT take_hits(struct search *search, IMAPITable *table, const WCHAR *path)
{
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    while (SUCCEEDED(hr = IMAPITable_QueryRows(table, BATCH, 0, &rows)) && rows->cRows)
    {
        search->rows = grow(search->rows, search->row_count + 1, sizeof(*search->rows));
        search->rows[search->row_count++] = rows;
        if (search->count + rows->cRows > HITS_MAX) return MAPI_E_TABLE_TOO_BIG;
        if (search->count + rows->cRows > search->room)
        {
            search->room = 2 * (search->count + rows->cRows);
            search->hits = grow(search->hits, search->room, sizeof(*search->hits));
        }
        for (i = 0; i < rows->cRows; i++)
        {
            search->hits[search->count].row = &rows->aRow[i];
            search->hits[search->count].folder = path;
            search->hits[search->count++].number = 0;
        }
    }
    if (SUCCEEDED(hr)) FreeProws(rows);
    return hr;
}

static BOOL same_entry(const SRow *a, const SRow *b)
{
    const SPropValue *x = find_prop(a, PR_ENTRYID), *y = find_prop(b, PR_ENTRYID);

    return x && y && x->Value.bin.cb == y->Value.bin.cb
           && !memcmp(x->Value.bin.lpb, y->Value.bin.lpb, x->Value.bin.cb);
}

/* One walk, as far as the last of them. */
static HRESULT walk_to_hits(struct search *search, IMAPITable *table, ULONG first)
{
    static const SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    ULONG i, number = 0, count;
    SRowSet *rows;
    HRESULT hr;

    hr = IMAPITable_SetColumns(table, (SPropTagArray *)&columns, 0);
    while (SUCCEEDED(hr) && first < search->count
           && SUCCEEDED(hr = IMAPITable_QueryRows(table, BATCH, 0, &rows)))
    {
        for (i = 0; i < rows->cRows && first < search->count; i++)
        {
            number++;
            if (same_entry(&rows->aRow[i], search->hits[first].row))
                search->hits[first++].number = number;
        }
        count = rows->cRows;
        FreeProws(rows);
        if (!count) break;
    }
    return hr;
}

/* Each is looked for from the one before on, which a store that does not know where a message
 * stands does in one walk, too. */
static HRESULT find_hits(struct search *search, IMAPITable *table, ULONG first)
{
    ULONG number, part, all;
    SRestriction is_hit;
    HRESULT hr = S_OK;

    is_hit.rt = RES_PROPERTY;
    is_hit.res.resProperty.relop = RELOP_EQ;
    is_hit.res.resProperty.ulPropTag = PR_ENTRYID;
    for (; SUCCEEDED(hr) && first < search->count; first++)
    {
        const SPropValue *id = find_prop(search->hits[first].row, PR_ENTRYID);

        if (!id) continue;
        is_hit.res.resProperty.lpProp = (SPropValue *)id;
        hr = IMAPITable_FindRow(table, &is_hit, BOOKMARK_CURRENT, 0);
        if (SUCCEEDED(hr) && SUCCEEDED(hr = IMAPITable_QueryPosition(table, &number, &part, &all)))
            search->hits[first].number = number + 1;
        /* Gone, or moved, meanwhile. */
        if (hr == MAPI_E_NOT_FOUND) hr = S_OK;
    }
    return hr;
}

/* Those from first on are in the table's order. */
static HRESULT number_hits(struct search *search, IMAPITable *table, ULONG first)
{
    ULONG rows;
    HRESULT hr;

    hr = IMAPITable_Restrict(table, NULL, 0);
    if (SUCCEEDED(hr)) hr = IMAPITable_SeekRow(table, BOOKMARK_BEGINNING, 0, NULL);
    if (FAILED(hr) || FAILED(hr = IMAPITable_GetRowCount(table, 0, &rows))) return hr;
    /* Finding one takes as long as reading some dozens of rows. */
    if (search->count - first <= rows / 50) return find_hits(search, table, first);
    return walk_to_hits(search, table, first);
}

static HRESULT search_folder(struct search *search, IMAPIFolder *folder, const WCHAR *path)
{
    const ULONG first = search->count;
    IMAPITable *table;
    HRESULT hr;

    if (FAILED(hr = contents_open(folder, (SPropTagArray *)message_columns, &table))) return hr;
    if (SUCCEEDED(hr = restrict_table(search, table))) hr = take_hits(search, table, path);
    if (SUCCEEDED(hr) && search->count > first) hr = number_hits(search, table, first);
    IMAPITable_Release(table);
    return hr;
}

static HRESULT search_below(struct search *search, IMAPIFolder *parent, const WCHAR *path,
                            int depth)
{
    static const SizedSPropTagArray(2, columns) = {2, {PR_ENTRYID, PR_DISPLAY_NAME_W}};
    IMAPIFolder *folder;
    IMAPITable *table;
    SRowSet *rows;
    ULONG i, type;
    HRESULT hr;

    if (depth > DEPTH_MAX) return MAPI_E_TOO_COMPLEX;
    if (FAILED(hr = IMAPIFolder_GetHierarchyTable(parent, MAPI_UNICODE, &table))) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return hr;
    for (i = 0; i < rows->cRows && SUCCEEDED(hr); i++)
    {
        const SPropValue *id = find_prop(&rows->aRow[i], PR_ENTRYID);
        WCHAR *name, *below;

        if (!id) continue;
        name = row_text(&rows->aRow[i], PR_DISPLAY_NAME_W);
        below = path_below(path, name);
        free(name);
        search->paths = grow(search->paths, search->path_count + 1, sizeof(*search->paths));
        search->paths[search->path_count++] = below;
        hr = IMsgStore_OpenEntry(search->box->store, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb,
                                 &IID_IMAPIFolder, 0, &type, (IUnknown **)&folder);
        if (FAILED(hr)) break;
        hr = search_folder(search, folder, below);
        if (SUCCEEDED(hr)) hr = search_below(search, folder, below, depth + 1);
        IMAPIFolder_Release(folder);
    }
    FreeProws(rows);
    return hr;
}

static int newer_first(const void *a, const void *b)
{
    const struct hit *x = a, *y = b;
    const SPropValue *first = find_prop(x->row, PR_MESSAGE_DELIVERY_TIME);
    const SPropValue *second = find_prop(y->row, PR_MESSAGE_DELIVERY_TIME);
    int order;

    if (!first || !second) order = !first - !second;
    else order = CompareFileTime(&second->Value.ft, &first->Value.ft);
    if (order) return order;
    order = wcscmp(x->folder, y->folder);
    return order ? order : (x->number > y->number) - (x->number < y->number);
}

int search_mail(struct arguments *args)
{
    static const WCHAR *const columns[] = {L"number", L"state", L"date", L"from", L"subject", L"folder", L"address",
                                           L"size", L"attachments", L"entry", NULL};
    static const WCHAR *const shown[] = {L"number", L"state", L"date", L"from", L"subject", L"folder", NULL};
    const WCHAR *path = take_value(args, L"--folder"), *text = take_value(args, L"--limit");
    const ULONG limit = text ? wcstoul(text, NULL, 10) : ~0u;
    struct search search = {0};
    struct mailbox box;
    struct list *list;
    IMAPIFolder *folder;
    HRESULT hr = S_OK;
    ULONG i;
    int ret;

    if ((ret = mailbox_open(args, TRUE, &box))) return ret;
    search.box = &box;
    search.args = args;
    search.words = calloc(args->count, sizeof(*search.words));
    search.all = calloc(args->count, sizeof(*search.all));
    if (!search.words || !search.all) exit(fail(L"out of memory"));
    search.whole.rt = RES_AND;
    search.whole.res.resAnd.cRes = args->count;
    search.whole.res.resAnd.lpRes = search.all;
    if (path) ret = folder_open(&box, path, FALSE, &folder);
    else if (FAILED(hr = store_folder(&box, PR_IPM_SUBTREE_ENTRYID, &folder)))
        ret = fail_hr(hr, L"the store has no folders for mail");
    if (!ret)
    {
        hr = path ? search_folder(&search, folder, path) : S_OK;
        if (SUCCEEDED(hr)) hr = search_below(&search, folder, path ? path : L"", 0);
        IMAPIFolder_Release(folder);
        if (search.count) qsort(search.hits, search.count, sizeof(*search.hits), newer_first);
        list = list_begin(json_output ? columns : shown);
        for (i = 0; i < search.count && i < limit; i++)
            list_message(list, search.hits[i].row, search.hits[i].number, search.hits[i].folder);
        list_end(list);
        if (FAILED(hr)) ret = fail_hr(hr, L"not everything could be searched");
    }
    for (i = 0; i < search.row_count; i++) FreeProws(search.rows[i]);
    for (i = 0; i < search.path_count; i++) free(search.paths[i]);
    free(search.rows);
    free(search.paths);
    free(search.hits);
    free(search.words);
    free(search.all);
    mailbox_close(&box);
    return ret;
}
