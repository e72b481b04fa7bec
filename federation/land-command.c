/* SPDX-License-Identifier: Apache-2.0 */
/* federation.land: bytes, rows, position and acknowledgement in one commit (I22). A row that breaks a rule
 * stands aside with the rule's code, a row that waits for another is parked; both are the office's work and
 * stop nothing. */
#include "land.h"

#include <federation/federation.h>
#include <node/date.h>
#include <node/error.h>
#include <string.h>

#include "federation-query.h"

typedef struct Waiting {
        struct Waiting *next;
        LandRow row;
        int64_t stream, epoch, seq;
} Waiting;

typedef struct Run {
        Request *q;
        const Landing *landing;
        Waiting *waiting; /* parked rows whose turn has come */
        int64_t unknown[BATCH_RECORDS_MAX][2];
        size_t n_unknown;
        bool aside_changed;
} Run;

/* --- one row --- */

static int set_aside(
        Run *run, const Waiting *item, const char *code, const char *field, const LandRow *waits) {
        const LandRow *row = &item->row;
        const RowHead *head = row->row;

        run->aside_changed = true;
        return tx_exec(run->q->tx, &query_aside_put,
                SQL_ARGS(value_integer(run->landing->header.office), value_integer(row->record),
                        value_id(row->id), value_integer(head ? head->version : 0),
                        value_integer(item->stream), value_integer(item->epoch), value_integer(item->seq),
                        value_text(code), value_text(field ? field : ""),
                        value_integer(waits ? waits->record : 0), value_integer(waits ? waits->id.value : 0),
                        value_blob(row->bytes.data, row->bytes.size), value_integer(run->q->now.ms)),
                NULL);
}

static int row_exists(Run *run, const Plan *plan, Id id, int64_t *ret_version) {
        return tx_integer(run->q->tx, &plan->version,
                SQL_ARGS(value_integer(run->landing->header.office), value_id(id)), ret_version);
}

/* 0 all there; 1 waits for *ret; negative. */
static int references_missing(Run *run, const LandRow *row, LandRow *ret, const char **ret_field) {
        for (size_t i = 0; i < row->plan->n_references; i++) {
                const PlanReference *reference = &row->plan->references[i];
                Id id = *(const Id *) ((const uint8_t *) row->row + reference->field->offset);
                int64_t version;
                int r;

                if (id.value == 0 || !reference->target)
                        continue;
                r = row_exists(run, reference->target, id, &version);
                if (r == -ENOENT) {
                        *ret = (LandRow){ .record = reference->target->record.number, .id = id };
                        *ret_field = reference->field->name;
                        return 1;
                }
                if (r < 0)
                        return r;
        }
        return 0;
}

/* What stood aside or was parked for this row is over; what waited for it gets its turn. */
static int wake(Run *run, const LandRow *row) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        const RowHead *head = row->row;
        int64_t office = run->landing->header.office, cleared;
        int r;

        r = tx_exec(run->q->tx, &query_aside_clear,
                SQL_ARGS(value_integer(office), value_integer(row->record), value_id(row->id),
                        value_integer(head->version)),
                &cleared);
        if (r < 0)
                return r;
        run->aside_changed = run->aside_changed || cleared > 0;
        r = tx_query(run->q->tx, &query_aside_waiting,
                SQL_ARGS(value_integer(office), value_integer(row->record), value_id(row->id)), &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                Waiting *item = ARENA_NEW(run->q->arena, Waiting);
                Bytes bytes = rows_blob(rows, 5);
                void *copy = arena_copy(run->q->arena, bytes.data, bytes.size);

                if (!item || !copy)
                        return -ENOMEM;
                item->row = (LandRow){ .record = rows_integer(rows, 0),
                        .id = { rows_integer(rows, 1) },
                        .bytes = { copy, bytes.size } };
                item->stream = rows_integer(rows, 2);
                item->epoch = rows_integer(rows, 3);
                item->seq = rows_integer(rows, 4);
                item->next = run->waiting;
                run->waiting = item;
        }
        return r;
}

static int row_put(Run *run, const LandRow *row) {
        Value values[PLAN_VALUES_MAX];
        size_t n = plan_values(row->plan, row->row, values);

        return tx_exec(run->q->tx, &row->plan->put, values, n, NULL);
}

static int land_record(Run *run, const Waiting *item) {
        const LandRow *row = &item->row;
        const RowHead *head = row->row;
        const char *field = NULL;
        FieldFault fault = {};
        LandRow missing;
        int64_t version;
        int r;

        if (!row->row)
                return set_aside(run, item, "federation.unreadable", NULL, NULL);
        r = row_exists(run, row->plan, row->id, &version);
        if (r < 0 && r != -ENOENT)
                return r;
        if (r == 0 && version >= head->version)
                return 0;
        if (head->office != run->landing->header.office || head->id.value <= 0 || head->version < 1)
                return set_aside(run, item, "federation.foreign_row", NULL, NULL);
        r = record_check(&row->plan->record, row->row, &fault);
        if (r < 0)
                return r == -EREFUSED_ ? set_aside(run, item, fault.code, fault.field->name, NULL) : r;
        r = references_missing(run, row, &missing, &field);
        if (r < 0)
                return r;
        if (r > 0)
                return set_aside(run, item, "federation.waits", field, &missing);
        r = row_put(run, row);
        return r < 0 ? r : wake(run, row);
}

