/* SPDX-License-Identifier: Apache-2.0 */
/* The path of a change, door to chain: each branch of command_execute and of the row engine. */
#include <string.h>

#include <example.h>
#include "fixture.h"

static const char *code(const Reply *reply) {
        return reply->refusal.code ? reply->refusal.code : "";
}

static void assert_refused(Reply reply, int result, const char *expected) {
        assert_string_equal(code(&reply), expected);
        assert_int_equal(reply.result, result);
}

static void same_key_same_input(void **state) {
        Fixture *f = *state;
        Reply first, second;

        first = fixture_run(
                f, OFFICE, CLERK, "k-1", "example.open_shelf", "{\"name\":\"甲\",\"area\":\"1\"}");
        assert_int_equal(first.result, 0);
        assert_false(first.repeated);
        assert_int_equal(first.seq, 1);
        assert_int_equal(f->committed, 1);
        second = fixture_run(
                f, OFFICE, CLERK, "k-1", "example.open_shelf", "{\"name\":\"甲\",\"area\":\"1\"}");
        assert_int_equal(second.result, 0);
        assert_true(second.repeated);
        assert_int_equal(second.seq, 1);
        assert_memory_equal(first.output, second.output, sizeof(Reference));
        assert_int_equal(f->committed, 1);
        assert_int_equal(fixture_integer(f, "SELECT COUNT(*) FROM example_shelf"), 1);
        assert_int_equal(fixture_integer(f, "SELECT COUNT(*) FROM chain"), 1);
}

static void same_key_other_input(void **state) {
        Fixture *f = *state;

        assert_int_equal(fixture_run(f, OFFICE, CLERK, "k-1", "example.open_shelf",
                                 "{\"name\":\"甲\",\"area\":\"1\"}")
                                 .result,
                0);
        assert_refused(fixture_run(f, OFFICE, CLERK, "k-1", "example.open_shelf",
                               "{\"name\":\"乙\",\"area\":\"1\"}"),
                -ECONFLICT_, "node.key_reused");
        /* another person's key is another key */
        assert_int_equal(fixture_run(f, OFFICE, REVIEWER, "k-1", "example.open_shelf",
                                 "{\"name\":\"乙\",\"area\":\"1\"}")
                                 .result,
                0);
        assert_int_equal(fixture_integer(f, "SELECT COUNT(*) FROM chain"), 2);
        /* a key that differs in the private value alone is other input too */
        assert_int_equal(fixture_run(f, OFFICE, CLERK, "k-2", "example.open_shelf",
                                 "{\"name\":\"丙\",\"area\":\"1\",\"keeper\":\"张小明\"}")
                                 .result,
                0);
        assert_refused(fixture_run(f, OFFICE, CLERK, "k-2", "example.open_shelf",
                               "{\"name\":\"丙\",\"area\":\"1\",\"keeper\":\"张小红\"}"),
                -ECONFLICT_, "node.key_reused");
}

static void keys_are_required(void **state) {
        Fixture *f = *state;
        Caller caller = { .person = { CLERK }, .office = OFFICE };
        Enter input = { .amount = { 1 }, .shelf_id = { 1 } };
        Reply reply;

        command_execute(&f->engine, &caller, &command_example_enter, &input, f->arena, &reply);
        assert_int_equal(reply.result, -EMALFORMED_);
        caller.key = "white space";
        command_execute(&f->engine, &caller, &command_example_enter, &input, f->arena, &reply);
        assert_int_equal(reply.result, -EMALFORMED_);
}

