/* SPDX-License-Identifier: Apache-2.0 */
/* Open addressing over (record, id); grows by doubling at two thirds. */
#include <stdlib.h>

#include "verify-map.h"

static size_t slot_of(const VerifyMap *map, int64_t record, int64_t id) {
        uint64_t key = (uint64_t) id * UINT64_C(0x9e3779b97f4a7c15) ^
                       (uint64_t) record * UINT64_C(0xc2b2ae3d27d4eb4f);
        size_t at = (size_t) (key ^ (key >> 29)) & (map->capacity - 1);

        while (map->items[at].record != 0 && (map->items[at].record != record || map->items[at].id != id))
                at = (at + 1) & (map->capacity - 1);
        return at;
}

void verify_map_done(VerifyMap *map) {
        free(map->items);
        *map = (VerifyMap){ 0 };
}

VerifyItem *verify_map_find(const VerifyMap *map, int64_t record, int64_t id) {
        size_t at;

        if (map->capacity == 0)
                return NULL;
        at = slot_of(map, record, id);
        return map->items[at].record != 0 ? &map->items[at] : NULL;
}

static bool grow(VerifyMap *map) {
        VerifyMap larger = { .capacity = map->capacity ? 2 * map->capacity : 1024, .n = map->n };

        larger.items = calloc(larger.capacity, sizeof(VerifyItem));
        if (!larger.items)
                return false;
        for (size_t i = 0; i < map->capacity; i++)
                if (map->items[i].record != 0)
                        larger.items[slot_of(&larger, map->items[i].record, map->items[i].id)] =
                                map->items[i];
        free(map->items);
        *map = larger;
        return true;
}

VerifyItem *verify_map_add(VerifyMap *map, int64_t record, int64_t id) {
        VerifyItem *item;

        if (3 * (map->n + 1) > 2 * map->capacity && !grow(map))
                return NULL;
        item = &map->items[slot_of(map, record, id)];
        if (item->record == 0) {
                *item = (VerifyItem){ .record = record, .id = id };
                map->n++;
        }
        return item;
}
