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
 * A weight-balanced tree: the count that gives a node its position is also what balances it, so that no
 * other field is needed. With the weight of a subtree its count plus one, no child weighs more than
 * BALANCE times its sibling; a rotation is single when the inner grandchild weighs less than RATIO times
 * the outer one. These two values keep the invariant through every insertion and removal.
 */

#include <assert.h>

#include "core/ostree.h"

#define BALANCE 3
#define RATIO   2

static ULONG count_of(const struct ostree_node *node)
{
    return node ? node->count : 0;
}

static ULONG visible_of(const struct ostree_node *node)
{
    return node ? node->visible : 0;
}

static ULONGLONG weight_of(const struct ostree_node *node)
{
    return (ULONGLONG)count_of(node) + 1;
}

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
    return node->visible != visible_of(node->left) + visible_of(node->right);
}

struct ostree_node *ostree_first(const struct ostree *tree)
{
    struct ostree_node *node = tree->root;

    while (node && node->left) node = node->left;
    return node;
}

struct ostree_node *ostree_last(const struct ostree *tree)
{
    struct ostree_node *node = tree->root;

    while (node && node->right) node = node->right;
    return node;
}

struct ostree_node *ostree_next(const struct ostree_node *node)
{
    if (node->right)
    {
        node = node->right;
        while (node->left) node = node->left;
        return (struct ostree_node *)node;
    }
    while (node->parent && node->parent->right == node) node = node->parent;
    return node->parent;
}

struct ostree_node *ostree_prev(const struct ostree_node *node)
{
    if (node->left)
    {
        node = node->left;
        while (node->right) node = node->right;
        return (struct ostree_node *)node;
    }
    while (node->parent && node->parent->left == node) node = node->parent;
    return node->parent;
}

ULONG ostree_rank(const struct ostree *tree, const struct ostree_node *node)
{
    ULONG rank;

    if (!node) return count_of(tree->root);
    rank = count_of(node->left);
    for (; node->parent; node = node->parent)
        if (node->parent->right == node) rank += count_of(node->parent->left) + 1;
    return rank;
}

struct ostree_node *ostree_at(const struct ostree *tree, ULONG rank)
{
    struct ostree_node *node = tree->root;
    ULONG left;

    while (node)
    {
        left = count_of(node->left);
        if (rank == left) return node;
        if (rank < left)
        {
            node = node->left;
        }
        else
        {
            rank -= left + 1;
            node = node->right;
        }
    }
    return NULL;
}

ULONG ostree_visible_rank(const struct ostree *tree, const struct ostree_node *node)
{
    ULONG rank;

    if (!node) return visible_of(tree->root);
    rank = visible_of(node->left);
    for (; node->parent; node = node->parent)
        if (node->parent->right == node) rank += node->parent->visible - node->visible;
    return rank;
}

struct ostree_node *ostree_visible_at(const struct ostree *tree, ULONG rank)
{
    struct ostree_node *node = tree->root;
    ULONG left, own;

    while (node)
    {
        left = visible_of(node->left);
        own = ostree_is_visible(node);
        if (rank < left)
        {
            node = node->left;
        }
        else if (rank < left + own)
        {
            return node;
        }
        else
        {
            rank -= left + own;
            node = node->right;
        }
    }
    return NULL;
}

/* Puts replacement where node hangs. */
static void replace_child(struct ostree *tree, struct ostree_node *node,
                          struct ostree_node *replacement)
{
    struct ostree_node *parent = node->parent;

    if (!parent)
        tree->root = replacement;
    else if (parent->left == node)
        parent->left = replacement;
    else
        parent->right = replacement;
    if (replacement) replacement->parent = parent;
}

/* Recounts a node whose children are right; own is 1 if the node itself is visible. */
static void recount(struct ostree_node *node, ULONG own)
{
    node->count = count_of(node->left) + count_of(node->right) + 1;
    node->visible = visible_of(node->left) + visible_of(node->right) + own;
}

static struct ostree_node *rotate_left(struct ostree *tree, struct ostree_node *node)
{
    struct ostree_node *up = node->right;
    ULONG own = ostree_is_visible(node), own_up = ostree_is_visible(up);

    replace_child(tree, node, up);
    node->right = up->left;
    if (node->right) node->right->parent = node;
    up->left = node;
    node->parent = up;
    recount(node, own);
    recount(up, own_up);
    return up;
}

static struct ostree_node *rotate_right(struct ostree *tree, struct ostree_node *node)
{
    struct ostree_node *up = node->left;
    ULONG own = ostree_is_visible(node), own_up = ostree_is_visible(up);

    replace_child(tree, node, up);
    node->left = up->right;
    if (node->left) node->left->parent = node;
    up->right = node;
    node->parent = up;
    recount(node, own);
    recount(up, own_up);
    return up;
}

