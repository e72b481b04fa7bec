/* SPDX-License-Identifier: Apache-2.0 */
/* For importers of files about dwellings that are stored already (4.1.1): which dwelling a row means, and rows that
 * the store leaves out one by one. The words of such files are read by <essential/sheet-walk.h>. */
#pragma once

#include <essential/essential.h>
#include <node/importer.h>

#define FIELD FIELD_MEMBER
typedef struct ImportFault {
#include <essential/import_fault.def>
} ImportFault;
typedef struct ImportOutcome {
#include <essential/import_outcome.def>
} ImportOutcome;
#undef FIELD
extern const Record record_import_fault, record_import_outcome;

/* Of one command, with the owners of each row: the body of a chain entry is bounded. */
#define IMPORT_PART_ROWS_MAX 50

/* Notes that the row of a line is left out; code: of one of the importer's texts. */
int outcome_fault(Request *q, ImportOutcome *outcome, int64_t line, const char *code) _must_check_;
/* Notes that the row of a line is taken but for what the code speaks of. At most one of both a line. */
int outcome_warning(Request *q, ImportOutcome *outcome, int64_t line, const char *code) _must_check_;
/* Into the order of the file, where they were not noted in it. */
void outcome_sort(ImportOutcome *outcome);
/* Of an Importer whose command answers ImportOutcome. */
void outcome_tally(const void *output, int64_t counts[static 3]);
int outcome_faults(const void *output, Arena *arena, const Finding **ret, size_t *ret_n);
/* ImportFaults as findings. */
int import_faults(Lines faults, Arena *arena, const Finding **ret, size_t *ret_n);

/* How a row names its dwelling, as sheet_key_read() gives it. area "": the only one of the office. */
typedef struct DwellingName {
        const char *area, *building, *unit, *room;
} DwellingName;

/* *ret_code: AREA_NAME_MISSING (no area named, and the office has several), ORPHAN, KEY_AMBIGUOUS (no unit named where
 * the building has several), APARTMENT_STATE (it has ended); NULL when found. A unit that is not named is the one the
 * building has. */
int dwelling_find(Request *q, const DwellingName *name, Apartment *ret, const char **ret_code) _must_check_;
/* Whether each of these numbers, joined by 、, is of somebody who owns a share today. "": nothing is asked. */
int dwelling_owned_by(Request *q, Id apartment, const char *numbers, bool *ret) _must_check_;
