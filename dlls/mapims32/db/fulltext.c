/*
 * Full-text index: which messages may hold a text
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
 * An index of trigrams (SQLite's FTS5) gives the messages that may match a restriction on text; who
 * searches tests those alone. It may name too many, never too few:
 *
 * - What is indexed of a text is its letters each folded by itself (index_char): lower case, taken
 *   apart, without marks. Whatever a level of RES_CONTENT takes for equal is equal then.
 * - text_todo holds the messages that are not indexed: those that were made or changed since
 *   (state 0), and those with more text than is indexed (state 1). They are always named. A commit
 *   that leaves many indexes some, and so does who searches: one at a time costs several times as
 *   much.
 * - text_doc says which document of the index is a message's. A document never changes: one of a
 *   message that has changed is nobody's, and goes when the index is made anew.
 *
 * Systems that fold letters in another way (meta: fold) cannot use or add to an index: they read
 * the messages, until one of them makes it anew. So does who finds it damaged.
 */

#include <stdlib.h>

#include "db/dbpriv.h"

#define TEXT_MAX      0x100000          /* bytes of a property that are indexed */
#define ATTACHMENTS   1024              /* of a message whose names are indexed */
#define MANY_WAITING  64                /* messages: then a commit indexes some */
#define TRIGRAMS      16                /* of a pattern that are looked for */
#define PLAN_DEPTH    16
#define PLAN_MAX      0x8000            /* bytes */
#define FEW_MESSAGES  32                /* in a folder: they are read as quickly */
#define STEP_WAITING  4096              /* more messages than that not indexed: no use */

#define STATE_WAITING 0u
#define STATE_LARGE   1u

static const ULONG message_tags[] =
{
    PR_SUBJECT_W, PR_NORMALIZED_SUBJECT_W, PR_CONVERSATION_TOPIC_W, PR_SENDER_NAME_W,
    PR_SENDER_EMAIL_ADDRESS_W, PR_SENT_REPRESENTING_NAME_W, PR_SENT_REPRESENTING_EMAIL_ADDRESS_W,
    PR_DISPLAY_TO_W, PR_DISPLAY_CC_W, PR_DISPLAY_BCC_W, PR_BODY_W, 0
};
static const ULONG recipient_tags[] =
{
    PR_DISPLAY_NAME_W, PR_EMAIL_ADDRESS_W, PR_SMTP_ADDRESS_W, PR_TRANSMITABLE_DISPLAY_NAME_W, 0
};
static const ULONG attachment_tags[] =
{
    PR_ATTACH_FILENAME_W, PR_ATTACH_LONG_FILENAME_W, PR_DISPLAY_NAME_W, 0
};

static BOOL has_tag(const ULONG *tags, ULONG tag)
{
    for (; *tags; tags++) if (PROP_ID(*tags) == PROP_ID(tag)) return TRUE;
    return FALSE;
}

/* --- letters as they are indexed --- */

