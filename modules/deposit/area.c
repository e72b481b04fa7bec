/* SPDX-License-Identifier: Apache-2.0 */
/* Property areas are split or merged: the standards that hold for one alone hold for what it has become, and areas that
 * assess by different ones are not made one, because nobody could tell which holds for what is assessed later. */

#include <essential/housing_change.h>
#include <node/date.h>
#include <node/money.h>

#include "deposit-domain.h"
#include "deposit-query.h"
#include "deposit-records.h"

typedef struct OldArea {
        HouseholdFacts facts;
        const char *name;
} OldArea;

static int olds_load(Request *q, Id change, OldArea *olds, size_t *ret_n) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        size_t n = 0;
        int r = tx_query(
                q->tx, &deposit_change_areas, SQL_ARGS(value_integer(q->office), value_id(change)), &rows);

        while (r >= 0 && (r = rows_next(rows)) > 0) {
                if (n == CHANGE_OBJECTS_MAX)
                        return -E2BIG;
                OldArea *old = &olds[n++];
                *old = (OldArea){
                        .facts.property_area = { rows_integer(rows, 0) },
                        .facts.division = arena_strdup(q->arena, rows_text(rows, 2)),
                        .name = arena_strdup(q->arena, rows_text(rows, 1)),
                };
                if (!old->facts.division || !old->name)
                        return -ENOMEM;
        }
        *ret_n = n;
        return r;
}

/* NULL: none. */
static const DepositStandard *standard_of(const Standards *standards, HouseholdFacts facts, bool elevator, Date on) {
        size_t chosen;

        facts.elevator = elevator;
        return standard_choose(standards->choices, standards->n, &facts, on, &chosen) < 0 ? NULL
                                                                                           : &standards->rows[chosen];
}

/* Equal money of which one is the area's own and the other everybody's is not the same: the next change of the latter
 * would tell them apart. */
static bool standards_same(const DepositStandard *a, const DepositStandard *b) {
        if (!a || !b)
                return a == b;
        return a->per_m2.fen == b->per_m2.fen &&
               (a->property_area_id.value != 0) == (b->property_area_id.value != 0);
}

static const char *standard_say(Request *q, const DepositStandard *standard) {
        char amount[MONEY_TEXT_MAX];

        if (!standard)
                return deposit_standard_none;
        money_format_grouped(standard->per_m2, amount);
        return arena_printf(q->arena, "%s %s %s%s",
                standard->property_area_id.value ? deposit_standard_own : deposit_standard_wide, standard->name, amount,
                deposit_standard_unit);
}

/* The first day on which one of the areas assesses by another standard than the first one. */
typedef struct Difference {
        Date on; /* 0: none */
        const OldArea *area;
        bool elevator;
} Difference;

static int difference_refuse(Request *q, const Standards *standards, const OldArea *first, const Difference *found) {
        const char *one = standard_say(q, standard_of(standards, first->facts, found->elevator, found->on)),
                   *other = standard_say(q, standard_of(standards, found->area->facts, found->elevator, found->on));
        char day[DATE_TEXT_MAX];

        if (!one || !other)
                return -ENOMEM;
        date_format(found->on, day);
        return refuse(q, "deposit.standards_differ", NULL, first->name, one, found->area->name, other, day,
                deposit_code_label("building_class", found->elevator ? CLASS_ELEVATOR : CLASS_STAIRS), NULL);
}

static void day_compare(const Standards *standards, const OldArea *olds, size_t n, Date on, Difference *found) {
        if (found->on.ymd != 0 && found->on.ymd <= on.ymd)
                return;
        for (size_t i = 1; i < n; i++)
                for (int elevator = 0; elevator < 2; elevator++)
                        if (!standards_same(standard_of(standards, olds[0].facts, elevator, on),
                                    standard_of(standards, olds[i].facts, elevator, on)))
                                *found = (Difference){ on, &olds[i], elevator };
}

/* They can come to differ only on days when a standard begins or has ended. */
int standards_changing_hear(Request *q, const void *event) {
        const AreasChanging *changing = event;
        OldArea olds[CHANGE_OBJECTS_MAX];
        Difference found = { 0 };
        Standards standards;
        size_t n = 0;
        int r = changing->kind == CHANGE_MERGE ? olds_load(q, changing->change_id, olds, &n) : 0;

        if (r < 0 || n < 2)
                return r;
        r = standards_load(q, &deposit_standards_from, q->today, &standards);
        if (r < 0)
                return r;
        day_compare(&standards, olds, n, q->today, &found);
        for (size_t i = 0; i < standards.n; i++) {
                const DepositStandard *standard = &standards.rows[i];
                if (standard->valid_from.ymd > q->today.ymd)
                        day_compare(&standards, olds, n, standard->valid_from, &found);
                if (standard->valid_to.ymd != 0)
                        day_compare(&standards, olds, n, date_add_days(standard->valid_to, 1), &found);
        }
        return found.on.ymd == 0 ? 0 : difference_refuse(q, &standards, &olds[0], &found);
}

/* The first one gives what the new ones have of division and standards; those merged with it agree. The old rows stay:
 * what has not moved yet is assessed by them. */
int standards_follow(Request *q, Id change) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        HousingChange document;
        Standards standards;
        Id news[CHANGE_OBJECTS_MAX];
        size_t n = 0;
        int r = record_load(q, &record_housing_change, change, &document);

        if (r == 0)
                r = standards_load(q, &deposit_standards_from, q->today, &standards);
        if (r == 0)
                r = tx_query(q->tx, &deposit_change_news, SQL_ARGS(value_integer(q->office), value_id(change)), &rows);
        while (r >= 0 && (r = rows_next(rows)) > 0) {
                if (n == CHANGE_OBJECTS_MAX)
                        return -E2BIG;
                news[n++].value = rows_integer(rows, 0);
        }
        for (size_t i = 0; r == 0 && i < standards.n; i++) {
                if (standards.rows[i].property_area_id.value != document.property_area_id.value)
                        continue;
                for (size_t k = 0; r == 0 && k < n; k++) {
                        DepositStandard next = standards.rows[i];
                        next.head = (RowHead){ 0 };
                        next.property_area_id = news[k];
                        if (next.valid_from.ymd < q->today.ymd)
                                next.valid_from = q->today;
                        r = record_insert(q, &record_deposit_standard, &next);
                }
        }
        return r;
}

int area_began_check(Request *q, Id area, Date on) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        char wished[DATE_TEXT_MAX], began[DATE_TEXT_MAX];
        int r = tx_query(q->tx, &deposit_area_began,
                SQL_ARGS(value_integer(q->office), value_id(area), value_integer(on.ymd)), &rows);

        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r;
        const char *number = arena_strdup(q->arena, rows_text(rows, 1));
        date_format((Date){ (int32_t) rows_integer(rows, 0) }, began);
        date_format(on, wished);
        return number ? refuse(q, "deposit.date_before_area", "assessed_on", wished, began, number, NULL) : -ENOMEM;
}
