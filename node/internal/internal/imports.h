/* SPDX-License-Identifier: Apache-2.0 */
/* Files brought by people, in two runs: a preview that checks every row and changes nothing, and the import,
 * which checks again and sends the good rows through the importer's command in whole units. */
#pragma once

#include <internal/engine.h>
#include <internal/runs.h>
#include <node/importer.h>

typedef struct Imports {
        Engine *engine;
        Runs *runs;
        const char *executable; /* for the parse process */
        const char *blobs;      /* where uploads lie, by digest */
} Imports;

typedef enum ImportMode { IMPORT_PREVIEW, IMPORT_GOOD_ROWS, IMPORT_ALL_OR_NOTHING } ImportMode;

typedef struct ImportAsked {
        const Importer *importer;
        const Digest *upload;
        const char *file_name;
        ImportMode mode;
        Id document; /* that the file was brought with; 0: none */
} ImportAsked;

const Importer *importer_find(const Registry *registry, const char *name);

/* Starts the run. Its result is
 * {"kind","digest","file","encoding","header_line","columns":[{"heading","field"}],
 * "sample":[[…]],"rows","accepted","rejected","warnings","totals":[{"name","value"}],
 * "findings":[{"line","level","code","message","column","value"}],
 * "findings_total","known":{"instant","person","file"}|absent, "mode"} and
 * after an import also
 * {"created","changed","unchanged","left_out","faults":[{"line","level","code","message","column","value"}]}:
 * lines that were good by themselves but met a refusal in the store; a failed run has
 * {"error":{"code","message","line","cause"}}, cause being the refusal's own sentence where there is one.
 * -EFORBIDDEN_: the caller may not run the importer's command. -ENOENT: no such upload. -EAGAIN. */
int imports_start(
        const Imports *imports, const Caller *caller, const ImportAsked *asked, Id *ret_run) _must_check_;

/* The user's own file as UTF-8 CSV with two more columns: codes and sentences of each row. Of a run of the
 * caller's own, with what the store refused too. -ENOENT: no such run, or one that judged no file. */
int imports_run_report(const Imports *imports, const Caller *caller, Id run, Buffer *ret_csv) _must_check_;
/* The report of this file is called so: whoever mends several tells them apart. NULL: no memory. */
const char *imports_report_name(Arena *arena, const char *file);
/* The same from the file alone. */
int imports_report(const Imports *imports, const Caller *caller, const Importer *importer,
        const Digest *upload, Buffer *ret_csv) _must_check_;
