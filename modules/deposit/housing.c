/* SPDX-License-Identifier: Apache-2.0 */
/* Housing is split, merged or moved (4.2.1.4): what was owed and paid follows it. No money moves here;
 * accounting has moved the balances in the same transaction. */

#include <essential/housing_change.h>
#include <node/date.h>
#include <node/money.h>

#include "deposit-domain.h"
#include "deposit-query.h"
#include "deposit-records.h"

typedef struct Household {
        Id id;
        int64_t weight;
        Money owed, paid;
        Area assessed;
        int64_t owes, has_paid; /* households it counts for */
} Household;

/* 1 and the oldest that is open, 0 when there is none. */
static int notice_open(Request *q, Id apartment, PaymentNotice *ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r = tx_query(q->tx, &deposit_notices_open,
                SQL_ARGS(value_integer(q->office), value_id(apartment)), &rows);

        if (r >= 0)
                r = rows_next(rows);
        if (r <= 0)
                return r;
        r = record_from_rows(&record_payment_notice, rows, q->arena, ret);
        return r < 0 ? r : 1;
}

/* The number stays. One is issued at a time, but each reversed payment opens its own again. */
int notices_void(Request *q, Id apartment) {
        PaymentNotice notice;
        int r;

        while ((r = notice_open(q, apartment, &notice)) > 0) {
                r = document_step(q, &record_payment_notice, &notice);
                if (r < 0)
                        return r;
        }
        return r;
}

int housing_changing_hear(Request *q, const void *event) {
        const HousingChanging *changing = event;
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r = tx_query(q->tx, &deposit_payment_waiting,
                SQL_ARGS(value_integer(q->office), value_id(changing->apartment_id)), &rows);

        if (r >= 0)
                r = rows_next(rows);
        if (r > 0)
                return refuse(q, "deposit.payment_waiting", NULL, changing->name, rows_text(rows, 1), NULL);
        if (r < 0 || changing->change_id.value == 0)
                return r;
        return notices_void(q, changing->apartment_id);
}

static int ids_load(Request *q, const Query *query, Id change, Household **ret, size_t *ret_n) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        Household *households = ARENA_ARRAY(q->arena, Household, CHANGE_OBJECTS_MAX);
        size_t n = 0;
        int r = households
                        ? tx_query(q->tx, query, SQL_ARGS(value_integer(q->office), value_id(change)), &rows)
                        : -ENOMEM;

        while (r >= 0 && (r = rows_next(rows)) > 0) {
                if (n == CHANGE_OBJECTS_MAX)
                        return -E2BIG;
                households[n++] = (Household){
                        .id = { rows_integer(rows, 0) },
                        .weight = rows_columns(rows) > 1 ? rows_integer(rows, 1) : 0,
                };
        }
        *ret = households;
        *ret_n = n;
        return r < 0 ? r : 0;
}

static int position_load(Request *q, Household *household) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int r = tx_query(q->tx, &deposit_position_of,
                SQL_ARGS(value_integer(q->office), value_id(household->id)), &rows);

        if (r >= 0)
                r = rows_next(rows);
        if (r <= 0)
                return r;
        household->owed.fen = rows_integer(rows, 0);
        household->paid.fen = rows_integer(rows, 1);
        household->owes = rows_integer(rows, 2);
        household->has_paid = rows_integer(rows, 3);
        household->assessed.centi_m2 = rows_integer(rows, 4);
        return 0;
}

/* What an opening brought was owed for the whole of it: no part of it is assessed a second time. */
static void assessed_whole(Household *household) {
        if (household->owes > 0 && household->assessed.centi_m2 == 0)
                household->assessed.centi_m2 = household->weight;
}

