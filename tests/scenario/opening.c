/* SPDX-License-Identifier: Apache-2.0 */
/* Why: worked examples need households with interest and odd cents; both come through accounting_post()
 * here, as they would from any module above accounting. */

#include <accounting/accounting.h>
#include <node/money.h>

#include "opening.h"

typedef struct Opening {
#define FIELD FIELD_MEMBER
#include "opening.def"
#undef FIELD
} Opening;

static const Field opening_fields[] = {
#define FIELD(name, kind, ...) FIELD_ROW(Opening, name, kind, __VA_ARGS__)
#include "opening.def"
#undef FIELD
};
static const Record record_opening = {
        .name = "opening.opening",
        .label = "期初余额",
        .shape = SHAPE_VALUE,
        RECORD_FIELDS(opening_fields, Opening),
};

static int run_post(Request *q, const void *input, void *ret_output) {
        const Opening *in = input;
        VoucherLine lines[2] = { { ACCOUNT_BANK, SIDE_DEBIT, { 0 }, { 0 } },
                { ACCOUNT_FUND_COMMODITY, SIDE_CREDIT, { 0 }, { 0 } } };
        const Money parts[2] = { in->principal, in->interest };
        HouseholdLine households[2];
        VoucherDraft draft = {
                .source = "09",
                .accounting_date = q->today,
                .prepared_by = in->prepared_by,
                .lines = lines,
                .n_lines = 2,
                .households = households,
        };
        Apartment apartment;
        Voucher voucher;
        int r = record_load(q, &record_apartment, in->apartment_id, &apartment);

        if (r == 0)
                r = accounting_book(q, NATURE_COMMODITY, &draft.book);
        if (r == 0)
                r = accounting_bank_account(
                        q, draft.book, apartment.property_area_id, &lines[0].bank_account);
        if (r == 0)
                r = money_add(in->principal, in->interest, &lines[0].amount);
        if (r < 0)
                return r;
        lines[1].amount = lines[0].amount;
        for (int i = 0; i < 2; i++)
                if (parts[i].fen != 0)
                        households[draft.n_households++] = (HouseholdLine){
                                .apartment = in->apartment_id,
                                .property_area = apartment.property_area_id,
                                .control = ACCOUNT_FUND_COMMODITY,
                                .part = (Part) i,
                                .amount = parts[i],
                                .business_date = q->today,
                                .value_date = q->today,
                        };
        return accounting_post(q, &draft, &voucher);
}

static const Command command_post = {
        .name = "opening.post",
        .label = "期初余额",
        .clause = "8.2.2",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .input = &record_opening,
        .run = run_post,
};
static const Command *const commands[] = { &command_post, NULL };
static const Record *const records[] = { &record_opening, NULL };

const Module module_opening = {
        .name = "opening",
        .label = "期初",
        .clause = "8",
        .capabilities = CAPABILITY_BUSINESS,
        .records = records,
        .commands = commands,
};
