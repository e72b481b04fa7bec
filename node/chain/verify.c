/* SPDX-License-Identifier: Apache-2.0 */
/* Sees everything and changes nothing. Reads in short snapshots, so that a node at work is not held up:
 * entries of the chain in order, then every table of registers and documents against what the chain says,
 * then the modules' own invariants. Rows written to a table after it was read are the next run's. What the
 * tables and the chain disagree in is named by record and row. */
#include <stdio.h>
#include <string.h>

#include <internal/log.h>
#include <node/error.h>

#include "verify.h"

#define VERIFY_BYTES_MAX (16u << 20)
#define ROW_BYTES_MAX (1u << 20)
#define ENTRIES_PER_SNAPSHOT 64u
#define ROWS_PER_SNAPSHOT 2000
#define INVARIANT_FINDINGS_MAX 1000u

void verify_finding(Verify *v, const char *invariant, const char *record, int64_t id, const char *detail) {
        v->found = true;
        if (v->report)
                v->report(v->data, invariant, record, id, detail);
}

VerifyRecord *verify_record(Verify *v, int64_t number) {
        for (size_t i = 0; i < v->n_records; i++)
                if (v->records[i].record->number == number)
                        return &v->records[i];
        return NULL;
}

int verify_digest(const Verify *v, Bytes bytes, Digest *ret) {
        return digest_compute(
                v->engine->digest_kind, bytes.data ? bytes.data : (const uint8_t *) "", bytes.size, ret);
}

static int record_take(Verify *v, const Record *record) {
        VerifyRecord *taken = &v->records[v->n_records];
        int r;

        if (record->store != v->id || record->shape == SHAPE_VALUE || record->shape == SHAPE_PROJECTION)
                return 0;
        r = verify_query_range(record, v->arena, &taken->range);
        if (r >= 0)
                r = verify_query_page(record, v->arena, &taken->page);
        if (r >= 0)
                r = verify_query_count(record, v->arena, &taken->count);
        if (r < 0)
                return r;
        taken->record = record;
        v->n_records++;
        return 0;
}

static int records_take(Verify *v) {
        size_t n, total = 0;
        const Module *const *modules = registry_modules(v->engine->registry, &n);

        for (size_t i = 0; i < n; i++)
                for (size_t k = 0; modules[i]->records && modules[i]->records[k]; k++)
                        total++;
        v->records = ARENA_ARRAY(v->arena, VerifyRecord, total + 1);
        if (!v->records)
                return -ENOMEM;
        for (size_t i = 0; i < n; i++) {
                if (!(modules[i]->capabilities & registry_capabilities(v->engine->registry)))
                        continue;
                for (size_t k = 0; modules[i]->records && modules[i]->records[k]; k++) {
                        int r = record_take(v, modules[i]->records[k]);

                        if (r < 0)
                                return r;
                }
        }
        return 0;
}

static int catch_up(Verify *v, Tx *tx) {
        int n;

        do
                n = verify_entries(v, tx, ENTRIES_PER_SNAPSHOT);
        while (n > 0);
        return n;
}

static int chain_pass(Verify *v) {
        int n;

        do {
                _cleanup_(store_read_endp) Tx *tx = NULL;

                n = store_read_begin(v->store, &tx);
                if (n >= 0)
                        n = verify_entries(v, tx, ENTRIES_PER_SNAPSHOT);
        } while (n == (int) ENTRIES_PER_SNAPSHOT);
        return n;
}

/* One page of a table beside what the chain says of the same rows. */
typedef struct Page {
        Verify *v;
        const VerifyRecord *known;
        VerifyCursor cursor;
        VerifySpan span; /* the next of the chain, where there is one */
        bool there;
        int64_t last; /* id of the last row read */
} Page;

static int span_next(Page *page) {
        int r = verify_cursor_next(&page->cursor, NULL, NULL, &page->span);

        page->there = r > 0 && page->span.record == page->known->record->number;
        return r;
}

