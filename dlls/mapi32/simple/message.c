/*
 * Messages of Simple MAPI in one width and the other
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
 * A message with its recipients and files is copied into one block: first the structures, then the
 * text. The two passes of a copy walk the same way, the first with nothing to write to, so that
 * they cannot disagree about the size. Entry IDs and file types are passed on as pointers to the
 * caller's own.
 */

#include "core/core.h"
#include "simple/simple.h"

#define COUNT_MAX 0x10000       /* recipients or files; a mail program's own limit is far below */

/* Where a copy goes; with base NULL it is only measured. */
struct arena
{
    BYTE *base;
    size_t used;
};

static void *take(struct arena *arena, size_t size)
{
    size_t at = arena->used;

    arena->used += (size + sizeof(void *) - 1) & ~(sizeof(void *) - 1);
    return arena->base ? arena->base + at : NULL;
}

static WCHAR *take_wide(struct arena *arena, const char *text)
{
    int length;
    WCHAR *ret;

    if (!text) return NULL;
    length = platform_ansi_to_wide(text, -1, NULL, 0);
    if ((ret = take(arena, max(length, 1) * sizeof(WCHAR))))
    {
        ret[0] = 0;
        platform_ansi_to_wide(text, -1, ret, length);
    }
    return ret;
}

static char *take_ansi(struct arena *arena, const WCHAR *text)
{
    int length;
    char *ret;

    if (!text) return NULL;
    length = platform_wide_to_ansi(text, -1, NULL, 0);
    if ((ret = take(arena, max(length, 1))))
    {
        ret[0] = 0;
        platform_wide_to_ansi(text, -1, ret, length);
    }
    return ret;
}

static void recipient_to_wide(struct arena *arena, const MapiRecipDesc *from, MapiRecipDescW *to)
{
    WCHAR *name = take_wide(arena, from->lpszName), *address = take_wide(arena, from->lpszAddress);

    if (!to) return;
    to->ulReserved = from->ulReserved;
    to->ulRecipClass = from->ulRecipClass;
    to->lpszName = name;
    to->lpszAddress = address;
    to->ulEIDSize = from->ulEIDSize;
    to->lpEntryID = from->lpEntryID;
}

static void recipient_to_ansi(struct arena *arena, const MapiRecipDescW *from, MapiRecipDesc *to)
{
    char *name = take_ansi(arena, from->lpszName), *address = take_ansi(arena, from->lpszAddress);

    if (!to) return;
    to->ulReserved = from->ulReserved;
    to->ulRecipClass = from->ulRecipClass;
    to->lpszName = name;
    to->lpszAddress = address;
    to->ulEIDSize = from->ulEIDSize;
    to->lpEntryID = from->lpEntryID;
}

static void file_to_wide(struct arena *arena, const MapiFileDesc *from, MapiFileDescW *to)
{
    WCHAR *path = take_wide(arena, from->lpszPathName),
          *name = take_wide(arena, from->lpszFileName);

    if (!to) return;
    to->ulReserved = from->ulReserved;
    to->flFlags = from->flFlags;
    to->nPosition = from->nPosition;
    to->lpszPathName = path;
    to->lpszFileName = name;
    to->lpFileType = from->lpFileType;
}

static void file_to_ansi(struct arena *arena, const MapiFileDescW *from, MapiFileDesc *to)
{
    char *path = take_ansi(arena, from->lpszPathName), *name = take_ansi(arena, from->lpszFileName);

    if (!to) return;
    to->ulReserved = from->ulReserved;
    to->flFlags = from->flFlags;
    to->nPosition = from->nPosition;
    to->lpszPathName = path;
    to->lpszFileName = name;
    to->lpFileType = from->lpFileType;
}

static MapiMessageW *copy_to_wide(struct arena *arena, const MapiMessage *from)
{
    MapiMessageW message = { 0 }, *to = take(arena, sizeof(*to));
    ULONG i;

    message.ulReserved = from->ulReserved;
    message.flFlags = from->flFlags;
    message.nRecipCount = from->nRecipCount;
    message.nFileCount = from->nFileCount;
    if (from->lpOriginator) message.lpOriginator = take(arena, sizeof(*message.lpOriginator));
    message.lpRecips = take(arena, from->nRecipCount * sizeof(*message.lpRecips));
    message.lpFiles = take(arena, from->nFileCount * sizeof(*message.lpFiles));
    message.lpszSubject = take_wide(arena, from->lpszSubject);
    message.lpszNoteText = take_wide(arena, from->lpszNoteText);
    message.lpszMessageType = take_wide(arena, from->lpszMessageType);
    message.lpszDateReceived = take_wide(arena, from->lpszDateReceived);
    message.lpszConversationID = take_wide(arena, from->lpszConversationID);
    if (from->lpOriginator) recipient_to_wide(arena, from->lpOriginator, message.lpOriginator);
    for (i = 0; i < from->nRecipCount; i++)
        recipient_to_wide(arena, from->lpRecips + i,
                          message.lpRecips ? message.lpRecips + i : NULL);
    for (i = 0; i < from->nFileCount; i++)
        file_to_wide(arena, from->lpFiles + i, message.lpFiles ? message.lpFiles + i : NULL);
    if (to) *to = message;
    return to;
}

