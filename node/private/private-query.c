/* SPDX-License-Identifier: Apache-2.0 */
/* SQL texts of openings; one text for both engines. */

#include "private-query.h"

const Query private_opened_since = {
        "private.opened_since",
        "SELECT COUNT(*) FROM private_opening WHERE office = $1 AND person_id = $2 AND opened > $3",
};
const Query private_view_openings = {
        "private.view_openings",
        "SELECT id, opened, person_id, record_name, record_id, purpose, case_name, case_id, enquiry_number,"
        " reason, office FROM private_opening",
};
