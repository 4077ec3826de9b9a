/*
 * Common Messaging Calls: listing and reading
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
 * A list is the messages of the receive folder, found as MAPIFindNext finds them; their summaries
 * are taken from each. What is given out is one chain of memory; files of attachments belong to the
 * caller, who is told so.
 */

#define COBJMACROS
#include "simple/cmc.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define LIST_MAX 0x10000

/* ---- small things given out ---- */

HRESULT cmc_put_string(void *chain, const char *text, CMC_string *ret)
{
    *ret = NULL;
    if (!text) return S_OK;
    if (memory_exported->more(strlen(text) + 1, chain, (void **)ret))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    strcpy(*ret, text);
    return S_OK;
}

/* chain NULL: a block of its own */
static HRESULT put_counted(void *chain, const void *data, ULONG size, CMC_counted_string **ret)
{
    const ULONG room = FIELD_OFFSET(CMC_counted_string, string[size + 1]);
    SCODE code;

    code = chain ? memory_exported->more(room, chain, (void **)ret)
                 : memory_exported->allocate(room, (void **)ret);
    if (code) return MAPI_E_NOT_ENOUGH_MEMORY;
    (*ret)->length = size;
    memcpy((*ret)->string, data, size);
    (*ret)->string[size] = 0;
    return S_OK;
}

HRESULT cmc_put_reference(void *chain, const char *id, CMC_message_reference **ret)
{
    return put_counted(chain, id, (ULONG)strlen(id), ret);
}

char *cmc_reference_text(const CMC_message_reference *reference)
{
    ULONG length;
    char *text;

    if (!reference || IsBadReadPtr(reference, sizeof(reference->length))) return NULL;
    length = reference->length;
    if (length == CMC_LENGTH_UNKNOWN)
    {
        if (!string_check(reference->string)) return NULL;
        length = (ULONG)strlen(reference->string);
    }
    if (!length || length >= MSGID_LONG_SIZE || IsBadReadPtr(reference->string, length))
        return NULL;
    if (!(text = platform_alloc(length + 1))) return NULL;
    memcpy(text, reference->string, length);
    text[length] = 0;
    return text;
}

static HRESULT put_extension(void *chain, ULONG code, ULONG data, void *reference,
                             CMC_extension **ret)
{
    CMC_extension *extension;

    if (memory_exported->more(sizeof(*extension), chain, (void **)&extension))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    extension->item_code = code;
    extension->item_data = data;
    extension->item_reference = reference;
    extension->extension_flags = CMC_EXT_LAST_ELEMENT;
    *ret = extension;
    return S_OK;
}

HRESULT cmc_put_recipient(void *chain, const MapiRecipDesc *from, BOOL id, CMC_recipient *to)
{
    static const CMC_enum roles[] = { CMC_ROLE_ORIGINATOR, CMC_ROLE_TO, CMC_ROLE_CC, CMC_ROLE_BCC };
    CMC_counted_string *counted;
    HRESULT hr;

    memset(to, 0, sizeof(*to));
    to->name_type = CMC_TYPE_UNKNOWN;
    to->role = from->ulRecipClass < ARRAY_SIZE(roles) ? roles[from->ulRecipClass] : CMC_ROLE_TO;
    hr = cmc_put_string(chain, from->lpszName, &to->name);
    if (SUCCEEDED(hr)) hr = cmc_put_string(chain, from->lpszAddress, &to->address);
    if (FAILED(hr) || !id || !from->ulEIDSize) return hr;
    hr = put_counted(chain, from->lpEntryID, from->ulEIDSize, &counted);
    if (SUCCEEDED(hr))
        hr = put_extension(chain, CMC_X_COM_RECIP_ID, from->ulEIDSize, counted,
                           &to->recip_extensions);
    return hr;
}

/* ---- what a message says of itself ---- */

enum
{
    PROP_CLASS, PROP_SUBJECT, PROP_SENT, PROP_DELIVERED, PROP_FLAGS, PROP_SIZE, PROP_PRIORITY,
    PROP_SENDER_NAME, PROP_SENDER_TYPE, PROP_SENDER_ADDRESS, PROP_SENDER_ID, PROPS
};

