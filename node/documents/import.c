/* SPDX-License-Identifier: Apache-2.0 */
/* Preview and import are the same walk: read the sheet, let the importer's rules judge it, tell what they
 * said; the import then sends the good rows on. The rules run twice rather than their result being kept, so
 * nothing can go stale between. */

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
#include <node/text.h>

#include "documents-record.h"
#include "import-told.h"
#include "report-labels.h"

#define IMPORT_FILE_NAME_MAX 256
#define IMPORT_SAID_MAX (2 * IMPORT_ROWS_MAX)

typedef struct ImportWork {
        const Imports *imports;
        const Importer *importer;
        Digest upload;
        char file_name[IMPORT_FILE_NAME_MAX];
        ImportMode mode;
        Id document;
} ImportWork;

/* Rows on their way through a command: the importer's own, or its rehearsal. */
typedef struct Sending {
        Run *run;
        const ImportWork *work;
        const ImportResult *result;
        const Command *command;
        const char *key; /* how the keys of its parts begin */
        int64_t counts[3];
        Buffer said;       /* Findings, in the order of the file: what the store said of rows */
        const char *cause; /* why a part was refused; in the run's arena */
        Arena *arena;
} Sending;

const Importer *importer_find(const Registry *registry, const char *name) {
        size_t n;
        const Module *const *modules = registry_modules(registry, &n);

        for (size_t i = 0; i < n; i++)
                for (const Importer *const *importer = modules[i]->importers; importer && *importer;
                        importer++)
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
static int upload_check(const Imports *imports, const Importer *importer, const Digest *upload,
        int64_t office, Arena *arena, ImportChecked *ret) {
        int fd;

        int r = upload_open(imports, upload, &fd);
        if (r < 0)
                return r;
        r = sheet_read(imports->executable, fd, arena, &ret->sheet, &ret->fault_line);
        close(fd);
        if (r < 0)
                return r;
        ret->importer = importer;
        r = sheet_codes_read(imports->engine, office, arena, &ret->sheet.codes);
        if (r < 0)
                return r;
        return sheet_judge(&ret->sheet, importer, date_of_instant(clock_now(imports->engine->clock)), arena,
                &ret->result);
}

static int faults_keep(Sending *sending, const Finding *faults, size_t n) {
        for (size_t i = 0; i < n; i++) {
                Finding kept = {
                        .level = faults[i].level,
                        .line = faults[i].line,
                        .code = import_text(sending->work->importer, faults[i].code)->code,
                };
                if (faults[i].value && !(kept.value = arena_strdup(sending->arena, faults[i].value)))
                        return -ENOMEM;
                buffer_append(&sending->said, &kept, sizeof(kept));
        }
        return buffer_error(&sending->said);
}

static int chunk_answered(Sending *sending, const Reply *reply, Arena *arena) {
        const Importer *importer = sending->work->importer;
        const Finding *faults;
        size_t n = 0;

        if (reply->result < 0) {
                log_warning("import stopped: %d %s", reply->result,
                        reply->refusal.code ? reply->refusal.code : "");
                if (reply->refusal.code) {
                        const char *sentence = refusal_sentence(
                                sending->work->imports->engine->registry, &reply->refusal, arena);
                        sending->cause = sentence ? arena_strdup(sending->arena, sentence) : NULL;
                }
                return reply->result;
        }
        importer->tally(reply->output, sending->counts);
        int r = importer->faults ? importer->faults(reply->output, arena, &faults, &n) : 0;
        return r < 0 ? r : faults_keep(sending, faults, n);
}

/* More than one command may write or hold: the same rows go in smaller parts. */
static bool chunk_too_large(const Reply *reply) {
        return reply->result == -ENOMEM ||
               (reply->result == -EREFUSED_ && text_equal(reply->refusal.code, "node.too_much"));
}

/* One whole unit of work, under a key of its own: a part answered twice would be counted once too often. 1:
 * nothing was done, the part is too large. */
static int chunk_send(Sending *sending, size_t from, size_t n) {
        const ImportWork *work = sending->work;
        Run *run = sending->run;
        _cleanup_(arena_freep) Arena *arena = arena_new(ARENA_REQUEST_BYTES_MAX);
        const char *items = sending->result->items;
        char key[64];
        void *input;
        Reply reply;

        if (!arena)
                return -ENOMEM;
        snprintf(key, sizeof(key), "%s-%lld-%zu-%zu", sending->key, (long long) run_id(run).value, from, n);
        Caller caller = *run_owner(run);
        caller.key = key;
        int r = work->importer->fill(items + from * work->importer->item_size, n, arena, &input);
        if (r < 0)
                return r;
        if (work->document.value != 0 && work->importer->about)
                work->importer->about(input, work->document);
        command_execute(work->imports->engine, &caller, sending->command, input, arena, &reply);
        return n > 1 && chunk_too_large(&reply) ? 1 : chunk_answered(sending, &reply, arena);
}

static int items_send(Sending *sending) {
        size_t n_items = sending->result->n_items, n_max = sending->work->importer->chunk_items_max;

        for (size_t from = 0; from < n_items;) {
                size_t n = n_items - from < n_max ? n_items - from : n_max;
                int r = chunk_send(sending, from, n);
                if (r < 0)
                        return r;
                if (r > 0)
                        n_max = n / 2;
                else
                        from += n;
                run_progress(sending->run, (int64_t) from, (int64_t) n_items);
        }
        return 0;
}

static int record_import_run(Request *q, const void *input, void *ret_output) {
        const ImportFileInput *in = input;
        ImportFile row = {
                .kind = in->kind,
                .file = in->file,
                .digest = in->digest,
                .person = in->person,
                .imported = q->now,
                .accepted = in->accepted,
                .rejected = in->rejected,
                .created = in->created,
                .changed = in->changed,
                .unchanged = in->unchanged,
        };

        return record_insert(q, &record_import_file, &row);
}

const Command command_record_import = {
        .name = "documents.record_import",
        .label = RECORD_IMPORT_LABEL,
        .clause = "4.1.1",
        .store = STORE_BUSINESS,
        .capabilities = CAPABILITY_BUSINESS,
        .flags = COMMAND_INTERNAL,
        .input = &record_import_file_input,
        .run = record_import_run,
};

static int import_record(
        Run *run, const ImportWork *work, const ImportResult *result, const int64_t counts[static 3]) {
        _cleanup_(arena_freep) Arena *arena = arena_new(ARENA_REQUEST_BYTES_MAX);
        char hex[2 * sizeof(Digest) + 1];
        Reply reply;

        if (!arena)
                return -ENOMEM;
        hex_encode(work->upload.bytes, sizeof(work->upload.bytes), hex);
        const ImportFileInput input = {
                .kind = work->importer->name,
                .file = work->file_name,
                .digest = hex,
                .person = run_owner(run)->person,
                .accepted = (int64_t) result->n_items,
                .rejected = (int64_t) result->n_rejected,
                .created = counts[0],
                .changed = counts[1],
                .unchanged = counts[2],
        };
        /* the system's own note: who brought the file stands in the row */
        const Caller system = { .office = run_owner(run)->office };
        command_execute(work->imports->engine, &system, &command_record_import, &input, arena, &reply);
        return reply.result;
}

/* The document learns it last: whoever finds it still waiting may import the same file again. */
static int import_conclude(Run *run, const Sending *sending, int64_t left) {
        _cleanup_(arena_freep) Arena *arena = arena_new(ARENA_REQUEST_BYTES_MAX);
        const ImportWork *work = sending->work;
        char key[64], id[24];
        Reply reply;

        if (work->document.value == 0 || !work->importer->concluded)
                return 0;
        if (!arena)
                return -ENOMEM;
        snprintf(key, sizeof(key), "conclude-%lld-0", (long long) run_id(run).value);
        snprintf(id, sizeof(id), "%lld", (long long) work->document.value);
        Caller caller = *run_owner(run);
        caller.key = key;
        json_t *input = json_pack("{s:s, s:I, s:I, s:I, s:I}", "id", id, "created",
                (json_int_t) sending->counts[0], "changed", (json_int_t) sending->counts[1], "unchanged",
                (json_int_t) sending->counts[2], "left", (json_int_t) left);
        if (!input)
                return -ENOMEM;
        command_execute_json(
                work->imports->engine, &caller, work->importer->concluded, input, arena, &reply);
        json_decref(input);
        return reply.result;
}

static const char *const mode_words[] = { [IMPORT_PREVIEW] = "preview",
        [IMPORT_GOOD_ROWS] = "good_rows",
        [IMPORT_ALL_OR_NOTHING] = "all_or_nothing" };

static int counts_told(json_t *told, const int64_t counts[static 3]) {
        static const char *const names[] = { "created", "changed", "unchanged" };
        int r = 0;

        for (size_t i = 0; r == 0 && i < ELEMENTSOF(names); i++)
                r = json_object_set_new(told, names[i], json_integer(counts[i]));
        return r < 0 ? -ENOMEM : 0;
}

static void stop_told(const Sending *sending, json_t *told) {
        import_fault_add(
                told, "documents.import_stopped", sending->work->imports->engine->registry, sending->arena);
        if (sending->cause)
                json_object_set_new(json_object_get(told, "error"), "cause", json_string(sending->cause));
}

/* All rows through one of the importer's commands; those that the store leaves out are findings then, like
 * the rules' own. Also when a part was refused: what was said until there. */
static int rows_go(Sending *sending, ImportChecked *checked, const Command *command, const char *key) {
        sending->command = command;
        sending->key = key;
        memset(sending->counts, 0, sizeof(sending->counts));
        buffer_reset(&sending->said);
        int r = items_send(sending);
        int left = import_leave_out(checked, (const Finding *) (const void *) sending->said.data,
                sending->said.size / sizeof(Finding), sending->arena);
        return r < 0 ? r : left;
}

/* "faults" and "left_out", and the counts: of what was done, or under "expected" of what would be. */
static int said_told(const Sending *sending, json_t *told, bool done) {
        json_t *expected = done ? NULL : json_object();

        if (!done && json_object_set_new(told, "expected", expected) < 0)
                return -ENOMEM;
        int r = counts_told(done ? told : expected, sending->counts);
        if (r < 0)
                return r;
        return import_said_add(told, sending->work->importer,
                (const Finding *) (const void *) sending->said.data, sending->said.size / sizeof(Finding));
}

/* An import of the good rows need not rehearse: its command says of every row what became of it. All or
 * nothing has to know before. */
static int checked_go(Sending *sending, ImportChecked *checked) {
        const ImportWork *work = sending->work;
        const Importer *importer = work->importer;
        /* what is stored is no business of a user of an involved organization: the rules of the file are */
        bool outside = run_owner(sending->run)->organization.value != 0;
        bool rehearse = !outside && importer->rehearsal && work->mode != IMPORT_GOOD_ROWS;
        json_t *known = NULL;

        int r = outside ? 0
                        : import_known(importer, work->imports->engine, run_owner(sending->run),
                                  &work->upload, &known);
        if (r < 0)
                return r;
        if (rehearse)
                r = rows_go(sending, checked, importer->rehearsal, "rehearse");
        bool refused = r == 0 && work->mode == IMPORT_ALL_OR_NOTHING && checked->result.n_rejected > 0;
        bool import = r == 0 && work->mode != IMPORT_PREVIEW && !refused;
        if (import)
                r = rows_go(sending, checked, importer->command, "import");
        if (import && r == 0)
                r = import_record(sending->run, work, &checked->result, sending->counts);
        if (import && r == 0)
                r = import_conclude(sending->run, sending, (int64_t) checked->result.n_rejected);
        json_t *told = import_told(checked, &work->upload);
        if (!told) {
                json_decref(known);
                return -ENOMEM;
        }
        if (known)
                json_object_set_new(told, "known", known);
        json_object_set_new(told, "file", json_string(work->file_name));
        json_object_set_new(told, "mode", json_string(mode_words[work->mode]));
        run_result(sending->run, told);
        if ((rehearse || import) && said_told(sending, told, import) < 0)
                return -ENOMEM;
        if (r < 0)
                stop_told(sending, told);
        if (refused)
                import_fault_add(
                        told, "documents.rows_rejected", work->imports->engine->registry, sending->arena);
        return refused ? -EREFUSED_ : r;
}

static int import_work(Run *run, void *data) {
        const ImportWork *work = data;
        _cleanup_(arena_freep) Arena *arena = arena_new(SHEET_ARENA_BYTES_MAX);
        const Registry *registry = work->imports->engine->registry;
        ImportChecked checked = { 0 };

        if (!arena)
                return -ENOMEM;
        int r = upload_check(work->imports, work->importer, &work->upload, run_owner(run)->office, arena,
                &checked);
        if (r < 0) {
                run_result(run, import_fault_told(r, &checked, registry, arena));
                return r;
        }
        Sending sending = {
                .run = run,
                .work = work,
                .result = &checked.result,
                .said = BUFFER_INIT(IMPORT_SAID_MAX * sizeof(Finding)),
                .arena = arena,
        };
        r = checked_go(&sending, &checked);
        buffer_done(&sending.said);
        return r;
}

/* Whole characters only; a name that is no text is none. */
static void file_name_keep(ImportWork *work, const char *name) {
        size_t size = strlen(name);

        if (!text_is_utf8(name, size))
                return;
        for (size = size < IMPORT_FILE_NAME_MAX ? size : IMPORT_FILE_NAME_MAX - 1; !text_is_utf8(name, size);
                size--)
                ;
        memcpy(work->file_name, name, size);
}

int imports_start(const Imports *imports, const Caller *caller, const ImportAsked *asked, Id *ret_run) {
        Engine *engine = imports->engine;
        Permit permit = { 0 };
        int fd, r = caller->organization.value && asked->mode != IMPORT_PREVIEW ? -EFORBIDDEN_ : 0;

        if (r == 0 && engine->permit_command)
                r = engine->permit_command(
                        engine->identity, caller, asked->importer->command, NULL, &permit);
        if (r == 0)
                r = upload_open(imports, asked->upload, &fd);
        if (r < 0)
                return r;
        close(fd);

        ImportWork *work = calloc(1, sizeof(ImportWork));
        if (!work)
                return -ENOMEM;
        *work = (ImportWork){ .imports = imports,
                .importer = asked->importer,
                .upload = *asked->upload,
                .mode = asked->mode,
                .document = asked->document };
        file_name_keep(work, asked->file_name);
        r = runs_start(imports->runs, caller,
                &(RunWork){ .label = asked->importer->label,
                        .work = import_work,
                        .data = work,
                        .data_free = free },
                ret_run);
        if (r < 0)
                free(work);
        return r;
}

static int report_make(const Imports *imports, const Caller *caller, const Importer *importer,
        const Digest *upload, const json_t *result, Buffer *ret_csv) {
        _cleanup_(arena_freep) Arena *arena = arena_new(SHEET_ARENA_BYTES_MAX);
        Engine *engine = imports->engine;
        ImportChecked checked = { 0 };
        Permit permit = { 0 };
        int r = 0;

        if (!arena)
                return -ENOMEM;
        if (engine->permit_command)
                r = engine->permit_command(engine->identity, caller, importer->command, NULL, &permit);
        if (r == 0)
                r = upload_check(imports, importer, upload, caller->office, arena, &checked);
        return r < 0 ? r : import_report_write(&checked, result, ret_csv);
}

int imports_report(const Imports *imports, const Caller *caller, const Importer *importer,
        const Digest *upload, Buffer *ret_csv) {
        return report_make(imports, caller, importer, upload, NULL, ret_csv);
}

int imports_run_report(const Imports *imports, const Caller *caller, Id run, Buffer *ret_csv) {
        json_t *told = NULL;
        Digest upload;

        int r = runs_read(imports->runs, caller, run, &told);
        if (r < 0)
                return r;
        const json_t *result = json_object_get(told, "result");
        const char *kind = json_string_value(json_object_get(result, "kind"));
        const char *digest = json_string_value(json_object_get(result, "digest"));
        const Importer *importer = kind ? importer_find(imports->engine->registry, kind) : NULL;
        if (!importer || !digest || strlen(digest) != 2 * sizeof(Digest) ||
                hex_decode(digest, upload.bytes, sizeof(upload.bytes)) < 0)
                r = -ENOENT;
        if (r == 0)
                r = report_make(imports, caller, importer, &upload, result, ret_csv);
        json_decref(told);
        return r;
}
