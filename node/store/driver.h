/* SPDX-License-Identifier: Apache-2.0 */
/* What the two engines give the store, and the insides of Store, Tx and Rows. Private to node/store and its
 * tests. A driver knows connections and statements; groups, pools, migrations and digests are written once
 * above it. */
#pragma once

#include <pthread.h>

#include <internal/store-kernel.h>
#include <node/error.h>

#define STATEMENTS_MAX 1024 /* cached by the writer; the least recently used goes */
#define STATEMENTS_READER_MAX 256
#define STATEMENT_BUCKETS 256
#define PARAMETERS_MAX 256
#define ERROR_TEXT_MAX 256
#define ROWS_BUFFER_BYTES_MAX (256u << 20)
#define CHECKPOINT_PAGES 1000 /* 4 MB of WAL; a longer one slows readers */
#define CHECKPOINT_AGAIN_PAGES 100

typedef struct Connection Connection;
typedef struct Driver Driver;

typedef enum Role { ROLE_WRITER, ROLE_READER } Role;

/* One prepared statement; each engine's own begins with this. */
typedef struct Statement Statement;
struct Statement {
        Statement *next;
        uint64_t hash;
        char *sql; /* own copy */
        uint64_t used;
        bool busy;      /* rows are being read from it */
        bool temporary; /* outside the cache: its twin was busy */
};

typedef struct Cache {
        Statement *buckets[STATEMENT_BUCKETS];
        size_t n;
        uint64_t clock;
} Cache;

typedef struct Cell {
        ValueType type;
        int64_t integer;
        size_t offset, size; /* in the buffer's bytes, which end with NUL */
} Cell;

struct Connection {
        const Driver *driver;
        const Clock *clock;
        Role role;
        bool broken;         /* input or output failed: never used for a change again */
        int64_t deadline_ms; /* of the snapshot, monotonic; 0 = none */
        Cache cache;
        Rows *open_rows;
        char error[ERROR_TEXT_MAX]; /* of the last failure; holds no row data */
};

struct Tx {
        Store *store;
        Connection *connection;
        bool writable;
        int doomed; /* first failure of a statement: every later one answers the same */
};

/* Either live on a statement of the engine, or buffered: then rows x columns cells and their bytes. */
struct Rows {
        Tx *tx;
        Rows *next;      /* open rows of the connection */
        Statement *live; /* NULL when buffered */
        size_t n_columns;
        char **names;
        Cell *cells;
        size_t n_cells, cells_capacity;
        uint8_t *bytes;
        size_t n_bytes, bytes_capacity;
        size_t at;            /* buffered: rows handed out so far */
        char (*integers)[24]; /* texts of integers, made on demand */
};

struct Driver {
        const char *scheme;
        int (*open)(const StoreOptions *options, Role role, Connection **ret);
        Connection *(*close)(Connection *connection);
        /* After the store's own tables exist: what must be durable before the first answer. */
        int (*settle_open)(Connection *connection);
        int (*begin)(Connection *connection, bool writable, bool limited);
        int (*savepoint)(Connection *connection);
        int (*release)(Connection *connection);
        int (*rollback_to)(Connection *connection);
        /* 0 durable, -EUNKNOWN_ it may or may not be, other: rolled back. */
        int (*commit)(Connection *connection);
        void (*rollback)(Connection *connection);
        /* False when a failure ended the whole transaction and with it the group. */
        bool (*in_transaction)(const Connection *connection);
        /* Between groups, after the answers: may find out that the connection is broken. */
        void (*rest)(Connection *connection);
        int (*exec)(Connection *connection, const Query *query, const Value *args, size_t n_args,
                int64_t *ret_changed);
        int (*exec_each)(Connection *connection, const Query *query, const Value *args, size_t n_args, size_t n,
                int64_t *ret_changed);
        int (*query)(Tx *tx, const Query *query, const Value *args, size_t n_args, Rows *rows);
        int (*live_next)(Rows *rows);
        int (*live_cell)(const Rows *rows, size_t column, Cell *ret, const uint8_t **ret_data);
        void (*live_close)(Rows *rows);
        int (*check)(Connection *connection, const Query *query);
        void (*statement_free)(Connection *connection, Statement *statement);
        /* One statement of a migration, already in the engine's words. */
        int (*script)(Connection *connection, const char *sql);
        int (*table_exists)(Tx *tx, const char *table);
        /* Migration dialect. */
        const char *const (*words)[2]; /* pairs of type words, ends with NULL */
        const char *table_suffix;
        const char *const *setup;  /* own objects, each created unless it exists; ends with NULL */
        const char *const *ledger; /* printf texts with the table twice */
};

extern const Driver driver_sqlite, driver_postgres;

typedef struct Errand {
        StoreWork work;
        StoreDone done;
        void *data;
        int result;
} Errand;

struct Store {
        StoreOptions options;
        char *dsn;
        const Driver *driver;

        Connection *writer;
        pthread_mutex_t writer_lock; /* who holds it uses the writer's connection */
        pthread_t writer_thread;
        bool writer_running;

        pthread_mutex_t queue_lock;
        pthread_cond_t queue_filled;
        Errand queue[WRITER_QUEUE_MAX];
        size_t queue_first, n_queue;
        bool stopping;

        pthread_mutex_t readers_lock;
        pthread_cond_t reader_idle;
        Connection **readers; /* idle ones, opened on demand */
        size_t n_idle, n_open;

        bool read_only; /* atomic */
};

/* --- statement.c: the cache --- */
Statement *cache_find(Connection *connection, const Query *query);
/* Takes ownership of statement in every case; sets query and text. -ENOMEM */
int cache_add(Connection *connection, const Query *query, Statement *statement) _must_check_;
void cache_clear(Connection *connection);
/* Frees a temporary statement, gives another back. */
void statement_release(Connection *connection, Statement *statement);

/* --- rows.c --- */
int rows_set_columns(Rows *rows, size_t n) _must_check_;
int rows_set_name(Rows *rows, size_t column, const char *name) _must_check_;
int rows_append(
        Rows *rows, ValueType type, int64_t integer, const void *data, size_t size_bytes) _must_check_;
/* Reads what is left of every live result of the connection, so that a change cannot disturb it. */
int rows_buffer_open(Connection *connection) _must_check_;
int tx_fail(Tx *tx, int error);

/* --- writer.c --- */
int writer_start(Store *store) _must_check_;
void writer_stop(Store *store);
/* Locks the writer's connection; -EBUSY when this thread already has it. */
int writer_acquire(Store *store) _must_check_;
void writer_give_back(Store *store);

/* --- migration.c --- */
int migration_setup(Store *store) _must_check_;
/* Words, STRICT and directives of one migration for one engine. Each statement goes to emit. */
typedef int (*MigrationEmit)(void *data, const char *statement);
int migration_translate(const Driver *driver, const char *sql, MigrationEmit emit, void *data) _must_check_;

/* --- store.c --- */
/* For the operator: what the engine said. Callers get the number only. */
void store_log(const Store *store, const char *format, ...) _printf_(2, 3);
bool identifier_valid(const char *name);
