/* SPDX-License-Identifier: Apache-2.0 */
/* Whole writes, and replies that wait in a file without a name: a crash leaves nothing behind, the loop
 * sends it at the reader's pace. */

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "web-private.h"

#define MEMORY_BYTES_MAX (1u << 20)

int all_written(int fd, const void *data, size_t size) {
        for (const char *p = data; size > 0;) {
                ssize_t n = write(fd, p, size);
                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return -errno;
                p += n;
                size -= (size_t) n;
        }
        return 0;
}

int unnamed_file(const char *folder, int *ret_fd) {
        char path[PATH_MAX];

        if (snprintf(path, sizeof(path), "%s/export-XXXXXX", folder) >= (int) sizeof(path))
                return -ENAMETOOLONG;
        int fd = mkostemp(path, O_CLOEXEC);
        if (fd < 0)
                return -errno;
        unlink(path);
        *ret_fd = fd;
        return 0;
}

void web_reply_bytes(
        const WebRequest *request, WebReply *reply, Bytes bytes, const char *type, const char *name) {
        int fd = -1;

        if (bytes.size <= MEMORY_BYTES_MAX) {
                web_reply_attachment(reply, type, name);
                buffer_append(&reply->body, bytes.data, bytes.size);
                return;
        }
        int r = unnamed_file(request->web->options.blobs, &fd);
        if (r == 0)
                r = all_written(fd, bytes.data, bytes.size);
        if (r == 0)
                web_reply_file(reply, fd, (int64_t) bytes.size, type, name);
        else {
                if (fd >= 0)
                        close(fd);
                web_reply_error(request, reply, r, NULL);
        }
}
