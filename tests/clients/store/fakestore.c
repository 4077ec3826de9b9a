/*
 * An Extended MAPI client that writes down what a message is made of
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
 * A session with one store, one folder, one message and one attachment, each a single object whose
 * methods note their call in a text that StoreLog gives. Only the methods that sending a message
 * needs are there. The environment variable FAKE_STORE changes the answers: "ansi" makes it a store
 * without Unicode, "refuse" makes SubmitMessage fail, "logon" refuses the logon.
 */

#define COBJMACROS

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <windef.h>
#include <winbase.h>
#include <initguid.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapiaux.h>

static char text[4096];

static void note(const char *format, ...)
{
    size_t length = strlen(text);
    va_list args;

    va_start(args, format);
    _vsnprintf(text + length, sizeof(text) - length - 1, format, args);
    va_end(args);
}

static BOOL told(const char *word)
{
    char value[16];

    return GetEnvironmentVariableA("FAKE_STORE", value, sizeof(value)) && !strcmp(value, word);
}

const char *WINAPI StoreLog(void)
{
    return text;
}

static HRESULT WINAPI no_interface(void *object, REFIID iid, void **ret)
{
    *ret = NULL;
    return E_NOINTERFACE;
}

static ULONG WINAPI stays(void *object)
{
    return 1;
}

static void note_props(const char *what, ULONG count, const SPropValue *props)
{
    ULONG i;

    note("%s:", what);
    for (i = 0; i < count; i++)
    {
        note(" %08lx=", props[i].ulPropTag);
        switch (PROP_TYPE(props[i].ulPropTag))
        {
        case PT_LONG:
            note("%ld", props[i].Value.l);
            break;
        case PT_BOOLEAN:
            note("%d", props[i].Value.b);
            break;
        case PT_STRING8:
            note("%s", props[i].Value.lpszA);
            break;
        case PT_UNICODE:
            note("%ls", props[i].Value.lpszW);
            break;
        case PT_BINARY:
            note("(%lu)", props[i].Value.bin.cb);
            break;
        }
    }
    note("\n");
}

/* ---- stream and attachment */

static HRESULT WINAPI stream_Write(IStream *iface, const void *buffer, ULONG size, ULONG *ret_size)
{
    if (ret_size) *ret_size = size;
    note("data: %.*s\n", (int)size, (const char *)buffer);
    return S_OK;
}

static HRESULT WINAPI stream_Commit(IStream *iface, DWORD flags)
{
    return S_OK;
}

static IStreamVtbl stream_vtbl = { (void *)no_interface, (void *)stays, (void *)stays };
static IStream stream = { &stream_vtbl };

static HRESULT WINAPI attach_SetProps(IAttach *iface, ULONG count, LPSPropValue props,
                                      LPSPropProblemArray *problems)
{
    note_props("attachment", count, props);
    return S_OK;
}

static HRESULT WINAPI attach_OpenProperty(IAttach *iface, ULONG tag, LPCIID iid, ULONG options,
                                          ULONG flags, LPUNKNOWN *ret)
{
    note("open %08lx\n", tag);
    *ret = (IUnknown *)&stream;
    return S_OK;
}

static HRESULT WINAPI attach_SaveChanges(IAttach *iface, ULONG flags)
{
    note("attachment saved\n");
    return S_OK;
}

static IAttachVtbl attach_vtbl = { (void *)no_interface, (void *)stays, (void *)stays };
static IAttach attach = { &attach_vtbl };

/* ---- message */

static HRESULT WINAPI message_SetProps(IMessage *iface, ULONG count, LPSPropValue props,
                                       LPSPropProblemArray *problems)
{
    note_props("message", count, props);
    return S_OK;
}

static HRESULT WINAPI message_ModifyRecipients(IMessage *iface, ULONG flags, LPADRLIST list)
{
    ULONG i;

    note("flags %lu\n", flags);
    for (i = 0; i < list->cEntries; i++)
        note_props("recipient", list->aEntries[i].cValues, list->aEntries[i].rgPropVals);
    return S_OK;
}

static HRESULT WINAPI message_CreateAttach(IMessage *iface, LPCIID iid, ULONG flags, ULONG *number,
                                           LPATTACH *ret)
{
    *number = 0;
    *ret = &attach;
    return S_OK;
}

static HRESULT WINAPI message_SubmitMessage(IMessage *iface, ULONG flags)
{
    note("submit\n");
    return told("refuse") ? MAPI_E_NO_ACCESS : S_OK;
}

static IMessageVtbl message_vtbl = { (void *)no_interface, (void *)stays, (void *)stays };
static IMessage message = { &message_vtbl };

static HRESULT WINAPI folder_CreateMessage(IMAPIFolder *iface, LPCIID iid, ULONG flags,
                                           LPMESSAGE *ret)
{
    *ret = &message;
    return S_OK;
}

static IMAPIFolderVtbl folder_vtbl = { (void *)no_interface, (void *)stays, (void *)stays };
static IMAPIFolder folder = { &folder_vtbl };

/* ---- store */