/* What the chain has before this row is not in the table. */
static int gone_until(Page *page, int64_t id) {
        int r = 0;

        while (r >= 0 && page->there && page->span.id < id) {
                verify_finding(page->v, "I8", page->known->record->name, page->span.id, "the row is gone");
                r = span_next(page);
        }
        return r;
}

static int row_compare(Page *page, const Rows *rows, Buffer *row) {
        const Record *record = page->known->record;
        Verify *v = page->v;
        VerifyField field;
        Bytes bytes;
        Digest digest;
        int r;

        buffer_reset(row);
        r = verify_row(record, rows, row);
        if (r < 0)
                return r;
        bytes = (Bytes){ row->data, row->size };
        r = verify_digest(v, bytes, &digest);
        if (r < 0)
                return r;
        page->last = verify_field(&bytes, &field) > 0 && field.number == 1 ? verify_signed(field.varint) : 0;
        r = gone_until(page, page->last);
        if (r < 0)
                return r;
        if (!page->there || page->span.id != page->last) {
                verify_finding(v, "I8", record->name, page->last, "the row is in no entry of the chain");
                return 0;
        }
        if (memcmp(page->span.after, digest.bytes, sizeof(page->span.after)) != 0)
                verify_finding(
                        v, "I8", record->name, page->last, "the row is not as the chain last wrote it");
        return span_next(page);
}

static int page_compare(Page *page, Rows *rows) {
        Buffer row = BUFFER_INIT(ROW_BYTES_MAX);
        int r, n = 0;

        r = span_next(page);
        while (r >= 0 && (r = rows_next(rows)) > 0) {
                r = row_compare(page, rows, &row);
                n++;
        }
        buffer_done(&row);
        /* behind the table's last row the chain must have none either */
        if (r >= 0 && n < ROWS_PER_SNAPSHOT)
                r = gone_until(page, INT64_MAX);
        return r < 0 ? r : n;
}

/* One page of a table, in one snapshot with the chain up to its head. Returns the number of rows. */
static int table_page(Verify *v, const VerifyRecord *known, int64_t *after) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;
        Page page = { .v = v, .known = known, .last = *after };
        int r;

        r = store_read_begin(v->store, &tx);
        if (r >= 0)
                r = catch_up(v, tx);
        if (r >= 0)
                r = tx_query(tx, &known->page,
                        SQL_ARGS(value_integer(*after), value_integer(ROWS_PER_SNAPSHOT)), &rows);
        if (r >= 0)
                r = verify_cursor_open(&v->sort, known->record->number, *after, &page.cursor);
        if (r < 0)
                return r;
        r = page_compare(&page, rows);
        verify_cursor_done(&page.cursor);
        *after = page.last;
        return r;
}

static int tables_pass(Verify *v) {
        for (size_t i = 0; i < v->n_records; i++) {
                int64_t after = INT64_MIN;
                int n;

                if (v->records[i].record->shape == SHAPE_LEDGER)
                        continue;
                do
                        n = table_page(v, &v->records[i], &after);
                while (n == ROWS_PER_SNAPSHOT);
                if (n < 0)
                        return n;
        }
        return 0;
}

static int counts_pass(Verify *v, int64_t *ret_index_rows) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        int64_t count;
        int r;

        r = store_read_begin(v->store, &tx);
        if (r >= 0)
                r = catch_up(v, tx);
        for (size_t i = 0; r >= 0 && i < v->n_records; i++) {
                if (v->records[i].record->shape != SHAPE_LEDGER)
                        continue;
                r = tx_integer(tx, &v->records[i].count, SQL_NO_ARGS, &count);
                if (r >= 0 && count > v->records[i].rows)
                        verify_finding(
                                v, "I7", v->records[i].record->name, 0, "the ledger has rows of no command");
        }
        if (r >= 0)
                r = tx_integer(tx, &verify_index_count, SQL_NO_ARGS, ret_index_rows);
        return r < 0 ? r : 0;
}

