-- SPDX-License-Identifier: Apache-2.0
-- essential, business store: who owns an apartment now, for modules above. Frozen once released; later files only add.
CREATE VIEW v_apartment_owner AS
SELECT s.office AS office, s.apartment_id AS apartment_id, s.owner_id AS owner_id
FROM ownership s WHERE COALESCE(s.valid_to, 0) = 0;
