/* SPDX-License-Identifier: Apache-2.0 */
/* Building tables and buyers are filed by the unit that built, and accepted or returned by the office
 * (4.2.3); the import says at its end what became of the rows. */

#include <essential/organization.h>

#include "filing-query.h"
#include "filing-records.h"

/* Filed once at a time: the same file does not wait twice. */
static int filing_store(Request *q, BuildingFiling *filing, void *ret_output) {
        Organization organization;
        int64_t open;

        filing->organization_id = q->organization;
        filing->filed_by = q->person;
        filing->filed = q->now;
        filing->state = FILING_FILED;
        if (filing->rows_good == 0)
                return refuse(q, "essential.filing_empty", "run", NULL);
        int r = essential_organization_active(q, q->organization, "organization_id", &organization);
        if (r == 0)
                r = tx_integer(q->tx, &essential_filing_open,
                        SQL_ARGS(value_integer(q->office), value_id(q->organization),
                                value_text(filing->digest)),
                        &open);
        if (r != -ENOENT)
                return r < 0 ? r : refuse(q, "essential.filing_twice", "run", NULL);
        r = record_insert(q, &record_building_filing, filing);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = filing->head.id };
        return r;
}

/* Behind the route that knows what the caller's preview found. */
int run_file_buildings(Request *q, const void *input, void *ret_output) {
        const FileBuildings *in = input;
        BuildingFiling filing = {
                .area_name = in->area_name,
                .file_name = in->file_name,
                .digest = in->digest,
                .rows_total = in->rows_total,
                .rows_good = in->rows_good,
                .covered_area = in->covered_area,
        };

        return q->organization.value == 0 ? -EFORBIDDEN_ : filing_store(q, &filing, ret_output);
}

int filing_area_served(Request *q, Id organization, Id property_area, bool *ret) {
        int64_t services;
        int r = tx_integer(q->tx, &essential_filing_served,
                SQL_ARGS(value_integer(q->office), value_id(property_area), value_id(organization),
                        value_integer(q->today.ymd)),
                &services);

        if (r == 0)
                *ret = services > 0;
        return r;
}

/* Buyers of an area of its own, which has its dwellings already. An area it does not serve is not there for
 * it. */
int run_file_owners(Request *q, const void *input, void *ret_output) {
        const FileOwners *in = input;
        PropertyArea area;
        bool served;
        int64_t dwelling;

        if (q->organization.value == 0)
                return -EFORBIDDEN_;
        int r = filing_area_served(q, q->organization, in->property_area_id, &served);
        if (r == 0)
                r = served ? record_load(q, &record_property_area, in->property_area_id, &area) : -ENOENT;
        if (r < 0)
                return r;
        r = tx_integer(q->tx, &essential_filing_dwellings,
                SQL_ARGS(value_integer(q->office), value_id(in->property_area_id)), &dwelling);
        if (r < 0)
                return r == -ENOENT ? refuse(q, "essential.filing_no_dwellings", "property_area_id",
                                              area.name, NULL)
                                    : r;
        BuildingFiling filing = {
                .kind = FILING_OWNERSHIP,
                .property_area_id = in->property_area_id,
                .area_name = area.name,
                .file_name = in->file_name,
                .digest = in->digest,
                .rows_total = in->rows_total,
                .rows_good = in->rows_good,
        };
        return filing_store(q, &filing, ret_output);
}

int filing_for_import(Request *q, Id id, bool rehearsing, BuildingFiling *ret) {
        int r = record_load(q, &record_building_filing, id, ret);

        if (r == 0 && ret->state != FILING_ACCEPTED && !(rehearsing && ret->state != FILING_RETURNED))
                return refuse(q, "essential.filing_not_accepted", NULL, NULL);
        return r;
}

static int filing_decide(Request *q, BuildingFiling *filing, void *ret_output) {
        filing->decided_by = q->person;
        filing->decided = q->now;
        int r = document_step(q, &record_building_filing, filing);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = filing->head.id };
        return r;
}

/* The import of the same file begins when this is durable. */
int run_accept_filing(Request *q, const void *input, void *ret_output) {
        const AcceptFiling *in = input;
        BuildingFiling filing;
        int r = record_load(q, &record_building_filing, in->id, &filing);

        if (r < 0)
                return r;
        if (!text_equal(filing.digest, in->digest))
                return refuse(q, "essential.filing_other_file", "run", NULL);
        return filing_decide(q, &filing, ret_output);
}

/* An import that was begun twice ends twice: the second finds everything there, and says nothing new. */
int run_conclude_filing(Request *q, const void *input, void *ret_output) {
        const ConcludeFiling *in = input;
        BuildingFiling filing;
        int r = record_load(q, &record_building_filing, in->id, &filing);

        if (r < 0)
                return r;
        *(Created *) ret_output = (Created){ .id = filing.head.id };
        if (filing.state == FILING_IMPORTED)
                return 0;
        filing.imported = q->now;
        filing.rows_created = in->created;
        filing.rows_changed = in->changed;
        filing.rows_unchanged = in->unchanged;
        filing.rows_left = in->left;
        return document_step(q, &record_building_filing, &filing);
}

int run_return_filing(Request *q, const void *input, void *ret_output) {
        const ReturnFiling *in = input;
        BuildingFiling filing;
        int r = record_load(q, &record_building_filing, in->id, &filing);

        if (r < 0)
                return r;
        filing.reason = in->reason;
        return filing_decide(q, &filing, ret_output);
}
