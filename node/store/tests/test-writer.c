/* SPDX-License-Identifier: Apache-2.0 */
/* The writer: groups, their failures, the bounded queue; on the engine named by the first argument. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../driver.h"
#include "fixture.h"

#define SUBMITTERS 200

typedef struct Submitter {
        Store *store;
        Deed deed;
        int result;
} Submitter;

static void *submit(void *data) {
        Submitter *s = data;

        s->result = store_write(s->store, deed_work, &s->deed);
        return NULL;
}

static int expected(int64_t i) {
        return i % 7 == 0 ? -EREFUSED_ : i % 11 == 0 ? -EEXIST : 0;
}

static void concurrent_submitters(void **state) {
        _cleanup_(store_closep) Store *store = store_fresh();
        Deed taken = { .id = 1000 };
        static Submitter submitters[SUBMITTERS];
        pthread_t threads[SUBMITTERS];
        int64_t n_good = 0;

        assert_int_equal(store_write(store, deed_work, &taken), 0);
        for (int64_t i = 0; i < SUBMITTERS; i++) {
                submitters[i] = (Submitter){ .store = store,
                        .deed = { .id = expected(i) == -EEXIST ? 1000 : i,
                                .answer = expected(i) == -EREFUSED_ ? -EREFUSED_ : 0 } };
                assert_int_equal(pthread_create(&threads[i], NULL, submit, &submitters[i]), 0);
        }
        for (size_t i = 0; i < SUBMITTERS; i++)
                assert_int_equal(pthread_join(threads[i], NULL), 0);
        for (int64_t i = 0; i < SUBMITTERS; i++) {
                assert_int_equal(submitters[i].result, expected(i));
                assert_int_equal(note_exists(store, i), expected(i) == 0);
                n_good += expected(i) == 0;
        }
        assert_int_equal(note_count(store), n_good + 1);
}

/* Puts deeds behind a closed gate, so that they make one group, and waits for them. */
static void in_one_group(Store *store, Deed *deeds, size_t n) {
        Gate gate;
        Tally tally;

        tally_init(&tally);
        gate_close(&gate, store);
        for (size_t i = 0; i < n; i++) {
                deeds[i].tally = &tally;
                assert_int_equal(store_write_async(store, deed_work, deed_done, &deeds[i]), 0);
        }
        gate_open(&gate);
        tally_wait(&tally, n);
}

static void failing_command_leaves_others(void **state) {
        _cleanup_(store_closep) Store *store = store_fresh();
        Deed deeds[] = { { .id = 1 }, { .id = 1 }, { .id = 2 }, { .id = 3, .answer = -EREFUSED_ },
                { .id = 4 } };

        in_one_group(store, deeds, ELEMENTSOF(deeds));
        assert_int_equal(deeds[0].result, 0);
        assert_int_equal(deeds[1].result, -EEXIST);
        assert_int_equal(deeds[2].result, 0);
        assert_int_equal(deeds[3].result, -EREFUSED_);
        assert_int_equal(deeds[4].result, 0);
        assert_int_equal(note_count(store), 3);
        assert_false(note_exists(store, 3));
}

static void hidden_failure_dooms(void **state) {
        _cleanup_(store_closep) Store *store = store_fresh();
        Deed first = { .id = 1 }, second = { .id = 1, .ignore_failure = true };

        assert_int_equal(store_write(store, deed_work, &first), 0);
        assert_int_equal(store_write(store, deed_work, &second), -EEXIST);
        assert_int_equal(note_count(store), 1);
}

static int positive_answer(Tx *tx, void *data) {
        return 42;
}

static int write_inside(Tx *tx, void *data) {
        return store_write(data, positive_answer, NULL);
}

static void answers_pass_through(void **state) {
        _cleanup_(store_closep) Store *store = store_fresh();

        assert_int_equal(store_write(store, positive_answer, NULL), 42);
        assert_int_equal(store_write(store, write_inside, store), -EDEADLK);
}

static void queue_full(void **state) {
        _cleanup_(store_closep) Store *store = store_fresh();
        static Deed deeds[WRITER_QUEUE_MAX + 1];
        Gate gate;
        Tally tally;

        tally_init(&tally);
        gate_close(&gate, store);
        for (size_t i = 0; i < WRITER_QUEUE_MAX; i++) {
                deeds[i] = (Deed){ .tally = &tally, .id = (int64_t) i };
                assert_int_equal(store_write_async(store, deed_work, deed_done, &deeds[i]), 0);
        }
        assert_int_equal(store_write_async(store, deed_work, deed_done, &deeds[WRITER_QUEUE_MAX]), -EAGAIN);
        gate_open(&gate);
        tally_wait(&tally, WRITER_QUEUE_MAX);
        assert_int_equal(note_count(store), WRITER_QUEUE_MAX);
        for (size_t i = 0; i < WRITER_QUEUE_MAX; i++)
                assert_int_equal(deeds[i].result, 0);
}

