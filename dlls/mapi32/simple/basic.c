/*
 * Simple MAPI as Visual Basic calls it
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
 * The forms of the Simple MAPI functions that Basic programs declare (Alias "BMAPISendMail"). They
 * call the plain ones, so what is said of those goes for these; only the types differ. Basic hands
 * over strings as BSTRs of ANSI text, which whoever changes one frees and makes anew; structures by
 * reference; arrays of them as SAFEARRAY **. The caller gives an array its size, never we.
 *
 * What is read has no size before it is there, so it comes in two calls: BMAPIReadMail and
 * BMAPIAddress keep it and give out a number and counts, BMAPIGetReadMail and BMAPIGetAddress hand
 * it over, once. Of what was never asked for, the last KEPT_MAX are kept.
 *
 * Numbers, sessions among them, are 32 bits wide in Basic, also where it is 64-bit.
 */

#define COBJMACROS
#include "simple/simple.h"
#include <oleauto.h>
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

struct basic_message
{
    LONG reserved;
    BSTR subject, text, type, received, conversation;
    LONG flags, recipients, files;
};

struct basic_recipient
{
    LONG reserved, class;
    BSTR name, address;
    LONG id_size;
    BSTR id;
};

struct basic_file
{
    LONG reserved, flags, position;
    BSTR path, name, type;
};

/* ---- what waits to be asked for ---- */

#define KEPT_MAX 64

struct kept
{
    LONG number;                    /* 0: empty */
    MapiMessage *message;           /* of BMAPIReadMail; NULL: */
    MapiRecipDesc *recipients;      /* of BMAPIAddress */
    ULONG count;
};

static SRWLOCK kept_lock = SRWLOCK_INIT;
static struct kept kept[KEPT_MAX];  /* in the place of its number */
static ULONG last_number;

static void kept_free(struct kept *result)
{
    if (result->message) memory_exported->free(result->message);
    if (result->recipients) memory_exported->free(result->recipients);
}

static LONG keep(struct kept result)
{
    struct kept old;

    AcquireSRWLockExclusive(&kept_lock);
    result.number = last_number = last_number % MAXLONG + 1;
    old = kept[result.number % KEPT_MAX];
    kept[result.number % KEPT_MAX] = result;
    ReleaseSRWLockExclusive(&kept_lock);
    if (old.number) kept_free(&old);
    return result.number;
}

/* The caller owns it then. */
static BOOL take(LONG number, BOOL is_message, struct kept *ret)
{
    struct kept *found = &kept[(ULONG)number % KEPT_MAX];
    BOOL there;

    AcquireSRWLockExclusive(&kept_lock);
    *ret = *found;
    there = number && found->number == number && !found->message == !is_message;
    if (there) memset(found, 0, sizeof(*found));
    ReleaseSRWLockExclusive(&kept_lock);
    return there;
}

/* ---- from Basic ---- */

/* The text of a string, which ends at its first zero; NULL for none. */
static ULONG text_of(BSTR string, char **ret)
{
    *ret = NULL;
    if (!string) return SUCCESS_SUCCESS;
    if (IsBadReadPtr((BYTE *)string - sizeof(UINT), sizeof(UINT))
        || IsBadReadPtr(string, SysStringByteLen(string) + 1))
        return MAPI_E_FAILURE;
    *ret = (char *)string;
    return SUCCESS_SUCCESS;
}

/* Likewise of one that is passed by reference. */
static ULONG text_at(BSTR *string, char **ret)
{
    *ret = NULL;
    if (!string) return SUCCESS_SUCCESS;
    return IsBadWritePtr(string, sizeof(*string)) ? MAPI_E_FAILURE : text_of(*string, ret);
}

