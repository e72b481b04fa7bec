/* SPDX-License-Identifier: Apache-2.0 */
/* The registry as JSON: what the console draws its lists and forms from, and the reference pages. */
#include <string.h>

#include "registry.h"

static const char *const kind_names[] = {
        [KIND_ID] = "id",
        [KIND_TEXT] = "text",
        [KIND_CODE] = "code",
        [KIND_STATE] = "state",
        [KIND_INTEGER] = "integer",
        [KIND_BOOL] = "bool",
        [KIND_MONEY] = "money",
        [KIND_AREA] = "area",
        [KIND_DATE] = "date",
        [KIND_INSTANT] = "instant",
        [KIND_RATE] = "rate",
        [KIND_SEALED] = "sealed",
        [KIND_LINES] = "lines",
        [KIND_MONTH] = "month",
};
static const char *const shape_names[] = {
        [SHAPE_VALUE] = "value",
        [SHAPE_REGISTER] = "register",
        [SHAPE_DOCUMENT] = "document",
        [SHAPE_LEDGER] = "ledger",
        [SHAPE_PROJECTION] = "projection",
};
static const char *const store_names[] = {
        [STORE_SYSTEM] = "system",
        [STORE_BUSINESS] = "business",
        [STORE_REGULATORY] = "regulatory",
};

static void put(json_t *object, const char *name, json_t *value) {
        (void) json_object_set_new(object, name, value);
}

static void put_text(json_t *object, const char *name, const char *text) {
        if (text)
                put(object, name, json_string(text));
}

static json_t *states_json(const StateName *states) {
        json_t *array = json_array();

        for (; states && states->name; states++) {
                json_t *state = json_object();

                put_text(state, "name", states->name);
                put_text(state, "label", states->label);
                (void) json_array_append_new(array, state);
        }
        return array;
}

static json_t *texts_json(const char *const *texts) {
        json_t *array = json_array();

        for (; texts && *texts; texts++)
                (void) json_array_append_new(array, json_string(*texts));
        return array;
}

static json_t *field_json(const Field *field) {
        json_t *object = json_object();

        put_text(object, "name", field->name);
        put_text(object, "label", field->label);
        put(object, "kind", json_string(kind_names[field->kind]));
        put(object, "number", json_integer(field->number));
        put(object, "required", json_boolean(field->flags & FIELD_REQUIRED));
        put(object, "fixed", json_boolean(field->flags & FIELD_FIXED));
        if (field->flags & FIELD_SECRET)
                put(object, "secret", json_true());
        if (field_private(field))
                put(object, "private", json_true());
        if (field->flags & FIELD_ZERO_UNKNOWN)
                put(object, "zero_unknown", json_true());
        if (field->min != 0)
                put(object, "min", json_integer(field->min));
        if (field->max != 0)
                put(object, "max", json_integer(field->max));
        if (field->kind == KIND_CODE)
                put_text(object, "codes", field->codes);
        if (field->states)
                put(object, "states", states_json(field->states));
        if (field->kind == KIND_ID)
                put_text(object, "references", field->references);
        if (field->lines)
                put_text(object, "lines", field->lines->name);
        put_text(object, "help", field->help);
        put_text(object, "clause", field->clause);
        return object;
}

static json_t *record_json(const Record *record) {
        json_t *object = json_object(), *fields = json_array();

        put_text(object, "label", record->label);
        put_text(object, "clause", record->clause);
        put(object, "shape", json_string(shape_names[record->shape]));
        if (record_stored(record)) {
                put(object, "number", json_integer(record->number));
                put(object, "store", json_string(store_names[record->store]));
                put(object, "unique", texts_json(record->unique));
        }
        for (size_t i = 0; i < record->n_fields; i++)
                (void) json_array_append_new(fields, field_json(&record->fields[i]));
        put(object, "fields", fields);
        put_text(object, "state", record->state);
        return object;
}

static json_t *command_json(const Command *command) {
        json_t *object = json_object();

        put_text(object, "label", command->label);
        put_text(object, "clause", command->clause);
        put_text(object, "input", command->input ? command->input->name : NULL);
        put_text(object, "output", command->output ? command->output->name : NULL);
        put(object, "step_up", json_boolean(command->flags & COMMAND_STEP_UP));
        put(object, "other_person", json_boolean(command->flags & COMMAND_OTHER_PERSON));
        return object;
}

/* Histories name commands that no page offers. */
static void internal_describe(const Module *module, json_t *internal) {
        for (size_t i = 0; module->commands && module->commands[i]; i++)
                if (module->commands[i]->flags & COMMAND_INTERNAL)
                        put_text(internal, module->commands[i]->name, module->commands[i]->label);
}

