/* SPDX-License-Identifier: Apache-2.0 */
/* Queries of the federation. One SQL text for both engines; order is always by keys, never by time. */
#include "federation-query.h"

/* --- archive
 * -------------------------------------------------------------------------------------------------- */

const Query query_batch_insert = { "federation.batch_insert",
        "INSERT INTO federation_batch (office, stream, epoch, seq, kind, digest, header, signature, body, "
        "row_count, "
        "packed_bytes, instant_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)" };
const Query query_batch_next = { "federation.batch_next",
        "SELECT epoch, seq, digest, header, signature, body FROM federation_batch WHERE office = $1 AND "
        "stream = $2 "
        "AND (epoch > $3 OR (epoch = $3 AND seq > $4)) ORDER BY epoch, seq LIMIT 1" };
const Query query_batch_get = { "federation.batch_get",
        "SELECT epoch, seq, digest, header, signature, body FROM federation_batch WHERE office = $1 AND "
        "stream = $2 "
        "AND epoch = $3 AND seq = $4" };
const Query query_batch_digest = {
        "federation.batch_digest",
        "SELECT digest FROM federation_batch WHERE office = $1 AND stream = $2 AND epoch = $3 AND seq = $4"
};
const Query query_batch_list = { "federation.batch_list",
        "SELECT office, stream, epoch, seq, kind, digest, row_count, packed_bytes, instant_ms FROM "
        "federation_batch "
        "WHERE ($1 = 0 OR office = $1) AND ($2 = 0 OR stream = $2) AND (instant_ms < $3 OR (instant_ms = $3 "
        "AND "
        "(office > $4 OR (office = $4 AND (stream > $5 OR (stream = $5 AND (epoch > $6 OR (epoch = $6 AND "
        "seq > $7)))))))) ORDER BY instant_ms DESC, office, stream, epoch, seq LIMIT $8" };
const Query query_receipt_insert = { "federation.receipt_insert",
        "INSERT INTO federation_receipt (office, stream, epoch, seq, digest) VALUES ($1, $2, $3, $4, $5)" };
const Query query_receipt_digest = {
        "federation.receipt_digest",
        "SELECT digest FROM federation_receipt WHERE office = $1 AND stream = $2 AND epoch = $3 AND seq = $4"
};
const Query query_stream_get = { "federation.stream_get",
        "SELECT epoch, seq, digest, chain_last, partial, landed, detail_epoch, detail_seq, instant_ms "
        "FROM federation_stream WHERE office = $1 AND stream = $2" };
const Query query_stream_put = { "federation.stream_put",
        "INSERT INTO federation_stream (office, stream, epoch, seq, digest, chain_last, partial, landed, "
        "detail_epoch, "
        "detail_seq, instant_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (office, "
        "stream) "
        "DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, digest = excluded.digest, "
        "chain_last = excluded.chain_last, partial = excluded.partial, landed = excluded.landed, "
        "detail_epoch = excluded.detail_epoch, detail_seq = excluded.detail_seq, instant_ms = "
        "excluded.instant_ms" };
const Query query_stream_list = { "federation.stream_list",
        "SELECT office, stream, epoch, seq, digest, landed, instant_ms FROM federation_stream ORDER BY "
        "office, stream" };
const Query query_counter_next = { "federation.counter_next",
        "INSERT INTO federation_counter (name, value) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET "
        "value = federation_counter.value + 1" };
const Query query_counter_get = { "federation.counter_get",
        "SELECT value FROM federation_counter WHERE name = $1" };

const Query query_ack_get = { "federation.ack_get",
        "SELECT epoch, seq, digest, landed, set_aside, instant_ms, content, signature FROM "
        "federation_acknowledgement "
        "WHERE office = $1 AND stream = $2 AND signer = $3" };
const Query query_ack_put = { "federation.ack_put",
        "INSERT INTO federation_acknowledgement (office, stream, signer, epoch, seq, digest, landed, "
        "set_aside, "
        "instant_ms, content, signature, serial) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) "
        "ON CONFLICT (office, stream, signer) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, "
        "digest = excluded.digest, landed = excluded.landed, set_aside = excluded.set_aside, "
        "instant_ms = excluded.instant_ms, content = excluded.content, signature = excluded.signature, "
        "serial = excluded.serial" };
