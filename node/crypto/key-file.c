/* SPDX-License-Identifier: Apache-2.0 */
/* See key-file.h. A new file is written beside its name and moved there, so a crash leaves it whole or
 * absent. */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "key-file.h"

static void fd_closep(int *fd) {
        if (*fd >= 0)
                close(*fd);
}

static bool owner_trusted(const struct stat *info) {
        return info->st_uid == geteuid() || info->st_uid == 0;
}

int key_folder_open(const char *path, int *ret_fd) {
        _cleanup_(fd_closep) int fd = -1;
        struct stat info;

        if (mkdir(path, 0700) < 0 && errno != EEXIST)
                return -errno;
        fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
        if (fd < 0 || fstat(fd, &info) < 0)
                return -errno;
        if (!owner_trusted(&info) || (info.st_mode & 077) != 0)
                return -EPERM;
        *ret_fd = fd;
        fd = -1;
        return 0;
}

static int descriptor_read(int fd, char *ret, size_t *ret_size) {
        size_t size = 0;

        for (;;) {
                ssize_t n = read(fd, ret + size, KEY_FILE_BYTES_MAX + 1 - size);
                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return -errno;
                if (n == 0)
                        break;
                size += (size_t) n;
                if (size > KEY_FILE_BYTES_MAX)
                        return -E2BIG;
        }
        ret[size] = 0;
        *ret_size = size;
        return 0;
}

/* lax: bits that must not be set. */
static int file_read_at(int folder_fd, const char *name, mode_t lax, char *ret, size_t *ret_size) {
        _cleanup_(fd_closep) int fd =
                openat(folder_fd, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
        struct stat info;

        if (fd < 0 || fstat(fd, &info) < 0)
                return -errno;
        if (!S_ISREG(info.st_mode) || !owner_trusted(&info) || (info.st_mode & lax) != 0)
                return -EPERM;
        return descriptor_read(fd, ret, ret_size);
}

int key_file_read(
        int folder_fd, const char *name, char ret[static KEY_FILE_BYTES_MAX + 1], size_t *ret_size) {
        const char *credentials = getenv("CREDENTIALS_DIRECTORY");

        if (credentials && *credentials == '/') {
                _cleanup_(fd_closep) int fd = open(credentials, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
                if (fd >= 0) {
                        /* the service manager gives access by ACL, whose mask shows as group bits */
                        int r = file_read_at(fd, name, 037, ret, ret_size);
                        if (r != -ENOENT)
                                return r;
                }
        }
        return file_read_at(folder_fd, name, 077, ret, ret_size);
}

static int write_all(int fd, const char *data, size_t size) {
        while (size > 0) {
                ssize_t n = write(fd, data, size);
                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return -errno;
                data += n;
                size -= (size_t) n;
        }
        return fsync(fd) < 0 ? -errno : 0;
}

int key_file_write(int folder_fd, const char *name, const char *data, size_t size_bytes) {
        _cleanup_(fd_closep) int fd = -1;
        char draft[128];
        int r;

        snprintf(draft, sizeof(draft), "%s.new", name);
        if (unlinkat(folder_fd, draft, 0) < 0 && errno != ENOENT)
                return -errno;
        fd = openat(folder_fd, draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (fd < 0)
                return -errno;
        r = write_all(fd, data, size_bytes);
        if (r == 0 && renameat2(folder_fd, draft, folder_fd, name, RENAME_NOREPLACE) < 0)
                r = -errno;
        if (r < 0) {
                unlinkat(folder_fd, draft, 0);
                return r;
        }
        return fsync(folder_fd) < 0 ? -errno : 0;
}
