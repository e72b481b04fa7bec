/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of the chain's readers. Every store has its own table of the same name. */
#pragma once

#include <node/store.h>

extern const Query chain_query_after;
extern const Query chain_query_head;
extern const Query chain_query_by_row;
