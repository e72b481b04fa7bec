/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of audit; all of the system store but the trail, which every store has. */
#pragma once

#include <internal/engine.h>

extern const Query query_access_last, query_access_insert, query_access_block, query_access_batch_last,
        query_access_batch_insert, query_access_saw, query_access_exported, query_access_seal_last,
        query_access_batches, query_access_entries, query_access_seals, query_person_name,
        query_view_accesses, query_view_seals, query_node_state_get, query_node_state_set,
        query_events_after, query_access_year;
extern const Query year_query_entries;
extern const Query *const audit_queries[];

/* The search of a chain as SQL; texts in the arena. after and floor bound the numbers, both exclusive above.
 */
#define TRAIL_ARGS_MAX 16
typedef struct TrailStatement {
        Query query;
        Value args[TRAIL_ARGS_MAX];
        size_t n_args;
} TrailStatement;
typedef struct TrailBounds {
        int64_t floor, after; /* floor <= seq < after */
        int64_t limit;
} TrailBounds;
struct TrailCall;
int trail_statement(const void *trail_call, int64_t office, const TrailBounds *bounds, Arena *arena,
        TrailStatement *ret) _must_check_;
extern const Query trail_query_window, trail_query_instants, trail_query_head;
