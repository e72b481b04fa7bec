/* SPDX-License-Identifier: Apache-2.0 */
/* The interface as an OpenAPI 3 document, from the same rows the dispatcher and the record checks read. */

#include <ctype.h>
#include <string.h>

#include "web-private.h"

static json_t *text_schema(const char *pattern, const char *description) {
        json_t *schema = json_pack("{s:s,s:s}", "type", "string", "description", description);

        if (pattern)
                json_object_set_new(schema, "pattern", json_string(pattern));
        return schema;
}

static json_t *reference(const char *record) {
        char text[256];

        snprintf(text, sizeof(text), "#/components/schemas/%s", record);
        return json_pack("{s:s}", "$ref", text);
}

static json_t *kind_schema(FieldKind kind, const StateName *states) {
        json_t *names;

        switch (kind) {
        case KIND_ID:
                return text_schema("^[0-9]+$", "id");
        case KIND_MONEY:
                return text_schema("^-?[0-9]+$", "fen");
        case KIND_AREA:
                return text_schema("^-?[0-9]+$", "0.01 square metre");
        case KIND_RATE:
                return text_schema("^-?[0-9]+$", "millionths");
        case KIND_INSTANT:
                return text_schema("^[0-9]+$", "milliseconds since 1970 UTC");
        case KIND_DATE:
                return json_pack("{s:s,s:s}", "type", "string", "format", "date");
        case KIND_MONTH:
                return json_pack("{s:s,s:s}", "type", "integer", "description", "yyyymm");
        case KIND_INTEGER:
                return json_pack("{s:s,s:s}", "type", "integer", "format", "int64");
        case KIND_BOOL:
                return json_pack("{s:s}", "type", "boolean");
        case KIND_STATE:
                names = json_array();
                for (const StateName *state = states; state && state->name; state++)
                        json_array_append_new(names, json_string(state->name));
                return json_pack("{s:s,s:o}", "type", "string", "enum", names);
        case KIND_SEALED:
                return text_schema(NULL, "plain on input, masked on output");
        case KIND_TEXT:
        case KIND_CODE:
        case KIND_LINES:
                break;
        }
        return json_pack("{s:s}", "type", "string");
}

static json_t *field_schema(const Field *field) {
        if (field->kind == KIND_LINES && field->lines)
                return json_pack("{s:s,s:o}", "type", "array", "items", reference(field->lines->name));

        json_t *schema = kind_schema(field->kind, field->states);
        if (field->label)
                json_object_set_new(schema, "title", json_string(field->label));
        if (field->kind == KIND_TEXT)
                json_object_set_new(schema, "maxLength", json_integer(field->max ? field->max : 200));
        if (field->codes)
                json_object_set_new(schema, "x-codes", json_string(field->codes));
        if (field->references)
                json_object_set_new(schema, "x-references", json_string(field->references));
        if (field->clause)
                json_object_set_new(schema, "x-clause", json_string(field->clause));
        return schema;
}

/* Adds the record, and the records of its lines, once. */
static void schema_add(json_t *schemas, const Record *record) {
        json_t *properties, *required;

        if (!record || json_object_get(schemas, record->name))
                return;
        properties = json_object();
        required = json_array();
        json_object_set_new(schemas, record->name,
                json_pack("{s:s,s:s,s:o,s:b}", "type", "object", "title",
                        record->label ? record->label : record->name, "properties", properties,
                        "additionalProperties", 0));
        for (size_t i = 0; i < record->n_fields; i++) {
                const Field *field = &record->fields[i];
                json_object_set_new(properties, field->name, field_schema(field));
                if (field->flags & FIELD_REQUIRED)
                        json_array_append_new(required, json_string(field->name));
                if (field->kind == KIND_LINES)
                        schema_add(schemas, field->lines);
        }
        if (json_array_size(required) > 0)
                json_object_set(json_object_get(schemas, record->name), "required", required);
        json_decref(required);
}

static json_t *content(const char *type, json_t *schema) {
        return json_pack("{s:{s:{s:o}}}", "content", type, "schema", schema);
}

static json_t *answers(json_t *good) {
        static const char *const errors[] = { "400", "401", "403", "404", "409", "413", "422", "429", "500",
                "503" };
        json_t *responses = json_object();

        json_object_set_new(good, "description", json_string("done"));
        json_object_set_new(responses, "200", good);
        for (size_t i = 0; i < ELEMENTSOF(errors); i++)
                json_object_set_new(
                        responses, errors[i], json_pack("{s:s}", "$ref", "#/components/responses/error"));
        return responses;
}

