/*
 * Units: notification.c
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

#include "samples.h"

static ENTRYID *id_a = (ENTRYID *)"entry id of an object", *id_b = (ENTRYID *)"parent";
static MAPIERROR error_ansi = { 0, (char *)"what", (char *)"component", 1, 2 };
static MAPIERROR error_wide = { 0, (char *)u"what", NULL, 1, 2 };
static struct { ULONG count; ULONG tags[2]; } tags = { 2, { PR_ENTRYID, PR_DISPLAY_NAME_W } };
static SPropValue instance_key = { .ulPropTag = PR_INSTANCE_KEY,
                                   .Value.bin = { 4, (BYTE *)"key1" } };

static const NOTIFICATION all[] =
{
    { .ulEventType = fnevCriticalError, .info.err = { 22, 0 } },
    { .ulEventType = fnevCriticalError },
    { .ulEventType = fnevCriticalError, .info.err.ulFlags = MAPI_UNICODE },
    { .ulEventType = fnevNewMail },
    { .ulEventType = fnevNewMail },
    { .ulEventType = fnevObjectMoved },
    { .ulEventType = fnevObjectCreated },
    { .ulEventType = fnevSearchComplete },
    { .ulEventType = fnevTableModified },
    { .ulEventType = fnevTableModified },
    { .ulEventType = fnevExtended },
    { .ulEventType = fnevStatusObjectModified }
};

/* Pointers cannot stand in the table as constants everywhere, so they are put in here. */
static void fill(NOTIFICATION *n)
{
    memcpy(n, all, sizeof(all));
    n[0].info.err.lpEntryID = id_a;
    n[1].info.err.lpMAPIError = &error_ansi;
    n[2].info.err.lpMAPIError = &error_wide;
    n[3].info.newmail.cbEntryID = 22;
    n[3].info.newmail.lpEntryID = id_a;
    n[3].info.newmail.cbParentID = 7;
    n[3].info.newmail.lpParentID = id_b;
    n[3].info.newmail.lpszMessageClass = (char *)"IPM.Note";
    n[4].info.newmail.ulFlags = MAPI_UNICODE;
    n[4].info.newmail.lpszMessageClass = (char *)u"IPM.Note";
    n[5].info.obj.cbEntryID = 22;
    n[5].info.obj.lpEntryID = id_a;
    n[5].info.obj.cbParentID = 7;
    n[5].info.obj.lpParentID = id_b;
    n[5].info.obj.cbOldID = 3;
    n[5].info.obj.lpOldID = id_a;
    n[5].info.obj.cbOldParentID = 1;
    n[5].info.obj.lpOldParentID = id_b;
    n[5].info.obj.lpPropTagArray = (SPropTagArray *)&tags;
    n[6].info.obj.cbEntryID = 22;
    n[6].info.obj.lpEntryID = id_a;
    n[8].info.tab.ulTableEvent = TABLE_ROW_ADDED;
    n[8].info.tab.propIndex = instance_key;
    n[8].info.tab.propPrior.ulPropTag = PR_NULL;
    n[8].info.tab.row.cValues = sample_count;
    n[8].info.tab.row.lpProps = (SPropValue *)sample_props;
    n[9].info.tab.ulTableEvent = TABLE_CHANGED;
    n[9].info.tab.propIndex.ulPropTag = PR_NULL;
    n[9].info.tab.propPrior.ulPropTag = PR_NULL;
    n[10].info.ext.cb = 7;
    n[10].info.ext.pbEventParameters = (BYTE *)id_b;
    n[11].info.statobj.cbEntryID = 22;
    n[11].info.statobj.lpEntryID = id_a;
    n[11].info.statobj.cValues = sample_count;
    n[11].info.statobj.lpPropVals = (SPropValue *)sample_props;
}

/* at lies inside the block, at a multiple of eight, and holds what is expected */
static BOOL holds(const void *block, size_t block_size, const void *at, const void *expected,
                  size_t size)
{
    return (BYTE *)at >= (BYTE *)block && (BYTE *)at + size <= (BYTE *)block + block_size &&
           !((ULONG_PTR)at & 7) && !memcmp(at, expected, size);
}

