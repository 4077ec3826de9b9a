/*
 * Sample providers: what is in the address book
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
 * Two directories that nobody changes, one of them with a container below it, and a personal
 * address book that is empty at each logon. The staff has what makes names hard: two people of one
 * name, people whose names begin alike, a list in a list, and two lists that contain each other.
 */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "addrbook.h"

const MAPIUID ab_uid = {{0x6b, 0x1f, 0x50, 0x0e, 0x8d, 0x21, 0x4a, 0x33,
                         0x9e, 0x52, 0x2c, 0xa7, 0x10, 0x44, 0xd3, 0x01}};

enum number
{
    DIRECTORY = 1, STAFF, LONDON, PERSONAL,
    MANAGERS = 20, EVERYONE, EGG, HEN,
    FIRST_FREE = 1000
};

static const struct
{
    ULONG number;
    ULONG type;
    ULONG parent;                       /* 0: the top */
    const WCHAR *name;
    ULONG flags;
} lists[] =
{
    {DIRECTORY, MAPI_ABCONT, 0, L"Sample Directory", AB_RECIPIENTS | AB_UNMODIFIABLE},
    {STAFF, MAPI_ABCONT, 0, L"Sample Staff", AB_RECIPIENTS | AB_SUBCONTAINERS | AB_UNMODIFIABLE},
    {LONDON, MAPI_ABCONT, STAFF, L"London", AB_RECIPIENTS | AB_UNMODIFIABLE},
    {PERSONAL, MAPI_ABCONT, 0, L"Sample Personal Address Book", AB_RECIPIENTS | AB_SUBCONTAINERS | AB_MODIFIABLE},
    {MANAGERS, MAPI_DISTLIST, STAFF, L"Managers", AB_RECIPIENTS | AB_UNMODIFIABLE},
    {EVERYONE, MAPI_DISTLIST, STAFF, L"Everyone", AB_RECIPIENTS | AB_UNMODIFIABLE},
    {EGG, MAPI_DISTLIST, STAFF, L"Egg", AB_RECIPIENTS | AB_UNMODIFIABLE},
    {HEN, MAPI_DISTLIST, STAFF, L"Hen", AB_RECIPIENTS | AB_UNMODIFIABLE}
};

static const struct
{
    ULONG list;
    const WCHAR *name;
    const WCHAR *address;
} people[] =                            /* the number of each is its place, from 0 */
{
    {DIRECTORY, L"Ada Lovelace", L"ada@sample.example"},
    {DIRECTORY, L"Alan Turing", L"alan@sample.example"},
    {DIRECTORY, L"Grace Hopper", L"grace@sample.example"},
    {STAFF, L"John Smith", L"john@staff.example"},
    {STAFF, L"John Smith", L"john.smith@staff.example"},
    {STAFF, L"Joan Smythe", L"joan@staff.example"},
    {STAFF, L"Zoe Jones", L"zoe@staff.example"},
    {LONDON, L"Victor Large", L"victor@london.example"}
};

static const struct
{
    ULONG list;
    ULONG type;
    ULONG member;
} members[] =
{
    {MANAGERS, MAPI_MAILUSER, 5},
    {MANAGERS, MAPI_MAILUSER, 6},
    {EVERYONE, MAPI_DISTLIST, MANAGERS},
    {EVERYONE, MAPI_MAILUSER, 3},
    {EVERYONE, MAPI_MAILUSER, 4},
    {EVERYONE, MAPI_MAILUSER, 5},       /* and through the managers again */
    {EGG, MAPI_DISTLIST, HEN},
    {EGG, MAPI_MAILUSER, 6},
    {HEN, MAPI_DISTLIST, EGG},
    {HEN, MAPI_MAILUSER, 7}
};

void ab_entryid_init(struct ab_entryid *id, ULONG type, ULONG number)
{
    memset(id, 0, sizeof(*id));
    id->uid = ab_uid;
    id->type = type;
    id->number = number;
}

const struct ab_entryid *ab_entryid_from(ULONG size, const ENTRYID *entryid)
{
    const struct ab_entryid *id = (const struct ab_entryid *)entryid;

    if (size != sizeof(*id) || memcmp(&id->uid, &ab_uid, sizeof(ab_uid))) return NULL;
    return id;
}

static void set_binary(SPropValue *prop, ULONG tag, const void *data, ULONG size)
{
    prop->ulPropTag = tag;
    prop->dwAlignPad = 0;
    prop->Value.bin.cb = size;
    prop->Value.bin.lpb = (BYTE *)data;
}

