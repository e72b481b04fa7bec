/* SPDX-License-Identifier: Apache-2.0 */
/* Every SQL text of support data; one text for both engines. */

#include "support-query.h"

const Query essential_bank_by_cnaps = {
        "essential.bank_by_cnaps",
        "SELECT * FROM bank WHERE office = $1 AND cnaps = $2 AND id <> $3 AND valid_to = 0 ORDER BY id "
        "LIMIT 1",
};
const Query essential_division_at = {
        "essential.division_at",
        "SELECT * FROM division WHERE office = $1 AND code = $2 AND valid_to = 0 ORDER BY id LIMIT 1",
};
/* The last day on which the code was held by a row that has ended; 0: none was. */
const Query essential_division_until = {
        "essential.division_until",
        "SELECT COALESCE(MAX(valid_to), 0) FROM division WHERE office = $1 AND code = $2",
};
/* 1: the code holds on the day, or would be a street of a county that has none recorded; 0: not; -1: nothing
 * is recorded at all. */
const Query essential_division_any = {
        "essential.division_any",
        "SELECT CASE"
        " WHEN NOT EXISTS (SELECT 1 FROM division WHERE office = $1) THEN -1"
        " WHEN EXISTS (SELECT 1 FROM division WHERE office = $1 AND code = $2 AND valid_from <= $3"
        " AND (valid_to = 0 OR valid_to > $3)) THEN 1"
        " WHEN $2 <> $4 AND EXISTS (SELECT 1 FROM division WHERE office = $1 AND code = $4 AND valid_from "
        "<= $3"
        " AND (valid_to = 0 OR valid_to > $3))"
        " AND NOT EXISTS (SELECT 1 FROM division WHERE office = $1 AND parent_code = $4) THEN 1 ELSE 0 END",
};
const Query essential_division_below = {
        "essential.division_below",
        "WITH RECURSIVE below (id, code) AS ("
        " SELECT id, code FROM division WHERE office = $1 AND parent_code = $2 AND valid_to = 0"
        " UNION SELECT d.id, d.code FROM division d JOIN below b ON d.parent_code = b.code"
        " WHERE d.office = $1 AND d.valid_to = 0)"
        " SELECT * FROM division WHERE office = $1 AND id IN (SELECT id FROM below) ORDER BY code, id LIMIT "
        "$3",
};
/* Siblings between two codes of a list, both left out. */
const Query essential_division_span = {
        "essential.division_span",
        "SELECT * FROM division WHERE office = $1 AND parent_code = $2 AND valid_to = 0 AND kind <> 3"
        " AND code > $3 AND ($4 = '' OR code < $4) ORDER BY code, id LIMIT $5",
};
const Query essential_calendar_day_at = {
        "essential.calendar_day_at",
        "SELECT * FROM calendar_day WHERE office = $1 AND day = $2",
};
const Query essential_calendar_days = {
        "essential.calendar_days",
        "SELECT day, kind FROM calendar_day WHERE office = $1 AND day >= $2 AND day <= $3 ORDER BY day "
        "LIMIT $4",
};

const Query essential_divisions_twice = {
        "essential.divisions_twice",
        "SELECT 'DIVISIONS', 'division', MAX(id), 'two at once' FROM division WHERE valid_to = 0"
        " GROUP BY office, code HAVING COUNT(*) > 1",
};

const Query essential_code_find = {
        "essential.code_find",
        "SELECT * FROM code_entry WHERE office = $1 AND code_set = $2 AND code = $3",
};
/* Module.calendar: office, day. What was taken back is as its weekday says. */
const Query essential_day_kind = {
        "essential.day_kind",
        "SELECT kind FROM calendar_day WHERE office = $1 AND day = $2 AND kind <> 2",
};
/* Module.code_rows: office, set, code, day. */
const Query essential_code_row = {
        "essential.code_row",
        "SELECT name FROM code_entry WHERE office = $1 AND code_set = $2 AND code = $3 AND valid_from <= $4"
        " AND (valid_to = 0 OR valid_to > $4)",
};
const Query essential_view_codes = {
        "essential.view_codes",
        "SELECT id, version, code_set, code, name, parent, external_code, valid_from, valid_to,"
        " CASE WHEN valid_to = 0 THEN 1 ELSE 0 END AS current, office FROM code_entry",
};

const Query essential_view_banks = {
        "essential.view_banks",
        "SELECT id, version, bank_code, name, cnaps, address, phone, valid_from, valid_to,"
        " CASE WHEN valid_to = 0 THEN 1 ELSE 0 END AS in_use, office FROM bank",
};
const Query essential_view_divisions = {
        "essential.view_divisions",
        "SELECT d.id AS id, d.version AS version, d.code AS code, d.name AS name, d.level AS level,"
        " d.parent_code AS parent_code,"
        " COALESCE((SELECT MAX(p.name) FROM division p WHERE p.office = d.office AND p.code = d.parent_code"
        " AND p.valid_to = 0), '') AS parent_name,"
        " d.kind AS kind, CASE WHEN d.valid_to = 0 THEN 1 ELSE 0 END AS current, d.valid_from AS valid_from,"
        " d.valid_to AS valid_to, d.successor_id AS successor_id, COALESCE(s.name, '') AS successor_name,"
        " d.office AS office FROM division d LEFT JOIN division s ON s.id = d.successor_id",
};
const Query essential_view_division_predecessors = {
        "essential.view_division_predecessors",
        "SELECT id, successor_id, code, name, valid_from, valid_to, office FROM division WHERE successor_id "
        "<> 0",
};
const Query essential_view_calendar_days = {
        "essential.view_calendar_days",
        "SELECT id, version, day, day / 10000 AS year, kind, name, office FROM calendar_day",
};
