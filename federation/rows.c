/* SPDX-License-Identifier: Apache-2.0 */
/* Wire form of rows that are not records of a module: fact cells and attestations. */
#include <node/error.h>
#include <node/wire.h>
#include <string.h>

#include "land.h"

int fact_row_encode(const FactRow *fact, Buffer *buffer) {
        wire_put_signed(buffer, 1, fact->measure);
        wire_put_signed(buffer, 2, fact->month);
        wire_put_signed(buffer, 3, fact->nature);
        wire_put_signed(buffer, 4, fact->phase);
        wire_put_signed(buffer, 5, fact->category);
        wire_put_signed(buffer, 6, fact->revision);
        wire_put_signed(buffer, 7, fact->value);
        return buffer_error(buffer);
}

int fact_row_decode(Bytes bytes, FactRow *ret) {
        FactRow fact = {};
        int64_t *numbers[] = { NULL, &fact.measure, &fact.month, &fact.nature, &fact.phase, &fact.category,
                &fact.revision, &fact.value };
        WireReader wire;
        WireField field;
        int r;

        wire_reader_init(&wire, bytes);
        while ((r = wire_next(&wire, &field)) > 0) {
                if (field.number >= ELEMENTSOF(numbers))
                        continue;
                if (field.type != 0 || !numbers[field.number])
                        return -EMALFORMED_;
                *numbers[field.number] = wire_signed(field.varint);
        }
        if (r < 0)
                return r;
        if (fact.measure <= 0 || fact.month < 190001 || fact.month > 219912 || fact.month % 100 < 1 ||
                fact.month % 100 > 12 || fact.revision < 1)
                return -EMALFORMED_;
        *ret = fact;
        return 0;
}

int attestation_row_encode(const AttestationRow *attestation, Buffer *buffer) {
        wire_put_signed(buffer, 1, attestation->office);
        wire_put_signed(buffer, 2, attestation->month);
        wire_put_signed(buffer, 3, attestation->revision);
        wire_put_signed(buffer, 4, attestation->verdict);
        wire_put_bytes(buffer, 5, attestation->digest.bytes, sizeof attestation->digest.bytes);
        wire_put_text(buffer, 6, attestation->differing);
        return buffer_error(buffer);
}

static int take_bytes(const WireField *field, Arena *arena, AttestationRow *attestation) {
        if (field->type != 2)
                return -EMALFORMED_;
        if (field->number == 5) {
                if (field->bytes.size != sizeof attestation->digest.bytes)
                        return -EMALFORMED_;
                memcpy(attestation->digest.bytes, field->bytes.data, sizeof attestation->digest.bytes);
                return 0;
        }
        if (field->bytes.size > 2048 || memchr(field->bytes.data, 0, field->bytes.size) ||
                !text_is_utf8((const char *) field->bytes.data, field->bytes.size))
                return -EMALFORMED_;
        attestation->differing = arena_strndup(arena, (const char *) field->bytes.data, field->bytes.size);
        return attestation->differing ? 0 : -ENOMEM;
}

int attestation_row_decode(Bytes bytes, Arena *arena, AttestationRow *ret) {
        AttestationRow attestation = { .differing = "" };
        int64_t *numbers[] = { NULL, &attestation.office, &attestation.month, &attestation.revision,
                &attestation.verdict };
        WireReader wire;
        WireField field;
        int r;

        wire_reader_init(&wire, bytes);
        while ((r = wire_next(&wire, &field)) > 0) {
                if (field.number == 5 || field.number == 6) {
                        r = take_bytes(&field, arena, &attestation);
                        if (r < 0)
                                return r;
                        continue;
                }
                if (field.number >= ELEMENTSOF(numbers))
                        continue;
                if (field.type != 0 || !numbers[field.number])
                        return -EMALFORMED_;
                *numbers[field.number] = wire_signed(field.varint);
        }
        if (r < 0)
                return r;
        if (attestation.office <= 0 || attestation.revision < 1 || attestation.verdict < 1 ||
                attestation.verdict > 2)
                return -EMALFORMED_;
        *ret = attestation;
        return 0;
}
