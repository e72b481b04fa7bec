-- example, business store: first tables. Frozen once released; later files only add.
CREATE TABLE example_shelf (
        id BIGINT NOT NULL PRIMARY KEY,  -- office number << 32 | serial
        office BIGINT NOT NULL,          -- who keeps the row
        version BIGINT NOT NULL,         -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,       -- chain entry that wrote this version
        name TEXT NOT NULL,              -- unique within the office
        use TEXT NOT NULL,               -- code of example_use
        keeper BIGINT NOT NULL,          -- vault id of the keeper's name
        area BIGINT NOT NULL,            -- 0.01 m2
        opened BIGINT NOT NULL,          -- yyyymmdd
        note TEXT NOT NULL               -- '' when there is none
);
CREATE UNIQUE INDEX example_shelf_name ON example_shelf (office, name);
--truth: example_shelf id

CREATE TABLE example_order (
        id BIGINT NOT NULL PRIMARY KEY,
        office BIGINT NOT NULL,
        version BIGINT NOT NULL,
        chain_seq BIGINT NOT NULL,
        number BIGINT NOT NULL,          -- rising and gapless within office and year
        year BIGINT NOT NULL,
        shelf_id BIGINT NOT NULL,        -- example_shelf.id
        amount BIGINT NOT NULL,          -- fen
        state BIGINT NOT NULL,           -- 0 entered, 1 reviewed, 2 posted, 3 cancelled
        entered_by BIGINT NOT NULL,      -- person
        reviewed_by BIGINT NOT NULL      -- person, 0 before the review
);
CREATE UNIQUE INDEX example_order_number ON example_order (office, year, number);
--truth: example_order id

CREATE TABLE example_entry (
        id BIGINT NOT NULL PRIMARY KEY,
        office BIGINT NOT NULL,
        version BIGINT NOT NULL,
        chain_seq BIGINT NOT NULL,
        shelf_id BIGINT NOT NULL,        -- example_shelf.id
        order_id BIGINT NOT NULL,        -- example_order.id
        amount BIGINT NOT NULL           -- fen
);
CREATE INDEX example_entry_shelf ON example_entry (shelf_id);
--ledger: example_entry
--truth: example_entry id

CREATE TABLE example_balance (
        id BIGINT NOT NULL PRIMARY KEY,
        office BIGINT NOT NULL,
        version BIGINT NOT NULL,
        chain_seq BIGINT NOT NULL,
        shelf_id BIGINT NOT NULL,        -- example_shelf.id
        amount BIGINT NOT NULL           -- fen, sum of the shelf's entries
);
CREATE UNIQUE INDEX example_balance_shelf ON example_balance (office, shelf_id);