/* The elements of an array that has so many at least. */
static ULONG elements_of(SAFEARRAY **array, LONG count, size_t size, void **ret)
{
    SAFEARRAY *descriptor;

    *ret = NULL;
    if (!count) return SUCCESS_SUCCESS;
    if (count < 0 || count > SIMPLE_COUNT_MAX || !array || IsBadReadPtr(array, sizeof(*array)))
        return MAPI_E_FAILURE;
    descriptor = *array;
    if (!descriptor || IsBadReadPtr(descriptor, sizeof(*descriptor)) || descriptor->cDims != 1
        || descriptor->cbElements != size || descriptor->rgsabound[0].cElements < count
        || IsBadWritePtr(descriptor->pvData, count * size))
        return MAPI_E_FAILURE;
    *ret = descriptor->pvData;
    return SUCCESS_SUCCESS;
}

static ULONG recipient_from(const struct basic_recipient *from, MapiRecipDesc *to)
{
    ULONG ret;

    memset(to, 0, sizeof(*to));
    to->ulRecipClass = from->class;
    if ((ret = text_of(from->name, &to->lpszName))
        || (ret = text_of(from->address, &to->lpszAddress))
        || (ret = text_of(from->id, (char **)&to->lpEntryID)))
        return ret;
    if (!to->lpEntryID || !from->id_size)
    {
        to->lpEntryID = NULL;
        return SUCCESS_SUCCESS;
    }
    if (from->id_size < 0 || from->id_size > SysStringByteLen(from->id))
        return MAPI_E_INVALID_RECIPS;
    to->ulEIDSize = from->id_size;
    return SUCCESS_SUCCESS;
}

/* Their strings stay the caller's (platform_free). */
static ULONG recipients_from(SAFEARRAY **array, LONG count, MapiRecipDesc **ret)
{
    const struct basic_recipient *from;
    ULONG code;
    LONG i;

    *ret = NULL;
    if ((code = elements_of(array, count, sizeof(*from), (void **)&from)) || !count) return code;
    if (!(*ret = platform_alloc(count * sizeof(**ret)))) return MAPI_E_INSUFFICIENT_MEMORY;
    for (i = 0; i < count && !code; i++) code = recipient_from(from + i, *ret + i);
    if (!code) return SUCCESS_SUCCESS;
    platform_free(*ret);
    *ret = NULL;
    return code;
}

static ULONG files_from(SAFEARRAY **array, LONG count, MapiFileDesc **ret)
{
    const struct basic_file *from;
    MapiFileDesc *files;
    ULONG code;
    LONG i;

    *ret = NULL;
    if ((code = elements_of(array, count, sizeof(*from), (void **)&from)) || !count) return code;
    if (!(files = platform_alloc_zero(count * sizeof(*files)))) return MAPI_E_INSUFFICIENT_MEMORY;
    for (i = 0; i < count && !code; i++)
    {
        files[i].flFlags = from[i].flags;
        files[i].nPosition = from[i].position;
        if (!(code = text_of(from[i].path, &files[i].lpszPathName)))
            code = text_of(from[i].name, &files[i].lpszFileName);
        /* An empty string is how Basic has none. */
        if (files[i].lpszFileName && !*files[i].lpszFileName) files[i].lpszFileName = NULL;
    }
    if (code) platform_free(files);
    else *ret = files;
    return code;
}

static void message_end(MapiMessage *message)
{
    platform_free(message->lpRecips);
    platform_free(message->lpFiles);
}

/* message_end is due after success only. */
static ULONG message_from(const struct basic_message *from, SAFEARRAY **recipients,
                          SAFEARRAY **files, MapiMessage *to)
{
    ULONG ret;

    memset(to, 0, sizeof(*to));
    if (!from || IsBadReadPtr(from, sizeof(*from))) return MAPI_E_FAILURE;
    if ((ret = text_of(from->subject, &to->lpszSubject))
        || (ret = text_of(from->text, &to->lpszNoteText))
        || (ret = text_of(from->type, &to->lpszMessageType))
        || (ret = text_of(from->received, &to->lpszDateReceived))
        || (ret = text_of(from->conversation, &to->lpszConversationID)))
        return ret;
    to->flFlags = from->flags;
    to->nRecipCount = from->recipients;
    to->nFileCount = from->files;
    if ((ret = recipients_from(recipients, from->recipients, &to->lpRecips))
        || (ret = files_from(files, from->files, &to->lpFiles)))
        message_end(to);
    return ret;
}

