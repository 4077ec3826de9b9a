/*
 * mapictl: what its files share
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
 * mapictl is the administrator's view of a prefix's MAPI. It uses public interfaces only, so what
 * it shows is what any client would meet. Text is UTF-16 inside and UTF-8 on the way out.
 */

#ifndef MAPICTL_H
#define MAPICTL_H

#include <stdarg.h>
#define COBJMACROS
#include <windows.h>
#include <mapidefs.h>
#include <mapicode.h>
#include <mapitags.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>
#include <mapishutdown.h>
#include <mapiaux.h>

/* Exit statuses */
#define EXIT_OK         0
#define EXIT_FAILED     1       /* the thing asked for did not work, or doctor found something */
#define EXIT_USAGE      2

struct arguments                /* what follows the command's words */
{
    int count;
    WCHAR **values;
};

/* output.c */
extern BOOL json_output;
void print(const WCHAR *format, ...);           /* standard output, up to 4095 characters */
void print_text(const WCHAR *text);             /* the same for text of any length */
int fail(const WCHAR *format, ...);             /* "mapictl: ..." on standard error; EXIT_FAILED */
int fail_hr(HRESULT hr, const WCHAR *format, ...);      /* the same with the error's name */
const WCHAR *hresult_name(HRESULT hr);

/* A list of records, shown as a table or as a JSON array of objects. The first row added after
 * list_begin fixes nothing: every row has one text for each column, NULL for none. */
struct list;
struct list *
list_begin(const WCHAR *const *columns); /* ended by NULL; column titles are JSON keys */
void list_add(struct list *list, const WCHAR *const *values);   /* copied */
void list_end(struct list *list);               /* prints and frees */

/* mapi.c: small things around MAPI. The caller frees what comes back with free. */
WCHAR *dup_text(const WCHAR *text);
WCHAR *text_of_prop(const SPropValue *prop);    /* any type, readable */
WCHAR *uid_text(const BYTE uid[16]);
const WCHAR *resource_type_name(LONG type);
const SPropValue *find_prop(const SRow *row, ULONG tag); /* by id; NULL when absent or an error */
WCHAR *row_text(const SRow *row, ULONG tag);    /* never NULL; empty when absent */
HRESULT admin_open(IProfAdmin **ret);
HRESULT services_open(const WCHAR *profile, IMsgServiceAdmin **ret);
/* Every profile, with PR_DISPLAY_NAME_W and PR_DEFAULT_PROFILE; FreeProws. */
HRESULT profile_rows(SRowSet **ret);
WCHAR *default_profile(void);                   /* NULL when none */
WCHAR *last_error_text(void *object,
                       HRESULT hr); /* of any interface whose slot 3 is GetLastError */
/* "66010003=5", "001e6601=..."-like settings: id and type as in MapiSvc.inf, value by type */
HRESULT parse_setting(const WCHAR *text,
                      SPropValue *ret); /* MAPI_E_INVALID_PARAMETER; strings point to new memory */

/* datafile.c: the files that a profile's message stores and address books keep. */
struct datafile
{
    WCHAR *path;                /* full */
    BOOL opened;                /* it has been there once */
};
struct datafiles
{
    struct datafile *list;
    int count;
};
HRESULT datafiles_of_profile(const WCHAR *profile, struct datafiles *files);
void datafiles_free(struct datafiles *files);
/* Those that nobody else has and that can be deleted; what is kept is printed with the reason. An
 * exit status: nothing may be deleted. */
int datafiles_to_delete(const WCHAR *profile, struct datafiles *files);
int datafiles_delete(const struct datafiles *files);

/* mailbox.c: a session on the default store, its folders and its messages. Functions that return an
 * exit status have said why when it is not EXIT_OK. */
struct mailbox
{
    IMAPISession *session;
    IMsgStore *store;
};
int open_session(const WCHAR *profile, BOOL no_mail, IMAPISession **ret);      /* logon.c */
int mailbox_open(struct arguments *args, BOOL no_mail, struct mailbox *box);   /* takes --profile */
void mailbox_close(struct mailbox *box);
/* path: names from the top of the mail folders, divided by "/" ("//" stands for one in a name), in
 * any case; NULL: the inbox. "inbox", "outbox", "sent" and "trash" stand for the store's own where
 * no folder at the top has that name. create makes what is missing. */
