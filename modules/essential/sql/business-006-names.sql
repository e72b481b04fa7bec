-- SPDX-License-Identifier: Apache-2.0
-- essential, business store: a name is free again when its bearer has ended. Frozen once released; later files only add.
DROP INDEX property_area_name;
--;
CREATE UNIQUE INDEX property_area_name ON property_area (office, division, name) WHERE state < 1;
--;
CREATE INDEX property_area_names ON property_area (office, name, state);
--;
DROP INDEX building_name;
--;
CREATE UNIQUE INDEX building_name ON building (office, property_area_id, name) WHERE state < 1;
--;
CREATE INDEX building_names ON building (office, property_area_id, name, state);
--;
DROP INDEX unit_name;
--;
CREATE UNIQUE INDEX unit_name ON unit (office, building_id, name) WHERE state < 1;
--;
CREATE INDEX unit_names ON unit (office, building_id, name, state);
--;
DROP INDEX apartment_room;
--;
CREATE UNIQUE INDEX apartment_room ON apartment (office, unit_id, room_number) WHERE state < 3;
--;
-- Ended ones are few.
CREATE INDEX apartment_room_ended ON apartment (office, unit_id, room_number) WHERE state >= 3;
