/* SPDX-License-Identifier: Apache-2.0 */
/* SQL texts of accounting's commands and views; the invariants stand in invariant-query.c. */

#include "accounting-query.h"
#include "opening/opening-query.h"

const Query accounting_book_by_nature = {
        "accounting.book_by_nature",
        "SELECT id FROM book WHERE office = $1 AND nature = $2 ORDER BY id LIMIT 1",
};
/* The area's own account, then that of what it was split or merged from, the nearest first, then the book's. An account
 * is one row at the bank: it serves all that its area has become until it is assigned to one of them. */
const Query accounting_bank_account_for = {
        "accounting.bank_account_for",
        "SELECT b.id FROM bank_account b LEFT JOIN (SELECT old_id, MIN(generation) AS generation FROM v_housing_link"
        " WHERE office = $1 AND level = 3 AND new_id = $3 GROUP BY old_id) AS l ON l.old_id = b.property_area_id"
        " WHERE b.office = $1 AND b.book_id = $2 AND COALESCE(b.closed_on, 0) = 0"
        " AND (COALESCE(b.property_area_id, 0) IN (0, $3) OR l.old_id IS NOT NULL)"
        " ORDER BY CASE WHEN b.property_area_id = $3 THEN 0 WHEN l.old_id IS NULL THEN 1000000 ELSE l.generation END,"
        " b.id LIMIT 1",
};
/* The areas of a change with their natures, the first one first. */
const Query accounting_change_areas = {
        "accounting.change_areas",
        "SELECT o.object_id, o.name, a.nature FROM v_housing_change_old o JOIN v_property_area a ON a.id = o.object_id"
        " WHERE o.office = $1 AND o.change_id = $2 ORDER BY o.id",
};
const Query accounting_bank_account_in_book = {
        "accounting.bank_account_in_book",
        "SELECT COUNT(*) FROM bank_account WHERE office = $1 AND book_id = $2 AND id = $3",
};
const Query accounting_period_by_month = {
        "accounting.period_by_month",
        "SELECT * FROM accounting_period WHERE office = $1 AND book_id = $2 AND month = $3",
};
const Query accounting_periods_open = {
        "accounting.periods_open",
        "SELECT COUNT(*) FROM accounting_period WHERE office = $1 AND book_id = $2 AND state = 0",
};
const Query accounting_period_last = {
        "accounting.period_last",
        "SELECT COALESCE(MAX(month), 0) FROM accounting_period WHERE office = $1 AND book_id = $2",
};
const Query accounting_period_first_open = {
        "accounting.period_first_open",
        "SELECT COALESCE(MIN(month), 0) FROM accounting_period WHERE office = $1 AND book_id = $2 AND state "
        "= 0",
};
const Query accounting_period_last_closed = {
        "accounting.period_last_closed",
        "SELECT COALESCE(MAX(month), 0) FROM accounting_period WHERE office = $1 AND book_id = $2 AND state "
        "= 1",
};
const Query accounting_account_state = {
        "accounting.account_state",
        "SELECT a.id, COALESCE(b.debit_total, 0), COALESCE(b.credit_total, 0), COALESCE(b.balance, 0)"
        " FROM ledger_account a LEFT JOIN account_balance b ON b.id = a.id"
        " WHERE a.office = $1 AND a.book_id = $2 AND a.code = $3",
};
const Query accounting_account_balance_set = {
        "accounting.account_balance_set",
        "INSERT INTO account_balance (id, office, version, chain_seq, book_id, account_code, debit_total,"
        " credit_total, balance) VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8)"
        " ON CONFLICT (id) DO UPDATE SET version = account_balance.version + 1, chain_seq = "
        "excluded.chain_seq,"
        " debit_total = excluded.debit_total, credit_total = excluded.credit_total, balance = "
        "excluded.balance",
};
const Query accounting_household_state = {
        "accounting.household_state",
        "SELECT COALESCE(b.principal, 0), COALESCE(b.interest, 0), COALESCE(b.entry_count, 0), p.property_area_id,"
        " p.state"
        " FROM v_apartment p LEFT JOIN household_balance b ON b.id = p.id WHERE p.office = $1 AND p.id = $2",
};
const Query accounting_household_balance_set = {
        "accounting.household_balance_set",
        "INSERT INTO household_balance (id, office, version, chain_seq, book_id, property_area_id, "
        "principal,"
        " interest, balance, entry_count) VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9)"
        " ON CONFLICT (id) DO UPDATE SET version = household_balance.version + 1, chain_seq = "
        "excluded.chain_seq,"
        " book_id = excluded.book_id, property_area_id = excluded.property_area_id,"
        " principal = excluded.principal, interest = excluded.interest,"
        " balance = excluded.balance, entry_count = excluded.entry_count",
};
const Query accounting_bank_accounts_open = {
        "accounting.bank_accounts_open",
        "SELECT COUNT(*) FROM bank_account WHERE office = $1 AND cnaps = $2 AND COALESCE(closed_on, 0) = 0",
};
const Query accounting_reversal_of = {
        "accounting.reversal_of",
        "SELECT id FROM voucher WHERE office = $1 AND reversal_of = $2",
};
const Query accounting_entries_of = {
        "accounting.entries_of",
        "SELECT * FROM voucher_entry WHERE office = $1 AND voucher_id = $2 ORDER BY line",
};
const Query accounting_households_of = {
        "accounting.households_of",
        "SELECT * FROM household_entry WHERE office = $1 AND voucher_id = $2 ORDER BY id",
};

