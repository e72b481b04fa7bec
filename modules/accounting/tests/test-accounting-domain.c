/* SPDX-License-Identifier: Apache-2.0 */
/* Tables for the rules of double entry. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "accounting-domain.h"

#define BANK                                                                                                \
        { 9 }

static DraftFinding check(
        const VoucherLine *lines, size_t n, const HouseholdLine *households, size_t n_households) {
        DraftFinding finding;

        draft_check(lines, n, households, n_households, &finding);
        return finding;
}

static const HouseholdLine gain = {
        .apartment = { 1 }, .property_area = { 2 }, .control = "4001", .amount = { 714960 }
};

static void chart_has_16_accounts(void **state) {
        size_t n = 0;

        for (; accounting_chart[n].code; n++)
                if (n > 0)
                        assert_true(strcmp(accounting_chart[n - 1].code, accounting_chart[n].code) < 0);
        assert_int_equal(n, CHART_ACCOUNTS);
        for (size_t i = 0; accounting_controls[i]; i++)
                assert_true(account_is_control(accounting_controls[i]));
        assert_false(account_is_control("1001"));
        assert_false(account_is_control("3101"));
}

static void balanced_draft_is_sound(void **state) {
        const VoucherLine lines[] = { { "1001", SIDE_DEBIT, { 714960 }, BANK },
                { "4001", SIDE_CREDIT, { 714960 }, { 0 } } };

        assert_int_equal(check(lines, 2, &gain, 1).fault, DRAFT_SOUND);
}

static void debits_must_equal_credits(void **state) {
        const VoucherLine lines[] = { { "1001", SIDE_DEBIT, { 714961 }, BANK },
                { "4001", SIDE_CREDIT, { 714960 }, { 0 } } };
        DraftFinding finding = check(lines, 2, &gain, 1);

        assert_int_equal(finding.fault, DRAFT_BALANCE);
        assert_int_equal(finding.left.fen, 714961);
        assert_int_equal(finding.right.fen, 714960);
}

static void households_must_equal_their_control_account(void **state) {
        const VoucherLine lines[] = { { "1001", SIDE_DEBIT, { 714960 }, BANK },
                { "4001", SIDE_CREDIT, { 714960 }, { 0 } } };
        HouseholdLine other = gain;

        assert_int_equal(check(lines, 2, NULL, 0).fault, DRAFT_CONTROL);
        other.amount.fen = 714959;
        assert_int_equal(check(lines, 2, &other, 1).fault, DRAFT_CONTROL);
        other = gain;
        other.control = "3001";
        assert_int_equal(check(lines, 2, &other, 1).fault, DRAFT_CONTROL);
        other.control = "1001";
        assert_int_equal(check(lines, 2, &other, 1).fault, DRAFT_LINE);
}

static void closing_moves_between_control_accounts(void **state) {
        const VoucherLine lines[] = { { "4001", SIDE_DEBIT, { 500 }, { 0 } },
                { "3001", SIDE_CREDIT, { 500 }, { 0 } } };
        const VoucherLine leak[] = { { "4001", SIDE_DEBIT, { 500 }, { 0 } },
                { "3101", SIDE_CREDIT, { 500 }, { 0 } } };

        assert_int_equal(check(lines, 2, NULL, 0).fault, DRAFT_SOUND);
        assert_int_equal(check(leak, 2, NULL, 0).fault, DRAFT_CONTROL);
}

static void repair_is_a_loss(void **state) {
        const VoucherLine lines[] = { { "5001", SIDE_DEBIT, { 1000 }, { 0 } },
                { "1001", SIDE_CREDIT, { 1000 }, BANK } };
        HouseholdLine loss = gain;

        loss.control = "5001";
        loss.amount.fen = -1000;
        assert_int_equal(check(lines, 2, &loss, 1).fault, DRAFT_SOUND);
        loss.amount.fen = 1000;
        assert_int_equal(check(lines, 2, &loss, 1).fault, DRAFT_CONTROL);
}

static void reversal_is_red(void **state) {
        const VoucherLine lines[] = { { "1001", SIDE_DEBIT, { -714960 }, BANK },
                { "4001", SIDE_CREDIT, { -714960 }, { 0 } } };
        HouseholdLine loss = gain;

        loss.amount.fen = -714960;
        assert_int_equal(check(lines, 2, &loss, 1).fault, DRAFT_SOUND);
}

static void lines_need_amount_and_bank_account(void **state) {
        VoucherLine lines[] = { { "1001", SIDE_DEBIT, { 714960 }, { 0 } },
                { "4001", SIDE_CREDIT, { 714960 }, { 0 } } };

        assert_int_equal(check(lines, 2, &gain, 1).fault, DRAFT_LINE);
        lines[0].bank_account.value = 9;
        lines[1].bank_account.value = 9;
        assert_int_equal(check(lines, 2, &gain, 1).at, 1);
        lines[1].bank_account.value = 0;
        lines[1].amount.fen = 0;
        assert_int_equal(check(lines, 2, &gain, 1).fault, DRAFT_LINE);
        assert_int_equal(check(lines, 1, NULL, 0).fault, DRAFT_SIZE);
}

static void sums_do_not_overflow_silently(void **state) {
        const VoucherLine lines[] = { { "1101", SIDE_DEBIT, { INT64_MAX }, { 0 } },
                { "1101", SIDE_DEBIT, { 1 }, { 0 } }, { "3101", SIDE_CREDIT, { 1 }, { 0 } } };

        assert_int_equal(check(lines, 3, NULL, 0).fault, DRAFT_OVERFLOW);
}

static void months(void **state) {
        assert_true(month_valid(202601));
        assert_true(month_valid(202612));
        assert_false(month_valid(202600));
        assert_false(month_valid(202613));
        assert_false(month_valid(20261));
}

/* domain 8.5 and 8.2: what each gets, who is first by remainder, what people read. */
static void balances_are_shared_by_area(void **state) {
        static const struct {
                int64_t total, weights[5];
                size_t n;
                int64_t amounts[5], floors[5], ranks[5], read;
        } cases[] = {
                { 500001, { 6000, 4037 }, 2, { 298895, 201106 }, { 298894, 201106 }, { 1, 2 }, 29889469 },
                { 12345, { 6000, 4037 }, 2, { 7380, 4965 }, { 7379, 4965 }, { 1, 2 }, 737970 },
                { 802960, { 6000, 4037 }, 2, { 480000, 322960 }, { 480000, 322960 }, { 1, 2 }, 48000000 },
                { 10000, { 1, 1, 1 }, 3, { 3334, 3333, 3333 }, { 3333, 3333, 3333 }, { 1, 2, 3 }, 333333 },
                { 1000000, { 8937, 8937, 12055, 6105, 4500 }, 5, { 220482, 220481, 297405, 150614, 111018 },
                        { 220481, 220481, 297404, 150614, 111017 }, { 3, 4, 2, 5, 1 }, 22048157 },
                { 0, { 6000, 4037 }, 2, { 0, 0 }, { 0, 0 }, { 1, 2 }, 0 },
                { 7, { 10037 }, 1, { 7 }, { 7 }, { 1 }, 700 },
        };

        for (size_t i = 0; i < ELEMENTSOF(cases); i++) {
                BalanceShare shares[5];
                assert_int_equal(
                        balance_share((Money){ cases[i].total }, cases[i].weights, cases[i].n, shares), 0);
                for (size_t k = 0; k < cases[i].n; k++) {
                        assert_int_equal(shares[k].amount.fen, cases[i].amounts[k]);
                        assert_int_equal(shares[k].floor_share.fen, cases[i].floors[k]);
                        assert_int_equal(shares[k].rank, cases[i].ranks[k]);
                }
                assert_int_equal(shares[0].ten_thousandths, cases[i].read);
        }
}

