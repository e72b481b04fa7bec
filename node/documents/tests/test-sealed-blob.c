/* SPDX-License-Identifier: Apache-2.0 */
/* Sealed blobs: what comes out is what went in, what lies on disk says nothing, and no piece can be changed.
 */

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include <internal/keys-process.h>
#include <internal/papers.h>
#include <node/error.h>

typedef struct Site {
        char folder[64];
        Keys keys;
        Digest digest;
        char path[256];
        uint8_t *bytes;
        size_t size;
} Site;

static const size_t sizes[] = { 1, 1u << 20, (1u << 20) + 1, (2u << 20) + 77 };

static void site_open(Site *site, size_t size) {
        char hex[2 * sizeof(Digest) + 1];

        *site = (Site){ .folder = "/tmp/fundnode-sealed-XXXXXX", .size = size, .bytes = malloc(size) };
        assert_non_null(mkdtemp(site->folder));
        assert_int_equal(keys_simulation(7, &site->keys), 0);
        for (size_t i = 0; i < size; i++)
                site->bytes[i] = (uint8_t) (i * 31 + i / 251);
        assert_int_equal(blob_put(site->folder, DIGEST_SM3, (Bytes){ site->bytes, size }, &site->digest), 0);
        hex_encode(site->digest.bytes, sizeof(site->digest.bytes), hex);
        snprintf(site->path, sizeof(site->path), "%s/%.2s/%s", site->folder, hex, hex + 2);
        int fd = open(site->path, O_RDONLY | O_CLOEXEC);
        assert_true(fd >= 0);
        assert_int_equal(blob_seal(&site->keys, site->folder, &site->digest, fd, (int64_t) size), 0);
        assert_int_equal(blob_seal(&site->keys, site->folder, &site->digest, fd, (int64_t) size), 0);
        close(fd);
        assert_int_equal(unlink(site->path), 0);
        strcat(site->path, ".sealed");
}

static void site_close(Site *site) {
        char command[128];

        keys_close(&site->keys);
        free(site->bytes);
        snprintf(command, sizeof(command), "rm -r '%s'", site->folder);
        assert_int_equal(system(command), 0);
}

static int unseal(const Site *site, int *ret_fd, int64_t *ret_bytes) {
        return blob_unseal(&site->keys, site->folder, DIGEST_SM3, &site->digest, ret_fd, ret_bytes);
}

static void test_same_bytes(void **state) {
        for (size_t i = 0; i < ELEMENTSOF(sizes); i++) {
                int64_t bytes;
                int fd;
                Site site;
                site_open(&site, sizes[i]);
                assert_int_equal(unseal(&site, &fd, &bytes), 0);
                assert_int_equal(bytes, sizes[i]);
                uint8_t *found = malloc(sizes[i]);
                assert_int_equal(pread(fd, found, sizes[i], 0), sizes[i]);
                assert_memory_equal(found, site.bytes, sizes[i]);
                free(found);
                close(fd);
                site_close(&site);
        }
}

/* One byte of each kind of place: magic, length, sealed bytes of the first and of the last piece. */
static void test_changed(void **state) {
        Site site;
        struct stat st;
        int64_t bytes;
        int fd;

        site_open(&site, sizes[3]);
        assert_int_equal(stat(site.path, &st), 0);
        const off_t places[] = { 0, 24, 100, st.st_size - 1, st.st_size / 2 };
        for (size_t i = 0; i < ELEMENTSOF(places); i++) {
                uint8_t byte;
                int file = open(site.path, O_RDWR | O_CLOEXEC);
                assert_true(file >= 0);
                assert_int_equal(pread(file, &byte, 1, places[i]), 1);
                byte ^= 1;
                assert_int_equal(pwrite(file, &byte, 1, places[i]), 1);
                assert_true(unseal(&site, &fd, &bytes) < 0);
                byte ^= 1;
                assert_int_equal(pwrite(file, &byte, 1, places[i]), 1);
                close(file);
        }
        assert_int_equal(unseal(&site, &fd, &bytes), 0);
        close(fd);
        assert_int_equal(truncate(site.path, st.st_size / 2), 0);
        assert_true(unseal(&site, &fd, &bytes) < 0);
        site_close(&site);
}

/* A file whose last piece was cut off cleanly is no file. */
static void test_piece_missing(void **state) {
        Site site;
        uint8_t size[4];
        int64_t bytes;
        int fd;

        site_open(&site, sizes[2]);
        int file = open(site.path, O_RDONLY | O_CLOEXEC);
        assert_int_equal(pread(file, size, sizeof(size), 23), sizeof(size));
        close(file);
        off_t first = size[0] | size[1] << 8 | size[2] << 16;
        assert_int_equal(truncate(site.path, 23 + 4 + first), 0);
        assert_true(unseal(&site, &fd, &bytes) < 0);
        site_close(&site);
}

static void test_absent(void **state) {
        Site site;
        int64_t bytes;
        int fd;

        site_open(&site, 1);
        site.digest.bytes[0] ^= 1;
        assert_int_equal(unseal(&site, &fd, &bytes), -ENOENT);
        site_close(&site);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_same_bytes, NULL, NULL),
                cmocka_unit_test(test_changed),
                cmocka_unit_test(test_piece_missing),
                cmocka_unit_test(test_absent),
        };
        struct CMUnitTest named[ELEMENTSOF(tests)];
        static const char *const names[] = { "what was sealed comes out again [4.3.2A]",
                "a changed or cut file does not open [14.3.2]",
                "a file without its last piece does not open [14.3.2]", "what is not there is not there" };

        for (size_t i = 0; i < ELEMENTSOF(tests); i++) {
                named[i] = tests[i];
                named[i].name = names[i];
        }
        return cmocka_run_group_tests(named, NULL, NULL);
}