const Query query_ack_after = { "federation.ack_after",
        "SELECT office, stream, signer, content, signature, serial FROM federation_acknowledgement WHERE "
        "serial > $1 "
        "ORDER BY serial LIMIT $2" };
const Query query_ack_list = { "federation.ack_list",
        "SELECT office, stream, signer, epoch, seq, digest, landed, set_aside, instant_ms "
        "FROM federation_acknowledgement ORDER BY office, stream, signer" };
const Query query_alarm_insert = { "federation.alarm_insert",
        "INSERT INTO federation_alarm (serial, office, stream, epoch, seq, kind, peer, instant_ms) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)" };
const Query query_alarm_list = { "federation.alarm_list",
        "SELECT serial, office, stream, epoch, seq, kind, peer, instant_ms FROM federation_alarm "
        "ORDER BY serial DESC LIMIT $1" };
const Query query_state_get = { "federation.state_get",
        "SELECT state FROM federation_state WHERE office = $1 AND stream = $2" };
const Query query_state_put = {
        "federation.state_put",
        "INSERT INTO federation_state (office, stream, state, instant_ms) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (office, stream) DO UPDATE SET state = excluded.state, instant_ms = excluded.instant_ms"
};
const Query query_returned_clear = { "federation.returned_clear",
        "DELETE FROM federation_returned WHERE office = $1 AND holder = $2" };
const Query query_returned_insert = { "federation.returned_insert",
        "INSERT INTO federation_returned (office, holder, stream, record, id, version, epoch, seq, code, "
        "field) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (office, holder, record, id) DO "
        "NOTHING" };
const Query query_returned_list = { "federation.returned_list",
        "SELECT holder, stream, record, id, version, epoch, seq, code, field FROM federation_returned "
        "WHERE office = $1 ORDER BY holder, record, id LIMIT 500" };
const Query query_returned_total_put = { "federation.returned_total_put",
        "INSERT INTO federation_returned_total (office, holder, total, serial) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (office, holder) DO UPDATE SET total = excluded.total, serial = excluded.serial" };
const Query query_grant_get = { "federation.grant_get",
        "SELECT content, signature FROM federation_grant WHERE office = $1 AND stream = $2 AND epoch = $3" };
const Query query_grant_insert = { "federation.grant_insert",
        "INSERT INTO federation_grant (office, stream, epoch, content, signature, instant_ms) "
        "VALUES ($1, $2, $3, $4, $5, $6)" };
const Query query_grant_of_stream = { "federation.grant_of_stream",
        "SELECT epoch, content, signature FROM federation_grant WHERE office = $1 AND stream = $2 AND epoch "
        "> $3 "
        "ORDER BY epoch LIMIT 1" };

/* --- regulatory
 * ----------------------------------------------------------------------------------------------- */

const Query query_aside_put = { "federation.aside_put",
        "INSERT INTO federation_set_aside (office, record, id, version, stream, epoch, seq, code, field, "
        "waits_record, "
        "waits_id, body, open, instant_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, "
        "$13) "
        "ON CONFLICT (office, record, id) DO UPDATE SET version = excluded.version, stream = "
        "excluded.stream, "
        "epoch = excluded.epoch, seq = excluded.seq, code = excluded.code, field = excluded.field, "
        "waits_record = excluded.waits_record, waits_id = excluded.waits_id, body = excluded.body, open = "
        "1, "
        "instant_ms = excluded.instant_ms WHERE federation_set_aside.version <= excluded.version" };
const Query query_aside_get = {
        "federation.aside_get",
        "SELECT version FROM federation_set_aside WHERE office = $1 AND record = $2 AND id = $3 AND open = 1"
};
const Query query_aside_clear = { "federation.aside_clear",
        "UPDATE federation_set_aside SET open = 0, waits_record = 0, waits_id = 0 WHERE office = $1 AND "
        "record = $2 "
        "AND id = $3 AND version <= $4 AND open = 1" };
const Query query_aside_waiting = { "federation.aside_waiting",
        "SELECT record, id, stream, epoch, seq, body FROM federation_set_aside WHERE office = $1 AND "
        "waits_record = $2 "
        "AND waits_id = $3 AND open = 1 ORDER BY record, id" };
