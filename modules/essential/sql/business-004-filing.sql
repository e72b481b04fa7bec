-- SPDX-License-Identifier: Apache-2.0
-- essential, business store: filings of buyers, and what became of filed rows. Frozen once released; later files only add.
ALTER TABLE building_filing ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;            -- 0 building table, 1 buyers
--;
ALTER TABLE building_filing ADD COLUMN property_area_id BIGINT NOT NULL DEFAULT 0; -- of the buyers; 0 none
--;
ALTER TABLE building_filing ADD COLUMN imported BIGINT NOT NULL DEFAULT 0;         -- instant, ms; 0 not yet
--;
ALTER TABLE building_filing ADD COLUMN rows_created BIGINT NOT NULL DEFAULT 0;     -- by the import
--;
ALTER TABLE building_filing ADD COLUMN rows_changed BIGINT NOT NULL DEFAULT 0;     -- by the import
--;
ALTER TABLE building_filing ADD COLUMN rows_unchanged BIGINT NOT NULL DEFAULT 0;   -- they were there already
--;
ALTER TABLE building_filing ADD COLUMN rows_left BIGINT NOT NULL DEFAULT 0;        -- left out by the import
