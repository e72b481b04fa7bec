/* SPDX-License-Identifier: Apache-2.0 */
/* `fundnode parse`: the only code that touches the cells of an upload. Before it splits the first row it has
 * given up everything but reading memory, writing to its pipe and ending. */

#include <errno.h>
#include <iconv.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <seccomp.h>

#include <internal/sheets.h>
#include <node/error.h>

#include "csv.h"
#include "sheet-wire.h"
#include "xlsx.h"

#define PARSE_CPU_SECONDS_MAX 120
#define PARSE_MEMORY_BYTES_MAX ((rlim_t) 1 << 30)
#define PARSE_RECORD_BYTES_MAX ((size_t) IMPORT_COLUMNS_MAX * (IMPORT_CELL_BYTES_MAX + 2))

typedef struct Parser {
        iconv_t decoder;
        SheetEncoding encoding;
        uint8_t *scratch, *text; /* one record raw, one cell as UTF-8 */
        unsigned long salt;
        int64_t rows, fault_line;
        Buffer out;
} Parser;

static int rights_drop(void) {
        const struct rlimit cpu = { PARSE_CPU_SECONDS_MAX, PARSE_CPU_SECONDS_MAX }, none = { 0, 0 };
        const int allowed[] = { SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(brk), SCMP_SYS(mmap),
                SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(exit), SCMP_SYS(exit_group),
                SCMP_SYS(rt_sigreturn), SCMP_SYS(futex), SCMP_SYS(sigaltstack), SCMP_SYS(rt_sigprocmask),
                SCMP_SYS(getpid) };

        if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || setrlimit(RLIMIT_CPU, &cpu) < 0 ||
                setrlimit(RLIMIT_FSIZE, &none) < 0 || setrlimit(RLIMIT_CORE, &none) < 0)
                return -errno;
#ifndef ARENA_SINGLE_ALLOCATIONS /* the address sanitizer maps terabytes and opens files of its own */
        const struct rlimit memory = { PARSE_MEMORY_BYTES_MAX, PARSE_MEMORY_BYTES_MAX };
        if (setrlimit(RLIMIT_AS, &memory) < 0)
                return -errno;
        scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
        if (!filter)
                return -ENOMEM;
        int r = 0;
        for (size_t i = 0; r == 0 && i < ELEMENTSOF(allowed); i++)
                r = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
        if (r == 0)
                r = seccomp_load(filter);
        seccomp_release(filter);
        return r;
#else
        return allowed[0] < 0 ? -EINVAL : 0;
#endif
}

static int out_flush(Parser *parser) {
        size_t done = 0;

        int r = buffer_error(&parser->out);
        if (r < 0)
                return r;
        while (done < parser->out.size) {
                ssize_t n = write(SHEET_OUT_FD, parser->out.data + done, parser->out.size - done);
                if (n < 0 && errno != EINTR)
                        return -errno;
                done += n > 0 ? (size_t) n : 0;
        }
        buffer_reset(&parser->out);
        return 0;
}

/* UTF-8 of a cell in parser->text; bytes that are no text become U+FFFD and set *bad. */
static size_t cell_decode(Parser *parser, Bytes cell, bool *bad) {
        char *in = (char *) cell.data, *out = (char *) parser->text;
        size_t in_left = cell.size, out_left = SHEET_CELL_TEXT_MAX;

        iconv(parser->decoder, NULL, NULL, NULL, NULL);
        while (in_left > 0 && iconv(parser->decoder, &in, &in_left, &out, &out_left) == (size_t) -1) {
                *bad = true;
                if (out_left < 3)
                        break;
                memcpy(out, "\xef\xbf\xbd", 3);
                out += 3, out_left -= 3, in++, in_left--;
        }
        return (size_t) (out - (char *) parser->text);
}

static void cell_write(Parser *parser, const char *text, size_t size, uint8_t kind) {
        const uint32_t head[2] = { (uint32_t) size, kind };

        buffer_append(&parser->out, head, sizeof(head));
        buffer_append(&parser->out, text, size);
}

static int record_write(Parser *parser, const CsvRecord *record) {
        bool bad = false;
        size_t head_at = parser->out.size;

        SheetWireRow head = { .line = record->line, .n_cells = (uint32_t) record->n_cells };
        buffer_append(&parser->out, &head, sizeof(head));
        for (size_t i = 0; i < record->n_cells; i++) {
                uint32_t size = (uint32_t) cell_decode(parser, record->cells[i], &bad);
                if (memchr(parser->text, 0, size))
                        return -EMALFORMED_; /* a NUL is no text in any encoding: not a file of this kind */
                cell_write(parser, (const char *) parser->text, size, CELL_TEXT);
        }
        head.flags = bad ? SHEET_ROW_BAD_ENCODING : 0;
        if (buffer_error(&parser->out) == 0)
                memcpy(parser->out.data + head_at, &head, sizeof(head));
        return parser->out.size > 65536 ? out_flush(parser) : buffer_error(&parser->out);
}