static void check_copy(const NOTIFICATION *n, size_t size)
{
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(all); i++)
        unit_assert_row(i, n[i].ulEventType == all[i].ulEventType);
    ck_assert(holds(n, size, n[0].info.err.lpEntryID, id_a, 22));
    ck_assert_ptr_null(n[0].info.err.lpMAPIError);
    ck_assert(holds(n, size, n[1].info.err.lpMAPIError, &error_ansi, sizeof(ULONG)));
    ck_assert(holds(n, size, n[1].info.err.lpMAPIError->lpszError, "what", 5));
    ck_assert(holds(n, size, n[1].info.err.lpMAPIError->lpszComponent, "component", 10));
    ck_assert(holds(n, size, n[2].info.err.lpMAPIError->lpszError, u"what", 10));
    ck_assert_ptr_null(n[2].info.err.lpMAPIError->lpszComponent);
    ck_assert(holds(n, size, n[3].info.newmail.lpEntryID, id_a, 22));
    ck_assert(holds(n, size, n[3].info.newmail.lpParentID, id_b, 7));
    ck_assert(holds(n, size, n[3].info.newmail.lpszMessageClass, "IPM.Note", 9));
    ck_assert(holds(n, size, n[4].info.newmail.lpszMessageClass, u"IPM.Note", 18));
    ck_assert(holds(n, size, n[5].info.obj.lpEntryID, id_a, 22));
    ck_assert(holds(n, size, n[5].info.obj.lpParentID, id_b, 7));
    ck_assert(holds(n, size, n[5].info.obj.lpOldID, id_a, 3));
    ck_assert(holds(n, size, n[5].info.obj.lpOldParentID, id_b, 1));
    ck_assert(holds(n, size, n[5].info.obj.lpPropTagArray, &tags, sizeof(tags)));
    ck_assert_ptr_null(n[6].info.obj.lpPropTagArray);
    ck_assert_ptr_null(n[7].info.obj.lpEntryID);
    ck_assert(same_prop(&n[8].info.tab.propIndex, &instance_key));
    ck_assert(props_inside(1, &n[8].info.tab.propIndex, n, size));
    ck_assert_uint_eq(n[8].info.tab.propPrior.ulPropTag, PR_NULL);
    ck_assert(props_inside(sample_count, n[8].info.tab.row.lpProps, n, size));
    ck_assert(props_inside(sample_count, n[11].info.statobj.lpPropVals, n, size));
    for (i = 0; i < sample_count; i++)
    {
        unit_assert_row(i, same_prop(&n[8].info.tab.row.lpProps[i], &sample_props[i]));
        unit_assert_row(i, same_prop(&n[11].info.statobj.lpPropVals[i], &sample_props[i]));
    }
    ck_assert_ptr_null(n[9].info.tab.row.lpProps);
    ck_assert(holds(n, size, n[10].info.ext.pbEventParameters, id_b, 7));
    ck_assert(holds(n, size, n[11].info.statobj.lpEntryID, id_a, 22));
}

static NOTIFICATION *copy_all(ULONG *size)
{
    NOTIFICATION source[ARRAY_SIZE(all)], *copy;
    ULONG copied;

    fill(source);
    unit_assert_hr(ScCountNotifications(ARRAY_SIZE(all), source, size), S_OK);
    copy = platform_alloc(*size);
    unit_assert_hr(ScCopyNotifications(ARRAY_SIZE(all), source, copy, &copied), S_OK);
    ck_assert_uint_eq(copied, *size);
    return copy;
}

START_TEST(copied)
{
    NOTIFICATION source[ARRAY_SIZE(all)], *copy;
    ULONG size;

    copy = copy_all(&size);
    check_copy(copy, size);
    platform_free(copy);

    fill(source);
    unit_assert_hr(ScCountNotifications(ARRAY_SIZE(all), source, NULL), S_OK);
    unit_assert_hr(notifications_copy(&memory_allocators, ARRAY_SIZE(all), source, &copy), S_OK);
    check_copy(copy, size);
    memory_free_buffer(copy);
    unit_assert_hr(notifications_copy(&memory_allocators, 0, NULL, &copy), S_OK);
    memory_free_buffer(copy);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

START_TEST(moved)
{
    static const ULONG_PTR agreed[] = { 0, ~(ULONG_PTR)0xffff };
    NOTIFICATION *copy, *read;
    ULONG size, moved_size;
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(agreed); i++)
    {
        copy = copy_all(&size);
        unit_assert_hr(ScRelocNotifications(ARRAY_SIZE(all), copy, copy, (void *)agreed[i],
                                            &moved_size),
                       S_OK);
        unit_assert_row(i, moved_size == size);
        read = platform_alloc(size);
        memcpy(read, copy, size);
        platform_free(copy);
        unit_assert_hr(ScRelocNotifications(ARRAY_SIZE(all), read, (void *)agreed[i], read,
                                            &moved_size),
                       S_OK);
        unit_assert_row(i, moved_size == size);
        check_copy(read, size);
        platform_free(read);
    }
}
END_TEST

