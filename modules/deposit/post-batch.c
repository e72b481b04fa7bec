/* SPDX-License-Identifier: Apache-2.0 */
/* A reviewer signs a sheet of payments (domain 0.1): its count and sum are compared with what is there, then
 * each payment is posted exactly as a single one would be. All or none. */

#include <stdio.h>

#include <node/money.h>

#include "deposit-records.h"

static int batch_form_check(Request *q, const PostBatchInput *in, const PostBatchLine *lines) {
        char given[24], found[24];

        if (in->payments.n == 0 || in->payments.n > POST_BATCH_MAX) {
                snprintf(given, sizeof(given), "%zu", in->payments.n);
                snprintf(found, sizeof(found), "%d", POST_BATCH_MAX);
                return refuse(q, "deposit.batch_size", "payments", given, found, NULL);
        }
        if (in->count != (int64_t) in->payments.n) {
                snprintf(given, sizeof(given), "%lld", (long long) in->count);
                snprintf(found, sizeof(found), "%zu", in->payments.n);
                return refuse(q, "deposit.batch_count", "count", given, found, NULL);
        }
        for (size_t i = 1; i < in->payments.n; i++)
                for (size_t k = 0; k < i; k++)
                        if (lines[i].payment_id.value == lines[k].payment_id.value)
                                return refuse(q, "deposit.batch_repeated", "payments", NULL);
        return 0;
}

static int batch_sum_check(Request *q, const PostBatchInput *in, const PostBatchLine *lines) {
        char given[MONEY_TEXT_MAX], found[MONEY_TEXT_MAX];
        Money sum = { 0 };
        int r = 0;

        for (size_t i = 0; r == 0 && i < in->payments.n; i++) {
                Payment payment;
                r = record_load(q, &record_payment, lines[i].payment_id, &payment);
                if (r == 0)
                        r = money_add(sum, payment.amount, &sum);
        }
        if (r < 0)
                return r;
        if (sum.fen == in->sum.fen)
                return request_amount(q, sum, "sum");
        money_format_grouped(in->sum, given);
        money_format_grouped(sum, found);
        return refuse(q, "deposit.batch_sum", "sum", given, found, NULL);
}

int run_deposit_post_batch(Request *q, const void *input, void *ret_output) {
        const PostBatchInput *in = input;
        const PostBatchLine *lines = in->payments.rows;
        PostBatchOutput output = { .amount = in->sum };

        int r = batch_form_check(q, in, lines);
        if (r == 0)
                r = batch_sum_check(q, in, lines);
        for (size_t i = 0; r == 0 && i < in->payments.n; i++) {
                PostOutput posted;
                r = run_deposit_post(q, &(PostInput){ .payment_id = lines[i].payment_id }, &posted);
                if (r < 0)
                        break;
                if (i == 0)
                        output.first_voucher_id = posted.voucher_id;
                output.last_voucher_id = posted.voucher_id;
                output.posted++;
        }
        if (r == 0)
                *(PostBatchOutput *) ret_output = output;
        return r;
}
