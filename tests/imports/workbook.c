/* SPDX-License-Identifier: Apache-2.0 */
/* The other side of the reader, written for tests only. */

#include <stdlib.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>

#include <node/date.h>

#include "workbook.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PART_BYTES_MAX ((size_t) 512 << 20)

static void escaped(Buffer *buffer, const char *text) {
        for (; *text; text++)
                if (*text == '<')
                        buffer_text(buffer, "&lt;");
                else if (*text == '&')
                        buffer_text(buffer, "&amp;");
                else
                        buffer_append(buffer, text, 1);
}

void workbook_begin(Workbook *workbook) {
        *workbook = (Workbook){ .sheet = BUFFER_INIT(PART_BYTES_MAX),
                .strings = BUFFER_INIT(PART_BYTES_MAX),
                .merges = BUFFER_INIT(PART_BYTES_MAX),
                .before = BUFFER_INIT(PART_BYTES_MAX) };
        buffer_text(&workbook->sheet, "");
        buffer_text(&workbook->strings, "");
        buffer_text(&workbook->merges, "");
        buffer_text(&workbook->before, "");
}

static void cell_append(Workbook *workbook, const WorkbookCell *cell, size_t column) {
        Buffer *sheet = &workbook->sheet;
        char name[4] = { 0 };

        if (column < 26)
                name[0] = (char) ('A' + column);
        else {
                name[0] = (char) ('A' + column / 26 - 1);
                name[1] = (char) ('A' + column % 26);
        }
        buffer_printf(sheet, "<c r=\"%s%zu\"", name, workbook->n_rows);
        switch (cell->kind) {
        case WORKBOOK_TEXT:
                buffer_printf(sheet, " t=\"s\"><v>%zu</v></c>", workbook->n_strings++);
                buffer_text(&workbook->strings, "<si><t xml:space=\"preserve\">");
                escaped(&workbook->strings, cell->text);
                buffer_text(&workbook->strings, "</t></si>");
                return;
        case WORKBOOK_INLINE:
                buffer_text(sheet, " t=\"inlineStr\"><is><t xml:space=\"preserve\">");
                escaped(sheet, cell->text);
                buffer_text(sheet, "</t></is></c>");
                return;
        case WORKBOOK_NUMBER:
                buffer_printf(sheet, "><v>%s</v></c>", cell->text);
                return;
        case WORKBOOK_DAY:
                buffer_printf(sheet, " s=\"1\"><v>%s</v></c>", cell->text);
                return;
        case WORKBOOK_FORMULA:
                buffer_printf(sheet, "><f>A1</f><v>%s</v></c>", cell->text);
                return;
        case WORKBOOK_UNSTORED:
                buffer_text(sheet, "><f>A1</f></c>");
                return;
        case WORKBOOK_FAULT:
                buffer_printf(sheet, " t=\"e\"><v>%s</v></c>", cell->text);
                return;
        }
}

void workbook_row(Workbook *workbook, const WorkbookCell *cells, size_t n) {
        buffer_printf(&workbook->sheet, "<row r=\"%zu\">", ++workbook->n_rows);
        for (size_t i = 0; i < n; i++)
                if (cells[i].text && (*cells[i].text || cells[i].kind == WORKBOOK_UNSTORED))
                        cell_append(workbook, &cells[i], i);
        buffer_text(&workbook->sheet, "</row>");
}

void workbook_merge(Workbook *workbook, const char *range) {
        buffer_printf(&workbook->merges, "<mergeCell ref=\"%s\"/>", range);
}

void workbook_explain(Workbook *workbook, const char *text) {
        buffer_text(&workbook->before,
                HEAD "<worksheet xmlns=\"" MAIN "\"><sheetData><row><c t=\"inlineStr\"><is><t>");
        escaped(&workbook->before, text);
        buffer_text(&workbook->before, "</t></is></c></row></sheetData></worksheet>");
}

static void part_put(struct archive *archive, const char *name, const char *text) {
        struct archive_entry *entry = archive_entry_new();

        archive_entry_set_pathname(entry, name);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, (la_int64_t) strlen(text));
        if (archive_write_header(archive, entry) != ARCHIVE_OK ||
                archive_write_data(archive, text, strlen(text)) != (la_ssize_t) strlen(text))
                abort();
        archive_entry_free(entry);
}

static void sheet_put(struct archive *archive, const Workbook *workbook) {
        Buffer part = BUFFER_INIT(PART_BYTES_MAX);

        buffer_printf(&part, HEAD "<worksheet xmlns=\"" MAIN "\"><sheetData>%s</sheetData>",
                (char *) workbook->sheet.data);
        if (workbook->merges.size)
                buffer_printf(&part, "<mergeCells>%s</mergeCells>", (char *) workbook->merges.data);
        buffer_text(&part, "</worksheet>");
        part_put(archive, "xl/worksheets/sheet1.xml", (char *) part.data);
        buffer_reset(&part);
        buffer_printf(&part, HEAD "<sst xmlns=\"" MAIN "\">%s</sst>", (char *) workbook->strings.data);
        part_put(archive, "xl/sharedStrings.xml", (char *) part.data);
        buffer_done(&part);
}

static void book_put(struct archive *archive, const Workbook *workbook) {
        Buffer part = BUFFER_INIT(PART_BYTES_MAX);
        const char *before =
                workbook->before.size ? "<sheet name=\"说明\" sheetId=\"2\" r:id=\"rId2\"/>" : "";

        buffer_printf(&part,
                HEAD "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE
                     "\"><workbookPr date1904=\"%d\"/><sheets>%s"
                     "<sheet name=\"数据\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
                workbook->dates_1904, before);
        part_put(archive, "xl/workbook.xml", (char *) part.data);
        buffer_reset(&part);
        buffer_text(&part, HEAD
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                "<Relationship Id=\"rId1\" Type=\"" OFFICE "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                "<Relationship Id=\"rId2\" Type=\"" OFFICE "/worksheet\" Target=\"worksheets/sheet2.xml\"/>"
                "<Relationship Id=\"rId3\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/>"
                "<Relationship Id=\"rId4\" Type=\"" OFFICE "/sharedStrings\" Target=\"sharedStrings.xml\"/>"
                "</Relationships>");
        part_put(archive, "xl/_rels/workbook.xml.rels", (char *) part.data);
        buffer_done(&part);
        part_put(archive, "xl/styles.xml",
                HEAD "<styleSheet xmlns=\"" MAIN
                     "\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>");
}

FILE *workbook_end(Workbook *workbook) {
        FILE *file = tmpfile();
        struct archive *archive = archive_write_new();

        if (!file || archive_write_set_format_zip(archive) != ARCHIVE_OK ||
                archive_write_open_FILE(archive, file) != ARCHIVE_OK)
                abort();
        book_put(archive, workbook);
        sheet_put(archive, workbook);
        if (workbook->before.size)
                part_put(archive, "xl/worksheets/sheet2.xml", (char *) workbook->before.data);
        archive_write_free(archive);
        fflush(file);
        rewind(file);
        buffer_done(&workbook->sheet);
        buffer_done(&workbook->strings);
        buffer_done(&workbook->merges);
        buffer_done(&workbook->before);
        return file;
}

const char *workbook_day(const Workbook *workbook, const char *day, char ret[static 16]) {
        Date date, base;

        if (date_parse(day, &date) < 0 || date_make(1904, 1, 1, &base) < 0)
                abort();
        snprintf(ret, 16, "%d", date_days_between(base, date) + (workbook->dates_1904 ? 0 : 1462));
        return ret;
}
