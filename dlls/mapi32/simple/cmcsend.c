/*
 * Common Messaging Calls: sending and saving
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

#define COBJMACROS
#include "simple/cmc.h"
#include "session/session.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

/* ---- what a caller passes, as Simple MAPI has it ---- */

/* "CMC:IPM" is a note; other names of CMC are reports, which nobody sends. */
static const char *class_of(const char *type)
{
    return !type || !*type || !text_compare_nocase_ansi(type, "CMC:IPM")
           || !text_compare_nocase_ansi(type, "CMC: IPM") ? NULL : type;
}

CMC_return_code cmc_recipient_to_simple(const CMC_recipient *from, MapiRecipDesc *to)
{
    static const ULONG roles[] = { MAPI_TO, MAPI_CC, MAPI_BCC, MAPI_ORIG };
    static const ULONG known[] = { CMC_X_COM_RECIP_ID, 0 };
    const CMC_counted_string *id;
    CMC_extension *extension;
    CMC_return_code ret;

    memset(to, 0, sizeof(*to));
    if (from->role < CMC_ROLE_TO || from->role > CMC_ROLE_AUTHORIZING_USER)
        return CMC_E_INVALID_ENUM;
    if (from->role == CMC_ROLE_AUTHORIZING_USER) return CMC_E_INVALID_MESSAGE_PARAMETER;
    if (!string_check(from->name) || !string_check(from->address))
        return CMC_E_INVALID_MESSAGE_PARAMETER;
    if ((ret = cmc_data_check(from->recip_extensions, known))) return ret;
    to->ulRecipClass = roles[from->role];
    to->lpszName = from->name;
    to->lpszAddress = from->address;
    if (!(extension = cmc_extension(from->recip_extensions, CMC_X_COM_RECIP_ID)))
        return CMC_SUCCESS;
    id = extension->item_reference;
    if (!id || IsBadReadPtr(id, sizeof(id->length)) || id->length > SIMPLE_BLOB_MAX
        || IsBadReadPtr(id->string, id->length))
        return CMC_E_INVALID_MESSAGE_PARAMETER;
    to->ulEIDSize = id->length;
    to->lpEntryID = (void *)id->string;
    return CMC_SUCCESS;
}

ULONG cmc_count(const void *array, size_t size, size_t flags_offset, CMC_flags last)
{
    const BYTE *at = array;
    ULONG count;

    if (!array) return 0;
    for (count = 1; count <= SIMPLE_COUNT_MAX; count++, at += size)
    {
        if (IsBadReadPtr(at, size)) return ~0u;
        if (*(const CMC_flags *)(at + flags_offset) & last) return count;
    }
    return ~0u;
}

static CMC_return_code take_recipients(const CMC_recipient *from, ULONG count, MapiMessage *message,
                                       MapiRecipDesc *originator)
{
    CMC_return_code ret = CMC_SUCCESS;
    MapiRecipDesc recipient;
    ULONG i;

    for (i = 0; i < count && !ret; i++)
    {
        if (from[i].recip_flags & CMC_RECIP_IGNORE) continue;
        if ((ret = cmc_recipient_to_simple(from + i, &recipient))) break;
        if (recipient.ulRecipClass == MAPI_ORIG)
        {
            *originator = recipient;
            message->lpOriginator = originator;
        }
        else message->lpRecips[message->nRecipCount++] = recipient;
    }
    return ret;
}

