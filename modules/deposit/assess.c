/* SPDX-License-Identifier: Apache-2.0 */
/* What each apartment owes: standards with dates, and assessment by rule (5.1.1, 5.2.1.1). */

#include <node/date.h>
#include <node/money.h>

#include "deposit-domain.h"
#include "deposit-query.h"
#include "deposit-records.h"

typedef struct Household {
        Id apartment, property_area, building;
        Area covered_area;
        int64_t nature, phase;
        HouseholdFacts facts;
} Household;

/* Sums of one command by nature and phase, so that a whole area touches each cell once. */
typedef struct Cells {
        Money owed[NATURES][PHASES];
        int64_t households[NATURES][PHASES];
} Cells;

int business_day(Request *q, Date given, const char *field, Date *ret) {
        char text[DATE_TEXT_MAX];
        Date day = given.ymd != 0 ? given : q->today;

        date_format(day, text);
        if (day.ymd > q->today.ymd)
                return refuse(q, "deposit.date_future", field, text, NULL);
        if (day.ymd < BUSINESS_DAY_FIRST)
                return refuse(q, "deposit.date_early", field, text, NULL);
        *ret = day;
        return 0;
}

int position_add(Request *q, const DepositPosition *delta, int64_t chain_seq) {
        return tx_exec(q->tx, &deposit_position_add,
                SQL_ARGS(value_id(delta->head.id), value_integer(q->office), value_integer(chain_seq),
                        value_id(delta->property_area_id), value_id(delta->building_id),
                        value_money(delta->owed), value_money(delta->paid)),
                NULL);
}

static int standard_dates_check(Request *q, Date from, Date to) {
        char first[DATE_TEXT_MAX], last[DATE_TEXT_MAX];

        if (to.ymd == 0 || to.ymd >= from.ymd)
                return 0;
        date_format(from, first);
        date_format(to, last);
        return refuse(q, "deposit.standard_dates", "valid_to", last, first, NULL);
}

int run_deposit_create_standard(Request *q, const void *input, void *ret_output) {
        const CreateStandard *in = input;
        DepositStandard standard = {
                .name = in->name,
                .division = in->division,
                .property_area_id = in->property_area_id,
                .building_class = in->building_class,
                .per_m2 = in->per_m2,
                .valid_from = in->valid_from,
                .valid_to = in->valid_to,
        };
        PropertyArea area;
        int r = standard_dates_check(q, in->valid_from, in->valid_to);

        if (r == 0 && in->property_area_id.value != 0)
                r = record_load(q, &record_property_area, in->property_area_id, &area);
        if (r == 0)
                r = record_insert(q, &record_deposit_standard, &standard);
        if (r == 0)
                *(DepositCreated *) ret_output = (DepositCreated){ .id = standard.head.id };
        return r;
}

int run_deposit_end_standard(Request *q, const void *input, void *ret_output) {
        const EndStandard *in = input;
        DepositStandard standard;
        int r = record_load(q, &record_deposit_standard, in->standard_id, &standard);

        if (r == 0)
                r = standard_dates_check(q, standard.valid_from, in->valid_to);
        if (r < 0)
                return r;
        standard.valid_to = in->valid_to;
        r = record_update(q, &record_deposit_standard, &standard, in->reason);
        if (r == 0)
                *(DepositCreated *) ret_output = (DepositCreated){ .id = standard.head.id };
        return r;
}

int standards_load(Request *q, const Query *query, Date on, Standards *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        Standards found = {
                .rows = ARENA_ARRAY(q->arena, DepositStandard, STANDARDS_MAX),
                .choices = ARENA_ARRAY(q->arena, StandardChoice, STANDARDS_MAX),
        };
        int r;

        if (!found.rows || !found.choices)
                return -ENOMEM;
        r = tx_query(q->tx, query,
                SQL_ARGS(value_integer(q->office), value_integer(on.ymd), value_integer(STANDARDS_MAX + 1)),
                &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                DepositStandard *row = &found.rows[found.n];
                if (found.n == STANDARDS_MAX)
                        return -E2BIG;
                r = record_from_rows(&record_deposit_standard, rows, q->arena, row);
                if (r < 0)
                        return r;
                found.choices[found.n++] = (StandardChoice){
                        .property_area = row->property_area_id,
                        .division = row->division,
                        .building_class = row->building_class,
                        .per_m2 = row->per_m2,
                        .valid_from = row->valid_from,
                        .valid_to = row->valid_to,
                };
        }
        if (r == 0)
                *ret = found;
        return r;
}

