/*
 * A Simple MAPI message sent through extended MAPI
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
 * With the default profile: a message in the outbox of its default store, with its recipients and
 * its attachments, submitted. Whoever answers the extended calls is used, a registered client as
 * well, so all memory that crosses to it is taken and freed through memory_exported.
 *
 * There is no dialog here. A caller that asked for one and named no recipient is refused, for
 * nobody could add any.
 *
 * Text goes to a store that knows Unicode as it is, else in the system's ANSI code page.
 */

#define COBJMACROS
#include "core/core.h"
#include "mapispi.h"
#include "mapiaux.h"
#include "forward.h"
#include "session/oneoff.h"
#include "simple/simple.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#ifndef MAPI_RECEIPT_REQUESTED
#define MAPI_RECEIPT_REQUESTED 0x00000002      /* MapiMessage.flFlags */
#endif

#define PROPS_MAX  8            /* properties set at once below */
#define COPY_SIZE  0x10000

struct outgoing
{
    IMAPISession *session;
    IMsgStore *store;
    IMAPIFolder *folder;
    IMessage *message;
    BOOL unicode;               /* the store keeps Unicode text */
};

HRESULT WINAPI forward_MAPIInitialize(void *init);
void WINAPI forward_MAPIUninitialize(void);
HRESULT WINAPI forward_MAPILogonEx(ULONG_PTR ui, LPTSTR profile, LPTSTR password, ULONG flags,
                                   LPMAPISESSION *session);

static ULONG simple_error(HRESULT hr)
{
    switch (hr)
    {
    case MAPI_E_NOT_ENOUGH_MEMORY:
        return MAPI_E_INSUFFICIENT_MEMORY;
    case MAPI_E_NOT_ENOUGH_DISK:
        return MAPI_E_DISK_FULL;
    case MAPI_E_NO_ACCESS:
        return MAPI_E_ACCESS_DENIED;
    case MAPI_E_USER_CANCEL:
        return MAPI_E_USER_ABORT;
    case MAPI_E_AMBIGUOUS_RECIP:
        return MAPI_E_AMBIGUOUS_RECIPIENT;
    case MAPI_E_NETWORK_ERROR:
        return MAPI_E_NETWORK_FAILURE;
    case MAPI_E_NOT_INITIALIZED:
    case MAPI_E_LOGON_FAILED:
        return MAPI_E_LOGON_FAILURE;
    }
    return MAPI_E_FAILURE;
}

/* A string property of the store's width; chain owns the converted text. */
static HRESULT set_text(const struct outgoing *out, void *chain, SPropValue *prop, ULONG tag,
                        const WCHAR *text)
{
    void *copy;
    HRESULT hr;

    hr = text_to_tstr(memory_exported, chain, text, out->unicode ? MAPI_UNICODE : 0, &copy);
    if (FAILED(hr)) return hr;
    prop->ulPropTag = CHANGE_PROP_TYPE(tag, out->unicode ? PT_UNICODE : PT_STRING8);
    prop->Value.lpszA = copy;
    return S_OK;
}

/* The default store of the session. */
static HRESULT open_store(struct outgoing *out)
{
    static SizedSPropTagArray(1, columns) = { 1, { PR_ENTRYID } };
    static SizedSPropTagArray(1, mask_tag) = { 1, { PR_STORE_SUPPORT_MASK } };
    SRestriction restriction;
    SPropValue value, *props;
    SRowSet *rows = NULL;
    IMAPITable *table;
    HRESULT hr;
    ULONG count;

    if (FAILED(hr = IMAPISession_GetMsgStoresTable(out->session, 0, &table))) return hr;
    memset(&value, 0, sizeof(value));
    value.ulPropTag = PR_DEFAULT_STORE;
    value.Value.b = TRUE;
    restriction.rt = RES_PROPERTY;
    restriction.res.resProperty.relop = RELOP_EQ;
    restriction.res.resProperty.ulPropTag = PR_DEFAULT_STORE;
    restriction.res.resProperty.lpProp = &value;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, &restriction, NULL, 1, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return hr;
    if (!rows->cRows || rows->aRow[0].lpProps[0].ulPropTag != PR_ENTRYID) hr = MAPI_E_NOT_FOUND;
    else hr = IMAPISession_OpenMsgStore(out->session, 0, rows->aRow[0].lpProps[0].Value.bin.cb,
                                        (ENTRYID *)rows->aRow[0].lpProps[0].Value.bin.lpb, NULL,
                                        MDB_WRITE | MDB_NO_DIALOG, &out->store);
    FreeProws(rows);
    if (FAILED(hr)) return hr;

    if (SUCCEEDED(IMsgStore_GetProps(out->store, (SPropTagArray *)&mask_tag, 0, &count, &props)))
    {
        out->unicode = props->ulPropTag == PR_STORE_SUPPORT_MASK
                       && (props->Value.l & STORE_UNICODE_OK);
        memory_exported->free(props);
    }
    return S_OK;
}

