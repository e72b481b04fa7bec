/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a file that somebody uploaded in a process of its own: few rights, bounded memory and time, one
 * file, one pipe. */
#pragma once

#include <internal/engine.h>
#include <node/importer.h>

#define SHEET_ARENA_BYTES_MAX ((size_t) 512 << 20)

/* The child: file on descriptor 3, rows to descriptor 4. Returns the exit status. */
int parse_process_main(void);

/* Spawns `executable parse` on the file and collects the sheet. -E2BIG: a limit was passed, ret_fault_line
 * says where; -EMALFORMED_: no table (binary, locked, damaged); -EIO: the child died. */
int sheet_read(
        const char *executable, int file, Arena *arena, Sheet *ret, int64_t *ret_fault_line) _must_check_;

/* The office's own codes of today, ended by a NULL set; none where the node has no business. In the arena. */
int sheet_codes_read(Engine *engine, int64_t office, Arena *arena, const SheetCode **ret) _must_check_;

/* The rules of an importer on the first sheet of a workbook that has its header line, which *sheet then is: a workbook
 * may begin with a sheet of explanations. -EMALFORMED_: none has one; else what the importer says. */
int sheet_judge(Sheet *sheet, const Importer *importer, Date today, Arena *arena, ImportResult *ret) _must_check_;
