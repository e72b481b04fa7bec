/* SPDX-License-Identifier: Apache-2.0 */
/* What a record becomes when it leaves its office: the fields that may leave, the table it lands in and the
 * statements for it, all derived from the field list once. The landed table has the record's name and column
 * names; its key is office and id; it grows by one migration per field, so a field added later does not
 * touch what is frozen. */
#pragma once

#include <internal/request-kernel.h>

typedef struct PlanReference {
        const Field *field;        /* of plan->record */
        const struct Plan *target; /* NULL: the referenced record does not travel */
} PlanReference;

typedef struct Plan {
        const Record *source; /* as the module declared it */
        Record record;        /* without local, sealed and line fields; same struct */
        int64_t stream;
        int64_t highest; /* highest field number: the record's version on the wire */
        Query put;       /* newer version wins; ledgers: once */
        Query version;   /* $1 office, $2 id */
        Query range;     /* at home: $1 office, $2 first id, $3 last id, $4 chain_seq */
        PlanReference *references;
        size_t n_references;
        Migration *migrations;
        size_t n_migrations;
} Plan;

/* All plans of a registry's datasets, by record number; made once per record and kept for the life of the
 * process. -EINVAL: a dataset without a known stream, or a record that cannot travel. */
typedef struct Plans {
        const Plan **plans;
        size_t n;
} Plans;
int plans_get(const Registry *registry, Plans *ret) _must_check_;
void plans_done(Plans *plans);
const Plan *plans_find(const Plans *plans, int64_t record);

#define PLAN_VALUES_MAX 256
/* Parameters of plan->put. */
size_t plan_values(const Plan *plan, const void *row, Value *ret_values);