int folder_open(struct mailbox *box, const WCHAR *path, BOOL create, IMAPIFolder **ret);
HRESULT folder_open_id(struct mailbox *box, const SBinary *id, IMAPIFolder **ret);
HRESULT folder_open_child(struct mailbox *box, IMAPIFolder *parent, const WCHAR *name, BOOL create,
                          IMAPIFolder **ret);
BOOL same_folder(struct mailbox *box, IMAPIFolder *one, IMAPIFolder *other);
HRESULT store_folder(struct mailbox *box, ULONG tag, IMAPIFolder **ret); /* PR_IPM_..._ENTRYID; 0: the inbox */
/* The contents in the order in which commands number them, the newest first. The caller frees. */
HRESULT contents_open(IMAPIFolder *folder, SPropTagArray *columns, IMAPITable **ret);
/* inbox.c: one message in a list; its row has these columns. folder: for lists that have a column
 * of it behind the subject, else NULL; number 0: none. */
extern const SPropTagArray *const message_columns;
void list_message(struct list *list, const SRow *row, ULONG number, const WCHAR *folder);
/* The path of a folder in another; a "/" in a name is doubled. With free. */
WCHAR *path_below(const WCHAR *path, const WCHAR *name);
/* message: a number of that folder's list, or an entry ID in hexadecimal digits. id with
 * MAPIFreeBuffer. */
int message_find(struct mailbox *box, IMAPIFolder *folder, const WCHAR *message, SPropValue **id);
int message_open(struct mailbox *box, const SBinary *id, IMessage **ret);
BOOL parse_hex_bytes(const WCHAR *text, SBinary *ret);  /* mapi.c; lpb with free */
WCHAR *hex_text(const BYTE *data, ULONG size);          /* mapi.c */
WCHAR *dup_utf8(const char *text, size_t size);
WCHAR *time_text(const FILETIME *time);         /* local, "2026-01-31 09:05" */
/* A text or binary property of any size: two zero bytes follow it. NULL when there is none. */
BYTE *read_prop(IMAPIProp *object, ULONG tag, size_t *size);
HRESULT write_prop(IMAPIProp *object, ULONG tag, const void *data, size_t size);
HRESULT copy_to_file(IStream *from, const WCHAR *path);
WCHAR *safe_file_name(const WCHAR *name);       /* without a path and what no file may be called */
WCHAR *free_path(const WCHAR *folder, const WCHAR *name);  /* in folder, numbered where it is taken */

/* input.c: a file, or standard input ("-"), in pieces. */
struct input;
struct input *input_open(const WCHAR *path);    /* NULL: GetLastError */
DWORD input_close(struct input *input);         /* the error that ended it early */
BOOL input_begins(struct input *input, const void *bytes, size_t size); /* takes nothing */
/* Up to the end of a line and with it; a line of more than 64 KB comes in several. 0: the end.
 * Until the next call. */
size_t input_line(struct input *input, const BYTE **line);
BYTE *input_rest(struct input *input, size_t *size);    /* with free; NULL: too much, or an error */
BYTE *read_whole_file(const WCHAR *path, size_t *size); /* with free; NULL: GetLastError */

/* mbox.c: data is NULL for a message that is too large; number counts from 1. */
typedef void mbox_taker(void *context, const BYTE *data, size_t size, ULONG state, ULONG number);
void mbox_read(struct input *input, mbox_taker *take, void *context);
/* Adds a message to a file; data is changed. delivered may be NULL. */
HRESULT mbox_write(HANDLE file, BYTE *data, size_t size, ULONG state, const FILETIME *delivered);

/* sync.c: the transports of a session. */
int take_wait(struct arguments *args, ULONG *seconds);  /* --wait, left as it is without; the exit status */
void wait_a_moment(void);                       /* with this thread's messages, which the spooler may want */
BOOL has_transport(struct mailbox *box);
void say_why(struct mailbox *box);              /* what they say of themselves, for mail that does not go */

/* mailfile.c: messages as files. */
struct IConverterSession;
int converter_open(struct mailbox *box, struct IConverterSession **ret);
void converter_close(struct IConverterSession *converter);
HRESULT mime_to_message(struct IConverterSession *converter, IStream *stream, IMessage *message);
HRESULT message_to_mime(struct IConverterSession *converter, IMessage *message, IStream **ret); /* at its begin */
HRESULT msg_file_open(const WCHAR *path, BOOL create, IStorage **storage, IMessage **ret);
/* MAPI_W_ERRORS_RETURNED: without properties that the other one refused; they were named on
 * standard error. */
