/* SPDX-License-Identifier: Apache-2.0 */
/* What a year's archive says: every change with its fields before and after, every reading. See year.h. */

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <node/date.h>
#include <node/text.h>

#include "year.h"

#define FLUSH_BYTES (64u << 10)
#define BUFFER_BYTES_MAX (4u << 20)
#define SCRATCH_BYTES_MAX (64u << 20)
#define DAY_MS INT64_C(86400000)
#define CHINA_MS (8 * INT64_C(3600000))

typedef struct Csv {
        Year *year;
        YearFile *file;
        DigestState *digest;
        Buffer buffer;
        bool begun; /* a cell of this line */
} Csv;

static int csv_flush(Csv *csv) {
        int r = buffer_error(&csv->buffer);

        for (size_t at = 0; r == 0 && at < csv->buffer.size;) {
                ssize_t n = write(csv->file->fd, csv->buffer.data + at, csv->buffer.size - at);
                if (n < 0 && errno != EINTR)
                        r = -errno;
                at += n > 0 ? (size_t) n : 0;
        }
        if (r < 0)
                return r;
        digest_update(csv->digest, csv->buffer.data, csv->buffer.size);
        csv->file->bytes += (int64_t) csv->buffer.size;
        buffer_reset(&csv->buffer);
        return 0;
}

