/* SPDX-License-Identifier: Apache-2.0 */
/* Migrations, constraints, ledgers, the lock, the digest, and the check of queries at start. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <libpq-fe.h>

#include <node/crypto.h>

#include "../driver.h"
#include "fixture.h"

/* One statement as the work of a command. */
static int statement_work(Tx *tx, void *data) {
        return tx_exec(tx, data, SQL_NO_ARGS, NULL);
}

static int run(Store *store, const char *sql) {
        Query query = { "test.statement", sql };

        return store_write(store, statement_work, &query);
}

static void applied_once(void **state) {
        static const Query count = { "test.migrations", "SELECT count(*) FROM store_migration" };
        _cleanup_(store_closep) Store *store = store_fresh();

        assert_int_equal(store_integer(store, &count), 2);
        assert_int_equal(store_migrate(store, fixture_migrations, fixture_n_migrations), 0);
        assert_int_equal(store_integer(store, &count), 2);
        assert_int_equal(run(store, "INSERT INTO note (id) VALUES (1)"), 0);
        store_close(TAKE_PTR(store));
        store = store_fresh();
        assert_int_equal(note_count(store), 1);
}

static void other_text_refused(void **state) {
        _cleanup_(store_closep) Store *store = store_fresh();
        Migration changed = fixture_migrations[0];

        changed.sql = "CREATE TABLE note (id BIGINT PRIMARY KEY, other TEXT)";
        assert_int_equal(store_migrate(store, &changed, 1), -EBADMSG);
}

static void failing_leaves_nothing(void **state) {
        static const Query count = { "test.migrations", "SELECT count(*) FROM store_migration" };
        static const Migration bad = {
                STORE_BUSINESS, "test/003-bad",
                "CREATE TABLE half (id BIGINT PRIMARY KEY)\n--;\nCREATE TABLE half (id BIGINT PRIMARY KEY)\n"
        };
        static const Migration good = { STORE_BUSINESS, "test/003-bad",
                "CREATE TABLE half (id BIGINT PRIMARY KEY)" };
        static const Migration names[] = { { STORE_BUSINESS, "test/004-a", "--ledger: note; DROP\n" },
                { STORE_BUSINESS, "test/004-b", "--truth: note\n" } };
        _cleanup_(store_closep) Store *store = store_fresh();

        assert_int_not_equal(store_migrate(store, &bad, 1), 0);
        assert_int_equal(store_integer(store, &count), 2);
        for (size_t i = 0; i < ELEMENTSOF(names); i++)
                assert_int_equal(store_migrate(store, &names[i], 1), -EINVAL);
        assert_int_equal(store_migrate(store, &good, 1), 0);
        assert_int_equal(run(store, "INSERT INTO half (id) VALUES (1)"), 0);
}

static void types_are_strict(void **state) {
        _cleanup_(store_closep) Store *store = store_fresh();

        assert_int_equal(run(store, "INSERT INTO note (id, amount) VALUES (1, 5000000000)"), 0);
        assert_int_equal(run(store, "INSERT INTO note (id, amount) VALUES (2, 'five')"), -EINVAL);
        assert_int_equal(note_count(store), 1);
}

static void constraints_are_told_apart(void **state) {
        _cleanup_(store_closep) Store *store = store_fresh();

        assert_int_equal(run(store, "INSERT INTO entry (id, amount) VALUES (1, 5)"), 0);
        assert_int_equal(run(store, "INSERT INTO entry (id, amount) VALUES (1, 5)"), -EEXIST);
        assert_int_equal(run(store, "INSERT INTO entry (id, amount) VALUES (2, 0)"), -EBROKEN_);
        assert_int_equal(run(store, "INSERT INTO entry (id, amount) VALUES (3, NULL)"), -EBROKEN_);
        assert_int_equal(run(store, "INSERT INTO entry (id, amount, note_id) VALUES (4, 1, 99)"), -EBROKEN_);
        assert_int_equal(run(store, "INSERT INTO nowhere (id) VALUES (1)"), -EINVAL);
}

