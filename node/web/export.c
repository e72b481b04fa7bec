/* SPDX-License-Identifier: Apache-2.0 */
/* A whole list as a file, in constant memory: pages of the view into a file without a name. It says of
 * itself what an auditor asks: rows, sums, filter, by whom and when, and the number under which the ledger
 * of readings has it. */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <node/date.h>

#include "export.h"

#define FLUSH_BYTES (64u << 10)
#define COLUMNS_MAX 128
#define WORDS_MAX 512
#define READ_BYTES (64u << 10)

static const char *const texts[] = {
#define TEXT(name, words) words,
#include "texts.def"
#undef TEXT
};
enum {
#define TEXT(name, words) TEXT_##name,
#include "texts.def"
#undef TEXT
};

typedef struct Export {
        const ExportJob *job;
        ExportSheet sheet;
        AuditExport *ledger;
        ExportFile file;
        int fd; /* of the sheet */
        int64_t bytes, rows;
        int64_t sums[COLUMNS_MAX];
} Export;

const char *export_run_label(void) {
        return texts[TEXT_export_run];
}

static int flush(Export *export) {
        Buffer *buffer = &export->sheet.buffer;
        int r = buffer_error(buffer);

        if (r == 0)
                r = all_written(export->fd, buffer->data, buffer->size);
        if (r < 0)
                return r;
        export->bytes += (int64_t) buffer->size;
        buffer_reset(buffer);
        return 0;
}

static const char *state_label(const StateName *states, const char *name) {
        for (const StateName *state = states; state && state->name; state++)
                if (text_equal(state->name, name))
                        return state->label;
        return name;
}

static const char *code_label(const Export *export, const Column *column, const char *code) {
        const char *label = registry_code_label(export->job->engine->registry, column->codes, code);

        return label ? label : code;
}

/* Integer behind a JSON value: a number, or a text of digits. */
static int value_number(const json_t *value, int64_t *ret) {
        if (json_is_integer(value)) {
                *ret = json_integer_value(value);
                return 0;
        }
        return json_is_string(value) ? integer_parse(json_string_value(value), ret) : -EMALFORMED_;
}

static int number_cell(Export *export, const Column *column, const json_t *value, int64_t *sum) {
        int64_t number;

        if (value_number(value, &number) < 0)
                return -EBADMSG;
        if ((column->flags & COLUMN_SUM) && __builtin_add_overflow(*sum, number, sum))
                return -EOVERFLOW;
        cells_number(&export->sheet, column->kind, number);
        return 0;
}

static int cell_write(Export *export, const Column *column, const json_t *value, int64_t *sum) {
        ExportSheet *sheet = &export->sheet;
        const char *text = json_string_value(value);

        if (!value || json_is_null(value)) {
                cells_empty(sheet);
                return 0;
        }
        switch (column->kind) {
        case KIND_MONEY:
        case KIND_AREA:
        case KIND_RATE:
        case KIND_INSTANT:
        case KIND_MONTH:
        case KIND_INTEGER:
                return number_cell(export, column, value, sum);
        case KIND_BOOL:
                cells_text(sheet,
                        texts[json_is_true(value) || json_integer_value(value) != 0 ? TEXT_export_yes
                                                                                    : TEXT_export_no]);
                return 0;
        case KIND_DATE:
                cells_date(sheet, text ? text : "");
                return 0;
        case KIND_CODE:
                text = text ? code_label(export, column, text) : NULL;
                break;
        case KIND_STATE:
                text = text ? state_label(column->states, text) : NULL;
                break;
        default:
                break;
        }
        if (text)
                cells_text(sheet, text);
        else
                cells_empty(sheet);
        return 0;
}

static int row_write(Export *export, const json_t *row) {
        int r = 0;

        cells_row_begin(&export->sheet);
        for (size_t i = 0; export->job->view->columns[i].name && r == 0; i++) {
                const Column *column = &export->job->view->columns[i];
                if (!(column->flags & COLUMN_HIDDEN))
                        r = cell_write(export, column, json_object_get(row, column->name), &export->sums[i]);
        }
        cells_row_end(&export->sheet);
        export->rows++;
        if (r < 0)
                return r;
        return export->sheet.buffer.size >= FLUSH_BYTES ? flush(export) : 0;
}

