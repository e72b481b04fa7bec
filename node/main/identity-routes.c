/* SPDX-License-Identifier: Apache-2.0 */
/* What waits for somebody who leaves, and what of others concerns oneself: both look into several lists at
 * once. */

#include <stdio.h>

#include <node/error.h>

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

const WebRoute identity_routes[] = {
        { "GET", "/api/open-work", 0, 0, open_work, "what waits for a person, before he leaves: ?person=" },
        { "GET", "/api/affairs", 0, 0, affairs, "delegations and hand-over sheets that name the caller" },
};
const size_t n_identity_routes = ELEMENTSOF(identity_routes);
