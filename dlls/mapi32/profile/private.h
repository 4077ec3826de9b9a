/*
 * What the files of profile/ share
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
 * Nothing of this is for the layers above; profile.h is.
 *
 * Order of locks: profiles_lock (a named mutex: one writer at a time in all processes of the user),
 * then the list of open profiles, then profile->lock, then an object's own. None is held while a
 * service entry runs.
 */

#ifndef MAPI32_PROFILE_PRIVATE_H
#define MAPI32_PROFILE_PRIVATE_H

#include <winreg.h>

#include "profile/profile.h"
#include "core/inf.h"

/* registry.c: where profiles are, and the values of their keys */

struct profile_root
{
    const WCHAR *profiles;      /* below HKEY_CURRENT_USER: the key with one subkey a profile */
    const WCHAR *default_key;   /* the key with the name of the default profile */
};

/* The first is ours to create in; the others are read and written as they are found. */
#define ROOT_COUNT 4
extern const struct profile_root profile_roots[ROOT_COUNT];

/* Values of a profile's key that are ours and no section: */
#define VALUE_DELETE L"DeletePending"           /* REG_DWORD; of a section's key too */
#define VALUE_RENAME L"RenamePending"           /* REG_SZ: the new name */
#define VALUE_SWEEP L"SweepPending"             /* REG_DWORD: some section is to be deleted */
#define VALUE_APP L"AppProfile"                 /* REG_DWORD: made with MAPI_APP_PROFILE */

HRESULT hresult_from_registry(LSTATUS status);
HRESULT profiles_lock(void);                    /* MAPI_E_CALL_FAILED when it cannot be had */
void profiles_unlock(void);
/* The name of a kernel object that stands for (what, which root, which profile). */
#define OBJECT_NAME_SIZE 160
void object_name(WCHAR name[OBJECT_NAME_SIZE], const WCHAR *what, const struct profile_root *root,
                 const WCHAR *profile, const MAPIUID *section);
BOOL registry_get_dword(HKEY key, const WCHAR *name, DWORD *value);
/* platform_alloc; NULL when there is none */
WCHAR *registry_get_string(HKEY key, const WCHAR *name);
/* Calls proc for each subkey; it may not change them. */
typedef HRESULT (*subkey_proc)(void *context, const WCHAR *name);
HRESULT registry_each_subkey(HKEY key, subkey_proc proc, void *context);
/* One property, secure ones in clear. */
HRESULT registry_read_prop(HKEY key, ULONG tag, void *base, SPropValue *prop);
HRESULT registry_write_prop(HKEY key, const SPropValue *prop);
LSTATUS registry_delete_prop(HKEY key, ULONG tag);
static inline BOOL prop_is_secure(ULONG tag)
{
    return PROP_ID(tag) >= 0x67f0 && PROP_ID(tag) <= 0x67ff;
}

/* profile.c */

struct cached_section;

struct profile
{
    LONG ref;                           /* list lock */
    struct profile *next;               /* list of open profiles */
    BOOL listed;
    const struct profile_root *root;
    WCHAR *name;                        /* as the registry spells it */
    HKEY key;
    LONG uses;                          /* list lock */
    HANDLE use;                         /* the kernel object that says so to other processes */
    SRWLOCK lock;
    /* ---- lock ---- */
    /* set by the registry at any change below key; NULL: never cache */
    HANDLE changed;
    BOOL armed;
    ULONG section_count;
    struct cached_section *sections;    /* section.c */
};

extern const MAPIUID uid_profile_instance;      /* MUID_PROFILE_INSTANCE */

BOOL profile_same_name(const WCHAR *a, const WCHAR *b);
HRESULT profiles_open_key(const struct profile_root *root, REGSAM access, HKEY *key);
/* The key of a profile as others may see it: MAPI_E_NOT_FOUND when it is marked for deletion.
 * Carries out what was marked, if nobody uses the profile any more. */