static int land_waiting(Run *run) {
        while (run->waiting) {
                Waiting *item = run->waiting;
                void *decoded;
                int r;

                run->waiting = item->next;
                item->row.plan = plans_find(&run->landing->context->plans, item->row.record);
                if (!item->row.plan)
                        continue;
                decoded = arena_alloc(run->q->arena, item->row.plan->record.size);
                if (!decoded)
                        return -ENOMEM;
                r = record_decode(&item->row.plan->record, item->row.bytes, run->q->arena, decoded);
                if (r < 0)
                        return r;
                item->row.row = decoded;
                r = land_record(run, item);
                if (r < 0)
                        return r;
        }
        return 0;
}

static int land_fact(Run *run, const FactRow *fact) {
        int64_t office = run->landing->header.office;
        int r;

        r = tx_exec(run->q->tx, &query_cell_put,
                SQL_ARGS(value_integer(office), value_integer(fact->measure), value_integer(fact->month),
                        value_integer(fact->nature), value_integer(fact->phase),
                        value_integer(fact->category), value_integer(fact->revision),
                        value_integer(fact->value)),
                NULL);
        if (r < 0 || !(run->landing->context->capabilities & CAPABILITY_DETAIL))
                return r;
        return tx_exec(run->q->tx, &query_attest_due_put,
                SQL_ARGS(value_integer(office), value_integer(fact->month), value_integer(run->q->now.ms)),
                NULL);
}

static int land_attestation(Run *run, const AttestationRow *row) {
        return tx_exec(run->q->tx, &query_attestation_put,
                SQL_ARGS(value_integer(run->landing->header.office), value_integer(row->office),
                        value_integer(row->month), value_integer(row->revision), value_integer(row->verdict),
                        value_blob(row->digest.bytes, sizeof row->digest.bytes), value_text(row->differing),
                        value_integer(0)),
                NULL);
}

static int count_unknown(Run *run, int64_t record) {
        for (size_t i = 0; i < run->n_unknown; i++)
                if (run->unknown[i][0] == record) {
                        run->unknown[i][1]++;
                        return 0;
                }
        if (run->n_unknown == ELEMENTSOF(run->unknown))
                return -E2BIG;
        run->unknown[run->n_unknown][0] = record;
        run->unknown[run->n_unknown++][1] = 1;
        return 0;
}

static int land_row(Run *run, const LandRow *row) {
        const BatchHeader *header = &run->landing->header;
        Waiting item = { .row = *row, .stream = header->stream, .epoch = header->epoch, .seq = header->seq };
        int r;

        if (row->record == FEDERATION_ROW_FACT)
                return land_fact(run, &row->fact);
        if (row->foreign)
                return set_aside(run, &item, "federation.foreign_row", NULL, NULL);
        if (row->record == FEDERATION_ROW_ATTESTATION)
                return land_attestation(run, &row->attestation);
        if (!row->plan)
                return count_unknown(run, row->record);
        r = land_record(run, &item);
        return r < 0 ? r : land_waiting(run);
}

/* --- the batch --- */

static int refuse_about(Request *q, const char *code, const Landing *landing) {
        const BatchHeader *header = &landing->header;

        return refuse(q, code, NULL, federation_stream_name(header->stream),
                arena_printf(q->arena, "%lld", (long long) header->epoch),
                arena_printf(q->arena, "%lld", (long long) header->seq), NULL);
}

/* Known before, or the same number with another digest. */
static int check_known(Request *q, const Landing *landing) {
        const BatchHeader *header = &landing->header;
        _cleanup_(rows_closep) Rows *rows = NULL;
        Bytes digest;
        int r;

        r = tx_query(q->tx, &query_receipt_digest,
                SQL_ARGS(value_integer(header->office), value_integer(header->stream),
                        value_integer(header->epoch), value_integer(header->seq)),
                &rows);
        if (r < 0)
                return r;
        r = rows_next(rows);
        if (r <= 0)
                return r;
        digest = rows_blob(rows, 0);
        if (digest.size == sizeof(Digest) &&
                memcmp(digest.data, landing->bytes.digest.bytes, sizeof(Digest)) == 0)
                return refuse_about(q, "federation.known", landing);
        return refuse_about(q, "federation.fork", landing);
}

static int check_position(Request *q, const Landing *landing, StreamRow *ret) {
        const BatchHeader *header = &landing->header;
        Position position = { header->epoch, header->seq };
        StreamState state;
        int r;

        r = stream_state(q->tx, header->office, header->stream, &state);
        if (r < 0)
                return r;
        if (state == STREAM_FORK)
                return refuse_about(q, "federation.frozen", landing);
        r = check_known(q, landing);
        if (r < 0)
                return r;
        r = stream_get(q->tx, header->office, header->stream, ret);
        if (r < 0 && r != -ENOENT)
                return r;
        if (position_compare(position, ret->position) <= 0)
                return refuse_about(q, "federation.fork", landing);
        if (header->epoch == ret->position.epoch || ret->position.epoch == 0) {
                if (header->seq != ret->position.seq + 1 || (ret->position.epoch == 0 && header->epoch != 1))
                        return refuse_about(q, "federation.gap", landing);
        } else if (header->epoch != ret->position.epoch + 1 || header->seq != 1)
                return refuse_about(q, "federation.gap", landing);
        if (!digest_equal(&header->previous, &ret->digest))
                return refuse_about(q, "federation.fork", landing);
        return 0;
}

