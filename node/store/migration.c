/* SPDX-License-Identifier: Apache-2.0 */
/* Migrations: one text for both engines, applied once, in order, each in a transaction of its own, and
 * remembered with its digest. Type words become the engine's, CREATE TABLE becomes STRICT where that exists,
 * and two lines that look like comments are orders: "--ledger: TABLE" (append only by triggers), "--truth:
 * TABLE KEY" (in the digest). */
#include <assert.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <node/crypto.h>
#include <node/text.h>

#include "driver.h"

#define MIGRATION_BYTES_MAX (1u << 20)
#define WORD_MAX 64

typedef struct Translation {
        const Driver *driver;
        MigrationEmit emit;
        void *data;
        Buffer out;
        char words[2][WORD_MAX]; /* the first two of the statement, upper case */
        size_t n_words;
} Translation;

static bool starts_word(char c) {
        return isalpha((unsigned char) c) || c == '_';
}

static bool in_word(char c) {
        return isalnum((unsigned char) c) || c == '_';
}

static int statement_end(Translation *t) {
        bool table =
                t->n_words == 2 && strcmp(t->words[0], "CREATE") == 0 && strcmp(t->words[1], "TABLE") == 0;
        int r = 0;

        if (t->n_words > 0) {
                if (table && t->driver->table_suffix)
                        buffer_printf(&t->out, " %s", t->driver->table_suffix);
                buffer_append(&t->out, "", 1);
                r = buffer_error(&t->out);
                if (r == 0)
                        r = t->emit(t->data, (const char *) t->out.data);
        }
        buffer_reset(&t->out);
        t->n_words = 0;
        return r;
}

static const char *word_copy(Translation *t, const char *p, const char *end) {
        const char *from = p;
        size_t n;

        while (p < end && in_word(*p))
                p++;
        n = (size_t) (p - from);
        if (t->n_words < ELEMENTSOF(t->words)) {
                char *word = t->words[t->n_words++];
                size_t length = n < WORD_MAX - 1 ? n : WORD_MAX - 1;
                for (size_t i = 0; i < length; i++)
                        word[i] = (char) toupper((unsigned char) from[i]);
                word[length] = '\0';
        }
        for (size_t i = 0; t->driver->words[i][0]; i++)
                if (strlen(t->driver->words[i][0]) == n &&
                        strncasecmp(t->driver->words[i][0], from, n) == 0) {
                        buffer_text(&t->out, t->driver->words[i][1]);
                        return p;
                }
        buffer_append(&t->out, from, n);
        return p;
}

static const char *quoted_copy(Translation *t, const char *p, const char *end) {
        const char *from = p;
        char quote = *p++;

        /* a doubled quote ends one text and begins the next: the same to us */
        while (p < end && *p != quote)
                p++;
        if (p < end)
                p++;
        buffer_append(&t->out, from, (size_t) (p - from));
        return p;
}

/* Comments are left out: a statement may end in one. */
static const char *comment_skip(const char *p, const char *end) {
        if (p[0] == '-') {
                while (p < end && *p != '\n')
                        p++;
                return p;
        }
        for (p += 2; p + 1 < end && !(p[0] == '*' && p[1] == '/'); p++)
                ;
        return p + 2 < end ? p + 2 : end;
}

/* From one "--;" to the next; a semicolon ends a statement too. */
static int piece(Translation *t, const char *p, const char *end) {
        while (p < end) {
                if (end - p >= 2 && ((p[0] == '-' && p[1] == '-') || (p[0] == '/' && p[1] == '*')))
                        p = comment_skip(p, end);
                else if (*p == '\'' || *p == '"')
                        p = quoted_copy(t, p, end);
                else if (starts_word(*p))
                        p = word_copy(t, p, end);
                else if (*p == ';') {
                        int r = statement_end(t);
                        if (r < 0)
                                return r;
                        p++;
                } else
                        buffer_append(&t->out, p++, 1);
        }
        return statement_end(t);
}

static int ledger(Translation *t, const char *table) {
        if (!identifier_valid(table))
                return -EINVAL;
        for (const char *const *text = t->driver->ledger; *text; text++) {
                char sql[512];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
                int n = snprintf(sql, sizeof(sql), *text, table, table);
#pragma GCC diagnostic pop
                if (n < 0 || (size_t) n >= sizeof(sql))
                        return -E2BIG;
                int r = t->emit(t->data, sql);
                if (r < 0)
                        return r;
        }
        return 0;
}

static int truth(Translation *t, const char *table, const char *key) {
        char sql[256];

        if (!identifier_valid(table) || !identifier_valid(key))
                return -EINVAL;
        snprintf(sql, sizeof(sql), "INSERT INTO store_truth (name, sort) VALUES ('%s', '%s')", table, key);
        return t->emit(t->data, sql);
}

