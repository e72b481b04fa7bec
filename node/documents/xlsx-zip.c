/* SPDX-License-Identifier: Apache-2.0 */
/* Parts out of the archive: zip only, from memory, nothing is ever extracted. A small file that unpacks into
 * a large one is stopped by its ratio long before it is read. */

#include <string.h>

#include <archive.h>
#include <archive_entry.h>

#include <node/error.h>

#include "xlsx.h"

#define ZIP_BLOCK_BYTES 65536

static void archive_freep(struct archive **archive) {
        if (*archive)
                archive_read_free(*archive);
}

bool xlsx_is_zip(Bytes file) {
        return file.size >= 4 && memcmp(file.data, "PK\003\004", 4) == 0;
}

static int unpacked_add(XlsxZip *zip, size_t size) {
        int64_t allowed = XLSX_RATIO_FREE_BYTES + XLSX_RATIO_MAX * (int64_t) zip->file.size;

        zip->unpacked += (int64_t) size;
        return zip->unpacked > XLSX_UNPACKED_BYTES_MAX || zip->unpacked > allowed ? -E2BIG : 0;
}

static int entry_read(XlsxZip *zip, struct archive *archive, XlsxSink sink, void *sink_data) {
        char block[ZIP_BLOCK_BYTES];

        for (;;) {
                la_ssize_t n = archive_read_data(archive, block, sizeof(block));
                if (n == 0)
                        return 0;
                if (n < 0) /* a wrong check sum is a warning there and an error here */
                        return -EMALFORMED_;
                int r = unpacked_add(zip, (size_t) n);
                if (r == 0)
                        r = sink(sink_data, block, (size_t) n);
                if (r < 0)
                        return r;
        }
}

int xlsx_zip_read(void *data, const char *name, XlsxSink sink, void *sink_data) {
        _cleanup_(archive_freep) struct archive *archive = archive_read_new();
        XlsxZip *zip = data;
        struct archive_entry *entry;

        if (!archive)
                return -ENOMEM;
        if (archive_read_support_format_zip_seekable(archive) != ARCHIVE_OK ||
                archive_read_open_memory(archive, zip->file.data, zip->file.size) != ARCHIVE_OK)
                return -EMALFORMED_;
        for (size_t i = 0; i < XLSX_ENTRIES_MAX; i++) {
                int r = archive_read_next_header(archive, &entry);
                if (r == ARCHIVE_EOF)
                        return -ENOENT;
                /* a name that this locale cannot say is a warning, and not the end of the archive */
                if (r != ARCHIVE_OK && r != ARCHIVE_WARN)
                        return -EMALFORMED_;
                const char *path = archive_entry_pathname(entry);
                if (!path || strcmp(path, name) != 0 || archive_entry_filetype(entry) != AE_IFREG)
                        continue;
                return archive_entry_is_encrypted(entry) ? -EMALFORMED_
                                                         : entry_read(zip, archive, sink, sink_data);
        }
        return -E2BIG;
}