static int write_unknown(Run *run) {
        const BatchHeader *header = &run->landing->header;
        int r = 0;

        for (size_t i = 0; r == 0 && i < run->n_unknown; i++)
                r = tx_exec(run->q->tx, &query_unknown_put,
                        SQL_ARGS(value_integer(header->office), value_integer(header->stream),
                                value_integer(header->epoch), value_integer(header->seq),
                                value_integer(run->unknown[i][0]), value_integer(run->unknown[i][1])),
                        NULL);
        return r;
}

static int write_returned(Run *run) {
        int64_t serial;
        int r;

        if (!run->aside_changed)
                return 0;
        r = counter_next(run->q->tx, "push", &serial);
        if (r < 0)
                return r;
        r = tx_exec(run->q->tx, &query_returned_serial_put,
                SQL_ARGS(value_integer(run->landing->header.office),
                        value_integer(run->landing->context->office), value_integer(serial)),
                NULL);
        if (r < 0)
                return r;
        /* What was found different may be equal with the rows that now stand or fall. */
        return tx_exec(run->q->tx, &query_attest_again,
                SQL_ARGS(value_integer(run->landing->context->office),
                        value_integer(run->landing->header.office), value_integer(run->q->now.ms)),
                NULL);
}

static int acknowledge(Request *q, const Landing *landing, const StreamRow *stream) {
        const BatchHeader *header = &landing->header;
        Statement statement = {
                .format = STATEMENT_ACKNOWLEDGEMENT,
                .office = header->office,
                .stream = header->stream,
                .epoch = header->epoch,
                .seq = header->seq,
                .digest = landing->bytes.digest,
                .landed = stream->landed,
                .instant_ms = q->now.ms,
        };
        Signature signature;
        Bytes content;
        int r;

        r = tx_integer(q->tx, &query_aside_count,
                SQL_ARGS(value_integer(header->office), value_integer(header->stream)),
                &statement.set_aside);
        if (r < 0)
                return r;
        r = statement_sign(landing->context, &statement, q->arena, &content, &signature);
        return r < 0 ? r : acknowledgement_put(q->tx, &statement, content, &signature);
}

static int land_rows(Run *run) {
        int r = 0;

        for (size_t i = 0; r == 0 && i < run->landing->n_rows; i++)
                r = land_row(run, &run->landing->rows[i]);
        if (r == 0)
                r = write_unknown(run);
        return r < 0 ? r : write_returned(run);
}

int landing_run(Request *q, const void *data, void *ret_output) {
        const LandInput *input = data;
        const Landing *landing = input->landing;
        const BatchHeader *header;
        StreamRow stream;
        Run *run;
        int r;

        if (!landing)
                return -EPERM;
        header = &landing->header;
        r = check_position(q, landing, &stream);
        if (r < 0)
                return r;
        run = arena_alloc(q->arena, sizeof *run);
        if (!run)
                return -ENOMEM;
        run->q = q;
        run->landing = landing;
        r = archive_add(q->tx, &landing->bytes, q->now.ms);
        if (r == 0)
                r = land_rows(run);
        if (r < 0)
                return r;
        stream = (StreamRow){
                .position = { header->epoch, header->seq },
                .digest = landing->bytes.digest,
                .chain_last = header->chain_last,
                .partial = header->partial,
                .landed = stream.landed + header->rows,
                .detail_epoch = header->detail_epoch,
                .detail_seq = header->detail_seq,
                .instant_ms = q->now.ms,
        };
        r = stream_put(q->tx, header->office, header->stream, &stream);
        if (r == 0)
                r = acknowledge(q, landing, &stream);
        if (r < 0)
                return r;
        q->kernel->landed_body = (Bytes){ landing->bytes.digest.bytes, sizeof landing->bytes.digest.bytes };
        return 0;
}

int landing_execute(Landing *landing, Arena *arena, const char **ret_code) {
        const BatchHeader *header = &landing->header;
        Caller caller = { .office = landing->context->office };
        char digest[2 * sizeof(Digest) + 1];
        LandInput input = {
                .origin = header->office,
                .stream = header->stream,
                .epoch = header->epoch,
                .seq = header->seq,
                .digest = digest,
                .landing = landing,
        };
        Reply reply;

        hex_encode(landing->bytes.digest.bytes, sizeof landing->bytes.digest.bytes, digest);
        landing->bytes.header = &landing->header;
        command_execute(landing->context->engine, &caller, &command_land, &input, arena, &reply);
        if (reply.result == -EREFUSED_)
                *ret_code = reply.refusal.code;
        return reply.result;
}
