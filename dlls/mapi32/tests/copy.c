/*
 * Tests: copying through the support object
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

/* What the four methods of the support object do, seen through a store that leaves its copies to them (the
 * sample), from one store to another and within one. */

#include <stdarg.h>

#define COBJMACROS
#include <windef.h>
#include <winbase.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>

#include "wine/test.h"
#include "stores.h"

static const char profile[] = "mapitest copy";
static const GUID set = { 0x87654321, 0x1234, 0x5678, { 1, 2, 3, 4, 5, 6, 7, 8 } };

/* ---- a progress object ---- */

static struct
{
    IMAPIProgress IMAPIProgress_iface;
    ULONG flags;
    ULONG low, high;
    ULONG last;
    ULONG calls;
    ULONG counted;              /* calls with a count */
    ULONG cancel_at;            /* the call that cancels; 0: none */
    BOOL backwards;
    BOOL outside;
} progress;

static HRESULT WINAPI progress_QueryInterface(IMAPIProgress *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    return MAPI_E_INTERFACE_NOT_SUPPORTED;
}

static ULONG WINAPI progress_AddRef(IMAPIProgress *iface)
{
    return 2;
}

static ULONG WINAPI progress_Release(IMAPIProgress *iface)
{
    return 1;
}

static HRESULT WINAPI progress_Progress(IMAPIProgress *iface, ULONG value, ULONG count, ULONG total)
{
    progress.calls++;
    if (total) progress.counted++;
    if (value < progress.last) progress.backwards = TRUE;
    if (value > progress.high) progress.outside = TRUE;
    progress.last = value;
    return progress.calls == progress.cancel_at ? MAPI_E_USER_CANCEL : S_OK;
}

static HRESULT WINAPI progress_GetFlags(IMAPIProgress *iface, ULONG *flags)
{
    *flags = progress.flags;
    return S_OK;
}

static HRESULT WINAPI progress_GetMax(IMAPIProgress *iface, ULONG *high)
{
    *high = progress.high;
    return S_OK;
}

static HRESULT WINAPI progress_GetMin(IMAPIProgress *iface, ULONG *low)
{
    *low = progress.low;
    return S_OK;
}

static HRESULT WINAPI progress_SetLimits(IMAPIProgress *iface, ULONG *low, ULONG *high, ULONG *flags)
{
    return S_OK;
}

static const IMAPIProgressVtbl progress_vtbl =
{
    progress_QueryInterface,
    progress_AddRef,
    progress_Release,
    progress_Progress,
    progress_GetFlags,
    progress_GetMax,
    progress_GetMin,
    progress_SetLimits
};

static IMAPIProgress *start_progress(ULONG cancel_at)
{
    memset(&progress, 0, sizeof(progress));
    progress.IMAPIProgress_iface.lpVtbl = (IMAPIProgressVtbl *)&progress_vtbl;
    progress.flags = MAPI_TOP_LEVEL;
    progress.low = 1;
    progress.high = 1000;
    progress.cancel_at = cancel_at;
    return &progress.IMAPIProgress_iface;
}

static void check_progress_(ULONG counted, int line)
{
    ok_(__FILE__, line)(progress.counted == counted, "%lu steps were counted\n", progress.counted);
    ok_(__FILE__, line)(!progress.backwards && !progress.outside, "progress went off its scale\n");
    ok_(__FILE__, line)(progress.last == progress.high, "it ended at %lu\n", progress.last);
}
#define check_progress(counted) check_progress_(counted, __LINE__)

/* ---- what is copied ---- */

static ULONG named_tag(void *object, const WCHAR *name, ULONG type)
{
    MAPINAMEID id = { (GUID *)&set, MNID_STRING, { 0 } }, *ids = &id;
    SPropTagArray *tags = NULL;
    HRESULT hr;
    ULONG tag;

    id.Kind.lpwstrName = (WCHAR *)name;
    hr = IMAPIProp_GetIDsFromNames((IMAPIProp *)object, 1, &ids, MAPI_CREATE, &tags);
    ok(hr == S_OK, "GetIDsFromNames returned %#lx\n", hr);
    tag = CHANGE_PROP_TYPE(tags->aulPropTag[0], type);
    MAPIFreeBuffer(tags);
    return tag;
}

static void write_property(void *object, ULONG tag, const BYTE *data, ULONG size)
{
    IStream *stream = NULL;
    HRESULT hr;

    hr = IMAPIProp_OpenProperty((IMAPIProp *)object, tag, &IID_IStream, STGM_READWRITE, MAPI_CREATE | MAPI_MODIFY,
                                (IUnknown **)&stream);
    ok(hr == S_OK, "OpenProperty returned %#lx\n", hr);
    if (FAILED(hr)) return;
    hr = IStream_Write(stream, data, size, NULL);
    ok(hr == S_OK, "Write returned %#lx\n", hr);
    IStream_Release(stream);
}

static void check_property_(void *object, ULONG tag, const BYTE *data, ULONG size, int line)
{
    IStream *stream = NULL;
    ULONG got = 0;
    BYTE *bytes;
    HRESULT hr;

    hr = IMAPIProp_OpenProperty((IMAPIProp *)object, tag, &IID_IStream, 0, 0, (IUnknown **)&stream);
    ok_(__FILE__, line)(hr == S_OK, "OpenProperty returned %#lx\n", hr);
    if (FAILED(hr)) return;
    bytes = malloc(size + 1);
    hr = IStream_Read(stream, bytes, size + 1, &got);
    ok_(__FILE__, line)(SUCCEEDED(hr) && got == size && !memcmp(bytes, data, size), "got %#lx, %lu bytes of %lu\n",
                        hr, got, size);
    free(bytes);
    IStream_Release(stream);
}
#define check_property(object, tag, data, size) check_property_(object, tag, data, size, __LINE__)

#define LARGE 200000
static BYTE large[LARGE];

static void make_large(void)
{
    ULONG i;

    for (i = 0; i < LARGE; i++) large[i] = 'a' + i % 25;
}

static IAttach *new_attach_(IMessage *message, LONG method, const char *name, int line)
{
    IAttach *attach = NULL;
    ULONG number;
    HRESULT hr;

    hr = IMessage_CreateAttach(message, NULL, 0, &number, &attach);
    ok_(__FILE__, line)(hr == S_OK, "CreateAttach returned %#lx\n", hr);
    set_long_(attach, PR_ATTACH_METHOD, method, line);
    set_text_(attach, PR_ATTACH_FILENAME_A, name, line);
    return attach;
}
#define new_attach(message, method, name) new_attach_(message, method, name, __LINE__)

/* A file, a message with a file in it, and an OLE object. */
static void add_attachments(IMessage *message)
{
    IMessage *embedded;
    IStorage *storage;
    IStream *stream;
    IAttach *attach;
    HRESULT hr;

    attach = new_attach(message, ATTACH_BY_VALUE, "file");
    write_property(attach, PR_ATTACH_DATA_BIN, large, LARGE);
    save_object(attach);
    IAttach_Release(attach);

    attach = new_attach(message, ATTACH_EMBEDDED_MSG, "message");
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, MAPI_CREATE | MAPI_MODIFY,
                              (IUnknown **)&embedded);
    ok(hr == S_OK, "OpenProperty returned %#lx\n", hr);
    set_text(embedded, PR_SUBJECT_A, "embedded");
    hr = add_recipient(embedded, MODRECIP_ADD, -1, MAPI_TO, "Inner", "inner@x");
    ok(hr == S_OK, "got %#lx\n", hr);
    {
        IAttach *inner = new_attach(embedded, ATTACH_BY_VALUE, "inner file");

        write_property(inner, PR_ATTACH_DATA_BIN, large, 10);
        save_object(inner);
        IAttach_Release(inner);
    }
    save_object(embedded);
    IMessage_Release(embedded);
    save_object(attach);
    IAttach_Release(attach);

    attach = new_attach(message, ATTACH_OLE, "object");
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IStorage, 0, MAPI_CREATE | MAPI_MODIFY,
                              (IUnknown **)&storage);
    ok(hr == S_OK, "OpenProperty returned %#lx\n", hr);
    hr = IStorage_CreateStream(storage, L"Contents", STGM_CREATE | STGM_READWRITE | STGM_SHARE_EXCLUSIVE, 0, 0,
                               &stream);
    ok(hr == S_OK, "CreateStream returned %#lx\n", hr);
    hr = IStream_Write(stream, large, 5000, NULL);
    ok(hr == S_OK, "Write returned %#lx\n", hr);
    IStream_Release(stream);
    IStorage_Commit(storage, 0);
    IStorage_Release(storage);
    save_object(attach);
    IAttach_Release(attach);
}

