/* SPDX-License-Identifier: Apache-2.0 */
/* The node's side of the keys process: starts it and speaks one request at a time under a lock. After a
 * failure in the middle of a message the stream is closed for good; what went wrong once with keys is not to
 * be guessed about. */

#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <node/text.h>

#include "keyring.h"
#include "keys-frame.h"

/* What a socket pair takes without a reader: well below the least default of its buffer. */
#define KEYS_BURST_MAX 256
#define KEYS_BURST_BYTES_MAX ((size_t) 32 << 10)

typedef struct Client {
        KeysHead head;
        pthread_mutex_t mutex;
        int fd;
        FrameReader reader;
} Client;

typedef struct Call {
        KeysOperation operation;
        KeyPurpose purpose;
        Bytes associated, message;
} Call;

static int answer_head(FrameReader *reader, int *ret_result, size_t *ret_size) {
        uint8_t head[KEYS_ANSWER_HEAD_BYTES];

        int r = frame_take(reader, head, sizeof(head));
        if (r < 0)
                return r;
        uint32_t size = frame_get(head);
        int32_t result = (int32_t) frame_get(head + 4);
        if (size < 4 || size - 4 > KEYS_ANSWER_BYTES_MAX || result > 0 || (result < 0 && size != 4))
                return -EIO;
        *ret_result = result;
        *ret_size = size - 4;
        return 0;
}

static void request_head(const Call *call, uint8_t head[static KEYS_REQUEST_HEAD_BYTES]) {
        memset(head, 0, KEYS_REQUEST_HEAD_BYTES);
        frame_put(
                head, (uint32_t) (KEYS_REQUEST_HEAD_BYTES - 4 + call->associated.size + call->message.size));
        head[4] = (uint8_t) call->operation;
        head[5] = (uint8_t) call->purpose;
        frame_put(head + 8, (uint32_t) call->associated.size);
}

static int answer_take(FrameReader *reader, Arena *arena, uint8_t *fixed, size_t *size, Bytes *ret_bytes) {
        size_t answered;
        int result;

        if (answer_head(reader, &result, &answered) < 0)
                return -EIO;
        if (result < 0)
                return result;
        if (fixed)
                return answered == *size && frame_take(reader, fixed, answered) == 0 ? 0 : -EIO;
        uint8_t *bytes = arena_alloc(arena, answered + 1); /* a NUL behind, for texts */
        if (!bytes)
                return -EIO; /* the answer stays unread, so the stream is over */
        if (frame_take(reader, bytes, answered) < 0)
                return -EIO;
        *ret_bytes = (Bytes){ bytes, answered };
        return 0;
}

static int exchange(
        Client *client, const Call *call, Arena *arena, uint8_t *fixed, size_t *size, Bytes *ret_bytes) {
        uint8_t head[KEYS_REQUEST_HEAD_BYTES];

        request_head(call, head);
        if (frame_write(
                    client->fd, (Bytes[]){ { head, sizeof(head) }, call->associated, call->message }, 3) < 0)
                return -EIO;
        return answer_take(&client->reader, arena, fixed, size, ret_bytes);
}

/* As many requests as the socket surely takes while nobody reads, then their answers. *done moves on. -EIO
 * also where an answer says that it failed: those behind it are unread, and the stream is over. */
static int burst(Client *client, KeysTask *tasks, size_t n, size_t *done, Arena *arena) {
        Buffer requests = BUFFER_INIT(KEYS_MESSAGE_BYTES_MAX);
        size_t first = *done, last = first;
        int r = 0;

        do {
                const KeysTask *task = &tasks[last++];
                const Call call = { task->seal ? KEYS_SEAL : KEYS_MAC, task->purpose, task->associated,
                        task->message };
                uint8_t head[KEYS_REQUEST_HEAD_BYTES];
                request_head(&call, head);
                buffer_append(&requests, head, sizeof(head));
                buffer_append(&requests, task->associated.data, task->associated.size);
                buffer_append(&requests, task->message.data, task->message.size);
        } while (last < n && last - first < KEYS_BURST_MAX && requests.size < KEYS_BURST_BYTES_MAX);
        if (buffer_error(&requests) < 0 ||
                frame_write(client->fd, (Bytes[]){ { requests.data, requests.size } }, 1) < 0)
                r = -EIO;
        buffer_done(&requests);
        for (; r != -EIO && *done < last; (*done)++) {
                KeysTask *task = &tasks[*done];
                size_t size = sizeof(task->mac.bytes);
                int answered = answer_take(
                        &client->reader, arena, task->seal ? NULL : task->mac.bytes, &size, &task->sealed);
                if (answered == -EIO || r == 0)
                        r = answered;
        }
        return r;
}

static int client_call(
        Client *client, const Call *call, Arena *arena, uint8_t *fixed, size_t size, Bytes *ret_bytes) {
        if (call->associated.size > KEYS_MESSAGE_BYTES_MAX ||
                call->message.size > KEYS_MESSAGE_BYTES_MAX - call->associated.size)
                return -E2BIG;
        pthread_mutex_lock(&client->mutex);
        int r = client->fd < 0 ? -EIO : exchange(client, call, arena, fixed, &size, ret_bytes);
        if (r == -EIO && client->fd >= 0) {
                close(client->fd);
                client->fd = -1;
        }
        pthread_mutex_unlock(&client->mutex);
        return r;
}

static int client_many(void *data, KeysTask *tasks, size_t n, Arena *arena) {
        Client *client = data;
        size_t done = 0;

        for (size_t i = 0; i < n; i++)
                if (tasks[i].associated.size + tasks[i].message.size > KEYS_BURST_BYTES_MAX)
                        return -E2BIG;
        pthread_mutex_lock(&client->mutex);
        int r = client->fd < 0 ? -EIO : 0;
        while (r == 0 && done < n)
                r = burst(client, tasks, n, &done, arena);
        if (r == -EIO && client->fd >= 0) {
                close(client->fd);
                client->fd = -1;
        }
        pthread_mutex_unlock(&client->mutex);
        return r;
}

