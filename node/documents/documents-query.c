/* SPDX-License-Identifier: Apache-2.0 */
/* Every SQL text of this folder. */

#include "documents-record.h"

const Migration documents_migrations[] = {
        { STORE_BUSINESS, "documents/001-paper",
                "CREATE TABLE paper (\n"
                "  id BIGINT NOT NULL PRIMARY KEY,\n"
                "  office BIGINT NOT NULL,     -- who printed it\n"
                "  version BIGINT NOT NULL,    -- always 1: a ledger\n"
                "  chain_seq BIGINT NOT NULL,  -- entry that recorded it\n"
                "  kind TEXT NOT NULL,         -- name of the paper, deposit.slip\n"
                "  subject BIGINT NOT NULL,    -- id of the document printed\n"
                "  digest TEXT NOT NULL,       -- of the PDF, hexadecimal\n"
                "  size BIGINT NOT NULL,       -- bytes\n"
                "  pages BIGINT NOT NULL,      -- number of pages\n"
                "  cuts BIGINT NOT NULL        -- texts that had to be cut to stay in their box\n"
                ")\n"
                "--;\n"
                "--ledger: paper\n"
                "CREATE UNIQUE INDEX paper_subject ON paper (office, kind, subject)\n" },
        { STORE_BUSINESS, "documents/002-import-file",
                "CREATE TABLE import_file (\n"
                "  id BIGINT NOT NULL PRIMARY KEY,\n"
                "  office BIGINT NOT NULL,     -- into whose data\n"
                "  version BIGINT NOT NULL,    -- always 1: a ledger\n"
                "  chain_seq BIGINT NOT NULL,  -- entry that recorded it\n"
                "  kind TEXT NOT NULL,         -- name of the importer, building_table\n"
                "  file TEXT NOT NULL,         -- name the user gave it\n"
                "  digest TEXT NOT NULL,       -- of its bytes, hexadecimal; the blob's name\n"
                "  person BIGINT NOT NULL,     -- who brought it\n"
                "  imported BIGINT NOT NULL,   -- instant, ms\n"
                "  accepted BIGINT NOT NULL,   -- good rows\n"
                "  rejected BIGINT NOT NULL,   -- rows left out\n"
                "  created BIGINT NOT NULL,    -- rows that were new\n"
                "  changed BIGINT NOT NULL,    -- rows that changed something\n"
                "  unchanged BIGINT NOT NULL   -- rows already known as they are\n"
                ")\n"
                "--;\n"
                "--ledger: import_file\n"
                "CREATE INDEX import_file_digest ON import_file (office, kind, digest)\n" },
        { STORE_BUSINESS, "documents/003-upload",
                "CREATE TABLE upload (\n"
                "  digest TEXT NOT NULL,       -- of the file, hexadecimal\n"
                "  office BIGINT NOT NULL,     -- for whom it was brought\n"
                "  person BIGINT NOT NULL,     -- who brought it\n"
                "  instant BIGINT NOT NULL,    -- ms, the last time\n"
                "  PRIMARY KEY (digest, office, person)\n"
                ")\n" },
        { 0 },
};

const Query query_upload_keep = {
        "documents.upload_keep",
        "INSERT INTO upload (digest, office, person, instant) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (digest, office, person) DO UPDATE SET instant = excluded.instant",
};

const Query query_upload_own = {
        "documents.upload_own",
        "SELECT instant FROM upload WHERE digest = $1 AND office = $2 AND person = $3",
};

const Query query_paper_by_subject = {
        "documents.paper_by_subject",
        "SELECT digest, size FROM paper WHERE office = $1 AND kind = $2 AND subject = $3",
};

const Query query_papers = {
        "documents.papers",
        "SELECT id, office, kind, subject, digest, size, pages, cuts FROM paper",
};

const Query query_import_by_digest = {
        "documents.import_by_digest",
        "SELECT imported, person, file FROM import_file WHERE office = $1 AND kind = $2 AND digest = $3 "
        "ORDER BY id DESC LIMIT 1",
};

const Query query_imports = {
        "documents.imports",
        "SELECT id, office, kind, file, person, imported, accepted, rejected, created, changed, unchanged, "
        "digest "
        "FROM import_file",
};
