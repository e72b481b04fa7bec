/* SPDX-License-Identifier: Apache-2.0 */
/* SQL texts of legacy balances; one text for both engines. */

#include "opening-query.h"

/* The line that counts: of an opening that waits or is posted. */
const Query accounting_opening_line_live = {
        "accounting.opening_line_live",
        "SELECT l.* FROM opening_line l JOIN opening_batch o ON o.id = l.opening_id"
        " WHERE l.office = $1 AND l.apartment_id = $2 AND o.state IN (0, 1)",
};
/* The one a person is filling for an area. */
const Query accounting_opening_open = {
        "accounting.opening_open",
        "SELECT * FROM opening_batch WHERE office = $1 AND property_area_id = $2 AND entered_by = $3 AND "
        "state = 0"
        " AND households < $4 ORDER BY id LIMIT 1",
};
const Query accounting_opening_waiting = {
        "accounting.opening_waiting",
        "SELECT o.* FROM opening_line l JOIN opening_batch o ON o.id = l.opening_id"
        " WHERE l.office = $1 AND l.apartment_id = $2 AND o.state = 0",
};
const Query accounting_opening_lines_of = {
        "accounting.opening_lines_of",
        "SELECT * FROM opening_line WHERE office = $1 AND opening_id = $2 ORDER BY id",
};
const Query accounting_view_openings = {
        "accounting.view_openings",
        "SELECT o.id AS id, o.number AS number, o.property_area_id AS property_area_id, a.name AS area_name,"
        " k.name AS book_name, o.households AS households, o.due AS due, o.paid AS paid, o.more AS more,"
        " o.returns AS returns, o.used AS used, o.principal AS principal, o.interest AS interest,"
        " o.balance AS balance, o.entered_by AS entered_by, o.entered_on AS entered_on, o.state AS state,"
        " o.cutover_date AS cutover_date, o.reviewed_by AS reviewed_by, o.voucher_id AS voucher_id,"
        " o.closing_note AS closing_note, o.office AS office"
        " FROM opening_batch o JOIN v_property_area a ON a.id = o.property_area_id JOIN book k ON k.id = "
        "o.book_id",
};
const Query accounting_view_opening_lines = {
        "accounting.view_opening_lines",
        "SELECT l.id AS id, l.opening_id AS opening_id, o.number AS number, o.state AS state,"
        " l.apartment_id AS apartment_id, v.area_name AS area_name, v.building_name AS building_name,"
        " v.unit_name AS unit_name, v.room_number AS room_number, l.due AS due, l.paid AS paid, l.more AS "
        "more,"
        " l.returns AS returns, l.used AS used, l.balance AS balance, l.principal AS principal,"
        " l.interest AS interest, l.last_paid_on AS last_paid_on, l.bill_number AS bill_number,"
        " l.office AS office"
        " FROM opening_line l JOIN opening_batch o ON o.id = l.opening_id JOIN v_apartment v ON v.id = "
        "l.apartment_id",
};

/* --- queries that must return nothing --- */

const Query accounting_openings_sums = {
        "accounting.openings_sums",
        "SELECT 'I2', 'opening_batch', o.id, 'sums differ from lines or voucher' FROM opening_batch o"
        " WHERE o.households <> (SELECT COUNT(*) FROM opening_line l WHERE l.opening_id = o.id)"
        " OR o.balance <> COALESCE((SELECT CAST(SUM(l.balance) AS BIGINT) FROM opening_line l"
        " WHERE l.opening_id = o.id), 0)"
        " OR o.principal + o.interest <> o.balance OR o.paid + o.more + o.returns - o.used <> o.balance"
        " OR (COALESCE(o.voucher_id, 0) <> 0"
        " AND NOT EXISTS (SELECT 1 FROM voucher v WHERE v.id = o.voucher_id AND v.amount = o.balance))",
};
/* A dwelling has one line that counts. */
const Query accounting_openings_twice = {
        "accounting.openings_twice",
        "SELECT 'I2', 'opening_line', MIN(l.id), 'a dwelling has two openings' FROM opening_line l"
        " JOIN opening_batch o ON o.id = l.opening_id WHERE o.state IN (0, 1)"
        " GROUP BY l.apartment_id HAVING COUNT(*) > 1",
};
