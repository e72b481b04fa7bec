/* SPDX-License-Identifier: Apache-2.0 */
/* Open addressing over FNV-1a: files are bounded, so a flood of equal hashes costs minutes of a run, never
 * memory. */

#include <errno.h>
#include <string.h>

#include <essential/sheet-index.h>

#define INDEX_CAPACITY_MIN 1024

static uint64_t key_hash(const char *key) {
        uint64_t hash = UINT64_C(14695981039346656037);

        for (; *key; key++)
                hash = (hash ^ (uint8_t) *key) * UINT64_C(1099511628211);
        return hash;
}

static struct SheetSlot *slot_of(struct SheetSlot *slots, size_t capacity, const char *key) {
        size_t at = key_hash(key) & (capacity - 1);

        while (slots[at].key && strcmp(slots[at].key, key) != 0)
                at = (at + 1) & (capacity - 1);
        return &slots[at];
}

static int index_grow(SheetIndex *index) {
        size_t capacity = index->capacity ? 2 * index->capacity : INDEX_CAPACITY_MIN;
        struct SheetSlot *slots = ARENA_ARRAY(index->arena, struct SheetSlot, capacity);

        if (!slots)
                return -ENOMEM;
        for (size_t i = 0; i < index->capacity; i++)
                if (index->slots[i].key)
                        *slot_of(slots, capacity, index->slots[i].key) = index->slots[i];
        index->slots = slots;
        index->capacity = capacity;
        return 0;
}

int sheet_index_at(SheetIndex *index, const char *key, int64_t **ret, bool *ret_new) {
        if (2 * index->n >= index->capacity) {
                int r = index_grow(index);
                if (r < 0)
                        return r;
        }
        struct SheetSlot *slot = slot_of(index->slots, index->capacity, key);
        *ret_new = !slot->key;
        if (*ret_new) {
                slot->key = arena_strdup(index->arena, key);
                if (!slot->key)
                        return -ENOMEM;
                index->n++;
        }
        *ret = &slot->value;
        return 0;
}
