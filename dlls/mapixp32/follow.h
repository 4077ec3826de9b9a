/*
 * Mail transport: what the sides that follow each other know
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
 * One struct follow a logon, made when it is first needed. The receiver's thread fills "listing"
 * round by round and publishes it as "there" (follow_end); the spooler's thread takes what is
 * published for one comparison (compare.c) and leaves what is to be done there: actions and
 * uploads. Unless said otherwise logon->cs guards it.
 *
 * A tie is a folder of the server and the one of the store that has its messages. More than one may
 * be tied to the same one of the store.
 */

#ifndef MAPIXP32_FOLLOW_H
#define MAPIXP32_FOLLOW_H

#include "transport.h"

/* ---- ties.c ---- */

struct tie
{
    char prefix[64];                    /* what ids of its messages begin with */
    char *quoted;                       /* its name, as a command has it; malloc */
    struct place *place;                /* malloc; NULL: the account's main folder */
    ULONG exists;                       /* messages it has there */
    SBinary folder;                     /* its entry ID here; malloc; lpb NULL: none */
    BOOL deleted;                       /* it was tied to one that is no more */
};

struct ties
{
    struct tie *list;
    size_t count, room, last;           /* last: that was found */
};

BOOL ties_add(struct ties *ties, const struct mailbox *mailbox, const struct place *place);
void ties_free(struct ties *ties);
/* On the spooler's thread: finds the folders of the store, or makes them. */
void ties_open(struct ties *ties, IMsgStore *store);
/* NULL: none. */
const struct tie *ties_find_folder(struct ties *ties, const SBinary *folder);
const struct tie *ties_find_id(struct ties *ties, const char *id);
/* "imap.7." of "imap.7.5"; FALSE: there is no such thing. */
BOOL id_prefix(const char *id, char prefix[96]);

struct names
{
    char **list;                        /* malloc, and each */
    size_t count, room;
};

/* ---- follow.c ---- */

enum action_kind { ACTION_SEEN, ACTION_UNSEEN, ACTION_DELETE };

struct action
{
    struct action *next;
    enum action_kind kind;
    char id[96];
};

struct follow
{
    struct received there;              /* in memory: the server's list, seen or not */
    struct received listing;            /* the same, as far as this round has come */
    struct received folders, listing_folders;   /* prefixes of folders whose lists can be relied on */
    struct received empty, listing_empty;       /* prefixes of folders without messages */
    struct ties ties, listing_ties;
    BOOL fresh;                         /* no comparison has had it */
    BOOL comparing;                     /* one has it, and may yet find what is to be done there */
    struct action *actions;
    struct upload *uploads;             /* see upload.c */
    struct received refused;            /* in memory: uploads and changes that the server does not take */
    struct change *changes;             /* see changes.c */
    struct names missing;               /* folders that have gone there, or were not listed */
    struct received missed;             /* in memory: hashes of all names that ever were missing */
    BOOL look_again;                    /* one is for the first time: a round is to ask for it now */
    struct received gone, listing_gone; /* in memory: "folder.HASH." of those that have gone */
    char separator, listing_separator;  /* between levels; 0: not known */
    /* ---- the spooler's thread */
    struct received known;              /* in memory: what follow_has goes by */
    BOOL known_filled;
    struct received arrived[2];         /* in memory: received since the last comparison, and before that */
};

/* logon->cs is held; NULL: no memory. */
struct follow *follow_get(struct xp_logon *logon);
void follow_add_action(struct follow *follow, enum action_kind kind, const char *id);
/* Not again in this session. words: for people; NULL: none. */
void follow_refuse(struct xp_logon *logon, const char *key, const WCHAR *words);
/* Whether the id is of a folder that this account has, or had with another UIDVALIDITY. */
BOOL follow_is_ours(struct xp_logon *logon, const char *id);
/* On the spooler's thread: the store that mail goes to, if it is the same as before; NULL: not
 * now. */
IMsgStore *follow_open_store(struct xp_logon *logon);

/* ---- tree.c ---- */

struct node                             /* a folder of the store, below the IPM subtree */
{
    size_t parent;                      /* of tree->nodes; NO_NODE: none, it is at the top */
    SBinary id;                         /* malloc */
    WCHAR *path;                        /* malloc; names, with IMAP_LEVEL_END between */
    const WCHAR *name;                  /* the last of them */
    BOOL special;                       /* one of the store's own: the outbox, the inbox */
    BOOL inbox, deleted;                /* deleted: the deleted items, or in them */
    BOOL mail;                          /* it is for messages */
    BOOL ours, other;                   /* marked as one of this account's, of another's */
    char hash[17], path_hash[17];       /* ours: of the name there, and of the path here when it was marked */
    const struct tie *tie;              /* it goes with */
    char *target;                       /* malloc; the name that it is to have there; NULL: what it has */
    BOOL level;                         /* there it is no folder, only part of the names of some */
    BOOL gone;                          /* ours: there is no such folder there */
};

#define NO_NODE ((size_t)-1)

struct tree
{
    struct node *nodes;                 /* parents before their children */
    size_t count, room;
    BOOL cut;                           /* there are more: what is not found here may be there */
};

