/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of the federation. Frozen once released; every key of what was received begins with the origin
 * office. */
#include "federation-query.h"

/* One shape for what was made here and what was received: relaying is sending what stands in the archive. */
#define ARCHIVE_TABLES                                                                                      \
        "CREATE TABLE federation_batch (\n"                                                                 \
        " office BIGINT NOT NULL, -- whose data, who signed\n"                                              \
        " stream BIGINT NOT NULL, -- 1 detail, 2 supervision, 3 facts, 4 backup, 5 attestation\n"           \
        " epoch BIGINT NOT NULL,\n"                                                                         \
        " seq BIGINT NOT NULL, -- from 1 in each epoch, gapless\n"                                          \
        " kind BIGINT NOT NULL, -- 1 delta, 2 baseline, 3 close\n"                                          \
        " digest BYTEA NOT NULL, -- of the header's bytes\n"                                                \
        " header BYTEA NOT NULL, -- as signed, never encoded again\n"                                       \
        " signature BYTEA NOT NULL, -- of the office, raw r then s\n"                                       \
        " body BYTEA NOT NULL, -- chunks as received\n"                                                     \
        " row_count BIGINT NOT NULL,\n"                                                                     \
        " packed_bytes BIGINT NOT NULL,\n"                                                                  \
        " instant_ms BIGINT NOT NULL, -- made or received here; for people\n"                               \
        " PRIMARY KEY (office, stream, epoch, seq))\n"                                                      \
        "--ledger: federation_batch\n"                                                                      \
        "--;\n"                                                                                             \
        "CREATE INDEX federation_batch_instant ON federation_batch (instant_ms)\n"                          \
        "--;\n"                                                                                             \
        "CREATE TABLE federation_receipt (\n"                                                               \
        " office BIGINT NOT NULL, -- kept for ever: the same number with another digest is a fork\n"        \
        " stream BIGINT NOT NULL,\n"                                                                        \
        " epoch BIGINT NOT NULL,\n"                                                                         \
        " seq BIGINT NOT NULL,\n"                                                                           \
        " digest BYTEA NOT NULL, -- of the batch\n"                                                         \
        " PRIMARY KEY (office, stream, epoch, seq))\n"                                                      \
        "--ledger: federation_receipt\n"                                                                    \
        "--;\n"                                                                                             \
        "CREATE TABLE federation_stream (\n"                                                                \
        " office BIGINT NOT NULL,\n"                                                                        \
        " stream BIGINT NOT NULL,\n"                                                                        \
        " epoch BIGINT NOT NULL, -- of the last batch in the archive\n"                                     \
        " seq BIGINT NOT NULL,\n"                                                                           \
        " digest BYTEA NOT NULL, -- of the last batch\n"                                                    \
        " chain_last BIGINT NOT NULL, -- last chain entry that was read into a batch\n"                     \
        " partial BIGINT NOT NULL, -- rows already taken of entry chain_last when it goes on, else 0\n"     \
        " landed BIGINT NOT NULL, -- rows in all batches so far\n"                                          \
        " detail_epoch BIGINT NOT NULL, -- facts: the sender's detail head of the same reading\n"           \
        " detail_seq BIGINT NOT NULL,\n"                                                                    \
        " instant_ms BIGINT NOT NULL, -- of the last batch; for people\n"                                   \
        " PRIMARY KEY (office, stream))\n"                                                                  \
        "--;\n"                                                                                             \
        "CREATE TABLE federation_acknowledgement (\n"                                                       \
        " office BIGINT NOT NULL,\n"                                                                        \
        " stream BIGINT NOT NULL,\n"                                                                        \
        " signer BIGINT NOT NULL, -- the tier that says it\n"                                               \
        " epoch BIGINT NOT NULL, -- everything up to here is durable there\n"                               \
        " seq BIGINT NOT NULL,\n"                                                                           \
        " digest BYTEA NOT NULL, -- of that batch\n"                                                        \
        " landed BIGINT NOT NULL, -- rows\n"                                                                \
        " set_aside BIGINT NOT NULL, -- rows standing aside\n"                                              \
        " instant_ms BIGINT NOT NULL, -- the signer's clock; for people\n"                                  \
        " content BYTEA NOT NULL, -- as signed\n"                                                           \
        " signature BYTEA NOT NULL,\n"                                                                      \
        " serial BIGINT NOT NULL, -- rises with every change here: what sessions have still to say\n"       \
        " PRIMARY KEY (office, stream, signer))\n"                                                          \
        "--;\n"                                                                                             \
        "CREATE INDEX federation_acknowledgement_serial ON federation_acknowledgement (serial)\n"           \
        "--;\n"                                                                                             \
        "CREATE TABLE federation_counter (\n"                                                               \
        " name TEXT NOT NULL PRIMARY KEY,\n"                                                                \
        " value BIGINT NOT NULL)\n"                                                                         \
        "--;\n"                                                                                             \
        "CREATE TABLE federation_alarm (\n"                                                                 \
        " serial BIGINT NOT NULL PRIMARY KEY,\n"                                                            \
        " office BIGINT NOT NULL,\n"                                                                        \
        " stream BIGINT NOT NULL,\n"                                                                        \
        " epoch BIGINT NOT NULL,\n"                                                                         \
        " seq BIGINT NOT NULL,\n"                                                                           \
        " kind TEXT NOT NULL, -- code of the error\n"                                                       \
        " peer BIGINT NOT NULL, -- who brought it\n"                                                        \
        " instant_ms BIGINT NOT NULL)\n"                                                                    \
        "--;\n"                                                                                             \
        "CREATE TABLE federation_state (\n"                                                                 \
        " office BIGINT NOT NULL,\n"                                                                        \
        " stream BIGINT NOT NULL,\n"                                                                        \
        " state BIGINT NOT NULL, -- 0 in step, 1 behind, 2 ahead, 3 fork, 4 unknown, 5 refused\n"           \
        " instant_ms BIGINT NOT NULL,\n"                                                                    \
        " PRIMARY KEY (office, stream))\n"                                                                  \
        "--;\n"                                                                                             \
        "CREATE TABLE federation_returned (\n"                                                              \
        " office BIGINT NOT NULL,\n"                                                                        \
        " holder BIGINT NOT NULL, -- where the row stands aside\n"                                          \
        " stream BIGINT NOT NULL,\n"                                                                        \
        " record BIGINT NOT NULL,\n"                                                                        \
        " id BIGINT NOT NULL,\n"                                                                            \
        " version BIGINT NOT NULL,\n"                                                                       \
        " epoch BIGINT NOT NULL,\n"                                                                         \
        " seq BIGINT NOT NULL,\n"                                                                           \
        " code TEXT NOT NULL, -- the rule it broke\n"                                                       \
        " field TEXT NOT NULL,\n"                                                                           \
        " PRIMARY KEY (office, holder, record, id))\n"                                                      \
        "--;\n"                                                                                             \
        "CREATE TABLE federation_returned_total (\n"                                                        \
        " office BIGINT NOT NULL,\n"                                                                        \
        " holder BIGINT NOT NULL,\n"                                                                        \
        " total BIGINT NOT NULL, -- rows standing aside at the holder\n"                                    \
        " serial BIGINT NOT NULL,\n"                                                                        \
        " PRIMARY KEY (office, holder))\n"                                                                  \
        "--;\n"                                                                                             \
        "CREATE TABLE federation_grant (\n"                                                                 \
        " office BIGINT NOT NULL,\n"                                                                        \
        " stream BIGINT NOT NULL,\n"                                                                        \
        " epoch BIGINT NOT NULL, -- given by the parent after a restore\n"                                  \
        " content BYTEA NOT NULL, -- as signed\n"                                                           \
        " signature BYTEA NOT NULL,\n"                                                                      \
        " instant_ms BIGINT NOT NULL,\n"                                                                    \
        " PRIMARY KEY (office, stream, epoch))\n"

