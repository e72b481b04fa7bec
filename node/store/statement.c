/* SPDX-License-Identifier: Apache-2.0 */
/* The cache of prepared statements of one connection. Keyed by the address of a constant Query; the text is
 * compared too, because composed queries (lists) live in an arena and their addresses come again with other
 * text. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "driver.h"

static Statement **cache_bucket(Connection *connection, const Query *query) {
        uintptr_t key = (uintptr_t) query >> 4;

        return &connection->cache.buckets[(key ^ (key >> 9)) % STATEMENT_BUCKETS];
}

static void cache_remove(Connection *connection, Statement **at) {
        Statement *statement = *at;

        assert(!statement->busy);
        *at = statement->next;
        connection->cache.n--;
        free(statement->sql);
        connection->driver->statement_free(connection, statement);
}

Statement *cache_find(Connection *connection, const Query *query) {
        for (Statement **at = cache_bucket(connection, query); *at; at = &(*at)->next) {
                if ((*at)->query != query)
                        continue;
                if (strcmp((*at)->sql, query->sql) == 0) {
                        (*at)->used = ++connection->cache.clock;
                        return *at;
                }
                if (!(*at)->busy) {
                        cache_remove(connection, at);
                        return NULL;
                }
        }
        return NULL;
}

static void cache_evict(Connection *connection) {
        Statement **oldest = NULL;

        for (size_t i = 0; i < STATEMENT_BUCKETS; i++)
                for (Statement **at = &connection->cache.buckets[i]; *at; at = &(*at)->next)
                        if (!(*at)->busy && (!oldest || (*at)->used < (*oldest)->used))
                                oldest = at;
        if (oldest)
                cache_remove(connection, oldest);
}

int cache_add(Connection *connection, const Query *query, Statement *statement) {
        statement->query = query;
        statement->sql = strdup(query->sql);
        if (!statement->sql) {
                connection->driver->statement_free(connection, statement);
                return -ENOMEM;
        }
        if (statement->temporary)
                return 0;
        if (connection->cache.n >= STATEMENTS_MAX)
                cache_evict(connection);

        Statement **bucket = cache_bucket(connection, query);
        statement->used = ++connection->cache.clock;
        statement->next = *bucket;
        *bucket = statement;
        connection->cache.n++;
        return 0;
}

void cache_clear(Connection *connection) {
        for (size_t i = 0; i < STATEMENT_BUCKETS; i++)
                while (connection->cache.buckets[i])
                        cache_remove(connection, &connection->cache.buckets[i]);
}

void statement_release(Connection *connection, Statement *statement) {
        statement->busy = false;
        if (!statement->temporary)
                return;
        free(statement->sql);
        connection->driver->statement_free(connection, statement);
}
