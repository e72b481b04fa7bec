/* SPDX-License-Identifier: Apache-2.0 */
/* The walk over a sheet that every importer makes: header, lines that say nothing, keys of dwellings,
 * findings. */
#pragma once

#include <node/record.h>

#include <essential/sheet-heading.h>
#include <essential/sheet-index.h>
#include <essential/sheet-text.h>

typedef struct SheetWalk {
        const Sheet *sheet;
        const SheetForm *form;
        void *data; /* the importer's own */
        SheetHeading heading;
        Date today;
        Arena *arena; /* of the row at hand: empty again at the next */
        Arena *kept;  /* what outlives the row */
        SheetIndex dwellings, buildings, units, numbers;
        const char **owner_names; /* n_owners of them: by which name each number came first */
        size_t n_owners, owners_capacity;
        const char **unit_names; /* n_units of them, as found: buildings say which is theirs */
        size_t n_units;
        Finding *findings;
        size_t n_findings, findings_capacity;
        void *items;
        int64_t *item_lines;
        size_t n_items, n_rejected;
        bool row_rejected; /* of the row at hand */
        const SheetRow *row;
} SheetWalk;

typedef struct SheetKey {
        char *area, *area_plain /* half-width, to compare */, *building, *unit, *room;
        int64_t floor;
} SheetKey;

/* Judges every row by form; ret has no totals yet. data goes to form->judge. */
int sheet_walk(const Sheet *sheet, const SheetForm *form, void *data, Date today, Arena *arena,
        ImportResult *ret) _must_check_;

/* --- for judge(), about the row at hand --- */
/* Nothing when code is NULL; column may be COLUMN_NONE. */
int sheet_finding(SheetWalk *walk, FindingLevel level, const char *code, SheetColumn column,
        const char *value) _must_check_;
/* The cell of a column, as written; "" where the row or the sheet has none. */
const char *sheet_raw(const SheetWalk *walk, SheetColumn column);
/* The heading of a column as written, "" where the sheet has none. */
const char *sheet_heading_text(const SheetWalk *walk, SheetColumn column);
/* Whether a line above the header says that this is the unit of the table: 单位:万元. */
int sheet_title_unit(SheetWalk *walk, const char *unit, bool *ret) _must_check_;
/* NULL: no memory. */
char *sheet_trimmed(SheetWalk *walk, SheetColumn column);
/* Half-width; *ret_folded tells that something was full-width. */
char *sheet_folded(SheetWalk *walk, SheetColumn column, bool *ret_folded);
/* What a spreadsheet stored where a number was expected, as the code of a warning, or NULL. */
const char *sheet_number_stored(const SheetWalk *walk, SheetColumn column);
/* The owners of the row; names and numbers of people are not repeated in findings. */
int sheet_owners_check(SheetWalk *walk, Lines *ret) _must_check_;
/* The numbers of the row's owners alone, separated by one 、 each, "" where the file does not say; their names are
 * asked for nothing. */
int sheet_numbers_check(SheetWalk *walk, const char **ret) _must_check_;
int sheet_key_read(SheetWalk *walk, SheetKey *ret) _must_check_;
/* KEY_…, DUP_KEY, AREA_NAME_MISSING; fills in the only unit of a dwelling's building. */
int sheet_key_check(SheetWalk *walk, SheetKey *key, bool dwelling) _must_check_;