static void refusal_leaves_nothing(void **state) {
        Fixture *f = *state;
        int64_t shelf = fixture_shelf(f, "甲");
        int64_t chain = fixture_integer(f, "SELECT COUNT(*) FROM chain");
        Reply reply;

        assert_refused(fixture_run(f, OFFICE, CLERK, "k-1", "example.enter_many",
                               "{\"orders\":[{\"shelf_id\":\"%lld\",\"amount\":\"100\"},"
                               "{\"shelf_id\":\"%lld\",\"amount\":\"100000001\"}]}",
                               (long long) shelf, (long long) shelf),
                -EREFUSED_, "example.amount_limit");
        assert_int_equal(fixture_integer(f, "SELECT COUNT(*) FROM chain"), chain);
        assert_int_equal(fixture_integer(f, "SELECT COUNT(*) FROM example_order"), 0);
        assert_int_equal(fixture_integer(f, "SELECT COUNT(*) FROM number_series"), 0);
        assert_int_equal(fixture_integer(f, "SELECT COUNT(*) FROM vault"), 1);
        /* the key of a refused command is free */
        reply = fixture_run(f, OFFICE, CLERK, "k-1", "example.enter",
                "{\"shelf_id\":\"%lld\",\"amount\":\"100\"}", (long long) shelf);
        assert_int_equal(reply.result, 0);
        assert_false(reply.repeated);
        assert_int_equal(reply.seq, chain + 1);
}

static void fields_are_checked(void **state) {
        Fixture *f = *state;
        Reply reply;

        assert_refused(
                fixture_run(f, OFFICE, CLERK, NULL, "example.open_shelf", "{\"name\":\"\",\"area\":\"1\"}"),
                -EREFUSED_, "node.required");
        assert_refused(fixture_run(f, OFFICE, CLERK, NULL, "example.open_shelf", "{\"name\":\"甲\"}"),
                -EREFUSED_, "node.required");
        assert_refused(fixture_run(f, OFFICE, CLERK, NULL, "example.open_shelf",
                               "{\"name\":\"甲\",\"area\":\"0\"}"),
                -EREFUSED_, "node.out_of_range");
        assert_refused(
                fixture_run(f, OFFICE, CLERK, NULL, "example.open_shelf", "{\"name\":\"甲\",\"area\":1}"),
                -EMALFORMED_, "node.bad_form");
        assert_refused(fixture_run(f, OFFICE, CLERK, NULL, "example.open_shelf",
                               "{\"name\":\"甲\",\"area\":\"1\",\"office\":\"1\"}"),
                -EMALFORMED_, "node.unknown_field");
        reply = fixture_run(f, OFFICE, CLERK, NULL, "example.open_shelf",
                "{\"name\":\"甲\",\"area\":\"1\",\"use\":\"09\"}");
        assert_refused(reply, -EREFUSED_, "node.unknown_code");
        assert_string_equal(reply.refusal.field, "use");
        assert_string_equal(refusal_sentence(f->registry, &reply.refusal, f->arena),
                "“用途”没有代码 09，请从列表中选择。");
        assert_int_equal(fixture_integer(f, "SELECT COUNT(*) FROM chain"), 0);
}

static void duplicates_are_refused(void **state) {
        Fixture *f = *state;
        int64_t first = fixture_shelf(f, "甲"), second = fixture_shelf(f, "乙");
        Reply reply;

        reply = fixture_run(
                f, OFFICE, CLERK, NULL, "example.open_shelf", "{\"name\":\"甲\",\"area\":\"1\"}");
        assert_refused(reply, -EREFUSED_, "node.duplicate");
        assert_string_equal(reply.refusal.field, "name");
        assert_string_equal(reply.refusal.arguments[1], "甲");
        assert_refused(fixture_run(f, OFFICE, CLERK, NULL, "example.change_shelf",
                               "{\"id\":\"%lld\",\"version\":1,\"name\":\"甲\",\"reason\":\"改名\"}",
                               (long long) second),
                -EREFUSED_, "node.duplicate");
        /* one's own name is not taken, and another office has its own names */
        assert_int_equal(
                fixture_ok(f, CLERK, "example.change_shelf",
                        "{\"id\":\"%lld\",\"version\":1,\"name\":\"甲\",\"reason\":\"备注\",\"note\":\"x\"}",
                        (long long) first),
                first);
        assert_int_equal(fixture_run(f, OFFICE_OTHER, CLERK, NULL, "example.open_shelf",
                                 "{\"name\":\"甲\",\"area\":\"1\"}")
                                 .result,
                0);
}

