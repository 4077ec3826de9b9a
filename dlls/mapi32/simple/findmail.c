/*
 * Finding and deleting mail by Simple MAPI
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
 * MAPIFindNext goes through the folder where messages of a type arrive. A program calls it once for
 * each message, with the last one's identifier as the seed; so the table that found it stays open
 * in the session, where it stands, and as long as a call goes on where the last one ended, its cost
 * does not grow with the folder. That also holds when the last message has been read, moved or
 * deleted meanwhile. Any other seed is looked for.
 */

#define COBJMACROS
#include "simple/simple.h"

struct find_state
{
    IMAPITable *table;
    WCHAR *type;                        /* what it is restricted to */
    BOOL sorted;
    ULONG size;                         /* of the message that was found last */
    BYTE *last;
};

static SRWLOCK state_lock = SRWLOCK_INIT;

void find_state_free(struct find_state *find)
{
    if (!find) return;
    if (find->table) IMAPITable_Release(find->table);
    platform_free(find->type);
    platform_free(find->last);
    platform_free(find);
}

/* A session has one search that can go on; whoever works with it has it alone. */
static struct find_state *state_swap(struct simple_session *session, struct find_state *find)
{
    struct find_state *old;

    AcquireSRWLockExclusive(&state_lock);
    old = session->find;
    session->find = find;
    ReleaseSRWLockExclusive(&state_lock);
    return old;
}

/* Messages whose class begins like the type. */
static HRESULT restrict_table(IMAPITable *table, const WCHAR *type, BOOL unicode)
{
    SRestriction restriction;
    SPropValue value;
    char *ansi = NULL;
    HRESULT hr;

    if (!unicode && !(ansi = text_to_ansi(type))) return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(&value, 0, sizeof(value));
    value.ulPropTag = unicode ? PR_MESSAGE_CLASS_W : PR_MESSAGE_CLASS_A;
    if (unicode) value.Value.lpszW = (WCHAR *)type;
    else value.Value.lpszA = ansi;
    restriction.rt = RES_CONTENT;
    restriction.res.resContent.ulFuzzyLevel = FL_PREFIX | FL_IGNORECASE;
    restriction.res.resContent.ulPropTag = value.ulPropTag;
    restriction.res.resContent.lpProp = &value;
    hr = IMAPITable_Restrict(table, &restriction, TBL_BATCH);
    platform_free(ansi);
    return hr;
}

static HRESULT find_open(struct simple_session *session, const WCHAR *type, BOOL sorted,
                         struct find_state **ret)
{
    static const SizedSPropTagArray(1, columns) = { 1, { PR_ENTRYID } };
    static const SizedSSortOrderSet(1, order) =
        { 1, 0, 0, { { PR_MESSAGE_DELIVERY_TIME, TABLE_SORT_ASCEND } } };
    struct find_state *find;
    IMAPIFolder *folder;
    HRESULT hr;

