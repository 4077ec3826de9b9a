/*
 * mapictl: contacts
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

/* The personal address book. Whoever is named is meant as a typed recipient is (PR_ANR), a whole
 * name that only one has before the others, or by entry ID. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "contacts.h"

/* Names of properties that no reference has an identifier for. */
static const GUID contact_guid = {
    0x2f0d8a51, 0x6c1e, 0x4d0b, {0x8e, 0x27, 0x91, 0x3b, 0x5a, 0xc4, 0xd7, 0x60}};
static const GUID public_strings = {0x00020329, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};

/* ---- the container ---- */

static void name_properties(struct contact_book *book)
{
    MAPINAMEID ids[3], *names[3] = {&ids[0], &ids[1], &ids[2]};
    SPropTagArray *tags;

    memset(ids, 0, sizeof(ids));
    ids[0].lpguid = ids[1].lpguid = (GUID *)&contact_guid;
    ids[2].lpguid = (GUID *)&public_strings;
    ids[0].ulKind = ids[1].ulKind = ids[2].ulKind = MNID_STRING;
    ids[0].Kind.lpwstrName = (WCHAR *)L"Uid";
    ids[1].Kind.lpwstrName = (WCHAR *)L"Photo";
    ids[2].Kind.lpwstrName = (WCHAR *)L"Keywords";
    if (FAILED(IABContainer_GetIDsFromNames(book->pab, 3, names, MAPI_CREATE, &tags))) return;
    if (PROP_ID(tags->aulPropTag[0]))
        book->uid_tag = CHANGE_PROP_TYPE(tags->aulPropTag[0], PT_UNICODE);
    if (PROP_ID(tags->aulPropTag[1]))
        book->photo_tag = CHANGE_PROP_TYPE(tags->aulPropTag[1], PT_BINARY);
    if (PROP_ID(tags->aulPropTag[2]))
        book->categories_tag = CHANGE_PROP_TYPE(tags->aulPropTag[2], PT_MV_UNICODE);
    MAPIFreeBuffer(tags);
}

int contacts_open(struct arguments *args, struct contact_book *book)
{
    const WCHAR *profile = take_value(args, L"--profile");
    ENTRYID *id;
    ULONG type;
    HRESULT hr;
    int ret;

    memset(book, 0, sizeof(*book));
    if ((ret = open_session(profile, TRUE, &book->session))) return ret;
    hr = IMAPISession_OpenAddressBook(book->session, 0, NULL, AB_NO_DIALOG, &book->book);
    if (book->book && SUCCEEDED(hr = IAddrBook_GetPAB(book->book, &book->id.cb, &id)))
    {
        book->id.lpb = (BYTE *)id;
        hr = IAddrBook_OpenEntry(book->book, book->id.cb, id, &IID_IABContainer, MAPI_BEST_ACCESS,
                                 &type, (IUnknown **)&book->pab);
    }
    if (book->pab)
    {
        name_properties(book);
        return EXIT_OK;
    }
    ret =
        hr == MAPI_E_NOT_FOUND || SUCCEEDED(hr) ? fail(
            L"the profile has no personal address book; 'mapictl service add PROFILE MAPIAB' adds one")
                                                : fail_hr(
                                                    hr,
                                                    L"the personal address book cannot be opened");
    contacts_close(book);
    return ret;
}

void contacts_close(struct contact_book *book)
{
    if (book->pab) IABContainer_Release(book->pab);
    MAPIFreeBuffer(book->id.lpb);
    if (book->book) IAddrBook_Release(book->book);
    if (book->session)
    {
        IMAPISession_Logoff(book->session, 0, 0, 0);
        IMAPISession_Release(book->session);
    }
    memset(book, 0, sizeof(*book));
}

