/*
 * Mail transport: folders made, renamed, moved and deleted on one side, and what follows on the other
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
 * A comparison begins here: each folder that the server lists is found in the store by its mark (tree.c), or
 * else by its name, which marks it, or is made.
 *
 *   no mark, below a folder that goes with one there         made here: CREATE
 *   a mark, and not where it was when both last agreed       renamed or moved here: RENAME
 *   listed, was marked once, and no folder has the mark      deleted here: its messages go one by one, and when the
 *                                                            folder there is empty: DELETE
 *   a mark, and the server says that there is no such name   deleted there: its messages go to the deleted items, or
 *                                                            to where they came meanwhile; when it is empty it goes
 *
 * A folder here that is only a level in the names of others there is marked as well, so that it goes with the last
 * of them.
 *
 * That a folder was marked is in the journal with the prefix of its ids. A folder that is renamed gives its
 * messages other ids, for the name's hash is part of them: messages first, then the journal, then the mark. Until
 * then nothing is fetched from it; after a crash in between it is fetched, and told by Message-IDs.
 */

#include "follow.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapixp);

struct context
{
    struct xp_logon *logon;
    IMsgStore *store;
    struct tree *tree;
    struct ties *ties;
    char separator;
};

static const struct tie *find_tie_hash(const struct ties *ties, const char *hash)
{
    size_t i;

    for (i = 0; i < ties->count; i++)
        if (ties->list[i].place && !strcmp(ties->list[i].place->hash, hash)) return &ties->list[i];
    return NULL;
}

/* ---- the journal ---- */

static BOOL was_marked(struct xp_logon *logon, const char *prefix)
{
    struct received_entry *entry;
    BOOL ret;

    EnterCriticalSection(&logon->cs);
    entry = received_find(&logon->received, prefix);
    ret = entry && entry->state == RECEIVED_DONE && entry->seen;
    LeaveCriticalSection(&logon->cs);
    return ret;
}

static void note_marked(struct xp_logon *logon, const char *prefix, BOOL marked)
{
    if (was_marked(logon, prefix) != marked) incoming_note(logon, prefix, RECEIVED_DONE, marked);
}

/* ---- renamed there: other ids ---- */

struct kind                             /* "folder.HASH." */
{
    char from[32], to[32];
};

struct reidentified
{
    struct reidentified *next;
    SBinary message;                    /* malloc */
    char id[96];
};

struct renaming
{
    struct kind *kinds;
    size_t count;
    struct reidentified *list;
};

static void renaming_free(struct renaming *renaming)
{
    struct reidentified *message;

    while ((message = renaming->list))
    {
        renaming->list = message->next;
        free(message->message.lpb);
        free(message);
    }
    free(renaming->kinds);
}

static HRESULT visit_renamed(void *context, IMAPIFolder *folder, const SPropValue *props)
{
    struct renaming *renaming = context;
    struct reidentified *message;
    const struct kind *kind;
    char id[96];
    size_t i;

    if (props[VISIT_ENTRYID].ulPropTag != PR_ENTRYID || !visit_source(props, id)) return S_OK;
    for (i = 0; i < renaming->count; i++)
    {
        kind = &renaming->kinds[i];
        if (strncmp(id, kind->from, strlen(kind->from))) continue;
        if (!(message = calloc(1, sizeof(*message)))) return MAPI_E_NOT_ENOUGH_MEMORY;
        message->next = renaming->list;
        renaming->list = message;
        snprintf(message->id, sizeof(message->id), "%s%.60s", kind->to, id + strlen(kind->from));
        if (!binary_copy(&props[VISIT_ENTRYID].Value.bin, &message->message))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        break;
    }
    return S_OK;
}

static BOOL make_kind(const char *from, const char *to, struct kind *kind)
{
    char hash[17];

    if (!place_hash(from, hash)) return FALSE;
    place_kind(hash, kind->from);
    if (!place_hash(to, hash)) return FALSE;
    place_kind(hash, kind->to);
    return TRUE;
}

