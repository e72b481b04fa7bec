/* SPDX-License-Identifier: Apache-2.0 */
/* What may be kept. The body comes from a browser and goes back to one; here it is held against the very
 * declarations that the pages are drawn from, so that no private value and no stray text is ever stored. */

#include <string.h>

#include <node/error.h>

#include "desk-check.h"

#define COLUMN_WIDTH_MIN 40
#define COLUMN_WIDTH_MAX 1000
#define PAGE_ROWS_MAX 500
#define DRAFT_LINES_MAX 500u

static int refused(Refusal *ret, const char *code, const char *argument) {
        *ret = (Refusal){ .code = code, .arguments = { argument }, .n_arguments = 1 };
        return -EREFUSED_;
}

static const Column *column_of(const View *view, const char *name, size_t length) {
        for (const Column *column = view->columns; column->name; column++)
                if (strlen(column->name) == length && strncmp(column->name, name, length) == 0)
                        return column;
        return NULL;
}

/* {"f.state":"posted","f.amount.min":"100","order":"-amount"}: what stands in the page's address. */
static int filter_check(const View *view, const DeskItem *item, Refusal *ret) {
        const char *key;
        const json_t *value;

        json_object_foreach((json_t *) item->body, key, value) {
                const char *name = strncmp(key, "f.", 2) == 0 ? key + 2 : json_string_value(value);
                if (!json_is_string(value) || (name != key + 2 && strcmp(key, "order") != 0))
                        return -EMALFORMED_;
                if (name != key + 2 && *name == '-')
                        name++;
                const Column *column = column_of(view, name, strcspn(name, "."));
                if (!column)
                        return refused(ret, "desk.unknown_field", key);
                if (column->kind == KIND_SEALED)
                        return refused(ret, "desk.private", column->label);
        }
        return 0;
}

static int column_check(const View *view, const json_t *column, Refusal *ret) {
        const char *name = json_string_value(json_object_get(column, "name"));
        const json_t *width = json_object_get(column, "width"), *hidden = json_object_get(column, "hidden");

        if (!name || (hidden && !json_is_boolean(hidden)))
                return -EMALFORMED_;
        if (width && (!json_is_integer(width) || json_integer_value(width) < COLUMN_WIDTH_MIN ||
                             json_integer_value(width) > COLUMN_WIDTH_MAX))
                return -EMALFORMED_;
        return column_of(view, name, strlen(name)) ? 0 : refused(ret, "desk.unknown_field", name);
}

/* {"columns":[{"name":"amount","width":120,"hidden":true}],"limit":50} */
static int columns_check(const View *view, const DeskItem *item, Refusal *ret) {
        const json_t *columns = json_object_get(item->body, "columns"),
                     *limit = json_object_get(item->body, "limit");
        size_t expected = (columns != NULL) + (limit != NULL);

        if (json_object_size(item->body) != expected || (columns && !json_is_array(columns)))
                return -EMALFORMED_;
        if (limit && (!json_is_integer(limit) || json_integer_value(limit) < 1 ||
                             json_integer_value(limit) > PAGE_ROWS_MAX))
                return -EMALFORMED_;
        for (size_t i = 0; i < json_array_size(columns); i++) {
                int r = column_check(view, json_array_get(columns, i), ret);
                if (r < 0)
                        return r;
        }
        return 0;
}

static int line_check(const Record *lines, const json_t *line, Refusal *ret) {
        const char *key;
        const json_t *value;

        if (!json_is_object(line))
                return -EMALFORMED_;
        json_object_foreach((json_t *) line, key, value) {
                const Field *field = record_field(lines, key);
                if (!field)
                        return refused(ret, "desk.unknown_field", key);
                if (field_private(field))
                        return refused(ret, "desk.private", field->label);
                if (!json_is_string(value))
                        return -EMALFORMED_;
        }
        return 0;
}

static int typed_check(const Record *input, const char *key, const json_t *value, Refusal *ret) {
        const Field *field = record_field(input, key);

        if (!field)
                return refused(ret, "desk.unknown_field", key);
        if (field_private(field))
                return refused(ret, "desk.private", field->label);
        if (!field->lines)
                return json_is_string(value) ? 0 : -EMALFORMED_;
        if (!json_is_array(value) || json_array_size(value) > DRAFT_LINES_MAX)
                return -EMALFORMED_;
        for (size_t i = 0; i < json_array_size(value); i++) {
                int r = line_check(field->lines, json_array_get(value, i), ret);
                if (r < 0)
                        return r;
        }
        return 0;
}

/* {"fields":{"name":"as typed"},"query":{"id":"…","from":"essential.areas"}}: the query opens the form
 * again. */
static int draft_check(const Command *command, const DeskItem *item, Refusal *ret) {
        json_t *fields = json_object_get(item->body, "fields"),
               *query = json_object_get(item->body, "query");
        const char *key;
        const json_t *value;

        if (!command->input || !json_is_object(fields) || !json_is_object(query) ||
                json_object_size(item->body) != 2)
                return -EMALFORMED_;
        json_object_foreach(fields, key, value) {
                int r = typed_check(command->input, key, value, ret);
                if (r < 0)
                        return r;
        }
        json_object_foreach(query, key, value) {
                bool of_page = strcmp(key, "from") == 0 || strcmp(key, "row") == 0;
                int r = !json_is_string(value) ? -EMALFORMED_
                        : of_page              ? 0
                                               : typed_check(command->input, key, value, ret);
                if (r < 0)
                        return r;
        }
        return 0;
}

int desk_check(const Registry *registry, const DeskItem *item, Refusal *ret_refusal) {
        size_t characters = text_characters(item->name);

        if (!json_is_object(item->body) || characters > DESK_NAME_CHARACTERS_MAX)
                return -EMALFORMED_;
        if (text_equal(item->kind, "draft")) {
                const Command *command = registry_command(registry, item->subject);
                if (!command || (command->flags & COMMAND_INTERNAL))
                        return -ENOENT;
                return text_empty(item->post) ? draft_check(command, item, ret_refusal) : -EMALFORMED_;
        }
        const View *view = registry_view(registry, item->subject);
        if (!view)
                return -ENOENT;
        if (text_equal(item->kind, "filter"))
                return characters > 0 ? filter_check(view, item, ret_refusal) : -EMALFORMED_;
        if (text_equal(item->kind, "columns") && text_empty(item->post))
                return columns_check(view, item, ret_refusal);
        return -EMALFORMED_;
}
