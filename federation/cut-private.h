/* SPDX-License-Identifier: Apache-2.0 */
/* One batch in the making: what cut-rows.c fills and cut.c signs and writes. */
#pragma once

#include <node/chain.h>

#include "cut.h"
#include "land.h"

typedef struct Cut {
        const Context *context;
        Tx *tx;
        Arena *arena;
        int64_t office, stream, parent;
        StreamRow before;
        int64_t scanned; /* entries up to here are in this or an earlier batch, or hold nothing for it */
        int64_t partial;
        BatchPacker packer;
        Buffer row;
        BatchHeader header;
        BatchBytes bytes;
        bool ready, again;
} Cut;

/* Walks the chain from where the stream stands until the batch is full, the end, or enough for one look. */
int cut_walk_chain(Cut *cut, int64_t from, bool *ret_end) _must_check_;
int cut_walk_facts(Cut *cut) _must_check_;
int cut_walk_attestations(Cut *cut) _must_check_;
