/* SPDX-License-Identifier: Apache-2.0 */
/* What a person keeps at the desk: filters with a name, the columns of a list, half-typed forms. Technical
 * rows of the system store (docs/decisions/0005, 0021): they change nothing of the business and hold no
 * private value. */
#pragma once

#include <internal/engine.h>

#define DESK_BODY_BYTES_MAX (16u << 10)
#define DESK_NAME_CHARACTERS_MAX 60
#define DESK_FILTERS_MAX 200
#define DESK_COLUMNS_MAX 300
#define DESK_DRAFTS_MAX 50
#define DESK_DRAFT_MS (30 * INT64_C(86400000))

extern const Module module_desk;

typedef struct DeskOwner {
        int64_t office;
        Id person;
        const char *const *posts; /* codes of post_kind held today */
        size_t n_posts;
} DeskOwner;

typedef struct DeskItem {
        const char *kind;    /* "filter", "columns", "draft" */
        const char *subject; /* name of the view, of the command */
        const char *name;    /* of a filter; of a draft the row it is about, may be empty */
        const char *post;    /* shared with its holders; "" or NULL: only one's own */
        const json_t *body;  /* an object */
} DeskItem;

/* Keeps it in place of the owner's earlier one of the same kind, subject and name. -EMALFORMED_, -ENOENT no
 * such view or command, -EREFUSED_ with the reason. */
int desk_put(Engine *engine, const DeskOwner *owner, const DeskItem *item, Arena *arena, int64_t *ret_id,
        Refusal *ret_refusal) _must_check_;
/* One's own first, then what holders of one's posts share: an array. subject NULL: of all. */
int desk_list(Engine *engine, const DeskOwner *owner, const char *kind, const char *subject,
        json_t **ret) _must_check_;
/* -ENOENT when it is not one's own. */
int desk_drop(Engine *engine, const DeskOwner *owner, int64_t id) _must_check_;