HRESULT profile_open_key(const struct profile_root *root, const WCHAR *name, HKEY *key);
BOOL profile_is_app(struct profile *profile);
BOOL profile_in_use(struct profile *profile);   /* by any process */
/* MAPI_E_NO_ACCESS: exists */
HRESULT profile_create(const WCHAR *name, BOOL app, struct profile **ret);
HRESULT profile_delete(struct profile *profile);        /* or marks it */
/* MAPI_E_NO_ACCESS: exists */
HRESULT profile_copy(struct profile *profile, const WCHAR *new_name);
HRESULT profile_rename(struct profile *profile, const WCHAR *new_name);         /* or marks it */
/* Gives the profile a PR_SEARCH_KEY of its own if another MAPI left it without one. */
void profile_need_search_key(struct profile *profile);

/* profilelist.c */

/* As profile_names; app: those made with MAPI_APP_PROFILE too. */
HRESULT profile_list(BOOL app, ULONG *count, WCHAR ***names);
HRESULT profile_set_default(const WCHAR *name);         /* NULL: none */
void default_profile_moved(const WCHAR *name, const WCHAR *new_name);   /* NULL: it is gone */

/* section.c */

typedef HRESULT (*section_visitor)(void *context, ULONG count, const SPropValue *props);
/* Calls visit, which may not call back here, on all properties but the secure ones, of which
 * those are there that tags (NULL is fine) ask for. MAPI_E_NOT_FOUND when there is no such
 * section. */
HRESULT section_visit(struct profile *profile, const MAPIUID *uid, const SPropTagArray *tags,
                      section_visitor visit, void *context);
/* A copy of what section_visit shows. */
HRESULT section_copy_props(struct profile *profile, const MAPIUID *uid, const SPropTagArray *secure,
                           ULONG *count, SPropValue **props);
void sections_forget(struct profile *profile);          /* under its lock */
HRESULT section_get_long(struct profile *profile, const MAPIUID *uid, ULONG tag, LONG *value);
HRESULT section_set_long(struct profile *profile, const MAPIUID *uid, ULONG tag, LONG value);
/* platform_alloc; NULL */
WCHAR *section_get_text(struct profile *profile, const MAPIUID *uid, ULONG tag);
/* A section that a session may still need: gone at once, or when nobody uses the profile any
 * more. */
HRESULT section_delete_or_mark(struct profile *profile, const MAPIUID *uid);
/* The UIDs that a binary property holds one after the other. *uids: platform_alloc, NULL when
 * none. */
HRESULT section_get_uids(struct profile *profile, const MAPIUID *uid, ULONG tag, ULONG *count,
                         MAPIUID **uids);
HRESULT section_set_uids(struct profile *profile, const MAPIUID *uid, ULONG tag, ULONG count,
                         const MAPIUID *uids);
/* Under profiles_lock: read, change, write. at: position, ~0 the end. */
HRESULT section_insert_uid(struct profile *profile, const MAPIUID *uid, ULONG tag,
                           const MAPIUID *entry, ULONG at);
HRESULT section_remove_uid(struct profile *profile, const MAPIUID *uid, ULONG tag,
                           const MAPIUID *entry);
BOOL section_has_uid(struct profile *profile, const MAPIUID *uid, ULONG tag, const MAPIUID *entry);

/* mapisvc.c: the MapiSvc.inf of this process */
struct mapisvc
{
    WCHAR *path;
    struct inf *inf;            /* NULL when there is no file */
};
HRESULT mapisvc_open(struct mapisvc **ret);     /* S_OK without a file too */
void mapisvc_close(struct mapisvc *mapisvc);
HRESULT mapisvc_props(struct mapisvc *mapisvc, const struct inf_section *section, ULONG *count,
                      SPropValue **props);      /* what is damaged goes to the trace */
const struct inf_section *mapisvc_section(struct mapisvc *mapisvc, const WCHAR *name);  /* NULL */
/* The display text of a service of [Services], and how the file spells it; NULL when it is not
 * there. */
