/* SPDX-License-Identifier: Apache-2.0 */
/* Rows for a batch: from changes and ledger ranges of the chain, from fact cells, from attestations. */
#include <federation/federation.h>
#include <node/error.h>
#include <node/wire.h>
#include <string.h>

#include "cut-private.h"
#include "federation-query.h"

#define ENTRIES_PER_READ 64
#define ENTRIES_PER_LOOK 4096
#define ROW_BYTES_MAX (256u << 10)
#define FACTS_MAX 60000

static int add_row(Cut *cut, const Plan *plan, const void *row) {
        int r;

        buffer_reset(&cut->row);
        record_encode(&plan->record, row, FIELD_LOCAL, &cut->row);
        r = buffer_error(&cut->row);
        if (r == 0)
                r = batch_packer_record(&cut->packer, plan->record.number, plan->highest);
        if (r == 0)
                r = batch_packer_row(
                        &cut->packer, plan->record.number, (Bytes){ cut->row.data, cut->row.size });
        for (size_t i = 0; r == 0 && i < plan->record.n_fields; i++) {
                const Field *field = &plan->record.fields[i];

                if (field->kind == KIND_MONEY)
                        r = batch_packer_sum(&cut->packer, plan->record.number, field->number,
                                *(const int64_t *) ((const uint8_t *) row + field->offset));
        }
        return r;
}

static const Plan *plan_here(const Cut *cut, int64_t record) {
        const Plan *plan = plans_find(&cut->context->plans, record);

        return plan && plan->stream == cut->stream ? plan : NULL;
}

/* Rows of an entry are counted in order; those before `skip` are in an earlier batch. */
typedef struct EntryWalk {
        int64_t at, skip;
        bool full;
} EntryWalk;

static int add_changes(Cut *cut, const ChainEntry *entry, EntryWalk *walk) {
        for (size_t i = 0; i < entry->n_changes && !walk->full; i++) {
                const ChainChange *change = &entry->changes[i];
                const Plan *plan = plan_here(cut, change->record);
                void *row;
                int r;

                if (!plan || change->after.size == 0)
                        continue;
                if (walk->at++ < walk->skip)
                        continue;
                row = arena_alloc(cut->arena, plan->record.size);
                if (!row)
                        return -ENOMEM;
                r = record_decode(&plan->record, change->after, cut->arena, row);
                if (r == 0)
                        r = add_row(cut, plan, row);
                if (r < 0)
                        return r == -EMALFORMED_ ? -EBROKEN_ : r;
                walk->full = batch_packer_full(&cut->packer);
        }
        return 0;
}

static int add_range(
        Cut *cut, const Plan *plan, const ChainEntry *entry, const ChainRange *range, EntryWalk *walk) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int64_t seen = 0;
        int r;

        r = tx_query(cut->tx, &plan->range,
                SQL_ARGS(value_integer(cut->office), value_id(range->first), value_id(range->last),
                        value_integer(entry->header.seq)),
                &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                void *row;

                seen++;
                if (walk->at++ < walk->skip)
                        continue;
                row = arena_alloc(cut->arena, plan->record.size);
                if (!row)
                        return -ENOMEM;
                r = record_from_rows(&plan->record, rows, cut->arena, row);
                if (r == 0)
                        r = add_row(cut, plan, row);
                if (r < 0)
                        return r;
                walk->full = batch_packer_full(&cut->packer);
                if (walk->full)
                        return 0;
        }
        if (r < 0)
                return r;
        return seen == range->count ? 0 : -EBROKEN_;
}

/* Rows of an entry that belong to this stream in all. */
static int64_t entry_rows(const Cut *cut, const ChainEntry *entry) {
        int64_t n = 0;

        for (size_t i = 0; i < entry->n_changes; i++)
                n += plan_here(cut, entry->changes[i].record) && entry->changes[i].after.size > 0;
        for (size_t i = 0; i < entry->n_ranges; i++)
                if (plan_here(cut, entry->ranges[i].record))
                        n += entry->ranges[i].count;
        return n;
}

static int add_entry(Cut *cut, const ChainEntry *entry) {
        EntryWalk walk = { .skip = cut->partial };
        int64_t total = entry_rows(cut, entry);
        int r;

        r = add_changes(cut, entry, &walk);
        for (size_t i = 0; r == 0 && i < entry->n_ranges && !walk.full; i++) {
                const Plan *plan = plan_here(cut, entry->ranges[i].record);

                if (plan)
                        r = add_range(cut, plan, entry, &entry->ranges[i], &walk);
        }
        if (r < 0)
                return r;
        cut->scanned = entry->header.seq;
        cut->partial = walk.at < total ? walk.at : 0;
        return 0;
}

