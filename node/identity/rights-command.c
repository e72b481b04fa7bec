/* SPDX-License-Identifier: Apache-2.0 */
/* Commands over posts and rights: what the security administrator gives and takes, never to or from himself.
 * The three administrators exclude one another and every business function, on every single day; a visitor
 * who audits reads and does nothing else. */

#include <stdio.h>
#include <string.h>

#include <node/date.h>

#include <node/text.h>

#include "identity-kernel.h"

bool dates_ordered(Date from, Date to) {
        return to.ymd == 0 || to.ymd >= from.ymd;
}

int subject_check(Request *q, Id person) {
        Person row;

        if (q->person.value != 0 && person.value == q->person.value)
                return refuse(q, "identity.oneself", "person", NULL);
        return record_load(q, &record_person, person, &row);
}

int holder_seal(Request *q, PostHolder *row, char mac[static RIGHTS_MAC_MAX]) {
        Person person;

        int r = record_load(q, &record_person, row->person, &person);
        if (r == 0)
                r = rights_mac_holder(q->kernel->keys, row, person.organization, mac);
        row->mac = mac;
        return r;
}

/* Says which of the rules it is. */
static int refuse_exclusive(Request *q, const PostKind *a, const PostKind *b, const char *field) {
        bool visitor = (a && a->class == POST_VISITOR) || (b && b->class == POST_VISITOR);

        if (a && b && a->class == POST_OUTSIDE && b->class == POST_OUTSIDE)
                return refuse(q, "identity.outside_one_post", field, NULL);
        return refuse(q, visitor ? "identity.alone_post" : "identity.exclusive_posts", field, NULL);
}

#define VISIT_DAYS_MAX 90
#define LENT_DAYS_MAX 366

/* Who is here for a time holds a post for a time: visitors who audit, and staff of another office, who may
 * only be administrators of a small one (domain 0.1, 15). */
static int term_check(Request *q, const PostInput *in, const PostKind *kind) {
        int32_t days = kind->class == POST_VISITOR ? VISIT_DAYS_MAX : LENT_DAYS_MAX;
        char text[16];
        Person person;

        int r = record_load(q, &record_person, in->person, &person);
        if (r < 0)
                return r;
        if (person.organization.value != 0 && kind->class != POST_OUTSIDE)
                return refuse(q, "identity.outside_post", "kind", NULL);
        if (person.organization.value == 0 && kind->class == POST_OUTSIDE)
                return refuse(q, "identity.staff_post", "kind", kind->label, NULL);
        bool lent = person.home_office != 0 && person.home_office != q->office;
        if (lent && !post_kind_exclusive(kind))
                return refuse(q, "identity.visitor_post", "kind", NULL);
        if (!lent && kind->class != POST_VISITOR)
                return 0;
        if (in->valid_to.ymd != 0 && date_days_between(in->valid_from, in->valid_to) < days)
                return 0;
        snprintf(text, sizeof(text), "%d", (int) days);
        return refuse(q, "identity.end_date_needed", "valid_to", kind->label, text, NULL);
}

/* Against the posts held on the same days. */
static int exclusion_check(Request *q, const PostInput *in, const PostKind *kind) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        int64_t other;
        int r;

        if (post_kind_exclusive(kind)) {
                r = tx_integer(q->tx, &query_grants_any,
                        SQL_ARGS(value_id(in->person), value_integer(in->valid_from.ymd)), &other);
                if (r == -ENOENT)
                        r = tx_integer(q->tx, &query_delegation_any,
                                SQL_ARGS(value_id(in->person), value_integer(in->valid_from.ymd),
                                        value_integer(in->valid_to.ymd)),
                                &other);
                if (r != -ENOENT)
                        return r < 0 ? r : refuse_exclusive(q, kind, NULL, "kind");
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
                if (!held || post_kind_exclusive(held) || post_kind_exclusive(kind))
                        return refuse_exclusive(q, kind, held, "kind");
        }
        return r;
}

