/* SPDX-License-Identifier: Apache-2.0 */
/* An emergency is declared by an administrator and ended by another (14.2.5). What its measures stop is
 * asked at the doors (emergency.c); what is done once, ending sessions, is done here. */

#include <node/text.h>

#include "emergency.h"

/* Whose sessions stay. */
typedef struct Kept {
        Id *persons;
        size_t n;
} Kept;

static int persons_read(Tx *tx, int64_t office, Arena *arena, Kept *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        size_t capacity = 0, n = 0;
        Id *list = NULL;

        int r = tx_query(tx, &query_emergency_sessions, SQL_ARGS(value_integer(office)), &rows);
        while (r >= 0 && (r = rows_next(rows)) > 0) {
                if (n == capacity) {
                        size_t more = capacity ? 2 * capacity : 64;
                        Id *larger = ARENA_ARRAY(arena, Id, more);

                        if (!larger)
                                return -ENOMEM;
                        for (size_t i = 0; i < n; i++)
                                larger[i] = list[i];
                        list = larger;
                        capacity = more;
                }
                list[n++] = (Id){ rows_integer(rows, 0) };
        }
        if (r < 0)
                return r;
        *ret = (Kept){ list, n };
        return 0;
}

/* Administrators are told by rights that are believed, which is not asked inside the writer. */
int emergency_prepare(Engine *engine, const Caller *caller, const void *input, Arena *arena, void **ret) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        Kept *kept = ARENA_ARRAY(arena, Kept, 1);
        size_t n = 0;

        int r = kept ? store_read_begin(engine->stores[STORE_SYSTEM], &tx) : -ENOMEM;
        if (r == 0)
                r = persons_read(tx, caller->office, arena, kept);
        tx = store_read_end(tx);
        for (size_t i = 0; r >= 0 && i < kept->n; i++) {
                r = identity_administers(engine->identity, kept->persons[i], caller->office);
                if (r > 0)
                        kept->persons[n++] = kept->persons[i];
        }
        if (r < 0)
                return r;
        kept->n = n;
        *ret = kept;
        return 0;
}

static bool keeps(const Kept *kept, Id person) {
        for (size_t i = 0; kept && i < kept->n; i++)
                if (kept->persons[i].value == person.value)
                        return true;
        return false;
}

/* Whoever came in since the list was made is no known administrator and goes too. */
static int sessions_end(Request *q, int64_t *ret) {
        const Kept *kept = request_prepared(q);
        Kept there = { 0 };
        int64_t ended = 0, changed;

        int r = persons_read(q->tx, q->office, q->arena, &there);
        for (size_t i = 0; r >= 0 && i < there.n; i++) {
                Value person = value_id(there.persons[i]);

                if (keeps(kept, there.persons[i]))
                        continue;
                r = tx_exec(q->tx, &query_step_up_delete_person, &person, 1, NULL);
                if (r >= 0)
                        r = tx_exec(q->tx, &query_session_delete_person, &person, 1, &changed);
                if (r >= 0)
                        ended += changed;
        }
        if (r >= 0)
                *ret = ended;
        return r < 0 ? r : 0;
}

static int measure_take(Request *q, Emergency *emergency, const char *code, Id *ret) {
        const EmergencyMeasure *measure = emergency_measure_find(code);
        EmergencyTaken row = {
                .emergency = emergency->head.id, .measure = code, .taken_by = q->person, .taken_at = q->now
        };
        int64_t there;

        if (!measure)
                return -ENOENT;
        int r = tx_integer(q->tx, &query_emergency_taken,
                SQL_ARGS(value_id(emergency->head.id), value_text(code)), &there);
        if (r == 0)
                return refuse(q, "identity.emergency_taken", "measure", NULL);
        if (r != -ENOENT)
                return r;
        if (!measure->refusal) {
                r = sessions_end(q, &row.sessions);
                row.lifted_at = q->now;
                if (r < 0)
                        return r;
        }
        r = record_insert(q, &record_emergency_measure, &row);
        if (r < 0)
                return r;
        emergency->sessions += row.sessions;
        *ret = row.head.id;
        return 0;
}

static int plan_make(Request *q, const Emergency *emergency) {
        const char *const *steps = emergency_plan(emergency->kind);
        int r = steps ? 0 : -ENOENT;

        for (int64_t place = 1; r == 0 && *steps; place++, steps++) {
                EmergencyStep row = {
                        .emergency = emergency->head.id, .place = place, .step = *steps, .note = ""
                };
                r = record_insert(q, &record_emergency_step, &row);
        }
        return r;
}

