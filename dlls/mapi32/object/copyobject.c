/*
 * Copying: an object and what is inside it
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
 * An object is its values and, depending on what source and destination both are, things inside: a
 * message has recipients and attachments, an attachment may be a message or a storage, a folder has
 * messages and folders. In lists of properties each of these has a tag of type PT_OBJECT, by which
 * it is asked for or left out.
 *
 * A property that the destination has its own idea of is not lost: what counts as lost is content.
 * In a move the source loses nothing before all of it is over there.
 */

#define COBJMACROS

#include "object/copy.h"

enum object_kind
{
    KIND_OTHER,
    KIND_MESSAGE,
    KIND_ATTACHMENT,
    KIND_FOLDER
};

/* The things inside, and how they are left out together. */
static const struct
{
    enum object_kind kind;
    ULONG tag;
}
insides[] =
{
    {KIND_MESSAGE, PR_MESSAGE_RECIPIENTS},
    {KIND_MESSAGE, PR_MESSAGE_ATTACHMENTS},
    {KIND_ATTACHMENT, PR_ATTACH_DATA_OBJ},
    {KIND_FOLDER, PR_CONTAINER_CONTENTS},
    {KIND_FOLDER, PR_FOLDER_ASSOCIATED_CONTENTS},
    {KIND_FOLDER, PR_CONTAINER_HIERARCHY}
};

/* Which object it is and where: that is never another one's. */
static const ULONG identity[] = { PR_ENTRYID,           PR_PARENT_ENTRYID, PR_STORE_ENTRYID,
                                  PR_STORE_RECORD_KEY,  PR_RECORD_KEY,     PR_INSTANCE_KEY,
                                  PR_MAPPING_SIGNATURE, PR_ACCESS,         PR_ACCESS_LEVEL,
                                  PR_OBJECT_TYPE,       PR_ATTACH_NUM,     PR_FOLDER_TYPE,
                                  PR_CONTENT_COUNT,     PR_CONTENT_UNREAD, PR_ASSOC_CONTENT_COUNT,
                                  PR_SUBFOLDERS };

/* One object on the way. */
struct transfer
{
    struct copying values;
    enum object_kind kind;
    IUnknown *src;              /* by the interface of the kind, counted */
    IUnknown *dst;
    ULONG inside_count;
    struct copied insides[ARRAYSIZE(insides)];
};

static BOOL both_are(struct transfer *transfer, const IID *iid)
{
    if (FAILED(IMAPIProp_QueryInterface(transfer->values.src, iid, (void **)&transfer->src))
        || !transfer->src)
    {
        transfer->src = NULL;
        return FALSE;
    }
    if (SUCCEEDED(IMAPIProp_QueryInterface(transfer->values.dst, iid, (void **)&transfer->dst))
        && transfer->dst)
        return TRUE;
    IUnknown_Release(transfer->src);
    transfer->src = transfer->dst = NULL;
    return FALSE;
}

static enum object_kind kind_of(struct transfer *transfer)
{
    if (both_are(transfer, &IID_IMessage)) return KIND_MESSAGE;
    if (both_are(transfer, &IID_IMAPIFolder)) return KIND_FOLDER;
    if (both_are(transfer, &IID_IAttachment)) return KIND_ATTACHMENT;
    return KIND_OTHER;
}

static void add_item(struct copied *items, ULONG *count, ULONG index, ULONG tag)
{
    items[*count].index = index;
    items[*count].src_tag = tag;
    items[*count].dst_tag = tag;
    items[*count].problem = S_OK;
    (*count)++;
}

static LONG long_of(IMAPIProp *object, ULONG tag)
{
    SizedSPropTagArray(1, tags) = {1, {tag}};
    SPropValue *prop = NULL;
    LONG value = 0;
    ULONG count;

    if (FAILED(IMAPIProp_GetProps(object, (SPropTagArray *)&tags, 0, &count, &prop))) return 0;
    if (prop && count && prop->ulPropTag == tag) value = prop->Value.l;
    memory_free_buffer(prop);
    return value;
}