/* Marks that have a canonical order among themselves: comparing may have reordered them. */
static const WCHAR marks[][2] =
{
    { 0x0300, 0x034e }, { 0x0350, 0x036f }, { 0x0483, 0x0487 }, { 0x0591, 0x05bd },
    { 0x05bf, 0x05bf }, { 0x05c1, 0x05c2 }, { 0x05c4, 0x05c5 }, { 0x05c7, 0x05c7 },
    { 0x0610, 0x061a }, { 0x064b, 0x065f }, { 0x0670, 0x0670 }, { 0x06d6, 0x06dc },
    { 0x06df, 0x06e4 }, { 0x06e7, 0x06e8 }, { 0x06ea, 0x06ed }, { 0x0711, 0x0711 },
    { 0x0730, 0x074a }, { 0x07eb, 0x07f3 }, { 0x07fd, 0x07fd }, { 0x0816, 0x0819 },
    { 0x081b, 0x0823 }, { 0x0825, 0x0827 }, { 0x0829, 0x082d }, { 0x0859, 0x085b },
    { 0x0898, 0x089f }, { 0x08ca, 0x08e1 }, { 0x08e3, 0x08ff }, { 0x093c, 0x093c },
    { 0x094d, 0x094d }, { 0x0951, 0x0954 }, { 0x09bc, 0x09bc }, { 0x09cd, 0x09cd },
    { 0x09fe, 0x09fe }, { 0x0a3c, 0x0a3c }, { 0x0a4d, 0x0a4d }, { 0x0abc, 0x0abc },
    { 0x0acd, 0x0acd }, { 0x0b3c, 0x0b3c }, { 0x0b4d, 0x0b4d }, { 0x0bcd, 0x0bcd },
    { 0x0c3c, 0x0c3c }, { 0x0c4d, 0x0c4d }, { 0x0c55, 0x0c56 }, { 0x0cbc, 0x0cbc },
    { 0x0ccd, 0x0ccd }, { 0x0d3b, 0x0d3c }, { 0x0d4d, 0x0d4d }, { 0x0dca, 0x0dca },
    { 0x0e38, 0x0e3a }, { 0x0e48, 0x0e4b }, { 0x0eb8, 0x0eba }, { 0x0ec8, 0x0ecb },
    { 0x0f18, 0x0f19 }, { 0x0f35, 0x0f35 }, { 0x0f37, 0x0f37 }, { 0x0f39, 0x0f39 },
    { 0x0f71, 0x0f72 }, { 0x0f74, 0x0f74 }, { 0x0f7a, 0x0f7d }, { 0x0f80, 0x0f80 },
    { 0x0f82, 0x0f84 }, { 0x0f86, 0x0f87 }, { 0x0fc6, 0x0fc6 }, { 0x1037, 0x1037 },
    { 0x1039, 0x103a }, { 0x108d, 0x108d }, { 0x135d, 0x135f }, { 0x1714, 0x1715 },
    { 0x1734, 0x1734 }, { 0x17d2, 0x17d2 }, { 0x17dd, 0x17dd }, { 0x18a9, 0x18a9 },
    { 0x1939, 0x193b }, { 0x1a17, 0x1a18 }, { 0x1a60, 0x1a60 }, { 0x1a75, 0x1a7c },
    { 0x1a7f, 0x1a7f }, { 0x1ab0, 0x1abd }, { 0x1abf, 0x1ace }, { 0x1b34, 0x1b34 },
    { 0x1b44, 0x1b44 }, { 0x1b6b, 0x1b73 }, { 0x1baa, 0x1bab }, { 0x1be6, 0x1be6 },
    { 0x1bf2, 0x1bf3 }, { 0x1c37, 0x1c37 }, { 0x1cd0, 0x1cd2 }, { 0x1cd4, 0x1ce0 },
    { 0x1ce2, 0x1ce8 }, { 0x1ced, 0x1ced }, { 0x1cf4, 0x1cf4 }, { 0x1cf8, 0x1cf9 },
    { 0x1dc0, 0x1dff }, { 0x20d0, 0x20dc }, { 0x20e1, 0x20e1 }, { 0x20e5, 0x20f0 },
    { 0x2cef, 0x2cf1 }, { 0x2d7f, 0x2d7f }, { 0x2de0, 0x2dff }, { 0x302a, 0x302f },
    { 0x3099, 0x309a }, { 0xa66f, 0xa66f }, { 0xa674, 0xa67d }, { 0xa69e, 0xa69f },
    { 0xa6f0, 0xa6f1 }, { 0xa806, 0xa806 }, { 0xa82c, 0xa82c }, { 0xa8c4, 0xa8c4 },
    { 0xa8e0, 0xa8f1 }, { 0xa92b, 0xa92d }, { 0xa953, 0xa953 }, { 0xa9b3, 0xa9b3 },
    { 0xa9c0, 0xa9c0 }, { 0xaab0, 0xaab0 }, { 0xaab2, 0xaab4 }, { 0xaab7, 0xaab8 },
    { 0xaabe, 0xaabf }, { 0xaac1, 0xaac1 }, { 0xaaf6, 0xaaf6 }, { 0xabed, 0xabed },
    { 0xfb1e, 0xfb1e }, { 0xfe20, 0xfe2f },
};

static int compare_mark(const void *key, const void *range)
{
    const WCHAR c = *(const WCHAR *)key, *between = range;

    return c < between[0] ? -1 : c > between[1];
}

#define CUT 1                           /* in place of what cannot be looked for */

/* What a character (of one or two units) is indexed as: at most 8 units, none with bit 11 of the
 * surrogates in them. */
