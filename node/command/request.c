/* SPDX-License-Identifier: Apache-2.0 */
/* What a running command notes for its chain entry, how it refuses, and how it reaches other commands. */
#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <node/money.h>

#include "request.h"

int refuse(Request *q, const char *code, const char *field, ...) {
        Refusal refusal = { .code = code, .field = field };
        const char *argument;
        va_list arguments;

        va_start(arguments, field);
        while (refusal.n_arguments < REFUSAL_ARGUMENTS_MAX && (argument = va_arg(arguments, const char *))) {
                char *copy = arena_strdup(q->arena, argument);

                if (!copy) {
                        va_end(arguments);
                        return -ENOMEM;
                }
                refusal.arguments[refusal.n_arguments++] = copy;
        }
        va_end(arguments);
        q->refusal = refusal;
        return -EREFUSED_;
}

int refuse_fault(Request *q, const Record *record, const FieldFault *fault) {
        char limit[32] = "";

        if (fault->field->max != 0)
                (void) snprintf(limit, sizeof(limit), "%lld", (long long) fault->field->max);
        return refuse(q, fault->code, fault->field->name, fault->field->label, limit, NULL);
}

int request_own(const Request *q, Id organization) {
        return q->organization.value == 0 || q->organization.value == organization.value ? 0 : -ENOENT;
}

bool code_set_declared(const Request *q, const char *set) {
        return registry_code_set(q->kernel->registry, set);
}

const char *code_declared(const Request *q, const char *set, const char *code) {
        return registry_code_label(q->kernel->registry, set, code);
}

int code_known(Request *q, const char *set, const char *code) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        const Registry *registry = q->kernel->registry;
        const Query *query = registry_code_rows(registry);

        if (!registry_code_set(registry, set) || registry_code_label(registry, set, code))
                return 1;
        if (!query || tx_store(q->tx) != STORE_BUSINESS)
                return 0;
        int r = tx_query(q->tx, query,
                SQL_ARGS(value_integer(q->office), value_text(set), value_text(code),
                        value_integer(q->today.ymd)),
                &rows);
        return r < 0 ? r : rows_next(rows);
}

int request_other_person(Request *q, Id earlier, const char *field) {
        const Permit *permit = q->kernel->permit;

        if (q->person.value == 0 || earlier.value == q->person.value)
                return refuse(q, "node.same_person", field, NULL);
        for (size_t i = 0; permit && i < permit->n_same; i++)
                if (permit->same[i].value == earlier.value)
                        return refuse(q, "node.same_by_delegation", field, NULL);
        return 0;
}

Id request_principal(const Request *q) {
        const Permit *permit = q->kernel->permit;

        return permit && q->kernel->basis < permit->n_bases ? permit->bases[q->kernel->basis].principal
                                                            : (Id){ 0 };
}

int request_amount(Request *q, Money amount, const char *field) {
        const Permit *permit = q->kernel->permit;
        RequestKernel *kernel = q->kernel;
        char limit[MONEY_TEXT_MAX];
        Money largest = { 0 };

        kernel->amount_asked = true;
        if (!permit || permit->n_bases == 0)
                return 0;
        for (; kernel->basis < permit->n_bases; kernel->basis++) {
                Money allowed = permit->bases[kernel->basis].limit;

                if (allowed.fen == 0 || (amount.fen <= allowed.fen && amount.fen >= 0 - allowed.fen))
                        return 0;
                if (allowed.fen > largest.fen)
                        largest = allowed;
        }
        for (size_t i = 0; i < permit->n_bases; i++)
                if (permit->bases[i].limit.fen > largest.fen)
                        largest = permit->bases[i].limit;
        money_format_grouped(largest, limit);
        return permit->above[0] ? refuse(q, "node.over_limit", field, limit, permit->above, NULL)
                                : refuse(q, "node.over_any_limit", field, limit, NULL);
}

int request_person_staff(const Request *q, Id person) {
        const Engine *engine = q->kernel->engine;

        return engine && engine->person_staff ? engine->person_staff(engine->identity, person) : 0;
}

const void *request_prepared(const Request *q) {
        return q->kernel->prepared;
}

bool request_chained(const Request *q) {
        return q->kernel->chain_seq > 0;
}

