/* SPDX-License-Identifier: Apache-2.0 */
/* The reader of workbooks on any bytes: as an archive when they begin like one, otherwise as its parts one
 * after the other, split at 0xff, so that a fuzzer reaches the XML without a check sum. Rows rise, are
 * equally long and stay within the limits. */

#include <stdlib.h>
#include <string.h>

#include <node/error.h>

#include "xlsx.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct Seen {
        int64_t line;
        size_t width;
} Seen;

static int seen_sheet(void *data, const char *name, bool dates_1904) {
        *(Seen *) data = (Seen){ 0 };
        return 0;
}

static int seen_row(void *data, int64_t line, const XlsxCell *cells, size_t n) {
        Seen *seen = data;

        if (line <= seen->line || line > XLSX_ROW_MAX || n == 0 || n > IMPORT_COLUMNS_MAX ||
                (seen->width && seen->width != n))
                abort();
        *seen = (Seen){ line, n };
        for (size_t i = 0; i < n; i++)
                if (cells[i].size > IMPORT_CELL_BYTES_MAX || !text_is_utf8(cells[i].text, cells[i].size))
                        abort();
        return 0;
}

static int part_read(void *data, const char *name, XlsxSink sink, void *sink_data) {
        static const char *const names[] = { "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
                "xl/styles.xml", "xl/sharedStrings.xml" };
        const Bytes *all = data;
        const uint8_t *at = all->data, *end = at + all->size;

        for (size_t i = 0; i <= ELEMENTSOF(names); i++) {
                const uint8_t *split = at < end ? memchr(at, 0xff, (size_t) (end - at)) : NULL;
                /* the fifth part is every sheet */
                if (i == ELEMENTSOF(names) || strcmp(names[i], name) == 0)
                        return sink(sink_data, at, (size_t) ((split ? split : end) - at));
                at = split ? split + 1 : end;
        }
        return -ENOENT;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        uint8_t *copy = malloc(size ? size : 1);
        Seen seen = { 0 };
        XlsxReceiver receiver = { seen_sheet, seen_row, &seen, 0 };

        if (!copy)
                return 0;
        if (size)
                memcpy(copy, data, size);
        Bytes file = { copy, size };
        XlsxZip zip = { .file = file };
        const XlsxParts archive = { xlsx_zip_read, &zip, 1 }, parts = { part_read, &file, 1 };
        int r = xlsx_read(xlsx_is_zip(file) ? &archive : &parts, &receiver);
        if (r > 0)
                abort();
        free(copy);
        return 0;
}
