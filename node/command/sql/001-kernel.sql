-- The kernel's tables that stand in every store under the same name. Frozen once released.

-- One entry per committed command, in the order of commits.
CREATE TABLE chain (
        seq BIGINT NOT NULL PRIMARY KEY,        -- from 1, gapless
        instant BIGINT NOT NULL,                -- ms since 1970 UTC; for people, never for order
        office BIGINT NOT NULL,                 -- on whose behalf
        person BIGINT NOT NULL,                 -- 0: the system itself
        command TEXT NOT NULL,
        idempotency_key TEXT NOT NULL,          -- '' for the system
        input BYTEA NOT NULL,                   -- digest of the input, private values as MAC
        body_digest BYTEA NOT NULL,
        previous BYTEA NOT NULL,                -- head of seq - 1; zeros at the first
        head BYTEA NOT NULL,                    -- digest of the header in wire form
        body BYTEA NOT NULL                     -- wire form, see node/chain.h; at most 64 KiB
);
CREATE UNIQUE INDEX chain_key ON chain (person, command, idempotency_key) WHERE idempotency_key <> '';
CREATE INDEX chain_instant ON chain (instant);
--ledger: chain
--truth: chain seq

-- Which entries changed a row of a register or document: its history.
CREATE TABLE chain_row (
        record BIGINT NOT NULL,                 -- record number
        id BIGINT NOT NULL,
        seq BIGINT NOT NULL,
        PRIMARY KEY (record, id, seq)
);
--ledger: chain_row

-- The next serial of each table and office; the id is office << 32 | serial.
CREATE TABLE id_counter (
        record BIGINT NOT NULL,                 -- record number; 1: the vault
        office BIGINT NOT NULL,
        next BIGINT NOT NULL,
        PRIMARY KEY (record, office)
);

-- Private values; rows elsewhere hold only the id.
CREATE TABLE vault (
        id BIGINT NOT NULL PRIMARY KEY,
        office BIGINT NOT NULL,
        kind TEXT NOT NULL,                     -- kind of the blind index: id_number, phone, name
        key_version BIGINT NOT NULL,
        ciphertext BYTEA NOT NULL,              -- bound to store, office and id
        mac BYTEA NOT NULL,                     -- blind index: exact match only
        mask TEXT NOT NULL                      -- what pages may show
);
CREATE INDEX vault_mac ON vault (office, kind, mac);
--truth: vault id

-- Who sees whom, from the directory: derived, replaced as a whole.
CREATE TABLE office_closure (
        root BIGINT NOT NULL,
        office BIGINT NOT NULL,
        PRIMARY KEY (root, office)
);
