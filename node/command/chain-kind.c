/* SPDX-License-Identifier: Apache-2.0 */
/* Which entries of the chain changed rows of a kind: an index for auditors, derived from the entries. The
 * command path keeps it; a start fills what an older version, or somebody who emptied it, left out. */

#include <internal/chain-kernel.h>

#include "request.h"

#define ENTRIES_AT_ONCE 500

static int kind_add(Tx *tx, int64_t record, int64_t seq) {
        return tx_exec(
                tx, &query_chain_kind_insert, SQL_ARGS(value_integer(record), value_integer(seq)), NULL);
}

/* Neighbours are mostly of one kind; what is told twice is kept once. */
int chain_kind_write(Tx *tx, int64_t seq, const ChainEntry *entry) {
        int64_t last = 0;
        int r = 0;

        for (size_t i = 0; i < entry->n_changes && r >= 0; i++) {
                if (entry->changes[i].record != last)
                        r = kind_add(tx, entry->changes[i].record, seq);
                last = entry->changes[i].record;
        }
        for (size_t i = 0; i < entry->n_ranges && r >= 0; i++)
                r = kind_add(tx, entry->ranges[i].record, seq);
        return r;
}

static int fill_work(Tx *tx, void *data) {
        _cleanup_(arena_freep) Arena *arena = arena_new(16 * ARENA_REQUEST_BYTES_MAX);
        int64_t *after = data;
        ChainEntry *entries;

        if (!arena)
                return -ENOMEM;
        int n = chain_read(tx, *after, ENTRIES_AT_ONCE, arena, &entries), r = n;
        for (int i = 0; i < n && r >= 0; i++)
                r = chain_kind_write(tx, entries[i].header.seq, &entries[i]);
        if (r < 0)
                return r;
        if (n > 0)
                *after = entries[n - 1].header.seq;
        return n;
}

int engine_chain_kinds_fill(Store *store) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        int64_t after = 0;

        int r = store_read_begin(store, &tx);
        if (r == 0)
                r = tx_integer(tx, &query_chain_kind_last, SQL_NO_ARGS, &after);
        tx = store_read_end(tx);
        while (r >= 0) {
                r = store_write(store, fill_work, &after);
                if (r == 0)
                        return 0;
        }
        return r;
}