static CMC_return_code take_attachments(const CMC_attachment *from, ULONG count,
                                        MapiMessage *message)
{
    static const ULONG known[] = { CMC_X_COM_ATTACH_CHARPOS, CMC_X_MS_ATTACH_DATA, 0 };
    CMC_extension *extension;
    CMC_return_code ret;
    ULONG i;

    for (i = 0; i < count; i++)
    {
        MapiFileDesc *file = message->lpFiles + message->nFileCount++;

        memset(file, 0, sizeof(*file));
        file->nPosition = ~0u;
        if (!string_check(from[i].attach_filename) || !string_check(from[i].attach_title)
            || !from[i].attach_filename)
            return CMC_E_INVALID_MESSAGE_PARAMETER;
        if ((ret = cmc_data_check(from[i].attach_extensions, known))) return ret;
        file->lpszPathName = from[i].attach_filename;
        file->lpszFileName = from[i].attach_title;
        if ((extension = cmc_extension(from[i].attach_extensions, CMC_X_COM_ATTACH_CHARPOS)))
            file->nPosition = extension->item_data;
        if ((extension = cmc_extension(from[i].attach_extensions, CMC_X_MS_ATTACH_DATA)))
        {
            if (extension->item_data & CMC_X_MS_ATTACH_OLE) file->flFlags |= MAPI_OLE;
            if (extension->item_data & CMC_X_MS_ATTACH_OLE_STATIC)
                file->flFlags |= MAPI_OLE | MAPI_OLE_STATIC;
        }
    }
    return CMC_SUCCESS;
}

