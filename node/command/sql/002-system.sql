-- The kernel's records of the system store; the same in every store, each under its own name. Frozen once released.

-- Numbers without gaps (see number_next).
CREATE TABLE number_series_system (
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
--truth: number_series_system id

-- Commands refused on one record after a failed check, until a person releases them.
CREATE TABLE command_block_system (
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
CREATE INDEX command_block_system_open ON command_block_system (office, command, subject) WHERE released = 0;
--truth: command_block_system id

-- Who opened which private value, when and what for.
CREATE TABLE sealed_opening_system (
        id BIGINT NOT NULL PRIMARY KEY,
        office BIGINT NOT NULL,
        version BIGINT NOT NULL,
        chain_seq BIGINT NOT NULL,
        vault BIGINT NOT NULL,                  -- the value opened
        person BIGINT NOT NULL,
        instant BIGINT NOT NULL,                -- ms since 1970 UTC
        purpose TEXT NOT NULL
);
CREATE INDEX sealed_opening_system_vault ON sealed_opening_system (vault);
--ledger: sealed_opening_system
--truth: sealed_opening_system id
