/*
 * Forms: libraries, manager, and what a session shows
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
 * The private header of forms/. Below it is only what is public: stores and sessions are reached
 * through their interfaces, as a stranger's form manager would. A form in a library is a bundle of
 * files: form.cfg, its icons, and the files of its platforms; library.c has what a library is,
 * locallib.c and folderlib.c the two kinds.
 *
 * container.c, forminfo.c and formmgr.c are the objects that clients see; a form information object
 * holds its container, a container its library, a manager its session. Message classes are ANSI, as
 * everywhere in MAPI.
 */

#ifndef MAPI32_FORMS_H
#define MAPI32_FORMS_H

#include <stdarg.h>
#include <windef.h>
#include <winbase.h>
#include <winuser.h>
#include <mapiform.h>

#include "core/formcfg.h"
#include "object/object.h"
#include "forms/resource.h"

#define FORM_CFG L"form.cfg"
#define FORM_SMALL_ICON L"small.ico"
#define FORM_LARGE_ICON L"large.ico"
#define FORM_FILES_MAX 256
#define FORM_FILE_MAX (64 * 1024 * 1024)
#define FORM_PATH_MAX 200               /* characters of a file's name in a bundle */

/* ---- bundle.c ---- */

struct form_file
{
    WCHAR *name;                        /* relative, checked by form_relative_path */
    BYTE *data;
    ULONG size;
};

struct form_bundle
{
    ULONG count, room;
    struct form_file *files;
};

/* Takes over data (platform_alloc), also when it fails. */
HRESULT bundle_add(struct form_bundle *bundle, const WCHAR *name, BYTE *data, ULONG size);
const struct form_file *bundle_find(const struct form_bundle *bundle, const WCHAR *name);
void bundle_free(struct form_bundle *bundle);
/* MAPI_E_NOT_FOUND, MAPI_E_TOO_BIG, MAPI_E_DISK_ERROR; *data platform_alloc. */
HRESULT file_read(const WCHAR *path, BYTE **data, ULONG *size);
/* Written whole, or not there. Folders on the way are made. */
HRESULT file_write(const WCHAR *path, const void *data, ULONG size);
WCHAR *path_join(const WCHAR *folder, const WCHAR *name);       /* platform_alloc */
/* %LOCALAPPDATA%\Microsoft\FORMS\name, platform_alloc; NULL without memory. */
WCHAR *forms_folder(const WCHAR *name);
void folder_remove(const WCHAR *path);
/* What a .cfg file on the disk needs, collected; platforms: with the files of its platforms.
 * *config may be NULL'ed with a message in words (platform_alloc) on failure. merge_into: the form
 * that is there already, or NULL. */
HRESULT bundle_from_disk(const WCHAR *path, BOOL platforms, const struct form_config *merge_into,
                         struct form_bundle *bundle, struct form_config **config, WCHAR **words);

/* ---- library.c ---- */

struct form_entry
{
    char message_class[FORM_CLASS_MAX + 1];
    SBinary id;                         /* what it is to its library; platform_alloc */
};

struct form_library;

struct form_library_ops
{
    BOOL platforms;                     /* keeps the files of platforms */
    UINT name_id;                       /* IDS_ of its display name; the folder's name is put in */
    HRESULT (*list)(struct form_library *library, ULONG *count, struct form_entry **entries);
    /* all: with the files of platforms, else form.cfg and icons alone */
    HRESULT (*read)(struct form_library *library, const struct form_entry *entry, BOOL all,
                    struct form_bundle *bundle);
    /* old: what it replaces, or NULL */
    HRESULT (*write)(struct form_library *library, const struct form_entry *old,
                     const struct form_config *config, const struct form_bundle *bundle);
    HRESULT (*remove)(struct form_library *library, const struct form_entry *entry);
};

struct form_library
{
    const struct form_library_ops *ops;
    IMAPIFolder *folder;                /* NULL: the local one */
};

extern const struct form_library_ops local_library_ops, folder_library_ops, personal_library_ops;

