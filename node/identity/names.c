/* SPDX-License-Identifier: Apache-2.0 */
/* Who the number of a person means, for whoever may see the row it stands in. */

#include <node/text.h>

#include "identity-kernel.h"

static int name_read(Tx *tx, Id person, int64_t office, Arena *arena, const char **ret) {
        _cleanup_(rows_closep) Rows *rows = NULL;

        int r = tx_query(
                tx, &query_name_in_closure, SQL_ARGS(value_id(person), value_integer(office)), &rows);
        if (r == 0)
                r = rows_next(rows);
        if (r < 0)
                return r;
        *ret = r > 0 ? arena_strdup(arena, rows_text(rows, 0)) : "";
        return *ret ? 0 : -ENOMEM;
}

int identity_names(Identity *identity, int64_t office, const Id *persons, size_t n, Arena *arena,
        const char **ret_names) {
        _cleanup_(store_read_endp) Tx *tx = NULL;

        if (n > NAMES_PER_QUESTION_MAX)
                return -E2BIG;
        int r = store_read_begin(identity->engine->stores[STORE_SYSTEM], &tx);
        for (size_t i = 0; i < n && r == 0; i++)
                r = name_read(tx, persons[i], office, arena, &ret_names[i]);
        return r;
}
