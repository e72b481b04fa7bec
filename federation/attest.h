/* SPDX-License-Identifier: Apache-2.0 */
/* A holder of detail recomputes the cells of the offices below it from the rows it landed and says, signed
 * and per office and month, whether they are what the office signed. */
#pragma once

#include "context.h"

#define ATTEST_HOLD_MS (10 * 60 * 1000)

/* One look: 1 something was attested or settled, 0 nothing due. */
int attest_due(const Context *context) _must_check_;
