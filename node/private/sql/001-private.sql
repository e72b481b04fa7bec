-- SPDX-License-Identifier: Apache-2.0
-- private, business store: who was shown whose private values, and what for. Frozen once released; later files only add.
CREATE TABLE private_opening (
        id BIGINT NOT NULL,          -- office number << 32 | serial
        office BIGINT NOT NULL,      -- who keeps the row
        version BIGINT NOT NULL,     -- 1 at insert
        chain_seq BIGINT NOT NULL,   -- chain entry that wrote it
        record_name TEXT NOT NULL,   -- whose values: name of the record
        record_id BIGINT NOT NULL,   -- id of that record
        case_name TEXT,              -- record of the case that gave them, none: a look by itself
        case_id BIGINT,              -- id of the case
        purpose TEXT NOT NULL,       -- code set private_purpose
        enquiry_number TEXT,         -- of a look by itself
        reason TEXT,                 -- of a look by itself
        person_id BIGINT,            -- who was shown them
        opened BIGINT NOT NULL,      -- instant, ms
        PRIMARY KEY (id)
);
--ledger: private_opening
--;
CREATE INDEX private_opening_person ON private_opening (office, person_id, opened);
--;
CREATE INDEX private_opening_record ON private_opening (office, record_name, record_id, id);
