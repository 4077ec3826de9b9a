/*
 * Support objects: copying
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
 * DoCopyTo, DoCopyProps, CopyMessages and CopyFolder, which message stores call to do their own
 * CopyTo, CopyProps, CopyMessages and CopyFolder. The work is object/copy*.c's; here its arguments
 * are looked at, the progress indicator comes from DoProgressDialog when the caller has none, and
 * the whole runs in the guard. Source and destination may be different providers' objects, so that
 * a crash is put to no provider's account: it ends this operation.
 */

#define COBJMACROS

#include "session/supportobject.h"
#include "host/calls.h"
#include "object/copy.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

struct copy_args
{
    struct copy_job job;
    const IID *from_iid;
    void *from;
    const IID *to_iid;
    void *to;
    ULONG exclude_count;
    const IID *exclude;
    const SPropTagArray *tags;
    const ENTRYLIST *messages;
    ULONG size;
    const ENTRYID *id;
    LPCTSTR name;
    ULONG flags;
    SPropProblemArray **problems;
};

static void set_args(struct copy_args *args, const IID *from_iid, void *from, const IID *to_iid,
                     void *to, ULONG job_flags)
{
    memset(args, 0, sizeof(*args));
    args->from_iid = from_iid;
    args->from = from;
    args->to_iid = to_iid;
    args->to = to;
    args->job.flags = job_flags;
}

static BOOL compare_ids(void *context, const SBinary *a, const SBinary *b)
{
    ULONG same = FALSE;

    if (a->cb == b->cb && !memcmp(a->lpb, b->lpb, a->cb))
        return TRUE;
    return SUCCEEDED(session_compare_entryids(context, a->cb, (ENTRYID *)a->lpb, b->cb,
                                              (ENTRYID *)b->lpb, 0, &same)) && same;
}

/* An object by the interface that the caller names, as what the work is done with. */
static HRESULT open_as(void *object, const IID *claimed, const IID *iid, void **ret)
{
    IUnknown *unknown = object, *found = NULL;

    *ret = NULL;
    if (FAILED(IUnknown_QueryInterface(unknown, claimed ? claimed : iid, (void **)&found))
        || !found)
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IUnknown_Release(found);
    if (FAILED(IUnknown_QueryInterface(unknown, iid, ret)) || !*ret)
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    return S_OK;
}

static HRESULT call_copy_to(void *data)
{
    struct copy_args *args = data;
    IMAPIProp *src;
    HRESULT hr;

    if (FAILED(hr = open_as(args->from, args->from_iid, &IID_IMAPIProp, (void **)&src)))
        return hr;
    hr = copy_to(&args->job, src, args->exclude_count, args->exclude, args->tags, args->to_iid,
                 args->to, args->problems);
    IMAPIProp_Release(src);
    return hr;
}

static HRESULT call_copy_props(void *data)
{
    struct copy_args *args = data;
    IMAPIProp *src;
    HRESULT hr;

    if (FAILED(hr = open_as(args->from, args->from_iid, &IID_IMAPIProp, (void **)&src)))
        return hr;
    hr = copy_props(&args->job, src, args->tags, args->to_iid, args->to, args->problems);
    IMAPIProp_Release(src);
    return hr;
}

static HRESULT open_folders(struct copy_args *args, IMAPIFolder **src, IMAPIFolder **dst)
{
    HRESULT hr;

    if (FAILED(hr = open_as(args->from, args->from_iid, &IID_IMAPIFolder, (void **)src)))
        return hr;
    if (FAILED(hr = open_as(args->to, args->to_iid, &IID_IMAPIFolder, (void **)dst)))
        IMAPIFolder_Release(*src);
    return hr;
}

static HRESULT call_copy_messages(void *data)
{
    struct copy_args *args = data;
    IMAPIFolder *src, *dst;
    HRESULT hr;

    if (FAILED(hr = open_folders(args, &src, &dst)))
        return hr;
    copy_progress_begin(&args->job);
    hr = copy_messages(&args->job, src, args->messages, dst);
    IMAPIFolder_Release(src);
    IMAPIFolder_Release(dst);
    return hr;
}

