/* SPDX-License-Identifier: Apache-2.0 */
/* Commands over persons, log-ins and passwords. The security administrator may do nothing to himself. */

#include <string.h>

#include <node/text.h>

#include "identity-kernel.h"

static bool login_form_valid(const char *name) {
        size_t size = strlen(name);

        return size >= 3 && size <= 32 && name[0] >= 'a' && name[0] <= 'z' &&
               strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-") == size;
}

/* A log-in of the person with a one-time password. Names are unique in the node, whatever the office. */
static int login_make(Request *q, Id person, const char *name, bool locked, LoginOutput *ret) {
        Login login = { .person = person, .name = name, .locked = locked };
        char password[ONE_TIME_MAX], hash[ONE_TIME_HASH_MAX];
        int64_t other;

        if (!login_form_valid(name))
                return refuse(q, "identity.login_form", "login", NULL);
        int r = tx_integer(q->tx, &query_login_taken, SQL_ARGS(value_text(name)), &other);
        if (r != -ENOENT)
                return r < 0 ? r : refuse(q, "identity.login_taken", "login", name, NULL);
        r = record_insert(q, &record_login, &login);
        if (r == 0)
                r = one_time_make(q->clock, password, hash);
        if (r == 0)
                r = tx_exec(q->tx, &query_credential_insert,
                        SQL_ARGS(value_id(login.head.id), value_text(hash), value_integer(q->now.ms)), NULL);
        if (r < 0)
                return r;
        *ret = (LoginOutput){ person, login.head.id, arena_strdup(q->arena, password) };
        return ret->password ? 0 : -ENOMEM;
}

/* Whether the organization is one in force: read from the business store, before the system's is written. */
int create_person_prepare(
        Engine *engine, const Caller *caller, const void *input, Arena *arena, void **ret) {
        const Record *record = registry_record(engine->registry, "organization");
        const PersonInput *in = input;
        json_t *page = NULL;

        if (in->organization.value == 0)
                return 0;
        int r = record ? record_page_json(engine, &(Caller){ .office = caller->office }, record,
                                 in->organization, &page)
                       : -ENOENT;
        if (r == 0) {
                const char *state =
                        json_string_value(json_object_get(json_object_get(page, "row"), "state"));
                *ret = text_equal(state, "active") ? arena_strdup(arena, state) : NULL;
        }
        json_decref(page);
        return r == -ENOENT ? 0 : r;
}

int run_create_person(Request *q, const void *input, void *ret_output) {
        const PersonInput *in = input;
        Person person = {
                .name = in->name,
                .staff_number = in->staff_number,
                .home_office = in->home_office,
                .organization = in->organization,
        };

        if (in->organization.value != 0 && !request_prepared(q))
                return refuse(q, "identity.no_organization", "organization", NULL);
        int r = record_insert(q, &record_person, &person);
        return r < 0 ? r : login_make(q, person.head.id, in->login, false, ret_output);
}

/* Of somebody who may hold posts already: whoever makes it sees its one-time password, so another administrator, who
 * gives posts and does not see it, opens it. */
int run_add_login(Request *q, const void *input, void *ret_output) {
        const LoginInput *in = input;
        Person person;

        int r = record_load(q, &record_person, in->person, &person);
        if (r == 0)
                r = left_check(q, in->person, "person");
        return r < 0 ? r : login_make(q, person.head.id, in->login, true, ret_output);
}

/* Somebody else's log-in of this office. */
static int other_login_load(Request *q, Id id, Login *ret) {
        int r = record_load(q, &record_login, id, ret);

        if (r == 0 && q->person.value != 0 && ret->person.value == q->person.value)
                return refuse(q, "identity.oneself", "login", NULL);
        return r;
}

/* Who has left does not come back under the same person: his history ends where it ended. */
int left_check(Request *q, Id person, const char *field) {
        int64_t departure;
        int r = tx_integer(q->tx, &query_departure_left, SQL_ARGS(value_id(person)), &departure);

        return r == -ENOENT ? 0 : r < 0 ? r : refuse(q, "identity.left_already", field, NULL);
}

int run_reset_password(Request *q, const void *input, void *ret_output) {
        const LoginReasonInput *in = input;
        LoginOutput *out = ret_output;
        char password[ONE_TIME_MAX], hash[ONE_TIME_HASH_MAX];
        Login login;

        int r = other_login_load(q, in->login, &login);
        if (r == 0)
                r = record_update(q, &record_login, &login, in->reason);
        if (r == 0)
                r = one_time_make(q->clock, password, hash);
        if (r == 0)
                r = tx_exec(q->tx, &query_credential_set,
                        SQL_ARGS(value_id(login.head.id), value_text(hash), value_integer(1),
                                value_integer(q->now.ms)),
                        NULL);
        if (r == 0)
                r = tx_exec(q->tx, &query_session_delete_login, SQL_ARGS(value_id(login.head.id)), NULL);
        if (r == 0)
                r = tx_exec(q->tx, &query_place_forget, SQL_ARGS(value_id(login.head.id)), NULL);
        if (r < 0)
                return r;
        *out = (LoginOutput){ login.person, login.head.id, arena_strdup(q->arena, password) };
        return out->password ? request_note(q, "password_reset", login.name) : -ENOMEM;
}