int row_bytes(const Record *record, const void *row, Arena *arena, Bytes *ret) {
        Buffer buffer = BUFFER_INIT(COMMAND_ROW_BYTES_MAX);
        int r;

        record_encode(record, row, 0, &buffer);
        r = buffer_error(&buffer);
        if (r >= 0) {
                void *copy = arena_copy(arena, buffer.data, buffer.size);

                if (copy)
                        *ret = (Bytes){ copy, buffer.size };
                else
                        r = -ENOMEM;
        }
        buffer_done(&buffer);
        return r;
}

static ChainChange *change_push(Request *q) {
        RequestKernel *kernel = q->kernel;

        if (kernel->n_changes == kernel->changes_capacity) {
                size_t capacity = kernel->changes_capacity ? 2 * kernel->changes_capacity : 16;
                ChainChange *larger;

                larger = ARENA_ARRAY(q->arena, ChainChange, capacity);
                if (!larger)
                        return NULL;
                if (kernel->n_changes > 0)
                        memcpy(larger, kernel->changes, kernel->n_changes * sizeof(ChainChange));
                kernel->changes = larger;
                kernel->changes_capacity = capacity;
        }
        return &kernel->changes[kernel->n_changes++];
}

int request_change(Request *q, const Record *record, Id id, int64_t version, const void *before,
        const void *after, const char *reason) {
        ChainChange change = { .record = record->number, .id = id, .version = version, .reason = "" };
        ChainChange *slot;
        int r;

        assert(request_chained(q));
        if (before) {
                r = row_bytes(record, before, q->arena, &change.before);
                if (r < 0)
                        return r;
        }
        if (q->kernel->n_changes >= COMMAND_CHANGES_MAX)
                return refuse(q, "node.too_much", NULL, NULL);
        r = row_bytes(record, after, q->arena, &change.after);
        if (r < 0)
                return r;
        if (reason) {
                change.reason = arena_strdup(q->arena, reason);
                if (!change.reason)
                        return -ENOMEM;
        }
        slot = change_push(q);
        if (!slot)
                return -ENOMEM;
        *slot = change;
        return 0;
}

static int range_open(Request *q, const Record *record, Id id, struct RangeState **ret) {
        RequestKernel *kernel = q->kernel;
        struct RangeState *range;

        for (size_t i = kernel->n_ranges; i > 0; i--) {
                range = &kernel->ranges[i - 1];
                if (range->record == record && range->last.value + 1 == id.value) {
                        *ret = range;
                        return 0;
                }
        }
        if (kernel->n_ranges == COMMAND_RANGES_MAX)
                return -E2BIG;
        if (!kernel->ranges) {
                kernel->ranges = ARENA_ARRAY(q->arena, struct RangeState, COMMAND_RANGES_MAX);
                if (!kernel->ranges)
                        return -ENOMEM;
        }
        range = &kernel->ranges[kernel->n_ranges];
        *range = (struct RangeState){
                .record = record, .first = id, .last = id, .locators = BUFFER_INIT(CHAIN_BODY_BYTES_MAX)
        };
        range->digest = digest_new(kernel->digest_kind);
        if (!range->digest)
                return -ENOMEM;
        kernel->n_ranges++;
        *ret = range;
        return 0;
}

int request_ledger_row(Request *q, const Record *record, const void *row) {
        const RowHead *head = row;
        struct RangeState *range;
        Digest own;
        Bytes bytes;
        int r;

        if (record->shape != SHAPE_LEDGER || !request_chained(q))
                return -EPERM;
        r = row_bytes(record, row, q->arena, &bytes);
        if (r < 0)
                return r;
        r = digest_compute(q->kernel->digest_kind, bytes.data, bytes.size, &own);
        if (r < 0)
                return r;
        r = range_open(q, record, head->id, &range);
        if (r < 0)
                return r;
        digest_update(range->digest, bytes.data, bytes.size);
        buffer_append(&range->locators, own.bytes, CHAIN_LOCATOR_BYTES);
        range->last = head->id;
        range->count++;
        return 0;
}

void request_kernel_done(RequestKernel *kernel) {
        for (size_t i = 0; i < kernel->n_ranges; i++) {
                kernel->ranges[i].digest = digest_free(kernel->ranges[i].digest);
                buffer_done(&kernel->ranges[i].locators);
        }
        kernel->n_ranges = 0;
}

