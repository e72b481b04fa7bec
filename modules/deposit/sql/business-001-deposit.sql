-- SPDX-License-Identifier: Apache-2.0
-- deposit, business store: first tables. Frozen once released; later files only add.
CREATE TABLE deposit_standard (
        id BIGINT NOT NULL,            -- office number << 32 | serial
        office BIGINT NOT NULL,        -- who keeps the row
        version BIGINT NOT NULL,       -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,     -- chain entry that wrote this version
        name TEXT NOT NULL,            -- name
        division TEXT,                 -- code or its prefix, none: everywhere
        property_area_id BIGINT,       -- area it holds for alone, none: all
        building_class TEXT NOT NULL,  -- code set building_class
        per_m2 BIGINT NOT NULL,        -- fen per square metre
        valid_from INTEGER NOT NULL,   -- yyyymmdd, first day
        valid_to INTEGER,              -- yyyymmdd, last day; none: holds today
        PRIMARY KEY (id)
);
--;
CREATE INDEX deposit_standard_from ON deposit_standard (office, valid_from);
--;
CREATE TABLE assessment (
        id BIGINT NOT NULL,                -- office number << 32 | serial
        office BIGINT NOT NULL,            -- who keeps the row
        version BIGINT NOT NULL,           -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,         -- chain entry that wrote this version
        property_area_id BIGINT NOT NULL,  -- property_area.id
        building_id BIGINT NOT NULL,       -- building.id
        apartment_id BIGINT NOT NULL,      -- apartment.id
        kind TEXT NOT NULL,                -- code set deposit_kind
        standard_id BIGINT NOT NULL,       -- deposit_standard.id
        per_m2 BIGINT NOT NULL,            -- fen per square metre
        covered_area BIGINT NOT NULL,      -- 0.01 m2
        owed BIGINT NOT NULL,              -- fen
        assessed_on INTEGER NOT NULL,      -- yyyymmdd
        nature INTEGER NOT NULL,           -- 0 commodity housing, 1 sold public housing
        phase INTEGER NOT NULL,            -- 0 hosted, 1 self-management
        PRIMARY KEY (id)
);
--ledger: assessment
--;
CREATE UNIQUE INDEX assessment_first ON assessment (apartment_id) WHERE kind = '00';
--;
CREATE INDEX assessment_apartment ON assessment (apartment_id);
--;
CREATE INDEX assessment_chain ON assessment (chain_seq);
--;
CREATE TABLE payment_notice (
        id BIGINT NOT NULL,                -- office number << 32 | serial
        office BIGINT NOT NULL,            -- who keeps the row
        version BIGINT NOT NULL,           -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,         -- chain entry that wrote this version
        year BIGINT NOT NULL,              -- year of the number
        number BIGINT NOT NULL,            -- gapless within office and year
        notice_number TEXT NOT NULL,       -- number as printed
        property_area_id BIGINT NOT NULL,  -- property_area.id
        building_id BIGINT NOT NULL,       -- building.id
        apartment_id BIGINT NOT NULL,      -- apartment.id
        kind TEXT NOT NULL,                -- code set deposit_kind
        amount BIGINT NOT NULL,            -- fen to pay
        bank_account_id BIGINT NOT NULL,   -- bank_account.id
        qr_text TEXT NOT NULL,             -- content of the QR code
        issued_on INTEGER NOT NULL,        -- yyyymmdd
        issued_by BIGINT,                  -- person.id
        state INTEGER NOT NULL,            -- 0 issued, 1 paid, 2 void
        PRIMARY KEY (id)
);
--;
CREATE UNIQUE INDEX payment_notice_number ON payment_notice (office, year, number);
--;
CREATE INDEX payment_notice_apartment ON payment_notice (apartment_id);
--;
CREATE INDEX payment_notice_text ON payment_notice (office, notice_number);
--;
CREATE INDEX payment_notice_chain ON payment_notice (chain_seq);
--;
CREATE TABLE payment (
        id BIGINT NOT NULL,                -- office number << 32 | serial
        office BIGINT NOT NULL,            -- who keeps the row
        version BIGINT NOT NULL,           -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,         -- chain entry that wrote this version
        notice_id BIGINT NOT NULL,         -- payment_notice.id
        notice_number TEXT NOT NULL,       -- number as printed
        property_area_id BIGINT NOT NULL,  -- property_area.id
        building_id BIGINT NOT NULL,       -- building.id
        apartment_id BIGINT NOT NULL,      -- apartment.id
        kind TEXT NOT NULL,                -- code set deposit_kind
        amount BIGINT NOT NULL,            -- fen paid
        method TEXT NOT NULL,              -- code set pay_method
        bank_account_id BIGINT NOT NULL,   -- bank_account.id
        bank_reference TEXT NOT NULL,      -- number of the bank transaction
        entered_on INTEGER NOT NULL,       -- yyyymmdd, business date
        value_date INTEGER NOT NULL,       -- yyyymmdd the bank had the money
        operator_id BIGINT,                -- person.id who entered it
        nature INTEGER NOT NULL,           -- 0 commodity housing, 1 sold public housing
        phase INTEGER NOT NULL,            -- 0 hosted, 1 self-management
        state INTEGER NOT NULL,            -- 0 entered, 1 posted, 2 refused, 3 void, 4 reversed
        reviewer_id BIGINT,                -- person.id who posted it
        accounting_date INTEGER,           -- yyyymmdd, decides the period
        voucher_id BIGINT,                 -- voucher.id
        closing_note TEXT,                 -- why it was refused, voided or reversed
        reversed_on INTEGER,               -- yyyymmdd
        reversal_voucher_id BIGINT,        -- voucher.id
        PRIMARY KEY (id)
);
--;
CREATE UNIQUE INDEX payment_notice_once ON payment (notice_id) WHERE state IN (0, 1);
--;
CREATE INDEX payment_apartment ON payment (apartment_id);
--;
CREATE INDEX payment_voucher ON payment (voucher_id);
--;
CREATE INDEX payment_chain ON payment (chain_seq);
--;
CREATE TABLE deposit_position (
        id BIGINT NOT NULL,                -- office number << 32 | serial
        office BIGINT NOT NULL,            -- who keeps the row
        version BIGINT NOT NULL,           -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,         -- chain entry that wrote this version
        property_area_id BIGINT NOT NULL,  -- property_area.id
        building_id BIGINT NOT NULL,       -- building.id
        owed BIGINT NOT NULL,              -- fen
        paid BIGINT NOT NULL,              -- fen of posted payments
        PRIMARY KEY (id)
);
--;
CREATE INDEX deposit_position_area ON deposit_position (property_area_id);
--;
-- Published view: owed and paid of an apartment.
CREATE VIEW v_deposit_position AS
SELECT id, office, property_area_id, building_id, owed, paid FROM deposit_position;
