/* SPDX-License-Identifier: Apache-2.0 */
/* A year's table of holidays and of the days worked instead, a line a day, as it is typed from the
 * announcement. */

#include <errno.h>

#include <node/date.h>

#include <essential/sheet-index.h>
#include "../sheet/sheet-list.h"
#include <essential/sheet-text.h>
#include "support-codes.h"
#include "support-records.h"

#define DAY_FIRST 20000101
#define DAY_LAST 20991231

typedef struct Walk {
        SheetList list;
        SheetIndex days;
        CalendarRow item;
} Walk;

/* Announced in November for the year after: future days are what the list is about. */
static int day_read(Walk *walk) {
        char *text = sheet_list_cell(&walk->list, CALENDAR_DAY), key[DATE_TEXT_MAX];
        int64_t *seen;
        bool is_new;

        if (!text)
                return -ENOMEM;
        if (!*text)
                return sheet_list_reject(&walk->list, "DATE_MISSING", CALENDAR_DAY);
        const char *fault = sheet_date(text, walk->list.sheet->dates_1904, (Date){ DAY_LAST }, &walk->item.day);
        if (!fault && walk->item.day.ymd < DAY_FIRST)
                fault = "DATE_RANGE";
        if (fault)
                return sheet_list_reject(&walk->list, fault, CALENDAR_DAY);
        date_format(walk->item.day, key);
        text = arena_strdup(walk->list.arena, key);
        int r = text ? sheet_index_at(&walk->days, text, &seen, &is_new) : -ENOMEM;
        return r == 0 && !is_new ? sheet_list_reject(&walk->list, "DUP_DATE", CALENDAR_DAY) : r;
}

static int kind_read(Walk *walk) {
        char *text = sheet_list_cell(&walk->list, CALENDAR_KIND);

        if (!text)
                return -ENOMEM;
        const SheetWord *word = sheet_word(calendar_kind_words, text);
        if (!word)
                return sheet_list_reject(&walk->list, "KIND_UNKNOWN", CALENDAR_KIND);
        walk->item.kind = word->value;
        if (walk->list.rejected || word->value != DAY_WORKED)
                return 0;
        int at = weekday(walk->item.day);
        return at == 0 || at == 6 ? 0 : sheet_list_reject(&walk->list, "KIND_WEEKDAY", CALENDAR_KIND);
}

static int row_judge(Walk *walk) {
        walk->item = (CalendarRow){ .source_line = walk->list.sheet->rows[walk->list.at].line };
        int r = day_read(walk);

        if (r == 0)
                r = kind_read(walk);
        if (r < 0)
                return r;
        char *name = sheet_list_text(&walk->list, CALENDAR_NAME);
        if (!name)
                return -ENOMEM;
        walk->item.name = name;
        if (text_characters(name) > 30)
                r = sheet_list_reject(&walk->list, "NAME_LONG", CALENDAR_NAME);
        if (r == 0)
                sheet_list_take(&walk->list, &walk->item);
        return r;
}

static int calendar_check(const Sheet *sheet, Date today, Arena *arena, ImportResult *ret) {
        Walk walk = {
                .list = { .sheet = sheet,
                        .arena = arena,
                        .headings = calendar_headings,
                        .fields = calendar_fields_taken,
                        .required = 1u << CALENDAR_DAY | 1u << CALENDAR_KIND,
                        .item_size = sizeof(CalendarRow) },
                .days.arena = arena,
        };
        int r = sheet_list_open(&walk.list);

        while (r >= 0 && (r = sheet_list_next(&walk.list)) > 0)
                r = row_judge(&walk);
        return r < 0 ? r : sheet_list_close(&walk.list, ret);
}

static int calendar_fill(const void *items, size_t n, Arena *arena, void **ret_input) {
        CalendarTable *table = ARENA_NEW(arena, CalendarTable);

        if (!table)
                return -ENOMEM;
        table->rows = (Lines){ (void *) items, n };
        *ret_input = table;
        return 0;
}

const Importer essential_calendar_list = {
        .name = "calendar",
        .label = calendar_list_label,
        .clause = "4.3.1",
        .item_size = sizeof(CalendarRow),
        .texts = calendar_texts,
        .check = calendar_check,
        .command = &essential_import_calendar,
        .rehearsal = &essential_try_calendar,
        .chunk_items_max = CALENDAR_TABLE_ROWS_MAX,
        .fill = calendar_fill,
        .tally = list_tally,
        .faults = list_faults,
};
