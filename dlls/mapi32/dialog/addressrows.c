/*
 * The rows of a container, loaded as they are looked at
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
 * A contents table of any length behind a list that shows a few of its rows. Rows are read in
 * pages; the pages looked at last are kept, and the table is left where the last read ended, so
 * that paging down never seeks. Nothing is read before somebody asks for it, but the number of
 * rows.
 *
 * Invariant: page number n holds rows n * PAGE_ROWS on, PAGE_ROWS of them unless the table ends
 * there.
 */

#include "dialog/address.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

/* Tells a window that the table has changed; once until it has looked. */
struct row_sink
{
    IMAPIAdviseSink IMAPIAdviseSink_iface;
    LONG ref;
    LONG told;
    HWND window;
    UINT message;
};

static struct row_sink *impl_from_IMAPIAdviseSink(IMAPIAdviseSink *iface)
{
    return CONTAINING_RECORD(iface, struct row_sink, IMAPIAdviseSink_iface);
}

static HRESULT WINAPI sink_QueryInterface(IMAPIAdviseSink *iface, REFIID iid, void **ret)
{
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!iid) return MAPI_E_INVALID_PARAMETER;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPIAdviseSink))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IMAPIAdviseSink_AddRef(iface);
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI sink_AddRef(IMAPIAdviseSink *iface)
{
    return InterlockedIncrement(&impl_from_IMAPIAdviseSink(iface)->ref);
}

static ULONG WINAPI sink_Release(IMAPIAdviseSink *iface)
{
    struct row_sink *sink = impl_from_IMAPIAdviseSink(iface);
    LONG ref = InterlockedDecrement(&sink->ref);

    if (!ref) platform_free(sink);
    return ref;
}

static ULONG WINAPI sink_OnNotify(IMAPIAdviseSink *iface, ULONG count, NOTIFICATION *notifications)
{
    struct row_sink *sink = impl_from_IMAPIAdviseSink(iface);

    if (!InterlockedExchange(&sink->told, 1)) PostMessageW(sink->window, sink->message, 0, 0);
    return 0;
}

static const IMAPIAdviseSinkVtbl sink_vtbl =
{
    sink_QueryInterface,
    sink_AddRef,
    sink_Release,
    sink_OnNotify
};

static void advise(struct row_list *list, HWND window, UINT message)
{
    struct row_sink *sink = platform_alloc_zero(sizeof(*sink));

    if (!sink) return;
    sink->IMAPIAdviseSink_iface.lpVtbl = (IMAPIAdviseSinkVtbl *)&sink_vtbl;
    sink->ref = 1;
    sink->window = window;
    sink->message = message;
    list->sink = sink;
    if (FAILED(table_Advise(&list->party, list->table, &sink->IMAPIAdviseSink_iface,
                            &list->connection)))
        TRACE("%s does not tell of changes\n", debugstr_w(list->party.name));
}

static void forget_pages(struct row_list *list)
{
    ULONG i;

    for (i = 0; i < PAGES; i++)
    {
        rows_free(&memory_allocators, list->pages[i].rows);
        list->pages[i].rows = NULL;
    }
    list->next = TABLE_NEXT;
}

/* Where the table cannot count, the list grows as its end comes into view. */
static void count_rows(struct row_list *list)
{
    HRESULT hr;

    if (list->search)
    {
        list->count = 0;
        list->counted = TRUE;
        return;
    }
    hr = table_GetRowCount(&list->party, list->table, &list->count);
    list->counted = hr == S_OK;
    if (FAILED(hr)) list->count = list->party.broken ? 0 : PAGE_ROWS;
    if (list->count > MAXLONG) list->count = MAXLONG;
}