static void versions_conflict(void **state) {
        Fixture *f = *state;
        int64_t shelf = fixture_shelf(f, "甲");

        (void) fixture_ok(f, CLERK, "example.change_shelf",
                "{\"id\":\"%lld\",\"version\":1,\"name\":\"乙\",\"reason\":\"改名\"}", (long long) shelf);
        assert_refused(fixture_run(f, OFFICE, CLERK, NULL, "example.change_shelf",
                               "{\"id\":\"%lld\",\"version\":1,\"name\":\"丙\",\"reason\":\"改名\"}",
                               (long long) shelf),
                -ECONFLICT_, "node.moved_on");
        assert_int_equal(fixture_integer(f, "SELECT version FROM example_shelf"), 2);
}

static void other_office_is_not_there(void **state) {
        Fixture *f = *state;
        int64_t shelf = fixture_shelf(f, "甲");
        Reply theirs, nowhere;

        theirs = fixture_run(f, OFFICE_OTHER, CLERK, NULL, "example.change_shelf",
                "{\"id\":\"%lld\",\"version\":1,\"name\":\"乙\",\"reason\":\"改名\"}", (long long) shelf);
        nowhere = fixture_run(f, OFFICE_OTHER, CLERK, NULL, "example.change_shelf",
                "{\"id\":\"%lld\",\"version\":1,\"name\":\"乙\",\"reason\":\"改名\"}",
                (long long) shelf + 1);
        assert_int_equal(theirs.result, -ENOENT);
        assert_int_equal(nowhere.result, -ENOENT);
        assert_string_equal(code(&theirs), code(&nowhere));
}

/* Every state of an order against every step: what the table has works, all else is refused. */
static void every_state_and_command(void **state) {
        static const char *const steps[] = { "example.review", "example.cancel", "example.post" };
        Fixture *f = *state;
        int64_t shelf = fixture_shelf(f, "甲");

        for (int64_t from = 0; from < 4; from++)
                for (size_t i = 0; i < ELEMENTSOF(steps); i++) {
                        int64_t order = fixture_ok(f, CLERK, "example.enter",
                                "{\"shelf_id\":\"%lld\",\"amount\":\"100\"}", (long long) shelf);
                        int version = 1;
                        bool known = false;
                        Reply reply;

                        if (from == ORDER_REVIEWED || from == ORDER_POSTED) {
                                (void) fixture_ok(f, REVIEWER, "example.review",
                                        "{\"id\":\"%lld\",\"version\":%d}", (long long) order, version++);
                        }
                        if (from == ORDER_POSTED)
                                (void) fixture_ok(f, REVIEWER, "example.post",
                                        "{\"id\":\"%lld\",\"version\":%d}", (long long) order, version++);
                        if (from == ORDER_CANCELLED)
                                (void) fixture_ok(f, CLERK, "example.cancel",
                                        "{\"id\":\"%lld\",\"version\":%d}", (long long) order, version++);
                        for (const Transition *t = record_example_order.transitions; t->command; t++)
                                known = known || (t->from == from && strcmp(t->command, steps[i]) == 0);
                        reply = fixture_run(f, OFFICE, REVIEWER, NULL, steps[i],
                                "{\"id\":\"%lld\",\"version\":%d}", (long long) order, version);
                        assert_int_equal(reply.result, known ? 0 : -EREFUSED_);
                        if (!known) {
                                assert_string_equal(code(&reply), "node.wrong_state");
                                assert_string_equal(
                                        reply.refusal.arguments[0], example_order_states[from].label);
                        }
                }
}

static void same_person_is_refused(void **state) {
        Fixture *f = *state;
        int64_t shelf = fixture_shelf(f, "甲");
        int64_t order = fixture_ok(
                f, CLERK, "example.enter", "{\"shelf_id\":\"%lld\",\"amount\":\"100\"}", (long long) shelf);
        Caller system = { .office = OFFICE };
        Reference input = { { order }, 1 };
        Reply reply;

        assert_refused(fixture_run(f, OFFICE, CLERK, NULL, "example.review",
                               "{\"id\":\"%lld\",\"version\":1}", (long long) order),
                -EREFUSED_, "node.same_person");
        command_execute(&f->engine, &system, registry_command(f->registry, "example.review"), &input,
                f->arena, &reply);
        assert_refused(reply, -EREFUSED_, "node.same_person");
}

