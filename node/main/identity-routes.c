/* SPDX-License-Identifier: Apache-2.0 */
/* What waits for somebody who leaves, what of others concerns oneself, and one's own second factors. */

#include <stdio.h>
#include <string.h>

#include <internal/papers.h>
#include <node/date.h>
#include <node/error.h>
#include <node/text.h>

#include "routes.h"

static void open_work(WebRequest *request, WebReply *reply) {
        const RouteData *data = request->data;
        json_t *list = json_array();
        OpenWorkRow *rows = NULL;
        size_t n = 0;
        Id person;

        int r = web_id_parse(web_parameter(request, "person"), &person);
        if (r == 0)
                r = identity_permit(data->identity, &request->caller, "command:identity.prepare_departure");
        if (r == 0)
                r = identity_open_work(
                        request->engine, request->caller.office, person, request->arena, &rows, &n);
        for (size_t i = 0; r == 0 && i < n; i++)
                json_array_append_new(list, json_pack("{s:s,s:s,s:I,s:s}", "label", rows[i].work->label,
                                                    "view", rows[i].work->view->name, "count",
                                                    (json_int_t) rows[i].count, "first", rows[i].first));
        if (r < 0) {
                json_decref(list);
                web_reply_error(request, reply, r, NULL);
        } else
                web_reply_json(reply, json_pack("{s:o}", "rows", list));
}

/* Rows of a list in which a column names the caller; read by the system, because only these are his to see.
 */
static int rows_of(const WebRequest *request, const char *view_name, const char *column, json_t *list) {
        const View *view = registry_view(request->engine->registry, view_name);
        ViewCall call = { .limit = VIEW_LIMIT_MAX };
        json_t *answer = NULL;
        char id[24];

        snprintf(id, sizeof(id), "%lld", (long long) request->caller.person.value);
        call.filters[call.n_filters++] = (Filter){ column, FILTER_EQUAL, id };
        int r = view ? view_list_json(request->engine, &(Caller){ .office = request->caller.office }, view,
                               &call, &answer)
                     : -ENOENT;
        if (r == 0)
                json_array_extend(list, json_object_get(answer, "rows"));
        json_decref(answer);
        return r;
}

static void affairs(WebRequest *request, WebReply *reply) {
        static const struct {
                const char *list, *view, *column;
        } parts[] = {
                { "delegations", "identity.delegations", "principal" },
                { "delegations", "identity.delegations", "delegate" },
                { "departures", "identity.departures", "person" },
                { "departures", "identity.departures", "receiver" },
                { "departures", "identity.departures", "witness" },
        };
        json_t *object = json_pack("{s:[],s:[]}", "delegations", "departures");
        int r = object ? 0 : -ENOMEM;

        for (size_t i = 0; r == 0 && i < ELEMENTSOF(parts); i++)
                r = rows_of(request, parts[i].view, parts[i].column, json_object_get(object, parts[i].list));
        if (r < 0) {
                json_decref(object);
                web_reply_error(request, reply, r, NULL);
        } else
                web_reply_json(reply, object);
}

static json_t *id_text(int64_t value) {
        return json_sprintf("%lld", (long long) value);
}

static void factors(WebRequest *request, WebReply *reply) {
        const RouteData *data = request->data;
        json_t *list = json_array(), *requests = json_array();
        FactorRow *rows = NULL;
        size_t n = 0;

        int r = identity_factors(data->identity, request->session.own, request->arena, &rows, &n);
        for (size_t i = 0; r == 0 && i < n; i++)
                json_array_append_new(list,
                        json_pack("{s:o,s:s,s:s,s:o}", "id", id_text(rows[i].id.value), "kind", rows[i].kind,
                                "label", rows[i].label, "bound", id_text(rows[i].bound.ms)));
        if (r == 0)
                r = rows_of(request, "identity.factor_requests", "person", requests);
        if (r < 0) {
                json_decref(list);
                json_decref(requests);
                web_reply_error(request, reply, r, NULL);
        } else
                web_reply_json(reply, json_pack("{s:o,s:o}", "factors", list, "requests", requests));
}

