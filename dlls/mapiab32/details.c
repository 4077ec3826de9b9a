/*
 * Display tables of entries
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

/* PR_DETAILS_TABLE: one page a kind of entry; controls of an entry that is read-only cannot be
 * edited. */

#include "ab.h"
#include "details.h"

static DTBLPAGE page;
static DTBLLABEL label;
static DTBLEDIT name = { 0, 0, 255, PR_DISPLAY_NAME_W };
static DTBLEDIT given = { 0, 0, 255, PR_GIVEN_NAME_W };
static DTBLEDIT surname = { 0, 0, 255, PR_SURNAME_W };
static DTBLEDIT address = { 0, 0, 1024, PR_EMAIL_ADDRESS_W };
static DTBLEDIT address_type = { 0, 0, 32, PR_ADDRTYPE_W };
static DTBLEDIT company = { 0, 0, 255, PR_COMPANY_NAME_W };
static DTBLEDIT phone = { 0, 0, 255, PR_BUSINESS_TELEPHONE_NUMBER_W };
static DTBLEDIT comment = { 0, 0, 4096, PR_COMMENT_W };
static DTBLLBX members = { 0, PR_NULL, PR_CONTAINER_CONTENTS };

#define EDIT (DT_EDITABLE | DT_ACCEPT_DBCS)

static const DTCTL user_controls[] =
{
    { DTCT_PAGE, 0, NULL, 0, NULL, 0, { &page } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_NAME_LABEL, { &label } },
    { DTCT_EDIT, EDIT | DT_REQUIRED, NULL, 0, (LPTSTR)"*", IDC_NAME, { &name } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_GIVEN_LABEL, { &label } },
    { DTCT_EDIT, EDIT, NULL, 0, (LPTSTR)"*", IDC_GIVEN, { &given } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_SURNAME_LABEL, { &label } },
    { DTCT_EDIT, EDIT, NULL, 0, (LPTSTR)"*", IDC_SURNAME, { &surname } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_ADDRESS_LABEL, { &label } },
    { DTCT_EDIT, EDIT | DT_REQUIRED, NULL, 0, (LPTSTR)"*", IDC_ADDRESS, { &address } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_TYPE_LABEL, { &label } },
    { DTCT_EDIT, EDIT | DT_REQUIRED, NULL, 0, (LPTSTR)"*", IDC_TYPE, { &address_type } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_COMPANY_LABEL, { &label } },
    { DTCT_EDIT, EDIT, NULL, 0, (LPTSTR)"*", IDC_COMPANY, { &company } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_PHONE_LABEL, { &label } },
    { DTCT_EDIT, EDIT, NULL, 0, (LPTSTR)"*", IDC_PHONE, { &phone } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_COMMENT_LABEL, { &label } },
    { DTCT_EDIT, EDIT | DT_MULTILINE, NULL, 0, (LPTSTR)"*", IDC_COMMENT, { &comment } }
};

static const DTCTL list_controls[] =
{
    { DTCT_PAGE, 0, NULL, 0, NULL, 0, { &page } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_NAME_LABEL, { &label } },
    { DTCT_EDIT, EDIT | DT_REQUIRED, NULL, 0, (LPTSTR)"*", IDC_NAME, { &name } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_MEMBERS_LABEL, { &label } },
    { DTCT_LBX, 0, NULL, 0, NULL, IDC_MEMBERS, { &members } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_COMMENT_LABEL, { &label } },
    { DTCT_EDIT, EDIT | DT_MULTILINE, NULL, 0, (LPTSTR)"*", IDC_COMMENT, { &comment } }
};

HRESULT details_table(struct book *book, ULONG type, BOOL writable, IMAPITable **ret)
{
    DTCTL controls[ARRAY_SIZE(user_controls)];
    ULONG i, count = type == MAPI_DISTLIST ? ARRAY_SIZE(list_controls) : ARRAY_SIZE(user_controls);
    DTPAGE pages;

    memcpy(controls, type == MAPI_DISTLIST ? list_controls : user_controls,
           count * sizeof(*controls));
    for (i = 0; !writable && i < count; i++)
        controls[i].ulCtlFlags &= ~(DT_EDITABLE | DT_REQUIRED);
    memset(&pages, 0, sizeof(pages));
    pages.cctl = count;
    pages.lpszResourceName =
        (LPTSTR)MAKEINTRESOURCEA(type == MAPI_DISTLIST ? IDD_LIST : IDD_USER);
    pages.lpctl = controls;
    return BuildDisplayTable(MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL,
                             book->instance, 1, &pages, 0, ret, NULL);
}
