/* SPDX-License-Identifier: Apache-2.0 */
/* Partner systems over HTTP (13.0.3, 13.0.4): known by the certificate they prove to hold, never by a
 * log-in. What they push becomes differences, what they ask is recorded before it is answered. */

#include <stdio.h>
#include <string.h>

#include <node/date.h>
#include <node/error.h>
#include <node/text.h>

#include "routes.h"

#define NUMBER_MIN 1
#define NUMBER_MAX 36 /* with "partner-" and an id before it, an idempotency key */
#define PAGE_ROWS 100
#define READ_KEY_BYTES 16

typedef struct PartnerCall {
        WebRequest *request;
        json_t *partner; /* its row of the view */
        Caller caller;   /* in the partner's name */
} PartnerCall;

/* The partner registered with this fingerprint; a new reference. -ENOENT */
static int partner_find(const WebRequest *request, const char *fingerprint, json_t **ret) {
        const RouteData *data = request->data;
        const View *view = registry_view(request->engine->registry, "essential.partners");
        const ViewCall call = {
                .filters = { { "fingerprint", FILTER_EQUAL, fingerprint } }, .n_filters = 1, .limit = 1
        };
        json_t *list = NULL;

        if (!view)
                return -ENOENT;
        int r = view_list_json(
                request->engine, &(Caller){ .office = data->node->office }, view, &call, &list);
        if (r < 0)
                return r;
        json_t *row = json_array_get(json_object_get(list, "rows"), 0);
        *ret = json_incref(row);
        json_decref(list);
        return row ? 0 : -ENOENT;
}

static bool partner_open(const json_t *partner, Date today) {
        char now[DATE_TEXT_MAX];
        const char *to = row_text(partner, "valid_to");

        date_format(today, now); /* ISO dates compare as texts */
        return text_equal(row_text(partner, "state"), "active") &&
               strcmp(row_text(partner, "valid_from"), now) <= 0 && (!*to || strcmp(to, now) >= 0);
}

static void partner_note(const PartnerCall *call, const char *detail) {
        const RouteData *data = call->request->data;

        (void) !identity_note(data->identity, &(SecurityNote){ .kind = "forbidden",
                                                      .office = call->caller.office,
                                                      .person = call->caller.person,
                                                      .login = "",
                                                      .address = call->request->address,
                                                      .detail = detail });
}

/* Where the office asked for signed messages, the body's bytes are what is signed. */
static bool body_signed(const WebRequest *request, const json_t *partner) {
        const char *key = row_text(partner, "public_key");
        PublicKey public_key;
        Signature signature;

        if (!*key)
                return true;
        public_key.algorithm = strncmp(key, "01", 2) == 0 ? ALGORITHM_SM2_SM3 : ALGORITHM_P256_SHA256;
        if (strlen(key) != 2 * (1 + sizeof(public_key.point)) ||
                hex_decode(key + 2, public_key.point, sizeof(public_key.point)) < 0)
                return false;
        if (!request->signature || strlen(request->signature) != 2 * sizeof(signature.bytes) ||
                hex_decode(request->signature, signature.bytes, sizeof(signature.bytes)) < 0)
                return false;
        return signature_verify(&public_key, request->body.data, request->body.size, &signature) == 0;
}

/* While the office has closed this door nobody is asked who he is (14.2.5). */
static bool door_closed(WebRequest *request, WebReply *reply) {
        const RouteData *data = request->data;
        Refusal refusal = { 0 };

        int r = identity_emergency_check(
                data->identity, data->node->office, EMERGENCY_PARTNERS, request->arena, &refusal);
        if (r == -EREFUSED_)
                r = -EREADONLY_; /* for partners it passes by itself: 503, come again */
        if (r < 0)
                web_reply_error(request, reply, r, &refusal);
        return r < 0;
}

