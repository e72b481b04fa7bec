-- SPDX-License-Identifier: Apache-2.0
-- deposit, business store: documents by what people type.
CREATE INDEX payment_notice_typed ON payment_notice (notice_number, id);
--;
CREATE INDEX payment_typed ON payment (notice_number, id);
--;
CREATE INDEX payment_bank_reference ON payment (bank_reference, id);
