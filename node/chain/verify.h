/* SPDX-License-Identifier: Apache-2.0 */
/* The state of one run of verify. */
#pragma once

#include <internal/engine.h>

#include "verify-query.h"
#include "verify-row.h"
#include "verify-sort.h"

typedef struct VerifyRecord {
        const Record *record;
        Query range, page, count;
        int64_t rows; /* ledger: rows that the chain's ranges count */
} VerifyRecord;

typedef struct Verify {
        Engine *engine;
        Store *store;
        StoreId id;
        VerifyReport report;
        void *data;
        bool found;
        Arena *arena;          /* statements; lives as long as the run */
        VerifyRecord *records; /* of this store */
        size_t n_records;
        VerifySort sort;
        int64_t seq; /* last entry read */
        Digest head;
        int64_t index_rows; /* rows that chain_row must have: one for each row and entry */
} Verify;

void verify_finding(Verify *v, const char *invariant, const char *record, int64_t id, const char *detail);
VerifyRecord *verify_record(Verify *v, int64_t number);
int verify_digest(const Verify *v, Bytes bytes, Digest *ret) _must_check_;
/* A VerifySeam: data is the Verify. */
void verify_seam(void *data, const VerifySpan *earlier, const VerifySpan *later);
/* Reads entries after the last one, at most max. Returns their number or negative errno. */
int verify_entries(Verify *v, Tx *tx, size_t max) _must_check_;
