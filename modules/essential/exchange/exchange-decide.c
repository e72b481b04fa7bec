/* SPDX-License-Identifier: Apache-2.0 */
/* A clerk accepts or refuses what differs, one by one or many at once; another person checks where the
 * office wants it so (4.3.2, 14.2.2). */

#include <stdio.h>
#include <string.h>

#include "exchange-query.h"
#include "exchange-records.h"

#define BUSINESS_AREA_CHANGE "area_change"
#define REASON_MAX 200 /* characters of a history's reason */

static int list_open(Request *q, Id id, ExchangeList *ret) {
        int r = record_load(q, &record_exchange_list, id, ret);

        if (r == 0 && ret->state != LIST_OPEN)
                return refuse(q, "essential.list_closed", "list_id", ret->reference, NULL);
        return r;
}

/* A file of surveyed areas comes with its report; what a partner system sends has had its papers there. */
static int list_papers(Request *q, const ExchangeList *list, bool accept) {
        return accept && list->partner_id.value == 0 ? required_papers_present(q, BUSINESS_AREA_CHANGE,
                                                               record_exchange_list.name, list->head.id)
                                                     : 0;
}

/* The history of our registers names the batch beside the reason. */
static const char *reason_of(Request *q, const ExchangeList *list, const char *reason) {
        char *text = arena_printf(q->arena, "%s [%s]", reason, list->reference);

        if (text)
                text_cut(text, REASON_MAX);
        return text;
}

/* Nothing is taken over for a dwelling that has ended since: the line says so, and does not hold up the others. */
static int apply_and_store(Request *q, ExchangeDifference *difference, const char *reason, Decided *done) {
        int r = exchange_ended(q, difference);

        if (r == 0)
                r = exchange_apply(q, difference, reason);
        if (r >= 0)
                r = record_update(q, &record_exchange_difference, difference, difference->reason);
        if (r < 0)
                return r;
        done->applied += difference->state == DIFFERENCE_APPLIED;
        done->refreshed += difference->state == DIFFERENCE_PENDING;
        done->decided++;
        return 0;
}

static int decide_one(Request *q, ExchangeDifference *difference, Decision decision, const char *note,
        const char *reason, Decided *done) {
        bool wait = true;
        int r = exchange_second_person(q, &wait);

        if (r < 0)
                return r;
        difference->reason = note;
        difference->decided_by = q->person;
        difference->checked_by = (Id){ 0 };
        if (decision == DECISION_ACCEPT && !wait)
                return apply_and_store(q, difference, reason, done);
        difference->state = decision == DECISION_ACCEPT ? DIFFERENCE_ACCEPTED : DIFFERENCE_REFUSED;
        if (decision == DECISION_ACCEPT) {
                r = exchange_ended(q, difference);
                if (r == 0)
                        r = exchange_owners_moved(q, difference);
                if (r < 0)
                        return r;
        }
        done->refreshed += difference->state == DIFFERENCE_PENDING;
        done->decided++;
        return record_update(q, &record_exchange_difference, difference, note);
}

int run_decide_difference(Request *q, const void *input, void *ret_output) {
        const DecideDifference *in = input;
        ExchangeDifference difference;
        ExchangeList list;
        Decided done = { 0 };
        int r = record_load(q, &record_exchange_difference, in->difference_id, &difference);

        if (r == 0)
                r = list_open(q, difference.list_id, &list);
        if (r < 0)
                return r;
        if (difference.state != DIFFERENCE_PENDING)
                return refuse(q, "essential.difference_state", "difference_id",
                        essential_difference_states[difference.state].label, NULL);
        difference.head.version = in->version;
        r = list_papers(q, &list, in->decision == DECISION_ACCEPT);
        if (r == 0)
                r = decide_one(q, &difference, (Decision) in->decision, in->reason,
                        reason_of(q, &list, in->reason), &done);
        if (r == 0)
                *(Decided *) ret_output = done;
        return r;
}

/* At most EXCHANGE_DECISIONS_MAX rows of a query, oldest first. */
static int differences_load(Request *q, const Query *query, const Value *args, size_t n_args,
        ExchangeDifference **ret, size_t *ret_n) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        ExchangeDifference *found = ARENA_ARRAY(q->arena, ExchangeDifference, EXCHANGE_DECISIONS_MAX);
        size_t n = 0;
        int r = found ? tx_query(q->tx, query, args, n_args, &rows) : -ENOMEM;

        while (r >= 0 && n < EXCHANGE_DECISIONS_MAX && (r = rows_next(rows)) > 0)
                r = record_from_rows(&record_exchange_difference, rows, q->arena, &found[n++]);
        if (r < 0)
                return r;
        *ret = found;
        *ret_n = n;
        return 0;
}

/* What a line costs of the chain entry's room: owners are opened, made and given shares one by one. */
static size_t line_weight(const ExchangeDifference *difference) {
        int64_t owners = 0;

        if (difference->item != ITEM_OWNERS || integer_parse(difference->theirs, &owners) < 0)
                return 1;
        return 1 + (size_t) owners;
}