static IMessage *make_message(IMAPIFolder *folder, const char *subject)
{
    IMessage *message = new_message(folder, subject);
    HRESULT hr;

    set_text(message, PR_MESSAGE_CLASS_A, "IPM.Test");
    set_long(message, PR_IMPORTANCE, 2);
    set_text(message, named_tag(message, L"colour", PT_STRING8), "blue");
    set_long(message, named_tag(message, L"size", PT_LONG), 42);
    write_property(message, PR_BODY_A, large, LARGE);
    hr = add_recipient(message, MODRECIP_ADD, -1, MAPI_TO, "Ada", "ada@x");
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = add_recipient(message, MODRECIP_ADD, -1, MAPI_CC, "Alan", "alan@x");
    ok(hr == S_OK, "got %#lx\n", hr);
    add_attachments(message);
    save_object(message);
    return message;
}

static ULONG attachment_count(IMessage *message)
{
    IMAPITable *table;
    ULONG count = ~0u;
    HRESULT hr;

    hr = IMessage_GetAttachmentTable(message, 0, &table);
    ok(hr == S_OK, "GetAttachmentTable returned %#lx\n", hr);
    hr = IMAPITable_GetRowCount(table, 0, &count);
    ok(hr == S_OK, "GetRowCount returned %#lx\n", hr);
    IMAPITable_Release(table);
    return count;
}

static ULONG recipient_count(IMessage *message)
{
    IMAPITable *table;
    ULONG count = ~0u;
    HRESULT hr;

    hr = IMessage_GetRecipientTable(message, 0, &table);
    ok(hr == S_OK, "GetRecipientTable returned %#lx\n", hr);
    hr = IMAPITable_GetRowCount(table, 0, &count);
    ok(hr == S_OK, "GetRowCount returned %#lx\n", hr);
    IMAPITable_Release(table);
    return count;
}

static void check_counts_(IMessage *message, ULONG recipients, ULONG attachments, int line)
{
    ULONG has_recipients = recipient_count(message), has_attachments = attachment_count(message);

    ok_(__FILE__, line)(has_recipients == recipients && has_attachments == attachments,
                        "%lu recipients, %lu attachments\n", has_recipients, has_attachments);
}
#define check_counts(message, recipients, attachments) check_counts_(message, recipients, attachments, __LINE__)

static IAttach *open_attach_(IMessage *message, ULONG number, const char *name, int line)
{
    IAttach *attach = NULL;
    HRESULT hr;

    hr = IMessage_OpenAttach(message, number, NULL, 0, &attach);
    ok_(__FILE__, line)(hr == S_OK, "OpenAttach returned %#lx\n", hr);
    if (attach) check_text_(attach, PR_ATTACH_FILENAME_A, name, line);
    return attach;
}

static void check_attachments_(IMessage *message, int line)
{
    IMessage *embedded;
    IStorage *storage;
    IStream *stream;
    IAttach *attach;
    STATSTG stat;
    ULONG count;
    HRESULT hr;

    count = attachment_count(message);
    ok_(__FILE__, line)(count == 3, "%lu attachments\n", count);
    if ((attach = open_attach_(message, 0, "file", line)))
    {
        check_property_(attach, PR_ATTACH_DATA_BIN, large, LARGE, line);
        IAttach_Release(attach);
    }
    if ((attach = open_attach_(message, 1, "message", line)))
    {
        hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0, (IUnknown **)&embedded);
        ok_(__FILE__, line)(hr == S_OK, "OpenProperty returned %#lx\n", hr);
        IAttach_Release(attach);
        if (hr == S_OK)
        {
            check_text_(embedded, PR_SUBJECT_A, "embedded", line);
            check_counts_(embedded, 1, 1, line);
            if ((attach = open_attach_(embedded, 0, "inner file", line)))
            {
                check_property_(attach, PR_ATTACH_DATA_BIN, large, 10, line);
                IAttach_Release(attach);
            }
            IMessage_Release(embedded);
        }
    }
    if ((attach = open_attach_(message, 2, "object", line)))
    {
        hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IStorage, 0, 0, (IUnknown **)&storage);
        ok_(__FILE__, line)(hr == S_OK, "OpenProperty returned %#lx\n", hr);
        if (hr == S_OK)
        {
            hr = IStorage_OpenStream(storage, L"Contents", NULL, STGM_READ | STGM_SHARE_EXCLUSIVE, 0, &stream);
            ok_(__FILE__, line)(hr == S_OK, "OpenStream returned %#lx\n", hr);
            if (hr == S_OK)
            {
                IStream_Stat(stream, &stat, STATFLAG_NONAME);
                ok_(__FILE__, line)(stat.cbSize.QuadPart == 5000, "%lu bytes\n", stat.cbSize.LowPart);
                IStream_Release(stream);
            }
            IStorage_Release(storage);
        }
        IAttach_Release(attach);
    }
}

static void check_message_(IMessage *message, const char *subject, int line)
{
    check_text_(message, PR_SUBJECT_A, subject, line);
    check_text_(message, PR_MESSAGE_CLASS_A, "IPM.Test", line);
    ok_(__FILE__, line)(get_long_(message, PR_IMPORTANCE, line) == 2, "importance\n");
    check_text_(message, named_tag(message, L"colour", PT_STRING8), "blue", line);
    ok_(__FILE__, line)(get_long_(message, named_tag(message, L"size", PT_LONG), line) == 42, "size\n");
    check_property_(message, PR_BODY_A, large, LARGE, line);
    check_counts_(message, 2, 3, line);
    check_attachments_(message, line);
}
#define check_message(message, subject) check_message_(message, subject, __LINE__)

/* What is wrong besides what the destination works out itself. */
static void check_problems_(SPropProblemArray *problems, ULONG expected, int line)
{
    ULONG i, found = 0;

    for (i = 0; problems && i < problems->cProblem; i++)
    {
        if (problems->aProblem[i].scode == MAPI_E_COMPUTED) continue;
        found++;
        if (found > expected)
            ok_(__FILE__, line)(0, "%#lx: %#lx\n", problems->aProblem[i].ulPropTag, problems->aProblem[i].scode);
    }
    ok_(__FILE__, line)(found == expected, "%lu problems\n", found);
    MAPIFreeBuffer(problems);
}
#define check_problems(problems, expected) check_problems_(problems, expected, __LINE__)

static IMAPIFolder *fresh_folder(IMsgStore *store, const char *name)
{
    IMAPIFolder *subtree = open_folder(store, PR_IPM_SUBTREE_ENTRYID), *folder;

    folder = create_folder(subtree, name);
    IMAPIFolder_Release(subtree);
    return folder;
}

/* ---- DoCopyTo and DoCopyProps ---- */

