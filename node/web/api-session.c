/* SPDX-License-Identifier: Apache-2.0 */
/* Who one is: log-in, log-out, password, step-up, rights and menu, one's own sessions. The rules are
 * identity's. */

#include <string.h>

#include "web-private.h"

#define LOGIN_BYTES_MAX 200
#define TYPED_BYTES_MAX 512 /* what may be typed as a password; identity's own limit is lower */
#define SESSION_BODY_MAX 4096
#define CODE_BYTES_MAX 16
#define CHALLENGE_BYTES_MAX 128
#define SIGNATURE_BYTES_MAX 160

static const char cookie_flags[] = "Path=/; Secure; HttpOnly; SameSite=Strict";

/* A text of the body within bounds; NULL answers 400 and names the field. */
static const char *text_of(const WebRequest *request, WebReply *reply, const char *name, size_t max) {
        const char *text = web_json_text(request, name);

        if (text && *text && strlen(text) <= max)
                return text;
        reply_code(request, reply, 400, "node.bad_form", name);
        return NULL;
}

static void id_set(json_t *object, const char *name, int64_t value) {
        char text[24];

        snprintf(text, sizeof(text), "%lld", (long long) value);
        json_object_set_new(object, name, json_string(text));
}

static json_t *person_object(const WebSession *session) {
        json_t *person = json_object();

        id_set(person, "id", session->person.value);
        json_object_set_new(person, "name", json_string(session->name ? session->name : ""));
        if (session->login)
                json_object_set_new(person, "login", json_string(session->login));
        return person;
}

/* What stands in the body beside the password; too long counts as absent. */
static const char *optional_of(const WebRequest *request, const char *name, size_t max) {
        const char *text = web_json_text(request, name);

        return text && *text && strlen(text) <= max ? text : NULL;
}

static WebProof proof_of(const WebRequest *request, const char *password) {
        return (WebProof){ .password = password,
                .code = optional_of(request, "code", CODE_BYTES_MAX),
                .certificate = request->certificate,
                .challenge = optional_of(request, "challenge", CHALLENGE_BYTES_MAX),
                .signature = optional_of(request, "signature", SIGNATURE_BYTES_MAX) };
}

static json_t *wanted_array(const WebWanted *wanted) {
        json_t *list = json_array();

        for (size_t i = 0; i < wanted->n; i++)
                json_array_append_new(list, json_string(wanted->kinds[i]));
        return list;
}

static void login(WebRequest *request, WebReply *reply) {
        const WebIdentity *identity = request->web->options.identity;
        const char *name = text_of(request, reply, "login", LOGIN_BYTES_MAX);
        const char *password = name ? text_of(request, reply, "password", TYPED_BYTES_MAX) : NULL;
        char token[WEB_TOKEN_MAX] = "";
        WebSession session = { 0 };
        WebWanted wanted = { 0 };

        if (!password)
                return;
        WebProof proof = proof_of(request, password);
        int r = identity->login(identity->data, request, name, &proof, token, &session, &wanted);
        if (r == -ESTEPUP_) {
                web_reply_json(reply, json_pack("{s:o}", "second", wanted_array(&wanted)));
                return;
        }
        if (r == -EAUTHENTICATE_) {
                reply_code(request, reply, 401, "node.wrong_login", NULL);
                return;
        }
        if (r < 0) {
                web_reply_error(request, reply, r, &wanted.refusal);
                return;
        }
        web_reply_json(reply, json_pack("{s:o,s:b,s:b}", "person", person_object(&session), "must_change",
                                      (int) session.must_change, "must_enrol", (int) session.must_enrol));
        snprintf(reply->cookie, sizeof(reply->cookie), WEB_COOKIE "=%s; %s", token, cookie_flags);
}

static void logout(WebRequest *request, WebReply *reply) {
        const WebIdentity *identity = request->web->options.identity;

        int r = request->token ? identity->logout(identity->data, request->token, request->address) : 0;
        if (r < 0 && r != -EAUTHENTICATE_ && r != -ENOENT) {
                web_reply_error(request, reply, r, NULL);
                return;
        }
        web_reply_empty(reply);
        snprintf(reply->cookie, sizeof(reply->cookie), WEB_COOKIE "=; Max-Age=0; %s", cookie_flags);
}

