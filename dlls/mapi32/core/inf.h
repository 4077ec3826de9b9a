/*
 * MapiSvc.inf and the values of profiles
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
 * Two pure parts of the configuration: the text of MapiSvc.inf taken apart (inf.c, infprop.c,
 * tagname.c), and the form in which a profile keeps a property in the registry (profprop.c). Both
 * read what others wrote, so everything is checked, and sizes and counts have limits.
 */

#ifndef MAPI32_INF_H
#define MAPI32_INF_H

#include "core/core.h"

#define INF_MAX_SIZE (4 * 1024 * 1024)  /* bytes of a file; a real one has some twenty thousand */
#define INF_MAX_SECTIONS 4096
#define INF_MAX_PROPS 1024              /* of one section */

/* Told of everything that is skipped, with the line (from 1) and what is wrong with it. */
typedef void (*inf_report)(void *context, ULONG line, const char *what);

struct inf_entry
{
    const WCHAR *key;
    const WCHAR *value;
    ULONG line;
};

struct inf_section
{
    const WCHAR *name;
    ULONG hash;
    ULONG line;
    ULONG count;
    ULONG allocated;
    /* in the order of the file; of two alike the first one counts */
    struct inf_entry *entries;
};

struct inf
{
    WCHAR *text;                        /* all names, keys and values lie in it */
    ULONG count;
    ULONG allocated;
    struct inf_section *sections;
};

/* data: the file as it is, ANSI, UTF-16 or UTF-8 with its mark. Sections of one name are joined.
 * MAPI_E_TOO_BIG, MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT inf_parse(const void *data, size_t size, inf_report report, void *context,
                  struct inf **ret);
void inf_free(struct inf *inf);         /* NULL is fine */
const struct inf_section *inf_find(const struct inf *inf, const WCHAR *name);   /* case folded */
/* case folded; NULL */
const WCHAR *inf_value(const struct inf_section *section, const WCHAR *key);
/* "a, b" taken apart: one platform_alloc block. Empty parts are left out. */
HRESULT inf_split(const WCHAR *text, ULONG *count, WCHAR ***ret);
/* "{...}" with or without dashes and braces, or 32 hex digits in memory order. */
BOOL inf_parse_uid(const WCHAR *text, MAPIUID *uid);

/* The properties that a section sets: one chain of memory_allocators. Entries that name sections or
 * functions (Providers, Sections, UID, ..._ENTRY_NAME of the wizard) are no properties. */
HRESULT inf_props(const struct inf_section *section, inf_report report, void *context, ULONG *count,
                  SPropValue **ret);

static inline WCHAR inf_upper(WCHAR c)  /* ASCII only, as all names here are */
{
    return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c;
}

static inline int inf_hex_digit(WCHAR c)        /* -1 when it is none */
{
    if (c >= '0' && c <= '9') return c - '0';
    c = inf_upper(c);
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* tagname.c: "PR_DISPLAY_NAME" (with _A or _W too, any case) or 8 hex digits; 0 when unknown. */
ULONG tag_from_name(const WCHAR *name);
const char *tag_name(ULONG tag);        /* without "PR_"; NULL when unknown; of any width */

/* profprop.c: a property as a value of a section's registry key */
#define PROFPROP_NAME_LENGTH 8
/* The registry's types, whose header this layer does not include. */
#define PROFPROP_REG_SZ 1
#define PROFPROP_REG_BINARY 3
#define PROFPROP_REG_DWORD 4

void profprop_name(ULONG tag, WCHAR name[PROFPROP_NAME_LENGTH + 1]);
ULONG profprop_tag(const WCHAR *name);  /* 0 when the name is none of a property */
void profprop_uid_name(const MAPIUID *uid, WCHAR name[33]);
BOOL profprop_uid(const WCHAR *name, MAPIUID *uid);
/* *data: platform_alloc. MAPI_E_INVALID_TYPE, MAPI_E_INVALID_PARAMETER,
 * MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT profprop_encode(const SPropValue *prop, ULONG *reg_type, BYTE **data, ULONG *size);
/* What prop points to is allocated in the chain of object. MAPI_E_CORRUPT_DATA,
 * MAPI_E_INVALID_TYPE. */
HRESULT profprop_decode(ULONG tag, ULONG reg_type, const BYTE *data, ULONG size,
                        LPALLOCATEMORE more, void *object, SPropValue *prop);

#endif /* MAPI32_INF_H */
