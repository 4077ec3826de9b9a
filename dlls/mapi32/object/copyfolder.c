/*
 * Copying: messages and folders
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
 * A message is copied into a new one, which is saved when all of it is there; only then, in a move,
 * is the old one deleted. One that cannot be copied is left and the others go on, unless what
 * failed would fail each of them. A folder is moved as what is in it, one by one, so that whatever
 * ends a move half-way, every message is in one place and whole; the empty folder goes last, and
 * its store refuses that if it is not empty.
 */

#define COBJMACROS

#include <string.h>

#include "object/copy.h"

#define PARENTS_MAX 256         /* more is a circle of a broken store */

static HRESULT table_ids(HRESULT hr, IMAPITable *table, SRowSet **ret)
{
    static const SizedSPropTagArray(1, tags) = {1, {PR_ENTRYID}};

    *ret = NULL;
    if (FAILED(hr)) return hr;
    if (!table) return MAPI_E_CALL_FAILED;
    hr = HrQueryAllRows(table, (SPropTagArray *)&tags, NULL, NULL, 0, ret);
    IMAPITable_Release(table);
    return hr;
}

static BOOL row_id(const SRow *row, SBinary *id)
{
    if (row->cValues != 1 || row->lpProps->ulPropTag != PR_ENTRYID) return FALSE;
    *id = row->lpProps->Value.bin;
    return TRUE;
}

static SPropValue *get_prop(IMAPIProp *object, ULONG tag)
{
    SizedSPropTagArray(1, tags) = {1, {tag}};
    SPropValue *prop = NULL;
    ULONG count = 0;

    if (FAILED(IMAPIProp_GetProps(object, (SPropTagArray *)&tags, 0, &count, &prop)) || !prop)
        return NULL;
    if (count == 1 && prop->ulPropTag == tag) return prop;
    memory_free_buffer(prop);
    return NULL;
}

static HRESULT open_entry(IMAPIFolder *folder, ULONG size, const ENTRYID *id, const IID *iid,
                          ULONG wanted, void **ret)
{
    IUnknown *object = NULL;
    ULONG type = 0;
    HRESULT hr;

    *ret = NULL;
    hr = IMAPIFolder_OpenEntry(folder, size, (ENTRYID *)id, iid, MAPI_BEST_ACCESS, &type, &object);
    if (FAILED(hr)) return hr;
    if (!object) return MAPI_E_CALL_FAILED;
    if (type != wanted)
    {
        IUnknown_Release(object);
        return MAPI_E_NOT_FOUND;
    }
    *ret = object;
    return S_OK;
}

/* ---- cycles ---- */

static BOOL same_store(IMAPIFolder *a, IMAPIFolder *b)
{
    SPropValue *key_a = get_prop((IMAPIProp *)a, PR_STORE_RECORD_KEY);
    SPropValue *key_b = get_prop((IMAPIProp *)b, PR_STORE_RECORD_KEY);
    BOOL same = TRUE;           /* one that does not say may be any */

    if (key_a && key_b)
        same = key_a->Value.bin.cb == key_b->Value.bin.cb &&
               !memcmp(key_a->Value.bin.lpb, key_b->Value.bin.lpb, key_a->Value.bin.cb);
    memory_free_buffer(key_a);
    memory_free_buffer(key_b);
    return same;
}