static ULONG fold_char(const WCHAR *c, int units, WCHAR *ret)
{
    WCHAR low[2], folded[16];
    int count, i;
    ULONG n = 0;

    if (platform_fold(NORM_IGNORECASE, c, units, low, ARRAY_SIZE(low)) != units
        || (count = platform_fold(NORM_IGNORECASE | NORM_IGNORENONSPACE, low, units, folded,
                                  ARRAY_SIZE(folded))) < 0)
    {
        ret[0] = CUT;
        return 1;
    }
    for (i = 0; i < count && n < 8; i++)
    {
        if (bsearch(&folded[i], marks, ARRAY_SIZE(marks), sizeof(*marks), compare_mark)) continue;
        ret[n++] = !folded[i] || (folded[i] & 0xf800) == 0xd800 ? CUT : folded[i];
    }
    return n;
}

/* What characters of one unit become that stay one; 0: not known yet, or another number. Whoever
 * writes one writes the same. */
static WCHAR single[0x10000];

/* The next character of a text. */
static ULONG index_char(const WCHAR *text, size_t length, ULONG *units, WCHAR *ret)
{
    const WCHAR c = *text;
    ULONG count;

    *units = 1;
    if (c < 0x80)
    {
        *ret = c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c < ' ' && c != CUT ? ' ' : c;
        return 1;
    }
    if ((*ret = single[c])) return 1;
    if ((c & 0xfc00) == 0xd800 && length > 1 && (text[1] & 0xfc00) == 0xdc00) *units = 2;
    else if ((c & 0xf800) == 0xd800)
    {
        *ret = CUT;
        return 1;
    }
    count = fold_char(text, *units, ret);
    if (count == 1 && *units == 1) single[c] = *ret;
    return count;
}

static void put_letter(struct bytes *bytes, WCHAR c)
{
    BYTE utf8[3];

    if (c < 0x80)
    {
        utf8[0] = (BYTE)c;
        bytes_put(bytes, utf8, 1);
    }
    else if (c < 0x800)
    {
        utf8[0] = (BYTE)(0xc0 | c >> 6);
        utf8[1] = (BYTE)(0x80 | (c & 0x3f));
        bytes_put(bytes, utf8, 2);
    }
    else
    {
        utf8[0] = (BYTE)(0xe0 | c >> 12);
        utf8[1] = (BYTE)(0x80 | (c >> 6 & 0x3f));
        utf8[2] = (BYTE)(0x80 | (c & 0x3f));
        bytes_put(bytes, utf8, 3);
    }
}

/* A text behind what is there already. */
static void put_text(struct bytes *bytes, const WCHAR *text)
{
    const size_t length = text_length(text);
    WCHAR letters[8];
    ULONG units, count, j;
    size_t i;

    for (i = 0; i < length; i += units)
    {
        count = index_char(text + i, length - i, &units, letters);
        for (j = 0; j < count; j++) put_letter(bytes, letters[j]);
    }
    put_letter(bytes, CUT);
}

/* A number that is the same for all who fold letters alike; 0: there is no memory to find out. */
static LONGLONG folding(void)
{
    static LONGLONG number;
    ULONGLONG hash = 0xcbf29ce484222325;
    WCHAR *all, *folded;
    int count, length = 0, i;
    LONGLONG ret;

    os_global_enter();
    ret = number;
    os_global_leave();
    if (ret) return ret;
    all = platform_alloc(0x10000 * sizeof(*all));
    folded = platform_alloc(4 * 0x10000 * sizeof(*folded));
    if (all && folded)
    {
        for (i = 1; i < 0x10000; i++) if ((i & 0xf800) != 0xd800) all[length++] = (WCHAR)i;
        count = platform_fold(NORM_IGNORECASE, all, length, folded, 4 * 0x10000);
        if (count == length) memcpy(all, folded, length * sizeof(*all));
        count = platform_fold(NORM_IGNORECASE | NORM_IGNORENONSPACE, all, length, folded,
                              4 * 0x10000);
        for (i = 0; i < count; i++) hash = (hash ^ folded[i]) * 0x100000001b3;
        ret = (LONGLONG)(hash >> 1 | 1);
        os_global_enter();
        number = ret;
        os_global_leave();
    }
    platform_free(all);
    platform_free(folded);
    return ret;
}

/* --- the text of a message --- */

