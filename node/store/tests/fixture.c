/* SPDX-License-Identifier: Apache-2.0 */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <libpq-fe.h>

#include "fixture.h"

Fixture fixture;

const Migration fixture_migrations[] = {
        { STORE_BUSINESS, "test/001-note",
                "-- what the tests write; a semicolon; in a comment\n"
                "CREATE TABLE note (\n"
                "        id BIGINT PRIMARY KEY,      -- office << 32 | serial\n"
                "        word TEXT NOT NULL DEFAULT 'BIGINT; it''s a text',\n"
                "        body BYTEA,\n"
                "        amount INTEGER,\n"
                "        UNIQUE (word, id)           -- last words\n"
                ");\n"
                "--;\n"
                "CREATE INDEX note_amount ON note (amount)\n" },
        { STORE_SYSTEM, "test/001-other", "CREATE TABLE other (id BIGINT PRIMARY KEY)" },
        { STORE_BUSINESS, "test/002-entry",
                "CREATE TABLE entry (id BIGINT PRIMARY KEY, amount BIGINT NOT NULL CHECK (amount <> 0),"
                " note_id BIGINT REFERENCES note (id))\n"
                "--;\n"
                "--ledger: entry\n"
                "CREATE TABLE series (name TEXT PRIMARY KEY, next BIGINT NOT NULL);\n"
                "--truth: series name\n" },
};
const size_t fixture_n_migrations = ELEMENTSOF(fixture_migrations);