/* A new message in the outbox, or where the store receives mail if it has none. */
static HRESULT create_message(struct outgoing *out)
{
    SPropValue *outbox = NULL;
    ENTRYID *id = NULL;
    HRESULT hr;
    ULONG type, size;

    hr = HrGetOneProp((IMAPIProp *)out->store, PR_IPM_OUTBOX_ENTRYID, &outbox);
    if (SUCCEEDED(hr))
        hr = IMsgStore_OpenEntry(out->store, outbox->Value.bin.cb, (ENTRYID *)outbox->Value.bin.lpb,
                                 NULL, MAPI_MODIFY, &type, (IUnknown **)&out->folder);
    else
    {
        hr = IMsgStore_GetReceiveFolder(out->store, NULL, 0, &size, &id, NULL);
        if (SUCCEEDED(hr))
            hr = IMsgStore_OpenEntry(out->store, size, id, NULL, MAPI_MODIFY, &type,
                                     (IUnknown **)&out->folder);
    }
    memory_exported->free(outbox);
    memory_exported->free(id);
    if (FAILED(hr)) return hr;
    return IMAPIFolder_CreateMessage(out->folder, NULL, 0, &out->message);
}

static HRESULT set_message(const struct outgoing *out, const MapiMessageW *from)
{
    const WCHAR *class = from->lpszMessageType && *from->lpszMessageType ? from->lpszMessageType
                                                                         : L"IPM.Note";
    SPropValue *props, *sent = NULL;
    HRESULT hr;
    ULONG n = 0;

    if ((hr = memory_exported->allocate(PROPS_MAX * sizeof(*props), (void **)&props)) != S_OK)
        return hr;
    memset(props, 0, PROPS_MAX * sizeof(*props));
    hr = set_text(out, props, props + n++, PR_MESSAGE_CLASS_W, class);
    if (SUCCEEDED(hr) && from->lpszSubject)
        hr = set_text(out, props, props + n++, PR_SUBJECT_W, from->lpszSubject);
    if (SUCCEEDED(hr) && from->lpszNoteText)
        hr = set_text(out, props, props + n++, PR_BODY_W, from->lpszNoteText);
    props[n].ulPropTag = PR_MESSAGE_FLAGS;
    props[n++].Value.l = MSGFLAG_UNSENT;
    props[n].ulPropTag = PR_READ_RECEIPT_REQUESTED;
    props[n++].Value.b = !!(from->flFlags & MAPI_RECEIPT_REQUESTED);

    /* A copy stays where the store keeps what was sent; without such a folder none stays. */
    if (SUCCEEDED(hr)
        && SUCCEEDED(HrGetOneProp((IMAPIProp *)out->store, PR_IPM_SENTMAIL_ENTRYID, &sent)))
    {
        props[n].ulPropTag = PR_SENTMAIL_ENTRYID;
        props[n++].Value.bin = sent->Value.bin;
    }
    else
    {
        props[n].ulPropTag = PR_DELETE_AFTER_SUBMIT;
        props[n++].Value.b = TRUE;
    }
    if (SUCCEEDED(hr)) hr = IMessage_SetProps(out->message, n, props, NULL);
    memory_exported->free(sent);
    memory_exported->free(props);
    return hr;
}

/* An address as Simple MAPI writes it, "SMTP:joe@example.org": its type (platform_alloc) and the
 * rest. */