static void set_long(SPropValue *prop, ULONG tag, LONG value)
{
    prop->ulPropTag = tag;
    prop->dwAlignPad = 0;
    prop->Value.l = value;
}

static void set_text(SPropValue *prop, ULONG tag, const WCHAR *text)
{
    prop->ulPropTag = tag;
    prop->dwAlignPad = 0;
    prop->Value.lpszW = (WCHAR *)text;
}

/* A table of our own; rows are found by their instance key, which is the entry ID. */
static HRESULT create_rows(const SPropTagArray *columns, ITableData **ret)
{
    return CreateTable(&IID_IMAPITableData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer,
                       NULL, TBLTYPE_DYNAMIC, PR_INSTANCE_KEY, (SPropTagArray *)columns, ret);
}

static HRESULT create_entries(ITableData **ret)
{
    static const SizedSPropTagArray(11, columns) =
    {
        11, {PR_DISPLAY_NAME_W, PR_EMAIL_ADDRESS_W, PR_ADDRTYPE_W, PR_ENTRYID, PR_OBJECT_TYPE, PR_DISPLAY_TYPE,
             PR_INSTANCE_KEY, PR_RECORD_KEY, PR_SEARCH_KEY, PR_TRANSMITABLE_DISPLAY_NAME_W, PR_SEND_RICH_INFO}
    };

    return create_rows((const SPropTagArray *)&columns, ret);
}

static HRESULT create_containers(ITableData **ret)
{
    static const SizedSPropTagArray(8, columns) =
    {
        8, {PR_DISPLAY_NAME_W, PR_ENTRYID, PR_OBJECT_TYPE, PR_DISPLAY_TYPE, PR_CONTAINER_FLAGS, PR_INSTANCE_KEY,
            PR_DEPTH, PR_AB_PROVIDER_ID}
    };

    return create_rows((const SPropTagArray *)&columns, ret);
}

static HRESULT create_templates(ITableData **ret)
{
    static const SizedSPropTagArray(7, columns) =
    {
        7, {PR_DISPLAY_NAME_W, PR_ENTRYID, PR_DEPTH, PR_SELECTABLE, PR_ADDRTYPE_W, PR_DISPLAY_TYPE, PR_INSTANCE_KEY}
    };

    return create_rows((const SPropTagArray *)&columns, ret);
}

ULONG book_new_number(struct ab_book *book)
{
    return InterlockedIncrement(&book->last_number);
}

struct ab_list *book_find_list(struct ab_book *book, ULONG type, ULONG number)
{
    struct ab_list *list;

    EnterCriticalSection(&book->cs);
    for (list = book->lists; list; list = list->next)
        if (list->type == type && list->number == number) break;
    LeaveCriticalSection(&book->cs);
    return list;
}

HRESULT list_find_row(struct ab_list *list, const struct ab_entryid *id, SRow **row)
{
    struct ab_entryid key;
    SPropValue index;

    *row = NULL;
    ab_entryid_init(&key, id->type, id->number);        /* without what is short-term */
    set_binary(&index, PR_INSTANCE_KEY, &key, sizeof(key));
    return ITableData_HrQueryRow(list->rows, &index, row, NULL);
}

HRESULT book_find_entry(struct ab_book *book, const struct ab_entryid *id, SRow **row,
                        struct ab_list **ret)
{
    struct ab_list *list;

    EnterCriticalSection(&book->cs);
    list = book->lists;
    LeaveCriticalSection(&book->cs);
    for (; list; list = list->next)     /* what is in the chain stays there */
    {
        if (list->type != MAPI_ABCONT || list_find_row(list, id, row) != S_OK) continue;
        *ret = list;
        return S_OK;
    }
    return MAPI_E_NOT_FOUND;
}

