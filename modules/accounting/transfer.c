/* SPDX-License-Identifier: Apache-2.0 */
/* Housing is split, merged or moved (4.2.1.4): balances follow by a transfer between households, principal
 * and interest apart and each conserved to the fen. No ledger account moves. */

#include <stdio.h>
#include <string.h>

#include <essential/housing_change.h>
#include <node/money.h>
#include <node/text.h>

#include "accounting-domain.h"
#include "accounting-query.h"
#include "accounting-records.h"
#include "opening/opening-records.h"

#define COMPUTATION_MAX 200
#define PARTS 2
#define UNIT_NONE "-" /* the unit of a building without units */

typedef struct Transfer {
        const HousingEffect *effect;
        const PropertyArea *area;
        HouseholdLine *lines;
        size_t n_lines;
        TransferShare *shares;
        size_t n_shares, shares_max;
} Transfer;

bool voucher_is_transfer(const Voucher *voucher) {
        return text_equal(voucher->source, VOUCHER_SOURCE_SPLIT) ||
               text_equal(voucher->source, VOUCHER_SOURCE_MERGE) ||
               text_equal(voucher->source, VOUCHER_SOURCE_MOVE);
}

/* "5,000.01 × 60.00 ÷ 100.37 = 2,988.9469" */
static void computation_format(Money total, Area weight, Area sum, const BalanceShare *share, char *ret) {
        char amount[MONEY_TEXT_MAX], part[AREA_TEXT_MAX], whole[AREA_TEXT_MAX], quotient[MONEY_TEXT_MAX];
        Money yuan = { share->ten_thousandths / 10000 * 100 };

        money_format_grouped(total, amount);
        if (weight.centi_m2 == sum.centi_m2) {
                snprintf(ret, COMPUTATION_MAX, "%s", amount);
                return;
        }
        area_format(weight, part);
        area_format(sum, whole);
        money_format_grouped(yuan, quotient);
        quotient[strlen(quotient) - strlen(".00")] = '\0';
        snprintf(ret, COMPUTATION_MAX, "%s × %s ÷ %s = %s.%04d", amount, part, whole, quotient,
                (int) (share->ten_thousandths % 10000));
}

static void line_add(Request *q, Transfer *transfer, const Apartment *apartment, Part part, Money amount) {
        if (amount.fen == 0)
                return;
        transfer->lines[transfer->n_lines++] = (HouseholdLine){
                .apartment = apartment->head.id,
                .property_area = apartment->property_area_id,
                .phase = transfer->area->phase,
                .control = transfer->area->nature == NATURE_PUBLIC ? ACCOUNT_FUND_PUBLIC
                                                                   : ACCOUNT_FUND_COMMODITY,
                .part = part,
                .amount = amount,
                .business_date = q->today,
                .value_date = q->today,
        };
}

/* What one old apartment had of one part goes to the new ones by their areas. */
static int part_share(Request *q, Transfer *transfer, const Apartment *old, Part part, Money total) {
        const HousingEffect *effect = transfer->effect;
        int64_t weights[BALANCE_SHARES_MAX];
        BalanceShare shares[BALANCE_SHARES_MAX];
        Area sum = { 0 };
        int r = 0;

        if (effect->n_after > BALANCE_SHARES_MAX)
                return -E2BIG;
        for (size_t i = 0; r == 0 && i < effect->n_after; i++) {
                weights[i] = effect->after[i].covered_area.centi_m2;
                r = area_add(sum, effect->after[i].covered_area, &sum);
        }
        if (r == 0)
                r = balance_share(total, weights, effect->n_after, shares);
        for (size_t i = 0; r == 0 && i < effect->n_after; i++) {
                char *text = arena_alloc(q->arena, COMPUTATION_MAX);
                if (!text || transfer->n_shares == transfer->shares_max)
                        return text ? -E2BIG : -ENOMEM;
                computation_format(total, effect->after[i].covered_area, sum, &shares[i], text);
                transfer->shares[transfer->n_shares++] = (TransferShare){
                        .change_id = effect->change.head.id,
                        .from_apartment_id = old->head.id,
                        .to_apartment_id = effect->after[i].head.id,
                        .part = part,
                        .total = total,
                        .weight = effect->after[i].covered_area,
                        .weight_total = sum,
                        .floor_share = shares[i].floor_share,
                        .remainder = shares[i].remainder,
                        .rank = shares[i].rank,
                        .extra_fen = shares[i].amount.fen != shares[i].floor_share.fen,
                        .amount = shares[i].amount,
                        .computation = text,
                };
        }
        return r;
}

