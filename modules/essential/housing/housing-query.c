/* SPDX-License-Identifier: Apache-2.0 */
/* Every SQL text of essential; one text for both engines. */

#include "housing-query.h"

/* A name belongs to one that lives; what has ended is found by it where nothing else bears it now, so that a file from
 * before is told. States are numbered so that the living come first. */
const Query essential_area_by_name = {
        "essential.area_by_name",
        "SELECT * FROM property_area WHERE office = $1 AND name = $2 AND (state = 0 OR NOT EXISTS (SELECT 1 FROM"
        " property_area WHERE office = $1 AND name = $2 AND state = 0)) ORDER BY id LIMIT 2",
};
const Query essential_areas_by_length = {
        "essential.areas_by_length",
        "SELECT name, id FROM property_area WHERE office = $1 AND LENGTH(name) = $2 AND state = 0 ORDER BY "
        "id",
};
const Query essential_area_by_division = {
        "essential.area_by_division",
        "SELECT * FROM property_area WHERE office = $1 AND name = $2 AND division = $3 ORDER BY state, id LIMIT 1",
};
const Query essential_area_only = {
        "essential.area_only",
        "SELECT * FROM property_area WHERE office = $1 AND state = 0 ORDER BY id LIMIT 2",
};
const Query essential_building_by_name = {
        "essential.building_by_name",
        "SELECT * FROM building WHERE office = $1 AND property_area_id = $2 AND name = $3 ORDER BY state, id LIMIT 1",
};
const Query essential_unit_by_name = {
        "essential.unit_by_name",
        "SELECT * FROM unit WHERE office = $1 AND building_id = $2 AND name = $3 ORDER BY state, id LIMIT 1",
};
/* The living by their own index, the ended by theirs: unlike buildings there are too many for one more over all. */
#define OF_APARTMENTS(where)                                                                                  \
        "SELECT * FROM apartment WHERE office = $1 AND " where " AND state < 3 UNION ALL"                     \
        " SELECT * FROM apartment WHERE office = $1 AND " where " AND state >= 3 ORDER BY state, id"
const Query essential_apartment_by_room = {
        "essential.apartment_by_room",
        OF_APARTMENTS("unit_id = $2 AND room_number = $3") " LIMIT 1",
};
const Query essential_apartments_by_room_in_building = {
        "essential.apartments_by_room_in_building",
        "SELECT * FROM apartment WHERE office = $1 AND building_id = $2 AND room_number = $3"
        " ORDER BY state, id LIMIT 1",
};
/* Rooms of a number in a building: in the unit of a name, in no unit (dwellings, or of any use), in any unit. */
const Query essential_rooms_of_name = {
        "essential.rooms_of_name",
        "SELECT CAST(COALESCE(SUM(CASE WHEN u.name = $4 THEN 1 ELSE 0 END), 0) AS BIGINT),"
        " CAST(COALESCE(SUM(CASE WHEN u.name = '-' AND (a.use_code = '01' OR CAST($5 AS BIGINT) = 1) THEN 1 ELSE 0"
        " END), 0) AS BIGINT),"
        " CAST(COALESCE(SUM(CASE WHEN u.name <> '-' THEN 1 ELSE 0 END), 0) AS BIGINT)"
        " FROM apartment a JOIN unit u ON u.id = a.unit_id WHERE a.office = $1 AND a.building_id = $2"
        " AND a.room_number = $3 AND a.state < 3",
};
const Query essential_units_named_count = {
        "essential.units_named_count",
        "SELECT COUNT(*) FROM unit WHERE office = $1 AND building_id = $2 AND name <> '-' AND state = 0",
};
const Query essential_apartments_by_rooms = {
        "essential.apartments_by_rooms",
        OF_APARTMENTS("unit_id = $2 AND room_number IN ("
                      "$3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, "
                      "$19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34)"),
};
/* 1: what an apartment was split or merged from had this area. */
const Query essential_area_was = {
        "essential.area_was",
        "SELECT CASE WHEN EXISTS (SELECT 1 FROM housing_link WHERE office = $1 AND level = 0 AND new_id = $2"
        " AND old_area = $3) THEN 1 ELSE 0 END",
};
const Query essential_apartment_other_code = {
        "essential.apartment_other_code",
        "SELECT COUNT(*) FROM apartment WHERE office = $1 AND real_estate_unit_code = $2 AND id <> $3",
};
const Query essential_owner_by_number = {
        "essential.owner_by_number",
        "SELECT * FROM owner WHERE office = $1 AND id_number = $2 ORDER BY id LIMIT 1",
};
const Query essential_ownership_current = {
        "essential.ownership_current",
        "SELECT * FROM ownership WHERE office = $1 AND apartment_id = $2"
        " AND COALESCE(valid_to, 0) = 0 ORDER BY owner_id",
};
const Query essential_ownership_begun = {
        "essential.ownership_begun",
        "SELECT * FROM ownership WHERE office = $1 AND apartment_id = $2 AND owner_id = $3 AND valid_from = "
        "$4",
};
const Query essential_ownership_former = {
        "essential.ownership_former",
        "SELECT COUNT(*) FROM ownership WHERE office = $1 AND apartment_id = $2 AND owner_id = $3"
        " AND COALESCE(valid_to, 0) > 0",
};
const Query essential_ownership_last = {
        "essential.ownership_last",
        "SELECT COALESCE(MAX(valid_from), 0) FROM ownership WHERE office = $1 AND apartment_id = $2",
};
const Query essential_import_part_by_file = {
        "essential.import_part_by_file",
        "SELECT * FROM import_part WHERE office = $1 AND file_digest = $2 AND part = $3",
};

