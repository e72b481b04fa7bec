/* SPDX-License-Identifier: Apache-2.0 */
/* Queries that must return nothing: (invariant, record, id, detail). "all" is over everything; "touched"
 * over the vouchers of the youngest command that posted, which at that command's commit are its own. */

#include "accounting-query.h"

#define YOUNGEST " v.chain_seq = (SELECT MAX(chain_seq) FROM voucher) "
#define SIGNED_AMOUNT "CASE WHEN e.side = 0 THEN e.amount ELSE 0 - e.amount END"
#define CONTROLS "('3001', '3002', '4001', '5001', '5101')"

/* A voucher without entries is a transfer: its amount is what households gained. */
#define UNSOUND                                                                                              \
        " HAVING COUNT(e.id) = 1 OR CAST(SUM(" SIGNED_AMOUNT ") AS BIGINT) <> 0"                            \
        " OR v.amount <> CASE WHEN COUNT(e.id) = 0 THEN"                                                    \
        " COALESCE((SELECT CAST(SUM(h.amount) AS BIGINT) FROM household_entry h"                            \
        " WHERE h.voucher_id = v.id AND h.amount > 0), 0)"                                                  \
        " ELSE CAST(SUM(CASE WHEN e.side = 0 THEN e.amount ELSE 0 END) AS BIGINT) END"

/* I1: debits equal credits, per voucher and over all */
const Query accounting_i1_all = {
        "accounting.i1_all",
        "SELECT 'I1', 'voucher', v.id, 'debits and credits differ, or not the amount of the voucher'"
        " FROM voucher v LEFT JOIN voucher_entry e ON e.voucher_id = v.id GROUP BY v.id, v.amount"
        UNSOUND,
};
const Query accounting_i1_book = {
        "accounting.i1_book",
        "SELECT 'I1', 'book', e.book_id, 'debits and credits of the book differ' FROM voucher_entry e"
        " GROUP BY e.book_id HAVING CAST(SUM(" SIGNED_AMOUNT ") AS BIGINT) <> 0",
};
const Query accounting_i1_touched = {
        "accounting.i1_touched",
        "SELECT 'I1', 'voucher', v.id, 'debits and credits differ, or not the amount of the voucher'"
        " FROM voucher v LEFT JOIN voucher_entry e ON e.voucher_id = v.id WHERE" YOUNGEST
        "GROUP BY v.id, v.amount"
        UNSOUND,
};

/* I2: balances are the sums of their entries, and every running balance follows from the one before */
const Query accounting_i2_account_all = {
        "accounting.i2_account_all",
        "SELECT 'I2', 'account_balance', a.id, 'balance differs from the sum of entries' FROM "
        "ledger_account a"
        " LEFT JOIN account_balance b ON b.id = a.id LEFT JOIN voucher_entry e ON e.account_id = a.id"
        " GROUP BY a.id, b.debit_total, b.credit_total, b.balance"
        " HAVING COALESCE(b.balance, 0) <> CAST(COALESCE(SUM(" SIGNED_AMOUNT "), 0) AS BIGINT)"
        " OR COALESCE(b.debit_total, 0) - COALESCE(b.credit_total, 0) <> COALESCE(b.balance, 0)",
};
const Query accounting_i2_running_all = {
        "accounting.i2_running_all",
        "SELECT 'I2', 'voucher_entry', r.id, 'running balance of the account is wrong' FROM ("
        "SELECT e.id AS id, e.balance_after AS balance_after,"
        " CAST(SUM(" SIGNED_AMOUNT ") OVER (PARTITION BY e.account_id ORDER BY e.id) AS BIGINT) AS expected"
        " FROM voucher_entry e) AS r WHERE r.balance_after <> r.expected",
};
const Query accounting_i2_household_all = {
        "accounting.i2_household_all",
        "SELECT 'I2', 'household_balance', b.id, 'balance differs from the sum of entries'"
        " FROM household_balance b LEFT JOIN household_entry h ON h.apartment_id = b.id"
        " GROUP BY b.id, b.principal, b.interest, b.balance, b.entry_count"
        " HAVING b.balance <> CAST(COALESCE(SUM(h.amount), 0) AS BIGINT)"
        " OR b.principal <> CAST(COALESCE(SUM(CASE WHEN h.part = 0 THEN h.amount ELSE 0 END), 0) AS BIGINT)"
        " OR b.balance <> b.principal + b.interest OR b.entry_count <> COUNT(h.id)",
};
const Query accounting_i2_household_running_all = {
        "accounting.i2_household_running_all",
        "SELECT 'I2', 'household_entry', r.id, 'running balance of the household is wrong' FROM ("
        "SELECT id, balance_after,"
        " CAST(SUM(amount) OVER (PARTITION BY apartment_id ORDER BY id) AS BIGINT) AS expected"
        " FROM household_entry) AS r WHERE r.balance_after <> r.expected",
};
const Query accounting_i2_touched = {
        "accounting.i2_touched",
        "SELECT 'I2', 'voucher_entry', e.id, 'running balance of the account is wrong' FROM voucher v"
        " JOIN voucher_entry e ON e.voucher_id = v.id WHERE" YOUNGEST
        "AND (e.balance_after <> " SIGNED_AMOUNT
        " + COALESCE((SELECT p.balance_after FROM voucher_entry p WHERE p.account_id = e.account_id"
        " AND p.id < e.id ORDER BY p.id DESC LIMIT 1), 0)"
        " OR (SELECT b.balance FROM account_balance b WHERE b.id = e.account_id) <>"
        " (SELECT l.balance_after FROM voucher_entry l WHERE l.account_id = e.account_id"
        " ORDER BY l.id DESC LIMIT 1))",
};
const Query accounting_i2_household_touched = {
        "accounting.i2_household_touched",
        "SELECT 'I2', 'household_entry', h.id, 'running balance of the household is wrong' FROM voucher v"
        " JOIN household_entry h ON h.voucher_id = v.id WHERE" YOUNGEST "AND (h.balance_after <> h.amount"
        " + COALESCE((SELECT p.balance_after FROM household_entry p WHERE p.apartment_id = h.apartment_id"
        " AND p.id < h.id ORDER BY p.id DESC LIMIT 1), 0)"
        " OR (SELECT b.balance FROM household_balance b WHERE b.id = h.apartment_id) <>"
        " (SELECT l.balance_after FROM household_entry l WHERE l.apartment_id = h.apartment_id"
        " ORDER BY l.id DESC LIMIT 1))",
};

