/* SPDX-License-Identifier: Apache-2.0 */
/* A private value is opened for a case that is open, which gives the values of those it is about and nothing
 * else, or by a look that says what for and under whose enquiry (4.3.2A, 14.2.3). Whose values, by whom and
 * what for is kept; the values themselves are in the answer only, and in no repeated one. */

#include <stdio.h>

#include <internal/request-kernel.h>

#include "private-query.h"
#include "private-records.h"

#define HOUR_MS INT64_C(3600000)
#define EVENT_MASS "mass_opening"

/* What this command opens, gathered before the first seal is broken. */
typedef struct Opening {
        const Record *records[PRIVATE_RECORDS_MAX];
        Id ids[PRIVATE_RECORDS_MAX];
        size_t n;
        PrivateOpening said; /* what every line of the ledger says */
        const char *basis;
} Opening;

/* Only what holds sealed values in the store of this command is there to be opened. */
static const Record *openable(Request *q, const char *name) {
        const Record *record = registry_record(q->kernel->registry, name);

        return record_private_fields(record) > 0 && record->shape != SHAPE_VALUE &&
                               record->store == tx_store(q->tx)
                       ? record
                       : NULL;
}

static int subject_add(Request *q, Opening *opening, const Record *record, Id id) {
        char most[24], given[24];

        for (size_t i = 0; i < opening->n; i++)
                if (opening->records[i] == record && opening->ids[i].value == id.value)
                        return 0;
        if (opening->n == PRIVATE_RECORDS_MAX) {
                snprintf(most, sizeof(most), "%d", PRIVATE_RECORDS_MAX);
                snprintf(given, sizeof(given), "%zu+", opening->n);
                return refuse(q, "private.too_wide", NULL, given, most, NULL);
        }
        opening->records[opening->n] = record;
        opening->ids[opening->n++] = id;
        return 0;
}

/* Enough is enough within an hour, and before that somebody is told. */
static int measure(Request *q, size_t n) {
        int64_t alarm, most, before;
        char text[64];
        int r = setting_integer(q, &private_settings[SETTING_ALARM], &alarm);

        if (r == 0)
                r = setting_integer(q, &private_settings[SETTING_MOST], &most);
        if (r == 0)
                r = tx_integer(q->tx, &private_opened_since,
                        SQL_ARGS(value_integer(q->office), value_id(q->person),
                                value_integer(q->now.ms - HOUR_MS)),
                        &before);
        if (r < 0)
                return r;
        int64_t after = before + (int64_t) n;
        if (after > most) {
                snprintf(text, sizeof(text), "%lld", (long long) most);
                return refuse(q, "private.too_many", NULL, text, NULL);
        }
        if (before >= alarm || after < alarm)
                return 0;
        snprintf(text, sizeof(text), "%lld within an hour", (long long) after);
        return request_note(q, EVENT_MASS, text);
}

static int fields_open(Request *q, const Opening *opening, size_t at, OpenedValue *values, size_t *n) {
        const Record *record = opening->records[at];
        const char *row = arena_alloc(q->arena, record->size);
        int r = row ? record_load(q, record, opening->ids[at], (void *) row) : -ENOMEM;

        for (size_t i = 0; r == 0 && i < record->n_fields; i++) {
                const Field *field = &record->fields[i];
                const Sealed *sealed = (const Sealed *) (const void *) (row + field->offset);
                if (field->kind != KIND_SEALED || sealed->vault.value == 0)
                        continue;
                if (*n == PRIVATE_VALUES_MAX)
                        return -E2BIG;
                OpenedValue *value = &values[*n];
                *value = (OpenedValue){ .record_name = record->name,
                        .record_id = opening->ids[at],
                        .field = field->name,
                        .label = field->label };
                r = sealed_open(q, *sealed, opening->basis, &value->value);
                *n += r == 0;
        }
        return r;
}

static int opening_go(Request *q, const Opening *opening, Opened *ret) {
        OpenedValue *values = ARENA_ARRAY(q->arena, OpenedValue, PRIVATE_VALUES_MAX);
        size_t n = 0;
        int r = values ? measure(q, opening->n) : -ENOMEM;

        for (size_t i = 0; r == 0 && i < opening->n; i++) {
                PrivateOpening line = opening->said;
                line.record_name = opening->records[i]->name;
                line.record_id = opening->ids[i];
                line.person_id = q->person;
                line.opened = q->now;
                r = fields_open(q, opening, i, values, &n);
                if (r == 0)
                        r = record_insert(q, &record_private_opening, &line);
        }
        if (r == 0)
                *ret = (Opened){ .basis = opening->basis, .values = { values, n } };
        return r;
}

/* Whom the case is about while it is open; nobody when it is not. */
static int case_subjects(Request *q, const PrivateCase *of, Id id, Opening *opening) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        const Record *record = openable(q, of->record);
        int r = record ? tx_query(q->tx, of->query, SQL_ARGS(value_integer(q->office), value_id(id)), &rows)
                       : -ENOENT;

        while (r >= 0 && (r = rows_next(rows)) > 0)
                r = subject_add(q, opening, record, (Id){ rows_integer(rows, 0) });
        return r;
}

int run_private_open(Request *q, const void *input, void *ret_output) {
        const OpenCase *in = input;
        const Record *record = registry_record(q->kernel->registry, in->case_name);
        Opening opening = {
                .said = { .case_name = in->case_name, .case_id = in->case_id, .purpose = PURPOSE_CASE }
        };
        bool declared = false;
        size_t n;
        const Module *const *modules = registry_modules(q->kernel->registry, &n);

        if (!record || record->shape == SHAPE_VALUE || record->store != tx_store(q->tx))
                return -ENOENT;
        void *row = arena_alloc(q->arena, record->size);
        int r = row ? record_load(q, record, in->case_id, row) : -ENOMEM;
        for (size_t i = 0; r == 0 && i < n; i++)
                for (const PrivateCase *of = modules[i]->private_cases; r == 0 && of && of->name; of++) {
                        if (!text_equal(of->name, in->case_name))
                                continue;
                        declared = true;
                        r = case_subjects(q, of, in->case_id, &opening);
                }
        if (r < 0 || !declared)
                return r < 0 ? r : -ENOENT;
        if (opening.n == 0)
                return refuse(q, "private.case_closed", "case_id", NULL);
        opening.basis = arena_printf(q->arena, "%s %lld", in->case_name, (long long) in->case_id.value);
        return opening.basis ? opening_go(q, &opening, ret_output) : -ENOMEM;
}

int run_private_look_up(Request *q, const void *input, void *ret_output) {
        const LookUp *in = input;
        const Record *record = openable(q, in->record_name);
        Opening opening = { .said = { .purpose = in->purpose,
                                    .enquiry_number = in->enquiry_number,
                                    .reason = in->reason } };

        if (!record)
                return -ENOENT;
        if (text_equal(in->purpose, PURPOSE_CASE))
                return refuse(q, "private.no_case", "purpose", NULL);
        int r = subject_add(q, &opening, record, in->record_id);
        opening.basis = arena_printf(q->arena, "%s %s", in->purpose, in->enquiry_number);
        if (r == 0 && !opening.basis)
                r = -ENOMEM;
        return r < 0 ? r : opening_go(q, &opening, ret_output);
}
