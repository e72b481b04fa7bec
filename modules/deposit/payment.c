/* SPDX-License-Identifier: Apache-2.0 */
/* Payments: entered from the bank's confirmation by one person, reviewed and posted by another (domain
 * 0.1, 4.1). Balances move at the post, never before; a posted payment is corrected by reversal only. */

#include <accounting/opening.h>
#include <essential/housing_change.h>
#include <node/date.h>
#include <node/money.h>

#include "deposit-domain.h"
#include "deposit-query.h"
#include "deposit-records.h"

static int notice_find(Request *q, const EnterInput *in, PaymentNotice *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r;

        if (in->notice_id.value != 0)
                return record_load(q, &record_payment_notice, in->notice_id, ret);
        if (text_empty(in->notice_number))
                return refuse(q, "deposit.notice_number_required", "notice_number", NULL);
        r = tx_query(q->tx, &deposit_notice_by_number,
                SQL_ARGS(value_integer(q->office), value_text(in->notice_number)), &rows);
        if (r < 0)
                return r;
        r = rows_next(rows);
        if (r == 0)
                return refuse(q, "deposit.notice_missing", "notice_number", in->notice_number, NULL);
        return r < 0 ? r : record_from_rows(&record_payment_notice, rows, q->arena, ret);
}

/* The notice is open, not being paid already, and says this very amount. */
static int notice_payable(Request *q, const EnterInput *in, const PaymentNotice *notice) {
        char given[MONEY_TEXT_MAX], wanted[MONEY_TEXT_MAX];
        int64_t active;
        int r;

        if (notice->state != NOTICE_ISSUED)
                return refuse(q, "deposit.notice_not_open", "notice_number", notice->notice_number,
                        deposit_notice_states[notice->state].label, NULL);
        r = tx_integer(q->tx, &deposit_payment_active,
                SQL_ARGS(value_integer(q->office), value_id(notice->head.id)), &active);
        if (r < 0)
                return r;
        if (active > 0)
                return refuse(q, "deposit.notice_has_payment", "notice_number", notice->notice_number, NULL);
        if (in->amount.fen == notice->amount.fen)
                return 0;
        money_format_grouped(in->amount, given);
        money_format_grouped(notice->amount, wanted);
        return refuse(q, "deposit.amount_differs", "amount", given, wanted, NULL);
}

int run_deposit_enter_payment(Request *q, const void *input, void *ret_output) {
        const EnterInput *in = input;
        PaymentNotice notice;
        PropertyArea area;
        Date value_date;
        int r = notice_find(q, in, &notice);

        if (r == 0)
                r = notice_payable(q, in, &notice);
        if (r == 0)
                r = request_amount(q, in->amount, "amount");
        if (r == 0)
                r = business_day(q, in->value_date, "value_date", &value_date);
        if (r == 0)
                r = record_load(q, &record_property_area, notice.property_area_id, &area);
        if (r < 0)
                return r;
        Payment payment = {
                .notice_id = notice.head.id,
                .notice_number = notice.notice_number,
                .property_area_id = notice.property_area_id,
                .building_id = notice.building_id,
                .apartment_id = notice.apartment_id,
                .kind = notice.kind,
                .amount = in->amount,
                .method = in->method,
                .bank_account_id = notice.bank_account_id,
                .bank_reference = in->bank_reference,
                .entered_on = q->today,
                .value_date = value_date,
                .operator_id = q->person,
                .nature = area.nature,
                .phase = area.phase,
                .state = PAYMENT_ENTERED,
        };
        r = record_insert(q, &record_payment, &payment);
        if (r == 0)
                *(EnterOutput *) ret_output = (EnterOutput){
                        .payment_id = payment.head.id,
                        .notice_number = payment.notice_number,
                        .amount = payment.amount,
                };
        return r;
}

static int voucher_post(Request *q, Payment *payment, Voucher *ret) {
        VoucherLine lines[] = {
                { ACCOUNT_BANK, SIDE_DEBIT, payment->amount, payment->bank_account_id },
                { ACCOUNT_DEPOSIT_INCOME, SIDE_CREDIT, payment->amount, { 0 } },
        };
        HouseholdLine household = {
                .apartment = payment->apartment_id,
                .property_area = payment->property_area_id,
                .phase = payment->phase,
                .control = ACCOUNT_DEPOSIT_INCOME,
                .part = PART_PRINCIPAL,
                .amount = payment->amount,
                .business_date = payment->entered_on,
                .value_date = payment->value_date,
        };
        VoucherDraft draft = {
                .source = payment_voucher_source(payment->kind),
                .source_id = payment->head.id,
                .reference = payment->notice_number,
                .prepared_by = payment->operator_id,
                .lines = lines,
                .n_lines = ELEMENTSOF(lines),
                .households = &household,
                .n_households = 1,
        };
        int r = accounting_book(q, (Nature) payment->nature, &draft.book);

        if (r == 0)
                r = accounting_date(q, draft.book, payment->value_date, &payment->accounting_date);
        draft.accounting_date = payment->accounting_date;
        return r < 0 ? r : accounting_post(q, &draft, ret);
}

/* sign +1: the payment counts; -1: it no longer does. */
static int payment_count(Request *q, const Payment *payment, Date on, int sign) {
        FactKey key = essential_fact_key(date_year_month(on), payment->nature, payment->phase);
        DepositPosition delta = {
                .head.id = payment->apartment_id,
                .property_area_id = payment->property_area_id,
                .building_id = payment->building_id,
                .paid = { sign * payment->amount.fen },
        };
        int r = fact_add(q, &deposit_paid, key, sign * payment->amount.fen);

        if (r == 0 && text_equal(payment->kind, KIND_FIRST))
                r = fact_add(q, &deposit_households_paid, key, sign);
        return r < 0 ? r : position_add(q, &delta, payment->head.chain_seq);
}

