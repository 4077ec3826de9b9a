/*
 * Mail transport: messages on their way out
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
 * SubmitMessage makes a struct outgoing of a message: its recipients that are ours, its MIME text,
 * and a key by which it is known for ever. The sender's thread takes it through SMTP. If that is
 * done in SUBMIT_WAIT the results go into the message at once; else it is deferred, and the spooler
 * calls again when we say so. Results belong to recipients: those that the server took are marked
 * with PR_RESPONSIBILITY, those it will never take are reported and marked, those it puts off stay
 * as they are and make the spooler come again later.
 *
 * Not twice and not never: journal.c notes each message and recipient before the end of the data is
 * sent. What is noted without an answer is not sent again, since somebody may have it; the sender
 * gets a report that says so, with the message in it, and decides.
 */

#include "transport.h"

#define REMIND_MS 1000

struct outgoing
{
    struct outgoing *next;              /* logon->outgoing */
    char key[65];
    SBinary id;                         /* the message's entry ID; malloc */
    char *sender;
    struct smtp_recipient *recipients;
    LONG *rows;                         /* PR_ROWID of each */
    size_t count;
    struct bytes mime;
    /* ---- logon->cs */
    enum { WAITING, SENDING, DONE } state;
    BOOL deferred;                      /* the spooler is to be told when it is done */
    BOOL abandoned;                     /* nobody wants to know */
    HANDLE done;
    enum smtp_result result;
    WCHAR words[WORDS_MAX];
};

static const SizedSPropTagArray(11, recipient_columns) =
{
    11,
    {
        PR_ROWID, PR_RECIPIENT_TYPE, PR_RESPONSIBILITY, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W,
        PR_DISPLAY_NAME_W, PR_ENTRYID, PR_SEARCH_KEY, PR_OBJECT_TYPE,
        PR_ORIGINATOR_NON_DELIVERY_REPORT_REQUESTED, PR_ORIGINATOR_DELIVERY_REPORT_REQUESTED
    }
};

const SPropValue *find_prop(const SPropValue *props, ULONG count, ULONG tag)
{
    ULONG i;

    for (i = 0; i < count; i++)
        if (PROP_ID(props[i].ulPropTag) == PROP_ID(tag)
            && PROP_TYPE(props[i].ulPropTag) != PT_ERROR)
            return &props[i];
    return NULL;
}

static const WCHAR *wide_prop(const SRow *row, ULONG tag)
{
    const SPropValue *prop = find_prop(row->lpProps, row->cValues, tag);

    return prop && PROP_TYPE(prop->ulPropTag) == PT_UNICODE ? prop->Value.lpszW : NULL;
}

static HRESULT read_recipients(IMessage *message, SRowSet **rows)
{
    IMAPITable *table;
    HRESULT hr;

    *rows = NULL;
    if (FAILED(hr = IMessage_GetRecipientTable(message, MAPI_UNICODE, &table))) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&recipient_columns, NULL, NULL, 0, rows);
    IMAPITable_Release(table);
    return hr;
}

/* One of type SMTP that nobody has yet. */
static BOOL is_ours(const SRow *row)
{
    const SPropValue *taken = find_prop(row->lpProps, row->cValues, PR_RESPONSIBILITY);
    const SPropValue *type = find_prop(row->lpProps, row->cValues, PR_RECIPIENT_TYPE);
    const WCHAR *name = wide_prop(row, PR_ADDRTYPE_W);

    if ((taken && taken->Value.b) || (type && type->Value.l & MAPI_SUBMITTED)) return FALSE;
    return name && !lstrcmpiW(name, L"SMTP");
}

/* ---- the sender's thread ---- */

static void outgoing_destroy(struct outgoing *outgoing)
{
    size_t i;

    if (!outgoing) return;
    for (i = 0; i < outgoing->count; i++) free(outgoing->recipients[i].address);
    free(outgoing->recipients);
    free(outgoing->rows);
    free(outgoing->id.lpb);
    free(outgoing->sender);
    bytes_free(&outgoing->mime);
    if (outgoing->done) CloseHandle(outgoing->done);
    free(outgoing);
}

