/* SPDX-License-Identifier: Apache-2.0 */
/* What became what: written once, with every generation before it, so that a page needs no search through
 * years. */

#include "change-query.h"
#include "change-records.h"

#define EARLIER_MAX 1000

static int one_insert(Request *q, const LinkDraft *draft, Id old_id, Area old_area, int64_t generation) {
        HousingLink link = {
                .change_id = draft->change->head.id,
                .level = draft->change->level,
                .old_id = old_id,
                .new_id = draft->new_id,
                .generation = generation,
                .old_area = old_area,
                .new_area = draft->new_area,
                .effected_on = draft->change->effected_on,
        };

        return record_insert(q, &record_housing_link, &link);
}

static int earlier_load(Request *q, const LinkDraft *draft, HousingLink **ret, size_t *ret_n) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        HousingLink *links = ARENA_ARRAY(q->arena, HousingLink, EARLIER_MAX);
        size_t n = 0;
        int r;

        if (!links)
                return -ENOMEM;
        r = tx_query(q->tx, &essential_links_before,
                SQL_ARGS(value_integer(q->office), value_id(draft->old_id),
                        value_integer(draft->change->level)),
                &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                if (n == EARLIER_MAX)
                        return -E2BIG;
                r = record_from_rows(&record_housing_link, rows, q->arena, &links[n++]);
                if (r < 0)
                        return r;
        }
        *ret = links;
        *ret_n = n;
        return r;
}

int link_insert(Request *q, const LinkDraft *draft) {
        HousingLink *earlier;
        size_t n;
        int r = one_insert(q, draft, draft->old_id, draft->old_area, 1);

        if (r == 0)
                r = earlier_load(q, draft, &earlier, &n);
        for (size_t i = 0; r == 0 && i < n; i++)
                r = one_insert(q, draft, earlier[i].old_id, earlier[i].old_area, earlier[i].generation + 1);
        return r;
}
