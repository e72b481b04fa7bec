/* SPDX-License-Identifier: Apache-2.0 */
/* Short signed sayings about one stream: acknowledgement, refusal, grant of an epoch. Canonical wire form,
 * kept as received. The format number differs from that of batches and directory entries, so that a
 * signature over one can never be shown as one over another. */
#pragma once

#include <node/arena.h>
#include <node/crypto.h>
#include <node/text.h>

typedef enum StatementFormat {
        STATEMENT_ACKNOWLEDGEMENT = 101,
        STATEMENT_REFUSAL = 102,
        STATEMENT_GRANT = 103,
} StatementFormat;

#define STATEMENT_BYTES_MAX 1024

typedef struct Statement {
        int64_t format;     /* 1: StatementFormat */
        Digest tree;        /* 2 */
        int64_t office;     /* 3: whose stream */
        int64_t stream;     /* 4 */
        int64_t epoch, seq; /* 5, 6: acknowledged up to; refused; grant: the new epoch, seq 0 */
        Digest digest;     /* 7: of that batch; grant: of the last batch the parent holds of the old epoch */
        int64_t landed;    /* 8: rows landed so far */
        int64_t set_aside; /* 9: rows standing aside now */
        int64_t signer;    /* 10: office that says so */
        int64_t instant_ms;           /* 11 */
        const char *code;             /* 12: refusal: why; else "" */
        int64_t held_epoch, held_seq; /* 13, 14: refusal, grant: what the signer holds */
} Statement;

int statement_encode(const Statement *statement, Buffer *buffer) _must_check_;
int statement_decode(Bytes bytes, Arena *arena, Statement *ret) _must_check_;
