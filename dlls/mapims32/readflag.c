/*
 * The read state of messages, and who is told of it
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
 * Flags change in the file, for one or for many in one transaction. Who asked to hear that a message was read
 * hears it once: MAPI fills in the report, the store submits it and takes the request off the message.
 */

#include "store.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

HRESULT read_flags_check(ULONG flags)
{
    if (flags & ~READ_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    if ((flags & CLEAR_READ_FLAG) && (flags & (SUPPRESS_RECEIPT | GENERATE_RECEIPT_ONLY)))
        return MAPI_E_INVALID_PARAMETER;
    return S_OK;
}

/* ---- reports ---- */

static HRESULT send_report(struct store *store, IMAPISupport *support, IMessage *message)
{
    struct db_txn *txn;
    LONGLONG outbox;
    IMessage *report;
    HRESULT hr;

    if (FAILED(hr = db_begin(store->db, DB_READ, &txn))) return hr;
    hr = layout_outbox(txn, &outbox);
    db_rollback(txn);
    if (FAILED(hr) || FAILED(hr = message_create(store, outbox, FALSE, &report))) return hr;
    hr = IMAPISupport_ReadReceipt(support, 0, message, &report);
    if (SUCCEEDED(hr)) hr = IMessage_SubmitMessage(report, 0);
    IMessage_Release(report);
    return hr;
}

static void take_request_off(struct store *store, LONGLONG id)
{
    struct db_txn *txn;
    SPropValue value;

    memset(&value, 0, sizeof(value));
    value.ulPropTag = PR_READ_RECEIPT_REQUESTED;
    if (FAILED(db_begin(store->db, DB_WRITE, &txn))) return;
    if (SUCCEEDED(db_object_patch(txn, id, 1, &value, NULL))) db_commit(txn);
    else db_rollback(txn);
}

/* A report that cannot be sent does not keep the message from being read. */
static void report_read(struct store *store, LONGLONG id)
{
    IMAPISupport *support = store_support(store);
    IMessage *message;
    HRESULT hr;

    if (!support) return;
    if (SUCCEEDED(hr = message_open(store, id, FALSE, FALSE, &message)))
    {
        hr = send_report(store, support, message);
        IMessage_Release(message);
    }
    IMAPISupport_Release(support);
    if (SUCCEEDED(hr)) take_request_off(store, id);
    else WARN("no read report: %#lx\n", hr);
}

/* ---- flags ---- */

struct read_state
{
    LONG flags;                         /* PR_MESSAGE_FLAGS */
    BOOL requested;                     /* PR_READ_RECEIPT_REQUESTED */
};

static HRESULT get_state(struct db_txn *txn, LONGLONG id, struct read_state *state)
{
    static const ULONG tags[] = { PR_MESSAGE_FLAGS, PR_READ_RECEIPT_REQUESTED };
    SPropValue values[2];
    HRESULT hr;

    memset(state, 0, sizeof(*state));
    hr = db_object_columns(txn, id, 2, tags, MAPIAllocateMore, NULL, NULL, values);
    if (FAILED(hr)) return hr;
    if (values[0].ulPropTag == tags[0]) state->flags = values[0].Value.l;
    state->requested = values[1].ulPropTag == tags[1] && values[1].Value.b;
    return S_OK;
}

static HRESULT put_state(struct db_txn *txn, LONGLONG id, const struct read_state *old,
                         const struct read_state *state)
{
    SPropValue values[2];
    ULONG count = 0;
    HRESULT hr;

    memset(values, 0, sizeof(values));
    if (state->flags != old->flags)
    {
        values[count].ulPropTag = PR_MESSAGE_FLAGS;
        values[count++].Value.l = state->flags;
    }
    if (state->requested != old->requested)
    {
        values[count].ulPropTag = PR_READ_RECEIPT_REQUESTED;
        values[count++].Value.b = state->requested;
    }
    if (!count) return S_OK;
    if (FAILED(hr = db_object_patch(txn, id, count, values, NULL))) return hr;
    if (!((state->flags ^ old->flags) & MSGFLAG_READ)) return S_OK;
    return db_object_mark(txn, id, !(state->flags & MSGFLAG_READ));
}

/* As the table of flags on SetReadFlag's page has it. */
static HRESULT set_one(struct db_txn *txn, LONGLONG id, ULONG flags, BOOL *report)
{
    struct read_state old, state;
    BOOL becomes_read;
    HRESULT hr;

    *report = FALSE;
    if (FAILED(hr = get_state(txn, id, &old))) return hr;
    if (submit_is_submitted(txn, id)) return MAPI_E_SUBMITTED;
    state = old;
    if (flags & CLEAR_READ_FLAG) state.flags &= ~MSGFLAG_READ;
    else if (!(flags & GENERATE_RECEIPT_ONLY)) state.flags |= MSGFLAG_READ;
    becomes_read = (state.flags & MSGFLAG_READ) && !(old.flags & MSGFLAG_READ);
    if (flags & CLEAR_RN_PENDING) state.flags &= ~MSGFLAG_RN_PENDING;
    if (flags & CLEAR_NRN_PENDING) state.flags &= ~MSGFLAG_NRN_PENDING;
    if ((flags & SUPPRESS_RECEIPT) && (becomes_read || (flags & GENERATE_RECEIPT_ONLY)))
        state.requested = FALSE;
    if (becomes_read || (flags & GENERATE_RECEIPT_ONLY))
        *report = state.requested && !(flags & (SUPPRESS_RECEIPT | CLEAR_RN_PENDING));
    return put_state(txn, id, &old, &state);
}

HRESULT read_flags_set(struct store *store, ULONG count, const LONGLONG *messages, ULONG flags,
                       ULONG *failed)
{
    struct db_txn *txn;
    BOOL *reports;
    HRESULT hr;
    ULONG i;

    if (!count) return S_OK;
    if (!(reports = platform_alloc_zero(count * sizeof(*reports)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr = db_begin(store->db, DB_WRITE, &txn)))
    {
        for (i = 0; i < count && SUCCEEDED(hr); i++)
        {
            hr = set_one(txn, messages[i], flags, &reports[i]);
            if (hr != MAPI_E_OBJECT_DELETED && hr != MAPI_E_SUBMITTED) continue;
            (*failed)++;
            hr = S_OK;
        }
        if (SUCCEEDED(hr)) hr = db_commit(txn);
        else db_rollback(txn);
    }
    if (SUCCEEDED(hr)) changes_pump(store);
    for (i = 0; i < count && SUCCEEDED(hr); i++)
        if (reports[i]) report_read(store, messages[i]);
    platform_free(reports);
    return hr;
}

HRESULT read_flag_set(struct store *store, LONGLONG message, ULONG flags)
{
    ULONG failed = 0;
    HRESULT hr;

    if (FAILED(hr = read_flags_set(store, 1, &message, flags, &failed))) return hr;
    return failed ? MAPI_E_OBJECT_DELETED : S_OK;
}