    *ret = NULL;
    if (!(find = platform_alloc_zero(sizeof(*find)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    find->sorted = sorted;
    hr = (find->type = text_dup(type)) ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr)) hr = simple_open_inbox(session, type, &folder);
    if (SUCCEEDED(hr))
    {
        hr = IMAPIFolder_GetContentsTable(folder, session->unicode ? MAPI_UNICODE : 0,
                                          &find->table);
        IMAPIFolder_Release(folder);
    }
    if (SUCCEEDED(hr))
        hr = IMAPITable_SetColumns(find->table, (SPropTagArray *)&columns, TBL_BATCH);
    if (SUCCEEDED(hr)) hr = restrict_table(find->table, type, session->unicode);
    if (SUCCEEDED(hr) && sorted)
    {
        hr = IMAPITable_SortTable(find->table, (SSortOrderSet *)&order, TBL_BATCH);
        if (hr == MAPI_E_TOO_COMPLEX) hr = MAPI_E_NO_SUPPORT;
    }
    if (FAILED(hr))
    {
        find_state_free(find);
        return hr;
    }
    *ret = find;
    return S_OK;
}

static HRESULT find_row(IMAPITable *table, ULONG tag, ULONG size, const ENTRYID *id, BOOKMARK from)
{
    SRestriction restriction;
    SPropValue value;

    memset(&restriction, 0, sizeof(restriction));
    if (id)
    {
        memset(&value, 0, sizeof(value));
        value.ulPropTag = tag;
        value.Value.bin.cb = size;
        value.Value.bin.lpb = (BYTE *)id;
        restriction.rt = RES_PROPERTY;
        restriction.res.resProperty.relop = RELOP_EQ;
        restriction.res.resProperty.ulPropTag = tag;
        restriction.res.resProperty.lpProp = &value;
    }
    else
    {
        restriction.rt = RES_BITMASK;
        restriction.res.resBitMask.relBMR = BMR_EQZ;
        restriction.res.resBitMask.ulPropTag = tag;
        restriction.res.resBitMask.ulMask = MSGFLAG_READ;
    }
    return IMAPITable_FindRow(table, &restriction, from, 0);
}

/* Leaves the table behind the seed. */
static HRESULT seek_seed(struct simple_session *session, struct find_state *find, const char *seed)
{
    IMessage *message;
    SPropValue *value = NULL;
    HRESULT hr;
    LONG moved;

    if (!seed || !*seed) return IMAPITable_SeekRow(find->table, BOOKMARK_BEGINNING, 0, NULL);
    if (FAILED(hr = msgid_open(session, seed, 0, &message))) return hr;
    hr = HrGetOneProp((IMAPIProp *)message, PR_ENTRYID, &value);
    IMessage_Release(message);
    if (FAILED(hr)) return MAPI_E_INVALID_ENTRYID;
    hr = find_row(find->table, PR_ENTRYID, value->Value.bin.cb, (ENTRYID *)value->Value.bin.lpb,
                  BOOKMARK_BEGINNING);
    memory_exported->free(value);
    if (FAILED(hr)) return hr == MAPI_E_NOT_FOUND ? MAPI_E_INVALID_ENTRYID : hr;
    return IMAPITable_SeekRow(find->table, BOOKMARK_CURRENT, 1, &moved);
}

/* The next message, remembered as the last one found; MAPI_E_NOT_FOUND. */
static HRESULT next_row(struct find_state *find, BOOL unread)
{
    const SPropValue *id;
    SRowSet *rows;
    HRESULT hr;

    if (unread && FAILED(hr = find_row(find->table, PR_MESSAGE_FLAGS, 0, NULL, BOOKMARK_CURRENT)))
        return hr;
    if (FAILED(hr = IMAPITable_QueryRows(find->table, 1, 0, &rows))) return hr;
    if (!rows->cRows) hr = MAPI_E_NOT_FOUND;
    else if ((id = rows->aRow[0].lpProps)->ulPropTag != PR_ENTRYID) hr = MAPI_E_CALL_FAILED;
    else
    {
        platform_free(find->last);
        find->size = 0;
        if (!(find->last = platform_alloc(id->Value.bin.cb))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else memcpy(find->last, id->Value.bin.lpb, find->size = id->Value.bin.cb);
    }
    FreeProws(rows);
    return hr;
}

/* Whether a search stands behind the seed already. */
static BOOL stands_at(struct simple_session *session, const struct find_state *find,
                      const WCHAR *type, BOOL sorted, const char *seed)
{
    ENTRYID *id;
    ULONG size;
    BOOL ret;

    if (!find || !seed || !*seed || !find->last) return FALSE;
    if (!find->sorted != !sorted || text_compare_nocase(find->type, type)) return FALSE;
    if (FAILED(msgid_read(session, seed, &size, &id))) return FALSE;
    ret = size == find->size && !memcmp(id, find->last, size);
    platform_free(id);
    return ret;
}

ULONG simple_find(struct simple_session *session, const char *type, const char *seed, FLAGS flags,
                  char *id)
{
    size_t room = flags & MAPI_LONG_MSGID ? MSGID_LONG_SIZE : MSGID_SHORT_SIZE;
    BOOL sorted = (flags & MAPI_GUARANTEE_FIFO) != 0;
    struct find_state *find;
    WCHAR *wide;
    HRESULT hr;

    if (FAILED(hr = simple_open_store(session))) return simple_error(hr);
    if (!(wide = text_from_ansi(type && *type ? type : "IPM"))) return MAPI_E_INSUFFICIENT_MEMORY;
    find = state_swap(session, NULL);
    if (!stands_at(session, find, wide, sorted, seed))
    {
        find_state_free(find);
        if (SUCCEEDED(hr = find_open(session, wide, sorted, &find))
            && FAILED(hr = seek_seed(session, find, seed)))
        {
            find_state_free(find);
            find = NULL;
        }
    }
    platform_free(wide);
    if (SUCCEEDED(hr)) hr = next_row(find, (flags & MAPI_UNREAD_ONLY) != 0);
    if (SUCCEEDED(hr)) hr = msgid_write(session, find->size, (ENTRYID *)find->last, room, id);
    /* At the end the search stays where it is: there may be more the next time. */
    find_state_free(state_swap(session, find));
    if (hr == MAPI_E_NOT_FOUND) return MAPI_E_NO_MESSAGES;
    return simple_error(hr);
}

ULONG simple_delete(struct simple_session *session, const char *id)
{
    static const SizedSPropTagArray(2, tags) = { 2, { PR_PARENT_ENTRYID, PR_ENTRYID } };
    IMAPIFolder *folder;
    IMessage *message;
    SPropValue *props;
    ENTRYLIST list;
    ULONG count, type;
    HRESULT hr;

    if (FAILED(hr = simple_open_store(session))
        || FAILED(hr = msgid_open(session, id, 0, &message)))
        return simple_error(hr);
    hr = IMessage_GetProps(message, (SPropTagArray *)&tags, 0, &count, &props);
    IMessage_Release(message);
    if (FAILED(hr)) return simple_error(hr);
    if (props[0].ulPropTag != PR_PARENT_ENTRYID || props[1].ulPropTag != PR_ENTRYID)
        hr = MAPI_E_CALL_FAILED;
    else
        hr = IMsgStore_OpenEntry(session->store, props[0].Value.bin.cb,
                                 (ENTRYID *)props[0].Value.bin.lpb, NULL, MAPI_MODIFY, &type,
                                 (IUnknown **)&folder);
    if (SUCCEEDED(hr))
    {
        list.cValues = 1;
        list.lpbin = &props[1].Value.bin;
        hr = IMAPIFolder_DeleteMessages(folder, &list, 0, NULL, 0);
        IMAPIFolder_Release(folder);
        if (hr == MAPI_W_PARTIAL_COMPLETION) hr = MAPI_E_CALL_FAILED;
    }
    memory_exported->free(props);
    return simple_error(hr);
}
