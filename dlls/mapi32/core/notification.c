/*
 * Notifications: counted, copied, moved
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
 * An array of NOTIFICATION structures with all that it points to is copied into one stretch of
 * memory: the array, then each target, aligned to eight bytes. Counting and copying are one walk,
 * which only adds up while there is nowhere to write to.
 *
 * Where the ulFlags of a structure say MAPI_UNICODE its strings are wide.
 */

#include "core/core.h"

struct walk
{
    BYTE *base;                 /* NULL: only count */
    size_t used;
    HRESULT hr;
};

#define WALK_MAX ((size_t)MAXLONG)
#define ALIGN_8(size) (((size) + 7) & ~(size_t)7)

/* Room for size bytes; NULL while counting. */
static void *reserve(struct walk *walk, size_t size)
{
    const size_t at = walk->used;

    if (size > WALK_MAX - 8 || ALIGN_8(size) > WALK_MAX - at)
    {
        walk->hr = MAPI_E_NOT_ENOUGH_MEMORY;
        return NULL;
    }
    walk->used = at + ALIGN_8(size);
    return walk->base ? walk->base + at : NULL;
}

/* The copy of size bytes for field, which is a pointer to them. */
static void put(struct walk *walk, const void *data, size_t size, void *field)
{
    void *copy;

    if (walk->hr != S_OK) return;
    if (!data)
    {
        if (size) walk->hr = MAPI_E_INVALID_PARAMETER;
        return;
    }
    copy = reserve(walk, size);
    if (walk->hr != S_OK || !copy) return;
    memcpy(copy, data, size);
    memcpy(field, &copy, sizeof(copy));
}

static void put_text(struct walk *walk, const void *text, ULONG flags, void *field)
{
    if (walk->hr != S_OK || !text) return;
    if (flags & MAPI_UNICODE) put(walk, text, (text_length(text) + 1) * sizeof(WCHAR), field);
    else put(walk, text, strlen(text) + 1, field);
}

/* What count properties point to; dst is the array they are in, already copied. */
static void put_values(struct walk *walk, ULONG count, const SPropValue *src, SPropValue *dst)
{
    struct prop_layout layout;
    void *data;

    if (walk->hr != S_OK) return;
    prop_layout_init(&layout);
    walk->hr = props_measure(count, src, &layout);
    if (walk->hr == MAPI_E_NO_SUPPORT) walk->hr = MAPI_E_INVALID_PARAMETER;
    if (walk->hr != S_OK) return;
    data = reserve(walk, props_layout_size(&layout));
    if (data) props_flatten(count, src, dst, data, &layout);
}

static void put_props(struct walk *walk, ULONG count, const SPropValue *src, SPropValue **field)
{
    SPropValue *props = NULL;

    if (count > WALK_MAX / sizeof(*src))
    {
        walk->hr = MAPI_E_NOT_ENOUGH_MEMORY;
        return;
    }
    put(walk, src, count * sizeof(*src), &props);
    put_values(walk, count, src, props);
    if (props) *field = props;
}

static void put_error(struct walk *walk, const ERROR_NOTIFICATION *src, ERROR_NOTIFICATION *dst)
{
    MAPIERROR *error = NULL;

    put(walk, src->lpEntryID, src->cbEntryID, &dst->lpEntryID);
    if (!src->lpMAPIError) return;
    put(walk, src->lpMAPIError, sizeof(*src->lpMAPIError), &error);
    put_text(walk, src->lpMAPIError->lpszError, src->ulFlags, error ? &error->lpszError : NULL);
    put_text(walk, src->lpMAPIError->lpszComponent, src->ulFlags,
             error ? &error->lpszComponent : NULL);
    if (error) dst->lpMAPIError = error;
}

static void put_object(struct walk *walk, const OBJECT_NOTIFICATION *src, OBJECT_NOTIFICATION *dst)
{
    put(walk, src->lpEntryID, src->cbEntryID, &dst->lpEntryID);
    put(walk, src->lpParentID, src->cbParentID, &dst->lpParentID);
    put(walk, src->lpOldID, src->cbOldID, &dst->lpOldID);
    put(walk, src->lpOldParentID, src->cbOldParentID, &dst->lpOldParentID);
    if (!src->lpPropTagArray) return;
    if (src->lpPropTagArray->cValues > WALK_MAX / 8) walk->hr = MAPI_E_NOT_ENOUGH_MEMORY;
    put(walk, src->lpPropTagArray, CbNewSPropTagArray(src->lpPropTagArray->cValues),
        &dst->lpPropTagArray);
}

