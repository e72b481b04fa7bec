/* SPDX-License-Identifier: Apache-2.0 */
/* What of essential waits for a person, for the sheet of who leaves (14.4.3), and whose private
 * values a case gives while it is open (4.3.2A). */
#pragma once

#include <node/module.h>

/* Both end with an empty row. */
extern const OpenWork essential_open_work[];
extern const PrivateCase essential_private_cases[];
#define VIEW(variable) extern const View view_##variable;
#include "views.def"
#undef VIEW