static json_t *column_json(const Column *column) {
        json_t *object = json_object();

        put_text(object, "name", column->name);
        put_text(object, "label", column->label);
        put(object, "kind", json_string(kind_names[column->kind]));
        put(object, "filter", json_boolean(column->flags & COLUMN_FILTER));
        put(object, "contains", json_boolean(column->flags & COLUMN_CONTAINS));
        put(object, "hidden", json_boolean(column->flags & COLUMN_HIDDEN));
        put(object, "sum", json_boolean(column->flags & COLUMN_SUM));
        if (column->flags & COLUMN_ZERO_UNKNOWN)
                put(object, "zero_unknown", json_true());
        put_text(object, "codes", column->codes);
        if (column->states)
                put(object, "states", states_json(column->states));
        put_text(object, "link", column->link);
        return object;
}

static json_t *view_json(const View *view) {
        json_t *object = json_object(), *columns = json_array();

        put_text(object, "label", view->label);
        put_text(object, "clause", view->clause);
        for (const Column *column = view->columns; column->name; column++)
                (void) json_array_append_new(columns, column_json(column));
        put(object, "columns", columns);
        put(object, "actions", texts_json(view->actions));
        put_text(object, "key", view->key);
        put_text(object, "menu", view->menu);
        put_text(object, "help", view->help);
        put(object, "descending", json_boolean(view->descending));
        return object;
}

/* Where the codes that are rows are listed. */
static void code_view_describe(const Registry *registry, const Module *module, json_t *all) {
        if (module->code_view && registry_view(registry, module->code_view->name))
                put_text(all, "code_view", module->code_view->name);
}

static void code_describe(json_t *codes, const CodeValue *value) {
        json_t *set = json_object_get(codes, value->set), *item = json_object();

        if (!set) {
                set = json_array();
                put(codes, value->set, set);
        }
        put_text(item, "code", value->code);
        put_text(item, "label", value->label);
        (void) json_array_append_new(set, item);
}
static void codes_describe(const Module *module, json_t *codes) {
        for (const CodeValue *value = module->codes; value && value->set; value++)
                code_describe(codes, value);
        for (const Importer *const *at = module->importers; at && *at; at++)
                code_describe(codes, &(CodeValue){ CODES_IMPORTER, (*at)->name, (*at)->label });
}

static void errors_describe(const Module *module, json_t *errors) {
        for (const ErrorText *error = module->errors; error && error->code; error++) {
                json_t *item = json_object();

                put_text(item, "sentence", error->sentence);
                put_text(item, "clause", error->clause);
                put(errors, error->code, item);
        }
}

static void panels_describe(const Module *module, json_t *panels) {
        for (const Panel *panel = module->panels; panel && panel->record; panel++) {
                json_t *item = json_object();

                put_text(item, "record", panel->record);
                put_text(item, "view", panel->view->name);
                put_text(item, "column", panel->column);
                (void) json_array_append_new(panels, item);
        }
}

/* The values of one field in which the command takes the row; of several fields each must hold. */
static json_t *offer_of(json_t *offers, const char *record, const char *command, const char *field) {
        json_t *commands = json_object_get(offers, record), *fields, *item;
        size_t i;

        if (!commands) {
                commands = json_object();
                put(offers, record, commands);
        }
        fields = json_object_get(commands, command);
        if (!fields) {
                fields = json_array();
                put(commands, command, fields);
        }
        json_array_foreach(fields, i, item) {
                if (text_equal(json_string_value(json_object_get(item, "field")), field))
                        return json_object_get(item, "values");
        }
        item = json_object();
        put_text(item, "field", field);
        put(item, "values", json_array());
        (void) json_array_append_new(fields, item);
        return json_object_get(item, "values");
}

/* Where a command takes a row: a document's steps say it themselves, the rest is declared. */
static void offers_describe(const Module *module, json_t *offers) {
        for (size_t i = 0; module->records && module->records[i]; i++) {
                const Record *record = module->records[i];
                const Field *state = record->state ? record_field(record, record->state) : NULL;

                for (const Transition *step = record->transitions; state && step && step->command; step++)
                        if (step->from >= 0)
                                (void) json_array_append_new(
                                        offer_of(offers, record->name, step->command, state->name),
                                        json_string(state->states[step->from].name));
        }
        for (const Offer *offer = module->offers; offer && offer->command; offer++) {
                json_t *values = offer_of(offers, offer->record, offer->command, offer->field);
                for (size_t i = 0; offer->values[i]; i++)
                        (void) json_array_append_new(values, json_string(offer->values[i]));
        }
}

/* On whose pages private values are opened by the case itself. */
static void cases_describe(const Module *module, json_t *cases) {
        for (const PrivateCase *of = module->private_cases; of && of->name; of++) {
                bool known = false;
                for (size_t i = 0; i < json_array_size(cases); i++)
                        known |= text_equal(json_string_value(json_array_get(cases, i)), of->name);
                if (!known)
                        (void) json_array_append_new(cases, json_string(of->name));
        }
}

