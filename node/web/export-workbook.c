/* SPDX-License-Identifier: Apache-2.0 */
/* The workbook around a sheet: the few parts that spreadsheets ask for, in one archive. The sheet lies in a
 * file of its own before, so that a list of any length takes the same memory. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>

#include "export-sheet.h"

#define COPY_BYTES (64u << 10)
#define TAIL_BYTES_MAX 4096

static const char xml_head[] = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

typedef struct Part {
        const char *name, *text;
} Part;

#define TYPES "application/vnd.openxmlformats-officedocument.spreadsheetml."
#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

static const Part parts[] = {
        { "[Content_Types].xml",
                "<Types xmlns=\"" PACKAGE
                "content-types\"><Default Extension=\"rels\" ContentType=\"application/"
                "vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" "
                "ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" "
                "ContentType=\"" TYPES
                "sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"" TYPES
                "worksheet+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"" TYPES
                "styles+xml\"/></Types>" },
        { "_rels/.rels", "<Relationships xmlns=\"" PACKAGE
                         "relationships\"><Relationship Id=\"rId1\" Type=\"" RELATIONS
                         "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>" },
        { "xl/workbook.xml", "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" RELATIONS
                             "\"><sheets><sheet name=\"list\" sheetId=\"1\" "
                             "r:id=\"rId1\"/></sheets></workbook>" },
        { "xl/_rels/workbook.xml.rels",
                "<Relationships xmlns=\"" PACKAGE
                "relationships\"><Relationship Id=\"rId1\" Type=\"" RELATIONS
                "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" RELATIONS
                "/styles\" Target=\"styles.xml\"/></Relationships>" },
        /* in the order of the STYLE_ numbers of export-sheet.c */
        { "xl/styles.xml",
                "<styleSheet xmlns=\"" MAIN "\"><numFmts count=\"2\"><numFmt numFmtId=\"164\" "
                "formatCode=\"0.0000%\"/><numFmt numFmtId=\"165\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>"
                "<fonts count=\"3\"><font><sz val=\"11\"/></font><font><b/><sz "
                "val=\"11\"/></font><font><i/><sz "
                "val=\"10\"/><color rgb=\"FF808080\"/></font></fonts><fills count=\"2\"><fill><patternFill "
                "patternType=\"none\"/></fill><fill><patternFill "
                "patternType=\"gray125\"/></fill></fills><borders "
                "count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs "
                "count=\"8\">"
                "<xf numFmtId=\"49\" applyNumberFormat=\"1\"/><xf numFmtId=\"49\" fontId=\"1\" "
                "applyFont=\"1\" "
                "applyNumberFormat=\"1\"/><xf numFmtId=\"4\" applyNumberFormat=\"1\"/><xf numFmtId=\"2\" "
                "applyNumberFormat=\"1\"/><xf numFmtId=\"164\" applyNumberFormat=\"1\"/><xf "
                "numFmtId=\"165\" "
                "applyNumberFormat=\"1\"/><xf numFmtId=\"49\" fontId=\"2\" applyFont=\"1\"/><xf "
                "numFmtId=\"1\" "
                "applyNumberFormat=\"1\"/></cellXfs></styleSheet>" },
};

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

static int part_put(struct archive *archive, const Part *part) {
        int r = entry_begin(archive, part->name, (int64_t) (strlen(xml_head) + strlen(part->text)));

        if (r == 0)
                r = bytes_put(archive, xml_head, strlen(xml_head));
        return r < 0 ? r : bytes_put(archive, part->text, strlen(part->text));
}

/* What stands behind the rows: the line that every printed page bears. */
static int tail_make(const char *header, Buffer *tail) {
        buffer_text(tail, "<headerFooter><oddHeader>&amp;C");
        for (const char *p = header; *p; p++)
                if (*p == '&' || *p == '<')
                        buffer_text(tail, *p == '&' ? "&amp;&amp;" : "&lt;");
                else
                        buffer_append(tail, p, 1);
        buffer_text(
                tail, "</oddHeader><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>");
        return buffer_error(tail);
}

static int sheet_put(struct archive *archive, int fd, int64_t bytes, const Buffer *tail) {
        char *chunk = malloc(COPY_BYTES);
        int64_t at = 0;
        int r = chunk ? entry_begin(archive, "xl/worksheets/sheet1.xml", bytes + (int64_t) tail->size)
                      : -ENOMEM;

        while (r == 0 && at < bytes) {
                ssize_t n = pread(fd, chunk, COPY_BYTES, at);
                if (n < 0 && errno == EINTR)
                        continue;
                r = n <= 0 ? -EIO : bytes_put(archive, chunk, (size_t) n);
                at += n > 0 ? n : 0;
        }
        free(chunk);
        return r < 0 ? r : bytes_put(archive, tail->data, tail->size);
}

int workbook_write(int sheet_fd, int64_t sheet_bytes, int workbook_fd, const char *header) {
        struct archive *archive = archive_write_new();
        Buffer tail = BUFFER_INIT(TAIL_BYTES_MAX);

        if (!archive)
                return -ENOMEM;
        int r = tail_make(header, &tail);
        if (r == 0 && (archive_write_set_format_zip(archive) != ARCHIVE_OK ||
                              archive_write_open_fd(archive, workbook_fd) != ARCHIVE_OK))
                r = -EIO;
        for (size_t i = 0; i < ELEMENTSOF(parts) && r == 0; i++)
                r = part_put(archive, &parts[i]);
        if (r == 0)
                r = sheet_put(archive, sheet_fd, sheet_bytes, &tail);
        if (archive_write_close(archive) != ARCHIVE_OK && r == 0)
                r = -EIO;
        archive_write_free(archive);
        buffer_done(&tail);
        return r;
}
