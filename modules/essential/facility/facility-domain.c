/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of common parts and facilities that need no store. */

#include "facility-records.h"

bool facility_in_warranty(const Facility *facility, Date day) {
        int32_t from =
                facility->warranty_from.ymd ? facility->warranty_from.ymd : facility->manufacture_date.ymd;

        return facility->warranty_to.ymd != 0 && day.ymd >= from && day.ymd <= facility->warranty_to.ymd;
}

const char *facility_dates_fault(const Facility *facility, Date today, const char **ret_field) {
        int32_t made = facility->manufacture_date.ymd, from = facility->warranty_from.ymd,
                to = facility->warranty_to.ymd;

        *ret_field = "manufacture_date";
        if (made > today.ymd)
                return "essential.facility_manufactured_late";
        *ret_field = "warranty_from";
        if (from && made > from)
                return "essential.facility_warranty_order";
        *ret_field = "warranty_to";
        if (to && (to < from || to < made))
                return "essential.facility_warranty_order";
        return NULL;
}
