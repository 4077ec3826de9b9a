/*
 * Sample providers: mail users and new entries
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
 * An entry object is a copy of its row; SaveChanges writes it back. A new one has no row before it
 * is saved, and no entry ID either. What a template makes is set up by the same code for everybody:
 * our own CreateEntry, a one-off for a message, and (OpenTemplateID) entries of ours that another
 * address book keeps.
 */

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "addrbook.h"

struct entry
{
    struct prop_object object;          /* IMailUser */
    struct ab_logon *logon;             /* counted, as owner */
    struct ab_list *list;               /* where it is, or will be; NULL: nowhere */
    ULONG type;
    ULONG create_flags;
    BOOL writable;
    BOOL saved;                         /* has a row, that of id */
    struct ab_entryid id;
};

void ab_notify(struct ab_logon *logon, ULONG event, const struct ab_entryid *id,
               const struct ab_list *list)
{
    struct {ULONG cb; BYTE ab[sizeof(*id)];} key;
    struct ab_entryid parent;
    NOTIFICATION notification;
    ULONG flags = 0;

    if (!logon->support) return;
    ab_entryid_init(&parent, list->type, list->number);
    memset(&notification, 0, sizeof(notification));
    notification.ulEventType = event;
    notification.info.obj.cbEntryID = sizeof(*id);
    notification.info.obj.lpEntryID = (ENTRYID *)id;
    notification.info.obj.ulObjType = id->type;
    notification.info.obj.cbParentID = sizeof(parent);
    notification.info.obj.lpParentID = (ENTRYID *)&parent;
    key.cb = sizeof(key.ab);
    memcpy(key.ab, id, sizeof(*id));
    IMAPISupport_Notify(logon->support, (NOTIFKEY *)&key, 1, &notification, &flags);
    memcpy(key.ab, &parent, sizeof(parent));
    flags = 0;
    IMAPISupport_Notify(logon->support, (NOTIFKEY *)&key, 1, &notification, &flags);
}

static const SPropValue *find(const SPropValue *props, ULONG count, ULONG tag)
{
    ULONG i;

    for (i = 0; i < count; i++) if (props[i].ulPropTag == tag) return &props[i];
    return NULL;
}

/* The entry that one of this name, and (strict) this address, already is. */
static BOOL find_duplicate(struct ab_list *list, const SPropValue *props, ULONG count, ULONG flags,
                           struct ab_entryid *id)
{
    static const SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    const SPropValue *name = find(props, count, PR_DISPLAY_NAME_W);
    const SPropValue *address = find(props, count, PR_EMAIL_ADDRESS_W);
    SRestriction both, parts[2];
    IMAPITable *view;
    SRowSet *rows = NULL;
    ULONG i = 0;

    memset(parts, 0, sizeof(parts));
    parts[i].rt = RES_CONTENT;
    parts[i].res.resContent.ulFuzzyLevel = FL_FULLSTRING | FL_IGNORECASE;
    parts[i].res.resContent.ulPropTag = PR_DISPLAY_NAME_W;
    parts[i++].res.resContent.lpProp = (SPropValue *)name;
    if (flags & CREATE_CHECK_DUP_STRICT && address)
    {
        parts[i] = parts[0];
        parts[i].res.resContent.ulPropTag = PR_EMAIL_ADDRESS_W;
        parts[i++].res.resContent.lpProp = (SPropValue *)address;
    }
    both.rt = RES_AND;
    both.res.resAnd.cRes = i;
    both.res.resAnd.lpRes = parts;
    if (FAILED(ITableData_HrGetView(list->rows, NULL, NULL, 0, &view))) return FALSE;
    HrQueryAllRows(view, (SPropTagArray *)&columns, &both, NULL, 1, &rows);
    IMAPITable_Release(view);
    i = rows ? rows->cRows : 0;
    if (i) memcpy(id, rows->aRow[0].lpProps[0].Value.bin.lpb, sizeof(*id));
    FreeProws(rows);
    return i != 0;
}