static void posting(void **state) {
        Fixture *f = *state;
        int heard = fixture_heard;
        int64_t shelf = fixture_shelf(f, "甲");

        for (int i = 1; i <= 3; i++) {
                int64_t order = fixture_ok(f, CLERK, "example.enter",
                        "{\"shelf_id\":\"%lld\",\"amount\":\"%d\"}", (long long) shelf, 100 * i);

                (void) fixture_ok(
                        f, REVIEWER, "example.review", "{\"id\":\"%lld\",\"version\":1}", (long long) order);
                (void) fixture_ok(
                        f, REVIEWER, "example.post", "{\"id\":\"%lld\",\"version\":2}", (long long) order);
                fixture_restart(f);
        }
        assert_int_equal(fixture_heard - heard, 3);
        assert_int_equal(fixture_integer(f, "SELECT amount FROM example_balance"), 600);
        assert_int_equal(fixture_integer(f, "SELECT MAX(number) FROM example_order"), 3);
        assert_int_equal(fixture_integer(f, "SELECT next FROM number_series"), 4);
        assert_int_equal(fixture_integer(f, "SELECT value FROM fact_cell"), 600);
        assert_int_equal(fixture_integer(f, "SELECT revision FROM fact_cell"), 3);
        assert_int_equal(fixture_integer(f, "SELECT COUNT(*) FROM fact_cell"), 1);
        assert_int_equal(fixture_integer(f, "SELECT MAX(id) FROM example_entry"), id_make(OFFICE, 3).value);
        assert_int_equal(fixture_integer(f, "SELECT MIN(id) FROM example_entry"), id_make(OFFICE, 1).value);
}

static void chain_tells_what_happened(void **state) {
        Fixture *f = *state;
        int64_t shelf = fixture_shelf(f, "甲");
        _cleanup_(store_read_endp) Tx *tx = NULL;
        ChainEntry *entries;
        Shelf before, after;
        Digest head;
        int64_t seq;

        (void) fixture_ok(f, REVIEWER, "example.change_shelf",
                "{\"id\":\"%lld\",\"version\":1,\"name\":\"乙\",\"reason\":\"改名\"}", (long long) shelf);
        assert_int_equal(store_read_begin(f->business, &tx), 0);
        assert_int_equal(chain_read(tx, 0, 10, f->arena, &entries), 2);
        assert_int_equal(chain_read(tx, 1, 10, f->arena, &entries), 1);
        assert_int_equal(entries[0].header.seq, 2);
        assert_int_equal(entries[0].header.person, REVIEWER);
        assert_int_equal(entries[0].header.office, OFFICE);
        assert_string_equal(entries[0].header.command, "example.change_shelf");
        assert_int_equal(entries[0].n_changes, 1);
        assert_int_equal(entries[0].changes[0].id.value, shelf);
        assert_int_equal(entries[0].changes[0].version, 2);
        assert_string_equal(entries[0].changes[0].reason, "改名");
        assert_int_equal(
                record_decode(&record_example_shelf, entries[0].changes[0].before, f->arena, &before), 0);
        assert_int_equal(
                record_decode(&record_example_shelf, entries[0].changes[0].after, f->arena, &after), 0);
        assert_string_equal(before.name, "甲");
        assert_string_equal(after.name, "乙");
        assert_int_equal(after.head.chain_seq, 2);
        assert_int_equal(chain_head(tx, &seq, &head), 0);
        assert_int_equal(seq, 2);
        assert_memory_equal(&head, &entries[0].head, sizeof(head));
}