static int notice_step(Request *q, Id id) {
        PaymentNotice notice;
        int r = record_load(q, &record_payment_notice, id, &notice);

        return r < 0 ? r : document_step(q, &record_payment_notice, &notice);
}

/* The notice of a payment that counts no more is open again, or void where an opening, or its reversal, has
 * changed what is owed since: nobody is asked for more than that. */
static int notice_reopen(Request *q, const Payment *payment) {
        int64_t beyond = 0;
        int r = notice_step(q, payment->notice_id);

        if (r == 0)
                r = tx_integer(q->tx, &deposit_notices_beyond,
                        SQL_ARGS(value_integer(q->office), value_id(payment->apartment_id)), &beyond);
        return r == 0 && beyond > 0 ? notice_step(q, payment->notice_id) : r;
}

int run_deposit_post(Request *q, const void *input, void *ret_output) {
        const PostInput *in = input;
        Payment payment;
        Voucher voucher;
        int r = record_load(q, &record_payment, in->payment_id, &payment);

        if (r == 0 && payment.state == PAYMENT_ENTERED)
                r = request_other_person(q, payment.operator_id, "payment_id");
        if (r < 0)
                return r;
        if (payment.state != PAYMENT_ENTERED)
                return document_step(q, &record_payment, &payment);
        r = request_amount(q, payment.amount, "payment_id");
        if (r == 0 && text_equal(payment.kind, KIND_FIRST))
                r = required_papers_present(q, "first_payment", "payment", payment.head.id);
        if (r == 0)
                r = voucher_post(q, &payment, &voucher);
        if (r < 0)
                return r;
        payment.reviewer_id = q->person;
        payment.voucher_id = voucher.head.id;
        r = document_step(q, &record_payment, &payment);
        if (r == 0)
                r = notice_step(q, payment.notice_id);
        if (r == 0)
                r = payment_count(q, &payment, payment.value_date, 1);
        DepositPosted posted = {
                .payment_id = payment.head.id,
                .apartment_id = payment.apartment_id,
                .property_area_id = payment.property_area_id,
                .amount = payment.amount,
                .value_date = payment.value_date,
        };
        if (r == 0)
                r = event_emit(q, &deposit_posted, &posted);
        if (r == 0)
                *(PostOutput *) ret_output = (PostOutput){
                        .payment_id = payment.head.id,
                        .voucher_id = voucher.head.id,
                        .month = voucher.month,
                        .number = voucher.number,
                };
        return r;
}

static int close_run(Request *q, const void *input, void *ret_output, bool other_person) {
        const ClosePayment *in = input;
        Payment payment;
        int r = record_load(q, &record_payment, in->payment_id, &payment);

        if (r == 0 && other_person && payment.state == PAYMENT_ENTERED)
                r = request_other_person(q, payment.operator_id, "payment_id");
        if (r < 0)
                return r;
        payment.closing_note = in->reason;
        r = document_step(q, &record_payment, &payment);
        if (r == 0)
                *(DepositCreated *) ret_output = (DepositCreated){ .id = payment.head.id };
        return r;
}

int run_deposit_refuse_payment(Request *q, const void *input, void *ret_output) {
        return close_run(q, input, ret_output, true);
}

int run_deposit_void_payment(Request *q, const void *input, void *ret_output) {
        return close_run(q, input, ret_output, false);
}

/* Whoever reverses the voucher, here or in accounting: the payment follows, in the same transaction. */
static int reversal_hear(Request *q, const void *event) {
        const AccountingReversed *reversed = event;
        Payment payment;
        int r;

        if (!deposit_voucher_source(reversed->source))
                return 0;
        r = record_load(q, &record_payment, reversed->source_id, &payment);
        if (r < 0)
                return r == -ENOENT ? -EBROKEN_ : r;
        r = required_papers_present(q, "refund", record_payment.name, payment.head.id);
        if (r < 0)
                return r;
        payment.closing_note = reversed->reason;
        payment.reversed_on = q->today;
        payment.reversal_voucher_id = reversed->reversal_id;
        r = document_step(q, &record_payment, &payment);
        if (r == 0)
                r = payment_count(q, &payment, payment.reversed_on, -1);
        return r < 0 ? r : notice_reopen(q, &payment);
}

int run_deposit_reverse(Request *q, const void *input, void *ret_output) {
        const ClosePayment *in = input;
        Payment payment;
        Voucher voucher;
        int r = record_load(q, &record_payment, in->payment_id, &payment);

        if (r < 0)
                return r;
        if (payment.state != PAYMENT_POSTED)
                return document_step(q, &record_payment, &payment);
        r = accounting_reverse(q, payment.voucher_id, in->reason, &voucher);
        if (r == 0)
                *(PostOutput *) ret_output = (PostOutput){
                        .payment_id = payment.head.id,
                        .voucher_id = voucher.head.id,
                        .month = voucher.month,
                        .number = voucher.number,
                };
        return r;
}

const Subscription deposit_subscriptions[] = {
        { &accounting_reversed, reversal_hear },
        { &essential_housing_changing, housing_changing_hear },
        { &essential_areas_changing, standards_changing_hear },
        { &essential_housing_changed, housing_changed_hear },
        { &essential_apartment_moved, apartment_moved_hear },
        { &accounting_opening_posted, opening_posted_hear },
        { &accounting_opening_reversed, opening_reversed_hear },
        { NULL, NULL },
};