static int households_load(Request *q, Id area, Id apartment, Household **ret, size_t *ret_n) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        Household *households = ARENA_ARRAY(q->arena, Household, ASSESS_HOUSEHOLDS_MAX);
        size_t n = 0;
        int r;

        if (!households)
                return -ENOMEM;
        r = tx_query(q->tx, &deposit_households_to_assess,
                SQL_ARGS(value_integer(q->office), value_id(area), value_id(apartment),
                        value_integer(ASSESS_HOUSEHOLDS_MAX)),
                &rows);
        if (r < 0)
                return r;
        while (n < ASSESS_HOUSEHOLDS_MAX && (r = rows_next(rows)) > 0) {
                Household *household = &households[n++];
                *household = (Household){
                        .apartment = { rows_integer(rows, 0) },
                        .property_area = { rows_integer(rows, 1) },
                        .building = { rows_integer(rows, 2) },
                        .covered_area = { rows_integer(rows, 3) },
                        .facts.elevator = rows_integer(rows, 4) != 0,
                        .nature = rows_integer(rows, 5),
                        .phase = rows_integer(rows, 6),
                };
                household->facts.property_area = household->property_area;
                household->facts.division = arena_strdup(q->arena, rows_text(rows, 7));
                if (!household->facts.division)
                        return -ENOMEM;
                if (household->nature < 0 || household->nature >= NATURES || household->phase < 0 ||
                        household->phase >= PHASES)
                        return -EBROKEN_;
        }
        if (r < 0)
                return r;
        *ret = households;
        *ret_n = n;
        return 0;
}

static int household_assess(
        Request *q, const Standards *standards, const Household *household, Date on, Cells *cells) {
        Money *sum = &cells->owed[household->nature][household->phase];
        char day[DATE_TEXT_MAX];
        size_t chosen;
        int r = standard_choose(standards->choices, standards->n, &household->facts, on, &chosen);

        if (r == -ENOENT) {
                date_format(on, day);
                return refuse(q, "deposit.no_standard", NULL, day,
                        deposit_code_label(
                                "building_class", household->facts.elevator ? CLASS_ELEVATOR : CLASS_STAIRS),
                        NULL);
        }
        if (r < 0)
                return r;
        Assessment row = {
                .property_area_id = household->property_area,
                .building_id = household->building,
                .apartment_id = household->apartment,
                .kind = KIND_FIRST,
                .standard_id = standards->rows[chosen].head.id,
                .per_m2 = standards->choices[chosen].per_m2,
                .covered_area = household->covered_area,
                .assessed_on = on,
                .nature = household->nature,
                .phase = household->phase,
        };
        r = assessment_owed(row.per_m2, row.covered_area, &row.owed);
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
        cells->households[household->nature][household->phase]++;
        r = money_add(*sum, row.owed, sum);
        return r < 0 ? r : position_add(q, &delta, row.head.chain_seq);
}

static int cells_add(Request *q, const Cells *cells, Date on, AssessOutput *output) {
        for (int nature = 0; nature < NATURES; nature++)
                for (int phase = 0; phase < PHASES; phase++) {
                        FactKey key = essential_fact_key(date_year_month(on), nature, phase);
                        int r = fact_add(q, &deposit_owed, key, cells->owed[nature][phase].fen);
                        if (r == 0)
                                r = fact_add(q, &deposit_households, key, cells->households[nature][phase]);
                        if (r == 0)
                                r = money_add(output->owed, cells->owed[nature][phase], &output->owed);
                        if (r < 0)
                                return r;
                        output->assessed += cells->households[nature][phase];
                }
        return 0;
}

/* An apartment named alone must be one that can be assessed now. */
static int apartment_check(Request *q, Id id, Id *ret_area) {
        Apartment apartment;
        int64_t assessed;
        int r = record_load(q, &record_apartment, id, &apartment);

        if (r < 0)
                return r;
        if (apartment.state != APARTMENT_NORMAL)
                return refuse(q, "deposit.apartment_not_normal", "apartment_id",
                        essential_apartment_states[apartment.state].label, NULL);
        r = tx_integer(
                q->tx, &deposit_assessed_first, SQL_ARGS(value_integer(q->office), value_id(id)), &assessed);
        if (r < 0)
                return r;
        if (assessed > 0)
                return refuse(q, "deposit.assessed_before", "apartment_id", NULL);
        *ret_area = apartment.property_area_id;
        return 0;
}

int run_deposit_assess(Request *q, const void *input, void *ret_output) {
        const AssessInput *in = input;
        AssessOutput output = { 0 };
        Cells cells = { 0 };
        Standards standards;
        Household *households;
        PropertyArea area;
        Id area_id = in->property_area_id;
        size_t n;
        Date on;
        int r;

        if ((in->property_area_id.value != 0) == (in->apartment_id.value != 0))
                return refuse(q, "deposit.target_missing", "property_area_id", NULL);
        if (in->apartment_id.value != 0)
                r = apartment_check(q, in->apartment_id, &area_id);
        else
                r = record_load(q, &record_property_area, area_id, &area);
        if (r == 0)
                r = business_day(q, in->assessed_on, "assessed_on", &on);
        if (r == 0)
                r = area_began_check(q, area_id, on);
        if (r == 0)
                r = standards_load(q, &deposit_standards_on, on, &standards);
        if (r == 0)
                r = households_load(q, area_id, in->apartment_id, &households, &n);
        for (size_t i = 0; r == 0 && i < n; i++)
                r = household_assess(q, &standards, &households[i], on, &cells);
        if (r == 0)
                r = cells_add(q, &cells, on, &output);
        if (r == 0)
                r = tx_integer(q->tx, &deposit_households_to_assess_count,
                        SQL_ARGS(value_integer(q->office), value_id(area_id), value_id(in->apartment_id)),
                        &output.remaining);
        if (r == 0)
                *(AssessOutput *) ret_output = output;
        return r;
}
