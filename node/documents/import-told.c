/* SPDX-License-Identifier: Apache-2.0 */
/* Tells people about a checked file. Rows keep the user's own order and texts. */

#include <stdio.h>
#include <string.h>

#include <internal/papers.h>
#include <node/error.h>

#include "documents-record.h"
#include "import-told.h"
#include "report-labels.h"

const FindingText *import_text(const Importer *importer, const char *code) {
        static const FindingText nothing = { "", "" };
        const FindingText *const tables[] = { importer->texts, importer->shared_texts };

        for (size_t i = 0; i < ELEMENTSOF(tables); i++)
                for (const FindingText *text = tables[i]; text && text->code; text++)
                        if (text_equal(text->code, code))
                                return text;
        return &nothing;
}

static const char *level_word(FindingLevel level) {
        return level == FINDING_REJECT ? "reject" : level == FINDING_WARNING ? "warning" : "note";
}

static json_t *finding_told(const Importer *importer, const Finding *f) {
        return json_pack("{s:I, s:s, s:s, s:s, s:s?, s:s?}", "line", (json_int_t) f->line, "level",
                level_word(f->level), "code", f->code, "message", import_text(importer, f->code)->sentence,
                "column", f->column, "value", f->value);
}

/* What keeps a row out stands first: thousands of widths put right must not leave it no room. */
static json_t *findings_told(const ImportChecked *checked) {
        const ImportResult *result = &checked->result;
        json_t *array = json_array();

        for (int warnings = 0; warnings < 2; warnings++)
                for (size_t i = 0;
                        i < result->n_findings && json_array_size(array) < IMPORT_FINDINGS_TOLD_MAX; i++)
                        if ((result->findings[i].level == FINDING_WARNING) == warnings)
                                json_array_append_new(
                                        array, finding_told(checked->importer, &result->findings[i]));
        return array;
}

static bool line_faulty(const Finding *faults, size_t n, int64_t line) {
        for (size_t low = 0, high = n; low < high;) {
                size_t middle = low + (high - low) / 2;
                if (faults[middle].line == line)
                        return true;
                if (faults[middle].line < line)
                        low = middle + 1;
                else
                        high = middle;
        }
        return false;
}

/* Takes the rows of these faults out of the items. */
static void items_drop(ImportChecked *checked, const Finding *faults, size_t n) {
        ImportResult *result = &checked->result;
        int64_t *lines = (int64_t *) result->item_lines;
        char *items = result->items;
        size_t size = checked->importer->item_size, kept = 0;

        for (size_t i = 0; i < result->n_items; i++) {
                if (line_faulty(faults, n, lines[i]))
                        continue;
                memmove(items + kept * size, items + i * size, size);
                lines[kept++] = lines[i];
        }
        result->n_rejected += result->n_items - kept;
        result->n_items = kept;
}

int import_leave_out(ImportChecked *checked, const Finding *said, size_t n, Arena *arena) {
        ImportResult *result = &checked->result;
        Finding *faults = ARENA_ARRAY(arena, Finding, n + 1);
        size_t n_faults = 0, before = 0, at = 0;

        for (size_t i = 0; faults && i < n; i++)
                if (said[i].level == FINDING_REJECT)
                        faults[n_faults++] = said[i];
        if (faults && n_faults == 0)
                return 0;
        Finding *merged = faults ? ARENA_ARRAY(arena, Finding, result->n_findings + n_faults) : NULL;
        if (!merged)
                return -ENOMEM;
        for (size_t i = 0; i < n_faults; i++) {
                while (before < result->n_findings && result->findings[before].line <= faults[i].line)
                        merged[at++] = result->findings[before++];
                merged[at++] = faults[i];
        }
        while (before < result->n_findings)
                merged[at++] = result->findings[before++];
        result->findings = merged;
        result->n_findings = at;
        items_drop(checked, faults, n_faults);
        if (!checked->importer->total)
                return 0;
        return checked->importer->total(
                result->items, result->n_items, arena, &result->totals, &result->n_totals);
}

