/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a year's archive as a stranger would: nothing of it is believed before the signature holds. */

#include <stdlib.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>

#include <node/error.h>
#include <node/text.h>

#include "year.h"

#define READ_BYTES (64u << 10)
#define TEXT_MAX 512

typedef struct Reading {
        struct archive *archive;
        const char *key; /* that it must be signed with; NULL: the one it names */
        void (*line)(void *data, const char *text);
        void *data;
        char manifest[YEAR_MANIFEST_BYTES_MAX + 1];
        size_t manifest_bytes, seen;
        bool is_signed;
} Reading;

static int told(const Reading *reading, int r, const char *format, const char *name) {
        char text[TEXT_MAX];

        snprintf(text, sizeof(text), "%s: %s", name, format);
        reading->line(reading->data, text);
        return r;
}

static la_ssize_t whole_read(struct archive *archive, char *ret, size_t max) {
        size_t size = 0;
        la_ssize_t n;

        while (size < max && (n = archive_read_data(archive, ret + size, max - size)) != 0) {
                if (n < 0)
                        return n;
                size += (size_t) n;
        }
        return (la_ssize_t) size;
}

/* "key 1 04…" of the manifest. */
static int key_read(const Reading *reading, PublicKey *ret) {
        const char *line = strstr(reading->manifest, "\nkey ");
        char hex[2 * sizeof(ret->point) + 1];
        int algorithm;

        if (!line || sscanf(line, "\nkey %d %130s\n", &algorithm, hex) != 2 ||
                strlen(hex) != 2 * sizeof(ret->point) || (reading->key && !text_equal(reading->key, hex)))
                return -EBADMSG;
        ret->algorithm = (uint8_t) algorithm;
        return hex_decode(hex, ret->point, sizeof(ret->point));
}

static int signature_read(Reading *reading) {
        char hex[2 * sizeof(Signature) + 1] = "";
        Signature signature;
        PublicKey key;

        la_ssize_t n = whole_read(reading->archive, hex, sizeof(hex) - 1);
        int r = n == (la_ssize_t) sizeof(hex) - 1 &&
                                hex_decode(hex, signature.bytes, sizeof(signature.bytes)) == 0
                        ? key_read(reading, &key)
                        : -EBADMSG;
        if (r == 0)
                r = signature_verify(&key, reading->manifest, reading->manifest_bytes, &signature);
        reading->is_signed = r == 0;
        return r == 0 ? told(reading, 0, "the manifest is signed", YEAR_SIGNATURE)
                      : told(reading, -EBADMSG, "the signature does not hold", YEAR_SIGNATURE);
}

static int digest_read(struct archive *archive, Digest *ret, int64_t *ret_bytes) {
        _cleanup_(digest_freep) DigestState *state = digest_new(DIGEST_SM3);
        char *chunk = malloc(READ_BYTES);
        la_ssize_t n = state && chunk ? 1 : -1;

        *ret_bytes = 0;
        while (n > 0 && (n = archive_read_data(archive, chunk, READ_BYTES)) > 0) {
                digest_update(state, chunk, (size_t) n);
                *ret_bytes += n;
        }
        free(chunk);
        if (n == 0)
                digest_final(state, ret);
        return n < 0 ? -EBADMSG : 0;
}

static int file_read(Reading *reading, const char *name) {
        char wanted[TEXT_MAX], hex[2 * sizeof(Digest) + 1];
        Digest digest;
        int64_t bytes = 0, rows = 0, size = 0;

        snprintf(wanted, sizeof(wanted), "\nfile %.*s ", YEAR_NAME_MAX, name);
        const char *line = reading->is_signed ? strstr(reading->manifest, wanted) : NULL;
        if (!line)
                return told(reading, -EBADMSG, "not in a signed manifest", name);
        long long said_bytes, said_rows;
        if (sscanf(line + strlen(wanted), "%lld %lld %64s", &said_bytes, &said_rows, hex) != 3)
                return told(reading, -EBADMSG, "the manifest cannot be read", name);
        bytes = said_bytes;
        rows = said_rows;
        int r = digest_read(reading->archive, &digest, &size);
        char got[2 * sizeof(Digest) + 1];
        if (r == 0)
                hex_encode(digest.bytes, sizeof(digest.bytes), got);
        if (r < 0 || size != bytes || !text_equal(hex, got))
                return told(reading, -EBADMSG, "is not as the manifest says", name);
        reading->seen++;
        char text[64];
        snprintf(text, sizeof(text), "sound, %lld rows", (long long) rows);
        return told(reading, 0, text, name);
}

static int entry_read(Reading *reading, const char *name) {
        if (text_equal(name, YEAR_MANIFEST)) {
                la_ssize_t n = whole_read(reading->archive, reading->manifest, YEAR_MANIFEST_BYTES_MAX);
                if (n < 0 || reading->manifest_bytes > 0)
                        return told(reading, -EBADMSG, "cannot be read", name);
                reading->manifest_bytes = (size_t) n;
                return 0;
        }
        return text_equal(name, YEAR_SIGNATURE) ? signature_read(reading) : file_read(reading, name);
}

static size_t files_listed(const Reading *reading) {
        size_t n = 0;

        for (const char *at = reading->manifest; (at = strstr(at, "\nfile ")); at++)
                n++;
        return n;
}

int audit_year_verify(int fd, const char *key, void (*line)(void *data, const char *text), void *data) {
        Reading reading = { .archive = archive_read_new(), .key = key, .line = line, .data = data };
        struct archive_entry *entry;
        int r = 0, next = ARCHIVE_EOF;

        if (!reading.archive)
                return -ENOMEM;
        if (archive_read_support_format_tar(reading.archive) != ARCHIVE_OK ||
                archive_read_support_filter_gzip(reading.archive) != ARCHIVE_OK ||
                archive_read_open_fd(reading.archive, fd, READ_BYTES) != ARCHIVE_OK)
                r = told(&reading, -EBADMSG, "is no archive", "file");
        while (r == 0 && (next = archive_read_next_header(reading.archive, &entry)) == ARCHIVE_OK)
                r = entry_read(&reading, archive_entry_pathname(entry));
        if (r == 0 && (next != ARCHIVE_EOF || !reading.is_signed || reading.seen != files_listed(&reading)))
                r = told(&reading, -EBADMSG, "is not complete", "file");
        archive_read_free(reading.archive);
        return r;
}
