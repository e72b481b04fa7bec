/* SPDX-License-Identifier: Apache-2.0 */
/* Leaving (14.4.3): a sheet of what waits, three persons who confirm it, and one command that ends posts,
 * grants, delegations, log-ins and sessions together. */

#include <string.h>

#include <node/text.h>

#include "identity-kernel.h"

#define LEAVE_ROWS_MAX 256

int run_prepare_departure(Request *q, const void *input, void *ret_output) {
        const DepartureInput *in = input;
        const char *items = request_prepared(q);
        Departure row = { .person = in->person,
                .kind = in->kind,
                .last_day = in->last_day,
                .receiver = in->receiver,
                .witness = in->witness,
                .reason = in->reason,
                .items = items ? items : "",
                .prepared_on = q->today,
                .prepared_by = q->person,
                .note = "",
                .state = DEPARTURE_PREPARED };
        Person person;
        int64_t other;

        if (in->person.value == in->receiver.value || in->person.value == in->witness.value ||
                in->receiver.value == in->witness.value)
                return refuse(q, "identity.three_persons", "receiver", NULL);
        int r = subject_check(q, in->person);
        if (r == 0)
                r = record_load(q, &record_person, in->receiver, &person);
        if (r == 0)
                r = record_load(q, &record_person, in->witness, &person);
        if (r < 0)
                return r;
        r = tx_integer(q->tx, &query_departure_open, SQL_ARGS(value_id(in->person)), &other);
        if (r == 0)
                return refuse(q, "identity.departure_open", "person", NULL);
        if (r != -ENOENT)
                return r;
        r = record_insert(q, &record_departure, &row);
        if (r == 0)
                ((IdOutput *) ret_output)->id = row.head.id;
        return r;
}

/* By his own log-in, each for himself: who he is says which of the three he is. */
int run_confirm_departure(Request *q, const void *input, void *ret_output) {
        const DepartureConfirm *in = input;
        Departure row;

        int r = record_load(q, &record_departure, in->id, &row);
        if (r < 0)
                return r;
        Instant *slot = q->person.value == row.person.value     ? &row.handed_on
                        : q->person.value == row.receiver.value ? &row.received_on
                        : q->person.value == row.witness.value  ? &row.witnessed_on
                                                                : NULL;
        if (!slot || q->person.value == 0)
                return refuse(q, "identity.not_signatory", "id", NULL);
        if (row.state != DEPARTURE_PREPARED)
                return document_step(q, &record_departure, &row);
        if (slot->ms != 0)
                return refuse(q, "identity.confirmed_already", "id", NULL);
        *slot = q->now;
        bool all = row.handed_on.ms != 0 && row.received_on.ms != 0 && row.witnessed_on.ms != 0;
        return all ? document_step(q, &record_departure, &row)
                   : record_update(q, &record_departure, &row, NULL);
}

int run_cancel_departure(Request *q, const void *input, void *ret_output) {
        const DepartureNote *in = input;
        Departure row;

        int r = record_load(q, &record_departure, in->id, &row);
        if (r == 0)
                r = subject_check(q, row.person);
        if (r < 0)
                return r;
        row.note = in->note;
        return document_step(q, &record_departure, &row);
}

static int ids_read(Request *q, const Query *query, const Value *args, size_t n_args,
        Id ret[static LEAVE_ROWS_MAX], size_t *ret_n) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        size_t n = 0;

        int r = tx_query(q->tx, query, args, n_args, &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                if (n == LEAVE_ROWS_MAX)
                        return -E2BIG;
                ret[n++] = (Id){ rows_integer(rows, 0) };
        }
        *ret_n = n;
        return r;
}

static int post_end(Request *q, Id id, const char *reason) {
        char mac[RIGHTS_MAC_MAX];
        PostHolder row;

        int r = record_load(q, &record_post_holder, id, &row);
        if (r < 0)
                return r;
        row.valid_to = q->today;
        r = holder_seal(q, &row, mac);
        if (r < 0)
                return r;
        return record_update(q, &record_post_holder, &row, reason);
}

static int grant_end(Request *q, Id id, const char *reason) {
        char mac[RIGHTS_MAC_MAX];
        RightGrant row;

        int r = record_load(q, &record_right_grant, id, &row);
        if (r < 0)
                return r;
        row.valid_to = q->today;
        r = rights_mac_grant(q->kernel->keys, &row, mac);
        if (r < 0)
                return r;
        row.mac = mac;
        return record_update(q, &record_right_grant, &row, reason);
}

static int delegation_end(Request *q, Id id, const char *reason) {
        char mac[RIGHTS_MAC_MAX];
        Delegation row;

        int r = record_load(q, &record_delegation, id, &row);
        if (r < 0)
                return r;
        row.note = reason;
        row.decided_by = q->person;
        return delegation_over(q, &row, mac);
}

static int login_lock(Request *q, Id id, const char *reason) {
        Login row;

        int r = record_load(q, &record_login, id, &row);
        if (r < 0 || row.locked)
                return r;
        row.locked = 1;
        return record_update(q, &record_login, &row, reason);
}

typedef struct Ending {
        const Query *query;
        int (*end)(Request *q, Id id, const char *reason);
        int64_t *count;
} Ending;

static int everything_end(Request *q, Id person, const char *reason, LeaveOutput *out) {
        const Ending endings[] = {
                { &query_leave_posts, post_end, &out->posts },
                { &query_leave_grants, grant_end, &out->grants },
                { &query_leave_delegations, delegation_end, &out->delegations },
                { &query_leave_logins, login_lock, &out->logins },
        };
        Id ids[LEAVE_ROWS_MAX];
        size_t n = 0;
        int r = 0;

        for (size_t i = 0; r == 0 && i < ELEMENTSOF(endings); i++) {
                bool dated =
                        endings[i].query == &query_leave_posts || endings[i].query == &query_leave_grants;
                r = ids_read(q, endings[i].query, (Value[]){ value_id(person), value_integer(q->today.ymd) },
                        dated ? 2 : 1, ids, &n);
                for (size_t k = 0; r == 0 && k < n; k++)
                        r = endings[i].end(q, ids[k], reason);
                *endings[i].count = (int64_t) n;
        }
        if (r == 0)
                r = tx_exec(q->tx, &query_step_up_delete_person, SQL_ARGS(value_id(person)), NULL);
        return r < 0 ? r
                     : tx_exec(q->tx, &query_session_delete_person, SQL_ARGS(value_id(person)),
                               &out->sessions);
}

int run_leave(Request *q, const void *input, void *ret_output) {
        const LeaveInput *in = input;
        Departure row;

        int r = record_load(q, &record_departure, in->id, &row);
        if (r == 0)
                r = subject_check(q, row.person);
        if (r < 0)
                return r;
        if (row.state == DEPARTURE_PREPARED && (!in->urgent || text_empty(in->note)))
                return refuse(q, "identity.not_confirmed", "urgent", NULL);
        row.note = in->note ? in->note : "";
        row.left_on = q->now;
        r = document_step(q, &record_departure, &row);
        return r < 0 ? r : everything_end(q, row.person, row.reason, ret_output);
}
