-- SPDX-License-Identifier: Apache-2.0
-- essential, business store: areas for modules above. Frozen once released; later files only add.
-- Published view: name, nature and phase of a property area.
CREATE VIEW v_property_area AS
SELECT id, office, name, division, nature, phase, state FROM property_area;
