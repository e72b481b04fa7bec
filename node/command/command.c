/* SPDX-License-Identifier: Apache-2.0 */
/* The one path of a change, in the order of design 4: permission, check, idempotency, run, invariants,
 * chain, commit, answer. A refused command leaves nothing; a failed invariant stops that command on that
 * record until released. */
#include <assert.h>
#include <string.h>

#include <internal/chain-kernel.h>
#include <internal/log.h>
#include <node/date.h>

#include "request.h"

#define INPUT_BYTES_MAX (1u << 20)
#define KEY_CHARACTERS_MAX 64u

typedef struct Execution {
        Engine *engine;
        const Caller *caller;
        const Command *command;
        const void *input;
        Arena *arena;
        Digest input_digest;
        Id subject;
        Permit permit;
        void *prepared;
        Instant now;
        /* results of the last run of the work; the store may run it again when a group was lost */
        Refusal refusal;
        void *output;
        int64_t seq;
        bool repeated;
        struct RequestNote notes[REQUEST_NOTES_MAX];
        size_t n_notes;
} Execution;

static bool key_valid(const char *key) {
        size_t n = 0;

        for (; key[n]; n++)
                if (n == KEY_CHARACTERS_MAX ||
                        !strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-", key[n]))
                        return false;
        return n > 0;
}

int command_digest(Engine *engine, const Command *command, const void *input, Digest *ret) {
        Buffer buffer = BUFFER_INIT(INPUT_BYTES_MAX);
        Digest digest;
        int r = 0;

        buffer_text(&buffer, command->name);
        buffer_append(&buffer, "\n", 1);
        if (command->input)
                r = record_encode_input(command->input, input, engine->keys, &buffer);
        if (r >= 0)
                r = buffer_error(&buffer);
        if (r >= 0)
                r = digest_compute(engine->digest_kind, buffer.data, buffer.size, &digest);
        buffer_done(&buffer);
        if (r >= 0)
                *ret = digest;
        return r;
}

/* The record that a command is about: of a stored input its own id, else the first id among the input's
 * fields. */
static Id command_subject(const Command *command, const void *input) {
        if (!command->input)
                return (Id){ 0 };
        if (record_stored(command->input))
                return ((const RowHead *) input)->id;
        for (size_t i = 0; i < command->input->n_fields; i++)
                if (command->input->fields[i].kind == KIND_ID)
                        return (Id){ field_integer(&command->input->fields[i], input) };
        return (Id){ 0 };
}

static int codes_check(Request *q, const Record *record, const void *row) {
        for (size_t i = 0; i < record->n_fields; i++) {
                const Field *field = &record->fields[i];

                if (field->kind == KIND_CODE && field->codes && field_text(field, row)[0]) {
                        int known = code_known(q, field->codes, field_text(field, row));

                        if (known <= 0)
                                return known < 0 ? known
                                                 : refuse(q, "node.unknown_code", field->name, field->label,
                                                           field_text(field, row), NULL);
                }
                if (field->kind == KIND_LINES) {
                        const Lines *lines = field_lines(field, row);

                        for (size_t k = 0; k < lines->n; k++) {
                                int r = codes_check(q, field->lines,
                                        (const char *) lines->rows + k * field->lines->size);

                                if (r < 0)
                                        return r;
                        }
                }
        }
        return 0;
}

/* 1: the key was known and the first answer stands in the execution; 0: new; -ECONFLICT_ with another input.
 */
static int repeated_find(Request *q, Execution *x) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        ChainEntry entry = { 0 };
        Bytes stored, body = { 0 };
        int r;

        if (text_empty(x->caller->key))
                return 0;
        r = tx_query(q->tx, &query_chain_find,
                SQL_ARGS(value_id(q->person), value_text(x->command->name), value_text(x->caller->key)),
                &rows);
        if (r >= 0)
                r = rows_next(rows);
        if (r <= 0)
                return r;
        stored = rows_blob(rows, 1);
        if (stored.size != sizeof(Digest) ||
                memcmp(stored.data, x->input_digest.bytes, sizeof(Digest)) != 0) {
                r = refuse(q, "node.key_reused", NULL, NULL);
                return r == -EREFUSED_ ? -ECONFLICT_ : r;
        }
        x->seq = rows_integer(rows, 0);
        stored = rows_blob(rows, 2);
        if (stored.size > 0) {
                body = (Bytes){ arena_copy(x->arena, stored.data, stored.size), stored.size };
                if (!body.data)
                        return -ENOMEM;
        }
        r = chain_body_decode(body, x->arena, &entry);
        if (r >= 0 && x->output)
                r = record_decode(x->command->output, entry.answer, x->arena, x->output);
        if (r < 0)
                return r;
        x->repeated = true;
        return 1;
}

