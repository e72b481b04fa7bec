/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of a building table (4.1.1, 4.2.1.1, 15.2.4). Two walks over the sheet: the first learns which
 * units a building has, the second judges every row. Pure: no store, so that preview and import say the
 * same. */

#include <stdlib.h>
#include <string.h>

#include <essential/essential.h>
#include <node/error.h>
#include <node/money.h>
#include <node/text.h>

#include "sheet-heading.h"
#include "sheet-index.h"
#include "sheet-owner.h"
#include "sheet-text.h"

#define DWELLING_CODE 1
#define DWELLING_AREA_MAX 100000 /* 1,000 m2 */
#define UNIT_SEVERAL 2

typedef struct Walk {
        const Sheet *sheet;
        SheetHeading heading;
        Date today;
        Arena *arena;
        SheetIndex dwellings, buildings, units;
        Finding *findings;
        size_t n_findings, findings_capacity;
        BuildingTableRow *items;
        int64_t *item_lines;
        size_t n_items, n_rejected;
        int64_t covered_sum;
        bool row_rejected; /* of the row at hand */
        const SheetRow *row;
} Walk;

static int finding_add(
        Walk *walk, FindingLevel level, const char *code, SheetColumn column, const char *value) {
        if (!code)
                return 0;
        if (walk->n_findings == walk->findings_capacity) {
                size_t capacity = walk->findings_capacity ? 2 * walk->findings_capacity : 256;
                Finding *findings = ARENA_ARRAY(walk->arena, Finding, capacity);
                if (!findings)
                        return -ENOMEM;
                if (walk->n_findings)
                        memcpy(findings, walk->findings, walk->n_findings * sizeof(Finding));
                walk->findings = findings;
                walk->findings_capacity = capacity;
        }
        int at = column == COLUMN_NONE ? -1 : sheet_heading_column(&walk->heading, column);
        walk->findings[walk->n_findings++] = (Finding){ .level = level,
                .line = walk->row->line,
                .code = code,
                .column = at < 0 ? NULL : walk->heading.row->cells[at],
                .value = value };
        walk->row_rejected |= level == FINDING_REJECT;
        return 0;
}

/* The cell of a column, as written; "" where the row or the sheet has none. */
static const char *cell_raw(const Walk *walk, SheetColumn column) {
        int at = sheet_heading_column(&walk->heading, column);

        return at >= 0 && (uint32_t) at < walk->row->n_cells ? walk->row->cells[at] : "";
}

static char *cell_trimmed(Walk *walk, SheetColumn column) {
        char *text = arena_strdup(walk->arena, cell_raw(walk, column));

        return text ? sheet_trim(text) : NULL;
}

/* Half-width; *ret_folded tells that something was full-width. */
static char *cell_folded(Walk *walk, SheetColumn column, bool *ret_folded) {
        char *text = cell_trimmed(walk, column), *folded = text ? arena_strdup(walk->arena, text) : NULL;

        if (!folded)
                return NULL;
        text_fold_width(folded);
        *ret_folded = strcmp(text, folded) != 0;
        return folded;
}

/* Lines that say nothing about a dwelling. *ret_total: it declares the total of the file. */
static int row_skipped(Walk *walk, bool *ret_skipped, bool *ret_total) {
        char *text = NULL;

        /* the first cell with anything in it says what kind of line this is, also when written 合 计 */
        for (uint32_t i = 0; i < walk->row->n_cells && (!text || !*text); i++) {
                text = arena_strdup(walk->arena, walk->row->cells[i]);
                if (!text)
                        return -ENOMEM;
                text_fold_width(text);
                sheet_blanks_remove(text);
        }
        if (!text) {
                *ret_skipped = true;
                *ret_total = false;
                return 0;
        }
        const SheetWord *total = sheet_word_start(sheet_total_words, text);
        *ret_total = total && total->value;
        *ret_skipped = !*text || total || sheet_word_start(sheet_skip_words, text) ||
                       sheet_heading_repeated(&walk->heading, walk->row);
        return 0;
}

typedef struct Key {
        char *area, *building, *unit, *room;
        int64_t floor;
} Key;

