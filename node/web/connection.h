/* SPDX-License-Identifier: Apache-2.0 */
/* One SCGI connection: bytes in, bytes out, its state. The front decides what happens between. */
#pragma once

#include "front.h"
#include "pool.h"

typedef enum ConnectionState {
        CONNECTION_HEAD,    /* reading the head */
        CONNECTION_BODY,    /* reading the body */
        CONNECTION_DISCARD, /* reading a body that will be refused, so that the refusal can be heard */
        CONNECTION_WORK,    /* with a worker; out of epoll */
        CONNECTION_SEND,
        CONNECTION_STREAM, /* everything sent, more may come */
} ConnectionState;

typedef struct Connection {
        PoolWork work; /* first: the pool's link */
        ConnectionState state;
        int fd;
        size_t slot;              /* in the front's table */
        bool polled;              /* in epoll */
        int64_t deadline_ms;      /* monotonic; of the state */
        int64_t beat_ms, life_ms; /* of a stream */
        uint64_t version;         /* last progress sent */
        bool last;                /* the stream ends after what is being sent */
        char *head;
        size_t head_size;
        ScgiHead parsed;
        char *body;
        size_t body_size, body_filled;
        FrontReply reply;
        size_t sent;
        int64_t fd_sent;
} Connection;

Connection *connection_new(int fd);
Connection *connection_free(Connection *connection);
DEFINE_CLEANUP(Connection, connection_free)

/* Reads what is there. 1: head whole (BODY bytes that came along are kept), 0: more later, -EMALFORMED_,
 * -E2BIG, -ECONNRESET: the peer has gone. */
int connection_read_head(Connection *connection) _must_check_;
/* Makes room for a body of parsed.content_bytes. -ENOMEM, -EMALFORMED_: more came than announced. */
int connection_expect_body(Connection *connection) _must_check_;
/* 1: whole. With discard, bytes are counted and dropped. */
int connection_read_body(Connection *connection, bool discard) _must_check_;
/* 1: everything sent, 0: more later, negative: the peer has gone or the file fell short. */
int connection_send(Connection *connection) _must_check_;