/* logon->cs is held. */
static void unlink_outgoing(struct xp_logon *logon, struct outgoing *outgoing)
{
    struct outgoing **pos;

    for (pos = &logon->outgoing; *pos; pos = &(*pos)->next)
        if (*pos == outgoing)
        {
            *pos = outgoing->next;
            return;
        }
}

struct commit
{
    struct xp_logon *logon;
    struct outgoing *outgoing;
    BOOL noted;
};

static BOOL commit(void *context)
{
    struct commit *commit = context;
    struct outgoing *outgoing = commit->outgoing;

    commit->noted = sent_begin(commit->logon->sent_path, outgoing->key, outgoing->recipients,
                               outgoing->count);
    return commit->noted;
}

static void send_one(struct xp_logon *logon, struct outgoing *outgoing)
{
    struct commit context = { logon, outgoing, FALSE };
    struct smtp_mail mail = { outgoing->sender, outgoing->key, outgoing->recipients, outgoing->count,
                              outgoing->mime.data, outgoing->mime.size, commit, &context };
    struct settings settings = logon_settings(logon);
    WCHAR words[WORDS_MAX];
    size_t i;

    outgoing->result = smtp_send(&settings, logon->stop, &mail, outgoing->words);
    logon_settings_free(&settings);
    if (context.noted && outgoing->result != SMTP_IN_DOUBT)
        sent_end(logon->sent_path, outgoing->key, outgoing->result == SMTP_SENT);
    if (outgoing->result != SMTP_SENT)
    {
        logon_say(logon, TRUE, outgoing->words);
        return;
    }
    /* The server's folder of sent mail gets it when it is in ours. */
    if (logon->settings.folders) logon_receive(logon);
    for (i = 0; i < outgoing->count && outgoing->recipients[i].code / 100 != 4; i++) {}
    if (i < outgoing->count)
        words_set(words, "the server puts a recipient off: %d %s", outgoing->recipients[i].code,
                  outgoing->recipients[i].text);
    logon_say(logon, TRUE, i < outgoing->count ? words : NULL);
}

static struct outgoing *next_waiting(struct xp_logon *logon)
{
    struct outgoing *ret;

    EnterCriticalSection(&logon->cs);
    for (ret = logon->outgoing; ret && ret->state != WAITING; ret = ret->next) {}
    if (logon->paused) ret = NULL;
    if (ret) ret->state = SENDING;
    LeaveCriticalSection(&logon->cs);
    return ret;
}

static void set_done(struct xp_logon *logon, struct outgoing *outgoing)
{
    BOOL abandoned;

    EnterCriticalSection(&logon->cs);
    outgoing->state = DONE;
    abandoned = outgoing->abandoned;
    if (abandoned) unlink_outgoing(logon, outgoing);
    else SetEvent(outgoing->done);
    LeaveCriticalSection(&logon->cs);
    if (abandoned) outgoing_destroy(outgoing);
}

/* Has the spooler fetch the results of deferred messages; FALSE: there are none. It may hear of one
 * before it has put the message away as deferred, so it is told until it comes. */
static BOOL remind(struct xp_logon *logon)
{
    struct outgoing *outgoing;
    SBinary id = { 0 };

    EnterCriticalSection(&logon->cs);
    for (outgoing = logon->outgoing; outgoing; outgoing = outgoing->next)
        if (outgoing->state == DONE && outgoing->deferred) break;
    if (outgoing && (id.lpb = malloc(outgoing->id.cb)))
    {
        id.cb = outgoing->id.cb;
        memcpy(id.lpb, outgoing->id.lpb, id.cb);
    }
    LeaveCriticalSection(&logon->cs);
    if (!id.lpb) return FALSE;
    IMAPISupport_SpoolerNotify(logon->support, NOTIFY_SENTDEFERRED, &id);
    free(id.lpb);
    return TRUE;
}

