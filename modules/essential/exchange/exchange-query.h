/* SPDX-License-Identifier: Apache-2.0 */
/* Every SQL text of exchange. */
#pragma once

#include <node/store.h>

#define QUERY(variable) extern const Query variable;
#include "queries.def"
#undef QUERY
extern const Query exchange_view_partners, exchange_view_lists, exchange_view_messages,
        exchange_view_differences, exchange_view_owners, exchange_view_accesses, exchange_view_apartments;
