/* SPDX-License-Identifier: Apache-2.0 */
/* A whole list as CSV, in constant memory: pages of the view into an unnamed file, which the loop then sends
 * at the reader's pace. It ends with what an auditor asks of it: rows, sums, filter, by whom and when. */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <node/date.h>
#include <node/money.h>

#include "web-private.h"

#define FLUSH_BYTES (64u << 10)
#define COLUMNS_MAX 128
#define DIGITS_MANGLED                                                                                      \
        12 /* spreadsheets turn longer numbers into floating point, and drop leading zeros                  \
            */
#define CELL_MAX 256

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

struct Exports {
        pthread_mutex_t mutex;
        Id running[WEB_EXPORTS_PER_PERSON_MAX * 64];
};

typedef struct Export {
        WebRequest *request;
        const View *view;
        Buffer buffer;
        int fd;
        int64_t bytes, rows;
        int64_t sums[COLUMNS_MAX];
} Export;

Exports *exports_new(void) {
        Exports *exports = calloc(1, sizeof(*exports));
        if (exports)
                pthread_mutex_init(&exports->mutex, NULL);
        return exports;
}

Exports *exports_free(Exports *exports) {
        if (!exports)
                return NULL;
        pthread_mutex_destroy(&exports->mutex);
        free(exports);
        return NULL;
}

/* -EUSERS: this person, or everybody together, has enough running. */
static int export_enter(Exports *exports, Id person, size_t *ret_place) {
        size_t mine = 0, place = ELEMENTSOF(exports->running);

        pthread_mutex_lock(&exports->mutex);
        for (size_t i = 0; i < ELEMENTSOF(exports->running); i++) {
                mine += exports->running[i].value == person.value;
                if (exports->running[i].value == 0)
                        place = i;
        }
        bool free_place = mine < WEB_EXPORTS_PER_PERSON_MAX && place < ELEMENTSOF(exports->running);
        if (free_place)
                exports->running[place] = person;
        pthread_mutex_unlock(&exports->mutex);
        *ret_place = place;
        return free_place ? 0 : -EUSERS;
}

static void export_leave(Exports *exports, size_t place) {
        pthread_mutex_lock(&exports->mutex);
        exports->running[place] = (Id){ 0 };
        pthread_mutex_unlock(&exports->mutex);
}

static int flush(Export *export) {
        int r = buffer_error(&export->buffer);

        if (r == 0)
                r = all_written(export->fd, export->buffer.data, export->buffer.size);
        if (r < 0)
                return r;
        export->bytes += (int64_t) export->buffer.size;
        buffer_reset(&export->buffer);
        return 0;
}

static bool all_digits(const char *text) {
        return strspn(text, "0123456789") == strlen(text);
}

