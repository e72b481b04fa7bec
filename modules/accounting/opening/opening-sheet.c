/* SPDX-License-Identifier: Apache-2.0 */
/* Files of legacy balances (4.1.1, 15.2.4): the amounts of each dwelling, which must add up to the fen. */

#include <string.h>

#include <essential/sheet-walk.h>
#include <node/error.h>
#include <node/money.h>
#include <node/text.h>

#include "opening-codes.h"
#include "opening-records.h"

#define BILL_CHARACTERS_MAX 40

typedef struct Amounts {
        Money of[OPENING_AMOUNTS];
} Amounts;

/* The file's own data: sums of the good rows, to be compared with the totals it declares. */
typedef struct OpeningSheet {
        Amounts sums;
} OpeningSheet;

/* How far the unit of a column moves the point: its heading decides before a line above the table. */
static int column_places(SheetWalk *walk, SheetColumn column, int *ret) {
        const char *heading = sheet_heading_text(walk, column);
        bool said = strstr(heading, sheet_ten_thousand_yuan) != NULL;
        int r = strstr(heading, sheet_yuan) ? 0 : sheet_title_unit(walk, sheet_ten_thousand_yuan, &said);

        *ret = said ? 4 : 0;
        return r;
}

/* Nothing or "-" is 0 but for the balance. *ret_unread is set when the cell is no amount, never cleared. */
static int amount_read(SheetWalk *walk, SheetColumn column, Money *ret, bool *ret_unread) {
        const char *warning, *raw = sheet_raw(walk, column);
        int places, r = column_places(walk, column, &places);
        bool folded;
        char *text = sheet_folded(walk, column, &folded);

        if (r < 0 || !text)
                return r < 0 ? r : -ENOMEM;
        const char *code = sheet_amount(text, places, walk->arena, ret, &warning);
        if (code && strcmp(code, "AMT_MISSING") == 0 && column != (SheetColumn) COLUMN_BALANCE) {
                *ret = (Money){ 0 };
                return 0;
        }
        r = sheet_finding(walk, FINDING_REJECT, code, column, raw);
        *ret_unread |= code != NULL;
        if (r < 0 || code)
                return r;
        if (!warning)
                warning = folded ? "NORMALISED_WIDTH" : sheet_number_stored(walk, column);
        return sheet_finding(walk, FINDING_WARNING, warning, column, raw);
}

static int amounts_judge(SheetWalk *walk, OpeningRow *item) {
        Money *const to[OPENING_AMOUNTS] = { &item->due, &item->paid, &item->more, &item->returns,
                &item->used, &item->balance };
        bool unread = false;
        int r = 0;

        for (int i = 0; r == 0 && i < OPENING_AMOUNTS; i++)
                r = amount_read(walk, (SheetColumn) (COLUMN_DUE + i), to[i], &unread);
        /* a file that does not say what was due counts what was paid as due */
        if (sheet_heading_column(&walk->heading, (SheetColumn) COLUMN_DUE) < 0)
                item->due = item->paid;
        if (r < 0 || unread)
                return r;
        return sheet_finding(walk, FINDING_REJECT, opening_row_fault(item), (SheetColumn) COLUMN_BALANCE,
                sheet_raw(walk, (SheetColumn) COLUMN_BALANCE));
}

static int rest_judge(SheetWalk *walk, OpeningRow *item) {
        const SheetColumn paid_on = (SheetColumn) COLUMN_PAID_ON, bill = (SheetColumn) COLUMN_BILL;
        bool folded;
        char *date = sheet_folded(walk, paid_on, &folded);

        item->bill_number = sheet_folded(walk, bill, &folded);
        if (!date || !item->bill_number)
                return -ENOMEM;
        int r = sheet_finding(walk, FINDING_REJECT,
                sheet_date(date, walk->sheet->dates_1904, walk->today, &item->last_paid_on), paid_on,
                sheet_raw(walk, paid_on));
        if (r == 0 && text_characters(item->bill_number) > BILL_CHARACTERS_MAX)
                r = sheet_finding(walk, FINDING_REJECT, "BILL_TOO_LONG", bill, NULL);
        return r < 0 ? r : sheet_numbers_check(walk, &item->id_numbers);
}

