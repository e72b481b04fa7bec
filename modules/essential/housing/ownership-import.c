/* SPDX-License-Identifier: Apache-2.0 */
/* A part of a file of ownership changes (4.2.1.3): each row ends what holds and begins what it says, from
 * its own day. What holds already is left alone, so that the same file can be given again; a row the store
 * cannot take is left out by itself. */

#include "filer.h"
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

/* A row, and what the store says of it. */
typedef struct Taking {
        const OwnershipImportRow *row;
        Apartment apartment;
        Date from;        /* first day of the new owners */
        bool same;        /* they hold it already */
        const char *code; /* what stands against the row, or NULL */
} Taking;

/* What a stranger may not do: touch another area, or a dwelling that somebody else than himself owns, or
 * name anew whom the register knows. */
static int filer_fault(Request *q, const Filer *filer, Taking *taking, bool *ret_own) {
        const OwnershipImportOwner *buyers = taking->row->owners.rows;
        bool holds, otherwise = false;
        size_t n;

        if (taking->apartment.property_area_id.value != filer->property_area.value || !filer->served) {
                taking->code = "AREA_NOT_SERVED";
                return 0;
        }
        if (taking->same)
                return 0;
        int r = filer_holds(q, filer, taking->apartment.head.id, &holds, &n);
        if (r == 0 && !holds)
                taking->code = "OWNER_OTHER";
        *ret_own = r == 0 && n > 0;
        for (size_t i = 0; r == 0 && !taking->code && i < taking->row->owners.n; i++) {
                r = owner_known_otherwise(
                        q, buyers[i].id_number, buyers[i].name, buyers[i].kind, &otherwise);
                if (r == 0 && otherwise)
                        taking->code = "OWNER_KNOWN";
        }
        return r;
}

/* What the unit itself held was not sold to anybody before: a buyer whose contract is older than the
 * register begins on the register's first day. */
static int from_find(Request *q, bool own, Taking *taking) {
        int64_t last;
        int r = tx_integer(q->tx, &essential_ownership_last,
                SQL_ARGS(value_integer(q->office), value_id(taking->apartment.head.id)), &last);

        if (r == 0 && last > taking->row->valid_from.ymd) {
                if (own)
                        taking->from = (Date){ (int32_t) last };
                else
                        taking->code = "FROM_BEFORE";
        }
        return r;
}

/* done: the n rows of the part before this one, which have taken their dwellings in whatever writing. */
static int row_find(Request *q, const Filer *filer, const Taking *done, size_t n, Taking *taking) {
        const OwnershipImportRow *row = taking->row;
        const DwellingName name = { row->area_name, row->building, row->unit, row->room_number };
        bool own = false;
        int r = dwelling_find(q, &name, &taking->apartment, &taking->code);

        taking->from = row->valid_from;
        for (size_t i = 0; r == 0 && !taking->code && i < n; i++)
                if (!done[i].code && done[i].apartment.head.id.value == taking->apartment.head.id.value)
                        taking->code = "DUP_KEY";
        if (r < 0 || taking->code)
                return r;
        r = holders_same(q, &taking->apartment, row, &taking->same);
        if (r == 0 && filer->filing.value != 0)
                r = filer_fault(q, filer, taking, &own);
        if (r == 0 && !taking->same && !taking->code)
                r = from_find(q, own, taking);
        return r;
}

static int row_take(Request *q, const Taking *taking) {
        const OwnershipImportRow *row = taking->row;
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
                r = owner_place(
                        q, taking->apartment.property_area_id, &given, true, &shares[i].owner_id, &changed);
        }
        if (r < 0)
                return r;
        return ownership_replace(q, taking->apartment.head.id, shares, row->owners.n, taking->from,
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
        Taking *takings = ARENA_ARRAY(q->arena, Taking, part->rows.n + 1);
        ImportOutcome outcome = { 0 };
        Filer filer = { 0 };
        int r = part->rows.n > IMPORT_PART_ROWS_MAX ? -EMALFORMED_ : takings ? 0 : -ENOMEM;

        if (r == 0 && part->filing_id.value != 0)
                r = filer_find(q, part->filing_id, !take, &filer);

        for (size_t i = 0; r == 0 && i < part->rows.n; i++) {
                Taking *taking = &takings[i];
                *taking = (Taking){ .row = &rows[i], .code = row_fault(&rows[i], q->today) };
                if (!taking->code)
                        r = row_find(q, &filer, takings, i, taking);
                if (r < 0)
                        return r;
                if (taking->code) {
                        r = outcome_fault(q, &outcome, rows[i].source_line, taking->code);
                        continue;
                }
                outcome.unchanged += taking->same;
                outcome.changed += !taking->same;
                if (take && !taking->same)
                        r = row_take(q, taking);
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