/* Text as a cell: what a spreadsheet would run or round is disarmed, what CSV needs is quoted. */
static void cell_text(Buffer *out, const char *text) {
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

static const char *code_label(const Registry *registry, const char *set, const char *code) {
        size_t n;
        const Module *const *modules = registry_modules(registry, &n);

        for (size_t i = 0; i < n; i++)
                for (const CodeValue *value = modules[i]->codes; value && value->set; value++)
                        if (text_equal(value->set, set) && text_equal(value->code, code))
                                return value->label;
        return code;
}

static const char *state_label(const StateName *states, const char *name) {
        for (const StateName *state = states; state && state->name; state++)
                if (text_equal(state->name, name))
                        return state->label;
        return name;
}

static void rate_format(int64_t millionths, char *ret, size_t max) {
        unsigned long long size =
                millionths < 0 ? 0 - (unsigned long long) millionths : (unsigned long long) millionths;

        snprintf(ret, max, "%s%llu.%04llu%%", millionths < 0 ? "-" : "", size / 10000, size % 10000);
}

static void number_format(FieldKind kind, int64_t number, char *ret, size_t max) {
        if (kind == KIND_MONEY)
                money_format((Money){ number }, ret);
        else if (kind == KIND_AREA)
                area_format((Area){ number }, ret);
        else if (kind == KIND_RATE)
                rate_format(number, ret, max);
        else if (kind == KIND_INSTANT)
                instant_format((Instant){ number }, ret);
        else
                snprintf(ret, max, "%lld", (long long) number);
}

/* Integer behind a JSON value: a number, or a text of digits. */
static int value_number(const json_t *value, int64_t *ret) {
        if (json_is_integer(value)) {
                *ret = json_integer_value(value);
                return 0;
        }
        return json_is_string(value) ? integer_parse(json_string_value(value), ret) : -EMALFORMED_;
}

static int cell_write(Export *export, const Column *column, const json_t *value, int64_t *sum) {
        Buffer *out = &export->buffer;
        char text[CELL_MAX];
        int64_t number = 0;

        if (!value || json_is_null(value))
                return 0;
        switch (column->kind) {
        case KIND_MONEY:
        case KIND_AREA:
        case KIND_RATE:
        case KIND_INSTANT:
        case KIND_INTEGER:
                if (value_number(value, &number) < 0)
                        return -EBADMSG;
                if ((column->flags & COLUMN_SUM) && __builtin_add_overflow(*sum, number, sum))
                        return -EOVERFLOW;
                number_format(column->kind, number, text, sizeof(text));
                buffer_text(out, text);
                return 0;
        case KIND_BOOL:
                number = json_is_true(value) || json_integer_value(value) != 0;
                buffer_text(out, texts[number ? TEXT_export_yes : TEXT_export_no]);
                return 0;
        case KIND_CODE:
                if (json_is_string(value))
                        cell_text(out, code_label(export->request->engine->registry, column->codes,
                                               json_string_value(value)));
                return 0;
        case KIND_STATE:
                if (json_is_string(value))
                        cell_text(out, state_label(column->states, json_string_value(value)));
                return 0;
        case KIND_ID:
        case KIND_TEXT:
        case KIND_DATE:
        case KIND_SEALED:
        case KIND_LINES:
                if (json_is_string(value))
                        cell_text(out, json_string_value(value));
        }
        return 0;
}

static int row_write(Export *export, const json_t *row) {
        const char *comma = "";

        for (size_t i = 0; export->view->columns[i].name; i++) {
                const Column *column = &export->view->columns[i];
                if (column->flags & COLUMN_HIDDEN)
                        continue;
                buffer_text(&export->buffer, comma);
                int r = cell_write(export, column, json_object_get(row, column->name), &export->sums[i]);
                if (r < 0)
                        return r;
                comma = ",";
        }
        buffer_text(&export->buffer, "\r\n");
        export->rows++;
        return export->buffer.size >= FLUSH_BYTES ? flush(export) : 0;
}

static void head_write(Export *export) {
        const char *comma = "";

        buffer_text(&export->buffer, "\xef\xbb\xbf");
        for (const Column *column = export->view->columns; column->name; column++) {
                if (column->flags & COLUMN_HIDDEN)
                        continue;
                buffer_text(&export->buffer, comma);
                cell_text(&export->buffer, column->label ? column->label : column->name);
                comma = ",";
        }
        buffer_text(&export->buffer, "\r\n");
}

static int rows_write(Export *export, ViewCall call) {
        char *after = NULL;
        int r = 0;

        call.limit = VIEW_LIMIT_MAX;
        call.sums = false;
        call.after = NULL;
        do {
                json_t *page = NULL;
                json_t *row;
                size_t i;

                r = view_list_json(
                        export->request->engine, &export->request->caller, export->view, &call, &page);
                if (r < 0)
                        break;
                json_array_foreach(json_object_get(page, "rows"), i, row) if (r == 0) r =
                        row_write(export, row);
                const char *next = json_string_value(json_object_get(page, "next"));
                free(after);
                after = next ? strdup(next) : NULL;
                if (next && !after)
                        r = -ENOMEM;
                call.after = after;
                json_decref(page);
        } while (r == 0 && after);
        free(after);
        return r;
}

/* A filter's value as people read it: yuan and not fen, a label and not a code. */
static void filter_value(Export *export, const Column *column, const char *value) {
        char text[CELL_MAX];
        int64_t number;

        switch (column->kind) {
        case KIND_MONEY:
        case KIND_AREA:
        case KIND_RATE:
        case KIND_INSTANT:
                if (integer_parse(value, &number) == 0) {
                        number_format(column->kind, number, text, sizeof(text));
                        buffer_text(&export->buffer, text);
                        return;
                }
                break;
        case KIND_CODE:
                value = code_label(export->request->engine->registry, column->codes, value);
                break;
        case KIND_STATE:
                value = state_label(column->states, value);
                break;
        default:
                break;
        }
        cell_text(&export->buffer, value);
}

static void filter_write(Export *export, const Filter *filter) {
        static const int words[] = { [FILTER_EQUAL] = TEXT_export_equal,
                [FILTER_MIN] = TEXT_export_min,
                [FILTER_MAX] = TEXT_export_max,
                [FILTER_HAS] = TEXT_export_has };
        const Column *column = export->view->columns;

        while (column->name && !text_equal(column->name, filter->column))
                column++;
        if (!column->name)
                return; /* the engine has refused it before */
        buffer_printf(&export->buffer, "%s,", texts[TEXT_export_filter]);
        cell_text(&export->buffer, column->label ? column->label : column->name);
        buffer_printf(&export->buffer, ",%s,", texts[words[filter->operator]]);
        filter_value(export, column, filter->value);
        buffer_text(&export->buffer, "\r\n");
}

static void foot_write(Export *export, const ViewCall *call) {
        Buffer *out = &export->buffer;
        char text[CELL_MAX];

        buffer_printf(out, "%s,%lld\r\n", texts[TEXT_export_count], (long long) export->rows);
        for (size_t i = 0; export->view->columns[i].name; i++) {
                const Column *column = &export->view->columns[i];
                if (!(column->flags & COLUMN_SUM))
                        continue;
                number_format(column->kind, export->sums[i], text, sizeof(text));
                buffer_printf(out, "%s,", texts[TEXT_export_sum]);
                cell_text(out, column->label);
                buffer_printf(out, ",%s\r\n", text);
        }
        for (size_t i = 0; i < call->n_filters; i++)
                filter_write(export, &call->filters[i]);
        if (call->n_filters == 0)
                buffer_printf(out, "%s,%s\r\n", texts[TEXT_export_filter], texts[TEXT_export_no_filter]);
        buffer_printf(out, "%s,", texts[TEXT_export_by]);
        cell_text(out, export->request->session.name ? export->request->session.name : "");
        instant_format(clock_now(export->request->web->options.clock), text);
        buffer_printf(out, "\r\n%s,%s\r\n", texts[TEXT_export_at], text);
}

static int export_write(Export *export, const ViewCall *call) {
        size_t n = 0;

        while (export->view->columns[n].name)
                n++;
        if (n > COLUMNS_MAX)
                return -EOVERFLOW;
        int r = unnamed_file(export->request, &export->fd);
        if (r < 0)
                return r;
        head_write(export);
        r = rows_write(export, *call);
        if (r < 0)
                return r;
        foot_write(export, call);
        return flush(export);
}

void export_view_csv(WebRequest *request, WebReply *reply, const View *view, const ViewCall *call) {
        Export export = {
                .request = request, .view = view, .buffer = BUFFER_INIT(WEB_BODY_BYTES_MAX), .fd = -1
        };
        Exports *exports = request->web->exports;
        size_t place;

        int r = export_enter(exports, request->session.person, &place);
        if (r == 0) {
                r = export_write(&export, call);
                export_leave(exports, place);
        }
        buffer_done(&export.buffer);
        if (r == 0) {
                char *name = arena_printf(request->arena, "%s.csv", view->label ? view->label : view->name);
                web_reply_file(
                        reply, export.fd, export.bytes, "text/csv; charset=utf-8", name ? name : "list.csv");
                return;
        }
        if (export.fd >= 0)
                close(export.fd);
        web_reply_error(request, reply, r, NULL);
}
