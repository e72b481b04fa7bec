/* SPDX-License-Identifier: Apache-2.0 */
/* libFuzzer: bytes of a stranger through everything that reads them before a signature is believed: header,
 * chunks, rows, statements, entries, frames. First byte chooses. */
#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "directory.h"
#include "frame.h"
#include "land.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int count_row(void *data, int64_t record, Bytes row) {
        *(int64_t *) data += record + (int64_t) row.size;
        return 0;
}

/* Header and chunks as in a frame, digests and sizes put right so that the unpacking itself is reached. */
static void batch_of(Bytes bytes, Arena *arena) {
        BatchHeader header;
        BatchChunk chunk;
        int64_t n = 0;
        Bytes part = bytes;

        if (batch_header_decode(bytes, arena, &header) == 0)
                (void) !batch_chunks_check(&header, NULL, 0);
        if (bytes.size < 8)
                return;
        chunk = (BatchChunk){ .packed = (int64_t) bytes.size - 8 };
        memcpy(&chunk.raw, bytes.data, 4);
        chunk.raw = chunk.raw % CHUNK_RAW_MAX + 1;
        part = (Bytes){ bytes.data + 8, bytes.size - 8 };
        header = (BatchHeader){ .rows = BATCH_ROWS_MAX, .chunks = &chunk, .n_chunks = 1 };
        (void) !batch_rows(&header, &part, count_row, &n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        Bytes bytes = { data + 1, size > 0 ? size - 1 : 0 };
        AttestationRow attestation;
        Statement statement;
        FrameMessage *frame;
        Bytes *chunks;
        FactRow fact;
        Arena *arena;
        Entry entry;
        size_t n;

        if (size == 0)
                return 0;
        arena = arena_new(WORK_ARENA_BYTES_MAX);
        if (!arena)
                return 0;
        switch (data[0] % 6) {
        case 0:
                batch_of(bytes, arena);
                break;
        case 1:
                (void) !statement_decode(bytes, arena, &statement);
                break;
        case 2:
                (void) !entry_decode(bytes, arena, &entry);
                break;
        case 3:
                (void) !batch_body_split(bytes, arena, &chunks, &n);
                break;
        case 4:
                frame = frame_unpack(bytes);
                frame_free(frame);
                break;
        default:
                (void) !fact_row_decode(bytes, &fact);
                (void) !attestation_row_decode(bytes, arena, &attestation);
                break;
        }
        arena_free(arena);
        return 0;
}
