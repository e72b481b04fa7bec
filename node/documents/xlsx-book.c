/* SPDX-License-Identifier: Apache-2.0 */
/* Reads workbook, relations, styles and strings, in this order. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <node/error.h>

#include "xlsx-book.h"
#include "xlsx-part.h"

#define FORMATS_MAX 4096 /* custom number formats begin at 164 and rise */

static int nothing_end(void *data, const char *name) {
        return 0;
}

static int nothing_text(void *data, const char *text, size_t size) {
        return 0;
}

/* False when it does not fit: such a name leads nowhere. */
static bool text_keep(const char *text, char *ret, size_t size) {
        return text && snprintf(ret, size, "%s", text) < (int) size;
}

static int workbook_start(void *data, const char *name, const char *const *attributes) {
        XlsxBook *book = data;

        if (strcmp(name, "workbookPr") == 0) {
                const char *base = xlsx_attribute(attributes, "date1904");
                book->dates_1904 = base && (strcmp(base, "1") == 0 || strcmp(base, "true") == 0);
        }
        if (strcmp(name, "sheet") != 0)
                return 0;
        if (book->n_sheets == XLSX_SHEETS_MAX)
                return -E2BIG;
        XlsxSheet *sheet = &book->sheets[book->n_sheets];
        const char *state = xlsx_attribute(attributes, "state");
        if (!text_keep(xlsx_attribute(attributes, "name"), sheet->name, sizeof(sheet->name)) ||
                !text_keep(xlsx_attribute(attributes, "id"), sheet->relation, sizeof(sheet->relation)))
                return -EMALFORMED_;
        sheet->hidden = state && strcmp(state, "visible") != 0;
        book->n_sheets++;
        return 0;
}

static bool ends_with(const char *text, const char *end) {
        size_t size = strlen(text), tail = strlen(end);

        return size >= tail && strcmp(text + size - tail, end) == 0;
}

/* Targets are told from the folder of the workbook, or from the root with a stroke before. */
static bool target_keep(const char *target, char *ret, size_t size) {
        int n = *target == '/' ? snprintf(ret, size, "%s", target + 1)
                               : snprintf(ret, size, "xl/%s", target);

        return n > 0 && n < (int) size;
}

static int relations_start(void *data, const char *name, const char *const *attributes) {
        XlsxBook *book = data;

        if (strcmp(name, "Relationship") != 0)
                return 0;
        const char *id = xlsx_attribute(attributes, "Id"), *type = xlsx_attribute(attributes, "Type"),
                   *target = xlsx_attribute(attributes, "Target");
        if (!id || !type || !target)
                return -EMALFORMED_;
        bool kept = true;
        if (ends_with(type, "/sharedStrings"))
                kept = target_keep(target, book->strings_part, sizeof(book->strings_part));
        else if (ends_with(type, "/styles"))
                kept = target_keep(target, book->styles_part, sizeof(book->styles_part));
        else if (ends_with(type, "/worksheet"))
                for (size_t i = 0; i < book->n_sheets; i++)
                        if (strcmp(book->sheets[i].relation, id) == 0)
                                kept = target_keep(
                                        target, book->sheets[i].part, sizeof(book->sheets[i].part));
        return kept ? 0 : -EMALFORMED_;
}

typedef struct Styles {
        XlsxBook *book;
        bool formats[FORMATS_MAX], known[FORMATS_MAX]; /* by number: shows a day; has a text of its own */
        bool in_cells;
        size_t capacity;
} Styles;

static int style_add(Styles *styles, const char *const *attributes) {
        const char *text = xlsx_attribute(attributes, "numFmtId");
        XlsxBook *book = styles->book;
        long id = 0;

        if (text && !xlsx_whole(text, strlen(text), &id))
                return -EMALFORMED_;
        if (book->n_styles == XLSX_STYLES_MAX)
                return -E2BIG;
        if (book->n_styles == styles->capacity) {
                size_t capacity = styles->capacity ? 2 * styles->capacity : 64;
                bool *more = realloc(book->style_is_date, capacity * sizeof(bool));
                if (!more)
                        return -ENOMEM;
                book->style_is_date = more;
                styles->capacity = capacity;
        }
        bool own = id < FORMATS_MAX && styles->known[id];
        book->style_is_date[book->n_styles++] = own ? styles->formats[id] : xlsx_format_is_date(id, NULL);
        return 0;
}