/* ---- to Basic ---- */

static ULONG put_bytes(BSTR *string, const void *bytes, size_t size)
{
    BSTR copy = bytes ? SysAllocStringByteLen(bytes, size) : NULL;

    if (bytes && !copy) return MAPI_E_INSUFFICIENT_MEMORY;
    SysFreeString(*string);
    *string = copy;
    return SUCCESS_SUCCESS;
}

static ULONG put_text(BSTR *string, const char *text)
{
    return put_bytes(string, text, text ? strlen(text) : 0);
}

static ULONG put_recipient(struct basic_recipient *to, const MapiRecipDesc *from)
{
    ULONG ret;

    to->reserved = 0;
    to->class = from->ulRecipClass;
    to->id_size = 0;
    if ((ret = put_text(&to->name, from->lpszName))
        || (ret = put_text(&to->address, from->lpszAddress))
        || (ret = put_bytes(&to->id, from->lpEntryID, from->ulEIDSize)))
        return ret;
    to->id_size = from->lpEntryID ? from->ulEIDSize : 0;
    return SUCCESS_SUCCESS;
}

static ULONG put_recipients(SAFEARRAY **array, ULONG count, const MapiRecipDesc *from)
{
    struct basic_recipient *to;
    ULONG i, ret = elements_of(array, count, sizeof(*to), (void **)&to);

    for (i = 0; i < count && !ret; i++) ret = put_recipient(to + i, from + i);
    return ret;
}

static ULONG put_files(SAFEARRAY **array, ULONG count, const MapiFileDesc *from)
{
    struct basic_file *to;
    ULONG i, ret = elements_of(array, count, sizeof(*to), (void **)&to);

    for (i = 0; i < count && !ret; i++)
    {
        to[i].reserved = 0;
        to[i].flags = from[i].flFlags;
        to[i].position = from[i].nPosition;
        if (!(ret = put_text(&to[i].path, from[i].lpszPathName))
            && !(ret = put_text(&to[i].name, from[i].lpszFileName)))
            ret = put_text(&to[i].type, NULL);
    }
    return ret;
}

static ULONG put_message(struct basic_message *to, const MapiMessage *from)
{
    ULONG ret;

    if ((ret = put_text(&to->subject, from->lpszSubject))
        || (ret = put_text(&to->text, from->lpszNoteText))
        || (ret = put_text(&to->type, from->lpszMessageType))
        || (ret = put_text(&to->received, from->lpszDateReceived))
        || (ret = put_text(&to->conversation, from->lpszConversationID)))
        return ret;
    to->reserved = 0;
    to->flags = from->flFlags;
    to->recipients = from->nRecipCount;
    to->files = from->nFileCount;
    return SUCCESS_SUCCESS;
}

/* A number to be given out. */
static BOOL writable(LONG *number)
{
    if (!number || IsBadWritePtr(number, sizeof(*number))) return FALSE;
    *number = 0;
    return TRUE;
}

/* ---- the functions ---- */

/***********************************************************************
 *      BMAPISendMail (MAPI32.220)
 */
ULONG WINAPI BMAPISendMail(LHANDLE session, ULONG_PTR ui, struct basic_message *message,
                           SAFEARRAY **recipients, SAFEARRAY **files, ULONG flags, ULONG reserved)
{
    MapiMessage plain;
    ULONG ret;

    TRACE("(%#Ix, %#Ix, %p, %p, %p, %#lx)\n", session, ui, message, recipients, files, flags);

    if ((ret = message_from(message, recipients, files, &plain))) return ret;
    ret = MAPISendMail((ULONG)session, (ULONG)ui, &plain, flags, reserved);
    message_end(&plain);
    return ret;
}

/***********************************************************************
 *      BMAPISaveMail (MAPI32.221)
 *
 * id: the message to replace, or none; then that of the new one.
 */
