/* SPDX-License-Identifier: Apache-2.0 */
/* Wire form of one directory entry. */
#include <node/error.h>
#include <node/wire.h>
#include <string.h>

#include "batch.h"
#include "directory.h"

static void put_since(const Entry *entry, Buffer *buffer) {
        Buffer part = BUFFER_INIT(64);

        for (size_t i = 0; i < entry->n_since; i++) {
                buffer_reset(&part);
                wire_put_signed(&part, 1, entry->since[i].stream);
                wire_put_signed(&part, 2, entry->since[i].position.epoch);
                wire_put_signed(&part, 3, entry->since[i].position.seq);
                wire_put_bytes(buffer, 16, part.data, part.size);
        }
        if (part.error != 0 && buffer->error == 0)
                buffer->error = part.error;
        buffer_done(&part);
}

int entry_encode(const Entry *entry, Buffer *buffer) {
        uint8_t key[1 + sizeof entry->key.point];

        key[0] = entry->key.algorithm;
        memcpy(key + 1, entry->key.point, sizeof entry->key.point);
        wire_put_signed(buffer, 1, entry->format);
        wire_put_bytes(buffer, 2, entry->tree.bytes, sizeof entry->tree.bytes);
        wire_put_signed(buffer, 3, entry->office);
        wire_put_signed(buffer, 4, entry->version);
        wire_put_signed(buffer, 5, entry->parent);
        wire_put_text(buffer, 6, entry->name);
        wire_put_text(buffer, 7, entry->division_code);
        wire_put_signed(buffer, 8, entry->level);
        wire_put_signed(buffer, 9, entry->capabilities);
        if (!entry->revoked)
                wire_put_bytes(buffer, 10, key, sizeof key);
        wire_put_text(buffer, 11, entry->fingerprint);
        wire_put_signed(buffer, 12, entry->block_first);
        wire_put_signed(buffer, 13, entry->block_last);
        wire_put_signed(buffer, 14, entry->valid_from);
        wire_put_signed(buffer, 15, entry->revoked);
        put_since(entry, buffer);
        wire_put_signed(buffer, 17, entry->signer);
        wire_put_signed(buffer, 18, entry->signer_version);
        return buffer_error(buffer);
}

static int take_text(const WireField *field, size_t max, Arena *arena, const char **ret) {
        const char *text = (const char *) field->bytes.data;

        if (field->type != 2 || field->bytes.size > max || memchr(text, 0, field->bytes.size) ||
                !text_is_utf8(text, field->bytes.size))
                return -EMALFORMED_;
        *ret = arena_strndup(arena, text, field->bytes.size);
        return *ret ? 0 : -ENOMEM;
}

static int take_since(Entry *entry, const WireField *field) {
        EntrySince since = {};
        WireReader wire;
        WireField part;
        int r;

        if (field->type != 2 || entry->n_since == ENTRY_SINCE_MAX)
                return -EMALFORMED_;
        wire_reader_init(&wire, field->bytes);
        while ((r = wire_next(&wire, &part)) > 0) {
                if (part.type != 0)
                        return -EMALFORMED_;
                if (part.number == 1)
                        since.stream = wire_signed(part.varint);
                else if (part.number == 2)
                        since.position.epoch = wire_signed(part.varint);
                else if (part.number == 3)
                        since.position.seq = wire_signed(part.varint);
        }
        if (r < 0)
                return r;
        entry->since[entry->n_since++] = since;
        return 0;
}

static int64_t *number_of(Entry *entry, uint32_t number) {
        switch (number) {
        case 1:
                return &entry->format;
        case 3:
                return &entry->office;
        case 4:
                return &entry->version;
        case 5:
                return &entry->parent;
        case 8:
                return &entry->level;
        case 9:
                return &entry->capabilities;
        case 12:
                return &entry->block_first;
        case 13:
                return &entry->block_last;
        case 14:
                return &entry->valid_from;
        case 17:
                return &entry->signer;
        case 18:
                return &entry->signer_version;
        default:
                return NULL;
        }
}

static int take(Entry *entry, const WireField *field, Arena *arena) {
        int64_t *number = number_of(entry, field->number);

        if (number) {
                if (field->type != 0)
                        return -EMALFORMED_;
                *number = wire_signed(field->varint);
                return 0;
        }
        switch (field->number) {
        case 2:
                if (field->type != 2 || field->bytes.size != sizeof entry->tree.bytes)
                        return -EMALFORMED_;
                memcpy(entry->tree.bytes, field->bytes.data, sizeof entry->tree.bytes);
                return 0;
        case 6:
                return take_text(field, 600, arena, &entry->name);
        case 7:
                return take_text(field, 64, arena, &entry->division_code);
        case 10:
                if (field->type != 2 || field->bytes.size != 1 + sizeof entry->key.point)
                        return -EMALFORMED_;
                entry->key.algorithm = field->bytes.data[0];
                memcpy(entry->key.point, field->bytes.data + 1, sizeof entry->key.point);
                return 0;
        case 11:
                return take_text(field, 64, arena, &entry->fingerprint);
        case 15:
                if (field->type != 0)
                        return -EMALFORMED_;
                entry->revoked = wire_signed(field->varint) != 0;
                return 0;
        case 16:
                return take_since(entry, field);
        default:
                return 0;
        }
}

int entry_decode(Bytes bytes, Arena *arena, Entry *ret) {
        Entry entry = { .name = "", .division_code = "", .fingerprint = "", .content = bytes };
        uint32_t last = 0;
        WireReader wire;
        WireField field;
        int r;

        if (bytes.size > ENTRY_BYTES_MAX)
                return -E2BIG;
        wire_reader_init(&wire, bytes);
        while ((r = wire_next(&wire, &field)) > 0) {
                if (field.number < last || (field.number == last && field.number != 16))
                        return -EMALFORMED_;
                last = field.number;
                r = take(&entry, &field, arena);
                if (r < 0)
                        return r;
        }
        if (r < 0)
                return r;
        if (entry.format != ENTRY_FORMAT)
                return -EOPNOTSUPP;
        if (entry.office <= 0 || entry.office > OFFICE_MAX || entry.version < 1 || entry.parent <= 0 ||
                entry.level < LEVEL_COUNTY || entry.level > LEVEL_NATIONAL || text_empty(entry.name))
                return -EMALFORMED_;
        if (entry.block_first > entry.block_last || entry.block_first < 0 || entry.block_last > OFFICE_MAX)
                return -EMALFORMED_;
        if (!entry.revoked && entry.key.algorithm == 0)
                return -EMALFORMED_;
        *ret = entry;
        return 0;
}
