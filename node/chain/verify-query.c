/* SPDX-License-Identifier: Apache-2.0 */
/* SQL of verify. */
#include <errno.h>

#include <node/text.h>

#include "verify-query.h"

const Query verify_chain_page = {
        "verify.chain",
        "SELECT c.seq, c.instant, c.office, c.person, c.command, c.idempotency_key, c.input, c.body_digest, "
        "c.previous, c.head, c.body FROM chain AS c WHERE c.seq > $1 ORDER BY c.seq LIMIT $2",
};

const Query verify_index_count = {
        "verify.index",
        "SELECT COUNT(*) FROM chain_row",
};

static int text_query(const char *name, const char *sql, Query *ret) {
        if (!name || !sql)
                return -ENOMEM;
        *ret = (Query){ name, sql };
        return 0;
}

int verify_query_range(const Record *record, Arena *arena, Query *ret) {
        return text_query(arena_printf(arena, "verify.%s.range", record->name),
                arena_printf(arena, "SELECT * FROM %s AS t WHERE t.id >= $1 AND t.id <= $2 ORDER BY t.id",
                        record->name),
                ret);
}

int verify_query_page(const Record *record, Arena *arena, Query *ret) {
        return text_query(arena_printf(arena, "verify.%s.page", record->name),
                arena_printf(
                        arena, "SELECT * FROM %s AS t WHERE t.id > $1 ORDER BY t.id LIMIT $2", record->name),
                ret);
}

int verify_query_count(const Record *record, Arena *arena, Query *ret) {
        return text_query(arena_printf(arena, "verify.%s.count", record->name),
                arena_printf(arena, "SELECT COUNT(*) FROM %s AS t", record->name), ret);
}
