/* SPDX-License-Identifier: Apache-2.0 */
/* SQL of the ledger of readings. */

#include "audit-query.h"

#define QUERY(symbol_, text_) const Query query_##symbol_ = { "audit." #symbol_, text_ }
#define ENTRY_COLUMNS                                                                                       \
        "e.id, e.instant, e.office, e.person, e.session, e.address, e.kind, e.name, e.subject, e.filter, "  \
        "e.entries, e.number, e.digest, e.ids"

QUERY(access_last, "SELECT MAX(id) FROM access_entry");
QUERY(access_insert, "INSERT INTO access_entry (id, instant, office, person, session, address, kind, name, "
                     "subject, filter, "
                     "entries, number, digest, ids) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, "
                     "$12, $13, $14)");
QUERY(access_block,
        "INSERT INTO access_block (record, block, entry) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
QUERY(access_batch_last, "SELECT seq, head FROM access_batch ORDER BY seq DESC LIMIT 1");
QUERY(access_batch_insert, "INSERT INTO access_batch (seq, instant, last, entries, previous, head) "
                           "VALUES ($1, $2, $3, $4, $5, $6)");
/* $1 record, $2 block, $3 before this entry, $4 limit */
QUERY(access_saw, "SELECT " ENTRY_COLUMNS " FROM access_block b JOIN access_entry e ON e.id = b.entry "
                  "WHERE b.record = $1 AND b.block = $2 AND b.entry < $3 ORDER BY b.entry DESC LIMIT $4");
QUERY(access_exported, "SELECT CAST(COALESCE(SUM(entries), 0) AS BIGINT) FROM access_entry "
                       "WHERE person = $1 AND kind = 'export' AND instant >= $2");
QUERY(access_seal_last, "SELECT batch FROM access_seal ORDER BY id DESC LIMIT 1");
QUERY(access_batches, "SELECT seq, last, entries, previous, head FROM access_batch WHERE seq > $1 "
                      "ORDER BY seq LIMIT 1000");
QUERY(access_entries,
        "SELECT " ENTRY_COLUMNS " FROM access_entry e WHERE e.id > $1 AND e.id <= $2 ORDER BY e.id");
QUERY(access_seals, "SELECT s.id, s.batch, s.head, b.head FROM access_seal s "
                    "LEFT JOIN access_batch b ON b.seq = s.batch ORDER BY s.id");
QUERY(person_name, "SELECT name FROM v_person WHERE id = $1");

QUERY(node_state_get, "SELECT value FROM node_state WHERE name = $1");
QUERY(node_state_set,
        "INSERT INTO node_state (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET "
        "value = excluded.value");
/* $1 position in the chain, $2 limit */
QUERY(events_after,
        "SELECT chain_seq, id, instant, kind, person, login, address, detail FROM v_security_event "
        "WHERE chain_seq > $1 ORDER BY chain_seq, id LIMIT $2");
/* $1 after this entry, $2 from, $3 before */
QUERY(access_year, "SELECT e.id, e.instant, e.office, e.person, e.session, e.address, e.kind, e.name, "
                   "e.subject, e.filter, e.entries, "
                   "e.number, e.digest, COALESCE(p.name, '') FROM access_entry e LEFT JOIN v_person p ON "
                   "p.id = e.person "
                   "WHERE e.id > $1 AND e.instant >= $2 AND e.instant < $3 ORDER BY e.id LIMIT 2000");
QUERY(view_accesses, "SELECT e.id, e.office, e.instant, e.person, COALESCE(p.name, '') AS person_name, "
                     "e.kind, e.name, e.subject, "
                     "e.filter, e.entries, e.number, e.digest, e.address FROM access_entry e "
                     "LEFT JOIN v_person p ON p.id = e.person");
QUERY(view_seals, "SELECT id, office, instant, batch, entries, head FROM access_seal");

const Query *const audit_queries[] = {
        &query_access_last,
        &query_access_insert,
        &query_access_block,
        &query_access_batch_last,
        &query_access_batch_insert,
        &query_access_saw,
        &query_access_exported,
        &query_access_seal_last,
        &query_access_batches,
        &query_access_entries,
        &query_access_seals,
        &query_person_name,
        &query_node_state_get,
        &query_node_state_set,
        &query_events_after,
        &query_access_year,
        NULL,
};
