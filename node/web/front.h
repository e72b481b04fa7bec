/* SPDX-License-Identifier: Apache-2.0 */
/* Transport only: sockets, time limits, queue, workers. Knows SCGI and nothing of HTTP, routes or JSON.
 * One epoll thread owns every socket; workers see whole requests and hand back whole replies. */
#pragma once

#include <internal/web.h>

#include "scgi-head.h"

typedef struct Front Front;

typedef struct FrontRequest {
        ScgiHead head;
        Bytes body;
} FrontRequest;

typedef struct FrontReply {
        Buffer bytes; /* status line, head and body, or its beginning */
        int fd;       /* then so many bytes of this file; -1: none; owned */
        int64_t fd_bytes;
        int64_t stream; /* not 0: stays open, front asks stream_next for more */
} FrontReply;

typedef struct FrontOptions {
        const char *socket;
        size_t workers;
        const Clock *clock;
        void *data;
        /* Pure and quick, on the epoll thread: how many bytes of body follow this head; -E2BIG: too many. */
        int64_t (*body_bytes)(void *data, const ScgiHead *head);
        /* On a worker. Always leaves a reply. */
        void (*serve)(void *data, const FrontRequest *request, FrontReply *reply);
        /* What to say where no worker was asked: -EMALFORMED_, -E2BIG, -EAGAIN, -ETIMEDOUT. On the epoll
         * thread. */
        void (*fail)(void *data, int result, FrontReply *reply);
        /* Appends what the stream's reader has not seen; *version is his place. True: the stream ends after
         * this. */
        bool (*stream_next)(void *data, int64_t stream, uint64_t *version, Buffer *out);
} FrontOptions;

int front_start(const FrontOptions *options, Front **ret) _must_check_;
Front *front_stop(Front *front);
/* Something was added to a stream; from any thread. */
void front_wake(Front *front);
/* For tests and the log: connections now open. */
size_t front_connections(Front *front);
void front_reply_done(FrontReply *reply);