static int post_ensure(Request *q, const PostKind *kind, Id *ret) {
        Post post = { .kind = kind->code, .factors = "", .mac = "" };

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
                .valid_to = in->valid_to,
                .amount_max = in->amount_max };
        const PostKind *kind = post_kind_find(in->kind);
        char mac[RIGHTS_MAC_MAX];

        if (!kind)
                return refuse(
                        q, "node.unknown_code", "kind", record_post_input.fields[1].label, in->kind, NULL);
        if (!dates_ordered(in->valid_from, in->valid_to))
                return refuse(q, "identity.dates", "valid_to", NULL);
        int r = subject_check(q, in->person);
        if (r == 0)
                r = left_check(q, in->person, "person");
        if (r == 0)
                r = term_check(q, in, kind);
        if (r == 0)
                r = exclusion_check(q, in, kind);
        if (r == 0)
                r = post_ensure(q, kind, &row.post);
        if (r == 0)
                r = holder_seal(q, &row, mac);
        if (r < 0)
                return r;
        r = record_insert(q, &record_post_holder, &row);
        if (r == 0)
                ((IdOutput *) ret_output)->id = row.head.id;
        return r;
}

/* The last day moves only nearer, and not into the past: what was done under the right stays explicable. What has
 * not begun may end before it does, and then never runs. */
static int end_check(Request *q, Date old, Date new) {
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
                r = end_check(q, row.valid_to, in->valid_to);
        if (r < 0)
                return r;
        row.valid_to = in->valid_to;
        row.head.version = in->version;
        r = holder_seal(q, &row, mac);
        if (r < 0)
                return r;
        return record_update(q, &record_post_holder, &row, in->reason);
}

/* Administrators take no grants, neither as persons nor through their posts. */
static int grant_subject_check(Request *q, const RightInput *in) {
        _cleanup_(rows_closep) Rows *rows = NULL;
        const PostKind *kind;
        Person person;
        Post post;
        int r;

        if ((in->person.value != 0) == (in->post.value != 0))
                return refuse(q, "identity.one_subject", "person", NULL);
        if (in->post.value != 0) {
                r = record_load(q, &record_post, in->post, &post);
                if (r < 0)
                        return r;
                kind = post_kind_find(post.kind);
                return !kind || post_kind_exclusive(kind) ? refuse_exclusive(q, kind, NULL, "post") : 0;
        }
        r = subject_check(q, in->person);
        if (r == 0)
                r = record_load(q, &record_person, in->person, &person);
        if (r == 0 && person.organization.value != 0)
                return refuse(q, "identity.outside_right", "person", NULL);
        if (r == 0)
                r = left_check(q, in->person, "person");
        if (r == 0)
                r = tx_query(q->tx, &query_holder_overlap,
                        SQL_ARGS(value_id(in->person), value_integer(in->valid_from.ymd),
                                value_integer(in->valid_to.ymd)),
                        &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                kind = post_kind_find(rows_text(rows, 0));
                if (!kind || post_kind_exclusive(kind))
                        return refuse_exclusive(q, kind, NULL, "person");
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
                .valid_to = in->valid_to,
                .amount_max = in->amount_max };
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
                r = end_check(q, row.valid_to, in->valid_to);
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

/* Known names, each once at most, in the order given. */
static int factors_check(Request *q, const char *factors) {
        static const char *const known[] = { "totp", "certificate", "sm2" };
        const char *rest = factors;

        while (*rest) {
                size_t size = strcspn(rest, ","), i = 0;

                while (i < ELEMENTSOF(known) &&
                        (strlen(known[i]) != size || memcmp(known[i], rest, size) != 0))
                        i++;
                if (i == ELEMENTSOF(known))
                        return refuse(q, "identity.factor_unknown", "factors", rest, NULL);
                rest += size + (rest[size] == ',');
        }
        return 0;
}

int run_set_post_rule(Request *q, const void *input, void *ret_output) {
        const PostRuleInput *in = input;
        const PostKind *kind = post_kind_find(in->kind);
        char mac[RIGHTS_MAC_MAX];
        Post post;
        Id id;

        if (!kind)
                return refuse(q, "node.unknown_code", "kind", record_post_rule_input.fields[0].label,
                        in->kind, NULL);
        int r = factors_check(q, in->factors ? in->factors : "");
        if (r == 0)
                r = post_ensure(q, kind, &id);
        if (r == 0)
                r = record_load(q, &record_post, id, &post);
        if (r < 0)
                return r;
        post.amount_max = in->amount_max;
        post.factors = in->factors ? in->factors : "";
        r = rights_mac_post(q->kernel->keys, &post, mac);
        if (r < 0)
                return r;
        post.mac = mac;
        r = record_update(q, &record_post, &post, in->reason);
        if (r == 0)
                ((IdOutput *) ret_output)->id = post.head.id;
        return r;
}
