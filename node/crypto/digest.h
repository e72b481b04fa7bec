/* SPDX-License-Identifier: Apache-2.0 */
/* The keyed digest, over several pieces without joining them. */
#pragma once

#include <node/crypto.h>
#include <node/error.h>

/* HMAC over the pieces one after the other. -ENOMEM. */
int hmac_compute(DigestKind kind, Bytes key, const Bytes *parts, size_t n_parts, Digest *ret) _must_check_;

static inline Bytes bytes_text(const char *text) {
        return (Bytes){ (const uint8_t *) text, __builtin_strlen(text) };
}
