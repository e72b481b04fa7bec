/* SPDX-License-Identifier: Apache-2.0 */
/* `fundnode keys`: the only process that ever holds the node's secrets. It reads its files, shuts every door
 * behind itself (no other descriptor, no new privilege, no file, no socket, no program: the filter kills),
 * and then answers one request after the other until the other end closes. */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <seccomp.h>

#include "fetch.h"
#include "keyring.h"
#include "keys-frame.h"

/* What memory, chance, locks, time and the one socket need; anything else ends the process. */
static const int calls_allowed[] = {
        SCMP_SYS(recvfrom),
        SCMP_SYS(sendmsg),
        SCMP_SYS(read),
        SCMP_SYS(write),
        SCMP_SYS(close),
        SCMP_SYS(brk),
        SCMP_SYS(mmap),
        SCMP_SYS(munmap),
        SCMP_SYS(mremap),
        SCMP_SYS(madvise),
        SCMP_SYS(mprotect),
        SCMP_SYS(futex),
        SCMP_SYS(getrandom),
        SCMP_SYS(getpid),
        SCMP_SYS(gettid),
        SCMP_SYS(clock_gettime),
        SCMP_SYS(gettimeofday),
        SCMP_SYS(time),
        SCMP_SYS(rt_sigreturn),
        SCMP_SYS(rt_sigprocmask),
        SCMP_SYS(sigaltstack),
        SCMP_SYS(sched_yield),
        SCMP_SYS(restart_syscall),
        SCMP_SYS(exit),
        SCMP_SYS(exit_group),
};

typedef struct Request {
        uint8_t operation, purpose;
        Bytes associated, message;
} Request;

static int limits_set(void) {
        static const struct {
                __rlimit_resource_t resource;
                rlim_t value;
        } limits[] = {
                { RLIMIT_CORE, 0 },
                { RLIMIT_NOFILE, KEYS_SOCKET_FD + 1 },
                { RLIMIT_NPROC, 0 },
                { RLIMIT_MSGQUEUE, 0 },
        };

        for (size_t i = 0; i < ELEMENTSOF(limits); i++)
                if (setrlimit(limits[i].resource, &(struct rlimit){ limits[i].value, limits[i].value }) < 0)
                        return -errno;
        return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0 ? -errno : 0;
}

static int filter_set(void) {
        scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
        int r = filter ? 0 : -ENOMEM;

        for (size_t i = 0; i < ELEMENTSOF(calls_allowed) && r == 0; i++) {
                r = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls_allowed[i], 0);
                if (r == -EDOM) /* this machine has no such call */
                        r = 0;
        }
        if (r == 0)
                r = seccomp_load(filter); /* sets no_new_privs first */
        seccomp_release(filter);
        return r;
}

/* Descriptors: nothing to read, errors to stderr, the socket as 3, no more. */
static int descriptors_set(int socket_fd) {
        int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);

        if (nothing < 0)
                return -errno;
        if (dup2(nothing, STDIN_FILENO) < 0 || dup2(nothing, STDOUT_FILENO) < 0)
                return -errno;
        if (socket_fd != KEYS_SOCKET_FD && dup2(socket_fd, KEYS_SOCKET_FD) < 0)
                return -errno;
        return close_range(KEYS_SOCKET_FD + 1, ~0U, 0) < 0 ? -errno : 0;
}

/* The socket and what was read ahead of it and not yet answered into it. */
typedef struct Stream {
        FrameReader reader;
        FrameWriter writer;
        uint8_t message[KEYS_MESSAGE_BYTES_MAX];
} Stream;

static int answer_send(FrameWriter *writer, int result, Bytes bytes) {
        uint8_t head[KEYS_ANSWER_HEAD_BYTES];

        frame_put(head, (uint32_t) (4 + bytes.size));
        frame_put(head + 4, (uint32_t) result);
        return frame_gather(writer, (Bytes[]){ { head, sizeof(head) }, bytes }, 2);
}

/* The first word, which says how the start went. */
static int start_tell(FrameWriter *writer, int result) {
        int r = answer_send(writer, result, (Bytes){ NULL, 0 });

        return r < 0 ? r : frame_flush(writer);
}