static void set_sending(struct xp_logon *logon, BOOL sending)
{
    EnterCriticalSection(&logon->cs);
    logon->sending = sending;
    LeaveCriticalSection(&logon->cs);
    logon_show_status(logon);
}

void outgoing_run(struct xp_logon *logon)
{
    HANDLE handles[2] = { logon->stop, logon->send_wake };
    DWORD wait = INFINITE;
    struct outgoing *outgoing;

    while (WaitForMultipleObjects(2, handles, FALSE, wait) != WAIT_OBJECT_0)
    {
        while (!logon_stopping(logon) && (outgoing = next_waiting(logon)))
        {
            set_sending(logon, TRUE);
            send_one(logon, outgoing);
            set_done(logon, outgoing);
            set_sending(logon, FALSE);
        }
        wait = !logon_stopping(logon) && remind(logon) ? REMIND_MS : INFINITE;
    }
}

/* ---- a message becomes one to be sent ---- */

enum { MSG_SEARCH_KEY, MSG_ENTRYID, MSG_SUBMIT_TIME, MSG_CLASS, MSG_INTERNET_ID, MSG_SENDER_TYPE,
       MSG_CREATION_TIME, MSG_SUCCESS, MSG_FAILURE, MSG_REPORT_TAG, MSG_PROPS };

static const SizedSPropTagArray(MSG_PROPS, message_tags) =
{
    MSG_PROPS,
    {
        PR_SEARCH_KEY, PR_ENTRYID, PR_CLIENT_SUBMIT_TIME, PR_MESSAGE_CLASS_W, PR_INTERNET_MESSAGE_ID_W,
        PR_SENDER_ADDRTYPE_W, PR_CREATION_TIME, PR_ORIGINATOR_DELIVERY_REPORT_REQUESTED,
        PR_ORIGINATOR_NON_DELIVERY_REPORT_REQUESTED, PR_REPORT_TAG
    }
};

/* The same for every attempt at this message, another one for what is sent anew. */
static BOOL message_key(const SPropValue *props, ULONG count, char key[65])
{
    const SPropValue *search = find_prop(props, count, PR_SEARCH_KEY);
    const SPropValue *id = find_prop(props, count, PR_ENTRYID);
    const SPropValue *time = find_prop(props, count, PR_CLIENT_SUBMIT_TIME);
    const SPropValue *creation = find_prop(props, count, PR_CREATION_TIME);
    const void *parts[4] = { search ? search->Value.bin.lpb : NULL, id ? id->Value.bin.lpb : NULL,
                             time ? &time->Value.ft : NULL, creation ? &creation->Value.ft : NULL };
    size_t sizes[4] = { search ? search->Value.bin.cb : 0, id ? id->Value.bin.cb : 0,
                        time ? sizeof(time->Value.ft) : 0,
                        creation ? sizeof(creation->Value.ft) : 0 };

    return (search || id) && hash_text(parts, sizes, 4, key);
}

static void set_text(SPropValue *prop, ULONG tag, const WCHAR *text)
{
    prop->ulPropTag = tag;
    prop->dwAlignPad = 0;
    prop->Value.lpszW = (WCHAR *)text;
}

