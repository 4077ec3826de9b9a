/*
 * Guarded calls into providers
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
 * Every method of a stranger's objects that the subsystem calls, each in one place, named after the
 * object and the method. What only a provider's own objects have takes that provider, the party
 * that answers for a crash; then, for a method of a logon object, that object, which the caller
 * holds a reference to. What any object has, an address book's entry, a table, something that was
 * handed in for a dialog, takes the party: &provider->party, or one that the caller has for that
 * object alone.
 *
 * Out parameters must not be NULL; they are cleared before the call and again after a failure. Text
 * goes in as UTF-16, and once more as ANSI when the provider answers MAPI_E_BAD_CHARWIDTH. struct
 * last_error may be NULL; it takes over in words what the provider said of a failure. A success
 * without the object it promises comes back as MAPI_E_CALL_FAILED. Values and rows that come out
 * are the subsystem's own memory: memory_free_buffer, rows_free.
 */

#ifndef MAPI32_CALLS_H
#define MAPI32_CALLS_H

#include "host/host.h"

/* calls_object.c: any object; object is one of the interfaces that have the method. Release takes
 * NULL too; it leaves the object of a broken party alone, and any object once the host is
 * frozen. */
void object_Release(struct host_party *party, void *object);
void object_GetLastError(struct host_party *party, void *object, HRESULT result,
                         struct last_error *error);
/* In the order of tags, with PT_ERROR for what is not there, and strings as wide as asked for. */
HRESULT object_GetProps(struct host_party *party, void *object, const SPropTagArray *tags,
                        ULONG flags, ULONG *count, SPropValue **props);
/* failed: the index of the first property with a problem, whose error is returned, or count. NULL:
 * problems do not matter. */
HRESULT object_SetProps(struct host_party *party, void *object, ULONG count,
                        const SPropValue *props, ULONG *failed);
HRESULT object_SaveChanges(struct host_party *party, void *object, ULONG flags);
HRESULT object_OpenProperty(struct host_party *party, void *object, ULONG tag, const IID *iid,
                            void **ret);

/* calls_table.c: tables. Columns are wide, where the provider can. */
HRESULT table_SetColumns(struct host_party *party, IMAPITable *table, const SPropTagArray *tags);
HRESULT table_Restrict(struct host_party *party, IMAPITable *table,
                       const SRestriction *restriction);
/* S_OK when the table is in the order of that column (ascending), made so or found so. */
HRESULT table_SortTable(struct host_party *party, IMAPITable *table, ULONG tag);
HRESULT table_GetRowCount(struct host_party *party, IMAPITable *table, ULONG *count);
/* The position of the first row that matches. MAPI_E_NOT_FOUND. */
HRESULT table_FindRow(struct host_party *party, IMAPITable *table, const SRestriction *restriction,
                      ULONG *position);
HRESULT table_Advise(struct host_party *party, IMAPITable *table, IMAPIAdviseSink *sink,
                     ULONG_PTR *connection);
void table_Unadvise(struct host_party *party, IMAPITable *table, ULONG_PTR connection);
/* The first count rows from a position on; fewer, or none, at the end. position TABLE_NEXT: where
 * the last read ended. Strings are PT_UNICODE; rows that cannot be copied are there without
 * properties. */
#define TABLE_NEXT (~0u)
HRESULT table_Read(struct host_party *party, IMAPITable *table, ULONG position, ULONG count,
                   SRowSet **ret);
/* All rows, as they are. MAPI_E_TABLE_TOO_BIG beyond limit. */
HRESULT table_ReadAll(struct host_party *party, IMAPITable *table, ULONG limit, SRowSet **ret);
/* The same for use inside a guard: from the current row on, behind what is in *ret. */
HRESULT table_read_all(IMAPITable *table, ULONG limit, SRowSet **ret);

/* calls_wizard.c: the pages of a message service in the profile wizard. */
struct wizard_pages
{
    struct host_dll *dll;
    HINSTANCE instance;
    void *template;                     /* DLGTEMPLATE of a child window; platform_alloc */
    size_t size;
    void *proc;                         /* SERVICEWIZARDDLGPROC */
};
/* Calls the WIZARDENTRY. MAPI_E_NOT_FOUND: no such entry or resource; MAPI_E_CORRUPT_DATA: no
 * dialog. */
HRESULT wizard_pages_open(struct host_party *party, const WCHAR *dll_name, const char *entry,
                          IMAPIProp *props, IMAPISupport *support, struct wizard_pages *pages);