/* Who calls. False: the answer has been given. On true the caller ends with partner_done(). */
static bool partner_begin(WebRequest *request, WebReply *reply, PartnerCall *ret) {
        const RouteData *data = request->data;
        char hex[2 * sizeof(Digest) + 1];
        Digest fingerprint;
        Id person = { 0 };

        *ret = (PartnerCall){ .request = request, .caller.office = data->node->office };
        if (text_empty(request->partner_certificate)) { /* like any other door */
                web_reply_error(request, reply, -EAUTHENTICATE_, NULL);
                return false;
        }
        if (door_closed(request, reply))
                return false;
        int r = web_certificate_fingerprint(request, &fingerprint);
        if (r == 0) {
                hex_encode(fingerprint.bytes, sizeof(fingerprint.bytes), hex);
                r = partner_find(request, hex, &ret->partner);
        }
        if (r == -EAUTHENTICATE_ || r == -ENOENT) {
                web_reply_code(request, reply, 401, "node.partner_unknown", NULL);
                return false;
        }
        if (r == 0)
                r = web_id_parse(row_text(ret->partner, "person_id"), &person);
        /* a post given since: a machine's door stays shut to people's rights */
        if (r == 0)
                r = identity_person_staff(data->identity, person);
        const bool staff = r > 0;
        ret->caller.person = person;
        if (r < 0) {
                web_reply_error(request, reply, r, NULL);
        } else if (staff) {
                partner_note(ret, "partner's person holds rights");
                web_reply_code(request, reply, 403, "node.partner_closed", NULL);
        } else if (!partner_open(ret->partner, date_of_instant(clock_now(request->engine->clock)))) {
                partner_note(ret, "partner not active");
                web_reply_code(request, reply, 403, "node.partner_closed", NULL);
        } else
                return true;
        json_decref(ret->partner);
        return false;
}

static int command_do(PartnerCall *call, const char *name, const json_t *input, Reply *ret) {
        const Command *command = registry_command(call->request->engine->registry, name);

        if (!command)
                return -ENOENT;
        command_execute_json(
                call->request->engine, &call->caller, command, input, call->request->arena, ret);
        if (ret->result == -EREFUSED_ && text_equal(ret->refusal.code, "essential.partner_kind"))
                partner_note(call, ret->refusal.code);
        return ret->result;
}

