/* SPDX-License-Identifier: Apache-2.0 */
/* SQL texts of housing changes; one text for both engines. */

#include "change-query.h"

/* Buildings without units have one named "-", which nobody says. */
#define APARTMENT_NAME                                                                                      \
        "v.building_name || CASE WHEN v.unit_name = '-' THEN '' ELSE '-' || v.unit_name END || '-' || "     \
        "v.room_number"

/* id, version, name, area, parent, state, nature, phase: of one place, by level */
const Query essential_apartment_named = {
        "essential.apartment_named",
        "SELECT p.id, p.version, " APARTMENT_NAME ", p.property_area_id,"
        " p.building_id, p.state, v.nature, v.phase FROM apartment p JOIN v_apartment v ON v.id = p.id"
        " WHERE p.office = $1 AND p.id = $2",
};
const Query essential_unit_named = {
        "essential.unit_named",
        "SELECT u.id, u.version, b.name || '-' || u.name, u.property_area_id, u.building_id, u.state, "
        "a.nature,"
        " a.phase FROM unit u JOIN building b ON b.id = u.building_id"
        " JOIN property_area a ON a.id = u.property_area_id WHERE u.office = $1 AND u.id = $2",
};
const Query essential_building_named = {
        "essential.building_named",
        "SELECT b.id, b.version, b.name, b.property_area_id, b.property_area_id, b.state, a.nature, a.phase"
        " FROM building b JOIN property_area a ON a.id = b.property_area_id WHERE b.office = $1 AND b.id = "
        "$2",
};
const Query essential_area_named = {
        "essential.area_named",
        "SELECT a.id, a.version, a.name, a.id, 0, a.state, a.nature, a.phase FROM property_area a"
        " WHERE a.office = $1 AND a.id = $2",
};

/* What lies in a place: whole rows, dead ones too, ascending. */
const Query essential_unit_apartments = {
        "essential.unit_apartments",
        "SELECT * FROM apartment WHERE office = $1 AND unit_id = $2 ORDER BY id LIMIT CAST($3 AS BIGINT)",
};
const Query essential_building_apartments = {
        "essential.building_apartments",
        "SELECT * FROM apartment WHERE office = $1 AND building_id = $2 ORDER BY id LIMIT CAST($3 AS "
        "BIGINT)",
};
const Query essential_area_apartments = {
        "essential.area_apartments",
        "SELECT * FROM apartment WHERE office = $1 AND property_area_id = $2 ORDER BY id LIMIT CAST($3 AS "
        "BIGINT)",
};
const Query essential_building_units = {
        "essential.building_units",
        "SELECT * FROM unit WHERE office = $1 AND building_id = $2 ORDER BY id LIMIT CAST($3 AS BIGINT)",
};
const Query essential_area_buildings = {
        "essential.area_buildings",
        "SELECT * FROM building WHERE office = $1 AND property_area_id = $2 ORDER BY id LIMIT CAST($3 AS "
        "BIGINT)",
};

/* What of a child does not lie where it should yet: under, target, limit. */
const Query essential_unit_apartments_left = {
        "essential.unit_apartments_left",
        "SELECT * FROM apartment WHERE office = $1 AND unit_id = $2 AND building_id <> $3 ORDER BY id"
        " LIMIT CAST($4 AS BIGINT)",
};
const Query essential_building_apartments_left = {
        "essential.building_apartments_left",
        "SELECT * FROM apartment WHERE office = $1 AND building_id = $2 AND property_area_id <> $3 ORDER BY "
        "id"
        " LIMIT CAST($4 AS BIGINT)",
};
const Query essential_building_units_left = {
        "essential.building_units_left",
        "SELECT * FROM unit WHERE office = $1 AND building_id = $2 AND property_area_id <> $3 ORDER BY id"
        " LIMIT CAST($4 AS BIGINT)",
};
/* covered area of what lives in a place, without reading its rows */
const Query essential_unit_area = {
        "essential.unit_area",
        "SELECT CAST(COALESCE(SUM(covered_area), 0) AS BIGINT) FROM apartment WHERE office = $1 AND unit_id "
        "= $2"
        " AND state < 3",
};
const Query essential_building_area = {
        "essential.building_area",
        "SELECT CAST(COALESCE(SUM(covered_area), 0) AS BIGINT) FROM apartment WHERE office = $1 AND "
        "building_id = $2"
        " AND state < 3",
};
const Query essential_area_area = {
        "essential.area_area",
        "SELECT CAST(COALESCE(SUM(covered_area), 0) AS BIGINT) FROM apartment WHERE office = $1"
        " AND property_area_id = $2 AND state < 3",
};

