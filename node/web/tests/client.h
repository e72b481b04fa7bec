/* SPDX-License-Identifier: Apache-2.0 */
/* A plain SCGI client for tests: what nginx would do, and what it never would. */
#pragma once

#include <stddef.h>

typedef struct Call {
        const char *method, *uri, *body;
        const char *cookie, *origin, *fundnode, *key, *etag, *upload, *type;
        long long announced; /* CONTENT_LENGTH when it is to differ from the body; 0: the body's */
        const char *verify, *fingerprint; /* of the browser's certificate, as nginx tells */
} Call;

/* Blocking; fails the test when nobody listens. */
int client_connect(const char *socket);
void client_send(int fd, const void *data, size_t size);
void client_call(int fd, const Call *call);
/* Reads until the server closes; NUL-terminated, malloc'ed. */
char *client_read_all(int fd);
/* Reads until the text has been seen; malloc'ed. */
char *client_read_until(int fd, const char *text);
/* Connect, call, read all, close. */
char *client_ask(const char *socket, const Call *call);
int client_status(const char *reply);
/* Behind the empty line. */
const char *client_body(const char *reply);
