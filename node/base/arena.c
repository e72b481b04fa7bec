/* SPDX-License-Identifier: Apache-2.0 */
/* The bounded arena. Chunks in normal builds; with ARENA_SINGLE_ALLOCATIONS every allocation is a malloc of
 * its own, so that AddressSanitizer sees each end and each use after a reset. */
#include <assert.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <node/arena.h>

#ifndef ARENA_SINGLE_ALLOCATIONS
#define ARENA_SINGLE_ALLOCATIONS 0
#endif

#define ALIGNMENT alignof(max_align_t)
#define CHUNK_BYTES_MIN ((size_t) 4096)
#define CHUNK_BYTES_MAX ((size_t) 262144)
#define PRINTED_BYTES_MOST 256 /* of a printed text; a longer one is printed twice */

typedef struct Chunk {
        struct Chunk *next;
        size_t size, used;
        alignas(max_align_t) unsigned char data[];
} Chunk;

struct Arena {
        Chunk *first, *current; /* chunks after current are empty and waiting */
        size_t used, used_max;
};

Arena *arena_new(size_t size_bytes_max) {
        Arena *arena = calloc(1, sizeof(*arena));
        if (!arena)
                return NULL;
        arena->used_max = size_bytes_max;
        return arena;
}

static void chunks_free(Arena *arena) {
        for (Chunk *chunk = arena->first, *next; chunk; chunk = next) {
                next = chunk->next;
                free(chunk);
        }
        arena->first = arena->current = NULL;
}

Arena *arena_free(Arena *arena) {
        if (!arena)
                return NULL;
        chunks_free(arena);
        free(arena);
        return NULL;
}

/* Appends a chunk after the current one; the data's size is exactly size. */
static Chunk *chunk_new(Arena *arena, size_t size) {
        Chunk *chunk = malloc(sizeof(Chunk) + size);
        if (!chunk)
                return NULL;
        chunk->size = size;
        chunk->used = 0;
        if (arena->current) {
                chunk->next = arena->current->next;
                arena->current->next = chunk;
        } else {
                chunk->next = arena->first;
                arena->first = chunk;
        }
        arena->current = chunk;
        return chunk;
}

/* The chunk that has room: the current one, the next waiting one, or a new one. */
static Chunk *chunk_with_room(Arena *arena, size_t size) {
        Chunk *chunk = arena->current ? arena->current : arena->first;
        if (chunk && chunk->size - chunk->used >= size) {
                arena->current = chunk;
                return chunk;
        }
        if (chunk && chunk->next && chunk->next->size >= size) {
                arena->current = chunk->next;
                return arena->current;
        }
        size_t wanted = arena->used < CHUNK_BYTES_MIN ? CHUNK_BYTES_MIN : arena->used;
        if (wanted > CHUNK_BYTES_MAX)
                wanted = CHUNK_BYTES_MAX;
        return chunk_new(arena, size > wanted ? size : wanted);
}

/* Bytes as they come. */
static void *arena_take(Arena *arena, size_t size_bytes) {
        assert(arena);

        if (size_bytes > arena->used_max)
                return NULL;
        size_t rounded = (size_bytes ? size_bytes + ALIGNMENT - 1 : ALIGNMENT) / ALIGNMENT * ALIGNMENT;
        if (rounded < size_bytes || rounded > arena->used_max - arena->used)
                return NULL;
        Chunk *chunk =
                ARENA_SINGLE_ALLOCATIONS ? chunk_new(arena, size_bytes) : chunk_with_room(arena, rounded);
        if (!chunk)
                return NULL;
        void *data = chunk->data + chunk->used;
        chunk->used += ARENA_SINGLE_ALLOCATIONS ? size_bytes : rounded;
        arena->used += rounded;
        return data;
}

void *arena_alloc(Arena *arena, size_t size_bytes) {
        void *data = arena_take(arena, size_bytes);
        if (data)
                memset(data, 0, size_bytes);
        return data;
}

void *arena_alloc_array(Arena *arena, size_t size_bytes, size_t count) {
        size_t total;
        if (__builtin_mul_overflow(size_bytes, count, &total))
                return NULL;
        return arena_alloc(arena, total);
}

void *arena_copy(Arena *arena, const void *data, size_t size_bytes) {
        void *copy = arena_take(arena, size_bytes);
        if (copy && size_bytes > 0)
                memcpy(copy, data, size_bytes);
        return copy;
}

char *arena_strdup(Arena *arena, const char *text) {
        return arena_copy(arena, text, strlen(text) + 1);
}

char *arena_strndup(Arena *arena, const char *text, size_t size_bytes) {
        size_t length = strnlen(text, size_bytes);
        if (length == SIZE_MAX)
                return NULL;
        char *copy = arena_alloc(arena, length + 1);
        if (copy)
                memcpy(copy, text, length);
        return copy;
}

char *arena_printf(Arena *arena, const char *format, ...) {
        char first[PRINTED_BYTES_MOST];
        va_list arguments;

        va_start(arguments, format);
        int length = vsnprintf(first, sizeof(first), format, arguments);
        va_end(arguments);
        if (length < 0)
                return NULL;
        if ((size_t) length < sizeof(first))
                return arena_copy(arena, first, (size_t) length + 1);
        char *text = arena_take(arena, (size_t) length + 1);
        if (!text)
                return NULL;
        va_start(arguments, format);
        vsnprintf(text, (size_t) length + 1, format, arguments);
        va_end(arguments);
        return text;
}

size_t arena_used(const Arena *arena) {
        return arena->used;
}

void arena_reset(Arena *arena) {
        arena->used = 0;
        if (ARENA_SINGLE_ALLOCATIONS) {
                chunks_free(arena);
                return;
        }
        for (Chunk *chunk = arena->first; chunk; chunk = chunk->next)
                chunk->used = 0;
        arena->current = arena->first;
}