static int block_check(Request *q, const Execution *x) {
        char input[2 * sizeof(Digest) + 1] = "";
        int64_t id;
        int r;

        if (x->subject.value == 0)
                hex_encode(x->input_digest.bytes, sizeof(Digest), input);
        r = tx_integer(q->tx, &query_block_find[x->command->store],
                SQL_ARGS(value_integer(q->office), value_text(x->command->name), value_id(x->subject),
                        value_text(input)),
                &id);
        if (r == -ENOENT)
                return 0;
        return r < 0 ? r : refuse(q, "node.blocked", NULL, x->command->label, NULL);
}

static int invariants_check(Request *q) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        const Query *touched = registry_touched(q->kernel->registry, q->command->store);

        if (!touched->sql)
                return 0;
        int r = tx_query(q->tx, touched, SQL_NO_ARGS, &rows);
        if (r >= 0)
                r = rows_next(rows);
        if (r <= 0)
                return r;
        log_error("invariant %s does not hold of %s %lld after %s: %s", rows_text(rows, 0), rows_text(rows, 1),
                (long long) rows_integer(rows, 2), q->command->name, rows_text(rows, 3));
        return -EBROKEN_;
}

static int ranges_finish(Request *q, ChainRange **ret) {
        RequestKernel *kernel = q->kernel;
        ChainRange *ranges = ARENA_ARRAY(q->arena, ChainRange, kernel->n_ranges + 1);

        if (!ranges)
                return -ENOMEM;
        for (size_t i = 0; i < kernel->n_ranges; i++) {
                struct RangeState *state = &kernel->ranges[i];
                int r = buffer_error(&state->locators);

                if (r < 0)
                        return r;
                ranges[i] = (ChainRange){ .record = state->record->number,
                        .first = state->first,
                        .last = state->last,
                        .count = state->count,
                        .locators = { state->locators.data, state->locators.size } };
                assert(state->last.value - state->first.value + 1 == state->count);
                digest_final(state->digest, &ranges[i].digest);
        }
        *ret = ranges;
        return 0;
}

static int body_encode(Request *q, const Execution *x, ChainEntry *ret_entry, Buffer *body) {
        ChainBody parts = { .changes = q->kernel->changes,
                .n_changes = q->kernel->n_changes,
                .landed = q->kernel->landed_body,
                .principal = request_principal(q) };
        Buffer answer = BUFFER_INIT(CHAIN_BODY_BYTES_MAX);
        ChainRange *ranges;
        int r;

        r = ranges_finish(q, &ranges);
        if (r >= 0 && x->output) {
                record_encode(x->command->output, x->output, FIELD_SECRET, &answer);
                r = buffer_error(&answer);
        }
        if (r >= 0) {
                parts.ranges = ranges;
                parts.n_ranges = q->kernel->n_ranges;
                parts.answer = (Bytes){ answer.data, answer.size };
                r = chain_body_encode(&parts, body);
                *ret_entry = (ChainEntry){ .changes = parts.changes,
                        .n_changes = parts.n_changes,
                        .ranges = parts.ranges,
                        .n_ranges = parts.n_ranges };
        }
        buffer_done(&answer);
        return r == -E2BIG ? refuse(q, "node.too_much", NULL, NULL) : r;
}

