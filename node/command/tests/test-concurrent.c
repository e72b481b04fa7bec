/* SPDX-License-Identifier: Apache-2.0 */
/* Many at once on the product's own writer: one effect, equal answers, and verify beside the work. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include <example.h>

#include "fixture.h"

#define CALLERS 20
#define ROUNDS 15

typedef struct Call {
        Fixture *f;
        int64_t person, id;
        const char *key, *name;
        int result;
        int64_t seq;
        bool repeated;
        Reference output;
} Call;

static void execute(Call *call, const Command *command, const void *input) {
        Caller caller = { .person = { call->person }, .office = OFFICE, .key = call->key };
        _cleanup_(arena_freep) Arena *arena = arena_new(ARENA_REQUEST_BYTES_MAX);
        Reply reply;

        if (!arena) {
                call->result = -ENOMEM;
                return;
        }
        command_execute(&call->f->engine, &caller, command, input, arena, &reply);
        call->result = reply.result;
        call->seq = reply.seq;
        call->repeated = reply.repeated;
        if (reply.output)
                call->output = *(Reference *) reply.output;
}

static void *open_shelf(void *data) {
        Call *call = data;
        OpenShelf input = { .name = call->name, .area = { 100 } };

        execute(call, registry_command(call->f->registry, "example.open_shelf"), &input);
        return NULL;
}

static void *cancel_order(void *data) {
        Call *call = data;
        Reference input = { .id = { call->id }, .version = 1 };

        execute(call, registry_command(call->f->registry, "example.cancel"), &input);
        return NULL;
}

static void run_all(Call *calls, void *(*work)(void *) ) {
        pthread_t threads[CALLERS];

        for (size_t i = 0; i < CALLERS; i++)
                assert_int_equal(pthread_create(&threads[i], NULL, work, &calls[i]), 0);
        for (size_t i = 0; i < CALLERS; i++)
                assert_int_equal(pthread_join(threads[i], NULL), 0);
}

static void same_request_twenty_times(void **state) {
        Fixture *f = *state;

        for (int round = 1; round <= ROUNDS; round++) {
                char key[32], name[32];
                Call calls[CALLERS];
                size_t first = 0;

                (void) snprintf(key, sizeof(key), "same-%d", round);
                (void) snprintf(name, sizeof(name), "shelf %d", round);
                for (size_t i = 0; i < CALLERS; i++)
                        calls[i] = (Call){ .f = f, .person = CLERK, .key = key, .name = name };
                run_all(calls, open_shelf);
                for (size_t i = 0; i < CALLERS; i++) {
                        assert_int_equal(calls[i].result, 0);
                        assert_int_equal(calls[i].seq, round);
                        assert_int_equal(calls[i].output.id.value, id_make(OFFICE, round).value);
                        first += !calls[i].repeated;
                }
                assert_int_equal(first, 1);
        }
        assert_int_equal(fixture_integer(f, "SELECT COUNT(*) FROM chain"), ROUNDS);
        assert_int_equal(f->committed, ROUNDS);
}

/* All want the same step of the same order: one gets it, the others are told that it has moved on. */
static void one_step_for_one(void **state) {
        Fixture *f = *state;
        int64_t shelf = fixture_shelf(f, "甲");

        for (int round = 0; round < ROUNDS; round++) {
                int64_t order = fixture_ok(f, CLERK, "example.enter",
                        "{\"shelf_id\":\"%lld\",\"amount\":\"100\"}", (long long) shelf);
                Call calls[CALLERS];
                char key[32];
                size_t done = 0;

                (void) snprintf(key, sizeof(key), "cancel-%d", round);
                for (size_t i = 0; i < CALLERS; i++)
                        calls[i] = (Call){ .f = f, .person = 100 + (int64_t) i, .key = key, .id = order };
                run_all(calls, cancel_order);
                for (size_t i = 0; i < CALLERS; i++) {
                        done += calls[i].result == 0;
                        assert_true(calls[i].result == 0 || calls[i].result == -EREFUSED_);
                }
                assert_int_equal(done, 1);
        }
        assert_int_equal(fixture_integer(f, "SELECT COUNT(*) FROM example_order WHERE version = 2"), ROUNDS);
}

typedef struct Watch {
        Fixture *f;
        bool stop;
        int findings, runs, result;
} Watch;

static void note(void *data, const char *invariant, const char *record, int64_t id, const char *detail) {
        ((Watch *) data)->findings++;
}

static void *watch(void *data) {
        Watch *w = data;

        do {
                w->result = verify_store(&w->f->engine, STORE_BUSINESS, note, w);
                w->runs++;
        } while (w->result == 0 && !__atomic_load_n(&w->stop, __ATOMIC_ACQUIRE));
        return NULL;
}

static void verify_beside_the_work(void **state) {
        Fixture *f = *state;
        Watch w = { .f = f };
        int64_t shelf = fixture_shelf(f, "甲");
        pthread_t thread;

        assert_int_equal(pthread_create(&thread, NULL, watch, &w), 0);
        for (int i = 0; i < 60; i++) {
                int64_t order = fixture_ok(f, CLERK, "example.enter",
                        "{\"shelf_id\":\"%lld\",\"amount\":\"100\"}", (long long) shelf);

                (void) fixture_ok(
                        f, REVIEWER, "example.review", "{\"id\":\"%lld\",\"version\":1}", (long long) order);
                (void) fixture_ok(
                        f, REVIEWER, "example.post", "{\"id\":\"%lld\",\"version\":2}", (long long) order);
        }
        __atomic_store_n(&w.stop, true, __ATOMIC_RELEASE);
        assert_int_equal(pthread_join(thread, NULL), 0);
        assert_int_equal(w.result, 0);
        assert_int_equal(w.findings, 0);
        assert_true(w.runs > 0);
}

#define CASE(name, function)                                                                                \
        { name, function, fixture_setup_threaded, fixture_teardown, NULL }

static int group(void) {
        const struct CMUnitTest tests[] = {
                CASE("the same request twenty times at once: one effect [14.3.2]",
                        same_request_twenty_times),
                CASE("one step of one order for one person [14.3.2]", one_step_for_one),
                CASE("verify beside the work", verify_beside_the_work),
        };

        return cmocka_run_group_tests_name("concurrent", tests, NULL, NULL);
}

int main(int argc, char *argv[]) {
        return fixture_main(argc, argv, "concurrent", group);
}
