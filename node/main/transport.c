/* SPDX-License-Identifier: Apache-2.0 */
/* The certificate a node shows to its neighbours, and the root it believes. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <internal/transport-key.h>
#include <node/error.h>
#include <node/text.h>

#include "node.h"

#define PEM_BYTES_MAX 16384
#define DAY_MS INT64_C(86400000)

static int pem_path(const Node *node, const char *name, char ret[static CONFIG_TEXT_MAX]) {
        return snprintf(ret, CONFIG_TEXT_MAX, "%s/%s", node->key_folder, name) >= CONFIG_TEXT_MAX
                       ? -ENAMETOOLONG
                       : 0;
}

static int pem_read(const Node *node, const char *name, Arena *arena, const char **ret) {
        char path[CONFIG_TEXT_MAX], text[PEM_BYTES_MAX];

        int r = pem_path(node, name, path);
        if (r < 0)
                return r;
        FILE *file = fopen(path, "re");
        if (!file)
                return -errno;
        size_t size = fread(text, 1, sizeof(text) - 1, file);
        fclose(file);
        *ret = arena_strndup(arena, text, size);
        return *ret ? 0 : -ENOMEM;
}

static int pem_write(const Node *node, const char *name, const char *pem) {
        char path[CONFIG_TEXT_MAX];

        int r = pem_path(node, name, path);
        if (r < 0)
                return r;
        int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (fd < 0)
                return -errno;
        size_t size = strlen(pem);
        if (write(fd, pem, size) != (ssize_t) size || fsync(fd) < 0)
                r = -EIO;
        close(fd);
        return r;
}

static int pair_make(Node *node, Arena *arena, TransportPair *ret) {
        Instant now = clock_now(node->engine.clock);

        int r = transport_key_make(arena, &ret->key);
        if (r < 0)
                return r;
        const TransportIssue issue = { .office = node->office,
                .from = { now.ms - DAY_MS },
                .until = { now.ms + TRANSPORT_DAYS * DAY_MS },
                .issuer_key_pem = ret->key };
        r = transport_certificate_issue(&issue, arena, &ret->certificate);
        if (r == 0)
                r = pem_write(node, "transport.key", ret->key);
        return r == 0 ? pem_write(node, "transport.pem", ret->certificate) : r;
}

int node_transport(Node *node, Arena *arena, TransportPair *ret) {
        TransportCertificate certificate;
        TransportPair pair = { 0 };

        int r = pem_read(node, "transport.key", arena, &pair.key);
        if (r == 0)
                r = pem_read(node, "transport.pem", arena, &pair.certificate);
        if (r == -ENOENT)
                r = pair_make(node, arena, &pair);
        if (r == 0)
                r = transport_certificate_read(pair.certificate, &certificate);
        if (r < 0)
                return r;
        hex_encode(certificate.fingerprint.bytes, sizeof(Digest), pair.fingerprint);
        *ret = pair;
        return 0;
}

int node_root_key(Node *node, PublicKey *ret) {
        uint8_t bytes[1 + sizeof(ret->point)];

        if (text_empty(node->config.tree))
                return node->config.level == LEVEL_NATION ? node->keys.public_key(node->keys.data, ret)
                                                          : -ENOENT;
        if (strlen(node->config.tree) != 2 * sizeof(bytes))
                return -EMALFORMED_;
        int r = hex_decode(node->config.tree, bytes, sizeof(bytes));
        if (r < 0)
                return r;
        ret->algorithm = bytes[0];
        memcpy(ret->point, bytes + 1, sizeof(ret->point));
        return 0;
}