/* Lines that the store leaves out. */
static size_t lines_left_out(const Finding *said, size_t n) {
        size_t n_lines = 0;
        int64_t line = 0;

        for (size_t i = 0; i < n; i++)
                if (said[i].level == FINDING_REJECT && said[i].line != line) {
                        line = said[i].line;
                        n_lines++;
                }
        return n_lines;
}

int import_said_add(json_t *told, const Importer *importer, const Finding *said, size_t n) {
        json_t *array = json_array();

        if (json_object_set_new(told, "faults", array) < 0)
                return -ENOMEM;
        for (size_t i = 0; i < n; i++)
                if (json_array_append_new(array, finding_told(importer, &said[i])) < 0)
                        return -ENOMEM;
        json_t *left_out = json_integer((json_int_t) lines_left_out(said, n));
        return json_object_set_new(told, "left_out", left_out) < 0 ? -ENOMEM : 0;
}

static const SheetRow *row_at_line(const Sheet *sheet, int64_t line) {
        for (size_t i = 0; i < sheet->n_rows; i++)
                if (sheet->rows[i].line == line)
                        return &sheet->rows[i];
        return NULL;
}

static json_t *columns_told(const ImportChecked *checked) {
        const SheetRow *header = row_at_line(&checked->sheet, checked->result.header_line);
        json_t *array = json_array();

        for (size_t i = 0; header && i < header->n_cells; i++)
                json_array_append_new(
                        array, json_pack("{s:s, s:s}", "heading", header->cells[i], "field",
                                       i < checked->result.n_columns ? checked->result.columns[i] : ""));
        return array;
}

static json_t *sample_told(const ImportChecked *checked) {
        json_t *array = json_array();
        size_t told = 0;

        for (size_t i = 0; i < checked->sheet.n_rows && told < IMPORT_SAMPLE_ROWS; i++) {
                const SheetRow *row = &checked->sheet.rows[i];
                if (row->line <= checked->result.header_line)
                        continue;
                json_t *cells = json_array();
                for (size_t c = 0; c < row->n_cells; c++)
                        json_array_append_new(cells, json_string(row->cells[c]));
                json_array_append_new(array, cells);
                told++;
        }
        return array;
}

static json_t *totals_told(const ImportResult *result) {
        json_t *array = json_array();

        for (size_t i = 0; i + 1 < result->n_totals; i += 2)
                json_array_append_new(array,
                        json_pack("{s:s, s:s}", "name", result->totals[i], "value", result->totals[i + 1]));
        return array;
}

static size_t findings_count(const ImportResult *result, FindingLevel level) {
        size_t n = 0;

        for (size_t i = 0; i < result->n_findings; i++)
                n += result->findings[i].level == level;
        return n;
}

int import_known(
        const Importer *importer, Engine *engine, const Caller *caller, const Digest *upload, json_t **ret) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;
        char digest[2 * sizeof(Digest) + 1], person[24], instant[24];

        *ret = NULL;
        hex_encode(upload->bytes, sizeof(upload->bytes), digest);
        int r = store_read_begin(engine->stores[STORE_BUSINESS], &tx);
        if (r == 0)
                r = tx_query(tx, &query_import_by_digest,
                        SQL_ARGS(value_integer(caller->office), value_text(importer->name),
                                value_text(digest)),
                        &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r;
        snprintf(instant, sizeof(instant), "%lld", (long long) rows_integer(rows, 0));
        snprintf(person, sizeof(person), "%lld", (long long) rows_integer(rows, 1));
        *ret = json_pack(
                "{s:s, s:s, s:s}", "instant", instant, "person", person, "file", rows_text(rows, 2));
        return *ret ? 0 : -ENOMEM;
}