static int csv_begin(Csv *csv, Year *year, const char *name) {
        *csv = (Csv){
                .year = year, .file = &year->files[year->n_files], .buffer = BUFFER_INIT(BUFFER_BYTES_MAX)
        };
        snprintf(csv->file->name, sizeof(csv->file->name), "%s", name);
        csv->file->fd = open(year->call->folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
        if (csv->file->fd < 0)
                return -errno;
        year->n_files++;
        csv->digest = digest_new(DIGEST_SM3);
        buffer_text(&csv->buffer, "\xef\xbb\xbf");
        return csv->digest ? 0 : -ENOMEM;
}

static int csv_end(Csv *csv, int r) {
        if (r >= 0)
                r = csv_flush(csv);
        if (r == 0)
                digest_final(csv->digest, &csv->file->digest);
        digest_free(csv->digest);
        buffer_done(&csv->buffer);
        return r < 0 ? r : 0;
}

/* A cell that a spreadsheet would run begins with a mark. */
static void cell(Csv *csv, const char *text) {
        if (csv->begun)
                buffer_text(&csv->buffer, ",");
        csv->begun = true;
        buffer_text(&csv->buffer, *text && strchr("=+-@\t\r", *text) ? "\"'" : "\"");
        for (const char *p = text; *p; p++)
                buffer_text(&csv->buffer, *p == '"' ? "\"\"" : (char[]){ *p, 0 });
        buffer_text(&csv->buffer, "\"");
}

static void cell_number(Csv *csv, int64_t number) {
        buffer_printf(&csv->buffer, "%s%lld", csv->begun ? "," : "", (long long) number);
        csv->begun = true;
}

static void cell_instant(Csv *csv, int64_t ms) {
        char text[INSTANT_TEXT_MAX];

        instant_format((Instant){ ms }, text);
        cell(csv, text);
}

static int line_end(Csv *csv) {
        buffer_text(&csv->buffer, "\r\n");
        csv->begun = false;
        csv->file->rows++;
        return csv->buffer.size >= FLUSH_BYTES ? csv_flush(csv) : buffer_error(&csv->buffer);
}

static int heads(Csv *csv, const char *const *names) {
        for (; *names; names++)
                cell(csv, *names);
        int r = line_end(csv);
        csv->file->rows = 0;
        return r;
}

/* --- changes --- */

typedef struct Changes {
        Csv csv;
        Store *store;
        Arena *scratch;
        const Rows *rows; /* the entry at hand */
        Id principal;     /* on whose behalf it was done; 0: nobody's */
} Changes;

typedef struct Line {
        const char *record;
        int64_t id, version;
        const char *field, *before, *after, *reason;
} Line;

static void entry_cells(Changes *changes) {
        char hex[2 * sizeof(Digest) + 1] = "";

        cell_number(&changes->csv, rows_integer(changes->rows, 0));
        cell_instant(&changes->csv, rows_integer(changes->rows, 1));
        cell_number(&changes->csv, rows_integer(changes->rows, 2));
        cell_number(&changes->csv, rows_integer(changes->rows, 3));
        cell(&changes->csv, rows_text(changes->rows, 4));
        if (rows_blob(changes->rows, 5).size == sizeof(Digest))
                hex_encode(rows_blob(changes->rows, 5).data, sizeof(Digest), hex);
        cell(&changes->csv, hex);
}

static const char *told_text(Arena *arena, const json_t *value) {
        if (!value || json_is_null(value))
                return "";
        if (json_is_string(value))
                return json_string_value(value);
        char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
        const char *copy = text ? arena_strdup(arena, text) : NULL;
        free(text);
        return copy ? copy : "";
}

static int line_write(Changes *changes, const Line *line) {
        entry_cells(changes);
        cell(&changes->csv, line->record);
        cell_number(&changes->csv, line->id);
        cell_number(&changes->csv, line->version);
        cell(&changes->csv, line->field);
        cell(&changes->csv, line->before);
        cell(&changes->csv, line->after);
        cell(&changes->csv, line->reason);
        cell_number(&changes->csv, changes->principal.value);
        return line_end(&changes->csv);
}

/* What an older or newer program declared has its number for a name. */
static const char *record_named(Changes *changes, const Record *record, int64_t number) {
        const char *name = record ? record->name : arena_printf(changes->scratch, "#%lld", (long long) number);

        return name ? name : "";
}

static int fields_write(Changes *changes, const Record *record, const json_t *before, const json_t *after,
        Line *line, size_t *ret_n) {
        int r = 0;

        for (size_t i = 0; i < record->n_fields && r == 0; i++) {
                const json_t *old = json_object_get(before, record->fields[i].name),
                             *new = json_object_get(after, record->fields[i].name);

                if (json_equal(old, new))
                        continue;
                line->field = record->fields[i].name;
                line->before = told_text(changes->scratch, old);
                line->after = told_text(changes->scratch, new);
                r = line_write(changes, line);
                ++*ret_n;
        }
        return r;
}

/* A change of no field is one all the same: a password that was set anew, a lock of time that was opened. */
static int change_lines(Changes *changes, Tx *tx, const ChainChange *change) {
        const Record *record =
                registry_record_by_number(changes->csv.year->audit->engine->registry, change->record);
        Line line = { record_named(changes, record, change->record), change->id.value, change->version, "", "",
                "", change->reason };
        json_t *before = NULL, *after = NULL;
        size_t n = 0;
        int r = 0;

        if (!record)
                return line_write(changes, &line);
        r = record_version_json(tx, record, change->before, changes->scratch, &before);
        if (r == 0)
                r = record_version_json(tx, record, change->after, changes->scratch, &after);
        if (r == 0)
                r = fields_write(changes, record, before, after, &line, &n);
        if (r == 0 && n == 0)
                r = line_write(changes, &line);
        json_decref(before);
        json_decref(after);
        return r;
}

static int range_line(Changes *changes, const ChainRange *range) {
        const Record *record =
                registry_record_by_number(changes->csv.year->audit->engine->registry, range->record);
        char first[24], last[24];

        snprintf(first, sizeof(first), "%lld", (long long) range->first.value);
        snprintf(last, sizeof(last), "%lld", (long long) range->last.value);
        const Line line = { record_named(changes, record, range->record), range->first.value, range->count, "",
                first, last, "" };
        return line_write(changes, &line);
}

/* An entry without rows of its own, such as a landed batch, has its line too: no number is missing. */
static int bare_line(Changes *changes, const ChainEntry *entry) {
        char hex[2 * sizeof(Digest) + 1] = "";

        if (entry->landed.size == sizeof(Digest))
                hex_encode(entry->landed.data, sizeof(Digest), hex);
        return line_write(changes, &(Line){ "", 0, 0, "", "", hex, "" });
}

static int entry_lines(Changes *changes, Tx *tx) {
        ChainEntry entry = { 0 };
        Bytes body = rows_blob(changes->rows, 6);

        int r = chain_body_decode(body, changes->scratch, &entry);
        changes->principal = entry.principal;
        if (r == 0 && entry.n_changes == 0 && entry.n_ranges == 0)
                r = bare_line(changes, &entry);
        for (size_t i = 0; i < entry.n_changes && r == 0; i++)
                r = change_lines(changes, tx, &entry.changes[i]);
        for (size_t i = 0; i < entry.n_ranges && r == 0; i++)
                r = range_line(changes, &entry.ranges[i]);
        arena_reset(changes->scratch);
        return r;
}

/* One snapshot holds one page: a year takes longer than a reader may. Returns the number of entries. */
static int changes_page(Changes *changes, int64_t *after) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;
        Year *year = changes->csv.year;
        int n = 0;

        int r = store_read_begin(changes->store, &tx);
        if (r == 0)
                r = tx_query(tx, &year_query_entries,
                        SQL_ARGS(value_integer(*after), value_integer(year->from.ms),
                                value_integer(year->to.ms)),
                        &rows);
        while (r >= 0 && (r = rows_next(rows)) > 0) {
                changes->rows = rows;
                *after = rows_integer(rows, 0);
                r = entry_lines(changes, tx);
                n++;
        }
        return r < 0 ? r : n;
}

