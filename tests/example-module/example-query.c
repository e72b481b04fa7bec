/* SPDX-License-Identifier: Apache-2.0 */
/* Read by a person who wants to know what the module asks of the database. */
#include "example-query.h"

const Query example_query_balance = {
        "example.balance",
        "SELECT id FROM example_balance WHERE office = $1 AND shelf_id = $2",
};

#define BALANCE_BROKEN                                                                                      \
        "SELECT 'I2', 'example_balance', b.id, 'the balance is not the sum of the entries' FROM "           \
        "example_balance b "                                                                                \
        "WHERE b.amount <> (SELECT CAST(COALESCE(SUM(e.amount), 0) AS BIGINT) FROM example_entry e "        \
        "WHERE e.shelf_id = b.shelf_id)"

const Query example_query_balance_broken = { "example.balance_broken", BALANCE_BROKEN };

/* Of the balances that the last command touched. */
const Query example_query_balance_broken_now = {
        "example.balance_broken_now",
        BALANCE_BROKEN " AND b.chain_seq = (SELECT MAX(n.chain_seq) FROM example_balance n)",
};

const Query example_query_shelves = {
        "example.shelves",
        "SELECT s.id, s.office, s.version, s.name, s.use, s.keeper, s.area, s.opened, s.note, "
        "COALESCE(b.amount, 0) AS amount FROM example_shelf s "
        "LEFT JOIN example_balance b ON b.office = s.office AND b.shelf_id = s.id",
};

const Query example_query_orders = {
        "example.orders",
        "SELECT o.id, o.office, o.version, o.year, o.number, o.shelf_id, s.name AS shelf, o.amount, o.state "
        "FROM example_order o JOIN example_shelf s ON s.id = o.shelf_id",
};

const Query *const example_queries[] = {
        &example_query_balance,
        &example_query_balance_broken,
        &example_query_balance_broken_now,
        &example_query_shelves,
        &example_query_orders,
        NULL,
};
