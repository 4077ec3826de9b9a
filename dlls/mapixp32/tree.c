/*
 * Mail transport: the folders of the store, and which of them go with folders of the server
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
 * A folder that goes with one of the server has a mark: PR_MAPIXP_TIED, "ACCOUNT.NAME.PATH", hashes
 * of the account, of the folder's name there, and of its path here when both last agreed; the name
 * itself is in PR_MAPIXP_TIED_NAME, behind the character between levels. So it is known again
 * wherever it goes here. A store that keeps no such properties has no marks, and its folders are
 * found by their names only.
 */

#include "follow.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapixp);

#define NODES_MAX 10000

enum
{
    COLUMN_ID,
    COLUMN_PARENT,
    COLUMN_NAME,
    COLUMN_TYPE,
    COLUMN_CLASS,
    COLUMN_TIED,
    COLUMN_COUNT
};

static const SizedSPropTagArray(COLUMN_COUNT, columns) = {
    COLUMN_COUNT,
    { PR_ENTRYID, PR_PARENT_ENTRYID, PR_DISPLAY_NAME_W, PR_FOLDER_TYPE, PR_CONTAINER_CLASS_W,
      PR_MAPIXP_TIED }
};

static BOOL has(const SRow *row, ULONG index)
{
    return row->cValues == COLUMN_COUNT
           && row->lpProps[index].ulPropTag == columns.aulPropTag[index];
}

BOOL tree_path_hash(const WCHAR *path, char hash[17])
{
    return hash_short(path, lstrlenW(path) * sizeof(WCHAR), hash);
}

static void read_tied(struct xp_logon *logon, const WCHAR *tied, struct node *node)
{
    char text[64];
    int i;

    for (i = 0; i < 50; i++)
        if (!(text[i] = tied[i] < 0x7f ? (char)tied[i] : 0)) return;
    if (tied[50] || text[16] != '.' || text[33] != '.') return;
    node->ours = !strncmp(text, logon->account, 16);
    node->other = !node->ours;
    memcpy(node->hash, text + 17, 16);
    memcpy(node->path_hash, text + 34, 16);
}

/* Mail, or nothing in particular. */
static BOOL is_mail(const SRow *row)
{
    static const WCHAR note[] = L"IPF.Note";
    const WCHAR *class = has(row, COLUMN_CLASS) ? row->lpProps[COLUMN_CLASS].Value.lpszW : L"";
    size_t length = ARRAYSIZE(note) - 1;

    return !*class || (!_wcsnicmp(class, note, length) && (!class[length] || class[length] == '.'));
}

static BOOL add_node(struct xp_logon *logon, struct tree *tree, size_t parent, const SRow *row)
{
    const WCHAR *name = row->lpProps[COLUMN_NAME].Value.lpszW, *above = L"";
    struct node *grown = list_grow(tree->nodes, tree->count, &tree->room, sizeof(*grown)), *node;
    size_t length;

    if (!grown) return FALSE;
    tree->nodes = grown;
    if (parent != NO_NODE) above = tree->nodes[parent].path;
    node = &tree->nodes[tree->count];
    memset(node, 0, sizeof(*node));
    node->parent = parent;
    length = lstrlenW(above) + lstrlenW(name) + 2;
    if (!(node->path = malloc(length * sizeof(WCHAR)))) return FALSE;
    tree->count++;
    swprintf(node->path, length, *above ? L"%ls\1%ls" : L"%ls%ls", above, name);
    node->name = node->path + lstrlenW(node->path) - lstrlenW(name);
    node->mail = is_mail(row);
    if (has(row, COLUMN_TIED)) read_tied(logon, row->lpProps[COLUMN_TIED].Value.lpszW, node);
    return binary_copy(&row->lpProps[COLUMN_ID].Value.bin, &node->id);
}

static int compare_ids(const SBinary *a, const SBinary *b)
{
    return a->cb != b->cb ? (a->cb < b->cb ? -1 : 1) : memcmp(a->lpb, b->lpb, a->cb);
}

static const SBinary *parent_of(const SRow *row)
{
    return &row->lpProps[COLUMN_PARENT].Value.bin;
}

static int compare_parents(const void *a, const void *b)
{
    return compare_ids(parent_of(a), parent_of(b));
}

/* What can be a node, by its parent. */
static void sort_rows(SRowSet *rows)
{
    ULONG i, count = 0;
    SRow row;

    for (i = 0; i < rows->cRows; i++)
    {
        row = rows->aRow[i];
        if (!has(&row, COLUMN_ID) || !has(&row, COLUMN_PARENT) || !has(&row, COLUMN_NAME)) continue;
        if (has(&row, COLUMN_TYPE) && row.lpProps[COLUMN_TYPE].Value.l == FOLDER_SEARCH) continue;
        rows->aRow[i] = rows->aRow[count];
        rows->aRow[count++] = row;
    }
    for (i = count; i < rows->cRows; i++) MAPIFreeBuffer(rows->aRow[i].lpProps);
    rows->cRows = count;
    qsort(rows->aRow, count, sizeof(*rows->aRow), compare_parents);
}

