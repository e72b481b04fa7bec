/* SPDX-License-Identifier: Apache-2.0 */
/* What the chain says is the present state of every row of registers and documents: filled by verify as it
 * reads. */
#pragma once

#include <node/types.h>

typedef struct VerifyItem {
        int64_t record, id; /* record 0: empty slot */
        int64_t version, seq;
        uint8_t digest[24]; /* of the row's wire form, shortened */
        bool seen;          /* the row was found in its table */
} VerifyItem;

typedef struct VerifyMap {
        VerifyItem *items;
        size_t n, capacity;
} VerifyMap;

void verify_map_done(VerifyMap *map);
VerifyItem *verify_map_find(const VerifyMap *map, int64_t record, int64_t id);
/* Found or new (version 0); NULL when out of memory. Pointers are valid until the next add. */
VerifyItem *verify_map_add(VerifyMap *map, int64_t record, int64_t id);