const Query essential_change_open_of = {
        "essential.change_open_of",
        "SELECT c.id, c.change_number FROM housing_change_old o JOIN housing_change c ON c.id = o.change_id"
        " WHERE o.office = $1 AND o.object_id = $2 AND c.level = $3 AND c.state IN (0, 1) ORDER BY c.id "
        "LIMIT 1",
};
/* 1: owners of an apartment have changed after a chain entry. */
const Query essential_ownership_after = {
        "essential.ownership_after",
        "SELECT CASE WHEN EXISTS (SELECT 1 FROM ownership WHERE office = $1 AND apartment_id = $2 AND chain_seq > $3)"
        " THEN 1 ELSE 0 END",
};
/* As they stand in the request: the first one gives what the request leaves out. */
const Query essential_change_olds = {
        "essential.change_olds",
        "SELECT * FROM housing_change_old WHERE office = $1 AND change_id = $2 ORDER BY id LIMIT "
        "CAST($3 AS BIGINT)",
};
const Query essential_change_news = {
        "essential.change_news",
        "SELECT * FROM housing_change_new WHERE office = $1 AND change_id = $2 ORDER BY position LIMIT "
        "CAST($3 AS BIGINT)",
};
const Query essential_change_owners = {
        "essential.change_owners",
        "SELECT * FROM housing_change_owner WHERE office = $1 AND change_id = $2 AND position = $3 ORDER BY "
        "owner_id",
};
const Query essential_change_children = {
        "essential.change_children",
        "SELECT * FROM housing_change_child WHERE office = $1 AND change_id = $2 ORDER BY id LIMIT CAST($3 "
        "AS BIGINT)",
};
const Query essential_links_before = {
        "essential.links_before",
        "SELECT * FROM housing_link WHERE office = $1 AND new_id = $2 AND level = $3 ORDER BY id",
};

const Query essential_view_housing_changes = {
        "essential.view_housing_changes",
        "SELECT c.id AS id, c.change_number AS change_number, c.kind AS kind, c.level AS level,"
        " c.property_area_id AS property_area_id, a.name AS area_name, c.subject AS subject, c.reason AS "
        "reason,"
        " c.requested_on AS requested_on, c.requested_by AS requested_by, c.checked_by AS checked_by,"
        " c.effected_on AS effected_on, c.effected_by AS effected_by, c.closing_note AS closing_note,"
        " c.state AS state, c.office AS office"
        " FROM housing_change c JOIN property_area a ON a.id = c.property_area_id",
};
/* The course of every change that an apartment, unit, building or area is or was in, waiting ones too. */
const Query essential_view_changes_of = {
        "essential.view_changes_of",
        "SELECT o.id AS id, CASE WHEN c.level = 0 THEN o.object_id ELSE 0 END AS of_apartment,"
        " CASE WHEN c.level = 1 THEN o.object_id ELSE 0 END AS of_unit,"
        " CASE WHEN c.level = 2 THEN o.object_id ELSE 0 END AS of_building,"
        " CASE WHEN c.level = 3 THEN o.object_id ELSE 0 END AS of_area, c.id AS housing_change_id,"
        " c.change_number AS change_number, c.kind AS kind, c.reason AS reason, c.requested_on AS requested_on,"
        " c.requested_by AS requested_by, c.checked_on AS checked_on, c.checked_by AS checked_by,"
        " c.effected_on AS effected_on, c.effected_by AS effected_by, c.closing_note AS closing_note, c.state AS state,"
        " o.office AS office FROM housing_change_old o JOIN housing_change c ON c.id = o.change_id",
};
const Query essential_view_change_olds = {
        "essential.view_change_olds",
        "SELECT o.id AS id, o.change_id AS change_id, o.name AS name, o.covered_area AS covered_area,"
        " CASE WHEN c.level = 0 THEN o.object_id ELSE 0 END AS apartment_id, o.office AS office"
        " FROM housing_change_old o JOIN housing_change c ON c.id = o.change_id",
};
const Query essential_view_change_news = {
        "essential.view_change_news",
        "SELECT n.id AS id, n.change_id AS change_id, n.position AS position, n.name AS name, n.floor AS "
        "floor,"
        " n.covered_area AS covered_area, n.inner_area AS inner_area, n.use_code AS use_code,"
        " CASE WHEN c.level = 0 THEN n.object_id ELSE 0 END AS apartment_id, n.office AS office"
        " FROM housing_change_new n JOIN housing_change c ON c.id = n.change_id",
};
const Query essential_view_change_owners = {
        "essential.view_change_owners",
        "SELECT w.id AS id, w.change_id AS change_id, w.position AS position, w.owner_id AS owner_id, "
        "o.name AS name,"
        " o.kind AS kind, w.share_numerator AS share_numerator, w.share_denominator AS share_denominator,"
        " w.office AS office FROM housing_change_owner w JOIN owner o ON o.id = w.owner_id",
};
const Query essential_view_change_children = {
        "essential.view_change_children",
        "SELECT id, change_id, position, name, office FROM housing_change_child",
};

