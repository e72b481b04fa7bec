/* SPDX-License-Identifier: Apache-2.0 */
/* Whole reads and writes on the socket between the node and its keys process. */

#include <assert.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "keys-frame.h"

#define PARTS_MAX 4

int frame_read(int fd, void *ret, size_t size_bytes) {
        uint8_t *at = ret;

        while (size_bytes > 0) {
                ssize_t n = recv(fd, at, size_bytes, 0);
                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return -errno;
                if (n == 0)
                        return -EPIPE;
                at += n;
                size_bytes -= (size_t) n;
        }
        return 0;
}

int frame_write(int fd, const Bytes *parts, size_t n_parts) {
        struct iovec vector[PARTS_MAX];
        struct msghdr message = { .msg_iov = vector };

        assert(n_parts <= PARTS_MAX);
        for (size_t i = 0; i < n_parts; i++)
                if (parts[i].size > 0)
                        vector[message.msg_iovlen++] =
                                (struct iovec){ (void *) parts[i].data, parts[i].size };
        while (message.msg_iovlen > 0) {
                ssize_t n = sendmsg(fd, &message, MSG_NOSIGNAL);
                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return -errno;
                while (message.msg_iovlen > 0 && (size_t) n >= message.msg_iov->iov_len) {
                        n -= (ssize_t) message.msg_iov->iov_len;
                        message.msg_iov++;
                        message.msg_iovlen--;
                }
                if (message.msg_iovlen > 0) {
                        message.msg_iov->iov_base = (uint8_t *) message.msg_iov->iov_base + n;
                        message.msg_iov->iov_len -= (size_t) n;
                }
        }
        return 0;
}
