/* SPDX-License-Identifier: Apache-2.0 */
/* The physical limit a durable deposit stands against: one block overwritten in place and made durable,
 * again and again. The file is written whole before, so no measured write allocates. */

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define BLOCK_BYTES 4096
#define BLOCKS 4096

static int64_t now_us(void) {
        struct timespec at;

        clock_gettime(CLOCK_MONOTONIC, &at);
        return (int64_t) at.tv_sec * 1000000 + at.tv_nsec / 1000;
}

static int block_write(int fd, int64_t number, uint8_t *block) {
        memcpy(block, &number, sizeof(number));
        return pwrite(fd, block, BLOCK_BYTES, number % BLOCKS * BLOCK_BYTES) == BLOCK_BYTES ? 0 : -EIO;
}

static int file_fill(int fd, uint8_t *block) {
        int r = 0;

        for (int64_t i = 0; r == 0 && i < BLOCKS; i++)
                r = block_write(fd, i, block);
        if (r == 0 && fsync(fd) < 0)
                r = -errno;
        return r;
}

static int measure(int fd, int64_t writes, uint8_t *block) {
        int64_t begun = now_us();
        int r = 0;

        for (int64_t i = 0; r == 0 && i < writes; i++) {
                r = block_write(fd, i, block);
                if (r == 0 && fdatasync(fd) < 0)
                        r = -errno;
        }
        if (r == 0)
                printf("{\"requests\": %lld, \"microseconds\": %lld}\n", (long long) writes,
                        (long long) (now_us() - begun));
        return r;
}

int main(int argc, char **argv) {
        static uint8_t block[BLOCK_BYTES];
        char path[4096];
        long writes = argc == 3 ? strtol(argv[2], NULL, 10) : 0;

        if (writes < 1 || snprintf(path, sizeof(path), "%s/disk-load", argv[1]) >= (int) sizeof(path)) {
                fprintf(stderr, "usage: disk-load FOLDER WRITES\n");
                return 2;
        }
        int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        int r = fd < 0 ? -errno : file_fill(fd, block);
        if (r == 0)
                r = measure(fd, writes, block);
        if (fd >= 0)
                close(fd);
        unlink(path);
        if (r < 0)
                fprintf(stderr, "disk-load: %s\n", strerror(-r));
        return r < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
