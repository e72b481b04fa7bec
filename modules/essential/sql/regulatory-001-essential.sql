-- SPDX-License-Identifier: Apache-2.0
-- essential, regulatory store: what is read from landed rows. The tables are made by the federation from the field lists of
-- the datasets. Frozen once released; later files only add.
-- Published view: a landed apartment with the names above it. Columns are only added.
CREATE VIEW v_apartment AS
SELECT p.id AS id, p.office AS office, p.property_area_id AS property_area_id, a.name AS area_name,
        a.division AS division, a.nature AS nature, a.phase AS phase,
        p.building_id AS building_id, b.name AS building_name, p.unit_id AS unit_id, u.name AS unit_name,
        p.room_number AS room_number, p.floor AS floor, p.covered_area AS covered_area,
        p.inner_area AS inner_area, p.use_code AS use_code, p.elevator AS elevator,
        p.delivery_date AS delivery_date, p.state AS state
FROM apartment p
JOIN property_area a ON a.office = p.office AND a.id = p.property_area_id
JOIN building b ON b.office = p.office AND b.id = p.building_id
JOIN unit u ON u.office = p.office AND u.id = p.unit_id;
