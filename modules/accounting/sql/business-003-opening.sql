-- SPDX-License-Identifier: Apache-2.0
-- accounting, business store: balances brought from the old system. Frozen once released; later files only add.
CREATE TABLE opening_batch (
        id BIGINT NOT NULL,                -- office number << 32 | serial
        office BIGINT NOT NULL,            -- who keeps the row
        version BIGINT NOT NULL,           -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,         -- chain entry that wrote this version
        number TEXT NOT NULL,              -- number of the batch, per office and year
        property_area_id BIGINT NOT NULL,  -- property_area.id
        book_id BIGINT NOT NULL,           -- book.id
        nature INTEGER NOT NULL,           -- 0 commodity housing, 1 sold public housing
        phase INTEGER NOT NULL,            -- 0 hosted, 1 self-management
        households BIGINT NOT NULL,        -- lines
        due BIGINT NOT NULL,               -- fen, first payments due
        paid BIGINT NOT NULL,              -- fen, first payments made
        more BIGINT NOT NULL,              -- fen, renewals
        returns BIGINT NOT NULL,           -- fen, distributed to households
        used BIGINT NOT NULL,              -- fen, used for repairs
        principal BIGINT NOT NULL,         -- fen, what is left of payments
        interest BIGINT NOT NULL,          -- fen, what is left of returns
        balance BIGINT NOT NULL,           -- fen, principal and interest
        entered_by BIGINT NOT NULL,        -- person.id
        entered_on INTEGER NOT NULL,       -- yyyymmdd
        state INTEGER NOT NULL,            -- 0 entered, 1 posted, 2 withdrawn, 3 reversed
        cutover_date INTEGER,              -- yyyymmdd, the old system's last day
        reviewed_by BIGINT,                -- person.id
        voucher_id BIGINT,                 -- voucher.id
        closing_note TEXT,                 -- why withdrawn or reversed
        reversal_voucher_id BIGINT,        -- voucher.id
        PRIMARY KEY (id)
);
--;
CREATE UNIQUE INDEX opening_batch_number ON opening_batch (office, number);
--;
CREATE INDEX opening_batch_area ON opening_batch (property_area_id);
--;
CREATE TABLE opening_line (
        id BIGINT NOT NULL,                -- office number << 32 | serial
        office BIGINT NOT NULL,            -- who keeps the row
        version BIGINT NOT NULL,           -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,         -- chain entry that wrote this version
        opening_id BIGINT NOT NULL,        -- opening_batch.id
        apartment_id BIGINT NOT NULL,      -- apartment.id
        property_area_id BIGINT NOT NULL,  -- property_area.id
        building_id BIGINT NOT NULL,       -- building.id
        due BIGINT NOT NULL,               -- fen
        paid BIGINT NOT NULL,              -- fen
        more BIGINT NOT NULL,              -- fen
        returns BIGINT NOT NULL,           -- fen
        used BIGINT NOT NULL,              -- fen
        balance BIGINT NOT NULL,           -- fen
        principal BIGINT NOT NULL,         -- fen
        interest BIGINT NOT NULL,          -- fen
        last_paid_on INTEGER,              -- yyyymmdd
        bill_number TEXT,                  -- as the old system has it
        PRIMARY KEY (id)
);
--ledger: opening_line
--;
CREATE INDEX opening_line_opening ON opening_line (opening_id);
--;
CREATE INDEX opening_line_apartment ON opening_line (apartment_id);
--;
-- Published view: what the old system said of each dwelling.
CREATE VIEW v_opening_line AS
SELECT id, office, opening_id, apartment_id, property_area_id, building_id, due, paid, more, last_paid_on
FROM opening_line;
