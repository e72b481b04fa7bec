/* SPDX-License-Identifier: Apache-2.0 */
/* Owners and their shares, for commands and imports alike: one person has one row, known by the number. */

#include "housing-domain.h"
#include "housing-query.h"
#include "housing-records.h"

/* Kinds of the blind index, as owner.def names them. */
#define SEALED_OWNER_NAME "owner_name"
#define SEALED_OWNER_NUMBER "owner_number"
#define OWNERS_NOW_MAX 64

int owner_find(Request *q, const char *id_number, Owner *ret) {
        Id *vault_ids;
        size_t n;
        int r = sealed_find(q, SEALED_OWNER_NUMBER, (Id){ 0 }, id_number, &vault_ids, &n);

        for (size_t i = 0; r == 0 && i < n; i++) {
                _cleanup_(rows_closep) Rows *rows = NULL;
                r = tx_query(q->tx, &essential_owner_by_number,
                        SQL_ARGS(value_integer(q->office), value_id(vault_ids[i])), &rows);
                if (r < 0)
                        return r;
                r = rows_next(rows);
                if (r > 0)
                        return record_from_rows(&record_owner, rows, q->arena, ret);
        }
        return r < 0 ? r : -ENOENT;
}

int owners_prepared(Request *q, const char *const *id_numbers, size_t n) {
        return sealed_prepare(q, SEALED_OWNER_NUMBER, (Id){ 0 }, id_numbers, n);
}

int owner_check(Request *q, const char *id_number, int64_t kind, const char *field, const char *line) {
        const char *fault = owner_number_fault(id_number, kind, q->today);

        return fault ? refuse(q, fault, field, line, NULL) : 0;
}

int owner_named(Request *q, const Owner *owner, const char *name) {
        Id *vault_ids;
        size_t n;
        int r = sealed_find(q, SEALED_OWNER_NAME, owner->property_area_id, name, &vault_ids, &n);

        for (size_t i = 0; r == 0 && i < n; i++)
                if (vault_ids[i].value == owner->name.vault.value)
                        return 1;
        return r;
}

int owner_insert(Request *q, Id property_area, const BuildingTableOwner *given, Owner *ret) {
        Owner owner = {
                .property_area_id = property_area,
                .name = { .plain_input = given->name },
                .id_number = { .plain_input = given->id_number },
                .kind = given->kind,
        };
        int r = record_insert(q, &record_owner, &owner);

        if (r == 0)
                *ret = owner;
        return r;
}

int ownership_current(Request *q, Id apartment, Ownership **ret, size_t *ret_n) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        Ownership holders[OWNERS_NOW_MAX];
        size_t n = 0;
        int r;

        r = tx_query(q->tx, &essential_ownership_current,
                SQL_ARGS(value_integer(q->office), value_id(apartment)), &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                if (n == OWNERS_NOW_MAX)
                        return -E2BIG;
                r = record_from_rows(&record_ownership, rows, q->arena, &holders[n++]);
                if (r < 0)
                        return r;
        }
        if (r < 0)
                return r;
        *ret = arena_copy(q->arena, holders, n * sizeof(Ownership));
        *ret_n = n;
        return *ret ? 0 : -ENOMEM;
}

/* Whoever held from this very day and was taken out the same day, by a mistake put right, holds again: one
 * row says so, as its history does. */
static int share_begin(Request *q, Id apartment, const OwnerShare *share, Date from, const char *reason) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        Ownership begun = {
                .apartment_id = apartment,
                .owner_id = share->owner_id,
                .valid_from = from,
        };
        int r = tx_query(q->tx, &essential_ownership_begun,
                SQL_ARGS(value_integer(q->office), value_id(apartment), value_id(share->owner_id),
                        value_integer(from.ymd)),
                &rows);

        if (r == 0)
                r = rows_next(rows);
        const bool before = r > 0;
        if (before)
                r = record_from_rows(&record_ownership, rows, q->arena, &begun);
        if (r < 0)
                return r;
        begun.share_numerator = share->share_numerator;
        begun.share_denominator = share->share_denominator;
        begun.valid_to = (Date){ 0 };
        return before ? record_update(q, &record_ownership, &begun, reason)
                      : record_insert(q, &record_ownership, &begun);
}

int ownership_replace(
        Request *q, Id apartment, const OwnerShare *shares, size_t n, Date from, const char *reason) {
        Ownership *holders;
        size_t n_holders;
        int r = ownership_current(q, apartment, &holders, &n_holders);

        /* Same owner and same first day: the row itself is corrected, so that no day has two shares of one
         * owner. */
        for (size_t i = 0; r == 0 && i < n_holders; i++) {
                const OwnerShare *kept = NULL;
                for (size_t j = 0; j < n && !kept; j++)
                        if (shares[j].owner_id.value == holders[i].owner_id.value &&
                                holders[i].valid_from.ymd == from.ymd)
                                kept = &shares[j];
                if (kept) {
                        holders[i].share_numerator = kept->share_numerator;
                        holders[i].share_denominator = kept->share_denominator;
                } else
                        holders[i].valid_to = from;
                r = record_update(q, &record_ownership, &holders[i], reason);
        }
        for (size_t j = 0; r == 0 && j < n; j++) {
                bool kept = false;
                for (size_t i = 0; i < n_holders; i++)
                        kept |= shares[j].owner_id.value == holders[i].owner_id.value &&
                                holders[i].valid_from.ymd == from.ymd;
                if (!kept)
                        r = share_begin(q, apartment, &shares[j], from, reason);
        }
        return r;
}
