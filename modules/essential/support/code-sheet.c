/* SPDX-License-Identifier: Apache-2.0 */
/* A list of codes, as a standard's annex is typed: a line a code. */

#include <errno.h>

#include <essential/sheet-index.h>
#include "../sheet/sheet-list.h"
#include <essential/sheet-text.h>
#include "support-codes.h"
#include "support-records.h"

#define DAY_LAST 20991231

typedef struct Walk {
        SheetList list;
        SheetIndex codes;
        CodeRow item;
} Walk;

static int text_read(Walk *walk, CodeColumn column, size_t max, bool required, const char **ret) {
        char *text = column == CODE_NAME ? sheet_list_text(&walk->list, column)
                                         : sheet_list_cell(&walk->list, column);

        if (!text)
                return -ENOMEM;
        *ret = text;
        if (required && !*text)
                return sheet_list_reject(&walk->list, "CODE_MISSING", (int) column);
        return text_characters(text) > max ? sheet_list_reject(&walk->list, "CODE_LONG", (int) column) : 0;
}

/* Standards begin and end on days to come. */
static int date_read(Walk *walk, CodeColumn column, Date *ret) {
        char *text = sheet_list_cell(&walk->list, column);

        if (!text)
                return -ENOMEM;
        const char *fault = sheet_date(text, walk->list.sheet->dates_1904, (Date){ DAY_LAST }, ret);
        return fault ? sheet_list_reject(&walk->list, fault, (int) column) : 0;
}

static int code_once(Walk *walk) {
        const char *key = arena_printf(walk->list.arena, "%s/%s", walk->item.code_set, walk->item.code);
        int64_t *seen;
        bool is_new;

        if (!key)
                return -ENOMEM;
        int r = walk->list.rejected ? 0 : sheet_index_at(&walk->codes, key, &seen, &is_new);
        return r == 0 && !walk->list.rejected && !is_new
                       ? sheet_list_reject(&walk->list, "DUP_CODE", CODE_CODE)
                       : r;
}

static int row_judge(Walk *walk) {
        CodeRow *item = &walk->item;

        *item = (CodeRow){ .source_line = walk->list.sheet->rows[walk->list.at].line };
        int r = text_read(walk, CODE_SET, 40, true, &item->code_set);
        if (r == 0)
                r = text_read(walk, CODE_CODE, 20, true, &item->code);
        if (r == 0)
                r = text_read(walk, CODE_NAME, 60, true, &item->name);
        if (r == 0)
                r = text_read(walk, CODE_PARENT, 20, false, &item->parent);
        if (r == 0)
                r = text_read(walk, CODE_EXTERNAL, 40, false, &item->external_code);
        if (r == 0)
                r = date_read(walk, CODE_FROM, &item->valid_from);
        if (r == 0)
                r = date_read(walk, CODE_TO, &item->valid_to);
        if (r == 0 && item->valid_to.ymd != 0 && item->valid_to.ymd < item->valid_from.ymd)
                r = sheet_list_reject(&walk->list, "DATES_CROSSED", CODE_TO);
        if (r == 0)
                r = code_once(walk);
        if (r == 0)
                sheet_list_take(&walk->list, item);
        return r;
}

static int codes_check(const Sheet *sheet, Date today, Arena *arena, ImportResult *ret) {
        Walk walk = {
                .list = { .sheet = sheet,
                        .arena = arena,
                        .headings = code_headings,
                        .fields = code_fields_taken,
                        .required = 1u << CODE_SET | 1u << CODE_CODE | 1u << CODE_NAME,
                        .item_size = sizeof(CodeRow) },
                .codes.arena = arena,
        };
        int r = sheet_list_open(&walk.list);

        while (r >= 0 && (r = sheet_list_next(&walk.list)) > 0)
                r = row_judge(&walk);
        return r < 0 ? r : sheet_list_close(&walk.list, ret);
}

static int codes_fill(const void *items, size_t n, Arena *arena, void **ret_input) {
        CodeTable *table = ARENA_NEW(arena, CodeTable);

        if (!table)
                return -ENOMEM;
        table->rows = (Lines){ (void *) items, n };
        *ret_input = table;
        return 0;
}

const Importer essential_code_list = {
        .name = "codes",
        .label = code_list_label,
        .clause = "3.0.3",
        .item_size = sizeof(CodeRow),
        .texts = code_texts,
        .check = codes_check,
        .command = &essential_import_codes,
        .rehearsal = &essential_try_codes,
        .chunk_items_max = CODE_TABLE_ROWS_MAX,
        .fill = codes_fill,
        .tally = list_tally,
        .faults = list_faults,
};
