-- SPDX-License-Identifier: Apache-2.0
-- essential, business store: split, merge and extinction of housing. Frozen once released; later files only add.
ALTER TABLE property_area ADD COLUMN state INTEGER NOT NULL DEFAULT 0; -- 0 normal, 1 extinct, 2 split, 3 merged
--;
ALTER TABLE building ADD COLUMN state INTEGER NOT NULL DEFAULT 0; -- 0 normal, 1 extinct, 2 split, 3 merged
--;
ALTER TABLE unit ADD COLUMN state INTEGER NOT NULL DEFAULT 0; -- 0 normal, 1 extinct, 2 split, 3 merged
--;
CREATE INDEX apartment_unit ON apartment (unit_id, id);
--;
CREATE TABLE housing_change (
        id BIGINT NOT NULL,                     -- office number << 32 | serial
        office BIGINT NOT NULL,                 -- who keeps the row
        version BIGINT NOT NULL,                -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,              -- chain entry that wrote this version
        year BIGINT NOT NULL,                   -- calendar year of the number
        number BIGINT NOT NULL,                 -- gapless within office and year
        change_number TEXT NOT NULL,            -- as people know it
        kind INTEGER NOT NULL,                  -- 0 split, 1 merge, 2 extinction
        level INTEGER NOT NULL,                 -- 0 apartment, 1 unit, 2 building, 3 property area
        property_area_id BIGINT NOT NULL,       -- property_area.id
        subject TEXT NOT NULL,                  -- names of the old ones
        reason TEXT NOT NULL,                   -- why
        requested_on INTEGER NOT NULL,          -- yyyymmdd
        requested_by BIGINT NOT NULL,           -- person.id
        checked_on INTEGER NOT NULL,            -- yyyymmdd or 0
        checked_by BIGINT NOT NULL,             -- person.id or 0
        effected_on INTEGER NOT NULL,           -- yyyymmdd or 0
        effected_by BIGINT NOT NULL,            -- person.id or 0
        closing_note TEXT NOT NULL,             -- why it was returned
        state INTEGER NOT NULL,                 -- 0 requested, 1 checked, 2 in effect, 3 returned, 4 withdrawn
        PRIMARY KEY (id)
);
--;
CREATE UNIQUE INDEX housing_change_number ON housing_change (office, year, number);
--;
CREATE INDEX housing_change_state ON housing_change (office, state, id);
--;
CREATE TABLE housing_change_old (
        id BIGINT NOT NULL,                     -- office number << 32 | serial
        office BIGINT NOT NULL,                 -- who keeps the row
        version BIGINT NOT NULL,                -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,              -- chain entry that wrote this version
        change_id BIGINT NOT NULL,              -- housing_change.id
        object_id BIGINT NOT NULL,              -- id of the apartment, unit, building or area, by level; 0: not made yet
        object_version BIGINT NOT NULL,         -- version when it was requested
        name TEXT NOT NULL,                     -- name
        covered_area BIGINT NOT NULL,           -- 0.01 m2
        PRIMARY KEY (id)
);
--;
CREATE INDEX housing_change_old_change ON housing_change_old (change_id, id);
--;
CREATE INDEX housing_change_old_object ON housing_change_old (object_id);
--;
CREATE TABLE housing_change_new (
        id BIGINT NOT NULL,                     -- office number << 32 | serial
        office BIGINT NOT NULL,                 -- who keeps the row
        version BIGINT NOT NULL,                -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,              -- chain entry that wrote this version
        change_id BIGINT NOT NULL,              -- housing_change.id
        position BIGINT NOT NULL,               -- place among the new ones, from 1
        name TEXT NOT NULL,                     -- name
        floor BIGINT NOT NULL,                  -- storey
        covered_area BIGINT NOT NULL,           -- 0.01 m2
        inner_area BIGINT NOT NULL,             -- 0.01 m2, 0 unknown
        use_code TEXT NOT NULL,                 -- code set house_use
        address TEXT NOT NULL,                  -- where it lies
        floors_total BIGINT NOT NULL,           -- storeys, 0 unknown
        object_id BIGINT NOT NULL,              -- id of the apartment, unit, building or area, by level; 0: not made yet
        PRIMARY KEY (id)
);
--;
CREATE UNIQUE INDEX housing_change_new_position ON housing_change_new (office, change_id, position);
--;
CREATE TABLE housing_change_owner (
        id BIGINT NOT NULL,                     -- office number << 32 | serial
        office BIGINT NOT NULL,                 -- who keeps the row
        version BIGINT NOT NULL,                -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,              -- chain entry that wrote this version
        change_id BIGINT NOT NULL,              -- housing_change.id
        position BIGINT NOT NULL,               -- place among the new ones, from 1
        owner_id BIGINT NOT NULL,               -- owner.id
        share_numerator BIGINT NOT NULL,        -- share of the title, upper part
        share_denominator BIGINT NOT NULL,      -- share of the title, lower part
        PRIMARY KEY (id)
);
--;
CREATE INDEX housing_change_owner_change ON housing_change_owner (change_id, id);
--;
CREATE TABLE housing_change_child (
        id BIGINT NOT NULL,                     -- office number << 32 | serial
        office BIGINT NOT NULL,                 -- who keeps the row
        version BIGINT NOT NULL,                -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,              -- chain entry that wrote this version
        change_id BIGINT NOT NULL,              -- housing_change.id
        position BIGINT NOT NULL,               -- place among the new ones, from 1
        child_id BIGINT NOT NULL,               -- id one level below
        name TEXT NOT NULL,                     -- name
        PRIMARY KEY (id)
);
--;
CREATE INDEX housing_change_child_change ON housing_change_child (change_id, id);
--;
CREATE TABLE housing_link (
        id BIGINT NOT NULL,                     -- office number << 32 | serial
        office BIGINT NOT NULL,                 -- who keeps the row
        version BIGINT NOT NULL,                -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,              -- chain entry that wrote this version
        change_id BIGINT NOT NULL,              -- housing_change.id
        level INTEGER NOT NULL,                 -- 0 apartment, 1 unit, 2 building, 3 property area
        old_id BIGINT NOT NULL,                 -- id of the one that ended
        new_id BIGINT NOT NULL,                 -- id of the one that follows
        generation BIGINT NOT NULL,             -- 1 by this change, more through earlier ones
        old_area BIGINT NOT NULL,               -- 0.01 m2
        new_area BIGINT NOT NULL,               -- 0.01 m2
        effected_on INTEGER NOT NULL,           -- yyyymmdd or 0
        PRIMARY KEY (id)
);
--ledger: housing_link
--;
CREATE INDEX housing_link_change ON housing_link (change_id);
--;
CREATE INDEX housing_link_old ON housing_link (old_id);
--;
CREATE INDEX housing_link_new ON housing_link (new_id);
--;
-- Published view: which became which.
CREATE VIEW v_housing_link AS
SELECT id, office, change_id, level, old_id, new_id, generation, old_area, new_area, effected_on FROM housing_link;
--;
-- Published view: a housing change as people know it.
CREATE VIEW v_housing_change AS
SELECT id, office, change_number, kind, level, property_area_id, subject, state, effected_on FROM housing_change;
