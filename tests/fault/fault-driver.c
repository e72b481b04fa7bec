/* SPDX-License-Identifier: Apache-2.0 */
/* A small workload on one SQLite store that says what it was promised, and the check of what is there
 * afterwards. tests/fault/run.sh kills it, or fails its system calls, at every point.
 *
 *   fault-driver run FILE ANSWERS        two sessions of small commands; each answer is a line of ANSWERS
 *   fault-driver run-large FILE ANSWERS  one session that fills the log until it is carried over into the
 * database fault-driver check FILE ANSWERS      acknowledged: there; refused: not there; else whole or not
 * there at all fault-driver fill FILE RESERVE       commits until the disk is full, then again after
 * removing RESERVE
 *
 * Exit: 0, 1 a broken promise, 3 the store could not be opened under the fault (allowed: nothing was
 * promised). */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include <internal/store-kernel.h>
#include <node/error.h>

#define SESSIONS 2
#define COMMANDS 5        /* of each session */
#define COMMANDS_LARGE 70 /* of 64 KiB: more than the 1,000 pages after which a checkpoint comes */
#define IDS_MAX 100
#define BODY_BYTES_LARGE (64 << 10)
#define LINES 3         /* of each document */
#define BODY_BYTES 6000 /* more than a page: a document spreads over several */

static const Migration migrations[] = {
        { STORE_BUSINESS, "fault/001",
                "CREATE TABLE document (id BIGINT PRIMARY KEY, body BYTEA NOT NULL);\n"
                "CREATE TABLE line (id BIGINT PRIMARY KEY, document_id BIGINT NOT NULL REFERENCES document "
                "(id),"
                " amount BIGINT NOT NULL);\n"
                "CREATE INDEX line_document ON line (document_id);\n"
                "CREATE TABLE total (id BIGINT PRIMARY KEY, amount BIGINT NOT NULL);\n"
                "INSERT INTO total (id, amount) VALUES (1, 0)\n"
                "--ledger: line\n" },
};

static const Query insert_document = { "fault.document", "INSERT INTO document (id, body) VALUES ($1, $2)" };
static const Query insert_line = { "fault.line",
        "INSERT INTO line (id, document_id, amount) VALUES ($1, $2, $3)" };
static const Query add_total = { "fault.total", "UPDATE total SET amount = amount + $1 WHERE id = 1" };
static const Query count_document = { "fault.there", "SELECT count(*) FROM document WHERE id = $1" };
static const Query count_lines = { "fault.lines", "SELECT count(*) FROM line WHERE document_id = $1" };
static const Query difference = {
        "fault.difference",
        "SELECT CAST(coalesce(sum(amount), 0) AS BIGINT) - (SELECT amount FROM total WHERE id = 1) FROM line"
};

static int complain(const char *what, int64_t id) {
        fprintf(stderr, "broken promise: %s (%lld)\n", what, (long long) id);
        return 1;
}

typedef struct Document {
        int64_t id;
        size_t body_bytes;
} Document;

static int write_document(Tx *tx, void *data) {
        static const uint8_t body[BODY_BYTES_LARGE] = { 1, 2, 3 };
        const Document *d = data;
        int r;

        r = tx_exec(
                tx, &insert_document, SQL_ARGS(value_integer(d->id), value_blob(body, d->body_bytes)), NULL);
        for (int64_t i = 0; r == 0 && i < LINES; i++)
                r = tx_exec(tx, &insert_line,
                        SQL_ARGS(value_integer(d->id * 10 + i), value_integer(d->id),
                                value_integer(d->id + i)),
                        NULL);
        if (r == 0)
                r = tx_exec(tx, &add_total, SQL_ARGS(value_integer(LINES * d->id + LINES * (LINES - 1) / 2)),
                        NULL);
        return r;
}

static int open_store(const char *file, Store **ret) {
        char dsn[512];
        StoreOptions options = {
                .id = STORE_BUSINESS, .dsn = dsn, .clock = &clock_real, .readers = 1, .inline_writer = true
        };
        int r;

        snprintf(dsn, sizeof(dsn), "sqlite:%s", file);
        r = store_open(&options, ret);
        if (r < 0)
                return r;
        r = store_migrate(*ret, migrations, ELEMENTSOF(migrations));
        if (r < 0)
                *ret = store_close(*ret);
        return r;
}

static int read_integer(Store *store, const Query *query, const Value *args, size_t n_args, int64_t *ret) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        int r = store_read_begin(store, &tx);

        return r < 0 ? r : tx_integer(tx, query, args, n_args, ret);
}

/* One line with one system call, so that a kill cannot cut it. */
static int say(int answers, const char *word, int64_t id) {
        char line[64];
        int n = snprintf(line, sizeof(line), "%s %lld\n", word, (long long) id);

        return write(answers, line, (size_t) n) == n ? 0 : -EIO;
}

/* After an outcome that nobody knows: nothing more is changed, but it can be read. */
static int check_read_only(Store *store, int answers, int64_t id) {
        Document next = { id + 100, BODY_BYTES };
        int64_t n;

        if (!store_is_read_only(store))
                return complain("unknown outcome, but the store is not read-only", id);
        if (store_write(store, write_document, &next) != -EREADONLY_)
                return complain("a read-only store took a command", id);
        if (read_integer(store, &count_document, SQL_ARGS(value_integer(1)), &n) < 0)
                return complain("a read-only store does not read", id);
        return say(answers, "read-only", id) < 0 ? 1 : 0;
}

