/*
 * Sessions: logons of clients and providers, support objects, shutdown
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
 * The private header of session/.
 *
 * struct session is the thing itself: one profile in use, its providers, its tables. It lives from
 * the logon that made it until its last client logged off (or until the process ends, when it went
 * through fast shutdown). struct client_session is what MAPILogonEx hands out: one a logon, so that
 * a shared session can lose one client and keep the others.
 *
 * struct logon is one provider logged on in one session, or why it is not. The support object given
 * to the provider holds a reference to its logon, and the logon one to its session's memory, so
 * that a straggler may use its support object after everything else is gone; session->state then
 * tells what still works. Calls into a logged on provider go between logon_enter and logon_leave: a
 * logoff that comes meanwhile is carried out by the last one to leave, so nobody waits and nobody
 * calls a dead object.
 *
 * Locks: the process's list of sessions has one (sessions_lock), each session one (session->cs).
 * Order: list, then session. Neither is ever held while calling into host/, a sink, or a client.
 */

#ifndef MAPI32_SESSION_H
#define MAPI32_SESSION_H

#include "profile/profile.h"
#include "host/calls.h"
#include "object/wait.h"
#include <mapishutdown.h>

enum session_state
{
    SESSION_STARTING,
    SESSION_LIVE,
    SESSION_ENDING,             /* ordinary logoff runs: providers are being logged off */
    SESSION_ENDED
};

struct session;
struct client_session;
struct spooler;
struct preprocessor;

enum merged_kind                        /* merged.h */
{
    MERGED_TOP,                         /* the containers at the top of the address book */
    MERGED_ALL,                         /* those at any depth */
    MERGED_ONE_OFFS,                    /* one-off templates */
    MERGED_KIND_COUNT
};

/* One row of what a provider is in this session. Fields below the line: session->cs. */
struct logon
{
    LONG ref;
    struct session *session;            /* counted (memory only) */
    enum provider_kind kind;
    MAPIUID section;                    /* the provider's section of the profile */
    MAPIUID service;                    /* the message service it belongs to; zero when to none */
    WCHAR *dll_name;                    /* as the section has it; NULL when it names none */
    ULONG order;                        /* position among its kind in the profile */
    BOOL spooler;                       /* the spooler's copy of a store */
    struct logon *next;                 /* session->logons: by kind, then order; spooler copies
                                         * last of theirs */
    /* ---- */
    struct provider *provider;          /* counted; NULL if it could not be loaded, or the
                                         * session ended */
    IUnknown *object;                   /* IXPLogon, IABLogon or IMSLogon, ours to release; NULL
                                         * before and after */
    IUnknown *store;                    /* a spooler copy's IMsgStore, ours to release */
    IMAPISupport *support;              /* our reference; NULL for a client's store whose provider
                                         * has its own */
    BOOL ended;                         /* logged off: UIDs and status rows are not taken any
                                         * more */
    LONG calls;                         /* inside logon_enter .. logon_leave */
    BOOL finished;                      /* whoever logs it off has begun */
    BOOL shares_object;                 /* a spooler copy whose object is the client's: released,
                                         * not logged off */
    ULONG logon_flags;                  /* LOGON_SP_ of a transport */
    BOOL enabled;                       /* a transport that may send and receive */
    ULONG type_count;                   /* address types of a transport; types NULL: all, once
                                         * logged on */
    WCHAR **types;                      /* one block */
    ULONG uid_count;                    /* entry IDs that a transport takes */
    MAPIUID *uids;
    BOOL has_status_row;
    ULONG status_count;                 /* what the provider set in its row (status.c) */
    SPropValue *status_props;
    ULONG row_id;                       /* PR_ROWID; 0: never had a row */
    LONG status_version;                /* counts changes of what the row shows */
    HRESULT failure;                    /* why there is no object: shown by the status table */
    WCHAR *failure_text;
};

/* One SetProviderUID, in order of registration. */
struct registered_uid
{
    MAPIUID uid;
    struct logon *logon;                /* not counted: logon_end takes it out */
};

/* A provider object of a session: made once, and kept until the session's logons of its kind have
 * ended. */
struct session_provider
{
    struct session_provider *next;
    struct provider *provider;          /* counted */
};