static void closing_finishes_the_queue(void **state) {
        Store *store = store_fresh();
        Deed deeds[20];
        Gate gate;
        Tally tally;

        tally_init(&tally);
        gate_close(&gate, store);
        for (size_t i = 0; i < ELEMENTSOF(deeds); i++) {
                deeds[i] = (Deed){ .tally = &tally, .id = (int64_t) i };
                assert_int_equal(store_write_async(store, deed_work, deed_done, &deeds[i]), 0);
        }
        gate_open(&gate);
        store_close(store);
        assert_int_equal(tally.n_done, ELEMENTSOF(deeds));
        store = store_fresh();
        assert_int_equal(note_count(store), ELEMENTSOF(deeds));
        store_close(store);
}

static void read_only_refuses(void **state) {
        _cleanup_(store_closep) Store *store = store_fresh();
        Deed deed = { .id = 1 };

        assert_int_equal(store_write(store, deed_work, &deed), 0);
        store_set_read_only(store, "asked by the test");
        assert_true(store_is_read_only(store));
        assert_int_equal(store_write(store, deed_work, &deed), -EREADONLY_);
        assert_int_equal(store_migrate(store, fixture_migrations, fixture_n_migrations), -EREADONLY_);
        assert_int_equal(note_count(store), 1);
}

static void inline_writer(void **state) {
        _cleanup_(store_closep) Store *store = store_at(fixture.dsn, 0, true);
        Deed good = { .id = 1 }, bad = { .id = 1 };

        assert_int_equal(store_write(store, deed_work, &good), 0);
        assert_int_equal(store_write(store, deed_work, &bad), -EEXIST);
        assert_int_equal(note_count(store), 1);
}

static int read_inside(Tx *tx, void *data) {
        Tx *reader = NULL;

        return store_read_begin(data, &reader);
}

static void inline_read_inside_write(void **state) {
        _cleanup_(store_closep) Store *store = store_at(fixture.dsn, 0, true);

        assert_int_equal(store_write(store, read_inside, store), -EBUSY);
}

/* SQLITE_FULL inside a savepoint takes the whole group with it; the group runs again one by one. */
static void disk_full_reruns_group(void **state) {
        _cleanup_(store_closep) Store *store = store_fresh();
        Deed deeds[] = { { .id = 1, .size_bytes = 10 }, { .id = 2, .size_bytes = 4 << 20 },
                { .id = 3, .size_bytes = 10 }, { .id = 4, .answer = -EREFUSED_ } };
        Deed later = { .id = 5, .size_bytes = 4 << 20 };

        assert_int_equal(store->driver->script(store->writer, "PRAGMA max_page_count=100"), 0);
        in_one_group(store, deeds, ELEMENTSOF(deeds));
        assert_int_equal(deeds[0].result, 0);
        assert_int_equal(deeds[1].result, -ENOSPC);
        assert_int_equal(deeds[2].result, 0);
        assert_int_equal(deeds[3].result, -EREFUSED_);
        assert_true(deeds[0].runs == 2 && deeds[1].runs == 2);
        assert_int_equal(note_count(store), 2);
        assert_false(store_is_read_only(store));

        assert_int_equal(store->driver->script(store->writer, "PRAGMA max_page_count=100000"), 0);
        assert_int_equal(store_write(store, deed_work, &later), 0);
        assert_int_equal(note_count(store), 3);
}

static int cut_work(Tx *tx, void *data) {
        Deed *deed = data;

        if (deed->runs == 0)
                postgres_run(
                        "SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory'");
        return deed_work(tx, data);
}

/* The line is cut before COMMIT: nothing of the group is there, so it runs again on a new line. */
static void line_lost_in_group(void **state) {
        _cleanup_(store_closep) Store *store = store_fresh();
        Deed deeds[] = { { .id = 1 }, { .id = 2 }, { .id = 3 } };
        Gate gate;
        Tally tally;

        tally_init(&tally);
        gate_close(&gate, store);
        for (size_t i = 0; i < ELEMENTSOF(deeds); i++) {
                deeds[i].tally = &tally;
                assert_int_equal(
                        store_write_async(store, i == 1 ? cut_work : deed_work, deed_done, &deeds[i]), 0);
        }
        gate_open(&gate);
        tally_wait(&tally, ELEMENTSOF(deeds));
        for (size_t i = 0; i < ELEMENTSOF(deeds); i++)
                assert_int_equal(deeds[i].result, 0);
        assert_int_equal(deeds[0].runs, 2);
        assert_int_equal(note_count(store), 3);
}

