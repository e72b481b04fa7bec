/* SPDX-License-Identifier: Apache-2.0 */
/* A published list of divisions. The list speaks for the children of each division it lists itself, and for
 * the streets of each county it names streets of: what it leaves out there has ended. What it does not speak
 * for is left alone, so that the list of one province ends nothing elsewhere. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <essential/sheet-index.h>
#include "../sheet/sheet-list.h"
#include <essential/sheet-text.h>
#include "support-codes.h"
#include "support-domain.h"
#include "support-records.h"

typedef struct Walk {
        SheetList list;
        SheetIndex codes;
        DivisionRow item;
        Date today;
} Walk;

static int code_read(Walk *walk) {
        char *code = sheet_list_cell(&walk->list, DIVISION_CODE);
        int64_t *seen;
        bool is_new;

        if (!code)
                return -ENOMEM;
        sheet_blanks_remove(code);
        walk->item.code = code;
        if (!*code)
                return sheet_list_reject(&walk->list, "CODE_MISSING", DIVISION_CODE);
        if (strpbrk(code, "Ee") && strchr(code, '+'))
                return sheet_list_reject(&walk->list, "CODE_SCIENTIFIC", DIVISION_CODE);
        if (!essential_division_valid(code))
                return sheet_list_reject(&walk->list, "CODE_INVALID", DIVISION_CODE);
        int r = sheet_index_at(&walk->codes, code, &seen, &is_new);
        return r == 0 && !is_new ? sheet_list_reject(&walk->list, "DUP_CODE", DIVISION_CODE) : r;
}

static int name_read(Walk *walk) {
        char *name = sheet_list_text(&walk->list, DIVISION_NAME);

        if (!name)
                return -ENOMEM;
        walk->item.name = name;
        if (!*name)
                return sheet_list_reject(&walk->list, "NAME_MISSING", DIVISION_NAME);
        return text_characters(name) > 60 ? sheet_list_reject(&walk->list, "NAME_LONG", DIVISION_NAME) : 0;
}

static int rest_read(Walk *walk) {
        char *kind = sheet_list_cell(&walk->list, DIVISION_KIND),
             *from = sheet_list_cell(&walk->list, DIVISION_FROM);

        if (!kind || !from)
                return -ENOMEM;
        const SheetWord *word = sheet_word(division_kind_words, kind);
        if (!word)
                return sheet_list_reject(&walk->list, "KIND_UNKNOWN", DIVISION_KIND);
        walk->item.kind = word->value;
        const char *fault = sheet_date(from, walk->list.sheet->dates_1904, walk->today, &walk->item.valid_from);
        return fault ? sheet_list_reject(&walk->list, fault, DIVISION_FROM) : 0;
}

static int row_judge(Walk *walk) {
        walk->item = (DivisionRow){ .source_line = walk->list.sheet->rows[walk->list.at].line, .after = "" };
        int r = code_read(walk);

        if (r == 0)
                r = name_read(walk);
        if (r == 0)
                r = rest_read(walk);
        if (r == 0)
                sheet_list_take(&walk->list, &walk->item);
        return r;
}

/* Siblings together, in the order of their codes. */
static int order(const void *a, const void *b) {
        const DivisionRow *const *x = a, *const *y = b;
        int level = (int) division_level((*x)->code) - (int) division_level((*y)->code);

        return level ? level : strcmp((*x)->code, (*y)->code);
}

/* With a row rejected the list is not whole: a spoilt line must not end the division it speaks of. */
static int siblings_tell(Walk *walk) {
        DivisionRow *items = walk->list.result.items;
        size_t n = walk->list.result.n_items;
        DivisionRow **sorted = ARENA_ARRAY(walk->list.arena, DivisionRow *, n + 1);
        char parent[DIVISION_CODE_MAX + 1], before[DIVISION_CODE_MAX + 1] = "?";
        DivisionRow *last = NULL;

        if (!sorted)
                return -ENOMEM;
        for (size_t i = 0; i < n; i++)
                sorted[i] = &items[i];
        qsort(sorted, n, sizeof(*sorted), order);
        for (size_t i = 0; i < n; i++) {
                DivisionRow *item = sorted[i];
                int64_t *seen;
                bool is_new = false;
                division_parent(item->code, parent);
                bool street = division_level(item->code) >= LEVEL_STREET;
                if (!street && *parent) {
                        char *key = arena_strdup(walk->list.arena, parent);
                        int r = key ? sheet_index_at(&walk->codes, key, &seen, &is_new) : -ENOMEM;
                        if (r < 0)
                                return r;
                        if (is_new)
                                *seen = -1; /* asked for, and not in the list */
                        is_new = *seen == -1;
                }
                item->whole = *parent && !is_new && walk->list.result.n_rejected == 0;
                bool first = strcmp(parent, before) != 0;
                if (first && last)
                        last->last_sibling = 1;
                item->after = first ? "" : last->code;
                strcpy(before, parent);
                last = item;
        }
        if (last)
                last->last_sibling = 1;
        return 0;
}

static int divisions_check(const Sheet *sheet, Date today, Arena *arena, ImportResult *ret) {
        Walk walk = {
                .list = { .sheet = sheet,
                        .arena = arena,
                        .headings = division_headings,
                        .fields = division_fields_taken,
                        .required = 1u << DIVISION_CODE | 1u << DIVISION_NAME,
                        .item_size = sizeof(DivisionRow) },
                .codes.arena = arena,
                .today = today,
        };
        int r = sheet_list_open(&walk.list);

        while (r >= 0 && (r = sheet_list_next(&walk.list)) > 0)
                r = row_judge(&walk);
        if (r >= 0)
                r = siblings_tell(&walk);
        return r < 0 ? r : sheet_list_close(&walk.list, ret);
}

static int divisions_fill(const void *items, size_t n, Arena *arena, void **ret_input) {
        DivisionTable *table = ARENA_NEW(arena, DivisionTable);

        if (!table)
                return -ENOMEM;
        table->rows = (Lines){ (void *) items, n };
        *ret_input = table;
        return 0;
}

const Importer essential_division_list = {
        .name = "divisions",
        .label = division_list_label,
        .clause = "4.2.5A",
        .item_size = sizeof(DivisionRow),
        .texts = division_texts,
        .check = divisions_check,
        .command = &essential_import_divisions,
        .rehearsal = &essential_try_divisions,
        .chunk_items_max = DIVISION_TABLE_ROWS_MAX,
        .fill = divisions_fill,
        .tally = list_tally,
        .faults = list_faults,
};
