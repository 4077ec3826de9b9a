/*
 * Saving mail by Simple MAPI
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
 * MAPISaveMail: a new message where such messages arrive, or another content for one that is there.
 * What a message says about itself (sent, unread, when it came) can be set once only, when it is
 * new.
 *
 * A message that is replaced is saved as a whole: its properties, recipients and attachments change
 * together, or not at all.
 */

#define COBJMACROS
#include "simple/simple.h"

/* "YYYY/MM/DD HH:MM" of the local clock. */
static BOOL read_number(const WCHAR **text, WCHAR behind, WORD *ret)
{
    const WCHAR *p = *text;
    ULONG value = 0;

    while (*p >= '0' && *p <= '9' && value <= 9999) value = value * 10 + *p++ - '0';
    if (p == *text || value > 9999 || *p != behind) return FALSE;
    *text = behind ? p + 1 : p;
    *ret = value;
    return TRUE;
}

static BOOL read_date(const WCHAR *text, FILETIME *ret)
{
    SYSTEMTIME local = { 0 }, utc;

    return read_number(&text, '/', &local.wYear) && read_number(&text, '/', &local.wMonth)
           && read_number(&text, ' ', &local.wDay) && read_number(&text, ':', &local.wHour)
           && read_number(&text, 0, &local.wMinute)
           && TzSpecificLocalTimeToSystemTime(NULL, &local, &utc)
           && SystemTimeToFileTime(&utc, ret);
}

static HRESULT set_new_props(struct simple_session *session, IMessage *message,
                             const MapiMessageW *from)
{
    SPropValue props[2];

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_MESSAGE_FLAGS;
    props[0].Value.l = (from->flFlags & MAPI_SENT ? 0 : MSGFLAG_UNSENT)
                       | (from->flFlags & MAPI_UNREAD ? 0 : MSGFLAG_READ);
    props[1].ulPropTag = PR_MESSAGE_DELIVERY_TIME;
    if (!from->lpszDateReceived || !read_date(from->lpszDateReceived, &props[1].Value.ft))
        GetSystemTimeAsFileTime(&props[1].Value.ft);
    return draft_set_props(session, message, from, 2, props);
}

/* What the message loses; a text that the caller does not give is no text. */
static HRESULT clear_old(struct simple_session *session, IMessage *message)
{
    static const SizedSPropTagArray(3, texts) =
        { 3, { PR_SUBJECT_W, PR_BODY_W, PR_RTF_COMPRESSED } };
    static const SizedSPropTagArray(2, columns) = { 2, { PR_ATTACH_NUM, PR_ROWID } };
    static const SizedSPropTagArray(1, rowid) = { 1, { PR_ROWID } };
    struct simple_tags room;
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    IMessage_DeleteProps(message, simple_tags(session, &texts, &room), NULL);
    if (FAILED(hr = IMessage_GetAttachmentTable(message, 0, &table))) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return hr;
    for (i = 0; i < rows->cRows && SUCCEEDED(hr); i++)
        hr = IMessage_DeleteAttach(message, rows->aRow[i].lpProps[0].Value.l, 0, NULL, 0);
    FreeProws(rows);
    if (FAILED(hr)) return hr;

    if (FAILED(hr = IMessage_GetRecipientTable(message, 0, &table))) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&rowid, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return hr;
    if (rows->cRows) hr = IMessage_ModifyRecipients(message, MODRECIP_REMOVE, (ADRLIST *)rows);
    FreeProws(rows);
    return hr;
}

static ULONG fill(struct simple_session *session, ULONG_PTR ui, IMessage *message,
                  const MapiMessageW *from)
{
    ADRLIST *recipients;
    HRESULT hr = S_OK;
    ULONG i, ret;

    if ((ret = simple_recipients(session, from->nRecipCount, from->lpRecips, &recipients)))
        return ret;
    ret = simple_recipients_resolve(session, ui, FALSE, recipients);
    if (ret == MAPI_E_UNKNOWN_RECIPIENT || ret == MAPI_E_AMBIGUOUS_RECIPIENT)
        ret = MAPI_E_INVALID_RECIPS;
    if (!ret && !session->unicode) hr = recipients_to_ansi(recipients);
    if (!ret && SUCCEEDED(hr) && recipients->cEntries)
        hr = IMessage_ModifyRecipients(message, MODRECIP_ADD, recipients);
    if (!ret) ret = simple_error(hr);
    FreePadrlist(recipients);
    for (i = 0; i < from->nFileCount && !ret; i++)
        ret = attachment_from_file(session, message, from->lpFiles + i);
    if (!ret && FAILED(hr = IMessage_SaveChanges(message, KEEP_OPEN_READONLY)))
        ret = simple_error(hr);
    return ret;
}

static ULONG give_id(struct simple_session *session, IMessage *message, FLAGS flags, char *id)
{
    SPropValue *value;
    HRESULT hr;

    if (FAILED(hr = HrGetOneProp((IMAPIProp *)message, PR_ENTRYID, &value)))
        return simple_error(hr);
    hr = msgid_write(session, value->Value.bin.cb, (ENTRYID *)value->Value.bin.lpb,
                     flags & MAPI_LONG_MSGID ? MSGID_LONG_SIZE : MSGID_SHORT_SIZE, id);
    memory_exported->free(value);
    return simple_error(hr);
}

static ULONG save_new(struct simple_session *session, ULONG_PTR ui, const MapiMessageW *from,
                      FLAGS flags, char *id)
{
    IMAPIFolder *folder;
    IMessage *message;
    HRESULT hr;
    ULONG ret;

    if (FAILED(hr = simple_open_inbox(session, from->lpszMessageType, &folder)))
        return simple_error(hr);
    hr = IMAPIFolder_CreateMessage(folder, NULL, 0, &message);
    IMAPIFolder_Release(folder);
    if (FAILED(hr)) return simple_error(hr);
    if (FAILED(hr = set_new_props(session, message, from))) ret = simple_error(hr);
    else ret = fill(session, ui, message, from);
    if (!ret && id) ret = give_id(session, message, flags, id);
    IMessage_Release(message);
    return ret;
}

ULONG simple_save(struct simple_session *session, ULONG_PTR ui, const MapiMessageW *from,
                  FLAGS flags, char *id)
{
    IMessage *message;
    HRESULT hr;
    ULONG ret;

    if (FAILED(hr = simple_open_store(session))) return simple_error(hr);
    if (!id || !*id) return save_new(session, ui, from, flags, id);
    if (FAILED(hr = msgid_open(session, id, MAPI_MODIFY, &message))) return simple_error(hr);
    hr = clear_old(session, message);
    if (SUCCEEDED(hr)) hr = draft_set_props(session, message, from, 0, NULL);
    if (FAILED(hr)) ret = simple_error(hr);
    else ret = fill(session, ui, message, from);
    IMessage_Release(message);
    return ret;
}