static const SizedSPropTagArray(PROPS, head_tags) = {
    PROPS,
    { PR_MESSAGE_CLASS_A, PR_SUBJECT_A, PR_CLIENT_SUBMIT_TIME, PR_MESSAGE_DELIVERY_TIME,
      PR_MESSAGE_FLAGS, PR_MESSAGE_SIZE, PR_PRIORITY, PR_SENT_REPRESENTING_NAME_W,
      PR_SENT_REPRESENTING_ADDRTYPE_W, PR_SENT_REPRESENTING_EMAIL_ADDRESS_W,
      PR_SENT_REPRESENTING_ENTRYID }
};

static HRESULT read_head(struct simple_session *session, const char *id, SPropValue **ret)
{
    IMessage *message;
    ULONG count;
    HRESULT hr;

    if (FAILED(hr = msgid_open(session, id, 0, &message))) return hr;
    hr = IMessage_GetProps(message, (SPropTagArray *)&head_tags, 0, &count, ret);
    IMessage_Release(message);
    return FAILED(hr) ? hr : S_OK;
}

/* Local time. The year has eight bits, which MAPI's clients take without a sign. */
static void put_time(const SPropValue *prop, CMC_time *time)
{
    SYSTEMTIME utc, local;

    memset(time, 0, sizeof(*time));
    time->tmzone = CMC_NO_TIMEZONE;
    if (PROP_TYPE(prop->ulPropTag) != PT_SYSTIME || !FileTimeToSystemTime(&prop->Value.ft, &utc)
        || !SystemTimeToTzSpecificLocalTime(NULL, &utc, &local))
        return;
    time->second = local.wSecond;
    time->minute = local.wMinute;
    time->hour = local.wHour;
    time->day = local.wDay;
    time->month = local.wMonth - 1;
    time->year = (CMC_sint8)(local.wYear - 1900);
    time->isdst = -1;
}

/* CMC has names of its own for some classes. */
static const struct
{
    const char *cmc;
    const char *class;
}
message_types[] =
{
    { "CMC:IPM", "IPM.Note" },
    { "CMC:IPRN", "REPORT.IPM.Note.IPNRN" },
    { "CMC:IPNRN", "REPORT.IPM.Note.IPNNRN" },
    { "CMC:DR", "REPORT.IPM.Note.DR" },
    { "CMC:NDR", "REPORT.IPM.Note.NDR" },
};

/* NULL: none is asked for; FALSE: it is none that CMC knows. */
static BOOL class_of_type(const char *type, const char **ret)
{
    char name[16];
    ULONG i, length = 0;

    *ret = NULL;
    if (!type || !*type) return TRUE;
    if ((type[0] | 0x20) != 'c' || (type[1] | 0x20) != 'm' || (type[2] | 0x20) != 'c'
        || type[3] != ':')
    {
        *ret = type;
        return TRUE;
    }
    for (i = 0; type[i] && length < sizeof(name) - 1; i++)
        if (type[i] != ' ') name[length++] = type[i];
    name[length] = 0;
    for (i = 0; i < ARRAY_SIZE(message_types); i++)
    {
        if (text_compare_nocase_ansi(name, message_types[i].cmc)) continue;
        *ret = message_types[i].class;
        return TRUE;
    }
    return FALSE;
}

static const char *type_of_class(const SPropValue *prop)
{
    ULONG i;

    if (prop->ulPropTag != PR_MESSAGE_CLASS_A) return NULL;
    for (i = 0; i < ARRAY_SIZE(message_types); i++)
        if (!text_compare_nocase_ansi(prop->Value.lpszA, message_types[i].class))
            return message_types[i].cmc;
    return prop->Value.lpszA;
}

static HRESULT put_originator(void *chain, const SPropValue *head, ULONG wanted,
                              CMC_recipient **ret)
{
    static const struct person_tags tags =
        { PR_SENT_REPRESENTING_NAME, PR_SENT_REPRESENTING_ADDRTYPE, PR_SENT_REPRESENTING_EMAIL_ADDRESS,
          PR_SENT_REPRESENTING_ENTRYID };
    MapiRecipDesc person = { 0 };
    HRESULT hr;

    *ret = NULL;
    if (PROP_TYPE(head[PROP_SENDER_NAME].ulPropTag) == PT_ERROR
        && PROP_TYPE(head[PROP_SENDER_ADDRESS].ulPropTag) == PT_ERROR)
        return S_OK;
    if (FAILED(hr = person_to_simple(chain, PROPS, head, &tags, &person))) return hr;
    person.ulRecipClass = MAPI_ORIG;
    if (memory_exported->more(sizeof(**ret), chain, (void **)ret)) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = cmc_put_recipient(chain, &person, (wanted & CMC_WANTED(CMC_X_COM_RECIP_ID)) != 0, *ret);
    (*ret)->recip_flags |= CMC_RECIP_LAST_ELEMENT;
    return hr;
}

