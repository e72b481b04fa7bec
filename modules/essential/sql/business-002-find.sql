-- SPDX-License-Identifier: Apache-2.0
-- essential, business store: what Ctrl+K walks. Areas and buildings are few and need no index of their own.
CREATE INDEX apartment_room_number ON apartment (room_number, id);
