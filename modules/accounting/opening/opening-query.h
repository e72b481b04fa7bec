/* SPDX-License-Identifier: Apache-2.0 */
/* SQL texts of legacy balances. */
#pragma once

#include <node/store.h>

extern const Query accounting_opening_line_live, accounting_opening_open, accounting_opening_waiting,
        accounting_opening_lines_of, accounting_view_openings, accounting_view_opening_lines,
        accounting_openings_sums, accounting_openings_twice;