const Query query_aside_count = { "federation.aside_count",
        "SELECT CAST(COUNT(*) AS BIGINT) FROM federation_set_aside WHERE office = $1 AND stream = $2 AND "
        "open = 1" };
const Query query_aside_of = { "federation.aside_of",
        "SELECT stream, epoch, seq, record, id, version, code, field FROM federation_set_aside WHERE office "
        "= $1 "
        "AND open = 1 ORDER BY epoch, seq, record, id LIMIT 500" };
const Query query_aside_by_batch = { "federation.aside_by_batch",
        "SELECT record, id, version, code, field, open FROM federation_set_aside WHERE office = $1 AND "
        "stream = $2 "
        "AND epoch = $3 AND seq = $4 ORDER BY record, id LIMIT 500" };
const Query query_returned_serial_put = { "federation.returned_serial_put",
        "INSERT INTO federation_returned_total (office, holder, total, serial) VALUES ($1, $2, "
        "(SELECT CAST(COUNT(*) AS BIGINT) FROM federation_set_aside WHERE office = $1 AND open = 1), $3) "
        "ON CONFLICT (office, holder) DO UPDATE SET total = excluded.total, serial = excluded.serial" };
const Query query_returned_after = { "federation.returned_after",
        "SELECT office, holder, total, serial FROM federation_returned_total WHERE serial > $1 ORDER BY "
        "serial LIMIT $2" };

const Query query_cell_put = { "federation.cell_put",
        "INSERT INTO federation_cell (office, measure, month, nature, phase, category, revision, value) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (office, measure, month, nature, phase, "
        "category) "
        "DO UPDATE SET revision = excluded.revision, value = excluded.value "
        "WHERE federation_cell.revision < excluded.revision" };
const Query query_cells_of_month = { "federation.cells_of_month",
        "SELECT nature, phase, category, value FROM federation_cell WHERE office = $1 AND measure = $2 AND "
        "month = $3 "
        "ORDER BY nature, phase, category" };
const Query query_attest_due_put = { "federation.attest_due_put",
        "INSERT INTO federation_attest_due (office, month, instant_ms) VALUES ($1, $2, $3) ON CONFLICT "
        "(office, month) "
        "DO UPDATE SET instant_ms = excluded.instant_ms" };
const Query query_attest_again = { "federation.attest_again",
        "INSERT INTO federation_attest_due (office, month, instant_ms) SELECT office, month, CAST($3 AS "
        "BIGINT) "
        "FROM federation_attestation WHERE signer = $1 AND office = $2 AND verdict = 2 ON CONFLICT (office, "
        "month) "
        "DO UPDATE SET instant_ms = excluded.instant_ms" };
const Query query_attest_due_list = { "federation.attest_due_list",
        "SELECT office, month, instant_ms FROM federation_attest_due ORDER BY office, month LIMIT $1" };
const Query query_attest_due_clear = { "federation.attest_due_clear",
        "DELETE FROM federation_attest_due WHERE office = $1 AND month = $2 AND instant_ms = $3" };
const Query query_attestation_get = { "federation.attestation_get",
        "SELECT revision, verdict, digest, differing, serial FROM federation_attestation WHERE signer = $1 "
        "AND office = $2 AND month = $3" };
const Query query_attestation_put = { "federation.attestation_put",
        "INSERT INTO federation_attestation (signer, office, month, revision, verdict, digest, differing, "
        "serial) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (signer, office, month) DO UPDATE SET "
        "revision = excluded.revision, verdict = excluded.verdict, digest = excluded.digest, "
        "differing = excluded.differing, serial = excluded.serial "
        "WHERE federation_attestation.revision < excluded.revision" };
const Query query_attestation_after = { "federation.attestation_after",
        "SELECT office, month, revision, verdict, digest, differing, serial FROM federation_attestation "
        "WHERE signer = $1 AND serial > $2 ORDER BY serial LIMIT $3" };
const Query query_attestation_list = { "federation.attestation_list",
        "SELECT signer, office, month, revision, verdict, differing FROM federation_attestation "
        "ORDER BY office, month, signer" };