ULONG WINAPI BMAPISaveMail(LHANDLE session, ULONG_PTR ui, struct basic_message *message,
                           SAFEARRAY **recipients, SAFEARRAY **files, ULONG flags, ULONG reserved,
                           BSTR *id)
{
    char *given, buffer[MSGID_LONG_SIZE] = "";
    MapiMessage plain;
    ULONG ret;

    TRACE("(%#Ix, %#Ix, %p, %p, %p, %#lx, %p)\n", session, ui, message, recipients, files, flags,
          id);

    if (text_at(id, &given) || (given && strlen(given) >= sizeof(buffer)))
        return MAPI_E_INVALID_MESSAGE;
    if (given) strcpy(buffer, given);
    if ((ret = message_from(message, recipients, files, &plain))) return ret;
    ret = MAPISaveMail((ULONG)session, (ULONG)ui, &plain, flags, reserved, buffer);
    message_end(&plain);
    return ret || !id ? ret : put_text(id, buffer);
}

/***********************************************************************
 *      BMAPIReadMail (MAPI32.222)
 *
 * number: for BMAPIGetReadMail; recipients and files: how many it will fill in.
 */
ULONG WINAPI BMAPIReadMail(LONG *number, LONG *recipients, LONG *files, LHANDLE session,
                           ULONG_PTR ui, BSTR *id, ULONG flags, ULONG reserved)
{
    struct kept result = { 0 };
    ULONG ret;
    char *text;

    TRACE("(%p, %p, %p, %#Ix, %#Ix, %p, %#lx)\n", number, recipients, files, session, ui, id,
          flags);

    if (!writable(number) || !writable(recipients) || !writable(files)) return MAPI_E_FAILURE;
    if (text_at(id, &text) || !text) return MAPI_E_INVALID_MESSAGE;
    if ((ret = MAPIReadMail((ULONG)session, (ULONG)ui, text, flags, reserved,
                            (MapiMessage *)&result.message)))
        return ret;
    *recipients = result.message->nRecipCount;
    *files = result.message->nFileCount;
    *number = keep(result);
    return SUCCESS_SUCCESS;
}

/***********************************************************************
 *      BMAPIGetReadMail (MAPI32.223)
 *
 * MAPI_E_FAILURE: no such number, or an array is too small. The number is used up in any case.
 */
ULONG WINAPI BMAPIGetReadMail(LONG number, struct basic_message *message, SAFEARRAY **recipients,
                              SAFEARRAY **files, struct basic_recipient *originator)
{
    static const MapiRecipDesc nobody;
    struct kept result;
    ULONG ret;

    TRACE("(%ld, %p, %p, %p, %p)\n", number, message, recipients, files, originator);

    if (!take(number, TRUE, &result)) return MAPI_E_FAILURE;
    if (!message || IsBadWritePtr(message, sizeof(*message))
        || !originator || IsBadWritePtr(originator, sizeof(*originator)))
        ret = MAPI_E_FAILURE;
    else if (!(ret = put_recipients(recipients, result.message->nRecipCount,
                                    result.message->lpRecips))
             && !(ret = put_files(files, result.message->nFileCount, result.message->lpFiles))
             && !(ret = put_message(message, result.message)))
        ret = put_recipient(originator,
                            result.message->lpOriginator ? result.message->lpOriginator : &nobody);
    kept_free(&result);
    return ret;
}

/***********************************************************************
 *      BMAPIFindNext (MAPI32.224)
 */
ULONG WINAPI BMAPIFindNext(LHANDLE session, ULONG_PTR ui, BSTR *type, BSTR *seed, ULONG flags,
                           ULONG reserved, BSTR *id)
{
    char *type_text, *seed_text, found[MSGID_LONG_SIZE] = "";
    ULONG ret;

    TRACE("(%#Ix, %#Ix, %p, %p, %#lx, %p)\n", session, ui, type, seed, flags, id);

    if (!id || IsBadWritePtr(id, sizeof(*id)) || text_at(type, &type_text)) return MAPI_E_FAILURE;
    if (text_at(seed, &seed_text)) return MAPI_E_INVALID_MESSAGE;
    ret = MAPIFindNext((ULONG)session, (ULONG)ui, type_text, seed_text, flags, reserved, found);
    return ret ? ret : put_text(id, found);
}

