/* SPDX-License-Identifier: Apache-2.0 */
/* What a partner says against what we hold, row by row (4.3.2). Nothing is written here. */

#include <stdio.h>

#include <node/date.h>
#include <node/money.h>

#include "../housing/housing-domain.h"
#include "exchange-records.h"

typedef struct Current {
        Comparison *c;
        const ExchangeRow *row;
        size_t index;
        const Apartment *apartment; /* NULL: none */
} Current;

/* A new difference of this row; the caller fills in what is its own. */
static ExchangeDifference *difference_add(const Current *at, DifferenceItem item) {
        Comparison *c = at->c;
        ExchangeDifference *difference = &c->found[c->n];

        c->rows[c->n++] = at->row;
        *difference = (ExchangeDifference){
                .row_number = (int64_t) at->index + 1,
                .item = item,
                .place = exchange_place(c->q, at->row),
                .ours = "",
                .theirs = "",
                .unit_code = at->row->unit_code,
                .registration_number = at->row->registration_number,
                .effective_on = at->row->registered_on,
                .state = DIFFERENCE_PENDING,
        };
        if (at->apartment)
                difference->apartment_id = at->apartment->head.id;
        return difference;
}

static void row_at_fault(const Current *at, const char *fault) {
        ExchangeDifference *difference = difference_add(at, ITEM_ROW);

        difference->state = DIFFERENCE_UNUSABLE;
        difference->fault = fault;
        at->c->receipt.rows_unmatched++;
}

static const char *area_text(Request *q, Area area) {
        char text[AREA_TEXT_MAX];

        area_format(area, text);
        return arena_strdup(q->arena, text);
}

static void area_differs(const Current *at, DifferenceItem item, Area ours, Area theirs) {
        if (theirs.centi_m2 == 0 || theirs.centi_m2 == ours.centi_m2)
                return;
        ExchangeDifference *difference = difference_add(at, item);
        difference->ours_area = ours;
        difference->theirs_area = theirs;
        difference->ours = area_text(at->c->q, ours);
        difference->theirs = area_text(at->c->q, theirs);
}

/* In the order in which they can be taken over: the part is at no time larger than the whole. */
static void areas_differ(const Current *at) {
        const Apartment *ours = at->apartment;
        const ExchangeRow *row = at->row;
        const bool part_shrinks = row->inner_area.centi_m2 < ours->inner_area.centi_m2;

        if (part_shrinks)
                area_differs(at, ITEM_INNER_AREA, ours->inner_area, row->inner_area);
        area_differs(at, ITEM_COVERED_AREA, ours->covered_area, row->covered_area);
        if (!part_shrinks)
                area_differs(at, ITEM_INNER_AREA, ours->inner_area, row->inner_area);
}

static void text_differs(const Current *at, DifferenceItem item, const char *ours, const char *theirs) {
        if (text_empty(theirs) || text_equal(ours ? ours : "", theirs))
                return;
        ExchangeDifference *difference = difference_add(at, item);
        difference->ours = ours;
        difference->theirs = theirs;
}

static void floor_differs(const Current *at) {
        Request *q = at->c->q;

        if (at->row->floor == 0 || at->row->floor == at->apartment->floor)
                return;
        ExchangeDifference *difference = difference_add(at, ITEM_FLOOR);
        difference->floor = at->row->floor;
        difference->ours = arena_printf(q->arena, "%lld", (long long) at->apartment->floor);
        difference->theirs = arena_printf(q->arena, "%lld", (long long) at->row->floor);
}

int exchange_owners_same(Request *q, Id apartment, const ExchangePushOwner *owners, size_t n) {
        Ownership *holders;
        size_t n_holders;
        int r = ownership_current(q, apartment, &holders, &n_holders);

        if (r < 0 || n_holders != n)
                return r < 0 ? r : 0;
        for (size_t i = 0; i < n; i++) {
                bool held = false;
                Owner owner;
                r = owner_find(q, owners[i].id_number, &owner);
                if (r < 0)
                        return r == -ENOENT ? 0 : r;
                for (size_t j = 0; j < n; j++)
                        held |= holders[j].owner_id.value == owner.head.id.value &&
                                holders[j].share_numerator * owners[i].share_denominator ==
                                        owners[i].share_numerator * holders[j].share_denominator;
                int named = held ? owner_named(q, &owner, owners[i].name) : 0;
                if (named <= 0)
                        return named;
        }
        return 1;
}

static const char *owners_fault(Request *q, const ExchangeRow *row) {
        const ExchangePushOwner *owners = row->owners.rows;
        Share shares[BUILDING_TABLE_OWNERS_MAX];

        if (row->owners.n == 0)
                return "essential.owners_missing";
        if (row->owners.n > BUILDING_TABLE_OWNERS_MAX)
                return "essential.owners_too_many";
        if (row->registered_on.ymd > q->today.ymd)
                return "essential.date_future";
        for (size_t i = 0; i < row->owners.n; i++) {
                const char *fault = owner_number_fault(owners[i].id_number, owners[i].kind, q->today);
                if (fault)
                        return fault;
                for (size_t j = 0; j < i; j++)
                        if (text_equal(owners[i].id_number, owners[j].id_number))
                                return "essential.owner_twice";
                shares[i] = (Share){ owners[i].share_numerator, owners[i].share_denominator };
        }
        return shares_whole(shares, row->owners.n) ? NULL : "essential.shares_not_one";
}

