/* SPDX-License-Identifier: Apache-2.0 */
/* What Ctrl+K asks of housing. */
#pragma once

#include <node/store.h>

#define QUERY(variable) extern const Query variable;
#include "queries.def"
#undef QUERY
