-- SPDX-License-Identifier: Apache-2.0
-- essential, business store: common parts and facilities. Frozen once released; later files only add.
CREATE TABLE facility_category (
        id BIGINT NOT NULL,         -- office number << 32 | serial
        office BIGINT NOT NULL,     -- who keeps the row
        version BIGINT NOT NULL,    -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,  -- chain entry that wrote this version
        scope INTEGER NOT NULL,     -- 0 common parts, 1 common facilities
        parent_id BIGINT NOT NULL,  -- facility_category.id, 0 at level 1
        level BIGINT NOT NULL,      -- 1 to 5
        name TEXT NOT NULL,         -- name
        code TEXT,                  -- the office's own number, or the preset's
        cancelled INTEGER NOT NULL, -- 1 no longer offered
        PRIMARY KEY (id)
);
--;
CREATE INDEX facility_category_place ON facility_category (office, scope, parent_id, name);
--;
CREATE INDEX facility_category_code ON facility_category (office, scope, code);
--;
CREATE TABLE facility (
        id BIGINT NOT NULL,                -- office number << 32 | serial
        office BIGINT NOT NULL,            -- who keeps the row
        version BIGINT NOT NULL,           -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,         -- chain entry that wrote this version
        category_id BIGINT NOT NULL,       -- facility_category.id
        property_area_id BIGINT NOT NULL,  -- property_area.id
        building_id BIGINT NOT NULL,       -- building.id, 0 of the whole area
        unit_id BIGINT NOT NULL,           -- unit.id, 0 of the whole building or area
        name TEXT NOT NULL,                -- name
        model TEXT,                        -- model
        maker TEXT,                        -- manufacturer
        manufacture_date INTEGER,          -- yyyymmdd or none
        warranty_from INTEGER,             -- yyyymmdd or none
        warranty_to INTEGER,               -- last day of the warranty, yyyymmdd or none
        position TEXT,                     -- where it is
        benefit INTEGER NOT NULL,          -- 0 area, 1 building, 2 unit, 3 chosen apartments
        benefit_count BIGINT NOT NULL,     -- apartments it benefits, when last looked at
        benefit_area BIGINT NOT NULL,      -- their area, 0.01 m2
        benefit_checked INTEGER,           -- yyyymmdd it was last looked at
        channel INTEGER NOT NULL,          -- 0 window, 1 file, 2 interface
        cancelled INTEGER NOT NULL,        -- 1 taken out of the register
        PRIMARY KEY (id)
);
--;
CREATE INDEX facility_area ON facility (property_area_id, id);
--;
CREATE INDEX facility_building ON facility (building_id, id);
--;
CREATE INDEX facility_category_use ON facility (category_id, id);
--;
CREATE TABLE facility_benefit (
        id BIGINT NOT NULL,            -- office number << 32 | serial
        office BIGINT NOT NULL,        -- who keeps the row
        version BIGINT NOT NULL,       -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,     -- chain entry that wrote this version
        facility_id BIGINT NOT NULL,   -- facility.id
        apartment_id BIGINT NOT NULL,  -- apartment.id
        ended INTEGER NOT NULL,        -- 1 no longer
        PRIMARY KEY (id)
);
--;
CREATE UNIQUE INDEX facility_benefit_pair ON facility_benefit (office, facility_id, apartment_id);
--;
CREATE INDEX facility_benefit_apartment ON facility_benefit (apartment_id, facility_id);
--;
CREATE TABLE facility_work (
        id BIGINT NOT NULL,           -- office number << 32 | serial
        office BIGINT NOT NULL,       -- who keeps the row
        version BIGINT NOT NULL,      -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,    -- chain entry that wrote this version
        facility_id BIGINT NOT NULL,  -- facility.id
        kind INTEGER NOT NULL,        -- 0 repair, 1 upkeep, 2 inspection
        begun INTEGER NOT NULL,       -- first day, yyyymmdd
        ended INTEGER,                -- last day, yyyymmdd or none
        organization TEXT NOT NULL,   -- who did it
        cost BIGINT NOT NULL,         -- fen
        content TEXT NOT NULL,        -- what was done
        outcome TEXT,                 -- what came of it
        cancelled INTEGER NOT NULL,   -- 1 entered by mistake
        PRIMARY KEY (id)
);
--;
CREATE INDEX facility_work_facility ON facility_work (facility_id, id);
--;
-- Published view: whom each facility in use benefits. Extinct, split and merged apartments are no more. Columns are only
-- added.
CREATE VIEW v_facility_apartment AS
SELECT f.office AS office, f.id AS facility_id, p.id AS apartment_id, p.covered_area AS covered_area, p.state AS state
FROM facility f JOIN apartment p ON p.office = f.office AND p.property_area_id = f.property_area_id
WHERE f.benefit = 0 AND f.cancelled = 0 AND p.state IN (0, 1, 2)
UNION ALL
SELECT f.office, f.id, p.id, p.covered_area, p.state
FROM facility f JOIN apartment p ON p.office = f.office AND p.building_id = f.building_id
WHERE f.benefit = 1 AND f.cancelled = 0 AND p.state IN (0, 1, 2)
UNION ALL
SELECT f.office, f.id, p.id, p.covered_area, p.state
FROM facility f JOIN apartment p ON p.office = f.office AND p.unit_id = f.unit_id
WHERE f.benefit = 2 AND f.cancelled = 0 AND p.state IN (0, 1, 2)
UNION ALL
SELECT f.office, f.id, p.id, p.covered_area, p.state
FROM facility f JOIN facility_benefit b ON b.office = f.office AND b.facility_id = f.id
JOIN apartment p ON p.office = f.office AND p.id = b.apartment_id
WHERE f.benefit = 3 AND f.cancelled = 0 AND b.ended = 0 AND p.state IN (0, 1, 2);
