/*
 * Mail transport: what its files share
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
 * mapixp32.dll is a transport provider like any other: it uses the exports of mapi32.dll and the
 * interfaces of mapispi.h only. One xp_provider an initialisation, one xp_logon a TransportLogon.
 *
 *   service.c, sheet.c   the service entry: settings into the profile section, by hand or without
 *   wizard.c             its pages in the profile wizard
 *   provider.c           XPProviderInit, IXPProvider, IMAPIProviderShutdown
 *   logon.c              IXPLogon, the status row; status.c its IMAPIStatus
 *   outgoing.c           messages on their way out: the sender's thread, results for each recipient
 *   incoming.c           messages on their way in: the receiver's thread, the queue it fills
 *   report.c             a report that comes back finds the message it is about
 *   folders.c            the other folders of an IMAP account
 *   tree.c, treecompare.c, changes.c (follow.h)  which folders those are here, made, renamed, deleted on both sides
 *   follow.c, compare.c, upload.c, ties.c (follow.h)  what was read, deleted, moved or added, on both sides
 *   visit.c              a walk over the messages of the store
 *   answer/              what servers say, read line by line
 *   smtp.c, imap.c, pop3.c  one conversation each, on a connection of connect.c
 *   journal.c            what must not happen twice, kept in files
 *
 * Conversations run on the two threads of a logon only; the spooler's calls never wait for a server
 * longer than SUBMIT_WAIT. Everything a thread does ends within the connection's time-out, or at
 * once when logon->stop is set. Text is UTF-8 towards servers and UTF-16 towards MAPI. A password is
 * in struct settings and in libcurl, nowhere else.
 */

#ifndef MAPIXP32_TRANSPORT_H
#define MAPIXP32_TRANSPORT_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COBJMACROS
#include <winsock2.h>
#include <windows.h>
#include <mapidefs.h>
#include <mapicode.h>
#include <mapitags.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>
#include <mapishutdown.h>
#include <mapiaux.h>
#include <mapixp.h>

#include "answer/answer.h"

#define SUBMIT_WAIT 10000               /* ms that SubmitMessage waits for the sender's thread */
#define WORDS_MAX   512                 /* characters of a sentence for people */
#define FETCH_AHEAD 8                   /* messages received before the spooler has taken them */
#define MESSAGE_MAX (256u << 20)        /* bytes of one message that is received */
#define IMAP_SEARCH_MAX 1000            /* bytes of what is looked for, in quotes */

/* ---- text.c ---- */