static void ledger_is_append_only(void **state) {
        static const Query sum = { "test.sum", "SELECT CAST(sum(amount) AS BIGINT) FROM entry" };
        _cleanup_(store_closep) Store *store = store_fresh();

        assert_int_equal(run(store, "INSERT INTO entry (id, amount) VALUES (1, 5), (2, 7)"), 0);
        assert_int_equal(run(store, "UPDATE entry SET amount = 6 WHERE id = 1"), -EBROKEN_);
        assert_int_equal(run(store, "UPDATE entry SET amount = amount"), -EBROKEN_);
        assert_int_equal(run(store, "DELETE FROM entry WHERE id = 2"), -EBROKEN_);
        assert_int_equal(run(store, "INSERT INTO entry (id, amount) VALUES (1, 9)"
                                    " ON CONFLICT (id) DO UPDATE SET amount = excluded.amount"),
                -EBROKEN_);
        if (fixture.postgres)
                assert_int_equal(run(store, "TRUNCATE entry"), -EBROKEN_);
        else
                assert_int_equal(
                        run(store, "INSERT OR REPLACE INTO entry (id, amount) VALUES (1, 9)"), -EBROKEN_);
        assert_int_equal(store_integer(store, &sum), 12);
}

static void overflow_is_an_error(void **state) {
        _cleanup_(store_closep) Store *store = store_fresh();
        static const Query sum = { "test.sum", "SELECT CAST(sum(amount) AS BIGINT) FROM note" };
        static const Query plus = { "test.plus", "SELECT amount + amount FROM note WHERE id = 1" };
        const Query *const queries[] = { &sum, &plus };

        assert_int_equal(run(store, "INSERT INTO note (id, amount) VALUES (1, 9223372036854775807),"
                                    " (2, 9223372036854775807)"),
                0);
        for (size_t i = 0; i < ELEMENTSOF(queries); i++) {
                Tx *tx = NULL;
                int64_t n = 3;
                assert_int_equal(store_read_begin(store, &tx), 0);
                assert_int_equal(tx_integer(tx, queries[i], SQL_NO_ARGS, &n), -EOVERFLOW);
                assert_int_equal(n, 3);
                store_read_end(tx);
        }
}

static void second_opener_is_refused(void **state) {
        StoreOptions options = {
                .id = STORE_BUSINESS, .dsn = fixture.dsn, .clock = &clock_real, .readers = 1
        };
        _cleanup_(store_closep) Store *store = store_fresh();
        Store *second = NULL;

        assert_int_equal(store_open(&options, &second), -EBUSY);
        assert_null(second);
        store_close(TAKE_PTR(store));
        assert_int_equal(store_open(&options, &second), 0);
        store_close(second);
}

static void *open_apart(void *data) {
        *(Store **) data = store_fresh();
        return NULL;
}

/* As after a kill: the server has not yet noticed that the client of a session has gone. */
static void ending_session_is_waited_for(void **state) {
        static const char waiting[] = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
        PGconn *before = PQconnectdb(fixture.dsn), *watch = PQconnectdb(fixture.dsn);
        Store *store = NULL;
        pthread_t thread;
        int n = 0;

        PQclear(PQexec(before, "SELECT pg_advisory_lock(1718972004, 2)")); /* "fund", the business store */
        assert_int_equal(pthread_create(&thread, NULL, open_apart, &store), 0);
        while (n == 0) {
                PGresult *result = PQexec(watch, waiting);

                assert_int_equal(PQresultStatus(result), PGRES_TUPLES_OK);
                n = PQntuples(result);
                PQclear(result);
        }
        PQfinish(before);
        assert_int_equal(pthread_join(thread, NULL), 0);
        assert_int_equal(note_count(store), 0);
        store_close(store);
        PQfinish(watch);
}

