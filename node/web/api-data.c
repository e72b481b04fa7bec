/* SPDX-License-Identifier: Apache-2.0 */
/* The one path of a change and the one path of a read, over HTTP. */

#include <string.h>

#include "export.h"

#define VIEW_LIMIT_STANDARD 50

static void describe(WebRequest *request, WebReply *reply) {
        const Web *web = request->web;
        const char *known = request->if_none_match;

        if (known && strncmp(known, "W/", 2) == 0) /* nginx weakens it when it compresses */
                known += 2;
        if (known && strcmp(known, web->describe_etag) == 0) {
                reply->status = 304;
        } else {
                reply->status = 200;
                reply->type = "application/json";
                buffer_text(&reply->body, web->describe_text);
        }
        reply->revalidate = true;
        memcpy(reply->etag, web->describe_etag, sizeof(reply->etag));
}

static void command_reply(WebRequest *request, WebReply *reply, const Command *command, const Reply *done) {
        char seq[24];
        json_t *output = command->output && done->output ? record_to_json(command->output, done->output)
                                                         : json_object();

        snprintf(seq, sizeof(seq), "%lld", (long long) done->seq);
        json_t *object = json_pack("{s:o,s:s}", "output", output, "seq", seq);
        if (object && done->repeated)
                json_object_set_new(object, "repeated", json_true());
        web_reply_json(reply, object);
}

/* What cannot go to the ledger of readings is not shown. */
static bool admits(const WebRequest *request, WebReply *reply, StoreId store) {
        if (audit_admits(request->web->options.audit, store) == 0)
                return true;
        reply_code(request, reply, 503, "node.readings_unwritten", NULL);
        return false;
}

static void command_run(WebRequest *request, WebReply *reply) {
        const Command *command = registry_command(request->engine->registry, request->captures[0]);
        Reply done = { 0 };

        if (!command || (command->flags & COMMAND_INTERNAL)) {
                web_reply_error(request, reply, -ENOENT, NULL);
                return;
        }
        if (!request->idempotency_key) {
                reply_code(request, reply, 400, "node.bad_key", NULL);
                return;
        }
        /* before it runs: nothing is counted as opened that nobody will see */
        if (command->flags & COMMAND_SHOWS && !admits(request, reply, command->store))
                return;
        command_execute_json(
                request->engine, &request->caller, command, request->json, request->arena, &done);
        const Seer seer = web_seer(request);
        if (done.result == -ENOENT)
                audit_missed_input(request->web->options.audit, &seer, command, request->json);
        if (done.result == 0)
                done.result = audit_saw_answer(request->web->options.audit, &seer, command, &done);
        if (done.result < 0)
                web_reply_error(request, reply, done.result, &done.refusal);
        else
                command_reply(request, reply, command, &done);
}

/* "f.amount.min" = "100" -> a filter. */
static int filter_add(const WebParameter *parameter, Arena *arena, ViewCall *call) {
        static const struct {
                const char *suffix;
                FilterOperator operator;
        } operators[] = { { ".min", FILTER_MIN }, { ".max", FILTER_MAX }, { ".has", FILTER_HAS },
                { "", FILTER_EQUAL } };
        const char *name = parameter->name + 2, *dot = strchrnul(name, '.');

        if (!*parameter->value)
                return 0; /* an empty box of a form filters nothing */
        if (call->n_filters == VIEW_FILTERS_MAX)
                return -EMALFORMED_;
        for (size_t i = 0; i < ELEMENTSOF(operators); i++) {
                if (strcmp(dot, operators[i].suffix) != 0)
                        continue;
                char *column = arena_strndup(arena, name, (size_t) (dot - name));
                if (!column)
                        return -ENOMEM;
                call->filters[call->n_filters++] = (Filter){
                        .column = column, .operator= operators[i].operator, .value = parameter->value };
                return 0;
        }
        return -EMALFORMED_;
}

/* "id,room_number" -> chosen columns. */
static int columns_read(const char *value, Arena *arena, ViewCall *call) {
        while (*value) {
                size_t size = strcspn(value, ",");

                if (size == 0 || call->n_columns == VIEW_CHOSEN_MAX)
                        return -EMALFORMED_;
                call->columns[call->n_columns] = arena_strndup(arena, value, size);
                if (!call->columns[call->n_columns++])
                        return -ENOMEM;
                value += size;
                value += *value == ',';
        }
        return 0;
}

