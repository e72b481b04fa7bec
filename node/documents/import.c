/* SPDX-License-Identifier: Apache-2.0 */
/* Preview and import are the same walk: read the sheet, let the importer's rules judge it, tell what they said; the import
 * then sends the good rows on. The rules run twice rather than their result being kept, so nothing can go stale between. */

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <internal/imports.h>
#include <internal/log.h>
#include <internal/papers.h>
#include <internal/sheets.h>
#include <node/date.h>
#include <node/error.h>

#include "documents-record.h"
#include "import-told.h"

#define IMPORT_FILE_NAME_MAX 256

typedef struct ImportWork {
        const Imports *imports;
        const Importer *importer;
        Digest upload;
        char file_name[IMPORT_FILE_NAME_MAX];
        ImportMode mode;
} ImportWork;

const Importer *importer_find(const Registry *registry, const char *name) {
        size_t n;
        const Module *const *modules = registry_modules(registry, &n);

        for (size_t i = 0; i < n; i++)
                for (const Importer *const *importer = modules[i]->importers; importer && *importer; importer++)
                        if (strcmp((*importer)->name, name) == 0)
                                return *importer;
        return NULL;
}

static int upload_open(const Imports *imports, const Digest *upload, int *ret) {
        char path[1024], hex[2 * sizeof(Digest) + 1];

        hex_encode(upload->bytes, sizeof(upload->bytes), hex);
        if (snprintf(path, sizeof(path), "%s/%.2s/%s", imports->blobs, hex, hex + 2) >= (int) sizeof(path))
                return -ENAMETOOLONG;
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd < 0)
                return -errno;
        *ret = fd;
        return 0;
}

/* Reads and judges the upload; everything lies in the arena. */
static int upload_check(const Imports *imports, const Importer *importer, const Digest *upload, Arena *arena,
        ImportChecked *ret) {
        int fd;

        int r = upload_open(imports, upload, &fd);
        if (r < 0)
                return r;
        r = sheet_read(imports->executable, fd, arena, &ret->sheet, &ret->fault_line);
        close(fd);
        if (r < 0)
                return r;
        ret->importer = importer;
        return importer->check(&ret->sheet, date_of_instant(clock_now(imports->engine->clock)), arena, &ret->result);
}

/* One whole unit of work, under a key of its own: a part answered twice would be counted once too often. */
static int chunk_send(Run *run, const ImportWork *work, const ImportResult *result, size_t from, size_t n,
        int64_t counts[static 3]) {
        _cleanup_(arena_freep) Arena *arena = arena_new(ARENA_REQUEST_BYTES_MAX);
        const char *items = result->items;
        char key[64];
        void *input;
        Reply reply;

        if (!arena)
                return -ENOMEM;
        snprintf(key, sizeof(key), "import-%lld-%zu", (long long) run_id(run).value, from);
        const Caller caller = { .person = run_owner(run)->person, .office = run_owner(run)->office, .key = key };
        int r = work->importer->fill(items + from * work->importer->item_size, n, arena, &input);
        if (r < 0)
                return r;
        command_execute(work->imports->engine, &caller, work->importer->command, input, arena, &reply);
        if (reply.result == 0)
                work->importer->tally(reply.output, counts);
        else
                log_warning("import of part %zu stopped: %d %s", from, reply.result,
                        reply.refusal.code ? reply.refusal.code : "");
        return reply.result;
}

static int items_send(Run *run, const ImportWork *work, const ImportResult *result, int64_t counts[static 3]) {
        for (size_t from = 0; from < result->n_items;) {
                size_t n = result->n_items - from;
                if (n > work->importer->chunk_items_max)
                        n = work->importer->chunk_items_max;
                int r = chunk_send(run, work, result, from, n, counts);
                if (r < 0)
                        return r;
                from += n;
                run_progress(run, (int64_t) from, (int64_t) result->n_items);
        }
        return 0;
}

static int record_import_run(Request *q, const void *input, void *ret_output) {
        const ImportFileInput *in = input;
        ImportFile row = {
                .kind = in->kind, .file = in->file, .digest = in->digest, .person = in->person, .imported = q->now,
                .accepted = in->accepted, .rejected = in->rejected, .created = in->created, .changed = in->changed,
                .unchanged = in->unchanged,
        };

        return record_insert(q, &record_import_file, &row);
}

