/*
 * Ordered sequences that know the number of each of their members
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
 * A weight-balanced tree of blocks. With the weight of a subtree the number of its blocks plus one,
 * no child weighs more than BALANCE times its sibling; a rotation is single when the inner
 * grandchild weighs less than RATIO times the outer one. These two values keep the invariant
 * through every insertion and removal.
 *
 * A block that is full is halved, at the end of the tree left as it is and followed by a new one;
 * one that has little left is joined with a neighbour. A tree of one block begins with a small one.
 */

#include <assert.h>
#include <string.h>

#include "core/core.h"
#include "core/ostree.h"

#define BALANCE 3
#define RATIO   2

#define FIRST_ROOM 4
#define FILL       52                   /* of a block when a tree is built */
/* A block with fewer is joined with another, if both together have no more than JOINED. */
#define FEW        (OSTREE_ROOM / 4)
#define JOINED     (OSTREE_ROOM * 3 / 4)
#define KEPT_SPARES 2

C_ASSERT(OSTREE_ROOM < 64);

/* --- blocks ------------------------------------------------------------------------------------ */

static ULONG blocks_of(const struct ostree_block *block)
{
    return block ? block->blocks : 0;
}

static ULONG count_of(const struct ostree_block *block)
{
    return block ? block->count : 0;
}

static ULONG visible_of(const struct ostree_block *block)
{
    return block ? block->visible : 0;
}

static ULONGLONG weight_of(const struct ostree_block *block)
{
    return (ULONGLONG)blocks_of(block) + 1;
}

static ULONGLONG bit(ULONG slot)
{
    return (ULONGLONG)1 << slot;
}

static ULONG count_bits(ULONGLONG bits)
{
    ULONG count = 0;

    for (; bits; bits &= bits - 1) count++;
    return count;
}

static ULONG slot_of(const struct ostree_node *node)
{
    struct ostree_node *const *nodes = node->block->nodes;
    ULONG slot = 0;

    while (nodes[slot] != node) slot++;
    assert(slot < node->block->used);
    return slot;
}

static struct ostree_block *create_block(const struct ostree *tree, ULONG room)
{
    size_t nodes = (room * sizeof(struct ostree_node *) + 7) & ~(size_t)7;
    size_t header = (sizeof(struct ostree_block) + 7) & ~(size_t)7;
    struct ostree_block *block;

    block = platform_alloc(header + nodes + (tree->words ? room * sizeof(ULONGLONG) : 0));
    if (!block) return NULL;
    memset(block, 0, sizeof(*block));
    block->room = room;
    block->nodes = (struct ostree_node **)((BYTE *)block + header);
    if (tree->words) block->words = (ULONGLONG *)((BYTE *)block + header + nodes);
    return block;
}

static void add_spare(struct ostree *tree, struct ostree_block *block)
{
    block->right = tree->spares;
    tree->spares = block;
}

/* There is one: it was reserved. */
static struct ostree_block *take_spare(struct ostree *tree)
{
    struct ostree_block *block = tree->spares;

    assert(block);
    tree->spares = block->right;
    block->left = block->right = block->parent = NULL;
    block->used = 0;
    block->hidden = 0;
    return block;
}

/* Leaves some, of this room at least. */
static void trim_spares(struct ostree *tree, ULONG keep, ULONG room)
{
    struct ostree_block **link = &tree->spares, *block;

    while ((block = *link))
    {
        if (keep && block->room >= room)
        {
            keep--;
            link = &block->right;
            continue;
        }
        *link = block->right;
        platform_free(block);
    }
}

static BOOL reserve_blocks(struct ostree *tree, ULONG count, ULONG room)
{
    struct ostree_block *block;
    ULONG have = 0;

    trim_spares(tree, count > KEPT_SPARES ? count : KEPT_SPARES, room);
    for (block = tree->spares; block; block = block->right) have++;
    for (; have < count; have++)
    {
        if (!(block = create_block(tree, room))) return FALSE;
        add_spare(tree, block);
    }
    return TRUE;
}

/* Room for count nodes in a block that is the only one, or the first of several. */
static ULONG room_for(ULONG count)
{
    ULONG room = FIRST_ROOM;

    while (room < count) room *= 2;
    return room < OSTREE_ROOM ? room : OSTREE_ROOM;
}