BOOL copy_is_below(struct copy_job *job, IMAPIFolder *src, IMAPIFolder *dst)
{
    SPropValue *wanted = get_prop((IMAPIProp *)src, PR_ENTRYID), *id, *parent = NULL;
    IMAPIFolder *folder = dst, *next;
    BOOL found = FALSE, root;
    ULONG i;

    if (!wanted || !same_store(src, dst))
    {
        memory_free_buffer(wanted);
        return FALSE;
    }
    IMAPIFolder_AddRef(folder);
    for (i = 0; folder && i < PARENTS_MAX; i++)
    {
        next = NULL;
        id = get_prop((IMAPIProp *)folder, PR_ENTRYID);
        if (id) found = job->compare(job->context, &wanted->Value.bin, &id->Value.bin);
        if (!found && id && (parent = get_prop((IMAPIProp *)folder, PR_PARENT_ENTRYID)))
        {
            /* The root is its own parent. */
            root = job->compare(job->context, &id->Value.bin, &parent->Value.bin);
            if (!root
                && FAILED(open_entry(folder, parent->Value.bin.cb, (ENTRYID *)parent->Value.bin.lpb,
                                     &IID_IMAPIFolder, MAPI_FOLDER, (void **)&next)))
                next = NULL;
            memory_free_buffer(parent);
        }
        memory_free_buffer(id);
        IMAPIFolder_Release(folder);
        folder = next;
    }
    if (folder) IMAPIFolder_Release(folder);
    memory_free_buffer(wanted);
    return found;
}

/* ---- messages ---- */

static HRESULT copy_message(struct copy_job *job, IMessage *src, IMAPIFolder *dst)
{
    /* What its folder knows of a message is not the message. */
    static const SizedSPropTagArray(4, exclude) =
        {4, {PR_MSG_STATUS, PR_SUBMIT_FLAGS, PR_MESSAGE_SIZE, PR_HASATTACH}};
    SPropValue *flags = get_prop((IMAPIProp *)src, PR_MESSAGE_FLAGS);
    IMessage *message = NULL;
    SCODE lost = S_OK;
    ULONG associated = flags && (flags->Value.l & MSGFLAG_ASSOCIATED) ? MAPI_ASSOCIATED : 0;
    HRESULT hr;

    memory_free_buffer(flags);
    hr = IMAPIFolder_CreateMessage(dst, NULL, associated, &message);
    if (FAILED(hr)) return hr;
    if (!message) return MAPI_E_CALL_FAILED;
    hr = copy_object(job, (IMAPIProp *)src, (IMAPIProp *)message, NULL, (SPropTagArray *)&exclude,
                     NULL, &lost);
    if (SUCCEEDED(hr)) hr = lost;
    if (SUCCEEDED(hr)) hr = copy_done(IMessage_SaveChanges(message, 0));
    IMessage_Release(message);
    return FAILED(hr) ? hr : S_OK;
}

/* job->flags: MAPI_MOVE. */
static HRESULT copy_one(struct copy_job *job, IMAPIFolder *src, const SBinary *id, IMAPIFolder *dst)
{
    struct copy_job inside = *job;
    ENTRYLIST list;
    IMessage *message;
    HRESULT hr;

    hr = open_entry(src, id->cb, (ENTRYID *)id->lpb, &IID_IMessage, MAPI_MESSAGE,
                    (void **)&message);
    if (FAILED(hr)) return hr;
    inside.flags = 0;
    hr = copy_message(&inside, message, dst);
    IMessage_Release(message);
    if (FAILED(hr) || !(job->flags & MAPI_MOVE)) return hr;
    list.cValues = 1;
    list.lpbin = (SBinary *)id;
    return copy_done(IMAPIFolder_DeleteMessages(src, &list, 0, NULL, 0));
}

HRESULT copy_messages(struct copy_job *job, IMAPIFolder *src, const ENTRYLIST *list,
                      IMAPIFolder *dst)
{
    struct copy_job inside;
    BOOL partial = FALSE;
    HRESULT hr;
    ULONG i;

    /* A reader's receipt is the old store's matter; it can send one only while it has the
     * message. */
    if (list->cValues && !same_store(src, dst))
        IMAPIFolder_SetReadFlags(src, (ENTRYLIST *)list, 0, NULL, GENERATE_RECEIPT_ONLY);
    for (i = 0; i < list->cValues; i++)
    {
        inside = copy_progress_inside(job, i, list->cValues);
        hr = copy_one(&inside, src, &list->lpbin[i], dst);
        if (copy_is_fatal(hr)) return hr;
        if (FAILED(hr)) partial = TRUE;
        if (FAILED(hr = copy_progress_step(job, i + 1, list->cValues))) return hr;
    }
    return partial ? MAPI_W_PARTIAL_COMPLETION : S_OK;
}

