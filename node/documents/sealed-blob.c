/* SPDX-License-Identifier: Apache-2.0 */
/* Blobs that hold somebody's private papers (4.3.2A): the file on disk is sealed by the vault's key in
 * pieces, each bound to the digest, its place and whether it is the last, so that none can be left out,
 * added or moved. Opened into memory that has no name and never reaches the disk. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <internal/papers.h>
#include <node/error.h>

#define SEALED_PATH_MAX 720
#define SEALED_MAGIC "fundnode sealed blob 1\n"
#define PIECE_BYTES (1u << 20)
#define PIECE_SEALED_BYTES_MAX (PIECE_BYTES + 4096)
#define PIECE_ARENA_BYTES (8u << 20)

static inline void fd_closep(int *fd) {
        if (*fd >= 0)
                close(*fd);
}

typedef struct Place {
        uint8_t bytes[sizeof(Digest) + 9];
} Place;

static Place place_of(const Digest *digest, uint64_t index, bool last) {
        Place place;

        memcpy(place.bytes, digest->bytes, sizeof(digest->bytes));
        for (size_t i = 0; i < 8; i++)
                place.bytes[sizeof(*digest) + i] = (uint8_t) (index >> (8 * i));
        place.bytes[sizeof(*digest) + 8] = last;
        return place;
}

static int sealed_path(const char *folder, const Digest *digest, char ret[static SEALED_PATH_MAX]) {
        char hex[2 * sizeof(Digest) + 1];

        hex_encode(digest->bytes, sizeof(digest->bytes), hex);
        return snprintf(ret, SEALED_PATH_MAX, "%s/%.2s/%s.sealed", folder, hex, hex + 2) >= SEALED_PATH_MAX
                       ? -ENAMETOOLONG
                       : 0;
}

static int bytes_write(int fd, const void *data, size_t size) {
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

/* How many bytes there were before the end of the file, up to size. */
static ssize_t bytes_read(int fd, void *data, size_t size) {
        size_t done = 0;

        while (done < size) {
                ssize_t n = read(fd, (char *) data + done, size - done);
                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return -errno;
                if (n == 0)
                        break;
                done += (size_t) n;
        }
        return (ssize_t) done;
}

static int piece_write(const Keys *keys, Place place, Bytes plain, Arena *arena, int to) {
        Bytes sealed;
        uint8_t size[4];
        int r = keys->seal(
                keys->data, KEY_VAULT, (Bytes){ place.bytes, sizeof(place.bytes) }, plain, arena, &sealed);

        if (r < 0)
                return r;
        for (size_t i = 0; i < sizeof(size); i++)
                size[i] = (uint8_t) (sealed.size >> (8 * i));
        r = bytes_write(to, size, sizeof(size));
        return r < 0 ? r : bytes_write(to, sealed.data, sealed.size);
}

static int pieces_write(const Keys *keys, const Digest *digest, int from, int64_t bytes, int to) {
        _cleanup_(arena_freep) Arena *arena = arena_new(PIECE_ARENA_BYTES);
        uint8_t *piece = malloc(PIECE_BYTES);
        int r = arena && piece ? bytes_write(to, SEALED_MAGIC, strlen(SEALED_MAGIC)) : -ENOMEM;

        if (r == 0 && lseek(from, 0, SEEK_SET) < 0)
                r = -errno;
        for (uint64_t i = 0; r == 0 && bytes > 0; i++) {
                size_t size = bytes < PIECE_BYTES ? (size_t) bytes : PIECE_BYTES;
                ssize_t n = bytes_read(from, piece, size);
                if (n != (ssize_t) size) {
                        r = n < 0 ? (int) n : -EIO;
                        break;
                }
                bytes -= n;
                r = piece_write(keys, place_of(digest, i, bytes == 0), (Bytes){ piece, size }, arena, to);
                arena_reset(arena);
        }
        free(piece);
        return r;
}

static int folder_sync(const char *path) {
        char folder[SEALED_PATH_MAX];

        snprintf(folder, sizeof(folder), "%.*s", (int) (strrchr(path, '/') - path), path);
        _cleanup_(fd_closep) int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        return fd < 0 || fsync(fd) < 0 ? -errno : 0;
}

