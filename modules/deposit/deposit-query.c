/* SPDX-License-Identifier: Apache-2.0 */
/* SQL texts of deposit; one text for both engines. */

#include "deposit-query.h"

#define TO_ASSESS                                                                                           \
        " FROM v_apartment v WHERE v.office = $1 AND v.property_area_id = $2"                               \
        " AND (CAST($3 AS BIGINT) = 0 OR v.id = CAST($3 AS BIGINT)) AND v.state = 0"                        \
        " AND NOT EXISTS (SELECT 1 FROM assessment a WHERE a.apartment_id = v.id AND a.kind = '00')"     \
        " AND COALESCE((SELECT SUM(t.households) FROM v_position_move t WHERE t.apartment_id = v.id), 0) <= 0"

const Query deposit_households_to_assess = {
        "deposit.households_to_assess",
        "SELECT v.id, v.property_area_id, v.building_id, v.covered_area, v.elevator, v.nature, v.phase, "
        "v.division" TO_ASSESS " ORDER BY v.id LIMIT CAST($4 AS BIGINT)",
};
const Query deposit_households_to_assess_count = {
        "deposit.households_to_assess_count",
        "SELECT COUNT(*)" TO_ASSESS,
};
const Query deposit_standards_on = {
        "deposit.standards_on",
        "SELECT * FROM deposit_standard WHERE office = $1 AND valid_from <= $2"
        " AND (COALESCE(valid_to, 0) = 0 OR valid_to >= $2) ORDER BY id LIMIT CAST($3 AS BIGINT)",
};
const Query deposit_standards_from = {
        "deposit.standards_from",
        "SELECT * FROM deposit_standard WHERE office = $1 AND (COALESCE(valid_to, 0) = 0 OR valid_to >= $2)"
        " ORDER BY id LIMIT CAST($3 AS BIGINT)",
};
/* The areas a change is about, the first one first. */
const Query deposit_change_areas = {
        "deposit.change_areas",
        "SELECT o.object_id, o.name, a.division FROM v_housing_change_old o"
        " JOIN v_property_area a ON a.id = o.object_id WHERE o.office = $1 AND o.change_id = $2 ORDER BY o.id",
};
/* The change that made an area after a day: office, area, day. */
const Query deposit_area_began = {
        "deposit.area_began",
        "SELECT l.effected_on, c.change_number FROM v_housing_link l JOIN v_housing_change c ON c.id = l.change_id"
        " WHERE l.office = $1 AND l.new_id = $2 AND l.level = 3 AND l.generation = 1 AND l.effected_on > $3"
        " ORDER BY l.id LIMIT 1",
};
const Query deposit_assessed_first = {
        "deposit.assessed_first",
        "SELECT (SELECT COUNT(*) FROM assessment WHERE office = $1 AND apartment_id = $2 AND kind = '00')"
        " + CAST(COALESCE((SELECT SUM(households) FROM v_position_move WHERE office = $1 AND apartment_id = $2), 0)"
        " AS BIGINT)",
};
/* As people look for a household: building, unit, room. */
#define HOUSEHOLD_NAME                                                                                      \
        "v.building_name || '-' || CASE WHEN v.unit_name = '-' THEN '' ELSE v.unit_name || '-' END || "     \
        "v.room_number"

/* Where a household lies now, not where it lay when the list was entered: its area may have been merged since. */
const Query deposit_opening_lines = {
        "deposit.opening_lines",
        "SELECT l.apartment_id, v.property_area_id, v.building_id, l.due, l.paid, l.more, " HOUSEHOLD_NAME
        " FROM v_opening_line l JOIN v_apartment v ON v.id = l.apartment_id"
        " WHERE l.office = $1 AND l.opening_id = $2 ORDER BY l.id",
};
/* What an opening did; asked before any of it is taken back. */
const Query deposit_opening_kept = {
        "deposit.opening_kept",
        "SELECT p.apartment_id, v.property_area_id, v.building_id, p.owed, p.paid, p.households,"
        " p.households_paid, " HOUSEHOLD_NAME ", v.state"
        " FROM opening_position p JOIN v_apartment v ON v.id = p.apartment_id"
        " WHERE p.office = $1 AND p.opening_id = $2 ORDER BY p.id",
};
const Query deposit_position_add = {
        "deposit.position_add",
        "INSERT INTO deposit_position (id, office, version, chain_seq, property_area_id, building_id, owed, "
        "paid)"
        " VALUES ($1, $2, 1, $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET"
        " version = deposit_position.version + 1, chain_seq = excluded.chain_seq,"
        " owed = deposit_position.owed + excluded.owed, paid = deposit_position.paid + excluded.paid",
};

