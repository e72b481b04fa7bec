/* SPDX-License-Identifier: Apache-2.0 */
/* Files named by the digest of their bytes. A name therefore promises its content, and reading checks the
 * promise. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <internal/papers.h>
#include <node/error.h>

#define BLOB_PATH_MAX 700

static inline void fd_closep(int *fd) {
        if (*fd >= 0)
                close(*fd);
}

static int blob_paths(const char *folder, const Digest *digest, char *ret_folder, char *ret_path) {
        char hex[2 * sizeof(Digest) + 1];

        hex_encode(digest->bytes, sizeof(digest->bytes), hex);
        if (snprintf(ret_folder, BLOB_PATH_MAX, "%s/%.2s", folder, hex) >= BLOB_PATH_MAX ||
                snprintf(ret_path, BLOB_PATH_MAX, "%s/%.2s/%s", folder, hex, hex + 2) >= BLOB_PATH_MAX)
                return -ENAMETOOLONG;
        return 0;
}

static int folder_sync(const char *path) {
        _cleanup_(fd_closep) int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

        if (fd < 0 || fsync(fd) < 0)
                return -errno;
        return 0;
}

static int file_write(const char *path, Bytes bytes) {
        _cleanup_(fd_closep) int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        size_t done = 0;

        if (fd < 0)
                return -errno;
        while (done < bytes.size) {
                ssize_t n = write(fd, bytes.data + done, bytes.size - done);
                if (n < 0 && errno != EINTR)
                        return -errno;
                if (n > 0)
                        done += (size_t) n;
        }
        return fsync(fd) < 0 ? -errno : 0;
}

int blob_put(const char *folder, DigestKind kind, Bytes bytes, Digest *ret) {
        char subfolder[BLOB_PATH_MAX], path[BLOB_PATH_MAX], temporary[BLOB_PATH_MAX + 48];
        Digest digest;

        int r = digest_compute(kind, bytes.data, bytes.size, &digest);
        if (r == 0)
                r = blob_paths(folder, &digest, subfolder, path);
        if (r < 0)
                return r;
        if (access(path, F_OK) == 0) {
                *ret = digest;
                return 0;
        }
        if ((mkdir(folder, 0700) < 0 && errno != EEXIST) || (mkdir(subfolder, 0700) < 0 && errno != EEXIST))
                return -errno;

        snprintf(temporary, sizeof(temporary), "%s.%ld.%d.new", path, (long) getpid(), gettid());
        r = file_write(temporary, bytes);
        if (r == 0 && rename(temporary, path) < 0)
                r = -errno;
        if (r == 0)
                r = folder_sync(subfolder);
        if (r == 0)
                r = folder_sync(folder);
        if (r < 0) {
                unlink(temporary);
                return r;
        }
        *ret = digest;
        return 0;
}

int blob_get(const char *folder, DigestKind kind, const Digest *digest, Buffer *ret) {
        char subfolder[BLOB_PATH_MAX], path[BLOB_PATH_MAX];
        uint8_t block[65536];
        Digest found;
        ssize_t n;

        int r = blob_paths(folder, digest, subfolder, path);
        if (r < 0)
                return r;
        _cleanup_(fd_closep) int fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd < 0)
                return -errno;
        buffer_reset(ret);
        while ((n = read(fd, block, sizeof(block))) != 0) {
                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return -errno;
                buffer_append(ret, block, (size_t) n);
        }
        r = buffer_error(ret);
        if (r == 0)
                r = digest_compute(kind, ret->data, ret->size, &found);
        if (r < 0)
                return r;
        return digest_equal(&found, digest) ? 0 : -EBADMSG;
}
