/* SPDX-License-Identifier: Apache-2.0 */
/* Every SQL text of this folder. */

#include "desk-query.h"

#define QUERY(symbol_, text_) const Query query_##symbol_ = { "desk." #symbol_, text_ }

QUERY(desk_next, "SELECT MAX(id) FROM desk_item");
QUERY(desk_count, "SELECT COUNT(*) FROM desk_item WHERE office = $1 AND person = $2 AND kind = $3");
QUERY(desk_find, "SELECT id FROM desk_item WHERE office = $1 AND person = $2 AND kind = $3 AND subject = $4 "
                 "AND name = $5");
QUERY(desk_put,
        "INSERT INTO desk_item (id, office, person, kind, subject, name, post, body, changed, expires) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO UPDATE SET "
        "post = excluded.post, body = excluded.body, changed = excluded.changed, expires = "
        "excluded.expires");
/* $3 kind, $4 subject or '', $5 now, $6 a post of the person's or '': then one's own */
QUERY(desk_list,
        "SELECT id, person, kind, subject, name, post, body, changed FROM desk_item WHERE office = $1 "
        "AND kind = $3 AND ($4 = '' OR subject = $4) AND (expires = 0 OR expires > $5) "
        "AND (($6 = '' AND person = $2) OR ($6 <> '' AND post = $6 AND person <> $2)) "
        "ORDER BY changed DESC, id DESC LIMIT 300");
QUERY(desk_drop, "DELETE FROM desk_item WHERE office = $1 AND person = $2 AND id = $3");
QUERY(desk_expire, "DELETE FROM desk_item WHERE expires <> 0 AND expires <= $1");

const Query *const desk_queries[] = { &query_desk_next, &query_desk_count, &query_desk_find, &query_desk_put,
        &query_desk_list, &query_desk_drop, &query_desk_expire, NULL };