/* A partial success has no code of a property; this says it. */
static SCODE as_code(HRESULT hr)
{
    return hr == MAPI_W_PARTIAL_COMPLETION ? MAPI_E_CALL_FAILED : FAILED(hr) ? hr : S_OK;
}

SCODE copy_contents(struct copy_job *job, IMAPIFolder *src, IMAPIFolder *dst, ULONG flags)
{
    IMAPITable *table = NULL;
    ENTRYLIST list;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    hr = IMAPIFolder_GetContentsTable(src, flags, &table);
    /* Not every store has a second table. */
    if (flags && (hr == MAPI_E_NO_SUPPORT || hr == MAPI_E_UNKNOWN_FLAGS)) return S_OK;
    if (FAILED(hr = table_ids(hr, table, &rows))) return hr;
    list.cValues = 0;
    if (!(list.lpbin = platform_alloc((rows->cRows + (size_t)1) * sizeof(*list.lpbin))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; SUCCEEDED(hr) && i < rows->cRows; i++)
        if (row_id(&rows->aRow[i], &list.lpbin[list.cValues])) list.cValues++;
    if (SUCCEEDED(hr)) hr = copy_messages(job, src, &list, dst);
    platform_free(list.lpbin);
    rows_free(&memory_allocators, rows);
    return as_code(hr);
}

/* ---- folders ---- */

static HRESULT create_named(IMAPIFolder *parent, const void *name, ULONG flags, IMAPIFolder **ret)
{
    HRESULT hr;

    *ret = NULL;
    hr = IMAPIFolder_CreateFolder(parent, FOLDER_GENERIC, (LPTSTR)name, NULL, NULL,
                                  flags & MAPI_UNICODE, ret);
    return SUCCEEDED(hr) && !*ret ? MAPI_E_CALL_FAILED : hr;
}

/* name NULL: by the name of the folder that is copied. */
static HRESULT create_folder(IMAPIFolder *parent, IMAPIProp *src, LPCTSTR name, ULONG flags,
                             IMAPIFolder **ret)
{
    HRESULT hr = MAPI_E_BAD_CHARWIDTH;
    SPropValue *own;

    if (name) return create_named(parent, name, flags, ret);
    if ((own = get_prop(src, PR_DISPLAY_NAME_W)))
        hr = create_named(parent, own->Value.lpszW, MAPI_UNICODE, ret);
    memory_free_buffer(own);
    if (hr != MAPI_E_BAD_CHARWIDTH) return hr;
    if (!(own = get_prop(src, PR_DISPLAY_NAME_A))) return MAPI_E_CALL_FAILED;
    hr = create_named(parent, own->Value.lpszA, 0, ret);
    memory_free_buffer(own);
    return hr;
}

/* The folder's own values, then what is in it. */
static HRESULT fill_folder(struct copy_job *job, IMAPIFolder *src, IMAPIFolder *dst, BOOL deep)
{
    static const SizedSPropTagArray(4, exclude) = { 4,
                                                    { PR_DISPLAY_NAME, PR_CONTAINER_CONTENTS,
                                                      PR_FOLDER_ASSOCIATED_CONTENTS,
                                                      PR_CONTAINER_HIERARCHY } };
    struct copy_job inside = *job;
    ULONG total = deep ? 4 : 3;
    SCODE lost = S_OK, code;
    HRESULT hr;

    inside.flags = 0;
    inside.progress = NULL;
    hr = copy_object(&inside, (IMAPIProp *)src, (IMAPIProp *)dst, NULL, (SPropTagArray *)&exclude,
                     NULL, &lost);
    if (FAILED(hr)) return hr;
    inside = copy_progress_inside(job, 1, total);
    code = copy_contents(&inside, src, dst, 0);
    if (copy_is_fatal(code)) return code;
    if (!lost) lost = code;
    inside = copy_progress_inside(job, 2, total);
    code = copy_contents(&inside, src, dst, MAPI_ASSOCIATED);
    if (copy_is_fatal(code)) return code;
    if (!lost) lost = code;
    if (!deep) return lost ? MAPI_W_PARTIAL_COMPLETION : S_OK;
    inside = copy_progress_inside(job, 3, total);
    code = copy_subfolders(&inside, src, dst);
    if (copy_is_fatal(code)) return code;
    if (!lost) lost = code;
    return lost ? MAPI_W_PARTIAL_COMPLETION : S_OK;
}

static HRESULT copy_open_folder(struct copy_job *job, IMAPIFolder *parent, ULONG size,
                                const ENTRYID *id, IMAPIFolder *folder, IMAPIFolder *dst,
                                LPCTSTR name, ULONG flags)
{
    BOOL deep = (flags & COPY_SUBFOLDERS) || (job->flags & MAPI_MOVE);
    struct copy_job inside = *job;
    IMAPIFolder *made;
    HRESULT hr;

    if (++inside.depth > COPY_DEPTH) return MAPI_E_TOO_COMPLEX;
    if (FAILED(hr = create_folder(dst, (IMAPIProp *)folder, name, flags, &made))) return hr;
    hr = fill_folder(&inside, folder, made, deep);
    IMAPIFolder_Release(made);
    if (hr != S_OK || !(job->flags & MAPI_MOVE)) return hr;
    /* It is empty now; if something came in meanwhile, it stays. */
    hr = IMAPIFolder_DeleteFolder(parent, size, (ENTRYID *)id, 0, NULL, 0);
    return hr == S_OK ? S_OK : MAPI_W_PARTIAL_COMPLETION;
}

HRESULT copy_folder(struct copy_job *job, IMAPIFolder *parent, ULONG size, const ENTRYID *id,
                    IMAPIFolder *dst, LPCTSTR name, ULONG flags)
{
    IMAPIFolder *folder;
    HRESULT hr;

    hr = open_entry(parent, size, id, &IID_IMAPIFolder, MAPI_FOLDER, (void **)&folder);
    if (FAILED(hr)) return hr;
    if (((flags & COPY_SUBFOLDERS) || (job->flags & MAPI_MOVE)) && copy_is_below(job, folder, dst))
        hr = MAPI_E_FOLDER_CYCLE;
    else hr = copy_open_folder(job, parent, size, id, folder, dst, name, flags);
    IMAPIFolder_Release(folder);
    return hr;
}

SCODE copy_subfolders(struct copy_job *job, IMAPIFolder *src, IMAPIFolder *dst)
{
    IMAPITable *table = NULL;
    struct copy_job inside;
    IMAPIFolder *folder;
    SCODE lost = S_OK;
    SRowSet *rows;
    SBinary id;
    HRESULT hr;
    ULONG i;

    hr = IMAPIFolder_GetHierarchyTable(src, 0, &table);
    if (FAILED(hr = table_ids(hr, table, &rows))) return hr;
    for (i = 0; i < rows->cRows; i++)
    {
        inside = copy_progress_inside(job, i, rows->cRows);
        hr = MAPI_E_NOT_FOUND;
        if (row_id(&rows->aRow[i], &id))
            hr = open_entry(src, id.cb, (ENTRYID *)id.lpb, &IID_IMAPIFolder, MAPI_FOLDER,
                            (void **)&folder);
        if (SUCCEEDED(hr))
        {
            hr = copy_open_folder(&inside, src, id.cb, (ENTRYID *)id.lpb, folder, dst, NULL,
                                  COPY_SUBFOLDERS);
            IMAPIFolder_Release(folder);
        }
        if (hr != S_OK && (!lost || copy_is_fatal(hr) || hr == MAPI_E_COLLISION))
            lost = as_code(hr);
        if (!copy_is_fatal(lost) && FAILED(hr = copy_progress_step(job, i + 1, rows->cRows)))
            lost = hr;
        if (copy_is_fatal(lost) || lost == MAPI_E_COLLISION) break;
    }
    rows_free(&memory_allocators, rows);
    return lost;
}
