/* SPDX-License-Identifier: Apache-2.0 */
/* Splits comma-separated records. Written for hostile files: every limit is checked before a byte is kept.
 */

#include <errno.h>
#include <string.h>

#include "csv.h"

static size_t gb18030_length(const uint8_t *p, const uint8_t *end) {
        if (p[0] < 0x80)
                return 1;
        if (p[0] == 0x80 || p[0] == 0xff || p + 1 >= end)
                return 0;
        if (p[1] >= 0x40 && p[1] != 0x7f && p[1] != 0xff)
                return 2;
        bool four = p + 3 < end && p[1] >= 0x30 && p[1] <= 0x39 && p[2] >= 0x81 && p[2] <= 0xfe &&
                    p[3] >= 0x30 && p[3] <= 0x39;
        return four ? 4 : 0;
}

static bool is_gb18030(const uint8_t *p, size_t size) {
        const uint8_t *end = p + size;

        while (p < end) {
                size_t n = gb18030_length(p, end);
                if (n == 0)
                        return false;
                p += n;
        }
        return true;
}

CsvEncoding csv_encoding(Bytes file) {
        size_t bad_utf8 = 0, bad_gb18030 = 0;
        const uint8_t *p = file.data, *end = file.data + file.size;

        if (file.size >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
                return CSV_UTF8;
        while (p < end) {
                const uint8_t *newline = memchr(p, '\n', (size_t) (end - p));
                size_t size = (size_t) ((newline ? newline : end) - p);
                bad_utf8 += !text_is_utf8((const char *) p, size);
                bad_gb18030 += !is_gb18030(p, size);
                p += size + 1;
        }
        return bad_utf8 <= bad_gb18030 ? CSV_UTF8 : CSV_GB18030;
}

/* A quoted cell may span lines; its end is the next quote that is not doubled. NULL: it never closes. */
static const uint8_t *quote_end(const uint8_t *p, const uint8_t *end) {
        while ((p = memchr(p, '"', (size_t) (end - p)))) {
                if (p + 1 >= end || p[1] != '"')
                        return p;
                p += 2;
        }
        return NULL;
}

typedef struct Cell {
        const uint8_t *begin, *stop, *after; /* content, and the delimiter behind it */
        bool quoted;
} Cell;

static Cell cell_at(const uint8_t *p, const uint8_t *end) {
        const uint8_t *stop, *limit = end;

        if (p < end && *p == '"') {
                /* no cell is longer than its limit, so a stray quote is not searched through the whole file
                 */
                if ((size_t) (end - p) > IMPORT_CELL_BYTES_MAX + 2)
                        limit = p + IMPORT_CELL_BYTES_MAX + 2;
                stop = quote_end(p + 1, limit);
                bool closes = stop && (stop + 1 == end || strchr(",\r\n", stop[1]));
                if (closes)
                        return (Cell){ p + 1, stop, stop + 1, true };
        }
        for (stop = p; stop < end && *stop != ',' && *stop != '\n'; stop++)
                ;
        const uint8_t *after = stop;
        if (stop > p && stop[-1] == '\r' && (stop == end || *stop == '\n'))
                stop--;
        return (Cell){ p, stop, after, false };
}

static size_t cell_copy(const Cell *cell, uint8_t *to) {
        size_t n = 0;

        for (const uint8_t *p = cell->begin; p < cell->stop; p++) {
                to[n++] = *p;
                if (cell->quoted && *p == '"')
                        p++;
        }
        return n;
}

int csv_next(CsvReader *reader, CsvRecord *ret) {
        const uint8_t *p = reader->rest.data, *end = p + reader->rest.size;
        size_t used = 0;

        if (p == end)
                return 0;
        ret->line = ++reader->line;
        ret->n_cells = 0;
        for (;;) {
                Cell cell = cell_at(p, end);
                size_t size = (size_t) (cell.stop - cell.begin);
                if (ret->n_cells == IMPORT_COLUMNS_MAX || size > IMPORT_CELL_BYTES_MAX ||
                        used + size > reader->scratch_size)
                        return -E2BIG;
                for (const uint8_t *b = cell.begin; cell.quoted && b < cell.stop; b++)
                        reader->line += *b == '\n';
                size = cell_copy(&cell, reader->scratch + used);
                ret->cells[ret->n_cells++] = (Bytes){ reader->scratch + used, size };
                used += size;
                p = cell.after;
                if (p < end && *p == '\r')
                        p++;
                if (p >= end || *p == '\n')
                        break;
                p += *p == ',';
        }
        p += p < end;
        reader->rest = (Bytes){ p, (size_t) (end - p) };
        return 1;
}