/* 1: the line was an order and is done; 0: it is ordinary text. */
static int directive(Translation *t, const char *line, const char *end, const char *piece_from) {
        char copy[256], table[WORD_MAX] = "", key[WORD_MAX] = "";
        size_t n = (size_t) (end - line);
        bool is_end, is_ledger, is_truth;
        int r;

        while (n > 0 && isspace((unsigned char) line[n - 1]))
                n--;
        if (n < 3 || n >= sizeof(copy))
                return 0;
        memcpy(copy, line, n);
        copy[n] = '\0';
        is_end = strcmp(copy, "--;") == 0;
        is_ledger = strncmp(copy, "--ledger:", 9) == 0;
        is_truth = strncmp(copy, "--truth:", 8) == 0;
        if (!is_end && !is_ledger && !is_truth)
                return 0;
        r = piece(t, piece_from, line);
        if (r == 0 && is_ledger)
                r = sscanf(copy + 9, " %63s %63s", table, key) == 1 ? ledger(t, table) : -EINVAL;
        if (r == 0 && is_truth)
                r = sscanf(copy + 8, " %63s %63s", table, key) == 2 ? truth(t, table, key) : -EINVAL;
        return r < 0 ? r : 1;
}

int migration_translate(const Driver *driver, const char *sql, MigrationEmit emit, void *data) {
        Translation t = {
                .driver = driver, .emit = emit, .data = data, .out = BUFFER_INIT(MIGRATION_BYTES_MAX)
        };
        const char *from = sql, *line = sql;
        int r = 0;

        while (*line && r >= 0) {
                const char *end = line + strcspn(line, "\n");
                const char *next = *end ? end + 1 : end;
                r = directive(&t, line, end, from);
                if (r > 0)
                        from = next;
                line = next;
        }
        if (r >= 0)
                r = piece(&t, from, line);
        buffer_done(&t.out);
        return r;
}

int migration_setup(Store *store) {
        const Driver *driver = store->driver;
        Connection *c = store->writer;
        int r;

        r = driver->begin(c, true, false);
        for (const char *const *text = driver->setup; r == 0 && *text; text++)
                r = driver->script(c, *text);
        if (r < 0) {
                driver->rollback(c);
                return r;
        }
        return driver->commit(c);
}

static int statement_run(void *data, const char *statement) {
        Connection *c = data;

        return c->driver->script(c, statement);
}

static const Query query_applied = { "store.migration_applied",
        "SELECT digest FROM store_migration WHERE name = $1" };
static const Query query_remember = { "store.migration_remember",
        "INSERT INTO store_migration (name, digest, seq)"
        " VALUES ($1, $2, (SELECT coalesce(max(seq), 0) + 1 FROM store_migration))" };

/* 1 applied, 0 not yet, -EBADMSG applied with another text. */
static int applied(Tx *tx, const Migration *m, const Digest *digest) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        Bytes known;
        int r;

        r = tx_query(tx, &query_applied, SQL_ARGS(value_text(m->name)), &rows);
        if (r < 0)
                return r;
        r = rows_next(rows);
        if (r <= 0)
                return r;
        known = rows_blob(rows, 0);
        if (known.size != sizeof(digest->bytes) || memcmp(known.data, digest->bytes, known.size) != 0)
                return -EBADMSG;
        return 1;
}

static int apply_in(Tx *tx, const Migration *m) {
        Digest digest;
        int r;

        r = digest_compute(DIGEST_SHA256, m->sql, strlen(m->sql), &digest);
        if (r < 0)
                return r;
        r = applied(tx, m, &digest);
        if (r != 0)
                return r;
        r = migration_translate(tx->connection->driver, m->sql, statement_run, tx->connection);
        if (r < 0)
                return r;
        return tx_exec(tx, &query_remember,
                SQL_ARGS(value_text(m->name), value_blob(digest.bytes, sizeof(digest.bytes))), NULL);
}

static int apply(Store *store, const Migration *m) {
        Tx tx = { .store = store, .connection = store->writer, .writable = true };
        const Driver *driver = store->driver;
        int r;

        store->writer->error[0] = '\0';
        r = driver->begin(store->writer, true, false);
        if (r < 0)
                return r;
        r = apply_in(&tx, m);
        if (r == 0)
                return driver->commit(store->writer);
        if (r == -EBADMSG)
                store_log(store, "migration %s was applied with another text", m->name);
        else if (r == -EINVAL && !store->writer->error[0])
                store_log(store, "migration %s has a wrong --ledger or --truth line", m->name);
        else if (r < 0)
                store_log(store, "migration %s: %s", m->name, store->writer->error);
        driver->rollback(store->writer);
        return r < 0 ? r : 0;
}

int store_migrate(Store *store, const Migration *migrations, size_t n) {
        int r;

        assert(store && (migrations || n == 0));
        if (store_is_read_only(store))
                return -EREADONLY_;
        r = writer_acquire(store);
        if (r < 0)
                return r;
        for (size_t i = 0; r == 0 && i < n; i++)
                if (migrations[i].name && migrations[i].store == store->options.id)
                        r = apply(store, &migrations[i]);
        writer_give_back(store);
        return r;
}