/* Time of receipt and priority, for clients that asked for them at logon. */
static HRESULT put_extensions(void *chain, const SPropValue *head, ULONG wanted,
                              CMC_extension **ret)
{
    CMC_extension *list;
    CMC_time *time;
    ULONG count = 0;

    *ret = NULL;
    if (!(wanted & (CMC_WANTED(CMC_X_COM_TIME_RECEIVED) | CMC_WANTED(CMC_X_COM_PRIORITY))))
        return S_OK;
    if (memory_exported->more(2 * sizeof(*list), chain, (void **)&list)
        || memory_exported->more(sizeof(*time), chain, (void **)&time))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(list, 0, 2 * sizeof(*list));
    if (wanted & CMC_WANTED(CMC_X_COM_TIME_RECEIVED))
    {
        put_time(head + PROP_DELIVERED, time);
        list[count].item_code = CMC_X_COM_TIME_RECEIVED;
        list[count++].item_reference = time;
    }
    if (wanted & CMC_WANTED(CMC_X_COM_PRIORITY))
    {
        list[count].item_code = CMC_X_COM_PRIORITY;
        if (head[PROP_PRIORITY].ulPropTag == PR_PRIORITY)
            list[count].item_data = head[PROP_PRIORITY].Value.l > 0   ? CMC_X_COM_URGENT
                                    : head[PROP_PRIORITY].Value.l < 0 ? CMC_X_COM_LOW
                                                                      : CMC_X_COM_NORMAL;
        count++;
    }
    list[count - 1].extension_flags = CMC_EXT_LAST_ELEMENT;
    *ret = list;
    return S_OK;
}

static LONG flags_of(const SPropValue *head)
{
    return head[PROP_FLAGS].ulPropTag == PR_MESSAGE_FLAGS ? head[PROP_FLAGS].Value.l : 0;
}

/* ---- cmc_list ---- */

static HRESULT put_summary(struct simple_session *session, void *chain, const char *id,
                           BOOL refs_only, CMC_message_summary *to)
{
    const ULONG wanted = session->extensions;
    SPropValue *head;
    HRESULT hr;

    memset(to, 0, sizeof(*to));
    if (FAILED(hr = cmc_put_reference(chain, id, &to->message_reference)) || refs_only) return hr;
    if (FAILED(hr = read_head(session, id, &head))) return hr;
    hr = cmc_put_string(chain, type_of_class(head + PROP_CLASS), &to->message_type);
    if (SUCCEEDED(hr) && head[PROP_SUBJECT].ulPropTag == PR_SUBJECT_A)
        hr = cmc_put_string(chain, head[PROP_SUBJECT].Value.lpszA, &to->subject);
    if (SUCCEEDED(hr)) hr = put_originator(chain, head, wanted, &to->originator);
    if (SUCCEEDED(hr)) hr = put_extensions(chain, head, wanted, &to->message_summary_extensions);
    put_time(head + PROP_SENT, &to->time_sent);
    to->byte_length = head[PROP_SIZE].ulPropTag == PR_MESSAGE_SIZE ? head[PROP_SIZE].Value.ul
                                                                   : CMC_LENGTH_UNKNOWN;
    if (flags_of(head) & MSGFLAG_READ) to->summary_flags |= CMC_SUM_READ;
    if (flags_of(head) & MSGFLAG_UNSENT) to->summary_flags |= CMC_SUM_UNSENT;
    memory_exported->free(head);
    return hr;
}

struct id_list
{
    char (*ids)[MSGID_LONG_SIZE];
    ULONG count, room;
};

