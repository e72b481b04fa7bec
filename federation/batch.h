/* SPDX-License-Identifier: Apache-2.0 */
/* The batch: a signed header and compressed chunks of rows. The header as sent is what is signed; it is kept
 * as received and never encoded again. Digest of a batch = digest of its header bytes; the header names
 * every chunk by digest, so the digest covers all. Pure functions of bytes: no store, no clock. */
#pragma once

#include <node/arena.h>
#include <node/crypto.h>
#include <node/text.h>

#define BATCH_FORMAT 1
#define BATCH_ROWS_CUT 1000  /* a batch is closed at so many rows */
#define BATCH_ROWS_MAX 65536 /* and refused above so many */
#define BATCH_RAW_CUT (3u << 20)
#define BATCH_RAW_MAX (6u << 20) /* all chunks together, unpacked */
#define BATCH_CHUNKS_MAX 24
#define BATCH_HEADER_BYTES_MAX (64u << 10)
#define BATCH_SUMS_MAX 256
#define BATCH_RECORDS_MAX 128
#define BATCH_SEQ_MAX (INT64_C(1) << 40)
#define CHUNK_RAW_CUT (512u << 10)
#define CHUNK_RAW_MAX (1u << 20)
#define CHUNK_PACKED_MAX ((1u << 20) + (64u << 10))

typedef enum Stream { /* stored and sent: never change */
        STREAM_DETAIL = 1,
        STREAM_SUPERVISION = 2,
        STREAM_FACTS = 3,
        STREAM_BACKUP = 4,      /* opaque: sealed to the office's recovery key */
        STREAM_ATTESTATION = 5, /* a holder of detail on the cells of the offices below it */
        STREAM_LAST = STREAM_ATTESTATION,
} Stream;

typedef enum BatchKind { BATCH_DELTA = 1, BATCH_BASELINE = 2, BATCH_CLOSE = 3 } BatchKind;
typedef enum Compression { COMPRESSION_ZSTD = 1, COMPRESSION_ZSTD_SEALED = 2 } Compression;

typedef struct BatchSum {
        int64_t record, field, sum; /* a KIND_MONEY field of a record, over the batch's rows, fen */
} BatchSum;
typedef struct BatchRecord {
        int64_t record, fields; /* record number and its highest field number at the sender: its version */
} BatchRecord;
typedef struct BatchChunk {
        Digest digest;       /* over the bytes as sent */
        int64_t packed, raw; /* sizes in bytes */
} BatchChunk;

typedef struct BatchHeader {
        int64_t format;                  /* 1 */
        Digest tree;                     /* 2: digest of the root's identity key */
        int64_t office;                  /* 3: whose data, who signs */
        int64_t stream;                  /* 4 */
        int64_t epoch;                   /* 5: from 1; the next is granted by the parent */
        int64_t seq;                     /* 6: from 1 in each epoch, gapless */
        Digest previous;                 /* 7: digest of the batch before; zeros at the very first */
        int64_t kind;                    /* 8: BatchKind */
        int64_t chain_first, chain_last; /* 9, 10: sequences of the sender's chain that were read for it */
        int64_t partial; /* 11: rows taken of entry chain_last when it continues in the next; else 0 */
        int64_t rows;    /* 12 */
        const BatchRecord *records; /* 13: record versions */
        size_t n_records;
        const BatchSum *sums; /* 14 */
        size_t n_sums;
        const BatchChunk *chunks; /* 15 */
        size_t n_chunks;
        int64_t signature_algorithm; /* 16: Algorithm */
        int64_t digest_algorithm;    /* 17: DigestKind */
        int64_t compression;         /* 18: Compression */
        Bytes grant;                 /* 19: first batch of an epoch above 1: the parent's signed grant */
        Bytes grant_signature;       /* 20 */
        int64_t instant_ms;          /* 21: for people, never for order */
        int64_t detail_epoch,
                detail_seq; /* 22, 23: facts only: the sender's detail head of the same reading */
} BatchHeader;

int batch_header_encode(const BatchHeader *header, Buffer *buffer) _must_check_;
/* Strict: known ranges, all sizes below their maxima; unknown numbers are passed over (they stay in the
 * bytes). Arrays in the arena, grant points into bytes. -EMALFORMED_, -E2BIG, -EOPNOTSUPP (a format we
 * cannot read), -ENOMEM. */
int batch_header_decode(Bytes bytes, Arena *arena, BatchHeader *ret) _must_check_;

/* --- writing --- */
typedef struct BatchPacker {
        DigestKind digest_kind;
        Arena *arena;
        Buffer raw;
        BatchChunk chunks[BATCH_CHUNKS_MAX];
        Bytes packed[BATCH_CHUNKS_MAX];
        size_t n_chunks;
        BatchSum sums[BATCH_SUMS_MAX];
        size_t n_sums;
        BatchRecord records[BATCH_RECORDS_MAX];
        size_t n_records;
        int64_t rows;
        size_t raw_total;
} BatchPacker;
void batch_packer_init(BatchPacker *packer, DigestKind digest_kind, Arena *arena);
void batch_packer_done(BatchPacker *packer);
int batch_packer_row(BatchPacker *packer, int64_t record, Bytes row) _must_check_;
int batch_packer_sum(BatchPacker *packer, int64_t record, int64_t field, int64_t amount) _must_check_;
int batch_packer_record(BatchPacker *packer, int64_t record, int64_t fields) _must_check_;
bool batch_packer_full(const BatchPacker *packer);
/* Closes the last chunk and fills rows, records, sums, chunks and compression of the header. */
int batch_packer_finish(BatchPacker *packer, BatchHeader *header) _must_check_;

/* --- reading --- */
/* Sizes and digests of the chunks against the header. -EMALFORMED_, -EBADMSG. Nothing is unpacked. */
int batch_chunks_check(const BatchHeader *header, const Bytes *chunks, size_t n) _must_check_;
/* Calls row for each row in order; stops at its first failure. -EMALFORMED_ (also when the count differs).
 */
typedef int (*BatchRow)(void *data, int64_t record, Bytes row);
int batch_rows(const BatchHeader *header, const Bytes *chunks, BatchRow row, void *data) _must_check_;

/* One blob for the store: wire form, field 1 repeated. */
int batch_body_join(const Bytes *chunks, size_t n, Buffer *buffer) _must_check_;
/* Chunks point into body; array in the arena. */
int batch_body_split(Bytes body, Arena *arena, Bytes **ret_chunks, size_t *ret_n) _must_check_;