/* An id means another record at each level; the name is looked up where the level says. */
#define LINK_NAME(id)                                                                                       \
        "CASE l.level WHEN 0 THEN (SELECT " APARTMENT_NAME " FROM v_apartment v WHERE v.id = " id ")"       \
        " WHEN 1 THEN (SELECT b.name || '-' || u.name FROM unit u JOIN building b ON b.id = u.building_id"  \
        " WHERE u.id = " id ")"                                                                             \
        " WHEN 2 THEN (SELECT b.name FROM building b WHERE b.id = " id ")"                                  \
        " ELSE (SELECT a.name FROM property_area a WHERE a.id = " id ") END"
/* The same number is an apartment here and a unit there: one column for each. */
#define LINK_OF(id)                                                                                         \
        "CASE WHEN l.level = 0 THEN l." id " ELSE 0 END AS of_apartment, CASE WHEN l.level = 1 THEN l." id  \
        " ELSE 0 END AS of_unit, CASE WHEN l.level = 2 THEN l." id " ELSE 0 END AS of_building,"            \
        " CASE WHEN l.level = 3 THEN l." id " ELSE 0 END AS of_area,"
#define LINK_COLUMNS                                                                                        \
        "l.generation AS generation, l.old_area AS old_area, l.new_area AS new_area,"                       \
        " l.change_id AS housing_change_id, c.change_number AS change_number, c.kind AS kind,"              \
        " l.level AS level, l.effected_on AS effected_on, l.office AS office"                               \
        " FROM housing_link l JOIN housing_change c ON c.id = l.change_id"

const Query essential_view_housing_predecessors = {
        "essential.view_housing_predecessors",
        "SELECT l.id AS id, CASE WHEN l.level = 0 THEN l.old_id ELSE 0 END AS apartment_id, " LINK_OF(
                "new_id") " " LINK_NAME("l.old_id") " AS name, " LINK_COLUMNS,
};
const Query essential_view_housing_successors = {
        "essential.view_housing_successors",
        "SELECT l.id AS id, CASE WHEN l.level = 0 THEN l.new_id ELSE 0 END AS apartment_id, " LINK_OF(
                "old_id") " " LINK_NAME("l.new_id") " AS name, " LINK_COLUMNS,
};
const Query essential_view_regulated_links = {
        "essential.view_regulated_links",
        "SELECT l.id AS id, c.change_number AS change_number, c.kind AS kind, l.level AS level, l.old_id AS "
        "old_id,"
        " l.new_id AS new_id, l.generation AS generation, l.old_area AS old_area, l.new_area AS new_area,"
        " l.effected_on AS effected_on, l.office AS office FROM housing_link l"
        " JOIN housing_change c ON c.office = l.office AND c.id = l.change_id",
};

/* I12: covered area before is covered area after, to 0.01 m2. A split repeats its old one, a merge its new
 * one. */
#define I12_AREA(which)                                                                                     \
        "SELECT 'I12', 'housing_change', b.change_id, 'covered areas before and after differ' FROM"         \
        " (SELECT o.change_id AS change_id, CAST(SUM(o.area) AS BIGINT) AS area FROM"                       \
        " (SELECT change_id, old_id, MAX(old_area) AS area FROM housing_link WHERE generation = 1" which    \
        " GROUP BY change_id, old_id) AS o GROUP BY o.change_id) AS b JOIN"                                 \
        " (SELECT n.change_id AS change_id, CAST(SUM(n.area) AS BIGINT) AS area FROM"                       \
        " (SELECT change_id, new_id, MAX(new_area) AS area FROM housing_link WHERE generation = 1" which    \
        " GROUP BY change_id, new_id) AS n GROUP BY n.change_id) AS f ON f.change_id = b.change_id"         \
        " WHERE f.area <> b.area"
const Query essential_i12_area_all = {
        "essential.i12_area_all",
        I12_AREA(""),
};
const Query essential_i12_area_touched = {
        "essential.i12_area_touched",
        I12_AREA(" AND change_id = (SELECT MAX(change_id) FROM housing_link)"),
};
