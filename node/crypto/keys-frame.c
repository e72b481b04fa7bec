/* SPDX-License-Identifier: Apache-2.0 */
/* Whole reads and writes on the socket between the node and its keys process. */

#include <assert.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <openssl/crypto.h>

#include "keys-frame.h"

#define PARTS_MAX 4

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

int frame_flush(FrameWriter *writer) {
        int r = writer->size ? frame_write(writer->fd, &(Bytes){ writer->bytes, writer->size }, 1) : 0;

        OPENSSL_cleanse(writer->bytes, writer->size);
        writer->size = 0;
        return r;
}

int frame_gather(FrameWriter *writer, const Bytes *parts, size_t n_parts) {
        size_t total = 0;

        for (size_t i = 0; i < n_parts; i++)
                total += parts[i].size;
        if (total > sizeof(writer->bytes) - writer->size) {
                int r = frame_flush(writer);
                if (r < 0)
                        return r;
        }
        if (total > sizeof(writer->bytes))
                return frame_write(writer->fd, parts, n_parts);
        for (size_t i = 0; i < n_parts; i++) {
                if (parts[i].size > 0)
                        memcpy(writer->bytes + writer->size, parts[i].data, parts[i].size);
                writer->size += parts[i].size;
        }
        return 0;
}

/* Some bytes, at least one. */
static int receive(FrameReader *reader, uint8_t *to, size_t size_bytes, size_t *ret) {
        int r = reader->writer ? frame_flush(reader->writer) : 0;

        while (r == 0) {
                ssize_t n = recv(reader->fd, to, size_bytes, 0);
                if (n < 0 && errno == EINTR)
                        continue;
                if (n <= 0)
                        return n < 0 ? -errno : -EPIPE;
                *ret = (size_t) n;
                return 0;
        }
        return r;
}

int frame_take(FrameReader *reader, void *ret, size_t size_bytes) {
        uint8_t *to = ret;
        size_t n = 0;

        while (size_bytes > 0) {
                int r = 0;
                if (reader->at < reader->end) {
                        n = reader->end - reader->at < size_bytes ? reader->end - reader->at : size_bytes;
                        memcpy(to, reader->bytes + reader->at, n);
                        OPENSSL_cleanse(reader->bytes + reader->at, n);
                        reader->at += n;
                } else if (size_bytes >= sizeof(reader->bytes)) {
                        r = receive(reader, to, size_bytes, &n);
                } else {
                        reader->at = 0;
                        reader->end = 0;
                        r = receive(reader, reader->bytes, sizeof(reader->bytes), &reader->end);
                        n = 0;
                }
                if (r < 0)
                        return r;
                to += n;
                size_bytes -= n;
        }
        return 0;
}