static void test_copy_to(IMsgStore *first, IMsgStore *second)
{
    static const SizedSPropTagArray(2, exclude) =
        { 2, { PROP_TAG(PT_LONG, PROP_ID(PR_SUBJECT)), PR_MESSAGE_ATTACHMENTS } };
    IMAPIFolder *from = fresh_folder(first, "copy to"), *to = fresh_folder(second, "copy to");
    SizedSPropTagArray(1, none) = { 0, { 0 } };
    SPropProblemArray *problems;
    IMessage *src, *dst, *again;
    HRESULT hr;
    ULONG i;

    /* The names of the second store have other ids. */
    named_tag(to, L"weight", PT_LONG);
    named_tag(to, L"size", PT_LONG);
    src = make_message(from, "source");
    ok(named_tag(src, L"colour", PT_STRING8) != named_tag(to, L"colour", PT_STRING8), "the ids are the same\n");

    dst = new_message(to, NULL);
    problems = (void *)0xdeadbeef;
    hr = IMessage_CopyTo(src, 0, NULL, NULL, 0, NULL, NULL, dst, 0, &problems);
    ok(hr == MAPI_E_INVALID_PARAMETER && !problems, "got %#lx, %p\n", hr, problems);
    hr = IMessage_CopyTo(src, 0, NULL, NULL, 0, NULL, &IID_IMessage, NULL, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMessage_CopyTo(src, 1, NULL, NULL, 0, NULL, &IID_IMessage, dst, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMessage_CopyTo(src, 0, NULL, (SPropTagArray *)&none, 0, NULL, &IID_IMessage, dst, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMessage_CopyTo(src, 1, &IID_IMAPIProp, NULL, 0, NULL, &IID_IMessage, dst, 0, NULL);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED, "got %#lx\n", hr);
    hr = IMessage_CopyTo(src, 0, NULL, NULL, 0, NULL, &IID_IMAPIFolder, dst, 0, NULL);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED, "got %#lx\n", hr);
    hr = IMessage_CopyTo(src, 0, NULL, NULL, 0, NULL, &IID_IMessage, src, 0, NULL);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    hr = IMessage_CopyTo(src, 0, NULL, NULL, 0, NULL, &IID_IMessage, dst, 0x100, NULL);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IMessage_CopyTo(src, 0, NULL, NULL, 0, NULL, &IID_IMessage, dst, MAPI_DECLINE_OK, NULL);
    ok(hr == MAPI_E_DECLINE_COPY, "got %#lx\n", hr);
    again = open_row_message(from, 0, MAPI_MODIFY);
    hr = IMessage_CopyTo(src, 0, NULL, NULL, 0, NULL, &IID_IMessage, again, 0, NULL);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    IMessage_Release(again);
    check_text(dst, PR_SUBJECT_A, NULL);

    hr = IMessage_CopyTo(src, 0, NULL, NULL, 0, start_progress(0), &IID_IMessage, dst, MAPI_DIALOG, &problems);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_problems(problems, 0);
    check_progress(3);
    check_message(dst, "source");
    check_contents(to, "");             /* saving is the caller's */
    save_object(dst);
    check_contents(to, "source");
    IMessage_Release(dst);
    dst = open_row_message(to, 0, 0);
    check_message(dst, "source");
    IMessage_Release(dst);
    check_message(src, "source");

    /* Without some of it; a tag excludes its id. */
    dst = new_message(to, "own");
    hr = IMessage_CopyTo(src, 0, NULL, (SPropTagArray *)&exclude, 0, NULL, &IID_IMAPIProp, dst, 0, &problems);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_problems(problems, 0);
    check_text(dst, PR_SUBJECT_A, "own");
    check_counts(dst, 2, 0);
    IMessage_Release(dst);
    dst = new_message(to, "own");
    hr = IMessage_CopyTo(src, 1, &IID_IMessage, NULL, 0, NULL, &IID_IMessage, dst, 0, &problems);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_problems(problems, 0);
    check_text(dst, PR_SUBJECT_A, "source");
    check_counts(dst, 0, 0);
    IMessage_Release(dst);

    /* What is there stays, or goes. */
    dst = new_message(to, "own");
    set_long(dst, named_tag(dst, L"size", PT_LONG), 7);
    add_recipient(dst, MODRECIP_ADD, -1, MAPI_TO, "Grace", "grace@x");
    again = open_row_message(from, 0, MAPI_MODIFY);
    hr = IMessage_CopyTo(again, 0, NULL, NULL, 0, NULL, &IID_IMessage, dst, MAPI_NOREPLACE | MAPI_MOVE, &problems);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_problems(problems, 0);
    check_text(again, PR_SUBJECT_A, "source");
    check_counts(again, 2, 0);
    IMessage_Release(again);
    check_text(dst, PR_SUBJECT_A, "own");
    ok(get_long(dst, named_tag(dst, L"size", PT_LONG)) == 7, "replaced\n");
    check_text(dst, named_tag(dst, L"colour", PT_STRING8), "blue");
    check_counts(dst, 1, 3);
    check_attachments_(dst, __LINE__);
    hr = IMessage_CopyTo(src, 0, NULL, NULL, 0, NULL, &IID_IMessage, dst, 0, &problems);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_problems(problems, 0);
    check_text(dst, PR_SUBJECT_A, "source");
    check_counts(dst, 2, 3);
    IMessage_Release(dst);

    /* Cancelled at any step: the error, no problems, the source as it was. */
    for (i = 1; i < 10; i++)
    {
        dst = new_message(to, NULL);
        problems = (void *)0xdeadbeef;
        hr = IMessage_CopyTo(src, 0, NULL, NULL, 0, start_progress(i), &IID_IMessage, dst,
                             MAPI_DIALOG | MAPI_MOVE, &problems);
        ok(hr == MAPI_E_USER_CANCEL && !problems, "%lu: got %#lx, %p\n", i, hr, problems);
        check_message(src, "source");
        IMessage_Release(dst);
    }

    /* An attachment that the destination cannot take is a problem of the attachments. */
    dst = new_message(to, NULL);
    sample_behave("ms.CreateAttach=access@2");
    hr = IMessage_CopyTo(src, 0, NULL, NULL, 0, NULL, &IID_IMessage, dst, MAPI_MOVE, &problems);
    sample_behave(NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_problems(problems, 1);
    check_text(dst, PR_SUBJECT_A, "source");
    check_text(src, PR_SUBJECT_A, NULL);
    check_counts(src, 0, 3);            /* they stay, the rest is over there */
    IMessage_Release(dst);
    IMessage_Release(src);

    src = open_row_message(from, 0, MAPI_MODIFY);
    dst = new_message(to, NULL);
    sample_behave("ms.CreateAttach=disk@2");
    hr = IMessage_CopyTo(src, 0, NULL, NULL, 0, NULL, &IID_IMessage, dst, MAPI_MOVE, &problems);
    sample_behave(NULL);
    ok(hr == MAPI_E_NOT_ENOUGH_DISK && !problems, "got %#lx\n", hr);
    check_message(src, "source");
    IMessage_Release(dst);

    dst = new_message(to, NULL);
    sample_behave("ms.CreateAttach=crash@2");
    hr = IMessage_CopyTo(src, 0, NULL, NULL, 0, NULL, &IID_IMessage, dst, MAPI_MOVE, &problems);
    sample_behave(NULL);
    ok(hr == MAPI_E_CALL_FAILED && !problems, "got %#lx\n", hr);
    check_message(src, "source");
    IMessage_Release(dst);

    dst = new_message(to, NULL);
    hr = IMessage_CopyTo(src, 0, NULL, NULL, 0, NULL, &IID_IMessage, dst, MAPI_MOVE, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_message(dst, "source");
    check_text(src, PR_SUBJECT_A, NULL);
    check_text(src, named_tag(src, L"colour", PT_STRING8), NULL);
    check_counts(src, 0, 0);
    IMessage_Release(dst);
    IMessage_Release(src);
    src = open_row_message(from, 0, 0); /* not saved: nothing happened */
    check_message(src, "source");
    IMessage_Release(src);
    IMAPIFolder_Release(from);
    IMAPIFolder_Release(to);
}

static void test_copy_props(IMsgStore *first, IMsgStore *second)
{
    static const SizedSPropTagArray(4, some) =
        { 4, { PR_SUBJECT_W, PR_MESSAGE_RECIPIENTS, PR_BODY_A, PR_SENSITIVITY } };
    static const SizedSPropTagArray(1, attachments) = { 1, { PR_MESSAGE_ATTACHMENTS } };
    static const SizedSPropTagArray(2, null) = { 2, { PR_SUBJECT_A, PR_NULL } };
    static const SizedSPropTagArray(2, own) = { 2, { PR_IMPORTANCE, PR_ENTRYID } };
    IMAPIFolder *from = fresh_folder(first, "copy props"), *to = fresh_folder(second, "copy props");
    SPropProblemArray *problems;
    IMessage *src, *dst;
    IPropData *data;
    HRESULT hr;

    src = make_message(from, "source");
    dst = new_message(to, NULL);
    hr = IMessage_CopyProps(src, NULL, 0, NULL, &IID_IMessage, dst, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMessage_CopyProps(src, (SPropTagArray *)&null, 0, NULL, &IID_IMessage, dst, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMessage_CopyProps(src, (SPropTagArray *)&some, 0, NULL, NULL, dst, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMessage_CopyProps(src, (SPropTagArray *)&some, 0, NULL, &IID_IMessage, dst, 0x1000, NULL);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IMessage_CopyProps(src, (SPropTagArray *)&some, 0, NULL, &IID_IMessage, src, 0, NULL);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);

    hr = IMessage_CopyProps(src, (SPropTagArray *)&some, 0, NULL, &IID_IMessage, dst, 0, &problems);
    ok(hr == S_OK && problems && problems->cProblem == 1, "got %#lx\n", hr);
    if (problems)
        ok(problems->aProblem[0].ulIndex == 3 && problems->aProblem[0].ulPropTag == PR_SENSITIVITY
           && problems->aProblem[0].scode == MAPI_E_NOT_FOUND, "problem %#lx\n", problems->aProblem[0].scode);
    MAPIFreeBuffer(problems);
    check_text(dst, PR_SUBJECT_A, "source");
    check_property(dst, PR_BODY_A, large, LARGE);
    check_text(dst, PR_MESSAGE_CLASS_A, "IPM.Note");
    check_counts(dst, 2, 0);
    hr = IMessage_CopyProps(src, (SPropTagArray *)&attachments, 0, NULL, &IID_IMessage, dst, MAPI_MOVE, &problems);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_problems(problems, 0);
    check_attachments_(dst, __LINE__);
    check_counts(src, 2, 0);

    /* What is asked for by name is tried, and who says no is heard. */
    hr = IMessage_CopyProps(src, (SPropTagArray *)&own, 0, NULL, &IID_IMessage, dst, 0, &problems);
    ok(hr == S_OK && problems && problems->cProblem == 1 && problems->aProblem[0].ulPropTag == PR_ENTRYID
       && problems->aProblem[0].scode == MAPI_E_COMPUTED, "got %#lx\n", hr);
    MAPIFreeBuffer(problems);

    /* An object that has nothing inside takes what is left. */
    hr = CreateIProp(&IID_IMAPIPropData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL, &data);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMessage_CopyProps(src, (SPropTagArray *)&some, 0, NULL, &IID_IMAPIProp, data, 0, &problems);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_problems(problems, 3);        /* recipients, the large body, what is not there */
    check_text(data, PR_SUBJECT_A, "source");
    IPropData_Release(data);
    IMessage_Release(src);
    IMessage_Release(dst);
    IMAPIFolder_Release(from);
    IMAPIFolder_Release(to);
}

/* ---- CopyMessages ---- */

static void add_messages(IMAPIFolder *folder, const char *const *subjects)
{
    IMessage *message;

    for (; *subjects; subjects++)
    {
        message = new_message(folder, *subjects);
        save_object(message);
        IMessage_Release(message);
    }
}

/* All messages of from to to, with a switch on; what came of it. */
static HRESULT copy_all(IMAPIFolder *from, IMAPIFolder *to, ULONG flags, IMAPIProgress *indicator, const char *words)
{
    SRowSet *rows = contents(from);
    SBinary ids[16];
    HRESULT hr;

    sample_behave(words);
    hr = IMAPIFolder_CopyMessages(from, entry_list(rows, ids, 0, rows->cRows), NULL, to, 0, indicator, flags);
    sample_behave(NULL);
    FreeProws(rows);
    return hr;
}

static void empty(IMAPIFolder *folder)
{
    HRESULT hr = IMAPIFolder_EmptyFolder(folder, 0, NULL, DEL_ASSOCIATED);

    ok(hr == S_OK, "EmptyFolder returned %#lx\n", hr);
}

static void test_copy_messages(IMsgStore *first, IMsgStore *second)
{
    static const char *const four[] = { "a", "b", "c", "d", NULL };
    IMAPIFolder *from = fresh_folder(first, "copy"), *to = fresh_folder(second, "copy");
    static const struct
    {
        ULONG flags;
        const char *words;
        HRESULT expected;
        const char *left;
        const char *arrived;
    }
    tests[] =
    {
        { 0, NULL, S_OK, "a b c d", "a b c d" },
        { MESSAGE_MOVE, NULL, S_OK, "", "a b c d" },
        /* one of them cannot be: it stays, the others go */
        { 0, "ms.SaveChanges=access@2", MAPI_W_PARTIAL_COMPLETION, "a b c d", "a c d" },
        { MESSAGE_MOVE, "ms.SaveChanges=access@2", MAPI_W_PARTIAL_COMPLETION, "b", "a c d" },
        { MESSAGE_MOVE, "ms.CreateMessage=access@3", MAPI_W_PARTIAL_COMPLETION, "c", "a b d" },
        { MESSAGE_MOVE, "ms.OpenEntry=access@1", MAPI_W_PARTIAL_COMPLETION, "a", "b c d" },
        /* one that will not go is in both */
        { MESSAGE_MOVE, "ms.DeleteMessages=access@2", MAPI_W_PARTIAL_COMPLETION, "b", "a b c d" },
        /* what would fail all of them ends it */
        { MESSAGE_MOVE, "ms.SaveChanges=disk@2", MAPI_E_NOT_ENOUGH_DISK, "b c d", "a" },
        { MESSAGE_MOVE, "ms.SaveChanges=disk", MAPI_E_NOT_ENOUGH_DISK, "a b c d", "" },
        { MESSAGE_MOVE, "ms.SaveChanges=access", MAPI_W_PARTIAL_COMPLETION, "a b c d", "" },
        { MESSAGE_MOVE, "ms.CreateMessage=crash@3", MAPI_E_CALL_FAILED, "c d", "a b" },
        /* success with nothing done is none */
        { MESSAGE_MOVE, "ms.OpenEntry=false@1", MAPI_W_PARTIAL_COMPLETION, "a", "b c d" },
        { MESSAGE_MOVE, "ms.CreateMessage=false@2", MAPI_W_PARTIAL_COMPLETION, "b", "a c d" },
        { MESSAGE_MOVE, "ms.SaveChanges=false@3", MAPI_W_PARTIAL_COMPLETION, "c", "a b d" },
        { MESSAGE_MOVE, "ms.DeleteMessages=false@4", MAPI_W_PARTIAL_COMPLETION, "d", "a b c d" },
    };
    static const char *const inside[] =
    {
        "ms.ModifyRecipients=access@1", "ms.ModifyRecipients=false@1", "ms.ModifyRecipients=false@2",
        "ms.CreateAttach=false@1", "ms.CreateAttach=access@4", "ms.SaveAttach=false@1", "ms.SaveAttach=false@2",
        "ms.OpenAttach=false@1", "ms.OpenAttach=access@3"
    };
    IMessage *message;
    SBinary ids[4];
    SRowSet *rows;
    unsigned int i;
    HRESULT hr;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        winetest_push_context("%s, flags %#lx", tests[i].words ? tests[i].words : "-", tests[i].flags);
        empty(from);
        empty(to);
        add_messages(from, four);
        hr = copy_all(from, to, tests[i].flags, NULL, tests[i].words);
        ok(hr == tests[i].expected, "got %#lx\n", hr);
        check_contents(from, tests[i].left);
        check_contents(to, tests[i].arrived);
        winetest_pop_context();
    }

    empty(from);
    add_messages(from, four);
    hr = copy_all(from, to, 0x40, NULL, NULL);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = copy_all(from, to, MAPI_DECLINE_OK, NULL, NULL);
    ok(hr == MAPI_E_DECLINE_COPY, "got %#lx\n", hr);
    hr = IMAPIFolder_CopyMessages(from, NULL, NULL, to, 0, NULL, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    rows = contents(from);
    hr = IMAPIFolder_CopyMessages(from, entry_list(rows, ids, 0, 1), &IID_IMessage, to, 0, NULL, 0);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED, "got %#lx\n", hr);
    hr = IMAPIFolder_CopyMessages(from, entry_list(rows, ids, 0, 0), NULL, to, 0, NULL, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    /* one that is no entry ID */
    entry_list(rows, ids, 0, 2);
    ids[0].cb = 3;
    empty(to);
    hr = IMAPIFolder_CopyMessages(from, entry_list_of(ids, 2), NULL, to, 0, NULL, 0);
    ok(hr == MAPI_W_PARTIAL_COMPLETION, "got %#lx\n", hr);
    check_contents(to, "b");
    FreeProws(rows);

    /* progress, and an end to it */
    empty(from);
    empty(to);
    add_messages(from, four);
    hr = copy_all(from, to, MESSAGE_DIALOG, start_progress(0), NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_progress(4);
    empty(to);
    start_progress(0);
    hr = copy_all(from, to, 0, &progress.IMAPIProgress_iface, NULL);
    ok(hr == S_OK && !progress.calls, "got %#lx, %lu calls\n", hr, progress.calls);
    empty(to);
    hr = copy_all(from, to, MESSAGE_DIALOG | MESSAGE_MOVE, start_progress(6), NULL);
    ok(hr == MAPI_E_USER_CANCEL, "got %#lx\n", hr);
    check_contents(from, "b c d");
    check_contents(to, "a");
    /* none at all is as good */
    hr = copy_all(from, to, MESSAGE_DIALOG | MESSAGE_MOVE, NULL, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_contents(from, "");

    /* whole ones, also within a store, and what belongs to a folder alone stays there */
    empty(to);
    message = make_message(from, "whole");
    hr = IMessage_SetReadFlag(message, CLEAR_READ_FLAG);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMessage_Release(message);
    rows = contents(from);
    hr = IMAPIFolder_SetMessageStatus(from, rows->aRow[0].lpProps[0].Value.bin.cb,
                                      (ENTRYID *)rows->aRow[0].lpProps[0].Value.bin.lpb, MSGSTATUS_TAGGED,
                                      MSGSTATUS_TAGGED, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    FreeProws(rows);
    hr = copy_all(from, from, 0, NULL, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_contents(from, "whole whole");
    hr = copy_all(from, to, MESSAGE_MOVE, NULL, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_contents(to, "whole whole");
    for (i = 0; i < 2; i++)
    {
        message = open_row_message(to, i, 0);
        check_message(message, "whole");
        ok(!(get_long(message, PR_MESSAGE_FLAGS) & MSGFLAG_READ), "read already\n");
        ok(!get_long(message, PR_MSG_STATUS), "status %#lx\n", get_long(message, PR_MSG_STATUS));
        IMessage_Release(message);
    }
    /* Each attachment that fails leaves its message where it was. */
    hr = copy_all(to, from, MESSAGE_MOVE, NULL, "ms.SaveAttach=access@3");
    ok(hr == MAPI_W_PARTIAL_COMPLETION, "got %#lx\n", hr);
    check_contents(to, "whole");
    check_contents(from, "whole");
    message = open_row_message(to, 0, 0);
    check_message(message, "whole");
    IMessage_Release(message);
    for (i = 0; i < ARRAY_SIZE(inside); i++)
    {
        winetest_push_context("%s", inside[i]);
        hr = copy_all(to, from, MESSAGE_MOVE, NULL, inside[i]);
        ok(hr == MAPI_W_PARTIAL_COMPLETION, "got %#lx\n", hr);
        check_contents(to, "whole");
        check_contents(from, "whole");
        winetest_pop_context();
    }

    /* The messages that go with a folder's views. */
    hr = IMAPIFolder_CreateMessage(from, NULL, MAPI_ASSOCIATED, &message);
    ok(hr == S_OK, "got %#lx\n", hr);
    set_text(message, PR_SUBJECT_A, "view");
    save_object(message);
    IMessage_Release(message);
    rows = contents_(from, MAPI_ASSOCIATED, __LINE__);
    hr = IMAPIFolder_CopyMessages(from, entry_list(rows, ids, 0, 1), NULL, to, 0, NULL, MESSAGE_MOVE);
    ok(hr == S_OK, "got %#lx\n", hr);
    FreeProws(rows);
    check_contents_(from, MAPI_ASSOCIATED, "", __LINE__);
    check_contents_(to, MAPI_ASSOCIATED, "view", __LINE__);
    IMAPIFolder_Release(from);
    IMAPIFolder_Release(to);
}

/* ---- folders ---- */

/* The tree below a folder as text: name(message message){subfolders}. */
static void describe(IMAPIFolder *folder, char *text, size_t size)
{
    SRowSet *rows = contents(folder), *folders = subfolders(folder);
    IMAPIFolder *child;
    ULONG i, type;
    HRESULT hr;

    for (i = 0; i < rows->cRows; i++)
        snprintf(text + strlen(text), size - strlen(text), "%s%s", i ? " " : "(",
                 rows->aRow[i].lpProps[1].ulPropTag == PR_SUBJECT_A ? rows->aRow[i].lpProps[1].Value.lpszA : "-");
    if (rows->cRows) snprintf(text + strlen(text), size - strlen(text), ")");
    for (i = 0; i < folders->cRows; i++)
    {
        snprintf(text + strlen(text), size - strlen(text), "%s%s", i ? " " : "{",
                 folders->aRow[i].lpProps[1].Value.lpszA);
        hr = IMAPIFolder_OpenEntry(folder, folders->aRow[i].lpProps[0].Value.bin.cb,
                                   (ENTRYID *)folders->aRow[i].lpProps[0].Value.bin.lpb, NULL, 0, &type,
                                   (IUnknown **)&child);
        ok(hr == S_OK, "OpenEntry returned %#lx\n", hr);
        if (hr == S_OK)
        {
            describe(child, text, size);
            IMAPIFolder_Release(child);
        }
    }
    if (folders->cRows) snprintf(text + strlen(text), size - strlen(text), "}");
    FreeProws(rows);
    FreeProws(folders);
}

static void check_tree_(IMAPIFolder *folder, const char *expected, int line)
{
    char text[1024] = "";

    describe(folder, text, sizeof(text));
    ok_(__FILE__, line)(!strcmp(text, expected), "in the folder: \"%s\", not \"%s\"\n", text, expected);
}
#define check_tree(folder, expected) check_tree_(folder, expected, __LINE__)

/* tree(a b){one(c){two(d)} three} under parent */
static IMAPIFolder *make_tree(IMAPIFolder *parent)
{
    static const char *const top[] = { "a", "b", NULL }, *const below[] = { "c", NULL }, *const last[] = { "d", NULL };
    IMAPIFolder *tree = create_folder(parent, "tree"), *one, *two, *three;

    set_text(tree, PR_COMMENT_A, "a comment");
    set_long(tree, named_tag(tree, L"size", PT_LONG), 5);
    add_messages(tree, top);
    one = create_folder(tree, "one");
    add_messages(one, below);
    two = create_folder(one, "two");
    add_messages(two, last);
    three = create_folder(tree, "three");
    IMAPIFolder_Release(one);
    IMAPIFolder_Release(two);
    IMAPIFolder_Release(three);
    return tree;
}

static HRESULT copy_tree(IMAPIFolder *parent, IMAPIFolder *tree, IMAPIFolder *to, const char *name, ULONG flags,
                         IMAPIProgress *indicator, const char *words)
{
    SPropValue *id = get_prop(tree, PR_ENTRYID);
    HRESULT hr;

    sample_behave(words);
    hr = IMAPIFolder_CopyFolder(parent, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, to, (LPTSTR)name, 0,
                                indicator, flags);
    sample_behave(NULL);
    MAPIFreeBuffer(id);
    return hr;
}

static void test_copy_folder(IMsgStore *first, IMsgStore *second)
{
    static const struct
    {
        ULONG flags;
        const char *words;
        HRESULT expected;
        const char *left;
        const char *arrived;
    }
    tests[] =
    {
        { 0, NULL, S_OK, "{tree(a b){one(c){two(d)} three}}", "{tree(a b)}" },
        { COPY_SUBFOLDERS, NULL, S_OK, "{tree(a b){one(c){two(d)} three}}", "{tree(a b){one(c){two(d)} three}}" },
        { FOLDER_MOVE, NULL, S_OK, "", "{tree(a b){one(c){two(d)} three}}" },
        { FOLDER_MOVE, "ms.SaveChanges=access@2", MAPI_W_PARTIAL_COMPLETION, "{tree(b)}",
          "{tree(a){one(c){two(d)} three}}" },
        { FOLDER_MOVE, "ms.SaveChanges=access@4", MAPI_W_PARTIAL_COMPLETION, "{tree{one{two(d)}}}",
          "{tree(a b){one(c){two} three}}" },
        { FOLDER_MOVE, "ms.SaveChanges=disk@3", MAPI_E_NOT_ENOUGH_DISK, "{tree{one(c){two(d)} three}}",
          "{tree(a b){one}}" },
        { FOLDER_MOVE, "ms.CreateFolder=access@2", MAPI_W_PARTIAL_COMPLETION, "{tree{one(c){two(d)}}}",
          "{tree(a b){three}}" },
        { FOLDER_MOVE, "ms.DeleteFolder=access@1", MAPI_W_PARTIAL_COMPLETION, "{tree{one{two}}}",
          "{tree(a b){one(c){two(d)} three}}" },
        { COPY_SUBFOLDERS, "ms.CreateFolder=access", MAPI_E_NO_ACCESS, "{tree(a b){one(c){two(d)} three}}", "" },
        { FOLDER_MOVE, "ms.DeleteMessages=crash@2", MAPI_E_CALL_FAILED, "{tree(b){one(c){two(d)} three}}",
          "{tree(a b)}" },
        { FOLDER_MOVE, "ms.CreateFolder=false@1", MAPI_E_CALL_FAILED, "{tree(a b){one(c){two(d)} three}}", "" },
        { FOLDER_MOVE, "ms.CreateFolder=false@3", MAPI_W_PARTIAL_COMPLETION, "{tree{one{two(d)}}}",
          "{tree(a b){one(c) three}}" },
        { FOLDER_MOVE, "ms.OpenEntry=false@1", MAPI_E_CALL_FAILED, "{tree(a b){one(c){two(d)} three}}", "" },
    };
    IMAPIFolder *from = fresh_folder(first, "trees"), *to = fresh_folder(second, "trees"), *tree, *one, *copy;
    unsigned int i;
    SPropValue *id;
    SRowSet *rows;
    ULONG type;
    HRESULT hr;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        winetest_push_context("%s, flags %#lx", tests[i].words ? tests[i].words : "-", tests[i].flags);
        empty(from);
        empty(to);
        tree = make_tree(from);
        hr = copy_tree(from, tree, to, NULL, tests[i].flags, NULL, tests[i].words);
        ok(hr == tests[i].expected, "got %#lx\n", hr);
        check_tree(from, tests[i].left);
        check_tree(to, tests[i].arrived);
        IMAPIFolder_Release(tree);
        winetest_pop_context();
    }

    empty(from);
    empty(to);
    tree = make_tree(from);
    hr = copy_tree(from, tree, to, NULL, 0x1000, NULL, NULL);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = copy_tree(from, tree, NULL, NULL, 0, NULL, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    id = get_prop(tree, PR_ENTRYID);
    hr = IMAPIFolder_CopyFolder(from, 5, (ENTRYID *)id->Value.bin.lpb, NULL, to, NULL, 0, NULL, 0);
    ok(hr == MAPI_E_INVALID_ENTRYID, "got %#lx\n", hr);
    MAPIFreeBuffer(id);

    /* by another name, with what the folder says of itself; the name is taken the second time */
    hr = copy_tree(from, tree, to, "other", COPY_SUBFOLDERS | FOLDER_DIALOG, start_progress(0), NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(progress.last == 1000 && !progress.backwards && !progress.outside && progress.counted == 1,
       "progress: last %lu, counted %lu\n", progress.last, progress.counted);
    check_tree(to, "{other(a b){one(c){two(d)} three}}");
    rows = subfolders(to);
    hr = IMAPIFolder_OpenEntry(to, rows->aRow[0].lpProps[0].Value.bin.cb,
                               (ENTRYID *)rows->aRow[0].lpProps[0].Value.bin.lpb, NULL, 0, &type, (IUnknown **)&copy);
    ok(hr == S_OK, "got %#lx\n", hr);
    FreeProws(rows);
    check_text(copy, PR_DISPLAY_NAME_A, "other");
    check_text(copy, PR_COMMENT_A, "a comment");
    ok(get_long(copy, named_tag(copy, L"size", PT_LONG)) == 5, "the named property differs\n");
    IMAPIFolder_Release(copy);
    hr = copy_tree(from, tree, to, "OTHER", COPY_SUBFOLDERS, NULL, NULL);
    ok(hr == MAPI_E_COLLISION, "got %#lx\n", hr);
    hr = copy_tree(from, tree, to, "other", FOLDER_MOVE, NULL, NULL);
    ok(hr == MAPI_E_COLLISION, "got %#lx\n", hr);
    hr = copy_tree(from, tree, to, (char *)L"wide", COPY_SUBFOLDERS | MAPI_UNICODE, NULL, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_tree(to, "{other(a b){one(c){two(d)} three} wide(a b){one(c){two(d)} three}}");
    check_tree(from, "{tree(a b){one(c){two(d)} three}}");

    /* into itself, or below */
    rows = subfolders(tree);
    hr = IMAPIFolder_OpenEntry(tree, rows->aRow[0].lpProps[0].Value.bin.cb,
                               (ENTRYID *)rows->aRow[0].lpProps[0].Value.bin.lpb, NULL, MAPI_MODIFY, &type,
                               (IUnknown **)&one);
    ok(hr == S_OK, "got %#lx\n", hr);
    FreeProws(rows);
    hr = copy_tree(from, tree, tree, "itself", COPY_SUBFOLDERS, NULL, NULL);
    ok(hr == MAPI_E_FOLDER_CYCLE, "got %#lx\n", hr);
    hr = copy_tree(from, tree, one, "itself", COPY_SUBFOLDERS, NULL, NULL);
    ok(hr == MAPI_E_FOLDER_CYCLE, "got %#lx\n", hr);
    hr = copy_tree(from, tree, one, "itself", FOLDER_MOVE, NULL, NULL);
    ok(hr == MAPI_E_FOLDER_CYCLE, "got %#lx\n", hr);
    check_tree(from, "{tree(a b){one(c){two(d)} three}}");
    hr = copy_tree(from, tree, one, "alone", 0, NULL, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_tree(from, "{tree(a b){one(c){two(d) alone(a b)} three}}");
    hr = IMAPIFolder_CopyTo(tree, 0, NULL, NULL, 0, NULL, &IID_IMAPIFolder, one, 0, NULL);
    ok(hr == MAPI_E_FOLDER_CYCLE, "got %#lx\n", hr);
    check_tree(from, "{tree(a b){one(c){two(d) alone(a b)} three}}");
    IMAPIFolder_Release(one);

    /* The user has seen enough, at each step once: every message is in one place. */
    IMAPIFolder_Release(tree);
    for (i = 1; i < 40; i++)
    {
        char text[1024] = "";
        const char *letter;

        winetest_push_context("cancelled at %u", i);
        empty(from);
        empty(to);
        tree = make_tree(from);
        hr = copy_tree(from, tree, to, NULL, FOLDER_MOVE | FOLDER_DIALOG, start_progress(i), NULL);
        IMAPIFolder_Release(tree);
        ok(hr == (progress.calls >= i ? MAPI_E_USER_CANCEL : S_OK), "got %#lx after %lu calls\n", hr, progress.calls);
        describe(from, text, sizeof(text));
        strcat(text, "|");
        describe(to, text, sizeof(text));
        for (letter = "abcd"; *letter; letter++)
        {
            char *at, found = 0;

            for (at = text; *at; at++)
                if (*at == *letter && (at[-1] == '(' || at[-1] == ' ') && (at[1] == ')' || at[1] == ' ')) found++;
            ok(found == 1, "%c is there %d times: %s\n", *letter, found, text);
        }
        winetest_pop_context();
        if (hr == S_OK) break;
    }
    ok(i > 5 && i < 40, "%u steps\n", i);
    empty(from);
    empty(to);
    IMAPIFolder_Release(from);
    IMAPIFolder_Release(to);
}

static void test_copy_folder_to(IMsgStore *first, IMsgStore *second)
{
    static const SizedSPropTagArray(2, exclude) = { 2, { PR_DISPLAY_NAME, PR_CONTAINER_HIERARCHY } };
    static const SizedSPropTagArray(1, name) = { 1, { PR_DISPLAY_NAME } };
    static const SizedSPropTagArray(1, hierarchy) = { 1, { PR_CONTAINER_HIERARCHY } };
    IMAPIFolder *from = fresh_folder(first, "folder to"), *to = fresh_folder(second, "folder to");
    IMAPIFolder *tree = make_tree(from), *dst;
    SPropProblemArray *problems;
    HRESULT hr;

    dst = create_folder(to, "dst");
    hr = IMAPIFolder_CopyTo(tree, 0, NULL, NULL, 0, NULL, &IID_IMAPIFolder, tree, 0, NULL);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    hr = IMAPIFolder_CopyTo(tree, 0, NULL, (SPropTagArray *)&exclude, 0, NULL, &IID_IMAPIFolder, dst, 0, &problems);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_problems(problems, 0);
    check_tree(to, "{dst(a b)}");
    check_text(dst, PR_COMMENT_A, "a comment");
    hr = IMAPIFolder_CopyProps(tree, (SPropTagArray *)&hierarchy, 0, NULL, &IID_IMAPIFolder, dst, 0, &problems);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_problems(problems, 0);
    check_tree(to, "{dst(a b){one(c){two(d)} three}}");
    hr = IMAPIFolder_CopyProps(tree, (SPropTagArray *)&hierarchy, 0, NULL, &IID_IMAPIFolder, dst, 0, &problems);
    ok(hr == MAPI_E_COLLISION && !problems, "got %#lx\n", hr);
    empty(dst);
    hr = IMAPIFolder_CopyTo(tree, 1, &IID_IMAPIContainer, (SPropTagArray *)&name, 0, NULL, &IID_IMAPIFolder, dst, 0,
                            &problems);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_problems(problems, 0);
    check_tree(to, "{dst}");
    sample_behave("ms.CreateMessage=access@1");
    hr = IMAPIFolder_CopyTo(tree, 0, NULL, NULL, 0, start_progress(0), &IID_IMAPIFolder, dst,
                            MAPI_MOVE | MAPI_DIALOG, &problems);
    sample_behave(NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_problems(problems, 1);
    check_progress(4);
    check_tree(to, "{tree(b){one(c){two(d)} three}}");
    check_tree(tree, "(a)");
    IMAPIFolder_Release(dst);
    IMAPIFolder_Release(tree);
    IMAPIFolder_Release(from);
    IMAPIFolder_Release(to);
}

static IMessage *open_embedded(IMessage *message, BOOL create, IAttach **attach)
{
    IMessage *embedded = NULL;
    ULONG number;
    HRESULT hr;

    hr = create ? IMessage_CreateAttach(message, NULL, 0, &number, attach)
                : IMessage_OpenAttach(message, 0, NULL, 0, attach);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (create) set_long(*attach, PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG);
    hr = IAttach_OpenProperty(*attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, create ? MAPI_CREATE | MAPI_MODIFY : 0,
                              (IUnknown **)&embedded);
    ok(hr == S_OK, "got %#lx\n", hr);
    return embedded;
}

/* A message in a message in a message: count of them, the outermost not saved. */
static void nest(IMessage *message, ULONG count)
{
    IMessage *inner;
    IAttach *attach;

    if (!count) return;
    inner = open_embedded(message, TRUE, &attach);
    nest(inner, count - 1);
    save_object(inner);
    IMessage_Release(inner);
    save_object(attach);
    IAttach_Release(attach);
}

static ULONG nested(IMessage *message)
{
    IMessage *inner;
    IAttach *attach;
    ULONG count;

    if (!attachment_count(message)) return 0;
    inner = open_embedded(message, FALSE, &attach);
    count = nested(inner) + 1;
    IMessage_Release(inner);
    IAttach_Release(attach);
    return count;
}

/* Deep ones go over; what is deeper than anybody's mail is left, not cut off. */
static void test_depth(IMsgStore *first, IMsgStore *second)
{
    static const struct
    {
        ULONG depth;
        HRESULT expected;
    }
    tests[] = { { 40, S_OK }, { 140, MAPI_W_PARTIAL_COMPLETION } };
    IMAPIFolder *from = fresh_folder(first, "deep"), *to = fresh_folder(second, "deep"), *folder, *child;
    IMessage *message;
    unsigned int i;
    SRowSet *rows;
    HRESULT hr;
    ULONG count;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        winetest_push_context("%lu deep", tests[i].depth);
        empty(from);
        empty(to);
        message = new_message(from, "deep");
        nest(message, tests[i].depth);
        save_object(message);
        IMessage_Release(message);
        hr = copy_all(from, to, MESSAGE_MOVE, NULL, NULL);
        ok(hr == tests[i].expected, "got %#lx\n", hr);
        check_contents(hr == S_OK ? from : to, "");
        message = open_row_message(hr == S_OK ? to : from, 0, 0);
        count = nested(message);
        ok(count == tests[i].depth, "%lu inside\n", count);
        IMessage_Release(message);
        winetest_pop_context();
    }

    empty(from);
    IMAPIFolder_AddRef(folder = from);
    for (i = 0; i < 50; i++)
    {
        child = create_folder(folder, "x");
        IMAPIFolder_Release(folder);
        folder = child;
    }
    IMAPIFolder_Release(folder);
    rows = subfolders(from);
    hr = IMAPIFolder_CopyFolder(from, rows->aRow[0].lpProps[0].Value.bin.cb,
                                (ENTRYID *)rows->aRow[0].lpProps[0].Value.bin.lpb, NULL, to, NULL, 0, NULL, FOLDER_MOVE);
    ok(hr == S_OK, "got %#lx\n", hr);
    FreeProws(rows);
    check_tree(from, "");
    rows = subfolders_(to, CONVENIENT_DEPTH, __LINE__);
    ok(rows->cRows == 50, "%lu folders\n", rows->cRows);
    FreeProws(rows);
    IMAPIFolder_Release(from);
    IMAPIFolder_Release(to);
}

/* Stores from before Unicode: on both sides, and from one that has it to one that has not. */
static void test_ansi(IMsgStore *first, IMsgStore *second)
{
    static const char *const words[] = { "ms=ansi", "ms=ansiwrite" };
    IMAPIFolder *from = fresh_folder(first, "ansi"), *to = fresh_folder(second, "ansi"), *tree;
    SPropProblemArray *problems;
    IMessage *message, *copy;
    unsigned int i;
    HRESULT hr;

    for (i = 0; i < ARRAY_SIZE(words); i++)
    {
        winetest_push_context("%s", words[i]);
        empty(from);
        empty(to);
        message = make_message(from, "old");
        hr = copy_all(from, to, 0, NULL, words[i]);
        ok(hr == S_OK, "got %#lx\n", hr);
        check_contents(to, "old");
        copy = open_row_message(to, 0, 0);
        check_message(copy, "old");
        IMessage_Release(copy);
        copy = new_message(to, NULL);
        sample_behave(words[i]);
        hr = IMessage_CopyTo(message, 0, NULL, NULL, 0, NULL, &IID_IMessage, copy, 0, &problems);
        sample_behave(NULL);
        ok(hr == S_OK, "got %#lx\n", hr);
        check_problems(problems, 0);
        check_message(copy, "old");
        IMessage_Release(copy);
        IMessage_Release(message);

        empty(from);
        empty(to);
        tree = make_tree(from);
        hr = copy_tree(from, tree, to, NULL, FOLDER_MOVE, NULL, words[i]);
        ok(hr == S_OK, "got %#lx\n", hr);
        check_tree(to, "{tree(a b){one(c){two(d)} three}}");
        check_tree(from, "");
        IMAPIFolder_Release(tree);
        winetest_pop_context();
    }
    IMAPIFolder_Release(from);
    IMAPIFolder_Release(to);
}

/* Whatever ends a copy, nobody is held when the session goes. */
static void test_references(void)
{
    static const char *const words[] =
    {
        NULL, "ms.SaveChanges=access@1", "ms.SaveAttach=access@2", "ms.SaveAttach=disk@1", "ms.CreateAttach=disk@1",
        "ms.ModifyRecipients=access@1", "ms.ModifyRecipients=disk@2", "ms.CreateMessage=disk@1", "ms.OpenEntry=disk@2",
        "ms.CreateFolder=disk@2", "ms.DeleteMessages=access@1", "ms.DeleteFolder=access@1"
    };
    IMAPIFolder *from, *to, *tree, *folder;
    IMAPISession *session;
    IMsgStore *first, *second;
    IMessage *message, *copy;
    int providers, released;
    unsigned int i;
    HRESULT hr;

    sample_log_start();
    if (!(session = store_session(profile))) return;
    first = open_store(session, 0);
    second = open_store(session, 1);
    providers = sample_log_count("ms.Init");
    SetEnvironmentVariableA("SAMPLE_LOG", NULL);
    from = fresh_folder(first, "references");
    to = fresh_folder(second, "references");
    for (i = 0; i < ARRAY_SIZE(words); i++)
    {
        empty(from);
        empty(to);
        tree = make_tree(from);
        message = make_message(tree, "full");
        copy = new_message(to, NULL);
        sample_behave(words[i]);
        hr = IMessage_CopyTo(message, 0, NULL, NULL, 0, NULL, &IID_IMessage, copy, MAPI_MOVE, NULL);
        ok(hr == S_OK || FAILED(hr), "got %#lx\n", hr);
        IMessage_Release(copy);
        IMessage_Release(message);
        copy_all(tree, to, 0, NULL, words[i]);
        copy_tree(from, tree, to, "copied", COPY_SUBFOLDERS | FOLDER_DIALOG, start_progress(7), words[i]);
        copy_tree(from, tree, to, "moved", FOLDER_MOVE, NULL, words[i]);
        folder = create_folder(to, "properties");
        sample_behave(words[i]);
        hr = IMAPIFolder_CopyTo(from, 0, NULL, NULL, 0, NULL, &IID_IMAPIFolder, folder, 0, NULL);
        ok(hr == S_OK || FAILED(hr), "got %#lx\n", hr);
        sample_behave(NULL);
        IMAPIFolder_Release(folder);
        IMAPIFolder_Release(tree);
    }
    IMAPIFolder_Release(from);
    IMAPIFolder_Release(to);
    sample_log_start();
    IMsgStore_Release(first);
    IMsgStore_Release(second);
    store_session_end(session);
    released = sample_log_count("ms.Release");
    ok(providers && released == providers, "%d providers, %d released\n", providers, released);
    SetEnvironmentVariableA("SAMPLE_LOG", NULL);
}

static BOOL add_second_store(void)
{
    IMsgServiceAdmin *services;
    IProfAdmin *admin;
    HRESULT hr;

    if (FAILED(hr = MAPIAdminProfiles(0, &admin))) return FALSE;
    hr = IProfAdmin_AdminServices(admin, (LPTSTR)profile, NULL, 0, 0, &services);
    IProfAdmin_Release(admin);
    if (FAILED(hr)) return FALSE;
    hr = IMsgServiceAdmin_CreateMsgService(services, (LPTSTR)"SAMPLE", NULL, 0, 0);
    IMsgServiceAdmin_Release(services);
    return SUCCEEDED(hr);
}

START_TEST(copy)
{
    IMAPISession *session;
    IMsgStore *first, *second;
    HRESULT hr;

    if (!sample_install())
    {
        skip("no sample providers\n");
        return;
    }
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    hr = sample_create_profile(profile);
    ok(hr == S_OK, "creating the profile returned %#lx\n", hr);
    ok(add_second_store(), "no second store\n");
    make_large();
    if (hr == S_OK && (session = store_session(profile)))
    {
        first = open_store(session, 0);
        second = open_store(session, 1);
        if (first && second)
        {
            test_copy_to(first, second);
            test_copy_props(first, second);
            test_copy_messages(first, second);
            test_copy_folder(first, second);
            test_copy_folder_to(first, second);
            test_depth(first, second);
            test_ansi(first, second);
        }
        if (first) IMsgStore_Release(first);
        if (second) IMsgStore_Release(second);
        store_session_end(session);
        test_references();
        sample_delete_profile(profile);
    }
    MAPIUninitialize();
    sample_remove();
}
