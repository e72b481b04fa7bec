/* SPDX-License-Identifier: Apache-2.0 */
/* Signed sayings in their canonical form. */
#include "statement.h"

#include <node/error.h>
#include <node/wire.h>
#include <string.h>

#include "batch.h"

int statement_encode(const Statement *statement, Buffer *buffer) {
        wire_put_signed(buffer, 1, statement->format);
        wire_put_bytes(buffer, 2, statement->tree.bytes, sizeof statement->tree.bytes);
        wire_put_signed(buffer, 3, statement->office);
        wire_put_signed(buffer, 4, statement->stream);
        wire_put_signed(buffer, 5, statement->epoch);
        wire_put_signed(buffer, 6, statement->seq);
        wire_put_bytes(buffer, 7, statement->digest.bytes, sizeof statement->digest.bytes);
        wire_put_signed(buffer, 8, statement->landed);
        wire_put_signed(buffer, 9, statement->set_aside);
        wire_put_signed(buffer, 10, statement->signer);
        wire_put_signed(buffer, 11, statement->instant_ms);
        wire_put_text(buffer, 12, statement->code ? statement->code : "");
        wire_put_signed(buffer, 13, statement->held_epoch);
        wire_put_signed(buffer, 14, statement->held_seq);
        return buffer_error(buffer);
}

static int64_t *number_of(Statement *statement, uint32_t number) {
        switch (number) {
        case 1:
                return &statement->format;
        case 3:
                return &statement->office;
        case 4:
                return &statement->stream;
        case 5:
                return &statement->epoch;
        case 6:
                return &statement->seq;
        case 8:
                return &statement->landed;
        case 9:
                return &statement->set_aside;
        case 10:
                return &statement->signer;
        case 11:
                return &statement->instant_ms;
        case 13:
                return &statement->held_epoch;
        case 14:
                return &statement->held_seq;
        default:
                return NULL;
        }
}

static int take(Statement *statement, const WireField *field, Arena *arena) {
        int64_t *number = number_of(statement, field->number);
        Digest *digest = field->number == 2 ? &statement->tree : &statement->digest;

        if (number) {
                if (field->type != 0)
                        return -EMALFORMED_;
                *number = wire_signed(field->varint);
                return 0;
        }
        if (field->number > 14)
                return 0;
        if (field->type != 2)
                return -EMALFORMED_;
        if (field->number == 12) {
                if (field->bytes.size > 64 || memchr(field->bytes.data, 0, field->bytes.size))
                        return -EMALFORMED_;
                statement->code = arena_strndup(arena, (const char *) field->bytes.data, field->bytes.size);
                return statement->code ? 0 : -ENOMEM;
        }
        if (field->bytes.size != sizeof digest->bytes)
                return -EMALFORMED_;
        memcpy(digest->bytes, field->bytes.data, sizeof digest->bytes);
        return 0;
}

int statement_decode(Bytes bytes, Arena *arena, Statement *ret) {
        Statement statement = { .code = "" };
        uint32_t last = 0;
        WireReader wire;
        WireField field;
        int r;

        if (bytes.size > STATEMENT_BYTES_MAX)
                return -E2BIG;
        wire_reader_init(&wire, bytes);
        while ((r = wire_next(&wire, &field)) > 0) {
                if (field.number <= last)
                        return -EMALFORMED_;
                last = field.number;
                r = take(&statement, &field, arena);
                if (r < 0)
                        return r;
        }
        if (r < 0)
                return r;
        if (statement.format < STATEMENT_ACKNOWLEDGEMENT || statement.format > STATEMENT_GRANT)
                return -EOPNOTSUPP;
        if (statement.office <= 0 || statement.stream < 1 || statement.stream > STREAM_LAST ||
                statement.epoch < 0 || statement.seq < 0 || statement.signer <= 0)
                return -EMALFORMED_;
        *ret = statement;
        return 0;
}
