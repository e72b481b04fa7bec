/* SPDX-License-Identifier: Apache-2.0 */
/* SQL texts of the finders: (id, title, detail, sort, office). CROSS JOIN is the order in which SQLite goes:
 * from the few areas down to the rooms, each by an index. Measured over 1,000,000 apartments:
 * docs/performance.md. */

#include "find-query.h"

#define APARTMENT                                                                                           \
        "SELECT p.id AS id, a.name || ' ' || b.name || '-' || CASE WHEN u.name = '-' THEN '' ELSE u.name "  \
        "|| '-' END"                                                                                        \
        " || p.room_number AS title, COALESCE(nullif(b.address, ''), a.address, '') AS detail,"             \
        " p.room_number AS sort, p.office AS office"

const Query essential_find_areas = {
        "essential.find_areas",
        "SELECT a.id AS id, a.name AS title, COALESCE(a.address, '') AS detail, a.name AS sort, a.office AS "
        "office"
        " FROM property_area a WHERE a.state = 0 AND (a.name LIKE $1 ESCAPE '!' OR a.address LIKE $1 ESCAPE '!')",
};
const Query essential_find_buildings = {
        "essential.find_buildings",
        "SELECT b.id AS id, a.name || ' ' || b.name AS title, COALESCE(nullif(b.address, ''), a.address, "
        "'') AS detail,"
        " a.name AS sort, b.office AS office FROM property_area a CROSS JOIN building b"
        " WHERE a.name LIKE $1 ESCAPE '!' AND b.office = a.office AND b.property_area_id = a.id"
        " AND upper(b.name) = $2 AND b.state = 0",
};
#define NAMED(table, parameter)                                                                             \
        "(CAST($" parameter " AS TEXT) = '' OR upper(" table ".name) = CAST($" parameter " AS TEXT))"

/* Whoever names a place without its building or unit gives '' for it. Of many areas that fit, the first
 * twenty: going down from every one of hundreds took PostgreSQL 0.4 s. */
const Query essential_find_apartments_by_place = {
        "essential.find_apartments_by_place",
        APARTMENT
        " FROM (SELECT id, office, name, address FROM property_area WHERE name LIKE $1 ESCAPE '!'"
        " ORDER BY name, id LIMIT 20) a CROSS JOIN building b CROSS JOIN unit u CROSS JOIN apartment p"
        " WHERE b.office = a.office AND b.property_area_id = a.id AND " NAMED(
                "b", "2") " AND u.office = b.office AND u.building_id = b.id AND " NAMED("u",
                "3") " AND p.office = u.office AND p.unit_id = u.id AND p.room_number >= $4 AND "
                     "p.room_number <= $5 AND p.state < 3",
};
/* The others, by room: where so many fit, a few are found at once. */
const Query essential_find_apartments_by_room_and_place = {
        "essential.find_apartments_by_room_and_place",
        APARTMENT " FROM apartment p CROSS JOIN unit u CROSS JOIN building b CROSS JOIN property_area a"
                  " WHERE (SELECT COUNT(*) FROM property_area WHERE name LIKE $1 ESCAPE '!') > 20"
                  " AND p.room_number >= $4 AND p.room_number <= $5 AND p.state < 3 AND u.id = p.unit_id AND " NAMED(
                          "u", "3") " AND b.id = p.building_id AND " NAMED("b",
                          "2") " AND a.id = p.property_area_id AND a.name LIKE $1 ESCAPE '!'",
};
const Query essential_find_apartments_by_room = {
        "essential.find_apartments_by_room",
        APARTMENT
        " FROM apartment p CROSS JOIN unit u CROSS JOIN building b CROSS JOIN property_area a"
        " WHERE p.room_number >= $1 AND p.room_number <= $2 AND p.state < 3 AND u.id = p.unit_id"
        " AND b.id = p.building_id AND a.id = p.property_area_id",
};
const Query essential_find_apartment_by_id = {
        "essential.find_apartment_by_id",
        APARTMENT
        " FROM apartment p CROSS JOIN unit u CROSS JOIN building b CROSS JOIN property_area a"
        " WHERE p.id = $1 AND u.id = p.unit_id AND b.id = p.building_id AND a.id = p.property_area_id",
};

/* The step of the setup guide: $1 office. */
const Query essential_setup_apartments = {
        "essential.setup_apartments",
        "SELECT CASE WHEN EXISTS (SELECT 1 FROM apartment WHERE office = $1) THEN 1 ELSE 0 END",
};

/* Rows above an apartment, for filters by their names. */
const Query essential_among_areas = { "essential.among_areas",
        "SELECT id, name AS text FROM property_area" };
