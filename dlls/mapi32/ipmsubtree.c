/*
 * The standard folders of a message store
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
 * HrValidateIPMSubtree looks at the folders that every mail program expects in a store, makes those
 * that are missing, and tells the store of them: its entry ID properties, its receive folder for
 * the Inbox and the bits of PR_VALID_FOLDER_MASK. A folder of the right name at the right place is
 * taken rather than made a second time. Without MAPI_FORCE_CREATE a bit in the mask is believed;
 * with it, or without the bit, a folder is right when its entry ID opens one.
 *
 * The store may be anyone's: what it answers is checked, and a store that has no receive folders or
 * computes its mask itself is left to it.
 */

#include <stdarg.h>

#define COBJMACROS
#include "windef.h"
#include "winbase.h"
#include "objbase.h"
#include "mapiutil.h"
#include "core/core.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define PR_INBOX_PLACE PROP_TAG(PT_BINARY, PROP_ID_NULL)

static const struct standard_folder
{
    ULONG tag;
    ULONG bit;
    const char *name;
    BOOL in_subtree;            /* else in the root folder */
    BOOL always;                /* else only with MAPI_FULL_IPM_TREE */
}
standard_folders[] =            /* the subtree before what is in it */
{
    { PR_IPM_SUBTREE_ENTRYID, FOLDER_IPM_SUBTREE_VALID, "IPM Subtree", FALSE, TRUE },
    { PR_IPM_WASTEBASKET_ENTRYID, FOLDER_IPM_WASTEBASKET_VALID, "Deleted Items", TRUE, TRUE },
    { PR_FINDER_ENTRYID, FOLDER_FINDER_VALID, "Search Root", FALSE, TRUE },
    { PR_VIEWS_ENTRYID, FOLDER_VIEWS_VALID, "Folder Views", FALSE, FALSE },
    { PR_COMMON_VIEWS_ENTRYID, FOLDER_COMMON_VIEWS_VALID, "Common Views", FALSE, FALSE },
    { PR_INBOX_PLACE, FOLDER_IPM_INBOX_VALID, "Inbox", TRUE, FALSE },
    { PR_IPM_OUTBOX_ENTRYID, FOLDER_IPM_OUTBOX_VALID, "Outbox", TRUE, FALSE },
    { PR_IPM_SENTMAIL_ENTRYID, FOLDER_IPM_SENTMAIL_VALID, "Sent Items", TRUE, FALSE },
};

#define FOLDERS ARRAY_SIZE(standard_folders)
#define INBOX   5

struct validation
{
    IMsgStore *store;
    BOOL force;
    IMAPIFolder *root;
    IMAPIFolder *subtree;
    ULONG mask;
    SPropValue *stored;                 /* PR_VALID_FOLDER_MASK and the entry IDs, as the store has them */
    ENTRYID *inbox;                     /* the receive folder; NULL: none */
    ULONG inbox_size;
    SPropValue ids[FOLDERS];            /* what was found or made; PT_NULL: neither */
    SPropValue *made[FOLDERS];          /* the memory of those that were made */
    BOOL changed[FOLDERS];
    IMAPIProp *failed;                  /* whom to ask what happened; not counted */
};

static HRESULT open_folder(struct validation *v, const SBinary *id, IMAPIFolder **ret)
{
    IUnknown *object = NULL;
    ULONG type = 0;
    HRESULT hr;

    *ret = NULL;
    hr = IMsgStore_OpenEntry(v->store, id ? id->cb : 0, id ? (ENTRYID *)id->lpb : NULL, NULL,
                             MAPI_BEST_ACCESS, &type, &object);
    v->failed = (IMAPIProp *)v->store;
    if (FAILED(hr)) return hr;
    if (!object) return MAPI_E_CALL_FAILED;
    if (type == MAPI_FOLDER) hr = IUnknown_QueryInterface(object, &IID_IMAPIFolder, (void **)ret);
    else hr = MAPI_E_NOT_FOUND;
    IUnknown_Release(object);
    return hr;
}

/* The receive folder of all messages, unless it is the root folder, which is what a store says that
 * has none. */
