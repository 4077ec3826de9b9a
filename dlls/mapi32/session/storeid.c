/*
 * Entry IDs of message stores, and the sections they mean
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
 * Wrapping, unwrapping, and our own entry ID for a store that has none yet. Reads and writes bytes
 * only.
 */

#include <string.h>

#include "session/storeid.h"

/* {5DA2B7E1-6C93-4B0E-8E1F-2F6D0C9A7B34} in memory order, behind the flags, before the section */
static const MAPIUID uid_section =
{{ 0xe1, 0xb7, 0xa2, 0x5d, 0x93, 0x6c, 0x0e, 0x4b,
   0x8e, 0x1f, 0x2f, 0x6d, 0x0c, 0x9a, 0x7b, 0x34 }};

struct section_entryid
{
    BYTE flags[4];
    MAPIUID uid;
    MAPIUID section;
};

BOOL storeid_names_section(ULONG size, const ENTRYID *id, MAPIUID *section)
{
    const struct section_entryid *ours = (const struct section_entryid *)id;

    if (size != sizeof(*ours) || memcmp(&ours->uid, &uid_section, sizeof(uid_section)))
        return FALSE;
    memcpy(section, &ours->section, sizeof(*section));
    return TRUE;
}

void storeid_unwrap_stored(const SPropValue *stored, ULONG *size, const ENTRYID **ret)
{
    const char *dll;

    if (SUCCEEDED(entryid_unwrap_store(stored->Value.bin.cb, (const ENTRYID *)stored->Value.bin.lpb,
                                       &dll, size, ret)))
        return;
    *size = stored->Value.bin.cb;
    *ret = (const ENTRYID *)stored->Value.bin.lpb;
}

HRESULT storeid_of_section(const MAPIUID *section, const WCHAR *dll_name, const SPropValue *stored,
                           ULONG *size, ENTRYID **ret)
{
    struct section_entryid ours;
    const ENTRYID *id;
    const char *dll;
    ULONG id_size;
    char *ansi;
    HRESULT hr;

    *size = 0;
    *ret = NULL;
    if (stored && stored->Value.bin.cb)
    {
        id_size = stored->Value.bin.cb;
        if (SUCCEEDED(entryid_unwrap_store(id_size, (const ENTRYID *)stored->Value.bin.lpb, &dll,
                                           size, &id)))
        {
            if (FAILED(hr = memory_allocate_buffer(id_size, (void **)ret))) return hr;
            memcpy(*ret, stored->Value.bin.lpb, id_size);
            *size = id_size;
            return S_OK;
        }
        id = (const ENTRYID *)stored->Value.bin.lpb;
    }
    else
    {
        memset(ours.flags, 0, sizeof(ours.flags));
        ours.uid = uid_section;
        ours.section = *section;
        id = (const ENTRYID *)&ours;
        id_size = sizeof(ours);
    }
    if (!(ansi = text_to_ansi(dll_name))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = entryid_wrap_store(&memory_allocators, ansi, id_size, id, size, ret);
    platform_free(ansi);
    return hr;
}
