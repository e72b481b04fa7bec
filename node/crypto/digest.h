/* SPDX-License-Identifier: Apache-2.0 */
/* The keyed digest, over several pieces without joining them. */
#pragma once

#include <node/crypto.h>
#include <node/error.h>

/* HMAC over the pieces one after the other. -ENOMEM. */
int hmac_compute(DigestKind kind, Bytes key, const Bytes *parts, size_t n_parts, Digest *ret) _must_check_;

/* A key made ready once, for the digest of it costs more than that of a short message. Thread safe. NULL when memory
 * is short. */
typedef struct HmacKey HmacKey;
HmacKey *hmac_key_new(DigestKind kind, Bytes secret) _must_check_;
HmacKey *hmac_key_free(HmacKey *key);
int hmac_keyed(HmacKey *key, const Bytes *parts, size_t n_parts, Digest *ret) _must_check_; /* as hmac_compute */

static inline Bytes bytes_text(const char *text) {
        return (Bytes){ (const uint8_t *) text, __builtin_strlen(text) };
}