HRESULT row_list_open(struct row_list *list, IAddrBook *book, const struct container *container,
                      const SRestriction *restriction, HWND window, UINT message)
{
    static const SizedSPropTagArray(9, columns) =
    {
        9,
        {
            PR_ENTRYID, PR_DISPLAY_NAME_W, PR_EMAIL_ADDRESS_W, PR_ADDRTYPE_W, PR_DISPLAY_TYPE,
            PR_OBJECT_TYPE, PR_SEARCH_KEY, PR_SEND_RICH_INFO, PR_INSTANCE_KEY
        }
    };
    IUnknown *unknown;
    ULONG type;
    HRESULT hr;

    list->restriction = restriction;
    list->next = TABLE_NEXT;
    if (!(list->party.name = text_dup(container->name))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = IAddrBook_OpenEntry(book, container->size, container->id, &IID_IABContainer, 0, &type,
                             &unknown);
    if (FAILED(hr)) return hr;
    list->container = (IABContainer *)unknown;
    if (type != MAPI_ABCONT && type != MAPI_DISTLIST) return MAPI_E_INVALID_ENTRYID;
    hr = container_GetContentsTable(&list->party, list->container, &list->table);
    if (FAILED(hr)) return hr;
    hr = table_SetColumns(&list->party, list->table, (const SPropTagArray *)&columns);
    if (SUCCEEDED(hr) && restriction)
        hr = table_Restrict(&list->party, list->table, restriction);
    if (FAILED(hr)) return hr;
    list->search = list->find_on_open = (container->flags & AB_FIND_ON_OPEN) != 0;
    if (!list->find_on_open)
        list->by_name = table_SortTable(&list->party, list->table, PR_DISPLAY_NAME_W) == S_OK;
    advise(list, window, message);
    count_rows(list);
    return S_OK;
}

void row_list_close(struct row_list *list)
{
    if (list->connection) table_Unadvise(&list->party, list->table, list->connection);
    if (list->sink) IMAPIAdviseSink_Release(&list->sink->IMAPIAdviseSink_iface);
    forget_pages(list);
    object_Release(&list->party, list->table);
    object_Release(&list->party, list->container);
    platform_free(list->party.name);
    memset(list, 0, sizeof(*list));
}

static struct row_page *page_for(struct row_list *list, ULONG number)
{
    struct row_page *oldest = &list->pages[0];
    ULONG i;

    for (i = 0; i < PAGES; i++)
    {
        if (!list->pages[i].rows) oldest = &list->pages[i];
        else if (list->pages[i].number == number) return &list->pages[i];
        else if (oldest->rows && list->pages[i].used < oldest->used)
            oldest = &list->pages[i];
    }
    rows_free(&memory_allocators, oldest->rows);
    oldest->rows = NULL;
    oldest->number = number;
    return oldest;
}

/* What a read says of the length: it ends where fewer rows came than were asked for. */
static void learn_length(struct row_list *list, ULONG start, ULONG got)
{
    if (got < PAGE_ROWS) list->count = start + got;
    else if (!list->counted && start + got >= list->count && list->count < MAXLONG - PAGE_ROWS)
        list->count = start + got + PAGE_ROWS;
}

static BOOL load_page(struct row_list *list, struct row_page *page)
{
    ULONG start = page->number * PAGE_ROWS;

    if (FAILED(table_Read(&list->party, list->table, list->next == start ? TABLE_NEXT : start,
                          PAGE_ROWS, &page->rows))
        && FAILED(rows_alloc(&memory_allocators, 0, &page->rows)))
        return FALSE;
    list->next = start + page->rows->cRows;
    learn_length(list, start, page->rows->cRows);
    return TRUE;
}

const SRow *row_list_row(struct row_list *list, ULONG index)
{
    struct row_page *page;

    if (!list->table || index >= list->count) return NULL;
    page = page_for(list, index / PAGE_ROWS);
    if (!page->rows && !load_page(list, page)) return NULL;
    page->used = ++list->clock;
    index %= PAGE_ROWS;
    return index < page->rows->cRows ? &page->rows->aRow[index] : NULL;
}

static BOOL begins_with(const SRow *row, const WCHAR *text)
{
    const SPropValue *name = props_find(row->lpProps, row->cValues, PR_DISPLAY_NAME_W);
    BOOL no_memory;

    return name
           && text_contains(FL_PREFIX | FL_IGNORECASE, name->Value.lpszW,
                            text_length(name->Value.lpszW), text, text_length(text), &no_memory);
}

static BOOL find(struct row_list *list, const SRestriction *restriction, ULONG *index)
{
    HRESULT hr = table_FindRow(&list->party, list->table, restriction, index);

    list->next = TABLE_NEXT;            /* wherever the table stands now */
    return SUCCEEDED(hr);
}

/* In a table in the order of names, the first that is not before the text is the one, or there is
 * none; every provider can do that one. Elsewhere the prefix is looked for. */
BOOL row_list_find(struct row_list *list, const WCHAR *text, ULONG *index)
{
    SRestriction restriction;
    SPropValue value;
    const SRow *row;

    if (!list->table || list->search || !*text) return FALSE;
    value.ulPropTag = PR_DISPLAY_NAME_W;
    value.dwAlignPad = 0;
    value.Value.lpszW = (WCHAR *)text;
    if (list->by_name)
    {
        restriction.rt = RES_PROPERTY;
        restriction.res.resProperty.relop = RELOP_GE;
        restriction.res.resProperty.ulPropTag = PR_DISPLAY_NAME_W;
        restriction.res.resProperty.lpProp = &value;
        if (find(list, &restriction, index) && (row = row_list_row(list, *index))
            && begins_with(row, text))
            return TRUE;
    }
    restriction.rt = RES_CONTENT;
    restriction.res.resContent.ulFuzzyLevel = FL_PREFIX | FL_IGNORECASE;
    restriction.res.resContent.ulPropTag = PR_DISPLAY_NAME_W;
    restriction.res.resContent.lpProp = &value;
    return find(list, &restriction, index);
}

BOOL row_list_find_key(struct row_list *list, const SBinary *key, ULONG *index)
{
    SRestriction restriction;
    SPropValue value;

    if (!list->table || list->search) return FALSE;
    value.ulPropTag = PR_INSTANCE_KEY;
    value.dwAlignPad = 0;
    value.Value.bin = *key;
    restriction.rt = RES_PROPERTY;
    restriction.res.resProperty.relop = RELOP_EQ;
    restriction.res.resProperty.ulPropTag = PR_INSTANCE_KEY;
    restriction.res.resProperty.lpProp = &value;
    return find(list, &restriction, index);
}

HRESULT row_list_search(struct row_list *list, const WCHAR *text)
{
    SRestriction both[2], all, name;
    const SRestriction *use = list->restriction;
    SPropValue value;
    HRESULT hr;

    if (!list->table) return MAPI_E_NOT_FOUND;
    if (text && *text)
    {
        value.ulPropTag = PR_ANR_W;
        value.dwAlignPad = 0;
        value.Value.lpszW = (WCHAR *)text;
        name.rt = RES_PROPERTY;
        name.res.resProperty.relop = RELOP_EQ;
        name.res.resProperty.ulPropTag = PR_ANR_W;
        name.res.resProperty.lpProp = &value;
        use = &name;
        if (list->restriction)
        {
            both[0] = *list->restriction;
            both[1] = name;
            all.rt = RES_AND;
            all.res.resAnd.cRes = 2;
            all.res.resAnd.lpRes = both;
            use = &all;
        }
    }
    hr = table_Restrict(&list->party, list->table, use);
    list->search = list->find_on_open && (FAILED(hr) || !text || !*text);
    forget_pages(list);
    count_rows(list);
    return hr;
}

void row_list_changed(struct row_list *list)
{
    if (list->sink) InterlockedExchange(&list->sink->told, 0);
    if (!list->table) return;
    forget_pages(list);
    count_rows(list);
}
