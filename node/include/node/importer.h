/* SPDX-License-Identifier: Apache-2.0 */
/* Files that people bring: a sheet of cells, rules that say of every row whether it is good, and a command
 * that takes the good ones. The rules are pure and see the whole sheet, so that a preview and the import
 * itself cannot differ. */
#pragma once

#include <node/arena.h>
#include <node/command.h>
#include <node/text.h>

#define IMPORT_ROWS_MAX 150000
#define IMPORT_COLUMNS_MAX 64
#define IMPORT_CELL_BYTES_MAX 4096
#define IMPORT_FILE_BYTES_MAX (300u << 20)

/* How a spreadsheet stored a cell. What matters to rules: a number in a column of texts has lost digits or
 * leading zeros, a text in a column of numbers was typed, a day in a column of keys was 12-1 once. */
typedef enum CellKind {
        CELL_TEXT = 0,
        CELL_NUMBER = 1,   /* written out: 990000000000000000, not 9.9E+17 */
        CELL_DATE = 2,     /* a number shown as a day: 2026-01-05 */
        CELL_ERROR = 3,    /* #REF! */
        CELL_NO_VALUE = 4, /* a formula whose result nobody stored; the text is "" */
        CELL_KIND = 0x0f,
        CELL_FORMULA = 0x10, /* the stored result of a formula */
} CellKind;

typedef struct SheetRow {
        int64_t line; /* physical line of a CSV file (of the row's first byte), row of a spreadsheet; from 1
                       */
        uint32_t n_cells;
        const char *const *cells; /* UTF-8, as written; never NULL */
        const uint8_t *kinds;     /* CellKind of each; NULL in a CSV file, where all is text */
        bool bad_encoding;        /* bytes that are no text: cells hold what could be read */
} SheetRow;

/* A code that the office has as a row today, in addition to those that are declared. name: half-width and without
 * blanks, for comparing. */
typedef struct SheetCode {
        const char *set, *code, *name;
} SheetCode;

typedef struct Sheet Sheet;
struct Sheet {
        const SheetRow *rows;
        size_t n_rows;
        const char *encoding; /* "UTF-8", "GB18030", "XLSX" */
        const char *name;     /* of a spreadsheet's sheet, otherwise "" */
        const Sheet *next;    /* of the same workbook, or NULL; the first with a header line is taken */
        bool dates_1904;      /* plain numbers that mean days count from 1904-01-01 */
        const SheetCode *codes; /* ends with a NULL set; NULL: none */
};

/* The code of the set whose code or name a cell gives, trimmed and half-width; NULL: none. */
static inline const char *sheet_code(const Sheet *sheet, const char *set, const char *text) {
        for (const SheetCode *one = sheet->codes; one && one->set; one++)
                if (text_equal(one->set, set) && (text_equal(one->code, text) || text_equal(one->name, text)))
                        return one->code;
        return NULL;
}

static inline CellKind sheet_cell_kind(const SheetRow *row, uint32_t at) {
        return row->kinds && at < row->n_cells ? (CellKind) (row->kinds[at] & CELL_KIND) : CELL_TEXT;
}

typedef enum FindingLevel {
        FINDING_NOTE,    /* about the file: a declared total differs */
        FINDING_WARNING, /* accepted after normalising; value is the original text */
        FINDING_REJECT,  /* this row is left out */
} FindingLevel;

typedef struct Finding {
        FindingLevel level;
        int64_t line;
        const char *code;   /* "AREA_MISSING"; its sentence is in the importer's findings table */
        const char *column; /* heading in the user's own file, or NULL */
        const char *value;
} Finding;

typedef struct ImportResult {
        const Finding *findings;
        size_t n_findings;
        void *items; /* n_items structs of item_size, in the order of the file */
        const int64_t *item_lines;
        size_t n_items, n_rejected;
        int64_t header_line;
        const char *const
                *columns; /* for the preview: which field each column of the file was taken for, or "" */
        size_t n_columns;
        /* {"rows":…,"area":…}: totals for the preview, name and value by turns, values as shown */
        const char *const *totals;
        size_t n_totals;
} ImportResult;

typedef struct FindingText {
        const char *code, *sentence; /* Chinese: what is wrong and what to do */
} FindingText;

typedef struct Importer {
        const char *name, *label, *clause; /* "building_table", "楼盘表" */
        size_t item_size;
        /* Sentences of its codes, its own before those of the walk it shares; each ends with an empty row, the
         * second may be NULL. */
        const FindingText *texts, *shared_texts;
        /* Pure. -EMALFORMED_ when no header line is found (a finding says so), -ENOMEM, -E2BIG. */
        int (*check)(const Sheet *sheet, Date today, Arena *arena, ImportResult *ret);
        const Command *command; /* internal; its input is made by fill from consecutive good items */
        /* Where the store has a say: internal, COMMAND_NO_CHAIN, input and output of command, the same
         * steps, and nothing changed. The preview, and all or nothing, ask it: its tally is what the import
         * would do, rows it leaves out are findings and no longer accepted, its notes are told. NULL: the
         * rules alone say what is good. */
        const Command *rehearsal;
        size_t chunk_items_max;
        int (*fill)(const void *items, size_t n, Arena *arena, void **ret_input);
        /* Of a file that a document asked to import: says so in the command's input. NULL: it does not
         * matter. */
        void (*about)(void *input, Id document);
        /* Of such a file, after the last part: internal, {"id","created","changed","unchanged","left"}; the
         * document learns that its file is in. NULL: no document asks. */
        const Command *concluded;
        /* adds up what the command's output says it did: created, changed, unchanged */
        void (*tally)(const void *output, int64_t ret_created_changed_unchanged[static 3]);
        /* What became of lines good by themselves when the command met the store: left out (code and line),
         * or worth a word (a value too). In the order of the file. NULL where the command takes every item
         * or refuses. -ENOMEM. */
        int (*faults)(const void *output, Arena *arena, const Finding **ret, size_t *ret_n);
        /* Totals of the good rows, made again when the rehearsal has left some out. NULL: check makes them
         * for good. */
        int (*total)(
                const void *items, size_t n, Arena *arena, const char *const **ret_totals, size_t *ret_n);
} Importer;