static int add_segment(Cut *cut, const ChainEntry *entry) {
        Buffer header = BUFFER_INIT(ROW_BYTES_MAX);
        int r = chain_header_encode(&entry->header, &header);

        buffer_reset(&cut->row);
        wire_put_bytes(&cut->row, 1, header.data, header.size);
        wire_put_bytes(&cut->row, 2, entry->body.data, entry->body.size);
        wire_put_bytes(&cut->row, 3, entry->head.bytes, sizeof entry->head.bytes);
        buffer_done(&header);
        if (r == 0)
                r = buffer_error(&cut->row);
        if (r == 0)
                r = batch_packer_row(
                        &cut->packer, FEDERATION_ROW_CHAIN, (Bytes){ cut->row.data, cut->row.size });
        cut->scanned = entry->header.seq;
        return r;
}

/* Walks the chain from where the stream stands until the batch is full, the end, or enough for one look. */
int cut_walk_chain(Cut *cut, int64_t from, bool *ret_end) {
        int64_t seen = 0;

        *ret_end = false;
        if (cut->partial > 0)
                cut->scanned = cut->before.chain_last - 1;
        else if (from > cut->scanned)
                cut->scanned = from;
        while (seen < ENTRIES_PER_LOOK && !batch_packer_full(&cut->packer) &&
                arena_used(cut->arena) < WORK_ARENA_BYTES_MAX / 4) {
                ChainEntry *entries = NULL;
                int n = chain_read(cut->tx, cut->scanned, ENTRIES_PER_READ, cut->arena, &entries);

                if (n < 0)
                        return n;
                if (n == 0) {
                        *ret_end = true;
                        return 0;
                }
                for (int i = 0; i < n && !batch_packer_full(&cut->packer); i++, seen++) {
                        int r = 0;

                        if (entries[i].header.office != cut->office)
                                cut->scanned = entries[i].header.seq;
                        else if (cut->stream == STREAM_BACKUP)
                                r = add_segment(cut, &entries[i]);
                        else
                                r = add_entry(cut, &entries[i]);
                        if (r < 0)
                                return r;
                }
        }
        return 0;
}

int cut_walk_facts(Cut *cut) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r;

        r = tx_query(cut->tx, &query_own_cells_after,
                SQL_ARGS(value_integer(cut->office), value_integer(cut->before.chain_last),
                        value_integer(INT64_MAX)),
                &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                FactRow fact = { rows_integer(rows, 0), rows_integer(rows, 1), rows_integer(rows, 2),
                        rows_integer(rows, 3), rows_integer(rows, 4), rows_integer(rows, 5),
                        rows_integer(rows, 6) };
                int64_t chain_seq = rows_integer(rows, 7);

                /* A batch ends between two entries only: a cell may move to a later one meanwhile. */
                if (chain_seq != cut->scanned && batch_packer_full(&cut->packer)) {
                        /* Not all cells of this reading: it describes no state of detail. */
                        cut->header.detail_epoch = cut->header.detail_seq = 0;
                        return 0;
                }
                if (cut->packer.rows >= FACTS_MAX)
                        return -E2BIG;
                buffer_reset(&cut->row);
                r = fact_row_encode(&fact, &cut->row);
                if (r == 0)
                        r = batch_packer_row(
                                &cut->packer, FEDERATION_ROW_FACT, (Bytes){ cut->row.data, cut->row.size });
                if (r < 0)
                        return r;
                cut->scanned = chain_seq;
        }
        return r;
}

int cut_walk_attestations(Cut *cut) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r;

        r = tx_query(cut->tx, &query_attestation_after,
                SQL_ARGS(value_integer(cut->office), value_integer(cut->before.chain_last),
                        value_integer(BATCH_ROWS_CUT)),
                &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                AttestationRow row = { rows_integer(rows, 0), rows_integer(rows, 1), rows_integer(rows, 2),
                        rows_integer(rows, 3), .differing = rows_text(rows, 5) };
                Bytes digest = rows_blob(rows, 4);

                if (digest.size != sizeof row.digest.bytes)
                        return -EBADMSG;
                memcpy(row.digest.bytes, digest.data, sizeof row.digest.bytes);
                buffer_reset(&cut->row);
                r = attestation_row_encode(&row, &cut->row);
                if (r == 0)
                        r = batch_packer_row(&cut->packer, FEDERATION_ROW_ATTESTATION,
                                (Bytes){ cut->row.data, cut->row.size });
                if (r < 0)
                        return r;
                cut->scanned = rows_integer(rows, 6);
        }
        return r;
}
