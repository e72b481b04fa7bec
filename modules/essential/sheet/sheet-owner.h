/* SPDX-License-Identifier: Apache-2.0 */
/* The owners of one row: names split, numbers checked. */
#pragma once

#include <essential/essential.h>

typedef struct SheetOwnerFault {
        const char *code, *warning; /* codes of findings, or NULL */
} SheetOwnerFault;

/* OWNER_MISSING, OWNER_ID_COUNT, ID_…, USCC_CHECKSUM. -ENOMEM. */
int sheet_owners(const char *names, const char *numbers, Date today, Arena *arena, Lines *ret,
        SheetOwnerFault *ret_fault) _must_check_;
/* Numbers alone, each checked as above and all joined by 、. */
int sheet_owner_numbers(const char *numbers, Date today, Arena *arena, const char **ret,
        SheetOwnerFault *ret_fault) _must_check_;
