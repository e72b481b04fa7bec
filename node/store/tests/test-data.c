/* SPDX-License-Identifier: Apache-2.0 */
/* Values, results, snapshots and the cache of statements: the same on the engine named by the first
 * argument. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../driver.h"
#include "fixture.h"

static const Query insert_note = { "test.insert",
        "INSERT INTO note (id, amount, word, body) VALUES ($1, $4, $2, $3)" };
static const Query all_notes = { "test.all", "SELECT id, word, body, amount FROM note ORDER BY id" };

typedef struct Sample {
        Value word, body, amount;
} Sample;
static const uint8_t raw[] = { 0, 1, 0xff, 0, '\'' };
static const Sample samples[] = {
        { { VALUE_TEXT, .text = "" }, { VALUE_BLOB, .blob = { raw, 0 } }, { VALUE_INTEGER, .integer = 0 } },
        { { VALUE_TEXT, .text = "物业'区域\"$1 %_\\" }, { VALUE_BLOB, .blob = { raw, sizeof(raw) } },
                { VALUE_INTEGER, .integer = INT64_MAX } },
        { { VALUE_TEXT, .text = "12" }, { VALUE_NULL }, { VALUE_INTEGER, .integer = INT64_MIN } },
        { { VALUE_TEXT, .text = "a\nb" }, { VALUE_NULL }, { VALUE_NULL } },
};

static int insert_samples(Tx *tx, void *data) {
        for (size_t i = 0; i < ELEMENTSOF(samples); i++) {
                int64_t changed = -1;
                int r = tx_exec(tx, &insert_note,
                        SQL_ARGS(value_integer((int64_t) i), samples[i].word, samples[i].body,
                                samples[i].amount),
                        &changed);
                if (r < 0)
                        return r;
                assert_int_equal(changed, 1);
        }
        return 0;
}

static void check_cell(const Rows *rows, size_t column, const Value *want) {
        Bytes blob = rows_blob(rows, column);

        assert_int_equal(rows_type(rows, column), want->type);
        assert_int_equal(rows_null(rows, column), want->type == VALUE_NULL);
        switch (want->type) {
        case VALUE_NULL:
                assert_int_equal(rows_integer(rows, column), 0);
                assert_string_equal(rows_text(rows, column), "");
                assert_int_equal(blob.size, 0);
                break;
        case VALUE_INTEGER:
                assert_true(rows_integer(rows, column) == want->integer);
                break;
        case VALUE_TEXT:
                assert_string_equal(rows_text(rows, column), want->text);
                assert_int_equal(blob.size, strlen(want->text));
                break;
        case VALUE_BLOB:
                assert_int_equal(blob.size, want->blob.size);
                assert_memory_equal(blob.data, want->blob.data, blob.size);
                break;
        }
}

static void round_trip(void **state) {
        _cleanup_(store_closep) Store *store = store_fresh();
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;

        assert_int_equal(store_write(store, insert_samples, NULL), 0);
        assert_int_equal(store_read_begin(store, &tx), 0);
        assert_int_equal(tx_store(tx), STORE_BUSINESS);
        assert_false(tx_writable(tx));
        assert_int_equal(tx_query(tx, &all_notes, SQL_NO_ARGS, &rows), 0);
        assert_int_equal(rows_columns(rows), 4);
        assert_string_equal(rows_column_name(rows, 3), "amount");
        for (size_t i = 0; i < ELEMENTSOF(samples); i++) {
                assert_int_equal(rows_next(rows), 1);
                assert_true(rows_integer(rows, 0) == (int64_t) i);
                check_cell(rows, 1, &samples[i].word);
                check_cell(rows, 2, &samples[i].body);
                check_cell(rows, 3, &samples[i].amount);
        }
        assert_int_equal(rows_next(rows), 0);
        assert_int_equal(rows_next(rows), 0);
}

static void integers_as_text_and_back(void **state) {
        static const Query query = { "test.untyped", "SELECT $1, amount FROM note WHERE id = 1" };
        _cleanup_(store_closep) Store *store = store_fresh();
        _cleanup_(store_read_endp) Tx *tx = NULL;
        _cleanup_(rows_closep) Rows *rows = NULL;

        assert_int_equal(store_write(store, insert_samples, NULL), 0);
        assert_int_equal(store_read_begin(store, &tx), 0);
        assert_int_equal(tx_query(tx, &query, SQL_ARGS(value_integer(-7)), &rows), 0);
        assert_int_equal(rows_next(rows), 1);
        assert_int_equal(rows_integer(rows, 0), -7);
        assert_string_equal(rows_text(rows, 0), "-7");
        assert_string_equal(rows_text(rows, 1), "9223372036854775807");
}

static void first_integer(void **state) {
        static const Query none = { "test.none", "SELECT id FROM note WHERE id = $1" };
        static const Query null = { "test.null", "SELECT amount FROM note WHERE id = $1" };
        _cleanup_(store_closep) Store *store = store_fresh();
        _cleanup_(store_read_endp) Tx *tx = NULL;
        int64_t n = 5;

        assert_int_equal(store_write(store, insert_samples, NULL), 0);
        assert_int_equal(store_read_begin(store, &tx), 0);
        assert_int_equal(tx_integer(tx, &none, SQL_ARGS(value_integer(77)), &n), -ENOENT);
        assert_int_equal(n, 5);
        assert_int_equal(tx_integer(tx, &null, SQL_ARGS(value_integer(3)), &n), 0);
        assert_int_equal(n, 0);
}

static int change_work(Tx *tx, void *data) {
        static const Query many = { "test.many", "UPDATE note SET amount = $1 WHERE id >= $2" };
        static const Query again = { "test.again",
                "INSERT INTO note (id) VALUES (1) ON CONFLICT (id) DO NOTHING" };
        static const Query gone = { "test.gone", "DELETE FROM note WHERE id = 77" };
        int64_t changed = -1;

        assert_int_equal(tx_exec(tx, &many, SQL_ARGS(value_integer(9), value_integer(1)), &changed), 0);
        assert_int_equal(changed, 3);
        assert_int_equal(tx_exec(tx, &again, SQL_NO_ARGS, &changed), 0);
        assert_int_equal(changed, 0);
        assert_int_equal(tx_exec(tx, &gone, SQL_NO_ARGS, &changed), 0);
        assert_int_equal(changed, 0);
        return 0;
}

static void counts_of_changes(void **state) {
        _cleanup_(store_closep) Store *store = store_fresh();

        assert_int_equal(store_write(store, insert_samples, NULL), 0);
        assert_int_equal(store_write(store, change_work, NULL), 0);
}

#define EACH_ROWS 300 /* more than PostgreSQL is sent without waiting */

