/* SPDX-License-Identifier: Apache-2.0 */
/* A building table is filed by the unit that built, and accepted or returned by the office (4.2.3). */

#include <essential/organization.h>

#include "filing-query.h"
#include "filing-records.h"

/* Behind the route that knows what the caller's preview found. */
int run_file_buildings(Request *q, const void *input, void *ret_output) {
        const FileBuildings *in = input;
        BuildingFiling filing = {
                .organization_id = q->organization,
                .area_name = in->area_name,
                .file_name = in->file_name,
                .digest = in->digest,
                .rows_total = in->rows_total,
                .rows_good = in->rows_good,
                .covered_area = in->covered_area,
                .filed_by = q->person,
                .filed = q->now,
                .state = FILING_FILED,
        };
        Organization organization;
        int64_t open;

        if (q->organization.value == 0)
                return -EFORBIDDEN_;
        if (in->rows_good == 0)
                return refuse(q, "essential.filing_empty", "run", NULL);
        int r = essential_organization_active(q, q->organization, "organization_id", &organization);
        if (r == 0)
                r = tx_integer(q->tx, &essential_filing_open,
                        SQL_ARGS(value_integer(q->office), value_id(q->organization), value_text(in->digest)),
                        &open);
        if (r != -ENOENT)
                return r < 0 ? r : refuse(q, "essential.filing_twice", "run", NULL);
        r = record_insert(q, &record_building_filing, &filing);
        if (r == 0)
                *(Created *) ret_output = (Created){ .id = filing.head.id };
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

int run_return_filing(Request *q, const void *input, void *ret_output) {
        const ReturnFiling *in = input;
        BuildingFiling filing;
        int r = record_load(q, &record_building_filing, in->id, &filing);

        if (r < 0)
                return r;
        filing.reason = in->reason;
        return filing_decide(q, &filing, ret_output);
}
