/* SPDX-License-Identifier: Apache-2.0 */
/* Header and chunks of a batch, written and read. Everything here may be fed by a stranger: every size is
 * bounded before it is believed. */
#include "batch.h"

#include <node/error.h>
#include <node/wire.h>
#include <string.h>
#include <zstd.h>

static void put_digest(Buffer *buffer, uint32_t number, const Digest *digest) {
        static const Digest zero;

        if (memcmp(digest, &zero, sizeof zero) != 0)
                wire_put_bytes(buffer, number, digest->bytes, sizeof digest->bytes);
}

static void put_part(Buffer *buffer, uint32_t number, const Buffer *part) {
        if (part->error != 0 && buffer->error == 0)
                buffer->error = part->error;
        wire_put_bytes(buffer, number, part->data, part->size);
}

static void put_records(const BatchHeader *header, Buffer *buffer) {
        Buffer part = BUFFER_INIT(256);

        for (size_t i = 0; i < header->n_records; i++) {
                buffer_reset(&part);
                wire_put_signed(&part, 1, header->records[i].record);
                wire_put_signed(&part, 2, header->records[i].fields);
                put_part(buffer, 13, &part);
        }
        for (size_t i = 0; i < header->n_sums; i++) {
                buffer_reset(&part);
                wire_put_signed(&part, 1, header->sums[i].record);
                wire_put_signed(&part, 2, header->sums[i].field);
                wire_put_signed(&part, 3, header->sums[i].sum);
                put_part(buffer, 14, &part);
        }
        for (size_t i = 0; i < header->n_chunks; i++) {
                buffer_reset(&part);
                put_digest(&part, 1, &header->chunks[i].digest);
                wire_put_signed(&part, 2, header->chunks[i].packed);
                wire_put_signed(&part, 3, header->chunks[i].raw);
                put_part(buffer, 15, &part);
        }
        buffer_done(&part);
}

int batch_header_encode(const BatchHeader *header, Buffer *buffer) {
        wire_put_signed(buffer, 1, header->format);
        put_digest(buffer, 2, &header->tree);
        wire_put_signed(buffer, 3, header->office);
        wire_put_signed(buffer, 4, header->stream);
        wire_put_signed(buffer, 5, header->epoch);
        wire_put_signed(buffer, 6, header->seq);
        put_digest(buffer, 7, &header->previous);
        wire_put_signed(buffer, 8, header->kind);
        wire_put_signed(buffer, 9, header->chain_first);
        wire_put_signed(buffer, 10, header->chain_last);
        wire_put_signed(buffer, 11, header->partial);
        wire_put_signed(buffer, 12, header->rows);
        put_records(header, buffer);
        wire_put_signed(buffer, 16, header->signature_algorithm);
        wire_put_signed(buffer, 17, header->digest_algorithm);
        wire_put_signed(buffer, 18, header->compression);
        wire_put_bytes(buffer, 19, header->grant.data, header->grant.size);
        wire_put_bytes(buffer, 20, header->grant_signature.data, header->grant_signature.size);
        wire_put_signed(buffer, 21, header->instant_ms);
        wire_put_signed(buffer, 22, header->detail_epoch);
        wire_put_signed(buffer, 23, header->detail_seq);
        return buffer_error(buffer);
}

/* --- decoding --- */

typedef struct HeaderReader {
        BatchHeader *header;
        BatchRecord *records;
        BatchSum *sums;
        BatchChunk *chunks;
} HeaderReader;

static int take_digest(const WireField *field, Digest *ret) {
        if (field->type != 2 || field->bytes.size != sizeof ret->bytes)
                return -EMALFORMED_;
        memcpy(ret->bytes, field->bytes.data, sizeof ret->bytes);
        return 0;
}

static int take_record(HeaderReader *reader, Bytes bytes) {
        BatchRecord record = {};
        WireReader wire;
        WireField field;
        int r;

        if (reader->header->n_records == BATCH_RECORDS_MAX)
                return -E2BIG;
        wire_reader_init(&wire, bytes);
        while ((r = wire_next(&wire, &field)) > 0) {
                if (field.number == 1 && field.type == 0)
                        record.record = wire_signed(field.varint);
                else if (field.number == 2 && field.type == 0)
                        record.fields = wire_signed(field.varint);
        }
        if (r < 0)
                return r;
        if (record.record <= 0 || record.fields < 0)
                return -EMALFORMED_;
        reader->records[reader->header->n_records++] = record;
        return 0;
}