int run_lock(Request *q, const void *input, void *ret_output) {
        const LoginReasonInput *in = input;
        Login login;

        int r = other_login_load(q, in->login, &login);
        if (r < 0)
                return r;
        if (login.locked)
                return refuse(q, "identity.locked_already", "login", NULL);
        login.locked = 1;
        r = record_update(q, &record_login, &login, in->reason);
        if (r < 0)
                return r;
        return tx_exec(q->tx, &query_session_delete_login, SQL_ARGS(value_id(login.head.id)), NULL);
}

/* Both kinds of lock: the administrator's and that of too many failures. */
int run_unlock(Request *q, const void *input, void *ret_output) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        const LoginReasonInput *in = input;
        int64_t places = 0;
        Login login;

        int r = other_login_load(q, in->login, &login);
        if (r == 0)
                r = left_check(q, login.person, "login");
        if (r == 0)
                r = tx_integer(q->tx, &query_place_locked, SQL_ARGS(value_id(login.head.id)), &places);
        if (r == 0)
                r = tx_query(q->tx, &query_credential_select, SQL_ARGS(value_id(login.head.id)), &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        bool timed = rows_integer(rows, 4) > q->now.ms || places > q->now.ms;
        rows = rows_close(rows);
        if (!login.locked && !timed)
                return refuse(q, "identity.not_locked", "login", NULL);
        login.locked = 0;
        r = record_update(q, &record_login, &login, in->reason);
        if (r < 0)
                return r;
        r = tx_exec(q->tx, &query_place_unlock, SQL_ARGS(value_id(login.head.id)), NULL);
        return r < 0 ? r : tx_exec(q->tx, &query_credential_lock, SQL_ARGS(value_id(login.head.id)), NULL);
}

static int history_add(Request *q, Id login, const char *hash) {
        int64_t number;

        int r = tx_integer(q->tx, &query_history_last, SQL_ARGS(value_id(login)), &number);
        if (r < 0)
                return r;
        number++;
        r = tx_exec(q->tx, &query_history_insert,
                SQL_ARGS(value_id(login), value_integer(number), value_text(hash)), NULL);
        if (r < 0)
                return r;
        return tx_exec(q->tx, &query_history_trim,
                SQL_ARGS(value_id(login), value_integer(number - PASSWORD_HISTORY)), NULL);
}

/* Only from identity_password_change(), which has checked and hashed. */
int run_change_password(Request *q, const void *input, void *ret_output) {
        const PasswordInput *in = input;
        Login login;

        int r = record_load(q, &record_login, in->login, &login);
        if (r < 0)
                return r;
        if (login.person.value != q->person.value)
                return -EFORBIDDEN_;
        r = record_update(q, &record_login, &login, NULL);
        if (r == 0)
                r = tx_exec(q->tx, &query_credential_set,
                        SQL_ARGS(value_id(login.head.id), value_text(in->hash), value_integer(0),
                                value_integer(q->now.ms)),
                        NULL);
        if (r == 0)
                r = history_add(q, login.head.id, in->hash);
        if (r < 0)
                return r;
        return tx_exec(q->tx, &query_session_delete_others,
                SQL_ARGS(value_id(login.head.id), value_integer(in->session)), NULL);
}

int run_end_session(Request *q, const void *input, void *ret_output) {
        const SessionInput *in = input;
        SecurityEvent event = { .instant = q->now, .kind = "session_ended", .login = "", .address = "" };
        int64_t person;

        int r = tx_integer(q->tx, &query_session_office,
                SQL_ARGS(value_integer(in->session), value_integer(q->office)), &person);
        if (r == -ENOENT)
                return refuse(q, "identity.no_session", "session", NULL);
        if (r < 0)
                return r;
        event.person.value = person;
        event.detail = text_short(q->arena, in->reason, 120);
        if (!event.detail)
                return -ENOMEM;
        r = record_insert(q, &record_security_event, &event);
        return r < 0 ? r : tx_exec(q->tx, &query_session_delete, SQL_ARGS(value_integer(in->session)), NULL);
}

int run_note_event(Request *q, const void *input, void *ret_output) {
        const EventInput *in = input;
        SecurityEvent event = { .instant = q->now,
                .kind = in->kind,
                .person = in->person,
                .login = in->login,
                .address = in->address,
                .detail = in->detail };

        return record_insert(q, &record_security_event, &event);
}

/* All three or none: a node with a part of its administrators could not be brought to order by them. */
int run_first_start(Request *q, const void *input, void *ret_output) {
        FirstStartOutput *out = ret_output;
        const char **passwords[] = { &out->system, &out->security, &out->audit };
        SecurityEvent event = {
                .instant = q->now, .kind = "first_start", .login = "", .address = "", .detail = ""
        };
        int64_t other;

        int r = tx_integer(q->tx, &query_person_any, SQL_NO_ARGS, &other);
        if (r != -ENOENT)
                return r < 0 ? r : -EEXIST;
        for (size_t i = 0; i < ELEMENTSOF(passwords); i++) {
                const PostKind *kind = &post_kinds[i];
                PersonInput person = { .name = kind->label, .staff_number = "", .login = kind->code };
                PostInput post = { .kind = kind->code, .valid_from = q->today };
                LoginOutput made = { 0 };
                IdOutput ignored;

                r = command_call(q, &command_create_person, &person, &made);
                if (r < 0)
                        return r;
                *passwords[i] = made.password;
                post.person = made.person;
                r = command_call(q, &command_set_post, &post, &ignored);
                if (r < 0)
                        return r;
        }
        return record_insert(q, &record_security_event, &event);
}
