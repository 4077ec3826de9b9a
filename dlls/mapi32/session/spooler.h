/*
 * The spooler of a session: what its files share
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
 * A session with mail has one spooler, a thread of the subsystem (spooler.c). It follows the
 * outgoing queue of each store that a client has opened (spoolerstore.c), hands each message in
 * turn to the transports (spoolersend.c), and takes from the transports what arrives
 * (spoolerreceive.c). Reports are made in spoolerreport.c, hook providers and preprocessors called
 * in spoolerhook.c.
 *
 * Everything marked "thread" belongs to the spooler's thread alone; the rest is under spooler->cs,
 * which is never held while calling out. Whoever wants something of the spooler leaves a request
 * and may wait for it; the thread itself never waits for anybody but in a provider's method.
 *
 * Work is done in units, one message, one poll, one request, between spooler_begin and spooler_end.
 * No unit begins once fast shutdown was announced, so that it can wait for the one under way.
 *
 * Two processes, or two sessions, on one profile: for each store and each transport there is a
 * claim, a mutex by the name of its profile section. Only the spooler that has a store's claim
 * reads its queue, only the one that has a transport's claim receives through it. When its owner
 * ends or dies, the claim falls to the next.
 */

#ifndef MAPI32_SPOOLER_H
#define MAPI32_SPOOLER_H

#include "session/session.h"
#include "session/words.h"
#include <mapihook.h>

/* One store with an outgoing queue. */
struct outbox
{
    struct outbox *next;
    struct logon *logon;                /* counted: the spooler's copy of the store */
    HANDLE claim;                       /* thread */
    HANDLE news;                        /* thread: set by those who submit without the claim */
    BOOL claimed;                       /* thread */
    BOOL stale;                         /* thread: the queue is to be opened anew */
    BOOL no_queue;                      /* thread: the store has none */
    IMAPITable *queue;                  /* thread; the provider's */
    IMAPIAdviseSink *sink;              /* thread */
    ULONG_PTR connection;               /* thread */
    ULONGLONG look;                     /* thread: when to look at the queue without being told */
    ULONGLONG reopen;                   /* thread: when to open it anew; 0: not open yet */
    LONG changed;                       /* interlocked: to be looked at now; see outbox_changed */
    BOOL draining;                      /* thread: to be let go of once nothing can be sent now */
};

/* One transport. */
struct carrier
{
    struct carrier *next;
    struct logon *logon;                /* counted */
    BOOL gone;                          /* thread */
    HANDLE claim;                       /* thread: of receiving */
    BOOL claimed;                       /* thread */
    ULONGLONG poll;                     /* thread: when to poll next */
    ULONGLONG idle;                     /* thread */
    BOOL new_mail;                      /* cs: it said so */
    BOOL critical;                      /* cs: in its critical section */
    BOOL dead;                          /* cs: it met a critical error, and is only let go of */
    ULONGLONG hold;                     /* cs: nothing is submitted to it before */
    ULONG pause;                        /* cs: the last one, in ms; 0: none since it last worked */
};

/* What keeps a message in its queue: one transport, or (transport zero) the message itself. */
struct waiting
{
    struct waiting *next;
    MAPIUID store;
    MAPIUID transport;
    BOOL deferred; /* the transport has it and will say when it is to be called */
    BOOL ready;                         /* and has said so */
    ULONGLONG until;
    ULONG pause;
    ULONG size;
    BYTE id[1];
};

/* Registered with RegisterPreprocessor, in that order: session->preprocessors, which only grows. */
struct preprocessor
{
    struct preprocessor *next;
    struct logon *logon;                /* counted: the transport's that registered it */
    BOOL has_uid;
    MAPIUID uid;
    WCHAR *type;                        /* NULL: any */
    struct provider *party;             /* counted: the DLL of the functions */
    PREPROCESSMESSAGE *preprocess;      /* NULL: none */
    REMOVEPREPROCESSINFO *remove;       /* NULL: none */
};

/* A hook provider of the session, in the profile's order. */
struct hook
{
    struct hook *next;
    struct provider *provider;
    ULONG flags;                        /* HOOK_INBOUND, HOOK_OUTBOUND */
};

enum request_kind
{
    REQUEST_FLUSH,                      /* flags: FLUSH_; section: of one transport, or zero */
    REQUEST_COMPLETE,                   /* IMAPISupport::CompleteMsg: section of the store, id */
    REQUEST_ARRIVED,                    /* NOTIFY_NEWMAIL_RECEIVED: section of the store, ids */
    REQUEST_REPORT,                     /* IMAPISupport::StatusRecips: party, message, recipients */
    REQUEST_LOGOFF                      /* flags: LOGOFF_, in and out; section of the store */
};

