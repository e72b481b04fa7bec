-- SPDX-License-Identifier: Apache-2.0
-- deposit, business store: what is owed and paid follows split and merged housing. Frozen once released; later files only add.
CREATE TABLE position_transfer (
        id BIGINT NOT NULL,                -- office number << 32 | serial
        office BIGINT NOT NULL,            -- who keeps the row
        version BIGINT NOT NULL,           -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,         -- chain entry that wrote this version
        change_id BIGINT NOT NULL,         -- housing_change.id
        apartment_id BIGINT NOT NULL,      -- apartment.id
        property_area_id BIGINT NOT NULL,  -- property_area.id
        building_id BIGINT NOT NULL,       -- building.id
        owed BIGINT NOT NULL,              -- fen, negative: taken from an old one
        paid BIGINT NOT NULL,              -- fen, negative: taken from an old one
        households BIGINT NOT NULL,        -- households that owe, more or fewer
        households_paid BIGINT NOT NULL,   -- households that made a first payment, more or fewer
        transferred_on INTEGER NOT NULL,   -- yyyymmdd
        nature INTEGER NOT NULL,           -- 0 commodity housing, 1 sold public housing
        phase INTEGER NOT NULL,            -- 0 hosted, 1 self-management
        PRIMARY KEY (id)
);
--ledger: position_transfer
--;
CREATE INDEX position_transfer_apartment ON position_transfer (apartment_id);
--;
CREATE INDEX position_transfer_change ON position_transfer (change_id);