static HRESULT call_copy_folder(void *data)
{
    struct copy_args *args = data;
    IMAPIFolder *src, *dst;
    HRESULT hr, step;

    if (FAILED(hr = open_folders(args, &src, &dst)))
        return hr;
    copy_progress_begin(&args->job);
    hr = copy_folder(&args->job, src, args->size, args->id, dst, args->name, args->flags);
    if (SUCCEEDED(hr) && FAILED(step = copy_progress_step(&args->job, 1, 1)))
        hr = step;
    IMAPIFolder_Release(src);
    IMAPIFolder_Release(dst);
    return hr;
}

static void remember_error(struct support *support, HRESULT hr)
{
    const WCHAR *words = NULL;

    switch (hr)
    {
        case MAPI_E_COLLISION:
            words = L"A folder of that name is there already.";
            break;
        case MAPI_E_FOLDER_CYCLE:
            words = L"A folder cannot go into itself or into a folder below it.";
            break;
        case MAPI_E_TOO_COMPLEX:
            words = L"There are too many levels of messages or folders inside each other.";
            break;
        case MAPI_E_CALL_FAILED:
            words = L"One of the objects that are copied failed.";
            break;
    }
    if (words)
        last_error_set(&support->error, hr, L"mapi32", L"%s", words);
}

/* dialog: the caller wants progress shown. */
static HRESULT run(struct support *support, const char *method, host_call_proc proc,
                   struct copy_args *args, BOOL dialog, ULONG_PTR ui, IMAPIProgress *progress)
{
    struct host_party party = { (WCHAR *)L"objects that are copied", FALSE };
    IMAPIProgress *own = NULL;
    HRESULT hr;

    args->job.allocators = &memory_allocators;
    args->job.compare = compare_ids;
    args->job.context = support->logon->session;
    if (dialog && !progress
        && SUCCEEDED(IMAPISupport_DoProgressDialog(&support->IMAPISupport_iface, ui, MAPI_TOP_LEVEL,
                                                   &own)))
        progress = own;
    args->job.progress = dialog ? progress : NULL;
    hr = host_call(&party, method, proc, args);
    if (own)
        IMAPIProgress_Release(own);
    if (FAILED(hr))
    {
        if (args->problems)
            *args->problems = NULL;
        remember_error(support, hr);
    }
    return hr;
}

/* What DoCopyTo and DoCopyProps have in common. MAPI_DECLINE_OK says: rather not than by us. */
static HRESULT check_property_copy(const IID *from_iid, const void *from, const IID *to_iid,
                                   const void *to, ULONG flags)
{
    if (!from_iid || !from || !to_iid || !to)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_MOVE | MAPI_NOREPLACE | MAPI_DIALOG | MAPI_DECLINE_OK))
        return MAPI_E_UNKNOWN_FLAGS;
    return flags & MAPI_DECLINE_OK ? MAPI_E_DECLINE_COPY : S_OK;
}

HRESULT WINAPI support_DoCopyTo(IMAPISupport *iface, const IID *from_iid, void *from,
                                ULONG exclude_count, const IID *exclude,
                                SPropTagArray *exclude_tags, ULONG_PTR ui, IMAPIProgress *progress,
                                const IID *to_iid, void *to, ULONG flags,
                                SPropProblemArray **problems)
{
    struct copy_args args;
    struct support *support;
    HRESULT hr;

    TRACE("(%p, %s, %p, %lu, %p, %p, %#Ix, %p, %s, %p, %#lx, %p)\n", iface,
          debugstr_guid(from_iid), from, exclude_count, exclude, exclude_tags, ui, progress,
          debugstr_guid(to_iid), to, flags, problems);

    if (problems)
        *problems = NULL;
    if (FAILED(hr = support_check(iface, FOR_STORES, &support)))
        return hr;
    if (FAILED(hr = check_property_copy(from_iid, from, to_iid, to, flags)))
        return hr;
    set_args(&args, from_iid, from, to_iid, to, flags & (MAPI_MOVE | MAPI_NOREPLACE));
    args.exclude_count = exclude_count;
    args.exclude = exclude;
    args.tags = exclude_tags;
    args.problems = problems;
    return run(support, "DoCopyTo", call_copy_to, &args, (flags & MAPI_DIALOG) != 0, ui, progress);
}