const Query essential_view_areas = {
        "essential.view_areas",
        "SELECT a.id AS id, a.version AS version, a.name AS name, a.division AS division, a.address AS "
        "address,"
        " a.nature AS nature, a.phase AS phase,"
        " (SELECT COUNT(*) FROM building b WHERE b.office = a.office AND b.property_area_id = a.id AND b.state = 0)"
        " AS "
        "buildings,"
        " (SELECT COUNT(*) FROM apartment p WHERE p.property_area_id = a.id AND p.state < 3) AS apartments,"
        " (SELECT CAST(COALESCE(SUM(p.covered_area), 0) AS BIGINT) FROM apartment p"
        " WHERE p.property_area_id = a.id AND p.state < 3) AS covered_area, a.state AS state,"
        " a.office AS office FROM property_area a",
};
const Query essential_view_buildings = {
        "essential.view_buildings",
        "SELECT b.id AS id, b.version AS version, b.property_area_id AS property_area_id, a.name AS "
        "area_name,"
        " b.name AS name, b.floors_total AS floors_total, b.address AS address, b.state AS state, b.office AS office"
        " FROM building b JOIN property_area a ON a.id = b.property_area_id",
};
const Query essential_view_units = {
        "essential.view_units",
        "SELECT u.id AS id, u.version AS version, u.property_area_id AS property_area_id, a.name AS "
        "area_name,"
        " u.building_id AS building_id, b.name AS building_name, u.name AS name, u.state AS state, u.office AS office"
        " FROM unit u JOIN building b ON b.id = u.building_id JOIN property_area a ON a.id = "
        "u.property_area_id",
};
/* Not over v_apartment: its version would cost the table a second time. */
const Query essential_view_apartments = {
        "essential.view_apartments",
        "SELECT p.id AS id, p.version AS version, p.property_area_id AS property_area_id, a.name AS area_name,"
        " p.building_id AS building_id, b.name AS building_name, p.unit_id AS unit_id, u.name AS unit_name,"
        " p.room_number AS room_number, p.floor AS floor, p.floor_name AS floor_name,"
        " p.covered_area AS covered_area,"
        " p.inner_area AS inner_area, p.use_code AS use_code, p.elevator AS elevator,"
        " p.delivery_date AS delivery_date,"
        " p.real_estate_unit_code AS real_estate_unit_code, a.nature AS nature, a.phase AS phase, p.state AS state,"
        " p.office AS office FROM apartment p JOIN property_area a ON a.id = p.property_area_id"
        " JOIN building b ON b.id = p.building_id JOIN unit u ON u.id = p.unit_id",
};
const Query essential_view_owners = {
        "essential.view_owners",
        "SELECT id, version, name, id_number, kind, office FROM owner",
};
const Query essential_view_ownerships = {
        "essential.view_ownerships",
        "SELECT s.id AS id, s.apartment_id AS apartment_id, s.owner_id AS owner_id, o.name AS name,"
        " o.id_number AS id_number, o.kind AS kind, s.share_numerator AS share_numerator,"
        " s.share_denominator AS share_denominator, s.valid_from AS valid_from, s.valid_to AS valid_to,"
        " s.office AS office FROM ownership s JOIN owner o ON o.id = s.owner_id",
};
const Query essential_view_regulated_areas = {
        "essential.view_regulated_areas",
        "SELECT id, name, division, address, nature, phase, office FROM property_area",
};
const Query essential_view_regulated_apartments = {
        "essential.view_regulated_apartments",
        "SELECT id, property_area_id, area_name, building_id, building_name, unit_name, room_number, floor,"
        " covered_area, use_code, nature, phase, state, office FROM v_apartment",
};

/* Denominators differ, so the sum is exact only over equal ones; the others were checked when they were
 * written. */
const Query essential_shares_not_one = {
        "essential.shares_not_one",
        "SELECT 'I12', 'apartment', apartment_id, 'shares' FROM ownership WHERE COALESCE(valid_to, 0) = 0"
        " GROUP BY apartment_id HAVING MIN(share_denominator) = MAX(share_denominator)"
        " AND CAST(SUM(share_numerator) AS BIGINT) <> MIN(share_denominator)",
};
