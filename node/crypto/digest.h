/* SPDX-License-Identifier: Apache-2.0 */
/* The keyed digest, over several pieces without joining them. */
#pragma once

#include <node/crypto.h>
#include <node/error.h>

/* HMAC over the pieces one after the other. -ENOMEM. */
int hmac_compute(DigestKind kind, Bytes key, const Bytes *parts, size_t n_parts, Digest *ret) _must_check_;

/* A key made ready once, for the digest of it costs more than that of a short message. It may be used by several
 * threads at once. NULL when memory is short. */
typedef struct evp_mac_ctx_st HmacKey;
HmacKey *hmac_key_new(DigestKind kind, Bytes key) _must_check_;
void hmac_key_free(HmacKey *key);
int hmac_keyed(const HmacKey *key, Bytes message, Digest *ret) _must_check_; /* as hmac_compute */

static inline Bytes bytes_text(const char *text) {
        return (Bytes){ (const uint8_t *) text, __builtin_strlen(text) };
}