/* The row of a container, behind its parent's, in the tables of the hierarchy. */
static HRESULT add_container_row(struct ab_book *book, const struct ab_list *list,
                                 const WCHAR *name)
{
    const struct ab_list *above;
    struct ab_entryid id, parent;
    SPropValue props[8], index;
    ULONG place;
    HRESULT hr;
    SRow row = {0}, *found;

    ab_entryid_init(&id, MAPI_ABCONT, list->number);
    set_text(&props[0], PR_DISPLAY_NAME_W, name);
    set_binary(&props[1], PR_ENTRYID, &id, sizeof(id));
    set_long(&props[2], PR_OBJECT_TYPE, MAPI_ABCONT);
    set_long(&props[3], PR_DISPLAY_TYPE,
             list->flags & AB_MODIFIABLE ? DT_MODIFIABLE : list->parent ? DT_LOCAL : DT_GLOBAL);
    set_long(&props[4], PR_CONTAINER_FLAGS, list->flags);
    set_binary(&props[5], PR_INSTANCE_KEY, &id, sizeof(id));
    set_long(&props[6], PR_DEPTH, 0);
    for (above = list->parent; above; above = above->parent) props[6].Value.l++;
    set_binary(&props[7], PR_AB_PROVIDER_ID, &ab_uid, sizeof(ab_uid));
    row.cValues = 8;
    row.lpProps = props;
    if (!list->parent)
    {
        if (FAILED(hr = ITableData_HrModifyRow(book->top, &row))) return hr;
        return ITableData_HrModifyRow(book->all, &row);
    }
    ab_entryid_init(&parent, MAPI_ABCONT, list->parent->number);
    set_binary(&index, PR_INSTANCE_KEY, &parent, sizeof(parent));
    if (FAILED(hr = ITableData_HrQueryRow(book->all, &index, &found, &place))) return hr;
    MAPIFreeBuffer(found);
    return ITableData_HrInsertRow(book->all, place + 1, &row);
}

/* The row of a distribution list among the entries of the container it is in. MAPI itself puts the
 * members in its place when a message is sent, as its address type says. */
static HRESULT add_list_row(const struct ab_list *list, const WCHAR *name)
{
    struct ab_entryid id;
    SPropValue props[8];
    SRow row = {0};

    ab_entryid_init(&id, MAPI_DISTLIST, list->number);
    set_text(&props[0], PR_DISPLAY_NAME_W, name);
    set_text(&props[1], PR_ADDRTYPE_W, L"MAPIPDL");
    set_binary(&props[2], PR_ENTRYID, &id, sizeof(id));
    set_binary(&props[3], PR_INSTANCE_KEY, &id, sizeof(id));
    set_binary(&props[4], PR_RECORD_KEY, &id, sizeof(id));
    set_long(&props[5], PR_OBJECT_TYPE, MAPI_DISTLIST);
    set_long(&props[6], PR_DISPLAY_TYPE, DT_DISTLIST);
    set_text(&props[7], PR_TRANSMITABLE_DISPLAY_NAME_W, name);
    row.cValues = 8;
    row.lpProps = props;
    return ITableData_HrModifyRow(list->parent->rows, &row);
}