#define TO_NOTIFY                                                                                           \
        " FROM deposit_position p JOIN v_apartment v ON v.id = p.id"                                        \
        " WHERE p.office = $1 AND p.property_area_id = $2"                                                  \
        " AND (CAST($3 AS BIGINT) = 0 OR p.id = CAST($3 AS BIGINT)) AND p.owed > p.paid AND v.state = 0"    \
        " AND NOT EXISTS (SELECT 1 FROM payment_notice n WHERE n.apartment_id = p.id AND n.state = 0)"

const Query deposit_households_to_notify = {
        "deposit.households_to_notify",
        "SELECT p.id, p.property_area_id, p.building_id, p.owed, p.paid, v.nature" TO_NOTIFY
        " ORDER BY p.id LIMIT CAST($4 AS BIGINT)",
};
const Query deposit_households_to_notify_count = {
        "deposit.households_to_notify_count",
        "SELECT COUNT(*)" TO_NOTIFY,
};
const Query deposit_notice_by_number = {
        "deposit.notice_by_number",
        "SELECT * FROM payment_notice WHERE office = $1 AND notice_number = $2",
};
const Query deposit_payment_active = {
        "deposit.payment_active",
        "SELECT COUNT(*) FROM payment WHERE office = $1 AND notice_id = $2 AND state IN (0, 1)",
};
const Query deposit_payment_waiting = {
        "deposit.payment_waiting",
        "SELECT id, notice_number FROM payment WHERE office = $1 AND apartment_id = $2 AND state = 0 ORDER "
        "BY id"
        " LIMIT 1",
};
const Query deposit_notices_open = {
        "deposit.notices_open",
        "SELECT * FROM payment_notice WHERE office = $1 AND apartment_id = $2 AND state = 0 ORDER BY id"
        " LIMIT 1",
};
/* What the open notices of an apartment ask for beyond what it owes. */
const Query deposit_notices_beyond = {
        "deposit.notices_beyond",
        "SELECT CAST(COALESCE((SELECT SUM(n.amount) FROM payment_notice n WHERE n.office = $1"
        " AND n.apartment_id = $2 AND n.state = 0), 0) AS BIGINT)"
        " - COALESCE((SELECT p.owed - p.paid FROM deposit_position p WHERE p.office = $1 AND p.id = $2), 0)",
};
/* Position of an old apartment, whether it counts as owing and as having paid, and the area assessed of it. */
const Query deposit_position_of = {
        "deposit.position_of",
        "SELECT p.owed, p.paid,"
        " (SELECT COUNT(*) FROM assessment a WHERE a.apartment_id = p.id AND a.kind = '00')"
        " + CAST(COALESCE((SELECT SUM(t.households) FROM v_position_move t WHERE t.apartment_id = p.id), 0)"
        " AS BIGINT),"
        " (SELECT COUNT(*) FROM payment y WHERE y.apartment_id = p.id AND y.kind = '00' AND y.state = 1)"
        " + CAST(COALESCE((SELECT SUM(t.households_paid) FROM v_position_move t WHERE t.apartment_id = p.id), 0)"
        " AS BIGINT),"
        " CAST(COALESCE((SELECT SUM(a.covered_area) FROM assessment a WHERE a.apartment_id = p.id"
        " AND a.kind IN ('00', '04')), 0) + COALESCE((SELECT SUM(t.covered_area) FROM position_transfer t"
        " WHERE t.apartment_id = p.id), 0) AS BIGINT) FROM deposit_position p WHERE p.office = $1 AND p.id = $2",
};
const Query deposit_change_olds = {
        "deposit.change_olds",
        "SELECT DISTINCT old_id, old_area FROM v_housing_link WHERE office = $1 AND change_id = $2 AND generation = 1"
        " ORDER BY old_id",
};
const Query deposit_change_news = {
        "deposit.change_news",
        "SELECT DISTINCT new_id, new_area FROM v_housing_link WHERE office = $1 AND change_id = $2 AND "
        "generation = 1"
        " ORDER BY new_id",
};
const Query deposit_position_place = {
        "deposit.position_place",
        "UPDATE deposit_position SET property_area_id = $3, building_id = $4, version = version + 1"
        " WHERE office = $1 AND id = $2",
};
const Query deposit_view_position_transfers = {
        "deposit.view_position_transfers",
        "SELECT t.id AS id, t.change_id AS change_id, c.change_number AS change_number, t.apartment_id AS "
        "apartment_id,"
        " v.room_number AS room_number, t.owed AS owed, t.paid AS paid, t.transferred_on AS transferred_on,"
        " t.office AS office FROM position_transfer t JOIN v_apartment v ON v.id = t.apartment_id"
        " JOIN v_housing_change c ON c.id = t.change_id",
};
const Query deposit_apartment_page = {
        "deposit.apartment_page",
        "SELECT property_area_id, nature, phase, state FROM v_apartment WHERE office = $1 AND id = $2",
};

