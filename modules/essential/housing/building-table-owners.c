/* SPDX-License-Identifier: Apache-2.0 */
/* The owners of a part of a building table: new ones are found first and written together, then every line
 * says who holds. */

#include "building-table.h"
#include "housing-query.h"

int owner_place(
        Request *q, Id area, const BuildingTableOwner *given, bool apply, Id *ret, bool *ret_changed) {
        Owner owner = { 0 };
        int r = owner_find(q, given->id_number, &owner);

        if (r == -ENOENT) {
                r = apply ? owner_insert(q, area, given, &owner) : 0;
                *ret_changed = true;
        } else if (r == 0) {
                int named = owner_named(q, &owner, given->name);
                if (named < 0)
                        return named;
                if (!named || owner.kind != given->kind) {
                        owner.name.plain_input = given->name;
                        owner.kind = given->kind;
                        r = apply ? record_update(q, &record_owner, &owner, REASON_IMPORT) : 0;
                        *ret_changed = true;
                }
        }
        if (r == 0)
                *ret = owner.head.id;
        return r;
}

static bool holders_differ(const Ownership *holders, size_t n_holders, const OwnerShare *shares, size_t n) {
        if (n_holders != n)
                return true;
        for (size_t i = 0; i < n; i++) {
                bool found = false;
                for (size_t j = 0; j < n_holders; j++)
                        found |= holders[j].owner_id.value == shares[i].owner_id.value;
                if (!found)
                        return true;
        }
        return false;
}

static int holders_named(Request *q, Id apartment, const BuildingTableRow *row, bool *ret) {
        const BuildingTableOwner *owners = row->owners.rows;
        OwnerShare shares[BUILDING_TABLE_OWNERS_MAX] = { 0 };
        Ownership *holders;
        size_t n;
        int r = ownership_current(q, apartment, &holders, &n);

        for (size_t i = 0; r == 0 && i < row->owners.n; i++) {
                Owner owner = { 0 };
                r = owner_find(q, owners[i].id_number, &owner);
                shares[i].owner_id = owner.head.id;
                if (r == -ENOENT)
                        r = 0;
        }
        *ret = r == 0 && !holders_differ(holders, n, shares, row->owners.n);
        return r;
}

int taking_filed_owners(Taking *taking, const BuildingTableRow *row, const char **ret_code) {
        const BuildingTableOwner *owners = row->owners.rows;
        bool otherwise = false;
        int r = 0;

        *ret_code = NULL;
        for (size_t i = 0; r == 0 && taking->filer.filing.value != 0 && !otherwise && i < row->owners.n; i++)
                r = owner_known_otherwise(
                        taking->q, owners[i].id_number, owners[i].name, owners[i].kind, &otherwise);
        if (otherwise)
                *ret_code = "OWNER_KNOWN";
        return r;
}

int taking_filed_fault(Taking *taking, const BuildingTableRow *row, const Apartment *known, bool differs,
        const char **ret_code) {
        bool holds = true, named = true;
        Request *q = taking->q;
        size_t n;
        int r = 0;

        *ret_code = NULL;
        if (taking->filer.filing.value == 0 || !known)
                return 0;
        r = filer_holds(q, &taking->filer, known->head.id, &holds, &n);
        if (r == 0 && !holds)
                r = holders_named(q, known->head.id, row, &named);
        if (r == 0 && !holds && (differs || !named))
                *ret_code = "OWNER_OTHER";
        return r;
}

/* The new owner whom this very line brought; NULL for one who was known, also from an earlier line. */
static const Owner *owner_brought(const Taking *taking, const BuildingTableOwner *given) {
        for (size_t i = 0; i < taking->n_owners; i++)
                if (taking->owners_given[i] == given)
                        return &taking->owners[i];
        return NULL;
}

