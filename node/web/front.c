/* SPDX-License-Identifier: Apache-2.0 */
/* The loop that owns every socket of the web front: accepts, reads, hands to workers, sends, watches the
 * time. */

#include <assert.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <internal/log.h>

#include "connection.h"
#include "front.h"

#define TICK_MS 250
#define EVENTS_PER_TURN 64
#define LISTEN_BACKLOG 1024
#define DISCARD_BYTES_MAX (4 * (int64_t) WEB_BODY_BYTES_MAX)
#define STOP_TICKS_MAX 20 /* for replies that nobody takes */

struct Front {
        FrontOptions options;
        char *socket_path;
        int listen_fd, epoll_fd, wake_fd;
        bool listening; /* listen_fd is in epoll */
        Pool *pool;
        pthread_t thread;
        bool started;
        atomic_bool stopping;
        atomic_size_t n_connections;
        size_t n_streams;
        Connection *connections[WEB_CONNECTIONS_MAX];
};

static int64_t now_ms(const Front *front) {
        return front->options.clock->monotonic_ms(front->options.clock->data);
}

void front_wake(Front *front) {
        int r = eventfd_write(front->wake_fd, 1);
        assert(r == 0);
        (void) r;
}

static void listening_set(Front *front, bool on) {
        struct epoll_event event = { .events = EPOLLIN, .data.ptr = &front->listen_fd };

        if (on == front->listening)
                return;
        if (epoll_ctl(front->epoll_fd, on ? EPOLL_CTL_ADD : EPOLL_CTL_DEL, front->listen_fd, &event) == 0)
                front->listening = on;
}

static void connection_close(Front *front, Connection *connection) {
        assert(connection->state != CONNECTION_WORK);
        if (connection->reply.stream && connection->version)
                front->n_streams--;
        front->connections[connection->slot] = NULL;
        front->n_connections--;
        connection_free(connection); /* closing also takes it out of epoll */
}

/* Waits for the given events; 0 takes it out. Closes the connection when even that fails: returns false. */
static bool connection_poll(Front *front, Connection *connection, uint32_t events) {
        struct epoll_event event = { .events = events, .data.ptr = connection };
        int operation = !events ? EPOLL_CTL_DEL : connection->polled ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;

        if (!events && !connection->polled)
                return true;
        if (epoll_ctl(front->epoll_fd, operation, connection->fd, &event) < 0) {
                connection_close(front, connection);
                return false;
        }
        connection->polled = events != 0;
        return true;
}

/* A stream counts while version is not 0. */
static void stream_begin(Front *front, Connection *connection) {
        if (front->n_streams >= WEB_STREAMS_MAX) {
                front_reply_done(&connection->reply);
                connection->reply.stream = 0;
                front->options.fail(front->options.data, -EAGAIN, &connection->reply);
                return;
        }
        front->n_streams++;
        connection->version = 1;
        connection->beat_ms = now_ms(front) + WEB_STREAM_BEAT_MS;
        connection->life_ms = now_ms(front) + WEB_STREAM_LIFE_MS;
}

/* Sends as far as it goes and settles what the connection waits for next. */
static void connection_go_on_sending(Front *front, Connection *connection) {
        size_t sent = connection->sent;
        int64_t fd_sent = connection->fd_sent;

        int r = connection_send(connection);
        if (r < 0 || (r > 0 && (!connection->reply.stream || connection->last))) {
                connection_close(front, connection);
                return;
        }
        if (sent != connection->sent || fd_sent != connection->fd_sent)
                connection->deadline_ms = now_ms(front) + WEB_SEND_TIMEOUT_MS;
        connection->state = r > 0 ? CONNECTION_STREAM : CONNECTION_SEND;
        if (connection_poll(front, connection, r > 0 ? EPOLLRDHUP : EPOLLOUT) && r > 0)
                front_wake(front); /* what was published while this was being sent */
}

