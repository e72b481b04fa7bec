/* SPDX-License-Identifier: Apache-2.0 */
/* See world.h. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "world.h"

/* A stand-in business module: what rights are asked about. */
static int nothing_run(Request *q, const void *input, void *ret_output) {
        return q->person.value != 0 ? request_other_person(q, (Id){ 1 }, NULL) : 0;
}
const Command command_enter = { .name = "deposit.enter",
        .label = "登记",
        .clause = "5.2.1",
        .store = STORE_SYSTEM,
        .capabilities = CAPABILITY_ANY,
        .run = nothing_run };
const Command command_review = { .name = "deposit.review",
        .label = "复核",
        .clause = "5.2.1",
        .store = STORE_SYSTEM,
        .capabilities = CAPABILITY_ANY,
        .flags = COMMAND_STEP_UP,
        .run = nothing_run };
static const Field pay_fields[] = {
        { .name = "earlier",
                .label = "经办人",
                .kind = KIND_ID,
                .number = 5,
                .offset = offsetof(PayInput, earlier) },
        { .name = "amount",
                .label = "金额",
                .kind = KIND_MONEY,
                .number = 6,
                .offset = offsetof(PayInput, amount) },
};
static const Record record_pay = { .name = "deposit.pay_input",
        .label = "拨付",
        .clause = "14.4.2",
        .shape = SHAPE_VALUE,
        .store = STORE_SYSTEM,
        RECORD_FIELDS(pay_fields, PayInput) };
static int pay_run(Request *q, const void *input, void *ret_output) {
        const PayInput *in = input;

        int r = request_amount(q, in->amount, "amount");
        return r < 0 || in->earlier.value == 0 ? r : request_other_person(q, in->earlier, "earlier");
}
const Command command_pay = { .name = "deposit.approve",
        .label = "审批拨付",
        .clause = "14.4.2",
        .store = STORE_SYSTEM,
        .capabilities = CAPABILITY_ANY,
        .flags = COMMAND_AMOUNT,
        .input = &record_pay,
        .run = pay_run };
const Command command_forgetful = { .name = "deposit.forget",
        .label = "忘记金额",
        .clause = "14.4.2",
        .store = STORE_SYSTEM,
        .capabilities = CAPABILITY_ANY,
        .flags = COMMAND_AMOUNT,
        .run = nothing_run };
static const Command *const sample_commands[] = { &command_enter, &command_review, &command_pay,
        &command_forgetful, NULL };
static const Query query_pays = { "deposit.view_pays",
        "SELECT id, office, person, 'JK' || kind AS number, CASE WHEN detail = 'open' THEN 0 ELSE 1 END AS "
        "state "
        "FROM security_event WHERE kind = 'logout'" };
static const StateName pay_states[] = { { "open", "待办" }, { "done", "已办" }, { NULL, NULL } };
static const Column pay_columns[] = {
        { .name = "id", .label = "编号", .kind = KIND_ID, .flags = COLUMN_HIDDEN },
        { .name = "office", .label = "机构", .kind = KIND_INTEGER, .flags = COLUMN_HIDDEN },
        { .name = "person", .label = "经办人", .kind = KIND_ID, .flags = COLUMN_FILTER },
        { .name = "number", .label = "单号", .kind = KIND_TEXT },
        { .name = "state",
                .label = "状态",
                .kind = KIND_STATE,
                .states = pay_states,
                .flags = COLUMN_FILTER },
        { 0 }
};
static const View view_pays = { .name = "deposit.pays",
        .label = "拨付",
        .clause = "14.4.3",
        .store = STORE_SYSTEM,
        .capabilities = CAPABILITY_ANY,
        .query = &query_pays,
        .columns = pay_columns,
        .scope = "office",
        .key = "id" };
static const View *const sample_views[] = { &view_pays, NULL };
static const OpenWork sample_work[] = { { &view_pays, "person", "state", "open", "待复核的拨付" }, { 0 } };
static const Module module_sample = { .name = "deposit",
        .label = "交存",
        .clause = "5",
        .capabilities = CAPABILITY_ANY,
        .commands = sample_commands,
        .views = sample_views,
        .open_work = sample_work };

static Instant world_now(void *data) {
        return ((World *) data)->now;
}
static int64_t world_monotonic(void *data) {
        return ((World *) data)->now.ms;
}
static void world_random(void *data, void *ret, size_t size_bytes) {
        World *w = data;

        for (size_t i = 0; i < size_bytes; i++) {
                w->random = w->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
                ((uint8_t *) ret)[i] = (uint8_t) (w->random >> 56);
        }
}

void world_open(World *w) {
        char dsn[128];

        snprintf(dsn, sizeof(dsn), "sqlite:%s", w->path);
        assert_int_equal(
                store_open(
                        &(StoreOptions){ .id = STORE_SYSTEM, .dsn = dsn, .clock = &w->clock, .readers = 2 },
                        &w->store),
                0);
        assert_int_equal(engine_migrate(w->registry, w->store), 0);
        w->engine.stores[STORE_SYSTEM] = w->store;
        assert_int_equal(identity_open(&w->engine, PASSWORD_SCRYPT, &w->identity), 0);
}

