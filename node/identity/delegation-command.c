/* SPDX-License-Identifier: Apache-2.0 */
/* Delegation (14.4.2): asked for by who will be away or entered by the security administrator, approved by
 * him, with days, reason and scope. It gives no more than the principal holds on the day, and goes no
 * further. */

#include <string.h>

#include <node/money.h>
#include <node/text.h>

#include "factor.h"

static int exclusive_check(Request *q, const Delegation *row) {
        _cleanup_(rows_closep) Rows *rows = NULL;

        int r = tx_query(q->tx, &query_holder_overlap,
                SQL_ARGS(value_id(row->delegate), value_integer(row->valid_from.ymd),
                        value_integer(row->valid_to.ymd)),
                &rows);
        if (r < 0)
                return r;
        while ((r = rows_next(rows)) > 0) {
                const PostKind *kind = post_kind_find(rows_text(rows, 0));

                if (!kind || post_kind_exclusive(kind))
                        return refuse(q, "identity.delegation_exclusive", "delegate", NULL);
        }
        return r;
}

/* The principal's post on those days, and a limit that is not above his own. */
static int principal_check(Request *q, const PostKind *kind, Delegation *row) {
        char asked[MONEY_TEXT_MAX], held[MONEY_TEXT_MAX];
        Money limit;

        int r = tx_integer(q->tx, &query_post_find,
                SQL_ARGS(value_integer(q->office), value_text(kind->code)), &row->post.value);
        if (r == 0)
                r = tx_integer(q->tx, &query_holding_overlap,
                        SQL_ARGS(value_id(row->principal), value_id(row->post),
                                value_integer(row->valid_from.ymd), value_integer(row->valid_to.ymd)),
                        &limit.fen);
        if (r == -ENOENT)
                return refuse(q, "identity.no_such_post", "kind", kind->label, NULL);
        if (r < 0)
                return r;
        if (limit.fen != 0 && row->amount_max.fen > limit.fen) {
                money_format_grouped(row->amount_max, asked);
                money_format_grouped(limit, held);
                return refuse(q, "identity.delegation_amount", "amount_max", asked, held, NULL);
        }
        return 0;
}

/* Whoever stands in shows what the post asks for; together with what his own posts ask there must be something. */
static int factors_check(Request *q, const Delegation *row) {
        Factors own = { 0 };
        Post post;

        int r = record_load(q, &record_post, row->post, &post);
        if (r == 0)
                r = factor_rules_load(q->tx, row->delegate, row->valid_from, &own);
        if (r < 0 || text_empty(post.factors) || own.accepted & factors_parse(post.factors))
                return r;
        return refuse(q, "identity.delegation_factors", "delegate", NULL);
}

static int form_check(Request *q, const PostKind *kind, const Delegation *row) {
        if (row->principal.value == row->delegate.value)
                return refuse(q, "identity.delegate_oneself", "delegate", NULL);
        if (!kind || post_kind_exclusive(kind))
                return refuse(q, "identity.delegation_exclusive", "kind", NULL);
        if (!dates_ordered(row->valid_from, row->valid_to))
                return refuse(q, "identity.dates", "valid_to", NULL);
        if (row->valid_from.ymd < q->today.ymd)
                return refuse(q, "identity.delegation_past", "valid_from", NULL);
        if (!text_empty(row->function) && !function_pattern_valid(row->function))
                return refuse(q, "identity.function_form", "function", NULL);
        return 0;
}

static int delegation_check(Request *q, const char *code, Delegation *row) {
        const PostKind *kind = post_kind_find(code);
        Person person;
        int64_t other;

        int r = form_check(q, kind, row);
        if (r == 0)
                r = record_load(q, &record_person, row->principal, &person);
        if (r == 0)
                r = record_load(q, &record_person, row->delegate, &person);
        if (r == 0)
                r = left_check(q, row->principal, "principal");
        if (r == 0)
                r = left_check(q, row->delegate, "delegate");
        if (r == 0)
                r = principal_check(q, kind, row);
        if (r == 0)
                r = factors_check(q, row);
        if (r == 0)
                r = exclusive_check(q, row);
        if (r < 0)
                return r;
        r = tx_integer(q->tx, &query_delegation_overlap,
                SQL_ARGS(value_id(row->delegate), value_id(row->principal), value_id(row->post),
                        value_integer(row->valid_from.ymd), value_integer(row->valid_to.ymd)),
                &other);
        if (r == 0)
                return refuse(q, "identity.delegation_twice", "delegate", NULL);
        return r == -ENOENT ? 0 : r;
}

