/* SPDX-License-Identifier: Apache-2.0 */
/* The chain's forms and its readers. Writing an entry is the command path's; checking one is verify's. */
#include <assert.h>
#include <string.h>

#include <internal/chain-kernel.h>
#include <node/error.h>
#include <node/wire.h>

#include "chain-query.h"

enum {
        HEADER_STORE = 1,
        HEADER_SEQ,
        HEADER_INSTANT,
        HEADER_OFFICE,
        HEADER_PERSON,
        HEADER_COMMAND,
        HEADER_KEY,
        HEADER_INPUT,
        HEADER_BODY,
        HEADER_PREVIOUS
};
enum { BODY_CHANGE = 1, BODY_RANGE, BODY_ANSWER, BODY_LANDED, BODY_PRINCIPAL };
enum { CHANGE_RECORD = 1, CHANGE_ID, CHANGE_VERSION, CHANGE_BEFORE, CHANGE_AFTER, CHANGE_REASON };
enum { RANGE_RECORD = 1, RANGE_FIRST, RANGE_LAST, RANGE_COUNT, RANGE_DIGEST, RANGE_LOCATORS };

int chain_header_encode(const ChainHeader *header, Buffer *buffer) {
        assert(header->seq > 0);

        wire_put_signed(buffer, HEADER_STORE, header->store);
        wire_put_signed(buffer, HEADER_SEQ, header->seq);
        wire_put_signed(buffer, HEADER_INSTANT, header->instant_ms);
        wire_put_signed(buffer, HEADER_OFFICE, header->office);
        wire_put_signed(buffer, HEADER_PERSON, header->person);
        wire_put_text(buffer, HEADER_COMMAND, header->command);
        wire_put_text(buffer, HEADER_KEY, header->key);
        wire_put_bytes(buffer, HEADER_INPUT, header->input.bytes, sizeof(header->input.bytes));
        wire_put_bytes(buffer, HEADER_BODY, header->body.bytes, sizeof(header->body.bytes));
        wire_put_bytes(buffer, HEADER_PREVIOUS, header->previous.bytes, sizeof(header->previous.bytes));
        return buffer_error(buffer);
}

static void change_encode(const ChainChange *change, Buffer *buffer) {
        wire_put_signed(buffer, CHANGE_RECORD, change->record);
        wire_put_signed(buffer, CHANGE_ID, change->id.value);
        wire_put_signed(buffer, CHANGE_VERSION, change->version);
        wire_put_bytes(buffer, CHANGE_BEFORE, change->before.data, change->before.size);
        wire_put_bytes(buffer, CHANGE_AFTER, change->after.data, change->after.size);
        wire_put_text(buffer, CHANGE_REASON, change->reason);
}

static void range_encode(const ChainRange *range, Buffer *buffer) {
        wire_put_signed(buffer, RANGE_RECORD, range->record);
        wire_put_signed(buffer, RANGE_FIRST, range->first.value);
        wire_put_signed(buffer, RANGE_LAST, range->last.value);
        wire_put_signed(buffer, RANGE_COUNT, range->count);
        wire_put_bytes(buffer, RANGE_DIGEST, range->digest.bytes, sizeof(range->digest.bytes));
        wire_put_bytes(buffer, RANGE_LOCATORS, range->locators.data, range->locators.size);
}

int chain_body_encode(const ChainBody *body, Buffer *buffer) {
        Buffer part = BUFFER_INIT(CHAIN_BODY_BYTES_MAX);
        int r;

        for (size_t i = 0; i < body->n_changes && !buffer_error(&part); i++) {
                buffer_reset(&part);
                change_encode(&body->changes[i], &part);
                wire_put_bytes(buffer, BODY_CHANGE, part.data, part.size);
        }
        for (size_t i = 0; i < body->n_ranges && !buffer_error(&part); i++) {
                buffer_reset(&part);
                range_encode(&body->ranges[i], &part);
                wire_put_bytes(buffer, BODY_RANGE, part.data, part.size);
        }
        r = buffer_error(&part);
        buffer_done(&part);
        if (r < 0)
                return r;
        wire_put_bytes(buffer, BODY_ANSWER, body->answer.data, body->answer.size);
        wire_put_bytes(buffer, BODY_LANDED, body->landed.data, body->landed.size);
        if (body->principal.value != 0)
                wire_put_signed(buffer, BODY_PRINCIPAL, body->principal.value);
        return buffer_error(buffer);
}

static int digest_take(Bytes bytes, Digest *ret) {
        if (bytes.size != sizeof(ret->bytes))
                return -EMALFORMED_;
        memcpy(ret->bytes, bytes.data, sizeof(ret->bytes));
        return 0;
}

