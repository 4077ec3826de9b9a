/*
 * Tests: copying messages and folders through the support object
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

/* What the methods of the support object do, seen through a store that leaves its copies to them
 * (the sample), from one store to another and within one. CopyMessages, CopyFolder, and DoCopyTo of
 * folders. */

#include <stdarg.h>

#define COBJMACROS
#include <windef.h>
#include <winbase.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>

#include "wine/test.h"
#include "copies.h"

static const char profile[] = "mapitest copyfolder";

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
        winetest_push_context("%s, flags %#lx", tests[i].words ? tests[i].words : "-",
                              tests[i].flags);
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
                                      (ENTRYID *)rows->aRow[0].lpProps[0].Value.bin.lpb,
                                      MSGSTATUS_TAGGED, MSGSTATUS_TAGGED, NULL);
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
    hr = IMAPIFolder_CopyMessages(from, entry_list(rows, ids, 0, 1), NULL, to, 0, NULL,
                                  MESSAGE_MOVE);
    ok(hr == S_OK, "got %#lx\n", hr);
    FreeProws(rows);
    check_contents_(from, MAPI_ASSOCIATED, "", __LINE__);
    check_contents_(to, MAPI_ASSOCIATED, "view", __LINE__);
    IMAPIFolder_Release(from);
    IMAPIFolder_Release(to);
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
    IMAPIFolder *from = fresh_folder(first, "trees"), *to = fresh_folder(second, "trees"), *tree,
                *one, *copy;
    unsigned int i;
    SPropValue *id;
    SRowSet *rows;
    ULONG type;
    HRESULT hr;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        winetest_push_context("%s, flags %#lx", tests[i].words ? tests[i].words : "-",
                              tests[i].flags);
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
    hr = copy_tree(from, tree, to, "other", COPY_SUBFOLDERS | FOLDER_DIALOG, start_progress(0),
                   NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(progress.last == 1000 && !progress.backwards && !progress.outside && progress.counted == 1,
       "progress: last %lu, counted %lu\n", progress.last, progress.counted);
    check_tree(to, "{other(a b){one(c){two(d)} three}}");
    rows = subfolders(to);
    hr = IMAPIFolder_OpenEntry(to, rows->aRow[0].lpProps[0].Value.bin.cb,
                               (ENTRYID *)rows->aRow[0].lpProps[0].Value.bin.lpb, NULL, 0, &type,
                               (IUnknown **)&copy);
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
                               (ENTRYID *)rows->aRow[0].lpProps[0].Value.bin.lpb, NULL, MAPI_MODIFY,
                               &type, (IUnknown **)&one);
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
        ok(hr == (progress.calls >= i ? MAPI_E_USER_CANCEL : S_OK), "got %#lx after %lu calls\n",
           hr, progress.calls);
        describe(from, text, sizeof(text));
        strcat(text, "|");
        describe(to, text, sizeof(text));
        for (letter = "abcd"; *letter; letter++)
        {
            char *at, found = 0;

            for (at = text; *at; at++)
                if (*at == *letter && (at[-1] == '(' || at[-1] == ' ')
                    && (at[1] == ')' || at[1] == ' '))
                    found++;
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
    hr = IMAPIFolder_CopyTo(tree, 0, NULL, (SPropTagArray *)&exclude, 0, NULL, &IID_IMAPIFolder,
                            dst, 0, &problems);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_problems(problems, 0);
    check_tree(to, "{dst(a b)}");
    check_text(dst, PR_COMMENT_A, "a comment");
    hr = IMAPIFolder_CopyProps(tree, (SPropTagArray *)&hierarchy, 0, NULL, &IID_IMAPIFolder, dst, 0,
                               &problems);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_problems(problems, 0);
    check_tree(to, "{dst(a b){one(c){two(d)} three}}");
    hr = IMAPIFolder_CopyProps(tree, (SPropTagArray *)&hierarchy, 0, NULL, &IID_IMAPIFolder, dst, 0,
                               &problems);
    ok(hr == MAPI_E_COLLISION && !problems, "got %#lx\n", hr);
    empty(dst);
    hr = IMAPIFolder_CopyTo(tree, 1, &IID_IMAPIContainer, (SPropTagArray *)&name, 0, NULL,
                            &IID_IMAPIFolder, dst, 0, &problems);
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
    hr = IAttach_OpenProperty(*attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0,
                              create ? MAPI_CREATE | MAPI_MODIFY : 0, (IUnknown **)&embedded);
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
    IMAPIFolder *from = fresh_folder(first, "deep"), *to = fresh_folder(second, "deep"), *folder,
                *child;
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
                                (ENTRYID *)rows->aRow[0].lpProps[0].Value.bin.lpb, NULL, to, NULL,
                                0, NULL, FOLDER_MOVE);
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
        copy_tree(from, tree, to, "copied", COPY_SUBFOLDERS | FOLDER_DIALOG, start_progress(7),
                  words[i]);
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

static void test_all(IMsgStore *first, IMsgStore *second)
{
    test_copy_messages(first, second);
    test_copy_folder(first, second);
    test_copy_folder_to(first, second);
    test_depth(first, second);
    test_ansi(first, second);
}

START_TEST(copyfolder)
{
    HRESULT hr;

    if (!sample_install())
    {
        skip("no sample providers\n");
        return;
    }
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    with_stores(profile, test_all);
    test_references();
    sample_delete_profile(profile);
    MAPIUninitialize();
    sample_remove();
}
