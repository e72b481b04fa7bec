/* SPDX-License-Identifier: Apache-2.0 */
/* What is told about a checked file: the preview's JSON and the report in the user's own file. */
#pragma once

#include <internal/imports.h>
#include <node/importer.h>

#define IMPORT_FINDINGS_TOLD_MAX 500
#define IMPORT_SAMPLE_ROWS 10

typedef struct ImportChecked {
        const Importer *importer;
        Sheet sheet;
        ImportResult result;
        int64_t fault_line;
} ImportChecked;

/* When and by whom the same bytes were imported before: a new reference, NULL: never. */
int import_known(const Importer *importer, Engine *engine, const Caller *caller, const Digest *upload,
        json_t **ret) _must_check_;
/* The importer's own word for a code, which lives as long as the program; empty texts where it has none. */
const FindingText *import_text(const Importer *importer, const char *code);
/* New reference, NULL: no memory. */
json_t *import_told(const ImportChecked *checked, const Digest *upload);
/* {"error":{"code","message","line"}} for a file that could not be judged at all. */
json_t *import_fault_told(int result, const ImportChecked *checked, const Registry *registry, Arena *arena);
/* Adds "error" with the code's sentence. */
void import_fault_add(json_t *told, const char *code, const Registry *registry, Arena *arena);
/* What the store said of rows under "faults", how many of them it left out under "left_out". said comes in
 * the order of the file, here and below. */
int import_said_add(json_t *told, const Importer *importer, const Finding *said, size_t n) _must_check_;
/* Rows that the store leaves out are no items any longer, and their faults findings like the importer's own,
 * in the order of lines. */
int import_leave_out(ImportChecked *checked, const Finding *said, size_t n, Arena *arena) _must_check_;
/* result: of the run, whose "faults" are told too, or NULL. -E2BIG: past the buffer's limit. */
int import_report_write(const ImportChecked *checked, const json_t *result, Buffer *csv) _must_check_;
