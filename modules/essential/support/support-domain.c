/* SPDX-License-Identifier: Apache-2.0 */
/* Why: what a code says by its digits is judged in one place. */

#include <string.h>

#include <node/identifier.h>

#include "support-domain.h"

DivisionLevel division_level(const char *code) {
        size_t n = strlen(code);

        if (n > 9)
                return LEVEL_COMMUNITY;
        if (n > 6)
                return LEVEL_STREET;
        if (strcmp(code, "000000") == 0)
                return LEVEL_NATION;
        if (strcmp(code + 2, "0000") == 0)
                return LEVEL_PROVINCE;
        return strcmp(code + 4, "00") == 0 ? LEVEL_CITY : LEVEL_COUNTY;
}

void division_parent(const char *code, char ret[static DIVISION_CODE_MAX + 1]) {
        static const size_t kept[] = { [LEVEL_PROVINCE] = 0,
                [LEVEL_CITY] = 2,
                [LEVEL_COUNTY] = 4,
                [LEVEL_STREET] = 6,
                [LEVEL_COMMUNITY] = 9 };
        DivisionLevel level = division_level(code);

        strcpy(ret, "");
        if (level == LEVEL_NATION)
                return;
        strcpy(ret, level == LEVEL_COMMUNITY ? "000000000" : "000000");
        memcpy(ret, code, kept[level]);
}

const char *bank_number_fault(const char *cnaps, const char *bank_code) {
        IdentifierFault fault = cnaps_check(cnaps);

        if (fault == IDENTIFIER_LENGTH || fault == IDENTIFIER_CHARACTER)
                return "essential.cnaps_length";
        if (fault != IDENTIFIER_OK)
                return "essential.cnaps_checksum";
        if (strcmp(bank_code, BANK_OTHER) != 0 && strncmp(cnaps, bank_code, strlen(bank_code)) != 0)
                return "essential.cnaps_bank";
        return NULL;
}
