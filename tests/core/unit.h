/*
 * Shared by the native units of core
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
 * Each check_NAME.c defines Suite *NAME_suite(void); main.c runs them all. Memory comes through
 * platform_native.c, which counts what is allocated and can fail the n-th allocation.
 */

#ifndef CORE_UNIT_H
#define CORE_UNIT_H

#include <check.h>
#include "core/core.h"

/* Blocks that were allocated and not freed yet. */
ULONG unit_live_blocks(void);

/* The n-th allocation from now on fails (0: none), and with all those after it too. */
void unit_fail_allocation(ULONG n, BOOL and_after);
/* Whether that happened. */
BOOL unit_failed(void);

/* Runs function with its first allocation failing, then its second and so on until it does without,
 * each once alone and once with all after it. Each time it has to answer MAPI_E_NOT_ENOUGH_MEMORY
 * and leave nothing allocated; the last time it has to succeed. It frees what it is given
 * itself. */
void unit_fail_each(HRESULT (*function)(void *context), void *context);

/* For functions that have no error to return: only nothing may stay allocated. */
void unit_fail_each_quietly(void (*function)(void *context), void *context);

/* Two pages, of which the second is not there; returns where it begins. */
BYTE *unit_end_of_memory(void);

#define unit_assert_hr(expression, expected) \
    do { HRESULT hr_ = (expression); \
         ck_assert_msg(hr_ == (expected), "%s: %08x, expected %08x", #expression, (unsigned)hr_, \
                       (unsigned)(expected)); } while (0)

/* An assertion in row i of a table. */
#define unit_assert_row(i, condition) ck_assert_msg(condition, "row %u: %s", (unsigned)(i), #condition)

#endif /* CORE_UNIT_H */