static void connection_answer(Front *front, Connection *connection) {
        if (buffer_error(&connection->reply.bytes) < 0) {
                connection_close(front, connection);
                return;
        }
        if (connection->reply.stream)
                stream_begin(front, connection);
        connection->state = CONNECTION_SEND;
        connection->deadline_ms = now_ms(front) + WEB_SEND_TIMEOUT_MS;
        connection_go_on_sending(front, connection);
}

static void connection_fail(Front *front, Connection *connection, int result) {
        front->options.fail(front->options.data, result, &connection->reply);
        connection_answer(front, connection);
}

static void connection_hand_over(Front *front, Connection *connection) {
        if (!connection_poll(front, connection, 0))
                return;
        connection->state = CONNECTION_WORK;
        if (pool_put(front->pool, &connection->work) < 0) {
                connection->state = CONNECTION_SEND;
                connection_fail(front, connection, -EAGAIN);
        }
}

static void connection_body(Front *front, Connection *connection) {
        bool discard = connection->state == CONNECTION_DISCARD;

        int r = connection_read_body(connection, discard);
        if (r < 0)
                connection_close(front, connection);
        else if (r > 0 && discard)
                connection_fail(front, connection, -E2BIG);
        else if (r > 0)
                connection_hand_over(front, connection);
}

static void connection_head(Front *front, Connection *connection) {
        int r = connection_read_head(connection);
        if (r == 0)
                return;
        if (r == -ECONNRESET) {
                connection_close(front, connection);
                return;
        }
        if (r < 0) {
                connection_fail(front, connection, r);
                return;
        }

        int64_t bytes = front->options.body_bytes(front->options.data, &connection->parsed);
        if (bytes >= 0) {
                connection->parsed.content_bytes = bytes;
                connection->state = CONNECTION_BODY;
                r = connection_expect_body(connection);
        } else {
                connection->state = CONNECTION_DISCARD;
                r = connection->parsed.content_bytes > DISCARD_BYTES_MAX ? -E2BIG : 0;
        }
        if (r < 0) {
                connection_fail(front, connection, r);
                return;
        }
        connection->deadline_ms = now_ms(front) + WEB_BODY_TIMEOUT_MS;
        connection_body(front, connection);
}

static void connection_event(Front *front, Connection *connection, uint32_t events) {
        switch (connection->state) {
        case CONNECTION_HEAD:
                connection_head(front, connection);
                break;
        case CONNECTION_BODY:
        case CONNECTION_DISCARD:
                connection_body(front, connection);
                break;
        case CONNECTION_SEND:
                if (events & (EPOLLHUP | EPOLLERR))
                        connection_close(front, connection);
                else
                        connection_go_on_sending(front, connection);
                break;
        case CONNECTION_STREAM:
                connection_close(front, connection); /* only EPOLLRDHUP and worse are asked for */
                break;
        case CONNECTION_WORK:
                assert(!"a connection at work is not in epoll");
        }
}

static int slot_free(const Front *front) {
        for (int i = 0; i < WEB_CONNECTIONS_MAX; i++)
                if (!front->connections[i])
                        return i;
        return -1;
}