int view_call_read(const WebRequest *request, ViewCall *ret) {
        *ret = (ViewCall){ .limit = VIEW_LIMIT_STANDARD };
        for (size_t i = 0; i < request->n_parameters; i++) {
                const WebParameter *parameter = &request->parameters[i];
                int64_t number = 0;
                int r = 0;

                if (strncmp(parameter->name, "f.", 2) == 0)
                        r = filter_add(parameter, request->arena, ret);
                else if (strcmp(parameter->name, "limit") == 0) {
                        r = integer_parse(parameter->value, &number);
                        if (r == 0 && (number < 1 || number > VIEW_NARROW_MAX))
                                r = -EMALFORMED_;
                        ret->limit = (size_t) number;
                } else if (strcmp(parameter->name, "after") == 0)
                        ret->after = *parameter->value ? parameter->value : NULL;
                else if (strcmp(parameter->name, "columns") == 0)
                        r = columns_read(parameter->value, request->arena, ret);
                else if (strcmp(parameter->name, "order") == 0)
                        ret->order = *parameter->value ? parameter->value : NULL;
                else if (strcmp(parameter->name, "sums") == 0)
                        ret->sums = strcmp(parameter->value, "1") == 0;
                else
                        r = -EMALFORMED_;
                if (r < 0)
                        return r == -ENOMEM ? r : -EMALFORMED_;
        }
        return 0;
}

/* View and call of the request, or the answer that there is none. */
static const View *view_of(WebRequest *request, WebReply *reply, ViewCall *ret) {
        const View *view = registry_view(request->engine->registry, request->captures[0]);

        int r = view ? view_call_read(request, ret) : -ENOENT;
        if (r == 0)
                return view;
        web_reply_error(request, reply, r, NULL);
        return NULL;
}

static void array_cut(json_t *array, size_t n) {
        while (json_array_size(array) > n)
                (void) json_array_remove(array, json_array_size(array) - 1);
}

/* The answer holds what was chosen, not what only the ledger wanted. */
static void columns_cut(json_t *list, size_t n) {
        json_t *row;
        size_t i;

        array_cut(json_object_get(list, "columns"), n);
        json_array_foreach(json_object_get(list, "rows"), i, row) array_cut(row, n);
}

static void view_list(WebRequest *request, WebReply *reply) {
        ViewCall call;
        const View *view = view_of(request, reply, &call);
        json_t *list = NULL;

        if (!view || !admits(request, reply, view->store))
                return;
        const size_t chosen = call.n_columns;
        int r = audit_columns(request->engine->registry, view, &call) < 0 ? -EMALFORMED_ : 0;
        if (r == 0)
                r = view_list_json(request->engine, &request->caller, view, &call, &list);
        const Seer seer = web_seer(request);
        if (r == 0)
                r = audit_saw_list(
                        request->web->options.audit, &seer, view, &call, json_object_get(list, "rows"));
        if (r < 0) {
                json_decref(list);
                web_reply_error(request, reply, r, NULL);
                return;
        }
        if (chosen > 0)
                columns_cut(list, chosen);
        web_reply_json(reply, list);
}

static void view_csv(WebRequest *request, WebReply *reply) {
        ViewCall call;
        const View *view = view_of(request, reply, &call);

        if (view)
                export_view(request, reply, view, &call, SHEET_CSV);
}

static void view_xlsx(WebRequest *request, WebReply *reply) {
        ViewCall call;
        const View *view = view_of(request, reply, &call);

        if (view)
                export_view(request, reply, view, &call, SHEET_XLSX);
}

static void find(WebRequest *request, WebReply *reply) {
        const WebIdentity *identity = request->web->options.identity;
        WebFunctions may = { 0 };
        json_t *answer = NULL;

        if (!admits(request, reply, STORE_BUSINESS))
                return;
        int r = identity->functions(identity->data, request, &may);
        if (r == 0)
                r = find_json(request->engine, &request->caller,
                        &(FindCall){ web_parameter(request, "text"), may.views, may.n_views }, &answer);
        if (r < 0)
                web_reply_error(request, reply, r, NULL);
        else
                web_reply_json(reply, answer);
}

