/* SPDX-License-Identifier: Apache-2.0 */
/* Rows as JSON and back, as docs/api.md has it: exact integers as strings, states by name, unknown members
 * refused. */
#include <stdio.h>
#include <string.h>

#include <node/date.h>
#include <node/error.h>

#include "record-json.h"
#include "record-value.h"
#include "registry.h"

typedef struct JsonReader {
        Arena *arena;
        FieldFault *fault;
        unsigned depth;
} JsonReader;

static json_t *integer_text(int64_t value) {
        char text[32];

        (void) snprintf(text, sizeof(text), "%lld", (long long) value);
        return json_string(text);
}

static json_t *state_to_json(const StateName *states, int64_t value) {
        for (int64_t i = 0; states && states[i].name; i++)
                if (i == value)
                        return json_string(states[i].name);
        return json_null();
}

json_t *value_to_json(FieldKind kind, const StateName *states, int64_t value) {
        char text[DATE_TEXT_MAX];

        switch (kind) {
        case KIND_INTEGER:
        case KIND_MONTH:
                return value >= -JSON_INTEGER_MAX && value <= JSON_INTEGER_MAX ? json_integer(value)
                                                                               : integer_text(value);
        case KIND_BOOL:
                return json_boolean(value != 0);
        case KIND_STATE:
                return state_to_json(states, value);
        case KIND_DATE:
                if (value == 0)
                        return json_null();
                date_format((Date){ (int32_t) value }, text);
                return json_string(text);
        case KIND_ID:
        case KIND_INSTANT:
                return value == 0 ? json_null() : integer_text(value);
        default:
                return integer_text(value);
        }
}

static json_t *sealed_to_json(const Sealed *sealed) {
        return sealed->mask ? json_string(sealed->mask) : json_null();
}

static json_t *lines_to_json(const Field *field, const Lines *lines) {
        json_t *array = json_array();

        for (size_t i = 0; i < lines->n; i++)
                if (json_array_append_new(
                            array, record_to_json(field->lines,
                                           (const char *) lines->rows + i * field->lines->size)) < 0) {
                        json_decref(array);
                        return NULL;
                }
        return array;
}

static json_t *field_to_json(const Field *field, const void *row) {
        if (field_is_text(field))
                return json_string(field_text(field, row));
        if (field->kind == KIND_SEALED)
                return sealed_to_json(field_sealed(field, row));
        if (field->kind == KIND_LINES)
                return lines_to_json(field, field_lines(field, row));
        return value_to_json(field->kind, field->states, field_integer(field, row));
}

json_t *record_to_json(const Record *record, const void *row) {
        json_t *object = json_object();
        int r = 0;

        if (record_stored(record)) {
                const RowHead *head = row;

                r |= json_object_set_new(object, "id", integer_text(head->id.value));
                r |= json_object_set_new(object, "office", integer_text(head->office));
                r |= json_object_set_new(object, "version", json_integer(head->version));
                r |= json_object_set_new(object, "chain_seq", integer_text(head->chain_seq));
        }
        for (size_t i = 0; i < record->n_fields; i++)
                r |= json_object_set_new(
                        object, record->fields[i].name, field_to_json(&record->fields[i], row));
        if (r != 0) {
                json_decref(object);
                return NULL;
        }
        return object;
}

int value_parse(FieldKind kind, const StateName *states, const char *text, int64_t *ret) {
        Date date;
        int r;

        switch (kind) {
        case KIND_DATE:
                r = date_parse(text, &date);
                if (r >= 0)
                        *ret = date.ymd;
                return r;
        case KIND_MONTH: /* as it is shown, or as it is stored */
                return year_month_parse(text, ret) == 0 || integer_parse(text, ret) == 0 ? 0 : -EMALFORMED_;
        case KIND_STATE:
                for (int64_t i = 0; states && states[i].name; i++)
                        if (strcmp(states[i].name, text) == 0) {
                                *ret = i;
                                return 0;
                        }
                return -EMALFORMED_;
        case KIND_BOOL:
                if (strcmp(text, "true") != 0 && strcmp(text, "false") != 0)
                        return -EMALFORMED_;
                *ret = text[0] == 't';
                return 0;
        case KIND_TEXT:
        case KIND_CODE:
        case KIND_SEALED:
        case KIND_LINES:
                return -EMALFORMED_;
        default:
                return integer_parse(text, ret) < 0 ? -EMALFORMED_ : 0;
        }
}

static int fault(JsonReader *reader, const Field *field, const char *code, int error) {
        *reader->fault = (FieldFault){ field, code };
        return error;
}

static int row_from_json(JsonReader *reader, const Record *record, const json_t *object, void *row);

static int lines_from_json(JsonReader *reader, const Field *field, const json_t *value, void *row) {
        size_t max = field->max > 0 ? (size_t) field->max : LINES_MAX;
        Lines *lines = field_lines(field, row);

        if (!json_is_array(value))
                return fault(reader, field, "node.bad_form", -EMALFORMED_);
        if (json_array_size(value) > max)
                return fault(reader, field, "node.too_long", -EREFUSED_);
        lines->n = json_array_size(value);
        if (lines->n == 0)
                return 0;
        lines->rows = arena_alloc(reader->arena, lines->n * field->lines->size);
        if (!lines->rows)
                return -ENOMEM;
        for (size_t i = 0; i < lines->n; i++) {
                int r;

                reader->depth++;
                r = row_from_json(reader, field->lines, json_array_get(value, i),
                        (char *) lines->rows + i * field->lines->size);
                reader->depth--;
                if (r < 0)
                        return r;
        }
        return 0;
}