static void line_lost_at_commit(void **state) {
        _cleanup_(store_closep) Store *store = store_fresh();
        Deed deed = { .id = 1 }, later = { .id = 2 };

        postgres_run("CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN"
                     " PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END$$;"
                     "CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON note DEFERRABLE INITIALLY DEFERRED"
                     " FOR EACH ROW EXECUTE FUNCTION cut()");
        assert_int_equal(store_write(store, deed_work, &deed), -EUNKNOWN_);
        assert_int_equal(deed.runs, 1);
        postgres_run("DROP TRIGGER cut ON note");
        assert_int_equal(store_write(store, deed_work, &later), 0);
        assert_int_equal(note_count(store), 1);
        assert_false(store_is_read_only(store));
}

static int crash_work(Tx *tx, void *data) {
        Deed *deed = data;

        if (deed->runs == 0)
                postgres_server("kill");
        return deed_work(tx, data);
}

/* The server dies under load: success means there, lost line means not there, unknown may be either. */
static void server_dies(void **state) {
        _cleanup_(store_closep) Store *store = store_fresh();
        static Deed deeds[SUBMITTERS];
        Deed later = { .id = 5000 };
        Gate gate;
        Tally tally;
        size_t n_good = 0, n_lost = 0;

        tally_init(&tally);
        gate_close(&gate, store);
        for (size_t i = 0; i < SUBMITTERS; i++) {
                deeds[i] = (Deed){ .tally = &tally, .id = (int64_t) i };
                assert_int_equal(
                        store_write_async(store, i == 100 ? crash_work : deed_work, deed_done, &deeds[i]),
                        0);
        }
        gate_open(&gate);
        tally_wait(&tally, SUBMITTERS);
        assert_int_equal(store_write(store, deed_work, &later), -ENOTCONN);
        postgres_server("start");

        for (size_t i = 0; i < SUBMITTERS; i++) {
                bool there = note_exists(store, (int64_t) i);
                if (deeds[i].result == 0)
                        assert_true(there);
                else if (deeds[i].result == -ENOTCONN)
                        assert_false(there);
                else
                        assert_int_equal(deeds[i].result, -EUNKNOWN_);
                n_good += deeds[i].result == 0;
                n_lost += deeds[i].result == -ENOTCONN;
        }
        assert_true(n_good > 0 && n_lost > 0);
        assert_int_equal(store_write(store, deed_work, &later), 0);
        assert_true(note_exists(store, 5000));
}

#define CASE(name, function)                                                                                \
        { name, function, fixture_fresh, NULL, NULL }
static const struct CMUnitTest both[] = {
        CASE("200 submitters at once", concurrent_submitters),
        CASE("a failing command leaves its group", failing_command_leaves_others),
        CASE("a hidden failure dooms the command", hidden_failure_dooms),
        CASE("answers pass through", answers_pass_through),
        CASE("a full queue refuses", queue_full),
        CASE("closing finishes the queue", closing_finishes_the_queue),
        CASE("read-only refuses changes and reads on", read_only_refuses),
        CASE("inline writer", inline_writer),
        CASE("inline read inside a write is refused", inline_read_inside_write),
};
static const struct CMUnitTest sqlite_only[] = {
        CASE("disk full: the group runs again one by one", disk_full_reruns_group),
};
static const struct CMUnitTest postgres_only[] = {
        CASE("line lost before commit: the group runs again", line_lost_in_group),
        CASE("line lost at commit: outcome unknown", line_lost_at_commit),
        CASE("the server dies under load", server_dies),
};

int main(int argc, char *argv[]) {
        struct CMUnitTest cases[32];
        size_t n = ELEMENTSOF(both);
        int r = argc == 3 ? fixture_start(argv[1], argv[2]) : 2;

        if (r == 77)
                printf("1..0 # SKIP no PostgreSQL server\n");
        if (r == 0) {
                memcpy(cases, both, sizeof(both));
                if (fixture.postgres) {
                        memcpy(cases + n, postgres_only, sizeof(postgres_only));
                        n += ELEMENTSOF(postgres_only);
                } else {
                        memcpy(cases + n, sqlite_only, sizeof(sqlite_only));
                        n += ELEMENTSOF(sqlite_only);
                }
                r = _cmocka_run_group_tests(argv[1], cases, n, NULL, NULL);
        }
        fixture_stop();
        return r == 77 ? 0 : r;
}