static HRESULT split_address(const WCHAR *address, WCHAR **type, const WCHAR **rest)
{
    const WCHAR *p;

    for (p = address; *p && *p != ':' && *p != '@'; p++) {}
    if (*p != ':' || p == address)
    {
        *rest = address;
        return (*type = text_dup(L"SMTP")) ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (!(*type = platform_alloc((p - address + 1) * sizeof(WCHAR))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(*type, address, (p - address) * sizeof(WCHAR));
    (*type)[p - address] = 0;
    *rest = p + 1;
    return S_OK;
}

/* One recipient's row. *resolve: it has only a name, which the address book is to look up. */
static HRESULT set_recipient(const struct outgoing *out, const MapiRecipDescW *from,
                             ADRENTRY *entry, BOOL *resolve)
{
    const WCHAR *name = from->lpszName, *address = from->lpszAddress, *rest;
    SPropValue *props;
    WCHAR *type;
    HRESULT hr;
    ULONG n = 0;

    *resolve = FALSE;
    if (from->ulRecipClass > MAPI_BCC || from->ulRecipClass < MAPI_TO)
        return MAPI_E_INVALID_PARAMETER;
    if ((hr = memory_exported->allocate(PROPS_MAX * sizeof(*props), (void **)&props)) != S_OK)
        return hr;
    memset(props, 0, PROPS_MAX * sizeof(*props));
    entry->rgPropVals = props;
    props[n].ulPropTag = PR_RECIPIENT_TYPE;
    props[n++].Value.l = from->ulRecipClass;

    if (!address && name)
    {
        const WCHAR *p;

        for (p = name; *p && *p != '@'; p++) {}
        if (*p) address = name;         /* who writes an address for a name means the address */
    }
    if (!name) name = address;
    if (!name) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = set_text(out, props, props + n++, PR_DISPLAY_NAME_W, name))) return hr;

    if (from->ulEIDSize && from->lpEntryID)
    {
        props[n].ulPropTag = PR_ENTRYID;
        props[n].Value.bin.cb = from->ulEIDSize;
        props[n++].Value.bin.lpb = from->lpEntryID;
    }
    else if (address)
    {
        ENTRYID *id = NULL;
        ULONG size;
        void *copy;

        if (FAILED(hr = split_address(address, &type, &rest))) return hr;
        hr = set_text(out, props, props + n++, PR_ADDRTYPE_W, type);
        if (SUCCEEDED(hr)) hr = set_text(out, props, props + n++, PR_EMAIL_ADDRESS_W, rest);
        if (SUCCEEDED(hr))
            hr = oneoff_create(name, type, rest, MAPI_UNICODE, &size, &id);
        if (SUCCEEDED(hr)) hr = memory_exported->more(size, props, &copy);
        if (SUCCEEDED(hr))
        {
            memcpy(copy, id, size);
            props[n].ulPropTag = PR_ENTRYID;
            props[n].Value.bin.cb = size;
            props[n++].Value.bin.lpb = copy;
        }
        memory_free_buffer(id);
        platform_free(type);
    }
    else *resolve = TRUE;
    entry->cValues = n;
    return hr;
}

static HRESULT set_recipients(const struct outgoing *out, ULONG_PTR ui, const MapiMessageW *from)
{
    BOOL resolve = FALSE, one;
    IAddrBook *book;
    ADRLIST *list;
    HRESULT hr;
    ULONG i;

    if (!from->nRecipCount) return MAPI_E_NO_RECIPIENTS;
    hr = memory_exported->allocate(CbNewADRLIST(from->nRecipCount), (void **)&list);
    if (hr != S_OK) return hr;
    memset(list, 0, CbNewADRLIST(from->nRecipCount));
    for (i = 0; i < from->nRecipCount && SUCCEEDED(hr); i++)
    {
        list->cEntries = i + 1;
        hr = set_recipient(out, from->lpRecips + i, list->aEntries + i, &one);
        resolve |= one;
    }
    if (SUCCEEDED(hr) && resolve)
    {
        hr = IMAPISession_OpenAddressBook(out->session, 0, NULL, AB_NO_DIALOG, &book);
        if (SUCCEEDED(hr))
        {
            hr = IAddrBook_ResolveName(book, ui, out->unicode ? MAPI_UNICODE : 0, NULL, list);
            IAddrBook_Release(book);
        }
    }
    if (SUCCEEDED(hr)) hr = IMessage_ModifyRecipients(out->message, MODRECIP_ADD, list);
    FreePadrlist(list);
    return hr;
}

static ULONG copy_file(const WCHAR *path, IStream *stream)
{
    ULONG ret = SUCCESS_SUCCESS;
    BYTE *buffer;
    HANDLE file;
    DWORD size;

    file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE)
    {
        DWORD error = GetLastError();

        WARN("%s: error %lu\n", debugstr_w(path), error);
        return error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND
               ? MAPI_E_ATTACHMENT_NOT_FOUND : MAPI_E_ATTACHMENT_OPEN_FAILURE;
    }
    if (!(buffer = platform_alloc(COPY_SIZE))) ret = MAPI_E_INSUFFICIENT_MEMORY;
    while (!ret)
    {
        if (!ReadFile(file, buffer, COPY_SIZE, &size, NULL)) ret = MAPI_E_ATTACHMENT_OPEN_FAILURE;
        else if (!size) break;
        else if (FAILED(IStream_Write(stream, buffer, size, NULL)))
            ret = MAPI_E_ATTACHMENT_WRITE_FAILURE;
    }
    if (!ret && FAILED(IStream_Commit(stream, STGC_DEFAULT))) ret = MAPI_E_ATTACHMENT_WRITE_FAILURE;
    platform_free(buffer);
    CloseHandle(file);
    return ret;
}