/* For those who may do one of the steps; others learn nothing of how far the office is. */
static void setup(WebRequest *request, WebReply *reply) {
        const WebIdentity *identity = request->web->options.identity;
        WebFunctions may = { 0 };
        json_t *answer = NULL;
        bool mine = false;
        size_t i;
        const json_t *step;
        int r = identity->functions(identity->data, request, &may);

        if (r == 0)
                r = setup_json(request->engine, &request->caller, &answer);
        if (r < 0) {
                web_reply_error(request, reply, r, NULL);
                return;
        }
        json_array_foreach(json_object_get(answer, "steps"), i, step) {
                const char *name = json_string_value(json_object_get(step, "command"));

                for (size_t k = 0; name && k < may.n_commands; k++)
                        mine = mine || strcmp(may.commands[k]->name, name) == 0;
        }
        if (!mine)
                (void) json_object_set_new(answer, "steps", json_array());
        web_reply_json(reply, answer);
}

static const Module *module_of(const Registry *registry, const Record *record) {
        size_t n;
        const Module *const *modules = registry_modules(registry, &n);

        for (size_t i = 0; i < n; i++)
                for (const Record *const *one = modules[i]->records; one && *one; one++)
                        if (*one == record)
                                return modules[i];
        return NULL;
}

static bool view_of_module(const Module *module, const View *view) {
        for (const View *const *one = module->views; one && *one; one++)
                if (*one == view)
                        return true;
        return false;
}

static bool command_of_module(const Module *module, const Command *command) {
        for (const Command *const *one = module->commands; one && *one; one++)
                if (*one == command)
                        return true;
        return false;
}

/* A record has no right of its own: its page is for those who may use something of the module that declares
 * it. To be shown private values is no right to the pages that say who else was, and what for. */
int web_record_permit(const WebRequest *request, const Record *record) {
        const WebIdentity *identity = request->web->options.identity;
        const Module *module = module_of(request->engine->registry, record);
        WebFunctions may = { 0 };

        int r = identity->functions(identity->data, request, &may);
        if (r < 0)
                return r;
        for (size_t i = 0; module && i < may.n_views; i++)
                if (!may.views[i]->choosing && view_of_module(module, may.views[i]))
                        return 0;
        for (size_t i = 0; module && i < may.n_commands; i++)
                if (!(may.commands[i]->flags & (COMMAND_OWN | COMMAND_SHOWS)) &&
                        command_of_module(module, may.commands[i]))
                        return 0;
        return -EFORBIDDEN_;
}

static void record_page(WebRequest *request, WebReply *reply) {
        const Record *record = registry_record(request->engine->registry, request->captures[0]);
        json_t *page = NULL;
        Id id;

        if (!record || web_id_parse(request->captures[1], &id) < 0) {
                web_reply_error(request, reply, -ENOENT, NULL);
                return;
        }
        if (!admits(request, reply, record->store))
                return;
        int r = web_record_permit(request, record);
        if (r == 0)
                r = record_page_json(request->engine, &request->caller, record, id, &page);
        const Seer seer = web_seer(request);
        if (r == -ENOENT)
                audit_missed(request->web->options.audit, &seer, record, id);
        if (r == 0)
                r = audit_saw_record(
                        request->web->options.audit, &seer, record, id, json_object_get(page, "row"));
        if (r < 0) {
                json_decref(page);
                web_reply_error(request, reply, r, NULL);
                return;
        }
        web_reply_json(reply, page);
}

const WebRoute web_data_routes[] = {
        { "GET", "/api/describe", WEB_ORGANIZATION, 0, describe,
                "Everything the pages need to draw themselves" },
        { "POST", "/api/command/{name}", WEB_ORGANIZATION, 0, command_run, "Run a command" },
        { "GET", "/api/view/{name}.csv", WEB_ORGANIZATION, 0, view_csv, "The whole list as CSV" },
        { "GET", "/api/view/{name}.xlsx", WEB_ORGANIZATION, 0, view_xlsx, "The whole list as a workbook" },
        { "GET", "/api/view/{name}", WEB_ORGANIZATION, 0, view_list, "A page of a list" },
        { "GET", "/api/find", 0, 0, find, "What a typed text may mean: households, buildings, documents" },
        { "GET", "/api/setup", 0, 0, setup, "What a new office still needs" },
        { "GET", "/api/record/{name}/{id}", 0, 0, record_page, "A record with its history" },
};
const size_t web_data_routes_n = ELEMENTSOF(web_data_routes);