#define REGULATORY_TABLES                                                                                   \
        "CREATE TABLE federation_set_aside (\n"                                                             \
        " office BIGINT NOT NULL,\n"                                                                        \
        " record BIGINT NOT NULL,\n"                                                                        \
        " id BIGINT NOT NULL,\n"                                                                            \
        " version BIGINT NOT NULL,\n"                                                                       \
        " stream BIGINT NOT NULL, -- and batch it came with\n"                                              \
        " epoch BIGINT NOT NULL,\n"                                                                         \
        " seq BIGINT NOT NULL,\n"                                                                           \
        " code TEXT NOT NULL, -- the rule it broke; federation.waits: parked\n"                             \
        " field TEXT NOT NULL,\n"                                                                           \
        " waits_record BIGINT NOT NULL, -- parked until this row lands; 0 = not parked\n"                   \
        " waits_id BIGINT NOT NULL,\n"                                                                      \
        " body BYTEA NOT NULL, -- wire form of the row\n"                                                   \
        " open BIGINT NOT NULL, -- 1 until a newer version has landed\n"                                    \
        " instant_ms BIGINT NOT NULL,\n"                                                                    \
        " PRIMARY KEY (office, record, id))\n"                                                              \
        "--;\n"                                                                                             \
        "CREATE INDEX federation_set_aside_waits ON federation_set_aside (office, waits_record, "           \
        "waits_id)\n"                                                                                       \
        "--;\n"                                                                                             \
        "CREATE TABLE federation_cell (\n"                                                                  \
        " office BIGINT NOT NULL,\n"                                                                        \
        " measure BIGINT NOT NULL, -- number of the measure\n"                                              \
        " month BIGINT NOT NULL, -- yyyymm\n"                                                               \
        " nature BIGINT NOT NULL,\n"                                                                        \
        " phase BIGINT NOT NULL,\n"                                                                         \
        " category BIGINT NOT NULL,\n"                                                                      \
        " revision BIGINT NOT NULL, -- the higher one wins\n"                                               \
        " value BIGINT NOT NULL, -- fen or count, a flow\n"                                                 \
        " PRIMARY KEY (office, measure, month, nature, phase, category))\n"                                 \
        "--;\n"                                                                                             \
        "CREATE INDEX federation_cell_measure ON federation_cell (measure, month)\n"                        \
        "--;\n"                                                                                             \
        "CREATE TABLE federation_attest_due (\n"                                                            \
        " office BIGINT NOT NULL,\n"                                                                        \
        " month BIGINT NOT NULL,\n"                                                                         \
        " instant_ms BIGINT NOT NULL, -- last landing that touched it\n"                                    \
        " PRIMARY KEY (office, month))\n"                                                                   \
        "--;\n"                                                                                             \
        "CREATE TABLE federation_attestation (\n"                                                           \
        " signer BIGINT NOT NULL, -- the holder of detail\n"                                                \
        " office BIGINT NOT NULL,\n"                                                                        \
        " month BIGINT NOT NULL,\n"                                                                         \
        " revision BIGINT NOT NULL,\n"                                                                      \
        " verdict BIGINT NOT NULL, -- 1 equal, 2 different\n"                                               \
        " digest BYTEA NOT NULL, -- over the recomputed cells\n"                                            \
        " differing TEXT NOT NULL, -- keys: measure/nature/phase/category, at most 20\n"                    \
        " serial BIGINT NOT NULL, -- rises with every change at the signer\n"                               \
        " PRIMARY KEY (signer, office, month))\n"                                                           \
        "--;\n"                                                                                             \
        "CREATE TABLE federation_unknown (\n"                                                               \
        " office BIGINT NOT NULL, -- rows of records this version does not know: landed after an upgrade\n" \
        " stream BIGINT NOT NULL,\n"                                                                        \
        " epoch BIGINT NOT NULL,\n"                                                                         \
        " seq BIGINT NOT NULL,\n"                                                                           \
        " record BIGINT NOT NULL,\n"                                                                        \
        " row_count BIGINT NOT NULL,\n"                                                                     \
        " PRIMARY KEY (office, stream, epoch, seq, record))\n"

