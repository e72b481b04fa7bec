-- SPDX-License-Identifier: Apache-2.0
-- essential, business store: first tables. Frozen once released; later files only add.
CREATE TABLE property_area (
        id BIGINT NOT NULL,         -- office number << 32 | serial
        office BIGINT NOT NULL,     -- who keeps the row
        version BIGINT NOT NULL,    -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,  -- chain entry that wrote this version
        name TEXT NOT NULL,         -- name
        division TEXT NOT NULL,     -- administrative division code, 6, 9 or 12 digits
        address TEXT,               -- where it lies
        nature INTEGER NOT NULL,    -- 0 commodity housing, 1 sold public housing
        phase INTEGER NOT NULL,     -- 0 hosted, 1 self-management
        PRIMARY KEY (id)
);
--;
CREATE UNIQUE INDEX property_area_name ON property_area (office, division, name);
--;
CREATE TABLE building (
        id BIGINT NOT NULL,                -- office number << 32 | serial
        office BIGINT NOT NULL,            -- who keeps the row
        version BIGINT NOT NULL,           -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,         -- chain entry that wrote this version
        property_area_id BIGINT NOT NULL,  -- property_area.id
        name TEXT NOT NULL,                -- name
        floors_total BIGINT NOT NULL,      -- storeys, 0 unknown
        address TEXT,                      -- where it lies
        PRIMARY KEY (id)
);
--;
CREATE UNIQUE INDEX building_name ON building (office, property_area_id, name);
--;
CREATE TABLE unit (
        id BIGINT NOT NULL,                -- office number << 32 | serial
        office BIGINT NOT NULL,            -- who keeps the row
        version BIGINT NOT NULL,           -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,         -- chain entry that wrote this version
        property_area_id BIGINT NOT NULL,  -- property_area.id
        building_id BIGINT NOT NULL,       -- building.id
        name TEXT NOT NULL,                -- name
        PRIMARY KEY (id)
);
--;
CREATE UNIQUE INDEX unit_name ON unit (office, building_id, name);
--;
CREATE TABLE apartment (
        id BIGINT NOT NULL,                -- office number << 32 | serial
        office BIGINT NOT NULL,            -- who keeps the row
        version BIGINT NOT NULL,           -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,         -- chain entry that wrote this version
        property_area_id BIGINT NOT NULL,  -- property_area.id
        building_id BIGINT NOT NULL,       -- building.id
        unit_id BIGINT NOT NULL,           -- unit.id
        room_number TEXT NOT NULL,         -- room label as written on the door
        floor BIGINT NOT NULL,             -- storey, negative below ground, 0 unknown
        covered_area BIGINT NOT NULL,      -- 0.01 m2
        inner_area BIGINT NOT NULL,        -- 0.01 m2, 0 unknown
        use_code TEXT NOT NULL,            -- code set house_use
        elevator INTEGER NOT NULL,         -- 1 with elevator
        delivery_date INTEGER,             -- yyyymmdd or none
        state INTEGER NOT NULL,            -- 0 normal, 1 not sharing, 2 account closed, 3 extinct, 4 split, 5 merged
        PRIMARY KEY (id)
);
--;
CREATE UNIQUE INDEX apartment_room ON apartment (office, unit_id, room_number);
--;
CREATE INDEX apartment_area ON apartment (property_area_id, id);
--;
CREATE INDEX apartment_building ON apartment (building_id, id);
--;
CREATE TABLE owner (
        id BIGINT NOT NULL,                -- office number << 32 | serial
        office BIGINT NOT NULL,            -- who keeps the row
        version BIGINT NOT NULL,           -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,         -- chain entry that wrote this version
        property_area_id BIGINT NOT NULL,  -- area it was registered in: scope of the name index
        name BIGINT NOT NULL,              -- vault id of the name
        id_number BIGINT NOT NULL,         -- vault id of the identity or credit number
        kind INTEGER NOT NULL,             -- 0 citizen, 1 organization
        PRIMARY KEY (id)
);
--;
CREATE INDEX owner_id_number ON owner (id_number);
--;
CREATE TABLE ownership (
        id BIGINT NOT NULL,                 -- office number << 32 | serial
        office BIGINT NOT NULL,             -- who keeps the row
        version BIGINT NOT NULL,            -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,          -- chain entry that wrote this version
        apartment_id BIGINT NOT NULL,       -- apartment.id
        owner_id BIGINT NOT NULL,           -- owner.id
        share_numerator BIGINT NOT NULL,    -- share of the title, upper part
        share_denominator BIGINT NOT NULL,  -- share of the title, lower part
        valid_from INTEGER NOT NULL,        -- yyyymmdd, first day
        valid_to INTEGER,                   -- yyyymmdd, first day it no longer holds; none: holds today
        PRIMARY KEY (id)
);
--;
CREATE UNIQUE INDEX ownership_holder ON ownership (office, apartment_id, owner_id, valid_from);
--;
CREATE INDEX ownership_owner ON ownership (owner_id);
--;
CREATE TABLE import_part (
        id BIGINT NOT NULL,              -- office number << 32 | serial
        office BIGINT NOT NULL,          -- who keeps the row
        version BIGINT NOT NULL,         -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,       -- chain entry that wrote this version
        file_digest TEXT NOT NULL,       -- digest of the file in hexadecimal
        part BIGINT NOT NULL,            -- number of the part within the file
        rows_total BIGINT NOT NULL,      -- rows given
        rows_created BIGINT NOT NULL,    -- apartments made
        rows_changed BIGINT NOT NULL,    -- apartments changed
        rows_unchanged BIGINT NOT NULL,  -- apartments as they were
        PRIMARY KEY (id)
);
--;
CREATE UNIQUE INDEX import_part_file ON import_part (office, file_digest, part);
--;
-- Published view: an apartment with the names above it. Columns are only added.
CREATE VIEW v_apartment AS
SELECT p.id AS id, p.office AS office, p.property_area_id AS property_area_id, a.name AS area_name,
        a.division AS division, a.nature AS nature, a.phase AS phase,
        p.building_id AS building_id, b.name AS building_name, p.unit_id AS unit_id, u.name AS unit_name,
        p.room_number AS room_number, p.floor AS floor, p.covered_area AS covered_area,
        p.inner_area AS inner_area, p.use_code AS use_code, p.elevator AS elevator,
        p.delivery_date AS delivery_date, p.state AS state
FROM apartment p
JOIN property_area a ON a.id = p.property_area_id
JOIN building b ON b.id = p.building_id
JOIN unit u ON u.id = p.unit_id;