HRESULT tree_read(struct xp_logon *logon, IMsgStore *store, struct tree *tree);
void tree_free(struct tree *tree);
/* NULL: none. */
struct node *tree_find_hash(struct tree *tree, const char *hash);
struct node *tree_find_id(struct tree *tree, const SBinary *id);
struct node *tree_find_place(struct tree *tree, const struct place *place);
BOOL tree_path_hash(const WCHAR *path, char hash[17]);
/* Marks a folder of the store. */
HRESULT tree_mark(struct xp_logon *logon, IMsgStore *store, const SBinary *folder, const char *name,
                  char separator, const char *path_hash);
HRESULT tree_read_mark(IMsgStore *store, const SBinary *folder, char name[IMAP_NAME_MAX],
                       char *separator);

/* ---- treecompare.c: on the spooler's thread ---- */

/* The folder of each tie, and what is to be done there; what was done there is noted here. An
 * error: nothing may be concluded from what the store has. */
HRESULT tree_compare(struct xp_logon *logon, IMsgStore *store, struct tree *tree, struct ties *ties,
                     struct received *gone);
/* When messages have gone where they belong. sure: the store is known to be ours. */
void tree_end(struct xp_logon *logon, IMsgStore *store, struct tree *tree, struct ties *ties,
              BOOL sure);

/* ---- changes.c: folders made, renamed, deleted here ---- */

enum change_kind { CHANGE_CREATE, CHANGE_RENAME, CHANGE_DELETE };

struct change
{
    struct change *next;                /* follow->changes, in order */
    enum change_kind kind;
    SBinary folder;                     /* malloc; lpb NULL: DELETE */
    char *from, *to;                    /* malloc; names there; NULL: none */
    char separator;
    char path_hash[17];                 /* where the folder was when this was decided */
    char prefix[64];                    /* DELETE: of its ids */
    char refusal[65];
    enum change_state { CHANGE_WAITS, CHANGE_BUSY, CHANGE_DONE } state;     /* logon->cs */
};

BOOL names_add(struct names *names, const char *name);
void names_free(struct names *names);
/* On the spooler's thread. folder NULL, from NULL, to NULL: as struct change has it. FALSE: it was
 * refused before, or there is no memory. */
BOOL changes_add(struct xp_logon *logon, enum change_kind kind, const SBinary *folder,
                 const char *from, const char *to, char separator, const char *path_hash,
                 const char *prefix);
void changes_drop_waiting(struct xp_logon *logon);
/* The first that was done; it stays until it is dropped. */
struct change *changes_done(struct xp_logon *logon);
void changes_drop(struct xp_logon *logon, struct change *change);
/* logon->cs is held. */
BOOL changes_wait(const struct follow *follow);
void changes_free_all(struct follow *follow);
/* Whose names were not listed, to be looked for in the next round; it takes them. */
void missing_set(struct xp_logon *logon, struct names *names);

/* ---- upload.c ---- */

enum upload_kind { UPLOAD_APPEND, UPLOAD_COPY, UPLOAD_MOVE };

struct upload
{
    struct upload *next;                /* follow->uploads */
    enum upload_kind kind;
    SBinary message;                    /* its entry ID; malloc */
    char source[96];                    /* COPY, MOVE: what it is known by now */
    char prefix[64];                    /* of the folder it goes to */
    char *quoted;                       /* the name of that; malloc */
    BOOL main;                          /* it is the main folder */
    char *message_id;                   /* malloc; NULL: none */
    char flags[64], date[IMAP_DATE_MAX];
    BOOL seen;
    struct bytes mime;                  /* APPEND */
    char refusal[65];                   /* what it is known by if the server does not take it */
    /* ---- logon->cs */
    enum upload_state { UPLOAD_WAITS, UPLOAD_BUSY, UPLOAD_DONE } state;
    char id[96];                        /* when it is done: what it is known by from now on */
};

/* On the spooler's thread. Forgets what was not begun. */
void upload_drop_waiting(struct xp_logon *logon);
/* Whether the server did not take it for the folder of this prefix. */
BOOL upload_is_refused(struct xp_logon *logon, const SBinary *message, const char *prefix);
/* Whether something is being done with the message. */
BOOL upload_is_busy(struct xp_logon *logon, const SBinary *message);
/* Adds one. *room: bytes and messages that fit still; FALSE: nothing does. */
struct upload_room { size_t bytes, messages; };
BOOL upload_add(struct xp_logon *logon, IMsgStore *store, enum upload_kind kind,
                const SBinary *message, const char *source, const struct tie *to,
                struct upload_room *room);
/* What the server has taken gets its new source here. store: NULL, to open it if there is
 * something. there: a list made before, that gets what was taken since; NULL: none. */
void upload_settle(struct xp_logon *logon, IMsgStore *store, struct received *there);
/* logon->cs is held. */
BOOL upload_waits(const struct follow *follow);
void upload_free_all(struct follow *follow);
/* On the receiver's thread: those that concern the selected folder. */
enum net upload_there(struct xp_logon *logon, struct mailbox *mailbox);

#endif /* MAPIXP32_FOLLOW_H */