/* What was assessed of an apartment: its first assessment, or the first of what it was split or merged from, gives the
 * price; all of them together, and what came along with a change of housing, the area. */
#define FIRST_ASSESSMENT                                                                                    \
        " JOIN assessment f ON f.id = COALESCE((SELECT MIN(a.id) FROM assessment a"                         \
        " WHERE a.apartment_id = v.id AND a.kind = '00'), (SELECT MIN(a.id) FROM v_housing_link l"          \
        " JOIN assessment a ON a.apartment_id = l.old_id AND a.kind = '00'"                                 \
        " WHERE l.office = v.office AND l.level = 0 AND l.new_id = v.id))"
#define ASSESSED                                                                                            \
        FIRST_ASSESSMENT                                                                                    \
        " JOIN (SELECT m.apartment_id AS apartment_id, CAST(SUM(m.covered_area) AS BIGINT) AS covered_area" \
        " FROM (SELECT apartment_id, covered_area FROM assessment WHERE kind IN ('00', '04') UNION ALL"     \
        " SELECT apartment_id, covered_area FROM position_transfer) AS m GROUP BY m.apartment_id"           \
        " HAVING SUM(m.covered_area) > 0) AS t ON t.apartment_id = v.id"
#define TO_MAKE_UP                                                                                          \
        " FROM v_apartment v" ASSESSED " WHERE v.office = $1 AND v.property_area_id = $2"                   \
        " AND (CAST($3 AS BIGINT) = 0 OR v.id = CAST($3 AS BIGINT)) AND v.state = 0"                        \
        " AND v.covered_area > t.covered_area"
const Query deposit_households_to_make_up = {
        "deposit.households_to_make_up",
        "SELECT v.id, v.property_area_id, v.building_id, v.covered_area - t.covered_area, f.standard_id,"
        " f.per_m2, v.nature, v.phase" TO_MAKE_UP " ORDER BY v.id LIMIT CAST($4 AS BIGINT)",
};
const Query deposit_households_to_make_up_count = {
        "deposit.households_to_make_up_count",
        "SELECT COUNT(*)" TO_MAKE_UP,
};

/* An area at a price, half up, on both sides of zero. */
#define AMOUNT(area, price)                                                                                 \
        "CASE WHEN " area " < 0 THEN 0 - ((0 - (" area ")) * " price " + 50) / 100 ELSE ((" area            \
        ") * " price " + 50) / 100 END"
