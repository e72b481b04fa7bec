/* SPDX-License-Identifier: Apache-2.0 */
/* Packs a year's files: manifest and signature first, so that whoever reads the archive knows what has to
 * follow. */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>

#include <node/date.h>

#include "year.h"

#define COPY_BYTES (64u << 10)

static int entry_begin(struct archive *archive, const char *name, int64_t bytes) {
        struct archive_entry *entry = archive_entry_new();

        if (!entry)
                return -ENOMEM;
        archive_entry_set_pathname(entry, name);
        archive_entry_set_size(entry, bytes);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        int r = archive_write_header(archive, entry) == ARCHIVE_OK ? 0 : -EIO;
        archive_entry_free(entry);
        return r;
}

static int bytes_put(struct archive *archive, const void *data, size_t size) {
        for (const char *at = data; size > 0;) {
                la_ssize_t n = archive_write_data(archive, at, size);
                if (n <= 0)
                        return -EIO;
                at += n;
                size -= (size_t) n;
        }
        return 0;
}

static int text_put(struct archive *archive, const char *name, const void *data, size_t size) {
        int r = entry_begin(archive, name, (int64_t) size);

        return r < 0 ? r : bytes_put(archive, data, size);
}

static int file_put(struct archive *archive, const YearFile *file) {
        char *chunk = malloc(COPY_BYTES);
        int64_t at = 0;
        int r = chunk ? entry_begin(archive, file->name, file->bytes) : -ENOMEM;

        while (r == 0 && at < file->bytes) {
                ssize_t n = pread(file->fd, chunk, COPY_BYTES, at);
                r = n <= 0 ? -EIO : bytes_put(archive, chunk, (size_t) n);
                at += n > 0 ? n : 0;
        }
        free(chunk);
        return r;
}

static int manifest_make(const Year *year, Buffer *out) {
        const Engine *engine = year->audit->engine;
        char hex[2 * sizeof(PublicKey) + 1], at[INSTANT_TEXT_MAX];
        PublicKey key;

        int r = engine->keys->public_key(engine->keys->data, &key);
        if (r < 0)
                return r;
        hex_encode(key.point, sizeof(key.point), hex);
        instant_format(clock_now(engine->clock), at);
        buffer_printf(out,
                "fundnode yearly export 1\nyear %d\nnumber %s\noffice %lld\nmade %s +08:00\nkey %d %s\n",
                year->call->year, year->number, (long long) year->call->seer->office, at, key.algorithm,
                hex);
        for (size_t i = 0; i < year->n_files; i++) {
                hex_encode(year->files[i].digest.bytes, sizeof(Digest), hex);
                buffer_printf(out, "file %s %lld %lld %s\n", year->files[i].name,
                        (long long) year->files[i].bytes, (long long) year->files[i].rows, hex);
        }
        return buffer_error(out);
}

static int manifest_put(const Year *year, struct archive *archive) {
        const Keys *keys = year->audit->engine->keys;
        Buffer manifest = BUFFER_INIT(YEAR_MANIFEST_BYTES_MAX);
        char hex[2 * sizeof(Signature) + 1];
        Signature signature;

        int r = manifest_make(year, &manifest);
        if (r == 0)
                r = keys->sign(keys->data, KEY_IDENTITY, manifest.data, manifest.size, &signature);
        if (r == 0)
                r = text_put(archive, YEAR_MANIFEST, manifest.data, manifest.size);
        if (r == 0) {
                hex_encode(signature.bytes, sizeof(signature.bytes), hex);
                r = text_put(archive, YEAR_SIGNATURE, hex, strlen(hex));
        }
        buffer_done(&manifest);
        return r;
}

int year_pack(Year *year) {
        struct archive *archive = archive_write_new();
        int r = archive ? 0 : -ENOMEM;

        if (r == 0 && (archive_write_set_format_pax_restricted(archive) != ARCHIVE_OK ||
                              archive_write_add_filter_gzip(archive) != ARCHIVE_OK ||
                              archive_write_open_fd(archive, year->call->fd) != ARCHIVE_OK))
                r = -EIO;
        if (r == 0)
                r = manifest_put(year, archive);
        for (size_t i = 0; i < year->n_files && r == 0; i++)
                r = file_put(archive, &year->files[i]);
        if (archive && archive_write_close(archive) != ARCHIVE_OK && r == 0)
                r = -EIO;
        archive_write_free(archive);
        return r;
}
