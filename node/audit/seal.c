/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger of readings has digests of its own; once a day and at each stop the last of them goes into the
 * node's chain, so that nobody can change yesterday's readings without changing the chain. */

#include <stdlib.h>
#include <string.h>

#include "audit-private.h"

int run_seal(Request *q, const void *input, void *ret_output) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        char hex[2 * sizeof(Digest) + 1];
        int64_t sealed = 0;
        AccessSeal seal = { .instant = q->now, .head = hex };

        int r = tx_integer(q->tx, &query_access_seal_last, SQL_NO_ARGS, &sealed);
        if (r < 0 && r != -ENOENT)
                return r;
        r = tx_integer(q->tx, &query_access_last, SQL_NO_ARGS, &seal.entries);
        if (r == 0)
                r = tx_query(q->tx, &query_access_batch_last, SQL_NO_ARGS, &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r < 0)
                return r;
        if (r == 0 || rows_integer(rows, 0) <= sealed)
                return refuse(q, "audit.sealed_already", NULL, NULL);
        seal.batch = rows_integer(rows, 0);
        if (rows_blob(rows, 1).size != sizeof(Digest))
                return -EBADMSG;
        hex_encode(rows_blob(rows, 1).data, sizeof(Digest), hex);
        rows = rows_close(rows);
        return record_insert(q, &record_access_seal, &seal);
}

int access_seal(Audit *audit) {
        _cleanup_(arena_freep) Arena *arena = arena_new(1u << 20);
        Caller caller = { .office = 0 };
        Reply reply;

        if (!arena)
                return -ENOMEM;
        int r = identity_office(audit->engine, &caller.office);
        if (r < 0)
                return r == -ENOENT ? 0 : r; /* nobody is there yet */
        command_execute(audit->engine, &caller, &command_seal, NULL, arena, &reply);
        return reply.result == -EREFUSED_ || reply.result == -EREADONLY_ ? 0 : reply.result;
}

typedef struct Check {
        Engine *engine;
        VerifyReport report;
        void *data;
        bool found;
        int64_t seq, entry;
        Digest head;
} Check;

static void check_finding(Check *check, int64_t id, const char *detail) {
        check->found = true;
        check->report(check->data, "ACCESS", "access_entry", id, detail);
}

static int entry_take(const Rows *rows, Arena *arena, AccessEntry *ret, Bytes *ret_ids) {
        Bytes ids = rows_blob(rows, 13);
        AccessEntry entry = { .instant = rows_integer(rows, 1),
                .office = rows_integer(rows, 2),
                .person = rows_integer(rows, 3),
                .session = rows_integer(rows, 4),
                .subject = rows_integer(rows, 8),
                .filter = arena_strdup(arena, rows_text(rows, 9)),
                .rows = rows_integer(rows, 10) };

        snprintf(entry.address, sizeof(entry.address), "%s", rows_text(rows, 5));
        snprintf(entry.kind, sizeof(entry.kind), "%s", rows_text(rows, 6));
        snprintf(entry.name, sizeof(entry.name), "%s", rows_text(rows, 7));
        snprintf(entry.number, sizeof(entry.number), "%s", rows_text(rows, 11));
        snprintf(entry.digest, sizeof(entry.digest), "%s", rows_text(rows, 12));
        *ret_ids = (Bytes){ ids.size ? arena_copy(arena, ids.data, ids.size) : NULL, ids.size };
        *ret = entry;
        return entry.filter && (ids.size == 0 || ret_ids->data) ? 0 : -ENOMEM;
}

