/* SPDX-License-Identifier: Apache-2.0 */
/* The canonical wire form. The writer's caller gives fields in rising number; the reader refuses what the
 * writer would never write at the level of single fields: long varints, other wire types, lengths past the
 * end. */
#include <assert.h>
#include <string.h>

#include <node/error.h>
#include <node/wire.h>

#define VARINT_BYTES_MAX 10
#define NUMBER_MAX ((UINT32_C(1) << 29) - 1)

enum { TYPE_VARINT = 0, TYPE_BYTES = 2 };

static void put_varint(Buffer *buffer, uint64_t value) {
        uint8_t bytes[VARINT_BYTES_MAX];
        size_t size = 0;
        while (value >= 0x80) {
                bytes[size++] = (uint8_t) (value | 0x80);
                value >>= 7;
        }
        bytes[size++] = (uint8_t) value;
        buffer_append(buffer, bytes, size);
}

static void put_key(Buffer *buffer, uint32_t number, unsigned type) {
        assert(number > 0 && number <= NUMBER_MAX);
        put_varint(buffer, (uint64_t) number << 3 | type);
}

void wire_put_unsigned(Buffer *buffer, uint32_t number, uint64_t value) {
        if (value == 0)
                return;
        put_key(buffer, number, TYPE_VARINT);
        put_varint(buffer, value);
}

void wire_put_signed(Buffer *buffer, uint32_t number, int64_t value) {
        wire_put_unsigned(buffer, number, (uint64_t) value << 1 ^ (value < 0 ? UINT64_MAX : 0));
}

int64_t wire_signed(uint64_t varint) {
        return (int64_t) (varint >> 1 ^ (varint & 1 ? UINT64_MAX : 0));
}

void wire_put_bytes(Buffer *buffer, uint32_t number, const void *data, size_t size_bytes) {
        if (size_bytes == 0)
                return;
        put_key(buffer, number, TYPE_BYTES);
        put_varint(buffer, size_bytes);
        buffer_append(buffer, data, size_bytes);
}

void wire_put_text(Buffer *buffer, uint32_t number, const char *text) {
        if (text)
                wire_put_bytes(buffer, number, text, strlen(text));
}

void wire_reader_init(WireReader *reader, Bytes bytes) {
        *reader = (WireReader){ .at = bytes.data,
                .end = bytes.size > 0 ? bytes.data + bytes.size : bytes.data };
}

static int take_varint(WireReader *reader, uint64_t *ret) {
        uint64_t value = 0;
        for (unsigned i = 0; i < VARINT_BYTES_MAX; i++) {
                if (reader->at == reader->end)
                        return -EMALFORMED_;
                uint8_t byte = *reader->at++;
                if (i == VARINT_BYTES_MAX - 1 && byte > 1)
                        return -EMALFORMED_; /* past 64 bits */
                value |= (uint64_t) (byte & 0x7f) << (7 * i);
                if (byte & 0x80)
                        continue;
                if (byte == 0 && i > 0)
                        return -EMALFORMED_; /* not minimal */
                *ret = value;
                return 0;
        }
        return -EMALFORMED_;
}

static int take_field(WireReader *reader, WireField *ret) {
        uint64_t key, value;
        int r = take_varint(reader, &key);
        if (r < 0)
                return r;
        uint64_t number = key >> 3;
        unsigned type = key & 7;
        if (number == 0 || number > NUMBER_MAX || (type != TYPE_VARINT && type != TYPE_BYTES))
                return -EMALFORMED_;
        r = take_varint(reader, &value);
        if (r < 0)
                return r;
        WireField field = { .number = (uint32_t) number, .type = (uint8_t) type };
        if (type == TYPE_VARINT)
                field.varint = value;
        else {
                if (value > (size_t) (reader->end - reader->at))
                        return -EMALFORMED_;
                field.bytes = (Bytes){ reader->at, (size_t) value };
                reader->at += value;
        }
        *ret = field;
        return 1;
}

int wire_next(WireReader *reader, WireField *ret) {
        if (reader->failed)
                return -EMALFORMED_;
        if (reader->at == reader->end)
                return 0;
        int r = take_field(reader, ret);
        reader->failed = r < 0;
        return r;
}