/* Rows 0 to 3 are there already. */
static int insert_each(Tx *tx, void *data) {
        static const Query insert = { "test.each",
                "INSERT INTO note (id, amount) VALUES ($1, $2) ON CONFLICT DO NOTHING" };
        static const Query before = { "test.before", "UPDATE note SET amount = 5 WHERE id < 3" };
        Value values[2 * EACH_ROWS];
        int64_t changed = -1;

        for (int64_t i = 0; i < EACH_ROWS; i++) {
                values[2 * i] = value_integer(i);
                values[2 * i + 1] = value_integer(i + 1000);
        }
        /* a change that was not asked about is not counted with them */
        assert_int_equal(tx_exec(tx, &before, SQL_NO_ARGS, NULL), 0);
        assert_int_equal(tx_exec_each(tx, &insert, values, 2, EACH_ROWS, &changed), 0);
        assert_int_equal(changed, EACH_ROWS - (int64_t) ELEMENTSOF(samples));
        assert_int_equal(tx_exec(tx, &before, SQL_NO_ARGS, &changed), 0);
        assert_int_equal(changed, 3);
        return tx_exec_each(tx, &insert_note,
                SQL_ARGS(value_integer(1), value_text("w"), value_null(), value_null()), 1, &changed);
}

static void one_statement_for_many_rows(void **state) {
        static const Query sum = { "test.sum",
                "SELECT CAST(sum(amount) AS BIGINT) FROM note WHERE id >= 4" };
        _cleanup_(store_closep) Store *store = store_fresh();
        _cleanup_(store_read_endp) Tx *tx = NULL;
        int64_t n = 0;

        assert_int_equal(store_write(store, insert_samples, NULL), 0);
        assert_int_equal(store_write(store, insert_each, NULL), -EEXIST);
        assert_int_equal(store_read_begin(store, &tx), 0);
        assert_int_equal(tx_integer(tx, &sum, SQL_NO_ARGS, &n), 0);
        assert_int_equal(n, 0);
}

/* A result is as it was when its query ran, whatever the command changes while it reads; also nested by
 * itself. */