HRESULT contacts_table(struct contact_book *book, const WCHAR *text, SPropTagArray *columns,
                       IMAPITable **ret)
{
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{PR_DISPLAY_NAME_W, TABLE_SORT_ASCEND}}};
    SRestriction restriction;
    SPropValue prop;
    HRESULT hr;

    if (FAILED(hr = IABContainer_GetContentsTable(book->pab, MAPI_UNICODE, ret))) return hr;
    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = PR_ANR_W;
    prop.Value.lpszW = (WCHAR *)text;
    memset(&restriction, 0, sizeof(restriction));
    restriction.rt = RES_PROPERTY;
    restriction.res.resProperty.relop = RELOP_EQ;
    restriction.res.resProperty.ulPropTag = PR_ANR_W;
    restriction.res.resProperty.lpProp = &prop;
    hr = IMAPITable_SetColumns(*ret, columns, 0);
    if (SUCCEEDED(hr) && text) hr = IMAPITable_Restrict(*ret, &restriction, 0);
    if (SUCCEEDED(hr)) hr = IMAPITable_SortTable(*ret, (SSortOrderSet *)&order, 0);
    if (FAILED(hr)) IMAPITable_Release(*ret);
    return hr;
}

HRESULT contacts_create(struct contact_book *book, BOOL list, ULONG count, SPropValue *props,
                        const void *photo, size_t photo_size, SPropValue **id)
{
    SPropProblemArray *problems = NULL;
    SPropValue *template;
    IMAPIProp *entry;
    HRESULT hr;

    *id = NULL;
    hr = HrGetOneProp((IMAPIProp *)book->pab, list ? PR_DEF_CREATE_DL : PR_DEF_CREATE_MAILUSER,
                      &template);
    if (FAILED(hr)) return hr == MAPI_E_NOT_FOUND ? MAPI_E_NO_ACCESS : hr;
    hr = IABContainer_CreateEntry(book->pab, template->Value.bin.cb,
                                  (ENTRYID *)template->Value.bin.lpb, 0, &entry);
    MAPIFreeBuffer(template);
    if (FAILED(hr)) return hr;
    hr = IMAPIProp_SetProps(entry, count, props, &problems);
    if (SUCCEEDED(hr) && problems) hr = problems->aProblem[0].scode;
    MAPIFreeBuffer(problems);
    if (SUCCEEDED(hr) && photo && photo_size)
        hr = write_prop(entry, book->photo_tag, photo, photo_size);
    if (SUCCEEDED(hr)) hr = IMAPIProp_SaveChanges(entry, KEEP_OPEN_READONLY);
    if (SUCCEEDED(hr)) hr = HrGetOneProp(entry, PR_ENTRYID, id);
    IMAPIProp_Release(entry);
    return hr;
}

HRESULT contacts_add_members(struct contact_book *book, const SBinary *list, ENTRYLIST *members)
{
    IABContainer *object;
    ULONG type;
    HRESULT hr;

    hr = IAddrBook_OpenEntry(book->book, list->cb, (ENTRYID *)list->lpb, &IID_IDistList,
                             MAPI_MODIFY, &type, (IUnknown **)&object);
    if (FAILED(hr)) return hr;
    hr = IABContainer_CopyEntries(object, members, 0, NULL, AB_NO_DIALOG);
    IABContainer_Release(object);
    return hr;
}

HRESULT contacts_one_off(struct contact_book *book, const WCHAR *name, const WCHAR *address,
                         SBinary *id)
{
    return IAddrBook_CreateOneOff(book->book, (LPTSTR)name, (LPTSTR)L"SMTP", (LPTSTR)address,
                                  MAPI_UNICODE, &id->cb, (ENTRYID **)&id->lpb);
}

/* ---- somebody ---- */

