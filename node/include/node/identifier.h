/* SPDX-License-Identifier: Apache-2.0 */
/* Check digits of public identifiers: domain 6.1, 6.2, 6.4, 6.5. Pure.
 * Text is normalised first (no blanks, upper case). */
#pragma once

#include <node/macro.h>
#include <node/types.h>

typedef enum IdentifierFault {
        IDENTIFIER_OK = 0,
        IDENTIFIER_LENGTH,
        IDENTIFIER_CHARACTER,
        IDENTIFIER_DATE,     /* birth date does not exist or lies in the future */
        IDENTIFIER_CHECKSUM,
} IdentifierFault;

/* Full-width to ASCII, blanks removed, upper case, in place: what every check below expects. */
void identifier_normalise(char *text);
/* 公民身份号码 GB 11643, 18 characters; any area code, historic ones included. today bounds the birth date. */
IdentifierFault citizen_id_check(const char *text, Date today);
/* 统一社会信用代码 GB 32100, 18 characters. */
IdentifierFault credit_code_check(const char *text);
/* 联行号 CNAPS, 12 digits, ISO 7064 MOD 11,10. */
IdentifierFault cnaps_check(const char *text);
/* 不动产单元代码, 28 characters, form only. */
IdentifierFault real_estate_unit_check(const char *text);