static HRESULT find_inbox(struct validation *v)
{
    SPropValue *root = NULL;
    ULONG same = FALSE;
    char *class = NULL;
    HRESULT hr;

    hr = IMsgStore_GetReceiveFolder(v->store, (LPTSTR)"", 0, &v->inbox_size, &v->inbox,
                                    (LPTSTR *)&class);
    if (SUCCEEDED(hr) && class) memory_exported->free(class);
    if (FAILED(hr) || !v->inbox_size || !v->inbox)
    {
        v->inbox = NULL;
        v->inbox_size = 0;
        return S_OK;
    }
    if (FAILED(HrGetOneProp((IMAPIProp *)v->root, PR_ENTRYID, &root))) return S_OK;
    hr = IMsgStore_CompareEntryIDs(v->store, root->Value.bin.cb, (ENTRYID *)root->Value.bin.lpb,
                                   v->inbox_size, v->inbox, 0, &same);
    memory_exported->free(root);
    if (SUCCEEDED(hr) && same)
    {
        memory_exported->free(v->inbox);
        v->inbox = NULL;
        v->inbox_size = 0;
    }
    return S_OK;
}

static HRESULT read_store(struct validation *v)
{
    SizedSPropTagArray(FOLDERS, tags);
    const SPropValue *mask;
    ULONG count = 0;
    UINT i, n = 1;
    HRESULT hr;

    tags.aulPropTag[0] = PR_VALID_FOLDER_MASK;
    for (i = 0; i < FOLDERS; i++)
        if (i != INBOX) tags.aulPropTag[n++] = standard_folders[i].tag;
    tags.cValues = n;
    v->failed = (IMAPIProp *)v->store;
    hr = IMsgStore_GetProps(v->store, (SPropTagArray *)&tags, 0, &count, &v->stored);
    if (FAILED(hr)) return hr;
    if (!v->stored || count != n) return MAPI_E_CALL_FAILED;
    if ((mask = props_find(v->stored, count, PR_VALID_FOLDER_MASK))) v->mask = mask->Value.l;
    if (FAILED(hr = open_folder(v, NULL, &v->root))) return hr;
    return find_inbox(v);
}

/* What the store has as the entry ID of a folder. FALSE: nothing. */
static BOOL stored_id(struct validation *v, UINT i, SBinary *ret)
{
    const SPropValue *prop;

    if (i == INBOX)
    {
        ret->cb = v->inbox_size;
        ret->lpb = (BYTE *)v->inbox;
        return !!v->inbox;
    }
    if (!(prop = props_find(v->stored, FOLDERS, standard_folders[i].tag))) return FALSE;
    *ret = prop->Value.bin;
    return ret->cb && ret->lpb;
}

/* Makes a folder, or takes the one of its name. */
static HRESULT make_folder(struct validation *v, UINT i, IMAPIFolder **ret)
{
    IMAPIFolder *parent = standard_folders[i].in_subtree ? v->subtree : v->root;
    HRESULT hr;

    TRACE("%s\n", standard_folders[i].name);
    *ret = NULL;
    v->failed = (IMAPIProp *)parent;
    hr = IMAPIFolder_CreateFolder(parent, FOLDER_GENERIC, (LPTSTR)standard_folders[i].name, NULL,
                                  NULL, OPEN_IF_EXISTS, ret);
    if (FAILED(hr)) return hr;
    if (!*ret) return MAPI_E_CALL_FAILED;
    v->failed = (IMAPIProp *)*ret;
    if (SUCCEEDED(hr = HrGetOneProp((IMAPIProp *)*ret, PR_ENTRYID, &v->made[i]))
        && (!v->made[i]->Value.bin.cb || !v->made[i]->Value.bin.lpb))
        hr = MAPI_E_CALL_FAILED;
    if (FAILED(hr))
    {
        v->failed = (IMAPIProp *)v->store;      /* this folder is going */
        IMAPIFolder_Release(*ret);
        *ret = NULL;
        return hr;
    }
    v->ids[i].Value.bin = v->made[i]->Value.bin;
    v->changed[i] = TRUE;
    return S_OK;
}

static HRESULT validate_folder(struct validation *v, UINT i)
{
    const struct standard_folder *standard = &standard_folders[i];
    const BOOL is_subtree = standard->tag == PR_IPM_SUBTREE_ENTRYID;
    IMAPIFolder *folder = NULL;
    HRESULT hr = S_OK;
    SBinary id;

    v->ids[i].ulPropTag = standard->tag;
    if (stored_id(v, i, &id))
    {
        v->ids[i].Value.bin = id;
        if (!v->force && v->mask & standard->bit && !is_subtree) return S_OK;
        if (FAILED(open_folder(v, &id, &folder))) TRACE("%s is damaged\n", standard->name);
    }
    if (!folder && FAILED(hr = make_folder(v, i, &folder))) return hr;
    if (is_subtree) v->subtree = folder;
    else IMAPIFolder_Release(folder);
    v->mask |= standard->bit;
    return S_OK;
}

