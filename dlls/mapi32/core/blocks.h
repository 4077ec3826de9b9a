/*
 * Blocks of memory kept for reuse
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

#ifndef MAPI32_BLOCKS_H
#define MAPI32_BLOCKS_H

/* What memory.c takes its blocks from. A size class is 1 to BLOCK_CLASSES, or 0 for a block that is
 * too large to be kept. */
#define BLOCK_CLASSES 26

unsigned int block_class(size_t size);
size_t block_class_size(unsigned int class);    /* 0 for class 0 */
void *block_alloc(unsigned int class, size_t size); /* class 0: of that size, else the class's */
void block_free(void *block, unsigned int class);

/* Nothing is kept while off, which is how the units see every overrun. On at first in the DLL. It is
 * switched off while no other thread uses blocks. */
void blocks_keep(BOOL on);

#endif /* MAPI32_BLOCKS_H */
