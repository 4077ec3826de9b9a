/*
 * Benchmark: a personal address book of many entries
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
 * bench_contacts PROFILE NAME: milliseconds of what a client does first with a personal address
 * book, each the first time in a process: open the contents table and read a page, sort it by name,
 * restrict it to PR_ANR, resolve a name that is there and one that is not.
 */

#define COBJMACROS
#include <initguid.h>
#include <windows.h>
#include <mapix.h>
#include <mapiutil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static double now_ms(void)
{
    static LARGE_INTEGER frequency;
    LARGE_INTEGER counter;

    if (!frequency.QuadPart) QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&counter);
    return counter.QuadPart * 1e3 / frequency.QuadPart;
}

static void check(HRESULT hr, const char *what)
{
    if (SUCCEEDED(hr)) return;
    fprintf(stderr, "bench_contacts: %s: 0x%08lx\n", what, (unsigned long)hr);
    exit(1);
}

static double page_ms(IMAPITable *table)
{
    double start = now_ms();
    SRowSet *rows;

    check(IMAPITable_QueryRows(table, 50, 0, &rows), "QueryRows");
    FreeProws(rows);
    return now_ms() - start;
}

static double resolve_ms(IABContainer *pab, const char *name, ULONG expected)
{
    double start;
    SPropValue *prop;
    FlagList marks;
    ADRLIST *list;

    check(MAPIAllocateBuffer(CbNewADRLIST(1), (void **)&list), "memory");
    check(MAPIAllocateBuffer(sizeof(*prop), (void **)&prop), "memory");
    memset(prop, 0, sizeof(*prop));
    prop->ulPropTag = PR_DISPLAY_NAME_A;
    prop->Value.lpszA = (char *)name;
    list->cEntries = 1;
    list->aEntries[0].ulReserved1 = 0;
    list->aEntries[0].cValues = 1;
    list->aEntries[0].rgPropVals = prop;
    marks.cFlags = 1;
    marks.ulFlag[0] = MAPI_UNRESOLVED;
    start = now_ms();
    check(IABContainer_ResolveNames(pab, NULL, 0, list, &marks), "ResolveNames");
    start = now_ms() - start;
    if (marks.ulFlag[0] != expected) check(MAPI_E_NOT_FOUND, "another result");
    FreePadrlist(list);
    return start;
}

int main(int argc, char **argv)
{
    SizedSSortOrderSet(1, order) = { 1, 0, 0, { { PR_DISPLAY_NAME_A, TABLE_SORT_ASCEND } } };
    double logon, open, page, sort, anr, first, again, missing;
    SRestriction restriction;
    IMAPISession *session;
    IABContainer *pab;
    ULONG size, type, count;
    IMAPITable *table;
    SPropValue prop;
    IAddrBook *book;
    ENTRYID *id;

    if (argc < 3) return 2;
    check(MAPIInitialize(NULL), "MAPIInitialize");
    logon = now_ms();
    check(MAPILogonEx(0, (LPTSTR)argv[1], NULL,
                      MAPI_EXTENDED | MAPI_EXPLICIT_PROFILE | MAPI_NEW_SESSION | MAPI_NO_MAIL,
                      &session),
          "MAPILogonEx");
    check(IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, &book), "OpenAddressBook");
    check(IAddrBook_GetPAB(book, &size, &id), "GetPAB");
    check(IAddrBook_OpenEntry(book, size, id, NULL, 0, &type, (IUnknown **)&pab), "OpenEntry");
    logon = now_ms() - logon;
    first = resolve_ms(pab, argv[2], MAPI_RESOLVED);
    again = resolve_ms(pab, argv[2], MAPI_RESOLVED);
    missing = resolve_ms(pab, "nobody is called so", MAPI_UNRESOLVED);
    open = now_ms();
    check(IABContainer_GetContentsTable(pab, 0, &table), "GetContentsTable");
    check(IMAPITable_GetRowCount(table, 0, &count), "GetRowCount");
    open = now_ms() - open;
    page = page_ms(table);
    sort = now_ms();
    check(IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0), "SortTable");
    sort = now_ms() - sort + page_ms(table);
    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = PR_ANR_A;
    prop.Value.lpszA = argv[2];
    memset(&restriction, 0, sizeof(restriction));
    restriction.rt = RES_PROPERTY;
    restriction.res.resProperty.relop = RELOP_EQ;
    restriction.res.resProperty.ulPropTag = PR_ANR_A;
    restriction.res.resProperty.lpProp = &prop;
    anr = now_ms();
    check(IMAPITable_Restrict(table, &restriction, 0), "Restrict");
    anr = now_ms() - anr + page_ms(table);
    printf("%8lu %8.1f %14.2f %8.2f %8.2f %10.2f %8.2f %8.2f %8.2f\n", (unsigned long)count, logon,
           first, again, missing, open, page, sort, anr);
    IMAPITable_Release(table);
    IABContainer_Release(pab);
    MAPIFreeBuffer(id);
    IAddrBook_Release(book);
    IMAPISession_Logoff(session, 0, 0, 0);
    IMAPISession_Release(session);
    MAPIUninitialize();
    return 0;
}