static int script(const char *verb, const char *argument, char *ret_line, size_t size) {
        char command[512];
        FILE *pipe;
        int status;

        snprintf(command, sizeof(command), "'%s' %s '%s/pg' %s", fixture.script, verb, fixture.folder,
                argument);
        pipe = popen(command, "r");
        if (!pipe)
                return -1;
        if (ret_line && !fgets(ret_line, (int) size, pipe))
                ret_line[0] = '\0';
        status = pclose(pipe);
        if (ret_line)
                ret_line[strcspn(ret_line, "\n")] = '\0';
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int fixture_start(const char *engine, const char *harness) {
        fixture.postgres = strcmp(engine, "postgres") == 0;
        fixture.script = harness;
        snprintf(fixture.folder, sizeof(fixture.folder), "/tmp/fundnode-store.XXXXXX");
        if (!mkdtemp(fixture.folder))
                return 1;
        if (chmod(fixture.folder, 0755) < 0)
                return 1;
        snprintf(fixture.sqlite_dsn, sizeof(fixture.sqlite_dsn), "sqlite:%s/test.db", fixture.folder);
        snprintf(fixture.dsn, sizeof(fixture.dsn), "%s", fixture.sqlite_dsn);
        return fixture.postgres ? script("start", "", fixture.dsn, sizeof(fixture.dsn)) : 0;
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw) {
        return remove(path);
}

void fixture_stop(void) {
        if (fixture.postgres)
                (void) script("stop", "", NULL, 0);
        if (strlen(fixture.folder) > strlen("/tmp/"))
                (void) nftw(fixture.folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

void postgres_run(const char *sql) {
        PGconn *pg = PQconnectdb(fixture.dsn);
        PGresult *result = PQexec(pg, sql);

        if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK)
                fail_msg("%s", PQerrorMessage(pg));
        PQclear(result);
        PQfinish(pg);
}

void postgres_server(const char *verb) {
        char line[256];

        assert_int_equal(script(verb, "", line, sizeof(line)), 0);
}

int fixture_fresh(void **state) {
        static const char *const endings[] = { "", "-wal", "-shm", "-lock", "-journal" };
        char path[300];

        for (size_t i = 0; i < ELEMENTSOF(endings); i++) {
                snprintf(path, sizeof(path), "%s%s", fixture.sqlite_dsn + strlen("sqlite:"), endings[i]);
                (void) unlink(path);
        }
        if (fixture.postgres)
                postgres_run(
                        "SET client_min_messages = error; DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        return 0;
}

Store *store_at(const char *dsn, size_t readers, bool inline_writer) {
        StoreOptions options = { .id = STORE_BUSINESS,
                .dsn = dsn,
                .clock = &clock_real,
                .readers = readers,
                .inline_writer = inline_writer };
        Store *store = NULL;

        assert_int_equal(store_open(&options, &store), 0);
        assert_int_equal(store_migrate(store, fixture_migrations, fixture_n_migrations), 0);
        return store;
}

Store *store_fresh(void) {
        return store_at(fixture.dsn, 4, false);
}

static int gate_work(Tx *tx, void *data) {
        Gate *gate = data;

        pthread_mutex_lock(&gate->lock);
        gate->reached = true;
        pthread_cond_broadcast(&gate->changed);
        while (!gate->open)
                pthread_cond_wait(&gate->changed, &gate->lock);
        pthread_mutex_unlock(&gate->lock);
        return 0;
}

void gate_close(Gate *gate, Store *store) {
        pthread_mutex_init(&gate->lock, NULL);
        pthread_cond_init(&gate->changed, NULL);
        gate->reached = gate->open = false;
        assert_int_equal(store_write_async(store, gate_work, NULL, gate), 0);
        pthread_mutex_lock(&gate->lock);
        while (!gate->reached)
                pthread_cond_wait(&gate->changed, &gate->lock);
        pthread_mutex_unlock(&gate->lock);
}

void gate_open(Gate *gate) {
        pthread_mutex_lock(&gate->lock);
        gate->open = true;
        pthread_cond_broadcast(&gate->changed);
        pthread_mutex_unlock(&gate->lock);
}

void tally_init(Tally *tally) {
        pthread_mutex_init(&tally->lock, NULL);
        pthread_cond_init(&tally->changed, NULL);
        tally->n_done = 0;
}

void tally_wait(Tally *tally, size_t n) {
        pthread_mutex_lock(&tally->lock);
        while (tally->n_done < n)
                pthread_cond_wait(&tally->changed, &tally->lock);
        pthread_mutex_unlock(&tally->lock);
}

int deed_work(Tx *tx, void *data) {
        static const Query insert = { "test.note", "INSERT INTO note (id, word, body) VALUES ($1, $2, $3)" };
        Deed *deed = data;
        uint8_t *body = calloc(1, deed->size_bytes + 1);
        int r;

        deed->runs++;
        r = tx_exec(tx, &insert,
                SQL_ARGS(value_integer(deed->id), value_text("做"), value_blob(body, deed->size_bytes)),
                NULL);
        free(body);
        if (r < 0 && !deed->ignore_failure)
                return r;
        return deed->answer;
}

void deed_done(int result, void *data) {
        Deed *deed = data;

        pthread_mutex_lock(&deed->tally->lock);
        deed->result = result;
        deed->tally->n_done++;
        pthread_cond_broadcast(&deed->tally->changed);
        pthread_mutex_unlock(&deed->tally->lock);
}

int64_t store_integer(Store *store, const Query *query) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        int64_t n = -1;

        assert_int_equal(store_read_begin(store, &tx), 0);
        assert_int_equal(tx_integer(tx, query, SQL_NO_ARGS, &n), 0);
        return n;
}

int64_t note_count(Store *store) {
        static const Query query = { "test.count", "SELECT count(*) FROM note" };

        return store_integer(store, &query);
}

bool note_exists(Store *store, int64_t id) {
        static const Query query = { "test.exists", "SELECT count(*) FROM note WHERE id = $1" };
        _cleanup_(store_read_endp) Tx *tx = NULL;
        int64_t n = -1;

        assert_int_equal(store_read_begin(store, &tx), 0);
        assert_int_equal(tx_integer(tx, &query, SQL_ARGS(value_integer(id)), &n), 0);
        return n == 1;
}