static int string_take(JsonReader *reader, const Field *field, const json_t *value, const char **ret) {
        const char *text;

        if (!json_is_string(value) || strlen(json_string_value(value)) != json_string_length(value))
                return fault(reader, field, "node.bad_form", -EMALFORMED_);
        text = arena_strdup(reader->arena, json_string_value(value));
        if (!text)
                return -ENOMEM;
        *ret = text;
        return 0;
}

static int number_from_json(JsonReader *reader, const Field *field, const json_t *value, int64_t *ret) {
        bool exact = field->kind == KIND_INTEGER || field->kind == KIND_MONTH;

        if (exact) {
                if (!json_is_integer(value) || json_integer_value(value) > JSON_INTEGER_MAX ||
                        json_integer_value(value) < -JSON_INTEGER_MAX)
                        return fault(reader, field, "node.bad_form", -EMALFORMED_);
                *ret = json_integer_value(value);
                return 0;
        }
        if (field->kind == KIND_BOOL) {
                if (!json_is_boolean(value))
                        return fault(reader, field, "node.bad_form", -EMALFORMED_);
                *ret = json_is_true(value);
                return 0;
        }
        if (!json_is_string(value))
                return fault(reader, field, "node.bad_form", -EMALFORMED_);
        /* An empty id, date or instant of a form is none. */
        if (json_string_length(value) == 0 &&
                (field->kind == KIND_ID || field->kind == KIND_DATE || field->kind == KIND_INSTANT)) {
                *ret = 0;
                return 0;
        }
        if (value_parse(field->kind, field->states, json_string_value(value), ret) < 0) {
                if (field->kind == KIND_STATE)
                        return fault(reader, field, "node.unknown_state", -EREFUSED_);
                if (field->kind == KIND_DATE)
                        return fault(reader, field, "node.bad_date", -EREFUSED_);
                return fault(reader, field, "node.bad_form", -EMALFORMED_);
        }
        return 0;
}

static int field_from_json(JsonReader *reader, const Field *field, const json_t *value, void *row) {
        const char *text;
        int64_t number;
        int r;

        if (field->kind == KIND_LINES)
                return lines_from_json(reader, field, value, row);
        if (field_is_text(field) || field->kind == KIND_SEALED) {
                r = string_take(reader, field, value, &text);
                if (r < 0)
                        return r;
                if (field->kind == KIND_SEALED)
                        *field_sealed(field, row) = (Sealed){ .plain_input = text };
                else
                        field_text_set(field, row, text);
                return 0;
        }
        r = number_from_json(reader, field, value, &number);
        if (r >= 0)
                field_integer_set(field, row, number);
        return r;
}

/* 1: it was a member of the head; 0: it is not. */
static int head_from_json(JsonReader *reader, const char *name, const json_t *value, RowHead *head) {
        int64_t *to = strcmp(name, "id") == 0          ? &head->id.value
                      : strcmp(name, "office") == 0    ? &head->office
                      : strcmp(name, "version") == 0   ? &head->version
                      : strcmp(name, "chain_seq") == 0 ? &head->chain_seq
                                                       : NULL;

        if (!to)
                return 0;
        if (json_is_integer(value))
                *to = json_integer_value(value);
        else if (!json_is_string(value) || integer_parse(json_string_value(value), to) < 0)
                return fault(reader, NULL, "node.bad_form", -EMALFORMED_);
        return 1;
}

/* Numbers that are required must be given: their zero is a value like others. */
static int required_check(JsonReader *reader, const Record *record, const json_t *object) {
        for (size_t i = 0; i < record->n_fields; i++) {
                const Field *field = &record->fields[i];
                const json_t *value = json_object_get(object, field->name);

                if (field->flags & FIELD_REQUIRED && (!value || json_is_null(value)))
                        return fault(reader, field, "node.required", -EREFUSED_);
        }
        return 0;
}

static int row_from_json(JsonReader *reader, const Record *record, const json_t *object, void *row) {
        const char *name;
        json_t *value;

        if (!json_is_object(object) || reader->depth > RECORD_DEPTH_MAX)
                return fault(reader, NULL, "node.bad_form", -EMALFORMED_);
        json_object_foreach((json_t *) object, name, value) {
                const Field *field = record_field(record, name);
                int r = 0;

                if (!field && record_stored(record))
                        r = head_from_json(reader, name, value, row);
                if (r < 0)
                        return r;
                if (!field && r == 0)
                        return fault(reader, NULL, "node.unknown_field", -EMALFORMED_);
                if (!field || json_is_null(value))
                        continue;
                r = field_from_json(reader, field, value, row);
                if (r < 0)
                        return r;
        }
        return required_check(reader, record, object);
}

int record_from_json(
        const Record *record, const json_t *object, Arena *arena, void *ret_row, FieldFault *ret_fault) {
        FieldFault found = { NULL, "node.bad_form" };
        JsonReader reader = { .arena = arena, .fault = &found };
        void *row = arena_alloc(arena, record->size);
        int r;

        if (!row)
                return -ENOMEM;
        r = row_from_json(&reader, record, object, row);
        if (r >= 0)
                r = record_check(record, row, &found);
        if (r < 0) {
                *ret_fault = found;
                return r;
        }
        memcpy(ret_row, row, record->size);
        return 0;
}
