/* SPDX-License-Identifier: Apache-2.0 */
/* A message arrives: compared at once, kept as differences, applied never (4.3.2, 13.0.3). The partner's
 * number is the command's key, so that a repeated message is answered from memory and another content under
 * it is refused. */

#include "exchange-query.h"
#include "exchange-records.h"

static int list_place(Request *q, const ExchangePush *push, ExchangeList *ret) {
        int r = exchange_one(q, &record_exchange_list, &exchange_list_by_reference,
                SQL_ARGS(value_integer(q->office), value_id(push->partner_id), value_integer(push->kind),
                        value_text(push->reference)),
                ret);

        if (r == 0 && ret->state != LIST_OPEN)
                return refuse(q, "essential.list_closed", "reference", push->reference, NULL);
        if (r != -ENOENT)
                return r;
        *ret = (ExchangeList){
                .partner_id = push->partner_id,
                .kind = push->kind,
                .reference = push->reference,
                .stage = push->stage,
                .state = LIST_OPEN,
        };
        return record_insert(q, &record_exchange_list, ret);
}

static int list_count(Request *q, ExchangeList *list, const ExchangeReceipt *receipt) {
        list->rows_total += receipt->rows_total;
        list->rows_unchanged += receipt->rows_unchanged;
        list->rows_different += receipt->rows_different;
        list->rows_unmatched += receipt->rows_unmatched;
        return record_update(q, &record_exchange_list, list, "");
}

static int owners_keep(Request *q, Id difference, const ExchangeRow *row) {
        const ExchangePushOwner *owners = row->owners.rows;
        int r = 0;

        for (size_t i = 0; r == 0 && i < row->owners.n; i++) {
                ExchangeOwner owner = {
                        .difference_id = difference,
                        .name = { .plain_input = owners[i].name },
                        .id_number = { .plain_input = owners[i].id_number },
                        .kind = owners[i].kind,
                        .share_numerator = owners[i].share_numerator,
                        .share_denominator = owners[i].share_denominator,
                };
                r = record_insert(q, &record_exchange_owner, &owner);
        }
        return r;
}

static int differences_keep(const Comparison *c, Id list, Id message) {
        int r = 0;

        for (size_t i = 0; r == 0 && i < c->n; i++) {
                c->found[i].list_id = list;
                c->found[i].message_id = message;
                r = record_insert(c->q, &record_exchange_difference, &c->found[i]);
                if (r == 0 && c->push->kind == EXCHANGE_OWNERSHIP &&
                        (c->found[i].item == ITEM_OWNERS || c->found[i].item == ITEM_ROW))
                        r = owners_keep(c->q, c->found[i].head.id, c->rows[i]);
        }
        return r;
}

int run_receive_message(Request *q, const void *input, void *ret_output) {
        const ExchangePush *push = input;
        Comparison c = { .q = q, .push = push };
        ExchangeList list;
        int r = 0;

        if (push->rows.n == 0)
                return refuse(q, "essential.exchange_no_rows", "rows", NULL);
        if (push->partner_id.value != 0)
                r = partner_may_push(q, push->partner_id, push->kind);
        if (r == 0)
                r = list_place(q, push, &list);
        if (r == 0)
                r = exchange_compare(&c);
        if (r < 0)
                return r;
        ExchangeMessage message = {
                .list_id = list.head.id,
                .partner_id = push->partner_id,
                .message_number = push->number,
                .rows_total = c.receipt.rows_total,
                .rows_unchanged = c.receipt.rows_unchanged,
                .rows_different = c.receipt.rows_different,
                .rows_unmatched = c.receipt.rows_unmatched,
                .received = q->now,
        };
        r = record_insert(q, &record_exchange_message, &message);
        if (r == 0)
                r = list_count(q, &list, &c.receipt);
        if (r == 0)
                r = differences_keep(&c, list.head.id, message.head.id);
        if (r < 0)
                return r;
        c.receipt.list_id = list.head.id;
        c.receipt.message_id = message.head.id;
        *(ExchangeReceipt *) ret_output = c.receipt;
        return 0;
}