static void too_much_is_refused(void **state) {
        Fixture *f = *state;
        int64_t shelf = fixture_shelf(f, "甲");
        json_t *orders = json_array(), *input = json_pack("{s:o}", "orders", orders);
        Caller caller = { .person = { CLERK }, .office = OFFICE, .key = "k-1" };
        Reply reply;

        for (int i = 0; i < 600; i++)
                json_array_append_new(
                        orders, json_pack("{s:o,s:s}", "shelf_id", json_sprintf("%lld", (long long) shelf),
                                        "amount", "100"));
        command_execute_json(&f->engine, &caller, registry_command(f->registry, "example.enter_many"), input,
                f->arena, &reply);
        assert_refused(reply, -EREFUSED_, "node.too_much");
        assert_int_equal(fixture_integer(f, "SELECT COUNT(*) FROM example_order"), 0);
        while (json_array_size(orders) > 50)
                json_array_remove(orders, 0);
        command_execute_json(&f->engine, &caller, registry_command(f->registry, "example.enter_many"), input,
                f->arena, &reply);
        assert_int_equal(reply.result, 0);
        assert_int_equal(fixture_integer(f, "SELECT COUNT(*) FROM example_order"), 50);
        json_decref(input);
}

static bool bytes_contain(Bytes bytes, const char *text) {
        return memmem(bytes.data, bytes.size, text, strlen(text)) != NULL;
}

static void sealed_stays_sealed(void **state) {
        Fixture *f = *state;
        int64_t shelf = fixture_shelf(f, "甲");
        ChainEntry *entries;
        Reply reply, again;
        Tx *tx;
        int n;

        reply = fixture_run(f, OFFICE, CLERK, "k-1", "example.keeper",
                "{\"id\":\"%lld\",\"purpose\":\"核对\"}", (long long) shelf);
        assert_int_equal(reply.result, 0);
        assert_string_equal(((KeeperShown *) reply.output)->name, "张小明");
        again = fixture_run(f, OFFICE, CLERK, "k-1", "example.keeper",
                "{\"id\":\"%lld\",\"purpose\":\"核对\"}", (long long) shelf);
        assert_true(again.repeated);
        assert_null(((KeeperShown *) again.output)->name);
        assert_int_equal(fixture_integer(f, "SELECT COUNT(*) FROM sealed_opening"), 1);
        assert_int_equal(fixture_integer(f, "SELECT person FROM sealed_opening"), CLERK);

        assert_int_equal(store_read_begin(f->business, &tx), 0);
        n = chain_read(tx, 0, 10, f->arena, &entries);
        assert_int_equal(n, 2);
        for (int i = 0; i < n; i++)
                assert_false(bytes_contain(entries[i].body, "张小明"));
        (void) store_read_end(tx);
        /* bound to its row: the same ciphertext elsewhere does not open */
        (void) fixture_shelf(f, "乙");
        fixture_tamper(f,
                "UPDATE vault SET ciphertext = (SELECT w.ciphertext FROM vault w WHERE w.id <> vault.id)");
        reply = fixture_run(f, OFFICE, CLERK, NULL, "example.keeper",
                "{\"id\":\"%lld\",\"purpose\":\"核对\"}", (long long) shelf);
        assert_int_equal(reply.result, -EBADMSG);
}

static int find_work(Tx *tx, void *data) {
        Fixture *f = data;
        RequestKernel kernel = { .registry = f->registry, .keys = &f->keys, .digest_kind = DIGEST_SM3 };
        Request q = { .arena = f->arena, .tx = tx, .office = OFFICE, .kernel = &kernel };
        Id *found;
        size_t n;

        assert_int_equal(sealed_find(&q, "name", (Id){ 0 }, "张小明", &found, &n), 0);
        assert_int_equal(n, 2);
        assert_int_equal(sealed_find(&q, "name", (Id){ 0 }, "张小", &found, &n), 0);
        assert_int_equal(n, 0);
        assert_int_equal(sealed_find(&q, "name", (Id){ 5 }, "张小明", &found, &n), 0);
        assert_int_equal(n, 0);
        q.office = OFFICE_OTHER;
        assert_int_equal(sealed_find(&q, "name", (Id){ 0 }, "张小明", &found, &n), 0);
        assert_int_equal(n, 0);
        return 0;
}

