/* SPDX-License-Identifier: Apache-2.0 */
/* Federation and facts over HTTP. */

#include <stdlib.h>
#include <string.h>

#include <node/error.h>
#include <node/text.h>

#include "routes.h"

#define FEDERATION_READ "other:federation.read"
#define FACTS_READ "other:facts.read"

/* The service, when the caller holds the function. -EFORBIDDEN_; -ENOENT: not enrolled yet. */
static int service_for(const WebRequest *request, const char *function, FederationService **ret) {
        const RouteData *data = request->data;

        int r = identity_permit(data->identity, &request->caller, function);
        if (r < 0)
                return r;
        *ret = data->federation;
        return *ret ? 0 : -ENOENT;
}

static void answer(const WebRequest *request, WebReply *reply, int r, json_t *object) {
        if (r < 0)
                web_reply_error(request, reply, r == -EINVAL ? -EMALFORMED_ : r, NULL);
        else
                web_reply_json(reply, object);
}

/* A number among the parameters; absent is 0. */
static int parameter_integer(const WebRequest *request, const char *name, int64_t *ret) {
        const char *text = web_parameter(request, name);

        *ret = 0;
        return text_empty(text) ? 0 : integer_parse(text, ret);
}

static void tree_get(WebRequest *request, WebReply *reply) {
        FederationService *service;
        json_t *object = NULL;

        int r = service_for(request, FEDERATION_READ, &service);
        if (r == 0)
                r = federation_tree_json(service, &request->caller, &object);
        answer(request, reply, r, object);
}

static void batches_get(WebRequest *request, WebReply *reply) {
        FederationService *service;
        const char *stream = web_parameter(request, "stream");
        BatchListAsk ask = { .after = web_parameter(request, "after") };
        json_t *object = NULL;
        int64_t limit;

        int r = service_for(request, FEDERATION_READ, &service);
        if (r == 0)
                r = parameter_integer(request, "office", &ask.office);
        if (r == 0)
                r = parameter_integer(request, "limit", &limit);
        if (r == 0 && !text_empty(stream))
                r = federation_stream_parse(stream, &ask.stream);
        if (r == 0) {
                ask.limit = limit > 0 ? (size_t) limit : 0;
                r = federation_batches_json(service, &request->caller, &ask, &object);
        }
        answer(request, reply, r, object);
}

static void batch_get(WebRequest *request, WebReply *reply) {
        FederationService *service;
        int64_t office, epoch, seq;
        json_t *object = NULL;

        int r = service_for(request, FEDERATION_READ, &service);
        if (r == 0)
                r = integer_parse(request->captures[0], &office);
        if (r == 0)
                r = integer_parse(request->captures[2], &epoch);
        if (r == 0)
                r = integer_parse(request->captures[3], &seq);
        if (r == 0)
                r = federation_batch_json(
                        service, &request->caller, office, request->captures[1], epoch, seq, &object);
        answer(request, reply, r, object);
}

static void facts_get(WebRequest *request, WebReply *reply) {
        FederationService *service;
        int64_t from, to;
        json_t *object = NULL;
        FactsAsk ask = { .measures = web_parameter(request, "measures"),
                .by = web_parameter(request, "by") };

        int r = service_for(request, FACTS_READ, &service);
        if (r == 0)
                r = parameter_integer(request, "office", &ask.office);
        if (r == 0)
                r = parameter_integer(request, "from", &from);
        if (r == 0)
                r = parameter_integer(request, "to", &to);
        if (r == 0 && (from < 0 || from > 999912 || to < 0 || to > 999912))
                r = -EMALFORMED_;
        if (r == 0) {
                ask.from = (int32_t) from;
                ask.to = (int32_t) to;
                r = federation_facts_json(service, &request->caller, &ask, &object);
        }
        answer(request, reply, r, object);
}

const WebRoute federation_routes[] = {
        { "GET", "/api/federation", 0, 0, tree_get, "tree below this node, with lag and silence" },
        { "GET", "/api/federation/batches", 0, 0, batches_get, "batches held here" },
        { "GET", "/api/federation/batch/{office}/{stream}/{epoch}/{seq}", 0, 0, batch_get,
                "one batch: header, signature, acknowledgements, rows set aside" },
        { "GET", "/api/facts", 0, 0, facts_get, "figures by child, month, phase or nature" },
};
const size_t n_federation_routes = ELEMENTSOF(federation_routes);
