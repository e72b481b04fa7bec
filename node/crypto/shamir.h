/* SPDX-License-Identifier: Apache-2.0 */
/* Shamir's shares of 32 bytes over GF(256), two of three. Pure: the caller brings the random bytes. */
#pragma once

#include <node/macro.h>
#include <node/types.h>

#define SHARE_BYTES 32
#define SHARES 3

/* Share i belongs to x = i + 1. random: one coefficient per byte of the secret. */
void shamir_split(const uint8_t secret[static SHARE_BYTES], const uint8_t random[static SHARE_BYTES],
        uint8_t ret_shares[static SHARES][SHARE_BYTES]);
/* x of each share, 1 to 3. -EINVAL when they are equal or out of range. */
int shamir_combine(const uint8_t a[static SHARE_BYTES], int x_a, const uint8_t b[static SHARE_BYTES],
        int x_b, uint8_t ret_secret[static SHARE_BYTES]) _must_check_;