struct session
{
    LONG ref;                           /* memory */
    LONG clients;                       /* client_session objects not yet logged off
                                         * (sessions_lock) */
    CRITICAL_SECTION cs;
    struct lock_waiter *waiters; /* for a change of making or addrbook_thread; with cs */
    struct session *next;               /* process's list, in logon order (sessions_lock) */
    enum session_state state;           /* both locks to write, either to read */
    ULONG flags;                        /* of the MAPILogonEx that made it */
    struct profile *profile;
    HANDLE shared;                      /* from shared_offer; NULL when no other process is to know */
    ITableData *store_table;
    ITableData *status_table;
    /* ---- session->cs ---- */
    struct logon *logons;               /* counted, each */
    struct session_provider *providers; /* every provider object made in this session */
    DWORD making;                       /* thread that makes a provider object; 0: none */
    struct registered_uid *uids;
    ULONG uid_count;
    struct connection *connections;     /* routing.c: Advise by clients and address book */
    struct client_session *client_list; /* those not yet released; not counted */
    MAPIUID *disabled;                  /* message services of which a provider failed to log on */
    ULONG disabled_count;
    BOOL transports_started;
    BOOL simple_store_set;              /* MAPI_SIMPLE_STORE_TEMPORARY: the profile does not know */
    MAPIUID simple_store;
    ULONG next_row;                     /* PR_ROWID of the status table */
    DWORD addrbook_thread;              /* that logs the address book providers on; 0: none */
    BOOL addrbook_started;
    struct address_book *address_book;  /* addrbook.c; made at the first need */
    struct spooler *spooler;            /* counted; NULL without mail. Set once. */
    struct preprocessor *preprocessors; /* spoolerhook.c */
    struct merged *merged[MERGED_KIND_COUNT];   /* counted; made at the first need */
};

/* What a client holds: IMAPISession and IMAPIClientShutdown, one identity. */
struct client_session
{
    IMAPISession IMAPISession_iface;
    IMAPIClientShutdown IMAPIClientShutdown_iface;
    LONG ref;
    LONG logged_off;
    struct session *session;            /* counted */
    struct client_session *next;        /* session->client_list */
    struct sink_list *sinks;            /* Advise without an entry ID */
    ULONG flags;                        /* of its own MAPILogonEx */
    struct last_error error;
};

/* sessions.c: the process's list */
void sessions_lock(void);
void sessions_unlock(void);
/* Counted references to every live session, in logon order; release each, then platform_free the
 * array. */
HRESULT sessions_snapshot(ULONG *count, struct session ***ret);
/* Fast shutdown wants every session wholly in or wholly out: sessions_close lets no logon begin and
 * waits at most timeout ms for those on their way in (they give up) or out (they finish); a logon
 * that comes meanwhile waits for sessions_reopen (a refused DoFastShutdown), or fails once
 * shutdown_done(). Call it before the snapshot for DoFastShutdown; sessions_reopen is due in every
 * case. */
void sessions_close(DWORD timeout);
void sessions_reopen(void);
/* A logon or logoff on its way. sessions_enter with in TRUE is a logon's: MAPI_E_NOT_INITIALIZED
 * after fast shutdown. sessions_closing: a logon under way should give up. */
HRESULT sessions_enter(BOOL in);
void sessions_leave(void);
BOOL sessions_closing(void);
/* The list itself. sessions_add makes a session live; MAPI_E_NOT_INITIALIZED when the list is
 * closed. */
HRESULT sessions_add(struct session *session);
struct session *sessions_join_shared(void);             /* counted, and one client more; NULL:
                                                         * there is none */
/* TRUE: was the last one, session_logoff is due */
BOOL sessions_drop_client(struct session *session);

struct session *session_addref(struct session *session);
void session_release(struct session *session);
BOOL session_alive(struct session *session);            /* not yet ending */
/* To every client's session sinks (those of Advise without an entry ID) but except's, which may
 * be NULL. */
void session_post(struct session *session, struct client_session *except, ULONG count,
                  const NOTIFICATION *notifications);

/* session.c: guards of every IMAPISession method: S_OK, MAPI_E_INVALID_OBJECT after Logoff,
 * MAPI_E_END_OF_SESSION once fast shutdown is through. */
HRESULT client_session_create(struct session *session, ULONG flags, struct client_session **ret);
HRESULT client_session_check(struct client_session *client);
/* once; later calls do nothing */
void client_session_logoff(struct client_session *client, ULONG flags);
struct client_session *impl_from_IMAPISession(IMAPISession *iface);
struct client_session *impl_from_IMAPIClientShutdown(IMAPIClientShutdown *iface);
HRESULT client_session_query_interface(struct client_session *client, const IID *iid, void **ret);
ULONG client_session_addref(struct client_session *client);
ULONG client_session_release(struct client_session *client);

