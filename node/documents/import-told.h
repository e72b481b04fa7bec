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

/* New reference, NULL: no memory. Asks the store whether the same file was imported before. */
json_t *import_told(const ImportChecked *checked, Engine *engine, const Caller *caller, const Digest *upload,
        Arena *arena);
/* {"error":{"code","message","line"}} for a file that could not be judged at all. */
json_t *import_fault_told(int result, const ImportChecked *checked, const Registry *registry, Arena *arena);
/* Adds "error" with the code's sentence. */
void import_fault_add(json_t *told, const char *code, const Registry *registry, Arena *arena);
/* Appends what the store said of one part to "faults", and counts in "left_out" the lines that stayed out. */
int import_faults_add(json_t *told, const Importer *importer, const Finding *faults, size_t n) _must_check_;
/* What the store has against good rows: they leave the items and are findings like the importer's own, in the order of
 * lines, also under "looked" of *told, which is made where it is needed. */
int import_looked(ImportChecked *checked, Finding *faults, size_t n, Arena *arena, json_t **told) _must_check_;
/* result: of the run, whose "looked" and "faults" are told too, or NULL. -E2BIG: past the buffer's limit. */
int import_report_write(const ImportChecked *checked, const json_t *result, Buffer *csv) _must_check_;