/* The identifiers of at most limit messages behind the seed. */
static CMC_return_code find_all(struct simple_session *session, const char *class, const char *seed,
                                FLAGS flags, ULONG limit, struct id_list *list)
{
    char id[MSGID_LONG_SIZE];
    void *bigger;
    ULONG code;

    lstrcpynA(id, seed ? seed : "", sizeof(id));
    while (list->count < limit)
    {
        if (list->count == list->room)
        {
            list->room = list->room ? list->room * 2 : 16;
            if (!(bigger = platform_realloc(list->ids, list->room * sizeof(*list->ids))))
                return CMC_E_INSUFFICIENT_MEMORY;
            list->ids = bigger;
        }
        code = simple_find(session, class, *id ? id : NULL, flags | MAPI_LONG_MSGID,
                           list->ids[list->count]);
        if (code == MAPI_E_NO_MESSAGES) break;
        if (code) return cmc_error(code);
        lstrcpynA(id, list->ids[list->count++], sizeof(id));
    }
    return CMC_SUCCESS;
}

static CMC_return_code put_list(struct simple_session *session, const struct id_list *list,
                                BOOL refs_only, CMC_uint32 *count, CMC_message_summary **ret)
{
    CMC_message_summary *summaries;
    HRESULT hr = S_OK;
    ULONG i, put = 0;

    if (!list->count) return CMC_SUCCESS;
    if (memory_exported->allocate(list->count * sizeof(*summaries), (void **)&summaries))
        return CMC_E_INSUFFICIENT_MEMORY;
    for (i = 0; i < list->count && SUCCEEDED(hr); i++)
    {
        hr = put_summary(session, summaries, list->ids[i], refs_only, summaries + put);
        if (SUCCEEDED(hr)) put++;
        /* One that another program deleted meanwhile is not in the list. */
        else if (hr != MAPI_E_NOT_ENOUGH_MEMORY) hr = S_OK;
    }
    if (FAILED(hr) || !put) memory_exported->free(summaries);
    else
    {
        summaries[put - 1].summary_flags |= CMC_SUM_LAST_ELEMENT;
        *ret = summaries;
        *count = put;
    }
    return SUCCEEDED(hr) ? CMC_SUCCESS : cmc_error_hr(hr);
}

CMC_return_code WINAPI cmc_list(CMC_session_id session, CMC_string message_type,
                                CMC_flags list_flags, CMC_message_reference *seed,
                                CMC_uint32 *count, CMC_ui_id ui_id, CMC_message_summary **result,
                                CMC_extension *list_extensions)
{
    static const ULONG known[] = { CMC_X_MS_FUNCTION_FLAGS, 0 };
    struct id_list list = { 0 };
    CMC_extension *extension;
    struct simple_call call;
    CMC_return_code ret;
    const char *class;
    char *after = NULL;
    ULONG code, limit;
    FLAGS flags = 0;

    TRACE("(%#lx, %s, %#lx, %p, %p, %#lx, %p, %p)\n", session, debugstr_a(message_type), list_flags,
          seed, count, ui_id, result, list_extensions);

    if (result) *result = NULL;
    if (!count || IsBadWritePtr(count, sizeof(*count))) return CMC_E_INVALID_PARAMETER;
    limit = *count && !(list_flags & CMC_LIST_COUNT_ONLY) && *count < LIST_MAX ? *count : LIST_MAX;
    *count = 0;
    if (!result && !(list_flags & CMC_LIST_COUNT_ONLY)) return CMC_E_INVALID_PARAMETER;
    if ((ret = cmc_flags_check(list_flags, CMC_LIST_UNREAD_ONLY | CMC_LIST_MSG_REFS_ONLY
                                               | CMC_LIST_COUNT_ONLY)))
        return ret;
    if ((ret = cmc_extensions_check(list_extensions, known))) return ret;
    if (!string_check(message_type)) return CMC_E_INVALID_PARAMETER;
    if (!class_of_type(message_type, &class)) return CMC_E_UNRECOGNIZED_MESSAGE_TYPE;
    if (!session) return CMC_E_INVALID_SESSION_ID;
    if (seed && !(after = cmc_reference_text(seed))) return CMC_E_INVALID_MESSAGE_REFERENCE;
    if (list_flags & CMC_LIST_UNREAD_ONLY) flags |= MAPI_UNREAD_ONLY;
    if ((extension = cmc_extension(list_extensions, CMC_X_MS_FUNCTION_FLAGS))
        && (extension->item_data & CMC_X_MS_LIST_GUARANTEE_FIFO))
        flags |= MAPI_GUARANTEE_FIFO;
    if ((code = simple_begin(&call, session, cmc_window(ui_id), 0))) ret = cmc_error(code);
    else
    {
        ret = find_all(call.session, class, after, flags, limit, &list);
        if (!ret && (list_flags & CMC_LIST_COUNT_ONLY)) *count = list.count;
        else if (!ret)
            ret = put_list(call.session, &list, (list_flags & CMC_LIST_MSG_REFS_ONLY) != 0, count,
                           result);
        simple_end(&call);
    }
    platform_free(list.ids);
    platform_free(after);
    return ret;
}