static void progress_tell(Year *year, int64_t n) {
        year->done += n;
        if (year->call->progress)
                year->call->progress(year->call->progress_data, year->done, 0);
}

static int changes_write(Year *year, Store *store, const char *name) {
        static const char *const names[] = { "seq", "instant", "office", "person", "command", "head",
                "record", "id", "version", "field", "before", "after", "reason", "principal", NULL };
        _cleanup_(arena_freep) Arena *scratch = arena_new(SCRATCH_BYTES_MAX);
        Changes changes = { .store = store, .scratch = scratch };
        int64_t after = 0;
        int n = 1;

        int r = scratch ? csv_begin(&changes.csv, year, name) : -ENOMEM;
        if (r < 0)
                return r;
        r = heads(&changes.csv, names);
        while (r == 0 && n > 0) {
                n = changes_page(&changes, &after);
                r = n < 0 ? n : 0;
                progress_tell(year, n);
        }
        return csv_end(&changes.csv, r);
}

/* --- readings --- */

static int access_line(Csv *csv, const Rows *rows) {
        cell_number(csv, rows_integer(rows, 0));
        cell_instant(csv, rows_integer(rows, 1));
        for (size_t i = 2; i <= 4; i++)
                cell_number(csv, rows_integer(rows, i));
        cell(csv, rows_text(rows, 13));
        for (size_t i = 5; i <= 7; i++)
                cell(csv, rows_text(rows, i));
        cell_number(csv, rows_integer(rows, 8));
        cell(csv, rows_text(rows, 9));
        cell_number(csv, rows_integer(rows, 10));
        cell(csv, rows_text(rows, 11));
        cell(csv, rows_text(rows, 12));
        return line_end(csv);
}

static int accesses_page(Csv *csv, int64_t *after) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;
        const Year *year = csv->year;
        int n = 0;

        int r = store_read_begin(year->audit->engine->stores[STORE_SYSTEM], &tx);
        if (r == 0)
                r = tx_query(tx, &query_access_year,
                        SQL_ARGS(value_integer(*after), value_integer(year->from.ms),
                                value_integer(year->to.ms)),
                        &rows);
        while (r >= 0 && (r = rows_next(rows)) > 0) {
                *after = rows_integer(rows, 0);
                r = access_line(csv, rows);
                n++;
        }
        return r < 0 ? r : n;
}

