/*
 * Tests: copying, what its files share
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

/* A progress object, messages and trees of folders that have something of everything, and looks at
 * what became of them. A profile has two of the sample's stores. */

#ifndef MAPI32_TEST_COPIES_H
#define MAPI32_TEST_COPIES_H

#include "stores.h"

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

static inline HRESULT WINAPI progress_QueryInterface(IMAPIProgress *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    return MAPI_E_INTERFACE_NOT_SUPPORTED;
}

static inline ULONG WINAPI progress_AddRef(IMAPIProgress *iface)
{
    return 2;
}

static inline ULONG WINAPI progress_Release(IMAPIProgress *iface)
{
    return 1;
}

static inline HRESULT WINAPI progress_Progress(IMAPIProgress *iface, ULONG value, ULONG count,
                                               ULONG total)
{
    progress.calls++;
    if (total) progress.counted++;
    if (value < progress.last) progress.backwards = TRUE;
    if (value > progress.high) progress.outside = TRUE;
    progress.last = value;
    return progress.calls == progress.cancel_at ? MAPI_E_USER_CANCEL : S_OK;
}

static inline HRESULT WINAPI progress_GetFlags(IMAPIProgress *iface, ULONG *flags)
{
    *flags = progress.flags;
    return S_OK;
}

static inline HRESULT WINAPI progress_GetMax(IMAPIProgress *iface, ULONG *high)
{
    *high = progress.high;
    return S_OK;
}

static inline HRESULT WINAPI progress_GetMin(IMAPIProgress *iface, ULONG *low)
{
    *low = progress.low;
    return S_OK;
}

static inline HRESULT WINAPI progress_SetLimits(IMAPIProgress *iface, ULONG *low, ULONG *high,
                                                ULONG *flags)
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

static inline IMAPIProgress *start_progress(ULONG cancel_at)
{
    memset(&progress, 0, sizeof(progress));
    progress.IMAPIProgress_iface.lpVtbl = (IMAPIProgressVtbl *)&progress_vtbl;
    progress.flags = MAPI_TOP_LEVEL;
    progress.low = 1;
    progress.high = 1000;
    progress.cancel_at = cancel_at;
    return &progress.IMAPIProgress_iface;
}

static inline void check_progress_(ULONG counted, int line)
{
    ok_(__FILE__, line)(progress.counted == counted, "%lu steps were counted\n", progress.counted);
    ok_(__FILE__, line)(!progress.backwards && !progress.outside, "progress went off its scale\n");
    ok_(__FILE__, line)(progress.last == progress.high, "it ended at %lu\n", progress.last);
}
#define check_progress(counted) check_progress_(counted, __LINE__)

/* ---- what is copied ---- */

static inline ULONG named_tag(void *object, const WCHAR *name, ULONG type)
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

static inline void write_property(void *object, ULONG tag, const BYTE *data, ULONG size)
{
    IStream *stream = NULL;
    HRESULT hr;

    hr = IMAPIProp_OpenProperty((IMAPIProp *)object, tag, &IID_IStream, STGM_READWRITE,
                                MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&stream);
    ok(hr == S_OK, "OpenProperty returned %#lx\n", hr);
    if (FAILED(hr)) return;
    hr = IStream_Write(stream, data, size, NULL);
    ok(hr == S_OK, "Write returned %#lx\n", hr);
    IStream_Release(stream);
}

static inline void check_property_(void *object, ULONG tag, const BYTE *data, ULONG size, int line)
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
    ok_(__FILE__, line)(SUCCEEDED(hr) && got == size && !memcmp(bytes, data, size),
                        "got %#lx, %lu bytes of %lu\n", hr, got, size);
    free(bytes);
    IStream_Release(stream);
}
#define check_property(object, tag, data, size) check_property_(object, tag, data, size, __LINE__)

#define LARGE 200000
static BYTE large[LARGE];

static inline void make_large(void)
{
    ULONG i;

    for (i = 0; i < LARGE; i++) large[i] = 'a' + i % 25;
}