static int entry_write(Request *q, const Execution *x, const ChainHeader *header, Bytes body) {
        Buffer bytes = BUFFER_INIT(CHAIN_BODY_BYTES_MAX);
        Digest head;
        int r;

        r = chain_header_encode(header, &bytes);
        if (r >= 0)
                r = digest_compute(q->kernel->digest_kind, bytes.data, bytes.size, &head);
        buffer_done(&bytes);
        if (r < 0)
                return r;
        return tx_exec(q->tx, &query_chain_insert,
                SQL_ARGS(value_integer(header->seq), value_integer(header->instant_ms),
                        value_integer(header->office), value_integer(header->person),
                        value_text(header->command), value_text(header->key),
                        value_blob(header->input.bytes, sizeof(Digest)),
                        value_blob(header->body.bytes, sizeof(Digest)),
                        value_blob(header->previous.bytes, sizeof(Digest)),
                        value_blob(head.bytes, sizeof(Digest)),
                        value_blob(body.data ? body.data : (const uint8_t *) "", body.size)),
                NULL);
}

static int chain_write(Request *q, const Execution *x, const Digest *previous) {
        Buffer body = BUFFER_INIT(CHAIN_BODY_BYTES_MAX);
        ChainHeader header = { .store = x->command->store,
                .seq = q->kernel->chain_seq,
                .instant_ms = q->now.ms,
                .office = q->office,
                .person = q->person.value,
                .command = x->command->name,
                .key = x->caller->key ? x->caller->key : "",
                .input = x->input_digest,
                .previous = *previous };
        ChainEntry entry = { 0 };
        int r;

        r = body_encode(q, x, &entry, &body);
        if (r >= 0)
                r = digest_compute(q->kernel->digest_kind, body.data ? body.data : (const uint8_t *) "",
                        body.size, &header.body);
        if (r >= 0)
                r = entry_write(q, x, &header, (Bytes){ body.data, body.size });
        buffer_done(&body);
        for (size_t i = 0; r >= 0 && i < q->kernel->n_changes; i++)
                r = tx_exec(q->tx, &query_chain_row_insert,
                        SQL_ARGS(value_integer(q->kernel->changes[i].record),
                                value_id(q->kernel->changes[i].id), value_integer(header.seq)),
                        NULL);
        return r < 0 ? r : chain_kind_write(q->tx, header.seq, &entry);
}

static int command_run(Request *q, Execution *x) {
        bool chained = !(x->command->flags & COMMAND_NO_CHAIN);
        Digest previous = { 0 };
        int64_t seq = 0;
        FieldFault fault;
        int r;

        if (x->command->input) {
                r = record_check(x->command->input, x->input, &fault);
                if (r < 0)
                        return r == -EREFUSED_ ? refuse_fault(q, x->command->input, &fault) : r;
                r = codes_check(q, x->command->input, x->input);
                if (r < 0)
                        return r;
        }
        if (chained) {
                r = repeated_find(q, x);
                if (r != 0)
                        return r < 0 ? r : 0;
        }
        r = block_check(q, x);
        if (r < 0)
                return r;
        if (chained) {
                r = chain_head(q->tx, &seq, &previous);
                if (r < 0)
                        return r;
                q->kernel->chain_seq = seq + 1;
        }
        r = x->command->run(q, x->input, x->output);
        if (r >= 0 && x->command->flags & COMMAND_AMOUNT && !q->kernel->amount_asked) {
                log_error("command %s did not ask for its amount", x->command->name);
                r = -EBROKEN_;
        }
        if (r >= 0)
                r = invariants_check(q);
        if (r >= 0)
                r = request_counters_flush(q);
        if (r >= 0 && chained)
                r = chain_write(q, x, &previous);
        if (r < 0)
                return r;
        x->seq = q->kernel->chain_seq;
        return 0;
}