const Query deposit_view_area_differences = {
        "deposit.view_area_differences",
        "SELECT d.id AS id, d.list_id AS list_id, v.id AS apartment_id, v.property_area_id AS "
        "property_area_id,"
        " v.area_name AS area_name, v.building_name AS building_name, v.unit_name AS unit_name,"
        " v.room_number AS room_number, d.ours_area AS ours_area, d.theirs_area AS theirs_area,"
        " f.per_m2 AS per_m2, " AMOUNT("d.theirs_area - d.ours_area",
                "f.per_m2") " AS amount,"
                            " d.state AS state, d.office AS office FROM v_area_difference d JOIN "
                            "v_apartment v ON v.id = d.apartment_id" FIRST_ASSESSMENT,
};
const Query deposit_view_area_consequences = {
        "deposit.view_area_consequences",
        "SELECT v.id AS id, v.property_area_id AS property_area_id, v.area_name AS area_name,"
        " v.building_name AS building_name, v.unit_name AS unit_name, v.room_number AS room_number,"
        " v.covered_area AS covered_area, t.covered_area AS assessed_area, f.per_m2 AS per_m2,"
        " " AMOUNT("v.covered_area - t.covered_area",
                "f.per_m2") " AS amount, v.office AS office"
                            " FROM v_apartment v" ASSESSED
                            " WHERE v.covered_area <> t.covered_area AND v.state = 0",
};
const Query deposit_view_deposit_states = {
        "deposit.view_deposit_states",
        "SELECT v.id AS id, c.real_estate_unit_code AS real_estate_unit_code, v.area_name AS area_name,"
        " v.building_name AS building_name, v.unit_name AS unit_name, v.room_number AS room_number,"
        " CASE WHEN p.id IS NULL THEN 0 WHEN p.paid = 0 THEN 1 WHEN p.paid < p.owed THEN 2 ELSE 3 END AS "
        "deposit_state,"
        " COALESCE(p.owed, 0) AS owed, COALESCE(p.paid, 0) AS paid, COALESCE(p.chain_seq, 0) AS "
        "change_number,"
        " v.office AS office FROM v_apartment v JOIN v_apartment_code c ON c.id = v.id"
        " LEFT JOIN deposit_position p ON p.id = v.id",
};
const Query deposit_view_standards = {
        "deposit.view_standards",
        "SELECT id, version, name, division, property_area_id, building_class, per_m2, valid_from, "
        "valid_to, office"
        " FROM deposit_standard",
};
/* Of who lives there: what was split, merged or lost is no household any more. */
const Query deposit_view_areas = {
        "deposit.view_areas",
        "SELECT v.property_area_id AS id, v.area_name AS area_name, v.nature AS nature, v.phase AS phase,"
        " COUNT(*) AS apartments, COUNT(p.id) AS households,"
        " CAST(COALESCE(SUM(CASE WHEN p.owed > 0 AND p.paid >= p.owed THEN 1 ELSE 0 END), 0) AS BIGINT)"
        " AS households_paid,"
        " CAST(COALESCE(SUM(p.owed), 0) AS BIGINT) AS owed, CAST(COALESCE(SUM(p.paid), 0) AS BIGINT) AS "
        "paid,"
        " CAST(COALESCE(SUM(p.owed - p.paid), 0) AS BIGINT) AS unpaid, v.office AS office"
        " FROM v_apartment v LEFT JOIN deposit_position p ON p.id = v.id WHERE v.state < 3"
        " GROUP BY v.property_area_id, v.area_name, v.nature, v.phase, v.office",
};
const Query deposit_view_households = {
        "deposit.view_households",
        "SELECT v.id AS id, v.property_area_id AS property_area_id, v.area_name AS area_name,"
        " v.building_id AS building_id, v.building_name AS building_name, v.unit_name AS unit_name,"
        " v.room_number AS room_number, v.covered_area AS covered_area, COALESCE(p.owed, 0) AS owed,"
        " COALESCE(p.paid, 0) AS paid, COALESCE(p.owed - p.paid, 0) AS unpaid, v.nature AS nature,"
        " v.phase AS phase, COALESCE(b.balance, 0) AS balance, v.office AS office"
        " FROM v_apartment v LEFT JOIN deposit_position p ON p.id = v.id"
        " LEFT JOIN v_household_balance b ON b.id = v.id",
};
const Query deposit_view_marks = {
        "deposit.view_marks",
        "SELECT v.id AS id, v.property_area_id AS property_area_id, v.building_id AS building_id,"
        " COALESCE(p.owed, 0) AS owed, COALESCE(p.paid, 0) AS paid,"
        " CASE WHEN COALESCE(p.owed, 0) = 0 THEN 0 WHEN p.paid = 0 THEN 1 WHEN p.paid < p.owed THEN 2"
        " ELSE 3 END AS state, v.office AS office"
        " FROM v_apartment v LEFT JOIN deposit_position p ON p.id = v.id",
};
#define FOUND_PLACE "v.area_name || ' ' || " HOUSEHOLD_NAME " AS detail"
const Query deposit_find_notices = {
        "deposit.find_notices",
        "SELECT n.id AS id, n.notice_number AS title, " FOUND_PLACE
        ", n.notice_number AS sort, n.office AS office"
        " FROM payment_notice n JOIN v_apartment v ON v.id = n.apartment_id"
        " WHERE n.notice_number >= $1 AND n.notice_number <= $2",
};
/* A deposit slip bears the number of its notice. */
const Query deposit_find_payments = {
        "deposit.find_payments",
        "SELECT y.id AS id, y.notice_number AS title, " FOUND_PLACE
        ", y.notice_number AS sort, y.office AS office"
        " FROM payment y JOIN v_apartment v ON v.id = y.apartment_id"
        " WHERE y.notice_number >= $1 AND y.notice_number <= $2",
};
const Query deposit_find_payments_by_bank = {
        "deposit.find_payments_by_bank",
        "SELECT y.id AS id, y.bank_reference AS title, " FOUND_PLACE
        ", y.bank_reference AS sort, y.office AS office"
        " FROM payment y JOIN v_apartment v ON v.id = y.apartment_id"
        " WHERE y.bank_reference >= $1 AND y.bank_reference <= $2",
};
const Query deposit_view_unpaid = {
        "deposit.view_unpaid",
        "SELECT v.id AS id, v.property_area_id AS property_area_id, v.area_name AS area_name,"
        " v.building_id AS building_id, v.building_name AS building_name, v.unit_name AS unit_name,"
        " v.room_number AS room_number, p.owed AS owed, p.paid AS paid, p.owed - p.paid AS unpaid,"
        " v.office AS office FROM deposit_position p JOIN v_apartment v ON v.id = p.id WHERE p.owed > "
        "p.paid AND v.state < 3",
};
const Query deposit_view_assessments = {
        "deposit.view_assessments",
        "SELECT a.id AS id, a.property_area_id AS property_area_id, v.area_name AS area_name,"
        " v.building_name AS building_name, v.unit_name AS unit_name, v.room_number AS room_number,"
        " a.apartment_id AS apartment_id, a.kind AS kind, a.standard_id AS standard_id, s.name AS "
        "standard_name,"
        " a.per_m2 AS per_m2, a.covered_area AS covered_area, a.owed AS owed, a.assessed_on AS assessed_on,"
        " a.nature AS nature, a.phase AS phase, a.office AS office"
        " FROM assessment a JOIN v_apartment v ON v.id = a.apartment_id"
        " JOIN deposit_standard s ON s.id = a.standard_id",
};
const Query deposit_view_notices = {
        "deposit.view_notices",
        "SELECT n.id AS id, n.notice_number AS notice_number, n.property_area_id AS property_area_id,"
        " v.area_name AS area_name, v.building_name AS building_name, v.unit_name AS unit_name,"
        " v.room_number AS room_number, n.apartment_id AS apartment_id, n.kind AS kind, n.amount AS amount,"
        " n.bank_account_id AS bank_account_id, b.bank_name AS bank_name, b.account_number AS "
        "account_number,"
        " n.issued_on AS issued_on, n.issued_by AS issued_by, n.state AS state, n.qr_text AS qr_text,"
        " n.office AS office FROM payment_notice n JOIN v_apartment v ON v.id = n.apartment_id"
        " JOIN v_bank_account b ON b.id = n.bank_account_id",
};
const Query deposit_view_payments = {
        "deposit.view_payments",
        "SELECT y.id AS id, y.notice_id AS notice_id, y.notice_number AS notice_number,"
        " y.property_area_id AS property_area_id, v.area_name AS area_name, v.building_name AS "
        "building_name,"
        " v.unit_name AS unit_name, v.room_number AS room_number, y.apartment_id AS apartment_id, y.kind AS "
        "kind,"
        " y.amount AS amount, y.method AS method, y.bank_account_id AS bank_account_id,"
        " y.bank_reference AS bank_reference, y.entered_on AS entered_on, y.value_date AS value_date,"
        " y.operator_id AS operator_id, y.state AS state, y.reviewer_id AS reviewer_id,"
        " y.accounting_date AS accounting_date, y.voucher_id AS voucher_id, y.closing_note AS closing_note,"
        " y.reversed_on AS reversed_on, y.office AS office"
        " FROM payment y JOIN v_apartment v ON v.id = y.apartment_id",
};

