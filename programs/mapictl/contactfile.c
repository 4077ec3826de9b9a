/*
 * mapictl: contacts from vCard files and to them
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
 * vCard files in and out. A card whose UID the container has, or whose name and address, is passed
 * over, so an interrupted import is repeated as it was. Groups come after everybody, since their
 * members have to be there; an export is written beside its name and takes its place at the end.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "contacts.h"

#define LEFT_OUT_MAX 64                 /* names of properties that are told apart */

struct known
{
    ULONGLONG key;                      /* 0: empty */
    SBinary id;
};

struct pending_group
{
    SBinary id;
    WCHAR *name;
    WCHAR **members;
    size_t count;
};

struct import
{
    struct contact_book *book;
    struct known *known;                /* a hash table; size is a power of two */
    size_t size, count;
    struct pending_group *groups;
    size_t group_count;
    struct { char name[VCARD_MAX_NAME]; ULONG count; } left_out[LEFT_OUT_MAX];
    size_t left_out_count;
    ULONG done, there, failed, incomplete;
    const char *card_left_out[LEFT_OUT_MAX];    /* of the card that is looked at */
    size_t card_left_out_count;
};

/* ---- who is there ---- */

static const struct known *look_up(const struct import *import, ULONGLONG key)
{
    size_t i;

    if (!import->size || !key) return NULL;
    for (i = key & (import->size - 1); import->known[i].key; i = (i + 1) & (import->size - 1))
        if (import->known[i].key == key) return &import->known[i];
    return NULL;
}

static void put(struct import *import, const struct known *known)
{
    size_t i;

    for (i = known->key & (import->size - 1); import->known[i].key;
         i = (i + 1) & (import->size - 1))
        ;
    import->known[i] = *known;
    import->count++;
}

static void know(struct import *import, ULONGLONG key, const SBinary *id)
{
    struct known *old = import->known, made;
    size_t i, size = import->size;

    if (!key || look_up(import, key)) return;
    if (import->count * 2 >= size)
    {
        import->size = size ? size * 2 : 1024;
        if (!(import->known = calloc(import->size, sizeof(*old)))) exit(fail(L"out of memory"));
        import->count = 0;
        for (i = 0; i < size; i++) if (old[i].key) put(import, &old[i]);
        free(old);
    }
    made.key = key;
    made.id.cb = id->cb;
    if (!(made.id.lpb = malloc(id->cb))) exit(fail(L"out of memory"));
    memcpy(made.id.lpb, id->lpb, id->cb);
    put(import, &made);
}

/* In any case: UIDs and names are compared so. */
static ULONGLONG key_of(const WCHAR *kind, const WCHAR *text, const WCHAR *more)
{
    ULONGLONG hash = hash_bytes(0, kind, wcslen(kind) * sizeof(WCHAR));
    const WCHAR *parts[2];
    WCHAR *upper;
    int i;

    parts[0] = text;
    parts[1] = more;
    for (i = 0; i < 2; i++)
    {
        upper = dup_text(parts[i] ? parts[i] : L"");
        CharUpperW(upper);
        hash = hash_bytes(hash, upper, (wcslen(upper) + 1) * sizeof(WCHAR));
        free(upper);
    }
    return hash ? hash : 1;
}

static ULONGLONG uid_key(const WCHAR *uid)
{
    return uid && *uid ? key_of(L"uid", contact_uid_key(uid), NULL) : 0;
}

static ULONGLONG address_key(const WCHAR *address)
{
    return address && *address ? key_of(L"address", address, NULL) : 0;
}

/* Two without an address are not one for their name, if each has a UID of its own. */
static ULONGLONG name_key(const WCHAR *name, const WCHAR *address, const WCHAR *uid)
{
    return (address && *address) || !uid || !*uid ? key_of(L"name", name, address) : 0;
}

