/* SPDX-License-Identifier: Apache-2.0 */
/* What the imports of lists answer: counts, and notes on rows that need a word. */
#pragma once

#include <node/importer.h>

#define LIST_NOTES_MAX 150

#define FIELD FIELD_MEMBER
typedef struct RowNote {
#include "row_note.def"
} RowNote;
typedef struct ListResult {
#include "list_result.def"
} ListResult;
#undef FIELD

extern const Record record_row_note, record_list_result;

/* --- list-result.c --- */
/* Adds a note; its texts live in the arena. -E2BIG beyond LIST_NOTES_MAX. */
int list_note(ListResult *result, RowNote note, Arena *arena) _must_check_;
/* Refuses essential.list_rows. */
int list_rows_check(Request *q, size_t n, size_t max) _must_check_;
/* Importer.tally and Importer.faults for every list. */
void list_tally(const void *output, int64_t counts[static 3]);
int list_faults(const void *output, Arena *arena, const Finding **ret, size_t *ret_n);
