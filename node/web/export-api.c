/* SPDX-License-Identifier: Apache-2.0 */
/* Doors to exports: a small list at once, a large one as a run whose file waits an hour for its owner. Two
 * at a time for a person, waiting runs included. */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <internal/runs.h>

#include "export.h"

#define KEPT_MAX 64
#define NAME_BYTES_MAX 256
#define KEPT_MS (60 * INT64_C(60000))
#define RUNNING_MAX (WEB_EXPORTS_PER_PERSON_MAX * 64)

typedef struct Kept {
        Id run, person;
        int64_t made_ms; /* 0: empty place */
        int fd;
        int64_t bytes;
        const char *type;
        char name[NAME_BYTES_MAX];
} Kept;

struct Exports {
        pthread_mutex_t mutex;
        size_t users; /* the front and every run: a run may outlive the front */
        Id running[RUNNING_MAX];
        Kept kept[KEPT_MAX];
};

Exports *exports_new(void) {
        Exports *exports = calloc(1, sizeof(*exports));
        if (!exports)
                return NULL;
        pthread_mutex_init(&exports->mutex, NULL);
        exports->users = 1;
        return exports;
}

static void kept_drop(Kept *kept) {
        if (kept->made_ms)
                close(kept->fd);
        *kept = (Kept){ 0 };
}

Exports *exports_free(Exports *exports) {
        if (!exports)
                return NULL;
        pthread_mutex_lock(&exports->mutex);
        bool last = --exports->users == 0;
        pthread_mutex_unlock(&exports->mutex);
        if (!last)
                return NULL;
        for (size_t i = 0; i < KEPT_MAX; i++)
                kept_drop(&exports->kept[i]);
        pthread_mutex_destroy(&exports->mutex);
        free(exports);
        return NULL;
}