/* 1 to 36 letters, digits and hyphens: the partner's own number. */
static bool number_clean(const char *number) {
        size_t n = number ? strlen(number) : 0;

        return n >= NUMBER_MIN && n <= NUMBER_MAX &&
               strspn(number, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-") == n;
}

static json_t *receipt_json(const WebRequest *request, const Reply *done) {
        const Command *command = registry_command(request->engine->registry, "essential.receive_message");
        char seq[24];

        snprintf(seq, sizeof(seq), "%lld", (long long) done->seq);
        json_t *output = done->output ? record_to_json(command->output, done->output) : json_object();
        return json_pack("{s:o,s:s,s:b}", "receipt", output, "seq", seq, "repeated", (int) done->repeated);
}

static void push(WebRequest *request, WebReply *reply) {
        const char *kind = request->captures[0], *number = web_json_text(request, "number");
        Reply done = { 0 };
        PartnerCall call;

        if (!partner_begin(request, reply, &call))
                return;
        if (!body_signed(request, call.partner)) {
                partner_note(&call, "signature of a message");
                web_reply_code(request, reply, 403, "node.partner_signature", NULL);
        } else if (!number_clean(number)) {
                web_reply_code(request, reply, 400, "node.bad_form", "number");
        } else {
                const char *id = row_text(call.partner, "id");
                call.caller.key = arena_printf(request->arena, "partner-%s-%s", id, number);
                json_object_set_new(request->json, "partner_id", json_string(id));
                json_object_set_new(request->json, "kind", json_string(kind));
                int r = call.caller.key
                                ? command_do(&call, "essential.receive_message", request->json, &done)
                                : -ENOMEM;
                if (r < 0)
                        web_reply_error(request, reply, r, &done.refusal);
                else
                        web_reply_json(reply, receipt_json(request, &done));
        }
        json_decref(call.partner);
}

/* --- questions --- */

typedef struct Question {
        const char *kind, *view;
        ViewCall list;
        const char *subject; /* as recorded */
} Question;

static void filter_add(Question *question, const char *column, FilterOperator operator, const char * value) {
        if (text_empty(value))
                return;
        question->list.filters[question->list.n_filters++] =
                (Filter){ .column = column, .operator= operator, .value = value };
}

static int page_read(const WebRequest *request, Question *question) {
        const char *limit = web_parameter(request, "limit"), *page = web_parameter(request, "page");
        int64_t n = PAGE_ROWS;

        if (!text_empty(limit) && (integer_parse(limit, &n) < 0 || n < 1 || n > VIEW_LIMIT_MAX))
                return -EMALFORMED_;
        question->list.limit = (size_t) n;
        question->list.after = text_empty(page) ? NULL : page;
        return 0;
}

/* The access is a commit of its own before anything is read: its number is the cursor, for whatever comes
 * later in the chain has a higher one. */
static int access_note(PartnerCall *call, const Question *question, json_int_t *ret_seq) {
        uint8_t random[READ_KEY_BYTES];
        char hex[2 * READ_KEY_BYTES + 1];
        Reply done = { 0 };
        json_t *input = json_pack("{s:s,s:s,s:s}", "partner_id", row_text(call->partner, "id"), "kind",
                question->kind, "subject", question->subject);

        call->request->engine->clock->random(call->request->engine->clock->data, random, sizeof(random));
        hex_encode(random, sizeof(random), hex);
        call->caller.key = hex;
        int r = input ? command_do(call, "essential.note_access", input, &done) : -ENOMEM;
        json_decref(input);
        *ret_seq = done.seq;
        return r;
}

static void question_answer(WebRequest *request, WebReply *reply, Question *question) {
        const RouteData *data = request->data;
        const View *view = registry_view(request->engine->registry, question->view);
        json_t *list = NULL;
        json_int_t seq = 0;
        char cursor[24];
        PartnerCall call;

        if (!partner_begin(request, reply, &call))
                return;
        int r = question->subject ? page_read(request, question) : -EMALFORMED_;
        if (r == 0)
                r = view ? access_note(&call, question, &seq) : -ENOENT;
        if (r == 0)
                r = view_list_json(request->engine, &(Caller){ .office = data->node->office }, view,
                        &question->list, &list);
        if (r == 0) {
                snprintf(cursor, sizeof(cursor), "%lld", (long long) seq);
                json_object_set_new(list, "cursor", json_string(cursor));
                web_reply_json(reply, list);
        } else
                web_reply_error(request, reply, r == -EREFUSED_ ? -EFORBIDDEN_ : r, NULL);
        json_decref(call.partner);
}

/* One apartment by its code, or an area by its name. */
static const char *place_read(const WebRequest *request, Question *question) {
        const char *code = web_parameter(request, "unit_code"), *area = web_parameter(request, "area");

        filter_add(question, "real_estate_unit_code", FILTER_EQUAL, code);
        filter_add(question, "area_name", FILTER_EQUAL, area);
        filter_add(question, "building_name", FILTER_EQUAL, web_parameter(request, "building"));
        return !text_empty(code) ? code : !text_empty(area) ? area : NULL;
}

static void building_table(WebRequest *request, WebReply *reply) {
        Question question = { .kind = "building_table", .view = "essential.shared_apartments" };

        question.subject = place_read(request, &question);
        question_answer(request, reply, &question);
}

static void deposit_state(WebRequest *request, WebReply *reply) {
        Question question = { .kind = "deposit", .view = "deposit.deposit_states" };

        question.subject = place_read(request, &question);
        question_answer(request, reply, &question);
}

/* A cursor that cannot be read leaves the question without a subject: refused once the caller is known. */
static void changes_answer(WebRequest *request, WebReply *reply, Question *question) {
        const char *since = web_parameter(request, "since");
        int64_t after = 0;

        if (!text_empty(since) && integer_parse(since, &after) == 0 && after >= 0 && after < INT64_MAX) {
                filter_add(question, "change_number", FILTER_MIN,
                        arena_printf(request->arena, "%lld", (long long) after + 1));
                question->subject = arena_printf(request->arena, "since %s", since);
        }
        question_answer(request, reply, question);
}

static void apartment_changes(WebRequest *request, WebReply *reply) {
        Question question = { .kind = "changes", .view = "essential.shared_apartments" };

        changes_answer(request, reply, &question);
}

static void deposit_changes(WebRequest *request, WebReply *reply) {
        Question question = { .kind = "deposit", .view = "deposit.deposit_states" };

        changes_answer(request, reply, &question);
}

const WebRoute partner_routes[] = {
        { "POST", "/api/partner/push/{kind}", WEB_OPEN, 0, push,
                "a partner's message: building_table, areas or ownership; becomes a difference list" },
        { "GET", "/api/partner/building-table", WEB_OPEN, 0, building_table,
                "a partner asks for the building table of an area" },
        { "GET", "/api/partner/deposit-state", WEB_OPEN, 0, deposit_state,
                "a partner asks whether an apartment has paid" },
        { "GET", "/api/partner/changes/apartments", WEB_OPEN, 0, apartment_changes,
                "apartments that changed since a number" },
        { "GET", "/api/partner/changes/deposit", WEB_OPEN, 0, deposit_changes,
                "deposit states that changed since a number" },
};
const size_t n_partner_routes = ELEMENTSOF(partner_routes);
