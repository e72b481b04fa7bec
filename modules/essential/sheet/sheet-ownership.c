/* SPDX-License-Identifier: Apache-2.0 */
/* Files of ownership changes (4.2.1.3): who owns a dwelling from a day on, with shares where they are not
 * equal. */

#include <string.h>

#include <node/error.h>
#include <node/text.h>

#include "filing/filing-records.h"
#include "housing/housing-domain.h"
#include "housing/housing-records.h"
#include "sheet-importers.h"
#include <essential/sheet-walk.h>

#define PERCENT_DIGITS_MAX 4
#define REASON_CHARACTERS_MAX 200

/* 1/2, 50%, 33.33% as a fraction. */
static bool share_read(const char *text, OwnershipImportOwner *ret) {
        char copy[32];
        int64_t numerator, denominator = 100, decimals = 0;

        if (strlen(text) >= sizeof(copy))
                return false;
        strcpy(copy, text);
        sheet_blanks_remove(copy);
        char *slash = strchr(copy, '/');
        if (slash) {
                *slash = 0;
                if (integer_parse(copy, &numerator) < 0 || integer_parse(slash + 1, &denominator) < 0)
                        return false;
        } else {
                if (!sheet_cut_end(copy, "%"))
                        return false;
                char *point = strchr(copy, '.');
                if (point) {
                        decimals = (int64_t) strlen(point + 1);
                        memmove(point, point + 1, strlen(point));
                }
                const char *digits = copy + strspn(copy, "0");
                if (decimals > PERCENT_DIGITS_MAX || integer_parse(digits, &numerator) < 0)
                        return false;
                for (int64_t i = 0; i < decimals; i++)
                        denominator *= 10;
        }
        if (numerator < 1 || denominator < numerator || denominator > 1000000)
                return false;
        ret->share_numerator = numerator;
        ret->share_denominator = denominator;
        return true;
}

/* Shares of the row's owners in their order; none said is equal ones. */
static const char *shares_read(char *text, OwnershipImportOwner *owners, size_t n) {
        if (!*text || sheet_word(sheet_joint_words, text)) {
                for (size_t i = 0; i < n; i++)
                        owners[i].share_numerator = 1, owners[i].share_denominator = (int64_t) n;
                return NULL;
        }
        for (size_t i = 0; i < n; i++) {
                char *mark = strstr(text, sheet_owner_separator);
                size_t size = strlen(sheet_owner_separator);
                char *other = strpbrk(text, ",;");
                if (other && (!mark || other < mark)) {
                        mark = other;
                        size = 1;
                }
                if (!mark != (i + 1 == n))
                        return "SHARE_INVALID";
                if (mark)
                        *mark = 0;
                if (!share_read(text, &owners[i]))
                        return "SHARE_INVALID";
                text = mark ? mark + size : text;
        }
        return NULL;
}

static const char *owners_fault(const OwnershipImportOwner *owners, size_t n) {
        Share shares[BUILDING_TABLE_OWNERS_MAX];

        for (size_t i = 0; i < n; i++) {
                shares[i] = (Share){ owners[i].share_numerator, owners[i].share_denominator };
                for (size_t k = 0; k < i; k++)
                        if (text_equal(owners[k].id_number, owners[i].id_number))
                                return "OWNER_TWICE";
        }
        return shares_whole(shares, n) ? NULL : "SHARES_NOT_ONE";
}

static int owners_judge(SheetWalk *walk, OwnershipImportRow *item) {
        Lines plain = { 0 };
        bool folded;

        int r = sheet_owners_check(walk, &plain);
        if (r < 0 || walk->row_rejected)
                return r;
        const BuildingTableOwner *given = plain.rows;
        OwnershipImportOwner *owners = ARENA_ARRAY(walk->arena, OwnershipImportOwner, plain.n);
        char *shares = sheet_folded(walk, COLUMN_SHARE, &folded);
        if (!owners || !shares)
                return -ENOMEM;
        for (size_t i = 0; i < plain.n; i++)
                owners[i] = (OwnershipImportOwner){
                        .name = given[i].name, .id_number = given[i].id_number, .kind = given[i].kind
                };
        const char *raw = sheet_raw(walk, COLUMN_SHARE), *code = shares_read(shares, owners, plain.n);
        if (!code)
                code = owners_fault(owners, plain.n);
        item->owners = (Lines){ owners, plain.n };
        return sheet_finding(walk, FINDING_REJECT, code, COLUMN_SHARE, raw);
}

static int row_judge(SheetWalk *walk, void *ret_item) {
        OwnershipImportRow item = { .source_line = walk->row->line };
        SheetKey key;
        bool folded;

        int r = sheet_key_read(walk, &key);
        /* whether a dwelling without a unit is meant clearly, the store knows better than the file */
        if (r == 0)
                r = sheet_key_check(walk, &key, false);
        if (r == 0)
                r = owners_judge(walk, &item);
        char *from = sheet_folded(walk, COLUMN_FROM, &folded);
        item.reason = sheet_trimmed(walk, COLUMN_REASON);
        if (r < 0 || !from || !item.reason)
                return r < 0 ? r : -ENOMEM;
        const char *code = sheet_date(from, walk->sheet->dates_1904, walk->today, &item.valid_from);
        if (!code && !item.valid_from.ymd)
                code = "FROM_MISSING";
        r = sheet_finding(walk, FINDING_REJECT, code, COLUMN_FROM, sheet_raw(walk, COLUMN_FROM));
        if (r == 0 && text_characters(item.reason) > REASON_CHARACTERS_MAX)
                r = sheet_finding(walk, FINDING_REJECT, "TOO_LONG", COLUMN_REASON, NULL);
        item.area_name = key.area;
        item.building = key.building;
        item.unit = key.unit;
        item.room_number = key.room;
        *(OwnershipImportRow *) ret_item = item;
        return r;
}

static const SheetColumn required[] = { COLUMN_OWNER, COLUMN_ID_NUMBER, COLUMN_FROM, COLUMN_NONE };
static const SheetForm form = { .words = sheet_ownership_headings,
        .required = required,
        .dwellings = true,
        .area_needed = true,
        .item = &record_ownership_import_row,
        .judge = row_judge };

static int ownership_check(const Sheet *sheet, Date today, Arena *arena, ImportResult *ret) {
        return sheet_walk(sheet, &form, NULL, today, arena, ret);
}

static int ownership_fill(const void *items, size_t n, Arena *arena, void **ret_input) {
        OwnershipImport *part = ARENA_NEW(arena, OwnershipImport);

        if (!part)
                return -ENOMEM;
        part->rows = (Lines){ (void *) items, n };
        *ret_input = part;
        return 0;
}

static void ownership_about(void *input, Id filing) {
        ((OwnershipImport *) input)->filing_id = filing;
}

const Importer essential_ownership_file = {
        .name = "ownership",
        .label = sheet_ownership_label,
        .clause = "4.2.1.3",
        .item_size = sizeof(OwnershipImportRow),
        .texts = sheet_finding_texts,
        .check = ownership_check,
        .command = &essential_import_ownership_rows,
        .rehearsal = &essential_try_ownership_rows,
        .chunk_items_max = IMPORT_PART_ROWS_MAX,
        .fill = ownership_fill,
        .about = ownership_about,
        .concluded = &essential_conclude_filing,
        .tally = outcome_tally,
        .faults = outcome_faults,
};