static json_t *parameter(const char *name, const char *in, bool required, json_t *schema) {
        return json_pack(
                "{s:s,s:s,s:b,s:o}", "name", name, "in", in, "required", (int) required, "schema", schema);
}

static void operation_set(json_t *paths, const char *path, const char *method, json_t *operation) {
        char lower[16] = "";

        for (size_t i = 0; method[i] && i + 1 < sizeof(lower); i++)
                lower[i] = (char) tolower((unsigned char) method[i]);
        json_t *item = json_object_get(paths, path);
        if (!item) {
                item = json_object();
                json_object_set_new(paths, path, item);
        }
        json_object_set_new(item, lower, operation);
}

static void csrf_add(json_t *parameters) {
        json_array_append_new(parameters, parameter("X-Fundnode", "header", true,
                                                  json_pack("{s:s,s:[s]}", "type", "string", "enum", "1")));
}

static void route_add(json_t *paths, const WebRoute *route) {
        json_t *parameters = json_array();
        const char *answer = route->flags & WEB_UPLOAD || !strstr(route->path, ".pdf") ? "application/json"
                                                                                       : "application/pdf";

        if (strstr(route->path, "/events"))
                answer = "text/event-stream";
        for (const char *open = route->path; (open = strchr(open, '{')); open++) {
                char name[64];
                snprintf(name, sizeof(name), "%.*s", (int) strcspn(open + 1, "}"), open + 1);
                json_array_append_new(
                        parameters, parameter(name, "path", true, json_pack("{s:s}", "type", "string")));
        }
        if (strcmp(route->method, "GET") != 0)
                csrf_add(parameters);
        json_t *operation =
                json_pack("{s:s,s:o,s:o}", "summary", route->summary ? route->summary : route->path,
                        "parameters", parameters, "responses", answers(content(answer, json_object())));
        if (route->flags & WEB_OPEN)
                json_object_set_new(operation, "security", json_array());
        if (strcmp(route->method, "GET") != 0)
                json_object_set_new(operation, "requestBody",
                        content(route->flags & (WEB_RAW | WEB_UPLOAD) ? "application/octet-stream"
                                                                      : "application/json",
                                json_object()));
        operation_set(paths, route->path, route->method, operation);
}

static void command_add(json_t *paths, json_t *schemas, const Command *command) {
        char path[256];
        json_t *parameters = json_array(), *output;

        snprintf(path, sizeof(path), "/api/command/%s", command->name);
        schema_add(schemas, command->input);
        schema_add(schemas, command->output);
        csrf_add(parameters);
        json_array_append_new(parameters, parameter("X-Idempotency-Key", "header", true,
                                                  text_schema("^[A-Za-z0-9-]{16,64}$", "repeat-safe key")));
        if (command->flags & COMMAND_STEP_UP)
                json_array_append_new(parameters, parameter("X-Step-Up", "header", true,
                                                          text_schema(NULL, "proof of POST /api/step-up")));
        output = command->output ? reference(command->output->name) : json_pack("{s:s}", "type", "object");
        json_t *operation = json_pack("{s:s,s:s,s:o,s:o}", "operationId", command->name, "summary",
                command->label ? command->label : command->name, "parameters", parameters, "responses",
                answers(content("application/json",
                        json_pack("{s:s,s:{s:o,s:{s:s},s:{s:s}}}", "type", "object", "properties", "output",
                                output, "seq", "type", "string", "repeated", "type", "boolean"))));
        if (command->input)
                json_object_set_new(operation, "requestBody",
                        content("application/json", reference(command->input->name)));
        if (command->clause)
                json_object_set_new(operation, "x-clause", json_string(command->clause));
        operation_set(paths, path, "POST", operation);
}

static void filters_add(json_t *parameters, const Column *column) {
        static const char *const suffixes[] = { "", ".min", ".max", ".has" };
        char name[160];

        for (size_t i = 0; i < ELEMENTSOF(suffixes); i++) {
                bool has = strcmp(suffixes[i], ".has") == 0;
                if ((has && !(column->flags & COLUMN_CONTAINS)) ||
                        (!has && !(column->flags & COLUMN_FILTER)))
                        continue;
                snprintf(name, sizeof(name), "f.%s%s", column->name, suffixes[i]);
                json_array_append_new(parameters,
                        parameter(name, "query", false, kind_schema(column->kind, column->states)));
        }
}

