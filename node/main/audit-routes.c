/* SPDX-License-Identifier: Apache-2.0 */
/* What auditors ask over HTTP: the search of the chains and who saw a household. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <internal/runs.h>
#include <node/error.h>
#include <node/text.h>

#include "routes.h"

#define AUDIT_CHAIN "other:audit.chain"
#define AUDIT_SAW "other:audit.saw"
#define AUDIT_YEAR "other:audit.year"

static void answer(const WebRequest *request, WebReply *reply, int r, json_t *object) {
        if (r < 0)
                web_reply_error(request, reply, r, NULL);
        else
                web_reply_json(reply, object);
}

/* A number among the parameters; absent is 0. */
static int parameter_integer(const WebRequest *request, const char *name, int64_t *ret) {
        const char *text = web_parameter(request, name);

        *ret = 0;
        return text_empty(text) ? 0 : integer_parse(text, ret);
}

static int parameter_record(const WebRequest *request, const Record **ret) {
        const char *name = web_parameter(request, "record");

        *ret = text_empty(name) ? NULL : registry_record(request->engine->registry, name);
        return text_empty(name) || *ret ? 0 : -EMALFORMED_;
}

static int store_of(const char *name, StoreId *ret) {
        static const char *const names[] = {
                [STORE_SYSTEM] = "system", [STORE_BUSINESS] = "business", [STORE_REGULATORY] = "regulatory"
        };

        for (StoreId id = STORE_SYSTEM; id <= STORE_REGULATORY; id++)
                if (text_equal(name, names[id])) {
                        *ret = id;
                        return 0;
                }
        return -EMALFORMED_;
}

static const char *text_or_none(const char *text) {
        return text_empty(text) ? NULL : text;
}

static int trail_call_read(const WebRequest *request, TrailCall *ret) {
        TrailCall call = { .command = text_or_none(web_parameter(request, "command")),
                .field = text_or_none(web_parameter(request, "field")) };
        int64_t limit = 0;

        int r = store_of(web_parameter(request, "store"), &call.store);
        if (r == 0)
                r = parameter_record(request, &call.record);
        if (r == 0)
                r = parameter_integer(request, "person", &call.person);
        if (r == 0)
                r = parameter_integer(request, "id", &call.id);
        if (r == 0)
                r = parameter_integer(request, "seq", &call.seq);
        if (r == 0)
                r = parameter_integer(request, "after", &call.after);
        if (r == 0)
                r = parameter_integer(request, "from", &call.from.ms);
        if (r == 0)
                r = parameter_integer(request, "to", &call.to.ms);
        if (r == 0)
                r = parameter_integer(request, "limit", &limit);
        if (r < 0 || limit < 0 || limit > TRAIL_LIMIT_MAX)
                return -EMALFORMED_;
        call.limit = (size_t) limit;
        *ret = call;
        return 0;
}

static void chain_get(WebRequest *request, WebReply *reply) {
        const RouteData *data = request->data;
        json_t *object = NULL;
        TrailCall call;

        int r = identity_permit(data->identity, &request->caller, AUDIT_CHAIN);
        if (r == 0)
                r = trail_call_read(request, &call);
        if (r == 0)
                r = audit_admits(data->audit, call.store);
        if (r == 0)
                r = audit_trail(data->audit, &request->caller, &call, &object);
        const Seer seer = web_seer(request);
        if (r == 0)
                r = audit_saw_trail(data->audit, &seer, &call, object);
        if (r < 0) {
                json_decref(object);
                object = NULL;
        }
        answer(request, reply, r, object);
}

static void saw_get(WebRequest *request, WebReply *reply) {
        const RouteData *data = request->data;
        json_t *object = NULL;
        SawCall call = { 0 };

        int r = identity_permit(data->identity, &request->caller, AUDIT_SAW);
        if (r == 0) {
                call.record = registry_record(request->engine->registry, request->captures[0]);
                r = call.record && web_id_parse(request->captures[1], &call.id) == 0 ? 0 : -ENOENT;
        }
        if (r == 0)
                r = parameter_integer(request, "after", &call.after);
        if (r == 0)
                r = parameter_integer(request, "from", &call.from.ms);
        if (r == 0)
                r = parameter_integer(request, "to", &call.to.ms);
        if (r == 0)
                r = audit_who_saw(data->audit, &request->caller, &call, &object);
        answer(request, reply, r, object);
}