/* By the name of the state, as rows say it. */
static json_t *signs_json(const Mark *mark) {
        const Column *column = mark->view->columns;
        json_t *signs = json_object();

        while (column->name && strcmp(column->name, mark->column) != 0)
                column++;
        for (size_t i = 0; column->states && column->states[i].name; i++) {
                json_t *sign = json_object();

                put_text(sign, "label", column->states[i].label);
                put_text(sign, "tone", mark->signs[i].tone);
                put_text(sign, "sign", mark->signs[i].sign);
                put(signs, column->states[i].name, sign);
        }
        return signs;
}

static void marks_describe(const Module *module, json_t *marks) {
        for (const Mark *mark = module->marks; mark && mark->record; mark++) {
                json_t *item = json_object();

                put_text(item, "record", mark->record);
                put_text(item, "label", mark->label);
                put_text(item, "view", mark->view->name);
                put_text(item, "group", mark->group);
                put_text(item, "key", mark->key);
                put_text(item, "column", mark->column);
                put(item, "states", signs_json(mark));
                (void) json_array_append_new(marks, item);
        }
}

static void figures_describe(const Module *module, json_t *measures, json_t *ratios) {
        for (size_t i = 0; module->measures && module->measures[i]; i++) {
                const Measure *measure = module->measures[i];
                json_t *item = json_object();

                put_text(item, "label", measure->label);
                put_text(item, "clause", measure->clause);
                put(item, "kind", json_string(kind_names[measure->kind]));
                put(item, "number", json_integer(measure->number));
                put(measures, measure->name, item);
        }
        for (size_t i = 0; module->ratios && module->ratios[i]; i++) {
                const Ratio *ratio = module->ratios[i];
                json_t *item = json_object();

                put_text(item, "label", ratio->label);
                put_text(item, "clause", ratio->clause);
                put_text(item, "numerator", ratio->numerator->name);
                put_text(item, "denominator", ratio->denominator->name);
                put(ratios, ratio->name, item);
        }
}

static void settings_describe(const Module *module, json_t *settings) {
        for (const Setting *setting = module->settings; setting && setting->name; setting++) {
                json_t *item = json_object();

                put_text(item, "label", setting->label);
                put_text(item, "clause", setting->clause);
                put(item, "kind", json_string(kind_names[setting->kind]));
                put_text(item, "standard", setting->standard);
                put_text(item, "help", setting->help);
                if (setting->weaker != WEAKER_NEVER)
                        put_text(item, "weaker", setting->weaker == WEAKER_RAISED ? "raised" : "lowered");
                if (setting->clock)
                        put(item, "clock", json_true());
                put(item, "store", json_integer(setting->store));
                if (setting->min != 0 || setting->max != 0) {
                        put(item, "min", json_integer(setting->min));
                        put(item, "max", json_integer(setting->max));
                }
                put(settings, setting->name, item);
        }
}

json_t *registry_describe_json(const Registry *registry) {
        json_t *all = json_object(), *records = json_object(), *commands = json_object(),
               *views = json_object(), *codes = json_object(), *errors = json_object(),
               *panels = json_array(), *measures = json_object(), *ratios = json_object(),
               *settings = json_object(), *marks = json_array(), *internal = json_object(),
               *offers = json_object(), *cases = json_array();
        size_t n;
        const Module *const *modules = registry_modules(registry, &n);

        for (size_t i = 0; i < n; i++) {
                const Module *module = modules[i];

                for (size_t k = 0; module->records && module->records[k]; k++)
                        put(records, module->records[k]->name, record_json(module->records[k]));
                for (size_t k = 0; module->commands && module->commands[k]; k++)
                        if (registry_command(registry, module->commands[k]->name) &&
                                !(module->commands[k]->flags & COMMAND_INTERNAL))
                                put(commands, module->commands[k]->name, command_json(module->commands[k]));
                for (size_t k = 0; module->views && module->views[k]; k++)
                        if (registry_view(registry, module->views[k]->name))
                                put(views, module->views[k]->name, view_json(module->views[k]));
                internal_describe(module, internal);
                codes_describe(module, codes);
                code_view_describe(registry, module, all);
                errors_describe(module, errors);
                panels_describe(module, panels);
                offers_describe(module, offers);
                figures_describe(module, measures, ratios);
                settings_describe(module, settings);
                marks_describe(module, marks);
                cases_describe(module, cases);
        }
        put(all, "records", records);
        put(all, "commands", commands);
        put(all, "views", views);
        put(all, "codes", codes);
        put(all, "errors", errors);
        put(all, "panels", panels);
        put(all, "offers", offers);
        put(all, "measures", measures);
        put(all, "ratios", ratios);
        put(all, "settings", settings);
        put(all, "marks", marks);
        put(all, "private_cases", cases);
        put(all, "internal", internal);
        return all;
}
