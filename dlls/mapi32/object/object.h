/*
 * Objects that anyone may hold: tables, property data, advise sinks, streams
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
 * The private header of object/. These objects know nothing of profiles, providers or sessions.
 * Each is one allocation with a counted reference, its interface the first member.
 */

#ifndef MAPI32_OBJECT_H
#define MAPI32_OBJECT_H

#include "core/core.h"
#include <mapispi.h>

/* table.c, tableview.c: CreateTable is the public door; these are the ones the subsystem uses
 * itself. */

/* A table of the subsystem's own over memory_allocators. Strings in its rows are kept as
 * PT_UNICODE. */
HRESULT table_create(ULONG type, ULONG index_tag, const SPropTagArray *columns, ITableData **ret);
/* A view whose string columns are PT_UNICODE when flags have MAPI_UNICODE, else PT_STRING8,
 * whatever the width the rows have; SetColumns with either width works on it. */
HRESULT table_view(ITableData *data, ULONG flags, const SSortOrderSet *sort, IMAPITable **ret);

/*
 * propset.c: what every IMAPIProp over an array of values does (IPropData, IProfSect, ...). Nothing
 * here locks: the caller keeps the array still. Results are single blocks of the allocators given.
 */

/* GetProps. tags NULL: all but the secure ones (0x67F0-0x67FF), *ret NULL when there are none.
 * Strings come in the width that the tag, or for tags without a type flags, ask for.
 * MAPI_W_ERRORS_RETURNED, MAPI_E_INVALID_PARAMETER, MAPI_E_UNKNOWN_FLAGS. */
HRESULT propset_get_props(const struct mapi_allocators *allocators, ULONG count,
                          const SPropValue *props, const SPropTagArray *tags, ULONG flags,
                          ULONG *ret_count, SPropValue **ret);
/* GetPropList: string tags in the width that flags ask for. */
HRESULT propset_get_list(const struct mapi_allocators *allocators, ULONG count,
                         const SPropValue *props, ULONG flags, SPropTagArray **ret);
/* What SetProps must refuse as a whole: MAPI_E_INVALID_PARAMETER. PR_NULL and PT_ERROR are to be
 * skipped. */
HRESULT propset_check_values(ULONG count, const SPropValue *values);
BOOL propset_skip_value(const SPropValue *value);
/* copyprops.c: CopyTo and CopyProps from one IMAPIProp to any other, through their public methods
 * only; named properties are mapped by name where the two mapping signatures differ. Properties
 * that cannot be copied are listed in *problems (NULL is fine). With MAPI_MOVE what was copied is
 * deleted from src. */
HRESULT propset_copy_to(const struct mapi_allocators *allocators, IMAPIProp *src, ULONG iid_count,
                        const IID *iids, const SPropTagArray *exclude, const IID *iface, void *dest,
                        ULONG flags, SPropProblemArray **problems);
HRESULT propset_copy_props(const struct mapi_allocators *allocators, IMAPIProp *src,
                           const SPropTagArray *include, const IID *iface, void *dest, ULONG flags,
                           SPropProblemArray **problems);
/* A growing SPropProblemArray. With list NULL nothing is kept; *list NULL is an empty one. */
HRESULT problems_add(const struct mapi_allocators *allocators, SPropProblemArray **list,
                     ULONG index, ULONG tag, SCODE code);

/* notify.c: advise sinks and keyed subscriptions of this process */

HRESULT notify_start(ULONG flags);      /* counted; flags as of MAPIInitialize */
void notify_stop(void);
/* Connections are non-zero. The sink is held until the connection ends; after notify_unsubscribe
 * returned, no OnNotify runs or will run, unless the caller is inside that very OnNotify. */
HRESULT notify_subscribe(const NOTIFKEY *key, ULONG event_mask, ULONG flags, IMAPIAdviseSink *sink,
                         ULONG_PTR *connection);
HRESULT notify_unsubscribe(ULONG_PTR connection);       /* MAPI_E_NOT_FOUND */
HRESULT notify_notify(const NOTIFKEY *key, ULONG count, const NOTIFICATION *notifications,
                      ULONG *flags);                    /* as IMAPISupport::Notify */

/* notifylist.c: the sinks that advised one object. The owner's lock is not taken here. */
struct sink_list;
HRESULT sink_list_create(struct sink_list **ret);
void sink_list_clear(struct sink_list *list);           /* ends every connection */
void sink_list_destroy(struct sink_list *list);         /* the same, and the list */
HRESULT sink_list_advise(struct sink_list *list, ULONG event_mask, IMAPIAdviseSink *sink,
                         ULONG_PTR *connection);
HRESULT sink_list_unadvise(struct sink_list *list, ULONG_PTR connection); /* MAPI_E_NOT_FOUND */
void sink_list_post(struct sink_list *list, ULONG count, const NOTIFICATION *notifications);
BOOL sink_list_empty(struct sink_list *list);

/* worker.c: calls proc on another thread soon; FALSE: it does not */
BOOL worker_submit(void (*proc)(void *context), void *context);

/* invalid.c: IMAPISupport::MakeInvalid */
HRESULT object_make_invalid(void *object, ULONG ref, ULONG methods);

/* lasterror.c: what an object remembers for its GetLastError; the owner's lock is not needed */
struct last_error
{
    CRITICAL_SECTION cs;
    HRESULT hr;
    ULONG low_level;
    WCHAR *text;
    WCHAR *component;
};
void last_error_init(struct last_error *error);
void last_error_destroy(struct last_error *error);
void last_error_set(struct last_error *error, HRESULT hr, const WCHAR *component,
                    const WCHAR *format, ...);
void last_error_take(struct last_error *error, HRESULT hr, const MAPIERROR *from,
                     ULONG flags); /* a provider's, by its MAPI_UNICODE */
/* As every GetLastError: S_OK and NULL when there is nothing to say of hr. */
HRESULT last_error_get(struct last_error *error, HRESULT hr, ULONG flags, MAPIERROR **ret);

#endif /* MAPI32_OBJECT_H */
