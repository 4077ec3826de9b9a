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
 * A balanced sequence of nodes that lie inside the owner's structures. The order is the owner's: it
 * says where a node goes. Each node may be hidden; positions can be asked among all nodes or among
 * the visible ones. Insertion, removal, hiding, node to position and position to node are O(log n).
 * The nodes stand in blocks of up to OSTREE_ROOM, and beside each, in a tree with words, a number
 * by which most comparisons are decided: what is far apart in memory is hardly looked at.
 *
 * The tree owns its blocks, not the nodes. Only ostree_reserve takes memory, and it is called
 * before what needs it, so that nothing else can fail. The caller does the locking.
 */

#ifndef MAPI32_OSTREE_H
#define MAPI32_OSTREE_H

#include <stddef.h>
#include <stdarg.h>
#include <windef.h>

#define OSTREE_ROOM 60

struct ostree_node
{
    struct ostree_block *block;         /* NULL: in no tree */
};

/* For ostree.c and its units only. */
struct ostree_block
{
    struct ostree_block *left;
    struct ostree_block *right;
    struct ostree_block *parent;
    ULONG blocks;                       /* in this subtree, this one included */
    ULONG count;                        /* nodes in this subtree */
    ULONG visible;                      /* those of them that are not hidden */
    ULONG used;
    ULONG room;
    ULONGLONG hidden;                   /* a bit for each of its nodes */
    struct ostree_node **nodes;
    ULONGLONG *words;                   /* NULL: the tree has none */
};

struct ostree                           /* all zero: empty, without words */
{
    struct ostree_block *root;
    struct ostree_block *spares;        /* linked by right */
    BOOL words;                         /* set by the owner while it is empty */
};

/* A place among the nodes, for walks over many of them. */
struct ostree_walk
{
    struct ostree_block *block;
    ULONG slot;
};

/* How what is searched for stands to a node: below 0 before it, above 0 behind. */
typedef int (*ostree_compare)(const void *what, const struct ostree_node *node);

ULONG ostree_count(const struct ostree *tree);
ULONG ostree_visible(const struct ostree *tree);
BOOL ostree_is_visible(const struct ostree_node *node);

/* Neighbours; NULL beyond the ends. */
struct ostree_node *ostree_first(const struct ostree *tree);
struct ostree_node *ostree_last(const struct ostree *tree);
struct ostree_node *ostree_next(const struct ostree_node *node);
struct ostree_node *ostree_prev(const struct ostree_node *node);
/* All of them in order, NULL at the end. The tree must not change meanwhile; nodes that were
 * passed may be freed. */
struct ostree_node *ostree_walk_first(const struct ostree *tree, struct ostree_walk *walk);
struct ostree_node *ostree_walk_next(struct ostree_walk *walk);

/* Positions count from 0; the position of NULL is the number of nodes. */
ULONG ostree_rank(const struct ostree *tree, const struct ostree_node *node);
struct ostree_node *ostree_at(const struct ostree *tree, ULONG rank);
/* Among visible nodes: those before node, and the node that has this many visible ones before
 * it. */
ULONG ostree_visible_rank(const struct ostree *tree, const struct ostree_node *node);
struct ostree_node *ostree_visible_at(const struct ostree *tree, ULONG rank);
/* The first node that what is searched for is not behind; NULL: it is behind all. */
struct ostree_node *ostree_search(const struct ostree *tree, ostree_compare compare,
                                  const void *what);

/* Room for inserting count nodes beside each other, whatever is removed before. FALSE: memory is
 * short. */
BOOL ostree_reserve(struct ostree *tree, ULONG count);
/* Before next; at the end when next is NULL. One of those that room was reserved for, as below. */
void ostree_insert_before(struct ostree *tree, struct ostree_node *next, struct ostree_node *node,
                          BOOL visible);
/* Where a search for it ends. Nodes with the same word are compared, others need not be. */
void ostree_insert(struct ostree *tree, struct ostree_node *node, ULONGLONG word,
                   ostree_compare compare, const void *what, BOOL visible);
void ostree_remove(struct ostree *tree, struct ostree_node *node);
void ostree_set_visible(struct ostree_node *node, BOOL visible);
/* Room for ostree_build of count nodes. */
BOOL ostree_reserve_build(struct ostree *tree, ULONG count);
/* A whole tree from nodes in order, all of them visible, in linear time, in place of what it held.
 * words: one for each node, in a tree with them. */
void ostree_build(struct ostree *tree, struct ostree_node **nodes, const ULONGLONG *words,
                  ULONG count);
/* Forgets all nodes, which are not looked at. */
void ostree_clear(struct ostree *tree);

#endif /* MAPI32_OSTREE_H */