HRESULT WINAPI support_DoCopyProps(IMAPISupport *iface, const IID *from_iid, void *from,
                                   SPropTagArray *tags, ULONG_PTR ui, IMAPIProgress *progress,
                                   const IID *to_iid, void *to, ULONG flags,
                                   SPropProblemArray **problems)
{
    struct copy_args args;
    struct support *support;
    HRESULT hr;

    TRACE("(%p, %s, %p, %p, %#Ix, %p, %s, %p, %#lx, %p)\n", iface, debugstr_guid(from_iid), from,
          tags, ui, progress, debugstr_guid(to_iid), to, flags, problems);

    if (problems)
        *problems = NULL;
    if (FAILED(hr = support_check(iface, FOR_STORES, &support)))
        return hr;
    if (!tags)
        return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = check_property_copy(from_iid, from, to_iid, to, flags)))
        return hr;
    set_args(&args, from_iid, from, to_iid, to, flags & (MAPI_MOVE | MAPI_NOREPLACE));
    args.tags = tags;
    args.problems = problems;
    return run(support, "DoCopyProps", call_copy_props, &args, (flags & MAPI_DIALOG) != 0, ui,
               progress);
}

HRESULT WINAPI support_CopyMessages(IMAPISupport *iface, const IID *from_iid, void *from,
                                    ENTRYLIST *messages, const IID *to_iid, void *to, ULONG_PTR ui,
                                    IMAPIProgress *progress, ULONG flags)
{
    struct copy_args args;
    struct support *support;
    HRESULT hr;

    TRACE("(%p, %s, %p, %p, %s, %p, %#Ix, %p, %#lx)\n", iface, debugstr_guid(from_iid), from,
          messages, debugstr_guid(to_iid), to, ui, progress, flags);

    if (FAILED(hr = support_check(iface, FOR_STORES, &support)))
        return hr;
    if (!from || !to || !messages || (messages->cValues && !messages->lpbin))
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MESSAGE_MOVE | MESSAGE_DIALOG | MAPI_DECLINE_OK))
        return MAPI_E_UNKNOWN_FLAGS;
    if (flags & MAPI_DECLINE_OK)
        return MAPI_E_DECLINE_COPY;
    set_args(&args, from_iid, from, to_iid, to, flags & MESSAGE_MOVE ? MAPI_MOVE : 0);
    args.messages = messages;
    return run(support, "CopyMessages", call_copy_messages, &args, (flags & MESSAGE_DIALOG) != 0,
               ui, progress);
}

HRESULT WINAPI support_CopyFolder(IMAPISupport *iface, const IID *from_iid, void *from, ULONG size,
                                  ENTRYID *id, const IID *to_iid, void *to, LPTSTR name,
                                  ULONG_PTR ui, IMAPIProgress *progress, ULONG flags)
{
    struct copy_args args;
    struct support *support;
    HRESULT hr;

    TRACE("(%p, %s, %p, %lu, %p, %s, %p, %p, %#Ix, %p, %#lx)\n", iface, debugstr_guid(from_iid),
          from, size, id, debugstr_guid(to_iid), to, name, ui, progress, flags);

    if (FAILED(hr = support_check(iface, FOR_STORES, &support)))
        return hr;
    if (!from || !to || !size || !id)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(FOLDER_MOVE | FOLDER_DIALOG | COPY_SUBFOLDERS | MAPI_UNICODE | MAPI_DECLINE_OK))
        return MAPI_E_UNKNOWN_FLAGS;
    if (flags & MAPI_DECLINE_OK)
        return MAPI_E_DECLINE_COPY;
    set_args(&args, from_iid, from, to_iid, to, flags & FOLDER_MOVE ? MAPI_MOVE : 0);
    args.size = size;
    args.id = id;
    args.name = name;
    args.flags = flags & (COPY_SUBFOLDERS | MAPI_UNICODE);
    return run(support, "CopyFolder", call_copy_folder, &args, (flags & FOLDER_DIALOG) != 0, ui,
               progress);
}
