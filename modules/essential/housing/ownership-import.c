/* SPDX-License-Identifier: Apache-2.0 */
/* A part of a file of ownership changes (4.2.1.3): each row ends what holds and begins what it says, from
 * its own day. What holds already is left alone, so that the same file can be given again; a row the store
 * cannot take is left out by itself. */

#include "housing-domain.h"
#include "housing-query.h"
#include "housing-records.h"

#define REASON_IMPORT "ownership file" /* in history, where the file gives no reason */

/* Whether these very people hold these very shares now. */
static int holders_same(Request *q, const Apartment *apartment, const OwnershipImportRow *row, bool *ret) {
        const OwnershipImportOwner *owners = row->owners.rows;
        Ownership *holders;
        size_t n;
        int r = ownership_current(q, apartment->head.id, &holders, &n);

        if (r < 0)
                return r;
        *ret = n == row->owners.n;
        for (size_t i = 0; *ret && i < row->owners.n; i++) {
                Owner owner;
                bool found = false;
                r = owner_find(q, owners[i].id_number, &owner);
                if (r < 0 && r != -ENOENT)
                        return r;
                for (size_t k = 0; r == 0 && k < n; k++)
                        found |= holders[k].owner_id.value == owner.head.id.value &&
                                 holders[k].share_numerator * owners[i].share_denominator ==
                                         holders[k].share_denominator * owners[i].share_numerator;
                *ret = found;
        }
        return 0;
}

/* Code of what stands against the row, or NULL. */
static int row_find(
        Request *q, const OwnershipImportRow *row, Apartment *ret, bool *ret_same, const char **ret_code) {
        PropertyArea area;
        int64_t last;

        *ret_code = NULL;
        int r = area_named(q, row->area_name, &area);
        if (r == 0)
                r = apartment_named(q, area.head.id, row->building, row->unit, row->room_number, ret);
        if (r == -ENOENT)
                *ret_code = "ORPHAN";
        if (r < 0)
                return r == -ENOENT ? 0 : r;
        if (ret->state != APARTMENT_NORMAL && ret->state != APARTMENT_NOT_SHARING)
                *ret_code = "APARTMENT_STATE";
        if (*ret_code)
                return 0;
        r = holders_same(q, ret, row, ret_same);
        if (r == 0 && !*ret_same)
                r = tx_integer(q->tx, &essential_ownership_last,
                        SQL_ARGS(value_integer(q->office), value_id(ret->head.id)), &last);
        if (r == 0 && !*ret_same && last > row->valid_from.ymd)
                *ret_code = "FROM_BEFORE";
        return r;
}

static int row_take(Request *q, const OwnershipImportRow *row, const Apartment *apartment) {
        const OwnershipImportOwner *owners = row->owners.rows;
        OwnerShare shares[BUILDING_TABLE_OWNERS_MAX];
        bool changed;
        int r = 0;

        for (size_t i = 0; r == 0 && i < row->owners.n; i++) {
                const BuildingTableOwner given = { owners[i].name, owners[i].id_number, owners[i].kind };
                shares[i] = (OwnerShare){
                        .share_numerator = owners[i].share_numerator,
                        .share_denominator = owners[i].share_denominator,
                };
                r = owner_place(q, apartment->property_area_id, &given, true, &shares[i].owner_id, &changed);
        }
        if (r < 0)
                return r;
        return ownership_replace(q, apartment->head.id, shares, row->owners.n, row->valid_from,
                text_empty(row->reason) ? REASON_IMPORT : row->reason);
}

/* The importer's own checks again, for whoever calls the command without it. */
static const char *row_fault(const OwnershipImportRow *row, Date today) {
        const OwnershipImportOwner *owners = row->owners.rows;
        Share shares[BUILDING_TABLE_OWNERS_MAX];

        if (row->owners.n == 0)
                return "OWNER_MISSING";
        if (row->owners.n > BUILDING_TABLE_OWNERS_MAX)
                return "OWNER_ID_COUNT";
        for (size_t i = 0; i < row->owners.n; i++) {
                shares[i] = (Share){ owners[i].share_numerator, owners[i].share_denominator };
                if (owner_number_fault(owners[i].id_number, owners[i].kind, today))
                        return "ID_CHECKSUM";
                for (size_t k = 0; k < i; k++)
                        if (text_equal(owners[k].id_number, owners[i].id_number))
                                return "OWNER_TWICE";
        }
        if (!shares_whole(shares, row->owners.n))
                return "SHARES_NOT_ONE";
        return row->valid_from.ymd > today.ymd ? "DATE_RANGE" : NULL;
}

static int rows_go(Request *q, const OwnershipImport *part, bool take, ImportOutcome *ret) {
        const OwnershipImportRow *rows = part->rows.rows;
        ImportOutcome outcome = { 0 };
        Apartment apartment;
        int r = part->rows.n > IMPORT_PART_ROWS_MAX ? -EMALFORMED_ : 0;

        for (size_t i = 0; r == 0 && i < part->rows.n; i++) {
                const char *code = row_fault(&rows[i], q->today);
                bool same = false;
                if (!code)
                        r = row_find(q, &rows[i], &apartment, &same, &code);
                if (r < 0)
                        return r;
                if (code) {
                        r = outcome_fault(q, &outcome, rows[i].source_line, code);
                        continue;
                }
                outcome.unchanged += same;
                outcome.changed += !same;
                if (take && !same)
                        r = row_take(q, &rows[i], &apartment);
        }
        if (r == 0)
                *ret = outcome;
        return r;
}

int run_import_ownership_rows(Request *q, const void *input, void *ret_output) {
        return rows_go(q, input, true, ret_output);
}

int run_try_ownership_rows(Request *q, const void *input, void *ret_output) {
        return rows_go(q, input, false, ret_output);
}
