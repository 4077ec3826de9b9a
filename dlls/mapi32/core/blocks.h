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
 * too large to be kept: the heap's. Classes are as close as the alignment of what memory.c returns,
 * so that nothing is lost by rounding; in 32-bit code above 512 bytes twice that. */
#define BLOCK_LARGEST 1024
#ifdef _WIN64
#define BLOCK_FINE    BLOCK_LARGEST
#define BLOCK_STEP    16
#else
#define BLOCK_FINE    512
#define BLOCK_STEP    8
#endif
#define BLOCK_FINE_CLASSES (BLOCK_FINE / BLOCK_STEP)
#define BLOCK_CLASSES (BLOCK_FINE_CLASSES + (BLOCK_LARGEST - BLOCK_FINE) / (2 * BLOCK_STEP))

static inline unsigned int block_class(size_t size)
{
    if (size <= BLOCK_FINE) return size ? (size + BLOCK_STEP - 1) / BLOCK_STEP : 1;
    if (size > BLOCK_LARGEST) return 0;
    return BLOCK_FINE_CLASSES + (size - BLOCK_FINE + 2 * BLOCK_STEP - 1) / (2 * BLOCK_STEP);
}

/* Of a class's blocks; 0 for class 0. */
static inline size_t block_size(unsigned int class)
{
    if (class <= BLOCK_FINE_CLASSES) return class * BLOCK_STEP;
    return BLOCK_FINE + (class - BLOCK_FINE_CLASSES) * 2 * BLOCK_STEP;
}

void *block_alloc(unsigned int class, size_t size); /* class 0: of that size, else the class's */
void block_free(void *block, unsigned int class);

/* While off every block is the heap's, which is how the units see every overrun. On at first in the
 * DLL. It is switched while no other thread uses blocks, and who has some then no longer frees
 * them. */
void blocks_keep(BOOL on);

#endif /* MAPI32_BLOCKS_H */
