/* SPDX-License-Identifier: Apache-2.0 */
/* All code sets of essential, for the descriptor. */
#pragma once

#include <node/module.h>

extern const CodeValue essential_codes[]; /* ends with an empty row */
