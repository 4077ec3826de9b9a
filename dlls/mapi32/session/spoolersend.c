/*
 * The spooler: sending one message
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
 * A message is locked in its store, its recipients are shared out among the transports in their
 * order, each transport gets the message if it takes any recipient that nobody has yet, and says in
 * PR_RESPONSIBILITY which ones it now has. That is saved before anything else happens, so that
 * whoever finds the message after a crash sends it to the others only; what nobody takes is
 * reported. When all have been seen to, the store gets the message back with FinishedMsg.
 *
 * A transport that puts a message off keeps its recipients: a later transport that would take some
 * of the same has to wait as well.
 */

#include "session/spooler.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define RESEND_NOW_MAX 3        /* restarts of a message in one go */

struct sending
{
    struct spooler *spooler;
    const MAPIUID *section;             /* the store's */
    struct provider *provider;
    IMsgStore *store;
    IMessage *message;
    ULONG size;
    const BYTE *id;
    SRowSet *rows;                      /* its recipients */
    BOOL *mine;                         /* those the transport at hand takes */
    BOOL *kept;                         /* those of a transport that put the message off */
    BOOL unavailable;                   /* a transport is not there that might take some */
    BOOL waits;                         /* the message itself was put off */
};

static BOOL is_done(const SRow *row)
{
    const SPropValue *done = props_find(row->lpProps, row->cValues, PR_RESPONSIBILITY);
    const SPropValue *type = props_find(row->lpProps, row->cValues, PR_RECIPIENT_TYPE);

    return (done && done->Value.b) || (type && type->Value.l & MAPI_SUBMITTED);
}

static HRESULT open_message(struct sending *sending)
{
    return store_OpenMessage(sending->provider, sending->store, sending->size, sending->id,
                             MAPI_MODIFY, &sending->message);
}

static void release_message(struct sending *sending)
{
    host_object_release(sending->provider, (IUnknown *)sending->message);
    sending->message = NULL;
}

static void put_off(struct sending *sending, const MAPIUID *transport, BOOL deferred, ULONG ms)
{
    if (!transport) sending->waits = TRUE;
    waiting_add(sending->spooler, sending->section, transport, sending->size, sending->id, deferred,
                ms);
}

/* ---- recipients ---- */

/* The values of a row that can be given back, and PR_RESPONSIBILITY. */
static BOOL responsible_entry(const SRow *row, ADRENTRY *entry)
{
    ULONG i, count = 0;

    if (!(entry->rgPropVals = platform_alloc((row->cValues + 1) * sizeof(SPropValue))))
        return FALSE;
    for (i = 0; i < row->cValues; i++)
    {
        if (PROP_TYPE(row->lpProps[i].ulPropTag) == PT_ERROR
            || PROP_TYPE(row->lpProps[i].ulPropTag) == PT_OBJECT
            || PROP_TYPE(row->lpProps[i].ulPropTag) == PT_NULL
            || PROP_ID(row->lpProps[i].ulPropTag) == PROP_ID(PR_RESPONSIBILITY))
            continue;
        entry->rgPropVals[count++] = row->lpProps[i];
    }
    entry->rgPropVals[count].ulPropTag = PR_RESPONSIBILITY;
    entry->rgPropVals[count++].Value.b = TRUE;
    entry->cValues = count;
    return TRUE;
}

/* Marks rows as seen to, in the message and here. */
static HRESULT set_responsible(struct sending *sending, const BOOL *which)
{
    ADRLIST *list;
    HRESULT hr;
    ULONG i;

    list = platform_alloc_zero(CbNewADRLIST(sending->rows->cRows));
    if (!list) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = S_OK;
    for (i = 0; i < sending->rows->cRows && SUCCEEDED(hr); i++)
    {
        if (!which[i]) continue;
        if (!responsible_entry(&sending->rows->aRow[i], &list->aEntries[list->cEntries]))
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else list->cEntries++;
    }
    if (SUCCEEDED(hr) && list->cEntries)
        hr = message_ModifyRecipients(sending->provider, sending->message, MODRECIP_MODIFY, list);
    for (i = 0; i < list->cEntries; i++) platform_free(list->aEntries[i].rgPropVals);
    platform_free(list);
    return hr;
}

static HRESULT save(struct sending *sending)
{
    HRESULT hr = object_SaveChanges(&sending->provider->party, sending->message,
                                  KEEP_OPEN_READWRITE);

    if (FAILED(hr)) ERR("what was sent of a message cannot be noted in it (%#lx)\n", hr);
    return hr;
}

static HRESULT read_recipients(struct sending *sending)
{
    SRowSet *rows;
    HRESULT hr;

    if (FAILED(hr = message_ReadRecipients(sending->provider, sending->message, &rows))) return hr;
    rows_free(&memory_allocators, sending->rows);
    sending->rows = rows;
    return S_OK;
}

