/* SPDX-License-Identifier: Apache-2.0 */
/* Making and splitting the recovery key, and sealing to its public half. */
#pragma once

#include <internal/recovery-key.h>

#include "shamir.h"

#define SHARE_TEXT_MAX 512
extern const char *const share_holders[SHARES]; /* office, city, province */

/* A new key: its public half, and three texts for hand-over. The private half is gone when this returns. */
int recovery_make(PublicKey *ret_public, char ret_shares[static SHARES][SHARE_TEXT_MAX]) _must_check_;
/* SM2 envelope of a random key, then SM4-CTR with HMAC-SM3. -E2BIG. ret in the arena. */
int recovery_seal(
        const PublicKey *public_key, Bytes associated, Bytes plain, Arena *arena, Bytes *ret) _must_check_;
