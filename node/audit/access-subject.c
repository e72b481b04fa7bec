/* SPDX-License-Identifier: Apache-2.0 */
/* Of which records a list, a page or a file shows something: every id on it, by the record it leads to. The
 * columns say it themselves, so a module declares nothing for it. */

#include <string.h>

#include <node/text.h>

#include "audit-private.h"

#define RECORD_NAME_MAX 96

/* "apartment_id" -> apartment; "area_id" leads nowhere and is passed over. */
static const Record *record_of_word(const Registry *registry, const char *word, size_t size) {
        char name[RECORD_NAME_MAX];

        if (size == 0 || size >= sizeof(name))
                return NULL;
        memcpy(name, word, size);
        name[size] = 0;
        return registry_record(registry, name);
}

/* What the rows of a view are: the record its text column links to, else its name without the plural. */
static const Record *view_record(const Registry *registry, const View *view) {
        const char *dot = strchr(view->name, '.');
        size_t size = dot ? strlen(dot + 1) : 0;

        for (const Column *column = view->columns; column->name; column++) {
                const Record *linked = column->link ? registry_record(registry, column->link) : NULL;

                if (linked && column->kind != KIND_ID)
                        return linked;
        }
        return size > 1 && dot[size] == 's' ? record_of_word(registry, dot + 1, size - 1) : NULL;
}

const Record *access_column_record(const Registry *registry, const View *view, const Column *column) {
        size_t size = strlen(column->name);

        if (column->kind != KIND_ID)
                return NULL;
        if (text_equal(column->name, view->key))
                return view_record(registry, view);
        if (size > 3 && strcmp(column->name + size - 3, "_id") == 0)
                return record_of_word(registry, column->name, size - 3);
        return registry_record(registry, column->name);
}

static void id_add(AccessIds *ids, const Record *record, const json_t *value) {
        int64_t id;

        if (json_is_string(value) && integer_parse(json_string_value(value), &id) == 0)
                access_ids_add(ids, record->number, id);
}

/* The record whose row the column names; NULL: none. */
static const Record *subject_record(const Registry *registry, const View *view, const Column *column) {
        const Record *record = access_column_record(registry, view, column);

        return record && record->shape != SHAPE_VALUE ? record : NULL;
}

/* Among the chosen columns; behind them all when it is not chosen. */
static size_t chosen_at(const ViewCall *call, const char *name) {
        size_t at = 0;

        while (at < call->n_columns && !text_equal(call->columns[at], name))
                at++;
        return at;
}

int audit_columns(const Registry *registry, const View *view, ViewCall *call) {
        if (call->n_columns == 0)
                return 0;
        for (const Column *column = view->columns; column->name; column++) {
                if (!subject_record(registry, view, column) ||
                        chosen_at(call, column->name) < call->n_columns)
                        continue;
                if (call->n_columns == VIEW_COLUMNS_MAX)
                        return -E2BIG;
                call->columns[call->n_columns++] = column->name;
        }
        return 0;
}

void access_subjects_of_rows(const Registry *registry, const View *view, const ViewCall *call,
        const json_t *rows, AccessIds *ret) {
        for (const Column *column = view->columns; column->name; column++) {
                const Record *record = subject_record(registry, view, column);
                json_t *row;
                size_t i;

                if (!record)
                        continue;
                size_t at = chosen_at(call, column->name);
                json_array_foreach(rows, i, row) id_add(ret, record,
                        json_is_array(row) ? json_array_get(row, at) : json_object_get(row, column->name));
        }
}

/* "record_id" beside "record_name": the text says of which record the id is. */
static const Record *record_beside(
        const Registry *registry, const Record *record, const Field *field, const json_t *row) {
        size_t size = strlen(field->name);
        char beside[RECORD_NAME_MAX];

        if (size <= 3 || size >= sizeof(beside) - 2 || strcmp(field->name + size - 3, "_id") != 0)
                return NULL;
        snprintf(beside, sizeof(beside), "%.*s_name", (int) (size - 3), field->name);
        const Field *text = record_field(record, beside);
        const char *name = text ? json_string_value(json_object_get(row, beside)) : NULL;
        const Record *named = name ? registry_record(registry, name) : NULL;
        return named && named->shape != SHAPE_VALUE ? named : NULL;
}

const Record *access_field_record(
        const Registry *registry, const Record *record, const Field *field, const json_t *row) {
        if (field->kind != KIND_ID)
                return NULL;
        return field->references ? registry_record(registry, field->references)
                                 : record_beside(registry, record, field, row);
}

void access_subjects_of_record(
        const Registry *registry, const Record *record, Id id, const json_t *row, AccessIds *ret) {
        access_ids_add(ret, record->number, id.value);
        for (size_t i = 0; i < record->n_fields; i++) {
                const Field *field = &record->fields[i];
                const Record *other = access_field_record(registry, record, field, row);

                if (other)
                        id_add(ret, other, json_object_get(row, field->name));
        }
}

const char *access_filter_text(const ViewCall *call, Buffer *buffer) {
        static const char *const suffixes[] = {
                [FILTER_EQUAL] = "", [FILTER_MIN] = ".min", [FILTER_MAX] = ".max", [FILTER_HAS] = ".has"
        };

        for (size_t i = 0; i < call->n_filters; i++)
                buffer_printf(buffer, "%sf.%s%s=%s", i ? "&" : "", call->filters[i].column,
                        suffixes[call->filters[i].operator], call->filters[i].value);
        buffer_append(buffer, "", 1);
        return buffer_error(buffer) == 0 ? (const char *) buffer->data : "";
}
