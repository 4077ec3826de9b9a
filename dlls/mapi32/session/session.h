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
 * through fast shutdown). struct client_session is what MAPILogonEx hands out: one a logon, so that a
 * shared session can lose one client and keep the others.
 *
 * struct logon is one provider logged on in one session. The support object given to the provider
 * holds a reference to its logon, and the logon one to its session's memory, so that a straggler may
 * use its support object after everything else is gone; session->state then tells what still works.
 *
 * Locks: the process's list of sessions has one (sessions_lock), each session one (session->cs).
 * Order: list, then session. Neither is ever held while calling into host/, a sink, or a client.
 */

#ifndef MAPI32_SESSION_H
#define MAPI32_SESSION_H

#include "profile/profile.h"
#include <mapishutdown.h>

enum session_state
{
    SESSION_STARTING,
    SESSION_LIVE,
    SESSION_ENDING,             /* ordinary logoff runs: providers are being logged off */
    SESSION_ENDED
};

struct session;

/* One row of what a provider is in this session. Fields below the line: session->cs. */
struct logon
{
    LONG ref;
    struct session *session;            /* counted (memory only) */
    struct provider *provider;          /* counted; NULL if it could not be loaded */
    enum provider_kind kind;
    MAPIUID section;                    /* the provider's section of the profile */
    WCHAR *dll_name;
    ULONG order;                        /* position among its kind in the profile */
    struct logon *next;                 /* session->logons: by kind, then order */
    /* ---- */
    IUnknown *object;                   /* IXPLogon, IABLogon or IMSLogon, ours to release; NULL before and after */
    MAPIUID *uids;                      /* SetProviderUID, in order of registration */
    ULONG uid_count;
    ULONG logon_flags;                  /* LOGON_SP_ of a transport */
    BOOL has_status_row;
    HRESULT failure;                    /* why there is no object: shown by the status table */
    WCHAR *failure_text;
};

struct session
{
    LONG ref;                           /* memory */
    LONG clients;                       /* client_session objects not yet logged off */
    CRITICAL_SECTION cs;
    struct session *next;               /* process's list, in logon order */
    enum session_state state;
    ULONG flags;                        /* of the MAPILogonEx that made it */
    struct profile *profile;
    struct logon *logons;
    ITableData *store_table;
    ITableData *status_table;
    struct sink_list *sinks;            /* session events: Advise without an entry ID */
    struct address_book *address_book;  /* addrbook.c; made at the first need */
};

/* What a client holds: IMAPISession and IMAPIClientShutdown, one identity. */
struct client_session
{
    IMAPISession IMAPISession_iface;
    IMAPIClientShutdown IMAPIClientShutdown_iface;
    LONG ref;
    LONG logged_off;
    struct session *session;
    struct last_error error;
};

/* sessions.c: the process's list */
void sessions_lock(void);
void sessions_unlock(void);
struct session *sessions_first(void);                   /* under sessions_lock */
/* Counted references to every live session, in logon order; platform_free the array after releasing. */
HRESULT sessions_snapshot(ULONG *count, struct session ***ret);

struct session *session_addref(struct session *session);
void session_release(struct session *session);

/* Guards of every IMAPISession method: S_OK, MAPI_E_INVALID_OBJECT after Logoff, MAPI_E_END_OF_SESSION
 * once fast shutdown is through. */
HRESULT client_session_check(struct client_session *client);
struct client_session *impl_from_IMAPISession(IMAPISession *iface);
struct client_session *impl_from_IMAPIClientShutdown(IMAPIClientShutdown *iface);
HRESULT client_session_query_interface(struct client_session *client, const IID *iid, void **ret);

/* logon.c: MAPILogonEx, and what a provider logon needs around it */
HRESULT session_create(const WCHAR *profile_name, ULONG_PTR ui, ULONG flags, struct session **ret);
void session_logoff(struct session *session, ULONG flags);      /* the ordinary way, in order */

/* logons: providers in a session */
struct logon *logon_addref(struct logon *logon);
void logon_release(struct logon *logon);
HRESULT logon_find_by_section(struct session *session, const MAPIUID *section, struct logon **ret); /* counted */
/* The logon whose provider registered uid: first registered wins. MAPI_E_UNKNOWN_ENTRYID. Counted. */
HRESULT logon_find_by_uid(struct session *session, const MAPIUID *uid, struct logon **ret);
/* The session's provider object of that DLL and kind, made when there is none yet (counted). */
HRESULT session_get_provider(struct session *session, enum provider_kind kind, const WCHAR *dll_name,
                             struct provider **ret, WCHAR **why);
/* Takes the object out and logs it off through host/ (TransportLogoff, Logoff), once; drops UIDs and
 * status row. Safe to call from the provider's own Release of its support object. */
void logon_end(struct logon *logon, ULONG flags);

/* transport.c, store.c, addrbook.c */
HRESULT transports_logon(struct session *session, ULONG_PTR ui, ULONG flags);
HRESULT store_open(struct session *session, struct last_error *error, ULONG_PTR ui, ULONG size,
                   const ENTRYID *id, const IID *iid, ULONG flags, IMsgStore **ret);
HRESULT addrbook_open(struct session *session, struct last_error *error, ULONG_PTR ui, const IID *iid,
                      ULONG flags, IAddrBook **ret);

/* routing.c: whole entry IDs to their owner; used by session, address book and support object alike */
HRESULT session_open_entry(struct session *session, struct last_error *error, ULONG size, const ENTRYID *id,
                           const IID *iid, ULONG flags, ULONG *type, IUnknown **ret);
HRESULT session_compare_entryids(struct session *session, ULONG size1, const ENTRYID *id1, ULONG size2,
                                 const ENTRYID *id2, ULONG flags, ULONG *result);
HRESULT session_advise(struct session *session, ULONG size, const ENTRYID *id, ULONG mask,
                       IMAPIAdviseSink *sink, ULONG_PTR *connection);
HRESULT session_unadvise(struct session *session, ULONG_PTR connection);

/* status.c: the status table and its rows */
HRESULT status_table_create(struct session *session);
HRESULT status_set_row(struct session *session, struct logon *logon, ULONG count, const SPropValue *props,
                       ULONG flags);                    /* as IMAPISupport::ModifyStatusRow */
void status_remove_row(struct session *session, struct logon *logon);
/* A row that says in words why a provider is not there. */
void status_set_failure(struct session *session, struct logon *logon, HRESULT hr, const WCHAR *text);
/* storetable.c */
HRESULT store_table_create(struct session *session);
HRESULT store_table_update(struct session *session, const MAPIUID *section);    /* row as the section now is */

/* support.c: IMAPISupport bound to one logon; which of the four kinds is the logon's */
HRESULT support_create(struct logon *logon, IMAPISupport **ret);

/* shutdown.c: fast shutdown of the process; one state for all sessions */
HRESULT shutdown_query(void);
HRESULT shutdown_notify(void);
HRESULT shutdown_do(void);
BOOL shutdown_done(void);               /* after a Do that answered S_OK: the subsystem is gone */
extern const IMAPIClientShutdownVtbl client_shutdown_vtbl;

#endif /* MAPI32_SESSION_H */