struct request
{
    struct request *next;
    LONG ref;
    enum request_kind kind;
    ULONG flags;
    MAPIUID section;
    ULONG size;                         /* of a message's entry ID */
    BYTE *id;                           /* platform_alloc */
    struct provider *party;             /* counted: answers for message */
    IMessage *message;                  /* counted */
    SRowSet *recipients;                /* memory_allocators */
    HRESULT result;
    HANDLE done;
};

#define DOING_OUTBOUND 0x1
#define DOING_INBOUND  0x2

struct spooler
{
    LONG ref;
    struct session *session;            /* counted (memory only) */
    CRITICAL_SECTION cs;
    struct lock_waiter *waiters;        /* cs: for busy to fall */
    HANDLE wake;
    HANDLE thread;
    DWORD thread_id;
    IMsgStore *delivery_store; /* thread: a client's logon to the default store of our own */
    struct client_session *client;      /* thread: what hook providers and preprocessors get */
    BOOL hooks_loaded;                  /* thread */
    struct hook *hooks;                 /* thread */
    /* ---- cs */
    struct outbox *outboxes;
    struct carrier *carriers;
    struct waiting *waiting;
    struct request *requests;
    BOOL stopping;
    BOOL finished;                      /* the thread has done its last work */
    ULONGLONG deadline;                 /* of stopping */
    BOOL held;                          /* fast shutdown waits for us */
    ULONG busy;                         /* units under way: 0 or 1, more when one nests */
    BOOL cancel;                        /* the message under way is to be given up */
    ULONG doing;                        /* DOING_ */
    MAPIUID doing_store;
    struct logon *doing_transport;      /* the one that has a message; counted while set */
    ULONG_PTR doing_message;            /* the transport's reference to it */
    ULONG flushing;                     /* FLUSH_ of the flush under way */
    struct logon *flushed;              /* the transport it has come to; not counted */
};

/* The settings of HKCU\Software\wine-mapi\Spooler, in ms. */
ULONG spooler_setting(const WCHAR *name, ULONG normal);
#define RETRY_MS       spooler_setting(L"RetryMs", 30 * 1000)
#define RETRY_MAX_MS   spooler_setting(L"RetryMaxMs", 15 * 60 * 1000)
#define POLL_MS        spooler_setting(L"PollMs", 60 * 1000)
#define IDLE_MS        spooler_setting(L"IdleMs", 60 * 1000)
#define QUEUE_MS       spooler_setting(L"QueueMs", 60 * 1000)
#define LOGOFF_MS      spooler_setting(L"LogoffMs", 30 * 1000)

/* spooler.c */
BOOL spooler_begin(struct spooler *spooler);            /* FALSE: no unit may begin now */
void spooler_end(struct spooler *spooler);
void spooler_wake(struct spooler *spooler);
BOOL spooler_cancelled(struct spooler *spooler);
struct carrier *spooler_carrier(struct spooler *spooler, const MAPIUID *section);  /* cs is held */
void spooler_doing(struct spooler *spooler, ULONG doing, const MAPIUID *store);
void spooler_doing_message(struct spooler *spooler, struct logon *transport, ULONG_PTR reference);
BOOL same_section(const MAPIUID *a, const MAPIUID *b);
/* A claim, and whether it is ours by now; the event by which its owner hears of new messages. */
HANDLE claim_open(const MAPIUID *section);
BOOL claim_try(HANDLE claim);
HANDLE claim_news(const MAPIUID *section);

/* spoolerask.c */
void request_release(struct request *request);

/* spoolerstore.c, on the thread. outbox_enter is logon_enter for the store itself. */
HRESULT outbox_enter(struct outbox *outbox, struct provider **provider, IMsgStore **store);
BOOL outbox_changed(struct outbox *outbox);             /* its queue, since it was read */
void outboxes_update(struct spooler *spooler);          /* those of the session's logons now */
/* Lets go of the store, which ends the spooler's logon to it. */
void outbox_close(struct spooler *spooler, struct outbox *outbox);
ULONG outbox_count(struct spooler *spooler,
                   struct outbox *outbox); /* messages that we would send */
void outboxes_send(struct spooler *spooler);            /* whatever is to be sent now */
struct outbox *outbox_find(struct spooler *spooler, const MAPIUID *section);
/* The store that mail is delivered to, opened when no client has it open; NULL. */
struct outbox *outbox_default(struct spooler *spooler);

/* spoolerwait.c: what waits. In it transport NULL is the message itself, where nothing else is
 * said. */
struct waiting *waiting_find(struct spooler *spooler, const MAPIUID *store,
                             const MAPIUID *transport, ULONG size, const void *id); /* cs is held */
/* transport NULL: the message itself; ms 0: after the next growing pause */
void waiting_add(struct spooler *spooler, const MAPIUID *store, const MAPIUID *transport,
                 ULONG size, const void *id, BOOL deferred, ULONG ms);
