/*
 * Mail transport: which folder of the store goes with which of the server
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
 * The receiver's thread notes each folder that it has listed; the spooler's thread finds the
 * store's folder of each before it compares. Nothing here is kept longer than one comparison.
 */

#include "follow.h"

BOOL id_prefix(const char *id, char prefix[96])
{
    const char *dot = strrchr(id, '.');

    if (!dot || dot - id + 2 > 96) return FALSE;
    lstrcpynA(prefix, id, dot - id + 2);
    return TRUE;
}

BOOL ties_add(struct ties *ties, const struct mailbox *mailbox, const struct place *place)
{
    struct tie *grown = list_grow(ties->list, ties->count, &ties->room, sizeof(*grown)), *tie;

    if (!grown) return FALSE;
    ties->list = grown;
    tie = &ties->list[ties->count];
    memset(tie, 0, sizeof(*tie));
    strcpy(tie->prefix, mailbox->prefix);
    tie->exists = mailbox->exists;
    if (!(tie->quoted = _strdup(mailbox->quoted))) return FALSE;
    if (place && !(tie->place = malloc(sizeof(*place))))
    {
        free(tie->quoted);
        return FALSE;
    }
    if (place) *tie->place = *place;
    ties->count++;
    return TRUE;
}

void ties_free(struct ties *ties)
{
    size_t i;

    for (i = 0; i < ties->count; i++)
    {
        free(ties->list[i].quoted);
        free(ties->list[i].place);
        free(ties->list[i].folder.lpb);
    }
    free(ties->list);
    memset(ties, 0, sizeof(*ties));
}

void ties_open(struct ties *ties, IMsgStore *store)
{
    IMAPIFolder *folder;
    SPropValue *id;
    size_t i;

    for (i = 0; i < ties->count; i++)
    {
        struct tie *tie = &ties->list[i];

        /* One that cannot be opened has no part in this comparison. */
        if (FAILED(place_open(store, tie->place, &folder))) continue;
        if (SUCCEEDED(HrGetOneProp((IMAPIProp *)folder, PR_ENTRYID, &id)))
        {
            binary_copy(&id->Value.bin, &tie->folder);
            MAPIFreeBuffer(id);
        }
        IMAPIFolder_Release(folder);
    }
}

static BOOL is_folder(const struct tie *tie, const SBinary *folder)
{
    return tie->folder.lpb && binary_same(&tie->folder, folder);
}

const struct tie *ties_find_folder(struct ties *ties, const SBinary *folder)
{
    size_t i;

    if (ties->last < ties->count && is_folder(&ties->list[ties->last], folder))
        return &ties->list[ties->last];
    for (i = 0; i < ties->count; i++)
    {
        if (!is_folder(&ties->list[i], folder)) continue;
        ties->last = i;
        return &ties->list[i];
    }
    return NULL;
}

const struct tie *ties_find_id(struct ties *ties, const char *id)
{
    char prefix[96];
    size_t i;

    if (!id_prefix(id, prefix)) return NULL;
    if (ties->last < ties->count && !strcmp(ties->list[ties->last].prefix, prefix))
        return &ties->list[ties->last];
    for (i = 0; i < ties->count; i++)
        if (!strcmp(ties->list[i].prefix, prefix)) return &ties->list[i];
    return NULL;
}