/* --- landed rows, at the holder of detail --- */

/* An assessment keeps the area it was made in; the apartment says where it lies now. */
const Query deposit_view_regulated_areas = {
        "deposit.view_regulated_areas",
        "SELECT t.area_id AS id, MAX(t.area_name) AS area_name, CAST(SUM(t.households) AS BIGINT) AS "
        "households,"
        " CAST(SUM(t.owed) AS BIGINT) AS owed, CAST(SUM(t.paid) AS BIGINT) AS paid, t.office AS office FROM "
        "("
        "SELECT v.property_area_id AS area_id, v.area_name AS area_name, a.office AS office,"
        " CASE WHEN a.kind = '00' THEN 1 ELSE 0 END AS households, a.owed AS owed, 0 AS paid"
        " FROM assessment a JOIN v_apartment v ON v.office = a.office AND v.id = a.apartment_id UNION ALL"
        " SELECT v.property_area_id, v.area_name, y.office, 0, 0, y.amount FROM payment y"
        " JOIN v_apartment v ON v.office = y.office AND v.id = y.apartment_id WHERE y.state = 1 UNION ALL"
        " SELECT v.property_area_id, v.area_name, p.office, p.households, p.owed, p.paid FROM v_position_move p"
        " JOIN v_apartment v ON v.office = p.office AND v.id = p.apartment_id"
        ") AS t GROUP BY t.office, t.area_id",
};
const Query deposit_view_regulated_households = {
        "deposit.view_regulated_households",
        "SELECT v.id AS id, v.property_area_id AS property_area_id, v.area_name AS area_name,"
        " v.building_id AS building_id, v.building_name AS building_name, v.unit_name AS unit_name,"
        " v.room_number AS room_number, v.covered_area AS covered_area, v.nature AS nature, v.phase AS "
        "phase,"
        " CAST(COALESCE((SELECT SUM(a.owed) FROM assessment a WHERE a.office = v.office AND a.apartment_id "
        "= v.id), 0) + COALESCE((SELECT SUM(t.owed) FROM v_position_move t WHERE t.office = v.office"
        " AND t.apartment_id = v.id), 0) AS BIGINT) AS owed,"
        " CAST(COALESCE((SELECT SUM(y.amount) FROM payment y WHERE y.office = v.office AND y.apartment_id = "
        "v.id"
        " AND y.state = 1), 0) + COALESCE((SELECT SUM(t.paid) FROM v_position_move t WHERE t.office = v.office"
        " AND t.apartment_id = v.id), 0) AS BIGINT) AS paid, v.office AS office FROM v_apartment v",
};