static HRESULT WINAPI store_GetProps(IMsgStore *iface, LPSPropTagArray tags, ULONG flags,
                                     ULONG *count, LPSPropValue *ret)
{
    static BYTE outbox[] = "outbox";
    SPropValue *prop;

    if (MAPIAllocateBuffer(sizeof(*prop), (void **)&prop)) return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(prop, 0, sizeof(*prop));
    prop->ulPropTag = tags->aulPropTag[0];
    if (prop->ulPropTag == PR_STORE_SUPPORT_MASK)
        prop->Value.l = told("ansi") ? 0 : STORE_UNICODE_OK;
    else if (prop->ulPropTag == PR_IPM_OUTBOX_ENTRYID)
    {
        prop->Value.bin.cb = sizeof(outbox);
        prop->Value.bin.lpb = outbox;
    }
    else
    {
        prop->ulPropTag = CHANGE_PROP_TYPE(prop->ulPropTag, PT_ERROR);
        prop->Value.err = MAPI_E_NOT_FOUND;
    }
    *count = 1;
    *ret = prop;
    return PROP_TYPE(prop->ulPropTag) == PT_ERROR ? MAPI_W_ERRORS_RETURNED : S_OK;
}

static HRESULT WINAPI store_OpenEntry(IMsgStore *iface, ULONG size, LPENTRYID id, LPCIID iid,
                                      ULONG flags, ULONG *type, LPUNKNOWN *ret)
{
    note("open %s\n", (char *)id);
    *type = MAPI_FOLDER;
    *ret = (IUnknown *)&folder;
    return S_OK;
}

static IMsgStoreVtbl store_vtbl = { (void *)no_interface, (void *)stays, (void *)stays };
static IMsgStore store = { &store_vtbl };

/* ---- session */

static HRESULT WINAPI session_GetMsgStoresTable(IMAPISession *iface, ULONG flags, LPMAPITABLE *ret)
{
    static SizedSPropTagArray(2, columns) = { 2, { PR_ENTRYID, PR_DEFAULT_STORE } };
    static BYTE ids[2][8] = { "other", "default" };
    ITableData *data;
    SPropValue props[2];
    SRow row = { 0, 2, props };
    HRESULT hr;
    ULONG i;

    *ret = NULL;
    hr = CreateTable(NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL,
                     TBLTYPE_DYNAMIC, PR_ENTRYID, (SPropTagArray *)&columns, &data);
    if (FAILED(hr)) return hr;
    for (i = 0; i < 2; i++)
    {
        memset(props, 0, sizeof(props));
        props[0].ulPropTag = PR_ENTRYID;
        props[0].Value.bin.cb = sizeof(ids[i]);
        props[0].Value.bin.lpb = ids[i];
        props[1].ulPropTag = PR_DEFAULT_STORE;
        props[1].Value.b = i;
        ITableData_HrModifyRow(data, &row);
    }
    hr = ITableData_HrGetView(data, NULL, NULL, 0, ret);
    ITableData_Release(data);
    return hr;
}

static HRESULT WINAPI session_OpenMsgStore(IMAPISession *iface, ULONG_PTR ui, ULONG size,
                                           LPENTRYID id, LPCIID iid, ULONG flags, LPMDB *ret)
{
    note("store %s\n", (char *)id);
    *ret = &store;
    return S_OK;
}

static HRESULT WINAPI session_Logoff(IMAPISession *iface, ULONG_PTR ui, ULONG flags, ULONG reserved)
{
    note("logoff\n");
    return S_OK;
}

static IMAPISessionVtbl session_vtbl = { (void *)no_interface, (void *)stays, (void *)stays };
static IMAPISession session = { &session_vtbl };

/* ---- exports */

HRESULT WINAPI fake_initialize(void *init)
{
    return S_OK;
}

HRESULT WINAPI fake_logon(ULONG_PTR ui, LPTSTR profile, LPTSTR password, ULONG flags,
                          LPMAPISESSION *ret)
{
    *ret = NULL;
    text[0] = 0;
    note("logon %#lx\n", flags);
    if (told("logon")) return MAPI_E_LOGON_FAILED;
    stream_vtbl.Write = stream_Write;
    stream_vtbl.Commit = stream_Commit;
    attach_vtbl.SetProps = attach_SetProps;
    attach_vtbl.OpenProperty = attach_OpenProperty;
    attach_vtbl.SaveChanges = attach_SaveChanges;
    message_vtbl.SetProps = message_SetProps;
    message_vtbl.ModifyRecipients = message_ModifyRecipients;
    message_vtbl.CreateAttach = message_CreateAttach;
    message_vtbl.SubmitMessage = message_SubmitMessage;
    folder_vtbl.CreateMessage = folder_CreateMessage;
    store_vtbl.GetProps = store_GetProps;
    store_vtbl.OpenEntry = store_OpenEntry;
    session_vtbl.GetMsgStoresTable = session_GetMsgStoresTable;
    session_vtbl.OpenMsgStore = session_OpenMsgStore;
    session_vtbl.Logoff = session_Logoff;
    *ret = &session;
    return S_OK;
}

void WINAPI fake_uninitialize(void)
{
}
