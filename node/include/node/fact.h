/* SPDX-License-Identifier: Apache-2.0 */
/* Fact cells: flows by month and dimensions, kept in the transaction that posts; a stock is their running sum.
 * The county's cells are signed and carried to the nation; every tier adds, none recomputes a ratio by averaging. */
#pragma once

#include <node/command.h>

typedef struct Measure {
        const char *name, *label, *clause;   /* "deposit.paid", "实交金额" */
        uint16_t number;                     /* frozen */
        FieldKind kind;                      /* KIND_MONEY or KIND_INTEGER */
        /* Over landed rows: month, nature, phase, category, value of one origin ($1) and month ($2), by
         * the same rule as the county's own postings; the city attests with it. */
        const Query *recompute;
} Measure;

/* A ratio is declared by its parts and recomputed at every subtotal. */
typedef struct Ratio {
        const char *name, *label, *clause;
        const Measure *numerator, *denominator;
} Ratio;

typedef struct FactKey {
        int32_t month;            /* yyyymm of the business date */
        int32_t nature;           /* 1 commodity housing, 2 sold public housing */
        int32_t phase;            /* 1 hosted, 2 self-management */
        int32_t category;         /* the measure's own split; 0 = none */
} FactKey;

int fact_add(Request *q, const Measure *measure, FactKey key, int64_t delta) _must_check_;