static int take_sum(HeaderReader *reader, Bytes bytes) {
        BatchSum sum = {};
        WireReader wire;
        WireField field;
        int r;

        if (reader->header->n_sums == BATCH_SUMS_MAX)
                return -E2BIG;
        wire_reader_init(&wire, bytes);
        while ((r = wire_next(&wire, &field)) > 0) {
                if (field.number == 1 && field.type == 0)
                        sum.record = wire_signed(field.varint);
                else if (field.number == 2 && field.type == 0)
                        sum.field = wire_signed(field.varint);
                else if (field.number == 3 && field.type == 0)
                        sum.sum = wire_signed(field.varint);
        }
        if (r < 0)
                return r;
        reader->sums[reader->header->n_sums++] = sum;
        return 0;
}

static int take_chunk(HeaderReader *reader, Bytes bytes) {
        BatchChunk chunk = {};
        WireReader wire;
        WireField field;
        int r;

        if (reader->header->n_chunks == BATCH_CHUNKS_MAX)
                return -E2BIG;
        wire_reader_init(&wire, bytes);
        while ((r = wire_next(&wire, &field)) > 0) {
                if (field.number == 1) {
                        int k = take_digest(&field, &chunk.digest);
                        if (k < 0)
                                return k;
                } else if (field.number == 2 && field.type == 0)
                        chunk.packed = wire_signed(field.varint);
                else if (field.number == 3 && field.type == 0)
                        chunk.raw = wire_signed(field.varint);
        }
        if (r < 0)
                return r;
        if (chunk.packed <= 0 || chunk.packed > CHUNK_PACKED_MAX || chunk.raw <= 0 ||
                chunk.raw > CHUNK_RAW_MAX)
                return -E2BIG;
        reader->chunks[reader->header->n_chunks++] = chunk;
        return 0;
}

static int64_t *number_of(BatchHeader *header, uint32_t number) {
        switch (number) {
        case 1:
                return &header->format;
        case 3:
                return &header->office;
        case 4:
                return &header->stream;
        case 5:
                return &header->epoch;
        case 6:
                return &header->seq;
        case 8:
                return &header->kind;
        case 9:
                return &header->chain_first;
        case 10:
                return &header->chain_last;
        case 11:
                return &header->partial;
        case 12:
                return &header->rows;
        case 16:
                return &header->signature_algorithm;
        case 17:
                return &header->digest_algorithm;
        case 18:
                return &header->compression;
        case 21:
                return &header->instant_ms;
        case 22:
                return &header->detail_epoch;
        case 23:
                return &header->detail_seq;
        default:
                return NULL;
        }
}

static int take_field(HeaderReader *reader, const WireField *field) {
        BatchHeader *header = reader->header;
        int64_t *number = number_of(header, field->number);

        if (number) {
                if (field->type != 0)
                        return -EMALFORMED_;
                *number = wire_signed(field->varint);
                return 0;
        }
        if (field->number > 23)
                return 0;
        if (field->type != 2)
                return -EMALFORMED_;
        switch (field->number) {
        case 2:
                return take_digest(field, &header->tree);
        case 7:
                return take_digest(field, &header->previous);
        case 13:
                return take_record(reader, field->bytes);
        case 14:
                return take_sum(reader, field->bytes);
        case 15:
                return take_chunk(reader, field->bytes);
        case 19:
                header->grant = field->bytes;
                return 0;
        case 20:
                header->grant_signature = field->bytes;
                return 0;
        default:
                return -EMALFORMED_;
        }
}

static int header_ranges(const BatchHeader *header) {
        int64_t raw = 0;

        if (header->format != BATCH_FORMAT)
                return -EOPNOTSUPP;
        if (header->office <= 0 || header->office > OFFICE_MAX || header->stream < 1 ||
                header->stream > STREAM_LAST)
                return -EMALFORMED_;
        if (header->epoch < 1 || header->seq < 1 || header->seq > BATCH_SEQ_MAX ||
                header->kind < BATCH_DELTA || header->kind > BATCH_CLOSE)
                return -EMALFORMED_;
        if (header->chain_first < 0 || header->chain_last < header->chain_first || header->partial < 0)
                return -EMALFORMED_;
        if (header->rows < 0 || header->rows > BATCH_ROWS_MAX ||
                (header->rows > 0) != (header->n_chunks > 0))
                return -EMALFORMED_;
        if (header->digest_algorithm != DIGEST_SM3 && header->digest_algorithm != DIGEST_SHA256)
                return -EOPNOTSUPP;
        if (header->compression != COMPRESSION_ZSTD && header->compression != COMPRESSION_ZSTD_SEALED)
                return -EOPNOTSUPP;
        if ((header->compression == COMPRESSION_ZSTD_SEALED) != (header->stream == STREAM_BACKUP))
                return -EMALFORMED_;
        for (size_t i = 0; i < header->n_chunks; i++)
                raw += header->chunks[i].raw;
        return raw > BATCH_RAW_MAX ? -E2BIG : 0;
}

