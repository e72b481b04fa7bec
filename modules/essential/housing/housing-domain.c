/* SPDX-License-Identifier: Apache-2.0 */
/* Why: shares, numbers and areas are judged in one place for pages, imports and interfaces alike. */

#include <string.h>

#include <node/date.h>
#include <node/identifier.h>

#include "housing-domain.h"

static int64_t common_divisor(int64_t a, int64_t b) {
        while (b) {
                int64_t rest = a % b;
                a = b;
                b = rest;
        }
        return a;
}

static int share_add(Share a, Share b, Share *ret) {
        int64_t left, right, sum, denominator;
        int64_t divisor = common_divisor(a.denominator, b.denominator);

        if (__builtin_mul_overflow(a.numerator, b.denominator / divisor, &left) ||
                __builtin_mul_overflow(b.numerator, a.denominator / divisor, &right) ||
                __builtin_add_overflow(left, right, &sum) ||
                __builtin_mul_overflow(a.denominator, b.denominator / divisor, &denominator))
                return -EOVERFLOW;
        divisor = common_divisor(sum, denominator);
        *ret = (Share){ sum / divisor, denominator / divisor };
        return 0;
}

int shares_sum(const Share *shares, size_t n, Share *ret) {
        Share sum = { 0, 1 };

        for (size_t i = 0; i < n; i++) {
                if (shares[i].numerator <= 0 || shares[i].denominator <= 0)
                        return -EINVAL;
                int r = share_add(sum, shares[i], &sum);
                if (r < 0)
                        return r;
        }
        *ret = sum;
        return 0;
}

bool shares_whole(const Share *shares, size_t n) {
        Share sum;

        return shares_sum(shares, n, &sum) == 0 && sum.numerator == sum.denominator;
}

const char *owner_number_fault(const char *number, int64_t kind, Date today) {
        IdentifierFault fault =
                kind == OWNER_ORGANIZATION ? credit_code_check(number) : citizen_id_check(number, today);

        switch (fault) {
        case IDENTIFIER_OK:
                return NULL;
        case IDENTIFIER_LENGTH:
                return "essential.id_length";
        case IDENTIFIER_CHARACTER:
                return "essential.id_character";
        case IDENTIFIER_DATE:
                return "essential.id_date";
        case IDENTIFIER_CHECKSUM:
                return "essential.id_checksum";
        }
        return "essential.id_checksum";
}

const char *apartment_area_fault(Area covered, Area inner, const char *use_code) {
        if (covered.centi_m2 <= 0 || (text_equal(use_code, HOME_USE) && covered.centi_m2 > HOME_AREA_MAX))
                return "essential.area_range";
        if (inner.centi_m2 > covered.centi_m2)
                return "essential.inner_area";
        return NULL;
}

bool essential_division_valid(const char *division) {
        size_t n = 0;

        if (!division)
                return false;
        for (; division[n]; n++)
                if (division[n] < '0' || division[n] > '9')
                        return false;
        return n == 6 || n == 9 || n == 12;
}

const char *building_table_row_fault(const BuildingTableRow *row, Date today, const char **ret_field) {
        const BuildingTableOwner *owners = row->owners.rows;
        const char *use = text_empty(row->use_code) ? HOME_USE : row->use_code;
        const char *fault = apartment_area_fault(row->covered_area, row->inner_area, use);

        *ret_field = fault && text_equal(fault, "essential.inner_area") ? "inner_area" : "covered_area";
        if (fault)
                return fault;
        *ret_field = "division";
        if (!text_empty(row->division) && !essential_division_valid(row->division))
                return "essential.division_invalid";
        *ret_field = "owners";
        if (row->owners.n == 0)
                return "essential.owners_missing";
        if (row->owners.n > BUILDING_TABLE_OWNERS_MAX)
                return "essential.owners_too_many";
        *ret_field = "id_number";
        for (size_t i = 0; i < row->owners.n; i++) {
                fault = owner_number_fault(owners[i].id_number, owners[i].kind, today);
                if (fault)
                        return fault;
                for (size_t j = 0; j < i; j++)
                        if (text_equal(owners[i].id_number, owners[j].id_number))
                                return "essential.owner_twice";
        }
        return NULL;
}

static bool digits_only(const char *text, size_t n) {
        return strspn(text, "0123456789") >= n;
}

bool real_estate_unit_code_valid(const char *code) {
        if (!code || strlen(code) != UNIT_CODE_CHARACTERS || !digits_only(code, 12) ||
                !strchr("GJZ", code[12]) || !strchr("ABCDEFGHSWXYZ", code[13]) ||
                !digits_only(code + 14, 5) || !strchr("FLQW", code[19]) || !digits_only(code + 20, 8))
                return false;
        if (code[19] == 'W')
                return text_equal(code + 20, "00000000");
        return code[19] != 'F' || strncmp(code + 20, "0000", 4) != 0;
}
