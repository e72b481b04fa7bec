/* SPDX-License-Identifier: Apache-2.0 */
/* Wire form of rows: canonical, because chain, ranges and datasets digest and sign these bytes. */
#include <string.h>

#include <node/error.h>
#include <node/wire.h>

#include "record-value.h"

#define ROW_BYTES_MAX (1u << 20)
#define WIRE_TYPE_BYTES 2u

/* Private values of an input, in the order of the walk, each with its length: which belongs where follows from the
 * rest of the input, so an empty one counts too. */
typedef struct PrivateInput {
        Buffer values;
        bool any;
} PrivateInput;

typedef struct Encoder {
        unsigned skip_flags;
        PrivateInput *private_input; /* digest of an input: where private values go; NULL otherwise */
        unsigned depth;
} Encoder;

static int row_encode(const Encoder *encoder, const Record *record, const void *row, Buffer *buffer);

static void fail(Buffer *buffer, int error) {
        if (buffer->error == 0)
                buffer->error = error;
}

static void varint_put(Buffer *buffer, uint64_t value) {
        uint8_t bytes[10];
        size_t n = 0;

        do {
                bytes[n++] = (uint8_t) ((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
                value >>= 7;
        } while (value > 0);
        buffer_append(buffer, bytes, n);
}

/* A line is written also when it is empty: their number counts. */
static void line_put(Buffer *buffer, uint32_t number, const Buffer *line) {
        varint_put(buffer, (uint64_t) number << 3 | WIRE_TYPE_BYTES);
        varint_put(buffer, line->size);
        buffer_append(buffer, line->data, line->size);
}

static void lines_encode(const Encoder *encoder, const Field *field, const Lines *lines, Buffer *buffer) {
        Encoder inner = *encoder;
        Buffer line = BUFFER_INIT(ROW_BYTES_MAX);

        if (++inner.depth > RECORD_DEPTH_MAX) {
                fail(buffer, -E2BIG);
                return;
        }
        for (size_t i = 0; i < lines->n && !buffer_error(buffer); i++) {
                int r;

                buffer_reset(&line);
                r = row_encode(
                        &inner, field->lines, (const char *) lines->rows + i * field->lines->size, &line);
                if (r < 0)
                        fail(buffer, r);
                else
                        line_put(buffer, field->number, &line);
        }
        buffer_done(&line);
}

static void private_put(PrivateInput *input, const char *plain) {
        size_t size = plain ? strlen(plain) : 0;

        varint_put(&input->values, size);
        buffer_append(&input->values, plain, size);
        input->any |= size > 0;
}

static void field_encode(const Encoder *encoder, const Field *field, const void *row, Buffer *buffer) {
        const Sealed *sealed;

        if (field->kind == KIND_LINES) {
                lines_encode(encoder, field, field_lines(field, row), buffer);
        } else if (field_is_text(field)) {
                if (encoder->private_input && field->flags & (FIELD_SECRET | FIELD_LOCAL))
                        private_put(encoder->private_input, field_text(field, row));
                else
                        wire_put_text(buffer, field->number, field_text(field, row));
        } else if (field->kind == KIND_SEALED) {
                sealed = field_sealed(field, row);
                if (encoder->private_input)
                        private_put(encoder->private_input, sealed->plain_input);
                if (!encoder->private_input || !sealed->plain_input)
                        wire_put_signed(buffer, field->number, sealed->vault.value);
        } else {
                wire_put_signed(buffer, field->number, field_integer(field, row));
        }
}

static int row_encode(const Encoder *encoder, const Record *record, const void *row, Buffer *buffer) {
        if (record->shape != SHAPE_VALUE) {
                const RowHead *head = row;

                wire_put_signed(buffer, 1, head->id.value);
                wire_put_signed(buffer, 2, head->office);
                wire_put_signed(buffer, 3, head->version);
                wire_put_signed(buffer, 4, head->chain_seq);
        }
        for (size_t i = 0; i < record->n_fields; i++)
                if (!(record->fields[i].flags & encoder->skip_flags))
                        field_encode(encoder, &record->fields[i], row, buffer);
        return buffer_error(buffer);
}

void record_encode(const Record *record, const void *row, unsigned skip_flags, Buffer *buffer) {
        Encoder encoder = { .skip_flags = skip_flags };
        int r = row_encode(&encoder, record, row, buffer);

        if (r < 0)
                fail(buffer, r);
}

int record_encode_input(const Record *record, const void *row, const Keys *keys, Buffer *buffer) {
        PrivateInput input = { .values = BUFFER_INIT(buffer->size_max) };
        Encoder encoder = { .private_input = &input };
        Digest mac;

        int r = row_encode(&encoder, record, row, buffer);
        if (r >= 0)
                r = buffer_error(&input.values);
        if (r >= 0 && input.any) {
                r = keys ? keys->mac(keys->data, KEY_INDEX, input.values.data, input.values.size, &mac) : -EOPNOTSUPP;
                if (r >= 0)
                        buffer_append(buffer, mac.bytes, sizeof(mac.bytes));
        }
        if (input.values.data)
                explicit_bzero(input.values.data, input.values.size);
        buffer_done(&input.values);
        return r < 0 ? r : buffer_error(buffer);
}

static int row_decode(const Record *record, Bytes bytes, Arena *arena, unsigned depth, void *ret_row);

static const Field *field_by_number(const Record *record, uint32_t number) {
        for (size_t i = 0; i < record->n_fields; i++)
                if (record->fields[i].number == number)
                        return &record->fields[i];
        return NULL;
}

static int lines_alloc(const Record *record, Bytes bytes, Arena *arena, void *row) {
        WireReader reader;
        WireField wire;
        int r;

        wire_reader_init(&reader, bytes);
        while ((r = wire_next(&reader, &wire)) > 0) {
                const Field *field = field_by_number(record, wire.number);

                if (field && field->kind == KIND_LINES && ++field_lines(field, row)->n > LINES_MAX)
                        return -EMALFORMED_;
        }
        for (size_t i = 0; r == 0 && i < record->n_fields; i++) {
                const Field *field = &record->fields[i];
                Lines *lines;

                if (field->kind != KIND_LINES)
                        continue;
                lines = field_lines(field, row);
                if (lines->n == 0)
                        continue;
                lines->rows = arena_alloc(arena, lines->n * field->lines->size);
                if (!lines->rows)
                        return -ENOMEM;
                lines->n = 0;
        }
        return r;
}

static int text_take(const Field *field, Bytes bytes, Arena *arena, void *row) {
        const char *text;

        if (memchr(bytes.data, 0, bytes.size) || !text_is_utf8((const char *) bytes.data, bytes.size))
                return -EMALFORMED_;
        text = arena_strndup(arena, (const char *) bytes.data, bytes.size);
        if (!text)
                return -ENOMEM;
        field_text_set(field, row, text);
        return 0;
}

static int field_decode(const Field *field, const WireField *wire, Arena *arena, unsigned depth, void *row) {
        bool bytes = field_is_text(field) || field->kind == KIND_LINES;
        int64_t value;

        if ((wire->type == WIRE_TYPE_BYTES) != bytes)
                return -EMALFORMED_;
        if (field->kind == KIND_LINES) {
                Lines *lines = field_lines(field, row);
                int r = row_decode(field->lines, wire->bytes, arena, depth + 1,
                        (char *) lines->rows + lines->n * field->lines->size);

                if (r >= 0)
                        lines->n++;
                return r;
        }
        if (bytes)
                return text_take(field, wire->bytes, arena, row);
        value = wire_signed(wire->varint);
        if (field->kind == KIND_DATE && value != (int32_t) value)
                return -EMALFORMED_;
        field_integer_set(field, row, value);
        return 0;
}

static int head_decode(const WireField *wire, RowHead *head) {
        int64_t value = wire_signed(wire->varint);

        if (wire->type != 0)
                return -EMALFORMED_;
        switch (wire->number) {
        case 1:
                head->id.value = value;
                break;
        case 2:
                head->office = value;
                break;
        case 3:
                head->version = value;
                break;
        default:
                head->chain_seq = value;
                break;
        }
        return 0;
}

static int row_decode(const Record *record, Bytes bytes, Arena *arena, unsigned depth, void *ret_row) {
        WireReader reader;
        WireField wire;
        int r;

        if (depth > RECORD_DEPTH_MAX)
                return -EMALFORMED_;
        memset(ret_row, 0, record->size);
        r = lines_alloc(record, bytes, arena, ret_row);
        if (r < 0)
                return r;
        wire_reader_init(&reader, bytes);
        while ((r = wire_next(&reader, &wire)) > 0) {
                const Field *field = field_by_number(record, wire.number);

                if (record->shape != SHAPE_VALUE && wire.number >= 1 && wire.number <= 4)
                        r = head_decode(&wire, ret_row);
                else if (field)
                        r = field_decode(field, &wire, arena, depth, ret_row);
                if (r < 0)
                        return r;
        }
        return r;
}

int record_decode(const Record *record, Bytes bytes, Arena *arena, void *ret_row) {
        void *row = arena_alloc(arena, record->size);
        int r;

        if (!row)
                return -ENOMEM;
        r = row_decode(record, bytes, arena, 0, row);
        if (r < 0)
                return r;
        memcpy(ret_row, row, record->size);
        return 0;
}
