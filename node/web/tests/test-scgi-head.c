/* SPDX-License-Identifier: Apache-2.0 */
/* The head parser as a table: what nginx sends is read, everything else is refused. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <node/error.h>

#include "scgi-head.h"

/* Pairs are written with '|' for NUL; the length is put before them. */
static size_t head_make(const char *pairs, char *ret, size_t max) {
        size_t size = strlen(pairs);
        int n = snprintf(ret, max, "%zu:", size);

        for (size_t i = 0; i < size; i++)
                ret[n + (int) i] = pairs[i] == '|' ? 0 : pairs[i];
        ret[(size_t) n + size] = ',';
        return (size_t) n + size + 1;
}

#define MIN_HEAD "CONTENT_LENGTH|0|SCGI|1|REQUEST_METHOD|GET|REQUEST_URI|/api/me|REMOTE_ADDR|127.0.0.1|"

typedef struct HeadCase {
        const char *name, *pairs;
        int expected;
} HeadCase;

static const HeadCase pairs_cases[] = {
        { "what nginx sends", MIN_HEAD, 1 },
        { "with every allowed key",
                MIN_HEAD "CONTENT_TYPE|application/json|HTTP_COOKIE|a=b|HTTP_ORIGIN|https://a|"
                         "HTTP_SEC_FETCH_SITE|same-origin|HTTP_X_FUNDNODE|1|HTTP_X_IDEMPOTENCY_KEY|k|HTTP_X_"
                         "STEP_UP|p|"
                         "HTTP_IF_NONE_MATCH|\"e\"|UPLOAD_FILE|/spool/1|",
                1 },
        { "an empty value", MIN_HEAD "HTTP_ORIGIN||", 1 },
        { "UTF-8 in a value", MIN_HEAD "HTTP_COOKIE|name=\xe5\xbc\xa0|", 1 },
        { "length not first", "SCGI|1|CONTENT_LENGTH|0|REQUEST_METHOD|GET|REQUEST_URI|/|REMOTE_ADDR|1|",
                -EMALFORMED_ },
        { "no length", "SCGI|1|REQUEST_METHOD|GET|REQUEST_URI|/|REMOTE_ADDR|1|", -EMALFORMED_ },
        { "length with leading zero",
                "CONTENT_LENGTH|01|SCGI|1|REQUEST_METHOD|GET|REQUEST_URI|/|REMOTE_ADDR|1|", -EMALFORMED_ },
        { "length two zeros", "CONTENT_LENGTH|00|SCGI|1|REQUEST_METHOD|GET|REQUEST_URI|/|REMOTE_ADDR|1|",
                -EMALFORMED_ },
        { "length empty", "CONTENT_LENGTH||SCGI|1|REQUEST_METHOD|GET|REQUEST_URI|/|REMOTE_ADDR|1|",
                -EMALFORMED_ },
        { "length negative", "CONTENT_LENGTH|-1|SCGI|1|REQUEST_METHOD|GET|REQUEST_URI|/|REMOTE_ADDR|1|",
                -EMALFORMED_ },
        { "length with a sign", "CONTENT_LENGTH|+1|SCGI|1|REQUEST_METHOD|GET|REQUEST_URI|/|REMOTE_ADDR|1|",
                -EMALFORMED_ },
        { "length with a blank", "CONTENT_LENGTH|1 |SCGI|1|REQUEST_METHOD|GET|REQUEST_URI|/|REMOTE_ADDR|1|",
                -EMALFORMED_ },
        { "length beyond 12 digits",
                "CONTENT_LENGTH|1000000000000|SCGI|1|REQUEST_METHOD|GET|REQUEST_URI|/|REMOTE_ADDR|1|",
                -EMALFORMED_ },
        { "length twice",
                "CONTENT_LENGTH|0|CONTENT_LENGTH|5|SCGI|1|REQUEST_METHOD|GET|REQUEST_URI|/|REMOTE_ADDR|1|",
                -EMALFORMED_ },
        { "other version", "CONTENT_LENGTH|0|SCGI|2|REQUEST_METHOD|GET|REQUEST_URI|/|REMOTE_ADDR|1|",
                -EMALFORMED_ },
        { "no version", "CONTENT_LENGTH|0|REQUEST_METHOD|GET|REQUEST_URI|/|REMOTE_ADDR|1|", -EMALFORMED_ },
        { "no method", "CONTENT_LENGTH|0|SCGI|1|REQUEST_URI|/|REMOTE_ADDR|1|", -EMALFORMED_ },
        { "no address", "CONTENT_LENGTH|0|SCGI|1|REQUEST_METHOD|GET|REQUEST_URI|/|", -EMALFORMED_ },
        { "a cookie twice", MIN_HEAD "HTTP_COOKIE|a|HTTP_COOKIE|b|", -EMALFORMED_ },
        { "the same value twice", MIN_HEAD "HTTP_ORIGIN|a|HTTP_ORIGIN|a|", -EMALFORMED_ },
        { "a key nobody listed", MIN_HEAD "HTTP_X_FORWARDED_FOR|1.2.3.4|", -EMALFORMED_ },
        { "a key in lower case", MIN_HEAD "http_origin|x|", -EMALFORMED_ },
        { "an empty key", MIN_HEAD "||", -EMALFORMED_ },
        { "a line feed in a value", MIN_HEAD "HTTP_COOKIE|a\nb|", -EMALFORMED_ },
        { "a delete in a value", MIN_HEAD "HTTP_COOKIE|a\x7f|", -EMALFORMED_ },
        { "a key without value", MIN_HEAD "HTTP_COOKIE|", -EMALFORMED_ },
        { "a value without its end", MIN_HEAD "HTTP_COOKIE|abc", -EMALFORMED_ },
};

