/* SPDX-License-Identifier: Apache-2.0 */
/* Filings: their rows and the inputs of their commands. */
#pragma once

#include <essential/organization.h>

#include "../housing/housing-records.h"

/* Stored numbers: the index of the name in the list. Never change. */
typedef enum FilingState { FILING_FILED = 0, FILING_ACCEPTED = 1, FILING_RETURNED = 2 } FilingState;

extern const StateName essential_filing_states[];

#define FIELD FIELD_MEMBER
typedef struct BuildingFiling {
        RowHead head;
#include "building_filing.def"
} BuildingFiling;
typedef struct FileBuildings {
#include "file_buildings.def"
} FileBuildings;
typedef struct AcceptFiling {
#include "accept_filing.def"
} AcceptFiling;
typedef struct ReturnFiling {
#include "return_filing.def"
} ReturnFiling;
#undef FIELD

/* --- filing-records.c --- */
#define RECORD(variable) extern const Record record_##variable;
#include "records.def"
#undef RECORD

/* --- filing-command.c --- */
#define COMMAND(variable, ...)                                                                              \
        int run_##variable(Request *q, const void *input, void *ret_output);                                \
        extern const Command essential_##variable;
#include "commands.def"
#undef COMMAND

/* --- filing-view.c --- */
#define VIEW(variable) extern const View view_##variable;
#include "views.def"
#undef VIEW