static json_t *text_array(const char *const *texts, size_t n) {
        json_t *list = json_array();

        for (size_t i = 0; i < n; i++)
                json_array_append_new(list, json_string(texts[i]));
        return list;
}

static void totp_begin(WebRequest *request, WebReply *reply) {
        const RouteData *data = request->data;
        const char *password = web_json_text(request, "password"), **rows = NULL;
        TotpEnrolment made = { 0 };
        Refusal refusal = { 0 };
        size_t n = 0;

        int r = password && strlen(password) <= PASSWORD_BYTES_MAX ? 0 : -EMALFORMED_;
        if (r == 0)
                r = identity_totp_begin(
                        data->identity, request->session.own, password, request->arena, &made, &refusal);
        if (r == 0)
                r = qr_rows(made.uri, request->arena, &rows, &n);
        if (r == -EAUTHENTICATE_) {
                refusal = (Refusal){ .code = "identity.password_wrong", .field = "password" };
                r = -EREFUSED_;
        }
        if (r < 0)
                web_reply_error(request, reply, r == -EAGAIN ? -EUSERS : r, &refusal);
        else
                web_reply_json(reply, json_pack("{s:s,s:s,s:o}", "secret", made.secret, "uri", made.uri,
                                              "qr", text_array(rows, n)));
}

static void totp_confirm(WebRequest *request, WebReply *reply) {
        const RouteData *data = request->data;
        const char *code = web_json_text(request, "code"), *label = web_json_text(request, "label");
        Refusal refusal = { 0 };

        int r = code ? identity_totp_confirm(data->identity, request->session.own, code, label ? label : "",
                               request->arena, &refusal)
                     : -EMALFORMED_;
        if (r < 0)
                web_reply_error(request, reply, r, &refusal);
        else
                web_reply_empty(reply);
}

static void matrix(WebRequest *request, WebReply *reply) {
        const RouteData *data = request->data;
        const char *day = web_parameter(request, "day");
        json_t *persons = NULL;
        Date date;

        int r = day ? date_parse(day, &date) : -EMALFORMED_;
        if (r < 0)
                r = -EMALFORMED_;
        if (r == 0)
                r = identity_permit(data->identity, &request->caller, "view:identity.rights");
        if (r == 0)
                r = identity_matrix(data->identity, request->caller.office, date, &persons);
        if (r < 0)
                web_reply_error(request, reply, r, NULL);
        else
                web_reply_json(reply, json_pack("{s:s,s:o}", "day", day, "persons", persons));
}

static void challenge(WebRequest *request, WebReply *reply) {
        const RouteData *data = request->data;
        char text[CHALLENGE_MAX];

        int r = identity_challenge(data->identity, text);
        if (r < 0)
                web_reply_error(request, reply, r, NULL);
        else
                web_reply_json(
                        reply, json_pack("{s:s,s:s+}", "challenge", text, "text", CHALLENGE_PREFIX, text));
}

const WebRoute identity_routes[] = {
        { "GET", "/api/rights", 0, 0, matrix, "who may do what on a day: ?day=2026-11-23" },
        { "GET", "/api/factors", WEB_MUST_ENROL | WEB_ORGANIZATION, 0, factors,
                "one's own second factors, and what others asked for them" },
        { "POST", "/api/factors/totp", WEB_MUST_ENROL | WEB_ORGANIZATION, 4096, totp_begin,
                "a secret for one-time codes, as text and as rows of a QR code" },
        { "POST", "/api/factors/totp/confirm", WEB_MUST_ENROL | WEB_ORGANIZATION, 4096, totp_confirm,
                "its first code binds it" },
        { "POST", "/api/challenge", WEB_OPEN, 4096, challenge,
                "a text that a key signs to come in: once, within two minutes" },
        { "GET", "/api/open-work", 0, 0, open_work, "what waits for a person, before he leaves: ?person=" },
        { "GET", "/api/affairs", 0, 0, affairs, "delegations and hand-over sheets that name the caller" },
};
const size_t n_identity_routes = ELEMENTSOF(identity_routes);
