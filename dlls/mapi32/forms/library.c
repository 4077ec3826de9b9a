/*
 * What the libraries of forms have in common
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

#include "forms/forms.h"

void form_entries_free(ULONG count, struct form_entry *entries)
{
    ULONG i;

    for (i = 0; i < count; i++) platform_free(entries[i].id.lpb);
    platform_free(entries);
}

static const struct form_entry *find_exact(ULONG count, const struct form_entry *entries,
                                           const char *message_class)
{
    ULONG i;

    for (i = 0; i < count; i++)
        if (!text_compare_nocase_ansi(entries[i].message_class, message_class)) return entries + i;
    return NULL;
}

const struct form_entry *form_entries_find(ULONG count, const struct form_entry *entries,
                                           const char *message_class, BOOL exact)
{
    const struct form_entry *entry;
    char name[FORM_CLASS_MAX + 1];

    if (!form_class_valid(message_class)) return NULL;
    lstrcpyA(name, message_class);
    do
    {
        if ((entry = find_exact(count, entries, name))) return entry;
    }
    while (!exact && form_class_parent(name));
    return NULL;
}
