/* SPDX-License-Identifier: Apache-2.0 */
/* Statements and tables of landed records, written from field lists; names come from .def files only. */
#include "plan.h"

#include <assert.h>
#include <federation/session.h>
#include <node/error.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PLANS_MAX 256
#define SQL_BYTES_MAX (64u << 10)

static pthread_mutex_t plans_lock = PTHREAD_MUTEX_INITIALIZER;
static Plan *plans_made[PLANS_MAX];
static size_t n_plans_made;

static bool is_text(const Field *field) {
        return field->kind == KIND_TEXT || field->kind == KIND_CODE;
}

static bool travels(const Field *field) {
        return !(field->flags & (FIELD_LOCAL | FIELD_SECRET)) && field->kind != KIND_SEALED &&
               field->kind != KIND_LINES;
}

static char *finish(Buffer *text) {
        char *copy;

        buffer_append(text, "", 1);
        copy = buffer_error(text) < 0 ? NULL : strdup((const char *) text->data);
        buffer_done(text);
        return copy;
}

static int query_make(Query *query, const Record *record, const char *what, Buffer *text) {
        char *name = NULL;

        query->sql = finish(text);
        if (!query->sql || asprintf(&name, "federation.%s_%s", what, record->name) < 0)
                return -ENOMEM;
        query->name = name;
        return 0;
}

static int put_make(Plan *plan) {
        Buffer text = BUFFER_INIT(SQL_BYTES_MAX);
        const Record *record = &plan->record;

        buffer_printf(&text, "INSERT INTO %s (office, id, version, chain_seq", record->name);
        for (size_t i = 0; i < record->n_fields; i++)
                buffer_printf(&text, ", %s", record->fields[i].name);
        buffer_text(&text, ") VALUES ($1, $2, $3, $4");
        for (size_t i = 0; i < record->n_fields; i++)
                buffer_printf(&text, ", $%zu", i + 5);
        if (record->shape == SHAPE_LEDGER)
                buffer_text(&text, ") ON CONFLICT (office, id) DO NOTHING");
        else {
                buffer_text(&text, ") ON CONFLICT (office, id) DO UPDATE SET version = excluded.version, "
                                   "chain_seq = excluded.chain_seq");
                for (size_t i = 0; i < record->n_fields; i++)
                        buffer_printf(
                                &text, ", %s = excluded.%s", record->fields[i].name, record->fields[i].name);
                buffer_printf(&text, " WHERE %s.version < excluded.version", record->name);
        }
        return query_make(&plan->put, record, "put", &text);
}

static int selects_make(Plan *plan) {
        Buffer version = BUFFER_INIT(SQL_BYTES_MAX), range = BUFFER_INIT(SQL_BYTES_MAX);
        const Record *record = &plan->record;
        int r;

        buffer_printf(&version, "SELECT version FROM %s WHERE office = $1 AND id = $2", record->name);
        r = query_make(&plan->version, record, "version", &version);
        buffer_text(&range, "SELECT id, office, version, chain_seq");
        for (size_t i = 0; i < record->n_fields; i++)
                buffer_printf(&range, ", %s", record->fields[i].name);
        buffer_printf(&range,
                " FROM %s WHERE office = $1 AND id >= $2 AND id <= $3 AND chain_seq = $4 ORDER BY id",
                record->name);
        if (r < 0) {
                buffer_done(&range);
                return r;
        }
        return query_make(&plan->range, record, "range", &range);
}

static int migration_make(Migration *migration, const Record *record, int number, Buffer *text) {
        char *name = NULL;

        migration->store = STORE_REGULATORY;
        migration->sql = finish(text);
        if (!migration->sql || asprintf(&name, "landing/%s/%03d", record->name, number) < 0)
                return -ENOMEM;
        migration->name = name;
        return 0;
}

static int migrations_make(Plan *plan) {
        const Record *record = &plan->record;
        Buffer table = BUFFER_INIT(SQL_BYTES_MAX);
        int r;

        plan->migrations = calloc(record->n_fields + 1, sizeof *plan->migrations);
        if (!plan->migrations)
                return -ENOMEM;
        buffer_printf(&table,
                "CREATE TABLE %s (office BIGINT NOT NULL, id BIGINT NOT NULL, version BIGINT NOT NULL, "
                "chain_seq BIGINT NOT NULL, PRIMARY KEY (office, id))",
                record->name);
        r = migration_make(&plan->migrations[plan->n_migrations++], record, 0, &table);
        for (size_t i = 0; r == 0 && i < record->n_fields; i++) {
                const Field *field = &record->fields[i];
                Buffer column = BUFFER_INIT(SQL_BYTES_MAX);

                buffer_printf(&column, "ALTER TABLE %s ADD COLUMN %s %s NOT NULL DEFAULT %s", record->name,
                        field->name, is_text(field) ? "TEXT" : "BIGINT", is_text(field) ? "''" : "0");
                if (field->kind == KIND_ID && field->references)
                        buffer_printf(&column, "\n--;\nCREATE INDEX landed_%s_%s ON %s (office, %s)",
                                record->name, field->name, record->name, field->name);
                r = migration_make(&plan->migrations[plan->n_migrations++], record, field->number, &column);
        }
        return r;
}