/***********************************************************************
 *      BMAPIAddress (MAPI32.225)
 *
 * recipients: how many the array has; then how many BMAPIGetAddress will fill in.
 */
ULONG WINAPI BMAPIAddress(LONG *number, LHANDLE session, ULONG_PTR ui, BSTR *caption, ULONG fields,
                          BSTR *label, LONG *recipients, SAFEARRAY **array, ULONG flags,
                          ULONG reserved)
{
    struct kept result = { 0 };
    char *caption_text, *label_text;
    MapiRecipDesc *given;
    ULONG ret;

    TRACE("(%p, %#Ix, %#Ix, %p, %lu, %p, %p, %p, %#lx)\n", number, session, ui, caption, fields,
          label, recipients, array, flags);

    if (!writable(number) || !recipients || IsBadWritePtr(recipients, sizeof(*recipients))
        || text_at(caption, &caption_text) || text_at(label, &label_text))
        return MAPI_E_FAILURE;
    if ((ret = recipients_from(array, *recipients, &given))) return ret;
    ret = MAPIAddress((ULONG)session, (ULONG)ui, caption_text, fields, label_text, *recipients,
                      given, flags, reserved, &result.count, &result.recipients);
    platform_free(given);
    if (ret) return ret;
    *recipients = result.count;
    /* Nobody asks for none. */
    if (result.count) *number = keep(result);
    else kept_free(&result);
    return SUCCESS_SUCCESS;
}

/***********************************************************************
 *      BMAPIGetAddress (MAPI32.226)
 *
 * MAPI_E_FAILURE: no such number, or the array is too small. The number is used up in any case.
 */
ULONG WINAPI BMAPIGetAddress(LONG number, LONG count, SAFEARRAY **recipients)
{
    struct kept result;
    ULONG ret;

    TRACE("(%ld, %ld, %p)\n", number, count, recipients);

    if (!take(number, FALSE, &result)) return MAPI_E_FAILURE;
    ret = count < 0 ? MAPI_E_FAILURE
                    : put_recipients(recipients, min(count, result.count), result.recipients);
    kept_free(&result);
    return ret;
}

/***********************************************************************
 *      BMAPIDetails (MAPI32.227)
 */
ULONG WINAPI BMAPIDetails(LHANDLE session, ULONG_PTR ui, struct basic_recipient *recipient,
                          ULONG flags, ULONG reserved)
{
    MapiRecipDesc plain;
    ULONG ret;

    TRACE("(%#Ix, %#Ix, %p, %#lx)\n", session, ui, recipient, flags);

    if (!recipient || IsBadReadPtr(recipient, sizeof(*recipient))) return MAPI_E_FAILURE;
    if ((ret = recipient_from(recipient, &plain))) return ret;
    return MAPIDetails((ULONG)session, (ULONG)ui, &plain, flags, reserved);
}

/***********************************************************************
 *      BMAPIResolveName (MAPI32.228)
 *
 * The name is passed by value, and so no BSTR.
 */
ULONG WINAPI BMAPIResolveName(LHANDLE session, ULONG_PTR ui, char *name, ULONG flags,
                              ULONG reserved, struct basic_recipient *recipient)
{
    MapiRecipDesc *found;
    ULONG ret;

    TRACE("(%#Ix, %#Ix, %s, %#lx, %p)\n", session, ui, debugstr_a(name), flags, recipient);

    if (!recipient || IsBadWritePtr(recipient, sizeof(*recipient))) return MAPI_E_FAILURE;
    if ((ret = MAPIResolveName((ULONG)session, (ULONG)ui, name, flags, reserved, &found)))
        return ret;
    ret = put_recipient(recipient, found);
    memory_exported->free(found);
    return ret;
}
