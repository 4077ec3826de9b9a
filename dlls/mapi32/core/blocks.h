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
#define BLOCK_FINE   256        /* the classes up to here are multiples of 16, */
#define BLOCK_COARSE 512        /* then of 32, and there are two larger ones */
#define BLOCK_CLASSES (BLOCK_FINE / 16 + (BLOCK_COARSE - BLOCK_FINE) / 32 + 2)

extern const USHORT block_sizes[BLOCK_CLASSES + 1];     /* of each class; 0 for class 0 */

static inline unsigned int block_class(size_t size)
{
    if (size <= BLOCK_FINE) return size ? (size + 15) / 16 : 1;
    if (size <= BLOCK_COARSE) return (size + 31) / 32 + BLOCK_FINE / 32;
    if (size <= 2 * BLOCK_COARSE) return BLOCK_CLASSES - 1;
    return size <= 4 * BLOCK_COARSE ? BLOCK_CLASSES : 0;
}

void *block_alloc(unsigned int class, size_t size); /* class 0: of that size, else the class's */
void block_free(void *block, unsigned int class);

/* Nothing is kept while off, which is how the units see every overrun. On at first in the DLL. It is
 * switched off while no other thread uses blocks. */
void blocks_keep(BOOL on);

#endif /* MAPI32_BLOCKS_H */
