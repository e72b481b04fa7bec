-- SPDX-License-Identifier: Apache-2.0
-- accounting, business store: first tables. Frozen once released; later files only add.
CREATE TABLE book (
        id BIGINT NOT NULL,           -- office number << 32 | serial
        office BIGINT NOT NULL,       -- who keeps the row
        version BIGINT NOT NULL,      -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,    -- chain entry that wrote this version
        name TEXT NOT NULL,           -- name
        nature INTEGER NOT NULL,      -- 0 commodity housing, 1 sold public housing
        first_month BIGINT NOT NULL,  -- yyyymm the book begins with
        PRIMARY KEY (id)
);
--;
CREATE UNIQUE INDEX book_name ON book (office, name);
--;
CREATE TABLE ledger_account (
        id BIGINT NOT NULL,            -- office number << 32 | serial
        office BIGINT NOT NULL,        -- who keeps the row
        version BIGINT NOT NULL,       -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,     -- chain entry that wrote this version
        book_id BIGINT NOT NULL,       -- book.id
        code TEXT NOT NULL,            -- account code of the chart
        name TEXT NOT NULL,            -- name
        element INTEGER NOT NULL,      -- 0 asset, 1 liability, 2 net assets, 3 income, 4 expenditure
        normal_side INTEGER NOT NULL,  -- 0 debit, 1 credit
        PRIMARY KEY (id)
);
--;
CREATE UNIQUE INDEX ledger_account_code ON ledger_account (office, book_id, code);
--;
CREATE TABLE bank_account (
        id BIGINT NOT NULL,            -- office number << 32 | serial
        office BIGINT NOT NULL,        -- who keeps the row
        version BIGINT NOT NULL,       -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,     -- chain entry that wrote this version
        book_id BIGINT NOT NULL,       -- book.id
        bank_name TEXT NOT NULL,       -- bank and branch
        cnaps TEXT,                    -- 12 digit bank number
        account_name TEXT NOT NULL,    -- name of the holder
        account_number TEXT NOT NULL,  -- number at the bank
        property_area_id BIGINT,       -- area it serves alone, none: the whole book
        closed_on INTEGER,             -- yyyymmdd, none: in use
        PRIMARY KEY (id)
);
--;
CREATE UNIQUE INDEX bank_account_number ON bank_account (office, account_number);
--;
CREATE TABLE accounting_period (
        id BIGINT NOT NULL,         -- office number << 32 | serial
        office BIGINT NOT NULL,     -- who keeps the row
        version BIGINT NOT NULL,    -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,  -- chain entry that wrote this version
        book_id BIGINT NOT NULL,    -- book.id
        month BIGINT NOT NULL,      -- yyyymm
        state INTEGER NOT NULL,     -- 0 open, 1 closed
        closed_on INTEGER,          -- yyyymmdd
        closed_by BIGINT,           -- person.id
        PRIMARY KEY (id)
);
--;
CREATE UNIQUE INDEX accounting_period_month ON accounting_period (office, book_id, month);
--;
CREATE TABLE voucher (
        id BIGINT NOT NULL,                -- office number << 32 | serial
        office BIGINT NOT NULL,            -- who keeps the row
        version BIGINT NOT NULL,           -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,         -- chain entry that wrote this version
        book_id BIGINT NOT NULL,           -- book.id
        month BIGINT NOT NULL,             -- yyyymm
        number BIGINT NOT NULL,            -- gapless within book and month
        accounting_date INTEGER NOT NULL,  -- yyyymmdd, decides the period
        source TEXT NOT NULL,              -- code set voucher_source
        source_id BIGINT,                  -- document that caused it, none: by hand
        reference TEXT,                    -- number of that document
        amount BIGINT NOT NULL,            -- sum of debits, fen
        prepared_by BIGINT,                -- person.id of the maker
        reviewed_by BIGINT,                -- person.id of the checker
        reversal_of BIGINT,                -- voucher.id this one reverses
        PRIMARY KEY (id)
);
--ledger: voucher
--;
CREATE UNIQUE INDEX voucher_number ON voucher (office, book_id, month, number);
--;
CREATE UNIQUE INDEX voucher_reversal ON voucher (reversal_of) WHERE reversal_of > 0;
--;
CREATE INDEX voucher_chain ON voucher (chain_seq);
--;
CREATE INDEX voucher_source ON voucher (source_id);
--;
CREATE TABLE voucher_entry (
        id BIGINT NOT NULL,             -- office number << 32 | serial
        office BIGINT NOT NULL,         -- who keeps the row
        version BIGINT NOT NULL,        -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,      -- chain entry that wrote this version
        voucher_id BIGINT NOT NULL,     -- voucher.id
        book_id BIGINT NOT NULL,        -- book.id
        account_id BIGINT NOT NULL,     -- ledger_account.id
        account_code TEXT NOT NULL,     -- its code
        line BIGINT NOT NULL,           -- line within the voucher, from 1
        side INTEGER NOT NULL,          -- 0 debit, 1 credit
        amount BIGINT NOT NULL,         -- fen; negative in a reversal
        bank_account_id BIGINT,         -- bank_account.id
        balance_after BIGINT NOT NULL,  -- debits less credits of the account after this entry, fen
        PRIMARY KEY (id)
);
--ledger: voucher_entry
--;
CREATE UNIQUE INDEX voucher_entry_line ON voucher_entry (voucher_id, line);
--;
CREATE INDEX voucher_entry_account ON voucher_entry (account_id, id);
--;
CREATE TABLE household_entry (
        id BIGINT NOT NULL,                -- office number << 32 | serial
        office BIGINT NOT NULL,            -- who keeps the row
        version BIGINT NOT NULL,           -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,         -- chain entry that wrote this version
        voucher_id BIGINT NOT NULL,        -- voucher.id
        book_id BIGINT NOT NULL,           -- book.id
        apartment_id BIGINT NOT NULL,      -- apartment.id
        property_area_id BIGINT NOT NULL,  -- property_area.id
        phase INTEGER NOT NULL,            -- 0 hosted, 1 self-management
        control_code TEXT NOT NULL,        -- 3001, 3002, 4001, 5001 or 5101
        part INTEGER NOT NULL,             -- 0 principal, 1 distributed interest
        amount BIGINT NOT NULL,            -- fen the household gains, negative: loses
        business_date INTEGER NOT NULL,    -- yyyymmdd entered
        value_date INTEGER NOT NULL,       -- yyyymmdd the bank had the money
        accounting_date INTEGER NOT NULL,  -- yyyymmdd, decides the period
        balance_after BIGINT NOT NULL,     -- fen of the household after this entry
        permission_id BIGINT,              -- document that allows a balance below zero
        PRIMARY KEY (id)
);
--ledger: household_entry
--;
CREATE INDEX household_entry_voucher ON household_entry (voucher_id);
--;
CREATE INDEX household_entry_apartment ON household_entry (apartment_id, id);
--;
CREATE TABLE account_balance (
        id BIGINT NOT NULL,            -- office number << 32 | serial
        office BIGINT NOT NULL,        -- who keeps the row
        version BIGINT NOT NULL,       -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,     -- chain entry that wrote this version
        book_id BIGINT NOT NULL,       -- book.id
        account_code TEXT NOT NULL,    -- its code
        debit_total BIGINT NOT NULL,   -- fen
        credit_total BIGINT NOT NULL,  -- fen
        balance BIGINT NOT NULL,       -- debits less credits, fen
        PRIMARY KEY (id)
);
--;
CREATE TABLE household_balance (
        id BIGINT NOT NULL,                -- office number << 32 | serial
        office BIGINT NOT NULL,            -- who keeps the row
        version BIGINT NOT NULL,           -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,         -- chain entry that wrote this version
        book_id BIGINT NOT NULL,           -- book.id
        property_area_id BIGINT NOT NULL,  -- property_area.id
        principal BIGINT NOT NULL,         -- fen
        interest BIGINT NOT NULL,          -- fen, distributed
        balance BIGINT NOT NULL,           -- principal and interest, fen
        entry_count BIGINT NOT NULL,       -- entries so far
        PRIMARY KEY (id)
);
--;
CREATE INDEX household_balance_area ON household_balance (property_area_id);
--;
-- Published view: what an apartment has.
CREATE VIEW v_household_balance AS
SELECT id, office, book_id, property_area_id, principal, interest, balance, entry_count FROM household_balance;
--;
-- Published view: the special accounts money is paid into.
CREATE VIEW v_bank_account AS
SELECT id, office, book_id, bank_name, account_name, account_number, property_area_id, closed_on FROM bank_account;
--;
-- Published view: number of a voucher.
CREATE VIEW v_voucher AS
SELECT id, office, book_id, month, number, accounting_date, source, source_id, reference, amount, reversal_of
FROM voucher;