/* sign -1: the old one loses what it had; +1: the new one gains. */
static int transfer_keep(Request *q, Id change, const Household *household, int sign) {
        Apartment apartment;
        PropertyArea area;
        int r = record_load(q, &record_apartment, household->id, &apartment);

        if (r == 0)
                r = record_load(q, &record_property_area, apartment.property_area_id, &area);
        if (r < 0)
                return r;
        PositionTransfer row = {
                .change_id = change,
                .apartment_id = household->id,
                .property_area_id = apartment.property_area_id,
                .building_id = apartment.building_id,
                .owed = { sign * household->owed.fen },
                .paid = { sign * household->paid.fen },
                .covered_area = { sign * household->assessed.centi_m2 },
                .households = sign * household->owes,
                .households_paid = sign * household->has_paid,
                .transferred_on = q->today,
                .nature = area.nature,
                .phase = area.phase,
        };
        FactKey key = essential_fact_key(date_year_month(q->today), area.nature, area.phase);
        r = record_insert(q, &record_position_transfer, &row);
        if (r < 0)
                return r;
        DepositPosition delta = {
                .head.id = row.apartment_id,
                .property_area_id = row.property_area_id,
                .building_id = row.building_id,
                .owed = row.owed,
                .paid = row.paid,
        };
        r = position_add(q, &delta, row.head.chain_seq);
        if (r == 0)
                r = fact_add(q, &deposit_households, key, row.households);
        return r < 0 ? r : fact_add(q, &deposit_households_paid, key, row.households_paid);
}

static int apportion(Money total, const Household *news, size_t n, Money *ret) {
        int64_t weights[CHANGE_OBJECTS_MAX];

        for (size_t i = 0; i < n; i++)
                weights[i] = news[i].weight;
        return n > 0 ? money_apportion(total, weights, n, ret) : 0;
}

/* What one old household owed, had paid and was assessed for goes to the new ones by their areas. */
static int shares_give(const Household *old, Household *news, size_t n) {
        Money owed[CHANGE_OBJECTS_MAX], paid[CHANGE_OBJECTS_MAX], assessed[CHANGE_OBJECTS_MAX];
        int r = apportion(old->owed, news, n, owed);

        if (r == 0)
                r = apportion(old->paid, news, n, paid);
        if (r == 0) /* areas are whole hundredths as money is: none of them is lost either */
                r = apportion((Money){ old->assessed.centi_m2 }, news, n, assessed);
        for (size_t i = 0; r == 0 && i < n; i++) {
                r = money_add(news[i].owed, owed[i], &news[i].owed);
                if (r == 0)
                        r = money_add(news[i].paid, paid[i], &news[i].paid);
                if (r == 0)
                        r = area_add(news[i].assessed, (Area){ assessed[i].fen }, &news[i].assessed);
                news[i].owes |= old->owes > 0;
                news[i].has_paid |= old->has_paid > 0;
        }
        return r;
}

int housing_changed_hear(Request *q, const void *event) {
        const HousingChanged *changed = event;
        Household *olds, *news;
        size_t n_olds, n_news;
        bool known = false;
        int r;

        if (changed->level == LEVEL_AREA && changed->kind != CHANGE_EXTINCTION)
                return standards_follow(q, changed->change_id);
        if (changed->level != LEVEL_APARTMENT || changed->kind == CHANGE_EXTINCTION)
                return 0;
        r = ids_load(q, &deposit_change_olds, changed->change_id, &olds, &n_olds);
        if (r == 0)
                r = ids_load(q, &deposit_change_news, changed->change_id, &news, &n_news);
        for (size_t i = 0; r == 0 && i < n_olds; i++) {
                r = position_load(q, &olds[i]);
                assessed_whole(&olds[i]);
                if (r == 0)
                        r = shares_give(&olds[i], news, n_news);
                known |= olds[i].owes != 0 || olds[i].owed.fen != 0 || olds[i].paid.fen != 0;
        }
        for (size_t i = 0; r == 0 && known && i < n_olds; i++)
                r = transfer_keep(q, changed->change_id, &olds[i], -1);
        for (size_t i = 0; r == 0 && known && i < n_news; i++)
                r = transfer_keep(q, changed->change_id, &news[i], 1);
        return r;
}

int apartment_moved_hear(Request *q, const void *event) {
        const ApartmentMoved *moved = event;

        return tx_exec(q->tx, &deposit_position_place,
                SQL_ARGS(value_integer(q->office), value_id(moved->apartment_id),
                        value_id(moved->property_area_id), value_id(moved->building_id)),
                NULL);
}
