/*
 * What a message service keeps in its profile section, and where its file is
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

#ifndef MAPIMS32_FILESECTION_H
#define MAPIMS32_FILESECTION_H

#include <mapix.h>

#include "core/core.h"

/* The value of such an ID in either width: platform_free. NULL when there is none, it is empty, or
 * no memory. */
WCHAR *find_text(ULONG count, const SPropValue *props, ULONG tag);
WCHAR *section_text(IProfSect *section, ULONG tag);
/* Of the file that it was last opened with, in PR_RECORD_KEY; FALSE: of none yet. */
BOOL section_uid(IProfSect *section, MAPIUID *uid);
HRESULT set_section_text(IProfSect *section, ULONG tag, const WCHAR *text);
/* A section without a file gets a place for one, in the property tag: named by the profile and the
 * suffix, with a number if need be, free. MAPI_E_UNCONFIGURED: there is no place for such files. */
HRESULT set_default_path(IProfSect *section, ULONG tag, const WCHAR *suffix);
/* The full path of what is given, platform_free. */
HRESULT full_path(const WCHAR *path, WCHAR **ret);
/* With all above it. MAPI_E_NO_ACCESS, MAPI_E_NOT_ENOUGH_DISK. */
HRESULT make_folder_of(const WCHAR *path);
/* The section of the service's first provider of that PR_RESOURCE_TYPE, to be written.
 * MAPI_E_UNCONFIGURED: it has none. */
HRESULT open_provider_section(IProviderAdmin *admin, LONG type, IProfSect **ret);
/* *ret, a buffer of MAPI's, stays as it is without memory; ret may be NULL. */
void error_words(ULONG flags, const WCHAR *text, MAPIERROR **ret);
/* What the file is of, in words; each DLL has its own. */
extern const WCHAR file_kind[];
/* What such a result says of the file, in words that name it; path may be NULL. Of other results
 * nothing is said: *ret stays as it is. */
void file_error(ULONG flags, HRESULT hr, const WCHAR *path, MAPIERROR **ret);

#endif /* MAPIMS32_FILESECTION_H */
