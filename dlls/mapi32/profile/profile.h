/*
 * Profiles: their registry, MapiSvc.inf, and the administration interfaces
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
 * The private header of profile/. A profile is a registry key with one subkey a section; the global
 * section lists the sections of services and providers in order. Writers of all processes take the
 * profile's mutex for one change at a time and read-modify-write lists under it, so that two
 * administrators at work lose nothing. Nothing here knows of sessions or loaded providers; service
 * entries are called through host/.
 */

#ifndef MAPI32_PROFILE_H
#define MAPI32_PROFILE_H

#include "host/host.h"
#include <mapiaux.h>

#define PROFILE_NAME_MAX 64

struct profile;                 /* one open profile, counted */

/* profile.c. Errors: MAPI_E_NOT_FOUND, MAPI_E_NO_ACCESS, MAPI_E_NOT_ENOUGH_MEMORY,
 * MAPI_E_CALL_FAILED. */
BOOL profile_name_valid(const WCHAR *name);
/* a deletion-marked one is not found */
HRESULT profile_open(const WCHAR *name, struct profile **ret);
struct profile *profile_addref(struct profile *profile);
void profile_release(struct profile *profile);
const WCHAR *profile_name(const struct profile *profile);
HRESULT profile_default_name(WCHAR name[PROFILE_NAME_MAX + 1]);
HRESULT profile_set_default(const WCHAR *name);         /* NULL: none */
/* As profile_names; app: those made with MAPI_APP_PROFILE too. */
HRESULT profile_list(BOOL app, ULONG *count, WCHAR ***names);
HRESULT profile_names(ULONG *count, WCHAR ***names);    /* one platform_alloc block, sorted */
/* A session's use: DeleteProfile meanwhile only marks the profile, in any process; the last end_use
 * (or the next look at it after a crashed user) deletes it. */
HRESULT profile_begin_use(struct profile *profile);
void profile_end_use(struct profile *profile);

BOOL mapisvc_has_defaults(void);        /* does MapiSvc.inf name services of a new profile? */

extern const MAPIUID uid_global_section;        /* 9207f3e0a3b11019908b08002b2a56c2 */
/* lists of the global section, in order; *uids by platform_alloc, NULL when none */
HRESULT profile_providers(struct profile *profile, enum provider_kind kind, ULONG *count,
                          MAPIUID **uids);
/* Appends a section to the list of a kind unless it is there: IMAPISupport::ModifyProfile. */
HRESULT profile_list_provider(struct profile *profile, enum provider_kind kind,
                              const MAPIUID *section);
HRESULT profile_services(struct profile *profile, ULONG *count, MAPIUID **uids);

/* section.c: raw access for the layers above. Strings come as PT_UNICODE when flags have
 * MAPI_UNICODE; tags NULL: all properties; memory_allocators; MAPI_E_NOT_FOUND. section_write makes
 * the section when it is not there. */
HRESULT section_read(struct profile *profile, const MAPIUID *uid, const SPropTagArray *tags,
                     ULONG flags, ULONG *count, SPropValue **props);
HRESULT section_write(struct profile *profile, const MAPIUID *uid, ULONG count,
                      const SPropValue *props);
HRESULT section_delete_props(struct profile *profile, const MAPIUID *uid,
                             const SPropTagArray *tags);
HRESULT section_delete(struct profile *profile, const MAPIUID *uid);
BOOL section_exists(struct profile *profile, const MAPIUID *uid);

/* profsect.c: IProfSect over a section. access says who asks: providers see their own section
 * whole, clients need MAPI_FORCE_ACCESS for a section that a provider owns. One writer or many
 * readers. */
enum section_access { SECTION_CLIENT, SECTION_PROVIDER, SECTION_ADMIN };
HRESULT profsect_open(struct profile *profile, const MAPIUID *uid, const IID *iid, ULONG flags,
                      enum section_access access, IProfSect **ret);

/* serviceadmin.c, provideradmin.c, profadmin.c */
HRESULT serviceadmin_create(struct profile *profile, IMsgServiceAdmin **ret);
HRESULT provideradmin_create(struct profile *profile, const MAPIUID *service, IProviderAdmin **ret);

/* service.c: calls the entry of the service that owns a section, with a support object and a
 * provider administration object; MAPI_E_NOT_INITIALIZED when the service has none. props may be
 * NULL. */
HRESULT service_call_entry(struct profile *profile, const MAPIUID *service, ULONG context,
                           ULONG_PTR ui, ULONG flags, ULONG count, SPropValue *props,
                           MAPIERROR **error);
HRESULT service_of_provider(struct profile *profile, const MAPIUID *provider, MAPIUID *service);
/* The support object of kind "service configuration" bound to a section (7 methods).
 * profile NULL: one that is still to be made, so that there is no section to open. */
HRESULT svcsupport_create(struct profile *profile, const MAPIUID *section, IMAPISupport **ret);

#endif /* MAPI32_PROFILE_H */
