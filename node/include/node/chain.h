/* SPDX-License-Identifier: Apache-2.0 */
/* The chain: one entry per committed command, in the order of commits. Header fields in wire form, in this order of
 * numbers; head = digest(header). Changing a released number is a new format. Readers: verify, datasets, backup. */
#pragma once

#include <node/crypto.h>
#include <node/record.h>
#include <node/store.h>

#define CHAIN_BODY_BYTES_MAX (64u << 10)

typedef struct ChainHeader {
        int64_t store;            /* 1 */
        int64_t seq;              /* 2: from 1, gapless */
        int64_t instant_ms;       /* 3: for people, never for order */
        int64_t office;           /* 4 */
        int64_t person;           /* 5 */
        const char *command;      /* 6 */
        const char *key;          /* 7: idempotency key, may be empty */
        Digest input;             /* 8 */
        Digest body;              /* 9 */
        Digest previous;          /* 10: head of seq - 1; zeros at the first */
} ChainHeader;

/* Body, wire form: repeated 1 = change, repeated 2 = range, 3 = answer, 4 = body digest given by a landing,
 * 5 = person on whose behalf (delegation).
 * change: 1 record number, 2 id, 3 version, 4 before (row, wire), 5 after (row, wire), 6 reason.
 * range: 1 record number, 2 first id, 3 last id, 4 count, 5 digest over the rows' wire forms in order of id,
 * 6 locators: of each row in that order the first four bytes of its own digest, to name a changed row. */
typedef struct ChainChange {
        int64_t record;
        Id id;
        int64_t version;
        Bytes before, after;
        const char *reason;
} ChainChange;
typedef struct ChainRange {
        int64_t record;
        Id first, last;
        int64_t count;
        Digest digest;
        Bytes locators;
} ChainRange;
typedef struct ChainEntry {
        ChainHeader header;
        Digest head;
        const ChainChange *changes;
        size_t n_changes;
        const ChainRange *ranges;
        size_t n_ranges;
        Bytes answer;
        Id principal;             /* on whose behalf the person acted; 0: his own */
        Bytes landed;             /* batch digest given by federation.land, or empty */
        Bytes body;               /* as stored */
} ChainEntry;

/* Entries after..., at most max; texts and bodies in the arena. Returns their number or negative errno. */
int chain_read(Tx *tx, int64_t after_seq, size_t max, Arena *arena, ChainEntry **ret) _must_check_;
/* seq 0 and a zero digest on an empty chain. */
int chain_head(Tx *tx, int64_t *ret_seq, Digest *ret_head) _must_check_;
int chain_header_encode(const ChainHeader *header, Buffer *buffer) _must_check_;
int chain_body_decode(Bytes body, Arena *arena, ChainEntry *ret_entry) _must_check_;
