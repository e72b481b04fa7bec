/* SPDX-License-Identifier: Apache-2.0 */
/* Load on a node's web socket: N clients, each one request at a time and each request a connection of its
 * own, as nginx makes them. Requests come from standard input, one "KEY BODY" a line; the session's cookie
 * from the environment, for a command line can be read by others. Any answer but 200 ends the run: a refused
 * deposit must not count as a posted one. */

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define CLIENTS_MAX 256
#define HEAD_BYTES_MAX 8192
#define ANSWER_BYTES_MAX (1u << 20)

typedef struct Asked {
        const char *key, *body;
        size_t body_bytes;
        int64_t microseconds;
} Asked;

typedef struct Load {
        struct sockaddr_un address;
        const char *origin, *path, *cookie;
        Asked *asked;
        size_t n;
        atomic_size_t next;
        atomic_bool failed;
} Load;

static int64_t now_us(void) {
        struct timespec at;

        clock_gettime(CLOCK_MONOTONIC, &at);
        return (int64_t) at.tv_sec * 1000000 + at.tv_nsec / 1000;
}

static size_t pair(char *at, const char *name, const char *value) {
        size_t name_bytes = strlen(name) + 1, value_bytes = strlen(value) + 1;

        memcpy(at, name, name_bytes);
        memcpy(at + name_bytes, value, value_bytes);
        return name_bytes + value_bytes;
}

/* A netstring of pairs, then the body. Everything but the body is bounded by the length of the arguments,
 * which main has looked at. */
static size_t request_write(const Load *load, const Asked *asked, char *ret) {
        char pairs[HEAD_BYTES_MAX], length[24];
        size_t n = 0;

        snprintf(length, sizeof(length), "%zu", asked->body_bytes);
        n += pair(pairs + n, "CONTENT_LENGTH", length);
        n += pair(pairs + n, "SCGI", "1");
        n += pair(pairs + n, "REQUEST_METHOD", "POST");
        n += pair(pairs + n, "REQUEST_URI", load->path);
        n += pair(pairs + n, "REMOTE_ADDR", "127.0.0.1");
        n += pair(pairs + n, "CONTENT_TYPE", "application/json");
        n += pair(pairs + n, "HTTP_COOKIE", load->cookie);
        n += pair(pairs + n, "HTTP_ORIGIN", load->origin);
        n += pair(pairs + n, "HTTP_X_FUNDNODE", "1");
        n += pair(pairs + n, "HTTP_X_IDEMPOTENCY_KEY", asked->key);
        size_t at = (size_t) sprintf(ret, "%zu:", n);
        memcpy(ret + at, pairs, n);
        at += n;
        ret[at++] = ',';
        memcpy(ret + at, asked->body, asked->body_bytes);
        return at + asked->body_bytes;
}

static int all_sent(int fd, const char *data, size_t size) {
        while (size > 0) {
                ssize_t n = send(fd, data, size, MSG_NOSIGNAL);
                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return -errno;
                data += n;
                size -= (size_t) n;
        }
        return 0;
}

/* Until the node closes. */
static int all_received(int fd, char *ret, size_t *ret_bytes) {
        size_t filled = 0;

        while (filled < ANSWER_BYTES_MAX - 1) {
                ssize_t n = recv(fd, ret + filled, ANSWER_BYTES_MAX - 1 - filled, 0);
                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return -errno;
                if (n == 0)
                        break;
                filled += (size_t) n;
        }
        ret[filled] = 0;
        *ret_bytes = filled;
        return 0;
}

static int exchange(const Load *load, const char *request, size_t request_bytes, char *answer) {
        int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        size_t answer_bytes = 0;

        if (fd < 0)
                return -errno;
        int r = connect(fd, (const struct sockaddr *) &load->address, sizeof(load->address)) < 0 ? -errno
                                                                                                 : 0;
        if (r == 0)
                r = all_sent(fd, request, request_bytes);
        if (r == 0)
                r = all_received(fd, answer, &answer_bytes);
        close(fd);
        return r;
}

static bool answered_well(const char *answer) {
        return strncmp(answer, "Status: 200", strlen("Status: 200")) == 0;
}

