/* SPDX-License-Identifier: Apache-2.0 */
/* What modules say of the states in which a command is offered names things that are there. */

#include <stdbool.h>
#include <string.h>

#include "all.h"
#include "offer.h"
#include "source.h"

static const Column *column_named(const View *view, const char *name) {
        for (const Column *column = view->columns; column->name; column++)
                if (strcmp(column->name, name) == 0)
                        return column;
        return NULL;
}

static bool value_known(FieldKind kind, const StateName *states, const char *value) {
        if (kind == KIND_BOOL)
                return strcmp(value, "true") == 0 || strcmp(value, "false") == 0;
        for (; states && states->name; states++)
                if (strcmp(states->name, value) == 0)
                        return true;
        return false;
}

/* What is no field of the record is a column of the list that offers the command. */
static const Column *offering_column(const Offer *offer) {
        size_t n;
        const Module *const *list = all_modules(&n);

        for (size_t i = 0; i < n; i++)
                for (const View *const *at = list[i]->views; at && *at; at++)
                        for (const char *const *action = (*at)->actions; action && *action; action++)
                                if (strcmp(*action, offer->command) == 0)
                                        return column_named(*at, offer->field);
        return NULL;
}

void offer_references(const Registry *registry, const Module *module) {
        for (const Offer *at = module->offers; at && at->command; at++) {
                const Record *record = registry_record(registry, at->record);
                const Field *field = record ? record_field(record, at->field) : NULL;
                const Column *column = field ? NULL : offering_column(at);
                FieldKind kind = field ? field->kind : column ? column->kind : KIND_TEXT;

                if (!record || !registry_command(registry, at->command))
                        finding("offer of %s on %s: no module declares one of them", at->command,
                                at->record);
                bool person = field && field->references && strcmp(field->references, "person") == 0;
                if (at->values[0] ? kind != KIND_STATE && kind != KIND_BOOL : !person)
                        finding("offer of %s: %s.%s is no state and no person", at->command, at->record, at->field);
                for (size_t i = 0; (field || column) && at->values[i]; i++)
                        if (!value_known(kind, field ? field->states : column->states, at->values[i]))
                                finding("offer of %s: %s.%s is never %s", at->command, at->record, at->field,
                                        at->values[i]);
        }
}
