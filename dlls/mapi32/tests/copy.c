/*
 * Tests: copying objects through the support object
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
 * (the sample), from one store to another and within one. DoCopyTo and DoCopyProps of messages. */

#include <stdarg.h>

#define COBJMACROS
#include <windef.h>
#include <winbase.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>

#include "wine/test.h"
#include "copies.h"

static const char profile[] = "mapitest copy";

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
    ok(named_tag(src, L"colour", PT_STRING8) != named_tag(to, L"colour", PT_STRING8),
       "the ids are the same\n");

    dst = new_message(to, NULL);
    problems = (void *)0xdeadbeef;
    hr = IMessage_CopyTo(src, 0, NULL, NULL, 0, NULL, NULL, dst, 0, &problems);
    ok(hr == MAPI_E_INVALID_PARAMETER && !problems, "got %#lx, %p\n", hr, problems);
    hr = IMessage_CopyTo(src, 0, NULL, NULL, 0, NULL, &IID_IMessage, NULL, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMessage_CopyTo(src, 1, NULL, NULL, 0, NULL, &IID_IMessage, dst, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMessage_CopyTo(src, 0, NULL, (SPropTagArray *)&none, 0, NULL, &IID_IMessage, dst, 0,
                         NULL);
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

    hr = IMessage_CopyTo(src, 0, NULL, NULL, 0, start_progress(0), &IID_IMessage, dst, MAPI_DIALOG,
                         &problems);
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
    hr = IMessage_CopyTo(src, 0, NULL, (SPropTagArray *)&exclude, 0, NULL, &IID_IMAPIProp, dst, 0,
                         &problems);
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
    hr = IMessage_CopyTo(again, 0, NULL, NULL, 0, NULL, &IID_IMessage, dst,
                         MAPI_NOREPLACE | MAPI_MOVE, &problems);
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
               && problems->aProblem[0].scode == MAPI_E_NOT_FOUND,
           "problem %#lx\n", problems->aProblem[0].scode);
    MAPIFreeBuffer(problems);
    check_text(dst, PR_SUBJECT_A, "source");
    check_property(dst, PR_BODY_A, large, LARGE);
    check_text(dst, PR_MESSAGE_CLASS_A, "IPM.Note");
    check_counts(dst, 2, 0);
    hr = IMessage_CopyProps(src, (SPropTagArray *)&attachments, 0, NULL, &IID_IMessage, dst,
                            MAPI_MOVE, &problems);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_problems(problems, 0);
    check_attachments_(dst, __LINE__);
    check_counts(src, 2, 0);

    /* What is asked for by name is tried, and who says no is heard. */
    hr = IMessage_CopyProps(src, (SPropTagArray *)&own, 0, NULL, &IID_IMessage, dst, 0, &problems);
    ok(hr == S_OK && problems && problems->cProblem == 1
           && problems->aProblem[0].ulPropTag == PR_ENTRYID
           && problems->aProblem[0].scode == MAPI_E_COMPUTED,
       "got %#lx\n", hr);
    MAPIFreeBuffer(problems);

    /* An object that has nothing inside takes what is left. */
    hr = CreateIProp(&IID_IMAPIPropData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL,
                     &data);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMessage_CopyProps(src, (SPropTagArray *)&some, 0, NULL, &IID_IMAPIProp, data, 0,
                            &problems);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_problems(problems, 3);        /* recipients, the large body, what is not there */
    check_text(data, PR_SUBJECT_A, "source");
    IPropData_Release(data);
    IMessage_Release(src);
    IMessage_Release(dst);
    IMAPIFolder_Release(from);
    IMAPIFolder_Release(to);
}

static void test_all(IMsgStore *first, IMsgStore *second)
{
    test_copy_to(first, second);
    test_copy_props(first, second);
}

START_TEST(copy)
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
    sample_delete_profile(profile);
    MAPIUninitialize();
    sample_remove();
}
