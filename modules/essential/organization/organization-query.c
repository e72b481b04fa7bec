/* SPDX-License-Identifier: Apache-2.0 */
/* Every SQL text of organizations; one text for both engines. */

#include "organization-query.h"

const Query essential_organization_by_credit = {
        "essential.organization_by_credit",
        "SELECT * FROM organization WHERE office = $1 AND credit_code = $2 AND id <> $3"
        " ORDER BY CASE WHEN state = 0 THEN 0 ELSE 1 END, id DESC LIMIT 1",
};
const Query essential_organization_by_local = {
        "essential.organization_by_local",
        "SELECT * FROM organization WHERE office = $1 AND local_code = $2 AND id <> $3"
        " ORDER BY CASE WHEN state = 0 THEN 0 ELSE 1 END, id DESC LIMIT 1",
};
const Query essential_services_running = {
        "essential.services_running",
        "SELECT * FROM area_service WHERE office = $1 AND organization_id = $2"
        " AND (valid_to = 0 OR valid_to > $3) ORDER BY id LIMIT $4",
};
/* One holder of a role at a time; builders and their firms may be several. */
const Query essential_service_overlap = {
        "essential.service_overlap",
        "SELECT o.name FROM area_service s JOIN organization o ON o.office = s.office AND o.id = "
        "s.organization_id"
        " WHERE s.office = $1 AND s.property_area_id = $2 AND s.role = $3"
        " AND (s.organization_id = $4 OR $3 IN (VALUES ('13'), ('14'), ('15'), ('26')))"
        " AND (s.valid_to = 0 OR (s.valid_to > $5 AND s.valid_to > s.valid_from)) AND ($6 = 0 OR "
        "s.valid_from < $6) ORDER BY s.id LIMIT 1",
};

/* Of an area, on the day or later: office, area, day. */
const Query essential_services_of_area = {
        "essential.services_of_area",
        "SELECT * FROM area_service WHERE office = $1 AND property_area_id = $2"
        " AND (valid_to = 0 OR (valid_to > $3 AND valid_to > valid_from)) ORDER BY id LIMIT CAST($4 AS BIGINT)",
};
/* The same one in the same role of an area at that time or right before: office, area, role, organization, from, to. */
const Query essential_service_same = {
        "essential.service_same",
        "SELECT * FROM area_service WHERE office = $1 AND property_area_id = $2 AND role = $3 AND organization_id = $4"
        " AND (valid_to = 0 OR (valid_to >= $5 AND valid_to > valid_from)) AND ($6 = 0 OR valid_from <= $6)"
        " ORDER BY id LIMIT 1",
};
/* Two of the areas of a change, with whom they have in a role that one holds: office, change, day. */
const Query essential_services_disagree = {
        "essential.services_disagree",
        "SELECT x.name, y.name, a.role, o.name, p.name FROM housing_change_old x"
        " JOIN area_service a ON a.office = x.office AND a.property_area_id = x.object_id"
        " JOIN housing_change_old y ON y.change_id = x.change_id AND y.id > x.id"
        " JOIN area_service b ON b.office = y.office AND b.property_area_id = y.object_id AND b.role = a.role"
        " AND b.organization_id <> a.organization_id"
        " JOIN organization o ON o.id = a.organization_id JOIN organization p ON p.id = b.organization_id"
        " WHERE x.office = $1 AND x.change_id = $2 AND a.role IN (VALUES ('13'), ('14'), ('15'), ('26'))"
        " AND (a.valid_to = 0 OR (a.valid_to > $3 AND a.valid_to > a.valid_from))"
        " AND (b.valid_to = 0 OR (b.valid_to > $3 AND b.valid_to > b.valid_from))"
        " AND (b.valid_to = 0 OR a.valid_from < b.valid_to) AND (a.valid_to = 0 OR b.valid_from < a.valid_to)"
        " ORDER BY a.id, b.id LIMIT 1",
};

/* Spans that ended on the day they began hold on no day. */
const Query essential_services_overlap = {
        "essential.services_overlap",
        "SELECT 'SERVICES', 'area_service', b.id, 'two at once' FROM area_service a JOIN area_service b"
        " ON b.office = a.office AND b.property_area_id = a.property_area_id AND b.role = a.role AND b.id > "
        "a.id"
        " WHERE a.role IN (VALUES ('13'), ('14'), ('15'), ('26'))"
        " AND (a.valid_to = 0 OR a.valid_to > a.valid_from) AND (b.valid_to = 0 OR b.valid_to > "
        "b.valid_from)"
        " AND (b.valid_to = 0 OR a.valid_from < b.valid_to) AND (a.valid_to = 0 OR b.valid_from < "
        "a.valid_to)",
};