/* Writes the row of id, with the properties that depend on it. */
static HRESULT write_row(struct ab_list *list, const struct ab_entryid *id, ULONG count,
                         const SPropValue *props)
{
    SPropValue *all, key;
    SRow row = {0};
    HRESULT hr;
    ULONG i;

    if (!(all = malloc((count + 4) * sizeof(*all)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    key.dwAlignPad = 0;
    key.Value.bin.cb = sizeof(*id);
    key.Value.bin.lpb = (BYTE *)id;
    for (i = 0; i < count; i++)
    {
        if (PROP_TYPE(props[i].ulPropTag) == PT_ERROR || props[i].ulPropTag == PR_ENTRYID
            || props[i].ulPropTag == PR_INSTANCE_KEY || props[i].ulPropTag == PR_RECORD_KEY
            || props[i].ulPropTag == PR_OBJECT_TYPE) continue;
        all[row.cValues++] = props[i];
    }
    key.ulPropTag = PR_ENTRYID;
    all[row.cValues++] = key;
    key.ulPropTag = PR_INSTANCE_KEY;
    all[row.cValues++] = key;
    key.ulPropTag = PR_RECORD_KEY;
    all[row.cValues++] = key;
    key.ulPropTag = PR_OBJECT_TYPE;
    key.Value.l = id->type;
    all[row.cValues++] = key;
    row.lpProps = all;
    hr = ITableData_HrModifyRow(list->rows, &row);
    free(all);
    return hr;
}

HRESULT ab_entry_add(struct ab_logon *logon, struct ab_list *list, ULONG type, ULONG count,
                     SPropValue *props, ULONG flags, struct ab_entryid *id)
{
    const SPropValue *name = find(props, count, PR_DISPLAY_NAME_W);
    struct ab_book *book = logon->book;
    ULONG event = fnevObjectCreated;
    HRESULT hr;

    if (!name || !*name->Value.lpszW) return MAPI_E_MISSING_REQUIRED_COLUMN;
    ab_entryid_init(id, type, book_new_number(book));
    if (flags & (CREATE_CHECK_DUP_LOOSE | CREATE_CHECK_DUP_STRICT)
        && find_duplicate(list, props, count, flags, id))
    {
        if (!(flags & CREATE_REPLACE)) return MAPI_E_COLLISION;
        event = fnevObjectModified;
    }
    if (type == MAPI_MAILUSER || event == fnevObjectModified)
        hr = write_row(list, id, count, props);
    else hr = book_add_list(book, list, type, id->number, name->Value.lpszW, list->flags, NULL);
    if (SUCCEEDED(hr)) ab_notify(logon, event, id, list);
    return hr;
}

static HRESULT WINAPI entry_SaveChanges(IMAPIProp *iface, ULONG flags)
{
    struct entry *entry = (struct entry *)iface;
    struct ab_entryid id;
    SPropValue *props, key;
    ULONG count;
    HRESULT hr;

    if (!entry->list) return S_OK;
    if (!entry->writable) return MAPI_E_NO_ACCESS;
    if (FAILED(hr = behave(KIND_ADDRESS_BOOK, "SaveChanges", entry->logon->support))) return hr;
    if (FAILED(hr = IPropData_GetProps(entry->object.props, NULL, MAPI_UNICODE, &count, &props)))
        return hr;
    if (entry->saved)
    {
        if (SUCCEEDED(hr = write_row(entry->list, &entry->id, count, props)))
            ab_notify(entry->logon, fnevObjectModified, &entry->id, entry->list);
    }
    else if (SUCCEEDED(hr = ab_entry_add(entry->logon, entry->list, entry->type, count, props,
                                         entry->create_flags, &id)))
    {
        entry->id = id;
        entry->saved = TRUE;
        key.dwAlignPad = 0;
        key.Value.bin.cb = sizeof(id);
        key.Value.bin.lpb = (BYTE *)&entry->id;
        key.ulPropTag = PR_ENTRYID;
        prop_object_set(&entry->object, 1, &key);
        key.ulPropTag = PR_RECORD_KEY;
        prop_object_set(&entry->object, 1, &key);
    }
    MAPIFreeBuffer(props);
    return hr;
}

static const IMailUserVtbl entry_vtbl =
{
    (void *)object_QueryInterface,
    (void *)object_AddRef,
    (void *)object_Release,
    (void *)object_GetLastError,
    (void *)entry_SaveChanges,
    (void *)object_GetProps,
    (void *)object_GetPropList,
    (void *)object_OpenProperty,
    (void *)object_SetProps,
    (void *)object_DeleteProps,
    (void *)object_CopyTo,
    (void *)object_CopyProps,
    (void *)object_GetNamesFromIDs,
    (void *)object_GetIDsFromNames
};

static HRESULT entry_alloc(struct ab_logon *logon, struct ab_list *list, ULONG type, ULONG count,
                           SPropValue *props, struct entry **ret)
{
    static const IID *const iids[] = { &IID_IMailUser, NULL };
    HRESULT hr;

    hr = prop_object_create(sizeof(**ret), &entry_vtbl, iids, &logon->IABLogon_iface, count, props,
                            (void **)ret);
    if (FAILED(hr)) return hr;
    (*ret)->list = list;
    (*ret)->type = type;
    (*ret)->logon = logon;
    return S_OK;
}

HRESULT ab_user_open(struct ab_logon *logon, const struct ab_entryid *id, ULONG flags,
                     IUnknown **ret)
{
    struct ab_list *list;
    struct entry *entry;
    BOOL modifiable;
    HRESULT hr;
    SRow *row;

    if (FAILED(hr = book_find_entry(logon->book, id, &row, &list))) return hr;
    modifiable = (list->flags & AB_MODIFIABLE) != 0;
    if (flags & MAPI_MODIFY && !(flags & MAPI_BEST_ACCESS) && !modifiable) hr = MAPI_E_NO_ACCESS;
    else hr = entry_alloc(logon, list, MAPI_MAILUSER, row->cValues, row->lpProps, &entry);
    MAPIFreeBuffer(row);
    if (FAILED(hr)) return hr;
    entry->saved = TRUE;
    ab_entryid_init(&entry->id, id->type, id->number);
    entry->writable = modifiable && flags & (MAPI_MODIFY | MAPI_BEST_ACCESS);
    if (!entry->writable) IPropData_HrSetObjAccess(entry->object.props, IPROP_READONLY);
    *ret = (IUnknown *)entry;
    return S_OK;
}

HRESULT ab_entry_create(struct ab_logon *logon, struct ab_list *list,
                        const struct ab_entryid *template, ULONG flags, IMAPIProp **ret)
{
    ULONG type = template->type & ~AB_TEMPLATE, count = 3;
    SPropValue props[4], index, *addrtype;
    struct ab_entryid key;
    struct entry *entry;
    SRow *row = NULL;
    HRESULT hr;

    *ret = NULL;
    if (type != MAPI_MAILUSER && type != MAPI_DISTLIST && type != MAPI_ABCONT)
        return MAPI_E_NOT_FOUND;
    ab_entryid_init(&key, template->type, template->number);
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_OBJECT_TYPE;
    props[0].Value.l = type;
    props[1].ulPropTag = PR_DISPLAY_TYPE;
    props[1].Value.l = type == MAPI_MAILUSER   ? DT_MAILUSER
                       : type == MAPI_DISTLIST ? DT_DISTLIST
                                               : DT_MODIFIABLE;
    props[2].ulPropTag = PR_TEMPLATEID;
    props[2].Value.bin.cb = sizeof(key);
    props[2].Value.bin.lpb = (BYTE *)&key;
    if (type != MAPI_ABCONT)
    {
        props[3].ulPropTag = PR_ADDRTYPE_W;
        props[3].Value.lpszW = (WCHAR *)(type == MAPI_MAILUSER ? L"SAMPLE" : L"MAPIPDL");
        count++;
        index.ulPropTag = PR_INSTANCE_KEY;
        index.Value.bin = props[2].Value.bin;
        if (ITableData_HrQueryRow(logon->book->templates, &index, &row, NULL) == S_OK
            && (addrtype = PpropFindProp(row->lpProps, row->cValues, PR_ADDRTYPE_W)))
            props[3].Value.lpszW = addrtype->Value.lpszW;
    }
    hr = entry_alloc(logon, list, type, count, props, &entry);
    MAPIFreeBuffer(row);
    if (FAILED(hr)) return hr;
    entry->create_flags = flags;
    entry->writable = TRUE;
    *ret = (IMAPIProp *)entry;
    return S_OK;
}