/* Who it is from, when the client did not say, and a Message-ID that every attempt has the same. */
static HRESULT complete_message(struct xp_logon *logon, IMessage *message, const SPropValue *props,
                                ULONG count, const char *key)
{
    const WCHAR *name = logon->settings.display_name ? logon->settings.display_name
                                                     : logon->settings.address;
    const SPropValue *type = find_prop(props, count, PR_SENDER_ADDRTYPE_W);
    const WCHAR *domain = wcsrchr(logon->settings.address, '@');
    static const SizedSPropTagArray(1, source_tag) = { 1, { PR_MAPIXP_SOURCE } };
    WCHAR internet_id[400];
    SPropValue set[8];
    ULONG filled = 0;

    /* What is sent is no longer the draft that it was made of, wherever that came from. */
    IMessage_DeleteProps(message, (SPropTagArray *)&source_tag, NULL);
    /* What servers return as the envelope's identifier; see report.c. */
    if (!find_prop(props, count, PR_REPORT_TAG))
    {
        set[filled].ulPropTag = PR_REPORT_TAG;
        set[filled].dwAlignPad = 0;
        set[filled].Value.bin.cb = strlen(key);
        set[filled++].Value.bin.lpb = (BYTE *)key;
    }

    if (!find_prop(props, count, PR_INTERNET_MESSAGE_ID_W))
    {
        _snwprintf(internet_id, ARRAYSIZE(internet_id), L"<%.32hs@%.300s>", key,
                   domain ? domain + 1 : L"localhost");
        set_text(&set[filled++], PR_INTERNET_MESSAGE_ID_W, internet_id);
    }
    if (!type || PROP_TYPE(type->ulPropTag) != PT_UNICODE || lstrcmpiW(type->Value.lpszW, L"SMTP"))
    {
        set_text(&set[filled++], PR_SENDER_ADDRTYPE_W, L"SMTP");
        set_text(&set[filled++], PR_SENDER_EMAIL_ADDRESS_W, logon->settings.address);
        set_text(&set[filled++], PR_SENDER_NAME_W, name);
        set_text(&set[filled++], PR_SENT_REPRESENTING_ADDRTYPE_W, L"SMTP");
        set_text(&set[filled++], PR_SENT_REPRESENTING_EMAIL_ADDRESS_W, logon->settings.address);
        set_text(&set[filled++], PR_SENT_REPRESENTING_NAME_W, name);
    }
    return filled ? IMessage_SetProps(message, filled, set, NULL) : S_OK;
}

/* ---- results ---- */

/* A recipient as ModifyRecipients and StatusRecips want it, with one value more, and words. */
static BOOL copy_recipient(const SRow *row, ULONG tag, LONG value, LONG more, const WCHAR *words,
                           ADRENTRY *entry)
{
    SPropValue *props;
    ULONG i, count = 0;

    if (FAILED(MAPIAllocateBuffer((row->cValues + 3) * sizeof(*props), (void **)&props)))
        return FALSE;
    for (i = 0; i < row->cValues; i++)
        if (PROP_TYPE(row->lpProps[i].ulPropTag) != PT_ERROR
            && PROP_ID(row->lpProps[i].ulPropTag) != PROP_ID(tag))
            props[count++] = row->lpProps[i];
    memset(&props[count], 0, 3 * sizeof(*props));
    props[count].ulPropTag = tag;
    if (tag == PR_RESPONSIBILITY) props[count].Value.b = value;
    else props[count].Value.l = value;
    count++;
    if (words)
    {
        props[count].ulPropTag = PR_NDR_DIAG_CODE;
        props[count++].Value.l = more;
        set_text(&props[count++], PR_REPORT_TEXT_W, words);
    }
    entry->ulReserved1 = 0;
    entry->cValues = count;
    entry->rgPropVals = props;
    return TRUE;
}

static ADRLIST *new_list(ULONG count)
{
    ADRLIST *list;

    if (FAILED(MAPIAllocateBuffer(CbNewADRLIST(count), (void **)&list))) return NULL;
    memset(list, 0, CbNewADRLIST(count));
    return list;
}

struct fates
{
    const SRowSet *rows;
    BOOL *ours;                         /* of each row: it is to be marked */
    ADRLIST *failed;                    /* and is to be reported */
    BOOL later;                         /* some recipients have to wait */
};

/* X.400's reason and diagnostic, which reports are made of. */
static void fail_recipient(struct fates *fates, ULONG row, int code, const WCHAR *words)
{
    LONG diagnostic = MAPI_DIAG_NO_DIAGNOSTIC;

    if (code == 550 || code == 551 || code == 553) diagnostic = MAPI_DIAG_OR_NAME_UNRECOGNIZED;
    else if (code == 552) diagnostic = MAPI_DIAG_LENGTH_CONSTRAINT_VIOLATD;
    if (copy_recipient(&fates->rows->aRow[row], PR_NDR_REASON_CODE, 0 /* transfer failed */,
                       diagnostic, words, &fates->failed->aEntries[fates->failed->cEntries]))
    {
        fates->failed->cEntries++;
        fates->ours[row] = TRUE;
    }
    else fates->later = TRUE;
}