static int old_share(Request *q, Transfer *transfer, const Apartment *old) {
        HouseholdBalance balance;
        int r = household_load(q, old->head.id, &balance);

        for (int part = 0; r == 0 && part < PARTS; part++) {
                Money total = part == PART_INTEREST ? balance.interest : balance.principal;
                if (total.fen == 0)
                        continue;
                line_add(q, transfer, old, (Part) part, (Money){ 0 - total.fen });
                r = part_share(q, transfer, old, (Part) part, total);
        }
        return r;
}

/* One entry for what a new household gains of each part, after everything has gone out. */
static int gains_add(Request *q, Transfer *transfer) {
        const HousingEffect *effect = transfer->effect;

        for (size_t i = 0; i < effect->n_after; i++)
                for (int part = 0; part < PARTS; part++) {
                        Money gain = money_zero();
                        for (size_t k = 0; k < transfer->n_shares; k++) {
                                const TransferShare *share = &transfer->shares[k];
                                int r = share->part == part && share->to_apartment_id.value ==
                                                                       effect->after[i].head.id.value
                                                ? money_add(gain, share->amount, &gain)
                                                : 0;
                                if (r < 0)
                                        return r;
                        }
                        line_add(q, transfer, &effect->after[i], (Part) part, gain);
                }
        return 0;
}

/* Building, unit, room: as people look for it. */
static int household_name(Request *q, const Apartment *apartment, const char **ret) {
        Building building;
        Unit unit;
        int r = record_load(q, &record_building, apartment->building_id, &building);

        if (r == 0)
                r = record_load(q, &record_unit, apartment->unit_id, &unit);
        if (r < 0)
                return r;
        *ret = text_equal(unit.name, UNIT_NONE)
                       ? arena_printf(q->arena, "%s-%s", building.name, apartment->room_number)
                       : arena_printf(q->arena, "%s-%s-%s", building.name, unit.name, apartment->room_number);
        return *ret ? 0 : -ENOMEM;
}

/* Money that is owed cannot move: whoever has to see to it is told which household it is. */
static int owing_refuse(Request *q, const Apartment *apartment, const HouseholdBalance *balance) {
        char amount[MONEY_TEXT_MAX];
        const char *name;

        if (balance->principal.fen >= 0 && balance->interest.fen >= 0)
                return 0;
        int r = household_name(q, apartment, &name);
        if (r < 0)
                return r;
        money_format_grouped(balance->principal.fen < 0 ? balance->principal : balance->interest, amount);
        return refuse(q, "accounting.balance_negative", NULL, name, amount, NULL);
}

/* The same household in another area: out there, in here. */
static int moves_add(Request *q, Transfer *transfer) {
        const HousingEffect *effect = transfer->effect;

        for (size_t i = 0; i < effect->n_before; i++) {
                HouseholdBalance balance;
                if (effect->before[i].property_area_id.value == effect->after[i].property_area_id.value)
                        continue;
                int r = household_load(q, effect->before[i].head.id, &balance);
                if (r == 0)
                        r = owing_refuse(q, &effect->before[i], &balance);
                if (r < 0)
                        return r;
                line_add(q, transfer, &effect->before[i], PART_PRINCIPAL,
                        (Money){ 0 - balance.principal.fen });
                line_add(
                        q, transfer, &effect->before[i], PART_INTEREST, (Money){ 0 - balance.interest.fen });
                line_add(q, transfer, &effect->after[i], PART_PRINCIPAL, balance.principal);
                line_add(q, transfer, &effect->after[i], PART_INTEREST, balance.interest);
        }
        return 0;
}

