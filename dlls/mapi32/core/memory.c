/*
 * Memory that crosses MAPI interfaces
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
 * A buffer (MAPIAllocateBuffer) is one block (blocks.c): a header and what the caller asked for.
 * Pieces linked to it (MAPIAllocateMore) are cut from chunks that hang on the buffer. Each chunk
 * holds twice what the one before it did, so the n-th piece costs what the first did, and one or
 * two pieces, the usual case, waste nothing.
 *
 * Invariants: a buffer's link is its newest chunk or NULL, a piece's link is its buffer. Chunks are
 * only ever added until the buffer goes, so threads may cut pieces for one buffer without a lock.
 * mark is derived from the address: a copied, a foreign or an already freed header does not fit.
 * Its lowest bits are the block's size class.
 *
 * Freeing a piece does nothing, since it goes with its buffer; a pointer that is not ours is left
 * alone. Both return S_OK, as the reference has it.
 */

#include "core/core.h"
#include "core/blocks.h"

#ifdef _WIN64
#define ALIGNMENT 16
#else
#define ALIGNMENT 8
#endif

#define MARK_BUFFER 0x4d415049
#define MARK_PIECE  0x6d6f7265

#define MARK_CLASS  127u
C_ASSERT(BLOCK_CLASSES <= MARK_CLASS);

#define ADOPTED -1

#define CHUNK_MIN 64            /* of any chunk but a buffer's first */
#define CHUNK_MAX 0x10000       /* what a chunk grows to; larger pieces have one to themselves */

struct DECLSPEC_ALIGN(ALIGNMENT) header
{
    void *link;
    ULONG mark;
};

struct DECLSPEC_ALIGN(ALIGNMENT) chunk
{
    struct chunk *next;
    LONG used;                  /* bytes cut off so far; ADOPTED: a buffer hangs here */
    LONG size;                  /* bytes that follow; 0 when a single piece fills it */
};

C_ASSERT(sizeof(struct header) == ALIGNMENT);
C_ASSERT(sizeof(struct chunk) % ALIGNMENT == 0);

static ULONG mark(const struct header *header, ULONG kind)
{
    return (kind ^ (ULONG)((ULONG_PTR)header >> 3) * 0x9e3779b1) & ~MARK_CLASS;
}

static BOOL is_kind(const struct header *header, ULONG kind)
{
    return (header->mark & ~MARK_CLASS) == mark(header, kind);
}

static struct header *header_from_pointer(void *pointer)
{
    if (!pointer || ((ULONG_PTR)pointer & (ALIGNMENT - 1))) return NULL;
    return (struct header *)pointer - 1;
}

/* The size with its header, aligned; 0 when it and a chunk's header do not fit the address
 * space. */
static SIZE_T full_size(ULONGLONG size, SIZE_T header)
{
    const ULONGLONG full = (header + size + ALIGNMENT - 1) & ~(ULONGLONG)(ALIGNMENT - 1);

    return full <= ~(SIZE_T)0 - sizeof(struct chunk) ? full : 0;
}

