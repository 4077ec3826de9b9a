/*
 * The details page of one-off recipients
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

/* Also the page of an entry whose provider has no details of its own. */

#include "dialog/sheet.h"

HRESULT display_one_off_table(IMAPITable **ret)
{
    static DTBLLABEL label;
    static DTBLPAGE page;
    static DTBLEDIT name = { 0, MAPI_UNICODE, 0, PR_DISPLAY_NAME_W };
    static DTBLEDIT type = { 0, MAPI_UNICODE, 0, PR_ADDRTYPE_W };
    static DTBLEDIT address = { 0, MAPI_UNICODE, 0, PR_EMAIL_ADDRESS_W };
    static DTCTL controls[] =
    {
        { DTCT_PAGE, 0, NULL, 0, NULL, 0, { &page } },
        { DTCT_LABEL, 0, NULL, 0, NULL, IDC_ONE_OFF_LABEL1, { &label } },
        { DTCT_EDIT, 0, NULL, 0, NULL, IDC_ONE_OFF_NAME, { &name } },
        { DTCT_LABEL, 0, NULL, 0, NULL, IDC_ONE_OFF_LABEL2, { &label } },
        { DTCT_EDIT, 0, NULL, 0, NULL, IDC_ONE_OFF_ADDR, { &address } },
        { DTCT_LABEL, 0, NULL, 0, NULL, IDC_ONE_OFF_LABEL3, { &label } },
        { DTCT_EDIT, 0, NULL, 0, NULL, IDC_ONE_OFF_TYPE, { &type } }
    };
    static DTPAGE pages = { ARRAY_SIZE(controls), (LPTSTR)MAKEINTRESOURCEW(IDD_ONE_OFF), { NULL },
                            controls };

    return BuildDisplayTable(memory_allocators.allocate, memory_allocators.more,
                             memory_allocators.free,
                             NULL, dialog_instance(), 1, &pages, MAPI_UNICODE, ret, NULL);
}