/* Names stay out of the texts: how many there are is said, who they are is sealed beside it. */
static int owners_differ(const Current *at) {
        Request *q = at->c->q;
        Ownership *holders;
        size_t n;
        int same = exchange_owners_same(q, at->apartment->head.id, at->row->owners.rows, at->row->owners.n);
        int r = same < 0 ? same : ownership_current(q, at->apartment->head.id, &holders, &n);

        if (r < 0 || same > 0)
                return r;
        ExchangeDifference *difference = difference_add(at, ITEM_OWNERS);
        difference->ours = arena_printf(q->arena, "%zu", n);
        difference->theirs = arena_printf(q->arena, "%zu", at->row->owners.n);
        if (difference->effective_on.ymd == 0)
                difference->effective_on = q->today;
        return 0;
}

static void apartment_missing(const Current *at) {
        const ExchangeRow *row = at->row;

        if (at->c->push->kind != EXCHANGE_BUILDING_TABLE) {
                row_at_fault(at, "essential.exchange_no_apartment");
                return;
        }
        if (text_empty(row->area_name) || text_empty(row->building) || text_empty(row->room_number)) {
                row_at_fault(at, "essential.exchange_no_place");
                return;
        }
        if (row->covered_area.centi_m2 == 0) {
                row_at_fault(at, "essential.exchange_area_missing");
                return;
        }
        ExchangeDifference *difference = difference_add(at, ITEM_APARTMENT);
        difference->area_name = row->area_name;
        difference->building = row->building;
        difference->unit = row->unit;
        difference->room_number = row->room_number;
        difference->floor = row->floor;
        difference->theirs_area = row->covered_area;
        difference->inner_area = row->inner_area;
        difference->use_code = text_empty(row->use_code) ? HOME_USE : row->use_code;
        difference->theirs = area_text(at->c->q, row->covered_area);
        at->c->receipt.rows_unmatched++;
}

static int row_fault(const Comparison *c, const ExchangeRow *row, const Apartment *apartment, const char **ret) {
        const char *use = !text_empty(row->use_code) ? row->use_code
                          : apartment                ? apartment->use_code
                                                     : HOME_USE;
        Area covered = row->covered_area, inner = row->inner_area;

        if (c->push->kind == EXCHANGE_OWNERSHIP) {
                *ret = owners_fault(c->q, row);
                return 0;
        }
        int known = code_known(c->q, "house_use", use);
        if (covered.centi_m2 == 0 && apartment)
                covered = apartment->covered_area;
        *ret = known == 0              ? "essential.use_unknown"
               : covered.centi_m2 > 0 ? apartment_area_fault(covered, inner, use)
                                       : NULL;
        return known < 0 ? known : 0;
}

static int row_compare(Comparison *c, size_t index) {
        const ExchangeRow *row = &((const ExchangeRow *) c->push->rows.rows)[index];
        Apartment apartment;
        const char *fault = NULL;
        size_t before = c->n;
        int found = exchange_apartment(c->q, row, &apartment, &fault), r = 0;
        Current at = { c, row, index, found == 0 ? &apartment : NULL };

        if (found < 0 && found != -ENOENT)
                return found;
        if (!fault)
                r = row_fault(c, row, at.apartment, &fault);
        if (r < 0)
                return r;
        if (fault)
                row_at_fault(&at, fault);
        else if (found == -ENOENT)
                apartment_missing(&at);
        else {
                text_differs(&at, ITEM_UNIT_CODE, apartment.real_estate_unit_code, row->unit_code);
                if (c->push->kind != EXCHANGE_OWNERSHIP) {
                        areas_differ(&at);
                }
                if (c->push->kind == EXCHANGE_BUILDING_TABLE) {
                        floor_differs(&at);
                        text_differs(&at, ITEM_USE, apartment.use_code, row->use_code);
                }
                if (c->push->kind == EXCHANGE_OWNERSHIP)
                        r = owners_differ(&at);
                if (c->n == before)
                        c->receipt.rows_unchanged++;
                else
                        c->receipt.rows_different++;
        }
        c->receipt.rows_total++;
        return r;
}

int exchange_compare(Comparison *c) {
        size_t n = c->push->rows.n;
        int r = 0;

        c->found = ARENA_ARRAY(c->q->arena, ExchangeDifference, n * EXCHANGE_ITEMS_OF_ROW);
        c->rows = ARENA_ARRAY(c->q->arena, const ExchangeRow *, n *EXCHANGE_ITEMS_OF_ROW);
        if (!c->found || !c->rows)
                return -ENOMEM;
        for (size_t i = 0; r == 0 && i < n; i++)
                r = row_compare(c, i);
        c->receipt.differences = (int64_t) c->n;
        return r;
}
