/* SPDX-License-Identifier: Apache-2.0 */
/* What auditors ask over HTTP: the search of the chains and who saw a household. */

#include <string.h>

#include <node/error.h>
#include <node/text.h>

#include "routes.h"

#define AUDIT_CHAIN "other:audit.chain"
#define AUDIT_SAW "other:audit.saw"

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
                r = audit_trail(data->audit, &request->caller, &call, &object);
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

const WebRoute audit_routes[] = {
        { "GET", "/api/audit/events", 0, 0, events_get,
                "security events by kind, and how many wait for somebody" },
        { "GET", "/api/audit/chain", 0, 0, chain_get,
                "search a chain by person, record, id, field, command and time" },
        { "GET", "/api/audit/saw/{record}/{id}", 0, 0, saw_get,
                "everybody who saw a record or a person behind it" },
};
const size_t n_audit_routes = ELEMENTSOF(audit_routes);