json_t *import_told(const ImportChecked *checked, const Digest *upload) {
        const ImportResult *result = &checked->result;
        char digest[2 * sizeof(Digest) + 1];

        hex_encode(upload->bytes, sizeof(upload->bytes), digest);
        return json_pack("{s:s, s:s, s:s, s:s, s:I, s:o, s:o, s:I, s:I, s:I, s:I, s:o, s:o, s:I}", "kind",
                checked->importer->name, "digest", digest, "encoding", checked->sheet.encoding, "sheet",
                checked->sheet.name, "header_line", (json_int_t) result->header_line, "columns",
                columns_told(checked), "sample", sample_told(checked), "rows",
                (json_int_t) (result->n_items + result->n_rejected), "accepted",
                (json_int_t) result->n_items, "rejected", (json_int_t) result->n_rejected, "warnings",
                (json_int_t) findings_count(result, FINDING_WARNING), "totals", totals_told(result),
                "findings", findings_told(checked), "findings_total", (json_int_t) result->n_findings);
}

static json_t *error_told(const Refusal *refusal, const Registry *registry, Arena *arena) {
        const char *sentence = refusal_sentence(registry, refusal, arena);

        return json_pack("{s:s, s:s}", "code", refusal->code, "message", sentence ? sentence : "");
}

void import_fault_add(json_t *told, const char *code, const Registry *registry, Arena *arena) {
        json_object_set_new(told, "error", error_told(&(Refusal){ .code = code }, registry, arena));
}

json_t *import_fault_told(int result, const ImportChecked *checked, const Registry *registry, Arena *arena) {
        const char *code = result == -E2BIG ? "documents.too_large"
                           : result == -EMALFORMED_
                                   ? (checked->importer ? "documents.no_header" : "documents.not_a_table")
                                   : "documents.unreadable";

        char line[24];
        snprintf(line, sizeof(line), "%lld", (long long) checked->fault_line);
        const Refusal refusal = { .code = code, .arguments = { line }, .n_arguments = 1 };
        json_t *error = error_told(&refusal, registry, arena);
        if (error && checked->fault_line > 0)
                json_object_set_new(error, "line", json_integer(checked->fault_line));
        return json_pack("{s:o}", "error", error);
}

/* What a spreadsheet would run. A negative number is none. */
static bool csv_formula(const char *text) {
        if (strchr("+-", *text))
                return text[1 + strspn(text + 1, "0123456789.,")] != 0;
        return strchr("=@", *text) || strncmp(text, "\xef\xbc\x9d", 3) == 0; /* and the full-width = */
}

/* A formula is disarmed by a tab, which the import of the mended file takes away again. */
static void csv_cell(Buffer *csv, const char *text) {
        bool formula = *text && csv_formula(text);

        if (!formula && !strpbrk(text, ",\"\r\n")) {
                buffer_text(csv, text);
                return;
        }
        buffer_text(csv, formula ? "\"\t" : "\"");
        for (const char *p = text; *p; p++)
                buffer_append(csv, *p == '"' ? "\"\"" : p, *p == '"' ? 2 : 1);
        buffer_text(csv, "\"");
}

/* What is said of one row: why it stays out, by code and in words, and what was read otherwise than it was
 * written. A row with warnings alone is taken, so these stand apart. */
typedef struct RowSaid {
        Buffer codes, sentences, warnings;
} RowSaid;

static void row_reset(RowSaid *said) {
        buffer_reset(&said->codes);
        buffer_reset(&said->sentences);
        buffer_reset(&said->warnings);
}

static void row_done(RowSaid *said) {
        buffer_done(&said->codes);
        buffer_done(&said->sentences);
        buffer_done(&said->warnings);
}

static int row_end(RowSaid *said) {
        Buffer *const buffers[] = { &said->codes, &said->sentences, &said->warnings };

        for (size_t i = 0; i < ELEMENTSOF(buffers); i++) {
                buffer_append(buffers[i], "", 1);
                if (buffer_error(buffers[i]) < 0)
                        return buffer_error(buffers[i]);
        }
        return 0;
}