/* The entry that a text means; id->lpb is the caller's to free. */
static int find_contact(struct contact_book *book, const WCHAR *text, SBinary *id)
{
    static const SizedSPropTagArray(2, columns) = {2, {PR_ENTRYID, PR_DISPLAY_NAME_W}};
    ULONG i, exact = 0, place = 0;
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;
    int ret = EXIT_OK;

    if (wcslen(text) > 40 && !text[wcsspn(text, L"0123456789abcdefABCDEF")])
        return parse_hex_bytes(text, id) ? EXIT_OK : fail(L"'%s' is no entry", text);
    id->lpb = NULL;
    if (FAILED(hr = contacts_table(book, text, (SPropTagArray *)&columns, &table)))
        return hr == MAPI_E_TOO_COMPLEX ? fail(L"nobody is called '%s'", text)
                                        : fail_hr(hr, L"the contacts cannot be read");
    hr = IMAPITable_QueryRows(table, 4096, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return fail_hr(hr, L"the contacts cannot be read");
    for (i = 0; i < rows->cRows; i++)
        if (rows->aRow[i].lpProps[1].ulPropTag == PR_DISPLAY_NAME_W
            && !lstrcmpiW(rows->aRow[i].lpProps[1].Value.lpszW, text))
        {
            place = i;
            exact++;
        }
    if (!rows->cRows) ret = fail(L"nobody is called '%s'", text);
    else if (rows->cRows > 1 && exact != 1)
        ret = fail(
            L"'%s' may be %lu people; 'mapictl --json contacts list --search' has their entries",
            text, (unsigned long)rows->cRows);
    else
    {
        id->cb = rows->aRow[place].lpProps[0].Value.bin.cb;
        if (!(id->lpb = malloc(id->cb))) exit(fail(L"out of memory"));
        memcpy(id->lpb, rows->aRow[place].lpProps[0].Value.bin.lpb, id->cb);
    }
    FreeProws(rows);
    return ret;
}

/* ---- commands ---- */

int contacts_list(struct arguments *args)
{
    static const WCHAR *const plain[] = {L"name", L"address", L"company", L"phone", L"kind", NULL};
    static const WCHAR *const json[] = {L"name", L"address", L"company", L"phone",
                                        L"kind", L"entry",   NULL};
    static const SizedSPropTagArray(7, columns) =
        {7, {PR_DISPLAY_NAME_W, PR_EMAIL_ADDRESS_W, PR_COMPANY_NAME_W, PR_BUSINESS_TELEPHONE_NUMBER_W,
             PR_MOBILE_TELEPHONE_NUMBER_W, PR_OBJECT_TYPE, PR_ENTRYID}};
    const WCHAR *search = take_value(args, L"--search"), *values[7];
    struct contact_book book;
    WCHAR *texts[6];
    struct list *list;
    IMAPITable *table;
    SRowSet *rows;
    ULONG i, j, count;
    HRESULT hr;
    int ret;

    if ((ret = contacts_open(args, &book))) return ret;
    if (SUCCEEDED(hr = contacts_table(&book, search, (SPropTagArray *)&columns, &table)))
    {
        list = list_begin(json_output ? json : plain);
        for (count = 1; count && SUCCEEDED(hr = IMAPITable_QueryRows(table, 512, 0, &rows));)
        {
            for (i = 0; i < rows->cRows; i++)
            {
                SRow *row = &rows->aRow[i];
                const SPropValue *type = find_prop(row, PR_OBJECT_TYPE);

                for (j = 0; j < 5; j++) texts[j] = row_text(row, columns.aulPropTag[j]);
                texts[5] = row_text(row, PR_ENTRYID);
                values[0] = texts[0];
                values[1] = texts[1];
                values[2] = texts[2];
                values[3] = *texts[3] ? texts[3] : texts[4];
                values[4] = type && type->Value.l == MAPI_DISTLIST ? L"list" : L"contact";
                values[5] = texts[5];
                list_add(list, values);
                for (j = 0; j < 6; j++) free(texts[j]);
            }
            count = rows->cRows;
            FreeProws(rows);
        }
        list_end(list);
        IMAPITable_Release(table);
    }
    if (FAILED(hr)) ret = fail_hr(hr, L"the contacts cannot be read");
    contacts_close(&book);
    return ret;
}

static void add_field(struct list *list, const WCHAR *name, const WCHAR *text)
{
    const WCHAR *values[2];

    values[0] = name;
    values[1] = text;
    if (text && *text) list_add(list, values);
}

static void show_members(struct list *list, IABContainer *object)
{
    static const SizedSPropTagArray(2, columns) = {2, {PR_DISPLAY_NAME_W, PR_EMAIL_ADDRESS_W}};
    IMAPITable *table;
    WCHAR *name, *address, *both;
    SRowSet *rows;
    ULONG i;

    if (FAILED(IABContainer_GetContentsTable(object, MAPI_UNICODE, &table))) return;
    if (SUCCEEDED(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows)))
    {
        for (i = 0; i < rows->cRows; i++)
        {
            name = row_text(&rows->aRow[i], PR_DISPLAY_NAME_W);
            address = row_text(&rows->aRow[i], PR_EMAIL_ADDRESS_W);
            both = malloc((wcslen(name) + wcslen(address) + 4) * sizeof(*both));
            if (!both) exit(fail(L"out of memory"));
            lstrcpyW(both, name);
            if (*address && lstrcmpW(name, address))
                wcscat(wcscat(wcscat(both, L" <"), address), L">");
            add_field(list, L"member", both);
            free(name);
            free(address);
            free(both);
        }
        FreeProws(rows);
    }
    IMAPITable_Release(table);
}