/* ---- cmc_read ---- */

static HRESULT put_recipients(CMC_message *to, const MapiMessage *from, ULONG wanted)
{
    const BOOL id = (wanted & CMC_WANTED(CMC_X_COM_RECIP_ID)) != 0;
    ULONG i, count = from->nRecipCount + (from->lpOriginator != NULL);
    HRESULT hr = S_OK;

    if (!count) return S_OK;
    if (memory_exported->more(count * sizeof(*to->recipients), to, (void **)&to->recipients))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (from->lpOriginator) hr = cmc_put_recipient(to, from->lpOriginator, id, to->recipients);
    for (i = 0; i < from->nRecipCount && SUCCEEDED(hr); i++)
        hr = cmc_put_recipient(to, from->lpRecips + i, id,
                               to->recipients + count - from->nRecipCount + i);
    to->recipients[count - 1].recip_flags |= CMC_RECIP_LAST_ELEMENT;
    return hr;
}

static HRESULT put_attachments(CMC_message *to, const MapiMessage *from, ULONG wanted)
{
    HRESULT hr = S_OK;
    ULONG i;

    if (!from->nFileCount) return S_OK;
    if (memory_exported->more(from->nFileCount * sizeof(*to->attachments), to,
                              (void **)&to->attachments))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(to->attachments, 0, from->nFileCount * sizeof(*to->attachments));
    for (i = 0; i < from->nFileCount && SUCCEEDED(hr); i++)
    {
        CMC_attachment *attachment = to->attachments + i;

        hr = cmc_put_string(to, from->lpFiles[i].lpszFileName, &attachment->attach_title);
        if (SUCCEEDED(hr))
            hr = cmc_put_string(to, from->lpFiles[i].lpszPathName, &attachment->attach_filename);
        if (from->lpFiles[i].lpszPathName) attachment->attach_flags = CMC_ATT_APP_OWNS_FILE;
        if (SUCCEEDED(hr) && (wanted & CMC_WANTED(CMC_X_COM_ATTACH_CHARPOS))
            && from->lpFiles[i].nPosition != ~0u)
            hr = put_extension(to, CMC_X_COM_ATTACH_CHARPOS, from->lpFiles[i].nPosition, NULL,
                               &attachment->attach_extensions);
    }
    to->attachments[from->nFileCount - 1].attach_flags |= CMC_ATT_LAST_ELEMENT;
    return hr;
}

static HRESULT put_message(CMC_message *to, const MapiMessage *from, const SPropValue *head,
                           const char *id, ULONG wanted)
{
    HRESULT hr;

    memset(to, 0, sizeof(*to));
    to->message_flags = CMC_MSG_LAST_ELEMENT;
    if (flags_of(head) & MSGFLAG_READ) to->message_flags |= CMC_MSG_READ;
    if (flags_of(head) & MSGFLAG_UNSENT) to->message_flags |= CMC_MSG_UNSENT;
    put_time(head + PROP_SENT, &to->time_sent);
    hr = cmc_put_reference(to, id, &to->message_reference);
    if (SUCCEEDED(hr)) hr = cmc_put_string(to, type_of_class(head + PROP_CLASS), &to->message_type);
    if (SUCCEEDED(hr)) hr = cmc_put_string(to, from->lpszSubject, &to->subject);
    if (SUCCEEDED(hr)) hr = cmc_put_string(to, from->lpszNoteText, &to->text_note);
    if (SUCCEEDED(hr)) hr = put_recipients(to, from, wanted);
    if (SUCCEEDED(hr)) hr = put_attachments(to, from, wanted);
    if (SUCCEEDED(hr)) hr = put_extensions(to, head, wanted, &to->message_extensions);
    return hr;
}

