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
 * - What is indexed of a text is its letters each folded by itself (fulltext_letters): lower case,
 *   taken apart, without marks. Whatever a level of RES_CONTENT takes for equal is equal then.
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

#define STATE_WAITING 0u
#define STATE_LARGE   1u

const ULONG fulltext_message_tags[] =
{
    PR_SUBJECT_W, PR_NORMALIZED_SUBJECT_W, PR_CONVERSATION_TOPIC_W, PR_SENDER_NAME_W,
    PR_SENDER_EMAIL_ADDRESS_W, PR_SENT_REPRESENTING_NAME_W, PR_SENT_REPRESENTING_EMAIL_ADDRESS_W,
    PR_DISPLAY_TO_W, PR_DISPLAY_CC_W, PR_DISPLAY_BCC_W, PR_BODY_W, 0
};
const ULONG fulltext_recipient_tags[] =
{
    PR_DISPLAY_NAME_W, PR_EMAIL_ADDRESS_W, PR_SMTP_ADDRESS_W, PR_TRANSMITABLE_DISPLAY_NAME_W, 0
};
const ULONG fulltext_attachment_tags[] =
{
    PR_ATTACH_FILENAME_W, PR_ATTACH_LONG_FILENAME_W, PR_DISPLAY_NAME_W, 0
};

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
        ret[0] = FULLTEXT_CUT;
        return 1;
    }
    for (i = 0; i < count && n < 8; i++)
    {
        if (bsearch(&folded[i], marks, ARRAY_SIZE(marks), sizeof(*marks), compare_mark)) continue;
        ret[n++] = !folded[i] || (folded[i] & 0xf800) == 0xd800 ? FULLTEXT_CUT : folded[i];
    }
    return n;
}

/* What characters of one unit become that stay one; 0: not known yet, or another number. Whoever
 * writes one writes the same. */
static WCHAR single[0x10000];

ULONG fulltext_letters(const WCHAR *text, size_t length, ULONG *units, WCHAR *ret)
{
    const WCHAR c = *text;
    ULONG count;

    *units = 1;
    if (c < 0x80)
    {
        *ret = c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c < ' ' && c != FULLTEXT_CUT ? ' ' : c;
        return 1;
    }
    if ((*ret = single[c])) return 1;
    if ((c & 0xfc00) == 0xd800 && length > 1 && (text[1] & 0xfc00) == 0xdc00) *units = 2;
    else if ((c & 0xf800) == 0xd800)
    {
        *ret = FULLTEXT_CUT;
        return 1;
    }
    count = fold_char(text, *units, ret);
    if (count == 1 && *units == 1) single[c] = *ret;
    return count;
}

void fulltext_put(struct bytes *bytes, WCHAR c)
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
        count = fulltext_letters(text + i, length - i, &units, letters);
        for (j = 0; j < count; j++) fulltext_put(bytes, letters[j]);
    }
    fulltext_put(bytes, FULLTEXT_CUT);
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
        for (j = 0; fulltext_recipient_tags[j] && hr == S_OK; j++)
        {
            if (!(value = db_props_find(rows[i], fulltext_recipient_tags[j]))) continue;
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
        hr = put_properties(&source, fulltext_attachment_tags, bytes);
        source_close(&source);
    }
    platform_free(ids);
    return hr;
}

HRESULT fulltext_text(struct source *source, struct bytes *bytes)
{
    HRESULT hr = put_properties(source, fulltext_message_tags, bytes);

    if (hr == S_OK) hr = put_recipients(source->txn, source->object.id, bytes);
    if (hr == S_OK) hr = put_attachments(source->txn, source->object.id, bytes);
    if (hr == S_OK) bytes_put(bytes, "", 1);
    return bytes->failed ? MAPI_E_NOT_ENOUGH_MEMORY : hr;
}