static void show_entry(const struct contact_book *book, IMAPIProp *entry, ULONG type)
{
    static const WCHAR *const columns[] = {L"field", L"value", NULL};
    static const struct { ULONG tag; const WCHAR *name; } fields[] =
    {
        {PR_DISPLAY_NAME_W, L"name"}, {PR_DISPLAY_NAME_PREFIX_W, L"prefix"}, {PR_GIVEN_NAME_W, L"first name"},
        {PR_MIDDLE_NAME_W, L"middle name"}, {PR_SURNAME_W, L"last name"}, {PR_GENERATION_W, L"suffix"},
        {PR_NICKNAME_W, L"nickname"}, {PR_EMAIL_ADDRESS_W, L"address"}, {PR_COMPANY_NAME_W, L"company"},
        {PR_DEPARTMENT_NAME_W, L"department"}, {PR_TITLE_W, L"title"}, {PR_PROFESSION_W, L"profession"},
        {PR_PRIMARY_TELEPHONE_NUMBER_W, L"phone"}, {PR_BUSINESS_TELEPHONE_NUMBER_W, L"business phone"},
        {PR_BUSINESS2_TELEPHONE_NUMBER_W, L"business phone 2"}, {PR_HOME_TELEPHONE_NUMBER_W, L"home phone"},
        {PR_HOME2_TELEPHONE_NUMBER_W, L"home phone 2"}, {PR_MOBILE_TELEPHONE_NUMBER_W, L"mobile phone"},
        {PR_CAR_TELEPHONE_NUMBER_W, L"car phone"}, {PR_OTHER_TELEPHONE_NUMBER_W, L"other phone"},
        {PR_PAGER_TELEPHONE_NUMBER_W, L"pager"}, {PR_ISDN_NUMBER_W, L"ISDN"}, {PR_TTYTDD_PHONE_NUMBER_W, L"text phone"},
        {PR_PRIMARY_FAX_NUMBER_W, L"fax"}, {PR_BUSINESS_FAX_NUMBER_W, L"business fax"},
        {PR_HOME_FAX_NUMBER_W, L"home fax"},
        {PR_STREET_ADDRESS_W, L"business street"}, {PR_POST_OFFICE_BOX_W, L"business box"},
        {PR_POSTAL_CODE_W, L"business code"}, {PR_LOCALITY_W, L"business city"},
        {PR_STATE_OR_PROVINCE_W, L"business state"}, {PR_COUNTRY_W, L"business country"},
        {PR_HOME_ADDRESS_STREET_W, L"home street"}, {PR_HOME_ADDRESS_POST_OFFICE_BOX_W, L"home box"},
        {PR_HOME_ADDRESS_POSTAL_CODE_W, L"home code"}, {PR_HOME_ADDRESS_CITY_W, L"home city"},
        {PR_HOME_ADDRESS_STATE_OR_PROVINCE_W, L"home state"}, {PR_HOME_ADDRESS_COUNTRY_W, L"home country"},
        {PR_OTHER_ADDRESS_STREET_W, L"other street"}, {PR_OTHER_ADDRESS_POST_OFFICE_BOX_W, L"other box"},
        {PR_OTHER_ADDRESS_POSTAL_CODE_W, L"other code"}, {PR_OTHER_ADDRESS_CITY_W, L"other city"},
        {PR_OTHER_ADDRESS_STATE_OR_PROVINCE_W, L"other state"}, {PR_OTHER_ADDRESS_COUNTRY_W, L"other country"},
        {PR_PERSONAL_HOME_PAGE_W, L"page"}, {PR_BUSINESS_HOME_PAGE_W, L"business page"},
        {PR_BIRTHDAY, L"birthday"}, {PR_WEDDING_ANNIVERSARY, L"anniversary"}, {PR_COMMENT_W, L"note"}
    };
    struct list *list = list_begin(columns);
    SRow row = {0};
    SYSTEMTIME time;
    WCHAR text[32], *value;
    size_t i;
    ULONG j;

    if (FAILED(IMAPIProp_GetProps(entry, NULL, MAPI_UNICODE, &row.cValues, &row.lpProps)))
        row.cValues = 0;
    for (i = 0; i < ARRAYSIZE(fields); i++)
    {
        const SPropValue *prop = find_prop(&row, fields[i].tag);

        if (!prop || prop->ulPropTag != fields[i].tag) continue;
        if (PROP_TYPE(prop->ulPropTag) == PT_SYSTIME)
        {
            if (!FileTimeToSystemTime(&prop->Value.ft, &time)) continue;
            _snwprintf(text, ARRAYSIZE(text), L"%04u-%02u-%02u", time.wYear, time.wMonth,
                       time.wDay);
            add_field(list, fields[i].name, text);
        }
        else add_field(list, fields[i].name, prop->Value.lpszW);
    }
    for (j = 0; j < row.cValues; j++)
    {
        const SPropValue *prop = &row.lpProps[j];
        ULONG k, first = prop->ulPropTag == PR_CONTACT_EMAIL_ADDRESSES_W ? 1 : 0;

        if (prop->ulPropTag != PR_CONTACT_EMAIL_ADDRESSES_W
            && prop->ulPropTag != book->categories_tag)
            continue;
        for (k = first; k < prop->Value.MVszW.cValues; k++)
            add_field(list, first ? L"more addresses" : L"category", prop->Value.MVszW.lppszW[k]);
    }
    if (type == MAPI_DISTLIST) show_members(list, (IABContainer *)entry);
    value = row_text(&row, PR_ENTRYID);
    add_field(list, L"entry", value);
    free(value);
    MAPIFreeBuffer(row.lpProps);
    list_end(list);
}