char *utf8_from_wide(const WCHAR *text);        /* free; NULL: no memory, or text is NULL */
WCHAR *wide_from_utf8(const char *text);        /* what is no UTF-8 is taken for Windows-1252 */
BOOL binary_same(const SBinary *a, const SBinary *b);
BOOL binary_copy(const SBinary *from, SBinary *to);
void words_set(WCHAR words[WORDS_MAX], const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* SHA-256 as hexadecimal digits. */
BOOL hash_text(const void *const *parts, const size_t *sizes, size_t count, char digest[65]);

BOOL hash_short(const void *data, size_t size, char hash[17]);
/* The list with room for one more element of this size; NULL: no memory, and it stays as it was. */
void *list_grow(void *list, size_t count, size_t *room, size_t size);

struct bytes
{
    char *data;
    size_t size, room;
};

BOOL bytes_add(struct bytes *bytes, const void *data, size_t size);
void bytes_free(struct bytes *bytes);

/* ---- settings.c ---- */

struct server
{
    char *host;                         /* NULL: none */
    LONG port;
    LONG security;                      /* MAPIXP_SECURITY_ */
    BOOL login;
};

struct settings
{
    WCHAR *address, *display_name;
    char *sender;                       /* address as UTF-8 */
    struct server smtp, receive;
    LONG receive_kind;                  /* MAPIXP_RECEIVE_ */
    char *user, *password;
    LONG authentication;
    char *folder;                       /* UTF-8 */
    LONG keep_days;                     /* below 0: for ever */
    LONG poll_seconds;
    LONG follow;
    LONG folders;                       /* MAPIXP_FOLDERS_ */
    LONG give_up_hours;
    LONG timeout;                       /* ms */
};

/* From a profile section, with what is not there filled in. What is wrong with them is said in
 * words; MAPI_E_UNCONFIGURED then. The settings can be used for what they have, and are to be
 * freed. */
HRESULT settings_read(IMAPIProp *section, struct settings *settings, WCHAR words[WORDS_MAX]);
void settings_free(struct settings *settings);
/* A name or address of a host; an address with something before and after its @. */
BOOL settings_is_host(const WCHAR *host);
BOOL settings_is_address(const WCHAR *address);

/* ---- connect.c ---- */

enum net
{
    NET_OK,
    NET_FAILED,                         /* no connection, or it broke: another time */
    NET_REFUSED,                        /* the server does not want us: logon, certificate */
    NET_CANCELLED
};

struct connection
{
    void *curl;
    SOCKET socket;
    HANDLE stop;                        /* set: give up; NULL: never */
    DWORD timeout;                      /* ms, of each step */
    char buffer[16384];
    size_t begin, end;                  /* what of it is not consumed yet */
    WCHAR words[WORDS_MAX];             /* why, after anything but NET_OK */
};

/* Connects and logs on. kind: "smtp", "imap", "pop3". On failure there is nothing to close. */
enum net connection_open(const char *kind, const struct server *server,
                         const struct settings *settings, HANDLE stop, struct connection **ret,
                         WCHAR words[WORDS_MAX]);
void connection_close(struct connection *connection);   /* NULL is ignored */
enum net connection_write(struct connection *connection, const void *data, size_t size);
enum net connection_printf(struct connection *connection, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Whether the server is still there, as far as that is known by now. */
enum net connection_check(struct connection *connection);
/* Until the server says something (*data), wake is set, ms have passed, or NET_CANCELLED; needs
 * stop. */
enum net connection_idle(struct connection *connection, HANDLE wake, DWORD ms, BOOL *data);
/* One line without its end; of one that is too long the rest is dropped. */
enum net connection_line(struct connection *connection, char *line, size_t size);
enum net connection_read(struct connection *connection, struct bytes *to, size_t size);
/* Lines up to a dot alone on one, with the dots before others taken away. */
enum net connection_data(struct connection *connection, struct bytes *to);
/* The server said what makes no sense. */
enum net connection_nonsense(struct connection *connection, const char *line);

/* ---- smtp.c ---- */

struct smtp_recipient
{
    char *address;
    int code;                           /* of the server's answer; 0: it was not asked */
    BOOL report_success;                /* the sender wants to hear of its delivery */
    BOOL report_nothing;                /* and not even of a failure */
    char text[200];
};

enum smtp_result
{
    SMTP_SENT,                          /* to those with a code of 200 to 299 */
    SMTP_NOT_SENT,                      /* to nobody: another time */
    SMTP_REFUSED,                       /* the server wants nothing of ours: another time */
    SMTP_REJECTED,                      /* the server will never take this message */
    SMTP_IN_DOUBT,                      /* all was handed over, and no answer came */
    SMTP_CANCELLED
};

struct smtp_mail
{
    const char *sender;                 /* "": a report, that nothing comes back for */
    const char *id;                     /* what reports of the server's are to name it by */
    struct smtp_recipient *recipients;
    size_t count;
    const char *data;                   /* lines end in CR LF or LF */
    size_t size;
    /* Called when nothing but the end of the data is left to be sent. FALSE: do not. */
    BOOL (*commit)(void *context);
    void *context;
};

enum smtp_result smtp_send(const struct settings *settings, HANDLE stop, struct smtp_mail *mail,
                           WCHAR words[WORDS_MAX]);
/* Connects and logs on, no more. */
enum net smtp_try(const struct settings *settings, HANDLE stop, WCHAR words[WORDS_MAX]);

/* ---- mailbox.c: what imap.c and pop3.c have in common ---- */

struct remote                           /* one message on the server */
{
    char id[96];                        /* for ever the same, and no other's */
    ULONG number;                       /* IMAP: its UID; POP3: its number in this conversation */
    BOOL seen;
};

struct mailbox
{
    struct connection *connection;
    const struct settings *settings;
    BOOL imap;
    char prefix[64];                    /* what the ids of this folder begin with */
    BOOL idle, has_move, has_uidplus;   /* what the server has of IDLE, MOVE, UIDPLUS */
    char quoted[2 * IMAP_NAME_MAX];     /* IMAP: the selected folder, as a command has it */
    ULONG next;                         /* UIDNEXT, when it was selected; 0: not told */
    ULONG found;                        /* by the last search */
    struct imap_placed placed;          /* by the last command, if the server says where */
    ULONG tag;                          /* of the last IMAP command */
    void *listing;                      /* who imap_list asks for */
    const char *listing_word;
    ULONG validity;                     /* UIDVALIDITY */
    ULONG exists;                       /* IMAP: messages of the folder, as last told */
    ULONG listed;                       /* and when they were listed */
    struct remote *list;
    size_t count, room;
};

enum net mailbox_open(const struct settings *settings, HANDLE stop, struct mailbox *mailbox,
                      WCHAR words[WORDS_MAX]);
void mailbox_close(struct mailbox *mailbox);
BOOL mailbox_add(struct mailbox *mailbox, const char *id, ULONG number, BOOL seen);
const struct remote *mailbox_find(const struct mailbox *mailbox, const char *id);
void mailbox_remove(struct mailbox *mailbox, const struct remote *remote);
/* data stays empty when the message has gone meanwhile or is too large. */
enum net mailbox_fetch(struct mailbox *mailbox, const struct remote *remote, struct bytes *data);
enum net mailbox_set_seen(struct mailbox *mailbox, const struct remote *remote, BOOL seen);
enum net mailbox_delete(struct mailbox *mailbox, const struct remote *remote);
/* Makes the deletions so far happen. */
enum net mailbox_expunge(struct mailbox *mailbox);
/* Waits until the mailbox changes, wake is set, or ms have passed; then it is time to look anew.
 * FALSE: nothing tells of changes (any more), or it is to end. */
BOOL mailbox_idle(struct mailbox *mailbox, HANDLE wake, DWORD ms);

/* Another folder than the main one; quoted: as a command has it, hash: of its name. */
enum net imap_select(struct mailbox *mailbox, const char *quoted, const char *hash);
BOOL imap_own_folder(struct mailbox *mailbox, char *quoted, size_t size);
/* Calls folders_add with context for each folder. */
enum net imap_list(struct mailbox *mailbox, BOOL subscribed, void *context);
/* Whether there is one of this name. */
enum net imap_exists(struct mailbox *mailbox, const char *name, BOOL *exists);
/* NET_REFUSED: the server does not want it. */
enum net imap_create(struct mailbox *mailbox, const char *name);
enum net imap_rename(struct mailbox *mailbox, const char *from, const char *to);
/* Only if there is no message in it, as far as two commands can tell. */
enum net imap_remove(struct mailbox *mailbox, const char *name, BOOL *removed);
enum net imap_open(struct mailbox *mailbox);
enum net imap_fetch(struct mailbox *mailbox, ULONG uid, struct bytes *data);
enum net imap_store(struct mailbox *mailbox, ULONG uid, const char *change);
enum net imap_expunge(struct mailbox *mailbox);
/* The highest UID of those with this Message-ID in the selected folder; 0: none. */
enum net imap_find(struct mailbox *mailbox, const char *message_id, ULONG *uid);
/* Into the selected folder; lines of data end in CR LF. mailbox->placed: where it is, if that is
 * told. */
enum net imap_append(struct mailbox *mailbox, const char *flags, const char *date,
                     const struct bytes *data);
/* Into another folder. mailbox->placed as for imap_append. */
enum net imap_copy(struct mailbox *mailbox, ULONG uid, const char *quoted, BOOL move);
BOOL imap_idle(struct mailbox *mailbox, HANDLE wake, DWORD ms);
enum net pop3_open(struct mailbox *mailbox);
enum net pop3_fetch(struct mailbox *mailbox, ULONG number, struct bytes *data);
enum net pop3_delete(struct mailbox *mailbox, ULONG number);
enum net pop3_quit(struct mailbox *mailbox);

/* ---- journal.c ---- */

/* What was handed to the server, by message and recipient. */
enum sent_state
{
    SENT_UNKNOWN,                       /* nothing is known: send it */
    SENT_DONE,
    SENT_IN_DOUBT                       /* handed over, and we were gone before the answer */
};

/* The folder of the files is made; section names it. FALSE: it cannot be. */
BOOL journal_path(const MAPIUID *section, const WCHAR *name, WCHAR path[MAX_PATH]);
void sent_compact(const WCHAR *path);
enum sent_state sent_find(const WCHAR *path, const char *key, const char *address);
BOOL sent_begin(const WCHAR *path, const char *key, const struct smtp_recipient *recipients,
                size_t count);
BOOL sent_end(const WCHAR *path, const char *key, BOOL sent);

enum received_state
{
    RECEIVED_NEVER,
    RECEIVED_PERHAPS,                   /* it was being saved when we went */
    RECEIVED_DONE,
    RECEIVED_GONE,                      /* deleted on the server, at our wish or not */
    RECEIVED_ELSEWHERE                  /* the store has it, but not by this id: it is not followed */
};

struct received_entry
{
    struct received_entry *next;        /* of its bucket */
    enum received_state state;
    BOOL seen;                          /* when both sides last agreed */
    ULONGLONG time;                     /* when it was received, FILETIME */
    char id[96];
};

#define RECEIVED_BUCKETS 4096

struct received
{
    HANDLE file;                        /* NULL: kept in memory only */
    WCHAR path[MAX_PATH];
    DWORD size;                         /* of the file, as far as it is known here */
    BOOL lost;                          /* there was no file: ask the store what it has */
    char origin[24];                    /* what the ids of one life of a mailbox begin with */
    BOOL mixed;                         /* there are others: the mailbox has numbered itself anew */
    size_t count;
    struct received_entry *buckets[RECEIVED_BUCKETS];
};

/* account: whose mailbox it is; a file of another one counts as lost. */
BOOL received_open(struct received *received, const WCHAR *path, const char *account);
void received_close(struct received *received);
struct received_entry *received_find(struct received *received, const char *id);
/* Whether a message may be there under another id. */
BOOL received_is_mixed(const struct received *received, const char *id);
BOOL received_set(struct received *received, const char *id, enum received_state state, BOOL seen);
/* What is known by ids that begin with one text is from now on known by those that begin with the
 * other. */
BOOL received_rename(struct received *received, const char *from, const char *to);
/* What another process has written meanwhile. */
BOOL received_refresh(struct received *received);
/* The file has all that the store knows. */
BOOL received_complete(struct received *received);

/* ---- provider.c ---- */

struct xp_provider
{
    IXPProvider IXPProvider_iface;
    IMAPIProviderShutdown IMAPIProviderShutdown_iface;
    LONG ref;
    CRITICAL_SECTION cs;
    struct xp_logon *logons;            /* not counted: they take themselves off */
    HINSTANCE instance;
};

/* ---- logon.c ---- */

#define STATUS_WORDS_MAX (3 * WORDS_MAX + 64)

struct outgoing;
struct incoming;

struct xp_logon
{
    IXPLogon IXPLogon_iface;
    LONG ref;
    struct xp_logon *next;              /* of the provider's */
    struct xp_provider *provider;       /* counted */
    IMAPISupport *support;
    MAPIUID section;
    struct settings settings;
    WCHAR sent_path[MAX_PATH];
    HANDLE stop;                        /* manual reset: everything ends */
    HANDLE sender, receiver;            /* threads; NULL: none */
    HANDLE send_wake, receive_wake;
    LONG reference;                     /* of the last message */
    ULONG end_flags;                    /* what EndMessage has to say of it */
    CRITICAL_SECTION cs;
    /* ---- cs */
    LONG enabled;                       /* STATUS_INBOUND_ENABLED, STATUS_OUTBOUND_ENABLED */
    BOOL paused;                        /* fast shutdown was announced: nothing is begun */
    WCHAR send_words[WORDS_MAX];        /* what is wrong with sending; empty: nothing */
    WCHAR receive_words[WORDS_MAX];
    WCHAR upload_words[WORDS_MAX];      /* why the server does not take a message; empty: it takes all */
    struct outgoing *outgoing;          /* messages under way */
    BOOL sending;                       /* a message is being sent */
    BOOL receive_now, receiving;        /* a round is asked for, is under way */
    struct incoming *incoming;          /* received, in order; the first is the next */
    ULONG incoming_count;
    struct received received;
    BOOL received_open;
    struct follow *follow;              /* see follow.c */
    char account[65];                   /* whose mailbox it is; does not change */
    SBinary store_id;                   /* where mail is delivered to; malloc */
    SBinary store_key;                  /* and its record key, which a file made anew has not; malloc */
};

BOOL logon_stopping(struct xp_logon *logon);
/* The settings with the password that the profile has now, for one conversation. All but the
 * password is the logon's. */
struct settings logon_settings(struct xp_logon *logon);
void logon_settings_free(struct settings *settings);
/* What is wrong, for the status row; NULL: nothing. */
void logon_say(struct xp_logon *logon, BOOL sending, const WCHAR *words);
/* The status code, and what people are told. */
LONG logon_status(struct xp_logon *logon, WCHAR words[STATUS_WORDS_MAX]);
/* Has the row say it. */
void logon_show_status(struct xp_logon *logon);
/* Another round of the receiver's; it counts as begun. */
void logon_receive(struct xp_logon *logon);
void logon_end_threads(struct xp_logon *logon, DWORD ms);
HRESULT logon_create(struct xp_provider *provider, IMAPISupport *support, struct xp_logon **ret,
                     WCHAR words[WORDS_MAX]);
HRESULT status_create(struct xp_logon *logon, IMAPIStatus **ret);
/* A thread that keeps logon and this module alive. */
HANDLE logon_thread(struct xp_logon *logon, void (*run)(struct xp_logon *logon));
HRESULT logon_try(const struct settings *settings, HANDLE stop, WCHAR words[WORDS_MAX]);

/* ---- outgoing.c ---- */

void outgoing_run(struct xp_logon *logon);      /* the sender's thread */
HRESULT outgoing_submit(struct xp_logon *logon, IMessage *message, ULONG_PTR *seconds);
void outgoing_abort(struct xp_logon *logon, const SBinary *id);     /* NULL: all that nobody asks for */
void outgoing_free(struct xp_logon *logon);
const SPropValue *find_prop(const SPropValue *props, ULONG count, ULONG tag);

/* ---- incoming.c ---- */

struct place                            /* of the store, other than where new mail goes */
{
    BOOL sent, trash;                   /* the store's own folder of that use, if it has one */
    WCHAR path[IMAP_PATH_MAX];          /* see imap_read_path */
    char name[IMAP_NAME_MAX];           /* the folder's on the server */
    char separator;
    char hash[17];                      /* of the name; ids of its messages have it */
};

struct incoming
{
    struct incoming *next;
    char id[96];
    BOOL seen;
    struct place *place;                /* malloc; NULL: new mail */
    struct bytes data;
};

/* On the receiver's thread: queues what the mailbox has and the journal does not know. */
enum net incoming_fetch(struct xp_logon *logon, struct mailbox *mailbox, const struct place *place,
                        BOOL *whole);
/* On the spooler's thread: the first of the queue, which stays there until it is dropped. */
struct incoming *incoming_first(struct xp_logon *logon);
void incoming_drop_first(struct xp_logon *logon);
BOOL incoming_is_known(struct xp_logon *logon, const struct incoming *incoming);
BOOL incoming_note(struct xp_logon *logon, const char *id, enum received_state state, BOOL seen);
BOOL incoming_message_id(const struct bytes *data, char *message_id, size_t size);
HRESULT incoming_fill(struct xp_logon *logon, const struct incoming *incoming, IMessage *message);
HRESULT incoming_set_source(IMessage *message, const char *id);
/* The same for a message of the store, by its entry ID, saved. */
HRESULT incoming_save_source(IMsgStore *store, const SBinary *message, const char *source);
/* On the spooler's thread: the store that a message is in is the one that mail is delivered to. */
void incoming_learn_store(struct xp_logon *logon, IMessage *message);

void incoming_run(struct xp_logon *logon);      /* the receiver's thread */
BOOL incoming_waits(struct xp_logon *logon);
HRESULT incoming_receive(struct xp_logon *logon, IMessage *message);
void incoming_free(struct xp_logon *logon);

/* ---- visit.c ---- */

enum { VISIT_ENTRYID, VISIT_SOURCE, VISIT_FLAGS, VISIT_MESSAGE_ID, VISIT_REPORT_TAG, VISIT_FOLDER, VISIT_CLASS,
       VISIT_COUNT };

/* props: in the order above, PT_ERROR where there is none; VISIT_FOLDER, of what folder_visit and
 * store_visit find, is the folder's own entry ID. An error ends the walk and is its result. */
typedef HRESULT (*visit_fn)(void *context, IMAPIFolder *folder, const SPropValue *props);

/* The store that mail goes to, as far as it is known. */
HRESULT store_open(struct xp_logon *logon, IMsgStore **store);
/* A message or folder by its entry ID, to be changed; ret: IMessage ** or IMAPIFolder **. */
HRESULT store_open_object(IMsgStore *store, const SBinary *id, void *ret);
/* All messages of the store, those of one folder, and those in it with a Message-ID: these are
 * found, not looked for one by one. */
HRESULT store_visit(IMsgStore *store, visit_fn visit, void *context);
HRESULT folder_visit(IMAPIFolder *folder, visit_fn visit, void *context);
HRESULT folder_visit_id(IMAPIFolder *folder, const WCHAR *message_id, visit_fn visit,
                        void *context);
BOOL visit_source(const SPropValue *props, char id[96]);
BOOL visit_is_read(const SPropValue *props);

/* ---- report.c ---- */

/* A report that is about to be saved takes over what it is to say of the message it is about, if
 * the store has that. Others are left as they are. */
void report_tie(struct xp_logon *logon, IMessage *report);

/* ---- folders.c ---- */

/* On the receiver's thread, after the main folder, which is selected again: *whole becomes FALSE
 * when something is left for the next round. */
enum net folders_round(struct xp_logon *logon, struct mailbox *mailbox, BOOL *whole);
/* What imap_list calls for each line. */
enum net folders_add(void *context, const char *word, const char *line);
/* What stands in ids for the name of a folder. */
BOOL place_hash(const char *name, char hash[17]);
/* What the ids of all its messages begin with, before the UIDVALIDITY: "folder.HASH." */
void place_kind(const char *hash, char kind[32]);
/* On the spooler's thread: the folder of the store for a place; NULL: where new mail goes. */
HRESULT place_open(IMsgStore *store, const struct place *place, IMAPIFolder **ret);
/* TRUE: the folder has the message already, by its Message-ID, and that one has this source now. */
BOOL folders_take_over(struct xp_logon *logon, IMsgStore *store, IMAPIFolder *folder,
                       const struct incoming *incoming);
/* On the spooler's thread: saves what waits for other folders. */
void folders_deliver(struct xp_logon *logon);

/* ---- follow.c ---- */

/* On the receiver's thread, with the whole list of the server: what is to be done there, done; what
 * is to be done here is left for follow_here. */
void follow_begin(struct xp_logon *logon);
enum net follow_there(struct xp_logon *logon, struct mailbox *mailbox, const struct place *place);
/* All folders were listed, and all that was new in them received. */
void follow_end(struct xp_logon *logon);
/* On the spooler's thread. */
void follow_here(struct xp_logon *logon);
void follow_free(struct xp_logon *logon);
/* On the spooler's thread: the record key of the store that mail goes to, a property of object. If
 * it is another store than before, what was received into that one is followed no more, or, when
 * that one is no more, fetched again. FALSE: it is another one. */
BOOL follow_check_store(struct xp_logon *logon, IMAPIProp *object, ULONG tag);
/* Whether what the last round found is still being worked on; logon->cs is held. */
BOOL follow_is_busy(struct xp_logon *logon);
/* What was received into the store, not found there. */
void follow_arrived(struct xp_logon *logon, const char *id);
/* What the store has of ours goes into logon->received. */
HRESULT follow_recover(struct xp_logon *logon);
/* Whether the store has a message of this source, or (message_id not NULL) the same from
 * elsewhere. */
BOOL follow_has(struct xp_logon *logon, const char *id, const char *message_id);

/* ---- changes.c; follow.h has the rest ---- */

/* On the receiver's thread, with the main folder selected: folders that were made, renamed, deleted
 * here. */
enum net changes_there(struct xp_logon *logon, struct mailbox *mailbox);
/* Whether the name is one that the messages here are not known by yet. */
BOOL changes_unsettled(struct xp_logon *logon, const char *name);
/* Whether folders that were not listed are there all the same. separator: of the server's; 0: not
 * known. */
enum net missing_look(struct xp_logon *logon, struct mailbox *mailbox, char separator);

/* ---- upload.c; follow.h has the rest ---- */

/* Whether it is known by this id what the server has just taken from here. */
BOOL upload_has(struct xp_logon *logon, const char *id);
/* By what the journal has it that a message of this Message-ID was on its way to the main
 * folder. */
BOOL upload_mark(const char *message_id, char key[96]);

/* ---- convert.c ---- */

/* whole: with blind copies, for who sent it. */
HRESULT convert_to_mime(IMessage *message, BOOL whole, struct bytes *mime, WCHAR words[WORDS_MAX]);
HRESULT convert_from_mime(const struct bytes *mime, IMessage *message);

/* ---- sheet.c ---- */

/* The configuration sheet; *props (MAPIFreeBuffer): what the user chose. */
/* Tries both servers with what props has and says in a message box what came of it. */
void account_test(HWND window, IMAPIProp *props);
HRESULT sheet_show(HINSTANCE instance, IMAPISupport *support, ULONG_PTR ui, BOOL look_only,
                   IMAPIProp *section, ULONG *count, SPropValue **props);

#endif /* MAPIXP32_TRANSPORT_H */