/* logon.c: MAPILogonEx (the subsystem's own, prototype in mapix.h) and its sessions */
HRESULT session_create(const WCHAR *profile_name, ULONG_PTR ui, ULONG flags, struct session **ret);
/* the ordinary way, in order; by sessions_drop_client's winner */
void session_logoff(struct session *session);

/* shared.c: the profile of a shared session that another process has (or this one); FALSE: there is
 * none. */
BOOL shared_find(WCHAR name[PROFILE_NAME_MAX + 1]);
/* Makes it known until CloseHandle or the end of the process. NULL: another one is known
 * already. */
HANDLE shared_offer(const WCHAR *name);

/* picker.c: the profile picker; app: "app" profiles, too. MAPI_E_USER_CANCEL,
 * MAPI_E_LOGON_FAILED when no window can be shown. */
HRESULT profile_pick(ULONG_PTR ui, const WCHAR *preset, BOOL app, WCHAR name[PROFILE_NAME_MAX + 1]);

/* newprofile.c: a profile with the default services */
BOOL new_profile_offered(void);
BOOL new_profile_automatic(void);        /* the first logon makes one */
HRESULT new_profile(const WCHAR *name, ULONG_PTR ui, ULONG flags, BOOL as_default, WCHAR **words);
HRESULT new_profile_by_policy(WCHAR name[PROFILE_NAME_MAX + 1]);

/* logons.c: providers in a session */
HRESULT logon_create(struct session *session, enum provider_kind kind, const MAPIUID *section,
                     ULONG order, struct logon **ret);  /* not yet in the list */
/* Puts it in, counted; ended ones of the section go. MAPI_E_INVALID_OBJECT: the session ends. */
HRESULT logon_link(struct logon *logon);
void logon_unlink(struct logon *logon);                 /* takes it out again */
struct logon *logon_addref(struct logon *logon);
void logon_release(struct logon *logon);
/* Counted references to the logons of a kind, in order; release each, then platform_free the
 * array. */
HRESULT logons_snapshot(struct session *session, enum provider_kind kind, ULONG *count,
                        struct logon ***ret);
/* counted */
HRESULT logon_find_by_section(struct session *session, const MAPIUID *section, struct logon **ret);
/* The logon whose provider registered uid: first registered wins. MAPI_E_UNKNOWN_ENTRYID.
 * Counted. */
HRESULT logon_find_by_uid(struct session *session, const MAPIUID *uid, struct logon **ret);
/* IMAPISupport::SetProviderUID */
HRESULT logon_add_uid(struct logon *logon, const MAPIUID *uid);
/* The session's provider object of that DLL and kind, made when there is none yet (counted).
 * *why by platform_alloc; one that is broken is not found again: MAPI_E_CALL_FAILED. */
HRESULT session_get_provider(struct session *session, enum provider_kind kind,
                             const WCHAR *dll_name, struct provider **ret, WCHAR **why);
/* The provider of a logon, counted; NULL when it has none (any more). For fast shutdown's list
 * too. */
struct provider *logon_get_provider(struct logon *logon);
/* What the provider's logon gave, taken over; support is our reference to keep, or NULL. When
 * the session ended meanwhile, all goes back at once: MAPI_E_INVALID_OBJECT. */
HRESULT logon_set_object(struct logon *logon, struct provider *provider, IUnknown *object,
                         IUnknown *store, IMAPISupport *support);
/* A call into the logon object: S_OK with provider and object until logon_leave;
 * MAPI_E_INVALID_OBJECT when there is none. */
HRESULT logon_enter(struct logon *logon, struct provider **provider, IUnknown **object);
void logon_leave(struct logon *logon, struct provider *provider);
/* Takes the object out and logs it off through host/ (TransportLogoff, Logoff), once; drops UIDs
 * and status row. Safe to call from the provider's own Release of its support object. */
void logon_end(struct logon *logon);
/* the session ended: the last one shuts it down */
void logon_drop_provider(struct logon *logon);
/* At the end of a session, after its logons of that kind: lets go of its provider objects. */
void session_drop_providers(struct session *session, enum provider_kind kind);
/* Why a provider is not there: status row and, merged, the last error of the client. Takes text
 * over. */
void logon_set_failure(struct logon *logon, HRESULT hr, WCHAR *text);
BOOL logon_service_disabled(struct logon *logon);
/* After a logon that failed with hr: disables the whole service where the reference says so. */
void logon_disable_service(struct logon *logon, HRESULT hr);
/* MAPI_E_UNCONFIGURED: the service's entry with MSG_SERVICE_CONFIGURE; ui_flags
 * SERVICE_UI_ALLOWED or 0. */
