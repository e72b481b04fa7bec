/* SPDX-License-Identifier: Apache-2.0 */
/* What every file of rows has in common. Two walks over the sheet: the first learns which units a building
 * has, the second judges every row. Pure: no store, so that preview and import say the same. */

#include <string.h>

#include <node/error.h>
#include <node/text.h>

#include "sheet-owner.h"
#include <essential/sheet-walk.h>

#define UNIT_SEVERAL -1
#define ROW_SCRATCH_BYTES_MAX (16u << 20) /* a few copies of 64 cells of the longest kind */

int sheet_finding(
        SheetWalk *walk, FindingLevel level, const char *code, SheetColumn column, const char *value) {
        if (!code)
                return 0;
        if (walk->n_findings == walk->findings_capacity) {
                size_t capacity = walk->findings_capacity ? 2 * walk->findings_capacity : 256;
                Finding *findings = ARENA_ARRAY(walk->kept, Finding, capacity);
                if (!findings)
                        return -ENOMEM;
                if (walk->n_findings)
                        memcpy(findings, walk->findings, walk->n_findings * sizeof(Finding));
                walk->findings = findings;
                walk->findings_capacity = capacity;
        }
        if (value && !(value = arena_strdup(walk->kept, value)))
                return -ENOMEM;
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
const char *sheet_raw(const SheetWalk *walk, SheetColumn column) {
        int at = sheet_heading_column(&walk->heading, column);

        return at >= 0 && (uint32_t) at < walk->row->n_cells ? walk->row->cells[at] : "";
}

const char *sheet_heading_text(const SheetWalk *walk, SheetColumn column) {
        int at = sheet_heading_column(&walk->heading, column);

        return at >= 0 ? walk->heading.row->cells[at] : "";
}

/* 单位:万元, (万元), 人民币万元; in 超过10万元的另附说明 it is no unit of the table. */
static bool unit_named(const char *text, const char *unit) {
        for (const char *at = strstr(text, unit); at; at = strstr(at + 1, unit)) {
                size_t before = (size_t) (at - text);
                if (before == 0)
                        return true;
                for (const SheetWord *start = sheet_unit_starts; start->word; start++) {
                        size_t size = strlen(start->word);
                        if (size <= before && memcmp(at - size, start->word, size) == 0)
                                return true;
                }
        }
        return false;
}

int sheet_title_unit(SheetWalk *walk, const char *unit, bool *ret) {
        *ret = false;
        for (size_t i = 0; i < walk->heading.at && !*ret; i++)
                for (uint32_t c = 0; c < walk->sheet->rows[i].n_cells && !*ret; c++) {
                        if (!strstr(walk->sheet->rows[i].cells[c], unit))
                                continue;
                        char *text = arena_strdup(walk->arena, walk->sheet->rows[i].cells[c]);
                        if (!text)
                                return -ENOMEM;
                        text_fold_width(text);
                        sheet_blanks_remove(text);
                        *ret = unit_named(text, unit);
                }
        return 0;
}

char *sheet_trimmed(SheetWalk *walk, SheetColumn column) {
        char *text = arena_strdup(walk->arena, sheet_raw(walk, column));

        return text ? sheet_trim(text) : NULL;
}

/* Half-width; *ret_folded tells that something was full-width. */
char *sheet_folded(SheetWalk *walk, SheetColumn column, bool *ret_folded) {
        char *text = sheet_trimmed(walk, column), *folded = text ? arena_strdup(walk->arena, text) : NULL;

        if (!folded)
                return NULL;
        text_fold_width(folded);
        *ret_folded = strcmp(text, folded) != 0;
        return folded;
}

/* Lines that say nothing about a dwelling. *ret_total: it declares the total of the file. */
static int row_skipped(SheetWalk *walk, bool *ret_skipped, bool *ret_total) {
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
        const SheetWord *total = sheet_total_word(text);
        *ret_total = total && total->value;
        *ret_skipped = !*text || total || sheet_word_start(sheet_skip_words, text) ||
                       sheet_heading_repeated(&walk->heading, walk->row, walk->arena);
        return 0;
}

static int owner_name_keep(SheetWalk *walk, const char *name) {
        if (walk->n_owners == walk->owners_capacity) {
                size_t capacity = walk->owners_capacity ? 2 * walk->owners_capacity : 256;
                const char **names = ARENA_ARRAY(walk->kept, const char *, capacity);
                if (!names)
                        return -ENOMEM;
                if (walk->n_owners)
                        memcpy(names, walk->owner_names, walk->n_owners * sizeof(*names));
                walk->owner_names = names;
                walk->owners_capacity = capacity;
        }
        name = arena_strdup(walk->kept, name);
        walk->owner_names[walk->n_owners++] = name;
        return name ? 0 : -ENOMEM;
}

/* One number is one person: the first name of the file holds, or each import would rename the owner there
 * and back. */
static int owner_names_check(SheetWalk *walk, const Lines *owners) {
        BuildingTableOwner *owner = owners->rows;
        bool is_new, other = false;
        int64_t *at;

        for (size_t i = 0; i < owners->n; i++) {
                int r = sheet_index_at(&walk->numbers, owner[i].id_number, &at, &is_new);
                if (r == 0 && is_new) {
                        *at = (int64_t) walk->n_owners;
                        r = owner_name_keep(walk, owner[i].name);
                }
                if (r < 0)
                        return r;
                other |= !text_equal(walk->owner_names[*at], owner[i].name);
                owner[i].name = walk->owner_names[*at];
        }
        return other ? sheet_finding(walk, FINDING_WARNING, "OWNER_NAMES", COLUMN_OWNER, NULL) : 0;
}

/* fifteen digits are all that a number of a spreadsheet keeps */
static bool numbers_precise(const SheetWalk *walk) {
        int at = sheet_heading_column(&walk->heading, COLUMN_ID_NUMBER);

        return at < 0 || sheet_cell_kind(walk->row, (uint32_t) at) == CELL_TEXT || !*walk->row->cells[at];
}

/* Names and numbers of people are not repeated in findings. */
static int owner_faults_tell(SheetWalk *walk, const SheetOwnerFault *fault) {
        int r = sheet_finding(walk, FINDING_REJECT, fault->code, COLUMN_ID_NUMBER, NULL);

        return r < 0 ? r : sheet_finding(walk, FINDING_WARNING, fault->warning, COLUMN_ID_NUMBER, NULL);
}

int sheet_numbers_check(SheetWalk *walk, const char **ret) {
        SheetOwnerFault fault;

        if (!numbers_precise(walk))
                return sheet_finding(walk, FINDING_REJECT, "ID_PRECISION", COLUMN_ID_NUMBER, NULL);
        int r = sheet_owner_numbers(
                sheet_raw(walk, COLUMN_ID_NUMBER), walk->today, walk->arena, ret, &fault);
        return r < 0 ? r : owner_faults_tell(walk, &fault);
}

int sheet_owners_check(SheetWalk *walk, Lines *ret) {
        SheetOwnerFault fault;

        if (!numbers_precise(walk))
                return sheet_finding(walk, FINDING_REJECT, "ID_PRECISION", COLUMN_ID_NUMBER, NULL);
        int r = sheet_owners(sheet_raw(walk, COLUMN_OWNER), sheet_raw(walk, COLUMN_ID_NUMBER), walk->today,
                walk->arena, ret, &fault);
        if (r == 0)
                r = owner_faults_tell(walk, &fault);
        if (r == 0 && !fault.code)
                r = owner_names_check(walk, ret);
        return r;
}

int sheet_key_read(SheetWalk *walk, SheetKey *ret) {
        SheetAddress address = { 0 };
        bool folded = false;

        char *whole = sheet_folded(walk, COLUMN_ADDRESS, &folded);
        *ret = (SheetKey){ .area = sheet_trimmed(walk, COLUMN_AREA_NAME),
                .building = sheet_folded(walk, COLUMN_BUILDING, &folded),
                .unit = sheet_folded(walk, COLUMN_UNIT, &folded),
                .room = sheet_folded(walk, COLUMN_ROOM, &folded) };
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
        ret->area_plain = ret->area ? arena_strdup(walk->arena, ret->area) : NULL;
        if (!ret->area_plain)
                return -ENOMEM;
        text_fold_width(ret->area_plain);
        ret->building = sheet_building(ret->building, walk->arena);
        ret->unit = sheet_unit(ret->unit, walk->arena);
        if (sheet_cut_end(ret->room, sheet_room_mark))
                ret->room = sheet_trim(ret->room);
        return ret->area && ret->building && ret->unit ? 0 : -ENOMEM;
}

/* What must hold before a single cell is worth reading. */
static const char *row_form_fault(const SheetWalk *walk) {
        if (walk->row->bad_encoding)
                return "ENCODING";
        if (walk->row->n_cells < walk->heading.n_columns)
                return "COLS";
        for (size_t i = walk->heading.n_columns; i < walk->row->n_cells; i++)
                if (*walk->row->cells[i])
                        return "COLS";
        for (uint32_t i = 0; i < walk->heading.n_columns; i++) {
                CellKind kind = sheet_cell_kind(walk->row, i);
                if (walk->heading.columns[i] == COLUMN_NONE || walk->heading.columns[i] == COLUMN_IGNORED)
                        continue;
                if (kind == CELL_ERROR || sheet_cell_error(walk->row->cells[i]))
                        return "CELL_ERROR";
                if (kind == CELL_NO_VALUE)
                        return "NO_CACHED_VALUE";
        }
        return NULL;
}

/* buildings: key -> 0 no unit seen, n its only unit is unit_names[n - 1], UNIT_SEVERAL; units: key with unit
 * -> seen. */
static int units_learn(SheetWalk *walk) {
        int64_t *count, *seen;
        bool is_new, skipped, total;
        SheetKey key;

        int r = row_skipped(walk, &skipped, &total);
        if (r < 0 || skipped || row_form_fault(walk))
                return r;
        r = sheet_key_read(walk, &key);
        if (r < 0 || !*key.unit)
                return r;
        char *building = arena_printf(walk->arena, "%s|%s", key.area_plain, key.building);
        char *unit = building ? arena_printf(walk->arena, "%s|%s", building, key.unit) : NULL;
        if (!unit)
                return -ENOMEM;
        r = sheet_index_at(&walk->buildings, building, &count, &is_new);
        if (r == 0)
                r = sheet_index_at(&walk->units, unit, &seen, &is_new);
        if (r == 0 && is_new) {
                const char *name = arena_strdup(walk->kept, key.unit);
                if (!name)
                        return -ENOMEM;
                walk->unit_names[walk->n_units++] = name;
                *count = *count == 0 ? (int64_t) walk->n_units : UNIT_SEVERAL;
        }
        return r;
}

int sheet_key_check(SheetWalk *walk, SheetKey *key, bool dwelling) {
        int64_t *count;
        bool is_new;

        if (!*key->area && walk->form->area_needed)
                return sheet_finding(walk, FINDING_REJECT, "AREA_NAME_MISSING", COLUMN_AREA_NAME, NULL);
        static const SheetColumn places[] = { COLUMN_BUILDING, COLUMN_UNIT, COLUMN_ROOM, COLUMN_ADDRESS };
        for (size_t i = 0; i < ELEMENTSOF(places); i++) {
                bool folded;
                const char *text = sheet_folded(walk, places[i], &folded);
                if (!text)
                        return -ENOMEM;
                if (sheet_date_mangled(text))
                        return sheet_finding(walk, FINDING_REJECT, "KEY_DATE_MANGLED", places[i], text);
        }
        if (!*key->building || !*key->room)
                return sheet_finding(walk, FINDING_REJECT, "KEY_MISSING",
                        *key->building ? COLUMN_ROOM : COLUMN_BUILDING, NULL);
        if (!*key->unit && dwelling) {
                char *building = arena_printf(walk->arena, "%s|%s", key->area_plain, key->building);
                int r = building ? sheet_index_at(&walk->buildings, building, &count, &is_new) : -ENOMEM;
                if (r < 0)
                        return r;
                if (*count == UNIT_SEVERAL)
                        return sheet_finding(walk, FINDING_REJECT, "KEY_AMBIGUOUS", COLUMN_UNIT, NULL);
                if (*count > 0 && !(key->unit = arena_strdup(walk->arena, walk->unit_names[*count - 1])))
                        return -ENOMEM;
        }
        char *place = arena_printf(
                walk->arena, "%s|%s|%s|%s", key->area_plain, key->building, key->unit, key->room);
        int r = place ? sheet_index_at(&walk->dwellings, place, &count, &is_new) : -ENOMEM;
        if (r == 0 && !is_new)
                r = sheet_finding(walk, FINDING_REJECT, "DUP_KEY", COLUMN_ROOM, NULL);
        return r;
}

/* What a spreadsheet stored where a number was expected, as the code of a warning, or NULL. */
const char *sheet_number_stored(const SheetWalk *walk, SheetColumn column) {
        int at = sheet_heading_column(&walk->heading, column);

        if (at < 0 || !walk->row->kinds)
                return NULL;
        return walk->row->kinds[at] & CELL_FORMULA                      ? "FORMULA_VALUE"
               : sheet_cell_kind(walk->row, (uint32_t) at) == CELL_TEXT ? "NUMBER_AS_TEXT"
                                                                        : NULL;
}

/* Full-width letters and digits in what makes the key, the use, the floor or the date. Areas and numbers of
 * people have warnings of their own. */
static int widths_warn(SheetWalk *walk) {
        static const SheetColumn columns[] = { COLUMN_BUILDING, COLUMN_UNIT, COLUMN_ROOM, COLUMN_ADDRESS,
                COLUMN_FLOOR, COLUMN_FLOORS_TOTAL, COLUMN_FLOOR_OF_TOTAL, COLUMN_USE, COLUMN_DELIVERY };
        int r = 0;

        for (size_t i = 0; r == 0 && i < ELEMENTSOF(columns); i++) {
                bool folded;
                if (!sheet_folded(walk, columns[i], &folded))
                        return -ENOMEM;
                if (folded)
                        r = sheet_finding(walk, FINDING_WARNING, "NORMALISED_WIDTH", columns[i],
                                sheet_raw(walk, columns[i]));
        }
        return r;
}

/* What no column's own rule caught and the command would refuse with all rows of its part: a text too long
 * for its field, a number out of its bounds. Names of people are not repeated. */
static int item_check(SheetWalk *walk, const void *item) {
        FieldFault fault;
        int r = record_check(walk->form->item, item, &fault);

        if (r != -EREFUSED_)
                return r;
        r = sheet_finding(walk, FINDING_REJECT,
                text_equal(fault.code, "node.too_long")   ? "TOO_LONG"
                : text_equal(fault.code, "node.bad_text") ? "BAD_TEXT"
                                                          : "OUT_OF_RANGE",
                COLUMN_NONE, NULL);
        if (r == 0)
                walk->findings[walk->n_findings - 1].column = fault.field->label;
        return r;
}

static int row_judge(SheetWalk *walk) {
        const Record *record = walk->form->item;
        char *item = (char *) walk->items + walk->n_items * record->size;

        walk->row_rejected = false;
        const char *fault = row_form_fault(walk);
        int r = sheet_finding(walk, FINDING_REJECT, fault, COLUMN_NONE, NULL);
        if (r == 0 && !fault)
                r = walk->form->judge(walk, item);
        if (r == 0 && !walk->row_rejected)
                r = item_check(walk, item);
        if (r == 0 && !walk->row_rejected)
                r = widths_warn(walk);
        if (r < 0)
                return r;
        if (walk->row_rejected) {
                memset(item, 0, record->size);
                walk->n_rejected++;
                return 0;
        }
        walk->item_lines[walk->n_items] = walk->row->line;
        /* rows of one building come together, and their places and uses are the same */
        return record_keep(record, item, walk->n_items++ ? item - record->size : NULL, walk->kept);
}

static int rows_judge(SheetWalk *walk) {
        size_t first = walk->heading.at + 1, n = walk->sheet->n_rows - first;

        walk->items = arena_alloc_array(walk->kept, walk->form->item->size, n + 1);
        walk->item_lines = ARENA_ARRAY(walk->kept, int64_t, n + 1);
        walk->unit_names = ARENA_ARRAY(walk->kept, const char *, n + 1);
        if (!walk->items || !walk->item_lines || !walk->unit_names)
                return -ENOMEM;
        for (size_t i = first; walk->form->dwellings && i < walk->sheet->n_rows; i++) {
                walk->row = &walk->sheet->rows[i];
                arena_reset(walk->arena);
                int r = units_learn(walk);
                if (r < 0)
                        return r;
        }
        for (size_t i = first; i < walk->sheet->n_rows; i++) {
                bool skipped, total;
                walk->row = &walk->sheet->rows[i];
                arena_reset(walk->arena);
                int r = row_skipped(walk, &skipped, &total);
                if (r == 0 && total && walk->form->total)
                        r = walk->form->total(walk);
                if (r == 0 && !skipped)
                        r = row_judge(walk);
                if (r < 0)
                        return r;
        }
        return 0;
}

static int result_make(SheetWalk *walk, ImportResult *ret) {
        const char **columns = ARENA_ARRAY(walk->kept, const char *, walk->heading.n_columns + 1);

        if (!columns)
                return -ENOMEM;
        for (size_t i = 0; i < walk->heading.n_columns; i++)
                columns[i] = walk->heading.columns[i] < SHEET_COLUMNS
                                     ? sheet_fields[walk->heading.columns[i]]
                                     : walk->form->own_fields[walk->heading.columns[i] - SHEET_COLUMNS];
        *ret = (ImportResult){ .findings = walk->findings,
                .n_findings = walk->n_findings,
                .items = walk->items,
                .item_lines = walk->item_lines,
                .n_items = walk->n_items,
                .n_rejected = walk->n_rejected,
                .header_line = walk->heading.row->line,
                .columns = columns,
                .n_columns = walk->heading.n_columns };
        return 0;
}

int sheet_walk(
        const Sheet *sheet, const SheetForm *form, void *data, Date today, Arena *arena, ImportResult *ret) {
        _cleanup_(arena_freep) Arena *scratch = arena_new(ROW_SCRATCH_BYTES_MAX);
        SheetWalk walk = { .sheet = sheet,
                .form = form,
                .data = data,
                .today = today,
                .arena = scratch,
                .kept = arena,
                .dwellings.arena = arena,
                .buildings.arena = arena,
                .units.arena = arena,
                .numbers.arena = arena };

        int r = scratch ? sheet_heading_find(sheet, form, arena, &walk.heading) : -ENOMEM;
        if (r == 0)
                r = rows_judge(&walk);
        return r < 0 ? r : result_make(&walk, ret);
}
