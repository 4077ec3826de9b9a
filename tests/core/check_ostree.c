/*
 * Units of ostree.c
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

#include <stdlib.h>

#include "core/ostree.h"
#include "unit.h"

#define NODES 600

/* The tree beside an array of the same nodes in the same order. */
static struct ostree_node nodes[NODES], *order[NODES];
static BOOL hidden[NODES];
static ULONG in_order, seed;

static ULONG roll(ULONG below)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % below;
}

static ULONG check_subtree(const struct ostree_node *node, const struct ostree_node *parent,
                           ULONG *visible)
{
    ULONG left, right, visible_left = 0, visible_right = 0;

    *visible = 0;
    if (!node) return 0;
    ck_assert_ptr_eq(node->parent, parent);
    left = check_subtree(node->left, node, &visible_left);
    right = check_subtree(node->right, node, &visible_right);
    /* no child weighs more than three times its sibling */
    ck_assert(3 * (left + 1) >= right + 1 && 3 * (right + 1) >= left + 1);
    ck_assert_uint_eq(node->count, left + right + 1);
    *visible = visible_left + visible_right + !hidden[node - nodes];
    ck_assert_uint_eq(node->visible, *visible);
    return node->count;
}

static void check_tree(const struct ostree *tree)
{
    ULONG i, visible, seen = 0;

    ck_assert_uint_eq(check_subtree(tree->root, NULL, &visible), in_order);
    ck_assert_uint_eq(ostree_count(tree), in_order);
    ck_assert_uint_eq(ostree_visible(tree), visible);
    ck_assert_ptr_eq(ostree_first(tree), in_order ? order[0] : NULL);
    ck_assert_ptr_eq(ostree_last(tree), in_order ? order[in_order - 1] : NULL);
    for (i = 0; i < in_order; i++)
    {
        ck_assert_uint_eq(ostree_rank(tree, order[i]), i);
        ck_assert_ptr_eq(ostree_at(tree, i), order[i]);
        ck_assert_ptr_eq(ostree_next(order[i]), i + 1 < in_order ? order[i + 1] : NULL);
        ck_assert_ptr_eq(ostree_prev(order[i]), i ? order[i - 1] : NULL);
        ck_assert_uint_eq(ostree_visible_rank(tree, order[i]), seen);
        ck_assert(ostree_is_visible(order[i]) != hidden[order[i] - nodes]);
        if (hidden[order[i] - nodes]) continue;
        ck_assert_ptr_eq(ostree_visible_at(tree, seen), order[i]);
        seen++;
    }
    ck_assert_ptr_null(ostree_at(tree, in_order));
    ck_assert_ptr_null(ostree_visible_at(tree, seen));
    ck_assert_uint_eq(ostree_rank(tree, NULL), in_order);
    ck_assert_uint_eq(ostree_visible_rank(tree, NULL), seen);
}

static void put(struct ostree *tree, ULONG place, struct ostree_node *node)
{
    BOOL visible = roll(3) != 0;

    hidden[node - nodes] = !visible;
    ostree_insert_before(tree, place < in_order ? order[place] : NULL, node, visible);
    memmove(order + place + 1, order + place, (in_order - place) * sizeof(*order));
    order[place] = node;
    in_order++;
}

static void drop(struct ostree *tree, ULONG place)
{
    ostree_remove(tree, order[place]);
    in_order--;
    memmove(order + place, order + place + 1, (in_order - place) * sizeof(*order));
}

START_TEST(random_changes)
{
    struct ostree tree = { NULL };
    struct ostree_node *spare[NODES];
    ULONG round, spares = NODES, i;

    seed = 7;
    in_order = 0;
    check_tree(&tree);
    for (i = 0; i < NODES; i++) spare[i] = &nodes[i];
    for (round = 0; round < 12000; round++)
    {
        /* it grows for a while, then shrinks */
        if (spares && (in_order == 0 || roll(100) < (round / 2000 % 2 ? 35u : 65u)))
        {
            put(&tree, roll(in_order + 1), spare[--spares]);
        }
        else if (roll(4))
        {
            ULONG place = roll(in_order);

            spare[spares++] = order[place];
            drop(&tree, place);
        }
        else
        {
            struct ostree_node *node = order[roll(in_order)];

            hidden[node - nodes] = roll(2);
            ostree_set_visible(node, !hidden[node - nodes]);
        }
        if (!(round % 331)) check_tree(&tree);
    }
    check_tree(&tree);
}
END_TEST

START_TEST(one_sided)
{
    struct ostree tree = { NULL };
    ULONG i;

    in_order = 0;
    for (i = 0; i < NODES; i++) put(&tree, in_order, &nodes[i]);
    check_tree(&tree);
    while (in_order) drop(&tree, 0);
    check_tree(&tree);
    for (i = 0; i < NODES; i++) put(&tree, 0, &nodes[i]);
    check_tree(&tree);
    while (in_order) drop(&tree, in_order - 1);
    check_tree(&tree);
}
END_TEST

START_TEST(built)
{
    struct ostree tree;
    ULONG count, i;

    for (count = 0; count <= NODES; count += count < 20 ? 1 : 97)
    {
        for (i = 0; i < count; i++)
        {
            order[i] = &nodes[i];
            hidden[i] = FALSE;
        }
        in_order = count;
        ostree_build(&tree, order, count);
        check_tree(&tree);
        if (count < 5) continue;
        drop(&tree, count / 2);
        put(&tree, 1, &nodes[count / 2]);
        check_tree(&tree);
    }
}
END_TEST

Suite *ostree_suite(void)
{
    Suite *suite = suite_create("ostree");
    TCase *test = tcase_create("ostree");

    tcase_add_test(test, random_changes);
    tcase_add_test(test, one_sided);
    tcase_add_test(test, built);
    suite_add_tcase(suite, test);
    return suite;
}
