/* SPDX-License-Identifier: Apache-2.0 */
/* The pure parts: patterns of functions, ready-made posts, password rules, one-time passwords. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "identity-kernel.h"

static void test_patterns(void **state) {
        static const struct {
                const char *pattern, *function;
                bool matches;
        } cases[] = {
                { "command:deposit.post", "command:deposit.post", true },
                { "command:deposit.post", "command:deposit.posts", false },
                { "command:deposit.*", "command:deposit.post", true },
                { "command:deposit.*", "command:deposits.post", false },
                { "command:deposit.*", "view:deposit.post", false },
                { "command:*.post", "command:deposit.post", true },
                { "command:*.post", "command:deposit.posted", false },
                { "command:a*a", "command:a", false },
        };

        for (size_t i = 0; i < ELEMENTSOF(cases); i++)
                assert_int_equal(function_matches(cases[i].pattern, cases[i].function), cases[i].matches);
}

static void test_pattern_form(void **state) {
        static const char *const good[] = { "command:deposit.post", "view:*", "other:facts.read",
                "command:*.post" };
        static const char *const bad[] = { "", "deposit.post", "command:", "command:Deposit", "view:a*b*",
                "page:x", "command:a b", "command:a;b" };

        for (size_t i = 0; i < ELEMENTSOF(good); i++)
                assert_true(function_pattern_valid(good[i]));
        for (size_t i = 0; i < ELEMENTSOF(bad); i++)
                assert_false(function_pattern_valid(bad[i]));
}

static void test_administrator_functions(void **state) {
        static const char *const theirs[] = { "command:identity.set_post", "command:*", "command:id*",
                "command:*.post", "view:identity.*", "command:node.release", "command:federation.enrol",
                "view:n*", "other:audit.read" };
        static const char *const ordinary[] = { "command:deposit.*", "view:accounting.ledger",
                "other:facts.read", "view:federation.tree" };

        for (size_t i = 0; i < ELEMENTSOF(theirs); i++)
                assert_true(function_administrators(theirs[i]));
        for (size_t i = 0; i < ELEMENTSOF(ordinary); i++)
                assert_false(function_administrators(ordinary[i]));
}

/* No business function for an administrator, no administrator's for a business post. */
static void test_posts(void **state) {
        static const char *const business[] = { "command:deposit.post", "command:essential.create_area",
                "command:accounting.post", "view:deposit.payments", "view:accounting.vouchers",
                "other:facts.read", "command:private.open" };
        static const char *const administration[] = { "command:identity.set_post",
                "command:identity.grant_right", "command:identity.create_person", "command:setting.change",
                "command:federation.enrol", "command:node.release_system",
                "command:federation.refuse_enrolment", "command:federation.approve_enrolment",
                "view:identity.rights", "view:node.chain", "other:audit.export" };

        for (const PostKind *kind = post_kinds; kind->code; kind++) {
                size_t n = 0;
                for (size_t i = 0; i < ELEMENTSOF(business); i++) {
                        bool allowed = post_kind_allows(kind, business[i]);
                        n += allowed;
                        assert_false(kind->class == POST_ADMINISTRATOR && allowed);
                }
                for (size_t i = 0; i < ELEMENTSOF(administration); i++) {
                        bool allowed = post_kind_allows(kind, administration[i]);
                        n += allowed;
                        assert_false(kind->class != POST_ADMINISTRATOR && kind->class != POST_VISITOR && allowed);
                }
                assert_true(kind->class == POST_OUTSIDE ? n == 0 : n > 0);
        }
        for (size_t i = 0; i < ELEMENTSOF(administration); i++) {
                size_t holders = 0;
                for (size_t k = 0; k < 3; k++)
                        holders += post_kind_allows(&post_kinds[k], administration[i]) &&
                                   strncmp(administration[i], "command:", 8) == 0;
                assert_true(holders <= 1);
        }
        assert_true(post_kind_allows(post_kind_find("operator"), "command:deposit.enter"));
        assert_false(post_kind_allows(post_kind_find("operator"), "command:deposit.review"));
        assert_true(post_kind_allows(post_kind_find("reviewer"), "command:deposit.review"));
        assert_false(post_kind_allows(post_kind_find("reviewer"), "command:deposit.enter"));
        assert_false(post_kind_allows(post_kind_find("operator"), "command:deposit.reverse"));
        assert_true(post_kind_allows(post_kind_find("reviewer"), "command:deposit.refuse_payment"));
        assert_null(post_kind_find("nobody"));
}

static void test_password_rules(void **state) {
        static const struct {
                const char *password, *code;
        } cases[] = {
                { "Short-1", "identity.password_short" },
                { "onlylowercase", "identity.password_classes" },
                { "lower12345678", "identity.password_classes" },
                { "Lower12345678", NULL },
                { "lower-1234567", NULL },
                { "x-WANGJING-99", "identity.password_login" },
                { "密码密码密码密码密码Aa", NULL },
                { "密码密码密码密码Aa", NULL },
                { "密码密码密码密Aa", "identity.password_short" },
        };
        char large[PASSWORD_BYTES_MAX + 2];

        for (size_t i = 0; i < ELEMENTSOF(cases); i++) {
                const char *code = password_rule(cases[i].password, "wangjing", PASSWORD_CHARACTERS_MIN);
                if (cases[i].code)
                        assert_string_equal(code, cases[i].code);
                else
                        assert_null(code);
        }
        memset(large, 'x', sizeof(large) - 1);
        large[sizeof(large) - 1] = 0;
        assert_string_equal(password_rule(large, "a", PASSWORD_CHARACTERS_MIN), "identity.password_long");
        assert_string_equal(password_rule("\xff\xfe-Abcdefghij1", "a", PASSWORD_CHARACTERS_MIN),
                "identity.password_short");
}

static void random_count(void *data, void *ret, size_t size_bytes) {
        uint8_t *next = data, *at = ret;

        for (size_t i = 0; i < size_bytes; i++)
                at[i] = (*next)++;
}

static void test_one_time(void **state) {
        uint8_t next = 0;
        Clock clock = { .random = random_count, .data = &next };
        char password[ONE_TIME_MAX], hash[ONE_TIME_HASH_MAX], other[ONE_TIME_MAX],
                other_hash[ONE_TIME_HASH_MAX];

        assert_int_equal(one_time_make(&clock, password, hash), 0);
        assert_int_equal(one_time_make(&clock, other, other_hash), 0);
        assert_int_equal(strlen(password), 20);
        assert_string_not_equal(password, other);
        assert_true(one_time_hash(hash));
        assert_int_equal(any_password_verify(hash, password), 0);
        assert_int_equal(any_password_verify(hash, other), -EBADMSG);
        assert_int_equal(any_password_verify(other_hash, password), -EBADMSG);
        assert_int_equal(any_password_verify("once$", password), -EMALFORMED_);
        hash[10] = 'x';
        assert_int_equal(any_password_verify(hash, password), -EBADMSG);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_patterns),
                cmocka_unit_test(test_pattern_form),
                { "administrators' functions cannot be granted [14.4.2]", test_administrator_functions, NULL,
                        NULL, NULL },
                { "ready-made posts: administrators and business apart [14.4.2]", test_posts, NULL, NULL,
                        NULL },
                { "password rules [14.3.1]", test_password_rules, NULL, NULL, NULL },
                cmocka_unit_test(test_one_time),
        };

        return cmocka_run_group_tests_name("identity::rules", tests, NULL, NULL);
}