static int counter_find(Request *q, int64_t record, struct IdCounter **ret) {
        RequestKernel *kernel = q->kernel;
        struct IdCounter *counter;
        int64_t next = 1;
        int r;

        for (size_t i = 0; i < kernel->n_counters; i++)
                if (kernel->counters[i].record == record && kernel->counters[i].office == q->office) {
                        *ret = &kernel->counters[i];
                        return 0;
                }
        if (kernel->n_counters == kernel->counters_capacity) {
                size_t capacity = kernel->counters_capacity ? 2 * kernel->counters_capacity : 16;
                struct IdCounter *larger = ARENA_ARRAY(q->arena, struct IdCounter, capacity);

                if (!larger)
                        return -ENOMEM;
                if (kernel->n_counters > 0)
                        memcpy(larger, kernel->counters, kernel->n_counters * sizeof(*larger));
                kernel->counters = larger;
                kernel->counters_capacity = capacity;
        }
        r = tx_integer(
                q->tx, &query_id_counter, SQL_ARGS(value_integer(record), value_integer(q->office)), &next);
        if (r < 0 && r != -ENOENT)
                return r;
        counter = &kernel->counters[kernel->n_counters++];
        *counter = (struct IdCounter){ .record = record, .office = q->office, .next = next };
        *ret = counter;
        return 0;
}

static int ids_take(Request *q, int64_t record, int64_t n, Id *ret_first) {
        struct IdCounter *counter;
        int r;

        if (q->office < 1 || q->office > OFFICE_MAX || n < 1)
                return -EINVAL;
        r = counter_find(q, record, &counter);
        if (r < 0)
                return r;
        if (counter->next > SERIAL_MAX - n)
                return -EOVERFLOW;
        *ret_first = id_make(q->office, counter->next);
        counter->next += n;
        return 0;
}

int request_ids(Request *q, const Record *record, int64_t n, Id *ret_first) {
        return ids_take(q, record ? record->number : NUMBER_VAULT, n, ret_first);
}

int request_counters_flush(Request *q) {
        for (size_t i = 0; i < q->kernel->n_counters; i++) {
                const struct IdCounter *counter = &q->kernel->counters[i];
                int r = tx_exec(q->tx, &query_id_counter_set,
                        SQL_ARGS(value_integer(counter->record), value_integer(counter->office),
                                value_integer(counter->next)),
                        NULL);

                if (r < 0)
                        return r;
        }
        q->kernel->n_counters = 0;
        return 0;
}

int command_call(Request *q, const Command *command, const void *input, void *ret_output) {
        const Command *caller = q->command;
        FieldFault fault;
        int r;

        if (command->store != tx_store(q->tx))
                return -EXDEV;
        if (q->kernel->depth == COMMAND_DEPTH_MAX)
                return -ELOOP;
        if (command->input) {
                r = record_check(command->input, input, &fault);
                if (r < 0)
                        return r == -EREFUSED_ ? refuse_fault(q, command->input, &fault) : r;
        }
        q->kernel->depth++;
        q->command = command;
        r = command->run(q, input, ret_output);
        q->command = caller;
        q->kernel->depth--;
        return r;
}

int event_emit(Request *q, const Event *event, const void *payload) {
        size_t n;
        const Module *const *modules = registry_modules(q->kernel->registry, &n);
        int r = 0;

        if (q->kernel->depth == COMMAND_DEPTH_MAX)
                return -ELOOP;
        q->kernel->depth++;
        for (size_t i = 0; r >= 0 && i < n; i++) {
                const Subscription *subscription = modules[i]->subscriptions;

                if (!(modules[i]->capabilities & registry_capabilities(q->kernel->registry)))
                        continue;
                for (; r >= 0 && subscription && subscription->event; subscription++)
                        if (subscription->event == event)
                                r = subscription->hear(q, payload);
        }
        q->kernel->depth--;
        return r < 0 ? r : 0;
}

int request_note(Request *q, const char *kind, const char *detail) {
        RequestKernel *kernel = q->kernel;

        if (kernel->n_notes == REQUEST_NOTES_MAX)
                return -E2BIG;
        const char *copy = arena_strdup(q->arena, detail);
        if (!copy)
                return -ENOMEM;
        kernel->notes[kernel->n_notes++] = (struct RequestNote){ kind, copy };
        return 0;
}