/* Tells the store what has changed. */
static HRESULT write_store(struct validation *v)
{
    const SPropValue *mask = props_find(v->stored, FOLDERS, PR_VALID_FOLDER_MASK);
    SPropValue changes[FOLDERS + 1];
    SPropProblemArray *problems = NULL;
    ULONG count = 0, i;
    HRESULT hr;

    for (i = 0; i < FOLDERS; i++)
        if (i != INBOX && v->changed[i]) changes[count++] = v->ids[i];
    if (!mask || (ULONG)mask->Value.l != v->mask)
    {
        changes[count].ulPropTag = PR_VALID_FOLDER_MASK;
        changes[count++].Value.l = v->mask;
    }
    v->failed = (IMAPIProp *)v->store;
    if (count)
    {
        if (FAILED(hr = IMsgStore_SetProps(v->store, count, changes, &problems))) return hr;
        for (i = 0; problems && i < problems->cProblem; i++)
        {
            if (problems->aProblem[i].ulIndex < count
                && changes[problems->aProblem[i].ulIndex].ulPropTag == PR_VALID_FOLDER_MASK)
                continue;               /* the store's own affair */
            hr = problems->aProblem[i].scode;
            break;
        }
        memory_exported->free(problems);
        if (FAILED(hr)) return hr;
    }
    if (v->changed[INBOX])
    {
        hr = IMsgStore_SetReceiveFolder(v->store, (LPTSTR)"", 0, v->ids[INBOX].Value.bin.cb,
                                        (ENTRYID *)v->ids[INBOX].Value.bin.lpb);
        if (FAILED(hr) && hr != MAPI_E_NO_SUPPORT) return hr;
    }
    return S_OK;
}

static HRESULT copy_results(const struct validation *v, ULONG *count, SPropValue **ret)
{
    SPropValue results[FOLDERS + 1];
    ULONG n = 0, i;
    HRESULT hr;

    results[n].ulPropTag = PR_VALID_FOLDER_MASK;
    results[n++].Value.l = v->mask;
    for (i = 0; i < FOLDERS; i++)
        if (v->ids[i].ulPropTag == standard_folders[i].tag) results[n++] = v->ids[i];
    /* the placeholder's number is no property, but its type says what to copy */
    if (SUCCEEDED(hr = props_copy(memory_exported, n, results, ret))) *count = n;
    return hr;
}

/*
 * Makes sure that a store has its standard folders.
 *
 * Parameters: flags MAPI_FORCE_CREATE (look at folders that are said to be valid, too) and
 * MAPI_FULL_IPM_TREE (all eight, not only those that no store is without). count and props may both
 * be NULL; else the array, for MAPIFreeBuffer, has PR_VALID_FOLDER_MASK and the entry IDs, the
 * Inbox's as PROP_TAG(PT_BINARY, PROP_ID_NULL). error: what the object that failed says, NULL when
 * nothing. Returns what the store's methods do. Reference: hrvalidateipmsubtree
 */
HRESULT WINAPI HrValidateIPMSubtree(IMsgStore *store, ULONG flags, ULONG *count, SPropValue **props,
                                    MAPIERROR **error)
{
    struct validation v = { 0 };
    HRESULT hr;
    UINT i;

    TRACE("(%p, %#lx, %p, %p, %p)\n", store, flags, count, props, error);

    if (count) *count = 0;
    if (props) *props = NULL;
    if (error) *error = NULL;
    if (!store || !count != !props) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_FORCE_CREATE | MAPI_FULL_IPM_TREE)) return MAPI_E_UNKNOWN_FLAGS;

    v.store = store;
    v.force = !!(flags & MAPI_FORCE_CREATE);
    hr = read_store(&v);
    for (i = 0; SUCCEEDED(hr) && i < FOLDERS; i++)
        if (standard_folders[i].always || flags & MAPI_FULL_IPM_TREE) hr = validate_folder(&v, i);
    if (SUCCEEDED(hr)) hr = write_store(&v);
    if (FAILED(hr))
    {
        WARN("%#lx\n", hr);
        if (error && v.failed && FAILED(IMAPIProp_GetLastError(v.failed, hr, 0, error)))
            *error = NULL;
    }
    else if (props) hr = copy_results(&v, count, props);
    else hr = S_OK;

    for (i = 0; i < FOLDERS; i++) memory_exported->free(v.made[i]);
    memory_exported->free(v.inbox);
    memory_exported->free(v.stored);
    if (v.subtree) IMAPIFolder_Release(v.subtree);
    if (v.root) IMAPIFolder_Release(v.root);
    return hr;
}
