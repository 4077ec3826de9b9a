/*
 * Tests of names and recipients: ResolveName, PrepareRecips
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

#define COBJMACROS
#include <stdarg.h>
#include <windef.h>
#include <winbase.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapiaux.h>

#include "wine/test.h"
#include "sample.h"
#include "drive.h"

static char profile[] = "ResolveTest";

static IMAPISession *session;
static IAddrBook *book;

static BOOL open_book(void)
{
    HRESULT hr;

    hr = MAPILogonEx(0, (LPTSTR)profile, NULL,
                     MAPI_EXTENDED | MAPI_EXPLICIT_PROFILE | MAPI_NEW_SESSION | MAPI_NO_MAIL,
                     &session);
    ok(hr == S_OK, "MAPILogonEx returned %#lx\n", hr);
    if (FAILED(hr)) return FALSE;
    hr = IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, &book);
    ok(hr == S_OK, "got %#lx\n", hr);
    return SUCCEEDED(hr);
}

static void close_book(void)
{
    IAddrBook_Release(book);
    IMAPISession_Logoff(session, 0, 0, 0);
    ok(!IMAPISession_Release(session), "references are left\n");
}

/* As a client would make it: the list one block, the properties of each entry another. Names in
 * ANSI, or in Unicode; NULL stands for an entry without properties. */
static ADRLIST *make_list(ULONG count, const char *const *names, BOOL unicode)
{
    SPropValue *props;
    ADRLIST *list;
    ULONG i;

    if (FAILED(MAPIAllocateBuffer(CbNewADRLIST(count), (void **)&list))) return NULL;
    memset(list, 0, CbNewADRLIST(count));
    list->cEntries = count;
    for (i = 0; i < count; i++)
    {
        if (!names[i]) continue;
        MAPIAllocateBuffer(2 * sizeof(*props), (void **)&props);
        memset(props, 0, 2 * sizeof(*props));
        props[0].ulPropTag = PR_RECIPIENT_TYPE;
        props[0].Value.l = MAPI_CC;
        props[1].ulPropTag = unicode ? PR_DISPLAY_NAME_W : PR_DISPLAY_NAME_A;
        MAPIAllocateMore(2 * strlen(names[i]) + 2, props, (void **)&props[1].Value.lpszA);
        if (unicode)
            MultiByteToWideChar(CP_ACP, 0, names[i], -1, props[1].Value.lpszW,
                                strlen(names[i]) + 1);
        else strcpy(props[1].Value.lpszA, names[i]);
        list->aEntries[i].cValues = 2;
        list->aEntries[i].rgPropVals = props;
    }
    return list;
}

static const SPropValue *find(const ADRENTRY *entry, ULONG tag)
{
    ULONG i;

    for (i = 0; i < entry->cValues; i++)
        if (entry->rgPropVals[i].ulPropTag == tag) return &entry->rgPropVals[i];
    return NULL;
}

static const char *ansi(const ADRENTRY *entry, ULONG tag)
{
    const SPropValue *prop = find(entry, tag);

    return prop ? prop->Value.lpszA : "(none)";
}

