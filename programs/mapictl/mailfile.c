/*
 * mapictl: messages as files
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

/* MIME by the registered IConverterSession, .msg files by OpenIMsgOnIStg, and the state of a
 * message (read, flagged, answered) as mbox files and Maildirs have it. */

#include <stdlib.h>
#include <string.h>

#include "mapictl.h"
#include <imessage.h>
#include <mapimime.h>
#include <mapixp.h>

#define VERB_REPLY 102
#define VERB_REPLY_ALL 103
#define VERB_FORWARD 104
#define FLAG_FOR_FOLLOWUP 2

int converter_open(struct mailbox *box, IConverterSession **ret)
{
    IAddrBook *book;
    HRESULT hr;

    CoInitialize(NULL);
    hr = CoCreateInstance(&CLSID_IConverterSession, NULL, CLSCTX_INPROC_SERVER,
                          &IID_IConverterSession, (void **)ret);
    if (FAILED(hr))
    {
        CoUninitialize();
        return fail_hr(hr, L"mapimime32.dll, which converts mail, is not registered");
    }
    if (SUCCEEDED(IMAPISession_OpenAddressBook(box->session, 0, NULL, AB_NO_DIALOG, &book)))
    {
        IConverterSession_SetAdrBook(*ret, book);
        IAddrBook_Release(book);
    }
    return EXIT_OK;
}

void converter_close(IConverterSession *converter)
{
    IConverterSession_Release(converter);
    CoUninitialize();
}

HRESULT mime_to_message(IConverterSession *converter, IStream *stream, IMessage *message)
{
    LARGE_INTEGER begin = {{0}};

    IStream_Seek(stream, begin, STREAM_SEEK_SET, NULL);
    return IConverterSession_MIMEToMAPI(converter, stream, message, NULL,
                                        CCSF_SMTP | CCSF_INCLUDE_BCC);
}

HRESULT message_to_mime(IConverterSession *converter, IMessage *message, IStream **ret)
{
    ULONG flags = CCSF_SMTP | CCSF_INCLUDE_BCC;
    LARGE_INTEGER begin = {{0}};
    SPropValue *id;
    HRESULT hr;

    *ret = NULL;
    /* A message without an identifier gets none, or it would come back with one. */
    if (FAILED(HrGetOneProp((IMAPIProp *)message, PR_INTERNET_MESSAGE_ID_W, &id)))
        flags |= CCSF_NO_MSGID;
    else MAPIFreeBuffer(id);
    hr = OpenStreamOnFile(MAPIAllocateBuffer, MAPIFreeBuffer,
                          STGM_CREATE | STGM_READWRITE | STGM_DELETEONRELEASE | SOF_UNIQUEFILENAME,
                          NULL, (char *)"mapictl", ret);
    if (FAILED(hr)) return hr;
    hr = IConverterSession_MAPIToMIMEStm(converter, message, *ret, flags);
    if (SUCCEEDED(hr)) hr = IStream_Seek(*ret, begin, STREAM_SEEK_SET, NULL);
    if (SUCCEEDED(hr)) return hr;
    IStream_Release(*ret);
    *ret = NULL;
    return hr;
}

HRESULT msg_file_open(const WCHAR *path, BOOL create, IStorage **storage, IMessage **ret)
{
    HRESULT hr;

    *ret = NULL;
    if (create)
        hr = StgCreateDocfile(path,
                              STGM_CREATE | STGM_READWRITE | STGM_SHARE_EXCLUSIVE | STGM_TRANSACTED,
                              0, storage);
    else hr = StgOpenStorage(path, NULL, STGM_READ | STGM_SHARE_DENY_WRITE, NULL, 0, storage);
    if (FAILED(hr)) return MapStorageSCode(hr);
    hr = OpenIMsgOnIStg(NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer,
                        MAPIGetDefaultMalloc(), NULL, *storage, NULL, 0, create ? MAPI_UNICODE : 0,
                        ret);
    if (SUCCEEDED(hr)) return hr;
    IStorage_Release(*storage);
    *storage = NULL;
    return hr;
}

