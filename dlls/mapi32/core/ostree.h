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
 * A balanced tree of nodes that lie inside the owner's structures. The order is the owner's: it says
 * where a node goes. Each node may be hidden; positions can be asked among all nodes or among the
 * visible ones. Insertion, removal, hiding, node to position and position to node are O(log n).
 * The tree allocates nothing and owns nothing, and the caller does the locking.
 */

#ifndef MAPI32_OSTREE_H
#define MAPI32_OSTREE_H

#include <stddef.h>
#include <stdarg.h>
#include <windef.h>

struct ostree_node
{
    struct ostree_node *left;
    struct ostree_node *right;
    struct ostree_node *parent;
    ULONG count;        /* nodes in this subtree, this one included */
    ULONG visible;      /* those of them that are not hidden */
};

struct ostree
{
    struct ostree_node *root;
};

ULONG ostree_count(const struct ostree *tree);
ULONG ostree_visible(const struct ostree *tree);
BOOL ostree_is_visible(const struct ostree_node *node);

/* Neighbours; NULL beyond the ends. */
struct ostree_node *ostree_first(const struct ostree *tree);
struct ostree_node *ostree_last(const struct ostree *tree);
struct ostree_node *ostree_next(const struct ostree_node *node);
struct ostree_node *ostree_prev(const struct ostree_node *node);

/* Positions count from 0; the position of NULL is the number of nodes. */
ULONG ostree_rank(const struct ostree *tree, const struct ostree_node *node);
struct ostree_node *ostree_at(const struct ostree *tree, ULONG rank);
/* Among visible nodes: those before node, and the node that has this many visible ones before it. */
ULONG ostree_visible_rank(const struct ostree *tree, const struct ostree_node *node);
struct ostree_node *ostree_visible_at(const struct ostree *tree, ULONG rank);

/* As child of parent (NULL: the tree is empty) on a side that is free. */
void ostree_insert_child(struct ostree *tree, struct ostree_node *parent, BOOL right,
                         struct ostree_node *node, BOOL visible);
/* Before next; at the end when next is NULL. */
void ostree_insert_before(struct ostree *tree, struct ostree_node *next, struct ostree_node *node,
                          BOOL visible);
void ostree_remove(struct ostree *tree, struct ostree_node *node);
void ostree_set_visible(struct ostree_node *node, BOOL visible);
/* A whole tree from nodes in order, all of them visible, in linear time. */
void ostree_build(struct ostree *tree, struct ostree_node **nodes, ULONG count);

#endif /* MAPI32_OSTREE_H */
