/* SPDX-License-Identifier: Apache-2.0 */
/* What holds for a stranger's file, whatever it lists. */

#include "filer.h"

#include "../filing/filing-records.h"

int filer_find(Request *q, Id filing_id, bool rehearsing, Filer *ret) {
        BuildingFiling filing;
        Organization organization;
        Owner owner = { 0 };
        Filer filer = { .filing = filing_id };
        int r = filing_for_import(q, filing_id, rehearsing, &filing);

        if (r == 0)
                r = filing_area_served(q, filing.organization_id, filing.property_area_id, &filer.served);
        if (r == 0)
                r = record_load(q, &record_organization, filing.organization_id, &organization);
        if (r == 0 && !text_empty(organization.credit_code))
                r = owner_find(q, organization.credit_code, &owner);
        if (r < 0 && r != -ENOENT)
                return r;
        filer.property_area = filing.property_area_id;
        filer.owner = owner.head.id;
        *ret = filer;
        return 0;
}

int filer_holds(Request *q, const Filer *filer, Id apartment, bool *ret, size_t *ret_n) {
        Ownership *holders;
        size_t n;
        int r = ownership_current(q, apartment, &holders, &n);

        if (r < 0)
                return r;
        *ret = true;
        for (size_t i = 0; i < n; i++)
                *ret = *ret && holders[i].owner_id.value == filer->owner.value;
        *ret_n = n;
        return 0;
}

int owner_known_otherwise(Request *q, const char *id_number, const char *name, int64_t kind, bool *ret) {
        Owner known;
        int r = owner_find(q, id_number, &known);

        *ret = false;
        if (r < 0)
                return r == -ENOENT ? 0 : r;
        r = owner_named(q, &known, name);
        *ret = r == 0 || known.kind != kind;
        return r < 0 ? r : 0;
}
