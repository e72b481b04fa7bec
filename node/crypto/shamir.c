/* SPDX-License-Identifier: Apache-2.0 */
/* Each byte is the value at 0 of a line whose slope is random; two points give the line, one gives nothing.
 * The field is that of AES (x^8 + x^4 + x^3 + x + 1); multiplication takes the same time for all values. */

#include <node/error.h>

#include "shamir.h"

static uint8_t multiply(uint8_t a, uint8_t b) {
        uint8_t product = 0;

        for (int i = 0; i < 8; i++) {
                product ^= (uint8_t) (-(b & 1) & a);
                a = (uint8_t) ((a << 1) ^ (-(a >> 7) & 0x1b));
                b >>= 1;
        }
        return product;
}

/* a^254 */
static uint8_t inverse(uint8_t a) {
        uint8_t square = a, result = 1;

        for (int i = 1; i < 8; i++) {
                square = multiply(square, square);
                result = multiply(result, square);
        }
        return result;
}

void shamir_split(const uint8_t secret[static SHARE_BYTES], const uint8_t random[static SHARE_BYTES],
        uint8_t ret_shares[static SHARES][SHARE_BYTES]) {
        for (int x = 1; x <= SHARES; x++)
                for (int i = 0; i < SHARE_BYTES; i++)
                        ret_shares[x - 1][i] = secret[i] ^ multiply(random[i], (uint8_t) x);
}

int shamir_combine(const uint8_t a[static SHARE_BYTES], int x_a, const uint8_t b[static SHARE_BYTES],
        int x_b, uint8_t ret_secret[static SHARE_BYTES]) {
        if (x_a == x_b || x_a < 1 || x_a > SHARES || x_b < 1 || x_b > SHARES)
                return -EINVAL;
        /* Lagrange at 0; minus is plus here. */
        uint8_t scale = inverse((uint8_t) (x_a ^ x_b));
        uint8_t weight_a = multiply((uint8_t) x_b, scale), weight_b = multiply((uint8_t) x_a, scale);
        for (int i = 0; i < SHARE_BYTES; i++)
                ret_secret[i] = multiply(a[i], weight_a) ^ multiply(b[i], weight_b);
        return 0;
}
