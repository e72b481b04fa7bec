/* SPDX-License-Identifier: Apache-2.0 */
/* A set of texts with a number each, in an arena: which dwellings and buildings of a file were seen. */
#pragma once

#include <node/arena.h>

typedef struct SheetIndex {
        Arena *arena;
        struct SheetSlot {
                const char *key;
                int64_t value;
        } * slots;
        size_t n, capacity; /* capacity is a power of two, at most half full */
} SheetIndex;

/* Place of the key's number, made with 0 when the key is new (*ret_new). -ENOMEM. A new key is copied. */
int sheet_index_at(SheetIndex *index, const char *key, int64_t **ret, bool *ret_new) _must_check_;
