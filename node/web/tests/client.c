/* SPDX-License-Identifier: Apache-2.0 */
/* The SCGI client of the tests. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#include "client.h"

int client_connect(const char *path) {
        struct sockaddr_un address = { .sun_family = AF_UNIX };
        int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

        assert_true(fd >= 0);
        snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
        assert_int_equal(connect(fd, (const struct sockaddr *) &address, sizeof(address)), 0);
        return fd;
}

void client_send(int fd, const void *data, size_t size) {
        for (const char *p = data; size > 0;) {
                ssize_t n = send(fd, p, size, MSG_NOSIGNAL);
                if (n <= 0)
                        return; /* the server may have answered and gone */
                p += n;
                size -= (size_t) n;
        }
}

static void pair(char *head, size_t *size, const char *name, const char *value) {
        if (!value)
                return;
        strcpy(head + *size, name);
        *size += strlen(name) + 1;
        strcpy(head + *size, value);
        *size += strlen(value) + 1;
}

void client_call(int fd, const Call *call) {
        char head[32768], prefix[16], length[32];
        size_t size = 0, body_size = call->body ? strlen(call->body) : 0;

        snprintf(length, sizeof(length), "%lld", call->announced ? call->announced : (long long) body_size);
        pair(head, &size, "CONTENT_LENGTH", length);
        pair(head, &size, "SCGI", "1");
        pair(head, &size, "REQUEST_METHOD", call->method);
        pair(head, &size, "REQUEST_URI", call->uri);
        pair(head, &size, "REMOTE_ADDR", "127.0.0.1");
        pair(head, &size, "CONTENT_TYPE", call->type ? call->type : call->body ? "application/json" : NULL);
        pair(head, &size, "HTTP_COOKIE", call->cookie);
        pair(head, &size, "HTTP_ORIGIN", call->origin);
        pair(head, &size, "HTTP_X_FUNDNODE", call->fundnode);
        pair(head, &size, "HTTP_X_IDEMPOTENCY_KEY", call->key);
        pair(head, &size, "HTTP_IF_NONE_MATCH", call->etag);
        pair(head, &size, "UPLOAD_FILE", call->upload);
        pair(head, &size, "SSL_CLIENT_VERIFY", call->verify);
        pair(head, &size, "SSL_CLIENT_FINGERPRINT", call->fingerprint);
        snprintf(prefix, sizeof(prefix), "%zu:", size);

        /* at one go, so that the server meets head and body together whenever both are small */
        size_t whole_size = strlen(prefix) + size + 1 + body_size;
        char *whole = malloc(whole_size);
        assert_non_null(whole);
        memcpy(whole, prefix, strlen(prefix));
        memcpy(whole + strlen(prefix), head, size);
        whole[strlen(prefix) + size] = ',';
        memcpy(whole + strlen(prefix) + size + 1, call->body ? call->body : "", body_size);
        client_send(fd, whole, whole_size);
        free(whole);
}

static char *read_on(int fd, const char *until) {
        size_t size = 0, capacity = 1 << 16;
        char *text = malloc(capacity + 1);

        assert_non_null(text);
        text[0] = 0;
        while (!until || !strstr(text, until)) {
                ssize_t n = recv(fd, text + size, capacity - size, 0);
                if (n <= 0)
                        break;
                size += (size_t) n;
                text[size] = 0;
                if (size == capacity) {
                        capacity *= 2;
                        text = realloc(text, capacity + 1);
                        assert_non_null(text);
                }
        }
        return text;
}

char *client_read_all(int fd) {
        return read_on(fd, NULL);
}

char *client_read_until(int fd, const char *text) {
        return read_on(fd, text);
}

char *client_ask(const char *socket, const Call *call) {
        int fd = client_connect(socket);

        client_call(fd, call);
        char *reply = client_read_all(fd);
        close(fd);
        return reply;
}

int client_status(const char *reply) {
        return strncmp(reply, "Status: ", 8) == 0 ? atoi(reply + 8) : 0;
}

const char *client_body(const char *reply) {
        const char *end = strstr(reply, "\r\n\r\n");
        return end ? end + 4 : "";
}