static inline IAttach *new_attach_(IMessage *message, LONG method, const char *name, int line)
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
static inline void add_attachments(IMessage *message)
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
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0,
                              MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&embedded);
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
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IStorage, 0,
                              MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&storage);
    ok(hr == S_OK, "OpenProperty returned %#lx\n", hr);
    hr = IStorage_CreateStream(storage, L"Contents",
                               STGM_CREATE | STGM_READWRITE | STGM_SHARE_EXCLUSIVE, 0, 0, &stream);
    ok(hr == S_OK, "CreateStream returned %#lx\n", hr);
    hr = IStream_Write(stream, large, 5000, NULL);
    ok(hr == S_OK, "Write returned %#lx\n", hr);
    IStream_Release(stream);
    IStorage_Commit(storage, 0);
    IStorage_Release(storage);
    save_object(attach);
    IAttach_Release(attach);
}

static inline IMessage *make_message(IMAPIFolder *folder, const char *subject)
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

static inline ULONG attachment_count(IMessage *message)
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

static inline ULONG recipient_count(IMessage *message)
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

static inline void check_counts_(IMessage *message, ULONG recipients, ULONG attachments, int line)
{
    ULONG has_recipients = recipient_count(message), has_attachments = attachment_count(message);

    ok_(__FILE__, line)(has_recipients == recipients && has_attachments == attachments,
                        "%lu recipients, %lu attachments\n", has_recipients, has_attachments);
}
#define check_counts(message, recipients, attachments) check_counts_(message, recipients, attachments, __LINE__)

static inline IAttach *open_attach_(IMessage *message, ULONG number, const char *name, int line)
{
    IAttach *attach = NULL;
    HRESULT hr;

    hr = IMessage_OpenAttach(message, number, NULL, 0, &attach);
    ok_(__FILE__, line)(hr == S_OK, "OpenAttach returned %#lx\n", hr);
    if (attach) check_text_(attach, PR_ATTACH_FILENAME_A, name, line);
    return attach;
}

static inline void check_attachments_(IMessage *message, int line)
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
        hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0,
                                  (IUnknown **)&embedded);
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
        hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IStorage, 0, 0,
                                  (IUnknown **)&storage);
        ok_(__FILE__, line)(hr == S_OK, "OpenProperty returned %#lx\n", hr);
        if (hr == S_OK)
        {
            hr = IStorage_OpenStream(storage, L"Contents", NULL, STGM_READ | STGM_SHARE_EXCLUSIVE,
                                     0, &stream);
            ok_(__FILE__, line)(hr == S_OK, "OpenStream returned %#lx\n", hr);
            if (hr == S_OK)
            {
                IStream_Stat(stream, &stat, STATFLAG_NONAME);
                ok_(__FILE__, line)(stat.cbSize.QuadPart == 5000, "%lu bytes\n",
                                    stat.cbSize.LowPart);
                IStream_Release(stream);
            }
            IStorage_Release(storage);
        }
        IAttach_Release(attach);
    }
}

static inline void check_message_(IMessage *message, const char *subject, int line)
{
    check_text_(message, PR_SUBJECT_A, subject, line);
    check_text_(message, PR_MESSAGE_CLASS_A, "IPM.Test", line);
    ok_(__FILE__, line)(get_long_(message, PR_IMPORTANCE, line) == 2, "importance\n");
    check_text_(message, named_tag(message, L"colour", PT_STRING8), "blue", line);
    ok_(__FILE__, line)(get_long_(message, named_tag(message, L"size", PT_LONG), line) == 42,
                        "size\n");
    check_property_(message, PR_BODY_A, large, LARGE, line);
    check_counts_(message, 2, 3, line);
    check_attachments_(message, line);
}
#define check_message(message, subject) check_message_(message, subject, __LINE__)

/* What is wrong besides what the destination works out itself. */
static inline void check_problems_(SPropProblemArray *problems, ULONG expected, int line)
{
    ULONG i, found = 0;

    for (i = 0; problems && i < problems->cProblem; i++)
    {
        if (problems->aProblem[i].scode == MAPI_E_COMPUTED) continue;
        found++;
        if (found > expected)
            ok_(__FILE__, line)(0, "%#lx: %#lx\n", problems->aProblem[i].ulPropTag,
                                problems->aProblem[i].scode);
    }
    ok_(__FILE__, line)(found == expected, "%lu problems\n", found);
    MAPIFreeBuffer(problems);
}
#define check_problems(problems, expected) check_problems_(problems, expected, __LINE__)