/* month, nature, phase, category, value of one origin ($1) and month ($2): the rule of the county's own
 * postings */
#define IN_MONTH(day) day " >= CAST($2 AS BIGINT) * 100 AND " day " < CAST($2 AS BIGINT) * 100 + 100"

const Query deposit_recompute_owed = {
        "deposit.recompute_owed",
        "SELECT CAST($2 AS BIGINT), t.nature + 1, t.phase + 1, 0, CAST(SUM(t.owed) AS BIGINT) FROM ("
        "SELECT nature, phase, owed FROM assessment WHERE office = $1 AND " IN_MONTH(
                "assessed_on") " UNION ALL SELECT nature, phase, owed FROM opening_position WHERE office = $1"
                               " AND " IN_MONTH("opened_on") ") AS t GROUP BY t.nature, t.phase",
};
const Query deposit_recompute_households = {
        "deposit.recompute_households",
        "SELECT CAST($2 AS BIGINT), t.nature + 1, t.phase + 1, 0, CAST(SUM(t.households) AS BIGINT) FROM ("
        "SELECT nature, phase, 1 AS households FROM assessment WHERE office = $1 AND kind = '00'"
        " AND " IN_MONTH("assessed_on") " UNION ALL SELECT nature, phase, households FROM v_position_move"
                                        " WHERE office = $1 AND " IN_MONTH("moved_on") ") AS t"
        " GROUP BY t.nature, t.phase",
};
const Query deposit_recompute_paid = {
        "deposit.recompute_paid",
        "SELECT CAST($2 AS BIGINT), t.nature + 1, t.phase + 1, 0, CAST(SUM(t.amount) AS BIGINT) FROM ("
        "SELECT nature, phase, amount FROM payment WHERE office = $1 AND state IN (1, 4)"
        " AND " IN_MONTH("value_date") " UNION ALL SELECT nature, phase, 0 - amount FROM payment WHERE "
                                       "office = $1 AND state = 4"
                                       " AND " IN_MONTH("reversed_on") " UNION ALL SELECT nature, phase, paid"
        " FROM opening_position WHERE office = $1 AND " IN_MONTH("opened_on") ") AS t GROUP BY t.nature, t.phase",
};
const Query deposit_recompute_households_paid = {
        "deposit.recompute_households_paid",
        "SELECT CAST($2 AS BIGINT), t.nature + 1, t.phase + 1, 0, CAST(SUM(t.households) AS BIGINT) FROM ("
        "SELECT nature, phase, 1 AS households FROM payment WHERE office = $1 AND kind = '00' AND state IN "
        "(1, 4)"
        " AND " IN_MONTH("value_date") " UNION ALL SELECT nature, phase, 0 - 1 FROM payment WHERE office = "
                                       "$1 AND kind = '00' AND state = 4"
                                       " AND " IN_MONTH("reversed_on") " UNION ALL SELECT nature, phase,"
        " households_paid FROM v_position_move WHERE office = $1 AND " IN_MONTH("moved_on") ") AS t"
        " GROUP BY t.nature, t.phase",
};