const Query essential_view_organizations = {
        "essential.view_organizations",
        "SELECT o.id AS id, o.version AS version, o.kind AS kind, o.name AS name, o.credit_code AS "
        "credit_code,"
        " o.local_code AS local_code, CASE WHEN o.kind < '20' THEN 1 ELSE 0 END AS involved,"
        " o.division AS division, o.address AS address, o.legal_person AS legal_person, o.contact AS "
        "contact,"
        " o.phone AS phone, o.valid_from AS valid_from, o.valid_to AS valid_to, o.successor_id AS "
        "successor_id,"
        " COALESCE(n.name, '') AS successor_name, o.state AS state, o.office AS office"
        " FROM organization o LEFT JOIN organization n ON n.office = o.office AND n.id = o.successor_id",
};
const Query essential_view_predecessors = {
        "essential.view_predecessors",
        "SELECT id, successor_id, name, credit_code, local_code, valid_from, valid_to, state, office"
        " FROM organization WHERE successor_id <> 0",
};
const Query essential_view_area_services = {
        "essential.view_area_services",
        "SELECT s.id AS id, s.version AS version, s.property_area_id AS property_area_id, a.name AS "
        "area_name,"
        " s.organization_id AS organization_id, o.name AS organization_name, s.role AS role,"
        " s.valid_from AS valid_from, s.valid_to AS valid_to, s.office AS office"
        " FROM area_service s JOIN property_area a ON a.id = s.property_area_id"
        " JOIN organization o ON o.id = s.organization_id",
};
const Query essential_view_regulated_organizations = {
        "essential.view_regulated_organizations",
        "SELECT id, kind, name, credit_code, local_code, CASE WHEN kind < '20' THEN 1 ELSE 0 END AS "
        "involved,"
        " division, address, valid_from, valid_to, state, office FROM organization",
};
const Query essential_view_choose_organization = {
        "essential.view_choose_organization",
        "SELECT id, name, kind, credit_code, office FROM organization WHERE state = 0",
};
/* For users of the organizations that serve (2.0.11): a row for each that does, never a word of owners. A list
 * is not told which day it is: a service whose end is recorded is out of sight from then on. */
#define SERVED(of)                                                                                          \
        " JOIN (SELECT office, property_area_id, organization_id FROM area_service WHERE valid_to = 0"      \
        " GROUP BY office, property_area_id, organization_id) s ON s.office = a.office"                     \
        " AND s.property_area_id = " of
const Query essential_view_served_areas = {
        "essential.view_served_areas",
        "SELECT a.id AS id, s.organization_id AS organization_id, a.name AS name, a.division AS division,"
        " a.address AS address, a.nature AS nature, a.phase AS phase,"
        " (SELECT COUNT(*) FROM building b WHERE b.office = a.office AND b.property_area_id = a.id"
        " AND b.state = 0) AS buildings,"
        " (SELECT COUNT(*) FROM apartment p WHERE p.property_area_id = a.id AND p.state < 3) AS apartments,"
        " a.state AS state, a.office AS office FROM property_area a" SERVED("a.id"),
};
const Query essential_view_served_buildings = {
        "essential.view_served_buildings",
        "SELECT b.id AS id, s.organization_id AS organization_id, b.property_area_id AS property_area_id,"
        " a.name AS area_name, b.name AS name, b.floors_total AS floors_total, b.address AS address,"
        " b.state AS state, b.office AS office FROM building b JOIN property_area a ON a.id = "
        "b.property_area_id" SERVED("b.property_area_id"),
};
const Query essential_view_served_apartments = {
        "essential.view_served_apartments",
        "SELECT p.id AS id, s.organization_id AS organization_id, p.property_area_id AS property_area_id,"
        " a.name AS area_name, p.building_id AS building_id, b.name AS building_name, u.name AS unit_name,"
        " p.room_number AS room_number, p.floor AS floor, p.covered_area AS covered_area,"
        " p.inner_area AS inner_area, p.use_code AS use_code, p.state AS state, p.office AS office"
        " FROM apartment p JOIN property_area a ON a.id = p.property_area_id"
        " JOIN building b ON b.id = p.building_id"
        " JOIN unit u ON u.id = p.unit_id" SERVED("p.property_area_id"),
};