BOOL ostree_reserve(struct ostree *tree, ULONG count)
{
    const struct ostree_block *root = tree->root;
    ULONG total;

    if (!root || (!root->left && !root->right && root->room < OSTREE_ROOM))
    {
        total = root ? root->used : 0;
        if (root && root->room - total >= count) return TRUE;
        if (total + count <= OSTREE_ROOM && total + count >= count)
            return reserve_blocks(tree, 1, room_for(total + count));
    }
    /* Each block but the first and the last is half full at least. */
    return reserve_blocks(tree, count / (OSTREE_ROOM / 2) + 2, OSTREE_ROOM);
}

/* --- the tree of blocks ------------------------------------------------------------------------ */

/* Puts replacement where block hangs. */
static void replace_child(struct ostree *tree, struct ostree_block *block,
                          struct ostree_block *replacement)
{
    struct ostree_block *parent = block->parent;

    if (!parent)
        tree->root = replacement;
    else if (parent->left == block)
        parent->left = replacement;
    else
        parent->right = replacement;
    if (replacement) replacement->parent = parent;
}

/* Recounts a block whose children are right. */
static void recount(struct ostree_block *block)
{
    const struct ostree_block *left = block->left, *right = block->right;

    block->blocks = blocks_of(left) + blocks_of(right) + 1;
    block->count = count_of(left) + count_of(right) + block->used;
    block->visible = visible_of(left) + visible_of(right) + block->used -
                     count_bits(block->hidden);
}

static struct ostree_block *rotate_left(struct ostree *tree, struct ostree_block *block)
{
    struct ostree_block *up = block->right;

    replace_child(tree, block, up);
    block->right = up->left;
    if (block->right) block->right->parent = block;
    up->left = block;
    block->parent = up;
    recount(block);
    recount(up);
    return up;
}

static struct ostree_block *rotate_right(struct ostree *tree, struct ostree_block *block)
{
    struct ostree_block *up = block->left;

    replace_child(tree, block, up);
    block->left = up->right;
    if (block->left) block->left->parent = block;
    up->right = block;
    block->parent = up;
    recount(block);
    recount(up);
    return up;
}

static struct ostree_block *rebalance(struct ostree *tree, struct ostree_block *block)
{
    if (weight_of(block->left) * BALANCE < weight_of(block->right))
    {
        if (weight_of(block->right->left) >= weight_of(block->right->right) * RATIO)
            rotate_right(tree, block->right);
        return rotate_left(tree, block);
    }
    if (weight_of(block->right) * BALANCE < weight_of(block->left))
    {
        if (weight_of(block->left->right) >= weight_of(block->left->left) * RATIO)
            rotate_left(tree, block->left);
        return rotate_right(tree, block);
    }
    return block;
}

/* Counts and balances from a block up to the root. */
static void adjust(struct ostree *tree, struct ostree_block *block)
{
    for (; block; block = block->parent)
    {
        recount(block);
        block = rebalance(tree, block);
    }
}

static void add_counts(struct ostree_block *block, LONG count, LONG visible)
{
    for (; block; block = block->parent)
    {
        block->count += count;
        block->visible += visible;
    }
}

static struct ostree_block *first_block(struct ostree_block *block)
{
    while (block && block->left) block = block->left;
    return block;
}

static struct ostree_block *last_block(struct ostree_block *block)
{
    while (block && block->right) block = block->right;
    return block;
}

static struct ostree_block *next_block(const struct ostree_block *block)
{
    if (block->right) return first_block(block->right);
    while (block->parent && block->parent->right == block) block = block->parent;
    return block->parent;
}

static struct ostree_block *prev_block(const struct ostree_block *block)
{
    if (block->left) return last_block(block->left);
    while (block->parent && block->parent->left == block) block = block->parent;
    return block->parent;
}

/* Hangs a block, which is in no tree, in behind another. */
static void attach_block(struct ostree *tree, struct ostree_block *prev, struct ostree_block *block)
{
    struct ostree_block *parent = prev;

    if (prev->right)
    {
        parent = first_block(prev->right);
        parent->left = block;
    }
    else
    {
        prev->right = block;
    }
    block->parent = parent;
    adjust(tree, block);
}

static void detach_block(struct ostree *tree, struct ostree_block *block)
{
    struct ostree_block *child, *lowest, *next;

    if (block->left && block->right)
    {
        /* The next block takes its place, and leaves one with no left child. */
        next = first_block(block->right);
        lowest = next->parent == block ? next : next->parent;
        if (lowest != next)
        {
            lowest->left = next->right;
            if (next->right) next->right->parent = lowest;
            next->right = block->right;
            next->right->parent = next;
        }
        next->left = block->left;
        next->left->parent = next;
        replace_child(tree, block, next);
    }
    else
    {
        child = block->left ? block->left : block->right;
        lowest = block->parent;
        replace_child(tree, block, child);
    }
    adjust(tree, lowest);
    /* What is reserved stays. */
    if (tree->spares && tree->spares->right) platform_free(block);
    else add_spare(tree, block);
}