/* How many of the first n lines fit into one command: at least one. */
static size_t lines_fitting(const ExchangeDifference *differences, size_t n) {
        size_t weight = 0, i = 0;

        for (; i < n; i++) {
                weight += line_weight(&differences[i]);
                if (i > 0 && weight > EXCHANGE_DECISIONS_MAX)
                        break;
        }
        return i;
}

int run_decide_list(Request *q, const void *input, void *ret_output) {
        const DecideList *in = input;
        ExchangeDifference *differences;
        ExchangeList list;
        Decided done = { 0 };
        Area tolerance;
        size_t n;
        int r = list_open(q, in->list_id, &list);

        if (r == 0)
                r = list_papers(q, &list, in->decision == DECISION_ACCEPT);
        if (r == 0)
                r = exchange_tolerance(q, &tolerance);
        if (r < 0)
                return r;
        const Value which[] = { value_integer(q->office), value_id(in->list_id), value_integer(in->scope),
                value_integer(tolerance.centi_m2), value_integer(EXCHANGE_DECISIONS_MAX) };
        const char *reason = reason_of(q, &list, in->reason);
        r = differences_load(q, &exchange_pending, which, ELEMENTSOF(which), &differences, &n);
        if (r == 0)
                n = lines_fitting(differences, n);
        for (size_t i = 0; r == 0 && i < n; i++)
                r = decide_one(q, &differences[i], (Decision) in->decision, in->reason, reason, &done);
        if (r == 0)
                r = tx_integer(
                        q->tx, &exchange_pending_count, which, ELEMENTSOF(which) - 1, &done.remaining);
        if (r == 0)
                *(Decided *) ret_output = done;
        return r;
}

int run_check_list(Request *q, const void *input, void *ret_output) {
        const CheckList *in = input;
        ExchangeDifference *differences;
        ExchangeList list;
        Decided done = { 0 };
        size_t n;
        int r = list_open(q, in->list_id, &list);

        if (r == 0)
                r = list_papers(q, &list, in->decision == CHECK_CONFIRM);
        if (r < 0)
                return r;
        /* what he accepted himself waits for another, and holds up nobody else's */
        const Value which[] = { value_integer(q->office), value_id(in->list_id),
                value_integer(EXCHANGE_DECISIONS_MAX), value_id(q->person) };
        const char *reason = reason_of(q, &list, in->reason);
        int64_t accepted = 0;
        r = differences_load(q, &exchange_accepted, which, ELEMENTSOF(which), &differences, &n);
        if (r == 0 && n == 0)
                r = tx_integer(q->tx, &exchange_accepted_count, which, 2, &accepted);
        if (r == 0 && n == 0)
                return accepted ? request_other_person(q, q->person, "list_id")
                                : refuse(q, "essential.nothing_to_check", "list_id", NULL);
        if (r == 0)
                n = lines_fitting(differences, n);
        for (size_t i = 0; r == 0 && i < n; i++) {
                r = request_other_person(q, differences[i].decided_by, "list_id");
                if (r < 0)
                        break;
                differences[i].checked_by = q->person;
                if (in->decision == CHECK_CONFIRM) {
                        r = apply_and_store(q, &differences[i], reason, &done);
                        continue;
                }
                differences[i].state = DIFFERENCE_PENDING;
                done.decided++;
                r = exchange_owners_moved(q, &differences[i]);
                if (r >= 0)
                        r = record_update(q, &record_exchange_difference, &differences[i], in->reason);
        }
        if (r == 0)
                r = tx_integer(
                        q->tx, &exchange_accepted_count, which, 2, &done.remaining);
        if (r == 0)
                *(Decided *) ret_output = done;
        return r;
}

int run_close_list(Request *q, const void *input, void *ret_output) {
        const CloseList *in = input;
        ExchangeList list;
        int64_t pending = 0, accepted = 0;
        char text[24];
        const Value which[] = { value_integer(q->office), value_id(in->list_id), value_integer(SCOPE_ALL),
                value_integer(0) };
        int r = list_open(q, in->list_id, &list);

        if (r == 0)
                r = tx_integer(q->tx, &exchange_pending_count, which, ELEMENTSOF(which), &pending);
        if (r == 0)
                r = tx_integer(q->tx, &exchange_accepted_count, which, 2, &accepted);
        if (r < 0)
                return r;
        if (pending + accepted > 0) {
                snprintf(text, sizeof(text), "%lld", (long long) (pending + accepted));
                return refuse(q, "essential.list_pending", "list_id", text, NULL);
        }
        list.state = LIST_CLOSED;
        r = record_update(q, &record_exchange_list, &list, in->reason);
        if (r == 0)
                r = required_papers_file(q, BUSINESS_AREA_CHANGE, record_exchange_list.name, list.head.id);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = list.head.id };
        return r;
}
