/* SPDX-License-Identifier: Apache-2.0 */
/* The recovery key: any two shares open what the node sealed, one share or a mistyped one opens nothing. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <node/error.h>

#include "digest.h"
#include "recovery.h"

static void test_two_of_three(void **state) {
        char shares[SHARES][SHARE_TEXT_MAX];
        PublicKey public_key;
        Arena *arena = arena_new(4 << 20);
        uint8_t *segment = arena_alloc(arena, 100000);
        Bytes sealed, opened, place = bytes_text("office 5101 epoch 1 segment 7");

        for (size_t i = 0; i < 100000; i++)
                segment[i] = (uint8_t) (i * 31);
        assert_int_equal(recovery_make(&public_key, shares), 0);
        assert_int_equal(recovery_seal(&public_key, place, (Bytes){ segment, 100000 }, arena, &sealed), 0);
        for (int a = 0; a < SHARES; a++)
                for (int b = 0; b < SHARES; b++) {
                        RecoveryKey *key = NULL;
                        int r = recovery_key_combine(shares[a], shares[b], &key);
                        assert_int_equal(r, a == b ? -EINVAL : 0);
                        if (a == b)
                                continue;
                        assert_int_equal(recovery_key_open(key, place, sealed, arena, &opened), 0);
                        assert_int_equal(opened.size, 100000);
                        assert_memory_equal(opened.data, segment, 100000);
                        recovery_key_free(key);
                }
        arena_free(arena);
}

static void test_refused(void **state) {
        char shares[SHARES][SHARE_TEXT_MAX], others[SHARES][SHARE_TEXT_MAX], typed[SHARE_TEXT_MAX];
        PublicKey public_key, other_key;
        Arena *arena = arena_new(4 << 20);
        Bytes sealed, opened, place = bytes_text("a");
        RecoveryKey *key = NULL;

        assert_int_equal(recovery_make(&public_key, shares), 0);
        assert_int_equal(recovery_make(&other_key, others), 0);
        assert_int_equal(recovery_key_combine(shares[0], others[1], &key), -EBADMSG);
        assert_int_equal(recovery_key_combine(shares[0], "", &key), -EMALFORMED_);
        assert_int_equal(recovery_key_combine(NULL, shares[0], &key), -EMALFORMED_);
        for (size_t at = 0; at < strlen(shares[1]) - 1; at++) {
                memcpy(typed, shares[1], sizeof(typed));
                typed[at] = typed[at] == '7' ? '8' : '7';
                assert_int_equal(recovery_key_combine(shares[0], typed, &key), -EMALFORMED_);
        }
        /* paper and keyboard may add a blank at the end */
        memcpy(typed, shares[1], sizeof(typed));
        strcat(typed, " \r\n");
        assert_int_equal(recovery_key_combine(typed, shares[2], &key), 0);
        assert_int_equal(recovery_seal(&public_key, place, bytes_text("segment"), arena, &sealed), 0);
        assert_int_equal(recovery_key_open(key, bytes_text("b"), sealed, arena, &opened), -EBADMSG);
        for (size_t at = 0; at < sealed.size; at++) {
                uint8_t *changed = arena_copy(arena, sealed.data, sealed.size);
                changed[at] ^= 4;
                assert_int_equal(
                        recovery_key_open(key, place, (Bytes){ changed, sealed.size }, arena, &opened),
                        -EBADMSG);
                assert_int_equal(
                        recovery_key_open(key, place, (Bytes){ sealed.data, at }, arena, &opened), -EBADMSG);
        }
        assert_int_equal(recovery_seal(&other_key, place, bytes_text("segment"), arena, &sealed), 0);
        assert_int_equal(recovery_key_open(key, place, sealed, arena, &opened), -EBADMSG);
        recovery_key_free(key);
        arena_free(arena);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                { "two of three shares open a segment [14.2.4]", test_two_of_three, NULL, NULL, NULL },
                cmocka_unit_test(test_refused),
        };

        return cmocka_run_group_tests_name("crypto::recovery", tests, NULL, NULL);
}
