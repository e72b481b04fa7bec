/* SPDX-License-Identifier: Apache-2.0 */
/* Who brought a file: a digest alone opens nothing, for whoever has seen one elsewhere would have the file
 * by it (14.4.2). Technical rows beside the chain, like sessions; what becomes of a file is in the chain. */

#include <internal/papers.h>

#include "documents-record.h"

typedef struct Brought {
        Engine *engine;
        const Caller *caller;
        const char *digest;
} Brought;

static int keep_work(Tx *tx, void *data) {
        const Brought *brought = data;

        return tx_exec(tx, &query_upload_keep,
                SQL_ARGS(value_text(brought->digest), value_integer(brought->caller->office),
                        value_id(brought->caller->person),
                        value_integer(clock_now(brought->engine->clock).ms)),
                NULL);
}

int upload_keep(Engine *engine, const Caller *caller, const Digest *digest) {
        char hex[2 * sizeof(digest->bytes) + 1];
        Brought brought = { engine, caller, hex };

        if (!engine->stores[STORE_BUSINESS]) /* nothing here takes files */
                return 0;
        hex_encode(digest->bytes, sizeof(digest->bytes), hex);
        return store_write(engine->stores[STORE_BUSINESS], keep_work, &brought);
}

int upload_own(Engine *engine, const Caller *caller, const Digest *digest) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        char hex[2 * sizeof(digest->bytes) + 1];
        int64_t instant;

        if (!engine->stores[STORE_BUSINESS])
                return -ENOENT;
        hex_encode(digest->bytes, sizeof(digest->bytes), hex);
        int r = store_read_begin(engine->stores[STORE_BUSINESS], &tx);
        return r < 0 ? r
                     : tx_integer(tx, &query_upload_own,
                               SQL_ARGS(value_text(hex), value_integer(caller->office),
                                       value_id(caller->person)),
                               &instant);
}