const Command command_record_import = {
        .name = "documents.record_import",
        .label = "登记导入文件",
        .clause = "4.1.1",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .flags = COMMAND_INTERNAL,
        .input = &record_import_file_input,
        .run = record_import_run,
};

static int import_record(Run *run, const ImportWork *work, const ImportResult *result, const int64_t counts[static 3]) {
        _cleanup_(arena_freep) Arena *arena = arena_new(ARENA_REQUEST_BYTES_MAX);
        char hex[2 * sizeof(Digest) + 1];
        Reply reply;

        if (!arena)
                return -ENOMEM;
        hex_encode(work->upload.bytes, sizeof(work->upload.bytes), hex);
        const ImportFileInput input = {
                .kind = work->importer->name, .file = work->file_name, .digest = hex, .person = run_owner(run)->person,
                .accepted = (int64_t) result->n_items, .rejected = (int64_t) result->n_rejected,
                .created = counts[0], .changed = counts[1], .unchanged = counts[2],
        };
        /* the system's own note: who brought the file stands in the row */
        const Caller system = { .office = run_owner(run)->office };
        command_execute(work->imports->engine, &system, &command_record_import, &input, arena, &reply);
        return reply.result;
}

static int import_work(Run *run, void *data) {
        const ImportWork *work = data;
        _cleanup_(arena_freep) Arena *arena = arena_new(SHEET_ARENA_BYTES_MAX);
        ImportChecked checked = { 0 };
        int64_t counts[3] = { 0 };

        if (!arena)
                return -ENOMEM;
        int r = upload_check(work->imports, work->importer, &work->upload, arena, &checked);
        if (r < 0) {
                run_result(run, import_fault_told(r, &checked, arena));
                return r;
        }
        json_t *told = import_told(&checked, work->imports->engine, run_owner(run), &work->upload, arena);
        if (!told)
                return -ENOMEM;
        json_object_set_new(told, "file", json_string(work->file_name));
        run_result(run, told);
        if (work->mode == IMPORT_PREVIEW)
                return 0;
        if (work->mode == IMPORT_ALL_OR_NOTHING && checked.result.n_rejected > 0) {
                import_fault_add(told, "documents.rows_rejected");
                return -EREFUSED_;
        }
        r = items_send(run, work, &checked.result, counts);
        if (r == 0)
                r = import_record(run, work, &checked.result, counts);
        json_object_set_new(told, "created", json_integer(counts[0]));
        json_object_set_new(told, "changed", json_integer(counts[1]));
        json_object_set_new(told, "unchanged", json_integer(counts[2]));
        if (r < 0)
                import_fault_add(told, "documents.import_stopped");
        return r;
}

int imports_start(const Imports *imports, const Caller *caller, const Importer *importer, const Digest *upload,
        const char *file_name, ImportMode mode, Id *ret_run) {
        Engine *engine = imports->engine;
        int fd, r = 0;

        if (engine->permit_command)
                r = engine->permit_command(engine->identity, caller, importer->command, NULL);
        if (r == 0)
                r = upload_open(imports, upload, &fd);
        if (r < 0)
                return r;
        close(fd);

        ImportWork *work = calloc(1, sizeof(ImportWork));
        if (!work)
                return -ENOMEM;
        *work = (ImportWork) { .imports = imports, .importer = importer, .upload = *upload, .mode = mode };
        snprintf(work->file_name, sizeof(work->file_name), "%s", file_name);
        r = runs_start(imports->runs, caller,
                &(RunWork) { .label = importer->label, .work = import_work, .data = work, .data_free = free }, ret_run);
        if (r < 0)
                free(work);
        return r;
}

int imports_report(const Imports *imports, const Caller *caller, const Importer *importer, const Digest *upload,
        Buffer *ret_csv) {
        _cleanup_(arena_freep) Arena *arena = arena_new(SHEET_ARENA_BYTES_MAX);
        Engine *engine = imports->engine;
        ImportChecked checked = { 0 };
        int r = 0;

        if (!arena)
                return -ENOMEM;
        if (engine->permit_command)
                r = engine->permit_command(engine->identity, caller, importer->command, NULL);
        if (r == 0)
                r = upload_check(imports, importer, upload, arena, &checked);
        return r < 0 ? r : import_report_write(&checked, arena, ret_csv);
}
