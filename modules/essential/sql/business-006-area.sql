-- SPDX-License-Identifier: Apache-2.0
-- essential, business store: what a housing change ends, for modules above. Frozen once released; later files only add.
-- Published view: the places that a change is about.
CREATE VIEW v_housing_change_old AS
SELECT id, office, change_id, object_id, name FROM housing_change_old;
