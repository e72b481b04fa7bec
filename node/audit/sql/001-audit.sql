-- Who saw what. Technical tables of the system store, append only; their own chain of digests goes into the node's
-- chain by audit.seal. Frozen once released.

-- One reading: a record's page, a page of a list, an export, a print, an opened private value.
CREATE TABLE access_entry (
        id BIGINT NOT NULL PRIMARY KEY,         -- from 1, gapless
        instant BIGINT NOT NULL,                -- ms since 1970 UTC
        office BIGINT NOT NULL,                 -- on whose behalf
        person BIGINT NOT NULL,
        session BIGINT NOT NULL,                -- 0: not through a session
        address TEXT NOT NULL,                  -- of the browser
        kind TEXT NOT NULL,                     -- code set access_kind
        name TEXT NOT NULL,                     -- of the record, view or paper
        subject BIGINT NOT NULL,                -- id of the record shown or printed; 0: a list
        filter TEXT NOT NULL,                   -- of a list: as in its address
        entries BIGINT NOT NULL,                -- rows shown
        number TEXT NOT NULL,                   -- of an export, as it stands on the file; or the purpose of an opening
        digest TEXT NOT NULL,                   -- hex digest of the file given out; '' for a page
        ids BYTEA NOT NULL                      -- which rows: see access-ids.c
);
CREATE INDEX access_entry_person ON access_entry (person, id);
CREATE INDEX access_entry_number ON access_entry (number) WHERE number <> '';
CREATE INDEX access_entry_instant ON access_entry (instant);
--ledger: access_entry

-- Which entries showed something of a block of 1,024 ids: the way from a household to those who saw it.
CREATE TABLE access_block (
        record BIGINT NOT NULL,                 -- record number
        block BIGINT NOT NULL,                  -- id / 1024
        entry BIGINT NOT NULL,
        PRIMARY KEY (record, block, entry)
);
--ledger: access_block

-- One flush of the ledger: digest over its entries and over the flush before.
CREATE TABLE access_batch (
        seq BIGINT NOT NULL PRIMARY KEY,        -- from 1, gapless
        instant BIGINT NOT NULL,                -- ms since 1970 UTC
        last BIGINT NOT NULL,                   -- last entry of it
        entries BIGINT NOT NULL,
        previous BYTEA NOT NULL,                -- head of the one before; zeros at the first
        head BYTEA NOT NULL
);
--ledger: access_batch

-- Once a day and at each stop: how far the ledger went, in the node's chain.
CREATE TABLE access_seal (
        id BIGINT NOT NULL PRIMARY KEY,
        office BIGINT NOT NULL,
        version BIGINT NOT NULL,
        chain_seq BIGINT NOT NULL,
        instant BIGINT NOT NULL,                -- ms since 1970 UTC
        batch BIGINT NOT NULL,                  -- last flush
        entries BIGINT NOT NULL,                -- of all flushes so far
        head TEXT NOT NULL                      -- hex digest of that flush
);
--ledger: access_seal

-- What the node was when it last ran: version, digest of its configuration. Technical.
CREATE TABLE node_state (
        name TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL
);