/* --- looking ----------------------------------------------------------------------------------- */

ULONG ostree_count(const struct ostree *tree)
{
    return count_of(tree->root);
}

ULONG ostree_visible(const struct ostree *tree)
{
    return visible_of(tree->root);
}

BOOL ostree_is_visible(const struct ostree_node *node)
{
    return !node->block->hidden || !(node->block->hidden & bit(slot_of(node)));
}

struct ostree_node *ostree_first(const struct ostree *tree)
{
    const struct ostree_block *block = first_block(tree->root);

    return block ? block->nodes[0] : NULL;
}

struct ostree_node *ostree_last(const struct ostree *tree)
{
    const struct ostree_block *block = last_block(tree->root);

    return block ? block->nodes[block->used - 1] : NULL;
}

struct ostree_node *ostree_next(const struct ostree_node *node)
{
    const struct ostree_block *block = node->block;
    ULONG slot = slot_of(node) + 1;

    if (slot < block->used) return block->nodes[slot];
    return (block = next_block(block)) ? block->nodes[0] : NULL;
}

struct ostree_node *ostree_prev(const struct ostree_node *node)
{
    const struct ostree_block *block = node->block;
    ULONG slot = slot_of(node);

    if (slot) return block->nodes[slot - 1];
    return (block = prev_block(block)) ? block->nodes[block->used - 1] : NULL;
}

struct ostree_node *ostree_walk_first(const struct ostree *tree, struct ostree_walk *walk)
{
    walk->block = first_block(tree->root);
    walk->slot = 0;
    return walk->block ? walk->block->nodes[0] : NULL;
}

struct ostree_node *ostree_walk_next(struct ostree_walk *walk)
{
    if (++walk->slot == walk->block->used)
    {
        if (!(walk->block = next_block(walk->block))) return NULL;
        walk->slot = 0;
    }
    return walk->block->nodes[walk->slot];
}

ULONG ostree_rank(const struct ostree *tree, const struct ostree_node *node)
{
    const struct ostree_block *block;
    ULONG rank;

    if (!node) return count_of(tree->root);
    block = node->block;
    rank = slot_of(node) + count_of(block->left);
    for (; block->parent; block = block->parent)
        if (block->parent->right == block) rank += block->parent->count - block->count;
    return rank;
}

struct ostree_node *ostree_at(const struct ostree *tree, ULONG rank)
{
    const struct ostree_block *block = tree->root;
    ULONG left;

    while (block)
    {
        left = count_of(block->left);
        if (rank < left)
        {
            block = block->left;
        }
        else if (rank - left < block->used)
        {
            return block->nodes[rank - left];
        }
        else
        {
            rank -= left + block->used;
            block = block->right;
        }
    }
    return NULL;
}

ULONG ostree_visible_rank(const struct ostree *tree, const struct ostree_node *node)
{
    const struct ostree_block *block;
    ULONG rank, slot;

    if (!node) return visible_of(tree->root);
    block = node->block;
    slot = slot_of(node);
    rank = visible_of(block->left) + slot - count_bits(block->hidden & (bit(slot) - 1));
    for (; block->parent; block = block->parent)
        if (block->parent->right == block) rank += block->parent->visible - block->visible;
    return rank;
}

struct ostree_node *ostree_visible_at(const struct ostree *tree, ULONG rank)
{
    const struct ostree_block *block = tree->root;
    ULONG left, own, slot;

    while (block)
    {
        left = visible_of(block->left);
        own = block->used - count_bits(block->hidden);
        if (rank < left)
        {
            block = block->left;
        }
        else if (rank - left < own)
        {
            rank -= left;
            if (!block->hidden) return block->nodes[rank];
            for (slot = 0; (block->hidden & bit(slot)) || rank--; slot++) {}
            return block->nodes[slot];
        }
        else
        {
            rank -= left + own;
            block = block->right;
        }
    }
    return NULL;
}

struct search
{
    ostree_compare compare;
    const void *what;
    const ULONGLONG *word;              /* NULL: words decide nothing */
};

