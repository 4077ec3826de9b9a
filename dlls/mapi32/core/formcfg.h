/*
 * Configuration files of forms
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
 * The text of a .cfg file taken apart (formcfg.c). It comes from whoever wrote the form, so
 * everything is checked, and what is not understood is reported and left out; only what the form
 * cannot be without makes the file invalid. Reference page: file-format-of-form-configuration-files
 */

#ifndef MAPI32_FORMCFG_H
#define MAPI32_FORMCFG_H

#include "core/inf.h"

#define FORM_CLASS_MAX 127              /* characters of a message class */
#define FORM_LIST_MAX 1024              /* entries of each kind, and values of one enumeration */

struct form_name                        /* a MAPINAMEID */
{
    GUID set;
    BOOL is_text;
    LONG id;
    const WCHAR *text;
};

struct form_value                       /* of an enumerated property */
{
    const WCHAR *name;
    ULONG index;
};

struct form_prop
{
    ULONG type;
    struct form_name name;
    const WCHAR *display_name;          /* never NULL */
    BOOL enumerated;
    struct form_name index_name;        /* with enumerated: the property that has the number */
    ULONG value_count;
    struct form_value *values;
};

struct form_verb
{
    LONG code;
    const WCHAR *name;
    ULONG flags;
    ULONG attributes;
};

struct form_extension
{
    struct form_name name;
    BOOL is_text;
    LONG number;
    const WCHAR *text;
};

struct form_platform
{
    const WCHAR *name;
    ULONG cpu, os;                      /* MAPIFORM_CPU_, MAPIFORM_OS_; 0: none that is known */
    const struct inf_section *section;  /* what LinkTo leads to: its File and Registry entries count */
};

/* All text lies in inf; arrays are platform_alloc. */
struct form_config
{
    struct inf *inf;
    char message_class[FORM_CLASS_MAX + 1];
    CLSID clsid;
    const WCHAR *display_name;
    const WCHAR *small_icon, *large_icon;
    const WCHAR *category, *subcategory, *owner, *number, *version, *locale, *designer,
        *compose_command;
    WCHAR *comment;                     /* its lines joined; platform_alloc */
    BOOL has_designer_guid;
    GUID designer_guid;
    BOOL hidden, compose_in_folder;
    ULONG verb_count, prop_count, extension_count, platform_count;
    struct form_verb *verbs;            /* by code */
    struct form_prop *props;
    struct form_extension *extensions;
    struct form_platform *platforms;
};

/* MAPI_E_CORRUPT_DATA: no message class, class identifier or display name; MAPI_E_TOO_BIG,
 * MAPI_E_NOT_ENOUGH_MEMORY. report may be NULL. */
HRESULT form_config_parse(const void *data, size_t size, inf_report report, void *context,
                          struct form_config **ret);
void form_config_free(struct form_config *config);      /* NULL is fine */

/* Printable ASCII, 1 to FORM_CLASS_MAX of it; no part between dots is empty, or begins or ends with
 * a blank. */
BOOL form_class_valid(const char *message_class);
/* The class that this one derives from, in place; FALSE when there is none. */
BOOL form_class_parent(char *message_class);
BOOL form_name_equal(const struct form_name *a, const struct form_name *b);

/* The platform that a process of that kind runs best, or NULL. */
const struct form_platform *form_config_platform(const struct form_config *config, BOOL is_64bit);
/* The next entry whose key is "File..." or "Registry..." ; *at starts with 0. NULL at the end. */
const WCHAR *form_platform_next(const struct form_platform *platform, const WCHAR *kind, ULONG *at);
/* Where a File entry lies below the folder of the .cfg file, without leading separators; FALSE for
 * a path that leads anywhere else, or is longer than size. */
BOOL form_relative_path(const WCHAR *path, WCHAR *relative, size_t size);

/* The text of a .cfg file with the same meaning (UTF-16 with its mark, platform_alloc). Icons are
 * at the paths given (NULL: no icon), and the platforms of more (may be NULL) that config does not
 * have are added. */
HRESULT form_config_write(const struct form_config *config, const struct form_config *more,
                          const WCHAR *small_icon, const WCHAR *large_icon, BYTE **data,
                          size_t *size);

#endif /* MAPI32_FORMCFG_H */
