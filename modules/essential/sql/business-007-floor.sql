-- SPDX-License-Identifier: Apache-2.0
-- essential, business store: storeys that bear a name. Frozen once released; later files only add.
ALTER TABLE apartment ADD COLUMN floor_name TEXT NOT NULL DEFAULT ''; -- as people call it where it has no number of its own, '' by number