HRESULT logon_configure_service(struct logon *logon, ULONG_PTR ui, ULONG ui_flags);
/* The whole logon of a transport or address book provider: DLL, service, attempt, once more after
 * configuration when it asks for that, and a failure told in words. Each attempt is a logon of its
 * own, so that what a failed one left behind cannot touch the next. The attempt gives the logon its
 * object; *said (platform_alloc) is what the provider said of a failure. */
typedef HRESULT (*logon_attempt_proc)(struct logon *logon, struct provider *provider, ULONG_PTR ui,
                                      BOOL dialogs, WCHAR **said);
HRESULT logon_provider(struct session *session, enum provider_kind kind, const MAPIUID *section,
                       ULONG order, ULONG_PTR ui, BOOL dialogs, logon_attempt_proc attempt);
/* The words of every logon of a kind that failed, one line each (platform_alloc; NULL when
 * none). */
WCHAR *logons_failure_text(struct session *session, enum provider_kind kind);

/* transport.c, store.c, addrbook.c */
HRESULT transports_logon(struct session *session, ULONG_PTR ui, ULONG flags);
void transport_refresh_types(struct logon *logon);     /* asks it once more */
HRESULT transports_address_types(struct session *session, ULONG flags, ULONG *count, void ***types);
HRESULT store_open(struct session *session, struct last_error *error, ULONG_PTR ui, ULONG size,
                   const ENTRYID *id, const IID *iid, ULONG flags, IMsgStore **ret);
/* The store section a wrapped entry ID means; MAPI_E_NOT_FOUND. May load providers
 * (CompareStoreIDs). */
HRESULT store_find_section(struct session *session, ULONG size, const ENTRYID *id,
                           MAPIUID *section);
/* Whether two wrapped entry IDs mean one store; MAPI_E_UNKNOWN_ENTRYID when one means none. */
HRESULT store_compare(struct session *session, ULONG size1, const ENTRYID *id1, ULONG size2,
                      const ENTRYID *id2, ULONG *result);
/* IMAPISupport::StoreLogoffTransports: the spooler lets go of its copy of the store. */
void store_end_spooler(struct logon *logon);
/* A client's way to the default store of the profile; MAPI_E_NOT_FOUND when it has none. */
HRESULT store_open_default(IMAPISession *session, ULONG flags, IMsgStore **ret);
/* its section, unless it became permanent */
void store_forget_temporary(struct logon *logon);
HRESULT addrbook_open(struct session *session, struct last_error *error, ULONG_PTR ui,
                      const IID *iid, ULONG flags, IAddrBook **ret);
/* Logs the address book providers on, once a session; a provider that asks from inside its own
 * logon gets what is there. MAPI_W_ERRORS_RETURNED when some failed. */
HRESULT addrbook_start(struct session *session, ULONG_PTR ui, ULONG flags);
void addrbook_end(struct session *session);             /* the session's reference */

/* routing.c: whole entry IDs to their owner; used by session, address book and support object
 * alike */
HRESULT session_open_entry(struct session *session, struct last_error *error, ULONG size,
                           const ENTRYID *id, const IID *iid, ULONG flags, ULONG *type,
                           IUnknown **ret);
HRESULT session_compare_entryids(struct session *session, ULONG size1, const ENTRYID *id1,
                                 ULONG size2, const ENTRYID *id2, ULONG flags, ULONG *result);
/* The provider that an entry ID belongs to, entered (logon_enter): leave and release its logon.
 * None of the subsystem's own entry IDs has one: MAPI_E_UNKNOWN_ENTRYID. */
HRESULT session_enter_owner(struct session *session, ULONG size, const ENTRYID *id,
                            struct logon **ret, struct provider **provider, IUnknown **object);
/* owner: who asked, for session_end_connections; session_unadvise takes only connections of the
 * owner. */
HRESULT session_advise(struct session *session, void *owner, ULONG size, const ENTRYID *id,
                       ULONG mask, IMAPIAdviseSink *sink, ULONG_PTR *connection);
HRESULT session_advise_events(struct session *session, void *owner, struct sink_list *sinks,
                              ULONG mask, IMAPIAdviseSink *sink, ULONG_PTR *connection);
HRESULT session_unadvise(struct session *session, void *owner, ULONG_PTR connection);
/* Those into providers, and with events TRUE those of the session itself, too; owner NULL:
 * everybody's. */
void session_end_connections(struct session *session, void *owner, BOOL events);

/* status.c: the status table and its rows */
HRESULT status_table_create(struct session *session);
HRESULT status_set_row(struct session *session, struct logon *logon, ULONG count,
                       const SPropValue *props,
                       ULONG flags);                    /* as IMAPISupport::ModifyStatusRow */