HRESULT copy_message(IMessage *from, IMessage *to);
ULONGLONG hash_bytes(ULONGLONG hash, const void *data, size_t size);    /* 0 to begin with */
#define MESSAGE_READ      0x1
#define MESSAGE_DRAFT     0x2
#define MESSAGE_FLAGGED   0x4
#define MESSAGE_REPLIED   0x8
#define MESSAGE_FORWARDED 0x10
HRESULT set_message_state(IMessage *message, ULONG state);      /* before its first SaveChanges */
ULONG message_state(IMessage *message);

/* one function a command; each prints and returns the exit status */
int profile_list(struct arguments *args);
int profile_show(struct arguments *args);
int profile_create(struct arguments *args);
int profile_copy(struct arguments *args);
int profile_rename(struct arguments *args);
int profile_delete(struct arguments *args);
int profile_default(struct arguments *args);
int service_list(struct arguments *args);
int service_add(struct arguments *args);
int service_remove(struct arguments *args);
int service_configure(struct arguments *args);
/* Adds a service that MapiSvc.inf names, or says why not; the exit status. name may be NULL. */
int create_service(IMsgServiceAdmin *services, const WCHAR *service, const WCHAR *name);
/* Hands settings to the newest service of that name, or says why not; the exit status. */
int configure_newest(IMsgServiceAdmin *services, const WCHAR *service, int count,
                     SPropValue *props);
/* Takes the options of a mail account; *ret is NULL without any. The exit status. */
struct account;
int account_options(struct arguments *args, struct account **ret);
/* Its services; alone: nobody named others, so that store and address book come with it. */
int account_create(IMsgServiceAdmin *services, struct account *account, BOOL alone);
int providers(struct arguments *args);
int logon(struct arguments *args);
int store_check(struct arguments *args);
int store_repair(struct arguments *args);
int store_backup(struct arguments *args);
int store_compact(struct arguments *args);
int store_stats(struct arguments *args);
int simple_show(struct arguments *args);
int simple_set(struct arguments *args);
int shutdown_report(struct arguments *args);
int doctor(struct arguments *args);
int forms_list(struct arguments *args);
int forms_install(struct arguments *args);
int forms_remove(struct arguments *args);
int send_message(struct arguments *args);
int folders(struct arguments *args);
int folder_create(struct arguments *args);
int folder_rename(struct arguments *args);
int folder_move(struct arguments *args);
int folder_delete(struct arguments *args);
int inbox(struct arguments *args);
int search_mail(struct arguments *args);
int read_message(struct arguments *args);
int delete_messages(struct arguments *args);
int move_messages(struct arguments *args);
int watch(struct arguments *args);
int sync_mail(struct arguments *args);
int import_messages(struct arguments *args);
int export_messages(struct arguments *args);
int contacts_list(struct arguments *args);
int contacts_show(struct arguments *args);
int contacts_add(struct arguments *args);
int contacts_delete(struct arguments *args);
int contacts_import(struct arguments *args);
int contacts_export(struct arguments *args);

/* doctor.c: text of the registry, and the system as programs of one width see it. */
BOOL read_text(HKEY root, const WCHAR *path, const WCHAR *name, REGSAM view, WCHAR *text,
               DWORD count);
BOOL is_64bit_windows(void);
BOOL system_directory(int bits, WCHAR *path, UINT count);

/* simple.c: where a message of Simple MAPI goes, in words; FALSE: nowhere. *wrong: the order that
 * is set is none. */
BOOL simple_finding(int bits, WCHAR *words, size_t count, BOOL *wrong);

/* report.c: what each provider answered to this process's last QueryFastShutdown; NULL when no
 * report came. kind as the report has it; the text is empty for a provider that was not asked. */
struct answers;
struct answers *report_answers(void);
void report_answer(const struct answers *answers, const WCHAR *kind, const WCHAR *dll,
                   WCHAR text[64]);

/* Takes an option out of the arguments: TRUE if it was there. */
BOOL take_flag(struct arguments *args, const WCHAR *name);
const WCHAR *take_value(struct arguments *args,
                        const WCHAR *name); /* "--name VALUE"; NULL if absent */

#endif /* MAPICTL_H */
