/* SPDX-License-Identifier: Apache-2.0 */
/* Who filed the file that is being imported: a stranger to the register, who may add to it and not change
 * what it says of others (4.2.3). */
#pragma once

#include "housing-records.h"

typedef struct Filer {
        Id filing;        /* 0: a clerk's own file, who may */
        Id property_area; /* of a list of buyers */
        Id owner;         /* the organization itself as owner of what it has not sold; 0: never met */
        bool served;      /* it serves that area */
} Filer;

int filer_find(Request *q, Id filing_id, bool rehearsing, Filer *ret) _must_check_;
/* Whether only the filer holds the apartment, or nobody. *ret_n: how many hold it. */
int filer_holds(Request *q, const Filer *filer, Id apartment, bool *ret, size_t *ret_n) _must_check_;
/* Whether the register knows the number by another name or kind. */
int owner_known_otherwise(
        Request *q, const char *id_number, const char *name, int64_t kind, bool *ret) _must_check_;