#define SYSTEM_TABLES                                                                                       \
        "CREATE TABLE federation_directory (\n"                                                             \
        " serial BIGINT NOT NULL PRIMARY KEY, -- order of arrival here: causes before effects\n"            \
        " office BIGINT NOT NULL,\n"                                                                        \
        " version BIGINT NOT NULL,\n"                                                                       \
        " parent BIGINT NOT NULL, -- the root names itself\n"                                               \
        " block_first BIGINT NOT NULL, -- numbers the office may give\n"                                    \
        " block_last BIGINT NOT NULL,\n"                                                                    \
        " content BYTEA NOT NULL, -- as signed by the parent\n"                                             \
        " signature BYTEA NOT NULL,\n"                                                                      \
        " source BIGINT NOT NULL) -- neighbour it came from; 0 = made here\n"                               \
        "--ledger: federation_directory\n"                                                                  \
        "--truth: federation_directory serial\n"                                                            \
        "--;\n"                                                                                             \
        "CREATE UNIQUE INDEX federation_directory_version ON federation_directory (office, version)\n"      \
        "--;\n"                                                                                             \
        "CREATE TABLE federation_peer (\n"                                                                  \
        " office BIGINT NOT NULL PRIMARY KEY, -- a neighbour\n"                                             \
        " directory_known BIGINT NOT NULL, -- how far its directory was read\n"                             \
        " seen_ms BIGINT NOT NULL)\n"                                                                       \
        "--;\n"                                                                                             \
        "CREATE TABLE enrolment (\n"                                                                        \
        " id BIGINT NOT NULL PRIMARY KEY,\n"                                                                \
        " office BIGINT NOT NULL,\n"                                                                        \
        " version BIGINT NOT NULL,\n"                                                                       \
        " chain_seq BIGINT NOT NULL,\n"                                                                     \
        " name TEXT NOT NULL, -- of the joining office\n"                                                   \
        " division_code TEXT NOT NULL,\n"                                                                   \
        " level BIGINT NOT NULL, -- 1 county, 2 city, 3 province, 4 national\n"                             \
        " capabilities BIGINT NOT NULL,\n"                                                                  \
        " code_digest TEXT NOT NULL, -- hex; the code itself is shown once\n"                               \
        " expires BIGINT NOT NULL, -- ms\n"                                                                 \
        " issued_by BIGINT NOT NULL,\n"                                                                     \
        " state BIGINT NOT NULL, -- 0 issued, 1 requested, 2 granted, 3 refused\n"                          \
        " algorithm BIGINT NOT NULL,\n"                                                                     \
        " public_key TEXT NOT NULL, -- hex\n"                                                               \
        " fingerprint TEXT NOT NULL, -- hex, of the transport certificate\n"                                \
        " approved_by BIGINT NOT NULL,\n"                                                                   \
        " given BIGINT NOT NULL) -- number of the new office; 0 = not yet\n"

const Migration federation_migrations[] = {
        { STORE_SYSTEM, "federation/001-directory", SYSTEM_TABLES },
        { STORE_BUSINESS, "federation/001-archive", ARCHIVE_TABLES },
        { STORE_REGULATORY, "federation/001-archive", ARCHIVE_TABLES },
        { STORE_REGULATORY, "federation/002-landed", REGULATORY_TABLES },
        {},
};