static HRESULT read_known(struct import *import)
{
    SizedSPropTagArray(5, columns) = {
        5, {PR_ENTRYID, PR_DISPLAY_NAME_W, PR_EMAIL_ADDRESS_W, PR_RECORD_KEY, PR_NULL}};
    IMAPITable *table;
    ULONG i, count;
    SRowSet *rows;
    HRESULT hr;

    columns.aulPropTag[4] = import->book->uid_tag ? import->book->uid_tag : PR_NULL;
    if (FAILED(hr = contacts_table(import->book, NULL, (SPropTagArray *)&columns, &table)))
        return hr;
    for (count = 1; count && SUCCEEDED(hr = IMAPITable_QueryRows(table, 512, 0, &rows));)
    {
        for (i = 0; i < rows->cRows; i++)
        {
            SRow *row = &rows->aRow[i];
            const SPropValue *id = find_prop(row, PR_ENTRYID);
            WCHAR *name = row_text(row, PR_DISPLAY_NAME_W),
                  *address = row_text(row, PR_EMAIL_ADDRESS_W);
            BOOL own = PROP_TYPE(row->lpProps[4].ulPropTag) == PT_UNICODE;
            WCHAR *uid = contact_uid(own ? &row->lpProps[4] : NULL, find_prop(row, PR_RECORD_KEY));

            if (id)
            {
                know(import, uid_key(uid), &id->Value.bin);
                know(import, name_key(name, address, own ? uid : NULL), &id->Value.bin);
                know(import, address_key(address), &id->Value.bin);
            }
            free(name);
            free(address);
            free(uid);
        }
        count = rows->cRows;
        FreeProws(rows);
    }
    IMAPITable_Release(table);
    return hr;
}

/* ---- import ---- */

static void note_left_out(void *context, const char *name)
{
    struct import *import = context;

    if (import->card_left_out_count < LEFT_OUT_MAX)
        import->card_left_out[import->card_left_out_count++] = name;
}

/* The card was kept without them. */
static void tell_left_out(struct import *import)
{
    size_t i, j;

    if (import->card_left_out_count) import->incomplete++;
    for (j = 0; j < import->card_left_out_count; j++)
    {
        const char *name = import->card_left_out[j];

        for (i = 0; i < import->left_out_count && strcmp(import->left_out[i].name, name); i++) ;
        if (i == LEFT_OUT_MAX) continue;
        if (i == import->left_out_count)
        {
            snprintf(import->left_out[i].name, sizeof(import->left_out[i].name), "%s", name);
            import->left_out_count++;
        }
        import->left_out[i].count++;
    }
}

static void add_group(struct import *import, struct contact *contact, const SBinary *id)
{
    struct pending_group *group;

    if (!(import->group_count & (import->group_count - 1)))
    {
        group = realloc(import->groups,
                        (import->group_count ? 2 * import->group_count : 1) * sizeof(*group));
        if (!group) exit(fail(L"out of memory"));
        import->groups = group;
    }
    group = &import->groups[import->group_count++];
    group->id.cb = id->cb;
    if (!(group->id.lpb = malloc(id->cb))) exit(fail(L"out of memory"));
    memcpy(group->id.lpb, id->lpb, id->cb);
    group->name = dup_text(contact->name);
    group->members = contact->members;
    group->count = contact->member_count;
    contact->members = NULL;
    contact->member_count = 0;
}

static void import_card(struct import *import, const struct vcard *card, const WCHAR *path,
                        ULONG number)
{
    struct contact contact;
    ULONGLONG by_uid, by_name;
    SPropValue *id;
    HRESULT hr;

    import->card_left_out_count = 0;
    contact_from_card(import->book, card, &contact, note_left_out, import);
    by_uid = uid_key(contact.uid);
    by_name = contact.name ? name_key(contact.name, contact.address, contact.uid) : 0;
    if (!contact.name)
    {
        fail(L"'%s': card %lu has no name", path, (unsigned long)number);
        import->failed++;
    }
    else if (look_up(import, by_uid) || look_up(import, by_name)) import->there++;
    else if (FAILED(hr = contacts_create(import->book, contact.group, contact.count, contact.props,
                                         contact.photo, contact.photo_size, &id)))
    {
        fail_hr(hr, L"'%s': card %lu (%s) is not kept", path, (unsigned long)number, contact.name);
        import->failed++;
    }
    else
    {
        know(import, by_uid, &id->Value.bin);
        know(import, by_name, &id->Value.bin);
        know(import, address_key(contact.address), &id->Value.bin);
        if (contact.group) add_group(import, &contact, &id->Value.bin);
        MAPIFreeBuffer(id);
        import->done++;
        tell_left_out(import);
        if (!json_output && import->done % 1000 == 0)
            print(L"%lu contacts ...\n", (unsigned long)import->done);
    }
    contact_free(&contact);
}