int contacts_show(struct arguments *args)
{
    struct contact_book book;
    IMAPIProp *entry;
    SBinary id;
    ULONG type;
    HRESULT hr;
    int ret;

    if ((ret = contacts_open(args, &book))) return ret;
    if (!(ret = find_contact(&book, args->values[0], &id)))
    {
        hr = IAddrBook_OpenEntry(book.book, id.cb, (ENTRYID *)id.lpb, NULL, 0, &type,
                                 (IUnknown **)&entry);
        if (FAILED(hr)) ret = fail_hr(hr, L"the entry cannot be opened");
        else
        {
            show_entry(&book, entry, type);
            IMAPIProp_Release(entry);
        }
        free(id.lpb);
    }
    contacts_close(&book);
    return ret;
}

/* A member by name, or by address when nobody has it. */
static int add_member(struct contact_book *book, const SBinary *list, const WCHAR *text)
{
    SBinary id;
    ENTRYLIST members = {1, &id};
    HRESULT hr;
    int ret;

    if (wcschr(text, '@') && !wcspbrk(text, L" \t"))
    {
        if (FAILED(hr = contacts_one_off(book, text, text, &id)))
            return fail_hr(hr, L"'%s' is no address", text);
        hr = contacts_add_members(book, list, &members);
        MAPIFreeBuffer(id.lpb);
    }
    else
    {
        if ((ret = find_contact(book, text, &id))) return ret;
        hr = contacts_add_members(book, list, &members);
        free(id.lpb);
    }
    return SUCCEEDED(hr) ? EXIT_OK : fail_hr(hr, L"'%s' does not become a member", text);
}