static void password_change(WebRequest *request, WebReply *reply) {
        const WebIdentity *identity = request->web->options.identity;
        const char *old_password = text_of(request, reply, "old", TYPED_BYTES_MAX);
        const char *new_password = old_password ? text_of(request, reply, "new", TYPED_BYTES_MAX) : NULL;
        Refusal refusal = { 0 };

        if (!new_password)
                return;
        int r = identity->password(identity->data, request, old_password, new_password, &refusal);
        if (r == -EAUTHENTICATE_)
                reply_code(request, reply, 422, "node.wrong_login", "old");
        else if (r < 0)
                web_reply_error(request, reply, r, &refusal);
        else
                web_reply_empty(reply);
}

static void step_up(WebRequest *request, WebReply *reply) {
        const WebIdentity *identity = request->web->options.identity;
        WebProof shown = proof_of(request, optional_of(request, "password", TYPED_BYTES_MAX));
        bool any = shown.password || shown.code || shown.signature || shown.certificate;
        const char *name = any ? text_of(request, reply, "command", LOGIN_BYTES_MAX)
                               : text_of(request, reply, "password", TYPED_BYTES_MAX);
        const json_t *input = json_object_get(request->json, "input");
        const char *proof = NULL;

        if (!name)
                return;
        const Command *command = registry_command(request->engine->registry, name);
        if (!command || !json_is_object(input)) {
                web_reply_error(request, reply, command ? -EMALFORMED_ : -ENOENT, NULL);
                return;
        }
        int r = identity->step_up(identity->data, request, &shown, command, input, &proof);
        if (r == -EAUTHENTICATE_)
                reply_code(request, reply, 422, "node.wrong_login", shown.password ? "password" : "code");
        else if (r == -ESTEPUP_)
                reply_code(request, reply, 422, "node.second_factor", "code");
        else if (r < 0)
                web_reply_error(request, reply, r, NULL);
        else
                web_reply_json(reply, json_pack("{s:s}", "proof", proof));
}

static bool may_page(const WebFunctions *may, const WebPage *page) {
        for (size_t i = 0; page->view && i < may->n_views; i++)
                if (text_equal(may->views[i]->name, page->view))
                        return true;
        for (size_t i = 0; page->command && i < may->n_commands; i++)
                if (text_equal(may->commands[i]->name, page->command))
                        return true;
        return !page->view && !page->command;
}

/* The items of a group; made when the menu has none of that name. */
static json_t *menu_group(json_t *menu, const char *name) {
        json_t *group;
        size_t i;

        json_array_foreach(menu, i, group) if (text_equal(json_string_value(json_object_get(group, "group")),
                                                       name)) return json_object_get(group, "items");
        json_array_append_new(menu, json_pack("{s:s,s:[]}", "group", name, "items"));
        return json_object_get(json_array_get(menu, json_array_size(menu) - 1), "items");
}

static json_t *me_menu(const WebOptions *options, const WebFunctions *may) {
        json_t *menu = json_array();

        for (size_t i = 0; i < options->n_pages; i++)
                if (may_page(may, &options->pages[i]))
                        json_array_append_new(menu_group(menu, options->pages[i].group),
                                json_pack("{s:s,s:s}", "label", options->pages[i].label, "page",
                                        options->pages[i].page));
        for (size_t i = 0; i < may->n_views; i++)
                if (may->views[i]->menu)
                        json_array_append_new(menu_group(menu, may->views[i]->menu),
                                json_pack("{s:s,s:s}", "label", may->views[i]->label, "view",
                                        may->views[i]->name));
        return menu;
}

static void me_functions(const WebFunctions *may, json_t *object) {
        json_t *commands = json_array(), *views = json_array(), *posts = json_array(), *doors = json_array();

        for (size_t i = 0; i < may->n_commands; i++)
                if (!(may->commands[i]->flags & COMMAND_INTERNAL))
                        json_array_append_new(commands, json_string(may->commands[i]->name));
        for (size_t i = 0; i < may->n_views; i++)
                json_array_append_new(views, json_string(may->views[i]->name));
        for (size_t i = 0; i < may->n_posts; i++)
                json_array_append_new(posts, json_string(may->posts[i]));
        for (size_t i = 0; i < may->n_doors; i++)
                json_array_append_new(doors, json_string(may->doors[i]));
        json_object_set_new(object, "posts", posts);
        json_object_set_new(object, "commands", commands);
        json_object_set_new(object, "views", views);
        json_object_set_new(object, "doors", doors);
}

static bool any_read_only(const Engine *engine) {
        for (size_t i = 0; i < ELEMENTSOF(engine->stores); i++)
                if (engine->stores[i] && store_is_read_only(engine->stores[i]))
                        return true;
        return false;
}

static const char *office_name(const WebRequest *request) {
        const WebOptions *options = &request->web->options;
        const char *name = options->office_name ? options->office_name(options->office_data,
                                                          request->session.office, request->arena)
                                                : NULL;

        if (!name)
                name = options->node_name;
        return name ? name : "";
}