static void import_file(struct import *import, const WCHAR *path)
{
    struct vcard_reader reader;
    struct vcard card;
    ULONG number = 0;
    size_t size;
    HRESULT hr = S_FALSE;
    BYTE *data;

    if (!(data = read_whole_file(path, &size)))
    {
        fail_hr(HRESULT_FROM_WIN32(GetLastError()), L"'%s' cannot be read", path);
        import->failed++;
        return;
    }
    if (!vcard_reader_init(&reader, data, size)) exit(fail(L"out of memory"));
    while ((hr = vcard_next(&reader, &card)) == S_OK)
    {
        import_card(import, &card, path, ++number);
        vcard_free(&card);
    }
    if (FAILED(hr)) exit(fail(L"out of memory"));
    vcard_reader_free(&reader);
    free(data);
    if (number || !size) return;
    fail(L"'%s' has no vCards", path);
    import->failed++;
}

/* By UID, or mailto:, whoever has that address or a one-off, which is then to be freed (*made). */
static HRESULT find_member(struct import *import, const WCHAR *text, SBinary *id, BOOL *made)
{
    const struct known *known = look_up(import, uid_key(text));

    *made = FALSE;
    if (!known && !_wcsnicmp(text, L"mailto:", 7))
    {
        text += 7;
        if (!(known = look_up(import, address_key(text))))
        {
            if (!wcschr(text, '@')) return MAPI_E_NOT_FOUND;
            *made = TRUE;
            return contacts_one_off(import->book, text, text, id);
        }
    }
    if (!known) return MAPI_E_NOT_FOUND;
    *id = known->id;
    return S_OK;
}

/* FALSE: somebody is missing. */
static BOOL fill_group(struct import *import, const struct pending_group *group)
{
    SBinary *ids = calloc(group->count + 1, sizeof(*ids));
    BOOL *made = calloc(group->count + 1, sizeof(*made)), whole = TRUE;
    ENTRYLIST members = {0, ids};
    HRESULT hr;
    size_t i;

    if (!ids || !made) exit(fail(L"out of memory"));
    for (i = 0; i < group->count; i++)
    {
        hr = find_member(import, group->members[i], &ids[members.cValues], &made[members.cValues]);
        if (SUCCEEDED(hr))
        {
            members.cValues++;
            continue;
        }
        fail_hr(hr, L"'%s' does not become a member of '%s'", group->members[i], group->name);
        whole = FALSE;
    }
    if (members.cValues && (hr = contacts_add_members(import->book, &group->id, &members)) != S_OK)
    {
        fail_hr(hr, L"'%s' does not get all of its members", group->name);
        whole = FALSE;
    }
    for (i = 0; i < members.cValues; i++) if (made[i]) MAPIFreeBuffer(ids[i].lpb);
    free(made);
    free(ids);
    return whole;
}

static void fill_groups(struct import *import)
{
    size_t i, j;

    for (i = 0; i < import->group_count; i++)
    {
        struct pending_group *group = &import->groups[i];

        if (!fill_group(import, group)) import->incomplete++;
        for (j = 0; j < group->count; j++) free(group->members[j]);
        free(group->members);
        free(group->name);
        free(group->id.lpb);
    }
    free(import->groups);
}