/* -EUSERS: this person, or everybody together, has enough running. */
static int export_enter(Exports *exports, Id person, size_t *ret_place) {
        size_t mine = 0, place = RUNNING_MAX;

        pthread_mutex_lock(&exports->mutex);
        for (size_t i = 0; i < RUNNING_MAX; i++) {
                mine += exports->running[i].value == person.value;
                if (exports->running[i].value == 0)
                        place = i;
        }
        bool free_place = mine < WEB_EXPORTS_PER_PERSON_MAX && place < RUNNING_MAX;
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

static const char *const types[] = { [SHEET_CSV] = "text/csv; charset=utf-8",
        [SHEET_XLSX] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" };
static const char *const endings[] = { [SHEET_CSV] = "csv", [SHEET_XLSX] = "xlsx" };

/* Name and post of whoever takes the file. */
static const char *taker(const WebRequest *request) {
        const WebIdentity *identity = request->web->options.identity;
        const char *name = request->session.name ? request->session.name : "";
        WebFunctions may = { 0 };

        if (identity->functions(identity->data, request, &may) < 0 || may.n_posts == 0)
                return name;
        const char *both = arena_printf(request->arena, "%s %s", name, may.posts[0]);
        return both ? both : name;
}

static ExportJob job_of(const WebRequest *request, const View *view, const ViewCall *call, SheetForm form) {
        const WebOptions *options = &request->web->options;
        const char *office = options->office_name ? options->office_name(options->office_data,
                                                            request->session.office, request->arena)
                                                  : NULL;

        return (ExportJob){ .engine = request->engine,
                .audit = options->audit,
                .caller = { .person = request->caller.person,
                        .office = request->caller.office,
                        .organization = request->caller.organization },
                .seer = web_seer(request),
                .person_name = taker(request),
                .office_name = office               ? office
                               : options->node_name ? options->node_name
                                                    : "",
                .folder = options->blobs,
                .view = view,
                .call = *call,
                .form = form };
}

static void file_name(
        const ExportFile *file, const View *view, SheetForm form, char ret[static NAME_BYTES_MAX]) {
        snprintf(ret, NAME_BYTES_MAX, "%s%s%s.%s", view->label ? view->label : view->name,
                *file->number ? "-" : "", file->number, endings[form]);
}

static void file_reply(WebReply *reply, const ExportFile *file, const View *view, SheetForm form) {
        char name[NAME_BYTES_MAX];

        file_name(file, view, form, name);
        web_reply_file(reply, file->fd, file->bytes, types[form], name);
}

void export_view(
        WebRequest *request, WebReply *reply, const View *view, const ViewCall *call, SheetForm form) {
        const ExportJob job = job_of(request, view, call, form);
        Exports *exports = request->web->exports;
        ExportFile file;
        size_t place;

        int r = export_enter(exports, request->session.person, &place);
        if (r == 0) {
                r = export_write(&job, &file);
                export_leave(exports, place);
        }
        if (r < 0)
                web_reply_error(request, reply, r, NULL);
        else
                file_reply(reply, &file, view, form);
}

/* --- as a run --- */

typedef struct ExportRun {
        Arena *arena;
        Exports *exports;
        const Clock *clock;
        size_t place;
        int64_t total;
        ExportJob job;
        Run *run;
} ExportRun;

static void run_told(void *data, int64_t rows) {
        ExportRun *x = data;
        run_progress(x->run, rows, x->total > rows ? x->total : rows);
}

/* Keeps the file for its owner; the oldest gives way when all places are taken. */
static void file_keep(Exports *exports, const Clock *clock, const Kept *file) {
        int64_t now = clock->monotonic_ms(clock->data);
        Kept *place = &exports->kept[0];

        pthread_mutex_lock(&exports->mutex);
        for (size_t i = 0; i < KEPT_MAX; i++) {
                Kept *kept = &exports->kept[i];
                if (kept->made_ms && now - kept->made_ms > KEPT_MS)
                        kept_drop(kept);
                if (kept->made_ms < place->made_ms)
                        place = kept;
        }
        kept_drop(place);
        *place = *file;
        place->made_ms = now;
        pthread_mutex_unlock(&exports->mutex);
}

void web_keep_file(Web *web, Id run, Id person, const WebFile *file) {
        Kept kept = {
                .run = run, .person = person, .fd = file->fd, .bytes = file->bytes, .type = file->type
        };

        snprintf(kept.name, sizeof(kept.name), "%s", file->name);
        file_keep(web->exports, web->options.clock, &kept);
}

static int run_work(Run *run, void *data) {
        ExportRun *x = data;
        ExportFile file;

        x->run = run;
        x->job.progress = run_told;
        x->job.progress_data = x;
        int r = export_write(&x->job, &file);
        if (r < 0)
                return r;
        run_result(run, json_pack("{s:s, s:I, s:I}", "number", file.number, "rows", (json_int_t) file.rows,
                                "size", (json_int_t) file.bytes));
        Kept kept = { .run = run_id(run),
                .person = x->job.caller.person,
                .fd = file.fd,
                .bytes = file.bytes,
                .type = types[x->job.form] };
        file_name(&file, x->job.view, x->job.form, kept.name);
        file_keep(x->exports, x->clock, &kept);
        return 0;
}

static void run_done(void *data) {
        ExportRun *x = data;

        export_leave(x->exports, x->place);
        exports_free(x->exports);
        arena_free(x->arena);
}

/* Texts of the request end with it: the run has its own. */
static int job_copy(ExportJob *job, Arena *arena) {
        job->person_name = arena_strdup(arena, job->person_name);
        job->office_name = arena_strdup(arena, job->office_name);
        job->seer.address = arena_strdup(arena, job->seer.address ? job->seer.address : "");
        for (size_t i = 0; i < job->call.n_filters; i++) {
                job->call.filters[i].column = arena_strdup(arena, job->call.filters[i].column);
                job->call.filters[i].value = arena_strdup(arena, job->call.filters[i].value);
                if (!job->call.filters[i].column || !job->call.filters[i].value)
                        return -ENOMEM;
        }
        return job->person_name && job->office_name && job->seer.address ? 0 : -ENOMEM;
}

static int rows_total(const ExportJob *job, int64_t *ret) {
        ViewCall call = job->call;
        json_t *page = NULL;

        call.sums = true;
        call.n_columns = 0;
        call.limit = 1;
        call.after = NULL;
        int r = view_list_json(job->engine, &job->caller, job->view, &call, &page);
        *ret = json_integer_value(json_object_get(page, "count"));
        json_decref(page);
        return r;
}

static int run_begin(const WebRequest *request, const ExportJob *job, Id *ret) {
        Arena *arena = arena_new(1u << 20);
        ExportRun *x = arena ? ARENA_NEW(arena, ExportRun) : NULL;

        if (!x) {
                arena_free(arena);
                return -ENOMEM;
        }
        *x = (ExportRun){ .arena = arena,
                .exports = request->web->exports,
                .clock = request->web->options.clock,
                .job = *job };
        int r = job_copy(&x->job, arena);
        if (r == 0)
                r = rows_total(&x->job, &x->total);
        if (r == 0)
                r = export_enter(x->exports, job->caller.person, &x->place);
        if (r < 0) {
                arena_free(arena);
                return r;
        }
        pthread_mutex_lock(&x->exports->mutex);
        x->exports->users++;
        pthread_mutex_unlock(&x->exports->mutex);
        const RunWork work = { export_run_label(), run_work, x, run_done };
        r = runs_start(request->web->options.run_queue, &job->caller, &work, ret);
        if (r < 0)
                run_done(x);
        return r;
}

/* {"form":"xlsx"}; the filter stands in the address as it does for the list. */
static void export_start(WebRequest *request, WebReply *reply) {
        const View *view = registry_view(request->engine->registry, request->captures[0]);
        const char *form = web_json_text(request, "form");
        ViewCall call;
        Id run = { 0 };

        int r = view && request->web->options.run_queue ? view_call_read(request, &call) : -ENOENT;
        if (r == 0 && !text_equal(form, "csv") && !text_equal(form, "xlsx"))
                r = -EMALFORMED_;
        if (r == 0) {
                const ExportJob job =
                        job_of(request, view, &call, text_equal(form, "csv") ? SHEET_CSV : SHEET_XLSX);
                r = run_begin(request, &job, &run);
        }
        if (r < 0)
                web_reply_error(request, reply, r, NULL);
        else
                web_reply_json(
                        reply, json_pack("{s:o}", "run", json_sprintf("%lld", (long long) run.value)));
}

static void export_file(WebRequest *request, WebReply *reply) {
        Exports *exports = request->web->exports;
        Kept found = { 0 };
        Id run;

        int r = web_id_parse(request->captures[0], &run) == 0 ? 0 : -ENOENT;
        pthread_mutex_lock(&exports->mutex);
        for (size_t i = 0; r == 0 && i < KEPT_MAX; i++)
                if (exports->kept[i].made_ms && exports->kept[i].run.value == run.value &&
                        exports->kept[i].person.value == request->session.person.value)
                        found = exports->kept[i];
        if (found.made_ms)
                found.fd = dup(found.fd);
        pthread_mutex_unlock(&exports->mutex);
        if (!found.made_ms || found.fd < 0)
                web_reply_error(request, reply, found.made_ms ? -EAGAIN : -ENOENT, NULL);
        else
                web_reply_file(reply, found.fd, found.bytes, found.type, found.name);
}

const WebRoute web_export_routes[] = {
        { "POST", "/api/export/{name}", WEB_ORGANIZATION, 0, export_start, "Write a whole list as a file, as a run" },
        { "GET", "/api/export/{run}/file", WEB_ORGANIZATION, 0, export_file, "The file of a run, for an hour" },
};
const size_t web_export_routes_n = ELEMENTSOF(web_export_routes);
