/*
 * mapictl: making, naming and deleting folders
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

/* The store decides what can be done with which folder; its own (inbox, outbox, ...) it lets nobody
 * take away. */

#include <stdio.h>
#include <stdlib.h>

#include "mapictl.h"

#define DEPTH_MAX 64
#define NAMES_MAX 100           /* that are tried in the deleted items */

struct place                    /* a folder, by the one it is in */
{
    IMAPIFolder *folder, *parent;
    SPropValue *id;
};

static HRESULT folder_above(struct mailbox *box, IMAPIFolder *folder, IMAPIFolder **ret)
{
    SPropValue *id;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = HrGetOneProp((IMAPIProp *)folder, PR_PARENT_ENTRYID, &id))) return hr;
    hr = folder_open_id(box, &id->Value.bin, ret);
    MAPIFreeBuffer(id);
    return hr;
}

static void place_close(struct place *place)
{
    if (place->folder) IMAPIFolder_Release(place->folder);
    if (place->parent) IMAPIFolder_Release(place->parent);
    MAPIFreeBuffer(place->id);
}

static int place_open(struct mailbox *box, const WCHAR *path, struct place *place)
{
    HRESULT hr;
    int ret;

    memset(place, 0, sizeof(*place));
    if ((ret = folder_open(box, path, FALSE, &place->folder))) return ret;
    hr = HrGetOneProp((IMAPIProp *)place->folder, PR_ENTRYID, &place->id);
    if (SUCCEEDED(hr)) hr = folder_above(box, place->folder, &place->parent);
    if (SUCCEEDED(hr)) return EXIT_OK;
    place_close(place);
    return fail_hr(hr, L"the folder '%s' cannot be opened", path);
}

/* name: NULL leaves it its own. */
static HRESULT move_to(const struct place *place, IMAPIFolder *target, const WCHAR *name)
{
    HRESULT hr;

    hr = IMAPIFolder_CopyFolder(place->parent, place->id->Value.bin.cb,
                                (ENTRYID *)place->id->Value.bin.lpb, NULL, target, (LPTSTR)name, 0,
                                NULL, FOLDER_MOVE | (name ? MAPI_UNICODE : 0));
    return hr == MAPI_W_PARTIAL_COMPLETION ? MAPI_E_CALL_FAILED : hr;
}

/* Under its name, or where that is taken with a number behind it. */
static HRESULT move_to_trash(const struct place *place, IMAPIFolder *trash)
{
    SPropValue *name;
    WCHAR text[300];
    unsigned int i;
    HRESULT hr = move_to(place, trash, NULL);

    if (hr != MAPI_E_COLLISION) return hr;
    if (FAILED(hr = HrGetOneProp((IMAPIProp *)place->folder, PR_DISPLAY_NAME_W, &name))) return hr;
    hr = MAPI_E_COLLISION;
    for (i = 2; i < NAMES_MAX && hr == MAPI_E_COLLISION; i++)
    {
        _snwprintf(text, ARRAYSIZE(text) - 1, L"%.280s (%u)", name->Value.lpszW, i);
        text[ARRAYSIZE(text) - 1] = 0;
        hr = move_to(place, trash, text);
    }
    MAPIFreeBuffer(name);
    return hr;
}

/* Whether a folder is another one, or somewhere in it. */
static BOOL is_within(struct mailbox *box, IMAPIFolder *folder, IMAPIFolder *other)
{
    IMAPIFolder *above;
    BOOL ret = FALSE;
    int depth;

    IMAPIFolder_AddRef(folder);
    for (depth = 0; depth < DEPTH_MAX && folder && !(ret = same_folder(box, folder, other));
         depth++)
    {
        if (FAILED(folder_above(box, folder, &above))) above = NULL;
        IMAPIFolder_Release(folder);
        folder = above;
    }
    if (folder) IMAPIFolder_Release(folder);
    return ret;
}

int folder_create(struct arguments *args)
{
    const WCHAR *path = args->values[0];
    struct mailbox box;
    IMAPIFolder *folder;
    int ret;

    if ((ret = mailbox_open(args, TRUE, &box))) return ret;
    if (!(ret = folder_open(&box, path, TRUE, &folder))) IMAPIFolder_Release(folder);
    mailbox_close(&box);
    return ret;
}

int folder_rename(struct arguments *args)
{
    const WCHAR *path = args->values[0];
    SPropValue name = {.ulPropTag = PR_DISPLAY_NAME_W, .Value.lpszW = args->values[1]};
    struct mailbox box;
    IMAPIFolder *folder;
    HRESULT hr;
    int ret;

    if ((ret = mailbox_open(args, TRUE, &box))) return ret;
    if (!(ret = folder_open(&box, path, FALSE, &folder)))
    {
        hr = HrSetOneProp((IMAPIProp *)folder, &name);
        if (FAILED(hr)) ret = fail_hr(hr, L"the folder '%s' cannot be renamed", path);
        IMAPIFolder_Release(folder);
    }
    mailbox_close(&box);
    return ret;
}

int folder_move(struct arguments *args)
{
    const WCHAR *path = args->values[0], *to = take_value(args, L"--target");
    IMAPIFolder *target;
    struct mailbox box;
    struct place place;
    HRESULT hr;
    int ret;

    if (!to)
    {
        fail(L"where to? --target PATH says it, and / is the top");
        return EXIT_USAGE;
    }
    if ((ret = mailbox_open(args, TRUE, &box))) return ret;
    if (!(ret = place_open(&box, path, &place)))
    {
        if (!(ret = folder_open(&box, to, FALSE, &target)))
        {
            if (FAILED(hr = move_to(&place, target, NULL)))
                ret = fail_hr(hr, L"the folder '%s' cannot be moved", path);
            IMAPIFolder_Release(target);
        }
        place_close(&place);
    }
    mailbox_close(&box);
    return ret;
}

int folder_delete(struct arguments *args)
{
    const WCHAR *path = args->values[0];
    BOOL hard = take_flag(args, L"--hard");
    IMAPIFolder *trash = NULL;
    struct mailbox box;
    struct place place;
    HRESULT hr = S_OK;
    int ret;

    if ((ret = mailbox_open(args, TRUE, &box))) return ret;
    if (!(ret = place_open(&box, path, &place)))
    {
        if (!hard && FAILED(store_folder(&box, PR_IPM_WASTEBASKET_ENTRYID, &trash)))
            ret = fail(L"the store has no folder for deleted items; --hard deletes for good");
        else if (!hard && !is_within(&box, place.folder, trash)) hr = move_to_trash(&place, trash);
        else
            hr = IMAPIFolder_DeleteFolder(place.parent, place.id->Value.bin.cb,
                                          (ENTRYID *)place.id->Value.bin.lpb, 0, NULL,
                                          DEL_FOLDERS | DEL_MESSAGES);
        if (!ret && FAILED(hr)) ret = fail_hr(hr, L"the folder '%s' cannot be deleted", path);
        if (trash) IMAPIFolder_Release(trash);
        place_close(&place);
    }
    mailbox_close(&box);
    return ret;
}