/* The digest of one batch over its entries as they stand. */
static int batch_head(Check *check, Tx *tx, int64_t last, int64_t n, Digest *ret) {
        _cleanup_(arena_freep) Arena *arena = arena_new(256u << 20);
        _cleanup_(rows_closep) Rows *rows = NULL;
        AccessEntry *entries = arena ? ARENA_ARRAY(arena, AccessEntry, (size_t) n + 1) : NULL;
        Bytes *ids = arena ? ARENA_ARRAY(arena, Bytes, (size_t) n + 1) : NULL;
        int64_t got = 0;

        if (!entries || !ids)
                return -ENOMEM;
        int r = tx_query(tx, &query_access_entries,
                SQL_ARGS(value_integer(check->entry), value_integer(last)), &rows);
        while (r >= 0 && (r = rows_next(rows)) > 0) {
                if (got == n || rows_integer(rows, 0) != check->entry + got + 1)
                        return -EBADMSG;
                r = entry_take(rows, arena, &entries[got], &ids[got]);
                got++;
        }
        if (r < 0)
                return r;
        if (got != n)
                return -EBADMSG;
        return access_head(
                check->engine->digest_kind, &check->head, entries, ids, (size_t) n, check->entry + 1, ret);
}

typedef struct Batch {
        int64_t seq, last, n;
        Digest previous, head;
} Batch;

static int batches_page(Tx *tx, int64_t after, Batch *ret, size_t max) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        size_t n = 0;

        int r = tx_query(tx, &query_access_batches, SQL_ARGS(value_integer(after)), &rows);
        while (r >= 0 && n < max && (r = rows_next(rows)) > 0) {
                ret[n] = (Batch){ .seq = rows_integer(rows, 0),
                        .last = rows_integer(rows, 1),
                        .n = rows_integer(rows, 2) };
                if (rows_blob(rows, 3).size != sizeof(Digest) || rows_blob(rows, 4).size != sizeof(Digest))
                        return -EBADMSG;
                memcpy(ret[n].previous.bytes, rows_blob(rows, 3).data, sizeof(Digest));
                memcpy(ret[n++].head.bytes, rows_blob(rows, 4).data, sizeof(Digest));
        }
        return r < 0 ? r : (int) n;
}

static int batch_check(Check *check, Tx *tx, const Batch *batch) {
        Digest head;

        if (batch->seq != check->seq + 1 || !digest_equal(&batch->previous, &check->head))
                check_finding(check, batch->seq, "a flush is gone");
        check->head = batch->previous;
        int r = batch_head(check, tx, batch->last, batch->n, &head);
        if (r == -EBADMSG || (r == 0 && !digest_equal(&head, &batch->head))) {
                check_finding(check, batch->seq, "entries of this flush are changed or gone");
                r = 0;
        }
        check->seq = batch->seq;
        check->entry = batch->last;
        check->head = batch->head;
        return r;
}

static int seals_check(Check *check, Tx *tx) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        char hex[2 * sizeof(Digest) + 1];

        int r = tx_query(tx, &query_access_seals, SQL_NO_ARGS, &rows);
        while (r >= 0 && (r = rows_next(rows)) > 0) {
                Bytes head = rows_blob(rows, 3);

                hex[0] = 0;
                if (head.size == sizeof(Digest))
                        hex_encode(head.data, sizeof(Digest), hex);
                if (strcmp(hex, rows_text(rows, 2)) != 0)
                        check_finding(check, rows_integer(rows, 0), "the seal in the chain says otherwise");
        }
        return r;
}

#define BATCHES_PAGE 1000

int audit_verify(Engine *engine, VerifyReport report, void *data) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        Check check = { .engine = engine, .report = report, .data = data };
        Batch *batches = calloc(BATCHES_PAGE, sizeof(Batch));
        int n = batches ? 1 : -ENOMEM;

        int r = n < 0 ? n : store_read_begin_long(engine->stores[STORE_SYSTEM], &tx);
        while (r >= 0 && n > 0) {
                n = batches_page(tx, check.seq, batches, BATCHES_PAGE);
                r = n < 0 ? n : 0;
                for (int i = 0; i < n && r >= 0; i++)
                        r = batch_check(&check, tx, &batches[i]);
        }
        if (r >= 0)
                r = seals_check(&check, tx);
        free(batches);
        return r < 0 ? r : check.found;
}