/* The text of a file (platform_alloc). */
static CMC_return_code read_note(const char *path, char **ret)
{
    CMC_return_code code = CMC_SUCCESS;
    HANDLE file;
    DWORD size, got = 0;

    *ret = NULL;
    file = CreateFileA(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return CMC_E_ATTACHMENT_OPEN_FAILURE;
    size = GetFileSize(file, NULL);
    if (size >= SIMPLE_TEXT_MAX) code = CMC_E_TEXT_TOO_LARGE;
    else if (!(*ret = platform_alloc(size + 1))) code = CMC_E_INSUFFICIENT_MEMORY;
    else if (!ReadFile(file, *ret, size, &got, NULL)) code = CMC_E_ATTACHMENT_READ_FAILURE;
    else (*ret)[got] = 0;
    CloseHandle(file);
    if (code)
    {
        platform_free(*ret);
        *ret = NULL;
    }
    return code;
}

/* What the arrays of a message become; the caller has made room. note: text that came from a
 * file. */
static CMC_return_code fill_message(const CMC_message *from, ULONG recipients, ULONG files,
                                    MapiMessage *message, MapiRecipDesc *originator, char **note)
{
    CMC_return_code ret;

    message->lpszMessageType = (char *)class_of(from->message_type);
    message->lpszSubject = from->subject;
    message->lpszNoteText = from->text_note;
    if ((ret = take_recipients(from->recipients, recipients, message, originator))) return ret;
    if ((ret = take_attachments(from->attachments, files, message))) return ret;
    if (!(from->message_flags & CMC_MSG_TEXT_NOTE_AS_FILE)) return CMC_SUCCESS;
    if (!message->nFileCount) return CMC_E_INVALID_MESSAGE_PARAMETER;
    if ((ret = read_note(message->lpFiles[0].lpszPathName, note))) return ret;
    message->lpszNoteText = *note;
    message->lpFiles++;
    message->nFileCount--;
    return CMC_SUCCESS;
}

static CMC_return_code take_extensions(CMC_extension *extensions, MapiMessage *message,
                                       ULONG *priority)
{
    static const ULONG known[] = { CMC_X_COM_PRIORITY, CMC_X_COM_TIME_RECEIVED,
                                   CMC_X_MS_MESSAGE_DATA, 0 };
    CMC_extension *extension;
    CMC_return_code ret;

    *priority = CMC_X_COM_NORMAL;
    if ((ret = cmc_data_check(extensions, known))) return ret;
    if ((extension = cmc_extension(extensions, CMC_X_COM_PRIORITY)))
    {
        if (extension->item_data > CMC_X_COM_LOW) return CMC_E_INVALID_ENUM;
        *priority = extension->item_data;
    }
    if ((extension = cmc_extension(extensions, CMC_X_MS_MESSAGE_DATA)))
    {
        if (extension->item_data & CMC_X_MS_MSG_RECEIPT_REQ)
            message->flFlags |= MAPI_RECEIPT_REQUESTED;
        if (!string_check(extension->item_reference)) return CMC_E_INVALID_MESSAGE_PARAMETER;
        message->lpszConversationID = extension->item_reference;
    }
    return CMC_SUCCESS;
}

CMC_return_code cmc_to_simple(const CMC_message *from, MapiMessageW **ret, ULONG *priority)
{
    MapiRecipDesc originator, *recipients_room = NULL;
    MapiFileDesc *files_room = NULL;
    MapiMessage message = { 0 };
    ULONG recipients, files, code;
    CMC_return_code result;
    char *note = NULL;

    *ret = NULL;
    if (!from || IsBadReadPtr(from, sizeof(*from))) return CMC_E_INVALID_PARAMETER;
    recipients = cmc_count(from->recipients, sizeof(*from->recipients),
                                FIELD_OFFSET(CMC_recipient, recip_flags), CMC_RECIP_LAST_ELEMENT);
    files = cmc_count(from->attachments, sizeof(*from->attachments),
                           FIELD_OFFSET(CMC_attachment, attach_flags), CMC_ATT_LAST_ELEMENT);
    if (recipients == ~0u || files == ~0u) return CMC_E_INVALID_MESSAGE_PARAMETER;
    recipients_room = message.lpRecips = platform_alloc((recipients + 1)
                                                        * sizeof(*message.lpRecips));
    files_room = message.lpFiles = platform_alloc((files + 1) * sizeof(*message.lpFiles));
    if (!recipients_room || !files_room) result = CMC_E_INSUFFICIENT_MEMORY;
    else result = fill_message(from, recipients, files, &message, &originator, &note);
    if (!result) result = take_extensions(from->message_extensions, &message, priority);
    if (!result && (code = message_check(&message)))
        result = code == MAPI_E_FAILURE ? CMC_E_INVALID_MESSAGE_PARAMETER : cmc_error(code);
    if (!result && (code = message_to_wide(&message, ret))) result = cmc_error(code);
    platform_free(note);
    platform_free(recipients_room);
    platform_free(files_room);
    return result;
}

/* ---- sending ---- */

static HRESULT set_priority(IMessage *message, ULONG priority)
{
    SPropValue props[2];

    if (priority == CMC_X_COM_NORMAL) return S_OK;
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_PRIORITY;
    props[0].Value.l = priority == CMC_X_COM_URGENT ? PRIO_URGENT : PRIO_NONURGENT;
    props[1].ulPropTag = PR_IMPORTANCE;
    props[1].Value.l = priority == CMC_X_COM_URGENT ? IMPORTANCE_HIGH : IMPORTANCE_LOW;
    return IMessage_SetProps(message, 2, props, NULL);
}

static ULONG send_draft(struct simple_call *call, ULONG_PTR ui, const MapiMessageW *message,
                        FLAGS flags, ULONG priority)
{
    struct draft draft;
    HRESULT hr;
    ULONG code;

    if (FAILED(hr = simple_open_store(call->session))) return simple_error(hr);
    if ((code = draft_create(&draft, call->session, message))) return code;
    if (FAILED(hr = set_priority(draft.message, priority))) code = simple_error(hr);
    else if (flags & MAPI_DIALOG)
        code = compose_dialog(&draft, ui, message->lpszSubject, message->lpszNoteText);
    else
    {
        code = simple_recipients_resolve(call->session, ui, FALSE, draft.recipients);
        if (!code) code = draft_send(&draft);
    }
    draft_free(&draft);
    return code;
}

/* Without a session of its own a message may go where none is needed for it. */
static CMC_return_code send_wide(CMC_session_id session, ULONG_PTR ui, const MapiMessageW *message,
                                 FLAGS flags, ULONG priority)
{
    struct simple_call call;
    ULONG code;

    if (!(flags & MAPI_DIALOG) && !message->nRecipCount) return CMC_E_RECIPIENT_NOT_FOUND;
    if (!session && !simple_has_profile(NULL, flags))
        return cmc_error(simple_send(0, ui, message, flags));
    if (!(code = simple_begin(&call, session, ui, flags & MAPI_LOGON_UI)))
    {
        code = send_draft(&call, ui, message, flags, priority);
        simple_end(&call);
    }
    return cmc_error(code);
}

/* What was sent, for CMC_X_COM_SENT_MESSAGE: as the caller gave it, since it is on its way by
 * now. */
static HRESULT put_sent(CMC_extension *extension, const CMC_message *from)
{
    CMC_message *message;
    HRESULT hr;
    ULONG i, count;

    if (memory_exported->allocate(sizeof(*message), (void **)&message))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(message, 0, sizeof(*message));
    message->message_flags = CMC_MSG_LAST_ELEMENT;
    hr = cmc_put_string(message, from->message_type, &message->message_type);
    if (SUCCEEDED(hr)) hr = cmc_put_string(message, from->subject, &message->subject);
    if (SUCCEEDED(hr)) hr = cmc_put_string(message, from->text_note, &message->text_note);
    count = cmc_count(from->recipients, sizeof(*from->recipients),
                           FIELD_OFFSET(CMC_recipient, recip_flags), CMC_RECIP_LAST_ELEMENT);
    if (SUCCEEDED(hr) && count
        && memory_exported->more(count * sizeof(*message->recipients), message,
                                 (void **)&message->recipients))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; SUCCEEDED(hr) && i < count; i++)
    {
        CMC_recipient *to = message->recipients + i;

        *to = from->recipients[i];
        to->recip_extensions = NULL;
        hr = cmc_put_string(message, from->recipients[i].name, &to->name);
        if (SUCCEEDED(hr)) hr = cmc_put_string(message, from->recipients[i].address, &to->address);
    }
    if (FAILED(hr))
    {
        memory_exported->free(message);
        return hr;
    }
    extension->item_reference = message;
    extension->extension_flags |= CMC_EXT_OUTPUT;
    return S_OK;
}

