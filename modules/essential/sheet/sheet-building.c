/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of a building table (4.1.1, 4.2.1.1, 15.2.4), on the walk that all files share. */

#include <stdlib.h>
#include <string.h>

#include <essential/essential.h>
#include <node/error.h>
#include <node/money.h>
#include <node/text.h>

#include "filing/filing-records.h"
#include "housing/housing-records.h"
#include <essential/sheet-walk.h>

#define DWELLING_CODE 1
#define DWELLING_AREA_MAX 100000 /* 1,000 m2 */

/* The file's own data: the sum of the good rows, to be compared with what it declares; by building its
 * floors. */
typedef struct BuildingSheet {
        int64_t covered;
        SheetIndex floors;
} BuildingSheet;

/* A row that does not say its use is judged as a dwelling. */
static bool is_dwelling(const BuildingTableRow *item) {
        return item->use_code && (!*item->use_code || atoi(item->use_code) == DWELLING_CODE);
}

static int area_read(SheetWalk *walk, SheetColumn column, bool required, Area *ret) {
        const char *warning;
        bool folded;

        char *text = sheet_folded(walk, column, &folded);
        if (!text)
                return -ENOMEM;
        const char *raw = sheet_raw(walk, column), *code = sheet_area(text, walk->arena, ret, &warning);
        if (code && strcmp(code, "AREA_MISSING") == 0 && !required)
                return 0;
        int r = sheet_finding(walk, FINDING_REJECT, code, column, raw);
        if (r == 0 && !code)
                r = sheet_finding(walk, FINDING_WARNING, warning, column, raw);
        if (code || warning || !*text)
                return r;
        /* folding the unit itself is nothing to speak of */
        return sheet_finding(walk, FINDING_WARNING,
                folded ? "NORMALISED_WIDTH" : sheet_number_stored(walk, column), column, raw);
}

static int areas_check(SheetWalk *walk, BuildingTableRow *item) {
        size_t before = walk->n_findings;

        int r = area_read(walk, COLUMN_COVERED, true, &item->covered_area);
        if (r < 0)
                return r;
        bool known = walk->n_findings == before || walk->findings[before].level != FINDING_REJECT;
        int64_t covered = item->covered_area.centi_m2;
        if (known && (covered <= 0 || (is_dwelling(item) && covered > DWELLING_AREA_MAX)))
                r = sheet_finding(
                        walk, FINDING_REJECT, "AREA_RANGE", COLUMN_COVERED, sheet_raw(walk, COLUMN_COVERED));
        if (r == 0)
                r = area_read(walk, COLUMN_INNER, false, &item->inner_area);
        if (r == 0 && known && covered > 0 && item->inner_area.centi_m2 > covered)
                r = sheet_finding(
                        walk, FINDING_REJECT, "INNER_GT_GROSS", COLUMN_INNER, sheet_raw(walk, COLUMN_INNER));
        return r;
}

static int use_read(SheetWalk *walk, BuildingTableRow *item) {
        bool folded;

        char *text = sheet_folded(walk, COLUMN_USE, &folded);
        if (!text)
                return -ENOMEM;
        /* a table without the column lists dwellings, or what it names has a use already */
        bool column = sheet_heading_column(&walk->heading, COLUMN_USE) >= 0;
        const SheetWord *use = column ? sheet_word(sheet_uses, text) : NULL;
        item->use_code = column ? sheet_code(walk->sheet, "house_use", text) : "";
        if (use) {
                item->use_code = arena_printf(walk->arena, "%02lld", (long long) use->value);
                return item->use_code ? 0 : -ENOMEM;
        }
        return sheet_finding(walk, FINDING_REJECT, item->use_code ? NULL : "USE_UNKNOWN", COLUMN_USE,
                sheet_raw(walk, COLUMN_USE));
}

