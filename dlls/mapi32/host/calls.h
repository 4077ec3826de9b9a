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
 * Every method of a provider's objects that the subsystem calls, named after the kind of provider
 * and the method. The provider comes first: it is the party that answers for a crash. Then, for a
 * method of a logon object, that object, which the caller holds a reference to.
 *
 * Out parameters must not be NULL; they are cleared before the call and again after a failure. Text
 * goes in as UTF-16, and once more as ANSI when the provider answers MAPI_E_BAD_CHARWIDTH.
 * struct last_error may be NULL; it takes over in words what the provider said of a failure.
 * A success without the object it promises comes back as MAPI_E_CALL_FAILED.
 */

#ifndef MAPI32_CALLS_H
#define MAPI32_CALLS_H

#include "host/host.h"

/* provider.c: IUnknown on any object of a provider. host_object_release takes NULL too; it leaves
 * the object of a broken provider alone, and any object once the host is frozen. */
HRESULT host_query_interface(struct provider *provider, IUnknown *object, const IID *iid,
                             void **ret);
void host_object_addref(struct provider *provider, IUnknown *object);
void host_object_release(struct provider *provider, IUnknown *object);
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

/* calls_logon.c: what IABLogon and IMSLogon have in common; object is either one. host_take_logon_error
 * keeps what GetLastError says of a failure. */
void host_take_logon_error(struct provider *provider, IUnknown *object, HRESULT result,
                           struct last_error *error);
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

/* calls_object.c: objects of a provider that the subsystem uses itself. What is read comes back in
 * memory of its own; rows NULL: there are none. MAPI_E_TABLE_TOO_BIG beyond limit. */
HRESULT host_GetProps(struct provider *provider, IMAPIProp *object, const SPropTagArray *tags,
                      ULONG flags, ULONG *count, SPropValue **props);
HRESULT host_SaveChanges(struct provider *provider, IMAPIProp *object, ULONG flags);
HRESULT host_table_Advise(struct provider *provider, IMAPITable *table, IMAPIAdviseSink *sink,
                          ULONG_PTR *connection);
void host_table_Unadvise(struct provider *provider, IMAPITable *table, ULONG_PTR connection);
HRESULT host_table_Read(struct provider *provider, IMAPITable *table, ULONG limit, SRowSet **ret);
/* for use inside a guard: from the current row on, behind what is in *ret */
HRESULT table_read_all(IMAPITable *table, ULONG limit, SRowSet **ret);

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
HRESULT container_CreateEntry(struct provider *provider, IABContainer *container, ULONG size,
                              const ENTRYID *id, ULONG flags, IMAPIProp **ret);

/* calls_recipients.c: a message's recipients, all with all their properties; rows NULL: none. */
HRESULT host_ReadRecipients(struct provider *provider, IMessage *message, ULONG limit,
                            SRowSet **ret);
HRESULT host_ReplaceRecipients(struct provider *provider, IMessage *message, ADRLIST *list);

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

/* calls_sheet.c: what a property sheet calls, whoever owns the objects; the party is the sheet's own.
 * Values and rows come back as the subsystem's own memory. GetProps: in the order of tags, with
 * PT_ERROR for what is not there. SetProps: a property with a problem is a failure; *failed is its
 * index, or count. ReadTable: the first max rows; columns NULL: those that the table has. */
HRESULT sheet_GetProps(struct host_party *party, IMAPIProp *object, const SPropTagArray *tags,
                       SPropValue **ret);
HRESULT sheet_SetProps(struct host_party *party, IMAPIProp *object, ULONG count, SPropValue *props,
                       ULONG *failed);
HRESULT sheet_SaveChanges(struct host_party *party, IMAPIProp *object, ULONG flags);
HRESULT sheet_OpenProperty(struct host_party *party, IMAPIProp *object, ULONG tag, const IID *iid,
                           IUnknown **ret);
void sheet_GetLastError(struct host_party *party, IUnknown *object, HRESULT result,
                        struct last_error *error);
void sheet_Release(struct host_party *party, IUnknown *object);         /* NULL is fine */
HRESULT sheet_ReadTable(struct host_party *party, IMAPITable *table, const SPropTagArray *columns,
                        ULONG max, SRowSet **ret);
HRESULT sheet_Advise(struct host_party *party, IMAPITable *table, IMAPIAdviseSink *sink,
                     ULONG_PTR *connection);
void sheet_Unadvise(struct host_party *party, IMAPITable *table, ULONG_PTR connection);
HRESULT sheet_GetState(struct host_party *party, IMAPIControl *control, ULONG *state);
HRESULT sheet_Activate(struct host_party *party, IMAPIControl *control, ULONG_PTR ui);
HRESULT sheet_Button(struct host_party *party, LPFNBUTTON proc, ULONG_PTR ui, void *context,
                     ULONG size, ENTRYID *id);
void sheet_Dismiss(struct host_party *party, LPFNDISMISS proc, ULONG_PTR ui, void *context);

/* calls_message.c: message stores as the spooler sees them. What is read comes as copies of the
 * subsystem's own: memory_free_buffer, rows_free. */
HRESULT host_SetProps(struct provider *provider, IMAPIProp *object, ULONG count,
                      const SPropValue *props);
/* all rows */
HRESULT table_ReadRows(struct provider *provider, IMAPITable *table, SRowSet **ret);
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