/* What every store, and a file, works out for a message itself: no loss if it refuses another's. */
static BOOL is_worked_out(ULONG tag)
{
    static const ULONG tags[] = {PR_ACCESS_LEVEL, PR_INSTANCE_KEY,       PR_MAPPING_SIGNATURE,
                                 PR_MDB_PROVIDER, PR_STORE_SUPPORT_MASK, PR_DISPLAY_TO,
                                 PR_DISPLAY_CC,   PR_DISPLAY_BCC,        PR_HASATTACH,
                                 PR_MESSAGE_SIZE, PR_MSG_STATUS};
    size_t i;

    for (i = 0; i < ARRAYSIZE(tags); i++)
        if (PROP_ID(tags[i]) == PROP_ID(tag)) return TRUE;
    return FALSE;
}

HRESULT copy_message(IMessage *from, IMessage *to)
{
    static const SizedSPropTagArray(8, leave) =
        {8, {PR_ENTRYID, PR_PARENT_ENTRYID, PR_STORE_ENTRYID, PR_RECORD_KEY, PR_STORE_RECORD_KEY,
             PR_ACCESS, PR_OBJECT_TYPE, PR_MAPIXP_SOURCE}};
    SPropProblemArray *problems = NULL;
    HRESULT hr;
    SCODE code;
    ULONG i;

    hr = IMessage_CopyTo(from, 0, NULL, (SPropTagArray *)&leave, 0, NULL, &IID_IMessage, to, 0,
                         &problems);
    for (i = 0; SUCCEEDED(hr) && problems && i < problems->cProblem; i++)
    {
        code = problems->aProblem[i].scode;
        if (code == MAPI_E_COMPUTED && is_worked_out(problems->aProblem[i].ulPropTag)) continue;
        fail_hr(code, L"property %08lx is not copied",
                (unsigned long)problems->aProblem[i].ulPropTag);
        /* Without what the other one does not let be set the message is worth keeping. */
        hr = code == MAPI_E_COMPUTED || code == MAPI_E_NO_ACCESS ? MAPI_W_ERRORS_RETURNED : code;
    }
    MAPIFreeBuffer(problems);
    return hr;
}

ULONGLONG hash_bytes(ULONGLONG hash, const void *data, size_t size)
{
    const BYTE *p = data, *end = p + size;

    if (!hash) hash = 0xcbf29ce484222325ull;    /* FNV-1a */
    while (p < end) hash = (hash ^ *p++) * 0x100000001b3ull;
    return hash;
}

HRESULT set_message_state(IMessage *message, ULONG state)
{
    SPropValue props[3];
    ULONG count = 1;

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_MESSAGE_FLAGS;
    if (state & MESSAGE_READ) props[0].Value.l |= MSGFLAG_READ;
    if (state & MESSAGE_DRAFT) props[0].Value.l |= MSGFLAG_UNSENT;
    if (state & MESSAGE_FLAGGED)
    {
        props[count].ulPropTag = PR_FLAG_STATUS;
        props[count++].Value.l = FLAG_FOR_FOLLOWUP;
    }
    if (state & (MESSAGE_REPLIED | MESSAGE_FORWARDED))
    {
        props[count].ulPropTag = PR_LAST_VERB_EXECUTED;
        props[count++].Value.l = state & MESSAGE_REPLIED ? VERB_REPLY : VERB_FORWARD;
    }
    return IMessage_SetProps(message, count, props, NULL);
}

ULONG message_state(IMessage *message)
{
    static const SizedSPropTagArray(3, tags) = {
        3, {PR_MESSAGE_FLAGS, PR_FLAG_STATUS, PR_LAST_VERB_EXECUTED}};
    ULONG ret = 0, count;
    SPropValue *props;

    if (FAILED(IMessage_GetProps(message, (SPropTagArray *)&tags, 0, &count, &props))) return 0;
    if (props[0].ulPropTag == PR_MESSAGE_FLAGS)
    {
        if (props[0].Value.l & MSGFLAG_READ) ret |= MESSAGE_READ;
        if (props[0].Value.l & MSGFLAG_UNSENT) ret |= MESSAGE_DRAFT;
    }
    if (props[1].ulPropTag == PR_FLAG_STATUS && props[1].Value.l == FLAG_FOR_FOLLOWUP)
        ret |= MESSAGE_FLAGGED;
    if (props[2].ulPropTag == PR_LAST_VERB_EXECUTED)
    {
        if (props[2].Value.l == VERB_REPLY || props[2].Value.l == VERB_REPLY_ALL)
            ret |= MESSAGE_REPLIED;
        if (props[2].Value.l == VERB_FORWARD) ret |= MESSAGE_FORWARDED;
    }
    MAPIFreeBuffer(props);
    return ret;
}