void world_close(World *w) {
        w->identity = identity_close(w->identity);
        w->store = store_close(w->store);
        w->engine.stores[STORE_SYSTEM] = NULL;
}

int world_setup(void **state) {
        static const Module *const modules[] = { &module_identity, &module_sample };
        World *w = calloc(1, sizeof(*w));

        strcpy(w->folder, "/tmp/test-identity-XXXXXX");
        assert_non_null(mkdtemp(w->folder));
        snprintf(w->path, sizeof(w->path), "%s/system.db", w->folder);
        w->now.ms = INT64_C(1795432283000); /* 2026-11-23 19:11 */
        w->random = 1;
        w->clock = (Clock){ world_now, world_monotonic, world_random, w };
        w->arena = arena_new(64u << 20);
        assert_int_equal(keys_simulation(1, &w->keys), 0);
        assert_int_equal(registry_new(modules, ELEMENTSOF(modules), CAPABILITY_ANY, &w->registry), 0);
        w->engine = (Engine){
                .registry = w->registry, .keys = &w->keys, .clock = &w->clock, .digest_kind = DIGEST_SM3
        };
        world_open(w);
        assert_int_equal(engine_prepare_check(w->registry, w->store), 0);
        assert_int_equal(identity_first_start(w->identity, OFFICE, w->arena, w->first), 0);
        *state = w;
        return 0;
}

int world_teardown(void **state) {
        World *w = *state;
        char command[128];

        world_close(w);
        registry_free(w->registry);
        keys_close(&w->keys);
        arena_free(w->arena);
        snprintf(command, sizeof(command), "rm -r '%s'", w->folder);
        assert_int_equal(system(command), 0);
        free(w);
        return 0;
}

/* Executes as the person; the system itself when 0. */
Reply run(World *w, const Session *who, const Command *command, const void *input, const char *proof) {
        char *key = arena_printf(w->arena, "key-%u", ++w->keys_used);
        Caller caller = { .person = who ? who->person : (Id){ 0 },
                .office = OFFICE,
                .key = who ? key : NULL,
                .step_up = proof };
        Reply reply;

        command_execute(&w->engine, &caller, command, input, w->arena, &reply);
        return reply;
}

void expect_refused(Reply reply, const char *code) {
        assert_int_equal(reply.result, -EREFUSED_);
        assert_string_equal(reply.refusal.code, code);
}

const LoginOutput *person_make(World *w, const char *login) {
        PersonInput input = { .name = "测试人员", .staff_number = "", .login = login };
        Reply reply = run(w, NULL, &command_create_person, &input, NULL);

        assert_int_equal(reply.result, 0);
        return reply.output;
}

Id post_give(World *w, Id person, const char *kind, int32_t from, int32_t to) {
        PostInput input = { .person = person, .kind = kind, .valid_from = { from }, .valid_to = { to } };
        Reply reply = run(w, NULL, &command_set_post, &input, NULL);

        assert_int_equal(reply.result, 0);
        return ((IdOutput *) reply.output)->id;
}

void enter(World *w, const char *login, const char *password, Session *ret) {
        assert_int_equal(identity_login(w->identity, login, password, "127.0.0.1", w->arena, ret), 0);
}

/* A person in working order: one-time password changed. */
Session person_ready(World *w, const char *login, const char *kind) {
        const LoginOutput *made = person_make(w, login);
        Session session;
        Refusal refusal;

        if (kind)
                post_give(w, made->person, kind, 20260101, 0);
        enter(w, login, made->password, &session);
        assert_true(session.must_change);
        assert_int_equal(identity_password_change(
                                 w->identity, &session, made->password, NEW_PASSWORD, w->arena, &refusal),
                0);
        enter(w, login, NEW_PASSWORD, &session);
        assert_false(session.must_change);
        return session;
}

Session administrator_ready(World *w, int which) {
        Session session;
        Refusal refusal;

        enter(w, w->first[which].login, w->first[which].password, &session);
        assert_int_equal(identity_password_change(w->identity, &session, w->first[which].password,
                                 NEW_PASSWORD, w->arena, &refusal),
                0);
        enter(w, w->first[which].login, NEW_PASSWORD, &session);
        return session;
}

int permit(World *w, const Session *who, const char *function) {
        return identity_permit(w->identity, &(Caller){ .person = who->person, .office = OFFICE }, function);
}

int64_t number(World *w, const char *sql) {
        sqlite3 *db;
        sqlite3_stmt *statement;

        assert_int_equal(sqlite3_open(w->path, &db), SQLITE_OK);
        assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
        int step = sqlite3_step(statement);
        int64_t value = step == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : -1;
        sqlite3_finalize(statement);
        sqlite3_close(db);
        return value;
}

int proof_for(World *w, const Session *who, const Command *command, const void *input, char *ret) {
        StepUpCall call = { .session = who, .password = NEW_PASSWORD, .command = command };

        assert_int_equal(command_digest(&w->engine, command, input, &call.input), 0);
        return identity_step_up(w->identity, &call, ret);
}

const Command *command_of(World *w, const char *name) {
        const Command *command = registry_command(w->registry, name);

        assert_non_null(command);
        return command;
}