static int changing_while_reading(Tx *tx, void *data) {
        static const Query move = { "test.move", "UPDATE note SET id = id + 100, amount = 1 WHERE id = $1" };
        static const Query returning = { "test.returning",
                "INSERT INTO note (id, word) VALUES ($1, 'neu') RETURNING id, word" };
        _cleanup_(rows_closep) Rows *outer = NULL;
        int64_t seen = 0;

        assert_int_equal(tx_query(tx, &all_notes, SQL_NO_ARGS, &outer), 0);
        while (rows_next(outer) > 0) {
                _cleanup_(rows_closep) Rows *inner = NULL;
                int64_t id = rows_integer(outer, 0);

                assert_int_equal(id, seen);
                assert_int_equal(tx_query(tx, &all_notes, SQL_NO_ARGS, &inner), 0);
                assert_int_equal(rows_next(inner), 1);
                assert_int_equal(tx_exec(tx, &move, SQL_ARGS(value_integer(id)), NULL), 0);
                assert_int_equal(rows_integer(outer, 0), id);
                check_cell(outer, 1, &samples[id].word);
                seen++;
        }
        assert_int_equal(seen, ELEMENTSOF(samples));

        _cleanup_(rows_closep) Rows *made = NULL;
        assert_int_equal(tx_query(tx, &returning, SQL_ARGS(value_integer(500)), &made), 0);
        assert_int_equal(rows_next(made), 1);
        assert_int_equal(rows_integer(made, 0), 500);
        assert_string_equal(rows_text(made, 1), "neu");
        assert_int_equal(rows_next(made), 0);
        return 0;
}

static void results_stand_still(void **state) {
        _cleanup_(store_closep) Store *store = store_fresh();

        assert_int_equal(store_write(store, insert_samples, NULL), 0);
        assert_int_equal(store_write(store, changing_while_reading, NULL), 0);
        assert_int_equal(note_count(store), ELEMENTSOF(samples) + 1);
        assert_true(note_exists(store, 500) && note_exists(store, 103) && !note_exists(store, 3));
}

static void snapshot_isolation(void **state) {
        static const Query count = { "test.count", "SELECT count(*) FROM note" };
        _cleanup_(store_closep) Store *store = store_fresh();
        Tx *old = NULL, *new = NULL;
        int64_t n = -1;

        assert_int_equal(store_read_begin(store, &old), 0);
        assert_int_equal(store_write(store, insert_samples, NULL), 0);
        assert_int_equal(store_read_begin(store, &new), 0);
        assert_int_equal(tx_integer(old, &count, SQL_NO_ARGS, &n), 0);
        assert_int_equal(n, 0);
        assert_int_equal(tx_integer(new, &count, SQL_NO_ARGS, &n), 0);
        assert_int_equal(n, ELEMENTSOF(samples));
        store_read_end(old);
        store_read_end(new);
}

static void readers_cannot_write(void **state) {
        static const Query insert = { "test.plain", "INSERT INTO note (id) VALUES (1)" };
        static const Query returning = { "test.sly", "INSERT INTO note (id) VALUES (2) RETURNING id" };
        _cleanup_(store_closep) Store *store = store_fresh();
        Rows *rows = NULL;
        Tx *tx = NULL;

        assert_int_equal(store_read_begin(store, &tx), 0);
        assert_int_equal(tx_exec(tx, &insert, SQL_NO_ARGS, NULL), -EPERM);
        assert_int_equal(tx_query(tx, &returning, SQL_NO_ARGS, &rows), -EPERM);
        store_read_end(tx);
        assert_int_equal(note_count(store), 0);
}

/* The second line of defence is the connection itself. */
static void connection_of_reader_refuses(void **state) {
        static const char *const attempts[] = { "INSERT INTO note (id) VALUES (1)", "DROP TABLE note",
                "CREATE TABLE evil (id BIGINT)" };
        static const char *const sqlite_attempts[] = { "ATTACH ':memory:' AS other", "PRAGMA query_only=OFF",
                "SELECT load_extension('x')" };
        _cleanup_(store_closep) Store *store = store_fresh();

        for (size_t i = 0; i < ELEMENTSOF(attempts) + ELEMENTSOF(sqlite_attempts); i++) {
                bool common = i < ELEMENTSOF(attempts);
                Tx *tx = NULL;
                if (!common && fixture.postgres)
                        break;
                assert_int_equal(store_read_begin(store, &tx), 0);
                assert_int_not_equal(
                        store->driver->script(tx->connection,
                                common ? attempts[i] : sqlite_attempts[i - ELEMENTSOF(attempts)]),
                        0);
                store_read_end(tx);
        }
        assert_int_equal(note_count(store), 0);
}

static int64_t test_now_ms;
static int64_t test_monotonic(void *data) {
        return test_now_ms;
}
static Instant test_now(void *data) {
        return (Instant){ test_now_ms };
}

