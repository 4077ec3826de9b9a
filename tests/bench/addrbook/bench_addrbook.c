/*
 * Benchmark: resolving names
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
 * Microseconds a name of IAddrBook::ResolveName for lists of several lengths, beside the provider's
 * own part of it: the same list given to the container directly, and, where the container does not
 * resolve, the same restriction of its contents table. What is between the two is the subsystem's.
 */

#define COBJMACROS
#include <initguid.h>
#include <windows.h>
#include <mapix.h>
#include <mapiutil.h>
#include <stdio.h>
#include <stdlib.h>

#include "sample.h"

#define NAME "wm bench"

static IMAPISession *session;
static IAddrBook *book;
static IABContainer *container;

static double now_us(void)
{
    static LARGE_INTEGER frequency;
    LARGE_INTEGER counter;

    if (!frequency.QuadPart) QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&counter);
    return counter.QuadPart * 1e6 / frequency.QuadPart;
}

static void check(HRESULT hr, const char *what)
{
    if (SUCCEEDED(hr)) return;
    fprintf(stderr, "bench_addrbook: %s: 0x%08lx\n", what, (unsigned long)hr);
    exit(1);
}

static ADRLIST *make_list(ULONG count)
{
    static const WCHAR *const names[] = { L"ada", L"alan", L"grace" };
    SPropValue *props;
    ADRLIST *list;
    ULONG i;

    check(MAPIAllocateBuffer(CbNewADRLIST(count), (void **)&list), "allocate");
    memset(list, 0, CbNewADRLIST(count));
    list->cEntries = count;
    for (i = 0; i < count; i++)
    {
        check(MAPIAllocateBuffer(sizeof(*props), (void **)&props), "allocate");
        props->ulPropTag = PR_DISPLAY_NAME_W;
        props->dwAlignPad = 0;
        props->Value.lpszW = (WCHAR *)names[i % ARRAYSIZE(names)];
        list->aEntries[i].cValues = 1;
        list->aEntries[i].rgPropVals = props;
    }
    return list;
}

static double through_book(ULONG count)
{
    ADRLIST *list = make_list(count);
    double start = now_us();

    check(IAddrBook_ResolveName(book, 0, MAPI_UNICODE, NULL, list), "ResolveName");
    start = now_us() - start;
    FreePadrlist(list);
    return start / count;
}

static double by_container(ULONG count)
{
    ADRLIST *list = make_list(count);
    FlagList *marks;
    double start;

    check(MAPIAllocateBuffer(FIELD_OFFSET(FlagList, ulFlag[count]), (void **)&marks), "allocate");
    memset(marks, 0, FIELD_OFFSET(FlagList, ulFlag[count]));
    marks->cFlags = count;
    start = now_us();
    check(IABContainer_ResolveNames(container, NULL, MAPI_UNICODE, list, marks), "ResolveNames");
    start = now_us() - start;
    MAPIFreeBuffer(marks);
    FreePadrlist(list);
    return start / count;
}

static double by_restriction(ULONG count)
{
    ADRLIST *list = make_list(count);
    SRestriction restriction;
    IMAPITable *table;
    SPropValue name;
    double start = now_us();
    SRowSet *rows;
    ULONG i;

    for (i = 0; i < count; i++)
    {
        name.ulPropTag = PR_ANR_W;
        name.Value.lpszW = list->aEntries[i].rgPropVals[0].Value.lpszW;
        restriction.rt = RES_PROPERTY;
        restriction.res.resProperty.relop = RELOP_EQ;
        restriction.res.resProperty.ulPropTag = PR_ANR_W;
        restriction.res.resProperty.lpProp = &name;
        check(IABContainer_GetContentsTable(container, MAPI_UNICODE, &table), "GetContentsTable");
        check(IMAPITable_Restrict(table, &restriction, 0), "Restrict");
        check(IMAPITable_QueryRows(table, 2, 0, &rows), "QueryRows");
        FreeProws(rows);
        IMAPITable_Release(table);
    }
    start = now_us() - start;
    FreePadrlist(list);
    return start / count;
}

static void compare(const char *what, double (*provider)(ULONG count), double (*whole)(ULONG count))
{
    static const ULONG counts[] = { 1, 10, 100, 1000 };
    double alone, all;
    unsigned int i;
    int j;

    printf("%s\n%8s %14s %14s %8s\n", what, "names", "provider, us", "in all, us", "ratio");
    for (i = 0; i < ARRAYSIZE(counts); i++)
    {
        provider(counts[i]);
        whole(counts[i]);
        for (j = 0, alone = all = 0; j < 10; j++)
        {
            alone += provider(counts[i]) / 10;
            all += whole(counts[i]) / 10;
        }
        printf("%8lu %14.1f %14.1f %8.2f\n", (unsigned long)counts[i], alone, all, all / alone);
    }
}

int main(void)
{
    SRowSet *path;
    ULONG type;

    if (!sample_install())
        check(E_FAIL, "find sample32.dll beside this program or in %SAMPLE_PROVIDERS%");
    check(MAPIInitialize(NULL), "MAPIInitialize");
    check(sample_create_profile(NAME), "create a profile");
    check(MAPILogonEx(0, (LPTSTR)NAME, NULL,
                      MAPI_EXTENDED | MAPI_EXPLICIT_PROFILE | MAPI_NEW_SESSION | MAPI_NO_MAIL,
                      &session),
          "MAPILogonEx");
    check(IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, &book), "OpenAddressBook");
    /* one container: the default path's second, the directory */
    check(IAddrBook_GetSearchPath(book, 0, &path), "GetSearchPath");
    if (path->cRows < 2) check(E_FAIL, "find the directory");
    check(IAddrBook_OpenEntry(book,
                              PpropFindProp(path->aRow[1].lpProps, path->aRow[1].cValues,
                                            PR_ENTRYID)
                                  ->Value.bin.cb,
                              (ENTRYID *)PpropFindProp(path->aRow[1].lpProps, path->aRow[1].cValues,
                                                       PR_ENTRYID)
                                  ->Value.bin.lpb,
                              NULL, 0, &type, (IUnknown **)&container),
          "OpenEntry");
    MAPIFreeBuffer(path->aRow[0].lpProps);
    path->aRow[0] = path->aRow[1];
    for (type = 2; type < path->cRows; type++) MAPIFreeBuffer(path->aRow[type].lpProps);
    path->cRows = 1;
    check(IAddrBook_SetSearchPath(book, 0, path), "SetSearchPath");
    FreeProws(path);

    compare("ResolveName, the container resolves", by_container, through_book);
    sample_behave("ab.ResolveNames=veto");
    compare("ResolveName, by PR_ANR", by_restriction, through_book);
    sample_behave(NULL);

    IABContainer_Release(container);
    IAddrBook_Release(book);
    IMAPISession_Logoff(session, 0, 0, 0);
    IMAPISession_Release(session);
    sample_delete_profile(NAME);
    MAPIUninitialize();
    sample_remove();
    return 0;
}