static const WCHAR doubt_words[] =
    L"The connection broke after the whole message had been handed over "
    L"and before the server confirmed it: it may have arrived or not. It was not sent again, so that "
    L"nobody gets it twice. Ask whether it came, or send it again.";

/* The words are to live until the report is made. */
static WCHAR *recipient_words(const struct smtp_recipient *recipient)
{
    WCHAR words[WORDS_MAX];

    words_set(words, "The server answered: %d %s", recipient->code, recipient->text);
    return _wcsdup(words);
}

/* Marks what has been seen to, after it was reported. */
static HRESULT settle(struct xp_logon *logon, IMessage *message, struct fates *fates)
{
    ADRLIST *list = new_list(fates->rows->cRows);
    HRESULT hr = S_OK;
    ULONG i;

    if (!list) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (fates->failed->cEntries)
    {
        hr = IMAPISupport_StatusRecips(logon->support, message, fates->failed);
        if (SUCCEEDED(hr)) fates->failed = NULL;        /* theirs now */
    }
    for (i = 0; i < fates->rows->cRows && SUCCEEDED(hr); i++)
    {
        if (!fates->ours[i]) continue;
        if (!copy_recipient(&fates->rows->aRow[i], PR_RESPONSIBILITY, TRUE, 0, NULL,
                            &list->aEntries[list->cEntries]))
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else list->cEntries++;
    }
    if (SUCCEEDED(hr) && list->cEntries)
        hr = IMessage_ModifyRecipients(message, MODRECIP_MODIFY, list);
    /* The spooler saves what is wholly done; what is done in part has to be kept by us. */
    if (SUCCEEDED(hr) && list->cEntries && fates->later)
        hr = IMessage_SaveChanges(message, KEEP_OPEN_READWRITE);
    FreePadrlist(list);
    return hr;
}

static BOOL fates_init(struct fates *fates, const SRowSet *rows)
{
    memset(fates, 0, sizeof(*fates));
    fates->rows = rows;
    fates->ours = calloc(max(rows->cRows, 1), sizeof(BOOL));
    fates->failed = new_list(rows->cRows);
    return fates->ours && fates->failed;
}

static void fates_free(struct fates *fates)
{
    free(fates->ours);
    if (fates->failed) FreePadrlist(fates->failed);
}

/* Whether the message has been tried for as long as the account allows. */
static BOOL is_too_old(struct xp_logon *logon, const SPropValue *props, ULONG count)
{
    const SPropValue *time = find_prop(props, count, PR_CLIENT_SUBMIT_TIME);
    ULONGLONG since, now;
    FILETIME current;

    if (!time) return FALSE;
    GetSystemTimeAsFileTime(&current);
    since = (ULONGLONG)time->Value.ft.dwHighDateTime << 32 | time->Value.ft.dwLowDateTime;
    now = (ULONGLONG)current.dwHighDateTime << 32 | current.dwLowDateTime;
    return now > since
           && (now - since) / 36000000000ull >= (ULONGLONG)logon->settings.give_up_hours;
}

