/* SPDX-License-Identifier: Apache-2.0 */
/* Connects the web front with node/identity; nothing is decided here. */

#include <stdio.h>
#include <string.h>

#include <internal/identity.h>

#include "web-private.h"

_Static_assert(SESSION_TOKEN_MAX <= WEB_TOKEN_MAX, "a session's token fits");

/* Locked is "too many" in HTTP; elsewhere -EAGAIN would say "try again at once". */
static int locked_as_many(int result) {
        return result == -EAGAIN ? -EUSERS : result;
}

static int session_copy(const Session *session, Arena *arena, WebSession *ret) {
        const Session *own = arena_copy(arena, session, sizeof(*session));
        if (!own)
                return -ENOMEM;
        *ret = (WebSession){
                .session = { session->id },
                .person = session->person,
                .organization = session->organization,
                .office = session->office,
                .name = session->person_name,
                .login = session->login_name,
                .must_change = session->must_change,
                .must_enrol = session->must_enrol,
                .own = own,
        };
        return 0;
}

static SecondFactor second_of(const WebProof *proof) {
        return (SecondFactor){ .code = proof->code,
                .certificate = proof->certificate,
                .challenge = proof->challenge,
                .signature = proof->signature };
}

static int link_login(void *data, const WebRequest *request, const char *login, const WebProof *proof,
        char ret_token[static WEB_TOKEN_MAX], WebSession *ret, WebWanted *ret_wanted) {
        WebIdentityLink *link = data;
        LoginCall call = { .login = login,
                .password = proof->password,
                .address = request->address,
                .agent = request->agent,
                .second = second_of(proof),
                .ret_refusal = &ret_wanted->refusal };
        Session session = { 0 };
        unsigned wanted = 0;

        int r = identity_login_with(link->identity, &call, request->arena, &session, &wanted);
        if (r == 0)
                r = session_copy(&session, request->arena, ret);
        for (unsigned bit = 1; r == -ESTEPUP_ && bit <= FACTOR_SM2; bit <<= 1)
                if (wanted & bit)
                        ret_wanted->kinds[ret_wanted->n++] = factor_kind_code(bit);
        if (r < 0)
                return locked_as_many(r);
        strcpy(ret_token, session.token);
        return 0;
}

static int link_session(void *data, const char *token, Arena *arena, WebSession *ret) {
        WebIdentityLink *link = data;
        Session session = { 0 };

        int r = identity_session(link->identity, token, arena, &session);
        return r < 0 ? r : session_copy(&session, arena, ret);
}

static int link_logout(void *data, const char *token, const char *address) {
        WebIdentityLink *link = data;
        return identity_logout(link->identity, token, address);
}

static int link_password(void *data, const WebRequest *request, const char *old_password,
        const char *new_password, Refusal *ret) {
        WebIdentityLink *link = data;
        return locked_as_many(identity_password_change(
                link->identity, request->session.own, old_password, new_password, request->arena, ret));
}

static int link_step_up(void *data, const WebRequest *request, const WebProof *shown, const Command *command,
        const json_t *input, const char **ret_proof) {
        WebIdentityLink *link = data;
        StepUpCall call = { .session = request->session.own,
                .password = shown->password,
                .second = second_of(shown),
                .command = command };
        char proof[SESSION_TOKEN_MAX];

        int r = command_digest_json(link->engine, command, input, request->arena, &call.input);
        if (r == 0)
                r = locked_as_many(identity_step_up(link->identity, &call, proof));
        if (r < 0)
                return r;
        *ret_proof = arena_strdup(request->arena, proof);
        return *ret_proof ? 0 : -ENOMEM;
}

/* Doors that pages stand behind. The rights to them are called "other:" and the door's name. */
static const char *const doors[] = { "facts.read", "federation.read", "audit.chain", "audit.saw",
        "audit.year", "filing.send", "attachment.write" };

static const char **link_doors(WebIdentityLink *link, const WebRequest *request, size_t *ret_n) {
        const char **held = ARENA_ARRAY(request->arena, const char *, ELEMENTSOF(doors));
        char function[64];

        *ret_n = 0;
        for (size_t i = 0; held && i < ELEMENTSOF(doors); i++) {
                snprintf(function, sizeof(function), "other:%s", doors[i]);
                if (identity_holds(link->identity, &request->caller, function) == 0)
                        held[(*ret_n)++] = doors[i];
        }
        return held;
}

static int link_emergency(WebIdentityLink *link, const WebRequest *request, const WebEmergency **ret) {
        EmergencyState state;
        WebEmergency told;

        int r = identity_emergency(link->identity, request->caller.office, request->arena, &state);
        if (r < 0)
                return r == -ENOENT ? 0 : r;
        told = (WebEmergency){ .id = state.id,
                .kind = state.kind,
                .declared_by = state.declared_by,
                .declared_at = state.declared_at };
        r = identity_administers(link->identity, request->caller.person, request->caller.office);
        if (r < 0)
                return r;
        told.read_only = r == 0 && state.measures & EMERGENCY_READ_ONLY;
        *ret = arena_copy(request->arena, &told, sizeof(told));
        return *ret ? 0 : -ENOMEM;
}

static int link_functions(void *data, const WebRequest *request, WebFunctions *ret) {
        WebIdentityLink *link = data;
        Functions functions = { 0 };

        int r = identity_functions(link->identity, &request->caller, request->arena, &functions);
        if (r < 0)
                return r;
        *ret = (WebFunctions){
                .commands = functions.commands,
                .n_commands = functions.n_commands,
                .views = functions.views,
                .n_views = functions.n_views,
                .posts = functions.posts,
                .n_posts = functions.n_posts,
                .watermark = functions.watermark,
        };
        r = identity_password_characters(link->identity, request->caller.office, &ret->password_characters);
        if (r < 0)
                return r;
        ret->doors = link_doors(link, request, &ret->n_doors);
        return ret->doors ? link_emergency(link, request, &ret->emergency) : -ENOMEM;
}

static json_t *number_text(int64_t number) {
        return json_sprintf("%lld", (long long) number);
}

static int link_sessions(void *data, const WebRequest *request, json_t **ret) {
        WebIdentityLink *link = data;
        SessionRow *rows = NULL;
        size_t n = 0;

        int r = identity_sessions(link->identity, request->session.own, request->arena, &rows, &n);
        if (r < 0)
                return r;
        json_t *list = json_array();
        for (size_t i = 0; i < n; i++)
                json_array_append_new(list,
                        json_pack("{s:o,s:s,s:s,s:s,s:o,s:o,s:b}", "id", number_text(rows[i].id), "address",
                                rows[i].address, "agent", rows[i].agent, "factor", rows[i].factor, "created",
                                number_text(rows[i].started.ms), "last_seen", number_text(rows[i].seen.ms),
                                "current", (int) (rows[i].id == request->session.session.value)));
        *ret = list;
        return 0;
}

static int link_session_end(void *data, const WebRequest *request, Id which) {
        WebIdentityLink *link = data;
        return identity_session_end(link->identity, request->session.own, which.value);
}

static int link_sessions_end_others(void *data, const WebRequest *request) {
        WebIdentityLink *link = data;
        return identity_sessions_end_others(link->identity, request->session.own);
}

void web_identity_fill(WebIdentityLink *link, WebIdentity *ret) {
        *ret = (WebIdentity){
                .data = link,
                .login = link_login,
                .session = link_session,
                .logout = link_logout,
                .password = link_password,
                .step_up = link_step_up,
                .functions = link_functions,
                .sessions = link_sessions,
                .session_end = link_session_end,
                .sessions_end_others = link_sessions_end_others,
        };
}