static int client_public_key(void *data, PublicKey *ret) {
        uint8_t bytes[1 + sizeof(ret->point)];

        int r = client_call(data, &(Call){ .operation = KEYS_PUBLIC_KEY }, NULL, bytes, sizeof(bytes), NULL);
        if (r < 0)
                return r;
        ret->algorithm = bytes[0];
        memcpy(ret->point, bytes + 1, sizeof(ret->point));
        return 0;
}

static int client_sign(
        void *data, KeyPurpose purpose, const void *message, size_t size_bytes, Signature *ret) {
        Call call = { KEYS_SIGN, purpose, { NULL, 0 }, { message, size_bytes } };
        Signature signature;

        int r = client_call(data, &call, NULL, signature.bytes, sizeof(signature.bytes), NULL);
        if (r == 0)
                *ret = signature;
        return r;
}

static int client_seal(
        void *data, KeyPurpose purpose, Bytes associated, Bytes plain, Arena *arena, Bytes *ret) {
        return client_call(data, &(Call){ KEYS_SEAL, purpose, associated, plain }, arena, NULL, 0, ret);
}

static int client_open(
        void *data, KeyPurpose purpose, Bytes associated, Bytes sealed, Arena *arena, Bytes *ret) {
        return client_call(data, &(Call){ KEYS_OPEN, purpose, associated, sealed }, arena, NULL, 0, ret);
}

static int client_mac(void *data, KeyPurpose purpose, const void *message, size_t size_bytes, Digest *ret) {
        Call call = { KEYS_MAC, purpose, { NULL, 0 }, { message, size_bytes } };
        Digest digest;

        int r = client_call(data, &call, NULL, digest.bytes, sizeof(digest.bytes), NULL);
        if (r == 0)
                *ret = digest;
        return r;
}

static void client_close(void *data) {
        Client *client = data;

        if (client->fd >= 0)
                close(client->fd);
        pthread_mutex_destroy(&client->mutex);
        free(client);
}

static int spawn_prepare(posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes, int fd) {
        sigset_t none, all;

        sigemptyset(&none);
        sigfillset(&all);
        int r = posix_spawn_file_actions_adddup2(actions, fd, KEYS_SOCKET_FD);
        if (r == 0)
                r = posix_spawn_file_actions_addclosefrom_np(actions, KEYS_SOCKET_FD + 1);
        if (r == 0)
                r = posix_spawnattr_setsigmask(attributes, &none);
        if (r == 0)
                r = posix_spawnattr_setsigdefault(attributes, &all);
        /* a group of its own: Ctrl-C at the terminal ends the node, and the node ends its keys */
        if (r == 0)
                r = posix_spawnattr_setpgroup(attributes, 0);
        if (r == 0)
                r = posix_spawnattr_setflags(
                        attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
        return -r;
}

/* Nothing of the node's environment goes along but the folder of credentials. */
static int process_spawn(const char *self_exe, const char *key_dir, int fd, pid_t *ret_pid) {
        posix_spawn_file_actions_t actions;
        posix_spawnattr_t attributes;
        const char *folder = getenv("CREDENTIALS_DIRECTORY");
        char credentials[4096] = "";
        int r = posix_spawn_file_actions_init(&actions);

        if (r != 0)
                return -r;
        r = posix_spawnattr_init(&attributes);
        if (r != 0) {
                posix_spawn_file_actions_destroy(&actions);
                return -r;
        }
        if (folder)
                snprintf(credentials, sizeof(credentials), "CREDENTIALS_DIRECTORY=%s", folder);
        char *arguments[] = { (char *) self_exe, (char *) "keys", (char *) "3", (char *) key_dir, NULL };
        char *environment[] = { folder ? credentials : NULL, NULL };
        r = spawn_prepare(&actions, &attributes, fd);
        if (r == 0)
                r = -posix_spawn(ret_pid, self_exe, &actions, &attributes, arguments, environment);
        posix_spawnattr_destroy(&attributes);
        posix_spawn_file_actions_destroy(&actions);
        return r;
}

static int ready_wait(FrameReader *reader) {
        size_t size;
        int result;

        int r = answer_head(reader, &result, &size);
        if (r < 0)
                return r == -EPIPE || r == -ECONNRESET ? -EIO : r;
        return size == 0 ? result : -EIO;
}

int keys_process_start(const char *self_exe, const char *key_dir, Keys *ret, pid_t *ret_pid) {
        Client *client = calloc(1, sizeof(*client));
        int pair[2];
        pid_t pid = -1;

        if (!client)
                return -ENOMEM;
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0) {
                int r = -errno;
                free(client);
                return r;
        }
        client->head.close = client_close;
        client->fd = pair[0];
        client->reader.fd = pair[0];
        pthread_mutex_init(&client->mutex, NULL);
        int r = process_spawn(self_exe, key_dir, pair[1], &pid);
        close(pair[1]);
        if (r == 0) {
                r = ready_wait(&client->reader);
                if (r < 0) {
                        shutdown(client->fd, SHUT_RDWR);
                        while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
                                continue;
                }
        }
        if (r < 0) {
                client_close(client);
                return r;
        }
        *ret = (Keys){
                .data = client,
                .public_key = client_public_key,
                .sign = client_sign,
                .seal = client_seal,
                .open = client_open,
                .mac = client_mac,
                .many = client_many,
        };
        *ret_pid = pid;
        return 0;
}
