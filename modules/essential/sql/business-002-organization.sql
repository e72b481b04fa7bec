-- SPDX-License-Identifier: Apache-2.0
-- essential, business store: organizations, banks, divisions, working days. Frozen once released; later files only add.
CREATE TABLE organization (
        id BIGINT NOT NULL,            -- office number << 32 | serial
        office BIGINT NOT NULL,        -- who keeps the row
        version BIGINT NOT NULL,       -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,     -- chain entry that wrote this version
        kind TEXT NOT NULL,            -- code set organization_kind
        name TEXT NOT NULL,            -- name
        credit_code TEXT NOT NULL,     -- unified social credit code, '' none
        local_code TEXT NOT NULL,      -- the office's own number where there is none
        division TEXT NOT NULL,        -- administrative division code
        address TEXT NOT NULL,         -- address
        legal_person BIGINT NOT NULL,  -- vault id, 0 none
        contact BIGINT NOT NULL,       -- vault id, 0 none
        phone BIGINT NOT NULL,         -- vault id, 0 none
        valid_from INTEGER NOT NULL,   -- yyyymmdd
        valid_to INTEGER NOT NULL,     -- yyyymmdd, first day it is no longer; 0 none
        successor_id BIGINT NOT NULL,  -- organization.id that followed, 0 none
        state INTEGER NOT NULL,        -- 0 active, 1 cancelled, 2 succeeded
        PRIMARY KEY (id)
);
--;
CREATE INDEX organization_credit_code ON organization (office, credit_code);
--;
CREATE INDEX organization_local_code ON organization (office, local_code);
--;
CREATE INDEX organization_successor ON organization (successor_id);
--;
CREATE TABLE area_service (
        id BIGINT NOT NULL,                -- office number << 32 | serial
        office BIGINT NOT NULL,            -- who keeps the row
        version BIGINT NOT NULL,           -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,         -- chain entry that wrote this version
        property_area_id BIGINT NOT NULL,  -- property_area.id
        organization_id BIGINT NOT NULL,   -- organization.id
        role TEXT NOT NULL,                -- code set organization_kind
        valid_from INTEGER NOT NULL,       -- yyyymmdd, first day
        valid_to INTEGER NOT NULL,         -- yyyymmdd, first day it no longer serves; 0 none
        PRIMARY KEY (id)
);
--;
CREATE INDEX area_service_area ON area_service (office, property_area_id, role);
--;
CREATE INDEX area_service_organization ON area_service (office, organization_id);
--;
CREATE TABLE bank (
        id BIGINT NOT NULL,           -- office number << 32 | serial
        office BIGINT NOT NULL,       -- who keeps the row
        version BIGINT NOT NULL,      -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,    -- chain entry that wrote this version
        bank_code TEXT NOT NULL,      -- code set bank
        name TEXT NOT NULL,           -- full name of the branch
        cnaps TEXT NOT NULL,          -- 12 digit bank number
        address TEXT NOT NULL,        -- address
        phone TEXT NOT NULL,          -- the branch's public phone
        valid_from INTEGER NOT NULL,  -- yyyymmdd
        valid_to INTEGER NOT NULL,    -- yyyymmdd, first day no longer in use; 0 none
        PRIMARY KEY (id)
);
--;
CREATE UNIQUE INDEX bank_cnaps ON bank (office, cnaps) WHERE valid_to = 0;
--;
CREATE TABLE division (
        id BIGINT NOT NULL,            -- office number << 32 | serial
        office BIGINT NOT NULL,        -- who keeps the row
        version BIGINT NOT NULL,       -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,     -- chain entry that wrote this version
        code TEXT NOT NULL,            -- 6, 9 or 12 digits
        name TEXT NOT NULL,            -- name
        level INTEGER NOT NULL,        -- 0 nation, 1 province, 2 city, 3 county, 4 street, 5 community
        parent_code TEXT NOT NULL,     -- code of the division above, '' for the nation
        kind INTEGER NOT NULL,         -- 0 official, 1 grouping, 2 statistical, 3 local
        valid_from INTEGER NOT NULL,   -- yyyymmdd, 0 unknown
        valid_to INTEGER NOT NULL,     -- yyyymmdd, first day it no longer holds; 0 none
        successor_id BIGINT NOT NULL,  -- division.id that followed, 0 none
        PRIMARY KEY (id)
);
--;
CREATE INDEX division_code ON division (office, code);
--;
CREATE INDEX division_parent ON division (office, parent_code, code);
--;
CREATE INDEX division_successor ON division (successor_id);
--;
CREATE TABLE calendar_day (
        id BIGINT NOT NULL,         -- office number << 32 | serial
        office BIGINT NOT NULL,     -- who keeps the row
        version BIGINT NOT NULL,    -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,  -- chain entry that wrote this version
        day INTEGER NOT NULL,       -- yyyymmdd
        kind INTEGER NOT NULL,      -- 0 holiday, 1 worked instead, 2 as its weekday says
        name TEXT NOT NULL,         -- of the festival
        PRIMARY KEY (id)
);
--;
CREATE UNIQUE INDEX calendar_day_day ON calendar_day (office, day);
--;
CREATE TABLE code_entry (
        id BIGINT NOT NULL,           -- office number << 32 | serial
        office BIGINT NOT NULL,       -- who keeps the row
        version BIGINT NOT NULL,      -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,    -- chain entry that wrote this version
        code_set TEXT NOT NULL,       -- name of a declared set
        code TEXT NOT NULL,           -- code
        name TEXT NOT NULL,           -- what people read
        parent TEXT NOT NULL,         -- code above it in the set, '' none
        external_code TEXT NOT NULL,  -- code of a standard, for exchange
        valid_from INTEGER NOT NULL,  -- yyyymmdd, 0 always
        valid_to INTEGER NOT NULL,    -- yyyymmdd, first day it is no longer chosen; 0 none
        PRIMARY KEY (id)
);
--;
CREATE UNIQUE INDEX code_entry_code ON code_entry (office, code_set, code);