int run_declare_emergency(Request *q, const void *input, void *ret_output) {
        const EmergencyInput *in = input;
        Emergency row = { .kind = in->kind,
                .reason = in->reason,
                .declared_by = q->person,
                .declared_at = q->now,
                .report = "",
                .state = EMERGENCY_STANDS };
        const EmergencyChoice *chosen = in->measures.rows;
        const char *told = in->kind;
        int64_t standing;
        Id ignored;

        int r = tx_integer(q->tx, &query_emergency_standing, SQL_ARGS(value_integer(q->office)), &standing);
        if (r == 0)
                return refuse(q, "identity.emergency_stands", NULL, NULL);
        if (r == -ENOENT)
                r = record_insert(q, &record_emergency, &row);
        if (r == 0)
                r = plan_make(q, &row);
        for (size_t i = 0; r == 0 && i < in->measures.n; i++) {
                r = measure_take(q, &row, chosen[i].measure, &ignored);
                told = arena_printf(q->arena, "%s %s", told, chosen[i].measure);
                if (!told)
                        return -ENOMEM;
        }
        if (r == 0 && row.sessions > 0)
                r = record_update(q, &record_emergency, &row, NULL);
        if (r < 0)
                return r;
        ((IdOutput *) ret_output)->id = row.head.id;
        return request_note(q, "emergency_declared", told);
}

/* Of the office, and it stands. */
static int emergency_load(Request *q, Id id, Emergency *ret) {
        int r = record_load(q, &record_emergency, id, ret);

        if (r == 0 && ret->state != EMERGENCY_STANDS)
                return refuse(q, "identity.emergency_ended", NULL, NULL);
        return r;
}

int run_take_measure(Request *q, const void *input, void *ret_output) {
        const EmergencyTake *in = input;
        Emergency row;

        int r = emergency_load(q, in->emergency_id, &row);
        int64_t before = r == 0 ? row.sessions : 0;
        if (r == 0)
                r = measure_take(q, &row, in->measure, &((IdOutput *) ret_output)->id);
        if (r == 0 && row.sessions > before)
                r = record_update(q, &record_emergency, &row, NULL);
        return r < 0 ? r : request_note(q, "emergency_measure", in->measure);
}

int run_tick_emergency_step(Request *q, const void *input, void *ret_output) {
        const EmergencyTick *in = input;
        EmergencyStep row;
        Emergency emergency;

        int r = record_load(q, &record_emergency_step, in->emergency_step_id, &row);
        if (r == 0)
                r = emergency_load(q, row.emergency, &emergency);
        if (r < 0)
                return r;
        if (row.done_by.value != 0)
                return refuse(q, "identity.emergency_step_done", NULL, NULL);
        row.done_by = q->person;
        row.done_at = q->now;
        row.note = in->note;
        r = record_update(q, &record_emergency_step, &row, NULL);
        return r < 0 ? r : request_note(q, "emergency_step", row.step);
}

static int measures_lift(Request *q, Id emergency) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        Id ids[32];
        size_t n = 0;

        int r = tx_query(q->tx, &query_emergency_holding, SQL_ARGS(value_id(emergency)), &rows);
        while (r >= 0 && n < ELEMENTSOF(ids) && (r = rows_next(rows)) > 0)
                ids[n++] = (Id){ rows_integer(rows, 0) };
        for (size_t i = 0; r >= 0 && i < n; i++) {
                EmergencyTaken row;

                r = record_load(q, &record_emergency_measure, ids[i], &row);
                row.lifted_at = q->now;
                if (r == 0)
                        r = record_update(q, &record_emergency_measure, &row, NULL);
        }
        return r < 0 ? r : 0;
}

static int steps_count(Request *q, Emergency *row) {
        _cleanup_(rows_closep) Rows *rows = NULL;

        int r = tx_query(q->tx, &query_emergency_steps, SQL_ARGS(value_id(row->head.id)), &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -EIO;
        row->steps_open = rows_integer(rows, 0);
        row->steps_done = rows_integer(rows, 1) - row->steps_open;
        return 0;
}

int run_end_emergency(Request *q, const void *input, void *ret_output) {
        const EmergencyEnd *in = input;
        Emergency row;

        int r = emergency_load(q, in->emergency_id, &row);
        if (r == 0)
                r = request_other_person(q, row.declared_by, "emergency_id");
        if (r == 0)
                r = measures_lift(q, row.head.id);
        if (r == 0)
                r = steps_count(q, &row);
        if (r < 0)
                return r;
        row.ended_by = q->person;
        row.ended_at = q->now;
        row.report = in->report;
        r = document_step(q, &record_emergency, &row);
        return r < 0 ? r : request_note(q, "emergency_ended", row.kind);
}