const Query accounting_view_books = {
        "accounting.view_books",
        "SELECT id, version, name, nature, first_month, office FROM book",
};
const Query accounting_view_accounts = {
        "accounting.view_accounts",
        "SELECT a.id AS id, a.book_id AS book_id, k.name AS book_name, a.code AS code, a.name AS name,"
        " a.element AS element, a.normal_side AS normal_side, COALESCE(b.debit_total, 0) AS debit_total,"
        " COALESCE(b.credit_total, 0) AS credit_total,"
        " CASE WHEN a.normal_side = 0 THEN COALESCE(b.balance, 0) ELSE 0 - COALESCE(b.balance, 0) END AS "
        "balance,"
        " a.office AS office"
        " FROM ledger_account a JOIN book k ON k.id = a.book_id LEFT JOIN account_balance b ON b.id = a.id",
};
const Query accounting_view_bank_accounts = {
        "accounting.view_bank_accounts",
        "SELECT a.id AS id, a.version AS version, a.book_id AS book_id, k.name AS book_name,"
        " a.bank_name AS bank_name, a.cnaps AS cnaps, a.account_name AS account_name,"
        " a.account_number AS account_number, a.property_area_id AS property_area_id, a.closed_on AS "
        "closed_on,"
        " a.office AS office FROM bank_account a JOIN book k ON k.id = a.book_id",
};
const Query accounting_view_periods = {
        "accounting.view_periods",
        "SELECT p.id AS id, p.book_id AS book_id, k.name AS book_name, p.month AS month, p.state AS state,"
        " p.closed_on AS closed_on, p.office AS office"
        " FROM accounting_period p JOIN book k ON k.id = p.book_id",
};
const Query accounting_view_vouchers = {
        "accounting.view_vouchers",
        "SELECT v.id AS id, v.book_id AS book_id, k.name AS book_name, v.month AS month, v.number AS number,"
        " v.accounting_date AS accounting_date, v.source AS source, v.source_id AS source_id,"
        " v.reference AS reference, v.amount AS amount, v.prepared_by AS prepared_by,"
        " v.reviewed_by AS reviewed_by, v.reversal_of AS reversal_of, v.office AS office"
        " FROM voucher v JOIN book k ON k.id = v.book_id",
};
const Query accounting_view_entries = {
        "accounting.view_entries",
        "SELECT e.id AS id, e.voucher_id AS voucher_id, v.month AS month, v.number AS number, e.line AS "
        "line,"
        " v.accounting_date AS accounting_date, e.account_id AS account_id, e.account_code AS account_code,"
        " a.name AS account_name, e.side AS side,"
        " CASE WHEN e.side = 0 THEN e.amount ELSE 0 END AS debit,"
        " CASE WHEN e.side = 1 THEN e.amount ELSE 0 END AS credit,"
        " e.balance_after AS balance_after, v.reference AS reference, e.office AS office"
        " FROM voucher_entry e JOIN voucher v ON v.id = e.voucher_id JOIN ledger_account a ON a.id = "
        "e.account_id",
};
const Query accounting_view_household_entries = {
        "accounting.view_household_entries",
        "SELECT h.id AS id, h.apartment_id AS apartment_id, h.property_area_id AS property_area_id,"
        " h.voucher_id AS voucher_id, v.source AS source, v.reference AS reference,"
        " h.control_code AS control_code, h.part AS part, h.amount AS amount, h.business_date AS "
        "business_date,"
        " h.value_date AS value_date, h.accounting_date AS accounting_date, h.balance_after AS "
        "balance_after,"
        " h.office AS office FROM household_entry h JOIN voucher v ON v.id = h.voucher_id",
};
const Query accounting_view_household_balances = {
        "accounting.view_household_balances",
        "SELECT p.id AS id, p.property_area_id AS property_area_id, p.area_name AS area_name,"
        " p.building_id AS building_id, p.building_name AS building_name, p.unit_name AS unit_name,"
        " p.room_number AS room_number, p.covered_area AS covered_area,"
        " COALESCE(b.principal, 0) AS principal, COALESCE(b.interest, 0) AS interest,"
        " COALESCE(b.balance, 0) AS balance, p.office AS office"
        " FROM v_apartment p LEFT JOIN household_balance b ON b.id = p.id",
};

