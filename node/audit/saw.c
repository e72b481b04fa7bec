/* SPDX-License-Identifier: Apache-2.0 */
/* What the doors tell: a list, a record's page, a paper, an export, an id that is not the caller's. */

#include <stdlib.h>
#include <string.h>

#include <internal/log.h>
#include <node/date.h>
#include <node/text.h>

#include "audit-private.h"

#define FILTER_BYTES_MAX 4096
#define HOUR_MS INT64_C(3600000)

struct AuditExport {
        Audit *audit;
        AccessEntry entry;
        const View *view;
};

static char *filter_copy(const ViewCall *call) {
        Buffer buffer = BUFFER_INIT(FILTER_BYTES_MAX);
        char *copy = strdup(access_filter_text(call, &buffer));

        buffer_done(&buffer);
        return copy;
}

int audit_saw_list(
        Audit *audit, const Seer *seer, const View *view, const ViewCall *call, const json_t *rows) {
        if (!audit)
                return 0;
        AccessEntry entry = access_entry_make(audit, seer, "list", view->name);
        entry.filter = filter_copy(call);
        entry.rows = (int64_t) json_array_size(rows);
        access_subjects_of_rows(audit->engine->registry, view, call, rows, &entry.ids);
        return access_put(audit, &entry);
}

int audit_saw_record(Audit *audit, const Seer *seer, const Record *record, Id id, const json_t *row) {
        if (!audit)
                return 0;
        AccessEntry entry = access_entry_make(audit, seer, "page", record->name);
        entry.subject = id.value;
        entry.rows = 1;
        access_subjects_of_record(audit->engine->registry, record, id, row, &entry.ids);
        return access_put(audit, &entry);
}

static char *search_copy(const TrailCall *call) {
        static const char *const stores[] = {
                [STORE_SYSTEM] = "system", [STORE_BUSINESS] = "business", [STORE_REGULATORY] = "regulatory"
        };
        Buffer text = BUFFER_INIT(FILTER_BYTES_MAX);

        buffer_printf(&text, "store=%s", stores[call->store]);
        if (call->person)
                buffer_printf(&text, "&person=%lld", (long long) call->person);
        if (call->record)
                buffer_printf(&text, "&record=%s", call->record->name);
        if (call->id)
                buffer_printf(&text, "&id=%lld", (long long) call->id);
        if (call->field)
                buffer_printf(&text, "&field=%s", call->field);
        if (call->command)
                buffer_printf(&text, "&command=%.96s", call->command);
        if (call->seq)
                buffer_printf(&text, "&seq=%lld", (long long) call->seq);
        buffer_append(&text, "", 1);
        char *copy = buffer_error(&text) == 0 ? strdup((const char *) text.data) : NULL;
        buffer_done(&text);
        return copy;
}

static void subjects_of_changes(Audit *audit, const json_t *changes, AccessIds *ret) {
        const Registry *registry = audit->engine->registry;
        const json_t *change;
        int64_t id;
        size_t i;

        json_array_foreach(changes, i, change) {
                const Record *record =
                        registry_record(registry, json_string_value(json_object_get(change, "record")));
                const json_t *row = json_object_get(change, "after");

                if (json_is_null(row))
                        row = json_object_get(change, "before");
                if (record && integer_parse(json_string_value(json_object_get(change, "id")), &id) == 0)
                        access_subjects_of_record(registry, record, (Id){ id }, row, ret);
        }
}

/* Whoever searches a chain has the rows before him that it shows, as on their pages. */
int audit_saw_trail(Audit *audit, const Seer *seer, const TrailCall *call, const json_t *answer) {
        const json_t *entries = json_object_get(answer, "entries"), *item;
        size_t i;

        AccessEntry entry = access_entry_make(audit, seer, "list", "audit.chain");
        entry.filter = search_copy(call);
        entry.rows = (int64_t) json_array_size(entries);
        json_array_foreach(entries, i, item)
                subjects_of_changes(audit, json_object_get(item, "changes"), &entry.ids);
        return access_put(audit, &entry);
}