/* Is the property a thing inside? The bytes of a file are a value under the same id. */
static BOOL is_inside(const struct transfer *transfer, ULONG tag)
{
    ULONG i;

    for (i = 0; i < ARRAYSIZE(insides); i++)
    {
        if (insides[i].kind != transfer->kind || PROP_ID(insides[i].tag) != PROP_ID(tag)) continue;
        if (transfer->kind != KIND_ATTACHMENT || PROP_TYPE(tag) == PT_OBJECT) return TRUE;
        return long_of(transfer->values.src, PR_ATTACH_METHOD) == ATTACH_EMBEDDED_MSG;
    }
    return FALSE;
}

static BOOL is_identity(ULONG tag)
{
    ULONG i;

    for (i = 0; i < ARRAYSIZE(identity); i++)
        if (PROP_ID(identity[i]) == PROP_ID(tag)) return TRUE;
    return FALSE;
}

static BOOL has_inside(const struct transfer *transfer, ULONG tag)
{
    ULONG i;

    for (i = 0; i < transfer->inside_count; i++)
        if (PROP_ID(transfer->insides[i].src_tag) == PROP_ID(tag)) return TRUE;
    return FALSE;
}

/* all: the list is all that the object has, not what somebody asked for. */
static void fill(struct transfer *transfer, const SPropTagArray *list, BOOL all,
                 const SPropTagArray *exclude)
{
    ULONG i, tag;

    for (i = 0; i < list->cValues; i++)
    {
        tag = list->aulPropTag[i];
        if ((exclude && copy_list_has_id(exclude, tag)) || (all && is_identity(tag))) continue;
        if (!is_inside(transfer, tag))
            add_item(transfer->values.items, &transfer->values.count, i, tag);
        else if (!has_inside(transfer, tag))
            add_item(transfer->insides, &transfer->inside_count, i, tag);
    }
    /* Tables that a provider does not list are there all the same; not so the data of an
     * attachment. */
    for (i = 0; all && i < ARRAYSIZE(insides); i++)
    {
        tag = insides[i].tag;
        if (insides[i].kind != transfer->kind || transfer->kind == KIND_ATTACHMENT) continue;
        if (has_inside(transfer, tag) || (exclude && copy_list_has_id(exclude, tag))) continue;
        add_item(transfer->insides, &transfer->inside_count, list->cValues, tag);
    }
}

static SCODE copy_inside(struct copy_job *job, struct transfer *transfer, ULONG tag)
{
    switch (PROP_ID(tag))
    {
    case PROP_ID(PR_MESSAGE_RECIPIENTS):
        return copy_recipients(job, (IMessage *)transfer->src, (IMessage *)transfer->dst);
    case PROP_ID(PR_MESSAGE_ATTACHMENTS):
        return copy_attachments(job, (IMessage *)transfer->src, (IMessage *)transfer->dst);
    case PROP_ID(PR_ATTACH_DATA_OBJ):
        return copy_attachment_object(job, transfer->values.src, transfer->values.dst);
    case PROP_ID(PR_CONTAINER_CONTENTS):
        return copy_contents(job, (IMAPIFolder *)transfer->src, (IMAPIFolder *)transfer->dst, 0);
    case PROP_ID(PR_FOLDER_ASSOCIATED_CONTENTS):
        return copy_contents(job, (IMAPIFolder *)transfer->src, (IMAPIFolder *)transfer->dst,
                             MAPI_ASSOCIATED);
    case PROP_ID(PR_CONTAINER_HIERARCHY):
        return copy_subfolders(job, (IMAPIFolder *)transfer->src, (IMAPIFolder *)transfer->dst);
    }
    return MAPI_E_NO_SUPPORT;
}

