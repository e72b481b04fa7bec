/* SPDX-License-Identifier: Apache-2.0 */
/* Files of common parts and facilities (4.2.2.2): one row each, its place and catalogue by their names. */

#include <string.h>

#include <node/error.h>
#include <node/text.h>

#include "facility/facility-records.h"
#include "sheet-importers.h"
#include <essential/sheet-walk.h>

#define ROOMS_MAX 100
#define NAME_CHARACTERS_MAX 60
#define MAKER_CHARACTERS_MAX 100
#define POSITION_CHARACTERS_MAX 200

static int text_read(SheetWalk *walk, SheetColumn column, size_t characters_max, const char **ret) {
        char *text = sheet_trimmed(walk, column);

        if (!text)
                return -ENOMEM;
        *ret = text;
        return text_characters(text) > characters_max
                       ? sheet_finding(walk, FINDING_REJECT, "TOO_LONG", column, NULL)
                       : 0;
}

static int word_read(
        SheetWalk *walk, SheetColumn column, const SheetWord *words, const char *code, int64_t *ret) {
        bool folded;
        char *text = sheet_folded(walk, column, &folded);

        if (!text)
                return -ENOMEM;
        const SheetWord *word = sheet_word(words, text);
        if (!word)
                return sheet_finding(walk, FINDING_REJECT, code, column, sheet_raw(walk, column));
        *ret = word->value;
        return 0;
}

static int day_read(SheetWalk *walk, SheetColumn column, Date *ret) {
        bool folded;
        char *text = sheet_folded(walk, column, &folded);

        if (!text)
                return -ENOMEM;
        return sheet_finding(walk, FINDING_REJECT, sheet_any_date(text, walk->sheet->dates_1904, ret),
                column, sheet_raw(walk, column));
}

/* 1-1-101、1-1-102; a bare room number is of the row's own building and unit. */
static int rooms_read(SheetWalk *walk, FacilityImportRow *item) {
        bool folded;
        char *text = sheet_folded(walk, COLUMN_ROOMS, &folded);
        FacilityImportRoom *rooms = ARENA_ARRAY(walk->arena, FacilityImportRoom, ROOMS_MAX);
        size_t n = 0;

        if (!text || !rooms)
                return -ENOMEM;
        while (*text) {
                SheetAddress address;
                char *mark = strstr(text, sheet_owner_separator);
                size_t size = mark ? strlen(sheet_owner_separator) : 0;
                if (mark)
                        *mark = 0;
                char *one = sheet_trim(text);
                if (n == ROOMS_MAX || !*one)
                        return sheet_finding(walk, FINDING_REJECT, "ROOM_UNKNOWN", COLUMN_ROOMS,
                                sheet_raw(walk, COLUMN_ROOMS));
                int r = sheet_address(one, walk->arena, &address);
                if (r < 0)
                        return r;
                rooms[n++] = (FacilityImportRoom){
                        .building = *address.building ? address.building : item->building,
                        .unit = *address.building ? address.unit : item->unit,
                        .room_number = address.room,
                };
                text = mark ? mark + size : text + strlen(text);
        }
        for (size_t i = 0; i < n; i++)
                if (text_empty(rooms[i].building) || text_empty(rooms[i].room_number))
                        return sheet_finding(walk, FINDING_REJECT, "ROOM_UNKNOWN", COLUMN_ROOMS,
                                sheet_raw(walk, COLUMN_ROOMS));
        item->rooms = (Lines){ rooms, n };
        return 0;
}

static int place_read(SheetWalk *walk, FacilityImportRow *item) {
        int64_t *seen;
        SheetKey key;
        bool is_new;

        int r = sheet_key_read(walk, &key);
        if (r < 0)
                return r;
        item->area_name = key.area;
        item->building = key.building;
        item->unit = key.unit;
        if (!*key.area)
                r = sheet_finding(walk, FINDING_REJECT, "AREA_NAME_MISSING", COLUMN_AREA_NAME, NULL);
        if (r == 0 && (!*item->name || !*item->category))
                r = sheet_finding(walk, FINDING_REJECT, "NAME_MISSING",
                        *item->name ? COLUMN_CATEGORY : COLUMN_NAME, NULL);
        if (r < 0 || walk->row_rejected)
                return r;
        char *place = arena_printf(walk->arena, "%s|%s|%s|%s", key.area, key.building, key.unit, item->name);
        r = place ? sheet_index_at(&walk->dwellings, place, &seen, &is_new) : -ENOMEM;
        if (r == 0 && !is_new)
                r = sheet_finding(walk, FINDING_REJECT, "DUP_KEY", COLUMN_NAME, item->name);
        return r;
}

