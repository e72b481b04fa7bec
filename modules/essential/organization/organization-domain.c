/* SPDX-License-Identifier: Apache-2.0 */
/* Why: pages, imports and interfaces judge an organization's code by one rule. */

#include <node/identifier.h>
#include <node/text.h>

#include "organization-domain.h"

const char *organization_code_fault(const char *credit_code, const char *local_code) {
        if (text_empty(credit_code))
                return text_empty(local_code) ? "essential.organization_code_missing" : NULL;
        switch (credit_code_check(credit_code)) {
        case IDENTIFIER_OK:
                return NULL;
        case IDENTIFIER_LENGTH:
                return "essential.credit_code_length";
        case IDENTIFIER_CHARACTER:
                return "essential.credit_code_character";
        case IDENTIFIER_DATE:
        case IDENTIFIER_CHECKSUM:
                break;
        }
        return "essential.credit_code_checksum";
}
