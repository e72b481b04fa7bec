/* SPDX-License-Identifier: Apache-2.0 */
/* SQL of the benchmark of looking up. Areas of 2,400 apartments in ten buildings of two units, thirty
 * floors, four rooms a floor; besides one building of 2,000 apartments (9000000), and a notice for every
 * apartment. */
#include "look-up-query.h"

#define NUMBERS(end)                                                                                        \
        "(WITH RECURSIVE n(i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i + 1 "      \
        "< " end ") SELECT i FROM n) s"
#define ALL "CAST($2 AS BIGINT)"
#define ROOM(floor, room) "CAST(" floor " AS TEXT) || '0' || CAST(" room " AS TEXT)"

static const Query areas = { "look_up.areas",
        "INSERT INTO property_area (id, office, version, chain_seq, name, division, address, nature, phase)"
        " SELECT s.i + 1, $1, 1, 1, '量测' || CAST(s.i + 1 AS TEXT) || '区', '510129', '晋原街道' || "
        "CAST(s.i AS TEXT) || '号',"
        " 0, 0 FROM " NUMBERS("(" ALL " + 2399) / 2400") };
static const Query buildings = { "look_up.buildings",
        "INSERT INTO building (id, office, version, chain_seq, property_area_id, name, floors_total, "
        "address)"
        " SELECT s.i + 1, $1, 1, 1, s.i / 10 + 1, CAST(s.i % 10 + 1 AS TEXT), 30, '' FROM " NUMBERS(
                "(" ALL " + 239) / 240") };
static const Query units = { "look_up.units",
        "INSERT INTO unit (id, office, version, chain_seq, property_area_id, building_id, name)"
        " SELECT s.i + 1, $1, 1, 1, s.i / 20 + 1, s.i / 2 + 1, CAST(s.i % 2 + 1 AS TEXT) FROM " NUMBERS(
                "(" ALL " + 119) / 120") };
#define APARTMENT_COLUMNS                                                                                   \
        "INSERT INTO apartment (id, office, version, chain_seq, property_area_id, building_id, unit_id, "   \
        "room_number,"                                                                                      \
        " floor, covered_area, inner_area, use_code, elevator, delivery_date, state)"
static const Query apartments = { "look_up.apartments",
        APARTMENT_COLUMNS " SELECT s.i + 1, $1, 1, 1, s.i / 2400 + 1, s.i / 240 + 1, s.i / 120 + 1, " ROOM(
                "s.i % 120 / 4 + 1", "s.i % 4 + 1") ", s.i % 120 / 4 + 1, 8000 + s.i % 5000, 7000, '01', 1, "
                                                    "20200501, 0 FROM " NUMBERS(ALL) };
static const Query big_building = { "look_up.big_building",
        "INSERT INTO building (id, office, version, chain_seq, property_area_id, name, floors_total, "
        "address)"
        " SELECT 9000000, $1, 1, 1, 1, '大楼', 25, '' WHERE CAST($2 AS BIGINT) > 0" };
static const Query big_units = { "look_up.big_units",
        "INSERT INTO unit (id, office, version, chain_seq, property_area_id, building_id, name)"
        " SELECT 9000000 + s.i, $1, 1, 1, 1, 9000000, CAST(s.i + 1 AS TEXT) FROM " NUMBERS(
                "20") " WHERE CAST($2 AS BIGINT) > 0" };
static const Query big_apartments = { "look_up.big_apartments", APARTMENT_COLUMNS
        " SELECT 9000000 + s.i, $1, 1, 1, 1, 9000000, 9000000 + s.i / 100, " ROOM("s.i % 100 / 4 + 1",
                "s.i % 4 + 1") ", s.i % 100 / 4 + 1, 8000, 7000, '01', 1, 20200501, 0 "
                               "FROM " NUMBERS("2000") " WHERE CAST($2 AS BIGINT) > 0" };
static const Query notices = { "look_up.notices",
        "INSERT INTO payment_notice (id, office, version, chain_seq, year, number, notice_number, "
        "property_area_id,"
        " building_id, apartment_id, kind, amount, bank_account_id, qr_text, issued_on, issued_by, state)"
        " SELECT s.i + 1, $1, 1, 1, 2026, s.i + 1, '2026-' || substr(CAST(10000000 + s.i AS TEXT), 2), s.i "
        "/ 2400 + 1,"
        " s.i / 240 + 1, s.i + 1, '00', 100, 1, '', 20260501, 1, 0 FROM " NUMBERS(ALL) };

const Query *const look_up_fill[] = { &areas, &buildings, &units, &apartments, &big_building, &big_units,
        &big_apartments, &notices, NULL };
const Query look_up_analyze = { "look_up.analyze", "ANALYZE" };
const Query look_up_count = { "look_up.count", "SELECT COUNT(*) FROM property_area" };

#define COLUMNS                                                                                             \
        "SELECT p.id, p.version, p.property_area_id, a.name AS area_name, p.building_id, "                  \
        "b.name AS building_name, p.unit_id, u.name AS unit_name, p.room_number, p.floor, "                 \
        "p.covered_area, p.inner_area, p.use_code, p.elevator, p.delivery_date, a.nature, a.phase, p.state"
