/* SPDX-License-Identifier: Apache-2.0 */
/* SQL texts of open work; one text for both engines. */

#include "work-query.h"

const Query essential_view_open_filings = {
        "essential.view_open_filings",
        "SELECT f.id AS id, o.name AS organization_name, f.area_name AS area_name, f.kind AS kind,"
        " f.filed_by AS filed_by, f.decided_by AS decided_by, f.state AS state, f.office AS office"
        " FROM building_filing f JOIN organization o ON o.office = f.office AND o.id = f.organization_id"
        " WHERE f.state IN (0, 1)",
};
/* Papers whose business files them when it is done: as long as they are current, it is not done. */
const Query essential_view_open_papers = {
        "essential.view_open_papers",
        "SELECT a.id AS id, a.paper AS paper, a.business AS business, a.record_name AS record_name,"
        " a.record_id AS record_id, a.taken_by AS taken_by, a.taken AS taken, a.office AS office"
        " FROM attachment a WHERE a.state = 0 AND ((a.record_name = 'apartment' AND a.business = "
        "'owner_change')"
        " OR (a.record_name = 'housing_change' AND EXISTS (SELECT 1 FROM housing_change c WHERE c.id = "
        "a.record_id"
        " AND c.state IN (0, 1)))"
        " OR (a.record_name = 'exchange_list' AND EXISTS (SELECT 1 FROM exchange_list l WHERE l.id = "
        "a.record_id"
        " AND l.state = 0)))",
};
/* In effect, and something still lies under what was split or merged. */
const Query essential_view_unfinished_moves = {
        "essential.view_unfinished_moves",
        "SELECT c.id AS id, c.change_number AS change_number, c.subject AS subject, c.effected_on AS "
        "effected_on,"
        " c.effected_by AS effected_by, c.office AS office FROM housing_change c WHERE c.state = 2 AND "
        "c.kind <> 2"
        " AND ((c.level = 1 AND EXISTS (SELECT 1 FROM housing_change_old o JOIN apartment x ON x.unit_id = "
        "o.object_id"
        " WHERE o.change_id = c.id AND x.state < 3))"
        " OR (c.level = 2 AND EXISTS (SELECT 1 FROM housing_change_old o JOIN unit x ON x.building_id = "
        "o.object_id"
        " WHERE o.change_id = c.id AND x.state = 0))"
        " OR (c.level = 3 AND EXISTS (SELECT 1 FROM housing_change_old o JOIN building x"
        " ON x.property_area_id = o.object_id WHERE o.change_id = c.id AND x.state = 0)))",
};

/* --- whom open cases are about: (office, case) -> ids --- */

const Query essential_case_change_owners = {
        "essential.case_change_owners",
        "SELECT w.owner_id FROM housing_change c JOIN housing_change_owner w ON w.change_id = c.id"
        " WHERE c.office = $1 AND c.id = $2 AND c.state IN (0, 1)"
        " UNION SELECT v.owner_id FROM housing_change c JOIN housing_change_old o ON o.change_id = c.id"
        " JOIN v_apartment_owner v ON v.office = c.office AND v.apartment_id = o.object_id"
        " WHERE c.office = $1 AND c.id = $2 AND c.level = 0 AND c.state IN (0, 1) ORDER BY 1",
};
const Query essential_case_proposal = {
        "essential.case_proposal",
        "SELECT id FROM change_proposal WHERE office = $1 AND id = $2 AND state IN (0, 1) ORDER BY 1",
};
const Query essential_case_proposal_owners = {
        "essential.case_proposal_owners",
        "SELECT owner_id FROM change_proposal WHERE office = $1 AND id = $2 AND state IN (0, 1) AND "
        "owner_id > 0"
        " UNION SELECT v.owner_id FROM change_proposal p JOIN v_apartment_owner v ON v.office = p.office"
        " AND v.apartment_id = p.apartment_id WHERE p.office = $1 AND p.id = $2 AND p.state IN (0, 1)"
        " ORDER BY 1",
};
const Query essential_case_difference_owners = {
        "essential.case_difference_owners",
        "SELECT w.id FROM exchange_difference d JOIN exchange_list l ON l.id = d.list_id AND l.state = 0"
        " JOIN exchange_owner w ON w.difference_id = d.id WHERE d.office = $1 AND d.id = $2"
        " AND d.state IN (0, 1, 4) ORDER BY 1", /* waits, is to be checked, or is to be put right by the partner */
};
const Query essential_case_filing_organization = {
        "essential.case_filing_organization",
        "SELECT organization_id FROM building_filing WHERE office = $1 AND id = $2 AND state IN (0, 1) ORDER BY 1",
};