static void sealed_values_are_found(void **state) {
        Fixture *f = *state;

        (void) fixture_shelf(f, "甲");
        (void) fixture_shelf(f, "乙");
        assert_int_equal(store_write(f->business, find_work, f), 0);
}

static void broken_invariant_blocks(void **state) {
        Fixture *f = *state;
        int64_t shelf = fixture_shelf(f, "甲"), other = fixture_shelf(f, "乙"), chain;
        int64_t order = fixture_ok(
                f, CLERK, "example.enter", "{\"shelf_id\":\"%lld\",\"amount\":\"100\"}", (long long) shelf);

        (void) fixture_ok(
                f, REVIEWER, "example.review", "{\"id\":\"%lld\",\"version\":1}", (long long) order);
        (void) fixture_ok(f, REVIEWER, "example.post", "{\"id\":\"%lld\",\"version\":2}", (long long) order);
        chain = fixture_integer(f, "SELECT COUNT(*) FROM chain");
        assert_int_equal(fixture_run(f, OFFICE, CLERK, NULL, "test.break_balance",
                                 "{\"id\":\"%lld\",\"version\":1}", (long long) shelf)
                                 .result,
                -EBROKEN_);
        assert_int_equal(fixture_integer(f, "SELECT amount FROM example_balance"), 100);
        assert_int_equal(fixture_integer(f, "SELECT COUNT(*) FROM chain"), chain + 1);
        assert_refused(fixture_run(f, OFFICE, CLERK, NULL, "test.break_balance",
                               "{\"id\":\"%lld\",\"version\":1}", (long long) shelf),
                -EREFUSED_, "node.blocked");
        /* another record is not concerned */
        assert_int_equal(fixture_run(f, OFFICE, CLERK, NULL, "test.break_balance",
                                 "{\"id\":\"%lld\",\"version\":1}", (long long) other)
                                 .result,
                0);
        assert_int_equal(fixture_run(f, OFFICE, CLERK, NULL, "node.release",
                                 "{\"id\":\"%lld\",\"version\":1,\"reason\":\"已核对\"}",
                                 (long long) id_make(OFFICE, 1).value)
                                 .result,
                0);
        assert_int_equal(fixture_run(f, OFFICE, CLERK, NULL, "test.break_balance",
                                 "{\"id\":\"%lld\",\"version\":1}", (long long) shelf)
                                 .result,
                -EBROKEN_);
}

static void no_chain_no_history(void **state) {
        Fixture *f = *state;

        assert_int_equal(fixture_run(f, OFFICE, CLERK, NULL, "test.no_chain", "{}").result, -EPERM);
        assert_int_equal(fixture_integer(f, "SELECT COUNT(*) FROM example_shelf"), 0);
}

static Reply misuse(Fixture *f, int64_t id, int what) {
        return fixture_run(f, OFFICE, CLERK, NULL, "test.misuse", "{\"id\":\"%lld\",\"version\":%d}",
                (long long) id, what);
}

static void engines_keep_their_shapes(void **state) {
        Fixture *f = *state;
        int64_t shelf = fixture_shelf(f, "甲"), chain;
        int64_t order = fixture_ok(
                f, CLERK, "example.enter", "{\"shelf_id\":\"%lld\",\"amount\":\"100\"}", (long long) shelf);

        chain = fixture_integer(f, "SELECT COUNT(*) FROM chain");
        assert_int_equal(misuse(f, shelf, MISUSE_CREATE_POSTED).result, -EPERM);
        assert_int_equal(misuse(f, order, MISUSE_STATE).result, -EPERM);
        assert_refused(misuse(f, shelf, MISUSE_FIXED), -EREFUSED_, "node.fixed");
        assert_int_equal(misuse(f, shelf, MISUSE_LEDGER).result, -EPERM);
        assert_int_equal(fixture_integer(f, "SELECT COUNT(*) FROM chain"), chain);
        assert_int_equal(fixture_integer(f, "SELECT COUNT(*) FROM example_entry"), 0);
        assert_int_equal(fixture_integer(f, "SELECT state FROM example_order"), ORDER_ENTERED);
}

