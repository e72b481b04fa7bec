/* SPDX-License-Identifier: Apache-2.0 */
/* What passes between the node and its keys process: one request, one answer, over a stream socket.
 * Request: size of the rest (4), operation (1), purpose (1), 0 (2), size of associated (4), associated,
 * message. Answer: size of the rest (4), result (4, signed), bytes. Big endian. */
#pragma once

#include <internal/keys-process.h>
#include <node/error.h>

typedef enum KeysOperation {
        KEYS_READY = 0, /* the answer nobody asked for: once, after the start */
        KEYS_PUBLIC_KEY = 1,
        KEYS_SIGN = 2,
        KEYS_SEAL = 3,
        KEYS_OPEN = 4,
        KEYS_MAC = 5,
} KeysOperation;

#define KEYS_REQUEST_HEAD_BYTES 12
#define KEYS_ANSWER_HEAD_BYTES 8
/* Sealing adds its head and envelope to the message. */
#define KEYS_ANSWER_BYTES_MAX (KEYS_MESSAGE_BYTES_MAX + 1024)
#define KEYS_SOCKET_FD 3

static inline void frame_put(uint8_t *to, uint32_t value) {
        to[0] = (uint8_t) (value >> 24);
        to[1] = (uint8_t) (value >> 16);
        to[2] = (uint8_t) (value >> 8);
        to[3] = (uint8_t) value;
}
static inline uint32_t frame_get(const uint8_t *from) {
        return (uint32_t) from[0] << 24 | (uint32_t) from[1] << 16 | (uint32_t) from[2] << 8 | from[3];
}

/* All of it, through interruptions. */
int frame_write(int fd, const Bytes *parts, size_t n_parts) _must_check_;

/* Many small frames pass in one burst, and each call, each waking of the other end, costs more than the
 * frame itself: what came is read ahead, and answers are gathered until nothing is left to answer. */
#define FRAME_AHEAD_BYTES ((size_t) 64 << 10)

typedef struct FrameWriter {
        int fd;
        size_t size;
        uint8_t bytes[FRAME_AHEAD_BYTES];
} FrameWriter;

typedef struct FrameReader {
        int fd;
        size_t at, end;
        FrameWriter *writer; /* flushed before waiting for more, so that both ends never wait; or NULL */
        uint8_t bytes[FRAME_AHEAD_BYTES];
} FrameReader;

/* What is gathered is wiped once it is sent, and what was read ahead once it is taken. */
int frame_gather(FrameWriter *writer, const Bytes *parts, size_t n_parts) _must_check_;
int frame_flush(FrameWriter *writer) _must_check_;
/* -EPIPE at the end of the stream. */
int frame_take(FrameReader *reader, void *ret, size_t size_bytes) _must_check_;