static int session(const char *file, int answers, int64_t first, int64_t n, size_t body_bytes) {
        _cleanup_(store_closep) Store *store = NULL;

        if (open_store(file, &store) < 0)
                return 3;
        for (int64_t id = first; id < first + n; id++) {
                Document document = { id, body_bytes };
                int r = store_write(store, write_document, &document);

                if (r == -EUNKNOWN_ || r == -EREADONLY_)
                        return check_read_only(store, answers, id);
                if (r < 0 && r != -ENOSPC)
                        return complain("a refusal of another kind", id);
                if (say(answers, r == 0 ? "acknowledged" : "refused", id) < 0)
                        return 3;
        }
        return 0;
}

static int run(const char *file, const char *answers_file, bool large) {
        int answers = open(answers_file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        int r = answers < 0 ? 3 : 0;

        if (large && r == 0)
                r = session(file, answers, 1, COMMANDS_LARGE, BODY_BYTES_LARGE);
        for (int64_t i = 0; !large && r == 0 && i < SESSIONS; i++)
                r = session(file, answers, 1 + i * COMMANDS, COMMANDS, BODY_BYTES);
        if (answers >= 0)
                close(answers);
        return r;
}

static int check_integrity(const char *file) {
        sqlite3 *db = NULL;
        sqlite3_stmt *statement = NULL;
        int r = 1;

        if (sqlite3_open_v2(file, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
                sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &statement, NULL) == SQLITE_OK &&
                sqlite3_step(statement) == SQLITE_ROW &&
                strcmp((const char *) sqlite3_column_text(statement, 0), "ok") == 0)
                r = 0;
        sqlite3_finalize(statement);
        sqlite3_close(db);
        return r == 0 ? 0 : complain("the database is damaged", 0);
}

typedef enum Answer { ANSWER_NONE, ANSWER_ACKNOWLEDGED, ANSWER_REFUSED } Answer;

static int check_document(Store *store, int64_t id, Answer answer) {
        int64_t n = -1, lines = -1;

        if (read_integer(store, &count_document, SQL_ARGS(value_integer(id)), &n) < 0 ||
                read_integer(store, &count_lines, SQL_ARGS(value_integer(id)), &lines) < 0)
                return complain("cannot be read", id);
        if (lines != (n == 1 ? LINES : 0))
                return complain("neither whole nor absent", id);
        if (answer == ANSWER_ACKNOWLEDGED && n != 1)
                return complain("acknowledged and lost", id);
        if (answer == ANSWER_REFUSED && n != 0)
                return complain("refused and there", id);
        return 0;
}

static void read_answers(const char *answers_file, Answer *ret) {
        FILE *in = fopen(answers_file, "re");
        char word[32];
        long long id;

        while (in && fscanf(in, "%31s %lld", word, &id) == 2)
                if (id > 0 && id <= IDS_MAX)
                        ret[id] = strcmp(word, "acknowledged") == 0 ? ANSWER_ACKNOWLEDGED
                                  : strcmp(word, "refused") == 0    ? ANSWER_REFUSED
                                                                    : ANSWER_NONE;
        if (in)
                fclose(in);
}

static int check(const char *file, const char *answers_file) {
        _cleanup_(store_closep) Store *store = NULL;
        Answer answers[IDS_MAX + 1] = { ANSWER_NONE };
        Document later = { 1000, BODY_BYTES };
        int64_t n;

        read_answers(answers_file, answers);
        if (access(file, F_OK) == 0 && check_integrity(file) != 0)
                return 1;
        if (open_store(file, &store) < 0)
                return complain("does not open again", 0);
        for (int64_t id = 1; id <= IDS_MAX; id++)
                if (check_document(store, id, answers[id]) != 0)
                        return 1;
        if (read_integer(store, &difference, SQL_NO_ARGS, &n) < 0 || n != 0)
                return complain("total and lines differ", n);
        if (store_write(store, write_document, &later) < 0)
                return complain("later commits do not work", 0);
        return check_document(store, later.id, ANSWER_ACKNOWLEDGED);
}

/* A disk that is really full: clean refusals, reads go on, and commits again once there is room. */
static int fill(const char *file, const char *reserve) {
        _cleanup_(store_closep) Store *store = NULL;
        int64_t id = 1, n = 0;
        int refusals = 0;

        if (open_store(file, &store) < 0)
                return complain("does not open", 0);
        for (; refusals < 3 && id < 10000; id++) {
                Document document = { id, BODY_BYTES_LARGE };
                int r = store_write(store, write_document, &document);
                if (r < 0 && r != -ENOSPC)
                        return complain("a refusal of another kind", id);
                if (check_document(store, id, r == 0 ? ANSWER_ACKNOWLEDGED : ANSWER_REFUSED) != 0)
                        return 1;
                refusals += r < 0;
        }
        if (refusals < 3 || store_is_read_only(store))
                return complain("the disk did not fill, or the store gave up", id);
        if (unlink(reserve) < 0)
                return complain("no reserve", id);
        Document after = { id, BODY_BYTES };
        if (store_write(store, write_document, &after) < 0)
                return complain("later commits do not work", id);
        if (read_integer(store, &difference, SQL_NO_ARGS, &n) < 0 || n != 0)
                return complain("total and lines differ", n);
        store_close(TAKE_PTR(store));
        return check_integrity(file);
}

int main(int argc, char *argv[]) {
        if (argc == 4 && strcmp(argv[1], "run") == 0)
                return run(argv[2], argv[3], false);
        if (argc == 4 && strcmp(argv[1], "run-large") == 0)
                return run(argv[2], argv[3], true);
        if (argc == 4 && strcmp(argv[1], "check") == 0)
                return check(argv[2], argv[3]);
        if (argc == 4 && strcmp(argv[1], "fill") == 0)
                return fill(argv[2], argv[3]);
        fprintf(stderr, "fault-driver run|run-large|check FILE ANSWERS | fill FILE RESERVE\n");
        return 2;
}