CMC_return_code WINAPI cmc_send(CMC_session_id session, CMC_message *message, CMC_flags send_flags,
                                CMC_ui_id ui_id, CMC_extension *send_extensions)
{
    static const ULONG known[] = { CMC_X_COM_SENT_MESSAGE, 0 };
    CMC_extension *extension;
    CMC_return_code ret;
    MapiMessageW *wide;
    FLAGS flags = 0;
    ULONG priority;

    TRACE("(%#lx, %p, %#lx, %#lx, %p)\n", session, message, send_flags, ui_id, send_extensions);

    if ((ret = cmc_flags_check(send_flags, CMC_SEND_UI_REQUESTED))) return ret;
    if ((ret = cmc_extensions_check(send_extensions, known))) return ret;
    if (session && !simple_is_ours(session)) return CMC_E_INVALID_SESSION_ID;
    if ((ret = cmc_to_simple(message, &wide, &priority))) return ret;
    if (send_flags & CMC_SEND_UI_REQUESTED) flags |= MAPI_DIALOG;
    if (send_flags & CMC_LOGON_UI_ALLOWED) flags |= MAPI_LOGON_UI;
    ret = send_wide(session, cmc_window(ui_id), wide, flags, priority);
    platform_free(wide);
    /* It is sent: that nothing can be said of it is no reason to have it sent again. */
    if (!ret && (extension = cmc_extension(send_extensions, CMC_X_COM_SENT_MESSAGE))
        && FAILED(put_sent(extension, message)))
        WARN("no memory to tell what was sent\n");
    return ret;
}

/* ---- cmc_send_documents ---- */

struct documents
{
    char *text;                 /* a copy of the list, taken apart in place */
    char *at;
    char delimiter;
};

/* The next part, without blanks around it; NULL at the end. */
static char *next_part(struct documents *list)
{
    char *start = list->at, *end;

    if (!start) return NULL;
    for (end = start; *end && *end != list->delimiter; end++) {}
    list->at = *end ? end + 1 : NULL;
    *end = 0;
    while (*start == ' ') start++;
    while (end > start && end[-1] == ' ') *--end = 0;
    return start;
}