static void snapshots_end(void **state) {
        static const Query count = { "test.count", "SELECT count(*) FROM note" };
        Clock clock = { .now = test_now, .monotonic_ms = test_monotonic };
        StoreOptions options = { .id = STORE_BUSINESS, .dsn = fixture.dsn, .clock = &clock, .readers = 1 };
        _cleanup_(store_closep) Store *store = NULL;
        Tx *tx = NULL, *more = NULL;
        int64_t n;

        test_now_ms = 1000;
        assert_int_equal(store_open(&options, &store), 0);
        assert_int_equal(store_migrate(store, fixture_migrations, fixture_n_migrations), 0);
        assert_int_equal(store_read_begin(store, &tx), 0);
        assert_int_equal(store_read_begin(store, &more), -EAGAIN);
        assert_int_equal(tx_integer(tx, &count, SQL_NO_ARGS, &n), 0);
        test_now_ms += READ_HOLD_MS_MAX + 1;
        assert_int_equal(tx_integer(tx, &count, SQL_NO_ARGS, &n), -ETIMEDOUT);
        store_read_end(tx);

        assert_int_equal(store_read_begin_long(store, &tx), 0);
        test_now_ms += READ_HOLD_MS_MAX + 1;
        assert_int_equal(tx_integer(tx, &count, SQL_NO_ARGS, &n), 0);
        store_read_end(tx);
}

/* Composed queries come at the same address with other text, and there is no end of them. */
static void composed_queries(void **state) {
        _cleanup_(store_closep) Store *store = store_fresh();
        _cleanup_(store_read_endp) Tx *tx = NULL;
        static Query queries[STATEMENTS_MAX + 50];
        static char texts[STATEMENTS_MAX + 50][48];
        char text[64];
        Query query = { "test.composed", text };

        assert_int_equal(store_read_begin(store, &tx), 0);
        for (int i = 0; i < 20; i++) {
                int64_t n = -1;
                snprintf(text, sizeof(text), "SELECT %d + count(*) FROM note", i);
                assert_int_equal(tx_integer(tx, &query, SQL_NO_ARGS, &n), 0);
                assert_int_equal(n, i);
        }
        for (size_t i = 0; i < ELEMENTSOF(queries); i++) {
                int64_t n = -1;
                snprintf(texts[i], sizeof(texts[i]), "SELECT %zu", i);
                queries[i] = (Query){ "test.many", texts[i] };
                assert_int_equal(tx_integer(tx, &queries[i], SQL_NO_ARGS, &n), 0);
                assert_int_equal(n, i);
        }
        assert_true(tx->connection->cache.n <= STATEMENTS_READER_MAX);
}

static void reader_recovers_from_failure(void **state) {
        static const Query bad = { "test.bad", "SELECT nothing FROM nowhere" };
        _cleanup_(store_closep) Store *store = store_fresh();
        Rows *rows = NULL;

        for (int i = 0; i < 10; i++) {
                Tx *tx = NULL;
                assert_int_equal(store_read_begin(store, &tx), 0);
                assert_int_equal(tx_query(tx, &bad, SQL_NO_ARGS, &rows), -EINVAL);
                assert_true(strlen(tx_error_text(tx)) > 0);
                store_read_end(tx);
        }
        assert_int_equal(note_count(store), 0);
}

#define CASE(name, function)                                                                                \
        { name, function, fixture_fresh, NULL, NULL }
static const struct CMUnitTest cases[] = {
        CASE("integers, texts, bytes and NULL come back", round_trip),
        CASE("integers as text and back", integers_as_text_and_back),
        CASE("first integer, none, NULL", first_integer),
        CASE("counts of changed rows", counts_of_changes),
        CASE("one statement for many rows counts only its own, and fails whole",
                one_statement_for_many_rows),
        CASE("results stand still while their table changes", results_stand_still),
        CASE("a snapshot does not see later commits", snapshot_isolation),
        CASE("readers cannot write", readers_cannot_write),
        CASE("the reader's connection refuses by itself", connection_of_reader_refuses),
        CASE("snapshots end, long ones do not", snapshots_end),
        CASE("composed queries", composed_queries),
        CASE("a failed reader recovers", reader_recovers_from_failure),
};

int main(int argc, char *argv[]) {
        int r = argc == 3 ? fixture_start(argv[1], argv[2]) : 2;

        if (r == 77)
                printf("1..0 # SKIP no PostgreSQL server\n");
        if (r == 0)
                r = cmocka_run_group_tests_name(argv[1], cases, NULL, NULL);
        fixture_stop();
        return r == 77 ? 0 : r;
}