static void *client(void *data) {
        Load *load = data;
        char *request = malloc(HEAD_BYTES_MAX + ANSWER_BYTES_MAX), *answer = malloc(ANSWER_BYTES_MAX);

        while (request && answer && !load->failed) {
                size_t i = atomic_fetch_add(&load->next, 1);
                if (i >= load->n)
                        break;
                size_t request_bytes = request_write(load, &load->asked[i], request);
                int64_t begun = now_us();
                int r = exchange(load, request, request_bytes, answer);
                load->asked[i].microseconds = now_us() - begun;
                if (r == 0 && answered_well(answer))
                        continue;
                fprintf(stderr, "scgi-load: request %zu: %s\n", i, r < 0 ? strerror(-r) : answer);
                load->failed = true;
        }
        if (!request || !answer)
                load->failed = true;
        free(request);
        free(answer);
        return NULL;
}

static int compare(const void *a, const void *b) {
        int64_t x = ((const Asked *) a)->microseconds, y = ((const Asked *) b)->microseconds;

        return (x > y) - (x < y);
}

/* The lines of standard input stay in memory until the end; each is cut into key and body where it lies. */
static int asked_read(Load *load) {
        size_t capacity = 0;
        char *line = NULL;
        size_t line_capacity = 0;
        ssize_t bytes;

        while ((bytes = getline(&line, &line_capacity, stdin)) > 0) {
                if (line[bytes - 1] == '\n')
                        line[--bytes] = 0;
                char *space = strchr(line, ' ');
                if (!space || space - line > 64 || (size_t) bytes >= ANSWER_BYTES_MAX)
                        return -EINVAL;
                *space = 0;
                if (load->n == capacity) {
                        capacity = capacity ? 2 * capacity : 1024;
                        Asked *grown = realloc(load->asked, capacity * sizeof(*grown));
                        if (!grown)
                                return -ENOMEM;
                        load->asked = grown;
                }
                load->asked[load->n++] = (Asked){
                        .key = line, .body = space + 1, .body_bytes = (size_t) (line + bytes - space - 1)
                };
                line = NULL;
                line_capacity = 0;
        }
        free(line);
        return load->n > 0 ? 0 : -ENODATA;
}

static int run(Load *load, size_t n_clients) {
        pthread_t threads[CLIENTS_MAX];
        size_t started = 0;
        int64_t begun = now_us();

        while (started < n_clients && pthread_create(&threads[started], NULL, client, load) == 0)
                started++;
        if (started < n_clients)
                load->failed = true;
        for (size_t i = 0; i < started; i++)
                pthread_join(threads[i], NULL);
        int64_t took = now_us() - begun;
        if (load->failed)
                return EXIT_FAILURE;
        qsort(load->asked, load->n, sizeof(*load->asked), compare);
        printf("{\"requests\": %zu, \"microseconds\": %lld, \"median_us\": %lld, \"p99_us\": %lld, "
               "\"max_us\": %lld}\n",
                load->n, (long long) took, (long long) load->asked[load->n / 2].microseconds,
                (long long) load->asked[load->n * 99 / 100].microseconds,
                (long long) load->asked[load->n - 1].microseconds);
        return EXIT_SUCCESS;
}

int main(int argc, char **argv) {
        Load load = { .address.sun_family = AF_UNIX, .cookie = getenv("SCGI_COOKIE") };
        long n_clients = argc == 5 ? strtol(argv[4], NULL, 10) : 0;

        if (n_clients < 1 || n_clients > CLIENTS_MAX || !load.cookie) {
                fprintf(stderr, "usage: SCGI_COOKIE=… scgi-load SOCKET ORIGIN PATH CLIENTS <requests\n");
                return 2;
        }
        load.origin = argv[2];
        load.path = argv[3];
        if (strlen(argv[1]) >= sizeof(load.address.sun_path) ||
                strlen(load.origin) + strlen(load.path) + strlen(load.cookie) > HEAD_BYTES_MAX / 2) {
                fprintf(stderr, "scgi-load: an argument is too long\n");
                return 2;
        }
        strcpy(load.address.sun_path, argv[1]);
        int r = asked_read(&load);
        if (r < 0) {
                fprintf(stderr, "scgi-load: standard input: %s\n", strerror(-r));
                return EXIT_FAILURE;
        }
        /* the memory of the requests goes with the process */
        return run(&load, (size_t) n_clients);
}