/* I3: what households have is what the control accounts say, per voucher, per book, per area */
const Query accounting_i3_all = {
        "accounting.i3_all",
        "SELECT 'I3', 'voucher', v.id, 'control accounts and household entries differ' FROM voucher v"
        " WHERE COALESCE((SELECT CAST(SUM(0 - (" SIGNED_AMOUNT ")) AS BIGINT) FROM voucher_entry e"
        " WHERE e.voucher_id = v.id AND e.account_code IN " CONTROLS "), 0)"
        " <> COALESCE((SELECT CAST(SUM(h.amount) AS BIGINT) FROM household_entry h WHERE h.voucher_id = "
        "v.id), 0)",
};
const Query accounting_i3_book = {
        "accounting.i3_book",
        "SELECT 'I3', 'book', k.id, 'households and control accounts of the book differ' FROM book k"
        " WHERE COALESCE((SELECT CAST(SUM(0 - b.balance) AS BIGINT) FROM account_balance b"
        " WHERE b.book_id = k.id AND b.account_code IN " CONTROLS "), 0)"
        " <> COALESCE((SELECT CAST(SUM(b.balance) AS BIGINT) FROM household_balance b WHERE b.book_id = "
        "k.id), 0)",
};
const Query accounting_i3_area = {
        "accounting.i3_area",
        "SELECT 'I3', 'property_area', h.property_area_id, 'household entries and balances of the area "
        "differ'"
        " FROM household_entry h GROUP BY h.property_area_id HAVING CAST(SUM(h.amount) AS BIGINT) <>"
        " COALESCE((SELECT CAST(SUM(b.balance) AS BIGINT) FROM household_balance b"
        " WHERE b.property_area_id = h.property_area_id), 0)",
};
const Query accounting_i3_touched = {
        "accounting.i3_touched",
        "SELECT 'I3', 'voucher', v.id, 'control accounts and household entries differ' FROM voucher v"
        " WHERE" YOUNGEST "AND COALESCE((SELECT CAST(SUM(0 - (" SIGNED_AMOUNT
        ")) AS BIGINT) FROM voucher_entry e"
        " WHERE e.voucher_id = v.id AND e.account_code IN " CONTROLS "), 0)"
        " <> COALESCE((SELECT CAST(SUM(h.amount) AS BIGINT) FROM household_entry h WHERE h.voucher_id = "
        "v.id), 0)",
};

/* I5: no household below zero without a permission on the entry */
const Query accounting_i5_all = {
        "accounting.i5_all",
        "SELECT 'I5', 'household_entry', id, 'balance below zero without permission' FROM household_entry"
        " WHERE balance_after < 0 AND COALESCE(permission_id, 0) = 0",
};
const Query accounting_i5_touched = {
        "accounting.i5_touched",
        "SELECT 'I5', 'household_entry', h.id, 'balance below zero without permission' FROM voucher v"
        " JOIN household_entry h ON h.voucher_id = v.id WHERE" YOUNGEST
        "AND h.balance_after < 0 AND COALESCE(h.permission_id, 0) = 0",
};

/* I6: numbers rise without gaps within book and month */
const Query accounting_i6_all = {
        "accounting.i6_all",
        "SELECT 'I6', 'voucher', MAX(id), 'voucher numbers of book and month have a gap' FROM voucher"
        " GROUP BY office, book_id, month HAVING MIN(number) <> 1 OR MAX(number) <> COUNT(*)",
};
const Query accounting_i6_touched = {
        "accounting.i6_touched",
        "SELECT 'I6', 'voucher', v.id, 'voucher numbers of book and month have a gap' FROM voucher v "
        "WHERE" YOUNGEST
        "AND v.number <> 1 AND NOT EXISTS (SELECT 1 FROM voucher p WHERE p.office = v.office"
        " AND p.book_id = v.book_id AND p.month = v.month AND p.number = v.number - 1)",
};

