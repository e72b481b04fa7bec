/* SPDX-License-Identifier: Apache-2.0 */
/* Where the surveyed area is larger than what was assessed, the rest is assessed at the same price
 * (domain 4.1, 0.1.13): 89.37 -> 90.00 m2 at 80.00 is 50.40. Where it is smaller a refund is due: shown, and
 * not made here. */

#include <node/date.h>
#include <node/money.h>

#include "deposit-domain.h"
#include "deposit-query.h"
#include "deposit-records.h"

static int row_assess(Request *q, const Rows *rows, AssessOutput *output) {
        Assessment row = {
                .apartment_id = { rows_integer(rows, 0) },
                .property_area_id = { rows_integer(rows, 1) },
                .building_id = { rows_integer(rows, 2) },
                .kind = KIND_MAKE_UP,
                .covered_area = { rows_integer(rows, 3) },
                .standard_id = { rows_integer(rows, 4) },
                .per_m2 = { rows_integer(rows, 5) },
                .nature = rows_integer(rows, 6),
                .phase = rows_integer(rows, 7),
                .assessed_on = q->today,
        };
        int r = assessment_owed(row.per_m2, row.covered_area, &row.owed);

        if (r == 0)
                r = record_insert(q, &record_assessment, &row);
        if (r < 0)
                return r;
        DepositPosition delta = {
                .head.id = row.apartment_id,
                .property_area_id = row.property_area_id,
                .building_id = row.building_id,
                .owed = row.owed,
        };
        r = position_add(q, &delta, row.head.chain_seq);
        if (r == 0)
                r = fact_add(q, &deposit_owed,
                        essential_fact_key(date_year_month(q->today), row.nature, row.phase), row.owed.fen);
        if (r == 0)
                r = money_add(output->owed, row.owed, &output->owed);
        output->assessed++;
        return r;
}

static int rows_assess(Request *q, Id area, Id apartment, AssessOutput *output) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        const Value which[] = { value_integer(q->office), value_id(area), value_id(apartment),
                value_integer(ASSESS_HOUSEHOLDS_MAX) };
        int r = tx_query(q->tx, &deposit_households_to_make_up, which, ELEMENTSOF(which), &rows);

        while (r >= 0 && output->assessed < ASSESS_HOUSEHOLDS_MAX && (r = rows_next(rows)) > 0)
                r = row_assess(q, rows, output);
        if (r < 0)
                return r;
        rows = rows_close(rows);
        return tx_integer(q->tx, &deposit_households_to_make_up_count, which, 3, &output->remaining);
}

int run_deposit_make_up(Request *q, const void *input, void *ret_output) {
        const MakeUpInput *in = input;
        AssessOutput output = { 0 };
        PropertyArea area;
        Apartment apartment;
        Id area_id = in->property_area_id;
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
                r = rows_assess(q, area_id, in->apartment_id, &output);
        if (r == 0 && output.assessed == 0)
                return refuse(q, "deposit.nothing_to_make_up", "property_area_id", NULL);
        if (r == 0)
                *(AssessOutput *) ret_output = output;
        return r;
}
