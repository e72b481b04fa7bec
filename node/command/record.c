/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of a row by its field list: pure, the same for every door. */
#include <string.h>

#include <node/arena.h>
#include <node/date.h>
#include <node/error.h>

#include "record-value.h"

#define TEXT_CHARACTERS_MAX 200

const Field *record_field(const Record *record, const char *name) {
        for (size_t i = 0; i < record->n_fields; i++)
                if (strcmp(record->fields[i].name, name) == 0)
                        return &record->fields[i];
        return NULL;
}

size_t record_private_fields(const Record *record) {
        size_t n = 0;

        for (size_t i = 0; record && i < record->n_fields; i++)
                n += record->fields[i].kind == KIND_SEALED;
        return n;
}

int64_t field_integer(const Field *field, const void *row) {
        const char *at = (const char *) row + field->offset;

        if (field->kind == KIND_DATE)
                return ((const Date *) at)->ymd;
        if (field->kind == KIND_SEALED)
                return ((const Sealed *) at)->vault.value;
        return *(const int64_t *) at;
}

void field_integer_set(const Field *field, void *row, int64_t value) {
        char *at = (char *) row + field->offset;

        if (field->kind == KIND_DATE)
                ((Date *) at)->ymd = (int32_t) value;
        else if (field->kind == KIND_SEALED)
                ((Sealed *) at)->vault.value = value;
        else
                *(int64_t *) at = value;
}

const char *field_text(const Field *field, const void *row) {
        const char *text = *(const char *const *) ((const char *) row + field->offset);

        return text ? text : "";
}

void field_text_set(const Field *field, void *row, const char *text) {
        *(const char **) ((char *) row + field->offset) = text;
}

Sealed *field_sealed(const Field *field, const void *row) {
        return (Sealed *) ((char *) row + field->offset);
}

Lines *field_lines(const Field *field, const void *row) {
        return (Lines *) ((char *) row + field->offset);
}

bool field_is_text(const Field *field) {
        return field->kind == KIND_TEXT || field->kind == KIND_CODE;
}

/* Control characters other than line feed and tab have no place in a text. */
static bool text_printable(const char *text) {
        for (const unsigned char *at = (const unsigned char *) text; *at; at++)
                if ((*at < 0x20 && *at != '\n' && *at != '\t') || *at == 0x7f)
                        return false;
        return true;
}

static const char *text_fault(const Field *field, const char *text) {
        size_t max = field->max > 0 ? (size_t) field->max : TEXT_CHARACTERS_MAX, characters;

        if (!text_is_utf8(text, strlen(text)) || !text_printable(text))
                return "node.bad_text";
        characters = text_characters(text);
        if (characters == 0)
                return field->flags & FIELD_REQUIRED ? "node.required" : NULL;
        if (characters > max)
                return "node.too_long";
        if (field->min > 0 && characters < (size_t) field->min)
                return "node.too_short";
        return NULL;
}

static const char *number_fault(const Field *field, int64_t value) {
        if (field->min == 0 && field->max == 0)
                return NULL;
        if (value == 0 && !(field->flags & FIELD_REQUIRED))
                return NULL;
        return value < field->min || (field->max != 0 && value > field->max) ? "node.out_of_range" : NULL;
}

static const char *state_fault(const Field *field, int64_t value) {
        if (value < 0)
                return "node.unknown_state";
        for (int64_t i = 0; field->states[i].name; i++)
                if (i == value)
                        return NULL;
        return "node.unknown_state";
}

static const char *sealed_fault(const Field *field, const Sealed *sealed) {
        if (sealed->plain_input)
                return text_fault(field, sealed->plain_input);
        return sealed->vault.value == 0 && field->flags & FIELD_REQUIRED ? "node.required" : NULL;
}

static int lines_check(const Field *field, const Lines *lines, FieldFault *ret) {
        size_t max = field->max > 0 ? (size_t) field->max : LINES_MAX;

        if (lines->n == 0 && field->flags & FIELD_REQUIRED) {
                *ret = (FieldFault){ field, "node.required" };
                return -EREFUSED_;
        }
        if (lines->n > max) {
                *ret = (FieldFault){ field, "node.too_long" };
                return -EREFUSED_;
        }
        for (size_t i = 0; i < lines->n; i++) {
                int r = record_check(field->lines, (const char *) lines->rows + i * field->lines->size, ret);

                if (r < 0)
                        return r;
        }
        return 0;
}

static const char *field_fault(const Field *field, const void *row) {
        int64_t value;

        switch (field->kind) {
        case KIND_TEXT:
        case KIND_CODE:
                return text_fault(field, field_text(field, row));
        case KIND_SEALED:
                return sealed_fault(field, field_sealed(field, row));
        case KIND_STATE:
                return state_fault(field, field_integer(field, row));
        case KIND_BOOL:
                value = field_integer(field, row);
                return value == 0 || value == 1 ? NULL : "node.out_of_range";
        case KIND_ID:
                value = field_integer(field, row);
                if (value < 0)
                        return "node.out_of_range";
                return value == 0 && field->flags & FIELD_REQUIRED ? "node.required" : NULL;
        case KIND_DATE:
        case KIND_INSTANT:
                value = field_integer(field, row);
                if (value == 0)
                        return field->flags & FIELD_REQUIRED ? "node.required" : NULL;
                if (field->kind == KIND_DATE && !date_valid((Date){ (int32_t) value }))
                        return "node.bad_date";
                return number_fault(field, value);
        default:
                return number_fault(field, field_integer(field, row));
        }
}

int record_check(const Record *record, const void *row, FieldFault *ret) {
        for (size_t i = 0; i < record->n_fields; i++) {
                const Field *field = &record->fields[i];
                const char *code;

                if (field->kind == KIND_LINES) {
                        int r = lines_check(field, field_lines(field, row), ret);

                        if (r < 0)
                                return r;
                        continue;
                }
                code = field_fault(field, row);
                if (code) {
                        *ret = (FieldFault){ field, code };
                        return -EREFUSED_;
                }
        }
        return 0;
}

static int text_keep(const char **text, const char *like, Arena *arena) {
        if (!*text)
                return 0;
        *text = like && strcmp(*text, like) == 0 ? like : arena_strdup(arena, *text);
        return *text ? 0 : -ENOMEM;
}

static int lines_keep(const Field *field, Lines *lines, Arena *arena) {
        int r = 0;

        if (lines->n == 0)
                return 0;
        lines->rows = arena_copy(arena, lines->rows, lines->n * field->lines->size);
        if (!lines->rows)
                return -ENOMEM;
        for (size_t i = 0; r == 0 && i < lines->n; i++)
                r = record_keep(field->lines, (char *) lines->rows + i * field->lines->size, NULL, arena);
        return r;
}

int record_keep(const Record *record, void *row, const void *like, Arena *arena) {
        int r = 0;

        for (size_t i = 0; r == 0 && i < record->n_fields; i++) {
                const Field *field = &record->fields[i];
                void *at = (char *) row + field->offset;

                if (field->kind == KIND_LINES)
                        r = lines_keep(field, at, arena);
                else if (field->kind == KIND_SEALED)
                        r = text_keep(&((Sealed *) at)->plain_input, NULL, arena);
                else if (field_is_text(field))
                        r = text_keep(at, like ? field_text(field, like) : NULL, arena);
        }
        return r;
}