static const SRow *find_row(const SRowSet *rows, const SRow *wanted)
{
    const SPropValue *id = props_find(wanted->lpProps, wanted->cValues, PR_ROWID), *other;
    ULONG i;

    for (i = 0; id && i < rows->cRows; i++)
    {
        other = props_find(rows->aRow[i].lpProps, rows->aRow[i].cValues, PR_ROWID);
        if (other && other->Value.l == id->Value.l) return &rows->aRow[i];
    }
    return NULL;
}

/* A transport has the message. It marks the recipients that it took; one that marks none is taken
 * to have all that it was meant to. */
static HRESULT note_sent(struct sending *sending)
{
    const SRow *now;
    SRowSet *rows;
    BOOL any = FALSE;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = message_ReadRecipients(sending->provider, sending->message, &rows))) return hr;
    for (i = 0; i < sending->rows->cRows; i++)
        any = any || (sending->mine[i] && (now = find_row(rows, &sending->rows->aRow[i]))
                      && is_done(now));
    rows_free(&memory_allocators, rows);
    if (!any) hr = set_responsible(sending, sending->mine);
    if (SUCCEEDED(hr)) hr = save(sending);
    return SUCCEEDED(hr) ? read_recipients(sending) : hr;
}

/* ---- one transport ---- */

static void keep_mine(struct sending *sending)
{
    ULONG i;

    for (i = 0; i < sending->rows->cRows; i++)
        sending->kept[i] = sending->kept[i] || sending->mine[i];
}

static ULONG find_mine(struct sending *sending, struct logon *transport, BOOL *overlap)
{
    ULONG i, count = 0;

    *overlap = FALSE;
    for (i = 0; i < sending->rows->cRows; i++)
    {
        const SRow *row = &sending->rows->aRow[i];

        sending->mine[i] = !is_done(row)
                           && transport_takes_recipient(transport, row->lpProps, row->cValues);
        count += sending->mine[i];
        *overlap = *overlap || (sending->mine[i] && sending->kept[i]);
    }
    return count;
}

/* How long the transport wants to be left alone, in ms; 0: it did not say. */
static ULONG asked_pause(ULONG_PTR seconds)
{
    return seconds > 24 * 60 * 60 ? 24 * 60 * 60 * 1000 : (ULONG)seconds * 1000;
}

/* TRUE: it has the message. Else what is to be kept for it is marked, or the next one is to try. */
static BOOL submit_once(struct sending *sending, struct carrier *carrier, struct provider *provider,
                        IXPLogon *object, BOOL deferred, BOOL *again)
{
    const MAPIUID *section = &carrier->logon->section;
    struct spooler *spooler = sending->spooler;
    ULONG_PTR seconds;
    ULONG flags = 0;
    HRESULT hr;

    *again = FALSE;
    spooler_doing_message(spooler, carrier->logon, 0);
    hr = transport_SubmitMessage(provider, object, deferred ? BEGIN_DEFERRED : 0, sending->message,
                                 &spooler->doing_message, &seconds);
    /* It has accepted the message by now: one that then fails or crashes does not get it again. */
    if (SUCCEEDED(hr) && !shutdown_done()
        && FAILED(transport_EndMessage(provider, object, spooler->doing_message, &flags)))
        WARN("%s: EndMessage failed\n", debugstr_w(carrier->logon->dll_name));
    spooler_doing_message(spooler, NULL, 0);
    TRACE("%s: %#lx, flags %#lx\n", debugstr_w(carrier->logon->dll_name), hr, (unsigned long)flags);

    if (FAILED(hr) && provider->party.broken)
    {
        sending->unavailable = TRUE;
        return FALSE;
    }
    if (SUCCEEDED(hr))
    {
        if (!(flags & (END_RESEND_NOW | END_RESEND_LATER | END_DONT_RESEND))) return TRUE;
        if (flags & END_RESEND_NOW) *again = TRUE;
        else put_off(sending, section, (flags & END_DONT_RESEND) != 0, 0);
        keep_mine(sending);
        return FALSE;
    }
    switch (hr)
    {
    case MAPI_E_NOT_ME:
        return FALSE;
    case MAPI_E_BUSY:
    case MAPI_E_WAIT:
    case MAPI_E_NETWORK_ERROR:
        put_off(sending, section, FALSE,
                carrier_hold(spooler, carrier, hr == MAPI_E_BUSY ? 0 : asked_pause(seconds)));
        break;
    case MAPI_E_CANCEL:
        put_off(sending, section, deferred, 0);
        break;
    default:
        put_off(sending, section, FALSE, 0);
        break;
    }
    keep_mine(sending);
    return FALSE;
}

