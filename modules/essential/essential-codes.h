/* SPDX-License-Identifier: Apache-2.0 */
/* All code sets of essential, for the descriptor. */
#pragma once

#include <node/module.h>

extern const CodeValue essential_codes[]; /* ends with an empty row */
/* NULL: not declared. */
const char *essential_code_label(const char *set, const char *code);
