/* SPDX-License-Identifier: Apache-2.0 */
/* Cells of an exported list. In CSV what a spreadsheet would run or round is disarmed by a leading mark; in
 * a workbook a text is a text, and a number is written as the decimal digits it has: no floating point of
 * ours is in between. */

#include <stdio.h>
#include <string.h>

#include <node/date.h>
#include <node/money.h>

#include "export-sheet.h"

/* Spreadsheets turn longer numbers into floating point, and drop leading zeros. */
#define DIGITS_MANGLED 12
/* A spreadsheet keeps 15 significant digits: from here on an amount is a text in the workbook. */
#define NUMBER_EXACT_MAX INT64_C(999999999999999)
enum { STYLE_PLAIN, STYLE_HEAD, STYLE_MONEY, STYLE_AREA, STYLE_RATE, STYLE_DATE, STYLE_NOTE, STYLE_INTEGER };

void cells_begin(ExportSheet *sheet) {
        if (sheet->form == SHEET_CSV)
                buffer_text(&sheet->buffer, "\xef\xbb\xbf");
        else
                buffer_text(&sheet->buffer,
                        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/"
                        "main\"><sheetFormatPr defaultColWidth=\"16\" defaultRowHeight=\"15\"/>"
                        "<sheetData>");
}

void cells_row_begin(ExportSheet *sheet) {
        sheet->rows++;
        sheet->cells = 0;
        if (sheet->form == SHEET_XLSX)
                buffer_printf(&sheet->buffer, "<row r=\"%lld\">", (long long) sheet->rows);
}

void cells_row_end(ExportSheet *sheet) {
        buffer_text(&sheet->buffer, sheet->form == SHEET_CSV ? "\r\n" : "</row>");
}

static bool all_digits(const char *text) {
        return strspn(text, "0123456789") == strlen(text);
}

static void csv_text(Buffer *out, const char *text) {
        const char *guard = "";

        if (*text && strchr("=+-@\t\r", *text))
                guard = "'";
        else if (all_digits(text) && (strlen(text) >= DIGITS_MANGLED || (text[0] == '0' && text[1])))
                guard = "\t";
        if (!*guard && !text[strcspn(text, ",\"\r\n")] && *text != ' ') {
                buffer_text(out, text);
                return;
        }
        buffer_text(out, "\"");
        buffer_text(out, guard);
        for (const char *p = text; *p;) {
                size_t size = strcspn(p, "\"");
                buffer_append(out, p, size);
                p += size;
                if (*p) {
                        buffer_text(out, "\"\"");
                        p++;
                }
        }
        buffer_text(out, "\"");
}

/* What XML may not hold (control characters) is left out. */
static void xml_text(Buffer *out, const char *text) {
        for (const char *p = text; *p; p++)
                switch (*p) {
                case '&':
                        buffer_text(out, "&amp;");
                        break;
                case '<':
                        buffer_text(out, "&lt;");
                        break;
                case '>':
                        buffer_text(out, "&gt;");
                        break;
                case '"':
                        buffer_text(out, "&quot;");
                        break;
                default:
                        if ((unsigned char) *p >= 0x20 || *p == '\t' || *p == '\n')
                                buffer_append(out, p, 1);
                }
}

static void text_cell(ExportSheet *sheet, const char *text, int style) {
        if (sheet->form == SHEET_CSV) {
                if (sheet->cells++)
                        buffer_text(&sheet->buffer, ",");
                csv_text(&sheet->buffer, text);
                return;
        }
        sheet->cells++;
        buffer_printf(&sheet->buffer, "<c s=\"%d\" t=\"inlineStr\"><is><t xml:space=\"preserve\">", style);
        xml_text(&sheet->buffer, text);
        buffer_text(&sheet->buffer, "</t></is></c>");
}

void cells_label(ExportSheet *sheet, const char *text) {
        text_cell(sheet, text, STYLE_HEAD);
}

void cells_text(ExportSheet *sheet, const char *text) {
        text_cell(sheet, text, STYLE_PLAIN);
}

void cells_empty(ExportSheet *sheet) {
        if (sheet->form == SHEET_XLSX)
                buffer_text(&sheet->buffer, "<c/>");
        else if (sheet->cells)
                buffer_text(&sheet->buffer, ",");
        sheet->cells++;
}

static void rate_format(int64_t millionths, char *ret) {
        unsigned long long size =
                millionths < 0 ? 0 - (unsigned long long) millionths : (unsigned long long) millionths;

        snprintf(ret, SHEET_NUMBER_MAX, "%s%llu.%04llu%%", millionths < 0 ? "-" : "", size / 10000,
                size % 10000);
}

void cells_number_format(FieldKind kind, int64_t number, char ret[static SHEET_NUMBER_MAX]) {
        if (kind == KIND_MONEY)
                money_format((Money){ number }, ret);
        else if (kind == KIND_AREA)
                area_format((Area){ number }, ret);
        else if (kind == KIND_RATE)
                rate_format(number, ret);
        else if (kind == KIND_INSTANT)
                instant_format((Instant){ number }, ret);
        else if (kind == KIND_MONTH)
                year_month_format(number, ret);
        else
                snprintf(ret, SHEET_NUMBER_MAX, "%lld", (long long) number);
}

/* The integer with a decimal point put before its last digits: 714960 and 2 give 7149.60. */
static void decimal_cell(ExportSheet *sheet, int64_t number, unsigned decimals, int style) {
        unsigned long long size = number < 0 ? 0 - (unsigned long long) number : (unsigned long long) number,
                           unit = 1;

        for (unsigned i = 0; i < decimals; i++)
                unit *= 10;
        sheet->cells++;
        buffer_printf(&sheet->buffer, "<c s=\"%d\"><v>%s%llu", style, number < 0 ? "-" : "", size / unit);
        if (decimals > 0)
                buffer_printf(&sheet->buffer, ".%0*llu", (int) decimals, size % unit);
        buffer_text(&sheet->buffer, "</v></c>");
}

void cells_number(ExportSheet *sheet, FieldKind kind, int64_t number) {
        char text[SHEET_NUMBER_MAX];

        cells_number_format(kind, number, text);
        if (sheet->form == SHEET_CSV) {
                if (sheet->cells++)
                        buffer_text(&sheet->buffer, ",");
                buffer_text(&sheet->buffer, text);
        } else if (kind == KIND_INSTANT || kind == KIND_MONTH ||
                   number > NUMBER_EXACT_MAX || number < -NUMBER_EXACT_MAX)
                text_cell(sheet, text, STYLE_PLAIN);
        else if (kind == KIND_MONEY)
                decimal_cell(sheet, number, 2, STYLE_MONEY);
        else if (kind == KIND_AREA)
                decimal_cell(sheet, number, 2, STYLE_AREA);
        else if (kind == KIND_RATE)
                decimal_cell(sheet, number, 6, STYLE_RATE);
        else
                decimal_cell(sheet, number, 0, STYLE_INTEGER);
}

/* Days since 1899-12-30, as spreadsheets count. */
void cells_date(ExportSheet *sheet, const char *text) {
        const Date zero = { 19000101 };
        Date date;

        if (sheet->form == SHEET_CSV || date_parse(text, &date) < 0 || date.ymd < 19000301)
                cells_text(sheet, text);
        else
                decimal_cell(sheet, (int64_t) date_days_between(zero, date) + 2, 0, STYLE_DATE);
}

void cells_end(ExportSheet *sheet) {
        if (sheet->form == SHEET_XLSX)
                buffer_text(&sheet->buffer, "</sheetData>");
}
