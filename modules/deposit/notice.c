/* SPDX-License-Identifier: Apache-2.0 */
/* Payment notices: numbered per office and year without gaps, one open at a time for an apartment (5.1.3).
 */

#include <node/date.h>
#include <node/money.h>

#include "deposit-domain.h"
#include "deposit-query.h"
#include "deposit-records.h"

typedef struct Debtor {
        Id apartment, property_area, building;
        Money owed, paid;
        int64_t nature;
} Debtor;

/* Book and account of the debtor before: all of an area share them. */
typedef struct Payee {
        int64_t nature;
        Id area, book, bank_account;
} Payee;

static int debtors_load(Request *q, Id area, Id apartment, Debtor **ret, size_t *ret_n) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        Debtor *debtors = ARENA_ARRAY(q->arena, Debtor, ISSUE_NOTICES_MAX);
        size_t n = 0;
        int r;

        if (!debtors)
                return -ENOMEM;
        r = tx_query(q->tx, &deposit_households_to_notify,
                SQL_ARGS(value_integer(q->office), value_id(area), value_id(apartment),
                        value_integer(ISSUE_NOTICES_MAX)),
                &rows);
        if (r < 0)
                return r;
        while (n < ISSUE_NOTICES_MAX && (r = rows_next(rows)) > 0)
                debtors[n++] = (Debtor){
                        .apartment = { rows_integer(rows, 0) },
                        .property_area = { rows_integer(rows, 1) },
                        .building = { rows_integer(rows, 2) },
                        .owed = { rows_integer(rows, 3) },
                        .paid = { rows_integer(rows, 4) },
                        .nature = rows_integer(rows, 5),
                };
        if (r < 0)
                return r;
        *ret = debtors;
        *ret_n = n;
        return 0;
}

static int payee_find(Request *q, const Debtor *debtor, Payee *payee) {
        int r = 0;

        if (payee->book.value != 0 && payee->nature == debtor->nature &&
                payee->area.value == debtor->property_area.value)
                return 0;
        *payee = (Payee){ .nature = debtor->nature, .area = debtor->property_area };
        r = accounting_book(q, (Nature) debtor->nature, &payee->book);
        if (r == 0)
                r = accounting_bank_account(q, payee->book, debtor->property_area, &payee->bank_account);
        return r;
}

static int notice_issue(Request *q, const Debtor *debtor, const Payee *payee, PaymentNotice *ret) {
        char *number = arena_alloc(q->arena, NOTICE_NUMBER_MAX), *qr = arena_alloc(q->arena, NOTICE_QR_MAX);
        PaymentNotice notice = {
                .year = date_year(q->today),
                .property_area_id = debtor->property_area,
                .building_id = debtor->building,
                .apartment_id = debtor->apartment,
                .kind = debtor->paid.fen == 0 ? KIND_FIRST : KIND_MAKE_UP,
                .bank_account_id = payee->bank_account,
                .issued_on = q->today,
                .issued_by = q->person,
                .state = NOTICE_ISSUED,
        };
        int r;

        if (!number || !qr)
                return -ENOMEM;
        r = money_subtract(debtor->owed, debtor->paid, &notice.amount);
        if (r == 0)
                r = number_next(q, "payment_notice", (int32_t) notice.year, &notice.number);
        if (r < 0)
                return r;
        notice_number_format(notice.year, notice.number, number);
        notice_qr_format(q->office, number, notice.amount, qr);
        notice.notice_number = number;
        notice.qr_text = qr;
        r = record_insert(q, &record_payment_notice, &notice);
        if (r == 0)
                *ret = notice;
        return r;
}

static int issue_all(Request *q, const Debtor *debtors, size_t n, IssueOutput *output) {
        Payee payee = { 0 };

        for (size_t i = 0; i < n; i++) {
                PaymentNotice notice = { 0 };
                int r = payee_find(q, &debtors[i], &payee);
                if (r == 0)
                        r = notice_issue(q, &debtors[i], &payee, &notice);
                if (r == 0)
                        r = money_add(output->amount, notice.amount, &output->amount);
                if (r < 0)
                        return r;
                if (i == 0) {
                        output->first_notice_id = notice.head.id;
                        output->first_number = notice.notice_number;
                }
                output->last_number = notice.notice_number;
                output->issued++;
        }
        return 0;
}

int run_deposit_issue_notice(Request *q, const void *input, void *ret_output) {
        const IssueInput *in = input;
        IssueOutput output = { .first_number = "", .last_number = "" };
        PropertyArea area;
        Apartment apartment;
        Id area_id = in->property_area_id;
        Debtor *debtors;
        size_t n;
        int r;

        if ((in->property_area_id.value != 0) == (in->apartment_id.value != 0))
                return refuse(q, "deposit.target_missing", "property_area_id", NULL);
        if (in->apartment_id.value != 0) {
                r = record_load(q, &record_apartment, in->apartment_id, &apartment);
                if (r == 0)
                        area_id = apartment.property_area_id;
        } else
                r = record_load(q, &record_property_area, area_id, &area);
        if (r == 0)
                r = debtors_load(q, area_id, in->apartment_id, &debtors, &n);
        if (r == 0 && n == 0 && in->apartment_id.value != 0)
                return refuse(q, "deposit.nothing_owed", "apartment_id", NULL);
        if (r == 0)
                r = issue_all(q, debtors, n, &output);
        if (r == 0)
                r = tx_integer(q->tx, &deposit_households_to_notify_count,
                        SQL_ARGS(value_integer(q->office), value_id(area_id), value_id(in->apartment_id)),
                        &output.remaining);
        if (r == 0)
                *(IssueOutput *) ret_output = output;
        return r;
}

int run_deposit_void_notice(Request *q, const void *input, void *ret_output) {
        const VoidNotice *in = input;
        PaymentNotice notice;
        int64_t active;
        int r = record_load(q, &record_payment_notice, in->notice_id, &notice);

        if (r == 0)
                r = tx_integer(q->tx, &deposit_payment_active,
                        SQL_ARGS(value_integer(q->office), value_id(in->notice_id)), &active);
        if (r < 0)
                return r;
        if (notice.state == NOTICE_ISSUED && active > 0)
                return refuse(q, "deposit.notice_has_payment", "notice_id", notice.notice_number, NULL);
        r = document_step(q, &record_payment_notice, &notice);
        if (r == 0)
                *(DepositCreated *) ret_output = (DepositCreated){ .id = notice.head.id };
        return r;
}