/* Those whose parent this is, out of sorted rows. */
static BOOL add_children(struct xp_logon *logon, struct tree *tree, const SRowSet *rows,
                         const SBinary *id, size_t parent)
{
    ULONG low = 0, high = rows->cRows, middle;

    while (low < high)
    {
        middle = low + (high - low) / 2;
        if (compare_ids(parent_of(&rows->aRow[middle]), id) < 0) low = middle + 1;
        else high = middle;
    }
    for (; low < rows->cRows && binary_same(parent_of(&rows->aRow[low]), id); low++)
    {
        if (tree->count == NODES_MAX)
        {
            tree->cut = TRUE;
            break;
        }
        if (!add_node(logon, tree, parent, &rows->aRow[low])) return FALSE;
    }
    return TRUE;
}

static void set_special(struct tree *tree, const SBinary *id, BOOL inbox, BOOL deleted)
{
    struct node *node = tree_find_id(tree, id);

    if (!node) return;
    node->special = TRUE;
    node->inbox = inbox;
    node->deleted = deleted;
}

static void find_special(IMAPIProp *object, ULONG tag, struct tree *tree)
{
    SPropValue *id;

    if (FAILED(HrGetOneProp(object, tag, &id))) return;
    set_special(tree, &id->Value.bin, FALSE, tag == PR_IPM_WASTEBASKET_ENTRYID);
    MAPIFreeBuffer(id);
}

static void find_specials(IMsgStore *store, struct tree *tree)
{
    IMAPIFolder *inbox;
    SPropValue *id;
    size_t i;

    find_special((IMAPIProp *)store, PR_IPM_OUTBOX_ENTRYID, tree);
    find_special((IMAPIProp *)store, PR_IPM_SENTMAIL_ENTRYID, tree);
    find_special((IMAPIProp *)store, PR_IPM_WASTEBASKET_ENTRYID, tree);
    if (SUCCEEDED(place_open(store, NULL, &inbox)))
    {
        find_special((IMAPIProp *)inbox, PR_IPM_DRAFTS_ENTRYID, tree);
        if (SUCCEEDED(HrGetOneProp((IMAPIProp *)inbox, PR_ENTRYID, &id)))
        {
            set_special(tree, &id->Value.bin, TRUE, FALSE);
            MAPIFreeBuffer(id);
        }
        IMAPIFolder_Release(inbox);
    }
    for (i = 0; i < tree->count; i++)
        if (tree->nodes[i].parent != NO_NODE && tree->nodes[tree->nodes[i].parent].deleted)
            tree->nodes[i].deleted = TRUE;
}

/* A folder that was copied here has the mark of the other: the one that is where the mark says
 * keeps it. */
static void drop_copied_marks(struct tree *tree)
{
    char path_hash[17];
    size_t i, j;

    for (i = 0; i < tree->count; i++)
    {
        struct node *node = &tree->nodes[i];

        if (!node->ours) continue;
        for (j = 0;
             j < tree->count
             && !(j != i && tree->nodes[j].ours && !strcmp(tree->nodes[j].hash, node->hash));)
            j++;
        if (j == tree->count) continue;
        if (tree_path_hash(node->path, path_hash) && !strcmp(path_hash, node->path_hash))
            tree->nodes[j].ours = FALSE;
        else node->ours = FALSE;
    }
}

HRESULT tree_read(struct xp_logon *logon, IMsgStore *store, struct tree *tree)
{
    IMAPIFolder *top = NULL;
    IMAPITable *table;
    SRowSet *rows = NULL;
    SPropValue *id;
    HRESULT hr;
    size_t i;
    BOOL ok;

    memset(tree, 0, sizeof(*tree));
    if (FAILED(hr = HrGetOneProp((IMAPIProp *)store, PR_IPM_SUBTREE_ENTRYID, &id))) return hr;
    hr = store_open_object(store, &id->Value.bin, &top);
    if (SUCCEEDED(hr)
        && SUCCEEDED(
            hr = IMAPIFolder_GetHierarchyTable(top, CONVENIENT_DEPTH | MAPI_UNICODE, &table)))
    {
        hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
        IMAPITable_Release(table);
    }
    if (SUCCEEDED(hr))
    {
        sort_rows(rows);
        ok = add_children(logon, tree, rows, &id->Value.bin, NO_NODE);
        for (i = 0; i < tree->count && ok; i++)
        {
            SBinary own = tree->nodes[i].id;

            ok = add_children(logon, tree, rows, &own, i);
        }
        if (!ok) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        FreeProws(rows);
    }
    if (SUCCEEDED(hr))
    {
        find_specials(store, tree);
        drop_copied_marks(tree);
    }
    if (FAILED(hr)) tree_free(tree);
    if (top) IMAPIFolder_Release(top);
    MAPIFreeBuffer(id);
    return hr;
}

