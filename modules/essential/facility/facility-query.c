/* SPDX-License-Identifier: Apache-2.0 */
/* Every SQL text of common parts and facilities; one text for both engines. */

#include "facility-query.h"

const Query essential_category_by_name = {
        "essential.category_by_name",
        "SELECT * FROM facility_category WHERE office = $1 AND scope = $2 AND parent_id = $3 AND name = $4"
        " AND cancelled = 0 ORDER BY id LIMIT 1",
};
const Query essential_category_by_code = {
        "essential.category_by_code",
        "SELECT * FROM facility_category WHERE office = $1 AND scope = $2 AND code = $3 AND cancelled = 0"
        " ORDER BY id LIMIT 1",
};
const Query essential_category_any_by_name = {
        "essential.category_any_by_name",
        "SELECT * FROM facility_category WHERE office = $1 AND scope = $2 AND name = $3 AND cancelled = 0"
        " ORDER BY level, id LIMIT 1",
};
const Query essential_facility_rooms = {
        "essential.facility_rooms",
        "SELECT apartment_id FROM facility_benefit WHERE office = $1 AND facility_id = $2 AND ended = 0"
        " ORDER BY apartment_id",
};
const Query essential_category_in_use = {
        "essential.category_in_use",
        "SELECT (SELECT COUNT(*) FROM facility_category c WHERE c.office = $1 AND c.parent_id = $2 AND "
        "c.cancelled = 0)"
        " + (SELECT COUNT(*) FROM facility f WHERE f.office = $1 AND f.category_id = $2 AND f.cancelled = "
        "0)",
};
const Query essential_facility_by_name = {
        "essential.facility_by_name",
        "SELECT * FROM facility WHERE office = $1 AND property_area_id = $2 AND building_id = $3 AND "
        "unit_id = $4"
        " AND name = $5 AND cancelled = 0 ORDER BY id LIMIT 1",
};
const Query essential_facility_benefits_of = {
        "essential.facility_benefits_of",
        "SELECT * FROM facility_benefit WHERE office = $1 AND facility_id = $2 ORDER BY apartment_id",
};
const Query essential_facility_benefit_sum = {
        "essential.facility_benefit_sum",
        "SELECT COUNT(*), CAST(COALESCE(SUM(covered_area), 0) AS BIGINT) FROM v_facility_apartment"
        " WHERE office = $1 AND facility_id = $2",
};
/* In use, inside a unit or building that lies elsewhere by now, and right at a place: office, place, target, limit. */
#define LYING(name, where)                                                                                  \
        {                                                                                                   \
                "essential." name, "SELECT * FROM facility WHERE office = $1 AND cancelled = 0 AND " where  \
                                   " ORDER BY id LIMIT CAST($4 AS BIGINT)",                                 \
        }
const Query essential_facilities_of_unit = LYING("facilities_of_unit", "unit_id = $2 AND building_id <> $3");
const Query essential_facilities_of_building =
        LYING("facilities_of_building", "building_id = $2 AND property_area_id <> $3");
const Query essential_facilities_at_unit = LYING("facilities_at_unit", "unit_id = $2 AND unit_id <> $3");
const Query essential_facilities_at_building =
        LYING("facilities_at_building", "building_id = $2 AND unit_id = 0 AND building_id <> $3");
const Query essential_facilities_at_area =
        LYING("facilities_at_area", "property_area_id = $2 AND building_id = 0 AND property_area_id <> $3");