static int row_judge(SheetWalk *walk, void *ret_item) {
        OpeningSheet *sheet = walk->data;
        OpeningRow item = { .source_line = walk->row->line };
        SheetKey key;

        int r = sheet_key_read(walk, &key);
        /* whether a dwelling without a unit is meant clearly, the store knows better than the file */
        if (r == 0)
                r = sheet_key_check(walk, &key, false);
        if (r == 0)
                r = amounts_judge(walk, &item);
        if (r == 0)
                r = rest_judge(walk, &item);
        if (r < 0)
                return r;
        item.area_name = key.area;
        item.building = key.building;
        item.unit = key.unit;
        item.room_number = key.room;
        const Money amounts[OPENING_AMOUNTS] = { item.due, item.paid, item.more, item.returns, item.used,
                item.balance };
        for (size_t i = 0; !walk->row_rejected && i < OPENING_AMOUNTS; i++)
                sheet->sums.of[i].fen += amounts[i].fen;
        *(OpeningRow *) ret_item = item;
        return 0;
}

static int totals_compare(SheetWalk *walk) {
        const OpeningSheet *sheet = walk->data;
        int r = 0;

        for (int i = 0; r == 0 && i < OPENING_AMOUNTS; i++) {
                const SheetColumn column = (SheetColumn) (COLUMN_DUE + i);
                const char *warning;
                Money declared;
                bool folded;
                int places;
                char *text = sheet_folded(walk, column, &folded);
                r = column_places(walk, column, &places);
                if (r < 0 || !text)
                        return r < 0 ? r : -ENOMEM;
                if (sheet_amount(text, places, walk->arena, &declared, &warning) ||
                        declared.fen == sheet->sums.of[i].fen)
                        continue;
                r = sheet_finding(walk, FINDING_NOTE, "TOTAL_DIFFERS", column, sheet_raw(walk, column));
        }
        return r;
}

static const SheetColumn required[] = { (SheetColumn) COLUMN_PAID, (SheetColumn) COLUMN_BALANCE,
        COLUMN_NONE };
static const SheetForm form = { .words = opening_headings,
        .required = required,
        .own_fields = opening_fields,
        .dwellings = true,
        .item = &record_opening_row,
        .judge = row_judge,
        .total = totals_compare };

static int balance_total(const void *items, size_t n, Arena *arena, const char *const **ret, size_t *ret_n) {
        const OpeningRow *rows = items;
        const char **totals = ARENA_ARRAY(arena, const char *, 2 * OPENING_AMOUNTS);
        Amounts sums = { 0 };

        if (!totals)
                return -ENOMEM;
        for (size_t i = 0; i < n; i++) {
                const Money amounts[OPENING_AMOUNTS] = { rows[i].due, rows[i].paid, rows[i].more,
                        rows[i].returns, rows[i].used, rows[i].balance };
                for (size_t k = 0; k < OPENING_AMOUNTS; k++)
                        sums.of[k].fen += amounts[k].fen;
        }
        for (size_t k = 0; k < OPENING_AMOUNTS; k++) {
                char text[MONEY_TEXT_MAX];
                money_format_grouped(sums.of[k], text);
                totals[2 * k] = opening_fields[k];
                if (!(totals[2 * k + 1] = arena_strdup(arena, text)))
                        return -ENOMEM;
        }
        *ret = totals;
        *ret_n = 2 * OPENING_AMOUNTS;
        return 0;
}

static int balance_check(const Sheet *sheet, Date today, Arena *arena, ImportResult *ret) {
        OpeningSheet data = { 0 };
        ImportResult result;

        int r = sheet_walk(sheet, &form, &data, today, arena, &result);
        if (r == 0)
                r = balance_total(result.items, result.n_items, arena, &result.totals, &result.n_totals);
        if (r == 0)
                *ret = result;
        return r;
}

static int balance_fill(const void *items, size_t n, Arena *arena, void **ret_input) {
        OpeningImport *part = ARENA_NEW(arena, OpeningImport);

        if (!part)
                return -ENOMEM;
        part->rows = (Lines){ (void *) items, n };
        *ret_input = part;
        return 0;
}

const Importer accounting_balance_file = {
        .name = "balance",
        .label = opening_file_label,
        .clause = "15.2.4",
        .item_size = sizeof(OpeningRow),
        .texts = opening_texts,
        .shared_texts = sheet_finding_texts,
        .check = balance_check,
        .command = &accounting_import_opening_rows_command,
        .rehearsal = &accounting_try_opening_rows_command,
        .chunk_items_max = IMPORT_PART_ROWS_MAX,
        .fill = balance_fill,
        .tally = outcome_tally,
        .faults = outcome_faults,
        .total = balance_total,
};