static int transfer_post(Request *q, Transfer *transfer, const char *source, EffectOutput *output) {
        const HousingChange *change = &transfer->effect->change;
        VoucherDraft draft = {
                .source = source,
                .source_id = change->head.id,
                .reference = change->change_number,
                .prepared_by = change->requested_by,
                .households = transfer->lines,
                .n_households = transfer->n_lines,
        };
        Voucher voucher;
        int r;

        if (transfer->n_lines == 0)
                return 0;
        r = accounting_book(q, (Nature) transfer->area->nature, &draft.book);
        if (r == 0)
                r = accounting_date(q, draft.book, q->today, &draft.accounting_date);
        if (r == 0)
                r = accounting_post(q, &draft, &voucher);
        for (size_t i = 0; r == 0 && i < transfer->n_shares; i++) {
                transfer->shares[i].voucher_id = voucher.head.id;
                r = record_insert(q, &record_transfer_share, &transfer->shares[i]);
        }
        if (r < 0)
                return r;
        output->voucher_id = voucher.head.id;
        output->month = voucher.month;
        output->number = voucher.number;
        output->amount = voucher.amount;
        return 0;
}

static int balances_follow(Request *q, const HousingEffect *effect, EffectOutput *output) {
        const char *source = effect->moved                         ? VOUCHER_SOURCE_MOVE
                             : effect->change.kind == CHANGE_SPLIT ? VOUCHER_SOURCE_SPLIT
                                                                   : VOUCHER_SOURCE_MERGE;
        size_t shares_max = PARTS * effect->n_before * effect->n_after;
        PropertyArea area;
        Transfer transfer = {
                .effect = effect,
                .area = &area,
                .lines = ARENA_ARRAY(
                        q->arena, HouseholdLine, 2 * PARTS * (effect->n_before + effect->n_after)),
                .shares = effect->moved ? NULL : ARENA_ARRAY(q->arena, TransferShare, shares_max),
                .shares_max = shares_max,
        };
        int r = record_load(q, &record_property_area, effect->change.property_area_id, &area);

        if (r < 0)
                return r;
        if (!transfer.lines || (!effect->moved && !transfer.shares))
                return -ENOMEM;
        if (effect->moved)
                r = moves_add(q, &transfer);
        for (size_t i = 0; r == 0 && !effect->moved && i < effect->n_before; i++)
                r = old_share(q, &transfer, &effect->before[i]);
        if (r == 0 && !effect->moved)
                r = gains_add(q, &transfer);
        return r < 0 ? r : transfer_post(q, &transfer, source, output);
}

static int effect_follow(Request *q, const HousingEffect *effect, EffectOutput *output) {
        int r = effect->n_after > 0 ? balances_follow(q, effect, output) : 0;

        if (r == 0)
                r = essential_housing_change_done(q, effect);
        output->change_id = effect->change.head.id;
        output->remaining = effect->remaining;
        return r;
}

int run_effect_housing_change(Request *q, const void *input, void *ret_output) {
        const EffectInput *in = input;
        EffectOutput output = { 0 };
        HousingEffect effect;
        int r = essential_housing_change_effect(q, in->change_id, &effect);

        if (r == 0)
                r = effect_follow(q, &effect, &output);
        if (r == 0)
                *(EffectOutput *) ret_output = output;
        return r;
}

int run_continue_housing_change(Request *q, const void *input, void *ret_output) {
        const EffectInput *in = input;
        EffectOutput output = { 0 };
        HousingEffect effect;
        int r = essential_housing_change_move(q, in->change_id, &effect);

        if (r == 0)
                r = effect_follow(q, &effect, &output);
        if (r == 0)
                *(EffectOutput *) ret_output = output;
        return r;
}

/* Money that is left stands against an extinction, money that is owed against a split or merge. */
int household_changing_hear(Request *q, const void *event) {
        const HousingChanging *changing = event;
        HouseholdBalance balance;
        char amount[MONEY_TEXT_MAX];
        OpeningBatch opening;
        Money sum;
        int r = opening_waits(q, changing->apartment_id, &opening);

        if (r > 0)
                return refuse(q, "accounting.opening_waiting", NULL, changing->name, opening.number, NULL);
        if (r == 0)
                r = household_load(q, changing->apartment_id, &balance);
        if (r == 0)
                r = money_add(balance.principal, balance.interest, &sum);
        if (r < 0)
                return r;
        money_format_grouped(sum, amount);
        if (changing->kind == CHANGE_EXTINCTION && (balance.principal.fen != 0 || balance.interest.fen != 0))
                return refuse(q, "accounting.balance_left", NULL, changing->name, amount, NULL);
        if (changing->kind != CHANGE_EXTINCTION && (balance.principal.fen < 0 || balance.interest.fen < 0))
                return refuse(q, "accounting.balance_negative", NULL, changing->name, amount, NULL);
        return 0;
}
