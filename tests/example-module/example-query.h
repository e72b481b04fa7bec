/* SPDX-License-Identifier: Apache-2.0 */
/* Every SQL text of example. */
#pragma once

#include <node/store.h>

extern const Query example_query_balance;
extern const Query example_query_balance_broken;
extern const Query example_query_balance_broken_now;
extern const Query example_query_shelves;
extern const Query example_query_orders;
extern const Query *const example_queries[];