void status_update_row(struct logon *logon);            /* makes the table say what the logon
                                                         * says now */
/* available once the transports were started */
void status_update_spooler(struct session *session);
HRESULT status_query_identity(struct session *session, ULONG *size, ENTRYID **ret);
/* the logon's row, by its entry ID */
BOOL status_names_row(ULONG size, const ENTRYID *id, struct logon *logon);
HRESULT status_open_entry(struct session *session, ULONG size, const ENTRYID *id, const IID *iid,
                          ULONG flags, ULONG *type, IUnknown **ret);

/* statusobject.c: IMAPIStatus of the subsystem, its spooler and its address book; props are the
 * row's. */
HRESULT status_object_create(struct session *session, ULONG count, const SPropValue *props,
                             const IID *iid, IUnknown **ret);

/* storetable.c */
HRESULT store_table_create(struct session *session);
/* row as the section now is */
HRESULT store_table_update(struct session *session, const MAPIUID *section);
HRESULT store_set_default(struct session *session, ULONG flags, ULONG size, const ENTRYID *id);
/* PR_RESOURCE_FLAGS of a section as the tables show it. */
ULONG store_resource_flags(struct session *session, const MAPIUID *section, ULONG stored);

/* support.c: IMAPISupport bound to one logon; which of the kinds is the logon's. Its last
 * Release calls logon_end. */
HRESULT support_create(struct logon *logon, IMAPISupport **ret);

/* spooler.c: the spooler of a session with mail. Start is harmless when it runs; stop sends what
 * can be sent, within LogoffMs, and ends it. */
void spooler_start(struct session *session);
void spooler_stop(struct session *session);
void spooler_release(struct spooler *spooler);
void spooler_look(struct session *session);             /* stores or transports have come or gone */
/* TransportNotify that opens or closes both ways of a transport */
void spooler_enable(struct logon *transport, BOOL enable);
/* IMAPIStatus::FlushQueues of the spooler; transport NULL: all. timeout 0: does not wait. */
HRESULT spooler_flush(struct session *session, struct logon *transport, ULONG flags,
                      DWORD timeout);
/* A transport has set FLUSH bits in PR_STATUS_CODE of its row: it is flushed soon, unless that is
 * what it is being flushed for. */
void spooler_flush_wanted(struct logon *transport, ULONG status);
/* IMAPISupport, by kind of provider */
HRESULT spooler_notify(struct logon *logon, ULONG flags, void *data);
HRESULT spooler_yield(struct logon *logon);
HRESULT spooler_store_logoff(struct logon *store, ULONG *flags);
HRESULT spooler_complete(struct logon *store, ULONG size, const ENTRYID *id);
HRESULT spooler_report(struct logon *transport, IMessage *message,
                       SRowSet *recipients); /* taken over */
HRESULT spooler_register_preprocessor(struct logon *transport, const MAPIUID *uid,
                                      const WCHAR *type, const WCHAR *dll, const char *preprocess,
                                      const char *remove);
/* Whether one of the recipients, rows with PR_ADDRTYPE and PR_ENTRYID, needs a preprocessor. */
BOOL spooler_needs_preprocessing(struct session *session, const ADRLIST *recipients);
/* The transport logged on by its section is there and takes what kind of address? */
BOOL transport_takes_recipient(struct logon *transport, const SPropValue *props, ULONG count);
/* PR_STATUS_CODE of the spooler's row now */
ULONG spooler_status(struct session *session);
/* Fast shutdown: lets no unit of work begin in any session and waits at most timeout ms for those
 * under way; spoolers_resume after a refusal. */
void spoolers_hold(DWORD timeout);
void spoolers_resume(void);
/* The default store's section; FALSE: the profile has none. */
BOOL store_default_section(struct session *session, MAPIUID *ret);
/* logons.c: logon_enter for the IMsgStore of a spooler's logon */
HRESULT logon_enter_store(struct logon *logon, struct provider **provider, IMsgStore **store);

/* shutdown.c: fast shutdown of the process; one state for all sessions */
HRESULT shutdown_query(void);
HRESULT shutdown_notify(void);
HRESULT shutdown_do(void);
BOOL shutdown_done(void);               /* after a Do that answered S_OK: the subsystem is gone */
BOOL shutdown_notified(void);           /* exit is near: the spooler starts no new work */
extern const IMAPIClientShutdownVtbl client_shutdown_vtbl;

#endif /* MAPI32_SESSION_H */