#define NAMES                                                                                               \
        " JOIN property_area a ON a.id = p.property_area_id JOIN building b ON b.id = p.building_id"        \
        " JOIN unit u ON u.id = p.unit_id"
#define PAGE " ORDER BY p.id LIMIT 51"

const Query look_up_plain_place = { "look_up.plain_place",
        "SELECT p.id, a.name, b.name, u.name, p.room_number FROM property_area a JOIN building b ON "
        "b.office = a.office AND"
        " b.property_area_id = a.id AND b.name = '3' JOIN unit u ON u.office = b.office AND u.building_id = "
        "b.id"
        " JOIN apartment p ON p.office = u.office AND p.unit_id = u.id AND p.room_number = $2"
        " WHERE a.office = $1 AND a.division = '510129' AND a.name = '量测7区'" };
const Query look_up_plain_list = { "look_up.plain_list",
        COLUMNS " FROM apartment p" NAMES " WHERE p.office = $1 AND CAST($2 AS TEXT) = ''" PAGE };
const Query look_up_plain_building = { "look_up.plain_building",
        COLUMNS " FROM apartment p" NAMES " WHERE p.office = $1 AND p.building_id = $2" PAGE };
const Query look_up_plain_area = { "look_up.plain_area",
        COLUMNS " FROM apartment p" NAMES " WHERE p.office = $1 AND p.property_area_id = $2" PAGE };
const Query look_up_plain_area_name = { "look_up.plain_area_name",
        COLUMNS " FROM apartment p" NAMES " WHERE p.office = $1 AND p.property_area_id IN"
                " (SELECT id FROM property_area WHERE office = $1 AND name = $2)" PAGE };
const Query look_up_plain_area_part = { "look_up.plain_area_part", COLUMNS
        " FROM apartment p" NAMES " WHERE p.office = $1 AND p.property_area_id IN"
        " (SELECT id FROM property_area WHERE office = $1 AND name LIKE '%' || $2 || '%' ESCAPE '!')" PAGE };
const Query look_up_plain_room = { "look_up.plain_room",
        COLUMNS " FROM apartment p" NAMES
                " WHERE p.office = $1 AND p.room_number >= $2 AND p.room_number < $2 || 'z'" PAGE };
const Query look_up_plain_building_name = { "look_up.plain_building_name", COLUMNS
        " FROM apartment p" NAMES " WHERE p.office = $1 AND b.name >= $2 AND b.name < $2 || 'z'" PAGE };
const Query look_up_plain_unit_name = { "look_up.plain_unit_name", COLUMNS
        " FROM apartment p" NAMES " WHERE p.office = $1 AND u.name >= $2 AND u.name < $2 || 'z'" PAGE };
const Query look_up_plain_state = { "look_up.plain_state", COLUMNS
        " FROM apartment p" NAMES " WHERE p.office = $1 AND p.state = 3 AND CAST($2 AS TEXT) <> ''" PAGE };
const Query look_up_plain_use = { "look_up.plain_use",
        COLUMNS " FROM apartment p" NAMES " WHERE p.office = $1 AND p.use_code = $2" PAGE };
const Query look_up_plain_covered = { "look_up.plain_covered",
        COLUMNS " FROM apartment p" NAMES " WHERE p.office = $1 AND p.covered_area >= $2" PAGE };
const Query look_up_plain_diagram = { "look_up.plain_diagram",
        "SELECT p.id, p.unit_id, u.name, p.room_number, p.floor, p.covered_area, p.state FROM apartment p"
        " JOIN unit u ON u.id = p.unit_id WHERE p.office = $1 AND p.building_id = $2 ORDER BY p.id" };

/* Ids and amounts are texts in JSON, because they may be longer than its numbers. */
#define MEMBER(name) "'" #name "', r." #name
#define MEMBER_TEXT(name) "'" #name "', CAST(r." #name " AS TEXT)"
#define MEMBERS                                                                                             \
        MEMBER_TEXT(id) ", " MEMBER(version) ", " MEMBER_TEXT(property_area_id) ", " MEMBER(area_name) ", " \
                MEMBER_TEXT(building_id) ", " MEMBER(building_name) ", " MEMBER_TEXT(unit_id) ", "          \
                MEMBER(unit_name) ", " MEMBER(room_number) ", " MEMBER(floor) ", "                          \
                MEMBER_TEXT(covered_area) ", " MEMBER_TEXT(inner_area) ", " MEMBER(use_code) ", "           \
                MEMBER(elevator) ", " MEMBER_TEXT(delivery_date) ", " MEMBER(nature) ", " MEMBER(phase)     \
                ", " MEMBER(state)

int look_up_as_json(const Query *plain, bool postgres, Arena *arena, Query *ret) {
        const char *sql = arena_printf(arena, "SELECT CAST(%s(%s(%s)) AS TEXT) FROM (%s) r",
                postgres ? "json_agg" : "json_group_array", postgres ? "json_build_object" : "json_object",
                MEMBERS, plain->sql);

        *ret = (Query){ plain->name, sql };
        return sql ? 0 : -ENOMEM;
}