int batch_header_decode(Bytes bytes, Arena *arena, BatchHeader *ret) {
        BatchHeader header = {};
        HeaderReader reader = { .header = &header };
        uint32_t last = 0;
        WireReader wire;
        WireField field;
        int r;

        if (bytes.size > BATCH_HEADER_BYTES_MAX)
                return -E2BIG;
        reader.records = ARENA_ARRAY(arena, BatchRecord, BATCH_RECORDS_MAX);
        reader.sums = ARENA_ARRAY(arena, BatchSum, BATCH_SUMS_MAX);
        reader.chunks = ARENA_ARRAY(arena, BatchChunk, BATCH_CHUNKS_MAX);
        if (!reader.records || !reader.sums || !reader.chunks)
                return -ENOMEM;
        wire_reader_init(&wire, bytes);
        while ((r = wire_next(&wire, &field)) > 0) {
                bool repeated = field.number >= 13 && field.number <= 15;

                /* Canonical: rising numbers, each single field once. */
                if (field.number < last || (field.number == last && !repeated))
                        return -EMALFORMED_;
                last = field.number;
                r = take_field(&reader, &field);
                if (r < 0)
                        return r;
        }
        if (r < 0)
                return r;
        header.records = reader.records;
        header.sums = reader.sums;
        header.chunks = reader.chunks;
        r = header_ranges(&header);
        if (r < 0)
                return r;
        *ret = header;
        return 0;
}

/* --- writing --- */

void batch_packer_init(BatchPacker *packer, DigestKind digest_kind, Arena *arena) {
        memset(packer, 0, sizeof *packer);
        packer->digest_kind = digest_kind;
        packer->arena = arena;
        packer->raw = (Buffer) BUFFER_INIT(CHUNK_RAW_MAX);
}

void batch_packer_done(BatchPacker *packer) {
        buffer_done(&packer->raw);
}

static int close_chunk(BatchPacker *packer) {
        size_t bound = ZSTD_compressBound(packer->raw.size), size;
        uint8_t *packed;
        int r;

        if (packer->raw.size == 0)
                return 0;
        if (packer->n_chunks == BATCH_CHUNKS_MAX)
                return -E2BIG;
        packed = arena_alloc(packer->arena, bound);
        if (!packed)
                return -ENOMEM;
        size = ZSTD_compress(packed, bound, packer->raw.data, packer->raw.size, 1);
        if (ZSTD_isError(size))
                return -EIO;
        BatchChunk *chunk = &packer->chunks[packer->n_chunks];
        r = digest_compute(packer->digest_kind, packed, size, &chunk->digest);
        if (r < 0)
                return r;
        chunk->packed = (int64_t) size;
        chunk->raw = (int64_t) packer->raw.size;
        packer->packed[packer->n_chunks++] = (Bytes){ packed, size };
        packer->raw_total += packer->raw.size;
        buffer_reset(&packer->raw);
        return 0;
}

int batch_packer_row(BatchPacker *packer, int64_t record, Bytes row) {
        int r;

        if (row.size == 0 || row.size > CHUNK_RAW_CUT)
                return -E2BIG;
        if (packer->raw.size >= CHUNK_RAW_CUT || packer->raw.size + row.size + 16 > CHUNK_RAW_MAX) {
                r = close_chunk(packer);
                if (r < 0)
                        return r;
        }
        wire_put_bytes(&packer->raw, (uint32_t) record, row.data, row.size);
        packer->rows++;
        return buffer_error(&packer->raw);
}

int batch_packer_sum(BatchPacker *packer, int64_t record, int64_t field, int64_t amount) {
        for (size_t i = 0; i < packer->n_sums; i++) {
                BatchSum *sum = &packer->sums[i];
                int64_t added;

                if (sum->record != record || sum->field != field)
                        continue;
                if (__builtin_add_overflow(sum->sum, amount, &added))
                        return -EOVERFLOW;
                sum->sum = added;
                return 0;
        }
        if (packer->n_sums == BATCH_SUMS_MAX)
                return -E2BIG;
        packer->sums[packer->n_sums++] = (BatchSum){ record, field, amount };
        return 0;
}