void wizard_pages_close(struct host_party *party, struct wizard_pages *pages);
/* The window of the resource, with a procedure of the caller's; NULL when it cannot be made. */
HWND wizard_pages_window(struct host_party *party, const struct wizard_pages *pages, HWND parent,
                         DLGPROC proc, LPARAM param);
/* What the service's procedure says to a message; 0 when it crashes. */
LONG wizard_pages_message(struct host_party *party, const struct wizard_pages *pages, HWND window,
                          UINT message, WPARAM wparam, LPARAM lparam);

/* provider.c: what is left of IUnknown on any object of a provider. */
HRESULT host_query_interface(struct provider *provider, IUnknown *object, const IID *iid,
                             void **ret);
void host_object_addref(struct provider *provider, IUnknown *object);
void host_object_release(struct provider *provider, void *object);      /* object_Release */
/* Frees memory that a provider returned, which may be a wild pointer. */
void host_free_buffer(struct provider *provider, void *buffer);
/* Takes over and frees a MAPIERROR that came out of a provider, whatever it may hold. */
void host_take_error(struct provider *provider, struct last_error *error, HRESULT hr,
                     MAPIERROR *from, ULONG flags);
/* Traces that a provider broke the contract of a method; MAPI_E_CALL_FAILED. */
HRESULT host_bad_result(const struct host_party *party, const char *method);

/* calls_shutdown.c: fast shutdown. shutdown_interface: the provider object's IMAPIProviderShutdown,
 * or, for a provider of 2007, its IMAPIClientShutdown (*old is set then); the two have one vtable.
 * NULL and E_NOINTERFACE when it has neither, MAPI_E_CALL_FAILED when it crashed. identity: its
 * IUnknown, to compare, not to call. */
HRESULT host_shutdown_interface(struct provider *provider, IMAPIProviderShutdown **ret, BOOL *old);
HRESULT host_object_identity(struct provider *provider, IUnknown **ret);
HRESULT host_QueryFastShutdown(struct provider *provider, IMAPIProviderShutdown *object);
HRESULT host_NotifyProcessShutdown(struct provider *provider, IMAPIProviderShutdown *object);
HRESULT host_DoFastShutdown(struct provider *provider, IMAPIProviderShutdown *object);

/* calls_transport.c: IXPProvider and IXPLogon */
HRESULT transport_TransportLogon(struct provider *provider, IMAPISupport *support, ULONG_PTR ui,
                                 const WCHAR *profile, ULONG *flags, struct last_error *error,
                                 IXPLogon **logon);
HRESULT transport_AddressTypes(struct provider *provider, IXPLogon *object, ULONG *type_count,
                               WCHAR ***types, ULONG *uid_count, MAPIUID **uids);
HRESULT transport_TransportNotify(struct provider *provider, IXPLogon *object, ULONG *flags,
                                  void **data);
HRESULT transport_Idle(struct provider *provider, IXPLogon *object, ULONG flags);
HRESULT transport_TransportLogoff(struct provider *provider, IXPLogon *object, ULONG flags);
HRESULT transport_SubmitMessage(struct provider *provider, IXPLogon *object, ULONG flags,
                                IMessage *message, ULONG_PTR *reference, ULONG_PTR *ret);
HRESULT transport_EndMessage(struct provider *provider, IXPLogon *object, ULONG_PTR reference,
                             ULONG *flags);
HRESULT transport_Poll(struct provider *provider, IXPLogon *object, ULONG *incoming);
HRESULT transport_StartMessage(struct provider *provider, IXPLogon *object, ULONG flags,
                               IMessage *message, ULONG_PTR *reference);
HRESULT transport_OpenStatusEntry(struct provider *provider, IXPLogon *object, const IID *iid,
                                  ULONG flags, ULONG *type, IMAPIStatus **ret);
HRESULT transport_ValidateState(struct provider *provider, IXPLogon *object, ULONG_PTR ui,
                                ULONG flags);
HRESULT transport_FlushQueues(struct provider *provider, IXPLogon *object, ULONG_PTR ui, ULONG size,
                              const ENTRYID *target, ULONG flags);

/* calls_logon.c: what IABLogon and IMSLogon have in common; object is either one. */
HRESULT host_OpenEntry(struct provider *provider, IUnknown *object, ULONG size, const ENTRYID *id,
                       const IID *iid, ULONG flags, ULONG *type, IUnknown **ret);
HRESULT host_CompareEntryIDs(struct provider *provider, IUnknown *object, ULONG size1,
                             const ENTRYID *id1, ULONG size2, const ENTRYID *id2, ULONG flags,
                             ULONG *result);
HRESULT host_Advise(struct provider *provider, IUnknown *object, ULONG size, const ENTRYID *id,
                    ULONG mask, IMAPIAdviseSink *sink, ULONG_PTR *connection);