static BOOL is_available(struct sending *sending, struct carrier *carrier)
{
    struct provider *provider = logon_get_provider(carrier->logon);
    BOOL ret = provider && !provider->party.broken && !carrier->dead && !carrier->gone
               && !carrier->logon->ended;

    provider_release(provider);
    if (!ret) sending->unavailable = TRUE;
    return ret;
}

/* S_OK, or why the message cannot go on in this round. */
static HRESULT offer(struct sending *sending, struct carrier *carrier)
{
    const MAPIUID *section = &carrier->logon->section;
    struct provider *provider;
    ULONGLONG now = GetTickCount64();
    BOOL overlap, deferred, again, sent;
    IUnknown *object;
    ULONG tries = 0;
    HRESULT hr;

    if (!is_available(sending, carrier) || !find_mine(sending, carrier->logon, &overlap))
        return S_OK;
    if (overlap
        || !waiting_allows(sending->spooler, sending->section, section, sending->size, sending->id,
                           &deferred))
    {
        keep_mine(sending);
        return S_OK;
    }
    if (carrier->hold > now && !deferred)
    {
        put_off(sending, section, FALSE, (ULONG)(carrier->hold - now));
        keep_mine(sending);
        return S_OK;
    }
    if (FAILED(logon_enter(carrier->logon, &provider, &object))) return S_OK;
    do
    {
        sent = submit_once(sending, carrier, provider, (IXPLogon *)object, deferred, &again);
        if (shutdown_done())
        {
            logon_leave(carrier->logon, provider);
            return MAPI_E_END_OF_SESSION;
        }
        if (!sent)
        {
            /* What it changed without saving it is nobody's. */
            release_message(sending);
            if (FAILED(hr = open_message(sending)) || FAILED(hr = read_recipients(sending)))
            {
                logon_leave(carrier->logon, provider);
                return hr;
            }
        }
    } while (again && ++tries < RESEND_NOW_MAX && !spooler_cancelled(sending->spooler));
    if (again) put_off(sending, section, FALSE, 0);
    logon_leave(carrier->logon, provider);
    if (!sent) return S_OK;

    EnterCriticalSection(&sending->spooler->cs);
    carrier->pause = 0;
    LeaveCriticalSection(&sending->spooler->cs);
    waiting_drop(sending->spooler, sending->section, section, sending->size, sending->id);
    /* What cannot be noted in the message is at least remembered while this session lasts. */
    if (FAILED(hr = note_sent(sending))) put_off(sending, section, TRUE, 0);
    return hr;
}

/* ---- the whole ---- */

/* A transport that did not log on could have been the one. */
static BOOL transport_missing(struct session *session)
{
    struct logon *logon;
    BOOL ret = FALSE;

    EnterCriticalSection(&session->cs);
    for (logon = session->logons; logon && !ret; logon = logon->next)
        ret = logon->kind == PROVIDER_TRANSPORT && FAILED(logon->failure);
    LeaveCriticalSection(&session->cs);
    return ret;
}

/* Those marked as mine are reported to the sender, and then as good as sent to. */
static HRESULT give_up(struct sending *sending, LONG diagnostic, const WCHAR *why)
{
    HRESULT hr = report_undelivered(sending->spooler, sending->provider, sending->message,
                                    sending->rows, sending->mine, diagnostic, why);

    if (FAILED(hr))
    {
        WARN("no report can be made (%#lx): the message stays\n", hr);
        return hr;
    }
    if (SUCCEEDED(hr = set_responsible(sending, sending->mine))) hr = save(sending);
    return hr;
}

/* What no transport takes. */
static HRESULT report_rest(struct sending *sending)
{
    BOOL any = FALSE;
    ULONG i;

    for (i = 0; i < sending->rows->cRows; i++)
    {
        sending->mine[i] = !is_done(&sending->rows->aRow[i]) && !sending->kept[i];
        any = any || sending->mine[i];
    }
    if (!any) return S_OK;
    if (sending->unavailable || transport_missing(sending->spooler->session))
    {
        put_off(sending, NULL, FALSE, 0);
        for (i = 0; i < sending->rows->cRows; i++)
            sending->kept[i] = sending->kept[i] || sending->mine[i];
        return S_OK;
    }
    return give_up(sending, MAPI_DIAG_OR_NAME_UNRECOGNIZED,
                   L"no transport of the profile delivers to this kind of address.");
}