/* Who took it, when, for whom, under which number: on the sheet and on every printed page. */
static void mark_make(const Export *export, char ret[static WORDS_MAX]) {
        const ExportJob *job = export->job;
        char at[INSTANT_TEXT_MAX];

        instant_format(clock_now(job->engine->clock), at);
        snprintf(ret, WORDS_MAX, "%s  %s  %s  %s %s", job->person_name, job->office_name, at,
                texts[TEXT_export_number], export->file.number);
}

static void head_write(Export *export) {
        ExportSheet *sheet = &export->sheet;
        char mark[WORDS_MAX];

        cells_begin(sheet);
        if (sheet->form == SHEET_XLSX) {
                mark_make(export, mark);
                cells_row_begin(sheet);
                cells_text(sheet, mark);
                cells_row_end(sheet);
        }
        cells_row_begin(sheet);
        for (const Column *column = export->job->view->columns; column->name; column++)
                if (!(column->flags & COLUMN_HIDDEN))
                        cells_label(sheet, column->label ? column->label : column->name);
        cells_row_end(sheet);
}

static int page_write(Export *export, const json_t *rows) {
        json_t *row;
        size_t i;
        int r = audit_export_rows(export->ledger, rows);

        json_array_foreach(rows, i, row) if (r == 0) r = row_write(export, row);
        if (r == 0 && export->job->progress)
                export->job->progress(export->job->progress_data, export->rows);
        return r;
}

static int rows_write(Export *export) {
        ViewCall call = export->job->call;
        char *after = NULL;
        int r = 0;

        call.limit = VIEW_LIMIT_MAX;
        call.n_columns = 0; /* a file has them all */
        call.sums = false;
        call.after = NULL;
        call.order = NULL; /* by the key: any other order would be sorted anew for every page */
        do {
                json_t *page = NULL;

                r = view_list_json(
                        export->job->engine, &export->job->caller, export->job->view, &call, &page);
                if (r == 0)
                        r = page_write(export, json_object_get(page, "rows"));
                const char *next = json_string_value(json_object_get(page, "next"));
                free(after);
                after = next ? strdup(next) : NULL;
                if (r == 0 && next && !after)
                        r = -ENOMEM;
                call.after = after;
                json_decref(page);
        } while (r == 0 && after);
        free(after);
        return r;
}

/* A filter's value as people read it: yuan and not fen, a label and not a code. */
static void filter_value(Export *export, const Column *column, const char *value) {
        char text[SHEET_NUMBER_MAX];
        int64_t number;

        switch (column->kind) {
        case KIND_MONEY:
        case KIND_AREA:
        case KIND_RATE:
        case KIND_INSTANT:
        case KIND_MONTH:
                if (integer_parse(value, &number) == 0) {
                        cells_number_format(column->kind, number, text);
                        cells_text(&export->sheet, text);
                        return;
                }
                break;
        case KIND_CODE:
                value = code_label(export, column, value);
                break;
        case KIND_STATE:
                value = state_label(column->states, value);
                break;
        default:
                break;
        }
        cells_text(&export->sheet, value);
}

static void filter_write(Export *export, const Filter *filter) {
        static const int words[] = { [FILTER_EQUAL] = TEXT_export_equal,
                [FILTER_MIN] = TEXT_export_min,
                [FILTER_MAX] = TEXT_export_max,
                [FILTER_HAS] = TEXT_export_has };
        const Column *column = export->job->view->columns;
        ExportSheet *sheet = &export->sheet;

        while (column->name && !text_equal(column->name, filter->column))
                column++;
        if (!column->name)
                return; /* the engine has refused it before */
        cells_row_begin(sheet);
        cells_label(sheet, texts[TEXT_export_filter]);
        cells_text(sheet, column->label ? column->label : column->name);
        cells_text(sheet, texts[words[filter->operator]]);
        filter_value(export, column, filter->value);
        cells_row_end(sheet);
}

