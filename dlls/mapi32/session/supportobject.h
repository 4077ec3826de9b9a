/*
 * Support objects: what their files share
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

#ifndef MAPI32_SUPPORTOBJECT_H
#define MAPI32_SUPPORTOBJECT_H

#include "session/session.h"

struct support
{
    IMAPISupport IMAPISupport_iface;
    LONG ref;
    struct logon *logon;                /* counted */
    struct last_error error;
    CRITICAL_SECTION cs;
    ULONG_PTR *connections;             /* cs: Subscribe without Unsubscribe */
    ULONG connection_count;
    ULONG connection_size;
};

/* The kinds that a method is meant for. */
#define FOR_TRANSPORTS          (1u << PROVIDER_TRANSPORT)
#define FOR_ADDRESS_BOOKS       (1u << PROVIDER_ADDRESS_BOOK)
#define FOR_STORES              (1u << PROVIDER_STORE)

/* MAPI_E_NO_SUPPORT when the object is of no such kind. */
HRESULT support_check(IMAPISupport *iface, ULONG kinds, struct support **ret);

/* supportspool.c */
HRESULT WINAPI support_RegisterPreprocessor(IMAPISupport *iface, MAPIUID *uid, LPTSTR type,
                                            LPTSTR dll, LPSTR preprocess, LPSTR remove,
                                            ULONG flags);
HRESULT WINAPI support_SpoolerYield(IMAPISupport *iface, ULONG flags);
HRESULT WINAPI support_SpoolerNotify(IMAPISupport *iface, ULONG flags, void *data);
HRESULT WINAPI support_ReadReceipt(IMAPISupport *iface, ULONG flags, IMessage *message,
                                   IMessage **ret);
HRESULT WINAPI support_PrepareSubmit(IMAPISupport *iface, IMessage *message, ULONG *flags);
HRESULT WINAPI support_DoSentMail(IMAPISupport *iface, ULONG flags, IMessage *message);
HRESULT WINAPI support_Preprocess(IMAPISupport *iface, ULONG flags, ULONG size, ENTRYID *id);
HRESULT WINAPI support_CompleteMsg(IMAPISupport *iface, ULONG flags, ULONG size, ENTRYID *id);
HRESULT WINAPI support_StoreLogoffTransports(IMAPISupport *iface, ULONG *flags);
HRESULT WINAPI support_StatusRecips(IMAPISupport *iface, IMessage *message, ADRLIST *recipients);
/* copy.c */
HRESULT WINAPI support_CopyMessages(IMAPISupport *iface, const IID *from_iid, void *from,
                                    ENTRYLIST *messages, const IID *to_iid, void *to, ULONG_PTR ui,
                                    IMAPIProgress *progress, ULONG flags);
HRESULT WINAPI support_CopyFolder(IMAPISupport *iface, const IID *from_iid, void *from, ULONG size,
                                  ENTRYID *id, const IID *to_iid, void *to, LPTSTR name,
                                  ULONG_PTR ui, IMAPIProgress *progress, ULONG flags);
HRESULT WINAPI support_DoCopyTo(IMAPISupport *iface, const IID *from_iid, void *from,
                                ULONG exclude_count, const IID *exclude,
                                SPropTagArray *exclude_tags, ULONG_PTR ui, IMAPIProgress *progress,
                                const IID *to_iid, void *to, ULONG flags,
                                SPropProblemArray **problems);
HRESULT WINAPI support_DoCopyProps(IMAPISupport *iface, const IID *from_iid, void *from,
                                   SPropTagArray *tags, ULONG_PTR ui, IMAPIProgress *progress,
                                   const IID *to_iid, void *to, ULONG flags,
                                   SPropProblemArray **problems);
/* supportsheet.c */
HRESULT WINAPI support_Details(IMAPISupport *iface, ULONG_PTR *ui, LPFNDISMISS dismiss,
                               void *context, ULONG size, ENTRYID *id, LPFNBUTTON button,
                               void *button_context, LPTSTR button_text, ULONG flags);
HRESULT WINAPI support_DoConfigPropsheet(IMAPISupport *iface, ULONG_PTR ui, ULONG flags,
                                         LPTSTR title, IMAPITable *display, IMAPIProp *data,
                                         ULONG top_page);
/* supportdialog.c */
HRESULT WINAPI support_Address(IMAPISupport *iface, ULONG_PTR *ui, ADRPARM *parameters,
                               ADRLIST **ret);
HRESULT WINAPI support_NewEntry(IMAPISupport *iface, ULONG_PTR ui, ULONG flags,
                                ULONG container_size, ENTRYID *container, ULONG template_size,
                                ENTRYID *template_id, ULONG *ret_size, ENTRYID **ret);
HRESULT WINAPI support_DoProgressDialog(IMAPISupport *iface, ULONG_PTR ui, ULONG flags,
                                        IMAPIProgress **ret);
/* supportbook.c */
HRESULT WINAPI support_GetOneOffTable(IMAPISupport *iface, ULONG flags, IMAPITable **ret);
HRESULT WINAPI support_ExpandRecips(IMAPISupport *iface, IMessage *message, ULONG *flags);
HRESULT WINAPI support_UpdatePAB(IMAPISupport *iface, ULONG flags, IMessage *message);

#endif /* MAPI32_SUPPORTOBJECT_H */
