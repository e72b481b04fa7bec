/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps, lists and drops. Each kind has a number per person that is never passed; drafts go after a month.
 */

#include <stdlib.h>
#include <string.h>

#include <node/error.h>

#include "desk-check.h"
#include "desk-query.h"

static const struct {
        const char *kind;
        int64_t max, life_ms;
} kinds[] = {
        { "filter", DESK_FILTERS_MAX, 0 },
        { "columns", DESK_COLUMNS_MAX, 0 },
        { "draft", DESK_DRAFTS_MAX, DESK_DRAFT_MS },
};

typedef struct Putting {
        const DeskOwner *owner;
        const DeskItem *item;
        const char *body;
        int64_t now, life_ms, max, id;
} Putting;

static int put_work(Tx *tx, void *data) {
        Putting *put = data;
        const DeskItem *item = put->item;
        Value office = value_integer(put->owner->office), person = value_id(put->owner->person);
        int64_t n = 0, last = 0;

        int r = tx_exec(tx, &query_desk_expire, SQL_ARGS(value_integer(put->now)), NULL);
        if (r == 0)
                r = tx_integer(tx, &query_desk_find,
                        SQL_ARGS(office, person, value_text(item->kind), value_text(item->subject),
                                value_text(item->name)),
                        &put->id);
        if (r == -ENOENT) {
                r = tx_integer(tx, &query_desk_count, SQL_ARGS(office, person, value_text(item->kind)), &n);
                if (r == 0 && n >= put->max)
                        return -ENOSPC;
                if (r == 0)
                        r = tx_integer(tx, &query_desk_next, SQL_NO_ARGS, &last);
                put->id = last + 1;
        }
        if (r < 0)
                return r;
        return tx_exec(tx, &query_desk_put,
                SQL_ARGS(value_integer(put->id), office, person, value_text(item->kind),
                        value_text(item->subject), value_text(item->name), value_text(item->post),
                        value_text(put->body), value_integer(put->now),
                        value_integer(put->life_ms ? put->now + put->life_ms : 0)),
                NULL);
}

static bool holds(const DeskOwner *owner, const char *post) {
        for (size_t i = 0; i < owner->n_posts; i++)
                if (text_equal(owner->posts[i], post))
                        return true;
        return false;
}

static int full(int64_t max, Arena *arena, Refusal *ret) {
        const char *text = arena_printf(arena, "%lld", (long long) max);

        if (!text)
                return -ENOMEM;
        *ret = (Refusal){ .code = "desk.full", .arguments = { text }, .n_arguments = 1 };
        return -EREFUSED_;
}

/* In the arena, canonical. */
static int body_text(const json_t *body, Arena *arena, const char **ret) {
        char *text = json_dumps(body, JSON_COMPACT | JSON_SORT_KEYS);

        if (!text)
                return -ENOMEM;
        bool fits = strlen(text) <= DESK_BODY_BYTES_MAX;
        *ret = fits ? arena_strdup(arena, text) : NULL;
        free(text);
        return !fits ? -E2BIG : *ret ? 0 : -ENOMEM;
}

int desk_put(Engine *engine, const DeskOwner *owner, const DeskItem *item, Arena *arena, int64_t *ret_id,
        Refusal *ret_refusal) {
        DeskItem whole = *item;
        Putting put = { .owner = owner, .item = &whole, .now = clock_now(engine->clock).ms };

        whole.name = item->name ? item->name : "";
        whole.post = item->post ? item->post : "";
        if (!item->kind || !item->subject)
                return -EMALFORMED_;
        for (size_t i = 0; i < ELEMENTSOF(kinds); i++)
                if (strcmp(kinds[i].kind, item->kind) == 0) {
                        put.max = kinds[i].max;
                        put.life_ms = kinds[i].life_ms;
                }
        int r = desk_check(engine->registry, &whole, ret_refusal);
        if (r < 0)
                return r;
        if (!text_empty(whole.post) && !holds(owner, whole.post)) {
                *ret_refusal = (Refusal){ .code = "desk.not_yours" };
                return -EREFUSED_;
        }
        r = body_text(item->body, arena, &put.body);
        if (r == 0)
                r = store_write(engine->stores[STORE_SYSTEM], put_work, &put);
        if (r == -ENOSPC)
                return full(put.max, arena, ret_refusal);
        if (r == 0)
                *ret_id = put.id;
        return r;
}

static int item_append(const Rows *rows, const DeskOwner *owner, json_t *list) {
        json_t *body = json_loads(rows_text(rows, 6), 0, NULL);
        int64_t person = rows_integer(rows, 1);

        if (!body)
                return -EBADMSG;
        json_t *item = json_pack("{s:o, s:s, s:s, s:s, s:s, s:o, s:o, s:b, s:o}", "id",
                json_sprintf("%lld", (long long) rows_integer(rows, 0)), "kind", rows_text(rows, 2),
                "subject", rows_text(rows, 3), "name", rows_text(rows, 4), "post", rows_text(rows, 5),
                "changed", json_sprintf("%lld", (long long) rows_integer(rows, 7)), "person",
                json_sprintf("%lld", (long long) person), "own", (int) (person == owner->person.value),
                "body", body);
        return json_array_append_new(list, item) < 0 ? -ENOMEM : 0;
}

typedef struct Listing {
        const char *kind, *subject;
        int64_t now;
} Listing;

/* Of one post, or one's own ("" for post). */
static int list_add(Tx *tx, const DeskOwner *owner, const Listing *listing, const char *post, json_t *list) {
        _cleanup_(rows_closep) Rows *rows = NULL;

        int r = tx_query(tx, &query_desk_list,
                SQL_ARGS(value_integer(owner->office), value_id(owner->person), value_text(listing->kind),
                        value_text(listing->subject), value_integer(listing->now), value_text(post)),
                &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                r = item_append(rows, owner, list);
                if (r < 0)
                        return r;
        }
        return r;
}

int desk_list(Engine *engine, const DeskOwner *owner, const char *kind, const char *subject, json_t **ret) {
        _cleanup_(store_read_endp) Tx *tx = NULL;
        const Listing listing = { kind, subject ? subject : "", clock_now(engine->clock).ms };
        json_t *list = json_array();

        int r = store_read_begin(engine->stores[STORE_SYSTEM], &tx);
        if (r == 0)
                r = list_add(tx, owner, &listing, "", list);
        for (size_t i = 0; i < owner->n_posts && r == 0; i++)
                r = list_add(tx, owner, &listing, owner->posts[i], list);
        if (r < 0) {
                json_decref(list);
                return r;
        }
        *ret = list;
        return 0;
}

typedef struct Dropping {
        const DeskOwner *owner;
        int64_t id, changed;
} Dropping;

static int drop_work(Tx *tx, void *data) {
        Dropping *drop = data;

        return tx_exec(tx, &query_desk_drop,
                SQL_ARGS(value_integer(drop->owner->office), value_id(drop->owner->person),
                        value_integer(drop->id)),
                &drop->changed);
}

int desk_drop(Engine *engine, const DeskOwner *owner, int64_t id) {
        Dropping drop = { owner, id, 0 };

        int r = store_write(engine->stores[STORE_SYSTEM], drop_work, &drop);
        if (r < 0)
                return r;
        return drop.changed == 1 ? 0 : -ENOENT;
}