const WCHAR *mapisvc_service_text(struct mapisvc *mapisvc, const WCHAR *name, const WCHAR **key);

/* services.c: services and providers of a profile, without calling anybody */

ULONG provider_list_tag(enum provider_kind kind);
BOOL provider_kind_from_type(LONG resource_type, enum provider_kind *kind);
BOOL service_find(struct profile *profile, const MAPIUID *uid);         /* is one of the profile */
BOOL provider_find(struct profile *profile, const MAPIUID *service, const MAPIUID *uid);
/* MAPI_E_NOT_FOUND: not in [Services]; MAPI_E_NO_ACCESS: one copy only. */
HRESULT service_add(struct profile *profile, struct mapisvc *mapisvc, const WCHAR *name,
                    const WCHAR *display_name, MAPIUID *uid);
HRESULT service_copy(struct profile *src, const MAPIUID *service, struct profile *dst,
                     MAPIUID *uid);
HRESULT service_remove(struct profile *profile, const MAPIUID *service);
HRESULT provider_add(struct profile *profile, struct mapisvc *mapisvc, const MAPIUID *service,
                     const WCHAR *name, ULONG count, const SPropValue *props, MAPIUID *uid);
HRESULT provider_remove(struct profile *profile, const MAPIUID *service, const MAPIUID *uid);

/* provtable.c: the static tables */
HRESULT service_table_create(struct profile *profile, ULONG flags, IMAPITable **ret);
HRESULT provider_table_create(struct profile *profile, const MAPIUID *service, ULONG flags,
                              IMAPITable **ret);
/* Puts a row into a table that is being filled; strings as PT_UNICODE. */
HRESULT table_add_row(ITableData *data, ULONG count, SPropValue *props);

/* service.c */
struct entry_call
{
    ULONG context;
    ULONG_PTR ui;
    ULONG flags;
    ULONG count;
    SPropValue *props;
};
/* From MapiSvc.inf, and then the entry with MSG_SERVICE_CREATE; on failure nothing stays. */
HRESULT service_create(struct profile *profile, struct mapisvc *mapisvc, const WCHAR *name,
                       const WCHAR *display_name, ULONG_PTR ui, ULONG flags, MAPIUID *uid,
                       struct last_error *error);
/* As service_call_entry; *error gets the service's words or ours. section: what the call is
 * about. */
HRESULT service_call(struct profile *profile, const MAPIUID *service, const MAPIUID *section,
                     const struct entry_call *call, struct last_error *error);
/* With MSG_SERVICE_DELETE: S_OK to go on, which includes entries that cannot be called;
 * MAPI_E_USER_CANCEL. */
HRESULT service_call_delete(struct profile *profile, const MAPIUID *service, const MAPIUID *section,
                            ULONG context, struct last_error *error);

/* provideradmin.c: inside says that a service entry gets it: NULL opens its own section
 * (service), and providers come and go without a call of the entry. */
HRESULT provideradmin_create_inside(struct profile *profile, const MAPIUID *service,
                                    const MAPIUID *section, IProviderAdmin **ret);

/* serviceadmin.c: the profile behind an object of ours; NULL for anybody else's. Not counted. */
struct profile *serviceadmin_profile(IMsgServiceAdmin *iface);

/* Remembers words (with at most one %s) for GetLastError and returns hr. */
static inline HRESULT admin_error(struct last_error *error, HRESULT hr, const WCHAR *format,
                                  const WCHAR *name)
{
    last_error_set(error, hr, L"MAPI", format, name);
    return hr;
}

/* Every administration method asks this first: MAPI_E_NOT_INITIALIZED after a fast shutdown. */
static inline HRESULT admin_check(void)
{
    return host_frozen() ? MAPI_E_NOT_INITIALIZED : S_OK;
}

#endif /* MAPI32_PROFILE_PRIVATE_H */
