/* SPDX-License-Identifier: Apache-2.0 */
/* Money: the worked numbers of the standard's rules, 20,000 random apportionments, and the edges of 64 bits.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <node/error.h>
#include <node/money.h>

static Money money(const char *text) {
        Money m = { INT64_C(-777) };
        assert_int_equal(money_parse(text, &m), 0);
        return m;
}

static Area area(const char *text) {
        Area a = { INT64_C(-777) };
        assert_int_equal(area_parse(text, &a), 0);
        return a;
}

static void test_assess(void **state) {
        static const struct {
                const char *rate, *area, *due;
        } rows[] = {
                { "80.00", "89.37", "7149.60" },
                { "40.00", "61.05", "2442.00" },
                { "111.00", "98.76", "10962.36" },
                { "55.50", "77.77", "4316.24" }, /* 4316.2350, a tie */
                { "25.80", "58.33", "1504.91" },
                { "0.01", "0.50", "0.01" },
                { "0.01", "0.49", "0.00" },
        };
        for (size_t i = 0; i < ELEMENTSOF(rows); i++) {
                Money due;
                assert_int_equal(money_per_area(money(rows[i].rate), area(rows[i].area), &due), 0);
                assert_int_equal(due.fen, money(rows[i].due).fen);
        }
}

static void test_assess_refused(void **state) {
        Money due = { 42 };
        assert_int_equal(money_per_area((Money){ 0 }, (Area){ 1 }, &due), -EINVAL);
        assert_int_equal(money_per_area((Money){ 1 }, (Area){ 0 }, &due), -EINVAL);
        assert_int_equal(money_per_area((Money){ -1 }, (Area){ 1 }, &due), -EINVAL);
        assert_int_equal(money_per_area((Money){ 1 }, (Area){ -1 }, &due), -EINVAL);
        assert_int_equal(money_per_area((Money){ INT64_MAX }, (Area){ 101 }, &due), -EOVERFLOW);
        assert_int_equal(money_per_area((Money){ INT64_MAX }, (Area){ INT64_MAX }, &due), -EOVERFLOW);
        assert_int_equal(due.fen, 42);
        assert_int_equal(money_per_area((Money){ INT64_MAX }, (Area){ 100 }, &due), 0);
        assert_true(due.fen == INT64_MAX);
}

static void check_shares(int64_t total, const int64_t *weights, size_t n, const int64_t *expected) {
        Money shares[8];
        assert_true(n <= ELEMENTSOF(shares));
        assert_int_equal(money_apportion((Money){ total }, weights, n, shares), 0);
        for (size_t i = 0; i < n; i++)
                assert_true(shares[i].fen == expected[i]);
        assert_int_equal(money_apportion((Money){ -total }, weights, n, shares), 0);
        for (size_t i = 0; i < n; i++)
                assert_true(shares[i].fen == -expected[i]);
}

static void test_apportion(void **state) {
        static const int64_t areas[] = { 8937, 8937, 12055, 6105, 4500 }, equal[] = { 1, 1, 1 };
        static const struct {
                int64_t total, shares[5];
        } rows[] = {
                { 1000000, { 220482, 220481, 297405, 150614, 111018 } },
                { 123457, { 27220, 27220, 36717, 18594, 13706 } },
                { 7, { 2, 1, 2, 1, 1 } },
                { 1, { 0, 0, 1, 0, 0 } },
                { 0, { 0, 0, 0, 0, 0 } },
        };
        for (size_t i = 0; i < ELEMENTSOF(rows); i++)
                check_shares(rows[i].total, areas, 5, rows[i].shares);
        check_shares(10000, equal, 3, (int64_t[]){ 3334, 3333, 3333 });
        check_shares(80000, equal, 3, (int64_t[]){ 26667, 26667, 26666 });
        check_shares(3000000, (int64_t[]){ 60000, 40000 }, 2, (int64_t[]){ 1800000, 1200000 });
        check_shares(1200000, (int64_t[]){ 2000000, 3000000 }, 2, (int64_t[]){ 480000, 720000 });
        check_shares(888888, (int64_t[]){ 8937, 12055, 19000 }, 3, (int64_t[]){ 198640, 267942, 422306 });
        check_shares(123456, (int64_t[]){ 192698400, 260000000, 87654321 }, 3,
                (int64_t[]){ 44026, 59403, 20027 });
        check_shares(500001, (int64_t[]){ 6000, 4037 }, 2, (int64_t[]){ 298895, 201106 });
        check_shares(12345, (int64_t[]){ 6000, 4037 }, 2, (int64_t[]){ 7380, 4965 });
}

