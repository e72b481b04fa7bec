/* SPDX-License-Identifier: Apache-2.0 */
/* Verify's own statements: written apart from the command path's, so that one mistake cannot hide in both.
 */
#pragma once

#include <node/record.h>

extern const Query verify_chain_page;
extern const Query verify_index_count;

/* SELECT of all columns of a record's table. */
int verify_query_range(
        const Record *record, Arena *arena, Query *ret) _must_check_; /* $1 first, $2 last id */
int verify_query_page(
        const Record *record, Arena *arena, Query *ret) _must_check_; /* $1 after id, $2 limit */
int verify_query_count(const Record *record, Arena *arena, Query *ret) _must_check_;
