/* SPDX-License-Identifier: Apache-2.0 */
/* The cache of prepared statements of one connection. Keyed by the address of a constant Query; the text is
 * compared too, because composed queries (lists) live in an arena and their addresses come again with other
 * text. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "driver.h"

static uint64_t text_hash(const char *text) {
        size_t size = strlen(text);
        uint64_t hash = size;

        for (; size >= sizeof(uint64_t); size -= sizeof(uint64_t), text += sizeof(uint64_t)) {
                uint64_t word;
                memcpy(&word, text, sizeof(word));
                hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
                hash ^= hash >> 29;
        }
        for (; size > 0; size--, text++)
                hash = (hash ^ (uint8_t) *text) * UINT64_C(0x100000001b3);
        return hash ^ hash >> 32;
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
        uint64_t hash = text_hash(query->sql);

        for (Statement *s = connection->cache.buckets[hash % STATEMENT_BUCKETS]; s; s = s->next)
                if (s->hash == hash && strcmp(s->sql, query->sql) == 0) {
                        s->used = ++connection->cache.clock;
                        return s;
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
        statement->hash = text_hash(query->sql);
        statement->sql = strdup(query->sql);
        if (!statement->sql) {
                connection->driver->statement_free(connection, statement);
                return -ENOMEM;
        }
        if (statement->temporary)
                return 0;
        if (connection->cache.n >=
                (connection->role == ROLE_WRITER ? STATEMENTS_MAX : STATEMENTS_READER_MAX))
                cache_evict(connection);

        Statement **bucket = &connection->cache.buckets[statement->hash % STATEMENT_BUCKETS];
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