static int import_files(struct arguments *args, struct contact_book *book)
{
    struct import *import = calloc(1, sizeof(*import));
    int i, ret = EXIT_OK;
    HRESULT hr;
    size_t j;

    if (!import) exit(fail(L"out of memory"));
    import->book = book;
    if (FAILED(hr = read_known(import))) ret = fail_hr(hr, L"the contacts cannot be read");
    for (i = 0; i < args->count && !ret; i++) import_file(import, args->values[i]);
    if (!ret)
    {
        fill_groups(import);
        print(L"%lu imported, %lu already there, %lu failed\n", (unsigned long)import->done,
              (unsigned long)import->there, (unsigned long)import->failed);
        for (j = 0; j < import->left_out_count; j++)
            fail(L"%lu of %hs are left out: an entry has no place for them",
                 (unsigned long)import->left_out[j].count, import->left_out[j].name);
        if (import->incomplete)
            fail(L"%lu of them without all that their cards have",
                 (unsigned long)import->incomplete);
        if (import->failed || import->incomplete) ret = EXIT_FAILED;
    }
    for (j = 0; j < import->size; j++) free(import->known[j].id.lpb);
    free(import->known);
    free(import);
    return ret;
}

int contacts_import(struct arguments *args)
{
    struct contact_book book;
    int ret;

    if ((ret = contacts_open(args, &book))) return ret;
    ret = import_files(args, &book);
    contacts_close(&book);
    return ret;
}

/* ---- export ---- */

struct export
{
    struct contact_book book;
    struct vcard_writer writer;
    HANDLE file;
    ULONG done, failed, incomplete;
    BOOL whole;
};

static void note_missing(void *context, const char *what)
{
    struct export *export = context;

    if (export->whole) export->incomplete++;
    export->whole = FALSE;
    fail(L"an entry has an %hs, which a card does not", what);
}

/* Of this container: its entry IDs have the same provider in them. */
static BOOL is_ours(const struct contact_book *book, const SBinary *id)
{
    return id->cb > 20 && book->id.cb > 20
           && !memcmp(id->lpb + 4, book->id.lpb + 4, sizeof(MAPIUID));
}

/* urn:uuid:UID or mailto:address; NULL: neither is known. */
static WCHAR *member_text(struct export *export, const SRow *row)
{
    SizedSPropTagArray(2, tags) = {2, {PR_RECORD_KEY, PR_NULL}};
    const SPropValue *id = find_prop(row, PR_ENTRYID);
    WCHAR *uid = NULL, *address, *ret;
    const WCHAR *scheme = L"mailto:";
    IMAPIProp *entry;
    SPropValue *props;
    ULONG count, type;

    tags.aulPropTag[1] = export->book.uid_tag ? export->book.uid_tag : PR_NULL;
    if (id && is_ours(&export->book, &id->Value.bin)
        && SUCCEEDED(IAddrBook_OpenEntry(export->book.book, id->Value.bin.cb,
                                         (ENTRYID *)id->Value.bin.lpb, NULL, 0, &type,
                                         (IUnknown **)&entry)))
    {
        if (SUCCEEDED(IMAPIProp_GetProps(entry, (SPropTagArray *)&tags, MAPI_UNICODE, &count,
                                         &props)))
        {
            uid = contact_uid(&props[1], &props[0]);
            MAPIFreeBuffer(props);
        }
        IMAPIProp_Release(entry);
    }
    address = uid && *uid ? uid : row_text(row, PR_EMAIL_ADDRESS_W);
    if (address == uid) scheme = _wcsnicmp(uid, L"urn:", 4) ? L"urn:uuid:" : L"";
    else free(uid);
    ret = *address ? malloc((wcslen(address) + wcslen(scheme) + 1) * sizeof(*ret)) : NULL;
    if (ret) wcscat(lstrcpyW(ret, scheme), address);
    free(address);
    return ret;
}

static WCHAR **read_members(struct export *export, IABContainer *list, size_t *count)
{
    static const SizedSPropTagArray(2, columns) = {2, {PR_ENTRYID, PR_EMAIL_ADDRESS_W}};
    WCHAR **ret = NULL;
    IMAPITable *table;
    SRowSet *rows;
    ULONG i;

    *count = 0;
    if (FAILED(IABContainer_GetContentsTable(list, MAPI_UNICODE, &table))) return NULL;
    if (SUCCEEDED(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows)))
    {
        if (!(ret = calloc(rows->cRows + 1, sizeof(*ret)))) exit(fail(L"out of memory"));
        for (i = 0; i < rows->cRows; i++)
        {
            if ((ret[*count] = member_text(export, &rows->aRow[i]))) ++*count;
            else note_missing(export, "unnamed member");
        }
        FreeProws(rows);
    }
    IMAPITable_Release(table);
    return ret;
}