static int csv_parse(Parser *parser, Bytes file) {
        CsvReader reader = {
                .rest = file, .scratch = parser->scratch, .scratch_size = PARSE_RECORD_BYTES_MAX
        };
        CsvRecord *record = calloc(1, sizeof(CsvRecord));
        int r = record ? 0 : -ENOMEM;

        if (file.size >= 3 && memcmp(file.data, "\xef\xbb\xbf", 3) == 0)
                reader.rest = (Bytes){ file.data + 3, file.size - 3 };
        while (r == 0 && (r = csv_next(&reader, record)) > 0)
                r = ++parser->rows > IMPORT_ROWS_MAX ? -E2BIG : record_write(parser, record);
        parser->fault_line = record ? record->line : 0;
        free(record);
        return r;
}

static int workbook_sheet(void *data, const char *name, bool dates_1904) {
        Parser *parser = data;
        SheetWireRow head = { .n_cells = 1, .flags = SHEET_ROW_SHEET | (dates_1904 ? SHEET_ROW_1904 : 0) };

        buffer_append(&parser->out, &head, sizeof(head));
        cell_write(parser, name, strlen(name), CELL_TEXT);
        return buffer_error(&parser->out);
}

static int workbook_row(void *data, int64_t line, const XlsxCell *cells, size_t n) {
        Parser *parser = data;
        SheetWireRow head = { .line = line, .n_cells = (uint32_t) n };

        if (++parser->rows > IMPORT_ROWS_MAX)
                return -E2BIG;
        buffer_append(&parser->out, &head, sizeof(head));
        for (size_t i = 0; i < n; i++)
                cell_write(parser, cells[i].text, cells[i].size, cells[i].kind);
        return parser->out.size > 65536 ? out_flush(parser) : buffer_error(&parser->out);
}

static int workbook_parse(Parser *parser, Bytes file) {
        XlsxZip zip = { .file = file };
        const XlsxParts parts = { xlsx_zip_read, &zip, parser->salt };
        XlsxReceiver receiver = { workbook_sheet, workbook_row, parser, 0 };

        int r = xlsx_read(&parts, &receiver);
        parser->fault_line = receiver.line;
        return r;
}

/* Everything that must be there before rights are dropped: iconv loads its tables from files, expat wants a
 * random number, and libarchive asks for the time zone. */
static int parser_make(Parser *parser, Bytes file) {
        parser->encoding = xlsx_is_zip(file)                   ? SHEET_XLSX
                           : csv_encoding(file) == CSV_GB18030 ? SHEET_GB18030
                                                               : SHEET_UTF8;
        parser->decoder = iconv_open("UTF-8", parser->encoding == SHEET_GB18030 ? "GB18030" : "UTF-8");
        parser->scratch = malloc(PARSE_RECORD_BYTES_MAX);
        parser->text = malloc(SHEET_CELL_TEXT_MAX);
        if (setenv("TZ", "UTC0", 1) < 0 || getrandom(&parser->salt, sizeof(parser->salt), 0) < 0)
                return -errno;
        tzset();
        parser->salt |= 1;
        return parser->decoder == (iconv_t) -1 || !parser->scratch || !parser->text ? -ENOMEM : 0;
}

static void parser_done(Parser *parser) {
        if (parser->decoder != (iconv_t) -1)
                iconv_close(parser->decoder);
        free(parser->scratch);
        free(parser->text);
        buffer_done(&parser->out);
}

static int parse(Bytes file) {
        Parser parser = { .decoder = (iconv_t) -1, .out = BUFFER_INIT(4u << 20) };
        SheetWireRow first = { 0 };

        int r = parser_make(&parser, file);
        if (r == 0)
                r = rights_drop();
        if (r == 0) {
                first.line = parser.encoding;
                buffer_append(&parser.out, &first, sizeof(first));
                r = parser.encoding == SHEET_XLSX ? workbook_parse(&parser, file) : csv_parse(&parser, file);
        }
        if (r == 0)
                r = out_flush(&parser);
        if (r == -E2BIG) {
                SheetWireRow fault = { .line = parser.fault_line, .flags = SHEET_ROW_FAULT };
                buffer_append(&parser.out, &fault, sizeof(fault));
                if (out_flush(&parser) < 0)
                        r = -EIO;
        }
        parser_done(&parser);
        return r;
}

int parse_process_main(void) {
        struct stat info;

        /* names inside an archive are UTF-8; the C locale cannot say them */
        setlocale(LC_CTYPE, "C.UTF-8");
        if (fstat(SHEET_IN_FD, &info) < 0 || info.st_size > (off_t) IMPORT_FILE_BYTES_MAX)
                return SHEET_EXIT_TOO_LARGE;
        size_t size = (size_t) info.st_size;
        void *map = size ? mmap(NULL, size, PROT_READ, MAP_PRIVATE, SHEET_IN_FD, 0) : NULL;
        if (map == MAP_FAILED)
                return SHEET_EXIT_FAILED;
        switch (parse((Bytes){ map, size })) {
        case 0:
                return SHEET_EXIT_GOOD;
        case -E2BIG:
                return SHEET_EXIT_TOO_LARGE;
        case -EMALFORMED_:
                return SHEET_EXIT_MALFORMED;
        default:
                return SHEET_EXIT_FAILED;
        }
}