static struct ostree_node *rebalance(struct ostree *tree, struct ostree_node *node)
{
    if (weight_of(node->left) * BALANCE < weight_of(node->right))
    {
        if (weight_of(node->right->left) >= weight_of(node->right->right) * RATIO)
            rotate_right(tree, node->right);
        return rotate_left(tree, node);
    }
    if (weight_of(node->right) * BALANCE < weight_of(node->left))
    {
        if (weight_of(node->left->right) >= weight_of(node->left->left) * RATIO)
            rotate_left(tree, node->left);
        return rotate_right(tree, node);
    }
    return node;
}

/* Is one of the children too heavy for the other? Only the one that is given is looked at: the other may be far
 * away in memory. */
static BOOL is_unbalanced(const struct ostree_node *node, const struct ostree_node *child)
{
    ULONGLONG weight = weight_of(child), other = (ULONGLONG)node->count + 1 - weight;

    return weight * BALANCE < other || other * BALANCE < weight;
}

/* Adds to the counts from node up to the root, then balances the same way. */
static void adjust(struct ostree *tree, struct ostree_node *node, LONG count, LONG visible)
{
    struct ostree_node *up;

    for (up = node; up; up = up->parent)
    {
        up->count += count;
        up->visible += visible;
    }
    node = rebalance(tree, node);
    for (up = node->parent; up; up = node->parent)
        node = is_unbalanced(up, node) ? rebalance(tree, up) : up;
}

void ostree_insert_child(struct ostree *tree, struct ostree_node *parent, BOOL right,
                         struct ostree_node *node, BOOL visible)
{
    node->left = node->right = NULL;
    node->parent = parent;
    node->count = 1;
    node->visible = visible ? 1 : 0;
    if (!parent)
    {
        assert(!tree->root);
        tree->root = node;
        return;
    }
    if (right)
    {
        assert(!parent->right);
        parent->right = node;
    }
    else
    {
        assert(!parent->left);
        parent->left = node;
    }
    adjust(tree, parent, 1, node->visible);
}

void ostree_insert_before(struct ostree *tree, struct ostree_node *next, struct ostree_node *node,
                          BOOL visible)
{
    struct ostree_node *parent;

    if (!next)
        ostree_insert_child(tree, ostree_last(tree), TRUE, node, visible);
    else if (!next->left)
        ostree_insert_child(tree, next, FALSE, node, visible);
    else
    {
        parent = next->left;
        while (parent->right) parent = parent->right;
        ostree_insert_child(tree, parent, TRUE, node, visible);
    }
}

/* Lets node and the successor below it change places, counts and all. */
static void swap_with_successor(struct ostree *tree, struct ostree_node *node)
{
    struct ostree_node *successor = node->right, *parent, *right;
    ULONG own = ostree_is_visible(node), own_successor;

    while (successor->left) successor = successor->left;
    own_successor = ostree_is_visible(successor);
    parent = successor->parent;
    right = successor->right;

    replace_child(tree, node, successor);
    successor->left = node->left;
    successor->left->parent = successor;
    if (parent == node)
    {
        successor->right = node;
        node->parent = successor;
    }
    else
    {
        successor->right = node->right;
        successor->right->parent = successor;
        parent->left = node;
        node->parent = parent;
    }
    node->left = NULL;
    node->right = right;
    if (right) right->parent = node;

    for (parent = node; parent != successor; parent = parent->parent)
    {
        if (parent == node)
            recount(node, own);
        else
            parent->visible = parent->visible - own_successor + own;
    }
    recount(successor, own_successor);
}

void ostree_remove(struct ostree *tree, struct ostree_node *node)
{
    struct ostree_node *parent;
    ULONG own;

    if (node->left && node->right) swap_with_successor(tree, node);
    own = ostree_is_visible(node);
    parent = node->parent;
    replace_child(tree, node, node->left ? node->left : node->right);
    node->left = node->right = node->parent = NULL;
    node->count = node->visible = 0;
    if (parent) adjust(tree, parent, -1, -(LONG)own);
}

void ostree_set_visible(struct ostree_node *node, BOOL visible)
{
    LONG change = (visible ? 1 : 0) - (ostree_is_visible(node) ? 1 : 0);

    if (!change) return;
    for (; node; node = node->parent) node->visible += change;
}

static struct ostree_node *build(struct ostree_node **nodes, ULONG count,
                                 struct ostree_node *parent)
{
    struct ostree_node *node;

    if (!count) return NULL;
    node = nodes[count / 2];
    node->parent = parent;
    node->left = build(nodes, count / 2, node);
    node->right = build(nodes + count / 2 + 1, count - count / 2 - 1, node);
    node->count = node->visible = count;
    return node;
}

void ostree_build(struct ostree *tree, struct ostree_node **nodes, ULONG count)
{
    tree->root = build(nodes, count, NULL);
}