static int floors_read(SheetWalk *walk, const SheetKey *key, BuildingTableRow *item) {
        bool folded;

        char *floor = sheet_folded(walk, COLUMN_FLOOR, &folded),
             *total = sheet_folded(walk, COLUMN_FLOORS_TOTAL, &folded);
        char *both = sheet_folded(walk, COLUMN_FLOOR_OF_TOTAL, &folded);
        if (!floor || !total || !both)
                return -ENOMEM;
        char *slash = strchr(both, '/');
        if (slash) {
                *slash = 0;
                floor = sheet_trim(both);
                total = sheet_trim(slash + 1);
        } else if (*both)
                floor = both;
        const char *code = sheet_floor_named(floor, walk->arena, &item->floor, &item->floor_name);
        if (!code && item->floor == 0)
                item->floor = key->floor;
        if (!code)
                code = sheet_floor(total, &item->floors_total);
        if (!code &&
                (item->floors_total < 0 || (item->floors_total > 0 && item->floor > item->floors_total)))
                code = "FLOOR_RANGE";
        return sheet_finding(walk, FINDING_REJECT, code, *both ? COLUMN_FLOOR_OF_TOTAL : COLUMN_FLOOR,
                sheet_raw(walk, *both ? COLUMN_FLOOR_OF_TOTAL : COLUMN_FLOOR));
}

static int rest_read(SheetWalk *walk, BuildingTableRow *item) {
        bool folded;

        char *elevator = sheet_folded(walk, COLUMN_ELEVATOR, &folded),
             *date = sheet_folded(walk, COLUMN_DELIVERY, &folded);
        if (!elevator || !date)
                return -ENOMEM;
        const SheetWord *word = *elevator ? sheet_word(sheet_elevators, elevator) : NULL;
        item->elevator = word && word->value;
        item->no_elevator = word && !word->value;
        int r = sheet_finding(walk, FINDING_WARNING, *elevator && !word ? "ELEVATOR_UNKNOWN" : NULL,
                COLUMN_ELEVATOR, sheet_raw(walk, COLUMN_ELEVATOR));
        return r < 0 ? r
                     : sheet_finding(walk, FINDING_REJECT,
                               sheet_date(date, walk->sheet->dates_1904, walk->today, &item->delivery_date),
                               COLUMN_DELIVERY, sheet_raw(walk, COLUMN_DELIVERY));
}

/* A building has one number of floors: the first of the file holds, or each import would change it there and
 * back. */
static int floors_keep(SheetWalk *walk, const SheetKey *key, BuildingTableRow *item) {
        BuildingSheet *sheet = walk->data;
        char *building = arena_printf(walk->arena, "%s|%s", key->area_plain, key->building);
        int64_t *first;
        bool is_new;

        if (item->floors_total == 0 || walk->row_rejected)
                return 0;
        int r = building ? sheet_index_at(&sheet->floors, building, &first, &is_new) : -ENOMEM;
        if (r < 0)
                return r;
        if (is_new)
                *first = item->floors_total;
        if (*first == item->floors_total)
                return 0;
        item->floors_total = *first;
        return sheet_finding(walk, FINDING_WARNING, "FLOORS_DIFFER", COLUMN_FLOORS_TOTAL,
                sheet_raw(walk, COLUMN_FLOORS_TOTAL));
}

static int row_judge(SheetWalk *walk, void *ret_item) {
        BuildingTableRow item = { .source_line = walk->row->line };
        BuildingSheet *sheet = walk->data;
        SheetKey key;

        int r = sheet_key_read(walk, &key);
        if (r == 0)
                r = use_read(walk, &item);
        if (r == 0)
                r = sheet_key_check(walk, &key, is_dwelling(&item));
        if (r == 0)
                r = areas_check(walk, &item);
        if (r == 0)
                r = floors_read(walk, &key, &item);
        if (r == 0)
                r = sheet_owners_check(walk, &item.owners);
        if (r == 0)
                r = rest_read(walk, &item);
        if (r == 0)
                r = floors_keep(walk, &key, &item);
        if (r < 0)
                return r;
        item.area_name = key.area;
        item.building = key.building;
        item.unit = key.unit;
        item.room_number = key.room;
        if (!walk->row_rejected)
                sheet->covered += item.covered_area.centi_m2;
        *(BuildingTableRow *) ret_item = item;
        return 0;
}

