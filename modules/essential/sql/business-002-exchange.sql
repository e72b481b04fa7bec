-- SPDX-License-Identifier: Apache-2.0
-- essential, business store: exchange with survey, market and registration systems. Frozen once released.
ALTER TABLE apartment ADD COLUMN real_estate_unit_code TEXT;  -- 28 characters, none unknown
--;
CREATE UNIQUE INDEX apartment_unit_code ON apartment (office, real_estate_unit_code)
        WHERE real_estate_unit_code <> '';
--;
CREATE TABLE exchange_partner (
        id BIGINT NOT NULL,                    -- office number << 32 | serial
        office BIGINT NOT NULL,                -- who keeps the row
        version BIGINT NOT NULL,               -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,             -- chain entry that wrote this version
        name TEXT NOT NULL,                    -- name
        kind INTEGER NOT NULL,                 -- see exchange-records.c
        person_id BIGINT NOT NULL,             -- person it acts as
        fingerprint TEXT NOT NULL,             -- SHA-256 of its certificate, hexadecimal
        public_key TEXT,                       -- algorithm and point, hexadecimal; none: messages unsigned
        push_building_table INTEGER NOT NULL,  -- 1 may push
        push_areas INTEGER NOT NULL,           -- 1 may push
        push_ownership INTEGER NOT NULL,       -- 1 may push
        pull_building_table INTEGER NOT NULL,  -- 1 may ask
        pull_deposit INTEGER NOT NULL,         -- 1 may ask
        contact TEXT,                          -- who runs it
        valid_from INTEGER NOT NULL,           -- yyyymmdd, first day
        valid_to INTEGER,                      -- yyyymmdd, last day; none: holds today
        requested_by BIGINT,                   -- person
        approved_by BIGINT,                    -- person
        state INTEGER NOT NULL,                -- see exchange-records.c
        closing_note TEXT,                     -- why it was closed
        PRIMARY KEY (id)
);
--;
CREATE TABLE exchange_list (
        id BIGINT NOT NULL,              -- office number << 32 | serial
        office BIGINT NOT NULL,          -- who keeps the row
        version BIGINT NOT NULL,         -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,       -- chain entry that wrote this version
        partner_id BIGINT,               -- exchange_partner.id, none: a file
        kind INTEGER NOT NULL,           -- see exchange-records.c
        reference TEXT NOT NULL,         -- survey report or batch number
        stage INTEGER NOT NULL,          -- 0 none, 1 forecast, 2 measured
        rows_total BIGINT NOT NULL,      -- rows given
        rows_unchanged BIGINT NOT NULL,  -- rows that agree
        rows_different BIGINT NOT NULL,  -- rows that differ
        rows_unmatched BIGINT NOT NULL,  -- rows without an apartment or at fault
        state INTEGER NOT NULL,          -- see exchange-records.c
        PRIMARY KEY (id)
);
--;
CREATE TABLE exchange_message (
        id BIGINT NOT NULL,              -- office number << 32 | serial
        office BIGINT NOT NULL,          -- who keeps the row
        version BIGINT NOT NULL,         -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,       -- chain entry that wrote this version
        list_id BIGINT NOT NULL,         -- exchange_list.id
        partner_id BIGINT,               -- exchange_partner.id, none: a file
        message_number TEXT NOT NULL,    -- by the partner
        rows_total BIGINT NOT NULL,      -- rows given
        rows_unchanged BIGINT NOT NULL,  -- rows that agree
        rows_different BIGINT NOT NULL,  -- rows that differ
        rows_unmatched BIGINT NOT NULL,  -- rows without an apartment or at fault
        received BIGINT NOT NULL,        -- instant, ms
        PRIMARY KEY (id)
);
--;
CREATE TABLE exchange_difference (
        id BIGINT NOT NULL,           -- office number << 32 | serial
        office BIGINT NOT NULL,       -- who keeps the row
        version BIGINT NOT NULL,      -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,    -- chain entry that wrote this version
        list_id BIGINT NOT NULL,      -- exchange_list.id
        message_id BIGINT NOT NULL,   -- exchange_message.id
        row_number BIGINT NOT NULL,   -- row of the message, from 1
        apartment_id BIGINT,          -- apartment.id, none: we have no such
        item INTEGER NOT NULL,        -- what differs, see exchange-records.c
        place TEXT,                   -- as the partner wrote it
        ours TEXT,                    -- what we hold, as text
        theirs TEXT,                  -- what the partner says, as text
        ours_area BIGINT NOT NULL,    -- 0.01 m2
        theirs_area BIGINT NOT NULL,  -- 0.01 m2
        area_name TEXT,               -- of a missing apartment
        building TEXT,                -- of a missing apartment
        unit TEXT,                    -- of a missing apartment
        room_number TEXT,             -- of a missing apartment
        floor BIGINT NOT NULL,        -- of a missing apartment, or the other storey
        inner_area BIGINT NOT NULL,   -- of a missing apartment, 0.01 m2
        use_code TEXT,                -- of a missing apartment
        unit_code TEXT,               -- real estate unit, 28 characters
        registration_number TEXT,     -- of the land register
        effective_on INTEGER,         -- yyyymmdd, first day of the new owners
        state INTEGER NOT NULL,       -- see exchange-records.c
        fault TEXT,                   -- refusal code of a row at fault
        reason TEXT,                  -- why it was accepted or refused
        decided_by BIGINT,            -- person
        checked_by BIGINT,            -- person
        PRIMARY KEY (id)
);
--;
CREATE TABLE exchange_owner (
        id BIGINT NOT NULL,                 -- office number << 32 | serial
        office BIGINT NOT NULL,             -- who keeps the row
        version BIGINT NOT NULL,            -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,          -- chain entry that wrote this version
        difference_id BIGINT NOT NULL,      -- exchange_difference.id
        name BIGINT NOT NULL,               -- vault id of the name
        id_number BIGINT NOT NULL,          -- vault id of the number
        kind INTEGER NOT NULL,              -- 0 citizen, 1 organization
        share_numerator BIGINT NOT NULL,    -- share of the title, upper part
        share_denominator BIGINT NOT NULL,  -- share of the title, lower part
        PRIMARY KEY (id)
);
--;
CREATE TABLE exchange_access (
        id BIGINT NOT NULL,          -- office number << 32 | serial
        office BIGINT NOT NULL,      -- who keeps the row
        version BIGINT NOT NULL,     -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,   -- chain entry that wrote this version
        partner_id BIGINT NOT NULL,  -- exchange_partner.id
        kind INTEGER NOT NULL,       -- see exchange-records.c
        subject TEXT,                -- what was asked for
        asked BIGINT NOT NULL,       -- instant, ms
        PRIMARY KEY (id)
);
--ledger: exchange_access
--;
CREATE UNIQUE INDEX exchange_partner_fingerprint ON exchange_partner (office, fingerprint);
--;
CREATE UNIQUE INDEX exchange_list_reference ON exchange_list (office, partner_id, kind, reference);
--;
CREATE UNIQUE INDEX exchange_message_number ON exchange_message (office, partner_id, message_number);
--;
CREATE INDEX exchange_message_list ON exchange_message (list_id, id);
--;
CREATE INDEX exchange_difference_list ON exchange_difference (list_id, state, id);
--;
CREATE INDEX exchange_difference_apartment ON exchange_difference (apartment_id, id);
--;
CREATE INDEX exchange_owner_difference ON exchange_owner (difference_id, id);
--;
CREATE INDEX exchange_access_partner ON exchange_access (partner_id, id);
--;
-- Published view: areas that differ, for those who know what follows from them. Columns are only added.
CREATE VIEW v_area_difference AS
SELECT d.id AS id, d.office AS office, d.list_id AS list_id, d.apartment_id AS apartment_id,
        d.ours_area AS ours_area, d.theirs_area AS theirs_area, d.state AS state
FROM exchange_difference d
WHERE d.item = 0;
--;
-- Published view: the code of the land register beside v_apartment. Columns are only added.
CREATE VIEW v_apartment_code AS
SELECT id, office, real_estate_unit_code, chain_seq AS change_number
FROM apartment;
