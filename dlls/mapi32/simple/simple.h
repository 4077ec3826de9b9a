/*
 * Simple MAPI
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
 * The private header of simple/: the calls a program makes that knows nothing of sessions and
 * stores.
 *
 * simple.c has the exports, and decides who answers. Everything below works on the interfaces of
 * Extended MAPI alone (IMAPISession and what it opens), for the session may be a registered
 * client's. Hence memory that crosses to it, or goes to the caller, is taken and freed through
 * memory_exported. Text is UTF-16 from message.c inwards.
 *
 * All functions here that return a ULONG return codes of Simple MAPI (SUCCESS_SUCCESS, MAPI_E_
 * below 32), those that return an HRESULT ones of Extended MAPI; simple_error leads from these to
 * those.
 */

#ifndef MAPI32_SIMPLE_H
#define MAPI32_SIMPLE_H

#include <stdarg.h>
#include "core/core.h"
#include "mapi.h"

/* What Wine's mapi.h lacks. MapiMessage.flFlags */
#ifndef MAPI_UNREAD
#define MAPI_UNREAD            0x00000001
#define MAPI_RECEIPT_REQUESTED 0x00000002
#define MAPI_SENT              0x00000004
#endif

/* MapiFileDesc.flFlags */
#ifndef MAPI_OLE
#define MAPI_OLE        0x00000001
#define MAPI_OLE_STATIC 0x00000002
#endif

/* Flags of the functions */
#ifndef MAPI_UNREAD_ONLY
#define MAPI_UNREAD_ONLY     0x00000020
#define MAPI_ENVELOPE_ONLY   0x00000040
#define MAPI_PEEK            0x00000080
#define MAPI_GUARANTEE_FIFO  0x00000100
#define MAPI_BODY_AS_FILE    0x00000200
#define MAPI_AB_NOMODIFY     0x00000400
#define MAPI_SUPPRESS_ATTACH 0x00000800
#define MAPI_LONG_MSGID      0x00004000
#endif
#ifndef MAPI_DIALOG_MODELESS
#define MAPI_DIALOG_MODELESS (0x00000004 | MAPI_DIALOG)
#endif
#ifndef MAPI_E_ATTACHMENT_TOO_LARGE
#define MAPI_E_ATTACHMENT_TOO_LARGE 28
#endif

/* MapiFileDesc.lpFileType */
struct file_tag
{
    ULONG ulReserved;
    ULONG cbTag;
    BYTE *lpTag;
    ULONG cbEncoding;
    BYTE *lpEncoding;
};

/* The room a caller has for a message identifier, with its terminator. */
#define MSGID_SHORT_SIZE 64
#define MSGID_LONG_SIZE  512

#define SIMPLE_COUNT_MAX 0x10000        /* recipients or files; a mail program's own limit is far below */
#define SIMPLE_TEXT_MAX  0x8000000      /* characters of a message's text */
#define SIMPLE_NAME_MAX  0x8000         /* of anything else, with the terminator */
#define SIMPLE_BLOB_MAX  0x10000        /* bytes of an entry ID or a file type */

/* message.c: what a caller passes in, checked, and copied into one block (platform_free) in the
 * other width or the same. The checks read all of it, so that the copies need not fear a
 * pointer. */
ULONG message_check(const MapiMessage *message);
ULONG message_checkW(const MapiMessageW *message);
ULONG message_to_wide(const MapiMessage *message, MapiMessageW **ret);
ULONG message_to_ansi(const MapiMessageW *message, MapiMessage **ret);
ULONG message_copy(const MapiMessageW *message, MapiMessageW **ret);    /* with its entry IDs */
ULONG recipients_check(ULONG count, const MapiRecipDesc *recipients);
/* A caller's string: it can be read, and has at most SIMPLE_NAME_MAX characters. NULL is fine. */
BOOL string_check(const char *text);

/* handle.c: sessions */
struct simple_session;
struct find_state;
struct msgid_list;

struct simple_session
{
    struct simple_session *next;        /* those with a handle */
    LONG ref;
    LHANDLE handle;                     /* 0: of one call alone */
    ULONG_PTR ui;                       /* for its end */
    IMAPISession *session;
    IMsgStore *store;                   /* the default store, once it was needed; never changes then */
    BOOL unicode;                       /* which keeps Unicode text; valid with store */
    struct find_state *find;            /* findmail.c; taken out while in use */
    struct msgid_list *ids;             /* msgid.c; made at the first need */
    ULONG extensions;                   /* cmc.h: CMC_WANTED, as asked for at logon */
};

