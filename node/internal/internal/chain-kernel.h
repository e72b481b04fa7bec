/* SPDX-License-Identifier: Apache-2.0 */
/* What the command path needs of the chain beyond reading: the body's form and the entries of one row. */
#pragma once

#include <node/chain.h>

/* Bytes of one row in a range's list of locators: they find a changed row, the range's digest proves it. */
#define CHAIN_LOCATOR_BYTES 4u

/* Body as documented in node/chain.h. -E2BIG when it passes CHAIN_BODY_BYTES_MAX (the buffer's limit). */
typedef struct ChainBody {
        const ChainChange *changes;
        size_t n_changes;
        const ChainRange *ranges;
        size_t n_ranges;
        Bytes answer;
        Bytes landed;
        Id principal; /* on whose behalf the person acted; 0: his own */
} ChainBody;
int chain_body_encode(const ChainBody *body, Buffer *buffer) _must_check_;

/* The entries that changed one row, oldest first, at most max. Returns their number or negative errno. */
int chain_read_row(Tx *tx, int64_t record, Id id, size_t max, Arena *arena, ChainEntry **ret) _must_check_;