static int change_decode(Bytes bytes, Arena *arena, ChainChange *ret) {
        ChainChange change = { .reason = "" };
        WireReader reader;
        WireField field;
        int r;

        wire_reader_init(&reader, bytes);
        while ((r = wire_next(&reader, &field)) > 0) {
                if (field.number <= CHANGE_REASON && (field.type == 0) != (field.number <= CHANGE_VERSION))
                        return -EMALFORMED_;
                switch (field.number) {
                case CHANGE_RECORD:
                        change.record = wire_signed(field.varint);
                        break;
                case CHANGE_ID:
                        change.id.value = wire_signed(field.varint);
                        break;
                case CHANGE_VERSION:
                        change.version = wire_signed(field.varint);
                        break;
                case CHANGE_BEFORE:
                        change.before = field.bytes;
                        break;
                case CHANGE_AFTER:
                        change.after = field.bytes;
                        break;
                case CHANGE_REASON:
                        change.reason =
                                arena_strndup(arena, (const char *) field.bytes.data, field.bytes.size);
                        if (!change.reason)
                                return -ENOMEM;
                        break;
                default:
                        break;
                }
        }
        if (r == 0)
                *ret = change;
        return r;
}

static int range_decode(Bytes bytes, ChainRange *ret) {
        ChainRange range = { 0 };
        WireReader reader;
        WireField field;
        int r;

        wire_reader_init(&reader, bytes);
        while ((r = wire_next(&reader, &field)) > 0) {
                if (field.number <= RANGE_LOCATORS && (field.type == 0) != (field.number <= RANGE_COUNT))
                        return -EMALFORMED_;
                switch (field.number) {
                case RANGE_RECORD:
                        range.record = wire_signed(field.varint);
                        break;
                case RANGE_FIRST:
                        range.first.value = wire_signed(field.varint);
                        break;
                case RANGE_LAST:
                        range.last.value = wire_signed(field.varint);
                        break;
                case RANGE_COUNT:
                        range.count = wire_signed(field.varint);
                        break;
                case RANGE_DIGEST:
                        if (digest_take(field.bytes, &range.digest) < 0)
                                return -EMALFORMED_;
                        break;
                case RANGE_LOCATORS:
                        range.locators = field.bytes;
                        break;
                default:
                        break;
                }
        }
        if (r == 0)
                *ret = range;
        return r;
}

static int body_count(Bytes body, size_t *ret_changes, size_t *ret_ranges) {
        WireReader reader;
        WireField field;
        size_t changes = 0, ranges = 0;
        int r;

        wire_reader_init(&reader, body);
        while ((r = wire_next(&reader, &field)) > 0) {
                if (field.number <= BODY_PRINCIPAL && (field.type == 0) != (field.number == BODY_PRINCIPAL))
                        return -EMALFORMED_;
                changes += field.number == BODY_CHANGE;
                ranges += field.number == BODY_RANGE;
        }
        *ret_changes = changes;
        *ret_ranges = ranges;
        return r;
}

int chain_body_decode(Bytes body, Arena *arena, ChainEntry *ret_entry) {
        size_t n_changes, n_ranges, change = 0, range = 0;
        ChainChange *changes;
        ChainRange *ranges;
        Bytes answer = { 0 }, landed = { 0 };
        Id principal = { 0 };
        WireReader reader;
        WireField field;
        int r;

        r = body_count(body, &n_changes, &n_ranges);
        if (r < 0)
                return r;
        changes = ARENA_ARRAY(arena, ChainChange, n_changes + 1);
        ranges = ARENA_ARRAY(arena, ChainRange, n_ranges + 1);
        if (!changes || !ranges)
                return -ENOMEM;

        wire_reader_init(&reader, body);
        while ((r = wire_next(&reader, &field)) > 0) {
                if (field.number == BODY_CHANGE)
                        r = change_decode(field.bytes, arena, &changes[change++]);
                else if (field.number == BODY_RANGE)
                        r = range_decode(field.bytes, &ranges[range++]);
                else if (field.number == BODY_ANSWER)
                        answer = field.bytes;
                else if (field.number == BODY_LANDED)
                        landed = field.bytes;
                else if (field.number == BODY_PRINCIPAL)
                        principal.value = wire_signed(field.varint);
                if (r < 0)
                        return r;
        }
        if (r < 0)
                return r;

        ret_entry->changes = changes;
        ret_entry->n_changes = n_changes;
        ret_entry->ranges = ranges;
        ret_entry->n_ranges = n_ranges;
        ret_entry->answer = answer;
        ret_entry->landed = landed;
        ret_entry->principal = principal;
        ret_entry->body = body;
        return 0;
}

