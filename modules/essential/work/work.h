/* SPDX-License-Identifier: Apache-2.0 */
/* What of essential waits for a person, for the sheet of who leaves (14.4.3). */
#pragma once

#include <node/module.h>

extern const OpenWork essential_open_work[]; /* ends with an empty row */
#define VIEW(variable) extern const View view_##variable;
#include "views.def"
#undef VIEW
