/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of support data: pure functions of values. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DIVISION_CODE_MAX 12
#define BANK_OTHER "000" /* a bank that the list does not name: its number is not compared */

typedef enum DivisionLevel {
        LEVEL_NATION = 0,
        LEVEL_PROVINCE = 1,
        LEVEL_CITY = 2,
        LEVEL_COUNTY = 3,
        LEVEL_STREET = 4,
        LEVEL_COMMUNITY = 5,
} DivisionLevel;

/* The level a well-formed code tells by itself (GB/T 2260, and the 9 and 12 digits of the statistics). */
DivisionLevel division_level(const char *code);
/* Code of the division above, "" for the nation. */
void division_parent(const char *code, char ret[static DIVISION_CODE_MAX + 1]);
/* Number already normalised. NULL when sound, otherwise the refusal's code. */
const char *bank_number_fault(const char *cnaps, const char *bank_code);
