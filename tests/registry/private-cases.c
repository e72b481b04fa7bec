/* SPDX-License-Identifier: Apache-2.0 */
/* A case that names a record without private values, or asks by a query nobody prepares, would open nothing
 * and be missed at the counter; an answer that shows values and does not say whose would leave no reading
 * (4.3.2A, 14.2.3). */
#include <string.h>

#include <internal/private.h>

#include "all.h"
#include "private-cases.h"

static bool prepared(const Module *module, const Query *query) {
        for (const Query *const *at = module->queries; at && *at; at++)
                if (*at == query)
                        return true;
        return false;
}

static void case_check(const Registry *registry, const Module *module, const PrivateCase *of) {
        const Record *record = registry_record(registry, of->name);

        if (!record || record->shape == SHAPE_VALUE || record->store != STORE_BUSINESS)
                finding("case %s of %s is no record of the business store", of->name, module->name);
        /* so many of the most records are opened together */
        const size_t fields = record_private_fields(registry_record(registry, of->record));
        if (fields == 0 || fields * PRIVATE_RECORDS_MAX > PRIVATE_VALUES_MAX)
                finding("case %s of %s gives values of %s, which has %zu of them for each", of->name,
                        module->name, of->record, fields);
        /* rows of the ledger are written in its order, and the chain is the same on both engines */
        if (!strstr(of->query->sql, " ORDER BY "))
                finding("case %s of %s: its query leaves the order to the database", of->name, module->name);
        if (!prepared(module, of->query))
                finding("case %s of %s: its query is not among the module's", of->name, module->name);
}

static const Field *field_of(const Record *record, const char *name) {
        for (size_t i = 0; record && i < record->n_fields; i++)
                if (strcmp(record->fields[i].name, name) == 0)
                        return &record->fields[i];
        return NULL;
}

static void shows_check(const Command *command) {
        const Field *values = field_of(command->output, "values");
        const Record *line = values ? values->lines : NULL;

        if (!field_of(command->output, "basis") || !field_of(line, "record_name") ||
                !field_of(line, "record_id"))
                finding("%s shows private values and does not say whose, or under what", command->name);
        for (size_t i = 0; line && i < line->n_fields; i++)
                if (strcmp(line->fields[i].name, "value") == 0 && !(line->fields[i].flags & FIELD_SECRET))
                        finding("%s keeps the values it shows in the chain", command->name);
}

void private_cases(void **state) {
        Registry *registry = all_registry(CAPABILITY_BUSINESS);
        size_t n;
        const Module *const *list = all_modules(&n);

        for (size_t i = 0; i < n; i++) {
                for (const PrivateCase *of = list[i]->private_cases; of && of->name; of++)
                        case_check(registry, list[i], of);
                for (const Command *const *at = list[i]->commands; at && *at; at++)
                        if ((*at)->flags & COMMAND_SHOWS)
                                shows_check(*at);
        }
        registry_free(registry);
        findings_none();
}
