/* SPDX-License-Identifier: Apache-2.0 */
/* SQL texts of proposals; one text for both engines. */

#include "proposal-query.h"

const Query essential_proposal_fields = {
        "essential.proposal_fields",
        "SELECT * FROM proposal_field WHERE office = $1 AND proposal_id = $2 ORDER BY id LIMIT CAST($3 AS "
        "BIGINT)",
};
const Query essential_proposal_wire = {
        "essential.proposal_wire",
        "SELECT wire FROM proposal_input WHERE office = $1 AND proposal_id = $2 ORDER BY id LIMIT 1",
};
/* The open proposal of the same command about the same subject: the id columns that do not apply are 0. */
const Query essential_proposal_open = {
        "essential.proposal_open",
        "SELECT id, proposal_number FROM change_proposal WHERE office = $1 AND state IN (0, 1) AND command "
        "= $2"
        " AND property_area_id = $3 AND building_id = $4 AND unit_id = $5 AND apartment_id = $6 AND "
        "owner_id = $7"
        " ORDER BY id LIMIT 1",
};

const Query essential_view_proposals = {
        "essential.view_proposals",
        "SELECT id, proposal_number, command_label, property_area_id, building_id, unit_id, apartment_id, "
        "owner_id,"
        " private_name, private_number, reason, persons, requested_on, requested_by, checked_on, checked_by,"
        " effected_on, effected_by, closing_note, state, office FROM change_proposal",
};
const Query essential_view_proposal_fields = {
        "essential.view_proposal_fields",
        "SELECT id, proposal_id, label, before, after, office FROM proposal_field",
};
/* Everything about housing that waits for somebody. Kinds of rows are told apart by the last digit of their
 * key. */
const Query essential_view_waiting = {
        "essential.view_waiting",
        "SELECT p.id * 2 AS id, p.id AS change_proposal_id, 0 AS housing_change_id, p.proposal_number AS "
        "number,"
        " p.command_label AS what, CASE WHEN p.apartment_id > 0 THEN"
        " (SELECT v.area_name || ' ' || v.building_name || '-' || v.unit_name || '-' || v.room_number"
        " FROM v_apartment v WHERE v.id = p.apartment_id)"
        " WHEN p.unit_id > 0 THEN (SELECT a.name || ' ' || b.name || '-' || u.name FROM unit u"
        " JOIN building b ON b.id = u.building_id JOIN property_area a ON a.id = u.property_area_id WHERE "
        "u.id = p.unit_id)"
        " WHEN p.building_id > 0 THEN (SELECT a.name || ' ' || b.name FROM building b"
        " JOIN property_area a ON a.id = b.property_area_id WHERE b.id = p.building_id)"
        " WHEN p.property_area_id > 0 THEN (SELECT a.name FROM property_area a WHERE a.id = "
        "p.property_area_id)"
        " ELSE '' END AS subject, p.reason AS reason, p.persons AS persons, p.requested_on AS requested_on,"
        " p.requested_by AS requested_by, p.checked_by AS checked_by, p.state AS state, p.office AS office"
        " FROM change_proposal p WHERE p.state IN (0, 1) UNION ALL"
        " SELECT c.id * 2 + 1, 0, c.id, c.change_number,"
        " CASE c.kind WHEN 0 THEN 'split' WHEN 1 THEN 'merge' ELSE 'extinction' END,"
        " a.name || ' ' || c.subject, c.reason, 3, c.requested_on, c.requested_by, c.checked_by, c.state, "
        "c.office"
        " FROM housing_change c JOIN property_area a ON a.id = c.property_area_id WHERE c.state IN (0, 1)",
};