int contacts_add(struct arguments *args)
{
    static const struct { const WCHAR *option; ULONG tag; } options[] =
    {
        {L"--address", PR_EMAIL_ADDRESS_W}, {L"--first-name", PR_GIVEN_NAME_W}, {L"--last-name", PR_SURNAME_W},
        {L"--company", PR_COMPANY_NAME_W}, {L"--title", PR_TITLE_W}, {L"--phone", PR_BUSINESS_TELEPHONE_NUMBER_W},
        {L"--mobile", PR_MOBILE_TELEPHONE_NUMBER_W}, {L"--note", PR_COMMENT_W}
    };
    BOOL list = take_flag(args, L"--list");
    const WCHAR *members[256], *value;
    SPropValue props[ARRAYSIZE(options) + 2], *id;
    struct contact_book book;
    ULONG count = 1, i, member_count = 0;
    BOOL address = FALSE;
    HRESULT hr;
    int ret;

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_DISPLAY_NAME_W;
    for (i = 0; i < ARRAYSIZE(options); i++)
    {
        if (!(value = take_value(args, options[i].option))) continue;
        if (!i) address = TRUE;
        props[count].ulPropTag = options[i].tag;
        props[count++].Value.lpszW = (WCHAR *)value;
    }
    while (member_count < ARRAYSIZE(members) && (value = take_value(args, L"--member")))
        members[member_count++] = value;
    if ((list && address) || (member_count && !list))
    {
        fail(list ? L"a list has members and no address of its own" : L"--member is for a --list");
        return EXIT_USAGE;
    }
    if (address)
    {
        props[count].ulPropTag = PR_ADDRTYPE_W;
        props[count++].Value.lpszW = (WCHAR *)L"SMTP";
    }
    if ((ret = contacts_open(args, &book))) return ret;
    props[0].Value.lpszW = args->values[0];
    if (FAILED(hr = contacts_create(&book, list, count, props, NULL, 0, &id)))
        ret = fail_hr(hr, L"'%s' is not added", args->values[0]);
    else
    {
        for (i = 0; i < member_count; i++)
            if (add_member(&book, &id->Value.bin, members[i])) ret = EXIT_FAILED;
        MAPIFreeBuffer(id);
    }
    contacts_close(&book);
    return ret;
}

int contacts_delete(struct arguments *args)
{
    struct contact_book book;
    SBinary id;
    ENTRYLIST entries = {1, &id};
    HRESULT hr;
    int i, ret;

    if ((ret = contacts_open(args, &book))) return ret;
    for (i = 0; i < args->count; i++)
    {
        if (find_contact(&book, args->values[i], &id))
        {
            ret = EXIT_FAILED;
            continue;
        }
        hr = IABContainer_DeleteEntries(book.pab, &entries, 0);
        if (FAILED(hr)) ret = fail_hr(hr, L"'%s' is not deleted", args->values[i]);
        free(id.lpb);
    }
    contacts_close(&book);
    return ret;
}