const Query accounting_view_transfers = {
        "accounting.view_transfers",
        "SELECT t.id AS id, t.voucher_id AS voucher_id, v.month AS month, v.number AS number, t.change_id AS change_id,"
        " t.from_apartment_id AS from_apartment_id, f.room_number AS from_room,"
        " t.to_apartment_id AS to_apartment_id, o.room_number AS to_room, t.part AS part, t.total AS total,"
        " t.computation AS computation, t.floor_share AS floor_share, t.remainder AS remainder, t.rank AS rank,"
        " t.extra_fen AS extra_fen, t.amount AS amount, t.office AS office FROM transfer_share t"
        " JOIN voucher v ON v.id = t.voucher_id JOIN v_apartment f ON f.id = t.from_apartment_id"
        " JOIN v_apartment o ON o.id = t.to_apartment_id",
};
/* What was booked to those before this apartment, of every generation. */
const Query accounting_view_earlier_entries = {
        "accounting.view_earlier_entries",
        "SELECT h.id AS id, l.new_id AS apartment_id, l.old_id AS old_apartment_id, p.room_number AS old_room,"
        " l.generation AS generation, v.source AS source, v.reference AS reference, h.part AS part,"
        " h.amount AS amount, h.business_date AS business_date, h.value_date AS value_date,"
        " h.accounting_date AS accounting_date, h.balance_after AS balance_after, h.office AS office"
        " FROM v_housing_link l JOIN household_entry h ON h.apartment_id = l.old_id"
        " JOIN voucher v ON v.id = h.voucher_id JOIN v_apartment p ON p.id = l.old_id WHERE l.level = 0",
};

#define FOUND_VOUCHER                                                                                       \
        "SELECT v.id AS id, CAST(v.month / 100 AS TEXT) || '-' || SUBSTR(CAST(v.month AS TEXT), 5)"         \
        " || '-' || CAST(v.number AS TEXT) AS title,"                                                       \
        " k.name || ' ' || COALESCE(v.reference, '') AS detail, COALESCE(v.reference, '') AS sort,"         \
        " v.office AS office FROM voucher v JOIN book k ON k.id = v.book_id"

const Query accounting_find_voucher_by_number = {
        "accounting.find_voucher_by_number",
        FOUND_VOUCHER " WHERE v.month = $1 AND v.number = $2",
};
const Query accounting_find_vouchers_by_reference = {
        "accounting.find_vouchers_by_reference",
        FOUND_VOUCHER " WHERE v.reference >= $1 AND v.reference <= $2",
};
const Query *const accounting_find_queries[] = { &accounting_find_voucher_by_number,
        &accounting_find_vouchers_by_reference, NULL };

const Query accounting_setup_book = {
        "accounting.setup_book",
        "SELECT COUNT(*) FROM book WHERE office = $1",
};
const Query accounting_setup_bank_account = {
        "accounting.setup_bank_account",
        "SELECT COUNT(*) FROM bank_account WHERE office = $1 AND COALESCE(closed_on, 0) = 0",
};

const Query *const accounting_queries[] = {
        &accounting_setup_book,
        &accounting_setup_bank_account,
        &accounting_find_voucher_by_number,
        &accounting_find_vouchers_by_reference,
        &accounting_book_by_nature,
        &accounting_bank_account_for,
        &accounting_change_areas,
        &accounting_bank_account_in_book,
        &accounting_period_by_month,
        &accounting_periods_open,
        &accounting_period_last,
        &accounting_period_first_open,
        &accounting_period_last_closed,
        &accounting_account_state,
        &accounting_account_balance_set,
        &accounting_household_state,
        &accounting_household_balance_set,
        &accounting_bank_accounts_open,
        &accounting_reversal_of,
        &accounting_entries_of,
        &accounting_households_of,
        &accounting_i1_touched,
        &accounting_i2_touched,
        &accounting_i2_household_touched,
        &accounting_i3_touched,
        &accounting_i5_touched,
        &accounting_i6_touched,
        &accounting_i7_touched,
        &accounting_i9_touched,
        &accounting_i12_touched,
        &accounting_i15_touched,
        &accounting_opening_line_live,
        &accounting_opening_open,
        &accounting_opening_waiting,
        &accounting_opening_lines_of,
        NULL,
};
