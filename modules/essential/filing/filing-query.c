/* SPDX-License-Identifier: Apache-2.0 */
/* Every SQL text of filings; one text for both engines. */

#include "filing-query.h"

const Query essential_filing_open = {
        "essential.filing_open",
        "SELECT id FROM building_filing WHERE office = $1 AND organization_id = $2 AND digest = $3"
        " AND state = 0 LIMIT 1",
};
/* The same services that the organization's own list of areas shows, as far as they have begun. */
const Query essential_filing_served = {
        "essential.filing_served",
        "SELECT COUNT(*) FROM area_service WHERE office = $1 AND property_area_id = $2"
        " AND organization_id = $3 AND valid_from <= $4 AND valid_to = 0",
};
const Query essential_filing_dwellings = {
        "essential.filing_dwellings",
        "SELECT id FROM apartment WHERE office = $1 AND property_area_id = $2 AND state < 3 LIMIT 1",
};
const Query essential_view_building_filings = {
        "essential.view_building_filings",
        "SELECT f.id AS id, f.version AS version, f.organization_id AS organization_id,"
        " o.name AS organization_name, f.area_name AS area_name, f.file_name AS file_name,"
        " f.digest AS digest, f.rows_total AS rows_total, f.rows_good AS rows_good,"
        " f.covered_area AS covered_area, f.filed AS filed, f.state AS state, f.reason AS reason,"
        " f.decided AS decided, f.kind AS kind, f.property_area_id AS property_area_id, f.imported AS "
        "imported,"
        " f.rows_created AS rows_created, f.rows_changed AS rows_changed,"
        " f.rows_unchanged AS rows_unchanged, f.rows_left AS rows_left, f.office AS office FROM "
        "building_filing f"
        " JOIN organization o ON o.office = f.office AND o.id = f.organization_id",
};
