/* SPDX-License-Identifier: Apache-2.0 */
/* The words that offices write in lists of organizations. */
#pragma once

#include <essential/sheet-codes.h>

typedef enum OrganizationColumn {
        ORGANIZATION_NAME = 1,
        ORGANIZATION_KIND,
        ORGANIZATION_CREDIT_CODE,
        ORGANIZATION_LOCAL_CODE,
        ORGANIZATION_DIVISION,
        ORGANIZATION_ADDRESS,
        ORGANIZATION_LEGAL_PERSON,
        ORGANIZATION_CONTACT,
        ORGANIZATION_PHONE,
        ORGANIZATION_COLUMNS,
} OrganizationColumn;

extern const SheetWord organization_headings[];
extern const char *const organization_fields_taken[ORGANIZATION_COLUMNS];
extern const SheetWord organization_kinds[];   /* word -> code, as a number */
extern const SheetWord organization_nothing[]; /* written for "no code" */
extern const FindingText organization_texts[];
extern const char organization_list_label[];
