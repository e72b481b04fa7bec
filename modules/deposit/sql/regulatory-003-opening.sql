-- SPDX-License-Identifier: Apache-2.0
-- deposit, regulatory store: landed openings beside landed transfers. Frozen once released; later files only add.
CREATE INDEX opening_position_day ON opening_position (office, opened_on);
--;
CREATE INDEX opening_position_apartment ON opening_position (office, apartment_id);
--;
-- What came to an apartment without being assessed or paid at its office.
CREATE VIEW v_position_move AS
SELECT office, apartment_id, owed, paid, households, households_paid, transferred_on AS moved_on, nature, phase
FROM position_transfer
UNION ALL
SELECT office, apartment_id, owed, paid, households, households_paid, opened_on AS moved_on, nature, phase
FROM opening_position;