static BOOL open_list(struct documents *list, const char *text, char delimiter)
{
    list->delimiter = delimiter;
    list->at = list->text = text_dup_ansi(text ? text : "");
    return list->text != NULL;
}

/* Takes "cc:" off; recipients are To: unless they say otherwise. */
static CMC_enum take_role(char **name)
{
    static const char *const prefixes[] = { "to:", "cc:", "bcc:" };
    size_t length, j;
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(prefixes); i++)
    {
        length = strlen(prefixes[i]);
        for (j = 0; j < length && ((*name)[j] | 0x20) == (prefixes[i][j] | 0x20); j++) {}
        if (j < length) continue;
        *name += length;
        while (**name == ' ') ++*name;
        return CMC_ROLE_TO + i;
    }
    return CMC_ROLE_TO;
}

static ULONG parts_in(const char *text, char delimiter)
{
    ULONG count = 1;

    for (; text && *text; text++) count += *text == delimiter;
    return count;
}

static CMC_return_code send_lists(CMC_message *message, struct documents *people,
                                  struct documents *paths, struct documents *names, ULONG_PTR ui,
                                  CMC_flags flags)
{
    ULONG recipients = 0, files = 0, priority;
    char *part, *name;
    MapiMessageW *wide;
    CMC_return_code ret;
    FLAGS simple = flags & CMC_LOGON_UI_ALLOWED ? MAPI_LOGON_UI : 0;

    while ((part = next_part(people)))
    {
        CMC_recipient *recipient = message->recipients + recipients;

        recipient->role = take_role(&part);
        if (!*part) continue;
        /* An address is one by its type; anything else is a name to be looked up. */
        name = strchr(part, ':');
        if (name || strchr(part, '@')) recipient->address = part;
        recipient->name = name ? name + 1 : part;
        recipients++;
    }
    while ((part = next_part(paths)))
    {
        name = next_part(names);
        if (!*part) continue;
        message->attachments[files].attach_filename = part;
        if (name && *name) message->attachments[files].attach_title = name;
        files++;
    }
    if (recipients) message->recipients[recipients - 1].recip_flags |= CMC_RECIP_LAST_ELEMENT;
    else message->recipients = NULL;
    if (files) message->attachments[files - 1].attach_flags |= CMC_ATT_LAST_ELEMENT;
    else message->attachments = NULL;
    if ((flags & CMC_FIRST_ATTACH_AS_TEXT_NOTE) && files)
        message->message_flags |= CMC_MSG_TEXT_NOTE_AS_FILE;
    if ((ret = cmc_to_simple(message, &wide, &priority))) return ret;
    if ((flags & CMC_SEND_UI_REQUESTED) || !recipients) simple |= MAPI_DIALOG;
    ret = send_wide(0, ui, wide, simple, priority);
    platform_free(wide);
    return ret;
}

CMC_return_code WINAPI cmc_send_documents(CMC_string recipient_addresses, CMC_string subject,
                                          CMC_string text_note, CMC_flags send_doc_flags,
                                          CMC_string file_paths, CMC_string file_names,
                                          CMC_string delimiter, CMC_ui_id ui_id)
{
    struct documents people = { 0 }, paths = { 0 }, names = { 0 };
    CMC_recipient *recipients = NULL;
    CMC_attachment *attachments = NULL;
    CMC_message message = { 0 };
    CMC_return_code ret;
    char sign;

    TRACE("(%s, %s, %#lx, %s, %s, %s, %#lx)\n", debugstr_a(recipient_addresses),
          debugstr_a(subject), send_doc_flags, debugstr_a(file_paths), debugstr_a(file_names),
          debugstr_a(delimiter), ui_id);

    if ((ret = cmc_flags_check(send_doc_flags,
                               CMC_SEND_UI_REQUESTED | CMC_FIRST_ATTACH_AS_TEXT_NOTE)))
        return ret;
    if (!string_check(recipient_addresses) || !string_check(file_paths) || !string_check(file_names)
        || !string_check(delimiter))
        return CMC_E_INVALID_PARAMETER;
    sign = delimiter && *delimiter ? *delimiter : ';';
    recipients = platform_alloc_zero(parts_in(recipient_addresses, sign) * sizeof(*recipients));
    attachments = platform_alloc_zero(parts_in(file_paths, sign) * sizeof(*attachments));
    message.subject = subject;
    message.text_note = text_note;
    message.recipients = recipients;
    message.attachments = attachments;
    if (!recipients || !attachments || !open_list(&people, recipient_addresses, sign)
        || !open_list(&paths, file_paths, sign) || !open_list(&names, file_names, sign))
        ret = CMC_E_INSUFFICIENT_MEMORY;
    else ret = send_lists(&message, &people, &paths, &names, cmc_window(ui_id), send_doc_flags);
    platform_free(people.text);
    platform_free(paths.text);
    platform_free(names.text);
    platform_free(recipients);
    platform_free(attachments);
    return ret;
}