static int accesses_write(Year *year) {
        static const char *const names[] = { "id", "instant", "office", "person", "session", "person_name",
                "address", "kind", "name", "subject", "filter", "rows", "number", "digest", NULL };
        int64_t after = 0;
        int n = 1;
        Csv csv;

        int r = csv_begin(&csv, year, "accesses.csv");
        if (r < 0)
                return r;
        r = heads(&csv, names);
        while (r == 0 && n > 0) {
                n = accesses_page(&csv, &after);
                r = n < 0 ? n : 0;
                progress_tell(year, n);
        }
        return csv_end(&csv, r);
}

/* Days begin at midnight of UTC+8. */
static Instant year_begin(int year) {
        const Date zero = { 19700101 }, day = { year * 10000 + 101 };

        return (Instant){ (int64_t) date_days_between(zero, day) * DAY_MS - CHINA_MS };
}

static int year_bounds(Year *year) {
        if (year->call->year < 2000 || year->call->year > 2198)
                return -EMALFORMED_;
        year->from = year_begin(year->call->year);
        year->to = year_begin(year->call->year + 1);
        return 0;
}

static int files_write(Year *year) {
        static const char *const names[] = { [STORE_SYSTEM] = "changes-system.csv",
                [STORE_BUSINESS] = "changes-business.csv",
                [STORE_REGULATORY] = "changes-regulatory.csv" };
        int r = year_bounds(year);

        for (StoreId id = STORE_SYSTEM; id <= STORE_REGULATORY && r == 0; id++)
                if (year->audit->engine->stores[id])
                        r = changes_write(year, year->audit->engine->stores[id], names[id]);
        if (r == 0)
                r = audit_flush(year->audit);
        return r < 0 ? r : accesses_write(year);
}

static int file_digest(DigestKind kind, int fd, Digest *ret) {
        _cleanup_(digest_freep) DigestState *state = digest_new(kind);
        char *chunk = malloc(FLUSH_BYTES);
        off_t at = 0;
        ssize_t n = state && chunk ? 1 : -1;

        while (n > 0 && (n = pread(fd, chunk, FLUSH_BYTES, at)) > 0) {
                digest_update(state, chunk, (size_t) n);
                at += n;
        }
        free(chunk);
        if (n == 0)
                digest_final(state, ret);
        return n < 0 ? -EIO : 0;
}

/* The archive holds the whole node's trail: for the office whose node it is, not for one beneath it. */
static int office_check(Audit *audit, const Seer *seer) {
        int64_t office;
        int r = identity_office(audit->engine, &office);

        return r < 0 ? r : office == seer->office ? 0 : -EFORBIDDEN_;
}

int audit_year(Audit *audit, const YearCall *call, char ret_number[static EXPORT_NUMBER_MAX]) {
        Year year = { .audit = audit, .call = call };
        Digest digest;
        int64_t rows = 0;

        int r = office_check(audit, call->seer);
        if (r < 0)
                return r;
        access_export_number(audit, year.number);
        r = files_write(&year);
        if (r == 0)
                r = year_pack(&year);
        for (size_t i = 0; i < year.n_files; i++) {
                rows += year.files[i].rows;
                close(year.files[i].fd);
        }
        if (r == 0)
                r = file_digest(audit->engine->digest_kind, call->fd, &digest);
        if (r < 0)
                return r;
        AccessEntry entry = access_entry_make(audit, call->seer, "export", "audit.year");
        memcpy(entry.number, year.number, sizeof(entry.number));
        hex_encode(digest.bytes, sizeof(digest.bytes), entry.digest);
        entry.rows = rows;
        memcpy(ret_number, year.number, EXPORT_NUMBER_MAX);
        return access_exported(audit, &entry);
}
