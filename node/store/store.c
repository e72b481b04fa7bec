/* SPDX-License-Identifier: Apache-2.0 */
/* A store as the kernel sees it: opening with the writer's lock, the pool of read-only connections, and the
 * switch that turns it read-only until the next start. */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "driver.h"

static const Driver *const drivers[] = { &driver_sqlite, &driver_postgres };

static const Driver *driver_for(const char *dsn) {
        /* both spellings that libpq knows */
        if (strncmp(dsn, "postgres://", strlen("postgres://")) == 0)
                return &driver_postgres;
        for (size_t i = 0; i < ELEMENTSOF(drivers); i++)
                if (strncmp(dsn, drivers[i]->scheme, strlen(drivers[i]->scheme)) == 0)
                        return drivers[i];
        return NULL;
}

void store_log(const Store *store, const char *format, ...) {
        va_list arguments;
        char text[512];

        va_start(arguments, format);
        vsnprintf(text, sizeof(text), format, arguments);
        va_end(arguments);
        fprintf(stderr, "<3>store %d: %s\n", (int) store->options.id, text);
}

bool identifier_valid(const char *name) {
        size_t n = name ? strlen(name) : 0;

        return n > 0 && n < 60 && name[0] >= 'a' && name[0] <= 'z' &&
               strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == n;
}

static int store_new(const StoreOptions *options, Store **ret) {
        pthread_mutexattr_t checked;
        pthread_condattr_t steady;
        Store *store = calloc(1, sizeof(*store));

        if (!store)
                return -ENOMEM;
        store->options = *options;
        if (!store->options.clock)
                store->options.clock = &clock_real;
        store->dsn = strdup(options->dsn);
        store->readers = calloc(options->readers + 1, sizeof(*store->readers));
        if (!store->dsn || !store->readers) {
                free(store->dsn);
                free(store->readers);
                free(store);
                return -ENOMEM;
        }
        store->options.dsn = store->dsn;
        store->driver = driver_for(store->dsn);

        /* a thread that has the writer and asks again is told so instead of waiting for itself */
        pthread_mutexattr_init(&checked);
        pthread_mutexattr_settype(&checked, PTHREAD_MUTEX_ERRORCHECK);
        pthread_mutex_init(&store->writer_lock, &checked);
        pthread_mutexattr_destroy(&checked);
        pthread_mutex_init(&store->queue_lock, NULL);
        pthread_cond_init(&store->queue_filled, NULL);
        pthread_mutex_init(&store->readers_lock, NULL);
        pthread_condattr_init(&steady);
        pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
        pthread_cond_init(&store->reader_idle, &steady);
        pthread_condattr_destroy(&steady);
        *ret = store;
        return 0;
}

int store_open(const StoreOptions *options, Store **ret) {
        _cleanup_(store_closep) Store *store = NULL;
        int r;

        assert(options && options->dsn && ret);
        if (!driver_for(options->dsn))
                return -EINVAL;
        r = store_new(options, &store);
        if (r < 0)
                return r;
        r = store->driver->open(&store->options, ROLE_WRITER, &store->writer);
        if (r < 0)
                return r;
        r = migration_setup(store);
        if (r == 0)
                r = store->driver->settle_open(store->writer);
        if (r < 0) {
                store_log(store, "open: %s", store->writer->error);
                return r;
        }
        if (!options->inline_writer) {
                r = writer_start(store);
                if (r < 0)
                        return r;
        }
        *ret = TAKE_PTR(store);
        return 0;
}

Store *store_close(Store *store) {
        if (!store)
                return NULL;
        writer_stop(store);
        assert(store->n_idle == store->n_open);
        for (size_t i = 0; i < store->n_idle; i++)
                store->driver->close(store->readers[i]);
        if (store->writer)
                store->driver->close(store->writer);
        pthread_cond_destroy(&store->reader_idle);
        pthread_mutex_destroy(&store->readers_lock);
        pthread_cond_destroy(&store->queue_filled);
        pthread_mutex_destroy(&store->queue_lock);
        pthread_mutex_destroy(&store->writer_lock);
        free(store->readers);
        free(store->dsn);
        free(store);
        return NULL;
}

