/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of cells into values: pure, on copies in an arena. A fault is the code of a finding, NULL is none.
 */
#pragma once

#include <node/arena.h>
#include <node/types.h>

#include <essential/sheet-codes.h>

/* Blanks of every width off both ends, and a leading apostrophe. In place; returns where the text begins. */
char *sheet_trim(char *text);
bool sheet_starts(const char *text, const char *prefix);
/* Cuts a suffix off; true when it was there. */
bool sheet_cut_end(char *text, const char *suffix);
/* Word of a table equal to the whole text, or NULL. */
const SheetWord *sheet_word(const SheetWord *words, const char *text);
/* Word of a table that the text begins with, or NULL. */
const SheetWord *sheet_word_start(const SheetWord *words, const char *text);
/* 小计, 合计, 总计 at either end of the text, or NULL. */
const SheetWord *sheet_total_word(const char *text);
/* 3, 十二, 二十: a number from 0 to 9999. */
bool sheet_number(const char *text, int64_t *ret);

/* 89.37, 1,289.37, 89.37㎡, and 89.36999999999999 as a spreadsheet writes it. Codes AREA_MISSING,
 * _NOT_NUMERIC, _PRECISION; *ret_warning is the code of what was put right, or NULL. */
const char *sheet_area(const char *text, Arena *arena, Area *ret, const char **ret_warning);
/* 7166.87, ￥7,166.87元, 0.716687万元; places: how far the heading's unit moves the point (万元: 4). Codes
 * AMT_MISSING (nothing, or "-"), _NOT_NUMERIC, _SCIENTIFIC, _PRECISION (a part of a fen). */
const char *sheet_amount(
        const char *text, int places, Arena *arena, Money *ret, const char **ret_warning);
/* 1.2E+17, as a spreadsheet shows a long number. */
bool sheet_scientific(const char *text);
/* All forms of the field, Excel serials of either base too; "" gives no date. Codes DATE_INVALID,
 * DATE_RANGE. */
const char *sheet_date(const char *text, bool dates_1904, Date today, Date *ret);
/* The same without a range: days to come and long ago too. */
const char *sheet_any_date(const char *text, bool dates_1904, Date *ret);
/* 12, 12层, -1, 负一层, B1, -1F; "" gives 0. Code FLOOR_RANGE. */
const char *sheet_floor(const char *text, int64_t *ret);
/* The same where the storey may bear a name: "夹层" is 0 and itself, "2层夹层" is 2 and itself; NULL where it has none. */
const char *sheet_floor_named(const char *text, Arena *arena, int64_t *ret, const char **ret_name);
/* 3幢, 3#, 三号楼 and 3 are one label, a座 and A too. */
char *sheet_building(char *text, Arena *arena);
/* 一单元 and 1; "/" and "-" are none. */
char *sheet_unit(char *text, Arena *arena);
/* A key that a spreadsheet turned into a date. */
bool sheet_date_mangled(const char *text);
bool sheet_cell_error(const char *text);
/* Takes blanks of every width out of the middle too. In place. */
void sheet_blanks_remove(char *text);

typedef struct SheetAddress {
        char *building, *unit, *room;
        int64_t floor;
} SheetAddress;
/* The whole address in one cell. -ENOMEM. Parts that are not there are "". */
int sheet_address(const char *text, Arena *arena, SheetAddress *ret) _must_check_;