/* A paper is about a row of the view that gives the right to it. */
static const Record *paper_record(const Registry *registry, const Paper *paper) {
        const View *view = registry_view(registry, paper->view);

        for (const Column *column = view ? view->columns : NULL; column && column->name; column++)
                if (text_equal(column->name, view->key))
                        return access_column_record(registry, view, column);
        return NULL;
}

/* What a page of the record would show: the row itself and what it leads to. */
static int subjects_of_row(Audit *audit, const Seer *seer, const Record *record, Id id, AccessIds *ret) {
        const Caller caller = { .office = seer->office };
        json_t *page = NULL;

        int r = record_page_json(audit->engine, &caller, record, id, &page);
        if (r == 0)
                access_subjects_of_record(
                        audit->engine->registry, record, id, json_object_get(page, "row"), ret);
        json_decref(page);
        return r;
}

int audit_saw_paper(Audit *audit, const Seer *seer, const Paper *paper, Id subject, const Digest *digest) {
        if (!audit)
                return 0;
        const Record *record = paper_record(audit->engine->registry, paper);
        AccessEntry entry = access_entry_make(audit, seer, "print", paper->name);
        entry.subject = subject.value;
        entry.rows = 1;
        hex_encode(digest->bytes, sizeof(digest->bytes), entry.digest);
        int r = record ? subjects_of_row(audit, seer, record, subject, &entry.ids) : 0;
        if (r < 0) {
                access_entry_done(&entry);
                return r;
        }
        r = access_put(audit, &entry);
        return r < 0 ? r : audit_flush(audit);
}

/* Whole characters only: the whole of it is in the store of the record. */
static void number_set(AccessEntry *entry, const char *text) {
        size_t size = strlen(text);

        if (size >= sizeof(entry->number))
                size = sizeof(entry->number) - 1;
        while (size > 0 && !text_is_utf8(text, size))
                size--;
        memcpy(entry->number, text, size);
        entry->number[size] = 0;
}

static int opened_put(Audit *audit, const Seer *seer, const char *basis, const Record *record, Id id) {
        AccessEntry entry = access_entry_make(audit, seer, "open", record->name);

        entry.subject = id.value;
        entry.rows = 1;
        number_set(&entry, basis ? basis : "");
        int r = subjects_of_row(audit, seer, record, id, &entry.ids);
        if (r == 0)
                return access_put(audit, &entry);
        access_entry_done(&entry);
        return r;
}

/* Once for each record: its lines stand together. */
int audit_saw_opened(Audit *audit, const Seer *seer, const char *basis, const json_t *values) {
        const Record *shown = NULL;
        int64_t id, before = 0;
        const json_t *line;
        size_t i;
        int r = 0;

        json_array_foreach(values, i, line) {
                const char *name = json_string_value(json_object_get(line, "record_name"));
                const Record *record = name ? registry_record(audit->engine->registry, name) : NULL;
                if (!record || integer_parse(json_string_value(json_object_get(line, "record_id")), &id) < 0)
                        return -EMALFORMED_;
                if (record == shown && id == before)
                        continue;
                shown = record;
                before = id;
                r = opened_put(audit, seer, basis, record, (Id){ id });
                if (r < 0)
                        return r;
        }
        return audit_flush(audit);
}

int audit_saw_answer(Audit *audit, const Seer *seer, const Command *command, const Reply *reply) {
        if (!audit || !(command->flags & COMMAND_SHOWS))
                return 0;
        json_t *output = record_to_json(command->output, reply->output);
        int r = output ? audit_saw_opened(audit, seer, json_string_value(json_object_get(output, "basis")),
                                 json_object_get(output, "values"))
                       : -ENOMEM;
        json_decref(output);
        return r;
}

/* "20261127-204501-3": day, time, how many since the start; unique over restarts by its second. */
void access_export_number(Audit *audit, char ret[static EXPORT_NUMBER_MAX]) {
        char text[INSTANT_TEXT_MAX];
        int64_t n;

        pthread_mutex_lock(&audit->mutex);
        n = ++audit->exports;
        pthread_mutex_unlock(&audit->mutex);
        instant_format(clock_now(audit->engine->clock), text);
        snprintf(ret, EXPORT_NUMBER_MAX, "%.4s%.2s%.2s-%.2s%.2s%.2s-%lld", text, text + 5, text + 8,
                text + 11, text + 14, text + 17, (long long) n);
}