StoreId store_id(const Store *store) {
        return store->options.id;
}

void store_set_read_only(Store *store, const char *reason) {
        if (!__atomic_exchange_n(&store->read_only, true, __ATOMIC_SEQ_CST))
                store_log(store, "read-only until restart: %s", reason);
}

bool store_is_read_only(const Store *store) {
        return __atomic_load_n(&store->read_only, __ATOMIC_SEQ_CST);
}

int store_prepare_check(Store *store, const Query *query) {
        int r = writer_acquire(store);

        if (r < 0)
                return r;
        r = store->driver->check(store->writer, query);
        if (r < 0)
                store_log(store, "query %s: %s", query->name, store->writer->error);
        writer_give_back(store);
        return r;
}

/* An idle connection, or the right to open one (*ret NULL). Waits for one to come back, but not for ever. */
static int reader_take(Store *store, Connection **ret) {
        const Clock *clock = store->options.clock;
        int64_t until_ms = clock->monotonic_ms(clock->data) + READ_HOLD_MS_MAX;
        struct timespec until = { .tv_sec = until_ms / 1000, .tv_nsec = until_ms % 1000 * 1000000 };
        int r = 0;

        *ret = NULL;
        pthread_mutex_lock(&store->readers_lock);
        while (r == 0 && store->n_idle == 0 && store->n_open == store->options.readers)
                r = pthread_cond_timedwait(&store->reader_idle, &store->readers_lock, &until);
        if (store->n_idle > 0) {
                *ret = store->readers[--store->n_idle];
                r = 0;
        } else if (store->n_open < store->options.readers) {
                store->n_open++;
                r = 0;
        }
        pthread_mutex_unlock(&store->readers_lock);
        return r == 0 ? 0 : -EAGAIN;
}

/* NULL: it could not be opened, or is of no use any more. */
static void reader_give_back(Store *store, Connection *connection) {
        pthread_mutex_lock(&store->readers_lock);
        if (connection)
                store->readers[store->n_idle++] = connection;
        else
                store->n_open--;
        pthread_cond_signal(&store->reader_idle);
        pthread_mutex_unlock(&store->readers_lock);
}

static int reader_connection(Store *store, Connection **ret) {
        int r = reader_take(store, ret);

        if (r < 0 || *ret)
                return r;
        r = store->driver->open(&store->options, ROLE_READER, ret);
        if (r < 0)
                reader_give_back(store, NULL);
        return r;
}

static void connection_leave(Store *store, Connection *connection) {
        if (connection->broken && !store_is_read_only(store))
                store_set_read_only(store, connection->error);
        if (connection == store->writer)
                writer_give_back(store);
        else if (connection->broken) {
                store->driver->close(connection);
                reader_give_back(store, NULL);
        } else
                reader_give_back(store, connection);
}

static int read_begin(Store *store, bool limited, Tx **ret) {
        Connection *connection = store->writer;
        Tx *tx;
        int r;

        tx = calloc(1, sizeof(*tx));
        if (!tx)
                return -ENOMEM;
        r = store->options.readers > 0 ? reader_connection(store, &connection) : writer_acquire(store);
        if (r < 0) {
                free(tx);
                return r;
        }
        r = store->driver->begin(connection, false, limited);
        if (r < 0) {
                connection_leave(store, connection);
                free(tx);
                return r;
        }
        *tx = (Tx){ .store = store, .connection = connection };
        *ret = tx;
        return 0;
}

int store_read_begin(Store *store, Tx **ret) {
        return read_begin(store, true, ret);
}

int store_read_begin_long(Store *store, Tx **ret) {
        return read_begin(store, false, ret);
}

Tx *store_read_end(Tx *tx) {
        if (!tx)
                return NULL;
        assert(!tx->writable && !tx->connection->open_rows);
        tx->store->driver->rollback(tx->connection);
        connection_leave(tx->store, tx->connection);
        free(tx);
        return NULL;
}