static int owner_begin(Taking *taking, const Placed *placed, const BuildingTableOwner *given) {
        Owner known;
        int r;

        for (size_t i = 0; i < taking->n_owners; i++)
                if (text_equal(taking->owners_given[i]->id_number, given->id_number))
                        return 0;
        r = owner_find(taking->q, given->id_number, &known);
        if (r != -ENOENT)
                return r;
        taking->owners_given[taking->n_owners] = given;
        taking->owners[taking->n_owners++] = (Owner){
                .property_area_id = placed->apartment->property_area_id,
                .name = { .plain_input = given->name },
                .id_number = { .plain_input = given->id_number },
                .kind = given->kind,
        };
        return 0;
}

/* Those whom nobody knows yet: sealed by one exchange with the keys. */
int taking_owners(Taking *taking) {
        int r = 0;

        for (size_t i = 0; r == 0 && i < taking->n_rows; i++) {
                const Placed *placed = &taking->placed[i];
                for (size_t k = 0; r == 0 && placed->taken && k < placed->row->owners.n; k++)
                        r = owner_begin(
                                taking, placed, (const BuildingTableOwner *) placed->row->owners.rows + k);
        }
        return r < 0 ? r : record_insert_many(taking->q, &record_owner, taking->owners, taking->n_owners);
}

static void shares_begin(Taking *taking, const Apartment *apartment, const OwnerShare *shares, size_t n) {
        for (size_t i = 0; i < n; i++)
                taking->shares[taking->n_shares++] = (Ownership){
                        .apartment_id = apartment->head.id,
                        .owner_id = shares[i].owner_id,
                        .share_numerator = shares[i].share_numerator,
                        .share_denominator = shares[i].share_denominator,
                        .valid_from = taking->q->today,
                };
}

/* Whether the line names somebody who held the dwelling once and holds it no more: a building table bears no date, and
 * an old one must not give it back, on the day of the transfer as little as later. Who buys it again is registered. */
static int former_named(Taking *taking, Id apartment, const Ownership *holders, size_t n_holders,
        const OwnerShare *shares, size_t n, bool *ret) {
        Request *q = taking->q;
        int64_t former = 0;
        int r = 0;

        for (size_t i = 0; r == 0 && former == 0 && i < n; i++) {
                bool holds = shares[i].owner_id.value == 0;
                for (size_t j = 0; j < n_holders; j++)
                        holds |= holders[j].owner_id.value == shares[i].owner_id.value;
                if (!holds)
                        r = tx_integer(q->tx, &essential_ownership_former,
                                SQL_ARGS(value_integer(q->office), value_id(apartment),
                                        value_id(shares[i].owner_id)),
                                &former);
        }
        *ret = former > 0;
        return r;
}

/* Equal shares: a building table does not say otherwise. Known shares of the same people are left alone. */
int taking_shares(Taking *taking, Placed *placed) {
        const BuildingTableOwner *owners = placed->row->owners.rows;
        size_t n = placed->row->owners.n, n_holders = 0;
        OwnerShare shares[BUILDING_TABLE_OWNERS_MAX];
        Request *q = taking->q;
        Ownership *holders = NULL;
        bool former = false;
        int r = 0;

        for (size_t i = 0; r == 0 && i < n; i++) {
                const Owner *brought = owner_brought(taking, &owners[i]);
                shares[i] = (OwnerShare){ .share_numerator = 1, .share_denominator = (int64_t) n };
                if (brought) {
                        shares[i].owner_id = brought->head.id;
                        placed->changed = true;
                } else
                        r = owner_place(q, placed->apartment->property_area_id, &owners[i], taking->apply,
                                &shares[i].owner_id, &placed->changed);
        }
        if (r == 0 && !placed->created)
                r = ownership_current(q, placed->apartment->head.id, &holders, &n_holders);
        if (r < 0 || !holders_differ(holders, n_holders, shares, n))
                return r;
        if (!placed->created)
                r = former_named(taking, placed->apartment->head.id, holders, n_holders, shares, n, &former);
        if (r == 0 && former)
                return outcome_warning(q, &taking->left_out, placed->row->source_line, "OWNER_FORMER");
        if (r < 0)
                return r;
        placed->changed = true;
        if (!taking->apply)
                return 0;
        if (!placed->created)
                return ownership_replace(q, placed->apartment->head.id, shares, n, q->today, REASON_IMPORT);
        shares_begin(taking, placed->apartment, shares, n);
        return 0;
}