static void front_accept(Front *front) {
        while (front->n_connections < WEB_CONNECTIONS_MAX) {
                int fd = accept4(front->listen_fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
                if (fd < 0) {
                        if (errno == EINTR || errno == ECONNABORTED)
                                continue;
                        if (errno != EAGAIN && errno != EWOULDBLOCK)
                                listening_set(front, false); /* no descriptors: again at the next tick */
                        return;
                }
                Connection *connection = connection_new(fd);
                if (!connection) {
                        close(fd);
                        return;
                }
                connection->slot = (size_t) slot_free(front);
                connection->deadline_ms = now_ms(front) + WEB_HEAD_TIMEOUT_MS;
                front->connections[connection->slot] = connection;
                front->n_connections++;
                if (connection_poll(front, connection, EPOLLIN))
                        connection_head(front, connection);
        }
        listening_set(front, false); /* full: nginx queues, then says 503 */
}

static void stream_go_on(Front *front, Connection *connection, bool beat) {
        Buffer *bytes = &connection->reply.bytes;

        buffer_reset(bytes);
        connection->sent = 0;
        connection->last = front->options.stream_next(
                front->options.data, connection->reply.stream, &connection->version, bytes);
        if (bytes->size == 0 && beat)
                buffer_text(bytes, ":\n\n");
        if (buffer_error(bytes) < 0) {
                connection_close(front, connection);
                return;
        }
        if (bytes->size > 0 || connection->last) {
                connection->deadline_ms = now_ms(front) + WEB_SEND_TIMEOUT_MS;
                connection->state = CONNECTION_SEND;
                connection_go_on_sending(front, connection);
        }
}

static void front_woken(Front *front) {
        eventfd_t count;

        if (eventfd_read(front->wake_fd, &count) < 0)
                return;
        for (PoolWork *work = pool_finished(front->pool), *next; work; work = next) {
                Connection *connection = (Connection *) work;
                next = work->next;
                connection->state = CONNECTION_SEND;
                connection_answer(front, connection);
        }
        for (size_t i = 0; i < WEB_CONNECTIONS_MAX; i++)
                if (front->connections[i] && front->connections[i]->state == CONNECTION_STREAM)
                        stream_go_on(front, front->connections[i], false);
}

static void connection_tick(Front *front, Connection *connection, int64_t now) {
        switch (connection->state) {
        case CONNECTION_WORK:
                return;
        case CONNECTION_STREAM:
                if (now >= connection->life_ms)
                        connection_close(front, connection);
                else if (now >= connection->beat_ms) {
                        connection->beat_ms = now + WEB_STREAM_BEAT_MS;
                        stream_go_on(front, connection, true);
                }
                return;
        case CONNECTION_SEND:
                if (now >= connection->deadline_ms)
                        connection_close(front, connection);
                return;
        case CONNECTION_HEAD:
        case CONNECTION_BODY:
        case CONNECTION_DISCARD:
                if (now >= connection->deadline_ms)
                        connection_fail(front, connection, -ETIMEDOUT);
        }
}

static void front_tick(Front *front) {
        int64_t now = now_ms(front);

        for (size_t i = 0; i < WEB_CONNECTIONS_MAX; i++)
                if (front->connections[i])
                        connection_tick(front, front->connections[i], now);
        listening_set(front, !front->stopping && front->n_connections < WEB_CONNECTIONS_MAX);
}

/* Those who still read or listen are cut off; those at work or being answered may finish. */
static void front_cut_off(Front *front, bool all) {
        listening_set(front, false);
        for (size_t i = 0; i < WEB_CONNECTIONS_MAX; i++) {
                Connection *connection = front->connections[i];
                if (connection && connection->state != CONNECTION_WORK &&
                        (all || connection->state != CONNECTION_SEND || connection->reply.stream))
                        connection_close(front, connection);
        }
}

/* Returns how many events there were. */
static int front_turn(Front *front) {
        struct epoll_event events[EVENTS_PER_TURN];
        bool woken = false;

        int n = epoll_wait(front->epoll_fd, events, EVENTS_PER_TURN, TICK_MS);
        for (int i = 0; i < n; i++)
                if (events[i].data.ptr == &front->wake_fd)
                        woken = true;
                else if (events[i].data.ptr == &front->listen_fd)
                        front_accept(front);
                else
                        connection_event(front, events[i].data.ptr, events[i].events);
        if (woken) /* last: it may close connections that have an event above */
                front_woken(front);
        return n;
}

static void *front_loop(void *data) {
        Front *front = data;
        int64_t next_tick = 0;
        int ticks_left = STOP_TICKS_MAX;

        while (!front->stopping || front->n_connections > 0) {
                int n = front_turn(front);
                if (front->stopping) {
                        front_cut_off(front, ticks_left == 0);
                        if (n == 0 && ticks_left > 0)
                                ticks_left--;
                }
                if (now_ms(front) >= next_tick) {
                        next_tick = now_ms(front) + TICK_MS;
                        front_tick(front);
                }
        }
        return NULL;
}

/* A socket file nobody listens on is left over from a crash and may go; anything else in the way may not. */
static int stale_socket_remove(const struct sockaddr_un *address) {
        struct stat st;

        if (lstat(address->sun_path, &st) < 0)
                return errno == ENOENT ? 0 : -errno;
        if (!S_ISSOCK(st.st_mode))
                return -EEXIST;
        int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (fd < 0)
                return -errno;
        int r = connect(fd, (const struct sockaddr *) address, sizeof(*address)) < 0 ? errno : 0;
        close(fd);
        if (r != ECONNREFUSED)
                return -EADDRINUSE;
        return unlink(address->sun_path) < 0 ? -errno : 0;
}

static int front_listen(Front *front) {
        struct sockaddr_un address = { .sun_family = AF_UNIX };

        if (strlen(front->options.socket) >= sizeof(address.sun_path))
                return -ENAMETOOLONG;
        strcpy(address.sun_path, front->options.socket);
        int r = stale_socket_remove(&address);
        if (r < 0)
                return r;
        front->listen_fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (front->listen_fd < 0)
                return -errno;
        if (bind(front->listen_fd, (const struct sockaddr *) &address, sizeof(address)) < 0)
                return -errno;
        front->socket_path = strdup(address.sun_path);
        /* Nobody can connect between bind and listen, so the mode is never open. */
        if (chmod(address.sun_path, 0660) < 0 || listen(front->listen_fd, LISTEN_BACKLOG) < 0)
                return -errno;
        return front->socket_path ? 0 : -ENOMEM;
}

static void front_serve(void *data, PoolWork *work) {
        Front *front = data;
        Connection *connection = (Connection *) work;
        FrontRequest request = {
                .head = connection->parsed,
                .body = { (const uint8_t *) connection->body, connection->body_size },
        };

        front->options.serve(front->options.data, &request, &connection->reply);
}

static int front_open(Front *front) {
        struct epoll_event event = { .events = EPOLLIN, .data.ptr = &front->wake_fd };

        front->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
        front->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (front->epoll_fd < 0 || front->wake_fd < 0)
                return -errno;
        if (epoll_ctl(front->epoll_fd, EPOLL_CTL_ADD, front->wake_fd, &event) < 0)
                return -errno;
        int r = front_listen(front);
        if (r < 0)
                return r;
        listening_set(front, true);
        r = pool_start(&(PoolOptions){ .workers = front->options.workers,
                               .queue_max = WEB_QUEUE_MAX,
                               .wake_fd = front->wake_fd,
                               .data = front,
                               .run = front_serve },
                &front->pool);
        if (r < 0)
                return r;
        r = -pthread_create(&front->thread, NULL, front_loop, front);
        front->started = r == 0;
        return r;
}

int front_start(const FrontOptions *options, Front **ret) {
        Front *front = calloc(1, sizeof(*front));
        if (!front)
                return -ENOMEM;
        front->options = *options;
        front->listen_fd = front->epoll_fd = front->wake_fd = -1;

        int r = front_open(front);
        if (r < 0) {
                front_stop(front);
                return r;
        }
        *ret = front;
        return 0;
}

Front *front_stop(Front *front) {
        if (!front)
                return NULL;
        front->stopping = true;
        if (front->started) {
                front_wake(front);
                pthread_join(front->thread, NULL);
        }
        pool_stop(front->pool);
        if (front->socket_path)
                unlink(front->socket_path);
        free(front->socket_path);
        int fds[] = { front->listen_fd, front->epoll_fd, front->wake_fd };
        for (size_t i = 0; i < ELEMENTSOF(fds); i++)
                if (fds[i] >= 0)
                        close(fds[i]);
        free(front);
        return NULL;
}

size_t front_connections(Front *front) {
        return front->n_connections;
}