static void events_get(WebRequest *request, WebReply *reply) {
        const View *view = registry_view(request->engine->registry, "identity.security_events");
        Engine *engine = request->engine;
        json_t *object = NULL;
        Instant from = { 0 };

        int r = view ? engine->permit_view(engine->identity, &request->caller, view) : -ENOENT;
        if (r == 0)
                r = parameter_integer(request, "from", &from.ms);
        if (r == 0)
                r = identity_events_summary(engine, request->caller.office, from, &object);
        answer(request, reply, r, object);
}

/* --- the year as an archive, made by a run --- */

typedef struct YearRun {
        Arena *arena;
        Audit *audit;
        Web *web;
        const char *folder;
        Seer seer;
        int year;
        Run *run;
} YearRun;

static void year_told(void *data, int64_t done, int64_t total) {
        YearRun *x = data;
        run_progress(x->run, done, total);
}

static int year_make(YearRun *x, int fd) {
        char number[EXPORT_NUMBER_MAX], name[96];
        const YearCall call = { .seer = &x->seer,
                .year = x->year,
                .folder = x->folder,
                .fd = fd,
                .progress = year_told,
                .progress_data = x };

        int r = audit_year(x->audit, &call, number);
        if (r < 0)
                return r;
        off_t bytes = lseek(fd, 0, SEEK_END);
        snprintf(name, sizeof(name), "audit-%d-%s.tar.gz", x->year, number);
        run_result(x->run, json_pack("{s:s, s:I}", "number", number, "size", (json_int_t) bytes));
        web_keep_file(
                x->web, run_id(x->run), x->seer.person, &(WebFile){ fd, bytes, "application/gzip", name });
        return 0;
}

static int year_work(Run *run, void *data) {
        YearRun *x = data;
        int fd = open(x->folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

        x->run = run;
        int r = fd < 0 ? -errno : year_make(x, fd);
        if (r < 0 && fd >= 0)
                close(fd);
        return r;
}

static void year_done(void *data) {
        arena_free(((YearRun *) data)->arena);
}

static int year_begin(const WebRequest *request, int year, Id *ret) {
        const RouteData *data = request->data;
        Arena *arena = arena_new(1u << 16);
        YearRun *x = arena ? ARENA_NEW(arena, YearRun) : NULL;

        if (!x) {
                arena_free(arena);
                return -ENOMEM;
        }
        *x = (YearRun){ .arena = arena,
                .audit = data->audit,
                .web = request->web,
                .folder = data->node->blobs,
                .seer = web_seer(request),
                .year = year };
        x->seer.address = arena_strdup(arena, request->address ? request->address : "");
        const RunWork work = { "audit.year", year_work, x, year_done };
        int r = x->seer.address ? runs_start(data->imports->runs, &request->caller, &work, ret) : -ENOMEM;
        if (r < 0)
                year_done(x);
        return r;
}

static void year_post(WebRequest *request, WebReply *reply) {
        const RouteData *data = request->data;
        json_int_t year = json_integer_value(json_object_get(request->json, "year"));
        Id run = { 0 };

        int r = identity_permit(data->identity, &request->caller, AUDIT_YEAR);
        if (r == 0 && (year < 2000 || year > 2198))
                r = -EMALFORMED_;
        if (r == 0)
                r = year_begin(request, (int) year, &run);
        answer(request, reply, r,
                r < 0 ? NULL : json_pack("{s:o}", "run", json_sprintf("%lld", (long long) run.value)));
}

const WebRoute audit_routes[] = {
        { "POST", "/api/audit/year", 0, 0, year_post, "make the signed archive of a year, as a run" },
        { "GET", "/api/audit/events", 0, 0, events_get,
                "security events by kind, and how many wait for somebody" },
        { "GET", "/api/audit/chain", 0, 0, chain_get,
                "search a chain by person, record, id, field, command and time" },
        { "GET", "/api/audit/saw/{record}/{id}", 0, 0, saw_get,
                "everybody who saw a record or a person behind it" },
};
const size_t n_audit_routes = ELEMENTSOF(audit_routes);
