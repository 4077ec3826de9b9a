/*
 * Tests: HrValidateIPMSubtree
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
 * The sample's store has six of the eight folders, which is a start: what is missing is made, what
 * was deleted comes back, and what is there stays what it is.
 */

#include <stdarg.h>

#define COBJMACROS
#include <windef.h>
#include <winbase.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>

#include "wine/test.h"
#include "stores.h"

#define PR_INBOX_PLACE PROP_TAG(PT_BINARY, PROP_ID_NULL)

#define MINIMUM (FOLDER_IPM_SUBTREE_VALID | FOLDER_IPM_WASTEBASKET_VALID | FOLDER_FINDER_VALID)
#define ALL     0xff

static const char profile[] = "mapitest ipmsubtree";

static SPropValue *find_result(SPropValue *props, ULONG count, ULONG tag)
{
    ULONG i;

    for (i = 0; i < count; i++) if (props[i].ulPropTag == tag) return &props[i];
    return NULL;
}

static BOOL same_id(const SPropValue *a, const SPropValue *b)
{
    return a && b && a->Value.bin.cb == b->Value.bin.cb
           && !memcmp(a->Value.bin.lpb, b->Value.bin.lpb, a->Value.bin.cb);
}

/* The name of the folder that an array says stands for a tag. */
static void check_folder(IMsgStore *store, SPropValue *props, ULONG count, ULONG tag,
                         const char *expected)
{
    SPropValue *prop = find_result(props, count, tag);
    IMAPIFolder *folder;
    ULONG type;
    HRESULT hr;

    ok(prop != NULL, "%#lx is missing\n", tag);
    if (!prop) return;
    hr = IMsgStore_OpenEntry(store, prop->Value.bin.cb, (ENTRYID *)prop->Value.bin.lpb, NULL, 0,
                             &type, (IUnknown **)&folder);
    ok(hr == S_OK && type == MAPI_FOLDER, "%#lx: got %#lx\n", tag, hr);
    if (hr != S_OK) return;
    check_text(folder, PR_DISPLAY_NAME_A, expected);
    IMAPIFolder_Release(folder);
}

/* The entry ID of a folder that was and is no more. */
static SPropValue *gone_folder(IMsgStore *store)
{
    IMAPIFolder *parent = open_folder(store, 0), *folder = create_folder(parent, "gone");
    SPropValue *id = get_prop(folder, PR_ENTRYID);
    HRESULT hr;

    IMAPIFolder_Release(folder);
    hr = IMAPIFolder_DeleteFolder(parent, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, 0, NULL,
                                  0);
    ok(hr == S_OK, "DeleteFolder returned %#lx\n", hr);
    IMAPIFolder_Release(parent);
    return id;
}

/* Stores do not let their own folders be deleted: they are lost by losing sight of them. */
static void lose_folder(IMsgStore *store, ULONG tag)
{
    SPropValue *id = gone_folder(store);
    HRESULT hr;

    id->ulPropTag = tag;
    hr = IMsgStore_SetProps(store, 1, id, NULL);
    ok(hr == S_OK, "SetProps returned %#lx\n", hr);
    MAPIFreeBuffer(id);
}

static void set_mask(IMsgStore *store, ULONG mask)
{
    SPropValue prop;
    HRESULT hr;

    prop.ulPropTag = PR_VALID_FOLDER_MASK;
    prop.Value.l = mask;
    hr = IMsgStore_SetProps(store, 1, &prop, NULL);
    ok(hr == S_OK, "SetProps returned %#lx\n", hr);
}