SCODE WINAPI memory_allocate_buffer(ULONG size, void **buffer)
{
    struct header *header;
    unsigned int class;
    SIZE_T full;

    if (!buffer) return MAPI_E_INVALID_PARAMETER;
    *buffer = NULL;

    if (!(full = full_size(size, sizeof(*header)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    class = block_class(full);
    if (!(header = block_alloc(class, full))) return MAPI_E_NOT_ENOUGH_MEMORY;
    header->link = NULL;
    header->mark = mark(header, MARK_BUFFER) | class;
    *buffer = header + 1;
    return S_OK;
}

/* Takes size bytes off a chunk, NULL when it has not that many left. */
static void *cut(struct chunk *chunk, LONG size)
{
    LONG used = chunk->used, seen;

    while (used != ADOPTED && size <= chunk->size - used)
    {
        seen = InterlockedCompareExchange(&chunk->used, used + size, used);
        if (seen == used) return (BYTE *)(chunk + 1) + used;
        used = seen;
    }
    return NULL;
}

static void link_chunk(void **link, struct chunk *chunk)
{
    struct chunk *first = *link, *seen;

    for (;;)
    {
        chunk->next = first;
        seen = InterlockedCompareExchangePointer(link, chunk, first);
        if (seen == first) return;
        first = seen;
    }
}

/* A new chunk of at least size bytes, the first size of them taken, linked to the buffer. */
static void *grow(struct header *buffer, SIZE_T size)
{
    void **link = &buffer->link;
    struct chunk *chunk, *first;
    unsigned int class;
    SIZE_T room = size;

    first = *link;
    if (first && size < CHUNK_MAX)
    {
        room = min(max((SIZE_T)first->size * 2, CHUNK_MIN), CHUNK_MAX);
        if (room < size) room = size;
    }
    if ((class = block_class(sizeof(*chunk) + room)))
        room = block_size(class) - sizeof(*chunk);
    if (!(chunk = block_alloc(class, sizeof(*chunk) + room))) return NULL;
    chunk->size = room < CHUNK_MAX * 2 ? room : 0;
    chunk->used = chunk->size ? size : 0;

    /* A chunk that is full from the start goes behind the one that still has room. */
    if (first && chunk->used == chunk->size) link = (void **)&first->next;
    link_chunk(link, chunk);
    return chunk + 1;
}

SCODE WINAPI memory_allocate_more(ULONG size, void *object, void **buffer)
{
    struct header *header, *piece = NULL;
    struct chunk *chunk;
    SIZE_T full;

    if (!buffer) return MAPI_E_INVALID_PARAMETER;
    *buffer = NULL;

    if (!(header = header_from_pointer(object))) return MAPI_E_INVALID_PARAMETER;
    while (is_kind(header, MARK_PIECE)) header = header->link;
    if (!is_kind(header, MARK_BUFFER)) return MAPI_E_INVALID_PARAMETER;

    if (!(full = full_size(size, sizeof(*piece)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if ((chunk = header->link) && full < CHUNK_MAX) piece = cut(chunk, full);
    if (!piece) piece = grow(header, full);
    if (!piece) return MAPI_E_NOT_ENOUGH_MEMORY;
    piece->link = header;
    piece->mark = mark(piece, MARK_PIECE);
    *buffer = piece + 1;
    return S_OK;
}

/* A chunk that is filled by one large piece, or that only holds on to a buffer, is of no class. */
static unsigned int chunk_class(const struct chunk *chunk)
{
    return chunk->size ? block_class(sizeof(*chunk) + chunk->size) : 0;
}

ULONG WINAPI memory_free_buffer(void *buffer)
{
    struct header *header = header_from_pointer(buffer), *adopted;
    struct chunk *chunk, *next;
    unsigned int class;

    if (!header || !is_kind(header, MARK_BUFFER)) return S_OK;

    for (chunk = header->link; chunk; chunk = next)
    {
        next = chunk->next;
        if (chunk->used == ADOPTED)
        {
            adopted = *(struct header **)(chunk + 1);
            block_free(adopted, adopted->mark & MARK_CLASS);
        }
        block_free(chunk, chunk_class(chunk));
    }
    class = header->mark & MARK_CLASS;
    header->mark = 0;
    block_free(header, class);
    return S_OK;
}

/* The page lets the contents be copied to a new buffer and does not say who frees the old one. So
 * the old one and all that is linked to it go with the new one, as if they were linked to that;
 * whoever frees the old one nevertheless does no harm. The old buffer must not be in use by another
 * thread. */
SCODE WINAPI MAPIReallocateBuffer(LPVOID buffer, ULONG size, LPVOID *ret)
{
    struct header *old = header_from_pointer(buffer), *header;
    struct chunk *chunk, **last;
    SIZE_T old_size;
    SCODE scode;

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!buffer) return memory_allocate_buffer(size, ret);
    if (!old || !is_kind(old, MARK_BUFFER)) return MAPI_E_INVALID_PARAMETER;

    if (!(chunk = platform_alloc(sizeof(*chunk) + sizeof(old)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if ((scode = memory_allocate_buffer(size, ret)) != S_OK)
    {
        platform_free(chunk);
        return scode;
    }
    if (!(old_size = block_size(old->mark & MARK_CLASS))) old_size = platform_size(old);
    old_size -= sizeof(*old);
    memcpy(*ret, buffer, min(old_size, size));

    header = header_from_pointer(*ret);
    chunk->used = ADOPTED;
    chunk->size = 0;
    *(struct header **)(chunk + 1) = old;
    header->link = old->link;
    for (last = (struct chunk **)&header->link; *last; last = &(*last)->next) { }
    chunk->next = NULL;
    *last = chunk;
    old->link = header;
    old->mark = mark(old, MARK_PIECE) | (old->mark & MARK_CLASS);
    return S_OK;
}

const struct mapi_allocators memory_allocators =
{
    memory_allocate_buffer,
    memory_allocate_more,
    memory_free_buffer
};

const struct mapi_allocators *memory_exported = &memory_allocators;
