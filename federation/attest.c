/* SPDX-License-Identifier: Apache-2.0 */
/* Recomputing cells. Facts name the detail they were made with; only with exactly that detail landed is a
 * difference believed at once. Otherwise one of the two is still on its way, and a difference is said only
 * after a long quiet. */
#include "attest.h"

#include <node/error.h>
#include <node/wire.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "federation-query.h"

#define DUE_PER_LOOK 512
#define CELLS_MAX 4096
#define DIFFERING_MAX 20

typedef struct Cell {
        int64_t nature, phase, category, value;
} Cell;

typedef struct CellList {
        Cell cells[CELLS_MAX];
        size_t n;
} CellList;

typedef struct Due {
        int64_t office, month, instant_ms;
} Due;

typedef struct Attest {
        const Context *context;
        Due due;
        CellList signed_cells, computed;
        Buffer bytes; /* computed cells, for the digest */
        char differing[1024];
        size_t n_differing;
        bool certain;
        int64_t verdict; /* 0: not now */
        Digest digest;
} Attest;

static int cell_compare(const void *a, const void *b) {
        const Cell *x = a, *y = b;

        if (x->nature != y->nature)
                return x->nature < y->nature ? -1 : 1;
        if (x->phase != y->phase)
                return x->phase < y->phase ? -1 : 1;
        return x->category < y->category ? -1 : x->category > y->category;
}

static int cells_read(Rows *rows, size_t column, CellList *ret) {
        int r;

        ret->n = 0;
        while ((r = rows_next(rows)) > 0) {
                Cell cell = { rows_integer(rows, column), rows_integer(rows, column + 1),
                        rows_integer(rows, column + 2), rows_integer(rows, column + 3) };

                if (cell.value == 0)
                        continue;
                if (ret->n == CELLS_MAX)
                        return -E2BIG;
                ret->cells[ret->n++] = cell;
        }
        qsort(ret->cells, ret->n, sizeof *ret->cells, cell_compare);
        return r;
}

static void note_difference(Attest *attest, const Measure *measure, const Cell *cell) {
        size_t used = strlen(attest->differing);

        if (attest->n_differing++ < DIFFERING_MAX)
                snprintf(attest->differing + used, sizeof attest->differing - used, "%s%d/%lld/%lld/%lld",
                        used ? " " : "", measure->number, (long long) cell->nature, (long long) cell->phase,
                        (long long) cell->category);
}

static void compare_cells(Attest *attest, const Measure *measure) {
        const CellList *a = &attest->signed_cells, *b = &attest->computed;
        size_t i = 0, k = 0;

        while (i < a->n || k < b->n) {
                int order = i == a->n ? 1 : k == b->n ? -1 : cell_compare(&a->cells[i], &b->cells[k]);

                if (order < 0)
                        note_difference(attest, measure, &a->cells[i++]);
                else if (order > 0)
                        note_difference(attest, measure, &b->cells[k++]);
                else {
                        if (a->cells[i].value != b->cells[k].value)
                                note_difference(attest, measure, &a->cells[i]);
                        i++;
                        k++;
                }
        }
}

static void digest_cells(Attest *attest, const Measure *measure) {
        for (size_t i = 0; i < attest->computed.n; i++) {
                const Cell *cell = &attest->computed.cells[i];

                wire_put_signed(&attest->bytes, 1, measure->number);
                wire_put_signed(&attest->bytes, 2, cell->nature);
                wire_put_signed(&attest->bytes, 3, cell->phase);
                wire_put_signed(&attest->bytes, 4, cell->category);
                wire_put_signed(&attest->bytes, 5, cell->value);
        }
}

static int recompute(Attest *attest, Tx *tx, const Measure *measure) {
        Rows *rows = NULL;
        int r;

        r = tx_query(tx, measure->recompute,
                SQL_ARGS(value_integer(attest->due.office), value_integer(attest->due.month)), &rows);
        if (r < 0)
                return r;
        r = cells_read(rows, 1, &attest->computed);
        rows = rows_close(rows);
        if (r == 0)
                r = tx_query(tx, &query_cells_of_month,
                        SQL_ARGS(value_integer(attest->due.office), value_integer(measure->number),
                                value_integer(attest->due.month)),
                        &rows);
        if (r < 0)
                return r;
        r = cells_read(rows, 0, &attest->signed_cells);
        rows_close(rows);
        if (r < 0)
                return r;
        compare_cells(attest, measure);
        digest_cells(attest, measure);
        return 0;
}

static int recompute_all(Attest *attest, Tx *tx) {
        size_t n;
        const Module *const *modules = registry_modules(attest->context->engine->registry, &n);
        int r;

        for (size_t m = 0; m < n; m++)
                for (const Measure *const *measure = modules[m]->measures; measure && *measure; measure++) {
                        if (!(*measure)->recompute)
                                continue;
                        r = recompute(attest, tx, *measure);
                        if (r < 0)
                                return r;
                }
        return buffer_error(&attest->bytes);
}