static void pair_write(Export *export, int word, const char *value) {
        cells_row_begin(&export->sheet);
        cells_label(&export->sheet, texts[word]);
        cells_text(&export->sheet, value);
        cells_row_end(&export->sheet);
}

static void foot_write(Export *export) {
        const ExportJob *job = export->job;
        ExportSheet *sheet = &export->sheet;
        char text[SHEET_NUMBER_MAX];

        cells_row_begin(sheet);
        cells_label(sheet, texts[TEXT_export_count]);
        cells_number(sheet, KIND_INTEGER, export->rows);
        cells_row_end(sheet);
        for (size_t i = 0; job->view->columns[i].name; i++) {
                const Column *column = &job->view->columns[i];
                if (!(column->flags & COLUMN_SUM))
                        continue;
                cells_row_begin(sheet);
                cells_label(sheet, texts[TEXT_export_sum]);
                cells_text(sheet, column->label);
                cells_number(sheet, column->kind, export->sums[i]);
                cells_row_end(sheet);
        }
        for (size_t i = 0; i < job->call.n_filters; i++)
                filter_write(export, &job->call.filters[i]);
        if (job->call.n_filters == 0)
                pair_write(export, TEXT_export_filter, texts[TEXT_export_no_filter]);
        pair_write(export, TEXT_export_by, job->person_name);
        pair_write(export, TEXT_export_office, job->office_name);
        instant_format(clock_now(job->engine->clock), text);
        pair_write(export, TEXT_export_at, text);
        if (*export->file.number)
                pair_write(export, TEXT_export_number, export->file.number);
        cells_end(sheet);
}

static int sheet_write(Export *export) {
        size_t n = 0;

        while (export->job->view->columns[n].name)
                n++;
        if (n > COLUMNS_MAX)
                return -EOVERFLOW;
        int r = unnamed_file(export->job->folder, &export->fd);
        if (r < 0)
                return r;
        head_write(export);
        r = rows_write(export);
        if (r < 0)
                return r;
        foot_write(export);
        return flush(export);
}

static int workbook_make(Export *export) {
        char mark[WORDS_MAX];
        int fd;

        int r = unnamed_file(export->job->folder, &fd);
        if (r < 0)
                return r;
        mark_make(export, mark);
        r = workbook_write(export->fd, export->bytes, fd, mark);
        off_t bytes = lseek(fd, 0, SEEK_END);
        close(export->fd);
        export->fd = fd;
        export->bytes = bytes;
        return r == 0 && bytes < 0 ? -errno : r;
}

static int digest_make(const Export *export, Digest *ret) {
        _cleanup_(digest_freep) DigestState *state = digest_new(export->job->engine->digest_kind);
        char *chunk = malloc(READ_BYTES);
        int64_t at = 0;
        int r = state && chunk ? 0 : -ENOMEM;

        while (r == 0 && at < export->bytes) {
                ssize_t n = pread(export->fd, chunk, READ_BYTES, at);
                if (n <= 0)
                        r = -EIO;
                else
                        digest_update(state, chunk, (size_t) n);
                at += n;
        }
        free(chunk);
        if (r == 0)
                digest_final(state, ret);
        return r;
}

int export_write(const ExportJob *job, ExportFile *ret) {
        Export export = { .job = job,
                .sheet = { .form = job->form, .buffer = BUFFER_INIT(WEB_BODY_BYTES_MAX) },
                .fd = -1 };
        Digest digest;

        int r = audit_export_begin(
                job->audit, &job->seer, job->view, &job->call, export.file.number, &export.ledger);
        if (r == 0)
                r = sheet_write(&export);
        if (r == 0 && job->form == SHEET_XLSX)
                r = workbook_make(&export);
        if (r == 0)
                r = digest_make(&export, &digest);
        if (r == 0)
                r = audit_export_end(TAKE_PTR(export.ledger), export.rows, &digest);
        audit_export_free(export.ledger);
        buffer_done(&export.sheet.buffer);
        if (r < 0) {
                if (export.fd >= 0)
                        close(export.fd);
                return r;
        }
        export.file.fd = export.fd;
        export.file.bytes = export.bytes;
        export.file.rows = export.rows;
        *ret = export.file;
        return 0;
}