enum {
        COLUMN_SEQ,
        COLUMN_INSTANT,
        COLUMN_OFFICE,
        COLUMN_PERSON,
        COLUMN_COMMAND,
        COLUMN_KEY,
        COLUMN_INPUT,
        COLUMN_BODY_DIGEST,
        COLUMN_PREVIOUS,
        COLUMN_HEAD,
        COLUMN_BODY
};

static int entry_read(const Rows *rows, StoreId store, Arena *arena, ChainEntry *ret) {
        ChainEntry entry = { 0 };
        Bytes stored = rows_blob(rows, COLUMN_BODY), body = { .size = stored.size };
        int r;

        entry.header.store = store;
        entry.header.seq = rows_integer(rows, COLUMN_SEQ);
        entry.header.instant_ms = rows_integer(rows, COLUMN_INSTANT);
        entry.header.office = rows_integer(rows, COLUMN_OFFICE);
        entry.header.person = rows_integer(rows, COLUMN_PERSON);
        entry.header.command = arena_strdup(arena, rows_text(rows, COLUMN_COMMAND));
        entry.header.key = arena_strdup(arena, rows_text(rows, COLUMN_KEY));
        if (stored.size > 0)
                body.data = arena_copy(arena, stored.data, stored.size);
        if (!entry.header.command || !entry.header.key || (stored.size > 0 && !body.data))
                return -ENOMEM;
        if (digest_take(rows_blob(rows, COLUMN_INPUT), &entry.header.input) < 0 ||
                digest_take(rows_blob(rows, COLUMN_BODY_DIGEST), &entry.header.body) < 0 ||
                digest_take(rows_blob(rows, COLUMN_PREVIOUS), &entry.header.previous) < 0 ||
                digest_take(rows_blob(rows, COLUMN_HEAD), &entry.head) < 0)
                return -EMALFORMED_;
        r = chain_body_decode(body, arena, &entry);
        if (r < 0)
                return r;
        *ret = entry;
        return 0;
}

static int entries_read(Tx *tx, const Query *query, const Value *args, size_t n_args, size_t max,
        Arena *arena, ChainEntry **ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        size_t n = 0, capacity = 16;
        ChainEntry *entries;
        int r;

        entries = ARENA_ARRAY(arena, ChainEntry, capacity);
        if (!entries)
                return -ENOMEM;
        r = tx_query(tx, query, args, n_args, &rows);
        if (r < 0)
                return r;
        while (n < max && (r = rows_next(rows)) > 0) {
                if (n == capacity) {
                        ChainEntry *larger = ARENA_ARRAY(arena, ChainEntry, 2 * capacity);

                        if (!larger)
                                return -ENOMEM;
                        memcpy(larger, entries, sizeof(ChainEntry) * n);
                        entries = larger;
                        capacity *= 2;
                }
                r = entry_read(rows, tx_store(tx), arena, &entries[n]);
                if (r < 0)
                        return r;
                n++;
        }
        if (r < 0)
                return r;
        *ret = entries;
        return (int) n;
}

#define CHAIN_READ_MAX 100000u

int chain_read(Tx *tx, int64_t after_seq, size_t max, Arena *arena, ChainEntry **ret) {
        if (max > CHAIN_READ_MAX)
                max = CHAIN_READ_MAX;
        return entries_read(tx, &chain_query_after,
                SQL_ARGS(value_integer(after_seq), value_integer((int64_t) max)), max, arena, ret);
}

int chain_read_row(Tx *tx, int64_t record, Id id, size_t max, Arena *arena, ChainEntry **ret) {
        if (max > CHAIN_READ_MAX)
                max = CHAIN_READ_MAX;
        return entries_read(tx, &chain_query_by_row,
                SQL_ARGS(value_integer(record), value_id(id), value_integer((int64_t) max)), max, arena,
                ret);
}

int chain_head(Tx *tx, int64_t *ret_seq, Digest *ret_head) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        Digest head = { 0 };
        int64_t seq = 0;
        int r;

        r = tx_query(tx, &chain_query_head, SQL_NO_ARGS, &rows);
        if (r < 0)
                return r;
        r = rows_next(rows);
        if (r < 0)
                return r;
        if (r > 0) {
                seq = rows_integer(rows, 0);
                if (digest_take(rows_blob(rows, 1), &head) < 0)
                        return -EMALFORMED_;
        }
        *ret_seq = seq;
        *ret_head = head;
        return 0;
}
