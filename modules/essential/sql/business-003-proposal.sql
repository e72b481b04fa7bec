-- SPDX-License-Identifier: Apache-2.0
-- essential, business store: changes that wait for other persons. Frozen once released; later files only add.
CREATE TABLE change_proposal (
        id BIGINT NOT NULL,                     -- office number << 32 | serial
        office BIGINT NOT NULL,                 -- who keeps the row
        version BIGINT NOT NULL,                -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,              -- chain entry that wrote this version
        year BIGINT NOT NULL,                   -- calendar year of the number
        number BIGINT NOT NULL,                 -- gapless within office and year
        proposal_number TEXT NOT NULL,          -- as people know it
        command TEXT NOT NULL,                  -- name of the command
        command_label TEXT NOT NULL,            -- its label
        property_area_id BIGINT NOT NULL,       -- property_area.id or 0
        building_id BIGINT NOT NULL,            -- building.id or 0
        unit_id BIGINT NOT NULL,                -- unit.id or 0
        apartment_id BIGINT NOT NULL,           -- apartment.id or 0
        owner_id BIGINT NOT NULL,               -- owner.id or 0
        subject_version BIGINT NOT NULL,        -- version that was seen
        private_name BIGINT NOT NULL,           -- vault id of a proposed name
        private_number BIGINT NOT NULL,         -- vault id of a proposed number
        persons BIGINT NOT NULL,                -- 2 or 3, as the setting was
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
CREATE UNIQUE INDEX change_proposal_number ON change_proposal (office, year, number);
--;
CREATE INDEX change_proposal_state ON change_proposal (office, state, id);
--;
CREATE INDEX change_proposal_apartment ON change_proposal (apartment_id);
--;
CREATE TABLE proposal_field (
        id BIGINT NOT NULL,                     -- office number << 32 | serial
        office BIGINT NOT NULL,                 -- who keeps the row
        version BIGINT NOT NULL,                -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,              -- chain entry that wrote this version
        proposal_id BIGINT NOT NULL,            -- change_proposal.id
        field TEXT NOT NULL,                    -- name of the input field
        label TEXT NOT NULL,                    -- its label
        before TEXT NOT NULL,                   -- value when it was requested, as people read it
        after TEXT NOT NULL,                    -- value that is proposed
        PRIMARY KEY (id)
);
--;
CREATE INDEX proposal_field_proposal ON proposal_field (proposal_id, id);
--;
CREATE TABLE proposal_input (
        id BIGINT NOT NULL,                     -- office number << 32 | serial
        office BIGINT NOT NULL,                 -- who keeps the row
        version BIGINT NOT NULL,                -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,              -- chain entry that wrote this version
        proposal_id BIGINT NOT NULL,            -- change_proposal.id
        wire TEXT NOT NULL,                     -- input without private fields, hexadecimal
        PRIMARY KEY (id)
);
--;
CREATE INDEX proposal_input_proposal ON proposal_input (proposal_id, id);