void form_entries_free(ULONG count, struct form_entry *entries);
/* The entry of the class, or, unless exact, of the nearest class it derives from; NULL. */
const struct form_entry *form_entries_find(ULONG count, const struct form_entry *entries,
                                           const char *message_class, BOOL exact);

/* ---- the objects ---- */

struct form_container
{
    IMAPIFormContainer IMAPIFormContainer_iface;
    LONG refs;
    struct form_library library;
    struct last_error error;
};

struct form_info
{
    IMAPIFormInfo IMAPIFormInfo_iface;
    LONG refs;
    struct form_container *container;
    struct form_entry entry;
    struct form_config *config;
    IPropData *props;
    struct last_error error;
};

HRESULT form_container_create(const struct form_library_ops *ops, IMAPIFolder *folder,
                              IMAPIFormContainer **ret);
/* NULL for an object that is not ours. */
struct form_container *form_container_from(IMAPIFormContainer *iface);
HRESULT form_info_create(struct form_container *container, const struct form_entry *entry,
                         struct form_info **ret);
struct form_info *form_info_from(IMAPIFormInfo *iface);
/* All files of the form. */
HRESULT form_info_bundle(struct form_info *info, struct form_bundle *bundle);
HRESULT form_info_array(ULONG count, IMAPIFormInfo **infos, SMAPIFormInfoArray **ret);
void form_info_array_free(SMAPIFormInfoArray *array);   /* with the forms in it */

/* formprops.c: results are one chain of memory_allocators. */
HRESULT form_props_calc(ULONG count, const struct form_config *const *configs, ULONG flags,
                        SMAPIFormPropArray **ret);
HRESULT form_verbs_calc(const struct form_config *config, ULONG flags, SMAPIVerbArray **ret);

/* formmgr.c */
HRESULT form_manager_create(IMAPISession *session, IMAPIFormMgr **ret);

/* launch.c: a form's files brought to this machine and its class registered, unless it is; then an
 * object of it. */
HRESULT form_prepare(struct form_info *info, HWND parent, ULONG flags);
HRESULT form_create(struct form_info *info, HWND parent, ULONG flags, const IID *iid, void **ret);

/* select.c: lists to choose from. *chosen has count entries, set on input to what is chosen at
 * first. */
HRESULT form_select(HWND parent, const WCHAR *title, UINT title_id, BOOL several, ULONG count,
                    WCHAR *const *names, BOOL *chosen);

/* site.c: the viewer's side of a form that a session shows. */
struct form_site
{
    IMAPIMessageSite IMAPIMessageSite_iface;
    IMAPIViewContext IMAPIViewContext_iface;
    IMAPIViewAdviseSink IMAPIViewAdviseSink_iface;
    LONG refs;
    IMAPISession *session;
    IMAPIFormMgr *manager;
    IMsgStore *store;
    IMAPIFolder *folder;
    IMessage *message;                  /* NULL once it was handed off */
    IPersistMessage *form;
    IMAPIFormAdviseSink *sink;
    ULONG flags;                        /* MAPI_NEW_MESSAGE, MAPI_POST_MESSAGE */
    BOOL modal, read_only;
    BOOL saved, submitted, shut_down;   /* what became of it */
};
HRESULT form_site_create(IMAPISession *session, IMAPIFormMgr *manager, IMsgStore *store,
                         IMAPIFolder *folder, IMessage *message, ULONG flags,
                         struct form_site **ret);
void form_site_set_form(struct form_site *site, IPersistMessage *form);
ULONG form_site_release(struct form_site *site);

/* show.c: IMAPISession::ShowForm, over what is public of the session. */
struct form_show
{
    IMAPISession *session;
    HWND parent;
    IMsgStore *store;
    IMAPIFolder *folder;
    IMessage *message;
    ULONG flags, status, message_flags, access;
    const char *message_class;
};
HRESULT form_show(const struct form_show *show);
/* Messages between PrepareForm and ShowForm; owner: whose they are. take gives the reference
 * away. */
HRESULT form_token_create(const void *owner, IMessage *message, ULONG_PTR *ret);
HRESULT form_token_take(const void *owner, ULONG_PTR number, IMessage **ret);
void form_tokens_drop(const void *owner);

#endif /* MAPI32_FORMS_H */
