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
 * text, entry IDs and file types. The two passes of a copy walk the same way, the first with
 * nothing to write to, so that they cannot disagree about the size.
 *
 * What a caller passes is read once before anything is done with it, under platform_probe: pointers
 * that lead nowhere, counts and lengths that cannot be are found there, and everything behind it
 * can go by what it is given.
 */

#include "simple/simple.h"

#ifndef CP_UTF8
#define CP_UTF8 65001
#endif

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

static void *take_bytes(struct arena *arena, const void *bytes, size_t size)
{
    void *ret;

    if (!bytes || !size) return NULL;
    if ((ret = take(arena, size))) memcpy(ret, bytes, size);
    return ret;
}

static WCHAR *take_copy(struct arena *arena, const WCHAR *text)
{
    return text ? take_bytes(arena, text, (text_length(text) + 1) * sizeof(WCHAR)) : NULL;
}

/* A file type with what it points to. */
static void *take_tag(struct arena *arena, const struct file_tag *tag)
{
    struct file_tag *ret;
    BYTE *bytes, *encoding;

    if (!tag) return NULL;
    ret = take(arena, sizeof(*ret));
    bytes = take_bytes(arena, tag->lpTag, tag->cbTag);
    encoding = take_bytes(arena, tag->lpEncoding, tag->cbEncoding);
    if (!ret) return NULL;
    *ret = *tag;
    ret->lpTag = bytes;
    ret->lpEncoding = encoding;
    if (!bytes) ret->cbTag = 0;
    if (!encoding) ret->cbEncoding = 0;
    return ret;
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

/* The texts of a message itself are UTF-8 when its ulReserved says so. */
static WCHAR *take_text(struct arena *arena, const char *text, ULONG codepage)
{
    int size, length;
    WCHAR *ret;

    if (!text || codepage != CP_UTF8) return take_wide(arena, text);
    size = text_length_ansi(text);
    length = size ? platform_codepage_to_wide(CP_UTF8, text, size, NULL, 0) : 0;
    if ((ret = take(arena, (length + 1) * sizeof(WCHAR))))
    {
        if (length) length = platform_codepage_to_wide(CP_UTF8, text, size, ret, length);
        ret[length] = 0;
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
    void *id = take_bytes(arena, from->lpEntryID, from->ulEIDSize);

    if (!to) return;
    to->ulReserved = from->ulReserved;
    to->ulRecipClass = from->ulRecipClass;
    to->lpszName = name;
    to->lpszAddress = address;
    to->ulEIDSize = id ? from->ulEIDSize : 0;
    to->lpEntryID = id;
}

static void recipient_to_ansi(struct arena *arena, const MapiRecipDescW *from, MapiRecipDesc *to)
{
    char *name = take_ansi(arena, from->lpszName), *address = take_ansi(arena, from->lpszAddress);
    void *id = take_bytes(arena, from->lpEntryID, from->ulEIDSize);

    if (!to) return;
    to->ulReserved = from->ulReserved;
    to->ulRecipClass = from->ulRecipClass;
    to->lpszName = name;
    to->lpszAddress = address;
    to->ulEIDSize = id ? from->ulEIDSize : 0;
    to->lpEntryID = id;
}

static void file_to_wide(struct arena *arena, const MapiFileDesc *from, MapiFileDescW *to)
{
    WCHAR *path = take_wide(arena, from->lpszPathName),
          *name = take_wide(arena, from->lpszFileName);
    void *type = take_tag(arena, from->lpFileType);

    if (!to) return;
    to->ulReserved = from->ulReserved;
    to->flFlags = from->flFlags;
    to->nPosition = from->nPosition;
    to->lpszPathName = path;
    to->lpszFileName = name;
    to->lpFileType = type;
}

static void file_to_ansi(struct arena *arena, const MapiFileDescW *from, MapiFileDesc *to)
{
    char *path = take_ansi(arena, from->lpszPathName), *name = take_ansi(arena, from->lpszFileName);
    void *type = take_tag(arena, from->lpFileType);

    if (!to) return;
    to->ulReserved = from->ulReserved;
    to->flFlags = from->flFlags;
    to->nPosition = from->nPosition;
    to->lpszPathName = path;
    to->lpszFileName = name;
    to->lpFileType = type;
}

static MapiMessageW *copy_to_wide(struct arena *arena, const MapiMessage *from)
{
    MapiMessageW message = { 0 }, *to = take(arena, sizeof(*to));
    ULONG i;

    message.flFlags = from->flFlags;
    message.nRecipCount = from->nRecipCount;
    message.nFileCount = from->nFileCount;
    if (from->lpOriginator) message.lpOriginator = take(arena, sizeof(*message.lpOriginator));
    message.lpRecips = take(arena, from->nRecipCount * sizeof(*message.lpRecips));
    message.lpFiles = take(arena, from->nFileCount * sizeof(*message.lpFiles));
    message.lpszSubject = take_text(arena, from->lpszSubject, from->ulReserved);
    message.lpszNoteText = take_text(arena, from->lpszNoteText, from->ulReserved);
    message.lpszMessageType = take_text(arena, from->lpszMessageType, from->ulReserved);
    message.lpszDateReceived = take_text(arena, from->lpszDateReceived, from->ulReserved);
    message.lpszConversationID = take_text(arena, from->lpszConversationID, from->ulReserved);
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

static void recipient_copy(struct arena *arena, const MapiRecipDescW *from, MapiRecipDescW *to)
{
    WCHAR *name = take_copy(arena, from->lpszName), *address = take_copy(arena, from->lpszAddress);
    void *id = take_bytes(arena, from->lpEntryID, from->ulEIDSize);

    if (!to) return;
    *to = *from;
    to->lpszName = name;
    to->lpszAddress = address;
    to->ulEIDSize = id ? from->ulEIDSize : 0;
    to->lpEntryID = id;
}

static void file_copy(struct arena *arena, const MapiFileDescW *from, MapiFileDescW *to)
{
    WCHAR *path = take_copy(arena, from->lpszPathName),
          *name = take_copy(arena, from->lpszFileName);
    void *type = take_tag(arena, from->lpFileType);

    if (!to) return;
    *to = *from;
    to->lpszPathName = path;
    to->lpszFileName = name;
    to->lpFileType = type;
}

static MapiMessageW *copy_wide(struct arena *arena, const MapiMessageW *from)
{
    MapiMessageW message = *from, *to = take(arena, sizeof(*to));
    ULONG i;

    message.lpOriginator = NULL;
    if (from->lpOriginator) message.lpOriginator = take(arena, sizeof(*message.lpOriginator));
    message.lpRecips = take(arena, from->nRecipCount * sizeof(*message.lpRecips));
    message.lpFiles = take(arena, from->nFileCount * sizeof(*message.lpFiles));
    message.lpszSubject = take_copy(arena, from->lpszSubject);
    message.lpszNoteText = take_copy(arena, from->lpszNoteText);
    message.lpszMessageType = take_copy(arena, from->lpszMessageType);
    message.lpszDateReceived = take_copy(arena, from->lpszDateReceived);
    message.lpszConversationID = take_copy(arena, from->lpszConversationID);
    if (from->lpOriginator) recipient_copy(arena, from->lpOriginator, message.lpOriginator);
    for (i = 0; i < from->nRecipCount; i++)
        recipient_copy(arena, from->lpRecips + i, message.lpRecips ? message.lpRecips + i : NULL);
    for (i = 0; i < from->nFileCount; i++)
        file_copy(arena, from->lpFiles + i, message.lpFiles ? message.lpFiles + i : NULL);
    if (to) *to = message;
    return to;
}

/* The two messages are laid out alike, and so are their parts. */
C_ASSERT(sizeof(MapiMessage) == sizeof(MapiMessageW));
C_ASSERT(sizeof(MapiRecipDesc) == sizeof(MapiRecipDescW));
C_ASSERT(sizeof(MapiFileDesc) == sizeof(MapiFileDescW));

/* ---- checks ---- */

struct inspection
{
    const MapiMessage *message;         /* of either width */
    ULONG count;                        /* without a message: recipients alone */
    const MapiRecipDesc *recipients;
    const char *string;
    BOOL wide;
    ULONG ret;                          /* what is wrong if the next thing read is not there */
    volatile BYTE last;                 /* keeps reads from being left out */
};

/* FALSE: more than limit characters, the terminator among them. */
static BOOL inspect_text(struct inspection *inspection, const void *text, size_t limit)
{
    const WCHAR *wide = text;
    const char *ansi = text;
    size_t i;

    if (!text) return TRUE;
    for (i = 0; i < limit; i++)
        if (!(inspection->wide ? wide[i] : ansi[i])) return TRUE;
    return FALSE;
}

static void inspect_bytes(struct inspection *inspection, const void *bytes, ULONG size)
{
    const BYTE *p = bytes;
    ULONG i;

    for (i = 0; p && i < size; i++) inspection->last = p[i];
}

static BOOL inspect_recipient(struct inspection *inspection, const MapiRecipDesc *recipient)
{
    inspection->ret = MAPI_E_INVALID_RECIPS;
    if (recipient->ulEIDSize && !recipient->lpEntryID) return FALSE;
    if (recipient->ulEIDSize > SIMPLE_BLOB_MAX) return FALSE;
    inspect_bytes(inspection, recipient->lpEntryID, recipient->ulEIDSize);
    return inspect_text(inspection, recipient->lpszName, SIMPLE_NAME_MAX)
           && inspect_text(inspection, recipient->lpszAddress, SIMPLE_NAME_MAX);
}

static BOOL inspect_file(struct inspection *inspection, const MapiFileDesc *file)
{
    const struct file_tag *tag = file->lpFileType;

    inspection->ret = MAPI_E_ATTACHMENT_NOT_FOUND;
    if (!inspect_text(inspection, file->lpszPathName, SIMPLE_NAME_MAX)
        || !inspect_text(inspection, file->lpszFileName, SIMPLE_NAME_MAX))
        return FALSE;
    if (!tag) return TRUE;
    inspection->ret = MAPI_E_FAILURE;
    if (tag->cbTag > SIMPLE_BLOB_MAX || tag->cbEncoding > SIMPLE_BLOB_MAX) return FALSE;
    inspect_bytes(inspection, tag->lpTag, tag->cbTag);
    inspect_bytes(inspection, tag->lpEncoding, tag->cbEncoding);
    return TRUE;
}

static BOOL inspect_texts(struct inspection *inspection, const MapiMessage *message)
{
    inspection->ret = MAPI_E_INVALID_MESSAGE;
    if (!inspect_text(inspection, message->lpszMessageType, SIMPLE_NAME_MAX)
        || !inspect_text(inspection, message->lpszDateReceived, SIMPLE_NAME_MAX)
        || !inspect_text(inspection, message->lpszConversationID, SIMPLE_NAME_MAX))
        return FALSE;
    if (inspect_text(inspection, message->lpszSubject, SIMPLE_NAME_MAX)
        && inspect_text(inspection, message->lpszNoteText, SIMPLE_TEXT_MAX))
        return TRUE;
    inspection->ret = MAPI_E_TEXT_TOO_LARGE;
    return FALSE;
}

static void inspect_message(void *context)
{
    struct inspection *inspection = context;
    const MapiMessage *message = inspection->message;
    ULONG i;

    inspect_bytes(inspection, message, sizeof(*message));
    inspection->ret = MAPI_E_TOO_MANY_RECIPIENTS;
    if (message->nRecipCount > SIMPLE_COUNT_MAX) return;
    inspection->ret = MAPI_E_TOO_MANY_FILES;
    if (message->nFileCount > SIMPLE_COUNT_MAX) return;
    for (i = 0; i < message->nRecipCount; i++)
    {
        inspection->ret = MAPI_E_INVALID_RECIPS;
        if (!inspect_recipient(inspection, message->lpRecips + i)) return;
    }
    for (i = 0; i < message->nFileCount; i++)
    {
        inspection->ret = MAPI_E_ATTACHMENT_NOT_FOUND;
        if (!inspect_file(inspection, message->lpFiles + i)) return;
    }
    inspection->ret = MAPI_E_INVALID_RECIPS;
    if (message->lpOriginator && !inspect_recipient(inspection, message->lpOriginator)) return;
    if (!inspect_texts(inspection, message)) return;
    inspection->ret = SUCCESS_SUCCESS;
}

static ULONG inspect(const void *message, BOOL wide)
{
    struct inspection inspection = { 0 };

    if (!message) return MAPI_E_INVALID_MESSAGE;
    inspection.message = message;
    inspection.wide = wide;
    inspection.ret = MAPI_E_INVALID_MESSAGE;
    platform_probe(inspect_message, &inspection);
    return inspection.ret;
}

ULONG message_check(const MapiMessage *message)
{
    return inspect(message, FALSE);
}

ULONG message_checkW(const MapiMessageW *message)
{
    return inspect(message, TRUE);
}

static void inspect_recipients(void *context)
{
    struct inspection *inspection = context;
    ULONG i;

    for (i = 0; i < inspection->count; i++)
        if (!inspect_recipient(inspection, inspection->recipients + i)) return;
    inspection->ret = SUCCESS_SUCCESS;
}

ULONG recipients_check(ULONG count, const MapiRecipDesc *recipients)
{
    struct inspection inspection = { 0 };

    if (count > SIMPLE_COUNT_MAX) return MAPI_E_INVALID_RECIPS;
    inspection.count = count;
    inspection.recipients = recipients;
    inspection.ret = MAPI_E_INVALID_RECIPS;
    platform_probe(inspect_recipients, &inspection);
    return inspection.ret;
}

static void inspect_string(void *context)
{
    struct inspection *inspection = context;

    if (inspect_text(inspection, inspection->string, SIMPLE_NAME_MAX))
        inspection->ret = SUCCESS_SUCCESS;
}

BOOL string_check(const char *text)
{
    struct inspection inspection = { 0 };

    inspection.string = text;
    inspection.ret = MAPI_E_FAILURE;
    platform_probe(inspect_string, &inspection);
    return inspection.ret == SUCCESS_SUCCESS;
}

/* ---- copies ---- */

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

ULONG message_copy(const MapiMessageW *message, MapiMessageW **ret)
{
    struct arena arena = { NULL, 0 };

    *ret = NULL;
    copy_wide(&arena, message);
    if (!(arena.base = platform_alloc(arena.used))) return MAPI_E_INSUFFICIENT_MEMORY;
    arena.used = 0;
    *ret = copy_wide(&arena, message);
    return SUCCESS_SUCCESS;
}