static void row_say(RowSaid *said, FindingLevel level, const char *code, const char *column, const char *sentence,
        const char *value) {
        bool warning = level == FINDING_WARNING;
        Buffer *words = warning ? &said->warnings : &said->sentences;

        if (!warning)
                buffer_printf(&said->codes, "%s%s", said->codes.size ? " " : "", code);
        if (column)
                buffer_printf(words, "%s: ", column);
        buffer_text(words, sentence);
        if (warning && value && *value)
                buffer_printf(words, REPORT_VALUE, value);
}

/* Findings come in the order of lines; *at walks along with the rows. */
static void row_findings(const ImportChecked *checked, int64_t line, size_t *at, RowSaid *said) {
        const ImportResult *result = &checked->result;

        while (*at < result->n_findings && result->findings[*at].line < line)
                (*at)++;
        for (; *at < result->n_findings && result->findings[*at].line == line; (*at)++) {
                const Finding *f = &result->findings[*at];
                row_say(said, f->level, f->code, f->column, import_text(checked->importer, f->code)->sentence,
                        f->value);
        }
}

/* What the store said of a row, behind what its own rules said. */
static void row_faults(const json_t *faults, int64_t line, size_t *at, RowSaid *said) {
        const json_t *fault;

        for (; (fault = json_array_get(faults, *at)); (*at)++) {
                int64_t fault_line = json_integer_value(json_object_get(fault, "line"));
                const char *level = json_string_value(json_object_get(fault, "level"));
                if (fault_line > line)
                        break;
                if (fault_line < line)
                        continue;
                row_say(said,
                        text_equal(level, level_word(FINDING_WARNING)) ? FINDING_WARNING : FINDING_REJECT,
                        json_string_value(json_object_get(fault, "code")), NULL,
                        json_string_value(json_object_get(fault, "message")), NULL);
        }
}

const char *imports_report_name(Arena *arena, const char *file) {
        const char *dot = strrchr(file, '.');
        size_t length = dot && dot != file ? (size_t) (dot - file) : strlen(file);

        return arena_printf(arena, REPORT_NAME, (int) length, file);
}

static void row_write(const SheetRow *row, size_t width, Buffer *csv) {
        for (size_t c = 0; c < width; c++) {
                csv_cell(csv, c < row->n_cells ? row->cells[c] : "");
                buffer_text(csv, ",");
        }
}

static void said_write(const char *codes, const char *sentences, const char *warnings, Buffer *csv) {
        csv_cell(csv, codes);
        buffer_text(csv, ",");
        csv_cell(csv, sentences);
        buffer_text(csv, ",");
        csv_cell(csv, warnings);
        buffer_text(csv, "\r\n");
}

int import_report_write(const ImportChecked *checked, const json_t *result, Buffer *csv) {
        const json_t *faults = json_object_get(result, "faults");
        RowSaid said = { BUFFER_INIT(65536), BUFFER_INIT(65536), BUFFER_INIT(65536) };
        size_t at = 0, fault_at = 0, width = 0;
        int r = 0;

        for (size_t i = 0; i < checked->sheet.n_rows; i++)
                if (checked->sheet.rows[i].n_cells > width)
                        width = checked->sheet.rows[i].n_cells;
        buffer_text(csv, "\xef\xbb\xbf");
        for (size_t i = 0; i < checked->sheet.n_rows && r == 0; i++) {
                const SheetRow *row = &checked->sheet.rows[i];
                row_write(row, width, csv);
                row_reset(&said);
                row_findings(checked, row->line, &at, &said);
                row_faults(faults, row->line, &fault_at, &said);
                r = row_end(&said);
                if (r < 0)
                        break;
                if (row->line == checked->result.header_line)
                        said_write(REPORT_CODE_HEADING, REPORT_SENTENCE_HEADING, REPORT_WARNING_HEADING, csv);
                else
                        said_write((const char *) said.codes.data, (const char *) said.sentences.data,
                                (const char *) said.warnings.data, csv);
        }
        row_done(&said);
        return r < 0 ? r : buffer_error(csv);
}