HRESULT fulltext_time(struct source *source, LONGLONG *time)
{
    SPropValue value;
    HRESULT hr = source_value(source, PR_MESSAGE_DELIVERY_TIME, sizeof(*time), TRUE, &value);

    *time = 0;
    if (hr != S_OK) return hr;
    if (value.ulPropTag != PR_MESSAGE_DELIVERY_TIME) return S_FALSE;
    *time = (LONGLONG)((ULONGLONG)value.Value.ft.dwHighDateTime << 32
                       | value.Value.ft.dwLowDateTime);
    return S_OK;
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

static HRESULT put_stored(struct source *source, ULONG tag, struct bytes *bytes)
{
    struct stored stored;
    ULONGLONG size;
    LONGLONG value;
    HRESULT hr = source_find(source, tag, &stored, &value, &size);

    if (hr != S_OK) return FAILED(hr) ? hr : S_OK;
    bytes_put(bytes, &stored.tag, sizeof(stored.tag));
    bytes_put(bytes, &value, sizeof(value));
    if (!value)
    {
        bytes_put(bytes, &stored.size, sizeof(stored.size));
        bytes_put(bytes, stored.data, stored.size);
    }
    return bytes->failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

HRESULT fulltext_stored(struct source *source, struct bytes *bytes)
{
    const BOOL attachment = source->object.kind == DB_KIND_ATTACHMENT;
    const ULONG *tag = attachment ? fulltext_attachment_tags : fulltext_message_tags;
    HRESULT hr = S_OK;

    if (!source->txn->db->fulltext) return S_OK;
    for (; *tag && SUCCEEDED(hr); tag++) hr = put_stored(source, *tag, bytes);
    if (SUCCEEDED(hr) && !attachment) hr = put_stored(source, PR_MESSAGE_DELIVERY_TIME, bytes);
    return hr;
}

/* --- indexing --- */

static HRESULT index_message(struct db_txn *txn, LONGLONG id)
{
    struct source source;
    struct bytes text;
    HRESULT hr, timed = S_FALSE;
    LONGLONG time = 0;

    bytes_init(&text);
    if (SUCCEEDED(hr = source_open(&source, txn, id)))
    {
        hr = fulltext_text(&source, &text);
        if (hr == S_OK && FAILED(timed = fulltext_time(&source, &time))) hr = timed;
        source_close(&source);
    }
    /* What does not decode is for those who read it. */
    if (hr == MAPI_E_CORRUPT_STORE && !txn->failed) hr = S_FALSE;
    if (hr == MAPI_E_OBJECT_DELETED || hr == S_FALSE || hr == S_OK)
    {
        const BOOL large = hr == S_FALSE, gone = FAILED(hr);

        if (SUCCEEDED(hr = fulltext_forget(txn, id)) && large)
            hr = sql_run(txn, SQL_TEXT_TODO_ADD, "ui", STATE_LARGE, id);
        else if (SUCCEEDED(hr) && !gone
                 && SUCCEEDED(hr = sql_run(txn, SQL_TEXT_DOC_ADD, timed == S_OK ? "ii" : "in", id,
                                           time)))
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

HRESULT fulltext_is_ours(struct db_txn *txn, BOOL *ret)
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
    if (SUCCEEDED(hr) && SUCCEEDED(hr = fulltext_is_ours(txn, &ours)) && ours)
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

/* A quarter of the documents is nobody's. */
static HRESULT is_loose(struct db_txn *txn, BOOL *ret)
{
    LONGLONG nobodys = 0;
    HRESULT hr = sql_number(txn, SQL_TEXT_LOOSE, &nobodys, "");

    *ret = SUCCEEDED(hr) && nobodys > 0;
    return FAILED(hr) ? hr : S_OK;
}

HRESULT fulltext_compact(struct db_txn *txn)
{
    BOOL ours, loose = FALSE, whole;
    HRESULT hr;
    ULONG done;

    if (!txn->db->fulltext) return S_OK;
    if (FAILED(hr = db_savepoint(txn))) return hr;
    whole = SUCCEEDED(sql_exec(txn, "INSERT INTO fulltext(fulltext) VALUES('integrity-check')"));
    hr = whole ? db_savepoint_keep(txn) : db_savepoint_undo(txn);
    if (SUCCEEDED(hr)) hr = fulltext_is_ours(txn, &ours);
    if (SUCCEEDED(hr) && whole) hr = is_loose(txn, &loose);
    if (SUCCEEDED(hr) && (!whole || !ours || loose)) hr = fulltext_reset(txn);
    if (SUCCEEDED(hr)) hr = index_waiting(txn, ~0u, &done);
    if (SUCCEEDED(hr))
        hr = sql_exec(txn, "INSERT INTO fulltext(fulltext) VALUES('optimize')");
    return hr;
}

HRESULT db_text_waits(struct db_txn *txn, BOOL *ret)
{
    LONGLONG waiting = 0;
    BOOL ours;
    HRESULT hr;

    *ret = FALSE;
    if (!txn->db->fulltext || txn->db->read_only) return S_OK;
    hr = sql_number(txn, SQL_TEXT_WAITING, &waiting, "uu", STATE_WAITING, MANY_WAITING);
    if (SUCCEEDED(hr)) hr = fulltext_is_ours(txn, &ours);
    if (SUCCEEDED(hr)) *ret = waiting >= MANY_WAITING || !ours;
    return FAILED(hr) ? hr : S_OK;
}

HRESULT db_text_update(struct db *db, ULONG max)
{
    struct db_txn *txn;
    BOOL waits, ours, worn = FALSE, anew;
    HRESULT hr = S_OK;
    ULONG done, all = 0;

    if (!db->fulltext || db->read_only) return S_OK;
    while (all < max)
    {
        if (FAILED(hr = db_begin(db, DB_READ, &txn))) break;
        hr = db_text_waits(txn, &waits);
        if (SUCCEEDED(hr)) hr = fulltext_is_ours(txn, &ours);
        if (SUCCEEDED(hr) && !all && waits) hr = is_worn(txn, &worn);
        db_rollback(txn);
        if (FAILED(hr) || !waits) break;
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
