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
                { "months [8.2.5]", months, NULL, NULL, NULL },
        };

        return cmocka_run_group_tests_name("accounting domain", tests, NULL, NULL);
}