/* --- queries that must return nothing --- */

const Query deposit_position_all = {
        "deposit.position_all",
        "SELECT 'I2', 'deposit_position', p.id, 'owed or paid differs from assessments and payments'"
        " FROM deposit_position p"
        " WHERE p.owed <> COALESCE((SELECT CAST(SUM(a.owed) AS BIGINT) FROM assessment a"
        " WHERE a.apartment_id = p.id), 0) + COALESCE((SELECT CAST(SUM(t.owed) AS BIGINT) FROM v_position_move t"
        " WHERE t.apartment_id = p.id), 0)"
        " OR p.paid <> COALESCE((SELECT CAST(SUM(y.amount) AS BIGINT) FROM payment y"
        " WHERE y.apartment_id = p.id AND y.state = 1), 0)"
        " + COALESCE((SELECT CAST(SUM(t.paid) AS BIGINT) FROM v_position_move t WHERE t.apartment_id = p.id), 0)",
};
/* I12: what one household loses by a change the others gain. */
const Query deposit_transfer_sums = {
        "deposit.transfer_sums",
        "SELECT 'I12', 'position_transfer', MIN(id), 'owed, paid or assessed area is not conserved by a change'"
        " FROM position_transfer GROUP BY change_id"
        " HAVING CAST(SUM(owed) AS BIGINT) <> 0 OR CAST(SUM(paid) AS BIGINT) <> 0"
        " OR CAST(SUM(covered_area) AS BIGINT) <> 0",
};
const Query deposit_owed_all = {
        "deposit.owed_all",
        "SELECT 'I2', 'assessment', a.id, 'owed differs from standard by area' FROM assessment a"
        " WHERE a.owed <> (a.per_m2 * a.covered_area + 50) / 100",
};
const Query deposit_i6_all = {
        "deposit.i6_all",
        "SELECT 'I6', 'payment_notice', MAX(id), 'notice numbers of the year have a gap' FROM payment_notice"
        " GROUP BY office, year HAVING MIN(number) <> 1 OR MAX(number) <> COUNT(*)",
};
const Query deposit_i6_touched = {
        "deposit.i6_touched",
        "SELECT 'I6', 'payment_notice', n.id, 'notice numbers of the year have a gap' FROM payment_notice n"
        " WHERE n.chain_seq = (SELECT MAX(chain_seq) FROM payment_notice) AND n.version = 1 AND n.number <> "
        "1"
        " AND NOT EXISTS ("
        "SELECT 1 FROM payment_notice p WHERE p.office = n.office AND p.year = n.year AND p.number = "
        "n.number - 1)",
};
const Query deposit_i9_all = {
        "deposit.i9_all",
        "SELECT 'I9', 'payment', id, 'entered and posted by the same person' FROM payment"
        " WHERE state IN (1, 4) AND operator_id = reviewer_id",
};
const Query deposit_i9_touched = {
        "deposit.i9_touched",
        "SELECT 'I9', 'payment', id, 'entered and posted by the same person' FROM payment"
        " WHERE chain_seq = (SELECT MAX(chain_seq) FROM payment) AND state IN (1, 4) AND operator_id = "
        "reviewer_id",
};
const Query deposit_i10_all = {
        "deposit.i10_all",
        "SELECT 'I10', 'payment', y.id, 'amount differs from its notice or its voucher' FROM payment y"
        " LEFT JOIN payment_notice n ON n.id = y.notice_id LEFT JOIN v_voucher v ON v.id = y.voucher_id"
        " WHERE n.id IS NULL OR n.amount <> y.amount"
        " OR (y.state IN (1, 4) AND (v.id IS NULL OR v.amount <> y.amount))",
};
const Query deposit_i10_touched = {
        "deposit.i10_touched",
        "SELECT 'I10', 'payment', y.id, 'amount differs from its notice or its voucher' FROM payment y"
        " LEFT JOIN payment_notice n ON n.id = y.notice_id LEFT JOIN v_voucher v ON v.id = y.voucher_id"
        " WHERE y.chain_seq = (SELECT MAX(chain_seq) FROM payment) AND (n.id IS NULL OR n.amount <> y.amount"
        " OR (y.state IN (1, 4) AND (v.id IS NULL OR v.amount <> y.amount)))",
};