static HRESULT result_of(struct xp_logon *logon, IMessage *message, const SRowSet *rows,
                         const struct outgoing *outgoing, BOOL too_old)
{
    struct fates fates;
    WCHAR **texts;
    HRESULT hr;
    size_t i;
    ULONG j;

    if (!fates_init(&fates, rows) || !(texts = calloc(max(outgoing->count, 1), sizeof(*texts))))
    {
        fates_free(&fates);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    for (i = 0; i < outgoing->count; i++)
    {
        const struct smtp_recipient *recipient = &outgoing->recipients[i];
        BOOL accepted = recipient->code / 100 == 2;

        for (j = 0; j < rows->cRows; j++)
        {
            const SPropValue *id = find_prop(rows->aRow[j].lpProps, rows->aRow[j].cValues,
                                             PR_ROWID);

            if (id && id->Value.l == outgoing->rows[i]) break;
        }
        if (j == rows->cRows) continue;
        if (outgoing->result == SMTP_IN_DOUBT && accepted)
            fail_recipient(&fates, j, 0, doubt_words);
        else if (outgoing->result == SMTP_SENT && accepted) fates.ours[j] = TRUE;
        else if (recipient->code / 100 == 5 && (texts[i] = recipient_words(recipient)))
            fail_recipient(&fates, j, recipient->code, texts[i]);
        else if (outgoing->result == SMTP_REJECTED) fail_recipient(&fates, j, 0, outgoing->words);
        else if (too_old)
        {
            if (recipient->code) texts[i] = recipient_words(recipient);
            fail_recipient(&fates, j, 0, texts[i] ? texts[i] : outgoing->words);
        }
        else fates.later = TRUE;
    }
    hr = settle(logon, message, &fates);
    if (SUCCEEDED(hr) && fates.later) logon->end_flags = END_RESEND_LATER;
    for (i = 0; i < outgoing->count; i++) free(texts[i]);
    free(texts);
    fates_free(&fates);
    return hr;
}

/* ---- SubmitMessage ---- */

static struct outgoing *find_outgoing(struct xp_logon *logon, const char *key)
{
    struct outgoing *ret;

    EnterCriticalSection(&logon->cs);
    for (ret = logon->outgoing; ret && (ret->abandoned || strcmp(ret->key, key)); ret = ret->next) {}
    LeaveCriticalSection(&logon->cs);
    return ret;
}

/* Those that the journal has something about need no server. */
static HRESULT settle_known(struct xp_logon *logon, IMessage *message, const SRowSet *rows,
                            const char *key, ULONG *left)
{
    struct fates fates;
    enum sent_state state;
    char *address;
    HRESULT hr = S_OK;
    BOOL any = FALSE;
    ULONG i;

    *left = 0;
    if (!fates_init(&fates, rows)) return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < rows->cRows; i++)
    {
        if (!is_ours(&rows->aRow[i])) continue;
        address = utf8_from_wide(wide_prop(&rows->aRow[i], PR_EMAIL_ADDRESS_W));
        state = address ? sent_find(logon->sent_path, key, address) : SENT_UNKNOWN;
        free(address);
        if (state == SENT_UNKNOWN) (*left)++;
        else if (state == SENT_DONE) fates.ours[i] = TRUE;
        else fail_recipient(&fates, i, 0, doubt_words);
        any = any || state != SENT_UNKNOWN;
    }
    if (any)
    {
        /* Saved here as well when more has to follow. */
        fates.later = *left != 0;
        hr = settle(logon, message, &fates);
        if (SUCCEEDED(hr) && *left) logon->end_flags = END_RESEND_NOW;
    }
    fates_free(&fates);
    return hr;
}

/* What the recipient's row says, else what the message says. */
static BOOL wants_report(const SRow *row, const SPropValue *props, ULONG count, ULONG tag,
                         BOOL normal)
{
    const SPropValue *prop = find_prop(row->lpProps, row->cValues, tag);

    if (!prop) prop = find_prop(props, count, tag);
    return prop ? prop->Value.b != 0 : normal;
}