int run_request_delegation(Request *q, const void *input, void *ret_output) {
        const DelegationInput *in = input;
        Delegation row = { .principal = q->person,
                .delegate = in->delegate,
                .function = in->function,
                .amount_max = in->amount_max,
                .valid_from = in->valid_from,
                .valid_to = in->valid_to,
                .reason = in->reason,
                .requested_by = q->person,
                .note = "",
                .state = DELEGATION_REQUESTED,
                .mac = "" };

        int r = delegation_check(q, in->kind, &row);
        if (r == 0)
                r = record_insert(q, &record_delegation, &row);
        if (r == 0)
                ((IdOutput *) ret_output)->id = row.head.id;
        return r;
}

int run_enter_delegation(Request *q, const void *input, void *ret_output) {
        const DelegationEntry *in = input;
        Delegation row = { .head.office = q->office,
                .principal = in->principal,
                .delegate = in->delegate,
                .function = in->function,
                .amount_max = in->amount_max,
                .valid_from = in->valid_from,
                .valid_to = in->valid_to,
                .reason = in->reason,
                .requested_by = q->person,
                .decided_by = q->person,
                .note = "",
                .state = DELEGATION_APPROVED };
        char mac[RIGHTS_MAC_MAX];

        int r = subject_check(q, in->principal);
        if (r == 0)
                r = subject_check(q, in->delegate);
        if (r == 0)
                r = delegation_check(q, in->kind, &row);
        if (r == 0)
                r = rights_mac_delegation(q->kernel->keys, &row, mac);
        if (r < 0)
                return r;
        row.mac = mac;
        r = record_insert(q, &record_delegation, &row);
        if (r == 0)
                ((IdOutput *) ret_output)->id = row.head.id;
        return r;
}

/* Somebody else's. */
static int decision_load(Request *q, const DelegationDecision *in, Delegation *ret) {
        int r = record_load(q, &record_delegation, in->id, ret);

        if (r == 0)
                r = subject_check(q, ret->principal);
        if (r == 0)
                r = subject_check(q, ret->delegate);
        if (r < 0)
                return r;
        ret->decided_by = q->person;
        ret->note = in->note;
        return 0;
}

/* What was true when it was asked for may have changed: posts and days are looked at again. */
int run_approve_delegation(Request *q, const void *input, void *ret_output) {
        const DelegationDecision *in = input;
        const PostKind *kind;
        char mac[RIGHTS_MAC_MAX];
        Delegation row;
        Post post;

        int r = decision_load(q, in, &row);
        if (r == 0)
                r = record_load(q, &record_post, row.post, &post);
        if (r < 0)
                return r;
        kind = post_kind_find(post.kind);
        if (!kind || post_kind_exclusive(kind))
                return refuse(q, "identity.delegation_exclusive", "id", NULL);
        r = principal_check(q, kind, &row);
        if (r == 0)
                r = factors_check(q, &row);
        if (r == 0)
                r = exclusive_check(q, &row);
        if (r == 0)
                r = rights_mac_delegation(q->kernel->keys, &row, mac);
        if (r < 0)
                return r;
        row.mac = mac;
        return document_step(q, &record_delegation, &row);
}

int delegation_over(Request *q, Delegation *row, char mac[static RIGHTS_MAC_MAX]) {
        if (row->state != DELEGATION_APPROVED)
                return document_step(q, &record_delegation, row);
        mac[0] = 0;
        row->mac = mac;
        if (row->valid_from.ymd > q->today.ymd) /* it never began */
                return document_step(q, &record_delegation, row);
        if (row->valid_to.ymd > q->today.ymd)
                row->valid_to = q->today;
        int r = rights_mac_delegation(q->kernel->keys, row, mac);
        return r < 0 ? r : document_step(q, &record_delegation, row);
}

int run_refuse_delegation(Request *q, const void *input, void *ret_output) {
        const DelegationDecision *in = input;
        Delegation row;

        int r = decision_load(q, in, &row);
        return r < 0 ? r : document_step(q, &record_delegation, &row);
}

int run_withdraw_delegation(Request *q, const void *input, void *ret_output) {
        const DelegationDecision *in = input;
        char mac[RIGHTS_MAC_MAX];
        Delegation row;

        int r = record_load(q, &record_delegation, in->id, &row);
        if (r < 0)
                return r;
        if (row.principal.value != q->person.value)
                return refuse(q, "identity.not_your_delegation", "id", NULL);
        row.note = in->note;
        return delegation_over(q, &row, mac);
}

/* At once, not from tomorrow: what is taken back may be wrong to have. */
int run_end_delegation(Request *q, const void *input, void *ret_output) {
        const DelegationDecision *in = input;
        char mac[RIGHTS_MAC_MAX];
        Delegation row;

        int r = decision_load(q, in, &row);
        return r < 0 ? r : delegation_over(q, &row, mac);
}
