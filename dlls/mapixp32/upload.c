/*
 * Mail transport: messages that go to a folder of the server
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
 * A comparison finds messages here that the server's folder has not: new ones (APPEND), and those
 * that it has in another folder (MOVE, COPY). The spooler's thread leaves them with all that is
 * needed, the receiver's thread hands them over when it has that folder selected, the spooler's
 * thread notes what they are known by then.
 *
 * Never twice: before a message is appended the folder is searched for its Message-ID, which every
 * message gets before it goes. What a server files by itself, and what it took without our hearing
 * of it, is found so. Never lost: a message here is never changed but for its source, and that only
 * when the server has said that it has it. What was taken and could not be noted comes as new, and
 * is told by its Message-ID (folders.c; for the main folder, incoming.c goes by the mark in the
 * journal that is set before).
 */

#include "follow.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapixp);

#define FLAG_FOR_FOLLOWUP 2
#define VERB_REPLY     102
#define VERB_REPLY_ALL 103

static void upload_free(struct upload *upload)
{
    free(upload->message.lpb);
    free(upload->quoted);
    free(upload->message_id);
    bytes_free(&upload->mime);
    free(upload);
}

void upload_free_all(struct follow *follow)
{
    struct upload *upload;

    while ((upload = follow->uploads))
    {
        follow->uploads = upload->next;
        upload_free(upload);
    }
}

/* ---- the spooler's thread: what is to go ---- */

void upload_drop_waiting(struct xp_logon *logon)
{
    struct upload *upload, **pos;

    EnterCriticalSection(&logon->cs);
    for (pos = &logon->follow->uploads; (upload = *pos);)
    {
        if (upload->state != UPLOAD_WAITS)
        {
            pos = &upload->next;
            continue;
        }
        *pos = upload->next;
        upload_free(upload);
    }
    LeaveCriticalSection(&logon->cs);
}

BOOL upload_waits(const struct follow *follow)
{
    const struct upload *upload;

    for (upload = follow->uploads; upload && upload->state != UPLOAD_WAITS;) upload = upload->next;
    return upload != NULL;
}

BOOL upload_has(struct xp_logon *logon, const char *id)
{
    const struct upload *upload;

    EnterCriticalSection(&logon->cs);
    for (upload = logon->follow ? logon->follow->uploads : NULL; upload && strcmp(upload->id, id);)
        upload = upload->next;
    LeaveCriticalSection(&logon->cs);
    return upload != NULL;
}

BOOL upload_is_busy(struct xp_logon *logon, const SBinary *message)
{
    const struct upload *upload;

    EnterCriticalSection(&logon->cs);
    for (upload = logon->follow->uploads; upload && !binary_same(&upload->message, message);)
        upload = upload->next;
    LeaveCriticalSection(&logon->cs);
    return upload != NULL;
}

enum { PROP_FLAGS, PROP_FLAG_STATUS, PROP_VERB, PROP_DELIVERY, PROP_SUBMIT, PROP_CREATION, PROP_MESSAGE_ID,
       PROP_SEARCH_KEY, PROP_COUNT };

static const SizedSPropTagArray(PROP_COUNT, message_props) =
{
    PROP_COUNT,
    {
        PR_MESSAGE_FLAGS, PR_FLAG_STATUS, PR_LAST_VERB_EXECUTED, PR_MESSAGE_DELIVERY_TIME, PR_CLIENT_SUBMIT_TIME,
        PR_CREATION_TIME, PR_INTERNET_MESSAGE_ID_W, PR_SEARCH_KEY
    }
};

static BOOL has(const SPropValue *props, ULONG index)
{
    return props[index].ulPropTag == message_props.aulPropTag[index];
}

static void read_state(struct upload *upload, const SPropValue *props)
{
    static const ULONG times[] = { PROP_DELIVERY, PROP_SUBMIT, PROP_CREATION };
    LONG verb = has(props, PROP_VERB) ? props[PROP_VERB].Value.l : 0;
    struct imap_date date;
    SYSTEMTIME time;
    size_t i;

    upload->seen = has(props, PROP_FLAGS) && props[PROP_FLAGS].Value.l & MSGFLAG_READ;
    snprintf(upload->flags, sizeof(upload->flags), "%s%s%s", upload->seen ? "\\Seen " : "",
             has(props, PROP_FLAG_STATUS) && props[PROP_FLAG_STATUS].Value.l == FLAG_FOR_FOLLOWUP
                 ? "\\Flagged " : "",
             verb == VERB_REPLY || verb == VERB_REPLY_ALL ? "\\Answered " : "");
    if (upload->flags[0]) upload->flags[strlen(upload->flags) - 1] = 0;
    for (i = 0; i < ARRAYSIZE(times) && !upload->date[0]; i++)
    {
        if (!has(props, times[i]) || !FileTimeToSystemTime(&props[times[i]].Value.ft, &time))
            continue;
        date.year = time.wYear;
        date.month = time.wMonth;
        date.day = time.wDay;
        date.hour = time.wHour;
        date.minute = time.wMinute;
        date.second = time.wSecond;
        if (!imap_write_date(&date, upload->date)) upload->date[0] = 0;
    }
}