static struct outgoing *new_outgoing(struct xp_logon *logon, const SRowSet *rows,
                                     const SPropValue *props, ULONG count, const char *key)
{
    const SPropValue *class = find_prop(props, count, PR_MESSAGE_CLASS_W);
    const SPropValue *id = find_prop(props, count, PR_ENTRYID), *row_id;
    struct outgoing *ret;
    ULONG i;

    if (!(ret = calloc(1, sizeof(*ret)))) return NULL;
    lstrcpynA(ret->key, key, sizeof(ret->key));
    ret->done = CreateEventW(NULL, TRUE, FALSE, NULL);
    ret->recipients = calloc(rows->cRows, sizeof(*ret->recipients));
    ret->rows = calloc(rows->cRows, sizeof(*ret->rows));
    /* Nothing comes back for a report, or two machines would write to each other for ever. */
    ret->sender = _strdup(class && PROP_TYPE(class->ulPropTag) == PT_UNICODE
                                  && !_wcsnicmp(class->Value.lpszW, L"REPORT.", 7)
                              ? ""
                              : logon->settings.sender);
    if (id && (ret->id.lpb = malloc(id->Value.bin.cb)))
    {
        ret->id.cb = id->Value.bin.cb;
        memcpy(ret->id.lpb, id->Value.bin.lpb, ret->id.cb);
    }
    if (!ret->done || !ret->recipients || !ret->rows || !ret->sender || (id && !ret->id.lpb))
    {
        outgoing_destroy(ret);
        return NULL;
    }
    for (i = 0; i < rows->cRows; i++)
    {
        if (!is_ours(&rows->aRow[i])) continue;
        row_id = find_prop(rows->aRow[i].lpProps, rows->aRow[i].cValues, PR_ROWID);
        ret->rows[ret->count] = row_id ? row_id->Value.l : 0;
        ret->recipients[ret->count]
            .report_success = wants_report(&rows->aRow[i], props, count,
                                           PR_ORIGINATOR_DELIVERY_REPORT_REQUESTED, FALSE);
        ret->recipients[ret->count].report_nothing
            = !ret->recipients[ret->count].report_success
              && !wants_report(&rows->aRow[i], props, count,
                               PR_ORIGINATOR_NON_DELIVERY_REPORT_REQUESTED, TRUE);
        ret->recipients[ret->count].address
            = utf8_from_wide(wide_prop(&rows->aRow[i], PR_EMAIL_ADDRESS_W));
        if (!ret->recipients[ret->count].address)
            ret->recipients[ret->count].address = _strdup("");
        if (ret->recipients[ret->count++].address) continue;
        outgoing_destroy(ret);
        return NULL;
    }
    return ret;
}

/* A moment for the thread. FALSE: it is not done, and the spooler will be told when it is. */
static BOOL wait_done(struct xp_logon *logon, struct outgoing *outgoing, BOOL *cancelled)
{
    HANDLE handles[2] = { outgoing->done, logon->stop };
    DWORD start = GetTickCount();
    BOOL done;

    *cancelled = FALSE;
    while (WaitForMultipleObjects(2, handles, FALSE, 50) == WAIT_TIMEOUT
           && GetTickCount() - start < SUBMIT_WAIT)
    {
        if (IMAPISupport_SpoolerYield(logon->support, 0) != MAPI_W_CANCEL_MESSAGE) continue;
        *cancelled = TRUE;
        break;
    }
    EnterCriticalSection(&logon->cs);
    done = outgoing->state == DONE;
    if (!done && (*cancelled || logon_stopping(logon)))
    {
        /* Not begun yet: it never is. Else what becomes of it is in the journal. */
        *cancelled = TRUE;
        outgoing->abandoned = TRUE;
        if (outgoing->state == WAITING) unlink_outgoing(logon, outgoing);
        else outgoing = NULL;
    }
    else
    {
        outgoing->deferred = TRUE;
        outgoing = NULL;
    }
    LeaveCriticalSection(&logon->cs);
    if (outgoing && *cancelled) outgoing_destroy(outgoing);
    return done;
}

/* What the thread left for the spooler. */
static HRESULT take_result(struct xp_logon *logon, IMessage *message, const SRowSet *rows,
                           struct outgoing *outgoing, BOOL too_old, ULONG_PTR *seconds)
{
    HRESULT hr;