static void test_apportion_refused(void **state) {
        Money shares[2] = { { 42 }, { 43 } };
        assert_int_equal(money_apportion((Money){ 1 }, (int64_t[]){ 0, 0 }, 2, shares), -EINVAL);
        assert_int_equal(money_apportion((Money){ 1 }, (int64_t[]){ 2, -1 }, 2, shares), -EINVAL);
        assert_int_equal(money_apportion((Money){ 1 }, NULL, 0, shares), -EINVAL);
        assert_true(shares[0].fen == 42 && shares[1].fen == 43);
}

static void test_apportion_edges(void **state) {
        Money shares[3];
        const int64_t wide[] = { INT64_MAX, INT64_MAX, INT64_MAX };
        assert_int_equal(money_apportion((Money){ INT64_MAX }, wide, 3, shares), 0);
        assert_true(shares[0].fen == INT64_C(3074457345618258603) &&
                    shares[2].fen == INT64_C(3074457345618258602));
        assert_true(shares[1].fen == INT64_C(3074457345618258602));
        assert_int_equal(money_apportion((Money){ INT64_MIN }, (int64_t[]){ 0, INT64_MAX }, 2, shares), 0);
        assert_true(shares[0].fen == 0 && shares[1].fen == INT64_MIN);
}

/* splitmix64: the cases are the same on every machine */
static uint64_t chance(uint64_t *seed) {
        uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);
        z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
        z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
        return z ^ z >> 31;
}

__extension__ typedef __int128 Wide;

/* Exact sum, every share within one fen of its quota on the right side, no fen to a smaller remainder. */
static void check_random(Wide total, const int64_t *weights, size_t n, const Money *shares) {
        Wide sum = 0, weight_sum = 0, given_min = -1, kept_max = -1;
        for (size_t i = 0; i < n; i++)
                weight_sum += weights[i];
        for (size_t i = 0; i < n; i++) {
                sum += shares[i].fen;
                Wide product = (total < 0 ? -total : total) * weights[i];
                Wide share = total < 0 ? -(Wide) shares[i].fen : shares[i].fen;
                Wide floor = product / weight_sum, rest = product % weight_sum;
                assert_true(share == floor || share == floor + 1);
                if (share > floor && (given_min < 0 || rest < given_min))
                        given_min = rest;
                if (share == floor && rest > kept_max)
                        kept_max = rest;
        }
        assert_true(sum == total);
        assert_true(given_min < 0 || given_min >= kept_max);
}

static void test_apportion_random(void **state) {
        uint64_t seed = 20170601;
        for (int round = 0; round < 20000; round++) {
                int64_t weights[40];
                Money shares[40];
                size_t n = 1 + chance(&seed) % ELEMENTSOF(weights);
                unsigned shift = 1 + (unsigned) (chance(&seed) % 62);
                for (size_t i = 0; i < n; i++)
                        weights[i] = (int64_t) (chance(&seed) >> shift);
                weights[0] += weights[0] == 0;
                int64_t total = (int64_t) chance(&seed) >> (chance(&seed) % 63);
                if (total == INT64_MIN)
                        total++;
                assert_int_equal(money_apportion((Money){ total }, weights, n, shares), 0);
                check_random(total, weights, n, shares);
        }
}

static void test_sums(void **state) {
        Money m = { 42 };
        Area a = { 42 };
        assert_int_equal(money_add((Money){ INT64_MAX }, (Money){ 1 }, &m), -EOVERFLOW);
        assert_int_equal(money_subtract((Money){ INT64_MIN }, (Money){ 1 }, &m), -EOVERFLOW);
        assert_int_equal(money_subtract((Money){ 0 }, (Money){ INT64_MIN }, &m), -EOVERFLOW);
        assert_int_equal(area_add((Area){ INT64_MAX }, (Area){ 1 }, &a), -EOVERFLOW);
        assert_true(m.fen == 42 && a.centi_m2 == 42);
        assert_int_equal(money_add((Money){ INT64_MAX }, (Money){ INT64_MIN }, &m), 0);
        assert_true(m.fen == -1);
        assert_int_equal(money_subtract((Money){ 3 }, (Money){ 5 }, &m), 0);
        assert_true(m.fen == -2);
        assert_int_equal(area_add((Area){ 6000 }, (Area){ 4037 }, &a), 0);
        assert_true(a.centi_m2 == 10037);
}