const Query query_unknown_put = { "federation.unknown_put",
        "INSERT INTO federation_unknown (office, stream, epoch, seq, record, row_count) "
        "VALUES ($1, $2, $3, $4, $5, $6)" };
const Query query_unknown_list = { "federation.unknown_list",
        "SELECT office, stream, epoch, seq, record FROM federation_unknown ORDER BY office, stream, epoch, "
        "seq, record "
        "LIMIT $1" };
const Query query_unknown_clear = { "federation.unknown_clear",
        "DELETE FROM federation_unknown WHERE office = $1 AND stream = $2 AND epoch = $3 AND seq = $4 AND "
        "record = $5" };

/* --- system
 * --------------------------------------------------------------------------------------------------- */

const Query query_entry_insert = { "federation.entry_insert",
        "INSERT INTO federation_directory (serial, office, version, parent, block_first, block_last, "
        "content, "
        "signature, source) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)" };
const Query query_entry_list = { "federation.entry_list",
        "SELECT serial, content, signature FROM federation_directory ORDER BY serial" };
const Query query_entry_after = { "federation.entry_after",
        "SELECT serial, content, signature, source FROM federation_directory WHERE serial > $1 ORDER BY "
        "serial LIMIT $2" };
const Query query_entry_serial = { "federation.entry_serial",
        "SELECT CAST(COALESCE(MAX(serial), 0) AS BIGINT) FROM federation_directory" };
const Query query_block_top = { "federation.block_top",
        "SELECT CAST(COALESCE(MAX(block_last), 0) AS BIGINT) FROM federation_directory WHERE parent = $1 "
        "AND office <> $1" };
const Query query_peer_get = { "federation.peer_get",
        "SELECT directory_known FROM federation_peer WHERE office = $1" };
const Query query_peer_put = { "federation.peer_put",
        "INSERT INTO federation_peer (office, directory_known, seen_ms) VALUES ($1, $2, $3) ON CONFLICT "
        "(office) "
        "DO UPDATE SET directory_known = excluded.directory_known, seen_ms = excluded.seen_ms" };

/* --- business: the county's own cells
 * -------------------------------------------------------------------------- */

const Query query_own_cells_after = {
        "federation.own_cells_after",
        "SELECT measure, month, nature, phase, category, revision, value, chain_seq FROM fact_cell WHERE "
        "office = $1 "
        "AND chain_seq > $2 AND chain_seq <= $3 ORDER BY chain_seq, measure, month, nature, phase, category"
};

/* --- figures for pages: one text per grouping, for landed cells and for the county's own
 * ----------------------- */

#define FIGURES(name_, table_, column_)                                                                     \
        {                                                                                                   \
                "federation." name_,                                                                        \
                        "SELECT office, " column_ " AS key, CAST(SUM(value) AS BIGINT) FROM " table_        \
                        " WHERE measure = $1 "                                                              \
                        "AND month >= $2 AND month <= $3 GROUP BY office, key"                              \
        }
#define FIGURES_OF(table_, name_)                                                                           \
        {                                                                                                   \
                FIGURES(name_ "_by_office", table_, "0"), FIGURES(name_ "_by_month", table_, "month"),      \
                        FIGURES(name_ "_by_nature", table_, "nature"),                                      \
                        FIGURES(name_ "_by_phase", table_, "phase"),                                        \
                        FIGURES(name_ "_by_category", table_, "category")                                   \
        }
const Query query_landed_figures[5] = FIGURES_OF("federation_cell", "landed");
const Query query_own_figures[5] = FIGURES_OF("fact_cell", "own");

const Query query_entry_newest = { "federation.entry_newest",
        "SELECT content FROM federation_directory WHERE office = $1 ORDER BY version DESC LIMIT 1" };
const Query query_enrolment_by_code = { "federation.enrolment_by_code",
        "SELECT * FROM enrolment WHERE office = $1 AND code_digest = $2" };
const Query query_enrolments = { "federation.enrolments",
        "SELECT id, office, version, name, division_code, level, expires, state, issued_by, approved_by, "
        "given "
        "FROM enrolment" };

/* A node stands in the directory once it has been enrolled. */
const Query query_office_enrolled = { "federation.office_enrolled",
        "SELECT COUNT(*) FROM federation_directory WHERE office = $1" };