static int key_read(Walk *walk, Key *ret) {
        SheetAddress address = { 0 };
        bool folded = false;

        char *whole = cell_folded(walk, COLUMN_ADDRESS, &folded);
        *ret = (Key){ .area = cell_trimmed(walk, COLUMN_AREA_NAME),
                .building = cell_folded(walk, COLUMN_BUILDING, &folded),
                .unit = cell_folded(walk, COLUMN_UNIT, &folded),
                .room = cell_folded(walk, COLUMN_ROOM, &folded) };
        if (!whole || !ret->area || !ret->building || !ret->unit || !ret->room)
                return -ENOMEM;
        /* the place may begin with the name of the area */
        const char *place = whole + (*ret->area && sheet_starts(whole, ret->area) ? strlen(ret->area) : 0);
        if (*place && !sheet_date_mangled(place)) {
                int r = sheet_address(place, walk->arena, &address);
                if (r < 0)
                        return r;
                ret->floor = address.floor;
                if (!*ret->building)
                        ret->building = address.building;
                if (!*ret->unit)
                        ret->unit = address.unit;
                if (!*ret->room)
                        ret->room = address.room;
        }
        if (!*ret->area && *walk->heading.title)
                ret->area = arena_strdup(walk->arena, walk->heading.title);
        ret->building = sheet_building(ret->building, walk->arena);
        ret->unit = sheet_unit(ret->unit, walk->arena);
        if (sheet_cut_end(ret->room, sheet_room_mark))
                ret->room = sheet_trim(ret->room);
        return ret->area && ret->building && ret->unit ? 0 : -ENOMEM;
}

/* What must hold before a single cell is worth reading. */
static const char *row_form_fault(const Walk *walk) {
        if (walk->row->bad_encoding)
                return "ENCODING";
        if (walk->row->n_cells < walk->heading.n_columns)
                return "COLS";
        for (size_t i = walk->heading.n_columns; i < walk->row->n_cells; i++)
                if (*walk->row->cells[i])
                        return "COLS";
        for (size_t i = 0; i < walk->heading.n_columns; i++)
                if (walk->heading.columns[i] > COLUMN_NONE && walk->heading.columns[i] != COLUMN_IGNORED &&
                        sheet_cell_error(walk->row->cells[i]))
                        return "CELL_ERROR";
        return NULL;
}

/* buildings: key -> 0 no unit seen, 1 one unit, UNIT_SEVERAL; units: key with unit -> seen. */
static int units_learn(Walk *walk) {
        int64_t *count, *seen;
        bool is_new, skipped, total;
        Key key;

        int r = row_skipped(walk, &skipped, &total);
        if (r < 0 || skipped || row_form_fault(walk))
                return r;
        r = key_read(walk, &key);
        if (r < 0 || !*key.unit)
                return r;
        char *building = arena_printf(walk->arena, "%s|%s", key.area, key.building);
        char *unit = building ? arena_printf(walk->arena, "%s|%s", building, key.unit) : NULL;
        if (!unit)
                return -ENOMEM;
        r = sheet_index_at(&walk->buildings, building, &count, &is_new);
        if (r == 0)
                r = sheet_index_at(&walk->units, unit, &seen, &is_new);
        if (r == 0 && is_new)
                *count += *count < UNIT_SEVERAL;
        return r;
}

