/* SPDX-License-Identifier: Apache-2.0 */
/* One bounded arena per request: memory lives until the arena is freed; nothing is freed singly.
 * Allocation returns NULL when the limit would be passed; the request then fails with -ENOMEM. */
#pragma once

#include <stddef.h>

#include <node/macro.h>
#include <node/types.h>

typedef struct Arena Arena;

#define ARENA_REQUEST_BYTES_MAX (16u << 20)

/* NULL when out of memory. Owned by the caller. */
Arena *arena_new(size_t size_bytes_max);
Arena *arena_free(Arena *arena);
DEFINE_CLEANUP(Arena, arena_free)

/* Zeroed, aligned for any type. NULL: over the limit or out of memory. */
void *arena_alloc(Arena *arena, size_t size_bytes) _must_check_;
/* NULL also when the product overflows. */
void *arena_alloc_array(Arena *arena, size_t size_bytes, size_t count) _must_check_;
void *arena_copy(Arena *arena, const void *data, size_t size_bytes) _must_check_;
char *arena_strdup(Arena *arena, const char *text) _must_check_;
char *arena_strndup(Arena *arena, const char *text, size_t size_bytes) _must_check_;
char *arena_printf(Arena *arena, const char *format, ...) _must_check_ _printf_(2, 3);
size_t arena_used(const Arena *arena);
/* Forgets everything allocated so far and keeps the memory for reuse. */
void arena_reset(Arena *arena);

#define ARENA_NEW(arena, type) ((type *) arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *) arena_alloc_array((arena), sizeof(type), (count)))