/* One that every attempt at this message has the same: it is saved before anything goes. */
static HRESULT give_message_id(struct xp_logon *logon, IMessage *message, const SPropValue *props,
                               struct upload *upload)
{
    const SBinary *key = &props[PROP_SEARCH_KEY].Value.bin;
    const void *parts[2] = { upload->message.lpb, has(props, PROP_SEARCH_KEY) ? key->lpb : NULL };
    size_t sizes[2] = { upload->message.cb, has(props, PROP_SEARCH_KEY) ? key->cb : 0 };
    const char *domain = logon->settings.sender ? strrchr(logon->settings.sender, '@') : NULL;
    char digest[65], text[400];
    SPropValue prop;
    WCHAR *wide;
    HRESULT hr;

    if (!hash_text(parts, sizes, 2, digest)) return MAPI_E_NOT_ENOUGH_MEMORY;
    snprintf(text, sizeof(text), "<%.32s@%.300s>", digest, domain ? domain + 1 : "localhost");
    if (!(upload->message_id = _strdup(text)) || !(wide = wide_from_utf8(text)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    prop.ulPropTag = PR_INTERNET_MESSAGE_ID_W;
    prop.dwAlignPad = 0;
    prop.Value.lpszW = wide;
    if (SUCCEEDED(hr = IMessage_SetProps(message, 1, &prop, NULL)))
        hr = IMessage_SaveChanges(message, KEEP_OPEN_READWRITE);
    free(wide);
    return hr;
}

/* What a server takes: lines that end in CR LF, and no 0. */
static BOOL make_lines(struct bytes *mime)
{
    struct bytes lines = { 0 };
    const char *pos, *begin, *end = mime->data + mime->size;
    BOOL ok = TRUE;

    for (pos = begin = mime->data; pos < end && ok; pos++)
    {
        if (*pos && *pos != '\n' && *pos != '\r') continue;
        if (*pos == '\r' && pos + 1 < end && pos[1] == '\n')
        {
            pos++;
            continue;
        }
        ok = bytes_add(&lines, begin, pos - begin) && (!*pos || bytes_add(&lines, "\r\n", 2));
        begin = pos + 1;
    }
    ok = ok && bytes_add(&lines, begin, end - begin);
    bytes_free(mime);
    *mime = lines;
    return ok;
}

static HRESULT read_message(struct xp_logon *logon, IMsgStore *store, struct upload *upload,
                            WCHAR words[WORDS_MAX])
{
    IMessage *message;
    SPropValue *props;
    ULONG count;
    HRESULT hr;

    if (FAILED(hr = store_open_object(store, &upload->message, &message))) return hr;
    hr = IMessage_GetProps(message, (SPropTagArray *)&message_props, 0, &count, &props);
    if (SUCCEEDED(hr))
    {
        read_state(upload, props);
        if (has(props, PROP_MESSAGE_ID))
            upload->message_id = utf8_from_wide(props[PROP_MESSAGE_ID].Value.lpszW);
        else if (upload->kind == UPLOAD_APPEND) hr = give_message_id(logon, message, props, upload);
        MAPIFreeBuffer(props);
    }
    if (SUCCEEDED(hr) && upload->kind == UPLOAD_APPEND)
    {
        hr = convert_to_mime(message, TRUE, &upload->mime, words);
        if (SUCCEEDED(hr) && !make_lines(&upload->mime)) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    IMessage_Release(message);
    return hr;
}

/* The same message for the same folder. */
static BOOL refusal_key(const SBinary *message, const char *prefix, char key[65])
{
    const void *parts[2] = { message->lpb, prefix };
    size_t sizes[2] = { message->cb, strlen(prefix) };

    return hash_text(parts, sizes, 2, key);
}

BOOL upload_is_refused(struct xp_logon *logon, const SBinary *message, const char *prefix)
{
    char key[65];
    BOOL ret;

    if (!refusal_key(message, prefix, key)) return TRUE;
    EnterCriticalSection(&logon->cs);
    ret = received_find(&logon->follow->refused, key) != NULL;
    LeaveCriticalSection(&logon->cs);
    return ret;
}

BOOL upload_add(struct xp_logon *logon, IMsgStore *store, enum upload_kind kind,
                const SBinary *message, const char *source, const struct tie *to,
                struct upload_room *room)
{
    WCHAR words[WORDS_MAX];
    struct upload *upload;
    HRESULT hr = MAPI_E_NOT_ENOUGH_MEMORY;

    if (!room->messages || !room->bytes) return FALSE;
    if (!(upload = calloc(1, sizeof(*upload)))) return FALSE;
    upload->kind = kind;
    upload->main = !to->place;
    lstrcpynA(upload->source, source, sizeof(upload->source));
    strcpy(upload->prefix, to->prefix);
    words_set(words, "a message here cannot be read");
    if (refusal_key(message, to->prefix, upload->refusal) && binary_copy(message, &upload->message)
        && (upload->quoted = _strdup(to->quoted)))
        hr = read_message(logon, store, upload, words);
    if (FAILED(hr))
    {
        WARN("a message for %s cannot be read: %#lx\n", debugstr_a(to->quoted), hr);
        if (upload->refusal[0] && hr != MAPI_E_NOT_FOUND)
            follow_refuse(logon, upload->refusal, words);
        upload_free(upload);
        return TRUE;
    }
    room->messages--;
    room->bytes -= min(room->bytes, upload->mime.size);
    EnterCriticalSection(&logon->cs);
    upload->next = logon->follow->uploads;
    logon->follow->uploads = upload;
    LeaveCriticalSection(&logon->cs);
    return TRUE;
}

/* ---- the receiver's thread ---- */

BOOL upload_mark(const char *message_id, char key[96])
{
    const void *parts[1] = { message_id };
    size_t sizes[1] = { strlen(message_id) };
    char digest[65];

    if (!hash_text(parts, sizes, 1, digest)) return FALSE;
    snprintf(key, 96, "upload.%.32s", digest);
    return TRUE;
}

/* For the main folder, whose mail is new mail: should we end before it is noted, this says what to
 * look for. */
static BOOL mark(struct xp_logon *logon, const struct upload *upload, enum received_state state)
{
    char key[96];

    if (!upload->main || !upload->message_id) return TRUE;
    return upload_mark(upload->message_id, key) && incoming_note(logon, key, state, FALSE);
}

/* Where the server says that it has put it. */
static void take_place(const struct mailbox *mailbox, struct upload *upload)
{
    char prefix[64];
    const char *dot;

    if (!mailbox->placed.uid) return;
    lstrcpynA(prefix, upload->prefix, sizeof(prefix));
    /* The UIDVALIDITY is the last part but for the dot. */
    prefix[strlen(prefix) - 1] = 0;
    if (!(dot = strrchr(prefix, '.')) || strtoul(dot + 1, NULL, 10) != mailbox->placed.validity)
        return;
    snprintf(upload->id, sizeof(upload->id), "%s%lu", upload->prefix,
             (unsigned long)mailbox->placed.uid);
}

static enum net append(struct xp_logon *logon, struct mailbox *mailbox, struct upload *upload)
{
    const struct remote *remote;
    enum net net;
    ULONG uid;

    if ((net = imap_find(mailbox, upload->message_id, &uid))) return net;
    if (!uid)
    {
        if (!mark(logon, upload, RECEIVED_PERHAPS)) return NET_FAILED;
        if ((net = imap_append(mailbox, upload->flags, upload->date, &upload->mime))) return net;
        take_place(mailbox, upload);
        if (upload->id[0]) return NET_OK;
        if ((net = imap_find(mailbox, upload->message_id, &uid)) || !uid) return net;
    }
    snprintf(upload->id, sizeof(upload->id), "%s%lu", upload->prefix, (unsigned long)uid);
    if ((remote = mailbox_find(mailbox, upload->id))) upload->seen = remote->seen;
    return NET_OK;
}

static enum net move(struct xp_logon *logon, struct mailbox *mailbox, struct upload *upload)
{
    const struct remote *remote = mailbox_find(mailbox, upload->source);
    enum net net;

    if (!remote) return NET_OK;         /* the next comparison knows better */
    if (!mark(logon, upload, RECEIVED_PERHAPS)) return NET_FAILED;
    if ((net = imap_copy(mailbox, remote->number, upload->quoted, upload->kind == UPLOAD_MOVE)))
        return net;
    take_place(mailbox, upload);
    upload->seen = remote->seen;
    if (upload->kind == UPLOAD_COPY) return NET_OK;
    mailbox_remove(mailbox, remote);
    /* Without a word of where it is it comes as new, and is told by its Message-ID. */
    return upload->id[0] || incoming_note(logon, upload->source, RECEIVED_ELSEWHERE, FALSE)
               ? NET_OK
               : NET_FAILED;
}

static struct upload *next_upload(struct xp_logon *logon, const struct mailbox *mailbox)
{
    struct upload *upload;
    size_t length = strlen(mailbox->prefix);

    EnterCriticalSection(&logon->cs);
    for (upload = logon->follow->uploads; upload; upload = upload->next)
        if (upload->state == UPLOAD_WAITS
            && !strncmp(upload->kind == UPLOAD_APPEND ? upload->prefix : upload->source,
                        mailbox->prefix, length))
            break;
    if (upload) upload->state = UPLOAD_BUSY;
    LeaveCriticalSection(&logon->cs);
    return upload;
}

/* logon->cs is held. */
static void unlink_upload(struct follow *follow, struct upload *upload)
{
    struct upload **pos;

    for (pos = &follow->uploads; *pos && *pos != upload;) pos = &(*pos)->next;
    if (*pos) *pos = upload->next;
}

enum net upload_there(struct xp_logon *logon, struct mailbox *mailbox)
{
    struct follow *follow = logon->follow;
    struct upload *upload;
    enum net net = NET_OK;

    while (!net && !logon_stopping(logon) && (upload = next_upload(logon, mailbox)))
    {
        net = upload->kind == UPLOAD_APPEND ? append(logon, mailbox, upload)
                                            : move(logon, mailbox, upload);
        TRACE("%s to %s: %d, now %s\n", upload->source, debugstr_a(upload->quoted), net,
              upload->id);
        if (net == NET_REFUSED) follow_refuse(logon, upload->refusal, mailbox->connection->words);
        EnterCriticalSection(&logon->cs);
        if (upload->id[0])
        {
            upload->state = UPLOAD_DONE;
            /* It is there, whether its folder was listed already or not. */
            if (!received_set(&follow->listing, upload->id, RECEIVED_DONE, upload->seen))
                net = NET_FAILED;
        }
        else
        {
            unlink_upload(follow, upload);
            upload_free(upload);
        }
        LeaveCriticalSection(&logon->cs);
        if (net == NET_REFUSED) net = NET_OK;
    }
    return net;
}

/* ---- the spooler's thread: what went ---- */

static struct upload *first_done(struct xp_logon *logon)
{
    struct upload *upload;

    EnterCriticalSection(&logon->cs);
    for (upload = logon->follow ? logon->follow->uploads : NULL;
         upload && upload->state != UPLOAD_DONE;)
        upload = upload->next;
    LeaveCriticalSection(&logon->cs);
    return upload;
}

static void settle(struct xp_logon *logon, IMsgStore *store, struct upload *upload)
{
    BOOL agreed = upload->seen;
    struct received_entry *entry;
    HRESULT hr = incoming_save_source(store, &upload->message, upload->id);

    TRACE("%s: %#lx\n", upload->id, hr);
    /* Deleted here meanwhile: so it is to be deleted there. */
    if (FAILED(hr) && hr != MAPI_E_NOT_FOUND && hr != MAPI_E_OBJECT_DELETED) return;
    EnterCriticalSection(&logon->cs);
    if (upload->source[0] && (entry = received_find(&logon->received, upload->source)))
        agreed = entry->seen;
    LeaveCriticalSection(&logon->cs);
    if (!incoming_note(logon, upload->id, RECEIVED_DONE, agreed)) return;
    if (upload->kind == UPLOAD_MOVE) incoming_note(logon, upload->source, RECEIVED_GONE, agreed);
    mark(logon, upload, RECEIVED_NEVER);
}

void upload_settle(struct xp_logon *logon, IMsgStore *store, struct received *there)
{
    IMsgStore *opened = NULL;
    struct upload *upload;

    while ((upload = first_done(logon)))
    {
        if (!store && !(store = opened = follow_open_store(logon))) return;
        settle(logon, store, upload);
        if (there) received_set(there, upload->id, RECEIVED_DONE, upload->seen);
        EnterCriticalSection(&logon->cs);
        unlink_upload(logon->follow, upload);
        LeaveCriticalSection(&logon->cs);
        upload_free(upload);
    }
    if (opened) IMsgStore_Release(opened);
    if (store) logon_show_status(logon);
}