static int key_check(Walk *walk, Key *key, const BuildingTableRow *item) {
        int64_t *count;
        bool is_new;

        if (!*key->area)
                return finding_add(walk, FINDING_REJECT, "AREA_NAME_MISSING", COLUMN_AREA_NAME, NULL);
        static const SheetColumn places[] = { COLUMN_BUILDING, COLUMN_UNIT, COLUMN_ROOM, COLUMN_ADDRESS };
        for (size_t i = 0; i < ELEMENTSOF(places); i++) {
                bool folded;
                const char *text = cell_folded(walk, places[i], &folded);
                if (!text)
                        return -ENOMEM;
                if (sheet_date_mangled(text))
                        return finding_add(walk, FINDING_REJECT, "KEY_DATE_MANGLED", places[i], text);
        }
        if (!*key->building || !*key->room)
                return finding_add(walk, FINDING_REJECT, "KEY_MISSING",
                        *key->building ? COLUMN_ROOM : COLUMN_BUILDING, NULL);
        if (!*key->unit && item->use_code && atoi(item->use_code) == DWELLING_CODE) {
                char *building = arena_printf(walk->arena, "%s|%s", key->area, key->building);
                int r = building ? sheet_index_at(&walk->buildings, building, &count, &is_new) : -ENOMEM;
                if (r < 0)
                        return r;
                if (*count >= UNIT_SEVERAL)
                        return finding_add(walk, FINDING_REJECT, "KEY_AMBIGUOUS", COLUMN_UNIT, NULL);
        }
        char *dwelling =
                arena_printf(walk->arena, "%s|%s|%s|%s", key->area, key->building, key->unit, key->room);
        int r = dwelling ? sheet_index_at(&walk->dwellings, dwelling, &count, &is_new) : -ENOMEM;
        if (r == 0 && !is_new)
                r = finding_add(walk, FINDING_REJECT, "DUP_KEY", COLUMN_ROOM, NULL);
        return r;
}

static int area_read(Walk *walk, SheetColumn column, bool required, Area *ret) {
        const char *warning;
        bool folded;

        char *text = cell_folded(walk, column, &folded);
        if (!text)
                return -ENOMEM;
        const char *raw = cell_raw(walk, column), *code = sheet_area(text, walk->arena, ret, &warning);
        if (code && strcmp(code, "AREA_MISSING") == 0 && !required)
                return 0;
        int r = finding_add(walk, FINDING_REJECT, code, column, raw);
        if (r == 0 && !code)
                r = finding_add(walk, FINDING_WARNING, warning, column, raw);
        /* folding the unit itself is nothing to speak of */
        if (r == 0 && !code && folded && !warning)
                r = finding_add(walk, FINDING_WARNING, "NORMALISED_WIDTH", column, raw);
        return r;
}

static int areas_check(Walk *walk, BuildingTableRow *item) {
        size_t before = walk->n_findings;

        int r = area_read(walk, COLUMN_COVERED, true, &item->covered_area);
        if (r < 0)
                return r;
        bool known = walk->n_findings == before || walk->findings[before].level != FINDING_REJECT;
        bool dwelling = item->use_code && atoi(item->use_code) == DWELLING_CODE;
        int64_t covered = item->covered_area.centi_m2;
        if (known && (covered <= 0 || (dwelling && covered > DWELLING_AREA_MAX)))
                r = finding_add(
                        walk, FINDING_REJECT, "AREA_RANGE", COLUMN_COVERED, cell_raw(walk, COLUMN_COVERED));
        if (r == 0)
                r = area_read(walk, COLUMN_INNER, false, &item->inner_area);
        if (r == 0 && known && item->inner_area.centi_m2 > covered)
                r = finding_add(
                        walk, FINDING_REJECT, "INNER_GT_GROSS", COLUMN_INNER, cell_raw(walk, COLUMN_INNER));
        return r;
}

static int use_read(Walk *walk, BuildingTableRow *item) {
        bool folded;

        char *text = cell_folded(walk, COLUMN_USE, &folded);
        if (!text)
                return -ENOMEM;
        /* a table without the column lists dwellings */
        bool column = sheet_heading_column(&walk->heading, COLUMN_USE) >= 0;
        const SheetWord *use = column ? sheet_word(sheet_uses, text) : sheet_uses;
        if (!use)
                return finding_add(
                        walk, FINDING_REJECT, "USE_UNKNOWN", COLUMN_USE, cell_raw(walk, COLUMN_USE));
        item->use_code = arena_printf(walk->arena, "%02lld", (long long) use->value);
        return item->use_code ? 0 : -ENOMEM;
}

