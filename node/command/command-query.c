/* SPDX-License-Identifier: Apache-2.0 */
/* SQL of the command path. Tables of the same name stand in every store (see sql/), except fact_cell:
 * business only; number series and blocks are records and therefore have one name per store. */
#include "command-query.h"

const Query query_chain_find = {
        "node.chain_find",
        "SELECT seq, input, body FROM chain "
        "WHERE person = $1 AND command = $2 AND idempotency_key = $3 AND idempotency_key <> ''",
};

const Query query_chain_insert = {
        "node.chain_insert",
        "INSERT INTO chain (seq, instant, office, person, command, idempotency_key, input, body_digest, "
        "previous, "
        "head, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
};

const Query query_chain_row_insert = {
        "node.chain_row_insert",
        "INSERT INTO chain_row (record, id, seq) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
};

const Query query_chain_kind_insert = {
        "node.chain_kind_insert",
        "INSERT INTO chain_kind (record, seq) VALUES ($1, $2) ON CONFLICT DO NOTHING",
};

const Query query_chain_kind_last = {
        "node.chain_kind_last",
        "SELECT COALESCE(MAX(seq), 0) FROM chain_kind",
};

const Query query_id_counter = {
        "node.id_counter",
        "SELECT next FROM id_counter WHERE record = $1 AND office = $2",
};

const Query query_id_counter_set = {
        "node.id_counter_set",
        "INSERT INTO id_counter (record, office, next) VALUES ($1, $2, $3) "
        "ON CONFLICT (record, office) DO UPDATE SET next = excluded.next",
};

const Query query_vault_insert = {
        "node.vault_insert",
        "INSERT INTO vault (id, office, kind, key_version, ciphertext, mac, mask) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
};

const Query query_vault_select = {
        "node.vault_select",
        "SELECT ciphertext, mask FROM vault WHERE id = $1 AND office = $2",
};

const Query query_vault_find = {
        "node.vault_find",
        "SELECT id FROM vault WHERE office = $1 AND kind = $2 AND mac = $3 ORDER BY id LIMIT $4",
};

/* Equal to one or to another, not IN a list, and the limit outside: without statistics PostgreSQL reads all of a
 * kind for a list, and might walk the whole vault by its key for an order with a limit. */
#define LOOK(n) "SELECT id, mac FROM vault WHERE office = $1 AND kind = $2 AND mac = $" #n
#define UNION   " UNION ALL "
const Query query_vault_find_many = {
        "node.vault_find_many",
        "WITH found AS MATERIALIZED ("
        LOOK(4) UNION LOOK(5) UNION LOOK(6) UNION LOOK(7)
        UNION LOOK(8) UNION LOOK(9) UNION LOOK(10) UNION LOOK(11)
        UNION LOOK(12) UNION LOOK(13) UNION LOOK(14) UNION LOOK(15)
        UNION LOOK(16) UNION LOOK(17) UNION LOOK(18) UNION LOOK(19)
        UNION LOOK(20) UNION LOOK(21) UNION LOOK(22) UNION LOOK(23)
        UNION LOOK(24) UNION LOOK(25) UNION LOOK(26) UNION LOOK(27)
        UNION LOOK(28) UNION LOOK(29) UNION LOOK(30) UNION LOOK(31)
        UNION LOOK(32) UNION LOOK(33) UNION LOOK(34) UNION LOOK(35)
        ") SELECT id, mac FROM found ORDER BY id LIMIT $3",
};
#undef UNION
#undef LOOK

const Query query_fact_add = {
        "node.fact_add",
        "INSERT INTO fact_cell (office, measure, month, nature, phase, category, revision, value, "
        "chain_seq) "
        "VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8) "
        "ON CONFLICT (office, measure, month, nature, phase, category) DO UPDATE SET "
        "value = fact_cell.value + excluded.value, revision = fact_cell.revision + 1, "
        "chain_seq = excluded.chain_seq",
};

const Query query_closure_clear = {
        "node.closure_clear",
        "DELETE FROM office_closure",
};

const Query query_closure_add = {
        "node.closure_add",
        "INSERT INTO office_closure (root, office) VALUES ($1, $2) ON CONFLICT DO NOTHING",
};

const Query query_closure_below = {
        "node.closure_below",
        "SELECT office FROM office_closure WHERE root = $1 AND office <> $1 LIMIT 1",
};

const Query query_view_chain = {
        "node.view_chain",
        "SELECT seq, instant, office, person, command, idempotency_key FROM chain",
};

#define SERIES_OPEN(table)                                                                                  \
        {                                                                                                   \
                "node." table "_open",                                                                      \
                        "SELECT id FROM " table " WHERE office = $1 AND series = $2 AND period = $3 "       \
                        "ORDER BY generation DESC LIMIT 1"                                                  \
        }
const Query query_series_open[4] = {
        [STORE_SYSTEM] = SERIES_OPEN("number_series_system"),
        [STORE_BUSINESS] = SERIES_OPEN("number_series"),
        [STORE_REGULATORY] = SERIES_OPEN("number_series_regulatory"),
};