HRESULT host_Unadvise(struct provider *provider, IUnknown *object, ULONG_PTR connection);
HRESULT host_OpenStatusEntry(struct provider *provider, IUnknown *object, const IID *iid,
                             ULONG flags, ULONG *type, IMAPIStatus **ret);

/* calls_options.c: what RegisterOptions gave, as copies */
struct transport_option
{
    ULONG kind;                 /* OPTION_TYPE_ */
    BOOL has_guid;              /* for recipients whose entry ID has it */
    GUID guid;
    WCHAR *type;                /* NULL: any address type of the transport */
    WCHAR *dll;                 /* of its OPTIONCALLBACK, which is the ordinal there */
    ULONG ordinal;
    ULONG data_size;
    BYTE *data;
    ULONG count;
    SPropValue *props;          /* the defaults */
};

HRESULT transport_ReadOptions(struct provider *provider, IXPLogon *object, ULONG *count,
                              struct transport_option **options);
void transport_options_free(ULONG count, struct transport_option *options);
HRESULT transport_OptionCallback(struct provider *provider, const struct transport_option *option,
                                 IMAPISupport *support, IMAPIProp *source,
                                 struct last_error *error, IMAPIProp **ret);

/* calls_addrbook.c: IABProvider and IABLogon */
HRESULT addrbook_Logon(struct provider *provider, IMAPISupport *support, ULONG_PTR ui,
                       const WCHAR *profile, ULONG flags, struct last_error *error,
                       IABLogon **logon);
HRESULT addrbook_Logoff(struct provider *provider, IABLogon *object, ULONG flags);
HRESULT addrbook_OpenTemplateID(struct provider *provider, IABLogon *object, ULONG size,
                                const ENTRYID *id, ULONG flags, IMAPIProp *data, const IID *iid,
                                IMAPIProp **ret, IMAPIProp *sibling);
HRESULT addrbook_GetOneOffTable(struct provider *provider, IABLogon *object, ULONG flags,
                                IMAPITable **ret);
/* Takes recipients over, which are copies for the provider; *ret: what it made of them. */
HRESULT addrbook_PrepareRecips(struct provider *provider, IABLogon *object, ULONG flags,
                               const SPropTagArray *tags, ADRLIST *recipients, ADRLIST **ret);

/* calls_container.c. The hierarchy of the provider's root container, CONVENIENT_DEPTH or 0. */
HRESULT addrbook_GetHierarchyTable(struct provider *provider, IABLogon *object, ULONG flags,
                                   IMAPITable **ret);
/* Takes names over, which are copies for the provider; *ret: the properties of those that marks say
 * are resolved. */
HRESULT container_ResolveNames(struct provider *provider, IABContainer *container,
                               const SPropTagArray *tags, ULONG flags, ADRLIST *names,
                               FlagList *marks, ADRLIST **ret);
/* The rows that the restriction to PR_ANR leaves, limit at most; name is that property. */
HRESULT container_FindName(struct provider *provider, IABContainer *container,
                           const SPropTagArray *columns, const SPropValue *name, ULONG limit,
                           SRowSet **ret);
/* Also of a distribution list, which has the same methods. */
HRESULT container_ReadContents(struct provider *provider, IABContainer *container,
                               const SPropTagArray *columns, ULONG limit, SRowSet **ret);
/* Containers that a dialog has, too. The contents, wide where the provider can. */
HRESULT container_GetContentsTable(struct host_party *party, IABContainer *container,
                                   IMAPITable **ret);
HRESULT container_CreateEntry(struct host_party *party, IABContainer *container, ULONG size,
                              const ENTRYID *id, ULONG flags, IMAPIProp **ret);

/* calls_store.c: IMSProvider and IMSLogon */
HRESULT store_Logon(struct provider *provider, IMAPISupport *support, ULONG_PTR ui,
                    const WCHAR *profile, ULONG size, const ENTRYID *id, ULONG flags,
                    const IID *iid, ULONG *security_size, BYTE **security,
                    struct last_error *error, IMSLogon **logon, IMsgStore **store);
HRESULT store_SpoolerLogon(struct provider *provider, IMAPISupport *support, ULONG_PTR ui,
                           const WCHAR *profile, ULONG size, const ENTRYID *id, ULONG flags,
                           const IID *iid, ULONG security_size, BYTE *security,
                           struct last_error *error, IMSLogon **logon, IMsgStore **store);
HRESULT store_CompareStoreIDs(struct provider *provider, ULONG size1, const ENTRYID *id1,
                              ULONG size2, const ENTRYID *id2, ULONG flags, ULONG *result);