static int floors_read(Walk *walk, const Key *key, BuildingTableRow *item) {
        bool folded;

        char *floor = cell_folded(walk, COLUMN_FLOOR, &folded),
             *total = cell_folded(walk, COLUMN_FLOORS_TOTAL, &folded);
        char *both = cell_folded(walk, COLUMN_FLOOR_OF_TOTAL, &folded);
        if (!floor || !total || !both)
                return -ENOMEM;
        char *slash = strchr(both, '/');
        if (slash) {
                *slash = 0;
                floor = sheet_trim(both);
                total = sheet_trim(slash + 1);
        } else if (*both)
                floor = both;
        const char *code = sheet_floor(floor, &item->floor);
        if (!code && item->floor == 0)
                item->floor = key->floor;
        if (!code)
                code = sheet_floor(total, &item->floors_total);
        if (!code &&
                (item->floors_total < 0 || (item->floors_total > 0 && item->floor > item->floors_total)))
                code = "FLOOR_RANGE";
        return finding_add(walk, FINDING_REJECT, code, *both ? COLUMN_FLOOR_OF_TOTAL : COLUMN_FLOOR,
                cell_raw(walk, *both ? COLUMN_FLOOR_OF_TOTAL : COLUMN_FLOOR));
}

static int owners_check(Walk *walk, BuildingTableRow *item) {
        SheetOwnerFault fault;

        int r = sheet_owners(cell_raw(walk, COLUMN_OWNER), cell_raw(walk, COLUMN_ID_NUMBER), walk->today,
                walk->arena, &item->owners, &fault);
        /* names and numbers of people are not repeated in findings */
        if (r == 0)
                r = finding_add(walk, FINDING_REJECT, fault.code, COLUMN_ID_NUMBER, NULL);
        if (r == 0)
                r = finding_add(walk, FINDING_WARNING, fault.warning, COLUMN_ID_NUMBER, NULL);
        return r;
}

static int rest_read(Walk *walk, BuildingTableRow *item) {
        bool folded;

        char *elevator = cell_folded(walk, COLUMN_ELEVATOR, &folded),
             *date = cell_folded(walk, COLUMN_DELIVERY, &folded);
        if (!elevator || !date)
                return -ENOMEM;
        const SheetWord *word = sheet_word(sheet_elevators, elevator);
        item->elevator = word ? word->value : 0;
        return finding_add(walk, FINDING_REJECT, sheet_date(date, walk->today, &item->delivery_date),
                COLUMN_DELIVERY, cell_raw(walk, COLUMN_DELIVERY));
}

/* Full-width letters and digits in what makes the key, the use, the floor or the date. Areas and numbers of
 * people have warnings of their own. */
static int widths_warn(Walk *walk) {
        static const SheetColumn columns[] = { COLUMN_BUILDING, COLUMN_UNIT, COLUMN_ROOM, COLUMN_ADDRESS,
                COLUMN_FLOOR, COLUMN_FLOORS_TOTAL, COLUMN_FLOOR_OF_TOTAL, COLUMN_USE, COLUMN_DELIVERY };
        int r = 0;

        for (size_t i = 0; r == 0 && i < ELEMENTSOF(columns); i++) {
                bool folded;
                if (!cell_folded(walk, columns[i], &folded))
                        return -ENOMEM;
                if (folded)
                        r = finding_add(walk, FINDING_WARNING, "NORMALISED_WIDTH", columns[i],
                                cell_raw(walk, columns[i]));
        }
        return r;
}

static int row_judge(Walk *walk) {
        BuildingTableRow item = { .source_line = walk->row->line };
        Key key;

        walk->row_rejected = false;
        const char *form = row_form_fault(walk);
        int r = finding_add(walk, FINDING_REJECT, form, COLUMN_NONE, NULL);
        if (r < 0 || form) {
                walk->n_rejected += r == 0;
                return r;
        }
        r = key_read(walk, &key);
        if (r == 0)
                r = use_read(walk, &item);
        if (r == 0)
                r = key_check(walk, &key, &item);
        if (r == 0)
                r = areas_check(walk, &item);
        if (r == 0)
                r = floors_read(walk, &key, &item);
        if (r == 0)
                r = owners_check(walk, &item);
        if (r == 0)
                r = rest_read(walk, &item);
        if (r == 0 && !walk->row_rejected)
                r = widths_warn(walk);
        if (r < 0)
                return r;
        if (walk->row_rejected) {
                walk->n_rejected++;
                return 0;
        }
        item.area_name = key.area;
        item.building = key.building;
        item.unit = key.unit;
        item.room_number = key.room;
        walk->covered_sum += item.covered_area.centi_m2;
        walk->item_lines[walk->n_items] = item.source_line;
        walk->items[walk->n_items++] = item;
        return 0;
}