static ULONG attach_file(const struct outgoing *out, const MapiFileDescW *from)
{
    const WCHAR *path = from->lpszPathName, *name, *p;
    IStream *stream = NULL;
    SPropValue *props;
    IAttach *attach;
    HRESULT hr;
    ULONG number, n = 0, ret;

    if (!path || !*path) return MAPI_E_ATTACHMENT_NOT_FOUND;
    for (name = p = path; *p; p++) if (*p == '\\' || *p == '/') name = p + 1;
    if (from->lpszFileName && *from->lpszFileName) name = from->lpszFileName;

    if (FAILED(hr = IMessage_CreateAttach(out->message, NULL, 0, &number, &attach)))
        return simple_error(hr);
    if ((hr = memory_exported->allocate(PROPS_MAX * sizeof(*props), (void **)&props)) != S_OK)
    {
        IAttach_Release(attach);
        return MAPI_E_INSUFFICIENT_MEMORY;
    }
    memset(props, 0, PROPS_MAX * sizeof(*props));
    props[n].ulPropTag = PR_ATTACH_METHOD;
    props[n++].Value.l = ATTACH_BY_VALUE;
    props[n].ulPropTag = PR_RENDERING_POSITION;
    props[n++].Value.l = from->nPosition;
    hr = set_text(out, props, props + n++, PR_ATTACH_FILENAME_W, name);
    if (SUCCEEDED(hr)) hr = set_text(out, props, props + n++, PR_ATTACH_LONG_FILENAME_W, name);
    if (SUCCEEDED(hr)) hr = set_text(out, props, props + n++, PR_DISPLAY_NAME_W, name);
    if (SUCCEEDED(hr)) hr = IAttach_SetProps(attach, n, props, NULL);
    if (SUCCEEDED(hr))
        hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_BIN, &IID_IStream,
                                  STGM_WRITE | STGM_TRANSACTED, MAPI_CREATE | MAPI_MODIFY,
                                  (IUnknown **)&stream);
    ret = SUCCEEDED(hr) ? copy_file(path, stream) : MAPI_E_ATTACHMENT_WRITE_FAILURE;
    if (stream) IStream_Release(stream);
    if (!ret && FAILED(IAttach_SaveChanges(attach, 0))) ret = MAPI_E_ATTACHMENT_WRITE_FAILURE;
    memory_exported->free(props);
    IAttach_Release(attach);
    return ret;
}

static ULONG send_message(struct outgoing *out, ULONG_PTR ui, const MapiMessageW *from)
{
    HRESULT hr;
    ULONG i, ret;

    if (FAILED(hr = open_store(out)) || FAILED(hr = create_message(out))
        || FAILED(hr = set_message(out, from)))
        return simple_error(hr);
    if (FAILED(hr = set_recipients(out, ui, from)))
    {
        if (hr == MAPI_E_NOT_FOUND) return MAPI_E_UNKNOWN_RECIPIENT;
        if (hr == MAPI_E_NO_RECIPIENTS) return MAPI_E_INVALID_RECIPS;
        if (hr == MAPI_E_INVALID_PARAMETER) return MAPI_E_BAD_RECIPTYPE;
        return simple_error(hr);
    }
    for (i = 0; i < from->nFileCount; i++)
        if ((ret = attach_file(out, from->lpFiles + i))) return ret;
    hr = IMessage_SubmitMessage(out->message, 0);
    return SUCCEEDED(hr) ? SUCCESS_SUCCESS : simple_error(hr);
}

ULONG send_extended(ULONG_PTR ui, const MapiMessageW *message, FLAGS flags)
{
    struct outgoing out = { 0 };
    HRESULT hr;
    ULONG ret;

    if ((flags & MAPI_DIALOG) && !message->nRecipCount) return MAPI_E_NOT_SUPPORTED;
    if (flags & MAPI_DIALOG) WARN("no dialog to show the message in: it is sent as it is\n");

    if (FAILED(hr = forward_MAPIInitialize(NULL))) return simple_error(hr);
    hr = forward_MAPILogonEx(ui, NULL, NULL, MAPI_EXTENDED | MAPI_USE_DEFAULT
                             | (flags & (MAPI_LOGON_UI | MAPI_NEW_SESSION)), &out.session);
    if (SUCCEEDED(hr))
    {
        ret = send_message(&out, ui, message);
        if (out.message) IMessage_Release(out.message);
        if (out.folder) IMAPIFolder_Release(out.folder);
        if (out.store) IMsgStore_Release(out.store);
        IMAPISession_Logoff(out.session, ui, 0, 0);
        IMAPISession_Release(out.session);
    }
    else
    {
        WARN("no session: %#lx\n", hr);
        ret = hr == MAPI_E_USER_CANCEL ? MAPI_E_USER_ABORT : MAPI_E_LOGON_FAILURE;
    }
    forward_MAPIUninitialize();
    return ret;
}
