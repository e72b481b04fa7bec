/* SPDX-License-Identifier: Apache-2.0 */
/* Why: what makes a voucher sound is decided here once, before anything is written. */

#include <node/error.h>
#include <node/money.h>

#include "accounting-domain.h"

const ChartAccount accounting_chart[CHART_ACCOUNTS + 1] = {
#define ACCOUNT(code, name, element, normal_side) { code, name, element, normal_side },
#include "chart.def"
#undef ACCOUNT
        { 0 },
};

const char *const accounting_controls[] = { ACCOUNT_FUND_COMMODITY, ACCOUNT_FUND_PUBLIC,
        ACCOUNT_DEPOSIT_INCOME, ACCOUNT_REPAIR, ACCOUNT_RETURN, NULL };

bool account_is_control(const char *code) {
        for (size_t i = 0; accounting_controls[i]; i++)
                if (text_equal(accounting_controls[i], code))
                        return true;
        return false;
}

int lines_sum(const VoucherLine *lines, size_t n, Side side, Money *ret) {
        Money sum = money_zero();

        for (size_t i = 0; i < n; i++) {
                if (lines[i].side != side)
                        continue;
                int r = money_add(sum, lines[i].amount, &sum);
                if (r < 0)
                        return r;
        }
        *ret = sum;
        return 0;
}

int lines_gain(const VoucherLine *lines, size_t n, const char *account, Money *ret) {
        Money sum = money_zero();

        for (size_t i = 0; i < n; i++) {
                int r = 0;
                if (!text_equal(lines[i].account, account))
                        continue;
                if (lines[i].side == SIDE_CREDIT)
                        r = money_add(sum, lines[i].amount, &sum);
                else
                        r = money_subtract(sum, lines[i].amount, &sum);
                if (r < 0)
                        return r;
        }
        *ret = sum;
        return 0;
}

int households_gain(const HouseholdLine *lines, size_t n, const char *control, Money *ret) {
        Money sum = money_zero();

        for (size_t i = 0; i < n; i++) {
                if (!text_equal(lines[i].control, control))
                        continue;
                int r = money_add(sum, lines[i].amount, &sum);
                if (r < 0)
                        return r;
        }
        *ret = sum;
        return 0;
}

int households_moved(const HouseholdLine *lines, size_t n, Money *ret) {
        Money sum = money_zero();

        for (size_t i = 0; i < n; i++) {
                int r = lines[i].amount.fen > 0 ? money_add(sum, lines[i].amount, &sum) : 0;
                if (r < 0)
                        return r;
        }
        *ret = sum;
        return 0;
}

int balance_share(Money total, const int64_t *weights, size_t n, BalanceShare *ret) {
        Money shares[BALANCE_SHARES_MAX];
        __int128 sum = 0;
        int r;

        if (n == 0 || n > BALANCE_SHARES_MAX || total.fen < 0)
                return -EINVAL;
        r = money_apportion(total, weights, n, shares);
        if (r < 0)
                return r;
        for (size_t i = 0; i < n; i++)
                sum += weights[i];
        for (size_t i = 0; i < n; i++) {
                __int128 product = (__int128) total.fen * weights[i];
                ret[i] = (BalanceShare){
                        .floor_share = { (int64_t) (product / sum) },
                        .remainder = (int64_t) (product % sum),
                        .rank = 1,
                        .amount = shares[i],
                        .ten_thousandths = (int64_t) ((product * 200 + sum) / (2 * sum)),
                };
        }
        for (size_t i = 0; i < n; i++)
                for (size_t k = 0; k < n; k++)
                        ret[i].rank += ret[k].remainder > ret[i].remainder ||
                                       (ret[k].remainder == ret[i].remainder && k < i);
        return 0;
}

static bool line_sound(const VoucherLine *line) {
        bool bank = text_equal(line->account, ACCOUNT_BANK);

        return !text_empty(line->account) && line->amount.fen != 0 &&
               bank == (line->bank_account.value != 0);
}

static bool household_sound(const HouseholdLine *line) {
        return account_is_control(line->control) && line->amount.fen != 0 && line->apartment.value != 0 &&
               line->property_area.value != 0;
}

/* Without household lines money may move between control accounts (closing 4001 into 3001), not in or out of
 * them. */
static DraftFinding controls_moved(const VoucherLine *lines, size_t n_lines) {
        DraftFinding finding = { .fault = DRAFT_CONTROL };
        Money gain;

        for (size_t i = 0; accounting_controls[i]; i++)
                if (lines_gain(lines, n_lines, accounting_controls[i], &gain) < 0 ||
                        money_add(finding.left, gain, &finding.left) < 0)
                        return (DraftFinding){ .fault = DRAFT_OVERFLOW };
        return finding.left.fen == 0 ? (DraftFinding){ .fault = DRAFT_SOUND } : finding;
}

void draft_check(const VoucherLine *lines, size_t n_lines, const HouseholdLine *households,
        size_t n_households, DraftFinding *ret) {
        DraftFinding finding = { 0 };

        *ret = (DraftFinding){ .fault = DRAFT_SIZE };
        if (n_lines == 1 || n_lines > VOUCHER_LINES_MAX || n_households > VOUCHER_HOUSEHOLDS_MAX)
                return;
        /* Without lines it is a transfer between households: no account moves. */
        if (n_lines == 0 && n_households < 2)
                return;
        for (size_t i = 0; i < n_lines; i++) {
                *ret = (DraftFinding){ .fault = DRAFT_LINE, .at = i };
                if (!line_sound(&lines[i]))
                        return;
        }
        for (size_t i = 0; i < n_households; i++) {
                *ret = (DraftFinding){ .fault = DRAFT_LINE, .at = n_lines + i };
                if (!household_sound(&households[i]))
                        return;
        }
        *ret = (DraftFinding){ .fault = DRAFT_OVERFLOW };
        finding.fault = DRAFT_BALANCE;
        if (lines_sum(lines, n_lines, SIDE_DEBIT, &finding.left) < 0 ||
                lines_sum(lines, n_lines, SIDE_CREDIT, &finding.right) < 0)
                return;
        if (finding.left.fen != finding.right.fen) {
                *ret = finding;
                return;
        }
        if (n_households == 0) {
                *ret = controls_moved(lines, n_lines);
                return;
        }
        finding.fault = DRAFT_CONTROL;
        for (finding.at = 0; accounting_controls[finding.at]; finding.at++) {
                const char *control = accounting_controls[finding.at];
                if (lines_gain(lines, n_lines, control, &finding.left) < 0 ||
                        households_gain(households, n_households, control, &finding.right) < 0)
                        return;
                if (finding.left.fen != finding.right.fen) {
                        *ret = finding;
                        return;
                }
        }
        *ret = (DraftFinding){ .fault = DRAFT_SOUND };
}

bool month_valid(int64_t month) {
        return month >= 199801 && month <= 219912 && month % 100 >= 1 && month % 100 <= 12;
}
