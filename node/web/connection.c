/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes of one SCGI connection, in and out, never waiting. */

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "connection.h"

#define HEAD_CAPACITY (SCGI_PREFIX_BYTES_MAX + SCGI_HEAD_BYTES_MAX + 1)
#define CHUNK_BYTES (64u << 10)
#define SENDS_PER_TURN 16 /* then the others have their turn */

Connection *connection_new(int fd) {
        Connection *connection = calloc(1, sizeof(*connection));
        if (!connection)
                return NULL;
        connection->head = malloc(HEAD_CAPACITY);
        if (!connection->head) {
                free(connection);
                return NULL;
        }
        connection->fd = fd;
        connection->reply.fd = -1;
        return connection;
}

void front_reply_done(FrontReply *reply) {
        buffer_done(&reply->bytes);
        if (reply->fd >= 0)
                close(reply->fd);
        reply->fd = -1;
}

Connection *connection_free(Connection *connection) {
        if (!connection)
                return NULL;
        if (connection->fd >= 0)
                close(connection->fd);
        front_reply_done(&connection->reply);
        free(connection->body);
        free(connection->head);
        free(connection);
        return NULL;
}

/* Bytes read, 0: nothing now, negative. */
static ssize_t receive(int fd, void *data, size_t size) {
        ssize_t n;

        do
                n = recv(fd, data, size, MSG_DONTWAIT);
        while (n < 0 && errno == EINTR);
        if (n > 0)
                return n;
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
                return 0;
        return -ECONNRESET;
}

int connection_read_head(Connection *connection) {
        ssize_t n = receive(connection->fd, connection->head + connection->head_size,
                HEAD_CAPACITY - connection->head_size);
        size_t head_bytes = 0;

        if (n <= 0)
                return (int) n;
        connection->head_size += (size_t) n;
        int r = scgi_head_parse(connection->head, connection->head_size, &connection->parsed, &head_bytes);
        if (r <= 0)
                return r == 0 && connection->head_size == HEAD_CAPACITY ? -E2BIG : r;

        /* What came behind the head waits at the end of the head's own memory. */
        connection->body_filled = connection->head_size - head_bytes;
        connection->head_size = head_bytes;
        return 1;
}

int connection_expect_body(Connection *connection) {
        size_t size = (size_t) connection->parsed.content_bytes;

        if (connection->body_filled > size)
                return -EMALFORMED_;
        char *body = malloc(size + 1);
        if (!body)
                return -ENOMEM;
        memcpy(body, connection->head + connection->head_size, connection->body_filled);
        body[size] = 0;
        connection->body = body;
        connection->body_size = size;
        return 0;
}

int connection_read_body(Connection *connection, bool discard) {
        char dropped[4096];
        size_t total = (size_t) connection->parsed.content_bytes;

        while (connection->body_filled < total) {
                size_t missing = total - connection->body_filled;
                ssize_t n = discard ? receive(connection->fd, dropped,
                                              missing < sizeof(dropped) ? missing : sizeof(dropped))
                                    : receive(connection->fd, connection->body + connection->body_filled,
                                              missing);
                if (n <= 0)
                        return (int) n;
                connection->body_filled += (size_t) n;
        }
        return 1;
}

/* Bytes taken by the socket, 0: full, negative. */
static ssize_t transmit(int fd, const void *data, size_t size) {
        ssize_t n;

        do
                n = send(fd, data, size, MSG_DONTWAIT | MSG_NOSIGNAL);
        while (n < 0 && errno == EINTR);
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
                return 0;
        return n < 0 ? -ECONNRESET : n;
}

/* Bytes of the file taken, 0: socket full, negative. */
static ssize_t send_file_part(Connection *connection) {
        static _Thread_local char chunk[CHUNK_BYTES];
        int64_t missing = connection->reply.fd_bytes - connection->fd_sent;

        ssize_t n = pread(connection->reply.fd, chunk,
                missing < CHUNK_BYTES ? (size_t) missing : CHUNK_BYTES, connection->fd_sent);
        if (n <= 0)
                return -EIO; /* shorter than it said: the peer notices by the missing bytes */
        return transmit(connection->fd, chunk, (size_t) n);
}

int connection_send(Connection *connection) {
        FrontReply *reply = &connection->reply;

        for (int i = 0; i < SENDS_PER_TURN; i++) {
                ssize_t n;
                if (connection->sent < reply->bytes.size) {
                        n = transmit(connection->fd, reply->bytes.data + connection->sent,
                                reply->bytes.size - connection->sent);
                        if (n > 0)
                                connection->sent += (size_t) n;
                } else if (reply->fd >= 0 && connection->fd_sent < reply->fd_bytes) {
                        n = send_file_part(connection);
                        if (n > 0)
                                connection->fd_sent += n;
                } else
                        return 1;
                if (n <= 0)
                        return (int) n;
        }
        return 0;
}