int batch_packer_record(BatchPacker *packer, int64_t record, int64_t fields) {
        for (size_t i = 0; i < packer->n_records; i++)
                if (packer->records[i].record == record)
                        return 0;
        if (packer->n_records == BATCH_RECORDS_MAX)
                return -E2BIG;
        packer->records[packer->n_records++] = (BatchRecord){ record, fields };
        return 0;
}

bool batch_packer_full(const BatchPacker *packer) {
        return packer->rows >= BATCH_ROWS_CUT || packer->raw_total + packer->raw.size >= BATCH_RAW_CUT;
}

int batch_packer_finish(BatchPacker *packer, BatchHeader *header) {
        int r = close_chunk(packer);

        if (r < 0)
                return r;
        header->rows = packer->rows;
        header->records = packer->records;
        header->n_records = packer->n_records;
        header->sums = packer->sums;
        header->n_sums = packer->n_sums;
        header->chunks = packer->chunks;
        header->n_chunks = packer->n_chunks;
        header->compression = COMPRESSION_ZSTD;
        return 0;
}

/* --- reading --- */

int batch_chunks_check(const BatchHeader *header, const Bytes *chunks, size_t n) {
        if (n != header->n_chunks)
                return -EMALFORMED_;
        for (size_t i = 0; i < n; i++) {
                Digest digest;
                int r;

                if ((int64_t) chunks[i].size != header->chunks[i].packed)
                        return -EMALFORMED_;
                r = digest_compute(
                        (DigestKind) header->digest_algorithm, chunks[i].data, chunks[i].size, &digest);
                if (r < 0)
                        return r;
                if (!digest_equal(&digest, &header->chunks[i].digest))
                        return -EBADMSG;
        }
        return 0;
}

static int chunk_rows(Bytes raw, BatchRow row, void *data, int64_t *count, int64_t max) {
        WireReader wire;
        WireField field;
        int r;

        wire_reader_init(&wire, raw);
        while ((r = wire_next(&wire, &field)) > 0) {
                if (field.type != 2 || ++*count > max)
                        return -EMALFORMED_;
                r = row(data, field.number, field.bytes);
                if (r < 0)
                        return r;
        }
        return r;
}

int batch_rows(const BatchHeader *header, const Bytes *chunks, BatchRow row, void *data) {
        _cleanup_(buffer_done) Buffer raw = BUFFER_INIT(CHUNK_RAW_MAX);
        int64_t count = 0;
        int r;

        for (size_t i = 0; i < header->n_chunks; i++) {
                static const uint8_t zeros[4096];
                size_t want = (size_t) header->chunks[i].raw, size;

                buffer_reset(&raw);
                while (raw.size < want && raw.error == 0)
                        buffer_append(&raw, zeros,
                                want - raw.size < sizeof zeros ? want - raw.size : sizeof zeros);
                if (buffer_error(&raw) < 0)
                        return buffer_error(&raw);
                /* Writes at most what the header promised: a bomb stops here. */
                size = ZSTD_decompress(raw.data, want, chunks[i].data, chunks[i].size);
                if (ZSTD_isError(size) || size != want)
                        return -EMALFORMED_;
                r = chunk_rows((Bytes){ raw.data, want }, row, data, &count, header->rows);
                if (r < 0)
                        return r;
        }
        return count == header->rows ? 0 : -EMALFORMED_;
}

int batch_body_join(const Bytes *chunks, size_t n, Buffer *buffer) {
        for (size_t i = 0; i < n; i++)
                wire_put_bytes(buffer, 1, chunks[i].data, chunks[i].size);
        return buffer_error(buffer);
}

int batch_body_split(Bytes body, Arena *arena, Bytes **ret_chunks, size_t *ret_n) {
        Bytes *chunks = ARENA_ARRAY(arena, Bytes, BATCH_CHUNKS_MAX);
        WireReader wire;
        WireField field;
        size_t n = 0;
        int r;

        if (!chunks)
                return -ENOMEM;
        wire_reader_init(&wire, body);
        while ((r = wire_next(&wire, &field)) > 0) {
                if (field.number != 1 || field.type != 2 || n == BATCH_CHUNKS_MAX)
                        return -EMALFORMED_;
                chunks[n++] = field.bytes;
        }
        if (r < 0)
                return r;
        *ret_chunks = chunks;
        *ret_n = n;
        return 0;
}