static inline IMAPIFolder *fresh_folder(IMsgStore *store, const char *name)
{
    IMAPIFolder *subtree = open_folder(store, PR_IPM_SUBTREE_ENTRYID), *folder;

    folder = create_folder(subtree, name);
    IMAPIFolder_Release(subtree);
    return folder;
}

/* ---- messages ---- */

static inline void add_messages(IMAPIFolder *folder, const char *const *subjects)
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
static inline HRESULT copy_all(IMAPIFolder *from, IMAPIFolder *to, ULONG flags,
                               IMAPIProgress *indicator, const char *words)
{
    SRowSet *rows = contents(from);
    SBinary ids[16];
    HRESULT hr;

    sample_behave(words);
    hr = IMAPIFolder_CopyMessages(from, entry_list(rows, ids, 0, rows->cRows), NULL, to, 0,
                                  indicator, flags);
    sample_behave(NULL);
    FreeProws(rows);
    return hr;
}

static inline void empty(IMAPIFolder *folder)
{
    HRESULT hr = IMAPIFolder_EmptyFolder(folder, 0, NULL, DEL_ASSOCIATED);

    ok(hr == S_OK, "EmptyFolder returned %#lx\n", hr);
}

/* ---- folders ---- */

/* The tree below a folder as text: name(message message){subfolders}. */
static inline void describe(IMAPIFolder *folder, char *text, size_t size)
{
    SRowSet *rows = contents(folder), *folders = subfolders(folder);
    IMAPIFolder *child;
    ULONG i, type;
    HRESULT hr;

    for (i = 0; i < rows->cRows; i++)
        snprintf(text + strlen(text), size - strlen(text), "%s%s", i ? " " : "(",
                 rows->aRow[i].lpProps[1].ulPropTag == PR_SUBJECT_A
                     ? rows->aRow[i].lpProps[1].Value.lpszA
                     : "-");
    if (rows->cRows) snprintf(text + strlen(text), size - strlen(text), ")");
    for (i = 0; i < folders->cRows; i++)
    {
        snprintf(text + strlen(text), size - strlen(text), "%s%s", i ? " " : "{",
                 folders->aRow[i].lpProps[1].Value.lpszA);
        hr = IMAPIFolder_OpenEntry(folder, folders->aRow[i].lpProps[0].Value.bin.cb,
                                   (ENTRYID *)folders->aRow[i].lpProps[0].Value.bin.lpb, NULL, 0,
                                   &type, (IUnknown **)&child);
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

static inline void check_tree_(IMAPIFolder *folder, const char *expected, int line)
{
    char text[1024] = "";

    describe(folder, text, sizeof(text));
    ok_(__FILE__, line)(!strcmp(text, expected), "in the folder: \"%s\", not \"%s\"\n", text,
                        expected);
}
#define check_tree(folder, expected) check_tree_(folder, expected, __LINE__)

/* tree(a b){one(c){two(d)} three} under parent */
static inline IMAPIFolder *make_tree(IMAPIFolder *parent)
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

static inline HRESULT copy_tree(IMAPIFolder *parent, IMAPIFolder *tree, IMAPIFolder *to,
                                const char *name, ULONG flags, IMAPIProgress *indicator,
                                const char *words)
{
    SPropValue *id = get_prop(tree, PR_ENTRYID);
    HRESULT hr;

    sample_behave(words);
    hr = IMAPIFolder_CopyFolder(parent, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, to,
                                (LPTSTR)name, 0, indicator, flags);
    sample_behave(NULL);
    MAPIFreeBuffer(id);
    return hr;
}

static inline BOOL add_second_store(const char *profile)
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

/* Runs a test with the two stores of a profile made for it. */
static inline void with_stores(const char *profile,
                               void (*test)(IMsgStore *first, IMsgStore *second))
{
    IMAPISession *session;
    IMsgStore *first, *second;
    HRESULT hr;

    hr = sample_create_profile(profile);
    ok(hr == S_OK, "creating the profile returned %#lx\n", hr);
    ok(add_second_store(profile), "no second store\n");
    make_large();
    if (FAILED(hr) || !(session = store_session(profile))) return;
    first = open_store(session, 0);
    second = open_store(session, 1);
    if (first && second) test(first, second);
    if (first) IMsgStore_Release(first);
    if (second) IMsgStore_Release(second);
    store_session_end(session);
}

#endif /* MAPI32_TEST_COPIES_H */