static void test_parse(void **state) {
        static const struct {
                const char *text;
                int64_t fen;
        } good[] = { { "7149.6", 714960 }, { "7,149.60", 714960 }, { "-0.05", -5 }, { "0", 0 },
                { "1,234,567", 123456700 }, { "12,345.6", 1234560 }, { "92233720368547758.07", INT64_MAX },
                { "-92,233,720,368,547,758.08", INT64_MIN } };
        static const char *const bad[] = { "", "-", ".5", "5.", "1.234", "1,23", "1,2345", "1234,567",
                ",123", "1,234,56", "+1", " 1", "1 ", "1e3", "007", "0,123", "--1", "1.-5", "1.2,3", "１" };
        static const char *const large[] = { "92233720368547758.08", "-92233720368547758.09",
                "99999999999999999999999999999999999999999999999999" };
        Money m;
        for (size_t i = 0; i < ELEMENTSOF(good); i++)
                assert_true(money(good[i].text).fen == good[i].fen);
        m.fen = 42;
        for (size_t i = 0; i < ELEMENTSOF(bad); i++)
                assert_int_equal(money_parse(bad[i], &m), -EMALFORMED_);
        for (size_t i = 0; i < ELEMENTSOF(large); i++)
                assert_int_equal(money_parse(large[i], &m), -EOVERFLOW);
        assert_true(m.fen == 42);
        Area a = { 42 };
        assert_int_equal(area_parse("1,234.00", &a), -EMALFORMED_);
        assert_int_equal(area_parse("89.375", &a), -EMALFORMED_);
        assert_true(a.centi_m2 == 42);
        assert_true(area("89.37").centi_m2 == 8937);
}

static void test_format(void **state) {
        static const struct {
                int64_t fen;
                const char *plain, *grouped;
        } rows[] = { { 0, "0.00", "0.00" }, { 5, "0.05", "0.05" }, { -5, "-0.05", "-0.05" },
                { 714960, "7149.60", "7,149.60" }, { 99999, "999.99", "999.99" },
                { 100000, "1000.00", "1,000.00" }, { -12345678, "-123456.78", "-123,456.78" },
                { INT64_MAX, "92233720368547758.07", "92,233,720,368,547,758.07" },
                { INT64_MIN, "-92233720368547758.08", "-92,233,720,368,547,758.08" } };
        for (size_t i = 0; i < ELEMENTSOF(rows); i++) {
                char text[MONEY_TEXT_MAX];
                money_format((Money){ rows[i].fen }, text);
                assert_string_equal(text, rows[i].plain);
                assert_true(money(text).fen == rows[i].fen);
                area_format((Area){ rows[i].fen }, text);
                assert_string_equal(text, rows[i].plain);
                money_format_grouped((Money){ rows[i].fen }, text);
                assert_string_equal(text, rows[i].grouped);
                assert_true(money(text).fen == rows[i].fen);
        }
}

static void test_capital(void **state) {
        static const struct {
                const char *amount, *capital;
        } rows[] = {
                { "0", "零元整" },
                { "7149.60", "柒仟壹佰肆拾玖元陆角整" },
                { "10000.05", "壹万元零伍分" },
                { "100100.00", "壹拾万零壹佰元整" },
                { "0.05", "伍分" },
                { "0.60", "陆角整" },
                { "0.61", "陆角壹分" },
                { "10", "壹拾元整" },
                { "1409.50", "壹仟肆佰零玖元伍角整" },
                { "6007.14", "陆仟零柒元壹角肆分" },
                { "1680.32", "壹仟陆佰捌拾元叁角贰分" },
                { "107000.53", "壹拾万柒仟元伍角叁分" },
                { "16409.02", "壹万陆仟肆佰零玖元零贰分" },
                { "325.04", "叁佰贰拾伍元零肆分" },
                { "100000000", "壹亿元整" },
                { "100000001.01", "壹亿零壹元零壹分" },
                { "100010000", "壹亿零壹万元整" },
                { "100001000", "壹亿零壹仟元整" },
                { "120000000", "壹亿贰仟万元整" },
                { "1000200030004", "壹万零贰亿零叁万零肆元整" },
                { "10000000000000000", "壹亿亿元整" },
                { "-7149.60", "负柒仟壹佰肆拾玖元陆角整" },
                { "-92233720368547758.08", "负玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿"
                                           "陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零捌分" },
        };
        char text[MONEY_CAPITAL_MAX];
        for (size_t i = 0; i < ELEMENTSOF(rows); i++) {
                money_format_capital(money(rows[i].amount), text);
                assert_string_equal(text, rows[i].capital);
        }
        money_format_capital((Money){ -INT64_C(8999999999999999999) }, text); /* every place filled */
        assert_true(strlen(text) < MONEY_CAPITAL_MAX);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "assessed half up to the fen [5.2.1.1]", test_assess },
                { "assessment refuses what is not positive or too large [5.2.1.1]", test_assess_refused },
                { "apportioned by largest remainder [6.2.2]", test_apportion },
                { "apportionment refuses bad weights [6.2.2]", test_apportion_refused },
                { "apportionment at the edges of 64 bits [6.2.2]", test_apportion_edges },
                { "20,000 random apportionments are exact [6.2.2]", test_apportion_random },
                { "sums refuse to overflow", test_sums },
                { "amounts and areas parsed", test_parse },
                { "amounts and areas formatted", test_format },
                { "amounts in capitals [5.2.1.4]", test_capital },
        };
        return cmocka_run_group_tests_name("money", tests, NULL, NULL);
}