void waiting_drop(struct spooler *spooler, const MAPIUID *store, const MAPIUID *transport,
                  ULONG size, const void *id);          /* transport NULL: all of the message */
/* Whether anything of it is due; with *first FALSE it has waited before. */
BOOL waiting_is_due(struct spooler *spooler, const MAPIUID *store, ULONG size, const void *id,
                    BOOL *first);
BOOL waiting_allows(struct spooler *spooler, const MAPIUID *store, const MAPIUID *transport,
                    ULONG size, const void *id, BOOL *deferred);
/* Nobody waits for time any more: a flush, or a transport (section not NULL) is ready again. */
void waiting_expire(struct spooler *spooler, const MAPIUID *transport);
ULONGLONG waiting_next(struct spooler *spooler);        /* when something is due; ~0: never */
BOOL waiting_due(struct spooler *spooler, const MAPIUID *store);       /* something of it, now */
/* The rows that a store's queue has now: what is gone from it waits no more, and transports that
 * deferred it hear that. */
void waiting_keep(struct spooler *spooler, const MAPIUID *store, const SRowSet *rows);
/* A store goes, or (NULL) all: transports with deferred messages hear it. */
void waiting_abort(struct spooler *spooler, const MAPIUID *store);
/* After an attempt: what it left due waits once more; whole FALSE: nothing holds up the message
 * itself any more. */
void waiting_settle(struct spooler *spooler, const MAPIUID *store, ULONG size, const void *id,
                    BOOL whole);
/* ms 0: a growing pause. Returns it. */
ULONG carrier_hold(struct spooler *spooler, struct carrier *carrier, ULONG ms);

/* A message that is kept is looked at again after ms at the latest. */
void waiting_limit(struct spooler *spooler, const MAPIUID *store, ULONG size, const void *id,
                   ULONG ms);

/* spoolertime.c */
struct schedule
{
    ULONGLONG begin;                    /* not sent before; 0: at once */
    ULONGLONG end;                      /* nor from then on; ~0: never too late */
};
void message_schedule(struct provider *provider, IMessage *message, struct schedule *ret);
ULONG schedule_ms(ULONGLONG when);      /* until then; a day at most */

/* spoolersend.c. What could not be sent waits. */
void message_send(struct spooler *spooler, struct outbox *outbox, struct provider *provider,
                  IMsgStore *store, const SRow *row);
/* RemovePreprocessInfo and FinishedMsg: what is left when all is sent */
HRESULT message_finish(struct spooler *spooler, struct provider *provider, IMsgStore *store,
                       IMessage *message, ULONG size, const void *id);

/* spoolerreceive.c */
void carriers_receive(struct spooler *spooler);
BOOL carrier_receive(struct spooler *spooler, struct carrier *carrier); /* one message came in */
/* A message has come into a store: hooks, the folder of its class unless the store has placed it
 * itself, and the notification. */
void message_arrived(struct spooler *spooler, struct provider *provider, IMsgStore *store,
                     ULONG size, const void *id, BOOL placed);
/* A new message where the default store receives, for a report; with send in its outbox, and
 * submitted in the end. */
HRESULT deliver_begin(struct spooler *spooler, BOOL send, struct provider **provider,
                      IMsgStore **store, struct outbox **outbox, IMessage **message);
BOOL deliver_end(struct spooler *spooler, BOOL send, struct provider *provider, IMsgStore *store,
                 struct outbox *outbox, IMessage *message, BOOL save);

/* spoolerreport.c. The recipients' PR_NDR_REASON_CODE, PR_REPORT_TEXT, PR_DELIVER_TIME say what
 * became of them. */
HRESULT report_recipients(struct spooler *spooler, struct provider *provider, IMessage *message,
                          const ADRLIST *recipients);
/* Nobody has delivered to them, and nobody will: PR_NDR_DIAG_CODE and words. */
HRESULT report_undelivered(struct spooler *spooler, struct provider *provider, IMessage *message,
                           const SRowSet *recipients, const BOOL *which, LONG diagnostic,
                           const WCHAR *why);
HRESULT report_read(struct session *session, struct provider *provider, IMessage *message,
                    BOOL read, IMessage *report);

/* spoolerhook.c */
/* *flags: HOOK_DELETE; *id (platform_alloc): the folder a hook wants the message in */
void hooks_run(struct spooler *spooler, BOOL inbound, IMessage *message, IMAPIFolder *folder,
               IMsgStore *store, ULONG *flags, ULONG *size, ENTRYID **id);
void hooks_release(struct spooler *spooler);
HRESULT preprocess_message(struct spooler *spooler, struct provider *provider, IMsgStore *store,
                           IMessage *message);
BOOL is_preprocessed(struct provider *provider, IMessage *message);
void preprocess_clean(struct spooler *spooler, struct provider *provider, IMessage *message);
void preprocessors_release(struct spooler *spooler);

#endif /* MAPI32_SPOOLER_H */
