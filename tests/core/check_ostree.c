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
static BOOL reserve = TRUE;      /* for each that is put */

static ULONG roll(ULONG below)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % below;
}

/* Blocks in a subtree; *place is where it begins in the order, and is left where it ends. */
static ULONG check_subtree(const struct ostree_block *block, const struct ostree_block *parent,
                           BOOL only, ULONG *place, ULONG *visible)
{
    ULONG left, right, visible_left = 0, visible_right = 0, first = *place, i, own = 0;

    *visible = 0;
    if (!block) return 0;
    ck_assert_ptr_eq(block->parent, parent);
    left = check_subtree(block->left, block, FALSE, place, &visible_left);
    ck_assert(block->used && block->used <= block->room);
    ck_assert(only || block->room == OSTREE_ROOM);
    ck_assert(!(block->hidden >> block->used));
    for (i = 0; i < block->used; i++, ++*place)
    {
        ck_assert_ptr_eq(block->nodes[i], order[*place]);
        ck_assert_ptr_eq(order[*place]->block, block);
        ck_assert(!(block->hidden >> i & 1) == !hidden[order[*place] - nodes]);
        own += !hidden[order[*place] - nodes];
    }
    right = check_subtree(block->right, block, FALSE, place, &visible_right);
    /* no child weighs more than three times its sibling */
    ck_assert(3 * (left + 1) >= right + 1 && 3 * (right + 1) >= left + 1);
    ck_assert_uint_eq(block->blocks, left + right + 1);
    ck_assert_uint_eq(block->count, *place - first);
    *visible = visible_left + visible_right + own;
    ck_assert_uint_eq(block->visible, *visible);
    return block->blocks;
}

static void check_tree(const struct ostree *tree)
{
    BOOL only = tree->root && !tree->root->left && !tree->root->right;
    ULONG i, visible, seen = 0, place = 0;
    struct ostree_walk walk;
    struct ostree_node *node;

    /* On average its blocks are not too empty. */
    ck_assert(check_subtree(tree->root, NULL, only, &place, &visible) <= in_order / 15 + 2);
    ck_assert_uint_eq(place, in_order);
    for (i = 0, node = ostree_walk_first(tree, &walk); node; i++, node = ostree_walk_next(&walk))
        ck_assert_ptr_eq(node, order[i]);
    ck_assert_uint_eq(i, in_order);
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
    if (reserve) ck_assert(ostree_reserve(tree, 1));
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
    struct ostree tree = { NULL, NULL, FALSE };
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
    ostree_clear(&tree);
}
END_TEST

START_TEST(one_sided)
{
    struct ostree tree = { NULL, NULL, FALSE };
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
    ostree_clear(&tree);
}
END_TEST

START_TEST(built)
{
    struct ostree tree = { NULL, NULL, FALSE };
    ULONG count, i;

    for (count = 0; count <= NODES; count += count < 20 ? 1 : 97)
    {
        for (i = 0; i < count; i++)
        {
            order[i] = &nodes[i];
            hidden[i] = FALSE;
        }
        in_order = count;
        ck_assert(ostree_reserve_build(&tree, count));
        ostree_build(&tree, order, NULL, count);
        check_tree(&tree);
        if (count < 5) continue;
        drop(&tree, count / 2);
        put(&tree, 1, &nodes[count / 2]);
        check_tree(&tree);
    }
    ostree_clear(&tree);
    in_order = 0;
    check_tree(&tree);
}
END_TEST

/* What was reserved suffices for as many beside each other, whatever was taken out before. */
START_TEST(reserved)
{
    struct ostree tree = { NULL, NULL, FALSE };
    ULONG count, moved, from, to, i;

    for (count = 0; count <= 400; count += count < 80 ? 5 : 107)
    {
        for (moved = 1; moved <= 150; moved = moved * 2 + 1)
        {
            in_order = 0;
            seed = count * 1000 + moved;
            for (i = 0; i < count; i++)
            {
                reserve = TRUE;
                put(&tree, roll(in_order + 1), &nodes[i]);
            }
            reserve = FALSE;
            ck_assert(ostree_reserve(&tree, moved));
            unit_fail_allocation(1, TRUE);
            for (i = 0; i < moved && i < count; i++) drop(&tree, from = roll(in_order));
            to = roll(in_order + 1);
            for (i = 0; i < moved; i++) put(&tree, to + i, &nodes[NODES - 1 - i]);
            unit_fail_allocation(0, FALSE);
            check_tree(&tree);
            ostree_clear(&tree);
        }
    }
    reserve = TRUE;
}
END_TEST

struct sought
{
    ULONG number;
    ULONG compared;
};

static int compare_numbers(const void *what, const struct ostree_node *node)
{
    struct sought *sought = (struct sought *)what;
    ULONG number = node - nodes;

    sought->compared++;
    return sought->number < number ? -1 : sought->number > number;
}

/* In the order of their numbers, of which words say half. */
START_TEST(searched)
{
    struct ostree tree = { NULL, NULL, TRUE };
    ULONGLONG words[NODES];
    struct sought sought;
    ULONG i, n, round;

    seed = 3;
    in_order = 0;
    memset(hidden, 0, sizeof(hidden));
    for (i = 0; i < NODES; i += 2)
    {
        words[in_order] = i / 4;
        order[in_order++] = &nodes[i];
    }
    ck_assert(ostree_reserve_build(&tree, in_order));
    ostree_build(&tree, order, words, in_order);
    for (round = 0; round < 4000; round++)
    {
        n = roll(NODES);
        if (nodes[n].block)
        {
            drop(&tree, ostree_rank(&tree, &nodes[n]));
            continue;
        }
        sought.number = n;
        sought.compared = 0;
        ck_assert(ostree_reserve(&tree, 1));
        ostree_insert(&tree, &nodes[n], n / 4, compare_numbers, &sought, TRUE);
        ck_assert_uint_le(sought.compared, 5);
        i = ostree_rank(&tree, &nodes[n]);
        memmove(order + i + 1, order + i, (in_order - i) * sizeof(*order));
        order[i] = &nodes[n];
        in_order++;
        if (!(round % 97)) check_tree(&tree);
    }
    check_tree(&tree);
    for (i = 1; i < in_order; i++) ck_assert(order[i - 1] < order[i]);
    for (n = 0; n <= NODES; n++)
    {
        sought.number = n;
        for (i = 0; i < in_order && order[i] < nodes + n; i++) {}
        ck_assert_ptr_eq(ostree_search(&tree, compare_numbers, &sought),
                         i < in_order ? order[i] : NULL);
    }
    ostree_clear(&tree);
}
END_TEST

Suite *ostree_suite(void)
{
    Suite *suite = suite_create("ostree");
    TCase *test = tcase_create("ostree");

    tcase_set_timeout(test, 60);
    tcase_add_test(test, random_changes);
    tcase_add_test(test, one_sided);
    tcase_add_test(test, built);
    tcase_add_test(test, reserved);
    tcase_add_test(test, searched);
    suite_add_tcase(suite, test);
    return suite;
}