static BOOL is_behind(const struct search *search, const struct ostree_block *block, ULONG slot)
{
    if (search->word && *search->word != block->words[slot])
        return *search->word > block->words[slot];
    return search->compare(search->what, block->nodes[slot]) > 0;
}

/* The first place that what is searched for is not behind; NULL: it is behind all. */
static struct ostree_block *find_place(const struct ostree *tree, const struct search *search,
                                       ULONG *ret_slot)
{
    struct ostree_block *block = tree->root, *found = NULL;
    ULONG low = 0, high, middle;

    while (block)
    {
        if (is_behind(search, block, block->used - 1))
        {
            block = block->right;
        }
        else
        {
            found = block;
            block = block->left;
        }
    }
    if (!found) return NULL;
    for (high = found->used - 1; low < high;)
    {
        middle = (low + high) / 2;
        if (is_behind(search, found, middle)) low = middle + 1;
        else high = middle;
    }
    *ret_slot = low;
    return found;
}

struct ostree_node *ostree_search(const struct ostree *tree, ostree_compare compare,
                                  const void *what)
{
    const struct search search = { compare, what, NULL };
    struct ostree_block *block;
    ULONG slot;

    block = find_place(tree, &search, &slot);
    return block ? block->nodes[slot] : NULL;
}

/* --- changing ---------------------------------------------------------------------------------- */

/* Appends nodes of one block to another that has room for them. Neither is recounted. */
static void append_nodes(struct ostree_block *to, struct ostree_block *from, ULONG first)
{
    ULONG count = from->used - first, i;

    assert(to->used + count <= to->room);
    memcpy(to->nodes + to->used, from->nodes + first, count * sizeof(*to->nodes));
    if (to->words) memcpy(to->words + to->used, from->words + first, count * sizeof(*to->words));
    for (i = 0; i < count; i++) to->nodes[to->used + i]->block = to;
    to->hidden |= from->hidden >> first << to->used;
    to->used += count;
    from->used = first;
    from->hidden &= bit(first) - 1;
}

/* Makes room at a place in a block that is full. */
static void make_room(struct ostree *tree, struct ostree_block **block, ULONG *slot)
{
    struct ostree_block *full = *block, *fresh = take_spare(tree);
    ULONG half = full->used / 2;

    if (full->room < OSTREE_ROOM)
    {
        /* The only block there is, and a small one. */
        assert(fresh->room > full->room);
        append_nodes(fresh, full, 0);
        tree->root = fresh;
        recount(fresh);
        platform_free(full);
        *block = fresh;
        return;
    }
    /* What grows at its end fills its blocks. */
    if (*slot == full->used && !next_block(full)) half = full->used;
    append_nodes(fresh, full, half);
    if (*slot > half || half == full->room)
    {
        *slot -= half;
        *block = fresh;
    }
    attach_block(tree, full, fresh);
}

static void insert_at(struct ostree *tree, struct ostree_block *block, ULONG slot,
                      struct ostree_node *node, ULONGLONG word, BOOL visible)
{
    ULONGLONG below;

    if (!block)
    {
        tree->root = block = take_spare(tree);
        recount(block);
    }
    if (block->used == block->room) make_room(tree, &block, &slot);
    memmove(block->nodes + slot + 1, block->nodes + slot,
            (block->used - slot) * sizeof(*block->nodes));
    block->nodes[slot] = node;
    if (block->words)
    {
        memmove(block->words + slot + 1, block->words + slot,
                (block->used - slot) * sizeof(*block->words));
        block->words[slot] = word;
    }
    below = bit(slot) - 1;
    block->hidden = (block->hidden & below) | (block->hidden & ~below) << 1;
    if (!visible) block->hidden |= bit(slot);
    block->used++;
    node->block = block;
    add_counts(block, 1, visible ? 1 : 0);
}

void ostree_insert_before(struct ostree *tree, struct ostree_node *next, struct ostree_node *node,
                          BOOL visible)
{
    struct ostree_block *block = next ? next->block : last_block(tree->root);

    assert(!tree->words);
    insert_at(tree, block, next ? slot_of(next) : block ? block->used : 0, node, 0, visible);
}

void ostree_insert(struct ostree *tree, struct ostree_node *node, ULONGLONG word,
                   ostree_compare compare, const void *what, BOOL visible)
{
    const struct search search = { compare, what, tree->words ? &word : NULL };
    struct ostree_block *block;
    ULONG slot = 0;

    /* Mostly nodes are added behind all others. */
    if ((block = last_block(tree->root)) && is_behind(&search, block, block->used - 1))
        slot = block->used;
    else
        block = find_place(tree, &search, &slot);
    insert_at(tree, block, slot, node, word, visible);
}