static void view_add(json_t *paths, const View *view) {
        char path[256];
        json_t *parameters = json_array(), *row = json_object();

        for (const Column *column = view->columns; column && column->name; column++) {
                json_t *schema = kind_schema(column->kind, column->states);
                if (column->label)
                        json_object_set_new(schema, "title", json_string(column->label));
                json_object_set_new(row, column->name, schema);
                filters_add(parameters, column);
        }
        json_array_append_new(parameters, parameter("limit", "query", false,
                                                  json_pack("{s:s,s:i,s:i}", "type", "integer", "minimum", 1,
                                                          "maximum", VIEW_LIMIT_MAX)));
        json_array_append_new(
                parameters, parameter("after", "query", false, json_pack("{s:s}", "type", "string")));
        json_array_append_new(
                parameters, parameter("order", "query", false, json_pack("{s:s}", "type", "string")));
        json_array_append_new(parameters,
                parameter("sums", "query", false, json_pack("{s:s,s:[s]}", "type", "string", "enum", "1")));
        json_t *page = json_pack("{s:s,s:{s:{s:s,s:{s:s,s:o}},s:{s:s},s:{s:s},s:{s:s}}}", "type", "object",
                "properties", "rows", "type", "array", "items", "type", "object", "properties", row, "next",
                "type", "string", "count", "type", "integer", "sums", "type", "object");
        snprintf(path, sizeof(path), "/api/view/%s", view->name);
        json_t *operation = json_pack("{s:s,s:s,s:o,s:o}", "operationId", view->name, "summary",
                view->label ? view->label : view->name, "parameters", parameters, "responses",
                answers(content("application/json", page)));
        if (view->clause)
                json_object_set_new(operation, "x-clause", json_string(view->clause));
        operation_set(paths, path, "GET", operation);
}

static json_t *error_schema(void) {
        return json_pack("{s:s,s:{s:{s:s,s:{s:{s:s},s:{s:s},s:{s:s},s:{s:s},s:{s:s,s:{s:s}},s:{s:s}}}}}",
                "type", "object", "properties", "error", "type", "object", "properties", "code", "type",
                "string", "message", "type", "string", "field", "type", "string", "clause", "type", "string",
                "arguments", "type", "array", "items", "type", "string", "incident", "type", "string");
}

static void modules_add(const Registry *registry, json_t *paths, json_t *schemas) {
        size_t n;
        const Module *const *modules = registry_modules(registry, &n);

        for (size_t i = 0; i < n; i++) {
                for (const Command *const *command = modules[i]->commands; command && *command; command++)
                        if (!((*command)->flags & COMMAND_INTERNAL) &&
                                registry_command(registry, (*command)->name) == *command)
                                command_add(paths, schemas, *command);
                for (const View *const *view = modules[i]->views; view && *view; view++)
                        if (registry_view(registry, (*view)->name) == *view)
                                view_add(paths, *view);
        }
}

json_t *web_openapi(const Registry *registry, const WebRoute *routes, size_t n_routes) {
        json_t *paths = json_object(), *schemas = json_object();

        for (size_t i = 0; i < web_session_routes_n; i++)
                route_add(paths, &web_session_routes[i]);
        for (size_t i = 0; i < web_data_routes_n; i++)
                route_add(paths, &web_data_routes[i]);
        for (size_t i = 0; i < web_file_routes_n; i++)
                route_add(paths, &web_file_routes[i]);
        for (size_t i = 0; i < web_export_routes_n; i++)
                route_add(paths, &web_export_routes[i]);
        for (size_t i = 0; i < n_routes; i++)
                route_add(paths, &routes[i]);
        modules_add(registry, paths, schemas);

        json_t *document = json_pack("{s:s,s:{s:s,s:s},s:o}", "openapi", "3.0.3", "info", "title",
                "fundnode", "version", "1", "paths", paths);
        json_t *components = json_pack("{s:o,s:{s:o},s:{s:{s:s,s:s,s:s}}}", "schemas", schemas, "responses",
                "error", content("application/json", error_schema()), "securitySchemes", "session", "type",
                "apiKey", "in", "cookie", "name", WEB_COOKIE);
        json_object_set_new(json_object_get(json_object_get(components, "responses"), "error"),
                "description", json_string("refused or failed; see docs/api.md"));
        json_object_set_new(document, "components", components);
        json_object_set_new(document, "security", json_pack("[{s:[]}]", "session"));
        return document;
}