/* Whether there is any: one row is enough. */
#define ANY_OF(table) "SELECT CASE WHEN EXISTS (SELECT 1 FROM " table " WHERE office = $1) THEN 1 ELSE 0 END"
const Query deposit_setup_standard = { "deposit.setup_standard", ANY_OF("deposit_standard") };
const Query deposit_setup_assessment = { "deposit.setup_assessment", ANY_OF("deposit_position") };
const Query deposit_setup_notice = { "deposit.setup_notice", ANY_OF("payment_notice") };

/* Whom a case is about while it is open. */
const Query deposit_case_payment = {
        "deposit.case_payment",
        "SELECT v.owner_id FROM payment p JOIN v_apartment_owner v ON v.office = p.office"
        " AND v.apartment_id = p.apartment_id WHERE p.office = $1 AND p.id = $2 AND p.state = 0 ORDER BY 1",
};
const Query deposit_case_notice = {
        "deposit.case_notice",
        "SELECT v.owner_id FROM payment_notice n JOIN v_apartment_owner v ON v.office = n.office"
        " AND v.apartment_id = n.apartment_id WHERE n.office = $1 AND n.id = $2 AND n.state = 0 ORDER BY 1",
};

const Query *const deposit_queries[] = {
        &deposit_households_to_assess,
        &deposit_case_payment,
        &deposit_case_notice,
        &deposit_households_to_make_up,
        &deposit_households_to_make_up_count,
        &deposit_households_to_assess_count,
        &deposit_standards_on,
        &deposit_standards_from,
        &deposit_change_areas,
        &deposit_area_began,
        &deposit_assessed_first,
        &deposit_opening_lines,
        &deposit_opening_kept,
        &deposit_position_add,
        &deposit_households_to_notify,
        &deposit_households_to_notify_count,
        &deposit_notice_by_number,
        &deposit_payment_active,
        &deposit_payment_waiting,
        &deposit_notices_open,
        &deposit_notices_beyond,
        &deposit_position_of,
        &deposit_change_olds,
        &deposit_change_news,
        &deposit_position_place,
        &deposit_apartment_page,
        &deposit_setup_standard,
        &deposit_setup_assessment,
        &deposit_setup_notice,
        &deposit_find_notices,
        &deposit_find_payments,
        &deposit_find_payments_by_bank,
        &deposit_i6_touched,
        &deposit_i9_touched,
        &deposit_i10_touched,
        NULL,
};
