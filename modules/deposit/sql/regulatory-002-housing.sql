-- SPDX-License-Identifier: Apache-2.0
-- deposit, regulatory store: how landed transfers are found again. Frozen once released; later files only add.
CREATE INDEX position_transfer_day ON position_transfer (office, transferred_on);
--;
CREATE INDEX position_transfer_apartment ON position_transfer (office, apartment_id);