int audit_export_begin(Audit *audit, const Seer *seer, const View *view, const ViewCall *call,
        char ret_number[static EXPORT_NUMBER_MAX], AuditExport **ret) {
        AuditExport *export;

        *ret_number = 0;
        *ret = NULL;
        if (!audit)
                return 0;
        export = calloc(1, sizeof(*export));
        if (!export)
                return -ENOMEM;
        *export = (AuditExport){ audit, access_entry_make(audit, seer, "export", view->name), view };
        export->entry.filter = filter_copy(call);
        access_export_number(audit, export->entry.number);
        memcpy(ret_number, export->entry.number, EXPORT_NUMBER_MAX);
        *ret = export;
        return export->entry.filter ? 0 : -ENOMEM;
}

int audit_export_rows(AuditExport *export, const json_t *rows) {
        if (!export)
                return 0;
        const ViewCall whole = { 0 };
        access_subjects_of_rows(
                export->audit->engine->registry, export->view, &whole, rows, &export->entry.ids);
        return export->entry.ids.error;
}

AuditExport *audit_export_free(AuditExport *export) {
        if (export)
                access_entry_done(&export->entry);
        free(export);
        return NULL;
}

/* Rows taken away within an hour, this file included. */
static int exported_rows(Audit *audit, int64_t person, int64_t *ret) {
        _cleanup_(store_read_endp) Tx *tx = NULL;

        int r = store_read_begin(audit->engine->stores[STORE_SYSTEM], &tx);
        return r < 0 ? r
                     : tx_integer(tx, &query_access_exported,
                               SQL_ARGS(value_integer(person),
                                       value_integer(clock_now(audit->engine->clock).ms - HOUR_MS)),
                               ret);
}

int access_exported(Audit *audit, AccessEntry *entry) {
        char detail[160], address[sizeof(entry->address)];
        int64_t within_hour = 0;
        const SecurityNote note = { .kind = "mass_export",
                .office = entry->office,
                .person = { entry->person },
                .address = address,
                .detail = detail };

        snprintf(detail, sizeof(detail), "%s %s", entry->number, entry->name);
        memcpy(address, entry->address, sizeof(address));
        int r = access_put(audit, entry);
        if (r == 0)
                r = audit_flush(audit);
        if (r == 0)
                r = exported_rows(audit, note.person.value, &within_hour);
        if (r == 0 && audit->identity && within_hour >= limits_now(audit, note.office).limits.export_rows)
                r = identity_note(audit->identity, &note);
        return r;
}

int audit_export_end(AuditExport *export, int64_t rows, const Digest *digest) {
        if (!export)
                return 0;
        export->entry.rows = rows;
        hex_encode(digest->bytes, sizeof(digest->bytes), export->entry.digest);
        int r = access_exported(export->audit, &export->entry);
        audit_export_free(export);
        return r;
}

static void missed_note(Audit *audit, const Seer *seer, const Record *record, Id id) {
        char detail[96];

        snprintf(detail, sizeof(detail), "%s %lld-%lld", record->name, (long long) id_office(id),
                (long long) (id.value & SERIAL_MAX));
        const SecurityNote note = { .kind = "foreign_id",
                .office = seer->office,
                .person = seer->person,
                .address = seer->address,
                .detail = detail };
        if (identity_note(audit->identity, &note) < 0)
                log_warning("audit: a foreign id could not be noted");
}

void audit_missed(Audit *audit, const Seer *seer, const Record *record, Id id) {
        if (audit && audit->identity && record_elsewhere(audit->engine, record, id, seer->office))
                missed_note(audit, seer, record, id);
}

void audit_missed_input(Audit *audit, const Seer *seer, const Command *command, const json_t *input) {
        const Record *values = command->input;
        int64_t id;

        for (size_t i = 0; audit && values && i < values->n_fields; i++) {
                const Field *field = &values->fields[i];
                const char *text = json_string_value(json_object_get(input, field->name));
                const Record *record =
                        access_field_record(audit->engine->registry, values, field, input);

                if (record && text && integer_parse(text, &id) == 0 && id != 0)
                        audit_missed(audit, seer, record, (Id){ id });
        }
}