static int record_derive(Plan *plan, const Record *source) {
        Field *fields = calloc(source->n_fields + 1, sizeof *fields);
        size_t n = 0;

        if (!fields)
                return -ENOMEM;
        for (size_t i = 0; i < source->n_fields; i++) {
                if (!travels(&source->fields[i]))
                        continue;
                fields[n++] = source->fields[i];
                if (source->fields[i].number > plan->highest)
                        plan->highest = source->fields[i].number;
        }
        plan->source = source;
        plan->record = *source;
        plan->record.fields = fields;
        plan->record.n_fields = n;
        return n + 4 <= PLAN_VALUES_MAX ? 0 : -E2BIG;
}

static int plan_make(const Dataset *dataset, Plan **ret) {
        Plan *plan = calloc(1, sizeof *plan);
        int r;

        if (!plan)
                return -ENOMEM;
        r = federation_stream_parse(dataset->stream, &plan->stream);
        if (r == 0 && (dataset->record->shape == SHAPE_VALUE || dataset->record->shape == SHAPE_PROJECTION))
                r = -EINVAL;
        if (r == 0)
                r = record_derive(plan, dataset->record);
        if (r == 0)
                r = put_make(plan);
        if (r == 0)
                r = selects_make(plan);
        if (r == 0)
                r = migrations_make(plan);
        if (r < 0) {
                free(plan); /* a wrong declaration ends the start: the rest is not worth tidying */
                return r;
        }
        *ret = plan;
        return 0;
}

/* Under plans_lock. */
static int plan_of(const Dataset *dataset, const Plan **ret) {
        int r;

        for (size_t i = 0; i < n_plans_made; i++)
                if (plans_made[i]->source == dataset->record) {
                        *ret = plans_made[i];
                        return 0;
                }
        if (n_plans_made == PLANS_MAX)
                return -E2BIG;
        r = plan_make(dataset, &plans_made[n_plans_made]);
        if (r < 0)
                return r;
        *ret = plans_made[n_plans_made++];
        return 0;
}

static const Plan *plan_named(const Plans *plans, const char *name) {
        for (size_t i = 0; i < plans->n; i++)
                if (strcmp(plans->plans[i]->record.name, name) == 0)
                        return plans->plans[i];
        return NULL;
}

static int references_link(const Plans *plans, Plan *plan) {
        if (plan->references)
                return 0;
        plan->references = calloc(plan->record.n_fields + 1, sizeof *plan->references);
        if (!plan->references)
                return -ENOMEM;
        for (size_t i = 0; i < plan->record.n_fields; i++) {
                const Field *field = &plan->record.fields[i];

                if (field->kind == KIND_ID && field->references)
                        plan->references[plan->n_references++] = (PlanReference){
                                .field = field,
                                .target = plan_named(plans, field->references),
                        };
        }
        return 0;
}

static int collect(const Registry *registry, Plans *plans) {
        size_t n_modules;
        const Module *const *modules = registry_modules(registry, &n_modules);
        int r;

        for (size_t m = 0; m < n_modules; m++)
                for (const Dataset *const *dataset = modules[m]->datasets; dataset && *dataset; dataset++) {
                        if (plans->n == PLANS_MAX)
                                return -E2BIG;
                        r = plan_of(*dataset, &plans->plans[plans->n]);
                        if (r < 0)
                                return r;
                        plans->n++;
                }
        for (size_t i = 0; i < plans->n; i++) {
                r = references_link(plans, (Plan *) plans->plans[i]);
                if (r < 0)
                        return r;
        }
        return 0;
}

int plans_get(const Registry *registry, Plans *ret) {
        Plans plans = { .plans = calloc(PLANS_MAX, sizeof *plans.plans) };
        int r;

        if (!plans.plans)
                return -ENOMEM;
        pthread_mutex_lock(&plans_lock);
        r = collect(registry, &plans);
        pthread_mutex_unlock(&plans_lock);
        if (r < 0) {
                plans_done(&plans);
                return r;
        }
        *ret = plans;
        return 0;
}

void plans_done(Plans *plans) {
        free(plans->plans);
        *plans = (Plans){};
}

const Plan *plans_find(const Plans *plans, int64_t record) {
        for (size_t i = 0; i < plans->n; i++)
                if (plans->plans[i]->record.number == record)
                        return plans->plans[i];
        return NULL;
}

static Value field_value(const Field *field, const void *row) {
        const void *at = (const uint8_t *) row + field->offset;

        switch (field->kind) {
        case KIND_TEXT:
        case KIND_CODE: {
                const char *text = *(const char *const *) at;

                return value_text(text ? text : "");
        }
        case KIND_DATE:
                return value_integer(((const Date *) at)->ymd);
        default:
                return value_integer(*(const int64_t *) at);
        }
}

size_t plan_values(const Plan *plan, const void *row, Value *ret_values) {
        const RowHead *head = row;
        size_t n = 0;

        assert(plan->record.n_fields + 4 <= PLAN_VALUES_MAX);
        ret_values[n++] = value_integer(head->office);
        ret_values[n++] = value_id(head->id);
        ret_values[n++] = value_integer(head->version);
        ret_values[n++] = value_integer(head->chain_seq);
        for (size_t i = 0; i < plan->record.n_fields; i++)
                ret_values[n++] = field_value(&plan->record.fields[i], row);
        return n;
}

int federation_landing_migrate(Store *regulatory, const Registry *registry) {
        Plans plans;
        int r = plans_get(registry, &plans);

        if (r < 0)
                return r;
        for (size_t i = 0; r == 0 && i < plans.n; i++)
                r = store_migrate(regulatory, plans.plans[i]->migrations, plans.plans[i]->n_migrations);
        plans_done(&plans);
        return r;
}