static void what_cannot_be_shared(void **state) {
        const int64_t none[] = { 0, 0 }, one[] = { 1 };
        BalanceShare shares[2];

        assert_int_equal(balance_share((Money){ -1 }, one, 1, shares), -EINVAL);
        assert_int_equal(balance_share((Money){ 1 }, none, 2, shares), -EINVAL);
        assert_int_equal(balance_share((Money){ 1 }, one, 0, shares), -EINVAL);
        assert_int_equal(balance_share((Money){ 1 }, one, BALANCE_SHARES_MAX + 1, shares), -EINVAL);
}

static void transfer_moves_no_account(void **state) {
        HouseholdLine lines[] = { gain, gain };
        Money moved;

        lines[0].control = lines[1].control = "3001";
        lines[0].amount.fen = -500;
        lines[1].amount.fen = 500;
        assert_int_equal(check(NULL, 0, lines, 2).fault, DRAFT_SOUND);
        assert_int_equal(households_moved(lines, 2, &moved), 0);
        assert_int_equal(moved.fen, 500);
        lines[1].amount.fen = 501;
        assert_int_equal(check(NULL, 0, lines, 2).fault, DRAFT_CONTROL);
        lines[1].amount.fen = 500;
        lines[1].control = "3002";
        assert_int_equal(check(NULL, 0, lines, 2).fault, DRAFT_CONTROL);
        assert_int_equal(check(NULL, 0, lines, 1).fault, DRAFT_SIZE);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "the chart has its 16 accounts [8.2.1] [3.0.2.5]", chart_has_16_accounts, NULL, NULL,
                        NULL },
                { "a balanced draft is sound [8.2.2]", balanced_draft_is_sound, NULL, NULL, NULL },
                { "debits must equal credits [8.1.1] [8.2.2]", debits_must_equal_credits, NULL, NULL, NULL },
                { "households must equal their control account [8.1.1]",
                        households_must_equal_their_control_account, NULL, NULL, NULL },
                { "closing moves between control accounts only [8.2.5]",
                        closing_moves_between_control_accounts, NULL, NULL, NULL },
                { "a repair is a loss of the household [8.2.2]", repair_is_a_loss, NULL, NULL, NULL },
                { "a reversal is the same in red [8.2.2]", reversal_is_red, NULL, NULL, NULL },
                { "lines need an amount, the bank line its account [8.1.1]",
                        lines_need_amount_and_bank_account, NULL, NULL, NULL },
                { "sums do not overflow silently [8.2.2]", sums_do_not_overflow_silently, NULL, NULL, NULL },
                { "balances are shared by area with the largest remainder [4.2.1.4]",
                        balances_are_shared_by_area, NULL, NULL },
                { "what cannot be shared [4.2.1.4]", what_cannot_be_shared, NULL, NULL, NULL },
                { "a transfer moves no account [4.2.1.4] [8.1.1]", transfer_moves_no_account, NULL, NULL,
                        NULL },
                { "months [8.2.5]", months, NULL, NULL, NULL },
        };

        return cmocka_run_group_tests_name("accounting domain", tests, NULL, NULL);
}
