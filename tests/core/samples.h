/*
 * One property of every type, for the units
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
 * sample_props holds a property of each type that has a value, PT_OBJECT and PT_ERROR included,
 * with strings empty and long and multi-valued properties of one and more values.
 */

#ifndef CORE_SAMPLES_H
#define CORE_SAMPLES_H

#include "unit.h"

extern const SPropValue sample_props[];
extern const ULONG sample_count;

/* The same type and value, at different addresses where it is pointed to. */
BOOL same_prop(const SPropValue *a, const SPropValue *b);
/* All that the properties point to lies in the size bytes at block, and is aligned for what it
 * is. */
BOOL props_inside(ULONG count, const SPropValue *props, const void *block, size_t size);

#endif /* CORE_SAMPLES_H */
