/* SPDX-License-Identifier: Apache-2.0 */
/* What the chain says became of every row of registers and documents, in the order of the tables: filled by
 * verify as it reads the chain, read beside the tables. A county has more rows than memory should hold, so
 * at most items_max spans are kept; the rest lies in sorted runs in files without a name. */
#pragma once

#include <node/macro.h>
#include <node/types.h>

/* Changes of one row that follow one another, joined. */
typedef struct VerifySpan {
        int64_t record, id;
        int64_t version_from, version_to; /* that the first and the last of them made */
        int64_t seq_from, seq_to;
        uint8_t before[24],
                after[24]; /* digests of the row's wire form, shortened; of nothing before version 1 */
} VerifySpan;

/* Two spans of one row meet; called once for every pair of neighbours. */
typedef void (*VerifySeam)(void *data, const VerifySpan *earlier, const VerifySpan *later);

#define VERIFY_FAN_IN 16
#define VERIFY_RUNS_MAX ((size_t) 8 * VERIFY_FAN_IN)

typedef struct VerifyRun {
        int fd;
        unsigned level; /* 0: out of memory; n + 1: merged of VERIFY_FAN_IN of level n */
        size_t n;
} VerifyRun;

typedef struct VerifySort {
        const char *folder;
        size_t items_max;
        VerifySeam seam;
        void *data;
        VerifySpan *items;
        size_t n;
        bool sorted;
        VerifyRun runs[VERIFY_RUNS_MAX];
        size_t n_runs;
        size_t held_max; /* most spans that were in memory at once, those of the readers of runs included */
} VerifySort;

/* items_max, folder, seam and data are the caller's; the folder outlives the sort. */
int verify_sort_init(VerifySort *sort) _must_check_;
void verify_sort_done(VerifySort *sort);
int verify_sort_add(VerifySort *sort, const VerifySpan *span) _must_check_;

typedef struct VerifySource {
        const VerifyRun *run; /* NULL: what is in memory */
        VerifySpan *spans;
        size_t at, end, next; /* in spans; next of the run to be read */
} VerifySource;

/* Valid until the next verify_sort_add. */
typedef struct VerifyCursor {
        VerifySource sources[VERIFY_RUNS_MAX + 1];
        VerifySource *heap[VERIFY_RUNS_MAX + 1];
        size_t n_sources, n_heap;
        VerifySpan *buffer;
        size_t max; /* spans of a run at once */
} VerifyCursor;

/* Stands behind (record, id). */
int verify_cursor_open(VerifySort *sort, int64_t record, int64_t id, VerifyCursor *ret) _must_check_;
/* 1 and all of the next row's changes as one span; 0 at the end. Seams are told to seam, which may be NULL.
 */
int verify_cursor_next(VerifyCursor *cursor, VerifySeam seam, void *data, VerifySpan *ret) _must_check_;
void verify_cursor_done(VerifyCursor *cursor);