/* I7: vouchers and their lines are written once, together */
const Query accounting_i7_all = {
        "accounting.i7_all",
        "SELECT 'I7', 'voucher', id, 'changed after it was posted' FROM voucher WHERE version <> 1"
        " UNION ALL SELECT 'I7', 'voucher_entry', e.id, 'changed or added after its voucher was posted'"
        " FROM voucher_entry e LEFT JOIN voucher v ON v.id = e.voucher_id"
        " WHERE e.version <> 1 OR v.id IS NULL OR v.chain_seq <> e.chain_seq"
        " UNION ALL SELECT 'I7', 'household_entry', h.id, 'changed or added after its voucher was posted'"
        " FROM household_entry h LEFT JOIN voucher v ON v.id = h.voucher_id"
        " WHERE h.version <> 1 OR v.id IS NULL OR v.chain_seq <> h.chain_seq",
};
const Query accounting_i7_touched = {
        "accounting.i7_touched",
        "SELECT 'I7', 'voucher', v.id, 'not written once and together' FROM voucher v WHERE" YOUNGEST
        "AND (v.version <> 1 OR EXISTS (SELECT 1 FROM voucher_entry e WHERE e.voucher_id = v.id"
        " AND (e.version <> 1 OR e.chain_seq <> v.chain_seq)) OR EXISTS (SELECT 1 FROM household_entry h"
        " WHERE h.voucher_id = v.id AND (h.version <> 1 OR h.chain_seq <> v.chain_seq)))",
};

/* I9: maker and checker are different persons */
const Query accounting_i9_all = {
        "accounting.i9_all",
        "SELECT 'I9', 'voucher', id, 'prepared and reviewed by the same person' FROM voucher"
        " WHERE prepared_by = reviewed_by",
};
const Query accounting_i9_touched = {
        "accounting.i9_touched",
        "SELECT 'I9', 'voucher', v.id, 'prepared and reviewed by the same person' FROM voucher v "
        "WHERE" YOUNGEST "AND v.prepared_by = v.reviewed_by",
};

/* I15: a closed period takes no entry; at most two are open */
const Query accounting_i15_all = {
        "accounting.i15_all",
        "SELECT 'I15', 'voucher', v.id, 'posted outside an open period' FROM voucher v"
        " LEFT JOIN accounting_period p ON p.office = v.office AND p.book_id = v.book_id AND p.month = "
        "v.month"
        " WHERE p.id IS NULL OR (p.state = 1 AND p.chain_seq < v.chain_seq)",
};
const Query accounting_i15_open = {
        "accounting.i15_open",
        "SELECT 'I15', 'book', book_id, 'more than two periods are open' FROM accounting_period WHERE state "
        "= 0"
        " GROUP BY book_id HAVING COUNT(*) > 2",
};
const Query accounting_i15_touched = {
        "accounting.i15_touched",
        "SELECT 'I15', 'voucher', v.id, 'posted outside an open period' FROM voucher v"
        " LEFT JOIN accounting_period p ON p.office = v.office AND p.book_id = v.book_id AND p.month = "
        "v.month"
        " WHERE" YOUNGEST "AND (p.id IS NULL OR (p.state = 1 AND p.chain_seq < v.chain_seq))",
};

/* I12: what ended has no money; what was shared out is what there was. */
const Query accounting_i12_all = {
        "accounting.i12_all",
        "SELECT 'I12', 'household_balance', b.id, 'an apartment that has ended still has a balance'"
        " FROM household_balance b JOIN v_apartment p ON p.id = b.id"
        " WHERE p.state IN (3, 4, 5) AND (b.principal <> 0 OR b.interest <> 0)",
};
const Query accounting_i12_touched = {
        "accounting.i12_touched",
        "SELECT 'I12', 'household_balance', b.id, 'an apartment that has ended still has a balance' FROM voucher v"
        " JOIN household_entry h ON h.voucher_id = v.id JOIN household_balance b ON b.id = h.apartment_id"
        " JOIN v_apartment p ON p.id = b.id WHERE" YOUNGEST
        "AND p.state IN (3, 4, 5) AND (b.principal <> 0 OR b.interest <> 0)",
};
const Query accounting_i12_shares = {
        "accounting.i12_shares",
        "SELECT 'I12', 'transfer_share', MIN(id), 'shares of a transfer are not what was transferred'"
        " FROM transfer_share GROUP BY voucher_id, from_apartment_id, part"
        " HAVING CAST(SUM(amount) AS BIGINT) <> MIN(total) OR MIN(total) <> MAX(total)"
        " OR CAST(SUM(weight) AS BIGINT) <> MIN(weight_total)",
};