static void wrong_places_are_refused(void **state) {
        static const char *const sqlite[] = { "sqlite:", "sqlite:/nowhere/at/all.db", "mysql:x",
                "sqlite::memory:" };
        static const char *const postgres[] = { "postgresql:///fund?host=/nowhere/at/all" };
        const char *const *dsn = fixture.postgres ? postgres : sqlite;
        size_t n = fixture.postgres ? ELEMENTSOF(postgres) : ELEMENTSOF(sqlite);

        for (size_t i = 0; i < n; i++) {
                StoreOptions options = {
                        .id = STORE_BUSINESS, .dsn = dsn[i], .clock = &clock_real, .readers = 1
                };
                Store *store = NULL;
                assert_true(store_open(&options, &store) < 0);
                assert_null(store);
        }
}

static void files_are_private(void **state) {
        static const char *const endings[] = { "", "-wal", "-shm", "-lock" };
        _cleanup_(store_closep) Store *store = store_fresh();

        assert_false(store_is_read_only(store));
        for (size_t i = 0; i < ELEMENTSOF(endings); i++) {
                char path[600];
                struct stat st;
                snprintf(path, sizeof(path), "%s%s", fixture.dsn + strlen("sqlite:"), endings[i]);
                assert_int_equal(stat(path, &st), 0);
                assert_int_equal(st.st_mode & 0777, 0600);
        }
}

static void memory_database(void **state) {
        _cleanup_(store_closep) Store *store = store_at("sqlite::memory:", 0, true);

        assert_int_equal(run(store, "INSERT INTO note (id) VALUES (1)"), 0);
        assert_int_equal(note_count(store), 1);
}

static const Record note_record = { .name = "note", .shape = SHAPE_REGISTER, .store = STORE_BUSINESS };
static const Record entry_record = { .name = "entry", .shape = SHAPE_LEDGER, .store = STORE_BUSINESS };
static const Record absent_record = { .name = "absent", .shape = SHAPE_DOCUMENT, .store = STORE_BUSINESS };
static const Record *const test_records[] = { &note_record, &absent_record, &entry_record, NULL };
static const Module test_module = { .name = "test", .records = test_records };
static const Module *const test_modules[] = { &test_module, NULL };

static void fill(Store *store) {
        assert_int_equal(
                run(store, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)"
                           " INSERT INTO note (id, amount) SELECT i * 3, 7 * i FROM n"),
                0);
        assert_int_equal(run(store, "INSERT INTO note (id, word) VALUES (-5, '维修资金'), (1, '')"), 0);
        assert_int_equal(run(store, "INSERT INTO entry (id, amount) VALUES (8, -3), (9, 4)"), 0);
        assert_int_equal(run(store, "INSERT INTO series (name, next) VALUES ('b', 2), ('a', 1)"), 0);
}

static Digest digest_of(Store *store) {
        Digest digest = { 0 };

        assert_int_equal(store_digest(store, test_modules, &digest), 0);
        return digest;
}

static void digest_is_stable(void **state) {
        _cleanup_(store_closep) Store *store = store_fresh();
        Digest empty = digest_of(store), full, again;

        fill(store);
        full = digest_of(store);
        assert_false(digest_equal(&empty, &full));
        store_close(TAKE_PTR(store));
        store = store_fresh();
        again = digest_of(store);
        assert_true(digest_equal(&full, &again));
}

static void digest_sees_everything(void **state) {
        static const char *const changes[] = { "UPDATE note SET amount = amount + 1 WHERE id = 7500",
                "UPDATE note SET word = '' WHERE id = -5 AND amount = 99",
                "UPDATE note SET body = NULL, word = 'x' WHERE id = 1", "DELETE FROM note WHERE id = 3",
                "INSERT INTO entry (id, amount) VALUES (10, 1)",
                "UPDATE series SET next = 3 WHERE name = 'b'" };
        _cleanup_(store_closep) Store *store = store_fresh();
        Digest before, after;

        fill(store);
        before = digest_of(store);
        for (size_t i = 0; i < ELEMENTSOF(changes); i++) {
                assert_int_equal(run(store, changes[i]), 0);
                after = digest_of(store);
                /* the second changes no row */
                assert_int_equal(digest_equal(&before, &after), i == 1);
                before = after;
        }
}

