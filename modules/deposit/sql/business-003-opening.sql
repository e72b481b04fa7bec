-- SPDX-License-Identifier: Apache-2.0
-- deposit, business store: what was due and paid before this system. Frozen once released; later files only add.
CREATE TABLE opening_position (
        id BIGINT NOT NULL,                -- office number << 32 | serial
        office BIGINT NOT NULL,            -- who keeps the row
        version BIGINT NOT NULL,           -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,         -- chain entry that wrote this version
        opening_id BIGINT NOT NULL,        -- opening_batch.id
        apartment_id BIGINT NOT NULL,      -- apartment.id
        property_area_id BIGINT NOT NULL,  -- property_area.id
        building_id BIGINT NOT NULL,       -- building.id
        owed BIGINT NOT NULL,              -- fen, negative: taken back
        paid BIGINT NOT NULL,              -- fen, negative: taken back
        households BIGINT NOT NULL,        -- 1 owes, -1 taken back
        households_paid BIGINT NOT NULL,   -- 1 made a first payment, -1 taken back
        opened_on INTEGER NOT NULL,        -- yyyymmdd
        nature INTEGER NOT NULL,           -- 0 commodity housing, 1 sold public housing
        phase INTEGER NOT NULL,            -- 0 hosted, 1 self-management
        PRIMARY KEY (id)
);
--ledger: opening_position
--;
CREATE INDEX opening_position_apartment ON opening_position (apartment_id);
--;
-- What came to an apartment without being assessed or paid here.
CREATE VIEW v_position_move AS
SELECT office, apartment_id, owed, paid, households, households_paid, transferred_on AS moved_on, nature, phase
FROM position_transfer
UNION ALL
SELECT office, apartment_id, owed, paid, households, households_paid, opened_on AS moved_on, nature, phase
FROM opening_position;