/* ---- cmc_act_on ---- */

static CMC_return_code save_message(struct simple_session *session, ULONG_PTR ui,
                                    CMC_extension *extension)
{
    CMC_message_reference *reference;
    char id[MSGID_LONG_SIZE] = "";
    CMC_return_code ret;
    MapiMessageW *wide;
    ULONG priority, code;
    IMessage *message;
    HRESULT hr;

    if ((ret = cmc_to_simple(extension->item_reference, &wide, &priority))) return ret;
    code = simple_save(session, ui, wide, MAPI_LONG_MSGID, id);
    platform_free(wide);
    if (code) return cmc_error(code);
    if (priority != CMC_X_COM_NORMAL && SUCCEEDED(msgid_open(session, id, MAPI_MODIFY, &message)))
    {
        if (SUCCEEDED(set_priority(message, priority))) IMessage_SaveChanges(message, 0);
        IMessage_Release(message);
    }
    if (FAILED(hr = cmc_put_reference(NULL, id, &reference))) return cmc_error_hr(hr);
    extension->item_reference = reference;
    extension->extension_flags |= CMC_EXT_OUTPUT;
    return CMC_SUCCESS;
}

CMC_return_code WINAPI cmc_act_on(CMC_session_id session, CMC_message_reference *message_reference,
                                  CMC_enum operation, CMC_flags act_on_flags, CMC_ui_id ui_id,
                                  CMC_extension *act_on_extensions)
{
    static const ULONG known[] = { CMC_X_COM_SAVE_MESSAGE, 0 };
    CMC_extension *extension;
    struct simple_call call;
    CMC_return_code ret;
    char *id = NULL;
    ULONG code;

    TRACE("(%#lx, %p, %ld, %#lx, %#lx, %p)\n", session, message_reference, operation, act_on_flags,
          ui_id, act_on_extensions);

    if ((ret = cmc_flags_check(act_on_flags, 0))) return ret;
    if ((ret = cmc_extensions_check(act_on_extensions, known))) return ret;
    if (operation != CMC_ACT_ON_EXTENDED && operation != CMC_ACT_ON_DELETE)
        return CMC_E_UNSUPPORTED_ACTION;
    extension = cmc_extension(act_on_extensions, CMC_X_COM_SAVE_MESSAGE);
    if (operation == CMC_ACT_ON_EXTENDED && !extension) return CMC_E_UNSUPPORTED_ACTION;
    if (!session) return CMC_E_INVALID_SESSION_ID;
    if (operation == CMC_ACT_ON_DELETE && !(id = cmc_reference_text(message_reference)))
        return CMC_E_INVALID_MESSAGE_REFERENCE;
    if ((code = simple_begin(&call, session, cmc_window(ui_id), 0))) ret = cmc_error(code);
    else
    {
        if (id) ret = cmc_error(simple_delete(call.session, id));
        else ret = save_message(call.session, cmc_window(ui_id), extension);
        simple_end(&call);
    }
    platform_free(id);
    return ret;
}