static CMC_return_code read_message(struct simple_session *session, const char *id, FLAGS flags,
                                    CMC_message **ret)
{
    CMC_message *message = NULL;
    MapiMessage *simple;
    SPropValue *head;
    HRESULT hr;
    ULONG code;

    /* The flags as they are before it is marked as read. */
    if (FAILED(hr = read_head(session, id, &head))) return cmc_error_hr(hr);
    if ((code = simple_read(session, id, flags, &simple)))
    {
        memory_exported->free(head);
        return cmc_error(code);
    }
    if (memory_exported->allocate(sizeof(*message), (void **)&message))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else hr = put_message(message, simple, head, id, session->extensions);
    if (SUCCEEDED(hr) && (flags & MAPI_BODY_AS_FILE))
        message->message_flags |= CMC_MSG_TEXT_NOTE_AS_FILE;
    if (FAILED(hr))
    {
        attachments_delete_files(simple->nFileCount, simple->lpFiles);
        memory_exported->free(message);
    }
    else *ret = message;
    memory_exported->free(simple);
    memory_exported->free(head);
    return SUCCEEDED(hr) ? CMC_SUCCESS : cmc_error_hr(hr);
}

CMC_return_code WINAPI cmc_read(CMC_session_id session, CMC_message_reference *message_reference,
                                CMC_flags read_flags, CMC_message **message, CMC_ui_id ui_id,
                                CMC_extension *read_extensions)
{
    static const ULONG known[] = { CMC_X_MS_FUNCTION_FLAGS, 0 };
    char first[MSGID_LONG_SIZE], *id = NULL;
    CMC_extension *extension;
    struct simple_call call;
    CMC_return_code ret;
    FLAGS flags = 0;
    ULONG code;

    TRACE("(%#lx, %p, %#lx, %p, %#lx, %p)\n", session, message_reference, read_flags, message,
          ui_id, read_extensions);

    if (!message) return CMC_E_INVALID_PARAMETER;
    *message = NULL;
    if ((ret = cmc_flags_check(read_flags, CMC_DO_NOT_MARK_AS_READ | CMC_MSG_AND_ATT_HDRS_ONLY
                                               | CMC_READ_FIRST_UNREAD_MESSAGE)))
        return ret;
    if ((ret = cmc_extensions_check(read_extensions, known))) return ret;
    if (!session) return CMC_E_INVALID_SESSION_ID;
    if (message_reference && (read_flags & CMC_READ_FIRST_UNREAD_MESSAGE))
        return CMC_E_INVALID_FLAG;
    if (message_reference && !(id = cmc_reference_text(message_reference)))
        return CMC_E_INVALID_MESSAGE_REFERENCE;
    if (read_flags & CMC_DO_NOT_MARK_AS_READ) flags |= MAPI_PEEK;
    if (read_flags & CMC_MSG_AND_ATT_HDRS_ONLY) flags |= MAPI_SUPPRESS_ATTACH;
    if ((extension = cmc_extension(read_extensions, CMC_X_MS_FUNCTION_FLAGS)))
    {
        if (extension->item_data & CMC_X_MS_READ_ENV_ONLY) flags |= MAPI_ENVELOPE_ONLY;
        else if (extension->item_data & CMC_X_MS_READ_BODY_AS_FILE) flags |= MAPI_BODY_AS_FILE;
    }
    if ((code = simple_begin(&call, session, cmc_window(ui_id), 0))) ret = cmc_error(code);
    else
    {
        if (!id)
            code = simple_find(call.session, NULL, NULL,
                               MAPI_LONG_MSGID
                                   | (read_flags & CMC_READ_FIRST_UNREAD_MESSAGE ? MAPI_UNREAD_ONLY
                                                                                 : 0),
                               first);
        if (code == MAPI_E_NO_MESSAGES) ret = CMC_E_INVALID_MESSAGE_REFERENCE;
        else
            ret = code ? cmc_error(code)
                       : read_message(call.session, id ? id : first, flags, message);
        simple_end(&call);
    }
    platform_free(id);
    return ret;
}
