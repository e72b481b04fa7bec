/* SPDX-License-Identifier: Apache-2.0 */
/* Cutting batches from what an office has committed. Reading, packing and signing happen on a snapshot; the
 * writer only inserts. detail, supervision and facts of one office are cut from one snapshot, and facts only
 * when detail has reached its end: a batch of facts always describes exactly the detail it names. */
#pragma once

#include "context.h"

/* In memory only: how far a stream's chain was read without finding rows for it, and where the last look
 * ended that found too few while a receipt is awaited. */
typedef struct CutMark {
        int64_t office, stream, scanned, looked;
} CutMark;
typedef struct CutMarks {
        CutMark marks[4 * OFFICES_MAX];
        size_t n;
} CutMarks;

/* One look at one office. 1 something was cut (look again), 0 nothing to do. -EBROKEN_: rows are not what
 * the chain says; the office's streams stop there. */
int cut_office(const Context *context, CutMarks *marks, int64_t office, int64_t parent) _must_check_;
/* The same for the node's own attestations. */
int cut_attestations(const Context *context, int64_t parent) _must_check_;
