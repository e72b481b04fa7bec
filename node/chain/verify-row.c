/* SPDX-License-Identifier: Apache-2.0 */
/* Verify's own codec. Deliberately not node/base/wire and not record_encode: see verify-row.h. */
#include <errno.h>
#include <string.h>

#include <node/text.h>

#include "verify-row.h"

static void number_put(Buffer *buffer, uint64_t value) {
        while (value >= 0x80) {
                uint8_t byte = (uint8_t) (value | 0x80);

                buffer_append(buffer, &byte, 1);
                value >>= 7;
        }
        uint8_t last = (uint8_t) value;
        buffer_append(buffer, &last, 1);
}

static void integer_put(Buffer *buffer, unsigned number, int64_t value) {
        uint64_t folded = value < 0 ? ((uint64_t) - (value + 1)) * 2 + 1 : (uint64_t) value * 2;

        if (value == 0)
                return;
        number_put(buffer, (uint64_t) number * 8);
        number_put(buffer, folded);
}

static void bytes_put(Buffer *buffer, unsigned number, const void *data, size_t size) {
        if (size == 0)
                return;
        number_put(buffer, (uint64_t) number * 8 + 2);
        number_put(buffer, size);
        buffer_append(buffer, data, size);
}

static int column_of(const Rows *rows, const char *name) {
        for (size_t i = 0; i < rows_columns(rows); i++)
                if (strcmp(rows_column_name(rows, i), name) == 0)
                        return (int) i;
        return -1;
}

int verify_row(const Record *record, const Rows *rows, Buffer *buffer) {
        static const char *const head[] = { "id", "office", "version", "chain_seq" };

        for (unsigned i = 0; i < ELEMENTSOF(head); i++) {
                int column = column_of(rows, head[i]);

                if (column < 0)
                        return -EINVAL;
                integer_put(buffer, i + 1, rows_integer(rows, (size_t) column));
        }
        for (size_t i = 0; i < record->n_fields; i++) {
                const Field *field = &record->fields[i];
                int column = column_of(rows, field->name);

                if (column < 0)
                        return -EINVAL;
                if (field->kind == KIND_TEXT || field->kind == KIND_CODE) {
                        const char *text = rows_text(rows, (size_t) column);

                        bytes_put(buffer, field->number, text, strlen(text));
                } else {
                        integer_put(buffer, field->number, rows_integer(rows, (size_t) column));
                }
        }
        return buffer_error(buffer);
}

void verify_header(const VerifyHeader *header, Buffer *buffer) {
        integer_put(buffer, 1, header->store);
        integer_put(buffer, 2, header->seq);
        integer_put(buffer, 3, header->instant);
        integer_put(buffer, 4, header->office);
        integer_put(buffer, 5, header->person);
        bytes_put(buffer, 6, header->command, strlen(header->command));
        bytes_put(buffer, 7, header->key, strlen(header->key));
        bytes_put(buffer, 8, header->input.data, header->input.size);
        bytes_put(buffer, 9, header->body.data, header->body.size);
        bytes_put(buffer, 10, header->previous.data, header->previous.size);
}

static int number_take(Bytes *rest, uint64_t *ret) {
        uint64_t value = 0;

        for (unsigned shift = 0; shift < 64; shift += 7) {
                uint8_t byte;

                if (rest->size == 0)
                        return -1;
                byte = *rest->data++;
                rest->size--;
                value |= (uint64_t) (byte & 0x7f) << shift;
                if (byte < 0x80) {
                        *ret = value;
                        return 0;
                }
        }
        return -1;
}

int verify_field(Bytes *rest, VerifyField *ret) {
        VerifyField field = { 0 };
        uint64_t tag, size;

        if (rest->size == 0)
                return 0;
        if (number_take(rest, &tag) < 0)
                return -1;
        field.number = tag >> 3;
        if ((tag & 7) == 0) {
                if (number_take(rest, &field.varint) < 0)
                        return -1;
        } else if ((tag & 7) == 2) {
                if (number_take(rest, &size) < 0 || size > rest->size)
                        return -1;
                field.is_bytes = true;
                field.bytes = (Bytes){ rest->data, (size_t) size };
                rest->data += size;
                rest->size -= (size_t) size;
        } else {
                return -1;
        }
        *ret = field;
        return 1;
}

int64_t verify_signed(uint64_t varint) {
        return (varint & 1) != 0 ? -(int64_t) (varint >> 1) - 1 : (int64_t) (varint >> 1);
}