/* ret_out lies in the arena or in ret_fixed. */
static int request_run(
        const Keyring *ring, const Request *q, Arena *arena, uint8_t ret_fixed[static 80], Bytes *ret) {
        KeyPurpose purpose = (KeyPurpose) q->purpose;
        Signature signature;
        Digest digest;
        int r;

        switch (q->operation) {
        case KEYS_PUBLIC_KEY:
                ret_fixed[0] = ring->public_key.algorithm;
                memcpy(ret_fixed + 1, ring->public_key.point, sizeof(ring->public_key.point));
                *ret = (Bytes){ ret_fixed, 1 + sizeof(ring->public_key.point) };
                return 0;
        case KEYS_SIGN:
                r = keyring_sign(ring, purpose, q->message, &signature);
                if (r == 0)
                        memcpy(ret_fixed, signature.bytes, sizeof(signature.bytes));
                *ret = (Bytes){ ret_fixed, sizeof(signature.bytes) };
                return r;
        case KEYS_MAC:
                r = keyring_mac(ring, purpose, q->message, &digest);
                if (r == 0)
                        memcpy(ret_fixed, digest.bytes, sizeof(digest.bytes));
                *ret = (Bytes){ ret_fixed, sizeof(digest.bytes) };
                return r;
        case KEYS_SEAL:
                return keyring_seal(ring, purpose, q->associated, q->message, arena, ret);
        case KEYS_OPEN:
                return keyring_open_sealed(ring, purpose, q->associated, q->message, arena, ret);
        default:
                return -EOPNOTSUPP;
        }
}

/* 0, or negative when the stream can no longer be trusted. */
static int request_answer(const Keyring *ring, Arena *arena, Stream *stream) {
        uint8_t *buffer = stream->message, head[KEYS_REQUEST_HEAD_BYTES], fixed[80];
        Bytes out = { NULL, 0 };

        int r = frame_take(&stream->reader, head, sizeof(head));
        if (r < 0)
                return r;
        uint32_t size = frame_get(head), associated = frame_get(head + 8);
        if (size < KEYS_REQUEST_HEAD_BYTES - 4 ||
                size - (KEYS_REQUEST_HEAD_BYTES - 4) > KEYS_MESSAGE_BYTES_MAX)
                return -EMALFORMED_;
        size -= KEYS_REQUEST_HEAD_BYTES - 4;
        if (associated > size || head[6] != 0 || head[7] != 0)
                return -EMALFORMED_;
        r = frame_take(&stream->reader, buffer, size);
        if (r < 0)
                return r;
        Request request = { head[4], head[5], { buffer, associated },
                { buffer + associated, size - associated } };
        int result = request_run(ring, &request, arena, fixed, &out);
        r = answer_send(&stream->writer, result, result < 0 ? (Bytes){ NULL, 0 } : out);
        OPENSSL_cleanse(buffer, size);
        if (result == 0)
                OPENSSL_cleanse((void *) out.data, out.size);
        arena_reset(arena);
        return r;
}

/* Whatever OpenSSL would fetch, open or seed at its first use, it does now. */
static int warm_up(const Keyring *ring, Arena *arena) {
        Bytes sample = { (const uint8_t *) "start", 5 }, sealed, opened;
        Signature signature;
        Digest digest;
        uint8_t random[16];

        if (RAND_bytes(random, sizeof(random)) != 1 || RAND_priv_bytes(random, sizeof(random)) != 1)
                return -EIO;
        int r = keyring_sign(ring, KEY_IDENTITY, sample, &signature);
        if (r == 0)
                r = signature_verify(&ring->public_key, sample.data, sample.size, &signature);
        if (r == 0)
                r = keyring_mac(ring, KEY_INDEX, sample, &digest);
        if (r == 0)
                r = keyring_seal(ring, KEY_BACKUP, sample, sample, arena, &sealed);
        if (r == 0)
                r = keyring_seal(ring, KEY_VAULT, sample, sample, arena, &sealed);
        if (r == 0)
                r = keyring_open_sealed(ring, KEY_VAULT, sample, sealed, arena, &opened);
        arena_reset(arena);
        return r;
}

int keys_process_main(int socket_fd, const char *key_dir) {
        Arena *arena = arena_new(3u * KEYS_MESSAGE_BYTES_MAX);
        Stream *stream = calloc(1, sizeof(*stream));
        Keyring ring = { 0 };

        int r = descriptors_set(socket_fd);
        if (r < 0 || !arena || !stream) {
                free(stream);
                arena_free(arena);
                return EXIT_FAILURE;
        }
        stream->writer.fd = KEYS_SOCKET_FD;
        stream->reader.fd = KEYS_SOCKET_FD;
        stream->reader.writer = &stream->writer;
        r = keyring_open(key_dir, &ring);
        if (r == 0)
                r = warm_up(&ring, arena);
        if (r == 0)
                r = limits_set();
        if (r == 0)
                r = filter_set();
        if (r < 0) {
                keyring_done(&ring);
                int told = start_tell(&stream->writer, r);
                free(stream);
                arena_free(arena);
                return told < 0 ? EXIT_FAILURE + 1 : EXIT_FAILURE;
        }
        r = start_tell(&stream->writer, 0);
        while (r == 0)
                r = request_answer(&ring, arena, stream);
        keyring_done(&ring);
        _exit(r == -EPIPE ? EXIT_SUCCESS : EXIT_FAILURE);
}