/* What an apartment benefits of by choice. */
const Query essential_facility_benefits_by = {
        "essential.facility_benefits_by",
        "SELECT b.* FROM facility_benefit b JOIN facility f ON f.office = b.office AND f.id = b.facility_id"
        " WHERE b.office = $1 AND b.apartment_id = $2 AND b.ended = 0 AND f.cancelled = 0 AND f.benefit = 3"
        " ORDER BY b.id",
};
const Query essential_facility_benefit_known = {
        "essential.facility_benefit_known",
        "SELECT COUNT(*) FROM facility_benefit WHERE office = $1 AND facility_id = $2 AND apartment_id = $3",
};
const Query essential_view_facility_categories = {
        "essential.view_facility_categories",
        "SELECT c.id AS id, c.version AS version, c.scope AS scope, c.level AS level, c.parent_id AS "
        "parent_id,"
        " p.name AS parent_name, c.name AS name, c.code AS code, c.cancelled AS cancelled,"
        " (SELECT COUNT(*) FROM facility f WHERE f.category_id = c.id AND f.cancelled = 0) AS facilities,"
        " c.office AS office FROM facility_category c LEFT JOIN facility_category p ON p.id = c.parent_id",
};
const Query essential_view_facilities = {
        "essential.view_facilities",
        "SELECT f.id AS id, f.version AS version, f.property_area_id AS property_area_id, a.name AS "
        "area_name,"
        " f.building_id AS building_id, b.name AS building_name, f.unit_id AS unit_id, u.name AS unit_name,"
        " f.category_id AS category_id, c.scope AS scope, c.name AS category_name, f.name AS name, f.model "
        "AS model,"
        " f.maker AS maker, f.manufacture_date AS manufacture_date, f.warranty_from AS warranty_from,"
        " f.warranty_to AS warranty_to, f.position AS position, f.benefit AS benefit,"
        " f.benefit_count AS benefit_count, f.benefit_area AS benefit_area, f.benefit_checked AS "
        "benefit_checked,"
        " f.channel AS channel, f.cancelled AS cancelled, f.office AS office"
        " FROM facility f JOIN property_area a ON a.id = f.property_area_id"
        " JOIN facility_category c ON c.id = f.category_id"
        " LEFT JOIN building b ON b.id = f.building_id LEFT JOIN unit u ON u.id = f.unit_id",
};
/* One row for each pair: the key is a text of both. */
const Query essential_view_facility_apartments = {
        "essential.view_facility_apartments",
        "SELECT CAST(v.facility_id AS TEXT) || '-' || CAST(v.apartment_id AS TEXT) AS pair,"
        " v.facility_id AS facility_id, f.name AS facility_name, v.apartment_id AS apartment_id,"
        " p.building_name AS building_name, p.unit_name AS unit_name, p.room_number AS room_number,"
        " v.covered_area AS covered_area, v.state AS state, v.office AS office"
        " FROM v_facility_apartment v JOIN v_apartment p ON p.id = v.apartment_id"
        " JOIN facility f ON f.id = v.facility_id",
};
const Query essential_view_facility_works = {
        "essential.view_facility_works",
        "SELECT w.id AS id, w.version AS version, w.facility_id AS facility_id, f.name AS facility_name,"
        " a.name AS area_name, w.kind AS kind, w.begun AS begun, w.ended AS ended, w.organization AS "
        "organization,"
        " w.cost AS cost, w.content AS content, w.outcome AS outcome, w.cancelled AS cancelled, w.office AS "
        "office"
        " FROM facility_work w JOIN facility f ON f.id = w.facility_id"
        " JOIN property_area a ON a.id = f.property_area_id",
};
const Query essential_view_regulated_facilities = {
        "essential.view_regulated_facilities",
        "SELECT f.id AS id, f.property_area_id AS property_area_id, a.name AS area_name, b.name AS "
        "building_name,"
        " u.name AS unit_name, c.scope AS scope, c.name AS category_name, f.name AS name, f.model AS model,"
        " f.manufacture_date AS manufacture_date, f.warranty_from AS warranty_from, f.warranty_to AS "
        "warranty_to,"
        " f.benefit_count AS benefit_count, f.benefit_area AS benefit_area, f.cancelled AS cancelled,"
        " f.office AS office FROM facility f JOIN property_area a ON a.office = f.office AND a.id = "
        "f.property_area_id"
        " JOIN facility_category c ON c.office = f.office AND c.id = f.category_id"
        " LEFT JOIN building b ON b.office = f.office AND b.id = f.building_id"
        " LEFT JOIN unit u ON u.office = f.office AND u.id = f.unit_id",
};