static int total_compare(SheetWalk *walk) {
        const char *warning;
        bool folded;
        Area declared;
        const BuildingSheet *sheet = walk->data;

        char *text = sheet_folded(walk, COLUMN_COVERED, &folded);
        if (!text)
                return -ENOMEM;
        if (sheet_area(text, walk->arena, &declared, &warning) || declared.centi_m2 == sheet->covered)
                return 0;
        return sheet_finding(
                walk, FINDING_NOTE, "TOTAL_DIFFERS", COLUMN_COVERED, sheet_raw(walk, COLUMN_COVERED));
}

static const SheetColumn required[] = { COLUMN_COVERED, COLUMN_NONE };
static const SheetForm form = { .required = required,
        .dwellings = true,
        .area_needed = true,
        .item = &record_building_table_row,
        .judge = row_judge,
        .total = total_compare };

static int building_table_total(
        const void *items, size_t n, Arena *arena, const char *const **ret, size_t *ret_n) {
        const BuildingTableRow *rows = items;
        const char **totals = ARENA_ARRAY(arena, const char *, 2);
        char area[AREA_TEXT_MAX];
        int64_t covered = 0;

        for (size_t i = 0; i < n; i++)
                covered += rows[i].covered_area.centi_m2;
        area_format((Area){ covered }, area);
        if (!totals || !(totals[1] = arena_strdup(arena, area)))
                return -ENOMEM;
        totals[0] = sheet_fields[COLUMN_COVERED];
        *ret = totals;
        *ret_n = 2;
        return 0;
}

static int building_table_check(const Sheet *sheet, Date today, Arena *arena, ImportResult *ret) {
        BuildingSheet data = { .floors.arena = arena };
        ImportResult result;

        int r = sheet_walk(sheet, &form, &data, today, arena, &result);
        if (r == 0)
                r = building_table_total(
                        result.items, result.n_items, arena, &result.totals, &result.n_totals);
        if (r == 0)
                *ret = result;
        return r;
}

static int building_table_fill(const void *items, size_t n, Arena *arena, void **ret_input) {
        BuildingTable *table = ARENA_NEW(arena, BuildingTable);

        if (!table)
                return -ENOMEM;
        table->rows = (Lines){ (void *) items, n };
        *ret_input = table;
        return 0;
}

static void building_table_about(void *input, Id filing) {
        ((BuildingTable *) input)->filing_id = filing;
}

static void building_table_tally(const void *output, int64_t counts[static 3]) {
        const BuildingTableResult *result = output;

        counts[0] += result->rows_created;
        counts[1] += result->rows_changed;
        counts[2] += result->rows_unchanged;
}

static int building_table_faults(const void *output, Arena *arena, const Finding **ret, size_t *ret_n) {
        return import_faults(((const BuildingTableResult *) output)->faults, arena, ret, ret_n);
}

const Importer essential_building_table = {
        .name = "building_table",
        .label = sheet_importer_label,
        .clause = "4.1.1",
        .item_size = sizeof(BuildingTableRow),
        .texts = sheet_finding_texts,
        .check = building_table_check,
        .command = &essential_import_building_table_rows,
        .rehearsal = &essential_try_building_table_rows,
        .chunk_items_max = BUILDING_TABLE_ROWS_MAX,
        .fill = building_table_fill,
        .about = building_table_about,
        .concluded = &essential_conclude_filing,
        .tally = building_table_tally,
        .faults = building_table_faults,
        .total = building_table_total,
};
