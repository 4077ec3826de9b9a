/*
 * Memory for blocks, a size a slab
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

#ifndef MAPI32_SLABS_H
#define MAPI32_SLABS_H

/* Up to count blocks of a class of blocks.h; the first word of each leads to the next. The number
 * of them: less only when there is no memory. */
unsigned int slabs_take(unsigned int class, unsigned int count, void **first);
/* Any number, linked alike, of any classes. */
void slabs_give(void *first);
/* The DLL goes: what is empty goes with it, what still has blocks out is left to who has them. */
void slabs_detach(void);

#endif /* MAPI32_SLABS_H */