HRESULT store_Logoff(struct provider *provider, IMSLogon *object, ULONG *flags);

/* calls_sheet.c: what only a property sheet calls */
HRESULT sheet_GetState(struct host_party *party, IMAPIControl *control, ULONG *state);
HRESULT sheet_Activate(struct host_party *party, IMAPIControl *control, ULONG_PTR ui);
HRESULT sheet_Button(struct host_party *party, LPFNBUTTON proc, ULONG_PTR ui, void *context,
                     ULONG size, ENTRYID *id);
void sheet_Dismiss(struct host_party *party, LPFNDISMISS proc, ULONG_PTR ui, void *context);

/* calls_message.c: message stores as the spooler sees them */
/* with every column it has, in the order of submission */
HRESULT store_GetOutgoingQueue(struct provider *provider, IMsgStore *store, IMAPITable **ret);
HRESULT store_SetLockState(struct provider *provider, IMsgStore *store, IMessage *message,
                           ULONG state);
HRESULT store_FinishedMsg(struct provider *provider, IMsgStore *store, ULONG size,
                          const ENTRYID *id);
HRESULT store_NotifyNewMail(struct provider *provider, IMsgStore *store,
                            const NOTIFICATION *notification);
/* MAPI_E_INVALID_ENTRYID when it is another kind of object */
HRESULT store_OpenMessage(struct provider *provider, IMsgStore *store, ULONG size, const void *id,
                          ULONG flags, IMessage **ret);
HRESULT store_OpenFolder(struct provider *provider, IMsgStore *store, ULONG size, const void *id,
                         ULONG flags, IMAPIFolder **ret);
/* class NULL: where mail of no class of its own goes */
HRESULT store_GetReceiveFolder(struct provider *provider, IMsgStore *store, const WCHAR *class,
                               ULONG *size, ENTRYID **ret);
HRESULT folder_CreateMessage(struct provider *provider, IMAPIFolder *folder, IMessage **ret);
HRESULT folder_MoveMessage(struct provider *provider, IMAPIFolder *folder, ULONG size,
                           const void *id, IMAPIFolder *dest);
HRESULT folder_DeleteMessage(struct provider *provider, IMAPIFolder *folder, ULONG size,
                             const void *id);
/* the one with that PR_SEARCH_KEY; *ret by memory_allocators */
HRESULT folder_FindMessage(struct provider *provider, IMAPIFolder *folder, ULONG key_size,
                           const void *key, ULONG *size, ENTRYID **ret);
/* all rows with all their properties */
HRESULT message_ReadRecipients(struct provider *provider, IMessage *message, SRowSet **ret);
HRESULT message_ModifyRecipients(struct provider *provider, IMessage *message, ULONG flags,
                                 const ADRLIST *recipients);
HRESULT message_SubmitMessage(struct provider *provider, IMessage *message);
HRESULT message_CopyTo(struct provider *provider, IMessage *message, const SPropTagArray *exclude,
                       IMessage *dest);
/* An attachment that is a message; save inner, then attach, then the message. name may be NULL. */
HRESULT message_Embed(struct provider *provider, IMessage *message, const WCHAR *name,
                      IAttach **attach, IMessage **inner);

/* calls_hook.c: hook providers. Their provider object is the ISpoolerHook; HPProviderInit takes the
 * session and the section instead of a version. */
HRESULT hook_create(const WCHAR *dll_name, IMAPISession *session, const MAPIUID *section,
                    ULONG flags, struct provider **ret, WCHAR **why);
/* folder and store NULL where there is none; *folder_id: platform_alloc, or NULL. */
HRESULT hook_call(struct provider *provider, BOOL inbound, IMessage *message, IMAPIFolder *folder,
                  IMsgStore *store, ULONG *flags, ULONG *size, ENTRYID **folder_id);

/* calls_preprocess.c: a preprocessor of the transport provider that registered it */
struct preprocessor_result
{
    ULONG count;                        /* messages it made, the caller's to release */
    IMessage **messages;                /* platform_alloc */
    ADRLIST *undelivered;               /* memory_allocators; NULL: none */
};
HRESULT preprocess_call(struct provider *provider, PREPROCESSMESSAGE *proc, void *session,
                        IMessage *message, IAddrBook *book, IMAPIFolder *folder,
                        struct preprocessor_result *ret);
HRESULT preprocess_remove(struct provider *provider, REMOVEPREPROCESSINFO *proc, IMessage *message);

/* AddressTypes comes back as copies, each one platform_alloc block: types NULL means every type.
 * A store's Logon may succeed without a logon object: the store was open already. */

#endif /* MAPI32_CALLS_H */
