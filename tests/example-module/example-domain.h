/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of example: no store, clock, allocation or log. */
#pragma once

#include <node/macro.h>
#include <node/types.h>

/* An order's amount lies above 0 and not above 1,000,000.00 yuan. */
bool example_amount_allowed(Money amount);