/* S_FALSE: there is more than is indexed. */
static HRESULT put_property(struct source *source, ULONG tag, struct bytes *bytes)
{
    SPropValue value;
    HRESULT hr = source_value(source, tag, TEXT_MAX, TRUE, &value);

    if (hr == S_FALSE) return S_OK;
    if (FAILED(hr)) return hr;
    if (PROP_TYPE(value.ulPropTag) != PT_UNICODE
        || text_length(value.Value.lpszW) >= TEXT_MAX / sizeof(WCHAR) || bytes->size > TEXT_MAX)
        return S_FALSE;
    put_text(bytes, value.Value.lpszW);
    return bytes->failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

static HRESULT put_properties(struct source *source, const ULONG *tags, struct bytes *bytes)
{
    HRESULT hr = S_OK;

    for (; *tags && hr == S_OK; tags++) hr = put_property(source, *tags, bytes);
    return hr;
}

static HRESULT put_recipients(struct db_txn *txn, LONGLONG id, struct bytes *bytes)
{
    const SPropValue *value;
    struct db_props **rows;
    HRESULT hr;
    ULONG count, i, j;

    if (FAILED(hr = db_recipients_load(txn, id, &rows, &count))) return hr;
    for (i = 0; i < count && hr == S_OK; i++)
    {
        for (j = 0; recipient_tags[j] && hr == S_OK; j++)
        {
            if (!(value = db_props_find(rows[i], recipient_tags[j]))) continue;
            if (PROP_TYPE(value->ulPropTag) == PT_UNICODE && bytes->size <= TEXT_MAX)
                put_text(bytes, value->Value.lpszW);
            else hr = S_FALSE;
        }
    }
    db_recipients_free(rows, count);
    return bytes->failed ? MAPI_E_NOT_ENOUGH_MEMORY : hr;
}

static HRESULT put_attachments(struct db_txn *txn, LONGLONG id, struct bytes *bytes)
{
    struct source source;
    LONGLONG *ids;
    HRESULT hr;
    ULONG count, i;

    hr = db_object_children(txn, id, DB_LIST_ATTACHMENTS, 0, ATTACHMENTS + 1, &ids, &count);
    if (SUCCEEDED(hr) && count > ATTACHMENTS) hr = S_FALSE;
    for (i = 0; i < count && hr == S_OK; i++)
    {
        if (FAILED(hr = source_open(&source, txn, ids[i]))) break;
        hr = put_properties(&source, attachment_tags, bytes);
        source_close(&source);
    }
    platform_free(ids);
    return hr;
}

/* All that is indexed of a message, as the index has it. S_FALSE: there is more. */
static HRESULT message_text(struct source *source, struct bytes *bytes)
{
    HRESULT hr = put_properties(source, message_tags, bytes);

    if (hr == S_OK) hr = put_recipients(source->txn, source->object.id, bytes);
    if (hr == S_OK) hr = put_attachments(source->txn, source->object.id, bytes);
    if (hr == S_OK) bytes_put(bytes, "", 1);
    return bytes->failed ? MAPI_E_NOT_ENOUGH_MEMORY : hr;
}

/* --- what has changed --- */

static BOOL is_message(const struct db_object *object)
{
    return object->kind == DB_KIND_MESSAGE
           || (object->list & ~DB_LIST_DELETED) == DB_LIST_CONTENTS;
}

HRESULT fulltext_note(struct db_txn *txn, const struct db_object *object)
{
    LONGLONG id = object->id;
    HRESULT hr;

    if (!txn->db->fulltext) return S_OK;
    if (object->kind == DB_KIND_ATTACHMENT) id = object->parent;
    else if (!is_message(object)) return S_OK;
    txn->noted++;
    if (FAILED(hr = sql_run(txn, SQL_TEXT_DOC_REMOVE, "i", id))) return hr;
    return sql_run(txn, SQL_TEXT_TODO_ADD, "ui", STATE_WAITING, id);
}

HRESULT fulltext_forget(struct db_txn *txn, LONGLONG id)
{
    HRESULT hr;

    if (!txn->db->fulltext) return S_OK;
    if (FAILED(hr = sql_run(txn, SQL_TEXT_DOC_REMOVE, "i", id))) return hr;
    return sql_run(txn, SQL_TEXT_TODO_REMOVE, "i", id);
}

HRESULT fulltext_stored(struct source *source, struct bytes *bytes)
{
    const ULONG *tag = source->object.kind == DB_KIND_ATTACHMENT ? attachment_tags : message_tags;
    struct stored stored;
    ULONGLONG size;
    LONGLONG value;
    HRESULT hr = S_OK;

    if (!source->txn->db->fulltext) return S_OK;
    for (; *tag && SUCCEEDED(hr); tag++)
    {
        if ((hr = source_find(source, *tag, &stored, &value, &size)) != S_OK) continue;
        bytes_put(bytes, &stored.tag, sizeof(stored.tag));
        bytes_put(bytes, &value, sizeof(value));
        if (value) continue;
        bytes_put(bytes, &stored.size, sizeof(stored.size));
        bytes_put(bytes, stored.data, stored.size);
    }
    return bytes->failed ? MAPI_E_NOT_ENOUGH_MEMORY : FAILED(hr) ? hr : S_OK;
}

/* --- indexing --- */

static HRESULT index_message(struct db_txn *txn, LONGLONG id)
{
    struct source source;
    struct bytes text;
    HRESULT hr;

    bytes_init(&text);
    if (SUCCEEDED(hr = source_open(&source, txn, id)))
    {
        hr = message_text(&source, &text);
        source_close(&source);
    }
    /* What does not decode is for those who read it. */
    if (hr == MAPI_E_CORRUPT_STORE && !txn->failed) hr = S_FALSE;
    if (hr == MAPI_E_OBJECT_DELETED || hr == S_FALSE || hr == S_OK)
    {
        const BOOL large = hr == S_FALSE, gone = FAILED(hr);

        if (SUCCEEDED(hr = fulltext_forget(txn, id)) && large)
            hr = sql_run(txn, SQL_TEXT_TODO_ADD, "ui", STATE_LARGE, id);
        else if (SUCCEEDED(hr) && !gone && SUCCEEDED(hr = sql_run(txn, SQL_TEXT_DOC_ADD, "i", id)))
            hr = sql_run(txn, SQL_TEXT_ADD, "it",
                         (LONGLONG)sqlite3_last_insert_rowid(txn->connection->handle),
                         (const char *)text.data);
    }
    bytes_free(&text);
    return hr;
}

/* At most max messages that wait. */
static HRESULT index_waiting(struct db_txn *txn, ULONG max, ULONG *done)
{
    LONGLONG id;
    HRESULT hr = S_OK;

    for (*done = 0; *done < max; ++*done)
    {
        if ((hr = sql_number(txn, SQL_TEXT_TODO_FIRST, &id, "u", STATE_WAITING)) != S_OK) break;
        if (FAILED(hr = index_message(txn, id))) break;
    }
    return FAILED(hr) ? hr : S_OK;
}

HRESULT fulltext_reset(struct db_txn *txn)
{
    HRESULT hr;

    if (!txn->db->fulltext) return S_OK;
    sqlite3_db_config(txn->connection->handle, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
    hr = sql_exec(txn, empty_text_sql);
    sqlite3_db_config(txn->connection->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (SUCCEEDED(hr)) hr = sql_exec(txn, reset_text_sql);
    if (SUCCEEDED(hr))
        hr = sql_run(txn, SQL_TEXT_FOLDING_SET, "i", folding());
    return hr;
}

/* Whether the index is one of letters folded as here. */
static HRESULT is_ours(struct db_txn *txn, BOOL *ret)
{
    LONGLONG number = 0;
    HRESULT hr = sql_number(txn, SQL_TEXT_FOLDING, &number, "");

    *ret = hr == S_OK && number && number == folding();
    return FAILED(hr) ? hr : S_OK;
}

/* Part of a transaction that is undone alone: the index must not keep anybody from saving. */
static HRESULT index_some(struct db_txn *txn, ULONG max, BOOL anew, ULONG *done)
{
    BOOL ours;
    HRESULT hr;

    *done = 0;
    if (FAILED(hr = db_savepoint(txn))) return hr;
    hr = anew ? fulltext_reset(txn) : S_OK;
    if (SUCCEEDED(hr) && SUCCEEDED(hr = is_ours(txn, &ours)) && ours)
        hr = index_waiting(txn, max, done);
    if (SUCCEEDED(hr)) return db_savepoint_keep(txn);
    *done = 0;
    txn_fail(txn, hr);
    return FAILED(db_savepoint_undo(txn)) ? txn->error : S_FALSE;
}

HRESULT fulltext_keep_up(struct db_txn *txn)
{
    const ULONG noted = txn->noted;
    LONGLONG waiting = 0, number;
    ULONG done;
    HRESULT hr;

    txn->noted = 0;
    if (!noted || !txn->db->fulltext) return S_OK;
    hr = sql_number(txn, SQL_TEXT_FOLDING, &number, "");
    if (hr == S_FALSE) hr = sql_run(txn, SQL_TEXT_FOLDING_SET, "i", folding());
    if (SUCCEEDED(hr))
        hr = sql_number(txn, SQL_TEXT_WAITING, &waiting, "uu", STATE_WAITING, MANY_WAITING);
    if (FAILED(hr) || waiting < MANY_WAITING) return hr;
    hr = index_some(txn, noted + MANY_WAITING, FALSE, &done);
    return FAILED(hr) ? hr : S_OK;
}

/* More documents are nobody's than a message's, by far. */
static HRESULT is_worn(struct db_txn *txn, BOOL *ret)
{
    LONGLONG nobodys;
    HRESULT hr = sql_number(txn, SQL_TEXT_WORN, &nobodys, "");

    *ret = hr == S_OK && nobodys > 0;
    return FAILED(hr) ? hr : S_OK;
}

HRESULT db_text_update(struct db *db, ULONG max)
{
    struct db_txn *txn;
    LONGLONG waiting;
    BOOL ours, worn = FALSE, anew;
    HRESULT hr = S_OK;
    ULONG done, all = 0;

    if (!db->fulltext || db->read_only) return S_OK;
    while (all < max)
    {
        waiting = 0;
        if (FAILED(hr = db_begin(db, DB_READ, &txn))) break;
        hr = sql_number(txn, SQL_TEXT_WAITING, &waiting, "uu", STATE_WAITING, MANY_WAITING);
        if (SUCCEEDED(hr)) hr = is_ours(txn, &ours);
        if (SUCCEEDED(hr) && !all && waiting >= MANY_WAITING) hr = is_worn(txn, &worn);
        db_rollback(txn);
        if (FAILED(hr) || (waiting < MANY_WAITING && ours && !worn)) break;
        if (FAILED(hr = db_begin(db, DB_WRITE | DB_LAZY | DB_TRY, &txn))) break;
        anew = !ours || worn;
        hr = index_some(txn, min(256, max - all), anew, &done);
        /* What is damaged is made anew. */
        if (hr == S_FALSE && !anew) hr = index_some(txn, min(256, max - all), TRUE, &done);
        worn = FALSE;
        if (SUCCEEDED(hr)) hr = db_commit(txn);
        else db_rollback(txn);
        if (FAILED(hr) || !done) break;
        all += done;
    }
    /* Whoever writes just now, or has no room, leaves it to the next. */
    return S_OK;
}

/* --- what is looked for --- */

/* A pattern's trigrams, all of which stand in what it matches. S_FALSE: it is too short. */
static HRESULT plan_text(const WCHAR *text, struct bytes *plan)
{
    const size_t length = text_length(text);
    WCHAR letters[8], *run;
    size_t i, n = 0, count = 0, taken = 0, at = 0;
    ULONG units, j, got;
    HRESULT hr = S_OK;

    if (length > 0x1000) return S_FALSE;
    if (!(run = platform_alloc((length * 8 + 1) * sizeof(*run)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < length; i += units)
    {
        got = index_char(text + i, length - i, &units, letters);
        for (j = 0; j < got; j++) run[n++] = letters[j];
    }
    for (i = 0; i + 3 <= n; i++)
        if (run[i] != CUT && run[i + 1] != CUT && run[i + 2] != CUT) count++;
    for (i = 0; i + 3 <= n; i++)
    {
        if (run[i] == CUT || run[i + 1] == CUT || run[i + 2] == CUT) continue;
        /* The first, the last, and what lies between them evenly. */
        if (count <= TRIGRAMS || at * (TRIGRAMS - 1) >= taken * (count - 1))
        {
            if (taken++) bytes_put(plan, " AND ", 5);
            put_letter(plan, '"');
            for (j = 0; j < 3; j++)
            {
                if (run[i + j] == '"') put_letter(plan, '"');
                put_letter(plan, run[i + j]);
            }
            put_letter(plan, '"');
        }
        at++;
    }
    platform_free(run);
    if (!taken) hr = S_FALSE;
    return plan->failed ? MAPI_E_NOT_ENOUGH_MEMORY : hr;
}

static HRESULT plan_content(const SContentRestriction *content, const ULONG *tags,
                            struct bytes *plan)
{
    const SPropValue *value = content->lpProp;
    WCHAR *text;
    HRESULT hr;

    if (!has_tag(tags, content->ulPropTag)) return S_FALSE;
    if (PROP_TYPE(value->ulPropTag) == PT_UNICODE)
        return value->Value.lpszW ? plan_text(value->Value.lpszW, plan) : S_FALSE;
    if (PROP_TYPE(value->ulPropTag) != PT_STRING8 || !value->Value.lpszA) return S_FALSE;
    if (!(text = text_from_ansi(value->Value.lpszA))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = plan_text(text, plan);
    platform_free(text);
    return hr;
}

static HRESULT plan_restriction(const SRestriction *res, const ULONG *tags, ULONG depth,
                                struct bytes *plan);

/* The terms of an AND that are known, or all of an OR. */
static HRESULT plan_terms(const SRestriction *res, const ULONG *tags, ULONG depth,
                          struct bytes *plan)
{
    const BOOL all = res->rt == RES_AND;
    struct bytes term, last;
    HRESULT hr = S_OK;
    ULONG i, terms = 0;

    bytes_init(&last);
    for (i = 0; i < res->res.resAnd.cRes && SUCCEEDED(hr); i++)
    {
        bytes_init(&term);
        hr = plan_restriction(&res->res.resAnd.lpRes[i], tags, depth + 1, &term);
        if (hr == S_FALSE)
        {
            bytes_free(&term);
            if (!all) break;
            continue;
        }
        /* Words are often looked for in one property after another. */
        if (SUCCEEDED(hr) && (term.size != last.size || memcmp(term.data, last.data, term.size)))
        {
            if (terms++) bytes_put(plan, all ? " AND " : " OR ", all ? 5 : 4);
            put_letter(plan, '(');
            bytes_put(plan, term.data, term.size);
            put_letter(plan, ')');
            if (plan->failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        }
        bytes_free(&last);
        last = term;
    }
    bytes_free(&last);
    if (FAILED(hr) || (hr == S_FALSE && !all)) return hr;
    return terms ? S_OK : S_FALSE;
}

/* What documents of messages that match have in them, for FTS5. S_FALSE: that cannot be said. */
static HRESULT plan_restriction(const SRestriction *res, const ULONG *tags, ULONG depth,
                                struct bytes *plan)
{
    if (depth > PLAN_DEPTH || plan->size > PLAN_MAX) return S_FALSE;
    switch (res->rt)
    {
    case RES_AND:
    case RES_OR:
        return plan_terms(res, tags, depth, plan);
    case RES_CONTENT:
        return plan_content(&res->res.resContent, tags, plan);
    case RES_COMMENT:
    case RES_ANNOTATION:
        if (!res->res.resComment.lpRes) return S_FALSE;
        return plan_restriction(res->res.resComment.lpRes, tags, depth + 1, plan);
    case RES_SUBRESTRICTION:
        if (tags != message_tags) return S_FALSE;
        if (PROP_ID(res->res.resSub.ulSubObject) == PROP_ID(PR_MESSAGE_RECIPIENTS))
            tags = recipient_tags;
        else if (PROP_ID(res->res.resSub.ulSubObject) == PROP_ID(PR_MESSAGE_ATTACHMENTS))
            tags = attachment_tags;
        else return S_FALSE;
        return plan_restriction(res->res.resSub.lpRes, tags, depth + 1, plan);
    default:
        return S_FALSE;
    }
}

/* Objects of a statement, at most max of them, S_FALSE: there are more. */
static HRESULT take_objects(struct db_txn *txn, sqlite3_stmt *statement, ULONGLONG max,
                            struct bytes *ids)
{
    LONGLONG id;
    HRESULT hr;

    while ((hr = sql_step(txn, statement)) == S_OK)
    {
        id = sqlite3_column_int64(statement, 0);
        bytes_put(ids, &id, sizeof(id));
        if (ids->failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else if (ids->size / sizeof(id) > max) break;
        else continue;
        break;
    }
    sql_close(statement);
    return FAILED(hr) ? hr : hr == S_OK ? S_FALSE : S_OK;
}

/* Those that the index names, and those that it does not know. */
static HRESULT find_objects(struct db_txn *txn, LONGLONG parent, ULONG list, LONGLONG after,
                            ULONGLONG max, const char *plan, struct bytes *ids)
{
    sqlite3_stmt *statement;
    HRESULT hr;

    hr = sql_open(txn, SQL_TEXT_FIND, &statement, "tiui", plan, parent, list, after);
    if (SUCCEEDED(hr)) hr = take_objects(txn, statement, max, ids);
    if (hr == S_OK)
        hr = sql_open(txn, SQL_TEXT_TODO_FIND, &statement, "iui", parent, list, after);
    return hr == S_OK ? take_objects(txn, statement, max, ids) : hr;
}

HRESULT fulltext_candidates(struct db_txn *txn, LONGLONG parent, ULONG list, LONGLONG after,
                            ULONGLONG max, const SRestriction *restriction, struct bytes *ids)
{
    struct bytes plan;
    LONGLONG waiting = 0;
    BOOL ours;
    HRESULT hr;

    if (!txn->db->fulltext || !restriction) return S_FALSE;
    bytes_init(&plan);
    hr = plan_restriction(restriction, message_tags, 0, &plan);
    if (hr == S_OK)
    {
        bytes_put(&plan, "", 1);
        if (plan.failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (hr == S_OK && SUCCEEDED(hr = is_ours(txn, &ours)) && !ours) hr = S_FALSE;
    if (hr == S_OK)
        hr = sql_number(txn, SQL_TEXT_UNKNOWN, &waiting, "i", (LONGLONG)STEP_WAITING);
    if (hr == S_OK && (waiting >= STEP_WAITING || (ULONGLONG)waiting > max)) hr = S_FALSE;
    if (hr == S_OK && txn->write)
    {
        /* A damaged index must not spoil the transaction. */
        if (SUCCEEDED(hr = db_savepoint(txn)))
        {
            hr = find_objects(txn, parent, list, after, max, (const char *)plan.data, ids);
            if (SUCCEEDED(hr))
            {
                const HRESULT kept = db_savepoint_keep(txn);

                if (FAILED(kept)) hr = kept;
            }
            else if (FAILED(db_savepoint_undo(txn))) hr = txn->error;
            else hr = S_FALSE;
        }
    }
    else if (hr == S_OK)
    {
        hr = find_objects(txn, parent, list, after, max, (const char *)plan.data, ids);
        if (FAILED(hr) && hr != MAPI_E_NOT_ENOUGH_MEMORY) hr = S_FALSE;
    }
    bytes_free(&plan);
    if (hr == S_OK && ids->size)
        qsort(ids->data, ids->size / sizeof(LONGLONG), sizeof(LONGLONG), compare_ids);
    return hr;
}

HRESULT db_text_candidates(struct db_txn *txn, LONGLONG parent, ULONG list,
                           const SRestriction *restriction, LONGLONG **ids, ULONG *count)
{
    struct bytes found;
    ULONG total, marked;
    HRESULT hr;

    *ids = NULL;
    *count = 0;
    if (list != DB_LIST_CONTENTS) return S_FALSE;
    if (FAILED(hr = db_tally(txn, parent, list, &total, &marked))) return hr;
    if (total < FEW_MESSAGES) return S_FALSE;
    bytes_init(&found);
    hr = fulltext_candidates(txn, parent, list, 0, total / 2, restriction, &found);
    if (hr != S_OK)
    {
        bytes_free(&found);
        return hr;
    }
    *count = (ULONG)(found.size / sizeof(**ids));
    *ids = (LONGLONG *)found.data;
    return S_OK;
}

/* --- check --- */

HRESULT fulltext_check(struct db_txn *txn, LONGLONG doc, LONGLONG object, BOOL *good)
{
    struct source source;
    struct bytes text, plan;
    LONGLONG found;
    WCHAR *wide;
    size_t end;
    HRESULT hr;

    *good = FALSE;
    bytes_init(&text);
    bytes_init(&plan);
    if (SUCCEEDED(hr = source_open(&source, txn, object)))
    {
        hr = message_text(&source, &text);
        source_close(&source);
    }
    /* What is indexed stays the same when it is indexed again. */
    if (hr == S_OK && text.size > 0x800)
    {
        for (end = 0x7ff; (text.data[end] & 0xc0) == 0x80; end--) { }
        text.data[end] = 0;
    }
    if (hr == S_OK && (wide = text_from_utf8((const char *)text.data, strlen((char *)text.data))))
    {
        hr = plan_text(wide, &plan);
        platform_free(wide);
        bytes_put(&plan, "", 1);
        if (hr == S_FALSE) *good = TRUE;
        else if (hr == S_OK)
        {
            hr = sql_number(txn, SQL_TEXT_HAS, &found, "ti", (const char *)plan.data, doc);
            *good = hr == S_OK;
        }
    }
    bytes_free(&text);
    bytes_free(&plan);
    return hr == MAPI_E_CORRUPT_STORE || SUCCEEDED(hr) ? S_OK : hr;
}
