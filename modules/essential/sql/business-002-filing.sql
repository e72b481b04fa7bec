-- SPDX-License-Identifier: Apache-2.0
-- essential, business store: building tables that involved organizations filed. Frozen once released; later files only add.
CREATE TABLE building_filing (
        id BIGINT NOT NULL,               -- office number << 32 | serial
        office BIGINT NOT NULL,           -- who keeps the row
        version BIGINT NOT NULL,          -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,        -- chain entry that wrote this version
        organization_id BIGINT NOT NULL,  -- organization.id that filed
        area_name TEXT NOT NULL,          -- of the property area, as the unit calls it
        file_name TEXT NOT NULL,          -- as the browser called it
        digest TEXT NOT NULL,             -- of the file, hexadecimal; the blob
        rows_total BIGINT NOT NULL,       -- rows of the file
        rows_good BIGINT NOT NULL,        -- rows without a finding against them
        covered_area BIGINT NOT NULL,     -- sum of the good rows, 0.01 m2
        filed_by BIGINT NOT NULL,         -- person
        filed BIGINT NOT NULL,            -- instant, ms
        decided_by BIGINT NOT NULL,       -- person, 0 none
        decided BIGINT NOT NULL,          -- instant, ms; 0 none
        reason TEXT NOT NULL,             -- why it was returned
        state INTEGER NOT NULL,           -- 0 filed, 1 accepted, 2 returned
        PRIMARY KEY (id)
);
--;
CREATE INDEX building_filing_organization ON building_filing (office, organization_id, digest);
--;
CREATE INDEX building_filing_state ON building_filing (office, state);
