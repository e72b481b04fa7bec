-- SPDX-License-Identifier: Apache-2.0
-- deposit, regulatory store: how landed rows are found again. The tables are made by the federation from the field lists of
-- the datasets. Frozen once released; later files only add.
CREATE INDEX assessment_day ON assessment (office, assessed_on);
--;
CREATE INDEX payment_day ON payment (office, value_date);
--;
CREATE INDEX payment_reversed ON payment (office, reversed_on);
