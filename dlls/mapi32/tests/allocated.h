/*
 * What a process has allocated
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

#ifndef MAPI32_TESTS_ALLOCATED_H
#define MAPI32_TESTS_ALLOCATED_H

/* Blocks of the process heap, and what MAPI takes its own small ones from: pieces of 64 KB. */
static inline SIZE_T memory_in_use(void)
{
    MEMORY_BASIC_INFORMATION region;
    PROCESS_HEAP_ENTRY entry = { 0 };
    SIZE_T bytes = 0;
    BYTE *at = NULL;

    HeapLock(GetProcessHeap());
    while (HeapWalk(GetProcessHeap(), &entry))
        if (entry.wFlags & PROCESS_HEAP_ENTRY_BUSY) bytes += entry.cbData;
    HeapUnlock(GetProcessHeap());
    for (; VirtualQuery(at, &region, sizeof(region)); at += region.RegionSize)
    {
        if (region.Type == MEM_PRIVATE && region.State == MEM_COMMIT && region.RegionSize == 0x10000
            && region.BaseAddress == region.AllocationBase)
            bytes += region.RegionSize;
        if (at + region.RegionSize < at) break;
    }
    return bytes;
}

#endif /* MAPI32_TESTS_ALLOCATED_H */
