/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers without gaps, and fact cells: rows that many commands share and that only the kernel writes. */
#include <errno.h>
#include <string.h>

#include <node/fact.h>

#include "request.h"

int number_next(Request *q, const char *series, int32_t period, int64_t *ret) {
        const Record *record = record_series[tx_store(q->tx)];
        NumberSeries row = { .series = series, .period = period, .generation = 1, .next = 2 };
        int64_t id, number;
        int r;

        r = tx_integer(q->tx, &query_series_open[tx_store(q->tx)],
                SQL_ARGS(value_integer(q->office), value_text(series), value_integer(period)), &id);
        if (r == -ENOENT) {
                r = record_insert(q, record, &row);
                if (r < 0)
                        return r;
                *ret = 1;
                return 0;
        }
        if (r < 0)
                return r;
        r = record_load(q, record, (Id){ id }, &row);
        if (r < 0)
                return r;
        number = row.next;
        if (number == INT64_MAX)
                return -EOVERFLOW;
        row.next++;
        r = record_update(q, record, &row, NULL);
        if (r < 0)
                return r;
        *ret = number;
        return 0;
}

int fact_add(Request *q, const Measure *measure, FactKey key, int64_t delta) {
        if (tx_store(q->tx) != STORE_BUSINESS)
                return -EXDEV;
        if (!request_chained(q))
                return -EPERM;
        if (key.month < 190001 || key.month > 219912 || key.month % 100 < 1 || key.month % 100 > 12)
                return -EINVAL;
        if (delta == 0)
                return 0;
        return tx_exec(q->tx, &query_fact_add,
                SQL_ARGS(value_integer(q->office), value_integer(measure->number), value_integer(key.month),
                        value_integer(key.nature), value_integer(key.phase), value_integer(key.category),
                        value_integer(delta), value_integer(q->kernel->chain_seq)),
                NULL);
}
