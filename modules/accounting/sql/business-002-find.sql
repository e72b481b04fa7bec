-- SPDX-License-Identifier: Apache-2.0
-- accounting, business store: vouchers by what people type.
CREATE INDEX voucher_month ON voucher (month, number);
--;
CREATE INDEX voucher_reference ON voucher (reference, id);