static json_t *emergency_object(const WebEmergency *emergency) {
        json_t *object = json_pack("{s:s,s:s,s:b}", "kind", emergency->kind, "declared_by",
                emergency->declared_by, "read_only", (int) emergency->read_only);

        id_set(object, "declared_at", emergency->declared_at.ms);
        id_set(object, "id", emergency->id.value);
        return object;
}

static void me(WebRequest *request, WebReply *reply) {
        const WebOptions *options = &request->web->options;
        WebFunctions may = { 0 };

        int r = options->identity->functions(options->identity->data, request, &may);
        if (r < 0) {
                web_reply_error(request, reply, r, NULL);
                return;
        }
        json_t *object = json_object();
        json_object_set_new(object, "person", person_object(&request->session));
        json_object_set_new(object, "must_change", json_boolean(request->session.must_change));
        json_object_set_new(object, "must_enrol", json_boolean(request->session.must_enrol));
        if (request->session.organization.value)
                id_set(object, "organization", request->session.organization.value);
        if (may.password_characters > 0)
                json_object_set_new(
                        object, "password_characters", json_integer((json_int_t) may.password_characters));
        if (may.watermark)
                json_object_set_new(object, "watermark", json_string(may.watermark));
        id_set(object, "office", request->session.office);
        json_object_set_new(object, "office_name", json_string(office_name(request)));
        json_object_set_new(object, "level", json_string(options->level ? options->level : ""));
        json_object_set_new(object, "node_name", json_string(options->node_name ? options->node_name : ""));
        json_object_set_new(object, "read_only", json_boolean(any_read_only(request->engine)));
        if (may.emergency)
                json_object_set_new(object, "emergency", emergency_object(may.emergency));
        me_functions(&may, object);
        json_object_set_new(object, "menu", me_menu(options, &may));
        web_reply_json(reply, object);
}

/* Nothing but the status: nginx asks it before it takes a large file. */
static void session_check(WebRequest *request, WebReply *reply) {
        web_reply_empty(reply);
}

static void sessions(WebRequest *request, WebReply *reply) {
        const WebIdentity *identity = request->web->options.identity;
        json_t *list = NULL;

        int r = identity->sessions(identity->data, request, &list);
        if (r < 0)
                web_reply_error(request, reply, r, NULL);
        else
                web_reply_json(reply, json_pack("{s:o}", "sessions", list));
}

static void session_end(WebRequest *request, WebReply *reply) {
        const WebIdentity *identity = request->web->options.identity;
        Id which;

        int r = web_id_parse(web_json_text(request, "id"), &which);
        if (r == 0)
                r = identity->session_end(identity->data, request, which);
        if (r < 0)
                web_reply_error(request, reply, r, NULL);
        else
                web_reply_empty(reply);
}

static void sessions_end_others(WebRequest *request, WebReply *reply) {
        const WebIdentity *identity = request->web->options.identity;

        int r = identity->sessions_end_others(identity->data, request);
        if (r < 0)
                web_reply_error(request, reply, r, NULL);
        else
                web_reply_empty(reply);
}

const WebRoute web_session_routes[] = {
        { "POST", "/api/login", WEB_OPEN, SESSION_BODY_MAX, login, "Log in; sets the session cookie" },
        { "POST", "/api/logout", WEB_OPEN, SESSION_BODY_MAX, logout, "End this session" },
        { "POST", "/api/password", WEB_MUST_CHANGE | WEB_MUST_ENROL | WEB_ORGANIZATION, SESSION_BODY_MAX,
                password_change, "Change one's own password" },
        { "POST", "/api/step-up", 0, 0, step_up, "Second authentication for exactly one command and input" },
        { "GET", "/api/me", WEB_MUST_CHANGE | WEB_MUST_ENROL | WEB_ORGANIZATION, 0, me,
                "Who one is, one's rights and menu" },
        { "GET", "/api/session", WEB_ORGANIZATION, 0, session_check, "204 when logged in" },
        { "GET", "/api/sessions", WEB_ORGANIZATION, 0, sessions, "One's own sessions" },
        { "POST", "/api/sessions/end", WEB_ORGANIZATION, SESSION_BODY_MAX, session_end,
                "End one of one's own sessions" },
        { "POST", "/api/sessions/end-others", WEB_ORGANIZATION, SESSION_BODY_MAX, sessions_end_others,
                "End all of one's own sessions but this one" },
};
const size_t web_session_routes_n = ELEMENTSOF(web_session_routes);
