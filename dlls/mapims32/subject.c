/*
 * The subject of a message and its parts
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

/* PR_SUBJECT is PR_SUBJECT_PREFIX and PR_NORMALIZED_SUBJECT behind one another. A prefix is one to three
 * characters, no digits, before a colon and a blank. */

#include "store.h"

static BOOL is_set(ULONG count, const SPropValue *props, ULONG tag)
{
    ULONG i;

    for (i = 0; i < count; i++)
        if (PROP_ID(props[i].ulPropTag) == PROP_ID(tag)) return TRUE;
    return FALSE;
}

static const WCHAR *text_of(const struct db_props *props, ULONG tag)
{
    const SPropValue *prop = db_props_find(props, tag);

    return prop && PROP_TYPE(prop->ulPropTag) == PT_UNICODE ? prop->Value.lpszW : NULL;
}

static size_t prefix_length(const WCHAR *subject)
{
    size_t i;

    for (i = 0; i < 3 && subject[i] && subject[i] != ':'; i++)
        if (subject[i] == ' ' || (subject[i] >= '0' && subject[i] <= '9')) return 0;
    return i && subject[i] == ':' && subject[i + 1] == ' ' ? i + 2 : 0;
}

static HRESULT split(struct db_props *props, const WCHAR *subject)
{
    size_t length = prefix_length(subject);
    WCHAR prefix[6], *rest;
    HRESULT hr;

    memcpy(prefix, subject, length * sizeof(WCHAR));
    prefix[length] = 0;
    if (!(rest = text_dup(subject + length))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = db_props_set_text(props, PR_SUBJECT_PREFIX_W, prefix);
    if (SUCCEEDED(hr)) hr = db_props_set_text(props, PR_NORMALIZED_SUBJECT_W, rest);
    platform_free(rest);
    return hr;
}

static HRESULT join(struct db_props *props, const WCHAR *prefix, const WCHAR *rest)
{
    size_t prefix_size = lstrlenW(prefix) * sizeof(WCHAR), size = lstrlenW(rest) * sizeof(WCHAR);
    WCHAR *subject;
    HRESULT hr;

    if (!(subject = platform_alloc(prefix_size + size + sizeof(WCHAR))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(subject, prefix, prefix_size);
    memcpy((BYTE *)subject + prefix_size, rest, size + sizeof(WCHAR));
    hr = db_props_set_text(props, PR_SUBJECT_W, subject);
    platform_free(subject);
    return hr;
}

HRESULT subject_follow(struct db_props *props, ULONG count, const SPropValue *set)
{
    BOOL parts = is_set(count, set, PR_NORMALIZED_SUBJECT) || is_set(count, set, PR_SUBJECT_PREFIX);
    const WCHAR *subject, *prefix, *rest;

    if (is_set(count, set, PR_SUBJECT))
    {
        if (parts || !(subject = text_of(props, PR_SUBJECT))) return S_OK;
        return split(props, subject);
    }
    if (!parts) return S_OK;
    prefix = text_of(props, PR_SUBJECT_PREFIX);
    rest = text_of(props, PR_NORMALIZED_SUBJECT);
    return join(props, prefix ? prefix : L"", rest ? rest : L"");
}