#define BLOCK_FIND(table)                                                                                   \
        {                                                                                                   \
                "node." table "_find",                                                                      \
                        "SELECT id FROM " table                                                             \
                        " WHERE office = $1 AND command = $2 AND subject = $3 AND input = $4 "              \
                        "AND released = 0 LIMIT 1"                                                          \
        }
const Query query_block_find[4] = {
        [STORE_SYSTEM] = BLOCK_FIND("command_block_system"),
        [STORE_BUSINESS] = BLOCK_FIND("command_block"),
        [STORE_REGULATORY] = BLOCK_FIND("command_block_regulatory"),
};

#define VIEW_BLOCK(table)                                                                                   \
        {                                                                                                   \
                "node.view_" table, "SELECT id, office, version, command, subject, instant, person, "       \
                                    "released, released_by FROM " table                                     \
        }
const Query query_view_block[4] = {
        [STORE_SYSTEM] = VIEW_BLOCK("command_block_system"),
        [STORE_BUSINESS] = VIEW_BLOCK("command_block"),
        [STORE_REGULATORY] = VIEW_BLOCK("command_block_regulatory"),
};

#define SETTING_ON(table)                                                                                   \
        {                                                                                                   \
                "node." table "_on",                                                                        \
                        "SELECT * FROM " table " WHERE office = $1 AND name = $2 AND valid_from <= $3 "     \
                        "ORDER BY valid_from DESC LIMIT 1"                                                  \
        }
const Query query_setting_on[4] = {
        [STORE_SYSTEM] = SETTING_ON("setting_value_system"),
        [STORE_BUSINESS] = SETTING_ON("setting_value"),
        [STORE_REGULATORY] = SETTING_ON("setting_value_regulatory"),
};

#define SETTING_OF_DAY(table)                                                                               \
        {                                                                                                   \
                "node." table "_of_day",                                                                    \
                        "SELECT id FROM " table " WHERE office = $1 AND name = $2 AND valid_from = $3"      \
        }
const Query query_setting_of_day[4] = {
        [STORE_SYSTEM] = SETTING_OF_DAY("setting_value_system"),
        [STORE_BUSINESS] = SETTING_OF_DAY("setting_value"),
        [STORE_REGULATORY] = SETTING_OF_DAY("setting_value_regulatory"),
};

#define VIEW_SETTING(table)                                                                                 \
        { "node.view_" table, "SELECT id, office, version, name, value, valid_from FROM " table }
const Query query_view_setting[4] = {
        [STORE_SYSTEM] = VIEW_SETTING("setting_value_system"),
        [STORE_BUSINESS] = VIEW_SETTING("setting_value"),
        [STORE_REGULATORY] = VIEW_SETTING("setting_value_regulatory"),
};

#define VIEW_SETTING_REQUEST(table)                                                                         \
        {                                                                                                   \
                "node.view_" table,                                                                         \
                        "SELECT id, office, version, name, before_value, value, valid_from, reason, "       \
                        "requested_by, requested_at, decided_by, decided_at, note, state FROM " table       \
        }
const Query query_view_setting_request[4] = {
        [STORE_SYSTEM] = VIEW_SETTING_REQUEST("setting_request_system"),
        [STORE_BUSINESS] = VIEW_SETTING_REQUEST("setting_request"),
        [STORE_REGULATORY] = VIEW_SETTING_REQUEST("setting_request_regulatory"),
};

#define COMMON                                                                                              \
        &query_chain_find, &query_chain_insert, &query_chain_row_insert, &query_chain_kind_insert,                 \
        &query_chain_kind_last, &query_id_counter,                 \
                &query_id_counter_set, &query_vault_insert, &query_vault_select, &query_vault_find, \
                &query_vault_find_many,         \
                &query_closure_clear, &query_closure_add, &query_closure_below, &query_view_chain

static const Query *const queries_none[] = { NULL };
static const Query *const queries_system[] = { COMMON, &query_series_open[STORE_SYSTEM],
        &query_block_find[STORE_SYSTEM], &query_setting_on[STORE_SYSTEM],
        &query_setting_of_day[STORE_SYSTEM], NULL };
static const Query *const queries_business[] = { COMMON, &query_fact_add, &query_series_open[STORE_BUSINESS],
        &query_block_find[STORE_BUSINESS], &query_setting_on[STORE_BUSINESS],
        &query_setting_of_day[STORE_BUSINESS], NULL };
static const Query *const queries_regulatory[] = { COMMON, &query_series_open[STORE_REGULATORY],
        &query_block_find[STORE_REGULATORY], &query_setting_on[STORE_REGULATORY],
        &query_setting_of_day[STORE_REGULATORY], NULL };
const Query *const *const command_queries[4] = {
        queries_none,
        [STORE_SYSTEM] = queries_system,
        [STORE_BUSINESS] = queries_business,
        [STORE_REGULATORY] = queries_regulatory,
};