void tree_free(struct tree *tree)
{
    size_t i;

    for (i = 0; i < tree->count; i++)
    {
        free(tree->nodes[i].id.lpb);
        free(tree->nodes[i].path);
        free(tree->nodes[i].target);
    }
    free(tree->nodes);
    memset(tree, 0, sizeof(*tree));
}

struct node *tree_find_hash(struct tree *tree, const char *hash)
{
    size_t i;

    for (i = 0; i < tree->count; i++)
        if (tree->nodes[i].ours && !strcmp(tree->nodes[i].hash, hash)) return &tree->nodes[i];
    return NULL;
}

struct node *tree_find_id(struct tree *tree, const SBinary *id)
{
    size_t i;

    for (i = 0; i < tree->count; i++)
        if (binary_same(&tree->nodes[i].id, id)) return &tree->nodes[i];
    return NULL;
}

/* As place_open would find it: INBOX is the inbox, whatever that is called here, and case does not
 * count. */
struct node *tree_find_place(struct tree *tree, const struct place *place)
{
    static const WCHAR inbox[] = L"INBOX";
    const size_t length = ARRAYSIZE(inbox) - 1;
    const WCHAR *rest = NULL;
    size_t i;

    if (!_wcsnicmp(place->path, inbox, length)
        && (!place->path[length] || place->path[length] == IMAP_LEVEL_END))
        rest = place->path + length;
    for (i = 0; rest && i < tree->count; i++)
    {
        struct node *node = &tree->nodes[i];
        size_t above, j = i;

        while (j != NO_NODE && !tree->nodes[j].inbox) j = tree->nodes[j].parent;
        if (j == NO_NODE) continue;
        above = lstrlenW(tree->nodes[j].path);
        if (!_wcsicmp(node->path + above, rest)) return node;
    }
    for (i = 0; !rest && i < tree->count; i++)
        if (!_wcsicmp(tree->nodes[i].path, place->path)) return &tree->nodes[i];
    return NULL;
}

/* ---- marks ---- */

HRESULT tree_mark(struct xp_logon *logon, IMsgStore *store, const SBinary *id, const char *name,
                  char separator, const char *path_hash)
{
    WCHAR tied[64], wide[IMAP_NAME_MAX + 1];
    SPropValue props[2];
    IMAPIFolder *folder;
    char hash[17];
    HRESULT hr;

    if (!place_hash(name, hash)) return MAPI_E_NOT_ENOUGH_MEMORY;
    swprintf(tied, ARRAYSIZE(tied), L"%.16hs.%hs.%hs", logon->account, hash, path_hash);
    swprintf(wide, ARRAYSIZE(wide), L"%c%hs", separator ? separator : ' ', name);
    props[0].ulPropTag = PR_MAPIXP_TIED;
    props[0].dwAlignPad = 0;
    props[0].Value.lpszW = tied;
    props[1].ulPropTag = PR_MAPIXP_TIED_NAME;
    props[1].dwAlignPad = 0;
    props[1].Value.lpszW = wide;
    if (FAILED(hr = store_open_object(store, id, &folder))) return hr;
    hr = IMAPIFolder_SetProps(folder, 2, props, NULL);
    if (SUCCEEDED(hr)) hr = IMAPIFolder_SaveChanges(folder, KEEP_OPEN_READWRITE);
    IMAPIFolder_Release(folder);
    TRACE("%s: %#lx\n", debugstr_a(name), hr);
    return hr;
}

HRESULT tree_read_mark(IMsgStore *store, const SBinary *id, char name[IMAP_NAME_MAX],
                       char *separator)
{
    IMAPIFolder *folder;
    SPropValue *prop;
    HRESULT hr;
    char *text;

    if (FAILED(hr = store_open_object(store, id, &folder))) return hr;
    hr = HrGetOneProp((IMAPIProp *)folder, PR_MAPIXP_TIED_NAME, &prop);
    IMAPIFolder_Release(folder);
    if (FAILED(hr)) return hr;
    text = utf8_from_wide(prop->Value.lpszW);
    MAPIFreeBuffer(prop);
    if (!text || strlen(text) < 2 || strlen(text) > IMAP_NAME_MAX) hr = MAPI_E_CORRUPT_DATA;
    else
    {
        *separator = text[0] == ' ' ? 0 : text[0];
        strcpy(name, text + 1);
    }
    free(text);
    return hr;
}
