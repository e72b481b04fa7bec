/* SPDX-License-Identifier: Apache-2.0 */
/* A password is reset by one administrator. Were the second factor his to drop or to add too, he could be that person
 * whole: a log-in that has a factor loses it or gains a further one by two administrators, whoever holds which post. */

#include <node/text.h>

#include "factor.h"

int factor_ask(Request *q, FactorRequest *row, FactorChanged *ret) {
        char mac[RIGHTS_MAC_MAX];
        Login login;

        row->requested_by = q->person;
        row->requested_at = q->now;
        row->note = "";
        row->state = FACTOR_REQUEST_WAITS;
        row->mac = mac;
        int r = rights_mac_factor_request(q->kernel->keys, row, mac);
        if (r == 0)
                r = record_insert(q, &record_factor_request, row);
        if (r == 0)
                r = record_load(q, &record_login, row->login, &login);
        if (r < 0)
                return r;
        *ret = (FactorChanged){ .id = row->factor, .waiting = 1, .factor_request_id = row->head.id };
        return request_note(q, "factor_waiting", login.name);
}

static int request_load(Request *q, const FactorDecision *in, FactorRequest *ret) {
        int r = record_load(q, &record_factor_request, in->factor_request_id, ret);

        if (r < 0)
                return r;
        ret->decided_by = q->person;
        ret->decided_at = q->now;
        ret->note = in->note;
        return 0;
}

static int believed(Request *q, const FactorRequest *row) {
        char mac[RIGHTS_MAC_MAX];
        int r = rights_mac_factor_request(q->kernel->keys, row, mac);

        return r < 0 || text_equal(mac, row->mac)
                       ? r
                       : refuse(q, "identity.factor_request_broken", "factor_request_id", NULL);
}

static int take_effect(Request *q, FactorRequest *row) {
        Factor factor = {
                .login = row->login, .person = row->person, .kind = row->kind, .label = row->label,
                .material = row->material
        };

        if (text_equal(row->change, FACTOR_CHANGE_REVOKE)) {
                int r = record_load(q, &record_factor, row->factor, &factor);
                return r < 0 ? r : factor_release(q, &factor, row->reason);
        }
        int r = factor_put(q, &factor);
        row->factor = factor.head.id;
        return r;
}

/* Neither who asked nor whose factor it is; it is done as it stands by then. */
int run_approve_factor(Request *q, const void *input, void *ret_output) {
        FactorRequest row;

        int r = request_load(q, input, &row);
        if (r == 0)
                r = request_other_person(q, row.requested_by, "factor_request_id");
        if (r == 0 && row.person.value == q->person.value)
                return refuse(q, "identity.factor_own", "factor_request_id", NULL);
        if (r == 0)
                r = believed(q, &row);
        if (r == 0 && row.state == FACTOR_REQUEST_WAITS)
                r = take_effect(q, &row);
        if (r == 0)
                r = document_step(q, &record_factor_request, &row);
        if (r < 0)
                return r;
        *(FactorChanged *) ret_output =
                (FactorChanged){ .id = row.factor, .factor_request_id = row.head.id };
        return 0;
}

/* Whoever asked may take it back so, and whose factor it is may object. */
int run_refuse_factor(Request *q, const void *input, void *ret_output) {
        FactorRequest row;

        int r = request_load(q, input, &row);
        return r < 0 ? r : document_step(q, &record_factor_request, &row);
}