/* One call: its session, and COM on its thread. */
struct simple_call
{
    struct simple_session *session;     /* counted */
    BOOL com;
};

ULONG simple_error(HRESULT hr);
/* Whether logging on can lead to a session, a profile being there for it. */
BOOL simple_has_profile(const char *name, FLAGS flags);
ULONG simple_logon(ULONG_PTR ui, const char *profile, const char *password, FLAGS flags,
                   LHANDLE *ret);
ULONG simple_logoff(LHANDLE handle);
BOOL simple_is_ours(LHANDLE handle);
/* The session of a handle, or with none one for this call alone (flags: MAPI_LOGON_UI,
 * MAPI_NEW_SESSION). MAPI_E_INVALID_SESSION, or why there is none; simple_end is due after success
 * only. */
ULONG simple_begin(struct simple_call *call, LHANDLE handle, ULONG_PTR ui, FLAGS flags);
void simple_end(struct simple_call *call);
/* For a call that goes on in another thread: COM stays here, the session goes there. */
void simple_hand_over(struct simple_call *call);
void simple_take_over(struct simple_call *call);
/* session->store */
HRESULT simple_open_store(struct simple_session *session);
/* A folder that a property of the store names. */
HRESULT simple_open_folder(struct simple_session *session, ULONG tag, IMAPIFolder **ret);
/* The folder where messages of a class arrive. */
HRESULT simple_open_inbox(struct simple_session *session, const WCHAR *class, IMAPIFolder **ret);
HRESULT simple_open_book(struct simple_session *session, ULONG_PTR ui, BOOL dialogs,
                         IAddrBook **ret);

/* Tags in the width that the store has: those of type PT_UNICODE become PT_STRING8. */
#define SIMPLE_TAGS_MAX 16
struct simple_tags
{
    ULONG count;
    ULONG tags[SIMPLE_TAGS_MAX];
};
SPropTagArray *simple_tags(const struct simple_session *session, const void *from,
                           struct simple_tags *room);
/* MAPI_UNICODE or 0, likewise */
ULONG simple_width(const struct simple_session *session);

/* msgid.c: message identifiers, text for entry IDs. The short ones mean something in their session
 * alone. Room is MSGID_LONG_SIZE or MSGID_SHORT_SIZE. */
HRESULT msgid_write(struct simple_session *session, ULONG size, const ENTRYID *id, size_t room,
                    char *text);
/* The entry ID (platform_free), MAPI_E_INVALID_ENTRYID. */
HRESULT msgid_read(struct simple_session *session, const char *text, ULONG *size, ENTRYID **id);
HRESULT msgid_open(struct simple_session *session, const char *text, ULONG flags, IMessage **ret);
void msgids_free(struct msgid_list *ids);

/* recipient.c: recipients as Simple MAPI and as Extended MAPI have them */
/* UTF-16 properties in memory_exported, those that only have a name without PR_ENTRYID.
 * MAPI_E_BAD_RECIPTYPE, MAPI_E_INVALID_RECIPS. */
ULONG simple_recipients(struct simple_session *session, ULONG count,
                             const MapiRecipDescW *recipients, ADRLIST **ret);
BOOL recipients_unresolved(const ADRLIST *list);
/* Those get looked up in the address book; dialogs: the user may be asked. */
ULONG simple_recipients_resolve(struct simple_session *session, ULONG_PTR ui, BOOL dialogs,
                                ADRLIST *list);
/* For a store without Unicode. */
HRESULT recipients_to_ansi(ADRLIST *list);
/* ANSI, in the block chain of memory_exported (NULL: ret is a block of its own). */
HRESULT recipient_to_simple(void *chain, ULONG count, const SPropValue *props, MapiRecipDesc *ret);
/* Which properties are a person's: a message's sender has them under tags of its own. */
struct person_tags
{
    ULONG name, type, address, id;
};
HRESULT person_to_simple(void *chain, ULONG count, const SPropValue *props,
                         const struct person_tags *tags, MapiRecipDesc *ret);

/* attachment.c: files and attachments. The file is read (or written) before the return. */
ULONG attachment_from_file(struct simple_session *session, IMessage *message,
                           const MapiFileDescW *from);
