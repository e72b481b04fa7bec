/* SPDX-License-Identifier: Apache-2.0 */
/* Filings: their rows and the inputs of their commands. */
#pragma once

#include <essential/organization.h>

#include "../housing/housing-records.h"

/* Stored numbers: the index of the name in the list. Never change. */
typedef enum FilingState {
        FILING_FILED = 0,
        FILING_ACCEPTED = 1, /* and not imported, or not to the end: the node may have gone down between */
        FILING_RETURNED = 2,
        FILING_IMPORTED = 3,
} FilingState;
/* The names are those of the importers. */
typedef enum FilingKind { FILING_BUILDING_TABLE = 0, FILING_OWNERSHIP = 1 } FilingKind;

extern const StateName essential_filing_states[], essential_filing_kinds[];

#define FIELD FIELD_MEMBER
typedef struct BuildingFiling {
        RowHead head;
#include "building_filing.def"
} BuildingFiling;
typedef struct FileBuildings {
#include "file_buildings.def"
} FileBuildings;
typedef struct FileOwners {
#include "file_owners.def"
} FileOwners;
typedef struct ConcludeFiling {
#include "conclude_filing.def"
} ConcludeFiling;
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
/* For the import of a filed file: refuses unless it may be imported, or (rehearsing) may still be. */
int filing_for_import(Request *q, Id filing, bool rehearsing, BuildingFiling *ret) _must_check_;
/* Whether the organization serves the area today. */
int filing_area_served(Request *q, Id organization, Id property_area, bool *ret) _must_check_;
#define COMMAND(variable, ...)                                                                              \
        int run_##variable(Request *q, const void *input, void *ret_output);                                \
        extern const Command essential_##variable;
#include "commands.def"
#undef COMMAND

/* --- filing-view.c --- */
#define VIEW(variable) extern const View view_##variable;
#include "views.def"
#undef VIEW