static int total_compare(Walk *walk) {
        const char *warning;
        bool folded;
        Area declared;

        char *text = cell_folded(walk, COLUMN_COVERED, &folded);
        if (!text)
                return -ENOMEM;
        if (sheet_area(text, walk->arena, &declared, &warning) || declared.centi_m2 == walk->covered_sum)
                return 0;
        return finding_add(
                walk, FINDING_NOTE, "TOTAL_DIFFERS", COLUMN_COVERED, cell_raw(walk, COLUMN_COVERED));
}

static int rows_judge(Walk *walk) {
        size_t first = walk->heading.at + 1, n = walk->sheet->n_rows - first;

        walk->items = ARENA_ARRAY(walk->arena, BuildingTableRow, n + 1);
        walk->item_lines = ARENA_ARRAY(walk->arena, int64_t, n + 1);
        if (!walk->items || !walk->item_lines)
                return -ENOMEM;
        for (size_t i = first; i < walk->sheet->n_rows; i++) {
                walk->row = &walk->sheet->rows[i];
                int r = units_learn(walk);
                if (r < 0)
                        return r;
        }
        for (size_t i = first; i < walk->sheet->n_rows; i++) {
                bool skipped, total;
                walk->row = &walk->sheet->rows[i];
                int r = row_skipped(walk, &skipped, &total);
                if (r == 0 && total)
                        r = total_compare(walk);
                if (r == 0 && !skipped)
                        r = row_judge(walk);
                if (r < 0)
                        return r;
        }
        return 0;
}

static int result_make(Walk *walk, ImportResult *ret) {
        const char **columns = ARENA_ARRAY(walk->arena, const char *, walk->heading.n_columns + 1);
        const char **totals = ARENA_ARRAY(walk->arena, const char *, 2);
        char area[AREA_TEXT_MAX];

        if (!columns || !totals)
                return -ENOMEM;
        for (size_t i = 0; i < walk->heading.n_columns; i++)
                columns[i] = sheet_fields[walk->heading.columns[i]];
        area_format((Area){ walk->covered_sum }, area);
        totals[0] = sheet_fields[COLUMN_COVERED];
        totals[1] = arena_strdup(walk->arena, area);
        if (!totals[1])
                return -ENOMEM;
        *ret = (ImportResult){ .findings = walk->findings,
                .n_findings = walk->n_findings,
                .items = walk->items,
                .item_lines = walk->item_lines,
                .n_items = walk->n_items,
                .n_rejected = walk->n_rejected,
                .header_line = walk->heading.row->line,
                .columns = columns,
                .n_columns = walk->heading.n_columns,
                .totals = totals,
                .n_totals = 2 };
        return 0;
}

static int building_table_check(const Sheet *sheet, Date today, Arena *arena, ImportResult *ret) {
        Walk walk = { .sheet = sheet,
                .today = today,
                .arena = arena,
                .dwellings.arena = arena,
                .buildings.arena = arena,
                .units.arena = arena };

        int r = sheet_heading_find(sheet, arena, &walk.heading);
        if (r == 0)
                r = rows_judge(&walk);
        return r < 0 ? r : result_make(&walk, ret);
}

static int building_table_fill(const void *items, size_t n, Arena *arena, void **ret_input) {
        BuildingTable *table = ARENA_NEW(arena, BuildingTable);

        if (!table)
                return -ENOMEM;
        table->rows = (Lines){ (void *) items, n };
        *ret_input = table;
        return 0;
}

static void building_table_tally(const void *output, int64_t counts[static 3]) {
        const BuildingTableResult *result = output;

        counts[0] += result->rows_created;
        counts[1] += result->rows_changed;
        counts[2] += result->rows_unchanged;
}

const Importer essential_building_table = {
        .name = "building_table",
        .label = sheet_importer_label,
        .clause = "4.1.1",
        .item_size = sizeof(BuildingTableRow),
        .texts = sheet_finding_texts,
        .check = building_table_check,
        .command = &essential_import_building_table_rows,
        .chunk_items_max = BUILDING_TABLE_ROWS_MAX,
        .fill = building_table_fill,
        .tally = building_table_tally,
};
