/* SPDX-License-Identifier: Apache-2.0 */
/* The kernel's own statements: chain, ids, vault, fact cells, blocks, closure. */
#pragma once

#include <node/store.h>

extern const Query query_chain_find;
extern const Query query_chain_insert;
extern const Query query_chain_row_insert;
extern const Query query_chain_kind_insert, query_chain_kind_last;
extern const Query query_id_counter;
extern const Query query_id_counter_set;
extern const Query query_vault_insert;
extern const Query query_vault_select;
extern const Query query_vault_find, query_vault_find_many;
extern const Query query_fact_add;
extern const Query query_closure_clear;
extern const Query query_closure_add;
extern const Query query_closure_below;
extern const Query query_view_chain;

/* By StoreId: the same statement over the table of that store. */
extern const Query query_series_open[4];
extern const Query query_block_find[4];
extern const Query query_view_block[4];
extern const Query query_setting_on[4], query_setting_of_day[4], query_view_setting[4], query_view_setting_request[4];

/* Every one of them by StoreId, for the check at start; each list ends with NULL. */
extern const Query *const *const command_queries[4];