HRESULT book_add_list(struct ab_book *book, struct ab_list *parent, ULONG type, ULONG number,
                      const WCHAR *name, ULONG flags, struct ab_list **ret)
{
    struct ab_list *list;
    HRESULT hr;

    if (!(list = calloc(1, sizeof(*list)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    list->parent = parent;
    list->type = type;
    list->number = number;
    list->flags = flags;
    if (SUCCEEDED(hr = create_entries(&list->rows)))
    {
        hr = type == MAPI_ABCONT ? add_container_row(book, list, name) : add_list_row(list, name);
        if (SUCCEEDED(hr))
        {
            EnterCriticalSection(&book->cs);
            list->next = book->lists;
            book->lists = list;
            LeaveCriticalSection(&book->cs);
            if (ret) *ret = list;
            return S_OK;
        }
        ITableData_Release(list->rows);
    }
    free(list);
    return hr;
}

static HRESULT add_person(struct ab_book *book, ULONG number)
{
    const WCHAR *name = people[number].name, *address = people[number].address;
    struct ab_entryid id;
    SPropValue props[11];
    char key[128];
    SRow row = {0};
    int i;

    /* TYPE:ADDRESS in capitals is the same for everything that leads to this mailbox */
    for (i = sprintf(key, "SAMPLE:"); *address && i < 126; i++, address++)
        key[i] = *address >= 'a' && *address <= 'z' ? *address - 32 : (char)*address;
    key[i] = 0;
    ab_entryid_init(&id, MAPI_MAILUSER, number);
    set_text(&props[0], PR_DISPLAY_NAME_W, name);
    set_text(&props[1], PR_EMAIL_ADDRESS_W, people[number].address);
    set_text(&props[2], PR_ADDRTYPE_W, L"SAMPLE");
    set_binary(&props[3], PR_ENTRYID, &id, sizeof(id));
    set_long(&props[4], PR_OBJECT_TYPE, MAPI_MAILUSER);
    set_long(&props[5], PR_DISPLAY_TYPE, DT_MAILUSER);
    set_binary(&props[6], PR_INSTANCE_KEY, &id, sizeof(id));
    set_binary(&props[7], PR_RECORD_KEY, &id, sizeof(id));
    set_binary(&props[8], PR_SEARCH_KEY, key, i + 1);
    set_text(&props[9], PR_TRANSMITABLE_DISPLAY_NAME_W, name);
    props[10].ulPropTag = PR_SEND_RICH_INFO;
    props[10].dwAlignPad = 0;
    props[10].Value.b = TRUE;
    row.cValues = 11;
    row.lpProps = props;
    return ITableData_HrModifyRow(book_find_list(book, MAPI_ABCONT, people[number].list)->rows,
                                  &row);
}

static HRESULT add_member(struct ab_book *book, ULONG number)
{
    struct ab_entryid id;
    struct ab_list *from;
    SRow *row;
    HRESULT hr;

    ab_entryid_init(&id, members[number].type, members[number].member);
    if (FAILED(hr = book_find_entry(book, &id, &row, &from))) return hr;
    hr = ITableData_HrModifyRow(book_find_list(book, MAPI_DISTLIST, members[number].list)->rows,
                                row);
    MAPIFreeBuffer(row);
    return hr;
}

HRESULT book_add_template(struct ab_book *book, const WCHAR *name, const WCHAR *type, ULONG object,
                          ULONG depth)
{
    struct ab_entryid id;
    SPropValue props[7];
    SRow row = {0};

    ab_entryid_init(&id, object | AB_TEMPLATE, book_new_number(book));
    set_text(&props[0], PR_DISPLAY_NAME_W, name);
    set_binary(&props[1], PR_ENTRYID, &id, sizeof(id));
    set_long(&props[2], PR_DEPTH, depth);
    props[3].ulPropTag = PR_SELECTABLE;
    props[3].dwAlignPad = 0;
    props[3].Value.b = object != 0;
    set_text(&props[4], PR_ADDRTYPE_W, type);
    set_long(&props[5], PR_DISPLAY_TYPE, object == MAPI_DISTLIST ? DT_DISTLIST : DT_MAILUSER);
    set_binary(&props[6], PR_INSTANCE_KEY, &id, sizeof(id));
    row.cValues = 7;
    row.lpProps = props;
    return ITableData_HrModifyRow(book->templates, &row);
}

/* A heading, which cannot be selected, and what stands under it. */
static HRESULT fill_templates(struct ab_book *book)
{
    HRESULT hr;

    if (FAILED(hr = book_add_template(book, L"Sample Address Book", L"", 0, 0))) return hr;
    if (FAILED(hr = book_add_template(book, L"Sample User", L"SAMPLE", MAPI_MAILUSER, 1)))
        return hr;
    return book_add_template(book, L"Sample List", L"MAPIPDL", MAPI_DISTLIST, 1);
}

static HRESULT fill(struct ab_book *book)
{
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; i < ARRAYSIZE(lists) && SUCCEEDED(hr); i++)
        hr = book_add_list(book, book_find_list(book, MAPI_ABCONT, lists[i].parent), lists[i].type,
                           lists[i].number, lists[i].name, lists[i].flags, NULL);
    for (i = 0; i < ARRAYSIZE(people) && SUCCEEDED(hr); i++) hr = add_person(book, i);
    for (i = 0; i < ARRAYSIZE(members) && SUCCEEDED(hr); i++) hr = add_member(book, i);
    if (SUCCEEDED(hr) && behavior_is(KIND_ADDRESS_BOOK, "crowd")) hr = crowd_add(book);
    return SUCCEEDED(hr) ? fill_templates(book) : hr;
}

HRESULT book_create(struct ab_book **ret)
{
    struct ab_book *book;
    HRESULT hr;

    *ret = NULL;
    if (!(book = calloc(1, sizeof(*book)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    InitializeCriticalSection(&book->cs);
    book->last_number = FIRST_FREE;
    if (FAILED(hr = create_containers(&book->top)) || FAILED(hr = create_containers(&book->all))
        || FAILED(hr = create_templates(&book->templates)) || FAILED(hr = fill(book)))
    {
        book_destroy(book);
        return hr;
    }
    *ret = book;
    return S_OK;
}

void book_destroy(struct ab_book *book)
{
    struct ab_list *list;

    while ((list = book->lists))
    {
        book->lists = list->next;
        ITableData_Release(list->rows);
        free(list);
    }
    if (book->top) ITableData_Release(book->top);
    if (book->all) ITableData_Release(book->all);
    if (book->templates) ITableData_Release(book->templates);
    DeleteCriticalSection(&book->cs);
    free(book);
}