static int days_read(SheetWalk *walk, FacilityImportRow *item) {
        int r = day_read(walk, COLUMN_MANUFACTURED, &item->manufacture_date);

        if (r == 0)
                r = day_read(walk, COLUMN_WARRANTY_FROM, &item->warranty_from);
        if (r == 0)
                r = day_read(walk, COLUMN_WARRANTY_TO, &item->warranty_to);
        if (r < 0 || walk->row_rejected)
                return r;
        const Facility dates = { .manufacture_date = item->manufacture_date,
                .warranty_from = item->warranty_from,
                .warranty_to = item->warranty_to };
        const char *field;
        if (facility_dates_fault(&dates, walk->today, &field))
                r = sheet_finding(walk, FINDING_REJECT, "WARRANTY_ORDER", COLUMN_WARRANTY_TO,
                        sheet_raw(walk, COLUMN_WARRANTY_TO));
        return r;
}

static int row_judge(SheetWalk *walk, void *ret_item) {
        FacilityImportRow item = { .source_line = walk->row->line };

        int r = text_read(walk, COLUMN_NAME, NAME_CHARACTERS_MAX, &item.name);
        if (r == 0)
                r = text_read(walk, COLUMN_CATEGORY, NAME_CHARACTERS_MAX, &item.category);
        if (r == 0)
                r = text_read(walk, COLUMN_MODEL, NAME_CHARACTERS_MAX, &item.model);
        if (r == 0)
                r = text_read(walk, COLUMN_MAKER, MAKER_CHARACTERS_MAX, &item.maker);
        if (r == 0)
                r = text_read(walk, COLUMN_POSITION, POSITION_CHARACTERS_MAX, &item.position);
        if (r == 0)
                r = place_read(walk, &item);
        if (r == 0)
                r = word_read(walk, COLUMN_SCOPE, sheet_scopes, "SCOPE_UNKNOWN", &item.scope);
        if (r == 0)
                r = word_read(walk, COLUMN_BENEFIT, sheet_benefits, "BENEFIT_UNKNOWN", &item.benefit);
        if (r == 0)
                r = days_read(walk, &item);
        if (r == 0)
                r = rooms_read(walk, &item);
        *(FacilityImportRow *) ret_item = item;
        return r;
}

static const SheetColumn required[] = { COLUMN_SCOPE, COLUMN_CATEGORY, COLUMN_NAME, COLUMN_NONE };
static const SheetForm form = { .words = sheet_facility_headings,
        .required = required,
        .area_needed = true,
        .item = &record_facility_import_row,
        .judge = row_judge };

static int facility_file_check(const Sheet *sheet, Date today, Arena *arena, ImportResult *ret) {
        return sheet_walk(sheet, &form, NULL, today, arena, ret);
}

static int facility_file_fill(const void *items, size_t n, Arena *arena, void **ret_input) {
        FacilityImport *part = ARENA_NEW(arena, FacilityImport);

        if (!part)
                return -ENOMEM;
        part->rows = (Lines){ (void *) items, n };
        *ret_input = part;
        return 0;
}

const Importer essential_facility_file = {
        .name = "facility",
        .label = sheet_facility_label,
        .clause = "4.2.2.2",
        .item_size = sizeof(FacilityImportRow),
        .texts = sheet_finding_texts,
        .check = facility_file_check,
        .command = &essential_import_facility_rows,
        .rehearsal = &essential_try_facility_rows,
        .chunk_items_max = IMPORT_PART_ROWS_MAX,
        .fill = facility_file_fill,
        .tally = outcome_tally,
        .faults = outcome_faults,
};