static void put_table(struct walk *walk, const TABLE_NOTIFICATION *src, TABLE_NOTIFICATION *dst)
{
    put_values(walk, 1, &src->propIndex, &dst->propIndex);
    put_values(walk, 1, &src->propPrior, &dst->propPrior);
    put_props(walk, src->row.cValues, src->row.lpProps, &dst->row.lpProps);
}

/* dst is a copy of src whose pointers still are those of src. */
static void put_notification(struct walk *walk, const NOTIFICATION *src, NOTIFICATION *dst)
{
    switch (src->ulEventType)
    {
    case fnevCriticalError:
        put_error(walk, &src->info.err, &dst->info.err);
        break;
    case fnevNewMail:
        put(walk, src->info.newmail.lpEntryID, src->info.newmail.cbEntryID,
            &dst->info.newmail.lpEntryID);
        put(walk, src->info.newmail.lpParentID, src->info.newmail.cbParentID,
            &dst->info.newmail.lpParentID);
        put_text(walk, src->info.newmail.lpszMessageClass, src->info.newmail.ulFlags,
                 &dst->info.newmail.lpszMessageClass);
        break;
    case fnevObjectCreated:
    case fnevObjectDeleted:
    case fnevObjectModified:
    case fnevObjectMoved:
    case fnevObjectCopied:
    case fnevSearchComplete:
        put_object(walk, &src->info.obj, &dst->info.obj);
        break;
    case fnevTableModified:
        put_table(walk, &src->info.tab, &dst->info.tab);
        break;
    case fnevStatusObjectModified:
        put(walk, src->info.statobj.lpEntryID, src->info.statobj.cbEntryID,
            &dst->info.statobj.lpEntryID);
        put_props(walk, src->info.statobj.cValues, src->info.statobj.lpPropVals,
                  &dst->info.statobj.lpPropVals);
        break;
    case fnevExtended:
        put(walk, src->info.ext.pbEventParameters, src->info.ext.cb,
            &dst->info.ext.pbEventParameters);
        break;
    default:
        walk->hr = MAPI_E_INVALID_PARAMETER;
        break;
    }
}

/* Counts with base NULL, else copies to base, which has the room that was counted. */
static HRESULT walk_all(struct walk *walk, ULONG count, const NOTIFICATION *src, void *base)
{
    NOTIFICATION *dst = base, scratch;
    ULONG i;

    walk->base = base;
    walk->used = 0;
    walk->hr = S_OK;
    if (count > WALK_MAX / sizeof(*src)) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (count && !src) return MAPI_E_INVALID_PARAMETER;
    reserve(walk, count * sizeof(*src));
    for (i = 0; i < count && walk->hr == S_OK; i++)
    {
        if (base) dst[i] = src[i];
        put_notification(walk, &src[i], base ? &dst[i] : &scratch);
    }
    return walk->hr;
}

HRESULT notifications_copy(const struct mapi_allocators *allocators, ULONG count,
                           const NOTIFICATION *src, NOTIFICATION **ret)
{
    struct walk walk;
    void *copy;
    HRESULT hr;

    *ret = NULL;
    if ((hr = walk_all(&walk, count, src, NULL)) != S_OK) return hr;
    if ((hr = allocators->allocate(walk.used, &copy)) != S_OK) return hr;
    walk_all(&walk, count, src, copy);
    *ret = copy;
    return S_OK;
}

struct count_check
{
    ULONG count;
    const NOTIFICATION *notifications;
    struct walk walk;
    HRESULT hr;
};

static void count_all(void *context)
{
    struct count_check *check = context;

    check->hr = walk_all(&check->walk, check->count, check->notifications, NULL);
}

SCODE WINAPI ScCountNotifications(int count, LPNOTIFICATION notifications, ULONG *size)
{
    struct count_check check;

    if (count < 0) return MAPI_E_INVALID_PARAMETER;
    check.count = count;
    check.notifications = notifications;
    if (!platform_probe(count_all, &check)) return MAPI_E_INVALID_PARAMETER;
    if (check.hr == S_OK && size) *size = check.walk.used;
    return check.hr;
}