static void digest_is_the_same_on_both(void **state) {
        _cleanup_(store_closep) Store *here = store_fresh(), *there = store_at(fixture.sqlite_dsn, 2, false);
        Digest a, b;

        fill(here);
        fill(there);
        a = digest_of(here);
        b = digest_of(there);
        assert_true(digest_equal(&a, &b));
}

static void queries_are_checked(void **state) {
        static const Query good = { "test.good",
                "SELECT id FROM note WHERE id = $2 AND word = $1 LIMIT $3" };
        static const Query bad[] = {
                { "test.column", "SELECT nothing FROM note" },
                { "test.quotes", "SELECT \"typo\" FROM note" },
                { "test.two", "SELECT id FROM note; SELECT id FROM note" },
                { "test.gap", "SELECT id FROM note WHERE amount = $1 AND id = $3" },
        };
        static const Query bad_sqlite = { "test.cast", "SELECT $1::bigint FROM note" };
        static const Query bad_postgres = { "test.numeric", "SELECT sum(id) FROM note" };
        _cleanup_(store_closep) Store *store = store_fresh();

        assert_int_equal(store_prepare_check(store, &good), 0);
        assert_int_equal(store_prepare_check(store, &good), 0);
        for (size_t i = 0; i < ELEMENTSOF(bad); i++)
                assert_int_equal(store_prepare_check(store, &bad[i]), -EINVAL);
        assert_int_equal(
                store_prepare_check(store, fixture.postgres ? &bad_postgres : &bad_sqlite), -EINVAL);
        assert_int_equal(run(store, "INSERT INTO note (id) VALUES (1)"), 0);
}

#define CASE(name, function)                                                                                \
        { name, function, fixture_fresh, NULL, NULL }
static const struct CMUnitTest cases[] = {
        CASE("migrations are applied once", applied_once),
        CASE("a migration with another text is refused", other_text_refused),
        CASE("a failing migration leaves nothing", failing_leaves_nothing),
        CASE("types are strict, INTEGER has 64 bits", types_are_strict),
        CASE("constraints are told apart", constraints_are_told_apart),
        CASE("a ledger is append only", ledger_is_append_only),
        CASE("overflow is an error", overflow_is_an_error),
        CASE("a second opener is refused", second_opener_is_refused),
        CASE("wrong places are refused", wrong_places_are_refused),
        CASE("the digest survives a restart", digest_is_stable),
        CASE("the digest sees every change", digest_sees_everything),
        CASE("queries are checked", queries_are_checked),
        CASE("an ending session is waited for", ending_session_is_waited_for),
        CASE("the digest is the same on both engines", digest_is_the_same_on_both),
        CASE("files are private", files_are_private),
        CASE("a database in memory", memory_database),
};

int main(int argc, char *argv[]) {
        /* the last two on SQLite only, the two before on PostgreSQL only */
        struct CMUnitTest chosen[ELEMENTSOF(cases)];
        size_t n = ELEMENTSOF(cases);
        int r = argc == 3 ? fixture_start(argv[1], argv[2]) : 2;

        if (r == 77)
                printf("1..0 # SKIP no PostgreSQL server\n");
        if (r == 0) {
                memcpy(chosen, cases, sizeof(cases));
                if (fixture.postgres)
                        n -= 2;
                else {
                        memmove(&chosen[n - 4], &chosen[n - 2], 2 * sizeof(*chosen));
                        n -= 2;
                }
                r = _cmocka_run_group_tests(argv[1], chosen, n, NULL, NULL);
        }
        fixture_stop();
        return r == 77 ? 0 : r;
}