static int look(Attest *attest, Tx *tx) {
        StreamRow facts, detail;
        Position named;
        int r;

        r = stream_get(tx, attest->due.office, STREAM_FACTS, &facts);
        if (r < 0 && r != -ENOENT)
                return r;
        r = stream_get(tx, attest->due.office, STREAM_DETAIL, &detail);
        if (r < 0 && r != -ENOENT)
                return r;
        named = (Position){ facts.detail_epoch, facts.detail_seq };
        if (position_compare(detail.position, named) < 0)
                return 0;
        attest->certain = named.seq > 0 && position_compare(detail.position, named) == 0;
        r = recompute_all(attest, tx);
        if (r < 0)
                return r;
        if (attest->n_differing == 0)
                attest->verdict = 1;
        else if (attest->certain ||
                 clock_now(attest->context->engine->clock).ms - attest->due.instant_ms > ATTEST_HOLD_MS)
                attest->verdict = 2;
        return digest_compute(attest->context->engine->digest_kind,
                attest->bytes.data ? attest->bytes.data : (const uint8_t *) "", attest->bytes.size,
                &attest->digest);
}

static bool said_before(Rows *rows, const Attest *attest) {
        Bytes digest = rows_blob(rows, 2);

        return rows_integer(rows, 1) == attest->verdict && digest.size == sizeof attest->digest &&
               memcmp(digest.data, attest->digest.bytes, digest.size) == 0 &&
               strcmp(rows_text(rows, 3), attest->differing) == 0;
}

static int write_attestation(Tx *tx, void *data) {
        const Attest *attest = data;
        int64_t revision = 0, serial;
        bool same = false;
        Rows *rows = NULL;
        int r;

        r = tx_query(tx, &query_attestation_get,
                SQL_ARGS(value_integer(attest->context->office), value_integer(attest->due.office),
                        value_integer(attest->due.month)),
                &rows);
        if (r < 0)
                return r;
        r = rows_next(rows);
        if (r > 0) {
                revision = rows_integer(rows, 0);
                same = said_before(rows, attest);
        }
        rows_close(rows);
        if (r >= 0)
                r = tx_exec(tx, &query_attest_due_clear,
                        SQL_ARGS(value_integer(attest->due.office), value_integer(attest->due.month),
                                value_integer(attest->due.instant_ms)),
                        NULL);
        if (r < 0 || same)
                return r;
        r = counter_next(tx, "attestation", &serial);
        if (r < 0)
                return r;
        return tx_exec(tx, &query_attestation_put,
                SQL_ARGS(value_integer(attest->context->office), value_integer(attest->due.office),
                        value_integer(attest->due.month), value_integer(revision + 1),
                        value_integer(attest->verdict),
                        value_blob(attest->digest.bytes, sizeof attest->digest.bytes),
                        value_text(attest->differing), value_integer(serial)),
                NULL);
}

static int attest_one(const Context *context, const Due *due) {
        Store *store = context->engine->stores[STORE_REGULATORY];
        Attest *attest = calloc(1, sizeof *attest);
        Tx *tx = NULL;
        int r;

        if (!attest)
                return -ENOMEM;
        attest->context = context;
        attest->due = *due;
        attest->bytes = (Buffer) BUFFER_INIT(4u << 20);
        r = store_read_begin(store, &tx);
        if (r == 0) {
                r = look(attest, tx);
                store_read_end(tx);
        }
        if (r == 0 && attest->verdict) {
                r = store_write(store, write_attestation, attest);
                if (r == 0)
                        r = 1;
        }
        buffer_done(&attest->bytes);
        free(attest);
        return r;
}

int attest_due(const Context *context) {
        Store *store = context->engine->stores[STORE_REGULATORY];
        Due due[DUE_PER_LOOK];
        size_t n = 0;
        int any = 0, r;

        if (!store || !(context->capabilities & CAPABILITY_DETAIL))
                return 0;
        {
                _cleanup_(store_read_endp) Tx *tx = NULL;
                _cleanup_(rows_closep) Rows *rows = NULL;

                r = store_read_begin(store, &tx);
                if (r == 0)
                        r = tx_query(
                                tx, &query_attest_due_list, SQL_ARGS(value_integer(DUE_PER_LOOK)), &rows);
                while (r >= 0 && (r = rows_next(rows)) > 0)
                        due[n++] =
                                (Due){ rows_integer(rows, 0), rows_integer(rows, 1), rows_integer(rows, 2) };
                if (r < 0)
                        return r;
        }
        for (size_t i = 0; i < n; i++) {
                r = attest_one(context, &due[i]);
                if (r < 0)
                        return r;
                any = any || r > 0;
        }
        return any;
}