static void pairs_are_strict(void **state) {
        (void) state;
        for (size_t i = 0; i < ELEMENTSOF(pairs_cases); i++) {
                char bytes[4096];
                ScgiHead head;
                size_t used = 0, size = head_make(pairs_cases[i].pairs, bytes, sizeof(bytes));
                int r = scgi_head_parse(bytes, size, &head, &used);
                if (r != pairs_cases[i].expected)
                        fail_msg("%s: %d", pairs_cases[i].name, r);
                if (r == 1)
                        assert_int_equal(used, size);
        }
}

static void values_are_read(void **state) {
        char bytes[4096];
        ScgiHead head;
        size_t used = 0;
        size_t size = head_make(
                "CONTENT_LENGTH|1048576|SCGI|1|REQUEST_METHOD|POST|REQUEST_URI|/a?b=c|REMOTE_ADDR|::1|",
                bytes, sizeof(bytes));

        (void) state;
        assert_int_equal(scgi_head_parse(bytes, size, &head, &used), 1);
        assert_int_equal(head.content_bytes, 1048576);
        assert_string_equal(head.values[SCGI_REQUEST_METHOD], "POST");
        assert_string_equal(head.values[SCGI_REQUEST_URI], "/a?b=c");
        assert_string_equal(head.values[SCGI_REMOTE_ADDR], "::1");
        assert_null(head.values[SCGI_COOKIE]);
        assert_string_equal(scgi_key_name(SCGI_UPLOAD_FILE), "UPLOAD_FILE");
}

typedef struct PrefixCase {
        const char *bytes;
        int expected;
} PrefixCase;

static const PrefixCase prefix_cases[] = {
        { "", 0 },
        { "1", 0 },
        { "16384", 0 },
        { "16384:", 0 },
        { "16385", -E2BIG },
        { "16385:", -E2BIG },
        { "99999:", -E2BIG },
        { "123456", -EMALFORMED_ },
        { "99999999999999999999:", -EMALFORMED_ },
        { "0:", -EMALFORMED_ },
        { "0:,", -EMALFORMED_ },
        { "010:", -EMALFORMED_ },
        { ":", -EMALFORMED_ },
        { "-5:", -EMALFORMED_ },
        { " 5:", -EMALFORMED_ },
        { "5 :", -EMALFORMED_ },
        { "5;", -EMALFORMED_ },
        { "GET / HTTP/1.1\r\n", -EMALFORMED_ },
};

static void length_is_strict(void **state) {
        (void) state;
        for (size_t i = 0; i < ELEMENTSOF(prefix_cases); i++) {
                ScgiHead head;
                size_t used;
                int r = scgi_head_parse(prefix_cases[i].bytes, strlen(prefix_cases[i].bytes), &head, &used);
                if (r != prefix_cases[i].expected)
                        fail_msg("'%s': %d", prefix_cases[i].bytes, r);
        }
}

/* At every cut the answer is "more", and the whole is the same however it arrives. */
static void every_cut_waits(void **state) {
        char bytes[4096];
        ScgiHead head;
        size_t used, size = head_make(MIN_HEAD, bytes, sizeof(bytes));

        (void) state;
        for (size_t cut = 0; cut < size; cut++)
                assert_int_equal(scgi_head_parse(bytes, cut, &head, &used), 0);
        bytes[size] = 'x'; /* the body behind it is not the head's */
        assert_int_equal(scgi_head_parse(bytes, size + 1, &head, &used), 1);
        assert_int_equal(used, size);
        bytes[size - 1] = ';';
        assert_int_equal(scgi_head_parse(bytes, size, &head, &used), -EMALFORMED_);
}

static void results_stay_untouched(void **state) {
        char bytes[4096];
        ScgiHead head = { .content_bytes = 77 };
        size_t used = 99, size = head_make(MIN_HEAD "HTTP_X|1|", bytes, sizeof(bytes));

        (void) state;
        assert_int_equal(scgi_head_parse(bytes, size, &head, &used), -EMALFORMED_);
        assert_int_equal(head.content_bytes, 77);
        assert_int_equal(used, 99);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "pairs outside the allow-list, repeated or misplaced are refused", pairs_are_strict, NULL,
                        NULL, NULL },
                { "values are read", values_are_read, NULL, NULL, NULL },
                { "the length is strict and bounded", length_is_strict, NULL, NULL, NULL },
                { "every cut waits for more", every_cut_waits, NULL, NULL, NULL },
                { "results stay untouched on failure", results_stay_untouched, NULL, NULL, NULL },
        };

        return cmocka_run_group_tests_name("web::scgi-head", tests, NULL, NULL);
}