/* The end of a move. Folders have moved what is in them one by one. */
static SCODE remove_inside(struct transfer *transfer, ULONG tag)
{
    SizedSPropTagArray(1, tags) = {1, {tag}};
    HRESULT hr = S_OK;

    switch (PROP_ID(tag))
    {
    case PROP_ID(PR_MESSAGE_RECIPIENTS):
        return copy_remove_recipients((IMessage *)transfer->src);
    case PROP_ID(PR_MESSAGE_ATTACHMENTS):
        return copy_remove_attachments((IMessage *)transfer->src);
    case PROP_ID(PR_ATTACH_DATA_OBJ):
        hr = IMAPIProp_DeleteProps(transfer->values.src, (SPropTagArray *)&tags, NULL);
        break;
    }
    return FAILED(hr) ? hr : S_OK;
}

/* Such a failure is of the whole operation. */
static BOOL ends_all(SCODE code)
{
    return copy_is_fatal(code) || code == MAPI_E_COLLISION || code == MAPI_E_FOLDER_CYCLE;
}

/* MAPI_NOREPLACE: what the destination has already is left out. Folders get more into them. */
static void leave_out_insides(struct transfer *transfer)
{
    ULONG i, kept = 0;
    BOOL has;

    for (i = 0; i < transfer->inside_count; i++)
    {
        has = FALSE;
        switch (PROP_ID(transfer->insides[i].src_tag))
        {
        case PROP_ID(PR_MESSAGE_RECIPIENTS):
            has = copy_has_recipients((IMessage *)transfer->dst);
            break;
        case PROP_ID(PR_MESSAGE_ATTACHMENTS):
            has = copy_has_attachments((IMessage *)transfer->dst);
            break;
        case PROP_ID(PR_ATTACH_DATA_OBJ):
            has = copy_has_property(transfer->values.dst, PR_ATTACH_DATA_OBJ);
            break;
        }
        if (!has) transfer->insides[kept++] = transfer->insides[i];
    }
    transfer->inside_count = kept;
}

static HRESULT transfer_all(struct copy_job *job, struct transfer *transfer)
{
    struct copy_job inside;
    ULONG i, total;
    HRESULT hr;

    if (job->flags & MAPI_NOREPLACE) leave_out_insides(transfer);
    total = transfer->inside_count + 1;
    if (FAILED(hr = copy_items(&transfer->values))) return hr;
    if (FAILED(hr = copy_progress_step(job, 1, total))) return hr;
    for (i = 0; i < transfer->inside_count; i++)
    {
        inside = copy_progress_inside(job, i + 1, total);
        if (transfer->kind != KIND_FOLDER) inside.flags &= ~MAPI_MOVE;
        transfer->insides[i].problem = copy_inside(&inside, transfer, transfer->insides[i].src_tag);
        if (ends_all(transfer->insides[i].problem)) return transfer->insides[i].problem;
        if (FAILED(hr = copy_progress_step(job, i + 2, total))) return hr;
    }
    if (!(job->flags & MAPI_MOVE)) return S_OK;
    for (i = 0; i < transfer->inside_count; i++)
        if (!transfer->insides[i].problem)
            transfer->insides[i].problem = remove_inside(transfer, transfer->insides[i].src_tag);
    return copy_delete_moved(&transfer->values);
}

/* Is it content that is missing, or a property that the destination has no place for? */
static BOOL is_loss(const struct copied *item)
{
    switch (PROP_ID(item->src_tag))
    {
    case PROP_ID(PR_SUBJECT):
    case PROP_ID(PR_BODY):
    case PROP_ID(PR_RTF_COMPRESSED):
    case PROP_ID(PR_HTML):
    case PROP_ID(PR_ATTACH_DATA_BIN):
    case PROP_ID(PR_MESSAGE_CLASS):
        return item->problem != MAPI_E_COMPUTED;
    }
    switch (item->problem)
    {
    case MAPI_E_COMPUTED:
    case MAPI_E_NO_ACCESS:
    case MAPI_E_NO_SUPPORT:
    case MAPI_E_NOT_FOUND:
    case MAPI_E_INVALID_TYPE:
    case MAPI_E_UNEXPECTED_TYPE:
    case MAPI_E_TYPE_NO_SUPPORT:
    case MAPI_E_BAD_CHARWIDTH:
    case MAPI_E_BAD_VALUE:
    case MAPI_E_INVALID_PARAMETER:
    case MAPI_E_INTERFACE_NOT_SUPPORTED:
        return FALSE;
    }
    return TRUE;
}