/* Makes the containers with these names the search path, in this order. */
static void set_path(ULONG count, const char *const *names)
{
    SizedSPropTagArray(2, columns) = { 2, { PR_ENTRYID, PR_DISPLAY_NAME_A } };
    SRowSet *rows, *path;
    IABContainer *root;
    IMAPITable *table;
    ULONG type, i, j;
    HRESULT hr;

    hr = IAddrBook_OpenEntry(book, 0, NULL, NULL, 0, &type, (IUnknown **)&root);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IABContainer_GetHierarchyTable(root, CONVENIENT_DEPTH, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPITable_Release(table);
    IABContainer_Release(root);
    MAPIAllocateBuffer(CbNewSRowSet(count), (void **)&path);
    path->cRows = 0;
    for (i = 0; i < count; i++)
        for (j = 0; j < rows->cRows; j++)
            if (!strcmp(rows->aRow[j].lpProps[1].Value.lpszA, names[i]))
                path->aRow[path->cRows++] = rows->aRow[j];
    ok(path->cRows == count, "%lu containers of %lu\n", path->cRows, count);
    hr = IAddrBook_SetSearchPath(book, 0, path);
    ok(hr == S_OK, "got %#lx\n", hr);
    MAPIFreeBuffer(path);
    FreeProws(rows);
}

static const char *const both[] = { "Sample Directory", "Sample Staff" };

static HRESULT resolve(ADRLIST *list, ULONG flags)
{
    return IAddrBook_ResolveName(book, 0, flags, NULL, list);
}

static void test_arguments(void)
{
    const char *const names[] = { "ada" };
    ADRLIST *list = make_list(1, names, FALSE), empty = { 0 };
    SPropValue *props = list->aEntries[0].rgPropVals;
    HRESULT hr;

    hr = resolve(NULL, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = resolve(list, 1);                              /* EMS_AB_ADDRESS_LOOKUP is ResolveNames' */
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = resolve(&empty, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAddrBook_PrepareRecips(book, 0, NULL, &empty);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAddrBook_PrepareRecips(book, 0, NULL, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IAddrBook_PrepareRecips(book, 1, NULL, &empty);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);

    list->aEntries[0].rgPropVals = NULL;
    hr = resolve(list, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IAddrBook_PrepareRecips(book, 0, NULL, list);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    list->aEntries[0].rgPropVals = props;
    props[0].ulPropTag = PROP_TAG(0x1f5, 0x3001);
    hr = resolve(list, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    props[0].ulPropTag = PR_RECIPIENT_TYPE;
    FreePadrlist(list);
}

static void test_one_offs(void)
{
    const char *const names[] = { "Ada L.[FAX:+44 1]", "ada@example.org", "Ada <ada@example.org>", "[X:y] z", NULL };
    const SPropValue *id;
    ADRLIST *list;
    IMailUser *user;
    ULONG type, i;
    HRESULT hr;

    list = make_list(5, names, FALSE);
    hr = resolve(list, 0);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    ok(list->cEntries == 5 && !list->aEntries[4].cValues, "the list has changed\n");
    ok(!find(&list->aEntries[3], PR_ENTRYID) && list->aEntries[3].cValues == 2,
       "made up an entry\n");
    ok(!strcmp(ansi(&list->aEntries[0], PR_DISPLAY_NAME_A), "Ada L."), "named %s\n",
       ansi(&list->aEntries[0], PR_DISPLAY_NAME_A));
    ok(!strcmp(ansi(&list->aEntries[0], PR_ADDRTYPE_A), "FAX"), "type %s\n",
       ansi(&list->aEntries[0], PR_ADDRTYPE_A));
    ok(!strcmp(ansi(&list->aEntries[0], PR_EMAIL_ADDRESS_A), "+44 1"), "address %s\n",
       ansi(&list->aEntries[0], PR_EMAIL_ADDRESS_A));
    ok(!strcmp(ansi(&list->aEntries[1], PR_DISPLAY_NAME_A), "ada@example.org"), "named %s\n",
       ansi(&list->aEntries[1], PR_DISPLAY_NAME_A));
    ok(!strcmp(ansi(&list->aEntries[2], PR_DISPLAY_NAME_A), "Ada"), "named %s\n",
       ansi(&list->aEntries[2], PR_DISPLAY_NAME_A));
    ok(!strcmp(ansi(&list->aEntries[2], PR_EMAIL_ADDRESS_A), "ada@example.org"), "address %s\n",
       ansi(&list->aEntries[2], PR_EMAIL_ADDRESS_A));
    for (i = 0; i < 3; i++)
    {
        ok(list->aEntries[i].rgPropVals[0].ulPropTag == PR_RECIPIENT_TYPE
           && list->aEntries[i].rgPropVals[0].Value.l == MAPI_CC, "%lu: what it had is gone\n", i);
        id = find(&list->aEntries[i], PR_ENTRYID);
        ok(id != NULL, "%lu: no entry ID\n", i);
        if (!id) continue;
        ok(!(((BYTE *)id->Value.bin.lpb)[23] & 0x80), "%lu: a Unicode entry ID\n", i);
        hr = IAddrBook_OpenEntry(book, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, 0,
                                 &type, (IUnknown **)&user);
        ok(hr == S_OK && type == MAPI_MAILUSER, "%lu: got %#lx\n", i, hr);
        if (hr == S_OK) IMailUser_Release(user);
    }
    /* What is resolved already stays as it is. */
    hr = resolve(list, 0);
    ok(hr == MAPI_E_NOT_FOUND && list->aEntries[0].cValues > 5, "got %#lx\n", hr);
    FreePadrlist(list);

    list = make_list(1, names, TRUE);
    hr = resolve(list, MAPI_UNICODE);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(find(&list->aEntries[0], PR_ADDRTYPE_W) && !find(&list->aEntries[0], PR_ADDRTYPE_A),
       "another width\n");
    id = find(&list->aEntries[0], PR_ENTRYID);
    ok(id && ((BYTE *)id->Value.bin.lpb)[23] & 0x80, "an ANSI entry ID\n");
    FreePadrlist(list);
}

/* The same answers whichever way a container looks a name up. */
static void test_containers(const char *behavior)
{
    const char *const names[] = { "ada", "Alan Turing", "john", "John Smith", "nobody", "hopper", "JO", "zoe", "joan@" };
    const char *const addresses[] = { "ada@sample.example", "alan@sample.example", NULL, NULL, NULL,
                                      "grace@sample.example", NULL, "zoe@staff.example", "joan@staff.example" };
    const SPropValue *id;
    const ADRENTRY *entry;
    ADRLIST *list;
    ULONG i;
    HANDLE thread;
    HRESULT hr;

    winetest_push_context("%s", behavior ? behavior : "ResolveNames");
    set_path(2, both);
    sample_behave(behavior);
    list = make_list(ARRAY_SIZE(names), names, FALSE);
    hr = resolve(list, 0);
    ok(hr == MAPI_E_AMBIGUOUS_RECIP, "got %#lx\n", hr);
    for (i = 0; i < ARRAY_SIZE(names); i++)
    {
        entry = &list->aEntries[i];
        id = find(entry, PR_ENTRYID);
        ok(!id == !addresses[i], "%s: %s\n", names[i], id ? "resolved" : "not resolved");
        if (!id)
        {
            ok(entry->cValues == 2 && !strcmp(ansi(entry, PR_DISPLAY_NAME_A), names[i]),
               "%s: changed\n", names[i]);
            continue;
        }
        ok(!strcmp(ansi(entry, PR_EMAIL_ADDRESS_A), addresses[i]), "%s: address %s\n", names[i],
           ansi(entry, PR_EMAIL_ADDRESS_A));
        ok(!strcmp(ansi(entry, PR_ADDRTYPE_A), "SAMPLE"), "%s: type %s\n", names[i],
           ansi(entry, PR_ADDRTYPE_A));
        ok(find(entry, PR_OBJECT_TYPE) && find(entry, PR_SEARCH_KEY)
               && find(entry, PR_RECIPIENT_TYPE),
           "%s: a property is missing\n", names[i]);
    }
    FreePadrlist(list);

    list = make_list(1, names, TRUE);
    hr = resolve(list, MAPI_UNICODE);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(find(&list->aEntries[0], PR_EMAIL_ADDRESS_W)
           && !find(&list->aEntries[0], PR_EMAIL_ADDRESS_A),
       "another width\n");
    FreePadrlist(list);

    /* A user who gives up ends it all. */
    list = make_list(2, names + 3, FALSE);
    thread = drive_start(drive_cancel, (void *)L"Check Names");
    hr = IAddrBook_ResolveName(book, 0, MAPI_DIALOG, (LPTSTR)"title", list);
    ok(hr == MAPI_E_USER_CANCEL, "got %#lx\n", hr);
    drive_join(thread);
    thread = drive_start(drive_cancel, (void *)L"Check Names");
    hr = IAddrBook_ResolveName(book, 0, MAPI_DIALOG | AB_UNICODEUI, (LPTSTR)L"title", list);
    ok(hr == MAPI_E_USER_CANCEL, "got %#lx\n", hr);
    drive_join(thread);
    FreePadrlist(list);

    list = make_list(1, names + 4, FALSE);
    hr = resolve(list, 0);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    FreePadrlist(list);

    /* The first container of the path that knows the name settles it. */
    set_path(1, both);
    list = make_list(1, names + 3, FALSE);
    hr = resolve(list, 0);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    FreePadrlist(list);
    sample_behave(NULL);
    winetest_pop_context();
}

/* A container that fails has nobody; the others still count. */
static void test_failing(void)
{
    static const char *const behaviors[] = { "ab.ResolveNames=fail", "ab=liar", "ab.ResolveNames=crash" };
    const char *const names[] = { "ada@example.org", "ada", "zoe", "alan" };
    ADRLIST *list;
    unsigned int i, j;
    HRESULT hr;

    for (i = 0; i < ARRAY_SIZE(behaviors); i++)
    {
        if (!open_book()) return;
        winetest_push_context("%s", behaviors[i]);
        set_path(2, both);
        list = make_list(4, names, FALSE);
        sample_behave(behaviors[i]);
        hr = resolve(list, 0);
        sample_behave(NULL);
        ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
        ok(list->cEntries == 4, "%lu entries\n", list->cEntries);
        ok(find(&list->aEntries[0], PR_ENTRYID) != NULL, "the one-off is gone\n");
        for (j = 1; j < 4; j++)
            ok(list->aEntries[j].cValues == 2
                   && !strcmp(ansi(&list->aEntries[j], PR_DISPLAY_NAME_A), names[j]),
               "%s: changed\n", names[j]);
        FreePadrlist(list);
        winetest_pop_context();
        close_book();
    }
}

/* The caller's list is never the provider's to spoil: what is resolved is the caller's own
 * block. */
static void test_blocks(void)
{
    const char *const names[] = { "ada", "alan", "grace" };
    ADRLIST *list;
    ULONG i;
    HRESULT hr;

    set_path(2, both);
    list = make_list(3, names, FALSE);
    hr = resolve(list, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    for (i = 0; i < 3; i++)
    {
        ok(!MAPIFreeBuffer(list->aEntries[i].rgPropVals), "entry %lu is no block\n", i);
        list->aEntries[i].cValues = 0;
        list->aEntries[i].rgPropVals = NULL;
    }
    hr = resolve(list, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    FreePadrlist(list);
}

static void test_prepare(const char *behavior)
{
    static SizedSPropTagArray(4, tags) =
        { 4, { PR_EMAIL_ADDRESS_W, PR_ENTRYID, PR_DISPLAY_TYPE, PROP_TAG(PT_LONG, 0x6611) } };
    const char *const names[] = { "ada", "zoe", "Foo[FAX:1]", "nobody", NULL };
    const SPropValue *id;
    SPropValue *props;
    ADRLIST *list;
    BYTE lost[28];
    ULONG i;
    HRESULT hr;

    winetest_push_context("%s", behavior ? behavior : "PrepareRecips");
    set_path(2, both);
    list = make_list(5, names, FALSE);
    hr = resolve(list, 0);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    id = find(&list->aEntries[0], PR_ENTRYID);
    ok(id && id->Value.bin.lpb[0] == MAPI_SHORTTERM, "not a short-term ID\n");
    sample_behave(behavior);

    /* Nothing asked for but long-term entry IDs. */
    hr = IAddrBook_PrepareRecips(book, 0, NULL, list);
    ok(hr == S_OK, "got %#lx\n", hr);

    hr = IAddrBook_PrepareRecips(book, 0, (SPropTagArray *)&tags, list);
    ok(hr == S_OK, "got %#lx\n", hr);
    for (i = 0; i < 3; i++)
    {
        props = list->aEntries[i].rgPropVals;
        ok(props[0].ulPropTag == PR_EMAIL_ADDRESS_W, "%lu: begins with %#lx\n", i,
           props[0].ulPropTag);
        ok(props[1].ulPropTag == PR_ENTRYID && !props[1].Value.bin.lpb[0], "%lu: no long-term ID\n",
           i);
        ok(props[2].ulPropTag == PR_DISPLAY_TYPE, "%lu: %#lx\n", i, props[2].ulPropTag);
        ok(props[3].ulPropTag == PROP_TAG(PT_ERROR, 0x6611)
               && props[3].Value.err == MAPI_E_NOT_FOUND,
           "%lu: %#lx\n", i, props[3].ulPropTag);
        ok(find(&list->aEntries[i], PR_RECIPIENT_TYPE)
               && find(&list->aEntries[i], PR_DISPLAY_NAME_A),
           "%lu: what it had is gone\n", i);
    }
    ok(list->aEntries[3].cValues == 2 && !list->aEntries[4].cValues,
       "changed who is not resolved\n");

    /* Without anything to do nobody is asked. */
    tags.cValues = 3;
    hr = IAddrBook_PrepareRecips(book, 0, (SPropTagArray *)&tags, list);
    ok(hr == S_OK, "got %#lx\n", hr);
    sample_log_start();
    hr = IAddrBook_PrepareRecips(book, 0, (SPropTagArray *)&tags, list);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(!sample_log_count("ab.PrepareRecips") && !sample_log_count("ab.OpenEntry"),
       "asked for nothing\n");
    tags.cValues = 4;

    /* One that is not there any more, and one of nobody. */
    id = find(&list->aEntries[0], PR_ENTRYID);
    ok(id->Value.bin.cb == sizeof(lost), "%lu bytes\n", id->Value.bin.cb);
    memcpy(lost, id->Value.bin.lpb, sizeof(lost));
    id->Value.bin.lpb[25] = 0x77;
    id->Value.bin.lpb[0] = MAPI_SHORTTERM;
    id = find(&list->aEntries[1], PR_ENTRYID);
    id->Value.bin.lpb[6] ^= 0xff;
    id->Value.bin.lpb[0] = MAPI_SHORTTERM;
    tags.aulPropTag[2] = PR_COMMENT_W;
    hr = IAddrBook_PrepareRecips(book, 0, (SPropTagArray *)&tags, list);
    ok(hr == S_OK, "got %#lx\n", hr);
    props = list->aEntries[0].rgPropVals;
    ok(props[0].ulPropTag == PR_EMAIL_ADDRESS_W
           && props[2].ulPropTag == PROP_TAG(PT_ERROR, PROP_ID(PR_COMMENT_W))
           && props[2].Value.err == MAPI_E_NOT_FOUND,
       "%#lx, %#lx, %#lx\n", props[0].ulPropTag, props[2].ulPropTag, props[2].Value.err);
    props = list->aEntries[1].rgPropVals;
    ok(props[2].ulPropTag == PROP_TAG(PT_ERROR, PROP_ID(PR_COMMENT_W))
           && props[2].Value.err == MAPI_E_UNKNOWN_ENTRYID,
       "%#lx, %#lx\n", props[2].ulPropTag, props[2].Value.err);
    tags.aulPropTag[2] = PR_DISPLAY_TYPE;
    FreePadrlist(list);
    sample_behave(NULL);
    winetest_pop_context();
}

/* A provider that crashes costs what it was asked; a second call finds it gone. */
static void test_crash(void)
{
    SizedSPropTagArray(1, tags) = { 1, { PR_COMMENT_W } };
    const char *const names[] = { "ada", "Foo[FAX:1]" };
    SPropValue *props;
    ADRLIST *list;
    HRESULT hr;
    int i;

    if (!open_book()) return;
    set_path(2, both);
    list = make_list(2, names, FALSE);
    hr = resolve(list, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    sample_behave("ab.PrepareRecips=crash");
    for (i = 0; i < 2; i++)
    {
        hr = IAddrBook_PrepareRecips(book, MAPI_CACHE_ONLY, (SPropTagArray *)&tags, list);
        ok(hr == S_OK, "got %#lx\n", hr);
        props = list->aEntries[0].rgPropVals;
        ok(props[0].ulPropTag == PROP_TAG(PT_ERROR, PROP_ID(PR_COMMENT_W))
               && FAILED(props[0].Value.err),
           "%#lx, %#lx\n", props[0].ulPropTag, props[0].Value.err);
        ok(find(&list->aEntries[0], PR_EMAIL_ADDRESS_A) != NULL, "what it had is gone\n");
        props = list->aEntries[1].rgPropVals;
        ok(props[0].ulPropTag == PROP_TAG(PT_ERROR, PROP_ID(PR_COMMENT_W))
               && props[0].Value.err == MAPI_E_NOT_FOUND,
           "%#lx, %#lx\n", props[0].ulPropTag, props[0].Value.err);
    }
    sample_behave(NULL);
    FreePadrlist(list);
    close_book();
}

/* After Logoff, the address book that somebody still holds does nothing. */
static void test_logged_off(void)
{
    const char *const names[] = { "ada" };
    IAddrBook *held;
    ADRLIST *list;
    SPropValue *props;
    ENTRYID *id;
    ULONG size;
    HRESULT hr;

    if (!open_book()) return;
    held = book;
    IAddrBook_AddRef(held);
    close_book();
    list = make_list(1, names, FALSE);
    hr = IAddrBook_ResolveName(held, 0, 0, NULL, list);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    hr = IAddrBook_PrepareRecips(held, 0, NULL, list);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    hr = IAddrBook_NewEntry(held, 0, 0, 0, NULL, 0, NULL, &size, &id);
    ok(hr == MAPI_E_INVALID_OBJECT && !id, "got %#lx\n", hr);
    hr = IAddrBook_RecipOptions(held, 0, 0, &list->aEntries[0]);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    hr = IAddrBook_QueryDefaultRecipOpt(held, (LPTSTR)"SAMPLE", 0, &size, &props);
    ok(hr == MAPI_E_INVALID_OBJECT && !props, "got %#lx\n", hr);
    hr = IAddrBook_SetProps(held, 1, list->aEntries[0].rgPropVals, NULL);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    FreePadrlist(list);
    ok(!IAddrBook_Release(held), "references are left\n");
}

START_TEST(resolve)
{
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
    if (hr == S_OK && open_book())
    {
        test_arguments();
        test_one_offs();
        test_containers(NULL);
        test_containers("ab.ResolveNames=veto");
        test_containers("ab=ansi");
        test_containers("ab=ansi ab.ResolveNames=veto");
        test_blocks();
        test_prepare(NULL);
        test_prepare("ab.PrepareRecips=veto");
        test_prepare("ab.PrepareRecips=fail");
        close_book();
        test_failing();
        test_crash();
        test_logged_off();
    }
    sample_delete_profile(profile);
    MAPIUninitialize();
    sample_remove();
}