static void private_values_change(void **state) {
        Fixture *f = *state;
        int64_t shelf = fixture_shelf(f, "甲");
        Reply reply;

        assert_int_equal(misuse(f, shelf, MISUSE_KEEPER).result, 0);
        assert_int_equal(fixture_integer(f, "SELECT COUNT(*) FROM vault"), 2);
        reply = fixture_run(f, OFFICE, CLERK, NULL, "example.keeper",
                "{\"id\":\"%lld\",\"purpose\":\"核对\"}", (long long) shelf);
        assert_int_equal(reply.result, 0);
        assert_string_equal(((KeeperShown *) reply.output)->name, "王五");
}

static int deny(
        void *identity, const Caller *caller, const Command *command, const Digest *input, Permit *ret) {
        Digest *seen = identity;

        *seen = *input;
        return command->flags & COMMAND_STEP_UP ? -ESTEPUP_ : -EFORBIDDEN_;
}

static void permission_comes_first(void **state) {
        Fixture *f = *state;
        const Command *command = registry_command(f->registry, "example.post");
        json_t *input = json_pack("{s:s,s:i}", "id", "5", "version", 1);
        Digest seen = { 0 }, bound;

        f->engine.permit_command = deny;
        f->engine.identity = &seen;
        assert_int_equal(
                fixture_run(f, OFFICE, CLERK, NULL, "example.open_shelf", "{\"name\":\"甲\",\"area\":\"1\"}")
                        .result,
                -EFORBIDDEN_);
        assert_int_equal(
                fixture_run(f, OFFICE, CLERK, NULL, "example.post", "{\"id\":\"5\",\"version\":1}").result,
                -ESTEPUP_);
        assert_int_equal(command_digest_json(&f->engine, command, input, f->arena, &bound), 0);
        assert_memory_equal(&seen, &bound, sizeof(bound));
        json_decref(input);
        assert_int_equal(fixture_integer(f, "SELECT COUNT(*) FROM chain"), 0);
}

#define CASE(name, function)                                                                                \
        { name, function, fixture_setup, fixture_teardown, NULL }

static int group(void) {
        const struct CMUnitTest tests[] = {
                CASE("same key and input: the first answer again [14.3.2]", same_key_same_input),
                CASE("same key, other input: conflict [14.3.2]", same_key_other_input),
                CASE("persons need a key", keys_are_required),
                CASE("a refused command leaves nothing [14.3.2]", refusal_leaves_nothing),
                CASE("fields are checked", fields_are_checked),
                CASE("unique sets", duplicates_are_refused),
                CASE("versions conflict", versions_conflict),
                CASE("another office's row is not there [14.3.2]", other_office_is_not_there),
                CASE("every state and command", every_state_and_command),
                CASE("maker and checker are different persons", same_person_is_refused),
                CASE("numbers, ids, facts and balances over restarts", posting),
                CASE("who, when, why, before and after [4.1.2]", chain_tells_what_happened),
                CASE("64 KiB are the limit of one command", too_much_is_refused),
                CASE("private values never reach the chain [14.3.2]", sealed_stays_sealed),
                CASE("private values are found exactly and in their scope", sealed_values_are_found),
                CASE("a broken invariant stops the command on that record [14.3.2]",
                        broken_invariant_blocks),
                CASE("without a chain entry no history is written", no_chain_no_history),
                CASE("registers, documents and ledgers keep their shapes [4.1.2]",
                        engines_keep_their_shapes),
                CASE("a private value changes by a new row of the vault", private_values_change),
                CASE("permission and step-up come first, bound to the input", permission_comes_first),
        };

        return cmocka_run_group_tests_name("command", tests, NULL, NULL);
}

int main(int argc, char *argv[]) {
        return fixture_main(argc, argv, "command", group);
}
