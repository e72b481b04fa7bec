/* SPDX-License-Identifier: Apache-2.0 */
/* SQL of the chain's readers. The writer's statement stands in node/command, verify's own in verify-query.c.
 */
#include "chain-query.h"

#define ENTRY_COLUMNS                                                                                       \
        "chain.seq, chain.instant, chain.office, chain.person, chain.command, chain.idempotency_key, "      \
        "chain.input, chain.body_digest, chain.previous, chain.head, chain.body"

const Query chain_query_after = {
        "chain.after",
        "SELECT " ENTRY_COLUMNS " FROM chain WHERE seq > $1 ORDER BY seq LIMIT $2",
};

const Query chain_query_head = {
        "chain.head",
        "SELECT seq, head FROM chain ORDER BY seq DESC LIMIT 1",
};

const Query chain_query_by_row = {
        "chain.by_row",
        "SELECT " ENTRY_COLUMNS " FROM chain_row JOIN chain ON chain.seq = chain_row.seq "
        "WHERE chain_row.record = $1 AND chain_row.id = $2 ORDER BY chain.seq LIMIT $3",
};