SCODE WINAPI ScCopyNotifications(int count, LPNOTIFICATION notifications, LPVOID dst, ULONG *size)
{
    struct walk walk;
    ULONG needed;
    SCODE scode;

    if (!dst) return MAPI_E_INVALID_PARAMETER;
    if ((scode = ScCountNotifications(count, notifications, &needed)) != S_OK) return scode;
    walk_all(&walk, count, notifications, dst);
    if (size) *size = needed;
    return S_OK;
}

static void move_notification(const struct prop_move *move, NOTIFICATION *notification)
{
    MAPIERROR *error;

    switch (notification->ulEventType)
    {
    case fnevCriticalError:
        prop_move_pointer(move, &notification->info.err.lpEntryID);
        if (!(error = prop_move_pointer(move, &notification->info.err.lpMAPIError))) break;
        prop_move_pointer(move, &error->lpszError);
        prop_move_pointer(move, &error->lpszComponent);
        break;
    case fnevNewMail:
        prop_move_pointer(move, &notification->info.newmail.lpEntryID);
        prop_move_pointer(move, &notification->info.newmail.lpParentID);
        prop_move_pointer(move, &notification->info.newmail.lpszMessageClass);
        break;
    case fnevTableModified:
        props_move(move, 1, &notification->info.tab.propIndex);
        props_move(move, 1, &notification->info.tab.propPrior);
        props_move(move, notification->info.tab.row.cValues,
                   prop_move_pointer(move, &notification->info.tab.row.lpProps));
        break;
    case fnevStatusObjectModified:
        prop_move_pointer(move, &notification->info.statobj.lpEntryID);
        props_move(move, notification->info.statobj.cValues,
                   prop_move_pointer(move, &notification->info.statobj.lpPropVals));
        break;
    case fnevExtended:
        prop_move_pointer(move, &notification->info.ext.pbEventParameters);
        break;
    default:
        prop_move_pointer(move, &notification->info.obj.lpEntryID);
        prop_move_pointer(move, &notification->info.obj.lpParentID);
        prop_move_pointer(move, &notification->info.obj.lpOldID);
        prop_move_pointer(move, &notification->info.obj.lpOldParentID);
        prop_move_pointer(move, &notification->info.obj.lpPropTagArray);
        break;
    }
}

struct move_check
{
    struct prop_move move;
    ULONG count;
    NOTIFICATION *notifications;
    struct walk walk;
    HRESULT hr;
};

static const ULONG known_events = fnevCriticalError | fnevNewMail | fnevObjectCreated
                                  | fnevObjectDeleted | fnevObjectModified | fnevObjectMoved
                                  | fnevObjectCopied | fnevSearchComplete | fnevTableModified
                                  | fnevStatusObjectModified | fnevExtended;

static BOOL event_known(ULONG event)
{
    return event && !(event & (event - 1)) && (event & known_events);
}

static void move_all(void *context)
{
    struct move_check *check = context;
    ULONG i;

    check->hr = MAPI_E_INVALID_PARAMETER;
    for (i = 0; i < check->count; i++)
        if (!event_known(check->notifications[i].ulEventType)) return;
    check->hr = S_OK;
    if (!check->move.at_new)
        check->hr = walk_all(&check->walk, check->count, check->notifications, NULL);
    if (check->hr != S_OK) return;
    for (i = 0; i < check->count; i++) move_notification(&check->move, &check->notifications[i]);
    if (check->move.at_new)
        check->hr = walk_all(&check->walk, check->count, check->notifications, NULL);
}

SCODE WINAPI ScRelocNotifications(int count, LPNOTIFICATION notifications, LPVOID old_base,
                                  LPVOID new_base, ULONG *size)
{
    struct move_check check;

    if (count < 0 || !notifications) return MAPI_E_INVALID_PARAMETER;
    check.count = count;
    check.notifications = notifications;
    prop_move_init(&check.move, notifications, old_base, new_base);
    if (!platform_probe(move_all, &check) || check.hr != S_OK) return MAPI_E_INVALID_PARAMETER;
    if (size) *size = check.walk.used;
    return S_OK;
}