static HRESULT begin_sharing(struct sending *sending)
{
    HRESULT hr;

    if (FAILED(hr = read_recipients(sending))) return hr;
    sending->mine = platform_alloc_zero(max(sending->rows->cRows, 1) * sizeof(BOOL));
    sending->kept = platform_alloc_zero(max(sending->rows->cRows, 1) * sizeof(BOOL));
    return sending->mine && sending->kept ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

/* Its latest delivery time has passed: whoever does not have it is not to get it. */
static HRESULT expire(struct sending *sending)
{
    BOOL any = FALSE;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = begin_sharing(sending))) return hr;
    for (i = 0; i < sending->rows->cRows; i++)
        any |= sending->mine[i] = !is_done(&sending->rows->aRow[i]);
    if (!any) return S_OK;
    return give_up(sending, MAPI_DIAG_MAXIMUM_TIME_EXPIRED,
                   L"it could not be delivered by the latest time that the sender allows.");
}

/* Shares the message out. *kept: something of it stays in the queue. */
static HRESULT share_out(struct sending *sending, BOOL *kept)
{
    struct carrier *carrier;
    HRESULT hr;
    ULONG i;

    *kept = FALSE;
    if (FAILED(hr = begin_sharing(sending))) return hr;
    for (carrier = sending->spooler->carriers; carrier; carrier = carrier->next)
        if (FAILED(hr = offer(sending, carrier))) return hr;
    if (FAILED(hr = report_rest(sending))) return hr;
    for (i = 0; i < sending->rows->cRows; i++) *kept = *kept || sending->kept[i];
    return S_OK;
}

HRESULT message_finish(struct spooler *spooler, struct provider *provider, IMsgStore *store,
                       IMessage *message, ULONG size, const void *id)
{
    preprocess_clean(spooler, provider, message);
    host_object_release(provider, (IUnknown *)message);
    return store_FinishedMsg(provider, store, size, id);
}

void message_send(struct spooler *spooler, struct outbox *outbox, struct provider *provider,
                  IMsgStore *store, const SRow *row)
{
    const SPropValue *id = props_find(row->lpProps, row->cValues, PR_ENTRYID);
    const SPropValue *flags = props_find(row->lpProps, row->cValues, PR_SUBMIT_FLAGS);
    struct sending sending = { spooler, &outbox->logon->section, provider, store };
    BOOL locked = flags && flags->Value.l & SUBMITFLAG_LOCKED;
    BOOL kept = TRUE, expired = FALSE;
    struct schedule schedule;
    ULONGLONG now;
    HRESULT hr;

    sending.size = id->Value.bin.cb;
    sending.id = id->Value.bin.lpb;
    if (FAILED(open_message(&sending)))
    {
        put_off(&sending, NULL, FALSE, 0);
        return;
    }
    /* One that is locked already was left by a spooler that died: the claim is ours now. */
    hr = store_SetLockState(provider, store, sending.message, MSG_LOCKED);
    if (FAILED(hr) && hr != MAPI_E_NO_SUPPORT && !locked)
    {
        put_off(&sending, NULL, FALSE, 0);
        release_message(&sending);
        return;
    }
    if (flags && flags->Value.l & SUBMITFLAG_PREPROCESS
        && !is_preprocessed(provider, sending.message))
    {
        hr = preprocess_message(spooler, provider, store, sending.message);
        release_message(&sending);
        if (FAILED(hr)) put_off(&sending, NULL, FALSE, 0);
        else waiting_drop(spooler, sending.section, NULL, sending.size, sending.id);
        InterlockedExchange(&outbox->changed, TRUE);
        return;
    }

    message_schedule(provider, sending.message, &schedule);
    now = platform_time();
    if ((expired = schedule.end <= now))
    {
        hr = expire(&sending);
        kept = FALSE;
    }
    else if (schedule.begin > now)
    {
        put_off(&sending, NULL, FALSE, schedule_ms(schedule.begin));
        hr = S_OK;
    }
    else hr = share_out(&sending, &kept);
    if (!shutdown_done())
    {
        if (FAILED(hr)) put_off(&sending, NULL, FALSE, 0);
        if (SUCCEEDED(hr) && !kept)
        {
            hr = message_finish(spooler, provider, store, sending.message, sending.size,
                                sending.id);
            sending.message = NULL;
            if (FAILED(hr)) put_off(&sending, NULL, FALSE, 0);
            /* A transport that deferred it hears of its end when the queue is read again. */
            else if (expired) InterlockedExchange(&outbox->changed, TRUE);
            else waiting_drop(spooler, sending.section, NULL, sending.size, sending.id);
        }
        else if (sending.message)
        {
            store_SetLockState(provider, store, sending.message, MSG_UNLOCKED);
            release_message(&sending);
        }
    }
    if (!expired && kept && schedule.end != ~(ULONGLONG)0)
    {
        waiting_limit(spooler, sending.section, sending.size, sending.id,
                      schedule_ms(schedule.end));
        sending.waits = TRUE;
    }
    waiting_settle(spooler, sending.section, sending.size, sending.id, sending.waits);
    rows_free(&memory_allocators, sending.rows);
    platform_free(sending.mine);
    platform_free(sending.kept);
}