/* Joins a block with the one behind it if both fit well into one. */
static BOOL join(struct ostree *tree, struct ostree_block *block, struct ostree_block *next)
{
    ULONG count, visible;

    if (!block || !next || block->used + next->used > JOINED || block->room < OSTREE_ROOM)
        return FALSE;
    count = next->used;
    visible = count - count_bits(next->hidden);
    append_nodes(block, next, 0);
    add_counts(block, count, visible);
    add_counts(next, -(LONG)count, -(LONG)visible);
    detach_block(tree, next);
    return TRUE;
}

void ostree_remove(struct ostree *tree, struct ostree_node *node)
{
    struct ostree_block *block = node->block;
    ULONG slot = slot_of(node), behind = block->used - slot - 1;
    BOOL visible = !(block->hidden & bit(slot));
    ULONGLONG below = bit(slot) - 1;

    memmove(block->nodes + slot, block->nodes + slot + 1, behind * sizeof(*block->nodes));
    if (block->words)
        memmove(block->words + slot, block->words + slot + 1, behind * sizeof(*block->words));
    block->hidden = (block->hidden & below) | (block->hidden >> 1 & ~below);
    block->used--;
    node->block = NULL;
    add_counts(block, -1, visible ? -1 : 0);
    if (!block->used)
        detach_block(tree, block);
    else if (block->used < FEW && !join(tree, block, next_block(block)))
        join(tree, prev_block(block), block);
}

void ostree_set_visible(struct ostree_node *node, BOOL visible)
{
    struct ostree_block *block = node->block;
    ULONGLONG mask = bit(slot_of(node));

    if (visible == !(block->hidden & mask)) return;
    block->hidden ^= mask;
    add_counts(block, 0, visible ? 1 : -1);
}

/* --- building ---------------------------------------------------------------------------------- */

static ULONG blocks_for(ULONG count)
{
    return count <= OSTREE_ROOM ? count > 0 : (count - 1) / FILL + 1;
}

BOOL ostree_reserve_build(struct ostree *tree, ULONG count)
{
    return reserve_blocks(tree, blocks_for(count), room_for(count));
}

/* What is being built: node number n of count goes into block number n * blocks / count. */
struct building
{
    struct ostree *tree;
    struct ostree_node **nodes;
    const ULONGLONG *words;
    ULONG count;
    ULONG blocks;
};

static ULONG first_of(const struct building *building, ULONG block)
{
    return (ULONGLONG)building->count * block / building->blocks;
}

static struct ostree_block *build(const struct building *building, ULONG from, ULONG to,
                                  struct ostree_block *parent)
{
    ULONG middle = from + (to - from) / 2, first, i;
    struct ostree_block *block;

    if (from == to) return NULL;
    block = take_spare(building->tree);
    block->parent = parent;
    first = first_of(building, middle);
    block->used = first_of(building, middle + 1) - first;
    assert(block->used <= block->room);
    memcpy(block->nodes, building->nodes + first, block->used * sizeof(*block->nodes));
    if (block->words)
        memcpy(block->words, building->words + first, block->used * sizeof(*block->words));
    for (i = 0; i < block->used; i++) block->nodes[i]->block = block;
    block->left = build(building, from, middle, block);
    block->right = build(building, middle + 1, to, block);
    recount(block);
    return block;
}

static void free_blocks(struct ostree_block *block)
{
    struct ostree_block *up;

    while (block)
    {
        if (block->left)
        {
            block = block->left;
        }
        else if (block->right)
        {
            block = block->right;
        }
        else
        {
            if ((up = block->parent))
            {
                if (up->left == block) up->left = NULL;
                else up->right = NULL;
            }
            platform_free(block);
            block = up;
        }
    }
}

void ostree_build(struct ostree *tree, struct ostree_node **nodes, const ULONGLONG *words,
                  ULONG count)
{
    const struct building building = { tree, nodes, words, count, blocks_for(count) };

    assert(!tree->words || words || !count);
    free_blocks(tree->root);
    tree->root = build(&building, 0, building.blocks, NULL);
    trim_spares(tree, 0, 0);
}

void ostree_clear(struct ostree *tree)
{
    free_blocks(tree->root);
    tree->root = NULL;
    trim_spares(tree, 0, 0);
}
