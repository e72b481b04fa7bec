/* SPDX-License-Identifier: Apache-2.0 */
/* Openings: their rows and the inputs of their commands. */
#pragma once

#include <internal/private.h>

#define PURPOSE_CASE "case"

#define FIELD FIELD_MEMBER
typedef struct PrivateOpening {
        RowHead head;
#include "private-opening.def"
} PrivateOpening;
typedef struct OpenCase {
#include "open.def"
} OpenCase;
typedef struct LookUp {
#include "look-up.def"
} LookUp;
typedef struct OpenedValue {
#include "opened-value.def"
} OpenedValue;
typedef struct Opened {
#include "opened.def"
} Opened;
#undef FIELD

extern const Record record_private_opening, record_private_open, record_private_look_up,
        record_private_opened_value, record_private_opened;
extern const Setting private_settings[];
enum { SETTING_ALARM = 0, SETTING_MOST = 1 };

int run_private_open(Request *q, const void *input, void *ret_output);
int run_private_look_up(Request *q, const void *input, void *ret_output);
