-- The kernel's records of the business store; the same in every store, each under its own name. Frozen once released.

-- Numbers without gaps (see number_next).
CREATE TABLE number_series (
        id BIGINT NOT NULL PRIMARY KEY,
        office BIGINT NOT NULL,
        version BIGINT NOT NULL,
        chain_seq BIGINT NOT NULL,
        series TEXT NOT NULL,                   -- what is numbered
        period BIGINT NOT NULL,                 -- year, month or 0
        generation BIGINT NOT NULL,             -- a restore closes one and opens the next
        next BIGINT NOT NULL,                   -- the number that the next caller gets
        UNIQUE (office, series, period, generation)
);
--truth: number_series id

-- Commands refused on one record after a failed check, until a person releases them.
CREATE TABLE command_block (
        id BIGINT NOT NULL PRIMARY KEY,
        office BIGINT NOT NULL,
        version BIGINT NOT NULL,
        chain_seq BIGINT NOT NULL,
        command TEXT NOT NULL,
        subject BIGINT NOT NULL,                -- id of the record concerned; 0: only the same input again
        input TEXT NOT NULL,                    -- hex digest of the input when subject is 0
        instant BIGINT NOT NULL,                -- ms since 1970 UTC
        person BIGINT NOT NULL,                 -- whose call found it
        released BIGINT NOT NULL,               -- 0 or 1
        released_by BIGINT NOT NULL
);
CREATE INDEX command_block_open ON command_block (office, command, subject) WHERE released = 0;
--truth: command_block id

-- Who opened which private value, when and what for.
CREATE TABLE sealed_opening (
        id BIGINT NOT NULL PRIMARY KEY,
        office BIGINT NOT NULL,
        version BIGINT NOT NULL,
        chain_seq BIGINT NOT NULL,
        vault BIGINT NOT NULL,                  -- the value opened
        person BIGINT NOT NULL,
        instant BIGINT NOT NULL,                -- ms since 1970 UTC
        purpose TEXT NOT NULL
);
CREATE INDEX sealed_opening_vault ON sealed_opening (vault);
--ledger: sealed_opening
--truth: sealed_opening id

-- Flows by month and dimensions, kept in the transaction that posts; carried upward by revision.
CREATE TABLE fact_cell (
        office BIGINT NOT NULL,
        measure BIGINT NOT NULL,                -- number of the measure
        month BIGINT NOT NULL,                  -- yyyymm of the business date
        nature BIGINT NOT NULL,                 -- 1 commodity housing, 2 sold public housing
        phase BIGINT NOT NULL,                  -- 1 hosted, 2 self-management
        category BIGINT NOT NULL,               -- the measure's own split; 0 = none
        revision BIGINT NOT NULL,               -- from 1, +1 at each change
        value BIGINT NOT NULL,                  -- fen or pieces
        chain_seq BIGINT NOT NULL,              -- entry that changed it last
        PRIMARY KEY (office, measure, month, nature, phase, category)
);
CREATE INDEX fact_cell_chain_seq ON fact_cell (chain_seq);