struct renamed_node
{
    struct node *node;
    char name[IMAP_NAME_MAX];           /* that it has there now */
};

static BOOL is_inside(const struct tree *tree, const struct node *node, const struct node *above)
{
    size_t i;

    for (i = node->parent; i != NO_NODE; i = tree->nodes[i].parent)
        if (&tree->nodes[i] == above) return TRUE;
    return FALSE;
}

/* Our marked folders whose names there begin with the old one, and what they are called now. */
static HRESULT find_renamed(const struct context *context, struct node *top, const char *from,
                            const char *to, char separator, struct renamed_node **ret,
                            size_t *count)
{
    struct tree *tree = context->tree;
    char name[IMAP_NAME_MAX], own_separator;
    struct renamed_node *list, *renamed;
    size_t i;

    *count = 0;
    if (!(list = calloc(tree->count, sizeof(*list)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < tree->count; i++)
    {
        struct node *node = &tree->nodes[i];

        renamed = &list[*count];
        if (node == top) strcpy(renamed->name, to);
        else if (!node->ours
                 || FAILED(tree_read_mark(context->store, &node->id, name, &own_separator))
                 || !imap_is_below(name, from, separator)
                 || snprintf(renamed->name, sizeof(renamed->name), "%s%s", to, name + strlen(from))
                        >= (int)sizeof(renamed->name))
            continue;
        renamed->node = node;
        (*count)++;
    }
    *ret = list;
    return S_OK;
}

/* The folder of the store, and those below it, are called otherwise there from now on. */
static HRESULT renamed_there(const struct context *context, struct node *top, const char *from,
                             const char *to, char separator, const char *path_hash)
{
    struct xp_logon *logon = context->logon;
    struct renaming renaming = { 0 };
    struct reidentified *message;
    struct renamed_node *nodes;
    char old[IMAP_NAME_MAX];
    size_t i, count;
    HRESULT hr;

    if (FAILED(hr = find_renamed(context, top, from, to, separator, &nodes, &count))) return hr;
    if (!(renaming.kinds = calloc(count, sizeof(*renaming.kinds)))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        snprintf(old, sizeof(old), "%s%s", from, nodes[i].name + strlen(to));
        if (!make_kind(old, nodes[i].name, &renaming.kinds[renaming.count++]))
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (SUCCEEDED(hr)) hr = store_visit(context->store, visit_renamed, &renaming);
    for (message = renaming.list; message && SUCCEEDED(hr); message = message->next)
    {
        hr = incoming_save_source(context->store, &message->message, message->id);
        if (hr == MAPI_E_NOT_FOUND || hr == MAPI_E_OBJECT_DELETED) hr = S_OK;
    }
    EnterCriticalSection(&logon->cs);
    for (i = 0; i < renaming.count && SUCCEEDED(hr); i++)
        if (!received_rename(&logon->received, renaming.kinds[i].from, renaming.kinds[i].to))
            hr = MAPI_E_NOT_ENOUGH_DISK;
    LeaveCriticalSection(&logon->cs);
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        struct node *node = nodes[i].node;

        /* One that was moved out of there meanwhile is to be seen as moved. */
        if (node == top) strcpy(node->path_hash, path_hash);
        else if (is_inside(context->tree, node, top)) tree_path_hash(node->path, node->path_hash);
        hr = tree_mark(logon, context->store, &node->id, nodes[i].name, separator, node->path_hash);
        if (SUCCEEDED(hr) && !place_hash(nodes[i].name, node->hash)) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    TRACE("%s is %s now, with %lu below: %#lx\n", debugstr_a(from), debugstr_a(to),
          (unsigned long)count - 1, hr);
    renaming_free(&renaming);
    free(nodes);
    return hr;
}

/* Deleted here meanwhile: what the server has of it by the new name is to be deleted, not to come
 * back. */
static HRESULT renamed_without(struct xp_logon *logon, const struct change *change)
{
    struct kind kind;
    BOOL ok;

    if (!make_kind(change->from, change->to, &kind)) return MAPI_E_NOT_ENOUGH_MEMORY;
    EnterCriticalSection(&logon->cs);
    ok = received_rename(&logon->received, kind.from, kind.to);
    LeaveCriticalSection(&logon->cs);
    return ok ? S_OK : MAPI_E_NOT_ENOUGH_DISK;
}

/* ---- what was done there ---- */

static HRESULT settle_change(const struct context *context, const struct change *change)
{
    struct node *node = change->folder.lpb ? tree_find_id(context->tree, &change->folder) : NULL;
    HRESULT hr;

    if (change->kind == CHANGE_DELETE)
    {
        incoming_note(context->logon, change->prefix, RECEIVED_GONE, FALSE);
        return S_OK;
    }
    if (!node && change->kind == CHANGE_RENAME) return renamed_without(context->logon, change);
    if (!node) return S_OK;
    if (change->kind == CHANGE_RENAME)
        return renamed_there(context, node, change->from, change->to, change->separator,
                             change->path_hash);
    hr = tree_mark(context->logon, context->store, &node->id, change->to, change->separator,
                   change->path_hash);
    if (FAILED(hr) || !place_hash(change->to, node->hash)) return S_OK;
    strcpy(node->path_hash, change->path_hash);
    node->ours = TRUE;
    return S_OK;
}

static HRESULT settle(const struct context *context)
{
    struct change *change;
    HRESULT hr = S_OK;

    while ((change = changes_done(context->logon))
           && SUCCEEDED(hr = settle_change(context, change)))
        changes_drop(context->logon, change);
    return hr;
}

/* ---- the folder of each tie ---- */

static void set_folder(struct tie *tie, struct node *node)
{
    free(tie->folder.lpb);
    binary_copy(&node->id, &tie->folder);
    if (!node->tie) node->tie = tie;
}

static void open_tie(const struct context *context, struct tie *tie)
{
    IMAPIFolder *folder;
    struct node *node;
    SPropValue *id;

    /* One that cannot be opened has no part in this comparison. */
    if (FAILED(place_open(context->store, tie->place, &folder))) return;
    if (SUCCEEDED(HrGetOneProp((IMAPIProp *)folder, PR_ENTRYID, &id)))
    {
        binary_copy(&id->Value.bin, &tie->folder);
        if (tie->place && (node = tree_find_id(context->tree, &id->Value.bin)) && !node->tie)
            node->tie = tie;
        MAPIFreeBuffer(id);
    }
    IMAPIFolder_Release(folder);
}

static void mark_node(const struct context *context, struct node *node, const struct tie *tie)
{
    char path_hash[17];

    if (!tree_path_hash(node->path, path_hash)
        || FAILED(tree_mark(context->logon, context->store, &node->id, tie->place->name,
                            tie->place->separator, path_hash)))
        return;
    node->ours = TRUE;
    strcpy(node->hash, tie->place->hash);
    strcpy(node->path_hash, path_hash);
}

/* By name: one that bears no mark, or that of a name that is listed no more. What was renamed on
 * both sides, or there without being noted here, has been fetched by now and was told by its
 * Message-ID; ids are not guessed. */
static void tie_by_name(const struct context *context, struct tie *tie, struct node *node)
{
    if (!node->special && !node->other
        && (!node->ours || !find_tie_hash(context->ties, node->hash)))
        mark_node(context, node, tie);
    set_folder(tie, node);
}

static void tie_folder(const struct context *context, struct tie *tie)
{
    const struct place *place = tie->place;
    struct node *node;

    if (!place || place->sent || place->trash)
    {
        open_tie(context, tie);
        return;
    }
    if ((node = tree_find_hash(context->tree, place->hash))) set_folder(tie, node);
    else if ((node = tree_find_place(context->tree, place))) tie_by_name(context, tie, node);
    else if (!context->tree->cut && was_marked(context->logon, tie->prefix))
        tie->deleted = TRUE;
    /* Made now, it is marked by the next comparison. */
    else open_tie(context, tie);
    if (node && node->ours && !strcmp(node->hash, place->hash))
        note_marked(context->logon, tie->prefix, TRUE);
}

/* ---- what is to be done there ---- */

/* The name that the folder above has there; NULL: none, so nothing below it has one. */
static const char *name_above(const struct context *context, const struct node *node)
{
    const struct node *above;

    if (node->parent == NO_NODE) return "";
    above = &context->tree->nodes[node->parent];
    if (above->inbox) return "INBOX";
    if (above->target) return above->target;
    return above->tie && above->tie->place ? above->tie->place->name : NULL;
}

static BOOL is_renamed(const struct node *node)
{
    return node->ours && node->target && !node->level;
}

static void set_target(struct node *node, const char *target)
{
    free(node->target);
    node->target = _strdup(target);
}

/* It is not where it was. */
static void decide_moved(const struct context *context, struct node *node, const char *path_hash)
{
    const struct node *above = node->parent == NO_NODE ? NULL : &context->tree->nodes[node->parent];
    const char *name = node->tie->place->name, *name_of_above = name_above(context, node);
    char target[IMAP_NAME_MAX], old[IMAP_NAME_MAX];

    if (!name_of_above || !imap_join_name(name_of_above, context->separator, node->name, target))
        return;
    if (!strcmp(target, name))
    {
        tree_mark(context->logon, context->store, &node->id, name, context->separator, path_hash);
        return;
    }
    if (above && is_renamed(above))
    {
        /* With the one above, or else in another round. */
        if (above->tie
            && imap_join_name(above->tie->place->name, context->separator, node->name, old)
            && !strcmp(old, name))
            set_target(node, target);
        return;
    }
    if (changes_add(context->logon, CHANGE_RENAME, &node->id, name, target, context->separator,
                    path_hash, NULL))
        set_target(node, target);
}

static BOOL has_tie_below(const struct context *context, const char *name)
{
    size_t i;

    for (i = 0; i < context->ties->count; i++)
        if (context->ties->list[i].place
            && imap_is_below(context->ties->list[i].place->name, name, context->separator))
            return TRUE;
    return FALSE;
}

/* There is nothing there to make or to rename; what lies below goes by itself. */
static void mark_level(const struct context *context, struct node *node, const char *name,
                       const char *path_hash)
{
    if (strcmp(path_hash, node->path_hash))
        tree_mark(context->logon, context->store, &node->id, name, context->separator, path_hash);
    node->ours = node->level = TRUE;
    set_target(node, name);
}

static void decide_level(const struct context *context, struct node *node, const char *name,
                         const char *path_hash)
{
    const char *above = name_above(context, node);
    char target[IMAP_NAME_MAX];

    if (!strcmp(path_hash, node->path_hash)) mark_level(context, node, name, path_hash);
    else if (above && imap_join_name(above, context->separator, node->name, target))
        mark_level(context, node, target, path_hash);
}

static void decide_made(const struct context *context, struct node *node, const char *path_hash)
{
    const char *above = name_above(context, node);
    char target[IMAP_NAME_MAX], hash[17];

    if (!above || !imap_join_name(above, context->separator, node->name, target)) return;
    if (!place_hash(target, hash) || find_tie_hash(context->ties, hash)) return;
    if (has_tie_below(context, target)) mark_level(context, node, target, path_hash);
    else if (changes_add(context->logon, CHANGE_CREATE, &node->id, NULL, target, context->separator,
                         path_hash, NULL))
        set_target(node, target);
}

/* Not listed, or no more. */
static void decide_unlisted(const struct context *context, struct node *node, const char *path_hash,
                            struct received *gone, struct names *missing)
{
    char name[IMAP_NAME_MAX], kind[32], separator;

    if (FAILED(tree_read_mark(context->store, &node->id, name, &separator))) return;
    place_kind(node->hash, kind);
    if (has_tie_below(context, name)) decide_level(context, node, name, path_hash);
    else if (!(node->gone = received_find(gone, kind) != NULL)) names_add(missing, name);
}

static void decide(const struct context *context, struct received *gone)
{
    struct names missing = { 0 };
    char path_hash[17];
    size_t i;

    for (i = 0; i < context->tree->count; i++)
    {
        struct node *node = &context->tree->nodes[i];

        if (node->special || node->other || !tree_path_hash(node->path, path_hash)) continue;
        if (node->ours && !find_tie_hash(context->ties, node->hash))
            decide_unlisted(context, node, path_hash, gone, &missing);
        else if (node->ours && node->tie && node->tie->place)
        {
            if (strcmp(path_hash, node->path_hash)) decide_moved(context, node, path_hash);
        }
        else if (!node->ours && !node->tie && node->mail && !node->deleted)
            decide_made(context, node, path_hash);
    }
    missing_set(context->logon, &missing);
}

HRESULT tree_compare(struct xp_logon *logon, IMsgStore *store, struct tree *tree, struct ties *ties,
                     struct received *gone)
{
    struct context context = { logon, store, tree, ties, 0 };
    HRESULT hr;
    size_t i;

    EnterCriticalSection(&logon->cs);
    context.separator = logon->follow->separator;
    LeaveCriticalSection(&logon->cs);
    changes_drop_waiting(logon);
    /* A store that has no such table: its folders are found by their names, and are not
     * compared. */
    if (FAILED(tree_read(logon, store, tree)))
    {
        ties_open(ties, store);
        return S_OK;
    }
    if (FAILED(hr = settle(&context))) return hr;
    for (i = 0; i < ties->count; i++) tie_folder(&context, &ties->list[i]);
    decide(&context, gone);
    return S_OK;
}

/* ---- when all messages are where they belong ---- */

static void delete_if_empty(IMsgStore *store, const struct node *node)
{
    static const SizedSPropTagArray(
        3, tags) = { 3, { PR_CONTENT_COUNT, PR_SUBFOLDERS, PR_PARENT_ENTRYID } };
    IMAPIFolder *folder, *parent;
    SPropValue *props;
    ULONG count;
    HRESULT hr;

    if (FAILED(store_open_object(store, &node->id, &folder))) return;
    hr = IMAPIFolder_GetProps(folder, (SPropTagArray *)&tags, 0, &count, &props);
    IMAPIFolder_Release(folder);
    if (hr != S_OK) return;
    if (!props[0].Value.l && !props[1].Value.b
        && SUCCEEDED(store_open_object(store, &props[2].Value.bin, &parent)))
    {
        hr = IMAPIFolder_DeleteFolder(parent, node->id.cb, (ENTRYID *)node->id.lpb, 0, NULL, 0);
        TRACE("%s: %#lx\n", debugstr_w(node->path), hr);
        IMAPIFolder_Release(parent);
    }
    MAPIFreeBuffer(props);
}

void tree_end(struct xp_logon *logon, IMsgStore *store, struct tree *tree, struct ties *ties,
              BOOL sure)
{
    LONG follow = logon->settings.follow;
    size_t i;

    for (i = 0; i < tree->count; i++)
        if (tree->nodes[i].ours && tree->nodes[i].tie) sure = TRUE;
    /* Those below first. */
    for (i = ties->count; i--;)
    {
        const struct tie *tie = &ties->list[i];

        if (!tie->deleted) continue;
        /* Made anew by the next comparison. */
        if (!sure || !(follow & MAPIXP_FOLLOW_DELETED_HERE)) note_marked(logon, tie->prefix, FALSE);
        else if (!tie->exists)
            changes_add(logon, CHANGE_DELETE, NULL, tie->place->name, NULL, tie->place->separator,
                        NULL, tie->prefix);
    }
    for (i = tree->count; sure && follow & MAPIXP_FOLLOW_DELETED_THERE && i--;)
        if (tree->nodes[i].gone) delete_if_empty(store, &tree->nodes[i]);
}
