/* SPDX-License-Identifier: Apache-2.0 */
/* What an office may decide for itself about differences: a number each. */

#include "exchange-records.h"
#include "exchange-setting.h"

int exchange_second_person(Request *q, bool *ret) {
        int64_t value = 1;
        int r = setting_integer(q, &setting_exchange_second_person, &value);

        *ret = value != 0;
        return r;
}

int exchange_tolerance(Request *q, Area *ret) {
        int64_t value = 0;
        int r = setting_integer(q, &setting_area_tolerance, &value);

        *ret = (Area){ value };
        return r;
}