    EnterCriticalSection(&logon->cs);
    unlink_outgoing(logon, outgoing);
    LeaveCriticalSection(&logon->cs);
    *seconds = 0;
    switch (outgoing->result)
    {
    case SMTP_CANCELLED:
        hr = MAPI_E_BUSY;
        break;
    case SMTP_NOT_SENT:
    case SMTP_REFUSED:
        /* Nothing is wrong with the message: all mail waits. */
        if (!too_old)
        {
            hr = outgoing->result == SMTP_REFUSED ? MAPI_E_WAIT : MAPI_E_NETWORK_ERROR;
            break;
        }
        /* fall through */
    default:
        hr = result_of(logon, message, rows, outgoing, too_old);
    }
    outgoing_destroy(outgoing);
    return hr;
}

static HRESULT submit_rows(struct xp_logon *logon, IMessage *message, const SRowSet *rows,
                           const SPropValue *props, ULONG count, ULONG_PTR *seconds)
{
    BOOL too_old = is_too_old(logon, props, count), cancelled;
    struct outgoing *outgoing;
    char key[65];
    HRESULT hr;
    ULONG left;

    if (!message_key(props, count, key)) return MAPI_E_CALL_FAILED;
    if (!(outgoing = find_outgoing(logon, key)))
    {
        hr = settle_known(logon, message, rows, key, &left);
        if (FAILED(hr) || !left || logon->end_flags) return hr;
        if (FAILED(hr = complete_message(logon, message, props, count, key))) return hr;
        if (!(outgoing = new_outgoing(logon, rows, props, count, key)))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        if (FAILED(hr = convert_to_mime(message, FALSE, &outgoing->mime, outgoing->words)))
        {
            logon_say(logon, TRUE, outgoing->words);
            outgoing_destroy(outgoing);
            return hr;
        }
        EnterCriticalSection(&logon->cs);
        outgoing->next = logon->outgoing;
        logon->outgoing = outgoing;
        LeaveCriticalSection(&logon->cs);
        SetEvent(logon->send_wake);
    }
    if (!wait_done(logon, outgoing, &cancelled))
    {
        if (cancelled) return MAPI_E_BUSY;
        logon->end_flags = END_DONT_RESEND;
        return S_OK;
    }
    return take_result(logon, message, rows, outgoing, too_old, seconds);
}

HRESULT outgoing_submit(struct xp_logon *logon, IMessage *message, ULONG_PTR *seconds)
{
    SPropValue *props;
    SRowSet *rows;
    ULONG i, count;
    HRESULT hr;

    if (FAILED(hr = read_recipients(message, &rows))) return hr;
    /* An account that nothing has come in yet. */
    if (!logon->store_id.lpb && logon->settings.folders) incoming_learn_store(logon, message);
    for (i = 0; i < rows->cRows && !is_ours(&rows->aRow[i]); i++) {}
    if (i == rows->cRows)
    {
        FreeProws(rows);
        return MAPI_E_NOT_ME;
    }
    hr = IMessage_GetProps(message, (SPropTagArray *)&message_tags, MAPI_UNICODE, &count, &props);
    if (SUCCEEDED(hr))
    {
        hr = submit_rows(logon, message, rows, props, count, seconds);
        MAPIFreeBuffer(props);
    }
    FreeProws(rows);
    return hr;
}

/* The spooler lets go of a deferred message. */
void outgoing_abort(struct xp_logon *logon, const SBinary *id)
{
    struct outgoing *pos, *next;

    EnterCriticalSection(&logon->cs);
    for (pos = logon->outgoing; pos; pos = next)
    {
        next = pos->next;
        if (!pos->deferred) continue;
        if (id && !binary_same(id, &pos->id)) continue;
        if (pos->state == SENDING)
        {
            pos->abandoned = TRUE;
            continue;
        }
        unlink_outgoing(logon, pos);
        outgoing_destroy(pos);
    }
    LeaveCriticalSection(&logon->cs);
}

void outgoing_free(struct xp_logon *logon)
{
    struct outgoing *pos, *next;

    for (pos = logon->outgoing; pos; pos = next)
    {
        next = pos->next;
        outgoing_destroy(pos);
    }
    logon->outgoing = NULL;
}