static int command_work(Tx *tx, void *data) {
        Execution *x = data;
        RequestKernel kernel = { .engine = x->engine,
                .registry = x->engine->registry,
                .keys = x->engine->keys,
                .digest_kind = x->engine->digest_kind,
                .permit = &x->permit,
                .prepared = x->prepared };
        Request q = { .arena = x->arena,
                .tx = tx,
                .clock = x->engine->clock,
                .now = x->now,
                .today = date_of_instant(x->now),
                .office = x->caller->office,
                .division = x->engine->division ? x->engine->division : "",
                .person = x->caller->person,
                .organization = x->caller->organization,
                .command = x->command,
                .kernel = &kernel };
        int r;

        x->repeated = false;
        x->seq = 0;
        if (x->output)
                memset(x->output, 0, x->command->output->size);
        r = command_run(&q, x);
        memcpy(x->notes, kernel.notes, sizeof(x->notes));
        x->n_notes = kernel.n_notes;
        request_kernel_done(&kernel);
        x->refusal = q.refusal;
        return r;
}

/* Leaves a row that refuses this command on this record until a person has looked. */
static void block_leave(Execution *x) {
        BlockInput input = {
                .command = x->command->name, .person = x->caller->person, .subject = x->subject
        };
        Caller caller = { .office = x->caller->office };
        char hex[2 * sizeof(Digest) + 1] = "";
        Reply reply;

        if (x->subject.value == 0)
                hex_encode(x->input_digest.bytes, sizeof(Digest), hex);
        input.input = hex;
        command_execute(x->engine, &caller, &command_block[x->command->store], &input, x->arena, &reply);
        if (reply.result < 0)
                log_error("command %s could not be stopped after a failed check: %d", x->command->name,
                        reply.result);
}

static int execution_prepare(Execution *x) {
        Engine *engine = x->engine;
        const Caller *caller = x->caller;
        int r;

        assert(x->command->run);
        assert(!x->command->input || x->input);
        if (x->command->store < STORE_SYSTEM || x->command->store > STORE_REGULATORY ||
                !engine->stores[x->command->store])
                return -ENOENT;
        if (caller->organization.value && !(x->command->flags & COMMAND_ORGANIZATION))
                return -EFORBIDDEN_;
        if (!text_empty(caller->key) ? !key_valid(caller->key) : caller->person.value != 0)
                return -EMALFORMED_;
        r = command_digest(engine, x->command, x->input, &x->input_digest);
        if (r < 0)
                return r;
        /* What only the system may do asks nobody when the system does it: jobs, batches, blocks. */
        if (engine->permit_command && !(x->command->flags & COMMAND_INTERNAL && caller->person.value == 0)) {
                r = engine->permit_command(
                        engine->identity, caller, x->command, &x->input_digest, &x->permit);
                if (r < 0)
                        return r;
        }
        if (engine->emergency) {
                r = engine->emergency(engine->identity, caller, x->command, x->arena, &x->refusal);
                if (r < 0)
                        return r;
        }
        if (x->command->prepare) {
                r = x->command->prepare(engine, caller, x->input, x->arena, &x->prepared);
                if (r < 0)
                        return r;
        }
        if (x->command->output) {
                x->output = arena_alloc(x->arena, x->command->output->size);
                if (!x->output)
                        return -ENOMEM;
        }
        x->subject = command_subject(x->command, x->input);
        x->now = clock_now(engine->clock);
        return 0;
}

void command_execute(Engine *engine, const Caller *caller, const Command *command, const void *input,
        Arena *arena, Reply *ret) {
        Execution x = {
                .engine = engine, .caller = caller, .command = command, .input = input, .arena = arena
        };
        int r;

        *ret = (Reply){ 0 };
        r = execution_prepare(&x);
        if (r >= 0)
                r = store_write(engine->stores[command->store], command_work, &x);
        if (r >= 0) {
                ret->output = x.output;
                ret->seq = x.seq;
                ret->repeated = x.repeated;
                if (!x.repeated && x.seq > 0 && engine->committed)
                        engine->committed(engine->committed_data, command->store, x.seq);
                for (size_t i = 0; engine->noted && i < x.n_notes; i++)
                        engine->noted(engine->identity, caller, x.notes[i].kind, x.notes[i].detail);
                return;
        }
        ret->result = r;
        ret->refusal = x.refusal;
        if (r == -EBROKEN_ && command != &command_block[command->store]) {
                log_error("command %s broke an invariant on %lld and was rolled back", command->name,
                        (long long) x.subject.value);
                block_leave(&x);
        }
}
