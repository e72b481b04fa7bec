/* SPDX-License-Identifier: Apache-2.0 */
/* What a password must be (domain 7.1 a), and one-time passwords: 100 random bits from 20 characters, so a
 * plain salted digest is as good as a slow hash and may be made inside a command. */

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include <node/text.h>

#include "identity-kernel.h"

/* without 0 O 1 I l: read from a screen and typed once */
static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
#define ONE_TIME_CHARACTERS 20
#define ONE_TIME_SALT_BYTES 16
#define ONE_TIME_FORM "once$"

static int one_time_digest(const char *salt_hex, const char *password, char ret_hex[static 65]) {
        char text[256];
        Digest digest;

        int size = snprintf(text, sizeof(text), "%.32s %.128s", salt_hex, password);
        int r = digest_compute(DIGEST_SM3, text, (size_t) size, &digest);
        if (r == 0)
                hex_encode(digest.bytes, sizeof(digest.bytes), ret_hex);
        return r;
}

int one_time_make(const Clock *clock, char ret_password[static ONE_TIME_MAX],
        char ret_hash[static ONE_TIME_HASH_MAX]) {
        uint8_t random[ONE_TIME_CHARACTERS], salt[ONE_TIME_SALT_BYTES];
        char salt_hex[2 * ONE_TIME_SALT_BYTES + 1], digest[65];

        _Static_assert(sizeof(letters) == 33, "five bits a letter");
        clock->random(clock->data, random, sizeof(random));
        clock->random(clock->data, salt, sizeof(salt));
        for (size_t i = 0; i < ONE_TIME_CHARACTERS; i++)
                ret_password[i] = letters[random[i] & 31];
        ret_password[ONE_TIME_CHARACTERS] = 0;
        hex_encode(salt, sizeof(salt), salt_hex);
        int r = one_time_digest(salt_hex, ret_password, digest);
        if (r == 0)
                snprintf(ret_hash, ONE_TIME_HASH_MAX, ONE_TIME_FORM "%s$%s", salt_hex, digest);
        return r;
}

bool one_time_hash(const char *hash) {
        return strncmp(hash, ONE_TIME_FORM, strlen(ONE_TIME_FORM)) == 0;
}

int any_password_verify(const char *hash, const char *password) {
        char digest[65];
        Digest expected, found;

        if (!one_time_hash(hash))
                return password_verify(hash, password);
        const char *salt = hash + strlen(ONE_TIME_FORM);
        if (strlen(salt) != 2 * ONE_TIME_SALT_BYTES + 1 + 64 || salt[2 * ONE_TIME_SALT_BYTES] != '$')
                return -EMALFORMED_;
        int r = one_time_digest(salt, password, digest);
        if (r == 0)
                r = hex_decode(digest, found.bytes, sizeof(found.bytes));
        if (r == 0)
                r = hex_decode(salt + 2 * ONE_TIME_SALT_BYTES + 1, expected.bytes, sizeof(expected.bytes));
        if (r < 0)
                return r;
        return digest_equal(&expected, &found) ? 0 : -EBADMSG;
}

static bool contains_folded(const char *text, const char *part) {
        return part[0] && strcasestr(text, part);
}

const char *password_rule(const char *password, const char *login, size_t characters_min) {
        bool upper = false, lower = false, digit = false, other = false;

        if (strlen(password) > PASSWORD_BYTES_MAX)
                return "identity.password_long";
        if (!text_is_utf8(password, strlen(password)) || text_characters(password) < characters_min)
                return "identity.password_short";
        for (const char *c = password; *c; c++) {
                upper = upper || (*c >= 'A' && *c <= 'Z');
                lower = lower || (*c >= 'a' && *c <= 'z');
                digit = digit || (*c >= '0' && *c <= '9');
                other = other || !isalnum((unsigned char) *c) || (unsigned char) *c >= 0x80;
        }
        if (upper + lower + digit + other < 3)
                return "identity.password_classes";
        return contains_folded(password, login) ? "identity.password_login" : NULL;
}