/* The name a recipient sees; leads into from. */
const WCHAR *attachment_name(const MapiFileDescW *from);
/* Into chain (memory_exported): temporary files, unless names_only. *files is their array. What was
 * written is deleted again after a failure. */
ULONG attachments_to_files(struct simple_session *session, IMessage *message, void *chain,
                           BOOL names_only, ULONG room, MapiFileDesc *files);
void attachments_delete_files(ULONG count, const MapiFileDesc *files);
ULONG attachment_temp_file(const WCHAR *name, WCHAR path[MAX_PATH], HANDLE *file);
HRESULT attachment_temp_path(void *chain, const WCHAR *path, char **ret);

/* draft.c: a message of ours on its way into the store */
struct draft
{
    struct simple_session *session;     /* the call's */
    IMAPIFolder *folder;                /* where it was made */
    IMessage *message;
    ADRLIST *recipients;
    BOOL has_recipients;                /* the message has some already, from a try that failed */
};
/* In the outbox, with all but the recipients, which are in the list. */
ULONG draft_create(struct draft *draft, struct simple_session *session, const MapiMessageW *from);
/* Properties, in the width of the store. */
HRESULT draft_set_text(struct draft *draft, const WCHAR *subject, const WCHAR *text);
HRESULT draft_set_props(struct simple_session *session, IMessage *message, const MapiMessageW *from,
                        ULONG count, const SPropValue *more);   /* more: at most 4 besides */
HRESULT draft_set_recipients(struct draft *draft);
ULONG draft_send(struct draft *draft);
ULONG draft_keep(struct draft *draft);  /* saves it among the drafts */
void draft_free(struct draft *draft);

/* sendmail.c */
ULONG simple_send(LHANDLE handle, ULONG_PTR ui, const MapiMessageW *message, FLAGS flags);
/* What MAPISendDocuments is given, as the message it stands for. MAPI_E_ATTACHMENT_OPEN_FAILURE. */
ULONG documents_to_message(const char *delimiter, const char *paths, const char *names,
                           MapiMessageW **ret);

/* savemail.c, readmail.c, findmail.c */
ULONG simple_save(struct simple_session *session, ULONG_PTR ui, const MapiMessageW *message,
                  FLAGS flags, char *id);
ULONG simple_read(struct simple_session *session, const char *id, FLAGS flags, MapiMessage **ret);
ULONG simple_find(struct simple_session *session, const char *type, const char *seed, FLAGS flags,
                  char *id);
ULONG simple_delete(struct simple_session *session, const char *id);
void find_state_free(struct find_state *find);

/* addressing.c */
ULONG simple_address(struct simple_session *session, ULONG_PTR ui, const char *caption,
                     ULONG fields, const char *label, ULONG count, const MapiRecipDesc *recipients,
                     ULONG *ret_count, MapiRecipDesc **ret);
ULONG simple_details(struct simple_session *session, ULONG_PTR ui, const MapiRecipDesc *recipient);
ULONG simple_resolve(struct simple_session *session, ULONG_PTR ui, const char *name, FLAGS flags,
                     MapiRecipDesc **ret);

/* compose.c: the window in which the user finishes a message. SUCCESS_SUCCESS: it is sent;
 * MAPI_E_USER_ABORT: it is not, whether it was kept among the drafts or dropped. */
ULONG compose_dialog(struct draft *draft, ULONG_PTR ui, const WCHAR *subject, const WCHAR *text);

/* choice.c: the ways a message can go, in order; SEND_END comes after the last. FALSE: nobody has
 * chosen it. */
enum send_way { SEND_END, SEND_BY_CLIENT, SEND_BY_PROFILE, SEND_BY_NATIVE };
#define SEND_WAYS 3
BOOL send_order(enum send_way order[SEND_WAYS + 1]);
/* The ways before and after the profile. MAPI_E_LOGON_FAILURE: none of them is there; any other
 * code is the answer. *profile: the profile is to be tried then. */
ULONG send_before_profile(ULONG_PTR ui, const MapiMessageW *message, FLAGS flags, BOOL *profile);
ULONG send_after_profile(ULONG_PTR ui, const MapiMessageW *message, FLAGS flags);

/* native.c: to the mail program of the Unix side; the caller's files are copied.
 * MAPI_E_LOGON_FAILURE: there is none. */
ULONG send_native(const MapiMessageW *message);

#endif /* MAPI32_SIMPLE_H */