static int styles_start(void *data, const char *name, const char *const *attributes) {
        Styles *styles = data;

        if (strcmp(name, "numFmt") == 0) {
                const char *text = xlsx_attribute(attributes, "numFmtId"),
                           *code = xlsx_attribute(attributes, "formatCode");
                long id;
                if (text && code && xlsx_whole(text, strlen(text), &id) && id < FORMATS_MAX) {
                        styles->known[id] = true;
                        styles->formats[id] = xlsx_format_is_date(id, code);
                }
        }
        if (strcmp(name, "cellXfs") == 0)
                styles->in_cells = true;
        return styles->in_cells && strcmp(name, "xf") == 0 ? style_add(styles, attributes) : 0;
}

static int styles_end(void *data, const char *name) {
        Styles *styles = data;

        if (strcmp(name, "cellXfs") == 0)
                styles->in_cells = false;
        return 0;
}

typedef struct Strings {
        XlsxBook *book;
        Buffer string; /* the one at hand */
        bool in_text, too_long;
        int phonetic;
} Strings;

static int strings_start(void *data, const char *name, const char *const *attributes) {
        Strings *strings = data;

        if (strcmp(name, "si") == 0)
                buffer_reset(&strings->string);
        strings->phonetic += strcmp(name, "rPh") == 0;
        strings->in_text = strcmp(name, "t") == 0 && !strings->phonetic;
        return 0;
}

static int strings_text(void *data, const char *text, size_t size) {
        Strings *strings = data;

        /* longer than any cell may be: kept as just too long, and refused where a cell asks for it */
        if (strings->in_text && strings->string.size <= IMPORT_CELL_BYTES_MAX)
                buffer_append(&strings->string, text, size);
        return buffer_error(&strings->string);
}

static int string_keep(Strings *strings) {
        XlsxBook *book = strings->book;

        if (book->n_strings == XLSX_STRINGS_MAX)
                return -E2BIG;
        if (book->n_strings == book->strings_capacity) {
                size_t capacity = book->strings_capacity ? 2 * book->strings_capacity : 1024;
                size_t *more = realloc(book->string_ends, capacity * sizeof(size_t));
                if (!more)
                        return -ENOMEM;
                book->string_ends = more;
                book->strings_capacity = capacity;
        }
        xlsx_text_append(&book->string_bytes, (const char *) strings->string.data, strings->string.size);
        book->string_ends[book->n_strings++] = book->string_bytes.size;
        return buffer_error(&book->string_bytes);
}

static int strings_end(void *data, const char *name) {
        Strings *strings = data;

        strings->phonetic -= strcmp(name, "rPh") == 0;
        strings->in_text = false;
        return strcmp(name, "si") == 0 ? string_keep(strings) : 0;
}

static int strings_read(const XlsxParts *parts, XlsxBook *book) {
        static const XlsxEvents events = { strings_start, strings_end, strings_text };
        Strings strings = { .book = book, .string = BUFFER_INIT(IMPORT_FILE_BYTES_MAX) };

        int r = xlsx_part_read(parts, book->strings_part, &events, &strings);
        buffer_done(&strings.string);
        return r == -ENOENT ? 0 : r;
}

int xlsx_book_read(const XlsxParts *parts, XlsxBook *ret) {
        static const XlsxEvents workbook = { workbook_start, nothing_end, nothing_text };
        static const XlsxEvents relations = { relations_start, nothing_end, nothing_text };
        static const XlsxEvents style_events = { styles_start, styles_end, nothing_text };

        *ret = (XlsxBook){ .strings_part = "xl/sharedStrings.xml",
                .styles_part = "xl/styles.xml",
                .string_bytes = BUFFER_INIT(XLSX_STRING_BYTES_MAX) };
        int r = xlsx_part_read(parts, "xl/workbook.xml", &workbook, ret);
        if (r == 0)
                r = xlsx_part_read(parts, "xl/_rels/workbook.xml.rels", &relations, ret);
        if (r == -ENOENT)
                return -EMALFORMED_; /* an archive of something else */
        if (r < 0)
                return r;
        Styles *styles = calloc(1, sizeof(Styles));
        if (!styles)
                return -ENOMEM;
        styles->book = ret;
        r = xlsx_part_read(parts, ret->styles_part, &style_events, styles);
        free(styles);
        return r == 0 || r == -ENOENT ? strings_read(parts, ret) : r;
}

void xlsx_book_done(XlsxBook *book) {
        buffer_done(&book->string_bytes);
        free(book->string_ends);
        free(book->style_is_date);
}

bool xlsx_book_string(const XlsxBook *book, long at, const char **ret, size_t *ret_size) {
        if (at < 0 || (size_t) at >= book->n_strings)
                return false;
        size_t from = at ? book->string_ends[at - 1] : 0;
        *ret_size = book->string_ends[at] - from;
        *ret = *ret_size ? (const char *) book->string_bytes.data + from : "";
        return true;
}