/* Every row's changes from the first to the last: no seam of theirs is left untold after this. */
static int spans_pass(Verify *v, int64_t index_rows) {
        VerifyCursor cursor;
        VerifySpan span;
        Digest nothing;
        int r;

        r = verify_digest(v, (Bytes){ NULL, 0 }, &nothing);
        if (r >= 0)
                r = verify_cursor_open(&v->sort, INT64_MIN, INT64_MIN, &cursor);
        if (r < 0)
                return r;
        while ((r = verify_cursor_next(&cursor, verify_seam, v, &span)) > 0) {
                VerifySpan before = span;

                if (span.version_from == 1 && memcmp(span.before, nothing.bytes, sizeof(span.before)) == 0)
                        continue;
                before.version_to = 0;
                before.seq_to = 0;
                memcpy(before.after, nothing.bytes, sizeof(before.after));
                verify_seam(v, &before, &span);
        }
        verify_cursor_done(&cursor);
        if (r >= 0 && index_rows != v->index_rows)
                verify_finding(v, "I8", "chain_row", 0, "the index of histories does not match the chain");
        return r;
}

static int invariant_run(Verify *v, const Invariant *invariant) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r;

        r = store_read_begin(v->store, &tx);
        if (r >= 0)
                r = tx_query(tx, invariant->all, SQL_NO_ARGS, &rows);
        for (size_t n = 0; r >= 0 && n < INVARIANT_FINDINGS_MAX && (r = rows_next(rows)) > 0; n++)
                verify_finding(v, rows_text(rows, 0), rows_text(rows, 1), rows_integer(rows, 2),
                        rows_text(rows, 3));
        if (r < 0)
                log_error("verify: invariant %s cannot be read: %s", invariant->name, strerror(-r));
        return r < 0 ? r : 0;
}

static int invariants_pass(Verify *v) {
        size_t n;
        const Module *const *modules = registry_modules(v->engine->registry, &n);
        unsigned here = registry_capabilities(v->engine->registry);

        for (size_t i = 0; i < n; i++) {
                const Invariant *invariant = modules[i]->invariants;

                for (; invariant && invariant->name; invariant++) {
                        int r;

                        if (!invariant->all || invariant->store != v->id ||
                                !(invariant->capabilities & modules[i]->capabilities & here))
                                continue;
                        r = invariant_run(v, invariant);
                        if (r < 0)
                                return r;
                }
        }
        return 0;
}

int verify_store_bounded(Engine *engine, StoreId store, size_t rows_max, VerifyReport report, void *data,
        size_t *ret_held_max) {
        _cleanup_(arena_freep) Arena *arena = arena_new(VERIFY_BYTES_MAX);
        Verify v = { .engine = engine,
                .store = engine->stores[store],
                .id = store,
                .report = report,
                .data = data,
                .arena = arena };
        int64_t index_rows = 0;
        int r;

        if (!arena)
                return -ENOMEM;
        if (!v.store)
                return -ENOENT;
        v.sort = (VerifySort){ .folder = engine->scratch ? engine->scratch : P_tmpdir,
                .items_max = rows_max,
                .seam = verify_seam,
                .data = &v };
        r = verify_sort_init(&v.sort);
        if (r >= 0)
                r = records_take(&v);
        if (r >= 0)
                r = chain_pass(&v);
        if (r >= 0)
                r = tables_pass(&v);
        if (r >= 0)
                r = counts_pass(&v, &index_rows);
        if (r >= 0)
                r = spans_pass(&v, index_rows);
        if (r >= 0)
                r = invariants_pass(&v);
        verify_sort_done(&v.sort);
        *ret_held_max = v.sort.held_max;
        if (r < 0)
                return r;
        return v.found ? 1 : 0;
}

int verify_store(Engine *engine, StoreId store, VerifyReport report, void *data) {
        size_t held_max;

        return verify_store_bounded(engine, store, VERIFY_ROWS_MAX, report, data, &held_max);
}
