-- SPDX-License-Identifier: Apache-2.0
-- essential, business store: papers that businesses ask for, and the files that answer. Frozen once released.
CREATE TABLE required_paper (
        id BIGINT NOT NULL,           -- office number << 32 | serial
        office BIGINT NOT NULL,       -- who keeps the row
        version BIGINT NOT NULL,      -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,    -- chain entry that wrote this version
        business TEXT NOT NULL,       -- code set business
        record_name TEXT NOT NULL,    -- name of the record it is attached to
        name TEXT NOT NULL,           -- of the paper
        required INTEGER NOT NULL,    -- 1 refused without it
        form INTEGER NOT NULL,        -- 0 original, 1 copy, 2 either
        note TEXT,                    -- what to bring
        valid_from INTEGER NOT NULL,  -- yyyymmdd, first day
        valid_to INTEGER,             -- yyyymmdd, last day; none: holds today
        PRIMARY KEY (id)
);
--;
CREATE TABLE attachment (
        id BIGINT NOT NULL,         -- office number << 32 | serial
        office BIGINT NOT NULL,     -- who keeps the row
        version BIGINT NOT NULL,    -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,  -- chain entry that wrote this version
        record_name TEXT NOT NULL,  -- name of the record it is attached to
        record_id BIGINT NOT NULL,  -- id of that record
        business TEXT NOT NULL,     -- code set business
        paper TEXT NOT NULL,        -- name of the paper
        digest TEXT NOT NULL,       -- of the file, hexadecimal; the blob
        size BIGINT NOT NULL,       -- bytes
        type TEXT NOT NULL,         -- code set attachment_type
        file_name TEXT,             -- as the browser called it
        pages BIGINT NOT NULL,      -- as the clerk counted, 0 unknown
        source INTEGER NOT NULL,    -- 0 file, 1 scanner, 2 camera
        reader_text BIGINT,         -- vault id of what an ID reader said, none: 0
        taken_by BIGINT,            -- person
        taken BIGINT NOT NULL,      -- instant, ms
        state INTEGER NOT NULL,     -- 0 current, 1 replaced, 2 withdrawn, 3 filed
        replaced_by BIGINT,         -- attachment.id
        PRIMARY KEY (id)
);
--;
CREATE TABLE attachment_view (
        id BIGINT NOT NULL,             -- office number << 32 | serial
        office BIGINT NOT NULL,         -- who keeps the row
        version BIGINT NOT NULL,        -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,      -- chain entry that wrote this version
        attachment_id BIGINT NOT NULL,  -- attachment.id
        person_id BIGINT,               -- who was given the file
        viewed BIGINT NOT NULL,         -- instant, ms
        PRIMARY KEY (id)
);
--ledger: attachment_view
--;
CREATE UNIQUE INDEX required_paper_name ON required_paper (office, business, record_name, name, valid_from);
--;
CREATE INDEX attachment_record ON attachment (office, record_name, record_id, state);
--;
CREATE INDEX attachment_view_attachment ON attachment_view (attachment_id, id);