static MapiMessage *copy_to_ansi(struct arena *arena, const MapiMessageW *from)
{
    MapiMessage message = { 0 }, *to = take(arena, sizeof(*to));
    ULONG i;

    message.ulReserved = from->ulReserved;
    message.flFlags = from->flFlags;
    message.nRecipCount = from->nRecipCount;
    message.nFileCount = from->nFileCount;
    if (from->lpOriginator) message.lpOriginator = take(arena, sizeof(*message.lpOriginator));
    message.lpRecips = take(arena, from->nRecipCount * sizeof(*message.lpRecips));
    message.lpFiles = take(arena, from->nFileCount * sizeof(*message.lpFiles));
    message.lpszSubject = take_ansi(arena, from->lpszSubject);
    message.lpszNoteText = take_ansi(arena, from->lpszNoteText);
    message.lpszMessageType = take_ansi(arena, from->lpszMessageType);
    message.lpszDateReceived = take_ansi(arena, from->lpszDateReceived);
    message.lpszConversationID = take_ansi(arena, from->lpszConversationID);
    if (from->lpOriginator) recipient_to_ansi(arena, from->lpOriginator, message.lpOriginator);
    for (i = 0; i < from->nRecipCount; i++)
        recipient_to_ansi(arena, from->lpRecips + i,
                          message.lpRecips ? message.lpRecips + i : NULL);
    for (i = 0; i < from->nFileCount; i++)
        file_to_ansi(arena, from->lpFiles + i, message.lpFiles ? message.lpFiles + i : NULL);
    if (to) *to = message;
    return to;
}

/* The two messages are laid out alike, and so are their parts. */
C_ASSERT(sizeof(MapiMessage) == sizeof(MapiMessageW));
C_ASSERT(sizeof(MapiRecipDesc) == sizeof(MapiRecipDescW));
C_ASSERT(sizeof(MapiFileDesc) == sizeof(MapiFileDescW));

ULONG message_check(const MapiMessage *message)
{
    if (!message || IsBadReadPtr(message, sizeof(*message))) return MAPI_E_INVALID_MESSAGE;
    if (message->nRecipCount > COUNT_MAX) return MAPI_E_TOO_MANY_RECIPIENTS;
    if (message->nFileCount > COUNT_MAX) return MAPI_E_TOO_MANY_FILES;
    if (message->nRecipCount
        && IsBadReadPtr(message->lpRecips, message->nRecipCount * sizeof(*message->lpRecips)))
        return MAPI_E_INVALID_RECIPS;
    if (message->nFileCount
        && IsBadReadPtr(message->lpFiles, message->nFileCount * sizeof(*message->lpFiles)))
        return MAPI_E_ATTACHMENT_NOT_FOUND;
    return SUCCESS_SUCCESS;
}

ULONG message_checkW(const MapiMessageW *message)
{
    return message_check((const MapiMessage *)message);
}

ULONG message_to_wide(const MapiMessage *message, MapiMessageW **ret)
{
    struct arena arena = { NULL, 0 };

    *ret = NULL;
    copy_to_wide(&arena, message);
    if (!(arena.base = platform_alloc(arena.used))) return MAPI_E_INSUFFICIENT_MEMORY;
    arena.used = 0;
    *ret = copy_to_wide(&arena, message);
    return SUCCESS_SUCCESS;
}

ULONG message_to_ansi(const MapiMessageW *message, MapiMessage **ret)
{
    struct arena arena = { NULL, 0 };

    *ret = NULL;
    copy_to_ansi(&arena, message);
    if (!(arena.base = platform_alloc(arena.used))) return MAPI_E_INSUFFICIENT_MEMORY;
    arena.used = 0;
    *ret = copy_to_ansi(&arena, message);
    return SUCCESS_SUCCESS;
}