static void test_arguments(IMsgStore *store)
{
    MAPIERROR *error = (MAPIERROR *)1;
    SPropValue *props = (SPropValue *)1;
    ULONG count = 1;
    HRESULT hr;

    hr = HrValidateIPMSubtree(NULL, 0, &count, &props, &error);
    ok(hr == MAPI_E_INVALID_PARAMETER && !count && !props && !error, "got %#lx\n", hr);
    hr = HrValidateIPMSubtree(store, 4, &count, &props, &error);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = HrValidateIPMSubtree(store, 0, NULL, &props, &error);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = HrValidateIPMSubtree(store, 0, &count, NULL, &error);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = HrValidateIPMSubtree(store, 0, NULL, NULL, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
}

static void test_validation(IMsgStore *store)
{
    SPropValue *props, *sent, *again, *inbox;
    IMAPIFolder *subtree;
    MAPIERROR *error;
    ULONG count, size;
    SRowSet *before, *after;
    ENTRYID *id;
    char *class;
    HRESULT hr;

    /* what every store has */
    hr = HrValidateIPMSubtree(store, 0, &count, &props, &error);
    ok(hr == S_OK && !error, "got %#lx\n", hr);
    ok(count == 4, "%lu values\n", count);
    ok(find_result(props, count, PR_VALID_FOLDER_MASK) != NULL, "no mask\n");
    check_folder(store, props, count, PR_IPM_WASTEBASKET_ENTRYID, "Deleted Items");
    ok(find_result(props, count, PR_FINDER_ENTRYID) != NULL, "no finder\n");
    sent = get_prop(store, PR_IPM_SUBTREE_ENTRYID);
    ok(same_id(sent, find_result(props, count, PR_IPM_SUBTREE_ENTRYID)), "another subtree\n");
    MAPIFreeBuffer(sent);
    MAPIFreeBuffer(props);

    /* the views are missing */
    ok(!has_prop(store, PR_VIEWS_ENTRYID), "the sample store has views\n");
    hr = HrValidateIPMSubtree(store, MAPI_FULL_IPM_TREE, &count, &props, &error);
    ok(hr == S_OK && !error, "got %#lx\n", hr);
    ok(count == 9, "%lu values\n", count);
    ok(find_result(props, count, PR_VALID_FOLDER_MASK)->Value.l == ALL, "mask %#lx\n",
       find_result(props, count, PR_VALID_FOLDER_MASK)->Value.l);
    check_folder(store, props, count, PR_VIEWS_ENTRYID, "Folder Views");
    check_folder(store, props, count, PR_COMMON_VIEWS_ENTRYID, "Common Views");
    check_folder(store, props, count, PR_INBOX_PLACE, "Inbox");
    ok(has_prop(store, PR_VIEWS_ENTRYID) && has_prop(store, PR_COMMON_VIEWS_ENTRYID),
       "the store was not told\n");
    ok(get_long(store, PR_VALID_FOLDER_MASK) == ALL, "mask %#lx\n",
       get_long(store, PR_VALID_FOLDER_MASK));
    MAPIFreeBuffer(props);

    /* all is there: nothing more is made */
    subtree = open_folder(store, PR_IPM_SUBTREE_ENTRYID);
    before = subfolders(subtree);
    hr = HrValidateIPMSubtree(store, MAPI_FULL_IPM_TREE | MAPI_FORCE_CREATE, &count, &props,
                              &error);
    ok(hr == S_OK && count == 9, "got %#lx\n", hr);
    MAPIFreeBuffer(props);
    after = subfolders(subtree);
    ok(before->cRows == after->cRows, "%lu folders were %lu\n", after->cRows, before->cRows);
    FreeProws(after);

    /* one is gone: the mask is believed, unless it is not to be */
    sent = get_prop(store, PR_IPM_SENTMAIL_ENTRYID);
    lose_folder(store, PR_IPM_SENTMAIL_ENTRYID);
    again = get_prop(store, PR_IPM_SENTMAIL_ENTRYID);
    hr = HrValidateIPMSubtree(store, MAPI_FULL_IPM_TREE, &count, &props, &error);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(same_id(again, find_result(props, count, PR_IPM_SENTMAIL_ENTRYID)), "looked at\n");
    MAPIFreeBuffer(again);
    MAPIFreeBuffer(props);
    hr = HrValidateIPMSubtree(store, MAPI_FULL_IPM_TREE | MAPI_FORCE_CREATE, &count, &props,
                              &error);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_folder(store, props, count, PR_IPM_SENTMAIL_ENTRYID, "Sent Items");
    ok(same_id(sent, find_result(props, count, PR_IPM_SENTMAIL_ENTRYID)), "made a second time\n");
    again = get_prop(store, PR_IPM_SENTMAIL_ENTRYID);
    ok(same_id(again, find_result(props, count, PR_IPM_SENTMAIL_ENTRYID)),
       "the store has another\n");
    MAPIFreeBuffer(props);
    MAPIFreeBuffer(sent);

    /* without its bit it is looked at, too */
    lose_folder(store, PR_IPM_SENTMAIL_ENTRYID);
    set_mask(store, ALL & ~FOLDER_IPM_SENTMAIL_VALID);
    hr = HrValidateIPMSubtree(store, MAPI_FULL_IPM_TREE, &count, &props, &error);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_folder(store, props, count, PR_IPM_SENTMAIL_ENTRYID, "Sent Items");
    ok(get_long(store, PR_VALID_FOLDER_MASK) == ALL, "mask %#lx\n",
       get_long(store, PR_VALID_FOLDER_MASK));
    MAPIFreeBuffer(props);
    MAPIFreeBuffer(again);

    /* the receive folder is gone */
    again = gone_folder(store);
    hr = IMsgStore_SetReceiveFolder(store, (LPTSTR)"", 0, again->Value.bin.cb,
                                    (ENTRYID *)again->Value.bin.lpb);
    ok(hr == S_OK, "got %#lx\n", hr);
    MAPIFreeBuffer(again);
    hr = HrValidateIPMSubtree(store, MAPI_FULL_IPM_TREE | MAPI_FORCE_CREATE, &count, &props,
                              &error);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_folder(store, props, count, PR_INBOX_PLACE, "Inbox");
    inbox = find_result(props, count, PR_INBOX_PLACE);
    hr = IMsgStore_GetReceiveFolder(store, (LPTSTR)"", 0, &size, &id, (LPTSTR *)&class);
    ok(hr == S_OK && inbox && size == inbox->Value.bin.cb
           && !memcmp(id, inbox->Value.bin.lpb, size),
       "the store receives elsewhere: %#lx\n", hr);
    MAPIFreeBuffer(id);
    MAPIFreeBuffer(class);
    MAPIFreeBuffer(props);
    after = subfolders(subtree);
    ok(before->cRows == after->cRows, "%lu folders were %lu\n", after->cRows, before->cRows);
    FreeProws(after);
    FreeProws(before);

    /* the whole subtree is gone */
    set_mask(store, 0);
    IMAPIFolder_Release(subtree);
    lose_folder(store, PR_IPM_SUBTREE_ENTRYID);
    lose_folder(store, PR_IPM_OUTBOX_ENTRYID);
    hr = HrValidateIPMSubtree(store, MAPI_FULL_IPM_TREE | MAPI_FORCE_CREATE, &count, &props,
                              &error);
    ok(hr == S_OK && count == 9, "got %#lx\n", hr);
    check_folder(store, props, count, PR_IPM_SUBTREE_ENTRYID, "IPM Subtree");
    check_folder(store, props, count, PR_IPM_OUTBOX_ENTRYID, "Outbox");
    check_folder(store, props, count, PR_IPM_WASTEBASKET_ENTRYID, "Deleted Items");
    MAPIFreeBuffer(props);
    subtree = open_folder(store, PR_IPM_SUBTREE_ENTRYID);
    after = subfolders(subtree);
    ok(after->cRows == 1, "%lu folders\n", after->cRows);     /* the others are where they were */
    FreeProws(after);
    IMAPIFolder_Release(subtree);
}

/* A store that must not be written. */
static void test_read_only(IMAPISession *session)
{
    static const SizedSPropTagArray(1, columns) = { 1, { PR_ENTRYID } };
    IMsgStore *store;
    IMAPITable *table;
    MAPIERROR *error;
    SRowSet *rows;
    HRESULT hr;

    hr = IMAPISession_GetMsgStoresTable(session, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    rows = table_rows_(table, (SPropTagArray *)&columns, __LINE__);
    if (!rows || !rows->cRows) return;
    hr = IMAPISession_OpenMsgStore(session, 0, rows->aRow[0].lpProps[0].Value.bin.cb,
                                   (ENTRYID *)rows->aRow[0].lpProps[0].Value.bin.lpb, NULL, 0,
                                   &store);
    ok(hr == S_OK, "got %#lx\n", hr);
    FreeProws(rows);
    if (hr != S_OK) return;
    hr = HrValidateIPMSubtree(store, 0, NULL, NULL, &error);
    ok(hr == S_OK && !error, "nothing is missing: got %#lx\n", hr);
    MAPIFreeBuffer(error);
    IMsgStore_Release(store);
}

START_TEST(ipmsubtree)
{
    IMAPISession *session;
    IMsgStore *store;
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
    if (hr == S_OK && (session = store_session(profile)))
    {
        test_read_only(session);
        if ((store = open_store(session, 0)))
        {
            test_arguments(store);
            test_validation(store);
            IMsgStore_Release(store);
        }
        store_session_end(session);
        sample_delete_profile(profile);
    }
    MAPIUninitialize();
    sample_remove();
}
