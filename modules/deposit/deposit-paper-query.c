/* SPDX-License-Identifier: Apache-2.0 */
/* What the papers of this module read: one row each. */

#include "deposit-paper.h"

const Query deposit_paper_notice = {
        "deposit.paper_notice",
        "SELECT n.notice_number, v.area_name, v.building_name, v.unit_name, v.room_number, v.covered_area, "
        "n.amount,"
        " n.issued_on, b.bank_name, b.account_name, b.account_number, n.qr_text"
        " FROM payment_notice n JOIN v_apartment v ON v.id = n.apartment_id"
        " JOIN v_bank_account b ON b.id = n.bank_account_id WHERE n.id = $1 AND n.office = $2 AND n.state < "
        "2",
};

/* Only what counts has a slip. The slip that was kept before a reversal stays what it was; none is made
 * after. */
const Query deposit_paper_slip = {
        "deposit.paper_slip",
        "SELECT y.notice_number, v.area_name, v.building_name, v.unit_name, v.room_number, v.covered_area, "
        "y.amount,"
        " y.value_date, y.accounting_date, b.bank_name, b.account_name, b.account_number, y.bank_reference,"
        " t.month, t.number, n.qr_text"
        " FROM payment y JOIN v_apartment v ON v.id = y.apartment_id JOIN payment_notice n ON n.id = "
        "y.notice_id"
        " JOIN v_bank_account b ON b.id = y.bank_account_id JOIN v_voucher t ON t.id = y.voucher_id"
        " WHERE y.id = $1 AND y.office = $2 AND y.state = 1",
};
