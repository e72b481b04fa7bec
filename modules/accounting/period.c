/* SPDX-License-Identifier: Apache-2.0 */
/* Accounting periods: which month takes an entry. Months close in order, and at most two of a book are open.
 */

#include <stdio.h>

#include <node/date.h>

#include "accounting-domain.h"
#include "accounting-query.h"
#include "accounting-records.h"

static const char *month_text(Request *q, int64_t month) {
        char text[DATE_TEXT_MAX];
        const char *kept;

        year_month_format(month, text);
        kept = arena_strdup(q->arena, text);
        return kept ? kept : "";
}

static int period_find(Request *q, Id book, int64_t month, AccountingPeriod *ret) {
        return accounting_row(q, &record_accounting_period, &accounting_period_by_month,
                SQL_ARGS(value_integer(q->office), value_id(book), value_integer(month)), ret);
}

static int book_integer(Request *q, const Query *query, Id book, int64_t *ret) {
        return tx_integer(q->tx, query, SQL_ARGS(value_integer(q->office), value_id(book)), ret);
}

int period_open(Request *q, Id book, int64_t month, AccountingPeriod *ret) {
        AccountingPeriod period = { .book_id = book, .month = month, .state = PERIOD_OPEN };
        int r = record_insert(q, &record_accounting_period, &period);

        if (r == 0)
                *ret = period;
        return r;
}

/* 1: the month has no period yet and the next one may open by itself. */
static int may_open(Request *q, Id book, int64_t month) {
        int64_t last, open;
        int r = book_integer(q, &accounting_period_last, book, &last);

        if (r == 0)
                r = book_integer(q, &accounting_periods_open, book, &open);
        if (r < 0)
                return r;
        return month > last && open < PERIODS_OPEN_MAX;
}

int period_for(Request *q, Id book, Date date) {
        int64_t month = date_year_month(date);
        AccountingPeriod period;
        int r = period_find(q, book, month, &period);

        if (r == 0 && period.state != PERIOD_OPEN)
                return refuse(q, "accounting.period_closed", NULL, month_text(q, month), NULL);
        if (r != -ENOENT)
                return r;
        r = may_open(q, book, month);
        if (r == 0)
                return refuse(q, "accounting.period_not_open", NULL, month_text(q, month), NULL);
        return r < 0 ? r : period_open(q, book, month, &period);
}

int accounting_date(Request *q, Id book, Date wanted, Date *ret) {
        AccountingPeriod period;
        int r = period_find(q, book, date_year_month(wanted), &period);

        if (r < 0 && r != -ENOENT)
                return r;
        *ret = r == 0 && period.state == PERIOD_OPEN ? wanted : q->today;
        return 0;
}

int run_open_period(Request *q, const void *input, void *ret_output) {
        const PeriodInput *in = input;
        AccountingPeriod period;
        int64_t open, first, closed;
        Book book;
        int r = record_load(q, &record_book, in->book_id, &book);

        if (r < 0)
                return r;
        if (!month_valid(in->month))
                return refuse(q, "accounting.month_invalid", "month", month_text(q, in->month), NULL);
        if (in->month < book.first_month)
                return refuse(q, "accounting.period_before_book", "month", month_text(q, in->month),
                        month_text(q, book.first_month), NULL);
        r = book_integer(q, &accounting_periods_open, in->book_id, &open);
        if (r == 0)
                r = book_integer(q, &accounting_period_first_open, in->book_id, &first);
        if (r == 0)
                r = book_integer(q, &accounting_period_last_closed, in->book_id, &closed);
        if (r < 0)
                return r;
        /* what a closed month carried forward stays: nothing opens before it */
        if (in->month < closed)
                return refuse(q, "accounting.period_closed", "month", month_text(q, closed), NULL);
        if (open >= PERIODS_OPEN_MAX)
                return refuse(q, "accounting.two_periods_open", "month", month_text(q, first), NULL);
        r = period_open(q, in->book_id, in->month, &period);
        if (r == 0)
                *(AccountingCreated *) ret_output = (AccountingCreated){ .id = period.head.id };
        return r;
}

int run_close_period(Request *q, const void *input, void *ret_output) {
        const PeriodInput *in = input;
        AccountingPeriod period;
        int64_t first;
        int r = period_find(q, in->book_id, in->month, &period);

        if (r < 0)
                return r;
        if (in->month >= date_year_month(q->today))
                return refuse(q, "accounting.period_future", "month", month_text(q, in->month), NULL);
        r = book_integer(q, &accounting_period_first_open, in->book_id, &first);
        if (r < 0)
                return r;
        if (first != 0 && first < in->month)
                return refuse(q, "accounting.period_not_oldest", "month", month_text(q, first), NULL);
        period.closed_on = q->today;
        period.closed_by = q->person;
        r = document_step(q, &record_accounting_period, &period);
        if (r == 0)
                *(AccountingCreated *) ret_output = (AccountingCreated){ .id = period.head.id };
        return r;
}
