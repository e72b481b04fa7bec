/* SPDX-License-Identifier: Apache-2.0 */
/* Commands over posts and rights: what the security administrator gives and takes, never to or from himself.
 * The three administrators exclude one another and every business function, on every single day. */

#include <string.h>

#include <node/text.h>

#include "identity-kernel.h"

static bool dates_ordered(Date from, Date to) {
        return to.ymd == 0 || to.ymd >= from.ymd;
}

static int subject_check(Request *q, Id person) {
        Person row;

        if (q->person.value != 0 && person.value == q->person.value)
                return refuse(q, "identity.oneself", "person", NULL);
        return record_load(q, &record_person, person, &row);
}

/* Against the posts held on the same days. */
static int exclusion_check(Request *q, const PostInput *in, const PostKind *kind) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int64_t grant;
        int r;

        if (kind->administrator) {
                r = tx_integer(q->tx, &query_grants_any,
                        SQL_ARGS(value_id(in->person), value_integer(in->valid_from.ymd)), &grant);
                if (r != -ENOENT)
                        return r < 0 ? r : refuse(q, "identity.exclusive_posts", "kind", NULL);
        }
        r = tx_query(q->tx, &query_holder_overlap,
                SQL_ARGS(value_id(in->person), value_integer(in->valid_from.ymd),
                        value_integer(in->valid_to.ymd)),
                &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                const PostKind *held = post_kind_find(rows_text(rows, 0));
                if (held == kind)
                        return refuse(q, "identity.post_held", "kind", NULL);
                if (!held || held->administrator || kind->administrator)
                        return refuse(q, "identity.exclusive_posts", "kind", NULL);
        }
        return r;
}

static int post_ensure(Request *q, const PostKind *kind, Id *ret) {
        Post post = { .kind = kind->code };

        int r = tx_integer(q->tx, &query_post_find,
                SQL_ARGS(value_integer(q->office), value_text(kind->code)), &ret->value);
        if (r != -ENOENT)
                return r;
        r = record_insert(q, &record_post, &post);
        if (r == 0)
                *ret = post.head.id;
        return r;
}

int run_set_post(Request *q, const void *input, void *ret_output) {
        const PostInput *in = input;
        PostHolder row = { .head.office = q->office,
                .person = in->person,
                .valid_from = in->valid_from,
                .valid_to = in->valid_to };
        const PostKind *kind = post_kind_find(in->kind);
        char mac[RIGHTS_MAC_MAX];

        if (!kind)
                return refuse(
                        q, "node.unknown_code", "kind", record_post_input.fields[1].label, in->kind, NULL);
        if (!dates_ordered(in->valid_from, in->valid_to))
                return refuse(q, "identity.dates", "valid_to", NULL);
        int r = subject_check(q, in->person);
        if (r == 0)
                r = exclusion_check(q, in, kind);
        if (r == 0)
                r = post_ensure(q, kind, &row.post);
        if (r == 0)
                r = rights_mac_holder(q->kernel->keys, &row, mac);
        if (r < 0)
                return r;
        row.mac = mac;
        r = record_insert(q, &record_post_holder, &row);
        if (r == 0)
                ((IdOutput *) ret_output)->id = row.head.id;
        return r;
}

/* The last day moves only nearer, and not into the past: what was done under the right stays explicable. */
static int end_check(Request *q, Date from, Date old, Date new) {
        if (new.ymd < from.ymd)
                return refuse(q, "identity.dates", "valid_to", NULL);
        if (new.ymd < q->today.ymd || (old.ymd != 0 && new.ymd > old.ymd))
                return refuse(q, "identity.ended_earlier", "valid_to", NULL);
        return 0;
}

int run_end_post(Request *q, const void *input, void *ret_output) {
        const EndInput *in = input;
        char mac[RIGHTS_MAC_MAX];
        PostHolder row;

        int r = record_load(q, &record_post_holder, in->id, &row);
        if (r == 0)
                r = subject_check(q, row.person);
        if (r == 0)
                r = end_check(q, row.valid_from, row.valid_to, in->valid_to);
        if (r < 0)
                return r;
        row.valid_to = in->valid_to;
        row.head.version = in->version;
        r = rights_mac_holder(q->kernel->keys, &row, mac);
        if (r < 0)
                return r;
        row.mac = mac;
        return record_update(q, &record_post_holder, &row, in->reason);
}

/* Administrators take no grants, neither as persons nor through their posts. */
static int grant_subject_check(Request *q, const RightInput *in) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        const PostKind *kind;
        Post post;
        int r;

        if ((in->person.value != 0) == (in->post.value != 0))
                return refuse(q, "identity.one_subject", "person", NULL);
        if (in->post.value != 0) {
                r = record_load(q, &record_post, in->post, &post);
                if (r < 0)
                        return r;
                kind = post_kind_find(post.kind);
                return !kind || kind->administrator ? refuse(q, "identity.exclusive_posts", "post", NULL)
                                                    : 0;
        }
        r = subject_check(q, in->person);
        if (r == 0)
                r = tx_query(q->tx, &query_holder_overlap,
                        SQL_ARGS(value_id(in->person), value_integer(in->valid_from.ymd),
                                value_integer(in->valid_to.ymd)),
                        &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                kind = post_kind_find(rows_text(rows, 0));
                if (!kind || kind->administrator)
                        return refuse(q, "identity.exclusive_posts", "person", NULL);
        }
        return r;
}

int run_grant_right(Request *q, const void *input, void *ret_output) {
        const RightInput *in = input;
        RightGrant row = { .head.office = q->office,
                .person = in->person,
                .post = in->post,
                .function = in->function,
                .at_office = q->office,
                .book = in->book,
                .valid_from = in->valid_from,
                .valid_to = in->valid_to };
        char mac[RIGHTS_MAC_MAX];

        if (!function_pattern_valid(in->function))
                return refuse(q, "identity.function_form", "function", NULL);
        if (function_administrators(in->function))
                return refuse(q, "identity.administrator_function", "function", NULL);
        if (!dates_ordered(in->valid_from, in->valid_to))
                return refuse(q, "identity.dates", "valid_to", NULL);
        int r = grant_subject_check(q, in);
        if (r == 0)
                r = rights_mac_grant(q->kernel->keys, &row, mac);
        if (r < 0)
                return r;
        row.mac = mac;
        r = record_insert(q, &record_right_grant, &row);
        if (r == 0)
                ((IdOutput *) ret_output)->id = row.head.id;
        return r;
}

int run_revoke_right(Request *q, const void *input, void *ret_output) {
        const EndInput *in = input;
        char mac[RIGHTS_MAC_MAX];
        RightGrant row;

        int r = record_load(q, &record_right_grant, in->id, &row);
        if (r == 0 && row.person.value != 0)
                r = subject_check(q, row.person);
        if (r == 0)
                r = end_check(q, row.valid_from, row.valid_to, in->valid_to);
        if (r < 0)
                return r;
        row.valid_to = in->valid_to;
        row.head.version = in->version;
        r = rights_mac_grant(q->kernel->keys, &row, mac);
        if (r < 0)
                return r;
        row.mac = mac;
        return record_update(q, &record_right_grant, &row, in->reason);
}
