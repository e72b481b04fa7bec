/* SPDX-License-Identifier: Apache-2.0 */
/* The desk of whoever asks, and names of persons, over HTTP. */

#include <string.h>

#include <internal/desk.h>
#include <node/error.h>
#include <node/text.h>

#include "routes.h"

#define DESK_REQUEST_BYTES_MAX (64u << 10)

static int owner_of(const WebRequest *request, DeskOwner *ret, Functions *ret_functions) {
        const RouteData *data = request->data;

        *ret_functions = (Functions){ 0 };
        int r = identity_functions(data->identity, &request->caller, request->arena, ret_functions);
        if (r < 0)
                return r;
        *ret = (DeskOwner){ .office = request->caller.office,
                .person = request->caller.person,
                .posts = ret_functions->post_codes,
                .n_posts = ret_functions->n_posts };
        return 0;
}

static void desk_get(WebRequest *request, WebReply *reply) {
        const char *kind = web_parameter(request, "kind"), *subject = web_parameter(request, "subject");
        json_t *items = NULL, *posts = json_array();
        Functions functions;
        DeskOwner owner;

        int r = kind ? owner_of(request, &owner, &functions) : -EMALFORMED_;
        if (r == 0)
                r = desk_list(request->engine, &owner, kind, subject, &items);
        if (r < 0) {
                json_decref(posts);
                web_reply_error(request, reply, r, NULL);
                return;
        }
        for (size_t i = 0; i < owner.n_posts; i++)
                json_array_append_new(
                        posts, json_pack("{s:s, s:s}", "code", owner.posts[i], "label", functions.posts[i]));
        web_reply_json(reply, json_pack("{s:o, s:o}", "items", items, "posts", posts));
}

static void desk_post(WebRequest *request, WebReply *reply) {
        const DeskItem item = { .kind = web_json_text(request, "kind"),
                .subject = web_json_text(request, "subject"),
                .name = web_json_text(request, "name"),
                .post = web_json_text(request, "post"),
                .body = json_object_get(request->json, "body") };
        Refusal refusal = { 0 };
        Functions functions;
        DeskOwner owner;
        int64_t id = 0;

        int r = owner_of(request, &owner, &functions);
        if (r == 0)
                r = desk_put(request->engine, &owner, &item, request->arena, &id, &refusal);
        if (r < 0)
                web_reply_error(request, reply, r, &refusal);
        else
                web_reply_json(reply, json_pack("{s:o}", "id", json_sprintf("%lld", (long long) id)));
}

static void desk_drop_post(WebRequest *request, WebReply *reply) {
        Functions functions;
        DeskOwner owner;
        Id id;

        int r = web_id_parse(web_json_text(request, "id"), &id);
        if (r == 0)
                r = owner_of(request, &owner, &functions);
        if (r == 0)
                r = desk_drop(request->engine, &owner, id.value);
        if (r < 0)
                web_reply_error(request, reply, r, NULL);
        else
                web_reply_empty(reply);
}

/* "5,7,12" -> ids. */
static int persons_parse(const WebRequest *request, Id *ret, size_t *ret_n) {
        const char *list = web_parameter(request, "persons");
        char *copy = list ? arena_strdup(request->arena, list) : NULL, *rest = copy;

        *ret_n = 0;
        for (char *one; copy && (one = strsep(&rest, ",")) != NULL;) {
                if (*ret_n == NAMES_PER_QUESTION_MAX)
                        return -EMALFORMED_;
                int r = web_id_parse(one, &ret[(*ret_n)++]);
                if (r < 0)
                        return r;
        }
        return copy ? 0 : -EMALFORMED_;
}

static void names_get(WebRequest *request, WebReply *reply) {
        const RouteData *data = request->data;
        const char *names[NAMES_PER_QUESTION_MAX];
        Id persons[NAMES_PER_QUESTION_MAX];
        json_t *object = json_object();
        char key[24];
        size_t n;

        int r = persons_parse(request, persons, &n);
        if (r == 0)
                r = identity_names(
                        data->identity, request->caller.office, persons, n, request->arena, names);
        if (r < 0) {
                json_decref(object);
                web_reply_error(request, reply, r, NULL);
                return;
        }
        for (size_t i = 0; i < n; i++) {
                snprintf(key, sizeof(key), "%lld", (long long) persons[i].value);
                if (!text_empty(names[i]))
                        json_object_set_new(object, key, json_string(names[i]));
        }
        web_reply_json(reply, json_pack("{s:o}", "names", object));
}

const WebRoute desk_routes[] = {
        { "GET", "/api/desk", 0, 0, desk_get, "what one keeps: filters, columns or drafts" },
        { "POST", "/api/desk", 0, DESK_REQUEST_BYTES_MAX, desk_post, "keep a filter, columns or a draft" },
        { "POST", "/api/desk/drop", 0, DESK_REQUEST_BYTES_MAX, desk_drop_post,
                "drop something of one's own" },
        { "GET", "/api/names", 0, 0, names_get, "names of persons of one's office, at most 100" },
};
const size_t n_desk_routes = ELEMENTSOF(desk_routes);