static HRESULT write_out(struct export *export)
{
    struct mime_bytes *out = &export->writer.out;
    DWORD written;

    if (out->failed || export->writer.line.failed) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (!WriteFile(export->file, out->data, out->size, &written, NULL) || written != out->size)
        return HRESULT_FROM_WIN32(GetLastError());
    out->size = 0;
    return S_OK;
}

static HRESULT export_entry(struct export *export, const SBinary *id)
{
    WCHAR **members = NULL;
    IMAPIProp *entry;
    size_t i, count = 0;
    ULONG type;
    HRESULT hr;

    hr = IAddrBook_OpenEntry(export->book.book, id->cb, (ENTRYID *)id->lpb, NULL, 0, &type,
                             (IUnknown **)&entry);
    if (FAILED(hr)) return hr;
    export->whole = TRUE;
    if (type == MAPI_DISTLIST) members = read_members(export, (IABContainer *)entry, &count);
    contact_to_card(&export->book, entry, type == MAPI_DISTLIST, members, count, &export->writer,
                    note_missing, export);
    for (i = 0; i < count; i++) free(members[i]);
    free(members);
    IMAPIProp_Release(entry);
    return S_OK;
}

static HRESULT export_entries(struct export *export, const WCHAR *search)
{
    static const SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    IMAPITable *table;
    ULONG i, count;
    SRowSet *rows;
    HRESULT hr;

    if (FAILED(hr = contacts_table(&export->book, search, (SPropTagArray *)&columns, &table)))
        return hr;
    for (count = 1;
         count && SUCCEEDED(hr) && SUCCEEDED(hr = IMAPITable_QueryRows(table, 256, 0, &rows));)
    {
        for (i = 0; i < rows->cRows && SUCCEEDED(hr); i++)
        {
            if (FAILED(export_entry(export, &rows->aRow[i].lpProps[0].Value.bin))) export->failed++;
            else
            {
                export->done++;
                if (export->writer.out.size > 65536) hr = write_out(export);
            }
        }
        count = rows->cRows;
        FreeProws(rows);
    }
    if (SUCCEEDED(hr)) hr = write_out(export);
    IMAPITable_Release(table);
    return hr;
}

int contacts_export(struct arguments *args)
{
    const WCHAR *version = take_value(args, L"--version"), *search = take_value(args, L"--search");
    struct export export;
    const WCHAR *path;
    WCHAR *part;
    HRESULT hr;
    int ret;

    memset(&export, 0, sizeof(export));
    export.writer.version = version && !lstrcmpW(version, L"4.0") ? 40 : 30;
    if (version && lstrcmpW(version, L"4.0") && lstrcmpW(version, L"3.0"))
    {
        fail(L"--version is 3.0 or 4.0");
        return EXIT_USAGE;
    }
    if ((ret = contacts_open(args, &export.book))) return ret;
    path = args->values[0];
    if (!(part = malloc((wcslen(path) + 8) * sizeof(*part)))) exit(fail(L"out of memory"));
    wcscat(lstrcpyW(part, path), L".part");
    export.file = CreateFileW(part, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    if (export.file == INVALID_HANDLE_VALUE) ret = fail(L"'%s' cannot be written", part);
    else
    {
        hr = export_entries(&export, search);
        CloseHandle(export.file);
        if (SUCCEEDED(hr) && !MoveFileExW(part, path, MOVEFILE_REPLACE_EXISTING))
            hr = HRESULT_FROM_WIN32(GetLastError());
        if (FAILED(hr))
        {
            DeleteFileW(part);
            ret = fail_hr(hr, L"'%s' is not written", path);
        }
        else
        {
            print(L"%lu exported, %lu failed\n", (unsigned long)export.done,
                  (unsigned long)export.failed);
            if (export.failed || export.incomplete) ret = EXIT_FAILED;
        }
    }
    free(part);
    vcard_writer_free(&export.writer);
    contacts_close(&export.book);
    return ret;
}
