/* SPDX-License-Identifier: Apache-2.0 */
/* The commands of example: gather, decide, store, post, tell. The kernel does the rest. */
#include <node/date.h>
#include <node/money.h>

#include "example-domain.h"
#include "example-query.h"
#include "example.h"

int example_open_shelf(Request *q, const void *input, void *ret_output) {
        const OpenShelf *in = input;
        Reference *out = ret_output;
        Shelf shelf = { .name = in->name,
                .use = in->use,
                .keeper = in->keeper,
                .area = in->area,
                .opened = q->today,
                .note = in->note };
        int r;

        r = record_insert(q, &record_example_shelf, &shelf);
        if (r < 0)
                return r;
        *out = (Reference){ .id = shelf.head.id, .version = shelf.head.version };
        return 0;
}

int example_change_shelf(Request *q, const void *input, void *ret_output) {
        const ChangeShelf *in = input;
        Reference *out = ret_output;
        Shelf shelf;
        int r;

        r = record_load(q, &record_example_shelf, in->id, &shelf);
        if (r < 0)
                return r;
        shelf.head.version = in->version;
        shelf.name = in->name;
        shelf.note = in->note;
        r = record_update(q, &record_example_shelf, &shelf, in->reason);
        if (r < 0)
                return r;
        *out = (Reference){ .id = shelf.head.id, .version = shelf.head.version };
        return 0;
}

int example_enter(Request *q, const void *input, void *ret_output) {
        const Enter *in = input;
        Reference *out = ret_output;
        Order order = { .year = date_year(q->today),
                .shelf_id = in->shelf_id,
                .amount = in->amount,
                .state = ORDER_ENTERED,
                .entered_by = q->person };
        char text[MONEY_TEXT_MAX];
        Shelf shelf;
        int r;

        if (!example_amount_allowed(in->amount)) {
                money_format_grouped(in->amount, text);
                return refuse(q, "example.amount_limit", "amount", text, NULL);
        }
        r = record_load(q, &record_example_shelf, in->shelf_id, &shelf);
        if (r < 0)
                return r == -ENOENT ? refuse(q, "example.shelf_unknown", "shelf_id", NULL) : r;
        r = number_next(q, "example_order", (int32_t) order.year, &order.number);
        if (r >= 0)
                r = record_insert(q, &record_example_order, &order);
        if (r < 0)
                return r;
        *out = (Reference){ .id = order.head.id, .version = order.head.version };
        return 0;
}

int example_enter_many(Request *q, const void *input, void *ret_output) {
        const EnterMany *in = input;
        const Enter *lines = in->orders.rows;
        Reference *out = ret_output;

        for (size_t i = 0; i < in->orders.n; i++) {
                int r = command_call(q, &command_example_enter, &lines[i], out);

                if (r < 0)
                        return r;
        }
        return 0;
}

static int order_load(Request *q, const Reference *in, Order *ret) {
        int r = record_load(q, &record_example_order, in->id, ret);

        if (r >= 0)
                ret->head.version = in->version;
        return r;
}

static int order_step(Request *q, Order *order, void *ret_output) {
        int r = document_step(q, &record_example_order, order);

        if (r < 0)
                return r;
        *(Reference *) ret_output = (Reference){ .id = order->head.id, .version = order->head.version };
        return 0;
}

int example_review(Request *q, const void *input, void *ret_output) {
        Order order;
        int r;

        r = order_load(q, input, &order);
        if (r >= 0)
                r = request_other_person(q, order.entered_by, "id");
        if (r < 0)
                return r;
        order.reviewed_by = q->person;
        return order_step(q, &order, ret_output);
}

int example_cancel(Request *q, const void *input, void *ret_output) {
        Order order;
        int r;

        r = order_load(q, input, &order);
        return r < 0 ? r : order_step(q, &order, ret_output);
}

static int balance_add(Request *q, Id shelf, Money amount) {
        Balance balance = { .shelf_id = shelf, .amount = amount };
        int64_t id;
        int r;

        r = tx_integer(
                q->tx, &example_query_balance, SQL_ARGS(value_integer(q->office), value_id(shelf)), &id);
        if (r == -ENOENT)
                return record_insert(q, &record_example_balance, &balance);
        if (r >= 0)
                r = record_load(q, &record_example_balance, (Id){ id }, &balance);
        if (r >= 0)
                r = money_add(balance.amount, amount, &balance.amount);
        return r < 0 ? r : record_update(q, &record_example_balance, &balance, NULL);
}

int example_post(Request *q, const void *input, void *ret_output) {
        Entry entry = { 0 };
        Order order;
        int r;

        r = order_load(q, input, &order);
        if (r >= 0)
                r = order_step(q, &order, ret_output);
        if (r < 0)
                return r;
        entry.shelf_id = order.shelf_id;
        entry.order_id = order.head.id;
        entry.amount = order.amount;
        r = record_insert(q, &record_example_entry, &entry);
        if (r >= 0)
                r = balance_add(q, order.shelf_id, order.amount);
        if (r >= 0)
                r = fact_add(q, &measure_example_posted,
                        (FactKey){ .month = date_year_month(q->today), .nature = 1, .phase = 1 },
                        order.amount.fen);
        return r < 0 ? r : event_emit(q, &event_example_posted, ret_output);
}

int example_keeper(Request *q, const void *input, void *ret_output) {
        const Keeper *in = input;
        KeeperShown *out = ret_output;
        Shelf shelf;
        int r;

        r = record_load(q, &record_example_shelf, in->id, &shelf);
        return r < 0 ? r : sealed_open(q, shelf.keeper, in->purpose, &out->name);
}
