-- SPDX-License-Identifier: Apache-2.0
-- deposit, business store: the area that was assessed goes along with split and merged housing. Frozen once released; later files only add.
ALTER TABLE position_transfer ADD COLUMN covered_area BIGINT NOT NULL DEFAULT 0; -- 0.01 m2 assessed, negative: taken from an old one