int blob_seal(const Keys *keys, const char *folder, const Digest *digest, int fd, int64_t bytes) {
        char path[SEALED_PATH_MAX], temporary[SEALED_PATH_MAX + 48];
        int r = sealed_path(folder, digest, path);

        if (r < 0 || access(path, F_OK) == 0)
                return r;
        snprintf(temporary, sizeof(temporary), "%s.%ld.%d.new", path, (long) getpid(), gettid());
        _cleanup_(fd_closep) int to = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        if (to < 0)
                return -errno;
        r = pieces_write(keys, digest, fd, bytes, to);
        if (r == 0 && fsync(to) < 0)
                r = -errno;
        if (r == 0 && rename(temporary, path) < 0)
                r = -errno;
        if (r < 0) {
                unlink(temporary);
                return r;
        }
        return folder_sync(path);
}

/* Opens the next piece: 1 with its bytes, 0 at the end of the file. */
static int piece_read(const Keys *keys, int from, const Digest *digest, uint64_t index, bool last,
        uint8_t *sealed, Arena *arena, Bytes *ret) {
        Place place = place_of(digest, index, last);
        uint8_t size[4];
        ssize_t n = bytes_read(from, size, sizeof(size));
        size_t want = 0;

        if (n == 0)
                return 0;
        for (size_t i = 0; n == sizeof(size) && i < sizeof(size); i++)
                want |= (size_t) size[i] << (8 * i);
        if (n != sizeof(size) || want > PIECE_SEALED_BYTES_MAX ||
                bytes_read(from, sealed, want) != (ssize_t) want)
                return -EBADMSG;
        int r = keys->open(keys->data, KEY_VAULT, (Bytes){ place.bytes, sizeof(place.bytes) },
                (Bytes){ sealed, want }, arena, ret);
        return r < 0 ? r : 1;
}

/* Whether the piece at the reader's place ends the file. */
static bool piece_last(int from, off_t bytes) {
        uint8_t size[4];
        off_t at = lseek(from, 0, SEEK_CUR);
        off_t want = 0;

        if (at < 0 || pread(from, size, sizeof(size), at) != sizeof(size))
                return true;
        for (size_t i = 0; i < sizeof(size); i++)
                want |= (off_t) size[i] << (8 * i);
        return at + (off_t) sizeof(size) + want >= bytes;
}

static int pieces_read(
        const Keys *keys, DigestKind kind, const Digest *digest, int from, off_t bytes, int to) {
        _cleanup_(arena_freep) Arena *arena = arena_new(PIECE_ARENA_BYTES);
        _cleanup_(digest_freep) DigestState *state = digest_new(kind);
        uint8_t *sealed = malloc(PIECE_SEALED_BYTES_MAX);
        char magic[sizeof(SEALED_MAGIC)];
        Digest found;
        int r = arena && state && sealed ? 1 : -ENOMEM;

        if (r == 1 && (bytes_read(from, magic, strlen(SEALED_MAGIC)) != (ssize_t) strlen(SEALED_MAGIC) ||
                              memcmp(magic, SEALED_MAGIC, strlen(SEALED_MAGIC)) != 0))
                r = -EBADMSG;
        for (uint64_t i = 0; r > 0; i++) {
                Bytes plain = { 0 };
                r = piece_read(keys, from, digest, i, piece_last(from, bytes), sealed, arena, &plain);
                if (r <= 0)
                        break;
                digest_update(state, plain.data, plain.size);
                int written = bytes_write(to, plain.data, plain.size);
                r = written < 0 ? written : 1;
                arena_reset(arena);
        }
        free(sealed);
        if (r < 0)
                return r;
        digest_final(state, &found);
        return digest_equal(&found, digest) ? 0 : -EBADMSG;
}

int blob_unseal(const Keys *keys, const char *folder, DigestKind kind, const Digest *digest, int *ret_fd,
        int64_t *ret_bytes) {
        char path[SEALED_PATH_MAX];
        struct stat st;
        int r = sealed_path(folder, digest, path);

        if (r < 0)
                return r;
        _cleanup_(fd_closep) int from = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
        if (from < 0 || fstat(from, &st) < 0)
                return -errno;
        _cleanup_(fd_closep) int to = memfd_create("attachment", MFD_CLOEXEC);
        if (to < 0)
                return -errno;
        r = pieces_read(keys, kind, digest, from, st.st_size, to);
        off_t bytes = r == 0 ? lseek(to, 0, SEEK_END) : -1;
        if (r == 0 && (bytes < 0 || lseek(to, 0, SEEK_SET) < 0))
                r = -errno;
        if (r < 0)
                return r;
        *ret_bytes = bytes;
        *ret_fd = to;
        to = -1;
        return 0;
}