START_TEST(refused)
{
    static const ULONG events[] = { 0, 3, fnevReservedForMapi, 0x400,
                                    fnevCriticalError | fnevExtended };
    BYTE *end = unit_end_of_memory();
    NOTIFICATION n = { .ulEventType = fnevExtended }, copy[2], *ret;
    ULONG size = 7;
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(events); i++)
    {
        n.ulEventType = events[i];
        unit_assert_row(i, ScCountNotifications(1, &n, &size) == MAPI_E_INVALID_PARAMETER);
        unit_assert_row(i, ScCopyNotifications(1, &n, copy, &size) == MAPI_E_INVALID_PARAMETER);
        unit_assert_row(i,
                        ScRelocNotifications(1, &n, &n, copy, &size) == MAPI_E_INVALID_PARAMETER);
        unit_assert_row(i, notifications_copy(&memory_allocators, 1, &n, &ret)
                                   == MAPI_E_INVALID_PARAMETER
                               && !ret);
    }
    n.ulEventType = fnevExtended;
    n.info.ext.cb = 3;
    n.info.ext.pbEventParameters = NULL;
    unit_assert_hr(ScCountNotifications(1, &n, &size), MAPI_E_INVALID_PARAMETER);
    n.info.ext.cb = 0x7fffffff;
    n.info.ext.pbEventParameters = (BYTE *)&n;
    unit_assert_hr(ScCountNotifications(1, &n, &size), MAPI_E_NOT_ENOUGH_MEMORY);
    n.ulEventType = fnevNewMail;
    memset(&n.info, 0, sizeof(n.info));
    end[-1] = 'x';
    n.info.newmail.lpszMessageClass = (char *)end - 1;
    unit_assert_hr(ScCountNotifications(1, &n, &size), MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(ScCopyNotifications(1, &n, copy, &size), MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(ScCountNotifications(1, NULL, &size), MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(ScCountNotifications(-1, &n, &size), MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(ScCopyNotifications(1, &n, NULL, &size), MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(ScRelocNotifications(1, NULL, &n, copy, &size), MAPI_E_INVALID_PARAMETER);
    n.ulEventType = fnevTableModified;
    memset(&n.info, 0, sizeof(n.info));
    n.info.tab.propIndex.ulPropTag = PROP_TAG(9, 1);
    unit_assert_hr(ScCountNotifications(1, &n, &size), MAPI_E_INVALID_PARAMETER);
    n.info.tab.propIndex.ulPropTag = PR_NULL;
    n.info.tab.propPrior.ulPropTag = PR_NULL;
    n.info.tab.row.cValues = 1;
    unit_assert_hr(ScCountNotifications(1, &n, &size), MAPI_E_INVALID_PARAMETER);
    ck_assert_uint_eq(size, 7);
}
END_TEST

static HRESULT copy_once(void *context)
{
    NOTIFICATION source[ARRAY_SIZE(all)], *copy;
    HRESULT hr;

    fill(source);
    if ((hr = notifications_copy(&memory_allocators, ARRAY_SIZE(all), source, &copy)) == S_OK)
        memory_free_buffer(copy);
    return hr;
}

START_TEST(failures)
{
    unit_fail_each(copy_once, NULL);
}
END_TEST

Suite *notification_suite(void)
{
    Suite *suite = suite_create("notification");
    TCase *tcase = tcase_create("notification");

    tcase_add_test(tcase, copied);
    tcase_add_test(tcase, moved);
    tcase_add_test(tcase, refused);
    tcase_add_test(tcase, failures);
    suite_add_tcase(suite, tcase);
    return suite;
}
