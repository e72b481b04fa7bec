/* SPDX-License-Identifier: Apache-2.0 */
/* A list's statement, composed from nothing but what its View declares; values are parameters. */
#pragma once

#include <internal/engine.h>

#define VIEW_ARGUMENTS_MAX (VIEW_AMONG_MAX * VIEW_FILTERS_MAX + 8)

typedef struct ViewStatement {
        Query query;
        Value args[VIEW_ARGUMENTS_MAX];
        size_t n_args;
        const Column *order; /* what it is sorted by before the key; NULL: by the key alone */
} ViewStatement;

/* Whose rows a reader sees: those of his office and of the offices beneath it. */
typedef struct Scope {
        int64_t office;
        Id organization; /* only this involved organization's; 0: staff */
        bool alone;      /* nobody is beneath: plain equality, by which a database finds the best index */
} Scope;

int scope_read(Tx *tx, const Caller *caller, Scope *ret) _must_check_;

/* One row more than call->limit, in the order asked for. -EMALFORMED_: unknown column, operator or value. */
int view_statement(const View *view, const Scope *scope, const ViewCall *call, Arena *arena,
        ViewStatement *ret) _must_check_;
/* Count, then the sum of each COLUMN_SUM column, over the whole filter. */
int view_totals_statement(const View *view, const Scope *scope, const ViewCall *call, Arena *arena,
        ViewStatement *ret) _must_check_;
/* Ids of the rows above that fit a filter of this column, one more than VIEW_AMONG_MAX. */
int view_among_statement(
        const View *view, const Filter *filter, Arena *arena, ViewStatement *ret) _must_check_;
const Column *view_column(const View *view, const char *name);