static HRESULT report(const struct copied *items, ULONG count, BOOL inside,
                      SPropProblemArray **problems, SCODE *lost)
{
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (!items[i].problem) continue;
        if (lost && !*lost && (inside || is_loss(&items[i]))) *lost = items[i].problem;
        hr = problems_add(&memory_allocators, problems, items[i].index, items[i].src_tag,
                          items[i].problem);
    }
    return hr;
}

HRESULT copy_object(struct copy_job *job, IMAPIProp *src, IMAPIProp *dst, const SPropTagArray *list,
                    const SPropTagArray *exclude, SPropProblemArray **problems, SCODE *lost)
{
    SPropTagArray *own = NULL;
    struct transfer transfer;
    HRESULT hr;

    if (lost) *lost = S_OK;
    if (job->depth > COPY_DEPTH) return MAPI_E_TOO_COMPLEX;
    memset(&transfer, 0, sizeof(transfer));
    transfer.values.allocators = job->allocators;
    transfer.values.src = src;
    transfer.values.dst = dst;
    transfer.values.flags = job->flags;
    transfer.values.each_alone = TRUE;
    if (!list && FAILED(hr = copy_list_of(src, &own))) return hr;
    if (!list) list = own;
    transfer.kind = kind_of(&transfer);
    if (list->cValues > 0x7fffffff / sizeof(*transfer.values.items) - 1
        || !(transfer.values.items = platform_alloc((list->cValues + 1)
                                                    * sizeof(*transfer.values.items))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else
    {
        fill(&transfer, list, own != NULL, exclude);
        hr = transfer_all(job, &transfer);
    }
    if (SUCCEEDED(hr))
        hr = report(transfer.values.items, transfer.values.count, FALSE, problems, lost);
    if (SUCCEEDED(hr)) hr = report(transfer.insides, transfer.inside_count, TRUE, problems, lost);
    if (FAILED(hr) && problems && *problems)
    {
        memory_free_buffer(*problems);
        *problems = NULL;
    }
    if (transfer.src) IUnknown_Release(transfer.src);
    if (transfer.dst) IUnknown_Release(transfer.dst);
    platform_free(transfer.values.items);
    memory_free_buffer(own);
    return hr;
}

/* ---- as the methods ---- */

static BOOL same_id(struct copy_job *job, IMAPIProp *a, IMAPIProp *b)
{
    SizedSPropTagArray(1, tags) = {1, {PR_ENTRYID}};
    SPropValue *id_a = NULL, *id_b = NULL;
    BOOL same = FALSE;
    ULONG count;

    if (SUCCEEDED(IMAPIProp_GetProps(a, (SPropTagArray *)&tags, 0, &count, &id_a))
        && SUCCEEDED(IMAPIProp_GetProps(b, (SPropTagArray *)&tags, 0, &count, &id_b)) && id_a
        && id_b && id_a->ulPropTag == PR_ENTRYID && id_b->ulPropTag == PR_ENTRYID)
        same = job->compare(job->context, &id_a->Value.bin, &id_b->Value.bin);
    memory_free_buffer(id_a);
    memory_free_buffer(id_b);
    return same;
}

/* The tags that stand for what excluded interfaces would copy, after the caller's own. */
static HRESULT exclude_interfaces(ULONG iid_count, const IID *iids, const SPropTagArray *exclude,
                                  SPropTagArray **ret)
{
    static const struct
    {
        const IID *iid;
        enum object_kind kind;
    }
    known[] =
    {
        {&IID_IMessage, KIND_MESSAGE},
        {&IID_IAttachment, KIND_ATTACHMENT},
        {&IID_IMAPIFolder, KIND_FOLDER},
        {&IID_IMAPIContainer, KIND_FOLDER}
    };
    ULONG i, j, k, count = exclude ? exclude->cValues : 0;

    if (count > 0x1000000) return MAPI_E_INVALID_PARAMETER;
    if (!(*ret = platform_alloc(CbNewSPropTagArray(count + ARRAYSIZE(insides) * ARRAYSIZE(known)))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    (*ret)->cValues = 0;
    for (i = 0; i < count; i++) (*ret)->aulPropTag[(*ret)->cValues++] = exclude->aulPropTag[i];
    for (i = 0; i < ARRAYSIZE(known); i++)
    {
        for (j = 0; j < iid_count && !IsEqualIID(&iids[j], known[i].iid); j++) ;
        for (k = 0; j < iid_count && k < ARRAYSIZE(insides); k++)
            if (insides[k].kind == known[i].kind)
                (*ret)->aulPropTag[(*ret)->cValues++] = insides[k].tag;
    }
    return S_OK;
}

/* What both methods look at first. A folder that is to go into itself is found before anything is
 * done. */
static HRESULT check_pair(struct copy_job *job, IMAPIProp *src, IMAPIProp *dst, BOOL with_folders)
{
    IMAPIFolder *from = NULL, *to = NULL;
    BOOL cycle = FALSE;

    if (same_id(job, src, dst)) return MAPI_E_NO_ACCESS;
    if (!with_folders) return S_OK;
    if (SUCCEEDED(IMAPIProp_QueryInterface(src, &IID_IMAPIFolder, (void **)&from)) && from)
    {
        if (SUCCEEDED(IMAPIProp_QueryInterface(dst, &IID_IMAPIFolder, (void **)&to)) && to)
        {
            cycle = copy_is_below(job, from, to);
            IMAPIFolder_Release(to);
        }
        IMAPIFolder_Release(from);
    }
    return cycle ? MAPI_E_FOLDER_CYCLE : S_OK;
}

HRESULT copy_to(struct copy_job *job, IMAPIProp *src, ULONG iid_count, const IID *iids,
                const SPropTagArray *exclude, const IID *iface, void *dest,
                SPropProblemArray **problems)
{
    SPropTagArray *left_out = NULL;
    IMAPIProp *dst;
    HRESULT hr;
    ULONG i;

    if (problems) *problems = NULL;
    if ((iid_count && !iids) || (exclude && !exclude->cValues)) return MAPI_E_INVALID_PARAMETER;
    if (exclude && copy_list_has_id(exclude, PR_NULL)) return MAPI_E_INVALID_PARAMETER;
    /* Without these nothing is left to copy by. */
    for (i = 0; i < iid_count; i++)
        if (IsEqualIID(&iids[i], &IID_IMAPIProp) || IsEqualIID(&iids[i], &IID_IUnknown))
            return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (FAILED(hr = copy_open_destination(src, iface, dest, &dst))) return hr;
    hr = exclude_interfaces(iid_count, iids, exclude, &left_out);
    if (SUCCEEDED(hr))
        hr = check_pair(job, src, dst, !copy_list_has_id(left_out, PR_CONTAINER_HIERARCHY));
    copy_progress_begin(job);
    if (SUCCEEDED(hr)) hr = copy_object(job, src, dst, NULL, left_out, problems, NULL);
    platform_free(left_out);
    IMAPIProp_Release(dst);
    return hr;
}

HRESULT copy_props(struct copy_job *job, IMAPIProp *src, const SPropTagArray *include,
                   const IID *iface, void *dest, SPropProblemArray **problems)
{
    IMAPIProp *dst;
    HRESULT hr;

    if (problems) *problems = NULL;
    if (!include || !include->cValues) return MAPI_E_INVALID_PARAMETER;
    if (copy_list_has_id(include, PR_NULL)) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = copy_open_destination(src, iface, dest, &dst))) return hr;
    hr = check_pair(job, src, dst, copy_list_has_id(include, PR_CONTAINER_HIERARCHY));
    copy_progress_begin(job);
    if (SUCCEEDED(hr)) hr = copy_object(job, src, dst, include, NULL, problems, NULL);
    IMAPIProp_Release(dst);
    return hr;
}
